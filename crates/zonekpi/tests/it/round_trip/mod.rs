//! A table of known values, written in a random layout, encoding and form, is read back unchanged.

mod forms;
mod layout;

use chrono::{Days, NaiveDate};
use polars::prelude::{AnyValue, DataFrame};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use zonekpi::{IssueCode, Kind, Ledger, Schema, Severity, polars};

use self::forms::{AREA, MONEY, Span, Value};
use self::layout::Layout;
use crate::dice::{Dice, rounds};
use crate::kept;

/// A column as it will be written: its canonical name and a value for each row.
struct Given {
    name: &'static str,
    values: Vec<Value>,
}

fn layouts() -> impl Strategy<Value = Layout> {
    let switches = proptest::collection::vec(proptest::bool::weighted(0.3), 9);
    (any::<bool>(), 0..3_usize, 1..4_usize, 0..3_usize, 0..3_usize, switches).prop_map(
        |(workbook, titles, header_rows, blank_rows_above, blank_columns_left, switches)| Layout {
            workbook,
            titles,
            header_rows,
            blank_rows_above,
            blank_columns_left,
            ordinals: switches[0],
            index_row: switches[1],
            blank_rows_between: switches[2],
            header_repeated: switches[3],
            totals: switches[4],
            note: switches[5],
            signature: switches[6],
            other_sheet: switches[7],
            zones_merged: switches[8],
        },
    )
}

fn sometimes(dice: &mut Dice, value: impl FnOnce(&mut Dice) -> Value) -> Value {
    if dice.chance(15) { Value::Blank } else { value(dice) }
}

const NAMES: [&str; 8] = [
    "煤基活性炭项目",
    "镕钢再生项目",
    "小计量仪表生产项目",
    "合计路标准厂房项目",
    "“智慧”农机,二期",
    "含\"引号\"的项目",
    "两行\n名称",
    "Ⅱ期 扩建（北区）",
];

fn column(name: &'static str, rows: usize, dice: &mut Dice, value: impl Fn(usize, &mut Dice) -> Value) -> Given {
    Given { name, values: (0..rows).map(|row| value(row, dice)).collect() }
}

/// A column with a blank here and there.
fn gappy(name: &'static str, rows: usize, dice: &mut Dice, value: impl Fn(&mut Dice) -> Value) -> Given {
    column(name, rows, dice, |_, dice| sometimes(dice, &value))
}

fn projects(rows: usize, d: &mut Dice) -> Vec<Given> {
    let zones = ["朔州经开区", "大同经开区", "灵石经开区"];
    let kinds = ["filing", "confirmation", "approval"];
    vec![
        column("project_id", rows, d, |row, _| Value::Text(format!("SZ-{:04}", row + 1))),
        column("project_name", rows, d, |row, d| Value::Text(format!("{}{row}", d.pick(&NAMES)))),
        column("zone", rows, d, |_, d| Value::Text(d.pick(&zones).to_owned())),
        gappy("approval_kind", rows, d, |d| Value::Choice(d.pick(&kinds))),
        gappy("commitment", rows, d, |d| Value::Flag(d.chance(50))),
        gappy("agency_handled", rows, d, |d| Value::Flag(d.chance(50))),
        // Whole yuan: eight digits after the point in 亿元.
        gappy("investment_cny", rows, d, |d| Value::Money(d.between(10_000_000, 900_000_000))),
        gappy("paid_in_cny", rows, d, |d| Value::Money(d.between(1_000, 80_000) * 10_000)),
        gappy("land_mu", rows, d, |d| Value::Area(d.between(5_000, 400_000))),
        gappy("jobs", rows, d, |d| Value::Count(d.between(5, 2_000))),
        gappy("approved_on", rows, d, |d| Value::Event(Span::any(d))),
        gappy("signed_on", rows, d, |d| Value::Event(Span::any(d))),
        gappy("planned_production_on", rows, d, |d| Value::Planned(Span::any(d))),
    ]
}

fn cases(rows: usize, d: &mut Dice) -> Vec<Given> {
    let matters = ["施工许可", "环评审批", "能评"];
    let accepted: Vec<Span> = (0..rows).map(|_| Span::any(d)).collect();
    // No case is decided before it is surely accepted.
    let decided = |row: usize, d: &mut Dice| {
        let last = accepted.get(row).map_or(NaiveDate::MIN, |span| span.ends().1);
        sometimes(d, |d| Value::Event(Span::Day(last + Days::new(d.roll(60) as u64))))
    };
    vec![
        column("case_id", rows, d, |row, _| Value::Text(format!("2024{:06}", row + 1))),
        column("matter", rows, d, |_, d| Value::Text(d.pick(&matters).to_owned())),
        column("zone", rows, d, |_, d| Value::Text(d.pick(&["朔州经开区", "大同经开区"]).to_owned())),
        gappy("promised_limit", rows, d, |d| Value::Limit(d.between(1, 30))),
        gappy("one_window", rows, d, |d| Value::Flag(d.chance(50))),
        gappy("notice_given", rows, d, |d| Value::Flag(d.chance(50))),
        gappy("visits", rows, d, |d| Value::Count(d.between(0, 5))),
        column("accepted_on", rows, d, |row, _| Value::Event(accepted[row])),
        column("decided_on", rows, d, decided),
    ]
}

/// A header of a column: its Chinese name or a synonym of the schema.
fn header(table: &str, column: &str, dice: &mut Dice) -> String {
    let spec = Schema::builtin().table(table).and_then(|t| t.column(column)).expect("a column");
    // Names that say a unit of their own, or that a day and a flag share, are for tests of their own.
    let own = |name: &&str| !name.ends_with('亩') && !name.contains(['批', '“']);
    let names: Vec<&str> = std::iter::once(&spec.zh).chain(&spec.aliases).map(String::as_str).filter(own).collect();
    let name = if names.is_empty() { spec.zh.as_str() } else { dice.pick(&names) };
    let is_day = spec.kind == Kind::Event;
    if is_day && !name.ends_with("时间") && !name.ends_with("日期") {
        format!("{name}{}", dice.pick(&["时间", "日期"]))
    } else {
        name.to_owned()
    }
}

fn shown(frame: &DataFrame, column: &str, row: usize) -> String {
    let Ok(column) = frame.column(column) else { return String::new() };
    match column.get(row).expect("the row") {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => text.to_owned(),
        AnyValue::Decimal(unscaled, _, scale) => format!("{unscaled}e-{scale}"),
        other => other.to_string(),
    }
}

/// What must stand in the column and in the column of first days beside it.
fn expected(value: &Value) -> (String, String) {
    let plain = |text: String| (text, String::new());
    match value {
        Value::Blank => plain(String::new()),
        Value::Text(text) => plain(text.clone()),
        Value::Choice(name) => plain((*name).to_owned()),
        Value::Flag(yes) => plain(yes.to_string()),
        Value::Money(yuan) => plain(format!("{}e-2", yuan * 100)),
        // 1 ㎡ = 0.0015 亩.
        Value::Area(metres) => plain(format!("{}e-6", metres * 1_500)),
        Value::Count(count) | Value::Limit(count) => plain(count.to_string()),
        Value::Planned(span) => plain(span.ends().1.to_string()),
        Value::Event(span) => {
            let (from, to) = span.ends();
            (to.to_string(), if from == to { String::new() } else { from.to_string() })
        }
    }
}

/// Writes the table; gives the file, its name, and the sheet's number of each row.
fn written(table: &str, given: &[Given], layout: &Layout, dice: &mut Dice) -> (Vec<u8>, &'static str, Vec<u64>) {
    let mut order: Vec<&Given> = given.iter().collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.roll(at + 1));
    }
    // One row of units speaks for all amounts that name none.
    let row_units = (dice.pick(&MONEY), dice.pick(&AREA));
    let rows = given.first().map_or(0, |g| g.values.len());
    let mut columns: Vec<layout::Column> = Vec::new();
    if layout.ordinals {
        columns.push(layout::Column {
            header: "序号".to_owned(),
            unit: None,
            unit_in_header: false,
            cells: (1..=rows).map(|n| forms::Cell::Number(n as f64, "General")).collect(),
            total: None,
            is_text: true,
            merged: false,
        });
    }
    for given in order {
        let sample = given.values.iter().find(|v| **v != Value::Blank);
        let (units, row_unit): (&[forms::Unit], _) = match sample {
            Some(Value::Money(_)) => (&MONEY, Some(row_units.0)),
            Some(Value::Area(_)) => (&AREA, Some(row_units.1)),
            _ => (&[], None),
        };
        let way = dice.roll(5);
        let (unit, unit_in_header) = match row_unit {
            None => (None, false),
            // Each cell for itself.
            Some(_) if way == 0 => (None, false),
            Some(unit) if way == 1 => (Some(unit), false),
            Some(_) => (Some(dice.pick(units)), true),
        };
        let cells: Vec<forms::Cell> =
            given.values.iter().map(|v| forms::write(v, unit, layout.workbook, dice)).collect();
        let sum: i64 =
            given.values.iter().filter_map(|v| if let Value::Money(yuan) = v { Some(*yuan) } else { None }).sum();
        let total = unit.filter(|_| matches!(sample, Some(Value::Money(_))));
        columns.push(layout::Column {
            header: header(table, given.name, dice),
            unit,
            unit_in_header,
            cells,
            total: total.map(|unit| forms::Cell::Text(forms::in_unit(&Value::Money(sum), unit))),
            is_text: matches!(given.name, "project_id" | "project_name" | "zone" | "case_id" | "matter"),
            merged: given.name == "zone",
        });
    }
    let (sheet, numbers) = layout::lay_out(&columns, layout, dice);
    if layout.workbook {
        (layout::workbook(&sheet, layout), "台账.xlsx", numbers)
    } else {
        (layout::delimited(&sheet, dice), "台账.csv", numbers)
    }
}

fn read_back(table: &'static str, rows: usize, layout: &Layout, seed: u64) -> Result<(), TestCaseError> {
    let dice = &mut Dice::of(seed);
    let given = if table == "cases" { cases(rows, dice) } else { projects(rows, dice) };
    let (bytes, name, numbers) = written(table, &given, layout, dice);
    let snapshot = NaiveDate::from_ymd_opt(2035, 12, 31).expect("a day");
    let ledger = Ledger::reader().snapshot_on(snapshot).bytes(name, &bytes).finish();
    let kept = || {
        // Where a failing file can be looked at.
        if let Ok(folder) = std::env::var("ZONEKPI_KEEP") {
            let _ = std::fs::write(std::path::Path::new(&folder).join(name), &bytes);
        }
    };
    let ledger = ledger.map_err(|error| {
        kept();
        TestCaseError::fail(error.to_string())
    })?;
    let check = || -> Result<(), TestCaseError> {
        let bad: Vec<String> = ledger
            .issues()
            .iter()
            // The days are drawn from more years than the calendar covers.
            .filter(|i| i.severity != Severity::Note && i.code != IssueCode::DueUncovered)
            .map(|i| format!("{:?} {:?} {:?} {}", i.row, i.column, i.value, i.code.as_str()))
            .collect();
        prop_assert!(bad.is_empty(), "{bad:?}");
        let Some(read) = ledger.table(table) else {
            return Err(TestCaseError::fail(format!("no {table} among {:?}", ledger.reading())));
        };
        kept::again(&ledger);
        let frame = read.frame().expect("rows");
        let source: Vec<u64> =
            (0..frame.height()).filter_map(|row| shown(frame, "source_row", row).parse().ok()).collect();
        prop_assert_eq!(&source, &numbers);
        for column in &given {
            for (row, value) in column.values.iter().enumerate() {
                let told = (shown(frame, column.name, row), shown(frame, &format!("{}_from", column.name), row));
                prop_assert_eq!(&told, &expected(value), "{} of row {}", column.name, numbers[row]);
                prop_assert_eq!(shown(frame, &format!("{}_state", column.name), row), "");
            }
        }
        Ok(())
    };
    check().inspect_err(|_| kept())
}

fn config() -> Config {
    Config { cases: rounds(60), failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn projects_are_read_back_from_any_layout(layout in layouts(), rows in 3..14_usize, seed in any::<u64>()) {
        read_back("projects", rows, &layout, seed)?;
    }

    #[test]
    fn cases_are_read_back_from_any_layout(layout in layouts(), rows in 3..14_usize, seed in any::<u64>()) {
        read_back("cases", rows, &layout, seed)?;
    }
}

//! What single cells are read as, kind by kind. The forms that ledgers hold stand in tests/data/cells.toml.

use super::*;
use crate::ledger::schema::Schema;

fn context<'a>(table: &'a str, column: &str, words: &'a mut Words) -> Context<'a> {
    let table = Schema::builtin().table(table).expect("a table");
    let spec = table.column(column).expect("a column");
    *words = Words::of(table, spec);
    Context {
        kind: spec.kind,
        spec: Some(spec),
        words,
        unit: super::super::unit::unit("万元").filter(|_| spec.kind == Kind::Money),
        blank_is_no: false,
        epoch_1904: false,
        texts_may_be_numbers: false,
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text)
}

fn shown(parsed: &Parsed) -> String {
    let value = match &parsed.value {
        Value::Number(n) => n.to_string(),
        Value::Flag(yes) => yes.to_string(),
        Value::Text(text) => text.clone(),
        Value::Days { from, to } if from == to => crate::ledger::cell::date_text(*to),
        Value::Days { from, to } => {
            format!("{}..{}", crate::ledger::cell::date_text(*from), crate::ledger::cell::date_text(*to))
        }
        other => format!("{other:?}"),
    };
    parsed.problem.as_ref().map_or(value.clone(), |p| format!("{value} {} {:?}", p.code.as_str(), p.severity))
}

#[test]
fn flags_are_yes_no_or_an_issue() {
    let mut words = Words::default();
    let flag = context("projects", "commitment", &mut words);
    for (cell, expected) in [
        (text("√"), "true"),
        (text("×"), "false"),
        (text("✓"), "true"),
        (text("是 "), "true"),
        (text("√\u{3000}"), "true"),
        (text("Y"), "true"),
        (text("n"), "false"),
        (text("ＹＥＳ"), "true"),
        (Cell::Number(1.0, Shown::Plain), "true"),
        (Cell::Number(0.0, Shown::Plain), "false"),
        (Cell::Bool(true), "true"),
        (text("有"), "true"),
        (text("无"), "false"),
        (text("已"), "true"),
        (text("未"), "false"),
        (text("承诺制"), "true"),
        (text("非承诺制"), "false"),
        (text("☑"), "true"),
        (text("☐"), "false"),
        (Cell::Blank, "Blank"),
        (text("-"), "Blank"),
        (text("不涉及"), "Blank flag_not_applicable Note"),
        (text("待定"), "Unreadable flag_unreadable Warning"),
        (text("是（2023.5）"), "Unreadable flag_unreadable Warning"),
        (Cell::Number(2.0, Shown::Plain), "Unreadable flag_unreadable Error"),
        (Cell::Error("#N/A".into()), "Unreadable cell_error Error"),
    ] {
        assert_eq!(shown(&flag.read(&cell)), expected, "{cell:?}");
    }
}

#[test]
fn events_may_be_words() {
    let mut words = Words::default();
    let started = context("projects", "started_on", &mut words);
    for (cell, expected) in [
        (text("未开工"), "Blank"),
        (text("尚未开工"), "Blank"),
        (text("否"), "Blank"),
        (text("/"), "Blank"),
        (text("已开工"), "Undated date_unknown_but_happened Warning"),
        (text("√"), "Undated date_unknown_but_happened Warning"),
        (text("在建"), "Undated date_unknown_but_happened Warning"),
        (text("未知"), "Unreadable date_undecided Warning"),
        (text("预计2024年6月"), "Unreadable date_is_a_plan Warning"),
        (text("2023.1"), "2023-01-01..2023-01-31"),
        (Cell::Number(2023.1, Shown::Plain), "Unreadable date_ambiguous_number Error"),
        (Cell::Number(45291.0, Shown::Plain), "2023-12-31 serial_read_as_date Note"),
        (text("45291"), "2023-12-31 serial_read_as_date Note"),
        (Cell::Date(19696), "2023-12-05"),
        // The number 5 in a cell formatted as a date: 1900-01-05.
        (Cell::Date(-25_563), "Unreadable date_out_of_range Error"),
        (Cell::Number(10_231_205.0, Shown::Plain), "Unreadable date_out_of_range Error"),
    ] {
        assert_eq!(shown(&started.read(&cell)), expected, "{cell:?}");
    }
    let untyped = Context { texts_may_be_numbers: true, ..started };
    assert_eq!(shown(&untyped.read(&text("2023.1"))), "Unreadable date_ambiguous_number Error");
    assert_eq!(shown(&untyped.read(&text("2023.10"))), "2023-10-01..2023-10-31");
    assert_eq!(shown(&untyped.read(&text("2023.12"))), "2023-12-01..2023-12-31");
}

#[test]
fn planned_days_take_the_last_day() {
    let mut words = Words::default();
    let planned = context("projects", "planned_start_on", &mut words);
    for (cell, expected) in [
        (text("预计2024年6月"), "2024-06-30 date_last_day_taken Note"),
        (text("2024年"), "2024-12-31 date_last_day_taken Note"),
        (text("2024-06-01"), "2024-06-01"),
        (text("无"), "Blank"),
        (text("尽快"), "Unreadable date_unreadable Error"),
    ] {
        assert_eq!(shown(&planned.read(&cell)), expected, "{cell:?}");
    }
}

#[test]
fn amounts_take_the_unit_of_the_cell_before_that_of_the_column() {
    let mut words = Words::default();
    let money = context("projects", "fixed_asset_cny", &mut words);
    for (cell, expected) in [
        (Cell::Number(12500.0, Shown::Plain), "12500000000"),
        (text("5亿"), "50000000000"),
        (text("约5亿"), "50000000000 money_approximate Note"),
        (text("5亿以上"), "Unreadable money_lower_bound Warning"),
        (text("5-6亿"), "Unreadable money_range Error"),
        (text("8000万美元"), "Unreadable money_foreign_currency Error"),
        (text("待定"), "Unreadable money_unreadable Warning"),
        (text("无"), "Blank"),
        (Cell::Number(-1200.0, Shown::Plain), "-1200000000 money_negative Warning"),
        (text("(1,200)"), "-1200000000 money_negative Warning"),
        (Cell::Number(1234.56789, Shown::Plain), "1234567890"),
        (Cell::Number(138.64, Shown::Plain), "138640000"),
        (text("5亩"), "Unreadable money_unreadable Warning"),
        (Cell::Formula("B2*2".into()), "Unreadable formula_not_cached Error"),
        (Cell::Number(1e17, Shown::Plain), "Unreadable number_too_large Error"),
    ] {
        assert_eq!(shown(&money.read(&cell)), expected, "{cell:?}");
    }
    let bare = Context { unit: None, ..money };
    assert!(bare.read(&Cell::Number(3.0, Shown::Plain)).unit_missing);
    assert!(!bare.read(&Cell::Number(0.0, Shown::Plain)).unit_missing);
}

#[test]
fn counts_limits_and_targets_are_numbers_of_their_own_sort() {
    let mut words = Words::default();
    let jobs = context("projects", "jobs", &mut words);
    assert_eq!(shown(&jobs.read(&text("100多"))), "Unreadable count_lower_bound Warning");
    assert_eq!(shown(&jobs.read(&text("1,200人"))), "1200");
    for money in ["100元", "¥100", "rmb5", "人民币5"] {
        assert_eq!(shown(&jobs.read(&text(money))), "Unreadable number_unreadable Warning", "{money}");
    }
    assert_eq!(shown(&jobs.read(&text("1.5"))), "Unreadable count_not_whole Error");
    let mut words = Words::default();
    let limit = context("cases", "promised_limit", &mut words);
    let parsed = limit.read(&text("45个工作日"));
    assert_eq!(parsed.value, Value::Number(45));
    assert_eq!(parsed.unit.map(|u| u.dimension), Some(Dimension::Time("working_days")));
    let mut words = Words::default();
    let target = context("targets", "target", &mut words);
    let parsed = target.read(&text("180亿元以上"));
    assert_eq!((parsed.value, parsed.bound), (Value::Number(18_000_000_000_000_000), Some(Bound::Lower)));
    let mut words = Words::default();
    let value = Context { unit: super::super::unit::unit("%"), ..context("reported", "value", &mut words) };
    assert_eq!(shown(&value.read(&Cell::Number(0.9365, Shown::Percent))), "936500");
    assert_eq!(shown(&value.read(&text("81.3%"))), "813000");
    assert_eq!(shown(&value.read(&Cell::Number(0.63, Shown::Plain))), "6300 percent_scale_doubtful Warning");
}

#[test]
fn ids_stay_text() {
    let mut words = Words::default();
    let id = context("projects", "project_id", &mut words);
    for (cell, expected) in [
        (Cell::Number(1001.0, Shown::Plain), "1001"),
        (text("1001.0"), "1001"),
        (Cell::Number(78.0, Shown::Zeros(6)), "000078"),
        (text("2023E05"), "2023E05"),
        (text("ＳＧ－００２"), "SG-002"),
        (text("SG-003\u{200b}"), "SG-003"),
        (text("=\"00123\""), "00123"),
        (text("'00123"), "00123"),
        (text("9.11406E+17"), "Unreadable id_precision_lost Error"),
        (Cell::Number(9.11406001234568e17, Shown::Plain), "Unreadable id_precision_lost Error"),
        (text("无"), "Blank"),
        // 2023-5 typed into a spreadsheet.
        (Cell::Date(19_478), "Unreadable id_held_as_date Error"),
    ] {
        assert_eq!(shown(&id.read(&cell)), expected, "{cell:?}");
    }
}

#[test]
fn enums_take_their_aliases() {
    let mut words = Words::default();
    let list = context("batch_entries", "list", &mut words);
    for (written, expected) in [
        ("签约", "signed"),
        ("签约类", "signed"),
        ("已投产", "produced"),
        ("started", "started"),
        ("-", "Blank"),
        ("其他", "Unreadable enum_unreadable Error"),
    ] {
        assert_eq!(shown(&list.read(&text(written))), expected, "{written}");
    }
}

#[test]
fn a_first_day_that_is_shown_as_a_month_or_a_year_is_the_month_or_the_year() {
    let mut words = Words::default();
    // 2024-03-01 and 2024-03-31, 2024-12-31.
    let (month, year) = (Cell::Span { from: 19_783, to: 19_813 }, Cell::Span { from: 19_723, to: 20_088 });
    let event = context("projects", "started_on", &mut words);
    assert_eq!(shown(&event.read(&month)), "2024-03-01..2024-03-31 date_shown_without_day Note");
    assert_eq!(shown(&event.read(&year)), "2024-01-01..2024-12-31 date_shown_without_day Note");
    // 1900-01-01: a 1 in a cell that is formatted as a month.
    let of_1900 = Cell::Span { from: -25_567, to: -25_537 };
    assert_eq!(shown(&event.read(&of_1900)), "Unreadable date_out_of_range Error");
    let planned = context("projects", "planned_start_on", &mut words);
    let read = planned.read(&month);
    assert_eq!(shown(&read), "2024-03-31 date_shown_without_day Note");
    assert_eq!(read.problem.map(|p| (p.action, p.date)), Some((IssueAction::LastDay, Some(19_813))));
    // As it is shown, and not as it is held.
    assert_eq!((month.written(), year.written()), ("2024-03".to_owned(), "2024".to_owned()));
    let id = context("projects", "project_id", &mut words);
    assert_eq!(shown(&id.read(&month)), "Unreadable id_held_as_date Error");
}

#[test]
fn a_serial_day_as_text_is_no_year_and_month() {
    let mut words = Words::default();
    let event = Context { texts_may_be_numbers: true, ..context("projects", "signed_on", &mut words) };
    let serial = event.read(&Cell::Number(45_291.0, Shown::Plain));
    assert!(matches!(serial.value, Value::Days { .. }));
    assert_eq!(event.read(&text("45291.5")).value, serial.value);
    assert_eq!(event.read(&text("45291.0")).value, serial.value);
    assert_eq!(event.read(&text("2023.10")).value, event.read(&text("2023年10月")).value);
    assert_eq!(shown(&event.read(&text("2023.1"))), "Unreadable date_ambiguous_number Error");
    assert_eq!(event.read(&text("2024年元月")).value, event.read(&text("2024年1月")).value);
    assert_eq!(event.read(&text("2024年元月5日")).value, event.read(&text("2024-01-05")).value);
}

#[test]
fn distinct_cells_of_a_column_are_read_once() {
    let mut words = Words::default();
    let event = context("projects", "started_on", &mut words);
    let mut column = crate::ledger::cell::ColumnBuilder::new();
    for row in 0..10_000 {
        column.push_text(["2023-12-05", "2023年12月", "未开工"][row % 3]);
    }
    let read = crate::ledger::column::ReadCells::read(&column.finish(10_000), &event);
    // The three, and the blank cell that every column has.
    assert_eq!((read.parsed.len(), read.codes.len()), (4, 10_000));
    assert_eq!(read.row(4).map(shown).as_deref(), Some("2023-12-01..2023-12-31"));
}

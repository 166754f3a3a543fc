//! Made-up ledgers of all tables: days known and half known, before and after the ledger's own, blank cells, cells that
//! nobody can read, phases, references to projects that are not there.

use zonekpi::polars::prelude::*;
use zonekpi::{ColumnSpec, Kind, Ledger, OnDuplicate, Schema, TableSpec};

use crate::dice::Dice;

const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];

pub(crate) fn day(dice: &mut Dice) -> chrono::NaiveDate {
    let first = chrono::NaiveDate::from_ymd_opt(2021, 11, 1).expect("a day");
    first + chrono::Days::new(dice.roll(1000) as u64)
}

/// A cell of an event: a day, part of a month, a month, a year, a word, nothing, or what nobody can read.
fn event(dice: &mut Dice, column: &ColumnSpec) -> String {
    let day = day(dice);
    let month = format!("{}", day.format("%Y年%-m月"));
    match dice.roll(20) {
        0..=8 => day.to_string(),
        9 => format!("{month}初"),
        10 => format!("{month}下旬"),
        11 | 12 => month,
        13 => format!("{}", day.format("%Y年")),
        14 => format!("已{}", column.aliases.first().unwrap_or(&column.zh)),
        15 => "第三十二日".to_owned(),
        _ => String::new(),
    }
}

fn number(dice: &mut Dice, digits: usize) -> String {
    match dice.roll(12) {
        0 => String::new(),
        1 => "若干".to_owned(),
        2 => "0".to_owned(),
        3 if digits > 0 => format!("{}.{}", dice.roll(500), 1 + dice.roll(99)),
        4 if digits > 0 => format!("-{}", dice.roll(50)),
        _ => (1 + dice.roll(30)).to_string(),
    }
}

fn cell(dice: &mut Dice, table: &TableSpec, column: &ColumnSpec, row: usize, projects: usize) -> String {
    let key = table.keys.first().and_then(|key| key.first());
    match column.kind {
        Kind::Id if key == Some(&column.name) => format!("R{row}"),
        Kind::Id if column.name == "project_id" || column.name == "parent_id" => match dice.roll(6) {
            0 => String::new(),
            1 => "R999999".to_owned(),
            _ if column.name == "parent_id" && dice.chance(60) => String::new(),
            _ => format!("R{}", dice.roll(projects)),
        },
        Kind::Id => format!("K{}", dice.roll(9)),
        Kind::Text if column.name == "project_name" => format!("项目{row}"),
        Kind::Text | Kind::Dimension => match dice.roll(6) {
            0 => String::new(),
            _ => dice.pick(&NAMES).to_owned(),
        },
        Kind::Enum => match dice.roll(8) {
            0 => String::new(),
            1 => "别的什么".to_owned(),
            _ => {
                let place = dice.roll(column.values.len());
                column.values.get(place).map_or_else(String::new, |value| value.name.clone())
            }
        },
        Kind::Event => event(dice, column),
        Kind::Date => match dice.roll(8) {
            0 => String::new(),
            1 => "第三十二日".to_owned(),
            2 => format!("{}", day(dice).format("%Y年%-m月")),
            _ => day(dice).to_string(),
        },
        Kind::Flag => dice.pick(&["是", "是", "否", "", "说不清"]).to_owned(),
        Kind::Money | Kind::Area | Kind::Measure | Kind::OptionalMeasure => number(dice, 2),
        _ => number(dice, 0),
    }
}

fn frame(dice: &mut Dice, table: &TableSpec, rows: usize, projects: usize, left_out: bool) -> DataFrame {
    // Some columns have nothing to doubt in them, as in a ledger that is kept well.
    let mut columns = Vec::new();
    for column in &table.columns {
        let needed = table.keys.iter().flatten().chain(table.needs.iter().flatten()).any(|name| *name == column.name);
        if column.derived && dice.chance(80) || !needed && left_out && dice.chance(10) {
            continue;
        }
        let neat = dice.chance(30);
        let cells: Vec<String> = (0..rows)
            .map(|row| match column.kind {
                Kind::Event | Kind::Date if neat => day(dice).to_string(),
                Kind::Flag if neat => dice.pick(&["是", "否"]).to_owned(),
                Kind::Money if neat => dice.roll(1000).to_string(),
                _ => cell(dice, table, column, row, projects),
            })
            .collect();
        columns.push(Column::new(column.name.as_str().into(), cells));
    }
    DataFrame::new(rows, columns).expect("columns of one length")
}

/// A ledger of all tables; `sorted` by what it is grouped by, as ledgers are that were put together of zones' own.
pub(crate) fn ledger(dice: &mut Dice, rows: usize, sorted: bool) -> Ledger {
    let snapshot_on = chrono::NaiveDate::from_ymd_opt(2023, 12, 31).expect("a day");
    let mut frames = Vec::new();
    for table in Schema::builtin().tables() {
        if matches!(table.name.as_str(), "targets" | "reported") {
            continue;
        }
        let of_table = if table.name == "projects" { rows } else { 1 + dice.roll(rows) };
        let mut made = frame(dice, table, of_table, rows, true);
        if sorted && made.schema().contains("zone") {
            made = made.sort(["zone"], SortMultipleOptions::default().with_maintain_order(true)).expect("sorted");
        }
        frames.push((table.name.clone(), made));
    }
    let reader = Ledger::reader().snapshot_on(snapshot_on).on_duplicate(OnDuplicate::First);
    reader.frames(frames).expect("a ledger")
}

//! The latest event of a column as its cell wrote it, to say what a ledger is dated by.

use chrono::Local;

use crate::ledger::check::CellPlace;
use crate::ledger::column::ReadCells;
use crate::ledger::header::{FoundColumn, Target};
use crate::ledger::parse::date::days;
use crate::ledger::parse::{Parsed, Value};
use crate::ledger::reading::Reading;
use crate::ledger::schema::Kind;

/// The cell of the latest event of a column that is not after today.
#[derive(Clone, Debug)]
pub(crate) struct LatestCell {
    column: &'static str,
    row: Option<u64>,
    pub written: String,
}

impl LatestCell {
    pub(crate) fn place<'a>(&'a self, reading: &'a Reading) -> CellPlace<'a> {
        CellPlace {
            table: &reading.table,
            file: reading.file.as_deref(),
            sheet: reading.sheet.as_deref(),
            row: self.row,
            column: self.column,
        }
    }
}

/// Of an imprecise day the first one counts, and of equal days the first row.
pub(crate) fn latest_cell(
    cells: &ReadCells,
    found: &FoundColumn,
    written: impl Fn(usize) -> String,
    number: impl Fn(usize) -> Option<u64>,
) -> Option<LatestCell> {
    let Target::Known(column) = found.target else { return None };
    if found.kind != Kind::Event {
        return None;
    }
    let today = days(Local::now().date_naive());
    let day = |parsed: &Parsed| match parsed.value {
        Value::Days { from, .. } if from <= today => Some(from),
        _ => None,
    };
    let by_code: Vec<Option<i32>> = cells.parsed.iter().map(day).collect();
    let mut latest: Option<(i32, usize)> = None;
    for (row, code) in cells.codes.iter().enumerate() {
        if let Some(day) = by_code.get(*code as usize).copied().flatten()
            && latest.is_none_or(|(latest, _)| day > latest)
        {
            latest = Some((day, row));
        }
    }
    let (_, row) = latest?;
    Some(LatestCell { column, row: number(row), written: written(row) })
}

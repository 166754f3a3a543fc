//! The cells of all columns of a sheet, read by their kinds; large columns side by side.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::latest::{LatestCell, latest_cell};
use super::{Manner, context, known};
use crate::error::Result;
use crate::ledger::cell::RawColumn;
use crate::ledger::column::{ReadCells, Typed, plain_numbers, plain_texts};
use crate::ledger::header::{FoundColumn, Header, Target};
use crate::ledger::parse::words::Words;
use crate::ledger::progress::Step;
use crate::ledger::rows::Rows;
use crate::ledger::scale::Reach;
use crate::ledger::schema::Kind;
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::ledger::source::Grid;

/// A column as its cells were read; or at once, where none of them had anything to tell.
pub(super) enum ReadColumnOf {
    /// With whether folding surely changes none of them.
    Texts(Typed, bool),
    Numbers(Typed, Reach),
    Cells(RawColumn, ReadCells, Option<LatestCell>),
}

/// Rows from which on a second thread is worth its start.
pub(super) const MANY: usize = 20_000;

/// Reads the cells of all columns; large columns are read side by side.
pub(super) fn read_columns(
    grid: &Grid,
    header: &Header,
    sorted: &Rows,
    manner: &Manner,
) -> Result<Vec<Option<ReadColumnOf>>> {
    let of = header.columns.len();
    let ended = AtomicBool::new(false);
    // The longest work first, so that no thread is left with it when the others are done.
    let many = sorted.kept.len() >= MANY;
    let mut order: Vec<(usize, &FoundColumn)> = header.columns.iter().enumerate().collect();
    if many {
        order.sort_by_key(|(_, found)| std::cmp::Reverse(grid.columns.get(found.at).map(RawColumn::looks)));
    }
    let read = side_by_side(&order, many, |done, (_, found)| -> Result<Option<ReadColumnOf>> {
        // Whoever ended the reading is not asked again.
        if ended.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let step = Step::Column { header: &found.header, done, of, rows: sorted.kept.len() };
        manner.watch.step(&step).inspect_err(|_| ended.store(true, Ordering::Relaxed))?;
        Ok(read_column(grid, header, sorted, manner, found))
    });
    let mut columns: Vec<Option<ReadColumnOf>> = header.columns.iter().map(|_| None).collect();
    for ((at, _), column) in order.into_iter().zip(read) {
        if let Some(slot) = columns.get_mut(at) {
            *slot = column.ok_or_else(broke_off)??;
        }
    }
    Ok(columns)
}

fn read_column(
    grid: &Grid,
    header: &Header,
    sorted: &Rows,
    manner: &Manner,
    found: &FoundColumn,
) -> Option<ReadColumnOf> {
    let table = header.table;
    let raw = grid.columns.get(found.at)?;
    let spec = known(table, found);
    let kind = spec.map_or(Kind::Text, |s| s.kind);
    let words = spec.map(|s| Words::of(table, s)).unwrap_or_default();
    let context = context(spec, &words, found, manner);
    let mut filled = Cow::Borrowed(raw);
    if kind.scale().is_none() {
        for merge in grid.merges.iter().filter(|m| m.first_column == found.at && m.first_row >= header.first_data_row) {
            filled.to_mut().fill(merge.first_row, merge.last_row);
        }
    }
    // A column that says the unit or the bound of another is read cell by cell, and so is the other.
    let is_asked = |name: &str| {
        let named = |other: &Option<String>| other.as_deref() == Some(name);
        table.columns.iter().any(|column| named(&column.unit_in) || named(&column.bound_in))
    };
    let name = match &found.target {
        Target::Known(name) => name,
        Target::Other(name) => name.as_str(),
    };
    let asks = spec.is_some_and(|spec| spec.unit_in.is_some() || spec.bound_in.is_some());
    let plain = match kind {
        _ if asks || is_asked(name) => None,
        Kind::Id | Kind::Text | Kind::Dimension => {
            let texts = plain_texts(&filled, &sorted.kept, name, &context);
            texts.map(|(typed, none_folds)| ReadColumnOf::Texts(typed, none_folds))
        }
        // What is compared with totals is read cell by cell.
        Kind::Money | Kind::Area if sorted.totals.is_empty() => {
            let numbers = plain_numbers(&filled, &sorted.kept, name, &context);
            numbers.map(|(typed, reach)| ReadColumnOf::Numbers(typed, reach))
        }
        _ => None,
    };
    if plain.is_some() {
        return plain;
    }
    let selected = filled.with_codes().select(&sorted.kept);
    let cells = ReadCells::read(&selected, &context);
    let number = |row: usize| sorted.kept.get(row).map(|row| grid.first_row + row as u64);
    let latest = latest_cell(&cells, found, |row| selected.cell(row).written(), number);
    Some(ReadColumnOf::Cells(selected, cells, latest))
}

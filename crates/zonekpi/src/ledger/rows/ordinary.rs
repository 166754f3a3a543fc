//! Which rows are plainly rows of the table, told without a close look at each: no cell of theirs begins as a label
//! does. Cells are looked at once each, and rows are then judged by numbers. A row that is not plain is judged closely;
//! what stands here never sets a row aside.

use super::another::is_value;
use super::{NOTES, SIGNATURES};
use crate::ledger::cell::{Cell, RawColumn};
use crate::ledger::header::Header;
use crate::ledger::side_by_side::side_by_side;
use crate::ledger::source::Grid;

/// Distinct cells from which on a second thread is worth its start.
const MANY: usize = 20_000;

/// How a distinct cell counts for its row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    /// A number, a date, an amount: its row is no header.
    Value,
    Plain,
    /// It may be a label, or a word of the header.
    Close,
}

/// The columns of a table, with the look of each distinct cell.
pub(super) struct Ordinary<'a> {
    columns: Vec<(&'a [u32], Vec<Look>)>,
}

impl<'a> Ordinary<'a> {
    pub(super) fn of(grid: &'a Grid, header: &Header) -> Self {
        let own: Vec<_> = header.columns.iter().filter_map(|c| grid.columns.get(c.at)).collect();
        // Header cells begin with these; a repeated header does too.
        let mut begins: Vec<char> = Vec::new();
        let labels = NOTES.iter().chain(SIGNATURES).filter_map(|label| label.chars().next());
        begins.extend(labels.chain("小分本合总共全Tt累汇".chars()));
        for column in &own {
            let words = header.header_rows.iter().filter_map(|row| first_character(column.cell(*row)));
            begins.extend(words);
        }
        begins.sort_unstable();
        begins.dedup();
        let look = |cell: &Cell| match cell {
            Cell::Text(words) => match first_character(cell) {
                None => Look::Empty,
                Some(first) if begins.binary_search(&first).is_ok() => Look::Close,
                Some(_) if is_value(words) => Look::Value,
                Some(_) => Look::Plain,
            },
            cell if cell.is_empty() => Look::Empty,
            _ => Look::Value,
        };
        let many = own.iter().any(|column| column.distinct().len() > MANY);
        let looks = side_by_side(&own, many, |_, column| column.distinct().iter().map(look).collect());
        let columns = own.into_iter().map(RawColumn::codes).zip(looks.into_iter().map(Option::unwrap_or_default));
        Self { columns: columns.collect() }
    }

    /// Whether a row has several cells, one of them a value, and none that may be a label.
    pub(super) fn holds(&self, row: usize) -> bool {
        let mut filled = 0;
        let mut values = 0;
        for (codes, looks) in &self.columns {
            let look = codes.get(row).and_then(|code| looks.get(*code as usize)).copied().unwrap_or(Look::Empty);
            match look {
                Look::Close => return false,
                Look::Value => values += 1,
                Look::Plain => filled += 1,
                Look::Empty => {}
            }
        }
        // Words alone may be the header of another table.
        values > 0 && filled + values > 2
    }
}

/// The first character that is seen, in half width where it has one, and without a bracket before it.
fn first_character(cell: &Cell) -> Option<char> {
    let Cell::Text(text) = cell else { return None };
    // A clean text begins with what is seen.
    let first = text.chars().next().filter(|c| c.is_alphanumeric() && !matches!(c, '\u{FF01}'..='\u{FF5E}'));
    first.or_else(|| crate::ledger::text::compact(text).chars().next())
}

//! Which rows are plainly rows of the table, told without a close look at each: no cell of theirs may be a label. Cells are looked at once each, and rows are then judged by numbers. A row that is not plain is judged closely;
//! what stands here never sets a row aside.

use std::ops::Range;

use polars::prelude::PlHashSet;

use super::another::is_value;
use super::label::{SIGNATURES, TOTALS_BEGIN, may_label};
use super::{Makes, is_nothing};
use crate::ledger::cell::{Cell, Judged, RawColumn};
use crate::ledger::header::Header;
use crate::ledger::side_by_side::side_by_side;
use crate::ledger::source::Grid;
use crate::ledger::text;

/// Distinct cells from which on a second thread is worth its start.
const MANY: usize = 20_000;

/// How a distinct cell counts for its row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    /// A number, a date, an amount: its row is no header.
    Value,
    /// A word for nothing, or a zero: it makes no row.
    Nothing,
    Plain,
    /// It may be a label, or a word of the header.
    Close,
}

/// The columns of a table, with the look of each distinct cell.
pub(super) struct Ordinary<'a> {
    /// Of each column the look of each row's cell, and whether its cells make a row.
    columns: Vec<(Judged<'a, Look>, bool)>,
}

impl<'a> Ordinary<'a> {
    pub(super) fn of(grid: &'a Grid, header: &Header) -> Self {
        let own: Vec<_> =
            header.columns.iter().filter_map(|c| Some((grid.columns.get(c.at)?, Makes::of(c) == Makes::Row))).collect();
        // A repeated header has the words of the header, and nothing else.
        let header_cells = || own.iter().flat_map(|(c, _)| header.header_rows.iter().map(|row| c.cell(*row)));
        let header_words: PlHashSet<String> = header_cells().map(|cell| text::word(&cell.written())).collect();
        // Few cells begin as a label does; those are looked at as a whole.
        let mut begins: Vec<char> = SIGNATURES.iter().filter_map(|label| label.chars().next()).collect();
        begins.extend(TOTALS_BEGIN.chars().chain(
            header_cells().filter_map(|cell| if let Cell::Text(words) = cell { first_character(words) } else { None }),
        ));
        let begins = Characters::of(begins);
        let may_be_label = |words: &str| may_label(words) || header_words.contains(&text::word(words));
        let look = |cell: &Cell<'_>| match cell {
            Cell::Text(words) => match first_character(words) {
                None => Look::Empty,
                Some(first) if begins.contains(first) && may_be_label(words) => Look::Close,
                Some(_) if is_nothing(cell) => Look::Nothing,
                Some(_) if is_value(words) => Look::Value,
                Some(_) => Look::Plain,
            },
            cell if cell.is_empty() => Look::Empty,
            cell if is_nothing(cell) => Look::Nothing,
            _ => Look::Value,
        };
        let many = own.iter().any(|(column, _)| column.looks() > MANY);
        let coded = |column: &'a RawColumn| column.as_texts().is_none().then(|| column.judged(look));
        let looks = side_by_side(&own, many, |_, (column, _)| coded(column));
        // The rows of a column of texts are shared out among threads.
        let columns = own.iter().zip(looks).map(|((column, makes), looks)| {
            let looks = looks.flatten().unwrap_or_else(|| column.judged(look));
            (looks, *makes)
        });
        Self { columns: columns.collect() }
    }

    /// Which of so many rows are plain, by parts that threads look at side by side.
    pub(super) fn rows(&self, rows: Range<usize>) -> Vec<bool> {
        let many = rows.len() > MANY;
        let parts: Vec<Range<usize>> = rows.clone().step_by(MANY).map(|from| from..rows.end.min(from + MANY)).collect();
        let held = side_by_side(&parts, many, |_, part| part.clone().map(|row| self.holds(row)).collect());
        // A part whose thread broke off is looked at closely, row by row.
        let part = |(part, held): (&Range<usize>, Option<Vec<bool>>)| held.unwrap_or_else(|| vec![false; part.len()]);
        parts.iter().zip(held).map(part).collect::<Vec<_>>().concat()
    }

    /// Whether a row has several cells that make it one, one of them a value, and none that may be a label.
    fn holds(&self, row: usize) -> bool {
        let mut filled = 0;
        let mut values = 0;
        for (looks, makes) in &self.columns {
            match looks.row(row).copied().unwrap_or(Look::Empty) {
                Look::Close => return false,
                Look::Value => {
                    values += 1;
                    filled += usize::from(*makes);
                }
                Look::Plain => filled += usize::from(*makes),
                Look::Nothing | Look::Empty => {}
            }
        }
        // Words alone may be the header of another table.
        values > 0 && filled > 2
    }
}

/// Characters among which another is quickly not found.
struct Characters {
    sorted: Vec<char>,
    /// Whether any of them shares such a place.
    places: [bool; PLACES],
}

const PLACES: usize = 1024;

impl Characters {
    fn of(mut characters: Vec<char>) -> Self {
        characters.sort_unstable();
        let mut places = [false; PLACES];
        for c in &characters {
            places[*c as usize % PLACES] = true;
        }
        Self { sorted: characters, places }
    }

    fn contains(&self, c: char) -> bool {
        self.places[c as usize % PLACES] && self.sorted.binary_search(&c).is_ok()
    }
}

/// Of the forms in full width.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FF5E}')
}

/// The first character that is seen, in half width where it has one, and without a bracket before it.
fn first_character(words: &str) -> Option<char> {
    // A clean text begins with what is seen.
    let plain = |c: &char| {
        c.is_ascii_alphanumeric() || matches!(c, '\u{4E00}'..='\u{9FFF}') || (c.is_alphanumeric() && !is_wide(*c))
    };
    let first = words.chars().next().filter(plain);
    first.or_else(|| text::compact(words).chars().next())
}

//! Text files: a record is a row; a line without anything is a record too, as spreadsheets count. Which encoding a file
//! has is in `crate::encoding`, which character separates its cells in `separator`. Records are split in `records`, by
//! way of the csv crate; in `lines` where no quote makes a record anything but a line. A long file of such lines is not
//! held as a whole: `long`.

mod lines;
mod long;
mod records;
mod separator;

use std::path::Path;

pub(super) use self::long::HEAD;
use super::{Document, Grid, MOST_COLUMNS, Sheet, too_large};
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::cell::{ColumnBuilder, RawColumn};
use crate::ledger::progress::Rows;
use crate::message::ErrorCode;

/// The start of a file in lower case, whatever its encoding: enough to know a tag.
pub(super) fn head(start: &[u8]) -> String {
    let plain: Vec<u8> = start.iter().copied().filter(|b| *b != 0).collect();
    String::from_utf8_lossy(&plain).trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start().to_lowercase()
}

/// Reads a text file as one sheet of text cells.
pub(super) fn read(bytes: &[u8], progress: &Rows<'_>) -> Result<Document> {
    let (text, encoding) = crate::encoding::decode(bytes)?;
    if text.chars().all(char::is_whitespace) {
        return Err(Error::new(ErrorKind::Input, ErrorCode::FileEmpty.message()));
    }
    let (separator, skipped) = separator::told(&text).unwrap_or_else(|| (separator::found(&text), 0));
    let body = text.get(skipped..).unwrap_or("");
    Ok(document(grid(body, separator, progress)?, encoding))
}

fn document(grid: Grid, encoding: &'static str) -> Document {
    Document {
        format: "csv",
        encoding: Some(encoding),
        sheets: vec![Sheet { name: None, hidden: false, grid }],
        texts_may_be_numbers: true,
        ..Document::default()
    }
}

/// Reads a file of such a length, of which this is the start, without holding all of it. `None` where it is not long, or
/// nothing to be read so.
pub(super) fn read_long(path: &Path, length: u64, head: &[u8], progress: &Rows<'_>) -> Result<Option<Document>> {
    let Some((separator, from, encoding)) = long::start(head).filter(|_| length >= LARGE as u64) else {
        return Ok(None);
    };
    let grid = long::read(path, from..length, separator, (threads(), long::PIECE), progress)?;
    Ok(grid.map(|grid| document(grid, encoding)))
}

/// A file beyond this size is read by several threads.
const LARGE: usize = 4 << 20;

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn grid(text: &str, separator: u8, progress: &Rows<'_>) -> Result<Grid> {
    let threads = threads();
    let many = text.len() >= LARGE && threads > 1;
    if !text.as_bytes().contains(&b'"') {
        lines::read(text, separator, if many { threads } else { 1 }, progress)
    } else if many {
        records::side_by_side(text, separator, threads - 1, progress)
    } else {
        records::in_turn(text, separator, progress)
    }
}

/// What is known of the records of a file beside their cells.
#[derive(Default)]
struct Shape {
    rows: usize,
    width: usize,
    /// From which row on records have how many cells.
    lengths: Vec<(usize, usize)>,
}

impl Shape {
    fn rows_of(&mut self, length: usize, count: usize) -> Result<()> {
        if count > 0 && self.lengths.last().is_none_or(|(_, last)| *last != length) {
            self.lengths.push((self.rows, length));
        }
        self.rows += count;
        self.width = self.width.max(length);
        let too_many = self.rows.saturating_mul(self.width) > super::MOST_CELLS || u32::try_from(self.rows).is_err();
        if too_many || self.width > MOST_COLUMNS { Err(too_large(self.rows, self.width)) } else { Ok(()) }
    }

    /// The rows of another part below these.
    fn append(&mut self, part: Self) -> Result<()> {
        let Self { rows, lengths, .. } = part;
        let ends = lengths.iter().skip(1).map(|(from, _)| *from).chain([rows]);
        for ((from, length), end) in lengths.iter().zip(ends) {
            self.rows_of(*length, end - from)?;
        }
        Ok(())
    }

    fn grid(self, columns: Vec<RawColumn>) -> Grid {
        let rows = self.rows;
        Grid { columns, rows, first_row: 1, record_lengths: self.lengths, ..Grid::default() }
    }
}

/// The columns of so many rows.
fn finished(columns: Vec<ColumnBuilder>, rows: usize) -> Vec<RawColumn> {
    columns.into_iter().map(|column| column.finish(rows)).collect()
}

/// The column that a cell of a row goes into, filled up to that row.
fn column_of(columns: &mut Vec<ColumnBuilder>, at: usize, row: usize) -> Option<&mut ColumnBuilder> {
    if at >= columns.len() {
        columns.resize_with(at + 1, ColumnBuilder::new);
    }
    let column = columns.get_mut(at)?;
    column.pad(row);
    Some(column)
}

/// The cells of a grid as they are written.
#[cfg(test)]
fn rows_of(grid: &Grid) -> Vec<Vec<String>> {
    (0..grid.rows).map(|row| grid.columns.iter().map(|c| c.cell(row).written()).collect()).collect()
}

#[cfg(test)]
mod tests;

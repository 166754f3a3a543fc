//! The records of a text without quotes: each is a line, so that a long text is cut into parts that threads read side by
//! side. What comes out is what the csv crate makes of the same text.

use std::sync::atomic::{AtomicUsize, Ordering};

use arcstr::ArcStr;
use memchr::memchr3_iter;

use super::{Grid, Shape, column_of};
use crate::error::Result;
use crate::ledger::cell::{ColumnBuilder, joined};
use crate::ledger::progress::{PACE, Rows};
use crate::ledger::side_by_side::{broke_off, side_by_side};

/// Reads a text in which no cell is quoted.
pub(super) fn read(text: &str, separator: u8, threads: usize, progress: &Rows<'_>) -> Result<Grid> {
    let parts = parts(text, threads);
    let rows = AtomicUsize::new(0);
    let read = side_by_side(&parts, parts.len() > 1, |_, part| lines_of(part, separator, &rows, progress));
    let mut shape = Shape::default();
    let mut columns: Vec<Vec<(ColumnBuilder, usize)>> = Vec::new();
    for part in read {
        let (part, of_part) = part.ok_or_else(broke_off)??;
        let before = shape.rows;
        shape.append(part)?;
        for (at, column) in of_part.into_iter().enumerate() {
            if at >= columns.len() {
                columns.resize_with(at + 1, Vec::new);
            }
            if let Some(parts) = columns.get_mut(at) {
                parts.push((column, before));
            }
        }
    }
    Ok(shape.grid(joined(columns)))
}

/// A text cut behind line ends into about equal parts.
fn parts(text: &str, threads: usize) -> Vec<&str> {
    let mut rest = text;
    let mut parts = Vec::with_capacity(threads);
    for left in (2..=threads).rev() {
        let from = rest.len() / left;
        let Some(end) = rest.as_bytes().get(from..).and_then(|tail| memchr::memchr(b'\n', tail)) else { break };
        let (part, more) = rest.split_at_checked(from + end + 1).unwrap_or((rest, ""));
        parts.push(part);
        rest = more;
    }
    parts.push(rest);
    parts
}

fn lines_of(part: &str, separator: u8, rows: &AtomicUsize, progress: &Rows<'_>) -> Result<(Shape, Vec<ColumnBuilder>)> {
    // Cells share the text of their part; one that all threads share would have them wait for each other.
    let part = ArcStr::from(part);
    let bytes = part.as_bytes();
    let mut shape = Shape::default();
    let mut columns: Vec<ColumnBuilder> = Vec::new();
    let (mut begin, mut width) = (0, 0);
    let mut ends = memchr3_iter(separator, b'\n', b'\r', bytes);
    loop {
        let found = ends.next();
        let end = found.unwrap_or(bytes.len());
        let separates = found.is_some_and(|end| bytes.get(end) == Some(&separator));
        // A line without anything has no cell.
        if separates || width > 0 || end > begin {
            if let Some(column) = column_of(&mut columns, width, shape.rows) {
                column.push_piece(&part, begin, end);
            }
            width += 1;
        }
        begin = end + 1;
        if separates {
            continue;
        }
        if found.is_none() && width == 0 {
            return Ok((shape, columns));
        }
        if bytes.get(end..end + 2) == Some(b"\r\n") {
            ends.next();
            begin += 1;
        }
        let row = shape.rows;
        shape.rows_of(width, 1)?;
        width = 0;
        if row % PACE == PACE - 1 {
            progress.at(rows.fetch_add(PACE, Ordering::Relaxed) + PACE)?;
        }
        if found.is_none() {
            return Ok((shape, columns));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records;
    use super::*;

    fn cells(grid: &Grid) -> (Vec<Vec<String>>, Vec<(usize, usize)>) {
        let rows = (0..grid.rows).map(|row| grid.columns.iter().map(|c| c.cell(row).written()).collect());
        (rows.collect(), grid.record_lengths.clone())
    }

    proptest! {
        #[test]
        fn lines_are_what_the_csv_crate_makes_of_them(text in "([ab甲,;\t]|\n|\r|\r\n){0,40}", threads in 1_usize..5) {
            let one = records::in_turn(&text, b',', &Rows::default());
            let other = read(&text, b',', threads, &Rows::default());
            prop_assert_eq!(one.ok().map(|g| cells(&g)), other.ok().map(|g| cells(&g)));
        }
    }
}

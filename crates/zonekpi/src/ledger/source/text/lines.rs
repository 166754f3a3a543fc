//! The records of a text without quotes: each is a line, so that a long text is cut into parts that threads read side by
//! side. What comes out is what the csv crate makes of the same text.

use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memchr2;

use super::{Grid, Shape, column_of};
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::cell::{ColumnBuilder, joined};
use crate::ledger::progress::{PACE, Rows};
use crate::ledger::side_by_side::side_by_side;
use crate::message::ErrorCode;

/// Reads a text in which no cell is quoted.
pub(super) fn read(text: &str, separator: u8, threads: usize, progress: &Rows<'_>) -> Result<Grid> {
    let parts = parts(text, threads);
    let rows = AtomicUsize::new(0);
    let read = side_by_side(&parts, parts.len() > 1, |_, part| lines_of(part, separator, &rows, progress));
    let mut shape = Shape::default();
    let mut columns: Vec<Vec<(ColumnBuilder, usize)>> = Vec::new();
    for part in read {
        let (part, of_part) = part.ok_or_else(|| {
            Error::new(ErrorKind::Compute, ErrorCode::Engine.message().with("detail", "a thread ended"))
        })??;
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
    let mut shape = Shape::default();
    let mut columns: Vec<ColumnBuilder> = Vec::new();
    let bytes = part.as_bytes();
    let mut begin = 0;
    while let Some(rest) = bytes.get(begin..).filter(|rest| !rest.is_empty()) {
        let end = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = part.get(begin..begin + end).unwrap_or("");
        begin += end + if rest.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n")) { 2 } else { 1 };
        let row = shape.rows;
        let mut width = 0;
        if !line.is_empty() {
            for cell in line.split(char::from(separator)) {
                if let Some(column) = column_of(&mut columns, width, row) {
                    column.push_text(cell);
                }
                width += 1;
            }
        }
        shape.rows_of(width, 1)?;
        if row % PACE == PACE - 1 {
            progress.at(rows.fetch_add(PACE, Ordering::Relaxed) + PACE)?;
        }
    }
    Ok((shape, columns))
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

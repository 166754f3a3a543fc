//! The records of a text without quotes: each is a line, so that a long text is cut into parts that threads read side by
//! side. What comes out is what the csv crate makes of the same text. A long file is cut in `long`.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Grid, Shape, column_of};
use crate::error::Result;
use crate::ledger::cell::{ColumnBuilder, joined};
use crate::ledger::progress::{PACE, Rows};
use crate::ledger::side_by_side::{broke_off, side_by_side};

/// Reads a text in which no cell is quoted.
pub(super) fn read(text: &str, separator: u8, threads: usize, progress: &Rows<'_>) -> Result<Grid> {
    let parts = parts(text, threads);
    let pace = Pace::of(progress);
    let read = side_by_side(&parts, parts.len() > 1, |_, part| {
        let mut lines = Lines::new(separator);
        lines.read(part, &pace)?;
        Ok(lines)
    });
    together(read.into_iter().map(|part| part.ok_or_else(broke_off)?))
}

/// The lines of parts that follow one another, as one grid.
pub(super) fn together(parts: impl Iterator<Item = Result<Lines>>) -> Result<Grid> {
    let mut shape = Shape::default();
    let mut columns: Vec<Vec<(ColumnBuilder, usize)>> = Vec::new();
    for part in parts {
        let part = part?;
        let before = shape.rows;
        shape.append(part.shape)?;
        for (at, column) in part.columns.into_iter().enumerate() {
            if at >= columns.len() {
                columns.resize_with(at + 1, Vec::new);
            }
            if let Some(parts) = columns.get_mut(at) {
                parts.push((column, before));
            }
        }
    }
    let rows = shape.rows;
    Ok(shape.grid(joined(columns, rows)?))
}

/// Rows that threads have read together, told every few thousand.
pub(super) struct Pace<'a> {
    rows: AtomicUsize,
    progress: &'a Rows<'a>,
}

impl<'a> Pace<'a> {
    pub(super) fn of(progress: &'a Rows<'a>) -> Self {
        Self { rows: AtomicUsize::new(0), progress }
    }

    fn after(&self, rows: usize) -> Result<()> {
        if rows.is_multiple_of(PACE) {
            self.progress.at(self.rows.fetch_add(PACE, Ordering::Relaxed) + PACE)?;
        }
        Ok(())
    }
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

/// Lines as they come in. Some thousand are split, and then their cells are put into one column after the other: a
/// column's own memory is at hand while many cells go into it.
pub(super) struct Lines {
    separator: u8,
    columns: Vec<ColumnBuilder>,
    shape: Shape,
    /// Of the lines that are split where each cell begins and ends, and how many cells each line has.
    cells: Vec<(usize, usize)>,
    widths: Vec<usize>,
    /// Where the cell begins that comes next, and how many the line has before it.
    begin: usize,
    width: usize,
}

/// Cells that are split before they are put into their columns.
const SPLIT: usize = 1 << 12;

impl Lines {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            columns: Vec::new(),
            shape: Shape::default(),
            cells: Vec::with_capacity(SPLIT),
            widths: Vec::new(),
            begin: 0,
            width: 0,
        }
    }

    /// Reads whole lines. The last of all may lack its end.
    pub(super) fn read(&mut self, text: &str, pace: &Pace<'_>) -> Result<()> {
        (self.begin, self.width) = (0, 0);
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
        for (at, block) in blocks.iter().chain([&last]).enumerate() {
            let mut marks = marks(block, self.separator);
            while marks != 0 {
                self.mark(text, at * BLOCK + marks.trailing_zeros() as usize, pace)?;
                marks &= marks - 1;
            }
        }
        if self.width > 0 || text.len() > self.begin {
            self.end_line(text, text.len(), pace)?;
        }
        self.put(text);
        Ok(())
    }

    /// What stands at a place is a separator or a line end.
    #[inline]
    fn mark(&mut self, text: &str, at: usize, pace: &Pace<'_>) -> Result<()> {
        let bytes = text.as_bytes();
        match bytes.get(at) {
            Some(byte) if *byte == self.separator => self.end_cell(at),
            // The second half of a line end.
            Some(b'\n') if at == self.begin && at.checked_sub(1).and_then(|a| bytes.get(a)) == Some(&b'\r') => {}
            _ => self.end_line(text, at, pace)?,
        }
        self.begin = at + 1;
        Ok(())
    }

    /// The cell ends that began last.
    fn end_cell(&mut self, end: usize) {
        self.cells.push((self.begin, end));
        self.width += 1;
    }

    /// The line ends. One without anything has no cell.
    fn end_line(&mut self, text: &str, end: usize, pace: &Pace<'_>) -> Result<()> {
        if self.width > 0 || end > self.begin {
            self.end_cell(end);
        }
        self.widths.push(self.width);
        self.shape.rows_of(self.width, 1)?;
        self.width = 0;
        if self.cells.len() >= SPLIT {
            self.put(text);
        }
        pace.after(self.shape.rows)
    }

    /// Puts the cells of the lines that are split into their columns.
    fn put(&mut self, text: &str) {
        let row = self.shape.rows - self.widths.len();
        let cell = |place: &(usize, usize)| text.get(place.0..place.1).unwrap_or("");
        match self.widths.first() {
            // Lines that are alike are a table.
            Some(width) if *width > 0 && self.widths.iter().all(|other| other == width) => {
                for at in 0..*width {
                    let Some(column) = column_of(&mut self.columns, at, row) else { continue };
                    self.cells.iter().skip(at).step_by(*width).for_each(|place| column.push_text(cell(place)));
                }
            }
            _ => {
                let mut cells = self.cells.iter();
                for (line, width) in self.widths.iter().enumerate() {
                    for (at, place) in cells.by_ref().take(*width).enumerate() {
                        if let Some(column) = column_of(&mut self.columns, at, row + line) {
                            column.push_text(cell(place));
                        }
                    }
                }
            }
        }
        self.cells.clear();
        self.widths.clear();
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Where separators and line ends stand in a block: a bit for each of its bytes, the first the lowest.
fn marks(block: &[u8; BLOCK], separator: u8) -> u64 {
    let mut flags = [0; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(*byte == separator) | u8::from(*byte == b'\n') | u8::from(*byte == b'\r');
    }
    let mut marks = 0;
    for eight in flags.as_chunks::<8>().0.iter().rev() {
        // Eight bytes that are 0 or 1 each, moved side by side into the highest one.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks = marks << 8 | bits;
    }
    marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{records, rows_of};
    use super::*;

    proptest! {
        #[test]
        fn marks_are_where_separators_and_line_ends_stand(block in prop::collection::vec("[,\n\ra;]".prop_map(|s| s.as_bytes()[0]), BLOCK)) {
            let expected: Vec<usize> = (0..BLOCK).filter(|at| b",\n\r".contains(&block[*at])).collect();
            let block: [u8; BLOCK] = block.try_into().expect("a block");
            let marks = marks(&block, b',');
            prop_assert_eq!((0..BLOCK).filter(|at| marks >> at & 1 == 1).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn lines_are_what_the_csv_crate_makes_of_them(text in "([ab甲,;\t]|\n|\r|\r\n){0,200}", threads in 1_usize..5) {
            let one = records::in_turn(&text, b',', &Rows::default());
            let other = read(&text, b',', threads, &Rows::default());
            let seen = |grid: Grid| (rows_of(&grid), grid.record_lengths);
            prop_assert_eq!(one.ok().map(seen), other.ok().map(seen));
        }
    }
}

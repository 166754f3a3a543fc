//! The files of a scan in pieces that are asked one by one: row groups as they stand, small ones together, large ones in
//! parts.

use std::sync::Arc;

use super::file::File;
use crate::error::Result;

/// Rows that are held at once as a frame.
const READ: usize = 131_072;

/// Rows of a piece that is taken as it is typed: row groups are seldom larger, and what they hold is unpacked once.
const TYPED: usize = 1_048_576;

/// Rows of a file that one thread asks.
pub(super) struct Piece {
    pub(super) file: Arc<File>,
    pub(super) start: usize,
    pub(super) rows: usize,
}

/// What is read of the files, and how many rows are not.
pub(super) struct Pieces {
    pub(super) kept: Vec<Piece>,
    pub(super) skipped: usize,
}

/// The files in pieces, of columns that are taken as they are typed or of a frame; `skips` tells the row groups of a file
/// that need not be read.
pub(super) fn pieces(
    files: &[Arc<File>],
    typed: bool,
    mut skips: impl FnMut(&File) -> Result<Vec<bool>>,
) -> Result<Pieces> {
    let most = if typed { TYPED } else { READ };
    let mut pieces = Pieces { kept: Vec::new(), skipped: 0 };
    for file in files {
        let skips = skips(file)?;
        let mut start = 0;
        // Row groups that follow each other, and are small.
        let mut together: Option<(usize, usize)> = None;
        for (number, rows) in file.groups().enumerate() {
            if skips.get(number) == Some(&true) {
                pieces.skipped += rows;
            } else {
                together = match together {
                    Some((first, many)) if first + many == start && many + rows <= READ => Some((first, many + rows)),
                    before => {
                        pieces.keep(file, before, most);
                        Some((start, rows))
                    }
                };
            }
            start += rows;
        }
        pieces.keep(file, together, most);
    }
    Ok(pieces)
}

impl Pieces {
    /// Keeps rows, in parts of one size where they are many.
    fn keep(&mut self, file: &Arc<File>, rows: Option<(usize, usize)>, most: usize) {
        let Some((start, rows)) = rows.filter(|(_, rows)| *rows > 0) else { return };
        self.kept.extend(Piece { file: Arc::clone(file), start, rows }.parts(most));
    }
}

impl Piece {
    /// The parts in which it is held as a frame.
    pub(super) fn read_parts(&self) -> impl Iterator<Item = Self> {
        self.parts(READ)
    }

    fn parts(&self, most: usize) -> impl Iterator<Item = Self> {
        let parts = self.rows.div_ceil(most);
        (0..parts).map(move |part| {
            let (start, end) = (self.rows * part / parts, self.rows * (part + 1) / parts);
            Self { file: Arc::clone(&self.file), start: self.start + start, rows: end - start }
        })
    }
}

//! The files of a scan in pieces that are held at once: row groups as they stand, small ones together, large ones in
//! parts.

use std::sync::Arc;

use super::file::File;
use crate::error::Result;

/// Rows that are held at once.
const ROWS: usize = 131_072;

/// Rows of a file that are held at once.
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

/// The files in pieces; `skips` tells the row groups of a file that need not be read.
pub(super) fn pieces(files: &[Arc<File>], mut skips: impl FnMut(&File) -> Result<Vec<bool>>) -> Result<Pieces> {
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
                    Some((first, many)) if first + many == start && many + rows <= ROWS => Some((first, many + rows)),
                    before => {
                        pieces.keep(file, before);
                        Some((start, rows))
                    }
                };
            }
            start += rows;
        }
        pieces.keep(file, together);
    }
    Ok(pieces)
}

impl Pieces {
    /// Keeps rows, in parts of one size where they are many.
    fn keep(&mut self, file: &Arc<File>, rows: Option<(usize, usize)>) {
        let Some((first, many)) = rows.filter(|(_, many)| *many > 0) else { return };
        let parts = many.div_ceil(ROWS);
        let starts = (0..=parts).map(|part| first + many * part / parts).collect::<Vec<_>>();
        for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
            self.kept.push(Piece { file: Arc::clone(file), start: *start, rows: end - start });
        }
    }
}

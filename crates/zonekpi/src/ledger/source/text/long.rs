//! Long text files, read by several threads, each a part of the file and little of it at a time: no more of a file is in
//! memory than what its columns hold. Only a file in UTF-8 without quotes can be read so; of any other it is found out on
//! the way, and it is then read as a whole.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use memchr::{memchr, memchr2, memrchr};

use super::lines::{Lines, Pace, together};
use super::separator;
use crate::error::Result;
use crate::ledger::progress::Rows;
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::ledger::source::Grid;

/// Bytes that are read at once: they stay in the cache until they are split.
pub(super) const PIECE: usize = 1 << 18;

/// Bytes at the start of a file by which its separator is found.
pub(in crate::ledger::source) const HEAD: usize = separator::LOOKED_AT + 4;

/// A line longer than this is nothing that a file can be cut at.
const LONGEST_LINE: usize = 1 << 24;

/// The separator of a file of which this is the start, and where its first line begins.
pub(super) fn start(head: &[u8]) -> Option<(u8, u64, &'static str)> {
    let (bare, encoding) = match head.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => (rest, "utf-8-sig"),
        None => (head, "utf-8"),
    };
    // As far as lines are whole.
    let text = bare.get(..memrchr(b'\n', bare)?)?;
    let text = std::str::from_utf8(text).ok().filter(|text| !text.chars().all(char::is_whitespace))?;
    let (separator, skipped) = separator::told(text).unwrap_or_else(|| (separator::found(text), 0));
    Some((separator, (head.len() - bare.len() + skipped) as u64, encoding))
}

/// Reads the lines of a file from a place on, so many bytes at a time; `None` where it has to be read as a whole.
pub(super) fn read(
    path: &Path,
    lines: Range<u64>,
    separator: u8,
    (threads, piece): (usize, usize),
    progress: &Rows<'_>,
) -> Result<Option<Grid>> {
    let Ok(parts) = parts(path, lines, threads) else { return Ok(None) };
    let pace = Pace::of(progress);
    let read = side_by_side(&parts, true, |_, part| lines_of(path, part, separator, piece, &pace));
    let mut plain = Vec::with_capacity(read.len());
    for part in read {
        match part.ok_or_else(broke_off)?? {
            Some(part) => plain.push(Ok(part)),
            None => return Ok(None),
        }
    }
    together(plain.into_iter()).map(Some)
}

/// A range of a file cut behind line ends into about equal parts.
fn parts(path: &Path, lines: Range<u64>, threads: usize) -> std::io::Result<Vec<Range<u64>>> {
    let mut file = File::open(path)?;
    let mut parts = Vec::with_capacity(threads);
    let mut from = lines.start;
    for left in (2..=threads as u64).rev() {
        let middle = from + (lines.end - from) / left;
        let Some(end) = line_end(&mut file, middle)?.filter(|end| *end < lines.end) else { break };
        parts.push(from..end);
        from = end;
    }
    parts.push(from..lines.end);
    Ok(parts)
}

/// The place behind the next line end.
fn line_end(file: &mut File, from: u64) -> std::io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(from))?;
    let mut piece = Vec::new();
    let mut looked = 0;
    while looked < LONGEST_LINE {
        piece.clear();
        let more = file.take(PIECE as u64).read_to_end(&mut piece)?;
        if let Some(at) = memchr(b'\n', &piece) {
            return Ok(Some(from + (looked + at + 1) as u64));
        }
        if more == 0 {
            break;
        }
        looked += more;
    }
    Ok(None)
}

/// The lines of a part; `None` where they are not plain, or the file is not what it was.
fn lines_of(path: &Path, part: &Range<u64>, separator: u8, piece: usize, pace: &Pace<'_>) -> Result<Option<Lines>> {
    let opened = File::open(path).and_then(|mut file| file.seek(SeekFrom::Start(part.start)).map(|_| file));
    let Ok(file) = opened else { return Ok(None) };
    let mut left = part.end - part.start;
    let mut file = file.take(left);
    let mut lines = Lines::new(separator);
    let mut piece = vec![0; piece];
    let mut filled = 0;
    loop {
        let Some(Ok(more)) = piece.get_mut(filled..).map(|room| file.read(room)) else { return Ok(None) };
        filled += more;
        left -= more as u64;
        let read = piece.get(..filled).unwrap_or(&[]);
        let end = match memrchr(b'\n', read) {
            _ if more == 0 => filled,
            Some(at) => at + 1,
            None if filled < LONGEST_LINE => {
                piece.resize(piece.len().max(filled * 2), 0);
                continue;
            }
            None => return Ok(None),
        };
        let whole = read.get(..end).and_then(|whole| simdutf8::basic::from_utf8(whole).ok());
        let Some(text) = whole.filter(|text| memchr2(b'"', 0, text.as_bytes()).is_none()) else { return Ok(None) };
        lines.read(text, pace)?;
        piece.copy_within(end..filled, 0);
        filled -= end;
        if more == 0 {
            return Ok((left == 0).then_some(lines));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::super::{records, rows_of};
    use super::*;

    struct Written(PathBuf);

    impl Written {
        fn new(name: &str, bytes: &[u8]) -> Self {
            let path = std::env::temp_dir().join(format!("zonekpi-long-{name}-{}.csv", std::process::id()));
            std::fs::write(&path, bytes).expect("a file");
            Self(path)
        }

        fn read(&self, from: u64, threads: usize, piece: usize) -> Option<Grid> {
            let length = std::fs::metadata(&self.0).expect("a file").len();
            read(&self.0, from..length, b',', (threads, piece), &Rows::default()).expect("no error")
        }
    }

    impl Drop for Written {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn parts_of_a_file_are_what_the_whole_is(
            text in "([ab甲,;\t]|\n|\r|\r\n){0,200}", threads in 1_usize..5, piece in 1_usize..40,
        ) {
            let file = Written::new("parts", text.as_bytes());
            let whole = records::in_turn(&text, b',', &Rows::default()).expect("records");
            let parts = file.read(0, threads, piece).expect("plain lines");
            prop_assert_eq!(rows_of(&parts), rows_of(&whole));
            prop_assert_eq!(parts.record_lengths, whole.record_lengths);
        }
    }

    #[test]
    fn a_file_that_is_not_plain_is_found_out_wherever_that_shows() {
        let lines = |odd: &[u8]| [b"a,b\n1,2\n".repeat(50).as_slice(), odd, b"\n3,4\n".as_slice()].concat();
        for odd in [b"\"x\",1".as_slice(), b"x,\0", b"\xD6\xEC,1"] {
            let file = Written::new("odd", &lines(odd));
            assert!(file.read(0, 2, 64).is_none(), "{odd:?}");
        }
        let file = Written::new("odd", &lines(b"5,6"));
        assert_eq!(file.read(0, 2, 64).map(|grid| grid.rows), Some(102));
        // A file that is shorter than it was.
        let gone = read(&file.0, 0..10_000, b',', (2, 64), &Rows::default()).expect("no error");
        assert!(gone.is_none());
    }

    #[test]
    fn the_start_of_a_file_tells_its_separator_and_where_it_begins() {
        assert_eq!(start("\u{FEFF}sep=;\r\n甲;乙\r\n1;2".as_bytes()), Some((b';', 8, "utf-8-sig")));
        assert_eq!(start("甲\t乙\n1\t2\n".as_bytes()), Some((b'\t', 0, "utf-8")));
        assert_eq!(start(b"one line without an end"), None);
        assert_eq!(start(b"\xD6\xEC,1\n2,3\n"), None);
        assert_eq!(start(b" \n \n"), None);
    }
}

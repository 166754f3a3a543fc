//! Text files: their records, by way of the csv crate. A record is a row; a line without anything is a record too, as
//! spreadsheets count. Which encoding a file has is in `encoding`, which character separates its cells in `separator`.

mod encoding;
mod separator;

use csv::{ByteRecord, ReaderBuilder};

use super::{Document, Grid, MOST_COLUMNS, Sheet, too_large};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::cell::ColumnBuilder;
use crate::message::ErrorCode;

/// The start of a file in lower case, whatever its encoding: enough to know a tag.
pub(super) fn head(start: &[u8]) -> String {
    let plain: Vec<u8> = start.iter().copied().filter(|b| *b != 0).collect();
    String::from_utf8_lossy(&plain).trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start().to_lowercase()
}

/// Reads a text file as one sheet of text cells.
pub(super) fn read(bytes: &[u8]) -> Result<Document> {
    let (text, encoding) = encoding::decode(bytes)?;
    if text.chars().all(char::is_whitespace) {
        return Err(Error::new(ErrorKind::Input, ErrorCode::FileEmpty.message()));
    }
    let (separator, skipped) = separator::told(&text).unwrap_or_else(|| (separator::found(&text), 0));
    let body = text.get(skipped..).unwrap_or("");
    let records = read_records(body, separator)?;
    let sheet = Sheet { name: None, hidden: false, grid: records.grid() };
    Ok(Document {
        format: "csv",
        encoding: Some(encoding),
        sheets: vec![sheet],
        texts_may_be_numbers: true,
        ..Document::default()
    })
}

/// Records while they come in.
#[derive(Default)]
struct Records {
    columns: Vec<ColumnBuilder>,
    rows: usize,
    /// From which row on records have how many cells.
    lengths: Vec<(usize, usize)>,
}

impl Records {
    fn push(&mut self, record: &ByteRecord) -> Result<()> {
        if record.len() > MOST_COLUMNS {
            return Err(too_large(self.rows + 1, record.len()));
        }
        for (at, cell) in record.iter().enumerate() {
            if at == self.columns.len() {
                self.columns.push(ColumnBuilder::new());
            }
            if let Some(column) = self.columns.get_mut(at) {
                column.pad(self.rows);
                column.push_text(cell);
            }
        }
        if self.lengths.last().is_none_or(|(_, length)| *length != record.len()) {
            self.lengths.push((self.rows, record.len()));
        }
        self.rows += 1;
        self.fits()
    }

    fn blank_rows(&mut self, count: usize) {
        if count > 0 {
            if self.lengths.last().is_none_or(|(_, length)| *length != 0) {
                self.lengths.push((self.rows, 0));
            }
            self.rows += count;
        }
    }

    fn fits(&self) -> Result<()> {
        let cells = self.rows.saturating_mul(self.columns.len());
        if cells > super::MOST_CELLS || u32::try_from(self.rows).is_err() {
            return Err(too_large(self.rows, self.columns.len()));
        }
        Ok(())
    }

    /// The records of a later part of the same file below these.
    fn append(&mut self, below: Self) -> Result<()> {
        let rows = self.rows;
        let width = self.columns.len().max(below.columns.len());
        self.columns.resize_with(width, ColumnBuilder::new);
        let mut parts = below.columns;
        parts.resize_with(width, ColumnBuilder::new);
        for (column, part) in self.columns.iter_mut().zip(parts) {
            column.pad(rows);
            column.append(part);
        }
        for (row, length) in below.lengths {
            if self.lengths.last().is_none_or(|(_, last)| *last != length) {
                self.lengths.push((rows + row, length));
            }
        }
        self.rows += below.rows;
        self.fits()
    }

    fn grid(self) -> Grid {
        let rows = self.rows;
        let columns = self.columns.into_iter().map(|column| column.finish(rows)).collect();
        Grid { columns, rows, first_row: 1, record_lengths: self.lengths, ..Grid::default() }
    }
}

/// A part of a file that is worth a thread of its own.
const PART: usize = 4 << 20;

/// Reads all records. A large file without quotes is read in parts, side by side: where nothing is quoted a record
/// ends with its line, so that the parts read one after the other are the file.
fn read_records(text: &str, separator: u8) -> Result<Records> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(text.len() / PART);
    if threads < 2 || text.as_bytes().contains(&b'"') {
        return part_of(text, separator);
    }
    let parts = split_at_lines(text, threads);
    let mut read: Vec<Result<Records>> = Vec::new();
    std::thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|part| scope.spawn(move || part_of(part, separator))).collect();
        read.extend(running.into_iter().map(|part| {
            part.join().unwrap_or_else(|_| Err(Error::new(ErrorKind::Input, ErrorCode::FileUnreadable.message())))
        }));
    });
    let mut whole = Records::default();
    for part in read {
        let part = part?;
        if whole.rows == 0 && whole.columns.is_empty() {
            whole = part;
        } else {
            whole.append(part)?;
        }
    }
    Ok(whole)
}

/// The text in parts of about the same length, each but the last ending with a line.
fn split_at_lines(text: &str, parts: usize) -> Vec<&str> {
    let mut rest = text;
    let mut split = Vec::new();
    for left in (2..=parts).rev() {
        let about = rest.len() / left;
        let end = rest.as_bytes().iter().skip(about).position(|b| *b == b'\n').map(|at| about + at + 1);
        let Some((part, after)) = end.and_then(|end| rest.split_at_checked(end)) else { break };
        split.push(part);
        rest = after;
    }
    split.push(rest);
    split
}

fn part_of(text: &str, separator: u8) -> Result<Records> {
    let bytes = text.as_bytes();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(1 << 16)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut records = Records::default();
    let mut start = 0;
    loop {
        let more = reader.read_byte_record(&mut record).map_err(|error| {
            let message = ErrorCode::FileUnreadable.message().with("detail", &error);
            Error::new(ErrorKind::Input, message)
        })?;
        // The crate passes over lines that hold nothing; they are rows of the file all the same.
        let (blank, begin) = blank_lines(bytes, start);
        records.blank_rows(blank);
        if !more {
            break;
        }
        start = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        records.push(&record)?;
        if start >= bytes.len() && ends_in_quotes(bytes.get(begin..).unwrap_or(&[]), separator) {
            let place = Place { row: Some(records.rows as u64), ..Place::default() };
            return Err(Error::new(ErrorKind::Input, ErrorCode::QuoteUnclosed.message()).at(place));
        }
    }
    records.fits()?;
    Ok(records)
}

/// How many lines without anything stand at a place between records, and where the next record begins.
fn blank_lines(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let byte = |at: usize| bytes.get(at).copied();
    // The second half of a line end belongs to the record before.
    if byte(at) == Some(b'\n') && at.checked_sub(1).and_then(byte) == Some(b'\r') {
        at += 1;
    }
    let mut count = 0;
    while let Some(b'\n' | b'\r') = byte(at) {
        at += if byte(at) == Some(b'\r') && byte(at + 1) == Some(b'\n') { 2 } else { 1 };
        count += 1;
    }
    (count, at)
}

/// Whether the last record of a file ends within quotes, so that it swallowed all that follows.
fn ends_in_quotes(record: &[u8], separator: u8) -> bool {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Within {
        Start,
        Bare,
        Quotes,
        /// A quote in quotes: the end, or half of a doubled one.
        Quote,
    }
    let end = record.iter().fold(Within::Start, |within, byte| match (within, *byte) {
        (Within::Quotes, b'"') => Within::Quote,
        (Within::Quotes, _) | (Within::Start | Within::Quote, b'"') => Within::Quotes,
        (_, b) if b == separator || b == b'\n' || b == b'\r' => Within::Start,
        _ => Within::Bare,
    });
    end == Within::Quotes
}

#[cfg(test)]
mod tests;

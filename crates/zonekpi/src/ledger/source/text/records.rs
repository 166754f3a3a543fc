//! The records of a text, split by the csv crate: in turn, or by one thread while others put the cells in their places.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use csv::{ByteRecord, ReaderBuilder};

use super::{Grid, Shape, column_of, finished};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::cell::ColumnBuilder;
use crate::ledger::progress::Rows;
use crate::message::ErrorCode;

/// Goes through the records of a file: `take` is given the row of each.
fn walk(text: &str, separator: u8, progress: &Rows<'_>, mut take: impl FnMut(usize, &ByteRecord)) -> Result<Shape> {
    let bytes = text.as_bytes();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(1 << 16)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut shape = Shape::default();
    let (mut start, mut line) = (0, reader.position().line());
    loop {
        let more = reader.read_byte_record(&mut record).map_err(|error| {
            let message = ErrorCode::FileUnreadable.message().with("detail", &error);
            Error::new(ErrorKind::Input, message)
        })?;
        // The crate passes over lines that hold nothing; they are rows of the file all the same.
        let (blank, begin) = blank_lines(bytes, start);
        shape.rows_of(0, blank)?;
        if !more {
            return Ok(shape);
        }
        start = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        let row = shape.rows;
        progress.at(row)?;
        shape.rows_of(record.len(), 1)?;
        let lines = reader.position().line();
        let written = bytes.get(begin..start).unwrap_or(&[]);
        let open = if start >= bytes.len() {
            quotes(written, separator) != Quotes::Closed
        } else {
            lines > line + 1 && quotes(written, separator) == Quotes::Stray
        };
        line = lines;
        if open {
            let place = Place { row: Some(shape.rows as u64), ..Place::default() };
            return Err(Error::new(ErrorKind::Input, ErrorCode::QuoteUnclosed.message()).at(place));
        }
        take(row, &record);
    }
}

pub(super) fn in_turn(text: &str, separator: u8, progress: &Rows<'_>) -> Result<Grid> {
    let mut columns: Vec<ColumnBuilder> = Vec::new();
    let shape = walk(text, separator, progress, |row, record| {
        for (at, cell) in record.iter().enumerate() {
            if let Some(column) = column_of(&mut columns, at, row) {
                column.push_bytes(cell);
            }
        }
    })?;
    let rows = shape.rows;
    Ok(shape.grid(finished(columns, rows)))
}

/// Some records, one after the other: their cells without a gap, where each cell ends, and of each record its row and
/// how many cells it has.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    records: Vec<(usize, usize)>,
}

/// Bytes of a batch: enough that handing it over costs nothing beside reading it.
const BATCH: usize = 1 << 18;

impl Batch {
    fn push(&mut self, row: usize, record: &ByteRecord) {
        let before = self.bytes.len();
        self.bytes.extend_from_slice(record.as_slice());
        self.ends.extend((0..record.len()).filter_map(|at| record.range(at)).map(|range| before + range.end));
        self.records.push((row, record.len()));
    }

    /// Puts every `step`th cell of each record, from `first` on, into its column.
    fn put_into(&self, columns: &mut Vec<ColumnBuilder>, first: usize, step: usize) {
        let mut ends = self.ends.as_slice();
        let mut begin = 0;
        for (row, length) in &self.records {
            let (own, rest) = ends.split_at_checked(*length).unwrap_or((ends, &[]));
            for (at, end) in own.iter().enumerate() {
                if at % step == first
                    && let Some(column) = column_of(columns, at / step, *row)
                {
                    column.push_bytes(self.bytes.get(begin..*end).unwrap_or(&[]));
                }
                begin = *end;
            }
            ends = rest;
        }
    }
}

/// One thread splits records, others put the cells of each column in their places, as the same thread would.
pub(super) fn side_by_side(text: &str, separator: u8, threads: usize, progress: &Rows<'_>) -> Result<Grid> {
    std::thread::scope(|scope| {
        let mut senders = Vec::new();
        let mut workers = Vec::new();
        for first in 0..threads {
            let (sender, batches) = sync_channel::<Arc<Batch>>(4);
            senders.push(sender);
            workers.push(scope.spawn(move || {
                let mut columns: Vec<ColumnBuilder> = Vec::new();
                for batch in batches {
                    batch.put_into(&mut columns, first, threads);
                }
                columns
            }));
        }
        let mut batch = Batch::default();
        let send = |batch: &mut Batch| {
            let full = Arc::new(std::mem::take(batch));
            for sender in &senders {
                // A worker that stopped is found out about when it is joined.
                let _ = sender.send(Arc::clone(&full));
            }
        };
        let shape = walk(text, separator, progress, |row, record| {
            batch.push(row, record);
            if batch.bytes.len() >= BATCH || batch.ends.len() >= BATCH {
                send(&mut batch);
            }
        });
        send(&mut batch);
        drop(senders);
        let mut parts: Vec<_> = Vec::new();
        for worker in workers {
            let stopped = |_| Error::new(ErrorKind::Input, ErrorCode::FileUnreadable.message());
            parts.push(worker.join().map_err(stopped)?.into_iter());
        }
        let shape = shape?;
        let mut columns = Vec::with_capacity(shape.width);
        for at in 0..shape.width {
            let column = parts.get_mut(at % threads).and_then(Iterator::next);
            columns.push(column.unwrap_or_else(ColumnBuilder::new));
        }
        let rows = shape.rows;
        Ok(shape.grid(finished(columns, rows)))
    })
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

/// How the quotes of a record stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Closed,
    /// A cell of several lines goes on behind its closing quote: that quote opens another cell, and the rows between were
    /// swallowed.
    Stray,
    Unclosed,
}

fn quotes(record: &[u8], separator: u8) -> Quotes {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Within {
        Start,
        Bare,
        Quotes,
        /// A quote in quotes: the end, or half of a doubled one.
        Quote,
    }
    let (mut within, mut lines) = (Within::Start, false);
    for byte in record {
        within = match (within, *byte) {
            (Within::Quotes, b'"') => Within::Quote,
            (Within::Quotes, b) => {
                lines |= b == b'\n';
                Within::Quotes
            }
            (Within::Start | Within::Quote, b'"') => Within::Quotes,
            (_, b) if b == separator || b == b'\n' || b == b'\r' => {
                lines = false;
                Within::Start
            }
            (Within::Quote, _) if lines => return Quotes::Stray,
            _ => Within::Bare,
        };
    }
    if within == Within::Quotes { Quotes::Unclosed } else { Quotes::Closed }
}

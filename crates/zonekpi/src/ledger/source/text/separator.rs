//! Which character separates the cells of a text file.

use csv::{ByteRecord, ReaderBuilder};

const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How far a file is looked at.
pub(super) const LOOKED_AT: usize = 256 * 1024;
const RECORDS: usize = 40;

/// The line `sep=;` that Excel writes, and reads, above a table: the separator, and the length of the line.
pub(super) fn told(text: &str) -> Option<(u8, usize)> {
    let line = text.split(['\n', '\r']).next()?;
    let word = line.trim().trim_matches('"');
    let separator = match word.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")) {
        Some(_) => word.as_bytes().get(4..)?,
        None => return None,
    };
    match separator {
        // `sep=` and a tab: the tab was trimmed.
        [] if line.contains('\t') => Some((b'\t', line.len())),
        [separator] if (separator.is_ascii_punctuation() || *separator == b'\t') => Some((*separator, line.len())),
        _ => None,
    }
}

/// The character that splits most records alike, into the most cells.
pub(super) fn found(text: &str) -> u8 {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or(text);
    let mut best = (0, b',');
    for candidate in CANDIDATES {
        let score = score(head, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// How many records have the commonest count of separators, times that count. A title line with a comma, or cells with
/// a semicolon, are alike in few records; what separates is alike in most.
fn score(head: &str, separator: u8) -> usize {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(head.as_bytes());
    let mut record = ByteRecord::new();
    let mut counts: Vec<usize> = Vec::new();
    while counts.len() < RECORDS && reader.read_byte_record(&mut record).unwrap_or(false) {
        let filled = record.iter().any(|cell| !cell.is_empty());
        if filled {
            counts.push(separators(&record, separator));
        }
    }
    let alike = |count: usize| counts.iter().filter(|c| **c == count).count();
    counts.iter().map(|count| alike(*count) * count).max().unwrap_or(0)
}

/// The separators of a record. Commas between digits do not count where another candidate stands in the record: they
/// are points (1,5) or groups (1,234).
fn separators(record: &ByteRecord, separator: u8) -> usize {
    let all = record.len().saturating_sub(1);
    let other = || record.iter().any(|cell| cell.iter().any(|b| matches!(b, b';' | b'\t' | b'|')));
    if separator != b',' || !other() {
        return all;
    }
    let cells: Vec<&[u8]> = record.iter().collect();
    let joined = cells.windows(2).filter(|pair| match pair {
        [left, right] => left.last().is_some_and(u8::is_ascii_digit) && right.first().is_some_and(u8::is_ascii_digit),
        _ => false,
    });
    all.saturating_sub(joined.count())
}

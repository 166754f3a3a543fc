//! The stream of an xls: records of a type, a length and so many bytes. BIFF8 is that of Excel 97 and later, BIFF5 that
//! of Excel 5 and 95.

use std::collections::BTreeMap;

use super::{Unseen, shown_as, shown_by_number};
use crate::ledger::cell::Shown;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const COLUMN: u16 = 0x007D;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00BD;
const STYLE: u16 = 0x00E0;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const FLAG: u16 = 0x0205;
const TEXT: u16 = 0x00D6;
const SHARED_TEXT: u16 = 0x00FD;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BEGIN: u16 = 0x0809;

/// What the stream of a workbook says of itself.
#[derive(Default)]
pub(in super::super) struct Biff {
    /// The workbook is encrypted, in whatever way.
    pub password: bool,
    /// A sheet claims more cells than a sheet has.
    pub too_large: bool,
    /// Formulas, and those whose saved result is the empty text.
    pub formulas: usize,
    pub empty_results: usize,
    /// The sheets, in the order of the workbook.
    pub sheets: Vec<Unseen>,
}

/// The text of an error by its code.
pub(super) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let record = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, record))
    })
}

impl Biff {
    pub(in super::super) fn of(stream: &[u8]) -> Self {
        let mut biff = Self::default();
        let mut places = Vec::new();
        let mut formats: BTreeMap<u16, Shown> = BTreeMap::new();
        let mut styles: Vec<u16> = Vec::new();
        let mut wide = true;
        for (kind, record) in records(stream) {
            match kind {
                BEGIN => wide = short(record, 0) != Some(0x0500),
                PASSWORD => {
                    biff.password = true;
                    return biff;
                }
                SHEET => places.push(long(record, 0).unwrap_or(u32::MAX) as usize),
                STYLE => styles.push(short(record, 2).unwrap_or(0)),
                FORMAT => {
                    if let (Some(id), Some(format)) = (short(record, 0), format_of(record, wide)) {
                        formats.insert(id, shown_as(&format));
                    }
                }
                END => break,
                _ => {}
            }
        }
        let styles: Vec<Shown> =
            styles.into_iter().map(|id| formats.get(&id).copied().unwrap_or_else(|| shown_by_number(id))).collect();
        for place in places {
            let sheet = biff.sheet(stream.get(place..).unwrap_or(&[]), &styles);
            biff.sheets.push(sheet);
        }
        biff
    }

    fn sheet(&mut self, stream: &[u8], styles: &[Shown]) -> Unseen {
        let mut unseen = Unseen::default();
        // A chart within the sheet has records of its own.
        let mut depth = 0;
        for (kind, record) in records(stream) {
            match kind {
                BEGIN => depth += 1,
                END => {
                    depth -= 1;
                    if depth <= 0 {
                        break;
                    }
                }
                _ if depth > 1 => {}
                DIMENSIONS => self.dimensions(record),
                // calamine makes room up to the last cell, wherever it says it is.
                FORMULA | LABEL | TEXT | FLAG | NUMBER | RK | NUMBERS | SHARED_TEXT
                    if short(record, 2).is_some_and(|column| column > 0xFF) =>
                {
                    self.too_large = true;
                }
                ROW => {
                    if let (Some(row), Some(flags)) = (short(record, 0), short(record, 12))
                        && flags & 0x20 != 0
                    {
                        unseen.hide_row(usize::from(row));
                    }
                }
                COLUMN => {
                    if let (Some(first), Some(last), Some(flags)) =
                        (short(record, 0), short(record, 2), short(record, 8))
                        && flags & 1 != 0
                    {
                        unseen.columns.push(usize::from(first)..=usize::from(last));
                    }
                }
                FORMULA | NUMBER | RK => {
                    if kind == FORMULA {
                        self.formulas += 1;
                        let empty = record.get(6) == Some(&3) && record.get(12..14) == Some(&[0xFF, 0xFF]);
                        self.empty_results += usize::from(empty);
                        if let (true, Some(row), Some(column)) =
                            (is_unsaved(record, empty), short(record, 0), short(record, 2))
                        {
                            unseen.unsaved.insert((u32::from(row), u32::from(column)));
                        }
                    }
                    if let (Some(row), Some(column), Some(style)) =
                        (short(record, 0), short(record, 2), short(record, 4))
                    {
                        show(&mut unseen, styles, row, column, style);
                    }
                }
                NUMBERS => {
                    let last = record.len().checked_sub(2).and_then(|at| short(record, at));
                    self.too_large |= last.is_some_and(|column| column > 0xFF);
                    if let (Some(row), Some(first)) = (short(record, 0), short(record, 2)) {
                        let cells = record.get(4..record.len().saturating_sub(2)).unwrap_or(&[]);
                        for (column, cell) in (first..).zip(cells.as_chunks::<6>().0) {
                            show(&mut unseen, styles, row, column, u16::from_le_bytes([cell[0], cell[1]]));
                        }
                    }
                }
                _ => {}
            }
        }
        unseen
    }

    /// calamine makes room for all the cells that a sheet claims to have.
    fn dimensions(&mut self, record: &[u8]) {
        let last = if record.len() >= 14 { long(record, 4) } else { short(record, 2).map(u32::from) };
        let columns = if record.len() >= 14 { short(record, 10) } else { short(record, 6) };
        self.too_large |= last.is_some_and(|rows| rows > 0x1_0000) || columns.is_some_and(|columns| columns > 0x100);
    }
}

/// Whether the result of a formula is only a place taken: who wrote the file asks that it be computed when the file is
/// opened, and left 0, the empty text, or the 4 (with a mark behind it) that one Java library always writes.
fn is_unsaved(record: &[u8], empty: bool) -> bool {
    const COMPUTE_ON_LOAD: u16 = 0x0002;
    let to_compute = short(record, 14).is_some_and(|flags| flags & COMPUTE_ON_LOAD != 0);
    let result = record.get(6..14).and_then(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes);
    let is_four = || result == Some(4.0) && long(record, 16) == Some(0xFCE0_0000);
    to_compute && (empty || result == Some(0.0) || is_four())
}

fn show(unseen: &mut Unseen, styles: &[Shown], row: u16, column: u16, style: u16) {
    if let Some(shown) = styles.get(usize::from(style)).filter(|shown| **shown != Shown::Plain) {
        unseen.shown.insert((u32::from(row), u32::from(column)), *shown);
    }
}

/// The text of a number format; of what is not Latin only that it is there.
fn format_of(record: &[u8], wide: bool) -> Option<String> {
    if !wide {
        let length = usize::from(*record.get(2)?);
        return Some(record.get(3..3 + length)?.iter().map(|b| char::from(*b)).collect());
    }
    let length = usize::from(short(record, 2)?);
    let two_bytes = record.get(4)? & 1 != 0;
    let text = record.get(5..)?;
    if two_bytes {
        let units: Vec<u16> =
            text.get(..length * 2)?.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)).collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(text.get(..length)?.iter().map(|b| char::from(*b)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A formula in the first cell: its result, its flags and what stands behind them.
    fn formula(result: [u8; 8], flags: u16, behind: u32) -> Vec<u8> {
        let mut record = vec![0; 6];
        record.extend(result);
        record.extend(flags.to_le_bytes());
        record.extend(behind.to_le_bytes());
        record.extend([0, 0]);
        record
    }

    #[test]
    fn a_result_that_was_never_computed_is_told_one_by_one() {
        let empty = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        let number = |n: f64| n.to_le_bytes();
        let unsaved = |result, flags, behind| {
            let record = formula(result, flags, behind);
            let mut stream = vec![0x09, 0x08, 0, 0];
            stream.extend(FORMULA.to_le_bytes());
            stream.extend(u16::try_from(record.len()).expect("short").to_le_bytes());
            stream.extend(record);
            stream.extend([0x0A, 0, 0, 0]);
            Biff::default().sheet(&stream, &[]).unsaved.contains(&(0, 0))
        };
        assert!(unsaved(number(0.0), 2, 0));
        assert!(unsaved(empty, 3, 0));
        assert!(unsaved(number(4.0), 2, 0xFCE0_0000));
        // Computed, or of a program that computes all it writes.
        assert!(!unsaved(number(0.0), 0, 0));
        assert!(!unsaved(number(0.0), 1, 0));
        assert!(!unsaved(empty, 0, 0));
        assert!(!unsaved(number(4.0), 2, 0));
        assert!(!unsaved(number(12.5), 2, 0));
    }

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).expect("short");
        [&kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
    }

    #[test]
    fn styles_of_dates_that_show_no_day_are_seen() {
        let format: Vec<u8> = "yyyy\"年\"m\"月\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let characters = u8::try_from(format.len() / 2).expect("short");
        let style = |format: u8| record(STYLE, &[0, 0, format, 0]);
        let mut stream = [
            record(BEGIN, &[0, 6, 5, 0]),
            record(FORMAT, &[&[165, 0, characters, 0, 1], format.as_slice()].concat()),
            // A plain number; the format above; the one that Excel has for 2024年3月; and one that shows the day.
            [0, 165, 57, 14].map(style).concat(),
        ]
        .concat();
        // The sheet begins behind this record and the end.
        let place = u8::try_from(stream.len() + 8 + 4).expect("short");
        stream.extend(record(SHEET, &[place, 0, 0, 0]));
        stream.extend(record(END, &[]));
        stream.extend(record(BEGIN, &[0, 6, 16, 0]));
        for column in 0..4 {
            stream
                .extend(record(NUMBER, &[&[1, 0, column, 0, column, 0], 45_352_f64.to_le_bytes().as_slice()].concat()));
        }
        stream.extend(record(END, &[]));
        let biff = Biff::of(&stream);
        let shown: BTreeMap<_, _> = biff.sheets[0].shown.iter().map(|(at, shown)| (*at, *shown)).collect();
        assert_eq!(shown, BTreeMap::from([((1, 1), Shown::Month), ((1, 2), Shown::Month)]));
    }
}

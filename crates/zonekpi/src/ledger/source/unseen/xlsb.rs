//! The parts of an xlsb: records of a type, a length and so many bytes.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use super::xml::{Tags, unescaped};
use super::{MOST_OF_A_SHEET, Unseen, UnseenOf, archive, part, shown_as, shown_by_number};
use crate::ledger::cell::Shown;
use crate::ledger::source::Merge;

const ROW: u32 = 0x0000;
const CELL_RK: u32 = 0x0002;
const CELL_REAL: u32 = 0x0005;
const FORMULA_NUMBER: u32 = 0x0009;
const FORMULA_ERROR: u32 = 0x000B;
const FORMAT: u32 = 0x002C;
const STYLE: u32 = 0x002F;
const COLUMN: u32 = 0x003C;
const SHEET: u32 = 0x009C;
const MERGE: u32 = 0x00B0;
const BEGIN_CELL_STYLES: u32 = 0x0269;
const END_CELL_STYLES: u32 = 0x026A;

/// A record is no longer than this; a longer one is damage.
const LONGEST: usize = 64 << 20;

struct Records<R> {
    source: R,
    bytes: Vec<u8>,
}

impl<R: Read> Records<R> {
    fn of(source: R) -> Self {
        Self { source, bytes: Vec::new() }
    }

    fn seven_bits(&mut self, most: u32) -> Option<u32> {
        let mut number = 0;
        for at in 0..most {
            let mut byte = [0];
            self.source.read_exact(&mut byte).ok()?;
            number |= u32::from(byte[0] & 0x7F) << (7 * at);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }

    fn next(&mut self) -> Option<(u32, &[u8])> {
        let kind = self.seven_bits(2)?;
        let length = self.seven_bits(4)? as usize;
        if length > LONGEST {
            return None;
        }
        self.bytes.resize(length, 0);
        self.source.read_exact(&mut self.bytes).ok()?;
        Some((kind, &self.bytes))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// A text of two bytes a unit after its length, and where it ends.
fn wide(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let length = number(bytes, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = (length as usize).checked_mul(2)?.checked_add(at + 4)?;
    let units: Vec<u16> = bytes.get(at + 4..end)?.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)).collect();
    Some((String::from_utf16_lossy(&units), end))
}

/// By the name of the sheet; a sheet whose part was not found is left out.
pub(in super::super) fn of_xlsb(bytes: &[u8]) -> UnseenOf {
    let mut unseen = UnseenOf::new();
    let Some(mut archive) = archive(bytes) else { return unseen };
    let (Some(relations), Some(workbook)) =
        (part(&mut archive, "xl/_rels/workbook.bin.rels"), part(&mut archive, "xl/workbook.bin"))
    else {
        return unseen;
    };
    let styles = part(&mut archive, "xl/styles.bin").map(|styles| styles_of(&styles)).unwrap_or_default();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let mut tags = Tags::of(Cursor::new(relations));
    while let Some(tag) = tags.next() {
        if let (b"Relationship", Some(id), Some(target)) = (tag.name(), tag.attribute("Id"), tag.attribute("Target")) {
            targets.insert(id.to_owned(), unescaped(target));
        }
    }
    let mut records = Records::of(Cursor::new(workbook));
    let mut sheets = Vec::new();
    while let Some((kind, bytes)) = records.next() {
        if kind != SHEET {
            continue;
        }
        let Some((id, end)) = wide(bytes, 8) else { continue };
        let (Some((name, _)), Some(target)) = (wide(bytes, end), targets.get(&id)) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        sheets.push((name, path));
    }
    for (name, path) in sheets {
        if let Ok(part) = archive.by_name(&path) {
            unseen.insert(name, of_sheet(BufReader::with_capacity(1 << 16, part.take(MOST_OF_A_SHEET)), &styles));
        }
    }
    unseen
}

/// What each cell style adds to a number.
fn styles_of(styles: &[u8]) -> Vec<Shown> {
    let mut formats: BTreeMap<u16, Shown> = BTreeMap::new();
    let mut shown = Vec::new();
    let mut of_cells = false;
    let mut records = Records::of(Cursor::new(styles));
    while let Some((kind, bytes)) = records.next() {
        let short = |at: usize| bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
        match kind {
            FORMAT => {
                if let (Some(id), Some((format, _))) = (short(0), wide(bytes, 2)) {
                    formats.insert(id, shown_as(&format));
                }
            }
            BEGIN_CELL_STYLES => of_cells = true,
            END_CELL_STYLES => break,
            STYLE if of_cells => {
                let id = short(2).unwrap_or(0);
                shown.push(formats.get(&id).copied().unwrap_or_else(|| shown_by_number(id)));
            }
            _ => {}
        }
    }
    shown
}

fn of_sheet(sheet: impl Read, styles: &[Shown]) -> Unseen {
    let mut unseen = Unseen::default();
    let mut records = Records::of(sheet);
    let mut row = 0;
    while let Some((kind, bytes)) = records.next() {
        match kind {
            ROW => {
                row = number(bytes, 0).unwrap_or(0);
                // The bit after the outline's level and its collapse.
                if bytes.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    unseen.hide_row(row as usize);
                }
            }
            COLUMN => {
                if let (Some(first), Some(last)) = (number(bytes, 0), number(bytes, 4))
                    && bytes.get(16).is_some_and(|flags| flags & 1 != 0)
                {
                    unseen.columns.push(first as usize..=(last as usize).min(16_383));
                }
            }
            MERGE => {
                let place = |at: usize| number(bytes, at).map(|n| n as usize);
                if let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
                    (place(0), place(4), place(8), place(12))
                {
                    unseen.merges.push(Merge { first_row, last_row, first_column, last_column });
                }
            }
            FORMULA_ERROR => {
                if let (Some(column), Some(code)) = (number(bytes, 0), bytes.get(8)) {
                    unseen.errors.insert((row, column), super::biff::error_text(*code));
                }
            }
            CELL_RK | CELL_REAL | FORMULA_NUMBER => {
                let style = number(bytes, 4).map(|style| (style & 0x00FF_FFFF) as usize);
                if let (Some(column), Some(shown)) = (number(bytes, 0), style.and_then(|style| styles.get(style)))
                    && *shown != Shown::Plain
                {
                    unseen.shown.insert((row, column), *shown);
                }
            }
            _ => {}
        }
    }
    unseen
}

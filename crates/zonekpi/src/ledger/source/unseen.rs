//! What calamine does not tell of a sheet, read from the workbook's own parts: hidden rows and columns, merged ranges,
//! formulas without a saved result, number formats that say what a number means. Each format has its file; what is
//! told of a sheet is the same.

mod biff;
mod ods;
mod xlsb;
mod xlsx;
mod xml;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::RangeInclusive;

use polars::prelude::{InitHashMaps, PlHashMap};

pub(super) use self::biff::Biff;
pub(super) use self::ods::of_ods;
pub(super) use self::xlsb::of_xlsb;
pub(super) use self::xlsx::{check_declared, of_xlsx};
use super::{Grid, Merge, damaged};
use crate::error::Result;
use crate::ledger::cell::Shown;
use crate::message::Phrase;

/// What calamine does not tell of a sheet. Rows and columns count from 0.
#[derive(Debug)]
pub(super) struct Unseen {
    pub rows: Vec<RangeInclusive<usize>>,
    pub columns: Vec<RangeInclusive<usize>>,
    pub merges: Vec<Merge>,
    /// Some formula has no saved result.
    pub uncached: bool,
    /// Errors that formulas give, where calamine passes over them.
    pub errors: PlHashMap<(u32, u32), &'static str>,
    /// What number formats add to numbers, where calamine does not tell formats.
    pub shown: PlHashMap<(u32, u32), Shown>,
}

impl Default for Unseen {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            columns: Vec::new(),
            merges: Vec::new(),
            uncached: false,
            errors: PlHashMap::new(),
            shown: PlHashMap::new(),
        }
    }
}

/// By the name of the sheet.
pub(super) type UnseenOf = BTreeMap<String, Unseen>;

impl Unseen {
    fn hide_row(&mut self, row: usize) {
        match self.rows.last_mut() {
            Some(last) if *last.end() + 1 == row => *last = *last.start()..=row,
            _ => self.rows.push(row..=row),
        }
    }

    /// Tells a grid what was not seen of it; `None` where it could not be told.
    pub(super) fn tell(unseen: Option<Self>, grid: &mut Grid) {
        let Some(unseen) = unseen else {
            grid.unseen_unknown = true;
            return;
        };
        let (rows, width) = (grid.rows, grid.columns.len());
        let within = |ranges: &[RangeInclusive<usize>], end: usize| {
            ranges.iter().flat_map(|range| *range.start()..(*range.end() + 1).min(end)).collect()
        };
        grid.hidden_rows = within(&unseen.rows, rows);
        grid.hidden_columns = within(&unseen.columns, width);
        grid.merges = unseen
            .merges
            .into_iter()
            .filter(|m| m.first_row < rows && m.first_column < width)
            .map(|m| Merge {
                last_row: m.last_row.min(rows.saturating_sub(1)),
                last_column: m.last_column.min(width.saturating_sub(1)),
                ..m
            })
            .filter(|m| m.first_row <= m.last_row && m.first_column <= m.last_column)
            .collect();
        // Ranges do not overlap, so that all of them together are no larger than the sheet.
        let mut room = rows.saturating_mul(width);
        grid.merges.retain(|m| {
            let area = (m.last_row - m.first_row + 1).saturating_mul(m.last_column - m.first_column + 1);
            let fits = area <= room;
            room = room.saturating_sub(area);
            fits
        });
    }
}

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

fn archive(bytes: &[u8]) -> Option<Archive<'_>> {
    Archive::new(Cursor::new(bytes)).ok()
}

/// A small part as a whole.
fn part(archive: &mut Archive<'_>, path: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_name(path).ok()?.take(MOST_OF_A_PART).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Bytes that a sheet may unpack to at most. A million rows of thirty columns are half of it.
const MOST_OF_A_SHEET: u64 = 4 << 30;

/// Bytes that any other part may unpack to at most: these are held in memory as a whole.
const MOST_OF_A_PART: u64 = 1 << 30;

/// Refuses an archive with a part that unpacks to more than any workbook needs. What the archive says of the sizes is
/// not taken on trust: a part that could be larger is unpacked and counted, and thrown away.
pub(super) fn check_sizes(bytes: &[u8]) -> Result<()> {
    check_sizes_of(bytes, false)?;
    check_sizes_of(bytes, true)
}

/// The parts that are sheets, or all others.
pub(super) fn check_sizes_of(bytes: &[u8], sheets: bool) -> Result<()> {
    let Some(mut archive) = archive(bytes) else { return Ok(()) };
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else { continue };
        let name = part.name().map(|name| name.to_string()).unwrap_or_default();
        // Pictures and the like are never unpacked.
        if !matches!(name.rsplit('.').next(), Some("xml" | "rels" | "bin")) {
            continue;
        }
        if sheets != name.contains("worksheets/") {
            continue;
        }
        let most = if sheets { MOST_OF_A_SHEET } else { MOST_OF_A_PART };
        // A deflated byte unpacks to 1032 at most.
        if part.compressed_size().saturating_mul(1032) <= most && part.size() <= most {
            continue;
        }
        let too_much = part.size() > most
            || std::io::copy(&mut part.by_ref().take(most + 1), &mut std::io::sink()).is_ok_and(|size| size > most);
        if too_much {
            let most = format!("{} GB", most >> 30);
            return Err(damaged(Phrase::DamageUnpacks.message().with("part", name).with("most", most)));
        }
    }
    Ok(())
}

/// Whether a number format shows a percent sign, or leading zeros.
pub(super) fn shown_as(format: &str) -> Shown {
    let mut quoted = false;
    let percent = format.chars().any(|c| {
        quoted ^= c == '"';
        c == '%' && !quoted
    });
    if percent {
        Shown::Percent
    } else if format.len() > 1 && format.bytes().all(|b| b == b'0') {
        Shown::Zeros(u8::try_from(format.len()).unwrap_or(u8::MAX))
    } else {
        Shown::Plain
    }
}

/// What the formats that every workbook has say by their numbers.
fn shown_by_number(number: u16) -> Shown {
    if matches!(number, 9 | 10) { Shown::Percent } else { Shown::Plain }
}

//! A column of cells while its rows come in: each distinct cell is looked for among those that were seen.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::raw::Distinct;
use super::texts::{Taken, Texts};
use super::{Cell, RawColumn, Shown};
use crate::error::Result;
use crate::ledger::side_by_side::{broke_off, side_by_side};

/// What tells distinct cells apart: the whole of a short text or of a number, or the hash of anything longer. Cells lie
/// far apart in memory, so that most are found without a look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
    /// What it is of: the length of a short text, or one of the numbers below.
    sort: u16,
}

const NUMBER: u16 = 32;
const PERCENT: u16 = 33;
const BOOL: u16 = 34;
const DATE: u16 = 35;
const SPAN: u16 = 36;
/// Of a width from 0 to 255.
const ZEROS: u16 = 0x100;
/// From here on a key is a hash, and cells of one hash are compared.
const HASHED: u16 = 0x200;

/// The longest text that a key holds as a whole.
const SHORT: usize = 16;

impl Key {
    fn of_text(text: &[u8], hasher: &RandomState) -> Self {
        let length = text.len();
        if length > SHORT {
            return Self { low: hasher.hash_one(text), high: 0, sort: HASHED };
        }
        // The first and the last bytes overlap, and with the length they are the whole text.
        let (low, high) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (text.iter().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0),
            },
        };
        Self { low, high, sort: length as u16 }
    }

    fn of(cell: &Cell<'_>, hasher: &RandomState) -> Self {
        let hashed = |text: &str, sort: u16| Self { low: hasher.hash_one(text), high: 0, sort: HASHED + sort };
        match cell {
            Cell::Blank => Self { low: 0, high: 0, sort: 0 },
            Cell::Text(text) => Self::of_text(text.as_bytes(), hasher),
            Cell::Number(number, shown) => {
                let sort = match shown {
                    // Of a number that is no date, a date's format says nothing.
                    Shown::Plain | Shown::Month | Shown::Year => NUMBER,
                    Shown::Percent => PERCENT,
                    Shown::Zeros(width) => ZEROS + u16::from(*width),
                };
                Self { low: number.to_bits(), high: 0, sort }
            }
            Cell::Bool(yes) => Self { low: u64::from(*yes), high: 0, sort: BOOL },
            Cell::Date(days) => Self { low: u64::from(days.cast_unsigned()), high: 0, sort: DATE },
            Cell::Span { from, to } => {
                let place = |days: i32| u64::from(days.cast_unsigned());
                Self { low: place(*from), high: place(*to), sort: SPAN }
            }
            Cell::Time(text) => hashed(text, 1),
            Cell::Error(text) => hashed(text, 2),
            Cell::Formula(text) => hashed(text, 3),
        }
    }

    /// Whether equal keys are equal cells.
    fn is_whole(&self) -> bool {
        self.sort < HASHED
    }

    fn hash(&self, hasher: &RandomState) -> u64 {
        hasher.hash_one((self.low, self.high ^ u64::from(self.sort) << 48))
    }
}

/// Distinct cells after which it is known what sort of column it is.
const TRIED: usize = 32_768;

/// Builds a [`RawColumn`] cell by cell. A text that was seen before costs one hash and one comparison, and no memory.
///
/// A column in which most texts so far were new is one of ids, names or amounts: from then on each text is taken as it
/// comes, for the search would cost more than it saves.
pub(crate) struct ColumnBuilder {
    distinct: Distinct,
    codes: Vec<u32>,
    seen: HashTable<(Key, u32)>,
    hasher: RandomState,
    /// Texts that are taken as they come; then there are no codes.
    texts: Option<Taken>,
    /// Each distinct cell is held once, however many there are.
    stays_coded: bool,
}

impl ColumnBuilder {
    pub(crate) fn new() -> Self {
        Self {
            distinct: Distinct::new(),
            codes: Vec::new(),
            seen: HashTable::new(),
            hasher: RandomState::default(),
            texts: None,
            stays_coded: false,
        }
    }

    /// A column in which each distinct cell is looked for, however many there are.
    pub(super) fn coded() -> Self {
        Self { stays_coded: true, ..Self::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.as_ref().map_or(self.codes.len(), Taken::len)
    }

    /// Blank cells up to a length.
    pub(crate) fn pad(&mut self, length: usize) {
        match &mut self.texts {
            Some(taken) => taken.pad(length),
            None if self.codes.len() < length => self.codes.resize(length, 0),
            None => {}
        }
    }

    /// The place of a cell among the distinct ones, if it was seen; `same` tells whether it is the cell of its hash.
    fn known(&self, key: &Key, hash: u64, same: impl Fn(Cell<'_>) -> bool) -> Option<u32> {
        let is_it = |(seen, code): &(Key, u32)| {
            seen == key && (key.is_whole() || self.distinct.get(*code as usize).is_some_and(&same))
        };
        self.seen.find(hash, is_it).map(|(_, code)| *code)
    }

    /// The place of a cell that was not seen before.
    fn learnt(&mut self, key: Key, hash: u64, cell: &Cell<'_>) -> u32 {
        let code = self.distinct.push(cell);
        let hasher = &self.hasher;
        self.seen.insert_unique(hash, (key, code), |(key, _)| key.hash(hasher));
        code
    }

    /// The place of a text, given as the bytes of UTF-8; `owned` is asked where it is new.
    fn text_code<'a>(&mut self, text: &[u8], owned: impl FnOnce() -> Cow<'a, str>) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let key = Key::of_text(text, &self.hasher);
        let hash = key.hash(&self.hasher);
        let is_it = |cell: Cell<'_>| matches!(cell, Cell::Text(known) if known.as_bytes() == text);
        match self.known(&key, hash, is_it) {
            Some(code) => code,
            None => self.learnt(key, hash, &Cell::Text(&owned())),
        }
    }

    fn cell_code(&mut self, cell: &Cell<'_>) -> u32 {
        match cell {
            Cell::Blank => return 0,
            Cell::Text(text) => return self.text_code(text.as_bytes(), || Cow::Borrowed(text)),
            _ => {}
        }
        let key = Key::of(cell, &self.hasher);
        let hash = key.hash(&self.hasher);
        match self.known(&key, hash, |known| known == *cell) {
            Some(code) => code,
            None => self.learnt(key, hash, cell),
        }
    }

    /// A text as the bytes of UTF-8; `owned` gives it as such.
    fn push_as<'a>(&mut self, text: &[u8], owned: impl FnOnce() -> Cow<'a, str>) {
        if let Some(taken) = &mut self.texts {
            taken.push(&owned());
            return;
        }
        let before = self.distinct.len();
        let code = self.text_code(text, owned);
        self.codes.push(code);
        if self.distinct.len() == TRIED && before < TRIED && self.codes.len() < TRIED * 2 && !self.stays_coded {
            self.take_texts();
        }
    }

    /// From here on texts are taken as they come, if all cells so far are texts.
    fn take_texts(&mut self) {
        if self.texts.is_some() || !self.distinct.is_texts() {
            return;
        }
        let mut taken = Taken::new(self.codes.len().max(TRIED) * 2);
        for code in &self.codes {
            match self.distinct.get(*code as usize) {
                Some(Cell::Text(text)) => taken.push(text),
                _ => taken.push(""),
            }
        }
        self.texts = Some(taken);
        (self.distinct, self.codes, self.seen) = (Distinct::new(), Vec::new(), HashTable::new());
    }

    /// Looks for distinct cells again, for a cell that is no text comes, or one out of turn.
    fn take_codes(&mut self) {
        let Some(taken) = self.texts.take() else { return };
        self.stays_coded = true;
        for text in taken.finish().all().iter() {
            self.push_text(text.unwrap_or(""));
        }
    }

    /// A text; an empty one is a blank cell.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.push_as(text.as_bytes(), || Cow::Borrowed(text));
    }

    /// A text as the bytes of UTF-8.
    pub(crate) fn push_bytes(&mut self, text: &[u8]) {
        self.push_as(text, || String::from_utf8_lossy(text));
    }

    pub(crate) fn push(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Blank => self.push_text(""),
            Cell::Text(text) => self.push_text(text),
            _ => {
                self.take_codes();
                let code = self.cell_code(cell);
                self.codes.push(code);
            }
        }
    }

    /// Puts a cell into a row that was passed already, or lies ahead.
    pub(crate) fn set(&mut self, row: usize, cell: &Cell<'_>) {
        self.take_codes();
        let code = self.cell_code(cell);
        self.pad(row + 1);
        if let Some(slot) = self.codes.get_mut(row) {
            *slot = code;
        }
    }

    /// The cells of another column below these, from a row on.
    fn append(&mut self, below: &Self, row: usize) {
        self.pad(row);
        let cells = (0..below.distinct.len()).filter_map(|code| below.distinct.get(code));
        let places: Vec<u32> = cells.map(|cell| self.cell_code(&cell)).collect();
        let place = |code: &u32| places.get(*code as usize).copied().unwrap_or(0);
        self.codes.extend(below.codes.iter().map(place));
    }

    pub(crate) fn finish(mut self, length: usize) -> RawColumn {
        self.pad(length);
        match self.texts {
            Some(taken) => RawColumn::texts(taken.finish()),
            None => RawColumn::coded(self.distinct, self.codes),
        }
    }
}

/// A column whose parts were built side by side, each part with the row it begins at.
fn join(parts: Vec<(ColumnBuilder, usize)>, rows: usize) -> Result<RawColumn> {
    let as_texts = parts.iter().any(|(part, _)| part.texts.is_some())
        && parts.iter().all(|(part, _)| part.texts.is_some() || part.distinct.is_texts());
    let mut parts = parts.into_iter().peekable();
    if as_texts {
        let mut whole = Texts::blank(parts.peek().map_or(rows, |(_, before)| *before));
        while let Some((mut part, before)) = parts.next() {
            part.pad(parts.peek().map_or(rows, |(_, next)| *next) - before);
            part.take_texts();
            if let Some(taken) = part.texts {
                whole.append(taken.finish())?;
            }
        }
        return Ok(RawColumn::texts(whole));
    }
    let mut whole = match parts.next_if(|(_, before)| *before == 0) {
        Some((mut first, _)) => {
            first.take_codes();
            first
        }
        None => ColumnBuilder::new(),
    };
    for (mut part, before) in parts {
        part.take_codes();
        whole.append(&part, before);
    }
    Ok(whole.finish(rows))
}

/// Columns whose parts were built side by side, each part with the row it begins at, and the rows of all.
pub(crate) fn joined(columns: Vec<Vec<(ColumnBuilder, usize)>>, rows: usize) -> Result<Vec<RawColumn>> {
    let many = columns.first().is_some_and(|parts| parts.len() > 1);
    let columns: Vec<_> = columns.into_iter().map(Mutex::new).collect();
    let one = |_, parts: &Mutex<Vec<(ColumnBuilder, usize)>>| {
        join(std::mem::take(&mut *parts.lock().unwrap_or_else(PoisonError::into_inner)), rows)
    };
    let whole = side_by_side(&columns, many, one).into_iter();
    whole.map(|column| column.ok_or_else(broke_off)?).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distinct_cell_is_held_once() {
        let mut column = ColumnBuilder::new();
        for text in ["甲", "乙", "甲", "", "乙", "乙"] {
            column.push_text(text);
        }
        column.push(&Cell::Text("甲"));
        column.push(&Cell::Number(0.5, Shown::Plain));
        column.push(&Cell::Number(0.5, Shown::Percent));
        column.push(&Cell::Number(0.5, Shown::Plain));
        let column = column.finish(11);
        assert_eq!(**column.codes(), [1, 2, 1, 0, 2, 2, 1, 3, 4, 3, 0]);
        assert_eq!(column.looks(), 5);
    }

    #[test]
    fn a_column_of_ids_holds_every_cell_in_its_row() {
        let mut column = ColumnBuilder::new();
        (0..100_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        column.push(&Cell::Blank);
        column.push_text("P000007");
        column.push(&Cell::Number(7.0, Shown::Plain));
        column.set(3, &Cell::Text("P000005"));
        let column = column.finish(100_003);
        let written = |row: usize| column.cell(row).written();
        assert_eq!([written(0), written(3), written(99_999)], ["P000000", "P000005", "P099999"]);
        assert_eq!([written(100_000), written(100_001), written(100_002)], ["", "P000007", "7"]);
    }

    #[test]
    fn thousands_of_distinct_texts_are_told_apart() {
        let mut column = ColumnBuilder::new();
        (0..30_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        (0..30_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        let column = column.finish(60_000);
        assert_eq!(column.looks(), 30_001);
        assert_eq!(
            (column.cell(57_777).written(), column.cell(27_777).written()),
            ("P027777".into(), "P027777".into())
        );
    }
}

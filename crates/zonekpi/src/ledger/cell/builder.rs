//! A column of cells while its rows come in: each distinct cell is looked for among those that were seen.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use arcstr::{ArcStr, Substr};
use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{Cell, RawColumn, Shown};
use crate::ledger::side_by_side::side_by_side;

/// What tells distinct cells apart: the whole of a short text or of a number, or the hash of anything longer. Cells lie
/// far apart in memory, so that most are found without a look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    low: u64,
    high: u64,
    sort: Sort,
}

/// What a key is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sort {
    /// All bytes of a text of this length.
    Short(u8),
    Number(Shown),
    Bool,
    Date,
    Span,
    /// The hash of a longer text, of an error, a time or a formula: cells of one hash are compared.
    Hashed(u8),
}

/// The longest text that a key holds as a whole.
const SHORT: usize = 16;

impl Key {
    fn of_text(text: &[u8], hasher: &RandomState) -> Self {
        let length = text.len();
        if length > SHORT {
            return Self { low: hasher.hash_one(text), high: 0, sort: Sort::Hashed(0) };
        }
        // The first and the last bytes overlap, and with the length they are the whole text.
        let (low, high) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (text.iter().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0),
            },
        };
        Self { low, high, sort: Sort::Short(length as u8) }
    }

    fn of(cell: &Cell, hasher: &RandomState) -> Self {
        let hashed = |text: &str, sort: u8| Self { low: hasher.hash_one(text), high: 0, sort: Sort::Hashed(sort) };
        match cell {
            Cell::Blank => Self { low: 0, high: 0, sort: Sort::Short(0) },
            Cell::Text(text) => Self::of_text(text.as_bytes(), hasher),
            Cell::Number(number, shown) => {
                // Of a number that is no date, a date's format says nothing.
                let shown = if matches!(shown, Shown::Month | Shown::Year) { Shown::Plain } else { *shown };
                Self { low: number.to_bits(), high: 0, sort: Sort::Number(shown) }
            }
            Cell::Bool(yes) => Self { low: u64::from(*yes), high: 0, sort: Sort::Bool },
            Cell::Date(days) => Self { low: u64::from(days.cast_unsigned()), high: 0, sort: Sort::Date },
            Cell::Span { from, to } => {
                let place = |days: i32| u64::from(days.cast_unsigned());
                Self { low: place(*from), high: place(*to), sort: Sort::Span }
            }
            Cell::Time(text) => hashed(text, 1),
            Cell::Error(text) => hashed(text, 2),
            Cell::Formula(text) => hashed(text, 3),
        }
    }

    /// Whether equal keys are equal cells.
    fn is_whole(&self) -> bool {
        !matches!(self.sort, Sort::Hashed(_))
    }
}

/// Distinct cells after which a column is known to be one of new cells, if all but a hundredth were.
const TRIED: usize = 65_536;

/// Builds a [`RawColumn`] cell by cell. A text that was seen before costs one hash and one comparison, and no memory.
///
/// A column in which nearly every cell so far was new is one of ids or names: there each cell is taken as new, for the
/// search would cost more than it saves. The few that repeat are then held, and read, more than once.
#[derive(Debug)]
pub(crate) struct ColumnBuilder {
    cells: Vec<Cell>,
    codes: Vec<u32>,
    all_new: bool,
    seen: HashTable<(Key, u32)>,
    hasher: RandomState,
}

impl ColumnBuilder {
    pub(crate) fn new() -> Self {
        // The blank cell is always the first of the distinct ones.
        Self {
            cells: vec![Cell::Blank],
            codes: Vec::new(),
            all_new: false,
            seen: HashTable::new(),
            hasher: RandomState::default(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Blank cells up to a length.
    pub(crate) fn pad(&mut self, length: usize) {
        if self.codes.len() < length {
            self.codes.resize(length, 0);
        }
    }

    /// The place of a cell among the distinct ones, if it was seen; `same` tells whether it is the cell of its hash.
    fn known(&self, key: &Key, hash: u64, same: impl Fn(&Cell) -> bool) -> Option<u32> {
        let is_it = |(seen, code): &(Key, u32)| {
            seen == key && (key.is_whole() || self.cells.get(*code as usize).is_some_and(&same))
        };
        self.seen.find(hash, is_it).map(|(_, code)| *code)
    }

    /// The place of a cell that was not seen before.
    fn learnt(&mut self, key: Key, hash: u64, cell: Cell) -> u32 {
        if self.cells.len() == TRIED && self.codes.len() < TRIED + TRIED / 100 {
            self.all_new = true;
            self.seen = HashTable::new();
            return self.new_code(cell);
        }
        let code = self.new_code(cell);
        let hasher = &self.hasher;
        self.seen.insert_unique(hash, (key, code), |(key, _)| hasher.hash_one(key));
        code
    }

    /// The place of a cell that is not looked for.
    fn new_code(&mut self, cell: Cell) -> u32 {
        let code = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.push(cell);
        code
    }

    /// The place of a text, given as the bytes of UTF-8; `owned` is asked where it is new.
    fn text_code(&mut self, text: &[u8], owned: impl FnOnce() -> Substr) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if self.all_new {
            return self.new_code(Cell::Text(owned()));
        }
        let key = Key::of_text(text, &self.hasher);
        let hash = self.hasher.hash_one(key);
        let is_it = |cell: &Cell| matches!(cell, Cell::Text(known) if known.as_bytes() == text);
        match self.known(&key, hash, is_it) {
            Some(code) => code,
            None => self.learnt(key, hash, Cell::Text(owned())),
        }
    }

    fn cell_code(&mut self, cell: Cell) -> u32 {
        match &cell {
            Cell::Blank => return 0,
            Cell::Text(text) if text.is_empty() => return 0,
            _ if self.all_new => return self.new_code(cell),
            _ => {}
        }
        let key = Key::of(&cell, &self.hasher);
        let hash = self.hasher.hash_one(key);
        match self.known(&key, hash, |known| *known == cell) {
            Some(code) => code,
            None => self.learnt(key, hash, cell),
        }
    }

    /// A text; an empty one is a blank cell.
    pub(crate) fn push_text(&mut self, text: &str) {
        let code = self.text_code(text.as_bytes(), || Substr::from(text));
        self.codes.push(code);
    }

    /// A piece of a text that lives on with it.
    pub(crate) fn push_piece(&mut self, whole: &ArcStr, from: usize, to: usize) {
        let text = whole.as_bytes().get(from..to).unwrap_or(&[]);
        // A place that splits a character is none; separators never do.
        let piece = || whole.get(from..to).map_or_else(Substr::new, |_| whole.substr(from..to));
        let code = self.text_code(text, piece);
        self.codes.push(code);
    }

    /// A text as the bytes of UTF-8.
    pub(crate) fn push_bytes(&mut self, text: &[u8]) {
        let code = self.text_code(text, || Substr::from(String::from_utf8_lossy(text).as_ref()));
        self.codes.push(code);
    }

    pub(crate) fn push(&mut self, cell: Cell) {
        let code = self.cell_code(cell);
        self.codes.push(code);
    }

    /// Puts a cell into a row that was passed already, or lies ahead.
    pub(crate) fn set(&mut self, row: usize, cell: Cell) {
        let code = self.cell_code(cell);
        self.pad(row + 1);
        if let Some(slot) = self.codes.get_mut(row) {
            *slot = code;
        }
    }

    /// The cells of another column below these, from a row on.
    fn append(&mut self, below: Self, row: usize) {
        self.pad(row);
        let places: Vec<u32> = below.cells.into_iter().map(|cell| self.cell_code(cell)).collect();
        let place = |code: u32| places.get(code as usize).copied().unwrap_or(0);
        self.codes.extend(below.codes.into_iter().map(place));
    }

    pub(crate) fn finish(mut self, length: usize) -> RawColumn {
        self.pad(length);
        RawColumn { cells: Arc::new(self.cells), codes: self.codes }
    }
}

/// Columns whose parts were built side by side, each part with the row it begins at.
pub(crate) fn joined(columns: Vec<Vec<(ColumnBuilder, usize)>>) -> Vec<ColumnBuilder> {
    let many = columns.first().is_some_and(|parts| parts.len() > 1);
    let columns: Vec<_> = columns.into_iter().map(Mutex::new).collect();
    let join = |_, parts: &Mutex<Vec<(ColumnBuilder, usize)>>| {
        let parts = std::mem::take(&mut *parts.lock().unwrap_or_else(PoisonError::into_inner));
        let mut parts = parts.into_iter();
        let (mut whole, before) = parts.next().unwrap_or_else(|| (ColumnBuilder::new(), 0));
        if before > 0 {
            let first = std::mem::replace(&mut whole, ColumnBuilder::new());
            whole.append(first, before);
        }
        for (part, before) in parts {
            whole.append(part, before);
        }
        whole
    };
    side_by_side(&columns, many, join).into_iter().map(|column| column.unwrap_or_else(ColumnBuilder::new)).collect()
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
        column.push(Cell::Text("甲".into()));
        column.push(Cell::Number(0.5, Shown::Plain));
        column.push(Cell::Number(0.5, Shown::Percent));
        column.push(Cell::Number(0.5, Shown::Plain));
        let column = column.finish(11);
        assert_eq!(column.codes(), [1, 2, 1, 0, 2, 2, 1, 3, 4, 3, 0]);
        assert_eq!(column.distinct().len(), 5);
    }

    #[test]
    fn a_column_of_ids_holds_every_cell_in_its_row() {
        let mut column = ColumnBuilder::new();
        (0..100_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        column.push(Cell::Blank);
        column.push_text("P000007");
        column.push(Cell::Number(7.0, Shown::Plain));
        column.set(3, Cell::Text("P000005".into()));
        let column = column.finish(100_003);
        let written = |row: usize| column.cell(row).written();
        assert_eq!([written(0), written(3), written(99_999)], ["P000000", "P000005", "P099999"]);
        assert_eq!([written(100_000), written(100_001), written(100_002)], ["", "P000007", "7"]);
    }

    #[test]
    fn thousands_of_distinct_texts_are_told_apart() {
        let mut column = ColumnBuilder::new();
        (0..50_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        (0..50_000).for_each(|i| column.push_text(&format!("P{i:06}")));
        let column = column.finish(100_000);
        assert_eq!(column.distinct().len(), 50_001);
        assert_eq!(
            (column.cell(77_777).written(), column.cell(27_777).written()),
            ("P027777".into(), "P027777".into())
        );
    }
}

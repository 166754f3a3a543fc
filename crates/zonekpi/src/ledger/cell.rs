//! A raw cell, and a column of raw cells in which each distinct one is held once.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::side_by_side::side_by_side;
use super::text;

/// What a number format adds to the number itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Shown {
    #[default]
    Plain,
    /// 93.65%: the number held is the fraction.
    Percent,
    /// `000000`: the least count of digits that is shown.
    Zeros(u8),
}

/// One cell, as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(f64, Shown),
    Bool(bool),
    /// A cell that is formatted as a date: days since 1970-01-01.
    Date(i32),
    /// A cell that is formatted as a time or a length of time.
    Time(String),
    Error(String),
    /// A formula that has no saved result.
    Formula(String),
}

impl Cell {
    /// The cell as a person sees it.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Time(text) | Self::Error(text) => text.clone(),
            Self::Number(number, Shown::Percent) => format!("{}%", text::digits15(number * 100.0)),
            Self::Number(number, shown) => match (shown, text::digits15(*number)) {
                (_, plain) if plain.len() > 16 && !plain.contains('.') => scientific(*number),
                (Shown::Zeros(width), plain) if !plain.contains(['.', '-']) => {
                    format!("{plain:0>width$}", width = usize::from(*width))
                }
                (_, plain) => plain,
            },
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Date(days) => date_text(*days),
            Self::Formula(formula) => format!("={formula}"),
        }
    }

    /// Whether nothing is in the cell, not even a word for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text::trimmed(text).is_empty(),
            _ => false,
        }
    }

    /// Whether two cells are one and the same to a reader; numbers by their bits.
    fn is_same(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// What tells distinct cells apart.
    fn key(&self) -> CellKey<'_> {
        match self {
            Self::Blank => CellKey(0, 0, ""),
            Self::Text(text) => CellKey(1, 0, text),
            Self::Number(number, shown) => {
                let shown = match shown {
                    Shown::Plain => 0,
                    Shown::Percent => 1,
                    Shown::Zeros(width) => 2 + u16::from(*width),
                };
                CellKey(0x100 + shown, number.to_bits(), "")
            }
            Self::Bool(yes) => CellKey(4, u64::from(*yes), ""),
            Self::Date(days) => CellKey(5, u64::from(days.unsigned_abs()) << 1 | u64::from(*days < 0), ""),
            Self::Time(text) => CellKey(6, 0, text),
            Self::Error(text) => CellKey(7, 0, text),
            Self::Formula(text) => CellKey(8, 0, text),
        }
    }
}

fn scientific(number: f64) -> String {
    let text = format!("{number:.14e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
            format!("{mantissa}e+{exponent}")
        }
        None => text,
    }
}

/// A day in ISO form.
pub(crate) fn date_text(days: i32) -> String {
    super::parse::date::from_days(days).map_or_else(|| days.to_string(), |d| d.to_string())
}

#[derive(PartialEq, Eq, Hash)]
struct CellKey<'a>(u16, u64, &'a str);

/// A column of cells: the distinct ones, and for each row which of them it holds.
#[derive(Clone, Debug)]
pub(crate) struct RawColumn {
    cells: Arc<Vec<Cell>>,
    codes: Vec<u32>,
}

static BLANK: Cell = Cell::Blank;

impl RawColumn {
    /// The cell of a row.
    pub(crate) fn cell(&self, row: usize) -> &Cell {
        self.codes.get(row).and_then(|code| self.cells.get(*code as usize)).unwrap_or(&BLANK)
    }

    /// The distinct cells.
    pub(crate) fn distinct(&self) -> &[Cell] {
        &self.cells
    }

    /// Which distinct cell each row holds.
    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The same column for these rows only.
    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        let codes = rows.iter().map(|row| self.codes.get(*row).copied().unwrap_or(0)).collect();
        Self { cells: Arc::clone(&self.cells), codes }
    }

    /// The column with the cell of one row repeated over a range of rows (a merged cell).
    pub(crate) fn fill(&mut self, from: usize, to: usize) {
        if let Some(code) = self.codes.get(from).copied() {
            for row in from..=to {
                if let Some(slot) = self.codes.get_mut(row) {
                    *slot = code;
                }
            }
        }
    }
}

/// A distinct cell in the table of those seen: a part of its hash, its place, and its mark. With the hash the table
/// grows, and with the mark most cells are found, without a look at the cells themselves, which lie far apart in memory.
#[derive(Clone, Copy, Debug)]
struct Seen {
    hash: u32,
    code: u32,
    mark: Mark,
}

/// A short text or a number as a whole, so that equal marks are equal cells; or only that the cell is neither.
type Mark = [u8; 16];

const NO_MARK: Mark = [0xFF; 16];

fn mark_of_text(text: &[u8]) -> Mark {
    let mut mark = [0; 16];
    match (mark.get_mut(..text.len()), u8::try_from(text.len())) {
        (Some(slot), Ok(length @ ..16)) => {
            slot.copy_from_slice(text);
            mark[15] = length;
            mark
        }
        _ => NO_MARK,
    }
}

fn mark_of(cell: &Cell) -> Mark {
    match cell {
        Cell::Text(text) => mark_of_text(text.as_bytes()),
        Cell::Number(number, shown) => {
            let mut mark = [0; 16];
            mark[..8].copy_from_slice(&number.to_bits().to_le_bytes());
            match shown {
                Shown::Plain => {}
                Shown::Percent => mark[8] = 1,
                Shown::Zeros(width) => (mark[8], mark[9]) = (2, *width),
            }
            mark[15] = 0x10;
            mark
        }
        _ => NO_MARK,
    }
}

/// Distinct cells after which a column is known to be one of new cells, if all but a hundredth were.
const TRIED: usize = 65_536;

/// The hash that a table of [`Seen`] works with; it takes its marks from the upper bits and its places from the lower.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// Builds a [`RawColumn`] cell by cell. A text that was seen before costs one hash and one comparison, and no memory.
///
/// A column in which nearly every cell so far was new is one of ids or names: there each cell is taken as new, for the
/// search would cost more than it saves. The few that repeat are then held, and read, more than once.
#[derive(Debug)]
pub(crate) struct ColumnBuilder {
    cells: Vec<Cell>,
    codes: Vec<u32>,
    all_new: bool,
    seen: HashTable<Seen>,
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

    /// The place of a cell among the distinct ones: of one that `same` knows, else of the one that is made.
    fn code(&mut self, hash: u64, mark: Mark, same: impl Fn(&Cell) -> bool, make: impl FnOnce() -> Cell) -> u32 {
        if self.cells.len() == TRIED && self.codes.len() < TRIED + TRIED / 100 {
            self.all_new = true;
            self.seen = HashTable::new();
            return self.new_code(make());
        }
        let hash = (hash >> 32) as u32;
        let cells = &mut self.cells;
        let known = |seen: &Seen| {
            let alike = seen.hash == hash && seen.mark == mark;
            alike && (mark != NO_MARK || cells.get(seen.code as usize).is_some_and(&same))
        };
        match self.seen.entry(spread(hash), known, |seen| spread(seen.hash)) {
            Entry::Occupied(entry) => entry.get().code,
            Entry::Vacant(entry) => {
                let code = u32::try_from(cells.len()).unwrap_or(u32::MAX);
                cells.push(make());
                entry.insert(Seen { hash, code, mark });
                code
            }
        }
    }

    /// The place of a cell that is not looked for.
    fn new_code(&mut self, cell: Cell) -> u32 {
        let code = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.push(cell);
        code
    }

    /// The place of a text, given as the bytes of UTF-8; `owned` is asked where it is new.
    fn text_code(&mut self, text: &[u8], owned: impl FnOnce() -> String) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let make = || Cell::Text(owned());
        if self.all_new {
            return self.new_code(make());
        }
        let is_it = |cell: &Cell| matches!(cell, Cell::Text(known) if known.as_bytes() == text);
        let hash = self.hasher.hash_one(text);
        self.code(hash, mark_of_text(text), is_it, make)
    }

    fn cell_code(&mut self, cell: Cell) -> u32 {
        match &cell {
            Cell::Blank => 0,
            Cell::Text(text) if text.is_empty() => 0,
            _ if self.all_new => self.new_code(cell),
            Cell::Text(text) => {
                let (hash, mark) = (self.hasher.hash_one(text.as_bytes()), mark_of_text(text.as_bytes()));
                self.code_of(hash, mark, cell)
            }
            _ => {
                let hash = self.hasher.hash_one(cell.key());
                self.code_of(hash, mark_of(&cell), cell)
            }
        }
    }

    /// The place of a cell that is there already: it is moved in where it is new.
    fn code_of(&mut self, hash: u64, mark: Mark, cell: Cell) -> u32 {
        let cell = std::cell::Cell::new(Some(cell));
        let is_it = |known: &Cell| {
            let own = cell.take();
            let same = own.as_ref().is_some_and(|own| known.is_same(own));
            cell.set(own);
            same
        };
        self.code(hash, mark, is_it, || cell.take().unwrap_or(Cell::Blank))
    }

    /// A text; an empty one is a blank cell.
    pub(crate) fn push_text(&mut self, text: &str) {
        let code = self.text_code(text.as_bytes(), || text.to_owned());
        self.codes.push(code);
    }

    /// A text as the bytes of UTF-8.
    pub(crate) fn push_bytes(&mut self, text: &[u8]) {
        let code = self.text_code(text, || String::from_utf8_lossy(text).into_owned());
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
        column.push(Cell::Text("甲".to_owned()));
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
        column.set(3, Cell::Text("P000005".to_owned()));
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

//! A raw cell, and a column of raw cells in which each distinct one is held once.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

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
    /// Of a date only the month, or the year and the month.
    Month,
    /// Of a date only the year.
    Year,
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
    /// A cell that is formatted as a month or a year, and holds its first day: what spreadsheets make of 2024年3月.
    Span {
        from: i32,
        to: i32,
    },
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
            Self::Span { from, to } => {
                // As much of the day as the sheet shows: 2024-03, or 2024.
                let shown = if to - from > 31 { 4 } else { 7 };
                date_text(*from).chars().take(shown).collect()
            }
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
                    // Of a number that is no date, a date's format says nothing.
                    Shown::Plain | Shown::Month | Shown::Year => 0,
                    Shown::Percent => 1,
                    Shown::Zeros(width) => 2 + u16::from(*width),
                };
                CellKey(0x100 + shown, number.to_bits(), "")
            }
            Self::Bool(yes) => CellKey(4, u64::from(*yes), ""),
            Self::Date(days) => CellKey(5, u64::from(days.unsigned_abs()) << 1 | u64::from(*days < 0), ""),
            Self::Span { from, to } => {
                let place = |days: i32| u64::from(days.cast_unsigned());
                CellKey(9, place(*from) << 32 | place(*to), "")
            }
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
                Shown::Plain | Shown::Month | Shown::Year => {}
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

    /// The place of a text, given as the bytes of UTF-8.
    fn text_code(&mut self, text: &[u8]) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let make = || Cell::Text(String::from_utf8_lossy(text).into_owned());
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
            Cell::Text(text) => self.text_code(text.as_bytes()),
            _ if self.all_new => self.new_code(cell),
            _ => {
                let hash = self.hasher.hash_one(cell.key());
                let (mark, made) = (mark_of(&cell), cell.clone());
                self.code(hash, mark, |known| known.is_same(&cell), || made)
            }
        }
    }

    /// A text; an empty one is a blank cell.
    pub(crate) fn push_text(&mut self, text: impl AsRef<[u8]>) {
        let code = self.text_code(text.as_ref());
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

    pub(crate) fn finish(mut self, length: usize) -> RawColumn {
        self.pad(length);
        RawColumn { cells: Arc::new(self.cells), codes: self.codes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distinct_cell_is_held_once() {
        let mut column = ColumnBuilder::new();
        for text in ["甲", "乙", "甲", "", "乙", "乙"] {
            column.push_text(text.as_bytes());
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
        (0..100_000).for_each(|i| column.push_text(format!("P{i:06}")));
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
        (0..50_000).for_each(|i| column.push_text(format!("P{i:06}").as_bytes()));
        (0..50_000).for_each(|i| column.push_text(format!("P{i:06}").as_bytes()));
        let column = column.finish(100_000);
        assert_eq!(column.distinct().len(), 50_001);
        assert_eq!(
            (column.cell(77_777).written(), column.cell(27_777).written()),
            ("P027777".into(), "P027777".into())
        );
    }
}

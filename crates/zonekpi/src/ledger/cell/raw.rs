//! A column of raw cells. Most columns hold each distinct cell once, and for each row which of them it is. A column of
//! texts that nearly all differ (ids, names, amounts) holds them one below the other.

use std::borrow::Cow;
use std::sync::Arc;

use super::texts::Texts;
use super::{Cell, Chosen, Codes, ColumnBuilder, Shown};

/// A column of cells.
#[derive(Clone, Debug)]
pub(crate) struct RawColumn(Held);

#[derive(Clone, Debug)]
enum Held {
    Coded(Arc<Distinct>, Codes),
    Texts(Texts),
}

/// A distinct cell; its words stand with those of all others.
#[derive(Clone, Copy, Debug)]
enum Kept {
    Blank,
    Text(u32),
    Number(f64, Shown),
    Bool(bool),
    Date(i32),
    Span { from: i32, to: i32 },
    Time(u32),
    Error(u32),
    Formula(u32),
}

/// Distinct cells by their codes. The blank cell is always the first.
#[derive(Clone, Debug)]
pub(super) struct Distinct {
    cells: Vec<Kept>,
    words: String,
    /// Where each of the words ends.
    ends: Vec<usize>,
}

impl Distinct {
    pub(super) fn new() -> Self {
        Self { cells: vec![Kept::Blank], words: String::new(), ends: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    fn words(&self, at: u32) -> &str {
        let at = at as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|to| self.words.get(from..*to)).unwrap_or("")
    }

    pub(super) fn get(&self, code: usize) -> Option<Cell<'_>> {
        let borrowed = |at: u32| Cow::Borrowed(self.words(at));
        Some(match *self.cells.get(code)? {
            Kept::Blank => Cell::Blank,
            Kept::Text(at) => Cell::Text(self.words(at)),
            Kept::Number(number, shown) => Cell::Number(number, shown),
            Kept::Bool(yes) => Cell::Bool(yes),
            Kept::Date(days) => Cell::Date(days),
            Kept::Span { from, to } => Cell::Span { from, to },
            Kept::Time(at) => Cell::Time(borrowed(at)),
            Kept::Error(at) => Cell::Error(borrowed(at)),
            Kept::Formula(at) => Cell::Formula(borrowed(at)),
        })
    }

    fn keep(&mut self, words: &str) -> u32 {
        let at = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.words.push_str(words);
        self.ends.push(self.words.len());
        at
    }

    /// Adds a cell; its code.
    pub(super) fn push(&mut self, cell: &Cell<'_>) -> u32 {
        let code = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let kept = match cell {
            Cell::Blank => Kept::Blank,
            Cell::Text(text) => Kept::Text(self.keep(text)),
            Cell::Number(number, shown) => Kept::Number(*number, *shown),
            Cell::Bool(yes) => Kept::Bool(*yes),
            Cell::Date(days) => Kept::Date(*days),
            Cell::Span { from, to } => Kept::Span { from: *from, to: *to },
            Cell::Time(text) => Kept::Time(self.keep(text)),
            Cell::Error(text) => Kept::Error(self.keep(text)),
            Cell::Formula(text) => Kept::Formula(self.keep(text)),
        };
        self.cells.push(kept);
        code
    }

    /// Whether all cells are texts or blank.
    pub(super) fn is_texts(&self) -> bool {
        self.cells.iter().all(|cell| matches!(cell, Kept::Blank | Kept::Text(_)))
    }

    /// The cells in the order of their codes.
    fn iter(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.len()).filter_map(|code| self.get(code))
    }
}

impl RawColumn {
    pub(super) fn coded(distinct: Distinct, codes: Vec<u32>) -> Self {
        Self(Held::Coded(Arc::new(distinct), codes.into()))
    }

    pub(super) fn texts(texts: Texts) -> Self {
        Self(Held::Texts(texts))
    }

    /// The cell of a row.
    pub(crate) fn cell(&self, row: usize) -> Cell<'_> {
        let cell = match &self.0 {
            Held::Coded(distinct, codes) => codes.get(row).and_then(|code| distinct.get(*code as usize)),
            Held::Texts(texts) => texts.all().get(row).map(Cell::Text),
        };
        cell.unwrap_or(Cell::Blank)
    }

    /// Whether any cell was written into the column.
    pub(crate) fn is_written(&self) -> bool {
        match &self.0 {
            Held::Coded(distinct, _) => distinct.len() > 1,
            Held::Texts(texts) => texts.all().null_count() < texts.all().len(),
        }
    }

    /// How many cells are to be looked at to have looked at all: the distinct ones, or those of all rows.
    pub(crate) fn looks(&self) -> usize {
        match &self.0 {
            Held::Coded(distinct, _) => distinct.len(),
            Held::Texts(texts) => texts.all().len(),
        }
    }

    /// The cells that stand in the column, each at least once.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let (distinct, texts) = match &self.0 {
            Held::Coded(distinct, _) => (Some(distinct), None),
            Held::Texts(texts) => (None, Some(texts.all())),
        };
        let texts = texts.into_iter().flat_map(|texts| texts.iter().flatten().map(Cell::Text));
        distinct.into_iter().flat_map(|distinct| distinct.iter()).chain(texts)
    }

    /// Which distinct cell each row holds; a column of texts has no codes.
    pub(crate) fn codes(&self) -> &Codes {
        static NONE: std::sync::LazyLock<Codes> = std::sync::LazyLock::new(Codes::default);
        match &self.0 {
            Held::Coded(_, codes) => codes,
            Held::Texts(_) => &NONE,
        }
    }

    /// The texts of a column in which nearly all differ.
    pub(crate) fn as_texts(&self) -> Option<&Texts> {
        match &self.0 {
            Held::Coded(..) => None,
            Held::Texts(texts) => Some(texts),
        }
    }

    /// The column with each distinct cell held once.
    pub(crate) fn with_codes(&self) -> Cow<'_, Self> {
        match &self.0 {
            Held::Coded(..) => Cow::Borrowed(self),
            Held::Texts(texts) => {
                let mut builder = ColumnBuilder::coded();
                texts.all().iter().for_each(|text| builder.push_text(text.unwrap_or("")));
                Cow::Owned(builder.finish(texts.all().len()))
            }
        }
    }

    /// The same column for these rows only, which rise.
    pub(crate) fn select(&self, rows: &Chosen) -> Self {
        match &self.0 {
            Held::Coded(distinct, codes) => Self(Held::Coded(Arc::clone(distinct), codes.select(rows))),
            Held::Texts(texts) => Self(Held::Texts(texts.select(rows))),
        }
    }

    /// The column with the cell of one row repeated over a range of rows (a merged cell).
    pub(crate) fn fill(&mut self, from: usize, to: usize) {
        if let Held::Coded(distinct, codes) = &self.with_codes().0 {
            *self = Self(Held::Coded(Arc::clone(distinct), codes.filled(from, to)));
        }
    }
}

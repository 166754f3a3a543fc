//! A raw cell, and a column of raw cells in which each distinct one is held once.

use polars::prelude::{InitHashMaps, PlHashMap};

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

    /// What tells distinct cells apart.
    fn key(&self) -> CellKey<'_> {
        match self {
            Self::Blank => CellKey(0, 0, ""),
            Self::Text(text) => CellKey(1, 0, text),
            Self::Number(number, _) => CellKey(2, number.to_bits(), ""),
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
    cells: Vec<Cell>,
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
        Self { cells: self.cells.clone(), codes }
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

/// Builds a [`RawColumn`] cell by cell.
#[derive(Debug)]
pub(crate) struct ColumnBuilder {
    cells: Vec<Cell>,
    codes: Vec<u32>,
    texts: PlHashMap<String, u32>,
    numbers: PlHashMap<(u64, Shown), u32>,
    others: PlHashMap<(u16, u64, String), u32>,
}

impl ColumnBuilder {
    pub(crate) fn new() -> Self {
        // The blank cell is always the first of the distinct ones.
        Self {
            cells: vec![Cell::Blank],
            codes: Vec::new(),
            texts: PlHashMap::new(),
            numbers: PlHashMap::new(),
            others: PlHashMap::new(),
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

    pub(crate) fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            self.codes.push(0);
            return;
        }
        let code = match self.texts.get(text) {
            Some(code) => *code,
            None => {
                let code = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
                self.cells.push(Cell::Text(text.to_owned()));
                self.texts.insert(text.to_owned(), code);
                code
            }
        };
        self.codes.push(code);
    }

    pub(crate) fn push(&mut self, cell: Cell) {
        if let Cell::Text(text) = &cell {
            return self.push_text(text);
        }
        if cell == Cell::Blank {
            return self.codes.push(0);
        }
        if let Cell::Number(number, shown) = cell {
            let cells = &mut self.cells;
            let code = *self.numbers.entry((number.to_bits(), shown)).or_insert_with(|| {
                cells.push(cell);
                u32::try_from(cells.len() - 1).unwrap_or(u32::MAX)
            });
            return self.codes.push(code);
        }
        let CellKey(sort, bits, text) = cell.key();
        let key = (sort, bits, text.to_owned());
        let cells = &mut self.cells;
        let code = *self.others.entry(key).or_insert_with(|| {
            cells.push(cell);
            u32::try_from(cells.len() - 1).unwrap_or(u32::MAX)
        });
        self.codes.push(code);
    }

    /// Puts a cell into a row that was passed already, or lies ahead.
    pub(crate) fn set(&mut self, row: usize, cell: Cell) {
        self.pad(row + 1);
        let end = self.codes.len();
        self.push(cell);
        if let Some(code) = self.codes.pop() {
            debug_assert_eq!(self.codes.len(), end);
            if let Some(slot) = self.codes.get_mut(row) {
                *slot = code;
            }
        }
    }

    pub(crate) fn finish(mut self, length: usize) -> RawColumn {
        self.pad(length);
        RawColumn { cells: self.cells, codes: self.codes }
    }
}

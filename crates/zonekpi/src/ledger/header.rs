//! From a grid to a table: where the header is, which table it is the header of, which column each header means, and
//! in what unit. Rows of cells below the header are the business of `rows`; their values that of `parse`.

mod assign;
mod naming;
mod top;

use polars::prelude::{InitHashMaps, PlHashSet};

use self::assign::{Named, assign, resembling};
pub(crate) use self::naming::{HeaderText, RESERVED_NAMES, column_called};
use self::naming::{Meaning, meaning};
pub(crate) use self::top::unit_phrase;
use self::top::{Candidate, Top};
use super::schema::{ColumnSpec, Kind, Schema, TableSpec};
use super::source::Grid;
use super::text;
use super::unit::Unit;

/// A column of the grid, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct FoundColumn {
    /// Its place in the grid.
    pub at: usize,
    /// Its own header as written; with the one above it where that tells it from another.
    pub header: String,
    pub target: Target,
    /// The kind of its cells; text where the schema does not know it.
    pub kind: Kind,
    pub unit: Option<Unit>,
    /// Why it has this unit.
    pub unit_from: Option<UnitFrom>,
    /// The words of the header row's own cell, to know the header when it is repeated.
    pub word: String,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A column of the schema.
    Known(&'static str),
    /// A column that the schema does not know, under its own name.
    Other(String),
}

/// Where the unit of a column's bare numbers was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnitFrom {
    /// The caller gave it.
    Caller,
    /// The column's own header.
    Header,
    /// The header above it.
    ParentHeader,
    /// The row 单位：… above the table.
    UnitRow,
    /// The canonical name of the column.
    Name,
}

/// What was doubtful about the headers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doubt {
    Repeated {
        row: usize,
        header: String,
        kept: String,
    },
    Missing {
        row: usize,
        letter: String,
        kept: String,
    },
    Reserved {
        header: String,
        kept: String,
    },
    SameColumn {
        header: String,
        first: String,
        kept: String,
    },
    Resembles {
        header: String,
        near: String,
    },
    /// It seems to be about what columns of the table say, and is none of them.
    Concerns {
        header: String,
        columns: Vec<String>,
    },
    UnitOverridden {
        header: String,
        own: Unit,
        given: Unit,
    },
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub table: &'static TableSpec,
    /// Rows of the grid.
    pub header_rows: Vec<usize>,
    pub title_rows: Vec<usize>,
    pub unit_row: Option<usize>,
    pub first_data_row: usize,
    pub columns: Vec<FoundColumn>,
    pub doubts: Vec<Doubt>,
    /// How many columns of the table were found.
    pub matched: usize,
    /// Whether they are enough to know the table by.
    pub fits: bool,
}

impl Header {
    /// Whether heads say in words of this table alone that it is this one: 中止开始 and 中止结束.
    fn is_told(&self) -> bool {
        let is_told = |found: &&FoundColumn| {
            let spec = if let Target::Known(name) = found.target { self.table.column(name) } else { None };
            spec.is_some_and(|spec| spec.is_told_by(&found.word))
        };
        self.columns.iter().filter(is_told).count() > 1
    }
}

/// What the caller says about columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Header → canonical name.
    pub columns: Vec<(String, String)>,
    /// Header or canonical name → unit.
    pub units: Vec<(String, Unit)>,
}

impl Told {
    fn column(&self, table: &'static TableSpec, header: &HeaderText) -> Option<&'static ColumnSpec> {
        let (_, meant) = self.columns.iter().find(|(name, _)| header.is_called(name))?;
        column_called(table, meant)
    }

    pub(crate) fn unit(&self, header: &HeaderText, canonical: Option<&str>) -> Option<Unit> {
        let zh = |name: &str| {
            let called = |c: &str| Schema::builtin().tables().filter_map(|t| t.column(c)).any(|spec| spec.zh == name);
            canonical.is_some_and(called)
        };
        let named = |name: &str| {
            zh(name)
                || header.is_called(name)
                || canonical == Some(name)
                || text::word(name) == text::word(&header.written)
        };
        self.units.iter().find(|(name, _)| named(name)).map(|(_, unit)| *unit)
    }
}

/// What looking for a header gave.
#[derive(Debug)]
pub(crate) enum Search {
    Found(Box<Header>),
    /// Several tables fit alike.
    Unclear(Vec<&'static str>),
    /// Nothing fits; the row that came nearest, with its headers.
    None(Vec<String>),
}

/// Looks for the header in a grid: of the table asked for, or of whichever fits best. `hints` are names (of the sheet,
/// of the file) that may name the table.
pub(crate) fn search(grid: &Grid, asked: Option<&'static TableSpec>, told: &Told, hints: &[&str]) -> Search {
    let top = Top::of(grid);
    let mut fitting: Vec<(&'static TableSpec, Candidate)> = Vec::new();
    for table in Schema::builtin().tables().filter(|t| asked.is_none_or(|a| a.name == t.name)) {
        if let Some(candidate) = top.best(table, told).filter(|c| c.fits || asked.is_some()) {
            fitting.push((table, candidate));
        }
    }
    let score = |(table, candidate): &(&'static TableSpec, Candidate)| {
        (candidate.matched, u8::from(is_hinted(table, hints)), candidate.is_told)
    };
    let Some(most) = fitting.iter().map(score).max() else { return Search::None(top.nearest_row()) };
    let best: Vec<_> = fitting.into_iter().filter(|f| score(f) == most).collect();
    match best.as_slice() {
        [(table, candidate)] => Search::Found(Box::new(top.header(grid, table, *candidate, told))),
        several => Search::Unclear(several.iter().map(|(table, _)| table.name.as_str()).collect()),
    }
}

/// Whether texts, the cells of one row, read like the header of some table: at least two columns, and half of the
/// cells. Words of two characters (签约, 备案) are values too, and do not count alone.
pub(crate) fn reads_like_a_header(cells: &[&str]) -> bool {
    const LONGEST: usize = 90;
    if cells.iter().filter(|cell| cell.len() <= LONGEST).count() * 2 < cells.len() {
        return false;
    }
    let texts: Vec<HeaderText> = cells.iter().filter(|c| c.len() <= LONGEST).map(|c| HeaderText::of(c)).collect();
    Schema::builtin().tables().any(|table| {
        let mut named: PlHashSet<usize> = PlHashSet::new();
        let mut surely = 0;
        for text in &texts {
            let new = match meaning(table, "", text) {
                Meaning::Column(at, _) => named.insert(at),
                Meaning::ZoneOrPark => named.insert(usize::MAX),
                Meaning::None => false,
            };
            surely += usize::from(new && text.full.chars().count() > 2);
        }
        surely > 1 && named.len() * 2 >= cells.len()
    })
}

/// Whether a header means a column of some table.
pub(crate) fn is_known(written: &str) -> bool {
    let text = HeaderText::of(written);
    Schema::builtin().tables().any(|table| meaning(table, "", &text) != Meaning::None)
}

/// The columns of a frame: names without headers above them.
pub(crate) fn of_frame(table: &'static TableSpec, names: &[String], told: &Told) -> Header {
    let texts = header_texts(names);
    let named = named(&texts);
    let mut header = assign(table, &named, told, &[], 0);
    resembling(&mut header, &named);
    header
}

/// The same, without a look for names that only resemble those of columns: that takes longer than all else.
fn claimed(table: &'static TableSpec, names: &[String], told: &Told) -> Header {
    assign(table, &named(&header_texts(names)), told, &[], 0)
}

fn header_texts(names: &[String]) -> Vec<HeaderText> {
    names.iter().map(|name| HeaderText::of(name)).collect()
}

fn named(texts: &[HeaderText]) -> Vec<Named<'_>> {
    texts
        .iter()
        .enumerate()
        .map(|(at, leaf)| Named {
            at,
            parent: "",
            above: "",
            leaf: Some(leaf).filter(|l| !l.is_blank()),
            parent_unit: None,
            unit_below: None,
        })
        .collect()
}

/// The table whose columns a frame's names are: the one that matches most of them and is known by them.
///
/// # Errors
///
/// What was looked at, where there is none or several fit alike.
pub(crate) fn table_of_frame(names: &[String], told: &Told, hints: &[&str]) -> Result<&'static TableSpec, Search> {
    match fitting(names, told, hints).as_slice() {
        [] => Err(Search::None(names.to_vec())),
        [table] => Ok(table),
        several => Err(Search::Unclear(several.iter().map(|table| table.name.as_str()).collect())),
    }
}

/// The tables that a frame's names tell: one, or several that fit alike.
fn fitting(names: &[String], told: &Told, hints: &[&str]) -> Vec<&'static TableSpec> {
    let mut fitting: Vec<((usize, bool, bool), &'static TableSpec)> = Vec::new();
    for table in Schema::builtin().tables() {
        let header = claimed(table, names, told);
        let has = |name: &String| header.columns.iter().any(|c| matches!(&c.target, Target::Known(n) if n == name));
        if header.matched > 1 && table.needs.iter().any(|need| need.iter().all(has)) {
            fitting.push(((header.matched, is_hinted(table, hints), header.is_told()), table));
        }
    }
    let most = fitting.iter().map(|(score, _)| *score).max();
    fitting.into_iter().filter(|(score, _)| Some(*score) == most).map(|(_, table)| table).collect()
}

/// The table that a frame's names tell, where that is surely another than this one.
pub(crate) fn other_table(table: &TableSpec, names: &[String], told: &Told) -> Option<&'static TableSpec> {
    let fitting = fitting(names, told, &[]);
    // Of those that fit alike the first stands for all.
    fitting.first().copied().filter(|_| fitting.iter().all(|other| other.name != table.name))
}

/// Whether a frame's names are enough to know this table by, and one of them is no column of the other: the entries of a
/// batch that say much about their projects have more columns of projects than of their own.
pub(crate) fn has_its_own(table: &'static TableSpec, other: &TableSpec, names: &[String], told: &Told) -> bool {
    let header = claimed(table, names, told);
    let has = |name: &str| header.columns.iter().any(|c| matches!(&c.target, Target::Known(n) if *n == name));
    let is_own = |c: &&ColumnSpec| c.beside.is_empty() && other.column(&c.name).is_none();
    header.matched > 1
        && table.needs.iter().any(|need| need.iter().all(|name| has(name)))
        && table.columns.iter().filter(is_own).any(|c| has(&c.name))
}

/// Whether a frame's names have a column of this table at all.
pub(crate) fn has_any(table: &'static TableSpec, names: &[String], told: &Told) -> bool {
    claimed(table, names, told).columns.iter().any(|c| matches!(c.target, Target::Known(_)))
}

fn is_hinted(table: &TableSpec, hints: &[&str]) -> bool {
    let names = std::iter::once(&table.zh).chain(&table.aliases).chain(std::iter::once(&table.name));
    names
        .into_iter()
        .filter(|n| n.chars().count() > 1)
        .any(|name| hints.iter().any(|hint| hint.contains(name.as_str())))
}

#[cfg(test)]
mod tests;

//! The ledger: typed tables, the day whose state they record, and the list of all that was found wrong in them.
//!
//! How a file or a frame becomes a table is in `source`, `header` and `parse`; what whole tables are checked for
//! is in `check`. Nothing here knows indicators.

mod assemble;
pub(crate) mod batch;
pub(crate) mod beside;
mod build;
pub(crate) mod cell;
mod check;
pub(crate) mod clock;
pub(crate) mod column;
pub(crate) mod event;
mod example;
pub(crate) mod frame;
pub(crate) mod header;
pub(crate) mod issue;
mod kept;
pub(crate) mod parse;
pub(crate) mod prepared;
pub(crate) mod progress;
mod ragged;
mod reader;
pub(crate) mod reading;
mod repeated;
mod report;
pub(crate) mod rows;
mod scale;
pub(crate) mod schema;
pub(crate) mod side_by_side;
mod snapshot;
pub(crate) mod source;
mod spelling;
mod table;
pub(crate) mod text;
pub(crate) mod totals;
pub(crate) mod unit;
mod workbook;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

pub(crate) use header::RESERVED_NAMES;
pub use header::UnitFrom;
pub use issue::{Issue, Severity};
pub use progress::{Progress, ProgressBar, Step};
pub use reader::Reader;
pub use reading::{
    CheckedTotal, FoundBy, OtherColumn, ReadColumn, Reading, SetAside, SetAsideKind, SourceFile, TableFrom,
};
pub(crate) use schema::InOrder;
pub use schema::{ColumnSpec, EnumValue, Kind, Schema, TableSpec};
pub use snapshot::SnapshotFrom;
pub use table::Table;
pub use workbook::write_template;

use crate::calendar::Calendar;
use crate::error::Result;
use crate::message::Language;

/// Typed tables of one or more development zones, as of one day.
///
/// # What does a ledger hold, and what was wrong with it?
///
/// ```
/// use zonekpi::Ledger;
///
/// let csv = "项目编号,项目名称,总投资（亿元）,签约时间,开工时间\nP1,碳化硅衬底项目,2.4,2023年3月初,已开工\n";
/// let ledger = Ledger::reader().bytes("项目台账.csv", csv.as_bytes()).finish()?;
/// let projects = ledger.table("projects").expect("found by its headers").frame()?;
/// assert_eq!(projects.column("investment_cny")?.get(0)?.to_string(), "240000000.00");
/// assert_eq!(projects.column("signed_on")?.get(0)?.to_string(), "2023-03-10");
/// assert_eq!(projects.column("signed_on_from")?.get(0)?.to_string(), "2023-03-01");
/// let codes: Vec<&str> = ledger.issues().iter().map(|issue| issue.code.as_str()).collect();
/// assert_eq!(codes, ["date_unknown_but_happened"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ledger {
    // Shared, for an answer holds the ledger that it is of, and a ledger may have a million issues.
    tables: BTreeMap<String, Arc<Table>>,
    issues: Arc<Vec<Issue>>,
    readings: Arc<Vec<Reading>>,
    snapshot_on: NaiveDate,
    snapshot_from: SnapshotFrom,
    calendar: Calendar,
    clock: clock::Derived,
    sources: Vec<SourceFile>,
    prepared: prepared::Prepared,
}

/// What to do about a key that occurs more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnDuplicate {
    /// An error that lists them.
    #[default]
    Error,
    /// The first row that is read counts; the others are left out, with an issue.
    First,
    /// The last row that is read counts (of the last file, the last sheet, the lowest row); the others are left out, with
    /// an issue.
    Last,
}

impl Ledger {
    /// Reads a file. The table, the sheet, the columns and their units are found by its headers.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read as a ledger: it says what the file is and what to do.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::reader().read([path])
    }

    /// A reader with options: several files, sheets, columns, units.
    pub fn reader() -> Reader {
        Reader::default()
    }

    /// A ledger of data frames, each under the name of its table. Headers, units and cells are read as in files; a
    /// column under its canonical name is in yuan, 亩 or ㎡ as the name says.
    ///
    /// # Errors
    ///
    /// Where a name is not that of a table, or a frame cannot be taken as it.
    pub fn from_frames(frames: impl IntoIterator<Item = (impl Into<String>, DataFrame)>) -> Result<Self> {
        Self::reader().frames(frames)
    }

    /// The ledger that ships with the crate: made up, and so made that the numbers of the article it is about come out
    /// of rows, as of 31 March 2024. Read once, then shared.
    ///
    /// # Errors
    ///
    /// None in practice: the files are part of the crate.
    pub fn example() -> Result<Self> {
        example::ledger()
    }

    /// The table of a name, canonical or Chinese (`projects`, 项目), if the ledger has it.
    pub fn table(&self, name: &str) -> Option<&Table> {
        let named = || self.tables.get(&reader::table_named(name).ok()?.name);
        self.tables.get(name).or_else(named).map(AsRef::as_ref)
    }

    /// The tables that the ledger has.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().map(AsRef::as_ref)
    }

    /// All that was found wrong or worth a note.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// How each file, sheet and frame was read.
    pub fn reading(&self) -> &[Reading] {
        &self.readings
    }

    /// The files that it was read from, with their fingerprints. Frames have none.
    pub fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// The issues as a frame: table, file, sheet, row, column, value, code, severity, message, action.
    ///
    /// # Errors
    ///
    /// None in practice: building a frame of these columns does not fail.
    pub fn issues_frame(&self, language: Language) -> Result<DataFrame> {
        report::issues(&self.issues, language)
    }

    /// The readings as a frame, one row for each thing that was found: table, file, sheet, format, encoding, item, row,
    /// column, header, how, unit, unit_from, note. The items of a sheet are `table` (what it was read as), `title_row`,
    /// `unit_row`, `header_row`, `column`, `other_column`, `set_aside`, `total`, `hidden_row`, `hidden_column` and
    /// `sheet_not_read`.
    ///
    /// # Errors
    ///
    /// None in practice: building a frame of these columns does not fail.
    pub fn reading_frame(&self, language: Language) -> Result<DataFrame> {
        report::readings(&self.readings, language)
    }

    /// The words in which a person reads the two frames above: for each name of a column (`head.severity`) and each code
    /// in it (`severity.error`, `item.total`, `table.projects`, `column.projects.zone`) the word in a language.
    pub fn listing_words(language: Language) -> Vec<(String, String)> {
        report::words(language)
    }

    /// Writes the tables into a workbook, with each issue marked and explained on its own cell, a list of all issues
    /// and a sheet that tells how the files were read. Its first sheets are read back as the same tables. A file that is
    /// there already is replaced, unless the ledger was read from it.
    ///
    /// Amounts stand in 万元 (in English in yuan), exactly; what could not be read stands as it was written. Rows that
    /// were dropped or set aside are in the lists.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written or is one that the ledger was read from, and where a table has more rows than a
    /// sheet of Excel holds.
    pub fn write_excel(&self, path: impl AsRef<Path>, language: Language) -> Result<()> {
        workbook::write_marked(self, path.as_ref(), language)
    }

    /// The day whose state the ledger records.
    pub fn snapshot_on(&self) -> NaiveDate {
        self.snapshot_on
    }

    /// What said that day: the caller, a title, the latest event with its cell, or nothing but today.
    pub fn snapshot_from(&self) -> &SnapshotFrom {
        &self.snapshot_from
    }

    /// The days that are worked, by which limits and durations in working days are counted.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// What engines made of it and keep for the next question.
    pub(crate) fn prepared(&self) -> &prepared::Prepared {
        &self.prepared
    }

    /// The same ledger without one of its tables; it records the same day.
    pub(crate) fn without(mut self, table: &str) -> Self {
        self.tables.remove(table);
        Self { prepared: prepared::Prepared::default(), ..self }
    }

    /// Takes it that so many days of each column of due dates are provisional, where they were not seen all at once.
    pub(crate) fn saw_provisional(&mut self, due: Vec<(&'static str, usize)>) {
        self.clock.provisional = due;
    }

    /// What was derived of the clocks of cases.
    pub(crate) fn clock(&self) -> &clock::Derived {
        &self.clock
    }
}

//! A table of a ledger: its rows are held, or stand in the file of a ledger that was saved, from which columns are read
//! when they are asked for. How such a file is read is in `kept::rows`.

use std::sync::Arc;

use polars::prelude::{DataFrame, Schema};

use super::batch::TypedCells;
use super::kept::KeptRows;
use super::schema::TableSpec;
use crate::error::{Error, Result};
use crate::message::ErrorCode;

/// One typed table.
///
/// Columns of the schema stand under their canonical names and in the types of their [`Kind`](crate::Kind). Beside
/// them, only where at least one cell needs it: `<event>_from` (Date: first day of an interval; null for a point) and
/// `<column>_state` (String: `unreadable`, for events also `undated`; null for a plain cell). Columns that the
/// schema does not know are text under their own names. `source_file`, `source_sheet` (String) and `source_row`
/// (UInt32) say where a row came from.
///
/// Of cases, `promised_due_on`, `statutory_due_on`, `due_on` and `suspended_days` are derived where the ledger does not
/// have them. A due day that is not known stands as an interval too: the column holds its last day, `_from` its first;
/// where the state is `open`, the end that is null is not known (a case that stands still, a year that the calendar
/// does not cover).
///
/// Intervals stand as they were written: that what is recorded has happened by `snapshot_on` is for those who compute.
/// Numbers whose unit is their own row's (`targets.target`, `reported.value`) are in yuan, 亩 or fractions, and `unit`
/// then says `cny`, `mu` or `share`; other units stay as written.
///
/// # Which columns does a question read?
///
/// Of a ledger that was [loaded](crate::Ledger::load), only those that are asked for; they are compared with their
/// fingerprints then. So what gives rows may fail, and what tells of columns does not.
///
/// ```
/// use zonekpi::Ledger;
///
/// let folder = std::env::temp_dir().join(format!("zonekpi-table-{}", std::process::id()));
/// Ledger::example()?.save(&folder)?;
/// let ledger = Ledger::load(&folder)?;
/// let projects = ledger.table("projects").expect("the example has projects");
/// assert!(projects.has("zone"));
/// let zones = projects.columns(["zone"])?;
/// assert_eq!((zones.height(), zones.width()), (projects.height(), 1));
/// # std::fs::remove_dir_all(folder).unwrap();
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    spec: &'static TableSpec,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    Held(DataFrame),
    Kept(Arc<KeptRows>),
}

impl Table {
    pub(super) fn held(spec: &'static TableSpec, frame: DataFrame) -> Self {
        Self { spec, rows: Rows::Held(frame) }
    }

    pub(super) fn kept(spec: &'static TableSpec, rows: KeptRows) -> Self {
        Self { spec, rows: Rows::Kept(Arc::new(rows)) }
    }

    /// The schema of the table.
    pub fn spec(&self) -> &'static TableSpec {
        self.spec
    }

    /// How many rows there are. Nothing is read for it.
    pub fn height(&self) -> usize {
        match &self.rows {
            Rows::Held(frame) => frame.height(),
            Rows::Kept(rows) => rows.height(),
        }
    }

    /// The columns that the ledger has, and their types. Nothing is read for it.
    pub fn schema(&self) -> &Schema {
        match &self.rows {
            Rows::Held(frame) => frame.schema(),
            Rows::Kept(rows) => rows.schema(),
        }
    }

    /// Whether the ledger has the column: a column of the schema, or one of its own. Nothing is read for it.
    pub fn has(&self, column: &str) -> bool {
        self.schema().contains(column)
    }

    /// Some columns of all rows, in the order asked for. Of a ledger that was loaded they are read now, and kept for the
    /// next question.
    ///
    /// # Errors
    ///
    /// A column that the table does not have. Of a ledger that was loaded, a column that is not as it was saved, and a
    /// file that cannot be read any more.
    pub fn columns(&self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Result<DataFrame> {
        self.chosen(names, true)
    }

    /// The rows, with all columns. Of a ledger that was loaded they are read now, and kept.
    ///
    /// # Errors
    ///
    /// Of a ledger that was loaded, a column that is not as it was saved, and a file that cannot be read any more.
    pub fn frame(&self) -> Result<&DataFrame> {
        match &self.rows {
            Rows::Held(frame) => Ok(frame),
            Rows::Kept(rows) => rows.frame(),
        }
    }

    /// Some columns, for those who make something else of them and do not come back: they are not kept.
    pub(crate) fn columns_once(&self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Result<DataFrame> {
        self.chosen(names, false)
    }

    /// The texts of a column as places among words; `None` where they do not stand so in a file, or were read already.
    pub(crate) fn coded(&self, name: &str) -> Result<Option<TypedCells>> {
        match &self.rows {
            Rows::Held(_) => Ok(None),
            Rows::Kept(rows) => rows.coded(name),
        }
    }

    fn chosen(&self, names: impl IntoIterator<Item = impl AsRef<str>>, keeps: bool) -> Result<DataFrame> {
        let names: Vec<_> = names.into_iter().collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        if let Some(unknown) = names.iter().find(|name| !self.has(name)) {
            let allowed: Vec<&str> = self.names().collect();
            let message = ErrorCode::UnknownColumn.message().with("table", &self.spec.name).with("found", unknown);
            return Err(Error::unknown(message.with("allowed", allowed.join(", ")), unknown, allowed));
        }
        match &self.rows {
            Rows::Held(frame) => Ok(frame.select(names)?),
            Rows::Kept(rows) => rows.columns(&names, keeps),
        }
    }

    /// The names of the columns that the ledger has.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.schema().iter_names().map(|name| name.as_str())
    }

    /// Those of the columns that the ledger has, with what stands beside them: first days, and states.
    pub(crate) fn with_beside<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in names {
            for tail in ["", "_from", "_state"] {
                let name = format!("{name}{tail}");
                if self.has(&name) && !all.contains(&name) {
                    all.push(name);
                }
            }
        }
        all
    }

    /// Whether two tables hold the same rows; empty ones do. What is one table is not read for it, and of others no more
    /// than tells them apart.
    ///
    /// # Errors
    ///
    /// As [`columns`](Self::columns).
    pub(crate) fn same_rows(&self, other: &Self) -> Result<bool> {
        if self.height() != other.height() {
            return Ok(false);
        }
        if self.height() == 0 || std::ptr::eq(self, other) {
            return Ok(true);
        }
        if !self.names().eq(other.names()) {
            return Ok(false);
        }
        for name in self.names() {
            if !self.columns([name])?.equals_missing(&other.columns([name])?) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

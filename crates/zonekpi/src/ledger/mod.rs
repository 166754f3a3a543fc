//! The ledger: typed tables, the day whose state they record, and the list of all that was found wrong in them.
//!
//! How a file or a frame becomes a table is in `source`, `header` and `parse`; what whole tables are checked for
//! is in `check`. Nothing here knows indicators.

pub(crate) mod build;
pub(crate) mod cell;
pub(crate) mod column;
pub(crate) mod frame;
pub(crate) mod header;
pub(crate) mod issue;
pub(crate) mod parse;
pub(crate) mod reading;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod source;
pub(crate) mod text;
pub(crate) mod totals;
pub(crate) mod unit;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

pub use issue::{Issue, Severity};
pub use schema::{ColumnSpec, EnumValue, Kind, Schema, TableSpec};

/// Typed tables of one or more development zones, as of one day.
#[derive(Clone, Debug)]
pub struct Ledger {
    tables: BTreeMap<String, Arc<Table>>,
    issues: Vec<Issue>,
    snapshot_on: NaiveDate,
}

/// One typed table.
///
/// Columns of the schema stand under their canonical names and in the types of their [`Kind`]. Beside them, only
/// where at least one cell needs it: `<event>_from` (Date: first day of an interval; null for a point) and
/// `<column>_state` (String: `unreadable`, for events also `undated`; null for a plain cell). Columns that the
/// schema does not know are text under their own names. `source_file`, `source_sheet` (String) and `source_row`
/// (UInt32) say where a row came from.
#[derive(Clone, Debug)]
pub struct Table {
    spec: &'static TableSpec,
    frame: DataFrame,
}

impl Table {
    /// The schema of the table.
    pub fn spec(&self) -> &'static TableSpec {
        self.spec
    }

    /// The rows.
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// Whether the ledger has the column: a column of the schema, or one of its own.
    pub fn has(&self, column: &str) -> bool {
        self.frame.schema().contains(column)
    }
}

impl Ledger {
    /// The table of a canonical name, if the ledger has it.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name).map(AsRef::as_ref)
    }

    /// The tables that the ledger has.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().map(AsRef::as_ref)
    }

    /// All that was found wrong or worth a note.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The day whose state the ledger records.
    pub fn snapshot_on(&self) -> NaiveDate {
        self.snapshot_on
    }
}

//! How a file was read: what it is, where the header stood, which column each header meant and in what unit, which
//! rows were set aside and which totals were checked. Told in full, so that a wrong reading can be seen.

use serde::Serialize;

use super::header::UnitFrom;
pub use super::rows::{SetAside, SetAsideKind};

/// How one sheet, or one frame, was read into one table.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// The file, as the caller named it; `None` for a frame.
    pub file: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What the file is by its content: xlsx, xls, csv, parquet, frame, …
    pub format: String,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The table of the ledger.
    pub table: String,
    /// Rows above the header.
    pub title_rows: Vec<u64>,
    /// The row that says 单位：万元.
    pub unit_row: Option<u64>,
    /// Rows of the header.
    pub header_rows: Vec<u64>,
    /// The first row below the header.
    pub first_data_row: Option<u64>,
    /// How many rows the table has.
    pub rows: usize,
    /// The columns that were recognised.
    pub columns: Vec<ReadColumn>,
    /// The columns that were not: their headers, and the names under which they are kept.
    pub other_columns: Vec<OtherColumn>,
    /// Rows that are not of the table.
    pub set_aside: Vec<SetAside>,
    /// Totals that were compared with the sum of their column.
    pub totals: Vec<CheckedTotal>,
    /// Whether the file could not tell which rows and columns are hidden, and which cells are merged.
    pub unseen_unknown: bool,
    /// Sheets of the same file that were not read.
    pub sheets_not_read: Vec<String>,
}

/// A column that was recognised.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ReadColumn {
    /// The canonical name.
    pub name: String,
    /// Its header as written.
    pub header: String,
    /// The unit of its bare numbers: yuan (or ㎡, or 1) per written 1.
    pub unit: Option<String>,
    /// Where that unit was read.
    pub unit_from: Option<UnitFrom>,
}

/// A column that the schema does not know.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OtherColumn {
    /// Its header as written.
    pub header: String,
    /// The name it is kept under.
    pub name: String,
}

/// A total that was compared with its rows.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CheckedTotal {
    /// The sheet's own row.
    pub row: u64,
    /// The column by its header.
    pub column: String,
    /// The total as written.
    pub written: String,
    /// The sum of the rows, in the column's written unit.
    pub sum: String,
    /// Whether they agree within the digits shown.
    pub agrees: bool,
    /// Whether it is the sum of the rows that are not hidden, and not of all.
    pub visible_only: bool,
}

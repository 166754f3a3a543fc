//! How a file was read: what it is, where the header stood, which column each header meant and in what unit, which
//! rows were set aside and which totals were checked. Told in full, so that a wrong reading can be seen.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::header::{HeaderText, UnitFrom};
pub use super::rows::{SetAside, SetAsideKind};
use super::schema::ColumnSpec;
use super::source::Document;

/// A file that a ledger was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceFile {
    /// As the caller named it.
    pub name: String,
    /// Where it was, in full; `None` for one that was in memory.
    #[serde(default, skip_serializing_if = "has_no_text")]
    pub path: Option<PathBuf>,
    /// How many bytes it had.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub fingerprint: String,
}

/// Paths that are no Unicode cannot be written down.
fn has_no_text(path: &Option<PathBuf>) -> bool {
    path.as_deref().and_then(Path::to_str).is_none()
}

impl SourceFile {
    pub(crate) fn of(name: &str, path: Option<PathBuf>, document: &Document) -> Self {
        Self { name: name.to_owned(), path, size: document.size, fingerprint: document.fingerprint.clone() }
    }
}

/// How one sheet, or one frame, was read into one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    /// Who said that it is this table: the headers, or the caller.
    pub table_from: TableFrom,
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
    /// Rows of the table that are hidden. They are read like all others.
    pub hidden_rows: Vec<u64>,
    /// Columns that are hidden, by their headers. They are read like all others.
    pub hidden_columns: Vec<String>,
}

/// How it is known which table a sheet or a frame is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TableFrom {
    /// By its headers.
    #[default]
    Headers,
    /// The caller named it.
    Caller,
}

/// How it is known what a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FoundBy {
    /// The caller said it.
    Caller,
    /// Its header is the canonical name.
    Canonical,
    /// Its header is the Chinese name of the schema.
    Name,
    /// Its header is another that means the same.
    Synonym,
}

impl FoundBy {
    /// What the header itself shows.
    pub(crate) fn header(header: &str, spec: &ColumnSpec) -> Self {
        // 实际/开工时间: the column's own header is the last one.
        let own = HeaderText::of(header.rsplit('/').next().unwrap_or(header));
        if own.is_called(&spec.name) {
            Self::Canonical
        } else if own.is_called(&spec.zh) {
            Self::Name
        } else {
            Self::Synonym
        }
    }
}

impl Reading {
    /// Tells which columns, and whether the table, the caller had named.
    pub(crate) fn tell_callers(&mut self, columns: &[(String, String)], table: bool) {
        if table || self.format == "frame" {
            self.table_from = TableFrom::Caller;
        }
        for column in &mut self.columns {
            let own = HeaderText::of(&column.header);
            let leaf = HeaderText::of(column.header.rsplit('/').next().unwrap_or_default());
            let named = |(header, name): &(String, String)| {
                *name == column.name && (own.is_called(header) || leaf.is_called(header))
            };
            if columns.iter().any(named) {
                column.found_by = FoundBy::Caller;
            }
        }
    }
}

/// A column that was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReadColumn {
    /// The canonical name.
    pub name: String,
    /// Its header as written.
    pub header: String,
    /// How it is known to be this column.
    pub found_by: FoundBy,
    /// The unit of its bare numbers: yuan (or ㎡, or 1) per written 1.
    pub unit: Option<String>,
    /// Where that unit was read.
    pub unit_from: Option<UnitFrom>,
}

/// A column that the schema does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OtherColumn {
    /// Its header as written.
    pub header: String,
    /// The name it is kept under.
    pub name: String,
}

/// A total that was compared with its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

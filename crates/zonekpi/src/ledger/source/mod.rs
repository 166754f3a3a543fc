//! Files as grids of raw cells: what a file is by its content, its sheets, their cells with the sheet's own row
//! numbers, and the ranges that are merged. Nothing here knows headers or kinds.

mod compound;
mod frame;
mod kind;
mod text;
mod unseen;
mod workbook;

use std::collections::HashSet;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use polars::prelude::DataFrame;

use self::kind::Kind;
use super::cell::RawColumn;
use super::kept;
use super::progress::Rows;
use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::fingerprint::fingerprint;
use crate::message::{ErrorCode, Message, Phrase};

/// A range of merged cells, in rows and columns of its grid; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    pub first_row: usize,
    pub last_row: usize,
    pub first_column: usize,
    pub last_column: usize,
}

/// The cells of a sheet. Row `i` of the grid is row `first_row + i` of the sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub columns: Vec<RawColumn>,
    pub rows: usize,
    /// The sheet's number of the first row: 1, unless rows above were left out.
    pub first_row: u64,
    pub merges: Vec<Merge>,
    /// Rows and columns that are hidden; they are read like all others.
    pub hidden_rows: HashSet<usize>,
    pub hidden_columns: HashSet<usize>,
    /// The file could not tell which rows and columns are hidden, and which cells are merged.
    pub unseen_unknown: bool,
    /// In a text file: from which row on records have how many cells.
    pub record_lengths: Vec<(usize, usize)>,
}

impl Grid {
    /// How many cells the record of a row has, in a text file.
    pub(crate) fn record_length(&self, row: usize) -> Option<usize> {
        let after = self.record_lengths.partition_point(|(from, _)| *from <= row);
        self.record_lengths.get(after.checked_sub(1)?).map(|(_, length)| *length)
    }
}

/// A sheet of a file. A text file has one, without a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub name: Option<String>,
    pub hidden: bool,
    pub grid: Grid,
}

/// A file, as far as it is known without looking for headers.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// What the file is: xlsx, xls, csv, …
    pub format: &'static str,
    /// The encoding of a text file.
    pub encoding: Option<&'static str>,
    pub sheets: Vec<Sheet>,
    /// Serial days count from 1904.
    pub epoch_1904: bool,
    /// All cells are text, numbers too.
    pub texts_may_be_numbers: bool,
    /// A file of typed columns (Parquet, Arrow).
    pub frame: Option<DataFrame>,
    /// Bytes of the file.
    pub size: u64,
    pub fingerprint: String,
}

/// Cells that a grid may span at most, and all grids of a file together: more is a stray cell far away, not a ledger.
const MOST_CELLS: usize = 400_000_000;

/// Columns that a sheet may have at most: as many as spreadsheets have.
const MOST_COLUMNS: usize = 16_384;

/// Bytes of a file that are read at most.
const MOST_BYTES: u64 = 8 << 30;

/// The error of a folder in the place of a file; a ledger that was saved has a way of its own.
pub(crate) fn is_folder(path: &Path) -> Error {
    let code = if kept::is_one(path) { ErrorCode::FolderIsSaved } else { ErrorCode::FileIsFolder };
    Error::new(ErrorKind::Input, code.message())
}

/// Reads a file.
pub(crate) fn read_file(path: &Path, progress: &Rows<'_>) -> Result<Document> {
    let place = Place { file: Some(path.display().to_string()), ..Place::default() };
    let refused = |error: std::io::Error| {
        let message = ErrorCode::FileUnreadable.message().with("detail", &error);
        Error::new(ErrorKind::Io, message).caused_by(error)
    };
    let read = || {
        let length = match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(is_folder(path));
            }
            // A device or a pipe may never end.
            Ok(metadata) if !metadata.is_file() => {
                return Err(Error::new(ErrorKind::Input, ErrorCode::FileIsDevice.message()));
            }
            Ok(metadata) if metadata.len() > MOST_BYTES => {
                return Err(Error::new(ErrorKind::Input, ErrorCode::FileTooLarge.message()));
            }
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(not_found(path)),
            Err(error) => return Err(refused(error)),
        };
        let head = start(path).map_err(refused)?;
        if let Kind::Text = kind::of(&head)
            && let Some(document) = text::read_long(path, length, &head, progress)?
        {
            return Ok(document);
        }
        read_bytes(&std::fs::read(path).map_err(refused)?, progress)
    };
    read().map_err(|error: Error| error.at(place))
}

/// The first bytes of a file, by which it is told what it is.
fn start(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(text::HEAD);
    std::fs::File::open(path)?.take(text::HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn not_found(path: &Path) -> Error {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    let wanted = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Error::new(ErrorKind::NotFound, ErrorCode::FileNotFound.message())
        .suggest(nearest(&wanted, names.iter().map(String::as_str)))
}

/// Reads the bytes of a file: what it is, is told by its content and never by its name.
pub(crate) fn read_bytes(bytes: &[u8], progress: &Rows<'_>) -> Result<Document> {
    let document = match kind::of(bytes) {
        Kind::Zip => workbook::read_zip(bytes, progress),
        Kind::Compound => workbook::read_xls(bytes),
        Kind::Parquet => frame::read_parquet(bytes),
        Kind::Arrow => frame::read_arrow(bytes),
        Kind::ArrowStream => frame::read_arrow_stream(bytes),
        Kind::Text => text::read(bytes, progress),
        Kind::NoLedger(message) => Err(Error::new(ErrorKind::Input, message)),
    }?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Ok(Document { size, fingerprint: fingerprint(bytes), ..document })
}

/// An error of a sheet that spans more than a ledger does.
fn too_large(rows: usize, columns: usize) -> Error {
    let message = ErrorCode::SheetTooLarge.message().with("rows", rows).with("columns", columns);
    Error::new(ErrorKind::Input, message)
}

/// An error of a workbook whose sheets together span more than can be held.
fn workbook_too_large(cells: usize) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::WorkbookTooLarge.message().with("cells", cells))
}

/// A file that is broken, and what about it.
fn damaged(detail: Message) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with_messages("detail", vec![detail]))
}

/// A file that is broken, in the words of the library that could not read it.
fn damaged_as(detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with("detail", detail))
}

/// A file may be damaged in ways that its reader does not foresee; a panic is then one more way to say so.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged(Phrase::DamageReader.message())))
}

//! Files as grids of raw cells: what a file is by its content, its sheets, their cells with the sheet's own row
//! numbers, and the ranges that are merged. Nothing here knows headers or kinds.

mod biff;
mod compound;
mod hidden;
mod text;
mod workbook;

use std::collections::HashSet;
use std::path::Path;

use polars::prelude::DataFrame;

use super::cell::RawColumn;
use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::message::ErrorCode;

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
}

/// Cells that a grid may span at most: more is a stray cell far away, not a ledger.
pub(super) const MOST_CELLS: usize = 400_000_000;

/// Reads a file.
pub(crate) fn read_file(path: &Path) -> Result<Document> {
    let place = Place { file: Some(path.display().to_string()), ..Place::default() };
    let refused = |error: std::io::Error| {
        let message = ErrorCode::FileUnreadable.message().with("detail", &error);
        Error::new(ErrorKind::Io, message).caused_by(error)
    };
    let bytes = match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Err(Error::new(ErrorKind::Input, ErrorCode::FileIsFolder.message())),
        Ok(_) => std::fs::read(path).map_err(refused),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(not_found(path)),
        Err(error) => Err(refused(error)),
    };
    bytes.and_then(|bytes| read_bytes(&bytes)).map_err(|error| error.at(place))
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
pub(crate) fn read_bytes(bytes: &[u8]) -> Result<Document> {
    let input = |message| Err(Error::new(ErrorKind::Input, message));
    let other = |what| input(ErrorCode::FileIsOther.message().with("what", what));
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return input(ErrorCode::FileEmpty.message());
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return workbook::read_zip(bytes);
    }
    if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return workbook::read_xls(bytes);
    }
    if start.starts_with(b"PAR1") {
        return typed(bytes, "parquet");
    }
    if start.starts_with(b"ARROW1") {
        return typed(bytes, "arrow");
    }
    for (magic, what) in [
        (b"%PDF".as_slice(), "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"Rar!", "RAR"),
        (b"7z\xBC\xAF", "7z"),
        (b"\x1F\x8B", "gzip"),
        (b"{\\rtf", "RTF"),
        (b"SQLite format 3", "SQLite"),
    ] {
        if start.starts_with(magic) {
            return other(what);
        }
    }
    let head = text::head(start);
    if head.starts_with("<?xml") && !head.contains("<html") && !head.contains("<table") {
        return input(ErrorCode::FileIsXml.message());
    }
    if head.starts_with('<')
        && ["<html", "<!doctype", "<table", "<meta", "<head", "<body", "<style", "<div", "<?xml"]
            .iter()
            .any(|tag| head.contains(tag))
    {
        return input(ErrorCode::FileIsHtml.message());
    }
    text::read(bytes)
}

fn typed(bytes: &[u8], format: &'static str) -> Result<Document> {
    use polars::prelude::{IpcReader, ParquetReader, SerReader};
    let bytes = std::io::Cursor::new(bytes.to_vec());
    let frame = match format {
        "parquet" => ParquetReader::new(bytes).finish(),
        _ => IpcReader::new(bytes).finish(),
    };
    let frame = frame.map_err(|error| {
        Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with("detail", &error)).caused_by(error)
    })?;
    Ok(Document { format, frame: Some(frame), ..Document::default() })
}

//! Workbooks: xlsx, xlsb, ods and xls, by way of calamine. Number formats, merged ranges, uncached formulas and error
//! cells are kept, because they say what a cell means.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use chrono::NaiveDate;

use super::compound::Compound;
use super::{Document, Grid, Merge, Sheet, biff, hidden};
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::cell::{Cell, ColumnBuilder, Shown};
use crate::ledger::parse::date::days;
use crate::message::ErrorCode;

type Bytes<'a> = Cursor<&'a [u8]>;

fn damaged(detail: impl std::fmt::Debug) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with("detail", format!("{detail:?}")))
}

/// A workbook may be damaged in ways that its reader does not foresee; a panic is then one more way to say so.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged("the reader stopped")))
}

/// A workbook in a zip archive: what it is, is told by the names inside.
pub(super) fn read_zip(bytes: &[u8]) -> Result<Document> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    if holds(b"xl/workbook.bin") {
        return guarded(|| read_xlsb(bytes));
    }
    if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
        return guarded(|| read_ods(bytes));
    }
    if holds(b"xl/workbook.xml") || holds(b"xl/worksheets") {
        return guarded(|| read_xlsx(bytes));
    }
    for (name, what) in [(b"word/".as_slice(), "Word"), (b"ppt/", "PowerPoint"), (b"META-INF/", "OpenDocument")] {
        if holds(name) {
            return Err(Error::new(ErrorKind::Input, ErrorCode::FileIsOther.message().with("what", what)));
        }
    }
    guarded(|| read_xlsx(bytes))
}

/// An .xls, or an encrypted workbook in the same sort of container.
pub(super) fn read_xls(bytes: &[u8]) -> Result<Document> {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|w| w == encrypted) {
        return Err(Error::new(ErrorKind::Input, ErrorCode::FilePassword.message()));
    }
    // calamine follows chains of sectors that run in a circle until there is no memory left.
    let Some(container) = Compound::open(bytes) else { return Err(damaged("the container of the sheets is broken")) };
    let stream = ["Workbook", "Book"].iter().find_map(|name| container.stream(name));
    let Some(stream) = stream else { return Err(damaged("there is no stream of sheets")) };
    if biff::claims_too_much(&stream) {
        return Err(damaged("cells beyond the last column or row of a sheet"));
    }
    guarded(|| {
        let mut workbook: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::XlsError::Password => Error::new(ErrorKind::Input, ErrorCode::FilePassword.message()),
            error => damaged(error),
        })?;
        let epoch_1904 = workbook.has_1904_epoch();
        let mut sheets = Vec::new();
        for (name, hidden) in names(&workbook) {
            let merges = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
            let range = workbook.worksheet_range(&name).map_err(damaged)?;
            sheets.push(Sheet { grid: grid_of_range(&range, &merges)?, name: Some(name), hidden });
        }
        Ok(Document { format: "xls", sheets, epoch_1904, ..Document::default() })
    })
}

fn read_xlsb(bytes: &[u8]) -> Result<Document> {
    let mut workbook: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let epoch_1904 = workbook.has_1904_epoch();
    let mut sheets = Vec::new();
    for (name, hidden) in names(&workbook) {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        sheets.push(Sheet { grid: grid_of_range(&range, &[])?, name: Some(name), hidden });
    }
    Ok(Document { format: "xlsb", sheets, epoch_1904, ..Document::default() })
}

fn read_ods(bytes: &[u8]) -> Result<Document> {
    let mut workbook: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for (name, hidden) in names(&workbook) {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        sheets.push(Sheet { grid: grid_of_range(&range, &[])?, name: Some(name), hidden });
    }
    Ok(Document { format: "ods", sheets, ..Document::default() })
}

fn read_xlsx(bytes: &[u8]) -> Result<Document> {
    let mut workbook: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => Error::new(ErrorKind::Input, ErrorCode::FilePassword.message()),
        error => damaged(error),
    })?;
    let epoch_1904 = workbook.has_1904_epoch();
    let mut unseen = hidden::of_xlsx(bytes);
    let mut sheets = Vec::new();
    for (name, hidden) in names(&workbook) {
        let merges = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut cells = Cells::default();
        let mut empty = HashSet::new();
        {
            let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
            let shown: Vec<Shown> = reader
                .styles()
                .iter()
                .map(|s| s.number_format.as_ref().map_or(Shown::Plain, |n| shown_as(&n.format_code)))
                .collect();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
                let (row, column) = cell.get_position();
                match cell_of_ref(cell.get_value(), shown.get(style).copied().unwrap_or_default()) {
                    Cell::Blank => {
                        empty.insert((row, column));
                    }
                    value => cells.put(row, column, value)?,
                }
            }
        }
        if !empty.is_empty() {
            let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
            while let Some(formula) = reader.next_formula().map_err(damaged)? {
                let (row, column) = formula.get_position();
                if empty.contains(&(row, column)) && !formula.get_value().is_empty() {
                    cells.put(row, column, Cell::Formula(formula.get_value().clone()))?;
                }
            }
        }
        let mut grid = cells.grid(&merges);
        let unseen = unseen.remove(&name).unwrap_or_default();
        (grid.hidden_rows, grid.hidden_columns) = (unseen.rows, unseen.columns);
        sheets.push(Sheet { grid, name: Some(name), hidden });
    }
    Ok(Document { format: "xlsx", sheets, epoch_1904, ..Document::default() })
}

fn names<'a, R: Reader<Bytes<'a>>>(workbook: &R) -> Vec<(String, bool)> {
    workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

/// The columns of a sheet while its cells come in.
#[derive(Default)]
struct Cells {
    columns: BTreeMap<u32, ColumnBuilder>,
    rows: usize,
    written: usize,
}

/// Cells that a few written ones may span: hundreds of columns with one cell far down are a small file, and would take
/// as much memory as a large ledger.
const MOST_SPARSE: usize = 64_000_000;

impl Cells {
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<()> {
        let row = row as usize;
        self.rows = self.rows.max(row + 1);
        let builder = self.columns.entry(column).or_insert_with(ColumnBuilder::new);
        if builder.len() == row {
            builder.push(cell);
        } else {
            builder.set(row, cell);
        }
        self.written += 1;
        let spanned = self.rows.saturating_mul(self.columns.len());
        if spanned > super::MOST_CELLS || (spanned > MOST_SPARSE && self.written < spanned / 100) {
            let message =
                ErrorCode::SheetTooLarge.message().with("rows", self.rows).with("columns", self.columns.len());
            return Err(Error::new(ErrorKind::Input, message));
        }
        Ok(())
    }

    /// All columns from the sheet's first one, so that a column's place is its letter. Columns without a cell hold
    /// nothing: a stray cell in the last column would else make 16,383 of them as long as the sheet.
    fn grid(mut self, merges: &[Dimensions]) -> Grid {
        let width = self.columns.keys().next_back().map_or(0, |last| last + 1);
        let columns = (0..width)
            .map(|at| match self.columns.remove(&at) {
                Some(column) => column.finish(self.rows),
                None => ColumnBuilder::new().finish(0),
            })
            .collect();
        let merges = merges
            .iter()
            .map(|m| Merge {
                first_row: m.start.0 as usize,
                last_row: (m.end.0 as usize).min(self.rows.saturating_sub(1)),
                first_column: m.start.1 as usize,
                last_column: (m.end.1 as usize).min((width as usize).saturating_sub(1)),
            })
            .filter(|m| m.first_row < self.rows && m.first_column < width as usize)
            .collect();
        Grid { columns, rows: self.rows, first_row: 1, merges, ..Grid::default() }
    }
}

fn grid_of_range(range: &calamine::Range<Data>, merges: &[Dimensions]) -> Result<Grid> {
    let mut cells = Cells::default();
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        match cell_of(value) {
            Cell::Blank => {}
            cell => cells.put(row, column, cell)?,
        }
    }
    Ok(cells.grid(merges))
}

fn cell_of_ref(value: &DataRef<'_>, shown: Shown) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64, shown),
        DataRef::Float(number) => Cell::Number(*number, shown),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(time) => date_cell(time),
        DataRef::DateTimeIso(text) => iso_cell(text),
        DataRef::DurationIso(text) => Cell::Time(text.clone()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::Empty => Cell::Blank,
    }
}

fn cell_of(value: &Data) -> Cell {
    match value {
        Data::Int(number) => Cell::Number(*number as f64, Shown::Plain),
        Data::Float(number) => Cell::Number(*number, Shown::Plain),
        Data::String(text) => text_cell(text),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(time) => date_cell(time),
        Data::DateTimeIso(text) => iso_cell(text),
        Data::DurationIso(text) => Cell::Time(text.clone()),
        Data::Error(error) => Cell::Error(error.to_string()),
        Data::Empty => Cell::Blank,
    }
}

fn text_cell(text: &str) -> Cell {
    // A saved empty text (`=""`) is not blank to the file, but it is to the reader.
    Cell::Text(text.to_owned())
}

fn date_cell(time: &ExcelDateTime) -> Cell {
    let value = time.as_f64();
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    if time.is_duration() || value < 1.0 {
        return Cell::Time(format!("{hour:02}:{minute:02}"));
    }
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .map_or(Cell::Number(value, Shown::Plain), |date| Cell::Date(days(date)))
}

fn iso_cell(text: &str) -> Cell {
    let date = text.get(..10).and_then(|date| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok());
    date.map_or_else(|| Cell::Text(text.to_owned()), |date| Cell::Date(days(date)))
}

/// What a number format adds to the number: a percent sign, or leading zeros.
fn shown_as(format: &str) -> Shown {
    let mut quoted = false;
    let percent = format.chars().any(|c| {
        quoted ^= c == '"';
        c == '%' && !quoted
    });
    if percent {
        Shown::Percent
    } else if format.len() > 1 && format.bytes().all(|b| b == b'0') {
        Shown::Zeros(u8::try_from(format.len()).unwrap_or(u8::MAX))
    } else {
        Shown::Plain
    }
}

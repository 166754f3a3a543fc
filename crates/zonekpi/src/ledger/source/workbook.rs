//! Workbooks: xlsx, xlsb, ods and xls, by way of calamine. Number formats, merged ranges, uncached formulas and error
//! cells are kept, because they say what a cell means; what calamine does not tell of them is in `unseen`.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};
use std::sync::mpsc::sync_channel;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use chrono::{Datelike, NaiveDate};

use super::compound::Compound;
use super::unseen::{Biff, Unseen, UnseenOf};
use super::{Document, Grid, Sheet, damaged, damaged_as, guarded, too_large, unseen, workbook_too_large};
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::cell::{Cell, ColumnBuilder, Shown};
use crate::ledger::parse::date::{days, month_end};
use crate::ledger::progress::Rows;
use crate::message::{ErrorCode, Phrase};

type Bytes<'a> = Cursor<&'a [u8]>;

fn broken(error: impl std::fmt::Display) -> Error {
    damaged_as(error)
}

fn password() -> Error {
    Error::new(ErrorKind::Input, ErrorCode::FilePassword.message())
}

fn is_other(what: &str) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::FileIsOther.message().with("what", what))
}

/// A workbook in a zip archive: what it is, is told by the names inside.
pub(super) fn read_zip(bytes: &[u8], progress: &Rows<'_>) -> Result<Document> {
    // An archive ends with the place of its directory; without it the rest of the file is missing.
    let tail = bytes.get(bytes.len().saturating_sub(70_000)..).unwrap_or(bytes);
    if !tail.windows(4).any(|w| w == b"PK\x05\x06") {
        return Err(damaged(Phrase::DamageCutOff.message()));
    }
    let mut archive = guarded(|| zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/")).collect();
    let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let starts = |start: &str| names.iter().any(|n| n.starts_with(start));
    let mut text = |name: &str| {
        let mut text = String::new();
        let part = archive.by_name(name).ok()?;
        part.take(1 << 20).read_to_string(&mut text).ok()?;
        Some(text)
    };
    if has("xl/workbook.bin") {
        unseen::check_sizes(bytes)?;
        return guarded(|| read_xlsb(bytes, progress));
    }
    if has("mimetype")
        && let Some(kind) = text("mimetype")
    {
        if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            unseen::check_sizes(bytes)?;
            return guarded(|| read_ods(bytes));
        }
        for (word, what) in [
            ("opendocument.text", "OpenDocument Text"),
            ("opendocument.presentation", "OpenDocument Presentation"),
            ("epub", "EPUB"),
            ("opendocument", "OpenDocument"),
        ] {
            if kind.contains(word) {
                return Err(is_other(what));
            }
        }
    }
    let types = text("[Content_Types].xml").unwrap_or_default();
    if has("xl/workbook.xml") || starts("xl/worksheets/") || types.contains("spreadsheetml") {
        return guarded(|| read_xlsx(bytes, progress));
    }
    for (start, what) in [
        ("word/", "Word"),
        ("ppt/", "PowerPoint"),
        ("visio/", "Visio"),
        ("Index/Document.iwa", "Apple Numbers"),
        ("Index/", "Apple iWork"),
        ("AndroidManifest.xml", "APK"),
        ("META-INF/MANIFEST.MF", "JAR"),
    ] {
        if starts(start) {
            return Err(is_other(what));
        }
    }
    // What an office document would have is not there: a plain archive, with files in it.
    let message = ErrorCode::FileIsArchive.message().with("what", "ZIP");
    Err(Error::new(ErrorKind::Input, message))
}

/// An .xls, or an encrypted workbook in the same sort of container.
pub(super) fn read_xls(bytes: &[u8]) -> Result<Document> {
    let Some(container) = Compound::open(bytes) else {
        return Err(damaged(Phrase::DamageContainer.message()));
    };
    if container.holds("EncryptedPackage") {
        return Err(password());
    }
    let Some(stream) = container.stream("Workbook").or_else(|| container.stream("Book")) else {
        for (name, what) in [
            ("WordDocument", "Word"),
            ("PowerPoint Document", "PowerPoint"),
            ("VisioDocument", "Visio"),
            ("__properties_version1.0", "Outlook"),
        ] {
            if container.holds(name) {
                return Err(is_other(what));
            }
        }
        let whole = !container.holds("Workbook") && !container.holds("Book");
        return Err(if whole { is_other("OLE2") } else { damaged(Phrase::DamageContainer.message()) });
    };
    let biff = Biff::of(&stream);
    if biff.password {
        return Err(password());
    }
    if biff.too_large {
        return Err(damaged(Phrase::DamageDeclares.message().with("part", "Workbook").with("count", "DIMENSIONS")));
    }
    drop(stream);
    // Excel saves the empty text too; where no formula has another result, none was ever computed. Some programs tell it
    // of each formula.
    let uncached = biff.formulas > 0 && biff.formulas == biff.empty_results;
    guarded(|| {
        let mut workbook: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::XlsError::Password => password(),
            error => broken(error),
        })?;
        let epoch_1904 = workbook.has_1904_epoch();
        let all: Vec<(String, SheetType, bool)> = workbook
            .sheets_metadata()
            .iter()
            .map(|sheet| (sheet.name.clone(), sheet.typ, sheet.visible != SheetVisible::Visible))
            .collect();
        let mut unseen = biff.sheets.into_iter();
        let mut held = 0;
        let mut sheets = Vec::new();
        for (name, kind, hidden) in all {
            let mut unseen = unseen.next();
            if kind != SheetType::WorkSheet {
                continue;
            }
            if let Some(unseen) = &mut unseen {
                let merges = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
                unseen.merges = merges.iter().map(merge).collect();
            }
            let range = workbook.worksheet_range(&name).map_err(broken)?;
            let any = uncached || unseen.as_ref().is_some_and(|own| !own.unsaved.is_empty());
            let formulas = if any { workbook.worksheet_formula(&name).map_err(broken)? } else { Range::empty() };
            let grid = grid_of_range(&range, &formulas, uncached, unseen, &mut held)?;
            sheets.push(Sheet { grid, name: Some(name), hidden });
        }
        Ok(Document { format: "xls", sheets, epoch_1904, ..Document::default() })
    })
}

fn merge(range: &calamine::Dimensions) -> super::Merge {
    super::Merge {
        first_row: range.start.0 as usize,
        last_row: range.end.0 as usize,
        first_column: range.start.1 as usize,
        last_column: range.end.1 as usize,
    }
}

fn read_xlsb(bytes: &[u8], progress: &Rows<'_>) -> Result<Document> {
    let mut workbook: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(broken)?;
    let epoch_1904 = workbook.has_1904_epoch();
    let mut unseen = unseen::of_xlsb(bytes);
    let mut held = 0;
    let mut sheets = Vec::new();
    for (name, hidden) in names(&workbook) {
        let own = unseen.remove(&name);
        let mut cells = Cells::after(held);
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(broken)?;
        let mut last = 0;
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            if row != last {
                last = row;
                progress.at(row as usize)?;
            }
            let shown = own.as_ref().and_then(|own| own.shown.get(&(row, column))).copied().unwrap_or_default();
            cells.put_ref(row, column, cell.get_value(), shown)?;
        }
        // The error that a formula gives is passed over by calamine.
        for ((row, column), error) in own.iter().flat_map(|own| &own.errors) {
            cells.put(*row, *column, &Cell::Error((*error).into()))?;
        }
        held = cells.held();
        sheets.push(Sheet { grid: cells.grid(own), name: Some(name), hidden });
    }
    Ok(Document { format: "xlsb", sheets, epoch_1904, ..Document::default() })
}

fn read_ods(bytes: &[u8]) -> Result<Document> {
    let mut unseen = unseen::of_ods(bytes)?.unwrap_or_default();
    let mut workbook: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => password(),
        error => broken(error),
    })?;
    let mut held = 0;
    let mut sheets = Vec::new();
    for (name, hidden) in names(&workbook) {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        let formulas = workbook.worksheet_formula(&name).map_err(broken)?;
        let unseen = unseen.remove(&name);
        let grid = grid_of_range(&range, &formulas, true, unseen, &mut held)?;
        sheets.push(Sheet { grid, name: Some(name), hidden });
    }
    Ok(Document { format: "ods", sheets, ..Document::default() })
}

fn read_xlsx(bytes: &[u8], progress: &Rows<'_>) -> Result<Document> {
    unseen::check_sizes_of(bytes, false)?;
    unseen::check_declared(bytes)?;
    // What calamine does not tell is read beside it, and the sizes of sheets are looked at before it opens one.
    std::thread::scope(|scope| {
        let (sizes, checked) = sync_channel(1);
        let unseen = scope.spawn(move || {
            let checked = unseen::check_sizes_of(bytes, true);
            let fits = checked.is_ok();
            // Nobody waits where calamine has found the workbook broken.
            let _ = sizes.send(checked);
            if fits { unseen::of_xlsx(bytes) } else { UnseenOf::new() }
        });
        let mut workbook: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::XlsxError::Password => password(),
            error => broken(error),
        })?;
        checked.recv().map_err(broken)??;
        let epoch_1904 = workbook.has_1904_epoch();
        let mut held = 0;
        let mut read = Vec::new();
        for (name, hidden) in names(&workbook) {
            let (cells, empty) = xlsx_cells(&mut workbook, &name, held, progress)?;
            held = cells.held();
            read.push((name, hidden, cells, empty));
        }
        let mut unseen: UnseenOf = unseen.join().unwrap_or_default();
        let mut sheets = Vec::new();
        for (name, hidden, mut cells, empty) in read {
            let own = unseen.remove(&name);
            // Where the part could not be read, any blank cell may hold a formula.
            if !empty.is_empty() && own.as_ref().is_none_or(|own| own.uncached) {
                uncached_formulas(&mut workbook, &name, &empty, &mut cells)?;
            }
            sheets.push(Sheet { grid: cells.grid(own), name: Some(name), hidden });
        }
        Ok(Document { format: "xlsx", sheets, epoch_1904, ..Document::default() })
    })
}

/// The cells of a sheet, and which of them are there without a value.
fn xlsx_cells(
    workbook: &mut Xlsx<Bytes<'_>>,
    name: &str,
    held: usize,
    progress: &Rows<'_>,
) -> Result<(Cells, HashSet<(u32, u32)>)> {
    let mut empty = HashSet::new();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let shown: Vec<Shown> = reader
        .styles()
        .iter()
        .map(|s| s.number_format.as_ref().map_or(Shown::Plain, |n| unseen::shown_of(&n.format_code, n.format_id)))
        .collect();
    // Calamine takes the time of one thread; what comes out is put into columns by another.
    let cells = std::thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<(u32, u32, DataRef<'_>, Shown)>>(4);
        let building = scope.spawn(move || {
            let mut cells = Cells::after(held);
            for (row, column, value, shown) in batches.into_iter().flatten() {
                cells.put_ref(row, column, &value, shown)?;
            }
            Ok(cells)
        });
        let mut batch = Vec::with_capacity(BATCH);
        let mut last = 0;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let (row, column) = cell.get_position();
            if row != last {
                last = row;
                progress.at(row as usize)?;
            }
            if matches!(cell.get_value(), DataRef::Empty) {
                empty.insert((row, column));
                continue;
            }
            batch.push((row, column, cell.get_value().clone(), shown.get(style).copied().unwrap_or_default()));
            // Why nobody takes any more is told below.
            if batch.len() == BATCH && sender.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                break;
            }
        }
        let _ = sender.send(batch);
        drop(sender);
        building.join().unwrap_or_else(|_| Err(damaged(Phrase::DamageReader.message())))
    })?;
    Ok((cells, empty))
}

/// Cells that are handed over together.
const BATCH: usize = 4096;

fn uncached_formulas(
    workbook: &mut Xlsx<Bytes<'_>>,
    name: &str,
    empty: &HashSet<(u32, u32)>,
    cells: &mut Cells,
) -> Result<()> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(formula) = reader.next_formula().map_err(broken)? {
        let (row, column) = formula.get_position();
        if empty.contains(&(row, column)) && !formula.get_value().is_empty() {
            cells.put(row, column, &Cell::Formula(formula.get_value().into()))?;
        }
    }
    Ok(())
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
    width: usize,
    /// Cells that are held for the sheets before.
    before: usize,
}

impl Cells {
    /// The cells of a sheet that comes after others, which hold so many.
    fn after(held: usize) -> Self {
        Self { before: held, ..Self::default() }
    }

    /// Cells to be held for this sheet and those before it: a column without a cell takes no room.
    fn held(&self) -> usize {
        self.before.saturating_add(self.rows.saturating_mul(self.columns.len()))
    }

    fn column(&mut self, row: u32, column: u32) -> Result<&mut ColumnBuilder> {
        let (rows, width) = (self.rows.max(row as usize + 1), self.width.max(column as usize + 1));
        if width > super::MOST_COLUMNS || rows.saturating_mul(width) > super::MOST_CELLS {
            return Err(too_large(rows, width));
        }
        (self.rows, self.width) = (rows, width);
        // The cell may be the first of its column.
        let held = self.held().saturating_add(rows);
        if held > super::MOST_CELLS {
            return Err(workbook_too_large(held));
        }
        Ok(self.columns.entry(column).or_insert_with(ColumnBuilder::new))
    }

    fn put(&mut self, row: u32, column: u32, cell: &Cell<'_>) -> Result<()> {
        let builder = self.column(row, column)?;
        let row = row as usize;
        if builder.len() <= row {
            builder.pad(row);
            builder.push(cell);
        } else {
            builder.set(row, cell);
        }
        Ok(())
    }

    /// A text that was seen before is not copied.
    fn put_ref(&mut self, row: u32, column: u32, value: &DataRef<'_>, shown: Shown) -> Result<()> {
        let text = match value {
            DataRef::SharedString(text) => *text,
            DataRef::String(text) => text.as_str(),
            other => return self.put(row, column, &cell_of_ref(other, shown)),
        };
        let builder = self.column(row, column)?;
        let row = row as usize;
        if builder.len() <= row {
            builder.pad(row);
            builder.push_text(text);
        } else {
            builder.set(row, &Cell::Text(text));
        }
        Ok(())
    }

    /// All columns from the sheet's first one, so that a column's place is its letter.
    fn grid(mut self, unseen: Option<Unseen>) -> Grid {
        let width = u32::try_from(self.width).unwrap_or(u32::MAX);
        let columns = (0..width)
            .map(|at| match self.columns.remove(&at) {
                Some(column) => column.finish(self.rows),
                // A column without a cell takes no room.
                None => ColumnBuilder::new().finish(0),
            })
            .collect();
        let mut grid = Grid { columns, rows: self.rows, first_row: 1, ..Grid::default() };
        Unseen::tell(unseen, &mut grid);
        grid
    }
}

/// The cells of a range. A formula has no saved result where the file says so, and with `uncached` where the range has
/// nothing either. `held` counts the cells of all sheets.
fn grid_of_range(
    range: &Range<Data>,
    formulas: &Range<String>,
    uncached: bool,
    unseen: Option<Unseen>,
    held: &mut usize,
) -> Result<Grid> {
    let mut cells = Cells::after(*held);
    let place = |start: Option<(u32, u32)>, row: usize, column: usize| {
        let (first_row, first_column) = start.unwrap_or((0, 0));
        (
            first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)),
            first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX)),
        )
    };
    for (row, column, value) in range.used_cells() {
        let (row, column) = place(range.start(), row, column);
        let shown = unseen.as_ref().and_then(|own| own.shown.get(&(row, column))).copied().unwrap_or_default();
        match cell_of(value, shown) {
            Cell::Blank => {}
            cell => cells.put(row, column, &cell)?,
        }
    }
    for (row, column, formula) in formulas.used_cells() {
        let (row, column) = place(formulas.start(), row, column);
        let saved = range.get_value((row, column));
        let nothing = saved.is_none_or(|saved| matches!(saved, Data::Empty) || is_empty_text(saved));
        let unsaved = unseen.as_ref().is_some_and(|own| own.unsaved.contains(&(row, column)));
        if !formula.is_empty() && (unsaved || (uncached && nothing)) {
            cells.put(row, column, &Cell::Formula(formula.trim_start_matches("of:").trim_start_matches('=').into()))?;
        }
    }
    *held = cells.held();
    Ok(cells.grid(unseen))
}

fn is_empty_text(value: &Data) -> bool {
    matches!(value, Data::String(text) if text.is_empty())
}

fn cell_of_ref<'a>(value: &'a DataRef<'_>, shown: Shown) -> Cell<'a> {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64, shown),
        DataRef::Float(number) => Cell::Number(*number, shown),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(time) => date_cell(time, shown),
        DataRef::DateTimeIso(text) => iso_cell(text, shown),
        DataRef::DurationIso(text) => Cell::Time(text.into()),
        DataRef::Error(error) => Cell::Error(error.to_string().into()),
        DataRef::Empty => Cell::Blank,
    }
}

fn cell_of(value: &Data, shown: Shown) -> Cell<'_> {
    match value {
        Data::Int(number) => Cell::Number(*number as f64, shown),
        Data::Float(number) => Cell::Number(*number, shown),
        Data::String(text) => text_cell(text),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(time) => date_cell(time, shown),
        Data::DateTimeIso(text) => iso_cell(text, shown),
        Data::DurationIso(text) => Cell::Time(text.into()),
        Data::Error(error) => Cell::Error(error.to_string().into()),
        Data::Empty => Cell::Blank,
    }
}

fn text_cell(text: &str) -> Cell<'_> {
    // A saved empty text (`=""`) is not blank to the file, but it is to the reader.
    Cell::Text(text)
}

fn date_cell(time: &ExcelDateTime, shown: Shown) -> Cell<'static> {
    let value = time.as_f64();
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    if time.is_duration() || value < 1.0 {
        return Cell::Time(format!("{hour:02}:{minute:02}").into());
    }
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map_or(
        Cell::Number(value, Shown::Plain),
        |date| {
            // A time of day is of one day, however little of it is shown.
            if value.fract() == 0.0 { dated(date, shown) } else { Cell::Date(days(date)) }
        },
    )
}

/// A day; or the month or year that a spreadsheet shows of its first day. Any other day was meant as one, however
/// little of it is shown.
fn dated(date: NaiveDate, shown: Shown) -> Cell<'static> {
    let last_month = match shown {
        Shown::Year if date.ordinal() == 1 => Some(12),
        Shown::Month | Shown::Year if date.day() == 1 => Some(date.month()),
        _ => None,
    };
    match last_month.and_then(|month| month_end(date.year(), month)) {
        Some(last) => Cell::Span { from: days(date), to: days(last) },
        None => Cell::Date(days(date)),
    }
}

fn iso_cell(text: &str, shown: Shown) -> Cell<'_> {
    // A time of another zone may lie on another day: such a text is read as texts are.
    let local = text.get(10..).is_some_and(|time| !time.contains(['Z', 'z', '+', '-']));
    let date = text.get(..10).filter(|_| local);
    let date = date.and_then(|date| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok());
    date.map_or_else(
        || Cell::Text(text),
        |date| if text.len() == 10 { dated(date, shown) } else { Cell::Date(days(date)) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_sheets_hold_together_is_bounded() {
        // After sheets that hold nearly all there may be, a sheet that reaches to its last row has room for two columns.
        let mut cells = Cells::after(super::super::MOST_CELLS - 2_500_000);
        cells.put(0, 0, &Cell::Bool(true)).expect("room for one column");
        cells.put(1_048_575, 0, &Cell::Bool(true)).expect("of a million rows");
        cells.put(0, 9, &Cell::Bool(true)).expect("room for another");
        let error = cells.put(0, 5, &Cell::Bool(true)).expect_err("and not for another");
        assert_eq!(error.code(), "workbook_too_large");
    }

    #[test]
    fn columns_without_a_cell_are_not_counted() {
        let mut cells = Cells::after(10);
        cells.put(99, 0, &Cell::Bool(true)).expect("a cell");
        cells.put(0, 50, &Cell::Bool(true)).expect("a cell");
        assert_eq!(cells.held(), 10 + 2 * 100);
    }
}

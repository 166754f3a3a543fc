//! The tables of a ledger in a workbook, each issue on its own cell.

use std::path::Path;

use polars::prelude::{DataFrame, InitHashMaps, PlHashMap, PlHashSet};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::cell::{self, Cells, Written};
use super::template::sized;
use super::{
    Look, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, header, listing, said, save, table_name, unwritable, width,
    worksheet, writable,
};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::beside::SOURCES;
use crate::ledger::header::HeaderText;
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::schema::{Kind, Schema, TableSpec};
use crate::ledger::{Ledger, Table, text};
use crate::message::{ErrorCode, Language, Phrase};

/// Notes of a workbook at most: each is a drawing, and a program that opens thousands of them is slow. The cells of
/// the rest are coloured, and all issues are in the list.
const MOST_NOTES: usize = 10_000;

/// Where an issue is in the workbook: sheet, row and column, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub sheet: String,
    pub row: u32,
    pub column: u16,
}

/// Writes the workbook of [`Ledger::write_excel`].
pub(crate) fn write_marked(ledger: &Ledger, path: &Path, language: Language) -> Result<()> {
    writable(path)?;
    if std::fs::canonicalize(path)
        .is_ok_and(|path| ledger.sources.iter().any(|source| source.path.as_ref() == Some(&path)))
    {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let other = path.with_file_name(format!("{stem}-{}.xlsx", said(Phrase::SheetIssues, language)));
        let place = Place { file: Some(path.display().to_string()), ..Place::default() };
        let error = Error::new(ErrorKind::Query, ErrorCode::PathWasRead.message()).at(place);
        return Err(error.suggest(Some(other.display().to_string())));
    }
    let tables: Vec<&Table> = Schema::builtin().tables().filter_map(|spec| ledger.table(&spec.name)).collect();
    for table in &tables {
        fits(table, language)?;
    }
    let mut workbook = Workbook::new();
    let look = Look::new();
    let mut spots: Vec<Option<Spot>> = vec![None; ledger.issues().len()];
    let mut notes_left = MOST_NOTES;
    for table in tables {
        let name = table_name(table.spec(), language);
        let page = Page::of(ledger, table, language)?;
        for (issue, row, column) in page.places.iter().filter_map(|(issue, place)| place.map(|(r, c)| (*issue, r, c))) {
            if let Some(slot) = spots.get_mut(issue) {
                *slot = Some(Spot { sheet: name.to_owned(), row, column });
            }
        }
        let mut sheet = worksheet(name)?;
        page.write(&mut sheet, ledger.issues(), language, &look, &mut notes_left).map_err(unwritable)?;
        workbook.push_worksheet(sheet);
    }
    let mut sheet = worksheet(&said(Phrase::SheetIssues, language))?;
    listing::issues(&mut sheet, ledger.issues(), &spots, language, &look).map_err(unwritable)?;
    workbook.push_worksheet(sheet);
    let mut sheet = worksheet(&said(Phrase::SheetReading, language))?;
    listing::readings(&mut sheet, ledger.reading(), language, &look).map_err(unwritable)?;
    workbook.push_worksheet(sheet);
    save(&mut workbook, path)
}

/// Excel's limits, told before anything is written.
fn fits(table: &Table, language: Language) -> Result<()> {
    let (rows, columns) = (table.height(), table.schema().len());
    let refuse = |code: ErrorCode, found: usize, most: usize| {
        let message = code.message().with("table", table_name(table.spec(), language));
        let place = Place { table: Some(table.spec().name.clone()), ..Place::default() };
        Err(Error::new(ErrorKind::Query, message.with("found", found).with("most", most)).at(place))
    };
    if rows >= MOST_ROWS {
        return refuse(ErrorCode::TooManyRows, rows, MOST_ROWS - 1);
    }
    // A column may need two beside it.
    if columns * 3 > MOST_COLUMNS {
        return refuse(ErrorCode::TooManyColumns, columns, MOST_COLUMNS / 3);
    }
    Ok(())
}

/// A column of a sheet.
struct PageColumn {
    /// The name in the table.
    name: String,
    title: String,
    kind: Kind,
    is_key: bool,
    cells: Vec<Written>,
}

/// A sheet before it is written: its columns, and where the issues of its table are.
struct Page {
    columns: Vec<PageColumn>,
    /// Issues by number, and the row and column of each.
    places: Vec<(usize, Option<(u32, u16)>)>,
    rows: usize,
}

impl Page {
    fn of(ledger: &Ledger, table: &Table, language: Language) -> Result<Self> {
        let (spec, frame) = (table.spec(), table.frame()?);
        let issues: Vec<(usize, &Issue)> =
            ledger.issues().iter().enumerate().filter(|(_, issue)| issue.table == spec.name).collect();
        let names = Names::of(ledger, spec);
        let rows = Rows::of(frame, &issues);
        let found: Vec<Found<'_>> = issues
            .iter()
            .map(|(number, issue)| Found { number: *number, issue, row: rows.row(issue), column: names.column(issue) })
            .collect();
        let columns = columns(table, &found, language)?;
        let at: PlHashMap<String, u16> = columns.iter().zip(0..).map(|(c, at)| (c.name.clone(), at)).collect();
        let places = found
            .iter()
            .map(|f| {
                let column = f.column.as_deref().and_then(|name| at.get(name)).copied();
                // The head of a table is row 0.
                let row = f.row.and_then(|row| u32::try_from(row + 1).ok());
                let place = match (row, column) {
                    (row, Some(column)) => Some((row.unwrap_or(0), column)),
                    (Some(row), None) => Some((row, 0)),
                    (None, None) => None,
                };
                (f.number, place)
            })
            .collect();
        Ok(Self { columns, places, rows: frame.height() })
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        issues: &[Issue],
        language: Language,
        look: &Look,
        notes_left: &mut usize,
    ) -> Result<(), XlsxError> {
        let mut marks: PlHashMap<(u32, u16), Vec<&Issue>> = PlHashMap::new();
        for (number, place) in &self.places {
            if let (Some(place), Some(issue)) = (place, issues.get(*number)) {
                marks.entry(*place).or_default().push(issue);
            }
        }
        let worst = |row, column| marks.get(&(row, column)).and_then(|own| own.iter().map(|i| i.severity).max());
        let formats = Formats::new();
        let mut cut: PlHashSet<(u32, u16)> = PlHashSet::new();
        for (at, column) in (0u16..).zip(&self.columns) {
            let head = match worst(0, at) {
                Some(severity) => look.head.clone().set_background_color(colour(severity)),
                None if column.is_key => look.key_head.clone(),
                None => look.head.clone(),
            };
            sheet.write_string_with_format(0, at, &column.title, &head)?;
            let mut widest = width(&column.title) + 3;
            for (row, cell) in (1u32..).zip(&column.cells) {
                if row < 500
                    && let Written::Text(text) = cell
                {
                    widest = widest.max(width(text) + 2);
                }
                let severity = worst(row, at);
                match cell {
                    Written::Blank => {
                        if severity.is_some() {
                            sheet.write_blank(row, at, formats.of(Shape::Text, severity))?;
                        }
                    }
                    Written::Text(text) => {
                        let whole = shortened(text, MOST_CHARACTERS);
                        if whole.len() < text.len() {
                            cut.insert((row, at));
                        }
                        sheet.write_string_with_format(row, at, whole, formats.of(Shape::Text, severity))?;
                    }
                    Written::Number(number) => {
                        let shape =
                            if matches!(column.kind, Kind::Money | Kind::Area) { Shape::Amount } else { Shape::Number };
                        sheet.write_number_with_format(row, at, *number, formats.of(shape, severity))?;
                    }
                    Written::Day(day) => {
                        sheet.write_datetime_with_format(row, at, day, formats.of(Shape::Day, severity))?;
                    }
                }
            }
            sheet.set_column_width(at, f64::from(u32::try_from(widest).unwrap_or(40).clamp(11, 40)))?;
        }
        let mut noted: Vec<((u32, u16), String)> = marks
            .iter()
            .map(|(place, own)| {
                let told: Vec<String> = own.iter().map(|issue| told(issue, language)).collect();
                (*place, told.join("\n"))
            })
            .collect();
        // The worst first, for there may be more than are written.
        noted.sort_by_key(|(place, _)| (std::cmp::Reverse(worst(place.0, place.1)), *place));
        noted.truncate(*notes_left);
        *notes_left -= noted.len();
        for ((row, column), mut text) in noted {
            if cut.remove(&(row, column)) {
                text = format!("{text}\n{}", said(Phrase::MarkedCut, language));
            }
            sheet.insert_note(row, column, &sized(shortened(&text, 4000)))?;
        }
        for (row, column) in cut {
            sheet.insert_note(row, column, &sized(said(Phrase::MarkedCut, language)))?;
        }
        sheet.set_row_height(0, 32)?;
        let keys = self.columns.iter().take_while(|c| c.is_key).count();
        sheet.set_freeze_panes(1, u16::try_from(keys.min(2)).unwrap_or(0))?;
        let last = (u32::try_from(self.rows).unwrap_or(0), u16::try_from(self.columns.len()).unwrap_or(1));
        sheet.autofilter(0, 0, last.0, last.1.saturating_sub(1))?;
        Ok(())
    }
}

/// An issue as the note of its cell says it.
fn told(issue: &Issue, language: Language) -> String {
    let phrase = if issue.value.is_some() { Phrase::MarkedNote } else { Phrase::MarkedNoteWithoutValue };
    let message = phrase.message().with("severity", listing::severity(issue.severity, language));
    let message = message.with("message", issue.message.text(language)).with("action", issue.action.text(language));
    message.with("value", issue.value.as_deref().unwrap_or_default()).text(language)
}

/// At most so many characters of a text, as UTF-16 counts them; what is left out is told by the caller.
pub(super) fn shortened(text: &str, most: usize) -> String {
    // No character has more units than bytes.
    if text.len() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(end, _)| text.get(..end).unwrap_or(text)).to_owned()
}

fn colour(severity: Severity) -> Color {
    Color::RGB(match severity {
        Severity::Error => 0x00FF_C7CE,
        Severity::Warning => 0x00FF_EB9C,
        Severity::Note => 0x00E2_EFDA,
    })
}

#[derive(Clone, Copy)]
enum Shape {
    Text,
    Number,
    Amount,
    Day,
}

/// The format of each shape of cell, plain and marked.
struct Formats([[Format; 4]; 4]);

impl Formats {
    fn new() -> Self {
        let shapes = [
            Format::new().set_num_format("@"),
            Format::new(),
            Format::new().set_num_format("#,##0.00####"),
            Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        ];
        Self(shapes.map(|shape| {
            let marked = |severity| shape.clone().set_background_color(colour(severity));
            [shape.clone(), marked(Severity::Note), marked(Severity::Warning), marked(Severity::Error)]
        }))
    }

    fn of(&self, shape: Shape, severity: Option<Severity>) -> &Format {
        let [text, number, amount, day] = &self.0;
        let [plain, note, warning, error] = match shape {
            Shape::Text => text,
            Shape::Number => number,
            Shape::Amount => amount,
            Shape::Day => day,
        };
        match severity {
            None => plain,
            Some(Severity::Note) => note,
            Some(Severity::Warning) => warning,
            Some(Severity::Error) => error,
        }
    }
}

/// An issue of a table, its row in the frame and the name of its column.
struct Found<'a> {
    number: usize,
    issue: &'a Issue,
    row: Option<usize>,
    column: Option<String>,
}

/// The columns of a table as they are written: those of the schema in its order, the others, and where rows came from.
fn columns(table: &Table, found: &[Found<'_>], language: Language) -> Result<Vec<PageColumn>> {
    let (spec, frame) = (table.spec(), table.frame()?);
    let mut written: PlHashMap<&str, PlHashMap<usize, Vec<&str>>> = PlHashMap::new();
    for Found { issue, row, column, .. } in found {
        if let (Some(row), Some(column), Some(value)) = (row, column, &issue.value) {
            written.entry(column).or_default().entry(*row).or_default().push(value);
        }
    }
    let nothing = PlHashMap::new();
    let key = crate::ledger::check::key_of(spec, frame).unwrap_or_default();
    let mut columns = Vec::new();
    let mut add = |name: &str, title: String, kind: Kind, cells: Cells| {
        let is_key = key.iter().any(|k| k == name);
        let beside = [("from", Kind::Date, cells.from), ("state", Kind::Text, cells.state)];
        columns.push(PageColumn { name: name.to_owned(), title, kind, is_key, cells: cells.cells });
        for (suffix, kind, cells) in beside {
            if let Some(cells) = cells {
                let name = format!("{name}_{suffix}");
                columns.push(PageColumn { title: name.clone(), name, kind, is_key: false, cells });
            }
        }
    };
    for column in spec.columns.iter().filter(|c| table.has(&c.name)) {
        let lost = written.get(column.name.as_str()).unwrap_or(&nothing);
        let cells = cell::of_column(frame, spec, column, lost, language)?;
        add(&column.name, header(column, language), column.kind, cells);
    }
    for name in frame.get_column_names() {
        let name = name.as_str();
        if is_beside(table, name) || spec.column(name).is_some() || name.starts_with("source_") {
            continue;
        }
        let lost = written.get(name).unwrap_or(&nothing);
        let cells = cell::of_text(frame.column(name)?.as_materialized_series(), lost)?;
        add(name, name.to_owned(), Kind::Text, cells);
    }
    for (name, zh) in ["source_file", "source_sheet", "source_row"].into_iter().zip(SOURCES) {
        let column = frame.column(name)?.as_materialized_series();
        let cells = match column.u32() {
            Ok(rows) => rows.iter().map(|r| r.map_or(Written::Blank, |r| Written::Number(f64::from(r)))).collect(),
            Err(_) => cell::of_text(column, &nothing)?.cells,
        };
        let title = if language == Language::Zh { zh.replace('(', "（").replace(')', "）") } else { name.to_owned() };
        add(name, title, Kind::Text, Cells { cells, from: None, state: None });
    }
    Ok(columns)
}

/// Whether a column of the frame stands beside another: `started_on_from`, `jobs_state`.
fn is_beside(table: &Table, name: &str) -> bool {
    ["_from", "_state"].iter().filter_map(|suffix| name.strip_suffix(suffix)).any(|stem| table.has(stem))
}

/// What the headers of a table's files mean.
struct Names<'a> {
    spec: &'static TableSpec,
    /// File, sheet, header as issues tell it, name.
    headers: Vec<(Option<&'a str>, Option<&'a str>, &'a str, &'a str)>,
}

impl<'a> Names<'a> {
    fn of(ledger: &'a Ledger, spec: &'static TableSpec) -> Self {
        let mut headers = Vec::new();
        for reading in ledger.reading().iter().filter(|r| r.table == spec.name) {
            let known = reading.columns.iter().map(|c| (c.header.as_str(), c.name.as_str()));
            for (header, name) in
                known.chain(reading.other_columns.iter().map(|c| (c.header.as_str(), c.name.as_str())))
            {
                headers.push((reading.file.as_deref(), reading.sheet.as_deref(), header, name));
            }
        }
        Self { spec, headers }
    }

    /// The name of the column that an issue is about: by the headers of its own sheet, then by those of others, for
    /// the checks of whole tables know a column by the header that it has first.
    fn column(&self, issue: &Issue) -> Option<String> {
        let told = issue.column.as_deref()?;
        let place = (issue.file.as_deref(), issue.sheet.as_deref());
        let own = self.headers.iter().find(|(file, sheet, header, _)| (*file, *sheet) == place && *header == told);
        let any = || self.headers.iter().find(|(_, _, header, _)| *header == told);
        if let Some((_, _, _, name)) = own.or_else(any) {
            return Some((*name).to_owned());
        }
        let header = HeaderText::of(told);
        let called = |name: &str| header.is_called(name) || text::word(name) == text::word(told);
        self.spec.columns.iter().find(|c| called(&c.name) || called(&c.zh)).map(|c| c.name.clone())
    }
}

/// The rows of a frame by where they came from: those that issues are about.
struct Rows<'a>(PlHashMap<(Option<&'a str>, Option<&'a str>, u64), usize>);

impl<'a> Rows<'a> {
    fn of(frame: &'a DataFrame, issues: &[(usize, &Issue)]) -> Self {
        let wanted: PlHashSet<u64> = issues.iter().filter_map(|(_, issue)| issue.row).collect();
        let mut rows = PlHashMap::new();
        let texts = |name: &str| frame.column(name).ok().and_then(|c| c.str().ok());
        let (files, sheets) = (texts("source_file"), texts("source_sheet"));
        let numbers = frame.column("source_row").ok().and_then(|c| c.u32().ok());
        for (row, number) in numbers.into_iter().flat_map(|n| n.iter()).enumerate() {
            let Some(number) = number.map(u64::from).filter(|n| wanted.contains(n)) else { continue };
            let file = files.and_then(|f| f.get(row));
            let sheet = sheets.and_then(|s| s.get(row));
            rows.entry((file, sheet, number)).or_insert(row);
        }
        Self(rows)
    }

    fn row(&self, issue: &Issue) -> Option<usize> {
        self.0.get(&(issue.file.as_deref(), issue.sheet.as_deref(), issue.row?)).copied()
    }
}

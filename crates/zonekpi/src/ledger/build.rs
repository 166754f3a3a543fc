//! A table of the ledger from one sheet: columns read by their kinds, units of rows applied, derived columns made,
//! totals compared. Frames that come typed take the way of `frame`, and end here too.

mod cells;
mod derived;
mod findings;
mod latest;

use polars::prelude::{Column, DataFrame, PlHashMap, Series};

use self::cells::{MANY, ReadColumnOf, read_columns};
use self::derived::{apply_bound, apply_unit_column, derive_filed};
use self::findings::{another, dated_total, doubtful_rows, far_shares, hidden, what_is_hidden};
pub(crate) use self::findings::{called, doubts, far_out, far_share, of_shares};
pub(crate) use self::latest::{LatestCell, latest_cell};
use super::beside::{self, Beside};
use super::cell::Cell;
use super::column::{ReadCells, Typed, constant, source_rows};
use super::header::{FoundColumn, Header, Target};
use super::issue::{Issue, Origin, Severity};
use super::parse::words::Words;
use super::parse::{Context, Parsed, Value};
use super::progress::Watch;
use super::reading::{FoundBy, OtherColumn, ReadColumn, Reading};
use super::rows::{self, Rows};
use super::scale::Reach;
use super::schema::{ColumnSpec, Kind, Schema, TableSpec};
use super::side_by_side::side_by_side;
use super::source::Grid;
use super::{ragged, spelling, text, totals, unit};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, IssueAction, IssueCode};

/// The column that tells the sheets apart where several are read together.
const SHEET: &str = "sheet";

/// One table read from one sheet or frame.
#[derive(Debug)]
pub(crate) struct Part {
    pub table: &'static TableSpec,
    pub frame: DataFrame,
    pub issues: Vec<Issue>,
    pub reading: Reading,
    /// The words above the header, with their rows.
    pub titles: Vec<(u64, String)>,
    /// Of each column of events the latest that is not after today.
    pub latest: Vec<LatestCell>,
    /// Columns of which it is known that folding changes none of their names.
    pub folded: Vec<String>,
}

/// What is the same for all columns of a part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    pub origin: Origin,
    pub format: String,
    pub encoding: Option<String>,
    pub epoch_1904: bool,
    pub texts_may_be_numbers: bool,
    /// Sheets are read together: each row says which it came from.
    pub sheet_column: bool,
    /// Columns (canonical name or header) whose blanks mean no.
    pub blank_is_no: Vec<String>,
    /// Who is told how far the reading is.
    pub watch: Watch,
}

impl Manner {
    pub(crate) fn place(&self, column: Option<&str>, row: Option<u64>) -> Place {
        Place {
            file: self.origin.file.clone(),
            sheet: self.origin.sheet.clone(),
            table: Some(self.origin.table.clone()),
            row,
            column: column.map(str::to_owned),
            ..Place::default()
        }
    }

    pub(crate) fn blank_is_no(&self, spec: Option<&ColumnSpec>, header: &str) -> bool {
        let named = |name: &String| {
            spec.is_some_and(|s| s.name == *name || text::word(&s.zh) == text::word(name))
                || text::word(header) == text::word(name)
        };
        self.blank_is_no.iter().any(named)
    }
}

/// A column of the part: read cell by cell, or typed already.
pub(crate) enum Made {
    Cells(ReadCells),
    Typed(Typed),
}

/// The columns of a part under their canonical names, and the others.
#[derive(Default)]
pub(crate) struct Columns {
    pub known: PlHashMap<&'static str, Made>,
    pub others: Vec<(String, Made)>,
}

/// Reads the rows below a header.
pub(crate) fn sheet(grid: &Grid, header: &Header, manner: &Manner) -> Result<Part> {
    let table = header.table;
    let (header, apart) = beside::parted(header);
    let header = &header;
    let sorted = rows::sort_out(grid, header);
    let numbers: Vec<u32> =
        sorted.kept.iter().map(|row| u32::try_from(grid.first_row + row as u64).unwrap_or(u32::MAX)).collect();
    let mut issues = doubts(&header.doubts, &manner.origin, grid.first_row);
    issues.extend(hidden(grid, header, &sorted, &manner.origin));
    issues.extend(ragged::unseen(grid, &manner.origin));
    issues.extend(ragged::issues(grid, header, &sorted, &manner.origin));
    issues.extend(sorted.totals.iter().filter_map(|total| dated_total(grid, header, total.row, &manner.origin)));
    issues.extend(rows::above(grid, header).iter().chain(&sorted.another).map(|a| another(a, grid, &manner.origin)));
    issues.extend(doubtful_rows(grid, header, &sorted, &manner.origin));
    let mut columns = Columns::default();
    let mut checked = Vec::new();
    let mut uncached = Vec::new();
    let mut latest = Vec::new();
    let mut folded = Vec::new();
    let mut next_read = read_columns(grid, header, &sorted, manner)?.into_iter();
    for found in &header.columns {
        let spec = known(table, found);
        let kind = spec.map_or(Kind::Text, |s| s.kind);
        let (selected, cells) = match next_read.next().flatten() {
            Some(ReadColumnOf::Texts(typed, none_folds)) => {
                folded.extend(spec.filter(|_| none_folds).map(|spec| spec.name.clone()));
                place(&mut columns, &found.target, Made::Typed(typed));
                continue;
            }
            Some(ReadColumnOf::Numbers(typed, reach)) => {
                let values = if reach.is_narrow() { Vec::new() } else { amounts(&typed) };
                let written = |row: usize| {
                    let raw = grid.columns.get(found.at)?;
                    sorted.kept.get(row).map(|row| raw.cell(row).written())
                };
                let number = |row: usize| numbers.get(row).map(|n| u64::from(*n));
                issues.extend(far_out(&values, |_| true, written, number, found, spec, &manner.origin));
                place(&mut columns, &found.target, Made::Typed(typed));
                continue;
            }
            Some(ReadColumnOf::Cells(selected, cells, of_column)) => {
                latest.extend(of_column);
                (selected, cells)
            }
            None => continue,
        };
        let folds = |p: &Parsed| matches!(&p.value, Value::Text(name) if spelling::folds(name));
        let compared = spec.filter(|spec| spelling::compares(spec) && !cells.parsed.iter().any(folds));
        folded.extend(compared.map(|spec| spec.name.clone()));
        unit_is_known(&cells, |row| selected.cell(row).written(), &numbers, found, manner)?;
        cells.issues(&selected, &manner.origin, &found.header, spec, &numbers, &mut issues);
        let number = |p: &Parsed| if let Value::Number(n) = p.value { Some(n) } else { None };
        let may_be_far = || !Reach::of(cells.parsed.iter().filter_map(number)).is_narrow();
        let values: Vec<Option<i64>> = if matches!(kind, Kind::Money | Kind::Area) && may_be_far() {
            (0..sorted.kept.len()).map(|row| cells.row(row).and_then(number)).collect()
        } else {
            Vec::new()
        };
        issues.extend(far_out(
            &values,
            |row| cells.row(row).is_some_and(|p| p.unit.is_none()),
            |row| Some(selected.cell(row).written()),
            |row| numbers.get(row).map(|n| u64::from(*n)),
            found,
            spec,
            &manner.origin,
        ));
        issues.extend(far_shares(grid, header, found, &sorted, &selected, &cells, &manner.origin));
        // Shares and limits are not summed.
        if matches!(kind, Kind::Money | Kind::Area | Kind::Count) {
            let Some(raw) = grid.columns.get(found.at) else { continue };
            let words = spec.map(|s| Words::of(table, s)).unwrap_or_default();
            let context = context(spec, &words, found, manner);
            let total = totals::Column { raw, cells: &cells, context: &context, header: &found.header };
            totals::check(&total, &sorted, grid, &manner.origin, &mut checked, &mut issues, &mut uncached);
        }
        place(&mut columns, &found.target, Made::Cells(cells));
    }
    let mut reading = reading(header, &sorted, grid.first_row, checked, manner);
    reading.unseen_unknown = grid.unseen_unknown;
    (reading.hidden_rows, reading.hidden_columns) = what_is_hidden(grid, header, &sorted);
    let beside = apart
        .into_iter()
        .filter_map(|(at, role)| beside::of_cells(role, grid.columns.get(at)?, &sorted.kept, manner.epoch_1904))
        .collect();
    let given = Given { numbers: source_rows(numbers), file: None, sheet: None, beside };
    let mut part = finish(table, columns, given, issues, reading, manner)?;
    part.latest = latest;
    part.folded = folded;
    for row in header.title_rows.iter().chain(&header.unit_row) {
        let words = grid.columns.iter().map(|c| c.cell(*row)).filter(|c| matches!(c, Cell::Text(_)));
        part.titles.extend(words.map(|cell| (grid.first_row + *row as u64, cell.written())));
    }
    Ok(part)
}

/// The amounts or areas of a typed column, as they are stored.
fn amounts(typed: &Typed) -> Vec<Option<i64>> {
    let Ok(stored) = typed.values.decimal() else { return Vec::new() };
    stored.physical().iter().map(|value| value.and_then(|v| i64::try_from(v).ok())).collect()
}

/// Where the rows of a part came from.
pub(crate) struct Given {
    pub numbers: Series,
    /// Columns that a frame brought along.
    pub file: Option<Series>,
    pub sheet: Option<Series>,
    /// What stands beside columns.
    pub beside: Vec<Beside>,
}

pub(crate) fn known(table: &'static TableSpec, found: &FoundColumn) -> Option<&'static ColumnSpec> {
    match &found.target {
        Target::Known(name) => table.column(name),
        Target::Other(_) => None,
    }
}

pub(crate) fn context<'a>(
    spec: Option<&'static ColumnSpec>,
    words: &'a Words,
    found: &FoundColumn,
    manner: &Manner,
) -> Context<'a> {
    Context {
        kind: spec.map_or(Kind::Text, |s| s.kind),
        spec,
        words,
        unit: found.unit,
        blank_is_no: manner.blank_is_no(spec, &found.header),
        epoch_1904: manner.epoch_1904,
        texts_may_be_numbers: manner.texts_may_be_numbers,
    }
}

pub(crate) fn place(columns: &mut Columns, target: &Target, made: Made) {
    match target {
        Target::Known(name) => {
            columns.known.insert(name, made);
        }
        Target::Other(name) => columns.others.push((name.clone(), made)),
    }
}

/// An amount whose unit nobody says is an error, never yuan.
pub(crate) fn unit_is_known(
    cells: &ReadCells,
    written: impl Fn(usize) -> String,
    numbers: &[u32],
    found: &FoundColumn,
    manner: &Manner,
) -> Result<()> {
    if !cells.parsed.iter().any(|p| p.unit_missing) {
        return Ok(());
    }
    let bare = cells.codes.iter().position(|code| cells.parsed.get(*code as usize).is_some_and(|p| p.unit_missing));
    let Some(row) = bare else { return Ok(()) };
    let value = written(row);
    let spec = Schema::builtin().table(&manner.origin.table).and_then(|table| known(table, found));
    let area = spec.is_some_and(|spec| spec.kind == Kind::Area);
    let (zh, en) = if area {
        ("亩、㎡或公顷", "亩, ㎡ or 公顷")
    } else {
        ("元、万元或亿元", "元, 万元 or 亿元")
    };
    let message = ErrorCode::UnitMissing.message().with("value", value).with("units_zh", zh).with("units_en", en);
    let row = numbers.get(row).map(|n| u64::from(*n));
    Err(Error::new(ErrorKind::Input, message).at(manner.place(Some(&found.header), row)))
}

/// Puts a part together: units of rows, derived columns, the order of the schema.
pub(crate) fn finish(
    table: &'static TableSpec,
    mut columns: Columns,
    given: Given,
    mut issues: Vec<Issue>,
    mut reading: Reading,
    manner: &Manner,
) -> Result<Part> {
    for spec in &table.columns {
        apply_unit_column(table, spec, &mut columns, &given, &mut issues, manner, &reading);
        apply_bound(spec, &mut columns);
    }
    derive_filed(table, &mut columns);
    let rows = given.numbers.len();
    let mut frame: Vec<Column> = Vec::new();
    let known: Vec<(&ColumnSpec, Made)> =
        table.columns.iter().filter_map(|spec| Some((spec, columns.known.remove(spec.name.as_str())?))).collect();
    let made = side_by_side(&known, rows >= MANY, |_, (spec, made)| match made {
        Made::Cells(cells) => Some(cells.typed(&spec.name, spec.kind)),
        Made::Typed(_) => None,
    });
    for ((spec, given_as), made) in known.into_iter().zip(made) {
        let header = reading.columns.iter().find(|c| c.name == spec.name).map_or(&spec.zh, |c| &c.header);
        let blank_has_value = spec.kind == Kind::Extension || manner.blank_is_no(Some(spec), header);
        let told = |row: usize, written: String| {
            let number = given.numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
            beside::contradiction(&manner.origin, number, header, written)
        };
        let values = made.flatten().unwrap_or_else(|| typed(given_as, &spec.name, spec.kind));
        let whole = beside::put_to(values?, spec, &given.beside, blank_has_value, told, &mut issues)?;
        frame.extend(whole.into_columns());
    }
    for (name, made) in columns.others {
        let own = manner.sheet_column && name == SHEET;
        let name = if own { format!("{name}_text") } else { name };
        if own {
            let issue = manner.origin.issue(
                IssueCode::ColumnReserved,
                Severity::Note,
                IssueAction::Renamed,
                Some(SHEET.to_owned()),
            );
            issues.push(issue.at(None, Some(SHEET)).act("name", &name));
        }
        frame.extend(typed(made, &name, Kind::Text)?.into_columns());
    }
    if manner.sheet_column {
        frame.push(constant(SHEET, manner.origin.sheet.as_deref(), rows));
    }
    let Origin { file, sheet, .. } = &manner.origin;
    let file = given.file.map_or_else(|| constant("source_file", file.as_deref(), rows), Column::from);
    let sheet = given.sheet.map_or_else(|| constant("source_sheet", sheet.as_deref(), rows), Column::from);
    frame.extend([file, sheet, given.numbers.into()]);
    let frame = DataFrame::new(rows, frame)?;
    issues.sort_by_key(|issue| issue.row);
    reading.rows = rows;
    Ok(Part { table, frame, issues, reading, titles: Vec::new(), latest: Vec::new(), folded: Vec::new() })
}

fn typed(made: Made, name: &str, kind: Kind) -> Result<Typed> {
    match made {
        Made::Cells(cells) => cells.typed(name, kind),
        Made::Typed(typed) => Ok(typed),
    }
}

fn reading(
    header: &Header,
    sorted: &Rows,
    first_row: u64,
    checked: Vec<super::reading::CheckedTotal>,
    manner: &Manner,
) -> Reading {
    let number = |row: &usize| first_row + *row as u64;
    Reading {
        title_rows: header.title_rows.iter().map(number).collect(),
        unit_row: header.unit_row.as_ref().map(number),
        header_rows: header.header_rows.iter().map(number).collect(),
        first_data_row: Some(number(&header.first_data_row)),
        set_aside: sorted.set_aside.clone(),
        totals: checked,
        ..columns_read(header, manner)
    }
}

/// What is told of the columns, for sheets and frames alike.
pub(crate) fn columns_read(header: &Header, manner: &Manner) -> Reading {
    let mut reading = Reading {
        file: manner.origin.file.clone(),
        sheet: manner.origin.sheet.clone(),
        format: manner.format.clone(),
        encoding: manner.encoding.clone(),
        table: header.table.name.clone(),
        ..Reading::default()
    };
    for found in &header.columns {
        match &found.target {
            Target::Known(name) => reading.columns.push(ReadColumn {
                name: (*name).to_owned(),
                header: found.header.clone(),
                found_by: header
                    .table
                    .column(name)
                    .map_or(FoundBy::Synonym, |spec| FoundBy::header(&found.header, spec)),
                unit: found.unit.and_then(unit::Unit::name),
                unit_from: found.unit_from,
            }),
            Target::Other(name) => {
                reading.other_columns.push(OtherColumn { header: found.header.clone(), name: name.clone() });
            }
        }
    }
    reading
}

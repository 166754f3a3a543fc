//! A table of the ledger from one sheet: columns read by their kinds, units of rows applied, derived columns made,
//! totals compared. Frames that come typed take the way of `frame`, and end here too.

use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::{Column, DataFrame, InitHashMaps, PlHashMap, Series};

use super::beside::{self, Beside};
use super::cell::{Cell, RawColumn};
use super::column::{ReadCells, Typed, clean_texts, constant, source_rows};
use super::header::{Doubt, FoundColumn, Header, Target};
use super::issue::{Issue, Origin, Severity};
use super::parse::number::Bound;
use super::parse::words::Words;
use super::parse::{Context, Parsed, Value};
use super::progress::{Step, Watch};
use super::reading::{FoundBy, OtherColumn, ReadColumn, Reading};
use super::rows::{self, Rows};
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::source::Grid;
use super::unit::{self, Dimension};
use super::{ragged, scale, text, totals};
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
        sorted.kept.iter().map(|row| u32::try_from(grid.first_row + *row as u64).unwrap_or(u32::MAX)).collect();
    let mut issues = doubts(&header.doubts, &manner.origin, grid.first_row);
    issues.extend(hidden(grid, header, &sorted, &manner.origin));
    issues.extend(ragged::unseen(grid, &manner.origin));
    issues.extend(ragged::issues(grid, header, &sorted, &manner.origin));
    issues.extend(sorted.totals.iter().filter_map(|total| dated_total(grid, header, total.row, &manner.origin)));
    issues.extend(rows::above(grid, header).iter().chain(&sorted.another).map(|a| another(a, grid, &manner.origin)));
    issues.extend(rows::resembling(grid, header, &sorted).into_iter().map(|found| {
        let code = IssueCode::RowResemblesTotal;
        let issue = manner.origin.issue(code, Severity::Warning, IssueAction::Kept, Some(found.words));
        issue.at(Some(grid.first_row + found.row as u64), Some(&found.column))
    }));
    let mut columns = Columns::default();
    let mut checked = Vec::new();
    let mut uncached = Vec::new();
    let mut next_read = read_columns(grid, header, &sorted, manner)?.into_iter();
    for found in &header.columns {
        let spec = known(table, found);
        let kind = spec.map_or(Kind::Text, |s| s.kind);
        let words = spec.map(|s| Words::of(table, s)).unwrap_or_default();
        let context = context(spec, &words, found, manner);
        let (selected, cells) = match next_read.next().flatten() {
            Some(ReadColumnOf::Texts(typed)) => {
                place(&mut columns, &found.target, Made::Typed(typed));
                continue;
            }
            Some(ReadColumnOf::Cells(selected, cells)) => (selected, cells),
            None => continue,
        };
        unit_is_known(&cells, |code| selected.distinct().get(code).map(|c| c.written()), &numbers, found, manner)?;
        cells.issues(&selected, &manner.origin, &found.header, spec, &numbers, &mut issues);
        let number = |p: &Parsed| if let Value::Number(n) = p.value { Some(n) } else { None };
        let values: Vec<Option<i64>> = if matches!(kind, Kind::Money | Kind::Area) {
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
    for row in header.title_rows.iter().chain(&header.unit_row) {
        let words = grid.columns.iter().map(|c| c.cell(*row)).filter(|c| matches!(c, Cell::Text(_)));
        part.titles.extend(words.map(|cell| (grid.first_row + *row as u64, cell.written())));
    }
    Ok(part)
}

/// Warnings of values that are far out of their column. `bare` says whether a row's cell left its unit to the column.
pub(crate) fn far_out(
    values: &[Option<i64>],
    bare: impl Fn(usize) -> bool,
    written: impl Fn(usize) -> Option<String>,
    numbers: impl Fn(usize) -> Option<u64>,
    found: &FoundColumn,
    spec: Option<&ColumnSpec>,
    origin: &Origin,
) -> Vec<Issue> {
    let Some(spec) = spec.filter(|s| matches!(s.kind, Kind::Money | Kind::Area)) else { return Vec::new() };
    let (multiply, divide) = found.unit.map_or((1, 1), |u| u.to_stored(Some(&spec.name)));
    let scale = i32::try_from(spec.kind.scale().unwrap_or(0)).unwrap_or(0);
    let shown = |value: i64| text::digits15(value as f64 * divide as f64 / multiply.max(1) as f64 / 10f64.powi(scale));
    scale::doubtful(values, bare)
        .into_iter()
        .map(|(row, median)| {
            let value = written(row).or_else(|| values.get(row).copied().flatten().map(shown));
            let issue = origin.issue(IssueCode::ScaleDoubtful, Severity::Warning, IssueAction::Kept, value);
            issue.at(numbers(row), Some(&found.header)).tell("median", shown(median))
        })
        .collect()
}

/// Warnings of shares among which one seems to be a percent without its sign.
fn far_shares(
    grid: &Grid,
    header: &Header,
    found: &FoundColumn,
    sorted: &Rows,
    selected: &RawColumn,
    cells: &ReadCells,
    origin: &Origin,
) -> Vec<Issue> {
    let spec = known(header.table, found).filter(|s| matches!(s.kind, Kind::Measure | Kind::OptionalMeasure));
    let Some(spec) = spec.filter(|_| found.unit.is_none()) else { return Vec::new() };
    let column = |name: &str| {
        let called = |c: &&FoundColumn| matches!(&c.target, Target::Known(known) if *known == name);
        header.columns.iter().find(called).and_then(|c| grid.columns.get(c.at))
    };
    // Targets and values are of an indicator, each in its own unit; weights are all alike.
    let indicator = if spec.unit_in.is_some() { column("indicator") } else { None };
    let units = spec.unit_in.as_deref().and_then(column);
    let values: Vec<Option<i64>> = (0..sorted.kept.len())
        .map(|kept| match cells.row(kept).map(|p| &p.value) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        })
        .collect();
    let grid_row = |kept: usize| sorted.kept.get(kept).copied().unwrap_or_default();
    let group = |kept: usize| indicator.and_then(|c| c.codes().get(grid_row(kept)).copied()).unwrap_or_default();
    let bare = |kept: usize| {
        cells.row(kept).is_some_and(|p| p.unit.is_none()) && units.is_none_or(|c| c.cell(grid_row(kept)).is_empty())
    };
    scale::doubtful_shares(&values, group, bare)
        .into_iter()
        .map(|kept| {
            let value = Some(selected.cell(kept).written());
            let issue = origin.issue(IssueCode::ShareScaleDoubtful, Severity::Warning, IssueAction::Kept, value);
            issue.at(Some(grid.first_row + grid_row(kept) as u64), Some(&found.header))
        })
        .collect()
}

/// A column as its cells were read, or as clean texts that need no reading.
enum ReadColumnOf {
    Texts(Typed),
    Cells(RawColumn, ReadCells),
}

/// Distinct cells from which on it is worth asking whether they need any reading.
const MANY: usize = 20_000;

/// Reads the cells of all columns; large columns are read side by side.
fn read_columns(grid: &Grid, header: &Header, sorted: &Rows, manner: &Manner) -> Result<Vec<Option<ReadColumnOf>>> {
    let of = header.columns.len();
    let read = |done: usize, found: &FoundColumn| {
        manner.watch.step(&Step::Column { header: &found.header, done, of, rows: sorted.kept.len() })?;
        Ok(read_column(grid, header, sorted, manner, found))
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(of);
    if sorted.kept.len() < MANY || threads < 2 {
        return header.columns.iter().enumerate().map(|(at, found)| read(at, found)).collect();
    }
    // Each thread takes the next column that nobody has taken: they differ in how long they take.
    let next = AtomicUsize::new(0);
    let mut all: Vec<Option<ReadColumnOf>> = header.columns.iter().map(|_| None).collect();
    let read_all = std::thread::scope(|scope| {
        let work = || {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(found) = header.columns.get(at) else { return Ok(own) };
                own.push((at, read(at, found)?));
            }
        };
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = vec![work()];
        for worker in workers {
            match worker.join() {
                Ok(own) => done.push(own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done.into_iter().collect::<Result<Vec<_>>>()
    })?;
    for (at, column) in read_all.into_iter().flatten() {
        if let Some(slot) = all.get_mut(at) {
            *slot = column;
        }
    }
    Ok(all)
}

fn read_column(
    grid: &Grid,
    header: &Header,
    sorted: &Rows,
    manner: &Manner,
    found: &FoundColumn,
) -> Option<ReadColumnOf> {
    let table = header.table;
    let raw = grid.columns.get(found.at)?;
    let spec = known(table, found);
    let kind = spec.map_or(Kind::Text, |s| s.kind);
    let words = spec.map(|s| Words::of(table, s)).unwrap_or_default();
    let context = context(spec, &words, found, manner);
    let mut filled = raw.clone();
    if kind.scale().is_none() {
        for merge in grid.merges.iter().filter(|m| m.first_column == found.at && m.first_row >= header.first_data_row) {
            filled.fill(merge.first_row, merge.last_row);
        }
    }
    // A column that says the unit or the bound of another is read cell by cell.
    let is_asked = |name: &str| {
        let named = |other: &Option<String>| other.as_deref() == Some(name);
        table.columns.iter().any(|column| named(&column.unit_in) || named(&column.bound_in))
    };
    let name = match &found.target {
        Target::Known(name) => name,
        Target::Other(name) => name.as_str(),
    };
    if matches!(kind, Kind::Id | Kind::Text | Kind::Dimension) && raw.distinct().len() > MANY && !is_asked(name) {
        let fold = kind == Kind::Id || spec.is_none();
        if let Some(typed) = clean_texts(&filled, &sorted.kept, name, fold) {
            return Some(ReadColumnOf::Texts(typed));
        }
    }
    let selected = filled.select(&sorted.kept);
    let cells = ReadCells::read(&selected, &context);
    Some(ReadColumnOf::Cells(selected, cells))
}

/// A warning of a row that was set aside for its label, and yet holds a date.
fn dated_total(grid: &Grid, header: &Header, row: usize, origin: &Origin) -> Option<Issue> {
    let (column, written) = rows::dated(grid, header, row)?;
    let issue = origin.issue(IssueCode::TotalHoldsDate, Severity::Warning, IssueAction::SetAside, Some(written));
    Some(issue.at(Some(grid.first_row + row as u64), Some(&column)))
}

/// An error of rows that are not read, for they are of another table.
fn another(another: &rows::Another, grid: &Grid, origin: &Origin) -> Issue {
    let row = grid.first_row + another.row as u64;
    let value = Some(another.words.clone());
    let issue = origin.issue(another.code, Severity::Error, IssueAction::OneTablePerSheet, value);
    issue.at(Some(row), None).tell("row", row)
}

/// A note on rows and columns that a person who looks at the sheet does not see.
fn hidden(grid: &Grid, header: &Header, sorted: &Rows, origin: &Origin) -> Option<Issue> {
    let rows = sorted.kept.iter().filter(|row| grid.hidden_rows.contains(row)).count();
    let columns = header.columns.iter().filter(|c| grid.hidden_columns.contains(&c.at)).count();
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    (rows + columns > 0).then(|| {
        let value = match (rows, columns) {
            (0, columns) => many(columns, "column"),
            (rows, 0) => many(rows, "row"),
            (rows, columns) => format!("{}, {}", many(rows, "row"), many(columns, "column")),
        };
        let issue = origin.issue(IssueCode::HiddenRowsRead, Severity::Note, IssueAction::RowsRead, Some(value));
        issue.tell("rows", rows).tell("columns", columns)
    })
}

/// The hidden rows and columns of the table.
fn what_is_hidden(grid: &Grid, header: &Header, sorted: &Rows) -> (Vec<u64>, Vec<String>) {
    let rows = sorted.kept.iter().filter(|row| grid.hidden_rows.contains(row));
    let columns = header.columns.iter().filter(|c| grid.hidden_columns.contains(&c.at));
    (rows.map(|row| grid.first_row + *row as u64).collect(), columns.map(|c| c.header.clone()).collect())
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
    written: impl Fn(usize) -> Option<String>,
    numbers: &[u32],
    found: &FoundColumn,
    manner: &Manner,
) -> Result<()> {
    if !cells.parsed.iter().any(|p| p.unit_missing) {
        return Ok(());
    }
    let bare = cells.codes.iter().position(|code| cells.parsed.get(*code as usize).is_some_and(|p| p.unit_missing));
    let Some(row) = bare else { return Ok(()) };
    let value = cells.codes.get(row).and_then(|code| written(*code as usize)).unwrap_or_default();
    let message = ErrorCode::UnitMissing.message().with("value", value);
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
    for spec in &table.columns {
        if let Some(made) = columns.known.remove(spec.name.as_str()) {
            let header = reading.columns.iter().find(|c| c.name == spec.name).map_or(&spec.zh, |c| &c.header);
            let blank_has_value = spec.kind == Kind::Extension || manner.blank_is_no(Some(spec), header);
            let told = |row: usize, written: String| {
                let number = given.numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
                beside::contradiction(&manner.origin, number, header, written)
            };
            let values = typed(made, &spec.name, spec.kind);
            let whole = beside::put_to(values, spec, &given.beside, blank_has_value, told, &mut issues)?;
            frame.extend(whole.into_columns());
        }
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
        frame.extend(typed(made, &name, Kind::Text).into_columns());
    }
    if manner.sheet_column {
        frame.push(constant(SHEET, manner.origin.sheet.as_deref(), rows).into());
    }
    let file = given.file.unwrap_or_else(|| constant("source_file", manner.origin.file.as_deref(), rows));
    let sheet = given.sheet.unwrap_or_else(|| constant("source_sheet", manner.origin.sheet.as_deref(), rows));
    frame.extend([file, sheet, given.numbers].map(Column::from));
    let frame = DataFrame::new(rows, frame)?;
    issues.sort_by_key(|issue| issue.row);
    reading.rows = rows;
    Ok(Part { table, frame, issues, reading, titles: Vec::new() })
}

fn typed(made: Made, name: &str, kind: Kind) -> Typed {
    match made {
        Made::Cells(cells) => cells.typed(name, kind),
        Made::Typed(typed) => typed,
    }
}

/// Numbers whose unit stands in a column of its own, and units that stand in the numbers' cells.
fn apply_unit_column(
    table: &TableSpec,
    spec: &'static ColumnSpec,
    columns: &mut Columns,
    given: &Given,
    issues: &mut Vec<Issue>,
    manner: &Manner,
    reading: &Reading,
) {
    let Some(unit_spec) = spec.unit_in.as_ref().and_then(|name| table.column(name)) else { return };
    let Some(Made::Cells(cells)) = columns.known.get(spec.name.as_str()) else { return };
    let unit_name = unit_spec.name.as_str();
    let header_unit = reading.columns.iter().find(|c| c.name == spec.name).and_then(|c| c.unit.clone());
    let header_unit = header_unit.and_then(|word| unit::unit(&word));
    let units = match columns.known.get(unit_name) {
        Some(Made::Cells(units)) => Some(units.clone()),
        Some(Made::Typed(_)) => return,
        None => None,
    };
    if units.is_none() && header_unit.is_none() && cells.parsed.iter().all(|p| p.unit.is_none()) {
        return;
    }
    let blank = Parsed { value: Value::Blank, problem: None, unit: None, bound: None, unit_missing: false };
    let mut pairs: PlHashMap<(u32, u32), u32> = PlHashMap::new();
    let (mut numbers, mut names): (Vec<Parsed>, Vec<Parsed>) = (Vec::new(), Vec::new());
    let mut codes = Vec::with_capacity(cells.codes.len());
    let mut conflicts: Vec<u32> = Vec::new();
    for (row, code) in cells.codes.iter().enumerate() {
        let unit_code = units.as_ref().and_then(|u| u.codes.get(row)).copied().unwrap_or(0);
        let pair = *pairs.entry((*code, unit_code)).or_insert_with(|| {
            let number = cells.parsed.get(*code as usize).unwrap_or(&blank);
            let written = units.as_ref().and_then(|u| u.row(row)).unwrap_or(&blank);
            let (number, name, conflict) = with_unit(number, written, header_unit, spec);
            let pair = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            numbers.push(number);
            names.push(name);
            if conflict {
                conflicts.push(pair);
            }
            pair
        });
        codes.push(pair);
    }
    for (row, code) in codes.iter().enumerate().filter(|(_, code)| conflicts.contains(code)) {
        let written = numbers.get(*code as usize).and_then(|p| p.unit).map(|u| format!("{:?}", u.dimension));
        let at = given.numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
        issues.push(
            manner
                .origin
                .issue(IssueCode::UnitConflict, Severity::Warning, IssueAction::CellUnit, written)
                .at(at, Some(&spec.zh)),
        );
    }
    columns.known.insert(&spec.name, Made::Cells(ReadCells { parsed: numbers, codes: codes.clone() }));
    if let Some(unit_spec) = super::schema::Schema::builtin().table(&table.name).and_then(|t| t.column(unit_name)) {
        columns.known.insert(&unit_spec.name, Made::Cells(ReadCells { parsed: names, codes }));
    }
}

/// A number and its unit column, after the unit was applied; and whether the two said different things.
fn with_unit(
    number: &Parsed,
    written: &Parsed,
    header: Option<unit::Unit>,
    spec: &ColumnSpec,
) -> (Parsed, Parsed, bool) {
    let mut number = number.clone();
    let mut name = written.clone();
    let own = number.unit.or(header);
    let row = match &written.value {
        Value::Text(text) => unit::unit(&text::word(text)),
        _ => None,
    };
    if spec.kind == Kind::OptionalCount {
        // A time limit: the column holds the name of the unit.
        if let Some(Dimension::Time(own)) = own.map(|u| u.dimension) {
            let conflict = matches!(&written.value, Value::Text(text) if text != own);
            if number.unit.is_some() || !matches!(written.value, Value::Text(_)) {
                name.value = Value::Text(own.to_owned());
            }
            let told = conflict && name.value != written.value;
            return (number, name, told);
        }
        return (number, name, false);
    }
    let conflict = matches!((number.unit, row), (Some(own), Some(row)) if own != row && own.dimension != row.dimension);
    match own {
        Some(unit) => {
            if let Some(base) = unit.base_name() {
                name.value = Value::Text(base.to_owned());
            }
        }
        None => {
            if let (Value::Number(value), Some(unit)) = (&number.value, row) {
                let (multiply, divide) = unit.to_stored(Some(&spec.name));
                let exact = crate::number::Decimal { unscaled: i128::from(*value), scale: 6 };
                number.value = match super::parse::number::scaled(exact, multiply, divide, 6) {
                    Some(scaled) if unit.dimension != Dimension::Foreign => Value::Number(scaled),
                    _ => Value::Unreadable,
                };
                if let Some(base) = unit.base_name() {
                    name.value = Value::Text(base.to_owned());
                }
            }
        }
    }
    (number, name, conflict)
}

/// 180亿元以上 is a floor, where the direction is not written.
fn apply_bound(spec: &'static ColumnSpec, columns: &mut Columns) {
    let Some(direction) = spec.bound_in.as_deref() else { return };
    let Some(Made::Cells(cells)) = columns.known.get(spec.name.as_str()) else { return };
    if cells.parsed.iter().all(|p| p.bound.is_none()) {
        return;
    }
    let of_bound = |bound: Option<Bound>| match bound {
        Some(Bound::Lower) => Value::Text("floor".to_owned()),
        Some(Bound::Upper) => Value::Text("ceiling".to_owned()),
        None => Value::Blank,
    };
    let mut parsed = Vec::with_capacity(cells.codes.len());
    for row in 0..cells.codes.len() {
        let written = match columns.known.get(direction) {
            Some(Made::Cells(written)) => written.row(row).cloned(),
            _ => None,
        };
        let bound = of_bound(cells.row(row).and_then(|p| p.bound));
        parsed.push(match written {
            Some(written) if written.value != Value::Blank => written,
            _ => Parsed { value: bound, problem: None, unit: None, bound: None, unit_missing: false },
        });
    }
    let codes = (0..u32::try_from(parsed.len()).unwrap_or(u32::MAX)).collect();
    columns.known.insert(direction, Made::Cells(ReadCells { parsed, codes }));
}

/// 备案 is one of the three forms of approval, so that the flag follows from the form where it is not given.
fn derive_filed(table: &'static TableSpec, columns: &mut Columns) {
    if table.column("filed").is_none_or(|c| !c.derived) || columns.known.contains_key("filed") {
        return;
    }
    let Some(Made::Cells(kinds)) = columns.known.get("approval_kind") else { return };
    let parsed = kinds
        .parsed
        .iter()
        .map(|p| Parsed {
            value: match &p.value {
                Value::Text(kind) => Value::Flag(kind == "filing"),
                Value::Blank => Value::Blank,
                _ => Value::Unreadable,
            },
            problem: None,
            unit: None,
            bound: None,
            unit_missing: false,
        })
        .collect();
    let codes = kinds.codes.clone();
    columns.known.insert("filed", Made::Cells(ReadCells { parsed, codes }));
}

/// What was doubtful about headers, as issues.
pub(crate) fn doubts(doubts: &[Doubt], origin: &Origin, first_row: u64) -> Vec<Issue> {
    let number = |row: &usize| Some(first_row + *row as u64);
    let issue = |code, severity, action, value: &str| origin.issue(code, severity, action, Some(value.to_owned()));
    doubts
        .iter()
        .map(|doubt| match doubt {
            Doubt::Repeated { row, header, kept } => {
                issue(IssueCode::HeaderRepeated, Severity::Note, IssueAction::Renamed, header)
                    .at(number(row), Some(header))
                    .act("name", kept)
            }
            Doubt::Missing { row, letter, kept } => {
                issue(IssueCode::HeaderMissing, Severity::Note, IssueAction::Renamed, "")
                    .at(number(row), Some(letter))
                    .act("name", kept)
            }
            Doubt::Reserved { header, kept } => {
                // Where an interval or a state is told beside no column, what it says is lost.
                let lost = header.ends_with("_from") || header.ends_with("_state");
                let severity = if lost { Severity::Error } else { Severity::Note };
                issue(IssueCode::ColumnReserved, severity, IssueAction::Renamed, header)
                    .at(None, Some(header))
                    .act("name", kept)
            }
            Doubt::SameColumn { header, first, kept } => {
                issue(IssueCode::ColumnRepeated, Severity::Warning, IssueAction::Renamed, header)
                    .at(None, Some(header))
                    .tell("first", first)
                    .act("name", kept)
            }
            Doubt::UnitOverridden { header, own, given } => {
                let name = |unit: &unit::Unit| unit.name().unwrap_or_default();
                issue(IssueCode::UnitOverridden, Severity::Note, IssueAction::CallerUnit, &name(own))
                    .at(None, Some(header))
                    .tell("own", name(own))
                    .tell("given", name(given))
            }
            Doubt::Resembles { header, near } => {
                issue(IssueCode::ColumnResembles, Severity::Note, IssueAction::Kept, header)
                    .at(None, Some(header))
                    .tell("near", near)
            }
        })
        .collect()
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

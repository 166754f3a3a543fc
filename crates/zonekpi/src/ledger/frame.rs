//! A data frame as a table: columns that are typed already are converted whole; texts, and whatever a fast way cannot
//! vouch for, are read cell by cell like the cells of a file.

mod blank;
pub(crate) mod numbers;
mod resembling;
mod shares;
pub(crate) mod wall;

use polars::prelude::{Column, DataFrame, DataType, PlSmallStr, PolarsResult, Series};

use self::wall::Wall;
use super::beside::{self, Beside, Role};
use super::build::{self, Columns, Given, Made, Manner, Part};
use super::cell::{Cell, ColumnBuilder, RawColumn, Shown};
use super::column::{ReadCells, Typed, dates, source_rows};
use super::header::{self, FoundColumn, Target, Told};
use super::issue::Severity;
use super::parse::Value;
use super::parse::date::is_in_range;
use super::parse::words::Words;
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::side_by_side::side_by_side;
use super::text;
use crate::error::{Error, ErrorKind, Result};
use crate::message::{ErrorCode, IssueAction, IssueCode};

/// Reads a frame as a table of the ledger.
pub(crate) fn read(table: &'static TableSpec, frame: &DataFrame, told: &Told, manner: &Manner) -> Result<Part> {
    let apart = Apart::of(table, frame, told)?;
    let is_apart = |column: &&Column| apart.names.iter().any(|name| name == column.name().as_str());
    let taken: Vec<&Column> = frame.columns().iter().filter(|column| !is_apart(column)).collect();
    let names: Vec<String> = taken.iter().map(|c| c.name().to_string()).collect();
    let header = header::of_frame(table, &names, told);
    let numbers = apart
        .rows
        .clone()
        .unwrap_or_else(|| source_rows((1..=u32::try_from(frame.height()).unwrap_or(u32::MAX)).collect()));
    let mut issues = build::doubts(&header.doubts, &manner.origin, 1);
    let mut columns = Columns::default();
    let mut latest = Vec::new();
    let typed = all_fast(table, &header.columns, &taken, manner);
    for (found, typed) in header.columns.iter().zip(typed) {
        let Some(series) = taken.get(found.at).map(|c| c.as_materialized_series().clone()) else { continue };
        let spec = build::known(table, found);
        if spec.is_some_and(|spec| matches!(spec.kind, Kind::Event | Kind::Date)) {
            issues.extend(wall::midnights(&series)?.map(|midnights| {
                let value = Some(midnights.many.to_string());
                let issue =
                    manner.origin.issue(IssueCode::TimesInUtc, Severity::Warning, IssueAction::WallTaken, value);
                issue.at(None, Some(&found.header)).tell("times", midnights.of)
            }));
        }
        let made = match typed.map_err(|error| error.at(manner.place(Some(&found.header), None)))? {
            Some(typed) => Made::Typed(typed),
            None => {
                let raw = cells(&series, spec, manner, found)?;
                let words = spec.map(|s| Words::of(table, s)).unwrap_or_default();
                let context = build::context(spec, &words, found, manner);
                let read = ReadCells::read(&raw, &context);
                let numbers_of = || numbers.u32().map(|n| n.into_no_null_iter().collect()).unwrap_or_default();
                let rows = if read.parsed.iter().any(|p| p.problem.is_some() || p.unit_missing) {
                    numbers_of()
                } else {
                    Vec::new()
                };
                build::unit_is_known(&read, |row| raw.cell(row).written(), &rows, found, manner)?;
                read.issues(&raw, &manner.origin, &found.header, spec, &rows, &mut issues);
                let number = |row: usize| numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
                latest.extend(build::latest_cell(&read, found, |row| raw.cell(row).written(), number));
                Made::Cells(read)
            }
        };
        let values = amounts(&made, spec);
        issues.extend(build::far_out(
            &values,
            |row| if let Made::Cells(cells) = &made { cells.row(row).is_some_and(|p| p.unit.is_none()) } else { true },
            |_| None,
            |row| numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from),
            found,
            spec,
            &manner.origin,
        ));
        issues.extend(shares::far_shares(&header, found, &made, &taken, &numbers, &manner.origin));
        build::place(&mut columns, &found.target, made);
    }
    issues.extend(blank::issue(&header.columns, &taken, numbers.u32().ok(), manner));
    let number = |row: usize| numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
    issues.extend(resembling::resembling(&header, &taken, manner)?.into_iter().map(|(row, column, words)| {
        let code = IssueCode::RowResemblesTotal;
        let issue = manner.origin.issue(code, Severity::Warning, IssueAction::Kept, Some(words));
        issue.at(number(row), Some(&column))
    }));
    let reading = build::columns_read(&header, manner);
    let given = Given { numbers, file: apart.file, sheet: apart.sheet, beside: apart.beside };
    let mut part = build::finish(table, columns, given, issues, reading, manner)?;
    part.latest = latest;
    Ok(part)
}

/// The amounts or areas of a column, as they are stored.
fn amounts(made: &Made, spec: Option<&ColumnSpec>) -> Vec<Option<i64>> {
    if spec.is_none_or(|s| !matches!(s.kind, Kind::Money | Kind::Area)) {
        return Vec::new();
    }
    match made {
        Made::Cells(cells) => {
            let number = |row| if let Value::Number(n) = cells.row(row)?.value { Some(n) } else { None };
            (0..cells.codes.len()).map(number).collect()
        }
        Made::Typed(typed) => typed.values.decimal().map_or_else(
            |_| Vec::new(),
            |d| d.physical().iter().map(|v| v.and_then(|v| i64::try_from(v).ok())).collect(),
        ),
    }
}

fn target_name(found: &FoundColumn) -> &str {
    match &found.target {
        Target::Known(name) => name,
        Target::Other(name) => name,
    }
}

/// The columns of a frame that stand beside others or tell where rows came from, taken out.
#[derive(Default)]
struct Apart {
    names: Vec<String>,
    beside: Vec<Beside>,
    file: Option<Series>,
    sheet: Option<Series>,
    rows: Option<Series>,
}

impl Apart {
    fn of(table: &'static TableSpec, frame: &DataFrame, told: &Told) -> Result<Self> {
        let names: Vec<String> = frame.columns().iter().map(|c| c.name().to_string()).collect();
        let known = beside::known(&header::of_frame(table, &names, told));
        let mut apart = Self::default();
        for (column, name) in frame.columns().iter().zip(names) {
            let Some(role) = beside::role(table, &name, &known) else { continue };
            let series = column.as_materialized_series();
            match (name.as_str(), series.dtype()) {
                ("source_file", DataType::String) => apart.file = Some(series.clone()),
                ("source_sheet", DataType::String) => apart.sheet = Some(series.clone()),
                ("source_row", dtype) if dtype.is_integer() && series.null_count() == 0 => {
                    apart.rows = series.strict_cast(&DataType::UInt32).ok();
                }
                (_, DataType::Datetime(..)) if matches!(role, Role::From(_)) => {
                    let days = days_of(series)?.ok_or_else(|| unfit(series, None))?;
                    let days = dates(series.name().clone(), days.into_iter());
                    apart.beside.extend(beside::of_series(role, &days)?);
                }
                _ => apart.beside.extend(beside::of_series(role, series)?),
            }
            apart.names.push(name);
        }
        Ok(apart)
    }
}

/// Cells from which on a second thread is worth its start.
const MANY: usize = 500_000;

/// The fast way for each column, where there is one; columns of large frames side by side.
fn all_fast(
    table: &'static TableSpec,
    columns: &[FoundColumn],
    taken: &[&Column],
    manner: &Manner,
) -> Vec<Result<Option<Typed>>> {
    let one = |found: &FoundColumn| {
        let Some(series) = taken.get(found.at).map(|c| c.as_materialized_series()) else { return Ok(None) };
        let spec = build::known(table, found);
        // Units and bounds go from cell to cell.
        let named = |name: &String| spec.is_some_and(|s| s.name == *name);
        let pairs = |s: &ColumnSpec| s.unit_in.as_ref().is_some_and(named) || s.bound_in.as_ref().is_some_and(named);
        if spec.is_some_and(|s| s.unit_in.is_some() || s.bound_in.is_some()) || table.columns.iter().any(pairs) {
            return Ok(None);
        }
        fast(spec, found, series, manner.blank_is_no(spec, &found.header))
    };
    let cells = taken.first().map_or(0, |c| c.len()).saturating_mul(columns.len());
    // A thread that broke off leaves its columns to the slow way.
    let typed = side_by_side(columns, cells >= MANY, |_, found| one(found));
    typed.into_iter().map(|result| result.unwrap_or(Ok(None))).collect()
}

/// A typed column as a whole, where that gives what its cells one by one would.
fn fast(
    spec: Option<&'static ColumnSpec>,
    found: &FoundColumn,
    series: &Series,
    blank_is_no: bool,
) -> Result<Option<Typed>> {
    let kind = spec.map_or(Kind::Text, |s| s.kind);
    let name = PlSmallStr::from_str(target_name(found));
    let renamed = |series: Series| Typed::plain(series.with_name(name.clone()));
    let plain = match (kind, series.dtype()) {
        (Kind::Flag, DataType::Null) if blank_is_no => None,
        (Kind::Extension, _) => None,
        (_, DataType::Null) => Some(Series::full_null(name.clone(), series.len(), &super::column::dtype(kind))),
        // A day of no year that a ledger is about is told cell by cell.
        (Kind::Event | Kind::Date, DataType::Date) => {
            let days = series.date()?;
            days.physical().iter().flatten().all(is_in_range).then(|| series.clone())
        }
        (Kind::Event | Kind::Date, DataType::Datetime(..)) => {
            let days = days_of(series)?.ok_or_else(|| unfit(series, spec))?;
            days.iter().flatten().all(|day| is_in_range(*day)).then(|| dates(name.clone(), days.into_iter()))
        }
        (Kind::Flag, DataType::Boolean) => Some(series.clone()).filter(|s| !blank_is_no || s.null_count() == 0),
        (Kind::Id | Kind::Text | Kind::Dimension, DataType::String) => {
            let fold = kind == Kind::Id;
            let clean = series.str().is_ok_and(|texts| texts.iter().flatten().all(|t| text::is_clean(t, fold)));
            clean.then(|| series.clone())
        }
        (Kind::Id | Kind::Text | Kind::Dimension, dtype) if dtype.is_integer() => Some(series.cast(&DataType::String)?),
        (Kind::Id | Kind::Text | Kind::Dimension, DataType::Categorical(..) | DataType::Enum(..)) => {
            let texts = series.cast(&DataType::String)?;
            let clean =
                texts.str().is_ok_and(|texts| texts.iter().flatten().all(|t| text::is_clean(t, kind == Kind::Id)));
            clean.then_some(texts)
        }
        _ => spec.and_then(|s| numbers::stored(s, found.unit, series, &name)),
    };
    Ok(plain.map(renamed))
}

/// The days of a column of times; `None` where its zone is not known to be always as far east.
fn days_of(series: &Series) -> PolarsResult<Option<Vec<Option<i32>>>> {
    let Some(wall) = Wall::of(series.dtype()) else { return Ok(None) };
    let physical = series.to_physical_repr();
    Ok(Some(physical.i64()?.iter().map(|time| time.map(|time| wall.day(time))).collect()))
}

fn unfit(series: &Series, spec: Option<&ColumnSpec>) -> Error {
    let message = ErrorCode::ColumnType
        .message()
        .with("dtype", series.dtype())
        .with("kind", spec.map_or_else(|| "text".to_owned(), |s| s.zh.clone()));
    Error::new(ErrorKind::Input, message)
}

/// The cells of a column, one by one.
fn cells(series: &Series, spec: Option<&ColumnSpec>, manner: &Manner, found: &FoundColumn) -> Result<RawColumn> {
    let mut builder = ColumnBuilder::new();
    let fail = |_| unfit(series, spec).at(manner.place(Some(&found.header), None));
    match series.dtype() {
        DataType::String => {
            for text in series.str()?.iter() {
                builder.push_text(text.unwrap_or(""));
            }
        }
        DataType::Boolean => {
            for yes in series.bool()?.iter() {
                builder.push(&yes.map_or(Cell::Blank, Cell::Bool));
            }
        }
        DataType::Date => {
            for day in series.date()?.physical().iter() {
                builder.push(&day.map_or(Cell::Blank, Cell::Date));
            }
        }
        DataType::Datetime(..) if matches!(spec.map(|s| s.kind), Some(Kind::Event | Kind::Date)) => {
            for day in days_of(series)?.ok_or_else(|| unfit(series, spec))? {
                builder.push(&day.map_or(Cell::Blank, Cell::Date));
            }
        }
        DataType::Float64 | DataType::Float32
            if !matches!(spec.map(|s| s.kind), Some(Kind::Money | Kind::Area))
                || *series.dtype() == DataType::Float64 =>
        {
            let wide = series.cast(&DataType::Float64)?;
            for number in wide.f64()?.iter() {
                let number = number.filter(|n| !n.is_nan());
                builder.push(&number.map_or(Cell::Blank, |n| Cell::Number(n, Shown::Plain)));
            }
        }
        dtype if dtype.is_integer() => {
            let texts = series.cast(&DataType::String).map_err(fail)?;
            for text in texts.str()?.iter() {
                // A float holds fifteen digits; of longer numbers the text is exact.
                let short = text.filter(|t| t.len() <= 15).and_then(|t| t.parse::<i64>().ok());
                match short {
                    Some(number) => builder.push(&Cell::Number(number as f64, Shown::Plain)),
                    None => builder.push_text(text.unwrap_or("")),
                }
            }
        }
        _ => {
            // Decimals, categories: their text is exact.
            let texts = series.cast(&DataType::String).map_err(fail)?;
            for text in texts.str()?.iter() {
                builder.push_text(text.unwrap_or(""));
            }
        }
    }
    Ok(builder.finish(series.len()))
}

//! The ledger from its parts: parts of one table put under one another, then the checks of whole tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Local, NaiveDate};
use polars::prelude::{Column, DataFrame, InitHashMaps, PlHashMap, PlSmallStr};

use super::build::Part;
use super::issue::{Issue, Origin, Severity};
use super::prepared::Prepared;
use super::schema::{Schema, TableSpec};
use super::side_by_side::{broke_off, side_by_side};
use super::{Ledger, OnDuplicate, Table, check, clock, column, repeated, snapshot, spelling};
use crate::calendar::Calendar;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, IssueAction, IssueCode, Phrase};

/// A check of whole tables, which tells what it finds.
type Check<'a> = dyn Fn(&mut Vec<Issue>) -> Result<()> + Sync + 'a;

/// Rows from which on a second thread is worth its start.
const MANY: usize = 20_000;

pub(crate) fn ledger(
    parts: Vec<Part>,
    on_duplicate: OnDuplicate,
    snapshot_on: Option<NaiveDate>,
    calendar: Calendar,
    strict: bool,
) -> Result<Ledger> {
    let mut tables: BTreeMap<String, (DataFrame, PlHashMap<String, String>)> = BTreeMap::new();
    let mut issues: Vec<Issue> = Vec::new();
    for spec in Schema::builtin().tables() {
        let of_table: Vec<&Part> = parts.iter().filter(|p| p.table.name == spec.name).collect();
        if of_table.is_empty() {
            continue;
        }
        for part in &of_table {
            issues.extend(part.issues.iter().cloned());
        }
        let headers = headers_of(&of_table);
        let frame = stacked(spec, &of_table, &mut issues)?;
        let frame = check::duplicates(spec, frame, &headers, on_duplicate, &mut issues)?;
        tables.insert(spec.name.clone(), (frame, headers));
    }
    let today = Local::now().date_naive();
    let written = |place: &check::CellPlace<'_>| {
        let said = parts.iter().flat_map(|part| part.latest.iter().map(move |cell| (part, cell)));
        let mut here = said.filter(|(part, cell)| cell.place(&part.reading) == *place);
        here.next().map(|(_, cell)| cell.written.clone())
    };
    let latest = check::latest_event(in_order(&tables), today, written);
    let (snapshot_on, snapshot_from) = snapshot::decide(snapshot_on, &parts, latest, today, &mut issues);
    let clock = clock::derive(&mut tables, snapshot_on, &calendar, &mut issues)?;
    let frames = || in_order(&tables);
    for (spec, frame, headers) in frames() {
        let references = |issues: &mut Vec<Issue>| {
            for (target, target_frame, _) in frames() {
                check::references(spec, frame, headers, target, target_frame, issues);
            }
            if spec.name == "projects" {
                check::phases(spec, frame, headers, issues);
            }
            check::stages(spec, frame, headers, issues);
            check::after_snapshot(spec, frame, headers, snapshot_on, issues);
            Ok(())
        };
        let spellings = |issues: &mut Vec<Issue>| {
            let of_table = || parts.iter().filter(|part| part.table.name == spec.name);
            let has = |part: &Part, name: &str| part.frame.schema().contains(name);
            let is_folded =
                |name: &str| of_table().all(|part| !has(part, name) || part.folded.iter().any(|f| f == name));
            spelling::check(spec, frame, headers, is_folded, issues);
            Ok(())
        };
        let repeats = |issues: &mut Vec<Issue>| repeated::check(spec, frame, headers, issues);
        let checks: [&Check<'_>; 3] = [&references, &spellings, &repeats];
        let found = side_by_side(&checks, frame.height() >= MANY, |_, check| {
            let mut found = Vec::new();
            check(&mut found).map(|()| found)
        });
        for found in found {
            issues.extend(found.ok_or_else(broke_off)??);
        }
    }
    if strict {
        refuse(&issues)?;
    }
    let tables =
        frames().map(|(spec, frame, _)| (spec.name.clone(), Arc::new(Table::held(spec, frame.clone())))).collect();
    let readings = parts.into_iter().map(|part| part.reading).collect();
    Ok(Ledger {
        tables,
        issues: Arc::new(issues),
        readings: Arc::new(readings),
        snapshot_on,
        snapshot_from,
        calendar,
        clock,
        sources: Vec::new(),
        prepared: Prepared::default(),
    })
}

/// A ledger of one part, beside tables that were read before: its clocks are derived, and no table is checked.
pub(crate) fn batch(
    part: Part,
    beside: Option<&Ledger>,
    snapshot_on: NaiveDate,
    calendar: &Calendar,
) -> Result<Ledger> {
    let headers = headers_of(&[&part]);
    let mut issues = part.issues;
    let mut tables = BTreeMap::from([(part.table.name.clone(), (part.frame, headers))]);
    if let Some(suspensions) = beside.and_then(|ledger| ledger.table("suspensions")) {
        tables.entry(suspensions.spec().name.clone()).or_insert((suspensions.frame()?.clone(), PlHashMap::new()));
    }
    let own = clock::derive(&mut tables, snapshot_on, calendar, &mut issues)?;
    let mut ledger = beside.cloned().unwrap_or_else(|| empty(snapshot_on, calendar));
    if part.table.name == "cases" {
        ledger.clock = own;
    }
    if let Some((frame, _)) = tables.remove(&part.table.name) {
        ledger.tables.insert(part.table.name.clone(), Arc::new(Table::held(part.table, frame)));
    }
    // What was made of another batch is not of this one.
    Ok(Ledger { issues: Arc::new(issues), snapshot_on, prepared: Prepared::default(), ..ledger })
}

/// A ledger of one table that has rows and no columns.
pub(crate) fn bare(spec: &'static TableSpec, rows: usize, snapshot_on: NaiveDate, calendar: &Calendar) -> Ledger {
    let frame = DataFrame::empty_with_height(rows);
    let tables = BTreeMap::from([(spec.name.clone(), Arc::new(Table::held(spec, frame)))]);
    Ledger { tables, ..empty(snapshot_on, calendar) }
}

/// A ledger without a table.
fn empty(snapshot_on: NaiveDate, calendar: &Calendar) -> Ledger {
    Ledger {
        tables: BTreeMap::new(),
        issues: Arc::default(),
        readings: Arc::default(),
        snapshot_on,
        snapshot_from: snapshot::SnapshotFrom::Given,
        calendar: calendar.clone(),
        clock: clock::Derived::default(),
        sources: Vec::new(),
        prepared: Prepared::default(),
    }
}

/// The day of the latest event of a part that is not after today.
pub(crate) fn latest_event(part: &Part) -> Option<NaiveDate> {
    let headers = headers_of(&[part]);
    let today = Local::now().date_naive();
    check::latest_event(std::iter::once((part.table, &part.frame, &headers)), today, |_| None).map(|latest| latest.day)
}

/// Tables that have their rows, with the headers of their columns, in the order of the schema.
fn in_order(
    tables: &BTreeMap<String, (DataFrame, PlHashMap<String, String>)>,
) -> impl Iterator<Item = (&'static TableSpec, &DataFrame, &PlHashMap<String, String>)> {
    let of = |spec: &'static TableSpec| tables.get(&spec.name).map(|(frame, headers)| (spec, frame, headers));
    Schema::builtin().tables().filter_map(of)
}

fn refuse(issues: &[Issue]) -> Result<()> {
    let errors: Vec<&Issue> = issues.iter().filter(|i| i.severity == Severity::Error).collect();
    let Some(first) = errors.first() else { return Ok(()) };
    let examples = errors.iter().take(5).enumerate().map(|(at, issue)| {
        // Where the first is, the error itself tells.
        if at == 0 {
            return issue.message.clone();
        }
        let place = match (issue.row, &issue.column) {
            (Some(_), Some(_)) => Phrase::IssueAtCell,
            (Some(_), None) => Phrase::IssueAtRow,
            (None, Some(_)) => Phrase::IssueInColumn,
            (None, None) => return issue.message.clone(),
        };
        let row = issue.row.map(|r| r.to_string()).unwrap_or_default();
        let message = place.message().with("row", row).with("column", issue.column.as_deref().unwrap_or_default());
        message.with_messages("issue", vec![issue.message.clone()])
    });
    let message =
        ErrorCode::IssuesFound.message().with("count", errors.len()).with_messages("examples", examples.collect());
    let place = Place {
        file: first.file.clone(),
        sheet: first.sheet.clone(),
        table: Some(first.table.clone()),
        row: first.row,
        column: first.column.clone(),
        ..Place::default()
    };
    Err(Error::new(ErrorKind::Input, message).at(place))
}

/// Parts of one table under one another. What one part lacks and another has is unknown in its rows, never blank; but
/// for ids and suspensions, of which there are none.
fn stacked(spec: &'static TableSpec, parts: &[&Part], issues: &mut Vec<Issue>) -> Result<DataFrame> {
    if let [only] = parts {
        return Ok(only.frame.clone());
    }
    let mut names: Vec<PlSmallStr> = Vec::new();
    let has = |name: &str| parts.iter().any(|p| p.frame.schema().contains(name));
    for known in &spec.columns {
        let absent_somewhere = has(&known.name) && parts.iter().any(|p| !p.frame.schema().contains(&known.name));
        let from = format!("{}_from", known.name);
        let state = format!("{}_state", known.name);
        names.extend(has(&known.name).then(|| PlSmallStr::from_str(&known.name)));
        names.extend(has(&from).then(|| PlSmallStr::from_string(from)));
        // No id in a file means none: a file without 上级项目编号 has no phases.
        let unknown_somewhere = absent_somewhere && !known.is_none_where_absent();
        names.extend((has(&state) || unknown_somewhere).then(|| PlSmallStr::from_string(state)));
    }
    for part in parts {
        for name in part.frame.get_column_names() {
            if !names.contains(name) && !name.starts_with("source_") {
                names.push(name.clone());
            }
        }
    }
    names.extend(["source_file", "source_sheet", "source_row"].map(PlSmallStr::from_static));
    let mut whole: Option<DataFrame> = None;
    for part in parts {
        let rows = part.frame.height();
        let columns = names.iter().map(|name| match part.frame.column(name) {
            Ok(column) => column.clone(),
            Err(_) => missing(spec, part, name, rows, issues),
        });
        let frame = DataFrame::new(rows, columns.collect())?;
        whole = Some(match whole {
            None => frame,
            Some(above) => above.vstack(&frame)?,
        });
    }
    let mut whole = whole.unwrap_or_default();
    whole.rechunk_mut();
    Ok(whole)
}

fn missing(spec: &TableSpec, part: &Part, name: &PlSmallStr, rows: usize, issues: &mut Vec<Issue>) -> Column {
    if let Some(column) = name.strip_suffix("_state").and_then(|stem| spec.column(stem)) {
        let absent = !column.is_none_where_absent() && !part.frame.schema().contains(&column.name);
        // What may be counted: the clock tells what becomes of it.
        let state = if column.derived { clock::ABSENT } else { "unreadable" };
        return column::constant(name, absent.then_some(state), rows);
    }
    let dtype = match (spec.column(name), name.ends_with("_from")) {
        (Some(known), _) => {
            let origin =
                Origin { table: spec.name.clone(), file: part.reading.file.clone(), sheet: part.reading.sheet.clone() };
            let action = if known.is_none_where_absent() { IssueAction::Blank } else { IssueAction::Unknown };
            // The unit of a number is told with the number.
            let is_unit = spec.columns.iter().any(|column| column.unit_in.as_deref() == Some(name.as_str()));
            issues.extend((!known.derived && !is_unit).then(|| column_absent(&origin, &known.zh, action)));
            column::dtype(known.kind)
        }
        (None, true) => polars::prelude::DataType::Date,
        (None, false) => polars::prelude::DataType::String,
    };
    Column::full_null(name.clone(), rows, &dtype)
}

/// A column that one part of a table does not have, and others do.
pub(super) fn column_absent(origin: &Origin, column: &str, action: IssueAction) -> Issue {
    let issue = origin.issue(IssueCode::ColumnAbsent, Severity::Warning, action, Some(column.to_owned()));
    let (zh, en) = match (&origin.sheet, &origin.file) {
        (Some(_), _) => ("这张工作表", "sheet"),
        (None, Some(_)) => ("这个文件", "file"),
        (None, None) => ("这个数据框", "frame"),
    };
    issue.at(None, Some(column)).tell("part_zh", zh).tell("part_en", en)
}

/// The headers of a table's columns, by canonical name.
fn headers_of(parts: &[&Part]) -> PlHashMap<String, String> {
    let mut headers = PlHashMap::new();
    for part in parts {
        for column in &part.reading.columns {
            headers.entry(column.name.clone()).or_insert_with(|| column.header.clone());
        }
    }
    headers
}

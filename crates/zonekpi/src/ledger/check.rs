//! What whole tables are checked for: keys, references, phases, the order of stages, days after the snapshot. Each
//! finding is an issue like those of single cells.

use std::hash::BuildHasher;

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, ChunkAgg, ChunkCompareIneq, Column, DataFrame, DataType, InitHashMaps, Int32Chunked,
    NewChunkedArray, PlHashMap, PlHashSet, PlRandomState, StringChunked, UInt32Chunked,
};

use super::OnDuplicate;
use super::cell::date_text;
use super::issue::{Issue, Origin, Severity};
use super::parse::date::{days, from_days};
use super::schema::{Kind, TableSpec};
use super::side_by_side::all_pairs;
use super::snapshot::SnapshotFrom;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, IssueAction, IssueCode};

/// The texts of a column.
pub(super) fn texts(frame: &DataFrame, name: &str) -> Option<StringChunked> {
    let column = frame.column(name).ok()?;
    (*column.dtype() == DataType::String).then(|| column.str().ok().cloned()).flatten()
}

/// The days of a column.
fn day_numbers(frame: &DataFrame, name: &str) -> Option<Int32Chunked> {
    frame.column(name).ok()?.date().ok().map(|d| d.physical().clone())
}

/// The text of a row of a column.
fn text_of(column: &Option<Column>, row: usize) -> Option<String> {
    column.as_ref()?.get(row).ok()?.get_str().map(str::to_owned)
}

/// Where a row of a table came from.
pub(super) struct Source<'a> {
    table: &'a str,
    file: Option<Column>,
    sheet: Option<Column>,
    rows: Option<UInt32Chunked>,
    /// Whether rows are of several files.
    files: bool,
}

impl<'a> Source<'a> {
    pub(super) fn of(table: &'a TableSpec, frame: &DataFrame) -> Self {
        let rows = frame.column("source_row").ok().and_then(|c| c.u32().ok().cloned());
        // A column of one name is held once, and stays so as long as it is asked row by row.
        let column = |name: &str| frame.column(name).ok().cloned();
        let file = column("source_file");
        // Rows of one file stand together, so that the first and the last tell.
        let files = frame.height() > 1 && text_of(&file, 0) != text_of(&file, frame.height() - 1);
        Self { table: &table.name, file, sheet: column("source_sheet"), rows, files }
    }

    pub(super) fn number(&self, row: usize) -> Option<u64> {
        self.rows.as_ref().and_then(|r| r.get(row)).map(u64::from)
    }

    /// The table, the file and the sheet of a row.
    pub(super) fn origin(&self, row: usize) -> Origin {
        Origin { table: self.table.to_owned(), file: text_of(&self.file, row), sheet: text_of(&self.sheet, row) }
    }

    /// The sheet of a row, or its file; with both where files have sheets.
    pub(super) fn part(&self, row: usize) -> String {
        let Origin { file, sheet, .. } = self.origin(row);
        let names: Vec<String> = [file.filter(|_| self.files), sheet].into_iter().flatten().collect();
        names.join(" · ")
    }

    /// The numbers of rows, with the sheet or the file of each where they are of several.
    pub(super) fn places(&self, rows: &[usize], most: usize) -> String {
        let parts: Vec<String> = rows.iter().take(most).map(|row| self.part(*row)).collect();
        let apart = parts.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
        self.listed(rows, most, |_| apart)
    }

    /// The same of rows that are told beside another one: with their sheet or file where one is not the other's.
    pub(super) fn places_beside(&self, row: usize, others: &[usize], most: usize) -> String {
        let own = self.part(row);
        self.listed(others, most, |part| part != own)
    }

    /// The numbers of so many rows, with their part where it is to be told.
    fn listed(&self, rows: &[usize], most: usize, tells: impl Fn(&str) -> bool) -> String {
        let place = |row: &usize| {
            let number = self.number(*row).map(|n| n.to_string()).unwrap_or_default();
            match self.part(*row) {
                part if tells(&part) => format!("{part} {number}"),
                _ => number,
            }
        };
        let mut places: Vec<String> = rows.iter().take(most).map(place).collect();
        if rows.len() > most {
            places.push("…".to_owned());
        }
        places.join(", ")
    }

    pub(super) fn issue(
        &self,
        row: usize,
        column: &str,
        code: IssueCode,
        severity: Severity,
        action: IssueAction,
        value: &str,
    ) -> Issue {
        self.origin(row).issue(code, severity, action, Some(value.to_owned())).at(self.number(row), Some(column))
    }
}

/// A key column by its header, as issues name columns; the canonical name serves where the header is not kept.
pub(super) fn header<'a>(headers: &'a PlHashMap<String, String>, name: &'a str) -> &'a str {
    headers.get(name).map_or(name, String::as_str)
}

/// The columns by which rows of this table are told apart.
pub(crate) fn key_of<'a>(table: &'a TableSpec, frame: &DataFrame) -> Option<&'a [String]> {
    table.keys.iter().find(|key| key.iter().all(|name| frame.schema().contains(name))).map(Vec::as_slice)
}

/// Takes out rows whose key occurred before, or refuses them.
pub(crate) fn duplicates(
    table: &TableSpec,
    frame: DataFrame,
    headers: &PlHashMap<String, String>,
    choice: OnDuplicate,
    issues: &mut Vec<Issue>,
) -> Result<DataFrame> {
    let Some(key) = key_of(table, &frame) else { return Ok(frame) };
    let columns: Vec<StringChunked> = key.iter().filter_map(|name| texts(&frame, name)).collect();
    if columns.len() != key.len() || frame.height() < 2 {
        return Ok(frame);
    }
    if let [only] = columns.as_slice()
        && all_differ(only)
    {
        return Ok(frame);
    }
    let mut seen: PlHashMap<Vec<&str>, Vec<usize>> = PlHashMap::new();
    let mut repeated: Vec<Vec<&str>> = Vec::new();
    for row in 0..frame.height() {
        let Some(values) = columns.iter().map(|c| c.get(row)).collect::<Option<Vec<&str>>>() else { continue };
        let rows = seen.entry(values.clone()).or_default();
        rows.push(row);
        if rows.len() == 2 {
            repeated.push(values);
        }
    }
    if repeated.is_empty() {
        return Ok(frame);
    }
    let source = Source::of(table, &frame);
    let shown = key.iter().map(|name| header(headers, name)).collect::<Vec<_>>().join(" + ");
    if choice == OnDuplicate::Error {
        let rows_of = |values: &Vec<&str>| seen.get(values).cloned().unwrap_or_default();
        let listed = repeated
            .iter()
            .take(5)
            .map(|values| format!("{} ({})", values.join(" + "), source.places(&rows_of(values), 5)));
        let mut values = listed.collect::<Vec<_>>().join("; ");
        if repeated.len() > 5 {
            values.push_str("; …");
        }
        // Sheets that list the same records again, as ledgers that are carried forward do.
        let mut parts: Vec<String> = Vec::new();
        for values in &repeated {
            let own: Vec<String> = rows_of(values).iter().map(|row| source.part(*row)).collect();
            if own.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
                for part in own {
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
            }
        }
        let code = if parts.is_empty() { ErrorCode::DuplicateKeys } else { ErrorCode::DuplicateKeysAcross };
        let message = code.message().with("key", &shown).with("count", repeated.len()).with("values", values);
        let message = if parts.is_empty() { message } else { message.with("parts", parts.join("、")) };
        let place = Place { table: Some(table.name.clone()), column: Some(shown), ..Place::default() };
        return Err(Error::new(ErrorKind::Input, message).at(place));
    }
    let mut keep = vec![true; frame.height()];
    for values in &repeated {
        let rows = seen.get(values).map(Vec::as_slice).unwrap_or(&[]);
        let kept = if choice == OnDuplicate::First { rows.first() } else { rows.last() };
        for row in rows.iter().filter(|row| Some(*row) != kept) {
            if let Some(slot) = keep.get_mut(*row) {
                *slot = false;
            }
            let action = if choice == OnDuplicate::First { IssueAction::KeptFirst } else { IssueAction::KeptLast };
            let value = values.join(" + ");
            issues.push(source.issue(*row, &shown, IssueCode::DuplicateKey, Severity::Error, action, &value));
        }
    }
    Ok(frame.filter(&BooleanChunked::from_slice("keep".into(), &keep))?)
}

/// Whether no text occurs twice, as far as a glance can tell: ids that rise, or hashes that all differ.
fn all_differ(texts: &StringChunked) -> bool {
    // Shorter first, so that 9 comes before 10.
    if all_pairs(texts, |one, other| (one.len(), one) < (other.len(), other)) {
        return true;
    }
    let state = PlRandomState::default();
    let mut hashes: Vec<u64> = texts.iter().flatten().map(|text| state.hash_one(text)).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| matches!(pair, [a, b] if a != b))
}

/// References that lead nowhere.
pub(crate) fn references(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    target: &TableSpec,
    target_frame: &DataFrame,
    issues: &mut Vec<Issue>,
) {
    let Some(reference) = table.reference_to(&target.name) else { return };
    let Some(key) = target.keys.iter().find_map(|k| k.last()) else { return };
    let (Some(values), Some(keys)) = (texts(frame, &reference.name), texts(target_frame, key)) else { return };
    // A matter is known by its name, with the zone where both tables have it.
    let zoned = target.keys.iter().any(|k| k.len() == 2 && k.iter().any(|n| n == "zone")) && target.name != "projects";
    let zones = |frame: &DataFrame| zoned.then(|| texts(frame, "zone")).flatten();
    let (own, their) = match (zones(frame), zones(target_frame)) {
        (Some(own), Some(their)) => (Some(own), Some(their)),
        _ => (None, None),
    };
    fn named<'t>(zones: Option<&'t StringChunked>, row: usize, name: &'t str) -> (&'t str, &'t str) {
        (zones.and_then(|zones| zones.get(row)).unwrap_or(""), name)
    }
    // What is referred to, and whether it is there: few rows may refer to a table of millions.
    let referred = values.iter().enumerate().filter_map(|(row, value)| Some((named(own.as_ref(), row, value?), false)));
    let mut referred: PlHashMap<(&str, &str), bool> = referred.collect();
    for (row, key) in keys.iter().enumerate() {
        if let Some(there) = key.and_then(|key| referred.get_mut(&named(their.as_ref(), row, key))) {
            *there = true;
        }
    }
    if referred.values().all(|there| *there) {
        return;
    }
    let source = Source::of(table, frame);
    for (row, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        if referred.get(&named(own.as_ref(), row, value)) == Some(&false) {
            let code = if target.name == "projects" { IssueCode::KeyNotInProjects } else { IssueCode::KeyNotFound };
            let column = header(headers, &reference.name);
            let issue = source.issue(row, column, code, Severity::Warning, IssueAction::NoTarget, value);
            issues.push(issue.tell("target", &target.zh));
        }
    }
}

/// Phases of projects: parents that are missing or lead in a circle, and money that stands on both levels.
pub(crate) fn phases(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    issues: &mut Vec<Issue>,
) {
    let (Some(ids), Some(parents)) = (texts(frame, "project_id"), texts(frame, "parent_id")) else { return };
    if parents.null_count() == parents.len() {
        return;
    }
    let mut row_of: PlHashMap<&str, usize> = PlHashMap::new();
    for (row, id) in ids.iter().enumerate() {
        if let Some(id) = id {
            row_of.entry(id).or_insert(row);
        }
    }
    let money = frame.column("investment_cny").ok().map(|c| c.as_materialized_series().is_not_null());
    let has_money = |row: usize| money.as_ref().is_some_and(|m| m.get(row) == Some(true));
    let source = Source::of(table, frame);
    let column = header(headers, "parent_id");
    let mut told: PlHashSet<&str> = PlHashSet::new();
    for (row, parent) in parents.iter().enumerate() {
        let Some(parent) = parent else { continue };
        let mut issue = |code, action| issues.push(source.issue(row, column, code, Severity::Warning, action, parent));
        let Some(parent_row) = row_of.get(parent) else {
            issue(IssueCode::ParentMissing, IssueAction::NoTarget);
            continue;
        };
        if is_circular(row, &row_of, &parents) {
            issue(IssueCode::ParentCircular, IssueAction::Kept);
            continue;
        }
        if has_money(row) && has_money(*parent_row) && told.insert(parent) {
            let code = IssueCode::ParentAndPhaseMoney;
            let at = source.issue(
                *parent_row,
                header(headers, "investment_cny"),
                code,
                Severity::Warning,
                IssueAction::Kept,
                parent,
            );
            issues.push(at.tell("money", header(headers, "investment_cny")));
        }
    }
}

fn is_circular(start: usize, row_of: &PlHashMap<&str, usize>, parents: &StringChunked) -> bool {
    let mut row = start;
    let mut passed: PlHashSet<usize> = PlHashSet::new();
    while passed.insert(row) {
        match parents.get(row).and_then(|parent| row_of.get(parent)) {
            Some(next) => row = *next,
            None => return false,
        }
    }
    // Only the projects on the circle, not those that lead into it.
    row == start
}

/// Stages that surely stand in the wrong order.
pub(crate) fn stages(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    issues: &mut Vec<Issue>,
) {
    let source = Source::of(table, frame);
    let mut told: PlHashSet<(usize, &str)> = PlHashSet::new();
    for line in &table.stages {
        for (at, later) in line.iter().enumerate() {
            let Some(to) = day_numbers(frame, later) else { continue };
            for earlier in line.iter().take(at) {
                let Some(earlier_to) = day_numbers(frame, earlier) else { continue };
                if !to.lt(&earlier_to).any() {
                    continue;
                }
                let from = day_numbers(frame, &format!("{earlier}_from"));
                for (row, (to, earlier_to)) in to.iter().zip(earlier_to.iter()).enumerate() {
                    let (Some(to), Some(earlier_to)) = (to, earlier_to) else { continue };
                    let earlier_from = from.as_ref().and_then(|f| f.get(row)).unwrap_or(earlier_to);
                    if to < earlier_from && told.insert((row, later)) {
                        let column = header(headers, later);
                        let code = IssueCode::StagesReversed;
                        let issue =
                            source.issue(row, column, code, Severity::Warning, IssueAction::Kept, &date_text(to));
                        let issue = issue.tell("earlier", header(headers, earlier));
                        issues.push(issue.tell("earlier_value", date_text(earlier_to)));
                    }
                }
            }
        }
    }
}

/// Events that surely lie after the day the ledger records.
pub(crate) fn after_snapshot(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    snapshot_on: NaiveDate,
    issues: &mut Vec<Issue>,
) {
    let snapshot = days(snapshot_on);
    let source = Source::of(table, frame);
    for spec in table.columns.iter().filter(|c| c.kind == Kind::Event) {
        let Some(to) = day_numbers(frame, &spec.name) else { continue };
        if to.max().is_none_or(|latest| latest <= snapshot) {
            continue;
        }
        let from = day_numbers(frame, &format!("{}_from", spec.name));
        for (row, to) in to.iter().enumerate() {
            let Some(to) = to else { continue };
            let from = from.as_ref().and_then(|f| f.get(row)).unwrap_or(to);
            if from > snapshot {
                let column = header(headers, &spec.name);
                // What a suspension would do to the clock is not done before it begins.
                let is_plan =
                    matches!((table.name.as_str(), spec.name.as_str()), ("suspensions", _) | (_, "suspended_on"));
                let action = if is_plan { IssueAction::NotHappened } else { IssueAction::Kept };
                let code = IssueCode::DateAfterSnapshot;
                issues.push(source.issue(row, column, code, Severity::Warning, action, &date_text(to)));
            }
        }
    }
}

/// Where a cell stands: by its table, file, sheet, row and the canonical name of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellPlace<'a> {
    pub table: &'a str,
    pub file: Option<&'a str>,
    pub sheet: Option<&'a str>,
    pub row: Option<u64>,
    pub column: &'a str,
}

/// An event by which a ledger is dated.
#[derive(Debug)]
pub(crate) struct LatestEvent {
    pub day: NaiveDate,
    pub from: SnapshotFrom,
}

/// The latest day on which an event was recorded, not after today: of an imprecise day the first one, for no later day
/// is known.
///
/// `written` tells the words of a cell, by its file, sheet, row and column.
pub(crate) fn latest_event<'a, 's: 'a>(
    tables: impl Iterator<Item = (&'s TableSpec, &'a DataFrame, &'a PlHashMap<String, String>)>,
    today: NaiveDate,
    written: impl Fn(&CellPlace<'_>) -> Option<String>,
) -> Option<LatestEvent> {
    let today = days(today);
    let mut latest: Option<(i32, usize, &TableSpec, &DataFrame, &str, &str)> = None;
    for (table, frame, headers) in tables {
        for spec in table.columns.iter().filter(|c| c.kind == Kind::Event) {
            let Some(to) = day_numbers(frame, &spec.name) else { continue };
            let from = day_numbers(frame, &format!("{}_from", spec.name));
            let Some(most) = to.max().filter(|most| latest.is_none_or(|(day, ..)| *most > day)) else { continue };
            // Where all days are exact and none is later than today, the greatest of them is the latest.
            if from.is_none() && most <= today {
                let row = to.iter().position(|day| day == Some(most));
                latest = row.map(|row| (most, row, table, frame, spec.name.as_str(), header(headers, &spec.name)));
                continue;
            }
            for (row, to) in to.iter().enumerate() {
                let Some(to) = to else { continue };
                let day = from.as_ref().and_then(|f| f.get(row)).unwrap_or(to);
                if day <= today && latest.is_none_or(|(latest, ..)| day > latest) {
                    latest = Some((day, row, table, frame, &spec.name, header(headers, &spec.name)));
                }
            }
        }
    }
    let (day, row, table, frame, name, column) = latest?;
    let source = Source::of(table, frame);
    let (Origin { file, sheet, .. }, number) = (source.origin(row), source.number(row));
    let place =
        CellPlace { table: &table.name, file: file.as_deref(), sheet: sheet.as_deref(), row: number, column: name };
    let from = SnapshotFrom::Event {
        table: table.name.clone(),
        row: number,
        column: column.to_owned(),
        value: date_text(day),
        written: written(&place),
        file,
        sheet,
    };
    Some(LatestEvent { day: from_days(day)?, from })
}

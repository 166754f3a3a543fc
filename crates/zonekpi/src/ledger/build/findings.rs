//! What the reading of a sheet finds beside its cells: doubts about headers, hidden and dated rows, another table below,
//! values far out of their column. Each is an issue.

use super::known;
use crate::ledger::cell::RawColumn;
use crate::ledger::column::ReadCells;
use crate::ledger::header::{Doubt, FoundColumn, Header, Target};
use crate::ledger::issue::{Issue, Origin, Severity};
use crate::ledger::parse::Value;
use crate::ledger::rows::{self, Rows};
use crate::ledger::schema::{ColumnSpec, Kind, TableSpec};
use crate::ledger::source::Grid;
use crate::ledger::{scale, totals, unit};
use crate::message::{IssueAction, IssueCode};

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
            Doubt::Concerns { header, columns } => {
                issue(IssueCode::ColumnConcerns, Severity::Warning, IssueAction::Kept, header)
                    .tell("columns", columns.join("、"))
            }
            Doubt::Resembles { header, near } => {
                issue(IssueCode::ColumnResembles, Severity::Note, IssueAction::Kept, header)
                    .at(None, Some(header))
                    .tell("near", near)
            }
        })
        .collect()
}

/// A warning of a row that was set aside for its label, and yet holds a date.
pub(super) fn dated_total(grid: &Grid, header: &Header, row: usize, origin: &Origin) -> Option<Issue> {
    let (column, written) = rows::dated(grid, header, row)?;
    let issue = origin.issue(IssueCode::TotalHoldsDate, Severity::Warning, IssueAction::SetAside, Some(written));
    Some(issue.at(Some(grid.first_row + row as u64), Some(&column)))
}

/// An error of rows that are not read, for they are of another table.
pub(super) fn another(another: &rows::Another, grid: &Grid, origin: &Origin) -> Issue {
    let row = grid.first_row + another.row as u64;
    let value = Some(another.words.clone());
    let issue = origin.issue(another.code, Severity::Error, IssueAction::OneTablePerSheet, value);
    issue.at(Some(row), None).tell("row", row)
}

/// Warnings of rows that were kept and may be none of the table: totals without a label of their own, single cells,
/// headers of other tables.
pub(super) fn doubtful_rows(grid: &Grid, header: &Header, sorted: &Rows, origin: &Origin) -> Vec<Issue> {
    let totals = rows::resembling(grid, header, sorted);
    let alone = sorted.lone.iter().filter(|lone| totals.iter().all(|total| total.row != lone.row));
    let alone = alone.map(|lone| (IssueCode::LoneCell, lone.row, Some(&lone.column), &lone.words));
    let heads = sorted.headlike.iter().map(|(row, words)| (IssueCode::RowResemblesHeader, *row, None, words));
    let like_totals =
        totals.iter().map(|like| (IssueCode::RowResemblesTotal, like.row, Some(&like.column), &like.words));
    let told = like_totals.chain(alone).chain(heads);
    told.map(|(code, row, column, words)| {
        let issue = origin.issue(code, Severity::Warning, IssueAction::Kept, Some(words.clone()));
        issue.at(Some(grid.first_row + row as u64), column.map(String::as_str))
    })
    .collect()
}

/// A note on rows and columns that a person who looks at the sheet does not see.
pub(super) fn hidden(grid: &Grid, header: &Header, sorted: &Rows, origin: &Origin) -> Option<Issue> {
    let (rows, columns) = what_is_hidden(grid, header, sorted);
    let (rows, columns) = (rows.len(), columns.len());
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
pub(super) fn what_is_hidden(grid: &Grid, header: &Header, sorted: &Rows) -> (Vec<u64>, Vec<String>) {
    // Most sheets hide none, and a sheet may have millions.
    let kept = (!grid.hidden_rows.is_empty()).then(|| sorted.kept.iter()).into_iter().flatten();
    let rows = kept.filter(|row| grid.hidden_rows.contains(row));
    let columns = header.columns.iter().filter(|c| grid.hidden_columns.contains(&c.at));
    (rows.map(|row| grid.first_row + row as u64).collect(), columns.map(|c| c.header.clone()).collect())
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
    let factor = found.unit.map_or((1, 1), |u| u.to_stored(Some(&spec.name)));
    let shown = |value: i64| totals::in_unit(i128::from(value), factor, spec.kind.scale().unwrap_or(0));
    let issue = |row: usize, code| {
        let value = written(row).or_else(|| values.get(row).copied().flatten().map(shown));
        origin.issue(code, Severity::Warning, IssueAction::Kept, value).at(numbers(row), Some(&found.header))
    };
    let far = scale::doubtful(values, &bare);
    let ten_thousands = spec.kind == Kind::Money && factor == (10_000, 1);
    let mut yuan = if ten_thousands { scale::in_yuan(values, &bare) } else { Vec::new() };
    yuan.retain(|(row, _)| far.binary_search_by_key(row, |(far, _)| *far).is_err());
    let far = far.into_iter().map(|(row, median)| issue(row, IssueCode::ScaleDoubtful).tell("median", shown(median)));
    let yuan =
        yuan.into_iter().map(|(row, greatest)| issue(row, IssueCode::YuanDoubtful).tell("greatest", shown(greatest)));
    far.chain(yuan).collect()
}

/// The column of shares that bare numbers may be percents in.
pub(crate) fn of_shares(table: &'static TableSpec, found: &FoundColumn) -> Option<&'static ColumnSpec> {
    let spec = known(table, found).filter(|s| matches!(s.kind, Kind::Measure | Kind::OptionalMeasure));
    spec.filter(|_| found.unit.is_none())
}

/// The column of a name among those of a header.
pub(crate) fn called<'a>(header: &'a Header, name: &str) -> Option<&'a FoundColumn> {
    header.columns.iter().find(|c| matches!(&c.target, Target::Known(known) if *known == name))
}

/// Warnings of shares among which one seems to be a percent without its sign.
pub(super) fn far_shares(
    grid: &Grid,
    header: &Header,
    found: &FoundColumn,
    sorted: &Rows,
    selected: &RawColumn,
    cells: &ReadCells,
    origin: &Origin,
) -> Vec<Issue> {
    let Some(spec) = of_shares(header.table, found) else { return Vec::new() };
    let column = |name: &str| called(header, name).and_then(|c| grid.columns.get(c.at));
    // Targets and values are of an indicator, each in its own unit; weights are all alike.
    let indicator = if spec.unit_in.is_some() { column("indicator") } else { None };
    let units = spec.unit_in.as_deref().and_then(column);
    let values: Vec<Option<i64>> = (0..sorted.kept.len())
        .map(|kept| match cells.row(kept).map(|p| &p.value) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        })
        .collect();
    let grid_row = |kept: usize| sorted.kept.get(kept).unwrap_or_default();
    let group = |kept: usize| indicator.and_then(|c| c.codes().get(grid_row(kept)).copied()).unwrap_or_default();
    let bare = |kept: usize| {
        cells.row(kept).is_some_and(|p| p.unit.is_none()) && units.is_none_or(|c| c.cell(grid_row(kept)).is_empty())
    };
    let doubtful = scale::doubtful_shares(&values, group, bare).into_iter();
    doubtful
        .map(|kept| {
            let number = Some(grid.first_row + grid_row(kept) as u64);
            far_share(selected.cell(kept).written(), number, found, origin)
        })
        .collect()
}

pub(crate) fn far_share(written: String, row: Option<u64>, found: &FoundColumn, origin: &Origin) -> Issue {
    let issue = origin.issue(IssueCode::ShareScaleDoubtful, Severity::Warning, IssueAction::Kept, Some(written));
    issue.at(row, Some(&found.header))
}

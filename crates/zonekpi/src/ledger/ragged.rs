//! Records of a text file that have more or fewer cells than their header.
//!
//! A longer one most likely has a separator too many, in an amount or a name that should have been quoted: every cell
//! behind it stands one column too far right, and is kept where it stands, with an error. A shorter one is a line that
//! was broken, or one whose blank cells at the end were not written: where the file writes such cells elsewhere it is a
//! warning, else one note tells how many.

use polars::prelude::{InitHashMaps, PlHashMap};

use super::header::Header;
use super::issue::{Issue, Origin, Severity};
use super::rows::Rows;
use super::source::Grid;
use crate::message::{IssueAction, IssueCode};

/// The issues of records that do not fit their header.
pub(crate) fn issues(grid: &Grid, header: &Header, sorted: &Rows, origin: &Origin) -> Vec<Issue> {
    // Where all records are alike there is nothing to tell.
    if grid.record_lengths.len() < 2 {
        return Vec::new();
    }
    let of_header = header.header_rows.iter().filter_map(|row| grid.record_length(*row)).max().unwrap_or(0);
    let mut counts: PlHashMap<usize, usize> = PlHashMap::new();
    for row in sorted.kept.iter() {
        *counts.entry(grid.record_length(row).unwrap_or(0)).or_default() += 1;
    }
    // A column without a header makes most records longer than it, and none of them has shifted.
    let most = counts.iter().max_by_key(|(length, count)| (**count, **length)).map_or(0, |(length, _)| *length);
    let expected = if counts.get(&most).is_some_and(|count| *count * 2 > sorted.kept.len()) {
        of_header.max(most)
    } else {
        of_header
    };
    let is_blank = |row: usize, at: usize| grid.columns.get(at).is_none_or(|column| column.cell(row).is_empty());
    let length = |row: usize| grid.record_length(row).unwrap_or(0);
    let writes_blanks =
        || expected > 0 && sorted.kept.iter().any(|row| length(row) == expected && is_blank(row, expected - 1));
    let shorter = counts.keys().any(|length| *length < expected);
    let severity = if shorter && writes_blanks() { Severity::Warning } else { Severity::Note };
    let mut issues = Vec::new();
    let mut trimmed: Option<(usize, u64)> = None;
    for row in sorted.kept.iter() {
        let found = length(row);
        let number = grid.first_row + row as u64;
        let ragged = |severity| {
            let issue = origin.issue(IssueCode::RowRagged, severity, IssueAction::Kept, None);
            issue.at(Some(number), None).tell("found", found).tell("expected", expected)
        };
        if found > expected && (expected..found).any(|at| !is_blank(row, at)) {
            issues.push(ragged(Severity::Error));
        } else if found < expected && severity == Severity::Warning {
            issues.push(ragged(severity));
        } else if found < expected {
            trimmed = Some(trimmed.map_or((1, number), |(count, first)| (count + 1, first)));
        }
    }
    if let Some((count, first)) = trimmed {
        let value = Some(count.to_string());
        let issue = origin.issue(IssueCode::RowsTrimmed, Severity::Note, IssueAction::Blank, value);
        issues.push(issue.at(Some(first), None));
    }
    issues
}

/// A note that hidden rows, hidden columns and merged cells could not be told.
pub(crate) fn unseen(grid: &Grid, origin: &Origin) -> Option<Issue> {
    let issue = || origin.issue(IssueCode::UnseenUnknown, Severity::Note, IssueAction::RowsRead, None);
    grid.unseen_unknown.then(issue)
}

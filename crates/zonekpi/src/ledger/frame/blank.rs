//! Rows of a frame in which nothing stands. They are records to whoever counts rows, and none to whoever looks at them;
//! a frame is taken as it is given, so that they are told and kept.

use polars::prelude::{Column, DataType, UInt32Chunked};

use super::Manner;
use crate::ledger::header::{FoundColumn, Target};
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::rows::numbers_rows;
use crate::ledger::text;
use crate::message::{IssueAction, IssueCode};

/// A warning of the rows in which no column has anything, but for the number of the row.
pub(super) fn issue(
    columns: &[FoundColumn],
    taken: &[&Column],
    numbers: Option<&UInt32Chunked>,
    manner: &Manner,
) -> Option<Issue> {
    let counts = |found: &&FoundColumn| !(matches!(found.target, Target::Other(_)) && numbers_rows(&found.word));
    let mut blank: Option<Vec<usize>> = None;
    for column in columns.iter().filter(counts).filter_map(|found| taken.get(found.at)) {
        let rows = blanks(column, blank);
        // Few frames have such a row, and most are done with here.
        if rows.is_empty() {
            return None;
        }
        blank = Some(rows);
    }
    let blank = blank?;
    let number = |row: &usize| numbers.and_then(|n| n.get(*row)).map(u64::from);
    let first = blank.first().and_then(number);
    let value = Some(blank.len().to_string());
    let issue = manner.origin.issue(IssueCode::RowsBlank, Severity::Warning, IssueAction::Kept, value);
    Some(issue.at(first, None).tell("first", first.unwrap_or_default()))
}

/// Those of some rows, or of all, in which a column has nothing.
fn blanks(column: &Column, among: Option<Vec<usize>>) -> Vec<usize> {
    let series = column.as_materialized_series();
    let texts = series.str().ok();
    let floats = match series.dtype() {
        DataType::Float64 => series.f64().ok(),
        _ => None,
    };
    if series.null_count() == 0 && texts.is_none() && floats.is_none() {
        return Vec::new();
    }
    let nulls = series.is_null();
    let is_blank = |row: usize| match (texts, floats) {
        (Some(texts), _) => texts.get(row).is_none_or(|text| !text::is_seen(text)),
        (_, Some(floats)) => floats.get(row).is_none_or(f64::is_nan),
        _ => nulls.get(row) == Some(true),
    };
    match among {
        Some(rows) => rows.into_iter().filter(|row| is_blank(*row)).collect(),
        None => (0..series.len()).filter(|row| is_blank(*row)).collect(),
    }
}

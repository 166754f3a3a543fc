//! The due dates of a ledger and those that were counted: which of them a case has, and where they contradict each other.

use polars::prelude::PlHashMap;

use super::columns::{self, DueColumn, Number};
use super::{Clock, Due, SUSPENDED};
use crate::ledger::assemble::column_absent;
use crate::ledger::cell::date_text;
use crate::ledger::check::header;
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::parse::date;
use crate::ledger::schema::Schema;
use crate::message::{IssueAction, IssueCode};

/// Due dates row by row, with whether a later notice may move them: what was counted in days that are provisional.
pub(super) struct Counted {
    pub(super) due: Vec<Due>,
    pub(super) moves: Vec<bool>,
}

impl Counted {
    /// The promised days, else the statutory ones.
    pub(super) fn or(self, statutory: Self) -> Self {
        let moves = self.due.iter().zip(self.moves.iter().zip(&statutory.moves));
        let moves = moves.map(|(promised, (own, other))| if *promised == Due::Never { *other } else { *own }).collect();
        let due = self.due.into_iter().zip(statutory.due).map(|(promised, statutory)| first(promised, statutory));
        Self { due: due.collect(), moves }
    }
}

impl Clock<'_> {
    /// The due dates of a column: the ledger's own, and where it has none, those that were counted.
    pub(super) fn settled(
        &self,
        name: &'static str,
        counted: Option<Counted>,
        issues: &mut Vec<Issue>,
        made: &mut Vec<(&'static str, columns::Made)>,
    ) -> Option<Counted> {
        let Some(own) = DueColumn::of(self.frame, name) else {
            made.extend(counted.as_ref().map(|counted| (name, columns::due(name, &counted.due))));
            return counted;
        };
        let mut due: Vec<Due> = own.rows().collect();
        let Some(mut counted) = counted else {
            let absent: Vec<usize> = (0..due.len()).filter(|row| own.is_absent(*row)).collect();
            if !absent.is_empty() {
                self.tell_absent(name, &absent, issues);
                made.push((name, columns::due(name, &due)));
            }
            return Some(Counted { moves: vec![false; due.len()], due });
        };
        self.compare(name, &due, &counted.due, issues);
        let mut filled = 0usize;
        for (row, (own_due, counted_due)) in due.iter_mut().zip(&counted.due).enumerate() {
            let fills = own.is_absent(row) || (*own_due == Due::Never && *counted_due != Due::Never);
            if fills {
                *own_due = *counted_due;
                filled += 1;
            } else if let Some(moves) = counted.moves.get_mut(row) {
                // What the ledger says moves with no notice.
                *moves = false;
            }
        }
        if filled > 0 {
            let (severity, action) = (Severity::Note, IssueAction::Derived);
            issues.push(self.of_column(name, IssueCode::DueFilled, severity, action, &filled.to_string()));
            made.push((name, columns::due(name, &due)));
        }
        Some(Counted { due, moves: counted.moves })
    }

    /// The days that stood still: the ledger's own, and where it has none, those that its dates give.
    pub(super) fn settled_suspended(&self, issues: &mut Vec<Issue>) -> Option<(&'static str, columns::Made)> {
        let mut days = self.suspended_days(None);
        if !self.frame.schema().contains(SUSPENDED) {
            return Some((SUSPENDED, columns::counts(SUSPENDED, &days)));
        }
        let column = header(self.headers, SUSPENDED);
        let (mut filled, mut slips) = (0usize, false);
        for (row, counted) in days.iter_mut().enumerate() {
            let own = match self.stood_still.row(row) {
                Number::Blank => {
                    filled += 1;
                    continue;
                }
                Number::Unreadable => None,
                Number::Of(own) if own < 0 => {
                    slips = true;
                    None
                }
                Number::Of(own) => Some(own),
            };
            // Of a case that is open, the two may have been looked at on different days.
            if let (Some(own), Some(counted), true, false) = (own, *counted, self.stills(row).dated, self.is_open(row))
                && own != counted
            {
                let (code, value) = (IssueCode::SuspendedDiffers, own.to_string());
                let issue = self.source.issue(row, column, code, Severity::Warning, IssueAction::Kept, &value);
                issues.push(issue.tell("counted", counted));
            }
            *counted = own;
        }
        if filled > 0 {
            let (severity, action) = (Severity::Note, IssueAction::Derived);
            issues.push(self.of_column(SUSPENDED, IssueCode::SuspendedFilled, severity, action, &filled.to_string()));
        }
        (filled > 0 || slips).then(|| (SUSPENDED, columns::counts(SUSPENDED, &days)))
    }

    /// One issue for each part that lacks a column of due dates which nothing gives.
    fn tell_absent(&self, name: &str, rows: &[usize], issues: &mut Vec<Issue>) {
        let shown = Schema::builtin().table("cases").and_then(|table| table.column(name)).map_or(name, |spec| &spec.zh);
        let mut last = None;
        for row in rows {
            let origin = self.source.origin(*row);
            if last.replace((origin.file.clone(), origin.sheet.clone()))
                != Some((origin.file.clone(), origin.sheet.clone()))
            {
                issues.push(column_absent(&origin, shown, IssueAction::Unknown));
            }
        }
    }

    /// Where the ledger has a due date of its own that its limit surely does not give.
    fn compare(&self, name: &str, own: &[Due], counted: &[Due], issues: &mut Vec<Issue>) {
        let column = header(self.headers, name);
        // Of a month the last day was taken, as it is said; a counted day of that month is no other.
        let last_taken =
            |issue: &&Issue| issue.code == IssueCode::DateLastDayTaken && issue.column.as_deref() == Some(column);
        let span = |issue: &Issue| {
            let days = date::read(issue.value.as_deref()?).ok()?;
            Some(((issue.row, issue.file.clone(), issue.sheet.clone()), (date::days(days.from), date::days(days.to))))
        };
        let spans: PlHashMap<_, _> = issues.iter().filter(last_taken).filter_map(span).collect();
        let holds = |row: usize, counted: Option<i32>| {
            let origin = self.source.origin(row);
            let span = spans.get(&(self.source.number(row), origin.file, origin.sheet));
            span.zip(counted).is_some_and(|((from, to), counted)| (*from..=*to).contains(&counted))
        };
        for (row, (own, counted)) in own.iter().zip(counted).enumerate() {
            let (Due::Within(Some(own_from), Some(own_to)), Due::Within(from, to)) = (own, counted) else { continue };
            let differs = from.is_some_and(|from| *own_to < from) || to.is_some_and(|to| *own_from > to);
            if differs && !holds(row, to.or(*from)) {
                let (code, value) = (IssueCode::DueDiffers, date_text(*own_to));
                let issue = self.source.issue(row, column, code, Severity::Warning, IssueAction::Kept, &value);
                let counted = to.or(*from).map(date_text).unwrap_or_default();
                issues.push(issue.tell("counted", counted));
            }
        }
    }
}

/// The promised day, else the statutory one.
fn first(promised: Due, statutory: Due) -> Due {
    match (promised, statutory) {
        (Due::Never, statutory) => statutory,
        (Due::Within(from, to), _) => Due::Within(from, to),
        // Whichever of the two it is, there is one.
        (Due::Unknown, Due::Within(..)) => Due::Within(None, None),
        (Due::Unknown, _) => Due::Unknown,
    }
}

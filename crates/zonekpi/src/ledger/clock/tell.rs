//! What is told of the clocks of cases: suspensions without an end or without days, limits that the calendar does not
//! hold, days that may yet change.

use super::columns::{Happened, Number};
use super::limit::{End, Limit};
use super::settle::Counted;
use super::standstill::{ALWAYS, Until};
use super::{Clock, Due, Kind, SUSPENDED};
use crate::ledger::cell::date_text;
use crate::ledger::check::header;
use crate::ledger::issue::{Issue, Severity};
use crate::message::{IssueAction, IssueCode};

impl Clock<'_> {
    /// Cases that were decided while a suspension had no end: how long it stood still is unknown, and when the case was
    /// due where that was not before.
    pub(super) fn tell_never_resumed(&self, due: Option<&Counted>, issues: &mut Vec<Issue>) {
        let Some(decided) = &self.decided else { return };
        for (row, still) in self.stills.iter().enumerate() {
            let Some(since) = still.and_then(|still| still.open_since).filter(|since| *since > ALWAYS) else {
                continue;
            };
            if let Happened::Within(_, Some(day)) = decided.row(row) {
                let moves = due.and_then(|due| due.due.get(row));
                let moves = moves.is_some_and(|due| matches!(due, Due::Within(from, to) if from != to));
                let code = match (since <= day, moves) {
                    (false, _) => IssueCode::SuspensionAfterDecision,
                    (true, true) => IssueCode::SuspensionOpen,
                    (true, false) => IssueCode::SuspensionOpenAfter,
                };
                let issue = self.issue(row, header(self.headers, "decided_on"), code, &date_text(day));
                issues.push(issue.tell("since", date_text(since)));
            }
        }
    }

    /// One issue for all cases of which only the number of days that stood still is known.
    pub(super) fn tell_undated(&self, issues: &mut Vec<Issue>) {
        let is_undated = |row: &usize| self.undated(*row, self.stills(*row)) != Some(0);
        let count = (0..self.frame.height()).filter(is_undated).count();
        if count > 0 {
            let (severity, action) = (Severity::Warning, IssueAction::Unknown);
            issues.push(self.of_column(SUSPENDED, IssueCode::SuspensionUndated, severity, action, &count.to_string()));
        }
    }

    /// Cases that stood still on more working days than passed until they were decided.
    pub(super) fn tell_exceeding(&self, issues: &mut Vec<Issue>) {
        let (true, Some(decided)) = (self.frame.schema().contains(SUSPENDED), &self.decided) else { return };
        for row in 0..self.frame.height() {
            let Number::Of(stood_still) = self.stood_still.row(row) else { continue };
            let Happened::Within(Some(accepted), _) = self.accepted.row(row) else { continue };
            let Happened::Within(_, Some(day)) = decided.row(row) else { continue };
            if let Some(passed) = self.calendar.between(accepted, day).filter(|passed| stood_still > i64::from(*passed))
            {
                let column = header(self.headers, SUSPENDED);
                let (code, value) = (IssueCode::SuspendedExceeds, stood_still.to_string());
                let issue = self.source.issue(row, column, code, Severity::Warning, IssueAction::Kept, &value);
                issues.push(issue.tell("passed", passed));
            }
        }
    }

    /// An issue where the calendar does not reach to the end of a limit.
    pub(super) fn tell_uncovered(&self, row: usize, limit: &Limit, column: &str, issues: &mut Vec<Issue>) {
        let Happened::Within(_, Some(accepted)) = self.accepted.row(row) else { return };
        let (first, last) = self.calendar.coverage();
        let stills = self.most(row);
        // What still stands still is no fault of the calendar.
        let stands = stills.last().is_some_and(|still| matches!(still.until, Until::NotBefore(_)));
        if stands || matches!(limit.latest(accepted, &stills, self.calendar), End::On(_)) {
            return;
        }
        let issue = self.issue(row, column, IssueCode::DueUncovered, &limit.amount.to_string());
        let issue = issue.tell("accepted", date_text(accepted)).tell("first", first).tell("last", last);
        issues.push(issue);
    }

    /// One note for all due dates of a limit that a later notice may move.
    pub(super) fn tell_provisional(&self, kind: &Kind, moving: usize, issues: &mut Vec<Issue>) {
        if moving > 0 {
            let (code, severity, action) = (IssueCode::DueProvisional, Severity::Note, IssueAction::Kept);
            let issue = self.of_column(kind.limit, code, severity, action, &moving.to_string());
            issues.push(issue.tell("last", self.calendar.final_until()));
        }
    }
}

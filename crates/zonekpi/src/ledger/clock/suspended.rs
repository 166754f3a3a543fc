//! The suspensions of a ledger, by the cases that they are of. What each of them stands still is in `standstill`.

use polars::prelude::{DataFrame, PlHashMap};

use super::columns;
use super::standstill::{Recorded, Standstill};
use crate::ledger::cell::date_text;
use crate::ledger::check::{Source, header, texts};
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::schema::{Schema, TableSpec};
use crate::message::{IssueAction, IssueCode};

const ID: &str = "case_id";
const FROM: &str = "from_on";

/// When each case stands still.
#[derive(Debug, Default)]
pub(super) struct Suspended {
    of: PlHashMap<String, Standstill>,
    /// What any other case may share in: suspensions of which nobody knows whose they are.
    others: Standstill,
    /// Whether the ledger has a table of suspensions.
    pub(super) recorded: bool,
    /// How many suspensions are of a case that nobody knows.
    pub(super) unassigned: usize,
}

impl Suspended {
    /// Of the table of suspensions. One that is of no known case may be of any: it moves no due date for sure,
    /// and perhaps each.
    pub(super) fn of(
        (frame, headers): (&DataFrame, &PlHashMap<String, String>),
        cases: &DataFrame,
        snapshot: i32,
        issues: &mut Vec<Issue>,
    ) -> Self {
        let Some(spec) = Schema::builtin().table("suspensions") else { return Self::default() };
        let mut suspended = Self { recorded: true, ..Self::default() };
        let lines = Lines { spec, frame, headers, source: Source::of(spec, frame) };
        let ids = texts(frame, ID).filter(|_| cases.schema().contains(ID));
        let (from, to) = (columns::recorded(frame, FROM, snapshot), columns::recorded(frame, "to_on", snapshot));
        let mut unassigned = Standstill::default();
        for (row, (from, to)) in from.into_iter().zip(to).enumerate() {
            if let Recorded::Days(first, _) = from
                && first > snapshot
            {
                // A plan, which is told as all events after the ledger's day are: until it has begun the clock runs.
                continue;
            }
            match ids.as_ref().map(|ids| ids.get(row)) {
                // One of a case that the ledger does not have is told already, as a reference that leads nowhere.
                Some(Some(id)) => suspended.of.entry(id.to_owned()).or_default().add(from, to, snapshot),
                of_nobody => {
                    suspended.unassigned += 1;
                    unassigned.add(from, to, snapshot);
                    if of_nobody.is_some() {
                        let since = if let Recorded::Days(first, _) = from { Some(first) } else { None };
                        lines.tell_unassigned(row, since, issues);
                    }
                }
            }
        }
        if suspended.unassigned > 0 && ids.is_none() {
            let without = if frame.schema().contains(ID) { Schema::builtin().table("cases") } else { Some(spec) };
            lines.tell_without_ids(suspended.unassigned, without, issues);
        }
        suspended.others.may_share(&unassigned);
        suspended.others.join();
        for standstill in suspended.of.values_mut() {
            standstill.may_share(&unassigned);
            standstill.join();
        }
        suspended
    }

    /// Whether no case of the ledger stands still, not even perhaps.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty() && self.others.most.is_empty()
    }

    /// When a case stands still; `None` where it never does.
    pub(super) fn of_case(&self, id: Option<&str>) -> Option<&Standstill> {
        id.and_then(|id| self.of.get(id)).or(Some(&self.others).filter(|others| !others.most.is_empty()))
    }
}

/// The table of suspensions, to tell of.
struct Lines<'a> {
    spec: &'a TableSpec,
    frame: &'a DataFrame,
    headers: &'a PlHashMap<String, String>,
    source: Source<'a>,
}

impl Lines<'_> {
    fn tell_unassigned(&self, row: usize, since: Option<i32>, issues: &mut Vec<Issue>) {
        let code = IssueCode::SuspensionUnassigned;
        let value = since.map(date_text).unwrap_or_default();
        let column = header(self.headers, ID);
        issues.push(self.source.issue(row, column, code, Severity::Error, IssueAction::Unknown, &value));
    }

    /// One issue for all, where a table has no ids.
    fn tell_without_ids(&self, count: usize, without: Option<&TableSpec>, issues: &mut Vec<Issue>) {
        let Some(row) = self.frame.height().checked_sub(1) else { return };
        let code = IssueCode::CaseIdsAbsent;
        let issue = self.source.issue(row, FROM, code, Severity::Error, IssueAction::Unknown, &count.to_string());
        let missing = self.spec.column(ID).map_or(ID, |column| &column.zh);
        let table = without.map_or(self.spec.zh.as_str(), |table| &table.zh);
        issues.push(issue.at(None, Some(missing)).tell("target", table));
    }
}

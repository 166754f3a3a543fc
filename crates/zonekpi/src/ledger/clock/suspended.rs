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
/// The columns of cases that say of the one suspension of a row.
const ROW_FROM: &str = "suspended_on";
const ROW_TO: &str = "resumed_on";

/// A table with the headers of its columns.
pub(super) type Table<'a> = (&'a DataFrame, &'a PlHashMap<String, String>);

/// When each case stands still.
#[derive(Debug, Default)]
pub(super) struct Suspended {
    of: PlHashMap<String, Standstill>,
    /// Of rows of cases that have no id, what is written in the row itself.
    of_row: PlHashMap<usize, Standstill>,
    /// What any other case may share in: suspensions of which nobody knows whose they are.
    others: Standstill,
    /// Whether the ledger says when cases were suspended: in a table, or beside the cases.
    pub(super) recorded: bool,
    /// How many suspensions are of a case that nobody knows.
    pub(super) unassigned: usize,
}

impl Suspended {
    /// Of the table of suspensions, and of those that stand in the rows of cases. One that is of no known case may be of
    /// any: it moves no due date for sure, and perhaps each.
    pub(super) fn of(suspensions: Option<Table<'_>>, cases: Table<'_>, snapshot: i32, issues: &mut Vec<Issue>) -> Self {
        let mut suspended = Self::default();
        let mut unassigned = Standstill::default();
        if let (Some(table), Some(spec)) = (suspensions, Schema::builtin().table("suspensions")) {
            let lines = Lines::of(spec, table, (FROM, "to_on"), snapshot);
            let ids = texts(table.0, ID).filter(|_| cases.0.schema().contains(ID));
            for (row, (from, to)) in lines.begun(issues) {
                match ids.as_ref().map(|ids| ids.get(row)) {
                    // One of a case that the ledger does not have is told already, as a reference that leads nowhere.
                    Some(Some(id)) => suspended.of.entry(id.to_owned()).or_default().add(from, to, snapshot),
                    of_nobody => {
                        suspended.unassigned += 1;
                        unassigned.add(from, to, snapshot);
                        if of_nobody.is_some() {
                            lines.tell_unassigned(row, from, issues);
                        }
                    }
                }
            }
            if suspended.unassigned > 0 && ids.is_none() {
                let cases = Schema::builtin().table("cases");
                let without = if table.0.schema().contains(ID) { cases } else { Some(spec) };
                lines.tell_without_ids(suspended.unassigned, without, issues);
            }
            suspended.recorded = true;
        }
        let beside = [ROW_FROM, ROW_TO].iter().any(|name| cases.0.schema().contains(name));
        if let Some(spec) = Schema::builtin().table("cases").filter(|_| beside) {
            let ids = texts(cases.0, ID);
            for (row, (from, to)) in Lines::of(spec, cases, (ROW_FROM, ROW_TO), snapshot).begun(issues) {
                let still = match ids.as_ref().and_then(|ids| ids.get(row)) {
                    Some(id) => suspended.of.entry(id.to_owned()).or_default(),
                    None => suspended.of_row.entry(row).or_default(),
                };
                still.add(from, to, snapshot);
            }
            suspended.recorded = true;
        }
        suspended.others.may_share(&unassigned);
        suspended.others.join();
        for standstill in suspended.of.values_mut().chain(suspended.of_row.values_mut()) {
            standstill.may_share(&unassigned);
            standstill.join();
        }
        suspended
    }

    /// Whether no case of the ledger stands still, not even perhaps.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty() && self.of_row.is_empty() && self.others.most.is_empty()
    }

    /// When the case of a row stands still; `None` where it never does.
    pub(super) fn of_case(&self, row: usize, id: Option<&str>) -> Option<&Standstill> {
        let own = id.map_or_else(|| self.of_row.get(&row), |id| self.of.get(id));
        own.or(Some(&self.others).filter(|others| !others.most.is_empty()))
    }
}

/// Rows that each say of one suspension, to read and to tell of.
struct Lines<'a> {
    spec: &'a TableSpec,
    frame: &'a DataFrame,
    headers: &'a PlHashMap<String, String>,
    source: Source<'a>,
    /// The columns of the first and of the last day.
    columns: (&'static str, &'static str),
    snapshot: i32,
}

impl<'a> Lines<'a> {
    fn of(
        spec: &'a TableSpec,
        (frame, headers): Table<'a>,
        columns: (&'static str, &'static str),
        snapshot: i32,
    ) -> Self {
        Self { spec, frame, headers, source: Source::of(spec, frame), columns, snapshot }
    }

    /// The suspensions that have begun, by row. A row without days is none: what is blank has not happened.
    fn begun(&self, issues: &mut Vec<Issue>) -> Vec<(usize, (Recorded, Recorded))> {
        let from = columns::beginnings(self.frame, self.columns.0, self.snapshot);
        let to = columns::ends(self.frame, self.columns.1, self.snapshot);
        let mut begun = Vec::new();
        let mut blank = 0usize;
        for (row, days) in from.into_iter().zip(to).enumerate() {
            match days {
                (Recorded::Blank, Recorded::Blank) => blank += 1,
                // A plan, which is told as all events after the ledger's day are: until it has begun the clock runs.
                (Recorded::Days(first, _), _) if first > self.snapshot => {}
                (Recorded::Blank, _) => {
                    self.tell_without_beginning(row, days.1, issues);
                    begun.push((row, days));
                }
                _ => begun.push((row, days)),
            }
        }
        // Cases that were never suspended are blank in their own rows.
        if blank > 0 && self.spec.name == "suspensions" {
            let (code, value) = (IssueCode::SuspensionsBlank, blank.to_string());
            let issue = self.source.issue(0, "", code, Severity::Note, IssueAction::NotHappened, &value);
            issues.push(issue.at(None, Some(header(self.headers, self.columns.0))));
        }
        begun
    }

    fn tell_without_beginning(&self, row: usize, to: Recorded, issues: &mut Vec<Issue>) {
        let (code, value) = match to {
            Recorded::Days(_, last) => (IssueCode::SuspensionUnbegun, date_text(last)),
            Recorded::Blank | Recorded::Unreadable => (IssueCode::SuspensionUnread, String::new()),
        };
        let column = header(self.headers, self.columns.0);
        issues.push(self.source.issue(row, column, code, Severity::Warning, IssueAction::Unknown, &value));
    }

    fn tell_unassigned(&self, row: usize, from: Recorded, issues: &mut Vec<Issue>) {
        let code = IssueCode::SuspensionUnassigned;
        let value = if let Recorded::Days(first, _) = from { date_text(first) } else { String::new() };
        let column = header(self.headers, ID);
        issues.push(self.source.issue(row, column, code, Severity::Error, IssueAction::Unknown, &value));
    }

    /// One issue for all, where a table has no ids.
    fn tell_without_ids(&self, count: usize, without: Option<&TableSpec>, issues: &mut Vec<Issue>) {
        let Some(row) = self.frame.height().checked_sub(1) else { return };
        let code = IssueCode::CaseIdsAbsent;
        let issue =
            self.source.issue(row, self.columns.0, code, Severity::Error, IssueAction::Unknown, &count.to_string());
        let missing = self.spec.column(ID).map_or(ID, |column| &column.zh);
        let table = without.map_or(self.spec.zh.as_str(), |table| &table.zh);
        issues.push(issue.at(None, Some(missing)).tell("target", table));
    }
}

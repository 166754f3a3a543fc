//! The legal clock of cases: on which day each is due, and how long it stood still. Made at reading from acceptance,
//! limits, extensions and suspensions, where the ledger does not have these columns of its own.
//!
//! How a limit is used up is in `limit`, what stands still in `standstill`, whose suspensions they are in `suspended`,
//! what becomes of the ledger's own due dates in `settle`, how columns are read and made in `columns`, what is told of all
//! this in `tell`; here rows are put together.

mod columns;
mod limit;
mod settle;
mod standstill;
mod suspended;
mod tell;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use polars::prelude::{DataFrame, PlHashMap};

pub(super) use self::columns::ABSENT;
use self::columns::{Events, Happened, Numbers, Words};
use self::limit::{End, Limit, Unit};
use self::settle::Counted;
use self::standstill::{Standstill, Still};
use self::suspended::Suspended;
use super::Ledger;
use super::check::{Source, header};
use super::issue::{Issue, Severity};
use super::schema::Schema;
use crate::calendar::{Calendar, days};
use crate::error::Result;
use crate::message::{IssueAction, IssueCode};

/// What was derived, for those who read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    /// The columns of cases that were made.
    pub(crate) columns: Vec<&'static str>,
    /// Of each column of due dates, how many lie after the last day that no notice will change.
    pub(crate) provisional: Vec<(&'static str, usize)>,
    /// Whether the ledger has a table of suspensions.
    pub(crate) suspensions: bool,
    /// Suspensions of which nobody knows whose they are.
    pub(crate) unassigned: usize,
}

type Tables = BTreeMap<String, (DataFrame, PlHashMap<String, String>)>;

/// A day on which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// There is none.
    Never,
    /// Whether there is one cannot be told.
    Unknown,
    /// There is one, from the first of these days to the last; `None` is open.
    Within(Option<i32>, Option<i32>),
}

/// One of the two limits of a case: its columns, and the column that is made of it.
struct Kind {
    limit: &'static str,
    unit: &'static str,
    due: &'static str,
}

const PROMISED: Kind = Kind { limit: "promised_limit", unit: "promised_limit_unit", due: "promised_due_on" };
const STATUTORY: Kind = Kind { limit: "statutory_limit", unit: "statutory_limit_unit", due: "statutory_due_on" };
const DUE: &str = "due_on";
pub(crate) const SUSPENDED: &str = "suspended_days";

/// Adds the columns that the ledger does not have, and tells where that could not be done.
pub(super) fn derive(
    tables: &mut Tables,
    snapshot_on: NaiveDate,
    calendar: &Calendar,
    issues: &mut Vec<Issue>,
) -> Result<Derived> {
    let mut derived = Derived::default();
    let suspended = tables.get("cases").map(|(cases, headers)| {
        let suspensions = tables.get("suspensions").map(|(frame, headers)| (frame, headers));
        Suspended::of(suspensions, (cases, headers), days(snapshot_on), issues)
    });
    let suspended = suspended.unwrap_or_default();
    let Some((frame, headers)) = tables.get_mut("cases") else { return Ok(derived) };
    // Days that stood still are told as well where only their number is.
    derived.suspensions = suspended.recorded || frame.schema().contains(SUSPENDED);
    derived.unassigned = suspended.unassigned;
    let Some(spec) = Schema::builtin().table("cases") else { return Ok(derived) };
    let made = {
        let source = Source::of(spec, frame);
        let clock = Clock::of(frame, headers, source, &suspended, days(snapshot_on), calendar);
        clock.run(issues, &mut derived)
    };
    for (name, column) in made {
        // Days that stood still which the ledger has of its own are not to be counted again for an earlier day.
        derived.columns.extend((name != SUSPENDED || !frame.schema().contains(SUSPENDED)).then_some(name));
        columns::insert(frame, spec, name, column)?;
    }
    Ok(derived)
}

/// The suspended days of each case as they were by a day before that of the ledger: a suspension that lies after it had
/// taken nothing out yet.
///
/// # Errors
///
/// Where the tables cannot be read.
pub(crate) fn suspended_by(ledger: &Ledger, day: i32) -> Result<Vec<Option<i64>>> {
    let (Some(cases), Some(spec)) = (ledger.table("cases"), Schema::builtin().table("cases")) else {
        return Ok(Vec::new());
    };
    let cases = &cases.columns(cases.with_beside(OF_CLOCK))?;
    let (headers, snapshot) = (PlHashMap::default(), days(ledger.snapshot_on()));
    let suspensions = ledger.table("suspensions").map(|suspensions| suspensions.frame()).transpose()?;
    let suspensions = suspensions.map(|suspensions| (suspensions, &headers));
    // Whatever there was to tell was told when the ledger was read.
    let suspended = Suspended::of(suspensions, (cases, &headers), snapshot, &mut Vec::new());
    let source = Source::of(spec, cases);
    let clock = Clock::of(cases, &headers, source, &suspended, snapshot, ledger.calendar());
    Ok(clock.suspended_days(Some(day)))
}

/// The columns of cases by which is told how long each stood still.
const OF_CLOCK: [&str; 6] = ["case_id", "accepted_on", "decided_on", "suspended_on", "resumed_on", SUSPENDED];

/// The cases with what their clocks depend on.
struct Clock<'a> {
    frame: &'a DataFrame,
    headers: &'a PlHashMap<String, String>,
    source: Source<'a>,
    accepted: Events,
    decided: Option<Events>,
    /// The suspensions of each row; empty where no row has any.
    stills: Vec<Option<&'a Standstill>>,
    /// The days that each stood still, where the ledger has them of its own.
    stood_still: Numbers,
    snapshot: i32,
    calendar: &'a Calendar,
}

/// A limit as a row has it.
enum Given {
    None,
    Unreadable,
    Of { amount: i64, unit: Option<Unit> },
}

static NONE: Standstill = Standstill::NONE;

impl<'a> Clock<'a> {
    fn of(
        frame: &'a DataFrame,
        headers: &'a PlHashMap<String, String>,
        source: Source<'a>,
        suspended: &'a Suspended,
        snapshot: i32,
        calendar: &'a Calendar,
    ) -> Self {
        let stills = match (suspended.is_empty(), super::check::texts(frame, "case_id")) {
            (true, _) => Vec::new(),
            (false, Some(ids)) => ids.iter().enumerate().map(|(row, id)| suspended.of_case(row, id)).collect(),
            (false, None) => (0..frame.height()).map(|row| suspended.of_case(row, None)).collect(),
        };
        let decided = frame.schema().contains("decided_on").then(|| Events::of(frame, "decided_on", snapshot));
        let accepted = Events::of(frame, "accepted_on", snapshot);
        let stood_still = Numbers::of(frame, SUSPENDED);
        Self { frame, headers, source, accepted, decided, stills, stood_still, snapshot, calendar }
    }

    fn run(&self, issues: &mut Vec<Issue>, derived: &mut Derived) -> Vec<(&'static str, columns::Made)> {
        let mut made = Vec::new();
        let mut known: [Option<Counted>; 2] = [None, None];
        let counts = self.frame.schema().contains("accepted_on");
        for (kind, known) in [PROMISED, STATUTORY].iter().zip(&mut known) {
            let tells = !self.frame.schema().contains(kind.due);
            let counted = (counts && self.frame.schema().contains(kind.limit)).then(|| {
                let due = self.due(kind, tells, issues);
                Counted { moves: due.iter().map(|due| self.is_provisional(due)).collect(), due }
            });
            *known = self.settled(kind.due, counted, issues, &mut made);
            let moving = known.iter().flat_map(|known| &known.moves).filter(|moves| **moves).count();
            self.tell_provisional(kind, moving, issues);
            derived.provisional.push((kind.due, moving));
        }
        let counted = match known {
            [Some(promised), Some(statutory)] => Some(promised.or(statutory)),
            [promised, statutory] => promised.or(statutory),
        };
        let due = self.settled(DUE, counted, issues, &mut made);
        let moving = due.iter().flat_map(|due| &due.moves).filter(|moves| **moves).count();
        derived.provisional.push((DUE, moving));
        derived.provisional.retain(|(_, moving)| *moving > 0);
        if counts {
            made.extend(self.settled_suspended(issues));
        }
        if !made.is_empty() {
            self.tell_never_resumed(due.as_ref(), issues);
            self.tell_undated(issues);
        }
        self.tell_exceeding(issues);
        made
    }

    /// The due dates by one limit. What cannot be told is told as such, unless the ledger has the column of its own.
    fn due(&self, kind: &Kind, tells: bool, issues: &mut Vec<Issue>) -> Vec<Due> {
        let limits = Numbers::of(self.frame, kind.limit);
        let units = Words::of(self.frame, kind.unit);
        let extensions = Numbers::of(self.frame, "extended_days");
        let extended_in = Words::of(self.frame, "extended_days_unit");
        let column = header(self.headers, kind.limit);
        let mut without_unit = None;
        let mut due = Vec::with_capacity(self.frame.height());
        for row in 0..self.frame.height() {
            let given = match limits.row(row) {
                columns::Number::Blank => Given::None,
                columns::Number::Unreadable => Given::Unreadable,
                columns::Number::Of(amount) if amount < 0 => Given::Unreadable,
                columns::Number::Of(amount) => Given::Of { amount, unit: units.row(row).and_then(Unit::named) },
            };
            let (day, limit) = match given {
                Given::None => (Due::Never, None),
                Given::Unreadable => (Due::Unknown, None),
                Given::Of { amount, unit: None } => {
                    if units.is_absent() {
                        without_unit.get_or_insert((row, amount));
                    } else if tells && units.is_blank(row) {
                        issues.push(self.issue(row, column, IssueCode::LimitUnitMissing, &amount.to_string()));
                    }
                    (self.some_day(row), None)
                }
                Given::Of { amount, unit: Some(unit) } => {
                    let extended = match extensions.row(row) {
                        columns::Number::Blank => Some(0),
                        columns::Number::Of(extended) if extended >= 0 => Some(extended),
                        // Nothing shortens a limit: a negative extension is a slip.
                        columns::Number::Of(_) | columns::Number::Unreadable => None,
                    };
                    let extended_in = extended_in.row(row).and_then(Unit::named);
                    let limit = Limit { unit, amount, extended: extended.unwrap_or(0), extended_in };
                    (self.counted(row, &limit, extended.is_some()), Some(limit))
                }
            };
            if let (true, Some(limit), Due::Within(_, None)) = (tells, limit, day) {
                self.tell_uncovered(row, &limit, column, issues);
            }
            due.push(day);
        }
        if let (true, Some((_, amount))) = (tells, without_unit) {
            let issue = self.issue(0, column, IssueCode::LimitUnitMissing, &amount.to_string());
            issues.push(issue.at(None, Some(column)));
        }
        due
    }

    /// A limit is there, but nothing else is known of it: the case is due on some day, not before it was accepted.
    fn some_day(&self, row: usize) -> Due {
        match self.accepted.row(row) {
            Happened::Never if self.is_open(row) => Due::Never,
            Happened::Never => Due::Within(None, None),
            Happened::Within(from, _) => Due::Within(from, None),
        }
    }

    /// Whether the case is surely not decided.
    fn is_open(&self, row: usize) -> bool {
        self.decided.as_ref().is_none_or(|decided| decided.row(row) == Happened::Never)
    }

    /// The days that may stand still: of a case that was decided none after its decision that has no end.
    fn most(&self, row: usize) -> Cow<'_, [Still]> {
        let stills = self.stills(row);
        match self.decided.as_ref().map(|decided| decided.row(row)) {
            Some(Happened::Within(_, Some(day))) => stills.most_by(day),
            _ => Cow::Borrowed(&stills.most),
        }
    }

    fn stills(&self, row: usize) -> &Standstill {
        self.stills.get(row).copied().flatten().unwrap_or(&NONE)
    }

    /// The due date by a limit. `whole` is whether its extension is known; else it ends there at the earliest.
    fn counted(&self, row: usize, limit: &Limit, whole: bool) -> Due {
        let (from, to) = match self.accepted.row(row) {
            // Nobody has taken the case on, so that no limit runs; but one that was decided was accepted some day.
            Happened::Never if self.is_open(row) => return Due::Never,
            Happened::Never => return Due::Within(None, None),
            Happened::Within(from, to) => (from, to),
        };
        let stills = self.stills(row);
        // Most rows are accepted on one day and never stand still: they are counted once.
        let undated = self.undated(row, stills);
        if whole && from == to && stills.most.is_empty() && undated == Some(0) && limit.is_exact() {
            let Some(accepted) = from else { return Due::Within(None, None) };
            return match limit.latest(accepted, &[], self.calendar) {
                End::On(day) => Due::Within(Some(day), Some(day)),
                End::NotBefore(day) => Due::Within(Some(day), None),
            };
        }
        let surely = match self.decided.as_ref().map(|decided| decided.row(row)) {
            Some(Happened::Within(decided, _)) => stills.surely_by(decided),
            None | Some(Happened::Never) => Cow::Borrowed(stills.least.as_slice()),
        };
        let earliest = from.map(|from| match limit.earliest(from, &surely, self.calendar) {
            End::On(day) | End::NotBefore(day) => day,
        });
        let latest = to.filter(|_| whole).zip(undated).and_then(|(to, undated)| {
            let end = limit.standing(undated)?.latest(to, &self.most(row), self.calendar);
            // Of days of which only the number is known, some may stand still yet.
            let may_last = |day: i32| undated > 0 && self.is_open(row) && day > self.snapshot;
            if let End::On(day) = end { Some(day).filter(|day| !may_last(*day)) } else { None }
        });
        Due::Within(earliest, latest)
    }

    /// The working days that a case stood still of which the ledger has the number alone; `None` where it cannot be read.
    fn undated(&self, row: usize, stills: &Standstill) -> Option<i64> {
        match self.stood_still.row(row) {
            _ if stills.dated => Some(0),
            columns::Number::Of(days) if days > 0 => Some(days),
            columns::Number::Of(0) | columns::Number::Blank => Some(0),
            // Nothing stands still for fewer days than none: it is a slip.
            columns::Number::Of(_) | columns::Number::Unreadable => None,
        }
    }

    fn issue(&self, row: usize, column: &str, code: IssueCode, value: &str) -> Issue {
        self.source.issue(row, column, code, Severity::Warning, IssueAction::Unknown, value)
    }

    /// What is told once of a column as a whole.
    fn of_column(&self, name: &str, code: IssueCode, severity: Severity, action: IssueAction, value: &str) -> Issue {
        let column = header(self.headers, name);
        self.source.issue(0, column, code, severity, action, value).at(None, Some(column))
    }

    fn is_provisional(&self, due: &Due) -> bool {
        matches!(due, Due::Within(_, Some(to)) if *to > days(self.calendar.final_until()))
    }

    /// The working days on which each case stood still after it was accepted, until it was decided or until the day of
    /// the ledger, or an earlier one; `None` where that cannot be told.
    fn suspended_days(&self, until: Option<i32>) -> Vec<Option<i64>> {
        (0..self.frame.height()).map(|row| self.suspended_in(row, until)).collect()
    }

    fn suspended_in(&self, row: usize, until: Option<i32>) -> Option<i64> {
        let Some(stills) = self.stills.get(row).copied().flatten() else { return Some(0) };
        let Happened::Within(from, to) = self.accepted.row(row) else {
            return if self.is_open(row) { Some(0) } else { None };
        };
        let (by_from, by_to) = match self.decided.as_ref().map(|decided| decided.row(row)) {
            None | Some(Happened::Never) => (Some(self.snapshot), Some(self.snapshot)),
            Some(Happened::Within(from, to)) => (from, to),
        };
        let cut = |day: i32| until.map_or(day, |until| day.min(until));
        // An event without a first day may be as early as the first of the calendar, and of one without a last day
        // nothing is known.
        let early = |day: Option<i32>| day.unwrap_or_else(|| days(self.calendar.coverage().0));
        let decided = !self.is_open(row);
        let by = (cut(early(by_from)), cut(by_to?));
        let (least, most) = stills.working_days(decided, (early(from), to?), by, self.calendar)?;
        (least == most).then(|| i64::from(least))
    }
}

//! The columns of cases and suspensions as the clock reads them, and those that it makes.

use polars::prelude::{
    Column, DataFrame, DataType, Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray, PlSmallStr, Series,
    StringChunked,
};

use super::Due;
use super::standstill::{ALWAYS, Recorded};
use crate::error::Result;
use crate::ledger::column::dates;
use crate::ledger::event::ends_by;
use crate::ledger::schema::TableSpec;

/// What is told of a cell that has no value, or whose day is open.
const UNREADABLE: &str = "unreadable";
const UNDATED: &str = "undated";
const OPEN: &str = "open";
/// Of a column that the row's file does not have: until the clock is read.
pub(in crate::ledger) const ABSENT: &str = "absent";

/// The days of a column, row by row.
fn days_of(frame: &DataFrame, name: &str) -> Vec<Option<i32>> {
    let none = || vec![None; frame.height()];
    let Ok(column) = frame.column(name) else { return none() };
    column.date().map_or_else(|_| none(), |days| days.physical().iter().collect())
}

/// The texts of a column, if it is there.
fn texts_of(frame: &DataFrame, name: &str) -> Option<StringChunked> {
    // Words may be held as categories.
    frame.column(name).ok()?.cast(&DataType::String).ok()?.str().ok().cloned()
}

/// What stands beside a column, if anything does.
struct State(Option<StringChunked>);

impl State {
    fn of(frame: &DataFrame, name: &str) -> Self {
        Self(texts_of(frame, &format!("{name}_state")))
    }

    fn is(&self, row: usize, what: &str) -> bool {
        self.0.as_ref().and_then(|state| state.get(row)) == Some(what)
    }
}

/// Whether and when something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    Never,
    /// From the first of these days to the last; `None` is open.
    Within(Option<i32>, Option<i32>),
}

/// The days of an event, as far as the ledger's day.
pub(super) struct Events {
    to: Vec<Option<i32>>,
    from: Option<Vec<Option<i32>>>,
    state: State,
    snapshot: i32,
}

impl Events {
    pub(super) fn of(frame: &DataFrame, name: &str, snapshot: i32) -> Self {
        let beside = format!("{name}_from");
        let from = frame.schema().contains(&beside).then(|| days_of(frame, &beside));
        Self { to: days_of(frame, name), from, state: State::of(frame, name), snapshot }
    }

    pub(super) fn row(&self, row: usize) -> Happened {
        let Some(to) = self.to.get(row).copied().flatten() else {
            return if self.state.is(row, UNREADABLE) {
                Happened::Within(None, None)
            } else if self.state.is(row, UNDATED) {
                Happened::Within(None, Some(self.snapshot))
            } else {
                Happened::Never
            };
        };
        let from = self.from.as_ref().and_then(|from| from.get(row).copied().flatten()).unwrap_or(to);
        Happened::Within(Some(from), Some(ends_by(&from, to, self.snapshot)))
    }
}

/// A whole number of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Blank,
    Unreadable,
    Of(i64),
}

/// The whole numbers of a column; of one that is not there, all blank.
pub(super) struct Numbers {
    values: Option<Int64Chunked>,
    state: State,
}

impl Numbers {
    pub(super) fn of(frame: &DataFrame, name: &str) -> Self {
        let values = frame.column(name).ok().and_then(|column| column.i64().ok()).map(|v| v.rechunk().into_owned());
        Self { values, state: State::of(frame, name) }
    }

    pub(super) fn row(&self, row: usize) -> Number {
        match self.values.as_ref().and_then(|values| values.get(row)) {
            Some(value) => Number::Of(value),
            None if self.state.is(row, UNREADABLE) => Number::Unreadable,
            None => Number::Blank,
        }
    }
}

/// The words of a column.
pub(super) struct Words {
    values: Option<StringChunked>,
    state: State,
}

impl Words {
    pub(super) fn of(frame: &DataFrame, name: &str) -> Self {
        Self { values: texts_of(frame, name).map(|v| v.rechunk().into_owned()), state: State::of(frame, name) }
    }

    pub(super) fn is_absent(&self) -> bool {
        self.values.is_none()
    }

    pub(super) fn row(&self, row: usize) -> Option<&str> {
        self.values.as_ref()?.get(row)
    }

    /// Whether nothing is there: not even something that cannot be read.
    pub(super) fn is_blank(&self, row: usize) -> bool {
        self.row(row).is_none() && !self.state.is(row, UNREADABLE)
    }
}

/// The first days of suspensions, row by row: events, which have happened by the day of the ledger.
pub(super) fn beginnings(frame: &DataFrame, name: &str, snapshot: i32) -> Vec<Recorded> {
    let by_then = |recorded| match recorded {
        Recorded::Days(first, last) => Recorded::Days(first, ends_by(&first, last, snapshot)),
        other => other,
    };
    recorded(frame, name, snapshot).map(by_then).collect()
}

/// The last days of suspensions, row by row: they may be plans.
pub(super) fn ends(frame: &DataFrame, name: &str, snapshot: i32) -> Vec<Recorded> {
    recorded(frame, name, snapshot).collect()
}

fn recorded(frame: &DataFrame, name: &str, snapshot: i32) -> impl Iterator<Item = Recorded> {
    let state = State::of(frame, name);
    let first = days_of(frame, &format!("{name}_from"));
    let days = days_of(frame, name).into_iter().zip(first).enumerate();
    days.map(move |(row, (day, first))| match day {
        Some(last) => Recorded::Days(first.unwrap_or(last), last),
        None if state.is(row, UNDATED) => Recorded::Days(ALWAYS, snapshot),
        None if state.is(row, UNREADABLE) => Recorded::Unreadable,
        None => Recorded::Blank,
    })
}

/// A column of due dates that the ledger has of its own.
pub(super) struct DueColumn {
    to: Vec<Option<i32>>,
    from: Vec<Option<i32>>,
    state: State,
}

impl DueColumn {
    pub(super) fn of(frame: &DataFrame, name: &str) -> Option<Self> {
        frame.schema().contains(name).then(|| Self {
            to: days_of(frame, name),
            from: days_of(frame, &format!("{name}_from")),
            state: State::of(frame, name),
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Due> {
        self.to.iter().zip(&self.from).enumerate().map(|(row, (to, from))| {
            if self.state.is(row, OPEN) {
                return Due::Within(*from, *to);
            }
            match to {
                Some(to) => Due::Within(Some(from.unwrap_or(*to)), Some(*to)),
                None if self.state.is(row, UNREADABLE) || self.is_absent(row) => Due::Unknown,
                None => Due::Never,
            }
        })
    }

    /// Whether the file of the row does not have the column.
    pub(super) fn is_absent(&self, row: usize) -> bool {
        self.state.is(row, ABSENT)
    }
}

/// A column that was made, with what stands beside it.
pub(super) struct Made {
    values: Series,
    from: Option<Series>,
    state: Option<Series>,
}

/// A column of due dates: the last day, beside it the first where they differ, and `open` where either is not known.
pub(super) fn due(name: &str, due: &[Due]) -> Made {
    let to = |due: &Due| if let Due::Within(_, to) = due { *to } else { None };
    let is_open = |due: &Due| matches!(due, Due::Within(from, to) if from.is_none() || to.is_none());
    let from = |due: &Due| match due {
        Due::Within(from, to) if from != to => *from,
        _ => None,
    };
    let state = |due: &Due| match due {
        Due::Unknown => Some(UNREADABLE),
        due if is_open(due) => Some(OPEN),
        _ => None,
    };
    let has = |some: &dyn Fn(&Due) -> bool| due.iter().any(some);
    Made {
        values: dates(PlSmallStr::from_str(name), due.iter().map(to)),
        from: has(&|d| from(d).is_some())
            .then(|| dates(PlSmallStr::from_string(format!("{name}_from")), due.iter().map(from))),
        state: has(&|d| state(d).is_some()).then(|| states(name, due.iter().map(state))),
    }
}

/// A column of whole numbers, unreadable where there is none.
pub(super) fn counts(name: &str, counts: &[Option<i64>]) -> Made {
    let values = Int64Chunked::from_iter_options(PlSmallStr::from_str(name), counts.iter().copied());
    let state = |count: &Option<i64>| count.is_none().then_some(UNREADABLE);
    Made {
        values: values.into_series(),
        from: None,
        state: counts.iter().any(Option::is_none).then(|| states(name, counts.iter().map(state))),
    }
}

fn states(name: &str, states: impl Iterator<Item = Option<&'static str>>) -> Series {
    StringChunked::from_iter_options(PlSmallStr::from_string(format!("{name}_state")), states).into_series()
}

/// Puts a made column where the schema has it.
pub(super) fn insert(frame: &mut DataFrame, spec: &TableSpec, name: &str, made: Made) -> Result<()> {
    // A column that the ledger has, and that was filled in, takes the place of its own.
    for old in [name.to_owned(), format!("{name}_from"), format!("{name}_state")] {
        if frame.schema().contains(&old) {
            *frame = frame.drop(&old)?;
        }
    }
    let place = |name: &str| spec.columns.iter().position(|column| column.name == name);
    let own = place(name);
    let follows = |other: &Column| {
        let other = other.name().as_str();
        match place(other) {
            Some(other) => Some(other) > own,
            // What stands beside a column goes with it; what the schema does not know comes after all.
            None => {
                let stem = ["_from", "_state"].iter().find_map(|tail| place(other.strip_suffix(tail)?));
                stem.is_none() || stem > own
            }
        }
    };
    let at = frame.columns().iter().position(follows).unwrap_or(frame.width());
    let made = [Some(made.values), made.from, made.state].into_iter().flatten();
    for (offset, column) in made.enumerate() {
        frame.insert_column(at + offset, column.into_column())?;
    }
    Ok(())
}

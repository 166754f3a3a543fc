//! Predicates and scalars as Polars expressions over prepared columns. A truth is a nullable Boolean: null is unknown,
//! and Polars' AND, OR and NOT on it are Kleene's.

use chrono::NaiveDate;
use polars::prelude::*;

use super::prepare::{ALWAYS, NEVER, key};
use crate::calendar::Calendar;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{ColumnRef, Comparison, Predicate, Scalar};
use crate::ledger::{Kind, Ledger};
use crate::message::ErrorCode;
use crate::number::Decimal;
use crate::query::plan::to_epoch;

/// The dates at which expressions are judged.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// The date asked about: events after it have not happened.
    pub(super) as_of: i64,
    /// The ledger's day: deadlines after it have not passed.
    pub(super) snapshot_on: i64,
    /// Days after an event by which all events of a condition must have happened.
    pub(super) within: Option<(ColumnRef, i64)>,
    /// The days that are worked.
    pub(super) calendar: Calendar,
}

impl Moment {
    pub(super) fn new(as_of: NaiveDate, ledger: &Ledger) -> Self {
        let snapshot_on = to_epoch(ledger.snapshot_on());
        Self { as_of: to_epoch(as_of), snapshot_on, within: None, calendar: ledger.calendar().clone() }
    }

    /// The last day of which the ledger can tell: after its own day nothing is recorded.
    pub(super) fn observed_until(&self) -> i64 {
        self.as_of.min(self.snapshot_on)
    }
}

/// A value per row. Null with `unknown` false is none.
pub(super) struct Value {
    pub(super) value: Expr,
    pub(super) unknown: Expr,
    scale: u32,
    /// Of a day that may be known only as an interval: the first and the last that it may be.
    days: Option<Interval>,
}

impl Value {
    fn known(value: Expr) -> Self {
        Self { value, unknown: lit(false), scale: 0, days: None }
    }

    pub(super) fn is_none(&self) -> Expr {
        self.value.clone().is_null().and(self.unknown.clone().not())
    }

    /// The first and the last day that it may be, null where there is none.
    fn range(&self) -> Interval {
        let end = |open: i64| when(self.unknown.clone()).then(lit(open)).otherwise(self.value.clone());
        self.days.clone().unwrap_or_else(|| Interval { from: end(ALWAYS), to: end(NEVER) })
    }

    fn rescaled(self, scale: u32) -> Result<Self> {
        if scale == self.scale {
            return Ok(self);
        }
        let factor = Decimal::whole(1).rescaled(scale - self.scale).ok_or_else(too_precise)?.unscaled;
        Ok(Self { value: self.value * int128(factor), scale, ..self })
    }
}

fn too_precise() -> Error {
    Error::new(ErrorKind::Compute, ErrorCode::TooPrecise.message())
}

fn int128(number: i128) -> Expr {
    lit(polars::prelude::Scalar::new(DataType::Int128, AnyValue::Int128(number)))
}

/// A truth: true where `sure`, false where `impossible`, else unknown. `impossible` is looked at first.
fn truth(impossible: Expr, sure: Expr) -> Expr {
    when(impossible).then(lit(false)).when(sure).then(lit(true)).otherwise(lit(NULL).cast(DataType::Boolean))
}

/// Null wherever `unknown` is true.
fn unless(unknown: Expr, known: Expr) -> Expr {
    when(unknown).then(lit(NULL).cast(DataType::Boolean)).otherwise(known)
}

/// The interval of an event.
#[derive(Clone)]
pub(super) struct Interval {
    pub(super) from: Expr,
    pub(super) to: Expr,
}

pub(super) fn interval(event: &ColumnRef) -> Interval {
    let key = key(event);
    Interval { from: col(format!("{key}.from")), to: col(format!("{key}.to")) }
}

/// Whether the event lies in [first, last], the first day open if `None`. Nothing lies in days that are none.
pub(super) fn in_days(event: &Interval, first: Option<i64>, last: i64) -> Expr {
    if first.is_some_and(|first| first > last) {
        return lit(false);
    }
    let (mut impossible, mut sure) = (event.from.clone().gt(lit(last)), event.to.clone().lt_eq(lit(last)));
    if let Some(first) = first {
        impossible = impossible.or(event.to.clone().lt(lit(first)));
        sure = sure.and(event.from.clone().gt_eq(lit(first)));
    }
    truth(impossible, sure)
}

/// A predicate as a truth.
pub(super) fn predicate(predicate: &Predicate, moment: &Moment) -> Result<Expr> {
    Ok(match predicate {
        Predicate::Constant(constant) => lit(*constant),
        Predicate::Flag(column) => col(key(column)),
        Predicate::Compare { left, comparison, right } => {
            let (left, right) = (scalar(left, moment)?, scalar(right, moment)?);
            compare(left, *comparison, right)?
        }
        Predicate::In { operand, list } => {
            let sought = scalar(operand, moment)?;
            if let Some(days) = &sought.days {
                return one_of_days(days, &sought, list, moment);
            }
            let mut found = lit(false);
            let (unknown, none) = (sought.unknown.clone(), sought.value.clone().is_null());
            let (value, scale) = (sought.value, sought.scale);
            for item in list {
                let operand = Value { value: value.clone(), unknown: lit(false), scale, days: None };
                let item = scalar(item, moment)?;
                let scale = operand.scale.max(item.scale);
                found = found.or(operand.rescaled(scale)?.value.eq(item.rescaled(scale)?.value));
            }
            unless(unknown, when(none).then(lit(false)).otherwise(found))
        }
        Predicate::IsNull(column) => {
            let key = key(column);
            // A due date may be there without being known.
            let cell = if column.kind == Kind::Date { col(format!("{key}.from")) } else { col(key.as_str()) };
            unless(col(format!("{key}.unreadable")), cell.is_null())
        }
        Predicate::Happened { event, by } => {
            let event = interval(event);
            let mut happened = in_days(&event, None, moment.as_of);
            if let Some(by) = by {
                happened = happened.and(by_deadline(&event, deadline(by, moment)?));
                // A deadline that an event sets is not there before the event is.
                if let Some(setting) = event_of(by) {
                    happened = happened.and(in_days(&interval(setting), None, moment.as_of));
                }
            }
            if let Some((time, days)) = &moment.within {
                let time = interval_of_time(time);
                let end = Deadline { from: time.from + lit(*days), to: time.to + lit(*days), none: lit(false) };
                happened = happened.and(by_deadline(&event, end));
            }
            happened
        }
        Predicate::Not(inner) => self::predicate(inner, moment)?.not(),
        Predicate::And(all) => fold(all, moment, true)?,
        Predicate::Or(all) => fold(all, moment, false)?,
        #[allow(unreachable_patterns, reason = "the enum may grow for other crates, not for this one")]
        _ => lit(NULL).cast(DataType::Boolean),
    })
}

/// AND or OR as a balanced tree, so that thousands of terms do not make a deep one.
fn fold(all: &[Predicate], moment: &Moment, and: bool) -> Result<Expr> {
    match all {
        [] => Ok(lit(and)),
        [one] => predicate(one, moment),
        _ => {
            let (left, right) = all.split_at(all.len() / 2);
            let (left, right) = (fold(left, moment, and)?, fold(right, moment, and)?);
            Ok(if and { left.and(right) } else { left.or(right) })
        }
    }
}

/// A day by which something must have happened, perhaps known only as an interval.
struct Deadline {
    from: Expr,
    to: Expr,
    none: Expr,
}

fn deadline(by: &Scalar, moment: &Moment) -> Result<Deadline> {
    match by {
        Scalar::Column(event) if event.is_event() => {
            let Interval { from, to } = interval(event);
            Ok(Deadline { none: from.clone().gt_eq(lit(NEVER)), from, to })
        }
        Scalar::Shift { date, days } if event_of(date).is_some() => {
            let inner = deadline(date, moment)?;
            let days = scalar(days, moment)?;
            let none = inner.none.or(days.is_none());
            let unknown = days.unknown;
            let days = shift_days(days.value);
            Ok(Deadline {
                from: when(unknown.clone()).then(lit(-NEVER)).otherwise(inner.from + days.clone()),
                to: when(unknown).then(lit(NEVER)).otherwise(inner.to + days),
                none,
            })
        }
        _ => {
            let date = scalar(by, moment)?;
            let (none, Interval { from, to }) = (date.is_none(), date.range());
            Ok(Deadline { from, to, none })
        }
    }
}

/// The event from which a deadline counts, if it is one.
fn event_of(date: &Scalar) -> Option<&ColumnRef> {
    match date {
        Scalar::Column(column) if column.is_event() => Some(column),
        Scalar::Shift { date, .. } => event_of(date),
        _ => None,
    }
}

fn by_deadline(event: &Interval, deadline: Deadline) -> Expr {
    let impossible = deadline.none.or(event.from.clone().gt(deadline.to));
    truth(impossible, event.to.clone().lt_eq(deadline.from))
}

/// The interval of a row's time: an event's, or that of a planned date; unreadable is (−∞, ∞), none (∞, ∞).
pub(super) fn interval_of_time(time: &ColumnRef) -> Interval {
    if time.is_event() {
        return interval(time);
    }
    let Interval { from, to } = interval(time);
    Interval { from: from.fill_null(lit(NEVER)), to: to.fill_null(lit(NEVER)) }
}

/// Days to add, held far from the limits of the integer.
fn shift_days(days: Expr) -> Expr {
    let most = int128(10_000_000);
    let least = int128(-10_000_000);
    when(days.clone().gt(most.clone()))
        .then(most)
        .when(days.clone().lt(least.clone()))
        .then(least)
        .otherwise(days)
        .cast(DataType::Int64)
}

/// A scalar as a value.
pub(super) fn scalar(scalar: &Scalar, moment: &Moment) -> Result<Value> {
    Ok(match scalar {
        Scalar::Column(event) if event.is_event() => {
            // In `days_between`: a day that is known and has come.
            let Interval { from, to } = interval(event);
            let come = from.clone().lt_eq(lit(moment.as_of));
            let exact = from.clone().eq(to);
            Value {
                value: when(come.clone().and(exact.clone())).then(from).otherwise(lit(NULL).cast(DataType::Int64)),
                unknown: come.and(exact.not()),
                scale: 0,
                days: None,
            }
        }
        Scalar::Column(date) if date.kind == Kind::Date => {
            let days = interval(date);
            let unknown = days.from.clone().neq(days.to.clone()).fill_null(lit(false));
            Value { value: col(key(date)), unknown, scale: 0, days: Some(days) }
        }
        Scalar::Column(column) => {
            let name = key(column);
            let value = col(name.as_str());
            let unknown =
                if column.blank_is_unknown() { value.clone().is_null() } else { col(format!("{name}.unreadable")) };
            let (value, unknown) = match column.kind {
                // A flag is compared nowhere as a scalar, an extension's blank is 0.
                Kind::Extension => (
                    when(unknown.clone()).then(lit(NULL).cast(DataType::Int128)).otherwise(value.fill_null(int128(0))),
                    unknown,
                ),
                _ => (value, unknown),
            };
            Value { value, unknown, scale: column.kind.scale().unwrap_or(0), days: None }
        }
        Scalar::Number(number) => Value { scale: number.scale, ..Value::known(int128(number.unscaled)) },
        Scalar::Text(text) => Value::known(lit(text.as_str())),
        Scalar::Date(date) => Value::known(lit(to_epoch(*date))),
        Scalar::AsOf => Value::known(lit(moment.as_of.min(moment.snapshot_on))),
        Scalar::Add(a, b) | Scalar::Subtract(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            let scale = a.scale.max(b.scale);
            let (a, b) = (a.rescaled(scale)?, b.rescaled(scale)?);
            let value = if matches!(scalar, Scalar::Add(..)) { a.value + b.value } else { a.value - b.value };
            Value { value, unknown: a.unknown.or(b.unknown), scale, days: None }
        }
        Scalar::Multiply(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            Value { value: a.value * b.value, unknown: a.unknown.or(b.unknown), scale: a.scale + b.scale, days: None }
        }
        Scalar::Shift { date, days } => {
            let (date, days) = (self::scalar(date, moment)?, self::scalar(days, moment)?);
            let range = date.days.is_some().then(|| {
                let Interval { from, to } = date.range();
                let (open, shift) = (days.unknown.clone(), shift_days(days.value.clone()));
                let end = |day: Expr, far: i64| when(open.clone()).then(lit(far)).otherwise(day + shift.clone());
                Interval { from: end(from, ALWAYS), to: end(to, NEVER) }
            });
            let unknown = date.unknown.or(days.unknown);
            Value { value: date.value + shift_days(days.value), unknown, scale: 0, days: range }
        }
        Scalar::DaysBetween(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            Value {
                value: (b.value - a.value).cast(DataType::Int128),
                unknown: a.unknown.or(b.unknown),
                scale: 0,
                days: None,
            }
        }
        Scalar::WorkingDaysBetween(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            let none = a.is_none().or(b.is_none());
            let value = ordinal(b.value, &moment.calendar) - ordinal(a.value, &moment.calendar);
            // Of days that the calendar does not cover nothing is known, least of all that there are no holidays.
            let uncovered = none.not().and(value.clone().is_null());
            let unknown = a.unknown.or(b.unknown).or(uncovered);
            Value { value: value.cast(DataType::Int128), unknown, scale: 0, days: None }
        }
        #[allow(unreachable_patterns, reason = "the enum may grow for other crates, not for this one")]
        _ => Value { value: lit(NULL), unknown: lit(true), scale: 0, days: None },
    })
}

/// The number of each day among the days that are worked; null where the calendar does not cover it.
fn ordinal(days: Expr, calendar: &Calendar) -> Expr {
    let calendar = calendar.clone();
    let of_column = move |column: Column| {
        let days = column.cast(&DataType::Int64)?;
        let number = |day: i64| calendar.ordinal(i32::try_from(day).ok()?).map(i64::from);
        let numbers: Int64Chunked = days.i64()?.iter().map(|day| day.and_then(number)).collect();
        Ok(numbers.with_name(column.name().clone()).into_column())
    };
    days.map(of_column, |_, field| Ok(Field::new(field.name().clone(), DataType::Int64)))
}

/// Whether a day that may be an interval is one of a list.
fn one_of_days(days: &Interval, sought: &Value, list: &[Scalar], moment: &Moment) -> Result<Expr> {
    let (mut sure, mut possible) = (lit(false), lit(false));
    for item in list {
        let day = scalar(item, moment)?.value;
        sure = sure.or(days.from.clone().eq(day.clone()).and(days.to.clone().eq(day.clone())));
        possible = possible.or(days.from.clone().lt_eq(day.clone()).and(days.to.clone().gt_eq(day)));
    }
    Ok(when(sought.is_none()).then(lit(false)).otherwise(truth(possible.not(), sure)))
}

/// Two days of which one may be an interval.
fn compare_days(left: &Value, comparison: Comparison, right: &Value) -> Expr {
    let (a, b) = (left.range(), right.range());
    let before =
        |a: &Interval, b: &Interval| truth(a.from.clone().gt_eq(b.to.clone()), a.to.clone().lt(b.from.clone()));
    let equal = || {
        let apart = a.to.clone().lt(b.from.clone()).or(a.from.clone().gt(b.to.clone()));
        let point = |i: &Interval| i.from.clone().eq(i.to.clone());
        truth(apart, point(&a).and(point(&b)).and(a.from.clone().eq(b.from.clone())))
    };
    let known = match comparison {
        Comparison::Equal => equal(),
        Comparison::NotEqual => equal().not(),
        Comparison::Less => before(&a, &b),
        Comparison::GreaterOrEqual => before(&a, &b).not(),
        Comparison::Greater => before(&b, &a),
        Comparison::LessOrEqual => before(&b, &a).not(),
    };
    let unknown = left.unknown.clone().or(right.unknown.clone());
    let none = left.is_none().or(right.is_none());
    when(none).then(unless(unknown, lit(comparison == Comparison::NotEqual))).otherwise(known)
}

fn compare(left: Value, comparison: Comparison, right: Value) -> Result<Expr> {
    if left.days.is_some() || right.days.is_some() {
        return Ok(compare_days(&left, comparison, &right));
    }
    let scale = left.scale.max(right.scale);
    let (left, right) = (left.rescaled(scale)?, right.rescaled(scale)?);
    let unknown = left.unknown.or(right.unknown);
    let none = left.value.clone().is_null().or(right.value.clone().is_null());
    let (a, b) = (left.value, right.value);
    let known = match comparison {
        Comparison::Equal => a.eq(b),
        Comparison::NotEqual => a.neq(b),
        Comparison::Less => a.lt(b),
        Comparison::LessOrEqual => a.lt_eq(b),
        Comparison::Greater => a.gt(b),
        Comparison::GreaterOrEqual => a.gt_eq(b),
    };
    // None is a value of its own: nothing equals it, and it is neither before nor after anything.
    Ok(unless(unknown, when(none).then(lit(comparison == Comparison::NotEqual)).otherwise(known)))
}

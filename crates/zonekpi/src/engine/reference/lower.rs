//! Predicates and scalars as Polars expressions over prepared columns. A truth is a nullable Boolean: null is unknown,
//! and Polars' AND, OR and NOT on it are Kleene's.

use chrono::NaiveDate;
use polars::prelude::*;

use super::prepare::{NEVER, key};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{ColumnRef, Comparison, Predicate, Scalar};
use crate::ledger::Kind;
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
    /// How many days were worked by the last day observed, as far as the calendar knows.
    pub(super) worked: Option<i64>,
}

impl Moment {
    pub(super) fn new(as_of: NaiveDate, snapshot_on: NaiveDate) -> Self {
        Self { as_of: to_epoch(as_of), snapshot_on: to_epoch(snapshot_on), within: None, worked: None }
    }
}

impl Moment {
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
}

impl Value {
    fn known(value: Expr) -> Self {
        Self { value, unknown: lit(false), scale: 0 }
    }

    pub(super) fn is_none(&self) -> Expr {
        self.value.clone().is_null().and(self.unknown.clone().not())
    }

    fn rescaled(self, scale: u32) -> Result<Self> {
        if scale == self.scale {
            return Ok(self);
        }
        let factor = Decimal::whole(1).rescaled(scale - self.scale).ok_or_else(too_precise)?.unscaled;
        Ok(Self { value: self.value * int128(factor), unknown: self.unknown, scale })
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
            let mut found = lit(false);
            let (unknown, none) = (sought.unknown.clone(), sought.value.clone().is_null());
            let (value, scale) = (sought.value, sought.scale);
            for item in list {
                let operand = Value { value: value.clone(), unknown: lit(false), scale };
                let item = scalar(item, moment)?;
                let scale = operand.scale.max(item.scale);
                found = found.or(operand.rescaled(scale)?.value.eq(item.rescaled(scale)?.value));
            }
            unless(unknown, when(none).then(lit(false)).otherwise(found))
        }
        Predicate::IsNull(column) => {
            let key = key(column);
            unless(col(format!("{key}.unreadable")), col(key).is_null())
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
            let none = date.is_none();
            Ok(Deadline {
                from: when(date.unknown.clone()).then(lit(-NEVER)).otherwise(date.value.clone()),
                to: when(date.unknown).then(lit(NEVER)).otherwise(date.value),
                none,
            })
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

/// The interval of a row's time: an event's, or a planned date as a point; unreadable is (−∞, ∞), none (∞, ∞).
pub(super) fn interval_of_time(time: &ColumnRef) -> Interval {
    if time.is_event() {
        return interval(time);
    }
    let name = key(time);
    let end = |open: i64| {
        when(col(format!("{name}.unreadable"))).then(lit(open)).otherwise(col(name.as_str()).fill_null(lit(NEVER)))
    };
    Interval { from: end(-NEVER), to: end(NEVER) }
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
            }
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
            Value { value, unknown, scale: column.kind.scale().unwrap_or(0) }
        }
        Scalar::Number(number) => Value { value: int128(number.unscaled), unknown: lit(false), scale: number.scale },
        Scalar::Text(text) => Value::known(lit(text.as_str())),
        Scalar::Date(date) => Value::known(lit(to_epoch(*date))),
        Scalar::AsOf => Value::known(lit(moment.as_of.min(moment.snapshot_on))),
        Scalar::Add(a, b) | Scalar::Subtract(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            let scale = a.scale.max(b.scale);
            let (a, b) = (a.rescaled(scale)?, b.rescaled(scale)?);
            let value = if matches!(scalar, Scalar::Add(..)) { a.value + b.value } else { a.value - b.value };
            Value { value, unknown: a.unknown.or(b.unknown), scale }
        }
        Scalar::Multiply(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            Value { value: a.value * b.value, unknown: a.unknown.or(b.unknown), scale: a.scale + b.scale }
        }
        Scalar::Shift { date, days } => {
            let (date, days) = (self::scalar(date, moment)?, self::scalar(days, moment)?);
            Value { value: date.value + shift_days(days.value), unknown: date.unknown.or(days.unknown), scale: 0 }
        }
        Scalar::DaysBetween(a, b) => {
            let (a, b) = (self::scalar(a, moment)?, self::scalar(b, moment)?);
            Value { value: (b.value - a.value).cast(DataType::Int128), unknown: a.unknown.or(b.unknown), scale: 0 }
        }
        #[allow(unreachable_patterns, reason = "the enum may grow for other crates, not for this one")]
        _ => Value { value: lit(NULL), unknown: lit(true), scale: 0 },
    })
}

fn compare(left: Value, comparison: Comparison, right: Value) -> Result<Expr> {
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

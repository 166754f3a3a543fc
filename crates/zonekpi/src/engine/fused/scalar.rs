//! Scalars as numbers of the graph, each with the rows that have none and those of which it is unknown.

use std::sync::Arc;

use super::Unfit;
use super::columns::Prepared;
use super::lower::{Lowering, Moments};
use super::number::Number;
use super::truth::{FALSE, Id, Part, TRUE};
use crate::indicator::{ColumnRef, Scalar};
use crate::ledger::{Kind, parse::date};
use crate::number::Decimal;

/// The first and the last day that something may have; in `absent` rows it has no such days.
#[derive(Clone, Copy)]
pub(super) struct Interval {
    pub(super) from: Number,
    pub(super) to: Number,
    pub(super) absent: Id,
}

/// A value of each row.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) number: Number,
    /// Rows without a number.
    pub(super) null: Id,
    /// Rows of which it is unknown; the others without a number have none.
    pub(super) unknown: Id,
    pub(super) scale: u32,
    /// Of a day that may be known only as an interval: the first and the last that it may be.
    pub(super) days: Option<Interval>,
}

/// Days that may be added; as in the reference engine.
const MOST_SHIFT: i64 = 10_000_000;

impl Lowering<'_, '_> {
    /// Rows that surely have no value.
    pub(super) fn none(&mut self, value: &Value) -> Id {
        let known = self.graph.not(value.unknown);
        self.graph.and([value.null, known])
    }

    /// The first and the last day that it may be.
    pub(super) fn range(&mut self, value: &Value) -> Result<Interval, Unfit> {
        match value.days {
            Some(days) => Ok(days),
            None if value.unknown == FALSE => Ok(Interval { from: value.number, to: value.number, absent: value.null }),
            // An unknown day that is compared with an interval: rare, and left to the reference.
            None => Err(Unfit::Text),
        }
    }

    /// An interval with days added.
    pub(super) fn moved(&mut self, interval: Interval, days: &Value) -> Result<Interval, Unfit> {
        if days.unknown != FALSE {
            // Days of a number that is unknown: rare, and left to the reference.
            return Err(Unfit::Text);
        }
        let by = self.graph.held(days.number, MOST_SHIFT)?;
        let absent = self.graph.or([interval.absent, days.null]);
        Ok(Interval { from: self.graph.sum(interval.from, by)?, to: self.graph.sum(interval.to, by)?, absent })
    }

    pub(super) fn rescaled(&mut self, value: &Value, scale: u32) -> Result<Number, Unfit> {
        if scale == value.scale {
            return Ok(value.number);
        }
        let factor = Decimal::whole(1).rescaled(scale - value.scale).ok_or(Unfit::Wide)?.unscaled;
        let factor = self.graph.whole(i64::try_from(factor).map_err(|_| Unfit::Wide)?)?;
        self.graph.product(value.number, factor)
    }

    fn known(&mut self, number: Number, scale: u32) -> Value {
        Value { number, null: FALSE, unknown: FALSE, scale, days: None }
    }

    pub(super) fn scalar(&mut self, scalar: &Scalar, moments: &Moments) -> Result<Value, Unfit> {
        Ok(match scalar {
            Scalar::Column(event) if event.is_event() => self.event_day(event, moments)?,
            Scalar::Column(date) if date.kind == Kind::Date => {
                let days = self.interval(date)?;
                let column = self.column(date)?;
                let there = self.part(&column, Part::There, TRUE);
                let absent = self.graph.not(there);
                let exact = self.graph.equal(days.from, days.to);
                let known = self.graph.and([there, exact]);
                let null = self.graph.not(known);
                let unknown = self.graph.minus(there, known);
                Value { number: days.from, null, unknown, scale: 0, days: Some(Interval { absent, ..days }) }
            }
            Scalar::Column(column) => self.cell(column)?,
            Scalar::Number(number) => {
                let whole = i64::try_from(number.unscaled).map_err(|_| Unfit::Wide)?;
                let value = self.graph.whole(whole)?;
                self.known(value, number.scale)
            }
            Scalar::Text(_) => return Err(Unfit::Text),
            Scalar::Date(day) => {
                let day = self.graph.whole(date::days(*day).into())?;
                self.known(day, 0)
            }
            Scalar::AsOf => {
                let observed = moments.as_of.iter().map(|day| (*day).min(moments.snapshot_on)).collect();
                let bound = self.graph.bound(observed);
                let day = self.graph.period(bound)?;
                self.known(day, 0)
            }
            Scalar::Add(a, b) | Scalar::Subtract(a, b) => {
                let (a, b) = (self.scalar(a, moments)?, self.scalar(b, moments)?);
                let scale = a.scale.max(b.scale);
                let (x, y) = (self.rescaled(&a, scale)?, self.rescaled(&b, scale)?);
                let number = match scalar {
                    Scalar::Add(..) => self.graph.sum(x, y)?,
                    _ => self.graph.difference(x, y)?,
                };
                self.of_both(number, &a, &b, scale)
            }
            Scalar::Multiply(a, b) => {
                let (a, b) = (self.scalar(a, moments)?, self.scalar(b, moments)?);
                let number = self.graph.product(a.number, b.number)?;
                self.of_both(number, &a, &b, a.scale + b.scale)
            }
            Scalar::Shift { date, days } => {
                let (date, days) = (self.scalar(date, moments)?, self.scalar(days, moments)?);
                let interval = date.days.map(|interval| self.moved(interval, &days)).transpose()?;
                let by = self.graph.held(days.number, MOST_SHIFT)?;
                let number = self.graph.sum(date.number, by)?;
                Value { days: interval, ..self.of_both(number, &date, &days, 0) }
            }
            Scalar::DaysBetween(a, b) => {
                let (a, b) = (self.scalar(a, moments)?, self.scalar(b, moments)?);
                let number = self.graph.difference(b.number, a.number)?;
                self.of_both(number, &a, &b, 0)
            }
            Scalar::WorkingDaysBetween(a, b) => {
                let (a, b) = (self.scalar(a, moments)?, self.scalar(b, moments)?);
                let (x, in_x) = self.worked(a.number)?;
                let (y, in_y) = self.worked(b.number)?;
                let number = self.graph.difference(y, x)?;
                let none = [self.none(&a), self.none(&b)];
                let none = self.graph.or(none);
                let covered = self.graph.and([in_x, in_y]);
                let outside = self.graph.not(covered);
                let both = self.of_both(number, &a, &b, 0);
                let null = self.graph.or([both.null, outside]);
                // Of days that the calendar does not cover nothing is known.
                let some = self.graph.not(none);
                let uncovered = self.graph.and([some, null]);
                Value { null, unknown: self.graph.or([both.unknown, uncovered]), ..both }
            }
        })
    }

    fn of_both(&mut self, number: Number, a: &Value, b: &Value, scale: u32) -> Value {
        let null = self.graph.or([a.null, b.null]);
        Value { number, null, unknown: self.graph.or([a.unknown, b.unknown]), scale, days: None }
    }

    /// In `days_between`: a day that is known and has come.
    fn event_day(&mut self, event: &ColumnRef, moments: &Moments) -> Result<Value, Unfit> {
        let days = self.interval(event)?;
        let bound = self.graph.bound(moments.as_of.clone());
        let as_of = self.graph.period(bound)?;
        let come = self.graph.at_most(days.from, as_of);
        let exact = self.graph.equal(days.from, days.to);
        let known = self.graph.and([come, exact]);
        let null = self.graph.not(known);
        Ok(Value { number: days.from, null, unknown: self.graph.minus(come, known), scale: 0, days: None })
    }

    fn cell(&mut self, column: &ColumnRef) -> Result<Value, Unfit> {
        let prepared = self.column(column)?;
        let there = self.part(&prepared, Part::There, TRUE);
        let blank = self.graph.not(there);
        let unreadable = self.part(&prepared, Part::Unreadable, FALSE);
        let (null, unknown) = match column.kind {
            // A blank adds no days.
            Kind::Extension => (unreadable, unreadable),
            _ if column.blank_is_unknown() => (blank, blank),
            _ => (blank, unreadable),
        };
        let number = match prepared.as_ref() {
            Prepared::Numbers(_) => self.graph.column(&prepared)?,
            // Texts have ranks where they are compared.
            Prepared::Texts(_) => self.graph.whole(0)?,
            _ => return Err(Unfit::Text),
        };
        Ok(Value { number, null, unknown, scale: column.kind.scale().unwrap_or(0), days: None })
    }

    /// The number of a day among the days that are worked, and the rows whose day the calendar covers.
    fn worked(&mut self, day: Number) -> Result<(Number, Id), Unfit> {
        let (first, last) = self.calendar.coverage();
        // The day before the first has a number too: none was worked by then.
        let (first, last) = (date::days(first) - 1, date::days(last));
        let Some(ordinals) = (first..=last).map(|day| self.calendar.ordinal(day)).collect::<Option<Arc<[i32]>>>()
        else {
            return Err(Unfit::Text);
        };
        if self.calendar.ordinal(first - 1).is_some() || self.calendar.ordinal(last + 1).is_some() {
            return Err(Unfit::Text);
        }
        let number = self.graph.ordinal(day, first.into(), &ordinals)?;
        let (low, high) = (self.graph.whole(first.into())?, self.graph.whole(last.into())?);
        let covered = [self.graph.at_most(low, day), self.graph.at_most(day, high)];
        Ok((number, self.graph.and(covered)))
    }
}

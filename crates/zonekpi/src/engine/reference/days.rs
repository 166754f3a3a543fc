//! Durations: the days of every row from one event to another. How the rows of a group rank is in `engine::rank`.
//!
//! A row has three counts. By `shortest` days it may have reached the event; by `longest` it surely has, whatever the
//! days of imprecise dates turn out to be; where that is unknown, `latest` is the most it can have taken if it has.

use polars::lazy::dsl;
use polars::prelude::*;

use super::lower::{Moment, in_days, interval, scalar};
use super::prepare::{NEVER, key};
use super::{GROUP, MEMBER, OUTCOME};
use crate::calendar::{self, Calendar};
use crate::engine::Figures;
use crate::engine::rank::Waits;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{ColumnRef, DayCount, Duration, Measure, Scalar};
use crate::ledger::clock;
use crate::message::ErrorCode;
use crate::query::plan::{Plan, Side, Span};

/// Int64: the least days after which the event may have been reached; null where it surely was not.
pub(crate) const SHORTEST: &str = "#shortest";
/// Int64: the days after which it surely was; null where that is not so.
pub(crate) const LONGEST: &str = "#longest";
/// Int64: where it is unknown whether the event was reached, the most days after which it was if it was; null where
/// nothing tells.
pub(crate) const LATEST: &str = "#latest";
/// Int64: the days for which the row is known to have waited, up to its end or the last day observed; null where
/// nothing is known of it.
pub(crate) const WAITED: &str = "#waited";
/// Whether the competing event surely came first. Never null.
pub(crate) const COMPETED: &str = "#competed";

/// Int64: what is taken out of each duration; null where that is unknown.
const MINUS: &str = "#minus";

/// What an event far away, or never, is counted as: no ledger spans so many days.
const UNBOUNDED: i64 = NEVER / 2;

/// A duration on every row.
#[derive(Clone)]
pub(super) struct Measured {
    /// Whether the row is left out, by each of [`LEFT_OUT`](crate::indicator::LEFT_OUT).
    pub(super) left_out: [Expr; 2],
    pub(super) outcome: Expr,
    pub(super) columns: [Expr; 5],
}

pub(super) fn measured(duration: &Duration, moment: &Moment) -> Result<Measured> {
    let (from, to) = (interval(&duration.from), interval(&duration.to));
    let no_days = || lit(NULL).cast(DataType::Int64);
    let unknown = || lit(NULL).cast(DataType::Boolean);
    let by_then = in_days(&to, None, moment.as_of);
    let surely = |truth: Expr| truth.fill_null(lit(false));
    // The event counts as reached only where nothing ended the wait before it; on one day, it was reached.
    let (reached, competed, competed_reversed) = match &duration.competing {
        None => (by_then.clone(), lit(false), lit(false)),
        Some(competing) => {
            let other = interval(competing);
            let first = when(to.from.clone().gt(other.to.clone()))
                .then(lit(false))
                .when(to.to.clone().lt_eq(other.from.clone()))
                .then(lit(true))
                .otherwise(unknown());
            let happened = surely(in_days(&other, None, moment.as_of));
            (
                by_then.clone().and(first),
                happened.clone().and(other.to.clone().lt(to.from.clone())),
                happened.and(other.to.lt(from.from.clone())),
            )
        }
    };
    let days = |last: &str, first: &str| match duration.calendar {
        DayCount::Natural => {
            let day = |column: &ColumnRef, end: &str| col(format!("{}.{end}", key(column)));
            bounded(day(&duration.to, last) - day(&duration.from, first))
        }
        DayCount::Working => col(worked(&key(&duration.to), last)) - col(worked(&key(&duration.from), first)),
    };
    let (minus, minus_unknown) = match &duration.minus {
        None => (lit(0i64), lit(false)),
        Some(_) => (col(MINUS), col(MINUS).is_null()),
    };
    let known = |days: Expr| when(minus_unknown.clone()).then(no_days()).otherwise(days - minus.clone());
    let raw_longest = known(days("to", "from"));
    let not_below_zero = |days: Expr| when(days.clone().lt(lit(0i64))).then(lit(0i64)).otherwise(days);
    let sure = surely(reached.clone());
    let longest = when(sure.clone()).then(raw_longest.clone()).otherwise(no_days());
    let shortest = when(reached.clone().not().fill_null(lit(false)))
        .then(no_days())
        .otherwise(not_below_zero(known(days("from", "to"))).fill_null(lit(0i64)));
    // What was reached was reached by the date, by the last day that the event may have, and before the competing one.
    let by_date = match duration.calendar {
        DayCount::Natural => lit(moment.as_of),
        DayCount::Working => ordinal(&moment.calendar, moment.as_of).map_or_else(no_days, lit),
    };
    let last_of = |event: &ColumnRef| match duration.calendar {
        DayCount::Natural => bounded(col(format!("{}.to", key(event)))),
        DayCount::Working => col(worked(&key(event), "to")),
    };
    let first_of_from = match duration.calendar {
        DayCount::Natural => bounded(col(format!("{}.from", key(&duration.from)))),
        DayCount::Working => col(worked(&key(&duration.from), "from")),
    };
    let lasts = [&duration.to].into_iter().chain(&duration.competing).map(last_of);
    let last = dsl::min_horizontal(lasts.chain([by_date]).collect::<Vec<_>>())?;
    let latest = not_below_zero(known(last - first_of_from));
    let reversed = surely(by_then).and(to.to.lt(from.from.clone()));
    let negative = reversed.or(competed_reversed).or(sure.clone().and(raw_longest.lt(lit(0i64)).fill_null(lit(false))));
    // Open rows wait until the last day observed; of rows that may have reached the event, nothing is known after the
    // day on which they may first have done so.
    let age = match duration.calendar {
        DayCount::Natural => lit(moment.observed_until()) - col(format!("{}.to", key(&duration.from))),
        DayCount::Working => match ordinal(&moment.calendar, moment.observed_until()) {
            Some(worked_by) => lit(worked_by) - col(worked(&key(&duration.from), "to")),
            None => no_days(),
        },
    };
    let ended = match &duration.competing {
        Some(competing) => match duration.calendar {
            DayCount::Natural => {
                bounded(col(format!("{}.to", key(competing))) - col(format!("{}.from", key(&duration.from))))
            }
            DayCount::Working => col(worked(&key(competing), "to")) - col(worked(&key(&duration.from), "from")),
        },
        None => no_days(),
    };
    let waited = when(longest.clone().is_not_null())
        .then(longest.clone())
        .when(competed.clone())
        .then(known(ended))
        .when(shortest.clone().is_not_null())
        .then(shortest.clone() - lit(1i64))
        .otherwise(known(age));
    Ok(Measured {
        left_out: [in_days(&from, None, moment.as_of).not(), negative],
        outcome: when(surely(reached.clone()).and(longest.clone().is_null())).then(unknown()).otherwise(reached),
        columns: [
            shortest.alias(SHORTEST),
            not_below_zero(longest).alias(LONGEST),
            latest.alias(LATEST),
            not_below_zero(waited).alias(WAITED),
            competed.alias(COMPETED),
        ],
    })
}

/// The days between two days that are known; null where one of them is not.
fn bounded(days: Expr) -> Expr {
    let known = days.clone().gt(lit(-UNBOUNDED)).and(days.clone().lt(lit(UNBOUNDED)));
    when(known).then(days).otherwise(lit(NULL).cast(DataType::Int64))
}

fn worked(key: &str, end: &str) -> String {
    format!("{key}.{end}.worked")
}

/// The frame with, beside each end of an event of a duration in working days, how many days were worked by then: the
/// difference of two is the duration. Null outside of the calendar.
pub(super) fn with_ordinals(side: &Side, calendar: &Calendar, mut frame: DataFrame) -> Result<DataFrame> {
    let Measure::Days(duration) = &side.indicator.measure else { return Ok(frame) };
    if duration.calendar == DayCount::Natural {
        return Ok(frame);
    }
    for event in [&duration.from, &duration.to].into_iter().chain(&duration.competing) {
        for end in ["from", "to"] {
            let name = format!("{}.{end}", key(event));
            let days = frame.column(&name)?.i64()?;
            let ordinals: Int64Chunked = days.iter().map(|day| ordinal(calendar, day?)).collect();
            frame.with_column(ordinals.with_name(worked(&key(event), end).as_str().into()).into_column())?;
        }
    }
    Ok(frame)
}

/// The frame with what is taken out of each duration. Days that were suspended later than a day asked about were not yet
/// by then.
pub(super) fn with_minus(plan: &Plan, side: &Side, span: &Span, frame: &DataFrame) -> Result<DataFrame> {
    let Measure::Days(Duration { minus: Some(column), .. }) = &side.indicator.measure else { return Ok(frame.clone()) };
    let ledger = &plan.ledger;
    let was_derived = ledger.clock().columns.contains(&clock::SUSPENDED);
    let is_suspended = side.table == "cases" && !column.of_project && column.name == clock::SUSPENDED;
    if is_suspended && was_derived && span.as_of < ledger.snapshot_on() {
        let days: Int64Chunked = clock::suspended_by(ledger, calendar::days(span.as_of))?.into_iter().collect();
        let mut frame = frame.clone();
        frame.with_column(days.with_name(MINUS.into()).into_column())?;
        return Ok(frame);
    }
    let value = scalar(&Scalar::Column(column.clone()), &Moment::new(span.as_of, ledger))?;
    // Where there is none, nothing is taken out.
    let days = value.value.cast(DataType::Int64).fill_null(lit(0i64));
    let days = when(value.unknown).then(lit(NULL).cast(DataType::Int64)).otherwise(days);
    Ok(frame.clone().lazy().with_column(days.alias(MINUS)).collect()?)
}

/// How many days the calendar knows as worked up to and with a day.
fn ordinal(calendar: &Calendar, day: i64) -> Option<i64> {
    calendar.ordinal(i32::try_from(day).ok()?).map(i64::from)
}

/// Ranks the members of each group, and adds what was found to the figures.
pub(super) fn rank(duration: &Duration, rows: LazyFrame, found: &mut [Figures]) -> Result<()> {
    let wanted = [GROUP, SHORTEST, LONGEST, LATEST, COMPETED, OUTCOME].map(col);
    let members = rows.filter(col(GROUP).is_not_null().and(col(MEMBER).fill_null(lit(false)))).select(wanted);
    let members = members.collect()?;
    let groups = members.column(GROUP)?.cast(&DataType::UInt32)?.take_materialized_series();
    let (shortest, longest) = (members.column(SHORTEST)?.i64()?, members.column(LONGEST)?.i64()?);
    let latest = members.column(LATEST)?.i64()?;
    let (competed, outcome) = (members.column(COMPETED)?.bool()?, members.column(OUTCOME)?.bool()?);
    let mut waits = vec![(Waits::default(), 0i64); found.len()];
    let days = shortest.iter().zip(longest.iter()).zip(latest.iter());
    let truths = competed.iter().zip(outcome.iter());
    for ((group, ((shortest, longest), latest)), (competed, outcome)) in groups.u32()?.iter().zip(days).zip(truths) {
        let Some((waits, competing)) = group.and_then(|group| waits.get_mut(group as usize)) else { continue };
        *competing += i64::from(competed == Some(true) && outcome == Some(false));
        match (shortest, longest) {
            (Some(least), Some(most)) => waits.surely(least, most),
            (Some(least), None) => waits.perhaps(least, latest),
            (None, _) => {}
        }
    }
    for (figures, (waits, competing)) in found.iter_mut().zip(waits) {
        figures.rank(waits.ranks(figures.members, competing, duration.quantile).ok_or_else(too_many)?);
    }
    Ok(())
}

fn too_many() -> Error {
    Error::new(ErrorKind::Compute, ErrorCode::TooPrecise.message())
}

//! The waiting behind one figure, day by day, as a data frame.

use polars::prelude::*;

use super::risk;
use crate::answer::{Cell, KpiTable, Wait};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::Measure;
use crate::message::ErrorCode;
use crate::stats;

impl KpiTable {
    /// The share of a cell's rows that had reached the event of a duration by each day after they began, where some
    /// are only observed so far and others can no longer reach it: the Aalen–Johansen cumulative incidence.
    ///
    /// Columns: `day`, `at_risk` (who had waited up to that day), `events`, `competing`, `censored` (Int64: whose wait
    /// ended on it in the event, in the competing one, or with the last day observed), `incidence`, `lower`, `upper`
    /// (Float64: the share by then, and its interval at the confidence, by the variance of the delta method and
    /// symmetric on the scale log(−log); null where the share is 0 or 1). The first line is day 0.
    ///
    /// The value of the duration ranks rows that are still open last, whatever their age; the curve lets each count as
    /// long as it was observed. Where a date is imprecise, the event counts on the last day that it may be; a row of
    /// which it is unknown whether it reached the event counts as observed up to the day before it may have.
    ///
    /// # Errors
    ///
    /// An indicator that is no duration; a confidence that is not between 0 and 1; as [`KpiTable::open`] for the cell.
    pub fn curve(&self, id: &str, cell: &Cell, confidence: f64) -> Result<DataFrame> {
        let (_, indicator) = self.indicator(id)?;
        if !matches!(indicator.measure, Measure::Days(_)) {
            let message = ErrorCode::CurveOfDays.message().with("indicator", &indicator.id);
            return Err(Error::new(ErrorKind::Query, message));
        }
        let z = stats::two_sided(confidence).ok_or_else(|| {
            Error::new(ErrorKind::Query, ErrorCode::ConfidenceOutOfRange.message().with("found", confidence))
        })?;
        let waits: Vec<Wait> = self.waits(id, cell)?;
        let steps = risk::table(&waits);
        let incidence = risk::incidence(&steps);
        let variance = risk::variance(&steps, &incidence);
        let intervals: Vec<_> =
            incidence.iter().zip(&variance).map(|(share, variance)| risk::interval(*share, *variance, z)).collect();
        let count = |name: &str, of: fn(&risk::Step) -> i64| {
            Int64Chunked::from_iter_values(name.into(), steps.iter().map(of)).into_column()
        };
        let end = |name: &str, of: fn(&(f64, f64)) -> f64| {
            intervals
                .iter()
                .map(|interval| interval.as_ref().map(of))
                .collect::<Float64Chunked>()
                .with_name(name.into())
                .into_column()
        };
        let columns = vec![
            count("day", |step| step.day),
            count("at_risk", |step| step.at_risk),
            count("events", |step| step.events),
            count("competing", |step| step.competing),
            count("censored", |step| step.censored),
            Float64Chunked::from_slice("incidence".into(), &incidence).into_column(),
            end("lower", |interval| interval.0),
            end("upper", |interval| interval.1),
        ];
        Ok(DataFrame::new(steps.len(), columns)?)
    }
}

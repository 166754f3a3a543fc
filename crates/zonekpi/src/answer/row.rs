//! One line of the answer, exact.

use chrono::NaiveDate;

use crate::engine::Figures;
use crate::indicator::Basis;
use crate::number::{Decimal, Fraction};

/// The figures of one indicator for one group and one period.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The id of the indicator.
    pub indicator: String,
    /// The value of each dimension of the query, in its order; `None` for a blank or unknown one, and in totals.
    pub groups: Vec<Option<String>>,
    /// Whether the line is over all groups.
    pub total: bool,
    /// Stock or flow.
    pub basis: Basis,
    /// First day of the period; `None` for stocks and for cumulative flows.
    pub period_start: Option<NaiveDate>,
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// The date at which outcomes are judged.
    pub as_of: NaiveDate,
    /// The value; `None` where the denominator is 0 or nothing is known.
    pub value: Option<Fraction>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line; `None` for counts, sums and distinct counts.
    pub denominator: Option<Decimal>,
    /// Members whose condition or value is unknown.
    pub unknown: i64,
    /// Rows of which it is unknown whether they are members.
    pub population_unknown: i64,
    /// Of these, those that surely meet the condition.
    pub population_unknown_met: i64,
    /// Of these, those that surely do not.
    pub population_unknown_not_met: i64,
    /// Rows surely in but for an exclusion.
    pub excluded: i64,
    /// The least value under any completion of the unknowns: of dates, flags and amounts that the ledger does not tell.
    /// The group of a row, and what `IS NULL` asks of the ledger as it is, stay.
    pub lower: Option<Fraction>,
    /// The greatest.
    pub upper: Option<Fraction>,
    /// The Wilson interval, where a confidence was asked.
    pub wilson: Option<(f64, f64)>,
    /// Columns without a date that were read for a date other than the snapshot.
    pub undated: Vec<String>,
    /// Whether the whole period was observed.
    pub complete: bool,
    /// What the engine counted, one for each side of the indicator: merging adds these and derives again.
    pub(crate) figures: Vec<Figures>,
}

//! One line of the answer, exact.

use chrono::NaiveDate;

use crate::engine::Figures;
use crate::indicator::Basis;
use crate::number::{Decimal, Fraction};

/// What stands beside the days of a duration. Its numerator is the members that have reached the event, its denominator
/// all members; its value is not their quotient, but the days by which the quantile of them had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Durations {
    /// Members that have not reached the event, and whom nothing has kept from it.
    pub open: i64,
    /// Members whom the competing event kept from it.
    pub competing: i64,
    /// The least value that the members may have, whatever the dates that are imprecise or unknown turn out to be;
    /// `None` where too few may have reached the event.
    pub shortest: Option<Fraction>,
    /// The greatest; `None` where it may be that too few have reached the event, or where nothing tells.
    pub longest: Option<Fraction>,
}

impl Durations {
    /// Whether imprecise dates could move the value.
    pub(crate) fn is_imprecise(&self) -> bool {
        self.shortest != self.longest
    }
}

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
    /// Above the line; of a duration, the members that have reached the event.
    pub numerator: Option<Decimal>,
    /// Below the line; `None` for counts, sums and distinct counts. Of a duration, all members.
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
    /// Of a duration: who has not reached the event, and how far imprecise dates could move the value.
    pub durations: Option<Durations>,
    /// Whether the row is a cohort that has not reached the age: it has no value yet.
    pub immature: bool,
    /// Columns without a date that were read for a date other than the snapshot.
    pub undated: Vec<String>,
    /// Whether the whole period was observed.
    pub complete: bool,
    /// What the engine counted, one for each side of the indicator: merging adds these and derives again.
    pub(crate) figures: Vec<Figures>,
}

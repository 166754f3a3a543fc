//! Whether a definition counts working days, so that its answer depends on a calendar.

use super::{DayCount, Indicator, Measure, Part, Scalar};

impl Indicator {
    /// Whether a condition or a value of it counts working days.
    pub(crate) fn counts_working_days(&self) -> bool {
        self.population.counts_working_days()
            || self.exclude.iter().any(|rule| rule.when.counts_working_days())
            || self.measure.counts_working_days()
    }
}

impl Measure {
    fn counts_working_days(&self) -> bool {
        match self {
            Self::Count { condition } => condition.counts_working_days(),
            Self::Share { condition, weight } => {
                condition.counts_working_days() || weight.as_ref().is_some_and(Scalar::counts_working_days)
            }
            Self::Sum { value, when } => value.counts_working_days() || when.counts_working_days(),
            Self::Distinct { .. } => false,
            Self::Days(duration) => duration.calendar == DayCount::Working,
            Self::Ratio { numerator, denominator } => {
                numerator.counts_working_days() || denominator.counts_working_days()
            }
            Self::RatioOf { numerator, denominator } => {
                numerator.counts_working_days() || denominator.counts_working_days()
            }
        }
    }
}

impl Part {
    fn counts_working_days(&self) -> bool {
        match self {
            Self::Sum { value, when } => value.counts_working_days() || when.counts_working_days(),
            Self::Count { when } | Self::Distinct { when, .. } => when.counts_working_days(),
        }
    }
}

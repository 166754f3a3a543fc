//! How a duration is written: from which event to which, counted in which days, and what of them is asked.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Result;
use crate::indicator::{ColumnRef, DayCount, Duration};
use crate::ledger::Kind;
use crate::ledger::clock::SUSPENDED;
use crate::message::ErrorCode;
use crate::number::Fraction;

use super::check::{Reader, needed, refuse};

/// A duration as it is written: the days from one event to another, and which quantile of them is asked.
///
/// # By which day after signing had nine in ten projects started?
///
/// ```
/// use zonekpi::{Catalog, Days, Definition};
///
/// let slowest = Definition::new("days_to_start_of_nine_in_ten")
///     .name("九成项目开工所需天数", "Days until nine in ten have started")
///     .table("projects")
///     .stock("signed_on")
///     .days(Days::new("signed_on", "started_on").competing("cancelled_on").quantile(0.9));
/// let catalog = Catalog::builtin().add(slowest)?;
/// assert_eq!(catalog.get("days_to_start_of_nine_in_ten")?.unit, "days");
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default, skip_serializing_if = "is_natural")]
    calendar: DayCount,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    competing: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minus: Option<String>,
    #[serde(default, skip_serializing_if = "Statistic::is_median")]
    statistic: Statistic,
}

fn is_natural(calendar: &DayCount) -> bool {
    *calendar == DayCount::Natural
}

/// What is asked of the durations: `"median"`, or a quantile such as `0.9`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Statistic {
    #[default]
    Median,
    Quantile(f64),
}

impl Statistic {
    fn is_median(&self) -> bool {
        *self == Self::Median
    }
}

impl Serialize for Statistic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Median => serializer.serialize_str("median"),
            Self::Quantile(quantile) => serializer.serialize_f64(*quantile),
        }
    }
}

impl<'de> Deserialize<'de> for Statistic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Statistic;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"median\", 0.9 (0 < x < 1)")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Statistic, E> {
                match text {
                    "median" => Ok(Statistic::Median),
                    other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &self)),
                }
            }
            fn visit_f64<E>(self, quantile: f64) -> Result<Statistic, E> {
                Ok(Statistic::Quantile(quantile))
            }
            fn visit_i64<E>(self, whole: i64) -> Result<Statistic, E> {
                // No whole number is a quantile; the check says so in words.
                Ok(Statistic::Quantile(whole as f64))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Days {
    /// The natural days from one event to another; their median.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            calendar: DayCount::Natural,
            competing: None,
            minus: None,
            statistic: Statistic::Median,
        }
    }

    /// Counted in working days, by the calendar of the ledger.
    pub fn working(mut self) -> Self {
        self.calendar = DayCount::Working;
        self
    }

    /// The event that ends the wait without `to`: where it comes first, `to` is never reached.
    pub fn competing(mut self, event: impl Into<String>) -> Self {
        self.competing = Some(event.into());
        self
    }

    /// A count of days that are taken out of each duration.
    pub fn minus(mut self, column: impl Into<String>) -> Self {
        self.minus = Some(column.into());
        self
    }

    /// The part of the rows that is to have reached `to`, between 0 and 1; 0.5 is the median.
    pub fn quantile(mut self, quantile: f64) -> Self {
        self.statistic = Statistic::Quantile(quantile);
        self
    }

    pub(super) fn checked(&self, reader: &Reader<'_>) -> Result<Duration> {
        let event = |field: &'static str, name: &str| {
            if name.trim().is_empty() {
                return Err(needed(field, "days = { from = \"signed_on\", to = \"started_on\" }"));
            }
            let column = reader.column(field, name)?;
            if column.is_event() {
                Ok(column)
            } else {
                Err(refuse(field, ErrorCode::DaysNeedEvents.message().with("found", &column)))
            }
        };
        let from = event("days.from", &self.from)?;
        let to = event("days.to", &self.to)?;
        let competing = self.competing.as_deref().map(|name| event("days.competing", name)).transpose()?;
        if from == to || competing.as_ref().is_some_and(|competing| *competing == to || *competing == from) {
            return Err(refuse("days", ErrorCode::DaysOfOneEvent.message()));
        }
        let minus = self.minus.as_deref().map(|name| whole_days(reader, name)).transpose()?;
        if let Some(minus) = minus.as_ref().filter(|minus| minus.name == SUSPENDED && !minus.of_project)
            && self.calendar == DayCount::Natural
        {
            return Err(refuse("days.minus", ErrorCode::DaysMinusWorking.message().with("found", minus)));
        }
        Ok(Duration { from, to, calendar: self.calendar, competing, minus, quantile: self.exact_quantile()? })
    }

    /// The quantile as the decimal that was written.
    fn exact_quantile(&self) -> Result<Fraction> {
        let Statistic::Quantile(quantile) = self.statistic else {
            return Fraction::new(1, 2).ok_or_else(|| self.out_of_range("median"));
        };
        let text = quantile.to_string();
        let inside = quantile > 0.0 && quantile < 1.0;
        let digits = text.strip_prefix("0.").filter(|digits| inside && digits.len() <= 18);
        let fraction = digits.and_then(|digits| {
            Fraction::new(digits.parse().ok()?, 10i128.checked_pow(u32::try_from(digits.len()).ok()?)?)
        });
        fraction.ok_or_else(|| self.out_of_range(&text))
    }

    fn out_of_range(&self, found: &str) -> crate::error::Error {
        refuse("days.statistic", ErrorCode::StatisticOutOfRange.message().with("found", found))
    }
}

fn whole_days(reader: &Reader<'_>, name: &str) -> Result<ColumnRef> {
    let column = reader.column("days.minus", name)?;
    match column.kind {
        Kind::Count | Kind::Extension | Kind::OptionalCount => Ok(column),
        _ => Err(refuse("days.minus", ErrorCode::DaysMinusNotWhole.message().with("found", &column))),
    }
}

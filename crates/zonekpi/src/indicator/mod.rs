//! Indicators as data: what a definition says, checked against the schema and ready for a plan.
//!
//! The written form and its checks are in `definition`, the expression language in `expression`, files of
//! definitions in `catalog`, the shipped ones in `catalog.toml`; `text` writes a checked definition down again.
//! Nothing here touches rows.

mod calendar;
mod catalog;
mod definition;
pub(crate) mod expression;
mod text;

use std::sync::Arc;

use crate::ledger::{Kind, TableSpec};
use crate::number::Fraction;

pub use catalog::Catalog;
pub use definition::{Days, Definition, RatioSide};
pub use expression::{ColumnRef, Comparison, Predicate, Scalar, Scope, predicate, scalar};

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
pub struct Bilingual {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// Whether an indicator counts what stands at a date or what happened in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// 存量
    Stock,
    /// 流量
    Flow,
}

/// What an indicator does with cancelled rows unless the query says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledDefault {
    /// Cancellation is ignored.
    #[default]
    Keep,
    /// Rows whose cancellation has happened are taken out.
    Drop,
    /// Cancellation is ignored, whatever the query says.
    FixedKeep,
}

/// Which direction is good, for colours and rankings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neutral,
}

/// Rows taken out and counted.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// Which rows.
    pub when: Predicate,
    /// Why, as the answer tells it.
    pub reason: String,
}

/// One side of a ratio.
#[derive(Clone, Debug)]
pub enum Part {
    /// Σ of a value over the rows that meet `when`.
    Sum {
        /// A number.
        value: Scalar,
        /// Rows that add; the others add 0.
        when: Predicate,
    },
    /// Rows that meet a condition.
    Count {
        /// The condition.
        when: Predicate,
    },
    /// Distinct values of a column over the rows that meet `when`.
    Distinct {
        /// The column.
        column: ColumnRef,
        /// Rows that add.
        when: Predicate,
    },
}

/// In what days a duration is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// 自然日
    #[default]
    Natural,
    /// 工作日, by the calendar of the ledger.
    Working,
}

/// The days from one event to another, and which quantile of them is asked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Duration {
    /// The event from which days are counted; the day after it is day 1.
    pub from: ColumnRef,
    /// The event up to which they are counted.
    pub to: ColumnRef,
    /// In what days.
    pub calendar: DayCount,
    /// The event that ends the wait without `to`.
    pub competing: Option<ColumnRef>,
    /// A count of days that are taken out.
    pub minus: Option<ColumnRef>,
    /// The part of the members that is to have reached `to`, between 0 and 1.
    pub quantile: Fraction,
}

/// Why a duration leaves rows out, beside the exclusions of the definition.
pub(crate) const LEFT_OUT: [&str; 2] = ["not_begun", "negative"];

/// What is computed of the population.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Measure {
    /// Members that meet the condition.
    Count {
        /// The condition.
        condition: Predicate,
    },
    /// Of the members, those that meet the condition; by rows or by weight.
    Share {
        /// The condition.
        condition: Predicate,
        /// A number by which rows weigh.
        weight: Option<Scalar>,
    },
    /// Σ of a value.
    Sum {
        /// A number.
        value: Scalar,
        /// Rows that add; the others add nothing.
        when: Predicate,
    },
    /// Distinct values of a column.
    Distinct {
        /// The column.
        column: ColumnRef,
    },
    /// Ratio of two aggregates over the same rows.
    Ratio {
        /// Above the line.
        numerator: Part,
        /// Below the line.
        denominator: Part,
    },
    /// The days by which a part of the members had reached an event; those that have not rank last.
    Days(Duration),
    /// Ratio of two indicators on the same grid.
    RatioOf {
        /// Above the line.
        numerator: Arc<Indicator>,
        /// Below the line.
        denominator: Arc<Indicator>,
    },
}

/// A checked definition.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Indicator {
    /// The stable public name.
    pub id: String,
    /// 中文 and English.
    pub name: Bilingual,
    /// The table whose rows are counted; `None` for a ratio of two indicators.
    pub table: Option<&'static TableSpec>,
    /// Stock or flow.
    pub basis: Basis,
    /// The date that places a row in time (an event or a planned date); `None` for `stock = "*"`.
    pub time: Option<ColumnRef>,
    /// Which rows are meant; `Predicate::Constant(true)` for all.
    pub population: Predicate,
    /// What is computed.
    pub measure: Measure,
    /// The reference by which an entity counts once.
    pub once: Option<ColumnRef>,
    /// Rows taken out and counted.
    pub exclude: Vec<Exclusion>,
    /// What is done with cancelled rows.
    pub cancelled: CancelledDefault,
    /// `share`, `count`, `cny`, …; see the `unit` module.
    pub unit: String,
    /// The measure word of what is counted, where the unit is `count` and the definition names one; the English one
    /// may be empty.
    pub counted: Option<Bilingual>,
    /// Which direction is good.
    pub better: Better,
    /// A note for readers, if there is one.
    pub note: Option<Bilingual>,
    /// Where the definition comes from, or empty.
    pub source: String,
    /// The definition as TOML, canonical: what `fingerprint` is of.
    pub text: String,
    /// First 12 hexadecimal digits of the SHA-256 of `text`.
    pub fingerprint: String,
}

impl Indicator {
    /// Why rows may be left out and counted, in the order in which they are looked at: the definition's exclusions,
    /// then what its measure leaves out by itself.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = &str> {
        let own: &[&str] = if matches!(self.measure, Measure::Days(_)) { &LEFT_OUT } else { &[] };
        self.exclude.iter().map(|exclusion| exclusion.reason.as_str()).chain(own.iter().copied())
    }
}

impl ColumnRef {
    /// Whether the column's blank is unknown rather than a value of its own.
    pub fn blank_is_unknown(&self) -> bool {
        self.kind.blank_is_unknown()
    }

    /// Whether it holds an event's interval.
    pub fn is_event(&self) -> bool {
        self.kind == Kind::Event
    }
}

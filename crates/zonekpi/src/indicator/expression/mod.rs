//! The expression language: SQL's syntax with our own typed, three-valued meaning.
//!
//! Text is parsed by `sqlparser` (`parse`), then checked against a [`Scope`] (`scope`) into a [`Predicate`] or a
//! [`Scalar`] (`check`, with `types`); engines render those trees and never see text. How a tree is written back, as an
//! expression or in plain words, is in `print` and `words`.

mod check;
mod parse;
mod print;
mod scope;
mod types;
mod words;

use chrono::NaiveDate;

use crate::error::Result;
use crate::ledger::Kind;

pub use scope::Scope;
pub(crate) use scope::{is_project, means};

/// A column of the indicator's table, or of the project that a row refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// Whether it stands behind `project.`
    pub of_project: bool,
    /// The canonical name, or a column of the ledger's own.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// How two scalars are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A three-valued condition on a row. `BETWEEN`, `IS NOT NULL`, `NOT IN` are written with these.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Predicate {
    /// TRUE or FALSE.
    Constant(bool),
    /// A flag column.
    Flag(ColumnRef),
    /// Two scalars of one type. With a none on either side: false, and true for `<>`.
    Compare {
        /// The left side.
        left: Scalar,
        /// How.
        comparison: Comparison,
        /// The right side.
        right: Scalar,
    },
    /// One of a list of literals. None is in no list.
    In {
        /// What is looked for.
        operand: Scalar,
        /// The literals.
        list: Vec<Scalar>,
    },
    /// True for a blank, unknown for an unreadable cell; of columns only, not of events.
    IsNull(ColumnRef),
    /// The event took place by the date asked about, and by `by` where given.
    Happened {
        /// The event.
        event: ColumnRef,
        /// A date, or an event as a deadline, with days added or taken.
        by: Option<Scalar>,
    },
    /// NOT
    Not(Box<Predicate>),
    /// AND, flattened; empty is TRUE.
    And(Vec<Predicate>),
    /// OR, flattened; empty is FALSE.
    Or(Vec<Predicate>),
}

/// A number, a text or a date of a row.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Scalar {
    /// A column. An event stands here only in `days_between`, in `working_days_between` and as the deadline of `happened`.
    Column(ColumnRef),
    /// A literal number.
    Number(crate::number::Decimal),
    /// A literal text; of an enum column, its canonical value.
    Text(String),
    /// A literal day.
    Date(NaiveDate),
    /// The date asked about, but never after the ledger's snapshot.
    AsOf,
    /// Sum of two numbers.
    Add(Box<Scalar>, Box<Scalar>),
    /// Difference of two numbers.
    Subtract(Box<Scalar>, Box<Scalar>),
    /// Product of two numbers.
    Multiply(Box<Scalar>, Box<Scalar>),
    /// A date and a whole number of days after it (before it, where negative).
    Shift {
        /// The date.
        date: Box<Scalar>,
        /// The days.
        days: Box<Scalar>,
    },
    /// Whole days from the first to the second.
    DaysBetween(Box<Scalar>, Box<Scalar>),
    /// Working days after the first, up to the second and with it, by the ledger's calendar.
    WorkingDaysBetween(Box<Scalar>, Box<Scalar>),
}

/// Reads a condition, such as `filed AND NOT happened(cancelled_on)`.
///
/// # Errors
///
/// Whatever is not in the language, not in the scope or not of the right type, with its place in the text.
pub fn predicate(text: &str, scope: &Scope) -> Result<Predicate> {
    check::Checker::new(scope, text).predicate(parse::expression(text)?)
}

/// Reads a number, a text or a date of a row, such as `statutory_limit - promised_limit`.
///
/// # Errors
///
/// As for [`predicate`]. An event's date is refused too, because it may be known only as an interval.
pub fn scalar(text: &str, scope: &Scope) -> Result<Scalar> {
    check::Checker::new(scope, text).scalar(parse::expression(text)?)
}

impl Predicate {
    /// All of them hold. One condition stays itself, none is TRUE, and what is itself an AND is taken apart.
    pub fn all(conditions: impl IntoIterator<Item = Predicate>) -> Self {
        let mut flat = Vec::new();
        for condition in conditions {
            match condition {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 {
            flat.swap_remove(0)
        } else if flat.is_empty() {
            Self::Constant(true)
        } else {
            Self::And(flat)
        }
    }

    /// At least one of them holds. One condition stays itself, none is FALSE, and what is itself an OR is taken apart.
    pub fn any(conditions: impl IntoIterator<Item = Predicate>) -> Self {
        let mut flat = Vec::new();
        for condition in conditions {
            match condition {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 {
            flat.swap_remove(0)
        } else if flat.is_empty() {
            Self::Constant(false)
        } else {
            Self::Or(flat)
        }
    }

    /// Whether it is the constant TRUE, that is: no condition at all.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Constant(true))
    }

    /// Whether it counts working days.
    pub(crate) fn counts_working_days(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Flag(_) | Self::IsNull(_) => false,
            Self::Compare { left, right, .. } => left.counts_working_days() || right.counts_working_days(),
            Self::In { operand, .. } => operand.counts_working_days(),
            Self::Happened { by, .. } => by.as_ref().is_some_and(Scalar::counts_working_days),
            Self::Not(inner) => inner.counts_working_days(),
            Self::And(all) | Self::Or(all) => all.iter().any(Self::counts_working_days),
        }
    }

    /// Adds the columns that it reads, those that are not yet there, in the order of the text.
    pub fn columns(&self, columns: &mut Vec<ColumnRef>) {
        match self {
            Self::Constant(_) => {}
            Self::Flag(column) | Self::IsNull(column) => note(column, columns),
            Self::Compare { left, right, .. } => {
                left.columns(columns);
                right.columns(columns);
            }
            Self::In { operand, list } => {
                operand.columns(columns);
                for item in list {
                    item.columns(columns);
                }
            }
            Self::Happened { event, by } => {
                note(event, columns);
                if let Some(by) = by {
                    by.columns(columns);
                }
            }
            Self::Not(inner) => inner.columns(columns),
            Self::And(all) | Self::Or(all) => {
                for inner in all {
                    inner.columns(columns);
                }
            }
        }
    }
}

impl Scalar {
    /// Adds the columns that it reads, those that are not yet there, in the order of the text.
    pub fn columns(&self, columns: &mut Vec<ColumnRef>) {
        match self {
            Self::Column(column) => note(column, columns),
            Self::Number(_) | Self::Text(_) | Self::Date(_) | Self::AsOf => {}
            Self::Add(left, right)
            | Self::Subtract(left, right)
            | Self::Multiply(left, right)
            | Self::DaysBetween(left, right)
            | Self::WorkingDaysBetween(left, right)
            | Self::Shift { date: left, days: right } => {
                left.columns(columns);
                right.columns(columns);
            }
        }
    }

    /// Digits after the point of its exact value; `None` where it is a text or a date.
    pub fn scale(&self) -> Option<u32> {
        match self {
            Self::Column(column) => column.kind.scale(),
            Self::Number(number) => Some(number.scale),
            Self::Text(_) | Self::Date(_) | Self::AsOf | Self::Shift { .. } => None,
            Self::Add(left, right) | Self::Subtract(left, right) => Some(left.scale()?.max(right.scale()?)),
            Self::Multiply(left, right) => left.scale()?.checked_add(right.scale()?),
            Self::DaysBetween(..) | Self::WorkingDaysBetween(..) => Some(0),
        }
    }

    /// Whether it counts working days.
    pub(crate) fn counts_working_days(&self) -> bool {
        match self {
            Self::WorkingDaysBetween(..) => true,
            Self::Column(_) | Self::Number(_) | Self::Text(_) | Self::Date(_) | Self::AsOf => false,
            Self::Add(left, right)
            | Self::Subtract(left, right)
            | Self::Multiply(left, right)
            | Self::DaysBetween(left, right)
            | Self::Shift { date: left, days: right } => left.counts_working_days() || right.counts_working_days(),
        }
    }
}

fn note(column: &ColumnRef, columns: &mut Vec<ColumnRef>) {
    if !columns.contains(column) {
        columns.push(column.clone());
    }
}

#[cfg(test)]
mod tests;

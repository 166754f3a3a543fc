//! The expression language: SQL's syntax with our own typed, three-valued meaning.
//!
//! Text is parsed by `sqlparser`, then checked against a [`Scope`] into a [`Predicate`] or a [`Scalar`]; engines
//! render those trees and never see text.

use chrono::NaiveDate;

use crate::ledger::Kind;

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
    /// A column. An event stands here only in `days_between` and as the deadline of `happened`.
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
}

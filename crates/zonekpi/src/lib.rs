//! zonekpi

mod answer;
mod error;
mod indicator;
mod ledger;
mod message;
mod number;

pub use answer::Row;
pub use error::{Error, ErrorKind, Place, Result};
pub use indicator::{
    Basis, Better, Bilingual, CancelledDefault, ColumnRef, Comparison, Exclusion, Indicator, Measure, Part, Predicate,
    Scalar,
};
pub use ledger::{ColumnSpec, EnumValue, Issue, Kind, Ledger, Schema, Severity, Table, TableSpec};
pub use message::{ErrorCode, IssueAction, IssueCode, Language, Message, Phrase};
pub use number::{Decimal, Fraction};
pub use polars;

//! zonekpi

mod answer;
mod error;
mod indicator;
mod ledger;
mod message;
mod number;
mod period;

pub use answer::Row;
pub use error::{Error, ErrorKind, Place, Result};
pub use indicator::{
    Basis, Better, Bilingual, CancelledDefault, ColumnRef, Comparison, Exclusion, Indicator, Measure, Part, Predicate,
    Scalar, Scope, predicate, scalar,
};
pub use ledger::{ColumnSpec, EnumValue, Issue, Kind, Ledger, Schema, Severity, Table, TableSpec};
pub use message::{ErrorCode, IssueCode, Language, Message, Phrase};
pub use number::{Decimal, Fraction};
pub use period::{Every, Period};
pub use polars;
mod engine;
mod query;
pub use answer::{Cell, KpiTable};
pub use query::{Cancelled, Engine, Phases, Query, Source};

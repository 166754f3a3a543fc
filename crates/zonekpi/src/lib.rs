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
pub use ledger::{
    CheckedTotal, ColumnSpec, EnumValue, Issue, Kind, Ledger, OnDuplicate, OtherColumn, ReadColumn, Reader, Reading, Schema,
    SetAside, SetAsideKind, Severity, Table, TableSpec, UnitFrom,
};
pub use message::{ErrorCode, IssueAction, IssueCode, Language, Message, Phrase};
pub use number::{Decimal, Fraction};
pub use polars;

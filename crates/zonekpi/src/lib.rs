//! zonekpi

mod answer;
mod engine;
mod error;
mod indicator;
pub mod kpi;
mod ledger;
mod message;
mod number;
mod period;
mod query;
mod stats;
mod unit;

pub use answer::{
    Align, Cell, ColumnRole, DisplayOptions, Footnote, KpiTable, Rendered, RenderedCell, RenderedColumn, RenderedLine,
    Rounding, Row,
};
pub use error::{Error, ErrorKind, Place, Result};
pub use indicator::{
    Basis, Better, Bilingual, CancelledDefault, Catalog, ColumnRef, Comparison, Definition, Exclusion, Indicator,
    Measure, Part, Predicate, RatioSide, Scalar, Scope, predicate, scalar,
};
pub use ledger::{
    CheckedTotal, ColumnSpec, EnumValue, Issue, Kind, Ledger, OnDuplicate, OtherColumn, ReadColumn, Reader, Reading,
    Schema, SetAside, SetAsideKind, Severity, Table, TableSpec, UnitFrom,
};
pub use message::{ErrorCode, IssueAction, IssueCode, Language, Message, Phrase};
pub use number::{Decimal, Fraction};
pub use period::{Every, Period};
pub use polars;
pub use query::{Cancelled, Engine, Phases, Query, Source};
pub use unit::{MU_PER_SQUARE_METRE, MoneyUnit};

//! Indicators of development zones (开发区) that can be defended, from their project ledgers (项目台账).
//!
//! A zone reports that 59 of its projects, 93.65%, used the commitment system. Which projects are the 63 that 59 is a
//! part of? How many are unknown? What was it last quarter, in each park? `zonekpi` turns a ledger into such numbers:
//! each with its numerator, denominator and unknowns, at a date or over a period, by any dimension, down to the rows
//! behind it.
//!
//! ```
//! use zonekpi::{Cell, Ledger, Query};
//!
//! let ledger = Ledger::example()?;
//! let board = Query::new(["commitment_share", "agency_share"]).by(["zone"]).as_of("2024-03-31").run(&ledger)?;
//! let cell = Cell::new().group("zone", "朔州经开区");
//! let rows = board.open("commitment_share", &cell)?;
//! assert_eq!(rows.height(), 63);
//! println!("{board}");
//! # Ok::<(), zonekpi::Error>(())
//! ```
//!
//! The words, in the order in which they matter:
//!
//! - A [`Ledger`] holds typed tables as of the day that they record, and an [`Issue`] for every cell that could not be
//!   taken as it stood. It is read from files or from Polars data frames.
//! - An [`Indicator`] is a definition: of which rows, placed in time by which date, what is counted. The shipped
//!   [`Catalog`] has a hundred; yours are added as TOML.
//! - A [`Query`] asks for indicators, by dimensions, of filtered rows, at a date or over periods.
//! - The [`KpiTable`] it gives is exact, says what is unknown, and opens down to rows.
//! - Every shipped indicator is also a function in [`kpi`].
//!
//! Three things hold everywhere. What is unknown is counted, never guessed: a blank flag is not a no, and a date that
//! cannot be read is not "not yet". Numbers are exact until they are printed. And no input makes the crate panic.

mod answer;
mod calendar;
mod cohort;
mod encoding;
mod engine;
mod error;
mod fingerprint;
mod indicator;
pub mod kpi;
mod ledger;
mod message;
mod number;
mod parquet;
mod period;
mod query;
mod scan;
mod stats;
mod unit;

pub use answer::{
    Align, Cell, ColumnRole, DisplayOptions, Durations, Footnote, KpiTable, Rendered, RenderedCell, RenderedColumn,
    RenderedLine, Rounding, Row, Source,
};
pub use calendar::Calendar;
pub use cohort::Cohorts;
pub use error::{Error, ErrorKind, Place, Result};
pub use indicator::{
    Basis, Better, Bilingual, CancelledDefault, Catalog, ColumnRef, Comparison, DayCount, Days, Definition, Duration,
    Exclusion, Indicator, Measure, Part, Predicate, RatioSide, Scalar, Scope, predicate, scalar,
};
pub use ledger::{
    CheckedTotal, ColumnSpec, EnumValue, FoundBy, Issue, Kind, Ledger, OnDuplicate, OtherColumn, Progress, ProgressBar,
    ReadColumn, Reader, Reading, Schema, SetAside, SetAsideKind, Severity, SnapshotFrom, SourceFile, Step, Table,
    TableFrom, TableSpec, UnitFrom, write_template,
};
pub use message::{ErrorCode, IssueAction, IssueCode, Language, Message, Phrase};
pub use number::{Decimal, Fraction};
pub use period::{Every, Period};
pub use polars;
pub use query::{Cancelled, Engine, Phases, Query};
pub use scan::Scan;
pub use unit::{MU_PER_SQUARE_METRE, MoneyUnit};

//! The question as it is asked: which indicators, by what, of which rows, at what dates.
//!
//! A [`Query`] is only stated here; `plan` checks it against a catalog and a ledger, with what it says of the `rows` of
//! each table, `absent` finds what its filter asks for in vain, `calendar` whether it depends on the days that are
//! worked, and `uncovered` what lies outside of them; `work` is how far it is. It is run by the `answer`.

pub(crate) mod absent;
pub(crate) mod calendar;
pub(crate) mod plan;
mod rows;
mod uncovered;
pub(crate) mod work;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use crate::indicator::Catalog;
use crate::ledger::Progress;
use crate::ledger::progress::Watch;
use crate::period::Every;

/// What is done with rows whose cancellation has happened by the date asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cancelled {
    /// They stay: they were signed, after all.
    Keep,
    /// They are taken out, and counted as excluded.
    Drop,
}

/// What is done with the phases (一期, 二期) of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Phases {
    /// Every row counts.
    #[default]
    Own,
    /// Rows with a parent are excluded, and rows of other tables refer to the root project instead.
    Parent,
}

/// Which engine computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Engine {
    /// The fastest that can, for each indicator by itself.
    #[default]
    Auto,
    /// Plain Polars expressions: the meaning.
    Reference,
    /// All indicators, groups and periods in one pass over prepared columns; an error for what it does not compute.
    Fused,
}

/// A question to a ledger.
///
/// # What share of the filed projects used the commitment system, zone by zone?
///
/// ```
/// use zonekpi::{Ledger, Query};
///
/// let ledger = Ledger::example()?;
/// let board = Query::new(["commitment_share"]).by(["zone"]).as_of("2024-03-31").run(&ledger)?;
/// let row = board.rows().iter().find(|row| row.groups == [Some("朔州经开区".to_owned())]).unwrap();
/// assert_eq!((row.numerator.unwrap().unscaled, row.denominator.unwrap().unscaled), (59, 63));
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a query does nothing until it is run"]
pub struct Query {
    pub(crate) ids: Option<Vec<String>>,
    pub(crate) by: Vec<String>,
    pub(crate) filter: Option<String>,
    pub(crate) as_of: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) every: Option<Every>,
    pub(crate) cancelled: Option<Cancelled>,
    pub(crate) phases: Phases,
    pub(crate) totals: bool,
    pub(crate) min_age: Option<i64>,
    pub(crate) within: Option<i64>,
    /// Of cohorts, by the id of the indicator: its own `within`, and the age that a cohort must have as a whole.
    pub(crate) ages: BTreeMap<String, i64>,
    pub(crate) confidence: Option<f64>,
    pub(crate) catalog: Option<Arc<Catalog>>,
    pub(crate) engine: Engine,
    pub(crate) watch: Watch,
}

impl Query {
    /// Asks for indicators by id, in this order.
    pub fn new<S: Into<String>>(ids: impl IntoIterator<Item = S>) -> Self {
        Self { ids: Some(ids.into_iter().map(Into::into).collect()), ..Self::default() }
    }

    /// Asks for every indicator of the catalog that the ledger has the columns for.
    pub fn all() -> Self {
        Self::default()
    }

    /// Splits the answer by columns of the table, or of the project that a row refers to.
    pub fn by<S: Into<String>>(mut self, dimensions: impl IntoIterator<Item = S>) -> Self {
        self.by = dimensions.into_iter().map(Into::into).collect();
        self
    }

    /// Only rows that meet an expression; of rows where it is unknown, the membership is unknown.
    pub fn filter(mut self, expression: impl Into<String>) -> Self {
        self.filter = Some(expression.into());
        self
    }

    /// The date asked about, as `2024-03-31` or a `NaiveDate`. Default: the period's end or the ledger's
    /// `snapshot_on`, whichever is earlier.
    pub fn as_of(mut self, day: impl Display) -> Self {
        self.as_of = Some(day.to_string());
        self
    }

    /// The period: `2024`, `2024H1`, `2024Q1`, `2024-03`, `2024-01-01..2024-02-15`, `cumulative`.
    pub fn period(mut self, period: impl Display) -> Self {
        self.period = Some(period.to_string());
        self
    }

    /// A series of periods.
    pub fn every(mut self, every: Every) -> Self {
        self.every = Some(every);
        self
    }

    /// Overrides what the indicators do with cancelled rows, unless their definition fixes it.
    pub fn cancelled(mut self, cancelled: Cancelled) -> Self {
        self.cancelled = Some(cancelled);
        self
    }

    /// What is done with phases.
    pub fn phases(mut self, phases: Phases) -> Self {
        self.phases = phases;
        self
    }

    /// Adds lines over all groups, computed from the rows.
    pub fn totals(mut self, totals: bool) -> Self {
        self.totals = totals;
        self
    }

    /// Excludes rows younger than this many days.
    pub fn min_age(mut self, days: i64) -> Self {
        self.min_age = Some(days);
        self
    }

    /// Counts an event only within this many days of the row's time; excludes younger rows.
    pub fn within(mut self, days: i64) -> Self {
        self.within = Some(days);
        self
    }

    /// Adds Wilson intervals to shares, for instance at 0.95.
    pub fn confidence(mut self, confidence: f64) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Takes indicators from another catalog than the shipped one.
    pub fn catalog(mut self, catalog: Arc<Catalog>) -> Self {
        self.catalog = Some(catalog);
        self
    }

    /// Who is told how far the answer is, and may end it; [`ProgressBar`](crate::ProgressBar) is a bar on the terminal.
    /// Nothing is shown without this.
    pub fn progress(mut self, progress: impl Progress + 'static) -> Self {
        self.watch = Watch::by(progress);
        self
    }

    /// Chooses the engine.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }
}

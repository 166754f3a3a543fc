//! Cohorts compared at equal age: of what began in each period, the share that an event had come to within so many
//! days. The waiting of one cohort day by day is in `curve`, what it is computed from in `risk`.
//!
//! A cohort is a query like any other, a share for each age with `within`: nothing here judges rows.

mod curve;
mod risk;

use std::fmt::Display;
use std::sync::Arc;

use crate::answer::KpiTable;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::expression::Scope;
use crate::indicator::{Catalog, ColumnRef, Definition};
use crate::ledger::{ColumnSpec, Ledger, Progress, Schema, Table};
use crate::message::{ErrorCode, Language, Message, Phrase};
use crate::period::Every;
use crate::query::plan::{Plan, in_range};
use crate::query::{Cancelled, Phases, Query};

/// A question about cohorts.
///
/// # Of the projects signed in each quarter, how many had started within half a year, and within a year?
///
/// ```
/// use zonekpi::{Cell, Cohorts, Every, Ledger};
///
/// let ledger = Ledger::example()?;
/// let board =
///     Cohorts::new("signed_on").event("started_on").every(Every::Quarter).ages([180, 365]).run(&ledger)?;
/// let cell = Cell::new().period_end("2023-12-31");
/// let row = board.row("started_on_within_180", &cell)?;
/// // The ledger ends on 31 March 2024: the quarter's last days are not 180 days old.
/// assert!(row.immature && row.value.is_none());
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Cohorts {
    from: String,
    event: String,
    ages: Vec<i64>,
    table: Option<String>,
    query: Query,
}

impl Cohorts {
    /// Cohorts of the rows whose event `from` lies in one period; by quarters, until [`every`](Self::every) says else.
    pub fn new(from: impl Into<String>) -> Self {
        let query = Query::default().every(Every::Quarter);
        Self { from: from.into(), event: String::new(), ages: Vec::new(), table: None, query }
    }

    /// The event that is waited for.
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// The ages at which cohorts are compared, in days after `from`.
    pub fn ages(mut self, ages: impl IntoIterator<Item = i64>) -> Self {
        self.ages = ages.into_iter().collect();
        self
    }

    /// The table whose rows are meant, where several have both events.
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// The periods that make a cohort.
    pub fn every(mut self, every: Every) -> Self {
        self.query = self.query.every(every);
        self
    }

    /// Splits each cohort by columns, as [`Query::by`].
    pub fn by<S: Into<String>>(mut self, dimensions: impl IntoIterator<Item = S>) -> Self {
        self.query = self.query.by(dimensions);
        self
    }

    /// Only rows that meet an expression, as [`Query::filter`].
    pub fn filter(mut self, expression: impl Into<String>) -> Self {
        self.query = self.query.filter(expression);
        self
    }

    /// The day at which all cohorts are judged; by default that of the ledger.
    pub fn as_of(mut self, day: impl Display) -> Self {
        self.query = self.query.as_of(day);
        self
    }

    /// From when to when cohorts are made; by default from the first recorded day to the day asked about.
    pub fn period(mut self, period: impl Display) -> Self {
        self.query = self.query.period(period);
        self
    }

    /// What is done with cancelled rows, as [`Query::cancelled`].
    pub fn cancelled(mut self, cancelled: Cancelled) -> Self {
        self.query = self.query.cancelled(cancelled);
        self
    }

    /// What is done with phases, as [`Query::phases`].
    pub fn phases(mut self, phases: Phases) -> Self {
        self.query = self.query.phases(phases);
        self
    }

    /// Adds a line over all groups to each cohort, computed from the rows.
    pub fn totals(mut self, totals: bool) -> Self {
        self.query = self.query.totals(totals);
        self
    }

    /// Adds Wilson intervals, as [`Query::confidence`].
    pub fn confidence(mut self, confidence: f64) -> Self {
        self.query = self.query.confidence(confidence);
        self
    }

    /// Who is told how far the answer is, as [`Query::progress`].
    pub fn progress(mut self, progress: impl Progress + 'static) -> Self {
        self.query = self.query.progress(progress);
        self
    }

    /// Answers with a share for each cohort, age and group; the indicators are called `<event>_within_<age>`.
    ///
    /// A cohort that as a whole is not so many days old has no value yet.
    ///
    /// # Errors
    ///
    /// Columns that the ledger lacks, with the nearest that it has; no age, or one that no ledger spans; and all that
    /// [`Query::run`] refuses.
    pub fn run(&self, ledger: &Ledger) -> Result<KpiTable> {
        if self.ages.is_empty() {
            return Err(refused(ErrorCode::NoAges.message()));
        }
        in_range(self.ages.iter().copied())?;
        let table = self.table_of(ledger)?;
        let scope = Scope::of_schema(table.spec());
        let (from, event) = (scope.column(&self.from)?, scope.column(&self.event)?);
        let mut catalog = Catalog::default();
        let mut query = self.query.clone();
        let mut ids = Vec::with_capacity(self.ages.len());
        for age in &self.ages {
            let id = format!("{}_within_{age}", event.to_string().replace('.', "_"));
            if query.ages.insert(id.clone(), *age).is_some() {
                continue;
            }
            let name = |language| {
                let (from, event) = (called(table, &from), called(table, &event));
                let message = Phrase::CohortName.message().with("age", age).with("from_zh", from.0);
                let message = message.with("from_en", capital(&from.1)).with("event_zh", event.0);
                message.with("event_en", event.1).text(language)
            };
            let definition = Definition::new(&id)
                .name(name(Language::Zh), name(Language::En))
                .table(&table.spec().name)
                .flow(from.to_string())
                .share(format!("happened({event})"));
            catalog = catalog.add(definition)?;
            ids.push(id);
        }
        query.ids = Some(ids);
        // All cohorts are judged on one day: each at the end of its own period would be of age 0.
        query.as_of = query.as_of.or_else(|| Some(ledger.snapshot_on().to_string()));
        let plan = Plan::new(&query.catalog(Arc::new(catalog.clone())), &catalog, ledger)?;
        KpiTable::compute(plan)
    }

    /// The table that is named, else the one that has both events.
    fn table_of<'l>(&self, ledger: &'l Ledger) -> Result<&'l Table> {
        if let Some(name) = &self.table {
            return ledger.table(name).ok_or_else(|| {
                let names: Vec<&str> = ledger.tables().map(|table| table.spec().name.as_str()).collect();
                let message = ErrorCode::UnknownTable.message().with("found", name).with("allowed", names.join(", "));
                Error::unknown(message, name, names)
            });
        }
        let has = |table: &&Table| {
            let scope = Scope::of_ledger(ledger, &table.spec().name);
            let is_event = |name: &str| scope.column(name).is_ok_and(|column| column.is_event());
            let own = scope.column(&self.from).is_ok_and(|column| column.is_event() && !column.of_project);
            own && is_event(&self.event)
        };
        let tables: Vec<&Table> = ledger.tables().filter(has).collect();
        match tables.as_slice() {
            [table] => Ok(table),
            [] => Err(self.no_table(ledger)),
            several => {
                let names: Vec<&str> = several.iter().map(|table| table.spec().name.as_str()).collect();
                let message = ErrorCode::CohortTables.message().with("from", &self.from).with("event", &self.event);
                Err(refused(message.with("allowed", names.join(", "))))
            }
        }
    }

    fn no_table(&self, ledger: &Ledger) -> Error {
        let events = |table: &Table| -> Vec<&'static str> {
            let recorded = table.spec().columns.iter().filter(|column| column.kind == crate::ledger::Kind::Event);
            recorded.filter(|column| table.has(&column.name)).map(|column| column.name.as_str()).collect()
        };
        let known: Vec<&str> = ledger.tables().flat_map(events).collect();
        let message = ErrorCode::CohortTable.message().with("from", &self.from).with("event", &self.event);
        let unknown = [&self.from, &self.event].into_iter().find(|name| !known.contains(&name.as_str()));
        Error::unknown(message, unknown.unwrap_or(&self.event), known)
    }
}

/// What an event is called, without the word for its day: 签约 and signed.
fn called(table: &Table, event: &ColumnRef) -> (String, String) {
    let spec = if event.of_project { Schema::builtin().table("projects") } else { Some(table.spec()) };
    let zh = spec.and_then(|spec| spec.column(&event.name)).map_or(event.name.as_str(), |spec: &ColumnSpec| &spec.zh);
    let zh = ["时间", "日期"].iter().find_map(|word| zh.strip_suffix(word)).unwrap_or(zh);
    let words = event.name.strip_suffix("_on").unwrap_or(&event.name).replace('_', " ");
    (zh.to_owned(), words)
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn refused(message: Message) -> Error {
    Error::new(ErrorKind::Query, message)
}

//! The answer: a long, tidy table of exact figures that opens down to the rows behind them.

mod derive;
pub(crate) mod display;
mod frame;
mod merge;
mod open;
mod row;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::engine;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::Indicator;
use crate::ledger::Schema;
use crate::message::{ErrorCode, Language};
use crate::query::plan::{Dimension, Plan};

pub use display::{
    Align, ColumnRole, DisplayOptions, Footnote, Rendered, RenderedCell, RenderedColumn, RenderedLine, Rounding,
};
pub use row::Row;

/// Indicators by group and period, exact, with the plan that they came from.
///
/// A table is cheap to clone: it shares the ledger that it opens down to.
#[derive(Clone, Debug)]
pub struct KpiTable {
    rows: Vec<Row>,
    dimensions: Vec<Dimension>,
    /// One where the table was computed, several where it was merged.
    plans: Vec<Arc<Plan>>,
}

/// Which cell of a table to open: a value for each dimension, a period where there are several.
///
/// ```
/// use zonekpi::Cell;
/// let cell = Cell::new().group("zone", "朔州经开区").period_end("2024-03-31");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Cell {
    pub(crate) groups: BTreeMap<String, Option<String>>,
    pub(crate) period_end: Option<String>,
    pub(crate) total: bool,
}

impl Cell {
    /// The only cell of an answer without dimensions and with one period.
    pub fn new() -> Self {
        Self::default()
    }

    /// The group of a value.
    pub fn group(mut self, dimension: impl Into<String>, value: impl Into<String>) -> Self {
        self.groups.insert(dimension.into(), Some(value.into()));
        self
    }

    /// The group of rows where the dimension is blank or unknown.
    pub fn blank(mut self, dimension: impl Into<String>) -> Self {
        self.groups.insert(dimension.into(), None);
        self
    }

    /// The period that ends on a day.
    pub fn period_end(mut self, day: impl std::fmt::Display) -> Self {
        self.period_end = Some(day.to_string());
        self
    }

    /// The line over all groups.
    pub fn total(mut self) -> Self {
        self.total = true;
        self
    }
}

impl KpiTable {
    pub(crate) fn compute(plan: Plan) -> Result<Self> {
        let computed = engine::run(&plan)?;
        let rows = derive::rows(&plan, &computed)?;
        Ok(Self { rows, dimensions: plan.dimensions.clone(), plans: vec![Arc::new(plan)] })
    }

    /// The lines, by indicator, period and group; totals after the groups of their period.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The indicators, in the order asked.
    pub fn indicators(&self) -> impl Iterator<Item = &Arc<Indicator>> {
        self.plans.first().into_iter().flat_map(|plan| plan.items.iter().map(|item| &item.indicator))
    }

    /// The names of the dimensions.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(|d| d.name.as_str())
    }

    /// The day that the ledger records; of a merged table, of its first part.
    pub fn snapshot_on(&self) -> Option<NaiveDate> {
        self.plans.first().map(|plan| plan.ledger.snapshot_on())
    }

    /// What the reader must be told beside the numbers.
    pub fn notes(&self, language: Language) -> Vec<String> {
        let mut notes: Vec<_> =
            self.plans.iter().flat_map(|plan| plan.notes.iter().map(|n| n.text(language))).collect();
        notes.dedup();
        notes
    }

    /// The answer as a finished table for people: rounded, with units, marks and footnotes.
    pub fn render(&self, options: &DisplayOptions) -> Rendered {
        let indicators: Vec<_> = self.indicators().cloned().collect();
        let dimensions: Vec<_> = self.dimensions.iter().map(shown).collect();
        let table = display::Table {
            title: None,
            indicators: &indicators,
            dimensions: &dimensions,
            rows: &self.rows,
            snapshot_on: self.snapshot_on().unwrap_or_default(),
            year_to_date: self.plan().is_some_and(|plan| plan.year_to_date),
            confidence: self.plan().and_then(|plan| plan.confidence),
        };
        let mut rendered = table.render(options);
        rendered.footnotes.extend(self.notes(options.language).into_iter().map(|text| Footnote { mark: None, text }));
        rendered
    }

    pub(crate) fn plan(&self) -> Option<&Plan> {
        self.plans.first().map(AsRef::as_ref)
    }

    /// The indicator of an id, if it was asked.
    pub(crate) fn indicator(&self, id: &str) -> Result<(usize, &Arc<Indicator>)> {
        self.indicators().enumerate().find(|(_, i)| i.id == id).ok_or_else(|| {
            let asked: Vec<_> = self.indicators().map(|i| i.id.as_str()).collect();
            let message = ErrorCode::NotAsked.message().with("found", id).with("allowed", asked.join(", "));
            Error::unknown(message, id, asked)
        })
    }

    /// The definition of an indicator in words: what is counted of what, when, and where that comes from.
    ///
    /// # Errors
    ///
    /// An id that was not asked, with the nearest that was.
    pub fn definition(&self, id: &str, language: Language) -> Result<String> {
        Ok(self.indicator(id)?.1.describe(language))
    }
}

/// How a dimension's head and its groups are shown.
fn shown(dimension: &Dimension) -> display::Dimension {
    let column = &dimension.column;
    match Schema::builtin().table(dimension.table).and_then(|table| table.column(&column.name)) {
        Some(spec) => display::Dimension::of_schema(&dimension.name, column.of_project, spec),
        None => display::Dimension::of_ledger(&dimension.name, column.of_project),
    }
}

impl std::fmt::Display for KpiTable {
    /// The table in Chinese for a terminal; [`KpiTable::render`] gives the other forms.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(&DisplayOptions::default()).to_string())
    }
}

fn refused(message: crate::message::Message) -> Error {
    Error::new(ErrorKind::Query, message)
}

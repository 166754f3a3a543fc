//! The answer: a long, tidy table of exact figures that opens down to the rows behind them.

mod cell;
mod derive;
pub(crate) mod display;
mod frame;
mod lines;
mod merge;
mod numbers;
mod open;
mod row;
mod run;
mod wait;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::engine::{self, Computed};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::Indicator;
use crate::ledger::Schema;
use crate::message::{ErrorCode, Language};
use crate::query::absent::Absent;
use crate::query::plan::{Dimension, Plan};
use crate::query::work::Work;

use self::lines::Lines;

pub use cell::Cell;
pub use display::{
    Align, ColumnRole, DisplayOptions, Footnote, Rendered, RenderedCell, RenderedColumn, RenderedLine, Rounding,
};
pub use row::{Durations, Row};
pub use run::Source;
pub(crate) use wait::{End, Wait};

/// Indicators by group and period, exact, with the plan that they came from.
///
/// A table is cheap to clone: it shares the ledger that it opens down to.
#[derive(Clone, Debug)]
pub struct KpiTable {
    lines: Arc<Lines>,
    dimensions: Vec<Dimension>,
    /// One where the table was computed, several where it was merged.
    plans: Vec<Arc<Plan>>,
    /// The engine that computed each indicator; of a merged table, that of its first part.
    engines: Vec<&'static str>,
}

impl KpiTable {
    pub(crate) fn compute(plan: Plan) -> Result<Self> {
        let computed = engine::run(&plan)?;
        Self::of(plan, computed)
    }

    /// The answer of a plan, from what was counted.
    pub(crate) fn of(mut plan: Plan, mut computed: Computed) -> Result<Self> {
        // The answer outlives the wait for it.
        plan.work = Work::default();
        let engines = std::mem::take(&mut computed.engines);
        let lines = Arc::new(Lines::counted(&plan, computed)?);
        Ok(Self { lines, dimensions: plan.dimensions.clone(), plans: vec![Arc::new(plan)], engines })
    }

    /// The lines, by indicator, period and group; totals after the groups of their period. They are made when they are
    /// first asked for: [`frame`](Self::frame) needs none.
    pub fn rows(&self) -> &[Row] {
        self.plan().map(|plan| self.lines.rows(plan)).unwrap_or_default()
    }

    /// How many lines there are.
    pub fn height(&self) -> usize {
        self.plan().map(|plan| self.lines.height(plan)).unwrap_or_default()
    }

    /// The indicators, in the order asked.
    pub fn indicators(&self) -> impl Iterator<Item = &Arc<Indicator>> {
        self.plans.first().into_iter().flat_map(|plan| plan.items.iter().map(|item| &item.indicator))
    }

    /// The engine that computed an indicator: `fused` or `reference`; `None` where it was not asked.
    pub fn engine(&self, id: &str) -> Option<&'static str> {
        let place = self.indicators().position(|indicator| indicator.id == id)?;
        self.engines.get(place).copied()
    }

    /// The names of the dimensions.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(|d| d.name.as_str())
    }

    /// The day that the ledger records; of a merged table, of its first part.
    pub fn snapshot_on(&self) -> Option<NaiveDate> {
        self.plans.first().map(|plan| plan.ledger.snapshot_on())
    }

    /// The days that are worked, where the answer depends on them: it counts working days, or reads due dates that were
    /// derived from limits. Of a merged table, those of its first part.
    pub fn calendar(&self) -> Option<&Calendar> {
        self.plans.iter().find(|plan| plan.reads.any()).map(|plan| plan.ledger.calendar())
    }

    /// What the reader must be told beside the numbers: what the question has no effect on, values of the filter
    /// that no row has, with the nearest that some row has, and the calendar by which working days were counted.
    pub fn notes(&self, language: Language) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        // Of several ledgers, one may lack what another has.
        let nowhere = |absent: &&Absent| self.plans.iter().all(|plan| plan.absent.iter().any(|a| a.is_of(absent)));
        let absent = self.plan().into_iter().flat_map(|plan| plan.absent.iter().filter(nowhere).map(|a| &a.note));
        for note in self.plans.iter().flat_map(|plan| &plan.notes).chain(absent) {
            let text = note.text(language);
            if !notes.contains(&text) {
                notes.push(text);
            }
        }
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
            rows: self.rows(),
            snapshot_on: self.snapshot_on().unwrap_or_default(),
            year_to_date: self.plan().is_some_and(|plan| plan.year_to_date),
            confidence: self.plan().and_then(|plan| plan.confidence),
            cohorts: self.plan().is_some_and(|plan| plan.items.iter().any(|item| item.age.is_some())),
        };
        let mut rendered = table.render(options);
        rendered.footnotes.extend(self.notes(options.language).into_iter().map(|text| Footnote::of(None, text)));
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

//! From a query to its answer, of a ledger or of a data frame.

use polars::prelude::DataFrame;

use super::KpiTable;
use crate::error::Result;
use crate::indicator::Catalog;
use crate::ledger::Ledger;
use crate::query::Query;
use crate::query::plan::Plan;

impl Query {
    /// Answers the question from a [`Ledger`], or from a data frame that holds the rows of the indicators' table.
    ///
    /// # Errors
    ///
    /// Unknown names with a suggestion; columns that the ledger lacks, by name; a filter or a period that has no
    /// meaning.
    pub fn run(&self, source: &impl Source) -> Result<KpiTable> {
        let catalog = self.catalog.clone().unwrap_or_else(Catalog::builtin);
        let ledger = source.ledger(self.ids.as_deref().unwrap_or_default(), &catalog)?;
        let plan = Plan::new(self, &catalog, &ledger)?;
        KpiTable::compute(plan)
    }
}

/// What a query can be asked of.
pub trait Source {
    /// The ledger behind it, given the indicators that are asked.
    ///
    /// # Errors
    ///
    /// A frame that cannot be read as the table that the indicators need.
    fn ledger(&self, ids: &[String], catalog: &Catalog) -> Result<Ledger>;
}

impl Source for Ledger {
    fn ledger(&self, _: &[String], _: &Catalog) -> Result<Ledger> {
        // Tables are shared, not copied.
        Ok(self.clone())
    }
}

impl Source for DataFrame {
    fn ledger(&self, ids: &[String], catalog: &Catalog) -> Result<Ledger> {
        let table = match ids.first() {
            Some(id) => catalog.get(id)?.tables().first().copied(),
            None => None,
        };
        Ledger::from_frames([(table.map_or("projects", |t| t.name.as_str()), self.clone())])
    }
}

//! A question, from the options that Python gives.

use std::sync::Arc;

use pyo3::prelude::*;
use zonekpi::Query;

use crate::catalog::Catalog;
use crate::options;

/// The options of a question by their names, as `_query.Asked` of the Python side has them.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    ids: Option<Vec<String>>,
    by: Vec<String>,
    r#where: Option<String>,
    as_of: Option<String>,
    period: Option<String>,
    every: Option<String>,
    cancelled: Option<String>,
    phases: String,
    totals: bool,
    min_age: Option<i64>,
    within: Option<i64>,
    confidence: Option<f64>,
    catalog: Option<Py<Catalog>>,
    engine: String,
}

impl Asked {
    pub(crate) fn query(self) -> zonekpi::Result<Query> {
        let mut query = self.ids.map_or_else(Query::all, Query::new).by(self.by).totals(self.totals);
        query = query.phases(options::phases(&self.phases)).engine(options::engine(&self.engine));
        if let Some(expression) = self.r#where {
            query = query.filter(expression);
        }
        if let Some(day) = self.as_of {
            query = query.as_of(day);
        }
        if let Some(period) = self.period {
            query = query.period(period);
        }
        if let Some(every) = self.every {
            query = query.every(options::every(&every)?);
        }
        if let Some(cancelled) = self.cancelled {
            query = query.cancelled(options::cancelled(&cancelled));
        }
        if let Some(days) = self.min_age {
            query = query.min_age(days);
        }
        if let Some(days) = self.within {
            query = query.within(days);
        }
        if let Some(confidence) = self.confidence {
            query = query.confidence(confidence);
        }
        if let Some(catalog) = self.catalog {
            query = query.catalog(Arc::clone(&catalog.get().0));
        }
        Ok(query)
    }
}

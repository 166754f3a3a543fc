//! A question, from the options that Python gives.

use std::sync::Arc;

use pyo3::prelude::*;
use zonekpi::Query;

use crate::catalog::Catalog;
use crate::options;

#[expect(clippy::too_many_arguments, reason = "they are keywords, and are named where they are given")]
pub(crate) fn asked(
    ids: Option<Vec<String>>,
    by: Vec<String>,
    r#where: Option<String>,
    as_of: Option<String>,
    period: Option<String>,
    every: Option<&str>,
    cancelled: Option<&str>,
    phases: &str,
    totals: bool,
    min_age: Option<i64>,
    within: Option<i64>,
    confidence: Option<f64>,
    catalog: Option<Bound<'_, Catalog>>,
    engine: &str,
) -> zonekpi::Result<Query> {
    let mut query = ids.map_or_else(Query::all, Query::new).by(by).totals(totals);
    query = query.phases(options::phases(phases)).engine(options::engine(engine));
    if let Some(expression) = r#where {
        query = query.filter(expression);
    }
    if let Some(day) = as_of {
        query = query.as_of(day);
    }
    if let Some(period) = period {
        query = query.period(period);
    }
    if let Some(every) = every {
        query = query.every(options::every(every)?);
    }
    if let Some(cancelled) = cancelled {
        query = query.cancelled(options::cancelled(cancelled));
    }
    if let Some(days) = min_age {
        query = query.min_age(days);
    }
    if let Some(days) = within {
        query = query.within(days);
    }
    if let Some(confidence) = confidence {
        query = query.confidence(confidence);
    }
    if let Some(catalog) = catalog {
        query = query.catalog(Arc::clone(&catalog.get().0));
    }
    Ok(query)
}

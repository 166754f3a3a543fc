//! The answer: frames of it, its cells opened, its display.

use std::collections::BTreeMap;
use std::sync::Arc;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use zonekpi::{Cell, KpiTable};

use crate::calendar::Calendar;
use crate::error::{detached, guarded};
use crate::frame::Frame;
use crate::options;

/// A long and tidy table of figures.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Table(Arc<KpiTable>);

impl Table {
    pub(crate) fn of(table: KpiTable) -> Self {
        Self(Arc::new(table))
    }
}

type Groups = BTreeMap<String, Option<String>>;

#[pymethods]
impl Table {
    fn frame(&self, py: Python<'_>, exact: bool) -> PyResult<Frame> {
        let table = Arc::clone(&self.0);
        detached(py, move || table.frame(exact)).map(Frame)
    }

    #[pyo3(signature = (id, groups, period_end, total))]
    fn value(
        &self,
        py: Python<'_>,
        id: &str,
        groups: Groups,
        period_end: Option<String>,
        total: bool,
    ) -> PyResult<Option<f64>> {
        let cell = cell(groups, period_end, total);
        guarded(py, || self.0.row(id, &cell).map(|row| row.value.map(zonekpi::Fraction::to_f64)))
    }

    #[pyo3(signature = (id, groups, period_end, total))]
    fn open(
        &self,
        py: Python<'_>,
        id: String,
        groups: Groups,
        period_end: Option<String>,
        total: bool,
    ) -> PyResult<Frame> {
        let (table, cell) = (Arc::clone(&self.0), cell(groups, period_end, total));
        detached(py, move || table.open(&id, &cell)).map(Frame)
    }

    #[pyo3(signature = (id, groups, period_end, total, lang))]
    fn attrition(
        &self,
        py: Python<'_>,
        id: String,
        groups: Groups,
        period_end: Option<String>,
        total: bool,
        lang: &str,
    ) -> PyResult<Frame> {
        let (table, cell) = (Arc::clone(&self.0), cell(groups, period_end, total));
        let language = options::language(lang);
        detached(py, move || table.attrition(&id, &cell, language)).map(Frame)
    }

    #[pyo3(signature = (id, groups, period_end, total, confidence))]
    fn curve(
        &self,
        py: Python<'_>,
        id: String,
        groups: Groups,
        period_end: Option<String>,
        total: bool,
        confidence: f64,
    ) -> PyResult<Frame> {
        let (table, cell) = (Arc::clone(&self.0), cell(groups, period_end, total));
        detached(py, move || table.curve(&id, &cell, confidence)).map(Frame)
    }

    fn calendar(&self) -> Option<Calendar> {
        self.0.calendar().cloned().map(Calendar)
    }

    fn notes(&self, lang: &str) -> Vec<String> {
        self.0.notes(options::language(lang))
    }

    fn definition(&self, py: Python<'_>, id: &str, lang: &str) -> PyResult<String> {
        guarded(py, || self.0.definition(id, options::language(lang)))
    }

    #[pyo3(signature = (lang, rounding, digits, money_unit))]
    fn text(
        &self,
        py: Python<'_>,
        lang: &str,
        rounding: &str,
        digits: Option<u32>,
        money_unit: &str,
    ) -> PyResult<String> {
        let (table, shown) = (Arc::clone(&self.0), options::display(lang, rounding, digits, money_unit));
        detached(py, move || Ok(table.render(&shown?).to_string()))
    }

    #[pyo3(signature = (lang, rounding, digits, money_unit))]
    fn rendered(
        &self,
        py: Python<'_>,
        lang: &str,
        rounding: &str,
        digits: Option<u32>,
        money_unit: &str,
    ) -> PyResult<String> {
        let (table, shown) = (Arc::clone(&self.0), options::display(lang, rounding, digits, money_unit));
        let rendered = detached(py, move || Ok(table.render(&shown?)))?;
        serde_json::to_string(&rendered).map_err(|failure| PyRuntimeError::new_err(failure.to_string()))
    }

    fn __len__(&self) -> usize {
        self.0.height()
    }
}

/// One answer of several.
#[pyfunction]
pub(crate) fn merge(py: Python<'_>, tables: Vec<Bound<'_, Table>>, over: Vec<String>) -> PyResult<Table> {
    let tables: Vec<KpiTable> = tables.iter().map(|table| KpiTable::clone(&table.get().0)).collect();
    detached(py, move || KpiTable::merge(&tables, &over.iter().map(String::as_str).collect::<Vec<_>>())).map(Table::of)
}

fn cell(groups: Groups, period_end: Option<String>, total: bool) -> Cell {
    let mut cell = Cell::new();
    for (dimension, value) in groups {
        cell = match value {
            Some(value) => cell.group(dimension, value),
            None => cell.blank(dimension),
        };
    }
    if let Some(day) = period_end {
        cell = cell.period_end(day);
    }
    if total { cell.total() } else { cell }
}

//! Files that are asked without being held.

use std::sync::Arc;

use pyo3::prelude::*;

use crate::calendar::Calendar;
use crate::error::{detached, guarded};
use crate::ledger::{Ledger, reader};
use crate::progress::told;
use crate::query::Asked;
use crate::table::Table;

/// Parquet files of one table.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Scan(Arc<zonekpi::Scan>);

type Pairs = Vec<(String, String)>;

#[pymethods]
impl Scan {
    #[staticmethod]
    #[pyo3(signature = (paths, *, table, columns, units, blanks, snapshot_on, calendar, beside))]
    #[expect(clippy::too_many_arguments, reason = "they are keywords, and are named where they are given")]
    fn of(
        py: Python<'_>,
        paths: Vec<String>,
        table: Option<String>,
        columns: Pairs,
        units: Pairs,
        blanks: Pairs,
        snapshot_on: Option<String>,
        calendar: Option<Bound<'_, Calendar>>,
        beside: Option<Bound<'_, Ledger>>,
    ) -> PyResult<Self> {
        let mut reader = reader(columns, units, blanks, "error", snapshot_on.as_deref(), calendar, false);
        if let Some(table) = table {
            reader = reader.table(table);
        }
        let beside = beside.map(|ledger| zonekpi::Ledger::clone(&ledger.get().0));
        let scan = detached(py, move || {
            let scan = reader.scan(paths)?;
            match beside {
                Some(beside) => scan.beside(beside),
                None => Ok(scan),
            }
        });
        scan.map(|scan| Self(Arc::new(scan)))
    }

    fn table(&self) -> &str {
        &self.0.table().name
    }

    fn snapshot_on(&self) -> String {
        self.0.snapshot_on().to_string()
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    #[pyo3(signature = (asked, *, progress))]
    fn kpis(&self, py: Python<'_>, asked: Asked, progress: Option<Py<PyAny>>) -> PyResult<Table> {
        let query = guarded(py, || asked.query())?;
        let scan = Arc::clone(&self.0);
        told(py, progress, move |told| query.progress(told).scan(&scan)).map(Table::of)
    }
}

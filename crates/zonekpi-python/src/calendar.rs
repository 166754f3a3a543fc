//! The calendar of days worked.

use std::path::PathBuf;

use chrono::NaiveDate;
use pyo3::prelude::*;

use crate::error::{detached, guarded};
use crate::options;

/// Which days are worked, as far as that is known.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Calendar(pub(crate) zonekpi::Calendar);

fn day(text: &str) -> NaiveDate {
    options::day(text).unwrap_or_default()
}

#[pymethods]
impl Calendar {
    #[staticmethod]
    fn builtin(py: Python<'_>) -> PyResult<Self> {
        guarded(py, zonekpi::Calendar::builtin).map(Self)
    }

    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        detached(py, move || zonekpi::Calendar::read(path)).map(Self)
    }

    fn extended(&self, py: Python<'_>, text: &str) -> PyResult<Self> {
        guarded(py, || self.0.extended(text)).map(Self)
    }

    fn coverage(&self) -> (String, String) {
        let (first, last) = self.0.coverage();
        (first.to_string(), last.to_string())
    }

    fn final_until(&self) -> String {
        self.0.final_until().to_string()
    }

    fn version(&self) -> String {
        self.0.version().to_owned()
    }

    fn is_working_day(&self, on: &str) -> Option<bool> {
        self.0.is_working_day(day(on))
    }

    fn working_days(&self, py: Python<'_>, start: &str, end: &str) -> PyResult<i64> {
        guarded(py, || self.0.working_days(day(start), day(end)))
    }
}

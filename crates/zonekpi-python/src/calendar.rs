//! Working days between two days.

use std::path::PathBuf;

use pyo3::prelude::*;
use zonekpi::Calendar;

use crate::error::detached;
use crate::options;

/// How many working days lie in (start, end], by the shipped calendar or one extended by a file.
#[pyfunction]
#[pyo3(signature = (start, end, *, calendar))]
pub(crate) fn working_days(py: Python<'_>, start: &str, end: &str, calendar: Option<PathBuf>) -> PyResult<i64> {
    let (start, end) = (options::day(start).unwrap_or_default(), options::day(end).unwrap_or_default());
    detached(py, move || calendar.map_or_else(Calendar::builtin, Calendar::read)?.working_days(start, end))
}

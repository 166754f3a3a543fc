//! The answer: frames of it, its cells opened, its display.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use zonekpi::{Cell, DisplayOptions, KpiTable};

use crate::error::{detached, guarded};
use crate::frame::Frame;
use crate::options::language;

/// A long and tidy table of figures.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Table(pub(crate) KpiTable);

type At = BTreeMap<String, Option<Coordinate>>;

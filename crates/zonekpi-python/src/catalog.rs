//! The catalog of indicators.

use std::sync::Arc;

use pyo3::prelude::*;

use crate::error::{detached, guarded};
use crate::frame::Frame;
use crate::options::language;

/// Indicators as data.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Catalog(pub(crate) Arc<zonekpi::Catalog>);

#[pymethods]
impl Catalog {
    #[staticmethod]
    fn builtin(py: Python<'_>) -> PyResult<Self> {
        detached(py, || Ok(zonekpi::Catalog::builtin())).map(Self)
    }

    fn add_text(&self, py: Python<'_>, text: String) -> PyResult<Self> {
        let catalog = Arc::clone(&self.0);
        detached(py, move || catalog.add_toml(&text, "<toml>")).map(|catalog| Self(Arc::new(catalog)))
    }

    fn add_file(&self, py: Python<'_>, path: String) -> PyResult<Self> {
        let catalog = Arc::clone(&self.0);
        detached(py, move || catalog.add_file(&path)).map(|catalog| Self(Arc::new(catalog)))
    }

    fn ids(&self) -> Vec<String> {
        self.0.iter().map(|indicator| indicator.id.clone()).collect()
    }

    fn frame(&self, py: Python<'_>, lang: &str) -> PyResult<Frame> {
        guarded(py, || Ok(self.0.frame(language(lang)))).map(Frame)
    }
}

//! Python bindings of `zonekpi`: the private extension `zonekpi._zonekpi`.
//!
//! Every method goes the same four steps: own what Python gave, convert it, release the interpreter lock for the
//! work, wrap the result. What Python users see, with its docstrings, is in `python/src/zonekpi`.

mod catalog;
mod error;
mod frame;
mod ledger;
mod options;
mod table;

use pyo3::prelude::*;

/// The extension module.
#[pymodule]
mod _zonekpi {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::catalog::Catalog;
    #[pymodule_export]
    use crate::frame::Frame;
    #[pymodule_export]
    use crate::ledger::Ledger;
    #[pymodule_export]
    use crate::table::{Table, merge};

    /// Fails as a dependency might: what becomes of that is for the tests to see.
    #[pyfunction]
    fn panic_probe(py: Python<'_>) -> PyResult<()> {
        crate::error::detached(py, || std::panic::resume_unwind(Box::new("probe")))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

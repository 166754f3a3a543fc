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

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

//! Python bindings of `zonekpi`: the private extension `zonekpi._zonekpi`.
//!
//! Every method goes the same four steps: own what Python gave, convert it, release the interpreter lock for the
//! work, wrap the result. What Python users see, with its docstrings, is in `python/src/zonekpi`.

mod calendar;
mod catalog;
mod error;
mod frame;
mod ledger;
mod options;
mod progress;
mod query;
mod scan;
mod table;

use pyo3::prelude::*;

/// What is given back by one question is at hand for the next: of the allocators of operating systems, pages come and go
/// with each column.
#[cfg(all(unix, not(target_env = "musl")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The extension module.
#[pymodule]
mod _zonekpi {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::calendar::Calendar;
    #[pymodule_export]
    use crate::catalog::Catalog;
    #[pymodule_export]
    use crate::frame::Frame;
    #[pymodule_export]
    use crate::ledger::{Ledger, issue_codes, listing_words, write_template};
    #[pymodule_export]
    use crate::scan::Scan;
    #[pymodule_export]
    use crate::table::{Table, merge};

    /// Takes its time as the core might, and fails as a dependency might: the tests watch what becomes of it.
    #[pyfunction]
    fn probe(py: Python<'_>, seconds: f64, fails: bool) -> PyResult<()> {
        crate::error::detached(py, move || {
            std::thread::sleep(std::time::Duration::from_secs_f64(seconds));
            if fails { std::panic::resume_unwind(Box::new("probe")) } else { Ok(()) }
        })
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

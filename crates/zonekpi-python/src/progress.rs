//! How far a reading or a query is, shown by a function of Python's while it goes on.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use pyo3::prelude::*;
use zonekpi::{Progress, Step};

use crate::error::watched;

/// The last step: its sort, what it is of, how many were done before it, and of how many.
type LastStep = (&'static str, String, String, usize, usize);

/// How far the work is, for those who look at it from another thread.
#[derive(Default)]
struct Steps {
    last: Mutex<Option<LastStep>>,
    ended: AtomicBool,
}

/// What the core tells its steps.
pub(crate) struct Told(Arc<Steps>);

impl Progress for Told {
    fn step(&self, step: &Step<'_>) -> ControlFlow<()> {
        let of_file = |sort, file: &str, done, of| Some((sort, file.to_owned(), file.to_owned(), done, of));
        let told = match step {
            Step::Unpack { file, done, of } => of_file("unpack", file, *done, *of),
            // How many rows there are is known at the end only.
            Step::Rows { file, rows } => of_file("rows", file, *rows, 0),
            Step::Column { header, done, of, .. } => of_file("column", header, *done, *of),
            Step::Compute { zh, en, done, of } => Some(("compute", (*zh).to_owned(), (*en).to_owned(), *done, *of)),
            _ => None,
        };
        if let (Some(told), Ok(mut last)) = (told, self.0.last.lock()) {
            *last = Some(told);
        }
        if self.0.ended.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Does work of the core without holding the interpreter lock, and shows its steps where there is a function to do so.
/// Ctrl-C returns control at once, and the work ends at its next step.
pub(crate) fn told<T: Send + 'static>(
    py: Python<'_>,
    show: Option<Py<PyAny>>,
    work: impl FnOnce(Told) -> zonekpi::Result<T> + Send + 'static,
) -> PyResult<T> {
    let steps = Arc::new(Steps::default());
    let told = Told(Arc::clone(&steps));
    let last = || steps.last.lock().ok().and_then(|last| last.clone());
    let done = watched(
        py,
        move || work(told),
        |py| match (&show, last()) {
            (Some(show), Some(step)) => show.call1(py, step).map(|_| ()),
            _ => Ok(()),
        },
    );
    // After Ctrl-C the thread has nobody to work for.
    steps.ended.store(done.is_err(), Ordering::Relaxed);
    done
}

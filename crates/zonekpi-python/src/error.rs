//! The core's errors as the package's exception classes, and work done off the interpreter lock.
//!
//! The classes are declared in `zonekpi/errors.py`; here every [`ErrorKind`] is given one. What the sentences
//! say is the core's affair.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use zonekpi::{Error, ErrorKind, Language, Place};

/// How long a Ctrl-C may wait.
const PATIENCE: Duration = Duration::from_millis(50);

pyo3::import_exception!(zonekpi.errors, ZoneKpiError);
pyo3::import_exception!(zonekpi.errors, UnknownNameError);
pyo3::import_exception!(zonekpi.errors, MissingColumnError);
pyo3::import_exception!(zonekpi.errors, DefinitionError);
pyo3::import_exception!(zonekpi.errors, QueryError);
pyo3::import_exception!(zonekpi.errors, InputError);
pyo3::import_exception!(zonekpi.errors, MergeError);
pyo3::import_exception!(zonekpi.errors, LedgerFileNotFoundError);
pyo3::import_exception!(zonekpi.errors, LedgerIoError);
pyo3::import_exception!(zonekpi.errors, ComputeError);

/// The exception class of a kind of error.
fn class(py: Python<'_>, kind: ErrorKind) -> Bound<'_, PyType> {
    match kind {
        ErrorKind::UnknownName => py.get_type::<UnknownNameError>(),
        ErrorKind::MissingColumn => py.get_type::<MissingColumnError>(),
        ErrorKind::Definition => py.get_type::<DefinitionError>(),
        ErrorKind::Query => py.get_type::<QueryError>(),
        ErrorKind::Input => py.get_type::<InputError>(),
        ErrorKind::NotFound => py.get_type::<LedgerFileNotFoundError>(),
        ErrorKind::Io => py.get_type::<LedgerIoError>(),
        ErrorKind::Merge => py.get_type::<MergeError>(),
        ErrorKind::Compute => py.get_type::<ComputeError>(),
    }
}

/// An error of the core as an exception, its sentence in the language that is set.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let told = Told {
        code: error.code(),
        zh: error.text(Language::Zh),
        en: error.text(Language::En),
        place: error.place(),
        suggestion: error.suggestion(),
    };
    told.raised(&class(py, error.kind()))
}

/// An object that is no data frame, or one whose columns cannot be read: an `InputError`.
pub(crate) fn frame_refused(
    py: Python<'_>,
    code: &'static str,
    column: Option<String>,
    zh: String,
    en: String,
) -> PyErr {
    let mut place = Place::default();
    place.column = column;
    Told { code, zh, en, place: &place, suggestion: None }.raised(&py.get_type::<InputError>())
}

struct Told<'a> {
    code: &'static str,
    zh: String,
    en: String,
    place: &'a Place,
    suggestion: Option<&'a str>,
}

impl Told<'_> {
    fn raised(&self, class: &Bound<'_, PyType>) -> PyErr {
        let exception = || {
            let about = PyDict::new(class.py());
            about.set_item("code", self.code)?;
            about.set_item("zh", &self.zh)?;
            about.set_item("en", &self.en)?;
            about.set_item("file", &self.place.file)?;
            about.set_item("sheet", &self.place.sheet)?;
            about.set_item("table", &self.place.table)?;
            about.set_item("row", self.place.row)?;
            about.set_item("column", &self.place.column)?;
            about.set_item("line", self.place.line)?;
            about.set_item("indicator", &self.place.indicator)?;
            about.set_item("field", &self.place.field)?;
            about.set_item("position", self.place.position)?;
            about.set_item("suggestion", self.suggestion)?;
            class.call_method("told", (), Some(&about))
        };
        exception().map_or_else(|failure| failure, PyErr::from_value)
    }
}

/// Does work of the core without holding the interpreter lock.
///
/// The work has a thread of its own, so that Ctrl-C returns control at once: the thread then ends by itself, and
/// what it made is dropped. A panic out of a dependency becomes a `ZoneKpiError`.
pub(crate) fn detached<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> zonekpi::Result<T> + Send + 'static,
) -> PyResult<T> {
    watched(py, work, |_| Ok(()))
}

/// The same, and every now and then `tick` is called, with the interpreter lock held.
pub(crate) fn watched<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> zonekpi::Result<T> + Send + 'static,
    mut tick: impl FnMut(Python<'_>) -> PyResult<()>,
) -> PyResult<T> {
    let (done, mut result) = sync_channel(1);
    let worker = std::thread::Builder::new().name("zonekpi".into()).spawn(move || {
        // The receiver is gone where the caller was interrupted; then nobody wants the result.
        let _ = done.send(catch_unwind(AssertUnwindSafe(work)));
    })?;
    let outcome = loop {
        // A receiver cannot be shared between threads, so it is handed to the wait and back.
        let waited;
        (waited, result) = py.detach(move || (result.recv_timeout(PATIENCE), result));
        match waited {
            Ok(outcome) => break outcome,
            Err(RecvTimeoutError::Timeout) => {
                py.check_signals()?;
                tick(py)?;
            }
            Err(RecvTimeoutError::Disconnected) => {
                let panic = worker.join().err().unwrap_or_else(|| Box::new("the worker gave no result"));
                return Err(panicked(py, panic.as_ref()));
            }
        }
    };
    match outcome {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(raised(py, &error)),
        Err(panic) => Err(panicked(py, panic.as_ref())),
    }
}

/// Does a short piece of work of the core where it stands, with the same care for panics.
pub(crate) fn guarded<T>(py: Python<'_>, work: impl FnOnce() -> zonekpi::Result<T>) -> PyResult<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(raised(py, &error)),
        Err(panic) => Err(panicked(py, panic.as_ref())),
    }
}

fn panicked(py: Python<'_>, panic: &(dyn Any + Send)) -> PyErr {
    let said = panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let told = Told {
        code: "internal",
        zh: format!("内部错误，结果不可用；请连同这句话报告给我们：{said}"),
        en: format!("an internal failure, there is no result; please report it with this sentence: {said}"),
        place: &Place::default(),
        suggestion: None,
    };
    told.raised(&py.get_type::<ZoneKpiError>())
}

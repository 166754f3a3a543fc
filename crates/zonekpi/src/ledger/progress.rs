//! How far a reading or a query is, told to whoever waits for it; who may also end it. The crate itself is silent
//! unless asked.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::message::ErrorCode;

/// A step of a reading or of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step<'a> {
    /// A file is opened and its cells are taken out of it.
    Unpack {
        /// The file, as the caller named it.
        file: &'a str,
        /// Files before it.
        done: usize,
        /// Files in all.
        of: usize,
    },
    /// Rows are taken out of a file; how many it has in all is not known yet.
    Rows {
        /// The file, as the caller named it.
        file: &'a str,
        /// Rows so far.
        rows: usize,
    },
    /// The cells of a column are read.
    Column {
        /// The column by its header.
        header: &'a str,
        /// Columns of the sheet before it.
        done: usize,
        /// Columns of the sheet in all.
        of: usize,
        /// Rows of the sheet.
        rows: usize,
    },
    /// A part of an answer is computed.
    Compute {
        /// What it is of: the name of an indicator, in Chinese.
        zh: &'a str,
        /// The same in English.
        en: &'a str,
        /// Parts before it.
        done: usize,
        /// Parts in all.
        of: usize,
    },
}

/// Is told how far a reading or a query is.
pub trait Progress: Send + Sync {
    /// A step begins; [`ControlFlow::Break`] ends the work with an error.
    fn step(&self, step: &Step<'_>) -> ControlFlow<()>;
}

/// Whoever is told, if anybody.
#[derive(Clone, Default)]
pub(crate) struct Watch(Option<Arc<dyn Progress>>);

impl Watch {
    pub(crate) fn by(progress: impl Progress + 'static) -> Self {
        Self(Some(Arc::new(progress)))
    }

    pub(crate) fn step(&self, step: &Step<'_>) -> Result<()> {
        match self.0.as_ref().map(|progress| progress.step(step)) {
            Some(ControlFlow::Break(())) => {
                let kind = if matches!(step, Step::Compute { .. }) { ErrorKind::Query } else { ErrorKind::Input };
                Err(Error::new(kind, ErrorCode::Interrupted.message()))
            }
            _ => Ok(()),
        }
    }
}

/// Who is told how many rows of a file are taken out of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rows<'a>(Option<(&'a Watch, &'a str)>);

impl<'a> Rows<'a> {
    pub(crate) fn of(watch: &'a Watch, file: &'a str) -> Self {
        Self(Some((watch, file)))
    }

    /// Tells every few thousandth row, so that a loop may tell each.
    pub(crate) fn at(&self, rows: usize) -> Result<()> {
        match self.0 {
            Some((watch, file)) if rows.is_multiple_of(PACE) && rows > 0 => watch.step(&Step::Rows { file, rows }),
            _ => Ok(()),
        }
    }
}

/// Rows from one telling to the next: some thousandths of a second.
pub(crate) const PACE: usize = 8192;

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "watched" } else { "not watched" })
    }
}

/// A bar on the terminal, for programs that people start by hand. Nothing is shown where there is no terminal.
#[derive(Debug)]
pub struct ProgressBar(indicatif::ProgressBar);

impl ProgressBar {
    /// A bar on standard error.
    pub fn new() -> Self {
        Self(indicatif::ProgressBar::new(0))
    }
}

impl Default for ProgressBar {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress for ProgressBar {
    fn step(&self, step: &Step<'_>) -> ControlFlow<()> {
        let number = |count: usize| u64::try_from(count).unwrap_or(0);
        match step {
            Step::Unpack { done, of, .. } | Step::Column { done, of, .. } | Step::Compute { done, of, .. } => {
                self.0.set_length(number(*of));
                self.0.set_position(number(*done));
            }
            Step::Rows { rows, .. } => self.0.set_position(number(*rows)),
        }
        ControlFlow::Continue(())
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

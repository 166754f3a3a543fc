//! The work of a query: how far it is, and whether whoever waits for it has ended it. Engines tell it part by part.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::plan::Item;
use crate::error::Result;
use crate::indicator::Bilingual;
use crate::ledger::Step;
use crate::ledger::progress::Watch;

#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    watch: Watch,
    done: Arc<AtomicUsize>,
    /// The parts of all that is done, and of doing it once.
    of: usize,
    once: usize,
    /// Whether other threads do other parts of it at the same time.
    one_of_several: bool,
    /// Whether it is done some rows at a time.
    by_rows: bool,
}

impl Work {
    /// The work of computing each side of each item at each of its spans.
    pub(crate) fn on(watch: &Watch, items: &[Item]) -> Self {
        let of = items.iter().flat_map(|item| &item.sides).map(|side| side.spans.len()).sum();
        Self { watch: watch.clone(), done: Arc::default(), of, once: of, one_of_several: false, by_rows: false }
    }

    /// The work of doing all that so many times.
    pub(crate) fn times(self, batches: usize) -> Self {
        Self { of: self.once * batches, ..self }
    }

    /// Work that other threads share part by part: each is done by one thread.
    pub(crate) fn one_of_several(self) -> Self {
        Self { one_of_several: true, ..self }
    }

    /// Work that is done some rows at a time: what is done of them does not count, until all of it is.
    pub(crate) fn by_rows(&self) -> Self {
        Self { by_rows: true, ..self.clone() }
    }

    /// All was done once.
    pub(crate) fn have_done_once(&self) {
        self.done.fetch_add(self.once, Ordering::Relaxed);
    }

    /// How many threads may share a part.
    pub(crate) fn threads(&self) -> usize {
        if self.one_of_several { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) }
    }

    /// The rows of a side are made ready, before any span.
    ///
    /// # Errors
    ///
    /// Where whoever waits has ended the work.
    pub(crate) fn prepare(&self, name: &Bilingual) -> Result<()> {
        self.tell(name, self.done.load(Ordering::Relaxed), self.of)
    }

    /// One side at one span is begun.
    ///
    /// # Errors
    ///
    /// Where whoever waits has ended the work.
    pub(crate) fn begin(&self, name: &Bilingual) -> Result<()> {
        self.tell(name, self.done.fetch_add(usize::from(!self.by_rows), Ordering::Relaxed), self.of)
    }

    /// Sides at spans that were computed together.
    pub(crate) fn have_done(&self, parts: usize) {
        if !self.by_rows {
            self.done.fetch_add(parts, Ordering::Relaxed);
        }
    }

    /// So many parts are done of so many, by an engine that has parts of its own.
    ///
    /// # Errors
    ///
    /// Where whoever waits has ended the work.
    pub(crate) fn tell(&self, name: &Bilingual, done: usize, of: usize) -> Result<()> {
        // Of parts that are done at the same time, each would tell another number.
        let (done, of) =
            if self.one_of_several || self.by_rows { (self.done.load(Ordering::Relaxed), self.of) } else { (done, of) };
        self.watch.step(&Step::Compute { zh: &name.zh, en: &name.en, done, of })
    }
}

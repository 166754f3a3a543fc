//! How threads share the rows of a pass: each takes morsels that nobody has taken, and whoever waits is told.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Unfit;
use crate::indicator::Bilingual;
use crate::ledger::side_by_side::broke_off;
use crate::query::work::Work;

/// Morsels that a thread takes at a time.
const TAKEN: usize = 4;

/// Who is told how far a pass over the rows is, and may end it.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) work: &'a Work,
    /// What the pass is for: the first of the indicators that it computes.
    pub(super) name: &'a Bilingual,
}

/// What each of the threads found, over all morsels.
pub(super) fn by_threads<T: Send>(
    told: Told<'_>,
    morsels: usize,
    work: impl Fn(&mut dyn FnMut() -> Option<usize>) -> T + Sync,
) -> Result<Vec<T>, Unfit> {
    let next = AtomicUsize::new(0);
    let ended = OnceLock::new();
    let threads = told.work.threads().min(morsels.div_ceil(2 * TAKEN)).max(1);
    let run = || {
        let mut block = 0..0;
        let mut take = || {
            if block.is_empty() {
                let first = next.fetch_add(1, Ordering::Relaxed) * TAKEN;
                block = first.min(morsels)..(first + TAKEN).min(morsels);
                if let Err(error) = told.work.tell(told.name, block.start, morsels) {
                    // The first to hear of it tells; all stop at their next block.
                    let _ = ended.set(error);
                }
            }
            if ended.get().is_some() { None } else { block.next() }
        };
        work(&mut take)
    };
    let found = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let own = run();
        let others = others.into_iter().map(|other| other.join().map_err(|_| Unfit::Failed(broke_off())));
        std::iter::once(Ok(own)).chain(others).collect()
    });
    match ended.into_inner() {
        Some(error) => Err(Unfit::Failed(error)),
        None => found,
    }
}

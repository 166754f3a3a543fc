//! The columns of a table worked on by several threads, where there are enough cells to be worth it.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::StringChunked;

use crate::error::{Error, ErrorKind};
use crate::message::ErrorCode;

/// What `work` makes of each item and its place, in order: by this thread, or by as many as the machine has, where
/// `worth` says so. Each thread takes the next item that nobody has taken, for items differ in how long they take.
/// `None` stands for an item whose thread broke off.
pub(crate) fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    worth: bool,
    work: impl Fn(usize, &T) -> R + Sync,
) -> Vec<Option<R>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len()).min(MOST);
    if threads < 2 || !worth {
        return items.iter().enumerate().map(|(at, item)| Some(work(at, item))).collect();
    }
    let next = AtomicUsize::new(0);
    let mut all: Vec<Option<R>> = items.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let taken = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else { return done };
                done.push((at, work(at, item)));
            }
        };
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(taken)).collect();
        // A thread that breaks off is found out about when it is joined; this one must not end the others.
        let own = catch_unwind(AssertUnwindSafe(taken)).unwrap_or_default();
        for (at, result) in workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().chain(own) {
            if let Some(slot) = all.get_mut(at) {
                *slot = Some(result);
            }
        }
    });
    all
}

/// What `judge` makes of each of many texts, in order: by parts, each of which some thread takes.
pub(crate) fn of_texts<T: Send>(texts: &StringChunked, judge: impl Fn(Option<&str>) -> T + Sync) -> Vec<T> {
    let judged = |part: &Range<usize>| -> Vec<T> {
        texts.slice(i64::try_from(part.start).unwrap_or(0), part.len()).iter().map(&judge).collect()
    };
    let parts: Vec<Range<usize>> =
        (0..texts.len()).step_by(PART).map(|from| from..texts.len().min(from + PART)).collect();
    let mut all = Vec::with_capacity(texts.len());
    // A part whose thread broke off is judged by this one.
    for (part, made) in parts.iter().zip(side_by_side(&parts, parts.len() > 1, |_, part| judged(part))) {
        all.append(&mut made.unwrap_or_else(|| judged(part)));
    }
    all
}

/// Texts that one thread judges at a time.
const PART: usize = 32_768;

/// The error of an item whose thread broke off.
pub(crate) fn broke_off() -> Error {
    Error::new(ErrorKind::Compute, ErrorCode::Engine.message().with("detail", "a thread ended"))
}

/// Threads beyond which columns are too few to keep them busy.
const MOST: usize = 8;

#[cfg(test)]
mod tests {
    use polars::prelude::{NewChunkedArray, PlSmallStr, StringChunked};

    use super::{PART, of_texts, side_by_side};

    #[test]
    fn each_of_many_texts_is_judged_in_its_place() {
        let text = |at: usize| (!at.is_multiple_of(3)).then(|| format!("x{at}"));
        let texts: Vec<Option<String>> = (0..PART * 2 + 7).map(text).collect();
        let texts = StringChunked::from_iter_options(PlSmallStr::EMPTY, texts.into_iter());
        let judged = of_texts(&texts, |text| text.map(str::to_owned));
        assert_eq!(judged.len(), PART * 2 + 7);
        assert!(judged.into_iter().enumerate().all(|(at, judged)| judged == text(at)));
    }

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let squares: Vec<Option<usize>> = items.iter().map(|n| Some(n * n)).collect();
        for worth in [false, true] {
            assert_eq!(side_by_side(&items, worth, |at, n| at * n), squares);
        }
    }
}

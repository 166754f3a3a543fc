//! The columns of a table worked on by several threads, where there are enough cells to be worth it.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
    let most = if worth { items.len().min(MOST) } else { 1 };
    // The system is asked only where there is something to share, for it reads files to answer.
    let threads = if most < 2 { 1 } else { std::thread::available_parallelism().map_or(1, usize::from).min(most) };
    if threads < 2 {
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

/// Whether something holds of all of many texts: by parts, each of which some thread takes.
pub(crate) fn all_texts(texts: &StringChunked, is: impl Fn(Option<&str>) -> bool + Sync) -> bool {
    let stopped = AtomicBool::new(false);
    let holds = |part: &Range<usize>| {
        // Where one part says no, the others are not asked any more.
        let mut all = !stopped.load(Ordering::Relaxed);
        each_text(&part_of(texts, part), part.start, |_, text| all = all && is(text));
        stopped.fetch_or(!all, Ordering::Relaxed);
        all
    };
    let parts = parts(texts);
    let held = side_by_side(&parts, parts.len() > 1, |_, part| holds(part));
    // A part whose thread broke off is judged by this one.
    parts.iter().zip(held).all(|(part, held)| held.unwrap_or_else(|| holds(part)))
}

/// The places of those of many texts of which something holds, in order; by parts as well. Few are, where it is worth
/// asking.
pub(crate) fn texts_where(texts: &StringChunked, is: impl Fn(Option<&str>) -> bool + Sync) -> Vec<usize> {
    let places = |part: &Range<usize>| -> Vec<usize> {
        let mut places = Vec::new();
        each_text(&part_of(texts, part), part.start, |at, text| places.extend(is(text).then_some(at)));
        places
    };
    let parts = parts(texts);
    let found = side_by_side(&parts, parts.len() > 1, |_, part| places(part));
    parts.iter().zip(found).flat_map(|(part, found)| found.unwrap_or_else(|| places(part))).collect()
}

/// Whether something holds of each of many texts and the one before it, blanks left out; by parts as well.
pub(crate) fn all_pairs(texts: &StringChunked, hold: impl Fn(&str, &str) -> bool + Sync) -> bool {
    let within = |part: &Range<usize>| -> bool {
        let part = part_of(texts, part);
        let (mut all, mut last) = (true, None);
        each_text(&part, 0, |_, text| {
            let Some(text) = text else { return };
            all = all && last.is_none_or(|last| hold(last, text));
            last = Some(text);
        });
        all
    };
    // Each part begins with the last text of the part before it.
    let mut parts = parts(texts);
    for part in &mut parts {
        let mut before = (0..part.start).rev();
        part.start = before.find(|at| texts.get(*at).is_some()).unwrap_or(part.start);
    }
    let held = side_by_side(&parts, parts.len() > 1, |_, part| within(part));
    parts.iter().zip(held).all(|(part, held)| held.unwrap_or_else(|| within(part)))
}

fn parts(texts: &StringChunked) -> Vec<Range<usize>> {
    (0..texts.len()).step_by(PART).map(|from| from..texts.len().min(from + PART)).collect()
}

/// Calls back with each of many texts and its place, the first of which is given: chunk by chunk, which is quicker than to
/// ask for one after the other.
pub(crate) fn each_text<'a>(texts: &'a StringChunked, first: usize, mut text_at: impl FnMut(usize, Option<&'a str>)) {
    let mut at = first;
    let mut next = |text: Option<&'a str>| {
        text_at(at, text);
        at += 1;
    };
    let filled = texts.null_count() == 0;
    for chunk in texts.downcast_iter() {
        if filled {
            chunk.values_iter().for_each(|text| next(Some(text)));
        } else {
            chunk.iter().for_each(&mut next);
        }
    }
}

/// The texts of these rows.
pub(crate) fn part_of(texts: &StringChunked, rows: &Range<usize>) -> StringChunked {
    texts.slice(i64::try_from(rows.start).unwrap_or(i64::MAX), rows.len())
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

    use super::{PART, all_pairs, all_texts, side_by_side, texts_where};

    #[test]
    fn of_many_texts_those_are_found_of_which_something_holds() {
        let text = |at: usize| (!at.is_multiple_of(3)).then(|| format!("x{at}"));
        let texts: Vec<Option<String>> = (0..PART * 2 + 7).map(text).collect();
        let texts = StringChunked::from_iter_options(PlSmallStr::EMPTY, texts.into_iter());
        let odd = |text: Option<&str>| text.is_some_and(|text| text.ends_with("77"));
        let expected: Vec<usize> =
            (0..PART * 2 + 7).filter(|at| !at.is_multiple_of(3) && at.to_string().ends_with("77")).collect();
        assert_eq!(texts_where(&texts, odd), expected);
        assert!(!all_texts(&texts, |text| !odd(text)));
        assert!(all_texts(&texts, |text| text.is_none_or(|text| text.starts_with('x'))));
    }

    #[test]
    fn each_text_is_held_to_the_one_before_it_whatever_part_it_is_in() {
        let text = |at: usize| (at % 5 != 2).then(|| format!("{at:06}"));
        let of = |odd: usize| {
            let texts = (0..PART * 2 + 7).map(|at| if at == odd { Some("000001".to_owned()) } else { text(at) });
            all_pairs(&StringChunked::from_iter_options(PlSmallStr::EMPTY, texts), |one, other| one < other)
        };
        assert!(of(1));
        for odd in [0, 7, PART - 1, PART, PART + 1, PART * 2 - 1, PART * 2, PART * 2 + 6] {
            assert!(!of(odd), "{odd}");
        }
        // The first text of a part is blank, and so is the last of the part before.
        let mut texts: Vec<Option<String>> = (0..PART * 2).map(text).collect();
        texts.splice(PART - 3..PART + 3, [None, None, None, None, None, Some("000000".to_owned())]);
        let texts = StringChunked::from_iter_options(PlSmallStr::EMPTY, texts.into_iter());
        assert!(!all_pairs(&texts, |one, other| one < other));
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

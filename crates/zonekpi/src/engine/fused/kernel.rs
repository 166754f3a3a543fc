//! The loops over rows. Each is written once, over the width that the processor has, and chosen when the program runs
//! (AVX-512, AVX2, SSE2, NEON). None of them knows what its bits mean.

mod counts;
mod plain;
mod spread;
mod sums;
mod tallies;

use std::sync::OnceLock;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

use super::columns::{MORSEL, WORDS, Words};

pub(super) use self::counts::{Counters, LANES, Narrow, Wide, count, count_wide, empty};
pub(super) use self::plain::{copied, multiplied, near_cells, reach};
pub(super) use self::spread::{Lane, Measured, converted, deposited, looked_up, measured, spread};
pub(super) use self::sums::{Lanes4, Summed, sum, sum_one, total};
pub(super) use self::tallies::{Lanes8, tally, tally_one};
use super::days::DayCells;

/// What the processor can do. `ZONEKPI_SIMD=baseline` takes what every processor of its kind can.
pub(super) fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| match std::env::var("ZONEKPI_SIMD").as_deref() {
        Ok("baseline") => Level::baseline(),
        _ => Level::new(),
    })
}

/// The rows whose day lies in [low, high].
pub(super) fn between(level: Level, days: DayCells<'_>, low: i32, high: i32, out: &mut Words) {
    match days {
        DayCells::Near(near, cells) => match near.between(low, high) {
            (low, high) if low <= high => dispatch!(level, simd => near_between_in(simd, cells, low, high, out)),
            _ => *out = NOTHING,
        },
        DayCells::Far(days) => dispatch!(level, simd => between_in(simd, days, low, high, out)),
    }
}

#[inline(always)]
fn near_between_in<S: Simd>(simd: S, cells: &[u16; MORSEL], low: u16, high: u16, out: &mut Words) {
    // What lies before wraps to what lies far behind.
    let (lows, reach) = (S::u16s::splat(simd, low), S::u16s::splat(simd, high - low));
    for (word, cells) in out.iter_mut().zip(cells.as_chunks::<64>().0) {
        let mut found = 0;
        for (at, cells) in cells.chunks_exact(S::u16s::LEN).enumerate() {
            let inside = (S::u16s::from_slice(simd, cells) - lows).simd_le(reach);
            found |= inside.to_bitmask() << (at * S::u16s::LEN);
        }
        *word = found;
    }
}

#[inline(always)]
fn between_in<S: Simd>(simd: S, days: &[i32; MORSEL], low: i32, high: i32, out: &mut Words) {
    let (lows, highs) = (S::i32s::splat(simd, low), S::i32s::splat(simd, high));
    let (days, _) = days.as_chunks::<64>();
    for (word, days) in out.iter_mut().zip(days) {
        let mut found = 0;
        for (at, days) in days.chunks_exact(S::i32s::LEN).enumerate() {
            let days = S::i32s::from_slice(simd, days);
            let inside = days.simd_ge(lows) & days.simd_le(highs);
            found |= inside.to_bitmask() << (at * S::i32s::LEN);
        }
        *word = found;
    }
}

/// The rows where a ≤ b, or a = b.
pub(super) fn compare(level: Level, a: &[i64; MORSEL], equal: bool, b: &[i64; MORSEL], out: &mut Words) {
    dispatch!(level, simd => compare_in(simd, a, equal, b, out));
}

#[inline(always)]
fn compare_in<S: Simd>(simd: S, a: &[i64; MORSEL], equal: bool, b: &[i64; MORSEL], out: &mut Words) {
    let ((a, _), (b, _)) = (a.as_chunks::<64>(), b.as_chunks::<64>());
    for (word, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        let mut found = 0;
        let pairs = a.chunks_exact(S::i64s::LEN).zip(b.chunks_exact(S::i64s::LEN));
        for (at, (a, b)) in pairs.enumerate() {
            let (a, b) = (S::i64s::from_slice(simd, a), S::i64s::from_slice(simd, b));
            let holds = if equal { a.simd_eq(b) } else { a.simd_le(b) };
            found |= holds.to_bitmask() << (at * S::i64s::LEN);
        }
        *word = found;
    }
}

/// The rows whose code is marked.
pub(super) fn lookup(codes: &[u32; MORSEL], marked: &[bool], out: &mut Words) {
    let (codes, _) = codes.as_chunks::<64>();
    for (word, codes) in out.iter_mut().zip(codes) {
        *word = 0;
        for (at, code) in codes.iter().enumerate() {
            *word |= u64::from(marked.get(*code as usize) == Some(&true)) << at;
        }
    }
}

/// The place of each day in a table: of near days by their cells; of others by the days from `first` on, where days
/// before and after take its ends.
pub(super) fn placed(level: Level, days: DayCells<'_>, first: i32, table: &[u16], out: &mut [u16; MORSEL]) {
    match days {
        DayCells::Near(_, cells) => {
            for (cell, out) in cells.iter().zip(out.iter_mut()) {
                *out = table[*cell as usize];
            }
        }
        DayCells::Far(days) => dispatch!(level, simd => placed_in(simd, days, first, table, out)),
    }
}

#[inline(always)]
fn placed_in<S: Simd>(_: S, days: &[i32; MORSEL], first: i32, table: &[u16], out: &mut [u16; MORSEL]) {
    let last = table.len().saturating_sub(1) as i32;
    let mut places = [0u32; 64];
    for (days, out) in days.as_chunks::<64>().0.iter().zip(out.as_chunks_mut::<64>().0) {
        for (place, day) in places.iter_mut().zip(days) {
            // No day lies so far from any other that this wraps.
            *place = day.wrapping_sub(first).clamp(0, last) as u32;
        }
        for (place, out) in places.iter().zip(out) {
            *out = table[*place as usize];
        }
    }
}

/// The later of two periods of each row.
pub(super) fn latest(level: Level, into: &mut [u16; MORSEL], other: &[u16; MORSEL]) {
    dispatch!(level, simd => paired_in(simd, into, other, u16::max));
}

/// The earlier of two periods of each row.
pub(super) fn earliest(level: Level, into: &mut [u16; MORSEL], other: &[u16; MORSEL]) {
    dispatch!(level, simd => paired_in(simd, into, other, u16::min));
}

#[inline(always)]
fn paired_in<S: Simd>(_: S, into: &mut [u16; MORSEL], other: &[u16; MORSEL], pick: impl Fn(u16, u16) -> u16) {
    for (into, other) in into.iter_mut().zip(other) {
        *into = pick(*into, *other);
    }
}

/// The periods of each row, but never of rows whose day stands before a first one.
pub(super) fn unless_before(
    level: Level,
    days: &[u16; MORSEL],
    first: u16,
    periods: &[u16; MORSEL],
    never: u16,
    out: &mut [u16; MORSEL],
) {
    dispatch!(level, simd => unless_before_in(simd, (days, periods), first, never, out));
}

#[inline(always)]
fn unless_before_in<S: Simd>(
    simd: S,
    (days, periods): (&[u16; MORSEL], &[u16; MORSEL]),
    first: u16,
    never: u16,
    out: &mut [u16; MORSEL],
) {
    let (first, never) = (S::u16s::splat(simd, first), S::u16s::splat(simd, never));
    let rows = days.chunks_exact(S::u16s::LEN).zip(periods.chunks_exact(S::u16s::LEN));
    for (out, (days, periods)) in out.chunks_exact_mut(S::u16s::LEN).zip(rows) {
        let (days, periods) = (S::u16s::from_slice(simd, days), S::u16s::from_slice(simd, periods));
        days.simd_lt(first).select(never, periods).store_slice(out);
    }
}

/// Rows that end before they begin do neither.
pub(super) fn unless_over(level: Level, begins: &mut [u16; MORSEL], ends: &mut [u16; MORSEL], never: u16) {
    dispatch!(level, simd => unless_over_in(simd, begins, ends, never));
}

#[inline(always)]
fn unless_over_in<S: Simd>(simd: S, begins: &mut [u16; MORSEL], ends: &mut [u16; MORSEL], never: u16) {
    let never = S::u16s::splat(simd, never);
    let pairs = begins.chunks_exact_mut(S::u16s::LEN).zip(ends.chunks_exact_mut(S::u16s::LEN));
    for (begins, ends) in pairs {
        let (begin, end) = (S::u16s::from_slice(simd, begins), S::u16s::from_slice(simd, ends));
        let over = begin.simd_ge(end);
        over.select(never, begin).store_slice(begins);
        over.select(never, end).store_slice(ends);
    }
}

/// Cells for rows that count nowhere. One would do; but a counter that was just written is not read as fast as others.
pub(super) const UNUSED: usize = 64;

/// The cell of each row: that of its period, after the first of its group; of rows of the period that is never, one of
/// those that are not used.
pub(super) fn cells(
    level: Level,
    groups: &[u32; MORSEL],
    periods: &[u16; MORSEL],
    unused: (u16, u32),
    out: &mut [u32; MORSEL],
) {
    dispatch!(level, simd => cells_in(simd, groups, periods, unused, out));
}

#[inline(always)]
fn cells_in<S: Simd>(
    _: S,
    groups: &[u32; MORSEL],
    periods: &[u16; MORSEL],
    (never, first): (u16, u32),
    out: &mut [u32; MORSEL],
) {
    let rows = groups.as_chunks::<UNUSED>().0.iter().zip(periods.as_chunks::<UNUSED>().0);
    for (out, (groups, periods)) in out.as_chunks_mut::<UNUSED>().0.iter_mut().zip(rows) {
        for (at, (out, (group, period))) in out.iter_mut().zip(groups.iter().zip(periods)).enumerate() {
            *out = if *period == never { first + at as u32 } else { group + u32::from(*period) };
        }
    }
}

pub(super) const NOTHING: Words = [0; WORDS];
pub(super) const EVERYTHING: Words = [u64::MAX; WORDS];
pub(super) static ZEROS: [i64; MORSEL] = [0; MORSEL];

#[cfg(test)]
mod tests;

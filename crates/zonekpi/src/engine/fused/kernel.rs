//! The loops over rows. Each is written once, over the width that the processor has, and chosen when the program runs
//! (AVX-512, AVX2, SSE2, NEON). None of them knows what its bits mean.

mod counts;
mod sums;

use std::sync::OnceLock;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i32x8, mask32x8};

use super::columns::{MORSEL, WORDS, Words};

pub(super) use self::counts::{Counters, LANES, Narrow, Wide, count, count_wide, empty};
pub(super) use self::sums::{Lanes4, Summed, sum, total};

/// Counters of eight bitmaps.
pub(super) type Lanes8 = [i32; 8];

/// What the processor can do. `ZONEKPI_SIMD=baseline` takes what every processor of its kind can.
pub(super) fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| match std::env::var("ZONEKPI_SIMD").as_deref() {
        Ok("baseline") => Level::baseline(),
        _ => Level::new(),
    })
}

/// The rows whose day lies in [low, high].
pub(super) fn between(level: Level, days: &[i32; MORSEL], low: i32, high: i32, out: &mut Words) {
    dispatch!(level, simd => between_in(simd, days, low, high, out));
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

/// The word at one place of each bitmap.
#[inline(always)]
fn gathered<const N: usize>(bitmaps: &[&Words; N], at: usize) -> [u64; 16] {
    let mut words = [0u64; 16];
    for (word, bitmap) in words.iter_mut().zip(bitmaps) {
        *word = bitmap[at];
    }
    words
}

/// Sixteen words turned so that the 16 bits of each row stand together: of row `16 q + r`, in `a[r]` from bit 16 q on.
#[inline(always)]
fn turned(a: &mut [u64; 16]) {
    let (mut width, mut mask) = (8usize, 0x00ff_00ff_00ff_00ff_u64);
    while width != 0 {
        for start in (0..16).step_by(2 * width) {
            for at in start..start + width {
                let crossed = ((a[at] >> width) ^ a[at + width]) & mask;
                a[at + width] ^= crossed;
                a[at] ^= crossed << width;
            }
        }
        width >>= 1;
        mask ^= mask << width;
    }
}

/// Adds `sign` for each row of eight bitmaps to the counters of the row's cell.
pub(super) fn tally(level: Level, into: &mut [Lanes8], cells: &[u32; MORSEL], plus: bool, bitmaps: &[&Words; 8]) {
    dispatch!(level, simd => tally_in(simd, into, cells, plus, bitmaps));
}

#[inline(always)]
fn tally_in<S: Simd>(simd: S, into: &mut [Lanes8], cells: &[u32; MORSEL], plus: bool, bitmaps: &[&Words; 8]) {
    let (cells, _) = cells.as_chunks::<64>();
    for (at, cells) in cells.iter().enumerate() {
        let mut words = gathered(bitmaps, at);
        turned(&mut words);
        for (quarter, cells) in cells.as_chunks::<16>().0.iter().enumerate() {
            for (word, cell) in words.iter().zip(cells) {
                let row = mask32x8::from_bitmask(simd, word >> (16 * quarter) & 0xff).to_vector();
                let lanes = &mut into[*cell as usize];
                let before = i32x8::from_slice(simd, lanes);
                let counted = if plus { before - row } else { before + row };
                counted.store_slice(lanes);
            }
        }
    }
}

/// Adds `sign` for each row of one bitmap to the counter of the row's cell.
pub(super) fn tally_one(into: &mut [i32], cells: &[u32; MORSEL], sign: i32, bitmap: &Words) {
    let (cells, _) = cells.as_chunks::<64>();
    for (word, cells) in bitmap.iter().zip(cells) {
        for (at, cell) in cells.iter().enumerate() {
            let counter = &mut into[*cell as usize];
            *counter = counter.wrapping_add(if word >> at & 1 == 1 { sign } else { 0 });
        }
    }
}

/// The place of each day in a table that begins at `first`; days before and after take its ends.
pub(super) fn placed(level: Level, days: &[i32; MORSEL], first: i32, table: &[u16], out: &mut [u16; MORSEL]) {
    dispatch!(level, simd => placed_in(simd, days, first, table, out));
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

/// Rows that end before they begin do neither.
pub(super) fn unless_over(level: Level, begins: &mut [u16; MORSEL], ends: &mut [u16; MORSEL], never: u16) {
    dispatch!(level, simd => unless_over_in(simd, begins, ends, never));
}

#[inline(always)]
fn unless_over_in<S: Simd>(_: S, begins: &mut [u16; MORSEL], ends: &mut [u16; MORSEL], never: u16) {
    for (begin, end) in begins.iter_mut().zip(ends) {
        let over = *begin >= *end;
        *begin = if over { never } else { *begin };
        *end = if over { never } else { *end };
    }
}

/// The cell of each row: that of its period, after the first of its group.
pub(super) fn cells(level: Level, groups: &[u32; MORSEL], periods: &[u16; MORSEL], out: &mut [u32; MORSEL]) {
    dispatch!(level, simd => cells_in(simd, groups, periods, out));
}

#[inline(always)]
fn cells_in<S: Simd>(_: S, groups: &[u32; MORSEL], periods: &[u16; MORSEL], out: &mut [u32; MORSEL]) {
    for (out, (group, period)) in out.iter_mut().zip(groups.iter().zip(periods)) {
        *out = group + u32::from(*period);
    }
}

pub(super) const NOTHING: Words = [0; WORDS];
pub(super) const EVERYTHING: Words = [u64::MAX; WORDS];
pub(super) static ZEROS: [i64; MORSEL] = [0; MORSEL];

#[cfg(test)]
mod tests;

//! Rows of bitmaps counted by group: thirty-two bitmaps at a time, turned so that the bytes of eight rows stand
//! together; then each row is one comparison and one subtraction. Counters are of a byte where no group has so many
//! rows close together that they must be emptied all the time, else of 32 bits.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i8x32, u8x32, u32x8, u64x4};

use super::super::columns::{MORSEL, Words};

/// Bitmaps that are counted together.
pub(in super::super) const LANES: usize = 32;
/// Counters of a byte, without sign.
pub(in super::super) type Narrow = [i8; LANES];
/// Counters that need not be emptied.
pub(in super::super) type Wide = [u32; LANES];

/// The counters of each group.
pub(in super::super) struct Counters<'a> {
    pub(in super::super) narrow: &'a mut [Narrow],
    pub(in super::super) wide: &'a mut [Wide],
}

/// Adds some words of the bitmaps to the counters of each row's group. A bit of `alike` marks a word whose rows are of
/// one group; those of the others must fit the counters of a byte.
pub(in super::super) fn count(
    level: Level,
    into: &mut Counters<'_>,
    words: std::ops::Range<usize>,
    groups: &[u32; MORSEL],
    alike: u64,
    bitmaps: &[&Words; LANES],
) {
    dispatch!(level, simd => count_in(simd, into, words, groups, alike, bitmaps));
}

#[inline(always)]
fn count_in<S: Simd>(
    simd: S,
    into: &mut Counters<'_>,
    words: std::ops::Range<usize>,
    groups: &[u32; MORSEL],
    alike: u64,
    bitmaps: &[&Words; LANES],
) {
    let (groups, _) = groups.as_chunks::<64>();
    for at in words {
        let groups = &groups[at];
        if alike >> at & 1 == 1 {
            add_word(&mut into.wide[groups[0] as usize], bitmaps, at);
            continue;
        }
        for (rows, groups) in turned(simd, bitmaps, at).iter().zip(groups.as_chunks::<8>().0) {
            let rows = rows.bitcast::<u8x32<S>>();
            for (row, group) in groups.iter().enumerate() {
                let bit = u8x32::splat(simd, 1 << row);
                let counters = &mut into.narrow[*group as usize];
                let counted = i8x32::from_slice(simd, counters) - (rows & bit).simd_eq(bit).to_vector();
                counted.store_slice(counters);
            }
        }
    }
}

/// The word at one place of each bitmap, turned: vector `j` has byte `j` of each word, in the order of the bitmaps.
#[inline(always)]
fn turned<S: Simd>(simd: S, bitmaps: &[&Words; LANES], at: usize) -> [u64x4<S>; 8] {
    let mut rows = [u64x4::splat(simd, 0); 8];
    for (place, row) in rows.iter_mut().enumerate() {
        let of = [bitmaps[place][at], bitmaps[8 + place][at], bitmaps[16 + place][at], bitmaps[24 + place][at]];
        *row = u64x4::from_slice(simd, &of);
    }
    swapped::<S, 4>(simd, &mut rows, 0x0000_0000_ffff_ffff);
    swapped::<S, 2>(simd, &mut rows, 0x0000_ffff_0000_ffff);
    swapped::<S, 1>(simd, &mut rows, 0x00ff_00ff_00ff_00ff);
    rows
}

/// Swaps the upper bytes of each vector with the lower ones of the vector so many places after it.
#[inline(always)]
fn swapped<S: Simd, const PLACES: usize>(simd: S, rows: &mut [u64x4<S>; 8], lower: u64) {
    let lower = u64x4::splat(simd, lower);
    let bits = 8 * PLACES as u32;
    for first in (0..8).step_by(2 * PLACES) {
        for at in first..first + PLACES {
            let crossed = ((rows[at] >> bits) ^ rows[at + PLACES]) & lower;
            rows[at + PLACES] ^= crossed;
            rows[at] ^= crossed << bits;
        }
    }
}

/// Empties the counters of a byte into those that have room.
pub(in super::super) fn empty(level: Level, into: &mut Counters<'_>) {
    dispatch!(level, simd => empty_in(simd, into));
}

#[inline(always)]
fn empty_in<S: Simd>(_: S, into: &mut Counters<'_>) {
    for (narrow, wide) in into.narrow.iter_mut().zip(into.wide.iter_mut()) {
        for (counter, byte) in wide.iter_mut().zip(narrow.iter()) {
            *counter += u32::from(*byte as u8);
        }
        *narrow = [0; LANES];
    }
}

/// As [`count`], where counters of a byte would be full all the time.
pub(in super::super) fn count_wide(
    level: Level,
    into: &mut [Wide],
    groups: &[u32; MORSEL],
    alike: u64,
    bitmaps: &[&Words; LANES],
) {
    dispatch!(level, simd => count_wide_in(simd, into, groups, alike, bitmaps));
}

#[inline(always)]
fn count_wide_in<S: Simd>(simd: S, into: &mut [Wide], groups: &[u32; MORSEL], alike: u64, bitmaps: &[&Words; LANES]) {
    for (at, groups) in groups.as_chunks::<64>().0.iter().enumerate() {
        if alike >> at & 1 == 1 {
            add_word(&mut into[groups[0] as usize], bitmaps, at);
            continue;
        }
        for (rows, groups) in turned(simd, bitmaps, at).iter().zip(groups.as_chunks::<8>().0) {
            let rows = rows.bitcast::<u8x32<S>>();
            for (row, group) in groups.iter().enumerate() {
                let bit = u8x32::splat(simd, 1 << row);
                let (low, high) = (rows & bit).simd_eq(bit).to_vector().widen();
                let ((a, b), (c, d)) = (low.widen(), high.widen());
                let (counters, _) = into[*group as usize].as_chunks_mut::<8>();
                for (counters, added) in counters.iter_mut().zip([a, b, c, d]) {
                    // What is added is −1 where the row is in the bitmap.
                    let counted = u32x8::from_slice(simd, counters) - added.bitcast::<u32x8<S>>();
                    counted.store_slice(counters);
                }
            }
        }
    }
}

/// Adds a word of each bitmap, whose rows are of one group.
#[inline(always)]
fn add_word(counters: &mut Wide, bitmaps: &[&Words; LANES], at: usize) {
    for (counter, bitmap) in counters.iter_mut().zip(bitmaps) {
        *counter += bitmap[at].count_ones();
    }
}

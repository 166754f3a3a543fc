//! Sums by cell, four numbers at a time: four rows of four numbers are turned, so that what a row adds to its cell is
//! one vector.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i64x4, u64x4};

use super::super::columns::{MORSEL, Words};
use super::{NOTHING, ZEROS};

/// Sums of four numbers.
pub(in super::super) type Lanes4 = [i64; 4];

/// Up to so many rows of 64 are added one by one.
const FEW: u32 = 8;

/// Numbers that are summed together, each over the rows of a bitmap.
#[derive(Clone, Copy)]
pub(in super::super) struct Summed<'a> {
    pub(in super::super) values: [&'a [i64; MORSEL]; 4],
    pub(in super::super) bitmaps: [&'a Words; 4],
}

impl<'a> Summed<'a> {
    /// Four numbers at most, each with its rows.
    pub(in super::super) fn of(all: impl Iterator<Item = (&'a [i64; MORSEL], &'a Words)>) -> Self {
        let mut summed = Self { values: [&ZEROS; 4], bitmaps: [&NOTHING; 4] };
        for (lane, (values, bitmap)) in all.enumerate().take(4) {
            // What no row is summed of is the first number too, and no page of its own: from a page that nobody ever
            // touched, a processor that is asked for no lane of a vector takes very long to read none.
            if lane == 0 {
                summed.values = [values; 4];
            }
            (summed.values[lane], summed.bitmaps[lane]) = (values, bitmap);
        }
        summed
    }
}

/// Adds the values of the bitmaps' rows to the sums of their cells; takes them away where `plus` is not so.
pub(in super::super) fn sum(level: Level, into: &mut [Lanes4], cells: &[u32; MORSEL], summed: &Summed<'_>, plus: bool) {
    if plus {
        dispatch!(level, simd => sum_in::<_, true>(simd, into, cells, summed));
    } else {
        dispatch!(level, simd => sum_in::<_, false>(simd, into, cells, summed));
    }
}

#[inline(always)]
fn sum_in<S: Simd, const PLUS: bool>(simd: S, into: &mut [Lanes4], cells: &[u32; MORSEL], summed: &Summed<'_>) {
    let Summed { values: [a, b, c, d], bitmaps: [in_a, in_b, in_c, in_d] } = summed;
    let values = a.as_chunks::<64>().0.iter().zip(b.as_chunks::<64>().0);
    let values = values.zip(c.as_chunks::<64>().0.iter().zip(d.as_chunks::<64>().0));
    let bitmaps = in_a.iter().zip(*in_b).zip(in_c.iter().zip(*in_d));
    for ((cells, ((a, b), (c, d))), ((in_a, in_b), (in_c, in_d))) in
        cells.as_chunks::<64>().0.iter().zip(values).zip(bitmaps)
    {
        let words = [*in_a, *in_b, *in_c, *in_d];
        let mut any = in_a | in_b | in_c | in_d;
        if any.count_ones() <= FEW {
            while any != 0 {
                let at = any.trailing_zeros() as usize;
                let sums = &mut into[cells[at] as usize];
                for (sum, (word, values)) in sums.iter_mut().zip(words.iter().zip([a, b, c, d])) {
                    let added = values[at] & 0i64.wrapping_sub((word >> at & 1) as i64);
                    *sum = if PLUS { sum.wrapping_add(added) } else { sum.wrapping_sub(added) };
                }
                any &= any - 1;
            }
            continue;
        }
        block::<S, PLUS>(simd, into, cells, [a, b, c, d], words);
    }
}

#[inline(always)]
fn block<S: Simd, const PLUS: bool>(
    simd: S,
    into: &mut [Lanes4],
    cells: &[u32; 64],
    values: [&[i64; 64]; 4],
    words: [u64; 4],
) {
    let [in_a, in_b, in_c, in_d] = words;
    let (in_a, in_b) = (u64x4::splat(simd, in_a), u64x4::splat(simd, in_b));
    let (in_c, in_d) = (u64x4::splat(simd, in_c), u64x4::splat(simd, in_d));
    let mut bits = u64x4::from_slice(simd, &[1, 2, 4, 8]);
    let [a, b, c, d] = values;
    let values = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0);
    let values = values.zip(c.as_chunks::<4>().0.iter().zip(d.as_chunks::<4>().0));
    for (cells, ((a, b), (c, d))) in cells.as_chunks::<4>().0.iter().zip(values) {
        let (a, b) = (marked(simd, a, in_a, bits), marked(simd, b, in_b, bits));
        let (c, d) = (marked(simd, c, in_c, bits), marked(simd, d, in_d, bits));
        bits <<= 4;
        // Four rows of one number each become four numbers of one row each.
        let ((ac, ac_later), (bd, bd_later)) = (a.interleave(c), b.interleave(d));
        let ((first, second), (third, fourth)) = (ac.interleave(bd), ac_later.interleave(bd_later));
        for (cell, added) in cells.iter().zip([first, second, third, fourth]) {
            let sums = &mut into[*cell as usize];
            let before = i64x4::from_slice(simd, sums);
            let after = if PLUS { before + added } else { before - added };
            after.store_slice(sums);
        }
    }
}

/// As [`sum`], of one number.
pub(in super::super) fn sum_one(
    level: Level,
    into: &mut [i64],
    cells: &[u32; MORSEL],
    values: &[i64; MORSEL],
    plus: bool,
    bitmap: &Words,
) {
    if plus {
        dispatch!(level, simd => sum_one_in::<_, true>(simd, into, cells, values, bitmap));
    } else {
        dispatch!(level, simd => sum_one_in::<_, false>(simd, into, cells, values, bitmap));
    }
}

#[inline(always)]
fn sum_one_in<S: Simd, const PLUS: bool>(
    simd: S,
    into: &mut [i64],
    cells: &[u32; MORSEL],
    values: &[i64; MORSEL],
    bitmap: &Words,
) {
    let ((cells, _), (values, _)) = (cells.as_chunks::<64>(), values.as_chunks::<64>());
    for ((word, cells), values) in bitmap.iter().zip(cells).zip(values) {
        if word.count_ones() <= 2 * FEW {
            let mut left = *word;
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                let sum = &mut into[cells[at] as usize];
                *sum = if PLUS { sum.wrapping_add(values[at]) } else { sum.wrapping_sub(values[at]) };
                left &= left - 1;
            }
            continue;
        }
        let mut added = [0i64; 64];
        let word = u64x4::splat(simd, *word);
        let mut bits = u64x4::from_slice(simd, &[1, 2, 4, 8]);
        for (added, values) in added.as_chunks_mut::<4>().0.iter_mut().zip(values.as_chunks::<4>().0) {
            marked(simd, values, word, bits).store_slice(added);
            bits <<= 4;
        }
        for (cell, added) in cells.iter().zip(&added) {
            let sum = &mut into[*cell as usize];
            *sum = if PLUS { sum.wrapping_add(*added) } else { sum.wrapping_sub(*added) };
        }
    }
}

/// The values whose bit is in the word, and zero for the others.
#[inline(always)]
fn marked<S: Simd>(simd: S, values: &[i64; 4], word: u64x4<S>, bits: u64x4<S>) -> i64x4<S> {
    (word & bits).simd_eq(bits).select(i64x4::from_slice(simd, values), i64x4::splat(simd, 0))
}

/// The sums of the bitmaps' rows, where all of them are of one cell.
pub(in super::super) fn total(level: Level, summed: &Summed<'_>) -> Lanes4 {
    let of = |at: usize| dispatch!(level, simd => total_in(simd, summed.values[at], summed.bitmaps[at]));
    [of(0), of(1), of(2), of(3)]
}

#[inline(always)]
fn total_in<S: Simd>(simd: S, values: &[i64; MORSEL], bitmap: &Words) -> i64 {
    let mut sums = i64x4::splat(simd, 0);
    for (word, values) in bitmap.iter().zip(values.as_chunks::<64>().0) {
        let word = u64x4::splat(simd, *word);
        let mut bits = u64x4::from_slice(simd, &[1, 2, 4, 8]);
        for values in values.as_chunks::<4>().0 {
            sums += marked(simd, values, word, bits);
            bits <<= 4;
        }
    }
    let mut lanes = [0; 4];
    sums.store_slice(&mut lanes);
    lanes.iter().fold(0, |sum, lane| sum.wrapping_add(*lane))
}

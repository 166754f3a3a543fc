//! Plain values as they come, put into a morsel: those of rows that have none are replaced, for nobody knows what stands
//! in their place.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

use super::super::columns::{MORSEL, Words};
use super::super::days::Near;

/// The least and the greatest of days, of `reached` and of those that are there.
pub(in super::super) fn reach(level: Level, days: &[i32], there: &Words, reached: (i32, i32)) -> (i32, i32) {
    dispatch!(level, simd => reach_in(simd, days, there, reached))
}

#[inline(always)]
fn reach_in<S: Simd>(_: S, days: &[i32], there: &Words, reached: (i32, i32)) -> (i32, i32) {
    let (mut least, mut most) = reached;
    for (days, there) in days.chunks(64).zip(there) {
        for (at, day) in days.iter().enumerate() {
            let day = if there >> at & 1 == 1 { *day } else { reached.0 };
            (least, most) = (least.min(day), most.max(day));
        }
    }
    (least, most)
}

/// The cells of days that are near.
pub(in super::super) fn near_cells(level: Level, days: &[i32], there: &Words, near: Near, out: &mut [u16; MORSEL]) {
    let never = near.never();
    dispatch!(level, simd => each_in(simd, days, there, never, out, |day| near.cell_of_day(day)));
}

/// Values as they are.
pub(in super::super) fn copied<T: Copy>(level: Level, values: &[T], there: &Words, none: T, out: &mut [T; MORSEL]) {
    dispatch!(level, simd => each_in(simd, values, there, none, out, |value| value));
}

#[inline(always)]
fn each_in<S: Simd, A: Copy, B: Copy>(
    _: S,
    values: &[A],
    there: &Words,
    none: B,
    out: &mut [B; MORSEL],
    of: impl Fn(A) -> B,
) {
    let (whole, rest) = values.as_chunks::<64>();
    let (outs, _) = out.as_chunks_mut::<64>();
    for ((values, there), out) in whole.iter().zip(there).zip(outs) {
        if *there == u64::MAX {
            for (value, out) in values.iter().zip(out) {
                *out = of(*value);
            }
        } else {
            for (at, (value, out)) in values.iter().zip(out).enumerate() {
                *out = if there >> at & 1 == 1 { of(*value) } else { none };
            }
        }
    }
    let first = whole.len() * 64;
    for (at, (value, out)) in rest.iter().zip(&mut out[first..]).enumerate() {
        *out = if there[first / 64] >> at & 1 == 1 { of(*value) } else { none };
    }
}

/// Numbers times a factor, 0 where there is none; the greatest of them, or `None` where one is not in [0, most].
pub(in super::super) fn multiplied(
    level: Level,
    numbers: &[i64],
    there: &Words,
    (factor, most): (i64, i64),
    out: &mut [i64; MORSEL],
) -> Option<i64> {
    dispatch!(level, simd => multiplied_in(simd, numbers, there, (factor, most), out))
}

#[inline(always)]
fn multiplied_in<S: Simd>(
    simd: S,
    numbers: &[i64],
    there: &Words,
    (factor, most): (i64, i64),
    out: &mut [i64; MORSEL],
) -> Option<i64> {
    each_in(simd, numbers, there, 0, out, |number| number);
    let (mut least, mut greatest) = (0, 0);
    for number in out.iter_mut().take(numbers.len()) {
        (least, greatest) = (least.min(*number), greatest.max(*number));
        *number = number.wrapping_mul(factor);
    }
    (least == 0 && greatest <= most).then(|| greatest * factor)
}

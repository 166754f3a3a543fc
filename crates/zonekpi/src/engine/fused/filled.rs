//! Whole columns of plain values put into morsels: days that are known or have not come, numbers, flags, codes.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use polars_arrow::bitmap::Bitmap;

use super::Unfit;
use super::columns::{Bits, MORSEL, NEVER, WORDS, Words, morsels};
use super::days::{DayColumn, Near};
use super::kernel::{self, EVERYTHING};
use crate::ledger::side_by_side::{broke_off, side_by_side};

/// No date lies further from 1970 than this many days.
const FURTHEST: i32 = 100_000_000;

/// Days that are dates.
pub(super) const DATES: RangeInclusive<i32> = -FURTHEST..=FURTHEST;

/// Morsels that are filled in place by several threads; `rest` stands in what is not filled.
pub(super) fn filled_by<T: Copy + Send>(
    rows: usize,
    rest: T,
    fill: impl Fn(usize, &mut [T; MORSEL]) + Sync,
) -> Result<Vec<[T; MORSEL]>, Unfit> {
    const BLOCK: usize = 32;
    let mut all = vec![[rest; MORSEL]; rows.div_ceil(MORSEL)];
    let many = all.len() > BLOCK;
    let blocks: Vec<Mutex<&mut [[T; MORSEL]]>> = all.chunks_mut(BLOCK).map(Mutex::new).collect();
    let done = side_by_side(&blocks, many, |number, block| {
        let mut block = block.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, morsel) in block.iter_mut().enumerate() {
            fill(number * BLOCK + at, morsel);
        }
    });
    if done.contains(&None) {
        return Err(Unfit::Failed(broke_off()));
    }
    Ok(all)
}

/// The values of a morsel.
fn part<T>(values: &[T], morsel: usize) -> &[T] {
    let first = (morsel * MORSEL).min(values.len());
    &values[first..(first + MORSEL).min(values.len())]
}

/// The rows of a morsel that have something.
fn there_in(there: Option<&Bits>, morsel: usize) -> &Words {
    there.map_or(&EVERYTHING, |there| &there[morsel])
}

/// Values in morsels; `none` stands where there is nothing, and fills the last.
pub(super) fn filled<T: Copy + Send + Sync>(
    values: &[T],
    there: Option<&Bits>,
    none: T,
) -> Result<Vec<[T; MORSEL]>, Unfit> {
    let level = kernel::level();
    filled_by(values.len(), none, |morsel, out| {
        kernel::copied(level, part(values, morsel), there_in(there, morsel), none, out);
    })
}

/// A bitmap of rows in morsels.
pub(super) fn in_morsels(bitmap: &Bitmap) -> Bits {
    let chunks = bitmap.chunks::<u64>();
    let rest = chunks.remainder();
    let mut morsels = vec![[0; WORDS]; bitmap.len().div_ceil(MORSEL)];
    for (word, found) in morsels.as_flattened_mut().iter_mut().zip(chunks.chain([rest])) {
        *word = found;
    }
    morsels
}

/// Flags that are true; nobody knows what a blank cell holds.
pub(super) fn flags(yes: &Bitmap, there: Option<&Bits>) -> Bits {
    let mut yes = in_morsels(yes);
    for (yes, there) in yes.iter_mut().zip(there.into_iter().flatten()) {
        yes.iter_mut().zip(there).for_each(|(yes, there)| *yes &= there);
    }
    yes
}

/// Days that are known, or have not come where there is none. Days that are not allowed are unfit.
pub(super) fn day_column(
    days: &[i32],
    there: Option<&Bits>,
    snapshot: i32,
    allowed: &RangeInclusive<i32>,
) -> Result<DayColumn, Unfit> {
    let level = kernel::level();
    let reached = (snapshot, snapshot);
    let reach = |morsel: usize| kernel::reach(level, part(days, morsel), there_in(there, morsel), reached);
    let parts = morsels(days.len(), reach)?;
    let least = parts.iter().map(|(least, _)| *least).min().unwrap_or(snapshot);
    let most = parts.iter().map(|(_, most)| *most).max().unwrap_or(snapshot);
    let fits = |day: i32| day == snapshot || allowed.contains(&day);
    if !(fits(least) && fits(most)) {
        return Err(Unfit::Wide);
    }
    Ok(match Near::of(least, most) {
        Some(near) => DayColumn::Near(
            near,
            filled_by(days.len(), near.never(), |morsel, out| {
                kernel::near_cells(level, part(days, morsel), there_in(there, morsel), near, out);
            })?,
        ),
        None => DayColumn::Far(filled(days, there, NEVER)?),
    })
}

/// Numbers that are not negative.
pub(super) struct Multiplied {
    pub(super) values: Vec<[i64; MORSEL]>,
    /// The greatest.
    pub(super) most: i128,
    /// No less than their sum.
    pub(super) all: i128,
}

/// Whole numbers times a factor; `None` where one of them is not in [0, most].
pub(super) fn multiplied(
    numbers: &[i64],
    there: Option<&Bits>,
    factor: i64,
    most: i64,
) -> Result<Option<Multiplied>, Unfit> {
    let level = kernel::level();
    let (greatest, sum, fits) = (AtomicI64::new(0), Mutex::new(0i128), AtomicBool::new(true));
    let values = filled_by(numbers.len(), 0, |morsel, out| {
        let there = there_in(there, morsel);
        match kernel::multiplied(level, part(numbers, morsel), there, (factor, most), out) {
            Some(most) => {
                greatest.fetch_max(most, Ordering::Relaxed);
                *sum.lock().unwrap_or_else(PoisonError::into_inner) += i128::from(most) * MORSEL as i128;
            }
            None => fits.store(false, Ordering::Relaxed),
        }
    })?;
    let all = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(fits.into_inner().then(|| Multiplied { values, most: greatest.into_inner().into(), all }))
}

/// Whether a day is further away than any date.
pub(super) fn is_far(day: i32) -> bool {
    !DATES.contains(&day)
}

/// The greatest absolute value, and the sum of all of them.
pub(super) fn sizes(values: &[[i64; MORSEL]]) -> (i128, i128) {
    let (mut most, mut all) = (0u64, 0i128);
    for values in values {
        // The halves of so few values do not overflow.
        let (mut low, mut high) = (0u64, 0u64);
        for value in values {
            let size = value.unsigned_abs();
            most = most.max(size);
            low += size & u64::from(u32::MAX);
            high += size >> 32;
        }
        all += i128::from(low) + (i128::from(high) << 32);
    }
    (most.into(), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_summed_beyond_64_bits() {
        let mut values = vec![[0; MORSEL]; 2];
        (values[0][0], values[0][1], values[1][9]) = (i64::MIN, i64::MAX, -5);
        assert_eq!(sizes(&values), (1 << 63, (1 << 63) + i128::from(i64::MAX) + 5));
        values[1] = [i64::MIN; MORSEL];
        assert_eq!(sizes(&values), (1 << 63, (1i128 << 63) * 4097 + i128::from(i64::MAX)));
    }
}

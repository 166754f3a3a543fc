//! Whole columns of plain values put into morsels: days that are known or have not come, numbers, flags, codes.

use polars_arrow::bitmap::Bitmap;

use super::Unfit;
use super::columns::{Bits, MORSEL, NEVER, WORDS, morsels};
use super::days::{DayColumn, Near};

/// No date lies further from 1970 than this many days.
const FURTHEST: i32 = 100_000_000;

/// Values in morsels; `rest` fills the last.
pub(super) fn filled<T: Copy + Send + Sync>(values: &[T], rest: T) -> Result<Vec<[T; MORSEL]>, Unfit> {
    morsels(values.len(), |morsel| {
        let mut filled = [rest; MORSEL];
        for (filled, value) in filled.iter_mut().zip(&values[morsel * MORSEL..]) {
            *filled = *value;
        }
        filled
    })
}

/// Puts `none` where there is nothing.
pub(super) fn unless_there<T: Copy>(cells: &mut [[T; MORSEL]], there: Option<&Bits>, none: T) {
    for (cells, there) in cells.iter_mut().zip(there.into_iter().flatten()) {
        for (cells, there) in cells.as_chunks_mut::<64>().0.iter_mut().zip(there) {
            if *there == u64::MAX {
                continue;
            }
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = if there >> at & 1 == 1 { *cell } else { none };
            }
        }
    }
}

/// A bitmap of rows in morsels.
pub(super) fn bitmap(bitmap: &Bitmap) -> Result<Bits, Unfit> {
    morsels(bitmap.len(), |morsel| {
        let first = morsel * MORSEL;
        let part = bitmap.clone().sliced(first, MORSEL.min(bitmap.len() - first));
        let chunks = part.chunks::<u64>();
        let rest = chunks.remainder();
        let mut words = [0; WORDS];
        for (word, found) in words.iter_mut().zip(chunks.chain([rest])) {
            *word = found;
        }
        words
    })
}

/// Flags that are true; nobody knows what a blank cell holds.
pub(super) fn flags(yes: &Bitmap, there: Option<&Bits>) -> Result<Bits, Unfit> {
    let mut yes = bitmap(yes)?;
    for (yes, there) in yes.iter_mut().zip(there.into_iter().flatten()) {
        yes.iter_mut().zip(there).for_each(|(yes, there)| *yes &= there);
    }
    Ok(yes)
}

/// Days that are known, or have not come where there is none.
pub(super) fn day_column(days: &[i32], there: Option<&Bits>, snapshot: i32) -> Result<DayColumn, Unfit> {
    let (least, most) = reach(days, there, snapshot)?;
    Ok(match Near::of(least, most) {
        Some(near) => {
            let never = near.cell(NEVER);
            let mut cells: Vec<[u16; MORSEL]> = morsels(days.len(), |morsel| {
                let mut cells = [never; MORSEL];
                for (cell, day) in cells.iter_mut().zip(&days[morsel * MORSEL..]) {
                    *cell = near.cell_of_day(*day);
                }
                cells
            })?;
            unless_there(&mut cells, there, never);
            DayColumn::Near(near, cells)
        }
        None => {
            let mut cells = filled(days, NEVER)?;
            unless_there(&mut cells, there, NEVER);
            DayColumn::Far(cells)
        }
    })
}

/// The least and the greatest of the days that are there, and of the snapshot.
fn reach(days: &[i32], there: Option<&Bits>, snapshot: i32) -> Result<(i32, i32), Unfit> {
    let parts = morsels(days.len(), |morsel| {
        let (mut least, mut most) = (snapshot, snapshot);
        let days = days[morsel * MORSEL..].iter().take(MORSEL);
        match there.map(|there| &there[morsel]) {
            None => days.for_each(|day| (least, most) = (least.min(*day), most.max(*day))),
            Some(there) => {
                for (at, day) in days.enumerate() {
                    let day = if there[at / 64] >> (at % 64) & 1 == 1 { *day } else { snapshot };
                    (least, most) = (least.min(day), most.max(day));
                }
            }
        }
        (least, most)
    })?;
    let least = parts.iter().map(|(least, _)| *least).min().unwrap_or(snapshot);
    let most = parts.iter().map(|(_, most)| *most).max().unwrap_or(snapshot);
    if is_far(least) || is_far(most) { Err(Unfit::Wide) } else { Ok((least, most)) }
}

/// Whether a day is further away than any date.
pub(super) fn is_far(day: i32) -> bool {
    !(-FURTHEST..=FURTHEST).contains(&day)
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

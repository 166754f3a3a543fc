//! Rows of bitmaps counted by cell, of which a series has many: counters are of 32 bits, and only those of bitmaps that
//! there are, so that they stay in the cache.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i32x8};

use super::super::columns::{MORSEL, Words};

/// Counters of eight bitmaps.
pub(in super::super) type Lanes8 = [i32; 8];

/// Adds one for each row of eight bitmaps to the counters of the row's cell; takes one away where `plus` is not so.
pub(in super::super) fn tally(
    level: Level,
    into: &mut [Lanes8],
    cells: &[u32; MORSEL],
    plus: bool,
    bitmaps: &[&Words; 8],
) {
    if plus {
        dispatch!(level, simd => tally_in::<_, true>(simd, into, cells, bitmaps));
    } else {
        dispatch!(level, simd => tally_in::<_, false>(simd, into, cells, bitmaps));
    }
}

#[inline(always)]
fn tally_in<S: Simd, const PLUS: bool>(simd: S, into: &mut [Lanes8], cells: &[u32; MORSEL], bitmaps: &[&Words; 8]) {
    for (at, cells) in cells.as_chunks::<32>().0.iter().enumerate() {
        let mut rows = [0i32; 8];
        for (rows, bitmap) in rows.iter_mut().zip(bitmaps) {
            *rows = (bitmap[at / 2] >> (32 * (at % 2))) as i32;
        }
        // The sign of each lane is the bit of the last row; shifted by one, that of the row before.
        let mut rows = i32x8::from_slice(simd, &rows);
        for cell in cells.iter().rev() {
            let lanes = &mut into[*cell as usize];
            let (before, added) = (i32x8::from_slice(simd, lanes), rows >> 31);
            let counted = if PLUS { before - added } else { before + added };
            counted.store_slice(lanes);
            rows <<= 1;
        }
    }
}

/// Adds `sign` for each row of one bitmap to the counter of the row's cell.
pub(in super::super) fn tally_one(level: Level, into: &mut [i32], cells: &[u32; MORSEL], sign: i32, bitmap: &Words) {
    dispatch!(level, simd => tally_one_in(simd, into, cells, sign, bitmap));
}

#[inline(always)]
fn tally_one_in<S: Simd>(_: S, into: &mut [i32], cells: &[u32; MORSEL], sign: i32, bitmap: &Words) {
    let (cells, _) = cells.as_chunks::<64>();
    for (word, cells) in bitmap.iter().zip(cells) {
        if *word == u64::MAX {
            for cell in cells {
                let counter = &mut into[*cell as usize];
                *counter = counter.wrapping_add(sign);
            }
            continue;
        }
        let mut added = [0i32; 64];
        for (at, added) in added.iter_mut().enumerate() {
            *added = sign & 0i32.wrapping_sub((word >> at & 1) as i32);
        }
        for (cell, added) in cells.iter().zip(&added) {
            let counter = &mut into[*cell as usize];
            *counter = counter.wrapping_add(*added);
        }
    }
}

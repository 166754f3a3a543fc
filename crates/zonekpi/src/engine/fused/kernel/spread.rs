//! Values that came without the blanks in between: made of what a file stores, measured, and put in their rows.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

/// What stands in rows, of which a processor takes several at a time.
pub(in super::super) trait Lane: Copy {
    type Lanes<S: Simd>: SimdBase<S, Element = Self>;
}

impl Lane for u16 {
    type Lanes<S: Simd> = S::u16s;
}

impl Lane for i32 {
    type Lanes<S: Simd> = S::i32s;
}

impl Lane for u32 {
    type Lanes<S: Simd> = S::u32s;
}

impl Lane for i64 {
    type Lanes<S: Simd> = S::i64s;
}

/// Gives each row of these words that has a value the next one, and the others `none`; tells how many had one. Behind the
/// values stand 64 more of anything.
pub(in super::super) fn spread<T: Lane>(level: Level, words: &[u64], values: &[T], none: T, rows: &mut [T]) -> usize {
    dispatch!(level, simd => spread_in(simd, words, values, none, rows))
}

#[inline(always)]
fn spread_in<S: Simd, T: Lane>(simd: S, words: &[u64], values: &[T], none: T, rows: &mut [T]) -> usize {
    let lanes = T::Lanes::<S>::LEN;
    let none = T::Lanes::splat(simd, none);
    let mut from = 0;
    for (word, rows) in words.iter().zip(rows.as_chunks_mut::<64>().0) {
        let Some(next) = values.get(from..).and_then(<[T]>::first_chunk::<64>) else { return from };
        let mut at = 0;
        for (part, rows) in rows.chunks_exact_mut(lanes).enumerate() {
            let are_there = word >> (part * lanes) & (u64::MAX >> (64 - lanes));
            // Of the first so many rows no more than so many have a value.
            let Some(next) = next.get(at..at + lanes) else { return from };
            let mask = SimdMask::from_bitmask(simd, are_there);
            T::Lanes::from_slice(simd, next).expand_merge(mask, none).store_slice(rows);
            at += are_there.count_ones() as usize;
        }
        from += at;
    }
    from
}

/// Gives each what its place stands for; false where one of them is no place of the table.
pub(in super::super) fn looked_up<T: Copy>(level: Level, places: &[u32], table: &[T], found: &mut [T]) -> bool {
    dispatch!(level, simd => looked_up_in(simd, places, table, found))
}

#[inline(always)]
fn looked_up_in<S: Simd, T: Copy>(_: S, places: &[u32], table: &[T], found: &mut [T]) -> bool {
    let most = places.iter().fold(0, |most: u32, place| most.max(*place));
    let Some(other) = table.get(most as usize) else { return places.is_empty() };
    // All are in the table, as was just seen; the compiler does not know it.
    for (found, place) in found.iter_mut().zip(places) {
        *found = *table.get(*place as usize).unwrap_or(other);
    }
    true
}

/// The greatest of numbers that are not negative, and no less than their sum.
pub(in super::super) type Measured = (i64, i128);

/// Makes numbers of stored values; `None` where one of them is told to be doubtful.
pub(in super::super) fn converted<T>(
    level: Level,
    stored: &[T],
    convert: impl Fn(&T) -> (i64, bool),
    found: &mut [i64],
) -> Option<Measured> {
    dispatch!(level, simd => converted_in(simd, stored, convert, found))
}

#[inline(always)]
fn converted_in<S: Simd, T>(
    _: S,
    stored: &[T],
    convert: impl Fn(&T) -> (i64, bool),
    found: &mut [i64],
) -> Option<Measured> {
    let (mut all, mut most, mut sum) = (true, 0, 0);
    for (stored, found) in stored.chunks(1 << 15).zip(found.chunks_mut(1 << 15)) {
        let mut part = 0;
        for (found, stored) in found.iter_mut().zip(stored) {
            let (number, sure) = convert(stored);
            (*found, all, most) = (number, all & sure, number.max(most));
            part += in_65_536ths(number);
        }
        sum += i128::from(part) << 16;
    }
    all.then_some((most, sum))
}

/// Rounded up, so that the sum of many stays within 64 bits.
#[inline(always)]
fn in_65_536ths(number: i64) -> i64 {
    (number >> 16) + 1
}

/// Measures numbers.
pub(in super::super) fn measured(level: Level, numbers: &[i64]) -> Measured {
    dispatch!(level, simd => measured_in(simd, numbers))
}

#[inline(always)]
fn measured_in<S: Simd>(_: S, numbers: &[i64]) -> Measured {
    let (mut most, mut all) = (0, 0);
    for numbers in numbers.chunks(1 << 15) {
        let mut sum = 0;
        for number in numbers {
            most = most.max(*number);
            sum += in_65_536ths(*number);
        }
        all += i128::from(sum) << 16;
    }
    (most, all)
}

/// Gives each set bit of `places`, from the lowest on, the next one of `bits`.
pub(in super::super) fn deposited(mut bits: u64, places: u64) -> u64 {
    if places == u64::MAX {
        return bits;
    }
    let mut found = 0;
    for at in (0..64).step_by(4) {
        let few = places >> at & 15;
        found |= u64::from(DEPOSITED[few as usize & 15][bits as usize & 15]) << at;
        bits >>= few.count_ones();
    }
    found
}

/// The same of four bits, by places and bits.
const DEPOSITED: [[u8; 16]; 16] = {
    let mut all = [[0; 16]; 16];
    let mut places = 0;
    while places < 16 {
        let mut bits = 0;
        while bits < 16 {
            let (mut left, mut at) = (bits, 0);
            while at < 4 {
                if places >> at & 1 == 1 {
                    all[places][bits] |= ((left & 1) << at) as u8;
                    left >>= 1;
                }
                at += 1;
            }
            bits += 1;
        }
        places += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use super::super::super::kernel;
    use super::*;

    /// Words of all sorts: none, all, few and many bits.
    fn words() -> Vec<u64> {
        let mut word = 0x9e37_79b9_7f4a_7c15u64;
        let mut next = || {
            word ^= word << 13;
            word ^= word >> 7;
            word ^= word << 17;
            word
        };
        let mixed = (0..200).map(|at| match at % 5 {
            0 => next() & next() & next(),
            1 => next() | next(),
            2 => next(),
            3 => 0,
            _ => u64::MAX,
        });
        mixed.collect()
    }

    fn gets_the_next<T: Lane + PartialEq + std::fmt::Debug>(of: impl Fn(usize) -> T) {
        let words = words();
        let is_there = |row: usize| words[row / 64] >> (row % 64) & 1 == 1;
        let rows = words.len() * 64;
        let mut next = 0;
        let expected: Vec<T> = (0..rows)
            .map(|row| {
                next += usize::from(is_there(row));
                of(if is_there(row) { next } else { 0 })
            })
            .collect();
        let values: Vec<T> = (1..=next + 64).map(&of).collect();
        for level in [kernel::level(), Level::baseline()] {
            let mut found = vec![of(77); rows];
            assert_eq!(spread(level, &words, &values, of(0), &mut found), next);
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn each_row_that_has_a_value_gets_the_next() {
        gets_the_next(|at| at as u16);
        gets_the_next(|at| at as i32 - 50);
        gets_the_next(|at| at as u32);
        gets_the_next(|at| (at as i64) << 33);
    }

    #[test]
    fn places_that_are_not_in_the_table_are_found_out() {
        for level in [kernel::level(), Level::baseline()] {
            let mut found = ['-'; 4];
            assert!(looked_up(level, &[2, 0, 1, 2], &['a', 'b', 'c'], &mut found));
            assert_eq!(found, ['c', 'a', 'b', 'c']);
            assert!(!looked_up(level, &[2, 3], &['a', 'b', 'c'], &mut found));
            assert!(!looked_up(level, &[u32::MAX], &['a', 'b', 'c'], &mut found));
            assert!(looked_up(level, &[], &[] as &[char], &mut found) && !looked_up(level, &[0], &[], &mut found));
        }
    }

    #[test]
    fn numbers_that_are_doubtful_are_found_out() {
        for level in [kernel::level(), Level::baseline()] {
            let tenfold = |number: &i64| (number.wrapping_mul(10), (0..=5000).contains(number));
            let taken = |numbers: &[i64]| {
                let mut found = vec![-1; numbers.len()];
                Some((converted(level, numbers, tenfold, &mut found)?, found))
            };
            assert_eq!(taken(&[]), Some(((0, 0), vec![])));
            // Each is rounded up to the next 65,536.
            assert_eq!(taken(&[0, 7, 5000]), Some(((50_000, 3 << 16), vec![0, 70, 50_000])));
            for odd in [-1, 5001, i64::MIN, i64::MAX] {
                assert_eq!(taken(&[1, odd, 2]), None, "{odd}");
            }
            let many: Vec<i64> = (0..70_000).map(|number| number % 1_000).collect();
            let ((most, all), found) = taken(&many).expect("numbers");
            let sum = 70 * 4_995_000;
            assert!(most == 9_990 && (sum..=sum + (70_000 << 16)).contains(&all));
            assert!(found.iter().zip(&many).all(|(found, number)| *found == number * 10));
        }
    }

    #[test]
    fn no_sum_is_greater_than_what_is_said() {
        let numbers: Vec<i64> = (0..100_000).map(|at| (at * at) % 999_983 * 1_000_000_007).collect();
        let large = vec![999_999_999_999_999_999; 100_000];
        for numbers in [numbers, large, vec![], vec![5]] {
            let sum: i128 = numbers.iter().copied().map(i128::from).sum();
            for level in [kernel::level(), Level::baseline()] {
                let (most, all) = measured(level, &numbers);
                assert_eq!(most, numbers.iter().copied().max().unwrap_or(0));
                assert!(sum <= all && all <= sum + ((numbers.len() as i128) << 16));
            }
        }
    }

    #[test]
    fn each_place_gets_the_next_bit() {
        let words = words();
        for pair in words.windows(2) {
            let (bits, places) = (pair[0], pair[1]);
            let (mut expected, mut next) = (0, 0);
            for at in 0..64 {
                if places >> at & 1 == 1 {
                    expected |= (bits >> next & 1) << at;
                    next += 1;
                }
            }
            assert_eq!(deposited(bits, places), expected);
        }
    }
}

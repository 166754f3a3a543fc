//! Every loop against the plainest one that could be written, on whatever this processor can do and on what all can.

use super::super::columns::{ALWAYS, NEVER};
use super::super::days::Near;
use super::*;

/// SplitMix64.
fn dice(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// The best level, the one below AVX-512, and the one that every processor of the kind has.
fn levels() -> Vec<Level> {
    let mut levels = vec![Level::new(), Level::baseline()];
    #[cfg(target_arch = "x86_64")]
    levels.extend(Level::new().as_avx2().map(Level::Avx2));
    levels
}

fn filled<T: Copy + Default>(mut next: impl FnMut() -> T) -> [T; MORSEL] {
    let mut all = [T::default(); MORSEL];
    all.iter_mut().for_each(|one| *one = next());
    all
}

fn words(next: &mut impl FnMut() -> u64) -> Words {
    let mut all = [0; WORDS];
    all.iter_mut().for_each(|one| *one = next() & next());
    all
}

fn bit(words: &Words, row: usize) -> bool {
    words[row / 64] >> (row % 64) & 1 == 1
}

#[test]
fn days_between_bounds_are_found() {
    let mut next = dice(1);
    let mut days = filled(|| (next() % 200) as i32 - 100);
    (days[7], days[70]) = (NEVER, ALWAYS);
    let near = Near::of(-100, 99).expect("near");
    let cells = days.map(|day| near.cell(day));
    for level in levels() {
        for (low, high) in [(-5, 30), (0, 0), (i32::MIN, 7), (-7, i32::MAX), (9, 3), (-500, 500)] {
            let mut found = [0; WORDS];
            between(level, DayCells::Far(&days), low, high, &mut found);
            let mut in_near = [0; WORDS];
            between(level, DayCells::Near(near, &cells), low, high, &mut in_near);
            assert_eq!(in_near, found, "{level:?} {low}..={high}");
            for (row, day) in days.iter().enumerate() {
                assert_eq!(bit(&found, row), low <= *day && *day <= high, "{level:?} {day} in {low}..={high}");
            }
        }
    }
}

#[test]
fn numbers_are_compared() {
    let mut next = dice(2);
    let (a, b) = (filled(|| next() as i64 >> 60), filled(|| 3));
    for level in levels() {
        for equal in [false, true] {
            let mut found = [0; WORDS];
            compare(level, &a, equal, &b, &mut found);
            for (row, (a, b)) in a.iter().zip(&b).enumerate() {
                assert_eq!(bit(&found, row), if equal { a == b } else { a <= b }, "{level:?}");
            }
        }
    }
}

/// Bitmaps, groups of which the first ten words are one, and how many rows each bitmap has in each group.
fn counted() -> (Vec<Words>, [u32; MORSEL], u64, Vec<[i64; LANES]>) {
    let mut next = dice(3);
    let bitmaps: Vec<Words> = (0..LANES).map(|_| words(&mut next)).collect();
    let mut groups = filled(|| (next() % 7) as u32);
    groups[..640].fill(4);
    let mut counts = vec![[0; LANES]; 7];
    for (row, group) in groups.iter().enumerate() {
        for (lane, bitmap) in bitmaps.iter().enumerate() {
            counts[*group as usize][lane] += i64::from(bit(bitmap, row));
        }
    }
    (bitmaps, groups, (1 << 10) - 1, counts)
}

#[test]
fn rows_are_counted_by_group() {
    let (bitmaps, groups, alike, counts) = counted();
    let of: [&Words; LANES] = std::array::from_fn(|lane| &bitmaps[lane]);
    for level in levels() {
        let (mut narrow, mut mixed) = (vec![[0; LANES]; 7], vec![[0; LANES]; 7]);
        let mut into = Counters { narrow: &mut narrow, wide: &mut mixed };
        for first in (0..WORDS).step_by(3) {
            // So few rows cannot fill a byte.
            count(level, &mut into, first..(first + 3).min(WORDS), &groups, alike, &of);
            empty(level, &mut into);
        }
        assert_eq!(narrow, vec![[0; LANES]; 7], "{level:?}");
        let mut wide = vec![[0; LANES]; 7];
        count_wide(level, &mut wide, &groups, alike, &of);
        for ((mixed, wide), counts) in mixed.iter().zip(&wide).zip(&counts) {
            assert_eq!((mixed.map(i64::from), wide.map(i64::from)), (*counts, *counts), "{level:?}");
        }
    }
}

#[test]
fn counters_of_a_byte_are_without_sign() {
    let mut groups = [1; MORSEL];
    groups[..256].fill(0);
    (groups[63], groups[127], groups[191], groups[255]) = (2, 2, 2, 2);
    for level in levels() {
        let (mut narrow, mut wide) = (vec![[0; LANES]; 3], vec![[0; LANES]; 3]);
        let mut into = Counters { narrow: &mut narrow, wide: &mut wide };
        count(level, &mut into, 0..4, &groups, 0, &[&EVERYTHING; LANES]);
        empty(level, &mut into);
        assert_eq!(wide, [[252; LANES], [0; LANES], [4; LANES]], "{level:?}");
    }
}

#[test]
fn rows_are_added_to_cells_and_taken_away() {
    let (bitmaps, groups, _, counts) = counted();
    let of: [&Words; 8] = std::array::from_fn(|lane| &bitmaps[lane]);
    for level in levels() {
        for (plus, sign) in [(true, 1), (false, -1)] {
            let mut eight = vec![[0; 8]; 7];
            tally(level, &mut eight, &groups, plus, &of);
            let mut one = vec![0; 7];
            tally_one(level, &mut one, &groups, sign, of[3]);
            for ((eight, one), counts) in eight.iter().zip(&one).zip(&counts) {
                assert!(eight.iter().zip(counts).all(|(lane, count)| i64::from(*lane) == i64::from(sign) * count));
                assert_eq!(i64::from(*one), i64::from(sign) * counts[3]);
            }
        }
    }
}

#[test]
fn values_are_summed_over_few_rows_and_many() {
    let mut next = dice(4);
    let values: Vec<[i64; MORSEL]> = (0..3).map(|_| filled(|| next() as i64 >> 20)).collect();
    let groups = filled(|| (next() % 7) as u32);
    let mut bitmaps: Vec<Words> = (0..3).map(|_| words(&mut next)).collect();
    for (at, bitmap) in bitmaps.iter_mut().enumerate() {
        bitmap[3] = 1 << (17 + at / 2);
        bitmap[4] = u64::MAX;
        bitmap[5] = if at == 1 { u64::MAX } else { 0 };
    }
    let summed = Summed::of(values.iter().zip(&bitmaps).take(3));
    let mut sums = [[0i64; 4]; 7];
    for lane in 0..3 {
        for (row, group) in groups.iter().enumerate().filter(|(row, _)| bit(&bitmaps[lane], *row)) {
            sums[*group as usize][lane] += values[lane][row];
        }
    }
    for level in levels() {
        let mut plus = [[0; 4]; 7];
        sum(level, &mut plus, &groups, &summed, true);
        assert_eq!(plus, sums, "{level:?}");
        let mut minus = [[0; 4]; 7];
        sum(level, &mut minus, &groups, &summed, false);
        assert_eq!(minus, sums.map(|lanes| lanes.map(|sum| -sum)), "{level:?}");
        let totals: [i64; 4] = std::array::from_fn(|lane| sums.iter().map(|lanes| lanes[lane]).sum());
        assert_eq!(total(level, &summed), totals, "{level:?}");
    }
}

#[test]
fn days_have_places_in_a_table() {
    let mut next = dice(5);
    let days = filled(|| (next() % 40) as i32 - 20);
    let table: Vec<u16> = (0..11).map(|at| at * at).collect();
    for level in levels() {
        let mut places = [0; MORSEL];
        placed(level, DayCells::Far(&days), -5, &table, &mut places);
        for (day, place) in days.iter().zip(&places) {
            let at = (*day + 5).clamp(0, 10) as u16;
            assert_eq!(*place, at * at, "{level:?} {day}");
        }
        let near = Near::of(-20, 19).expect("near");
        let of_cells: Vec<u16> = (0..42).map(|at| at * at).collect();
        placed(level, DayCells::Near(near, &days.map(|day| near.cell(day))), 0, &of_cells, &mut places);
        assert!(days.iter().zip(&places).all(|(day, place)| i32::from(*place) == (day + 21) * (day + 21)));
    }
}

#[test]
fn rows_that_end_before_they_begin_do_neither() {
    for level in levels() {
        let (mut begins, mut ends) = ([3u16; MORSEL], [5u16; MORSEL]);
        (begins[1], ends[1]) = (5, 5);
        (begins[2], ends[2]) = (6, 2);
        unless_over(level, &mut begins, &mut ends, 9);
        assert_eq!((&begins[..4], &ends[..4]), (&[3, 9, 9, 3][..], &[5, 9, 9, 5][..]));
        latest(level, &mut begins, &[4; MORSEL]);
        assert_eq!(begins[..3], [4, 9, 9]);
        earliest(level, &mut ends, &[6; MORSEL]);
        assert_eq!(ends[..3], [5, 6, 6]);
        let mut found = [0; MORSEL];
        cells(level, &[70; MORSEL], &begins, (9, 500), &mut found);
        assert_eq!(found[..3], [74, 501, 502]);
    }
}

#[test]
fn rows_before_a_first_day_are_in_no_period() {
    let mut next = dice(29);
    let days: [u16; MORSEL] = filled(|| (next() % 500) as u16);
    let periods: [u16; MORSEL] = filled(|| (next() % 60) as u16);
    for (level, first) in levels().into_iter().flat_map(|level| [0, 1, 250, u16::MAX].map(|first| (level, first))) {
        let mut found = [7; MORSEL];
        unless_before(level, &days, first, &periods, 60, &mut found);
        for row in 0..MORSEL {
            assert_eq!(found[row], if days[row] < first { 60 } else { periods[row] });
        }
    }
}

#[test]
fn plain_values_are_put_into_morsels_without_what_stands_under_blanks() {
    let mut next = dice(31);
    for rows in [0, 1, 63, 64, 1000, MORSEL] {
        let mut there = words(&mut next);
        // A word without a blank, and one without a value.
        (there[1], there[2]) = (u64::MAX, 0);
        // Under blanks stands what no value may be.
        let days: Vec<i32> =
            (0..rows).map(|row| if bit(&there, row) { (next() % 900) as i32 - 300 } else { i32::MAX }).collect();
        let numbers: Vec<i64> =
            (0..rows).map(|row| if bit(&there, row) { (next() % 1000) as i64 } else { i64::MIN }).collect();
        let known = |row: &usize| bit(&there, *row);
        let least = (0..rows).filter(known).map(|row| days[row]).chain([7]).min();
        let most = (0..rows).filter(known).map(|row| days[row]).chain([7]).max();
        let greatest = (0..rows).filter(known).map(|row| numbers[row]).max().unwrap_or(0);
        for level in levels() {
            let found = reach(level, &days, &there, (7, 7));
            assert_eq!((Some(found.0), Some(found.1)), (least, most), "{level:?} {rows}");
            let near = Near::of(-300, 600).expect("near");
            let mut cells = [3; MORSEL];
            near_cells(level, &days, &there, near, &mut cells);
            let mut copies = [-1; MORSEL];
            copied(level, &days, &there, -2, &mut copies);
            let mut products = [5; MORSEL];
            assert_eq!(multiplied(level, &numbers, &there, (100, 999), &mut products), Some(greatest * 100));
            for row in 0..MORSEL {
                let (is_row, is_there) = (row < rows, row < rows && bit(&there, row));
                let day = if is_there { near.cell(days[row]) } else { near.never() };
                assert_eq!(cells[row], if is_row { day } else { 3 });
                assert_eq!(
                    copies[row],
                    if !is_row {
                        -1
                    } else if is_there {
                        days[row]
                    } else {
                        -2
                    }
                );
                assert_eq!(products[row] * i64::from(is_row), if is_there { numbers[row] * 100 } else { 0 });
            }
            // One that is too large, and one that is negative.
            for wrong in [1000, -1] {
                let mut numbers = numbers.clone();
                let Some(row) = (0..rows).rfind(known) else { continue };
                numbers[row] = wrong;
                assert_eq!(multiplied(level, &numbers, &there, (100, 999), &mut products), None);
            }
        }
    }
}

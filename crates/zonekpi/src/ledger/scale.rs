//! Amounts and areas that stand far out of their column: 万元 written for 亿元, and the other way round.
//!
//! A value is doubtful where it is at least 10,000 times the median of its column, or at most a ten-thousandth of it.
//! The column needs five known values that are not 0, and a cell that writes its own unit is not doubted. Of an even
//! number of values the median that doubts less is taken. A slip stands alone: where a value that is not doubtful lies
//! within 100 times of it, the column is simply wide. Values are kept.
//!
//! 元 in a column of 万元 is told from fewer digits than that: see [`in_yuan`].
//!
//! Shares too: 98 among fractions is a percent without its sign.

use std::collections::BTreeMap;

/// The least number of known values that say what is usual.
const LEAST: usize = 5;

/// How far from the median a value is doubtful: from 万元 to 亿元.
const FAR: i128 = 10_000;

/// A value that has a neighbour within so many times of it does not stand alone.
const ALONE: i128 = 100;

/// How far the values of a column reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    least: u64,
    greatest: u64,
    most: i64,
}

impl Reach {
    pub(crate) fn of(values: impl Iterator<Item = i64>) -> Self {
        let mut reach = Self { least: u64::MAX, greatest: 0, most: 0 };
        values.for_each(|value| reach.add(value));
        reach
    }

    pub(crate) fn add(&mut self, value: i64) {
        if value != 0 {
            self.least = self.least.min(value.unsigned_abs());
            self.greatest = self.greatest.max(value.unsigned_abs());
            self.most = self.most.max(value);
        }
    }

    /// Whether the values lie so near to one another that neither [`doubtful`] nor [`in_yuan`] doubts any of them.
    pub(crate) fn is_narrow(self) -> bool {
        i128::from(self.greatest) < i128::from(self.least) * FAR && !is_long(self.most)
    }
}

/// Whether any of these sizes, none of them 0, may be far from their median: told by counting, without looking for it.
fn may_be_far(sizes: impl Iterator<Item = u64> + Clone) -> bool {
    const FAR: u64 = self::FAR as u64;
    let (mut least, mut greatest, mut count) = (u64::MAX, 0, 0usize);
    for size in sizes.clone() {
        (least, greatest, count) = (least.min(size), greatest.max(size), count + 1);
    }
    // Nothing can be far from a median that lies between these.
    if count < LEAST || greatest < least.saturating_mul(FAR) {
        return false;
    }
    let (most_of_small, least_of_large) = (greatest / FAR, least.saturating_mul(FAR));
    let (mut small, mut not_large) = (0usize, 0usize);
    for size in sizes {
        small += usize::from(size <= most_of_small);
        not_large += usize::from(size < least_of_large);
    }
    // The greatest is far above the upper median where that is small, the least far below the lower where that is large.
    small > count / 2 || not_large <= (count - 1) / 2
}

/// The rows whose value is doubtful, and the median that each was held against. `bare` says whether a row's cell left
/// its unit to the column.
pub(crate) fn doubtful(values: &[Option<i64>], bare: impl Fn(usize) -> bool) -> Vec<(usize, i64)> {
    let known = || values.iter().flatten().filter(|v| **v != 0).map(|v| v.unsigned_abs());
    if !may_be_far(known()) {
        return Vec::new();
    }
    let mut sorted: Vec<u64> = known().collect();
    sorted.sort_unstable();
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let (lower, upper) = (at((sorted.len() - 1) / 2), at(sorted.len() / 2));
    let median = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let far = |value: i64| {
        let size = i128::from(value.unsigned_abs());
        if size >= i128::from(upper) * FAR {
            return Some(median(upper));
        }
        (size != 0 && size * FAR <= i128::from(lower)).then(|| median(lower))
    };
    let usual = || {
        sorted.iter().map(|v| i128::from(*v)).filter(|v| v < &(i128::from(upper) * FAR) && v * FAR > i128::from(lower))
    };
    let (smallest, largest) = (usual().min().unwrap_or(0), usual().max().unwrap_or(0));
    let alone = |value: i64| {
        let size = i128::from(value.unsigned_abs());
        size * ALONE < smallest || size > largest * ALONE
    };
    let judged = values.iter().enumerate().filter(|(row, _)| bare(*row));
    judged.filter_map(|(row, value)| Some((row, far((*value).filter(|v| alone(*v))?)?))).collect()
}

/// 万元 in fen, and how many times its column an amount in 元 is too large.
const TEN_THOUSAND_YUAN: i64 = 1_000_000;
const YUAN_FOR_TEN_THOUSAND: i64 = 10_000;

/// The least amount that is written in seven digits: of 万元 it is 100亿, of 元 100万.
const SEVEN_DIGITS: i64 = 1_000_000;

fn is_long(value: i64) -> bool {
    value / TEN_THOUSAND_YUAN >= SEVEN_DIGITS
}

/// The rows of a column in 万元 whose amount seems to be in 元, and the greatest of the others.
///
/// Such an amount is whole and has seven digits or more, where all others have six at most; it is more than ten times
/// the greatest of them, and lies among them once divided by 10,000. The others are five at least, and more than those
/// that are doubted. So projects from 50万 to 50亿 in one column are not doubted: none of them has seven digits.
pub(crate) fn in_yuan(values: &[Option<i64>], bare: impl Fn(usize) -> bool) -> Vec<(usize, i64)> {
    let known = || values.iter().enumerate().filter_map(|(row, value)| Some((row, (*value).filter(|v| *v > 0)?)));
    if !known().any(|(_, value)| is_long(value)) {
        return Vec::new();
    }
    let suspect = |(row, value): &(usize, i64)| is_long(*value) && value % TEN_THOUSAND_YUAN == 0 && bare(*row);
    let suspects = known().filter(suspect).count();
    let others = || known().filter(|one| !suspect(one)).map(|(_, value)| value);
    let (Some(least), Some(greatest)) = (others().min(), others().max()) else { return Vec::new() };
    let count = others().count();
    if is_long(greatest) || count < LEAST || count <= suspects {
        return Vec::new();
    }
    let doubted = |value: i64| {
        let in_yuan = value / YUAN_FOR_TEN_THOUSAND;
        value / 10 > greatest && (least..=greatest).contains(&in_yuan)
    };
    known().filter(suspect).filter(|(_, value)| doubted(*value)).map(|(row, _)| (row, greatest)).collect()
}

/// 1 as it is stored.
const ONE: i64 = 1_000_000;

/// The rows whose share is above 1.5 where most of its group are not above 1, and two at least are true fractions. A
/// group is what is measured alike; `bare` says whether a row's cell left its unit open.
pub(crate) fn doubtful_shares(
    values: &[Option<i64>],
    group: impl Fn(usize) -> u32,
    bare: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let known =
        || values.iter().enumerate().filter_map(|(row, value)| Some((row, (*value)?))).filter(|(row, _)| bare(*row));
    let above = |value: i64| value > ONE + ONE / 2;
    if !known().any(|(_, value)| above(value)) {
        return Vec::new();
    }
    // Of each group: all, those not above 1, and fractions.
    let mut groups: BTreeMap<u32, [usize; 3]> = BTreeMap::new();
    for (row, value) in known() {
        let [all, low, fractions] = groups.entry(group(row)).or_default();
        *all += 1;
        *low += usize::from((0..=ONE).contains(&value));
        *fractions += usize::from(value > 0 && value < ONE);
    }
    let of_shares = |row| groups.get(&group(row)).is_some_and(|[all, low, fractions]| low * 2 > *all && *fractions > 1);
    known().filter(|(row, value)| above(*value) && of_shares(*row)).map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::{TEN_THOUSAND_YUAN, doubtful, doubtful_shares, in_yuan};

    #[test]
    fn a_percent_among_fractions_is_doubtful() {
        let rows = |values: &[i64]| {
            let values: Vec<_> = values.iter().map(|v| Some(*v)).collect();
            doubtful_shares(&values, |_| 0, |_| true)
        };
        assert_eq!(rows(&[980_000, 98_000_000, 950_000, 1_000_000]), [1]);
        assert_eq!(rows(&[980_000, 1_500_000, 950_000]), [0; 0]);
        // Counts, of which some are 1.
        assert_eq!(rows(&[1_000_000, 35_000_000, 1_000_000, 1_000_000]), [0; 0]);
        // As many of the one as of the other.
        assert_eq!(rows(&[980_000, 98_000_000, 950_000, 95_000_000]), [0; 0]);
    }

    #[test]
    fn shares_are_held_against_what_is_measured_alike() {
        let values =
            [Some(980_000), Some(35_000_000), Some(950_000), Some(40_000_000), Some(990_000), Some(98_000_000)];
        let of_others = |row: usize| u32::from(row == 1 || row == 3);
        assert_eq!(doubtful_shares(&values, of_others, |_| true), [5]);
    }

    fn rows(values: &[i64]) -> Vec<usize> {
        let values: Vec<Option<i64>> = values.iter().map(|v| Some(*v)).collect();
        doubtful(&values, |_| true).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn a_value_ten_thousand_times_the_median_is_doubtful() {
        assert_eq!(rows(&[3, 5, 50_000, 4, 5]), [2]);
        assert_eq!(rows(&[3, 5, 49_999, 4, 5]), [0; 0]);
    }

    #[test]
    fn a_ten_thousandth_of_the_median_is_doubtful() {
        assert_eq!(rows(&[30_000, 50_000, 5, 60_000, 50_000]), [2]);
        assert_eq!(rows(&[30_000, 50_000, 6, 60_000, 50_000]), [0; 0]);
    }

    /// Of amounts in 万元.
    fn yuan(values: &[i64]) -> Vec<usize> {
        let values: Vec<Option<i64>> = values.iter().map(|v| Some(*v * TEN_THOUSAND_YUAN)).collect();
        in_yuan(&values, |_| true).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn yuan_among_ten_thousands_of_yuan_is_doubted() {
        // 3,000万 among projects of 800万 to 6亿, the median 5,000万: 30,000,000 is 6,000 times the median.
        assert_eq!(yuan(&[800, 3_000, 5_000, 30_000_000, 12_000, 60_000]), [3]);
        // Just ten times the greatest, and below the least once divided.
        assert_eq!(yuan(&[800, 3_000, 5_000, 12_000, 100_000, 1_000_000]), [0; 0]);
        assert_eq!(yuan(&[800, 3_000, 5_000, 12_000, 60_000, 7_000_000]), [0; 0]);
        assert_eq!(yuan(&[800, 3_000, 5_000, 12_000, 60_000, 8_000_000]), [5]);
    }

    #[test]
    fn an_honest_wide_column_is_not_in_yuan() {
        // 50万 to 50亿, and one of 100亿.
        assert_eq!(yuan(&[50, 200, 3_000, 40_000, 500_000, 100]), [0; 0]);
        assert_eq!(yuan(&[50, 200, 3_000, 40_000, 500_000, 1_000_000]), [0; 0]);
        // As many of the one as of the other: whose column is it?
        let half = [1_000, 2_000, 3_000, 4_000, 5_000, 10_000_000, 20_000_000, 30_000_000, 40_000_000, 50_000_000];
        assert_eq!(yuan(&half), [0; 0]);
        // Few others say nothing.
        assert_eq!(yuan(&[1_000, 2_000, 3_000, 4_000, 20_000_000]), [0; 0]);
    }

    #[test]
    fn zeros_and_few_values_say_nothing() {
        assert_eq!(rows(&[0, 0, 0, 3, 5, 5, 50_000]), [0; 0]);
        assert_eq!(rows(&[5, 5, 5, 50_000]), [0; 0]);
    }

    #[test]
    fn of_two_medians_the_one_that_doubts_less_is_taken() {
        assert_eq!(rows(&[1, 1, 1, 5, 5, 10_000]), [0; 0]);
        assert_eq!(rows(&[1, 1, 1, 5, 5, 50_000]), [5]);
    }

    #[test]
    fn a_column_that_is_simply_wide_is_not_doubted() {
        assert_eq!(rows(&[5, 60, 700, 8_000, 90_000, 100_000, 200_000, 300_000]), [0; 0]);
        assert_eq!(rows(&[5, 6, 90_000, 80_000, 100_000, 200_000, 300_000]), [0, 1]);
    }

    #[test]
    fn a_cell_that_writes_its_unit_is_not_doubted() {
        let values = [Some(3), Some(5), Some(50_000), Some(4), Some(5)];
        assert!(doubtful(&values, |row| row != 2).is_empty());
    }
}

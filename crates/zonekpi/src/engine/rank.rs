//! Where the members of a group stand at a quantile of their days: the value, and the range that it lies in whatever the
//! unknown days turn out to be. How long each row took is found by the engines.

use super::{Middle, Ranks};
use crate::number::Fraction;

/// The members of a group that have reached the event of a duration, or that may have. All others rank after them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    /// Of those that surely have: the least days, and the most.
    sure: [Vec<i64>; 2],
    /// The least days of those that may have.
    perhaps: Vec<i64>,
    /// The most days that one of these may have taken.
    slowest: Option<Slowest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slowest {
    After(i64),
    /// Nothing tells the most.
    Open,
}

impl Waits {
    /// Adds a row that surely reached the event, after so many days at the least and at the most.
    pub(crate) fn surely(&mut self, least: i64, most: i64) {
        let [shortest, longest] = &mut self.sure;
        shortest.push(least);
        longest.push(most);
    }

    /// Adds a row that may have reached it. `most` is `None` where nothing tells the most days.
    pub(crate) fn perhaps(&mut self, least: i64, most: Option<i64>) {
        self.perhaps.push(least);
        self.slowest = self.slowest.max(Some(most.map_or(Slowest::Open, Slowest::After)));
    }

    /// The ranks at a quantile of so many members. `None`: the product does not fit 128 bits.
    pub(crate) fn ranks(self, members: i64, competing: i64, quantile: Fraction) -> Option<Ranks> {
        let Self { sure: [mut shortest, mut longest], mut perhaps, slowest } = self;
        for days in [&mut shortest, &mut longest, &mut perhaps] {
            days.sort_unstable();
        }
        let rank = Rank::of(members, quantile)?;
        let value = rank.middle(&longest);
        Some(Ranks {
            competing,
            value,
            shortest: rank.least(&shortest, &perhaps),
            longest: match (value, slowest) {
                // No row that turns out to have reached the event makes a middle larger that has its two rows.
                (Some(value), Some(slowest)) if rank.lacks_the_next(&longest) => match slowest {
                    Slowest::After(most) => Some(Middle { next: value.next.max(most), ..value }),
                    Slowest::Open => None,
                },
                (value, _) => value,
            },
        })
    }
}

/// Which rows a quantile lies between.
///
/// Where `members × quantile` is a whole k, the k-th and the next: between their days exactly that part had reached the
/// event. Where the next never did, it is the k-th alone. Else the one at which the part is passed.
#[derive(Clone, Copy, Debug)]
struct Rank {
    first: usize,
    /// Whether the next counts as well.
    between: bool,
}

impl Rank {
    fn of(members: i64, quantile: Fraction) -> Option<Self> {
        let product = i128::from(members).checked_mul(quantile.numerator())?;
        let whole = usize::try_from(product / quantile.denominator()).ok()?;
        let between = product % quantile.denominator() == 0;
        Some(Self { first: if between { whole } else { whole.checked_add(1)? }, between })
    }

    /// The middle of the rows that are finished, sorted; `None` where too few are.
    fn middle(self, finished: &[i64]) -> Option<Middle> {
        let first = at(finished, self.first)?;
        let next = if self.between { at(finished, self.first + 1) } else { None };
        Some(Middle { first, next: next.unwrap_or(first) })
    }

    /// Whether one row more would make a value of one row the middle of two.
    fn lacks_the_next(self, finished: &[i64]) -> bool {
        self.between && finished.len() == self.first
    }

    /// The least middle, whichever of the doubtful rows are finished; both sorted. For so many that are, it is least
    /// with the quickest. One that has both its rows is least where all are; or else the value is the k-th alone,
    /// because no other row is finished, and those that surely are must all be among the first k.
    fn least(self, sure: &[i64], perhaps: &[i64]) -> Option<Middle> {
        let mut all = [sure, perhaps].concat();
        all.sort_unstable();
        let together = self.middle(&all);
        let more = self.first.checked_sub(sure.len()).filter(|more| self.between && *more <= perhaps.len());
        let alone = more.and_then(|more| sure.last().copied().max(at(perhaps, more)));
        let alone = alone.map(|days| Middle { first: days, next: days });
        let twice = |middle: &Middle| i128::from(middle.first) + i128::from(middle.next);
        together.into_iter().chain(alone).min_by_key(twice)
    }
}

/// The row at a rank, the first of which is 1.
fn at(sorted: &[i64], rank: usize) -> Option<i64> {
    sorted.get(rank.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn middle(sorted: &[i64], members: i64, n: i128, d: i128) -> Option<(i64, i64)> {
        let quantile = Fraction::new(n, d).expect("a quantile");
        let rank = Rank::of(members, quantile).expect("no overflow");
        rank.middle(sorted).map(|middle| (middle.first, middle.next))
    }

    #[test]
    fn the_middle_of_an_odd_number_is_one_row_and_of_an_even_number_two() {
        assert_eq!(middle(&[10, 20, 60], 3, 1, 2), Some((20, 20)));
        assert_eq!(middle(&[10, 20, 60, 80], 4, 1, 2), Some((20, 60)));
        assert_eq!(middle(&[7], 1, 1, 2), Some((7, 7)));
        assert_eq!(middle(&[], 0, 1, 2), None);
    }

    #[test]
    fn rows_that_are_not_finished_rank_last() {
        // Three of five have reached the event: the third is the middle one.
        assert_eq!(middle(&[10, 20, 60], 5, 1, 2), Some((60, 60)));
        // Two of five are fewer than half.
        assert_eq!(middle(&[10, 20], 5, 1, 2), None);
        // Exactly half: the day by which half had.
        assert_eq!(middle(&[10, 20], 4, 1, 2), Some((20, 20)));
        // Half had by day 20, and the next came at day 60: any day between is as good.
        assert_eq!(middle(&[10, 20, 60], 4, 1, 2), Some((20, 60)));
    }

    #[test]
    fn a_quantile_is_the_first_row_by_which_that_part_is_passed() {
        let days: Vec<i64> = (1..=10).collect();
        // 9 of 10 at the ninth row, exactly; 9.5 at the tenth.
        assert_eq!(middle(&days, 10, 9, 10), Some((9, 10)));
        assert_eq!(middle(&days, 10, 19, 20), Some((10, 10)));
        assert_eq!(middle(&days, 10, 1, 10), Some((1, 2)));
        assert_eq!(middle(&days, 10, 1, 20), Some((1, 1)));
        assert_eq!(middle(&days, 11, 9, 10), Some((10, 10)));
    }

    /// Twice the shortest, the value and the longest median of so many members.
    fn range(members: i64, sure: &[(i64, i64)], perhaps: &[(i64, Option<i64>)]) -> [Option<i64>; 3] {
        let mut waits = Waits::default();
        sure.iter().for_each(|(least, most)| waits.surely(*least, *most));
        perhaps.iter().for_each(|(least, most)| waits.perhaps(*least, *most));
        let ranks = waits.ranks(members, 0, Fraction::new(1, 2).expect("a half")).expect("no overflow");
        [ranks.shortest, ranks.value, ranks.longest].map(|middle| middle.map(|m| m.first + m.next))
    }

    #[test]
    fn where_exactly_half_are_sure_another_row_moves_the_middle_both_ways() {
        // Of two, one took 10 days, one may have taken 334 to 348: 10 alone, or up to the mean of 10 and 348.
        assert_eq!(range(2, &[(10, 10)], &[(334, Some(348))]), [Some(20), Some(20), Some(358)]);
        // One that may have taken 2 to 4: the mean of 2 and 10 at the least, 10 alone at the most.
        assert_eq!(range(2, &[(10, 10)], &[(2, Some(4))]), [Some(12), Some(20), Some(20)]);
        assert_eq!(range(2, &[(10, 10)], &[(2, None)]), [Some(12), Some(20), None]);
    }

    #[test]
    fn a_row_that_is_surely_finished_cannot_be_left_out_of_the_first_half() {
        // Of four, one took 100 days, two may have taken 1 and 2. Alone: 100 with one of them; or the mean of 2 and 100.
        assert_eq!(range(4, &[(100, 100)], &[(1, Some(1)), (2, Some(2))]), [Some(102), None, None]);
        // None is sure: half are, by day 2, where the third never was.
        assert_eq!(range(4, &[], &[(1, Some(1)), (2, Some(2)), (9, Some(9))]), [Some(4), None, None]);
    }

    #[test]
    fn an_odd_number_has_one_middle_row() {
        assert_eq!(range(3, &[(5, 5), (9, 9)], &[(0, None)]), [Some(10), Some(18), Some(18)]);
        assert_eq!(range(3, &[(5, 7)], &[(0, Some(3))]), [Some(10), None, None]);
        assert_eq!(range(3, &[(5, 7)], &[]), [None, None, None]);
        assert_eq!(range(1, &[(266, 305)], &[]), [Some(532), Some(610), Some(610)]);
    }
}

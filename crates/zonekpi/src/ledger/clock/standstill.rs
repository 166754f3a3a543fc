//! When the clock of a case stands still: its suspensions, joined where they touch. Where their days are not all known,
//! the least and the most that they may be.

use std::borrow::Cow;

use crate::calendar::Calendar;

/// When something that stands still goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// This is the last day that does not count.
    Day(i32),
    /// Nobody knows; what ends after it, ends on this day at the earliest.
    NotBefore(i32),
}

/// Days that do not count, from the first to the last, both of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Still {
    pub(super) from: i32,
    pub(super) until: Until,
}

/// The first or the last day of a suspension as it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorded {
    /// From the first of these days to the last.
    Days(i32, i32),
    Blank,
    Unreadable,
}

/// The suspensions of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standstill {
    /// The days that surely stand still while the case is open.
    pub(super) least: Vec<Still>,
    /// The days that surely stood still of a case that was decided, of suspensions that have ended.
    ended: Vec<Still>,
    /// The first days of those that have no end: they had ended by the decision, nobody knows when.
    begun: Vec<Still>,
    /// The days that may.
    pub(super) most: Vec<Still>,
    /// Those of them whose last day is written.
    written: Vec<Still>,
    /// The first day on which one may have begun of which no end has come.
    pub(super) open_since: Option<i32>,
    /// Whether any of this case itself was added.
    pub(super) dated: bool,
}

/// Before every day of a ledger, with room to subtract, and after each, with room to add.
pub(super) const ALWAYS: i32 = i32::MIN / 2;
const EVER: i32 = i32::MAX / 2;

impl Standstill {
    /// Of a case that never stands still.
    pub(super) const NONE: Self = Self {
        least: Vec::new(),
        ended: Vec::new(),
        begun: Vec::new(),
        most: Vec::new(),
        written: Vec::new(),
        open_since: None,
        dated: false,
    };

    /// Adds a suspension that has begun. One without an end, or with one after the ledger's day, still goes on.
    ///
    /// Surely stands still what lies between its ends whatever their days are, and perhaps what lies between some. A
    /// beginning that is blank is one that nobody wrote down, for there is an end.
    pub(super) fn add(&mut self, from: Recorded, to: Recorded, snapshot: i32) {
        self.dated = true;
        let from = match from {
            Recorded::Days(first, last) => (first, last),
            Recorded::Blank | Recorded::Unreadable => (ALWAYS, EVER),
        };
        let (to, goes_on) = match to {
            // An end that may lie after the ledger's day may be a plan, and then nobody knows the day.
            Recorded::Days(first, last) if last > snapshot => ((first, EVER), true),
            Recorded::Days(first, last) => ((first, last), false),
            Recorded::Blank => ((EVER, EVER), true),
            Recorded::Unreadable => ((ALWAYS, EVER), false),
        };
        if from.0 > to.1 {
            // Reversed: it may have been at any time.
            self.most.push(Still { from: ALWAYS, until: Until::NotBefore(ALWAYS) });
            return;
        }
        let going_on = |from: i32| Still { from, until: Until::NotBefore(from.max(snapshot).saturating_add(1)) };
        if to.0 > snapshot {
            self.least.extend((from.1 < EVER).then(|| going_on(from.1)));
        } else {
            self.least.extend(between_all(from, to));
        }
        if goes_on {
            self.begun.extend(between_all(from, (ALWAYS, EVER)));
        } else {
            self.ended.extend(between_all(from, to));
        }
        if to.1 < EVER {
            let still = Still { from: from.0, until: Until::Day(to.1) };
            self.written.push(still);
            self.most.push(still);
        } else {
            // It may as well have ended by the ledger's day.
            self.written
                .extend((to.0 <= snapshot && goes_on).then_some(Still { from: from.0, until: Until::Day(snapshot) }));
            self.most.push(going_on(from.0));
        }
        if goes_on {
            self.open_since = Some(self.open_since.map_or(from.0, |since| since.min(from.0)));
        }
    }

    /// Adds what may be of this case, or of another.
    pub(super) fn may_share(&mut self, unassigned: &Self) {
        self.most.extend_from_slice(&unassigned.most);
        self.written.extend_from_slice(&unassigned.written);
    }

    /// The days that surely stood still of a case that was decided on a day at the earliest: what begins after it and has
    /// no end was none of it.
    pub(super) fn surely_by(&self, decided: Option<i32>) -> Cow<'_, [Still]> {
        let begun: Vec<Still> = self.begun.iter().filter(|still| Some(still.from) <= decided).copied().collect();
        if begun.is_empty() {
            return Cow::Borrowed(&self.ended);
        }
        let mut all = [begun, self.ended.clone()].concat();
        joined(&mut all);
        Cow::Owned(all)
    }

    /// The days that may stand still of a case that was decided by a day: what has no end had ended by then.
    pub(super) fn most_by(&self, decided: i32) -> Cow<'_, [Still]> {
        let Some(open) = self.most.last().filter(|still| matches!(still.until, Until::NotBefore(_))) else {
            return Cow::Borrowed(&self.most);
        };
        let mut by_then = self.written.clone();
        by_then.extend((open.from <= decided).then_some(Still { until: Until::Day(decided), ..*open }));
        joined(&mut by_then);
        Cow::Owned(by_then)
    }

    /// Sorts and joins what was added.
    pub(super) fn join(&mut self) {
        joined(&mut self.least);
        joined(&mut self.ended);
        joined(&mut self.most);
    }

    /// The working days in (after, by] on which the clock surely stood still, and on which it may have.
    pub(super) fn working_days(
        &self,
        decided: bool,
        after: (i32, i32),
        by: (i32, i32),
        calendar: &Calendar,
    ) -> Option<(i32, i32)> {
        let surely = if decided { self.surely_by(Some(by.0)) } else { Cow::Borrowed(self.least.as_slice()) };
        Some((within(&surely, after.1, by.0, calendar)?, within(&self.most, after.0, by.1, calendar)?))
    }
}

/// The days that lie between any first and any last day of these, where the first is not after the last.
fn between_all(from: (i32, i32), to: (i32, i32)) -> Option<Still> {
    let (latest_from, earliest_to) = (from.1.min(to.1), to.0.max(from.0));
    (latest_from <= earliest_to).then_some(Still { from: latest_from, until: Until::Day(earliest_to) })
}

fn joined(stills: &mut Vec<Still>) {
    stills.sort_by_key(|still| still.from);
    let mut joined: Vec<Still> = Vec::with_capacity(stills.len());
    for still in stills.drain(..) {
        match joined.last_mut() {
            Some(last) => match (last.until, still.until) {
                (Until::Day(end), _) if end < still.from.saturating_sub(1) => joined.push(still),
                (Until::Day(end), Until::Day(to)) => last.until = Until::Day(end.max(to)),
                (Until::Day(_), open) => last.until = open,
                (Until::NotBefore(day), Until::NotBefore(other)) => last.until = Until::NotBefore(day.max(other)),
                (Until::NotBefore(_), Until::Day(_)) => {}
            },
            None => joined.push(still),
        }
    }
    *stills = joined;
}

/// The working days of (after, by] that lie in days that stand still.
fn within(stills: &[Still], after: i32, by: i32, calendar: &Calendar) -> Option<i32> {
    let mut sum = 0;
    for still in stills {
        let to = match still.until {
            Until::Day(to) => to.min(by),
            Until::NotBefore(_) => by,
        };
        let before = still.from.saturating_sub(1).max(after);
        if before < to {
            sum += calendar.between(before, to)?;
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::days;

    fn day(text: &str) -> i32 {
        days(text.parse().expect("a day"))
    }

    fn of(suspensions: &[(Recorded, Recorded)]) -> Standstill {
        let mut standstill = Standstill::default();
        for (from, to) in suspensions {
            standstill.add(*from, *to, 100);
        }
        standstill.join();
        standstill
    }

    use Recorded::{Blank, Days, Unreadable};

    fn at(day: i32) -> Recorded {
        Days(day, day)
    }

    #[test]
    fn suspensions_that_overlap_or_touch_are_one() {
        let standstill = of(&[(at(20), at(25)), (at(3), at(9)), (at(10), at(12)), (at(5), at(7))]);
        let still = |from, to| Still { from, until: Until::Day(to) };
        assert_eq!(standstill.least, [still(3, 12), still(20, 25)]);
        assert_eq!(standstill.most, standstill.least);
    }

    #[test]
    fn one_without_an_end_goes_on() {
        let standstill = of(&[(at(3), Blank), (at(20), at(25))]);
        assert_eq!(standstill.least, [Still { from: 3, until: Until::NotBefore(101) }]);
        // An end after the ledger's day is a plan.
        assert_eq!(of(&[(at(3), at(120))]).least, [Still { from: 3, until: Until::NotBefore(101) }]);
    }

    #[test]
    fn what_was_decided_does_not_stand_still_any_more() {
        let standstill = of(&[(at(3), Blank), (at(20), at(25))]);
        let still = |from, to| Still { from, until: Until::Day(to) };
        assert_eq!(standstill.surely_by(Some(90)).as_ref(), [still(3, 3), still(20, 25)]);
        assert_eq!(standstill.surely_by(Some(2)).as_ref(), [still(20, 25)]);
        assert_eq!((standstill.open_since, of(&[(at(3), at(9))]).open_since), (Some(3), None));
    }

    #[test]
    fn what_cannot_be_read_is_between_the_least_and_the_most() {
        let standstill = of(&[(at(3), Unreadable)]);
        assert_eq!(standstill.least, [Still { from: 3, until: Until::Day(3) }]);
        assert_eq!(standstill.most, [Still { from: 3, until: Until::NotBefore(101) }]);
        let standstill = of(&[(at(9), at(3))]);
        assert_eq!((standstill.least.len(), standstill.most.len()), (0, 1), "reversed days say nothing");
        let standstill = of(&[(Blank, at(9))]);
        assert_eq!(standstill.least, [Still { from: 9, until: Until::Day(9) }]);
    }

    #[test]
    fn imprecise_ends_stand_still_for_sure_only_between_the_last_start_and_the_first_end() {
        let still = |from, to| Still { from, until: Until::Day(to) };
        let standstill = of(&[(Days(1, 10), Days(21, 30))]);
        assert_eq!((standstill.least, standstill.most), (vec![still(10, 21)], vec![still(1, 30)]));
        // Both somewhere in the same days: none of them for sure.
        let standstill = of(&[(Days(1, 30), Days(1, 30))]);
        assert_eq!((standstill.least, standstill.most), (vec![], vec![still(1, 30)]));
        // Going on: from the last day on which it may have begun, and of a decided case nobody knows a day.
        let standstill = of(&[(Days(1, 30), Blank)]);
        let open = |from| vec![Still { from, until: Until::NotBefore(101) }];
        assert_eq!(
            (standstill.surely_by(Some(90)).into_owned(), standstill.least, standstill.most),
            (vec![], open(30), open(1))
        );
        assert_eq!(of(&[(Days(1, 30), Unreadable)]).most, open(1));
        let standstill = of(&[(Unreadable, Days(21, 30))]);
        assert_eq!((standstill.least, standstill.most), (vec![], vec![still(ALWAYS, 30)]));
        // An end that is planned says nothing of a beginning that is unknown.
        assert_eq!(of(&[(Blank, Days(120, 120))]).least, []);
    }

    #[test]
    fn one_end_that_is_exact_is_a_day_that_stood_still() {
        let still = |from, to| Still { from, until: Until::Day(to) };
        let standstill = of(&[(at(5), Days(1, 31))]);
        assert_eq!((standstill.least, standstill.most), (vec![still(5, 5)], vec![still(5, 31)]));
        let standstill = of(&[(Days(1, 31), at(12))]);
        assert_eq!((standstill.least, standstill.most), (vec![still(12, 12)], vec![still(1, 12)]));
    }

    #[test]
    fn an_end_around_the_ledgers_day_may_be_a_plan() {
        let still = |from, to| Still { from, until: Until::Day(to) };
        let standstill = of(&[(at(85), Days(90, 120))]);
        assert_eq!(standstill.least, [still(85, 90)]);
        assert_eq!(standstill.most, [Still { from: 85, until: Until::NotBefore(101) }]);
        // Of a decided case an end that was only planned says nothing.
        assert_eq!(standstill.surely_by(Some(90)).as_ref(), [still(85, 85)]);
        assert_eq!((standstill.most_by(88).as_ref(), standstill.open_since), ([still(85, 100)].as_slice(), Some(85)));
    }

    #[test]
    fn what_a_decision_ends_is_what_has_no_end() {
        let still = |from, to| Still { from, until: Until::Day(to) };
        let standstill = of(&[(at(20), Unreadable), (at(40), at(45)), (at(9), at(3))]);
        assert_eq!(standstill.most_by(30).as_ref(), [still(ALWAYS, 30), still(40, 45)]);
        assert_eq!(of(&[(at(20), Blank), (at(40), at(45))]).most_by(10).as_ref(), [still(40, 45)]);
        assert_eq!(of(&[(at(40), at(45))]).most_by(10).as_ref(), [still(40, 45)]);
    }

    #[test]
    fn what_may_be_of_another_case_stands_still_perhaps() {
        let mut standstill = of(&[(at(3), at(9))]);
        standstill.may_share(&of(&[(at(8), at(12))]));
        standstill.join();
        let still = |from, to| Still { from, until: Until::Day(to) };
        assert_eq!((standstill.least, standstill.most), (vec![still(3, 9)], vec![still(3, 12)]));
    }

    #[test]
    fn working_days_that_stood_still_are_counted_in_the_union_once() {
        let calendar = Calendar::builtin().expect("the shipped calendar");
        let mut standstill = Standstill::default();
        // Wednesday 7 to Tuesday 20 February 2024: the Spring Festival from the 10th to the 17th, Sunday the 18th made up.
        standstill.add(at(day("2024-02-07")), at(day("2024-02-18")), day("2024-03-31"));
        standstill.add(at(day("2024-02-18")), at(day("2024-02-20")), day("2024-03-31"));
        standstill.join();
        let point = |text: &str| (day(text), day(text));
        let count = |after: &str, by: &str| standstill.working_days(true, point(after), point(by), &calendar);
        // 7, 8, 9, 18, 19 and 20 February.
        assert_eq!(count("2024-02-01", "2024-02-29"), Some((6, 6)));
        assert_eq!(count("2024-02-08", "2024-02-19"), Some((3, 3)), "only what lies between the two days");
        assert_eq!(count("2024-02-21", "2024-02-29"), Some((0, 0)));
    }
}

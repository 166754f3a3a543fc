//! When the clock of a case stands still: its suspensions, joined where they touch. Where their days are not all known,
//! the least and the most that they may be.

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
    Day(i32),
    Blank,
    Unreadable,
}

/// The suspensions of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standstill {
    /// The days that surely stand still while the case is open.
    pub(super) least: Vec<Still>,
    /// The days that surely stood still of a case that was decided: what has no end had ended by then, nobody knows when.
    pub(super) ended: Vec<Still>,
    /// The days that may.
    pub(super) most: Vec<Still>,
}

/// Before every day of a ledger, with room to subtract.
const ALWAYS: i32 = i32::MIN / 2;

impl Standstill {
    /// Adds a suspension. One without an end, or with one after the ledger's day, still goes on.
    pub(super) fn add(&mut self, from: Recorded, to: Recorded, snapshot: i32) {
        let day = |from, to| Still { from, until: Until::Day(to) };
        let open = |from: i32, not_before: i32| Still { from, until: Until::NotBefore(not_before) };
        let going_on = |to: Recorded| match to {
            Recorded::Blank => true,
            Recorded::Day(to) => to > snapshot,
            Recorded::Unreadable => false,
        };
        match (from, to) {
            (Recorded::Day(from), to) if going_on(to) && (from <= snapshot || to == Recorded::Blank) => {
                let still = open(from, from.max(snapshot).saturating_add(1));
                self.least.push(still);
                self.ended.push(day(from, from));
                self.most.push(still);
            }
            (Recorded::Day(from), Recorded::Day(to)) if from <= to => {
                self.surely(day(from, to));
                self.most.push(day(from, to));
            }
            // It lasted for its first day at the least.
            (Recorded::Day(from), Recorded::Unreadable | Recorded::Blank) => {
                self.surely(day(from, from));
                self.most.push(open(from, from.saturating_add(1)));
            }
            (Recorded::Blank | Recorded::Unreadable, Recorded::Day(to)) => {
                self.surely(day(to, to));
                self.most.push(day(ALWAYS, to));
            }
            // Reversed or without any day: it may have been at any time.
            _ => self.most.push(open(ALWAYS, ALWAYS)),
        }
    }

    fn surely(&mut self, still: Still) {
        self.least.push(still);
        self.ended.push(still);
    }

    /// Since when the case stands still without an end.
    pub(super) fn open_since(&self) -> Option<i32> {
        self.least.iter().find(|still| matches!(still.until, Until::NotBefore(_))).map(|still| still.from)
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
        let surely = if decided { &self.ended } else { &self.least };
        Some((within(surely, after.1, by.0, calendar)?, within(&self.most, after.0, by.1, calendar)?))
    }
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

    use Recorded::{Blank, Day, Unreadable};

    #[test]
    fn suspensions_that_overlap_or_touch_are_one() {
        let standstill = of(&[(Day(20), Day(25)), (Day(3), Day(9)), (Day(10), Day(12)), (Day(5), Day(7))]);
        let still = |from, to| Still { from, until: Until::Day(to) };
        assert_eq!(standstill.least, [still(3, 12), still(20, 25)]);
        assert_eq!(standstill.most, standstill.least);
    }

    #[test]
    fn one_without_an_end_goes_on() {
        let standstill = of(&[(Day(3), Blank), (Day(20), Day(25))]);
        assert_eq!(standstill.least, [Still { from: 3, until: Until::NotBefore(101) }]);
        // An end after the ledger's day is a plan.
        assert_eq!(of(&[(Day(3), Day(120))]).least, [Still { from: 3, until: Until::NotBefore(101) }]);
        assert_eq!(of(&[(Day(110), Day(120))]).least, [Still { from: 110, until: Until::Day(120) }]);
    }

    #[test]
    fn what_was_decided_does_not_stand_still_any_more() {
        let standstill = of(&[(Day(3), Blank), (Day(20), Day(25))]);
        let still = |from, to| Still { from, until: Until::Day(to) };
        assert_eq!(standstill.ended, [still(3, 3), still(20, 25)]);
        assert_eq!((standstill.open_since(), of(&[(Day(3), Day(9))]).open_since()), (Some(3), None));
    }

    #[test]
    fn what_cannot_be_read_is_between_the_least_and_the_most() {
        let standstill = of(&[(Day(3), Unreadable)]);
        assert_eq!(standstill.least, [Still { from: 3, until: Until::Day(3) }]);
        assert_eq!(standstill.most, [Still { from: 3, until: Until::NotBefore(4) }]);
        let standstill = of(&[(Day(9), Day(3))]);
        assert_eq!((standstill.least.len(), standstill.most.len()), (0, 1), "reversed days say nothing");
        let standstill = of(&[(Blank, Day(9))]);
        assert_eq!(standstill.least, [Still { from: 9, until: Until::Day(9) }]);
    }

    #[test]
    fn working_days_that_stood_still_are_counted_in_the_union_once() {
        let calendar = Calendar::builtin().expect("the shipped calendar");
        let mut standstill = Standstill::default();
        // Wednesday 7 to Tuesday 20 February 2024: the Spring Festival from the 10th to the 17th, Sunday the 18th made up.
        standstill.add(Day(day("2024-02-07")), Day(day("2024-02-18")), day("2024-03-31"));
        standstill.add(Day(day("2024-02-18")), Day(day("2024-02-20")), day("2024-03-31"));
        standstill.join();
        let point = |text: &str| (day(text), day(text));
        let count = |after: &str, by: &str| standstill.working_days(true, point(after), point(by), &calendar);
        // 7, 8, 9, 18, 19 and 20 February.
        assert_eq!(count("2024-02-01", "2024-02-29"), Some((6, 6)));
        assert_eq!(count("2024-02-08", "2024-02-19"), Some((3, 3)), "only what lies between the two days");
        assert_eq!(count("2024-02-21", "2024-02-29"), Some((0, 0)));
    }
}

//! How a limit is used up, day by day, without walking: what counts as a day, what stands still, and on which day the
//! last one ends. Pure arithmetic on days since 1970-01-01.

use super::standstill::{Still, Until};
use crate::calendar::{Calendar, days};

/// When a limit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// On this day.
    On(i32),
    /// On a day that nobody can tell yet: this one at the earliest.
    NotBefore(i32),
}

/// In what a limit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Days of work (行政许可法 §82).
    WorkingDays,
    /// Days of the calendar; a last day that is off runs on to the next that is worked (民法典 §203).
    NaturalDays,
    /// Hours, from a time of day that a ledger does not tell.
    Hours,
}

impl Unit {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "working_days" => Some(Self::WorkingDays),
            "natural_days" => Some(Self::NaturalDays),
            "hours" => Some(Self::Hours),
            _ => None,
        }
    }

    /// The least and the most days that a limit of so many is. Hours begin at some time of their first day, so that
    /// they end on one of two days; but for whole days.
    fn days(self, limit: i64) -> (i64, i64) {
        match self {
            Self::WorkingDays | Self::NaturalDays => (limit, limit),
            Self::Hours => (limit.div_euclid(24), limit.saturating_add(23).div_euclid(24)),
        }
    }
}

/// A limit with the days that it was extended by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) unit: Unit,
    pub(super) amount: i64,
    pub(super) extended: i64,
    /// In what the extension is written, where that is said: else in the days of the limit.
    pub(super) extended_in: Option<Unit>,
}

/// Days that a limit may have: more is a slip, and would leave the calendar.
const MOST: i64 = 100_000;

impl Limit {
    /// The day on which it ends at the earliest, counted from the day of acceptance.
    pub(super) fn earliest(&self, accepted: i32, stills: &[Still], calendar: &Calendar) -> End {
        self.end(self.unit.days(self.amount).0, accepted, stills, calendar)
    }

    /// The day on which it ends at the latest.
    pub(super) fn latest(&self, accepted: i32, stills: &[Still], calendar: &Calendar) -> End {
        self.end(self.unit.days(self.amount).1, accepted, stills, calendar)
    }

    /// Whether the earliest and the latest end from one day are the same.
    pub(super) fn is_exact(&self) -> bool {
        let (least, most) = self.unit.days(self.amount);
        least == most
    }

    /// The same limit with so many working days more that the clock stood still; `None` where its days or those of its
    /// extension are others, as nobody knows how many of these they were.
    pub(super) fn standing(self, days: i64) -> Option<Self> {
        let amount = self.amount.saturating_add(days);
        let works = |unit: Unit| unit == Unit::WorkingDays;
        let all_work = works(self.unit) && (self.extended == 0 || self.extended_in.is_none_or(works));
        (days == 0 || all_work).then_some(Self { amount, ..self })
    }

    fn end(&self, amount: i64, accepted: i32, stills: &[Still], calendar: &Calendar) -> End {
        let count = |amount: i64, unit: Unit, from: i32| {
            let left = i32::try_from(amount.clamp(0, MOST)).unwrap_or(0);
            Count { working: unit == Unit::WorkingDays, calendar }.end(from, left, stills)
        };
        // Hours are extended by natural days.
        let is_working = |unit: Unit| unit == Unit::WorkingDays;
        match self.extended_in.filter(|unit| self.extended > 0 && is_working(*unit) != is_working(self.unit)) {
            None => count(amount.saturating_add(self.extended), self.unit, accepted),
            // Of other days than the limit: they begin when that has run out.
            Some(unit) => match count(amount, self.unit, accepted) {
                End::On(day) => count(self.extended, unit, day),
                not_before => not_before,
            },
        }
    }
}

/// What counts as a day.
struct Count<'a> {
    working: bool,
    calendar: &'a Calendar,
}

impl Count<'_> {
    /// The day after `at` is day 1 (民法典 §201); what stands still does not count (行政许可法 §45).
    fn end(&self, mut at: i32, mut left: i32, stills: &[Still]) -> End {
        for still in stills {
            if left == 0 {
                break;
            }
            if matches!(still.until, Until::Day(to) if to <= at) {
                continue;
            }
            let first = still.from.max(at.saturating_add(1));
            // Whatever stands still after the last day comes too late to matter.
            if let Some(day) = self.reach(at, left).filter(|day| *day < first) {
                return self.rolled(day);
            }
            let Some(counted) = self.between(at, first.saturating_sub(1)) else { return self.uncovered(at) };
            left -= counted;
            match still.until {
                Until::Day(to) => at = to,
                Until::NotBefore(day) => return End::NotBefore(day.max(first)),
            }
        }
        self.reach(at, left).map_or_else(|| self.uncovered(at), |day| self.rolled(day))
    }

    /// The day on which so many days after `at` are counted.
    fn reach(&self, at: i32, left: i32) -> Option<i32> {
        match (left, self.working) {
            // No day is asked about, so that it does not matter what is known of it.
            (0, _) => Some(at),
            (_, true) => self.calendar.after(at, left),
            (_, false) => at.checked_add(left),
        }
    }

    /// The days that count in (from, to].
    fn between(&self, from: i32, to: i32) -> Option<i32> {
        if self.working && from != to { self.calendar.between(from, to) } else { to.checked_sub(from) }
    }

    /// Of natural days, a last day that is off is not the last.
    fn rolled(&self, day: i32) -> End {
        if self.working {
            return End::On(day);
        }
        self.calendar.on_or_after(day).map_or(End::NotBefore(day), End::On)
    }

    /// Nothing is known of days that the calendar does not cover, but that the end lies after what it covers.
    fn uncovered(&self, at: i32) -> End {
        let (first, last) = self.calendar.coverage();
        let from = if at < days(first) { at } else { at.max(days(last)) };
        End::NotBefore(from.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        days(text.parse().expect("a day"))
    }

    fn builtin() -> Calendar {
        Calendar::builtin().expect("the shipped calendar")
    }

    fn still(from: &str, to: &str) -> Still {
        Still { from: day(from), until: Until::Day(day(to)) }
    }

    /// The end of a limit without an extension.
    fn end(unit: Unit, amount: i64, accepted: &str, stills: &[Still]) -> (End, End) {
        let limit = Limit { unit, amount, extended: 0, extended_in: None };
        let calendar = builtin();
        (limit.earliest(day(accepted), stills, &calendar), limit.latest(day(accepted), stills, &calendar))
    }

    fn exact(unit: Unit, amount: i64, accepted: &str, stills: &[Still]) -> End {
        let (earliest, latest) = end(unit, amount, accepted, stills);
        assert_eq!(earliest, latest, "the end is exact");
        earliest
    }

    #[test]
    fn the_day_after_acceptance_is_day_one() {
        // 民法典 §201: the first day of a period in days is not counted. 2024-03-04 is a Monday.
        assert_eq!(exact(Unit::WorkingDays, 1, "2024-03-04", &[]), End::On(day("2024-03-05")));
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &[]), End::On(day("2024-03-11")));
        // Accepted on a Saturday: Monday is day 1.
        assert_eq!(exact(Unit::WorkingDays, 1, "2024-03-02", &[]), End::On(day("2024-03-04")));
        assert_eq!(exact(Unit::WorkingDays, 0, "2024-03-04", &[]), End::On(day("2024-03-04")));
    }

    #[test]
    fn weekends_that_were_made_up_count_and_holidays_do_not() {
        // 行政许可法 §82 and domain.md §2: 4 and 18 February 2024 are Sundays that were made up.
        assert_eq!(exact(Unit::WorkingDays, 8, "2024-02-02", &[]), End::On(day("2024-02-19")));
        assert_eq!(exact(Unit::WorkingDays, 11, "2024-01-31", &[]), End::On(day("2024-02-20")));
    }

    #[test]
    fn one_working_day_ends_on_each_day_that_was_made_up() {
        // The days made up (调休上班) in the notices of 2023 to 2026: 国办发明电〔2022〕16号, 〔2023〕7号, 〔2024〕12号,
        // 〔2025〕7号. Each is a Saturday or a Sunday; accepted the day before, one working day ends on it.
        let made_up = [
            "2023-01-28",
            "2023-01-29",
            "2023-04-23",
            "2023-05-06",
            "2023-06-25",
            "2023-10-07",
            "2023-10-08",
            "2024-02-04",
            "2024-02-18",
            "2024-04-07",
            "2024-04-28",
            "2024-05-11",
            "2024-09-14",
            "2024-09-29",
            "2024-10-12",
            "2025-01-26",
            "2025-02-08",
            "2025-04-27",
            "2025-09-28",
            "2025-10-11",
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ];
        for made_up in made_up {
            let before = day(made_up) - 1;
            let limit = Limit { unit: Unit::WorkingDays, amount: 1, extended: 0, extended_in: None };
            assert_eq!(limit.latest(before, &[], &builtin()), End::On(day(made_up)), "{made_up}");
            // A limit of natural days that ends on it does not roll on.
            let natural = Limit { unit: Unit::NaturalDays, amount: 1, extended: 0, extended_in: None };
            assert_eq!(natural.latest(before, &[], &builtin()), End::On(day(made_up)), "{made_up}");
        }
    }

    #[test]
    fn natural_days_end_on_a_day_that_is_worked() {
        // 民法典 §203: a last day that is a holiday gives way to the day after the holidays.
        // 2024-01-31 and 10 days: 10 February, in the Spring Festival, whose first day of work is Sunday the 18th.
        assert_eq!(exact(Unit::NaturalDays, 10, "2024-01-31", &[]), End::On(day("2024-02-18")));
        assert_eq!(exact(Unit::NaturalDays, 5, "2024-03-04", &[]), End::On(day("2024-03-11")));
        assert_eq!(exact(Unit::NaturalDays, 3, "2024-03-04", &[]), End::On(day("2024-03-07")));
    }

    #[test]
    fn hours_end_on_one_of_two_days() {
        // 民法典 §201: hours run from the time of day, which a ledger does not tell.
        let (monday, tuesday) = (day("2024-03-04"), day("2024-03-05"));
        assert_eq!(end(Unit::Hours, 7, "2024-03-04", &[]), (End::On(monday), End::On(tuesday)));
        assert_eq!(exact(Unit::Hours, 24, "2024-03-04", &[]), End::On(tuesday));
        // Friday and 48 hours: Sunday, which runs on to Monday.
        assert_eq!(exact(Unit::Hours, 48, "2024-03-08", &[]), End::On(day("2024-03-11")));
    }

    #[test]
    fn an_extension_adds_days() {
        // 行政许可法 §42: twenty days, which may be extended by ten.
        let limit = Limit { unit: Unit::WorkingDays, amount: 20, extended: 10, extended_in: None };
        // March 2024 has 21 working days after the 1st … the 30th working day after 1 March is 15 April: 20 in
        // March (4th to 29th), then 1 to 3, 7 (made up), 8 to 12, and the 15th of April.
        assert_eq!(limit.latest(day("2024-03-01"), &[], &builtin()), End::On(day("2024-04-15")));
    }

    #[test]
    fn an_extension_in_other_days_begins_when_the_limit_has_run_out() {
        let extended = |unit, amount, extended_in| Limit { unit, amount, extended: 5, extended_in: Some(extended_in) };
        // Ten natural days after Monday 8 April 2024 are Thursday the 18th; five working days on is Thursday the 25th.
        let limit = extended(Unit::NaturalDays, 10, Unit::WorkingDays);
        assert_eq!(limit.latest(day("2024-04-08"), &[], &builtin()), End::On(day("2024-04-25")));
        // Three working days after Friday the 12th are Wednesday the 17th; five natural days on is Monday the 22nd.
        let limit = extended(Unit::WorkingDays, 3, Unit::NaturalDays);
        assert_eq!(limit.latest(day("2024-04-12"), &[], &builtin()), End::On(day("2024-04-22")));
        // What stands still after the limit itself has run out stops the days that were added.
        let stills = [still("2024-04-18", "2024-04-19")];
        assert_eq!(limit.latest(day("2024-04-12"), &stills, &builtin()), End::On(day("2024-04-24")));
        // In the days of the limit it is one with it.
        let limit = extended(Unit::WorkingDays, 3, Unit::WorkingDays);
        assert_eq!(limit.latest(day("2024-04-12"), &[], &builtin()), End::On(day("2024-04-24")));
    }

    #[test]
    fn a_suspension_before_the_end_moves_it() {
        // 行政许可法 §45. Five working days from Monday 4 March 2024; Wednesday to Friday stand still.
        let stills = [still("2024-03-06", "2024-03-08")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::On(day("2024-03-14")));
        // Natural days: 4 + 5 is the 9th, a Saturday; three days still make it the 12th.
        assert_eq!(exact(Unit::NaturalDays, 5, "2024-03-04", &stills), End::On(day("2024-03-12")));
    }

    #[test]
    fn a_suspension_across_the_last_day_moves_it() {
        // Day 5 would be Monday the 11th, when it stands still until Wednesday.
        let stills = [still("2024-03-11", "2024-03-13")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::On(day("2024-03-14")));
    }

    #[test]
    fn a_suspension_after_the_last_day_rescues_nothing() {
        let stills = [still("2024-03-12", "2024-03-29")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::On(day("2024-03-11")));
        // Used up on Saturday the 9th: that the last day runs on to Monday opens no limit again.
        let monday = [still("2024-03-11", "2024-03-29")];
        assert_eq!(exact(Unit::NaturalDays, 5, "2024-03-04", &monday), End::On(day("2024-03-11")));
    }

    #[test]
    fn a_suspension_by_the_day_of_acceptance_takes_nothing_away() {
        let stills = [still("2024-02-26", "2024-03-04")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::On(day("2024-03-11")));
        // One that goes on behind it takes only what lies behind.
        let stills = [still("2024-02-26", "2024-03-05")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::On(day("2024-03-12")));
    }

    #[test]
    fn what_still_stands_still_ends_on_a_day_that_nobody_knows() {
        let open = |from: &str, not_before: &str| Still { from: day(from), until: Until::NotBefore(day(not_before)) };
        let stills = [open("2024-03-06", "2024-04-01")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &stills), End::NotBefore(day("2024-04-01")));
        // By then all of the limit was used.
        let late = [open("2024-03-12", "2024-04-01")];
        assert_eq!(exact(Unit::WorkingDays, 5, "2024-03-04", &late), End::On(day("2024-03-11")));
    }

    #[test]
    fn at_the_end_of_the_calendar_only_a_first_day_is_known() {
        // 2026-12-31 is the last day that is covered: 2 working days after the 29th.
        assert_eq!(exact(Unit::WorkingDays, 2, "2026-12-29", &[]), End::On(day("2026-12-31")));
        assert_eq!(exact(Unit::WorkingDays, 3, "2026-12-29", &[]), End::NotBefore(day("2027-01-01")));
        assert_eq!(exact(Unit::NaturalDays, 5, "2026-12-29", &[]), End::NotBefore(day("2027-01-03")));
        assert_eq!(exact(Unit::WorkingDays, 3, "2003-12-20", &[]), End::NotBefore(day("2003-12-21")));
        assert_eq!(exact(Unit::WorkingDays, 3, "2027-03-01", &[]), End::NotBefore(day("2027-03-02")));
        // What stands still needs no calendar: Monday 12 January 2004 is day 1.
        let stills = [still("2003-12-30", "2004-01-09")];
        assert_eq!(exact(Unit::WorkingDays, 1, "2003-12-30", &stills), End::On(day("2004-01-12")));
        assert_eq!(exact(Unit::WorkingDays, 0, "2027-03-01", &[]), End::On(day("2027-03-01")));
        // Over the year's end that is covered: 1 January 2026 to the 3rd are off, Sunday the 4th was made up.
        assert_eq!(exact(Unit::WorkingDays, 2, "2025-12-31", &[]), End::On(day("2026-01-05")));
    }
}

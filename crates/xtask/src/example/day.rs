//! Days, the working days that the cases of the example fall on, and the imprecise texts that ledgers write.

use std::fmt;

use super::random::Random;

/// A day, counted from 1970-01-01. Printed as ISO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(i64);

impl Day {
    /// The day of a civil date (Hinnant's `days_from_civil`).
    pub(super) const fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year - era * 400;
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Year, month and day of the month.
    pub(super) const fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days - era * 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    pub(super) const fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Days from `earlier` to this one.
    pub(super) const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    pub(super) const fn year(self) -> i64 {
        self.civil().0
    }

    /// The last day of the month.
    pub(super) const fn month_end(self) -> Self {
        let (year, month, _) = self.civil();
        let next = if month == 12 { Self::of(year + 1, 1, 1) } else { Self::of(year, month + 1, 1) };
        next.plus(-1)
    }

    /// A day between two, both included.
    pub(super) fn between(random: &mut Random, low: Self, high: Self) -> Self {
        Self(random.between(low.0, high.0))
    }

    /// Whether offices are open.
    pub(super) fn is_working(self) -> bool {
        let within = |(from, to): &(Self, Self)| *from <= self && self <= *to;
        // 1970-01-01 was a Thursday.
        let weekend = (self.0 + 3).rem_euclid(7) >= 5;
        if weekend { MADE_UP.contains(&self) } else { !HOLIDAYS.iter().any(within) }
    }

    /// This day if offices are open, else the last one before it.
    pub(super) fn working(self) -> Self {
        let mut day = self;
        while !day.is_working() {
            day = day.plus(-1);
        }
        day
    }

    /// The `days`-th working day after this one.
    pub(super) fn plus_working(self, days: i64) -> Self {
        let mut day = self;
        for _ in 0..days {
            day = day.plus(1);
            while !day.is_working() {
                day = day.plus(1);
            }
        }
        day
    }

    /// 2024年3月
    pub(super) fn month_text(self) -> String {
        let (year, month, _) = self.civil();
        format!("{year}年{month}月")
    }

    /// 2024年3月初, 中旬 or 底: the third of the month that holds the day, in one of the usual words.
    pub(super) fn third_text(self, random: &mut Random) -> String {
        let words: &[&str] = match self.civil().2 {
            ..=10 => &["初", "上旬"],
            11..=20 => &["中旬"],
            _ => &["底", "下旬", "末"],
        };
        format!("{}{}", self.month_text(), random.pick(words))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The day whose state the example records.
pub(super) const SNAPSHOT: Day = Day::of(2024, 3, 31);

/// Public holidays in the years of the cases (State Council notices for 2022, 2023 and 2024).
const HOLIDAYS: [(Day, Day); 12] = [
    (Day::of(2022, 9, 12), Day::of(2022, 9, 12)),
    (Day::of(2022, 10, 1), Day::of(2022, 10, 7)),
    (Day::of(2022, 12, 31), Day::of(2023, 1, 2)),
    (Day::of(2023, 1, 21), Day::of(2023, 1, 27)),
    (Day::of(2023, 4, 5), Day::of(2023, 4, 5)),
    (Day::of(2023, 4, 29), Day::of(2023, 5, 3)),
    (Day::of(2023, 6, 22), Day::of(2023, 6, 24)),
    (Day::of(2023, 9, 29), Day::of(2023, 10, 6)),
    (Day::of(2023, 12, 30), Day::of(2024, 1, 1)),
    (Day::of(2024, 2, 10), Day::of(2024, 2, 17)),
    (Day::of(2024, 4, 4), Day::of(2024, 4, 6)),
    (Day::of(2024, 5, 1), Day::of(2024, 5, 5)),
];

/// Weekend days worked instead.
const MADE_UP: [Day; 11] = [
    Day::of(2022, 10, 8),
    Day::of(2022, 10, 9),
    Day::of(2023, 1, 28),
    Day::of(2023, 1, 29),
    Day::of(2023, 4, 23),
    Day::of(2023, 5, 6),
    Day::of(2023, 6, 25),
    Day::of(2023, 10, 7),
    Day::of(2023, 10, 8),
    Day::of(2024, 2, 4),
    Day::of(2024, 2, 18),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        assert_eq!(SNAPSHOT.to_string(), "2024-03-31");
        for day in (0..30_000).step_by(13).map(Day) {
            let (year, month, date) = day.civil();
            assert_eq!(Day::of(year, month, date), day);
        }
    }

    #[test]
    fn working_days_skip_holidays_and_count_made_up_ones() {
        assert_eq!(Day::of(2024, 2, 2).plus_working(8), Day::of(2024, 2, 19));
        assert_eq!(Day::of(2024, 1, 31).plus_working(11), Day::of(2024, 2, 20));
        assert!(!SNAPSHOT.is_working());
    }
}

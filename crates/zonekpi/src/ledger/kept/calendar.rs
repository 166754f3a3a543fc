//! A calendar as it is written down: its coverage, and the days that do not go by the week. It is kept whole, for the
//! one that ships with the crate grows from version to version.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Listed};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptCalendar {
    first: NaiveDate,
    last: NaiveDate,
    final_until: NaiveDate,
    version: String,
    /// Mondays to Fridays that are off.
    off: Vec<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    worked: Vec<NaiveDate>,
}

pub(super) fn kept(calendar: &Calendar) -> KeptCalendar {
    let (first, last) = calendar.coverage();
    let (mut off, mut worked) = (Vec::new(), Vec::new());
    for day in first.iter_days().take_while(|day| *day <= last) {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match calendar.is_working_day(day) {
            Some(true) if weekend => worked.push(day),
            Some(false) if !weekend => off.push(day),
            _ => {}
        }
    }
    KeptCalendar {
        first,
        last,
        final_until: calendar.final_until(),
        version: calendar.version().to_owned(),
        off,
        worked,
    }
}

/// The calendar again; `None` where it is not the one that was kept.
pub(super) fn of(kept: &KeptCalendar) -> Option<Calendar> {
    // A span of 1949 to 2200 is more than any calendar covers.
    if kept.first > kept.last || kept.first.year() < 1900 || kept.last.year() > 2300 {
        return None;
    }
    let listed = |days: &[NaiveDate], works| days.iter().map(move |date| Listed { date: *date, works }).collect();
    let days: [Vec<Listed>; 2] = [listed(&kept.off, false), listed(&kept.worked, true)];
    let calendar = Calendar::of(kept.first, kept.last, kept.final_until, &days.concat());
    (calendar.version() == kept.version).then_some(calendar)
}

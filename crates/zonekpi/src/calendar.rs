//! The calendar of days worked: which days the notices of the State Council give off and which weekends they have
//! made up, how far that is known, and counting by it. What a limit counted in working days is, is for others.

mod listed;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate};

pub(crate) use self::listed::Listed;
use self::listed::{follows, is_weekday, of_csv, of_json, unreadable};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::ErrorCode;
use crate::{encoding, fingerprint};

/// Days since 1970-01-01.
pub(crate) fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// The day that lies so many days after 1970-01-01.
pub(crate) fn from_days(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(719_163)?)
}

/// Which days are worked (工作日): Monday to Friday, without the public holidays, with the weekends made up (调休).
///
/// The calendar that ships with the crate covers 2004 to 2026. The notice of a year comes before it begins, and has
/// at times changed the last days of the year before; so what lies after [`final_until`](Self::final_until) is
/// provisional. Of days outside of the coverage nothing is known, least of all that there are no holidays.
///
/// # How many working days lie between two days?
///
/// The day after the first is day 1, as time limits count (民法典 §201):
///
/// ```
/// use zonekpi::Calendar;
///
/// let calendar = Calendar::builtin()?;
/// // The Spring Festival of 2024, with two Sundays made up: 17 days, 8 of them worked.
/// assert_eq!(calendar.working_days("2024-02-02".parse()?, "2024-02-19".parse()?)?, 8);
/// assert_eq!(calendar.is_working_day("2024-02-04".parse()?), Some(true));
/// assert_eq!(calendar.is_working_day("2030-01-01".parse()?), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    days: Arc<Days>,
}

#[derive(Debug)]
struct Days {
    coverage: (NaiveDate, NaiveDate),
    final_until: NaiveDate,
    /// The first day of the coverage, in days since 1970-01-01.
    first: i32,
    /// How many days are worked before the day at an index, counted from `first`; one more than there are days.
    before: Vec<i32>,
    /// The day that is worked at an index among those worked.
    worked: Vec<i32>,
    version: String,
}

static BUILTIN: OnceLock<Calendar> = OnceLock::new();

fn shipped() -> Result<Calendar> {
    let text = include_str!("calendar.csv");
    let noted = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(" = "));
        line.and_then(|day| day.parse::<NaiveDate>().ok()).ok_or_else(|| unreadable(1, name))
    };
    let (first, final_until) = (noted("from")?, noted("final_until")?);
    let last = NaiveDate::from_ymd_opt(final_until.year(), 12, 31).unwrap_or(final_until);
    Ok(Calendar::of(first, last, final_until, &of_csv(text)?))
}

impl Calendar {
    /// The calendar that ships with the crate.
    ///
    /// # Errors
    ///
    /// None in practice: the calendar is part of the crate.
    pub fn builtin() -> Result<Self> {
        if let Some(calendar) = BUILTIN.get() {
            return Ok(calendar.clone());
        }
        let calendar = shipped()?;
        Ok(BUILTIN.get_or_init(|| calendar).clone())
    }

    /// The calendar that ships with the crate, extended or overridden by a file in UTF-8, UTF-16 or GB18030. What it
    /// may hold says [`extended`](Self::extended).
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, names its line; where it leaves a year out, or lists one in part.
    ///
    /// # How is a day that the zone gave off kept in a file?
    ///
    /// ```
    /// use zonekpi::Calendar;
    ///
    /// let path = std::env::temp_dir().join("zonekpi-days-off.csv");
    /// std::fs::write(&path, "日期,类型\n2024/2/9,休\n")?;
    /// let calendar = Calendar::read(&path)?;
    /// assert_eq!(calendar.is_working_day("2024-02-09".parse()?), Some(false));
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let place = || Place { file: Some(path.display().to_string()), ..Place::default() };
        let bytes = std::fs::read(path).map_err(|error| {
            let (kind, message) = match error.kind() {
                std::io::ErrorKind::NotFound => (ErrorKind::NotFound, ErrorCode::FileNotFound.message()),
                _ => (ErrorKind::Io, ErrorCode::FileUnreadable.message().with("detail", &error)),
            };
            Error::new(kind, message).caused_by(error).at(place())
        })?;
        let (text, _) = encoding::decode(&bytes).map_err(|error| error.at(place()))?;
        Self::builtin()?.extended(&text).map_err(|error| error.at(place()))
    }

    /// This calendar with the days of a text, which come before its own.
    ///
    /// The text is CSV with the heads `date` (2027-01-01, 2027/1/1 or 2027年1月1日) and `day` (休 or off, 班 or work), or
    /// JSON: a list of `{"date": "2027-01-01", "isOffDay": true}`, alone or as the `days` of an object. A year that this calendar
    /// does not cover is covered from then on, where the text lists all of its days off and all weekends that are made
    /// up, as the notice of the year does; its days from 26 December on are provisional.
    ///
    /// # Errors
    ///
    /// Where a line cannot be read, or none is there; where a year lies between this calendar and the text; where a year that is new is
    /// listed in part only: without New Year's Day, Labour Day or National Day, without the days of the Spring Festival,
    /// or with fewer weekdays off than any year that is known.
    ///
    /// # How is one day changed?
    ///
    /// ```
    /// use zonekpi::Calendar;
    ///
    /// // A zone that gave New Year's Eve off in 2024, before the notice's holidays began.
    /// let own = Calendar::builtin()?.extended("date,day\n2024-02-09,休\n")?;
    /// assert_eq!(own.working_days("2024-02-02".parse()?, "2024-02-19".parse()?)?, 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn extended(&self, text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{FEFF}');
        let listed = if text.trim_start().starts_with(['{', '[']) { of_json(text)? } else { of_csv(text)? };
        if listed.is_empty() {
            return Err(Error::new(ErrorKind::Input, ErrorCode::CalendarEmpty.message()));
        }
        let (own_first, own_last) = self.coverage();
        let mut years: Vec<i32> = listed.iter().map(|l| l.date.year()).collect();
        years.sort_unstable();
        years.dedup();
        let (mut first, mut last) = (own_first.year(), own_last.year());
        // Outwards from what is covered, so that each year must touch the one before.
        for year in years.iter().copied().filter(|y| *y > last).collect::<Vec<_>>() {
            follows(last, year, 1)?;
            self.whole(year, &listed)?;
            last = year;
        }
        for year in years.iter().rev().copied().filter(|y| *y < first).collect::<Vec<_>>() {
            follows(first, year, -1)?;
            self.whole(year, &listed)?;
            first = year;
        }
        let mut all: Vec<Listed> = Vec::new();
        let mut day = own_first;
        while day <= own_last {
            all.push(Listed { date: day, works: self.is_working_day(day).unwrap_or(false) });
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
        let new_last = last > own_last.year();
        all.extend(listed);
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let final_until = if new_last { day(last, 12, 25) } else { Some(self.days.final_until) };
        let (first, end) = (day(first, 1, 1).unwrap_or(own_first), day(last, 12, 31).unwrap_or(own_last));
        Ok(Self::of(first, end, final_until.unwrap_or(own_last), &all))
    }

    /// Of two lines about one day the later counts.
    pub(crate) fn of(first: NaiveDate, last: NaiveDate, final_until: NaiveDate, listed: &[Listed]) -> Self {
        let from = days(first);
        let many = usize::try_from(days(last) - from + 1).unwrap_or(0);
        let mut works: Vec<bool> = first.iter_days().take(many).map(is_weekday).collect();
        for line in listed {
            if let Some(day) = usize::try_from(days(line.date) - from).ok().and_then(|at| works.get_mut(at)) {
                *day = line.works;
            }
        }
        let mut before = Vec::with_capacity(works.len() + 1);
        let mut worked = Vec::new();
        let mut count = 0;
        before.push(count);
        for (day, works) in (from..).zip(&works) {
            if *works {
                count += 1;
                worked.push(day);
            }
            before.push(count);
        }
        let mut written = format!("{first} {final_until} ");
        written.extend(works.iter().map(|w| if *w { '1' } else { '0' }));
        let version = fingerprint::short(written.as_bytes());
        let days = Days { coverage: (first, last), final_until, first: from, before, worked, version };
        Self { days: Arc::new(days) }
    }

    /// The first and the last day of which it is known whether they are worked.
    pub fn coverage(&self) -> (NaiveDate, NaiveDate) {
        self.days.coverage
    }

    /// The last day that no later notice is expected to change: after it, the calendar is provisional.
    pub fn final_until(&self) -> NaiveDate {
        self.days.final_until
    }

    /// A fingerprint: two calendars with the same coverage and the same days have the same.
    pub fn version(&self) -> &str {
        &self.days.version
    }

    /// Whether a day is worked; `None` outside of the coverage.
    pub fn is_working_day(&self, day: NaiveDate) -> Option<bool> {
        let day = days(day);
        Some(self.before(day.checked_add(1)?)? > self.before(day)?)
    }

    /// The working days after `from`, up to and with `to`: the day after `from` is day 1. Negative where `to` lies
    /// before `from`, by the same count the other way round.
    ///
    /// # Errors
    ///
    /// Where a day of the span is outside of the coverage.
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> Result<i64> {
        self.between(days(from), days(to)).map(i64::from).ok_or_else(|| {
            let (first, last) = self.coverage();
            let message = ErrorCode::CalendarUncovered.message().with("from", from).with("to", to);
            Error::new(ErrorKind::Compute, message.with("first", first).with("last", last))
        })
    }

    /// The number of a day: how many days are worked up to it and with it. `None` where that is not covered.
    pub(crate) fn ordinal(&self, day: i32) -> Option<i32> {
        self.before(day.checked_add(1)?)
    }

    /// The working days in (from, to], as days since 1970-01-01; `None` where the span is not covered.
    pub(crate) fn between(&self, from: i32, to: i32) -> Option<i32> {
        Some(self.ordinal(to)? - self.ordinal(from)?)
    }

    /// How many days are worked from the first day of the coverage to the day before `day`.
    fn before(&self, day: i32) -> Option<i32> {
        let at = usize::try_from(day.checked_sub(self.days.first)?).ok()?;
        self.days.before.get(at).copied()
    }

    /// The day that is the `n`th working day after `from` (0: `from` itself); `None` where that is not covered.
    ///
    /// # When do five working days end that begin before a holiday?
    ///
    /// ```
    /// use zonekpi::Calendar;
    ///
    /// // 30 September 2024, then the National Day's week, then Tuesday the 8th to Saturday the 12th, which was made up.
    /// let calendar = Calendar::builtin()?;
    /// assert_eq!(calendar.working_day_after("2024-09-30".parse()?, 5), Some("2024-10-12".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn working_day_after(&self, from: NaiveDate, n: u32) -> Option<NaiveDate> {
        from_days(self.after(days(from), i32::try_from(n).ok()?)?)
    }

    /// As [`working_day_after`](Self::working_day_after), in days since 1970-01-01.
    pub(crate) fn after(&self, from: i32, n: i32) -> Option<i32> {
        let worked = self.before(from.checked_add(1)?)?;
        if n == 0 {
            return Some(from);
        }
        let at = usize::try_from(worked.checked_add(n)?.checked_sub(1)?).ok()?;
        self.days.worked.get(at).copied()
    }

    /// The day itself if it is worked, else the next that is; `None` where that is not covered.
    ///
    /// # On which day does a limit end whose last day is off?
    ///
    /// ```
    /// use zonekpi::Calendar;
    ///
    /// // 1 October 2024: the next day worked is the 8th (民法典 §203).
    /// let calendar = Calendar::builtin()?;
    /// assert_eq!(calendar.working_day_from("2024-10-01".parse()?), Some("2024-10-08".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn working_day_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        from_days(self.on_or_after(days(day))?)
    }

    pub(crate) fn on_or_after(&self, day: i32) -> Option<i32> {
        let worked = usize::try_from(self.before(day)?).ok()?;
        self.days.worked.get(worked).copied()
    }
}

#[cfg(test)]
mod tests;

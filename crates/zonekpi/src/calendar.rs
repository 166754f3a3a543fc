//! The calendar of days worked: which days the notices of the State Council give off and which weekends they have
//! made up, how far that is known, and counting by it. What a limit counted in working days is, is for others.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use crate::error::{Error, ErrorKind, Place, Result, nearest};
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
    first: i32,
    final_until: i32,
    /// How many days are worked before the day at an index, counted from `first`; one more than there are days.
    before: Vec<i32>,
    /// The day that is worked at an index among those worked.
    worked: Vec<i32>,
    version: String,
}

/// One line of a calendar: a day that does not go by the week, or that is said to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) date: NaiveDate,
    pub(crate) works: bool,
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

    /// The calendar that ships with the crate, extended or overridden by a file in UTF-8, UTF-16 or GB18030.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, names its line; where it leaves a year out, or lists one in part.
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
    /// The text is CSV with the heads `date` and `day` (休 or off, 班 or work), or JSON: a list of
    /// `{"date": "2027-01-01", "isOffDay": true}`, alone or as the `days` of an object. A year that this calendar
    /// does not cover is covered from then on if New Year's Day, Labour Day and National Day are among its days off;
    /// its days from 26 December on are provisional.
    ///
    /// # Errors
    ///
    /// Where a line cannot be read; where a year lies between this calendar and the text; where a year that is new
    /// lacks one of the three days, for then it is listed in part only.
    pub fn extended(&self, text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{FEFF}');
        let listed = if text.trim_start().starts_with(['{', '[']) { of_json(text)? } else { of_csv(text)? };
        let (own_first, own_last) = self.coverage();
        let mut years: Vec<i32> = listed.iter().map(|l| l.date.year()).collect();
        years.sort_unstable();
        years.dedup();
        let (mut first, mut last) = (own_first.year(), own_last.year());
        // Outwards from what is covered, so that each year must touch the one before.
        for year in years.iter().copied().filter(|y| *y > last).collect::<Vec<_>>() {
            follows(last, year, 1)?;
            whole(year, &listed)?;
            last = year;
        }
        for year in years.iter().rev().copied().filter(|y| *y < first).collect::<Vec<_>>() {
            follows(first, year, -1)?;
            whole(year, &listed)?;
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
        let final_until = if new_last { day(last, 12, 25) } else { from_days(self.days.final_until) };
        let (first, end) = (day(first, 1, 1).unwrap_or(own_first), day(last, 12, 31).unwrap_or(own_last));
        Ok(Self::of(first, end, final_until.unwrap_or(own_last), &all))
    }

    /// Of two lines about one day the later counts.
    pub(crate) fn of(first: NaiveDate, last: NaiveDate, final_until: NaiveDate, listed: &[Listed]) -> Self {
        let from = days(first);
        let many = usize::try_from(days(last) - from + 1).unwrap_or(0);
        let mut works: Vec<bool> =
            first.iter_days().take(many).map(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun)).collect();
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
        let days = Days { first: from, final_until: days(final_until), before, worked, version };
        Self { days: Arc::new(days) }
    }

    /// The first and the last day of which it is known whether they are worked.
    pub fn coverage(&self) -> (NaiveDate, NaiveDate) {
        let days = &self.days;
        let last = days.first + i32::try_from(days.before.len()).unwrap_or(i32::MAX).saturating_sub(2);
        (from_days(days.first).unwrap_or_default(), from_days(last).unwrap_or_default())
    }

    /// The last day that no later notice is expected to change: after it, the calendar is provisional.
    pub fn final_until(&self) -> NaiveDate {
        from_days(self.days.final_until).unwrap_or_default()
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
    pub fn working_day_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        from_days(self.on_or_after(days(day))?)
    }

    pub(crate) fn on_or_after(&self, day: i32) -> Option<i32> {
        let worked = usize::try_from(self.before(day)?).ok()?;
        self.days.worked.get(worked).copied()
    }
}

fn unreadable(line: u64, found: &str) -> Error {
    let message = ErrorCode::CalendarUnreadable.message().with("found", found);
    Error::new(ErrorKind::Input, message).at(Place { line: Some(line), ..Place::default() })
}

/// `year` must be the next after (before) `covered`.
fn follows(covered: i32, year: i32, step: i32) -> Result<()> {
    if year == covered + step {
        return Ok(());
    }
    let message = ErrorCode::CalendarGap.message().with("year", year).with("missing", covered + step);
    Err(Error::new(ErrorKind::Input, message))
}

/// A new year must be listed whole: as proof of it stand three holidays that every notice has.
fn whole(year: i32, listed: &[Listed]) -> Result<()> {
    for (month, day) in [(1, 1), (5, 1), (10, 1)] {
        let date = NaiveDate::from_ymd_opt(year, month, day);
        if !listed.iter().any(|line| Some(line.date) == date && !line.works) {
            let missing = date.map(|d| d.to_string()).unwrap_or_default();
            let message = ErrorCode::CalendarIncomplete.message().with("year", year).with("missing", missing);
            return Err(Error::new(ErrorKind::Input, message));
        }
    }
    Ok(())
}

const OFF: [&str; 6] = ["休", "off", "假", "holiday", "节假日", "休息"];
const WORK: [&str; 6] = ["班", "work", "workday", "上班", "补班", "工作日"];

fn of_csv(text: &str) -> Result<Vec<Listed>> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| unreadable(1, &error.to_string()))?.clone();
    let column = |names: &[&str]| headers.iter().position(|h| names.contains(&h.to_lowercase().as_str()));
    let (Some(date), Some(day)) = (column(&["date", "日期"]), column(&["day", "类型", "班休"])) else {
        return Err(unreadable(1, &headers.iter().collect::<Vec<_>>().join(",")));
    };
    let mut listed = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            unreadable(line, &error.to_string())
        })?;
        let line = record.position().map_or(1, |start| line_of(text, start));
        let (date, day) = (record.get(date).unwrap_or_default(), record.get(day).unwrap_or_default());
        let parsed = date.parse().map_err(|_| unreadable(line, date))?;
        let word = day.to_lowercase();
        let works = WORK.contains(&word.as_str());
        if !works && !OFF.contains(&word.as_str()) {
            return Err(unreadable(line, day).suggest(nearest(&word, OFF.into_iter().chain(WORK))));
        }
        listed.push(Listed { date: parsed, works });
    }
    Ok(listed)
}

/// The line on which a record stands: the reader's position lies before the blank lines and comments above it.
fn line_of(text: &str, start: &csv::Position) -> u64 {
    let from = usize::try_from(start.byte()).ok().and_then(|at| text.get(at..)).unwrap_or_default();
    let above = from.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#')).count();
    start.line() + u64::try_from(above).unwrap_or(0)
}

#[derive(Deserialize)]
struct JsonDay {
    date: NaiveDate,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Json {
    Days(Vec<JsonDay>),
    Year { days: Vec<JsonDay> },
}

fn of_json(text: &str) -> Result<Vec<Listed>> {
    let json: Json = serde_json::from_str(text).map_err(|error| {
        unreadable(u64::try_from(error.line()).unwrap_or(1).max(1), &error.to_string()).caused_by(error)
    })?;
    let (Json::Days(days) | Json::Year { days }) = json;
    Ok(days.into_iter().map(|day| Listed { date: day.date, works: !day.is_off_day }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn builtin() -> Calendar {
        Calendar::builtin().expect("the shipped calendar")
    }

    #[test]
    fn the_day_after_the_first_is_day_one() {
        // domain.md §2, counted by hand from the notice of 2024 (国办发明电〔2023〕7号).
        assert_eq!(builtin().working_days(day("2024-02-02"), day("2024-02-19")).ok(), Some(8));
        assert_eq!(builtin().working_days(day("2024-01-31"), day("2024-02-20")).ok(), Some(11));
        assert_eq!(builtin().working_days(day("2024-02-19"), day("2024-02-02")).ok(), Some(-8));
        assert_eq!(builtin().working_days(day("2024-02-19"), day("2024-02-19")).ok(), Some(0));
    }

    #[test]
    fn years_have_the_working_days_that_are_published() {
        let counts = [(2023, 249), (2024, 251), (2025, 248), (2026, 248)];
        for (year, count) in counts {
            // From the last day of the year before, so that 1 January may count.
            let from = day(&format!("{}-12-31", year - 1));
            assert_eq!(builtin().working_days(from, day(&format!("{year}-12-31"))).ok(), Some(count), "{year}");
        }
    }

    #[test]
    fn limits_end_on_days_that_are_worked() {
        let calendar = builtin();
        assert_eq!(calendar.working_day_after(day("2024-02-02"), 8), Some(day("2024-02-19")));
        assert_eq!(calendar.working_day_after(day("2024-02-02"), 1), Some(day("2024-02-04")));
        assert_eq!(calendar.working_day_after(day("2024-02-10"), 0), Some(day("2024-02-10")));
        assert_eq!(calendar.working_day_from(day("2024-02-10")), Some(day("2024-02-18")));
        assert_eq!(calendar.working_day_from(day("2024-02-19")), Some(day("2024-02-19")));
    }

    #[test]
    fn outside_of_the_coverage_nothing_is_known() {
        let calendar = builtin();
        assert_eq!(calendar.coverage(), (day("2004-01-01"), day("2026-12-31")));
        assert_eq!(calendar.final_until(), day("2026-12-25"));
        assert_eq!(calendar.is_working_day(day("2003-12-31")), None);
        assert_eq!(calendar.is_working_day(day("2026-12-31")), Some(true));
        assert_eq!(calendar.is_working_day(day("2027-01-01")), None);
        assert_eq!(calendar.working_day_after(day("2026-12-31"), 1), None);
        assert_eq!(calendar.working_day_from(day("2027-01-01")), None);
        let error = calendar.working_days(day("2026-12-01"), day("2027-01-04")).expect_err("not covered");
        assert_eq!(error.code(), "calendar_uncovered");
        assert_eq!(calendar.is_working_day(NaiveDate::MAX), None);
    }

    #[test]
    fn counting_agrees_with_walking_day_by_day() {
        let calendar = builtin();
        let from = day("2005-12-20");
        let mut count = 0;
        for to in from.iter_days().skip(1).take(800) {
            count += i64::from(calendar.is_working_day(to).expect("covered"));
            assert_eq!(calendar.working_days(from, to).ok(), Some(count), "{to}");
        }
        // A Saturday that was made up for New Year's Day 2006.
        assert_eq!(calendar.is_working_day(day("2005-12-31")), Some(true));
    }

    const YEAR_2027: &str = "date,day\n2027-01-01,休\n2027-01-02,班\n2027-05-01,off\n2027-10-01,休\n";

    #[test]
    fn a_file_extends_the_coverage_by_whole_years() {
        let calendar = builtin().extended(YEAR_2027).expect("a calendar");
        assert_eq!(calendar.coverage().1, day("2027-12-31"));
        assert_eq!(calendar.final_until(), day("2027-12-25"));
        assert_eq!(calendar.is_working_day(day("2027-01-02")), Some(true));
        assert_eq!(calendar.is_working_day(day("2027-01-03")), Some(false));
        assert_eq!(calendar.is_working_day(day("2027-01-04")), Some(true));
        assert_ne!(calendar.version(), builtin().version());
        let json = r#"{"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"date": "2027-01-02", "isOffDay": false}, {"date": "2027-05-01", "isOffDay": true},
            {"date": "2027-10-01", "isOffDay": true}]}"#;
        assert_eq!(builtin().extended(json).expect("a calendar").version(), calendar.version());
    }

    #[test]
    fn a_file_is_read_in_the_encodings_of_spreadsheets() {
        let path = std::env::temp_dir().join(format!("zonekpi-calendar-{}.csv", std::process::id()));
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("a file");
            let calendar = Calendar::read(&path);
            std::fs::remove_file(&path).expect("removed");
            calendar
        };
        let text = "日期,类型\n2024-02-09,休\n";
        let wide: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let versions = [text.as_bytes(), &encoding_rs::GB18030.encode(text).0, &wide]
            .map(|bytes| read(bytes).expect("a calendar").version().to_owned());
        assert_eq!(versions[0], builtin().extended(text).expect("a calendar").version());
        assert_eq!((&versions[1], &versions[2]), (&versions[0], &versions[0]));
        // 休 cut in half.
        let error = read(b"date,day\n2024-02-09,\xd0\n").expect_err("no text");
        assert_eq!((error.code(), error.kind()), ("encoding_unknown", ErrorKind::Input));
    }

    #[test]
    fn a_file_overrides_single_days_of_what_is_covered() {
        let calendar = builtin().extended("日期,类型\n2024-02-09,休\n").expect("a calendar");
        assert_eq!(calendar.is_working_day(day("2024-02-09")), Some(false));
        assert_eq!(calendar.coverage(), builtin().coverage());
        assert_eq!(calendar.final_until(), builtin().final_until());
        assert_eq!(calendar.working_days(day("2024-02-02"), day("2024-02-19")).ok(), Some(7));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        let code = |text: &str| {
            let error = builtin().extended(text).expect_err("a wrong calendar");
            (error.code(), error.place().line)
        };
        assert_eq!(code("date,day\n2027-01-01,休\n"), ("calendar_incomplete", None));
        assert_eq!(code("date,day\n2028-01-01,休\n2028-05-01,休\n2028-10-01,休\n"), ("calendar_gap", None));
        assert_eq!(code("date,day\n2026-02-30,休\n"), ("calendar_unreadable", Some(2)));
        assert_eq!(code("date,day\n\n2026-02-20,maybe\n"), ("calendar_unreadable", Some(3)));
        assert_eq!(code("when,what\n2026-02-20,休\n"), ("calendar_unreadable", Some(1)));
        assert_eq!(code("{\"days\": 3}"), ("calendar_unreadable", Some(1)));
    }
}

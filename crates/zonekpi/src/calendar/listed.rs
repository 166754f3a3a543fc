//! What a text lists of a calendar: its lines, and whether a year that is new is listed whole.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::Value;

use super::Calendar;
use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::message::{ErrorCode, Message, Phrase};

/// One line of a calendar: a day that does not go by the week, or that is said to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) date: NaiveDate,
    pub(crate) works: bool,
}

/// Weekdays in a row that the Spring Festival takes at the least; in every known year it took five.
const FESTIVAL: u32 = 3;

pub(super) fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The days from one of a year to another.
fn span(year: i32, from: (u32, u32), to: (u32, u32)) -> impl Iterator<Item = NaiveDate> {
    let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let last = day(to);
    day(from).into_iter().flat_map(|day| day.iter_days()).take_while(move |day| Some(*day) <= last)
}

impl Calendar {
    /// A new year must be listed whole, for what is not listed goes by the week. Nobody can tell that from a list, but
    /// what every notice has must be there: three holidays on their days, the days of the Spring Festival, and as many
    /// weekdays off as in any year.
    pub(super) fn whole(&self, year: i32, listed: &[Listed]) -> Result<()> {
        let refused = |missing: Message| {
            let message = ErrorCode::CalendarIncomplete.message().with("year", year);
            Err(Error::new(ErrorKind::Input, message.with_messages("missing", vec![missing])))
        };
        let works = |day: NaiveDate| listed.iter().rev().find(|line| line.date == day).map(|line| line.works);
        let fixed = [(1, 1), (5, 1), (10, 1)].map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
        for date in fixed.into_iter().flatten() {
            if works(date) != Some(false) {
                return refused(Phrase::CalendarWithoutDay.message().with("day", date));
            }
        }
        let is_off = |day: &NaiveDate| !works(*day).unwrap_or(is_weekday(*day));
        let mut festival = 0;
        for day in span(year, (1, 15), (2, 28)) {
            match (is_off(&day), is_weekday(day)) {
                (false, _) => festival = 0,
                (true, weekday) => festival += u32::from(weekday),
            }
            if festival == FESTIVAL {
                break;
            }
        }
        if festival < FESTIVAL {
            return refused(Phrase::CalendarWithoutFestival.message().with("days", FESTIVAL));
        }
        let weekdays_off = |year: i32, is_off: &dyn Fn(&NaiveDate) -> bool| {
            span(year, (1, 1), (12, 31)).filter(|day| is_weekday(*day) && is_off(day)).count()
        };
        let (first, last) = self.coverage();
        let known = (first.year()..=last.year())
            .map(|year| weekdays_off(year, &|day| self.is_working_day(*day) == Some(false)));
        let (found, least) = (weekdays_off(year, &is_off), known.min().unwrap_or(0));
        if found < least {
            return refused(Phrase::CalendarTooFewOff.message().with("found", found).with("least", least));
        }
        Ok(())
    }
}

/// `year` must be the next after (before) `covered`.
pub(super) fn follows(covered: i32, year: i32, step: i32) -> Result<()> {
    if year == covered + step {
        return Ok(());
    }
    let message = ErrorCode::CalendarGap.message().with("year", year).with("missing", covered + step);
    Err(Error::new(ErrorKind::Input, message))
}

pub(super) fn unreadable(line: u64, found: &str) -> Error {
    let message = ErrorCode::CalendarUnreadable.message().with("found", found);
    Error::new(ErrorKind::Input, message).at(Place { line: Some(line), ..Place::default() })
}

const OFF: [&str; 6] = ["休", "off", "假", "holiday", "节假日", "休息"];
const WORK: [&str; 6] = ["班", "work", "workday", "上班", "补班", "工作日"];

pub(super) fn of_csv(text: &str) -> Result<Vec<Listed>> {
    let head = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|mark| head.as_bytes().contains(mark)).unwrap_or(b',');
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).comment(Some(b'#')).flexible(true).trim(csv::Trim::All);
    let mut reader = builder.from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        unreadable(line, text.lines().nth(usize::try_from(line - 1).unwrap_or(0)).unwrap_or_default()).caused_by(error)
    };
    let headers = reader.headers().map_err(broken)?.clone();
    let column = |names: &[&str]| headers.iter().position(|h| names.contains(&h.to_lowercase().as_str()));
    let (Some(date), Some(day)) = (column(&["date", "日期"]), column(&["day", "类型", "班休"])) else {
        return Err(unreadable(1, &headers.iter().collect::<Vec<_>>().join(",")));
    };
    let mut listed = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(1, |start| line_of(text, start));
        let (date, day) = (record.get(date).unwrap_or_default(), record.get(day).unwrap_or_default());
        let parsed = date_of(date).ok_or_else(|| unreadable(line, date))?;
        let word = day.to_lowercase();
        let works = WORK.contains(&word.as_str());
        if !works && !OFF.contains(&word.as_str()) {
            // Of a word of one sign, or of 调休, the nearest may say the opposite.
            let near = nearest(&word, OFF.into_iter().chain(WORK)).filter(|_| word.is_ascii() && word.len() > 2);
            return Err(unreadable(line, day).suggest(near));
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

/// A day as people and spreadsheets write it: 2027-01-01, 2027/1/1, 2027.1.1, 2027年1月1日, 20270101.
fn date_of(written: &str) -> Option<NaiveDate> {
    let written = written.trim().trim_end_matches('日');
    if let (8, Ok(digits)) = (written.len(), written.parse::<u32>()) {
        let year = i32::try_from(digits / 10_000).ok()?;
        return NaiveDate::from_ymd_opt(year, digits / 100 % 100, digits % 100);
    }
    let mut parts = written.split(['-', '/', '.', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = year.len() == 4 && parts.next().is_none();
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).filter(|_| is_whole)
}

pub(super) fn of_json(text: &str) -> Result<Vec<Listed>> {
    let json: Value = serde_json::from_str(text).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or(1).max(1);
        let found = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        unreadable(line, found.trim()).caused_by(error)
    })?;
    let days = json.as_array().or_else(|| json.get("days")?.as_array());
    let days = days.ok_or_else(|| unreadable(1, &shortened(&json)))?;
    let one = |day: &Value| {
        let date = date_of(day.get("date")?.as_str()?)?;
        Some(Listed { date, works: !day.get("isOffDay")?.as_bool()? })
    };
    days.iter()
        .map(|day| {
            let found = shortened(day);
            one(day).ok_or_else(|| {
                let message = ErrorCode::CalendarUnreadable.message().with("found", &found);
                Error::new(ErrorKind::Input, message)
            })
        })
        .collect()
}

/// The beginning of what was found, for telling.
fn shortened(found: &Value) -> String {
    found.to_string().chars().take(60).collect()
}

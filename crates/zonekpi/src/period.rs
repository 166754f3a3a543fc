//! Spans of days as people write them (2024, 2024Q1, 2024年3月), and the calendar grid of a series.
//!
//! Nothing here knows stocks, flows or ledgers: what a period means for an indicator is the query's business.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::error::{Error, ErrorKind, Result, nearest};
use crate::message::{ErrorCode, Language, Phrase};

/// Years outside this range are slips of the pen, not periods of a development zone.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The longest series: two thousand months are 166 years.
const GRID_CAP: usize = 2_000;

/// A span of days, both ends included, or all days up to the date asked about.
///
/// # Which days are in the first half of 2024?
///
/// ```
/// use zonekpi::Period;
///
/// let half = Period::parse("2024H1")?;
/// assert_eq!(half, Period::parse("2024年上半年")?);
/// assert_eq!(half, Period::parse("2024-01-01..2024-06-30")?);
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 累计: all up to the date asked about.
    Cumulative,
    /// From the first to the last day, both included.
    Days {
        /// The first day.
        start: NaiveDate,
        /// The last day.
        end: NaiveDate,
    },
}

impl Period {
    /// The period that a text names.
    ///
    /// A year `2024`, a half `2024H1`, a quarter `2024Q1`, a month `2024-03`, a day `2024-03-05`, `cumulative`; in
    /// Chinese 2024年, 2024年上半年, 2024年一季度, 2024年3月, 2024年1–5月, 2024年3月5日, 累计; and two of these that
    /// are not cumulative with `..` between them. Everything that [`Period::label`] writes is read back.
    ///
    /// # Errors
    ///
    /// Where the text has another form, names a day that does not exist, a year outside 1900–2200, or ends before
    /// it starts.
    pub fn parse(text: &str) -> Result<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        let plain = plain.to_lowercase();
        if matches!(plain.as_str(), "cumulative" | "累计") {
            return Ok(Self::Cumulative);
        }
        for between in ["..", "至", "to", "~"] {
            if let Some((first, last)) = plain.split_once(between) {
                let (start, _) = span(first, text)?;
                let (_, end) = span(last, text)?;
                return Self::between(start, end);
            }
        }
        let (start, end) = span(&plain, text)?;
        Self::between(start, end)
    }

    /// The period from `start` to `end`, both included.
    ///
    /// # Errors
    ///
    /// Where `end` is before `start`, or a year is outside 1900–2200.
    pub fn between(start: NaiveDate, end: NaiveDate) -> Result<Self> {
        plausible(start.year())?;
        plausible(end.year())?;
        if end < start {
            let message = ErrorCode::PeriodReversed.message().with("start", start).with("end", end);
            return Err(Error::new(ErrorKind::Query, message));
        }
        Ok(Self::Days { start, end })
    }

    /// The first day; `None` for cumulative.
    pub fn start(self) -> Option<NaiveDate> {
        match self {
            Self::Cumulative => None,
            Self::Days { start, .. } => Some(start),
        }
    }

    /// The last day; `None` for cumulative.
    pub fn end(self) -> Option<NaiveDate> {
        match self {
            Self::Cumulative => None,
            Self::Days { end, .. } => Some(end),
        }
    }

    /// The shortest usual name of the period: 2024年3月 / `2024-03`, 2024年一季度 / `2024 Q1`; of a span that is no
    /// calendar period, its two ends.
    pub fn label(self, language: Language) -> String {
        let Self::Days { start, end } = self else { return Phrase::Cumulative.message().text(language) };
        let whole = |every: Every| every.containing(start) == (start, end);
        let (year, first, last) = (start.year(), start.month(), end.month());
        // English has ISO's two digits; Chinese writes 3月.
        let month = |m: u32| if language == Language::En { format!("{m:02}") } else { m.to_string() };
        let message = if start == end {
            let day = if language == Language::En { format!("{:02}", start.day()) } else { start.day().to_string() };
            Phrase::PeriodDay.message().with("month", month(first)).with("day", day)
        } else if whole(Every::Year) {
            Phrase::PeriodYear.message()
        } else if whole(Every::HalfYear) {
            if first == 1 { Phrase::PeriodFirstHalf.message() } else { Phrase::PeriodSecondHalf.message() }
        } else if whole(Every::Quarter) {
            match first {
                1 => Phrase::PeriodFirstQuarter.message(),
                4 => Phrase::PeriodSecondQuarter.message(),
                7 => Phrase::PeriodThirdQuarter.message(),
                _ => Phrase::PeriodFourthQuarter.message(),
            }
        } else if whole(Every::Month) {
            Phrase::PeriodMonth.message().with("month", month(first))
        } else if year == end.year() && start.day() == 1 && Every::Month.containing(end).1 == end {
            Phrase::PeriodMonths.message().with("first", month(first)).with("last", month(last))
        } else {
            Phrase::PeriodDays.message().with("start", start).with("end", end)
        };
        message.with("year", year).text(language)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label(Language::En))
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// The step of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// 月
    Month,
    /// 季
    Quarter,
    /// 半年
    HalfYear,
    /// 年
    Year,
}

impl Every {
    /// The steps, the shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    /// The name: `month`, `quarter`, `half_year`, `year`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    /// The step of a name: `month`, `quarter`, `half_year`, `year`; 月, 季, 半年, 年.
    ///
    /// # Errors
    ///
    /// Where nothing has the name; the nearest one is suggested.
    pub fn parse(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "month" | "月" | "月度" => Ok(Self::Month),
            "quarter" | "季" | "季度" => Ok(Self::Quarter),
            "half_year" | "半年" | "半年度" => Ok(Self::HalfYear),
            "year" | "年" | "年度" => Ok(Self::Year),
            _ => {
                let names = Self::ALL.map(Self::as_str);
                let message = ErrorCode::UnknownEvery.message().with("found", text).with("allowed", names.join(", "));
                // A step is a word of the query's own, not a name of the ledger: hence not `UnknownName`.
                Err(Error::new(ErrorKind::Query, message).suggest(nearest(text, names)))
            }
        }
    }

    /// How many months one step has.
    const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// First and last day of the calendar period that holds `date`.
    pub fn containing(self, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let months = self.months();
        let first = date.month0() / months * months + 1;
        let start = NaiveDate::from_ymd_opt(date.year(), first, 1).unwrap_or(date);
        let next = if first + months > 12 {
            NaiveDate::from_ymd_opt(date.year() + 1, 1, 1)
        } else {
            NaiveDate::from_ymd_opt(date.year(), first + months, 1)
        };
        // The last year that chrono holds has no next one; its last day then is the last of all.
        (start, next.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX))
    }

    /// The calendar periods from `first` to `last`, in order, the outer two cut there.
    ///
    /// # Errors
    ///
    /// Where `last` is before `first`, or where there are more than 2,000 periods.
    pub fn grid(self, first: NaiveDate, last: NaiveDate) -> Result<Vec<(NaiveDate, NaiveDate)>> {
        if last < first {
            let message = ErrorCode::PeriodReversed.message().with("start", first).with("end", last);
            return Err(Error::new(ErrorKind::Query, message));
        }
        let mut periods = Vec::new();
        let mut start = first;
        loop {
            let end = self.containing(start).1.min(last);
            if periods.len() == GRID_CAP {
                let message = ErrorCode::TooManyPeriods
                    .message()
                    .with("every", self.as_str())
                    .with("start", first)
                    .with("end", last)
                    .with("allowed", GRID_CAP);
                return Err(Error::new(ErrorKind::Query, message));
            }
            periods.push((start, end));
            match end.succ_opt() {
                Some(next) if next <= last => start = next,
                _ => return Ok(periods),
            }
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Every {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// The day that a text names: `2024-03-31`, `2024/3/31` or 2024年3月31日.
///
/// # Errors
///
/// Where the text has another form, or where there is no such day.
pub(crate) fn date(text: &str) -> Result<NaiveDate> {
    let plain = text.trim();
    match day(plain) {
        Some(parts) => ymd(parts, plain),
        None => Err(Error::new(ErrorKind::Query, ErrorCode::InvalidDate.message().with("found", text))),
    }
}

/// Year, month and day as written, if the text has a form of a full date.
fn day(text: &str) -> Option<(i32, u32, u32)> {
    // ISO has two digits each; the other two forms are written without leading zeros as often as with them.
    if let [y, m, d] = text.split('-').collect::<Vec<_>>()[..] {
        return Some((year(y)?, number(m, 2, 2)?, number(d, 2, 2)?));
    }
    if let [y, m, d] = text.split('/').collect::<Vec<_>>()[..] {
        return Some((year(y)?, number(m, 1, 2)?, number(d, 1, 2)?));
    }
    let (y, rest) = text.split_once('年')?;
    let (m, rest) = rest.split_once('月')?;
    let d = rest.strip_suffix('日').or_else(|| rest.strip_suffix('号'))?;
    Some((year(y)?, number(m, 1, 2)?, number(d, 1, 2)?))
}

/// First and last day of one named span. `whole` is what the caller wrote, for the error.
fn span(plain: &str, whole: &str) -> Result<(NaiveDate, NaiveDate)> {
    if let Some(parts) = day(plain) {
        let day = ymd(parts, plain)?;
        return Ok((day, day));
    }
    let Some((year, first, last)) = months(plain) else {
        return Err(Error::new(ErrorKind::Query, ErrorCode::InvalidPeriod.message().with("found", whole)));
    };
    let start = ymd((year, first, 1), plain)?;
    let end = Every::Month.containing(ymd((year, last, 1), plain)?).1;
    Ok((start, end))
}

/// Year, first month and last month of a span of whole months.
fn months(text: &str) -> Option<(i32, u32, u32)> {
    if let Some(y) = year(text) {
        return Some((y, 1, 12));
    }
    for (mark, length, count) in [('h', 6, 2), ('q', 3, 4)] {
        if let Some((y, n)) = text.split_once(mark) {
            // `2024-Q1` is as usual as `2024Q1`.
            return parts_of_year(year(y.strip_suffix('-').unwrap_or(y))?, number(n, 1, 1)?, length, count);
        }
    }
    // 2024年1-5月 has a dash too.
    if let Some((Some(y), m)) = text.split_once('-').map(|(y, m)| (year(y), m)) {
        let m = number(m, 2, 2)?;
        return Some((y, m, m));
    }
    let (y, rest) = text.split_once('年')?;
    let y = year(y)?;
    match rest {
        "" | "全年" => return Some((y, 1, 12)),
        "上半年" => return Some((y, 1, 6)),
        "下半年" => return Some((y, 7, 12)),
        _ => {}
    }
    if let Some(n) = rest.strip_suffix("季度") {
        let n = match n.strip_prefix('第').unwrap_or(n) {
            "一" => 1,
            "二" => 2,
            "三" => 3,
            "四" => 4,
            n => number(n, 1, 1)?,
        };
        return parts_of_year(y, n, 3, 4);
    }
    let rest = rest.strip_suffix('月')?;
    match rest.split_once(['-', '–', '—']) {
        Some((first, last)) => Some((y, number(first, 1, 2)?, number(last, 1, 2)?)),
        None => number(rest, 1, 2).map(|m| (y, m, m)),
    }
}

/// The `n`th of `count` parts of a year, each `length` months long.
fn parts_of_year(year: i32, n: u32, length: u32, count: u32) -> Option<(i32, u32, u32)> {
    (1..=count).contains(&n).then(|| (year, (n - 1) * length + 1, n * length))
}

fn year(text: &str) -> Option<i32> {
    i32::try_from(number(text, 4, 4)?).ok()
}

/// A number written with so many ASCII digits and nothing else.
fn number(text: &str, least: usize, most: usize) -> Option<u32> {
    let digits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn ymd((year, month, day): (i32, u32, u32), written: &str) -> Result<NaiveDate> {
    plausible(year)?;
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| Error::new(ErrorKind::Query, ErrorCode::ImpossibleDate.message().with("found", written)))
}

fn plausible(year: i32) -> Result<()> {
    if YEARS.contains(&year) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Query, ErrorCode::ImplausibleYear.message().with("found", year)))
}

/// Full-width letters, digits and signs as an input method leaves them, in ASCII.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn later(date: NaiveDate, days: u64) -> Option<NaiveDate> {
        date.checked_add_days(Days::new(days))
    }

    fn d(text: &str) -> NaiveDate {
        date(text).expect("a date")
    }

    fn days(start: &str, end: &str) -> Period {
        Period::between(d(start), d(end)).expect("a period")
    }

    #[test]
    fn names_of_periods_are_read() {
        for (text, start, end) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024年", "2024-01-01", "2024-12-31"),
            ("2024H1", "2024-01-01", "2024-06-30"),
            ("2024h2", "2024-07-01", "2024-12-31"),
            ("2024年上半年", "2024-01-01", "2024-06-30"),
            ("2024年下半年", "2024-07-01", "2024-12-31"),
            ("2024Q1", "2024-01-01", "2024-03-31"),
            ("2024 Q4", "2024-10-01", "2024-12-31"),
            ("2024-Q2", "2024-04-01", "2024-06-30"),
            ("２０２４Ｑ３", "2024-07-01", "2024-09-30"),
            ("2024年一季度", "2024-01-01", "2024-03-31"),
            ("2024年第四季度", "2024-10-01", "2024-12-31"),
            ("2024年2季度", "2024-04-01", "2024-06-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023年2月", "2023-02-01", "2023-02-28"),
            ("2024年1–5月", "2024-01-01", "2024-05-31"),
            ("2024年1-5月", "2024-01-01", "2024-05-31"),
            ("2024-03-05", "2024-03-05", "2024-03-05"),
            ("2024年3月5日", "2024-03-05", "2024-03-05"),
            ("2024-01-01..2024-03-31", "2024-01-01", "2024-03-31"),
            ("2024-01-15 至 2024-03-31", "2024-01-15", "2024-03-31"),
            ("2023Q4..2024-02", "2023-10-01", "2024-02-29"),
        ] {
            assert_eq!(Period::parse(text).expect(text), days(start, end), "{text}");
        }
        assert_eq!(Period::parse("cumulative").expect("cumulative"), Period::Cumulative);
        assert_eq!(Period::parse(" 累计 ").expect("累计"), Period::Cumulative);
    }

    #[test]
    fn other_texts_are_refused() {
        for (text, code) in [
            ("", "invalid_period"),
            ("24", "invalid_period"),
            ("2024-3", "invalid_period"),
            ("2024-1-1", "invalid_period"),
            ("2024Q5", "invalid_period"),
            ("2024Q0", "invalid_period"),
            ("2024H3", "invalid_period"),
            ("Q1", "invalid_period"),
            ("2024年五季度", "invalid_period"),
            ("2024-01-01..", "invalid_period"),
            ("2024-01-01..cumulative", "invalid_period"),
            ("去年", "invalid_period"),
            ("2024-13", "impossible_date"),
            ("2024-00", "impossible_date"),
            ("2024年13月", "impossible_date"),
            ("2023-02-29", "impossible_date"),
            ("1024", "implausible_year"),
            ("2024-12-31..2201-01-01", "implausible_year"),
            ("2024-03-31..2024-01-01", "period_reversed"),
            ("2024年5–3月", "period_reversed"),
        ] {
            assert_eq!(Period::parse(text).expect_err(text).code(), code, "{text}");
        }
        insta::assert_snapshot!(Period::parse("2024Q5").expect_err("five quarters"), @"'2024Q5' is not a period; write 2024, 2024H1, 2024Q1, 2024-03, 2024-03-05, 2024-01-01..2024-03-31 or cumulative");
        insta::assert_snapshot!(Period::parse("去年").expect_err("last year").text(Language::Zh), @"“去年”不是期间；可写作 2024、2024H1、2024Q1、2024-03、2024-03-05、2024-01-01..2024-03-31、累计，或 2024年、2024年上半年、2024年一季度、2024年3月");
    }

    #[test]
    fn dates_are_iso_or_plainly_chinese() {
        for text in ["2024-03-31", "2024/3/31", "2024/03/31", "2024年3月31日", " 2024-03-31 "] {
            assert_eq!(date(text).expect(text), NaiveDate::from_ymd_opt(2024, 3, 31).expect("a day"), "{text}");
        }
        for text in ["2024-3-31", "2024.3.31", "20240331", "31/3/2024", "2024-03", "2024-03-31T00:00", "２０２４-03-31"]
        {
            assert_eq!(date(text).expect_err(text).code(), "invalid_date", "{text}");
        }
        assert_eq!(date("2024-02-30").expect_err("no such day").code(), "impossible_date");
    }

    #[test]
    fn labels_are_the_shortest_usual_names() {
        for (period, zh, en) in [
            (days("2024-01-01", "2024-12-31"), "2024年", "2024"),
            (days("2024-01-01", "2024-06-30"), "2024年上半年", "2024 H1"),
            (days("2024-07-01", "2024-12-31"), "2024年下半年", "2024 H2"),
            (days("2024-01-01", "2024-03-31"), "2024年一季度", "2024 Q1"),
            (days("2024-10-01", "2024-12-31"), "2024年四季度", "2024 Q4"),
            (days("2024-03-01", "2024-03-31"), "2024年3月", "2024-03"),
            (days("2024-01-01", "2024-05-31"), "2024年1–5月", "2024-01 to 2024-05"),
            (days("2024-03-05", "2024-03-05"), "2024年3月5日", "2024-03-05"),
            (days("2024-01-01", "2024-03-30"), "2024-01-01 至 2024-03-30", "2024-01-01 to 2024-03-30"),
            (days("2023-01-01", "2024-12-31"), "2023-01-01 至 2024-12-31", "2023-01-01 to 2024-12-31"),
            (Period::Cumulative, "累计", "cumulative"),
        ] {
            assert_eq!(period.label(Language::Zh), zh);
            assert_eq!(period.label(Language::En), en);
        }
    }

    #[test]
    fn every_label_is_read_back() {
        let first = d("2023-11-28");
        for from in 0..150 {
            for length in 0..150 {
                let start = later(first, from).expect("a day");
                let period = Period::between(start, later(start, length).expect("a day")).expect("a period");
                for language in [Language::Zh, Language::En] {
                    let label = period.label(language);
                    assert_eq!(Period::parse(&label).expect("a label"), period, "{label}");
                }
            }
        }
    }

    #[test]
    fn steps_have_names_and_suggestions() {
        for (text, every) in [
            ("month", Every::Month),
            ("quarter", Every::Quarter),
            ("half_year", Every::HalfYear),
            ("year", Every::Year),
            ("月", Every::Month),
            ("季", Every::Quarter),
            ("半年", Every::HalfYear),
            ("年", Every::Year),
        ] {
            assert_eq!(Every::parse(text).expect(text), every);
        }
        insta::assert_snapshot!(Every::parse("quater").expect_err("a slip"), @"'quater' is not a step of a series; there are: month, quarter, half_year, year; did you mean 'quarter'?");
    }

    #[test]
    fn a_grid_covers_its_days_once() {
        let (first, last) = (d("2023-11-15"), d("2025-02-10"));
        for every in Every::ALL {
            let grid = every.grid(first, last).expect("a grid");
            assert_eq!(grid.first().map(|p| p.0), Some(first));
            assert_eq!(grid.last().map(|p| p.1), Some(last));
            for pair in grid.windows(2) {
                assert_eq!(pair[0].1.succ_opt(), Some(pair[1].0));
                assert_eq!(every.containing(pair[1].0).0, pair[1].0);
            }
        }
        assert_eq!(Every::Month.grid(first, last).expect("months").len(), 16);
        assert_eq!(Every::Quarter.grid(first, last).expect("quarters").len(), 6);
        assert_eq!(Every::HalfYear.grid(first, last).expect("halves").len(), 4);
        assert_eq!(Every::Year.grid(first, last).expect("years").len(), 3);
        assert_eq!(Every::Year.grid(first, first).expect("a day"), [(first, first)]);
    }

    #[test]
    fn a_grid_is_not_endless() {
        assert_eq!(Every::Month.grid(d("1900-01-01"), d("2066-08-31")).expect("2,000 months").len(), 2_000);
        let error = Every::Month.grid(d("1900-01-01"), d("2066-09-01")).expect_err("one more");
        assert_eq!(error.code(), "too_many_periods");
        assert_eq!(Every::Year.grid(d("2024-02-01"), d("2024-01-01")).expect_err("reversed").code(), "period_reversed");
        let end = NaiveDate::MAX;
        assert_eq!(Every::Year.containing(end).1, end);
    }
}

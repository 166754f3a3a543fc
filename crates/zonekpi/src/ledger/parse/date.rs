//! Dates as cells write them: a day, or the interval that a month, a third of a month or a year is.

use chrono::NaiveDate;

use super::super::text;
use super::clock::{has_parted_digits, without_spoken_time, without_time, without_weekday};
use super::numeral;

/// The first and the last day that a text may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotADate {
    Impossible,
    /// A date of no year that a ledger is about.
    OutOfRange,
    YearMissing,
    YearTwoDigits,
    Plan,
    Range,
    Unreadable,
}

pub(crate) use crate::calendar::{days, from_days};

fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The last day of a month.
pub(crate) fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    let next = if month == 12 { ymd(year + 1, 1, 1) } else { ymd(year, month + 1, 1) };
    next.and_then(|d| d.pred_opt())
}

fn point(date: NaiveDate) -> Days {
    Days { from: date, to: date }
}

fn months(year: i32, first: u32, last: u32) -> Result<Days, NotADate> {
    let from = ymd(year, first, 1).ok_or(NotADate::Impossible)?;
    let to = month_end(year, last).ok_or(NotADate::Impossible)?;
    Ok(Days { from, to })
}

/// Years that ledgers are about; a number outside is not a year.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2100;

fn year_of(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    (digits.len() == 4 && YEARS.contains(&year)).then_some(year)
}

/// The first day of the first and the last day of the last of these years, counted from 1970-01-01.
pub(crate) const DAYS: std::ops::RangeInclusive<i32> = -7_670..=47_846;

/// Whether a day lies in a year that ledgers are about. 1900-01-05 is the number 5 in a cell formatted as a date.
pub(crate) fn is_in_range(days: i32) -> bool {
    DAYS.contains(&days)
}

/// Words before a day that make it a plan.
const PLANNED: [&str; 20] = [
    "预计",
    "原计划",
    "计划",
    "拟定",
    "拟于",
    "拟",
    "预期",
    "力争",
    "争取",
    "预定",
    "预估",
    "暂定",
    "确保",
    "规划",
    "目标",
    "应于",
    "将于",
    "有望",
    "预备",
    "准备",
];

/// The text after a word that makes it a plan, if one stands before it or in brackets after it.
pub(crate) fn after_plan_word(compacted: &str) -> Option<&str> {
    if let Some(rest) = PLANNED.iter().find_map(|w| compacted.strip_prefix(w)) {
        return Some(rest.trim_start_matches(['于', '在', ':']));
    }
    let rest = compacted.strip_suffix(')')?;
    let (before, inside) = rest.rsplit_once('(')?;
    PLANNED.contains(&inside).then_some(before)
}

/// The text before a word that makes it the last day: 2024年6月底前.
pub(crate) fn before_by_word(compacted: &str) -> Option<&str> {
    ["之前", "以前", "前"].iter().find_map(|w| compacted.strip_suffix(w))
}

/// Reads a text. Spaces may stand anywhere but between two digits, widths are folded, Chinese numerals are numerals.
pub(crate) fn read(text: &str) -> Result<Days, NotADate> {
    let spaced = text::width_folded(text);
    let spaced = without_time(&spaced);
    if has_parted_digits(spaced) {
        return Err(NotADate::Unreadable);
    }
    let compacted = text::compact(spaced);
    let compacted = numerals(&without_weekday(without_spoken_time(&compacted)).replace("元月", "1月"));
    let compacted = compacted.as_str();
    if after_plan_word(compacted).is_some() {
        return Err(NotADate::Plan);
    }
    match whole(compacted) {
        Err(NotADate::Unreadable) if is_range(compacted) || is_open_range(compacted) => Err(NotADate::Range),
        result => result,
    }
}

/// 二〇二三年十二月 → 2023年12月. A run that is not surely one number (三四月) stays as it is.
fn numerals(text: &str) -> String {
    let numeric = |c: char| numeral::digit(c).is_some() || matches!(c, '十' | '拾');
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(numeric) {
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(from.find(|c| !numeric(c)).unwrap_or(from.len()));
        let characters: Vec<char> = run.chars().collect();
        let digit_by_digit = characters.len() == 1
            || characters.len() == 4
            || characters.iter().any(|c| numeral::digit(*c) == Some(0))
            || after.starts_with('年');
        let number = if characters.iter().any(|c| matches!(c, '十' | '拾')) {
            numeral::cardinal(&characters).map(|n| n.to_string())
        } else {
            numeral::positional(&characters).filter(|_| digit_by_digit)
        };
        // Digits of both sorts side by side are no number.
        let alone = !before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit());
        result.push_str(before);
        result.push_str(number.filter(|_| alone).as_deref().unwrap_or(run));
        rest = after;
    }
    result.push_str(rest);
    result
}

/// A run of digits at the front, and what follows it.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

fn whole(text: &str) -> Result<Days, NotADate> {
    let (first, rest) = digits(text);
    match first.len() {
        8 if rest.is_empty() => {
            let (year, rest) = first.split_at(4);
            let (month, day) = rest.split_at(2);
            year_month_day(year_of(year).ok_or(NotADate::OutOfRange)?, month, day)
        }
        6 if rest.is_empty() => {
            let (year, month) = first.split_at(4);
            year_month(year_of(year).ok_or(NotADate::OutOfRange)?, month, "")
        }
        4 => match year_of(first) {
            Some(year) => in_year(year, rest),
            // 1023年5月: else a date, but of another age.
            None => in_year(2024, rest).and(Err(NotADate::OutOfRange)),
        },
        5 if rest.starts_with(['年', '-', '/', '.']) => in_year(2024, rest).and(Err(NotADate::OutOfRange)),
        2 => without_century(text),
        1 => month_alone(text),
        _ => Err(NotADate::Unreadable),
    }
}

fn in_year(year: i32, rest: &str) -> Result<Days, NotADate> {
    if let Some(days) = part_of_year(year, rest) {
        return days;
    }
    let separator = rest.chars().next();
    let Some(separator) = separator.filter(|c| matches!(c, '年' | '-' | '/' | '.' | '_')) else {
        return if rest.is_empty() { months(year, 1, 12) } else { Err(NotADate::Unreadable) };
    };
    let rest = rest.strip_prefix(separator).unwrap_or(rest);
    let (month, rest) = digits(rest);
    if month.is_empty() || month.len() > 2 {
        return Err(NotADate::Unreadable);
    }
    if let Some(part) = rest.strip_prefix('月') {
        let (day, after) = digits(part);
        return match (day.len(), after) {
            (0, part) => year_month(year, month, part),
            (1 | 2, "" | "日" | "号") => year_month_day(year, month, day),
            _ => Err(NotADate::Unreadable),
        };
    }
    let Some(second) = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '_')) else {
        return year_month(year, month, rest);
    };
    let (day, after) = digits(rest.strip_prefix(second).unwrap_or(rest));
    // 2023.3-5 are three months as well as a day.
    let alike = second == separator || (separator == '年' && second == '.');
    match (day.len(), after) {
        (1 | 2, "" | "日" | "号") if alike => year_month_day(year, month, day),
        _ => Err(NotADate::Unreadable),
    }
}

/// 2023年上半年, 2023年三季度, 2023Q3: what follows a year and is no month.
fn part_of_year(year: i32, rest: &str) -> Option<Result<Days, NotADate>> {
    let spoken = rest.strip_prefix('年');
    let part = spoken.or_else(|| rest.strip_prefix('-')).unwrap_or(rest);
    let upper = part.to_uppercase();
    let short = match upper.as_str() {
        "Q1" => Some((1, 3)),
        "Q2" => Some((4, 6)),
        "Q3" => Some((7, 9)),
        "Q4" => Some((10, 12)),
        "H1" => Some((1, 6)),
        "H2" => Some((7, 12)),
        _ => None,
    };
    let (first, last) = match (short, spoken) {
        (Some(months), _) => months,
        (None, None) => return None,
        (None, Some(part)) => match part.strip_prefix('度').unwrap_or(part) {
            // The end of a year is surely in that year, and no closer day is said.
            "" | "全年" | "年" | "初" | "中" | "底" | "末" | "内" | "年初" | "年中" | "年底" | "年末" | "年内" => {
                (1, 12)
            }
            "上半年" => (1, 6),
            "下半年" => (7, 12),
            "前3季度" => (1, 9),
            quarter => {
                let quarter = quarter.trim_end_matches(['初', '末', '底', '内']);
                let quarter = quarter.strip_suffix("季度").or_else(|| quarter.strip_suffix('季'))?;
                match quarter.strip_prefix('第').unwrap_or(quarter) {
                    "1" => (1, 3),
                    "2" => (4, 6),
                    "3" => (7, 9),
                    "4" => (10, 12),
                    number if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) => {
                        return Some(Err(NotADate::Impossible));
                    }
                    _ => return None,
                }
            }
        },
    };
    Some(months(year, first, last))
}

fn year_month_day(year: i32, month: &str, day: &str) -> Result<Days, NotADate> {
    let (Ok(month), Ok(day)) = (month.parse(), day.parse()) else { return Err(NotADate::Unreadable) };
    ymd(year, month, day).map(point).ok_or(NotADate::Impossible)
}

fn year_month(year: i32, month: &str, part: &str) -> Result<Days, NotADate> {
    let month: u32 = month.parse().map_err(|_| NotADate::Unreadable)?;
    let end = month_end(year, month).filter(|_| month >= 1);
    let (Some(start), Some(end)) = (ymd(year, month, 1), end) else { return Err(NotADate::Impossible) };
    let day = |d| ymd(year, month, d).unwrap_or(end);
    let part = part.strip_prefix('份').unwrap_or(part);
    match part.strip_prefix('月').filter(|rest| !rest.is_empty()).unwrap_or(part) {
        "" | "内" => Ok(Days { from: start, to: end }),
        "初" | "上旬" => Ok(Days { from: start, to: day(10) }),
        "中旬" | "中" => Ok(Days { from: day(11), to: day(20) }),
        "底" | "末" | "下旬" => Ok(Days { from: day(21), to: end }),
        "上中旬" => Ok(Days { from: start, to: day(20) }),
        "中下旬" => Ok(Days { from: day(11), to: end }),
        _ => Err(NotADate::Unreadable),
    }
}

/// 23.12.5, 23年12月; or a month and a day without a year.
fn without_century(text: &str) -> Result<Days, NotADate> {
    let (first, rest) = digits(text);
    let month_first = month_alone(text);
    if month_first == Err(NotADate::YearMissing) && rest.starts_with('月') {
        return month_first;
    }
    let century = format!("20{first}");
    match year_of(&century).map(|year| in_year(year, rest)) {
        Some(Ok(_)) if !rest.is_empty() => Err(NotADate::YearTwoDigits),
        _ => month_first,
    }
}

/// 9月底, 12月5日, 5.20: the year is missing.
fn month_alone(text: &str) -> Result<Days, NotADate> {
    let (month, rest) = digits(text);
    let Some(rest) = rest.strip_prefix('月') else { return Err(NotADate::Unreadable) };
    let (day, after) = digits(rest);
    let part = if day.is_empty() { rest } else { "" };
    let day_fits = day.is_empty() || matches!(after, "" | "日" | "号");
    match year_month(2024, month, part) {
        Ok(_) if day_fits => Err(NotADate::YearMissing),
        _ => Err(NotADate::Unreadable),
    }
}

/// 2023年12月5日前, 2023年以来: one end only.
fn is_open_range(text: &str) -> bool {
    ["之前", "以前", "前", "之后", "以后", "后", "以来", "起", "至今", "至", "-"]
        .iter()
        .any(|word| text.strip_suffix(word).is_some_and(|date| date.len() > 4 && whole(date).is_ok()))
}

/// Two dates with a dash or 至 between them.
fn is_range(text: &str) -> bool {
    let date_like = |part: &str| {
        let result = whole(part);
        result.is_ok()
            || matches!(
                result,
                Err(NotADate::YearMissing | NotADate::YearTwoDigits | NotADate::Impossible | NotADate::OutOfRange)
            )
            || (!part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    text.char_indices()
        .filter(|(_, c)| matches!(c, '-' | '~' | '～' | '至' | '到' | '—' | '–' | '―' | '、' | ',' | ';'))
        .any(|(at, c)| {
            let (left, right) = text.split_at(at);
            let right = right.get(c.len_utf8()..).unwrap_or("").trim_start_matches(['-', '—']);
            left.len() > 2 && date_like(left) && date_like(right)
        })
}

/// What a number in a date column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberDate {
    Days(Days),
    /// A serial day of a spreadsheet, read as this day.
    Serial(NaiveDate),
    /// 2023.1: January or October.
    Ambiguous,
    Impossible,
    OutOfRange,
    Unreadable,
}

/// Reads a number: 20231205, 202312, 2023, 2023.12, or a serial day.
pub(crate) fn read_number(number: f64, epoch_1904: bool) -> NumberDate {
    let written = text::digits15(number);
    if let Some((year, month)) = written.split_once('.') {
        if let Some(year) = year_of(year) {
            return match month {
                "1" => NumberDate::Ambiguous,
                m if m.len() <= 2 => {
                    // 2023.2 can only be February: there is no month 20.
                    year_month(year, m, "").map_or(NumberDate::Impossible, NumberDate::Days)
                }
                _ => NumberDate::Unreadable,
            };
        }
        // A serial day with a time of day.
        let whole = number.trunc();
        return if is_serial(whole) { serial(whole, epoch_1904) } else { NumberDate::Unreadable };
    }
    match whole(&written) {
        Ok(days) => NumberDate::Days(days),
        Err(NotADate::Impossible) => NumberDate::Impossible,
        Err(NotADate::OutOfRange) => NumberDate::OutOfRange,
        Err(_) if is_serial(number) => serial(number, epoch_1904),
        Err(_) => NumberDate::Unreadable,
    }
}

/// 1954 to 2064, counted from 1900: what a ledger's dates can be.
fn is_serial(number: f64) -> bool {
    (20_000.0..=60_000.0).contains(&number)
}

fn serial(number: f64, epoch_1904: bool) -> NumberDate {
    // The numbers were checked to lie far inside the range of i32.
    let serial = number as i32 + if epoch_1904 { 1462 } else { 0 };
    match from_days(serial - 25_569) {
        Some(date) => NumberDate::Serial(date),
        None => NumberDate::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            Ok(Days { from, to }) if from == to => to.to_string(),
            Ok(Days { from, to }) => format!("{from}..{to}"),
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn every_form_of_a_date_is_read() {
        for (text, expected) in [
            ("2023-12-05", "2023-12-05"),
            ("2023/12/5", "2023-12-05"),
            ("2023.12.5", "2023-12-05"),
            ("20231205", "2023-12-05"),
            ("2023年12月5日 ", "2023-12-05"),
            ("２０２３年１２月５日", "2023-12-05"),
            ("2023-12-05 00:00:00", "2023-12-05"),
            ("2023-12-05T08:30:00Z", "2023-12-05"),
            ("2023.12", "2023-12-01..2023-12-31"),
            ("2023年12月", "2023-12-01..2023-12-31"),
            ("2023 年 5 月", "2023-05-01..2023-05-31"),
            ("202312", "2023-12-01..2023-12-31"),
            ("二〇二三年十二月", "2023-12-01..2023-12-31"),
            ("二○二三年二十月", "Impossible"),
            ("2023年3月初", "2023-03-01..2023-03-10"),
            ("2023年3月上旬", "2023-03-01..2023-03-10"),
            ("2023年3月中旬", "2023-03-11..2023-03-20"),
            ("2023年2月底", "2023-02-21..2023-02-28"),
            ("2024年2月下旬", "2024-02-21..2024-02-29"),
            ("2023年", "2023-01-01..2023-12-31"),
            ("2023", "2023-01-01..2023-12-31"),
            ("2023年第一季度", "2023-01-01..2023-03-31"),
            ("2023年下半年", "2023-07-01..2023-12-31"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn years_and_days_have_the_same_ends() {
        assert_eq!(ymd(*YEARS.start(), 1, 1).map(days), Some(*DAYS.start()));
        assert_eq!(ymd(*YEARS.end(), 12, 31).map(days), Some(*DAYS.end()));
    }

    #[test]
    fn what_is_not_a_date_says_why() {
        for (text, expected) in [
            ("2023-02-30", "Impossible"),
            ("2023-13-01", "Impossible"),
            ("2023年15月", "Impossible"),
            ("9月底", "YearMissing"),
            ("12月5日", "YearMissing"),
            ("预计2024年6月", "Plan"),
            ("2024年6月（计划）", "Plan"),
            ("2023.3-2024.6", "Range"),
            ("2023年3月至5月", "Range"),
            ("23.12.5", "YearTwoDigits"),
            ("待定", "Unreadable"),
            ("2023年5月左右", "Unreadable"),
            ("", "Unreadable"),
            ("-", "Unreadable"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_dates_only_where_they_can_be_one() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(read_number(45_291.0, false), NumberDate::Serial(day(2023, 12, 31)));
        assert_eq!(read_number(43_829.0, true), NumberDate::Serial(day(2023, 12, 31)));
        assert_eq!(read_number(2023.1, false), NumberDate::Ambiguous);
        assert_eq!(
            read_number(2023.12, false),
            NumberDate::Days(Days { from: day(2023, 12, 1), to: day(2023, 12, 31) })
        );
        assert_eq!(read_number(2023.0, false), NumberDate::Days(Days { from: day(2023, 1, 1), to: day(2023, 12, 31) }));
        assert_eq!(read_number(20_231_205.0, false), NumberDate::Days(point(day(2023, 12, 5))));
        assert_eq!(read_number(20_230_230.0, false), NumberDate::Impossible);
        assert_eq!(read_number(12.0, false), NumberDate::Unreadable);
        assert_eq!(read_number(f64::NAN, false), NumberDate::Unreadable);
        assert_eq!(read_number(-1e300, false), NumberDate::Unreadable);
    }
}

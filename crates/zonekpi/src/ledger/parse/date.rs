//! Dates as cells write them: a day, or the interval that a month, a third of a month or a year is.

use chrono::NaiveDate;

use super::super::text;

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
fn year_of(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    (digits.len() == 4 && (1900..=2100).contains(&year)).then_some(year)
}

/// Words before a day that make it a plan.
const PLANNED: [&str; 11] = ["预计", "计划", "拟于", "拟", "预期", "力争", "争取", "预定", "预估", "暂定", "确保"];

/// The text after a word that makes it a plan, if one stands before it or in brackets after it.
pub(crate) fn after_plan_word(compacted: &str) -> Option<&str> {
    if let Some(rest) = PLANNED.iter().find_map(|w| compacted.strip_prefix(w)) {
        return Some(rest.trim_start_matches(['于', '在', ':']));
    }
    let rest = compacted.strip_suffix(')')?;
    let (before, inside) = rest.rsplit_once('(')?;
    PLANNED.contains(&inside).then_some(before)
}

/// Reads a text. Spaces may stand anywhere, widths are folded, Chinese numerals are numerals.
pub(crate) fn read(text: &str) -> Result<Days, NotADate> {
    let spaced = text::width_folded(text);
    let spaced = without_time(&spaced);
    let compacted = text::compact(spaced);
    let compacted = numerals(&without_weekday(&compacted).replace("元月", "1月"));
    let compacted = compacted.as_str();
    if after_plan_word(compacted).is_some() {
        return Err(NotADate::Plan);
    }
    match whole(compacted) {
        Err(NotADate::Unreadable) if is_range(compacted) => Err(NotADate::Range),
        result => result,
    }
}

/// The text before a time of day (`2023-12-05 00:00:00`, `2023-12-05T08:30`).
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.split_once([' ', 'T', 't']) else { return text };
    let time = time.trim_start();
    let plain = time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z'));
    if plain && time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit()) { date } else { text }
}

fn without_weekday(text: &str) -> &str {
    let rest = text.trim_end_matches(['一', '二', '三', '四', '五', '六', '日', '天', ')']);
    let rest = rest.strip_suffix("星期").or_else(|| rest.strip_suffix("周"));
    rest.map_or(text, |r| r.trim_end_matches('('))
}

/// 二〇二三年十二月 → 2023年12月.
fn numerals(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value = |c: char| match c {
        '零' | '○' | 'Ｏ' => Some(0),
        '元' => None,
        c => DIGITS.chars().position(|d| d == c),
    };
    if !text.chars().any(|c| c == '十' || value(c).is_some()) {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut result = String::new();
    let mut rest = characters.as_slice();
    while let [first, tail @ ..] = rest {
        if *first != '十' && value(*first).is_none() {
            result.push(*first);
            rest = tail;
            continue;
        }
        let length = rest.iter().take_while(|c| **c == '十' || value(**c).is_some()).count();
        let (run, after) = rest.split_at(length);
        // 第一季度 and 上旬 are words of their own, and 一期 is not a date at all.
        match run.iter().position(|c| *c == '十') {
            None => run.iter().filter_map(|c| value(*c)).for_each(|d| result.push_str(&d.to_string())),
            Some(ten) => {
                let (tens, ones) = run.split_at(ten);
                let tens = tens.last().and_then(|c| value(*c)).unwrap_or(1);
                let ones = ones.get(1).and_then(|c| value(*c)).unwrap_or(0);
                result.push_str(&(tens * 10 + ones).to_string());
            }
        }
        rest = after;
    }
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
            year_month_day(year_of(year).ok_or(NotADate::Unreadable)?, month, day)
        }
        6 if rest.is_empty() => {
            let (year, month) = first.split_at(4);
            year_month(year_of(year).ok_or(NotADate::Unreadable)?, month, "")
        }
        4 => {
            let year = year_of(first).ok_or(NotADate::Unreadable)?;
            in_year(year, rest)
        }
        2 => without_century(text),
        1 => month_alone(text),
        _ => Err(NotADate::Unreadable),
    }
}

fn in_year(year: i32, rest: &str) -> Result<Days, NotADate> {
    let separator = rest.chars().next();
    let Some(separator) = separator.filter(|c| matches!(c, '年' | '-' | '/' | '.' | '_')) else {
        return if rest.is_empty() { months(year, 1, 12) } else { Err(NotADate::Unreadable) };
    };
    let rest = rest.strip_prefix(separator).unwrap_or(rest);
    if separator == '年' {
        match rest.trim_end_matches('度') {
            // The end of a year is surely in that year, and no closer day is said.
            "" | "全年" | "年" | "初" | "底" | "末" | "内" => return months(year, 1, 12),
            "上半年" => return months(year, 1, 6),
            "下半年" => return months(year, 7, 12),
            _ => {}
        }
        let quarter = rest.strip_prefix('第').unwrap_or(rest);
        if let Some(quarter) = quarter.strip_suffix("季度").or_else(|| quarter.strip_suffix('季')) {
            return match quarter {
                "1" => months(year, 1, 3),
                "2" => months(year, 4, 6),
                "3" => months(year, 7, 9),
                "4" => months(year, 10, 12),
                _ => Err(NotADate::Impossible),
            };
        }
    }
    let (month, rest) = digits(rest);
    if month.is_empty() || month.len() > 2 {
        return Err(NotADate::Unreadable);
    }
    let (part, dotted) = match rest.strip_prefix('月') {
        Some(part) => (part, false),
        None => match rest.strip_prefix(['-', '/', '.', '_']) {
            Some(part) => (part, true),
            None => (rest, false),
        },
    };
    let (day, after) = digits(part);
    if day.is_empty() {
        return if dotted { Err(NotADate::Unreadable) } else { year_month(year, month, part) };
    }
    if day.len() > 2 || !matches!(after, "" | "日" | "号") {
        return Err(NotADate::Unreadable);
    }
    year_month_day(year, month, day)
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
    match part.strip_suffix(['份']).unwrap_or(part) {
        "" => Ok(Days { from: start, to: end }),
        "初" | "上旬" => Ok(Days { from: start, to: day(10) }),
        "中旬" | "中" => Ok(Days { from: day(11), to: day(20) }),
        "底" | "末" | "下旬" => Ok(Days { from: day(21), to: end }),
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

/// Two dates with a dash or 至 between them.
fn is_range(text: &str) -> bool {
    let date_like = |part: &str| {
        let result = whole(part);
        result.is_ok()
            || matches!(result, Err(NotADate::YearMissing | NotADate::YearTwoDigits | NotADate::Impossible))
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

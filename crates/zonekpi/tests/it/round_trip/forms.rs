//! How values are written by hand: forms of days, amounts, areas, counts, answers. Written anew from the description of
//! the forms, so that the reader is not tested against itself.

use chrono::{Datelike, Days, NaiveDate};

use crate::dice::Dice;

/// A value, before it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Text(String),
    /// Of a closed list: the canonical name.
    Choice(&'static str),
    Flag(bool),
    /// Yuan.
    Money(i64),
    /// Square metres.
    Area(i64),
    Count(i64),
    /// The first and the last day that are meant.
    Event(Span),
    Planned(Span),
    /// A number of working days.
    Limit(i64),
}

/// A day, or a named part of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Span {
    Day(NaiveDate),
    /// First, second or last third of a month.
    Third(i32, u32, u32),
    Month(i32, u32),
    Quarter(i32, u32),
    Half(i32, u32),
    Year(i32),
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn month_end(year: i32, month: u32) -> NaiveDate {
    let next = if month == 12 { day(year + 1, 1, 1) } else { day(year, month + 1, 1) };
    next - Days::new(1)
}

impl Span {
    pub(super) fn any(dice: &mut Dice) -> Self {
        let (year, month) = (dice.between(2015, 2026) as i32, dice.between(1, 12) as u32);
        match dice.roll(10) {
            0 => Self::Third(year, month, dice.roll(3) as u32),
            1 | 2 => Self::Month(year, month),
            3 => match dice.roll(3) {
                0 => Self::Quarter(year, dice.between(1, 4) as u32),
                1 => Self::Half(year, dice.between(1, 2) as u32),
                _ => Self::Year(year),
            },
            _ => Self::Day(day(year, month, 1) + Days::new(dice.roll(28) as u64)),
        }
    }

    pub(super) fn ends(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Day(day) => (day, day),
            Self::Third(year, month, 0) => (day(year, month, 1), day(year, month, 10)),
            Self::Third(year, month, 1) => (day(year, month, 11), day(year, month, 20)),
            Self::Third(year, month, _) => (day(year, month, 21), month_end(year, month)),
            Self::Month(year, month) => (day(year, month, 1), month_end(year, month)),
            Self::Quarter(year, q) => (day(year, q * 3 - 2, 1), month_end(year, q * 3)),
            Self::Half(year, half) => (day(year, half * 6 - 5, 1), month_end(year, half * 6)),
            Self::Year(year) => (day(year, 1, 1), day(year, 12, 31)),
        }
    }

    fn written(self, dice: &mut Dice) -> String {
        match self {
            Self::Day(day) => {
                let (y, m, d) = (day.year(), day.month(), day.day());
                match dice.roll(13) {
                    0 => format!("{y}/{m}/{d}"),
                    1 => format!("{y}.{m}.{d}"),
                    2 => format!("{y}年{m}月{d}日"),
                    3 => format!("{y}{m:02}{d:02}"),
                    4 => format!("{y} 年 {m} 月 {d} 日"),
                    5 => wide(&format!("{y}.{m:02}.{d:02}")),
                    6 => format!("{}年{}月{}日", digit_by_digit(y), in_words(m), in_words(d)),
                    7 => format!("{y}-{m:02}-{d:02} 00:00:00"),
                    8 => format!("{y}/{m}/{d} {}:{:02}", dice.roll(24), dice.roll(60)),
                    9 => format!("{y}年{m:02}月{d:02}号"),
                    10 => {
                        let week = ["一", "二", "三", "四", "五", "六", "日"];
                        format!("{y}年{m}月{d}日（星期{}）", week[day.weekday().num_days_from_monday() as usize])
                    }
                    11 => format!("{y}-{m:02}-{d:02}T08:30:00"),
                    _ => format!("{y}-{m:02}-{d:02}"),
                }
            }
            Self::Third(y, m, third) => {
                let word = [["初", "上旬"], ["中旬", "中旬"], ["底", "下旬"]][third as usize][dice.roll(2)];
                format!("{y}年{m}月{word}")
            }
            Self::Month(y, m) => match dice.roll(7) {
                0 => format!("{y}年{m}月"),
                1 => format!("{y}年{m}月份"),
                2 => format!("{y}/{m}"),
                // One digit after the point may be a month that lost its zero.
                3 => format!("{y}.{m:02}"),
                4 => format!("{y}{m:02}"),
                5 => format!("{}年{}月", digit_by_digit(y), in_words(m)),
                _ => format!("{y}-{m:02}"),
            },
            Self::Quarter(y, q) => match dice.roll(4) {
                0 => format!("{y}年{}季度", in_words(q)),
                1 => format!("{y}年第{}季度", in_words(q)),
                2 => format!("{y}Q{q}"),
                _ => format!("{y}年{q}季度"),
            },
            Self::Half(y, half) => format!("{y}年{}半年", ["上", "下"][half as usize - 1]),
            Self::Year(y) => match dice.roll(3) {
                0 => format!("{y}"),
                1 => format!("{y}年度"),
                _ => format!("{y}年"),
            },
        }
    }
}

/// A cell as it goes into a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Blank,
    Text(String),
    /// With a number format; in text files its digits.
    Number(f64, &'static str),
    Day(NaiveDate, &'static str),
    Bool(bool),
}

fn wide(text: &str) -> String {
    let widened = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).expect("wide") } else { c };
    text.chars().map(widened).collect()
}

fn digit_by_digit(number: i32) -> String {
    let words: Vec<char> = "〇一二三四五六七八九".chars().collect();
    number.to_string().bytes().map(|b| words[usize::from(b - b'0')]).collect()
}

/// 1 to 99.
fn in_words(number: u32) -> String {
    let words: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let (tens, ones) = (number / 10, number % 10);
    let mut text = String::new();
    if tens > 1 {
        text.push(words[tens as usize]);
    }
    if tens > 0 {
        text.push('十');
    }
    if ones > 0 {
        text.push(words[ones as usize]);
    }
    text
}

/// `number ÷ 10^digits` in digits, without zeros at its end.
fn shifted(number: i64, digits: usize) -> String {
    let plain = format!("{:0width$}", number, width = digits + 1);
    let (whole, part) = plain.split_at(plain.len() - digits);
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

fn grouped(number: &str, comma: char) -> String {
    let (whole, part) = number.split_once('.').map_or((number, String::new()), |(w, p)| (w, format!(".{p}")));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(comma);
        }
        text.push(digit);
    }
    text + &part
}

/// A unit that a column is written in: its word and how many digits to the left the point moves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub word: &'static str,
    digits: usize,
}

pub(super) const MONEY: [Unit; 3] =
    [Unit { word: "万元", digits: 4 }, Unit { word: "亿元", digits: 8 }, Unit { word: "元", digits: 0 }];

/// Of square metres; 亩 has no power of ten, and is 15 ten-thousandths of one.
pub(super) const AREA: [Unit; 3] =
    [Unit { word: "亩", digits: 4 }, Unit { word: "平方米", digits: 0 }, Unit { word: "公顷", digits: 4 }];

pub(super) fn in_unit(value: &Value, unit: Unit) -> String {
    match value {
        Value::Money(yuan) => shifted(*yuan, unit.digits),
        Value::Area(metres) if unit.word == "亩" => shifted(metres * 15, unit.digits),
        Value::Area(metres) => shifted(*metres, unit.digits),
        _ => String::new(),
    }
}

/// Writes a value. `unit` is what the column is in: a cell without one of its own needs it.
pub(super) fn write(value: &Value, unit: Option<Unit>, typed: bool, dice: &mut Dice) -> Cell {
    let text = |dice: &mut Dice, text: String| {
        // Spaces that nobody sees.
        Cell::Text(match dice.roll(20) {
            0 => format!("{text} "),
            1 => format!("　{text}"),
            2 => format!("{text}\u{a0}"),
            _ => text,
        })
    };
    match value {
        Value::Blank => {
            let word = dice.pick(&["", "", "", "-", "/", "—"]);
            if word.is_empty() { Cell::Blank } else { Cell::Text(word.to_owned()) }
        }
        Value::Text(name) => text(dice, name.clone()),
        Value::Choice(name) => {
            let word = match *name {
                "filing" => dice.pick(&["备案", "备案制", "备案类"]),
                "confirmation" => dice.pick(&["核准", "核准制", "核准类"]),
                "approval" => dice.pick(&["审批", "审批制", "审批类"]),
                other => other,
            };
            text(dice, word.to_owned())
        }
        Value::Flag(yes) if typed && dice.chance(30) => {
            if dice.chance(50) {
                Cell::Bool(*yes)
            } else {
                Cell::Number(f64::from(u8::from(*yes)), "General")
            }
        }
        Value::Flag(true) => {
            let word = dice.pick(&["是", "√", "✓", "有", "已", "Y", "yes", "TRUE", "1", "☑是□否"]);
            text(dice, word.to_owned())
        }
        Value::Flag(false) => {
            let word = dice.pick(&["否", "×", "✗", "无", "未", "N", "no", "FALSE", "0", "□是☑否"]);
            text(dice, word.to_owned())
        }
        Value::Money(_) | Value::Area(_) => {
            let units: &[Unit] = if matches!(value, Value::Money(_)) { &MONEY } else { &AREA };
            let own = unit.is_none() || dice.chance(15);
            let written_in = if own { dice.pick(units) } else { unit.unwrap_or(units[0]) };
            let number = in_unit(value, written_in);
            let number = match dice.roll(6) {
                0 => grouped(&number, ','),
                1 => grouped(&number, '，'),
                2 => wide(&number),
                _ if typed && !own => {
                    let format = dice.pick(&["General", "#,##0.00", "0.0000", "#,##0"]);
                    return Cell::Number(number.parse().expect("a number"), format);
                }
                _ => number,
            };
            text(dice, if own { format!("{number}{}", written_in.word) } else { number })
        }
        Value::Count(count) => match dice.roll(5) {
            0 => text(dice, format!("{count}人")),
            1 => text(dice, grouped(&count.to_string(), ',')),
            2 => text(dice, wide(&count.to_string())),
            _ if typed => Cell::Number(*count as f64, dice.pick(&["General", "0", "#,##0"])),
            _ => text(dice, count.to_string()),
        },
        Value::Limit(days) => {
            let word = dice.pick(&["个工作日", "工作日", " 个工作日", "个工作日内"]);
            text(dice, format!("{days}{word}"))
        }
        Value::Event(Span::Day(day)) | Value::Planned(Span::Day(day)) if typed && dice.chance(60) => {
            let format = dice.pick(&[
                "yyyy-mm-dd",
                "yyyy/m/d",
                "yyyy\"年\"m\"月\"d\"日\"",
                "m/d/yy",
                "yyyy\"年\"m\"月\"",
                "yyyy-mm-dd hh:mm",
            ]);
            // The first of a month in a format without days is that month.
            let is_month = day.day() == 1 && !format.contains('d');
            Cell::Day(*day, if is_month { "yyyy-mm-dd" } else { format })
        }
        // What a spreadsheet makes of 2024年3月 and of 2024年.
        Value::Event(Span::Month(year, month)) | Value::Planned(Span::Month(year, month))
            if typed && dice.chance(30) =>
        {
            Cell::Day(
                day(*year, *month, 1),
                dice.pick(&["yyyy\"年\"m\"月\"", "yyyy\"年\"m\"月\";@", "mmm-yy", "yyyy-mm"]),
            )
        }
        Value::Event(Span::Year(year)) | Value::Planned(Span::Year(year)) if typed && dice.chance(30) => {
            Cell::Day(day(*year, 1, 1), dice.pick(&["yyyy", "yyyy\"年\""]))
        }
        Value::Event(span) => {
            let written = span.written(dice);
            text(dice, written)
        }
        Value::Planned(span) => {
            let before = dice.pick(&["", "", "预计", "计划", "拟于"]);
            let after =
                if before.is_empty() && !matches!(span, Span::Day(_)) { dice.pick(&["", "", "前"]) } else { "" };
            // A bare year or month may be meant as a number: no words beside it.
            let written = span.written(dice);
            text(dice, format!("{before}{written}{after}"))
        }
    }
}

//! A raw cell as its column holds it. A column of cells is in `raw`, how it is put together in `builder`.

mod builder;
mod chosen;
mod codes;
mod raw;
mod texts;

use std::borrow::Cow;

pub(crate) use self::builder::{ColumnBuilder, joined};
pub(crate) use self::chosen::Chosen;
pub(crate) use self::codes::{Codes, stand_nowhere};
pub(crate) use self::raw::RawColumn;
use super::text;

/// What a number format adds to the number itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Shown {
    #[default]
    Plain,
    /// 93.65%: the number held is the fraction.
    Percent,
    /// `000000`: the least count of digits that is shown.
    Zeros(u8),
    /// Of a date only the month, or the year and the month.
    Month,
    /// Of a date only the year.
    Year,
}

/// One cell, as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Blank,
    Text(&'a str),
    Number(f64, Shown),
    Bool(bool),
    /// A cell that is formatted as a date: days since 1970-01-01.
    Date(i32),
    /// A cell that is formatted as a month or a year, and holds its first day: what spreadsheets make of 2024年3月.
    Span {
        from: i32,
        to: i32,
    },
    /// A cell that is formatted as a time or a length of time.
    Time(Cow<'a, str>),
    Error(Cow<'a, str>),
    /// A formula that has no saved result.
    Formula(Cow<'a, str>),
}

impl Cell<'_> {
    /// The cell as a person sees it.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => (*text).to_owned(),
            Self::Time(text) | Self::Error(text) => text.to_string(),
            Self::Number(number, Shown::Percent) => format!("{}%", text::digits15(number * 100.0)),
            Self::Number(number, shown) => match (shown, text::digits15(*number)) {
                (_, plain) if plain.len() > 16 && !plain.contains('.') => scientific(*number),
                (Shown::Zeros(width), plain) if !plain.contains(['.', '-']) => {
                    format!("{plain:0>width$}", width = usize::from(*width))
                }
                (_, plain) => plain,
            },
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Date(days) => date_text(*days),
            Self::Span { from, to } => {
                // As much of the day as the sheet shows: 2024-03, or 2024.
                let shown = if to - from > 31 { 4 } else { 7 };
                date_text(*from).chars().take(shown).collect()
            }
            Self::Formula(formula) => format!("={formula}"),
        }
    }

    /// Whether nothing is in the cell, not even a word for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => !text::is_seen(text),
            _ => false,
        }
    }
}

fn scientific(number: f64) -> String {
    let text = format!("{number:.14e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
            format!("{mantissa}e+{exponent}")
        }
        None => text,
    }
}

/// A day in ISO form.
pub(crate) fn date_text(days: i32) -> String {
    super::parse::date::from_days(days).map_or_else(|| days.to_string(), |d| d.to_string())
}

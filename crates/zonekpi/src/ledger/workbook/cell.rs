//! A column of a typed table as the cells of a workbook. A form that could be read otherwise than it is meant is tried
//! on the reader's own rules first; where none comes back as it went, a column beside it says the rest.

use chrono::{Datelike, NaiveDate};
use polars::prelude::{AnyValue, DataFrame, InitHashMaps, PlHashMap, Series};

use super::unit_of;
use crate::error::Result;
use crate::ledger::cell::Cell;
use crate::ledger::parse::date;
use crate::ledger::parse::words::Words;
use crate::ledger::parse::{Context, Value};
use crate::ledger::schema::{ColumnSpec, Kind, TableSpec};
use crate::message::{Language, Phrase};

/// What is written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    Blank,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

/// A column of a workbook, and what has to stand beside it.
pub(super) struct Cells {
    pub cells: Vec<Written>,
    /// First days of intervals that no form of a date says.
    pub from: Option<Vec<Written>>,
    /// States of cells whose text would be read as a value.
    pub state: Option<Vec<Written>>,
}

/// Numbers of fewer digits than this are the same number in a workbook.
const EXACT: u64 = 1_000_000_000_000_000;

/// A column that the schema does not know.
pub(super) fn of_text(series: &Series, lost: &PlHashMap<usize, Vec<&str>>) -> Result<Cells> {
    let as_written = |row: usize| lost.get(&row).and_then(|forms| forms.first()).copied();
    let cells = series.str()?.iter().enumerate().map(|(row, text)| {
        text.or_else(|| as_written(row)).map_or(Written::Blank, |text| Written::Text(text.to_owned()))
    });
    Ok(Cells { cells: cells.collect(), from: None, state: None })
}

/// A column of the schema. `lost` holds what stood in cells that have no value.
pub(super) fn of_column(
    frame: &DataFrame,
    table: &'static TableSpec,
    spec: &'static ColumnSpec,
    lost: &PlHashMap<usize, Vec<&str>>,
    language: Language,
) -> Result<Cells> {
    let values = frame.column(&spec.name)?.as_materialized_series().clone();
    let beside = |suffix: &str| {
        let column = frame.column(&format!("{}{suffix}", spec.name)).ok()?;
        Some(column.as_materialized_series().clone())
    };
    let (from, state) = (beside("_from"), beside("_state"));
    let words = Words::of(table, spec);
    let context = Context {
        kind: spec.kind,
        spec: Some(spec),
        words: &words,
        unit: unit_of(spec, language),
        blank_is_no: false,
        epoch_1904: false,
        texts_may_be_numbers: false,
    };
    let shown: PlHashMap<&str, &str> = match (spec.kind, language) {
        (Kind::Enum, Language::Zh) => spec.values.iter().map(|v| (v.name.as_str(), v.zh.as_str())).collect(),
        // The unit of a row's own number.
        (Kind::Text, Language::Zh) if spec.name == "unit" => [("cny", "元"), ("mu", "亩")].into_iter().collect(),
        _ => PlHashMap::new(),
    };
    let one = match (spec.kind, language) {
        (Kind::Money, Language::Zh) => 1_000_000,
        (kind, _) => 10i128.pow(kind.scale().unwrap_or(0)),
    };
    let rows = values.len();
    let mut column = Cells { cells: Vec::with_capacity(rows), from: None, state: None };
    for row in 0..rows {
        let state = state.as_ref().and_then(|s| s.str().ok()?.get(row));
        let written = values.get(row)?;
        let first = from.as_ref().and_then(|f| f.date().ok()?.physical().get(row));
        let put = |beside: &mut Option<Vec<Written>>, cell: Written| {
            let cells = beside.get_or_insert_with(|| vec![Written::Blank; rows]);
            if let Some(slot) = cells.get_mut(row) {
                *slot = cell;
            }
        };
        let open = state == Some("open");
        if open {
            put(&mut column.state, Written::Text("open".to_owned()));
        }
        if let (Some(first), true) = (first, open && matches!(written, AnyValue::Null)) {
            put(&mut column.from, day(first));
        }
        let cell = match written {
            AnyValue::Null if open => Written::Blank,
            AnyValue::Null => match state {
                None => Written::Blank,
                Some(state) => without_value(&context, state, lost.get(&row), language).unwrap_or_else(|| {
                    put(&mut column.state, Written::Text(state.to_owned()));
                    Written::Blank
                }),
            },
            AnyValue::Boolean(yes) => {
                Written::Text((if yes { Phrase::Yes } else { Phrase::No }).message().text(language))
            }
            AnyValue::String(text) => Written::Text(shown.get(text).copied().unwrap_or(text).to_owned()),
            AnyValue::StringOwned(text) => Written::Text(shown.get(text.as_str()).copied().unwrap_or(&text).to_owned()),
            AnyValue::Date(to) => {
                // A month in a column of planned or due days is read as its last day.
                let form = first.filter(|_| spec.kind == Kind::Event).and_then(|first| interval(first, to, language));
                if let (Some(first), None) = (first, &form) {
                    put(&mut column.from, day(first));
                }
                form.map_or_else(|| day(to), Written::Text)
            }
            AnyValue::Int64(number) => exact(i128::from(number), one),
            AnyValue::Decimal(unscaled, _, _) => exact(unscaled, one),
            other => Written::Text(other.to_string()),
        };
        column.cells.push(cell);
    }
    Ok(column)
}

/// A cell that holds no value, as it stood: if it is read as no value again.
fn without_value(context: &Context<'_>, state: &str, lost: Option<&Vec<&str>>, language: Language) -> Option<Written> {
    let meant = if state == "undated" { Value::Undated } else { Value::Unreadable };
    let yes = (meant == Value::Undated).then(|| Phrase::Yes.message().text(language));
    let forms = lost.into_iter().flatten().copied().chain(yes.as_deref());
    let comes_back = |form: &&str| {
        let read = context.read(&Cell::Text(form));
        read.value == meant && !read.unit_missing
    };
    forms.into_iter().find(comes_back).map(|form| Written::Text(form.to_owned()))
}

/// A number of so many parts of one.
fn exact(unscaled: i128, one: i128) -> Written {
    if unscaled.unsigned_abs() < u128::from(EXACT) {
        // Both are held exactly, and their quotient is the nearest float: read at 15 digits it is the number again.
        return Written::Number(unscaled as f64 / one as f64);
    }
    let (whole, part) = (unscaled.unsigned_abs() / one.unsigned_abs(), unscaled.unsigned_abs() % one.unsigned_abs());
    let sign = if unscaled < 0 { "-" } else { "" };
    let digits = one.ilog10() as usize;
    Written::Text(if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0digits$}") })
}

/// A day; one that a spreadsheet does not count is written out.
fn day(days: i32) -> Written {
    let Some(date) = date::from_days(days) else { return Written::Blank };
    let counted = (1901..=9999).contains(&date.year());
    if counted { Written::Day(date) } else { Written::Text(date.to_string()) }
}

/// The words for an interval, if there are any.
fn interval(from: i32, to: i32, language: Language) -> Option<String> {
    let first = date::from_days(from)?;
    let (year, month) = (first.year(), first.month());
    let mut forms: Vec<String> = Vec::new();
    if language == Language::En {
        forms.push(format!("{year}-{month:02}"));
    }
    for part in ["", "初", "中旬", "底"] {
        forms.push(format!("{year}年{month}月{part}"));
    }
    let quarter = match month {
        1..=3 => "第一季度",
        4..=6 => "第二季度",
        7..=9 => "第三季度",
        _ => "第四季度",
    };
    for part in ["", "上半年", "下半年", quarter] {
        forms.push(format!("{year}年{part}"));
    }
    let says = |form: &String| date::read(form).is_ok_and(|d| date::days(d.from) == from && date::days(d.to) == to);
    forms.into_iter().find(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_all_its_digits() {
        assert_eq!(exact(24_000_000_050, 1_000_000), Written::Number(24_000.000_05));
        assert_eq!(exact(-123_456_789_012_345, 1_000_000), Written::Number(-123_456_789.012_345));
        // 18 digits are more than a workbook's number has.
        assert_eq!(exact(123_456_789_012_345_678, 1_000_000), Written::Text("123456789012.345678".to_owned()));
        assert_eq!(exact(-1_000_000_000_000_000_000, 1_000_000), Written::Text("-1000000000000".to_owned()));
        assert_eq!(exact(9_007_199_254_740_993, 1), Written::Text("9007199254740993".to_owned()));
    }

    #[test]
    fn an_interval_is_written_in_words_or_not_at_all() {
        let days = |y, m, d| date::days(NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        let words = |from, to| interval(from, to, Language::Zh);
        assert_eq!(words(days(2023, 3, 1), days(2023, 3, 31)).as_deref(), Some("2023年3月"));
        assert_eq!(words(days(2023, 3, 1), days(2023, 3, 10)).as_deref(), Some("2023年3月初"));
        assert_eq!(words(days(2024, 2, 21), days(2024, 2, 29)).as_deref(), Some("2024年2月底"));
        assert_eq!(words(days(2023, 1, 1), days(2023, 12, 31)).as_deref(), Some("2023年"));
        assert_eq!(words(days(2023, 7, 1), days(2023, 12, 31)).as_deref(), Some("2023年下半年"));
        assert_eq!(words(days(2023, 4, 1), days(2023, 6, 30)).as_deref(), Some("2023年第二季度"));
        assert_eq!(words(days(2023, 3, 2), days(2023, 3, 31)), None);
        assert_eq!(interval(days(2023, 3, 1), days(2023, 3, 31), Language::En).as_deref(), Some("2023-03"));
    }
}

//! A column of a table on its way into Polars: cells read once each and spread over the rows, or a column that came
//! typed already.

use polars::prelude::{
    BooleanChunked, Column, DataType, DateChunked, Int32Chunked, Int64Chunked, Int128Chunked, IntoSeries, NamedFrom,
    NewChunkedArray, PlSmallStr, Series, StringChunked,
};

use super::cell::{Cell, RawColumn};
use super::issue::{Issue, Origin};
use super::parse::{Context, Parsed, Value};
use super::schema::{ColumnSpec, Kind};
use super::text;
use crate::message::IssueCode;

/// Cells of a column as values: the distinct ones, and for each row which of them it holds.
#[derive(Clone, Debug)]
pub(crate) struct ReadCells {
    pub parsed: Vec<Parsed>,
    pub codes: Vec<u32>,
}

impl ReadCells {
    pub(crate) fn read(raw: &RawColumn, context: &Context<'_>) -> Self {
        Self { parsed: raw.distinct().iter().map(|cell| context.read(cell)).collect(), codes: raw.codes().to_vec() }
    }

    pub(crate) fn row(&self, row: usize) -> Option<&Parsed> {
        self.codes.get(row).and_then(|code| self.parsed.get(*code as usize))
    }

    fn rows(&self) -> impl ExactSizeIterator<Item = Option<&Value>> {
        self.codes.iter().map(|code| self.parsed.get(*code as usize).map(|p| &p.value))
    }

    /// One issue for each row whose cell has one.
    pub(crate) fn issues(
        &self,
        raw: &RawColumn,
        origin: &Origin,
        header: &str,
        spec: Option<&ColumnSpec>,
        numbers: &[u32],
        issues: &mut Vec<Issue>,
    ) {
        if self.parsed.iter().all(|p| p.problem.is_none()) {
            return;
        }
        for (row, code) in self.codes.iter().enumerate() {
            let code = *code as usize;
            let Some(problem) = self.parsed.get(code).and_then(|p| p.problem.as_ref()) else { continue };
            let written = raw.distinct().get(code).map(Cell::written).unwrap_or_default();
            let mut issue = origin
                .issue(problem.code, problem.severity, problem.action, Some(written))
                .at(numbers.get(row).map(|n| u64::from(*n)), Some(header));
            if let Some(day) = problem.date {
                issue = issue.act("date", super::cell::date_text(day));
            }
            if problem.code == IssueCode::EnumUnreadable {
                let allowed = spec.map(|s| s.values.iter().map(|v| v.zh.as_str()).collect::<Vec<_>>().join("、"));
                issue = issue.tell("allowed", allowed.unwrap_or_default());
            }
            issues.push(issue);
        }
    }

    /// The columns of a table that these values are.
    pub(crate) fn typed(&self, name: &str, kind: Kind) -> Typed {
        let name = PlSmallStr::from_str(name);
        let values = match kind {
            Kind::Event | Kind::Date => {
                let to = self.rows().map(|v| if let Some(Value::Days { to, .. }) = v { Some(*to) } else { None });
                dates(name.clone(), to)
            }
            Kind::Flag => {
                let flags = self.rows().map(|v| if let Some(Value::Flag(yes)) = v { Some(*yes) } else { None });
                BooleanChunked::from_iter_options(name.clone(), flags).into_series()
            }
            Kind::Id | Kind::Text | Kind::Dimension | Kind::Enum => {
                let texts =
                    self.rows().map(|v| if let Some(Value::Text(text)) = v { Some(text.as_str()) } else { None });
                StringChunked::from_iter_options(name.clone(), texts).into_series()
            }
            _ => {
                let numbers = self.rows().map(|v| if let Some(Value::Number(n)) = v { Some(*n) } else { None });
                stored_numbers(name.clone(), kind, numbers)
            }
        };
        let imprecise = |p: &Parsed| matches!(p.value, Value::Days { from, to } if from != to);
        let from = self.parsed.iter().any(imprecise).then(|| {
            let from = self.rows().map(|v| match v {
                Some(Value::Days { from, to }) if from != to => Some(*from),
                _ => None,
            });
            dates(PlSmallStr::from_string(format!("{name}_from")), from)
        });
        let state_of = |value: &Value| match value {
            Value::Unreadable => Some("unreadable"),
            Value::Undated => Some("undated"),
            _ => None,
        };
        // The distinct cells may hold one that no row of the table does.
        let any_state = self.parsed.iter().any(|p| state_of(&p.value).is_some())
            && self.rows().flatten().any(|v| state_of(v).is_some());
        let state = any_state.then(|| {
            let states = self.rows().map(|v| v.and_then(state_of));
            StringChunked::from_iter_options(PlSmallStr::from_string(format!("{name}_state")), states).into_series()
        });
        Typed { values, from: from.filter(|f| f.null_count() < f.len()), state }
    }
}

/// A column of texts that need no reading: nothing to trim, to fold or to take for a blank. `None` where some cell of
/// these rows does.
pub(crate) fn clean_texts(raw: &RawColumn, rows: &[usize], name: &str, fold: bool) -> Option<Typed> {
    let mut looked = vec![false; raw.distinct().len()];
    for row in rows {
        let code = raw.codes().get(*row).copied().unwrap_or(0) as usize;
        let slot = looked.get_mut(code)?;
        if !*slot {
            *slot = match raw.distinct().get(code)? {
                Cell::Blank => true,
                Cell::Text(text) => text::is_clean(text, fold),
                _ => false,
            };
            if !*slot {
                return None;
            }
        }
    }
    let texts = rows.iter().map(|row| match raw.cell(*row) {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    Some(Typed::plain(StringChunked::from_iter_options(PlSmallStr::from_str(name), texts).into_series()))
}

pub(crate) fn dates(name: PlSmallStr, days: impl ExactSizeIterator<Item = Option<i32>>) -> Series {
    let days = Int32Chunked::from_iter_options(name, days);
    let days: DateChunked = days.into_date();
    days.into_series()
}

/// Numbers in the scale of their kind, as the type of the kind.
pub(crate) fn stored_numbers(
    name: PlSmallStr,
    kind: Kind,
    numbers: impl ExactSizeIterator<Item = Option<i64>>,
) -> Series {
    match kind.scale() {
        None | Some(0) => Int64Chunked::from_iter_options(name, numbers).into_series(),
        Some(scale) => {
            let numbers = Int128Chunked::from_iter_options(name, numbers.map(|n| n.map(i128::from)));
            numbers.into_decimal_unchecked(18, scale as usize).into_series()
        }
    }
}

/// The type of a kind's column.
pub(crate) fn dtype(kind: Kind) -> DataType {
    match kind {
        Kind::Event | Kind::Date => DataType::Date,
        Kind::Flag => DataType::Boolean,
        Kind::Id | Kind::Text | Kind::Dimension | Kind::Enum => DataType::String,
        _ => match kind.scale() {
            None | Some(0) => DataType::Int64,
            Some(scale) => DataType::Decimal(18, scale as usize),
        },
    }
}

/// A column in its stored form, with what stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub values: Series,
    pub from: Option<Series>,
    pub state: Option<Series>,
}

impl Typed {
    pub(crate) fn plain(values: Series) -> Self {
        Self { values, from: None, state: None }
    }

    pub(crate) fn into_columns(self) -> impl Iterator<Item = Column> {
        [Some(self.values), self.from, self.state].into_iter().flatten().map(Column::from)
    }
}

/// A column of one text in every row.
pub(crate) fn constant(name: &str, text: Option<&str>, rows: usize) -> Series {
    match text {
        Some(text) => Series::new(PlSmallStr::from_str(name), &[text]).new_from_index(0, rows),
        None => Series::full_null(PlSmallStr::from_str(name), rows, &DataType::String),
    }
}

/// The numbers of rows, as they are stored.
pub(crate) fn source_rows(numbers: Vec<u32>) -> Series {
    Series::new(PlSmallStr::from_static("source_row"), numbers)
}

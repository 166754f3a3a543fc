//! A column of a table on its way into Polars: cells read once each and spread over the rows, or a column that came
//! typed already.

use polars::prelude::{
    AnyValue, BooleanChunked, ChunkTake, ChunkedArray, Column, DataType, DateChunked, Int32Chunked, Int32Type,
    Int64Chunked, Int64Type, Int128Chunked, Int128Type, IntoSeries, NewChunkedArray, PlSmallStr, PolarsNumericType,
    Scalar, Series, StringChunked, StringChunkedBuilder, UInt32Chunked,
};

use super::cell::{Cell, Chosen, Codes, RawColumn, stand_nowhere};
use super::issue::{Issue, Origin};
use super::parse::{Context, Parsed, Plain, Value};
use super::scale::Reach;
use super::schema::{ColumnSpec, Kind};
use super::side_by_side::{all_texts, each_text};
use super::{spelling, text};
use crate::error::Result;
use crate::message::IssueCode;

/// Cells of a column as values: the distinct ones, and for each row which of them it holds.
#[derive(Clone, Debug)]
pub(crate) struct ReadCells {
    pub parsed: Vec<Parsed>,
    pub codes: Codes,
}

impl ReadCells {
    pub(crate) fn read(raw: &RawColumn, context: &Context<'_>) -> Self {
        let raw = raw.with_codes();
        Self { parsed: raw.cells().map(|cell| context.read(&cell)).collect(), codes: raw.codes().clone() }
    }

    pub(crate) fn row(&self, row: usize) -> Option<&Parsed> {
        self.codes.get(row).and_then(|code| self.parsed.get(*code as usize))
    }

    /// What is made of each row's value; of equal ones it is made once.
    fn rows<'a, T: Copy + 'a>(
        &'a self,
        of: impl Fn(&'a Value) -> Option<T>,
    ) -> impl ExactSizeIterator<Item = Option<T>> {
        let by_code: Vec<Option<T>> = self.parsed.iter().map(|parsed| of(&parsed.value)).collect();
        self.codes.iter().map(move |code| by_code.get(*code as usize).copied().flatten())
    }

    /// The same as numbers of a type.
    fn numbers<T: PolarsNumericType>(
        &self,
        name: PlSmallStr,
        of: impl Fn(&Value) -> Option<T::Native>,
    ) -> ChunkedArray<T>
    where
        T::Native: Default,
    {
        let by_code: Vec<Option<T::Native>> = self.parsed.iter().map(|parsed| of(&parsed.value)).collect();
        let known: Vec<bool> = by_code.iter().map(Option::is_some).collect();
        let by_code: Vec<T::Native> = by_code.into_iter().map(Option::unwrap_or_default).collect();
        debug_assert!(self.codes.iter().all(|code| (*code as usize) < by_code.len()), "each code is of a cell");
        let values = self.codes.iter().map(|code| by_code.get(*code as usize).copied().unwrap_or_default()).collect();
        // The blank cell is always among the distinct ones, and often in no row.
        let unknown = (0..).zip(&known).filter(|(_, known)| !**known).map(|(code, _)| code);
        let there = (!stand_nowhere(unknown, &self.codes)).then(|| {
            let there = self.codes.iter().map(|code| known.get(*code as usize) == Some(&true));
            BooleanChunked::from_iter_values(PlSmallStr::EMPTY, there)
        });
        numbers_where(name, values, there)
    }

    fn dates(&self, name: PlSmallStr, of: impl Fn(&Value) -> Option<i32>) -> Series {
        self.numbers::<Int32Type>(name, of).into_date().into_series()
    }

    /// The rows' texts; equal ones are held once.
    fn texts<'a>(&'a self, name: PlSmallStr, of: impl Fn(&'a Value) -> Option<&'a str>) -> Result<Series> {
        let words = || self.parsed.iter().map(|parsed| of(&parsed.value));
        // The blank cell is always among the distinct ones, and often in no row: then nothing has to be told of blanks.
        let blank = (0..).zip(words()).filter(|(_, word)| word.is_none()).map(|(code, _)| code);
        let words = if stand_nowhere(blank, &self.codes) {
            StringChunked::from_iter_values(name, words().map(Option::unwrap_or_default))
        } else {
            StringChunked::from_iter_options(name, words())
        };
        Ok(words.take(self.codes.places())?.into_series())
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
            let problem = self.parsed.get(*code as usize).and_then(|p| p.problem.as_ref());
            let Some(problem) = problem else { continue };
            let written = raw.cell(row).written();
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
    pub(crate) fn typed(&self, name: &str, kind: Kind) -> Result<Typed> {
        let name = PlSmallStr::from_str(name);
        let values = match kind {
            Kind::Event | Kind::Date => {
                self.dates(name.clone(), |v| if let Value::Days { to, .. } = v { Some(*to) } else { None })
            }
            Kind::Flag => {
                let flags = self.rows(|v| if let Value::Flag(yes) = v { Some(*yes) } else { None });
                BooleanChunked::from_iter_options(name.clone(), flags).into_series()
            }
            Kind::Id | Kind::Text | Kind::Dimension | Kind::Enum => {
                self.texts(name.clone(), |v| if let Value::Text(text) = v { Some(text.as_str()) } else { None })?
            }
            _ => {
                let number = |v: &Value| if let Value::Number(n) = v { Some(*n) } else { None };
                match kind.scale() {
                    None | Some(0) => self.numbers::<Int64Type>(name.clone(), number).into_series(),
                    Some(scale) => {
                        let numbers = self.numbers::<Int128Type>(name.clone(), |v| number(v).map(i128::from));
                        numbers.into_decimal_unchecked(18, scale as usize).into_series()
                    }
                }
            }
        };
        let first = |value: &Value| match value {
            Value::Days { from, to } if from != to => Some(*from),
            _ => None,
        };
        let imprecise = self.parsed.iter().any(|p| first(&p.value).is_some());
        let from = imprecise.then(|| self.dates(PlSmallStr::from_string(format!("{name}_from")), first));
        let state_of = |value: &Value| match value {
            Value::Unreadable => Some("unreadable"),
            Value::Undated => Some("undated"),
            _ => None,
        };
        // The distinct cells may hold one that no row of the table does.
        let any_state = self.parsed.iter().any(|p| state_of(&p.value).is_some())
            && self.rows(state_of).any(|state| state.is_some());
        let state = any_state.then(|| self.texts(PlSmallStr::from_string(format!("{name}_state")), state_of));
        Ok(Typed { values, from: from.filter(|f| f.null_count() < f.len()), state: state.transpose()? })
    }
}

/// A column of texts of which none has an issue, at once. `None` where some cell of these rows has one, or where the
/// column holds its distinct cells, which are read one by one. Beside it, whether folding surely changes none of them.
pub(crate) fn plain_texts(raw: &RawColumn, rows: &Chosen, name: &str, context: &Context<'_>) -> Option<(Typed, bool)> {
    let fold = context.kind == Kind::Id || context.spec.is_none();
    let texts = raw.select(rows);
    let texts = texts.as_texts()?;
    let suspected = texts.but_for(|alphabet| text::are_clean(alphabet, fold));
    if all_texts(&suspected, |text| text.is_none_or(|text| text::is_clean(text, fold))) {
        let fold = texts.but_for(spelling::none_folds);
        let none_folds = fold.len() < texts.all().len() && !fold.iter().flatten().any(spelling::folds);
        let texts = texts.all().clone().with_name(PlSmallStr::from_str(name));
        return Some((Typed::plain(texts.into_series()), none_folds));
    }
    let texts = texts.all();
    let mut read = StringChunkedBuilder::new(PlSmallStr::from_str(name), texts.len());
    for text in texts.iter() {
        match text.map(|text| (text, text::is_clean(text, fold))) {
            None => read.append_null(),
            Some((text, true)) => read.append_value(text),
            Some((text, false)) => match context.read(&Cell::Text(text)) {
                Parsed { value: Value::Text(text), problem: None, .. } => read.append_value(text),
                Parsed { value: Value::Blank, problem: None, .. } => read.append_null(),
                _ => return None,
            },
        }
    }
    Some((Typed::plain(read.finish().into_series()), false))
}

/// A column of amounts of which none has an issue or a unit of its own, at once, and how far they reach. `None` as of
/// [`plain_texts`].
pub(crate) fn plain_numbers(
    raw: &RawColumn,
    rows: &Chosen,
    name: &str,
    context: &Context<'_>,
) -> Option<(Typed, Reach)> {
    let plain = Plain::of(context)?;
    let texts = raw.select(rows);
    let texts = texts.as_texts()?.all();
    let mut reach = Reach::of(std::iter::empty());
    let mut numbers: Vec<i128> = Vec::with_capacity(texts.len());
    let mut blanks: Vec<usize> = Vec::new();
    let mut plain_so_far = true;
    each_text(texts, 0, |row, text| {
        if !plain_so_far {
            return;
        }
        match text.map_or(Some(None), |text| plain.read(text)) {
            Some(Some(number)) => {
                reach.add(number);
                numbers.push(i128::from(number));
            }
            Some(None) => {
                blanks.push(row);
                numbers.push(0);
            }
            None => plain_so_far = false,
        }
    });
    let scale = context.kind.scale().filter(|_| plain_so_far)?;
    let there = (!blanks.is_empty()).then(|| {
        let mut blanks = blanks.into_iter().peekable();
        let there = (0..numbers.len()).map(|row| blanks.next_if_eq(&row).is_none());
        BooleanChunked::from_iter_values(PlSmallStr::EMPTY, there)
    });
    let stored = numbers_where::<Int128Type>(PlSmallStr::from_str(name), numbers, there);
    Some((Typed::plain(stored.into_decimal_unchecked(18, scale as usize).into_series()), reach))
}

/// Numbers of which some may not be there.
pub(crate) fn numbers_where<T: PolarsNumericType>(
    name: PlSmallStr,
    numbers: Vec<T::Native>,
    there: Option<BooleanChunked>,
) -> ChunkedArray<T> {
    let there = there.as_ref().and_then(|there| there.downcast_iter().next()).map(|there| there.values().clone());
    ChunkedArray::from_vec_validity(name, numbers, there.filter(|there| there.unset_bits() > 0))
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

/// A column of one text in every row, which is held once.
pub(crate) fn constant(name: &str, text: Option<&str>, rows: usize) -> Column {
    let value = text.map_or(AnyValue::Null, |text| AnyValue::StringOwned(PlSmallStr::from_str(text)));
    Column::new_scalar(PlSmallStr::from_str(name), Scalar::new(DataType::String, value), rows)
}

/// The numbers of rows, as they are stored.
pub(crate) fn source_rows(numbers: Vec<u32>) -> Series {
    UInt32Chunked::from_vec(PlSmallStr::from_static("source_row"), numbers).into_series()
}

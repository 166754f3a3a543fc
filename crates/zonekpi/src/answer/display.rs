//! From exact rows to a finished table: which columns, which words, which marks. Nothing else in the library rounds
//! a figure; that is in `round`. The finished form is in `rendered`.

mod format;
mod notes;
mod rendered;
mod round;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use self::sheet::Sheet;
use crate::answer::row::Row;
use crate::indicator::{Bilingual, Indicator};
use crate::ledger::{ColumnSpec, Kind};
use crate::message::{Language, Phrase};

pub use self::format::DisplayOptions;
pub(crate) use self::format::Format;
pub use rendered::{Align, ColumnRole, Footnote, Rendered, RenderedCell, RenderedColumn, RenderedLine};
pub use round::Rounding;

/// A dimension of the query, as its column is headed and its groups are read.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    /// The name in the query.
    name: String,
    header: Bilingual,
    kind: Kind,
    of_project: bool,
    spec: Option<&'static ColumnSpec>,
}

impl Dimension {
    /// A column of the schema; `name` is what the query calls it.
    pub(crate) fn of_schema(name: &str, of_project: bool, spec: &'static ColumnSpec) -> Self {
        let header = Bilingual { zh: spec.zh.clone(), en: in_words(&spec.name) };
        Self { name: name.to_owned(), header, kind: spec.kind, of_project, spec: Some(spec) }
    }

    /// A column that only the ledger has.
    pub(crate) fn of_ledger(name: &str, of_project: bool) -> Self {
        let header = Bilingual { zh: name.to_owned(), en: name.to_owned() };
        Self { name: name.to_owned(), header, kind: Kind::Text, of_project, spec: None }
    }

    fn header(&self, language: Language) -> &str {
        if language == Language::Zh { &self.header.zh } else { &self.header.en }
    }

    /// A group in words. A blank is 未填 where it is a value of its own, and 未知 where it hides one.
    pub(crate) fn group(&self, value: Option<&str>, language: Language) -> String {
        let Some(value) = value else {
            let own = matches!(self.kind, Kind::Id | Kind::Text | Kind::Dimension) && !self.of_project;
            let phrase = if own { Phrase::NotFilled } else { Phrase::Unknown };
            return phrase.message().text(language);
        };
        match (self.kind, value) {
            (Kind::Flag, "true") => Phrase::Yes.message().text(language),
            (Kind::Flag, "false") => Phrase::No.message().text(language),
            (Kind::Enum, _) if language == Language::Zh => {
                let named = self.spec.and_then(|spec| spec.values.iter().find(|v| v.name == value));
                named.map_or(value, |v| &v.zh).to_owned()
            }
            _ => value.to_owned(),
        }
    }
}

/// What is to be shown.
pub(crate) struct Table<'a> {
    /// What stands above; without it, the date and the period.
    pub(crate) title: Option<String>,
    /// The indicators, in the order of their columns (or lines).
    pub(crate) indicators: &'a [Arc<Indicator>],
    /// The dimensions, in the order of `Row::groups`.
    pub(crate) dimensions: &'a [Dimension],
    /// The figures, in any order: lines stand in the order in which their groups and periods first appear.
    pub(crate) rows: &'a [Row],
    /// The day whose state the ledger records.
    pub(crate) snapshot_on: NaiveDate,
    /// Whether the flows were asked without a period, so that they cover the year to date.
    pub(crate) year_to_date: bool,
    /// The confidence of the Wilson intervals, where asked.
    pub(crate) confidence: Option<f64>,
    /// Whether the periods are cohorts: then each is a line, and each age a column.
    pub(crate) cohorts: bool,
}

/// What the rows of a line have in common, but for the first day: stocks have none.
type LineKey<'a> = (&'a [Option<String>], bool, NaiveDate);

/// The rows that stand on one line.
struct Line<'a> {
    groups: &'a [Option<String>],
    total: bool,
    period_start: Option<NaiveDate>,
    period_end: NaiveDate,
    /// One for each indicator of the table.
    rows: Vec<Option<&'a Row>>,
}

impl Line<'_> {
    /// Whether the line may take the row for the indicator: the place is free, and if both have a first day, it is
    /// the same. Stocks have none, and stand on the line of the flows that end with them.
    fn takes(&self, indicator: usize, row: &Row) -> bool {
        let same_start = match (self.period_start, row.period_start) {
            (Some(own), Some(its)) => own == its,
            _ => true,
        };
        same_start && self.rows.get(indicator).is_some_and(Option::is_none)
    }
}

impl Table<'_> {
    /// The finished table.
    ///
    /// With dimensions and several indicators, a line is a group (and a period, where there are several) and each
    /// indicator has a column. With one indicator, its numerator, denominator and unknowns stand beside it.
    /// Without dimensions, a line is an indicator.
    pub(crate) fn render(&self, options: &DisplayOptions) -> Rendered {
        let formats: Vec<Format> = self
            .indicators
            .iter()
            .map(|indicator| {
                let values = self.rows.iter().filter(|r| r.indicator == indicator.id).filter_map(|r| r.value);
                Format::fitting(&indicator.unit, values, options).counted(indicator, options.language)
            })
            .collect();
        let lines = self.lines();
        let data_end_by = self.rows.iter().map(|row| row.period_end).filter(|end| *end >= self.snapshot_on).min();
        let several_periods = self.cohorts || has_several_periods(&lines);
        let sheet = Sheet { table: self, options, formats, several_periods, data_end_by };
        let across = !self.dimensions.is_empty() || self.cohorts;
        let (columns, lines) = if across { sheet.by_group(&lines) } else { sheet.by_indicator() };
        Rendered {
            title: self.title.clone().unwrap_or_else(|| sheet.title()),
            language: if options.is_zh() { "zh" } else { "en" },
            columns,
            lines,
            footnotes: sheet.footnotes(),
        }
    }

    /// The rows by lines: as the groups and periods first appear, totals last.
    fn lines(&self) -> Vec<Line<'_>> {
        let places: HashMap<&str, usize> =
            self.indicators.iter().enumerate().map(|(i, indicator)| (indicator.id.as_str(), i)).collect();
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut found: HashMap<LineKey<'_>, Vec<usize>> = HashMap::new();
        for row in self.rows {
            let Some(&place) = places.get(row.indicator.as_str()) else { continue };
            let same = found.entry((&row.groups, row.total, row.period_end)).or_default();
            let free = same.iter().copied().find(|i| lines.get(*i).is_some_and(|line| line.takes(place, row)));
            let at = free.unwrap_or_else(|| {
                same.push(lines.len());
                lines.push(Line {
                    groups: &row.groups,
                    total: row.total,
                    period_start: row.period_start,
                    period_end: row.period_end,
                    rows: vec![None; self.indicators.len()],
                });
                lines.len() - 1
            });
            if let Some(line) = lines.get_mut(at) {
                line.period_start = line.period_start.or(row.period_start);
                if let Some(cell) = line.rows.get_mut(place) {
                    *cell = Some(row);
                }
            }
        }
        lines.sort_by_key(|line| line.total);
        lines
    }

    fn marked(&self, mark: fn(&Row) -> bool) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| mark(row))
    }
}

/// Stocks have no first day: they are of the period that ends with them.
fn has_several_periods(lines: &[Line<'_>]) -> bool {
    let differ = |mut days: Vec<NaiveDate>| {
        days.dedup();
        days.len() > 1
    };
    differ(lines.iter().map(|line| line.period_end).collect())
        || differ(lines.iter().filter_map(|line| line.period_start).collect())
}

/// A name as the head of an English column: `approval_kind` is Approval kind.
fn in_words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

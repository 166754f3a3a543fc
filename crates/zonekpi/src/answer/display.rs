//! From exact rows to a finished table: which columns, which words, which marks. Nothing else in the library rounds
//! a figure; that is in `round`. The finished form is in `rendered`.

mod rendered;
mod round;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::answer::row::Row;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Basis, Bilingual, ColumnRef, Indicator, Measure};
use crate::ledger::{ColumnSpec, Kind, Schema};
use crate::message::{ErrorCode, Language, Phrase};
use crate::number::{Decimal, Fraction};
use crate::period::Period;
use crate::unit::{MoneyUnit, Scale, Unit};

pub use rendered::{Align, ColumnRole, Footnote, Rendered, RenderedCell, RenderedColumn, RenderedLine};
pub use round::Rounding;
pub(crate) use round::{exact, exact_decimal, grouped, with_plus};

/// What a cell without a value prints.
const NO_VALUE: &str = "—";

/// The mark of values that unknown rows could move.
const UNKNOWN: &str = "*";
/// The mark of values whose period is not over, or not in the ledger.
const INCOMPLETE: &str = "†";
/// The mark of values that read today's state for another date.
const UNDATED: &str = "‡";

/// How many marked values the footnote tells of one by one.
const DETAILS: usize = 6;

/// How numbers and words are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayOptions {
    pub(super) language: Language,
    rounding: Rounding,
    digits: Option<u32>,
    money_unit: Option<MoneyUnit>,
    separators: bool,
}

impl DisplayOptions {
    /// Chinese, 四舍五入, two digits (none for what is counted), money in the unit that fits the column.
    pub fn new() -> Self {
        Self::default()
    }

    /// The language of heads, groups and footnotes.
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// What is done with the digits that are not printed.
    pub fn rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = rounding;
        self
    }

    /// Digits after the point of every value that is not a whole number of things.
    ///
    /// # Errors
    ///
    /// Where more than 12 are asked.
    pub fn digits(mut self, digits: u32) -> Result<Self> {
        if digits > round::MOST_DIGITS {
            let message = ErrorCode::TooManyDigits.message().with("found", digits).with("allowed", round::MOST_DIGITS);
            return Err(Error::new(ErrorKind::Query, message));
        }
        self.digits = Some(digits);
        Ok(self)
    }

    /// The unit of all money columns.
    pub fn money_unit(mut self, unit: MoneyUnit) -> Self {
        self.money_unit = Some(unit);
        self
    }

    /// Whether a comma stands before every three digits.
    pub fn separators(mut self, separators: bool) -> Self {
        self.separators = separators;
        self
    }

    /// One value of a unit, such as `93.65%` of `share` and `89.69 亿元` of `cny`.
    pub fn text(&self, value: Fraction, unit: &str) -> String {
        Format::fitting(unit, std::iter::once(value), self).text_with_unit(value)
    }

    /// A difference of two shares in percentage points, with a plus where it is above zero: `+13.82 个百分点`.
    ///
    /// It must be the difference of the unrounded shares.
    pub fn points(&self, difference: Fraction) -> String {
        let number = self.rounding.to_text(difference, 2, self.digits.unwrap_or(Unit::Share.digits()));
        Phrase::Points.message().with("number", with_plus(number)).text(self.language)
    }

    fn say(&self, phrase: Phrase) -> String {
        phrase.message().text(self.language)
    }

    fn is_zh(&self) -> bool {
        self.language == Language::Zh
    }
}

/// How the numbers of one column (one indicator) are printed: one unit, one number of digits.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    scale: Scale,
    digits: u32,
    percent: bool,
    rounding: Rounding,
    separators: bool,
}

impl Format {
    /// The format that fits all `values` of a unit.
    pub(crate) fn fitting(
        unit: &str,
        values: impl Iterator<Item = Fraction> + Clone,
        options: &DisplayOptions,
    ) -> Self {
        let unit = Unit::of(unit);
        let whole = unit.is_whole() && values.clone().all(|value| value.denominator() == 1);
        Self {
            digits: if whole { 0 } else { options.digits.unwrap_or(unit.digits()) },
            scale: unit.scale(values, options.money_unit, options.language),
            percent: unit == Unit::Share,
            rounding: options.rounding,
            separators: options.separators,
        }
    }

    /// The same with the measure word of what an indicator counts, where it has one.
    fn counted(mut self, indicator: &Indicator, language: Language) -> Self {
        if let Some(counted) = &indicator.counted {
            self.scale.label = if language == Language::Zh { counted.zh.clone() } else { counted.en.clone() };
        }
        self
    }

    /// The unit that a column's head must name.
    pub(crate) fn unit(&self) -> Option<String> {
        (!self.scale.label.is_empty()).then(|| self.scale.label.clone())
    }

    /// The bare number.
    pub(crate) fn number(&self, value: Fraction) -> String {
        self.rounding.to_text(value, self.scale.shift, self.digits)
    }

    /// The number for people below a head that names the unit; shares carry their sign.
    pub(crate) fn text(&self, value: Fraction) -> String {
        let number = self.number(value);
        let number = if self.separators { grouped(&number) } else { number };
        if self.percent { format!("{number}%") } else { number }
    }

    /// The number for people with its unit.
    pub(crate) fn text_with_unit(&self, value: Fraction) -> String {
        let text = self.text(value);
        if self.scale.label.is_empty() { text } else { format!("{text} {}", self.scale.label) }
    }
}

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
        let sheet = Sheet { table: self, options, formats, several_periods: has_several_periods(&lines) };
        let (columns, lines) = if self.dimensions.is_empty() { sheet.by_indicator() } else { sheet.by_group(&lines) };
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

fn has_unknown(row: &Row) -> bool {
    row.unknown > 0 || row.population_unknown > 0
}

fn is_incomplete(row: &Row) -> bool {
    !row.complete
}

fn is_undated(row: &Row) -> bool {
    !row.undated.is_empty()
}

/// Whether one number is divided by another.
fn is_divided(row: &Row) -> bool {
    row.denominator.is_some()
}

fn has_interval(row: &Row) -> bool {
    row.wilson.is_some()
}

/// Whether what places the rows in time is an event, which the ledger knows only once it has happened.
fn is_timed_by_events(indicator: &Indicator) -> bool {
    match &indicator.measure {
        Measure::RatioOf { numerator, denominator } => {
            [numerator, denominator].into_iter().any(|side| side.basis == Basis::Flow && is_timed_by_events(side))
        }
        _ => indicator.time.as_ref().is_some_and(ColumnRef::is_event),
    }
}

/// A table while it is laid out.
struct Sheet<'a> {
    table: &'a Table<'a>,
    options: &'a DisplayOptions,
    /// One for each indicator of the table.
    formats: Vec<Format>,
    several_periods: bool,
}

impl Sheet<'_> {
    fn by_indicator(&self) -> (Vec<RenderedColumn>, Vec<RenderedLine>) {
        let rows = || self.table.rows.iter();
        let (divided, intervals) = (rows().any(is_divided), rows().any(has_interval));
        let mut columns = vec![self.column(ColumnRole::Indicator), self.column(ColumnRole::Value)];
        columns.extend(intervals.then(|| self.column(ColumnRole::Interval)));
        columns.extend(divided.then(|| self.column(ColumnRole::Fraction)));
        columns.extend([self.column(ColumnRole::Unknown), self.column(ColumnRole::Period)]);
        let mut lines = Vec::new();
        for (indicator, format) in self.table.indicators.iter().zip(&self.formats) {
            for row in self.table.rows.iter().filter(|row| row.indicator == indicator.id) {
                let mut cells = vec![
                    RenderedCell::of(self.name(indicator)),
                    self.value(row, indicator, format, Format::text_with_unit),
                ];
                cells.extend(intervals.then(|| self.interval(row, format)));
                cells.extend(divided.then(|| self.fraction(row)));
                cells.extend([self.unknown(row), RenderedCell::of(self.period(std::iter::once(row)))]);
                lines.push(RenderedLine {
                    total: row.total,
                    groups: Vec::new(),
                    period_start: row.period_start,
                    period_end: row.period_end,
                    cells,
                });
            }
        }
        (columns, lines)
    }

    fn by_group(&self, lines: &[Line<'_>]) -> (Vec<RenderedColumn>, Vec<RenderedLine>) {
        let language = self.options.language;
        let one = self.table.indicators.len() == 1;
        let divided = one && self.table.rows.iter().any(is_divided);
        // Each indicator that has intervals shows them beside its values.
        let intervals: Vec<bool> = self
            .table
            .indicators
            .iter()
            .map(|indicator| self.table.rows.iter().any(|row| row.indicator == indicator.id && has_interval(row)))
            .collect();
        let mut columns: Vec<RenderedColumn> = self
            .table
            .dimensions
            .iter()
            .map(|dimension| RenderedColumn {
                key: dimension.name.clone(),
                role: ColumnRole::Dimension,
                header: dimension.header(language).to_owned(),
                unit: None,
                align: Align::Left,
            })
            .collect();
        if self.several_periods {
            columns.push(self.column(ColumnRole::Period));
        }
        for ((indicator, format), interval) in self.table.indicators.iter().zip(&self.formats).zip(&intervals) {
            columns.push(RenderedColumn {
                key: indicator.id.clone(),
                role: ColumnRole::Value,
                header: self.name(indicator).to_owned(),
                unit: format.unit(),
                align: Align::Right,
            });
            columns.extend(interval.then(|| self.column(ColumnRole::Interval)));
        }
        columns.extend(divided.then(|| self.column(ColumnRole::Fraction)));
        columns.extend(one.then(|| self.column(ColumnRole::Unknown)));
        let lines = lines.iter().map(|line| {
            let mut cells = self.groups(line.groups, line.total);
            if self.several_periods {
                cells.push(RenderedCell::of(self.period(line.rows.iter().copied().flatten())));
            }
            let judged = line.rows.iter().zip(self.table.indicators).zip(&self.formats).zip(&intervals);
            for (((row, indicator), format), interval) in judged {
                cells.push(row.map(|row| self.value(row, indicator, format, Format::text)).unwrap_or_default());
                cells.extend(interval.then(|| row.map(|row| self.interval(row, format)).unwrap_or_default()));
            }
            let row = line.rows.first().copied().flatten();
            cells.extend(divided.then(|| row.map(|row| self.fraction(row)).unwrap_or_default()));
            cells.extend(one.then(|| row.map(|row| self.unknown(row)).unwrap_or_default()));
            RenderedLine {
                total: line.total,
                groups: line.groups.to_vec(),
                period_start: line.period_start,
                period_end: line.period_end,
                cells,
            }
        });
        let lines = lines.collect();
        (columns, lines)
    }

    /// A column that every table has under the same head.
    fn column(&self, role: ColumnRole) -> RenderedColumn {
        let (key, phrase, align) = match role {
            ColumnRole::Indicator | ColumnRole::Dimension => ("indicator", Phrase::HeadIndicator, Align::Left),
            ColumnRole::Value => ("value", Phrase::HeadValue, Align::Right),
            ColumnRole::Fraction => ("fraction", Phrase::HeadFraction, Align::Right),
            ColumnRole::Unknown => ("unknown", Phrase::HeadUnknown, Align::Right),
            ColumnRole::Period => ("period", Phrase::HeadPeriod, Align::Left),
            ColumnRole::Interval => ("interval", Phrase::HeadInterval, Align::Right),
        };
        let header = phrase.message().with("confidence", self.confidence()).text(self.options.language);
        RenderedColumn { key: key.to_owned(), role, header, unit: None, align }
    }

    fn name<'i>(&self, indicator: &'i Indicator) -> &'i str {
        if self.options.is_zh() { &indicator.name.zh } else { &indicator.name.en }
    }

    fn groups(&self, groups: &[Option<String>], total: bool) -> Vec<RenderedCell> {
        let dimensions = self.table.dimensions.iter().enumerate();
        let cells = dimensions.map(|(i, dimension)| match (total, i) {
            (true, 0) => RenderedCell::of(self.options.say(Phrase::Total)),
            (true, _) => RenderedCell::default(),
            _ => RenderedCell::of(dimension.group(groups.get(i).and_then(Option::as_deref), self.options.language)),
        });
        cells.collect()
    }

    fn value(
        &self,
        row: &Row,
        indicator: &Indicator,
        format: &Format,
        text: fn(&Format, Fraction) -> String,
    ) -> RenderedCell {
        let mut marks = Vec::new();
        for (mark, is) in
            [(UNKNOWN, has_unknown as fn(&Row) -> bool), (INCOMPLETE, is_incomplete), (UNDATED, is_undated)]
        {
            if is(row) {
                marks.push(mark);
            }
        }
        let value = row.value.filter(|_| !self.is_yet_to_come(row, indicator));
        RenderedCell {
            text: value.map_or_else(|| NO_VALUE.to_owned(), |value| text(format, value)),
            marks,
            hover: self.hover(row, format),
            number: value.map(|value| format.number(value)),
            exact: value.map(exact),
            numerator: row.numerator.map(exact_decimal),
            denominator: row.denominator.map(exact_decimal),
        }
    }

    /// Whether the figure is of events in a period that lies wholly after the data, and none of them is recorded: then
    /// it is not 0, but not known. A planned flow is known ahead, for the plan stands in the ledger.
    fn is_yet_to_come(&self, row: &Row, indicator: &Indicator) -> bool {
        let recorded = |number: Option<Decimal>| number.is_some_and(|number| number.unscaled != 0);
        row.period_start.is_some_and(|start| start > self.table.snapshot_on)
            && is_timed_by_events(indicator)
            && !recorded(row.numerator)
            && !recorded(row.denominator)
    }

    /// The confidence of the intervals, in percent.
    fn confidence(&self) -> String {
        self.table.confidence.map(|confidence| exact(of_float(confidence * 100.0))).unwrap_or_default()
    }

    /// The interval of a share.
    fn interval(&self, row: &Row, format: &Format) -> RenderedCell {
        RenderedCell::of(interval(row, format).unwrap_or_default())
    }

    /// What stands behind a number, by lines.
    fn hover(&self, row: &Row, format: &Format) -> Option<String> {
        let language = self.options.language;
        let mut lines: Vec<String> = numerator_over_denominator(row).into_iter().collect();
        lines.extend(self.unknowns(row));
        lines.extend(
            self.bounds(row, format).map(|bounds| Phrase::TrueValue.message().with("bounds", bounds).text(language)),
        );
        if row.excluded > 0 {
            lines.push(Phrase::CountExcluded.message().with("count", row.excluded).text(language));
        }
        if let Some(interval) = interval(row, format) {
            let message = Phrase::Interval.message().with("confidence", self.confidence()).with("interval", interval);
            lines.push(message.text(language));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn unknowns(&self, row: &Row) -> Vec<String> {
        [(row.unknown, Phrase::CountUnknown), (row.population_unknown, Phrase::CountPopulationUnknown)]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, phrase)| phrase.message().with("count", count).text(self.options.language))
            .collect()
    }

    /// The bounds, where unknown rows make them differ from the value.
    fn bounds(&self, row: &Row, format: &Format) -> Option<String> {
        let (lower, upper) = (row.lower?, row.upper?);
        has_unknown(row).then(|| format!("{}–{}", format.text(lower), format.text(upper)))
    }

    fn fraction(&self, row: &Row) -> RenderedCell {
        RenderedCell {
            numerator: row.numerator.map(exact_decimal),
            denominator: row.denominator.map(exact_decimal),
            // What is not divided has its one number in the column of values.
            ..RenderedCell::of(numerator_over_denominator(row).unwrap_or_default())
        }
    }

    /// Unknown members, and after a plus those that may not be members at all.
    fn unknown(&self, row: &Row) -> RenderedCell {
        let text = match row.population_unknown {
            0 => row.unknown.to_string(),
            more => format!("{}+{more}", row.unknown),
        };
        let unknowns = self.unknowns(row);
        RenderedCell { hover: (!unknowns.is_empty()).then(|| unknowns.join("\n")), ..RenderedCell::of(text) }
    }

    /// The period of the rows of one line: that of a flow where there is one, else the date.
    fn period<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> String {
        let language = self.options.language;
        let mut date = None;
        for row in rows {
            if let Some(start) = row.period_start {
                return Period::Days { start, end: row.period_end }.label(language);
            }
            // A stock is never known for a day after the date it was judged at.
            date = date.or(Some(row.period_end.min(row.as_of)));
        }
        date.map(|date| Phrase::AsOf.message().with("date", date).text(language)).unwrap_or_default()
    }

    /// The dates and the period: of a series, the first and the last, and all that its periods span.
    fn title(&self) -> String {
        let language = self.options.language;
        let mut parts = Vec::new();
        let dates = || self.table.rows.iter().map(|row| row.as_of);
        match (dates().min(), dates().max()) {
            (Some(first), Some(last)) if first == last => {
                parts.push(Phrase::AsOf.message().with("date", first).text(language));
            }
            (Some(first), Some(last)) if self.several_periods => {
                parts.push(Phrase::AsOfEach.message().with("first", first).with("last", last).text(language));
            }
            _ => {}
        }
        let flows = || self.table.rows.iter().filter(|row| row.basis == Basis::Flow);
        let starts = flows().map(|row| row.period_start);
        let period = match (starts.clone().flatten().min(), flows().map(|row| row.period_end).max()) {
            // Each from the beginning: their dates are told already.
            (None, Some(_)) => only(flows().map(|row| row.period_end)).map(|_| Period::Cumulative),
            (Some(start), Some(end)) if starts.clone().all(|start| start.is_some()) => {
                Some(Period::Days { start, end })
            }
            _ => None,
        };
        if let Some(period) = period {
            parts.push(Phrase::TitlePeriod.message().with("period", period.label(language)).text(language));
        }
        parts.join(&self.options.say(Phrase::Semicolon))
    }

    fn footnotes(&self) -> Vec<Footnote> {
        let language = self.options.language;
        let mut notes = Vec::new();
        let items = self.unknown_items();
        if !items.is_empty() {
            let text = self.options.say(Phrase::NoteUnknown);
            notes.push(Footnote { items, ..Footnote::of(Some(UNKNOWN), text) });
        }
        let mut add = |mark, text| notes.push(Footnote::of(mark, text));
        let snapshot_on = self.table.snapshot_on;
        let yet_to_come = |row: &&Row| {
            let indicator = self.table.indicators.iter().find(|indicator| indicator.id == row.indicator);
            indicator.is_some_and(|indicator| self.is_yet_to_come(row, indicator))
        };
        if self.table.rows.iter().any(|row| yet_to_come(&row)) {
            add(Some(INCOMPLETE), Phrase::NotePeriodAfter.message().with("date", snapshot_on).text(language));
        }
        let incomplete = || self.table.marked(is_incomplete).filter(|row| !yet_to_come(row));
        if incomplete().any(|row| row.period_end > row.as_of) {
            let mut dates: Vec<NaiveDate> =
                incomplete().filter(|row| row.period_end > row.as_of).map(|row| row.as_of.min(snapshot_on)).collect();
            dates.sort_unstable();
            dates.dedup();
            let dates: Vec<String> = dates.iter().map(NaiveDate::to_string).collect();
            let dates = dates.join(&self.options.say(Phrase::Comma));
            add(Some(INCOMPLETE), Phrase::NoteIncomplete.message().with("date", dates).text(language));
        }
        if incomplete().any(|row| row.as_of > snapshot_on) {
            add(Some(INCOMPLETE), Phrase::NoteAfterSnapshot.message().with("date", snapshot_on).text(language));
        }
        let undated = self.undated_columns();
        if !undated.is_empty() {
            let columns = undated.join(&self.options.say(Phrase::Comma));
            let message = Phrase::NoteUndated.message().with("date", snapshot_on).with("columns", columns);
            add(Some(UNDATED), message.text(language));
        }
        if self.table.year_to_date {
            let flows = self.table.rows.iter().filter(|row| row.basis == Basis::Flow);
            if let Some((Some(start), end)) = only(flows.map(|row| (row.period_start, row.period_end))) {
                let message = Phrase::NoteYearToDate.message().with("start", start).with("end", end);
                add(None, message.text(language));
            }
        }
        notes
    }

    /// The values that unknown rows could move, the first of them one by one.
    fn unknown_items(&self) -> Vec<String> {
        let language = self.options.language;
        let mut items = Vec::new();
        let mut more = 0usize;
        for row in self.table.marked(has_unknown) {
            let Some((indicator, format)) =
                self.table.indicators.iter().zip(&self.formats).find(|(i, _)| i.id == row.indicator)
            else {
                continue;
            };
            if items.len() == DETAILS {
                more += 1;
                continue;
            }
            let mut words: Vec<String> =
                self.groups(&row.groups, row.total).into_iter().map(|c| c.text).filter(|t| !t.is_empty()).collect();
            if self.several_periods {
                words.push(self.period(std::iter::once(row)));
            }
            words.push(self.name(indicator).to_owned());
            let mut facts = self.unknowns(row);
            facts.extend(
                self.bounds(row, format)
                    .map(|bounds| Phrase::TrueValue.message().with("bounds", bounds).text(language)),
            );
            let message = Phrase::NoteUnknownItem
                .message()
                .with("cell", words.join(" "))
                .with("facts", facts.join(&self.options.say(Phrase::Pause)));
            items.push(message.text(language));
        }
        if more > 0 {
            items.push(Phrase::NoteMore.message().with("count", more).text(language));
        }
        items
    }

    /// The columns that are known only as of the snapshot, by their heads.
    fn undated_columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for row in self.table.marked(is_undated) {
            let indicator = self.table.indicators.iter().find(|i| i.id == row.indicator);
            for name in &row.undated {
                let header = self.header_of(indicator.map(AsRef::as_ref), name);
                if !columns.contains(&header) {
                    columns.push(header);
                }
            }
        }
        columns
    }

    fn header_of(&self, indicator: Option<&Indicator>, name: &str) -> String {
        let spec = match name.strip_prefix("project.") {
            Some(column) => Schema::builtin().table("projects").and_then(|table| table.column(column)),
            None => indicator.and_then(|i| i.table).and_then(|table| table.column(name)),
        };
        match spec {
            Some(spec) if self.options.is_zh() => spec.zh.clone(),
            _ => name.to_owned(),
        }
    }
}

/// A name as the head of an English column: `approval_kind` is Approval kind.
fn in_words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The one value that all items are; `None` where there are several or none.
fn only<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.all(|item| item == first).then_some(first)
}

/// `59 / 63`; `None` where nothing is divided.
fn numerator_over_denominator(row: &Row) -> Option<String> {
    // A sum of money in yuan cannot be read without separators; 59 / 63 needs none.
    let readable = |number: Decimal| {
        let text = exact_decimal(number);
        if number.unscaled.unsigned_abs() / 10u128.pow(number.scale.min(30)) >= 1_000_000 {
            grouped(&text)
        } else {
            text
        }
    };
    let (numerator, denominator) = (row.numerator?, row.denominator?);
    Some(format!("{} / {}", readable(numerator), readable(denominator)))
}

/// The Wilson interval, where it was asked.
fn interval(row: &Row, format: &Format) -> Option<String> {
    row.wilson.map(|(lower, upper)| format!("{}–{}", format.text(of_float(lower)), format.text(of_float(upper))))
}

/// An interval's end, to 15 digits: it is an approximation already, unlike a figure.
fn of_float(value: f64) -> Fraction {
    Fraction::from(Decimal { unscaled: (value * 1e15).round() as i128, scale: 15 })
}

//! A table while it is laid out: its columns, its lines, and what each cell says. Footnotes are the business of `notes`.

use chrono::NaiveDate;

use super::format::{DisplayOptions, Format};
use super::notes::{
    IMMATURE, INCOMPLETE, NOT_REACHED, UNDATED, UNKNOWN, has_unknown, is_immature, is_incomplete, is_not_reached,
    is_undated,
};
use super::rendered::{Align, ColumnRole, RenderedCell, RenderedColumn, RenderedLine};
use super::round::{exact, exact_decimal, grouped};
use super::{Line, Table};
use crate::answer::row::Row;
use crate::indicator::{Basis, ColumnRef, Indicator, Measure};
use crate::message::{Language, Phrase};
use crate::number::{Decimal, Fraction};
use crate::period::Period;

/// What a cell without a value prints.
const NO_VALUE: &str = "—";

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

/// Whether what places the rows in time is a planned or due date, which the ledger knows ahead.
fn is_timed_by_plan(indicator: &Indicator) -> bool {
    match &indicator.measure {
        Measure::RatioOf { numerator, denominator } => is_timed_by_plan(numerator) && is_timed_by_plan(denominator),
        _ => indicator.time.as_ref().is_some_and(|time| !time.is_event()),
    }
}

/// A table while it is laid out.
pub(super) struct Sheet<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) options: &'a DisplayOptions,
    /// One for each indicator of the table.
    pub(super) formats: Vec<Format>,
    pub(super) several_periods: bool,
    /// Where several periods end, the end of the first that the data do not reach beyond.
    pub(super) data_end_by: Option<NaiveDate>,
}

impl Sheet<'_> {
    pub(super) fn by_indicator(&self) -> (Vec<RenderedColumn>, Vec<RenderedLine>) {
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

    pub(super) fn by_group(&self, lines: &[Line<'_>]) -> (Vec<RenderedColumn>, Vec<RenderedLine>) {
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
    pub(super) fn column(&self, role: ColumnRole) -> RenderedColumn {
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

    pub(super) fn name<'i>(&self, indicator: &'i Indicator) -> &'i str {
        if self.options.is_zh() { &indicator.name.zh } else { &indicator.name.en }
    }

    pub(super) fn groups(&self, groups: &[Option<String>], total: bool) -> Vec<RenderedCell> {
        let dimensions = self.table.dimensions.iter().enumerate();
        let cells = dimensions.map(|(i, dimension)| match (total, i) {
            (true, 0) => RenderedCell::of(self.options.say(Phrase::Total)),
            (true, _) => RenderedCell::default(),
            _ => RenderedCell::of(dimension.group(groups.get(i).and_then(Option::as_deref), self.options.language)),
        });
        cells.collect()
    }

    pub(super) fn value(
        &self,
        row: &Row,
        indicator: &Indicator,
        format: &Format,
        text: fn(&Format, Fraction) -> String,
    ) -> RenderedCell {
        // What is not told has nothing that unknown rows could move.
        let told = !self.is_yet_to_come(row, indicator);
        let marks = [
            (UNKNOWN, told && has_unknown(row)),
            (INCOMPLETE, is_incomplete(row)),
            (UNDATED, told && is_undated(row)),
            (NOT_REACHED, told && is_not_reached(row)),
            (IMMATURE, is_immature(row)),
        ];
        let marks = marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect();
        let value = row.value.filter(|_| told);
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

    /// Whether the figure is of a period that lies wholly after the data. Of events of which none is recorded it is not
    /// 0, but not known; and what stood at the end of the data says nothing of later dates. A plan is known ahead, for it
    /// stands in the ledger.
    pub(super) fn is_yet_to_come(&self, row: &Row, indicator: &Indicator) -> bool {
        if row.period_start.is_none() {
            return self.is_repeated(row) && !is_timed_by_plan(indicator);
        }
        let recorded = |number: Option<Decimal>| number.is_some_and(|number| number.unscaled != 0);
        row.period_start.is_some_and(|start| start > self.table.snapshot_on)
            && is_timed_by_events(indicator)
            && !recorded(row.numerator)
            && !recorded(row.denominator)
    }

    /// Whether the figure of a row is printed.
    pub(super) fn is_told(&self, row: &Row) -> bool {
        let indicator = self.table.indicators.iter().find(|indicator| indicator.id == row.indicator);
        !indicator.is_some_and(|indicator| self.is_yet_to_come(row, indicator))
    }

    /// Whether the figure is what stood at the end of the data, told once more for a period after them.
    fn is_repeated(&self, row: &Row) -> bool {
        self.data_end_by.is_some_and(|end| row.period_end > end)
    }

    /// The confidence of the intervals, in percent.
    pub(super) fn confidence(&self) -> String {
        self.table.confidence.map(|confidence| exact(of_float(confidence * 100.0))).unwrap_or_default()
    }

    /// The interval of a share.
    pub(super) fn interval(&self, row: &Row, format: &Format) -> RenderedCell {
        RenderedCell::of(interval(row, format).unwrap_or_default())
    }

    /// What stands behind a number, by lines.
    pub(super) fn hover(&self, row: &Row, format: &Format) -> Option<String> {
        let language = self.options.language;
        let mut lines: Vec<String> = numerator_over_denominator(row).into_iter().collect();
        lines.extend(self.unknowns(row));
        lines.extend(
            self.bounds(row, format).map(|bounds| Phrase::TrueValue.message().with("bounds", bounds).text(language)),
        );
        if row.durations.is_some() {
            lines.push(waiting(row, language));
            lines.extend(self.day_range(row, format));
        }
        if row.excluded > 0 {
            lines.push(Phrase::CountExcluded.message().with("count", row.excluded).text(language));
        }
        if let Some(interval) = interval(row, format) {
            let message = Phrase::Interval.message().with("confidence", self.confidence()).with("interval", interval);
            lines.push(message.text(language));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    pub(super) fn unknowns(&self, row: &Row) -> Vec<String> {
        [(row.unknown, Phrase::CountUnknown), (row.population_unknown, Phrase::CountPopulationUnknown)]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, phrase)| phrase.message().with("count", count).text(self.options.language))
            .collect()
    }

    /// The bounds, where unknown rows make them differ from the value.
    pub(super) fn bounds(&self, row: &Row, format: &Format) -> Option<String> {
        let (lower, upper) = (row.lower?, row.upper?);
        has_unknown(row).then(|| format!("{}–{}", format.text(lower), format.text(upper)))
    }

    /// How far imprecise dates could move a duration.
    pub(super) fn day_range(&self, row: &Row, format: &Format) -> Option<String> {
        let days = row.durations.filter(|days| days.is_imprecise())?;
        let shortest = format.lower_end(days.shortest?);
        let message = match days.longest {
            Some(longest) => Phrase::DaysWithin.message().with("longest", format.upper_end(longest)),
            None => Phrase::DaysAtLeast.message(),
        };
        Some(message.with("shortest", shortest).text(self.options.language))
    }

    pub(super) fn fraction(&self, row: &Row) -> RenderedCell {
        if !self.is_told(row) {
            return RenderedCell::default();
        }
        RenderedCell {
            numerator: row.numerator.map(exact_decimal),
            denominator: row.denominator.map(exact_decimal),
            // What is not divided has its one number in the column of values.
            ..RenderedCell::of(numerator_over_denominator(row).unwrap_or_default())
        }
    }

    /// Unknown members, and after a plus those that may not be members at all.
    pub(super) fn unknown(&self, row: &Row) -> RenderedCell {
        if row.period_start.is_none() && !self.is_told(row) {
            return RenderedCell::default();
        }
        let text = match row.population_unknown {
            0 => row.unknown.to_string(),
            more => format!("{}+{more}", row.unknown),
        };
        let unknowns = self.unknowns(row);
        RenderedCell { hover: (!unknowns.is_empty()).then(|| unknowns.join("\n")), ..RenderedCell::of(text) }
    }

    /// The period of the rows of one line: that of a flow where there is one, else the date.
    pub(super) fn period<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> String {
        let language = self.options.language;
        let mut date = None;
        for row in rows {
            if let Some(start) = row.period_start {
                return Period::Days { start, end: row.period_end }.label(language);
            }
            // A stock is never known for a day after the date it was judged at.
            let day = if self.is_repeated(row) { row.period_end } else { row.period_end.min(row.as_of) };
            date = date.or(Some(day));
        }
        date.map(|date| Phrase::AsOf.message().with("date", date).text(language)).unwrap_or_default()
    }

    /// The dates and the period: of a series, the first and the last, and all that its periods span.
    pub(super) fn title(&self) -> String {
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
}

/// The one value that all items are; `None` where there are several or none.
pub(super) fn only<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
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

/// Of a duration, how many have reached the event, and what has become of the others.
pub(super) fn waiting(row: &Row, language: Language) -> String {
    let whole = |number: Option<Decimal>| number.map(exact_decimal).unwrap_or_default();
    let (open, competing) = row.durations.map(|days| (days.open, days.competing)).unwrap_or_default();
    let phrase = if competing > 0 { Phrase::DaysWaitingAndEnded } else { Phrase::DaysWaiting };
    let message = phrase.message().with("all", whole(row.denominator)).with("reached", whole(row.numerator));
    message.with("open", open).with("competing", competing).text(language)
}

/// The Wilson interval, where it was asked.
fn interval(row: &Row, format: &Format) -> Option<String> {
    row.wilson.map(|(lower, upper)| format!("{}–{}", format.text(of_float(lower)), format.text(of_float(upper))))
}

/// An interval's end, to 15 digits: it is an approximation already, unlike a figure.
fn of_float(value: f64) -> Fraction {
    Fraction::from(Decimal { unscaled: (value * 1e15).round() as i128, scale: 15 })
}

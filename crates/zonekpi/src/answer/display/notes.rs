//! The footnotes of a table: what its marks mean, and for which cells.

use chrono::NaiveDate;

use super::format::Format;
use super::rendered::Footnote;
use super::sheet::{Sheet, only, waiting};
use crate::answer::row::Row;
use crate::indicator::{Basis, Indicator};
use crate::ledger::Schema;
use crate::message::Phrase;

/// The mark of values that unknown rows could move.
pub(super) const UNKNOWN: &str = "*";
/// The mark of values whose period is not over, or not in the ledger.
pub(super) const INCOMPLETE: &str = "†";
/// The mark of values that read today's state for another date.
pub(super) const UNDATED: &str = "‡";

/// The mark of durations that too few rows have come to.
pub(super) const NOT_REACHED: &str = "§";
/// The mark of cohorts that are too young.
pub(super) const IMMATURE: &str = "¶";

/// How many marked values the footnote tells of one by one.
const DETAILS: usize = 6;

pub(super) fn has_unknown(row: &Row) -> bool {
    row.unknown > 0 || row.population_unknown > 0 || row.durations.is_some_and(|days| days.is_imprecise())
}

/// Whether the quantile of a duration lies among the rows that have not reached the event. Over no rows there is none.
pub(super) fn is_not_reached(row: &Row) -> bool {
    row.durations.is_some() && row.value.is_none() && row.denominator.is_some_and(|all| all.unscaled > 0)
}

pub(super) fn is_immature(row: &Row) -> bool {
    row.immature
}

pub(super) fn is_incomplete(row: &Row) -> bool {
    !row.complete && !row.immature
}

pub(super) fn is_undated(row: &Row) -> bool {
    !row.undated.is_empty()
}

impl Sheet<'_> {
    /// What stands below the table.
    pub(super) fn footnotes(&self) -> Vec<Footnote> {
        let language = self.options.language;
        let mut notes = Vec::new();
        let items = self.items(has_unknown, |row, format| {
            let mut facts = self.unknowns(row);
            facts.extend(
                self.bounds(row, format)
                    .map(|bounds| Phrase::TrueValue.message().with("bounds", bounds).text(language)),
            );
            facts.extend(self.day_range(row, format));
            facts
        });
        if !items.is_empty() {
            let text = self.options.say(Phrase::NoteUnknown);
            notes.push(Footnote { items, ..Footnote::of(Some(UNKNOWN), text) });
        }
        let items = self.items(is_not_reached, |row, _| vec![waiting(row, language)]);
        if !items.is_empty() {
            let text = self.options.say(Phrase::NoteNotReached);
            notes.push(Footnote { items, ..Footnote::of(Some(NOT_REACHED), text) });
        }
        let mut add = |mark, text| notes.push(Footnote::of(mark, text));
        if self.table.marked(is_immature).next().is_some() {
            let observed = self.table.marked(is_immature).map(|row| row.as_of.min(self.table.snapshot_on)).max();
            let message = Phrase::NoteImmature.message().with("date", observed.unwrap_or_default());
            add(Some(IMMATURE), message.text(language));
        }
        let snapshot_on = self.table.snapshot_on;
        let to_come = || self.table.rows.iter().filter(|row| !self.is_told(row));
        if to_come().any(|row| row.period_start.is_some()) {
            add(Some(INCOMPLETE), Phrase::NotePeriodAfter.message().with("date", snapshot_on).text(language));
        }
        if to_come().any(|row| row.period_start.is_none()) {
            add(Some(INCOMPLETE), Phrase::NoteStockAfter.message().with("date", snapshot_on).text(language));
        }
        let incomplete = || self.table.marked(is_incomplete).filter(|row| self.is_told(row));
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

    /// The values that bear a mark, the first of them one by one with what is to be told of each.
    fn items(&self, mark: fn(&Row) -> bool, tell: impl Fn(&Row, &Format) -> Vec<String>) -> Vec<String> {
        let language = self.options.language;
        let mut items = Vec::new();
        let mut more = 0usize;
        for row in self.table.marked(mark).filter(|row| self.is_told(row)) {
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
            let facts = tell(row, format);
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
        for row in self.table.marked(is_undated).filter(|row| self.is_told(row)) {
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

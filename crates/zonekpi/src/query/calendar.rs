//! Whether the answer to a query depends on the calendar of days worked, and what its reader is told then.

use chrono::NaiveDate;

use super::plan::{Item, Side};
use crate::ledger::{Ledger, Schema};
use crate::message::{Message, Phrase};

/// What an answer has of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// It counts working days itself.
    counts: bool,
    /// It reads due dates or suspended days that were derived at reading.
    derived: bool,
    /// Of the columns of due dates that it reads, how many days a later notice may move.
    provisional: Vec<(&'static str, usize)>,
}

impl Reads {
    pub(crate) fn of(items: &[Item], ledger: &Ledger) -> Self {
        let sides = || items.iter().flat_map(|item| &item.sides);
        let reads = |name: &str| {
            let own = |side: &Side| {
                side.table == "cases" && side.columns().iter().any(|column| !column.of_project && column.name == name)
            };
            sides().any(own)
        };
        let clock = ledger.clock();
        Self {
            counts: sides().any(|side| side.indicator.counts_working_days() || side.filter.counts_working_days()),
            derived: clock.columns.iter().any(|name| reads(name)),
            provisional: clock.provisional.iter().filter(|(name, _)| reads(name)).copied().collect(),
        }
    }

    /// Whether it depends on the calendar at all.
    pub(crate) fn any(&self) -> bool {
        self.counts || self.derived
    }

    /// What the reader must be told: the calendar, what of it may yet change, and that nothing was suspended.
    pub(crate) fn notes(&self, ledger: &Ledger, last: Option<NaiveDate>) -> Vec<Message> {
        let mut notes = Vec::new();
        if !self.any() {
            return notes;
        }
        let calendar = ledger.calendar();
        let (first, end) = calendar.coverage();
        let told = Phrase::NoteCalendar.message().with("first", first).with("last", end);
        notes.push(told.with("version", calendar.version()).with("final", calendar.final_until()));
        for (name, count) in &self.provisional {
            let shown = Schema::builtin().table("cases").and_then(|table| table.column(name));
            let told = Phrase::NoteDueProvisional.message().with("count", count).with("final", calendar.final_until());
            notes.push(told.with("column_zh", shown.map_or(*name, |column| &column.zh)).with("column_en", name));
        }
        if self.counts && last.is_some_and(|last| last > calendar.final_until()) {
            notes.push(Phrase::NoteDaysProvisional.message().with("final", calendar.final_until()));
        }
        if self.derived && !ledger.clock().suspensions {
            notes.push(Phrase::NoteNoSuspensions.message());
        }
        if self.derived && ledger.clock().unassigned > 0 {
            notes.push(Phrase::NoteSuspensionsUnassigned.message().with("count", ledger.clock().unassigned));
        }
        notes
    }
}

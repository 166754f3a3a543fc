//! Whether the answer to a query depends on the calendar of days worked, and what its reader is told then.

use chrono::NaiveDate;

use super::plan::{Item, Side};
use crate::ledger::Ledger;
use crate::message::{Message, Phrase};

/// What an answer has of the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// It counts working days itself.
    counts: bool,
    /// It reads due dates or suspended days that were derived at reading.
    derived: bool,
}

impl Reads {
    pub(crate) fn of(items: &[Item], ledger: &Ledger) -> Self {
        let sides = || items.iter().flat_map(|item| &item.sides);
        let derived = |side: &Side| {
            let made = |name: &str| ledger.clock().columns.contains(&name);
            side.table == "cases" && side.columns().iter().any(|column| !column.of_project && made(&column.name))
        };
        Self {
            counts: sides().any(|side| side.indicator.counts_working_days() || side.filter.counts_working_days()),
            derived: sides().any(derived),
        }
    }

    /// Whether it depends on the calendar at all.
    pub(crate) fn any(self) -> bool {
        self.counts || self.derived
    }

    /// What the reader must be told: the calendar, what of it may yet change, and that nothing was suspended.
    pub(crate) fn notes(self, ledger: &Ledger, last: Option<NaiveDate>) -> Vec<Message> {
        let mut notes = Vec::new();
        if !self.any() {
            return notes;
        }
        let calendar = ledger.calendar();
        let (first, end) = calendar.coverage();
        let told = Phrase::NoteCalendar.message().with("first", first).with("last", end);
        notes.push(told.with("version", calendar.version()).with("final", calendar.final_until()));
        let provisional = ledger.clock().provisional;
        if self.derived && provisional > 0 {
            let told = Phrase::NoteDueProvisional.message().with("count", provisional);
            notes.push(told.with("final", calendar.final_until()));
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

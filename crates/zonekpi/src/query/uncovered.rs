//! What durations in working days cannot count: rows with days outside of the ledger's calendar.

use polars::prelude::*;

use super::plan::{Item, Side};
use crate::calendar::from_days;
use crate::error::Result;
use crate::indicator::{DayCount, Duration, Measure};
use crate::ledger::Ledger;
use crate::message::{Message, Phrase};

/// A sentence for each indicator of which some rows cannot be counted.
pub(super) fn find(items: &[Item], ledger: &Ledger) -> Result<Vec<Message>> {
    let mut notes = Vec::new();
    for side in items.iter().flat_map(|item| &item.sides) {
        if let Measure::Days(duration) = &side.indicator.measure
            && duration.calendar == DayCount::Working
        {
            notes.extend(of_side(side, duration, ledger)?);
        }
    }
    Ok(notes)
}

fn of_side(side: &Side, duration: &Duration, ledger: &Ledger) -> Result<Option<Message>> {
    let (first, last) = ledger.calendar().coverage();
    let mut outside = Vec::new();
    for event in [&duration.from, &duration.to] {
        let table = if event.of_project { "projects" } else { side.table };
        let Some(of_table) = ledger.table(table) else { continue };
        for name in [event.name.clone(), format!("{}_from", event.name)].iter().filter(|name| of_table.has(name)) {
            let days = of_table.columns([name])?;
            for (row, day) in days.column(name)?.cast(&DataType::Int32)?.i32()?.iter().enumerate() {
                if day.and_then(from_days).is_some_and(|day| day < first || day > last) {
                    outside.push((table, row));
                }
            }
        }
    }
    if outside.is_empty() {
        return Ok(None);
    }
    outside.sort_unstable();
    outside.dedup();
    let message = Phrase::DaysUncovered.message().with("indicator_zh", &side.indicator.name.zh);
    let message = message.with("indicator_en", &side.indicator.name.en).with("count", outside.len());
    Ok(Some(message.with("first", first).with("last", last)))
}

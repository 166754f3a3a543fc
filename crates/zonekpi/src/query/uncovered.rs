//! What durations in working days cannot count: rows with days outside of the ledger's calendar, and days that a later
//! notice may still change.

use polars::prelude::*;

use super::plan::{Item, Side};
use crate::calendar::from_days;
use crate::error::Result;
use crate::indicator::{DayCount, Duration, Measure};
use crate::ledger::{Ledger, Table};
use crate::message::{Message, Phrase};

/// A sentence for each indicator of which some rows cannot be counted, or only for now.
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

fn of_side(side: &Side, duration: &Duration, ledger: &Ledger) -> Result<Vec<Message>> {
    let (first, last) = ledger.calendar().coverage();
    let final_until = ledger.calendar().final_until();
    // Which rows have a day outside, and which one that is provisional.
    let (mut outside, mut provisional) = (Vec::new(), Vec::new());
    for event in [&duration.from, &duration.to] {
        let table = if event.of_project { "projects" } else { side.table };
        let Some(frame) = ledger.table(table).map(Table::frame) else { continue };
        for name in [event.name.clone(), format!("{}_from", event.name)] {
            let Ok(days) = frame.column(&name) else { continue };
            for (row, day) in days.cast(&DataType::Int32)?.i32()?.iter().enumerate() {
                let Some(day) = day.and_then(from_days) else { continue };
                if day < first || day > last {
                    outside.push((table, row));
                } else if day > final_until {
                    provisional.push((table, row));
                }
            }
        }
    }
    let count = |mut rows: Vec<(&str, usize)>| {
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    };
    let named = |phrase: Phrase, count: usize| {
        let message = phrase.message().with("indicator_zh", &side.indicator.name.zh);
        message.with("indicator_en", &side.indicator.name.en).with("count", count)
    };
    let mut notes = Vec::new();
    if !outside.is_empty() {
        notes.push(named(Phrase::DaysUncovered, count(outside)).with("first", first).with("last", last));
    }
    if !provisional.is_empty() {
        notes.push(named(Phrase::DaysProvisional, count(provisional)).with("date", final_until));
    }
    Ok(notes)
}

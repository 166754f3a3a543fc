//! The words of the Python side as the options of the core. Python has checked them; see `zonekpi/_options.py`
//! and `zonekpi/_query.py`.

use chrono::NaiveDate;
use zonekpi::{Cancelled, DisplayOptions, Engine, Every, Language, MoneyUnit, OnDuplicate, Phases, Result, Rounding};

pub(crate) fn language(lang: &str) -> Language {
    if lang == "en" { Language::En } else { Language::Zh }
}

pub(crate) fn every(every: &str) -> Result<Every> {
    Every::parse(every)
}

pub(crate) fn cancelled(cancelled: &str) -> Cancelled {
    if cancelled == "drop" { Cancelled::Drop } else { Cancelled::Keep }
}

pub(crate) fn phases(phases: &str) -> Phases {
    if phases == "parent" { Phases::Parent } else { Phases::Own }
}

pub(crate) fn engine(engine: &str) -> Engine {
    match engine {
        "reference" => Engine::Reference,
        "fused" => Engine::Fused,
        _ => Engine::Auto,
    }
}

pub(crate) fn on_duplicate(on_duplicate: &str) -> OnDuplicate {
    match on_duplicate {
        "first" => OnDuplicate::First,
        "last" => OnDuplicate::Last,
        _ => OnDuplicate::Error,
    }
}

/// A day as Python's `date.isoformat` writes it.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

pub(crate) fn display(lang: &str, rounding: &str, digits: Option<u32>, money_unit: &str) -> Result<DisplayOptions> {
    let mut shown = DisplayOptions::new().language(language(lang)).rounding(Rounding::parse(rounding)?);
    if let Some(digits) = digits {
        shown = shown.digits(digits)?;
    }
    // What no unit is called ("auto") leaves it to the column.
    Ok(match MoneyUnit::parse(money_unit) {
        Some(unit) => shown.money_unit(unit),
        None => shown,
    })
}

/// What said the day of a ledger, as names and texts.
pub(crate) fn snapshot_from(from: &zonekpi::SnapshotFrom) -> Vec<(&'static str, Option<String>)> {
    use zonekpi::SnapshotFrom::{Event, Given, Title};
    let named = |name: &str| ("from", Some(name.to_owned()));
    match from {
        Given => vec![named("given")],
        Title { file, sheet, value, .. } => {
            vec![named("title"), ("file", file.clone()), ("sheet", sheet.clone()), ("value", Some(value.clone()))]
        }
        Event { table, file, sheet, row, column, value, written, .. } => vec![
            named("event"),
            ("table", Some(table.clone())),
            ("file", file.clone()),
            ("sheet", sheet.clone()),
            ("row", row.map(|row| row.to_string())),
            ("column", Some(column.clone())),
            ("value", Some(value.clone())),
            ("written", written.clone()),
        ],
        _ => vec![named("today")],
    }
}

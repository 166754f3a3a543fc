//! The example ledger, read once from the files in `example/`.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{Ledger, Reader};
use crate::error::Result;

macro_rules! files {
    ($($table:literal),*) => {
        [$(($table, include_bytes!(concat!("example/", $table, ".csv")).as_slice())),*]
    };
}

pub(super) fn ledger() -> Result<Ledger> {
    static EXAMPLE: OnceLock<Ledger> = OnceLock::new();
    if let Some(ledger) = EXAMPLE.get() {
        return Ok(ledger.clone());
    }
    let mut reader = reader();
    if let Some(snapshot_on) = NaiveDate::from_ymd_opt(2024, 3, 31) {
        reader = reader.snapshot_on(snapshot_on);
    }
    let ledger = reader.finish()?;
    Ok(EXAMPLE.get_or_init(|| ledger).clone())
}

fn reader() -> Reader {
    let files = files!(
        "projects",
        "batch_entries",
        "parcels",
        "buildings",
        "matters",
        "cases",
        "suspensions",
        "services",
        "tasks",
        "activities",
        "targets",
        "reported"
    );
    files.into_iter().fold(Reader::default(), |reader, (table, bytes)| reader.bytes(format!("{table}.csv"), bytes))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_example_holds_all_tables() {
        let ledger = ledger().expect("the files are read");
        assert_eq!(ledger.snapshot_on(), reader().finish().expect("again").snapshot_on(), "no event lies after it");
        assert_eq!(ledger.tables().count(), 12);
        // Cells that nobody can read or place, and what is worth a note: no more than the generator meant.
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for issue in ledger.issues() {
            *codes.entry(issue.code.as_str()).or_default() += 1;
        }
        let notes = codes.remove("date_last_day_taken");
        assert!(notes.is_some_and(|notes| notes > 100), "months as plans");
        let codes: Vec<_> = codes.into_iter().collect();
        assert_eq!(
            codes,
            [
                ("date_impossible", 2),
                ("date_undecided", 4),
                ("date_unknown_but_happened", 5),
                ("key_not_in_projects", 1),
                ("parent_and_phase_money", 8),
            ]
        );
    }
}

//! The example ledger, read once from the files in `example/`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{Ledger, Reader};

macro_rules! files {
    ($($table:literal),*) => {
        [$(($table, include_bytes!(concat!("example/", $table, ".csv")).as_slice())),*]
    };
}

pub(super) fn ledger() -> Ledger {
    static EXAMPLE: OnceLock<Ledger> = OnceLock::new();
    EXAMPLE
        .get_or_init(|| {
            // A test reads these files, so that the empty ledger is never seen.
            let snapshot_on = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap_or_default();
            reader().snapshot_on(snapshot_on).finish().unwrap_or_else(|_| Ledger {
                tables: BTreeMap::new(),
                issues: Vec::new(),
                readings: Vec::new(),
                snapshot_on,
            })
        })
        .clone()
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
    use super::*;

    #[test]
    fn the_example_holds_all_tables() {
        let ledger = reader().finish().expect("the files are read");
        assert_eq!(ledger.tables().count(), 12);
        let mut codes: BTreeMap<(String, &str, Option<String>), usize> = BTreeMap::new();
        for issue in ledger.issues() {
            *codes.entry((issue.table.clone(), issue.code.as_str(), issue.column.clone())).or_default() += 1;
        }
        assert!(codes.len() < 100, "{codes:?}");
    }
}

//! How the tests read a ledger, and how they write down a cell of it.

use polars::prelude::{AnyValue, DataFrame};
use zonekpi::{Ledger, OnDuplicate, polars};

use crate::manifest;

/// A sample ledger.
pub(crate) fn read(file: &str) -> Ledger {
    let path = manifest::folder().join(file);
    Ledger::reader().on_duplicate(OnDuplicate::First).read([path]).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// A ledger of one text.
pub(crate) fn of_csv(csv: &str) -> Ledger {
    Ledger::reader().bytes("台账.csv", csv.as_bytes()).finish().unwrap_or_else(|e| panic!("{csv}: {e}"))
}

/// A cell as a text: amounts without zeros at their end, days as ISO has them.
pub(crate) fn shown(frame: &DataFrame, column: &str, row: usize) -> Option<String> {
    match frame.column(column).ok()?.get(row).expect("the row") {
        AnyValue::Null => None,
        AnyValue::String(text) => Some(text.to_owned()),
        AnyValue::StringOwned(text) => Some(text.to_string()),
        AnyValue::Decimal(unscaled, _, scale) => {
            let digits = format!("{:0width$}", unscaled.abs(), width = scale + 1);
            let (whole, part) = digits.split_at(digits.len() - scale);
            let sign = if unscaled < 0 { "-" } else { "" };
            Some(format!("{sign}{whole}.{part}").trim_end_matches('0').trim_end_matches('.').to_owned())
        }
        other => Some(other.to_string()),
    }
}

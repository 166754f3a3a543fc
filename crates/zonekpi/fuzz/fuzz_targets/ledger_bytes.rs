//! The bytes of a file: a ledger or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zonekpi::{Language, Ledger, OnDuplicate};

fuzz_target!(|bytes: &[u8]| {
    match Ledger::reader().on_duplicate(OnDuplicate::First).bytes("file", bytes).finish() {
        Ok(ledger) => ledger.issues().iter().for_each(|issue| drop(issue.message.text(Language::Zh))),
        Err(error) => drop(error.text(Language::En)),
    }
});

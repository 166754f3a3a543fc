//! The Rust example of README.md, word for word; a test compares both.
#![allow(clippy::print_stdout, reason = "an example shows what it has computed")]

use zonekpi::{Ledger, Query};

fn main() -> zonekpi::Result<()> {
    let ledger = Ledger::example()?;
    let board = Query::new(["commitment_share", "agency_share"])
        .by(["zone"])
        .filter("zone = '朔州经开区'")
        .as_of("2024-03-31")
        .run(&ledger)?;
    println!("{board}");
    Ok(())
}

//! The board of the example ledger: a few indicators of every zone, as of the day of its snapshot.
//!
//! `cargo run --example board`, and `cargo run --example board -- en` for English.

#![allow(clippy::print_stdout, reason = "an example prints")]

use zonekpi::{DisplayOptions, Language, Ledger, Query};

fn main() -> Result<(), zonekpi::Error> {
    let language = if std::env::args().any(|a| a == "en") { Language::En } else { Language::Zh };
    let ledger = Ledger::example()?;
    let board = Query::new(["commitment_share", "agency_share", "start_rate", "completion_rate", "signed_investment"])
        .by(["zone"])
        .as_of("2024-03-31")
        .totals(true)
        .run(&ledger)?;
    println!("{}", board.render(&DisplayOptions::new().language(language)));
    Ok(())
}

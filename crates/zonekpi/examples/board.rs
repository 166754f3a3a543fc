//! The board of the bundled example: what newspapers printed of one zone, and two shares over all zones.
//!
//! `cargo run --example board` prints it in Chinese, `cargo run --example board en` in English.
#![allow(clippy::print_stdout, reason = "an example shows what it has computed")]

use zonekpi::{Cell, DisplayOptions, Language, Ledger, Query, Result};

fn main() -> Result<()> {
    let english = std::env::args().nth(1).as_deref() == Some("en");
    let language = if english { Language::En } else { Language::Zh };
    let shown = DisplayOptions::new().language(language);
    let ledger = Ledger::example()?;

    let printed = Query::new([
        "commitment_share",
        "agency_share",
        "standard_land_share",
        "standard_land_area",
        "foundation_share",
        "batch_projects",
        "batch_investment",
        "batch_start_rate",
        "batch_capacity_rate",
    ]);
    let zone = printed.by(["zone"]).filter("zone = '朔州经开区'").period("cumulative").run(&ledger)?;
    println!("{}\n", zone.display(&shown));

    let shares = Query::new(["commitment_share", "agency_share"]).by(["zone"]).as_of("2024-03-31").totals(true);
    let shares = shares.run(&ledger)?;
    println!("{}\n", shares.display(&shown));
    println!("{}\n", shares.definition("commitment_share", language)?);

    let cell = Cell::new().group("zone", "朔州经开区");
    println!("{}", shares.attrition("commitment_share", &cell, language)?);
    Ok(())
}

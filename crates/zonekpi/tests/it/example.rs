//! The bundled example: every cell of every indicator opens to the rows that it counts, and its attrition adds up.

use std::collections::BTreeMap;

use zonekpi::polars::prelude::*;
use zonekpi::{Cell, Language, Ledger, Query, Row};

fn cell(row: &Row) -> Cell {
    if row.total {
        return Cell::new().total();
    }
    match &row.groups[0] {
        Some(zone) => Cell::new().group("zone", zone),
        None => Cell::new().blank("zone"),
    }
}

fn outcomes(rows: &DataFrame) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for outcome in rows.column("outcome").expect("outcomes").str().expect("texts").iter().flatten() {
        *counts.entry(outcome.to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn every_cell_opens_to_the_rows_that_it_counts() {
    let ledger = Ledger::example().expect("the example");
    let board = Query::all().by(["zone"]).as_of("2024-03-31").totals(true).run(&ledger).expect("a board");
    let mut cells = 0;
    for row in board.rows() {
        let id = row.indicator.as_str();
        let rows = board.open(id, &cell(row)).expect("rows");
        let counts = outcomes(&rows);
        let count = |outcome: &str| counts.get(outcome).copied().unwrap_or(0);
        let place = format!("{id} {:?}", row.groups);
        assert_eq!(count("unknown"), row.unknown, "{place}");
        assert_eq!(count("population_unknown"), row.population_unknown, "{place}");
        assert_eq!(count("excluded"), row.excluded, "{place}");
        let members = count("met") + count("not_met") + count("unknown");
        if row.lower.is_some() && id.ends_with("_share") && !id.contains("area") {
            assert_eq!(row.denominator.map(|d| d.unscaled), Some(members.into()), "{place}");
            assert_eq!(row.numerator.map(|n| n.unscaled), Some(count("met").into()), "{place}");
        }
        let steps = board.attrition(id, &cell(row), Language::En).expect("steps");
        let numbers = |name: &str| -> Vec<i64> {
            steps.column(name).expect("a column").i64().expect("counts").iter().flatten().collect()
        };
        let names: Vec<String> =
            steps.column("step").expect("steps").str().expect("texts").iter().flatten().map(str::to_owned).collect();
        let (into, out, unknown) = (numbers("in"), numbers("out"), numbers("unknown"));
        let (mut last, mut met, mut open, mut perhaps) = (0, 0, 0, 0);
        for i in 0..names.len() {
            let here = into[i] + out[i] + unknown[i];
            match names[i].as_str() {
                "rows" => {}
                // Of the members alone.
                "met" => {
                    assert_eq!(here, into[i - 1], "{place}");
                    met += into[i];
                    open += unknown[i];
                }
                _ => assert_eq!(here, last, "{place}, {}", names[i]),
            }
            if names[i] == "denominator" {
                perhaps += unknown[i];
            }
            last = into[i] + unknown[i];
        }
        assert_eq!((met, open, perhaps), (count("met"), row.unknown, row.population_unknown), "{place}");
        cells += 1;
    }
    // Nine zones and the total, of all indicators but those on tables without a zone of each.
    assert_eq!(cells, 91 * 10);
}

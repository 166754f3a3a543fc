//! The bundled example: every cell of every indicator opens to the rows that it counts, and its attrition adds up.

use std::collections::BTreeMap;

use zonekpi::polars::prelude::*;
use zonekpi::{Catalog, Cell, DisplayOptions, Language, Ledger, Query, Row};

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
    assert_eq!(cells, Catalog::builtin().len() * 10);
}

/// One figure of the table "Expected on the bundled example": how it is asked, its exact parts, what it prints.
struct Expected {
    id: &'static str,
    zone: &'static str,
    period: Option<&'static str>,
    numerator: (i128, u32),
    denominator: Option<i128>,
    prints: &'static str,
}

const fn figure(
    id: &'static str,
    zone: &'static str,
    period: Option<&'static str>,
    numerator: (i128, u32),
    denominator: Option<i128>,
    prints: &'static str,
) -> Expected {
    Expected { id, zone, period, numerator, denominator, prints }
}

const SHUOZHOU: &str = "朔州经开区";
const YANGQUAN: &str = "阳泉高新区";
const ALL: Option<&str> = Some("cumulative");

#[test]
fn the_figures_of_the_article_come_out_of_rows() {
    let figures = [
        figure("commitment_share", SHUOZHOU, None, (59, 0), Some(63), "93.65%"),
        figure("agency_share", SHUOZHOU, None, (61, 0), Some(75), "81.33%"),
        figure("standard_land_parcels", SHUOZHOU, ALL, (3, 0), None, "3 个"),
        figure("standard_land_area", SHUOZHOU, ALL, (138_640_000, 6), None, "138.64 亩"),
        figure("standard_land_share", SHUOZHOU, ALL, (3, 0), Some(3), "100.00%"),
        figure("standard_land_reserve", SHUOZHOU, ALL, (2_200_000_000, 6), None, "2200.00 亩"),
        figure("foundation_share", SHUOZHOU, None, (28, 0), Some(51), "54.90%"),
        figure("batch_projects", SHUOZHOU, ALL, (60, 0), None, "60 个"),
        figure("batch_investment", SHUOZHOU, ALL, (896_900_000_000, 2), None, "89.69 亿元"),
        figure("service_visits", YANGQUAN, Some("2024Q1"), (21, 0), None, "21 个"),
        figure("problems_solved", YANGQUAN, Some("2024Q1"), (16, 0), None, "16 个"),
    ];
    let ledger = Ledger::example().expect("the example");
    for expected in figures {
        let mut query = Query::new([expected.id]).filter(format!("zone = '{}'", expected.zone)).as_of("2024-03-31");
        if let Some(period) = expected.period {
            query = query.period(period);
        }
        let answer = query.run(&ledger).expect("an answer");
        let row = &answer.rows()[0];
        let id = expected.id;
        assert_eq!(row.numerator.map(|n| (n.unscaled, n.scale)), Some(expected.numerator), "{id}");
        assert_eq!(row.denominator.map(|d| d.unscaled), expected.denominator, "{id}");
        assert_eq!((row.unknown, row.population_unknown), (0, 0), "{id}");
        let unit = &answer.indicators().next().expect("an indicator").unit;
        assert_eq!(DisplayOptions::new().text(row.value.expect("a value"), unit), expected.prints, "{id}");
    }
    for id in ["batch_start_rate", "batch_capacity_rate"] {
        let query = Query::new([id]).filter(format!("zone = '{SHUOZHOU}'")).as_of("2024-03-31");
        let answer = query.run(&ledger).expect("an answer");
        let row = &answer.rows()[0];
        assert_eq!(DisplayOptions::new().text(row.value.expect("a value"), "share"), "100.00%");
        assert_eq!((row.unknown, row.population_unknown), (0, 0), "{id}");
    }
}

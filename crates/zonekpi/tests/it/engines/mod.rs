//! The engines give the same figures, line by line: of made-up ledgers, made-up definitions and made-up questions.
//! `reference` is the meaning; whatever else computes is held to it.

mod frames;
mod ledgers;
mod questions;

use std::sync::Arc;

use zonekpi::{Catalog, Engine, ErrorKind, KpiTable, Ledger, Query, Schema};

use self::questions::{Scope, asked};
use crate::dice::{Dice, rounds};

/// What both engines say, or that both refuse with the same words.
fn both(query: &Query, ledger: &Ledger) -> Option<(KpiTable, KpiTable)> {
    let fast = query.clone().engine(Engine::Auto).run(ledger);
    let meant = query.clone().engine(Engine::Reference).run(ledger);
    match (fast, meant) {
        (Ok(fast), Ok(meant)) => Some((fast, meant)),
        (Err(fast), Err(meant)) => {
            assert_eq!(fast.to_string(), meant.to_string());
            assert_ne!(meant.kind(), ErrorKind::Compute, "{meant}: {query:?}");
            None
        }
        (fast, meant) => panic!("only one of them answers: {:?} {:?}", fast.err(), meant.err()),
    }
}

/// Compares all lines; how many of them the fused engine gave.
fn compare(case: &str, query: &Query, ledger: &Ledger, catalog: &Catalog) -> usize {
    let Some((fast, meant)) = both(query, ledger) else { return 0 };
    assert_eq!(fast.rows().len(), meant.rows().len(), "{case}: {query:?}");
    for (fast, meant) in fast.rows().iter().zip(meant.rows()) {
        assert_eq!(fast, meant, "{case}: {}\n{query:?}", catalog.get(&fast.indicator).expect("asked").text);
    }
    fast.rows().iter().filter(|row| fast.engine(&row.indicator) == Some("fused")).count()
}

/// Definitions over the tables of a ledger, and conditions to filter by.
fn made_up(dice: &mut Dice, ledger: &Ledger, count: usize) -> (Catalog, Vec<String>, Vec<String>) {
    let tables: Vec<_> = Schema::builtin().tables().filter(|table| ledger.table(&table.name).is_some()).collect();
    let mut catalog = Catalog::clone(&Catalog::builtin());
    let (mut ids, mut filters, mut refused) = (Vec::new(), Vec::new(), 0);
    while ids.len() < count {
        let table = if dice.chance(40) { tables[0] } else { dice.pick(&tables) };
        let scope = Scope::of(ledger, table);
        let id = format!("made_up_{}", ids.len());
        let Some(text) = scope.definition(dice, &id, &table.name) else { continue };
        match catalog.add_toml(&text, "made-up.toml") {
            Ok(more) => {
                catalog = more;
                ids.push(id);
                filters.extend(Scope::of(ledger, tables[0]).condition(dice, 1));
            }
            Err(error) => {
                refused += 1;
                assert!(refused < 100 * count, "{text}\n{error}");
            }
        }
    }
    (catalog, ids, filters)
}

#[test]
fn the_engines_agree_on_every_indicator_of_the_catalog() {
    let (mut fused, mut all) = (0, 0);
    for round in 0..rounds(6) {
        let mut dice = Dice::of(u64::from(round));
        let (rows, sorted) = (5 + dice.roll(150), dice.chance(30));
        let ledger = ledgers::ledger(&mut dice, rows, sorted);
        let (_, _, filters) = made_up(&mut dice, &ledger, 3);
        for _ in 0..3 {
            let query = asked(&mut dice, Query::all(), &filters);
            fused += compare(&format!("round {round}"), &query, &ledger, &Catalog::builtin());
            all += 1;
        }
    }
    assert!(fused > 100 * all, "{fused} lines of {all} questions were computed by the fused engine");
}

#[test]
fn the_engines_agree_on_made_up_definitions() {
    let (mut fused, mut asked_for) = (0, 0);
    for round in 0..rounds(25) {
        let mut dice = Dice::of(1_000_000 + u64::from(round));
        let (rows, sorted) = (1 + dice.roll(80), dice.chance(30));
        let ledger = ledgers::ledger(&mut dice, rows, sorted);
        let (catalog, ids, filters) = made_up(&mut dice, &ledger, 12);
        let catalog = Arc::new(catalog);
        for id in ids {
            let query = asked(&mut dice, Query::new([id]).catalog(Arc::clone(&catalog)), &filters);
            fused += usize::from(compare(&format!("round {round}"), &query, &ledger, &catalog) > 0);
            asked_for += 1;
        }
    }
    assert!(fused * 3 > asked_for, "{fused} of {asked_for} were computed by the fused engine");
}

#[test]
fn the_engines_agree_over_many_morsels() {
    for (round, sorted) in [(0, false), (1, true)] {
        let mut dice = Dice::of(2_000_000 + round);
        let ledger = ledgers::ledger(&mut dice, 30_000, sorted);
        let (catalog, mut ids, filters) = made_up(&mut dice, &ledger, 4);
        ids.extend(["signed_projects", "signed_investment", "commitment_share", "paid_in_rate"].map(str::to_owned));
        let catalog = Arc::new(catalog);
        for _ in 0..4 {
            let query = asked(&mut dice, Query::new(ids.clone()).catalog(Arc::clone(&catalog)), &filters);
            compare(&format!("round {round}"), &query, &ledger, &catalog);
        }
    }
}

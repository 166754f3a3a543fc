//! The frame of an answer says what its rows say, whatever was asked: each column is made again from the public rows.

use std::sync::Arc;

use zonekpi::polars::prelude::*;
use zonekpi::{Basis, Cohorts, Decimal, Fraction, KpiTable, Measure, Query, Row};

use super::{asked, ledgers, made_up};
use crate::dice::{Dice, rounds};

fn texts<'r>(name: &str, cells: impl Iterator<Item = Option<&'r str>>) -> Column {
    cells.collect::<StringChunked>().with_name(name.into()).into_column()
}

fn days(name: &str, cells: impl Iterator<Item = Option<chrono::NaiveDate>>) -> Column {
    let since = |day: chrono::NaiveDate| day.signed_duration_since(chrono::NaiveDate::default()).num_days() as i32;
    let days: Int32Chunked = cells.map(|day| day.map(since)).collect();
    days.with_name(name.into()).into_column().cast(&DataType::Date).expect("dates")
}

fn counts(name: &str, cells: impl Iterator<Item = Option<i64>>) -> Column {
    cells.collect::<Int64Chunked>().with_name(name.into()).into_column()
}

fn floats(name: &str, cells: impl Iterator<Item = Option<f64>>) -> Column {
    cells.collect::<Float64Chunked>().with_name(name.into()).into_column()
}

fn flags(name: &str, cells: impl Iterator<Item = bool>) -> Column {
    BooleanChunked::from_iter_values(name.into(), cells).into_column()
}

/// The columns of the rows, all but the numerator and the denominator, whose form depends on the question.
fn columns(answer: &KpiTable, wilson: bool, ages: impl Fn(&Row) -> Option<i64>) -> Vec<Column> {
    let rows = || answer.rows().iter();
    let of = |row: &Row| answer.indicators().find(|indicator| indicator.id == row.indicator).expect("asked");
    let float = |fraction: Option<Fraction>| fraction.map(Fraction::to_f64);
    let mut columns = vec![texts("indicator", rows().map(|row| Some(row.indicator.as_str())))];
    for (at, name) in answer.dimensions().enumerate() {
        columns.push(texts(name, rows().map(|row| row.groups[at].as_deref())));
    }
    let basis = |row: &Row| if row.basis == Basis::Flow { "flow" } else { "stock" };
    columns.extend([
        texts("basis", rows().map(|row| Some(basis(row)))),
        days("period_start", rows().map(|row| row.period_start)),
        days("period_end", rows().map(|row| Some(row.period_end))),
        days("as_of", rows().map(|row| Some(row.as_of))),
        floats("value", rows().map(|row| float(row.value))),
        counts("unknown", rows().map(|row| Some(row.unknown))),
        counts("population_unknown", rows().map(|row| Some(row.population_unknown))),
        counts("population_unknown_met", rows().map(|row| Some(row.population_unknown_met))),
        counts("population_unknown_not_met", rows().map(|row| Some(row.population_unknown_not_met))),
        counts("excluded", rows().map(|row| Some(row.excluded))),
        floats("lower", rows().map(|row| float(row.lower))),
        floats("upper", rows().map(|row| float(row.upper))),
    ]);
    if wilson {
        columns.push(floats("wilson_lower", rows().map(|row| row.wilson.map(|(lower, _)| lower))));
        columns.push(floats("wilson_upper", rows().map(|row| row.wilson.map(|(_, upper)| upper))));
    }
    if answer.indicators().any(|indicator| matches!(indicator.measure, Measure::Days(_))) {
        columns.extend([
            counts("open", rows().map(|row| row.durations.map(|told| told.open))),
            counts("competing", rows().map(|row| row.durations.map(|told| told.competing))),
            floats("shortest", rows().map(|row| float(row.durations.and_then(|told| told.shortest)))),
            floats("longest", rows().map(|row| float(row.durations.and_then(|told| told.longest)))),
        ]);
    }
    if rows().any(|row| ages(row).is_some()) {
        columns.push(counts("age", rows().map(ages)));
        columns.push(flags("immature", rows().map(|row| row.immature)));
    }
    let mut undated = ListStringChunkedBuilder::new("undated".into(), answer.height(), 2);
    rows().for_each(|row| undated.append_values_iter(row.undated.iter().map(String::as_str)));
    columns.extend([
        undated.finish().into_column(),
        flags("complete", rows().map(|row| row.complete)),
        flags("total", rows().map(|row| row.total)),
        texts("unit", rows().map(|row| Some(of(row).unit.as_str()))),
        texts("definition", rows().map(|row| Some(of(row).fingerprint.as_str()))),
        texts("engine", rows().map(|row| answer.engine(&row.indicator))),
    ]);
    columns
}

/// Decimals as the texts that they print, without zeros that say nothing: their scale is that of the whole column.
fn printed(number: Option<Decimal>) -> Option<String> {
    let Decimal { unscaled, scale } = number?;
    let sign = if unscaled < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - scale as usize);
    Some(format!("{sign}{whole}.{part}").trim_end_matches('0').trim_end_matches('.').to_owned())
}

fn says_what_its_rows_say(answer: &KpiTable, wilson: bool, ages: impl Fn(&Row) -> Option<i64>) {
    // The frame is asked for first: it must not lean on rows that were made.
    let (plain, exact) = (answer.frame(false).expect("a frame"), answer.frame(true).expect("a frame"));
    assert_eq!(
        (answer.height(), plain.height(), exact.height()),
        (answer.rows().len(), answer.height(), plain.height())
    );
    let expected = DataFrame::new(answer.height(), columns(answer, wilson, ages)).expect("columns");
    let sides: [(&str, fn(&Row) -> Option<Decimal>); 2] =
        [("numerator", |row| row.numerator), ("denominator", |row| row.denominator)];
    let mut names: Vec<&str> = expected.columns().iter().map(|column| column.name().as_str()).collect();
    let place = names.iter().position(|name| *name == "value").expect("a value") + 1;
    names.splice(place..place, ["numerator", "denominator"]);
    for frame in [&plain, &exact] {
        assert!(frame.columns().iter().map(|column| column.name().as_str()).eq(names.iter().copied()));
        let without = frame.drop_many(["numerator", "denominator"]);
        assert_eq!(without.schema(), expected.schema());
        for (found, meant) in without.columns().iter().zip(expected.columns()) {
            assert!(found.equals_missing(meant), "{}\n{found:?}\n{meant:?}", found.name());
            if let (Ok(found), Ok(meant)) = (found.f64(), meant.f64()) {
                let bits = |cells: &Float64Chunked| cells.iter().map(|cell| cell.map(f64::to_bits)).collect::<Vec<_>>();
                assert_eq!(bits(found), bits(meant), "{}", found.name());
            }
        }
    }
    for (name, of) in sides {
        let meant = floats(name, answer.rows().iter().map(|row| of(row).map(|d| Fraction::from(d).to_f64())));
        assert!(plain.column(name).expect("a side").equals_missing(&meant), "{name}");
        let cells = exact.column(name).expect("a side").cast(&DataType::String).expect("texts");
        let told = |text: &str| match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            None => text.to_owned(),
        };
        let found: Vec<Option<String>> = cells.str().expect("texts").iter().map(|text| text.map(told)).collect();
        let meant: Vec<Option<String>> = answer.rows().iter().map(|row| printed(of(row))).collect();
        assert_eq!(found, meant, "{name}");
    }
}

#[test]
fn a_frame_says_what_the_rows_say() {
    let (mut merged, mut many) = (0, 0);
    for round in 0..rounds(4) {
        let mut dice = Dice::of(3_000_000 + u64::from(round));
        let (rows, sorted) = (5 + dice.roll(100), dice.chance(30));
        let ledger = ledgers::ledger(&mut dice, rows, sorted);
        let (catalog, ids, filters) = made_up(&mut dice, &ledger, 12);
        let catalog = Arc::new(catalog);
        for _ in 0..4 {
            let confidence = dice.chance(50);
            let query = match dice.roll(3) {
                0 => Query::all(),
                1 => Query::new(&ids).catalog(Arc::clone(&catalog)),
                _ => Query::new(ids.iter().take(1)).catalog(Arc::clone(&catalog)),
            };
            let query = asked(&mut dice, query, &filters);
            let query = if confidence { query.confidence(0.95) } else { query };
            let Ok(answer) = query.run(&ledger) else { continue };
            says_what_its_rows_say(&answer, confidence, |_| None);
            many += usize::from(answer.height() > 4096);
            let over: Vec<String> = answer.dimensions().take(1).map(str::to_owned).collect();
            let over: Vec<&str> = over.iter().map(String::as_str).collect();
            // Indicators that do not add up are refused; some questions are of none such.
            if let Ok(sum) = KpiTable::merge(&[answer], &over) {
                says_what_its_rows_say(&sum, confidence, |_| None);
                merged += 1;
            }
        }
    }
    assert!(merged > 0 && many > 0, "{merged} were merged, {many} were long");
}

#[test]
fn a_frame_of_cohorts_says_what_the_rows_say() {
    let mut young = 0;
    for round in 0..rounds(3) {
        let mut dice = Dice::of(4_000_000 + u64::from(round));
        let ledger = ledgers::ledger(&mut dice, 80, false);
        let cohorts = Cohorts::new("signed_on").event("started_on").ages([30, 180]).table("projects");
        let Ok(answer) = cohorts.by(["zone"]).totals(dice.chance(50)).run(&ledger) else { continue };
        let age = |row: &Row| row.indicator.rsplit('_').next()?.parse().ok();
        says_what_its_rows_say(&answer, false, age);
        young += answer.rows().iter().filter(|row| row.immature).count();
    }
    assert!(young > 0);
}

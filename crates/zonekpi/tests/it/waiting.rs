//! How far a query is, told to whoever waits for it, who may end it.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use zonekpi::polars::prelude::*;
use zonekpi::{Cell, Cohorts, Engine, Every, KpiTable, Ledger, Progress, Query, Result, Step};

use crate::kept::Scratch;

/// Writes down what it is told, and ends the work at a part.
struct Told {
    steps: Arc<Mutex<Vec<String>>>,
    ends_at: Option<usize>,
}

impl Progress for Told {
    fn step(&self, step: &Step<'_>) -> ControlFlow<()> {
        let Step::Compute { zh, en, done, of } = step else { return ControlFlow::Continue(()) };
        let told = format!("{zh} {en} {done}/{of}");
        let mut steps = self.steps.lock().expect("nobody panicked");
        // A side is told once more when its rows are made ready.
        if steps.last() != Some(&told) {
            steps.push(told);
        }
        if self.ends_at == Some(*done) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

fn ask(
    ends_at: Option<usize>,
    run: impl FnOnce(Told) -> Result<KpiTable>,
) -> (Result<KpiTable>, Arc<Mutex<Vec<String>>>) {
    let steps = Arc::new(Mutex::new(Vec::new()));
    let answer = run(Told { steps: Arc::clone(&steps), ends_at });
    (answer, steps)
}

fn told(steps: &Mutex<Vec<String>>) -> Vec<String> {
    steps.lock().expect("nobody panicked").clone()
}

#[test]
fn a_query_tells_each_side_and_span_and_may_be_ended_at_any() {
    let ledger = Ledger::example().expect("the example");
    let query = Query::new(["agency_share", "signed_projects"]).every(Every::Quarter).period("2023");
    let query = query.engine(Engine::Reference);
    let (answer, steps) = ask(None, |told| query.clone().progress(told).run(&ledger));
    let told_of = told(&steps);
    // Two indicators at four quarters; before, both are made ready.
    assert!(told_of.iter().all(|step| step.ends_with("/8")), "{told_of:?}");
    let last: Vec<&str> = told_of.iter().rev().take(4).rev().map(String::as_str).collect();
    let name = "签约项目数 Signed projects";
    assert_eq!(last, [4, 5, 6, 7].map(|done| format!("{name} {done}/8")), "{told_of:?}");
    let (ended, steps) = ask(Some(6), |told| query.clone().progress(told).run(&ledger));
    let error = ended.expect_err("ended");
    assert_eq!((error.kind(), error.code()), (zonekpi::ErrorKind::Query, "interrupted"));
    assert_eq!(told(&steps).last(), Some(&format!("{name} 6/8")));
    // The answer outlives the wait: nobody is told of what is done with it later.
    let answer = answer.expect("an answer");
    assert_eq!(Arc::strong_count(&steps), 1);
    answer.open("signed_projects", &Cell::new().period_end("2023-03-31")).expect("rows");
    assert_eq!(answer.to_string(), query.run(&ledger).expect("an answer").to_string());
}

#[test]
fn one_pass_over_the_rows_tells_how_many_blocks_of_them_it_has_gone_through() {
    let rows = 50_000;
    let days = Int32Chunked::from_iter_values("signed_on".into(), (0..rows).map(|row| 19_000 + row % 900));
    let days = days.into_column().cast(&DataType::Date).expect("days");
    let ledger = Ledger::from_frames([("projects", DataFrame::new(rows as usize, vec![days]).expect("a frame"))]);
    let ledger = ledger.expect("a ledger");
    let query = Query::new(["signed_projects"]).period("2023").engine(Engine::Fused);
    let (answer, steps) = ask(None, |told| query.clone().progress(told).run(&ledger));
    answer.expect("an answer");
    // 50,000 rows are 13 times 4,096, of which four are taken at a time.
    let name = "签约项目数 Signed projects";
    let mut blocks = told(&steps).split_off(1);
    blocks.sort_unstable_by_key(String::len);
    let told_of = ["0/13", "4/13", "8/13", "12/13"];
    for block in told_of {
        assert!(blocks.contains(&format!("{name} {block}")), "{blocks:?}");
    }
    let (ended, _) = ask(Some(8), |told| query.progress(told).run(&ledger));
    assert_eq!(ended.expect_err("ended").code(), "interrupted");
}

#[test]
fn cohorts_tell_too() {
    let ledger = Ledger::example().expect("the example");
    let cohorts = Cohorts::new("signed_on").event("started_on").ages([90, 180]).period("2023");
    let (answer, steps) = ask(None, |told| cohorts.clone().progress(told).run(&ledger));
    answer.expect("an answer");
    let told_of = told(&steps);
    // Both ages of four quarters are made ready, then counted in one pass over one block of rows.
    for age in [90, 180] {
        let ready = format!("签约后 {age} 天内开工 Signed, then started within {age} days 0/8");
        assert!(told_of.contains(&ready), "{told_of:?}");
    }
    assert!(told_of.last().is_some_and(|step| step.ends_with("1/1")), "{told_of:?}");
    let (ended, _) = ask(Some(1), |told| cohorts.progress(told).run(&ledger));
    assert_eq!(ended.expect_err("ended").code(), "interrupted");
}

#[test]
fn a_scan_tells_how_many_pieces_it_has_gone_through() {
    let rows = 600_000;
    let days = Int32Chunked::from_iter_values("signed_on".into(), (0..rows).map(|row| 19_000 + row % 900));
    let days = days.into_column().cast(&DataType::Date).expect("days");
    let mut frame = DataFrame::new(rows as usize, vec![days]).expect("a frame");
    let folder = Scratch::new();
    std::fs::create_dir_all(&folder.0).expect("a folder");
    // Row groups of this size are asked one by one, each some rows at a time.
    for (rows_of_group, pieces) in [(150_000, 4), (rows as usize, 1)] {
        let path = folder.0.join(format!("{pieces}.parquet"));
        let file = std::fs::File::create(&path).expect("a file");
        ParquetWriter::new(file).with_row_group_size(Some(rows_of_group)).finish(&mut frame).expect("written");
        let reader = Ledger::reader().table("projects").snapshot_on("2024-12-31".parse().expect("a day"));
        let scan = reader.scan([path]).expect("a scan");
        let query = Query::new(["signed_projects"]).period("2023").engine(Engine::Fused);
        let (answer, steps) = ask(None, |told| query.clone().progress(told).scan(&scan));
        answer.expect("an answer");
        let told_of = told(&steps);
        let name = "签约项目数 Signed projects";
        // A piece is done with when all of its rows are counted, and not before.
        let known: Vec<String> = (0..pieces).map(|done| format!("{name} {done}/{pieces}")).collect();
        assert_eq!(told_of.first(), known.first());
        assert!(told_of.iter().all(|step| known.contains(step)), "{told_of:?}");
        let (ended, _) = ask(Some(0), |told| query.progress(told).scan(&scan));
        assert_eq!(ended.expect_err("ended").code(), "interrupted");
    }
}

//! How long one indicator takes on a frame of a million rows, from the frame to the answer: `cargo bench`.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

use zonekpi::polars::prelude::*;
use zonekpi::{Ledger, Query, kpi};

fn main() {
    divan::main();
}

/// A million projects in fifty zones, typed, in the order of a ledger that nobody sorted.
fn projects(rows: usize) -> DataFrame {
    let mut state = 20_240_331_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let zones: Vec<String> = (0..50).map(|i| format!("第{i}开发区")).collect();
    let zone: StringChunked = (0..rows).map(|_| zones.get(next(50) as usize).map(String::as_str)).collect();
    let flag = |next: &mut dyn FnMut(u64) -> u64| -> BooleanChunked {
        (0..rows)
            .map(|_| match next(20) {
                0 => None,
                n => Some(n % 3 > 0),
            })
            .collect()
    };
    let filed = flag(&mut next);
    let commitment = flag(&mut next);
    let approved: Int32Chunked = (0..rows).map(|_| (next(10) > 0).then(|| 18_500 + next(1_400) as i32)).collect();
    DataFrame::new(
        rows,
        vec![
            zone.with_name("zone".into()).into_column(),
            filed.with_name("filed".into()).into_column(),
            commitment.with_name("commitment".into()).into_column(),
            approved.with_name("approved_on".into()).into_column().cast(&DataType::Date).expect("dates"),
        ],
    )
    .expect("a frame")
}

#[divan::bench(sample_count = 10)]
fn frame_to_answer(bencher: divan::Bencher<'_, '_>) {
    let frame = projects(1_000_000);
    bencher.bench_local(|| kpi::commitment_share().by(["zone"]).run(&frame).expect("an answer"));
}

#[divan::bench(sample_count = 10)]
fn ledger_to_answer(bencher: divan::Bencher<'_, '_>) {
    let ledger = Ledger::from_frames([("projects", projects(1_000_000))]).expect("a ledger");
    bencher.bench_local(|| Query::new(["commitment_share"]).by(["zone"]).run(&ledger).expect("an answer"));
}

//! A board of twenty indicators by zone, and its series of sixty months: the fused engine, the reference engine, and the
//! board as an expert writes it in Polars, interleaved in one process. `cargo bench --bench board`.
//!
//! `ZONEKPI_BENCH_SCALE` is the number of rows in millions (1), `ZONEKPI_BENCH_GROUPS` the number of zones (50),
//! `ZONEKPI_BENCH_ROUNDS` how often each is run (5). With `ZONEKPI_BENCH_SORTED` the rows stand zone by zone, and with
//! `ZONEKPI_BENCH_REFERENCE` the reference engine runs too.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a benchmark prints, and measures nothing without its rows"
)]

mod meter;
mod projects;

use std::time::Instant;

use zonekpi::polars::prelude::*;
use zonekpi::{Engine, Every, Ledger, Query};

const INDICATORS: [&str; 20] = [
    "signed_projects",
    "signed_investment",
    "approved_projects",
    "started_projects",
    "produced_projects",
    "commitment_projects",
    "commitment_share",
    "agency_share",
    "commissioner_share",
    "start_rate",
    "signed_production_rate",
    "cancellation_rate",
    "production_rate",
    "completion_rate",
    "capacity_rate",
    "output_attainment",
    "paid_in_rate",
    "average_investment",
    "tax_per_mu",
    "jobs",
];

const AS_OF: &str = "2024-03-31";

/// The time of each contender, in milliseconds, over the rounds; the median counts.
struct Contender<'a> {
    name: &'static str,
    run: Box<dyn Fn() -> usize + 'a>,
    times: Vec<f64>,
    /// The time of all threads, in milliseconds.
    busy: Vec<f64>,
}

impl<'a> Contender<'a> {
    fn new(name: &'static str, run: impl Fn() -> usize + 'a) -> Self {
        Self { name, run: Box::new(run), times: Vec::new(), busy: Vec::new() }
    }
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The time that the threads of this process have worked, in milliseconds: what a busy machine does not lengthen.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = text.rsplit(')').next().unwrap_or_default();
    // The 14th and the 15th field, in hundredths of a second; the first two stand before.
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() * 10.0
}

fn board(ledger: &Ledger, engine: Engine) -> usize {
    let query = Query::new(INDICATORS).by(["zone"]).as_of(AS_OF).engine(engine);
    query.run(ledger).expect("a board").frame(false).expect("a frame").height()
}

fn series(ledger: &Ledger, engine: Engine) -> usize {
    let query = Query::new(INDICATORS).by(["zone"]).period("2019-04-01..2024-03-31").every(Every::Month).engine(engine);
    query.run(ledger).expect("a series").rows().len()
}

/// What the board counts and sums, in one `group_by`: masks first, then their sums, which Polars does fastest.
fn by_polars(frame: &DataFrame) -> usize {
    let day = |year: i32, month: u32, day: u32| lit(chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a day"));
    let (as_of, year) = (|| day(2024, 3, 31), || day(2024, 1, 1));
    let by = |event: &str| col(event).lt_eq(as_of());
    let within = |event: &str| by(event).and(col(event).gt_eq(year()));
    let both = |a: &str, b: &str| by(a).and(by(b));
    let none = |column: &str| col(column).is_null();
    let mut counts: Vec<(&str, Expr)> = Vec::new();
    let mut sums: Vec<(&str, Expr, &str)> = Vec::new();
    for event in ["signed_on", "approved_on", "started_on", "produced_on"] {
        counts.push((event, within(event)));
    }
    let filed = || by("approved_on").and(col("filed"));
    let known = |a: &'static str, b: &'static str| none(a).or(none(b)).not();
    counts.extend([
        ("unknown_investment", within("signed_on").and(none("investment_cny"))),
        ("filed", filed()),
        ("perhaps_filed", by("approved_on").and(none("filed"))),
        ("commitment", filed().and(col("commitment"))),
        ("perhaps_commitment", filed().and(none("commitment"))),
        ("perhaps_filed_commitment", by("approved_on").and(none("filed")).and(col("commitment"))),
        ("perhaps_filed_no_commitment", by("approved_on").and(none("filed")).and(col("commitment").not())),
        ("approved", by("approved_on")),
        ("agency", by("approved_on").and(col("agency_handled"))),
        ("perhaps_agency", by("approved_on").and(none("agency_handled"))),
        ("commissioner", by("approved_on").and(none("commissioner").not())),
        ("signed", by("signed_on")),
        ("signed_started", both("signed_on", "started_on")),
        ("signed_produced", both("signed_on", "produced_on")),
        ("signed_cancelled", both("signed_on", "cancelled_on")),
        ("started", by("started_on")),
        ("started_produced", both("started_on", "produced_on")),
        ("started_completed", both("started_on", "completed_on")),
        ("produced", by("produced_on")),
        ("produced_at_capacity", both("produced_on", "at_capacity_on")),
        ("attained", by("produced_on").and(known("output_cny", "planned_output_cny"))),
        ("paid", by("signed_on").and(known("paid_in_cny", "contracted_capital_cny"))),
        ("taxed", by("produced_on").and(known("tax_cny", "land_mu"))),
        ("kept", by("produced_on").and(by("cancelled_on").not().fill_null(lit(true)))),
        ("kept_jobs", by("produced_on").and(by("cancelled_on").not().fill_null(lit(true))).and(none("jobs"))),
        ("dropped", by("produced_on").and(by("cancelled_on"))),
    ]);
    let attained = || by("produced_on").and(known("output_cny", "planned_output_cny"));
    let paid = || by("signed_on").and(known("paid_in_cny", "contracted_capital_cny"));
    let taxed = || by("produced_on").and(known("tax_cny", "land_mu"));
    sums.extend([
        ("s_investment", within("signed_on"), "investment_cny"),
        ("s_output", attained(), "output_cny"),
        ("s_planned", attained(), "planned_output_cny"),
        ("s_paid", paid(), "paid_in_cny"),
        ("s_contracted", paid(), "contracted_capital_cny"),
        ("s_tax", taxed(), "tax_cny"),
        ("s_land", taxed(), "land_mu"),
        ("s_jobs", by("produced_on").and(by("cancelled_on").not().fill_null(lit(true))), "jobs"),
    ]);
    let mut before = vec![col("zone")];
    let mut after = Vec::new();
    for (name, mask) in counts {
        before.push(mask.alias(name));
        after.push(col(name).sum());
    }
    for (name, mask, value) in sums {
        before.push(when(mask).then(col(value)).otherwise(lit(NULL)).alias(name));
        after.push(col(name).sum());
    }
    let found = frame.clone().lazy().select(before).group_by([col("zone")]).agg(after).collect().expect("a board");
    found.height() * found.width()
}

fn main() {
    let rows = (meter::setting("ZONEKPI_BENCH_SCALE", 1.0) * 1e6) as usize;
    let groups = meter::setting("ZONEKPI_BENCH_GROUPS", 50.0) as usize;
    let rounds = meter::setting("ZONEKPI_BENCH_ROUNDS", 5.0) as usize;
    let sorted = std::env::var_os("ZONEKPI_BENCH_SORTED").is_some();
    let begun = Instant::now();
    let since = |what: &str| println!("{what:<36} {:>10.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    let frame = projects::made(rows, groups, sorted);
    since("projects made, after");
    let ledger = Ledger::from_frames([("projects", frame.clone())]).expect("a ledger");
    since("ledger of them, after");
    // For Polars, amounts in 64 bits and zones as categories: what an expert would do before.
    let plain = projects::plain(&frame);
    let first = Instant::now();
    board(&ledger, Engine::Fused);
    println!("{:<36} {:>10.1} ms", "first board, columns prepared", first.elapsed().as_secs_f64() * 1e3);
    let mut contenders = vec![
        Contender::new("board, fused", || board(&ledger, Engine::Fused)),
        Contender::new("board, Polars", || by_polars(&plain)),
        Contender::new("series of 60 months, fused", || series(&ledger, Engine::Fused)),
    ];
    if std::env::var_os("ZONEKPI_BENCH_REFERENCE").is_some() {
        contenders.push(Contender::new("board, reference", || board(&ledger, Engine::Reference)));
    }
    for _ in 0..rounds.max(1) {
        for contender in &mut contenders {
            let (begun, before) = (Instant::now(), busy());
            assert!((contender.run)() > 0);
            contender.times.push(begun.elapsed().as_secs_f64() * 1e3);
            contender.busy.push(busy() - before);
        }
    }
    let fused = median(&contenders[0].times);
    println!("{rows} rows, {groups} zones, medians of {rounds}; peak {} MiB", meter::peak() / 1024);
    for contender in &contenders {
        let (time, busy) = (median(&contender.times), median(&contender.busy));
        println!("{:<36} {time:>10.1} ms {:>8.1} {busy:>10.0} ms busy", contender.name, time / fused);
    }
}

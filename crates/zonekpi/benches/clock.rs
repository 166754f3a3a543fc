//! What the due dates of ten million cases cost beside the reading of the same file: the cases are read once without
//! their limits and once with them. `cargo bench -p zonekpi --bench clock`.
//!
//! Every pass runs in a process of its own, so that its peak of memory (VmHWM) is its own; of each the quickest counts.
//! `ZONEKPI_BENCH_SCALE=0.01` makes the file smaller, `ZONEKPI_BENCH_TURNS` sets how often each pass runs.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a benchmark prints, and measures nothing without its files"
)]

mod meter;
mod passes;

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use zonekpi::Ledger;
use zonekpi::polars::prelude::{DataFrame, ParquetReader, ParquetWriter, SerReader};

use self::meter::{peak, setting};
use self::passes::{asked, measured};

const ROWS: usize = 10_000_000;
/// One case in so many was suspended.
const SUSPENDED: usize = 20;

fn main() {
    match asked() {
        Some((pass, path)) => run(&pass, Path::new(&path)),
        None => compare(),
    }
}

/// One pass in this process: prints seconds, peak memory in KiB, and what was counted.
fn run(pass: &str, folder: &Path) {
    if pass == "write" {
        return write(folder);
    }
    let cases = frame(&folder.join("cases.parquet"));
    let suspensions = frame(&folder.join("suspensions.parquet"));
    let begin = Instant::now();
    let frames = match pass {
        // Without a limit there is nothing to be due.
        "reading" => vec![("cases", cases.drop_many(["promised_limit", "statutory_limit"]))],
        "due" => vec![("cases", cases)],
        "suspended" => vec![("cases", cases), ("suspensions", suspensions)],
        other => return println!("there is no pass {other}"),
    };
    let ledger = Ledger::from_frames(frames).expect("a ledger");
    let seconds = begin.elapsed().as_secs_f64();
    let cases = ledger.table("cases").expect("cases").frame().expect("rows");
    let due = cases.column("due_on").map_or(0, |due| due.len() - due.null_count());
    println!("{seconds} {} {due}", peak());
}

fn frame(path: &Path) -> DataFrame {
    ParquetReader::new(std::fs::File::open(path).expect("the file")).finish().expect("a frame")
}

fn compare() {
    let turns = setting("ZONEKPI_BENCH_TURNS", 3.0) as usize;
    let folder = folder();
    measured("write", &folder);
    println!("{:>24} {:>10} {:>12} {:>12}", "pass", "seconds", "peak", "due dates");
    for (pass, name) in [("reading", "reading alone"), ("due", "with due dates"), ("suspended", "with suspensions")] {
        let runs: Vec<(f64, u64, usize)> = (0..turns.max(1)).map(|_| measured(pass, &folder)).collect();
        let seconds = runs.iter().map(|run| run.0).fold(f64::MAX, f64::min);
        let peak = runs.iter().map(|run| run.1).max().unwrap_or(0);
        let due = runs.last().map_or(0, |run| run.2);
        println!("{name:>24} {seconds:>10.2} {:>9} MB {due:>12}", peak / 1024);
    }
    // What is left over is only in the way.
    let _ = std::fs::remove_dir_all(&folder);
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("zonekpi-bench-clock-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Writes the cases and the suspensions: as text first, read by the ledger's own rules, then as typed frames.
fn write(folder: &Path) {
    let rows = (ROWS as f64 * setting("ZONEKPI_BENCH_SCALE", 1.0)) as usize;
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |most: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % most
    };
    let path = folder.join("cases.csv");
    let mut file = BufWriter::new(std::fs::File::create(&path).expect("a file"));
    writeln!(
        file,
        "case_id,zone,promised_limit,promised_limit_unit,statutory_limit,statutory_limit_unit,accepted_on,decided_on"
    )
    .expect("a line");
    let mut suspensions = String::from("case_id,from_on,to_on\n");
    for row in 0..rows {
        let (zone, promised, more) = (next(50), 1 + next(20), next(30));
        let unit = ["工作日", "工作日", "工作日", "自然日"][next(4) as usize];
        let (year, month, day) = (2020 + next(6), 1 + next(12), 1 + next(28));
        let later = (day + next(20)).min(28);
        writeln!(
            file,
            "C{row},{zone}区,{promised},{unit},{},{unit},{year}-{month:02}-{day:02},{year}-{month:02}-{later:02}",
            promised + more
        )
        .expect("a line");
        if row % SUSPENDED == 0 {
            writeln!(suspensions, "C{row},{year}-{month:02}-{day:02},{year}-{month:02}-{later:02}").expect("a line");
        }
    }
    file.flush().expect("the file");
    drop(file);
    let ledger = Ledger::reader().bytes("suspensions.csv", suspensions.as_bytes());
    let ledger = ledger.read([&path]).expect("a ledger");
    std::fs::remove_file(path).expect("the file");
    for table in ["cases", "suspensions"] {
        let frame = ledger.table(table).expect(table).frame().expect("rows");
        let derived = ["promised_due_on", "statutory_due_on", "due_on", "suspended_days"];
        let mut frame = frame.drop_many(derived.into_iter().chain(["source_file", "source_sheet", "source_row"]));
        let file = std::fs::File::create(folder.join(format!("{table}.parquet"))).expect("a file");
        ParquetWriter::new(file).finish(&mut frame).expect("written");
    }
    println!("0 0 0");
}

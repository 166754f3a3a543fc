//! What reading a ledger costs beside one pass of the parser alone, in time and in memory: a workbook of 500,000 rows
//! beside calamine, a text file of five million beside the csv crate. `cargo bench -p zonekpi --bench reading`.
//!
//! Every pass runs in a process of its own, so that its peak of memory (VmHWM) is its own; the passes take turns, and
//! of each the quickest counts. `ZONEKPI_BENCH_SCALE=0.01` makes the files smaller, `ZONEKPI_BENCH_TURNS` sets how
//! often each pass runs.
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
use std::io::{BufWriter, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use calamine::{Reader, Xlsx};
use zonekpi::Ledger;

use self::meter::{peak, setting};
use self::passes::{asked, measured};

const XLSX_ROWS: usize = 500_000;
const CSV_ROWS: usize = 5_000_000;

const HEADERS: [&str; 9] = [
    "项目编号",
    "项目名称",
    "开发区",
    "立项方式",
    "签约时间",
    "开工时间",
    "总投资（万元）",
    "用地面积（亩）",
    "是否承诺制",
];

fn main() {
    match asked() {
        Some((pass, path)) => run(&pass, Path::new(&path)),
        None => compare(),
    }
}

/// One pass in this process: prints seconds, peak memory in KiB, and what was counted.
fn run(pass: &str, file: &Path) {
    let begin = Instant::now();
    let counted = match pass {
        "write_xlsx" => write_xlsx(file),
        "write_csv" => write_csv(file),
        "calamine" => cells_of_xlsx(file),
        "csv" => cells_of_csv(file),
        "ledger" => {
            let ledger = Ledger::read(file).expect("a ledger");
            assert!(ledger.issues().len() < 10, "a clean ledger");
            ledger.table("projects").expect("projects").height()
        }
        other => {
            println!("there is no pass {other}");
            return;
        }
    };
    println!("{} {} {counted}", begin.elapsed().as_secs_f64(), peak());
}

fn cells_of_xlsx(file: &Path) -> usize {
    let bytes = std::fs::read(file).expect("the file");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let name = workbook.sheet_names().first().cloned().expect("a sheet");
    let mut reader = workbook.worksheet_cells_reader(&name).expect("cells");
    let mut cells = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        std::hint::black_box(cell);
        cells += 1;
    }
    cells
}

fn cells_of_csv(file: &Path) -> usize {
    let bytes = std::fs::read(file).expect("the file");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).expect("a record") {
        cells += std::hint::black_box(&record).len();
    }
    cells
}

fn compare() {
    let turns = setting("ZONEKPI_BENCH_TURNS", 3.0) as usize;
    println!(
        "{:>10} {:>10} {:>10} {:>8} {:>10} {:>12} {:>12}",
        "file", "rows", "parser", "ledger", "own share", "parser peak", "ledger peak"
    );
    for (name, write, parser) in [("xlsx", "write_xlsx", "calamine"), ("csv", "write_csv", "csv")] {
        let file = folder().join(format!("reading.{name}"));
        let (_, _, rows) = measured(write, &file);
        let (mut alone, mut whole) = ((f64::MAX, 0), (f64::MAX, 0));
        for _ in 0..turns.max(1) {
            let (seconds, peak, _) = measured(parser, &file);
            alone = (alone.0.min(seconds), alone.1.max(peak));
            let (seconds, peak, read) = measured("ledger", &file);
            assert_eq!(read, rows, "every row is read");
            whole = (whole.0.min(seconds), whole.1.max(peak));
        }
        let share = ((whole.0 - alone.0) / whole.0 * 100.0).max(0.0);
        let megabytes = |kib: u64| format!("{} MB", kib / 1024);
        println!(
            "{name:>10} {rows:>10} {:>8.2} s {:>6.2} s {share:>8.1} % {:>12} {:>12}",
            alone.0,
            whole.0,
            megabytes(alone.1),
            megabytes(whole.1)
        );
        std::fs::remove_file(&file).expect("the file");
    }
}

fn folder() -> PathBuf {
    std::env::temp_dir()
}

/// The rows of a made-up ledger: ids and names differ in every row, the rest repeats as it does in real ones.
struct Rows {
    state: u64,
}

struct Row {
    zone: usize,
    kind: usize,
    signed: (u32, u32, u32),
    started: Option<(u32, u32, u32)>,
    money: u64,
    land: u64,
    commitment: Option<bool>,
}

impl Rows {
    fn new() -> Self {
        Self { state: 20_240_331 }
    }

    fn below(&mut self, below: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % below
    }

    fn day(&mut self) -> (u32, u32, u32) {
        (2019 + self.below(5) as u32, 1 + self.below(12) as u32, 1 + self.below(28) as u32)
    }

    fn row(&mut self) -> Row {
        let signed = self.day();
        Row {
            zone: self.below(80) as usize,
            kind: self.below(3) as usize,
            signed,
            // A year after it was signed at the most, and never before.
            started: (self.below(3) > 0).then(|| {
                let (year, month, day) = (signed.0, signed.1 + self.below(12) as u32, signed.2);
                if month > 12 { (year + 1, month - 12, day) } else { (year, month, day) }
            }),
            money: 100 + self.below(200_000),
            land: 50 + self.below(5_000),
            commitment: (self.below(20) > 0).then(|| self.below(3) > 0),
        }
    }
}

const KINDS: [&str; 3] = ["备案", "核准", "审批"];

fn rows(most: usize) -> usize {
    ((most as f64 * setting("ZONEKPI_BENCH_SCALE", 1.0)) as usize).max(100)
}

fn write_csv(file: &Path) -> usize {
    let count = rows(CSV_ROWS);
    let mut out = BufWriter::new(std::fs::File::create(file).expect("a file"));
    writeln!(out, "{}", HEADERS.join(",")).expect("written");
    let mut made = Rows::new();
    let mut line = String::new();
    for at in 0..count {
        let row = made.row();
        line.clear();
        let (year, month, day) = row.signed;
        write!(line, "P{at:07},第{at}号标准厂房项目,第{}开发区,{},", row.zone, KINDS[row.kind]).expect("written");
        write!(line, "{year}-{month:02}-{day:02},").expect("written");
        if let Some((year, month, day)) = row.started {
            write!(line, "{year}-{month:02}-{day:02}").expect("written");
        }
        let flag = row.commitment.map_or("", |yes| if yes { "是" } else { "否" });
        writeln!(line, ",{},{}.{},{flag}", row.money, row.land / 10, row.land % 10).expect("written");
        out.write_all(line.as_bytes()).expect("written");
    }
    out.flush().expect("written");
    count
}

fn write_xlsx(file: &Path) -> usize {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let count = rows(XLSX_ROWS);
    let mut workbook = Workbook::new();
    let days = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write_string(0, column, header).expect("written");
    }
    let mut made = Rows::new();
    let date = |(year, month, day): (u32, u32, u32)| {
        ExcelDateTime::from_ymd(year as u16, month as u8, day as u8).expect("a day")
    };
    for at in 0..count {
        let row = made.row();
        let line = at as u32 + 1;
        sheet.write_string(line, 0, format!("P{at:07}")).expect("written");
        sheet.write_string(line, 1, format!("第{at}号标准厂房项目")).expect("written");
        sheet.write_string(line, 2, format!("第{}开发区", row.zone)).expect("written");
        sheet.write_string(line, 3, KINDS[row.kind]).expect("written");
        sheet.write_datetime_with_format(line, 4, date(row.signed), &days).expect("written");
        if let Some(started) = row.started {
            sheet.write_datetime_with_format(line, 5, date(started), &days).expect("written");
        }
        sheet.write_number(line, 6, row.money as f64).expect("written");
        sheet.write_number(line, 7, row.land as f64 / 10.0).expect("written");
        if let Some(yes) = row.commitment {
            sheet.write_string(line, 8, if yes { "是" } else { "否" }).expect("written");
        }
    }
    workbook.save(file).expect("written");
    count
}

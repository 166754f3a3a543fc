//! Files so large that they are read in parts, and columns in which nearly all cells differ: they are read by ways of
//! their own, and what comes out is what a small file gives. Each cell is made by a formula, which also says what it is.

use std::fmt::Write as _;
use std::path::PathBuf;

use zonekpi::polars::prelude::*;
use zonekpi::{Ledger, Result};

const ROWS: usize = 90_000;

struct File(PathBuf);

impl File {
    /// A ledger of so many rows, in which some cells are written by `odd`: by row and column, `None` for as usual.
    fn of(name: &str, odd: impl Fn(usize, usize) -> Option<&'static str>, below: &str) -> Self {
        let mut text = String::from("项目编号,项目名称,开发区,签约时间,总投资（万元）,用地面积（㎡）,备注\n");
        for row in 0..ROWS {
            let cells = [
                format!("P{row:06}"),
                format!("第{row}号厂房"),
                format!("第{}开发区", row % 7),
                format!("2023-{:02}-{:02}", 1 + row % 12, 1 + row % 28),
                format!("{}.{:02}", 1000 + row, row % 100),
                format!("{}", 2000 + row),
                if row % 2 == 0 { String::new() } else { format!("x{row}") },
            ];
            let cell =
                |at: usize| odd(row, at).map_or_else(|| cells.get(at).cloned().unwrap_or_default(), str::to_owned);
            let line: Vec<String> = (0..cells.len()).map(cell).collect();
            writeln!(text, "{}", line.join(",")).expect("a line");
        }
        text.push_str(below);
        let path = std::env::temp_dir().join(format!("zonekpi-large-{name}-{}.csv", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        Self(path)
    }

    fn read(&self) -> Result<Ledger> {
        Ledger::read(&self.0)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn projects(ledger: &Ledger) -> &DataFrame {
    ledger.table("projects").expect("projects").frame().expect("rows")
}

fn texts(frame: &DataFrame, name: &str) -> StringChunked {
    frame.column(name).expect(name).str().expect("texts").clone()
}

/// A column of amounts, in the last digit it is stored in.
fn stored(frame: &DataFrame, name: &str) -> Vec<Option<i128>> {
    frame.column(name).expect(name).decimal().expect("amounts").physical().iter().collect()
}

/// 1000.07万元 in fen, of row 7.
fn fen(row: usize) -> Option<i128> {
    Some(((1000 + row) * 100 + row % 100) as i128 * 10_000)
}

/// 2007㎡ in millionths of a mu, of row 7: 1㎡ is 0.0015亩.
fn mu(row: usize) -> Option<i128> {
    Some((2000 + row) as i128 * 1500)
}

fn codes(ledger: &Ledger) -> Vec<(&str, Option<u64>)> {
    ledger.issues().iter().map(|issue| (issue.code.as_str(), issue.row)).collect()
}

#[test]
fn every_cell_of_a_large_file_stands_in_its_row() {
    let file = File::of("clean", |_, _| None, "");
    let ledger = file.read().expect("a ledger");
    let frame = projects(&ledger);
    assert_eq!((frame.height(), codes(&ledger)), (ROWS, vec![]));
    let (ids, names, zones) = (texts(frame, "project_id"), texts(frame, "project_name"), texts(frame, "zone"));
    let notes = texts(frame, "备注");
    let days = frame.column("signed_on").expect("days").date().expect("days").physical().clone();
    for row in 0..ROWS {
        assert_eq!(ids.get(row), Some(format!("P{row:06}").as_str()));
        assert_eq!(names.get(row), Some(format!("第{row}号厂房").as_str()));
        assert_eq!(zones.get(row), Some(format!("第{}开发区", row % 7).as_str()));
        assert_eq!(notes.get(row), (row % 2 == 1).then(|| format!("x{row}")).as_deref());
    }
    // 2023-01-01 is day 19358.
    assert_eq!((days.get(0), days.get(12 * 28)), (Some(19_358), Some(19_358)));
    assert_eq!(stored(frame, "investment_cny"), (0..ROWS).map(fen).collect::<Vec<_>>());
    assert_eq!(stored(frame, "land_mu"), (0..ROWS).map(mu).collect::<Vec<_>>());
    let numbers = frame.column("source_row").expect("numbers").u32().expect("numbers").clone();
    assert_eq!((numbers.get(0), numbers.get(ROWS - 1)), (Some(2), Some(ROWS as u32 + 1)));
}

#[test]
fn odd_cells_of_a_large_file_are_read_as_those_of_a_small_one() {
    let odd = |row: usize, at: usize| match (row, at) {
        // Spaces around an id, a word for nothing, a unit of its own, about, and what is no amount.
        (89_000, 0) => Some(" Ｐ089000\u{3000}"),
        (89_001, 1) => Some("无"),
        (89_002, 4) => Some("2亿元"),
        (89_003, 4) => Some("约5"),
        (89_004, 4) => Some("待定"),
        (89_005, 5) => Some("/"),
        (89_006, 6) => Some("同上"),
        _ => None,
    };
    let file = File::of("odd", odd, "");
    let ledger = file.read().expect("a ledger");
    let frame = projects(&ledger);
    let money = stored(frame, "investment_cny");
    let land = stored(frame, "land_mu");
    assert_eq!(texts(frame, "project_id").get(89_000), Some("P089000"));
    assert_eq!(texts(frame, "project_name").get(89_001), None);
    // 2亿元 and 5万元 in fen.
    assert_eq!((money[89_002], money[89_003], money[89_004]), (Some(20_000_000_000), Some(5_000_000), None));
    assert_eq!((land[89_005], land[89_006]), (None, mu(89_006)));
    assert_eq!(texts(frame, "备注").get(89_006), Some("同上"));
    let others = (0..ROWS).filter(|row| !(89_002..89_005).contains(row));
    assert!(others.clone().all(|row| money[row] == fen(row)));
    let told = codes(&ledger);
    assert!(told.contains(&("money_approximate", Some(89_005))), "{told:?}");
    assert!(told.contains(&("money_unreadable", Some(89_006))), "{told:?}");
}

#[test]
fn totals_and_notes_below_a_large_file_are_known() {
    let sum: i128 = (0..ROWS).filter_map(fen).sum::<i128>() / 10_000;
    let below = format!("合计,,,,{}.{:02},,\n填表人：李四,,,,,,\n", sum / 100, sum % 100);
    let file = File::of("totals", |_, _| None, &below);
    let ledger = file.read().expect("a ledger");
    assert_eq!(projects(&ledger).height(), ROWS);
    assert_eq!(stored(projects(&ledger), "investment_cny"), (0..ROWS).map(fen).collect::<Vec<_>>());
    let reading = ledger.reading().first().expect("a reading");
    let aside: Vec<(u64, &str)> = reading.set_aside.iter().map(|row| (row.row, row.label.as_str())).collect();
    assert_eq!(aside, [(ROWS as u64 + 2, "合计"), (ROWS as u64 + 3, "填表人：")]);
    let checked: Vec<(&str, bool)> = reading.totals.iter().map(|total| (total.column.as_str(), total.agrees)).collect();
    assert_eq!(checked, [("总投资（万元）", true)]);
}

#[test]
fn a_quote_or_another_encoding_deep_in_a_large_file_is_found() {
    let quoted = File::of("quoted", |row, at| ((row, at) == (89_000, 6)).then_some("\"a,\n\"\"b\""), "");
    let ledger = quoted.read().expect("a ledger");
    let frame = projects(&ledger);
    assert_eq!((frame.height(), texts(frame, "备注").get(89_000)), (ROWS, Some("a,\n\"b")));
    assert_eq!(stored(frame, "investment_cny"), (0..ROWS).map(fen).collect::<Vec<_>>());
    let mut bytes = std::fs::read(&quoted.0).expect("the file");
    let at = bytes.len() - 3;
    bytes[at] = 0xFF;
    std::fs::write(&quoted.0, bytes).expect("the file");
    assert_eq!(quoted.read().expect_err("a byte of no encoding").code(), "encoding_mixed");
}

#[test]
fn ids_that_stand_twice_in_a_large_file_are_an_error() {
    let file = File::of("twice", |row, at| ((row, at) == (89_900, 0)).then_some("P000005"), "");
    let error = file.read().expect_err("one id twice");
    assert_eq!(error.code(), "duplicate_keys");
    assert!(error.to_string().contains("P000005 (7, 89902)"), "{error}");
}

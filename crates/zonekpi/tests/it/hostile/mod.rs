//! Whatever the bytes of a file or the text of a cell: a ledger or an error, never a panic, and no more memory than a
//! sheet may take. A fixed count of rounds; `ZONEKPI_ROUNDS=100` goes round a hundred times as often, and `make fuzz`
//! without end.

mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{Column, DataFrame};
use zonekpi::{Ledger, OnDuplicate, Severity, polars};

use crate::dice::{Dice, rounds};
use crate::{cells, manifest};

fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(manifest::folder())
        .expect("the folder")
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| name != "manifest.yaml")
        .map(|(name, path)| (name, std::fs::read(path).expect("a file")))
        .collect();
    // The same order everywhere, so that a seed tells the same file.
    seeds.sort();
    seeds
}

fn read(name: &str, bytes: &[u8]) {
    // Where the reader takes it for a ledger, all that is told of it can be told.
    if let Ok(ledger) = Ledger::reader().on_duplicate(OnDuplicate::First).bytes(name, bytes).finish() {
        for issue in ledger.issues() {
            let _ = issue.message.text(zonekpi::Language::Zh);
        }
    }
}

/// Runs rounds of a test, each from a seed of its own, and tells the seeds at which it panicked.
fn panics(count: u32, base: u64, mut round: impl FnMut(&mut Dice)) -> Vec<u64> {
    (0..u64::from(count))
        .map(|at| base + at)
        .filter(|seed| catch_unwind(AssertUnwindSafe(|| round(&mut Dice::of(*seed)))).is_err())
        .collect()
}

#[test]
fn bent_files_are_a_ledger_or_an_error() {
    let seeds = seeds();
    let bad = panics(rounds(1_500), 1, |dice| {
        let (name, bytes) = &seeds[dice.roll(seeds.len())];
        let other = &seeds[dice.roll(seeds.len())].1;
        read(name, &mutate::bytes(bytes, other, dice));
    });
    assert!(bad.is_empty(), "panics at {bad:?}");
}

#[test]
fn workbooks_with_bent_parts_are_a_ledger_or_an_error() {
    let seeds: Vec<_> = seeds().into_iter().filter(|(_, bytes)| bytes.starts_with(b"PK")).collect();
    let bad = panics(rounds(150), 10_000_000, |dice| {
        let (name, bytes) = &seeds[dice.roll(seeds.len())];
        let other = &seeds[dice.roll(seeds.len())].1;
        if let Some(bent) = mutate::part_of_zip(bytes, other, dice) {
            read(name, &bent);
        }
    });
    assert!(bad.is_empty(), "panics at {bad:?}");
}

#[test]
fn any_text_of_a_cell_is_a_value_or_an_issue() {
    let groups = cells::forms();
    let known: Vec<String> = groups.iter().flat_map(|g| g.cells.iter().map(|c| c.text.clone())).collect();
    let bad = panics(rounds(600), 20_000_000, |dice| {
        let group = &groups[dice.roll(groups.len())];
        let texts: Vec<String> = (0..25).map(|_| mutate::text(&known, dice)).collect();
        let ids: Vec<String> = (0..texts.len()).map(|row| format!("X{row}")).collect();
        let frame = DataFrame::new(
            texts.len(),
            vec![
                Column::new(cells::companion(group).into(), ids),
                Column::new(group.header.as_str().into(), texts.clone()),
            ],
        )
        .expect("a frame");
        let read = Ledger::reader().on_duplicate(OnDuplicate::First).frames([(group.table.clone(), frame)]);
        let Ok(ledger) = read else { return };
        let table = ledger.table(&group.table).expect("the table").frame().expect("rows");
        let column = table.column(&group.column).expect("the column");
        for issue in ledger.issues().iter().filter(|i| i.severity == Severity::Error) {
            // An error says that the cell was not read: then there is no value.
            let (Some(row), Some(header)) = (issue.row, issue.column.as_deref()) else { continue };
            let whole_table =
                matches!(issue.code.as_str(), "duplicate_key" | "date_after_snapshot" | "stages_reversed");
            if header == group.header && !whole_table {
                let value = column.get(row as usize - 1).expect("the row");
                assert!(value.is_null(), "{:?} is {value} and {}", texts[row as usize - 1], issue.code.as_str());
            }
        }
    });
    assert!(bad.is_empty(), "panics at {bad:?}");
}

/// An xlsx of one sheet with these rows of markup.
fn workbook(rows: &str, merges: &str) -> Vec<u8> {
    let (_, seed) = seeds().into_iter().find(|(name, _)| name.starts_with("o13")).expect("a seed");
    let mut parts = mutate::unpacked(&seed).expect("a workbook");
    let sheet = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet");
    sheet.1 = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{merges}</worksheet>"
    )
    .into_bytes();
    mutate::packed(&parts)
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_stray_cell_in_the_last_corner_does_not_make_a_sheet_of_seventeen_thousand_million_cells() {
    let head = format!("<row r=\"1\">{}{}</row>", cell("A1", "项目编号"), cell("B1", "项目名称"));
    let row = format!("<row r=\"2\">{}{}</row>", cell("A2", "P1"), cell("B2", "甲项目"));
    let stray = format!("<row r=\"1048576\">{}</row>", cell("XFD1048576", "。"));
    let merges = "<mergeCells count=\"1\"><mergeCell ref=\"A3:XFD1048576\"/></mergeCells>";
    // The ledger, or the advice to delete the cell; but no column of a million cells for each letter before it.
    match Ledger::reader().bytes("台账.xlsx", &workbook(&format!("{head}{row}{stray}"), merges)).finish() {
        Ok(ledger) => {
            let table = ledger.table("projects").expect("projects").frame().expect("rows");
            assert_eq!(table.column("project_id").expect("ids").get(0).expect("a row").get_str(), Some("P1"));
        }
        Err(error) => assert_eq!(error.code(), "sheet_too_large"),
    }
}

#[test]
fn a_sheet_of_more_cells_than_a_sheet_may_hold_is_refused() {
    // 400 columns of one cell each, all in the last row, would span 419 million cells.
    let letters = |at: usize| -> String {
        let (first, second) = (at / 26, at % 26);
        let letter = |n: usize| char::from(b'A' + n as u8);
        if first == 0 { letter(second).to_string() } else { format!("{}{}", letter(first - 1), letter(second)) }
    };
    let cells: String = (0..400).map(|at| cell(&format!("{}1048576", letters(at)), "x")).collect();
    let bytes = workbook(&format!("<row r=\"1048576\">{cells}</row>"), "");
    let error = Ledger::reader().bytes("台账.xlsx", &bytes).finish().expect_err("too large");
    assert_eq!(error.code(), "sheet_too_large");
}

//! Every code of an issue is raised by the least file that the registry holds for it, at the severity it says.

use std::collections::BTreeSet;

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use zonekpi::{IssueCode, Language, Ledger, OnDuplicate, Progress, Step};

use crate::{kept, manifest};

fn registry() -> toml::Table {
    let path = manifest::folder().join("../issues.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().expect("the registry parses")
}

fn texts(value: Option<&toml::Value>) -> Vec<&str> {
    match value {
        Some(toml::Value::String(text)) => vec![text],
        Some(toml::Value::Array(texts)) => texts.iter().filter_map(toml::Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_registry_holds_every_code_and_no_other() {
    let registry = registry();
    let registered: BTreeSet<&str> = registry.keys().map(String::as_str).collect();
    let codes: BTreeSet<&str> = IssueCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(registered, codes);
}

#[test]
fn every_code_is_raised_by_its_file() {
    for (code, entry) in &registry() {
        let mut reader = Ledger::reader();
        if entry.get("first").is_some() {
            reader = reader.on_duplicate(OnDuplicate::First);
        }
        for (column, unit) in entry.get("units").and_then(toml::Value::as_table).into_iter().flatten() {
            reader = reader.units([(column, unit.as_str().expect("a unit"))]);
        }
        for (number, text) in texts(entry.get("text").or(entry.get("texts"))).into_iter().enumerate() {
            reader = reader.bytes(format!("{number}.csv"), text.as_bytes());
        }
        let files = texts(entry.get("file")).into_iter().map(|file| manifest::folder().join("..").join(file));
        let ledger = reader.read(files).unwrap_or_else(|error| panic!("{code}: {error}"));
        // It is told in the same words after the ledger was kept.
        kept::again(&ledger);
        let found: Vec<_> = ledger.issues().iter().filter(|issue| issue.code.as_str() == code).collect();
        let severities: BTreeSet<&str> = found.iter().map(|issue| issue.severity.as_str()).collect();
        assert_eq!(severities, texts(entry.get("severity")).into_iter().collect(), "{code}: {:?}", ledger.issues());
        for issue in found {
            for language in [Language::Zh, Language::En] {
                let said = issue.message.text(language) + &issue.action.text(language);
                assert!(!said.contains('{'), "{code}: every slot is filled: {said}");
            }
        }
    }
}

/// Writes down what it is told, and ends the reading at a column.
struct Told(Arc<Mutex<Vec<String>>>, Option<&'static str>);

impl Progress for Told {
    fn step(&self, step: &Step<'_>) -> ControlFlow<()> {
        let (told, ends) = match step {
            Step::Unpack { file, done, of } => (format!("{file} {done}/{of}"), false),
            Step::Column { header, done, of, rows } => {
                (format!("{header} {done}/{of}, {rows} rows"), Some(*header) == self.1)
            }
            Step::Rows { file, rows } => (format!("{file} row {rows}"), self.1 == Some("rows")),
            _ => ("another step".to_owned(), false),
        };
        self.0.lock().expect("nobody panicked").push(told);
        if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_reading_tells_how_far_it_is_and_may_be_ended() {
    let read = |ends| {
        let told = Arc::new(Mutex::new(Vec::new()));
        let text = "项目编号,项目名称\nP1,甲\nP2,乙\n";
        let reader = Ledger::reader().progress(Told(Arc::clone(&told), ends)).bytes("a.csv", text.as_bytes());
        let result = reader.finish();
        let told = told.lock().expect("nobody panicked").clone();
        (result, told)
    };
    let (ledger, told) = read(None);
    assert_eq!(ledger.expect("a ledger").table("projects").expect("projects").height(), 2);
    assert_eq!(told, ["a.csv 0/1", "项目编号 0/2, 2 rows", "项目名称 1/2, 2 rows"]);
    let (ended, told) = read(Some("项目编号"));
    assert_eq!(ended.expect_err("ended").code(), "interrupted");
    assert_eq!(told.len(), 2);
}

#[test]
fn a_long_file_tells_its_rows_and_may_be_ended_among_them() {
    let rows = |mark: &str| (0..20_000).map(|n| format!("P{n},{mark}甲{n}{mark}\n")).collect::<String>();
    let workbook = || {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, header) in (0..).zip(["项目编号", "项目名称"]) {
            sheet.write_string(0, column, header).expect("written");
        }
        for row in 1..20_000 {
            sheet.write_string(row, 0, format!("P{row}")).expect("written");
        }
        workbook.save_to_buffer().expect("a workbook")
    };
    let files = [
        format!("项目编号,项目名称\n{}", rows("")).into_bytes(),
        format!("项目编号,项目名称\n{}", rows("\"")).into_bytes(),
        workbook(),
    ];
    for bytes in files {
        let read = |ends| {
            let told = Arc::new(Mutex::new(Vec::new()));
            let ledger = Ledger::reader().progress(Told(Arc::clone(&told), ends)).bytes("a", &bytes).finish();
            let told = told.lock().expect("nobody panicked").clone();
            (ledger, told)
        };
        let (ledger, told) = read(None);
        ledger.expect("a ledger");
        assert_eq!(told.get(..3), Some(&["a 0/1".to_owned(), "a row 8192".into(), "a row 16384".into()][..]));
        let (ended, told) = read(Some("rows"));
        assert_eq!(ended.expect_err("ended").code(), "interrupted");
        assert_eq!(told, ["a 0/1", "a row 8192"]);
    }
}

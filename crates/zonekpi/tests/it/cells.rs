//! Every form of a cell, from `tests/data/cells.toml`: each text as a cell of a frame and of a CSV file, against its
//! value, its first day, its state, its unit and its issue.

use polars::prelude::{Column, DataFrame};
use serde::Deserialize;
use zonekpi::{Kind, Ledger, Schema, polars};

use crate::reads::shown;

#[derive(Deserialize)]
struct Forms {
    group: Vec<Group>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Group {
    title: String,
    pub table: String,
    pub column: String,
    pub header: String,
    #[serde(rename = "rule")]
    _rule: String,
    pub cells: Vec<Form>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    pub text: String,
    value: Option<String>,
    from: Option<String>,
    state: Option<String>,
    unit: Option<String>,
    issue: Option<String>,
    #[serde(rename = "rule")]
    _rule: Option<String>,
}

pub(crate) fn forms() -> Vec<Group> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cells.toml");
    toml::from_str::<Forms>(&std::fs::read_to_string(path).expect("the forms")).expect("TOML").group
}

/// A column beside the one tested, so that each row has something of its own.
pub(crate) fn companion(group: &Group) -> &'static str {
    match (group.table.as_str(), group.column.as_str()) {
        ("projects", "project_id") => "项目名称",
        ("projects", _) => "项目编号",
        ("cases", _) => "办件编号",
        ("buildings", _) => "单体编号",
        ("batch_entries", _) => "批次",
        ("reported" | "targets", _) => "指标",
        (table, _) => panic!("{table} has no companion"),
    }
}

/// After every date of the forms, so that none lies in the future.
fn snapshot() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2030, 12, 31).expect("a day")
}

/// What was read, a line a cell, and what should have been.
fn compared(group: &Group, ledger: &Ledger, first_row: u64) -> (Vec<String>, Vec<String>) {
    let frame = ledger.table(&group.table).expect("the table").frame().expect("rows");
    let spec = Schema::builtin().table(&group.table).and_then(|t| t.column(&group.column)).expect("the column");
    let unit_column = spec.unit_in.as_deref().filter(|_| spec.kind == Kind::OptionalCount);
    let line = |text: &str, parts: [Option<String>; 5]| format!("{text:?} {:?}", parts.map(Option::unwrap_or_default));
    let told = group.cells.iter().enumerate().map(|(row, form)| {
        let number = first_row + row as u64;
        let issues: Vec<String> = ledger
            .issues()
            .iter()
            .filter(|i| i.row == Some(number))
            .map(|i| format!("{} {}", i.severity.as_str(), i.code.as_str()))
            .collect();
        line(
            &form.text,
            [
                shown(frame, &group.column, row),
                shown(frame, &format!("{}_from", group.column), row),
                shown(frame, &format!("{}_state", group.column), row),
                unit_column.and_then(|unit| shown(frame, unit, row)),
                Some(issues.join(", ")),
            ],
        )
    });
    let wanted = group.cells.iter().map(|form| {
        line(
            &form.text,
            [form.value.clone(), form.from.clone(), form.state.clone(), form.unit.clone(), form.issue.clone()],
        )
    });
    (told.collect(), wanted.collect())
}

fn assert_alike(group: &Group, way: &str, (told, wanted): (Vec<String>, Vec<String>)) {
    let wrong: Vec<String> =
        told.iter().zip(&wanted).filter(|(t, w)| t != w).map(|(t, w)| format!("  read {t}\n  not  {w}")).collect();
    assert!(wrong.is_empty(), "{} ({way}):\n{}", group.title, wrong.join("\n"));
}

/// The forms as a column of a frame.
fn of_frame(group: &Group) -> Ledger {
    let rows = group.cells.len();
    let texts = |of: &dyn Fn(usize) -> String| (0..rows).map(of).collect::<Vec<String>>();
    let frame = DataFrame::new(
        rows,
        vec![
            Column::new(companion(group).into(), texts(&|row| format!("X{row}"))),
            Column::new(group.header.as_str().into(), texts(&|row| group.cells[row].text.clone())),
        ],
    )
    .expect("a frame");
    let ledger = Ledger::reader().snapshot_on(snapshot()).frames([(group.table.clone(), frame)]);
    ledger.unwrap_or_else(|error| panic!("{}: {error}", group.title))
}

#[test]
fn every_form_of_a_cell_of_a_frame_is_a_value_or_an_issue() {
    for group in forms() {
        assert_alike(&group, "frame", compared(&group, &of_frame(&group), 1));
    }
}

#[test]
fn a_cell_alone_is_read_as_it_is_among_others() {
    for group in forms() {
        for form in &group.cells {
            let alone = Group { cells: vec![form.clone()], ..group.clone() };
            assert_alike(&alone, "alone", compared(&alone, &of_frame(&alone), 1));
        }
    }
}

#[test]
fn every_form_of_a_cell_of_a_file_is_a_value_or_an_issue() {
    for group in forms() {
        let mut csv = format!("{},{}\n", companion(&group), group.header);
        for (row, form) in group.cells.iter().enumerate() {
            csv.push_str(&format!("X{row},\"{}\"\n", form.text.replace('"', "\"\"")));
        }
        let reader = Ledger::reader().table(group.table.clone()).snapshot_on(snapshot());
        let ledger = reader.bytes("台账.csv", csv.as_bytes()).finish();
        let ledger = ledger.unwrap_or_else(|error| panic!("{}: {error}", group.title));
        assert_alike(&group, "file", compared(&group, &ledger, 2));
    }
}

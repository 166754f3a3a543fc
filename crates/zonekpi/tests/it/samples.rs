//! Sample ledgers against their manifest: layout, columns, values to the yuan, rows set aside, issues.

use polars::prelude::DataFrame;
use serde_json::Value;
use zonekpi::{Kind, Ledger, Schema, polars};

use crate::manifest;
use crate::reads::{self, read};

/// A cell as the manifest writes it, where CR LF and LF are one.
fn shown(frame: &DataFrame, column: &str, row: usize) -> Option<String> {
    reads::shown(frame, column, row).map(|text| text.replace("\r\n", "\n"))
}

fn expected(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Number(number) => {
            let text = number.to_string();
            Some(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text })
        }
        Value::Bool(yes) => Some(yes.to_string()),
        Value::String(text) => {
            let text = text.replace("\r\n", "\n");
            let decimal = text.contains('.') && text.parse::<f64>().is_ok();
            Some(if decimal { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text })
        }
        other => panic!("{other}"),
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn check(file: &str) {
    check_ledger(file, &read(file));
}

/// Whatever the manifest says of a file, held against the ledger that was read.
fn check_ledger(file: &str, ledger: &Ledger) {
    let says = manifest::of_file(file);
    let name = says["table"].as_str().expect("a table");
    let table = ledger.table(name).unwrap_or_else(|| panic!("{file}: {name}"));
    let frame = table.frame().expect("rows");
    let reading = ledger.reading().iter().find(|r| r.table == name).expect("a reading");
    let layout = &says["layout"];
    let numbers =
        |value: &Value| -> Vec<u64> { value.as_array().into_iter().flatten().filter_map(Value::as_u64).collect() };
    assert_eq!(reading.header_rows, numbers(&layout["header_rows"]), "{file}: header");
    if let Some(row) = layout["first_data_row"].as_u64() {
        assert_eq!(reading.first_data_row, Some(row), "{file}: first row");
    }
    assert_eq!(reading.unit_row, layout["unit_row"].as_u64(), "{file}: unit row");
    if let Some(sheet) = layout["sheet"].as_str() {
        assert_eq!(reading.sheet.as_deref(), Some(sheet), "{file}");
    }
    if let Some(encoding) = says["encoding"].as_str() {
        assert_eq!(reading.encoding.as_deref(), Some(encoding), "{file}");
    }
    if let Some(columns) = says["columns"].as_object() {
        let found: Vec<&str> = reading.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(found.len(), columns.len(), "{file}: {found:?}");
        for (canonical, header) in columns {
            let column =
                reading.columns.iter().find(|c| c.name == *canonical).unwrap_or_else(|| panic!("{file}: {canonical}"));
            assert_eq!(squeezed(&column.header), squeezed(header.as_str().expect("a header")), "{file}");
        }
    }
    if let Some(others) = says["other_columns"].as_array() {
        let names: Vec<String> = reading.other_columns.iter().map(|c| c.name.clone()).collect();
        let wanted: Vec<String> =
            others.iter().filter_map(Value::as_str).map(|n| n.split(" (").next().unwrap_or(n).to_owned()).collect();
        assert_eq!(names.len(), wanted.len(), "{file}: {names:?}");
        for (name, wanted) in names.iter().zip(&wanted) {
            assert!(name == wanted || name.starts_with(wanted.as_str()), "{file}: {name} {wanted}");
        }
    }
    let rows = frame.column("source_row").expect("source_row").u32().expect("u32").clone();
    let at = |number: u64| rows.iter().position(|r| r.map(u64::from) == Some(number));
    let dropped: Vec<u64> =
        ledger.issues().iter().filter(|i| i.code.as_str() == "duplicate_key").filter_map(|i| i.row).collect();
    for row in says["rows"].as_array().into_iter().flatten() {
        let number = row["_row"].as_u64().expect("_row");
        if dropped.contains(&number) {
            continue;
        }
        let index = at(number).unwrap_or_else(|| panic!("{file}: row {number}"));
        for (column, value) in row.as_object().expect("a row").iter().filter(|(c, _)| *c != "_row") {
            let is_text =
                Schema::builtin().table(name).and_then(|t| t.column(column)).is_none_or(|c| c.kind == Kind::Id);
            let wanted = if is_text && value.is_string() {
                value.as_str().map(|t| t.replace("\r\n", "\n"))
            } else {
                expected(value)
            };
            assert_eq!(shown(frame, column, index), wanted, "{file}: row {number}, {column}");
        }
    }
    if let Some(aside) = says["set_aside"].as_array() {
        let told: Vec<(u64, String)> = reading
            .set_aside
            .iter()
            .map(|s| (s.row, serde_json::to_value(s.kind).expect("json").as_str().expect("a kind").to_owned()))
            .collect();
        let wanted: Vec<(u64, String)> = aside
            .iter()
            .map(|s| (s["row"].as_u64().expect("row"), s["kind"].as_str().expect("kind").to_owned()))
            .collect();
        assert_eq!(told, wanted, "{file}");
        for (told, wanted) in reading.set_aside.iter().zip(aside) {
            if let Some(label) = wanted["label"].as_str() {
                assert_eq!(told.label, label, "{file}");
            }
        }
    }
    if let Some(issues) = says["issues"].as_array() {
        let told: Vec<String> = ledger
            .issues()
            .iter()
            .map(|i| {
                let value = i.value.clone().unwrap_or_default();
                let column = squeezed(i.column.as_deref().unwrap_or(""));
                format!("{:?} {column} {value} {} {}", i.row, i.code.as_str(), i.severity.as_str())
            })
            .collect();
        let wanted: Vec<String> = issues
            .iter()
            .map(|i| {
                let value = match &i["value"] {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let column = squeezed(i["column"].as_str().unwrap_or(""));
                let kind = i["kind"].as_str().expect("kind");
                format!("{:?} {column} {value} {kind} {}", i["row"].as_u64(), i["severity"].as_str().expect("severity"))
            })
            .collect();
        assert_eq!(told, wanted, "{file}");
    }
}

macro_rules! sample {
    ($($test:ident: $file:literal;)*) => {
        $(#[test] fn $test() { check($file); })*
    };
}

sample! {
    title_unit_row_and_two_row_header: "o01_title_unit_two_row_header.xlsx";
    gb18030_without_a_mark: "o02_gb18030_no_bom.csv";
    utf8_with_a_mark_and_line_breaks_in_cells: "o03_utf8_bom_embedded_newline.csv";
    every_form_of_a_date: "o04_dates.xlsx";
    dates_of_1904: "o05_date_1904.xlsx";
    every_form_of_an_amount: "o06_money.xlsx";
    every_form_of_a_flag: "o07_flags.xlsx";
    ids_stay_text: "o08_ids.xlsx";
    formulas_and_errors: "o09_formulas_errors.xlsx";
    hidden_rows_are_read: "o10_hidden.xlsx";
    the_ledger_among_other_sheets: "o11_sheets_notes_pivot.xlsx";
    the_same_words_over_several_columns: "o12_duplicate_headers.xlsx";
    totals_in_every_spelling: "o13_totals.xlsx";
    an_old_xls: "o14_biff8.xls";
    unicode_text: "o15_unicode_text.txt";
    spaces_and_widths: "o17_spaces_fullwidth.xlsx";
    percents: "o18_percent_observations.xlsx";
    an_offset_table_with_blank_rows: "o19_offset_blank_rows.xlsx";
    units_by_column: "o20_units.xlsx";
    as_wps_writes_it: "o23_wps_core_properties.xlsx";
    open_document: "o24_opendocument.ods";
}

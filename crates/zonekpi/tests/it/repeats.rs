//! Records that stand twice: keys over several sheets and files, and rows that have no key to tell them apart.

use polars::prelude::df;
use zonekpi::{Language, Ledger, OnDuplicate, polars};

use crate::reads::{of_csv, shown};

/// The codes of issues, with their rows and the rows that they name.
fn told(ledger: &Ledger) -> Vec<(&'static str, Option<u64>, String)> {
    let rows = |issue: &zonekpi::Issue| {
        issue
            .message
            .parameters()
            .find(|(name, _)| *name == "rows")
            .map(|(_, rows)| rows.to_owned())
            .unwrap_or_default()
    };
    ledger.issues().iter().map(|issue| (issue.code.as_str(), issue.row, rows(issue))).collect()
}

/// A ledger that is carried forward: February lists the projects of January again.
fn carried_forward() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let months: [(&str, &[[&str; 3]]); 2] = [
        ("1月", &[["P1", "甲", "10"], ["P2", "乙", "20"]]),
        ("2月", &[["P1", "甲", "15"], ["P2", "乙", "20"], ["P3", "丙", "5"]]),
    ];
    for (name, rows) in months {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        let header = [["项目编号", "项目名称", "就业人数"]];
        for (row, cells) in (0..).zip(header.iter().chain(rows)) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn keys_that_occur_on_several_sheets_name_them() {
    let bytes = carried_forward();
    let reader = || Ledger::reader().sheet("*").bytes("台账.xlsx", &bytes);
    let error = reader().finish().expect_err("each project twice");
    assert_eq!(error.code(), "duplicate_keys_across");
    let said = error.text(Language::Zh);
    for words in
        ["2 个值", "（1月、2月）", "P1 (1月 2, 2月 2)", "P2 (1月 3, 2月 3)", "一次读一张", "on_duplicate=\"last\""]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let jobs = |ledger: &Ledger| {
        let frame = ledger.table("projects").expect("projects").frame().expect("rows");
        (0..frame.height()).map(|row| shown(frame, "jobs", row).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(jobs(&reader().on_duplicate(OnDuplicate::Last).finish().expect("the last")), ["15", "20", "5"]);
    assert_eq!(jobs(&reader().on_duplicate(OnDuplicate::First).finish().expect("the first")), ["10", "20", "5"]);
    let turned = Ledger::reader().sheets(["2月", "1月"]).on_duplicate(OnDuplicate::Last).bytes("台账.xlsx", &bytes);
    assert_eq!(jobs(&turned.finish().expect("January is the last that was asked for")), ["5", "10", "20"]);
}

#[test]
fn keys_that_occur_in_several_files_name_them() {
    let text = "项目编号,项目名称\nP1,甲\n";
    let reader = Ledger::reader().bytes("东.csv", text.as_bytes()).bytes("西.csv", text.as_bytes());
    let error = reader.finish().expect_err("P1 twice");
    assert_eq!(error.code(), "duplicate_keys_across");
    assert!(error.text(Language::En).contains("P1 (东.csv 2, 西.csv 2)"), "{error}");
    let one = Ledger::reader().bytes("a.csv", "项目编号,项目名称\nP1,甲\nP1,乙\n".as_bytes()).finish();
    let error = one.expect_err("twice in one file");
    assert_eq!(error.code(), "duplicate_keys");
    assert!(error.text(Language::En).contains("P1 (2, 3)"), "{error}");
}

#[test]
fn names_stand_twice_where_no_zone_tells_them_apart() {
    let twice = "项目名称,总投资（万元）\n桑干,1\n云岭,2\n桑干,3\n桑干,4\n";
    assert_eq!(told(&of_csv(twice)), [("name_repeated", Some(4), "2, 5".to_owned())]);
    // With the zone the name is a key, and one without a zone is none.
    let zoned = "项目名称,开发区,就业人数\n甲,东,1\n甲,西,3\n乙,,1\n丙,,1\n乙,,2\n";
    assert_eq!(told(&of_csv(zoned)), [("name_repeated", Some(6), "4".to_owned())]);
    // With ids names may be alike; a row without one is looked at.
    assert_eq!(told(&of_csv("项目编号,项目名称\nP1,甲\nP2,甲\n")), []);
    assert_eq!(told(&of_csv("项目编号,项目名称\n,甲\nP1,乙\n,甲\n")), [("name_repeated", Some(4), "2".to_owned())]);
}

#[test]
fn rows_without_a_key_that_are_equal_in_every_cell_are_told_once() {
    let text = "序号,服务日期,企业名称,服务内容\n1,2024-01-05,桑干,用电\n2,2024-01-06,云岭,\n3,2024-01-05,桑干,用电\n4,2024-01-05,桑干,用水\n\
                5,2024年1月5日,桑干,用电\n";
    // Equal as read, but for the number of the row.
    assert_eq!(told(&of_csv(text)), [("row_repeated", Some(4), "2, 6".to_owned())]);
    let keyed = "服务编号,服务日期,企业名称\nF1,2024-01-05,桑干\nF2,2024-01-05,桑干\n";
    assert_eq!(told(&of_csv(keyed)), []);
    // Imprecise days that end alike are not equal.
    assert_eq!(told(&of_csv("服务日期,企业名称\n2024-01-31,桑干\n2024年1月,桑干\n")), []);
}

#[test]
fn rows_of_projects_without_a_zone_or_a_name_are_told_where_they_are_equal() {
    let zone_only = "开发区,行业,项目名称,总投资（万元）\n东,新材料,,5\n东,新材料,,5\n";
    let codes: Vec<_> = told(&of_csv(zone_only)).into_iter().filter(|(code, ..)| *code == "row_repeated").collect();
    assert_eq!(codes, [("row_repeated", Some(3), "2".to_owned())]);
    // A row that is equal is not told for its name again.
    assert_eq!(told(&of_csv("项目名称,就业人数\n桑干,1\n桑干,1\n")), [("row_repeated", Some(3), "2".to_owned())]);
}

#[test]
fn rows_of_frames_and_of_two_sheets_are_compared_too() {
    let frame = df!("服务日期" => ["2024-01-05", "2024-01-05"], "企业名称" => ["桑干", "桑干"]).expect("a frame");
    let ledger = Ledger::from_frames([("services", frame)]).expect("a ledger");
    assert_eq!(told(&ledger), [("row_repeated", Some(2), "1".to_owned())]);
    let text = "服务日期,企业名称\n2024-01-05,桑干\n";
    let reader = Ledger::reader().bytes("东.csv", text.as_bytes()).bytes("西.csv", text.as_bytes());
    assert_eq!(told(&reader.finish().expect("a ledger")), [("row_repeated", Some(2), "东.csv 2".to_owned())]);
}

//! Rows below a header that are not plainly rows of its table: other tables, other units, totals under a name.

use zonekpi::{Ledger, SetAsideKind, Severity, polars};

fn read(text: &str) -> Ledger {
    Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().unwrap_or_else(|error| panic!("{error}"))
}

/// The codes of errors and warnings, with their rows.
fn doubts(ledger: &Ledger) -> Vec<(&'static str, Option<u64>)> {
    let doubtful = ledger.issues().iter().filter(|issue| issue.severity > Severity::Note);
    doubtful.map(|issue| (issue.code.as_str(), issue.row)).collect()
}

/// The ids that were read.
fn ids(ledger: &Ledger) -> Vec<String> {
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    let ids = frame.column("project_id").expect("ids").str().expect("texts");
    ids.iter().map(|id| id.unwrap_or_default().to_owned()).collect()
}

/// A column's decimals as written in its scale.
fn sum(ledger: &Ledger, column: &str) -> Option<String> {
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    let column = frame.column(column).expect("the column").as_materialized_series();
    let sum = column.sum_reduce().expect("a sum");
    match sum.value() {
        polars::prelude::AnyValue::Null => None,
        value => Some(value.to_string()),
    }
}

fn set_aside(ledger: &Ledger) -> Vec<(u64, SetAsideKind, &str)> {
    ledger.reading().iter().flat_map(|r| &r.set_aside).map(|s| (s.row, s.kind, s.label.as_str())).collect()
}

#[test]
fn a_second_header_ends_the_table_and_all_below_is_listed() {
    let ledger = read(
        "项目编号,项目名称,总投资（万元）\nP1,甲,100\nP2,乙,200\n\n服务台账\n服务编号,服务日期,解决问题数\nF1,2024-01-05,3\n",
    );
    assert_eq!(ids(&ledger), ["P1", "P2"]);
    assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("3000000.00"));
    assert_eq!(doubts(&ledger), [("table_below", Some(5))]);
    assert_eq!(
        set_aside(&ledger),
        [
            (4, SetAsideKind::Blank, ""),
            (5, SetAsideKind::OtherTable, "服务台账"),
            (6, SetAsideKind::OtherTable, "服务编号"),
            (7, SetAsideKind::OtherTable, "F1"),
        ]
    );
}

#[test]
fn the_header_once_more_in_another_unit_is_another_table() {
    let ledger = read("项目编号,项目名称,总投资（万元）\nP1,甲,100\n项目编号,项目名称,总投资（亿元）\nP2,乙,2\n");
    assert_eq!(ids(&ledger), ["P1"]);
    assert_eq!(doubts(&ledger), [("table_below", Some(3))]);
}

#[test]
fn the_same_header_once_more_is_read_on() {
    let ledger = read("项目编号,项目名称,总投资（万元）\nP1,甲,100\n项目编号,项目名称,总投资（万元）\nP2,乙,2\n");
    assert_eq!(ids(&ledger), ["P1", "P2"]);
    assert_eq!(doubts(&ledger), []);
}

#[test]
fn rows_of_words_are_no_header() {
    // 备案 and 签约 are names of columns too.
    let ledger =
        read("项目编号,项目名称,立项方式,状态,备注\nP1,甲,备案,签约,\nP2,乙,核准,签约,无\nP3,总投资,备案,签约,丙\n");
    assert_eq!(ids(&ledger), ["P1", "P2", "P3"]);
    assert!(!doubts(&ledger).iter().any(|(code, _)| *code == "table_below"), "{:?}", doubts(&ledger));
}

#[test]
fn a_table_above_the_one_that_is_read_is_told() {
    let ledger = read("项目编号,项目名称\nP1,甲\n\n项目编号,项目名称,签约时间,就业人数\nP2,乙,2024-01-05,3\n");
    assert_eq!(ids(&ledger), ["P2"]);
    assert_eq!(doubts(&ledger), [("table_below", Some(1))]);
}

#[test]
fn a_unit_that_changes_ends_the_table() {
    let ledger = read("单位：万元\n项目编号,项目名称,总投资\nP1,甲,100\n单位：亿元\nP2,乙,2\n");
    assert_eq!(ids(&ledger), ["P1"]);
    assert_eq!(doubts(&ledger), [("unit_changes", Some(4))]);
    assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("1000000.00"));
}

#[test]
fn the_same_unit_once_more_is_set_aside() {
    let ledger = read("单位：万元\n项目编号,项目名称,总投资\nP1,甲,100\n单位：万元\nP2,乙,2\n");
    assert_eq!(ids(&ledger), ["P1", "P2"]);
    assert_eq!(set_aside(&ledger), [(4, SetAsideKind::Unit, "单位：万元")]);
    assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("1020000.00"));
}

#[test]
fn a_unit_row_needs_no_colon() {
    for row in ["单位 万元", "（单位：万元）", "2024年项目台账（单位：万元）", "金额单位　万元"]
    {
        let ledger = read(&format!("{row}\n项目编号,项目名称,总投资\nP1,甲,100\n"));
        assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("1000000.00"), "{row}");
    }
}

#[test]
fn a_row_of_units_below_the_header_says_the_units_of_its_columns() {
    let ledger = read("项目编号,项目名称,总投资,用地面积,就业人数\n,单位,万元,公顷,人\nP1,甲,100,2,30\nP2,乙,200,,5\n");
    assert_eq!(ids(&ledger), ["P1", "P2"]);
    assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("3000000.00"));
    // 1 公顷 is 15 亩.
    assert_eq!(sum(&ledger, "land_mu").as_deref(), Some("30.000000"));
    let reading = ledger.reading().first().expect("a reading");
    assert_eq!((reading.unit_row, reading.first_data_row), (Some(2), Some(3)));
    assert_eq!(doubts(&ledger), []);
}

#[test]
fn a_header_and_the_row_below_it_that_name_two_units_are_asked_about() {
    let text = "项目编号,项目名称,总投资（亿元）\n,,万元\nP1,甲,100\n";
    let error = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect_err("which unit?");
    assert_eq!(error.code(), "unit_missing");
    let told = Ledger::reader().units([("总投资", "万元")]).bytes("台账.csv", text.as_bytes());
    assert_eq!(sum(&told.finish().expect("a ledger"), "investment_cny").as_deref(), Some("1000000.00"));
}

#[test]
fn an_amount_per_area_is_not_read_as_the_amount() {
    for header in ["年税收（万元/亩）", "年税收(元/㎡)", "年税收万元/亩", "年税收:万元/亩"] {
        let ledger = read(&format!("项目编号,项目名称,{header}\nP1,甲,30\n"));
        let frame = ledger.table("projects").expect("projects").frame().expect("rows");
        assert!(frame.column("tax_cny").is_err(), "{header}: {:?}", frame.get_column_names());
        let codes: Vec<&str> = ledger.issues().iter().map(|issue| issue.code.as_str()).collect();
        assert_eq!(codes, ["column_resembles"], "{header}");
    }
    let ledger = read("项目编号,项目名称,总投资（万元/人民币）\nP1,甲,30\n");
    assert_eq!(sum(&ledger, "investment_cny").as_deref(), Some("300000.00"));
}

#[test]
fn a_row_of_numbers_under_the_name_of_a_group_is_kept_and_told() {
    let ledger = read(
        "开发区,项目编号,项目名称,签约时间,总投资（万元）\n朔州经开区,P1,甲,2024-01-05,100\n朔州经开区,P2,乙,,50\n\
         ,,朔州经开区小计,,150\n,,朔州经开区,,150\n朔州经开区,,,,150\n朔州经开区合计,,-,,150\n",
    );
    assert_eq!(ledger.table("projects").expect("projects").height(), 6);
    let told: Vec<_> = doubts(&ledger).into_iter().filter(|(code, _)| *code == "row_resembles_total").collect();
    let expected: Vec<_> = (4..=7).map(|row| ("row_resembles_total", Some(row))).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_project_that_is_called_like_a_total_is_a_project() {
    let ledger = read(
        "开发区,项目编号,项目名称,签约时间,总投资（万元）,是否承诺制\n朔州经开区,P1,设备合计,,100,\n\
         朔州经开区,,朔州经开区,2024-01-05,50,\n,,标准厂房小计,,50,是\n朔州经开区,,丙,,50,\n",
    );
    assert!(!doubts(&ledger).iter().any(|(code, _)| *code == "row_resembles_total"), "{:?}", doubts(&ledger));
}

#[test]
fn a_percent_without_its_sign_among_fractions_is_told() {
    let ledger = read(
        "指标,开发区,目标值,单位\n承诺制占比,甲区,0.98,\n承诺制占比,乙区,0.95,\n承诺制占比,丙区,98,\n\
         承诺制占比,丁区,97%,\n承诺制占比,戊区,96,%\n签约项目数,甲区,35,\n",
    );
    assert_eq!(doubts(&ledger), [("share_scale_doubtful", Some(4))]);
    let ledger = read("指标,目标值,权重\nsigned_projects,35,0.4\nstarted_projects,20,0.3\nproduced_projects,12,30\n");
    assert_eq!(doubts(&ledger), [("share_scale_doubtful", Some(4))]);
}

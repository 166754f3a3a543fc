//! What the caller says of columns: units and blanks that have no effect are refused, and what sentences say of numbers
//! and places.

use zonekpi::{Cell, ErrorKind, Language, Ledger, Place, Query};

use crate::reads::shown;

fn reader_of(text: &str) -> zonekpi::Reader {
    Ledger::reader().bytes("台账.csv", text.as_bytes())
}

const LEDGER: &str = "项目编号,签约时间,总投资,用地面积（亩）,是否承诺制,经办\nP1,2024-01-05,5,30,,张\n";

#[test]
fn a_unit_of_a_column_without_numbers_is_refused() {
    for column in ["签约时间", "signed_on", "是否承诺制", "项目编号", "经办"] {
        let error = reader_of(LEDGER).units([("总投资", "亿元"), (column, "万元")]).finish().expect_err(column);
        assert_eq!((error.code(), error.kind()), ("units_need_numbers", ErrorKind::Query), "{column}");
        assert!(error.text(Language::Zh).contains(column) && error.text(Language::En).contains(column));
    }
}

#[test]
fn a_unit_that_does_not_fit_its_column_is_refused() {
    for (column, unit) in [("总投资", "亩"), ("总投资", "人"), ("用地面积", "万元")] {
        let error = reader_of(LEDGER).units([("总投资", "亿元"), (column, unit)]).finish();
        // The first of two units of a column is taken; then the second is still told.
        assert_eq!(error.expect_err(unit).code(), "unit_unfit", "{column} {unit}");
    }
    let ledger = reader_of(LEDGER).units([("总投资", "亿元"), ("land_mu", "公顷")]).finish().expect("units that fit");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "investment_cny", 0).as_deref(), Some("500000000"));
    // 30 公顷 are 450 亩.
    assert_eq!(shown(frame, "land_mu", 0).as_deref(), Some("450"));
}

#[test]
fn a_blank_means_no_in_flags_only() {
    let blank_is_no = |column: &str| reader_of(LEDGER).units([("总投资", "亿元")]).blanks([(column, "no")]).finish();
    for column in ["总投资", "签约时间", "经办"] {
        assert_eq!(blank_is_no(column).expect_err(column).code(), "blanks_need_flags", "{column}");
    }
    let ledger = blank_is_no("是否承诺制").expect("a flag");
    assert_eq!(
        shown(ledger.table("projects").expect("projects").frame().expect("rows"), "commitment", 0).as_deref(),
        Some("false")
    );
}

#[test]
fn a_unit_that_is_missing_is_asked_for_in_the_words_of_its_column() {
    let of = |header: &str| {
        let error = reader_of(&format!("项目编号,{header}\nP1,5\n")).finish().expect_err("no unit");
        assert_eq!(error.code(), "unit_missing");
        (error.text(Language::Zh), error.text(Language::En))
    };
    let (zh, en) = of("总投资");
    assert!(zh.contains("元、万元或亿元") && !zh.contains('亩'), "{zh}");
    assert!(en.contains("元, 万元 or 亿元") && !en.contains('亩'), "{en}");
    let (zh, en) = of("用地面积");
    assert!(zh.contains("亩、㎡或公顷") && !zh.contains("万元"), "{zh}");
    assert!(en.contains("亩, ㎡ or 公顷"), "{en}");
}

#[test]
fn strict_tells_each_place_once() {
    let text = "项目编号,签约时间,开工时间\nP1,2023-02-30,\nP2,9月底,2023-13-01\n";
    let error = reader_of(text).strict(true).finish().expect_err("strict");
    assert_eq!(error.code(), "issues_found");
    let Place { row, column, .. } = error.place();
    assert_eq!((*row, column.as_deref()), (Some(2), Some("签约时间")));
    let said = error.text(Language::Zh);
    assert_eq!(said.matches("第 2 行").count(), 1, "{said}");
    assert_eq!(said.matches("第 3 行").count(), 2, "{said}");
    assert!(said.contains("发现 3 个错误，例如：“2023-02-30”不是存在的日期；第 3 行“签约时间”列："), "{said}");
}

#[test]
fn a_scale_alone_is_money_only_where_nothing_else_is_said() {
    let text = "指标,年份,目标值,单位\njobs,2024,12万,人\nsigned_investment,2024,12万,元\nland,2024,12万,亩\n\
        jobs,2025,12万,万人\nshare,2025,12万,%\n";
    let ledger = reader_of(text).finish().expect("targets");
    let frame = ledger.table("targets").expect("targets").frame().expect("rows");
    let value = |row| (shown(frame, "target", row), shown(frame, "unit", row));
    let told = |value: &str, unit: &str| (Some(value.to_owned()), Some(unit.to_owned()));
    assert_eq!(value(0), told("120000", "人"));
    assert_eq!(value(1), told("120000", "cny"));
    assert_eq!(value(2), told("120000", "mu"));
    // 12万 in 万人, or in %, means two things or none.
    assert_eq!((value(3).0, value(4).0), (None, None));
    let rows: Vec<_> = ledger.issues().iter().map(|i| (i.row, i.code.as_str(), i.severity.as_str())).collect();
    assert_eq!(rows, [(Some(5), "unit_conflict", "error"), (Some(6), "unit_conflict", "error")]);
    // The head of the column may say it as well.
    let headed = reader_of("指标,年份,目标值（人）\njobs,2024,12万\n").finish().expect("targets");
    assert_eq!(
        shown(headed.table("targets").expect("targets").frame().expect("rows"), "target", 0).as_deref(),
        Some("120000")
    );
    assert!(headed.issues().is_empty(), "{:?}", headed.issues());
}

#[test]
fn a_sum_is_told_with_all_its_digits() {
    // The sum in 亿元 has eighteen digits; a float has fifteen.
    let text = "项目名称,总投资（亿元）\n甲,99999999.99999999\n乙,0.00000001\n丙,12345678.12345678\n合计,1\n";
    let ledger = reader_of(text).finish().expect("a ledger");
    let [issue] = ledger.issues() else { panic!("{:?}", ledger.issues()) };
    assert_eq!(issue.code.as_str(), "total_mismatch");
    assert_eq!(issue.message.text(Language::En), "the total row says 1, the rows sum to 112345678.12345678");
}

#[test]
fn a_cell_is_opened_by_the_words_that_the_table_shows() {
    let text =
        "项目编号,立项时间,立项方式,是否重点项目\nP1,2024-01-05,备案,是\nP2,2024-01-06,核准,否\nP3,2024-01-07,备案,\n";
    let ledger = reader_of(text).finish().expect("a ledger");
    let by = |column: &str| Query::new(["approved_projects"]).by([column]).run(&ledger).expect("an answer");
    let count = |table: &zonekpi::KpiTable, cell: Cell| {
        let row = table.row("approved_projects", &cell).expect("a row");
        (row.value.map(|v| v.to_f64()), table.open("approved_projects", &cell).expect("rows").height())
    };
    let kinds = by("立项方式");
    for (column, value) in [("立项方式", "备案"), ("approval_kind", "filing"), ("approval_kind", " 备案")] {
        assert_eq!(count(&kinds, Cell::new().group(column, value)), (Some(2.0), 2), "{value}");
    }
    let key = by("key_project");
    for (value, rows) in [("是", 1), ("true", 1), ("yes", 1), ("否", 1), ("false", 1)] {
        assert_eq!(count(&key, Cell::new().group("是否重点项目", value)).1, rows, "{value}");
    }
    let unknown = kinds.row("approved_projects", &Cell::new().group("立项方式", "备按")).expect_err("no such value");
    assert_eq!(unknown.code(), "unknown_group");
}

//! Layouts of sheets, headers, and what whole tables are checked for: ledgers made for one thing each.

use chrono::NaiveDate;
use polars::prelude::df;
use zonekpi::{Language, Ledger, polars};

use crate::reads::{of_csv, shown};

fn codes(ledger: &Ledger) -> Vec<(Option<u64>, &str, &str)> {
    ledger.issues().iter().map(|i| (i.row, i.code.as_str(), i.severity.as_str())).collect()
}

fn set_aside(ledger: &Ledger) -> Vec<(u64, String)> {
    ledger.reading()[0].set_aside.iter().map(|s| (s.row, format!("{:?}", s.kind))).collect()
}

/// A workbook of these sheets: their names, whether they are hidden, and their cells.
fn workbook(sheets: &[(&str, bool, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, hidden, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        sheet.set_hidden(*hidden);
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn of_months() -> Vec<u8> {
    let january: &[&[&str]] =
        &[&["项目编号", "项目名称", "签约时间"], &["P1", "甲", "2024-01-05"], &["P2", "乙", "2024-01-06"]];
    let february: &[&[&str]] =
        &[&["项目名称", "项目编号", "签约日期", "是否承诺制"], &["丙", "P3", "2024-02-07", "是"]];
    let notes: &[&[&str]] = &[&["填报说明"], &["每月五日前报送"]];
    let old: &[&[&str]] = &[&["项目编号", "项目名称"], &["P0", "旧"]];
    workbook(&[("1月", false, january), ("2月", false, february), ("说明", false, notes), ("12月", true, old)])
}

#[test]
fn sheets_that_fit_alike_are_read_together_on_request() {
    let bytes = of_months();
    let read = |reader: zonekpi::Reader| reader.bytes("台账.xlsx", &bytes).finish();
    let error = read(Ledger::reader()).expect_err("two months");
    assert_eq!(error.code(), "sheets_several");
    assert!(
        error.text(Language::Zh).contains("1月、2月") && error.text(Language::Zh).contains("sheet=\"*\""),
        "{error}"
    );
    for reader in [
        Ledger::reader().sheets(["1月", "2月"]),
        Ledger::reader().sheet("*"),
        Ledger::reader().sheet("?月"),
        Ledger::reader().sheet("＊月"),
    ] {
        let ledger = read(reader).expect("two months together");
        let frame = ledger.table("项目").expect("projects").frame().expect("rows");
        let row = |row| (shown(frame, "project_id", row), shown(frame, "sheet", row), shown(frame, "commitment", row));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(row(0), (some("P1"), some("1月"), None));
        assert_eq!(row(2), (some("P3"), some("2月"), some("true")));
        assert_eq!(shown(frame, "commitment_state", 0), some("unreadable"));
        assert_eq!(frame.height(), 3);
        assert_eq!(codes(&ledger), [(None, "column_absent", "warning")]);
        assert_eq!(ledger.reading()[0].sheets_not_read, ["说明", "12月"]);
        let board = zonekpi::Query::new(["signed_projects"]).by(["sheet"]).as_of("2024-02-29").run(&ledger);
        let board = board.unwrap_or_else(|e| panic!("{e}"));
        let counts: Vec<_> = board.to_string().lines().map(str::to_owned).collect();
        assert!(counts.iter().any(|l| l.contains("1月") && l.contains('2')), "{counts:?}");
    }
    let hidden = read(Ledger::reader().sheets(["12月", "1月"])).expect("named, also a hidden one");
    assert_eq!(hidden.table("projects").expect("projects").height(), 3);
    let one = read(Ledger::reader().sheet("1月")).expect("one");
    assert!(!one.table("projects").expect("projects").has("sheet"));
}

#[test]
fn a_sheet_in_the_list_that_is_not_there_or_has_no_header_is_an_error() {
    let bytes = of_months();
    let error = |reader: zonekpi::Reader| reader.bytes("台账.xlsx", &bytes).finish().expect_err("a slip");
    let slip = error(Ledger::reader().sheets(["1月", "3月"]));
    assert_eq!(slip.code(), "sheet_unknown");
    assert!(slip.text(Language::Zh).contains("1月、2月、说明、12月"), "{slip}");
    assert_eq!(error(Ledger::reader().sheet("*季度")).code(), "sheet_unknown");
    let unfit = error(Ledger::reader().sheets(["1月", "说明"]));
    assert_eq!(unfit.code(), "sheet_unfit");
    assert!(unfit.text(Language::Zh).contains("说明") && unfit.text(Language::Zh).contains("1月"), "{unfit}");
}

#[test]
fn a_column_named_sheet_gives_way_where_sheets_are_read_together() {
    let rows: &[&[&str]] = &[&["项目编号", "项目名称", "sheet"], &["P1", "甲", "A"]];
    let ledger = Ledger::reader().sheet("*").bytes("a.xlsx", &workbook(&[("一", false, rows)])).finish().expect("one");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!((shown(frame, "sheet", 0), shown(frame, "sheet_text", 0)), (Some("一".into()), Some("A".into())));
    assert_eq!(codes(&ledger), [(None, "column_reserved", "note")]);
}

#[test]
fn totals_may_stand_above_what_they_sum() {
    let ledger = of_csv(
        "项目编号,项目名称,开发区,总投资（万元）\n,合计,,600\n,小计,朔州,300\nA1,甲,朔州,100\nA2,乙,朔州,200\n,小计,大同,300\nB1,丙,大同,300\n",
    );
    assert_eq!(ledger.table("projects").expect("projects").height(), 3);
    assert_eq!(set_aside(&ledger).iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3, 6]);
    let totals = &ledger.reading()[0].totals;
    assert_eq!(totals.len(), 3);
    assert!(totals.iter().all(|t| t.agrees), "{totals:?}");
    assert!(ledger.issues().is_empty(), "{:?}", ledger.issues());
    let wrong = of_csv("项目编号,项目名称,总投资（万元）\n,合计,500\nA1,甲,100\nA2,乙,200\n");
    assert_eq!(codes(&wrong), [(Some(2), "total_mismatch", "warning")]);
    assert_eq!(wrong.reading()[0].totals[0].sum, "300");
}

#[test]
fn subtotals_of_parks_stand_within_those_of_zones() {
    let ledger = of_csv(
        "项目编号,开发区,园区,项目名称,总投资（万元）\nA1,朔州,东园,甲,1\nA2,朔州,东园,乙,2\n,朔州,小计,,3\nA3,朔州,西园,丙,4\n,朔州,小计,,4\n,小计,,,7\nB1,大同,南园,丁,8\n,合计,,,8\n,总计,,,15\n",
    );
    assert_eq!(ledger.table("projects").expect("projects").height(), 4);
    let totals = &ledger.reading()[0].totals;
    let sums: Vec<_> = totals.iter().map(|t| (t.row, t.sum.as_str(), t.agrees)).collect();
    assert_eq!(sums, [(4, "3", true), (6, "4", true), (7, "7", true), (9, "15", false), (10, "15", true)]);
}

#[test]
fn a_total_over_a_cell_that_cannot_be_read_is_said_to_be_unchecked() {
    let ledger = of_csv("项目编号,总投资（万元）,用地面积（亩）\nA1,5-6亿,1\nA2,200,2\n合计,300,见附表\n");
    assert!(ledger.reading()[0].totals.is_empty());
    let told: Vec<_> = ledger.issues().iter().filter(|i| i.code.as_str() == "total_not_checked").collect();
    let places: Vec<_> = told.iter().map(|i| (i.row, i.column.as_deref(), i.value.as_deref())).collect();
    assert_eq!(
        places,
        [(Some(4), Some("总投资（万元）"), Some("300")), (Some(4), Some("用地面积（亩）"), Some("见附表"))]
    );
}

#[test]
fn a_header_that_is_repeated_brings_its_index_row() {
    let ledger = of_csv(
        "项目编号,项目名称,总投资（万元）\nA,B,1\nA1,甲,100\n项目编号,项目名称,总投资（万元）\nA,B,1\nA2,乙,200\n制表日期：2024-04-01,,\n",
    );
    let kinds = ["Index", "HeaderRepeated", "Index", "Signature"].map(str::to_owned);
    assert_eq!(set_aside(&ledger).into_iter().map(|(_, kind)| kind).collect::<Vec<_>>(), kinds);
    assert_eq!(ledger.table("projects").expect("projects").height(), 2);
}

#[test]
fn headers_are_numbered_marked_and_name_units_in_any_way() {
    let csv = "1.项目编号,2、项 目 名 称＊,三、总投资/亿元,※用地面积〔亩〕,到位资金、万元\nA1,甲,1.5,20,300\n";
    let frame_of = |ledger: &Ledger| ledger.table("projects").expect("projects").frame().expect("rows").clone();
    let ledger = of_csv(&csv.replace("到位资金、万元", "\"到位资金、万元\""));
    let frame = frame_of(&ledger);
    assert_eq!(shown(&frame, "project_name", 0).as_deref(), Some("甲"));
    assert_eq!(shown(&frame, "investment_cny", 0).as_deref(), Some("150000000"));
    assert_eq!(shown(&frame, "land_mu", 0).as_deref(), Some("20"));
    assert_eq!(shown(&frame, "paid_in_cny", 0).as_deref(), Some("3000000"));
    assert!(ledger.issues().is_empty(), "{:?}", ledger.issues());
}

#[test]
fn the_caller_may_name_columns_in_chinese_and_is_told_where_his_unit_beats_the_header() {
    let csv = "我的编号,签的那天,总投资（亿元）\nA1,2024-01-05,7\n";
    let ledger = Ledger::reader()
        .table("项目台账")
        .columns([("我的编号", "项目编号"), ("签的那天", "签约日期")])
        .units([("总投资", "万元")])
        .bytes("台账.csv", csv.as_bytes())
        .finish()
        .expect("a ledger");
    let frame = ledger.table("项目").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "signed_on", 0).as_deref(), Some("2024-01-05"));
    assert_eq!(shown(frame, "investment_cny", 0).as_deref(), Some("70000"));
    assert_eq!(codes(&ledger), [(None, "unit_overridden", "note")]);
    assert!(ledger.issues()[0].message.text(Language::Zh).contains("“亿元”"));
}

#[test]
fn an_amount_ten_thousand_times_the_median_is_doubted_and_kept() {
    let csv = "项目编号,总投资（亿元）\nA1,1.2\nA2,2\nA3,30000\nA4,1\nA5,2\nA6,40000亿\n";
    let ledger = of_csv(csv);
    assert_eq!(codes(&ledger), [(Some(4), "scale_doubtful", "warning")]);
    assert_eq!(ledger.issues()[0].value.as_deref(), Some("30000"));
    assert!(ledger.issues()[0].message.text(Language::En).contains("the median of its column, 2:"));
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "investment_cny", 2).as_deref(), Some("3000000000000"));
    let typed = df!("project_id" => ["1", "2", "3", "4", "5"], "investment_cny" => [5_000, 60_000_000, 70_000_000, 50_000_000, 80_000_000]);
    let ledger = Ledger::from_frames([("projects", typed.expect("a frame"))]).expect("a ledger");
    assert_eq!(codes(&ledger), [(Some(1), "scale_doubtful", "warning")]);
}

#[test]
fn one_company_in_two_spellings_is_told() {
    let csv = "项目编号,项目名称,开发区,建设单位\nA1,甲项目,朔州,桑干（山西）科技有限公司\nA2,乙项目,朔州,桑干(山西) 科技有限责任公司\n\
        A3,丙项目,朔州,桑干（山西）科技有限公司\nA4,甲 项目,大同,云岭股份有限公司\nA5,丁（一期）,朔州,云岭有限公司\nA6,丁(一期),朔州,\n";
    let ledger = of_csv(csv);
    let told: Vec<_> = ledger.issues().iter().map(|i| (i.row, i.column.as_deref(), i.code.as_str())).collect();
    let differs = |row, column| (Some(row), Some(column), "spelling_differs");
    assert_eq!(told, [differs(7, "项目名称"), differs(3, "建设单位")]);
    let message = ledger.issues()[1].message.text(Language::Zh);
    assert!(message.contains("桑干（山西）科技有限公司”（第 2, 4 行）"), "{message}");
}

#[test]
fn the_snapshot_is_no_later_than_what_is_known_and_says_where_it_was_read() {
    use zonekpi::SnapshotFrom;
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    let ledger = of_csv("项目编号,签约时间,开工时间\nA1,2024-03-05,2025年\nA2,2024-05-06,\n");
    assert_eq!(ledger.snapshot_on(), day(2025, 1, 1));
    let ledger = of_csv("项目编号,签约时间,开工日期\nA1,2024-03-05,2024年\nA2,2024-02-06,\nA3,2024-01-06,2024-05-06\n");
    assert_eq!(ledger.snapshot_on(), day(2024, 5, 6));
    let SnapshotFrom::Event { row, column, value, .. } = ledger.snapshot_from() else { panic!("an event") };
    assert_eq!((*row, column.as_str(), value.as_str()), (Some(4), "开工日期", "2024-05-06"));
    assert_eq!(of_csv("项目编号,项目名称\nA1,甲\n").snapshot_from(), &SnapshotFrom::Today);
    let titled = "项目台账（截至2024年3月31日）,\n项目编号,签约时间\nA1,2024-03-05\n";
    let ledger = of_csv(titled);
    assert_eq!(ledger.snapshot_on(), day(2024, 3, 31));
    assert!(matches!(ledger.snapshot_from(), SnapshotFrom::Title { value, .. } if value.contains("截至")));
    assert!(ledger.issues().is_empty());
    let later = of_csv(&titled.replace("2024-03-05", "2024-04-05"));
    assert_eq!((later.snapshot_on(), codes(&later)), (day(2024, 4, 5), vec![(Some(1), "snapshot_differs", "note")]));
    let given =
        Ledger::reader().snapshot_on(day(2024, 6, 30)).bytes("a.csv", titled.as_bytes()).finish().expect("given");
    assert_eq!(
        (given.snapshot_from(), codes(&given)),
        (&SnapshotFrom::Given, vec![(Some(1), "snapshot_differs", "note")])
    );
}

#[test]
fn a_project_under_way_has_started_and_not_produced() {
    let csv = "项目编号,签约时间,开工时间,投产时间\nA1,2024-01-05,在建,建设中\nA2,洽谈中,前期,筹备中\nA3,待定,未定,2024-01-05\n";
    let ledger = of_csv(csv);
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    let states = |column: &str| [0, 1, 2].map(|row| shown(frame, &format!("{column}_state"), row));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(states("started_on"), [some("undated"), None, some("unreadable")]);
    assert_eq!(states("signed_on"), [None, None, some("unreadable")]);
    assert!(frame.column("produced_on_state").is_err(), "neither has produced, and nothing is unknown");
    let undecided = (Some(4), "date_undecided", "warning");
    assert_eq!(codes(&ledger), [(Some(2), "date_unknown_but_happened", "warning"), undecided, undecided]);
}

#[test]
fn a_file_without_parents_has_no_phases() {
    let one = "项目编号,上级项目编号,项目名称\nP1,,甲\nP2,P1,乙\n";
    let two = "项目编号,项目名称\nP3,丙\n";
    let ledger =
        Ledger::reader().bytes("a.csv", one.as_bytes()).bytes("b.csv", two.as_bytes()).finish().expect("a ledger");
    let projects = ledger.table("projects").expect("projects");
    assert!(!projects.has("parent_id_state"));
    assert_eq!(shown(projects.frame().expect("rows"), "parent_id", 2), None);
    assert_eq!(
        ledger.issues().iter().map(|i| (i.code.as_str(), i.action.code())).collect::<Vec<_>>(),
        [("column_absent", "blank")]
    );
}

#[test]
fn an_empty_list_of_sheets_is_an_error() {
    let none: [&str; 0] = [];
    let error = Ledger::reader().sheets(none).bytes("台账.xlsx", &of_months()).finish().expect_err("no sheet");
    assert_eq!(error.code(), "option_invalid");
    assert!(error.text(Language::Zh).starts_with("sheet 不能是“[]”"), "{error}");
}

#[test]
fn two_headers_of_a_sheet_cannot_both_be_one_column() {
    let csv = "项目编号,甲日,乙日\nA1,2024-01-05,2024-02-05\n";
    let read = |columns: [(&str, &str); 2]| Ledger::reader().columns(columns).bytes("a.csv", csv.as_bytes()).finish();
    let error = read([("甲日", "signed_on"), ("乙日", "签约时间")]).expect_err("which of the two?");
    assert_eq!(error.code(), "columns_twice");
    let said = error.text(Language::Zh);
    assert!(said.contains("“甲日”和“乙日”都说成“signed_on”"), "{said}");
    assert!(read([("甲日", "signed_on"), ("乙日", "started_on")]).is_ok());
    // In two files the column may have two headers.
    let other = "项目编号,乙日\nA2,2024-02-05\n";
    let reader = Ledger::reader().columns([("甲日", "signed_on"), ("乙日", "signed_on")]);
    let first = "项目编号,甲日\nA1,2024-01-05\n";
    let ledger = reader.bytes("a.csv", first.as_bytes()).bytes("b.csv", other.as_bytes()).finish().expect("a ledger");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "signed_on", 1).as_deref(), Some("2024-02-05"));
}

#[test]
fn a_column_that_one_part_lacks_is_told_of_what_the_part_is() {
    let ledger = Ledger::reader().sheet("*").bytes("台账.xlsx", &of_months()).finish().expect("two months");
    assert_eq!(ledger.issues()[0].message.text(Language::Zh), "这张工作表没有“是否承诺制”列，而同一张表的其他部分有");
    let reader = Ledger::reader().bytes("a.csv", "项目编号,就业人数\nA1,1\n".as_bytes());
    let ledger = reader.bytes("b.csv", "项目编号,项目名称\nA2,甲\n".as_bytes()).finish().expect("two files");
    assert!(ledger.issues().iter().all(|i| i.message.text(Language::En).starts_with("this file has no column")));
}

#[test]
fn a_title_without_a_year_sets_no_day_and_says_so() {
    let read = |title: &str| of_csv(&format!("{title},\n项目编号,签约时间\nA1,2024-03-05\n"));
    let ledger = read("项目台账（截至4月30日）");
    assert_eq!(ledger.snapshot_on().to_string(), "2024-03-05");
    assert_eq!(codes(&ledger), [(Some(1), "title_year_missing", "note")]);
    assert!(ledger.issues()[0].message.text(Language::Zh).ends_with("没有用它定台账截止日 2024-03-05"));
    // Where it says what the events say, there is nothing to tell.
    assert_eq!(codes(&read("截至3月5日")), []);
    assert_eq!(codes(&read("截至3月底")), [(Some(1), "title_year_missing", "note")]);
    assert_eq!(codes(&read("截至目前")), []);
}

#[test]
fn the_day_of_a_ledger_is_told_in_the_words_of_its_cell() {
    use zonekpi::SnapshotFrom;
    let said = |ledger: &Ledger| match ledger.snapshot_from() {
        SnapshotFrom::Event { row, value, written, .. } => (*row, value.clone(), written.clone()),
        other => panic!("{other:?}"),
    };
    let ledger = of_csv("项目编号,签约时间,开工时间\nA1,2024-03-05,2025年\nA2,2024-05-06,\nA3,2025.1.1,\n");
    // Of equal days the column that the schema has first.
    assert_eq!(said(&ledger), (Some(4), "2025-01-01".to_owned(), Some("2025.1.1".to_owned())));
    let ledger = of_csv("项目编号,签约时间,开工时间\nA1,2024-03-05,2024年3月底\n");
    assert_eq!(said(&ledger), (Some(2), "2024-03-21".to_owned(), Some("2024年3月底".to_owned())));
    let texts = df!("项目编号" => ["A1"], "签约时间" => ["2024年3月"]).expect("a frame");
    let ledger = Ledger::from_frames([("projects", texts)]).expect("a ledger");
    assert_eq!(said(&ledger), (Some(1), "2024-03-01".to_owned(), Some("2024年3月".to_owned())));
}

#[test]
fn a_header_that_is_right_is_not_corrected() {
    // 项目类型 and 签约时间 are right, but too little to know a table by.
    let error = Ledger::reader().bytes("a.csv", "签约时间,项目类型\n2024-01-05,甲\n".as_bytes()).finish();
    let error = error.expect_err("no table");
    assert_eq!(error.code(), "header_not_found");
    assert_eq!(error.suggestion(), None);
    let error = Ledger::reader().bytes("a.csv", "签约时问,项目类型\n2024-01-05,甲\n".as_bytes()).finish();
    assert_eq!(error.expect_err("no table").suggestion(), Some("签约时间"));
}

#[test]
fn thousands_of_spellings_are_told_apart() {
    use std::fmt::Write;
    let mut csv = "项目编号,投资方\n".to_owned();
    for at in 0..20_000 {
        // Each a spelling of one name: brackets of two widths, in different places.
        let name: String = (0..15).map(|bit| if at >> bit & 1 == 1 { "（一）" } else { "(一)" }).collect();
        writeln!(csv, "A{at},{name}").expect("a line");
    }
    let ledger = of_csv(&csv);
    assert_eq!(ledger.issues().len(), 19_999);
    assert!(ledger.issues().iter().all(|issue| issue.code.as_str() == "spelling_differs"));
}

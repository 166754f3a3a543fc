//! What stands among or below the rows of a table and is none: stray cells, numbered rows that were never filled in,
//! remarks, signatures, parts of totals. Indicators over all rows must not count it.

use polars::prelude::df;
use zonekpi::{Ledger, Query, SetAsideKind, Severity, polars};

use crate::reads::of_csv;

/// The codes of errors and warnings, with their rows.
fn doubts(ledger: &Ledger) -> Vec<(&'static str, Option<u64>)> {
    let doubtful = ledger.issues().iter().filter(|issue| issue.severity > Severity::Note);
    doubtful.map(|issue| (issue.code.as_str(), issue.row)).collect()
}

fn set_aside(ledger: &Ledger) -> Vec<(u64, SetAsideKind, &str)> {
    ledger.reading().iter().flat_map(|r| &r.set_aside).map(|s| (s.row, s.kind, s.label.as_str())).collect()
}

fn height(ledger: &Ledger, table: &str) -> usize {
    ledger.table(table).expect("the table").height()
}

/// Two projects, and below them these rows.
fn below(rows: &str) -> Ledger {
    of_csv(&format!("项目编号,项目名称,总投资（万元）,备注\nP1,甲,100,\nP2,乙,200,\n{rows}\n"))
}

/// What a row below the table is set aside as.
fn aside_as(row: &str) -> Option<SetAsideKind> {
    let ledger = below(row);
    let kind = set_aside(&ledger).last().map(|(_, kind, _)| *kind);
    assert_eq!(height(&ledger, "projects"), if kind.is_some() { 2 } else { 3 }, "{row}");
    kind
}

#[test]
fn a_stray_cell_in_a_column_without_a_header_makes_no_row() {
    // 1 of 2 buildings; the cell beside row 4 is no third one.
    let ledger = of_csv("厂房编号,所属项目,基础回填时间,,\nB1,一期,2024-01-05,,\nB2,一期,,,\n,,,,另见附表\n");
    assert_eq!(height(&ledger, "buildings"), 2);
    assert_eq!(set_aside(&ledger), [(4, SetAsideKind::Note, "另见附表")]);
    assert_eq!(ledger.issues().iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), ["header_missing"]);
    let board = Query::new(["foundation_share"]).as_of("2024-01-31").run(&ledger).expect("a share");
    assert!(board.to_string().contains("1 / 2"), "{board}");
}

#[test]
fn a_row_that_is_only_numbered_makes_no_row() {
    let ledger =
        of_csv("序号,项目名称,开发区,总投资（万元）\n1,甲,东,100\n2,乙,东,-\n3,,,\n4,-,-,/\n5,丙,西,1\n6,,,\n");
    assert_eq!(height(&ledger, "projects"), 3);
    let blank = |row, label| (row, SetAsideKind::Blank, label);
    assert_eq!(set_aside(&ledger), [blank(4, "3"), blank(5, "4"), blank(7, "6")]);
    assert_eq!(doubts(&ledger), []);
}

#[test]
fn zeros_that_wait_for_a_record_make_no_row() {
    // As formulas give that were filled down below the last record.
    let ledger = of_csv(
        "序号,项目名称,总投资（万元）,到位资金（万元）,就业人数\n1,甲,100,0,0\n2,,0,0.00,0\n3,乙,0,0,0\n,,0,0,0\n",
    );
    assert_eq!(height(&ledger, "projects"), 2);
    assert_eq!(set_aside(&ledger), [(3, SetAsideKind::Blank, "2"), (5, SetAsideKind::Blank, "0")]);
    assert_eq!(doubts(&ledger), []);
}

#[test]
fn a_cell_that_is_merged_over_rows_is_in_each_of_them() {
    // One project in two rows: the second has its name from the merge, and an amount of its own.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, header) in (0..).zip(["项目名称", "开发区", "总投资（万元）"]) {
        sheet.write(0, at, header).expect("a header");
    }
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(1, 0, 2, 0, "甲", &plain).expect("a name").merge_range(1, 1, 2, 1, "东", &plain).expect("a zone");
    sheet.write(1, 2, 100).expect("an amount").write(2, 2, 50).expect("another");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let ledger = Ledger::reader().on_duplicate(zonekpi::OnDuplicate::Last).bytes("a.xlsx", &bytes).finish();
    let codes: Vec<_> = ledger.expect("a ledger").issues().iter().map(|i| i.code.as_str()).collect();
    assert_eq!(codes, ["duplicate_key"]);
}

#[test]
fn remarks_and_days_below_a_table_are_set_aside() {
    use SetAsideKind::{Note, Signature};
    for (row, kind) in [
        ("\n以上数据截至3月底,,,", Note),
        (",（以下空白）,,", Note),
        (",,,本表由各园区填报，招商局汇总。", Note),
        ("以上数据截至3月底,-,0,/", Note),
        ("\n2024年4月1日,,,", Signature),
        (",,2024年4月1日,", Signature),
    ] {
        assert_eq!(aside_as(row), Some(kind), "{row}");
        assert_eq!(doubts(&below(row)), [], "{row}");
    }
}

#[test]
fn a_single_cell_that_may_be_a_record_is_kept_and_told() {
    for (row, at) in [("\n东区,,,", 5), ("\n,丙,-,", 5), (",,,待定", 4), (",,0,待定", 4)] {
        let ledger = below(row);
        assert_eq!(height(&ledger, "projects"), 3, "{row}");
        assert_eq!(doubts(&ledger), [("lone_cell", Some(at))], "{row}");
    }
    // A project of which only the name is known yet; and a table of two columns.
    assert_eq!(doubts(&below(",丙,,")), []);
    assert_eq!(doubts(&of_csv("项目编号,项目名称\nP1,甲\n\nP2,\n")), []);
}

#[test]
fn a_name_below_a_record_is_kept_whatever_it_reads_like() {
    for row in [",丙厂（2个）,,", ",一、期标准厂房,,", ",二、期标准厂房,,", ",年产十万吨新型建材项目。,,"]
    {
        let ledger = below(row);
        assert_eq!(height(&ledger, "projects"), 3, "{row}");
        assert_eq!(doubts(&ledger), [("lone_cell", Some(4))], "{row}");
    }
    // Headings that go on, or have the rows that they count; and sentences that are no name.
    use SetAsideKind::{Note, Section};
    let rows = ",一、续建项目,,\nP3,丙,300,\n,二、新建项目,,\nP4,丁,300,";
    assert_eq!(set_aside(&below(rows)), [(4, Section, "一、续建项目"), (6, Section, "二、新建项目")]);
    assert_eq!(set_aside(&below(",东区（2个）,,\nP3,丙,300,\nP4,丁,300,")), [(4, Section, "东区（2个）")]);
    assert_eq!(doubts(&below(",东区（2个）,,\nP3,丙,300,\n\nP4,丁,300,")), [("lone_cell", Some(4))]);
    for remark in [",各园区已核对，数据准确无误。,,", ",上述项目均已开工建设。,,", ",甲项目已竣工；乙项目已开工,,"]
    {
        assert_eq!(aside_as(remark), Some(Note), "{remark}");
    }
}

#[test]
fn signatures_are_known_with_and_without_a_colon() {
    for row in [
        "填表人：李四    联系电话：0349-1234567,,,",
        "制表：,,,",
        "制 表：王五,,审核：,赵六",
        "审核人,王五,,",
        "审核人,王五,填表人,李四",
        "填表人 李四  审核人 王五,,,",
        "填表人李四审核人王五,,,",
        "单位（盖章）,,,",
        "负责人（签字）：,,,",
        "2024年4月1日,填表人：李四,,",
        "单位：朔州经开区管委会,,,",
    ] {
        assert_eq!(aside_as(row), Some(SetAsideKind::Signature), "{row}");
    }
    // A project's own cells hold such words too.
    assert_eq!(aside_as("P3,审核系统软件项目,300,联系人：张三"), None);
    assert_eq!(aside_as("P3,审核,300,"), None);
}

#[test]
fn parts_of_totals_and_counted_totals_are_set_aside() {
    use SetAsideKind::{OfWhich, Total};
    assert_eq!(aside_as("合计,,300,\n其中：工业,,100,\n,其中：农业,200,"), Some(OfWhich));
    assert_eq!(aside_as(",其中,100,"), Some(OfWhich));
    assert_eq!(aside_as("其中,工业,100,"), Some(OfWhich));
    assert_eq!(aside_as("共计2个,,300,"), Some(Total));
    assert_eq!(aside_as(",合计：2个项目,300,"), Some(Total));
    assert_eq!(aside_as("共2项,,,"), Some(Total));
    // The total is compared with its rows, and a part of it with nothing.
    let ledger = below("共计2个,,300,\n其中：工业,,100,");
    assert_eq!(doubts(&ledger), []);
    assert_eq!(ledger.reading()[0].totals.iter().map(|t| (t.row, t.agrees)).collect::<Vec<_>>(), [(4, true)]);
    assert_eq!(aside_as("P3,其中：三期,100,"), None);
    assert_eq!(aside_as(",其中：三期,100,扩建"), None);
}

#[test]
fn totals_without_a_label_and_under_the_name_of_a_group_are_told() {
    for (row, at) in [(",,300,", 4), ("\n,,300,", 5), (",其中工业,100,", 4), (",项目投资合计,300,", 4)] {
        let ledger = below(row);
        assert_eq!(height(&ledger, "projects"), 3, "{row}");
        assert_eq!(doubts(&ledger), [("row_resembles_total", Some(at))], "{row}");
    }
    let text = "项目名称,行业,总投资（万元）\n甲,装备制造,1\n乙,新材料,2\n装备制造,,1\n";
    assert_eq!(doubts(&of_csv(text)), [("row_resembles_total", Some(4))]);
}

#[test]
fn words_in_a_column_of_codes_are_no_ids() {
    for (row, code) in [
        ("东区,,,", "lone_cell"),
        ("第1页 共2页,,,", "lone_cell"),
        ("共计2个项目，总投资300万元,,,", "lone_cell"),
        ("东区小计,,100,", "row_resembles_total"),
        ("平均,,150,", "row_resembles_total"),
        (",上年同期,150,", "row_resembles_total"),
    ] {
        assert_eq!(doubts(&below(row)), [(code, Some(4))], "{row}");
    }
    // A project that has no number yet, and a ledger whose ids are words.
    assert_eq!(doubts(&below("待编,丙厂,300,")), []);
    assert_eq!(doubts(&of_csv("项目编号,项目名称,就业人数\n朔审备一号,甲,1\n朔审备二号,,2\n朔审备三号,,\n")), []);
}

#[test]
fn totals_are_told_in_every_table_that_has_names() {
    let text = "地块编号,开发区,面积（亩）,出让时间\nL1,东,10,2024-01-05\nL2,西,20,\n,东,10,\n,西区合计,20,\n";
    assert_eq!(doubts(&of_csv(text)), [("row_resembles_total", Some(4)), ("row_resembles_total", Some(5))]);
}

#[test]
fn rows_like_totals_are_told_of_frames_too() {
    let frame = df!(
        "项目编号" => [Some("P1"), Some("P2"), None, None, None, None, None],
        "项目名称" => [Some("甲"), Some("乙项目合计"), Some("合计"), Some("东区"), Some("其中：工业"), None, Some("丙")],
        "开发区" => [Some("东区"), Some("西区"), None, None, None, None, None],
        "总投资（万元）" => [1.5, 2.5, 4.0, 1.5, 1.0, 4.0, 7.0],
    )
    .expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame.clone())]).expect("a ledger");
    let like = |row| ("row_resembles_total", Some(row));
    assert_eq!(doubts(&ledger), [like(3), like(4), like(5), like(6)]);
    assert_eq!(height(&ledger, "projects"), 7);
    let with_ids = frame.head(Some(2));
    assert_eq!(doubts(&Ledger::from_frames([("projects", with_ids)]).expect("a ledger")), []);
}

#[test]
fn a_percent_without_its_sign_is_told_of_frames_too() {
    let frame = df!(
        "指标" => ["承诺制占比", "承诺制占比", "承诺制占比", "签约项目数"],
        "开发区" => ["甲区", "乙区", "丙区", "甲区"],
        "目标值" => [0.98, 0.95, 98.0, 35.0],
    );
    let ledger = Ledger::from_frames([("targets", frame.expect("a frame"))]).expect("a ledger");
    assert_eq!(doubts(&ledger), [("share_scale_doubtful", Some(3))]);
    assert_eq!(ledger.issues()[0].value.as_deref(), Some("98"));
}

#[test]
fn words_below_a_blank_row_that_fit_no_column_are_another_header() {
    let ledger = below("\n姓名,职务,住址,电话\n张三,主任,城东,\n");
    assert!(doubts(&ledger).contains(&("row_resembles_header", Some(5))), "{:?}", doubts(&ledger));
    let titled = below("\n联系方式表,,,\n姓名,职务,住址,电话\n张三,主任,城东,\n");
    assert!(doubts(&titled).contains(&("row_resembles_header", Some(6))), "{:?}", doubts(&titled));
    // A project of which little is known.
    assert_eq!(doubts(&below("\nP3,丙,面议,在谈\nP4,丁,1,")), [("money_unreadable", Some(5))]);
    assert_eq!(doubts(&below("\n,丙,面议,在谈\nP4,丁,1,")), [("money_unreadable", Some(5))]);
}

#[test]
fn the_header_of_an_unknown_table_is_told_without_a_blank_row_above_it_too() {
    let ledger = below("姓名,职务,住址,电话\n张三,主任,城东,\n李四,科长,城西,");
    assert_eq!(doubts(&ledger).first(), Some(&("row_resembles_header", Some(4))), "{:?}", doubts(&ledger));
    assert_eq!(doubts(&ledger).iter().filter(|(code, _)| *code == "row_resembles_header").count(), 1);
    // A project without a number or an amount yet, above others.
    assert_eq!(doubts(&below("待编,丙厂,面议,在谈\nP4,丁,1,")), [("money_unreadable", Some(4))]);
}

#[test]
fn rows_of_a_frame_without_anything_are_told_and_kept() {
    let frame = df!(
        "序号" => [1, 2, 3, 4],
        "项目编号" => [Some("P1"), None, Some("P2"), Some(" ")],
        "项目名称" => [Some("甲"), Some(""), Some("乙"), None],
        "就业人数" => [Some(1.0), Some(f64::NAN), None, None],
    )
    .expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame.clone())]).expect("a ledger");
    assert_eq!(height(&ledger, "projects"), 4);
    assert_eq!(doubts(&ledger), [("rows_blank", Some(2))]);
    assert_eq!(ledger.issues()[0].value.as_deref(), Some("2"));
    let filled = frame.slice(0, 1).vstack(&frame.slice(2, 1)).expect("two rows");
    assert_eq!(doubts(&Ledger::from_frames([("projects", filled)]).expect("a ledger")), []);
}

#[test]
fn yuan_among_ten_thousands_is_told_and_kept() {
    let csv = "项目编号,总投资（万元）\nP1,800\nP2,3000\nP3,30000000\nP4,12000\nP5,60000\nP6,5000\n";
    let ledger = of_csv(csv);
    assert_eq!(doubts(&ledger), [("yuan_doubtful", Some(4))]);
    let message = ledger.issues()[0].message.text(zonekpi::Language::En);
    assert!(message.contains("at most 60000"), "{message}");
    // In a column of another unit, and in a cell that writes its own.
    assert_eq!(doubts(&of_csv(&csv.replace("万元", "元"))), []);
    assert_eq!(doubts(&of_csv(&csv.replace("30000000", "30000000万元"))), []);
}

#[test]
fn a_record_whose_name_begins_as_a_label_does_is_no_signature() {
    let cases = of_csv(
        "事项名称,办件编号,受理时间,办结时间,承诺时限\n审批：用地,A1,2024-03-01,2024-03-05,5个工作日\n\
         核对：规划,A2,2024-03-01,2024-03-05,5个工作日\n审核：用地,,2024-03-01,2024-03-05,5个工作日\n\
         填表人：李四,,审核人：王五,,2024年4月1日\n",
    );
    assert_eq!(height(&cases, "cases"), 3);
    assert_eq!(set_aside(&cases), [(5, SetAsideKind::Signature, "填表人：")]);
    let matters = of_csv("事项名称,责任部门,法定时限\n审核：用地预审,自然资源局,20个工作日\n立项,发改,5个工作日\n");
    assert_eq!(height(&matters, "matters"), 2);
}

#[test]
fn a_name_that_begins_as_a_remark_does_is_a_name() {
    for name in ["截止阀生产线", "截至阀生产线", "以上海电气为龙头的配套项目"] {
        assert_eq!(aside_as(&format!(",{name},,")), None, "{name}");
    }
    for remark in ["截至2024年3月31日", "截止到3月底", "以上数据由各园区上报", "以下空白"] {
        assert_eq!(aside_as(&format!("{remark},,,")), Some(SetAsideKind::Note), "{remark}");
    }
}

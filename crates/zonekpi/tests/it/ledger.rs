//! Reading ledgers: options, frames, and what is an error.

use chrono::NaiveDate;
use polars::prelude::{NamedFrom, df};
use zonekpi::{Language, Ledger, OnDuplicate, polars};

use crate::manifest;
use crate::reads::{of_csv, read, shown};

#[test]
fn a_small_ledger_to_compute_from_is_read_without_issues() {
    let ledger = read("o21_kpi_small.csv");
    assert!(ledger.issues().is_empty(), "{:?}", ledger.issues());
    assert_eq!(ledger.snapshot_on(), NaiveDate::from_ymd_opt(2024, 6, 30).expect("a day"));
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(frame.height(), 8);
    assert_eq!(shown(frame, "investment_cny", 0).as_deref(), Some("150000000"));
    assert_eq!(shown(frame, "commitment", 5), None);
    assert!(frame.column("commitment_state").is_err(), "a blank is not unreadable");
    assert_eq!(shown(frame, "signed_on_from", 2).as_deref(), Some("2023-02-01"));
}

#[test]
fn several_files_make_one_ledger_and_missing_targets_are_told() {
    let folder = manifest::folder();
    let files = [folder.join("o22_batch_entries.csv"), folder.join("o22_batch_projects.csv")];
    let ledger = Ledger::reader().read(files).expect("two tables");
    let names: Vec<&str> = ledger.tables().map(|t| t.spec().name.as_str()).collect();
    assert_eq!(names, ["batch_entries", "projects"]);
    let issues: Vec<_> = ledger
        .issues()
        .iter()
        .map(|i| (i.row, i.column.clone(), i.value.clone(), i.code.as_str(), i.severity.as_str()))
        .collect();
    let column = Some("项目编号".to_owned());
    assert_eq!(issues, [(Some(7), column, Some("A9".to_owned()), "key_not_in_projects", "warning")]);
    let entries = ledger.table("batch_entries").expect("entries").frame().expect("rows");
    assert_eq!(shown(entries, "list", 2).as_deref(), Some("started"));
    assert_eq!(shown(entries, "held_on", 0).as_deref(), Some("2023-03-20"));
}

#[test]
fn a_duplicate_key_is_an_error_unless_the_caller_chooses() {
    let path = manifest::folder().join("o08_ids.xlsx");
    let error = Ledger::read(&path).expect_err("1001 occurs twice");
    assert_eq!(error.code(), "duplicate_keys");
    assert!(error.to_string().contains("1001 (2, 6)"), "{error}");
    let last = Ledger::reader().on_duplicate(OnDuplicate::Last).read([&path]).expect("the last row");
    let names =
        last.table("projects").expect("projects").frame().expect("rows").column("project_name").expect("names").clone();
    assert_eq!(names.len(), 4);
    assert_eq!(names.get(3).expect("row").to_string(), "\"电子浆料项目\"");
}

#[test]
fn a_word_for_totals_inside_a_row_does_not_make_it_a_total() {
    let height = |csv: &str| of_csv(csv).tables().next().expect("a table").height();
    let header = "项目编号,项目名称,开发区,总投资（万元）,开工时间,招商渠道,备注\n";
    for row in [
        "A1,甲项目,经开区,100,2024-01-05,累计,",
        "A1,甲项目,经开区,100,2024-01-05,,合计",
        "A1,甲项目,汇总,100,2024-01-05,,",
        "A1,汇总,,100,,,",
        ",甲项目,合计,100,,,",
        ",累计,经开区,100,2024-01-05,,",
    ] {
        assert_eq!(height(&format!("{header}{row}\nB2,乙项目,经开区,5,,,\n")), 2, "{row}");
    }
    for row in [
        "合计,,,105,,,",
        ",合计,,105,,,",
        ",,合计,105,,,",
        ",小计,经开区,105,,,见附表",
        ",累计,,105,,,",
        "合计,2个,,105,,,",
    ] {
        assert_eq!(height(&format!("{header}A1,甲项目,经开区,100,,,\nB2,乙项目,经开区,5,,,\n{row}\n")), 2, "{row}");
    }
    let told = of_csv(&format!("{header}A1,甲项目,经开区,100,,,\n,合计,,105,2024-01-05,,\n"));
    let codes: Vec<_> = told.issues().iter().map(|i| (i.row, i.code.as_str())).collect();
    assert!(codes.contains(&(Some(3), "total_holds_date")), "{codes:?}");
}

#[test]
fn files_that_are_no_ledger_say_what_they_are() {
    let code = |bytes: &[u8]| Ledger::reader().bytes("x", bytes).finish().expect_err("no ledger").code();
    assert_eq!(code(b""), "file_empty");
    assert_eq!(code(b" \n\n"), "file_empty");
    assert_eq!(code(b"%PDF-1.7"), "file_is_other");
    assert_eq!(code(b"PK\x03\x04 torn"), "file_damaged");
    assert_eq!(code(&[0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3]), "file_damaged");
    assert_eq!(code(b"a,b\n1,2\n"), "header_not_found");
    assert_eq!(code(b"PAR1xxxx"), "file_damaged");
    let folder = manifest::folder();
    let error = |path: std::path::PathBuf| Ledger::read(path).expect_err("no ledger");
    assert_eq!(error(folder.join("o16_html_named.xls")).code(), "file_is_html");
    assert_eq!(error(folder.clone()).code(), "file_is_folder");
    let missing = error(folder.join("o13_total.xlsx"));
    assert_eq!((missing.code(), missing.suggestion()), ("file_not_found", Some("o13_totals.xlsx")));
    assert!(missing.text(Language::Zh).contains("找不到文件"));
}

#[test]
fn every_truncation_of_a_workbook_is_an_error_and_not_a_panic() {
    for file in ["o01_title_unit_two_row_header.xlsx", "o14_biff8.xls", "o24_opendocument.ods"] {
        let bytes = std::fs::read(manifest::folder().join(file)).expect("the file");
        for length in (0..bytes.len()).step_by(97) {
            let _ = Ledger::reader().bytes(file, &bytes[..length]).finish();
        }
        for at in (0..bytes.len()).step_by(61) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x5A;
            let _ = Ledger::reader().bytes(file, &bent).finish();
        }
    }
}

#[test]
fn an_amount_without_a_unit_asks_for_it() {
    let csv = "项目编号,总投资\nP1,5\nP2,0\n";
    let error = Ledger::reader().bytes("台账.csv", csv.as_bytes()).finish().expect_err("no unit");
    assert_eq!(error.code(), "unit_missing");
    assert_eq!((error.place().row, error.place().column.as_deref()), (Some(2), Some("总投资")));
    let ledger =
        Ledger::reader().units([("总投资", "亿元")]).bytes("台账.csv", csv.as_bytes()).finish().expect("a unit");
    assert_eq!(
        shown(ledger.table("projects").expect("projects").frame().expect("rows"), "investment_cny", 0).as_deref(),
        Some("500000000")
    );
    let frame = df!("project_id" => ["P1"], "investment_cny" => [5.5]).expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("yuan by name");
    assert_eq!(
        shown(ledger.table("projects").expect("projects").frame().expect("rows"), "investment_cny", 0).as_deref(),
        Some("5.5")
    );
    let frame = df!("项目编号" => ["P1"], "总投资" => [5.5]).expect("a frame");
    assert_eq!(Ledger::from_frames([("projects", frame)]).expect_err("no unit").code(), "unit_missing");
}

#[test]
fn frames_are_read_as_files_are() {
    let frame = df!(
        "项目编号" => ["P1", "P2"], "签约时间" => ["2023年3月初", "已签约"], "是否承诺制" => [Some("非承诺制"), None],
        "总投资（亿元）" => [1.38, 0.7], "立项方式" => ["备案", "核准"], "自定义" => [1, 2], "value" => ["a", "b"],
    )
    .expect("a frame");
    let ledger = Ledger::from_frames([("项目", frame)]).expect("a ledger");
    let table = ledger.table("projects").expect("projects").frame().expect("rows");
    let row = |column: &str| (shown(table, column, 0), shown(table, column, 1));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(row("investment_cny"), (some("138000000"), some("70000000")));
    assert_eq!(row("signed_on"), (some("2023-03-10"), None));
    assert_eq!(row("signed_on_from"), (some("2023-03-01"), None));
    assert_eq!(row("signed_on_state"), (None, some("undated")));
    assert_eq!(row("commitment"), (some("false"), None));
    assert_eq!(row("filed"), (some("true"), some("false")));
    assert_eq!(row("approval_kind"), (some("filing"), some("confirmation")));
    assert_eq!(row("自定义"), (some("1"), some("2")));
    assert_eq!(row("value_text"), (some("a"), some("b")));
    let codes: Vec<&str> = ledger.issues().iter().map(|i| i.code.as_str()).collect();
    assert_eq!(codes, ["column_reserved", "date_unknown_but_happened"]);
}

#[test]
fn a_table_of_a_ledger_comes_back_as_it_went() {
    let ledger = read("o21_kpi_small.csv");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows").clone();
    let again = Ledger::from_frames([("projects", frame.clone())]).expect("a ledger");
    assert!(again.issues().is_empty(), "{:?}", again.issues());
    let back = again.table("projects").expect("projects").frame().expect("rows");
    assert!(frame.equals_missing(back), "{frame}\n{back}");
}

#[test]
fn intervals_and_states_come_back_from_other_tools() {
    use polars::prelude::{DataType, TimeUnit};
    let csv = "project_id,signed_on,signed_on_from,signed_on_state,started_on,started_on_state,commitment,\
        commitment_state,source_file,source_sheet,source_row\n\
        P1,2023-02-28,2023-02-01,,,unreadable,,unreadable,a.csv,,2\n\
        P2,,,undated,2023-05-01,,true,,a.csv,,3\n\
        P3,2023-04-05,2023-05-01,,,,,,a.csv,,4\n\
        P4,,2023-05-01,,2023-05-01,unreadable,,,a.csv,,5\n\
        P5,2023-06,,,,,,,a.csv,,6\n";
    let ledger = of_csv(csv);
    let expected = [
        ("signed_on", [Some("2023-02-28"), None, None, None, Some("2023-06-30")]),
        ("signed_on_from", [Some("2023-02-01"), None, None, None, Some("2023-06-01")]),
        ("signed_on_state", [None, Some("undated"), Some("unreadable"), Some("unreadable"), None]),
        ("started_on", [None, Some("2023-05-01"), None, None, None]),
        ("started_on_state", [Some("unreadable"), None, None, Some("unreadable"), None]),
        ("commitment", [None, Some("true"), None, None, None]),
        ("commitment_state", [Some("unreadable"), None, None, None, None]),
    ];
    let holds = |ledger: &Ledger| {
        let frame = ledger.table("projects").expect("projects").frame().expect("rows");
        for (column, values) in expected {
            let read: Vec<_> = (0..5).map(|row| shown(frame, column, row)).collect();
            assert_eq!(read, values.map(|v| v.map(str::to_owned)), "{column}");
        }
        frame.clone()
    };
    let frame = holds(&ledger);
    assert!(ledger.reading().iter().all(|r| r.other_columns.is_empty()));
    let told: Vec<_> = ledger.issues().iter().map(|i| (i.row, i.code.as_str(), i.severity.as_str())).collect();
    let contradicts = |row| (Some(row), "beside_contradicts", "error");
    assert_eq!(told, [contradicts(4), contradicts(5), contradicts(5)]);
    let mut pandas = frame.clone();
    for column in ["signed_on", "signed_on_from"] {
        let datetime = DataType::Datetime(TimeUnit::Nanoseconds, None);
        let cast = pandas.column(column).expect("a column").cast(&datetime).expect("a cast");
        pandas.with_column(cast).expect("a column");
    }
    holds(&Ledger::from_frames([("projects", pandas)]).expect("as pandas gives it"));
    holds(&Ledger::from_frames([("projects", frame)]).expect("as it went"));
    let alone = of_csv("project_id,signed_on_from,开工时间\nP1,2023-01-01,2023-05-01\n");
    let told: Vec<_> = alone.issues().iter().map(|i| (i.code.as_str(), i.severity.as_str())).collect();
    assert_eq!(told, [("column_reserved", "error")]);
}

#[test]
fn a_unit_column_scales_a_typed_frame_as_it_does_a_file() {
    let typed = df!("indicator" => ["a", "b"], "target" => [80.0, 1.5], "unit" => ["%", "亿元"]).expect("a frame");
    let ledger = Ledger::from_frames([("targets", typed)]).expect("a ledger");
    let frame = ledger.table("targets").expect("targets").frame().expect("rows");
    let read = |row| (shown(frame, "target", row), shown(frame, "unit", row));
    assert_eq!(read(0), (Some("0.8".to_owned()), Some("share".to_owned())));
    assert_eq!(read(1), (Some("150000000".to_owned()), Some("cny".to_owned())));
}

#[test]
fn a_long_count_keeps_its_digits_beside_a_doubtful_one() {
    let counts = [9_007_199_254_740_993i64, -3];
    let frame = df!("project_id" => ["P1", "P2"], "jobs" => counts).expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("a ledger");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "jobs", 0).as_deref(), Some("9007199254740993"));
    assert_eq!(shown(frame, "jobs", 1).as_deref(), Some("-3"));
}

#[test]
fn unknown_tables_columns_and_options_have_a_suggestion() {
    let frame = df!("project_id" => ["P1"]).expect("a frame");
    let error = Ledger::from_frames([("project", frame.clone())]).map(|_| ());
    assert!(error.is_ok(), "an alias of the table");
    let error = Ledger::from_frames([("projcts", frame.clone())]).expect_err("a slip");
    assert_eq!((error.code(), error.suggestion()), ("unknown_table", Some("projects")));
    let error =
        Ledger::reader().columns([("甲", "signed_onn")]).frames([("projects", frame.clone())]).expect_err("a slip");
    assert_eq!((error.code(), error.suggestion()), ("unknown_column", Some("signed_on")));
    let told = |reader: zonekpi::Reader| {
        let error = reader.columns([("甲", "signed_onn")]).bytes("a.csv", b"x,y\n1,2\n").finish().expect_err("a slip");
        error.message().parameters().map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
    };
    let [table, _, allowed] = &told(Ledger::reader().table("项目"))[..] else { panic!("three slots") };
    assert_eq!(table, "projects");
    assert!(allowed.starts_with("signed_on, ") && allowed.ends_with(", …"), "{allowed}");
    let all = told(Ledger::reader());
    assert!(all.iter().all(|value| !value.contains('*')), "{all:?}");
    let error =
        Ledger::reader().columns([("甲", "signed_on")]).frames([("projects", frame.clone())]).expect_err("unused");
    assert_eq!(error.code(), "option_unused");
    let error = Ledger::reader().units([("project_id", "万圆元")]).frames([("projects", frame)]).expect_err("a unit");
    assert_eq!(error.code(), "unit_unknown");
}

#[test]
fn sheets_are_found_named_or_refused() {
    let path = manifest::folder().join("o11_sheets_notes_pivot.xlsx");
    let ledger = Ledger::reader().table("projects").read([&path]).expect("the sheet that is known by its columns");
    assert_eq!(ledger.reading()[0].sheet.as_deref(), Some("项目台账"));
    assert_eq!(ledger.reading()[0].sheets_not_read, ["填报说明", "汇总表"]);
    let error = Ledger::reader().sheet("项目台帐").read([&path]).expect_err("a slip");
    assert_eq!((error.code(), error.suggestion()), ("sheet_unknown", Some("项目台账")));
    let error = Ledger::reader().sheet("填报说明").read([&path]).expect_err("prose");
    assert_eq!(error.code(), "header_not_found");
    assert_eq!(error.place().sheet.as_deref(), Some("填报说明"));
    let error = Ledger::reader().sheet("S").bytes("a.csv", "项目编号,项目名称\nP1,甲\n".as_bytes()).finish();
    assert_eq!(error.expect_err("a text file has no sheets").code(), "no_sheets");
    let hidden = manifest::folder().join("o10_hidden.xlsx");
    assert_eq!(Ledger::reader().sheet("代码表").read([hidden]).expect_err("codes").code(), "header_not_found");
}

#[test]
fn strict_raises_and_lists() {
    let path = manifest::folder().join("o04_dates.xlsx");
    let error = Ledger::reader().strict(true).read([path]).expect_err("strict");
    assert_eq!(error.code(), "issues_found");
    assert!(error.to_string().contains("January or October"), "{error}");
    let zh = error.text(Language::Zh);
    assert!(zh.contains("可能是 1 月，也可能是 10 月") && zh.contains("列：") && !zh.contains("row "), "{zh}");
}

#[test]
fn blanks_may_mean_no() {
    let path = manifest::folder().join("o07_flags.xlsx");
    let ledger = Ledger::reader().blanks([("commitment", "no")]).read([path]).expect("flags");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "commitment", 21).as_deref(), Some("false"));
    assert_eq!(shown(frame, "commitment", 23), None, "不涉及 is still not a no");
}

#[test]
fn issues_and_readings_are_frames_too() {
    let ledger = read("o12_duplicate_headers.xlsx");
    let issues = ledger.issues_frame(Language::En).expect("a frame");
    let names: Vec<String> = issues.get_column_names().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["table", "file", "sheet", "row", "column", "value", "code", "severity", "message", "action"]);
    assert_eq!(shown(&issues, "action", 0).as_deref(), Some("kept as the column '备注_2'"));
    // The whole table, the two rows of its header, and nine columns.
    let reading = ledger.reading_frame(Language::Zh).expect("a frame");
    assert_eq!(reading.height(), 1 + 2 + 9);
    assert_eq!(shown(&reading, "item", 0).as_deref(), Some("table"));
    assert!(serde_json::to_string(ledger.reading()).expect("json").contains("header_rows"));
}

#[test]
fn checks_of_whole_tables_give_issues() {
    let csv = "项目编号,上级项目编号,总投资（亿元）,签约时间,开工时间,投产时间\n\
        P1,,5,2023-01-01,2022-12-31,\nP2,P1,3,2023-03-01,2023年3月,2099-01-01\nP3,P9,1,,,\nP4,P5,,,,\nP5,P4,,,,\n";
    let day = NaiveDate::from_ymd_opt(2024, 3, 31).expect("a day");
    let ledger = Ledger::reader().snapshot_on(day).bytes("台账.csv", csv.as_bytes()).finish().expect("a ledger");
    let mut codes: Vec<_> = ledger.issues().iter().map(|i| (i.row.unwrap_or(0), i.code.as_str())).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            (2, "parent_and_phase_money"),
            (2, "stages_reversed"),
            (3, "date_after_snapshot"),
            (4, "parent_missing"),
            (5, "parent_circular"),
            (6, "parent_circular"),
        ]
    );
}

#[test]
fn a_column_that_one_file_lacks_is_unknown_there() {
    let one = "项目编号,签约时间,是否承诺制\nP1,2023-01-01,是\n";
    let two = "项目编号,是否承诺制\nP2,否\n";
    let ledger =
        Ledger::reader().bytes("a.csv", one.as_bytes()).bytes("b.csv", two.as_bytes()).finish().expect("a ledger");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(
        (shown(frame, "signed_on", 1), shown(frame, "signed_on_state", 1)),
        (None, Some("unreadable".to_owned()))
    );
    assert_eq!(ledger.issues().iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), ["column_absent"]);
}

#[test]
fn limits_and_targets_carry_their_units() {
    let cases = "办件编号,承诺时限,法定时限（工作日）\nC1,45个工作日,20\nC2,24小时,20\n";
    let targets = "指标,期间,目标值,单位\n签约总投资,2024,180亿元以上,\n开工率,2024,85,%\n";
    let ledger = Ledger::reader()
        .bytes("cases.csv", cases.as_bytes())
        .bytes("targets.csv", targets.as_bytes())
        .finish()
        .expect("a ledger");
    let frame = ledger.table("cases").expect("cases").frame().expect("rows");
    assert_eq!(shown(frame, "promised_limit_unit", 1).as_deref(), Some("hours"));
    assert_eq!(shown(frame, "statutory_limit_unit", 0).as_deref(), Some("working_days"));
    assert_eq!(shown(frame, "promised_limit", 0).as_deref(), Some("45"));
    let frame = ledger.table("targets").expect("targets").frame().expect("rows");
    assert_eq!(shown(frame, "target", 0).as_deref(), Some("18000000000"));
    assert_eq!(shown(frame, "target", 1).as_deref(), Some("0.85"));
    assert_eq!((shown(frame, "unit", 0), shown(frame, "unit", 1)), (Some("cny".to_owned()), Some("share".to_owned())));
    assert_eq!(shown(frame, "direction", 0).as_deref(), Some("floor"));
}

#[test]
fn a_csv_may_have_a_header_of_two_rows_an_index_row_and_signatures() {
    let csv = "某开发区项目计划台账,,,,,\n单位：万元,,,,,\n项目名称,总投资,计划,,实际,\n,,开工时间,投产时间,开工时间,投产时间\n\
        甲,1,2,3,4,5\n朔州项目,500,2023-05,2024-05,2023-06-01,\n合计,500,,,,\n注：以上为快报,,,,,\n填表人：张三,,审核：李四,,,\n";
    let ledger = Ledger::reader().bytes("台账.csv", csv.as_bytes()).finish().expect("a ledger");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(frame.height(), 1);
    assert_eq!(shown(frame, "investment_cny", 0).as_deref(), Some("5000000"));
    assert_eq!(shown(frame, "planned_start_on", 0).as_deref(), Some("2023-05-31"));
    assert_eq!(shown(frame, "planned_production_on", 0).as_deref(), Some("2024-05-31"));
    assert_eq!(shown(frame, "started_on", 0).as_deref(), Some("2023-06-01"));
    assert_eq!(shown(frame, "produced_on", 0), None);
    let reading = &ledger.reading()[0];
    assert_eq!(
        (reading.title_rows.as_slice(), reading.unit_row, reading.header_rows.as_slice()),
        ([1].as_slice(), Some(2), [3, 4].as_slice())
    );
    let aside: Vec<_> = reading.set_aside.iter().map(|s| (s.row, format!("{:?}", s.kind))).collect();
    assert_eq!(aside, [(5, "Index".into()), (7, "Total".into()), (8, "Note".into()), (9, "Signature".to_owned())]);
    assert!(reading.totals.iter().all(|t| t.agrees));
}

#[test]
fn typed_columns_become_the_types_of_their_kinds() {
    use polars::prelude::{DataType, IntoColumn, NamedFrom, Series, TimeUnit};
    let time = Series::new("signed_on".into(), [Some(1_701_734_400_000_000_i64), None]);
    let time = time.cast(&DataType::Datetime(TimeUnit::Microseconds, None)).expect("times");
    let mut frame = df!(
        "project_id" => [1001_i64, 1002], "investment_cny" => [Some(1.5), Some(f64::NAN)], "commitment" => [Some(true), None],
        "jobs" => [12_i32, 0], "land_mu" => [33.75, 0.1], "paid_in_cny" => [100_i64, -5], "output_cny" => [0.1 + 0.2, 1e11],
    )
    .expect("a frame");
    frame.with_column(time.into_column()).expect("a column");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("a ledger");
    let table = ledger.table("projects").expect("projects").frame().expect("rows");
    let row = |column: &str| (shown(table, column, 0), shown(table, column, 1));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(row("project_id"), (some("1001"), some("1002")));
    assert_eq!(row("investment_cny"), (some("1.5"), None));
    assert_eq!(row("commitment"), (some("true"), None));
    assert_eq!(row("jobs"), (some("12"), some("0")));
    assert_eq!(row("land_mu"), (some("33.75"), some("0.1")));
    assert_eq!(row("paid_in_cny"), (some("100"), some("-5")));
    assert_eq!(row("output_cny"), (some("0.3"), some("100000000000")));
    assert_eq!(row("signed_on"), (some("2023-12-05"), None));
    assert_eq!(table.column("investment_cny").expect("money").dtype(), &DataType::Decimal(18, 2));
    assert_eq!(table.column("land_mu").expect("area").dtype(), &DataType::Decimal(18, 6));
    assert_eq!(table.column("source_row").expect("rows").dtype(), &DataType::UInt32);
    assert_eq!(ledger.issues().iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), ["money_negative"]);
}

#[test]
fn parquet_is_a_frame_in_a_file() {
    use polars::prelude::ParquetWriter;
    let mut frame = df!("项目编号" => ["P1"], "签约时间" => ["2023年3月"], "总投资（万元）" => [5]).expect("a frame");
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).expect("parquet");
    let ledger = Ledger::reader().bytes("台账.parquet", &bytes).finish().expect("a ledger");
    let table = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(table, "investment_cny", 0).as_deref(), Some("50000"));
    assert_eq!(shown(table, "signed_on_from", 0).as_deref(), Some("2023-03-01"));
    assert_eq!(ledger.reading()[0].format, "parquet");
}

#[test]
fn large_frames_and_small_ones_give_the_same() {
    let rows = 120_000;
    let ids: Vec<String> = (0..rows).map(|i| format!("P{i:06}")).collect();
    let zones: Vec<&str> = (0..rows).map(|i| ["朔州经开区", "大同经开区（北区）", "灵石经开区"][i % 3]).collect();
    let money: Vec<f64> = (0..rows).map(|i| i as f64 * 0.01).collect();
    let flags: Vec<bool> = (0..rows).map(|i| i % 2 == 0).collect();
    let frame =
        df!("project_id" => ids, "zone" => zones, "investment_cny" => money, "commitment" => flags).expect("a frame");
    let small = Ledger::from_frames([("projects", frame.head(Some(1000)))]).expect("small");
    let large = Ledger::from_frames([("projects", frame)]).expect("large");
    let of = |ledger: &Ledger| ledger.table("projects").expect("projects").frame().expect("rows").head(Some(1000));
    assert!(of(&small).equals_missing(&of(&large)));
    assert!(large.issues().is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(cells in proptest::collection::vec("\\PC{0,12}|[0-9年月日.,/\\-（）亿万约多至]{0,10}", 8)) {
        let headers = "项目编号,签约时间,计划开工时间,总投资（万元）,用地面积（亩）,是否承诺制,立项方式,就业人数\n";
        let line = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
        let csv = format!("{headers}{line}\nP1,2023-01-01,,1,1,是,备案,1\n");
        let _ = Ledger::reader().bytes("x.csv", csv.as_bytes()).finish();
        let _ = Ledger::reader().table("targets").bytes("x.csv", format!("指标,目标值,单位,权重\n{line}\n").as_bytes()).finish();
        let _ = Ledger::reader().bytes("x.csv", format!("{line}\n{line}\n").as_bytes()).finish();
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = Ledger::reader().bytes("x", &bytes).finish();
    }
}

#[test]
fn a_word_below_a_day_tells_the_plan_from_the_event() {
    let csv = "项目编号,项目名称,签约时间,开工时间,\n,,,计划,实际\n1,甲项目,2023-01-01,2023年6月,2023-07-01\n2,乙项目,2023-01-02,2023年10月,未开工\n";
    let ledger = Ledger::reader().bytes("台账.csv", csv.as_bytes()).finish().expect("a ledger");
    let projects = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(projects.height(), 2);
    let day = |name: &str, row: usize| projects.column(name).expect(name).get(row).expect("a cell").to_string();
    assert_eq!([day("started_on", 0), day("started_on", 1)], ["2023-07-01", "null"]);
    assert_eq!([day("planned_start_on", 0), day("planned_start_on", 1)], ["2023-06-30", "2023-10-31"]);
    let codes: Vec<_> = ledger.issues().iter().map(|issue| issue.code.as_str()).collect();
    assert!(codes.iter().all(|code| *code == "date_last_day_taken"), "{codes:?}");
}

#[test]
fn the_heading_of_a_section_is_no_row() {
    let csv = "单体编号,单体名称,开发区,基础完成时间\n一、东区,,,\nB1,1#,甲,2023-05-01\nB2,2#,甲,\n二、西区（1栋）,,,\nB3,3#,甲,2023-06-01\n";
    let ledger = Ledger::reader().table("buildings").bytes("楼.csv", csv.as_bytes()).finish().expect("a ledger");
    assert_eq!(ledger.table("buildings").expect("buildings").height(), 3);
    let aside: Vec<_> = ledger.reading()[0].set_aside.iter().map(|a| (a.row, format!("{:?}", a.kind))).collect();
    assert_eq!(aside, [(2, "Section".to_owned()), (5, "Section".to_owned())]);
}

/// The codes of the issues of a text, and the values of one column as they are stored.
fn read_text(text: &str, table: &str, column: &str) -> (Vec<String>, Vec<Option<String>>) {
    let ledger = Ledger::reader().bytes("a.csv", text.as_bytes()).finish().expect("a ledger");
    let frame = ledger.table(table).expect("the table").frame().expect("rows");
    let codes = ledger.issues().iter().map(|i| i.code.as_str().to_owned()).collect();
    (codes, (0..frame.height()).map(|row| shown(frame, column, row)).collect())
}

#[test]
fn a_time_limit_is_read_in_a_unit_of_time_only() {
    let text = "办件编号,受理时间,承诺时限,承诺时限单位,延长天数\nC1,2024-01-05,2年,工作日,4小时\nC2,2024-01-05,30分,工作日,3天\nC3,2024-01-05,5个工作日,,2\n";
    let (codes, limits) = read_text(text, "cases", "promised_limit");
    assert_eq!(limits, [None, None, Some("5".to_owned())]);
    assert_eq!(codes, ["number_unreadable"; 3]);
    let (_, extended) = read_text(text, "cases", "extended_days");
    assert_eq!(extended, [None, Some("3".to_owned()), Some("2".to_owned())]);
}

#[test]
fn a_row_whose_unit_is_not_that_of_the_header_has_no_sure_value() {
    let text = "指标,目标值（万元）,单位\nsigned_investment,98,%\nsigned_investment,98,万元\nsigned_investment,97,\n";
    let (codes, targets) = read_text(text, "targets", "target");
    assert_eq!(targets, [None, Some("980000".to_owned()), Some("970000".to_owned())]);
    assert_eq!(codes, ["unit_conflict"]);
}

#[test]
fn a_total_of_counted_things_agrees_only_where_it_is_the_sum() {
    let text = "项目编号,项目名称,就业人数\nP1,甲,40\nP2,乙,60\n合计,,101\n";
    let ledger = Ledger::reader().bytes("a.csv", text.as_bytes()).finish().expect("a ledger");
    let codes: Vec<_> = ledger.issues().iter().map(|i| i.code.as_str()).collect();
    assert_eq!(codes, ["total_mismatch"]);
}

#[test]
fn times_of_frames_are_days_of_years_that_a_ledger_is_about() {
    let day = |days: i64| days * 86_400_000;
    // 1900-01-05, 2024-01-05, a time beyond all days, a blank.
    let times = [Some(day(-25_563)), Some(day(19_727)), Some(i64::MAX / 2), None];
    let times = polars::prelude::Series::new("signed_on".into(), times)
        .cast(&polars::prelude::DataType::Datetime(polars::prelude::TimeUnit::Milliseconds, None))
        .expect("times");
    let mut frame = df!("project_id" => ["P1", "P2", "P3", "P4"]).expect("a frame");
    frame.with_column(times.into()).expect("a column");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("a ledger");
    let codes: Vec<_> = ledger.issues().iter().map(|i| (i.row, i.code.as_str())).collect();
    assert_eq!(codes, [(Some(1), "date_out_of_range"), (Some(3), "date_out_of_range")]);
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(shown(frame, "signed_on", 1).as_deref(), Some("2024-01-05"));
}

#[test]
fn until_when_a_form_is_handed_in_is_not_the_day_it_records() {
    let of = |title: &str| {
        let text = format!("{title}\n项目编号,签约时间\nP1,2024-03-05\n");
        Ledger::reader().bytes("a.csv", text.as_bytes()).finish().expect("a ledger").snapshot_on().to_string()
    };
    assert_eq!(of("填报截止日期：2024-04-10"), "2024-03-05");
    assert_eq!(of("截至2024年3月31日"), "2024-03-31");
}

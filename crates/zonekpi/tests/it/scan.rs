//! Files that are scanned in batches answer as the same rows read at once; what does not add up is refused.

use std::path::PathBuf;

use zonekpi::polars::prelude::*;
use zonekpi::{Catalog, Cell, Definition, Engine, Every, KpiTable, Language, Ledger, Query, Scan, SnapshotFrom};

use crate::dice::Dice;
use crate::kept::Scratch;

/// Writes a frame into files of so many rows each, in row groups of so many.
fn written(folder: &Scratch, frame: &DataFrame, rows: usize, group: usize) -> Vec<PathBuf> {
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let starts = (0..frame.height().max(1)).step_by(rows);
    let write = |(number, start): (usize, usize)| {
        let path = folder.0.join(format!("part-{number}.parquet"));
        let mut part = frame.slice(start as i64, rows);
        let file = std::fs::File::create(&path).expect("a file");
        ParquetWriter::new(file).with_row_group_size(Some(group)).finish(&mut part).expect("written");
        path
    };
    starts.enumerate().map(write).collect()
}

/// The answer's lines, in an order that does not depend on which group was met first.
fn lines(answer: &KpiTable) -> Vec<String> {
    let mut lines: Vec<String> = answer.rows().iter().map(|row| format!("{row:?}")).collect();
    lines.sort();
    lines
}

/// The indicators of these lines.
fn sorted_ids(answer: &KpiTable) -> Vec<String> {
    let mut lines: Vec<(String, String)> =
        answer.rows().iter().map(|row| (format!("{row:?}"), row.indicator.clone())).collect();
    lines.sort();
    lines.into_iter().map(|(_, id)| id).collect()
}

fn answers_are_equal(query: &Query, ledger: &Ledger, scan: &Scan) -> KpiTable {
    let (read, scanned) = (query.run(ledger).expect("an answer"), query.scan(scan).expect("an answer"));
    // Asked for all, a scan leaves out what does not add up.
    let asked = |id: &str| scanned.indicators().any(|indicator| indicator.id == id);
    let of_asked: Vec<String> =
        lines(&read).into_iter().zip(sorted_ids(&read)).filter(|(_, id)| asked(id)).map(|(line, _)| line).collect();
    assert_eq!(lines(&scanned), of_asked);
    assert!(scanned.indicators().next().is_some());
    scanned
}

fn example(table: &str) -> DataFrame {
    Ledger::example().expect("the example").table(table).expect("a table").frame().expect("rows").clone()
}

/// The tables of the example that others refer to, as a ledger of its day.
fn others(tables: &[&str]) -> Ledger {
    let day = Ledger::example().expect("the example").snapshot_on();
    Ledger::reader().snapshot_on(day).frames(tables.iter().map(|t| (*t, example(t)))).expect("a ledger")
}

#[test]
fn all_that_adds_up_is_the_same_as_of_rows_read_at_once() {
    let ledger = Ledger::example().expect("the example");
    for (table, beside) in
        [("projects", &[][..]), ("cases", &["projects", "suspensions"]), ("batch_entries", &["projects"])]
    {
        let folder = Scratch::new();
        let frame = example(table);
        let files = written(&folder, &frame, frame.height().div_ceil(3), 16);
        let mut scan = Ledger::reader().table(table).snapshot_on(ledger.snapshot_on()).scan(&files).expect("a scan");
        let mut all = vec![(table, frame)];
        if !beside.is_empty() {
            scan = scan.beside(others(beside)).expect("beside");
            all.extend(beside.iter().map(|t| (*t, example(t))));
        }
        assert_eq!((scan.rows(), files.len()), (all[0].1.height(), 3));
        let read = Ledger::reader().snapshot_on(ledger.snapshot_on()).frames(all).expect("a ledger");
        let queries = [
            Query::all().by(["zone"]).totals(true).as_of("2023-12-31"),
            Query::all().every(Every::HalfYear).period("2023").filter("zone = '朔州经开区'"),
        ];
        for query in &queries {
            answers_are_equal(query, &read, &scan);
        }
        if table == "projects" {
            let query =
                Query::all().by(["approval_kind", "zone"]).filter("key_project AND investment_cny >= 100000000");
            answers_are_equal(&query, &read, &scan);
            let query = Query::new(["commitment_share", "agency_share"]).by(["zone"]).confidence(0.95).min_age(100);
            answers_are_equal(&query, &read, &scan);
        }
    }
}

#[test]
fn files_of_any_headers_and_units_are_scanned_as_they_are_read() {
    let folder = Scratch::new();
    let csv = "项目编号,开发区,签约时间,总投资（亿元）,立项方式,产业\nP1,甲,2024-01-05,1.5,备案,新材料\nP2,甲,2024年2月,约2,核准,新材料\n\
               P3,乙,已签约,很多,备案,能源\nP4,乙,2024-03-01,0.5,备案,能源\nP5,,2023-02-30,1,审批,\n";
    let bytes = std::io::Cursor::new(csv.as_bytes());
    let frame =
        CsvReadOptions::default().with_infer_schema_length(Some(0)).into_reader_with_file_handle(bytes).finish();
    let frame = frame.expect("a frame");
    let files = written(&folder, &frame, 2, 1);
    let scan = Ledger::reader().scan(&files).expect("a scan");
    assert_eq!(scan.table().name, "projects");
    // The first day of 已签约 is none; that of 2024年2月 is the 1st.
    assert_eq!(scan.snapshot_on().to_string(), "2024-03-01");
    let read = Ledger::reader().snapshot_on(scan.snapshot_on()).frames([("projects", frame)]).expect("a ledger");
    assert_eq!(read.snapshot_from(), &SnapshotFrom::Given);
    let own = Definition::new("filed_money").name("备案投资", "Filed").table("projects").stock("*");
    let catalog = Catalog::builtin().add(own.sum("investment_cny").when("filed").unit("cny")).expect("a catalog");
    let query = Query::new(["signed_projects", "signed_investment", "filed_money"]).catalog(catalog.into());
    for query in [query.clone().by(["zone"]), query.clone().by(["产业"]).totals(true), query.filter("zone = '甲'")] {
        answers_are_equal(&query.period("cumulative"), &read, &scan);
    }
    let told = Query::new(["signed_projects", "signed_investment"]).scan(&scan).expect("an answer").notes(Language::En);
    // 30 February is an error; 很多 is no amount, and 已签约 no day; 约2 is worth a note.
    let starts = |start: &str| told.iter().any(|note| note.starts_with(start));
    assert!(starts("scanned 5 rows in batches, of which 0 were not read"), "{told:?}");
    assert!(starts("cells of the scan have 1 errors and 2 warnings"), "{told:?}");
}

/// How many rows a scan did not read, by its own account.
fn skipped(answer: &KpiTable) -> usize {
    let notes = answer.notes(Language::En);
    let note = notes.iter().find(|note| note.starts_with("scanned")).expect("a note");
    let (_, rest) = note.split_once("of which ").expect("a count");
    rest.split(' ').next().and_then(|count| count.parse().ok()).expect("a number")
}

#[test]
fn row_groups_that_the_filter_rules_out_are_not_read() {
    let folder = Scratch::new();
    // Ten groups of ten rows: zones 0 to 4 in turn for twenty rows each; money and days go up from row to row.
    let rows = 100_i32;
    let zones: Vec<String> = (0..rows).map(|row| format!("区{}", row / 20)).collect();
    let day = |row: i32| (row % 7 != 3).then_some(19_000 + row);
    let frame = df!(
        "project_id" => (0..rows).map(|row| format!("P{row}")).collect::<Vec<_>>(),
        "zone" => zones,
        "investment_cny" => (0..rows).map(|row| i64::from(row) * 1_000_000).collect::<Vec<_>>(),
        "key_project" => (0..rows).map(|row| row < 50).collect::<Vec<_>>(),
    );
    let mut frame = frame.expect("a frame");
    let paid: Int128Chunked = (0..rows).map(|row| Some(i128::from(row) * 100_000_000)).collect();
    let paid = paid.with_name("paid_in_cny".into()).into_decimal(18, 2).expect("decimals");
    frame.with_column(paid.into_column()).expect("a column");
    let days: Int32Chunked = (0..rows).map(day).collect();
    frame.with_column(days.with_name("signed_on".into()).into_date().into_column()).expect("a column");
    let files = written(&folder, &frame, 60, 10);
    let snapshot = "2023-01-01".parse().expect("a day");
    let scan = Ledger::reader().snapshot_on(snapshot).scan(&files).expect("a scan");
    let read = Ledger::reader().snapshot_on(snapshot).frames([("projects", frame)]).expect("a ledger");
    let all = Query::new(["signed_projects", "signed_investment"]).by(["zone"]).period("cumulative");
    let filters = [
        // Groups of one zone each: two have it, eight have not.
        ("zone = '区3'", 80),
        ("zone = '无此区'", 100),
        ("zone IN ('区0', '区4')", 60),
        ("NOT zone = '区0'", 20),
        // Rows 70 and up.
        ("investment_cny >= 70000000", 70),
        ("investment_cny < 5000000", 90),
        ("70000000 <= investment_cny", 70),
        // The same in hundredths.
        ("paid_in_cny >= 70000000", 70),
        ("key_project", 50),
        ("NOT key_project", 50),
        // 19,000 days after 1970-01-01 is 8 January 2022; a blank has not happened.
        ("happened(signed_on, DATE '2022-01-15')", 90),
        ("zone = '区1' AND investment_cny >= 30000000", 90),
        // Nothing is known of what lies between the least and the greatest.
        ("investment_cny = 35000000", 0),
        ("zone = '区1' OR investment_cny >= 30000000", 0),
        ("project_id = 'P5'", 0),
    ];
    for (filter, rows) in filters {
        let query = all.clone().filter(filter);
        assert_eq!(skipped(&answers_are_equal(&query, &read, &scan)), rows, "{filter}");
    }
    assert_eq!(skipped(&all.scan(&scan).expect("an answer")), 0);
}

#[test]
fn random_files_and_filters_lose_no_row() {
    let mut dice = Dice::of(20_240_331);
    let mut not_read = 0;
    for _ in 0..crate::dice::rounds(5) {
        let folder = Scratch::new();
        let rows = 10 + dice.roll(60);
        let sorted = dice.chance(60);
        let mut zones: Vec<Option<&str>> = (0..rows)
            .map(|_| dice.pick(&[Some("甲"), Some("乙"), Some(" 甲"), Some("无"), Some("同上"), None]))
            .collect();
        let mut money: Vec<Option<i64>> =
            (0..rows).map(|_| dice.chance(85).then(|| dice.between(-5, 60) * 10_000)).collect();
        let mut days: Vec<Option<i32>> =
            (0..rows).map(|_| dice.chance(85).then(|| dice.between(18_900, 19_500) as i32)).collect();
        let flags: Vec<Option<bool>> = (0..rows).map(|_| dice.pick(&[Some(true), Some(false), None])).collect();
        if sorted {
            zones.sort_unstable();
            money.sort_unstable();
            days.sort_unstable();
        }
        let ids: Vec<String> = (0..rows).map(|row| format!("P{row}")).collect();
        let mut frame = df!("project_id" => ids, "zone" => zones, "investment_cny" => money, "key_project" => flags)
            .expect("a frame");
        let days: Int32Chunked = days.into_iter().collect();
        frame.with_column(days.with_name("signed_on".into()).into_date().into_column()).expect("a column");
        let files = written(&folder, &frame, 5 + dice.roll(30), 1 + dice.roll(9));
        let snapshot = "2023-01-01".parse().expect("a day");
        let scan = Ledger::reader().snapshot_on(snapshot).scan(&files).expect("a scan");
        let read = Ledger::reader().snapshot_on(snapshot).frames([("projects", frame)]).expect("a ledger");
        for _ in 0..6 {
            let atom = |dice: &mut Dice| match dice.roll(7) {
                0 => format!("zone = '{}'", dice.pick(&["甲", "乙", "丙", "无"])),
                1 => format!("zone <> '{}'", dice.pick(&["甲", "乙"])),
                2 => format!(
                    "investment_cny {} {}",
                    dice.pick(&["<", "<=", ">", ">=", "=", "<>"]),
                    dice.between(-6, 61) * 10_000
                ),
                3 => "key_project".to_owned(),
                4 => format!("happened(signed_on, DATE '2022-{:02}-15')", dice.between(1, 12)),
                5 => "zone IS NULL".to_owned(),
                _ => "investment_cny IS NULL".to_owned(),
            };
            let (first, second) = (atom(&mut dice), atom(&mut dice));
            let filter = match dice.roll(4) {
                0 => first,
                1 => format!("NOT ({first})"),
                2 => format!("{first} AND NOT ({second})"),
                _ => format!("({first} OR {second}) AND {first}"),
            };
            let query =
                Query::new(["signed_projects", "signed_investment"]).by(["zone"]).period("cumulative").totals(true);
            let query = query.filter(filter);
            not_read += skipped(&answers_are_equal(&query, &read, &scan));
        }
    }
    assert!(not_read > 50, "{not_read}");
}

/// Projects as programs write them, each column typed; some cells need a closer look, if asked for.
fn typed(dice: &mut Dice, rows: usize, doubtful: bool) -> DataFrame {
    let odd = |dice: &mut Dice| doubtful && dice.chance(1);
    let blank = |dice: &mut Dice| dice.chance(15);
    let names = ["新材料", "能源", "装备", "食品"];
    let mut days = |name: &str| -> Column {
        let day = |dice: &mut Dice| match (blank(dice), odd(dice)) {
            (true, _) => None,
            // A day of the year 4000.
            (_, true) => Some(741_500),
            _ => Some(dice.between(18_000, 19_900) as i32),
        };
        let days: Int32Chunked = (0..rows).map(|_| day(dice)).collect();
        days.with_name(name.into()).into_date().into_column()
    };
    let events = ["signed_on", "approved_on", "started_on", "produced_on", "cancelled_on", "planned_start_on"];
    let mut columns: Vec<Column> = events.map(&mut days).into();
    // As pandas writes days.
    let planned = columns.last_mut().expect("planned_start_on");
    let times = DataType::Datetime(TimeUnit::Nanoseconds, None);
    *planned = planned.cast(&times).expect("times");
    let text = |dice: &mut Dice| match (blank(dice), odd(dice)) {
        (true, _) => None,
        (_, true) => Some(dice.pick(&[" 能源", "无", "ＡＢ", "同上"])),
        _ => Some(dice.pick(&names)),
    };
    let industry: StringChunked = (0..rows).map(|_| text(dice)).collect();
    columns.push(industry.with_name("industry".into()).into_column());
    // Nearly all differ, so that a writer gives up its dictionary.
    let owners: StringChunked = (0..rows).map(|row| (row % 9 != 4).then(|| format!("企业{row}"))).collect();
    columns.push(owners.with_name("commissioner".into()).into_column());
    for name in ["key_project", "filed"] {
        let flags: BooleanChunked = (0..rows).map(|_| (!blank(dice)).then(|| dice.chance(60))).collect();
        columns.push(flags.with_name(name.into()).into_column());
    }
    let amount = |dice: &mut Dice| match (blank(dice), odd(dice)) {
        (true, _) => None,
        (_, true) => Some(dice.pick(&[-5, 1, 9_000_000_000_000, i64::MAX])),
        _ => Some(dice.between(1_000, 4_000_000)),
    };
    let money: Int64Chunked = (0..rows).map(|_| amount(dice)).collect();
    columns.push(money.with_name("investment_cny".into()).into_column());
    let paid: Int128Chunked = (0..rows).map(|_| amount(dice).map(i128::from)).collect();
    columns.push(paid.with_name("paid_in_cny".into()).into_decimal(20, 2).expect("decimals").into_column());
    let jobs: Int32Chunked = (0..rows).map(|_| (!blank(dice)).then(|| dice.between(0, 900) as i32)).collect();
    columns.push(jobs.with_name("jobs".into()).into_column());
    let land = |dice: &mut Dice| match (blank(dice), odd(dice)) {
        (true, _) => None,
        (_, true) => Some(dice.pick(&[f64::NAN, f64::INFINITY, -1.0, 1.0 / 3.0, 1e13])),
        _ => Some(dice.between(1, 4_000) as f64 / 8.0),
    };
    let land: Float64Chunked = (0..rows).map(|_| land(dice)).collect();
    columns.push(land.with_name("land_mu".into()).into_column());
    DataFrame::new(rows, columns).expect("a frame")
}

/// What is asked of such projects: of columns that writers store in rare ways too, if asked for.
fn of_typed(rare: bool) -> Vec<Query> {
    let mut ids = vec!["signed_projects", "signed_investment", "start_rate", "jobs", "filed_projects", "own", "due"];
    if rare {
        ids.extend(["commissioner_share", "paid"]);
    }
    let own = || Definition::new("own").name("占地", "Land").table("projects").stock("*").sum("land_mu");
    let planned =
        Definition::new("due").name("应开工", "Due").table("projects").stock("planned_start_on").count("TRUE");
    let catalog = Catalog::builtin()
        .add(own().when("key_project OR industry = '能源'").unit("mu"))
        .and_then(|catalog| catalog.add(planned.unit("count")))
        .and_then(|catalog| {
            let filed = Definition::new("filed_projects").name("备案数", "Filed").table("projects").stock("*");
            catalog.add(filed.count("filed").unit("count"))
        })
        .and_then(|catalog| {
            let paid = Definition::new("paid").name("到位", "Paid").table("projects").stock("signed_on");
            catalog.add(paid.sum("paid_in_cny").unit("cny"))
        })
        .expect("a catalog");
    let asked = Query::new(ids).catalog(std::sync::Arc::new(catalog)).as_of("2023-12-31");
    vec![
        asked.clone().by(["industry"]).totals(true),
        asked.clone().by(["key_project", "industry"]),
        asked.clone().every(Every::Quarter).period("2023"),
        asked.clone().by(["industry"]).filter("investment_cny >= 100000 AND NOT key_project"),
        asked.clone().filter("industry IN ('能源', '无此业')").totals(true).period("2022"),
        asked.filter("land_mu < 100 OR NOT happened(started_on)").by(["industry"]),
    ]
}

#[test]
fn typed_columns_are_taken_as_reading_takes_them() {
    let mut dice = Dice::of(20_241_129);
    for round in 0..crate::dice::rounds(6) {
        let folder = Scratch::new();
        let rows = 40 + dice.roll(200);
        let frame = typed(&mut dice, rows, round % 2 == 1);
        let files = written(&folder, &frame, 30 + dice.roll(120), 1 + dice.roll(60));
        let snapshot = "2023-12-31".parse().expect("a day");
        let scan = Ledger::reader().table("projects").snapshot_on(snapshot).scan(&files).expect("a scan");
        let read = Ledger::reader().snapshot_on(snapshot).frames([("projects", frame)]).expect("a ledger");
        for query in of_typed(false).into_iter().chain(of_typed(true)) {
            let taken = answers_are_equal(&query, &read, &scan);
            // The reference engine is asked of columns that were read.
            let by_reading = query.engine(Engine::Reference).scan(&scan).expect("an answer");
            assert_eq!(taken.notes(Language::En), by_reading.notes(Language::En));
            let groups = |answer: &KpiTable| answer.rows().iter().map(|row| row.groups.clone()).collect::<Vec<_>>();
            assert_eq!(groups(&taken), groups(&by_reading));
        }
    }
}

#[test]
fn large_row_groups_are_scanned_in_parts() {
    let mut dice = Dice::of(20_241_130);
    let folder = Scratch::new();
    let frame = typed(&mut dice, 300_000, false);
    let files = written(&folder, &frame, 200_000, 170_000);
    let snapshot = "2023-12-31".parse().expect("a day");
    let scan = Ledger::reader().table("projects").snapshot_on(snapshot).scan(&files).expect("a scan");
    let read = Ledger::reader().snapshot_on(snapshot).frames([("projects", frame.clone())]).expect("a ledger");
    for rare in [false, true] {
        for query in of_typed(rare) {
            let (taken, read) = (query.scan(&scan).expect("an answer"), query.run(&read).expect("an answer"));
            assert_eq!(taken.rows(), read.rows());
        }
    }
    // A cell that needs a closer look, where some rows were counted already.
    let mut odd = frame.clone();
    let amounts = frame.column("investment_cny").expect("amounts").i64().expect("integers");
    let amounts: Int64Chunked =
        (0..).zip(amounts.iter()).map(|(row, own)| if row == 150_000 { Some(-5) } else { own }).collect();
    odd.with_column(amounts.with_name("investment_cny".into()).into_column()).expect("a frame");
    let folder = Scratch::new();
    let files = written(&folder, &odd, 200_000, 170_000);
    let scan = Ledger::reader().table("projects").snapshot_on(snapshot).scan(&files).expect("a scan");
    let read = Ledger::reader().snapshot_on(snapshot).frames([("projects", odd)]).expect("a ledger");
    let query = of_typed(false).remove(0);
    let (taken, read) = (query.scan(&scan).expect("an answer"), query.run(&read).expect("an answer"));
    assert_eq!(taken.rows(), read.rows());
}

#[test]
fn what_is_not_had_by_adding_is_refused_with_the_reason() {
    let folder = Scratch::new();
    let files = written(&folder, &example("projects"), 10_000, 50);
    let scan = || Ledger::reader().scan(&files).expect("a scan");
    let refused = |query: Query| query.scan(&scan()).expect_err("refused").code().to_owned();
    let own = Definition::new("zones").name("开发区数", "Zones").table("projects").stock("*").distinct("zone");
    let catalog = std::sync::Arc::new(Catalog::builtin().add(own).expect("a catalog"));
    assert_eq!(refused(Query::new(["zones"]).catalog(catalog)), "scan_does_not_add");
    assert_eq!(refused(Query::new(["days_signed_to_started"])), "scan_does_not_add");
    assert_eq!(refused(Query::new(["signed_projects"]).every(Every::Month)), "scan_needs_period");
    let cumulative = Query::new(["signed_projects"]).every(Every::Month).period("累计");
    assert_eq!(refused(cumulative), "scan_needs_period");
    assert_eq!(refused(Query::new(["signed_projects"]).phases(zonekpi::Phases::Parent)), "scan_phases");
    assert_eq!(refused(Query::new(["on_time_rate"])), "missing_table");
    let beside = scan().beside(others(&["cases"])).expect("beside");
    let error = Query::new(["on_time_rate"]).scan(&beside).expect_err("refused");
    assert_eq!(error.code(), "scan_other_table");
    let answer = Query::new(["signed_projects"]).scan(&scan()).expect("an answer");
    assert_eq!(answer.open("signed_projects", &Cell::new()).expect_err("refused").code(), "scan_does_not_open");
    let both = [answer.clone(), answer];
    assert_eq!(KpiTable::merge(&both, &[]).expect_err("refused").code(), "merge_scanned");
    // Most row groups are of one zone and were not read: still it is told that none of them is called so.
    let absent = Query::new(["signed_projects"]).filter("zone = '朔州经开去'");
    let notes = |answer: &KpiTable| answer.notes(Language::En).into_iter().filter(|note| !note.starts_with("scanned"));
    let read = absent.run(&others(&["projects"])).expect("an answer");
    let absent = absent.scan(&scan()).expect("an answer");
    assert!(skipped(&absent) > 0);
    assert!(notes(&absent).any(|note| note.contains("朔州经开区")));
    assert_eq!(notes(&absent).collect::<Vec<_>>(), notes(&read).collect::<Vec<_>>());
}

#[test]
fn rows_of_the_scanned_table_in_the_ledger_beside_are_left_out() {
    let folder = Scratch::new();
    let day = Ledger::example().expect("the example").snapshot_on();
    let cases = example("cases").slice(0, 150);
    let files = written(&folder, &cases, 70, 20);
    let scan = || Ledger::reader().snapshot_on(day).scan(&files).expect("a scan");
    // The ledger beside has all cases, those of the files among them.
    let all = example("cases").height();
    assert!(all > 150);
    let beside = scan().beside(others(&["projects", "suspensions", "cases"])).expect("a scan");
    let apart = scan().beside(others(&["projects", "suspensions"])).expect("a scan");
    let tables = [("cases", cases), ("projects", example("projects")), ("suspensions", example("suspensions"))];
    let read = Ledger::reader().snapshot_on(day).frames(tables).expect("a ledger");
    for query in [
        Query::new(["on_time_rate", "overdue_open_cases", "accepted_cases"]).by(["zone"]).totals(true),
        Query::new(["on_time_rate", "accepted_cases"]).filter("project.key_project").period("cumulative"),
    ] {
        let answer = answers_are_equal(&query, &read, &beside);
        assert_eq!(lines(&answer), lines(&query.scan(&apart).expect("an answer")));
        let told = |answer: &KpiTable, of: &str| answer.notes(Language::En).iter().any(|note| note.contains(of));
        let of = format!("the ledger beside has the table 'cases', too ({all} rows), which does not count");
        assert!(told(&answer, &of), "{:?}", answer.notes(Language::En));
        assert!(!told(&query.scan(&apart).expect("an answer"), "the ledger beside"));
    }
}

#[test]
fn what_is_wrong_with_the_tables_beside_is_not_told_by_each_batch() {
    let folder = Scratch::new();
    let cases = df!(
        "case_id" => ["C1", "C2", "C3"],
        "accepted_on" => ["2024-01-02", "2024-01-03", "2024-02-30"],
        "decided_on" => ["2024-01-04", "2024-01-15", ""],
        "promised_limit" => ["3", "3", "3"],
        "promised_limit_unit" => ["工作日", "工作日", "工作日"],
    )
    .expect("a frame");
    let suspensions =
        df!("case_id" => [Some("C2"), None], "from_on" => ["2024-01-04"; 2], "to_on" => ["2024-01-10"; 2]);
    let suspensions = suspensions.expect("a frame");
    let day = "2024-03-01".parse().expect("a day");
    let beside = Ledger::reader().snapshot_on(day).frames([("suspensions", suspensions.clone())]).expect("a ledger");
    let files = written(&folder, &cases, 1, 1);
    let scan = Ledger::reader().table("cases").snapshot_on(day).scan(&files).and_then(|scan| scan.beside(beside));
    let scan = scan.expect("a scan");
    let read = Ledger::reader().snapshot_on(day).frames([("cases", cases), ("suspensions", suspensions)]);
    let query = Query::new(["on_time_rate", "overdue_open_cases"]).period("2024Q1");
    let notes = answers_are_equal(&query, &read.expect("a ledger"), &scan).notes(Language::En);
    // Of the cases, 30 February; the suspension of nobody is told once, as of the whole ledger.
    assert!(notes.iter().any(|note| note.starts_with("cells of the scan have 1 errors")), "{notes:?}");
}

#[test]
fn a_file_is_one_file_however_often_it_is_named() {
    let folder = Scratch::new();
    let files = written(&folder, &example("projects"), 10_000, 50);
    let by_another_name = folder.0.join("..").join(folder.0.file_name().expect("a name")).join("part-0.parquet");
    let scan = Ledger::reader().scan([&files[0], &by_another_name, &files[0]]).expect("a scan");
    assert_eq!(scan.rows(), example("projects").height());
}

#[test]
fn a_file_that_changed_since_it_was_opened_is_refused() {
    let folder = Scratch::new();
    let days = |day: i32| -> DataFrame {
        let days: Int32Chunked = (0..20).map(|_| Some(day)).collect();
        let zones: StringChunked = (0..20).map(|_| Some("甲")).collect();
        let columns = vec![zones.with_name("zone".into()).into_column()];
        let mut frame = DataFrame::new(20, columns).expect("a frame");
        frame.with_column(days.with_name("signed_on".into()).into_date().into_column()).expect("a column");
        frame
    };
    let files = written(&folder, &days(19_000), 100, 10);
    let scan = Ledger::reader().table("projects").scan(&files).expect("a scan");
    let query = Query::new(["signed_projects"]).period("cumulative").cancelled(zonekpi::Cancelled::Keep);
    query.scan(&scan).expect("an answer");
    // As long as before, and of other days.
    written(&folder, &days(19_001), 100, 10);
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
    std::fs::File::options().append(true).open(&files[0]).and_then(|file| file.set_modified(later)).expect("a time");
    let error = query.scan(&scan).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("scan_file_changed", files[0].to_str()));
}

#[test]
fn rows_that_are_blank_in_the_columns_of_a_question_are_not_told_as_blank() {
    let folder = Scratch::new();
    let days: Int32Chunked = [Some(19_000), None, Some(19_001)].into_iter().collect();
    let mut frame = df!("zone" => ["甲", "乙", "丙"]).expect("a frame");
    frame.with_column(days.with_name("signed_on".into()).into_date().into_column()).expect("a column");
    let files = written(&folder, &frame, 10, 10);
    let scan = Ledger::reader().table("projects").scan(&files).expect("a scan");
    let query = Query::new(["signed_projects"]).period("cumulative").cancelled(zonekpi::Cancelled::Keep);
    for engine in [Engine::Auto, Engine::Reference] {
        let notes = query.clone().engine(engine).scan(&scan).expect("an answer").notes(Language::En);
        assert!(!notes.iter().any(|note| note.contains("warnings")), "{notes:?}");
    }
}

#[test]
fn files_that_cannot_be_scanned_say_why() {
    let folder = Scratch::new();
    let files = written(&folder, &example("projects"), 10_000, 50);
    let scan = |paths: &[PathBuf]| Ledger::reader().scan(paths).map(|_| ()).expect_err("refused");
    assert_eq!(scan(&[]).code(), "scan_nothing");
    let error = scan(&[folder.0.join("none.parquet")]);
    assert_eq!((error.kind(), error.code()), (zonekpi::ErrorKind::NotFound, "file_not_found"));
    let text = folder.0.join("a.csv");
    std::fs::write(&text, "项目编号,项目名称\nP1,甲\n").expect("written");
    assert_eq!(scan(&[text]).code(), "scan_not_parquet");
    let cut = folder.0.join("cut.parquet");
    let bytes = std::fs::read(&files[0]).expect("bytes");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).expect("written");
    assert_eq!(scan(&[cut]).code(), "scan_file_damaged");
    let other = folder.0.join("other");
    std::fs::create_dir(&other).expect("a folder");
    let narrow = Scratch(other);
    let lacking = written(&narrow, &example("projects").drop("zone").expect("a frame"), 10_000, 50);
    let both = Ledger::reader().table("projects").scan([&files[0], &lacking[0]]).expect("a scan");
    let error = Query::new(["signed_projects"]).by(["zone"]).scan(&both).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("scan_column_missing", lacking[0].to_str()));
    Query::new(["signed_projects"]).scan(&both).expect("zones are not read");
}

/// A file with the rows of a frame.
fn file_of(folder: &Scratch, name: &str, mut frame: DataFrame) -> PathBuf {
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let path = folder.0.join(name);
    ParquetWriter::new(std::fs::File::create(&path).expect("a file")).finish(&mut frame).expect("written");
    path
}

/// A file of these columns, each of one text.
fn of_columns(folder: &Scratch, name: &str, columns: &[&str]) -> PathBuf {
    let column = |name: &&str| Column::new((*name).into(), ["1"]);
    file_of(folder, name, DataFrame::new(1, columns.iter().map(column).collect()).expect("a frame"))
}

#[test]
fn a_file_of_another_table_than_asked_is_refused_and_its_own_is_named() {
    let folder = Scratch::new();
    let projects = written(&folder, &example("projects"), 10_000, 50).remove(0);
    let refused = [
        Ledger::reader().table("cases").scan([&projects]).map(|_| ()).expect_err("refused"),
        Ledger::reader().table("办件").read([&projects]).map(|_| ()).expect_err("refused"),
    ];
    for error in refused {
        assert_eq!((error.kind(), error.code()), (zonekpi::ErrorKind::Input, "table_unfit"));
        assert_eq!(error.place().file.as_deref(), projects.to_str());
        let (zh, en) = (error.text(Language::Zh), error.text(Language::En));
        assert!(zh.contains("是表“projects（项目）”的，不是所要的表“cases（办件）”的"), "{zh}");
        assert!(en.contains("(project_id、project_name、") && en.contains("correct table="), "{en}");
    }
    // Cases refer to projects, and are none.
    let cases = of_columns(&folder, "c.parquet", &["办件编号", "项目编号", "开发区", "受理时间", "办结时间"]);
    let error = Ledger::reader().table("projects").scan([&cases]).map(|_| ()).expect_err("refused");
    assert_eq!(error.code(), "table_unfit");
    // Columns of no table at all.
    let none = of_columns(&folder, "n.parquet", &["甲", "乙"]);
    let error = Ledger::reader().table("cases").scan([&none]).map(|_| ()).expect_err("refused");
    assert_eq!((error.code(), error.place().table.as_deref()), ("header_not_found", Some("cases")));
    // The caller says what they mean.
    let meant = Ledger::reader().table("cases").columns([("甲", "accepted_on")]).scan([&none]).expect("a scan");
    assert_eq!(meant.table().name, "cases");
    // Too little to know a table by is enough where the caller names it.
    let narrow = of_columns(&folder, "z.parquet", &["开发区", "开工时间"]);
    assert_eq!(Ledger::reader().table("projects").scan([&narrow]).expect("a scan").table().name, "projects");
}

#[test]
fn entries_of_batches_that_say_much_of_their_projects_are_what_the_caller_says() {
    let folder = Scratch::new();
    let columns =
        ["项目编号", "项目名称", "开发区", "批次", "类别", "行业", "投资方", "签约时间", "开工时间", "总投资（万元）"];
    let (one, other) = (of_columns(&folder, "1.parquet", &columns), of_columns(&folder, "2.parquet", &columns));
    // Six of the ten columns are of projects alone, and two of the batches.
    assert_eq!(Ledger::reader().scan([&one, &other]).expect("a scan").table().name, "projects");
    for files in [&[&one][..], &[&one, &other]] {
        let scan = Ledger::reader().table("batch_entries").scan(files).expect("a scan");
        assert_eq!(scan.table().name, "batch_entries");
    }
}

#[test]
fn a_file_of_another_table_among_the_files_is_refused() {
    let folder = Scratch::new();
    let columns = ["项目编号", "项目名称", "开发区", "签约时间"];
    let projects = of_columns(&folder, "1.parquet", &columns);
    // It has all columns that a count of projects by zone reads.
    let cases =
        ["办件编号", "项目编号", "项目名称", "开发区", "签约时间", "受理时间", "办结时间", "事项名称", "承诺时限"];
    let cases = of_columns(&folder, "2.parquet", &cases);
    let error = Ledger::reader().scan([&projects, &cases]).map(|_| ()).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("scan_tables_differ", cases.to_str()));
    let told = error.text(Language::En);
    assert!(
        told.contains("those of table 'cases（办件）', and those of the first file of 'projects（项目）'"),
        "{told}"
    );
    let error = Ledger::reader().table("projects").scan([&projects, &cases]).map(|_| ()).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("table_unfit", cases.to_str()));
    // A file without an id is of any table that has its columns.
    let narrow = of_columns(&folder, "3.parquet", &["开发区", "签约时间"]);
    assert_eq!(Ledger::reader().scan([&projects, &narrow]).expect("a scan").rows(), 2);
    let none = of_columns(&folder, "4.parquet", &["甲", "乙"]);
    let error = Ledger::reader().scan([&projects, &none]).map(|_| ()).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("header_not_found", none.to_str()));
}

#[test]
fn days_that_are_midnights_of_beijing_in_utc_are_told_and_not_changed() {
    let folder = Scratch::new();
    let zoned = |seconds: &[Option<i64>], zone: Option<&str>| -> DataFrame {
        let times: Int64Chunked = seconds.iter().map(|second| second.map(|second| second * 1_000_000)).collect();
        let zone = zone.and_then(|zone| TimeZone::opt_try_new(Some(zone.to_owned())).expect("a zone"));
        let times = times.with_name("signed_on".into()).into_datetime(TimeUnit::Microseconds, zone).into_column();
        let ids: StringChunked = (0..seconds.len()).map(|row| Some(format!("P{row}"))).collect();
        DataFrame::new(seconds.len(), vec![ids.with_name("project_id".into()).into_column(), times]).expect("a frame")
    };
    // Midnights of 31 March 2024, 1 April and 2 April in Beijing, half past nine of 1 April there, and a blank.
    let seconds = [Some(1_711_814_400), Some(1_711_900_800), Some(1_711_987_200), Some(1_711_935_000), None];
    let day = "2024-12-31".parse().expect("a day");
    let reader = || Ledger::reader().table("projects").snapshot_on(day);
    let query = Query::new(["signed_projects"]).period("2024Q1").cancelled(zonekpi::Cancelled::Keep);
    let signed = |answer: &KpiTable| answer.rows()[0].numerator.expect("a number").unscaled;
    let told = |answer: &KpiTable| -> Vec<String> {
        answer.notes(Language::En).into_iter().filter(|note| note.contains("UTC")).collect()
    };
    let frame = zoned(&seconds, Some("UTC"));
    let files = written(&folder, &frame, 2, 1);
    let scan = reader().scan(&files).expect("a scan");
    for engine in [Engine::Auto, Engine::Reference] {
        let answer = query.clone().engine(engine).scan(&scan).expect("an answer");
        // By the calendar of Greenwich two are of March, of which Beijing has one.
        assert_eq!(signed(&answer), 2);
        let notes = told(&answer);
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].starts_with("column 'signed_on' holds times in UTC, of which 3 are at 16:00:00"), "{notes:?}");
        assert!(!answer.notes(Language::En).iter().any(|note| note.contains("warnings")));
    }
    let read = Ledger::reader().snapshot_on(day).frames([("projects", frame)]).expect("a ledger");
    assert_eq!(signed(&query.run(&read).expect("an answer")), 2);
    let [issue] = read.issues() else { panic!("{:?}", read.issues()) };
    assert_eq!((issue.code.as_str(), issue.column.as_deref()), ("times_in_utc", Some("signed_on")));
    assert!(issue.message.text(Language::Zh).starts_with("4 个时刻是 UTC，其中 3 个正好是 16:00:00"));
    // The same moments on the wall of Beijing, and times whose zone nobody has written down.
    for (zone, of_march) in [(Some("Asia/Shanghai"), 1), (None, 2)] {
        let other = Scratch::new();
        let files = written(&other, &zoned(&seconds, zone), 5, 5);
        let answer = query.scan(&reader().scan(&files).expect("a scan")).expect("an answer");
        assert_eq!((signed(&answer), told(&answer)), (of_march, Vec::new()));
    }
}

/// A file of two projects, the second of which was signed on this day, under these headers of the day and the investment.
fn of_headers(folder: &Scratch, name: &str, headers: [&str; 3], day: &str, investment: &str) -> PathBuf {
    let cells = [["P1", day], ["2024-01-05", day], ["1", investment]];
    let column = |(header, cells): (&str, [&str; 2])| Column::new(header.into(), cells);
    file_of(folder, name, DataFrame::new(2, headers.into_iter().zip(cells).map(column).collect()).expect("a frame"))
}

#[test]
fn headers_of_one_meaning_are_one_column_whatever_they_are_called() {
    let folder = Scratch::new();
    let one = of_headers(&folder, "1.parquet", ["项目编号", "签约日", "总投资（万元）"], "2024-02-01", "20");
    let other = of_headers(&folder, "2.parquet", ["项目编号", "签约时间", "投资总额（万元）"], "2024-03-02", "300");
    let query =
        Query::new(["signed_projects", "signed_investment"]).period("2024Q1").cancelled(zonekpi::Cancelled::Keep);
    for files in [[&one, &other], [&other, &one]] {
        let scan = Ledger::reader().columns([("签约日", "signed_on")]).scan(files).expect("a scan");
        // The latest of both.
        assert_eq!(scan.snapshot_on().to_string(), "2024-03-02");
        let answer = query.scan(&scan).expect("an answer");
        let found: Vec<i128> = answer.rows().iter().map(|row| row.numerator.expect("a number").unscaled).collect();
        // Four projects, of 1, 20, 1 and 300 万元, in fen.
        assert_eq!(found, [4, 322 * 10_000 * 100]);
        let filtered = query.clone().filter("happened(signed_on, DATE '2024-02-15')").scan(&scan).expect("an answer");
        assert_eq!(filtered.rows()[0].numerator.expect("a number").unscaled, 3);
    }
}

#[test]
fn headers_that_differ_name_the_column_that_is_most_likely_meant() {
    let folder = Scratch::new();
    let query =
        Query::new(["signed_projects", "signed_investment"]).period("2024Q1").cancelled(zonekpi::Cancelled::Keep);
    let refused = |files: [&PathBuf; 2]| {
        let scan = Ledger::reader().table("projects").scan(files).expect("a scan");
        let error = query.scan(&scan).expect_err("refused");
        assert_eq!(error.place().file.as_deref(), files[1].to_str());
        (error.code(), error.suggestion().map(str::to_owned))
    };
    let plain = of_headers(&folder, "1.parquet", ["项目编号", "签约时间", "总投资（万元）"], "2024-02-01", "20");
    // Another unit: the same column, and not the same numbers.
    let unit = of_headers(&folder, "2.parquet", ["项目编号", "签约时间", "总投资（亿元）"], "2024-03-02", "300");
    assert_eq!(refused([&plain, &unit]), ("scan_column_missing", Some("总投资（亿元）".to_owned())));
    // A slip of the pen.
    let slip = of_headers(&folder, "3.parquet", ["项目编号", "签约时问", "总投资（万元）"], "2024-03-02", "300");
    assert_eq!(refused([&plain, &slip]), ("scan_column_missing", Some("签约时问".to_owned())));
    let told = Ledger::reader().columns([("签约时问", "签约时间")]).scan([&plain, &slip]).expect("a scan");
    assert_eq!(query.scan(&told).expect("an answer").rows()[0].numerator.expect("a number").unscaled, 4);
    // Nothing like it.
    let other = of_headers(&folder, "4.parquet", ["项目编号", "甲", "总投资（万元）"], "2024-03-02", "300");
    assert_eq!(refused([&plain, &other]), ("scan_column_missing", None));
    // An option about a column of no file is a slip as well.
    let unused =
        Ledger::reader().columns([("签定日", "签约时间")]).scan([&plain, &slip]).map(|_| ()).expect_err("refused");
    assert_eq!(unused.code(), "option_unused");
}

#[test]
fn columns_that_only_a_later_file_has_are_not_passed_over() {
    let folder = Scratch::new();
    // The second file says that the day of the signing is the last of an interval.
    let names = ["项目编号", "signed_on", "signed_on_from"];
    let of_days = of_headers(&folder, "1.parquet", ["项目编号", "signed_on", "备注"], "2024-03-31", "1");
    let intervals = of_headers(&folder, "2.parquet", names, "2024-03-31", "2024-02-01");
    let query = Query::new(["signed_projects"]).period("2024-03").cancelled(zonekpi::Cancelled::Keep);
    let scan = Ledger::reader().scan([&of_days, &intervals]).expect("a scan");
    let error = query.scan(&scan).expect_err("refused");
    assert_eq!((error.code(), error.place().file.as_deref()), ("scan_column_more", intervals.to_str()));
    assert!(error.text(Language::Zh).contains("有“signed_on_from”列，而第一个文件没有"));
    // Suspensions move due days.
    let cases = |name: &str, suspended: bool| {
        let mut frame = df!("办件编号" => [name], "受理时间" => ["2024-03-04"], "办结时间" => ["2024-03-13"],
            "承诺时限（工作日）" => ["5"])
        .expect("a frame");
        if suspended {
            frame.with_column(Column::new("中止开始".into(), ["2024-03-05"])).expect("a column");
            frame.with_column(Column::new("中止结束".into(), ["2024-03-07"])).expect("a column");
        }
        file_of(&folder, name, frame)
    };
    let (plain, suspended) = (cases("c1.parquet", false), cases("c2.parquet", true));
    let query = Query::new(["on_time_rate"]).period("2024Q1");
    for files in [[&plain, &suspended], [&suspended, &plain]] {
        let error = query.scan(&Ledger::reader().scan(files).expect("a scan")).expect_err("refused");
        assert!(["scan_column_more", "scan_column_missing"].contains(&error.code()), "{error}");
        // What they do not bear on is answered.
        let accepted = Query::new(["accepted_cases"]).period("2024Q1");
        let answer = accepted.scan(&Ledger::reader().scan(files).expect("a scan")).expect("an answer");
        assert_eq!(answer.rows()[0].numerator.expect("a number").unscaled, 2);
    }
}

#[test]
fn a_header_that_means_another_column_beside_others_is_refused() {
    let folder = Scratch::new();
    let written = |name: &str, frame: DataFrame| file_of(&folder, name, frame);
    let days = ["2024-01-05", "2024-02-05"];
    let alone =
        df!("项目编号" => ["A1", "A2"], "园区" => ["甲开发区", "乙开发区"], "签约时间" => days).expect("a frame");
    let beside = df!("项目编号" => ["B1", "B2"], "开发区" => ["甲开发区", "乙开发区"], "园区" => ["东园", "西园"],
        "签约时间" => days)
    .expect("a frame");
    let signed = df!("项目编号" => ["A1", "A2"], "签约日期" => days).expect("a frame");
    let both = df!("项目编号" => ["B1", "B2"], "签约日期" => days, "签约时间" => ["2023-01-05", "2023-02-05"])
        .expect("a frame");
    let query = Query::new(["signed_projects"]).period("2024Q1").cancelled(zonekpi::Cancelled::Keep);
    let of = |name: &str, files: [DataFrame; 2]| {
        let [one, other] = files;
        [written(&format!("{name}1.parquet"), one), written(&format!("{name}2.parquet"), other)]
    };
    let scanned = |query: &Query, files: &[std::path::PathBuf; 2]| {
        query.scan(&Ledger::reader().table("projects").scan(files).expect("a scan"))
    };
    let zones = of("zones", [alone, beside]);
    let by_zone = query.clone().by(["zone"]);
    let error = scanned(&by_zone, &zones).expect_err("refused");
    assert_eq!(error.code(), "scan_column_more", "{error}");
    // What it does not bear on is answered.
    assert_eq!(scanned(&query, &zones).expect("an answer").rows()[0].numerator.expect("a number").unscaled, 4);
    let error = scanned(&query, &of("days", [signed, both])).expect_err("refused");
    assert_eq!(error.code(), "scan_column_more", "{error}");
}

#[test]
fn a_file_of_projects_is_no_file_of_batches_whatever_the_first_file_is() {
    let folder = Scratch::new();
    let written = |name: &str, frame: DataFrame| file_of(&folder, name, frame);
    let few = written("few.parquet", df!("项目编号" => ["P1"], "批次" => ["一"], "类别" => ["开工"]).expect("a frame"));
    let say_much = df!("项目编号" => ["P1"], "批次" => ["一"], "类别" => ["开工"], "项目名称" => ["甲"],
        "开发区" => ["乙"], "行业" => ["丙"], "投资方" => ["丁"], "签约时间" => ["2024-01-05"],
        "开工时间" => ["2024-02-05"], "总投资（万元）" => [5])
    .expect("a frame");
    let much = written("much.parquet", say_much);
    let projects = df!("项目编号" => ["P1"], "项目名称" => ["甲"], "开发区" => ["乙"], "行业" => ["丙"],
        "投资方" => ["丁"], "签约时间" => ["2024-01-05"], "开工时间" => ["2024-02-05"], "总投资（万元）" => [5])
    .expect("a frame");
    let projects = written("projects.parquet", projects);
    let scan = |files: &[&std::path::PathBuf]| Ledger::reader().table("batch_entries").scan(files);
    for files in [&[&few][..], &[&much], &[&much, &few]] {
        assert!(scan(files).is_ok(), "{files:?}");
    }
    // Beside a file that surely is one of batches, one that looks like projects is refused.
    let all = [&[&projects][..], &[&much, &projects], &[&few, &projects], &[&projects, &much], &[&few, &much]];
    for files in all {
        assert_eq!(scan(files).expect_err("refused").code(), "table_unfit", "{files:?}");
    }
}

#[test]
fn whatever_byte_of_a_file_is_bent_it_is_answered_or_refused_by_its_name() {
    let folder = Scratch::new();
    let ids: Vec<String> = (0..8).map(|row| format!("P{row}")).collect();
    let zones = ["甲", "乙", "甲", "乙", "甲", "乙", "丙", "甲"];
    let days: Int32Chunked = (0..8).map(|row| (row != 3).then_some(19_000 + row)).collect();
    let mut frame = df!("project_id" => ids, "zone" => zones).expect("a frame");
    frame.with_column(days.with_name("signed_on".into()).into_date().into_column()).expect("a column");
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let path = folder.0.join("a.parquet");
    // Not compressed, so that what is bent is met by those who decode it.
    let file = std::fs::File::create(&path).expect("a file");
    ParquetWriter::new(file).with_compression(ParquetCompression::Uncompressed).finish(&mut frame).expect("written");
    let bytes = std::fs::read(&path).expect("bytes");
    let day = "2024-12-31".parse().expect("a day");
    let query = Query::new(["signed_projects"]).by(["zone"]).period("cumulative").cancelled(zonekpi::Cancelled::Keep);
    let mut damaged = 0;
    for (first, mask, engine) in [(4, 0x01, Engine::Auto), (5, 0x08, Engine::Reference)] {
        for at in (first..bytes.len() - 8).step_by(2) {
            let mut bent = bytes.clone();
            bent[at] ^= mask;
            std::fs::write(&path, &bent).expect("written");
            let scan = Ledger::reader().table("projects").snapshot_on(day).scan([&path]);
            let Err(error) = scan.and_then(|scan| query.clone().engine(engine).scan(&scan)) else { continue };
            match error.code() {
                "scan_file_damaged" => {
                    damaged += 1;
                    assert_eq!(error.place().file.as_deref(), path.to_str(), "byte {at}");
                }
                // The bent name of a column is another name.
                "missing_columns" | "missing_column" => {}
                other => panic!("byte {at}: {other}: {error}"),
            }
        }
    }
    assert!(damaged > 50, "{damaged}");
}

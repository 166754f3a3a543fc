//! What a question calls its columns and values: all names of a column mean it, and a value that no row has is told.

use zonekpi::polars::prelude::*;
use zonekpi::{Cancelled, Cell, DisplayOptions, Error, KpiTable, Language, Ledger, Query};

fn texts(name: &str, cells: &[Option<&str>]) -> Column {
    StringChunked::from_iter_options(name.into(), cells.iter().map(|cell| cell.map(str::to_owned))).into_column()
}

/// Three projects of two zones, and the services to an enterprise of a third.
fn ledger() -> Ledger {
    let projects = DataFrame::new(
        3,
        vec![
            texts("project_id", &[Some("P1"), Some("P2"), Some("P3")]),
            texts("zone", &[Some("朔州经开区"), Some("朔州经开区"), Some("大同经开区")]),
            texts("park", &[None, None, None]),
            texts("approval_kind", &[Some("备案"), Some("备案"), Some("审批")]),
            texts("key_project", &[Some("否"), Some("否"), None]),
            texts("approved_on", &[Some("2024-01-05"), Some("2024-02-10"), Some("2024-03-01")]),
        ],
    )
    .expect("a frame");
    let services = DataFrame::new(
        1,
        vec![
            texts("zone", &[Some("灵石经开区")]),
            texts("enterprise", &[Some("甲公司")]),
            texts("kind", &[Some("走访")]),
            texts("visited_on", &[Some("2024-02-01")]),
        ],
    )
    .expect("a frame");
    let reader = Ledger::reader().snapshot_on("2024-03-31".parse().expect("a day"));
    reader.frames([("projects", projects), ("services", services)]).expect("a ledger")
}

fn asked(filter: &str) -> KpiTable {
    Query::new(["approved_projects"]).filter(filter).run(&ledger()).expect("an answer")
}

fn notes(filter: &str, language: Language) -> Vec<String> {
    asked(filter).notes(language)
}

#[test]
fn a_misspelt_value_is_told_with_the_nearest_that_occur() {
    assert_eq!(
        notes("zone = '朔州经开去'", Language::Zh),
        ["筛选中的“朔州经开去”在“开发区”列中一行也没有；相近的有：“朔州经开区”"]
    );
    assert_eq!(
        notes("zone IN ('大同经开区', '经开区')", Language::En),
        ["no row has '经开区', which the filter names, in 'zone'; near it are: '大同经开区', '朔州经开区'"]
    );
    // It is a footnote of the table, and no error: nothing at all may be the right answer.
    let table = asked("zone = '朔州经开去'");
    let shown = table.render(&DisplayOptions::new()).to_string();
    assert!(shown.ends_with("相近的有：“朔州经开区”\n"), "{shown}");
    assert_eq!(table.rows()[0].value.map(|value| value.to_f64()), Some(0.0));
}

#[test]
fn a_value_that_occurs_is_not_told() {
    for filter in [
        "zone = '朔州经开区'",
        "zone <> '大同经开区'",
        "NOT zone IN ('朔州经开区')",
        "approval_kind = '备案'",
        "NOT key_project",
        "zone = park",
        "zone IS NULL",
    ] {
        assert_eq!(notes(filter, Language::Zh), Vec::<String>::new(), "{filter}");
    }
}

#[test]
fn a_value_that_is_excluded_does_not_occur_either() {
    let told = ["筛选中的“P9”在“项目编号”列中一行也没有；相近的有：“P1”、“P2”、“P3”"];
    for filter in ["project_id <> 'P9'", "NOT project_id = 'P9'", "NOT (project_id IN ('P9') OR zone = '朔州经开区')"]
    {
        assert_eq!(notes(filter, Language::Zh), told, "{filter}");
    }
    assert_eq!(asked("project_id <> 'P9'").rows()[0].value.map(|value| value.to_f64()), Some(3.0));
}

#[test]
fn values_of_enums_and_flags_are_told_in_words() {
    assert_eq!(
        notes("approval_kind = '核准'", Language::Zh),
        ["筛选中的“核准”在“立项方式”列中一行也没有；该列有 2 个值，如 “审批”、“备案”"]
    );
    assert_eq!(
        notes("key_project = TRUE", Language::Zh),
        ["筛选中的“是”在“是否重点项目”列中一行也没有；该列有 1 个值，如 “否”"]
    );
    assert_eq!(
        notes("park = '甲园'", Language::En),
        ["no row has '甲园', which the filter names, in 'park': the column has no known value at all"]
    );
    // What the column cannot hold at all stays an error.
    let refused =
        Query::new(["approved_projects"]).filter("approval_kind = '备安'").run(&ledger()).expect_err("no value");
    assert_eq!(refused.code(), "unknown_value");
    assert_eq!(refused.suggestion(), Some("备案"));
}

#[test]
fn a_value_is_looked_for_in_every_table_that_is_asked() {
    let of = |ids: &[&str], zone: &str| {
        let filter = format!("zone = '{zone}'");
        let query = Query::new(ids.iter().copied()).filter(filter);
        query.run(&ledger()).expect("an answer").notes(Language::Zh).len()
    };
    assert_eq!(of(&["approved_projects"], "灵石经开区"), 1);
    assert_eq!(of(&["service_visits"], "灵石经开区"), 0);
    assert_eq!(of(&["approved_projects", "service_visits"], "灵石经开区"), 0);
    assert_eq!(of(&["approved_projects", "service_visits"], "临猗示范区"), 1);
}

#[test]
fn of_merged_answers_a_value_is_told_that_none_of_the_ledgers_has() {
    let other = DataFrame::new(
        1,
        vec![
            texts("project_id", &[Some("Q1")]),
            texts("zone", &[Some("阳泉高新区")]),
            texts("approved_on", &[Some("2024-01-20")]),
        ],
    )
    .expect("a frame");
    let reader = Ledger::reader().snapshot_on("2024-03-31".parse().expect("a day"));
    let other = reader.frames([("projects", other)]).expect("a ledger");
    let of = |ledger: &Ledger, zone: &str| {
        let filter = format!("zone = '{zone}'");
        Query::new(["approved_projects"]).filter(filter).run(ledger).expect("an answer")
    };
    let merged = |zone: &str| KpiTable::merge(&[of(&ledger(), zone), of(&other, zone)], &[]).expect("merged");
    assert_eq!(of(&ledger(), "阳泉高新区").notes(Language::Zh).len(), 1);
    assert_eq!(merged("阳泉高新区").notes(Language::Zh), Vec::<String>::new());
    assert_eq!(merged("阳泉高新去").notes(Language::Zh).len(), 1);
}

#[test]
fn a_dimension_is_found_by_any_name_of_its_column() {
    let by = |name: &str| Query::new(["approved_projects"]).by([name]).run(&ledger()).expect("an answer");
    for asked in ["zone", "开发区", "project.zone"] {
        let table = by(asked);
        for name in ["zone", "开发区", "ZONE", "项目.开发区"] {
            let cell = Cell::new().group(name, "朔州经开区");
            let row = table.row("approved_projects", &cell).expect(name);
            assert_eq!(row.value.map(|value| value.to_f64()), Some(2.0), "{asked} {name}");
            assert_eq!(table.open("approved_projects", &cell).expect("rows").height(), 2);
            let merged = KpiTable::merge(std::slice::from_ref(&table), &[name]).expect("merged");
            assert_eq!(merged.rows()[0].value.map(|value| value.to_f64()), Some(3.0));
        }
    }
    let unknown = by("zone").row("approved_projects", &Cell::new().group("园区", "甲")).expect_err("no such dimension");
    assert_eq!(unknown.code(), "unknown_dimension");
    let twice = Cell::new().group("zone", "朔州经开区").group("开发区", "大同经开区");
    assert_eq!(by("zone").row("approved_projects", &twice).expect_err("two values").code(), "dimension_twice");
}

#[test]
fn parts_that_call_a_dimension_by_two_names_are_merged() {
    let of = |by: &str, period: &str| {
        Query::new(["approved_projects"]).by([by]).period(period).run(&ledger()).expect("an answer")
    };
    let merged = KpiTable::merge(&[of("zone", "2024-01"), of("开发区", "2024-02")], &[]).expect("merged");
    let row = merged.row("approved_projects", &Cell::new().group("开发区", "朔州经开区")).expect("a row");
    assert_eq!(row.value.map(|value| value.to_f64()), Some(2.0));
}

/// One project of these columns.
fn refused(id: &str, columns: &[(&str, &str)], cancelled: Option<Cancelled>) -> Error {
    let columns = columns.iter().map(|(name, cell)| texts(name, &[Some(*cell)])).collect();
    let frame = DataFrame::new(1, columns).expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("a ledger");
    let query = Query::new([id]);
    let query = if let Some(cancelled) = cancelled { query.cancelled(cancelled) } else { query };
    query.run(&ledger).expect_err("columns are missing")
}

#[test]
fn a_missing_column_is_told_with_what_it_is_made_from() {
    let columns = [("project_id", "P1"), ("approved_on", "2024-01-01"), ("commitment", "是")];
    let error = refused("commitment_share", &columns, None);
    assert_eq!(error.code(), "missing_columns");
    let text = error.text(Language::Zh);
    assert!(text.ends_with("；有了“立项方式”，“是否备案”可由它得出"), "{text}");
    let text = error.text(Language::En);
    assert!(text.ends_with("; where 'approval_kind' is there, 'filed' is made from it"), "{text}");
}

#[test]
fn a_column_that_only_dropping_needs_is_told_as_such() {
    let columns = [("project_id", "P1"), ("approved_on", "2024-01-01")];
    let error = refused("approved_projects", &columns, Some(Cancelled::Drop));
    let text = error.text(Language::Zh);
    assert!(text.ends_with("；“退出时间”只是剔除已退出者时才需要，cancelled=\"keep\" 时不需要"), "{text}");
    let text = error.text(Language::En);
    assert!(
        text.ends_with(
            "; 'cancelled_on' is needed only to take out what was cancelled: with cancelled=\"keep\" it is not"
        ),
        "{text}"
    );
    // What the indicator itself is about is needed in any case.
    let columns = [("project_id", "P1"), ("signed_on", "2024-01-01")];
    let error = refused("cancellation_rate", &columns, Some(Cancelled::Drop));
    assert!(!error.text(Language::Zh).contains("keep"), "{error}");
}

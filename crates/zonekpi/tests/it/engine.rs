//! The meaning of answers, on the small ledger o21 of `tests/data/cases`, typed by hand; the numbers are those of its
//! manifest, worked out by hand there.

use std::sync::Arc;

use zonekpi::polars::prelude::*;
use zonekpi::{
    Cancelled, Catalog, Cell, Decimal, Definition, ErrorKind, Every, Fraction, KpiTable, Language, Ledger, Phases,
    Query, RatioSide, Row,
};

fn day(text: &str) -> i32 {
    let date: chrono::NaiveDate = text.parse().expect("a date");
    date.signed_duration_since(chrono::NaiveDate::default()).num_days() as i32
}

fn dates(name: &str, cells: [&str; 8]) -> Column {
    let days: Int32Chunked = cells.iter().map(|c| (!c.is_empty()).then(|| day(c))).collect();
    days.with_name(name.into()).into_column().cast(&DataType::Date).expect("dates")
}

fn flags(name: &str, cells: [i8; 8]) -> Column {
    let flags: BooleanChunked = cells.iter().map(|c| (*c >= 0).then_some(*c == 1)).collect();
    flags.with_name(name.into()).into_column()
}

fn texts(name: &str, cells: [&str; 8]) -> Column {
    StringChunked::from_slice(name.into(), &cells).into_column()
}

/// o21: different denominators, unknowns, cancelled projects, months for days, events after the date.
fn ledger() -> Ledger {
    let yuan: [i128; 8] = [150, 80, 240, 35, 500, 120, 50, 300].map(|million| million * 100_000_000);
    let investment = Int128Chunked::from_slice("investment_cny".into(), &yuan).into_decimal(18, 2).expect("decimals");
    let (a, b, c) = ("桑干示范区", "汾西高新区", "云岭经开区");
    let projects = DataFrame::new(
        8,
        vec![
            texts("project_id", ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]),
            texts("zone", [a, a, a, a, b, b, b, c]),
            flags("filed", [1, 1, 1, 0, 1, 1, 1, -1]),
            flags("commitment", [1, 0, 1, -1, 1, -1, 1, 1]),
            flags("agency_handled", [1, 1, -1, 1, 1, 0, 1, 1]),
            investment.into_column(),
            dates(
                "signed_on",
                [
                    "2022-11-03",
                    "2023-01-15",
                    "2023-02-28",
                    "2023-04-01",
                    "2023-03-10",
                    "2023-07-07",
                    "2023-12-31",
                    "2024-01-05",
                ],
            ),
            dates("signed_on_from", ["", "", "2023-02-01", "", "", "", "2023-12-01", ""]),
            dates(
                "approved_on",
                [
                    "2022-12-10",
                    "2023-02-28",
                    "2023-03-15",
                    "2023-05-05",
                    "2023-04-18",
                    "2023-12-31",
                    "2024-01-31",
                    "2024-01-20",
                ],
            ),
            dates("approved_on_from", ["", "", "", "", "", "", "2024-01-01", ""]),
            dates("started_on", ["2023-03-01", "2023-06-30", "2024-02-29", "2023-05-20", "2023-09-01", "", "", ""]),
            dates("produced_on", ["2023-11-20", "", "", "2023-12-31", "", "", "", ""]),
            dates("cancelled_on", ["", "", "", "2024-06-30", "2023-11-11", "", "", ""]),
        ],
    )
    .expect("a frame");
    Ledger::from_frames([("projects", projects)]).expect("a ledger")
}

fn one(query: Query) -> Row {
    let table = query.run(&ledger()).expect("an answer");
    assert_eq!(table.rows().len(), 1);
    table.rows()[0].clone()
}

fn counts(row: &Row) -> (i128, i128, i64) {
    (row.numerator.map_or(-1, |n| n.unscaled), row.denominator.map_or(-1, |d| d.unscaled), row.unknown)
}

fn share(n: i128, d: i128) -> Option<Fraction> {
    Fraction::new(n, d)
}

#[test]
fn a_share_has_its_own_denominator_and_says_what_is_unknown() {
    let row = one(Query::new(["commitment_share"]).as_of("2023-12-31"));
    assert_eq!(counts(&row), (3, 5, 1));
    assert_eq!(row.value, share(3, 5));
    assert_eq!((row.lower, row.upper), (share(3, 5), share(4, 5)));
    let row = one(Query::new(["agency_share"]).as_of("2023-12-31"));
    assert_eq!(counts(&row), (4, 6, 1));
    assert_eq!(row.value, share(2, 3));
}

#[test]
fn a_date_before_everything_gives_nothing_over_nothing() {
    let row = one(Query::new(["commitment_share"]).as_of("2022-10-31"));
    assert_eq!(counts(&row), (0, 0, 0));
    assert_eq!((row.value, row.lower, row.upper), (None, None, None));
}

#[test]
fn a_blank_population_is_an_unknown_membership() {
    let row = one(Query::new(["commitment_share"]).as_of("2024-12-31"));
    assert_eq!(counts(&row), (4, 6, 1));
    // P8 surely has a commitment, if it is filed.
    assert_eq!((row.population_unknown, row.population_unknown_met, row.population_unknown_not_met), (1, 1, 0));
    assert_eq!((row.lower, row.upper), (share(4, 6), share(6, 7)));
    assert!(!row.complete, "the ledger ends on 2024-06-30");
}

#[test]
fn events_after_the_date_have_not_happened() {
    let row = one(Query::new(["start_rate"]).as_of("2023-12-31"));
    assert_eq!(counts(&row), (4, 7, 0));
}

#[test]
fn dropped_rows_are_counted_as_excluded() {
    let row = one(Query::new(["commitment_share"]).as_of("2023-12-31").cancelled(Cancelled::Drop));
    assert_eq!(counts(&row), (2, 4, 1));
    assert_eq!(row.excluded, 1);
}

#[test]
fn stocks_and_flows_of_the_same_sum_differ() {
    let row = one(Query::new(["signed_investment"]).period("2023"));
    assert_eq!(row.numerator, Some(Decimal { unscaled: 102_500_000_000, scale: 2 }));
    let row = one(Query::new(["signed_investment"]).period("cumulative").as_of("2023-12-31"));
    assert_eq!(row.numerator, Some(Decimal { unscaled: 117_500_000_000, scale: 2 }));
}

fn by_zone() -> KpiTable {
    let query = Query::new(["commitment_share"]).by(["zone"]).as_of("2023-12-31").totals(true);
    query.run(&ledger()).expect("an answer")
}

#[test]
fn groups_are_dense_and_totals_come_from_the_rows() {
    let lines: Vec<_> = by_zone()
        .rows()
        .iter()
        .map(|row| (row.groups[0].clone().unwrap_or_default(), row.total, counts(row)))
        .collect();
    let name = str::to_owned;
    assert_eq!(
        lines,
        [
            (name("桑干示范区"), false, (2, 3, 0)),
            (name("汾西高新区"), false, (1, 2, 1)),
            (name("云岭经开区"), false, (0, 0, 0)),
            (name(""), true, (3, 5, 1)),
        ]
    );
}

#[test]
fn a_cell_opens_to_the_rows_that_it_counts() {
    let table = by_zone();
    let rows = table.open("commitment_share", &Cell::new().total()).expect("rows");
    let text = |name: &str| -> Vec<String> {
        let cells = rows.column(name).expect("a column").str().expect("texts").clone();
        cells.iter().map(|c| c.unwrap_or_default().to_owned()).collect()
    };
    let met: Vec<_> = text("project_id").into_iter().zip(text("outcome")).collect();
    let expected = [("P1", "met"), ("P2", "not_met"), ("P3", "met"), ("P5", "met"), ("P6", "unknown")];
    assert_eq!(met, expected.map(|(id, outcome)| (id.to_owned(), outcome.to_owned())));
}

#[test]
fn attrition_adds_up_from_all_rows_to_the_number() {
    let table = Query::new(["commitment_share"])
        .as_of("2024-01-15")
        .cancelled(Cancelled::Drop)
        .run(&ledger())
        .expect("an answer");
    let steps = table.attrition("commitment_share", &Cell::new(), Language::En).expect("steps");
    let number = |name: &str| -> Vec<i64> {
        steps.column(name).expect("a column").i64().expect("counts").iter().flatten().collect()
    };
    // On 2024-01-15: P7 was approved on an unknown day of January, P8 not yet; P4 is not filed; P5 is cancelled.
    //                       rows filter phases dated population exclusions cancelled mature denominator met
    assert_eq!(number("in"), [8, 8, 8, 6, 5, 5, 4, 4, 4, 2]);
    assert_eq!(number("out"), [0, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
    assert_eq!(number("unknown"), [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
}

#[test]
fn a_series_equals_its_single_queries() {
    let ids = ["commitment_share", "start_rate", "signed_investment", "performance_rate"];
    let series = Query::new(ids).by(["zone"]).period("2023").every(Every::Quarter).run(&ledger()).expect("a series");
    assert_eq!(series.rows().len(), 4 * 4 * 3);
    for quarter in ["2023Q1", "2023Q2", "2023Q3", "2023Q4"] {
        let single = Query::new(ids).by(["zone"]).period(quarter).run(&ledger()).expect("an answer");
        for row in single.rows() {
            assert!(series.rows().contains(row), "{quarter}: {row:?}");
        }
    }
}

#[test]
fn the_answer_names_columns_that_are_known_only_today() {
    let row = one(Query::new(["commitment_share"]).as_of("2023-12-31"));
    assert_eq!(row.undated, ["commitment", "filed"]);
    assert!(one(Query::new(["commitment_share"])).undated.is_empty());
}

#[test]
fn a_merge_of_adjoining_quarters_is_the_half_year() {
    let ask = |period: &str| {
        Query::new(["signed_projects", "signed_investment"]).period(period).run(&ledger()).expect("an answer")
    };
    let merged = KpiTable::merge(&[ask("2023Q1"), ask("2023Q2")], &[]).expect("a merge");
    let half = ask("2023H1");
    for (merged, half) in merged.rows().iter().zip(half.rows()) {
        assert_eq!((merged.value, merged.numerator), (half.value, half.numerator));
        assert_eq!((merged.period_start, merged.period_end), (half.period_start, half.period_end));
    }
}

#[test]
fn merges_that_have_no_meaning_are_refused_with_the_reason() {
    let ask = |id: &str, period: &str| Query::new([id]).period(period).run(&ledger()).expect("an answer");
    let refusal = |a: KpiTable, b: KpiTable| KpiTable::merge(&[a, b], &[]).expect_err("a refusal").code();
    assert_eq!(refusal(ask("start_rate", "2023Q1"), ask("start_rate", "2023Q2")), "merge_stocks");
    assert_eq!(refusal(ask("signed_projects", "2023Q1"), ask("signed_projects", "2023Q1")), "merge_twice");
    assert_eq!(refusal(ask("signed_projects", "2023Q1"), ask("signed_projects", "2023Q3")), "merge_not_adjoining");
    assert_eq!(refusal(ask("signed_projects", "2023Q1"), ask("started_projects", "2023Q2")), "merge_differs");
}

#[test]
fn over_a_dimension_the_groups_add_up_to_the_total() {
    let merged = KpiTable::merge(&[by_zone()], &["zone"]).expect("a merge");
    assert_eq!(counts(&merged.rows()[0]), (3, 5, 1));
    assert_eq!(merged.rows().len(), 1);
    let opened = merged.open("commitment_share", &Cell::new());
    assert_eq!(opened.expect_err("a refusal").code(), "merged_does_not_open");
}

#[test]
fn wrong_names_come_with_the_right_ones() {
    let text = |query: Query| query.run(&ledger()).expect_err("an error").to_string();
    assert!(text(Query::new(["comitment_share"])).contains("did you mean 'commitment_share'?"));
    assert!(text(Query::new(["commitment_share"]).by(["zon"])).contains("did you mean 'zone'?"));
    let missing = text(Query::new(["landing_rate"]));
    assert!(missing.contains("landed_on") && missing.contains("落地时间"), "{missing}");
    assert!(text(Query::new(["commitment_share"]).by(["signed_on"])).contains("every="));
    assert!(text(Query::new(["commitment_share"]).period("2023Q5")).contains("2023Q5"));
}

fn of_zone(zone: &str) -> Ledger {
    let all = ledger();
    let frame = all.table("projects").expect("projects").frame().expect("rows").clone();
    let chosen = frame.lazy().filter(col("zone").eq(lit(zone))).collect().expect("rows");
    Ledger::reader().snapshot_on(all.snapshot_on()).frames([("projects", chosen)]).expect("a ledger")
}

#[test]
fn a_part_is_not_counted_twice_however_it_was_merged() {
    let ask = |zone: &str| Query::new(["signed_projects"]).period("2023").run(&of_zone(zone)).expect("an answer");
    let (a, b) = (ask("桑干示范区"), ask("汾西高新区"));
    let both = KpiTable::merge(&[a.clone(), b.clone()], &[]).expect("a merge");
    // P2 to P4, and P5 to P7: six signed in 2023 (P7 on an unknown day of December).
    assert_eq!(both.rows()[0].numerator, Some(Decimal::whole(6)));
    for again in [[both.clone(), a.clone()], [both.clone(), b.clone()], [b, both.clone()]] {
        assert_eq!(KpiTable::merge(&again, &[]).expect_err("a refusal").code(), "merge_twice");
    }
}

#[test]
fn series_of_two_ledgers_stand_side_by_side_and_add_where_they_meet() {
    let ask = |zone: &str| {
        Query::new(["signed_projects", "start_rate"]).every(Every::Quarter).run(&of_zone(zone)).expect("an answer")
    };
    let (a, b) = (ask("桑干示范区"), ask("汾西高新区"));
    let merged = KpiTable::merge(&[a.clone(), b], &[]).expect("a merge");
    let signed = |table: &KpiTable| {
        let rows = table.rows().iter().filter(|row| row.indicator == "signed_projects");
        rows.map(|row| (row.period_end.to_string(), row.numerator.map_or(0, |n| n.unscaled))).collect::<Vec<_>>()
    };
    // The first zone signed from 2022Q4 on, the second from 2023Q1 on; both ledgers end with 2024Q2.
    let quarters = ["2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30"];
    let expected: Vec<_> = quarters.iter().map(|q| (*q).to_owned()).zip([1, 3, 1, 1, 1, 0, 0]).collect();
    assert_eq!(signed(&merged), expected);
    assert_eq!(signed(&a).len(), 7);
}

#[test]
fn zones_without_rows_are_not_the_same_part() {
    let ask = |zone: &str| Query::new(["signed_projects"]).period("2023").run(&of_zone(zone)).expect("an answer");
    let merged = KpiTable::merge(&[ask("甲"), ask("乙")], &[]).expect("a merge");
    assert_eq!(merged.rows()[0].numerator, Some(Decimal::whole(0)));
}

#[test]
fn merges_over_time_that_would_count_wrongly_are_refused() {
    let refusal = |a: Query, b: Query| {
        let (a, b) = (a.run(&ledger()).expect("an answer"), b.run(&ledger()).expect("an answer"));
        KpiTable::merge(&[a, b], &[]).expect_err("a refusal").code()
    };
    let ask = |period: &str| Query::new(["signed_projects"]).period(period);
    // P7 was signed on an unknown day of December: half of it may lie in either part.
    assert_eq!(refusal(ask("2023-12-01..2023-12-15"), ask("2023-12-16..2023-12-31")), "merge_unknown_members");
    assert_eq!(
        refusal(ask("2023Q1").cancelled(Cancelled::Drop), ask("2023Q2").cancelled(Cancelled::Drop)),
        "merge_outcomes"
    );
    let filtered = |text: &str| ask("2023Q2").filter(text);
    assert_eq!(refusal(ask("2023Q1"), filtered("commitment")), "merge_differs");
    assert_eq!(refusal(ask("2023Q1"), ask("2023Q2").phases(Phases::Parent)), "merge_differs");
    assert_eq!(refusal(ask("2023Q1"), ask("2023Q2").min_age(30)), "merge_differs");
    assert_eq!(refusal(ask("2023Q1"), ask("2023Q2").cancelled(Cancelled::Drop)), "merge_differs");
    let of = |zone: &str, period: &str| ask(period).run(&of_zone(zone)).expect("an answer");
    let mixed = KpiTable::merge(&[of("桑干示范区", "2023Q1"), of("汾西高新区", "2023Q2")], &[]);
    assert_eq!(mixed.expect_err("a refusal").code(), "merge_ledgers_in_time");
}

#[test]
fn numbers_that_128_bits_do_not_hold_are_refused_wherever_they_stand() {
    let huge = "investment_cny * 1000000000000000000000 * 1000000000000000000 < 0";
    let query = Query::new(["signed_projects"]).period("2023").filter(huge);
    assert_eq!(query.run(&ledger()).expect_err("a refusal").code(), "overflow");
}

#[test]
fn a_quotient_that_128_bits_do_not_hold_is_refused_when_it_is_asked() {
    // Hundreds of millions of yuan times 10^19 are about 10^30 fen, and hold. What they are divided by has 16 digits more
    // after the point, and is 7 times a number of days.
    let many = RatioSide::sum("investment_cny * 10000000000000000000");
    let ask = |few: &str| {
        let ratio = Definition::new("odd").name("比", "Odd").table("projects").flow("signed_on");
        let catalog = Catalog::builtin().add(ratio.ratio(many.clone(), RatioSide::sum(few))).expect("a definition");
        Query::new(["odd"]).catalog(Arc::new(catalog)).period("2023").by(["zone"]).run(&ledger())
    };
    let refused = ask("days_between(signed_on, DATE '2030-01-01') * 0.000000000000000007").expect_err("a refusal");
    assert_eq!((refused.code(), refused.kind()), ("overflow", ErrorKind::Compute));
    assert!(refused.to_string().contains("odd"), "{refused}");
    let held = ask("days_between(signed_on, DATE '2030-01-01') * 0.07").expect("an answer");
    // 汾西高新区: 500 and 120 million yuan, signed 2489 and 2370 days before; of P7 the day is not known.
    let row = held.row("odd", &Cell::new().group("zone", "汾西高新区")).expect("a line");
    assert_eq!((row.value, row.unknown), (Fraction::new(620000000000000000000000000000, 34013), 1));
}

#[test]
fn asked_for_all_an_option_leaves_out_what_it_has_no_meaning_for() {
    let board = Query::all().within(90).as_of("2023-12-31").run(&ledger()).expect("a board");
    assert!(board.rows().iter().any(|row| row.indicator == "start_rate"));
    assert!(board.rows().iter().all(|row| row.indicator != "signed_investment"));
    assert!(board.notes(Language::Zh).iter().any(|note| note.contains("签约总投资")));
    assert!(Query::all().by(["nosuch"]).run(&ledger()).is_err());
}

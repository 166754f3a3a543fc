//! Cohorts at equal age, counted by hand, and held to the single queries that they stand for.

use zonekpi::{Cell, Cohorts, Every, Fraction, KpiTable, Language, Ledger, Query, Row};

/// Signed in 2023Q1 (3), Q3 (2) and 2024Q1 (2); started after 30, 200 days and never; 90 days and never; 10 and never.
const PROJECTS: &str = "\
项目编号,开发区,签约时间,开工时间
P1,甲,2023-01-01,2023-01-31
P2,甲,2023-01-10,2023-07-29
P3,乙,2023-03-31,
P4,甲,2023-09-30,2023-12-29
P5,乙,2023-09-30,
P6,甲,2024-01-10,2024-01-20
P7,乙,2024-03-01,
";

fn ledger() -> Ledger {
    let day = "2024-03-31".parse().expect("a day");
    Ledger::reader().bytes("项目台账.csv", PROJECTS.as_bytes()).snapshot_on(day).finish().expect("a ledger")
}

fn cohorts() -> Cohorts {
    Cohorts::new("signed_on").event("started_on").every(Every::Quarter).ages([90, 180, 365])
}

fn row(board: &KpiTable, age: i64, end: &str) -> Row {
    board.row(&format!("started_on_within_{age}"), &Cell::new().period_end(end)).expect("a cohort").clone()
}

#[test]
fn a_cohort_has_a_share_at_each_age_that_all_of_it_has_reached() {
    let board = cohorts().run(&ledger()).expect("an answer");
    // Quarters from the first signing to the day of the ledger: 2023Q1 to 2024Q1, at three ages.
    assert_eq!(board.rows().len(), 15);
    let share = |age, end| {
        let row = row(&board, age, end);
        (row.value, row.immature)
    };
    assert_eq!(share(90, "2023-03-31"), (Fraction::new(1, 3), false));
    assert_eq!(share(180, "2023-03-31"), (Fraction::new(1, 3), false));
    assert_eq!(
        share(365, "2023-03-31"),
        (Fraction::new(2, 3), false),
        "on 30 March 2024 its last day was 365 days old"
    );
    assert_eq!(share(90, "2023-09-30"), (Fraction::new(1, 2), false), "day 90 is within 90 days");
    assert_eq!(share(180, "2023-09-30"), (Fraction::new(1, 2), false));
    assert_eq!(share(365, "2023-09-30"), (None, true));
    assert_eq!(share(90, "2023-06-30"), (None, false), "nobody signed: 0 of 0");
    assert_eq!(share(90, "2023-12-31"), (None, false), "31 December was 91 days before");
    assert_eq!(share(180, "2023-12-31"), (None, true));
    // P6 started after 10 days, but of its cohort nobody is 90 days old.
    let young = row(&board, 90, "2024-03-31");
    assert_eq!((young.value, young.numerator, young.denominator, young.immature), (None, None, None, true));
    assert!(!young.complete);
}

#[test]
fn a_mature_cohort_is_the_single_query() {
    let board = cohorts().by(["zone"]).totals(true).run(&ledger()).expect("an answer");
    for (age, period, end) in
        [(90, "2023Q1", "2023-03-31"), (180, "2023Q3", "2023-09-30"), (365, "2023Q1", "2023-03-31")]
    {
        let definition = zonekpi::Definition::new("starts")
            .name("开工", "Starts")
            .table("projects")
            .flow("signed_on")
            .share("happened(started_on)");
        let catalog = zonekpi::Catalog::builtin().add(definition).expect("a definition");
        let single = Query::new(["starts"])
            .catalog(std::sync::Arc::new(catalog))
            .by(["zone"])
            .totals(true)
            .period(period)
            .as_of("2024-03-31")
            .within(age)
            .run(&ledger())
            .expect("an answer");
        let id = format!("started_on_within_{age}");
        let of_cohort = board.rows().iter().filter(|row| row.indicator == id && row.period_end.to_string() == end);
        let figures =
            |row: &Row| (row.groups.clone(), row.total, row.value, row.numerator, row.denominator, row.excluded);
        assert!(of_cohort.map(figures).eq(single.rows().iter().map(figures)), "{age} {period}");
    }
}

#[test]
fn a_cohort_opens_to_its_rows() {
    let board = cohorts().run(&ledger()).expect("an answer");
    let outcomes = |age: i64, end: &str| {
        let rows = board.open(&format!("started_on_within_{age}"), &Cell::new().period_end(end)).expect("rows");
        let outcomes = rows.column("outcome").expect("outcomes").str().expect("text").clone();
        outcomes.iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(180, "2023-03-31"), ["met", "not_met", "not_met"]);
    assert_eq!(outcomes(365, "2023-03-31"), ["met", "met", "not_met"]);
    assert_eq!(outcomes(90, "2024-03-31"), ["excluded", "excluded"]);
    let cell = Cell::new().period_end("2023-03-31");
    assert!(board.attrition("started_on_within_90", &cell, Language::En).expect("steps").height() > 5);
}

#[test]
fn cohorts_stand_in_lines_and_ages_in_columns() {
    let board = cohorts().run(&ledger()).expect("an answer");
    let text = board.to_string();
    let heads = text.lines().nth(1).expect("heads");
    assert!(
        heads.contains("期间") && heads.contains("签约后 90 天内开工") && heads.contains("签约后 365 天内开工"),
        "{text}"
    );
    let first = text.lines().nth(3).expect("a cohort");
    assert!(
        first.starts_with("2023年一季度") && first.contains("33.33%") && first.trim_end().ends_with("66.67%"),
        "{text}"
    );
    assert!(text.contains("—¶") && text.contains("¶ 截至 2024-03-31 该批尚未全部满所问的天数"), "{text}");
    let frame = board.frame(false).expect("a frame");
    assert_eq!(frame.column("age").expect("ages").i64().expect("ages").get(0), Some(90));
    // At 90 days the last quarter, at 180 the last two, at 365 all but the first.
    assert_eq!(frame.column("immature").expect("flags").bool().expect("flags").sum(), Some(7));
}

#[test]
fn a_question_without_a_meaning_is_refused() {
    let code = |cohorts: Cohorts| cohorts.run(&ledger()).expect_err("refused").code();
    assert_eq!(code(Cohorts::new("signed_on").event("started_on")), "no_ages");
    assert_eq!(code(cohorts().ages([-1])), "days_out_of_range");
    assert_eq!(code(Cohorts::new("signed_on").event("startet_on").ages([90])), "cohort_table");
    assert_eq!(code(cohorts().table("case")), "unknown_table");
    assert_eq!(code(cohorts().by(["signed_on"])), "not_a_dimension");
}

//! Durations and their curves, on small ledgers whose days are counted by hand.

use std::sync::Arc;

use zonekpi::polars::prelude::*;
use zonekpi::{Catalog, Cell, Days, Definition, DisplayOptions, Fraction, KpiTable, Language, Ledger, Query, Row};

/// The days from signing to start, in brackets where they are imprecise:
/// 甲 30, 60, 100, open, cancelled before; 乙 10, 20, 40, open; 丙 10, 20, open, open; 丁 10, open, open;
/// 戊 [266, 305]; 己 reversed, 7; 庚 5, 9, unreadable.
const PROJECTS: &str = "\
项目编号,开发区,签约时间,开工时间,退出时间
P11,甲,2023-01-01,2023-01-31,
P12,甲,2023-01-01,2023-03-02,
P13,甲,2023-01-01,2023-04-11,2024-01-01
P14,甲,2023-01-01,,
P15,甲,2023-01-01,2023-02-05,2023-02-01
P21,乙,2023-01-01,2023-01-11,
P22,乙,2023-01-01,2023-01-21,
P23,乙,2023-01-01,2023-02-10,
P24,乙,2023-01-01,,
P31,丙,2023-06-01,2023-06-11,
P32,丙,2023-06-01,2023-06-21,
P33,丙,2023-06-01,,
P34,丙,2023-06-01,,
P41,丁,2023-06-01,2023-06-11,
P42,丁,2023-06-01,,
P43,丁,2023-06-01,,2023-06-09
P51,戊,2023年3月初,2023年12月,
P61,己,2023-05-01,2023-04-01,
P62,己,2023-05-01,2023-05-08,
P71,庚,2023-05-01,2023-05-06,
P72,庚,2023-05-01,2023-05-10,
P73,庚,2023-05-01,待核实,
";

fn ledger() -> Ledger {
    let day = "2024-03-31".parse().expect("a day");
    Ledger::reader().bytes("项目台账.csv", PROJECTS.as_bytes()).snapshot_on(day).finish().expect("a ledger")
}

fn board() -> KpiTable {
    Query::new(["days_signed_to_started"]).by(["zone"]).totals(true).run(&ledger()).expect("an answer")
}

fn of(zone: &str) -> Cell {
    Cell::new().group("zone", zone)
}

fn row(zone: &str) -> Row {
    board().row("days_signed_to_started", &of(zone)).expect("a zone").clone()
}

fn whole(days: i128) -> Option<Fraction> {
    Fraction::new(days, 1)
}

/// Value, reached, all, open, competing.
fn told(row: &Row) -> (Option<Fraction>, i128, i128, i64, i64) {
    let count = |number: Option<zonekpi::Decimal>| number.map_or(-1, |n| n.unscaled);
    let days = row.durations.expect("a duration");
    (row.value, count(row.numerator), count(row.denominator), days.open, days.competing)
}

#[test]
fn open_and_cancelled_rows_rank_after_the_finished() {
    // 30, 60, 100, and two that have not: the third of five. P15 started, but after it was cancelled.
    assert_eq!(told(&row("甲")), (whole(100), 3, 5, 1, 1));
}

#[test]
fn of_an_even_number_it_is_the_mean_of_the_two_middle() {
    assert_eq!(told(&row("乙")), (whole(30), 3, 4, 1, 0));
    let query = Query::new(["days_signed_to_started"]).filter("zone IN ('己', '庚')");
    let table = query.run(&ledger()).expect("an answer");
    // 5, 7, 9 and one unknown: between the second and the third.
    assert_eq!(table.rows()[0].value, whole(8));
    let two = Query::new(["days_signed_to_started"]).filter("project_id IN ('P21', 'P62')").run(&ledger());
    assert_eq!(two.expect("an answer").rows()[0].value, Fraction::new(17, 2));
}

#[test]
fn exactly_half_is_not_fewer_than_half() {
    // Half had started by day 20; the others have not to this day.
    assert_eq!(told(&row("丙")), (whole(20), 2, 4, 2, 0));
}

#[test]
fn with_fewer_than_half_there_is_no_value_and_the_others_are_told() {
    let row = row("丁");
    assert_eq!(told(&row), (None, 1, 3, 1, 1));
    assert_eq!((row.lower, row.upper, row.unknown), (None, None, 0));
}

#[test]
fn imprecise_dates_give_a_range() {
    // 3月初 is 1 to 10 March, 12月 the month: 266 to 305 days. By day 305 the project had surely started.
    let row = row("戊");
    let days = row.durations.expect("a duration");
    assert_eq!((row.value, days.shortest, days.longest), (whole(305), whole(266), whole(305)));
    assert_eq!((row.unknown, row.lower, row.upper), (0, None, None));
}

#[test]
fn where_exactly_half_are_sure_the_range_holds_what_one_row_more_would_give() {
    let ends = |started: &str, as_of: &str| {
        let head = "项目编号,签约时间,开工时间,退出时间";
        let csv = format!("{head}\nP1,2023-01-01,2023-01-11,\nP2,2023-01-01,{started},\n");
        let day = "2024-03-31".parse().expect("a day");
        let ledger = Ledger::reader().bytes("项目.csv", csv.as_bytes()).snapshot_on(day).finish().expect("a ledger");
        let row =
            Query::new(["days_signed_to_started"]).as_of(as_of).run(&ledger).expect("an answer").rows()[0].clone();
        let days = row.durations.expect("a duration");
        (days.shortest, row.value, days.longest)
    };
    // P2 may have started from 1 to 15 December, after 334 to 348 days, or later: 10 alone, or up to (10 + 348) ÷ 2.
    assert_eq!(ends("2023年12月", "2023-12-15"), (whole(10), whole(10), whole(179)));
    // On the signing day at the earliest, (0 + 10) ÷ 2; on 31 March 2024, after 455 days, at the latest.
    assert_eq!(ends("待核实", "2024-03-31"), (whole(5), whole(10), Fraction::new(465, 2)));
    assert_eq!(ends("", "2024-03-31"), (whole(10), whole(10), whole(10)));
}

#[test]
fn where_too_few_may_have_reached_it_the_range_has_no_upper_end() {
    // P72 took 9 days; of P73 it is unknown. Of the three, with P42 open, two may have started, P73 on its first day.
    let query = Query::new(["days_signed_to_started"]).filter("project_id IN ('P72', 'P73', 'P42')");
    let board = query.run(&ledger()).expect("an answer");
    let days = board.rows()[0].durations.expect("a duration");
    assert_eq!((days.shortest, board.rows()[0].value, days.longest), (whole(9), None, None));
    let text = board.render(&DisplayOptions::new().language(Language::En)).to_string();
    assert!(text.contains("unknown dates of the members are: at least 9, with no known upper end"), "{text}");
}

#[test]
fn a_negative_duration_is_left_out_counted_and_an_issue() {
    let row = row("己");
    assert_eq!((told(&row), row.excluded), ((whole(7), 1, 1, 0, 0), 1));
    let reversed = ledger().issues().iter().any(|issue| issue.code.as_str() == "stages_reversed");
    assert!(reversed, "the ledger tells of it as well");
    let rows = board().open("days_signed_to_started", &of("己")).expect("rows");
    let text = |name: &str| rows.column(name).expect(name).str().expect("text").get(0).map(str::to_owned);
    assert_eq!((text("outcome"), text("excluded")), (Some("excluded".to_owned()), Some("negative".to_owned())));
}

#[test]
fn a_row_whose_event_cannot_be_read_is_unknown_and_ranks_last() {
    let row = row("庚");
    assert_eq!((told(&row), row.unknown), ((whole(9), 2, 3, 0, 0), 1));
    // It may have started on the first day.
    let days = row.durations.expect("a duration");
    assert_eq!((days.shortest, days.longest), (whole(5), whole(9)));
}

#[test]
fn a_total_ranks_all_rows() {
    // Finished: 5 7 9 10 10 10 20 20 30 40 60 100 305; of 21 rows the eleventh.
    let board = board();
    let total = board.row("days_signed_to_started", &Cell::new().total()).expect("a total");
    assert_eq!((told(total), total.excluded, total.unknown), ((whole(60), 13, 21, 5, 2), 1, 1));
}

#[test]
fn at_an_earlier_date_later_events_have_not_happened() {
    let early = Query::new(["days_signed_to_started"]).filter("zone = '甲'").as_of("2023-02-15").run(&ledger());
    assert_eq!(told(&early.expect("an answer").rows()[0]), (None, 1, 5, 3, 1));
    let quarter = quantile(0.2, "zone = '甲'");
    assert_eq!(quarter.rows()[0].value, whole(45), "one of five by day 30, the next at day 60");
}

fn quantile(quantile: f64, filter: &str) -> KpiTable {
    let definition = Definition::new("mine")
        .name("自定", "Mine")
        .table("projects")
        .stock("signed_on")
        .days(Days::new("signed_on", "started_on").competing("cancelled_on").quantile(quantile));
    let catalog = Catalog::builtin().add(definition).expect("a definition");
    Query::new(["mine"]).filter(filter).catalog(Arc::new(catalog)).run(&ledger()).expect("an answer")
}

#[test]
fn on_one_day_the_event_comes_before_the_cancellation() {
    let csv = "项目编号,签约时间,开工时间,退出时间\nP1,2023-01-01,2023-01-31,2023-01-31\nP2,2023-01-01,2023-01-31,2023-01-30\n";
    let day = "2024-03-31".parse().expect("a day");
    let ledger = Ledger::reader().bytes("项目.csv", csv.as_bytes()).snapshot_on(day).finish().expect("a ledger");
    let board = Query::new(["days_signed_to_started"]).run(&ledger).expect("an answer");
    assert_eq!(told(&board.rows()[0]), (whole(30), 1, 2, 0, 1));
}

#[test]
fn an_undated_start_is_as_late_as_it_may_be() {
    // Signed 90 days before the ledger's day, and started: after 0 to 90 days. A cancellation of which nobody knows
    // the day may have come before the start, or after it.
    let csv = "项目编号,签约时间,开工时间,退出时间\nP1,2024-01-01,已开工,\nP2,2024-01-01,2024-01-31,待核实\n";
    let day = "2024-03-31".parse().expect("a day");
    let ledger = Ledger::reader().bytes("项目.csv", csv.as_bytes()).snapshot_on(day).finish().expect("a ledger");
    let of = |id: &str| {
        let query = Query::new(["days_signed_to_started"]).filter(format!("project_id = '{id}'"));
        query.run(&ledger).expect("an answer").rows()[0].clone()
    };
    let days = of("P1").durations.expect("a duration");
    assert_eq!((told(&of("P1")), days.shortest), ((whole(90), 1, 1, 0, 0), whole(0)));
    let days = of("P2").durations.expect("a duration");
    assert_eq!((told(&of("P2")), of("P2").unknown, days.shortest), ((None, 0, 1, 0, 0), 1, whole(30)));
}

#[test]
fn suspended_days_are_taken_out() {
    // 31 January to 20 February 2024 is 11 working days; 1 to 5 February stood still, of which 4 February, a Sunday,
    // was made up: 4 of them (1, 2, 4 and 5 February).
    let cases = "办件编号,受理时间,办结时间\nC1,2024-01-31,2024-02-20\n";
    let stops = "办件编号,中止开始,中止结束\nC1,2024-02-01,2024-02-05\n";
    let day = "2024-03-31".parse().expect("a day");
    let reader = Ledger::reader().bytes("办件.csv", cases.as_bytes()).bytes("中止.csv", stops.as_bytes());
    let ledger = reader.snapshot_on(day).finish().expect("a ledger");
    let board = Query::new(["case_working_days"]).run(&ledger).expect("an answer");
    assert_eq!(told(&board.rows()[0]), (whole(7), 1, 1, 0, 0));
}

#[test]
fn what_was_suspended_later_is_not_taken_out_of_an_earlier_wait() {
    let cases = "办件编号,受理时间,办结时间\nC1,2024-03-04,\nC2,2024-03-04,2024-03-25\nC3,2024-03-04,2024-03-12\n";
    let stops =
        "办件编号,中止开始,中止结束\nC1,2024-03-20,2024-03-22\nC2,2024-03-14,2024-03-22\nC3,2024-03-07,2024-03-08\n";
    let day = "2024-03-31".parse().expect("a day");
    let reader = Ledger::reader().bytes("办件.csv", cases.as_bytes()).bytes("中止.csv", stops.as_bytes());
    let ledger = reader.snapshot_on(day).finish().expect("a ledger");
    let ended = |as_of: &str| {
        let board = Query::new(["case_working_days"]).as_of(as_of).run(&ledger).expect("an answer");
        let curve = board.curve("case_working_days", &Cell::new(), 0.95).expect("a curve");
        let column = |name: &str| curve.column(name).expect(name).i64().expect("counts").clone();
        let (day, events, censored) = (column("day"), column("events"), column("censored"));
        let line = |row: usize| [&day, &events, &censored].map(|column| column.get(row).expect("a count"));
        (1..curve.height()).map(line).collect::<Vec<_>>()
    };
    // By Friday the 15th nine working days had passed since the 4th: C1 had waited for all of them, C2 for seven, for it
    // stood still on the 14th and the 15th. C3 was decided after six, two of which it stood still.
    assert_eq!(ended("2024-03-15"), [[4, 1, 0], [7, 0, 1], [9, 0, 1]]);
    // By the 31st, 19 had passed, three of which C1 stood still; C2 was decided after 15, and stood still on seven.
    assert_eq!(ended("2024-03-31"), [[4, 1, 0], [8, 1, 0], [16, 0, 1]]);
}

#[test]
fn any_quantile_may_be_asked() {
    // 6 tenths of five is three exactly: the third and the next, of which there is none.
    assert_eq!(quantile(0.6, "zone = '甲'").rows()[0].value, whole(100));
    assert_eq!(quantile(0.61, "zone = '甲'").rows()[0].value, None);
    assert_eq!(quantile(0.1, "zone = '甲'").rows()[0].value, whole(30));
    assert_eq!(quantile(0.25, "zone = '乙'").rows()[0].value, whole(15));
}

#[test]
fn outcomes_and_attrition_are_the_figures_of_the_cell() {
    let board = board();
    for zone in ["甲", "乙", "丙", "丁", "戊", "己", "庚"] {
        let row = row(zone);
        let rows = board.open("days_signed_to_started", &of(zone)).expect("rows");
        let outcomes = rows.column("outcome").expect("outcomes").str().expect("text").clone();
        let count = |name: &str| outcomes.iter().filter(|o| *o == Some(name)).count() as i64;
        let (_, reached, all, open, competing) = told(&row);
        assert_eq!(i128::from(count("met")), reached, "{zone}");
        assert_eq!(count("not_met"), open + competing, "{zone}");
        assert_eq!((count("unknown"), count("excluded")), (row.unknown, row.excluded), "{zone}");
        assert_eq!(i128::from(count("met") + count("not_met") + count("unknown")), all, "{zone}");
        let steps = board.attrition("days_signed_to_started", &of(zone), Language::En).expect("steps");
        let column = |name: &str| steps.column(name).expect(name).i64().expect("counts").clone();
        let (into, out, unknown) = (column("in"), column("out"), column("unknown"));
        let at = |cells: &Int64Chunked, i: usize| cells.get(i).expect("a count");
        for i in 1..steps.height() {
            let before = at(&into, i - 1) + if i + 1 == steps.height() { 0 } else { at(&unknown, i - 1) };
            assert_eq!(at(&into, i) + at(&out, i) + at(&unknown, i), before, "{zone}, step {i}");
        }
    }
    let rows = board.open("days_signed_to_started", &of("甲")).expect("rows");
    let longest: Vec<_> = rows.column("longest").expect("days").i64().expect("days").iter().collect();
    assert_eq!(longest, [Some(30), Some(60), Some(100), None, None]);
    let competing: Vec<_> = rows.column("competing").expect("truths").bool().expect("truths").iter().collect();
    assert_eq!(competing, [false, false, false, false, true].map(Some));
}

#[test]
fn medians_are_not_merged() {
    let board = board();
    let error = KpiTable::merge(std::slice::from_ref(&board), &["zone"]).expect_err("a median of medians");
    assert_eq!(error.code(), "merge_quantiles");
    let apart = KpiTable::merge(&[board], &[]).expect("nothing is added");
    assert_eq!(apart.rows().len(), 8);
}

#[test]
fn the_display_tells_what_is_missing() {
    let text = board().render(&DisplayOptions::new().language(Language::En)).to_string();
    assert!(text.contains("—§"), "{text}");
    assert!(
        text.contains("丁 Days from signing to start: 1 of 3 have reached it, 1 have not, 1 ended before"),
        "{text}"
    );
    assert!(
        text.contains(
            "戊 Days from signing to start: whatever the unknown dates of the members are: between 266 and 305"
        ),
        "{text}"
    );
    let half = Query::new(["days_signed_to_started"]).filter("project_id IN ('P21', 'P62')").run(&ledger());
    let text = half.expect("an answer").to_string();
    assert!(text.contains("8.5 天"), "{text}");
}

#[test]
fn a_duration_is_told_in_words() {
    let board = board();
    let zh = board.definition("days_signed_to_started", Language::Zh).expect("words");
    assert!(
        zh.contains("从签约时间到开工时间的天数，取半数对象已达到时的天数；未达到的排在最后，退出时间在先的也排在最后"),
        "{zh}"
    );
    let en = quantile(0.9, "TRUE").definition("mine", Language::En).expect("words");
    assert!(en.contains("those by which 90% of all had reached it"), "{en}");
}

#[test]
fn a_curve_lets_open_rows_count_as_long_as_they_were_seen() {
    let curve = board().curve("days_signed_to_started", &of("甲"), 0.95).expect("a curve");
    let column =
        |name: &str| curve.column(name).expect(name).i64().expect("counts").into_no_null_iter().collect::<Vec<_>>();
    assert_eq!(column("day"), [0, 30, 31, 60, 100, 455]);
    assert_eq!(column("at_risk"), [5, 5, 4, 3, 2, 1]);
    assert_eq!(column("events"), [0, 1, 0, 1, 1, 0]);
    assert_eq!(column("competing"), [0, 0, 1, 0, 0, 0]);
    assert_eq!(column("censored"), [0, 0, 0, 0, 0, 1]);
    let incidence: Vec<f64> =
        curve.column("incidence").expect("shares").f64().expect("shares").into_no_null_iter().collect();
    for (found, right) in incidence.iter().zip([0.0, 0.2, 0.2, 0.4, 0.6, 0.6]) {
        assert!((found - right).abs() <= 2.0 * f64::EPSILON, "{found} is not {right}");
    }
    // F = 0.2, variance 0.2 × 0.8 ÷ 5 = 0.032; 0.2 ^ exp(±1.959964 × √0.032 ÷ |0.2 × ln 0.2|), by hand.
    let lower = curve.column("lower").expect("ends").f64().expect("ends").get(1).expect("an end");
    let upper = curve.column("upper").expect("ends").f64().expect("ends").get(1).expect("an end");
    assert!((lower - 0.008369039906653).abs() < 1e-14, "{lower}");
    assert!((upper - 0.581853026048367).abs() < 1e-14, "{upper}");
    let error = board().curve("days_signed_to_started", &of("甲"), 1.5).expect_err("no confidence");
    assert_eq!(error.code(), "confidence_out_of_range");
    let starts = Query::new(["start_rate"]).run(&ledger()).expect("an answer");
    assert_eq!(starts.curve("start_rate", &Cell::new(), 0.95).expect_err("no duration").code(), "curve_of_days");
}

/// The spans of the Spring Festival of 2024, with two Sundays made up, by the notice 国办发明电〔2023〕7号: 8 and 11
/// working days; and cases beyond the calendar.
const CASES: &str = "\
办件编号,开发区,受理时间,办结时间
C1,甲,2024-02-02,2024-02-19
C2,甲,2024-01-31,2024-02-20
C3,乙,2003-12-30,2004-01-05
C4,乙,2024-03-01,
C5,乙,2024年2月初,2024-02-18
";

fn working(zone: &str) -> KpiTable {
    let day = "2024-03-31".parse().expect("a day");
    let ledger = Ledger::reader().bytes("办件.csv", CASES.as_bytes()).snapshot_on(day).finish().expect("a ledger");
    let definition = Definition::new("mine")
        .name("办理工作日", "Working days to decide")
        .table("cases")
        .stock("accepted_on")
        .days(Days::new("accepted_on", "decided_on").working());
    let catalog = Catalog::builtin().add(definition).expect("a definition");
    Query::new(["mine"]).filter(format!("zone = '{zone}'")).catalog(Arc::new(catalog)).run(&ledger).expect("an answer")
}

#[test]
fn working_days_go_by_the_calendar() {
    let board = working("甲");
    assert_eq!(board.rows()[0].value, Fraction::new(19, 2));
    assert!(board.to_string().contains("9.5 工作日"), "{board}");
}

#[test]
fn outside_of_the_calendar_a_row_is_unknown() {
    let board = working("乙");
    let row = &board.rows()[0];
    // C5 was accepted on one of 1 to 10 February; 18 February 2024 was a Sunday made up. From 1 February: 2, 4, 5, 6,
    // 7, 8, 9 and 18 (the festival began on the 10th) are 8 working days; from the 10th, 1.
    assert_eq!((row.unknown, row.numerator.map(|n| n.unscaled), row.value), (1, Some(1), None));
    let notes = board.notes(Language::En).join("\n");
    assert!(
        notes.contains("1 rows of the table that 'Working days to decide' reads have days outside of the calendar"),
        "{notes}"
    );
    let rows = board.open("mine", &Cell::new()).expect("rows");
    let days = |name: &str| rows.column(name).expect(name).i64().expect("days").get(2);
    assert_eq!((days("shortest"), days("longest")), (Some(1), Some(8)));
}

#[test]
fn a_case_without_a_start_is_left_out() {
    let csv = "项目编号,签约时间,立项时间,开工时间\nP1,2023-01-01,,2023-03-01\nP2,2023-01-01,2023-01-11,2023-01-31\n";
    let day = "2024-03-31".parse().expect("a day");
    let ledger = Ledger::reader().bytes("项目.csv", csv.as_bytes()).snapshot_on(day).finish().expect("a ledger");
    let definition = Definition::new("mine")
        .name("自定", "Mine")
        .table("projects")
        .stock("signed_on")
        .days(Days::new("approved_on", "started_on"));
    let catalog = Catalog::builtin().add(definition).expect("a definition");
    let board = Query::new(["mine"]).catalog(Arc::new(catalog)).run(&ledger).expect("an answer");
    let row = &board.rows()[0];
    assert_eq!((told(row), row.excluded), ((whole(20), 1, 1, 0, 0), 1));
    let rows = board.open("mine", &Cell::new()).expect("rows");
    let reasons: Vec<_> = rows.column("excluded").expect("reasons").str().expect("text").iter().collect();
    assert_eq!(reasons, [Some("not_begun"), None]);
}

#[test]
fn a_wrong_duration_is_refused_when_it_is_defined() {
    let refused = |days: Days| {
        let definition = Definition::new("mine").name("自定", "Mine").table("projects").stock("signed_on").days(days);
        Catalog::builtin().add(definition).expect_err("a wrong definition").code()
    };
    assert_eq!(refused(Days::new("signed_on", "planned_start_on")), "days_need_events");
    assert_eq!(refused(Days::new("signed_on", "signed_on")), "days_of_one_event");
    assert_eq!(refused(Days::new("signed_on", "started_on").competing("started_on")), "days_of_one_event");
    assert_eq!(refused(Days::new("signed_on", "started_on").minus("investment_cny")), "days_minus_not_whole");
    let suspended = Days::new("accepted_on", "decided_on").minus("suspended_days");
    let definition = Definition::new("mine").name("自定", "Mine").table("cases").stock("accepted_on").days(suspended);
    assert_eq!(Catalog::builtin().add(definition).expect_err("natural").code(), "days_minus_working");
    assert_eq!(refused(Days::new("signed_on", "started_on").quantile(1.0)), "statistic_out_of_range");
    assert_eq!(refused(Days::new("signed_on", "started_on").quantile(f64::NAN)), "statistic_out_of_range");
    assert_eq!(refused(Days::new("signed_on", "startet_on")), "unknown_column");
}

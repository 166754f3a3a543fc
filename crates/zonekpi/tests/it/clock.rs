//! The legal clock of cases in a ledger: due dates and suspended days, and the indicators that read them. Each case is
//! worked out by hand; the rules are of 行政许可法 §42, §45 and §82, and of 民法典 §201 and §203.

use zonekpi::polars::prelude::{AnyValue, DataFrame};
use zonekpi::{Calendar, Cell, Kind, Language, Ledger, Query, Reader, Row};

/// A ledger of cases as of a day.
fn reader(snapshot_on: &str, cases: &str) -> Reader {
    let reader = Ledger::reader().snapshot_on(snapshot_on.parse().expect("a day"));
    reader.table("cases").bytes("办件.csv", cases.as_bytes())
}

pub(crate) fn ledger(snapshot_on: &str, cases: &str) -> Ledger {
    reader(snapshot_on, cases).finish().expect("a ledger")
}

/// A ledger of cases and of their suspensions.
pub(crate) fn suspended(snapshot_on: &str, cases: &str, suspensions: &str) -> Ledger {
    let reader = Ledger::reader().snapshot_on(snapshot_on.parse().expect("a day"));
    let reader = reader.bytes("办件.csv", cases.as_bytes()).bytes("中止.csv", suspensions.as_bytes());
    reader.finish().expect("a ledger")
}

pub(crate) fn cases(ledger: &Ledger) -> &DataFrame {
    ledger.table("cases").expect("cases").frame().expect("rows")
}

/// The cells of a column as texts; blank where there is nothing, `-` where there is no such column.
pub(crate) fn shown(ledger: &Ledger, name: &str) -> Vec<String> {
    let frame = cases(ledger);
    let Ok(column) = frame.column(name) else { return vec!["-".to_owned(); frame.height()] };
    let cell = |row| match column.get(row).expect("a cell") {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => text.to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        other => other.to_string(),
    };
    (0..frame.height()).map(cell).collect()
}

pub(crate) fn one(ledger: &Ledger, query: Query) -> Row {
    let answer = query.run(ledger).expect("an answer");
    assert_eq!(answer.rows().len(), 1);
    answer.rows()[0].clone()
}

/// Numerator, denominator and unknown.
pub(crate) fn share(ledger: &Ledger, id: &str) -> (i128, i128, i64) {
    let row = one(ledger, Query::new([id]).period("cumulative"));
    let whole = |number: Option<zonekpi::Decimal>| number.map(|n| n.unscaled).unwrap_or_default();
    (whole(row.numerator), whole(row.denominator), row.unknown)
}

pub(crate) fn codes(ledger: &Ledger) -> Vec<&str> {
    ledger.issues().iter().map(|issue| issue.code.as_str()).collect()
}

const HEAD: &str = "办件编号,受理时间,办结时间,承诺时限（工作日）,法定时限（工作日）\n";

/// 行政许可法 §82: the days of a limit are working days; 民法典 §201: the day of acceptance is none of them.
#[test]
fn a_case_is_due_by_its_promise_else_by_law() {
    // Accepted on Friday 2 February 2024, before the Spring Festival: 8 working days end on the 19th, 11 on the 22nd.
    let ledger = ledger("2024-03-31", &format!("{HEAD}C1,2024-02-02,2024-02-19,8,11\nC2,2024-02-02,2024-02-20,,8\n"));
    assert_eq!(shown(&ledger, "promised_due_on"), ["2024-02-19", ""]);
    assert_eq!(shown(&ledger, "statutory_due_on"), ["2024-02-22", "2024-02-19"]);
    assert_eq!(shown(&ledger, "due_on"), ["2024-02-19", "2024-02-19"]);
    assert_eq!(shown(&ledger, "due_on_from"), ["-", "-"]);
    assert_eq!(shown(&ledger, "suspended_days"), ["0", "0"]);
    assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 0));
    assert_eq!(share(&ledger, "statutory_on_time_rate"), (1, 2, 0));
    // Closed on the last day is not before it; a case without a promise is not in it.
    let head = format!("{},是否即办\n", HEAD.trim_end());
    let text = format!(
        "{head}C1,2024-02-02,2024-02-19,8,11,否\nC2,2024-02-02,2024-02-09,8,11,否\nC3,2024-02-02,2024-02-02,8,11,是\n"
    );
    let ledger = self::ledger("2024-03-31", &text);
    assert_eq!(share(&ledger, "early_closure_rate"), (1, 2, 0));
    assert!(codes(&ledger).is_empty(), "{:?}", codes(&ledger));
}

#[test]
fn the_made_columns_stand_where_the_schema_has_them() {
    let ledger = ledger("2024-03-31", &format!("{HEAD}C1,2024-02-02,2024-02-19,8,11\n"));
    let names = cases(&ledger).get_column_names();
    let place =
        |name: &str| names.iter().position(|n| n.as_str() == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
    let order =
        ["statutory_limit_unit", "promised_due_on", "statutory_due_on", "due_on", "suspended_days", "accepted_on"];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{names:?}");
}

/// 行政许可法 §45: what stands still is not in the limit.
#[test]
fn suspensions_before_across_and_after_the_last_day() {
    // Five working days from Monday 4 March 2024 end on Monday the 11th.
    let text = format!(
        "{HEAD}C1,2024-03-04,2024-03-14,5,\nC2,2024-03-04,2024-03-14,5,\nC3,2024-03-04,2024-03-14,5,\nC4,2024-03-04,2024-03-14,5,\n"
    );
    let suspensions = "办件编号,中止开始,中止结束\n\
        C1,2024-03-06,2024-03-08\nC2,2024-03-11,2024-03-13\nC3,2024-03-12,2024-03-29\nC4,2024-03-05,2024-03-06\nC4,2024-03-06,2024-03-07\n";
    let ledger = suspended("2024-03-31", &text, suspensions);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-14", "2024-03-14", "2024-03-11", "2024-03-14"]);
    // C3 stood still from the 12th until it was decided on the 14th: too late to matter.
    assert_eq!(shown(&ledger, "suspended_days"), ["3", "3", "3", "3"]);
    assert_eq!(share(&ledger, "on_time_rate"), (3, 4, 0));
}

#[test]
fn a_case_that_still_stands_still_is_due_on_an_unknown_day_to_come() {
    let text = format!("{HEAD}C1,2024-03-04,,5,\nC2,2024-03-04,,5,\nC3,2024-03-04,,5,\n");
    // C1 has limit left; C2 had used it up; C3 goes on again by plan only.
    let suspensions = "办件编号,中止开始,中止结束\nC1,2024-03-06,\nC2,2024-03-12,\nC3,2024-03-06,2024-04-30\n";
    let ledger = suspended("2024-03-31", &text, suspensions);
    assert_eq!(shown(&ledger, "due_on"), ["", "2024-03-11", ""]);
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-04-01", "", "2024-04-01"]);
    assert_eq!(shown(&ledger, "due_on_state"), ["open", "", "open"]);
    let count = |condition: &str| {
        let row = one(&ledger, Query::new(["accepted_cases"]).period("cumulative").filter(condition));
        (row.numerator.map(|n| n.unscaled), row.population_unknown)
    };
    assert_eq!(count("due_on < as_of"), (Some(1), 0), "only what is surely past");
    assert_eq!(count("NOT due_on < as_of"), (Some(2), 0));
    assert_eq!(count("due_on IS NOT NULL"), (Some(3), 0));
    assert_eq!(count("due_on <= '2024-05-01'"), (Some(1), 2), "what lies ahead is unknown");
    assert_eq!(count("due_on = '2024-03-11'"), (Some(1), 0));
    assert_eq!(count("due_on IN ('2024-03-11', '2024-05-06')"), (Some(1), 2));
    assert_eq!(count("due_on + 1 <= as_of"), (Some(1), 0));
    let overdue = one(&ledger, Query::new(["overdue_open_cases"]));
    assert_eq!((overdue.numerator.map(|n| n.unscaled), overdue.unknown), (Some(1), 0));
    // Of the cases due in March there is one; whether the others fall due in April nobody knows.
    let march = one(&ledger, Query::new(["due_on_time_rate"]).period("2024-03"));
    assert_eq!((march.denominator.map(|d| d.unscaled), march.population_unknown), (Some(1), 0));
    let april = one(&ledger, Query::new(["due_on_time_rate"]).period("2024-04"));
    assert_eq!((april.denominator.map(|d| d.unscaled), april.population_unknown), (Some(0), 2));
}

#[test]
fn an_imprecise_acceptance_gives_a_first_and_a_last_due_day() {
    // 2024年3月初 is 1 to 10 March: five working days end on the 8th (Friday) at the earliest, on the 15th at the latest.
    let text = format!(
        "{HEAD}C1,2024年3月初,2024-03-08,5,\nC2,2024年3月初,2024-03-12,5,\nC3,2024年3月初,2024-03-18,5,\nC4,已受理,2024-03-18,5,\n"
    );
    let ledger = ledger("2024-03-31", &text);
    assert_eq!(shown(&ledger, "due_on")[..3], ["2024-03-15", "2024-03-15", "2024-03-15"]);
    assert_eq!(shown(&ledger, "due_on_from")[..3], ["2024-03-08", "2024-03-08", "2024-03-08"]);
    assert_eq!(shown(&ledger, "due_on_state")[..3], ["", "", ""]);
    // Accepted by 31 March on an unknown day: due by 8 April (4 to 6 April are off, Sunday the 7th was made up).
    assert_eq!(
        (shown(&ledger, "due_on")[3].as_str(), shown(&ledger, "due_on_state")[3].as_str()),
        ("2024-04-08", "open")
    );
    assert_eq!(share(&ledger, "on_time_rate"), (1, 4, 2), "surely on time, unknown, surely late, unknown");
}

/// 民法典 §201: hours begin at a time of day, which a ledger does not tell.
#[test]
fn hours_are_known_up_to_the_day() {
    let text = "办件编号,受理时间,办结时间,承诺时限\nC1,2024-03-04,2024-03-04,7小时\nC2,2024-03-04,2024-03-05,7小时\nC3,2024-03-04,2024-03-05,24小时\nC4,2024-03-04,2024-03-06,7小时\n";
    let ledger = ledger("2024-03-31", text);
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-04", "2024-03-04", "", "2024-03-04"]);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-05"; 4]);
    assert_eq!(share(&ledger, "on_time_rate"), (2, 4, 1));
}

/// 民法典 §200 and §203: days of the calendar, and a last day that is off; 行政许可法 §42: extensions.
#[test]
fn natural_days_and_extensions() {
    let text = "办件编号,受理时间,办结时间,承诺时限,延长天数\nC1,2024-01-31,2024-02-18,10天,\nC2,2024-03-01,2024-04-15,20个工作日,10\nC3,2024-03-01,2024-04-15,20个工作日,待定\n";
    let ledger = ledger("2024-04-30", text);
    assert_eq!(shown(&ledger, "due_on"), ["2024-02-18", "2024-04-15", ""]);
    // An extension that cannot be read may be none: 20 working days end on 29 March.
    assert_eq!(shown(&ledger, "due_on_from")[2], "2024-03-29");
    assert_eq!(share(&ledger, "on_time_rate"), (2, 3, 1));
}

#[test]
fn a_limit_without_a_unit_is_due_on_an_unknown_day() {
    let ledger = ledger(
        "2024-03-31",
        "办件编号,受理时间,办结时间,承诺时限\nC1,2024-03-04,2024-03-05,5\nC2,2024-03-04,2024-03-01,\n",
    );
    assert_eq!(codes(&ledger).iter().filter(|code| **code == "limit_unit_missing").count(), 1);
    assert_eq!(shown(&ledger, "due_on_state"), ["open", ""]);
    assert_eq!(share(&ledger, "on_time_rate"), (0, 1, 1));
}

#[test]
fn an_unreadable_limit_leaves_the_membership_unknown() {
    let ledger = ledger(
        "2024-03-31",
        "办件编号,受理时间,办结时间,承诺时限（工作日）\nC1,2024-03-04,2024-03-05,尽快\nC2,2024-03-04,2024-03-05,5\n",
    );
    let row = one(&ledger, Query::new(["on_time_rate"]).period("cumulative"));
    assert_eq!((row.denominator.map(|d| d.unscaled), row.population_unknown), (Some(1), 1));
}

#[test]
fn a_decided_case_was_accepted_on_some_day() {
    let ledger = ledger("2024-03-31", &format!("{HEAD}C1,,2024-03-05,5,\nC2,,,5,\nC3,2024-03-04,2024-03-05,5,\n"));
    // Of C1 the day of acceptance is missing; C2 has not been accepted, and no limit runs.
    assert_eq!(shown(&ledger, "due_on_state"), ["open", "", ""]);
    assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 1));
}

#[test]
fn outside_of_the_calendar_a_row_is_unknown_and_the_query_answers() {
    let text = format!("{HEAD}C1,2026-12-28,2027-01-08,5,\nC2,2026-12-21,2026-12-23,3,\nC3,2027-03-01,2027-03-05,5,\n");
    let ledger = ledger("2027-03-31", &text);
    assert_eq!(shown(&ledger, "due_on"), ["", "2026-12-24", ""]);
    assert_eq!(shown(&ledger, "due_on_state"), ["open", "", "open"]);
    let issues: Vec<_> = ledger.issues().iter().filter(|issue| issue.code.as_str() == "due_uncovered").collect();
    assert_eq!(issues.iter().map(|issue| issue.row).collect::<Vec<_>>(), [Some(2), Some(4)]);
    assert_eq!(issues[0].column.as_deref(), Some("承诺时限（工作日）"));
    let said = issues[0].message.text(Language::En);
    assert_eq!(
        said,
        "accepted on 2026-12-28 with a limit of 5: the due date lies outside the calendar (2004-01-01 to 2026-12-31)"
    );
    assert_eq!(share(&ledger, "on_time_rate"), (1, 3, 2));
    // What is surely not due by the end of the calendar is not overdue.
    let row = one(&ledger, Query::new(["overdue_open_cases"]).as_of("2026-12-31"));
    assert_eq!((row.numerator.map(|n| n.unscaled), row.unknown), (Some(0), 0));
}

/// The notices of the General Office of the State Council come a year at a time.
#[test]
fn a_calendar_of_ones_own_covers_the_years_after() {
    let notice = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/calendar/2027.csv");
    let calendar = Calendar::read(notice).expect("a calendar");
    let text = format!("{HEAD}C1,2026-12-28,2027-01-08,5,\n");
    let ledger = reader("2027-03-31", &text).calendar(calendar).finish().expect("a ledger");
    // 29, 30, 31 December, then Monday 4 and Tuesday 5 January 2027.
    assert_eq!(shown(&ledger, "due_on"), ["2027-01-05"]);
    assert!(codes(&ledger).is_empty(), "{:?}", codes(&ledger));
}

#[test]
fn late_december_is_provisional_and_says_so() {
    // 26 December 2026 is a Saturday; the notice of 2027 may yet move it.
    let ledger = ledger("2026-12-31", &format!("{HEAD}C1,2026-12-21,2026-12-29,5,\nC2,2026-12-01,2026-12-02,5,\n"));
    assert_eq!(shown(&ledger, "due_on"), ["2026-12-28", "2026-12-08"]);
    assert_eq!(codes(&ledger), ["due_provisional"]);
    let answer = Query::new(["on_time_rate"]).period("cumulative").run(&ledger).expect("an answer");
    let notes = answer.notes(Language::En);
    assert!(notes.iter().any(|n| n.starts_with("1 days in 'due_on' of the ledger lie after 2026-12-25")), "{notes:?}");
}

#[test]
fn each_answer_tells_of_the_provisional_days_that_it_reads() {
    // Promised by Thursday the 24th, by law by Monday the 28th.
    let ledger = ledger("2026-12-31", &format!("{HEAD}C1,2026-12-21,2026-12-29,3,5\n"));
    assert_eq!(shown(&ledger, "due_on"), ["2026-12-24"]);
    let issues: Vec<_> = ledger.issues().iter().map(|i| (i.code.as_str(), i.column.as_deref())).collect();
    assert_eq!(issues, [("due_provisional", Some("法定时限（工作日）"))]);
    let notes = |id: &str| {
        let answer = Query::new([id]).period("cumulative").run(&ledger).expect("an answer");
        answer.notes(Language::En).into_iter().filter(|note| note.contains("may move")).collect::<Vec<_>>()
    };
    assert_eq!(notes("on_time_rate"), Vec::<String>::new());
    let told = "1 days in 'statutory_due_on' of the ledger lie after 2026-12-25, and may move with the holidays";
    assert_eq!(notes("statutory_on_time_rate"), [told]);
    // What the ledger says itself moves with no notice.
    let own = format!("{},法定到期日\nC1,2026-12-21,2026-12-29,3,5,2026-12-28\n", HEAD.trim_end());
    assert_eq!(codes(&self::ledger("2026-12-31", &own)), Vec::<&str>::new());
}

#[test]
fn a_file_without_due_dates_has_those_of_its_limits() {
    let of = |second: &str| {
        let first = "办件编号,受理时间,承诺时限（工作日）,到期日\nC1,2024-03-04,5,2024-03-18\n";
        let reader = Ledger::reader().snapshot_on("2024-03-31".parse().expect("a day"));
        let reader = reader.bytes("一.csv", first.as_bytes()).bytes("二.csv", second.as_bytes());
        reader.finish().expect("a ledger")
    };
    let ledger = of("办件编号,受理时间,承诺时限（工作日）\nC2,2024-03-04,5\nC3,2024-03-04,\n");
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-18", "2024-03-11", ""]);
    assert_eq!(shown(&ledger, "due_on_state"), ["-"; 3], "C3 has no limit, so that it is never due");
    let told: Vec<_> = ledger.issues().iter().map(|i| (i.code.as_str(), i.action.text(Language::En))).collect();
    assert_eq!(told, [("due_differs", "kept".to_owned()), ("due_filled", "derived".to_owned())]);
    assert_eq!(ledger.issues()[1].value.as_deref(), Some("2"));
    // Where nothing gives them they are unknown.
    let ledger = of("办件编号,受理时间\nC2,2024-03-04\n");
    assert_eq!(
        (shown(&ledger, "due_on"), shown(&ledger, "due_on_state")[1].as_str()),
        (vec!["2024-03-18".into(), String::new()], "unreadable")
    );
}

#[test]
fn due_dates_of_files_without_any_limit_are_unknown_where_they_are_missing() {
    let reader = Ledger::reader().snapshot_on("2024-03-31".parse().expect("a day"));
    let reader = reader.bytes("一.csv", "办件编号,受理时间,到期日\nC1,2024-03-04,2024-03-18\n".as_bytes());
    let ledger = reader.bytes("二.csv", "办件编号,受理时间\nC2,2024-03-04\n".as_bytes()).finish().expect("a ledger");
    assert_eq!(shown(&ledger, "due_on_state"), ["", "unreadable"]);
    let issue = &ledger.issues()[0];
    assert_eq!((issue.code.as_str(), issue.file.as_deref()), ("column_absent", Some("二.csv")));
    assert_eq!(issue.message.text(Language::En), "this file has no column '到期日', while others of the same table do");
}

#[test]
fn a_due_date_of_the_ledger_stays_and_a_conflict_is_told() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,到期日\nC1,2024-03-04,2024-03-12,5,2024-03-11\nC2,2024-03-04,2024-03-12,5,2024-03-18\nC3,2024-03-04,2024-03-12,5,\n";
    let ledger = ledger("2024-03-31", text);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-11", "2024-03-18", "2024-03-11"], "what is blank is made");
    assert_eq!(shown(&ledger, "promised_due_on"), ["2024-03-11"; 3], "what is not given is made");
    let issues: Vec<_> = ledger.issues().iter().map(|issue| (issue.code.as_str(), issue.row)).collect();
    assert_eq!(issues, [("due_differs", Some(3)), ("due_filled", None)]);
    // C1 and C3 are a day late.
    assert_eq!(share(&ledger, "on_time_rate"), (1, 3, 0));
}

#[test]
fn a_column_of_due_dates_that_nobody_filled_in_loses_no_case() {
    let head = "办件编号,受理时间,办结时间,承诺时限（工作日）";
    let rows = ["C1,2024-03-04,2024-03-11,5", "C2,2024-03-04,2024-03-12,5", "C3,2024-03-04,,5"];
    let with = |tail: &str, due: &str| {
        let rows: String = rows.iter().map(|row| format!("{row}{due}\n")).collect();
        ledger("2024-03-31", &format!("{head}{tail}\n{rows}"))
    };
    for ledger in [with("", ""), with(",到期日", ",")] {
        assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 0));
        assert_eq!(share(&ledger, "due_on_time_rate"), (1, 3, 0));
    }
}

#[test]
fn a_suspension_that_nobody_ended_makes_no_decided_case_on_time() {
    // Five working days from 4 March end on 11 March; a suspension since the 5th may have ended on any day.
    let text =
        "办件编号,受理时间,办结时间,承诺时限（工作日）\nC1,2024-03-04,2024-03-11,5\nC2,2024-03-04,2024-03-20,5\n";
    let ledger = suspended("2024-03-31", text, "办件编号,中止开始,中止结束\nC1,2024-03-05,\nC2,2024-03-05,\n");
    // The 5th itself stood still, so that the 12th is the earliest end: C1 is on time, of C2 nobody can tell. The last
    // has all five days after the decision: from the 12th on, and from the 21st on.
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-12"; 2]);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-18", "2024-03-27"]);
    assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 1));
    assert_eq!(codes(&ledger), ["suspension_open"; 2]);
}

/// 行政许可法 §42: a limit may be extended once, by days of its own sort unless it is said otherwise.
#[test]
fn an_extension_has_days_of_its_own() {
    // Ten natural days from 8 April 2024 end on the 18th; five working days on is the 25th.
    for (head, cell) in [("延长工作日", "5"), ("延长天数（工作日）", "5"), ("延长天数", "5个工作日")]
    {
        let text = format!("办件编号,受理时间,承诺时限（自然日）,{head}\nA,2024-04-08,10,{cell}\n");
        assert_eq!(shown(&ledger("2024-06-28", &text), "due_on"), ["2024-04-25"], "{head} {cell}");
    }
    // Three working days from Friday the 12th end on the 17th; five natural days on is the 22nd, and five days are
    // those of the limit (行政许可法 §42): the 24th.
    for (cell, due) in [("5自然日", "2024-04-22"), ("5", "2024-04-24"), ("5天", "2024-04-24")] {
        let text = format!("办件编号,受理时间,承诺时限（工作日）,延长天数\nA,2024-04-12,3,{cell}\n");
        assert_eq!(shown(&ledger("2024-06-28", &text), "due_on"), [due], "{cell}");
    }
}

#[test]
fn days_of_a_limit_that_say_no_more_are_natural_with_a_note() {
    let told = |text: &str| codes(&ledger("2024-06-28", text)).join(" ");
    assert_eq!(told("办件编号,受理时间,承诺时限（天）\nA,2024-03-01,5\n"), "limit_days_natural");
    assert_eq!(told("办件编号,受理时间,承诺时限\nA,2024-03-01,5日\n"), "limit_days_natural");
    assert_eq!(told("办件编号,受理时间,承诺时限（自然日）\nA,2024-03-01,5\n"), "");
    // The cell says more than the head.
    assert_eq!(told("办件编号,受理时间,承诺时限（天）\nA,2024-03-01,5个工作日\n"), "");
}

#[test]
fn a_month_of_due_dates_is_its_last_day_and_no_other_than_one_of_its_days() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,应办结时间\n\
                A,2024-02-02,2024-02-10,8,2024年2月\nB,2024-02-02,2024-03-01,8,2024年2月\n";
    let ledger = ledger("2024-06-28", text);
    // The counted day is 19 February, which the month holds; by the 29th only A was decided.
    assert_eq!(codes(&ledger), ["date_last_day_taken"; 2]);
    assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 0));
    // The last day of the month as it is written is another than the 19th.
    let ledger = self::ledger("2024-06-28", &text.replace("2024年2月", "2024-02-29"));
    assert_eq!(codes(&ledger), ["due_differs"; 2]);
}

#[test]
fn a_row_of_data_is_no_second_row_of_heads() {
    let text = "项目名称,,开工时间,总投资（万元）\n光伏,厂房项目,,\n风电,叶片项目,2024-03-01,500\n";
    let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
    assert_eq!(ledger.table("projects").expect("projects").height(), 2);
    // Nor is what stands below a known head taken from it.
    let text = "办件编号,受理时间,,办结时间\n,日期,时刻,\nA,2024-03-04,9:00,2024-03-11\n";
    let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
    assert!(cases(&ledger).column("accepted_on").is_ok());
    let text = "办件编号,受理时间,承诺时限,,办结时间\n,,时限,单位,\nA,2024-03-04,5,工作日,2024-03-11\n";
    let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
    assert!(cases(&ledger).column("promised_limit").is_ok());
}

#[test]
fn lists_that_fit_two_tables_alike_are_asked_about() {
    let refused = |text: &str| {
        let read = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish();
        read.expect_err("it fits two tables").code()
    };
    assert_eq!(
        refused("办件编号,受理时间,办结时间,开始时间,结束时间\nA,2024-03-04,2024-03-11,2024-03-05,2024-03-06\n"),
        "table_unclear"
    );
    assert_eq!(refused("事项名称,部门,受理时间\n备案,乙,2024-03-04\n"), "table_unclear");
}

#[test]
fn general_words_make_no_cases_of_other_lists() {
    let table = |text: &str| {
        let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
        ledger.reading().iter().map(|reading| reading.table.clone()).collect::<Vec<_>>().concat()
    };
    assert_eq!(table("编号,项目名称,开工时间,截止日期,延期\nP1,甲,2024-03-04,2024-05-01,否\n"), "projects");
    assert_eq!(table("编号,任务,责任单位,到期日,完成时间,延期\nT1,甲,乙,2024-03-04,2024-03-01,否\n"), "tasks");
    // 延期 as an answer is no number of days.
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,延期\nA,2024-03-04,2024-03-11,5,否\n";
    let ledger = ledger("2024-06-28", text);
    assert_eq!((share(&ledger, "on_time_rate"), codes(&ledger)), ((1, 1, 0), vec!["column_concerns"]));
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止天数\nA,2024-03-04,2024-03-11,5,未中止\nB,2024-03-04,2024-03-11,5,-3\n";
    let ledger = self::ledger("2024-06-28", text);
    assert_eq!(shown(&ledger, "suspended_days"), ["0", ""]);
    assert_eq!(share(&ledger, "on_time_rate"), (2, 2, 0));
}

#[test]
fn nothing_shortens_a_limit() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,延长天数\nC1,2024-03-04,2024-03-08,5,-3\n";
    let ledger = ledger("2024-03-31", text);
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-11"]);
    assert_eq!(shown(&ledger, "due_on_state"), ["open"]);
}

#[test]
fn due_dates_come_back_from_frames_and_workbooks() {
    let text = format!(
        "{HEAD}C1,2024-03-04,,5,\nC2,2024年3月初,2024-03-12,5,\nC3,已受理,,5,\nC4,2024-03-04,2024-03-05,,\nC5,2024-03-04,2024-03-05,尽快,\n"
    );
    let ledger = suspended("2024-03-31", &text, "办件编号,中止开始,中止结束\nC1,2024-03-06,\n");
    let columns = ["due_on", "due_on_from", "due_on_state", "suspended_days"];
    let all = |ledger: &Ledger| columns.map(|name| shown(ledger, name));
    let again = Ledger::reader().snapshot_on(ledger.snapshot_on()).frame("cases", cases(&ledger).clone());
    assert_eq!(all(&again.finish().expect("a ledger")), all(&ledger));
    let path = std::env::temp_dir().join(format!("zonekpi-clock-{}.xlsx", std::process::id()));
    ledger.write_excel(&path, Language::Zh).expect("a workbook");
    let again = Ledger::reader().snapshot_on(ledger.snapshot_on()).read([&path]);
    let _ = std::fs::remove_file(&path);
    assert_eq!(all(&again.expect("a ledger")), all(&ledger));
}

#[test]
fn working_days_between_is_three_valued() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）\n\
        C1,2024-02-02,2024-02-19,8\nC2,2024-02-02,2024-02-20,8\nC3,2024年2月,2024-02-20,8\nC4,2024-02-02,,8\nC5,2003-12-01,2024-02-20,8\n";
    let ledger = ledger("2024-03-31", text);
    let count = |condition: &str| {
        let row = one(&ledger, Query::new(["accepted_cases"]).period("cumulative").filter(condition));
        (row.numerator.map(|n| n.unscaled), row.population_unknown)
    };
    // 8, 9, unknown, none, not covered.
    assert_eq!(count("working_days_between(accepted_on, decided_on) <= 8"), (Some(1), 2));
    assert_eq!(count("working_days_between(accepted_on, decided_on) = 9"), (Some(1), 2));
    assert_eq!(count("working_days_between(decided_on, accepted_on) = -9"), (Some(1), 2));
    assert_eq!(count("working_days_between(accepted_on, decided_on) <> 8"), (Some(2), 2), "none differs from all");
    let answer = Query::new(["accepted_cases"])
        .period("cumulative")
        .filter("working_days_between(accepted_on, decided_on) <= 8")
        .run(&ledger)
        .expect("an answer");
    assert!(answer.calendar().is_some());
}

#[test]
fn an_answer_tells_the_calendar_that_it_depends_on() {
    let ledger = ledger("2024-03-31", &format!("{HEAD}C1,2024-03-04,2024-03-05,5,\n"));
    let answer = Query::new(["on_time_rate"]).run(&ledger).expect("an answer");
    assert_eq!(answer.calendar().map(Calendar::version), Some(ledger.calendar().version()));
    let version = ledger.calendar().version();
    assert_eq!(
        answer.notes(Language::En),
        [
            format!(
                "working days by the notices of 2004-01-01 to 2026-12-31 (version {version}), provisional after 2026-12-25"
            ),
            "the ledger has no table of suspensions: due dates are counted as if nothing had been suspended".to_owned(),
        ]
    );
    let other = Query::new(["accepted_cases"]).run(&ledger).expect("an answer");
    assert!(other.calendar().is_none());
    assert!(other.notes(Language::En).is_empty());
}

#[test]
fn without_a_limit_the_indicator_says_what_it_needs() {
    let ledger = ledger("2024-03-31", "办件编号,受理时间,办结时间\nC1,2024-03-04,2024-03-05\n");
    let error = Query::new(["on_time_rate"]).run(&ledger).expect_err("no limit");
    assert_eq!(error.code(), "missing_columns");
    assert!(error.text(Language::Zh).contains("有了“承诺时限”，“到期日”可由它得出"), "{}", error.text(Language::Zh));
}

#[test]
fn rows_of_a_cell_show_why_a_case_is_late() {
    let ledger = ledger("2024-03-31", &format!("{HEAD}C1,2024-02-02,2024-02-20,8,\nC2,2024-02-02,2024-02-19,8,\n"));
    let answer = Query::new(["on_time_rate"]).period("cumulative").run(&ledger).expect("an answer");
    let rows = answer.open("on_time_rate", &Cell::new()).expect("rows");
    let outcome: Vec<_> = rows.column("outcome").expect("outcomes").str().expect("texts").iter().flatten().collect();
    assert_eq!(outcome, ["not_met", "met"]);
    assert!(rows.column("due_on").is_ok());
    let spec = ledger.table("cases").expect("cases").spec();
    assert_eq!(spec.column("due_on").map(|column| column.kind), Some(Kind::Date));
}

/// The day of acceptance, and the fifth working day after it, over every weekend that the notices of 2023 to 2026 made
/// up and over every holiday in them (国办发明电〔2022〕16号, 〔2023〕7号, 〔2024〕12号, 〔2025〕7号), counted by hand.
const FIVE_DAYS: [(&str, &str); 33] = [
    ("2023-01-20", "2023-02-01"), // 28, 29 January made up
    ("2023-04-04", "2023-04-12"),
    ("2023-04-21", "2023-04-27"), // 23 April
    ("2023-04-28", "2023-05-09"), // 6 May
    ("2023-06-21", "2023-06-29"), // 25 June
    ("2023-09-28", "2023-10-11"), // 7, 8 October
    ("2023-12-29", "2024-01-08"), // over the year's end
    ("2024-02-02", "2024-02-08"), // 4 February
    ("2024-02-09", "2024-02-22"), // 18 February
    ("2024-04-03", "2024-04-11"), // 7 April
    ("2024-04-26", "2024-05-07"), // 28 April
    ("2024-05-10", "2024-05-16"), // 11 May
    ("2024-06-07", "2024-06-17"),
    ("2024-09-13", "2024-09-23"), // 14 September
    ("2024-09-27", "2024-10-10"), // 29 September
    ("2024-10-11", "2024-10-17"), // 12 October
    ("2024-12-31", "2025-01-08"), // over the year's end
    ("2025-01-24", "2025-02-07"), // 26 January
    ("2025-02-07", "2025-02-13"), // 8 February
    ("2025-04-03", "2025-04-11"),
    ("2025-04-25", "2025-05-06"), // 27 April
    ("2025-05-30", "2025-06-09"),
    ("2025-09-26", "2025-10-10"), // 28 September
    ("2025-10-10", "2025-10-16"), // 11 October
    ("2025-12-31", "2026-01-08"), // 4 January, over the year's end
    ("2026-02-13", "2026-02-27"), // 14 February
    ("2026-02-27", "2026-03-05"), // 28 February
    ("2026-04-03", "2026-04-13"),
    ("2026-04-30", "2026-05-11"), // 9 May
    ("2026-06-18", "2026-06-26"),
    ("2026-09-18", "2026-09-24"), // 20 September
    ("2026-09-30", "2026-10-13"), // 10 October
    ("2026-10-09", "2026-10-15"),
];

#[test]
fn five_working_days_over_every_day_made_up_from_2023_to_2026() {
    let rows = FIVE_DAYS.iter().enumerate().map(|(number, (accepted, _))| format!("C{number},{accepted},,5,\n"));
    let ledger = ledger("2026-11-01", &format!("{HEAD}{}", rows.collect::<String>()));
    let expected: Vec<&str> = FIVE_DAYS.iter().map(|(_, due)| *due).collect();
    assert_eq!(shown(&ledger, "due_on"), expected);
    assert!(codes(&ledger).is_empty(), "{:?}", codes(&ledger));
}

//! What suspensions do to the clock of cases where they are planned, imprecise, or of a case that nobody knows. Each is
//! worked out by hand: 2024-03-04 is a Monday, and March 2024 has no holidays.

use zonekpi::polars::prelude::{DataFrame, df};
use zonekpi::{Language, Ledger, Query};

use super::clock::{codes, share, shown, suspended};

const CASES: &str =
    "办件编号,受理时间,办结时间,承诺时限（工作日）\nC1,2024-03-04,2024-03-12,5\nC2,2024-03-20,2024-03-25,5\n";

#[test]
fn a_suspension_that_begins_after_the_ledgers_day_is_a_plan() {
    // Five working days from 25 March 2024 end on 1 April, a Monday.
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）\nC1,2024-03-25,,5\n";
    let ledger = suspended("2024-03-31", cases, "办件编号,中止开始,中止结束\nC1,2024-04-01,2024-04-03\n");
    assert_eq!(
        (shown(&ledger, "due_on"), shown(&ledger, "suspended_days")),
        (vec!["2024-04-01".into()], vec!["0".into()])
    );
    assert_eq!((codes(&ledger), ledger.issues()[0].row), (vec!["date_after_snapshot"], Some(2)));
    // On the ledger's day it has begun.
    let ledger = suspended("2024-04-01", cases, "办件编号,中止开始,中止结束\nC1,2024-04-01,2024-04-03\n");
    assert_eq!((shown(&ledger, "due_on_state"), codes(&ledger)), (vec!["open".to_owned()], vec![]));
}

#[test]
fn a_suspension_that_has_begun_dates_the_ledger() {
    let cases = "办件编号,受理时间,承诺时限（工作日）\nC1,2024-03-25,5\n";
    let reader = Ledger::reader().bytes("办件.csv", cases.as_bytes());
    let ledger = reader.bytes("中止.csv", "办件编号,中止开始,中止结束\nC1,2024-03-27,2024-05-31\n".as_bytes()).finish();
    let ledger = ledger.expect("a ledger");
    // Not the day on which it is to end.
    assert_eq!(ledger.snapshot_on().to_string(), "2024-03-27");
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-28"]);
}

#[test]
fn imprecise_ends_of_a_suspension_give_a_first_and_a_last_due_day() {
    // Begun on one of 1 to 10 March, ended on the 12th: the 11th and the 12th stood still for sure, and perhaps the 5th to
    // the 8th as well. The tenth working day that counts is the 20th (5 to 8, 13 to 15, 18 to 20) or the 26th (13 to 15,
    // 18 to 22, 25, 26).
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）\nC1,2024-03-04,2024-03-22,10\n";
    let ledger = suspended("2024-03-31", cases, "办件编号,中止开始,中止结束\nC1,2024年3月上旬,2024-03-12\n");
    assert_eq!(
        (shown(&ledger, "due_on_from"), shown(&ledger, "due_on")),
        (vec!["2024-03-20".into()], vec!["2024-03-26".into()])
    );
    assert_eq!(
        (shown(&ledger, "suspended_days_state"), share(&ledger, "on_time_rate")),
        (vec!["unreadable".into()], (0, 1, 1))
    );
    assert_eq!(codes(&ledger), Vec::<&str>::new());
    // From the 5th until one of 11 to 20 March: 5 to 11 (five days) or 5 to 20 (twelve) stood still.
    let ledger = suspended("2024-03-31", cases, "办件编号,中止开始,中止结束\nC1,2024-03-05,2024年3月中旬\n");
    assert_eq!(
        (shown(&ledger, "due_on_from"), shown(&ledger, "due_on")),
        (vec!["2024-03-25".into()], vec!["2024-04-03".into()])
    );
}

#[test]
fn only_a_suspension_that_surely_ends_before_it_begins_is_reversed() {
    let of = |from: &str, to: &str| {
        let ledger = suspended("2024-03-31", CASES, &format!("办件编号,中止开始,中止结束\nC1,{from},{to}\n"));
        codes(&ledger).contains(&"stages_reversed")
    };
    assert_eq!(
        [of("2024年3月", "2024-03-15"), of("2024-03-15", "2024年3月"), of("2024年3月", "2024年3月")],
        [false; 3]
    );
    assert_eq!([of("2024年3月", "2024-02-29"), of("2024-03-15", "2024年3月上旬")], [true; 2]);
}

#[test]
fn a_suspension_without_a_case_id_may_be_of_any_case() {
    // C1 stood still on the 5th and the 6th, and perhaps on the 7th: due on the 13th or on the 14th. C2 was accepted later.
    let suspensions = "办件编号,中止开始,中止结束\nC1,2024-03-05,2024-03-06\n,2024-03-06,2024-03-07\n";
    let ledger = suspended("2024-03-31", CASES, suspensions);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-14", "2024-03-27"]);
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-13", ""]);
    let issue = &ledger.issues()[0];
    let told = (issue.code.as_str(), issue.severity.as_str(), issue.row, issue.column.as_deref());
    assert_eq!(told, ("suspension_unassigned", "error", Some(3), Some("办件编号")));
    assert_eq!(share(&ledger, "on_time_rate"), (2, 2, 0), "decided on the 12th, on time either way");
    notes_tell(&ledger, "1 suspensions of the ledger may be of any case: due dates that they would move are not sure");
}

#[test]
fn suspensions_without_case_ids_are_of_no_case_for_sure() {
    let cases = df!(
        "办件编号" => ["C1", "C2"],
        "受理时间" => ["2024-03-04", "2024-03-20"],
        "办结时间" => ["2024-03-12", "2024-03-25"],
        "承诺时限（工作日）" => [5, 5],
    );
    let suspensions = df!(
        "办件编号" => ["C1", "C2"],
        "中止开始" => ["2024-03-05", "2024-03-06"],
        "中止结束" => ["2024-03-06", "2024-03-07"],
    );
    let (cases, suspensions) = (cases.expect("a frame"), suspensions.expect("a frame"));
    let without = |frame: &DataFrame| frame.drop("办件编号").expect("a frame");
    for (cases, suspensions, table) in
        [(without(&cases), suspensions.clone(), "办件"), (cases.clone(), without(&suspensions), "中止")]
    {
        let reader = Ledger::reader().snapshot_on("2024-03-31".parse().expect("a day"));
        let ledger = reader.frame("cases", cases).frame("suspensions", suspensions).finish().expect("a ledger");
        // C1: due on the 11th, or on the 14th if the 5th to the 7th stood still. C2 was accepted later.
        assert_eq!(shown(&ledger, "due_on"), ["2024-03-14", "2024-03-27"], "{table}");
        assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-11", ""], "{table}");
        assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 1), "{table}");
        let issue = &ledger.issues()[0];
        assert_eq!((issue.code.as_str(), issue.severity.as_str(), issue.row), ("case_ids_absent", "error", None));
        assert!(issue.message.text(Language::Zh).contains(&format!("表“{table}”没有办件编号，2 条")), "{table}");
        notes_tell(&ledger, "2 suspensions of the ledger may be of any case");
    }
}

fn notes_tell(ledger: &Ledger, what: &str) {
    let answer = Query::new(["on_time_rate"]).period("cumulative").run(ledger).expect("an answer");
    let notes = answer.notes(Language::En).join("\n");
    assert!(notes.contains(what) && !notes.contains("no table of suspensions"), "{notes}");
}

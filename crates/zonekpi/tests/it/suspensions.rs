//! What suspensions do to the clock of cases: planned, imprecise, without days or without an end, of a case that nobody
//! knows, in a table of their own or beside the cases. Each is worked out by hand: 2024-03-04 is a Monday, and March 2024
//! has no holidays.

use zonekpi::polars::prelude::{DataFrame, df};
use zonekpi::{Language, Ledger, Query};

use super::clock::{cases, codes, ledger, one, share, shown, suspended};

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

/// Five working days from Friday 1 March 2024: the 4th to Friday the 8th.
const FIVE: &str = "办件编号,受理时间,办结时间,承诺时限（工作日）\n";

#[test]
fn a_suspension_with_one_vague_end_moves_the_due_date_by_the_other() {
    // The 5th surely stood still: the fifth day is Monday the 11th at the earliest, on which the case was decided.
    let ledger = suspended(
        "2024-06-28",
        &format!("{FIVE}A,2024-03-01,2024-03-11,5\n"),
        "办件编号,中止开始,中止结束\nA,2024-03-05,2024年3月\n",
    );
    assert_eq!((shown(&ledger, "due_on_from"), share(&ledger, "on_time_rate")), (vec!["2024-03-11".into()], (1, 1, 0)));
    // Of seven days, until Tuesday the 12th without the one that surely stood still: the 13th.
    let ledger = suspended(
        "2024-06-28",
        &format!("{FIVE}A,2024-03-01,2024-03-13,7\n"),
        "办件编号,中止开始,中止结束\nA,2024年3月,2024-03-12\n",
    );
    assert_eq!((shown(&ledger, "due_on_from"), share(&ledger, "on_time_rate")), (vec!["2024-03-13".into()], (1, 1, 0)));
}

#[test]
fn an_end_that_may_be_a_plan_leaves_the_last_day_open() {
    // By 15 March the clock may have gone on, or stand still until the 31st.
    let ledger = suspended(
        "2024-03-15",
        &format!("{FIVE}A,2024-03-01,,5\n"),
        "办件编号,中止开始,中止结束\nA,2024-03-05,2024年3月\n",
    );
    assert_eq!((shown(&ledger, "due_on"), shown(&ledger, "due_on_state")), (vec![String::new()], vec!["open".into()]));
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-11"]);
    assert_eq!(one(&ledger, Query::new(["overdue_open_cases"])).unknown, 1);
}

#[test]
fn a_suspension_without_days_is_none_and_one_without_its_first_is_told() {
    let cases = format!("{FIVE}A,2024-03-01,2024-03-20,5\nB,2024-03-01,2024-03-08,5\nC,2024-03-01,2024-03-08,5\n");
    let lines = "办件编号,中止开始,中止结束\nA,,\nB,无,无\nC,,2024-03-06\n";
    let ledger = suspended("2024-06-28", &cases, lines);
    // Of C the 6th surely stood still, and perhaps all days before it: four days count from the 7th on.
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-08", "2024-03-08", "2024-03-13"]);
    assert_eq!(shown(&ledger, "due_on_from"), ["", "", "2024-03-11"]);
    assert_eq!(share(&ledger, "on_time_rate"), (2, 3, 0));
    assert_eq!(codes(&ledger), ["suspension_unbegun", "suspensions_blank"]);
}

#[test]
fn a_suspension_without_an_end_is_told_of_what_it_leaves_unknown() {
    let cases = format!("{FIVE}A,2024-03-01,2024-03-20,5\nB,2024-03-01,2024-03-20,5\nC,2024-03-01,2024-03-20,5\n");
    // A began on some day of March, B after its last day; C's end is planned.
    let lines = "办件编号,中止开始,中止结束\nA,2024年3月,\nB,2024-03-11,\nC,2024-03-05,2024-12-01\n";
    let ledger = suspended("2024-06-28", &cases, lines);
    assert_eq!(codes(&ledger), ["suspension_open", "suspension_open_after", "suspension_open"]);
    assert_eq!((shown(&ledger, "due_on")[1].as_str(), share(&ledger, "on_time_rate")), ("2024-03-08", (0, 3, 2)));
    let told = ledger.issues().iter().map(|issue| issue.message.text(Language::En)).collect::<Vec<_>>();
    assert!(told[2].contains("since 2024-03-05 has no end that is surely by the day of the ledger"), "{told:?}");
}

#[test]
fn suspensions_may_stand_beside_the_cases() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止开始时间,中止结束时间\n\
                A,2024-03-01,2024-03-12,5,2024-03-05,2024-03-06\nB,2024-03-01,2024-03-12,5,,\n";
    let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
    // Two days stood still: Tuesday the 12th.
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-12", "2024-03-08"]);
    assert_eq!(shown(&ledger, "suspended_days"), ["2", "0"]);
    assert_eq!(share(&ledger, "on_time_rate"), (1, 2, 0));
    let answer = Query::new(["on_time_rate"]).run(&ledger).expect("an answer");
    assert!(!answer.notes(Language::En).join("\n").contains("nothing had been suspended"));
    // Without ids a row is its own.
    let text = text.replace("办件编号", "事项名称");
    let ledger = Ledger::reader().bytes("台账.csv", text.as_bytes()).finish().expect("a ledger");
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-12", "2024-03-08"]);
    // A table of suspensions stays one.
    let lines = "办件编号,开发区,中止开始,中止结束\nA,朔州,2024-03-05,2024-03-06\n";
    let ledger = Ledger::reader().bytes("台账.csv", lines.as_bytes()).finish().expect("a ledger");
    assert!(ledger.table("suspensions").is_some());
}

#[test]
fn days_that_stood_still_without_their_dates_give_a_range() {
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止天数\nA,2024-03-01,2024-03-12,5,2\n\
                B,2024-03-01,2024-03-13,5,2\nC,2024-03-01,2024-03-08,5,2\nD,2024-03-01,2024-03-20,5,0\n";
    let ledger = ledger("2024-06-28", text);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-12", "2024-03-12", "2024-03-12", "2024-03-08"]);
    assert_eq!(shown(&ledger, "due_on_from"), ["2024-03-08", "2024-03-08", "2024-03-08", ""]);
    // A is on time if both days lay before its last, B and D are late, C is on time.
    assert_eq!(share(&ledger, "on_time_rate"), (1, 4, 1));
    assert_eq!(codes(&ledger), ["suspension_undated"]);
    // Natural days: how many of them two working days took nobody knows.
    let ledger = self::ledger("2024-06-28", &text.replace("（工作日）", "（自然日）"));
    assert_eq!(shown(&ledger, "due_on_state"), ["open", "open", "open", ""]);
}

#[test]
fn a_number_of_days_alone_says_nothing_of_an_extension_in_other_days() {
    // Over a festival two working days are some unknown number of the natural days that the extension counts.
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,延长自然日,中止天数\nA,2024-01-29,2024-02-23,5,10,2\n";
    let ledger = ledger("2024-06-28", text);
    assert_eq!((shown(&ledger, "due_on_state"), share(&ledger, "on_time_rate")), (vec!["open".into()], (0, 1, 1)));
}

#[test]
fn a_suspension_of_nobody_takes_no_number_of_days_away() {
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止天数\nA,2024-03-04,2024-03-20,5,10\n";
    let ledger = suspended("2024-06-28", cases, "办件编号,中止开始,中止结束\n,2024-03-05,2024-03-05\n");
    // Ten days after the 11th are the 25th, and one more is the 26th.
    assert_eq!((shown(&ledger, "due_on"), share(&ledger, "on_time_rate")), (vec!["2024-03-26".into()], (0, 1, 1)));
}

#[test]
fn suspended_days_are_working_days_or_unknown() {
    let read = |head: &str, cell: &str| {
        let text = format!("办件编号,受理时间,办结时间,承诺时限（工作日）,{head}\nA,2024-03-04,2024-03-20,5,{cell}\n");
        let ledger = ledger("2024-06-28", &text);
        let codes: Vec<String> = codes(&ledger).iter().map(ToString::to_string).collect();
        (shown(&ledger, "suspended_days").concat(), shown(&ledger, "due_on").concat(), codes.join(" "))
    };
    let known = ("7".into(), "2024-03-20".into(), "suspension_undated".into());
    for head in ["中止天数", "中止天数（工作日）", "暂停天数", "中止工作日", "中止时长"] {
        assert_eq!(read(head, "7"), known, "{head}");
    }
    // Tuesday the 12th to Wednesday the 20th are seven. Natural days are some unknown number of these.
    let unknown = (String::new(), String::new(), "days_not_working suspension_undated".into());
    assert_eq!((read("中止天数（自然日）", "7"), read("中止天数", "7个自然日")), (unknown.clone(), unknown));
}

#[test]
fn suspensions_beside_the_cases_are_known_by_their_usual_heads() {
    let heads =
        [("中止时间", "恢复时间"), ("暂停时间", "恢复时间"), ("中止起始日期", "中止终止日期"), ("中止起", "中止止")];
    for (from, to) in heads {
        let text = format!(
            "办件编号,受理时间,办结时间,承诺时限（工作日）,{from},{to}\nA,2024-03-04,2024-03-20,5,2024-03-06,2024-03-08\n"
        );
        assert_eq!(shown(&ledger("2024-06-28", &text), "due_on"), ["2024-03-14"], "{from} {to}");
    }
    // An end alone is told, and so is what may be about the clock and is nothing that it reckons with.
    let text = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止结束,是否延期,中止原因\nA,2024-03-04,2024-03-20,5,2024-03-08,,\n";
    let ledger = ledger("2024-06-28", text);
    assert_eq!(codes(&ledger), ["column_concerns", "suspension_unbegun"]);
    assert_eq!(
        (shown(&ledger, "due_on_from"), shown(&ledger, "due_on")),
        (vec!["2024-03-12".into()], vec!["2024-03-15".into()])
    );
}

#[test]
fn two_rows_of_heads_say_what_each_day_is() {
    let read = |above: &str, below: (&str, &str)| {
        let heads = format!("办件编号,受理时间,办结时间,承诺时限（工作日）,{above},\n,,,,{},{}\n", below.0, below.1);
        let ledger = ledger("2024-06-28", &format!("{heads}A,2024-03-04,2024-03-20,5,2024-03-06,2024-03-08\n"));
        (cases(&ledger).height(), shown(&ledger, "due_on").concat(), codes(&ledger).concat())
    };
    let leaves = [
        ("开始时间", "结束时间"),
        ("起始日期", "终止日期"),
        ("开始日期", "恢复日期"),
        ("起", "讫"),
        ("时间", "恢复时间"),
    ];
    for below in leaves {
        for above in ["中止", "暂停情况", "挂起"] {
            assert_eq!(read(above, below), (1, "2024-03-14".into(), String::new()), "{above} {below:?}");
        }
        // Of another thing the same words say nothing of the clock.
        assert_eq!(read("公示", below), (1, "2024-03-11".into(), String::new()), "{below:?}");
    }
    assert_eq!(read("证照有效期", ("起始日期", "到期日")).1, "2024-03-11");
    // A name of its own is one below any group, and the group's name may be one with what stands below it.
    for above in ["特殊程序", "其他", "补正"] {
        assert_eq!(read(above, ("中止开始时间", "中止结束时间")).1, "2024-03-14", "{above}");
        assert_eq!(read(above, ("中止时间", "恢复时间")).1, "2024-03-14", "{above}");
    }
    assert_eq!(read("时间节点", ("到期日", "备注")).2, "due_differs");
    assert_eq!(read("专家评审", ("开始时间", "应办结时间")).1, "2024-03-11");
    assert_eq!(read("中止时间", ("起", "止")).1, "2024-03-14");
    // What seems to be about the clock by the name above is told.
    for above in ["审批中止", "停表", "特别程序（中止）"] {
        assert_eq!(read(above, ("开始时间", "结束时间")).2, "column_concernscolumn_concerns", "{above}");
    }
}

#[test]
fn a_list_of_suspensions_that_repeats_the_acceptance_is_one() {
    let cases = "办件编号,受理时间,承诺时限（工作日）\nA,2024-03-04,5\n";
    let lines =
        "办件编号,受理时间,中止开始,中止结束\nA,2024-03-04,2024-03-05,2024-03-05\nA,2024-03-04,2024-03-07,2024-03-07\n";
    assert_eq!(shown(&suspended("2024-06-28", cases, lines), "due_on"), ["2024-03-13"]);
    // So does one with the matter and the days, though as many of its heads are those of cases.
    for (head, cells) in [("事项名称,受理时间", "备案,2024-03-04"), ("项目编号,事项名称", "P1,备案")]
    {
        let lines = format!("办件编号,{head},中止开始,中止结束\nA,{cells},2024-03-05,2024-03-06\n");
        assert_eq!(shown(&suspended("2024-06-28", cases, &lines), "due_on"), ["2024-03-13"], "{head}");
    }
}

#[test]
fn suspended_days_of_ones_own_are_held_against_the_dates() {
    let head = "办件编号,受理时间,办结时间,承诺时限（工作日）,中止天数\n";
    let cases = format!("{head}A,2024-03-04,2024-03-15,5,5\nB,2024-03-04,2024-03-15,5,\nC,2024-03-04,2024-03-15,5,\n");
    let lines = "办件编号,中止开始,中止结束\nA,2024-03-05,2024-03-06\nB,2024-03-05,2024-03-06\n";
    let ledger = suspended("2024-06-28", &cases, lines);
    assert_eq!(shown(&ledger, "suspended_days"), ["5", "2", "0"]);
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-13", "2024-03-13", "2024-03-11"]);
    assert_eq!(codes(&ledger), ["suspended_differs", "suspended_filled"]);
    assert_eq!(one(&ledger, Query::new(["case_working_days"])).unknown, 0);
}

#[test]
fn a_file_without_suspensions_beside_its_cases_has_none_there() {
    let with = "办件编号,受理时间,承诺时限（工作日）,中止开始,中止结束\nA,2024-03-04,5,2024-03-05,2024-03-05\n";
    let without = "办件编号,受理时间,承诺时限（工作日）\nB,2024-03-04,5\nC,2024-03-04,5\n";
    let reader = Ledger::reader().snapshot_on("2024-06-28".parse().expect("a day"));
    let reader = reader.bytes("甲.csv", with.as_bytes()).bytes("乙.csv", without.as_bytes());
    let lines = "办件编号,中止开始,中止结束\nB,2024-03-05,2024-03-06\n";
    let ledger = reader.bytes("中止.csv", lines.as_bytes()).finish().expect("a ledger");
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-12", "2024-03-13", "2024-03-11"]);
    // So of the number of days alone.
    let with = "办件编号,受理时间,承诺时限（工作日）,中止天数\nA,2024-03-04,5,1\n";
    let reader = Ledger::reader().snapshot_on("2024-06-28".parse().expect("a day"));
    let ledger =
        reader.bytes("甲.csv", with.as_bytes()).bytes("乙.csv", without.as_bytes()).finish().expect("a ledger");
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-12", "2024-03-11", "2024-03-11"]);
    assert_eq!(shown(&ledger, "suspended_days"), ["1", "0", "0"]);
}

#[test]
fn words_in_the_place_of_days_say_whether_it_stood_still() {
    let head = "办件编号,受理时间,承诺时限（工作日）,中止开始,中止结束\n";
    let due = |from: &str, to: &str| {
        let ledger = ledger("2024-03-29", &format!("{head}A,2024-03-04,5,{from},{to}\n"));
        (shown(&ledger, "due_on_from").concat(), shown(&ledger, "due_on").concat())
    };
    for (from, to) in [("未中止", ""), ("否", "否"), ("无", "无"), ("未暂停", "")] {
        assert_eq!(due(from, to), ("-".into(), "2024-03-11".into()), "{from} {to}");
    }
    // It goes on: due on some day after that of the ledger.
    for to in ["至今", "未恢复", "尚未恢复", "否", ""] {
        assert_eq!(due("2024-03-06", to), ("2024-03-30".into(), String::new()), "{to}");
    }
    // It happened, nobody knows when.
    assert_eq!(due("已中止", "2024-03-08").1, "2024-03-15");
}

#[test]
fn a_case_that_was_decided_has_a_last_due_day() {
    // Whenever its suspension ended, that was by the 20th: all five days are used up by the 27th.
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）\nA,2024-03-04,2024-03-20,5\n";
    let ledger = suspended("2025-12-31", cases, "办件编号,中止开始,中止结束\nA,2024-03-05,\n");
    let row = one(&ledger, Query::new(["due_on_time_rate"]).period("2025"));
    assert_eq!((row.population_unknown, row.denominator.map(|n| n.unscaled)), (0, Some(0)));
}

#[test]
fn what_was_suspended_after_the_decision_moves_nothing() {
    // Eight working days from 19 February 2024 end on the 29th.
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）\nX,2024-02-19,2024-02-20,8\n";
    let ledger = suspended("2024-03-31", cases, "办件编号,中止开始,中止结束\nX,2024-02-26,\n");
    assert_eq!(
        (shown(&ledger, "due_on"), shown(&ledger, "due_on_from")),
        (vec!["2024-02-29".into()], vec!["-".into()])
    );
    assert_eq!(codes(&ledger), ["suspension_after_decision"]);
    let row = one(&ledger, Query::new(["due_on_time_rate"]).period("2024-02"));
    assert_eq!((row.numerator.map(|n| n.unscaled), row.denominator.map(|n| n.unscaled)), (Some(1), Some(1)));
    // An end that may be a plan may as well have come by the ledger's day: five days from the 18th on are the 22nd.
    let cases = "办件编号,受理时间,办结时间,承诺时限（工作日）\nX,2024-03-01,2024-03-06,5\n";
    let ledger = suspended("2024-03-15", cases, "办件编号,中止开始,中止结束\nX,2024-03-04,2024年3月\n");
    assert_eq!(shown(&ledger, "due_on"), ["2024-03-22"]);
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

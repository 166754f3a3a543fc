//! The calendar by the notices: days, counts, coverage, and calendars of one's own.

use super::*;
use crate::message::Language;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn builtin() -> Calendar {
    Calendar::builtin().expect("the shipped calendar")
}

#[test]
fn the_day_after_the_first_is_day_one() {
    // domain.md §2, counted by hand from the notice of 2024 (国办发明电〔2023〕7号).
    assert_eq!(builtin().working_days(day("2024-02-02"), day("2024-02-19")).ok(), Some(8));
    assert_eq!(builtin().working_days(day("2024-01-31"), day("2024-02-20")).ok(), Some(11));
    assert_eq!(builtin().working_days(day("2024-02-19"), day("2024-02-02")).ok(), Some(-8));
    assert_eq!(builtin().working_days(day("2024-02-19"), day("2024-02-19")).ok(), Some(0));
}

#[test]
fn years_have_the_working_days_that_are_published() {
    let counts = [(2023, 249), (2024, 251), (2025, 248), (2026, 248)];
    for (year, count) in counts {
        // From the last day of the year before, so that 1 January may count.
        let from = day(&format!("{}-12-31", year - 1));
        assert_eq!(builtin().working_days(from, day(&format!("{year}-12-31"))).ok(), Some(count), "{year}");
    }
}

#[test]
fn limits_end_on_days_that_are_worked() {
    let calendar = builtin();
    assert_eq!(calendar.working_day_after(day("2024-02-02"), 8), Some(day("2024-02-19")));
    assert_eq!(calendar.working_day_after(day("2024-02-02"), 1), Some(day("2024-02-04")));
    assert_eq!(calendar.working_day_after(day("2024-02-10"), 0), Some(day("2024-02-10")));
    assert_eq!(calendar.working_day_from(day("2024-02-10")), Some(day("2024-02-18")));
    assert_eq!(calendar.working_day_from(day("2024-02-19")), Some(day("2024-02-19")));
}

#[test]
fn outside_of_the_coverage_nothing_is_known() {
    let calendar = builtin();
    assert_eq!(calendar.coverage(), (day("2004-01-01"), day("2026-12-31")));
    assert_eq!(calendar.final_until(), day("2026-12-25"));
    assert_eq!(calendar.is_working_day(day("2003-12-31")), None);
    assert_eq!(calendar.is_working_day(day("2026-12-31")), Some(true));
    assert_eq!(calendar.is_working_day(day("2027-01-01")), None);
    assert_eq!(calendar.working_day_after(day("2026-12-31"), 1), None);
    assert_eq!(calendar.working_day_from(day("2027-01-01")), None);
    let error = calendar.working_days(day("2026-12-01"), day("2027-01-04")).expect_err("not covered");
    assert_eq!(error.code(), "calendar_uncovered");
    assert_eq!(calendar.is_working_day(NaiveDate::MAX), None);
}

#[test]
fn counting_agrees_with_walking_day_by_day() {
    let calendar = builtin();
    let from = day("2005-12-20");
    let mut count = 0;
    for to in from.iter_days().skip(1).take(800) {
        count += i64::from(calendar.is_working_day(to).expect("covered"));
        assert_eq!(calendar.working_days(from, to).ok(), Some(count), "{to}");
    }
    // A Saturday that was made up for New Year's Day 2006.
    assert_eq!(calendar.is_working_day(day("2005-12-31")), Some(true));
}

/// A whole year as a notice lists it, made up.
fn year_2027() -> String {
    let days = |month: u32, days: std::ops::RangeInclusive<u32>, word: &str| -> String {
        days.map(|day| format!("2027-{month:02}-{day:02},{word}\n")).collect()
    };
    let off = [(1, 1..=3), (2, 5..=12), (4, 3..=5), (5, 1..=5), (6, 9..=9), (9, 15..=15), (10, 1..=7)];
    let made_up = [(1, 31..=31), (2, 20..=20), (4, 25..=25), (5, 8..=8), (9, 26..=26), (10, 9..=9)];
    let off: String = off.into_iter().map(|(month, of)| days(month, of, "休")).collect();
    let made_up: String = made_up.into_iter().map(|(month, of)| days(month, of, "班")).collect();
    format!("date,day\n{off}{made_up}")
}

#[test]
fn a_file_extends_the_coverage_by_whole_years() {
    let calendar = builtin().extended(&year_2027()).expect("a calendar");
    assert_eq!(calendar.coverage().1, day("2027-12-31"));
    assert_eq!(calendar.final_until(), day("2027-12-25"));
    assert_eq!(calendar.is_working_day(day("2027-01-31")), Some(true));
    assert_eq!(calendar.is_working_day(day("2027-02-08")), Some(false));
    assert_eq!(calendar.is_working_day(day("2027-02-27")), Some(false));
    // 261 weekdays, 18 of them off, and 6 days of weekends made up.
    assert_eq!(calendar.working_days(day("2026-12-31"), day("2027-12-31")).ok(), Some(249));
    assert_ne!(calendar.version(), builtin().version());
    let of_line = |line: &str| {
        let (day, word) = line.split_once(',').expect("two cells");
        format!(r#"{{"name": "", "date": "{day}", "isOffDay": {}}}"#, word == "休")
    };
    let days: Vec<String> = year_2027().lines().skip(1).map(of_line).collect();
    let json = format!(r#"{{"year": 2027, "papers": [], "days": [{}]}}"#, days.join(","));
    assert_eq!(builtin().extended(&json).expect("a calendar").version(), calendar.version());
}

#[test]
fn a_year_that_is_listed_in_part_is_refused_with_what_is_missing() {
    let refused = |text: &str| {
        let error = builtin().extended(text).expect_err("listed in part");
        assert_eq!(error.code(), "calendar_incomplete");
        error.text(Language::En)
    };
    let three = "date,day\n2027-01-01,休\n2027-05-01,休\n2027-10-01,休\n";
    assert_eq!(
        refused(three),
        "the calendar lists 2027 in part: between 15 January and the end of February no 3 weekdays in a row are off, as the Spring Festival is"
    );
    let without = |dates: &[&str]| {
        let kept = |line: &&str| !dates.iter().any(|date| line.starts_with(date));
        year_2027().lines().filter(kept).map(|line| format!("{line}\n")).collect::<String>()
    };
    assert_eq!(
        refused(&without(&["2027-05-01"])),
        "the calendar lists 2027 in part: 2027-05-01 is not among its days off"
    );
    // Without the National Day's week but for its first day, 14 of 18 weekdays are left; in 2004 there were 16.
    let october = ["2027-10-04", "2027-10-05", "2027-10-06", "2027-10-07"];
    assert_eq!(
        refused(&without(&october)),
        "the calendar lists 2027 in part: 14 weekdays are off, where every known year has 16 at the least"
    );
    // A weekday that is off and made up again is worked: the later line counts.
    assert!(refused(&format!("{}2027-10-01,班\n", year_2027())).contains("2027-10-01 is not among"));
}

#[test]
fn a_file_is_read_in_the_encodings_of_spreadsheets() {
    let path = std::env::temp_dir().join(format!("zonekpi-calendar-{}.csv", std::process::id()));
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a file");
        let calendar = Calendar::read(&path);
        std::fs::remove_file(&path).expect("removed");
        calendar
    };
    let text = "日期,类型\n2024-02-09,休\n";
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let versions = [text.as_bytes(), &encoding_rs::GB18030.encode(text).0, &wide]
        .map(|bytes| read(bytes).expect("a calendar").version().to_owned());
    assert_eq!(versions[0], builtin().extended(text).expect("a calendar").version());
    assert_eq!((&versions[1], &versions[2]), (&versions[0], &versions[0]));
    // 休 cut in half.
    let error = read(b"date,day\n2024-02-09,\xd0\n").expect_err("no text");
    assert_eq!((error.code(), error.kind()), ("encoding_unknown", ErrorKind::Input));
}

#[test]
fn a_file_overrides_single_days_of_what_is_covered() {
    let calendar = builtin().extended("日期,类型\n2024-02-09,休\n").expect("a calendar");
    assert_eq!(calendar.is_working_day(day("2024-02-09")), Some(false));
    assert_eq!(calendar.coverage(), builtin().coverage());
    assert_eq!(calendar.final_until(), builtin().final_until());
    assert_eq!(calendar.working_days(day("2024-02-02"), day("2024-02-19")).ok(), Some(7));
}

#[test]
fn days_are_read_as_spreadsheets_write_them() {
    for written in ["2024-02-09", "2024/2/9", "2024.2.9", "2024年2月9日", "20240209"] {
        for mark in [',', ';', '\t'] {
            let calendar = builtin().extended(&format!("日期{mark}类型\n{written}{mark}休\n")).expect(written);
            assert_eq!(calendar.is_working_day(day("2024-02-09")), Some(false), "{written}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let code = |text: &str| {
        let error = builtin().extended(text).expect_err("a wrong calendar");
        (error.code(), error.place().line)
    };
    assert_eq!(code("date,day\n2027-01-01,休\n"), ("calendar_incomplete", None));
    assert_eq!(code(&year_2027().replace("2027", "2028")), ("calendar_gap", None));
    assert_eq!(code("date,day\n2026-02-30,休\n"), ("calendar_unreadable", Some(2)));
    assert_eq!(code("date,day\n\n2026-02-20,maybe\n"), ("calendar_unreadable", Some(3)));
    assert_eq!(code("when,what\n2026-02-20,休\n"), ("calendar_unreadable", Some(1)));
    assert_eq!(code("{\"days\": 3}"), ("calendar_unreadable", Some(1)));
    assert_eq!(code("{\"days\": [\n{\"date\": 2026\n"), ("calendar_unreadable", Some(3)));
    // 调休 may be either.
    let error = builtin().extended("date,day\n2026-02-20,调休\n").expect_err("no word of ours");
    assert_eq!(error.suggestion(), None);
    assert_eq!((code("[]"), code("date,day\n")), (("calendar_empty", None), ("calendar_empty", None)));
    let error = builtin().extended("[{\"date\": \"2026-02-20\", \"isOff\": true}]").expect_err("no isOffDay");
    assert!(error.text(Language::En).contains("'{\"date\":\"2026-02-20\",\"isOff\":true}'"), "{error}");
}

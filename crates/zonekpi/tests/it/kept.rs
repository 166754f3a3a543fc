//! A ledger that was saved and loaded is the one that was read: cell by cell, issue by issue, answer by answer.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use zonekpi::polars::prelude::*;
use zonekpi::{Calendar, Cell, Every, KpiTable, Language, Ledger, OnDuplicate, Query};

use crate::manifest;

/// A folder that is gone when the test is over.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("zonekpi-it-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn frames_are_equal(before: &DataFrame, after: &DataFrame, what: &str) {
    assert_eq!(before.schema(), after.schema(), "{what}");
    assert!(before.equals_missing(after), "{what}: {before} {after}");
}

fn answers_are_equal(before: &KpiTable, after: &KpiTable) {
    frames_are_equal(&before.frame(true).expect("a frame"), &after.frame(true).expect("a frame"), "answers");
    for language in [Language::Zh, Language::En] {
        assert_eq!(before.notes(language), after.notes(language));
    }
    assert_eq!(before.to_string(), after.to_string());
    assert_eq!(before.calendar().map(Calendar::version), after.calendar().map(Calendar::version));
}

/// Everything that a ledger shows, but its answers.
pub(crate) fn ledgers_are_equal(before: &Ledger, after: &Ledger) {
    let names = |ledger: &Ledger| ledger.tables().map(|t| t.spec().name.clone()).collect::<Vec<_>>();
    assert_eq!(names(before), names(after));
    for (before, after) in before.tables().zip(after.tables()) {
        frames_are_equal(before.frame().expect("rows"), after.frame().expect("rows"), &before.spec().name);
    }
    assert_eq!(before.issues(), after.issues());
    assert_eq!(before.reading(), after.reading());
    for language in [Language::Zh, Language::En] {
        let issues = |ledger: &Ledger| ledger.issues_frame(language).expect("a frame");
        frames_are_equal(&issues(before), &issues(after), "issues");
        let readings = |ledger: &Ledger| ledger.reading_frame(language).expect("a frame");
        frames_are_equal(&readings(before), &readings(after), "readings");
    }
    assert_eq!(before.sources(), after.sources());
    assert_eq!((before.snapshot_on(), before.snapshot_from()), (after.snapshot_on(), after.snapshot_from()));
    let (own, kept) = (before.calendar(), after.calendar());
    assert_eq!((own.version(), own.coverage()), (kept.version(), kept.coverage()));
    assert_eq!(own.final_until(), kept.final_until());
}

/// Saves a ledger and loads it, and finds no difference.
pub(crate) fn again(ledger: &Ledger) -> Ledger {
    let folder = Scratch::new();
    ledger.save(&folder.0).unwrap_or_else(|error| panic!("{error}"));
    let loaded = Ledger::load(&folder.0).unwrap_or_else(|error| panic!("{error}"));
    ledgers_are_equal(ledger, &loaded);
    loaded
}

fn answers_of(ledger: &Ledger, query: &Query) -> Option<KpiTable> {
    // A ledger without a date, or of a table that no indicator is about, has no answer; then neither may the other.
    query.run(ledger).ok()
}

#[test]
fn every_sample_comes_back_as_it_was() {
    let mut answered = 0;
    for entry in std::fs::read_dir(manifest::folder()).expect("samples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            continue;
        }
        let read = || Ledger::reader().on_duplicate(OnDuplicate::First).read([&path]);
        // What cannot be read at all is another test's.
        let Ok(ledger) = read() else { continue };
        let loaded = again(&ledger);
        for query in [Query::all(), Query::all().by(["zone"]).totals(true)] {
            let (before, after) = (answers_of(&ledger, &query), answers_of(&loaded, &query));
            assert_eq!(before.is_some(), after.is_some(), "{}", path.display());
            if let (Some(before), Some(after)) = (before, after) {
                answers_are_equal(&before, &after);
                answered += 1;
            }
        }
    }
    assert!(answered > 30, "{answered}");
}

#[test]
fn the_example_answers_as_before() {
    let ledger = Ledger::example().expect("the example");
    let loaded = again(&ledger);
    let queries = [
        Query::all().by(["zone"]).as_of("2024-03-31").totals(true),
        Query::new(["commitment_share", "signed_projects", "start_rate"]).every(Every::Quarter).period("2023"),
        Query::new(["on_time_rate", "case_working_days", "overdue_open_cases"]).by(["zone"]),
        Query::new(["days_signed_to_started", "batch_start_rate"]).filter("project.key_project"),
    ];
    let mut boards = Vec::new();
    for query in &queries {
        match (query.run(&ledger), query.run(&loaded)) {
            (Ok(before), Ok(after)) => {
                answers_are_equal(&before, &after);
                boards.push((before, after));
            }
            (before, after) => panic!("{:?} {:?}", before.err(), after.err()),
        }
    }
    let (before, after) = &boards[0];
    let cell = Cell::new().group("zone", "朔州经开区");
    for row in before.rows().iter().filter(|row| row.groups == [Some("朔州经开区".to_owned())]) {
        let open = |board: &KpiTable| board.open(&row.indicator, &cell).expect("rows");
        frames_are_equal(&open(before), &open(after), &row.indicator);
        let steps = |board: &KpiTable| board.attrition(&row.indicator, &cell, Language::Zh).expect("steps");
        frames_are_equal(&steps(before), &steps(after), &row.indicator);
    }
}

#[test]
fn a_calendar_of_ones_own_is_kept_with_the_ledger() {
    let notice = include_str!("../../../../tests/data/calendar/2027.csv");
    let days = format!("{notice}2027-01-04,休\n2024-01-06,班\n");
    let own = Calendar::builtin().and_then(|calendar| calendar.extended(&days)).expect("a calendar");
    let text = "办件编号,受理时间,承诺时限（工作日）\nC1,2024-01-05,1\nC2,2026-12-31,1\n";
    let ledger = Ledger::reader().calendar(own).bytes("cases.csv", text.as_bytes()).finish().expect("a ledger");
    let due = |ledger: &Ledger| {
        let cases = ledger.table("cases").expect("cases").frame().expect("rows").column("due_on").expect("due").clone();
        cases.date().expect("days").physical().iter().collect::<Vec<_>>()
    };
    // Saturday 6 January 2024 is worked, and 4 January 2027 is not: the days after 1970-01-01 of 6 January and, after
    // a holiday and a weekend, of Tuesday 5 January.
    assert_eq!(due(&ledger), [Some(19_728), Some(20_823)]);
    let loaded = again(&ledger);
    assert_eq!(due(&loaded), due(&ledger));
    assert_eq!(loaded.calendar().is_working_day("2027-01-04".parse().expect("a day")), Some(false));
    assert_ne!(loaded.calendar().version(), Calendar::builtin().expect("a calendar").version());
}

#[test]
fn the_files_of_a_ledger_are_known_by_their_fingerprints() {
    let folder = Scratch::new();
    std::fs::create_dir(&folder.0).expect("a folder");
    let path = folder.0.join("a.csv");
    let text = "项目编号,项目名称\nP1,甲\n";
    std::fs::write(&path, text).expect("written");
    let ledger = Ledger::read(&path).expect("a ledger");
    let [source] = again(&ledger).sources().to_vec().try_into().expect("one file");
    assert_eq!(source.name, path.display().to_string());
    assert_eq!(source.path, std::fs::canonicalize(&path).ok());
    // sha256sum of the text.
    assert_eq!(source.fingerprint, "b6e5edde1268b9b9c9159f70ae8de50f9880463f27cf5244b9571ade5d23ea69");
    assert_eq!(source.size, u64::try_from(text.len()).expect("few"));
    // A ledger that was loaded does not write over what it was once read from.
    let saved = folder.0.join("ledger");
    let workbook = folder.0.join("a.xlsx");
    ledger.write_excel(&workbook, Language::Zh).expect("written");
    Ledger::read(&workbook).expect("a ledger").save(&saved).expect("saved");
    let error = Ledger::load(&saved).expect("a ledger").write_excel(&workbook, Language::Zh).expect_err("refused");
    assert_eq!(error.code(), "path_was_read");
}

/// Whether all pages of a column refer to a dictionary, by the file's own account.
fn has_dictionary(path: &Path, column: &str) -> bool {
    let mut reader = ParquetReader::new(std::fs::File::open(path).expect("a file"));
    let groups = &reader.get_metadata().expect("metadata").row_groups;
    let mut chunks = groups.iter().flat_map(|group| group.columns_under_root_iter(column).expect("the column"));
    chunks.all(|chunk| chunk.dictionary_page_offset().is_some())
}

#[test]
fn words_that_repeat_are_coded_by_a_dictionary_in_the_file() {
    let folder = Scratch::new();
    Ledger::example().expect("the example").save(&folder.0).expect("saved");
    let mut paths = std::fs::read_dir(&folder.0).expect("files").map(|entry| entry.expect("an entry").path());
    let projects = paths.find(|path| path.to_string_lossy().contains("projects-")).expect("projects");
    for column in ["zone", "approval_kind", "source_file"] {
        assert!(has_dictionary(&projects, column), "{column}");
    }
}

#[test]
fn several_may_make_the_same_folder_at_once() {
    let ledger = Ledger::reader().bytes("a.csv", "项目编号,项目名称\nP1,甲\n".as_bytes()).finish().expect("a ledger");
    for _ in 0..20 {
        let folder = Scratch::new();
        let start = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    ledger.save(&folder.0).expect("saved");
                });
            }
        });
        assert_eq!(Ledger::load(&folder.0).expect("a ledger").table("projects").expect("projects").height(), 1);
    }
}

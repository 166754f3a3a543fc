//! Workbooks that are written: templates, and ledgers with their issues marked. What is written is read back.

use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, df};
use zonekpi::{Kind, Language, Ledger, OnDuplicate, Schema, UnitFrom, polars, write_template};

use crate::manifest;

/// A folder of its own for a test, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("zonekpi-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn read(path: &Path) -> Ledger {
    Ledger::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn an_empty_template_of_every_table_is_read_without_an_issue() {
    let folder = Folder::new("templates");
    for table in Schema::builtin().tables() {
        for language in [Language::Zh, Language::En] {
            let path = folder.file(&format!("模板-{}-{language:?}.xlsx", table.name));
            write_template([&table.name], &path, language).expect("a template");
            let ledger = read(&path);
            let names: Vec<&str> = ledger.tables().map(|t| t.spec().name.as_str()).collect();
            assert_eq!(names, [table.name.as_str()]);
            assert!(ledger.issues().is_empty(), "{}: {:?}", table.name, ledger.issues());
            let [reading] = ledger.reading() else { panic!("one sheet is read") };
            assert_eq!((reading.rows, reading.other_columns.len()), (0, 0), "{}", table.name);
            for column in table.columns.iter().filter(|c| !c.derived) {
                let found = reading.columns.iter().find(|c| c.name == column.name);
                let found = found.unwrap_or_else(|| panic!("{}.{}", table.name, column.name));
                let unit = match (column.kind, language) {
                    (Kind::Money, Language::Zh) => Some("万元"),
                    (Kind::Money, _) => Some("元"),
                    (Kind::Area, _) if column.name.ends_with("_m2") => Some("平方米"),
                    (Kind::Area, _) => Some("亩"),
                    _ => None,
                };
                assert_eq!(found.unit.as_deref(), unit, "{}.{}", table.name, column.name);
                assert_eq!(found.unit_from, unit.map(|_| UnitFrom::Header), "{}.{}", table.name, column.name);
            }
            let made: Vec<&str> = table.columns.iter().filter(|c| c.derived).map(|c| c.name.as_str()).collect();
            assert!(reading.columns.iter().all(|c| !made.contains(&c.name.as_str())), "what is made is not asked for");
        }
    }
}

#[test]
fn a_template_may_hold_all_tables() {
    let folder = Folder::new("template-all");
    let path = folder.file("台账.xlsx");
    let names: Vec<&str> = Schema::builtin().tables().map(|t| t.name.as_str()).collect();
    write_template(&names, &path, Language::Zh).expect("a template");
    let ledger = read(&path);
    assert_eq!(ledger.tables().count(), names.len());
    assert!(ledger.issues().is_empty(), "{:?}", ledger.issues());
    assert!(ledger.reading().iter().all(|r| r.sheets_not_read == ["填写说明"]));
}

#[test]
fn a_template_that_cannot_be_written_says_why_and_leaves_nothing() {
    let folder = Folder::new("template-errors");
    let write = |table: &str, name: &str| write_template([table], folder.file(name), Language::Zh);
    let error = write("project_s", "a.xlsx").expect_err("a slip");
    assert_eq!((error.code(), error.suggestion()), ("unknown_table", Some("projects")));
    let error = write("projects", "a.xls").expect_err("another format");
    assert_eq!(error.code(), "path_not_xlsx");
    assert!(error.suggestion().is_some_and(|s| s.ends_with("a.xlsx")));
    assert_eq!(write("projects", "没有/a.xlsx").expect_err("no folder").code(), "folder_not_found");
    std::fs::create_dir(folder.file("b.xlsx")).expect("a folder");
    assert_eq!(write("projects", "b.xlsx").expect_err("a folder").code(), "path_is_folder");
    let nothing: [&str; 0] = [];
    assert_eq!(
        write_template(nothing, folder.file("c.xlsx"), Language::Zh).expect_err("none").code(),
        "nothing_to_write"
    );
    assert_eq!(folder.names(), ["b.xlsx"]);
}

#[test]
fn a_file_that_is_there_is_replaced_as_a_whole() {
    let folder = Folder::new("template-again");
    let path = folder.file("台账.xlsx");
    std::fs::write(&path, "not a workbook").expect("a file");
    write_template(["cases"], &path, Language::Zh).expect("a template");
    write_template(["projects"], &path, Language::Zh).expect("a template");
    assert!(read(&path).table("projects").is_some());
    assert_eq!(folder.names(), ["台账.xlsx"], "nothing is left beside it");
}

/// A frame without what says where its rows came from.
fn bare(frame: &DataFrame) -> DataFrame {
    frame.drop_many(["source_file", "source_sheet", "source_row"])
}

/// Writes a ledger marked, reads it, and holds both against each other.
fn comes_back(folder: &Folder, name: &str, ledger: &Ledger, languages: &[Language]) -> Ledger {
    for language in languages {
        let path = folder.file(&format!("{name}-{language:?}.xlsx"));
        ledger.write_excel(&path, *language).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Ledger::reader().snapshot_on(ledger.snapshot_on()).read([&path]);
        let again = again.unwrap_or_else(|error| panic!("{name}: {error}"));
        let names = |ledger: &Ledger| -> Vec<String> { ledger.tables().map(|t| t.spec().name.clone()).collect() };
        assert_eq!(names(ledger), names(&again), "{name}");
        for table in ledger.tables() {
            let (before, after) = (
                bare(table.frame().expect("rows")),
                bare(again.table(&table.spec().name).expect("it").frame().expect("rows")),
            );
            for column in before.columns() {
                let back = after.column(column.name()).unwrap_or_else(|_| panic!("{name}: {} is gone", column.name()));
                let same = column.as_materialized_series().equals_missing(back.as_materialized_series());
                assert!(same, "{name} {language:?}\n{column:?}\n{back:?}");
            }
            assert_eq!(before.width(), after.width(), "{name}: {:?}", after.get_column_names());
        }
    }
    read(&folder.file(&format!("{name}-Zh.xlsx")))
}

#[test]
fn the_example_ledger_comes_back_from_its_marked_workbook() {
    let folder = Folder::new("marked-example");
    let ledger = Ledger::example().expect("the example");
    let again = comes_back(&folder, "示例", &ledger, &[Language::Zh]);
    // What could not be read stands as it was written, so that it is told again.
    let lost = |ledger: &Ledger| -> Vec<(String, Option<String>)> {
        let codes = ["date_impossible", "date_undecided", "date_unreadable", "date_unknown_but_happened"];
        let issues = ledger.issues().iter().filter(|i| codes.contains(&i.code.as_str()));
        let mut lost: Vec<_> = issues.map(|i| (i.code.as_str().to_owned(), i.value.clone())).collect();
        lost.sort();
        lost
    };
    assert_eq!(lost(&again), lost(&ledger));
    assert_eq!(lost(&ledger).len(), 11);
}

#[test]
fn every_sample_ledger_comes_back_from_its_marked_workbook() {
    let folder = Folder::new("marked-samples");
    let mut read = 0;
    for entry in std::fs::read_dir(manifest::folder()).expect("the samples") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        // Those that are no ledger have tests of their own.
        let Ok(ledger) = Ledger::reader().on_duplicate(OnDuplicate::First).read([&path]) else { continue };
        comes_back(&folder, &name, &ledger, &[Language::Zh, Language::En]);
        read += 1;
    }
    assert!(read >= 20, "{read} of 24 samples are ledgers");
}

#[test]
fn what_no_cell_can_say_stands_beside_it() {
    let folder = Folder::new("marked-beside");
    // 2023.1 as a text is January, yet it was unreadable; the interval has no word; the amount has 18 digits.
    let csv = "project_id,started_on,signed_on,signed_on_from,investment_cny,上级,commitment\n\
        P1,2023.1,2023-03-31,2023-03-02,1234567890123456.78,甲,\nP2,已开工,,,0.01,,不详\n";
    let ledger = Ledger::reader().bytes("a.csv", csv.as_bytes()).finish().expect("a ledger");
    let again = comes_back(&folder, "旁列", &ledger, &[Language::Zh, Language::En]);
    let frame = again.table("projects").expect("projects").frame().expect("rows");
    let text = |column: &str, row: usize| frame.column(column).expect(column).get(row).expect("a row").to_string();
    assert_eq!(text("started_on_state", 0), "\"unreadable\"");
    assert_eq!(text("started_on_state", 1), "\"undated\"");
    assert_eq!(text("signed_on_from", 0), "2023-03-02");
    assert_eq!(text("investment_cny", 0), "1234567890123456.78");
    assert_eq!(text("investment_cny", 1), "0.01");
    assert_eq!(text("commitment_state", 1), "\"unreadable\"");
    assert_eq!(text("上级", 0), "\"甲\"");
}

#[test]
fn a_long_text_is_cut_and_said_so() {
    let folder = Folder::new("marked-long");
    let long = "长".repeat(40_000);
    let frame = df!("project_id" => ["P1"], "project_name" => [long]).expect("a frame");
    let ledger = Ledger::from_frames([("projects", frame)]).expect("a ledger");
    let path = folder.file("长.xlsx");
    ledger.write_excel(&path, Language::Zh).expect("a workbook");
    let back = read(&path);
    let names =
        back.table("projects").expect("projects").frame().expect("rows").column("project_name").expect("names").clone();
    assert_eq!(names.str().expect("texts").get(0).map(|t| t.chars().count()), Some(32_767));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&path).expect("the file")).expect("a zip");
    let comments = std::io::read_to_string(zip.by_name("xl/comments1.xml").expect("comments")).expect("text");
    assert!(comments.contains("32767"), "{comments}");
}

//! What is read of a ledger that was loaded: the columns that a question needs, and no others. A column that is not read
//! may be damaged, and one that is read may not.

use std::ops::Range;
use std::path::{Path, PathBuf};

use zonekpi::polars::prelude::*;
use zonekpi::{Cell, Engine, Error, ErrorKind, Every, KpiTable, Language, Ledger, Phases, Query};

use crate::kept::{Scratch, ledgers_are_equal};

fn example() -> Ledger {
    Ledger::example().expect("the example")
}

fn file_of(folder: &Path, table: &str) -> PathBuf {
    let mut paths = std::fs::read_dir(folder).expect("files").map(|entry| entry.expect("an entry").path());
    let is_it = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        name.rsplit_once('-').is_some_and(|(what, _)| what == table)
    };
    paths.find(is_it).expect("its file")
}

/// The columns of a file, and where its bytes are: by the file's own account.
fn chunks(path: &Path) -> Vec<(String, Range<usize>)> {
    let mut reader = ParquetReader::new(std::fs::File::open(path).expect("a file"));
    let metadata = reader.get_metadata().expect("metadata");
    let chunks = metadata.row_groups.iter().flat_map(|group| group.parquet_columns());
    let place = |bytes: Range<u64>| bytes.start as usize..bytes.end as usize;
    chunks.map(|chunk| (chunk.descriptor().path_in_schema[0].to_string(), place(chunk.byte_range()))).collect()
}

/// Damages columns of a table in its file; how many.
fn damage(folder: &Path, table: &str, is_hit: impl Fn(&str) -> bool) -> usize {
    let path = file_of(folder, table);
    let mut bytes = std::fs::read(&path).expect("bytes");
    let hit: Vec<_> = chunks(&path).into_iter().filter(|(column, _)| is_hit(column)).collect();
    for (_, range) in &hit {
        bytes[range.start..range.end].fill(0xA5);
    }
    std::fs::write(&path, bytes).expect("written");
    hit.len()
}

/// Leaves only some columns of a table as they were, with what stands beside them; how many were damaged.
fn leave_only(folder: &Path, table: &str, columns: &[&str]) -> usize {
    let is_left = |name: &str| {
        columns.iter().any(|left| name.strip_prefix(left).is_some_and(|tail| ["", "_from", "_state"].contains(&tail)))
    };
    damage(folder, table, |name| !is_left(name))
}

/// A question, and of each table the columns that it may read; tables that are not named are damaged altogether.
struct Asked {
    query: Query,
    reads: &'static [(&'static str, &'static [&'static str])],
}

fn asked() -> Vec<Asked> {
    vec![
        Asked {
            query: Query::new(["commitment_share"]).by(["zone"]).as_of("2024-03-31").totals(true),
            reads: &[("projects", &["zone", "approved_on", "filed", "commitment"])],
        },
        // The filter is looked through for values that no row has, and the series for its first day.
        Asked {
            query: Query::new(["signed_projects"]).filter("zone = '朔州经开区'").every(Every::Quarter),
            reads: &[("projects", &["zone", "signed_on"])],
        },
        Asked {
            query: Query::new(["on_time_rate"]).filter("project.key_project").by(["project.zone"]),
            reads: &[
                ("cases", &["decided_on", "due_on", "project_id"]),
                ("projects", &["project_id", "key_project", "zone"]),
            ],
        },
        Asked {
            query: Query::new(["signed_projects"]).phases(Phases::Parent),
            reads: &[("projects", &["signed_on", "parent_id"])],
        },
        Asked {
            query: Query::new(["on_time_rate"]).by(["project.zone"]).phases(Phases::Parent),
            reads: &[
                ("cases", &["decided_on", "due_on", "project_id"]),
                ("projects", &["project_id", "parent_id", "zone"]),
            ],
        },
    ]
}

fn told(board: &KpiTable) -> (DataFrame, Vec<String>) {
    // Which engine answered is the one thing that differs between them.
    let frame = board.frame(true).expect("a frame").drop("engine").expect("the engine");
    (frame, board.notes(Language::Zh).to_vec())
}

#[test]
fn a_question_reads_its_columns_and_no_others() {
    for Asked { query, reads } in asked() {
        let expected = told(&query.run(&example()).expect("an answer"));
        let folder = Scratch::new();
        example().save(&folder.0).expect("saved");
        let mut damaged = 0;
        for table in example().tables() {
            let name = table.spec().name.as_str();
            let left = reads.iter().find(|(read, _)| *read == name).map_or(&[][..], |(_, columns)| *columns);
            damaged += leave_only(&folder.0, name, left);
        }
        assert!(damaged > 100, "{damaged} columns");
        for engine in [Engine::Auto, Engine::Fused, Engine::Reference] {
            let ledger = Ledger::load(&folder.0).expect("a ledger");
            let board = query.clone().engine(engine).run(&ledger).unwrap_or_else(|error| panic!("{engine:?}: {error}"));
            let found = told(&board);
            assert!(expected.0.equals_missing(&found.0), "{engine:?} {} {}", expected.0, found.0);
            assert_eq!(expected.1, found.1);
        }
    }
}

fn is_of(error: &Error, path: &Path, table: &str, column: Option<&str>) {
    assert_eq!((error.kind(), error.code()), (ErrorKind::Input, "saved_file_changed"), "{error}");
    let place = error.place();
    assert_eq!((place.file.as_deref(), place.table.as_deref()), (path.to_str(), Some(table)), "{error}");
    assert_eq!(place.column.as_deref(), column, "{error}");
}

#[test]
fn a_column_that_is_read_and_is_not_as_it_was_saved_is_an_error() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    for Asked { query, reads } in asked() {
        for (table, column) in reads.iter().flat_map(|(table, columns)| columns.iter().map(move |name| (*table, *name)))
        {
            let path = file_of(&folder.0, table);
            let whole = std::fs::read(&path).expect("bytes");
            assert_eq!(damage(&folder.0, table, |name| name == column), 1);
            for engine in [Engine::Auto, Engine::Fused, Engine::Reference] {
                let ledger = Ledger::load(&folder.0).expect("a ledger");
                let answer = query.clone().engine(engine).run(&ledger).map(|board| board.to_string());
                is_of(&answer.expect_err(column), &path, table, Some(column));
            }
            std::fs::write(&path, whole).expect("written");
        }
    }
}

#[test]
fn rows_of_which_a_column_is_damaged_are_an_error_and_never_an_empty_table() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    assert_eq!(damage(&folder.0, "projects", |name| name == "investment_cny"), 1);
    let path = file_of(&folder.0, "projects");
    let ledger = Ledger::load(&folder.0).expect("a ledger");
    let projects = ledger.table("projects").expect("projects");
    let is_damaged = |error: &Error| is_of(error, &path, "projects", Some("investment_cny"));
    // Once more is not better.
    for _ in 0..2 {
        is_damaged(&projects.frame().expect_err("damaged"));
        is_damaged(&projects.columns(["zone", "investment_cny"]).expect_err("damaged"));
    }
    assert_eq!(projects.columns(["zone"]).expect("zones").height(), projects.height());
    let board = Query::new(["commitment_share"]).as_of("2024-03-31").run(&ledger).expect("an answer");
    is_damaged(&board.open("commitment_share", &Cell::new()).expect_err("damaged"));
    assert!(board.attrition("commitment_share", &Cell::new(), Language::Zh).is_ok());
    let other = Scratch::new();
    is_damaged(&ledger.save(&other.0).expect_err("damaged"));
    assert_eq!(Ledger::load(&other.0).expect_err("nothing saved").code(), "not_a_saved_ledger");
    let workbook = folder.0.join("台账.xlsx");
    is_damaged(&ledger.write_excel(&workbook, Language::Zh).expect_err("damaged"));
    assert!(!workbook.exists());
}

#[test]
fn files_that_are_cut_off_or_have_another_end_are_refused_when_the_ledger_is_opened() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    let path = file_of(&folder.0, "projects");
    let bytes = std::fs::read(&path).expect("bytes");
    let cut = [0, 1, 7, 8, bytes.len() / 2, bytes.len() - 1].map(|length| bytes[..length].to_vec());
    // The length of the footer is told by the four bytes before the last four.
    let mut longer = bytes.clone();
    let length = longer.len() - 8;
    longer[length..length + 4].fill(0xFF);
    for bytes in cut.into_iter().chain([longer]) {
        std::fs::write(&path, bytes).expect("written");
        is_of(&Ledger::load(&folder.0).expect_err("damaged"), &path, "projects", None);
    }
}

#[test]
fn names_types_and_rows_are_told_without_reading() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    for table in example().tables() {
        damage(&folder.0, &table.spec().name, |_| true);
    }
    let ledger = Ledger::load(&folder.0).expect("a ledger");
    assert_eq!(ledger.tables().count(), example().tables().count());
    for (before, after) in example().tables().zip(ledger.tables()) {
        assert_eq!((before.height(), before.schema()), (after.height(), after.schema()));
        assert!(after.has("source_row") && !after.has("nothing"));
        assert!(after.frame().is_err());
        // Not one column asked for is no column read.
        let none = after.columns([""; 0]).expect("no columns");
        assert_eq!((none.height(), none.width()), (before.height(), 0));
    }
}

#[test]
fn columns_come_in_the_order_asked_for_and_unknown_ones_are_told() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    let loaded = Ledger::load(&folder.0).expect("a ledger");
    for ledger in [example(), loaded] {
        let projects = ledger.table("projects").expect("projects");
        for names in [["zone", "project_id"], ["project_id", "zone"], ["zone", "signed_on"]] {
            let columns = projects.columns(names).expect("columns");
            assert_eq!(columns.get_column_names(), names);
            let whole = example().table("projects").expect("projects").frame().expect("rows").clone();
            assert!(columns.equals_missing(&whole.select(names).expect("columns")));
        }
        let error = projects.columns(["zone", "sined_on"]).expect_err("unknown");
        assert_eq!((error.kind(), error.code()), (ErrorKind::UnknownName, "unknown_column"));
        assert_eq!(error.suggestion(), Some("signed_on"));
    }
}

#[test]
fn what_is_saved_into_the_folder_later_does_not_change_a_ledger_that_was_loaded() {
    let folder = Scratch::new();
    let other = |name: &str| {
        let csv = format!("项目编号,项目名称,开发区\nP1,{name},甲\n");
        Ledger::reader().bytes("a.csv", csv.as_bytes()).finish().expect("a ledger")
    };
    example().save(&folder.0).expect("saved");
    let loaded = Ledger::load(&folder.0).expect("a ledger");
    other("甲").save(&folder.0).expect("saved");
    assert_eq!(Ledger::load(&folder.0).expect("a ledger").tables().count(), 1);
    ledgers_are_equal(&example(), &loaded);
    // A ledger may be saved where it came from, and where another has been since.
    for _ in 0..2 {
        let loaded = {
            loaded.save(&folder.0).expect("saved");
            Ledger::load(&folder.0).expect("a ledger")
        };
        loaded.save(&folder.0).expect("saved again");
        ledgers_are_equal(&example(), &loaded);
        ledgers_are_equal(&example(), &Ledger::load(&folder.0).expect("a ledger"));
        other("乙").save(&folder.0).expect("saved");
    }
}

#[cfg(unix)]
#[test]
fn a_ledger_that_was_loaded_answers_when_its_folder_is_gone() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    let loaded = Ledger::load(&folder.0).expect("a ledger");
    std::fs::remove_dir_all(&folder.0).expect("removed");
    let query = Query::new(["commitment_share"]).by(["zone"]).as_of("2024-03-31");
    assert_eq!(query.run(&loaded).expect("an answer").to_string(), query.run(&example()).expect("one").to_string());
    ledgers_are_equal(&example(), &loaded);
}

#[test]
fn several_may_ask_a_ledger_that_was_loaded_at_once() {
    let folder = Scratch::new();
    example().save(&folder.0).expect("saved");
    let query = Query::new(["commitment_share", "on_time_rate"]).by(["zone"]).as_of("2024-03-31");
    let expected = query.run(&example()).expect("an answer").to_string();
    let loaded = Ledger::load(&folder.0).expect("a ledger");
    let start = std::sync::Barrier::new(4);
    std::thread::scope(|scope| {
        for engine in [Engine::Auto, Engine::Fused, Engine::Reference, Engine::Reference] {
            let (query, loaded, expected, start) = (query.clone().engine(engine), &loaded, &expected, &start);
            scope.spawn(move || {
                start.wait();
                assert_eq!(&query.run(loaded).expect("an answer").to_string(), expected, "{engine:?}");
                let cases = |ledger: &Ledger| ledger.table("cases").expect("cases").frame().expect("rows").clone();
                assert!(cases(loaded).equals_missing(&cases(&example())));
            });
        }
    });
}

#[test]
fn the_same_rows_are_not_added_twice_whoever_holds_them() {
    let (folder, other) = (Scratch::new(), Scratch::new());
    example().save(&folder.0).expect("saved");
    let query = Query::new(["approved_projects"]).as_of("2024-03-31");
    let of = |ledger: &Ledger| query.run(ledger).expect("an answer");
    let loaded = Ledger::load(&folder.0).expect("a ledger");
    let error = KpiTable::merge(&[of(&example()), of(&loaded)], &[]).expect_err("the same rows");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Merge, "merge_twice"));
    // A ledger of as many rows, of which the last column that is compared tells.
    let rows = example().table("projects").expect("projects").frame().expect("rows").clone();
    let moved = Ledger::from_frames([("projects", rows.reverse())]).expect("a ledger");
    moved.save(&other.0).expect("saved");
    let moved = Ledger::load(&other.0).expect("a ledger");
    assert!(KpiTable::merge(&[of(&loaded), of(&moved)], &[]).is_ok());
    // To tell whether rows are the same, they are read.
    damage(&folder.0, "projects", |name| name == "project_name");
    let damaged = Ledger::load(&folder.0).expect("a ledger");
    let error = KpiTable::merge(&[of(&example()), of(&damaged)], &[]).expect_err("damaged");
    is_of(&error, &file_of(&folder.0, "projects"), "projects", Some("project_name"));
}

//! A save that is cut off at any of its steps leaves the old ledger or the new one.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::{DataFrame, NamedFrom, ParquetReader, ParquetWriter, SerReader, Series};

use super::folder::{Disk, Local, MANIFEST};
use super::manifest::{KeptFile, KeptTable, Manifest};
use super::{KeptRows, save};
use crate::error::{Error, ErrorKind, Place};
use crate::ledger::Ledger;
use crate::ledger::batch::{TypedCells, Values};

/// A folder of its own for each test, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("zonekpi-kept-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn folder(&self) -> PathBuf {
        self.0.join("ledger")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A disk that fails for good at a step, in the middle of it where it writes.
struct Breaking {
    left: Cell<usize>,
}

impl Breaking {
    fn after(steps: usize) -> Self {
        Self { left: Cell::new(steps) }
    }

    fn step(&self) -> io::Result<()> {
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(io::Error::other("no power")),
        }
    }
}

impl Disk for Breaking {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.step().is_err() {
            Local.write(path, &bytes[..bytes.len() / 2])?;
            return Err(io::Error::other("no power"));
        }
        Local.write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Local.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Local.remove(path)
    }
}

fn ledger(mark: &str) -> Ledger {
    let projects = format!("项目编号,项目名称,签约时间,总投资（万元）\nP1,{mark},2024-01-05,12\nP2,乙,已签约,十\n");
    let cases = format!("办件编号,项目编号,受理时间,承诺时限（工作日）\nC1,P1,2024-01-08,5\n{mark},P9,2024-02-01,3\n");
    let reader = Ledger::reader().bytes("projects.csv", projects.as_bytes()).bytes("cases.csv", cases.as_bytes());
    reader.finish().expect("a ledger")
}

/// All that a ledger is, but for its calendar's days, whose version stands for them.
fn told(ledger: &Ledger) -> String {
    let tables: Vec<String> = ledger
        .tables()
        .map(|t| format!("{:?} {:?}", t.frame().expect("rows").schema(), t.frame().expect("rows")))
        .collect();
    let Ledger { issues, readings, snapshot_on, snapshot_from, calendar, clock, sources, .. } = ledger;
    let version = calendar.version();
    format!("{tables:?} {issues:?} {readings:?} {snapshot_on} {snapshot_from:?} {version} {clock:?} {sources:?}")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_save_that_is_cut_off_leaves_the_old_ledger_or_the_new_one() {
    let (old, new) = (ledger("甲"), ledger("丙"));
    let (old_told, new_told) = (told(&old), told(&new));
    assert_ne!(old_told, new_told);
    // Two tables, issues and the manifest are each written and put in place; two files of the old tables go. The
    // issues are the same but for the name in them.
    let mut outcomes = String::new();
    for steps in 0..12 {
        let scratch = Scratch::new();
        old.save(scratch.folder()).expect("saved");
        let cut = save(&new, &scratch.folder(), &Breaking::after(steps));
        let left = told(&Ledger::load(scratch.folder()).expect("a whole ledger"));
        outcomes.push(if left == old_told { 'o' } else { 'n' });
        assert!(left == old_told || left == new_told, "after {steps} steps");
        assert_eq!(cut.is_ok(), left == new_told, "after {steps} steps");
        if let Err(error) = cut {
            assert_eq!((error.kind(), error.code()), (ErrorKind::Io, "folder_unwritable"));
        }
        // The next save finds its way, and leaves nothing of the one that was cut off.
        new.save(scratch.folder()).expect("saved");
        assert_eq!(told(&Ledger::load(scratch.folder()).expect("a ledger")), new_told);
        assert_eq!(names(&scratch.folder()).len(), 5, "{:?}", names(&scratch.folder()));
    }
    assert_eq!(outcomes, "oooooooonnnn", "the manifest's name is the eighth step");
}

#[test]
fn a_first_save_that_is_cut_off_leaves_no_ledger_and_may_be_made_again() {
    let new = ledger("甲");
    for steps in 0..8 {
        let scratch = Scratch::new();
        save(&new, &scratch.folder(), &Breaking::after(steps)).expect_err("cut off");
        let error = Ledger::load(scratch.folder()).expect_err("nothing whole");
        assert_eq!(error.code(), "not_a_saved_ledger", "after {steps} steps");
        new.save(scratch.folder()).expect("saved");
        assert_eq!(told(&Ledger::load(scratch.folder()).expect("a ledger")), told(&new));
    }
}

fn refused(scratch: &Scratch) -> Error {
    Ledger::load(scratch.folder()).expect_err("refused")
}

/// The file of a table or of the issues.
fn file_of(scratch: &Scratch, name: &str) -> PathBuf {
    let file = names(&scratch.folder()).into_iter().find(|n| n.starts_with(name)).expect("its file");
    scratch.folder().join(file)
}

#[test]
fn every_file_is_held_to_its_fingerprint() {
    let scratch = Scratch::new();
    for name in ["cases", "issues", "projects"] {
        ledger("甲").save(scratch.folder()).expect("saved");
        let path = file_of(&scratch, name);
        let mut bytes = std::fs::read(&path).expect("bytes");
        // In the footer.
        let at = bytes.len() - 40;
        bytes[at] ^= 1;
        std::fs::write(&path, &bytes).expect("written");
        let error = refused(&scratch);
        assert_eq!((error.code(), error.place().file.as_deref()), ("saved_file_changed", path.to_str()));
        std::fs::remove_file(&path).expect("removed");
        let error = refused(&scratch);
        assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "saved_file_missing"));
        assert_eq!(error.place().file.as_deref(), path.to_str());
    }
}

#[test]
fn every_byte_that_is_read_of_a_table_is_held_to_a_fingerprint() {
    let scratch = Scratch::new();
    ledger("甲").save(scratch.folder()).expect("saved");
    let text = std::fs::read_to_string(scratch.folder().join(MANIFEST)).expect("a manifest");
    let (manifest, _) = Manifest::of(&text).expect("a manifest");
    let kept = manifest.tables.iter().find(|table| table.name == "projects").expect("projects");
    let path = file_of(&scratch, "projects");
    let whole = std::fs::read(&path).expect("bytes");
    // The table as it is read of a file in which one byte is another.
    let read = |at: Option<usize>| -> Result<DataFrame, Error> {
        let mut bytes = whole.clone();
        if let Some(at) = at {
            bytes[at] ^= 1;
        }
        std::fs::write(&path, &bytes).expect("written");
        let rows = KeptRows::open(std::fs::File::open(&path).expect("a file"), Place::default(), kept)?;
        rows.frame().cloned()
    };
    let expected = read(None).expect("rows");
    assert_eq!(expected.height(), 2);
    let unread: Vec<usize> = (0..whole.len())
        .filter(|at| match read(Some(*at)) {
            Ok(frame) => {
                assert!(frame.equals_missing(&expected), "{at}");
                true
            }
            Err(error) => {
                assert_eq!(error.code(), "saved_file_changed", "{at}");
                false
            }
        })
        .collect();
    // Nobody looks at the mark with which a file begins, nor at what the writer says of each column behind it, which the
    // footer says too: whatever stands there, the rows are the same.
    let mut reader = ParquetReader::new(std::io::Cursor::new(&whole));
    let groups = &reader.get_metadata().expect("metadata").row_groups;
    let columns = groups.iter().flat_map(|group| group.parquet_columns()).map(|column| column.byte_range());
    let columns: Vec<_> = columns.collect();
    assert_eq!(columns.len(), expected.width());
    let length: [u8; 4] = whole[whole.len() - 8..whole.len() - 4].try_into().expect("four bytes");
    let footer = whole.len() - 8 - u32::from_le_bytes(length) as usize;
    let is_read = |at: &usize| *at >= footer || columns.iter().any(|column| column.contains(&(*at as u64)));
    assert_eq!(unread, (0..whole.len()).filter(|at| !is_read(at)).collect::<Vec<_>>());
}

#[test]
fn texts_are_coded_alike_in_all_row_groups_whatever_their_dictionaries() {
    const ROWS: usize = 3;
    let some = |words: &[&str]| words.iter().map(|word| (!word.is_empty()).then(|| (*word).to_owned())).collect();
    let words: Vec<Option<String>> =
        some(&["甲", "乙", "甲", "", "乙", "", "丙", "丙", "甲", "乙", "", "丙", "", "", ""]);
    let scratch = Scratch::new();
    // With a row group in which no row has anything, and without.
    for rows in [words.len(), words.len() - ROWS] {
        let words = &words[..rows];
        let path = scratch.0.join("words.parquet");
        let mut frame = DataFrame::new(rows, vec![Series::new("zone".into(), words).into()]).expect("a frame");
        let mut bytes = Vec::new();
        let writer = ParquetWriter::new(&mut bytes).with_row_group_size(Some(ROWS));
        writer.finish(&mut frame).expect("written");
        std::fs::write(&path, &bytes).expect("written");
        let parts = Some(super::rows::parts(&bytes, &Place::default()).expect("parts"));
        let file = KeptFile { name: String::new(), fingerprint: String::new() };
        let kept = KeptTable { name: "projects".to_owned(), rows, file, parts };
        let open = || KeptRows::open(std::fs::File::open(&path).expect("a file"), Place::default(), &kept).expect("it");
        let coded = open().coded("zone").expect("read");
        let Some(TypedCells { values: Values::Texts { codes, names }, there }) = coded else {
            panic!("no dictionary in {rows} rows");
        };
        let word =
            |row: usize| names.get(codes[row] as usize).filter(|_| there.as_ref().is_none_or(|t| t.get_bit(row)));
        assert_eq!((0..codes.len()).map(|row| word(row).cloned()).collect::<Vec<_>>(), words);
        // A word has one place, in whichever row groups it stands.
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
        // What was read as it is, is not read once more.
        let rows = open();
        assert!(rows.columns(&["zone"], true).expect("read").equals_missing(&frame));
        assert!(rows.coded("zone").expect("nothing to read").is_none());
    }
}

#[test]
fn what_was_saved_without_fingerprints_of_columns_is_held_to_that_of_the_file() {
    let scratch = Scratch::new();
    ledger("甲").save(scratch.folder()).expect("saved");
    let path = scratch.folder().join(MANIFEST);
    let text = std::fs::read_to_string(&path).expect("a manifest");
    let (mut manifest, _) = Manifest::of(&text).expect("a manifest");
    for table in &mut manifest.tables {
        assert!(table.parts.take().is_some());
    }
    let older = manifest.text().expect("a manifest");
    assert!(text.contains("parts") && !older.contains("parts"));
    std::fs::write(&path, older).expect("written");
    let loaded = Ledger::load(scratch.folder()).expect("a ledger");
    assert_eq!(told(&loaded), told(&ledger("甲")));
    // What is changed while the ledger is open does not go unnoticed either.
    let loaded = Ledger::load(scratch.folder()).expect("a ledger");
    let file = file_of(&scratch, "cases");
    let whole = std::fs::read(&file).expect("bytes");
    for at in [0, 4, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&file, &bytes).expect("written");
        let error = refused(&scratch);
        assert_eq!((error.code(), error.place().file.as_deref()), ("saved_file_changed", file.to_str()));
    }
    let mut bytes = whole;
    bytes[4] ^= 1;
    std::fs::write(&file, &bytes).expect("written");
    let error = loaded.table("cases").expect("cases").frame().expect_err("changed");
    assert_eq!((error.code(), error.place().table.as_deref()), ("saved_file_changed", Some("cases")));
}

#[test]
fn a_manifest_is_held_to_its_own_fingerprint_and_to_its_version() {
    let scratch = Scratch::new();
    let changed = |from: &str, to: &str| {
        let new = ledger("甲");
        if let Err(error) = new.save(scratch.folder()) {
            panic!("{error}");
        }
        let path = scratch.folder().join(MANIFEST);
        let text = std::fs::read_to_string(&path).expect("a manifest");
        assert!(text.contains(from), "{text}");
        std::fs::write(&path, text.replace(from, to)).expect("written");
        let error = refused(&scratch);
        assert_eq!(error.place().file.as_deref(), path.to_str(), "{error}");
        let again = new.save(scratch.folder()).map_err(|error| error.code().to_owned()).err();
        std::fs::remove_file(&path).expect("removed");
        (error.code().to_owned(), again)
    };
    let code = |code: &str| (code.to_owned(), None);
    // 2024-01-05 is the latest event: the snapshot, and where that came from.
    assert_eq!(
        changed("\"snapshot_on\": \"2024-02-01\"", "\"snapshot_on\": \"2024-02-02\""),
        code("saved_file_changed")
    );
    assert_eq!(changed("\"rows\": 2", "\"rows\": 3"), code("saved_file_changed"));
    assert_eq!(changed("\"fingerprint\"", "\"fingerprnt\""), code("saved_unreadable"));
    // What is no manifest is not written over.
    assert_eq!(changed("{\n", "\n"), ("saved_unreadable".to_owned(), Some("folder_holds_other".to_owned())));
    assert_eq!(
        changed("zonekpi ledger", "another"),
        ("saved_unreadable".to_owned(), Some("folder_holds_other".to_owned()))
    );
    assert_eq!(
        changed("\"format\": 1", "\"format\": 2"),
        ("saved_by_later".to_owned(), Some("saved_by_later".to_owned()))
    );
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let scratch = Scratch::new();
    let new = ledger("甲");
    std::fs::create_dir(scratch.folder()).expect("a folder");
    std::fs::write(scratch.folder().join("台账.xlsx"), b"mine").expect("written");
    let error = new.save(scratch.folder()).expect_err("refused");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Query, "folder_holds_other"));
    assert!(error.to_string().contains("台账.xlsx"), "{error}");
    assert_eq!(names(&scratch.folder()), ["台账.xlsx"]);
    let error = new.save(scratch.folder().join("台账.xlsx")).expect_err("refused");
    assert_eq!(error.code(), "path_is_file");
    let error = new.save(scratch.0.join("none").join("ledger")).expect_err("refused");
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "folder_not_found"));
    let error = Ledger::load(scratch.folder()).expect_err("refused");
    assert_eq!(error.code(), "not_a_saved_ledger");
    let error = Ledger::load(scratch.folder().join("台账.xlsx")).expect_err("refused");
    assert_eq!(error.code(), "not_a_saved_ledger");
    let error = Ledger::load(scratch.0.join("legder")).expect_err("refused");
    assert_eq!(
        (error.kind(), error.code(), error.suggestion()),
        (ErrorKind::NotFound, "saved_not_found", Some("ledger"))
    );
    // What stands beside a ledger stays there.
    std::fs::remove_file(scratch.folder().join("台账.xlsx")).expect("removed");
    new.save(scratch.folder()).expect("saved");
    std::fs::write(scratch.folder().join("说明.txt"), b"mine").expect("written");
    ledger("丙").save(scratch.folder()).expect("saved");
    assert_eq!(told(&Ledger::load(scratch.folder()).expect("a ledger")), told(&ledger("丙")));
    assert_eq!(std::fs::read(scratch.folder().join("说明.txt")).expect("bytes"), b"mine");
}

#[test]
fn names_do_not_lead_out_of_the_folder() {
    let scratch = Scratch::new();
    ledger("甲").save(scratch.folder()).expect("saved");
    let folder = super::Folder::at(&scratch.0);
    for name in ["../projects-0123456789abcdef.parquet", "projects.parquet", "/etc/passwd", ""] {
        assert_eq!(folder.bytes(name).expect_err("refused").code(), "saved_unreadable", "{name}");
        assert_eq!(folder.open(name).expect_err("refused").code(), "saved_unreadable", "{name}");
    }
}

//! Ledgers kept in a folder, so that they are read once: a Parquet file for each table and one for the issues, and a
//! manifest of all the rest. What the manifest holds is in `manifest`, how files are put into the folder in `folder`,
//! how issues become a frame and come back in `issues`, and how the file of a table is read column by column in `rows`.
//!
//! The manifest names the files by what they hold, and is put in its place last: a save that is cut off leaves the
//! ledger that was there, or the new one.

mod calendar;
mod folder;
mod issues;
mod manifest;
mod rows;

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use polars::prelude::{self, DataFrame, DataType, ParquetReader, ParquetWriter, SerReader};

pub(super) use self::folder::is_one;
use self::folder::{Disk, Folder, Local};
use self::manifest::{KeptDerived, KeptFile, KeptTable, Manifest};
pub(super) use self::rows::KeptRows;
use super::prepared::Prepared;
use super::schema::{Schema, TableSpec};
use super::{Ledger, Table, clock, column};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::fingerprint::fingerprint;
use crate::message::ErrorCode;

/// The name of the file of issues; the other files are named as their tables.
const ISSUES: &str = "issues";

/// How often a ledger is looked at again that somebody else saves at the same time.
const TRIES: usize = 5;

impl Ledger {
    /// Saves the ledger into a folder, from which [`load`](Self::load) opens it: its tables, issues and readings, the
    /// day it records, its calendar, and the fingerprints of the files that it was read from. A ledger that was saved
    /// there before is replaced; if the saving is cut off, the folder holds that one or the new one, whole.
    ///
    /// # How is a ledger read once, and asked often?
    ///
    /// ```
    /// use zonekpi::{Ledger, Query};
    ///
    /// let folder = std::env::temp_dir().join(format!("zonekpi-{}", std::process::id()));
    /// Ledger::example()?.save(&folder)?;
    /// let ledger = Ledger::load(&folder)?;
    /// let board = Query::new(["commitment_share"]).filter("zone = '朔州经开区'").as_of("2024-03-31").run(&ledger)?;
    /// assert_eq!(board.rows()[0].numerator.unwrap().unscaled, 59);
    /// # std::fs::remove_dir_all(folder).unwrap();
    /// # Ok::<(), zonekpi::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the folder holds anything else, where there is a file of its name, and where it cannot be written.
    pub fn save(&self, folder: impl AsRef<Path>) -> Result<()> {
        save(self, folder.as_ref(), &Local)
    }

    /// Opens a ledger that [`save`](Self::save) wrote. It answers as the one that was saved. Of its tables only the names
    /// and types of columns are read; a column is read, and compared with its fingerprint, when a question needs it. The
    /// files stay open: what is saved into the folder later, or becomes of it, does not change this ledger.
    ///
    /// # Errors
    ///
    /// Where the folder is not there or holds no ledger; where a file is missing, or not as it was saved; where a later
    /// version of the crate saved it. That a column is not as it was saved is an error of the question that needs it.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = Folder::at(folder.as_ref());
        let mut text = folder.manifest()?;
        for _ in 0..TRIES {
            let loaded = load(&folder, &text);
            if loaded.is_ok() {
                return loaded;
            }
            // Its files may have gone because another ledger was saved in the meantime.
            let now = folder.manifest()?;
            if now == text {
                return loaded;
            }
            text = now;
        }
        load(&folder, &text)
    }
}

fn save(ledger: &Ledger, path: &Path, disk: &dyn Disk) -> Result<()> {
    let folder = Folder::at(path);
    let _lock = folder.claim()?;
    let mut tables = Vec::new();
    for spec in Schema::builtin().tables() {
        let Some(table) = ledger.tables.get(&spec.name) else { continue };
        let bytes = written(table.columns_once(table.names())?)?;
        let file = put(&folder, disk, &spec.name, &bytes)?;
        let parts = Some(rows::parts(&bytes, &folder.place(&file.name))?);
        tables.push(KeptTable { name: spec.name.clone(), rows: table.height(), file, parts });
    }
    let issues = put(&folder, disk, ISSUES, &written(issues::frame(&ledger.issues)?)?)?;
    let derived = KeptDerived {
        columns: ledger.clock.columns.iter().map(|name| (*name).to_owned()).collect(),
        provisional: ledger.clock.provisional.iter().map(|(name, days)| ((*name).to_owned(), *days)).collect(),
        suspensions: ledger.clock.suspensions,
        unassigned: ledger.clock.unassigned,
    };
    let manifest = Manifest {
        snapshot_on: ledger.snapshot_on,
        snapshot_from: ledger.snapshot_from.clone(),
        calendar: calendar::kept(&ledger.calendar),
        tables,
        issues,
        readings: ledger.readings.to_vec(),
        derived,
        sources: ledger.sources.clone(),
    };
    folder.put_manifest(disk, &manifest.text()?)?;
    folder.tidy(disk, manifest.files().map(|file| file.name.as_str()));
    Ok(())
}

/// A frame as the bytes of a file.
fn written(mut frame: DataFrame) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // Texts are coded by a dictionary, as the writer of Polars does wherever that is shorter.
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}

/// Puts a file into the folder, under a name that says what it holds.
fn put(folder: &Folder<'_>, disk: &dyn Disk, name: &str, bytes: &[u8]) -> Result<KeptFile> {
    let fingerprint = fingerprint(bytes);
    let file = KeptFile { name: folder::named(name, &fingerprint), fingerprint };
    folder.put(disk, &file.name, bytes)?;
    Ok(file)
}

fn load(folder: &Folder<'_>, text: &str) -> Result<Ledger> {
    let (manifest, program) = Manifest::of(text).map_err(|error| error.at(folder.place(folder::MANIFEST)))?;
    let unknown = |found: &str, file: &str| {
        let message = ErrorCode::SavedWordUnknown.message().with("found", found).with("program", &program);
        Error::new(ErrorKind::Input, message).at(folder.place(file))
    };
    let mut ledger = Ledger {
        tables: Default::default(),
        issues: issues::of(&frame(folder, &manifest.issues)?)
            .map(Arc::new)
            .map_err(|found| unknown(&found, &manifest.issues.name))?,
        readings: Arc::new(manifest.readings),
        snapshot_on: manifest.snapshot_on,
        snapshot_from: manifest.snapshot_from,
        calendar: calendar::of(&manifest.calendar)
            .ok_or_else(|| unreadable("calendar", folder.place(folder::MANIFEST)))?,
        clock: clock::Derived::default(),
        sources: manifest.sources,
        prepared: Prepared::default(),
    };
    for kept in &manifest.tables {
        let spec = Schema::builtin().table(&kept.name).ok_or_else(|| unknown(&kept.name, folder::MANIFEST))?;
        let place = folder.place(&kept.file.name);
        let place = Place { table: Some(spec.name.clone()), ..place };
        let rows = folder.open(&kept.file.name).and_then(|file| KeptRows::open(file, place.clone(), kept));
        let rows = rows.map_err(|error| error.at(place))?;
        if let Some(stranger) = stranger(spec, rows.schema()) {
            return Err(unknown(&format!("{}.{stranger}", spec.name), &kept.file.name));
        }
        ledger.tables.insert(spec.name.clone(), Arc::new(Table::kept(spec, rows)));
    }
    let derived = &manifest.derived;
    ledger.clock.suspensions = derived.suspensions;
    ledger.clock.unassigned = derived.unassigned;
    let of_cases = |name: &str| {
        let column = Schema::builtin().table("cases").and_then(|cases| cases.column(name));
        column.map(|column| column.name.as_str()).ok_or_else(|| unknown(name, folder::MANIFEST))
    };
    for name in &derived.columns {
        ledger.clock.columns.push(of_cases(name)?);
    }
    for (name, days) in &derived.provisional {
        ledger.clock.provisional.push((of_cases(name)?, *days));
    }
    Ok(ledger)
}

fn unreadable(detail: impl std::fmt::Display, place: Place) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::SavedUnreadable.message().with("detail", detail)).at(place)
}

fn changed(place: Place) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::SavedFileChanged.message()).at(place)
}

/// The frame of a file, which must be as it was saved.
fn frame(folder: &Folder<'_>, file: &KeptFile) -> Result<DataFrame> {
    let bytes = folder.bytes(&file.name)?;
    if fingerprint(&bytes) != file.fingerprint {
        return Err(changed(folder.place(&file.name)));
    }
    let read = ParquetReader::new(Cursor::new(bytes)).set_rechunk(true).finish();
    read.map_err(|error| unreadable(&error, folder.place(&file.name)).caused_by(error))
}

/// A column whose type is not what this version of the schema has for its name.
fn stranger(spec: &TableSpec, schema: &prelude::Schema) -> Option<String> {
    let fits = |name: &str, dtype: &DataType| match (spec.column(name), name) {
        (Some(known), _) => *dtype == column::dtype(known.kind),
        (None, "source_row") => *dtype == DataType::UInt32,
        (None, _) => {
            let beside = |suffix: &str| name.strip_suffix(suffix).is_some_and(|stem| spec.column(stem).is_some());
            *dtype == if beside("_from") { DataType::Date } else { DataType::String }
        }
    };
    schema.iter().find(|(name, dtype)| !fits(name.as_str(), dtype)).map(|(name, _)| name.to_string())
}

#[cfg(test)]
mod tests;

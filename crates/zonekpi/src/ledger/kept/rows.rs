//! The file of a table of a kept ledger. It is opened with the ledger and stays open, so that it is there whatever
//! becomes of its name; its columns are read when they are asked for, each compared with its fingerprint before anything
//! is believed of it.

use std::fmt;
use std::fs::File;
use std::io::Cursor;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use polars::prelude::{Column, DataFrame, ParquetReader, PlHashMap, Schema, SerReader};

use super::manifest::{KeptParts, KeptTable};
use super::{changed, unreadable};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::fingerprint::fingerprint;
use crate::ledger::batch::{self, TypedCells};
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::message::ErrorCode;
use crate::parquet::{Footer, Mapped, within};

/// Bytes from which on it is worth several threads to take fingerprints of them.
const MANY: usize = 1 << 20;

/// The rows of a table that stand in a file.
pub(in crate::ledger) struct KeptRows {
    /// Who looks at it takes it for himself, for a file has one place that is read next.
    file: Mutex<File>,
    place: Place,
    footer: Footer,
    /// Of each column, by its name.
    fingerprints: PlHashMap<String, String>,
    /// What was read already.
    columns: Mutex<PlHashMap<String, Column>>,
    whole: OnceLock<DataFrame>,
}

impl fmt::Debug for KeptRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.place.file.as_deref().unwrap_or_default();
        write!(f, "{} rows and {} columns in {file}", self.height(), self.schema().len())
    }
}

impl KeptRows {
    /// The rows in a file. Only its end is read, unless it was saved when there were no fingerprints but of whole files.
    pub(super) fn open(mut file: File, place: Place, kept: &KeptTable) -> Result<Self> {
        let mapped = mapped(&mut file, &place)?;
        let is_whole = match &kept.parts {
            Some(parts) => end(mapped.bytes()).is_some_and(|end| fingerprint(end) == parts.footer),
            None => fingerprint(mapped.bytes()) == kept.file.fingerprint,
        };
        if !is_whole {
            return Err(changed(place));
        }
        let footer = footer(mapped.reader(), &place)?;
        let columns = match &kept.parts {
            Some(parts) => parts.columns.clone(),
            None => fingerprints(mapped.bytes(), &footer, &names(&footer))?.ok_or_else(|| changed(place.clone()))?,
        };
        let fingerprints = columns.into_iter().collect();
        let (file, columns) = (Mutex::new(file), Mutex::default());
        Ok(Self { file, place, footer, fingerprints, columns, whole: OnceLock::new() })
    }

    pub(in crate::ledger) fn height(&self) -> usize {
        self.footer.metadata.num_rows
    }

    pub(in crate::ledger) fn schema(&self) -> &Schema {
        &self.footer.schema
    }

    /// All columns.
    pub(in crate::ledger) fn frame(&self) -> Result<&DataFrame> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole);
        }
        let whole = self.columns(&names(&self.footer), true)?;
        Ok(self.whole.get_or_init(|| whole))
    }

    /// Some columns that the file has; what was read before is not read again. They are kept for those who ask next, if
    /// it `keeps` them.
    pub(in crate::ledger) fn columns(&self, wanted: &[&str], keeps: bool) -> Result<DataFrame> {
        let known: Vec<Option<Column>> = {
            let columns = taken(&self.columns);
            wanted.iter().map(|name| columns.get(*name).cloned()).collect()
        };
        let mut lacking: Vec<&str> =
            wanted.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(name, _)| *name).collect();
        lacking.sort_unstable();
        lacking.dedup();
        let read = if lacking.is_empty() { DataFrame::empty() } else { self.read(&lacking)? };
        if keeps {
            let read = read.columns().iter().map(|column| (column.name().to_string(), column.clone()));
            taken(&self.columns).extend(read);
        }
        let columns = wanted.iter().zip(known).map(|(name, known)| match known {
            Some(column) => Ok(column),
            None => Ok(read.column(name)?.clone()),
        });
        Ok(DataFrame::new(self.height(), columns.collect::<Result<_>>()?)?)
    }

    /// The texts of a column as they stand in the file, if all of them are places in dictionaries. What was read already
    /// is not read again as such.
    pub(in crate::ledger) fn coded(&self, name: &str) -> Result<Option<TypedCells>> {
        if taken(&self.columns).contains_key(name) || !self.footer.has_dictionaries(name) {
            return Ok(None);
        }
        let mapped = self.checked(&[name])?;
        let groups: Vec<(usize, usize)> = self.footer.groups().enumerate().collect();
        let arrays = side_by_side(&groups, groups.len() > 1, |_, (group, rows)| {
            let arrays = self.footer.arrays(&mapped, name, (*group, &(0..*rows)), true);
            arrays.map_err(|error| unreadable(&error, self.place.clone()))
        });
        let mut all = Vec::new();
        for of_group in arrays {
            match of_group.ok_or_else(broke_off)?? {
                Some(arrays) => all.extend(arrays),
                None => return Ok(None),
            }
        }
        Ok(batch::coded(&all).filter(|cells| cells.len() == self.height()))
    }

    /// Reads columns, which must be as they were saved.
    fn read(&self, wanted: &[&str]) -> Result<DataFrame> {
        let mapped = self.checked(wanted)?;
        let wanted = wanted.iter().map(|name| (*name).to_owned()).collect();
        let mut reader = ParquetReader::new(mapped.reader()).with_columns(Some(wanted)).set_rechunk(true);
        reader.set_metadata(Arc::clone(&self.footer.metadata));
        reader.finish().map_err(|error| unreadable(&error, self.place.clone()).caused_by(error))
    }

    /// The bytes of the file, of which some columns are as they were saved.
    fn checked(&self, wanted: &[&str]) -> Result<Mapped> {
        let mapped = mapped(&mut taken(&self.file), &self.place)?;
        let found = fingerprints(mapped.bytes(), &self.footer, wanted)?.ok_or_else(|| changed(self.place.clone()))?;
        for (name, found) in found {
            if self.fingerprints.get(&name) != Some(&found) {
                return Err(changed(Place { column: Some(name), ..self.place.clone() }));
            }
        }
        Ok(mapped)
    }
}

/// The fingerprints of the parts of a file that was just written.
pub(super) fn parts(bytes: &[u8], place: &Place) -> Result<KeptParts> {
    let footer = footer(Cursor::new(bytes), place)?;
    let lost = || changed(place.clone());
    let columns = fingerprints(bytes, &footer, &names(&footer))?.ok_or_else(lost)?;
    Ok(KeptParts { footer: fingerprint(end(bytes).ok_or_else(lost)?), columns })
}

fn mapped(file: &mut File, place: &Place) -> Result<Mapped> {
    Mapped::of(file).map_err(|error| {
        let message = ErrorCode::FileUnreadable.message().with("detail", &error);
        Error::new(ErrorKind::Io, message).caused_by(error).at(place.clone())
    })
}

fn footer(file: Cursor<impl AsRef<[u8]> + Send + Sync>, place: &Place) -> Result<Footer> {
    Footer::read(file).map_err(|error| unreadable(&error, place.clone()).caused_by(error))
}

fn names(footer: &Footer) -> Vec<&str> {
    footer.schema.iter_names().map(|name| name.as_str()).collect()
}

/// The end of a Parquet file, which says what is in it: a footer, the length of it, and a mark of four bytes.
fn end(bytes: &[u8]) -> Option<&[u8]> {
    let (before, _mark) = bytes.split_last_chunk::<4>()?;
    let (_, length) = before.split_last_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    bytes.get(bytes.len().checked_sub(length.checked_add(8)?)?..)
}

/// The fingerprints of columns: of each that of the fingerprints of its parts, one for each group of rows, so that
/// several threads may take them. `None` where the bytes end before a column does.
fn fingerprints(bytes: &[u8], footer: &Footer, columns: &[&str]) -> Result<Option<Vec<(String, String)>>> {
    let of_column = |at: usize, name: &str| -> Option<Vec<(usize, Range<usize>)>> {
        footer.chunks(name).iter().map(|chunk| Some((at, within(chunk, bytes.len())?))).collect()
    };
    let parts: Option<Vec<_>> = columns.iter().enumerate().map(|(at, name)| of_column(at, name)).collect();
    let Some(parts) = parts else { return Ok(None) };
    let parts = parts.concat();
    let worth = parts.iter().map(|(_, range)| range.len()).sum::<usize>() > MANY;
    let taken = side_by_side(&parts, worth, |_, (_, range)| fingerprint(bytes.get(range.clone()).unwrap_or_default()));
    let mut of_parts = vec![String::new(); columns.len()];
    for ((at, _), taken) in parts.iter().zip(taken) {
        if let Some(all) = of_parts.get_mut(*at) {
            all.push_str(&taken.ok_or_else(broke_off)?);
        }
    }
    let of_columns = columns.iter().zip(of_parts).map(|(name, all)| ((*name).to_owned(), fingerprint(all.as_bytes())));
    Ok(Some(of_columns.collect()))
}

/// Nothing is left half done in what is locked here.
fn taken<T>(locked: &Mutex<T>) -> MutexGuard<'_, T> {
    locked.lock().unwrap_or_else(PoisonError::into_inner)
}

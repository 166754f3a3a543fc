//! A Parquet file of a scan: what its footer says, and the rows of it that are asked for, as a frame, as arrays or as pages
//! of columns. Here names of columns that the first file has another way are its own, and damage is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use polars::prelude::{
    ArrayRef, Column, DataFrame, DataType, IntoSeries, ParquetReader, PlSmallStr, SerReader, Series,
};
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::statistics::deserialize_all;
use polars_parquet::read::{ColumnChunkMetadata, PageReader};

use super::place_of;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::source;
use crate::message::{ErrorCode, Phrase};
use crate::parquet::{Footer, Mapped, Pages, Trouble, Unpacker, within};

pub(super) struct File {
    path: PathBuf,
    footer: Footer,
    stamp: Stamp,
    /// The names of the first file that stand for others here.
    aliases: BTreeMap<String, String>,
    /// Columns whose pages were looked at, by row group.
    whole: Mutex<BTreeSet<(usize, String)>>,
}

/// Why rows are not had from pages.
pub(super) enum Stop {
    /// They are encoded in a rare way.
    Unknown,
    /// A cell needs a closer look.
    Doubtful,
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What tells a file from another that took its place: its length, and when it was last written.
type Stamp = (u64, Option<SystemTime>);

fn stamp(file: &std::fs::File) -> io::Result<Stamp> {
    let metadata = file.metadata()?;
    Ok((metadata.len(), metadata.modified().ok()))
}

/// The statistics of a column, a value for each row group.
pub(super) struct Statistics {
    pub(super) least: Series,
    pub(super) most: Series,
    pub(super) nulls: Vec<Option<usize>>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())
    }
}

fn opened(path: &Path) -> Result<std::fs::File> {
    if path.is_dir() {
        return Err(source::is_folder(path).at(place_of(path)));
    }
    std::fs::File::open(path).map_err(|error| {
        let (kind, message) = match error.kind() {
            io::ErrorKind::NotFound => (ErrorKind::NotFound, ErrorCode::FileNotFound.message()),
            _ => return unreadable(path, error),
        };
        Error::new(kind, message).caused_by(error).at(place_of(path))
    })
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    let message = ErrorCode::FileUnreadable.message().with("detail", &error);
    Error::new(ErrorKind::Io, message).caused_by(error).at(place_of(path))
}

fn damaged(detail: &dyn fmt::Display) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::ScanFileDamaged.message().with("detail", detail))
}

/// A file that is damaged in a way that has no words.
fn broken() -> Error {
    let detail = vec![Phrase::DamageReader.message()];
    Error::new(ErrorKind::Input, ErrorCode::ScanFileDamaged.message().with_messages("detail", detail))
}

/// What is read of a file. Readers of Parquet take it at its word in places (a kind of pages that there is none of, bits
/// beyond the last), and panic where it is damaged there: that is one more way to say so, and caught it names the file.
/// Nothing that is shared is changed on the way.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(broken()))
}

/// The error of a file that ends too early.
fn cut_off() -> Error {
    let detail = vec![Phrase::DamageCutOff.message()];
    Error::new(ErrorKind::Input, ErrorCode::ScanFileDamaged.message().with_messages("detail", detail))
}

/// The mark at both ends of a Parquet file.
const MARK: &[u8; 4] = b"PAR1";

impl File {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut file = opened(path)?;
        let place = || place_of(path);
        let mut mark = |from| -> io::Result<bool> {
            let mut bytes = [0; 4];
            file.seek(from)?;
            file.read_exact(&mut bytes)?;
            Ok(bytes == *MARK)
        };
        if !mark(SeekFrom::Start(0)).unwrap_or(false) {
            return Err(Error::new(ErrorKind::Input, ErrorCode::ScanNotParquet.message()).at(place()));
        }
        if !mark(SeekFrom::End(-4)).unwrap_or(false) {
            return Err(cut_off().at(place()));
        }
        let stamp = stamp(&file).map_err(|error| unreadable(path, error))?;
        let footer = guarded(|| Footer::read(file).map_err(|error| damaged(&error)));
        let footer = footer.map_err(|error| error.at(place()))?;
        if footer.groups().sum::<usize>() != footer.metadata.num_rows {
            return Err(damaged(&"row groups").at(place()));
        }
        Ok(Self { path: path.to_path_buf(), footer, stamp, aliases: BTreeMap::new(), whole: Mutex::default() })
    }

    /// The same file, where names of the first stand for its own.
    pub(super) fn called(self, aliases: BTreeMap<String, String>) -> Self {
        Self { aliases, ..self }
    }

    /// What a column of the first file is called here.
    fn own<'a>(&'a self, column: &'a str) -> &'a str {
        self.aliases.get(column).map_or(column, String::as_str)
    }

    /// The file once more, which must be as it was when its footer was read.
    fn again(&self) -> Result<std::fs::File> {
        let file = opened(&self.path)?;
        match stamp(&file).map_err(|error| unreadable(&self.path, error))? == self.stamp {
            true => Ok(file),
            false => Err(Error::new(ErrorKind::Input, ErrorCode::ScanFileChanged.message()).at(self.place())),
        }
    }

    /// # Errors
    ///
    /// Where another file stands in its place.
    pub(super) fn is_as_opened(&self) -> Result<()> {
        self.again().map(|_| ())
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn place(&self) -> Place {
        place_of(&self.path)
    }

    pub(super) fn rows(&self) -> usize {
        self.footer.metadata.num_rows
    }

    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.footer.schema.iter_names().map(ToString::to_string).collect()
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.footer.schema.contains(self.own(column))
    }

    pub(super) fn dtype(&self, column: &str) -> Option<&DataType> {
        self.footer.schema.get(self.own(column))
    }

    /// The rows of each row group.
    pub(super) fn groups(&self) -> impl Iterator<Item = usize> {
        self.footer.groups()
    }

    /// All columns, without a row.
    pub(super) fn empty(&self) -> Result<DataFrame> {
        let columns = self.footer.schema.iter().map(|(name, dtype)| Column::new_empty(name.clone(), dtype));
        Ok(DataFrame::new(0, columns.collect())?)
    }

    /// Some columns of some rows. What is mapped of the file is let go of once they are made.
    pub(super) fn read(&self, columns: &[String], start: usize, rows: usize) -> Result<DataFrame> {
        let groups: Vec<usize> = self.parts(start, rows).map(|(group, _)| group).collect();
        self.has_whole_pages(&self.mapped()?, columns, &groups)?;
        let mut reader = ParquetReader::new(self.again()?)
            .with_columns(Some(columns.iter().map(|column| self.own(column).to_owned()).collect()))
            .with_slice(Some((start, rows)))
            .set_rechunk(true);
        reader.set_metadata(Arc::clone(&self.footer.metadata));
        let frame = guarded(|| reader.finish().map_err(|error| damaged(&error).caused_by(error)));
        let mut frame = frame.map_err(|error| error.at(self.place()))?;
        if frame.height() != rows {
            return Err(broken().at(self.place()));
        }
        for (column, own) in columns.iter().filter_map(|column| self.aliases.get_key_value(column)) {
            frame.rename(own, PlSmallStr::from_str(column))?;
        }
        Ok(frame)
    }

    /// The bytes of the file, mapped: what is not looked at is not read.
    pub(super) fn mapped(&self) -> Result<Mapped> {
        Mapped::of(&mut self.again()?).map_err(|error| unreadable(&self.path, error))
    }

    /// The arrays of a column in some rows of a row group, as [`Footer::arrays`] gives them.
    ///
    /// # Errors
    ///
    /// Where the file is damaged.
    pub(super) fn arrays(
        &self,
        mapped: &Mapped,
        column: &str,
        part: (usize, &Range<usize>),
        coded: bool,
    ) -> Result<Option<Vec<ArrayRef>>> {
        self.has_whole_pages(mapped, &[column.to_owned()], &[part.0])?;
        let arrays = || self.footer.arrays(mapped, self.own(column), part, coded).map_err(|error| damaged(&error));
        guarded(arrays).map_err(|error| error.at(self.place()))
    }

    /// The pages of a column in some rows of a row group.
    ///
    /// # Errors
    ///
    /// Where they are not had: the file is damaged, or stores the column in a rare way.
    pub(super) fn pages(
        &self,
        mapped: &Mapped,
        column: &str,
        part: (usize, Range<usize>),
        unpacker: &mut Unpacker,
    ) -> Result<Pages, Stop> {
        self.has_whole_pages(mapped, &[column.to_owned()], &[part.0])?;
        self.of_pages(|| self.footer.pages(mapped, self.own(column), part, unpacker)?.ok_or(Trouble::Unknown))
    }

    /// What comes of pages of this file, which may panic where they are damaged.
    ///
    /// # Errors
    ///
    /// Where nothing does: the file is damaged, they are encoded in a rare way, or a value needs a closer look.
    pub(super) fn of_pages<T>(&self, read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Stop> {
        let found = guarded(|| match read() {
            Err(Trouble::Damaged(detail)) => Err(damaged(&detail)),
            found => Ok(found),
        });
        match found.map_err(|error| error.at(self.place()))? {
            Ok(found) => Ok(found),
            Err(Trouble::Doubtful) => Err(Stop::Doubtful),
            Err(Trouble::Unknown) => Err(Stop::Unknown),
            Err(Trouble::Damaged(detail)) => Err(damaged(&detail).at(self.place()).into()),
        }
    }

    /// The pages of some columns hold as many values as the end of the file says, and none is larger than all of them. A
    /// reader sets memory aside for whatever a page says of itself, and an allocation that fails ends the process, which
    /// nothing can catch.
    ///
    /// # Errors
    ///
    /// Where they hold more or fewer, or are larger.
    fn has_whole_pages(&self, mapped: &Mapped, columns: &[String], groups: &[usize]) -> Result<()> {
        for column in columns.iter().map(|column| self.own(column)) {
            for group in groups.iter().copied() {
                let place = (group, column.to_owned());
                if self.whole.lock().unwrap_or_else(PoisonError::into_inner).contains(&place) {
                    continue;
                }
                let chunks =
                    self.footer.metadata.row_groups.get(group).map(|group| group.columns_under_root_iter(column));
                for chunk in chunks.into_iter().flatten().flatten() {
                    guarded(|| is_whole(mapped, chunk)).map_err(|error| error.at(self.place()))?;
                }
                self.whole.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
            }
        }
        Ok(())
    }

    /// The row groups that some rows of the file are in, and which of their own these are.
    pub(super) fn parts(&self, start: usize, rows: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
        let mut before = 0;
        self.groups().enumerate().filter_map(move |(group, many)| {
            let first = before;
            before += many;
            let (from, to) = (start.max(first), (start + rows).min(first + many));
            (from < to).then(|| (group, from - first..to - first))
        })
    }

    /// What the file says of a column, row group by row group; `None` where it says nothing.
    pub(super) fn statistics(&self, column: &str) -> Option<Statistics> {
        let (column, groups) = (self.own(column), &self.footer.metadata.row_groups);
        let [place] = groups.first()?.columns_idxs_under_root_iter(column)? else { return None };
        let field = self.footer.fields.get(column)?;
        let all = || Ok(deserialize_all(field, groups, *place, &self.footer.metadata.footer_buf).ok().flatten());
        // Where they cannot be understood, the rows are read.
        let told = guarded(all).ok().flatten()?;
        let series = |array| typed(Series::from_arrow(field.name.clone(), array).ok()?, self.dtype(column)?);
        let nulls = told.null_count.iter().map(|count| count.map(|count| *count as usize)).collect();
        Some(Statistics { least: series(told.min_value)?, most: series(told.max_value)?, nulls })
    }
}

/// Whether the pages of a column in a row group say that they hold what the end of the file says.
fn is_whole(mapped: &Mapped, chunk: &ColumnChunkMetadata) -> Result<()> {
    let bytes = mapped.bytes();
    let range = within(&chunk.byte_range(), bytes.len()).ok_or_else(cut_off)?;
    let all = usize::try_from(chunk.num_values()).map_err(|_| broken())?;
    let bytes = mapped.reader().into_inner().sliced(range);
    let mut found = 0_usize;
    for page in PageReader::new(io::Cursor::new(bytes), chunk, Vec::new(), usize::MAX) {
        match page.map_err(|error| damaged(&error))? {
            CompressedPage::Dict(_) => {}
            CompressedPage::Data(page) => {
                found = found.saturating_add(page.num_values());
                if i64::try_from(page.uncompressed_size()).is_ok_and(|size| size > chunk.uncompressed_size()) {
                    return Err(broken());
                }
            }
        }
    }
    if found == all { Ok(()) } else { Err(broken()) }
}

/// Statistics are in the physical type of a column, which may be less than its own.
fn typed(physical: Series, dtype: &DataType) -> Option<Series> {
    match dtype {
        same if physical.dtype() == same => Some(physical),
        DataType::Date if *physical.dtype() == DataType::Int32 => physical.cast(dtype).ok(),
        DataType::Decimal(precision, scale) => {
            Some(physical.i128().ok()?.clone().into_decimal(*precision, *scale).ok()?.into_series())
        }
        _ => None,
    }
}

/// A series of one value, under the name of a column.
pub(super) fn one(series: &Series, at: usize, name: &str) -> Series {
    series.slice(i64::try_from(at).unwrap_or(0), 1).with_name(PlSmallStr::from_str(name))
}

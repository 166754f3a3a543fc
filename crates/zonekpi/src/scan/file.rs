//! A Parquet file: what its footer says, and the rows of it that are asked for, as a frame or as the arrays of columns.

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polars::io::mmap::ReaderBytes;
use polars::prelude::{
    ArrayRef, ArrowField, ArrowSchema, Column, DataFrame, DataType, IntoSeries, ParquetReader, PlSmallStr, Schema,
    SchemaExt, SerReader, Series,
};
use polars_arrow::datatypes::{ArrowDataType, DTYPE_CATEGORICAL_NEW, IntegerType, Metadata};
use polars_buffer::Buffer;
use polars_parquet::read::statistics::deserialize_all;
use polars_parquet::read::{
    BasicDecompressor, ColumnChunkMetadata, FileMetadata, Filter, PageReader, column_iter_to_arrays, infer_schema,
};

use super::place_of;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, Language, Phrase};

pub(super) struct File {
    path: PathBuf,
    metadata: Arc<FileMetadata>,
    fields: ArrowSchema,
    schema: Schema,
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
    std::fs::File::open(path).map_err(|error| {
        let (kind, message) = match error.kind() {
            io::ErrorKind::NotFound => (ErrorKind::NotFound, ErrorCode::FileNotFound.message()),
            _ => (ErrorKind::Io, ErrorCode::FileUnreadable.message().with("detail", &error)),
        };
        Error::new(kind, message).caused_by(error).at(place_of(path))
    })
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
        let damaged = |error: &dyn fmt::Display| {
            Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with("detail", error)).at(place())
        };
        if !mark(SeekFrom::End(-4)).unwrap_or(false) {
            let cut_off =
                ErrorCode::FileDamaged.message().with_messages("detail", vec![Phrase::DamageCutOff.message()]);
            return Err(Error::new(ErrorKind::Input, cut_off).at(place()));
        }
        let mut reader = ParquetReader::new(opened(path)?);
        let metadata = Arc::clone(reader.get_metadata().map_err(|error| damaged(&error))?);
        let fields = infer_schema(&metadata).map_err(|error| damaged(&error))?;
        let schema = Schema::from_arrow_schema(&fields);
        Ok(Self { path: path.to_path_buf(), metadata, fields, schema })
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn place(&self) -> Place {
        place_of(&self.path)
    }

    pub(super) fn rows(&self) -> usize {
        self.metadata.num_rows
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.schema.contains(column)
    }

    pub(super) fn dtype(&self, column: &str) -> Option<&DataType> {
        self.schema.get(column)
    }

    /// The rows of each row group.
    pub(super) fn groups(&self) -> impl Iterator<Item = usize> {
        self.metadata.row_groups.iter().map(|group| group.num_rows())
    }

    /// All columns, without a row.
    pub(super) fn empty(&self) -> Result<DataFrame> {
        let columns = self.schema.iter().map(|(name, dtype)| Column::new_empty(name.clone(), dtype));
        Ok(DataFrame::new(0, columns.collect())?)
    }

    /// Some columns of some rows. What is mapped of the file is let go of once they are made.
    pub(super) fn read(&self, columns: &[String], start: usize, rows: usize) -> Result<DataFrame> {
        let mut reader = ParquetReader::new(opened(&self.path)?)
            .with_columns(Some(columns.to_vec()))
            .with_slice(Some((start, rows)))
            .set_rechunk(true);
        reader.set_metadata(Arc::clone(&self.metadata));
        reader.finish().map_err(|error| {
            let message = ErrorCode::FileDamaged.message().with("detail", &error);
            Error::new(ErrorKind::Input, message).caused_by(error).at(self.place())
        })
    }

    /// The bytes of the file, mapped: what is not looked at is not read.
    pub(super) fn mapped(&self) -> Result<Mapped> {
        let mut file = opened(&self.path)?;
        Ok(Mapped(match ReaderBytes::from(&mut file) {
            ReaderBytes::Owned(bytes) => bytes,
            ReaderBytes::Borrowed(bytes) => Buffer::from(bytes.to_vec()),
        }))
    }

    /// The arrays of a column in some rows of a row group. Texts are places in a dictionary, where `coded` asks for it
    /// and the file has one; `None` where only a part of them is in it.
    ///
    /// # Errors
    ///
    /// Where the file is damaged.
    pub(super) fn arrays(
        &self,
        mapped: &Mapped,
        column: &str,
        (group, rows): (usize, &Range<usize>),
        coded: bool,
    ) -> Result<Option<Vec<ArrayRef>>> {
        let damaged = |detail: &dyn fmt::Display| {
            Error::new(ErrorKind::Input, ErrorCode::FileDamaged.message().with("detail", detail)).at(self.place())
        };
        let group = self.metadata.row_groups.get(group);
        let chunks: Vec<&ColumnChunkMetadata> =
            group.into_iter().filter_map(|group| group.columns_under_root_iter(column)).flatten().collect();
        let ([chunk], Some(field)) = (chunks.as_slice(), self.fields.get(column)) else { return Ok(None) };
        let range = chunk.byte_range();
        let (Ok(start), Ok(end)) = (usize::try_from(range.start), usize::try_from(range.end)) else { return Ok(None) };
        if start > end || end > mapped.0.len() {
            return Err(damaged(&Phrase::DamageCutOff.message().text(Language::En)));
        }
        let coded = coded && chunk.dictionary_page_offset().is_some();
        let field = if coded { in_dictionary(field) } else { field.clone() };
        let bytes = Cursor::new(mapped.0.clone().sliced(start..end));
        let pages = PageReader::new(bytes, chunk, Vec::new(), usize::MAX);
        let pages = BasicDecompressor::new(pages, Vec::new());
        let filter = Filter::new_ranged(rows.start, rows.end);
        let types = vec![&chunk.descriptor().descriptor.primitive_type];
        match column_iter_to_arrays(vec![pages], types, field, Some(filter)) {
            Ok((arrays, _)) => Ok(Some(arrays)),
            // A writer that has seen too many words goes on without the dictionary.
            Err(_) if coded => Ok(None),
            Err(error) => Err(damaged(&error)),
        }
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
        let groups = &self.metadata.row_groups;
        let [place] = groups.first()?.columns_idxs_under_root_iter(column)? else { return None };
        let field = self.fields.get(column)?;
        let told = deserialize_all(field, groups, *place, &self.metadata.footer_buf).ok()??;
        let series = |array| typed(Series::from_arrow(field.name.clone(), array).ok()?, self.dtype(column)?);
        let nulls = told.null_count.iter().map(|count| count.map(|count| *count as usize)).collect();
        Some(Statistics { least: series(told.min_value)?, most: series(told.max_value)?, nulls })
    }
}

/// The bytes of a file.
pub(super) struct Mapped(Buffer<u8>);

/// A field of texts as one of places in a dictionary.
fn in_dictionary(field: &ArrowField) -> ArrowField {
    let texts = ArrowDataType::Dictionary(IntegerType::UInt32, Box::new(ArrowDataType::Utf8View), false);
    let mark = (PlSmallStr::from_static(DTYPE_CATEGORICAL_NEW), PlSmallStr::EMPTY);
    field.with_dtype(texts).with_metadata(Metadata::from([mark]))
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

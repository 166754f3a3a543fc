//! A Parquet file: what its footer says, and the rows of it that are asked for.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polars::prelude::{
    Column, DataFrame, DataType, IntoSeries, ParquetReader, PlSmallStr, Schema, SchemaExt, SerReader, Series,
};
use polars_parquet::read::statistics::deserialize_all;
use polars_parquet::read::{FileMetadata, infer_schema};

use super::place_of;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, Phrase};

pub(super) struct File {
    path: PathBuf,
    metadata: Arc<FileMetadata>,
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
        Ok(Self { path: path.to_path_buf(), metadata, schema })
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

    /// What the file says of a column, row group by row group; `None` where it says nothing.
    pub(super) fn statistics(&self, column: &str) -> Option<Statistics> {
        let groups = &self.metadata.row_groups;
        let [place] = groups.first()?.columns_idxs_under_root_iter(column)? else { return None };
        let fields = infer_schema(&self.metadata).ok()?;
        let field = fields.get(column)?;
        let told = deserialize_all(field, groups, *place, &self.metadata.footer_buf).ok()??;
        let series = |array| typed(Series::from_arrow(field.name.clone(), array).ok()?, self.dtype(column)?);
        let nulls = told.null_count.iter().map(|count| count.map(|count| *count as usize)).collect();
        Some(Statistics { least: series(told.min_value)?, most: series(told.max_value)?, nulls })
    }
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

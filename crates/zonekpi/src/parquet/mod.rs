//! Parquet files as bytes: what a footer says, and the bytes of columns. Files that are scanned and ledgers that are
//! kept are both read by it; what to say of a file that is damaged is theirs to know. Pages are in `pages`.

mod pages;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    ArrayRef, ArrowField, ArrowSchema, DataType, ParquetReader, PlSmallStr, PolarsError, PolarsResult, Schema,
    SchemaExt, SerReader,
};
use polars_arrow::datatypes::{ArrowDataType, DTYPE_CATEGORICAL_NEW, IntegerType, Metadata, TimeUnit};
use polars_buffer::Buffer;
use polars_parquet::read::schema::parquet_to_arrow_schema;
use polars_parquet::read::{
    BasicDecompressor, ColumnChunkMetadata, FileMetadata, Filter, PageReader, column_iter_to_arrays, infer_schema,
};
use polars_utils::mmap::MMapSemaphore;

pub(crate) use self::pages::{Page, Pages, Plain, Trouble, Unpacker, Values, fitting, keep};
use crate::message::{Language, Phrase};

/// The bytes of a file.
pub(crate) struct Mapped(Buffer<u8>);

impl Mapped {
    /// The bytes as they are mapped, so that what is not looked at is not read. Where the system maps no files of this
    /// kind, all of them are read.
    pub(crate) fn of(file: &mut File) -> io::Result<Self> {
        if let Ok(mapped) = MMapSemaphore::new_from_file(file) {
            return Ok(Self(Buffer::from_owner(mapped)));
        }
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        Ok(Self(Buffer::from(bytes)))
    }

    /// The bytes, to be read as a file.
    pub(crate) fn reader(&self) -> Cursor<Buffer<u8>> {
        Cursor::new(self.0.clone())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What the end of a file says of the rest.
pub(crate) struct Footer {
    pub(crate) metadata: Arc<FileMetadata>,
    pub(crate) fields: ArrowSchema,
    pub(crate) schema: Schema,
    /// The types in which columns are stored, whatever their writer says that they were before.
    stored: Schema,
}

impl Footer {
    pub(crate) fn read(file: impl MmapBytesReader) -> PolarsResult<Self> {
        let mut reader = ParquetReader::new(file);
        let mut metadata = Arc::clone(reader.get_metadata()?);
        let written = parquet_to_arrow_schema(metadata.schema().fields());
        let mut fields = infer_schema(&metadata)?;
        // What a writer said of the types of its columns may have been copied from another file: where it names others, it
        // is of no use, and a column by such a name would be one that nobody has.
        if !fields.iter_names().eq(written.iter_names()) {
            let own = FileMetadata { key_value_metadata: None, ..FileMetadata::clone(&metadata) };
            fields = infer_schema(&own)?;
            metadata = Arc::new(own);
        }
        // No file stores seconds: where its writer had some, they are told in thousandths, as Polars types them.
        for field in fields.iter_values_mut() {
            if let ArrowDataType::Timestamp(TimeUnit::Second, zone) = &field.dtype {
                field.dtype = ArrowDataType::Timestamp(TimeUnit::Millisecond, zone.clone());
            }
        }
        // Polars 0.55.2 panics at columns of this type.
        if let Some(half) = fields.iter_values().find(|field| *field.dtype() == ArrowDataType::Float16) {
            let detail = format!("column '{}' has the type float16, which is not supported", half.name);
            return Err(PolarsError::SchemaMismatch(detail.into()));
        }
        let schema = Schema::from_arrow_schema(&fields);
        let stored = Schema::from_arrow_schema(&written);
        Ok(Self { metadata, fields, schema, stored })
    }

    /// The rows of each row group.
    pub(crate) fn groups(&self) -> impl Iterator<Item = usize> {
        self.metadata.row_groups.iter().map(|group| group.num_rows())
    }

    /// Whether a column has a dictionary in each row group.
    pub(crate) fn has_dictionaries(&self, column: &str) -> bool {
        let chunks = self.metadata.row_groups.iter().filter_map(|group| group.columns_under_root_iter(column));
        chunks.flatten().all(|chunk| chunk.dictionary_page_offset().is_some())
    }

    /// Where in the file a column is: a range for each row group.
    pub(crate) fn chunks(&self, column: &str) -> Vec<Range<u64>> {
        let chunks = self.metadata.row_groups.iter().filter_map(|group| group.columns_under_root_iter(column));
        chunks.flatten().map(ColumnChunkMetadata::byte_range).collect()
    }

    /// Whether the values of a column are stored as they are, and not as others that they are made of.
    fn is_stored_as_it_is(&self, column: &str) -> bool {
        match (self.schema.get(column), self.stored.get(column)) {
            (Some(DataType::Datetime(unit, _)), Some(DataType::Datetime(stored, _))) => unit == stored,
            (Some(DataType::Categorical(..)), Some(DataType::String)) => true,
            (dtype, stored) => dtype == stored,
        }
    }

    /// What a row group has of a column, where that is flat.
    fn chunk(&self, group: usize, column: &str) -> Option<&ColumnChunkMetadata> {
        let mut chunks = self.metadata.row_groups.get(group)?.columns_under_root_iter(column)?;
        chunks.next().filter(|_| chunks.next().is_none())
    }

    /// The arrays of a column in some rows of a row group. Texts are places in a dictionary, where `coded` asks for it
    /// and the file has one; `None` where only a part of them is in it.
    ///
    /// # Errors
    ///
    /// Where the file is damaged: in which way.
    pub(crate) fn arrays(
        &self,
        mapped: &Mapped,
        column: &str,
        (group, rows): (usize, &Range<usize>),
        coded: bool,
    ) -> Result<Option<Vec<ArrayRef>>, String> {
        let (Some(chunk), Some(field)) = (self.chunk(group, column), self.fields.get(column)) else { return Ok(None) };
        let range = within(&chunk.byte_range(), mapped.0.len()).ok_or_else(cut_off)?;
        let coded = coded && chunk.dictionary_page_offset().is_some();
        let field = if coded { in_dictionary(field) } else { field.clone() };
        let bytes = Cursor::new(mapped.0.clone().sliced(range));
        let pages = PageReader::new(bytes, chunk, Vec::new(), usize::MAX);
        let pages = BasicDecompressor::new(pages, Vec::new());
        let filter = Filter::new_ranged(rows.start, rows.end);
        let types = vec![&chunk.descriptor().descriptor.primitive_type];
        match column_iter_to_arrays(vec![pages], types, field, Some(filter)) {
            Ok((arrays, _)) => Ok(Some(arrays)),
            // A writer that has seen too many words goes on without the dictionary.
            Err(_) if coded => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Where a part of a file is, in so many bytes; `None` where they end before it does.
pub(crate) fn within(range: &Range<u64>, bytes: usize) -> Option<Range<usize>> {
    let (start, end) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
    (start <= end && end <= bytes).then_some(start..end)
}

/// What is told of bytes that end too early.
fn cut_off() -> String {
    Phrase::DamageCutOff.message().text(Language::En)
}

/// A field of texts as one of places in a dictionary.
fn in_dictionary(field: &ArrowField) -> ArrowField {
    let texts = ArrowDataType::Dictionary(IntegerType::UInt32, Box::new(ArrowDataType::Utf8View), false);
    let mark = (PlSmallStr::from_static(DTYPE_CATEGORICAL_NEW), PlSmallStr::EMPTY);
    field.with_dtype(texts).with_metadata(Metadata::from([mark]))
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoColumn, NamedFrom, ParquetWriter, Series, df};

    use super::*;

    /// A file of one column, and what its writer says of it.
    fn file(name: &str) -> (Vec<u8>, String) {
        let mut frame = df!("days" => [1i32, 2, 3]).expect("a frame");
        let days = Series::new(name.into(), [19_000i32, 19_001, 19_002]).cast(&DataType::Date).expect("days");
        frame.with_column(days.into_column()).expect("a column");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).expect("written");
        let metadata = Footer::read(Cursor::new(bytes.clone())).expect("a footer").metadata;
        let said = metadata.key_value_metadata.iter().flatten().find(|pair| pair.key == "ARROW:schema");
        (bytes, said.and_then(|pair| pair.value.clone()).expect("a schema"))
    }

    #[test]
    fn columns_have_the_names_that_the_file_has() {
        let ((bytes, said), (_, other)) = (file("signed_on"), file("marked_on"));
        assert_eq!(said.len(), other.len());
        let at = bytes.windows(said.len()).position(|part| part == said.as_bytes()).expect("the schema");
        let mut copied = bytes.clone();
        copied[at..at + other.len()].copy_from_slice(other.as_bytes());
        for (bytes, is_kept) in [(bytes, true), (copied, false)] {
            let footer = Footer::read(Cursor::new(bytes)).expect("a footer");
            assert!(footer.schema.iter_names().eq(["days", "signed_on"]), "{is_kept}");
            assert_eq!(footer.schema.get("signed_on"), Some(&DataType::Date));
            assert_eq!(footer.metadata.key_value_metadata.is_some(), is_kept);
        }
    }
}

//! The pages of a flat column in a row group, one after the other: which of their rows have a value, and the values as
//! they are stored, of those rows alone. Pages are unpacked when they are reached, and those of rows that are not asked
//! for never. What few writers use is told apart and not read here.

use std::io::Cursor;
use std::ops::Range;

use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_parquet::parquet::encoding::Encoding;
use polars_parquet::parquet::encoding::hybrid_rle::{HybridRleChunk, HybridRleDecoder};
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::parquet::page::{DataPage, DataPageHeader, DictPage, split_buffer};
use polars_parquet::parquet::schema::types::PhysicalType;
use polars_parquet::read::{BasicDecompressor, PageReader};

use super::{Footer, Mapped, within};
use crate::message::{Language, Phrase};

/// Why pages are not read.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// They are encoded in a way that is not known here.
    Unknown,
    /// The file is damaged: in which way.
    Damaged(String),
}

impl From<ParquetError> for Trouble {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// The pages of some rows of a row group.
pub(crate) struct Pages {
    pages: BasicDecompressor,
    dictionary: Option<DictPage>,
    physical: PhysicalType,
    /// Whether a row may have no value.
    optional: bool,
    /// The rows that are asked for, and how many stand before the next page.
    rows: Range<usize>,
    before: usize,
    page: Option<DataPage>,
}

/// Rows of a page.
pub(crate) struct Page<'p> {
    pub(crate) rows: usize,
    /// Those that have a value; `None` is all.
    pub(crate) there: Option<Bitmap>,
    pub(crate) values: Values<'p>,
}

/// Values one after the other.
pub(crate) enum Values<'p> {
    Plain(Plain<'p>),
    Places(Places<'p>),
    Bits(Bitmap),
}

/// Values in the bytes of their type.
#[derive(Clone, Copy)]
pub(crate) enum Plain<'p> {
    /// Whole numbers of 32 bits.
    Short(&'p [[u8; 4]]),
    /// Whole numbers of 64 bits.
    Long(&'p [[u8; 8]]),
    Floats(&'p [[u8; 8]]),
    /// Texts with their lengths before them, so many.
    Texts(&'p [u8], usize),
}

/// Places in a dictionary.
pub(crate) struct Places<'p> {
    decoder: HybridRleDecoder<'p>,
    /// The first of them are of rows that are not asked for.
    skipped: usize,
}

fn damaged() -> Trouble {
    Trouble::Damaged(Phrase::DamageCutOff.message().text(Language::En))
}

impl Footer {
    /// The pages of a column in some rows of a row group; `None` where the column is not flat, or of another type.
    pub(crate) fn pages(
        &self,
        mapped: &Mapped,
        column: &str,
        (group, rows): (usize, Range<usize>),
    ) -> Result<Option<Pages>, Trouble> {
        let Some(chunk) = self.chunk(group, column) else { return Ok(None) };
        let range = within(&chunk.byte_range(), mapped.0.len()).ok_or_else(damaged)?;
        let descriptor = &chunk.descriptor().descriptor;
        let physical = descriptor.primitive_type.physical_type;
        if descriptor.max_rep_level > 0 || descriptor.max_def_level > 1 {
            return Ok(None);
        }
        let reader = PageReader::new(Cursor::new(mapped.0.clone().sliced(range)), chunk, Vec::new(), usize::MAX);
        let mut pages = BasicDecompressor::new(reader, Vec::new());
        let dictionary = pages.read_dict_page()?;
        let optional = descriptor.max_def_level == 1;
        Ok(Some(Pages { pages, dictionary, physical, optional, rows, before: 0, page: None }))
    }
}

impl Pages {
    /// The values that places stand for, if there is a dictionary.
    pub(crate) fn dictionary(&self) -> Result<Option<Plain<'_>>, Trouble> {
        let Some(page) = &self.dictionary else { return Ok(None) };
        Plain::of(self.physical, &page.buffer, 0..page.num_values).map(Some)
    }

    /// The next page of rows that are asked for.
    pub(crate) fn next_page(&mut self) -> Result<Option<Page<'_>>, Trouble> {
        if let Some(done) = self.page.take() {
            self.pages.reuse_page_buffer(done);
        }
        let (found, first) = loop {
            if self.before >= self.rows.end {
                return Ok(None);
            }
            let found = self.pages.next().ok_or_else(damaged)??;
            // A flat column has a level for each row.
            let first = self.before;
            self.before += found.num_values();
            if self.before > self.rows.start {
                break (found, first);
            }
        };
        let page = self.page.insert(found.decompress(&mut self.pages)?);
        let asked = self.rows.start.max(first) - first..self.rows.end.min(self.before) - first;
        let (levels, values) = split(page)?;
        let whole = if self.optional { there(page, levels)? } else { None };
        let set = |rows: &Range<usize>| match &whole {
            Some(there) => there.clone().sliced(rows.start, rows.len()).set_bits(),
            None => rows.len(),
        };
        let skipped = set(&(0..asked.start));
        let wanted = skipped..skipped + set(&asked);
        let values = match (page.encoding(), self.physical) {
            (Encoding::Plain, PhysicalType::Boolean) => Values::Bits(bits(values, &wanted)?),
            (Encoding::Rle, PhysicalType::Boolean) => {
                // The length of the runs comes before them.
                let runs = values.get(4..).ok_or_else(damaged)?;
                Values::Bits(of_runs(runs, wanted.end)?.sliced(wanted.start, wanted.len()))
            }
            (Encoding::Plain, physical) if physical != PhysicalType::ByteArray => {
                Values::Plain(Plain::of(physical, values, wanted)?)
            }
            (Encoding::PlainDictionary | Encoding::RleDictionary, _) if self.dictionary.is_some() => {
                let (bits, places) = values.split_first().unwrap_or((&0, &[]));
                if *bits > 32 {
                    return Err(damaged());
                }
                let decoder = HybridRleDecoder::new(places, (*bits).into(), wanted.end);
                Values::Places(Places { decoder, skipped: wanted.start })
            }
            _ => return Err(Trouble::Unknown),
        };
        let there = whole.map(|there| there.sliced(asked.start, asked.len())).filter(|there| there.unset_bits() > 0);
        Ok(Some(Page { rows: asked.len(), there, values }))
    }
}

/// The levels of a page, which tell the rows that have a value, and its values.
fn split(page: &DataPage) -> Result<(&[u8], &[u8]), Trouble> {
    if let DataPageHeader::V2(header) = page.header() {
        let lengths = [header.repetition_levels_byte_length, header.definition_levels_byte_length];
        let levels = lengths.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        if levels[0].saturating_add(levels[1]) > page.buffer().len() {
            return Err(damaged());
        }
    }
    let split = split_buffer(page)?;
    Ok((split.def, split.values))
}

/// The rows of a page that have a value; `None` is all.
fn there(page: &DataPage, levels: &[u8]) -> Result<Option<Bitmap>, Trouble> {
    if page.null_count() == Some(0) {
        return Ok(None);
    }
    if page.definition_level_encoding() != Encoding::Rle {
        return Err(Trouble::Unknown);
    }
    of_runs(levels, page.num_values()).map(Some)
}

/// So many bits of runs.
fn of_runs(runs: &[u8], many: usize) -> Result<Bitmap, Trouble> {
    let mut found = BitmapBuilder::with_capacity(many);
    for run in HybridRleDecoder::new(runs, 1, many).into_chunk_iter() {
        match run? {
            HybridRleChunk::Rle(value, times) => found.extend_constant(times, value != 0),
            HybridRleChunk::Bitpacked(packed) => found.extend_from_slice(packed.as_slice(), 0, packed.len()),
        }
    }
    if found.len() == many { Ok(found.freeze()) } else { Err(damaged()) }
}

/// Some of the bits that bytes hold.
fn bits(bytes: &[u8], wanted: &Range<usize>) -> Result<Bitmap, Trouble> {
    let bytes = bytes.get(..wanted.end.div_ceil(8)).ok_or_else(damaged)?;
    Ok(Bitmap::from_u8_slice(bytes, wanted.end).sliced(wanted.start, wanted.len()))
}

impl<'p> Plain<'p> {
    /// Some of the values that bytes hold.
    fn of(physical: PhysicalType, bytes: &'p [u8], wanted: Range<usize>) -> Result<Self, Trouble> {
        Ok(match physical {
            PhysicalType::Int32 => Self::Short(bytes.as_chunks().0.get(wanted).ok_or_else(damaged)?),
            PhysicalType::Int64 => Self::Long(bytes.as_chunks().0.get(wanted).ok_or_else(damaged)?),
            PhysicalType::Double => Self::Floats(bytes.as_chunks().0.get(wanted).ok_or_else(damaged)?),
            PhysicalType::ByteArray if wanted.start == 0 => Self::Texts(bytes, wanted.end),
            _ => return Err(Trouble::Unknown),
        })
    }
}

impl Places<'_> {
    /// Calls back with all of them, some thousands at a time, until one is refused: then the file is damaged.
    pub(crate) fn each(mut self, mut see: impl FnMut(&[u32]) -> bool) -> Result<(), Trouble> {
        const MANY: usize = 4096;
        let mut left = self.decoder.len();
        let mut places: Vec<u32> = Vec::with_capacity(MANY + 32);
        let mut skipped = self.skipped;
        let mut shown = |places: &mut Vec<u32>| {
            let now = skipped.min(places.len());
            skipped -= now;
            left -= places.len();
            let seen = see(&places[now..]);
            places.clear();
            if seen { Ok(()) } else { Err(damaged()) }
        };
        while let Some(run) = self.decoder.next_chunk()? {
            match run {
                HybridRleChunk::Rle(place, mut times) => {
                    while times > 0 {
                        let now = times.min(MANY - places.len());
                        places.resize(places.len() + now, place);
                        times -= now;
                        if places.len() == MANY {
                            shown(&mut places)?;
                        }
                    }
                }
                HybridRleChunk::Bitpacked(mut packed) => {
                    let mut packed = packed.chunked();
                    while let Some((more, many)) = packed.next_inexact() {
                        places.extend_from_slice(&more[..many]);
                        if places.len() >= MANY {
                            shown(&mut places)?;
                        }
                    }
                }
            }
        }
        shown(&mut places)?;
        if left == 0 { Ok(()) } else { Err(damaged()) }
    }
}

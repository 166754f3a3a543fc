//! The pages of a flat column in a row group, one after the other: which of their rows have a value, and the values as
//! they are stored, of those rows alone. Pages are unpacked when they are reached, and those of rows that are not asked
//! for never. What few writers use is told apart and not read here.

use std::io::Cursor;
use std::ops::Range;

use polars_arrow::bitmap::Bitmap;
use polars_parquet::parquet::encoding::Encoding;
use polars_parquet::parquet::encoding::hybrid_rle::{HybridRleChunk, HybridRleDecoder};
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::parquet::page::{DataPage, DataPageHeader, DictPage, split_buffer};
use polars_parquet::parquet::schema::types::PhysicalType;
use polars_parquet::read::{BasicDecompressor, PageReader};

use super::{Footer, Mapped, cut_off, within};

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
    Trouble::Damaged(cut_off())
}

impl Footer {
    /// The pages of a column in some rows of a row group; `None` where the column is not flat, or stored as another type.
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
        if descriptor.max_rep_level > 0 || descriptor.max_def_level > 1 || !self.is_stored_as_it_is(column) {
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
                // Without a value there need be no width.
                let (bits, places) = values.split_first().unwrap_or((&0, &[]));
                if *bits > 32 || (values.is_empty() && wanted.end > 0) {
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
        // A flat column repeats nothing.
        if levels[0] > 0 || levels[1] > page.buffer().len() {
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
    let there = of_runs(levels, page.num_values())?;
    match page.null_count() {
        Some(blanks) if blanks != there.unset_bits() => Err(damaged()),
        _ => Ok(Some(there)),
    }
}

/// So many bits of runs. Where rows are blank here and there, runs are of a few bytes each, of which the library's decoder
/// makes much ado: it took a tenth of the time of a scan.
fn of_runs(mut runs: &[u8], many: usize) -> Result<Bitmap, Trouble> {
    let mut bytes: Vec<u8> = Vec::with_capacity(many.div_ceil(64) * 8);
    // The next bits, so many.
    let (mut word, mut filled, mut left) = (0u64, 0, many);
    let mut push = |bits: u64, more: usize| {
        word |= bits << filled;
        if filled + more < 64 {
            filled += more;
        } else {
            bytes.extend_from_slice(&word.to_le_bytes());
            word = if filled == 0 { 0 } else { bits >> (64 - filled) };
            filled = filled + more - 64;
        }
    };
    while left > 0 {
        let (header, rest) = leb128(runs).ok_or_else(damaged)?;
        let length = usize::try_from(header >> 1).unwrap_or(usize::MAX);
        if header & 1 == 1 {
            let (packed, rest) = rest.split_at(length.min(rest.len()));
            if packed.is_empty() {
                return Err(damaged());
            }
            for byte in packed.iter().take(left.div_ceil(8)) {
                let more = left.min(8);
                push(u64::from(*byte) & (u64::MAX >> (64 - more)), more);
                left -= more;
            }
            runs = rest;
        } else {
            let (value, rest) = rest.split_first().ok_or_else(damaged)?;
            let mut times = length.min(left);
            left -= times;
            while times > 0 {
                let more = times.min(64);
                push(if value & 1 == 1 { u64::MAX >> (64 - more) } else { 0 }, more);
                times -= more;
            }
            runs = rest;
        }
    }
    bytes.extend_from_slice(&word.to_le_bytes());
    Ok(Bitmap::from_u8_vec(bytes, many))
}

/// A number in groups of seven bits, the lowest first, and what stands behind it.
fn leb128(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut found = 0;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        found |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((found, &bytes[at + 1..]));
        }
    }
    None
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

#[cfg(test)]
mod tests {
    use polars::prelude::*;
    use polars_buffer::Buffer;
    use polars_parquet::parquet::encoding::hybrid_rle::encode;

    use super::*;

    const ROWS: usize = 6_000;

    /// Columns of each type, in several row groups and pages of a few hundred bytes.
    fn file() -> (DataFrame, Mapped, Footer) {
        let at = |every: usize| (0..ROWS).map(move |row| (!(row * row).is_multiple_of(every)).then_some(row));
        let mut frame = df!(
            "amounts" => at(3).map(|row| row.map(|row| (row * 7_919 % 1_000_003) as i64)).collect::<Vec<_>>(),
            "days" => at(5).map(|row| row.map(|row| (row / 40 % 90) as i32)).collect::<Vec<_>>(),
            "shares" => at(2).map(|row| row.map(|row| row as f64 / 8.0)).collect::<Vec<_>>(),
            "names" => at(4).map(|row| row.map(|row| format!("专员{}", row * 31 % 70))).collect::<Vec<_>>(),
            "flags" => at(7).map(|row| row.map(|row| row % 3 > 0)).collect::<Vec<_>>(),
            "none" => vec![None::<i64>; ROWS],
            "all" => (0..ROWS as i64).map(|row| row % 5).collect::<Vec<_>>(),
        )
        .expect("a frame");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .with_row_group_size(Some(2_500))
            .with_data_page_size(Some(400))
            .finish(&mut frame)
            .expect("a file");
        let footer = Footer::read(Cursor::new(bytes.clone())).expect("a footer");
        (frame, Mapped(Buffer::from(bytes)), footer)
    }

    /// What plain values are, as they are printed.
    fn printed(plain: Plain<'_>) -> Vec<String> {
        match plain {
            Plain::Short(all) => all.iter().map(|bytes| i32::from_le_bytes(*bytes).to_string()).collect(),
            Plain::Long(all) => all.iter().map(|bytes| i64::from_le_bytes(*bytes).to_string()).collect(),
            Plain::Floats(all) => all.iter().map(|bytes| f64::from_le_bytes(*bytes).to_string()).collect(),
            Plain::Texts(mut bytes, many) => (0..many)
                .map(|_| {
                    let (length, rest) = bytes.split_first_chunk().expect("a length");
                    let (text, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
                    bytes = rest;
                    String::from_utf8_lossy(text).into_owned()
                })
                .collect(),
        }
    }

    /// The cells of some rows of a row group, and how many pages they came from.
    fn cells(mut pages: Pages) -> (Vec<Option<String>>, usize) {
        let dictionary = pages.dictionary().expect("a dictionary").map(printed).unwrap_or_default();
        let (mut cells, mut count) = (Vec::new(), 0);
        while let Some(page) = pages.next_page().expect("a page") {
            let mut values = Vec::new();
            match page.values {
                Values::Plain(plain) => values = printed(plain),
                Values::Bits(bits) => values.extend(bits.iter().map(|bit| bit.to_string())),
                Values::Places(places) => places
                    .each(|places| {
                        values.extend(places.iter().map(|place| dictionary[*place as usize].clone()));
                        true
                    })
                    .expect("places"),
            }
            let mut values = values.into_iter();
            let there = |row: usize| page.there.as_ref().is_none_or(|there| there.get_bit(row));
            cells.extend((0..page.rows).map(|row| if there(row) { values.next() } else { None }));
            assert_eq!(values.next(), None);
            count += 1;
        }
        (cells, count)
    }

    #[test]
    fn pages_have_the_rows_that_are_asked_for() {
        let (frame, mapped, footer) = file();
        for column in frame.columns() {
            let name = column.name().as_str();
            let expected: Vec<Option<String>> = column
                .as_materialized_series()
                .iter()
                .map(|value| (!value.is_null()).then(|| value.str_value().into_owned()))
                .collect();
            let pages = |group: usize, rows: &Range<usize>| {
                footer.pages(&mapped, name, (group, rows.clone())).expect("pages").expect("a flat column")
            };
            let mut first = 0;
            for (group, many) in footer.groups().enumerate() {
                let ranges =
                    [0..many, 0..1, 1234..1235, 63..65, 700..1500, many - 1..many, 1..many - 1, 5..5, many..many];
                for rows in ranges {
                    let (found, _) = cells(pages(group, &rows));
                    let same = found == expected[first + rows.start..first + rows.end];
                    assert!(same, "{name}, {group}, {rows:?}");
                }
                first += many;
            }
            assert_eq!(first, ROWS);
            let (many, few) = (cells(pages(0, &(0..1500))).1, cells(pages(0, &(1200..1210))).1);
            // Pages are whole numbers of values: of a column without any there is one.
            assert!(few <= 2 && (name == "none" || many > few), "{name}: {few} of {many} pages");
        }
    }

    #[test]
    fn pages_of_rows_that_are_not_there_are_damaged() {
        let (_, mapped, footer) = file();
        let mut pages = footer.pages(&mapped, "amounts", (0, 1_900..9_000)).expect("pages").expect("a flat column");
        let mut last = Ok(1);
        while let Ok(1..) = last {
            last = pages.next_page().map(|page| page.map_or(0, |page| page.rows));
        }
        assert!(matches!(last, Err(Trouble::Damaged(_))));
        assert!(footer.pages(&mapped, "nobody", (0, 0..1)).expect("no error").is_none());
    }

    #[test]
    fn runs_are_the_bits_that_were_encoded() {
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        for round in 0..400usize {
            // Long and short stretches of one value, and now and then the other.
            let bits: Vec<bool> = (0..round * 7)
                .map(|at| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    match round % 4 {
                        0 => !state.is_multiple_of(20),
                        1 => (at / 100).is_multiple_of(2),
                        2 => state.is_multiple_of(2),
                        _ => !state.is_multiple_of(200),
                    }
                })
                .collect();
            let mut runs = Vec::new();
            encode::<bool, _, _>(&mut runs, bits.iter().copied(), 1).expect("runs");
            let found = of_runs(&runs, bits.len()).expect("bits");
            assert_eq!(found.iter().collect::<Vec<_>>(), bits, "round {round}");
            // Part of them, as of a page that is cut off; what stands behind is not looked at.
            let fewer = bits.len() / 2;
            let found = of_runs(&runs, fewer).expect("bits");
            assert_eq!(found.iter().collect::<Vec<_>>(), bits[..fewer], "round {round}");
        }
    }

    #[test]
    fn runs_that_end_too_early_are_damaged() {
        // Eight bits in one byte; five times a set bit.
        let (packed, repeated) = ([3, 0b1010_0110], [10, 1]);
        let set = |bits: &Bitmap| bits.iter().collect::<Vec<_>>();
        assert_eq!(set(&of_runs(&packed, 3).expect("bits")), [false, true, true]);
        assert_eq!(set(&of_runs(&repeated, 5).expect("bits")), [true; 5]);
        for (runs, many) in [(&packed[..], 9), (&packed[..1], 1), (&repeated[..], 6), (&repeated[..1], 1), (&[], 1)] {
            assert!(matches!(of_runs(runs, many), Err(Trouble::Damaged(_))), "{runs:?}");
        }
        // A length of more than 63 bits, and one that is not ended.
        assert!(of_runs(&[0xff; 12], 1).is_err() && of_runs(&[0x80], 1).is_err());
    }
}

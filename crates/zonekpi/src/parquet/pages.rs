//! The pages of a flat column in a row group, one after the other: which of their rows have a value, and the values as
//! they are stored, of those rows alone. Pages are unpacked when they are reached, and those of rows that are not asked
//! for never. What few writers use is told apart and not read here.

use std::hint::select_unpredictable;
use std::io::Cursor;
use std::mem::take;
use std::ops::Range;

use polars_arrow::bitmap::Bitmap;
use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::compression::{Compression, DecompressionContext};
use polars_parquet::parquet::encoding::Encoding;
use polars_parquet::parquet::encoding::bitpacked::Decoder;
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::parquet::page::{
    CompressedDataPage, CompressedDictPage, CompressedPage, DataPage, DataPageHeader, DataPageHeaderV2, DictPage,
    Page as Unpacked, split_buffer,
};
use polars_parquet::parquet::schema::types::PhysicalType;
use polars_parquet::read::{PageReader, decompress};

use super::{Footer, Mapped, cut_off, within};

/// Why values are not taken from pages.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// They are encoded in a way that is not known here.
    Unknown,
    /// One of them needs a closer look.
    Doubtful,
    /// The file is damaged: in which way.
    Damaged(String),
}

impl From<ParquetError> for Trouble {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// What pages are unpacked with, one after the other: all that takes room, to be used again.
pub(crate) struct Unpacker {
    context: DecompressionContext,
    /// Of pages that are done with, the smallest first.
    buffers: Vec<Vec<u8>>,
}

/// The pages of some rows of a row group.
pub(crate) struct Pages {
    pages: PageReader,
    has_dictionary: bool,
    /// Until it is forgotten.
    dictionary: Option<DictPage>,
    physical: PhysicalType,
    /// Whether they were compressed, so that each has bytes of its own.
    compressed: bool,
    /// Whether a row may have no value.
    optional: bool,
    /// The rows that are asked for, and how many stand before the next page.
    rows: Range<usize>,
    before: usize,
    open: Option<Open>,
}

/// A page that is unpacked, and how far it was read.
struct Open {
    page: DataPage,
    /// Those of its rows that are asked for and were not read yet, and how many values stand before them.
    rows: Range<usize>,
    before: usize,
    /// Which of all its rows have a value; `None` is all.
    there: Option<Bitmap>,
    stored: Stored,
}

/// How a page has its values.
enum Stored {
    Plain,
    /// In bits, all of them here.
    Bits(Bitmap),
    /// As places in a dictionary, read so far.
    Places(Runs),
}

/// Rows of a page that stand one after the other.
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

/// Places in a dictionary, so many.
pub(crate) struct Places<'p> {
    bytes: &'p [u8],
    runs: &'p mut Runs,
    many: usize,
}

/// How far places were read that stand in runs: of one that is repeated, or of many that take so many bits each.
#[derive(Default)]
struct Runs {
    /// Bytes that were read.
    at: usize,
    run: Run,
    /// Places that were unpacked with those before them, less than [`PACK`], the next one last.
    spare: Vec<u32>,
}

/// What is left of a run.
#[derive(Clone, Copy)]
enum Run {
    Repeated {
        place: u32,
        times: usize,
    },
    /// In so many bytes.
    Packed {
        bytes: usize,
    },
}

impl Default for Run {
    fn default() -> Self {
        Self::Packed { bytes: 0 }
    }
}

impl Trouble {
    /// That of a file that ends too early.
    pub(crate) fn cut_off() -> Self {
        Self::Damaged(cut_off())
    }
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { context: DecompressionContext::Unset, buffers: Vec::new() }
    }
}

impl Unpacker {
    fn data(&mut self, mut page: CompressedDataPage) -> Result<DataPage, Trouble> {
        if !is_as_long_as_it_says(&mut page) {
            return Err(Trouble::cut_off());
        }
        let mut buffer = self.buffer(page.uncompressed_size());
        if !(tells_length(page.compression()) || page.compression() == Compression::Snappy) {
            buffer.clear();
        }
        match self.unpacked(CompressedPage::Data(page), buffer)? {
            Unpacked::Data(page) => Ok(page),
            Unpacked::Dict(_) => Err(Trouble::Unknown),
        }
    }

    fn dictionary(&mut self, page: CompressedDictPage) -> Result<DictPage, Trouble> {
        // How large it is, is not told: the largest of all will do.
        let mut buffer = self.buffers.pop().unwrap_or_default();
        if !tells_length(page.compression()) {
            buffer.clear();
        }
        match self.unpacked(CompressedPage::Dict(page), buffer)? {
            Unpacked::Dict(page) => Ok(page),
            Unpacked::Data(_) => Err(Trouble::Unknown),
        }
    }

    fn unpacked(&mut self, page: CompressedPage, mut buffer: Vec<u8>) -> Result<Unpacked, Trouble> {
        let unpacked = decompress(page, &mut buffer, &mut self.context);
        // What was not compressed stays where it is.
        self.take_back(buffer);
        Ok(unpacked?)
    }

    fn buffer(&mut self, bytes: usize) -> Vec<u8> {
        fitting(&mut self.buffers, bytes)
    }

    fn take_back(&mut self, buffer: Vec<u8>) {
        keep(&mut self.buffers, buffer);
    }
}

/// Of rooms that are kept, the smallest that holds so many, or a new one in place of the largest: that one would be copied
/// to become larger, and no more are kept than are used at a time.
pub(crate) fn fitting<T>(rooms: &mut Vec<Vec<T>>, many: usize) -> Vec<T> {
    let at = rooms.partition_point(|room| room.capacity() < many);
    if at < rooms.len() {
        return rooms.remove(at);
    }
    rooms.pop();
    Vec::new()
}

/// Keeps a room, the smallest first.
pub(crate) fn keep<T>(rooms: &mut Vec<Vec<T>>, room: Vec<T>) {
    if room.capacity() > 0 {
        let at = rooms.partition_point(|other| other.capacity() < room.capacity());
        rooms.insert(at, room);
    }
}

/// The bytes of the levels of a page: those that tell what repeats, and those that tell what is there.
fn lengths_of_levels(header: &DataPageHeaderV2) -> [usize; 2] {
    [header.repetition_levels_byte_length, header.definition_levels_byte_length]
        .map(|length| usize::try_from(length).unwrap_or(usize::MAX))
}

/// Whether the library tells where a page of this compression becomes fewer bytes than it says. Of others no bytes of
/// other pages must stand behind them.
fn tells_length(compression: Compression) -> bool {
    matches!(compression, Compression::Zstd | Compression::Gzip | Compression::Brotli)
}

/// Whether a page becomes as many bytes as it says, as far as its first bytes tell and the library does not.
fn is_as_long_as_it_says(page: &mut CompressedDataPage) -> bool {
    let (size, compression) = (page.uncompressed_size(), page.compression());
    let levels = match page.header() {
        DataPageHeader::V1(_) => 0,
        // Where it does not pay, some writers compress nothing.
        DataPageHeader::V2(header) if header.is_compressed == Some(false) => return true,
        DataPageHeader::V2(header) => lengths_of_levels(header).into_iter().fold(0, usize::saturating_add),
    };
    let becomes = match (page.slice_mut().get(levels..), compression) {
        (_, Compression::Uncompressed) => return true,
        // Without a value there may be nothing.
        (Some([]), _) => Some(0),
        (Some(packed), Compression::Snappy) => leb128(packed).and_then(|(bytes, _)| usize::try_from(bytes).ok()),
        (Some(_), _) => return true,
        (None, _) => None,
    };
    becomes.and_then(|bytes| bytes.checked_add(levels)) == Some(size)
}

impl Footer {
    /// The pages of a column in some rows of a row group; `None` where the column is not flat, or stored as another type.
    pub(crate) fn pages(
        &self,
        mapped: &Mapped,
        column: &str,
        (group, rows): (usize, Range<usize>),
        unpacker: &mut Unpacker,
    ) -> Result<Option<Pages>, Trouble> {
        let Some(chunk) = self.chunk(group, column) else { return Ok(None) };
        let range = within(&chunk.byte_range(), mapped.0.len()).ok_or_else(Trouble::cut_off)?;
        let descriptor = &chunk.descriptor().descriptor;
        let physical = descriptor.primitive_type.physical_type;
        if descriptor.max_rep_level > 0 || descriptor.max_def_level > 1 || !self.is_stored_as_it_is(column) {
            return Ok(None);
        }
        let bytes = Cursor::new(mapped.0.clone().sliced(range));
        let mut pages = PageReader::new(bytes, chunk, Vec::new(), usize::MAX);
        let dictionary = pages.read_dict()?.map(|page| unpacker.dictionary(page)).transpose()?;
        Ok(Some(Pages {
            pages,
            has_dictionary: dictionary.is_some(),
            dictionary,
            physical,
            compressed: chunk.compression() != Compression::Uncompressed,
            optional: descriptor.max_def_level == 1,
            rows,
            before: 0,
            open: None,
        }))
    }
}

impl Pages {
    /// The values that places stand for, if there is a dictionary.
    pub(crate) fn dictionary(&self) -> Result<Option<Plain<'_>>, Trouble> {
        let Some(page) = &self.dictionary else { return Ok(None) };
        Plain::of(self.physical, &page.buffer, 0..page.num_values).map(Some)
    }

    /// Gives back what the dictionary was unpacked into: who has seen what places stand for needs it no more.
    pub(crate) fn forget_dictionary(&mut self, unpacker: &mut Unpacker) {
        if let Some(DictPage { buffer: CowBuffer::Owned(buffer), .. }) = self.dictionary.take() {
            unpacker.take_back(buffer);
        }
    }

    /// Gives back what the last page was unpacked into.
    pub(crate) fn close(&mut self, unpacker: &mut Unpacker) {
        if let Some(mut open) = self.open.take().filter(|_| self.compressed) {
            unpacker.take_back(take(open.page.buffer_mut()));
        }
    }

    /// Whether all rows that are asked for were read.
    pub(crate) fn is_done(&self) -> bool {
        self.before >= self.rows.end && self.is_at_end_of_page()
    }

    fn is_at_end_of_page(&self) -> bool {
        self.open.as_ref().is_none_or(|open| open.rows.is_empty())
    }

    /// The next of the rows that are asked for, so many at most: those of one page.
    pub(crate) fn next_rows(&mut self, most: usize, unpacker: &mut Unpacker) -> Result<Option<Page<'_>>, Trouble> {
        if self.is_at_end_of_page() && !self.open_next(unpacker)? {
            return Ok(None);
        }
        let physical = self.physical;
        let Some(Open { page, rows, before, there, stored }) = &mut self.open else { return Ok(None) };
        let asked = rows.start..rows.end.min(rows.start.saturating_add(most));
        rows.start = asked.end;
        let there = there.as_ref().map(|there| there.clone().sliced(asked.start, asked.len()));
        let many = there.as_ref().map_or(asked.len(), Bitmap::set_bits);
        let wanted = *before..*before + many;
        *before = wanted.end;
        let (_, bytes) = split(page)?;
        let values = match stored {
            Stored::Plain => Values::Plain(Plain::of(physical, bytes, wanted)?),
            Stored::Bits(bits) => Values::Bits(bits.clone().sliced(wanted.start, wanted.len())),
            Stored::Places(runs) => Values::Places(Places { bytes, runs, many }),
        };
        let there = there.filter(|_| many < asked.len());
        Ok(Some(Page { rows: asked.len(), there, values }))
    }

    /// Unpacks the next page of rows that are asked for; false where there is none.
    fn open_next(&mut self, unpacker: &mut Unpacker) -> Result<bool, Trouble> {
        self.close(unpacker);
        let (found, first) = loop {
            if self.before >= self.rows.end {
                return Ok(false);
            }
            let found = self.pages.next().ok_or_else(Trouble::cut_off)??;
            // A dictionary stands before all others.
            let CompressedPage::Data(found) = found else { return Err(Trouble::Unknown) };
            // A flat column has a level for each row.
            let first = self.before;
            self.before += found.num_values();
            if self.before > self.rows.start {
                break (found, first);
            }
        };
        let page = unpacker.data(found)?;
        let rows = self.rows.start.max(first) - first..self.rows.end.min(self.before) - first;
        let (levels, values) = split(&page)?;
        let there = if self.optional { there(&page, levels)? } else { None };
        let set = |rows: Range<usize>| match &there {
            Some(there) => there.clone().sliced(rows.start, rows.len()).set_bits(),
            None => rows.len(),
        };
        let before = set(0..rows.start);
        let stored = match (page.encoding(), self.physical) {
            (Encoding::Plain, PhysicalType::Boolean) => Stored::Bits(bits(values, set(0..rows.end))?),
            // The length of the runs comes before them.
            (Encoding::Rle, PhysicalType::Boolean) => {
                let runs = values.get(4..).ok_or_else(Trouble::cut_off)?;
                Stored::Bits(of_runs(runs, set(0..rows.end))?)
            }
            (Encoding::Plain, physical) if physical != PhysicalType::ByteArray => Stored::Plain,
            (Encoding::PlainDictionary | Encoding::RleDictionary, _) if self.has_dictionary => {
                let mut runs = Runs::default();
                Places { bytes: values, runs: &mut runs, many: before }.each(|_| true)?;
                Stored::Places(runs)
            }
            _ => return Err(Trouble::Unknown),
        };
        self.open = Some(Open { page, rows, before, there, stored });
        Ok(true)
    }
}

/// The levels of a page, which tell the rows that have a value, and its values.
fn split(page: &DataPage) -> Result<(&[u8], &[u8]), Trouble> {
    if let DataPageHeader::V2(header) = page.header() {
        let levels = lengths_of_levels(header);
        // A flat column repeats nothing.
        if levels[0] > 0 || levels[1] > page.buffer().len() {
            return Err(Trouble::cut_off());
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
        Some(blanks) if blanks != there.unset_bits() => Err(Trouble::cut_off()),
        _ => Ok(Some(there)),
    }
}

/// So many bits of runs. Where rows are blank here and there, runs are of a few bytes each, of which the library's decoder
/// makes much ado: it took a tenth of the time of a scan.
fn of_runs(mut runs: &[u8], many: usize) -> Result<Bitmap, Trouble> {
    let mut bytes = vec![0; (many.div_ceil(64) + 1) * 8];
    let (words, _) = bytes.as_chunks_mut::<8>();
    let mut filled = 0;
    // The lowest bits of a word, 64 at most; the others are dropped.
    let mut push = |bits: u64, more: usize| {
        let bits = bits & (u64::MAX >> (64 - more));
        if let Some([word, next]) = words.get_mut(filled / 64..).and_then(<[_]>::first_chunk_mut) {
            *word = (u64::from_le_bytes(*word) | bits << (filled % 64)).to_le_bytes();
            *next = (bits >> 1 >> (63 - filled % 64)).to_le_bytes();
        }
        filled += more;
    };
    let mut left = many;
    while left > 0 {
        // Short runs, which most are. Nobody can foresee whether the next one is packed, a processor neither: both
        // sorts take the same way.
        while let Some(([header, packed @ ..], _)) = runs.split_first_chunk::<9>() {
            let (is_packed, length) = (usize::from(header & 1), usize::from(header >> 1));
            let bits = length << (3 * is_packed);
            if *header >= 0x80 || bits == 0 || bits > 64 || bits > left {
                break;
            }
            let packed = u64::from_le_bytes(*packed);
            push(select_unpredictable(is_packed == 1, packed, (packed & 1).wrapping_neg()), bits);
            left -= bits;
            runs = &runs[select_unpredictable(is_packed == 1, 1 + length, 2)..];
        }
        if left > 0 {
            runs = long_run(runs, &mut left, &mut push)?;
        }
    }
    Ok(Bitmap::from_u8_vec(bytes, many))
}

/// Pushes one run of whatever length, of which so many bits are left to be had; what stands behind it.
fn long_run<'r>(runs: &'r [u8], left: &mut usize, push: &mut impl FnMut(u64, usize)) -> Result<&'r [u8], Trouble> {
    let (header, rest) = leb128(runs).ok_or_else(Trouble::cut_off)?;
    let length = usize::try_from(header >> 1).unwrap_or(usize::MAX);
    let is_packed = header & 1 == 1;
    let (packed, behind) = rest.split_at(if is_packed { length.min(rest.len()) } else { rest.len().min(1) });
    let [first, ..] = packed else { return Err(Trouble::cut_off()) };
    // What stands behind the last bit is not looked at.
    let mut bits = (*left).min(if is_packed { packed.len() * 8 } else { length });
    *left -= bits;
    let mut next = packed;
    while bits > 0 {
        let more = bits.min(64);
        push(if is_packed { few(next) } else { u64::from(first & 1).wrapping_neg() }, more);
        next = next.get(8..).unwrap_or_default();
        bits -= more;
    }
    Ok(behind)
}

/// The first eight bytes, or as many as there are, as one number, the lowest first.
fn few(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

/// A number in groups of seven bits, the lowest first, and what stands behind it.
#[inline]
fn leb128(bytes: &[u8]) -> Option<(u64, &[u8])> {
    // Most are of one byte.
    if let Some((first @ ..0x80, rest)) = bytes.split_first() {
        return Some((u64::from(*first), rest));
    }
    let mut found = 0;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        found |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((found, &bytes[at + 1..]));
        }
    }
    None
}

/// The first bits that bytes hold, so many.
fn bits(bytes: &[u8], many: usize) -> Result<Bitmap, Trouble> {
    let bytes = bytes.get(..many.div_ceil(8)).ok_or_else(Trouble::cut_off)?;
    Ok(Bitmap::from_u8_slice(bytes, many))
}

impl<'p> Plain<'p> {
    /// How many there are for sure: of texts the page says it, and may be wrong.
    pub(crate) fn at_least(&self) -> usize {
        match self {
            Self::Short(all) => all.len(),
            Self::Long(all) | Self::Floats(all) => all.len(),
            Self::Texts(..) => 0,
        }
    }

    /// Some of the values that bytes hold.
    fn of(physical: PhysicalType, bytes: &'p [u8], wanted: Range<usize>) -> Result<Self, Trouble> {
        Ok(match physical {
            PhysicalType::Int32 => Self::Short(bytes.as_chunks().0.get(wanted).ok_or_else(Trouble::cut_off)?),
            PhysicalType::Int64 => Self::Long(bytes.as_chunks().0.get(wanted).ok_or_else(Trouble::cut_off)?),
            PhysicalType::Double => Self::Floats(bytes.as_chunks().0.get(wanted).ok_or_else(Trouble::cut_off)?),
            PhysicalType::ByteArray if wanted.start == 0 => Self::Texts(bytes, wanted.end),
            _ => return Err(Trouble::Unknown),
        })
    }
}

impl Places<'_> {
    pub(crate) fn many(&self) -> usize {
        self.many
    }

    /// Calls back with all of them, some thousands at a time, until one is refused: then the file is damaged.
    pub(crate) fn each(self, mut see: impl FnMut(&[u32]) -> bool) -> Result<(), Trouble> {
        const MANY: usize = 4096;
        let mut room = vec![0; self.many.min(MANY) + PACK];
        let mut left = self.many;
        while left > 0 {
            let places = self.runs.next(self.bytes, left.min(MANY), &mut room)?;
            if !see(places) {
                return Err(Trouble::cut_off());
            }
            left -= places.len();
        }
        Ok(())
    }
}

/// Packed places that are unpacked together.
const PACK: usize = 32;

impl Runs {
    /// The next places, so many, in a room that has [`PACK`] more. The bytes begin with the bits that each takes.
    fn next<'r>(&mut self, bytes: &[u8], many: usize, room: &'r mut [u32]) -> Result<&'r [u32], Trouble> {
        let (bits, bytes) = bytes.split_first().ok_or_else(Trouble::cut_off)?;
        let bits = usize::from(*bits);
        if bits > 32 {
            return Err(Trouble::cut_off());
        }
        // Where all are the first place, some writers write no runs.
        if bits == 0 {
            room[..many].fill(0);
            return Ok(&room[..many]);
        }
        let spare = self.spare.len().saturating_sub(many);
        let mut found = self.spare.len() - spare;
        room[..found].iter_mut().zip(self.spare.drain(spare..).rev()).for_each(|(room, place)| *room = place);
        while found < many {
            let left = many - found;
            match &mut self.run {
                Run::Repeated { times: 0, .. } | Run::Packed { bytes: 0 } => self.next_run(bytes, bits)?,
                Run::Repeated { place, times } => {
                    let now = left.min(*times);
                    *times -= now;
                    room[found..found + now].fill(*place);
                    found += now;
                }
                Run::Packed { bytes: rest } => {
                    let packs = left.div_ceil(PACK).min(rest.div_ceil(4 * bits));
                    let packed = &bytes[self.at..self.at + (packs * 4 * bits).min(*rest)];
                    (self.at, *rest) = (self.at + packed.len(), *rest - packed.len());
                    let mut decoder = Decoder::<u32>::try_new(packed, bits, packed.len() * 8 / bits)?;
                    let mut unpacked = decoder.chunked();
                    for pack in room[found..].as_chunks_mut().0.iter_mut().take(packs) {
                        found += unpacked.next_into(pack).unwrap_or(0);
                    }
                }
            }
        }
        let (places, spare) = room[..found].split_at(many);
        self.spare.extend(spare.iter().rev());
        Ok(places)
    }

    fn next_run(&mut self, bytes: &[u8], bits: usize) -> Result<(), Trouble> {
        let (header, rest) = bytes.get(self.at..).and_then(leb128).ok_or_else(Trouble::cut_off)?;
        let length = usize::try_from(header >> 1).unwrap_or(usize::MAX);
        let mut at = bytes.len() - rest.len();
        self.run = match header & 1 {
            // Of writers that let the last run end with the last value, not with the last eight.
            1 => Run::Packed { bytes: length.saturating_mul(bits).min(rest.len()) },
            _ => {
                let (place, rest) = rest.split_at_checked(bits.div_ceil(8)).ok_or_else(Trouble::cut_off)?;
                at = bytes.len() - rest.len();
                let mut whole = [0; 4];
                whole[..place.len()].copy_from_slice(place);
                Run::Repeated { place: u32::from_le_bytes(whole), times: length }
            }
        };
        self.at = at;
        Ok(())
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
        file_in(ParquetCompression::default())
    }

    fn file_in(compression: ParquetCompression) -> (DataFrame, Mapped, Footer) {
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
            .with_compression(compression)
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

    /// The cells of some rows of a row group, so many at a time, and how many times there were some.
    fn cells(mut pages: Pages, most: usize, unpacker: &mut Unpacker) -> (Vec<Option<String>>, usize) {
        let dictionary = pages.dictionary().expect("a dictionary").map(printed).unwrap_or_default();
        let (mut cells, mut count) = (Vec::new(), 0);
        while let Some(page) = pages.next_rows(most, unpacker).expect("a page") {
            assert!(page.rows <= most && page.there.as_ref().is_none_or(|there| there.len() == page.rows));
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
        assert!(pages.is_done());
        pages.forget_dictionary(unpacker);
        pages.close(unpacker);
        (cells, count)
    }

    #[test]
    fn pages_have_the_rows_that_are_asked_for() {
        // One for all: whatever was unpacked before does no harm.
        let mut unpacker = Unpacker::default();
        let own = [ParquetCompression::Uncompressed, ParquetCompression::Snappy, ParquetCompression::default()];
        for compression in own {
            let (frame, mapped, footer) = file_in(compression);
            have_the_rows(&frame, &mapped, &footer, &mut unpacker);
            // One page and one dictionary were open at a time.
            assert!(unpacker.buffers.len() <= 2, "{}", unpacker.buffers.len());
        }
    }

    #[test]
    fn buffers_that_are_too_small_are_not_kept() {
        let mut unpacker = Unpacker::default();
        for bytes in [100, 200, 300, 150] {
            let mut buffer = unpacker.buffer(bytes);
            buffer.resize(bytes, 7);
            unpacker.take_back(buffer);
        }
        assert_eq!(unpacker.buffers.len(), 1);
        assert!(unpacker.buffer(250).capacity() >= 300 && unpacker.buffers.is_empty());
    }

    #[test]
    fn pages_that_become_fewer_bytes_than_they_say_are_damaged() {
        let (_, mapped, footer) = file_in(ParquetCompression::Snappy);
        let chunk = footer.chunk(0, "amounts").expect("a chunk");
        let bytes = mapped.bytes()[within(&chunk.byte_range(), mapped.bytes().len()).expect("a range")].to_vec();
        let pages = || PageReader::new(Cursor::new(Buffer::from(bytes.clone())), chunk, Vec::new(), usize::MAX);
        let page = || match pages().find(|page| matches!(page, Ok(CompressedPage::Data(_)))) {
            Some(Ok(CompressedPage::Data(page))) => page,
            _ => panic!("no page of values"),
        };
        assert!(is_as_long_as_it_says(&mut page()));
        let mut damaged = page();
        // The lowest bits of the length.
        damaged.slice_mut().to_mut()[0] ^= 1;
        assert!(matches!(Unpacker::default().data(damaged), Err(Trouble::Damaged(_))));
    }

    fn have_the_rows(frame: &DataFrame, mapped: &Mapped, footer: &Footer, unpacker: &mut Unpacker) {
        for column in frame.columns() {
            let name = column.name().as_str();
            let expected: Vec<Option<String>> = column
                .as_materialized_series()
                .iter()
                .map(|value| (!value.is_null()).then(|| value.str_value().into_owned()))
                .collect();
            let mut cells = |group: usize, rows: &Range<usize>, most: usize| {
                let pages = footer.pages(mapped, name, (group, rows.clone()), unpacker).expect("pages");
                cells(pages.expect("a flat column"), most, unpacker)
            };
            let mut first = 0;
            for (group, many) in footer.groups().enumerate() {
                let ranges =
                    [0..many, 0..1, 1234..1235, 63..65, 700..1500, many - 1..many, 1..many - 1, 5..5, many..many];
                for rows in ranges {
                    for most in [usize::MAX, 1, 7, 64, 1000] {
                        let (found, _) = cells(group, &rows, most);
                        let same = found == expected[first + rows.start..first + rows.end];
                        assert!(same, "{name}, {group}, {rows:?}, {most}");
                    }
                }
                first += many;
            }
            assert_eq!(first, ROWS);
            let (many, few) = (cells(0, &(0..1500), 1500).1, cells(0, &(1200..1210), 1500).1);
            // Pages are whole numbers of values: of a column without any there is one.
            assert!(few <= 2 && (name == "none" || many > few), "{name}: {few} of {many} pages");
        }
    }

    #[test]
    fn pages_of_rows_that_are_not_there_are_damaged() {
        let (_, mapped, footer) = file();
        let unpacker = &mut Unpacker::default();
        let mut pages =
            footer.pages(&mapped, "amounts", (0, 1_900..9_000), unpacker).expect("pages").expect("a flat column");
        let mut last = Ok(1);
        while let Ok(1..) = last {
            last = pages.next_rows(5_000, unpacker).map(|page| page.map_or(0, |page| page.rows));
        }
        assert!(matches!(last, Err(Trouble::Damaged(_))));
        assert!(footer.pages(&mapped, "nobody", (0, 0..1), unpacker).expect("no error").is_none());
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
    fn places_are_had_in_whatever_portions() {
        // Three bits each: 5 times the place 6; eight places, 0 to 7; twice the place 1; eight that end too early.
        let bytes = [3, 10, 6, 3, 0x88, 0xc6, 0xfa, 4, 1, 3, 0xff];
        let expected = [6, 6, 6, 6, 6, 0, 1, 2, 3, 4, 5, 6, 7, 1, 1, 7, 7];
        for portion in 1..=expected.len() {
            let (mut runs, mut found, mut room) = (Runs::default(), Vec::new(), [9; 17 + PACK]);
            while found.len() < expected.len() {
                let many = portion.min(expected.len() - found.len());
                found.extend_from_slice(runs.next(&bytes, many, &mut room).expect("places"));
            }
            assert_eq!(found, expected, "{portion}");
            assert!(matches!(runs.next(&bytes, 1, &mut room), Err(Trouble::Damaged(_))), "{portion}");
        }
        // Without bits all are the first place; more than 32 are none.
        let mut room = [9; 1_403 + PACK];
        for bytes in [&[0, 3, 6][..], &[0]] {
            assert_eq!(Runs::default().next(bytes, 11, &mut room).expect("places"), [0; 11]);
        }
        assert!(Runs::default().next(&[33, 3, 1, 1, 1, 1, 1], 1, &mut room).is_err());
        assert!(Runs::default().next(&[], 1, &mut room).is_err());
        // Values of every width, in portions that end within what is unpacked together.
        for bits in 1..=32 {
            let values: Vec<u32> = (0..3_000u32).map(|at| at.wrapping_mul(2_654_435_761) >> (32 - bits)).collect();
            let mut bytes = vec![bits as u8];
            encode::<u32, _, _>(&mut bytes, values.iter().copied(), bits).expect("runs");
            let (mut runs, mut found) = (Runs::default(), Vec::new());
            for portion in [1, 31, 32, 33, 500, 1_000, 1_403] {
                found.extend_from_slice(runs.next(&bytes, portion, &mut room).expect("places"));
            }
            assert_eq!(found, values, "{bits} bits");
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

//! Columns of a batch that come typed and need no reading: taken whole, as an engine takes them, without a frame in
//! between. Where a cell needs a closer look, the batch is read as a frame is.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use polars::prelude::{ArrayRef, DataType};
use polars_arrow::array::{Array, BooleanArray, DictionaryArray, PrimitiveArray, Utf8ViewArray};
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_arrow::datatypes::ArrowDataType;
use polars_arrow::types::NativeType;
use polars_buffer::Buffer;

use super::Batches;
use crate::ledger::beside;
use crate::ledger::build;
use crate::ledger::frame::numbers::Conversion;
use crate::ledger::frame::wall::Wall;
use crate::ledger::header::{self, FoundColumn, Target};
use crate::ledger::parse::date;
use crate::ledger::rows::names_a_record;
use crate::ledger::schema::{ColumnSpec, Kind};
use crate::ledger::text;
use crate::parquet::Plain;

/// A column of files that is taken as it is typed there.
#[derive(Clone, Debug)]
pub(crate) struct TypedColumn {
    /// Its name in the files.
    pub(crate) header: String,
    /// Its canonical name, or its own.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    way: Way,
}

/// How cells become values.
#[derive(Clone, Copy, Debug)]
enum Way {
    Days,
    Times(Wall),
    Flags,
    Texts,
    /// Of decimals, with so many digits after the point.
    Numbers(Conversion, Option<u32>),
}

/// What sort of values a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Days,
    Flags,
    Texts,
    Numbers,
}

/// The values of a column. What stands in the place of a blank is not known.
pub(crate) struct TypedCells {
    pub(crate) values: Values,
    /// The rows that have a value; `None` is all.
    pub(crate) there: Option<Bitmap>,
}

pub(crate) enum Values {
    /// Since 1970. Others than those that are allowed need a closer look.
    Days {
        days: Buffer<i32>,
        allowed: RangeInclusive<i32>,
    },
    /// Whole numbers, of which 1 is stored as a factor. Negative ones need a closer look, and those above `most`.
    Wholes {
        numbers: Buffer<i64>,
        factor: i64,
        most: i64,
    },
    /// Numbers as they are stored.
    Numbers(Vec<i64>),
    Flags(Bitmap),
    /// Places among texts, not all of which some row has.
    Texts {
        codes: Buffer<u32>,
        names: Vec<String>,
    },
}

impl Batches {
    /// The columns that are needed for these, taken as they are typed; `None` where one of them has to be read.
    pub(crate) fn typed<'t>(
        &self,
        wanted: &BTreeSet<String>,
        dtype: impl Fn(&str) -> Option<&'t DataType>,
    ) -> Option<Vec<TypedColumn>> {
        let needed = self.needed_where(wanted, |spec| self.is_made(spec));
        let header = header::of_frame(self.table, &needed, &self.told);
        // What is doubtful of headers, and what may be a total among names, is told by reading.
        if !header.doubts.is_empty() || header.columns.iter().any(|found| names_a_record(&header, found)) {
            return None;
        }
        let known = beside::known(&header);
        let column = |found: &FoundColumn| {
            let file_name = needed.get(found.at)?;
            let spec = build::known(self.table, found);
            let name = match &found.target {
                Target::Known(name) => (*name).to_owned(),
                Target::Other(name) => name.clone(),
            };
            let paired = |spec: &ColumnSpec| spec.unit_in.is_some() || spec.bound_in.is_some() || self.is_made(spec);
            if beside::role(self.table, &text::word(&found.header), &known).is_some()
                || self.plain(&name) != Some(file_name)
                || spec.is_some_and(paired)
            {
                return None;
            }
            let kind = spec.map_or(Kind::Text, |spec| spec.kind);
            if kind == Kind::Flag && !self.blank_is_no.is_empty() {
                return None;
            }
            let way = Way::of(kind, spec, found, dtype(file_name)?)?;
            Some(TypedColumn { header: file_name.clone(), name, kind, way })
        };
        let columns: Vec<TypedColumn> = header.columns.iter().map(column).collect::<Option<_>>()?;
        // What is made of other columns is made by reading.
        wanted.iter().all(|name| columns.iter().any(|column| column.name == *name)).then_some(columns)
    }

    /// Whether a column is made of others, or held against what they give: not so where the files have the column
    /// itself, and none of the others.
    pub(super) fn is_made(&self, spec: &ColumnSpec) -> bool {
        let known = beside::known(&self.header);
        let dues = || self.table.columns.iter().filter(|other| other.is_due());
        let mut others: Vec<&str> = spec.derived_from.as_deref().into_iter().collect();
        if spec.is_due() {
            others.extend(dues().map(|due| due.name.as_str()).filter(|due| *due != spec.name));
            others.extend(dues().filter_map(|due| due.derived_from.as_deref()));
        }
        spec.derived && (!known.contains(&spec.name.as_str()) || others.iter().any(|other| known.contains(other)))
    }
}

impl Way {
    fn of(kind: Kind, spec: Option<&'static ColumnSpec>, found: &FoundColumn, dtype: &DataType) -> Option<Self> {
        match (kind, dtype) {
            (Kind::Event | Kind::Date, DataType::Date) => Some(Self::Days),
            (Kind::Event | Kind::Date, times) => Wall::of(times).map(Self::Times),
            (Kind::Flag, DataType::Boolean) => Some(Self::Flags),
            (Kind::Id | Kind::Text | Kind::Dimension, DataType::String | DataType::Categorical(..)) => {
                Some(Self::Texts)
            }
            (Kind::Money | Kind::Area | Kind::Count | Kind::OptionalCount, dtype) => {
                let fits = matches!(
                    dtype,
                    DataType::Int8
                        | DataType::Int16
                        | DataType::Int32
                        | DataType::Int64
                        | DataType::UInt8
                        | DataType::UInt16
                        | DataType::UInt32
                        | DataType::Float64
                        | DataType::Decimal(..)
                );
                let digits = match dtype {
                    DataType::Decimal(_, digits) => Some(u32::try_from(*digits).ok()?),
                    _ => None,
                };
                let conversion = fits.then(|| Conversion::of(spec?, found.unit)).flatten()?;
                Some(Self::Numbers(conversion, digits))
            }
            _ => None,
        }
    }
}

impl TypedColumn {
    /// Whether its cells are texts, which may be asked for by their places in a dictionary.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.way, Way::Texts)
    }

    /// The cells of arrays that stand under one another; `None` where one of them needs a closer look.
    pub(crate) fn cells(&self, arrays: &[ArrayRef]) -> Option<TypedCells> {
        let mut parts = arrays.iter().map(|array| self.of_array(array.as_ref()));
        match (parts.next(), arrays.len()) {
            (Some(only), 1) => only,
            (first, _) => joined(first.into_iter().chain(parts).collect::<Option<Vec<_>>>()?),
        }
    }

    fn of_array(&self, array: &dyn Array) -> Option<TypedCells> {
        let there = array.validity().filter(|there| there.unset_bits() > 0).cloned();
        let values = match self.way {
            Way::Days => {
                Values::Days { days: of_type::<PrimitiveArray<i32>>(array)?.values().clone(), allowed: date::DAYS }
            }
            Way::Times(wall) => {
                let times = of_type::<PrimitiveArray<i64>>(array)?;
                // That a day is the wrong one is told by reading.
                if times.iter().flatten().any(|time| wall.is_midnight_in_beijing(*time)) {
                    return None;
                }
                let days: Vec<i32> = times.values().iter().map(|time| wall.day(*time)).collect();
                Values::Days { days: days.into(), allowed: date::DAYS }
            }
            Way::Flags => Values::Flags(of_type::<BooleanArray>(array)?.values().clone()),
            Way::Texts => texts(array, self.kind == Kind::Id)?,
            Way::Numbers(conversion, _) => return numbers(array, &conversion, there),
        };
        Some(TypedCells { values, there })
    }

    pub(crate) fn sort(&self) -> Sort {
        match self.way {
            Way::Days | Way::Times(_) => Sort::Days,
            Way::Flags => Sort::Flags,
            Way::Texts => Sort::Texts,
            Way::Numbers(..) => Sort::Numbers,
        }
    }

    /// Puts days since 1970 behind others; `None` where one of them needs a closer look.
    pub(crate) fn days(&self, plain: Plain<'_>, days: &mut Vec<i32>) -> Option<()> {
        let before = days.len();
        match (self.way, plain) {
            (Way::Days, Plain::Short(plain)) => days.extend(plain.iter().map(|day| i32::from_le_bytes(*day))),
            (Way::Times(wall), Plain::Long(plain)) => {
                // As in arrays: that a day is the wrong one is told by reading.
                if plain.iter().any(|time| wall.is_midnight_in_beijing(i64::from_le_bytes(*time))) {
                    return None;
                }
                days.extend(plain.iter().map(|time| wall.day(i64::from_le_bytes(*time))));
            }
            _ => return None,
        }
        days[before..].iter().all(|day| date::DAYS.contains(day)).then_some(())
    }

    /// What whole numbers are multiplied with to be stored, and the greatest of them that needs no closer look, as
    /// negative ones do; `None` where it is not as simple.
    pub(crate) fn factor(&self) -> Option<(i64, i64)> {
        match self.way {
            Way::Numbers(conversion, None) => conversion.whole_factor(),
            _ => None,
        }
    }

    /// How its floats are stored.
    pub(crate) fn floats(&self) -> Option<Conversion> {
        match self.way {
            Way::Numbers(conversion, None) => Some(conversion),
            _ => None,
        }
    }

    /// Puts numbers behind others as they are stored; `None` where one of them needs a closer look.
    pub(crate) fn numbers(&self, plain: Plain<'_>, numbers: &mut Vec<i64>) -> Option<()> {
        let Way::Numbers(conversion, digits) = self.way else { return None };
        let stored = |whole: i64| match digits {
            None => conversion.whole(whole),
            Some(digits) => conversion.decimal(whole.into(), digits),
        };
        match (plain, digits) {
            (Plain::Short(plain), _) => {
                each(plain.iter().map(|whole| stored(i32::from_le_bytes(*whole).into())), numbers)
            }
            (Plain::Long(plain), _) => each(plain.iter().map(|whole| stored(i64::from_le_bytes(*whole))), numbers),
            (Plain::Floats(plain), None) => {
                each(plain.iter().map(|float| conversion.float(f64::from_le_bytes(*float))), numbers)
            }
            _ => None,
        }
    }

    /// Clean texts in order; `None` where one of them needs a closer look.
    pub(crate) fn texts<'p>(&self, plain: Plain<'p>) -> Option<Vec<&'p str>> {
        let Plain::Texts(mut bytes, many) = plain else { return None };
        let mut texts = Vec::new();
        for _ in 0..many {
            let (length, rest) = bytes.split_first_chunk()?;
            let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            texts.push(str::from_utf8(text).ok().filter(|text| text::is_clean(text, self.kind == Kind::Id))?);
            bytes = rest;
        }
        Some(texts)
    }
}

/// Numbers that were stored one by one.
fn each(stored: impl Iterator<Item = Option<i64>>, numbers: &mut Vec<i64>) -> Option<()> {
    let mut all = true;
    numbers.extend(stored.map(|number| {
        all &= number.is_some();
        number.unwrap_or_default()
    }));
    all.then_some(())
}

impl TypedCells {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match &self.values {
            Values::Days { days, .. } => days.len(),
            Values::Wholes { numbers, .. } => numbers.len(),
            Values::Numbers(numbers) => numbers.len(),
            Values::Flags(flags) => flags.len(),
            Values::Texts { codes, .. } => codes.len(),
        }
    }
}

fn of_type<A: 'static>(array: &dyn Array) -> Option<&A> {
    array.as_any().downcast_ref()
}

/// Texts that are all clean. Those that came in a dictionary keep their places in it.
fn texts(array: &dyn Array, fold: bool) -> Option<Values> {
    if let Some(coded) = of_type::<DictionaryArray<u32>>(array) {
        return in_dictionary(coded, |word| text::is_clean(word, fold));
    }
    let mut coder = Coder::default();
    let words = of_type::<Utf8ViewArray>(array)?.iter();
    let code = |word: Option<&str>| match word {
        None => Some(0),
        Some(word) => match coder.places.get(word) {
            Some(place) => Some(*place),
            None => text::is_clean(word, fold).then(|| coder.place(word)),
        },
    };
    let codes: Vec<u32> = words.map(code).collect::<Option<_>>()?;
    Some(Values::Texts { codes: codes.into(), names: coder.names })
}

/// The texts of a ledger's own file, which need no closer look: as places in dictionaries that stand under one another.
/// `None` where some stand for themselves.
pub(crate) fn coded(arrays: &[ArrayRef]) -> Option<TypedCells> {
    let of_array = |array: &ArrayRef| {
        let values = in_dictionary(of_type(array.as_ref())?, |_| true)?;
        Some(TypedCells { values, there: array.validity().filter(|there| there.unset_bits() > 0).cloned() })
    };
    joined(arrays.iter().map(of_array).collect::<Option<Vec<_>>>()?)
}

/// Texts that keep their places in a dictionary, if it has none but such.
fn in_dictionary(coded: &DictionaryArray<u32>, is_such: impl Fn(&str) -> bool) -> Option<Values> {
    let words = of_type::<Utf8ViewArray>(coded.values().as_ref())?;
    let all = words.validity().is_none() && words.values_iter().all(is_such);
    let names = words.values_iter().map(str::to_owned).collect();
    all.then(|| Values::Texts { codes: coded.keys().values().clone(), names })
}

/// Texts, each with a place.
#[derive(Default)]
pub(crate) struct Coder {
    pub(crate) names: Vec<String>,
    places: HashMap<String, u32, foldhash::fast::RandomState>,
}

impl Coder {
    pub(crate) fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

fn numbers(array: &dyn Array, conversion: &Conversion, there: Option<Bitmap>) -> Option<TypedCells> {
    if let Some(floats) = of_type::<PrimitiveArray<f64>>(array) {
        // What is no number is a blank.
        let there = match floats.values().iter().any(|value| value.is_nan()) {
            false => there,
            true => {
                let known = (0..).zip(floats.values().iter());
                Some(known.map(|(row, value)| !value.is_nan() && there_in(there.as_ref(), row)).collect())
            }
        };
        let values = floats.values().iter();
        let values: Option<Vec<i64>> = match &there {
            None => values.map(|value| conversion.float(*value)).collect(),
            Some(there) => {
                let values = values.zip(there);
                values.map(|(value, there)| if there { conversion.float(*value) } else { Some(0) }).collect()
            }
        };
        return Some(TypedCells { values: Values::Numbers(values?), there });
    }
    if let Some(decimals) = of_type::<PrimitiveArray<i128>>(array) {
        let ArrowDataType::Decimal(_, own) = decimals.dtype() else { return None };
        let own = u32::try_from(*own).ok()?;
        let values = stored(decimals.iter().map(|value| value.copied()), |value| conversion.decimal(value, own))?;
        return Some(TypedCells { values: Values::Numbers(values), there });
    }
    let wide = (of_type::<PrimitiveArray<i64>>(array).map(|wide| wide.values().clone()))
        .or_else(|| widened::<i32>(array))
        .or_else(|| widened::<i16>(array))
        .or_else(|| widened::<i8>(array))
        .or_else(|| widened::<u32>(array))
        .or_else(|| widened::<u16>(array))
        .or_else(|| widened::<u8>(array))?;
    let values = match conversion.whole_factor() {
        Some((factor, most)) => Values::Wholes { numbers: wide, factor, most },
        None => {
            let known = wide.iter().enumerate().map(|(row, value)| there_in(there.as_ref(), row).then_some(*value));
            Values::Numbers(stored(known, |value| conversion.whole(value))?)
        }
    };
    Some(TypedCells { values, there })
}

fn widened<T: NativeType + Into<i64>>(array: &dyn Array) -> Option<Buffer<i64>> {
    let array = of_type::<PrimitiveArray<T>>(array)?;
    Some(array.values().iter().map(|value| (*value).into()).collect::<Vec<i64>>().into())
}

fn there_in(there: Option<&Bitmap>, row: usize) -> bool {
    there.is_none_or(|there| there.get_bit(row))
}

/// Numbers as they are stored, 0 for a blank; `None` where one needs a closer look.
fn stored<T>(known: impl Iterator<Item = Option<T>>, stored: impl Fn(T) -> Option<i64>) -> Option<Vec<i64>> {
    known.map(|value| value.map_or(Some(0), &stored)).collect()
}

/// Cells under one another; `None` of none.
fn joined(parts: Vec<TypedCells>) -> Option<TypedCells> {
    let (mut there, mut flags) = (BitmapBuilder::new(), BitmapBuilder::new());
    let (mut days, mut numbers, mut codes): (Vec<i32>, Vec<i64>, Vec<u32>) = Default::default();
    let mut coder = Coder::default();
    for part in &parts {
        match &part.values {
            Values::Days { days: more, .. } => days.extend_from_slice(more),
            Values::Wholes { numbers: more, .. } => numbers.extend_from_slice(more),
            Values::Numbers(more) => numbers.extend_from_slice(more),
            Values::Flags(more) => flags.extend_from_bitmap(more),
            Values::Texts { codes: more, names } => {
                let places: Vec<u32> = names.iter().map(|name| coder.place(name)).collect();
                // What stands in the place of a blank may be no place at all.
                codes.extend(more.iter().map(|code| places.get(*code as usize).copied().unwrap_or_default()));
            }
        }
        match &part.there {
            Some(own) => there.extend_from_bitmap(own),
            None => there.extend_constant(part.len(), true),
        }
    }
    // A column is of one sort in all files.
    let values = match parts.into_iter().next()?.values {
        Values::Days { allowed, .. } => Values::Days { days: days.into(), allowed },
        Values::Wholes { factor, most, .. } => Values::Wholes { numbers: numbers.into(), factor, most },
        Values::Numbers(_) => Values::Numbers(numbers),
        Values::Flags(_) => Values::Flags(flags.freeze()),
        Values::Texts { .. } => Values::Texts { codes: codes.into(), names: coder.names },
    };
    Some(TypedCells { values, there: there.into_opt_validity() })
}

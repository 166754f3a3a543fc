//! Columns of a batch that come typed and need no reading: taken whole, as an engine takes them, without a frame in
//! between. Where a cell needs a closer look, the batch is read as a frame is.

use std::collections::{BTreeSet, HashMap};

use polars::prelude::{ArrayRef, DataType};
use polars_arrow::array::{Array, BooleanArray, DictionaryArray, PrimitiveArray, Utf8ViewArray};
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_arrow::types::NativeType;

use super::Batches;
use crate::ledger::beside;
use crate::ledger::build::{self, far_out};
use crate::ledger::frame::numbers::Conversion;
use crate::ledger::frame::wall::Wall;
use crate::ledger::header::{self, FoundColumn, Target};
use crate::ledger::issue::Origin;
use crate::ledger::parse::date::is_in_range;
use crate::ledger::rows::names_a_record;
use crate::ledger::schema::{ColumnSpec, Kind};
use crate::ledger::{scale, text};

/// A column of files that is taken as it is typed there.
#[derive(Clone, Debug)]
pub(crate) struct TypedColumn {
    /// Its name in the files.
    pub(crate) header: String,
    /// Its canonical name, or its own.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    found: FoundColumn,
    spec: Option<&'static ColumnSpec>,
    way: Way,
    origin: Origin,
}

/// How cells become values.
#[derive(Clone, Copy, Debug)]
enum Way {
    Days,
    Times(Wall),
    Flags,
    Texts,
    Numbers(Conversion),
}

/// The values of a column, blank where `there` says so.
pub(crate) struct TypedCells {
    pub(crate) values: Values,
    there: BitmapBuilder,
}

pub(crate) enum Values {
    /// Since 1970.
    Days(Vec<i32>),
    /// Unscaled; 0 where blank.
    Numbers(Vec<i64>),
    Flags(BitmapBuilder),
    Texts(Texts),
}

/// Places among texts that some row has; anything where blank.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) codes: Vec<u32>,
    pub(crate) names: Vec<String>,
    places: HashMap<String, u32, foldhash::fast::RandomState>,
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
            let origin = self.origin(None);
            Some(TypedColumn { header: file_name.clone(), name, kind, found: found.clone(), spec, way, origin })
        };
        let columns: Vec<TypedColumn> = header.columns.iter().map(column).collect::<Option<_>>()?;
        // What is made of other columns is made by reading.
        wanted.iter().all(|name| columns.iter().any(|column| column.name == *name)).then_some(columns)
    }

    /// Whether a column is made of others, or held against what they give: not so where the files have the column
    /// itself, and none of the others.
    fn is_made(&self, spec: &ColumnSpec) -> bool {
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
                fits.then(|| Conversion::of(spec?, found.unit)).flatten().map(Self::Numbers)
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

    /// No cells yet, with room for so many.
    pub(crate) fn empty(&self, rows: usize) -> TypedCells {
        let values = match self.way {
            Way::Days | Way::Times(_) => Values::Days(Vec::with_capacity(rows)),
            Way::Numbers(_) => Values::Numbers(Vec::with_capacity(rows)),
            Way::Flags => Values::Flags(BitmapBuilder::with_capacity(rows)),
            Way::Texts => Values::Texts(Texts { codes: Vec::with_capacity(rows), ..Texts::default() }),
        };
        TypedCells { values, there: BitmapBuilder::with_capacity(rows) }
    }

    /// Adds cells; `None` where one of them needs a closer look.
    pub(crate) fn add(&self, cells: &mut TypedCells, array: &ArrayRef) -> Option<()> {
        let array = array.as_ref();
        match (&mut cells.values, self.way) {
            (Values::Days(days), Way::Days) => {
                let found = of_type::<PrimitiveArray<i32>>(array)?;
                each(found, |day, there| {
                    days.push(day);
                    !there || is_in_range(day)
                })?;
            }
            (Values::Days(days), Way::Times(wall)) => {
                let found = of_type::<PrimitiveArray<i64>>(array)?;
                each(found, |time, there| {
                    let day = if there { wall.day(time) } else { 0 };
                    days.push(day);
                    is_in_range(day) || !there
                })?;
            }
            (Values::Flags(flags), Way::Flags) => {
                flags.extend_from_bitmap(of_type::<BooleanArray>(array)?.values());
            }
            (Values::Texts(texts), Way::Texts) => texts.add(array, self.kind == Kind::Id)?,
            (Values::Numbers(numbers), Way::Numbers(conversion)) => {
                if let Some(floats) = of_type::<PrimitiveArray<f64>>(array) {
                    // What is no number is a blank.
                    let mut there = BitmapBuilder::with_capacity(floats.len());
                    each(floats, |value, is_there| {
                        let is_there = is_there && !value.is_nan();
                        there.push(is_there);
                        push(numbers, is_there, || conversion.float(value))
                    })?;
                    cells.there.extend_from_bitmap(&there.freeze());
                    return Some(());
                }
                add_numbers(numbers, &conversion, array)?;
            }
            _ => return None,
        }
        match array.validity() {
            Some(there) => cells.there.extend_from_bitmap(there),
            None => cells.there.extend_constant(array.len(), true),
        }
        Some(())
    }

    /// How many warnings reading would give of such cells as a whole.
    pub(crate) fn warnings(&self, cells: &TypedCells) -> usize {
        let Values::Numbers(numbers) = &cells.values else { return 0 };
        if !matches!(self.kind, Kind::Money | Kind::Area) {
            return 0;
        }
        let sizes = numbers.iter().filter(|number| **number != 0).map(|number| number.unsigned_abs());
        let reach = scale::Reach::of(numbers.iter().copied());
        if reach.is_narrow() || !(scale::may_be_far(sizes) || reach.is_long()) {
            return 0;
        }
        let there = cells.there();
        let blank = |row: usize| there.as_ref().is_some_and(|there| !there.get_bit(row));
        let values: Vec<Option<i64>> =
            numbers.iter().enumerate().map(|(row, number)| (!blank(row)).then_some(*number)).collect();
        far_out(&values, |_| true, |_| None, |_| None, &self.found, self.spec, &self.origin).len()
    }
}

impl TypedCells {
    /// The rows that have a value; `None` is all.
    pub(crate) fn there(&self) -> Option<Bitmap> {
        (self.there.unset_bits() > 0).then(|| self.there.clone().freeze())
    }

    /// The flags that some row has, as texts.
    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static str> + Clone {
        let (mut yes, mut no) = (false, false);
        if let Values::Flags(flags) = &self.values {
            let there = self.there();
            let known = |row: usize| there.as_ref().is_none_or(|there| there.get_bit(row));
            for (_, flag) in flags.clone().freeze().iter().enumerate().filter(|(row, _)| known(*row)) {
                (yes, no) = (yes | flag, no | !flag);
            }
        }
        yes.then_some("true").into_iter().chain(no.then_some("false"))
    }
}

impl Texts {
    fn add(&mut self, array: &dyn Array, fold: bool) -> Option<()> {
        if let Some(coded) = of_type::<DictionaryArray<u32>>(array) {
            const UNSEEN: u32 = u32::MAX;
            let names = of_type::<Utf8ViewArray>(coded.values().as_ref())?;
            // A dictionary may have words that no row has.
            let mut places = vec![UNSEEN; names.len()];
            return each(coded.keys(), |code, there| {
                let Some(place) = places.get_mut(code as usize).filter(|_| there) else {
                    self.codes.push(0);
                    return !there;
                };
                if *place == UNSEEN {
                    match names.get(code as usize).filter(|name| text::is_clean(name, fold)) {
                        Some(name) => *place = self.place(name),
                        None => return false,
                    }
                }
                self.codes.push(*place);
                true
            });
        }
        for name in of_type::<Utf8ViewArray>(array)?.iter() {
            let place = match name {
                None => 0,
                Some(name) => match self.places.get(name) {
                    Some(place) => *place,
                    None if text::is_clean(name, fold) => self.place(name),
                    None => return None,
                },
            };
            self.codes.push(place);
        }
        Some(())
    }

    fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

fn of_type<A: 'static>(array: &dyn Array) -> Option<&A> {
    array.as_any().downcast_ref()
}

/// Goes through cells, of which nobody knows what a blank one holds; `None` as soon as one is not taken.
fn each<T: NativeType>(array: &PrimitiveArray<T>, mut take: impl FnMut(T, bool) -> bool) -> Option<()> {
    let values = array.values();
    let all = match array.validity() {
        None => values.iter().all(|value| take(*value, true)),
        Some(there) => values.iter().zip(there).all(|(value, there)| take(*value, there)),
    };
    all.then_some(())
}

/// Adds a number, or 0 for a blank; whether it could be stored.
fn push(numbers: &mut Vec<i64>, there: bool, stored: impl Fn() -> Option<i64>) -> bool {
    let stored = if there { stored() } else { Some(0) };
    numbers.push(stored.unwrap_or_default());
    stored.is_some()
}

fn add_numbers(numbers: &mut Vec<i64>, conversion: &Conversion, array: &dyn Array) -> Option<()> {
    if let Some(decimals) = of_type::<PrimitiveArray<i128>>(array) {
        let polars_arrow::datatypes::ArrowDataType::Decimal(_, own) = decimals.dtype() else { return None };
        let own = u32::try_from(*own).ok()?;
        return each(decimals, |value, there| push(numbers, there, || conversion.decimal(value, own)));
    }
    wholes::<i64>(numbers, conversion, array)
        .or_else(|| wholes::<i32>(numbers, conversion, array))
        .or_else(|| wholes::<i16>(numbers, conversion, array))
        .or_else(|| wholes::<i8>(numbers, conversion, array))
        .or_else(|| wholes::<u32>(numbers, conversion, array))
        .or_else(|| wholes::<u16>(numbers, conversion, array))
        .or_else(|| wholes::<u8>(numbers, conversion, array))?
}

/// Adds whole numbers of a type; the outer `None` is of another type.
fn wholes<T: NativeType + Into<i64>>(
    numbers: &mut Vec<i64>,
    conversion: &Conversion,
    array: &dyn Array,
) -> Option<Option<()>> {
    let array = of_type::<PrimitiveArray<T>>(array)?;
    let Some((factor, most)) = conversion.whole_factor() else {
        return Some(each(array, |value, there| push(numbers, there, || conversion.whole(value.into()))));
    };
    // Numbers that are stored by a factor: all of them first, then whether they were all to be stored.
    let mut fits = true;
    let mut add = |value: T, there: bool| {
        let value: i64 = if there { value.into() } else { 0 };
        fits &= (0..=most).contains(&value);
        value.wrapping_mul(factor)
    };
    match array.validity() {
        None => numbers.extend(array.values().iter().map(|value| add(*value, true))),
        Some(there) => numbers.extend(array.values().iter().zip(there).map(|(value, there)| add(*value, there))),
    }
    Some(fits.then_some(()))
}

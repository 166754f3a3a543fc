//! Columns as the kernels read them: whole morsels of 4,096 rows, in plain integers and bitmaps.
//!
//! Days are counted from 1970 on (`days`), blank is [`NEVER`]; numbers are their unscaled integers in 64 bits; texts are
//! codes of a dictionary. The last morsel is filled up with rows that belong to no group. What does not fit is not
//! prepared, and the reference engine computes it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use polars::prelude::*;
use polars_arrow::array::Array;

use super::Unfit;
use super::days::DayColumn;
use super::filled::{DATES, day_column, filled, filled_by, flags, in_morsels, is_far, sizes};
use crate::ledger::Kind;
use crate::ledger::side_by_side::{broke_off, side_by_side};

/// Rows that are worked on at a time.
pub(super) const MORSEL: usize = 4096;
pub(super) const WORDS: usize = MORSEL / 64;

/// Further away than any date, and far from the limits of Int32, so that days can be added.
pub(super) const NEVER: i32 = 1 << 30;
/// Before any date.
pub(super) const ALWAYS: i32 = -NEVER;
pub(super) type Words = [u64; WORDS];

/// Morsels of a bitmap; `None` is a bitmap without any row, where that is common.
pub(super) type Bits = Vec<Words>;

/// A prepared column.
pub(super) enum Prepared {
    Days(Days),
    Numbers(Numbers),
    Flags { yes: Bits, there: Option<Bits>, unreadable: Option<Bits> },
    Texts(Texts),
}

/// The first and the last day that each row may have.
pub(super) struct Days {
    /// `None` where it is the last day everywhere.
    pub(super) from: Option<DayColumn>,
    pub(super) to: DayColumn,
    /// Of planned and due days, the rows that have one; `None` is all.
    pub(super) there: Option<Bits>,
    pub(super) unreadable: Option<Bits>,
    /// Whether no first day lies after its last.
    pub(super) ordered: bool,
}

pub(super) struct Numbers {
    /// 0 where there is none.
    pub(super) values: Vec<[i64; MORSEL]>,
    pub(super) there: Option<Bits>,
    pub(super) unreadable: Option<Bits>,
    /// No less than the greatest absolute value.
    pub(super) most: i128,
    /// No less than the sum of all absolute values.
    pub(super) all: i128,
}

pub(super) struct Texts {
    /// Places in `names`; its length where there is no text.
    pub(super) codes: Vec<[u32; MORSEL]>,
    pub(super) names: Arc<Vec<String>>,
    pub(super) there: Option<Bits>,
    pub(super) unreadable: Option<Bits>,
}

/// What `make` gives of each morsel of so many rows, made by several threads.
pub(super) fn morsels<T: Send>(rows: usize, make: impl Fn(usize) -> T + Sync) -> Result<Vec<T>, Unfit> {
    const BLOCK: usize = 32;
    let count = rows.div_ceil(MORSEL);
    let blocks: Vec<usize> = (0..count.div_ceil(BLOCK)).collect();
    let made = side_by_side(&blocks, count > BLOCK, |_, block| {
        (block * BLOCK..((block + 1) * BLOCK).min(count)).map(&make).collect::<Vec<T>>()
    });
    let mut all = Vec::with_capacity(count);
    for block in made {
        all.extend(block.ok_or_else(|| Unfit::Failed(broke_off()))?);
    }
    Ok(all)
}

/// A bitmap of the rows for which `is` holds.
pub(super) fn bits(rows: usize, is: impl Fn(usize) -> bool + Sync) -> Result<Bits, Unfit> {
    morsels(rows, |morsel| {
        let mut words = [0u64; WORDS];
        for (at, word) in words.iter_mut().enumerate() {
            let first = morsel * MORSEL + at * 64;
            for row in first..(first + 64).min(rows) {
                *word |= u64::from(is(row)) << (row - first);
            }
        }
        words
    })
}

/// A value for each row; `rest` fills the last morsel.
pub(super) fn values<T: Copy + Send + Sync>(
    rows: usize,
    rest: T,
    of: impl Fn(usize) -> T + Sync,
) -> Result<Vec<[T; MORSEL]>, Unfit> {
    filled_by(rows, rest, |morsel, made| {
        let first = morsel * MORSEL;
        for (at, slot) in made.iter_mut().enumerate().take(rows.saturating_sub(first)) {
            *slot = of(first + at);
        }
    })
}

impl Prepared {
    /// A column of a table.
    pub(super) fn of(frame: &DataFrame, name: &str, kind: Kind, snapshot: i64) -> Result<Self, Unfit> {
        let rows = frame.height();
        let cells = frame.column(name)?;
        let state = match frame.column(&format!("{name}_state")) {
            Ok(state) => Some(state.str()?.rechunk().into_owned()),
            Err(_) => None,
        };
        let stated = |row: usize, what: &str| state.as_ref().is_some_and(|s| s.get(row) == Some(what));
        let unreadable = || match &state {
            Some(_) => bits(rows, |row| stated(row, "unreadable")).map(Some),
            None => Ok(None),
        };
        match kind {
            Kind::Event | Kind::Date => {
                let from = frame.column(&format!("{name}_from")).ok();
                days(rows, cells, from, state.as_ref(), kind, snapshot, unreadable()?)
            }
            Kind::Flag => {
                let cells = cells.bool()?.rechunk();
                let cells = cells.downcast_as_array();
                let there = there(cells);
                Ok(Self::Flags { yes: flags(cells.values(), there.as_ref()), there, unreadable: unreadable()? })
            }
            kind if kind.scale().is_some() => numbers(cells, unreadable()?),
            _ => texts(rows, &cells.cast(&DataType::String)?, unreadable()?),
        }
    }

    /// The column with the row at each of `places`; what has no place is unreadable.
    pub(super) fn taken(&self, places: &[Option<u32>]) -> Result<Self, Unfit> {
        let rows = places.len();
        let place = |row: usize| places.get(row).copied().flatten().map(|place| place as usize);
        let bit = |bits: &Bits, at: usize| bits[at / MORSEL][at % MORSEL / 64] >> (at % 64) & 1 == 1;
        let lost = places.iter().any(Option::is_none);
        let there = |there: &Option<Bits>| match there {
            None if !lost => Ok(None),
            there => bits(rows, |row| place(row).is_some_and(|at| there.as_ref().is_none_or(|b| bit(b, at)))).map(Some),
        };
        let unreadable = |unreadable: &Option<Bits>| match unreadable {
            None if !lost => Ok(None),
            cells => bits(rows, |row| place(row).is_none_or(|at| cells.as_ref().is_some_and(|b| bit(b, at)))).map(Some),
        };
        Ok(match self {
            Self::Days(days) => {
                let from = match &days.from {
                    None if !lost => None,
                    from => Some(from.as_ref().unwrap_or(&days.to).taken(rows, ALWAYS, place)?),
                };
                let own = days.there.as_ref();
                Self::Days(Days {
                    from,
                    to: days.to.taken(rows, NEVER, place)?,
                    // A day of a project that is not there may be any day, but it is one.
                    there: own.map(|own| bits(rows, |row| place(row).is_none_or(|at| bit(own, at)))).transpose()?,
                    unreadable: unreadable(&days.unreadable)?,
                    ordered: days.ordered,
                })
            }
            Self::Numbers(numbers) => {
                let taken = values(rows, 0, |row| place(row).map_or(0, |at| numbers.values[at / MORSEL][at % MORSEL]))?;
                let (_, all) = sizes(&taken);
                Self::Numbers(Numbers {
                    values: taken,
                    there: there(&numbers.there)?,
                    unreadable: unreadable(&numbers.unreadable)?,
                    most: numbers.most,
                    all,
                })
            }
            Self::Flags { yes, there: own, unreadable: cells } => Self::Flags {
                yes: bits(rows, |row| place(row).is_some_and(|at| bit(yes, at)))?,
                there: there(own)?,
                unreadable: unreadable(cells)?,
            },
            Self::Texts(texts) => {
                let none = texts.names.len() as u32;
                Self::Texts(Texts {
                    codes: values(rows, none, |row| {
                        place(row).map_or(none, |at| texts.codes[at / MORSEL][at % MORSEL])
                    })?,
                    names: Arc::clone(&texts.names),
                    there: there(&texts.there)?,
                    unreadable: unreadable(&texts.unreadable)?,
                })
            }
        })
    }
}

/// The rows of a column that have something; `None` is all.
fn there(cells: &dyn Array) -> Option<Bits> {
    cells.validity().filter(|there| there.unset_bits() > 0).map(in_morsels)
}

fn days(
    rows: usize,
    last: &Column,
    first: Option<&Column>,
    state: Option<&StringChunked>,
    kind: Kind,
    snapshot: i64,
    unreadable: Option<Bits>,
) -> Result<Prepared, Unfit> {
    let plain = |column: &Column| -> PolarsResult<Int32Chunked> {
        Ok(column.cast(&DataType::Int32)?.i32()?.rechunk().into_owned())
    };
    let last = plain(last)?;
    let first = first.map(plain).transpose()?;
    let snapshot = i32::try_from(snapshot).map_err(|_| Unfit::Wide)?;
    if first.is_none() && state.is_none() {
        // Every day is known, or there is none.
        let cells = last.downcast_as_array();
        let there = there(cells);
        let to = day_column(cells.values(), there.as_ref(), snapshot, &DATES)?;
        let there = there.filter(|_| kind == Kind::Date);
        return Ok(Prepared::Days(Days { from: None, to, there, unreadable, ordered: true }));
    }
    let (mut least, mut most) = (snapshot, snapshot);
    for days in [Some(&last), first.as_ref()].into_iter().flatten() {
        least = least.min(days.min().unwrap_or(snapshot));
        most = most.max(days.max().unwrap_or(snapshot));
    }
    if is_far(least) || is_far(most) {
        return Err(Unfit::Wide);
    }
    let (to_cells, from_cells) = (last.downcast_as_array(), first.as_ref().map(|first| first.downcast_as_array()));
    let stated = |row: usize, what: &str| state.is_some_and(|state| state.get(row) == Some(what));
    let from_cell = |row: usize| from_cells.and_then(|cells| cells.get(row));
    // The first and the last day, and whether there is one.
    let interval = |row: usize| match (to_cells.get(row), kind) {
        (Some(to), Kind::Event) => {
            let from = from_cell(row).unwrap_or(to);
            // What is recorded has happened: an interval that begins by the snapshot ends there at the latest.
            (from, if from <= snapshot { to.min(snapshot) } else { to }, true)
        }
        (to, Kind::Date) if stated(row, "open") => (from_cell(row).unwrap_or(ALWAYS), to.unwrap_or(NEVER), true),
        (Some(to), _) => (from_cell(row).unwrap_or(to), to, true),
        (None, _) if stated(row, "unreadable") => (ALWAYS, NEVER, true),
        (None, Kind::Event) if stated(row, "undated") => (ALWAYS, snapshot, true),
        (None, _) => (NEVER, NEVER, kind == Kind::Event),
    };
    let to = DayColumn::of(rows, (least, most), |row| interval(row).1)?;
    let from = Some(DayColumn::of(rows, (least, most), |row| interval(row).0)?).filter(|from| *from != to);
    let ordered = from.as_ref().is_none_or(|from| from.at_most(&to));
    let there = match kind {
        Kind::Event => None,
        _ if last.null_count() == 0 => None,
        _ => Some(bits(rows, |row| interval(row).2)?),
    };
    Ok(Prepared::Days(Days { from, to, there, unreadable, ordered }))
}

fn numbers(cells: &Column, unreadable: Option<Bits>) -> Result<Prepared, Unfit> {
    let physical = cells.as_materialized_series().to_physical_repr().into_owned();
    let (values, there) = match physical.dtype() {
        DataType::Int128 => {
            let cells = physical.i128()?.rechunk();
            let cells = cells.downcast_as_array();
            let there = there(cells);
            let is_wide = AtomicBool::new(false);
            let slice = cells.values();
            let narrowed = filled_by(slice.len(), 0, |morsel, out| {
                let mut lost = false;
                let is_there = |at: usize| there.as_ref().is_none_or(|t| t[morsel][at / 64] >> (at % 64) & 1 == 1);
                for (at, (out, value)) in out.iter_mut().zip(&slice[morsel * MORSEL..]).enumerate() {
                    // What a blank cell holds does not matter.
                    let value = if is_there(at) { *value } else { 0 };
                    *out = value as i64;
                    lost |= i128::from(*out) != value;
                }
                is_wide.fetch_or(lost, Ordering::Relaxed);
            })?;
            if is_wide.into_inner() {
                return Err(Unfit::Wide);
            }
            (narrowed, there)
        }
        _ => {
            let cells = physical.strict_cast(&DataType::Int64).map_err(|_| Unfit::Wide)?;
            let cells = cells.i64()?.rechunk();
            let cells = cells.downcast_as_array();
            let there = there(cells);
            (filled(cells.values(), there.as_ref(), 0)?, there)
        }
    };
    let (most, all) = sizes(&values);
    Ok(Prepared::Numbers(Numbers { values, there, unreadable, most, all }))
}

fn texts(rows: usize, cells: &Column, unreadable: Option<Bits>) -> Result<Prepared, Unfit> {
    let cells = cells.str()?.rechunk();
    let array = cells.downcast_as_array();
    // Each block of rows gets a dictionary of its own; then the blocks' are put together, in order.
    const BLOCK: usize = MORSEL * 64;
    let blocks: Vec<usize> = (0..rows.div_ceil(BLOCK)).collect();
    let made = side_by_side(&blocks, blocks.len() > 1, |_, block| {
        let mut seen: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut names: Vec<&str> = Vec::new();
        let codes: Vec<u32> = (block * BLOCK..((block + 1) * BLOCK).min(rows))
            .map(|row| match array.get(row) {
                None => u32::MAX,
                Some(text) => *seen.entry(text).or_insert_with(|| {
                    names.push(text);
                    names.len() as u32 - 1
                }),
            })
            .collect();
        (names, codes)
    });
    let mut places: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
    let mut names: Vec<String> = Vec::new();
    let mut all: Vec<(Vec<u32>, Vec<u32>)> = Vec::with_capacity(made.len());
    for block in made {
        let (own, codes) = block.ok_or_else(|| Unfit::Failed(broke_off()))?;
        let map = own.into_iter().map(|name| {
            *places.entry(name).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() as u32 - 1
            })
        });
        let map: Vec<u32> = map.collect();
        all.push((map, codes));
    }
    let none = names.len() as u32;
    let codes = values(rows, none, |row| {
        let (map, codes) = &all[row / BLOCK];
        map.get(codes[row % BLOCK] as usize).copied().unwrap_or(none)
    })?;
    let there = there(array);
    Ok(Prepared::Texts(Texts { codes, names: Arc::new(names), there, unreadable }))
}

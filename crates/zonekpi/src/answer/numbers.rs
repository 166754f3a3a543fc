//! The numbers of many lines as columns. Of most of them the nearest float is told, which needs no lowest terms.

use polars::prelude::*;

use super::derive::{Deriving, sum};
use super::lines::Stretch;
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::column::numbers_where;
use crate::message::ErrorCode;
use crate::number::{Decimal, Unreduced};

/// Which numbers an answer tells beside those that all do.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Numerators and denominators as decimals.
    pub(super) exact: bool,
    pub(super) wilson: bool,
    pub(super) durations: bool,
}

/// The numbers of lines that follow one another: by column, and what is not wanted is empty.
#[derive(Default)]
pub(super) struct Numbers {
    floats: [Cells<f64>; FLOATS.len()],
    decimals: [Vec<Option<Decimal>>; 2],
    counts: [Vec<i64>; COUNTS.len()],
    waiting: [Cells<i64>; 2],
}

const FLOATS: [&str; 9] =
    ["value", "numerator", "denominator", "lower", "upper", "wilson_lower", "wilson_upper", "shortest", "longest"];

const COUNTS: [&str; 5] =
    ["unknown", "population_unknown", "population_unknown_met", "population_unknown_not_met", "excluded"];

impl Wanted {
    /// Which of the floats are.
    fn floats(self) -> [bool; FLOATS.len()] {
        let (plain, wilson, ends) = (!self.exact, self.wilson, self.durations);
        [true, plain, plain, true, true, wilson, wilson, ends, ends]
    }
}

impl Numbers {
    /// Those of some stretches, with room for so many lines.
    pub(super) fn of(items: &[Deriving<'_>], stretches: &[Stretch<'_>], wanted: Wanted, room: usize) -> Self {
        let mut numbers = Self::default();
        for (cells, _) in numbers.floats.iter_mut().zip(wanted.floats()).filter(|(_, wanted)| *wanted) {
            cells.reserve(room);
        }
        for count in &mut numbers.counts {
            count.reserve_exact(room);
        }
        for stretch in stretches {
            let Some(item) = items.get(stretch.item) else { continue };
            for line in 0..stretch.lines {
                numbers.push(item, stretch, line, wanted);
            }
        }
        numbers
    }

    fn push(&mut self, item: &Deriving<'_>, stretch: &Stretch<'_>, line: usize, wanted: Wanted) {
        let sides = stretch.sides(line);
        let derived = item.derive(sides, stretch.immature);
        let float = |number: Option<Unreduced>| number.and_then(Unreduced::to_f64);
        let (lower, upper) = derived.bounds.unzip();
        let (wilson_lower, wilson_upper) = derived.wilson.unzip();
        let waiting = derived.durations;
        let floats = [
            float(derived.value),
            derived.numerator.filter(|_| !wanted.exact).map(Decimal::to_f64),
            derived.denominator.filter(|_| !wanted.exact).map(Decimal::to_f64),
            float(lower),
            float(upper),
            wilson_lower,
            wilson_upper,
            float(waiting.and_then(|waiting| waiting.shortest)),
            float(waiting.and_then(|waiting| waiting.longest)),
        ];
        for ((cells, float), wanted) in self.floats.iter_mut().zip(floats).zip(wanted.floats()) {
            if wanted {
                cells.push(float);
            }
        }
        if wanted.exact {
            let [above, below] = &mut self.decimals;
            above.push(derived.numerator);
            below.push(derived.denominator);
        }
        let counts = [
            sum(sides, |f| f.unknown),
            sum(sides, |f| f.population_unknown),
            sum(sides, |f| f.population_unknown_met),
            sum(sides, |f| f.population_unknown_not_met),
            sum(sides, |f| f.excluded),
        ];
        for (all, count) in self.counts.iter_mut().zip(counts) {
            all.push(count);
        }
        if wanted.durations {
            let [open, competing] = &mut self.waiting;
            open.push(waiting.map(|waiting| waiting.open));
            competing.push(waiting.map(|waiting| waiting.competing));
        }
    }

    /// Adds those of the lines that follow.
    pub(super) fn append(&mut self, mut more: Self) {
        self.floats.iter_mut().zip(&mut more.floats).for_each(|(all, more)| all.append(more));
        self.decimals.iter_mut().zip(&mut more.decimals).for_each(|(all, more)| all.append(more));
        self.counts.iter_mut().zip(&mut more.counts).for_each(|(all, more)| all.append(more));
        self.waiting.iter_mut().zip(&mut more.waiting).for_each(|(all, more)| all.append(more));
    }

    /// The columns, in the order of the answer.
    ///
    /// # Errors
    ///
    /// A decimal of more digits than can be held.
    pub(super) fn columns(self, wanted: Wanted) -> Result<Vec<Column>> {
        let floats = FLOATS.into_iter().zip(self.floats).zip(wanted.floats());
        let mut floats =
            floats.filter(|(_, wanted)| *wanted).map(|((name, cells), _)| cells.column::<Float64Type>(name));
        let mut columns: Vec<Column> = floats.by_ref().take(if wanted.exact { 1 } else { 3 }).collect();
        for (name, cells) in ["numerator", "denominator"].into_iter().zip(self.decimals).filter(|_| wanted.exact) {
            columns.push(decimals(name, cells)?);
        }
        let counts = COUNTS.into_iter().zip(self.counts);
        columns.extend(counts.map(|(name, count)| Int64Chunked::from_vec(name.into(), count).into_column()));
        columns.extend(floats.by_ref().take(if wanted.wilson { 4 } else { 2 }));
        let waiting = ["open", "competing"].into_iter().zip(self.waiting).filter(|_| wanted.durations);
        columns.extend(waiting.map(|(name, cells)| cells.column::<Int64Type>(name)));
        columns.extend(floats);
        Ok(columns)
    }
}

/// Numbers of which some may not be there.
#[derive(Default)]
struct Cells<T> {
    numbers: Vec<T>,
    there: Vec<bool>,
}

impl<T: Copy + Default> Cells<T> {
    fn reserve(&mut self, room: usize) {
        self.numbers.reserve_exact(room);
        self.there.reserve_exact(room);
    }

    fn push(&mut self, number: Option<T>) {
        self.numbers.push(number.unwrap_or_default());
        self.there.push(number.is_some());
    }

    fn append(&mut self, more: &mut Self) {
        self.numbers.append(&mut more.numbers);
        self.there.append(&mut more.there);
    }

    fn column<P: PolarsNumericType<Native = T>>(self, name: &str) -> Column
    where
        ChunkedArray<P>: IntoColumn,
    {
        let blanks = self.there.contains(&false);
        let there = blanks.then(|| BooleanChunked::from_iter_values(PlSmallStr::EMPTY, self.there.into_iter()));
        numbers_where::<P>(name.into(), self.numbers, there).into_column()
    }
}

/// Decimals of one scale, the greatest that any of them has.
fn decimals(name: &str, cells: Vec<Option<Decimal>>) -> Result<Column> {
    let scale = cells.iter().flatten().map(|d| d.scale).max().unwrap_or(0);
    let unscaled = cells.into_iter().map(|cell| match cell {
        None => Ok(None),
        Some(d) => match d.rescaled(scale) {
            Some(d) if d.unscaled.unsigned_abs() < 10u128.pow(38) => Ok(Some(d.unscaled)),
            _ => Err(Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", name))),
        },
    });
    let unscaled: Int128Chunked = unscaled.collect::<Result<Vec<_>>>()?.into_iter().collect();
    Ok(unscaled.with_name(name.into()).into_decimal(38, scale as usize)?.into_column())
}

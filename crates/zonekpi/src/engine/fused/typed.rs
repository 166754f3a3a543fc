//! Columns of a batch that came typed, prepared for the kernels: they stand beside the ledger of the batch, whose table
//! has rows and no columns.

use polars_arrow::bitmap::Bitmap;

use super::Unfit;
use super::columns::{Bits, Days, MORSEL, NEVER, Numbers, Prepared, Texts, WORDS, is_far, morsels, sizes};
use super::days::{DayColumn, Near};
use super::store::Tables;
use crate::indicator::ColumnRef;
use crate::ledger::batch::{TypedCells, TypedColumn, Values};
use crate::ledger::{Kind, Ledger};
use crate::query::Phases;
use crate::query::plan::to_epoch;

/// Puts columns beside a ledger, so that questions find them prepared.
pub(crate) fn beside(
    ledger: &Ledger,
    table: &'static str,
    rows: usize,
    columns: &[(&TypedColumn, TypedCells)],
) -> Result<(), Unfit> {
    let tables = Tables::of(ledger, Phases::Own);
    let snapshot = i32::try_from(to_epoch(ledger.snapshot_on())).map_err(|_| Unfit::Wide)?;
    for (column, cells) in columns {
        let reference = ColumnRef { of_project: false, name: column.name.clone(), kind: column.kind };
        tables.put(table, &reference, prepared(column.kind, cells, rows, snapshot)?);
    }
    Ok(())
}

fn prepared(kind: Kind, cells: &TypedCells, rows: usize, snapshot: i32) -> Result<Prepared, Unfit> {
    let there = cells.there();
    let bits_there = there.as_ref().map(|there| bits(there, rows)).transpose()?;
    Ok(match &cells.values {
        Values::Days(days) => Prepared::Days(Days {
            from: None,
            to: day_column(days, there.as_ref(), bits_there.as_ref(), rows, snapshot)?,
            there: bits_there.filter(|_| kind == Kind::Date),
            unreadable: None,
            ordered: true,
        }),
        Values::Flags(flags) => {
            let mut yes = bits(&flags.clone().freeze(), rows)?;
            // Nobody knows what a blank cell holds.
            for (yes, there) in yes.iter_mut().zip(bits_there.iter().flatten()) {
                yes.iter_mut().zip(there).for_each(|(yes, there)| *yes &= there);
            }
            Prepared::Flags { yes, there: bits_there, unreadable: None }
        }
        Values::Numbers(numbers) => {
            let values = filled(numbers, 0)?;
            let (most, all) = sizes(&values);
            Prepared::Numbers(Numbers { values, there: bits_there, unreadable: None, most, all })
        }
        Values::Texts(texts) => {
            let none = texts.names.len() as u32;
            let mut codes = filled(&texts.codes, none)?;
            unless_there(&mut codes, bits_there.as_ref(), none);
            Prepared::Texts(Texts { codes, names: texts.names.clone(), there: bits_there, unreadable: None })
        }
    })
}

/// Days that are known or have not come.
fn day_column(
    days: &[i32],
    there: Option<&Bitmap>,
    bits_there: Option<&Bits>,
    rows: usize,
    snapshot: i32,
) -> Result<DayColumn, Unfit> {
    let (mut least, mut most) = (snapshot, snapshot);
    let mut reach = |day: i32| (least, most) = (least.min(day), most.max(day));
    match there {
        None => days.iter().for_each(|day| reach(*day)),
        Some(there) => days.iter().zip(there).for_each(|(day, there)| reach(if there { *day } else { snapshot })),
    }
    if is_far(least) || is_far(most) {
        return Err(Unfit::Wide);
    }
    Ok(match Near::of(least, most) {
        Some(near) => {
            let never = near.cell(NEVER);
            let mut cells: Vec<[u16; MORSEL]> = morsels(rows, |morsel| {
                let mut cells = [never; MORSEL];
                for (cell, day) in cells.iter_mut().zip(days.iter().skip(morsel * MORSEL)) {
                    *cell = near.cell_of_day(*day);
                }
                cells
            })?;
            unless_there(&mut cells, bits_there, never);
            DayColumn::Near(near, cells)
        }
        None => {
            let mut cells = filled(days, NEVER)?;
            unless_there(&mut cells, bits_there, NEVER);
            DayColumn::Far(cells)
        }
    })
}

/// Values in morsels; `rest` fills the last.
fn filled<T: Copy + Send + Sync>(values: &[T], rest: T) -> Result<Vec<[T; MORSEL]>, Unfit> {
    morsels(values.len(), |morsel| {
        let mut filled = [rest; MORSEL];
        let values = values.get(morsel * MORSEL..).unwrap_or_default();
        let many = values.len().min(MORSEL);
        filled[..many].copy_from_slice(&values[..many]);
        filled
    })
}

/// Puts `none` where there is nothing.
fn unless_there<T: Copy>(cells: &mut [[T; MORSEL]], there: Option<&Bits>, none: T) {
    for (cells, there) in cells.iter_mut().zip(there.into_iter().flatten()) {
        for (cells, there) in cells.as_chunks_mut::<64>().0.iter_mut().zip(there) {
            if *there == u64::MAX {
                continue;
            }
            for (at, cell) in cells.iter_mut().enumerate() {
                if there >> at & 1 == 0 {
                    *cell = none;
                }
            }
        }
    }
}

/// A bitmap of rows in whole words.
fn bits(bitmap: &Bitmap, rows: usize) -> Result<Bits, Unfit> {
    let chunks = bitmap.chunks::<u64>();
    let rest = chunks.remainder();
    let words: Vec<u64> = chunks.chain([rest]).collect();
    morsels(rows, |morsel| {
        let mut bits = [0; WORDS];
        for (bits, word) in bits.iter_mut().zip(words.iter().skip(morsel * WORDS)) {
            *bits = *word;
        }
        bits
    })
}

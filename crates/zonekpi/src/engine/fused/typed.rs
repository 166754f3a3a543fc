//! Columns of a batch that came typed, prepared for the kernels: they stand beside the ledger of the batch, whose table
//! has rows and no columns.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Unfit;
use super::columns::{Bits, Days, Numbers, Prepared, Texts};
use super::filled::{Multiplied, day_column, filled, flags, in_morsels, multiplied};
use super::paged::Paged;
use super::store::Tables;
use crate::indicator::ColumnRef;
use crate::ledger::batch::{TypedCells, TypedColumn, Values};
use crate::ledger::{Kind, Ledger, Table};
use crate::parquet::{Pages, Trouble};
use crate::query::Phases;
use crate::query::plan::to_epoch;

/// A typed column, prepared.
pub(crate) struct Typed {
    reference: ColumnRef,
    prepared: Prepared,
    rows: usize,
}

/// A column of a file, of which some rows at a time are prepared.
pub(crate) struct TypedPages<'c> {
    column: &'c TypedColumn,
    paged: Paged<'c>,
}

impl<'c> TypedPages<'c> {
    /// A column whose rows stand in these pages, one row group after the other.
    ///
    /// # Errors
    ///
    /// Where a value needs a closer look, or the file is damaged or encoded in a way that is not known here.
    pub(crate) fn new(column: &'c TypedColumn, pages: Vec<Pages>, snapshot_on: NaiveDate) -> Result<Self, Trouble> {
        let snapshot = i32::try_from(to_epoch(snapshot_on)).map_err(|_| Trouble::Unknown)?;
        Ok(Self { column, paged: Paged::new(column, pages, snapshot)? })
    }

    /// What the pages were unpacked into, to be used again.
    pub(crate) fn into_buffers(self) -> impl Iterator<Item = Vec<u8>> {
        self.paged.into_buffers()
    }

    /// How many texts it may have.
    pub(crate) fn names(&self) -> usize {
        self.paged.names()
    }

    /// The next rows, so many; they take the place of others of the column, if these are among columns that nobody needs
    /// any more.
    ///
    /// # Errors
    ///
    /// As [`new`](TypedPages::new).
    pub(crate) fn next_rows(&mut self, rows: usize, others: &mut Vec<Typed>) -> Result<Typed, Trouble> {
        let others = others.iter().position(|other| other.name() == self.column.name).map(|at| others.swap_remove(at));
        let prepared = self.paged.next_rows(rows, others.map(|others| others.prepared))?;
        Ok(Typed::new(self.column, prepared, rows))
    }
}

impl Typed {
    /// Of cells; `None` where one of them needs a closer look.
    ///
    /// # Errors
    ///
    /// Where something went wrong.
    pub(crate) fn of_cells(
        column: &TypedColumn,
        cells: &TypedCells,
        snapshot_on: NaiveDate,
    ) -> crate::error::Result<Option<Self>> {
        let Ok(snapshot) = i32::try_from(to_epoch(snapshot_on)) else { return Ok(None) };
        match prepared(column.kind, cells, snapshot) {
            Ok(prepared) => Ok(Some(Self::new(column, prepared, cells.len()))),
            Err(Unfit::Failed(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn new(column: &TypedColumn, prepared: Prepared, rows: usize) -> Self {
        let reference = ColumnRef { of_project: false, name: column.name.clone(), kind: column.kind };
        Self { reference, prepared, rows }
    }

    pub(crate) fn name(&self) -> &str {
        &self.reference.name
    }

    /// The values that some row has, of texts and flags.
    pub(crate) fn occurring(&self) -> Vec<&str> {
        match &self.prepared {
            Prepared::Texts(texts) => {
                let mut occurs = vec![false; texts.names.len()];
                for code in texts.codes.as_flattened() {
                    if let Some(occurs) = occurs.get_mut(*code as usize) {
                        *occurs = true;
                    }
                }
                texts.names.iter().zip(occurs).filter(|(_, occurs)| *occurs).map(|(name, _)| name.as_str()).collect()
            }
            Prepared::Flags { yes, there, .. } => {
                let set = |bits: &Bits| bits.as_flattened().iter().map(|word| word.count_ones() as usize).sum();
                let (yes, known): (usize, usize) = (set(yes), there.as_ref().map_or(self.rows, set));
                [("true", yes > 0), ("false", known > yes)]
                    .into_iter()
                    .filter(|(_, is)| *is)
                    .map(|(word, _)| word)
                    .collect()
            }
            Prepared::Days(_) | Prepared::Numbers(_) => Vec::new(),
        }
    }
}

/// Puts columns beside a ledger, so that questions find them prepared.
pub(crate) fn beside(ledger: &Ledger, table: &'static str, columns: impl Iterator<Item = Typed>) {
    let tables = Tables::of(ledger, Phases::Own);
    for Typed { reference, prepared, .. } in columns {
        tables.put(table, &reference, prepared);
    }
}

/// Takes them away again.
pub(crate) fn taken_back(ledger: &Ledger) -> impl Iterator<Item = Typed> {
    let rows = |table| ledger.table(table).map_or(0, Table::height);
    let typed = move |(table, reference, prepared)| Typed { reference, prepared, rows: rows(table) };
    Tables::of(ledger, Phases::Own).take().into_iter().map(typed)
}

/// A column of cells; what needs a closer look is unfit.
pub(super) fn prepared(kind: Kind, cells: &TypedCells, snapshot: i32) -> Result<Prepared, Unfit> {
    let there = cells.there.as_ref().map(in_morsels);
    Ok(match &cells.values {
        Values::Days { days, allowed } => {
            let to = day_column(days, there.as_ref(), snapshot, allowed)?;
            let there = there.filter(|_| kind == Kind::Date);
            Prepared::Days(Days { from: None, to, there, unreadable: None, ordered: true })
        }
        Values::Flags(yes) => Prepared::Flags { yes: flags(yes, there.as_ref()), there, unreadable: None },
        Values::Wholes { numbers, factor, most } => numbers_of(numbers, there, (*factor, *most))?,
        Values::Numbers(numbers) => numbers_of(numbers, there, (1, i64::MAX))?,
        Values::Texts { codes, names } => {
            let codes = filled(codes, there.as_ref(), names.len() as u32)?;
            Prepared::Texts(Texts { codes, names: Arc::new(names.clone()), there, unreadable: None })
        }
    })
}

fn numbers_of(numbers: &[i64], there: Option<Bits>, (factor, most): (i64, i64)) -> Result<Prepared, Unfit> {
    let Multiplied { values, most, all } = multiplied(numbers, there.as_ref(), factor, most)?.ok_or(Unfit::Wide)?;
    Ok(Prepared::Numbers(Numbers { values, there, unreadable: None, most, all }))
}

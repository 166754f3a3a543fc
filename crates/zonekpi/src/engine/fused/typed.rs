//! Columns of a batch that came typed, prepared for the kernels: they stand beside the ledger of the batch, whose table
//! has rows and no columns.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Unfit;
use super::columns::{Bits, Days, Numbers, Prepared, Texts};
use super::filled::{Multiplied, day_column, filled, flags, in_morsels, multiplied};
use super::store::Tables;
use crate::indicator::ColumnRef;
use crate::ledger::batch::{TypedCells, TypedColumn, Values};
use crate::ledger::{Kind, Ledger};
use crate::query::Phases;
use crate::query::plan::to_epoch;

/// A typed column, prepared.
pub(crate) struct Typed {
    reference: ColumnRef,
    prepared: Prepared,
    rows: usize,
}

/// A column that was counted: its room may be used again.
pub(crate) struct Used {
    pub(super) name: String,
    pub(super) prepared: Prepared,
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

    pub(super) fn new(column: &TypedColumn, prepared: Prepared, rows: usize) -> Self {
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
pub(crate) fn beside(ledger: &Ledger, table: &'static str, columns: Vec<Typed>) {
    let tables = Tables::of(ledger, Phases::Own);
    for Typed { reference, prepared, .. } in columns {
        tables.put(table, &reference, prepared);
    }
}

/// Takes them away again.
pub(crate) fn taken_back(ledger: &Ledger) -> impl Iterator<Item = Used> {
    let used = |(name, mut prepared): (String, Prepared)| {
        // Only what stands in rows is used again, and not the words, of which there may be many.
        if let Prepared::Texts(texts) = &mut prepared {
            (texts.names, texts.there) = (Arc::default(), None);
        }
        Used { name, prepared }
    };
    Tables::of(ledger, Phases::Own).take().into_iter().map(used)
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

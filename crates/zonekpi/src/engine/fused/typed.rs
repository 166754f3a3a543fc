//! Columns of a batch that came typed, prepared for the kernels: they stand beside the ledger of the batch, whose table
//! has rows and no columns.

use super::Unfit;
use super::columns::{Bits, Days, Numbers, Prepared, Texts};
use super::filled::{Multiplied, bitmap, day_column, filled, flags, multiplied};
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
    columns: &[(&TypedColumn, TypedCells)],
) -> Result<(), Unfit> {
    let tables = Tables::of(ledger, Phases::Own);
    let snapshot = i32::try_from(to_epoch(ledger.snapshot_on())).map_err(|_| Unfit::Wide)?;
    for (column, cells) in columns {
        let reference = ColumnRef { of_project: false, name: column.name.clone(), kind: column.kind };
        tables.put(table, &reference, prepared(column.kind, cells, snapshot)?);
    }
    Ok(())
}

/// A column; what needs a closer look is unfit.
pub(super) fn prepared(kind: Kind, cells: &TypedCells, snapshot: i32) -> Result<Prepared, Unfit> {
    let there = cells.there.as_ref().map(bitmap).transpose()?;
    Ok(match &cells.values {
        Values::Days { days, allowed } => {
            let to = day_column(days, there.as_ref(), snapshot, allowed)?;
            let there = there.filter(|_| kind == Kind::Date);
            Prepared::Days(Days { from: None, to, there, unreadable: None, ordered: true })
        }
        Values::Flags(yes) => Prepared::Flags { yes: flags(yes, there.as_ref())?, there, unreadable: None },
        Values::Wholes { numbers, factor, most } => numbers_of(numbers, there, (*factor, *most))?,
        Values::Numbers(numbers) => numbers_of(numbers, there, (1, i64::MAX))?,
        Values::Texts { codes, names } => {
            let codes = filled(codes, there.as_ref(), names.len() as u32)?;
            Prepared::Texts(Texts { codes, names: names.clone(), there, unreadable: None })
        }
    })
}

fn numbers_of(numbers: &[i64], there: Option<Bits>, (factor, most): (i64, i64)) -> Result<Prepared, Unfit> {
    let Multiplied { values, most, all } = multiplied(numbers, there.as_ref(), factor, most)?.ok_or(Unfit::Wide)?;
    Ok(Prepared::Numbers(Numbers { values, there, unreadable: None, most, all }))
}

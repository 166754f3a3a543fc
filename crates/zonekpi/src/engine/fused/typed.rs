//! Columns of a batch that came typed, prepared for the kernels: they stand beside the ledger of the batch, whose table
//! has rows and no columns.

use super::Unfit;
use super::columns::{Days, Numbers, Prepared, Texts};
use super::filled::{bitmap, day_column, filled, flags, sizes, unless_there};
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

fn prepared(kind: Kind, cells: &TypedCells, snapshot: i32) -> Result<Prepared, Unfit> {
    let there = cells.there().as_ref().map(bitmap).transpose()?;
    Ok(match &cells.values {
        Values::Days(days) => Prepared::Days(Days {
            from: None,
            to: day_column(days, there.as_ref(), snapshot)?,
            there: there.filter(|_| kind == Kind::Date),
            unreadable: None,
            ordered: true,
        }),
        Values::Flags(yes) => {
            Prepared::Flags { yes: flags(&yes.clone().freeze(), there.as_ref())?, there, unreadable: None }
        }
        Values::Numbers(numbers) => {
            let values = filled(numbers, 0)?;
            let (most, all) = sizes(&values);
            Prepared::Numbers(Numbers { values, there, unreadable: None, most, all })
        }
        Values::Texts(texts) => {
            let none = texts.names.len() as u32;
            let mut codes = filled(&texts.codes, none)?;
            unless_there(&mut codes, there.as_ref(), none);
            Prepared::Texts(Texts { codes, names: texts.names.clone(), there, unreadable: None })
        }
    })
}

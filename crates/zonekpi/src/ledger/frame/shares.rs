//! Shares of a frame among which one seems to be a percent without its sign.

use polars::prelude::{AnyValue, Column, InitHashMaps, PlHashMap, Series};

use super::{Made, Value};
use crate::ledger::build;
use crate::ledger::header::{FoundColumn, Header};
use crate::ledger::issue::{Issue, Origin};
use crate::ledger::scale;
use crate::ledger::text;

pub(super) fn far_shares(
    header: &Header,
    found: &FoundColumn,
    made: &Made,
    taken: &[&Column],
    numbers: &Series,
    origin: &Origin,
) -> Vec<Issue> {
    let Some(spec) = build::of_shares(header.table, found) else { return Vec::new() };
    let column = |name: &str| build::called(header, name).and_then(|c| taken.get(c.at)).copied();
    let Some(own) = taken.get(found.at) else { return Vec::new() };
    let values: Vec<Option<i64>> = match made {
        Made::Cells(cells) => {
            let number = |row| if let Value::Number(n) = cells.row(row)?.value { Some(n) } else { None };
            (0..own.len()).map(number).collect()
        }
        Made::Typed(typed) => match typed.values.decimal() {
            Ok(decimals) => decimals.physical().iter().map(|v| v.and_then(|v| i64::try_from(v).ok())).collect(),
            Err(_) => return Vec::new(),
        },
    };
    // Targets and values are of an indicator, each in its own unit; weights are all alike.
    let indicator = if spec.unit_in.is_some() { column("indicator") } else { None };
    let units = spec.unit_in.as_deref().and_then(column);
    let mut codes: PlHashMap<String, u32> = PlHashMap::new();
    let groups: Vec<u32> = (0..own.len())
        .map(|row| {
            let next = u32::try_from(codes.len()).unwrap_or(u32::MAX);
            *codes.entry(indicator.map(|c| written(c, row)).unwrap_or_default()).or_insert(next)
        })
        .collect();
    let bare = |row: usize| {
        let own_unit =
            if let Made::Cells(cells) = made { cells.row(row).is_some_and(|p| p.unit.is_some()) } else { false };
        !own_unit && units.is_none_or(|c| text::compact(&written(c, row)).is_empty())
    };
    let number = |row: usize| numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
    let doubtful = scale::doubtful_shares(&values, |row| groups.get(row).copied().unwrap_or_default(), bare);
    doubtful.into_iter().map(|row| build::far_share(written(own, row), number(row), found, origin)).collect()
}

/// A cell as a text; a null is none.
fn written(column: &Column, row: usize) -> String {
    match column.get(row) {
        Ok(AnyValue::String(words)) => words.to_owned(),
        Ok(AnyValue::Null) | Err(_) => String::new(),
        Ok(AnyValue::Float64(number)) => text::digits15(number),
        Ok(other) => other.str_value().into_owned(),
    }
}

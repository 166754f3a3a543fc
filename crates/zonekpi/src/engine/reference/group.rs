//! The groups of an answer: the combinations of dimension values of any row that the filter does not surely reject,
//! in the order in which they first stand in the tables, the blank ones last; and the code of each row's group.

use std::collections::HashMap;

use polars::prelude::*;

use super::lower::Moment;
use super::prepare::key;
use super::{GROUP, everyone, row_filter};
use crate::error::Result;
use crate::query::plan::{Plan, Side};

/// The groups of an answer. Without dimensions there is one, of no values.
pub(super) struct Groups {
    values: Vec<Vec<Option<String>>>,
}

impl Groups {
    /// Finds the groups of all asked tables.
    pub(super) fn find(plan: &Plan, prepared: &[Vec<DataFrame>]) -> Result<Self> {
        let mut values: Vec<Vec<Option<String>>> = Vec::new();
        if plan.dimensions.is_empty() {
            values.push(Vec::new());
        } else {
            let mut seen = std::collections::HashSet::new();
            let mut tables = std::collections::HashSet::new();
            for (item, frames) in plan.items.iter().zip(prepared) {
                for (side, frame) in item.sides.iter().zip(frames) {
                    let mut moments: Vec<_> = side.spans.iter().map(|span| span.as_of).collect();
                    moments.dedup();
                    // Sides of one table ask the same of it at the same dates.
                    if !tables.insert((side.table, moments.clone())) {
                        continue;
                    }
                    let mut perhaps = lit(false);
                    for as_of in moments {
                        let moment = Moment::new(as_of, &plan.ledger);
                        perhaps = perhaps.or(row_filter(side, &moment)?.fill_null(lit(true)));
                    }
                    let keys: Vec<_> = side.groups.iter().enumerate().map(|(i, c)| dimension(i, &key(c))).collect();
                    let rows = frame.clone().lazy().filter(perhaps).select(keys);
                    let found = rows.unique_stable(None, UniqueKeepStrategy::First).collect()?;
                    for combination in combinations(&found)? {
                        if seen.insert(combination.clone()) {
                            values.push(combination);
                        }
                    }
                }
            }
            // Of batches, it is the whole that is put in order.
            if !plan.scanned {
                in_order(&mut values);
            }
        }
        Ok(Self::of(values))
    }

    /// Groups that are known.
    pub(super) fn of(values: Vec<Vec<Option<String>>>) -> Self {
        Self { values }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn into_values(self) -> Vec<Vec<Option<String>>> {
        self.values
    }

    /// The frame with the code of each row's group.
    pub(super) fn code(&self, side: &Side, frame: DataFrame) -> Result<DataFrame> {
        if side.groups.is_empty() {
            return Ok(frame.lazy().with_column(everyone()).collect()?);
        }
        let keys: Vec<_> = side.groups.iter().enumerate().map(|(i, c)| dimension(i, &key(c))).collect();
        let names: Vec<_> = (0..side.groups.len()).map(|i| col(format!("#d{i}"))).collect();
        let mut columns: Vec<Column> = (0..side.groups.len())
            .map(|i| {
                let cells: StringChunked = self.values.iter().map(|v| v.get(i).and_then(Option::as_deref)).collect();
                cells.with_name(format!("#d{i}").into()).into_column()
            })
            .collect();
        columns.push(UInt32Chunked::from_iter_values(GROUP.into(), 0..self.values.len() as u32).into_column());
        let codes = DataFrame::new(self.values.len(), columns)?.lazy();
        let coded = frame
            .lazy()
            .with_columns(keys)
            .join_builder()
            .with(codes)
            .left_on(names.clone())
            .right_on(names.clone())
            .how(JoinType::Left)
            .join_nulls(true)
            .maintain_order(MaintainOrderJoin::Left)
            .finish();
        Ok(coded.drop(by_name((0..side.groups.len()).map(|i| format!("#d{i}")), true, false)).collect()?)
    }
}

/// Sorts by the first dimension, then the second, …: each by where its value first stands, the blank one last.
pub(crate) fn in_order(values: &mut [Vec<Option<String>>]) {
    let mut places: HashMap<(usize, String), usize> = HashMap::new();
    for combination in values.iter() {
        for (i, value) in combination.iter().enumerate() {
            if let Some(value) = value {
                let next = places.len();
                places.entry((i, value.clone())).or_insert(next);
            }
        }
    }
    values.sort_by_cached_key(|combination| {
        let place = |(i, value): (usize, &Option<String>)| match value {
            Some(value) => places.get(&(i, value.clone())).copied().unwrap_or(usize::MAX),
            None => usize::MAX,
        };
        combination.iter().enumerate().map(place).collect::<Vec<_>>()
    });
}

/// A dimension's values as text.
fn dimension(number: usize, key: &str) -> Expr {
    col(key).cast(DataType::String).alias(format!("#d{number}"))
}

fn combinations(frame: &DataFrame) -> PolarsResult<Vec<Vec<Option<String>>>> {
    let columns = frame.columns().iter().map(|c| c.str().cloned()).collect::<PolarsResult<Vec<_>>>()?;
    Ok((0..frame.height()).map(|i| columns.iter().map(|c| c.get(i).map(str::to_owned)).collect()).collect())
}

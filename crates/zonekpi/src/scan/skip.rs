//! Row groups that a filter surely rejects, by the statistics of their files.
//!
//! No rule of comparison is written down twice: the least and the greatest value of a column are made into rows, read
//! as all rows are, and the engine is asked whether the filter may hold for one of them. That speaks for the whole
//! group where all rows have the same value, or where a condition can only change once from the least to the greatest.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::{DataFrame, DataType, Series};

use super::Scan;
use super::file::{File, Statistics, one};
use crate::error::Result;
use crate::indicator::{Catalog, ColumnRef, Comparison, Definition, Predicate, Scalar};
use crate::ledger::{Kind, Ledger};
use crate::query::Query;
use crate::query::absent::Search;
use crate::query::plan::Plan;

/// Columns of one condition that are looked at together, at most.
const MOST: usize = 3;

/// Which row groups of a file need not be read. All sides have the same filter, for all are of one table.
/// `search` looks at what is known of their values.
pub(super) fn groups(file: &File, plan: &Plan, scan: &Scan, search: &mut Search) -> Result<Vec<bool>> {
    let count = file.groups().count();
    let mut skips = vec![false; count];
    let Some(side) = plan.items.first().and_then(|item| item.sides.first()) else { return Ok(skips) };
    let conditions = match &side.filter {
        Predicate::And(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let sides = plan.items.iter().flat_map(|item| &item.sides);
    let judged: BTreeSet<NaiveDate> = sides.flat_map(|side| &side.spans).map(|span| span.as_of).collect();
    for condition in conditions {
        let Some(columns) = Columns::of(condition, file, scan) else { continue };
        for (number, skips) in skips.iter_mut().enumerate().filter(|(_, skips)| !**skips) {
            if let Some(rows) = columns.rows(number)? {
                // A question that cannot be asked of such rows says nothing of them.
                let ledger = scan.batches.ledger(&rows, None, scan.beside.as_ref(), scan.snapshot_on())?;
                *skips = judged.iter().all(|day| rejects(condition, &ledger, *day, scan).unwrap_or(false));
                if *skips {
                    let known: Vec<&str> = columns.names.iter().map(String::as_str).collect();
                    search.see_columns(&ledger, if columns.are_constant(number) { &known } else { &[] })?;
                }
            }
        }
    }
    Ok(skips)
}

/// Whether a condition is surely false of all these rows.
fn rejects(condition: &Predicate, ledger: &Ledger, day: NaiveDate, scan: &Scan) -> Result<bool> {
    let all = Definition::new("rows").name("行", "Rows").table(&scan.table().name).stock("*").count("TRUE");
    let catalog = Catalog::default().add(all)?;
    let query = Query::new(["rows"]).filter(condition.to_string()).as_of(day).catalog(catalog.into());
    let answer = query.run(ledger)?;
    let none = |row: &crate::answer::Row| {
        row.population_unknown == 0 && row.numerator.is_some_and(|numerator| numerator.unscaled == 0)
    };
    Ok(answer.rows().iter().all(none))
}

/// The columns of a condition, as their file has them.
struct Columns {
    columns: Vec<(String, Statistics)>,
    /// The canonical names.
    names: Vec<String>,
    /// Whether from the least value to the greatest the condition changes at most once.
    changes_once: bool,
}

impl Columns {
    fn of(condition: &Predicate, file: &File, scan: &Scan) -> Option<Self> {
        let mut read = Vec::new();
        condition.columns(&mut read);
        let mut columns: Vec<(String, Statistics)> = Vec::new();
        for column in &read {
            if column.of_project || scan.derives(&column.name) {
                return None;
            }
            let name = scan.batches.plain(&column.name)?;
            // Not-a-number is in no statistics.
            if matches!(file.dtype(name)?, DataType::Float32 | DataType::Float64) {
                return None;
            }
            if columns.iter().all(|(known, _)| known != name) {
                columns.push((name.to_owned(), file.statistics(name)?));
            }
        }
        let changes_once = match (columns.as_slice(), changing_once(condition)) {
            ([(name, _)], Some(column)) => is_in_order(column.kind, file.dtype(name)?),
            _ => false,
        };
        let names = read.iter().map(|column| column.name.clone()).collect();
        (!columns.is_empty() && columns.len() <= MOST).then(|| Self { columns, names, changes_once })
    }

    /// Whether all rows of a row group that are not blank have the same values.
    fn are_constant(&self, number: usize) -> bool {
        let is_one =
            |(name, told): &(String, Statistics)| one(&told.least, number, name).equals(&one(&told.most, number, name));
        self.columns.iter().all(is_one)
    }

    /// Rows that speak for a row group, where such can be made.
    fn rows(&self, number: usize) -> Result<Option<DataFrame>> {
        let mut rows: Option<DataFrame> = None;
        for (name, told) in &self.columns {
            let (least, most) = (one(&told.least, number, name), one(&told.most, number, name));
            let Some(nulls) = told.nulls.get(number).copied().flatten() else { return Ok(None) };
            let is_one = least.equals(&most);
            // Without a least value all are blank, or the file does not say.
            if least.null_count() + most.null_count() > 0 || !(is_one || self.changes_once) {
                return Ok(None);
            }
            let mut values: Series = least;
            if !is_one {
                values.append(&most)?;
            }
            if nulls > 0 {
                values.append(&Series::full_null(values.name().clone(), 1, values.dtype()))?;
            }
            rows = Some(match rows {
                None => values.into_frame(),
                Some(before) => combined(&before, &values)?,
            });
        }
        Ok(rows)
    }
}

/// Every row with every value.
fn combined(rows: &DataFrame, values: &Series) -> Result<DataFrame> {
    let mut whole: Option<DataFrame> = None;
    for at in 0..values.len() {
        let value = one(values, at, values.name()).new_from_index(0, rows.height());
        let mut part = rows.clone();
        part.with_column(value.into())?;
        whole = Some(match whole {
            None => part,
            Some(above) => above.vstack(&part)?,
        });
    }
    Ok(whole.unwrap_or_default())
}

/// The column by whose order a condition goes: true up to some value and false from there on, or the other way.
fn changing_once(condition: &Predicate) -> Option<&ColumnRef> {
    let literal = |scalar: &Scalar| matches!(scalar, Scalar::Number(_) | Scalar::Date(_) | Scalar::AsOf);
    match condition {
        Predicate::Not(inner) => changing_once(inner),
        Predicate::Compare { left, comparison, right } => {
            let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
            match (left, right) {
                (Scalar::Column(column), other) | (other, Scalar::Column(column)) if ordered && literal(other) => {
                    Some(column)
                }
                _ => None,
            }
        }
        Predicate::Happened { event, by } if by.as_ref().is_none_or(literal) => Some(event),
        _ => None,
    }
}

/// Whether values between two that are read are read too, and lie between them.
fn is_in_order(kind: Kind, dtype: &DataType) -> bool {
    match kind {
        Kind::Event | Kind::Date => *dtype == DataType::Date,
        Kind::Money | Kind::Area => dtype.is_integer() || matches!(dtype, DataType::Decimal(..)),
        Kind::Count => dtype.is_integer(),
        _ => false,
    }
}

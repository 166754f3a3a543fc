//! The table of a side made ready for expressions: every column that it reads in one plain physical form, columns of
//! the project joined in, and a dense code for the group of each row.
//!
//! - event `x`: `x.from` and `x.to`, days as Int64. Blank is (∞, ∞), unreadable (−∞, ∞), undated (−∞, snapshot].
//! - date `x`: days as Int64, and `x.from` and `x.to` as of an event, but null where there is none: a due date may be
//!   known only as an interval, and `x` is then null.
//! - number: its unscaled integer as Int128; flag: Boolean; the others: String. All nullable,
//!   with a Boolean `x.unreadable` that tells a blank from what could not be read.

use polars::prelude::*;

use super::days;
use super::phases::{Roots, roots};
use crate::error::Result;
use crate::indicator::ColumnRef;
use crate::ledger::{Kind, Ledger, event};
use crate::query::Phases;
use crate::query::plan::{Plan, Side, to_epoch};

/// Further away than any date, and far from the limits of Int64, so that days can be added.
pub(super) const NEVER: i64 = 1 << 40;
/// Before any date.
pub(super) const ALWAYS: i64 = -NEVER;

/// The row's place in the ledger's table.
pub(super) const ROW: &str = "#row";
/// Boolean, nullable: whether the row is a phase of another project, under `phases = "parent"`.
pub(super) const PHASE: &str = "#phase";

/// The name of a prepared column.
pub(super) fn key(column: &ColumnRef) -> String {
    if column.of_project { format!("project.{}", column.name) } else { column.name.clone() }
}

/// The rows of a side's table, with `#row`, `#phase` and the prepared columns.
pub(super) fn prepare(plan: &Plan, side: &Side) -> Result<DataFrame> {
    plan.work.prepare(&side.indicator.name)?;
    let ledger = &plan.ledger;
    let wanted = side.columns();
    let of_own = wanted.iter().filter(|column| !column.of_project).map(|column| column.name.as_str());
    let refers = side.table != "projects" && wanted.iter().any(|column| column.of_project);
    let has_phases = side.table == "projects" && plan.phases == Phases::Parent;
    let implied = refers.then_some("project_id").into_iter().chain(has_phases.then_some("parent_id"));
    let own = &cells(ledger, side.table, of_own.chain(implied))?;
    let snapshot = to_epoch(ledger.snapshot_on());
    let height = own.height();
    let mut columns = vec![Column::from(UInt32Chunked::from_iter_values(ROW.into(), 0..height as u32).into_series())];
    columns.push(phase(plan, side, own)?);
    // Rows of other tables refer to the root of their project.
    let refer = wanted.iter().any(|column| column.of_project || column.name == "project_id");
    let roots = match plan.phases {
        Phases::Parent if side.table != "projects" && refer => roots(ledger)?,
        _ => None,
    };
    for column in wanted.iter().filter(|c| !c.of_project) {
        let mut made = physical(own, column, snapshot)?;
        if column.name == "project_id"
            && let (Some(roots), Some(first)) = (&roots, made.first_mut())
        {
            *first = roots.replaced(first)?;
        }
        columns.extend(made);
    }
    let of_project: Vec<_> = wanted.iter().filter(|c| c.of_project).collect();
    if !of_project.is_empty() {
        columns.extend(referred(ledger, side, own, &of_project, roots.as_ref(), snapshot)?);
    }
    days::with_ordinals(side, ledger.calendar(), DataFrame::new(height, columns)?)
}

/// Some columns of a table, those that it has, with what stands beside them.
fn cells<'n>(ledger: &Ledger, table: &str, names: impl IntoIterator<Item = &'n str>) -> Result<DataFrame> {
    let Some(table) = ledger.table(table) else { return Ok(DataFrame::empty()) };
    table.columns(table.with_beside(names))
}

/// One column of a table in its physical form.
fn physical(frame: &DataFrame, column: &ColumnRef, snapshot: i64) -> PolarsResult<Vec<Column>> {
    let name = key(column);
    let state = frame.column(&format!("{}_state", column.name)).ok().cloned();
    let is = |what: &str| -> PolarsResult<Option<BooleanChunked>> {
        match &state {
            // A plain cell has no state; `equal_missing` never gives null.
            Some(state) => Ok(Some(state.str()?.equal_missing(&StringChunked::from_slice("".into(), &[what])))),
            None => Ok(None),
        }
    };
    let cells = frame.column(&column.name)?;
    if column.kind == Kind::Event {
        let to = cells.cast(&DataType::Int32)?.cast(&DataType::Int64)?.take_materialized_series();
        let from = match frame.column(&format!("{}_from", column.name)) {
            Ok(from) => from.cast(&DataType::Int32)?.cast(&DataType::Int64)?.take_materialized_series(),
            Err(_) => Series::full_null("from".into(), to.len(), &DataType::Int64),
        };
        let unreadable = is("unreadable")?;
        let undated = is("undated")?;
        let (to, from) = (to.i64()?.clone(), from.i64()?.clone());
        let mut ends: Vec<i64> = Vec::with_capacity(to.len());
        let mut starts: Vec<i64> = Vec::with_capacity(to.len());
        for (i, (to, from)) in to.iter().zip(from.iter()).enumerate() {
            let stated = |mask: &Option<BooleanChunked>| mask.as_ref().and_then(|m| m.get(i)).unwrap_or(false);
            let (start, end) = match to {
                Some(to) => {
                    let from = from.unwrap_or(to);
                    (from, event::ends_by(&from, to, snapshot))
                }
                None if stated(&unreadable) => (ALWAYS, NEVER),
                None if stated(&undated) => (ALWAYS, snapshot),
                None => (NEVER, NEVER),
            };
            starts.push(start);
            ends.push(end);
        }
        return Ok(vec![
            Int64Chunked::from_vec(format!("{name}.from").into(), starts).into_column(),
            Int64Chunked::from_vec(format!("{name}.to").into(), ends).into_column(),
        ]);
    }
    if column.kind == Kind::Date {
        return days(frame, column, is("unreadable")?.as_ref(), is("open")?.as_ref());
    }
    let values = match column.kind {
        Kind::Flag => cells.clone(),
        kind if kind.scale().is_some() => {
            let series = cells.as_materialized_series().to_physical_repr().into_owned();
            series.cast(&DataType::Int128)?.into_column()
        }
        _ => cells.cast(&DataType::String)?,
    };
    let unreadable = match is("unreadable")? {
        Some(mask) => mask,
        None => BooleanChunked::full("".into(), false, values.len()),
    };
    Ok(vec![
        values.with_name(name.as_str().into()),
        unreadable.with_name(format!("{name}.unreadable").into()).into_column(),
    ])
}

/// A column of planned or due days: the day where it is known, and the first and the last that it may be.
fn days(
    frame: &DataFrame,
    column: &ColumnRef,
    unreadable: Option<&BooleanChunked>,
    open: Option<&BooleanChunked>,
) -> PolarsResult<Vec<Column>> {
    let name = key(column);
    let days = |name: &str| -> PolarsResult<Int64Chunked> {
        Ok(frame.column(name)?.cast(&DataType::Int32)?.cast(&DataType::Int64)?.i64()?.clone())
    };
    let last = days(&column.name)?;
    let first = match frame.schema().contains(&format!("{}_from", column.name)) {
        true => days(&format!("{}_from", column.name))?,
        false => Int64Chunked::full_null("".into(), last.len()),
    };
    let is = |mask: Option<&BooleanChunked>, row: usize| mask.and_then(|mask| mask.get(row)).unwrap_or(false);
    let ends = last.iter().zip(first.iter()).enumerate().map(|(row, (last, first))| match last {
        _ if is(open, row) => (Some(first.unwrap_or(ALWAYS)), Some(last.unwrap_or(NEVER))),
        Some(last) => (Some(first.unwrap_or(last)), Some(last)),
        None if is(unreadable, row) => (Some(ALWAYS), Some(NEVER)),
        None => (None, None),
    });
    let (from, to): (Vec<Option<i64>>, Vec<Option<i64>>) = ends.unzip();
    let point = from.iter().zip(&to).map(|(from, to)| from.filter(|from| Some(*from) == *to));
    let column = |tail: &str, days: Int64Chunked| days.with_name(format!("{name}{tail}").into()).into_column();
    Ok(vec![
        column("", point.collect()),
        column(".from", from.into_iter().collect()),
        column(".to", to.into_iter().collect()),
        match unreadable {
            Some(mask) => mask.clone(),
            None => BooleanChunked::full("".into(), false, last.len()),
        }
        .with_name(format!("{name}.unreadable").into())
        .into_column(),
    ])
}

/// Columns of the projects that rows refer to. Where there is no such project, all of them are unreadable.
fn referred(
    ledger: &Ledger,
    side: &Side,
    own: &DataFrame,
    wanted: &[&ColumnRef],
    roots: Option<&Roots>,
    snapshot: i64,
) -> Result<Vec<Column>> {
    let names = wanted.iter().map(|column| column.name.as_str()).chain(["project_id"]);
    let projects = &cells(ledger, "projects", names)?;
    let mut made = Vec::new();
    for column in wanted {
        made.extend(physical(projects, &ColumnRef { of_project: true, ..(*column).clone() }, snapshot)?);
    }
    if side.table == "projects" {
        return Ok(made);
    }
    let reference = own.column("project_id")?.cast(&DataType::String)?.with_name("#id".into());
    let reference = match roots {
        Some(roots) => roots.replaced(&reference)?,
        None => reference,
    };
    let ids = projects.column("project_id")?.cast(&DataType::String)?.with_name("#id".into());
    let places = UInt32Chunked::from_iter_values("#place".into(), 0..projects.height() as u32).into_column();
    // Ids are unique in a ledger that was read; `unique` keeps it so for any other.
    let ids = DataFrame::new(projects.height(), vec![ids, places])?
        .lazy()
        .filter(col("#id").is_not_null())
        .unique_stable(Some(by_name(["#id"], true, false)), UniqueKeepStrategy::First);
    let joined = DataFrame::new(own.height(), vec![reference])?
        .lazy()
        .join_builder()
        .with(ids)
        .left_on([col("#id")])
        .right_on([col("#id")])
        .how(JoinType::Left)
        .maintain_order(MaintainOrderJoin::Left)
        .finish()
        .collect()?;
    let places = joined.column("#place")?.cast(&DataType::UInt32)?.take_materialized_series();
    let places = places.u32()?.clone();
    let missing = places.is_null();
    made.into_iter()
        .map(|column| {
            let name = column.name().clone();
            let filled = column.as_materialized_series().take(&places)?;
            let column = if name.ends_with(".from") {
                filled.i64()?.set(&missing, Some(ALWAYS))?.into_series()
            } else if name.ends_with(".to") {
                filled.i64()?.set(&missing, Some(NEVER))?.into_series()
            } else if name.ends_with(".unreadable") {
                filled.bool()?.set(&missing, Some(true))?.into_series()
            } else {
                filled
            };
            Ok(column.with_name(name).into_column())
        })
        .collect()
}

/// Whether each row is a phase that the policy takes out.
fn phase(plan: &Plan, side: &Side, own: &DataFrame) -> Result<Column> {
    if plan.phases == Phases::Parent
        && side.table == "projects"
        && let Ok(parents) = own.column("parent_id")
    {
        let mut phase = parents.is_not_null();
        if let Ok(state) = own.column("parent_id_state") {
            phase = phase.set(&state.is_not_null(), None)?;
        }
        return Ok(phase.with_name(PHASE.into()).into_column());
    }
    Ok(BooleanChunked::full(PHASE.into(), false, own.height()).into_column())
}

//! The fused engine: all indicators, groups and periods of a question in one pass over prepared columns.
//!
//! Conditions are bitmaps, sure and possible (`truth`, `lower`, `scalar`, `number`), computed morsel by morsel
//! (`machine`, `kernel`) and counted by group (`count`, `crowd`), unless a count follows from two others (`derive`). Of
//! a series, each row is counted where it begins and ends to be one of the rows asked for (`expand`, `series`, `tally`).
//! What columns are made of is in `columns`, `filled` and `days`, what is kept with the ledger in `store`, how typed
//! columns of batches get there in `typed` and `paged`, which figures a side needs in `figures`, how threads share the
//! rows in `threads`, and where answers look for what was found in `cells`. Counts and sums are those of the reference
//! engine, or the question is refused for the indicator: nothing is approximated.

mod cells;
mod columns;
mod count;
mod crowd;
mod days;
mod derive;
mod expand;
mod figures;
mod filled;
mod groups;
mod kernel;
mod lower;
mod machine;
mod number;
mod paged;
mod scalar;
mod series;
mod store;
mod tally;
mod threads;
mod truth;
mod typed;

use self::cells::{Place, Wanted};
use self::count::Asked;
use self::figures::{Figure, moments};
use self::lower::Lowering;
pub(crate) use self::paged::{Room, TypedPages};
use self::store::Tables;
use self::threads::Told;
use self::truth::Graph;
pub(crate) use self::typed::{Typed, Used, beside, taken_back};
use super::OfItem;
use crate::error::Error;
use crate::message::Phrase;
use crate::query::plan::{Plan, Side};

/// Why the engine does not compute an indicator.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// A duration.
    Days,
    /// Entities that count once.
    Once,
    /// Distinct values.
    Distinct,
    /// Numbers or days that 64 bits do not hold.
    Wide,
    /// An expression that it does not have.
    Text,
    /// Something went wrong.
    Failed(Error),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<polars::prelude::PolarsError> for Unfit {
    fn from(error: polars::prelude::PolarsError) -> Self {
        Self::Failed(error.into())
    }
}

impl Unfit {
    /// Why, for those who asked for this engine.
    pub(crate) fn phrase(&self) -> Option<Phrase> {
        match self {
            Self::Days => Some(Phrase::FusedDays),
            Self::Once => Some(Phrase::FusedOnce),
            Self::Distinct => Some(Phrase::FusedDistinct),
            Self::Wide => Some(Phrase::FusedWide),
            Self::Text => Some(Phrase::FusedExpression),
            Self::Failed(_) => None,
        }
    }
}

/// What was found of each item: its figures, or why it was not computed.
pub(crate) struct Answered {
    /// The groups that the answer lists, in order.
    pub(crate) groups: Vec<Vec<Option<String>>>,
    pub(crate) items: Vec<Result<OfItem, Unfit>>,
}

/// Computes the items of a plan that it can.
///
/// # Errors
///
/// Where not even the groups can be told.
pub(crate) fn run(plan: &Plan) -> Result<Answered, Unfit> {
    let tables = Tables::of(&plan.ledger, plan.phases);
    let groups = groups::find(plan, &tables)?;
    let mut items: Vec<Result<OfItem, Unfit>> =
        plan.items.iter().map(|item| Ok(vec![Vec::new(); item.sides.len()])).collect();
    let mut names: Vec<&'static str> = plan.items.iter().flat_map(|item| &item.sides).map(|side| side.table).collect();
    names.sort_unstable();
    names.dedup();
    for table in names {
        of_table(plan, &tables, table, &groups, &mut items)?;
    }
    Ok(Answered { groups, items })
}

fn of_table(
    plan: &Plan,
    tables: &Tables<'_>,
    table: &'static str,
    listed: &[Vec<Option<String>>],
    items: &mut [Result<OfItem, Unfit>],
) -> Result<(), Unfit> {
    let spans = plan.items.first().map_or(0, |item| item.spans.len());
    let mut graph = Graph::new(spans);
    let mut wanted = Vec::new();
    let mut asked = Asked::new();
    let mut by: Option<&Side> = None;
    for (number, item) in plan.items.iter().enumerate() {
        for (at, side) in item.sides.iter().enumerate().filter(|(_, side)| side.table == table) {
            plan.work.prepare(&side.indicator.name)?;
            by.get_or_insert(side);
            let mut lowering = Lowering { graph: &mut graph, tables, table, calendar: plan.ledger.calendar() };
            let moments = moments(&side.spans, plan.ledger.snapshot_on());
            match lowering.figures(side, &moments) {
                Ok(figures) => {
                    let placed = |figure: Figure| {
                        let place = match figure.number {
                            None => Place::Count(asked.count(figure.rows)?),
                            Some(number) => Place::Sum(asked.sum(figure.rows, number)?),
                        };
                        Some((figure.slot, place))
                    };
                    wanted.push(Wanted {
                        item: number,
                        side: at,
                        figures: figures.into_iter().filter_map(placed).collect(),
                    });
                }
                Err(Unfit::Failed(error)) => return Err(Unfit::Failed(error)),
                Err(unfit) => items[number] = Err(unfit),
            }
        }
    }
    let Some(side) = by else { return Ok(()) };
    let of_rows = tables.groups(table, &side.groups)?;
    let told = Told { work: &plan.work, name: &side.indicator.name };
    let found = derive::find(told, &mut graph, &of_rows, &asked)?;
    plan.work.have_done(wanted.len() * spans);
    let codes = groups::codes(listed, &of_rows);
    let cells = cells::of_all(&found, &wanted, (spans, of_rows.len()), &codes, plan.totals);
    for (wanted, cells) in wanted.iter().zip(cells) {
        let Ok(of_item) = &mut items[wanted.item] else { continue };
        of_item[wanted.side] = cells.ok_or_else(|| cells::overflow(&plan.items[wanted.item]))?;
    }
    Ok(())
}

//! The groups that an answer lists: those of any row that the filter does not surely reject, in the order in which they
//! first stand in the tables, as the reference engine finds them.

use std::collections::{HashMap, HashSet};

use super::Unfit;
use super::columns::MORSEL;
use super::figures::moments;
use super::lower::Lowering;
use super::machine::Program;
use super::store::{Combination, Groups, Tables};
use super::threads::{Told, by_threads};
use super::truth::{FALSE, Graph, Id, TRUE};
use crate::engine::reference::group::in_order;
use crate::query::plan::Plan;

/// The groups of all asked tables. Without dimensions there is one, of no values.
pub(super) fn find(plan: &Plan, tables: &Tables<'_>) -> Result<Vec<Combination>, Unfit> {
    if plan.dimensions.is_empty() {
        return Ok(vec![Vec::new()]);
    }
    let (mut values, mut seen) = (Vec::new(), HashSet::new());
    let mut looked_at = HashSet::new();
    for side in plan.items.iter().flat_map(|item| &item.sides) {
        let mut dates: Vec<_> = side.spans.iter().map(|span| span.as_of).collect();
        dates.dedup();
        // Sides of one table ask the same of it at the same dates.
        if !looked_at.insert((side.table, dates)) {
            continue;
        }
        plan.work.prepare(&side.indicator.name)?;
        let told = Told { work: &plan.work, name: &side.indicator.name };
        let groups = tables.groups(side.table, &side.groups)?;
        let mut graph = Graph::new(side.spans.len());
        let dates = moments(&side.spans, plan.ledger.snapshot_on());
        let calendar = plan.ledger.calendar();
        let mut lowering = Lowering { graph: &mut graph, tables, table: side.table, calendar };
        let perhaps = lowering.predicate(&side.filter, &dates)?.possible;
        for group in first_rows(told, &graph, &groups, perhaps)? {
            let combination = &groups.values[group];
            if seen.insert(combination.clone()) {
                values.push(combination.clone());
            }
        }
    }
    // Of batches, it is the whole that is put in order.
    if !plan.scanned {
        in_order(&mut values);
    }
    Ok(values)
}

/// The groups that have a row in the bitmap at any period, by the first such row.
fn first_rows(told: Told<'_>, graph: &Graph, groups: &Groups, rows: Id) -> Result<Vec<usize>, Unfit> {
    const NOWHERE: u32 = u32::MAX;
    if rows == FALSE {
        return Ok(Vec::new());
    }
    if rows == TRUE {
        return Ok((0..groups.len()).collect());
    }
    let program = Program::new(graph, &[rows], &[]);
    let spans = if graph.moves(rows) { graph.spans } else { 1 };
    let parts = by_threads(told, groups.codes.len(), |take| {
        let (mut first, mut met) = (vec![NOWHERE; groups.len() + 1], 0);
        let mut arena = program.arena();
        while let Some(morsel) = take() {
            // A thread takes morsels in order: once it has met all groups, later ones have no first rows.
            if met == groups.len() {
                continue;
            }
            program.fixed(&mut arena, morsel);
            for span in 0..spans {
                program.moving(&mut arena, morsel, span);
                let words = program.words(&arena, rows, morsel);
                for (at, word) in words.iter().enumerate() {
                    let mut left = *word;
                    while left != 0 {
                        let row = at * 64 + left.trailing_zeros() as usize;
                        let first = &mut first[groups.codes[morsel][row] as usize];
                        met += usize::from(*first == NOWHERE);
                        *first = (*first).min((morsel * MORSEL + row) as u32);
                        left &= left - 1;
                    }
                }
            }
        }
        first
    })?;
    let first = |group: usize| parts.iter().map(|part| part[group]).min().unwrap_or(NOWHERE);
    let mut found: Vec<(u32, usize)> = (0..groups.len()).map(|group| (first(group), group)).collect();
    found.retain(|(row, _)| *row != NOWHERE);
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, group)| group).collect())
}

/// The place of each listed group among those of a table, if any row is of it.
pub(super) fn codes(listed: &[Combination], groups: &Groups) -> Vec<Option<usize>> {
    let places: HashMap<&Combination, usize> = groups.values.iter().enumerate().map(|(at, v)| (v, at)).collect();
    listed.iter().map(|values| places.get(values).copied()).collect()
}

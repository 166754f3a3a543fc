//! The figures of batches, added up by group.

use std::collections::HashMap;

use crate::engine::reference::group::in_order;
use crate::engine::{self, Computed, Figures};
use crate::error::{Error, ErrorKind, Result};
use crate::message::ErrorCode;
use crate::query::plan::Plan;

type Group = Vec<Option<String>>;

/// The figures of each group, and of all rows.
#[derive(Default)]
pub(super) struct Total {
    groups: Vec<Group>,
    places: HashMap<Group, usize>,
    /// By item, side and span.
    cells: Vec<Vec<Vec<Cells>>>,
    /// Of each item the slowest engine that a batch of it took.
    engines: Vec<&'static str>,
    totals: bool,
}

#[derive(Clone, Default)]
struct Cells {
    groups: Vec<Figures>,
    all: Figures,
}

impl Total {
    /// Adds what was counted in a batch.
    ///
    /// # Errors
    ///
    /// Where a sum is larger than can be held.
    pub(super) fn add(&mut self, plan: &Plan, batch: Computed) -> Result<()> {
        self.totals = plan.totals;
        let places: Vec<usize> = batch.groups.iter().map(|group| self.place(group)).collect();
        let lines = places.len() + usize::from(plan.totals);
        self.cells.resize(plan.items.len(), Vec::new());
        self.engines.resize(plan.items.len(), engine::FUSED);
        for (engine, taken) in self.engines.iter_mut().zip(batch.engines) {
            if taken != engine::FUSED {
                *engine = taken;
            }
        }
        for ((item, of_item), found) in plan.items.iter().zip(&mut self.cells).zip(batch.figures) {
            of_item.resize(item.sides.len(), Vec::new());
            for ((side, of_side), found) in item.sides.iter().zip(of_item).zip(found) {
                of_side.resize(side.spans.len(), Cells::default());
                for (cells, found) in of_side.iter_mut().zip(found.chunks(lines.max(1))) {
                    cells.add(&places, self.groups.len(), found).ok_or_else(|| {
                        let message = ErrorCode::Overflow.message().with("indicator", &item.indicator.id);
                        Error::new(ErrorKind::Compute, message)
                    })?;
                }
            }
        }
        Ok(())
    }

    fn place(&mut self, group: &Group) -> usize {
        if let Some(place) = self.places.get(group) {
            return *place;
        }
        let place = self.groups.len();
        self.groups.push(group.clone());
        self.places.insert(group.clone(), place);
        place
    }

    /// All that was added, its groups in the order of an answer.
    pub(super) fn computed(self) -> Computed {
        let mut groups = self.groups;
        in_order(&mut groups);
        let from: Vec<Option<usize>> = groups.iter().map(|group| self.places.get(group).copied()).collect();
        let listed = |cells: Cells| {
            let cell = |place: &Option<usize>| place.and_then(|p| cells.groups.get(p)).cloned().unwrap_or_default();
            let mut figures: Vec<Figures> = from.iter().map(cell).collect();
            figures.extend(self.totals.then_some(cells.all));
            figures
        };
        let of_side = |spans: Vec<Cells>| spans.into_iter().flat_map(listed).collect();
        let of_item = |sides: Vec<Vec<Cells>>| sides.into_iter().map(of_side).collect();
        Computed { figures: self.cells.into_iter().map(of_item).collect(), groups, engines: self.engines }
    }
}

impl Cells {
    fn add(&mut self, places: &[usize], groups: usize, found: &[Figures]) -> Option<()> {
        self.groups.resize(groups, Figures::default());
        for (place, figures) in places.iter().zip(found) {
            let cell = self.groups.get_mut(*place)?;
            *cell = cell.plus(figures)?;
        }
        // Where totals are asked for, they stand behind the groups.
        if let Some(all) = found.get(places.len()) {
            self.all = self.all.plus(all)?;
        }
        Some(())
    }
}

//! From what was found of each bitmap to the figures of each cell.

use super::count::Found;
use super::figures::Slot;
use crate::engine::{Figures, MANY};
use crate::error::{Error, ErrorKind};
use crate::ledger::side_by_side::side_by_side;
use crate::message::ErrorCode;
use crate::query::plan::Item;

/// A side of an item, with what is to be found of it.
pub(super) struct Wanted {
    pub(super) item: usize,
    pub(super) side: usize,
    pub(super) figures: Vec<(Slot, Place)>,
}

/// Where the rows of a figure are counted, or summed.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Count(usize),
    Sum(usize),
}

/// The cells of each side: of each span those of the listed groups, which are told by their codes, then the total where
/// it is asked. `None` where a total is more than can be held.
pub(super) fn of_all(
    found: &Found,
    wanted: &[Wanted],
    spans: usize,
    codes: &[Option<usize>],
    totals: bool,
) -> Vec<Option<Vec<Figures>>> {
    let lines = codes.len() + usize::from(totals);
    let of_side = |wanted: &Wanted| -> Option<Vec<Figures>> {
        let mut cells = Vec::new();
        cells.resize_with(spans * lines, Figures::default);
        for (span, cells) in cells.chunks_mut(lines.max(1)).enumerate() {
            for (slot, place) in &wanted.figures {
                match place {
                    Place::Count(at) => put(*slot, cells, &found.counts[*at][span], codes)?,
                    Place::Sum(at) => put(*slot, cells, &found.sums[*at][span], codes)?,
                }
            }
        }
        Some(cells)
    };
    let made = side_by_side(wanted, wanted.len() * spans * lines >= MANY, |_, wanted| of_side(wanted));
    // What a thread broke off at is made by this one.
    wanted.iter().zip(made).map(|(wanted, made)| made.unwrap_or_else(|| of_side(wanted))).collect()
}

/// The error of a total that cannot be held.
pub(super) fn overflow(item: &Item) -> Error {
    Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", &item.indicator.id))
}

/// Puts what was found of each group into the cells of a span. `None` where a cell cannot hold it.
fn put<N: Copy + Into<i128>>(slot: Slot, cells: &mut [Figures], found: &[N], codes: &[Option<usize>]) -> Option<()> {
    let add = slot.add();
    for (cell, code) in cells.iter_mut().zip(codes) {
        let number = code.map_or(0, |code| found[code].into());
        if number != 0 {
            add(cell, number)?;
        }
    }
    if let Some(total) = cells.get_mut(codes.len()) {
        // Of all groups, also of those that are not listed.
        let sum = found.iter().try_fold(0i128, |sum, number| sum.checked_add((*number).into()))?;
        if sum != 0 {
            add(total, sum)?;
        }
    }
    Some(())
}

fn add_rows(count: &mut i64, found: i128) -> Option<()> {
    *count = count.checked_add(i64::try_from(found).ok()?)?;
    Some(())
}

fn add_number(sum: &mut i128, found: i128) -> Option<()> {
    *sum = sum.checked_add(found)?;
    Some(())
}

impl Slot {
    /// What adds to the figure that it stands for, which is not 0: chosen once for all cells of a span.
    fn add(self) -> fn(&mut Figures, i128) -> Option<()> {
        match self {
            Self::Members => |cell, found| add_rows(&mut cell.members, found),
            Self::Met => |cell, found| add_rows(&mut cell.met, found),
            Self::Unknown => |cell, found| add_rows(&mut cell.unknown, found),
            Self::PopulationUnknown => |cell, found| add_rows(&mut cell.population_unknown, found),
            Self::PopulationUnknownMet => |cell, found| add_rows(&mut cell.population_unknown_met, found),
            Self::PopulationUnknownNotMet => |cell, found| add_rows(&mut cell.population_unknown_not_met, found),
            Self::Excluded => |cell, found| add_rows(&mut cell.excluded, found),
            Self::Above => |cell, found| add_number(&mut cell.above, found),
            Self::Below => |cell, found| add_number(&mut cell.below, found),
            Self::Unbounded => |cell, found| cell.weigh_more(|w| add_rows(&mut w.unbounded, found)),
            Self::WeightOfMembers => |cell, found| cell.weigh_more(|w| add_number(&mut w.members, found)),
            Self::WeightOfMet => |cell, found| cell.weigh_more(|w| add_number(&mut w.met, found)),
            Self::WeightOfUnknown => |cell, found| cell.weigh_more(|w| add_number(&mut w.unknown, found)),
            Self::WeightOfPopulationUnknown => {
                |cell, found| cell.weigh_more(|w| add_number(&mut w.population_unknown, found))
            }
            Self::WeightOfPopulationUnknownMet => {
                |cell, found| cell.weigh_more(|w| add_number(&mut w.population_unknown_met, found))
            }
            Self::WeightOfPopulationUnknownNotMet => {
                |cell, found| cell.weigh_more(|w| add_number(&mut w.population_unknown_not_met, found))
            }
        }
    }
}

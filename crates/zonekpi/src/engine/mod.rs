//! Engines run plans. Each gives the same figures, exactly; `reference` is the meaning.
//!
//! An engine counts and sums, in integers. What is divided by what is the answer's affair.

mod fused;
pub(crate) mod rank;
pub(crate) mod reference;

use self::fused::Unfit;
pub(crate) use self::fused::{Room, Typed, TypedPages, Used};
use crate::error::{Error, ErrorKind, Result};
use crate::message::{ErrorCode, Message};
use crate::query::Engine;
use crate::query::plan::{Item, Plan, Side};

/// What an engine found in one cell: one side of an item, one span, one group. An answer may have very many of them, so
/// what few measures need stands apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) members: i64,
    /// Members whose outcome is true.
    pub(crate) met: i64,
    /// Members whose outcome is unknown.
    pub(crate) unknown: i64,
    pub(crate) population_unknown: i64,
    pub(crate) population_unknown_met: i64,
    pub(crate) population_unknown_not_met: i64,
    pub(crate) excluded: i64,
    /// The sum, the distinct count, or the numerator of a ratio, unscaled.
    pub(crate) above: i128,
    /// The denominator of a ratio, unscaled.
    pub(crate) below: i128,
    /// Distinct values that may be there at most.
    pub(crate) possible: i64,
    /// Of a weighted share; `None` where all of them are 0.
    weights: Option<Box<Weights>>,
    /// Of a duration; `None` where there is nothing to tell.
    ranks: Option<Box<Ranks>>,
}

/// Where the members of a duration stand at its quantile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranks {
    /// Members that surely did not reach the event because the competing one came first.
    pub(crate) competing: i64,
    /// With every row at the days after which it surely had reached the event; `None` where too few surely have.
    pub(crate) value: Option<Middle>,
    /// The least value, whatever the unknown days turn out to be; `None` where too few may have reached the event.
    pub(crate) shortest: Option<Middle>,
    /// The greatest; `None` where there may be none, or nothing tells it.
    pub(crate) longest: Option<Middle>,
}

/// The days of two rows between which a quantile lies; of one row, twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Middle {
    pub(crate) first: i64,
    pub(crate) next: i64,
}

/// The figures of a weighted share, in weights instead of rows; unscaled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    pub(crate) members: i128,
    pub(crate) met: i128,
    pub(crate) unknown: i128,
    pub(crate) population_unknown: i128,
    pub(crate) population_unknown_met: i128,
    pub(crate) population_unknown_not_met: i128,
    /// Rows, members or perhaps so, whose weight is unknown or negative: then there are no bounds.
    pub(crate) unbounded: i64,
}

impl Figures {
    /// Whether what is divided by what fits 64 bits, rows apart, which always do.
    pub(crate) fn is_small(&self) -> bool {
        self.weights.is_none() && [self.above, self.below].into_iter().all(|number| i64::try_from(number).is_ok())
    }

    pub(crate) fn weights(&self) -> Weights {
        self.weights.as_deref().copied().unwrap_or_default()
    }

    pub(crate) fn weigh(&mut self, weights: Weights) {
        // Equal figures are equal however they came about: what is 0 is nowhere written down.
        self.weights = (weights != Weights::default()).then(|| Box::new(weights));
    }

    /// Changes the weights, of which one at least is not 0 afterwards.
    pub(crate) fn weigh_more<T>(&mut self, more: impl FnOnce(&mut Weights) -> T) -> T {
        more(self.weights.get_or_insert_default())
    }

    pub(crate) fn ranks(&self) -> Ranks {
        self.ranks.as_deref().copied().unwrap_or_default()
    }

    pub(crate) fn rank(&mut self, ranks: Ranks) {
        self.ranks = (ranks != Ranks::default()).then(|| Box::new(ranks));
    }

    /// The figures of two cells that share no row and no entity.
    pub(crate) fn plus(&self, other: &Self) -> Option<Self> {
        let mut sum = Self {
            members: self.members.checked_add(other.members)?,
            met: self.met.checked_add(other.met)?,
            unknown: self.unknown.checked_add(other.unknown)?,
            population_unknown: self.population_unknown.checked_add(other.population_unknown)?,
            population_unknown_met: self.population_unknown_met.checked_add(other.population_unknown_met)?,
            population_unknown_not_met: self
                .population_unknown_not_met
                .checked_add(other.population_unknown_not_met)?,
            excluded: self.excluded.checked_add(other.excluded)?,
            above: self.above.checked_add(other.above)?,
            below: self.below.checked_add(other.below)?,
            possible: self.possible.checked_add(other.possible)?,
            weights: None,
            // Ranks are not had by adding: merging refuses durations.
            ranks: None,
        };
        if self.weights.is_some() || other.weights.is_some() {
            sum.weigh(self.weights().plus(&other.weights())?);
        }
        Some(sum)
    }
}

impl Weights {
    fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self {
            members: self.members.checked_add(other.members)?,
            met: self.met.checked_add(other.met)?,
            unknown: self.unknown.checked_add(other.unknown)?,
            population_unknown: self.population_unknown.checked_add(other.population_unknown)?,
            population_unknown_met: self.population_unknown_met.checked_add(other.population_unknown_met)?,
            population_unknown_not_met: self
                .population_unknown_not_met
                .checked_add(other.population_unknown_not_met)?,
            unbounded: self.unbounded.checked_add(other.unbounded)?,
        })
    }
}

/// The figures of one item. By side, and of each span one after the other: one for each group, then the total where it
/// was asked.
pub(crate) type OfItem = Vec<Vec<Figures>>;

/// The figures of a whole plan.
#[derive(Debug)]
pub(crate) struct Computed {
    /// The groups that the answer lists, in order; one without dimensions.
    pub(crate) groups: Vec<Vec<Option<String>>>,
    pub(crate) figures: Vec<OfItem>,
    /// The engine of each item.
    pub(crate) engines: Vec<&'static str>,
}

/// From so many cells on they are worked on by several threads.
pub(crate) const MANY: usize = 4096;

/// What answers call the fused engine.
pub(crate) const FUSED: &str = "fused";

/// Runs a plan: each item by the engine that was asked for, or by the fastest that can.
pub(crate) fn run(plan: &Plan) -> Result<Computed> {
    if plan.engine == Engine::Reference {
        return reference::run(plan);
    }
    let asked_for = plan.engine == Engine::Fused;
    let found = match fused::run(plan) {
        Ok(found) => found,
        Err(Unfit::Failed(error)) => return Err(error),
        Err(unfit) if asked_for => return Err(cannot(plan.items.first(), &unfit)),
        Err(_) => return reference::run(plan),
    };
    let left: Vec<&Item> =
        plan.items.iter().zip(&found.items).filter(|(_, found)| found.is_err()).map(|(item, _)| item).collect();
    if asked_for && let Some((item, Err(unfit))) = plan.items.iter().zip(&found.items).find(|(_, found)| found.is_err())
    {
        return Err(cannot(Some(item), unfit));
    }
    let mut by_reference = match left.as_slice() {
        [] => Vec::new(),
        left => reference::run_of(plan, left, &found.groups)?,
    }
    .into_iter();
    let (mut figures, mut engines) = (Vec::new(), Vec::new());
    for item in found.items {
        let (of_item, engine) = match item {
            Ok(of_item) => (of_item, FUSED),
            Err(_) => (by_reference.next().unwrap_or_default(), reference::NAME),
        };
        figures.push(of_item);
        engines.push(engine);
    }
    Ok(Computed { groups: found.groups, figures, engines })
}

/// Runs a plan over columns that came typed, which its ledger does not have, and puts them to those that were used;
/// `None` where the fused engine cannot.
pub(crate) fn run_typed(
    plan: &Plan,
    table: &'static str,
    columns: Vec<Typed>,
    used: &mut Vec<Used>,
) -> Result<Option<Computed>> {
    fused::beside(&plan.ledger, table, columns);
    let found = fused::run(plan);
    used.extend(fused::taken_back(&plan.ledger));
    let found = match found {
        Ok(found) => found,
        Err(Unfit::Failed(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let engines = vec![FUSED; found.items.len()];
    let figures: Option<Vec<_>> = found.items.into_iter().map(Result::ok).collect();
    Ok(figures.map(|figures| Computed { groups: found.groups, figures, engines }))
}

/// The error of an indicator that the fused engine was asked for and does not compute.
fn cannot(item: Option<&Item>, unfit: &Unfit) -> Error {
    let why: Vec<Message> = unfit.phrase().map(|phrase| phrase.message()).into_iter().collect();
    let message = ErrorCode::FusedCannot
        .message()
        .with("indicator", item.map_or("", |item| &item.indicator.id))
        .with_messages("why", why);
    Error::new(ErrorKind::Query, message)
}

/// The digits after the point of what [`Figures::above`] and [`Figures::below`] hold.
pub(crate) fn scales(side: &Side) -> (u32, u32) {
    use crate::indicator::{Measure, Part, Scalar};
    let of = |value: &Scalar| value.scale().unwrap_or(0);
    let part = |part: &Part| match part {
        Part::Sum { value, .. } => of(value),
        Part::Count { .. } | Part::Distinct { .. } => 0,
    };
    match &side.indicator.measure {
        Measure::Sum { value, .. } => (of(value), 0),
        Measure::Ratio { numerator, denominator } => (part(numerator), part(denominator)),
        Measure::Share { weight: Some(weight), .. } => (of(weight), of(weight)),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_little_more_than_its_counts() {
        assert!(size_of::<Figures>() <= 112);
    }

    #[test]
    fn figures_are_equal_whatever_they_were_added_from() {
        let weights = |met: i128, unbounded: i64| Weights { members: met, met, unbounded, ..Weights::default() };
        let mut weighed = Figures { members: 2, ..Figures::default() };
        weighed.weigh(weights(5, 1));
        let plain = Figures { members: 3, ..Figures::default() };
        let sum = weighed.plus(&plain).expect("no overflow");
        assert_eq!((sum.members, sum.weights()), (5, weights(5, 1)));
        let mut back = Figures { members: -2, ..Figures::default() };
        back.weigh(weights(-5, -1));
        assert_eq!(sum.plus(&back), Some(plain));
        weighed.weigh(weights(i128::MAX, 0));
        assert_eq!(weighed.plus(&weighed), None);
    }
}

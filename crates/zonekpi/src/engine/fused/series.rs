//! A series in one pass: each row is counted at the period in which it begins to be one of the rows asked for, and
//! taken away at the one in which it ends; the sums of these up to a period are what the period shows.

use std::collections::HashMap;

use super::Unfit;
use super::columns::{MORSEL, NEVER};
use super::count::{self, Asked, Found};
use super::days::DayColumn;
use super::expand::{Ranges, expanded};
use super::kernel::UNUSED;
use super::machine::Program;
use super::number::Number;
use super::store::Groups;
use super::tally::{Cells, Job, Tally};
use super::threads::{Told, by_threads};
use super::truth::{Bound, Graph, Id, Node};

/// When a row begins to count, or ends, by the days of a column.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub(super) column: usize,
    passes: Passes,
}

/// Which period of a day an edge is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Passes {
    /// The first whose bound it does not pass.
    Not(Bound),
    /// The first whose bound it passes.
    First(Bound),
    /// The only one in which it lies between two bounds.
    Between(Bound, Bound),
}

/// Rows with the same ranges begin and end together.
pub(super) struct Key {
    /// Places of edges; the latest of the ones counts, the earliest of the others.
    pub(super) begins: Vec<usize>,
    pub(super) ends: Vec<usize>,
    /// Whether a row counts in one period at most, so that it need not be taken away.
    pub(super) once: bool,
}

/// How the periods of an edge are found.
pub(super) enum Periods {
    /// Each day has a place among the bounds.
    Table { first: i32, places: Vec<u16> },
    /// As those of another edge; of days before the cell of a first one, none.
    From { edge: usize, first: u16 },
}

/// What a series is made of: products, each counted or summed by itself.
#[derive(Default)]
struct Products {
    keys: Vec<Ranges>,
    places: HashMap<(usize, Id, Option<Number>), usize>,
    all: Vec<(usize, Id, Option<Number>)>,
}

impl Products {
    fn place(&mut self, ranges: Ranges, fixed: Id, number: Option<Number>) -> usize {
        let key = self.keys.iter().position(|known| *known == ranges).unwrap_or_else(|| {
            self.keys.push(ranges);
            self.keys.len() - 1
        });
        let next = self.all.len();
        let place = *self.places.entry((key, fixed, number)).or_insert(next);
        if place == next {
            self.all.push((key, fixed, number));
        }
        place
    }
}

/// How a figure is put together of products.
type Recipe = Vec<(i64, usize)>;

/// Counts and sums all that is asked.
pub(super) fn find(told: Told<'_>, graph: &mut Graph, groups: &Groups, asked: &Asked) -> Result<Found, Unfit> {
    let rows = groups.codes.len() * MORSEL;
    let cells = (groups.len() as u64 + 1) * (graph.spans as u64 + 1) + UNUSED as u64;
    if graph.spans == 1 || graph.spans >= usize::from(u16::MAX) || rows > i32::MAX as usize || cells > u32::MAX.into() {
        return count::find(told, graph, groups, asked);
    }
    let mut products = Products::default();
    let recipe = |graph: &mut Graph, products: &mut Products, rows: Id, number: Option<Number>| -> Option<Recipe> {
        let sum = expanded(graph, rows)?;
        Some(sum.into_iter().map(|(times, fixed, ranges)| (times, products.place(ranges, fixed, number))).collect())
    };
    let counts: Vec<Option<Recipe>> =
        asked.counts.iter().map(|rows| recipe(graph, &mut products, *rows, None)).collect();
    let mut sums: Vec<Option<Recipe>> = Vec::new();
    for (of, number) in &asked.sums {
        let fits = !graph.number_moves(*number) && graph.greatest_sum(*number, rows) < i128::from(i64::MAX / 2);
        sums.push(if fits { recipe(graph, &mut products, *of, Some(*number)) } else { None });
    }
    let others = Asked {
        counts: asked.counts.iter().zip(&counts).filter(|(_, recipe)| recipe.is_none()).map(|(id, _)| *id).collect(),
        sums: asked.sums.iter().zip(&sums).filter(|(_, recipe)| recipe.is_none()).map(|(sum, _)| *sum).collect(),
    };
    let by_period = count::find(told, graph, groups, &others)?;
    let found = pass(told, graph, groups, &products)?;
    let (mut other_counts, mut other_sums) = (by_period.counts.into_iter(), by_period.sums.into_iter());
    let spans = graph.spans;
    let cooked = |recipe: &Recipe, span: usize, group: usize| -> i64 {
        recipe.iter().map(|(times, place)| times * found[*place][span * groups.len() + group]).sum()
    };
    let of_spans = |recipe: &Recipe| -> Vec<Vec<i64>> {
        (0..spans).map(|span| (0..groups.len()).map(|group| cooked(recipe, span, group)).collect()).collect()
    };
    let counts = counts.iter().map(|recipe| match recipe {
        Some(recipe) => of_spans(recipe),
        None => other_counts.next().unwrap_or_default(),
    });
    let wide = |spans: Vec<Vec<i64>>| -> Vec<Vec<i128>> {
        spans.into_iter().map(|groups| groups.into_iter().map(i128::from).collect()).collect()
    };
    let sums = sums.iter().map(|recipe| match recipe {
        Some(recipe) => wide(of_spans(recipe)),
        None => other_sums.next().unwrap_or_default(),
    });
    Ok(Found { counts: counts.collect(), sums: sums.collect() })
}

/// Each product by period, then group.
fn pass(told: Told<'_>, graph: &Graph, groups: &Groups, products: &Products) -> Result<Vec<Vec<i64>>, Unfit> {
    let mut edges: Vec<Edge> = Vec::new();
    let keys: Vec<Key> = products.keys.iter().map(|ranges| key(graph, ranges, &mut edges)).collect();
    let periods: Vec<Periods> = edges.iter().map(|edge| graph.periods_of(edge, &edges)).collect();
    let cells = Cells::number(groups.len(), graph.spans);
    let mut found = vec![Vec::new(); products.all.len()];
    for jobs in Job::batches(&products.all, cells) {
        let roots: Vec<Id> = jobs.iter().flat_map(|job| job.products.iter().map(|at| products.all[*at].1)).collect();
        let numbers: Vec<Number> = jobs.iter().flat_map(|job| &job.numbers).copied().collect();
        let program = Program::new(graph, &roots, &numbers);
        let parts = by_threads(told, groups.codes.len(), |take| {
            let mut tally = Tally::new(&jobs, cells);
            let mut arena = program.arena();
            let mut at = Cells::new(groups.len(), graph.spans, edges.len());
            while let Some(morsel) = take() {
                program.fixed(&mut arena, morsel);
                at.begin(&groups.codes[morsel]);
                for looked_up in [true, false] {
                    for (place, (edge, periods)) in edges.iter().zip(&periods).enumerate() {
                        if matches!(periods, Periods::Table { .. }) == looked_up {
                            at.edge(place, program.days(edge.column, morsel), periods);
                        }
                    }
                }
                let mut of_key = usize::MAX;
                for (number, job) in jobs.iter().enumerate() {
                    if job.key != of_key {
                        at.key(&keys[job.key]);
                        of_key = job.key;
                    }
                    let ids = job.products.iter().map(|at| products.all[*at].1);
                    tally.add(number, job, &program, &arena, ids, &at, morsel);
                }
            }
            tally
        })?;
        for (number, job) in jobs.iter().enumerate() {
            for (lane, product) in job.products.iter().enumerate() {
                let once = keys[job.key].once;
                found[*product] = shown(groups.len(), graph.spans, once, |cell| {
                    parts.iter().map(|part| part.cell(number, lane, cell)).sum()
                });
            }
        }
    }
    Ok(found)
}

/// What stands in each cell, added up over the periods where rows stay.
fn shown(groups: usize, spans: usize, once: bool, cell: impl Fn(usize) -> i64) -> Vec<i64> {
    let mut shown = vec![0; groups * spans];
    for group in 0..groups {
        let mut sum = 0i64;
        for span in 0..spans {
            let found = cell(group * (spans + 1) + span);
            sum = if once { found } else { sum + found };
            shown[span * groups + group] = sum;
        }
    }
    shown
}

fn key(graph: &Graph, ranges: &Ranges, edges: &mut Vec<Edge>) -> Key {
    let mut key = Key { begins: Vec::new(), ends: Vec::new(), once: false };
    let mut place = |edge: Edge| {
        edges.iter().position(|known| *known == edge).unwrap_or_else(|| {
            edges.push(edge);
            edges.len() - 1
        })
    };
    // A day of its own lies in one period at most, where periods are apart.
    if let [range] = ranges.as_slice()
        && let Node::Days { column, low: Some(low), high: Some(high) } = *graph.node(*range)
        && graph.are_apart(low, high)
    {
        key.begins.push(place(Edge { column, passes: Passes::Between(low, high) }));
        key.once = true;
        return key;
    }
    let mut bounds = Vec::new();
    for range in ranges {
        let Node::Days { column, low, high } = graph.node(*range) else { continue };
        if let Some(bound) = *high {
            key.begins.push(place(Edge { column: *column, passes: Passes::Not(bound) }));
        }
        if let Some(bound) = *low {
            key.ends.push(place(Edge { column: *column, passes: Passes::First(bound) }));
        }
        bounds.push((*column, *low, *high));
    }
    let lows = bounds.iter().filter_map(|(column, low, _)| Some((*column, (*low)?)));
    let highs = bounds.iter().filter_map(|(column, _, high)| Some((*column, (*high)?))).collect::<Vec<_>>();
    // A day that lies in one period lies in no other, where periods do not overlap.
    key.once = lows.into_iter().any(|(first, low)| {
        highs.iter().any(|(last, high)| graph.are_ends(first, *last) && graph.are_apart(low, *high))
    });
    key
}

impl Graph {
    /// Whether a bound never goes back, and its days are such as dates have.
    pub(super) fn grows(&self, bound: Bound) -> bool {
        const FURTHEST: i32 = 2_000_000;
        let days = &self.bounds[bound];
        let (mut least, mut most) = (i32::MAX, i32::MIN);
        for day in days.iter().filter(|day| day.abs() < NEVER) {
            (least, most) = (least.min(*day), most.max(*day));
        }
        let close = least > most || i64::from(most) - i64::from(least) < i64::from(FURTHEST);
        close && days.is_sorted()
    }

    /// Whether the columns are the first and the last day of one interval that is in order.
    fn are_ends(&self, first: usize, last: usize) -> bool {
        let ((a, is_first), (b, is_last)) = (&self.days[first], &self.days[last]);
        std::sync::Arc::ptr_eq(a, b) && (is_first == is_last || *is_first) && Self::in_order(a)
    }

    /// Whether each period's first day lies after the last of the period before.
    fn are_apart(&self, low: Bound, high: Bound) -> bool {
        let (lows, highs) = (&self.bounds[low], &self.bounds[high]);
        lows.iter().skip(1).zip(highs.iter()).all(|(low, high)| low > high)
    }

    /// Whether each period begins on the day after the last of the period before.
    fn follow_each_other(&self, low: Bound, high: Bound) -> bool {
        let (lows, highs) = (&self.bounds[low], &self.bounds[high]);
        lows.iter().skip(1).zip(highs.iter()).all(|(low, high)| i64::from(*low) == i64::from(*high) + 1)
    }

    /// The period of each day: of those that the column's cells stand for, or of those around the bounds. Where periods
    /// follow each other, a day lies in the first that reaches it, but for days before all of them.
    fn periods_of(&self, edge: &Edge, edges: &[Edge]) -> Periods {
        if let Some(near) = self.day_cells(edge.column).and_then(DayColumn::near) {
            if let Passes::Between(low, high) = edge.passes
                && self.follow_each_other(low, high)
                && let Some(first) = self.bounds[low].first().filter(|first| **first < NEVER)
            {
                let reached = Edge { column: edge.column, passes: Passes::Not(high) };
                let (first, _) = near.between(*first, i32::MAX);
                if let Some(edge) = edges.iter().position(|other| *other == reached) {
                    return Periods::From { edge, first };
                }
            }
            return Periods::Table { first: 0, places: self.periods(edge.passes, near.days()) };
        }
        let (low, high) = match edge.passes {
            Passes::Not(bound) | Passes::First(bound) => (bound, bound),
            Passes::Between(low, high) => (low, high),
        };
        let days = || self.bounds[low].iter().chain(self.bounds[high].iter()).filter(|day| day.abs() < NEVER);
        let (least, most) = (days().min().copied().unwrap_or(0), days().max().copied().unwrap_or(0));
        Periods::Table { first: least - 1, places: self.periods(edge.passes, least - 1..=most + 1) }
    }

    /// The period of each day, of days in order.
    fn periods(&self, passes: Passes, days: impl Iterator<Item = i32>) -> Vec<u16> {
        let mut period = 0;
        let mut reach = |bound: Bound, day: i32| {
            let bounds = &self.bounds[bound];
            while bounds.get(period).is_some_and(|bound| *bound < day) {
                period += 1;
            }
            period
        };
        let place = |day: i32| match passes {
            Passes::Not(bound) => reach(bound, day),
            Passes::First(bound) => reach(bound, day + 1),
            Passes::Between(low, high) => {
                let period = reach(high, day);
                if self.bounds[low].get(period).is_some_and(|low| *low <= day) { period } else { self.spans }
            }
        };
        days.map(place).map(|period| period as u16).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds of three quarters of 2023, in days of that year.
    fn graph() -> Graph {
        let mut graph = Graph::new(3);
        graph.bound(vec![0, 90, 181]);
        graph.bound(vec![89, 180, 272]);
        graph
    }

    #[test]
    fn a_day_begins_to_count_with_the_first_period_that_reaches_it() {
        let days = || [-500, -1, 0, 89, 90, 180, 181, 272, 273, 9999].into_iter();
        assert_eq!(graph().periods(Passes::Not(1), days()), [0, 0, 0, 0, 1, 1, 2, 2, 3, 3]);
        // A period that begins on day 90 does not hold day 89 any more; day −1 is in none.
        assert_eq!(graph().periods(Passes::First(0), days()), [0, 0, 1, 1, 2, 2, 3, 3, 3, 3]);
    }

    #[test]
    fn a_day_lies_in_one_period_or_none() {
        let mut graph = graph();
        // The first ten days of the second quarter are in no period.
        let low = graph.bound(vec![0, 100, 181]);
        let days = [-500, -1, 0, 89, 90, 99, 100, 180, 181, 272, 273, 9999];
        assert_eq!(graph.periods(Passes::Between(low, 1), days.into_iter()), [3, 3, 0, 0, 3, 3, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn periods_that_follow_one_another_are_apart() {
        let mut graph = graph();
        assert!(graph.are_apart(0, 1) && graph.follow_each_other(0, 1));
        let overlapping = graph.bound(vec![90, 181, 272]);
        assert!(!graph.are_apart(0, overlapping) && !graph.follow_each_other(0, overlapping));
        let gaps = graph.bound(vec![0, 91, 181]);
        assert!(graph.are_apart(gaps, 1) && !graph.follow_each_other(gaps, 1));
    }
}

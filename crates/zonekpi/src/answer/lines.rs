//! The lines of an answer, from what was counted: a row is made of each when somebody looks at them, and not before.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::derive::{Deriving, Place, Sides, undated};
use super::row::Row;
use crate::engine::{Computed, Figures, MANY, OfItem};
use crate::error::Result;
use crate::ledger::side_by_side::side_by_side;
use crate::query::plan::{Plan, Span};

/// The figures of an answer, with its rows once they were looked at.
#[derive(Debug)]
pub(super) struct Lines {
    /// What was counted. Of merged answers there are rows alone.
    groups: Vec<Vec<Option<String>>>,
    figures: Vec<OfItem>,
    rows: OnceLock<Vec<Row>>,
}

/// Lines that follow one another: all of one item at one of its spans, or one that was merged.
#[derive(Clone, Debug)]
pub(super) struct Stretch<'a> {
    /// The place of the item in the plan.
    pub(super) item: usize,
    pub(super) span: Span,
    pub(super) immature: bool,
    pub(super) complete: bool,
    pub(super) undated: Arc<[String]>,
    /// Where the groups of the first line stand among all that the answer has.
    pub(super) group: usize,
    pub(super) lines: usize,
    sides: [&'a [Figures]; 2],
}

impl<'a> Stretch<'a> {
    /// The figures of a line.
    pub(super) fn sides(&self, line: usize) -> Sides<'a> {
        self.sides.map(|side| side.get(line))
    }
}

impl Lines {
    /// The lines of what was counted.
    ///
    /// # Errors
    ///
    /// A number that 128 bits do not hold.
    pub(super) fn counted(plan: &Plan, computed: Computed) -> Result<Self> {
        let lines = Self { groups: computed.groups, figures: computed.figures, rows: OnceLock::new() };
        let items = derivings(plan);
        for stretch in lines.stretches(plan) {
            if let Some(item) = items.get(stretch.item) {
                item.check((0..stretch.lines).map(|line| stretch.sides(line)), stretch.immature)?;
            }
        }
        Ok(lines)
    }

    /// Lines that were merged.
    pub(super) fn merged(rows: Vec<Row>) -> Self {
        Self { groups: Vec::new(), figures: Vec::new(), rows: OnceLock::from(rows) }
    }

    fn are_counted(&self) -> bool {
        !self.figures.is_empty()
    }

    /// The rows, by indicator, period and group; totals after the groups of their period.
    pub(super) fn rows(&self, plan: &Plan) -> &[Row] {
        self.rows.get_or_init(|| {
            let (items, groups) = (derivings(plan), self.groups(plan));
            let stretches = self.stretches(plan);
            let mut parts = in_shares(&stretches, |share, room| {
                let mut rows = Vec::with_capacity(room);
                for stretch in share {
                    let Some(item) = items.get(stretch.item) else { continue };
                    let groups = groups.iter().skip(stretch.group).take(stretch.lines);
                    for (line, (values, total)) in groups.enumerate() {
                        let place = Place {
                            groups: if *total { vec![None; plan.dimensions.len()] } else { values.to_vec() },
                            total: *total,
                            span: stretch.span,
                            complete: stretch.complete,
                            undated: stretch.undated.to_vec(),
                        };
                        rows.push(item.row(place, stretch.sides(line).into_iter().flatten().cloned().collect()));
                    }
                }
                rows
            });
            let mut rows = parts.next().unwrap_or_default();
            parts.for_each(|mut more| rows.append(&mut more));
            rows
        })
    }

    pub(super) fn height(&self, plan: &Plan) -> usize {
        if !self.are_counted() {
            return self.merged_rows().len();
        }
        self.lines_of_span(plan) * plan.items.iter().map(|item| item.spans.len()).sum::<usize>()
    }

    fn lines_of_span(&self, plan: &Plan) -> usize {
        self.groups.len() + usize::from(plan.totals)
    }

    /// The values of each group that stretches refer to, and whether it is the total, which has none.
    pub(super) fn groups(&self, plan: &Plan) -> Vec<(&[Option<String>], bool)> {
        if !self.are_counted() {
            return self.merged_rows().iter().map(|row| (row.groups.as_slice(), row.total)).collect();
        }
        let listed = self.groups.iter().map(|values| (values.as_slice(), false));
        listed.chain(plan.totals.then_some((&[] as &[_], true))).collect()
    }

    /// All lines, in order.
    pub(super) fn stretches(&self, plan: &Plan) -> Vec<Stretch<'_>> {
        if !self.are_counted() {
            return self.of_merged(plan);
        }
        let lines = self.lines_of_span(plan);
        let snapshot_on = plan.ledger.snapshot_on();
        let none: Arc<[String]> = Arc::from(Vec::new());
        let mut stretches = Vec::new();
        for (number, (item, figures)) in plan.items.iter().zip(&self.figures).enumerate() {
            let names: Arc<[String]> = undated(item).into();
            for (at, span) in item.spans.iter().enumerate() {
                let of_side = |side: usize| -> &[Figures] {
                    let found = figures.get(side).and_then(|side| side.get(at * lines..(at + 1) * lines));
                    found.unwrap_or_default()
                };
                let immature = item.is_immature(span, snapshot_on);
                stretches.push(Stretch {
                    item: number,
                    span: *span,
                    immature,
                    complete: span.complete(snapshot_on) && !immature,
                    undated: Arc::clone(if span.as_of == snapshot_on { &none } else { &names }),
                    group: 0,
                    lines,
                    sides: [of_side(0), of_side(1)],
                });
            }
        }
        stretches
    }

    fn merged_rows(&self) -> &[Row] {
        self.rows.get().map(Vec::as_slice).unwrap_or_default()
    }

    fn of_merged(&self, plan: &Plan) -> Vec<Stretch<'_>> {
        let places: HashMap<&str, usize> =
            plan.items.iter().enumerate().map(|(place, item)| (item.indicator.id.as_str(), place)).collect();
        let rows = self.merged_rows().iter().enumerate();
        rows.map(|(group, row)| Stretch {
            // Merged rows are of the items of the first part.
            item: places.get(row.indicator.as_str()).copied().unwrap_or(usize::MAX),
            span: Span { start: row.period_start, end: row.period_end, as_of: row.as_of },
            immature: row.immature,
            complete: row.complete,
            undated: row.undated.as_slice().into(),
            group,
            lines: 1,
            sides: [row.figures.get(..1).unwrap_or_default(), row.figures.get(1..2).unwrap_or_default()],
        })
        .collect()
    }
}

/// How the lines of each item follow from their figures.
pub(super) fn derivings(plan: &Plan) -> Vec<Deriving<'_>> {
    plan.items.iter().map(|item| Deriving::new(plan, item)).collect()
}

/// What is made of stretches in as many shares as there are threads, where there are many lines; in their order. Told is
/// how many lines there should be room for, for what comes after is put behind the first.
pub(super) fn in_shares<'s, 'a, T: Send>(
    stretches: &'s [Stretch<'a>],
    make: impl Fn(&'s [Stretch<'a>], usize) -> T + Sync,
) -> impl Iterator<Item = T> {
    let lines = |share: &[Stretch<'_>]| share.iter().map(|stretch| stretch.lines).sum::<usize>();
    let all = lines(stretches);
    let threads = if all < MANY { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    let shares: Vec<&[Stretch<'a>]> = stretches.chunks(stretches.len().div_ceil(threads).max(1)).collect();
    let of_share = |at: usize, share: &&'s [Stretch<'a>]| make(share, if at == 0 { all } else { lines(share) });
    let made = side_by_side(&shares, threads > 1, of_share);
    // What a thread broke off at is made by this one.
    let made = made.into_iter().zip(&shares).enumerate();
    made.map(|(at, (made, share))| made.unwrap_or_else(|| of_share(at, share))).collect::<Vec<_>>().into_iter()
}

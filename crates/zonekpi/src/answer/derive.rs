//! From figures to the answer's lines: values, bounds and intervals. The one place that divides.

use std::collections::BTreeSet;

use crate::engine::{Computed, Figures, MANY, Middle, scales};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Indicator, Measure};
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::message::ErrorCode;
use crate::number::{Decimal, Fraction};
use crate::query::plan::{Item, Plan, Span};
use crate::stats;

use super::{Durations, Row};

/// What is computed of the figures of one cell.
#[derive(Clone, Copy, Debug, Default)]
struct Derived {
    value: Option<Fraction>,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
    bounds: Option<(Fraction, Fraction)>,
    durations: Option<Durations>,
}

/// The lines of a plan's answer: by indicator, period and group, each period's total after its groups.
pub(super) fn rows(plan: &Plan, computed: &Computed) -> Result<Vec<Row>> {
    let lines = computed.groups.len() + usize::from(plan.totals);
    let spans = plan.items.iter().map(|item| item.spans.len());
    let parts: Vec<(usize, usize)> =
        spans.enumerate().flat_map(|(item, spans)| (0..spans).map(move |span| (item, span))).collect();
    // Threads take as few parts as there are threads, for lines are large and should be moved no more than they must.
    let threads =
        if parts.len() * lines < MANY { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    let shares: Vec<&[(usize, usize)]> = parts.chunks(parts.len().div_ceil(threads).max(1)).collect();
    let made = side_by_side(&shares, threads > 1, |number, share| -> Result<Vec<Row>> {
        let mut rows = Vec::with_capacity(lines * if number == 0 { parts.len() } else { share.len() });
        for (item, span) in *share {
            lines_of(plan, computed, (*item, *span), lines, &mut rows)?;
        }
        Ok(rows)
    });
    let mut all: Option<Vec<Row>> = None;
    for rows in made {
        let mut rows = rows.ok_or_else(broke_off)??;
        match &mut all {
            Some(all) => all.append(&mut rows),
            None => all = Some(rows),
        }
    }
    Ok(all.unwrap_or_default())
}

/// The lines of one item at one of its spans.
fn lines_of(
    plan: &Plan,
    computed: &Computed,
    (item, number): (usize, usize),
    lines: usize,
    rows: &mut Vec<Row>,
) -> Result<()> {
    let (Some(item), Some(of_item)) = (plan.items.get(item), computed.figures.get(item)) else { return Ok(()) };
    let Some(span) = item.spans.get(number) else { return Ok(()) };
    let (complete, undated) = (span.complete(plan.ledger.snapshot_on()), undated(plan, item, span));
    for line in 0..lines {
        let place = Place {
            groups: computed.groups.get(line).cloned().unwrap_or_else(|| vec![None; plan.dimensions.len()]),
            total: line >= computed.groups.len(),
            span: *span,
            complete,
            undated: undated.clone(),
        };
        let cell = |side: &Vec<Figures>| side.get(number * lines + line).cloned();
        // One or two, and each of some size: no room for more.
        let mut figures = Vec::with_capacity(of_item.len());
        figures.extend(of_item.iter().filter_map(cell));
        rows.push(row(plan, item, place, figures)?);
    }
    Ok(())
}

/// Where a line stands in the answer.
pub(super) struct Place {
    pub(super) groups: Vec<Option<String>>,
    pub(super) total: bool,
    pub(super) span: Span,
    pub(super) complete: bool,
    pub(super) undated: Vec<String>,
}

/// One line, from what was counted.
pub(super) fn row(plan: &Plan, item: &Item, place: Place, figures: Vec<Figures>) -> Result<Row> {
    let immature = item.is_immature(&place.span, plan.ledger.snapshot_on());
    // A cohort that is too young has figures of its older members only: they are not its own.
    let derived = if immature { Derived::default() } else { derive(item, &figures)? };
    let sum = |of: fn(&Figures) -> i64| figures.iter().map(of).sum::<i64>();
    let wilson = match (plan.confidence, &item.indicator.measure, figures.first()) {
        (Some(confidence), Measure::Share { weight: None, .. }, Some(f)) if !immature => {
            stats::wilson(f.met, f.members, confidence)
        }
        _ => None,
    };
    Ok(Row {
        indicator: item.indicator.id.clone(),
        groups: place.groups,
        total: place.total,
        basis: item.indicator.basis,
        period_start: place.span.start,
        period_end: place.span.end,
        as_of: place.span.as_of,
        value: derived.value,
        numerator: derived.numerator,
        denominator: derived.denominator,
        unknown: sum(|f| f.unknown),
        population_unknown: sum(|f| f.population_unknown),
        population_unknown_met: sum(|f| f.population_unknown_met),
        population_unknown_not_met: sum(|f| f.population_unknown_not_met),
        excluded: sum(|f| f.excluded),
        lower: derived.bounds.map(|b| b.0),
        upper: derived.bounds.map(|b| b.1),
        wilson,
        durations: derived.durations,
        immature,
        undated: place.undated,
        complete: place.complete && !immature,
        figures,
    })
}

/// Columns without a date that a span reads for another day than the ledger's.
fn undated(plan: &Plan, item: &Item, span: &Span) -> Vec<String> {
    if span.as_of == plan.ledger.snapshot_on() {
        return Vec::new();
    }
    let names: BTreeSet<_> = item.sides.iter().flat_map(|side| side.undated.iter().cloned()).collect();
    names.into_iter().collect()
}

fn derive(item: &Item, figures: &[Figures]) -> Result<Derived> {
    let indicator = &item.indicator;
    if matches!(indicator.measure, Measure::RatioOf { .. }) {
        let mut sides = item.sides.iter().zip(figures).map(|(side, f)| {
            let (scale, _) = scales(side);
            of_one(&side.indicator, f, scale, 0).map(|derived| derived.numerator)
        });
        let numerator = sides.next().transpose()?.flatten();
        let denominator = sides.next().transpose()?.flatten();
        return Ok(Derived {
            value: quotient(indicator, numerator, denominator)?,
            numerator,
            denominator,
            ..Derived::default()
        });
    }
    let (Some(side), Some(f)) = (item.sides.first(), figures.first()) else { return Ok(Derived::default()) };
    let (above, below) = scales(side);
    of_one(indicator, f, above, below)
}

fn of_one(indicator: &Indicator, f: &Figures, above: u32, below: u32) -> Result<Derived> {
    let plain = |value: Option<Decimal>, bounds: Option<(i64, i64)>| Derived {
        value: value.map(Fraction::from),
        numerator: value,
        denominator: None,
        bounds: bounds.map(|(lower, upper)| (whole(lower), whole(upper))),
        durations: None,
    };
    Ok(match &indicator.measure {
        Measure::Count { .. } => {
            let most = f.met + f.unknown + f.population_unknown - f.population_unknown_not_met;
            plain(Some(Decimal::whole(f.met.into())), Some((f.met, most)))
        }
        Measure::Distinct { .. } => {
            let sure = i64::try_from(f.above).unwrap_or(i64::MAX);
            plain(Some(Decimal::whole(f.above)), Some((sure, f.possible)))
        }
        Measure::Sum { .. } => {
            // Rows, of which none is known, have no sum; no rows have the sum 0.
            let known = f.met > 0 || f.unknown == 0;
            plain(known.then_some(Decimal { unscaled: f.above, scale: above }), None)
        }
        Measure::Share { weight: None, .. } => {
            let (numerator, denominator) = (Decimal::whole(f.met.into()), Decimal::whole(f.members.into()));
            Derived {
                value: quotient(indicator, Some(numerator), Some(denominator))?,
                numerator: Some(numerator),
                denominator: Some(denominator),
                bounds: bounds(&ShareParts {
                    met: f.met.into(),
                    unknown: f.unknown.into(),
                    members: f.members.into(),
                    perhaps: f.population_unknown.into(),
                    perhaps_met: f.population_unknown_met.into(),
                    perhaps_not_met: f.population_unknown_not_met.into(),
                }),
                durations: None,
            }
        }
        Measure::Share { weight: Some(_), .. } => {
            let w = f.weights();
            let (numerator, denominator) =
                (Decimal { unscaled: w.met, scale: above }, Decimal { unscaled: w.members, scale: above });
            let parts = ShareParts {
                met: w.met,
                unknown: w.unknown,
                members: w.members,
                perhaps: w.population_unknown,
                perhaps_met: w.population_unknown_met,
                perhaps_not_met: w.population_unknown_not_met,
            };
            Derived {
                value: quotient(indicator, Some(numerator), Some(denominator))?,
                numerator: Some(numerator),
                denominator: Some(denominator),
                bounds: if w.unbounded == 0 { bounds(&parts) } else { None },
                durations: None,
            }
        }
        Measure::Ratio { .. } => {
            let (numerator, denominator) =
                (Decimal { unscaled: f.above, scale: above }, Decimal { unscaled: f.below, scale: below });
            Derived {
                value: quotient(indicator, Some(numerator), Some(denominator))?,
                numerator: Some(numerator),
                denominator: Some(denominator),
                ..Derived::default()
            }
        }
        Measure::Days(_) => {
            let ranks = f.ranks();
            let mean = |middle: Middle| Fraction::new(i128::from(middle.first) + i128::from(middle.next), 2);
            Derived {
                value: ranks.value.and_then(mean),
                numerator: Some(Decimal::whole(f.met.into())),
                denominator: Some(Decimal::whole(f.members.into())),
                bounds: None,
                durations: Some(Durations {
                    open: f.members - f.met - f.unknown - ranks.competing,
                    competing: ranks.competing,
                    shortest: ranks.shortest.and_then(mean),
                    longest: ranks.longest.and_then(mean),
                }),
            }
        }
        _ => Derived::default(),
    })
}

fn whole(number: i64) -> Fraction {
    Fraction::from(Decimal::whole(number.into()))
}

/// The quotient; `None` over nothing.
fn quotient(
    indicator: &Indicator,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
) -> Result<Option<Fraction>> {
    match (numerator, denominator) {
        (Some(n), Some(d)) if d.unscaled != 0 => match n.over(d) {
            Some(quotient) => Ok(Some(quotient)),
            None => Err(Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", &indicator.id))),
        },
        _ => Ok(None),
    }
}

/// What bounds a share: rows, or their weights.
struct ShareParts {
    met: i128,
    unknown: i128,
    members: i128,
    perhaps: i128,
    perhaps_met: i128,
    perhaps_not_met: i128,
}

/// The least and the greatest share under any completion of the unknowns; `None` where no completion has a share.
fn bounds(parts: &ShareParts) -> Option<(Fraction, Fraction)> {
    // Least: all that may be a member and may fail is one that fails. Greatest: all that may meet does.
    let failing = parts.perhaps - parts.perhaps_met;
    let meeting = parts.perhaps - parts.perhaps_not_met;
    let (one, zero) = (whole(1), whole(0));
    if parts.members + failing == 0 {
        return (meeting > 0).then_some((one, one));
    }
    if parts.members + meeting == 0 {
        return Some((zero, zero));
    }
    Some((
        Fraction::new(parts.met, parts.members + failing)?,
        Fraction::new(parts.met + parts.unknown + meeting, parts.members + meeting)?,
    ))
}

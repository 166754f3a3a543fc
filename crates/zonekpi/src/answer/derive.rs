//! From figures to the numbers of a line: values, bounds and intervals. The one place that divides.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::engine::{Figures, Middle, Ranks, scales};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Indicator, Measure};
use crate::message::ErrorCode;
use crate::number::{Decimal, SMALL_SCALE, Unreduced};
use crate::query::plan::{Item, Plan, Span};
use crate::stats;

use super::{Durations, Row};

/// What is computed of the figures of one line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Derived {
    pub(super) value: Option<Unreduced>,
    pub(super) numerator: Option<Decimal>,
    pub(super) denominator: Option<Decimal>,
    pub(super) bounds: Option<(Unreduced, Unreduced)>,
    pub(super) wilson: Option<(f64, f64)>,
    pub(super) durations: Option<Waiting>,
}

/// What is computed of the ranks of a duration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) open: i64,
    pub(super) competing: i64,
    pub(super) shortest: Option<Unreduced>,
    pub(super) longest: Option<Unreduced>,
}

/// The figures of one line: of the indicator, or of both sides of a ratio of two. `None` where there are none.
pub(super) type Sides<'a> = [Option<&'a Figures>; 2];

/// What is counted on both sides of a line.
pub(super) fn sum(sides: Sides<'_>, of: fn(&Figures) -> i64) -> i64 {
    sides.into_iter().flatten().map(of).sum()
}

/// How the lines of an item follow from their figures.
pub(super) struct Deriving<'p> {
    item: &'p Item,
    /// The digits after the point of what is above and below, for each side.
    scales: [(u32, u32); 2],
    confidence: Option<f64>,
    snapshot_on: NaiveDate,
}

impl<'p> Deriving<'p> {
    pub(super) fn new(plan: &Plan, item: &'p Item) -> Self {
        let mut scales = item.sides.iter().map(scales);
        let scales = [(); 2].map(|()| scales.next().unwrap_or_default());
        Self { item, scales, confidence: plan.confidence, snapshot_on: plan.ledger.snapshot_on() }
    }

    /// Whether the lines of a span are cohorts that are too young.
    pub(super) fn is_immature(&self, span: &Span) -> bool {
        self.item.is_immature(span, self.snapshot_on)
    }

    /// The numbers of a line. A cohort that is too young has figures of its older members only: they are not its own.
    pub(super) fn derive(&self, sides: Sides<'_>, immature: bool) -> Derived {
        let indicator = &self.item.indicator;
        let [(above, below), (other, _)] = self.scales;
        match (&indicator.measure, sides) {
            (Measure::RatioOf { .. }, [first, second]) if !immature => {
                let side = |number: usize, figures: Option<&Figures>, scale| {
                    let side = self.item.sides.get(number)?;
                    of_one(&side.indicator, figures?, scale, 0).numerator
                };
                divided(side(0, first, above), side(1, second, other))
            }
            (measure, [Some(figures), _]) if !immature => {
                let wilson = match (self.confidence, measure) {
                    (Some(confidence), Measure::Share { weight: None, .. }) => {
                        stats::wilson(figures.met, figures.members, confidence)
                    }
                    _ => None,
                };
                Derived { wilson, ..of_one(indicator, figures, above, below) }
            }
            _ => Derived::default(),
        }
    }

    /// Refuses numbers that do not fit, of several lines.
    ///
    /// # Errors
    ///
    /// A value that 128 bits do not hold.
    pub(super) fn check<'f>(&self, mut lines: impl Iterator<Item = Sides<'f>>, immature: bool) -> Result<()> {
        let divides = match &self.item.indicator.measure {
            Measure::Ratio { .. } | Measure::RatioOf { .. } | Measure::Share { weight: Some(_), .. } => true,
            // Rows are counted in 64 bits, and days lie within them.
            _ => false,
        };
        if !divides || immature {
            return Ok(());
        }
        // A look at the figures is enough for most lines: small numbers are divided by small numbers.
        let plain = self.scales.iter().all(|(above, below)| (*above).max(*below) <= SMALL_SCALE);
        let is_small = |sides: &Sides<'_>| plain && sides.iter().flatten().all(|figures| figures.is_small());
        lines.try_for_each(|sides| if is_small(&sides) { Ok(()) } else { self.fitting(self.derive(sides, false)) })
    }

    fn fitting(&self, derived: Derived) -> Result<()> {
        if derived.value.is_none_or(Unreduced::fits) {
            return Ok(());
        }
        let message = ErrorCode::Overflow.message().with("indicator", &self.item.indicator.id);
        Err(Error::new(ErrorKind::Compute, message))
    }

    /// A line as it is looked at, of figures that were checked.
    pub(super) fn row(&self, place: Place, figures: Vec<Figures>) -> Row {
        let immature = self.is_immature(&place.span);
        let sides = [figures.first(), figures.get(1)];
        let derived = self.derive(sides, immature);
        let reduced = |number: Option<Unreduced>| number.and_then(Unreduced::reduced);
        let bounds = derived.bounds.and_then(|(lower, upper)| Some((lower.reduced()?, upper.reduced()?)));
        Row {
            indicator: self.item.indicator.id.clone(),
            groups: place.groups,
            total: place.total,
            basis: self.item.indicator.basis,
            period_start: place.span.start,
            period_end: place.span.end,
            as_of: place.span.as_of,
            value: reduced(derived.value),
            numerator: derived.numerator,
            denominator: derived.denominator,
            unknown: sum(sides, |f| f.unknown),
            population_unknown: sum(sides, |f| f.population_unknown),
            population_unknown_met: sum(sides, |f| f.population_unknown_met),
            population_unknown_not_met: sum(sides, |f| f.population_unknown_not_met),
            excluded: sum(sides, |f| f.excluded),
            lower: bounds.map(|(lower, _)| lower),
            upper: bounds.map(|(_, upper)| upper),
            wilson: derived.wilson,
            durations: derived.durations.map(|waiting| Durations {
                open: waiting.open,
                competing: waiting.competing,
                shortest: reduced(waiting.shortest),
                longest: reduced(waiting.longest),
            }),
            immature,
            undated: place.undated,
            complete: place.complete && !immature,
            figures,
        }
    }

    /// A line of figures that were not checked.
    ///
    /// # Errors
    ///
    /// A value that 128 bits do not hold.
    pub(super) fn checked_row(&self, place: Place, figures: Vec<Figures>) -> Result<Row> {
        self.fitting(self.derive([figures.first(), figures.get(1)], self.is_immature(&place.span)))?;
        Ok(self.row(place, figures))
    }
}

/// Where a line stands in the answer.
pub(super) struct Place {
    pub(super) groups: Vec<Option<String>>,
    pub(super) total: bool,
    pub(super) span: Span,
    pub(super) complete: bool,
    pub(super) undated: Vec<String>,
}

/// Columns without a date that the spans of an item read for another day than the ledger's.
pub(super) fn undated(item: &Item) -> Vec<String> {
    let names: BTreeSet<_> = item.sides.iter().flat_map(|side| side.undated.iter().cloned()).collect();
    names.into_iter().collect()
}

fn of_one(indicator: &Indicator, f: &Figures, above: u32, below: u32) -> Derived {
    let count = |rows: i64| Decimal::whole(rows.into());
    let plain = |number: Decimal, bounds: Option<(i64, i64)>| Derived {
        value: Some(Unreduced::Decimal(number)),
        numerator: Some(number),
        bounds: bounds.map(|(lower, upper)| (whole(lower.into()), whole(upper.into()))),
        ..Derived::default()
    };
    match &indicator.measure {
        Measure::Count { .. } => {
            let most = f.met + f.unknown + f.population_unknown - f.population_unknown_not_met;
            plain(count(f.met), Some((f.met, most)))
        }
        Measure::Distinct { .. } => {
            let sure = i64::try_from(f.above).unwrap_or(i64::MAX);
            plain(Decimal::whole(f.above), Some((sure, f.possible)))
        }
        // Rows, of which none is known, have no sum; no rows have the sum 0.
        Measure::Sum { .. } if f.met > 0 || f.unknown == 0 => plain(Decimal { unscaled: f.above, scale: above }, None),
        Measure::Sum { .. } => Derived::default(),
        Measure::Share { weight: None, .. } => {
            let bounds = bounds(&ShareParts {
                met: f.met.into(),
                unknown: f.unknown.into(),
                members: f.members.into(),
                perhaps: f.population_unknown.into(),
                perhaps_met: f.population_unknown_met.into(),
                perhaps_not_met: f.population_unknown_not_met.into(),
            });
            Derived { bounds, ..divided(Some(count(f.met)), Some(count(f.members))) }
        }
        Measure::Share { weight: Some(_), .. } => {
            let w = f.weights();
            let parts = ShareParts {
                met: w.met,
                unknown: w.unknown,
                members: w.members,
                perhaps: w.population_unknown,
                perhaps_met: w.population_unknown_met,
                perhaps_not_met: w.population_unknown_not_met,
            };
            let weight = |unscaled| Some(Decimal { unscaled, scale: above });
            let bounds = if w.unbounded == 0 { bounds(&parts) } else { None };
            Derived { bounds, ..divided(weight(w.met), weight(w.members)) }
        }
        Measure::Ratio { .. } => divided(
            Some(Decimal { unscaled: f.above, scale: above }),
            Some(Decimal { unscaled: f.below, scale: below }),
        ),
        Measure::Days(_) => {
            let Ranks { competing, value, shortest, longest } = f.ranks();
            let mean = |middle: Middle| {
                let twice = i128::from(middle.first) + i128::from(middle.next);
                Unreduced::Quotient(Decimal::whole(twice), Decimal::whole(2))
            };
            Derived {
                value: value.map(mean),
                numerator: Some(count(f.met)),
                denominator: Some(count(f.members)),
                durations: Some(Waiting {
                    open: f.members - f.met - f.unknown - competing,
                    competing,
                    shortest: shortest.map(mean),
                    longest: longest.map(mean),
                }),
                ..Derived::default()
            }
        }
        _ => Derived::default(),
    }
}

fn whole(number: i128) -> Unreduced {
    Unreduced::Decimal(Decimal::whole(number))
}

/// A quotient with what it is made of; it is none over nothing.
fn divided(numerator: Option<Decimal>, denominator: Option<Decimal>) -> Derived {
    let value = numerator.zip(denominator).and_then(|(above, below)| Unreduced::quotient(above, below));
    Derived { value, numerator, denominator, ..Derived::default() }
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
fn bounds(parts: &ShareParts) -> Option<(Unreduced, Unreduced)> {
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
    let share = |met: i128, members: i128| {
        Unreduced::quotient(Decimal::whole(met), Decimal::whole(members)).filter(|share| share.fits())
    };
    Some((
        share(parts.met, parts.members + failing)?,
        share(parts.met + parts.unknown + meeting, parts.members + meeting)?,
    ))
}

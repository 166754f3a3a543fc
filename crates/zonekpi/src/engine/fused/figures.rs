//! What is to be counted and summed for one side of an item: each figure as a bitmap of the graph, with the number that
//! is summed over it. The rules are those of the reference engine, written over sure and possible rows.

use super::Unfit;
use super::columns::NEVER;
use super::lower::{Lowering, Moments};
use super::number::Number;
use super::scalar::Value;
use super::truth::{FALSE, Graph, Id, Part as Bitmap, Source, TRUE, Truth};
use crate::indicator::{Basis, Measure, Part, Scalar};
use crate::query::plan::{Side, Span, to_epoch};

/// Where a figure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Members,
    Met,
    Unknown,
    PopulationUnknown,
    PopulationUnknownMet,
    PopulationUnknownNotMet,
    Excluded,
    Above,
    Below,
    WeightOfMembers,
    WeightOfMet,
    WeightOfUnknown,
    WeightOfPopulationUnknown,
    WeightOfPopulationUnknownMet,
    WeightOfPopulationUnknownNotMet,
    Unbounded,
}

/// A figure: how many rows of a bitmap there are, or the sum of a number over them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub(super) slot: Slot,
    pub(super) rows: Id,
    pub(super) number: Option<Number>,
}

fn day(day: chrono::NaiveDate) -> i32 {
    // A calendar day has at most nine digits; what is further is never.
    i32::try_from(to_epoch(day)).unwrap_or(NEVER)
}

/// The dates of a side, without what `within` adds.
pub(super) fn moments(spans: &[Span], snapshot_on: chrono::NaiveDate) -> Moments {
    let as_of = spans.iter().map(|span| day(span.as_of)).collect();
    Moments { as_of, snapshot_on: day(snapshot_on), within: None }
}

/// What a row adds to a sum, or to one side of a ratio.
struct Adds {
    /// It is known what is added.
    known: Id,
    /// It applies and its value is none.
    none: Id,
    /// Rows that add something, among those of which it is known.
    applies: Id,
    number: Option<Number>,
}

/// How a measure judges rows.
struct Measured {
    outcome: Truth,
    above: Option<(Id, Option<Number>)>,
    below: Option<(Id, Option<Number>)>,
    weight: Option<Value>,
}

impl Lowering<'_, '_> {
    /// The figures of a side.
    pub(super) fn figures(&mut self, side: &Side, moments: &Moments) -> Result<Vec<Figure>, Unfit> {
        let indicator = &side.indicator;
        if indicator.once.is_some() {
            return Err(Unfit::Once);
        }
        let mut judged = moments.clone();
        judged.within = match (&indicator.time, side.within) {
            (Some(time), Some(days)) => Some((time.clone(), days)),
            _ => None,
        };
        let before = [
            self.predicate(&side.filter, moments)?,
            self.dated(side, moments)?,
            self.predicate(&indicator.population, moments)?,
        ];
        let mut out = vec![self.phased(side)?, self.cancelled(side, moments)?, self.immature(side, moments)?];
        for exclusion in &indicator.exclude {
            out.push(self.predicate(&exclusion.when, moments)?);
        }
        let measured = self.measured(&indicator.measure, &judged)?;
        let graph = &mut *self.graph;
        let before = graph.truth_and(&before);
        let out = graph.truth_or(&out);
        let kept = graph.truth_not(out);
        let member = graph.truth_and(&[before, kept]);
        let excluded = graph.and([before.sure, out.sure]);
        let maybe = graph.minus(member.possible, member.sure);
        let outcome = measured.outcome;
        let open = graph.minus(outcome.possible, outcome.sure);
        let fails = graph.not(outcome.possible);
        let (yes, met) = (member.sure, outcome.sure);
        let counted = graph.and([yes, met]);
        let mut figures = Vec::new();
        let mut count = |slot, rows, number| figures.push(Figure { slot, rows, number });
        count(Slot::Members, yes, None);
        count(Slot::Met, counted, None);
        count(Slot::Unknown, graph.and([yes, open]), None);
        count(Slot::PopulationUnknown, maybe, None);
        count(Slot::PopulationUnknownMet, graph.and([maybe, met]), None);
        count(Slot::PopulationUnknownNotMet, graph.and([maybe, fails]), None);
        count(Slot::Excluded, excluded, None);
        for (slot, added) in [(Slot::Above, measured.above), (Slot::Below, measured.below)] {
            if let Some((applies, number)) = added {
                count(slot, graph.and([counted, applies]), number);
            }
        }
        if let Some(weight) = measured.weight {
            let there = {
                let known = graph.not(weight.null);
                let read = graph.not(weight.unknown);
                graph.and([known, read])
            };
            let parts = [
                (Slot::WeightOfMembers, yes, TRUE),
                (Slot::WeightOfMet, yes, met),
                (Slot::WeightOfUnknown, yes, open),
                (Slot::WeightOfPopulationUnknown, maybe, TRUE),
                (Slot::WeightOfPopulationUnknownMet, maybe, met),
                (Slot::WeightOfPopulationUnknownNotMet, maybe, fails),
            ];
            for (slot, rows, judged) in parts {
                count(slot, graph.and([rows, judged, there]), Some(weight.number));
            }
            let zero = graph.whole(0)?;
            let negative = graph.below(weight.number, zero);
            let negative = graph.and([negative, there]);
            let missing = graph.not(there);
            let missing = graph.and([missing, open]);
            let unbounded = graph.or([missing, negative]);
            count(Slot::Unbounded, graph.and([member.possible, unbounded]), None);
        }
        figures.retain(|figure| figure.rows != FALSE);
        Ok(figures)
    }

    /// Whether rows are placed in the period.
    fn dated(&mut self, side: &Side, moments: &Moments) -> Result<Truth, Unfit> {
        let indicator = &side.indicator;
        let Some(time) = &indicator.time else { return Ok(Truth::TRUE) };
        let last: Vec<i32> = (side.spans.iter().zip(&moments.as_of))
            .map(|(span, as_of)| match indicator.basis {
                Basis::Stock => *as_of,
                Basis::Flow if time.is_event() => day(span.end).min(*as_of),
                // The year's plan is the year's plan: a planned flow is not cut at the date asked about.
                Basis::Flow => day(span.end),
            })
            .collect();
        let starts = side.spans.iter().map(|span| span.start.map(day));
        let first = match side.spans.iter().any(|span| span.start.is_some()) {
            true => Some(starts.map(|start| start.unwrap_or(-Graph::BEYOND)).collect::<Vec<_>>()),
            false => None,
        };
        self.in_days(time, first.as_deref(), &last)
    }

    fn phased(&mut self, side: &Side) -> Result<Truth, Unfit> {
        let Some(phases) = self.tables.phases(side.table)? else { return Ok(Truth::FALSE) };
        let source = Source::Phases(phases);
        let sure = self.graph.bits(source.clone(), Bitmap::Sure);
        Ok(Truth { sure, possible: self.graph.bits(source, Bitmap::Possible) })
    }

    fn cancelled(&mut self, side: &Side, moments: &Moments) -> Result<Truth, Unfit> {
        match &side.cancelled {
            Some(event) => self.in_days(event, None, &moments.as_of),
            None => Ok(Truth::FALSE),
        }
    }

    /// Whether rows are younger than asked.
    fn immature(&mut self, side: &Side, moments: &Moments) -> Result<Truth, Unfit> {
        let (Some(time), Some(days)) = (&side.indicator.time, side.min_age) else { return Ok(Truth::FALSE) };
        let days = i32::try_from(days).map_err(|_| Unfit::Wide)?;
        let old: Vec<i32> = moments.as_of.iter().map(|day| day - days).collect();
        let mature = self.in_days(time, None, &old)?;
        Ok(self.graph.truth_not(mature))
    }

    fn adds(&mut self, part: &Part, moments: &Moments) -> Result<Adds, Unfit> {
        match part {
            Part::Count { when } => {
                let met = self.predicate(when, moments)?;
                let open = self.graph.minus(met.possible, met.sure);
                let known = self.graph.not(open);
                Ok(Adds { known, none: FALSE, applies: met.sure, number: None })
            }
            Part::Sum { value, when } => {
                let met = self.predicate(when, moments)?;
                let value = self.scalar(value, moments)?;
                let open = self.graph.minus(met.possible, met.sure);
                let unread = self.graph.and([met.sure, value.unknown]);
                let unknown = self.graph.or([open, unread]);
                let known = self.graph.not(unknown);
                let none = self.none(&value);
                let none = self.graph.and([met.sure, none]);
                let there = self.graph.not(value.null);
                let applies = self.graph.and([met.sure, there]);
                Ok(Adds { known, none, applies, number: Some(value.number) })
            }
            Part::Distinct { .. } => Err(Unfit::Distinct),
        }
    }

    fn measured(&mut self, measure: &Measure, moments: &Moments) -> Result<Measured, Unfit> {
        let by = |outcome| Measured { outcome, above: None, below: None, weight: None };
        match measure {
            Measure::Count { condition } | Measure::Share { condition, weight: None } => {
                Ok(by(self.predicate(condition, moments)?))
            }
            Measure::Share { condition, weight: Some(weight) } => self.weighted(condition, weight, moments),
            Measure::Sum { value, when } => {
                let added = self.adds(&Part::Sum { value: value.clone(), when: when.clone() }, moments)?;
                let met = self.predicate(when, moments)?;
                // False where nothing is added: the condition fails, or the value is none.
                let judged = self.graph.choose(added.none, Truth::FALSE, met);
                let unknown = self.graph.not(added.known);
                let outcome = self.graph.unless(unknown, judged);
                Ok(Measured { above: Some((added.applies, added.number)), ..by(outcome) })
            }
            Measure::Ratio { numerator, denominator } => {
                let (above, below) = (self.adds(numerator, moments)?, self.adds(denominator, moments)?);
                let graph = &mut *self.graph;
                let known = graph.and([above.known, below.known]);
                let none = graph.or([above.none, below.none]);
                let added = Truth::known(graph.not(none));
                let unknown = graph.not(known);
                let outcome = graph.unless(unknown, added);
                Ok(Measured {
                    above: Some((above.applies, above.number)),
                    below: Some((below.applies, below.number)),
                    ..by(outcome)
                })
            }
            Measure::Distinct { .. } => Err(Unfit::Distinct),
            Measure::Days(_) => Err(Unfit::Days),
            // Its two sides are computed each for itself.
            Measure::RatioOf { .. } => Ok(by(Truth::TRUE)),
        }
    }

    fn weighted(
        &mut self,
        condition: &crate::indicator::Predicate,
        weight: &Scalar,
        moments: &Moments,
    ) -> Result<Measured, Unfit> {
        let condition = self.predicate(condition, moments)?;
        let weight = self.scalar(weight, moments)?;
        let none = self.none(&weight);
        let judged = self.graph.choose(none, Truth::FALSE, condition);
        let outcome = self.graph.unless(weight.unknown, judged);
        Ok(Measured { outcome, above: None, below: None, weight: Some(weight) })
    }
}

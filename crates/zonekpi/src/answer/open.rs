//! From a cell down: the rows behind it, and the steps from all rows of the ledger to the number.

use std::collections::HashMap;

use polars::prelude::*;

use super::wait::{End, Wait};
use super::{Cell, KpiTable, refused};
use crate::engine::reference::days::{COMPETED, LONGEST, SHORTEST, WAITED};
use crate::engine::reference::{
    self, CANCELLED, DATED, ENTITY, EXCLUDED, FILTER, GROUP, MATURE, MEMBER, OUTCOME, PHASED, POPULATION,
};
use crate::error::Result;
use crate::indicator::Measure;
use crate::ledger::Table;
use crate::message::{ErrorCode, Language, Phrase};
use crate::query::plan::{Plan, Side};

/// What a row is to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Member,
    Perhaps,
    Excluded,
    Out,
}

impl KpiTable {
    /// The rows behind a cell: the ledger's own columns, then `outcome` (`met`, `not_met`, `unknown`,
    /// `population_unknown`, `excluded`, with `once` also `repeated`), `excluded` (the reason, or null) and the truth of
    /// each clause: `filter`, `dated`, `population`, `mature` (Boolean, null where unknown). Of a ratio of two indicators,
    /// `side` says to which a row belongs. Of a duration, `shortest` and `longest` are its days (null where the event
    /// surely, or perhaps, was not reached), and `competing` says that the competing event came first.
    ///
    /// The counts of the outcomes are the cell's figures: `met`, `unknown`, `population_unknown`, `excluded`.
    ///
    /// # Errors
    ///
    /// A cell that the table does not have, or that is not told apart; a merged table, which opens in its parts.
    pub fn open(&self, id: &str, cell: &Cell) -> Result<DataFrame> {
        let plan = self.opened()?;
        let sides = self.sides(plan, id, cell)?;
        let named = sides.len() > 1;
        let mut frames = Vec::with_capacity(sides.len());
        for (side, name, judged) in sides {
            let mut frame = listed(plan, side, &judged)?;
            if named {
                frame.insert_column(
                    0,
                    Column::new_scalar(
                        "side".into(),
                        polars::prelude::Scalar::from(PlSmallStr::from_static(name)),
                        frame.height(),
                    ),
                )?;
            }
            frames.push(frame);
        }
        stacked(frames)
    }

    /// The steps from all rows to the cell's number: `step`, `label`, and how many rows are `in`, went `out` at this
    /// step, or are `unknown` (Int64). `in` + `out` + `unknown` of a step is `in` + `unknown` of the one before; the
    /// last step splits the denominator. Of a ratio of two indicators, `side` says whose steps they are.
    ///
    /// # Errors
    ///
    /// As [`KpiTable::open`].
    pub fn attrition(&self, id: &str, cell: &Cell, language: Language) -> Result<DataFrame> {
        let plan = self.opened()?;
        let sides = self.sides(plan, id, cell)?;
        let named = sides.len() > 1;
        let (mut names, mut steps, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let mut counts: [Vec<i64>; 3] = Default::default();
        for (side, name, judged) in sides {
            for (phrase, [into, out, unknown]) in attrition_steps(side, &judged)? {
                names.push(name);
                steps.push(phrase.as_str().trim_start_matches("step_"));
                labels.push(phrase.message().text(language));
                for (all, one) in counts.iter_mut().zip([into, out, unknown]) {
                    all.push(one);
                }
            }
        }
        let mut columns = Vec::new();
        if named {
            columns.push(StringChunked::from_slice("side".into(), &names).into_column());
        }
        columns.push(StringChunked::from_slice("step".into(), &steps).into_column());
        columns.push(
            labels.iter().map(|l| Some(l.as_str())).collect::<StringChunked>().with_name("label".into()).into_column(),
        );
        for (name, count) in ["in", "out", "unknown"].into_iter().zip(counts) {
            columns.push(Int64Chunked::from_vec(name.into(), count).into_column());
        }
        Ok(DataFrame::new(steps.len(), columns)?)
    }

    /// How long each member of a cell of a duration waited, and what ended it.
    pub(crate) fn waits(&self, id: &str, cell: &Cell) -> Result<Vec<Wait>> {
        let plan = self.opened()?;
        let mut waits = Vec::new();
        for (_, _, judged) in self.sides(plan, id, cell)? {
            let days = judged.rows.column(WAITED)?.i64()?;
            let competed = judged.rows.column(COMPETED)?.bool()?;
            for (row, state, outcome) in judged.counted() {
                if state != State::Member {
                    continue;
                }
                // Of a row that nobody knows how long it waited, not a day was observed.
                waits.push(match (days.get(row), outcome) {
                    (Some(days), Some(true)) => Wait { days, end: End::Event },
                    (Some(days), Some(false)) if competed.get(row) == Some(true) => Wait { days, end: End::Competing },
                    (days, _) => Wait { days: days.unwrap_or(0), end: End::Censored },
                });
            }
        }
        Ok(waits)
    }

    fn opened(&self) -> Result<&Plan> {
        match self.plans.as_slice() {
            [plan] if plan.scanned => Err(refused(ErrorCode::ScanDoesNotOpen.message())),
            [plan] if plan.dimensions.len() == self.dimensions.len() => Ok(plan),
            _ => Err(refused(ErrorCode::MergedDoesNotOpen.message())),
        }
    }

    /// The rows of each side of a cell, judged.
    fn sides<'p>(&self, plan: &'p Plan, id: &str, cell: &Cell) -> Result<Vec<(&'p Side, &'static str, Judged)>> {
        let line = self.row(id, cell)?;
        let (item, _) = self.indicator(id)?;
        let Some(item) = plan.items.get(item) else { return Ok(Vec::new()) };
        let Some(span) =
            item.spans.iter().position(|span| (span.start, span.end) == (line.period_start, line.period_end))
        else {
            return Ok(Vec::new());
        };
        let group = (!line.total).then_some(line.groups.as_slice());
        let mut sides = Vec::with_capacity(item.sides.len());
        for (side, name) in item.sides.iter().zip(["numerator", "denominator"]) {
            if let Some(span) = side.spans.get(span) {
                let rows = reference::open(plan, side, span, group)?;
                sides.push((side, name, Judged::new(side, rows)?));
            }
        }
        Ok(sides)
    }
}

/// The rows of a side with what each is to the cell.
struct Judged {
    rows: DataFrame,
    /// Whether the row belongs to the cell's group.
    here: Vec<bool>,
    state: Vec<State>,
    outcome: Vec<Option<bool>>,
    /// With `once`: the row that stands for its entity, and the entity's state.
    entities: Option<HashMap<usize, State>>,
}

impl Judged {
    fn new(side: &Side, rows: DataFrame) -> Result<Self> {
        let truths =
            |name: &str| -> PolarsResult<Vec<Option<bool>>> { Ok(rows.column(name)?.bool()?.iter().collect()) };
        let here: Vec<bool> = rows.column(GROUP)?.u32()?.iter().map(|code| code.is_some()).collect();
        let (member, excluded, outcome) = (truths(MEMBER)?, truths(EXCLUDED)?, truths(OUTCOME)?);
        let mut state: Vec<_> = member
            .iter()
            .zip(&excluded)
            .map(|(member, excluded)| match (member, excluded) {
                (Some(true), _) => State::Member,
                (None, _) => State::Perhaps,
                (_, Some(true)) => State::Excluded,
                _ => State::Out,
            })
            .collect();
        let mut entities = None;
        if side.indicator.once.is_some() {
            let keys = rows.column(ENTITY)?.str()?.clone();
            let mut strongest: HashMap<&str, (State, usize)> = HashMap::new();
            let mut stand: HashMap<usize, State> = HashMap::new();
            let rank = |state: State| match state {
                State::Member => 3,
                State::Perhaps => 2,
                State::Excluded => 1,
                State::Out => 0,
            };
            for (i, key) in keys.iter().enumerate() {
                if !here.get(i).copied().unwrap_or(false) {
                    continue;
                }
                let Some(own) = state.get_mut(i) else { continue };
                match key {
                    // A row whose key is blank stands for itself and is never sure.
                    None => {
                        if *own == State::Member {
                            *own = State::Perhaps;
                        }
                        if *own != State::Out {
                            stand.insert(i, *own);
                        }
                    }
                    Some(key) => {
                        let entry = strongest.entry(key).or_insert((*own, i));
                        if rank(*own) > rank(entry.0) {
                            *entry = (*own, i);
                        }
                    }
                }
            }
            stand
                .extend(strongest.into_values().filter(|(state, _)| *state != State::Out).map(|(state, i)| (i, state)));
            entities = Some(stand);
        }
        Ok(Self { rows, here, state, outcome, entities })
    }

    /// The place and the state of what is counted: rows, or with `once` the rows that stand for entities.
    fn counted(&self) -> impl Iterator<Item = (usize, State, Option<bool>)> {
        self.here
            .iter()
            .zip(&self.state)
            .zip(&self.outcome)
            .enumerate()
            .filter(|(_, ((here, _), _))| **here)
            .filter_map(|(i, ((_, state), outcome))| match &self.entities {
                Some(entities) => entities.get(&i).map(|state| (i, *state, *outcome)),
                None => Some((i, *state, *outcome)),
            })
    }
}

/// The rows of the ledger that belong to a cell, with outcomes and clauses.
fn listed(plan: &Plan, side: &Side, judged: &Judged) -> Result<DataFrame> {
    let mut places = Vec::new();
    let mut outcomes = Vec::new();
    for (i, ((here, state), outcome)) in judged.here.iter().zip(&judged.state).zip(&judged.outcome).enumerate() {
        if !here || *state == State::Out {
            continue;
        }
        let state = match &judged.entities {
            Some(entities) => entities.get(&i).copied(),
            None => Some(*state),
        };
        places.push(u32::try_from(i).unwrap_or(u32::MAX));
        outcomes.push(match (state, outcome) {
            (None, _) => "repeated",
            (Some(State::Perhaps), _) => "population_unknown",
            (Some(State::Excluded), _) => "excluded",
            (_, Some(true)) => "met",
            (_, Some(false)) => "not_met",
            (_, None) => "unknown",
        });
    }
    let places = UInt32Chunked::from_vec("#place".into(), places);
    let chosen = judged.rows.take(&places)?;
    let table = plan.ledger.table(side.table).map(Table::frame).transpose()?;
    let mut frame = table.unwrap_or(&DataFrame::empty()).take(&places)?;
    let mut reasons: Vec<Option<String>> = vec![None; chosen.height()];
    let mut why = vec![(PHASED.to_owned(), "phase".to_owned(), true)];
    why.extend(side.indicator.reasons().enumerate().map(|(i, reason)| (reference::rule(i), reason.to_owned(), true)));
    why.push((CANCELLED.to_owned(), "cancelled".to_owned(), true));
    why.push((MATURE.to_owned(), "immature".to_owned(), false));
    for (column, reason, when) in why {
        for (i, truth) in chosen.column(&column)?.bool()?.iter().enumerate() {
            if truth == Some(when)
                && let (Some(slot @ None), Some(true)) = (reasons.get_mut(i), chosen.column(EXCLUDED)?.bool()?.get(i))
            {
                *slot = Some(reason.clone());
            }
        }
    }
    let mut told = vec![
        StringChunked::from_slice("outcome".into(), &outcomes).into_column(),
        reasons.into_iter().collect::<StringChunked>().with_name("excluded".into()).into_column(),
    ];
    for (name, shown) in [(FILTER, "filter"), (DATED, "dated"), (POPULATION, "population"), (MATURE, "mature")] {
        told.push(chosen.column(name)?.clone().with_name(shown.into()));
    }
    if matches!(side.indicator.measure, Measure::Days(_)) {
        for (name, shown) in [(SHORTEST, "shortest"), (LONGEST, "longest"), (COMPETED, "competing")] {
            told.push(chosen.column(name)?.clone().with_name(shown.into()));
        }
    }
    for column in told {
        // A column of the ledger's own that bears such a name steps aside.
        let name = column.name().clone();
        if frame.schema().contains(&name) {
            frame.rename(&name, format!("{name}_in_ledger").into())?;
        }
        frame.with_column(column)?;
    }
    Ok(frame)
}

/// Each step with how many rows are in, went out and are unknown.
fn attrition_steps(side: &Side, judged: &Judged) -> Result<Vec<(Phrase, [i64; 3])>> {
    let height = judged.rows.height();
    let truths =
        |name: &str| -> PolarsResult<Vec<Option<bool>>> { Ok(judged.rows.column(name)?.bool()?.iter().collect()) };
    let not = |all: Vec<Option<bool>>| -> Vec<Option<bool>> { all.into_iter().map(|t| t.map(|t| !t)).collect() };
    let and = |a: Option<bool>, b: Option<bool>| match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let mut rules = vec![Some(true); height];
    for (number, _) in side.indicator.reasons().enumerate() {
        for (all, one) in rules.iter_mut().zip(not(truths(&reference::rule(number))?)) {
            *all = and(*all, one);
        }
    }
    let clauses = [
        (Phrase::StepFilter, truths(FILTER)?),
        (Phrase::StepPhases, not(truths(PHASED)?)),
        (Phrase::StepDated, truths(DATED)?),
        (Phrase::StepPopulation, truths(POPULATION)?),
        (Phrase::StepExclusions, rules),
        (Phrase::StepCancelled, not(truths(CANCELLED)?)),
        (Phrase::StepMature, truths(MATURE)?),
    ];
    let mut so_far: Vec<Option<bool>> = judged.here.iter().map(|here| here.then_some(true).or(Some(false))).collect();
    let tally = |all: &[Option<bool>]| {
        let into = all.iter().filter(|t| **t == Some(true)).count() as i64;
        (into, all.iter().filter(|t| t.is_none()).count() as i64)
    };
    let (all, _) = tally(&so_far);
    let mut steps = vec![(Phrase::StepRows, [all, 0, 0])];
    let mut left = all;
    for (phrase, clause) in clauses {
        for (state, truth) in so_far.iter_mut().zip(clause) {
            *state = and(*state, truth);
        }
        let (into, unknown) = tally(&so_far);
        steps.push((phrase, [into, left - into - unknown, unknown]));
        left = into + unknown;
    }
    let (mut members, mut perhaps, mut met, mut open) = (0i64, 0i64, 0i64, 0i64);
    for (_, state, outcome) in judged.counted() {
        match state {
            State::Member => {
                members += 1;
                met += i64::from(outcome == Some(true));
                open += i64::from(outcome.is_none());
            }
            State::Perhaps => perhaps += 1,
            State::Excluded | State::Out => {}
        }
    }
    steps.push((Phrase::StepDenominator, [members, left - members - perhaps, perhaps]));
    steps.push((Phrase::StepMet, [met, members - met - open, open]));
    Ok(steps)
}

/// Frames one below the other; a column that one of them lacks is null there.
fn stacked(frames: Vec<DataFrame>) -> Result<DataFrame> {
    let mut names: Vec<(PlSmallStr, DataType)> = Vec::new();
    for frame in &frames {
        for column in frame.columns() {
            match names.iter_mut().find(|(name, _)| name == column.name()) {
                Some((_, dtype)) if dtype != column.dtype() => *dtype = DataType::String,
                Some(_) => {}
                None => names.push((column.name().clone(), column.dtype().clone())),
            }
        }
    }
    let mut all: Option<DataFrame> = None;
    for frame in frames {
        let columns = names
            .iter()
            .map(|(name, dtype)| match frame.column(name) {
                Ok(column) => column.cast(dtype),
                Err(_) => Ok(Column::full_null(name.clone(), frame.height(), dtype)),
            })
            .collect::<PolarsResult<Vec<_>>>()?;
        let frame = DataFrame::new(frame.height(), columns)?;
        all = Some(match all {
            Some(all) => all.vstack(&frame)?,
            None => frame,
        });
    }
    Ok(all.unwrap_or_else(DataFrame::empty))
}

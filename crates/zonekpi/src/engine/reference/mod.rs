//! The reference engine: the plan as plain Polars expressions, clear before fast, and the oracle for the others.
//!
//! For each side and span, every row gets the truth of each clause, its membership, its outcome and what it adds;
//! with `once`, the rows of an entity are then folded into one; last, groups are counted and summed. Each period is
//! computed on its own, by the definition, so that nothing is shared with the interval algebra of faster engines.

pub(crate) mod days;
pub(crate) mod group;
mod lower;
pub(crate) mod phases;
mod prepare;

use polars::prelude::*;

use self::lower::{Moment, Value, in_days, interval, interval_of_time, predicate, scalar};
use self::prepare::{PHASE, ROW, key};
use super::{Computed, Figures, OfItem, Weights};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Basis, Indicator, Measure, Part, Predicate, Scalar};
use crate::message::ErrorCode;
use crate::query::plan::{Item, Plan, Side, Span, to_epoch};

use self::group::Groups;

/// What answers call it.
pub(crate) const NAME: &str = "reference";

/// Names of the clauses of a row, in the order in which attrition takes them. All are truths.
pub(crate) const FILTER: &str = "#filter";
pub(crate) const DATED: &str = "#dated";
pub(crate) const POPULATION: &str = "#population";
pub(crate) const CANCELLED: &str = "#cancelled";
pub(crate) const MATURE: &str = "#mature";
pub(crate) const MEMBER: &str = "#member";
pub(crate) const OUTCOME: &str = "#outcome";
/// Surely in but for an exclusion, and surely excluded. Never null.
pub(crate) const EXCLUDED: &str = "#excluded";
/// The code of the row's group; null where it is in none that the answer lists.
pub(crate) const GROUP: &str = "#group";
/// The entity of `once`; null where its key is blank.
pub(crate) const ENTITY: &str = "#entity";
pub(crate) const PHASED: &str = PHASE;
pub(crate) const PLACE: &str = ROW;

const ABOVE: &str = "#above";
const BELOW: &str = "#below";
const ABOVE_ENTITY: &str = "#above_entity";
const BELOW_ENTITY: &str = "#below_entity";
const WEIGHT: &str = "#weight";

/// The truth of one exclusion rule.
pub(crate) fn rule(number: usize) -> String {
    format!("#rule{number}")
}

/// Runs all items of a plan.
pub(crate) fn run(plan: &Plan) -> Result<Computed> {
    let items: Vec<&Item> = plan.items.iter().collect();
    let prepared = prepared(plan, &items)?;
    let groups = Groups::find(plan, &prepared)?;
    let figures = figures(plan, &items, prepared, &groups)?;
    Ok(Computed { groups: groups.into_values(), figures, engines: vec![NAME; plan.items.len()] })
}

/// Runs some items of a plan, in groups that are known.
pub(crate) fn run_of(plan: &Plan, items: &[&Item], groups: &[Vec<Option<String>>]) -> Result<Vec<OfItem>> {
    let prepared = prepared(plan, items)?;
    figures(plan, items, prepared, &Groups::of(groups.to_vec()))
}

fn prepared(plan: &Plan, items: &[&Item]) -> Result<Vec<Vec<DataFrame>>> {
    let mut prepared: Vec<Vec<DataFrame>> = Vec::with_capacity(items.len());
    for item in items {
        prepared.push(item.sides.iter().map(|side| prepare::prepare(plan, side)).collect::<Result<_>>()?);
    }
    for (side, frame) in items.iter().flat_map(|item| &item.sides).zip(prepared.iter().flatten()) {
        fits(side, frame)?;
    }
    Ok(prepared)
}

fn figures(plan: &Plan, items: &[&Item], prepared: Vec<Vec<DataFrame>>, groups: &Groups) -> Result<Vec<OfItem>> {
    let mut figures = Vec::with_capacity(items.len());
    for (item, frames) in items.iter().zip(prepared) {
        let mut of_item = Vec::with_capacity(item.sides.len());
        for (side, frame) in item.sides.iter().zip(frames) {
            let frame = groups.code(side, frame)?;
            let mut of_side = Vec::new();
            for span in &side.spans {
                let rows = rows(plan, side, &frame, span)?;
                of_side.extend(count(side, rows.clone(), groups.len())?);
                if plan.totals {
                    let all = rows.with_column(everyone());
                    of_side.extend(count(side, all, 1)?);
                }
            }
            of_item.push(of_side);
        }
        figures.push(of_item);
    }
    Ok(figures)
}

/// The rows of one side at one span with the truth of each clause: what `rows()` and `attrition()` open. `group`
/// tells which rows belong to a cell; `None` is all of them.
pub(crate) fn open(plan: &Plan, side: &Side, span: &Span, group: Option<&[Option<String>]>) -> Result<DataFrame> {
    let groups = Groups::of(group.map(<[_]>::to_vec).into_iter().collect());
    let frame = prepare::prepare(plan, side)?;
    let frame = match group {
        Some(_) => groups.code(side, frame)?,
        None => frame.lazy().with_column(everyone()).collect()?,
    };
    Ok(rows(plan, side, &frame, span)?.collect()?)
}

/// The code of the one group of all rows.
fn everyone() -> Expr {
    lit(0u32).cast(DataType::UInt32).alias(GROUP)
}

fn row_filter(side: &Side, moment: &Moment) -> Result<Expr> {
    predicate(&side.filter, moment)
}

/// Whether rows are placed in the span.
fn dated(indicator: &Indicator, span: &Span, moment: &Moment) -> Expr {
    let Some(time) = &indicator.time else { return lit(true) };
    let first = span.start.map(to_epoch);
    if time.is_event() {
        let last = match indicator.basis {
            Basis::Stock => moment.as_of,
            Basis::Flow => to_epoch(span.end).min(moment.as_of),
        };
        return in_days(&interval(time), first, last);
    }
    // The year's plan is the year's plan: a planned flow is not cut at the date asked about.
    let last = match indicator.basis {
        Basis::Stock => moment.as_of,
        Basis::Flow => to_epoch(span.end),
    };
    in_days(&interval_of_time(time), first, last)
}

fn mature(side: &Side, moment: &Moment) -> Expr {
    match (&side.indicator.time, side.min_age) {
        (Some(time), Some(days)) => {
            let time = interval_of_time(time);
            let old = moment.as_of - days;
            when(time.from.gt(lit(old)))
                .then(lit(false))
                .when(time.to.lt_eq(lit(old)))
                .then(lit(true))
                .otherwise(lit(NULL).cast(DataType::Boolean))
        }
        _ => lit(true),
    }
}

/// What a row adds to one side of a ratio, or to a sum.
struct Adds {
    /// True where it may add, false where it has nothing to add, unknown where that or the value is unknown.
    known: Expr,
    /// True where `when` holds and the value is none, so that the row adds to neither side.
    none: Expr,
    /// The number added.
    number: Expr,
    /// The entity added, where distinct values are counted.
    entity: Expr,
}

fn no_text() -> Expr {
    lit(NULL).cast(DataType::String)
}

fn zero() -> Expr {
    lit(0i64).cast(DataType::Int128)
}

fn adds(part: &Part, moment: &Moment) -> Result<Adds> {
    Ok(match part {
        Part::Count { when: condition } => {
            let met = predicate(condition, moment)?;
            Adds {
                known: met.clone().is_not_null(),
                none: lit(false),
                number: met.fill_null(lit(false)).cast(DataType::Int128),
                entity: no_text(),
            }
        }
        Part::Sum { value, when: condition } => {
            let met = predicate(condition, moment)?;
            let value = scalar(value, moment)?;
            let none = met.clone().and(value.is_none()).fill_null(lit(false));
            let applies = met.clone().fill_null(lit(false));
            Adds {
                known: met.clone().is_not_null().and(applies.clone().and(value.unknown).not()),
                none,
                number: when(applies).then(value.value).otherwise(lit(NULL)).fill_null(zero()).cast(DataType::Int128),
                entity: no_text(),
            }
        }
        Part::Distinct { column, when: condition } => {
            let met = predicate(condition, moment)?;
            let name = key(column);
            let applies = met.clone().fill_null(lit(false));
            let value = col(name.as_str()).cast(DataType::String);
            Adds {
                known: met.clone().is_not_null().and(applies.clone().and(value.clone().is_null()).not()),
                none: lit(false),
                number: zero(),
                entity: when(applies).then(value).otherwise(no_text()),
            }
        }
    })
}

/// Every row of a side at a span: clauses, membership, outcome and what it adds.
fn rows(plan: &Plan, side: &Side, frame: &DataFrame, span: &Span) -> Result<LazyFrame> {
    let indicator = &side.indicator;
    plan.work.begin(&indicator.name)?;
    let moment = Moment::new(span.as_of, &plan.ledger);
    let mut judged = moment.clone();
    judged.within = match (&indicator.time, side.within) {
        (Some(time), Some(days)) => Some((time.clone(), days)),
        _ => None,
    };
    let truth = |expr: Expr, name: &str| expr.cast(DataType::Boolean).alias(name);
    let mut clauses = vec![
        truth(row_filter(side, &moment)?, FILTER),
        truth(dated(indicator, span, &moment), DATED),
        truth(predicate(&indicator.population, &moment)?, POPULATION),
        truth(
            match &side.cancelled {
                Some(event) => in_days(&interval(event), None, moment.as_of),
                None => lit(false),
            },
            CANCELLED,
        ),
        truth(mature(side, &moment), MATURE),
    ];
    let mut out = col(PHASED).or(col(CANCELLED)).or(col(MATURE).not());
    let Measured { outcome, above, below, weight, durations } = measured(&indicator.measure, &judged)?;
    let exclusions = indicator.exclude.iter().map(|exclusion| predicate(&exclusion.when, &moment));
    let left_out = durations.iter().flat_map(|durations| durations.left_out.iter().cloned().map(Ok));
    for (number, exclusion) in exclusions.chain(left_out).enumerate() {
        clauses.push(truth(exclusion?, &rule(number)));
        out = out.or(col(rule(number)));
    }
    let side_columns = |adds: Option<Adds>| match adds {
        Some(adds) => (adds.number, adds.entity),
        None => (zero(), no_text()),
    };
    let (above, above_entity) = side_columns(above);
    let (below, below_entity) = side_columns(below);
    let entity = match &indicator.once {
        Some(column) => col(key(column)).cast(DataType::String),
        None => no_text(),
    };
    clauses.extend([
        truth(outcome, OUTCOME),
        above.alias(ABOVE),
        above_entity.alias(ABOVE_ENTITY),
        below.alias(BELOW),
        below_entity.alias(BELOW_ENTITY),
        entity.alias(ENTITY),
    ]);
    clauses.extend(durations.into_iter().flat_map(|durations| durations.columns));
    clauses.extend(weight.map(|weight| {
        when(weight.unknown).then(lit(NULL)).otherwise(weight.value).cast(DataType::Int128).alias(WEIGHT)
    }));
    let before = col(DATED).and(col(FILTER)).and(col(POPULATION));
    Ok(days::with_minus(plan, side, span, frame)?.lazy().with_columns(clauses).with_columns([
        before.clone().and(out.clone().not()).alias(MEMBER),
        before.and(out).fill_null(lit(false)).alias(EXCLUDED),
    ]))
}

/// A measure on every row.
struct Measured {
    outcome: Expr,
    /// What the row adds to the sum, or above the line.
    above: Option<Adds>,
    /// What it adds below the line.
    below: Option<Adds>,
    /// What it weighs, in a weighted share.
    weight: Option<Value>,
    /// How long it took, in a duration.
    durations: Option<days::Measured>,
}

impl Measured {
    fn by(outcome: Expr) -> Self {
        Self { outcome, above: None, below: None, weight: None, durations: None }
    }
}

fn measured(measure: &Measure, moment: &Moment) -> Result<Measured> {
    let unknown = || lit(NULL).cast(DataType::Boolean);
    let of_sum = |adds: Adds, met: Expr| {
        // False where nothing is added: the condition fails, or the value is none.
        let known = adds.known.clone();
        let outcome = when(known.not()).then(unknown()).when(adds.none.clone()).then(lit(false)).otherwise(met);
        Measured { above: Some(adds), ..Measured::by(outcome) }
    };
    Ok(match measure {
        Measure::Count { condition } | Measure::Share { condition, weight: None } => {
            Measured::by(predicate(condition, moment)?)
        }
        Measure::Share { condition, weight: Some(weight) } => {
            let condition = predicate(condition, moment)?;
            let weight = scalar(weight, moment)?;
            let outcome = when(weight.unknown.clone())
                .then(unknown())
                .when(weight.is_none())
                .then(lit(false))
                .otherwise(condition);
            Measured { weight: Some(weight), ..Measured::by(outcome) }
        }
        Measure::Sum { value, when: condition } => {
            let added = adds(&Part::Sum { value: value.clone(), when: condition.clone() }, moment)?;
            of_sum(added, predicate(condition, moment)?)
        }
        Measure::Distinct { column } => {
            let part = Part::Distinct { column: column.clone(), when: Predicate::Constant(true) };
            of_sum(adds(&part, moment)?, lit(true))
        }
        Measure::Ratio { numerator, denominator } => {
            let (above, below) = (adds(numerator, moment)?, adds(denominator, moment)?);
            let outcome = when(above.known.clone().and(below.known.clone()).not())
                .then(unknown())
                .when(above.none.clone().or(below.none.clone()))
                .then(lit(false))
                .otherwise(lit(true));
            Measured { above: Some(above), below: Some(below), ..Measured::by(outcome) }
        }
        Measure::Days(duration) => {
            let found = days::measured(duration, moment)?;
            Measured { durations: Some(found.clone()), ..Measured::by(found.outcome) }
        }
        // Its two sides are computed each for itself.
        Measure::RatioOf { .. } => Measured::by(lit(true)),
    })
}

/// Rows folded into entities: a member if any row is, excluded if all rows that could be members are.
fn entities(rows: LazyFrame, more: &[&str]) -> LazyFrame {
    let member = col(MEMBER);
    // A row whose key is blank may be any entity, a listed one or another: it stands for itself and is not sure.
    let unkeyed =
        when(member.clone().fill_null(lit(true))).then(lit(NULL).cast(DataType::Boolean)).otherwise(lit(false));
    let mut folded = vec![
        col(MEMBER).eq(lit(true)).fill_null(lit(false)).any(true).alias("#any"),
        col(MEMBER).is_null().any(true).alias("#perhaps"),
        col(EXCLUDED).any(true).alias("#out"),
    ];
    let first = [OUTCOME, ABOVE, ABOVE_ENTITY, BELOW, BELOW_ENTITY];
    folded.extend(first.iter().chain(more).map(|name| col(*name).first()));
    rows.with_columns([
        when(col(ENTITY).is_null()).then(unkeyed).otherwise(member).alias(MEMBER),
        when(col(ENTITY).is_null()).then(col(PLACE)).otherwise(lit(NULL)).alias("#unkeyed"),
    ])
    .group_by([col(GROUP), col(ENTITY), col("#unkeyed")])
    .agg(folded)
    .with_columns([
        when(col("#any"))
            .then(lit(true))
            .when(col("#perhaps"))
            .then(lit(NULL).cast(DataType::Boolean))
            .otherwise(lit(false))
            .alias(MEMBER),
        col("#out").and(col("#any").or(col("#perhaps")).not()).alias(EXCLUDED),
    ])
}

/// The figures of each group.
fn count(side: &Side, rows: LazyFrame, groups: usize) -> Result<Vec<Figures>> {
    let measure = &side.indicator.measure;
    let mut rows = rows.filter(col(GROUP).is_not_null());
    if side.indicator.once.is_some() {
        let more: &[&str] = match measure {
            Measure::Share { weight: Some(_), .. } => &[WEIGHT],
            Measure::Days(_) => &[days::SHORTEST, days::LONGEST, days::LATEST, days::COMPETED],
            _ => &[],
        };
        rows = entities(rows, more);
    }
    let ranked = matches!(measure, Measure::Days(_)).then(|| rows.clone());
    let (yes, maybe) = (col(MEMBER).fill_null(lit(false)), col(MEMBER).is_null());
    let (met, not_met) = (col(OUTCOME).fill_null(lit(false)), col(OUTCOME).not().fill_null(lit(false)));
    let open = col(OUTCOME).is_null();
    let number = |expr: Expr, name: &str| expr.cast(DataType::Int64).sum().alias(name);
    let mut figures = vec![
        number(yes.clone(), "members"),
        number(yes.clone().and(met.clone()), "met"),
        number(yes.clone().and(open.clone()), "unknown"),
        number(maybe.clone(), "population_unknown"),
        number(maybe.clone().and(met.clone()), "population_unknown_met"),
        number(maybe.clone().and(not_met.clone()), "population_unknown_not_met"),
        number(col(EXCLUDED), "excluded"),
    ];
    let counted = yes.clone().and(met.clone());
    let sum = |name: &str| col(name).filter(counted.clone()).sum();
    let distinct = |name: &str, rows: Expr| col(name).filter(rows).drop_nulls().n_unique().cast(DataType::Int128);
    let side_of = |part: &Part, number: &str, entity: &str| match part {
        Part::Distinct { .. } => distinct(entity, counted.clone()),
        _ => sum(number),
    };
    match measure {
        Measure::Sum { .. } => figures.push(sum(ABOVE).alias("above")),
        Measure::Distinct { .. } => {
            figures.push(distinct(ABOVE_ENTITY, yes.clone()).alias("above"));
            let any = yes.clone().or(maybe.clone());
            let blank = number(any.clone().and(col(ABOVE_ENTITY).is_null()), "");
            figures.push((distinct(ABOVE_ENTITY, any).cast(DataType::Int64) + blank).alias("possible"));
        }
        Measure::Ratio { numerator, denominator } => {
            figures.push(side_of(numerator, ABOVE, ABOVE_ENTITY).alias("above"));
            figures.push(side_of(denominator, BELOW, BELOW_ENTITY).alias("below"));
        }
        Measure::Share { weight: Some(_), .. } => {
            let weigh = |rows: Expr, name: &str| col(WEIGHT).filter(rows).sum().alias(name);
            figures.extend([
                weigh(yes.clone(), "w_members"),
                weigh(yes.clone().and(met.clone()), "w_met"),
                weigh(yes.clone().and(open.clone()), "w_unknown"),
                weigh(maybe.clone(), "w_population_unknown"),
                weigh(maybe.clone().and(met), "w_population_unknown_met"),
                weigh(maybe.clone().and(not_met), "w_population_unknown_not_met"),
                // A weight that is none has a false outcome: it adds nothing, and that is known.
                number(
                    yes.or(maybe).and(col(WEIGHT).is_null().and(open).or(col(WEIGHT).lt(zero()).fill_null(lit(false)))),
                    "w_unbounded",
                ),
            ]);
        }
        _ => {}
    }
    let counted = rows.group_by([col(GROUP)]).agg(figures).collect()?;
    let mut found = vec![Figures::default(); groups];
    let codes = counted.column(GROUP)?.cast(&DataType::UInt32)?.take_materialized_series();
    let whole = |name: &str| -> PolarsResult<Option<Int128Chunked>> {
        match counted.column(name) {
            Ok(column) => Ok(Some(column.cast(&DataType::Int128)?.i128()?.clone())),
            Err(_) => Ok(None),
        }
    };
    let names = [
        "members",
        "met",
        "unknown",
        "population_unknown",
        "population_unknown_met",
        "population_unknown_not_met",
        "excluded",
        "above",
        "below",
        "possible",
        "w_members",
        "w_met",
        "w_unknown",
        "w_population_unknown",
        "w_population_unknown_met",
        "w_population_unknown_not_met",
        "w_unbounded",
    ];
    let columns = names.iter().map(|name| whole(name)).collect::<PolarsResult<Vec<_>>>()?;
    for (i, code) in codes.u32()?.iter().enumerate() {
        let Some(cell) = code.and_then(|code| found.get_mut(code as usize)) else { continue };
        let read = |at: usize| columns.get(at).and_then(Option::as_ref).and_then(|c| c.get(i)).unwrap_or(0);
        let rows = |at: usize| i64::try_from(read(at)).unwrap_or(i64::MAX);
        *cell = Figures {
            members: rows(0),
            met: rows(1),
            unknown: rows(2),
            population_unknown: rows(3),
            population_unknown_met: rows(4),
            population_unknown_not_met: rows(5),
            excluded: rows(6),
            above: read(7),
            below: read(8),
            possible: rows(9),
            ..Figures::default()
        };
        cell.weigh(Weights {
            members: read(10),
            met: read(11),
            unknown: read(12),
            population_unknown: read(13),
            population_unknown_met: read(14),
            population_unknown_not_met: read(15),
            unbounded: rows(16),
        });
    }
    if let (Measure::Days(duration), Some(ranked)) = (measure, ranked) {
        days::rank(duration, ranked, &mut found)?;
    }
    Ok(found)
}

/// Refuses what 128 bits might not hold: sums (the greatest value that a row may have, times the rows), and the sides
/// of comparisons, aligned. Integers wrap silently, so nothing is computed that could.
fn fits(side: &Side, frame: &DataFrame) -> Result<()> {
    let indicator = &side.indicator;
    let of_part = |part: &Part| match part {
        Part::Sum { value, when } => sum_fits(value, frame) && comparisons_fit(when, frame),
        Part::Count { when } | Part::Distinct { when, .. } => comparisons_fit(when, frame),
    };
    let measure = match &indicator.measure {
        Measure::Count { condition } => comparisons_fit(condition, frame),
        Measure::Share { condition, weight } => {
            comparisons_fit(condition, frame) && weight.as_ref().is_none_or(|weight| sum_fits(weight, frame))
        }
        Measure::Sum { value, when } => sum_fits(value, frame) && comparisons_fit(when, frame),
        Measure::Ratio { numerator, denominator } => of_part(numerator) && of_part(denominator),
        Measure::Distinct { .. } | Measure::Days(_) | Measure::RatioOf { .. } => true,
    };
    let all = measure
        && comparisons_fit(&side.filter, frame)
        && comparisons_fit(&indicator.population, frame)
        && indicator.exclude.iter().all(|exclusion| comparisons_fit(&exclusion.when, frame));
    if all {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", &indicator.id)))
}

fn sum_fits(value: &Scalar, frame: &DataFrame) -> bool {
    let rows = i128::try_from(frame.height().max(1)).unwrap_or(i128::MAX);
    greatest(value, frame).and_then(|most| most.checked_mul(rows)).is_some()
}

/// Whether all numbers that a condition compares, and the days that it adds, are held.
fn comparisons_fit(condition: &Predicate, frame: &DataFrame) -> bool {
    match condition {
        Predicate::Compare { left, right, .. } => aligned(left, right, frame).is_some(),
        Predicate::In { operand, list } => list.iter().all(|item| aligned(operand, item, frame).is_some()),
        Predicate::Happened { by: Some(by), .. } => greatest(by, frame).is_some(),
        Predicate::Not(inner) => comparisons_fit(inner, frame),
        Predicate::And(all) | Predicate::Or(all) => all.iter().all(|one| comparisons_fit(one, frame)),
        _ => true,
    }
}

/// The sum of the greatest absolute values of two expressions at their common scale.
fn aligned(a: &Scalar, b: &Scalar, frame: &DataFrame) -> Option<i128> {
    let (of_a, of_b) = (a.scale().unwrap_or(0), b.scale().unwrap_or(0));
    let scale = of_a.max(of_b);
    let a = greatest(a, frame)?.checked_mul(10i128.checked_pow(scale - of_a)?)?;
    let b = greatest(b, frame)?.checked_mul(10i128.checked_pow(scale - of_b)?)?;
    a.checked_add(b)
}

/// The greatest absolute unscaled value that an expression can have in these rows; of what is no number, 0.
fn greatest(value: &Scalar, frame: &DataFrame) -> Option<i128> {
    match value {
        Scalar::Column(column) => {
            let Ok(cells) = frame.column(&key(column)) else { return Some(0) };
            let Ok(cells) = cells.i128() else { return Some(0) };
            let most = cells.max().unwrap_or(0).checked_abs()?;
            Some(most.max(cells.min().unwrap_or(0).checked_abs()?))
        }
        Scalar::Number(number) => number.unscaled.checked_abs(),
        Scalar::Add(a, b) | Scalar::Subtract(a, b) => aligned(a, b, frame),
        Scalar::Multiply(a, b) => greatest(a, frame)?.checked_mul(greatest(b, frame)?),
        Scalar::Shift { date, days } => greatest(date, frame).and(greatest(days, frame)),
        // Two days lie less than 2^41 apart: see `prepare::NEVER`.
        Scalar::DaysBetween(a, b) | Scalar::WorkingDaysBetween(a, b) => {
            greatest(a, frame).and(greatest(b, frame)).and(Some(1 << 41))
        }
        _ => Some(0),
    }
}

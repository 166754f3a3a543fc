//! Merging: numerators, denominators and counts of several answers are added, and values derived again. What has no
//! meaning added up is refused, with the reason.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::derive::{Deriving, Place};
use super::lines::Lines;
use super::{KpiTable, Row};
use crate::engine::Figures;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Basis, ColumnRef, Indicator, Measure, Part, Predicate, Scalar};
use crate::ledger::Kind;
use crate::message::{ErrorCode, Message};
use crate::query::plan::{Dimension, Item, Plan, Side, Span};

/// A line of a part, with the plans that the part came from: several where it was merged itself.
struct Line<'t> {
    row: &'t Row,
    plans: &'t [Arc<Plan>],
}

/// Lines of equal key are added.
#[derive(Clone, PartialEq, Eq, Hash)]
struct CellKey {
    span: Option<(Option<NaiveDate>, NaiveDate)>,
    total: bool,
    groups: Vec<Option<String>>,
}

impl KpiTable {
    /// One answer from several: of the ledgers of several zones, of adjoining periods of one ledger, or, with `over`,
    /// of the groups of the dimensions named (as in the query, or by any name of their columns).
    ///
    /// Lines of equal group and period are added; others stand side by side. Parts of one period each, where the
    /// periods differ, are added into one period.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Merge`], with the reason, for whatever would give a wrong number: distinct counts, `once` and
    /// ratios with a distinct side (unless `over` is the entity's own column); stocks over time; flows over time
    /// where memberships are unknown, or where an outcome, the cancelled policy or the age was judged at different
    /// dates; parts of different definition, filter, policy or phases; the same part twice.
    pub fn merge(tables: &[Self], over: &[&str]) -> Result<Self> {
        let Some(first) = tables.first() else { return Err(refused(ErrorCode::MergeOfNothing.message())) };
        if tables.iter().flat_map(|table| &table.plans).any(|plan| plan.scanned) {
            return Err(refused(ErrorCode::MergeScanned.message()));
        }
        for table in tables {
            comparable(first, table)?;
        }
        let mut folded = Vec::with_capacity(over.len());
        for name in over {
            let place = Dimension::find(&first.dimensions, name)?;
            if !folded.contains(&place) {
                folded.push(place);
            }
        }
        let kept: Vec<_> = (0..first.dimensions.len()).filter(|i| !folded.contains(i)).collect();
        let dimensions = kept.iter().filter_map(|i| first.dimensions.get(*i).cloned()).collect();
        let mut rows = Vec::new();
        let Some(plan) = first.plans.first() else { return Err(refused(ErrorCode::MergeOfNothing.message())) };
        for item in &plan.items {
            let lines: Vec<_> = tables
                .iter()
                .flat_map(|table| table.rows().iter().map(move |row| (table, row)))
                .filter(|(_, row)| row.indicator == item.indicator.id)
                // Folding adds the groups; their totals would count them twice.
                .filter(|(_, row)| folded.is_empty() || !row.total)
                .map(|(table, row)| Line { row, plans: &table.plans })
                .collect();
            let in_time = in_time(tables, item);
            let mut cells: Vec<(CellKey, Vec<Line<'_>>)> = Vec::new();
            let mut places: HashMap<CellKey, usize> = HashMap::new();
            for line in lines {
                let key = CellKey {
                    span: (!in_time).then_some((line.row.period_start, line.row.period_end)),
                    total: line.row.total,
                    groups: kept.iter().map(|i| line.row.groups.get(*i).cloned().flatten()).collect(),
                };
                let place = *places.entry(key.clone()).or_insert(cells.len());
                match cells.get_mut(place) {
                    Some((_, cell)) => cell.push(line),
                    None => cells.push((key, vec![line])),
                }
            }
            for (key, lines) in cells {
                rows.push(added(plan, item, &lines, key.groups, in_time, &folded)?);
            }
        }
        let plans = tables.iter().flat_map(|table| table.plans.iter().cloned()).collect();
        Ok(Self { lines: Arc::new(Lines::merged(rows)), dimensions, plans, engines: first.engines.clone() })
    }
}

fn refused(message: Message) -> Error {
    Error::new(ErrorKind::Merge, message)
}

/// Whether two tables answer the same question of different rows.
fn comparable(first: &KpiTable, other: &KpiTable) -> Result<()> {
    let (Some(a), Some(b)) = (first.plans.first(), other.plans.first()) else { return Ok(()) };
    let differ = |what: &str| Err(refused(ErrorCode::MergeDiffers.message().with("what", what)));
    // By the columns: one part may call them by other names.
    if !first.dimensions.iter().map(|d| &d.column).eq(other.dimensions.iter().map(|d| &d.column)) {
        return differ("by");
    }
    if !first.indicators().map(|i| &i.id).eq(other.indicators().map(|i| &i.id)) {
        return differ("indicators");
    }
    if !first.indicators().map(|i| &i.fingerprint).eq(other.indicators().map(|i| &i.fingerprint)) {
        return differ("definition");
    }
    if a.items.iter().flat_map(|i| &i.sides).map(|s| &s.filter).ne(b
        .items
        .iter()
        .flat_map(|i| &i.sides)
        .map(|s| &s.filter))
    {
        return differ("where");
    }
    if a.phases != b.phases {
        return differ("phases");
    }
    if a.totals != b.totals {
        // Else a total would be that of one part alone.
        return differ("totals");
    }
    if a.confidence != b.confidence {
        return differ("confidence");
    }
    for (a, b) in a.items.iter().flat_map(|i| &i.sides).zip(b.items.iter().flat_map(|i| &i.sides)) {
        if a.cancelled != b.cancelled {
            return differ("cancelled");
        }
        if (a.min_age, a.within) != (b.min_age, b.within) {
            return differ("min_age, within");
        }
    }
    Ok(())
}

/// Whether the parts are one period each, and not all the same, so that they are to be added over time. Series are
/// not: their lines of equal period are added, and the others stand side by side.
fn in_time(tables: &[KpiTable], item: &Item) -> bool {
    let spans = |table: &KpiTable| -> BTreeSet<(Option<NaiveDate>, NaiveDate)> {
        let rows = table.rows().iter().filter(|row| row.indicator == item.indicator.id);
        rows.map(|row| (row.period_start, row.period_end)).collect()
    };
    let all: Vec<_> = tables.iter().map(spans).filter(|spans| !spans.is_empty()).collect();
    all.iter().all(|spans| spans.len() == 1) && all.windows(2).any(|pair| matches!(pair, [a, b] if a != b))
}

/// The sum of the lines of one cell.
fn added(
    plan: &Plan,
    item: &Item,
    lines: &[Line<'_>],
    groups: Vec<Option<String>>,
    in_time: bool,
    folded: &[usize],
) -> Result<Row> {
    let Some(first) = lines.first() else { return Err(refused(ErrorCode::MergeOfNothing.message())) };
    let mut span = Span { start: first.row.period_start, end: first.row.period_end, as_of: first.row.as_of };
    if lines.len() > 1 {
        let indicator = &item.indicator;
        for (i, line) in lines.iter().enumerate() {
            for other in lines.iter().skip(i + 1) {
                let same_span =
                    (line.row.period_start, line.row.period_end) == (other.row.period_start, other.row.period_end);
                if same_span && line.row.groups == other.row.groups && share_rows(item, line.plans, other.plans)? {
                    return Err(refused(ErrorCode::MergeTwice.message().with("indicator", &indicator.id)));
                }
            }
        }
        if matches!(indicator.measure, Measure::Days(_)) {
            return Err(refused(ErrorCode::MergeQuantiles.message().with("indicator", &indicator.id)));
        }
        let one_part = lines.iter().all(|line| same_part(line.plans, first.plans));
        for side in &item.sides {
            if let Some(column) = entity(&side.indicator) {
                let own = one_part && matches!(folded, [place] if side.groups.get(*place) == Some(column));
                if !own {
                    let message = ErrorCode::MergeEntities.message().with("indicator", &indicator.id);
                    return Err(refused(message.with("column", &column.name)));
                }
            }
        }
        if in_time {
            span = joined(item, lines)?;
        } else if lines.iter().any(|line| line.row.as_of != span.as_of) {
            return Err(refused(ErrorCode::MergeDiffers.message().with("what", "as_of")));
        }
    }
    let mut figures: Vec<Figures> = first.row.figures.clone();
    for line in lines.iter().skip(1) {
        for (sum, more) in figures.iter_mut().zip(&line.row.figures) {
            *sum = sum.plus(more).ok_or_else(|| {
                Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", &item.indicator.id))
            })?;
        }
    }
    let mut undated: Vec<_> = lines.iter().flat_map(|line| line.row.undated.iter().cloned()).collect();
    undated.sort();
    undated.dedup();
    let place =
        Place { groups, total: first.row.total, span, complete: lines.iter().all(|line| line.row.complete), undated };
    Deriving::new(plan, item).checked_row(place, figures)
}

fn same_part(a: &[Arc<Plan>], b: &[Arc<Plan>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// Whether two parts count any rows that are the same: then they must not be added for one group and period.
fn share_rows(item: &Item, a: &[Arc<Plan>], b: &[Arc<Plan>]) -> Result<bool> {
    for (a, b) in a.iter().flat_map(|a| b.iter().map(move |b| (a, b))) {
        if Arc::ptr_eq(a, b) || same_rows(item, a, b)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether two parts are of one ledger, so that they may be added over time.
fn same_ledger(item: &Item, a: &[Arc<Plan>], b: &[Arc<Plan>]) -> Result<bool> {
    for (a, b) in a.iter().flat_map(|a| b.iter().map(move |b| (a, b))) {
        if !Arc::ptr_eq(a, b) && !same_tables(item, a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the tables hold the same rows; empty tables hold none.
fn same_rows(item: &Item, a: &Plan, b: &Plan) -> Result<bool> {
    let filled = |plan: &Plan, side: &Side| plan.ledger.table(side.table).is_some_and(|t| t.height() > 0);
    Ok(item.sides.iter().any(|side| filled(a, side)) && same_tables(item, a, b)?)
}

fn same_tables(item: &Item, a: &Plan, b: &Plan) -> Result<bool> {
    for side in &item.sides {
        match (a.ledger.table(side.table), b.ledger.table(side.table)) {
            (Some(a), Some(b)) if a.same_rows(b)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// The column whose entities are counted once, if the measure counts entities.
fn entity(indicator: &Indicator) -> Option<&ColumnRef> {
    if let Some(once) = &indicator.once {
        return Some(once);
    }
    match &indicator.measure {
        Measure::Distinct { column }
        | Measure::Ratio { numerator: Part::Distinct { column, .. }, .. }
        | Measure::Ratio { denominator: Part::Distinct { column, .. }, .. } => Some(column),
        _ => None,
    }
}

/// The span of adjoining parts of one ledger.
fn joined(item: &Item, lines: &[Line<'_>]) -> Result<Span> {
    let refuse = |code: ErrorCode| Err(refused(code.message().with("indicator", &item.indicator.id)));
    if item.sides.iter().any(|side| side.indicator.basis == Basis::Stock) {
        return refuse(ErrorCode::MergeStocks);
    }
    let mut parts: Vec<_> = lines.iter().map(|line| (line.row.period_start, line.row.period_end)).collect();
    parts.sort();
    parts.dedup();
    for pair in parts.windows(2) {
        if let [(_, end), (start, _)] = pair
            && end.succ_opt() != *start
        {
            return refuse(ErrorCode::MergeNotAdjoining);
        }
    }
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        if !same_ledger(item, line.plans, next.plans)? {
            return refuse(ErrorCode::MergeLedgersInTime);
        }
    }
    if lines.iter().any(|line| line.row.population_unknown > 0) {
        return refuse(ErrorCode::MergeUnknownMembers);
    }
    let as_ofs: Vec<_> = lines.iter().map(|line| line.row.as_of).collect();
    let judged = item.sides.iter().any(judged_at_date);
    if judged && as_ofs.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
        return refuse(ErrorCode::MergeOutcomes);
    }
    let (Some((start, _)), Some((_, end)), Some(as_of)) = (parts.first(), parts.last(), as_ofs.iter().max()) else {
        return refuse(ErrorCode::MergeNotAdjoining);
    };
    Ok(Span { start: *start, end: *end, as_of: *as_of })
}

/// Whether what a row counts for depends on the date at which it is judged, beyond lying in the period.
fn judged_at_date(side: &Side) -> bool {
    let indicator = &side.indicator;
    let of_part = |part: &Part| match part {
        Part::Sum { value, when } => scalar_is_judged(value) || predicate_is_judged(when),
        Part::Count { when } | Part::Distinct { when, .. } => predicate_is_judged(when),
    };
    side.cancelled.is_some()
        || side.min_age.is_some()
        || predicate_is_judged(&side.filter)
        || predicate_is_judged(&indicator.population)
        || indicator.exclude.iter().any(|exclusion| predicate_is_judged(&exclusion.when))
        || match &indicator.measure {
            Measure::Count { condition } => predicate_is_judged(condition),
            Measure::Share { condition, weight } => {
                predicate_is_judged(condition) || weight.as_ref().is_some_and(scalar_is_judged)
            }
            Measure::Sum { value, when } => scalar_is_judged(value) || predicate_is_judged(when),
            Measure::Ratio { numerator, denominator } => of_part(numerator) || of_part(denominator),
            Measure::Days(_) => true,
            _ => false,
        }
}

fn predicate_is_judged(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Happened { .. } => true,
        Predicate::Compare { left, right, .. } => scalar_is_judged(left) || scalar_is_judged(right),
        Predicate::In { operand, .. } => scalar_is_judged(operand),
        Predicate::Not(inner) => predicate_is_judged(inner),
        Predicate::And(all) | Predicate::Or(all) => all.iter().any(predicate_is_judged),
        _ => false,
    }
}

fn scalar_is_judged(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::AsOf => true,
        // An event as a number of days: known or not, by the date.
        Scalar::Column(column) => column.kind == Kind::Event,
        Scalar::Add(a, b) | Scalar::Subtract(a, b) | Scalar::Multiply(a, b) | Scalar::DaysBetween(a, b) => {
            scalar_is_judged(a) || scalar_is_judged(b)
        }
        Scalar::Shift { date, days } => scalar_is_judged(date) || scalar_is_judged(days),
        _ => false,
    }
}

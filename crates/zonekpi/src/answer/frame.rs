//! The answer as a data frame, long and tidy: column by column, from what was counted. What lines have in common (the
//! indicator, the period, the group) is told once and then taken by its place, so that they share its texts.

use polars::prelude::*;
use polars_arrow::array::ListArray;

use super::KpiTable;
use super::lines::{Stretch, derivings, in_shares};
use super::numbers::{Numbers, Wanted};
use crate::engine::MANY;
use crate::error::Result;
use crate::indicator::{Basis, Indicator, Measure};
use crate::ledger::column::dates;
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::query::plan::{Plan, to_epoch};

impl KpiTable {
    /// The answer as a data frame, a line for each indicator, period and group.
    ///
    /// Columns: `indicator`, the dimensions (String), `basis` (`stock`, `flow`), `period_start` (Date, null for stocks
    /// and cumulative flows), `period_end`, `as_of`, `value`, `numerator`, `denominator`, `unknown`,
    /// `population_unknown`, `population_unknown_met`, `population_unknown_not_met`, `excluded` (Int64), `lower`,
    /// `upper`, with a confidence also `wilson_lower` and `wilson_upper` (Float64), `undated` (List of String),
    /// `complete`, `total` (Boolean), `unit`, `definition` (fingerprint), `engine` (`fused`, `reference`).
    ///
    /// Where a duration was asked, before `undated` also `open` and `competing` (Int64: members that have not reached
    /// the event, and those whom the competing event kept from it), `shortest` and `longest` (Float64: the ends of
    /// the value, whatever the days that are imprecise or unknown turn out to be; `longest` is null where there may be no
    /// value, or no end to it is known); of a duration, `numerator` is the members that have reached the event,
    /// `denominator` all members, and `value` the days by which the quantile of them had. Of cohorts, `age` (Int64, in
    /// days) and `immature` (Boolean).
    ///
    /// Money is in yuan, areas in 亩 or ㎡ as the unit says, shares are fractions. Else `value` is the nearest Float64 of
    /// `numerator ÷ denominator`; these two are Float64 as well, or decimals where `exact` is asked.
    ///
    /// # Errors
    ///
    /// A numerator that does not fit the 38 digits of a decimal.
    pub fn frame(&self, exact: bool) -> Result<DataFrame> {
        let Some(plan) = self.plan() else { return Ok(DataFrame::empty()) };
        let wanted = Wanted {
            exact,
            wilson: plan.confidence.is_some(),
            durations: self.indicators().any(|indicator| matches!(indicator.measure, Measure::Days(_))),
        };
        let (items, stretches) = (derivings(plan), self.lines.stretches(plan));
        let mut shares = in_shares(&stretches, |share, room| Numbers::of(&items, share, wanted, room));
        let mut numbers = shares.next().unwrap_or_default();
        shares.for_each(|more| numbers.append(more));
        let (before, after) = self.places(plan, &stretches)?;
        let columns = before.into_iter().chain(numbers.columns(wanted)?).chain(after).collect();
        Ok(DataFrame::new(stretches.iter().map(|stretch| stretch.lines).sum(), columns)?)
    }

    /// The columns that tell where lines stand: those before the numbers, and those after them.
    fn places(&self, plan: &Plan, stretches: &[Stretch<'_>]) -> Result<(Vec<Column>, Vec<Column>)> {
        let (mut of_stretch, mut of_group): (Vec<IdxSize>, Vec<IdxSize>) = (Vec::new(), Vec::new());
        for (stretch, number) in stretches.iter().zip(0..) {
            of_stretch.extend(std::iter::repeat_n(number, stretch.lines));
            of_group.extend((stretch.group as IdxSize..).take(stretch.lines));
        }
        let [of_stretch, of_group] = [of_stretch, of_group].map(|places| IdxCa::from_vec(PlSmallStr::EMPTY, places));
        let groups = self.lines.groups(plan);
        let item = |stretch: &Stretch<'_>| plan.items.get(stretch.item);
        let text = |name: &str, of: &dyn Fn(&Indicator) -> &str| {
            let told = |stretch| item(stretch).map(|item| of(&item.indicator));
            (stretches.iter().map(told).collect::<StringChunked>().with_name(name.into()).into_column(), &of_stretch)
        };
        let day = |name: &str, of: fn(&Stretch<'_>) -> Option<chrono::NaiveDate>| {
            let days = stretches.iter().map(|stretch| i32::try_from(to_epoch(of(stretch)?)).ok());
            (dates(name.into(), days).into_column(), &of_stretch)
        };
        let flag = |name: &str, of: fn(&Stretch<'_>) -> bool| {
            (BooleanChunked::from_iter_values(name.into(), stretches.iter().map(of)).into_column(), &of_stretch)
        };
        let mut places = vec![text("indicator", &|indicator| &indicator.id)];
        for (at, name) in self.dimensions().enumerate() {
            let values: StringChunked = groups.iter().map(|(values, _)| values.get(at)?.as_deref()).collect();
            places.push((values.with_name(name.into()).into_column(), &of_group));
        }
        places.extend([
            text("basis", &|indicator| if indicator.basis == Basis::Stock { "stock" } else { "flow" }),
            day("period_start", |stretch| stretch.span.start),
            day("period_end", |stretch| Some(stretch.span.end)),
            day("as_of", |stretch| Some(stretch.span.as_of)),
        ]);
        let before = places.len();
        if plan.items.iter().any(|item| item.age.is_some()) {
            let ages: Int64Chunked = stretches.iter().map(|stretch| item(stretch)?.age).collect();
            places.push((ages.with_name("age".into()).into_column(), &of_stretch));
            places.push(flag("immature", |stretch| stretch.immature));
        }
        let undated_at = places.len() - before;
        let totals = BooleanChunked::from_iter_values("total".into(), groups.iter().map(|(_, total)| *total));
        let engine = |stretch: &Stretch<'_>| self.engines.get(stretch.item).copied();
        let engines = stretches.iter().map(engine).collect::<StringChunked>().with_name("engine".into());
        places.extend([
            flag("complete", |stretch| stretch.complete),
            (totals.into_column(), &of_group),
            text("unit", &|indicator| &indicator.unit),
            text("definition", &|indicator| &indicator.fingerprint),
            (engines.into_column(), &of_stretch),
        ]);
        let taken = side_by_side(&places, of_stretch.len() >= MANY, |_, (told, places)| told.take(places));
        let taken = taken.into_iter().map(|column| Ok(column.ok_or_else(broke_off)??));
        let mut before_and_after = taken.collect::<Result<Vec<Column>>>()?;
        let mut after = before_and_after.split_off(before.min(before_and_after.len()));
        after.insert(undated_at.min(after.len()), undated(stretches)?);
        Ok((before_and_after, after))
    }
}

/// The events that are not dated, of each line: a list is made by its offsets, for to take lists by their places makes an
/// array of each.
fn undated(stretches: &[Stretch<'_>]) -> Result<Column> {
    let names: StringChunked =
        stretches.iter().flat_map(|stretch| stretch.undated.iter().map(String::as_str)).collect();
    let (mut first, mut places, mut offsets) = (0, Vec::new(), vec![0]);
    for stretch in stretches {
        let next = first + stretch.undated.len() as IdxSize;
        for _ in 0..stretch.lines {
            places.extend(first..next);
            offsets.push(places.len() as i64);
        }
        first = next;
    }
    let names = names.into_series().take(&IdxCa::from_vec(PlSmallStr::EMPTY, places))?.rechunk();
    let names = names.to_arrow(0, CompatLevel::newest());
    let dtype = ListArray::<i64>::default_datatype(names.dtype().clone());
    let lists = ListArray::try_new(dtype, offsets.try_into()?, names, None)?;
    Ok(ListChunked::with_chunk("undated".into(), lists).into_column())
}

//! The answer as a data frame, long and tidy.

use polars::prelude::*;

use super::{Durations, KpiTable, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Basis, Indicator, Measure};
use crate::message::ErrorCode;
use crate::number::Decimal;
use crate::query::plan::to_epoch;

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
        let rows = self.rows();
        fn text<'a>(rows: &'a [Row], name: &str, of: impl Fn(&'a Row) -> Option<&'a str>) -> Column {
            rows.iter().map(of).collect::<StringChunked>().with_name(name.into()).into_column()
        }
        let day = |name: &str, of: &dyn Fn(&Row) -> Option<chrono::NaiveDate>| -> PolarsResult<Column> {
            let days: Int32Chunked =
                rows.iter().map(|r| of(r).and_then(|day| i32::try_from(to_epoch(day)).ok())).collect();
            days.with_name(name.into()).into_column().cast(&DataType::Date)
        };
        let count = |name: &str, of: fn(&Row) -> i64| {
            Int64Chunked::from_iter_values(name.into(), rows.iter().map(of)).into_column()
        };
        let float = |name: &str, of: &dyn Fn(&Row) -> Option<f64>| {
            rows.iter().map(of).collect::<Float64Chunked>().with_name(name.into()).into_column()
        };
        let flag = |name: &str, of: fn(&Row) -> bool| {
            BooleanChunked::from_iter_values(name.into(), rows.iter().map(of)).into_column()
        };
        let decimal = |name: &str, of: fn(&Row) -> Option<Decimal>| -> Result<Column> {
            if exact { decimals(name, rows.iter().map(of)) } else { Ok(float(name, &|r| of(r).map(Decimal::to_f64))) }
        };
        let mut columns = vec![text(rows, "indicator", |r| Some(&r.indicator))];
        for (i, name) in self.dimensions().enumerate() {
            columns.push(text(rows, name, |r| r.groups.get(i).and_then(Option::as_deref)));
        }
        columns.extend([
            text(rows, "basis", |r| Some(if r.basis == Basis::Stock { "stock" } else { "flow" })),
            day("period_start", &|r| r.period_start)?,
            day("period_end", &|r| Some(r.period_end))?,
            day("as_of", &|r| Some(r.as_of))?,
            float("value", &|r| r.value.map(|v| v.to_f64())),
            decimal("numerator", |r| r.numerator)?,
            decimal("denominator", |r| r.denominator)?,
            count("unknown", |r| r.unknown),
            count("population_unknown", |r| r.population_unknown),
            count("population_unknown_met", |r| r.population_unknown_met),
            count("population_unknown_not_met", |r| r.population_unknown_not_met),
            count("excluded", |r| r.excluded),
            float("lower", &|r| r.lower.map(|v| v.to_f64())),
            float("upper", &|r| r.upper.map(|v| v.to_f64())),
        ]);
        if self.plan().is_some_and(|plan| plan.confidence.is_some()) {
            columns.push(float("wilson_lower", &|r| r.wilson.map(|w| w.0)));
            columns.push(float("wilson_upper", &|r| r.wilson.map(|w| w.1)));
        }
        if self.indicators().any(|indicator| matches!(indicator.measure, Measure::Days(_))) {
            let days = |name: &str, of: fn(&Durations) -> i64| -> Column {
                rows.iter()
                    .map(|r| r.durations.as_ref().map(of))
                    .collect::<Int64Chunked>()
                    .with_name(name.into())
                    .into_column()
            };
            columns.extend([
                days("open", |d| d.open),
                days("competing", |d| d.competing),
                float("shortest", &|r| r.durations.and_then(|d| d.shortest).map(|v| v.to_f64())),
                float("longest", &|r| r.durations.and_then(|d| d.longest).map(|v| v.to_f64())),
            ]);
        }
        if self.plan().is_some_and(|plan| plan.items.iter().any(|item| item.age.is_some())) {
            let age = |row: &Row| {
                let item = self.plan()?.items.iter().find(|item| item.indicator.id == row.indicator)?;
                item.age
            };
            columns.push(rows.iter().map(age).collect::<Int64Chunked>().with_name("age".into()).into_column());
            columns.push(flag("immature", |r| r.immature));
        }
        let mut undated = ListStringChunkedBuilder::new("undated".into(), rows.len(), 2);
        for row in rows {
            undated.append_values_iter(row.undated.iter().map(String::as_str));
        }
        let places: PlHashMap<&str, (&Indicator, &str)> = self
            .indicators()
            .zip(&self.engines)
            .map(|(indicator, engine)| (indicator.id.as_str(), (indicator.as_ref(), *engine)))
            .collect();
        let of = |row: &Row| places.get(row.indicator.as_str()).copied();
        columns.extend([
            undated.finish().into_column(),
            flag("complete", |r| r.complete),
            flag("total", |r| r.total),
            text(rows, "unit", |r| of(r).map(|(indicator, _)| indicator.unit.as_str())),
            text(rows, "definition", |r| of(r).map(|(indicator, _)| indicator.fingerprint.as_str())),
            text(rows, "engine", |r| of(r).map(|(_, engine)| engine)),
        ]);
        Ok(DataFrame::new(rows.len(), columns)?)
    }
}

/// Decimals of one scale, the greatest that any of them has.
fn decimals(name: &str, cells: impl Iterator<Item = Option<Decimal>>) -> Result<Column> {
    let cells: Vec<_> = cells.collect();
    let scale = cells.iter().flatten().map(|d| d.scale).max().unwrap_or(0);
    let unscaled = cells.into_iter().map(|cell| match cell {
        None => Ok(None),
        Some(d) => match d.rescaled(scale) {
            Some(d) if d.unscaled.unsigned_abs() < 10u128.pow(38) => Ok(Some(d.unscaled)),
            _ => Err(Error::new(ErrorKind::Compute, ErrorCode::Overflow.message().with("indicator", name))),
        },
    });
    let unscaled: Int128Chunked = unscaled.collect::<Result<Vec<_>>>()?.into_iter().collect();
    Ok(unscaled.with_name(name.into()).into_decimal(38, scale as usize)?.into_column())
}

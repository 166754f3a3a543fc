//! Numbers that are typed already, as they are stored: those without any doubt. What needs a closer look is read cell by
//! cell, and nothing here says what is wrong with it.

use polars::prelude::{DataType, PlSmallStr, Series};

use crate::ledger::column::stored_numbers;
use crate::ledger::parse::number;
use crate::ledger::schema::{ColumnSpec, Kind};
use crate::ledger::text;
use crate::ledger::unit::{Dimension, Unit};
use crate::number::Decimal;

/// Stored numbers have 18 digits at most.
const TOO_LARGE: i64 = 1_000_000_000_000_000_000;

/// How the numbers of a column are stored. Each way gives `None` for a number that is doubtful: too large, negative,
/// with more digits than are stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conversion {
    multiply: i128,
    divide: i128,
    scale: u32,
    /// What 1 is stored as, where that is a whole number.
    one: Option<i64>,
    /// What 1 is stored as, nearly.
    factor: f64,
}

impl Conversion {
    /// That of a column whose bare numbers are in a unit; `None` where every number of it needs a closer look.
    pub(crate) fn of(spec: &ColumnSpec, unit: Option<Unit>) -> Option<Self> {
        let scale = spec.kind.scale()?;
        if unit.is_none() && matches!(spec.kind, Kind::Money | Kind::Area) {
            return None;
        }
        // A bare number below 1 in a column of percents is doubtful, cell by cell.
        if unit.is_some_and(|u| matches!(u.dimension, Dimension::Percent | Dimension::Foreign | Dimension::Time(_))) {
            return None;
        }
        let (multiply, divide) = unit.map_or((1, 1), |u| u.to_stored(Some(&spec.name)));
        let factor = multiply.checked_mul(10i128.checked_pow(scale)?)?;
        let one = factor.checked_div(divide).filter(|one| one * divide == factor).and_then(|f| i64::try_from(f).ok());
        let nearly = multiply as f64 * 10f64.powi(i32::try_from(scale).ok()?) / divide as f64;
        Some(Self { multiply, divide, scale, one, factor: nearly })
    }

    /// The factor of whole numbers and the greatest that is not too large, where they are stored by a factor.
    pub(crate) fn whole_factor(&self) -> Option<(i64, i64)> {
        self.one.filter(|one| *one > 0).map(|one| (one, (TOO_LARGE - 1) / one))
    }

    pub(crate) fn whole(&self, value: i64) -> Option<i64> {
        match self.one {
            Some(one) => value.checked_mul(one).filter(|v| (0..TOO_LARGE).contains(v)),
            None => {
                let value = Decimal::whole(i128::from(value));
                number::scaled(value, self.multiply, self.divide, self.scale).filter(|v| *v >= 0)
            }
        }
    }

    pub(crate) fn float(&self, value: f64) -> Option<i64> {
        self.float_surely(value).or_else(|| self.float_closely(value))
    }

    fn float_surely(&self, value: f64) -> Option<i64> {
        let (number, sure) = self.surely(value);
        sure.then_some(number)
    }

    /// What a float is stored as, and whether that is sure: it is far from a tie, and small enough that its own error
    /// cannot matter. Without a branch, for many are converted together.
    #[inline(always)]
    pub(crate) fn surely(&self, value: f64) -> (i64, bool) {
        // Above it, floats have no digits after the point; so a number loses them when it is lifted there and let down.
        // What it is lifted by stands in its lower bits, which is the number.
        const WHOLE: f64 = (1u64 << 52) as f64;
        let product = value * self.factor;
        let lifted = product + WHOLE;
        let away = (product - (lifted - WHOLE)).abs();
        let near = (0.0..1e12).contains(&product);
        let sure = near & ((away - 0.5).abs() > 2e-3) & ((self.scale != 0) | (away == 0.0));
        (lifted.to_bits().wrapping_sub(WHOLE.to_bits()) as i64, sure)
    }

    fn float_closely(&self, value: f64) -> Option<i64> {
        if self.scale == 0 || !value.is_finite() {
            return None;
        }
        let exact = number::decimal(&text::digits15(value))?;
        number::scaled(exact, self.multiply, self.divide, self.scale).filter(|v| *v >= 0)
    }

    /// Of a decimal with so many digits after the point.
    pub(crate) fn decimal(&self, unscaled: i128, own: u32) -> Option<i64> {
        let stored = number::scaled(Decimal { unscaled, scale: own }, self.multiply, self.divide, self.scale)
            .filter(|v| *v >= 0)?;
        let exact = self.scale != 0
            || i128::from(stored).checked_mul(10i128.checked_pow(own)?)? == unscaled.checked_mul(self.multiply)?;
        exact.then_some(stored)
    }
}

/// A column of numbers as it is stored; `None` where one of them needs a closer look.
pub(super) fn stored(spec: &ColumnSpec, unit: Option<Unit>, series: &Series, name: &PlSmallStr) -> Option<Series> {
    let conversion = Conversion::of(spec, unit)?;
    let converted: Option<Vec<Option<i64>>> = match series.dtype() {
        dtype if dtype.is_integer() && *dtype != DataType::UInt64 && *dtype != DataType::Int128 => {
            let wide = series.cast(&DataType::Int64).ok()?;
            all(wide.i64().ok()?.iter(), |value| conversion.whole(value))
        }
        // An f32 shows fewer digits than it has as an f64.
        DataType::Float64 => {
            let known = series.f64().ok()?.iter().map(|v| v.filter(|v| !v.is_nan()));
            all(known, |value| conversion.float(value))
        }
        DataType::Decimal(_, own) => {
            let own = u32::try_from(*own).ok()?;
            all(series.decimal().ok()?.physical().iter(), |unscaled| conversion.decimal(unscaled, own))
        }
        _ => None,
    };
    Some(stored_numbers(name.clone(), spec.kind, converted?.into_iter()))
}

/// All values converted, or `None` if one of them needs a closer look.
fn all<T>(values: impl Iterator<Item = Option<T>>, convert: impl Fn(T) -> Option<i64>) -> Option<Vec<Option<i64>>> {
    values
        .map(|value| match value {
            None => Some(None),
            Some(value) => convert(value).map(Some),
        })
        .collect()
}

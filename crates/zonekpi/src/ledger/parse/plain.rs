//! Amounts of which nothing has to be told, read without the steps that find out what there is to tell. What comes out
//! is what reading the cell gives.

use super::{Cell, Context, Decimal, Dimension, Parsed, Value, number};

/// How the plain numbers of a column are read.
pub(crate) struct Plain<'a> {
    context: &'a Context<'a>,
    /// What a number with so many digits after the point is multiplied by, where that is exact.
    factors: [Option<i64>; 7],
    multiply: i128,
    divide: i128,
    scale: u32,
}

impl<'a> Plain<'a> {
    /// `None` for a column whose bare numbers mean more than themselves.
    pub(crate) fn of(context: &'a Context<'a>) -> Option<Self> {
        let unit = context.unit.filter(|unit| matches!(unit.dimension, Dimension::Money | Dimension::Area))?;
        let (multiply, divide) = unit.to_stored(context.spec.map(|spec| spec.name.as_str()));
        let scale = context.kind.scale().filter(|scale| *scale > 0)?;
        let whole = multiply.checked_mul(10i128.checked_pow(scale)?)?;
        let mut factors = [None; 7];
        for (digits, slot) in (0u32..).zip(&mut factors) {
            let divisor = divide.checked_mul(10i128.checked_pow(digits)?)?;
            *slot = i64::try_from(whole.checked_div(divisor)?).ok().filter(|_| whole % divisor == 0);
        }
        Some(Self { context, factors, multiply, divide, scale })
    }

    /// The number that a text is, or `None` within for a blank; `None` where there is more to tell of it.
    pub(crate) fn read(&self, text: &str) -> Option<Option<i64>> {
        /// More digits than any amount has, and what they make fits 64 bits.
        const MOST: usize = 15;
        let (mut number, mut point) = (0i64, None);
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'0'..=b'9' => number = number.wrapping_mul(10).wrapping_add(i64::from(byte - b'0')),
                b'.' if point.is_none() && at > 0 => point = Some(at),
                _ => return self.closely(text),
            }
        }
        let digits = point.map_or(0, |at| text.len() - at - 1);
        if text.is_empty() || text.len() > MOST {
            return self.closely(text);
        }
        if let Some(stored) = self.factors.get(digits).copied().flatten().and_then(|factor| number.checked_mul(factor))
            && stored < 1_000_000_000_000_000_000
        {
            return Some(Some(stored));
        }
        let value = Decimal { unscaled: i128::from(number), scale: u32::try_from(digits).ok()? };
        number::scaled(value, self.multiply, self.divide, self.scale).map(Some)
    }

    fn closely(&self, text: &str) -> Option<Option<i64>> {
        match self.context.read(&Cell::Text(text)) {
            Parsed { problem: Some(_), .. }
            | Parsed { unit: Some(_), .. }
            | Parsed { bound: Some(_), .. }
            | Parsed { unit_missing: true, .. }
            | Parsed { scale_alone: true, .. } => None,
            Parsed { value: Value::Number(number), .. } => Some(Some(number)),
            Parsed { value: Value::Blank, .. } => Some(None),
            _ => None,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::Words;
    use super::*;
    use crate::ledger::schema::Schema;
    use crate::ledger::text;
    use crate::ledger::unit;

    fn with(column: &str, unit: &str, test: impl FnOnce(&Context<'_>)) {
        let table = Schema::builtin().table("projects").expect("a table");
        let spec = table.column(column).expect("a column");
        let words = Words::of(table, spec);
        let unit = unit::unit(&text::word(unit));
        test(&Context {
            kind: spec.kind,
            spec: Some(spec),
            words: &words,
            unit,
            blank_is_no: false,
            epoch_1904: false,
            texts_may_be_numbers: true,
        });
    }

    #[test]
    fn a_plain_amount_is_read_in_the_unit_of_its_column() {
        with("investment_cny", "亿元", |context| {
            let plain = Plain::of(context).expect("an amount");
            // In fen; half a fen is rounded up.
            assert_eq!(plain.read("2.4"), Some(Some(24_000_000_000)));
            assert_eq!(plain.read("0.00000000005"), Some(Some(1)));
            assert_eq!((plain.read("/"), plain.read("0")), (Some(None), Some(Some(0))));
            assert_eq!(
                (plain.read("约5"), plain.read("5万"), plain.read("5以上"), plain.read("甲")),
                (None, None, None, None)
            );
        });
        with("investment_cny", "万美元", |context| assert!(Plain::of(context).is_none()));
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_cell_is(
            text in "[0-9]{1,18}|[0-9]{1,8}\\.[0-9]{0,9}|[0-9.,+e-]{1,6}|[0-9]{1,3}[ 万亿%元]|[-/无]{1,2}",
            (column, unit) in prop::sample::select(vec![
                ("investment_cny", "元"), ("investment_cny", "万元"), ("investment_cny", "亿元"),
                ("land_mu", "亩"), ("land_mu", "㎡"), ("land_mu", "公顷"),
            ]),
        ) {
            with(column, unit, |context| {
                let read = context.read(&Cell::Text(&text));
                let expected = match &read {
                    Parsed { problem: None, unit: None, bound: None, value: Value::Number(n), .. } => Some(Some(*n)),
                    Parsed { problem: None, value: Value::Blank, .. } => Some(None),
                    _ => None,
                };
                assert_eq!(Plain::of(context).expect("an amount").read(&text), expected, "{text}: {read:?}");
            });
        }
    }
}

//! Exact numbers: decimals as integers with a scale, and fractions of 128-bit integers. No floats are summed or
//! compared anywhere; the one rounding is in `answer::display`.

use std::cmp::Ordering;

/// `unscaled ÷ 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits as one integer.
    pub unscaled: i128,
    /// How many of them stand after the point.
    pub scale: u32,
}

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i128) -> Self {
        Self { unscaled: number, scale: 0 }
    }

    /// The same number with at least `scale` digits after the point; `None` where 128 bits do not hold it.
    pub fn rescaled(self, scale: u32) -> Option<Self> {
        let factor = 10i128.checked_pow(scale.checked_sub(self.scale)?)?;
        Some(Self { unscaled: self.unscaled.checked_mul(factor)?, scale })
    }

    /// The sum, exact; `None` on overflow.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let unscaled = self.rescaled(scale)?.unscaled.checked_add(other.rescaled(scale)?.unscaled)?;
        Some(Self { unscaled, scale })
    }

    /// The quotient, exact; `None` where the divisor is 0 or the parts do not fit 128 bits.
    pub fn over(self, divisor: Self) -> Option<Fraction> {
        let common = gcd(self.unscaled.unsigned_abs(), divisor.unscaled.unsigned_abs());
        let (mut n, mut d) = match i128::try_from(common) {
            Ok(common) if common > 1 => (self.unscaled / common, divisor.unscaled / common),
            _ => (self.unscaled, divisor.unscaled),
        };
        let (up, down) = (divisor.scale.saturating_sub(self.scale), self.scale.saturating_sub(divisor.scale));
        n = n.checked_mul(10i128.checked_pow(up)?)?;
        d = d.checked_mul(10i128.checked_pow(down)?)?;
        Fraction::new(n, d)
    }

    /// The nearest float, for frames.
    pub fn to_f64(self) -> f64 {
        Fraction::from(self).to_f64()
    }
}

/// A fraction in lowest terms, its denominator positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// `numerator ÷ denominator`; `None` where the denominator is 0.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let common = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).unwrap_or(1).max(1);
        let (n, d) = (numerator / common, denominator / common);
        if d < 0 {
            Some(Self { numerator: n.checked_neg()?, denominator: d.checked_neg()? })
        } else {
            Some(Self { numerator: n, denominator: d })
        }
    }

    /// The numerator, in lowest terms.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, in lowest terms; positive.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The nearest float: the whole part is split off first, so that large parts lose nothing that matters.
    pub fn to_f64(self) -> f64 {
        // Both parts of a value are far below 2^53 in practice, and then this is correctly rounded.
        self.numerator as f64 / self.denominator as f64
    }
}

impl From<Decimal> for Fraction {
    fn from(d: Decimal) -> Self {
        let whole = Self { numerator: d.unscaled, denominator: 1 };
        10i128.checked_pow(d.scale).and_then(|p| Self::new(d.unscaled, p)).unwrap_or(whole)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        // By continued fractions, so that nothing overflows.
        let (mut a, mut b, mut c, mut d) = (self.numerator, self.denominator, other.numerator, other.denominator);
        let mut reversed = false;
        loop {
            let (p, q) = (a.div_euclid(b), c.div_euclid(d));
            let order = p.cmp(&q);
            let (r, s) = (a.rem_euclid(b), c.rem_euclid(d));
            let order = match (order, r, s) {
                (Ordering::Equal, 0, 0) => return Some(Ordering::Equal),
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (Ordering::Equal, ..) => {
                    (a, b, c, d) = (b, r, d, s);
                    reversed = !reversed;
                    continue;
                }
                (order, ..) => order,
            };
            return Some(if reversed { order.reverse() } else { order });
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

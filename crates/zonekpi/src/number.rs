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
        nearest(self.unscaled, 10i128.checked_pow(self.scale).unwrap_or(1))
    }

    /// Whether it is one of the numbers of which nothing overflows that is made of two of them.
    fn is_small(self) -> bool {
        self.scale <= SMALL_SCALE && i64::try_from(self.unscaled).is_ok()
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

    /// The number in digits: all of them where they end, else six after the point, rounded half up.
    pub(crate) fn digits(self) -> String {
        const LONGEST: usize = 30;
        const ROUNDED: usize = 6;
        let (n, d) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let (mut whole, mut rest) = (n / d, n % d);
        let mut part: Vec<u8> = Vec::new();
        while rest != 0 && part.len() < LONGEST {
            let Some(tenfold) = rest.checked_mul(10) else { break };
            part.push(u8::try_from(tenfold / d).unwrap_or(9));
            rest = tenfold % d;
        }
        if rest != 0 {
            let up = part.get(ROUNDED).is_some_and(|digit| *digit >= 5);
            part.truncate(ROUNDED);
            let mut carry = up;
            for digit in part.iter_mut().rev().take_while(|_| up) {
                if carry {
                    carry = *digit == 9;
                    *digit = if carry { 0 } else { *digit + 1 };
                }
            }
            whole += u128::from(carry);
            while part.last() == Some(&0) {
                part.pop();
            }
        }
        let sign = if self.numerator < 0 && (whole > 0 || !part.is_empty()) { "-" } else { "" };
        let point = if part.is_empty() { "" } else { "." };
        let part: String = part.into_iter().map(|digit| char::from(b'0' + digit)).collect();
        format!("{sign}{whole}{point}{part}")
    }

    /// The nearest float, ties to even.
    pub fn to_f64(self) -> f64 {
        nearest(self.numerator, self.denominator)
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

/// A number as it was found: exact, and not yet in lowest terms, for of most numbers only the nearest float is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unreduced {
    Decimal(Decimal),
    /// Something above the line, and below it something that is not 0.
    Quotient(Decimal, Decimal),
}

impl Unreduced {
    /// `None` over 0.
    pub(crate) fn quotient(above: Decimal, below: Decimal) -> Option<Self> {
        (below.unscaled != 0).then_some(Self::Quotient(above, below))
    }

    /// In lowest terms; `None` where 128 bits do not hold them.
    pub(crate) fn reduced(self) -> Option<Fraction> {
        match self {
            Self::Decimal(number) => Some(number.into()),
            Self::Quotient(above, below) => above.over(below),
        }
    }

    /// Whether 128 bits hold it in lowest terms.
    pub(crate) fn fits(self) -> bool {
        match self {
            Self::Decimal(_) => true,
            Self::Quotient(above, below) => above.is_small() && below.is_small() || above.over(below).is_some(),
        }
    }

    /// The float nearest to it, ties to even; `None` where it does not fit.
    pub(crate) fn to_f64(self) -> Option<f64> {
        match self {
            Self::Decimal(number) => Some(number.to_f64()),
            Self::Quotient(above, below) if above.is_small() && below.is_small() => {
                let (up, down) = (below.scale.saturating_sub(above.scale), above.scale.saturating_sub(below.scale));
                Some(nearest(above.unscaled * power_of_ten(up), below.unscaled * power_of_ten(down)))
            }
            Self::Quotient(above, below) => Some(above.over(below)?.to_f64()),
        }
    }
}

/// Ten to the power of a small scale fits 64 bits, so its product with another number of 64 bits fits 128.
pub(crate) const SMALL_SCALE: u32 = 18;

/// Ten to a power up to 18.
fn power_of_ten(power: u32) -> i128 {
    10u64.pow(power.min(SMALL_SCALE)).into()
}

/// The float nearest to a quotient, ties to even. What is below the line is not 0.
fn nearest(above: i128, below: i128) -> f64 {
    const EXACT: u128 = 1 << f64::MANTISSA_DIGITS;
    let (n, d) = (above.unsigned_abs(), below.unsigned_abs());
    let float = if n <= EXACT && d <= EXACT {
        // Both floats are exact, so their quotient is rounded once.
        n as u64 as f64 / d as u64 as f64
    } else {
        divided(n, d)
    };
    // Nothing is 0, whatever it is divided by, and never −0.
    if n != 0 && (above < 0) != (below < 0) { -float } else { float }
}

/// The float nearest to a quotient of two numbers that floats may not hold: divided to more bits than a float has, of which
/// the last tells whether anything is left over.
fn divided(n: u128, d: u128) -> f64 {
    let float = |quotient: u128, rest: u128, shift: u32| {
        (quotient | u128::from(rest != 0)) as f64 * 2f64.powi(-i32::try_from(shift).unwrap_or(0))
    };
    if d <= u128::from(u64::MAX) && n != 0 {
        // Of 128 bits, at least 64 are left.
        let shift = n.leading_zeros();
        let shifted = n << shift;
        return float(shifted / d, shifted % d, shift);
    }
    let (mut quotient, mut rest) = (n / d, n % d);
    let mut shift = 0;
    while rest != 0 && quotient.leading_zeros() > u128::BITS - 64 && shift < 900 {
        // The divisor is 2^127 at most, so doubling a rest of it does not overflow.
        rest <<= 1;
        quotient = quotient << 1 | u128::from(rest >= d);
        rest %= d;
        shift += 1;
    }
    float(quotient, rest, shift)
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // What 64 bits hold is divided many times faster.
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return gcd_of_words(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(n: i128, d: i128) -> Fraction {
        Fraction::new(n, d).expect("a fraction")
    }

    #[test]
    fn a_quotient_of_decimals_is_exact() {
        let money = Decimal { unscaled: 12_500_000_000, scale: 2 };
        let area = Decimal { unscaled: 35_500_000, scale: 6 };
        // 125,000,000 yuan ÷ 35.5 mu = 250,000,000 / 71
        assert_eq!(money.over(area), Some(fraction(250_000_000, 71)));
        assert_eq!(money.over(Decimal { unscaled: 0, scale: 6 }), None);
    }

    #[test]
    fn a_fraction_is_written_with_all_its_digits_where_they_end() {
        let written = |n, d| fraction(n, d).digits();
        assert_eq!(written(5, 4), "1.25");
        assert_eq!(written(-1, 8), "-0.125");
        assert_eq!(written(0, 7), "0");
        // 12,345,678,901,234,567,890 fen in 亿元: more digits than a float has.
        assert_eq!(written(12_345_678_901_234_567_890, 10_000_000_000), "1234567890.123456789");
        assert_eq!(
            (written(2, 3), written(-1, 3), written(1, 3_000_000)),
            ("0.666667".into(), "-0.333333".into(), "0".into())
        );
        assert_eq!((written(59_999_999, 60_000_000), written(2_999_999, 3_000_000)), ("1".into(), "1".into()));
    }

    #[test]
    fn fractions_are_in_lowest_terms_with_a_positive_denominator() {
        assert_eq!((fraction(6, -4).numerator(), fraction(6, -4).denominator()), (-3, 2));
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::new(0, -7), Fraction::new(0, 1));
    }

    #[test]
    fn fractions_compare_without_overflow() {
        let huge = i128::MAX - 1;
        assert!(fraction(huge, huge - 2) > fraction(huge - 1, huge - 2));
        assert!(fraction(-1, 3) < fraction(1, 4));
        assert!(fraction(-1, 3) < fraction(-1, 4));
        assert_eq!(fraction(59, 63).partial_cmp(&fraction(118, 126)), Some(Ordering::Equal));
    }

    #[test]
    fn a_sum_aligns_the_scales_and_tells_an_overflow() {
        let sum = Decimal { unscaled: 15, scale: 1 }.plus(Decimal { unscaled: 25, scale: 2 });
        assert_eq!(sum, Some(Decimal { unscaled: 175, scale: 2 }));
        assert_eq!(Decimal::whole(i128::MAX).plus(Decimal::whole(1)), None);
        assert_eq!(Decimal::whole(i128::MAX).rescaled(1), None);
    }

    #[test]
    fn a_fraction_gives_the_nearest_float() {
        assert_eq!(fraction(1, 3).to_f64(), 1.0 / 3.0);
        // Beyond 2^53 a quotient of the two floats is off by one in the last place; Python's Fraction gives this.
        assert_eq!(fraction(76391375899727204793904, 74959062667233142256700).to_f64(), 1.0191079394742775);
        assert_eq!(fraction(-76391375899727204793904, 74959062667233142256700).to_f64(), -1.0191079394742775);
    }

    #[test]
    fn what_is_not_reduced_gives_the_float_of_what_is() {
        let decimal = |unscaled, scale| Decimal { unscaled, scale };
        let float = |above, below| Unreduced::quotient(above, below).expect("not over 0").to_f64().expect("it fits");
        // By Python: float(Fraction(9007199254740993, 2)) is the even one of two.
        for times in [1, 3, 1000] {
            assert_eq!(
                float(decimal(9_007_199_254_740_993 * times, 0), decimal(2 * times, 0)),
                4_503_599_627_370_496.0
            );
        }
        // 0.1 yuan ÷ 0.003 mu; nothing ÷ a negative number is 0 without a sign.
        assert_eq!(float(decimal(10, 2), decimal(3000, 6)), 100.0 / 3.0);
        assert_eq!(float(decimal(-10, 2), decimal(3000, 6)), -100.0 / 3.0);
        assert_eq!(float(decimal(0, 2), decimal(-7, 0)).to_bits(), 0);
        assert!(Unreduced::quotient(decimal(1, 0), decimal(0, 6)).is_none());
        // Too great by its scale alone, and only until it is reduced.
        assert!(!Unreduced::Quotient(decimal(1 << 100, 0), decimal(3, 20)).fits());
        assert_eq!(Unreduced::Quotient(decimal(1 << 100, 0), decimal(3, 20)).to_f64(), None);
        assert!(Unreduced::Quotient(decimal(3 << 100, 0), decimal(3 << 100, 20)).fits());
        assert_eq!(Unreduced::Quotient(decimal(3 << 100, 0), decimal(3 << 100, 20)).to_f64(), Some(1e20));
    }

    proptest::proptest! {
        /// Whatever way it is divided: at once, bit by bit, or as two floats. The same quotient is put in each.
        #[test]
        fn a_float_does_not_depend_on_how_it_is_divided(
            n in 1i128..1 << 60, d in 1i128..1 << 60, above in 1i128..1 << 20, scales in (0u32..8, 0u32..8),
        ) {
            // More than 64 bits below the line: bit by bit.
            let far = (1i128 << 66) / d + 1;
            let float = nearest(n, d);
            proptest::prop_assert_eq!(float, divided((n * far).unsigned_abs(), (d * far).unsigned_abs()));
            proptest::prop_assert_eq!(float, divided(n.unsigned_abs(), d.unsigned_abs()));
            proptest::prop_assert_eq!(float, fraction(n, d).to_f64());
            proptest::prop_assert_eq!(-float, nearest(n * above, -d * above));
            let (n, d) = (Decimal { unscaled: n, scale: scales.0 }, Decimal { unscaled: d, scale: scales.1 });
            let quotient = Unreduced::Quotient(n, d);
            proptest::prop_assert!(quotient.fits());
            proptest::prop_assert_eq!(quotient.to_f64(), quotient.reduced().map(Fraction::to_f64));
            proptest::prop_assert_eq!(n.to_f64(), Fraction::from(n).to_f64());
        }
    }
}

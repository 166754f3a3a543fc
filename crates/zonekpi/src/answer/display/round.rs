//! Rounding: one division of whole numbers, digit by digit, so that no size overflows and no float is met.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result, nearest};
use crate::message::ErrorCode;
use crate::number::{Decimal, Fraction};

/// The most digits that may be asked after the point.
pub(crate) const MOST_DIGITS: u32 = 12;

/// Powers of ten beyond any unit; they only bound the work.
const MOST_SHIFT: i32 = 40;

/// What is done with the digits that are not printed.
///
/// # Which figure is printed for 23 of 80, in percent to one digit?
///
/// 28.75% is a tie, and 8 is the even neighbour; truncation gives another figure.
///
/// ```
/// use zonekpi::{Fraction, Rounding};
///
/// let share = Fraction::new(23, 80).ok_or("over 0")?;
/// assert_eq!(Rounding::HalfUp.to_text(share, 2, 1), "28.8");
/// assert_eq!(Rounding::HalfEven.to_text(share, 2, 1), "28.8");
/// assert_eq!(Rounding::Down.to_text(share, 2, 1), "28.7");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// 四舍五入: to the nearest, a tie away from zero.
    #[default]
    HalfUp,
    /// 四舍六入五成双 (GB/T 8170): to the nearest, a tie to the even digit.
    HalfEven,
    /// 截尾: towards zero.
    Down,
}

impl Rounding {
    /// The modes.
    pub const ALL: [Self; 3] = [Self::HalfUp, Self::HalfEven, Self::Down];

    /// The name: `half_up`, `half_even`, `down`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HalfUp => "half_up",
            Self::HalfEven => "half_even",
            Self::Down => "down",
        }
    }

    /// The mode of a name: `half_up`, `half_even`, `down`.
    ///
    /// # Errors
    ///
    /// Where no mode has the name; the nearest one is suggested.
    pub fn parse(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text.trim()).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str);
            let message = ErrorCode::UnknownRounding.message().with("found", text).with("allowed", names.join(", "));
            Error::new(ErrorKind::Query, message).suggest(nearest(text, names))
        })
    }

    /// `value × 10^shift` with so many digits after the point (at most 12): `shift` 2 gives percent, −4 gives 万,
    /// −8 gives 亿. What rounds to zero has no sign.
    pub fn to_text(self, value: Fraction, shift: i32, digits: u32) -> String {
        rounded(value, shift, digits, |kept, rest| match self {
            Self::HalfUp => rest.against_half != Ordering::Less,
            Self::HalfEven => match rest.against_half {
                Ordering::Less => false,
                Ordering::Equal => kept.last_is_odd(),
                Ordering::Greater => true,
            },
            Self::Down => false,
        })
    }
}

/// The greatest printed number that is not above the value: how the lower end of a range is printed.
pub(crate) fn not_above(value: Fraction, shift: i32, digits: u32) -> String {
    rounded(value, shift, digits, |_, rest| value.numerator() < 0 && !rest.is_zero)
}

/// The least printed number that is not below the value: how the upper end of a range is printed.
pub(crate) fn not_below(value: Fraction, shift: i32, digits: u32) -> String {
    rounded(value, shift, digits, |_, rest| value.numerator() > 0 && !rest.is_zero)
}

/// `value × 10^shift` with so many digits after the point; `goes_up` says whether what is cut off adds one to the last.
fn rounded(value: Fraction, shift: i32, digits: u32, goes_up: impl Fn(&Kept, &Rest) -> bool) -> String {
    let digits = digits.min(MOST_DIGITS);
    let places = shift.clamp(-MOST_SHIFT, MOST_SHIFT) + i32::try_from(digits).unwrap_or(0);
    let (mut kept, rest) = Kept::of(value, places);
    if goes_up(&kept, &rest) {
        kept.add_one();
    }
    kept.text(digits, value.numerator() < 0)
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Rounding {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// The digits of a magnitude that are printed, the first digit first.
struct Kept(Vec<u8>);

/// What is cut off, as part of one unit of the last digit kept.
struct Rest {
    /// Whether it is less than, exactly, or more than a half.
    against_half: Ordering,
    /// Whether it is nothing.
    is_zero: bool,
}

impl Kept {
    /// The whole part of `|value| × 10^places`, and the rest.
    fn of(value: Fraction, places: i32) -> (Self, Rest) {
        let divisor = value.denominator().unsigned_abs();
        let magnitude = value.numerator().unsigned_abs();
        let mut remainder = magnitude % divisor;
        let mut digits: Vec<u8> = (magnitude / divisor).to_string().bytes().map(|b| b - b'0').collect();
        for _ in 0..places {
            digits.push(next_digit(&mut remainder, divisor));
        }
        let against_half_of_one = remainder.cmp(&(divisor - remainder));
        let mut rest = Rest { against_half: against_half_of_one, is_zero: remainder == 0 };
        if places < 0 {
            let cut = usize::try_from(places.unsigned_abs()).unwrap_or(0);
            let mut padded = vec![0; cut.saturating_sub(digits.len())];
            padded.append(&mut digits);
            let dropped = padded.split_off(padded.len().saturating_sub(cut));
            digits = padded;
            let (first, others) = dropped.split_first().unwrap_or((&0, &[]));
            let tail_is_zero = rest.is_zero && others.iter().all(|d| *d == 0);
            rest.against_half = match (first.cmp(&5), tail_is_zero) {
                (Ordering::Equal, false) => Ordering::Greater,
                (order, _) => order,
            };
            rest.is_zero = tail_is_zero && *first == 0;
        }
        (Self(digits), rest)
    }

    fn last_is_odd(&self) -> bool {
        self.0.last().is_some_and(|digit| digit % 2 == 1)
    }

    fn add_one(&mut self) {
        for digit in self.0.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.0.insert(0, 1);
    }

    /// The number with its last `after` digits behind the point.
    fn text(&self, after: u32, negative: bool) -> String {
        let after = usize::try_from(after).unwrap_or(0);
        let mut text: String = self.0.iter().map(|digit| char::from(b'0' + digit)).collect();
        if text.len() <= after {
            text.insert_str(0, &"0".repeat(after + 1 - text.len()));
        }
        let fraction = text.split_off(text.len() - after);
        let whole = text.trim_start_matches('0');
        let mut number = String::new();
        if negative && self.0.iter().any(|digit| *digit != 0) {
            number.push('-');
        }
        number.push_str(if whole.is_empty() { "0" } else { whole });
        if after > 0 {
            number.push('.');
            number.push_str(&fraction);
        }
        number
    }
}

/// The next digit of the long division; the remainder goes on. Ten additions instead of one product: both numbers
/// are below 2^127, so a sum of two always fits where ten times one need not.
fn next_digit(remainder: &mut u128, divisor: u128) -> u8 {
    let (mut digit, mut sum) = (0, 0u128);
    for _ in 0..10 {
        sum += *remainder;
        if sum >= divisor {
            sum -= divisor;
            digit += 1;
        }
    }
    *remainder = sum;
    digit
}

/// The value in full: a decimal where it ends, else a fraction in lowest terms.
pub(crate) fn exact(value: Fraction) -> String {
    let mut rest = value.denominator();
    let (mut twos, mut fives) = (0u32, 0u32);
    while rest % 2 == 0 && rest != 0 {
        rest /= 2;
        twos += 1;
    }
    while rest % 5 == 0 && rest != 0 {
        rest /= 5;
        fives += 1;
    }
    let digits = twos.max(fives);
    if rest != 1 || digits > 30 {
        return format!("{}/{}", value.numerator(), value.denominator());
    }
    let (kept, _) = Kept::of(value, i32::try_from(digits).unwrap_or(0));
    kept.text(digits, value.numerator() < 0)
}

/// A decimal in full, without zeros that say nothing.
pub(crate) fn exact_decimal(value: Decimal) -> String {
    exact(Fraction::from(value))
}

/// The same number with a comma before every three digits of its whole part.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, plain) = number.strip_prefix('-').map_or(("", number), |plain| ("-", plain));
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

/// The number with a plus where it is above zero as printed.
pub(crate) fn with_plus(number: String) -> String {
    let above = !number.starts_with('-') && number.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if above { format!("+{number}") } else { number }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction(n: i128, d: i128) -> Fraction {
        Fraction::new(n, d).expect("not over 0")
    }

    /// A decimal as written, `-12.50`, as a fraction.
    fn written(text: &str) -> Fraction {
        let scale = text.split_once('.').map_or(0, |(_, after)| after.len());
        let unscaled: i128 = text.replace('.', "").parse().expect("digits");
        fraction(unscaled, 10i128.pow(u32::try_from(scale).expect("few digits")))
    }

    /// The examples of GB/T 8170-2008, 3.2 and 3.3. Digits give intervals below one, the shift those above.
    #[test]
    fn gb_t_8170_rounds_ties_to_even() {
        for (value, digits, printed) in [
            // 3.2.1: below five is dropped.
            ("12.1498", 0, "12"),
            ("12.1498", 1, "12.1"),
            // 3.2.3: a five that something follows rounds up.
            ("10.5002", 0, "11"),
            // 3.2.4: a five that nothing follows goes to the even digit.
            ("1.050", 1, "1.0"),
            ("0.35", 1, "0.4"),
            // 3.2.5: negative numbers by their magnitude.
            ("-0.0365", 3, "-0.036"),
            // 3.3.1: once, from the number itself.
            ("97.46", 0, "97"),
            ("15.4546", 0, "15"),
        ] {
            assert_eq!(Rounding::HalfEven.to_text(written(value), 0, digits), printed, "{value}");
        }
        // 3.2.2 and 3.2.4, to hundreds and to thousands.
        for (value, shift, printed) in
            [(1268, -2, "13"), (2500, -3, "2"), (3500, -3, "4"), (-355, -1, "-36"), (-325, -1, "-32")]
        {
            assert_eq!(Rounding::HalfEven.to_text(fraction(value, 1), shift, 0), printed, "{value}");
        }
    }

    #[test]
    fn ties_part_the_modes() {
        let print = |n, d, digits| Rounding::ALL.map(|mode| mode.to_text(fraction(n, d), 2, digits));
        assert_eq!(print(13, 16, 1), ["81.3", "81.2", "81.2"]);
        // As a float, 23/80 × 100 is below 28.75 and prints 28.7.
        assert_eq!(print(23, 80, 1), ["28.8", "28.8", "28.7"]);
        assert_eq!(print(-13, 16, 1), ["-81.3", "-81.2", "-81.2"]);
        assert_eq!(print(1, 200, 0), ["1", "0", "0"]);
        // 291 of 292 is 99.657…%: the published 99.65% was cut.
        assert_eq!(print(291, 292, 2), ["99.66", "99.66", "99.65"]);
    }

    #[test]
    fn the_article_is_printed() {
        assert_eq!(Rounding::HalfUp.to_text(fraction(59, 63), 2, 2), "93.65");
        assert_eq!(Rounding::HalfUp.to_text(fraction(61, 75), 2, 1), "81.3");
        assert_eq!(Rounding::HalfUp.to_text(fraction(61, 75), 2, 2), "81.33");
        assert_eq!(Rounding::HalfUp.to_text(fraction(28, 51), 2, 2), "54.90");
        assert_eq!(Rounding::HalfUp.to_text(fraction(8_969_000_000, 1), -8, 2), "89.69");
        assert_eq!(Rounding::HalfUp.to_text(fraction(13_864, 100), 0, 2), "138.64");
    }

    #[test]
    fn the_ends_of_a_range_are_printed_outward() {
        let ends = |value, digits| (not_above(written(value), 0, digits), not_below(written(value), 0, digits));
        let pair = |lower: &str, upper: &str| (lower.to_owned(), upper.to_owned());
        assert_eq!(ends("148.5", 0), pair("148", "149"));
        assert_eq!(ends("148.0", 0), pair("148", "148"));
        assert_eq!(ends("0.01", 1), pair("0.0", "0.1"));
        assert_eq!(ends("-148.5", 0), pair("-149", "-148"));
    }

    #[test]
    fn nothing_prints_as_minus_zero() {
        for mode in Rounding::ALL {
            assert_eq!(mode.to_text(fraction(-1, 1000), 0, 1), "0.0");
            assert_eq!(mode.to_text(fraction(-1, 1000), 0, 0), "0");
            assert_eq!(mode.to_text(fraction(-1, 1), -8, 2), "0.00");
            assert_eq!(mode.to_text(fraction(0, 1), 2, 2), "0.00");
        }
    }

    #[test]
    fn carries_run_through() {
        assert_eq!(Rounding::HalfUp.to_text(written("9.995"), 0, 2), "10.00");
        assert_eq!(Rounding::HalfUp.to_text(written("0.9999"), 2, 1), "100.0");
        assert_eq!(Rounding::HalfUp.to_text(fraction(99_995_000_000, 1), -8, 1), "1000.0");
        assert_eq!(Rounding::HalfUp.to_text(fraction(5, 1), -1, 0), "1");
        assert_eq!(Rounding::HalfUp.to_text(fraction(50_000_000, 1), -8, 0), "1");
        assert_eq!(Rounding::HalfUp.to_text(fraction(49_999_999, 1), -8, 0), "0");
        assert_eq!(Rounding::HalfEven.to_text(fraction(50_000_000, 1), -8, 0), "0");
        assert_eq!(Rounding::HalfEven.to_text(fraction(100_000_001, 2), -8, 0), "1");
    }

    #[test]
    fn no_size_overflows() {
        let great = fraction(i128::MAX, 1);
        assert_eq!(Rounding::HalfUp.to_text(great, 2, 12), "17014118346046923173168730371588410572700.000000000000");
        assert_eq!(Rounding::HalfUp.to_text(fraction(i128::MAX - 1, i128::MAX), 2, 12), "100.000000000000");
        assert_eq!(Rounding::Down.to_text(fraction(i128::MAX - 1, i128::MAX), 2, 12), "99.999999999999");
        assert_eq!(Rounding::HalfUp.to_text(fraction(i128::MIN, 1), i32::MIN, u32::MAX), "-0.017014118346");
        assert_eq!(Rounding::HalfUp.to_text(fraction(1, i128::MAX), i32::MAX, 0), "59");
    }

    #[test]
    fn exact_values_end_or_stay_fractions() {
        for (n, d, text) in [
            (59, 63, "59/63"),
            (13, 16, "0.8125"),
            (-1, 8, "-0.125"),
            (7, 1, "7"),
            (0, 5, "0"),
            (300, 1, "300"),
            (1, 1 << 40, "1/1099511627776"),
        ] {
            assert_eq!(exact(fraction(n, d)), text);
        }
        assert_eq!(exact_decimal(Decimal { unscaled: 138_640_000, scale: 6 }), "138.64");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in
            [("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.8901", "-1,234,567.8901"), ("-100.5", "-100.5")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn modes_have_names() {
        for mode in Rounding::ALL {
            assert_eq!(Rounding::parse(mode.as_str()).expect("a mode"), mode);
        }
        insta::assert_snapshot!(Rounding::parse("halfup").expect_err("a slip"), @"'halfup' is not a mode of rounding; there are: half_up, half_even, down; did you mean 'half_up'?");
    }

    proptest! {
        /// Against plain integer arithmetic, where that does not overflow.
        #[test]
        fn rounding_agrees_with_integers(
            n in -1_000_000_000_000i128..1_000_000_000_000,
            d in 1i128..1_000_000,
            shift in -9i32..4,
            digits in 0u32..6,
        ) {
            let places = shift + i32::try_from(digits).expect("few");
            let (above, below) = if places >= 0 {
                (n.abs() * 10i128.pow(places.unsigned_abs()), d)
            } else {
                (n.abs(), d * 10i128.pow(places.unsigned_abs()))
            };
            let (whole, rest) = (above / below, above % below);
            for mode in Rounding::ALL {
                let rounded = whole + match mode {
                    Rounding::HalfUp => i128::from(2 * rest >= below),
                    Rounding::HalfEven => i128::from(2 * rest > below || 2 * rest == below && whole % 2 == 1),
                    Rounding::Down => 0,
                };
                let text = mode.to_text(fraction(n, d), shift, digits);
                prop_assert_eq!(text.starts_with('-'), n < 0 && rounded != 0);
                let unsigned = text.trim_start_matches('-');
                prop_assert_eq!(unsigned.split_once('.').map_or(0, |(_, f)| f.len()), digits as usize);
                prop_assert_eq!(unsigned.replace('.', "").parse::<i128>().expect("digits"), rounded);
            }
        }
    }
}

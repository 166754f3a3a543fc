//! Numbers as cells write them: exact decimals with their unit, and whether they are about, at least, or a range.

use super::super::text;
use super::super::unit::{self, Unit};
use crate::number::Decimal;

/// Which side of the true value the number written is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// 5亿以上, 100多
    Lower,
    /// 10亿以内
    Upper,
}

/// A number that was read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub value: Decimal,
    pub unit: Option<Unit>,
    pub approximate: bool,
    pub bound: Option<Bound>,
    /// A sign of yuan stood before it.
    pub currency: bool,
}

/// Why a text is not one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotANumber {
    Range,
    Foreign,
    Unreadable,
}

/// Reads a text as one number with a unit.
pub(crate) fn read(text: &str) -> Result<Written, NotANumber> {
    if spaced_digits(text) {
        return Err(NotANumber::Unreadable);
    }
    let word = text::word(text);
    if unit::has_foreign_sign(&word) && word.contains(|c: char| c.is_ascii_digit()) {
        return Err(NotANumber::Foreign);
    }
    let mut rest = word.as_str();
    let mut approximate = false;
    let mut bound = None;
    for sign in ["¥", "rmb", "cny", "人民币"] {
        rest = rest.strip_prefix(sign).unwrap_or(rest);
    }
    let currency = rest.len() < word.len();
    for about in ["大约", "大概", "约为", "约", "近", "~", "≈"] {
        if let Some(after) = rest.strip_prefix(about) {
            (rest, approximate) = (after, true);
            break;
        }
    }
    for about in ["左右", "上下"] {
        if let Some(before) = rest.strip_suffix(about) {
            (rest, approximate) = (before, true);
            break;
        }
    }
    for (prefix, side) in PREFIXES {
        if let Some(after) = rest.strip_prefix(prefix) {
            (rest, bound) = (after, Some(*side));
            break;
        }
    }
    for (suffix, side) in SUFFIXES {
        if let Some(before) = rest.strip_suffix(suffix) {
            if bound.is_some() {
                return Err(NotANumber::Unreadable);
            }
            (rest, bound) = (before, Some(*side));
            break;
        }
    }
    let (inner, bracketed) = match rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        Some((inner, after)) if unit::unit(after).is_some() || after.is_empty() => (format!("{inner}{after}"), true),
        _ => (rest.to_owned(), false),
    };
    let Some((number, mut after)) = split_number(&inner) else { return Err(NotANumber::Unreadable) };
    if after.starts_with(['-', '~', '—', '–', '至', '到']) || range_after_unit(after) {
        return Err(NotANumber::Range);
    }
    // 100多人, 5亿多元, 100余
    for more in ["多", "余", "+"] {
        if let Some(unit) = after.strip_prefix(more) {
            (after, bound) = (unit, Some(Bound::Lower));
        }
    }
    if let Some((scale, money)) = after.split_once(['多', '余'])
        && bound.is_none()
        && matches!(scale, "万" | "亿" | "千万" | "百万")
        && matches!(money, "元" | "")
    {
        (after, bound) = (scale, Some(Bound::Lower));
    }
    let unit = match after {
        "" => None,
        word => Some(unit::unit(word).ok_or(NotANumber::Unreadable)?),
    };
    let mut value = decimal(number).ok_or(NotANumber::Unreadable)?;
    if bracketed {
        if value.unscaled < 0 {
            return Err(NotANumber::Unreadable);
        }
        value.unscaled = -value.unscaled;
    }
    Ok(Written { value, unit, approximate, bound, currency })
}

const PREFIXES: &[(&str, Bound)] = &[
    ("≥", Bound::Lower),
    (">=", Bound::Lower),
    (">", Bound::Lower),
    ("不低于", Bound::Lower),
    ("不少于", Bound::Lower),
    ("不小于", Bound::Lower),
    ("超过", Bound::Lower),
    ("超", Bound::Lower),
    ("逾", Bound::Lower),
    ("至少", Bound::Lower),
    ("高于", Bound::Lower),
    ("大于", Bound::Lower),
    ("≤", Bound::Upper),
    ("<=", Bound::Upper),
    ("<", Bound::Upper),
    ("不超过", Bound::Upper),
    ("不高于", Bound::Upper),
    ("不多于", Bound::Upper),
    ("不大于", Bound::Upper),
    ("低于", Bound::Upper),
    ("小于", Bound::Upper),
    ("至多", Bound::Upper),
];

const SUFFIXES: &[(&str, Bound)] = &[
    ("及以上", Bound::Lower),
    ("以上", Bound::Lower),
    ("起", Bound::Lower),
    ("多", Bound::Lower),
    ("余", Bound::Lower),
    ("+", Bound::Lower),
    ("及以下", Bound::Upper),
    ("以下", Bound::Upper),
    ("以内", Bound::Upper),
    ("之内", Bound::Upper),
    ("内", Bound::Upper),
];

/// `12 34` is two numbers; only groups of three may stand apart.
fn spaced_digits(text: &str) -> bool {
    let spaced = text::width_folded(text);
    let characters: Vec<char> = spaced.chars().collect();
    characters.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).and_then(|i| characters.get(i)).is_some_and(char::is_ascii_digit);
        let group = characters.get(at + 1..).unwrap_or(&[]).iter().take_while(|c| c.is_ascii_digit()).count();
        c.is_whitespace() && before && group != 0 && group != 3
    })
}

/// 5亿-6亿
fn range_after_unit(after: &str) -> bool {
    ['-', '~', '—', '–', '至', '到']
        .iter()
        .filter_map(|dash| after.split_once(*dash))
        .any(|(unit_word, number)| unit::unit(unit_word).is_some() && number.starts_with(|c: char| c.is_ascii_digit()))
}

/// The number at the front of a text.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let signed = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = text.len() - signed.len();
    let mut end = signed.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(signed.len());
    if end == 0 {
        return None;
    }
    // 1.5e8, but never the e of a word.
    if let Some(exponent) = signed.get(end..).and_then(|r| r.strip_prefix('e')) {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            end += 1 + (exponent.len() - digits.len()) + length;
        }
    }
    Some(text.split_at(sign + end))
}

/// An exact decimal. Commas must stand before groups of three digits.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let negative = mantissa.starts_with('-');
    let plain = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    if part.contains(['.', ',']) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3)) {
        return None;
    }
    let part = part.trim_end_matches('0');
    let mut unscaled: i128 = 0;
    for digit in whole.bytes().filter(|b| *b != b',').chain(part.bytes()) {
        let digit = i128::from(digit.checked_sub(b'0').filter(|d| *d <= 9)?);
        unscaled = unscaled.checked_mul(10)?.checked_add(digit)?;
    }
    let scale = i32::try_from(part.len()).ok()?.checked_sub(exponent)?;
    if negative {
        unscaled = -unscaled;
    }
    if scale < 0 {
        let factor = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
        return Some(Decimal { unscaled: unscaled.checked_mul(factor)?, scale: 0 });
    }
    Some(Decimal { unscaled, scale: u32::try_from(scale).ok()? })
}

/// The number times a unit's factor, as an integer with `scale` digits after the point, rounded half up (away from
/// zero). `None` where 18 digits do not hold it.
pub(crate) fn scaled(value: Decimal, multiply: i128, divide: i128, scale: u32) -> Option<i64> {
    let numerator = value.unscaled.checked_mul(multiply)?.checked_mul(10i128.checked_pow(scale)?)?;
    let divisor = 10i128.checked_pow(value.scale)?.checked_mul(divide)?;
    if divisor == 0 {
        return None;
    }
    let (quotient, rest) = (numerator / divisor, numerator % divisor);
    let up = rest.abs().checked_mul(2)? >= divisor;
    let rounded = quotient + if up { numerator.signum() } else { 0 };
    i64::try_from(rounded).ok().filter(|r| r.unsigned_abs() < 1_000_000_000_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            Err(problem) => format!("{problem:?}"),
            Ok(w) => {
                let unit = w.unit.map_or((1, 1), |u| (u.multiply, u.divide));
                let value = scaled(w.value, unit.0, unit.1, 2);
                let about = if w.approximate { "~" } else { "" };
                let bound = w.bound.map_or(String::new(), |b| format!(" {b:?}"));
                value.map_or("too large".into(), |v| format!("{about}{v}{bound}"))
            }
        }
    }

    #[test]
    fn every_form_of_an_amount_is_read() {
        for (text, expected) in [
            ("12500", "1250000"),
            ("5亿", "50000000000"),
            ("1.2亿元", "12000000000"),
            ("3,000", "300000"),
            ("3，000", "300000"),
            ("7000万", "7000000000"),
            ("约5亿", "~50000000000"),
            ("100多", "10000 Lower"),
            ("100多人", "10000 Lower"),
            ("100余人", "10000 Lower"),
            (">100", "10000 Lower"),
            ("5亿以上", "50000000000 Lower"),
            ("5亿多元", "50000000000 Lower"),
            ("180亿元以上", "1800000000000 Lower"),
            ("10亿以内", "100000000000 Upper"),
            ("5-6亿", "Range"),
            ("5亿-6亿", "Range"),
            ("5~6亿元", "Range"),
            ("8000万美元", "Foreign"),
            ("$500", "Foreign"),
            ("１２３４", "123400"),
            ("(1,200)", "-120000"),
            ("-1200", "-120000"),
            ("5000元", "500000"),
            ("¥5000", "500000"),
            ("12500.00", "1250000"),
            ("1234.56789", "123457"),
            ("1.5e8", "15000000000"),
            ("45个工作日", "4500"),
            ("93.65%", "94"),
            ("待定", "Unreadable"),
            ("一期5亿二期3亿", "Unreadable"),
            ("5亿，其中设备2亿", "Unreadable"),
            ("3,00", "Unreadable"),
            ("1.2.3", "Unreadable"),
            ("12 34", "Unreadable"),
            ("1e999999999", "Unreadable"),
            ("99999999999999999999999999999999999999999", "Unreadable"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn areas_convert_exactly() {
        let mu = |text: &str| {
            let w = read(text).expect("a number");
            let u = w.unit.expect("a unit");
            scaled(w.value, u.multiply * 3, u.divide * 2000, 6)
        };
        assert_eq!(mu("4公顷"), Some(60_000_000));
        assert_eq!(mu("1㎡"), Some(1_500));
        assert_eq!(mu("138.64亩"), Some(138_640_000));
        assert_eq!(mu("1平方公里"), Some(1_500_000_000));
    }
}

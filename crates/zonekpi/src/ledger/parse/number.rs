//! Numbers as cells write them: exact decimals with their unit, and whether they are about, at least, or a range.

use super::super::text;
use super::super::unit::{self, Unit};
use super::numeral;
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
    /// Its unit is a bare 万 or 亿, which of other things than money is a plain factor.
    pub bare_scale: bool,
}

impl Written {
    /// A number without anything beside it.
    pub(crate) fn plain(value: Decimal) -> Self {
        Self { value, unit: None, approximate: false, bound: None, currency: false, bare_scale: false }
    }
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
    // Most cells are plain digits, and need none of what follows.
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && let Some(value) = decimal(text)
    {
        return Ok(Written::plain(value));
    }
    if spaced_digits(text) {
        return Err(NotANumber::Unreadable);
    }
    let word = text::word(text);
    let counted = |c: char| c.is_ascii_digit() || numeral::is_numeral(c);
    if unit::has_foreign_sign(&word) && word.contains(counted) {
        return Err(NotANumber::Foreign);
    }
    let mut rest = word.as_str();
    let mut written = Written::plain(Decimal::whole(0));
    // 约人民币5亿元, 人民币约5亿元
    for _ in 0..2 {
        if let Some(after) = CURRENCY.iter().find_map(|sign| rest.strip_prefix(sign)) {
            (rest, written.currency) = (after, true);
        }
        if let Some(after) = ABOUT.iter().find_map(|about| rest.strip_prefix(about)) {
            (rest, written.approximate) = (after, true);
        }
    }
    if let Some(before) = ["左右", "上下"].iter().find_map(|about| rest.strip_suffix(about)) {
        (rest, written.approximate) = (before, true);
    }
    if let Some((after, side)) = PREFIXES.iter().find_map(|(prefix, side)| Some((rest.strip_prefix(prefix)?, *side))) {
        (rest, written.bound) = (after, Some(side));
    }
    if let Some((before, side)) = SUFFIXES.iter().find_map(|(suffix, side)| Some((rest.strip_suffix(suffix)?, *side))) {
        if written.bound.is_some() {
            return Err(NotANumber::Unreadable);
        }
        (rest, written.bound) = (before, Some(side));
    }
    if let Some(percent) = rest.strip_prefix("百分之") {
        let (number, after) = number_or_numeral(percent).ok_or(NotANumber::Unreadable)?;
        if !after.is_empty() {
            return Err(NotANumber::Unreadable);
        }
        return Ok(Written {
            value: decimal(&number).ok_or(NotANumber::Unreadable)?,
            unit: unit::unit("%"),
            ..written
        });
    }
    if let Some(value) = compound(rest) {
        return Ok(Written { value, unit: unit::unit("元"), ..written });
    }
    let (inner, negative) = accounting(rest, &mut written.currency);
    let Some((number, mut after)) = number_or_numeral(&inner) else { return Err(NotANumber::Unreadable) };
    if after.starts_with(['-', '~', '—', '–', '至', '到']) || range_after_unit(after) {
        return Err(NotANumber::Range);
    }
    // 100多人, 5亿多元, 100余
    for more in ["多", "余", "+"] {
        if let Some(unit) = after.strip_prefix(more) {
            (after, written.bound) = (unit, Some(Bound::Lower));
        }
    }
    if let Some((scale, money)) = after.split_once(['多', '余'])
        && written.bound.is_none()
        && matches!(scale, "万" | "亿" | "千万" | "百万")
        && matches!(money, "元" | "")
    {
        (after, written.bound) = (scale, Some(Bound::Lower));
    }
    written.bare_scale = matches!(after, "万" | "亿" | "百万" | "千万");
    written.unit = match after.strip_suffix(['整', '正']).filter(|money| money.ends_with(['元', '圆'])).unwrap_or(after)
    {
        "" => None,
        // 9成 of a share, 5个亿 of money.
        "成" => Some(TENTH),
        "个亿" => unit::unit("亿"),
        word => Some(unit::unit(word).ok_or(NotANumber::Unreadable)?),
    };
    written.value = decimal(&number).ok_or(NotANumber::Unreadable)?;
    if negative {
        if written.value.unscaled < 0 {
            return Err(NotANumber::Unreadable);
        }
        written.value.unscaled = -written.value.unscaled;
    }
    Ok(written)
}

const TENTH: Unit = Unit { dimension: unit::Dimension::Percent, multiply: 1, divide: 10 };

/// Signs of yuan before a number.
const CURRENCY: [&str; 4] = ["¥", "rmb", "cny", "人民币"];

/// Words before a number that is not exact.
const ABOUT: [&str; 10] = ["大约", "大概", "大致", "约为", "约", "将近", "接近", "近", "~", "≈"];

/// The amount inside an accountant's brackets, (1,200) or ¥(1,200) or -¥1,200, and whether it is negative.
fn accounting(text: &str, currency: &mut bool) -> (String, bool) {
    let mut unsigned = |text: &str| match CURRENCY.iter().find_map(|sign| text.strip_prefix(sign)) {
        Some(after) => {
            *currency = true;
            after.to_owned()
        }
        None => text.to_owned(),
    };
    if let Some(after) = text.strip_prefix('-').filter(|after| CURRENCY.iter().any(|sign| after.starts_with(sign))) {
        return (unsigned(after), true);
    }
    let Some((inside, after)) = text.strip_prefix('(').and_then(|r| r.split_once(')')) else {
        return (text.to_owned(), false);
    };
    let plain = unsigned(inside);
    let is_number = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    if is_number && (after.is_empty() || unit::unit(after).is_some()) {
        (format!("{plain}{after}"), true)
    } else {
        (text.to_owned(), false)
    }
}

/// The number at the front, in digits, and what follows it. 三点五亿 is 3.5 and 亿; 五千万元 is 50000000 and 元.
fn number_or_numeral(text: &str) -> Option<(String, &str)> {
    if let Some((number, after)) = split_number(text) {
        return Some((number.to_owned(), after));
    }
    let end = |text: &str| text.find(|c: char| !numeral::is_numeral(c)).unwrap_or(text.len());
    let (run, after) = text.split_at(end(text));
    let characters: Vec<char> = run.chars().collect();
    if let Some(part) = after.strip_prefix('点') {
        let (digits, scale) = part.split_at(part.find(|c| numeral::digit(c).is_none()).unwrap_or(part.len()));
        let digits = numeral::positional(&digits.chars().collect::<Vec<_>>())?;
        return Some((format!("{}.{digits}", numeral::cardinal(&characters)?), scale));
    }
    // 二〇二三年 is a year, digit by digit.
    if after.starts_with('年') && characters.len() == 4 {
        return Some((numeral::positional(&characters)?, after));
    }
    let value = numeral::cardinal(&characters)?;
    // 五亿 is 5 and 亿: its last word is also its unit.
    match after {
        "" if run.ends_with('万') && value % 10_000 == 0 => Some(((value / 10_000).to_string(), "万")),
        "" if run.ends_with('亿') => Some(((value / 100_000_000).to_string(), "亿")),
        "" if run.contains(['万', '亿', '萬', '億']) => None,
        _ => Some((value.to_string(), after)),
    }
}

/// 1亿2000万元: parts of one amount, each smaller than the one before. In yuan.
fn compound(text: &str) -> Option<Decimal> {
    const SCALES: [(&str, i128); 7] = [
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("十万", 100_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("千", 1_000),
        ("百", 100),
    ];
    let (mut total, mut above, mut parts): (i128, i128, u32) = (0, i128::MAX, 0);
    let mut rest = text;
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let found = SCALES.iter().find_map(|(name, scale)| Some((after.strip_prefix(name)?, *scale)));
        let (after, scale) = found.unwrap_or((after, 1));
        // Only money has a part without a scale: 2万500元.
        if scale == 1 && !after.starts_with(['元', '圆']) {
            return None;
        }
        let part = digits.parse::<i128>().ok()?.checked_mul(scale)?;
        if part >= above {
            return None;
        }
        // 1亿2千 is 1.2亿 to some.
        if scale < 10_000 && above > 10_000 && parts > 0 && !after.starts_with(['元', '圆']) {
            return None;
        }
        (total, above, parts, rest) = (total.checked_add(part)?, scale, parts + 1, after);
    }
    let rest = rest.strip_suffix(['整', '正']).unwrap_or(rest);
    (parts > 1 && matches!(rest, "" | "元" | "圆" | "元人民币" | "人民币")).then(|| Decimal::whole(total))
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
    ("多于", Bound::Lower),
    ("最少", Bound::Lower),
    ("大于等于", Bound::Lower),
    ("大于", Bound::Lower),
    ("≤", Bound::Upper),
    ("<=", Bound::Upper),
    ("<", Bound::Upper),
    ("不超过", Bound::Upper),
    ("不高于", Bound::Upper),
    ("不多于", Bound::Upper),
    ("不大于", Bound::Upper),
    ("低于", Bound::Upper),
    ("小于等于", Bound::Upper),
    ("小于", Bound::Upper),
    ("不足", Bound::Upper),
    ("不到", Bound::Upper),
    ("未超过", Bound::Upper),
    ("至多", Bound::Upper),
    ("最多", Bound::Upper),
];

const SUFFIXES: &[(&str, Bound)] = &[
    ("(含)以上", Bound::Lower),
    ("及以上", Bound::Lower),
    ("以上", Bound::Lower),
    ("起", Bound::Lower),
    ("多", Bound::Lower),
    ("余", Bound::Lower),
    ("+", Bound::Lower),
    ("(含)以内", Bound::Upper),
    ("(含)以下", Bound::Upper),
    ("及以下", Bound::Upper),
    ("以下", Bound::Upper),
    ("以内", Bound::Upper),
    ("不到", Bound::Upper),
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

//! Chinese numerals as whole words: 十二, 一百零五, 一亿二千万, 贰零贰叁. What is not surely one number (五六, 一百五, 十几)
//! is none.

/// Zero to nine, in everyday and in financial writing.
pub(super) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// A character that a numeral may hold.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || multiplier(c).is_some() || matches!(c, '万' | '萬' | '亿' | '億')
}

/// 二〇二三 → 2023, digit by digit.
pub(super) fn positional(run: &[char]) -> Option<String> {
    let digits: Option<String> = run.iter().map(|c| digit(*c).and_then(|d| char::from_digit(d, 10))).collect();
    digits.filter(|d| !d.is_empty())
}

/// A number in words, below ten thousand 亿.
pub(super) fn cardinal(run: &[char]) -> Option<u64> {
    if let [zero] = run
        && digit(*zero) == Some(0)
    {
        return Some(0);
    }
    let parted = |run: &[char], scale: [char; 2]| {
        let at = run.iter().rposition(|c| scale.contains(c))?;
        Some((run.get(..at)?.to_vec(), run.get(at + 1..)?.to_vec()))
    };
    let (above, rest) = parted(run, ['亿', '億']).map_or((None, run.to_vec()), |(a, r)| (Some(a), r));
    let (middle, low) = parted(&rest, ['万', '萬']).map_or((None, rest.clone()), |(m, l)| (Some(m), l));
    let mut total: u64 = 0;
    let mut first = true;
    for (part, scale) in [(above, 100_000_000_u64), (middle, 10_000), (Some(low), 1)] {
        let Some(part) = part else { continue };
        if part.is_empty() && scale == 1 && !first {
            continue;
        }
        let value = u64::from(section(&part, !first)?);
        total = total.checked_add(value.checked_mul(scale)?)?;
        first = false;
    }
    Some(total)
}

/// A number below ten thousand. After a larger part (`continued`), what does not begin with thousands begins with 零.
fn section(run: &[char], continued: bool) -> Option<u32> {
    let mut total = 0;
    let mut pending = None;
    let mut above = 10_000;
    let mut zero = false;
    for (at, c) in run.iter().enumerate() {
        match (digit(*c), multiplier(*c)) {
            (Some(0), _) => {
                if zero || pending.is_some() || (at == 0 && !continued) {
                    return None;
                }
                zero = true;
            }
            (Some(digit), _) => {
                if pending.replace(digit).is_some() {
                    return None;
                }
            }
            (None, Some(unit)) => {
                let count = match pending.take() {
                    Some(count) => count,
                    None if unit == 10 && !continued => 1,
                    None => return None,
                };
                let gap = above == 10_000 && continued && unit < 1_000;
                if unit >= above || (gap && !zero) {
                    return None;
                }
                (total, above, zero) = (total + count * unit, unit, false);
            }
            (None, None) => return None,
        }
    }
    match pending {
        // 一百五 is a hundred and fifty to some.
        Some(last) => (above == 10 || zero || (above == 10_000 && !continued)).then_some(total + last),
        None => (!zero && total > 0).then_some(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers_only_where_they_are_surely_one() {
        for (words, expected) in [
            ("零", Some(0)),
            ("两", Some(2)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("九十八", Some(98)),
            ("一百零五", Some(105)),
            ("一百一十五", Some(115)),
            ("一千零五十", Some(1_050)),
            ("三千", Some(3_000)),
            ("一万二千", Some(12_000)),
            ("一万零五", Some(10_005)),
            ("伍佰万", Some(5_000_000)),
            ("五千万", Some(50_000_000)),
            ("一亿二千万", Some(120_000_000)),
            ("十二亿", Some(1_200_000_000)),
            ("一亿", Some(100_000_000)),
            ("五六", None),
            ("一百五", None),
            ("一万五", None),
            ("一亿五百万", None),
            ("三四十", None),
            ("二十三十", None),
            ("百", None),
            ("千万", None),
            ("上亿", None),
            ("亿", None),
            ("", None),
            ("一百零", None),
        ] {
            let run: Vec<char> = words.chars().collect();
            assert_eq!(cardinal(&run), expected, "{words}");
        }
        assert_eq!(positional(&['二', '〇', '二', '三']).as_deref(), Some("2023"));
    }
}

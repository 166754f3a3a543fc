//! What stands beside a date in its cell and is no part of it: a time of day, a day of the week.

/// Whether white space stands between two digits, so that they are not of one number.
pub(super) fn has_parted_digits(text: &str) -> bool {
    let mut digit_before = false;
    let mut parted = false;
    // A time of day stands apart from its day.
    without_time(text.trim()).chars().any(|c| {
        if c.is_whitespace() {
            parted = true;
            return false;
        }
        let digit = c.is_ascii_digit() || matches!(c, '０'..='９');
        let found = digit && digit_before && parted;
        (digit_before, parted) = (digit, false);
        found
    })
}

/// The text before a time of day (`2023-12-05 00:00:00`, `2023-12-05T08:30+08:00`, `2023/12/5 8:30:00 AM`). A time of
/// another zone stays, and makes the text unreadable, where the day in China is another one.
pub(super) fn without_time(text: &str) -> &str {
    let Some((head, tail)) = text.split_once(':') else { return text };
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some(hour) = head.get(before.len()..).filter(|h| h.len() <= 2).and_then(|h| h.parse::<i32>().ok()) else {
        return text;
    };
    let date = before.strip_suffix(['T', 't']).unwrap_or(before).trim_end();
    let apart = date.len() < before.len() || date.ends_with(['日', '号', ')', '午']);
    let clock = apart && date.starts_with(|c: char| !c.is_whitespace()) && hour <= 24;
    if clock && same_day_in_china(hour, tail.trim_end()) { date } else { text }
}

/// Whether `30:00.000Z`, after the hour, is the rest of a time that falls on the same day in China.
fn same_day_in_china(hour: i32, tail: &str) -> bool {
    let tail = tail.to_ascii_lowercase();
    let two = |text: &str| -> Option<(i32, String)> {
        let (number, rest) = text.split_at_checked(2)?;
        Some((number.parse().ok().filter(|n| (0..60).contains(n))?, rest.to_owned()))
    };
    let Some((_, mut rest)) = two(&tail) else { return false };
    if let Some(seconds) = rest.strip_prefix(':') {
        let Some((_, after)) = two(seconds) else { return false };
        let fraction = after.strip_prefix('.').map(|f| f.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned());
        rest = fraction.unwrap_or(after);
    }
    let rest = rest.trim();
    let east = match rest.strip_prefix(['+', '-']) {
        Some(offset) => {
            let Some((hours, minutes)) = two(offset) else { return false };
            if !matches!(minutes.as_str(), "" | "00" | ":00") {
                return false;
            }
            if rest.starts_with('-') { -hours } else { hours }
        }
        None if matches!(rest, "z" | "utc") => 0,
        None if matches!(rest, "" | "am" | "pm") => 8,
        None => return false,
    };
    // 24:00 is the first moment of the next day.
    (0..24).contains(&(hour + 8 - east))
}

/// 2023年12月5日上午10时30分 → 2023年12月5日.
pub(super) fn without_spoken_time(compacted: &str) -> &str {
    let Some(at) = compacted.find(['日', '号']) else { return compacted };
    let (date, time) = compacted.split_at(at + '日'.len_utf8());
    let part = ["上午", "下午", "中午", "早上", "晚上", "凌晨"].iter().find_map(|w| time.strip_prefix(w));
    let mut rest = part.unwrap_or(time);
    if rest.is_empty() {
        return date;
    }
    for (units, needed) in [(['时', '点'], true), (['分', '分'], false), (['秒', '秒'], false)] {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let length = rest.len() - after.len();
        match after.strip_prefix(units) {
            Some(after) if (1..=2).contains(&length) => rest = after,
            _ if needed => return compacted,
            _ => break,
        }
    }
    if matches!(rest, "" | "整" | "许" | "半") { date } else { compacted }
}

/// 2023年12月5日（星期二） → 2023年12月5日.
pub(super) fn without_weekday(text: &str) -> &str {
    let rest = text.strip_suffix(')').unwrap_or(text);
    let Some(rest) = rest.strip_suffix(['一', '二', '三', '四', '五', '六', '日', '天']) else { return text };
    let Some(rest) = ["星期", "礼拜", "周"].iter().find_map(|week| rest.strip_suffix(week)) else { return text };
    match (text.ends_with(')'), rest.strip_suffix('(')) {
        (true, Some(date)) => date,
        (false, None) => rest,
        _ => text,
    }
}

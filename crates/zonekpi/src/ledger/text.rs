//! The words of cells and headers: trimming, width folding, blank words. No kinds and no columns here.

mod alphabet;

use std::borrow::Cow;

pub(crate) use self::alphabet::{Alphabet, Bytes};

/// Characters that are not seen: zero-width spaces and joiners, marks of direction, the byte order mark, the selectors
/// of a character's look.
fn invisible(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// Whether anything of a text is seen: something is left when it is [`trimmed`].
pub(crate) fn is_seen(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !invisible(c))
}

/// The text without invisible characters, and without spaces of any script at its ends.
pub(crate) fn trimmed(text: &str) -> Cow<'_, str> {
    if text.contains(invisible) {
        let kept: String = text.chars().filter(|c| !invisible(*c)).collect();
        Cow::Owned(kept.trim().to_owned())
    } else {
        Cow::Borrowed(text.trim())
    }
}

/// Full-width forms made half-width (ＡＢＣ１２３（）：，％ → ABC123():,%), and nothing else: Ⅱ stays Ⅱ.
fn folded(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' => ' ',
        '\u{2212}' | '\u{FE63}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{FFE5}' => '¥',
        c => c,
    }
}

/// The text folded in width and without any white space: what cells and headers are compared by.
pub(crate) fn compact(text: &str) -> String {
    text.chars().filter(|c| !invisible(*c)).map(folded).filter(|c| !c.is_whitespace()).collect()
}

/// Leading bytes of the blocks that hold spaces, invisible characters and other widths.
static NOT_COMPACT: Bytes = Bytes::of(&[(0, b' '), (0xC2, 0xC2), (0xE1, 0xE3), (0xEF, 0xEF)]);

/// As [`compact`], without a copy where there is nothing to fold.
pub(crate) fn compacted(text: &str) -> Cow<'_, str> {
    if NOT_COMPACT.are_in(text) { Cow::Owned(compact(text)) } else { Cow::Borrowed(text) }
}

/// Whether texts are surely [`compact`] already, all of them.
pub(crate) fn are_compact(alphabet: &Alphabet) -> bool {
    alphabet.lacks(&NOT_COMPACT)
}

/// As [`compact`], in lower case: for words that are looked up.
pub(crate) fn word(text: &str) -> String {
    let mut word = compact(text);
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        word.make_ascii_lowercase();
    }
    word
}

/// The text folded in width, its inner spaces kept: what ids are stored as.
pub(crate) fn width_folded(text: &str) -> String {
    text.chars().filter(|c| !invisible(*c)).map(folded).collect::<String>().trim().to_owned()
}

/// Full-width letters, digits and spaces made half-width; full-width punctuation stays as Chinese writes it.
pub(crate) fn letters_folded(text: &str) -> String {
    let fold = |c: char| match folded(c) {
        f if f.is_ascii_alphanumeric() || f == ' ' => f,
        _ => c,
    };
    text.chars().filter(|c| !invisible(*c) && !matches!(c, '\n' | '\r')).map(fold).collect::<String>().trim().to_owned()
}

/// Words for "nothing here".
const BLANK_WORDS: [&str; 25] = [
    "-",
    "--",
    "---",
    "/",
    "//",
    "\\",
    "—",
    "——",
    "–",
    "―",
    "无",
    "暂无",
    "无数据",
    "空",
    "空白",
    "(空)",
    "(空白)",
    "NaN",
    "nan",
    "null",
    "NULL",
    "None",
    "N/A",
    "n/a",
    "NaT",
];

/// Words for "as above" and "as on the left".
const DITTOS: [&str; 5] = ["同上", "同左", "〃", "″", "同前"];

/// Whether a compacted text is a word for "nothing here".
pub(crate) fn is_blank_word(compacted: &str) -> bool {
    compacted.is_empty() || BLANK_WORDS.contains(&compacted)
}

/// Whether a word for "nothing here" begins with a character.
pub(crate) fn begins_blank_word(first: char) -> bool {
    BLANK_WORDS.iter().any(|word| word.starts_with(first))
}

/// Whether a compacted text says "as above" or "as on the left": what it means stands in another cell.
pub(crate) fn is_ditto(compacted: &str) -> bool {
    DITTOS.contains(&compacted)
}

/// Whether a text is an error of a spreadsheet, as exports write it.
pub(crate) fn is_error_word(compacted: &str) -> bool {
    matches!(
        compacted,
        "#N/A" | "#DIV/0!" | "#REF!" | "#VALUE!" | "#NAME?" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!" | "#DATA!"
    )
}

/// What a clean text may hold only where a close look finds that it is none of it.
static NOT_CLEAN: Bytes = Bytes::of(&[(0, b' ' - 1), (b'+', b'+'), (0xC2, 0xC2), (0xE2, 0xE3), (0xEF, 0xEF)]);

/// What guards a number from a spreadsheet, as the first character of its text.
fn guards(first: char) -> bool {
    matches!(first, '=' | '\'' | '"' | '#' | '`' | '‘' | '’')
}

/// A text that needs no cleaning at all: no odd spaces at its ends, nothing to fold, not a blank word.
pub(crate) fn is_clean(text: &str, fold: bool) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if *first <= b' ' || *last <= b' ' || text.starts_with(guards) {
        return false;
    }
    if bytes.len() <= 6 && (is_blank_word(text) || is_ditto(text)) {
        return false;
    }
    if fold && bytes.ends_with(b".0") {
        return false;
    }
    // What is suspected is looked at closely.
    !NOT_CLEAN.are_in(text) || is_clean_closely(text, fold)
}

/// Whether texts are surely [clean](is_clean), all of them.
pub(crate) fn are_clean(alphabet: &Alphabet, fold: bool) -> bool {
    const POINT: Bytes = Bytes::of(&[(b'.', b'.')]);
    let says = |first: char| !begins_blank_word(first) && !DITTOS.iter().any(|word| word.starts_with(first));
    alphabet.lacks(&NOT_CLEAN)
        && alphabet.all_begin(|first| first > ' ' && !guards(first) && says(first))
        && alphabet.all_end(|last| last > ' ')
        && (!fold || alphabet.lacks(&POINT) || alphabet.all_end(|last| last != '0'))
}

/// Leading bytes of the blocks with invisible and full-width characters were seen: is there one?
fn is_clean_closely(text: &str, fold: bool) -> bool {
    let odd = |c: char| {
        invisible(c)
            || c.is_control()
            || matches!(c, '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{2029}')
            || matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
            || (fold && folded(c) != c)
    };
    let digits = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'E' | b'e' | b'+');
    // 9.11E+17 is a number that lost its digits.
    let lost = text.contains('+') && text.bytes().all(digits);
    !lost && !text.contains(odd)
}

/// A float as the decimal text of at most 15 significant digits, which is what spreadsheets show and mean.
pub(crate) fn digits15(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{number:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific.as_str(), "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let negative = mantissa.starts_with('-');
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let point = exponent + 1;
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let plain = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(usize::try_from(-point).unwrap_or(0).min(400)))
    } else if point >= length {
        format!("{digits}{}", "0".repeat(usize::try_from(point - length).unwrap_or(0)))
    } else {
        let (whole, part) = digits.split_at(usize::try_from(point).unwrap_or(0));
        format!("{whole}.{part}")
    };
    if negative { format!("-{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_read_at_fifteen_digits() {
        assert_eq!(digits15(0.1 + 0.2), "0.3");
        assert_eq!(digits15(1.38), "1.38");
        assert_eq!(digits15(-1200.0), "-1200");
        assert_eq!(digits15(2023.1), "2023.1");
        assert_eq!(digits15(0.000_63), "0.00063");
        assert_eq!(digits15(9.114_060_012_345_68e17), "911406001234568000");
        assert_eq!(digits15(1e300).len(), 301);
    }

    #[test]
    fn widths_are_folded_and_roman_numerals_are_not() {
        assert_eq!(width_folded("ＳＧ－００２\u{3000}"), "SG-002");
        assert_eq!(letters_folded("Ⅱ期 扩建（北区）\u{A0}"), "Ⅱ期 扩建（北区）");
        assert_eq!(compact("总投资\n（ 亿元 ）"), "总投资(亿元)");
        assert_eq!(trimmed("SG-003\u{200b}"), "SG-003");
    }

    #[test]
    fn what_is_seen_is_left_when_a_text_is_trimmed() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!(" {c}\u{3000}\u{200B}"), format!("{c}a")] {
                assert_eq!(is_seen(&text), !trimmed(&text).is_empty(), "{c:?}");
            }
        }
        assert!(!is_seen(""));
    }

    #[test]
    fn what_is_compact_already_is_not_copied() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = format!("甲{c}a");
            assert_eq!(compacted(&text), compact(&text), "{c:?}");
        }
        assert!(matches!(compacted("第12号标准厂房项目"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn what_an_alphabet_tells_holds_of_each_text(
            texts in proptest::collection::vec("[甲乙同上无空a1.0N＋+ =#-]{1,4}", 1..4), fold: bool,
        ) {
            let mut alphabet = Alphabet::none();
            texts.iter().for_each(|text| alphabet.add(text));
            proptest::prop_assert!(!are_clean(&alphabet, fold) || texts.iter().all(|text| is_clean(text, fold)));
            proptest::prop_assert!(!are_compact(&alphabet) || texts.iter().all(|text| compact(text) == *text));
        }
    }

    #[test]
    fn clean_texts_are_known_without_a_copy() {
        assert!(is_clean("朔州经开区", false));
        assert!(is_clean("2023E05", true));
        assert!(!is_clean("桑干示范区\u{3000}", false));
        assert!(!is_clean("1001.0", true));
        assert!(!is_clean("9.11406E+17", true));
        assert!(!is_clean("9.11406E+17", false));
        assert!(is_clean("一期+二期", false));
        assert!(!is_clean("`00123", true));
        assert!(!is_clean("‘00123", true));
        assert!(!is_clean("同上", false));
        assert!(!is_clean("无", false));
        assert!(!is_clean("ＳＧ", true));
    }
}

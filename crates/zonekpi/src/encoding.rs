//! Which encoding a text file has, told by its bytes, and where it cannot be one: the lines that do not fit.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind, Result};
use crate::message::ErrorCode;

/// The text of a file, without its mark, and the name of its encoding. A text in UTF-8 is not copied.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str)> {
    let (text, name) = if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        let text = std::str::from_utf8(rest).map_err(|_| mixed(rest))?;
        (Cow::Borrowed(text), "utf-8-sig")
    } else if let Some((rest, encoding, name)) = sixteen_bits(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        (text.ok_or_else(|| broken_pairs(rest, encoding))?, name)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (Cow::Borrowed(text), "utf-8")
    } else if has_utf8_chinese(bytes) {
        return Err(mixed(bytes));
    } else {
        let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        (text.ok_or_else(|| unknown(bytes))?, "gb18030")
    };
    if text.as_bytes().contains(&0) {
        let lines = numbered(text.split('\n').map(|line| line.contains('\0')));
        return Err(Error::new(ErrorKind::Input, ErrorCode::TextHasNul.message().with("lines", lines)));
    }
    // GB18030 has a mark too: the same character in four bytes.
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Cow::Owned(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Cow::Owned(text)
        }
    };
    Ok((text, name))
}

/// What follows the mark, and in which order the bytes of each unit are.
fn sixteen_bits(bytes: &[u8]) -> Option<(&[u8], &'static Encoding, &'static str)> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, UTF_16LE, "utf-16")),
        [0xFE, 0xFF, rest @ ..] => Some((rest, UTF_16BE, "utf-16")),
        _ => match zeros_on_one_side(bytes)? {
            Side::Second => Some((bytes, UTF_16LE, "utf-16-le")),
            Side::First => Some((bytes, UTF_16BE, "utf-16-be")),
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

/// Without a mark: line ends, separators and digits have a zero beside them, always on the same side. A Chinese
/// character such as 一 (4E00) has one too, so that the other side need not be free of zeros.
fn zeros_on_one_side(bytes: &[u8]) -> Option<Side> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let telling = |byte: u8| matches!(byte, b'\n' | b'\r' | b'\t' | b',' | b';' | b'|' | b'"' | b' ' | b'0'..=b'9');
    let (mut little, mut big, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in head.as_chunks::<2>().0 {
        pairs += 1;
        match *pair {
            [byte, 0] if telling(byte) => little += 1,
            [0, byte] if telling(byte) => big += 1,
            _ => {}
        }
    }
    let enough = |count: usize, other: usize| count >= 3 && count * 50 >= pairs && count > other * 8;
    if enough(little, big) {
        Some(Side::Second)
    } else if enough(big, little) {
        Some(Side::First)
    } else {
        None
    }
}

/// Whether some line is plainly Chinese in UTF-8: three-byte characters and nothing that is not UTF-8. In GB18030 such
/// a line comes about only by rare chance, so that one of several characters is proof.
fn has_utf8_chinese(bytes: &[u8]) -> bool {
    bytes.split(|b| *b == b'\n').any(|line| {
        std::str::from_utf8(line).is_ok_and(|line| {
            let chinese =
                line.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')).count();
            let odd = line
                .chars()
                .filter(|c| {
                    !c.is_ascii()
                        && !matches!(c, '\u{2000}'..='\u{33FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
                })
                .count();
            chinese >= 4 && odd == 0
        })
    })
}

/// The numbers of the lines that are bad, five at most.
fn numbered(bad: impl Iterator<Item = bool>) -> String {
    let mut bad = bad.enumerate().filter(|(_, bad)| *bad).map(|(at, _)| (at + 1).to_string());
    let mut text = bad.by_ref().take(5).collect::<Vec<_>>().join(", ");
    if bad.next().is_some() {
        text.push_str(", …");
    }
    if text.is_empty() { "1".to_owned() } else { text }
}

fn mixed(bytes: &[u8]) -> Error {
    let lines = numbered(bytes.split(|b| *b == b'\n').map(|line| std::str::from_utf8(line).is_err()));
    Error::new(ErrorKind::Input, ErrorCode::EncodingMixed.message().with("lines", lines))
}

/// Neither UTF-8 nor GB18030; a line end is never the second byte of a character in either.
fn unknown(bytes: &[u8]) -> Error {
    let lines = numbered(
        bytes
            .split(|b| *b == b'\n')
            .map(|line| GB18030.decode_without_bom_handling_and_without_replacement(line).is_none()),
    );
    Error::new(ErrorKind::Input, ErrorCode::EncodingUnknown.message().with("lines", lines))
}

/// UTF-16 with half of a character, or with an odd byte at its end.
fn broken_pairs(bytes: &[u8], encoding: &'static Encoding) -> Error {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|pair| if encoding == UTF_16LE { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) });
    let units: Vec<u16> = units.collect();
    let lines: Vec<&[u16]> = units.split(|unit| *unit == u16::from(b'\n')).collect();
    let last = lines.len() - 1;
    let bad = lines.iter().enumerate().map(|(at, line)| {
        let half = char::decode_utf16(line.iter().copied()).any(|c| c.is_err());
        half || (at == last && !rest.is_empty())
    });
    Error::new(ErrorKind::Input, ErrorCode::EncodingUnknown.message().with("lines", numbered(bad)))
}

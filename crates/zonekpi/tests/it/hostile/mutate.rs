//! Files and texts bent at random: bytes flipped, cut, repeated and spliced, also inside the parts of a zip archive.

use std::io::{Cursor, Read, Write};

use crate::dice::Dice;

/// Numbers at which readers stumble.
const ODD: [&str; 12] = [
    "0",
    "-1",
    "65536",
    "1048577",
    "16385",
    "4294967295",
    "99999999999999999999",
    "1e308",
    "NaN",
    "-0",
    "0.1e-400",
    "",
];

/// Bends bytes in one to four places. `other` is a second file to splice from.
pub(super) fn bytes(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bent = seed.to_vec();
    for _ in 0..=dice.roll(3) {
        if bent.is_empty() {
            return bent;
        }
        let at = dice.roll(bent.len());
        let end = (at + 1 + dice.roll(64)).min(bent.len());
        match dice.roll(8) {
            0 => bent[at] ^= 1 << dice.roll(8),
            1 => bent[at] = dice.pick(&[0x00, 0x7F, 0x80, 0xFF, b'<', b'"', b'\n', b',']),
            2 => bent.truncate(at),
            3 => {
                bent.drain(at..end);
            }
            4 => {
                let piece = bent[at..end].repeat(1 + dice.roll(20));
                bent.splice(at..at, piece);
            }
            5 => {
                let from = dice.roll(other.len());
                let piece = other.get(from..(from + 256).min(other.len())).unwrap_or(&[]).to_vec();
                bent.splice(at..at, piece);
            }
            6 => {
                let noise: Vec<u8> = (0..dice.roll(16)).map(|_| dice.roll(256) as u8).collect();
                bent.splice(at..at, noise);
            }
            _ => {
                for byte in &mut bent[at..end] {
                    *byte = byte.wrapping_add(dice.roll(3) as u8);
                }
            }
        }
    }
    bent
}

/// Bends one part of a zip archive and packs it anew, so that the bent bytes reach the reader of the part.
pub(super) fn part_of_zip(archive: &[u8], other: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut parts = unpacked(archive)?;
    let at = dice.roll(parts.len());
    let part = &mut parts.get_mut(at)?.1;
    *part = match String::from_utf8(part.clone()) {
        Ok(text) if dice.chance(70) => markup(&text, dice).into_bytes(),
        _ => bytes(part, other, dice),
    };
    if dice.chance(5) {
        parts.remove(dice.roll(parts.len()));
    }
    Some(packed(&parts))
}

pub(super) fn unpacked(archive: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).ok()?;
        let mut part = Vec::new();
        file.read_to_end(&mut part).ok()?;
        let name = file.name().ok()?.into_owned();
        parts.push((name, part));
    }
    Some(parts)
}

pub(super) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        // Two parts of one name, or a name that a zip cannot hold, are left out.
        if writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).is_ok() {
            writer.write_all(part).expect("a part");
        }
    }
    writer.finish().expect("an archive").into_inner()
}

/// Markup with other numbers, with tags repeated or lost, with attributes cut.
fn markup(text: &str, dice: &mut Dice) -> String {
    let mut bent = text.to_owned();
    for _ in 0..=dice.roll(3) {
        let places: Vec<usize> = match dice.roll(3) {
            // A quoted number, a tag, any character.
            0 => bent.match_indices('"').map(|(at, _)| at + 1).collect(),
            1 => bent.match_indices('<').map(|(at, _)| at).collect(),
            _ => bent.char_indices().map(|(at, _)| at).step_by(7).collect(),
        };
        if places.is_empty() {
            return bent;
        }
        let at = dice.pick(&places);
        let rest = bent.get(at..).unwrap_or("").to_owned();
        let tag = rest.find('>').map_or(rest.len(), |end| end + 1);
        let value = rest.find(['"', '<', '>']).unwrap_or(0);
        match dice.roll(4) {
            0 => bent.replace_range(at..at + value, dice.pick(&ODD)),
            1 => bent.replace_range(at..at + tag, ""),
            2 => bent.insert_str(at, &rest.get(..tag).unwrap_or("").repeat(1 + dice.roll(30))),
            _ => bent.replace_range(at..at + value, &rest.get(..value).unwrap_or("").repeat(3)),
        }
    }
    bent
}

/// Characters that cells are made of, and some that they should not be.
const PIECES: [&str; 84] = [
    "0",
    "1",
    "2",
    "5",
    "9",
    "12",
    "2023",
    "2024",
    "20231205",
    "45291",
    "31",
    "00",
    "99999999999999999999",
    "1e5",
    "E+17",
    ".",
    ",",
    "，",
    "-",
    "－",
    "—",
    "/",
    "~",
    "至",
    "、",
    ":",
    "：",
    "T",
    "Z",
    " ",
    "　",
    "\u{a0}",
    "\n",
    "\t",
    "年",
    "月",
    "日",
    "号",
    "初",
    "底",
    "上旬",
    "中旬",
    "季度",
    "Q1",
    "半年",
    "前",
    "后",
    "一",
    "二",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "零",
    "〇",
    "两",
    "点",
    "元",
    "亩",
    "㎡",
    "公顷",
    "%",
    "％",
    "个",
    "人",
    "工作日",
    "美元",
    "¥",
    "约",
    "左右",
    "以上",
    "不低于",
    "多",
    "(",
    ")",
    "（",
    "是",
    "否",
    "√",
    "已开工",
    "计划",
    "\u{200b}\u{202e}",
    "🗹\u{fe0f}é",
];

/// A text of a cell: pieces in any order, or a known form bent.
pub(super) fn text(known: &[String], dice: &mut Dice) -> String {
    if dice.chance(50) || known.is_empty() {
        let length = if dice.chance(2) { 400 } else { dice.roll(7) };
        return (0..length).map(|_| dice.pick(&PIECES)).collect();
    }
    let mut characters: Vec<char> = known[dice.roll(known.len())].chars().collect();
    for _ in 0..=dice.roll(2) {
        let at = dice.roll(characters.len() + 1);
        match dice.roll(3) {
            0 if at < characters.len() => {
                characters.remove(at);
            }
            1 if at < characters.len() => characters.insert(at, characters[at]),
            _ => {
                let piece: Vec<char> = dice.pick(&PIECES).chars().collect();
                characters.splice(at..at, piece);
            }
        }
    }
    characters.into_iter().collect()
}

//! The parts of an xlsx or xlsm.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use super::xml::{Tag, Tags, unescaped};
use super::{Archive, MOST_OF_A_SHEET, Unseen, UnseenOf, archive, part};
use crate::error::Result;
use crate::ledger::source::{Merge, damaged};
use crate::message::Phrase;

/// By the name of the sheet; a sheet whose part was not found is left out.
pub(in super::super) fn of_xlsx(bytes: &[u8]) -> UnseenOf {
    let mut unseen = BTreeMap::new();
    let Some(mut archive) = archive(bytes) else { return unseen };
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_string()).collect();
    let workbook = "xl/workbook.xml".to_owned();
    let workbook = if names.contains(&workbook) {
        Some(workbook)
    } else {
        names.into_iter().find(|n| n.ends_with("/workbook.xml"))
    };
    let Some((folder, workbook)) = workbook.as_deref().and_then(|path| path.rsplit_once('/')) else { return unseen };
    let relations = format!("{folder}/_rels/{workbook}.rels");
    let (Some(relations), Some(workbook)) =
        (part(&mut archive, &relations), part(&mut archive, &format!("{folder}/{workbook}")))
    else {
        return unseen;
    };
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let mut tags = Tags::of(Cursor::new(relations));
    while let Some(tag) = tags.next() {
        if let (b"Relationship", Some(id), Some(target)) = (tag.name(), tag.attribute("Id"), tag.attribute("Target")) {
            targets.insert(id.to_owned(), unescaped(target));
        }
    }
    let mut tags = Tags::of(Cursor::new(workbook));
    while let Some(tag) = tags.next() {
        let (b"sheet", Some(name), Some(id)) = (tag.name(), tag.attribute("name"), tag.attribute("id")) else {
            continue;
        };
        let Some(target) = targets.get(id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
        if let Some(sheet) = of_part(&mut archive, &path) {
            unseen.insert(unescaped(name), sheet);
        }
    }
    unseen
}

fn of_part(archive: &mut Archive<'_>, path: &str) -> Option<Unseen> {
    let part = archive.by_name(path).ok()?;
    Some(of_sheet(BufReader::with_capacity(1 << 16, part.take(MOST_OF_A_SHEET))))
}

/// What a cell has shown of itself so far.
#[derive(Default)]
struct Seen {
    formula: bool,
    value: bool,
}

fn of_sheet(sheet: impl Read) -> Unseen {
    let mut unseen = Unseen::default();
    let mut tags = Tags::of(sheet);
    let mut cell = Seen::default();
    let mut row = 0usize;
    while let Some(tag) = tags.next() {
        match tag.name() {
            b"c" if tag.closes() => unseen.uncached |= cell.formula && !cell.value,
            // The text of a formula may be empty, and is then its result.
            b"c" => cell = Seen { formula: false, value: tag.attribute("t") == Some("str") },
            b"f" => cell.formula = true,
            b"is" => cell.value = true,
            b"v" if tag.closes() => cell.value |= tag.text > 0,
            b"row" if !tag.closes() => {
                row = tag.number("r").unwrap_or(row.saturating_add(1));
                if tag.is_true("hidden")
                    && let Some(row) = row.checked_sub(1)
                {
                    unseen.hide_row(row);
                }
            }
            b"col" if tag.is_true("hidden") => unseen.columns.extend(columns(&tag)),
            b"mergeCell" => unseen.merges.extend(tag.attribute("ref").and_then(range)),
            _ => {}
        }
    }
    unseen
}

fn columns(tag: &Tag<'_>) -> Option<std::ops::RangeInclusive<usize>> {
    let (min, max) = (tag.number("min")?.checked_sub(1)?, tag.number("max")?.checked_sub(1)?);
    Some(min..=max.min(16_383))
}

/// `B2:C3`, or one cell.
fn range(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((first_row, first_column), (last_row, last_column)) = (place(first)?, place(last)?);
    Some(Merge { first_row, last_row, first_column, last_column })
}

fn place(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| column.saturating_mul(26) + usize::from(letter - b'A') + 1)
    })?;
    Some((digits.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Refuses a workbook that declares more strings than it can hold: calamine makes room for as many as are declared.
pub(in super::super) fn check_declared(bytes: &[u8]) -> Result<()> {
    let Some(mut archive) = archive(bytes) else { return Ok(()) };
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_string()).collect();
    for name in names.iter().filter(|name| name.ends_with("sharedStrings.xml")) {
        let Ok(part) = archive.by_name(name) else { continue };
        // Each takes four bytes at the least; packed, a thousandth of that.
        let most = part.compressed_size().saturating_mul(1032) / 4;
        let mut tags = Tags::of(BufReader::new(part));
        while let Some(tag) = tags.next() {
            if tag.name() != b"sst" {
                continue;
            }
            let count = tag.attribute("uniqueCount").and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
            if count > most {
                let message = Phrase::DamageDeclares.message().with("part", name).with("count", count);
                return Err(damaged(message));
            }
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        let merge = range("B2:$AA$10").expect("a range");
        assert_eq!((merge.first_row, merge.last_row, merge.first_column, merge.last_column), (1, 9, 1, 26));
        assert!(range("2B").is_none() && range("A0").is_none() && range("").is_none());
    }

    #[test]
    fn a_formula_without_a_result_is_seen() {
        let sheet = |cells: &str| of_sheet(Cursor::new(format!("<sheetData><row r='2'>{cells}</row></sheetData>")));
        assert!(sheet("<c r='A2'><f>1+1</f></c>").uncached);
        assert!(sheet("<c r='A2'><f>1+1</f><v/></c>").uncached);
        assert!(sheet("<c r='A2'><f>1+1</f><v></v></c>").uncached);
        assert!(!sheet("<c r='A2'><f>1+1</f><v>2</v></c><c r='B2' s='1'/>").uncached);
        assert!(!sheet("<c r='A2' t='str'><f>\"\"</f><v></v></c>").uncached);
    }
}

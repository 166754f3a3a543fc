//! Text files: which encoding, which separator, and the records between them.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Document, Grid, Sheet};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::cell::ColumnBuilder;
use crate::message::ErrorCode;

/// The start of a file in lower case, whatever its encoding: enough to know a tag.
pub(super) fn head(start: &[u8]) -> String {
    let plain: Vec<u8> = start.iter().copied().filter(|b| *b != 0).collect();
    String::from_utf8_lossy(&plain).trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start().to_lowercase()
}

/// Reads a text file as one sheet of text cells.
pub(super) fn read(bytes: &[u8]) -> Result<Document> {
    let (text, encoding) = decode(bytes)?;
    let grid = records(&text, separator(&text))?;
    let sheet = Sheet { name: None, hidden: false, grid };
    Ok(Document {
        format: "csv",
        encoding: Some(encoding),
        sheets: vec![sheet],
        texts_may_be_numbers: true,
        ..Document::default()
    })
}

fn decode(bytes: &[u8]) -> Result<(String, &'static str)> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((text.to_owned(), "utf-8-sig")),
            Err(_) => Err(mixed(rest)),
        };
    }
    let sixteen = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, UTF_16LE, "utf-16")),
        [0xFE, 0xFF, rest @ ..] => Some((rest, UTF_16BE, "utf-16")),
        // Without a mark: ASCII letters and separators leave every other byte zero.
        _ => zeros_on_one_side(bytes).map(|little| {
            (bytes, if little { UTF_16LE } else { UTF_16BE }, if little { "utf-16-le" } else { "utf-16-be" })
        }),
    };
    if let Some((rest, encoding, name)) = sixteen {
        return match encoding.decode_without_bom_handling_and_without_replacement(rest) {
            Some(text) => Ok((text.into_owned(), name)),
            None => Err(unknown(rest)),
        };
    }
    if bytes.contains(&0) {
        return Err(unknown(bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "utf-8"));
    }
    if has_utf8_chinese(bytes) {
        return Err(mixed(bytes));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), "gb18030")),
        None => Err(unknown(bytes)),
    }
}

/// `Some(true)` for little-endian text, `Some(false)` for big-endian.
fn zeros_on_one_side(bytes: &[u8]) -> Option<bool> {
    let head = bytes.get(..bytes.len().min(2048))?;
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (count(0), count(1));
    match (even, odd) {
        (0, odd) if odd * 20 > head.len() => Some(true),
        (even, 0) if even * 20 > head.len() => Some(false),
        _ => None,
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

fn bad_lines(bytes: &[u8]) -> String {
    let bad: Vec<usize> = bytes
        .split(|b| *b == b'\n')
        .enumerate()
        .filter(|(_, line)| std::str::from_utf8(line).is_err())
        .map(|(at, _)| at + 1)
        .collect();
    let mut text = bad.iter().take(5).map(usize::to_string).collect::<Vec<_>>().join(", ");
    if bad.len() > 5 {
        text.push_str(", …");
    }
    if text.is_empty() { "1".to_owned() } else { text }
}

fn mixed(bytes: &[u8]) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::EncodingMixed.message().with("lines", bad_lines(bytes)))
}

fn unknown(bytes: &[u8]) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::EncodingUnknown.message().with("lines", bad_lines(bytes)))
}

/// The character that splits the first lines into the most fields, most alike from line to line.
fn separator(text: &str) -> char {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    let score = |separator: char| {
        let counts: Vec<usize> = lines.iter().map(|line| fields_in(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        (counts.iter().filter(|c| **c == most && most > 0).count().min(3), most)
    };
    let candidates = [',', '\t', ';', '|'];
    let best = candidates.into_iter().map(|c| (score(c), c)).filter(|((_, most), _)| *most > 0);
    // Most fields first; a separator that no line holds is out.
    best.max_by_key(|((alike, most), c)| (*most, *alike, u8::from(*c == ','))).map_or(',', |(_, c)| c)
}

fn fields_in(line: &str, separator: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            *c == separator && !quoted
        })
        .count()
}

/// Splits records as spreadsheets do: a quoted cell may hold line breaks, and a blank line is a record of its own.
fn records(text: &str, separator: char) -> Result<Grid> {
    let mut columns: Vec<ColumnBuilder> = Vec::new();
    let mut row = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let mut at = 0;
        loop {
            let (cell, after, ends_record) = field(rest, separator)
                .map_err(|error| error.at(Place { row: Some(row as u64 + 1), ..Place::default() }))?;
            rest = after;
            if at == columns.len() {
                columns.push(ColumnBuilder::new());
            }
            if let Some(column) = columns.get_mut(at) {
                column.pad(row);
                column.push_text(&cell);
            }
            at += 1;
            if ends_record {
                break;
            }
        }
        row += 1;
        if row.saturating_mul(columns.len()) > super::MOST_CELLS {
            let message = ErrorCode::SheetTooLarge.message().with("rows", row).with("columns", columns.len());
            return Err(Error::new(ErrorKind::Input, message));
        }
    }
    let columns = columns.into_iter().map(|c| c.finish(row)).collect();
    Ok(Grid { columns, rows: row, first_row: 1, ..Grid::default() })
}

/// One field at the front, what follows it, and whether it was the last of its record.
fn field(text: &str, separator: char) -> Result<(std::borrow::Cow<'_, str>, &str, bool)> {
    use std::borrow::Cow;
    if let Some(quoted) = text.strip_prefix('"') {
        let mut value: Cow<'_, str> = Cow::Borrowed("");
        let mut rest = quoted;
        loop {
            let Some(quote) = rest.find('"') else {
                return Err(Error::new(ErrorKind::Input, ErrorCode::QuoteUnclosed.message()));
            };
            let (before, after) = rest.split_at(quote);
            let after = after.strip_prefix('"').unwrap_or(after);
            value = if value.is_empty() { Cow::Borrowed(before) } else { Cow::Owned(value.into_owned() + before) };
            match after.strip_prefix('"') {
                Some(more) => {
                    value = Cow::Owned(value.into_owned() + "\"");
                    rest = more;
                }
                None => {
                    // Text after the closing quote belongs to the cell, as spreadsheets have it.
                    let (tail, after, ends) = bare(after, separator);
                    if !tail.is_empty() {
                        value = Cow::Owned(value.into_owned() + tail);
                    }
                    return Ok((value, after, ends));
                }
            }
        }
    }
    let (value, after, ends) = bare(text, separator);
    Ok((Cow::Borrowed(value), after, ends))
}

fn bare(text: &str, separator: char) -> (&str, &str, bool) {
    match text.find([separator, '\n', '\r']) {
        None => (text, "", true),
        Some(end) => {
            let (value, after) = text.split_at(end);
            match after.strip_prefix(separator) {
                // A separator at the very end of the file still begins one more, empty, field.
                Some("") => (value, "", true),
                Some(after) => (value, after, false),
                None => {
                    let after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n']));
                    (value, after.unwrap_or(""), true)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::cell::Cell;

    fn grid(bytes: &[u8]) -> (Vec<Vec<String>>, &'static str) {
        let document = read(bytes).expect("a text file");
        let grid = &document.sheets[0].grid;
        let rows = (0..grid.rows).map(|row| grid.columns.iter().map(|c| c.cell(row).written()).collect()).collect();
        (rows, document.encoding.expect("an encoding"))
    }

    #[test]
    fn a_quoted_cell_may_hold_line_breaks_and_a_blank_line_is_a_record() {
        let (rows, encoding) = grid("甲,乙\r\n\"一\r\n\"\"二\"\",三\",x\r\n\r\n,\"\"\n".as_bytes());
        assert_eq!(encoding, "utf-8");
        assert_eq!(rows, [["甲", "乙"], ["一\r\n\"二\",三", "x"], ["", ""], ["", ""]]);
    }

    #[test]
    fn encodings_are_told_by_content() {
        let gb = GB18030.encode("项目名称,镕钢\n朔州,1").0.into_owned();
        assert_eq!(
            grid(&gb),
            (vec![vec!["项目名称".into(), "镕钢".into()], vec!["朔州".into(), "1".into()]], "gb18030")
        );
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("项目\t1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(grid(&little), (vec![vec!["项目".into(), "1".into()]], "utf-16"));
    }

    #[test]
    fn a_mixture_of_encodings_names_its_lines() {
        let mut bytes = "项目名称,开发区\n朔州项目,朔州\n".as_bytes().to_vec();
        bytes.extend_from_slice(&GB18030.encode("大同项目,大同\n").0);
        let error = read(&bytes).expect_err("mixed");
        assert_eq!(error.code(), "encoding_mixed");
        assert!(error.to_string().contains("lines 3"), "{error}");
    }

    #[test]
    fn a_quote_that_is_never_closed_names_its_record() {
        let error = read("a,b\n1,\"2\n3,4\n".as_bytes()).expect_err("unclosed");
        assert_eq!((error.code(), error.place().row), ("quote_unclosed", Some(2)));
    }

    #[test]
    fn cells_are_text_and_blanks_are_blank() {
        let document = read(b"a;b\n1;\n").expect("a text file");
        assert_eq!(document.sheets[0].grid.columns[1].cell(1), &Cell::Blank);
    }
}

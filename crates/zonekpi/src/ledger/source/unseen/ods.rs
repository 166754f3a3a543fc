//! The content of an ods. Cells and rows are written once and repeated by number, so that a small file may stand for
//! more cells than memory holds: how many is counted here, before calamine unrolls them.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use super::xml::{Tag, Tags, unescaped};
use super::{MOST_OF_A_SHEET, Unseen, UnseenOf, archive};
use crate::error::Result;
use crate::ledger::cell::Shown;
use crate::ledger::source::{Merge, damaged, too_large};
use crate::message::Phrase;

/// Cells of a sheet that are unrolled at most: a million rows of twenty columns.
const MOST_CELLS: usize = 20_000_000;

/// Bytes of text that are unrolled at most.
const MOST_TEXT: usize = 1 << 30;

/// Rows and columns that a sheet can have.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// By the name of the sheet; `None` where the content could not be read.
pub(in super::super) fn of_ods(bytes: &[u8]) -> Result<Option<UnseenOf>> {
    let Some(mut archive) = archive(bytes) else { return Ok(None) };
    let Ok(content) = archive.by_name("content.xml") else { return Ok(None) };
    of_content(BufReader::with_capacity(1 << 16, content.take(MOST_OF_A_SHEET))).map(Some)
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    unseen: Unseen,
    row: usize,
    column: usize,
    repeated_row: usize,
    /// Where columns are declared.
    declared: usize,
    /// The last cell that holds something, in this row and in the table.
    last_of_row: usize,
    last_row: usize,
    last_column: usize,
    /// Cells that are written, before rows are repeated.
    written: usize,
    text: usize,
    cell: usize,
    /// What cells without a style of their own show of a date, from which column to which.
    shown: Vec<(usize, usize, Shown)>,
}

/// The styles of cells that show of a date no day.
#[derive(Default)]
struct Styles {
    /// The format that is being read: its name, and whether it has a day, a month, a year.
    format: Option<(String, [bool; 3])>,
    formats: BTreeMap<String, Shown>,
    cells: BTreeMap<String, Shown>,
}

impl Styles {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            b"date-style" if tag.closes() => {
                let shown = match self.format.take() {
                    Some((name, [false, true, _])) => Some((name, Shown::Month)),
                    Some((name, [false, false, true])) => Some((name, Shown::Year)),
                    _ => None,
                };
                self.formats.extend(shown);
            }
            b"date-style" => self.format = tag.attribute("style:name").map(|name| (name.to_owned(), [false; 3])),
            name => {
                if let Some((_, parts)) = &mut self.format {
                    match name {
                        b"day" | b"day-of-week" | b"hours" | b"minutes" | b"seconds" => parts[0] = true,
                        b"month" => parts[1] = true,
                        b"year" | b"era" => parts[2] = true,
                        _ => {}
                    }
                }
                let format = tag.attribute("style:data-style-name").and_then(|format| self.formats.get(format));
                if let (b"style", Some(style), Some(shown)) = (name, tag.attribute("style:name"), format) {
                    self.cells.insert(style.to_owned(), *shown);
                }
            }
        }
    }

    fn shown(&self, style: Option<&str>) -> Option<Shown> {
        self.cells.get(style?).copied()
    }
}

fn of_content(content: impl Read) -> Result<UnseenOf> {
    let mut sheets = UnseenOf::new();
    let mut tags = Tags::of(content);
    let mut table: Option<(String, Table)> = None;
    let mut styles = Styles::default();
    let mut depth = 0;
    while let Some(tag) = tags.next() {
        let name = tag.name();
        if name == b"table" {
            if tag.closes() {
                depth -= 1;
                if depth == 0
                    && let Some((name, table)) = table.take()
                {
                    sheets.insert(name, table.unseen);
                }
            } else if !tag.is_empty() {
                if depth == 0 {
                    table = Some((unescaped(tag.attribute("table:name").unwrap_or("")), Table::default()));
                }
                depth += 1;
            }
            continue;
        }
        if let Some((_, table)) = table.as_mut().filter(|_| depth == 1) {
            table.take(&tag, &styles)?;
        } else if depth == 0 {
            styles.take(&tag);
        }
    }
    Ok(sheets)
}

impl Table {
    fn take(&mut self, tag: &Tag<'_>, styles: &Styles) -> Result<()> {
        let repeated = |name: &str, most: usize| tag.number(name).unwrap_or(1).clamp(1, most);
        // The text of a cell is as long as what stands between its tags.
        self.text = self.text.saturating_add(tag.text.saturating_mul(self.cell));
        match tag.name() {
            b"table-column" if !tag.closes() => {
                let count = repeated("table:number-columns-repeated", MOST_COLUMNS);
                if is_hidden(tag) {
                    self.unseen.columns.push(self.declared..=(self.declared + count - 1));
                }
                let end = self.declared.saturating_add(count);
                if let Some(shown) = styles.shown(tag.attribute("table:default-cell-style-name")) {
                    self.shown.push((self.declared, end, shown));
                }
                self.declared = end;
            }
            b"table-row" => {
                if !tag.closes() {
                    self.repeated_row = repeated("table:number-rows-repeated", MOST_ROWS);
                    self.column = 0;
                    self.last_of_row = 0;
                    if is_hidden(tag) {
                        self.unseen.rows.push(self.row..=(self.row + self.repeated_row - 1));
                    }
                }
                if tag.closes() || tag.is_empty() {
                    self.end_of_row()?;
                }
            }
            b"table-cell" | b"covered-table-cell" if tag.closes() => self.cell = 0,
            b"table-cell" | b"covered-table-cell" => self.take_cell(tag, styles)?,
            b"s" => {
                let spaces = tag.number("text:c").unwrap_or(1);
                self.text = self.text.saturating_add(spaces.saturating_mul(self.cell.max(1)));
            }
            _ => {}
        }
        if self.text > MOST_TEXT {
            let message = Phrase::DamageUnpacks.message().with("part", "content.xml");
            return Err(damaged(message.with("most", format!("{} GB", MOST_TEXT >> 30))));
        }
        Ok(())
    }

    fn take_cell(&mut self, tag: &Tag<'_>, styles: &Styles) -> Result<()> {
        let count = tag.number("table:number-columns-repeated").unwrap_or(1).clamp(1, MOST_COLUMNS);
        let (rows, columns) = (tag.number("table:number-rows-spanned"), tag.number("table:number-columns-spanned"));
        let (rows, columns) = (rows.unwrap_or(1).max(1), columns.unwrap_or(1).max(1));
        if rows.saturating_mul(columns) > 1 {
            self.unseen.merges.push(Merge {
                first_row: self.row,
                last_row: self.row.saturating_add(rows - 1),
                first_column: self.column,
                last_column: self.column.saturating_add(columns - 1),
            });
        }
        let kind = tag.attribute("office:value-type");
        let holds = kind.is_some() || tag.attribute("table:formula").is_some();
        if holds && self.repeated_row.saturating_mul(count) > MOST_CELLS {
            return Err(too_large(self.repeated_row, count));
        }
        let shown = match (kind, tag.attribute("table:style-name")) {
            (Some("percentage"), _) => Some(Shown::Percent),
            (Some("date"), None) => {
                self.shown.iter().find(|(from, to, _)| (*from..*to).contains(&self.column)).map(|(.., shown)| *shown)
            }
            (Some("date"), style) => styles.shown(style),
            _ => None,
        };
        if let Some(shown) = shown {
            for row in self.row..self.row.saturating_add(self.repeated_row) {
                for column in self.column..self.column.saturating_add(count) {
                    if let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) {
                        self.unseen.shown.insert((row, column), shown);
                    }
                }
            }
            if self.unseen.shown.len() > MOST_CELLS {
                return Err(too_large(self.row, self.column));
            }
        }
        self.column = self.column.saturating_add(count);
        self.cell = 0;
        if holds {
            self.last_of_row = self.column.min(MOST_COLUMNS);
            let text = tag.attribute("office:string-value").map_or(0, str::len);
            let many = count.saturating_mul(self.repeated_row);
            self.text = self.text.saturating_add(text.saturating_mul(many));
            if !tag.is_empty() {
                self.cell = many;
            }
        }
        Ok(())
    }

    fn end_of_row(&mut self) -> Result<()> {
        self.written = self.written.saturating_add(self.last_of_row);
        self.row = self.row.saturating_add(self.repeated_row);
        if self.last_of_row > 0 {
            self.last_row = self.row.min(MOST_ROWS);
            self.last_column = self.last_column.max(self.last_of_row);
        }
        if self.written > MOST_CELLS || self.last_row.saturating_mul(self.last_column) > MOST_CELLS {
            return Err(too_large(self.last_row, self.last_column));
        }
        self.cell = 0;
        Ok(())
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(tag.attribute("table:visibility"), Some("collapse" | "filter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &str) -> Result<UnseenOf> {
        of_content(std::io::Cursor::new(format!("<x><table:table table:name=\"表 &amp; 1\">{rows}</table:table></x>")))
    }

    #[test]
    fn hidden_rows_columns_and_spans_are_seen() {
        let sheets = of("<table:table-column/><table:table-column table:number-columns-repeated=\"2\" table:visibility=\"collapse\"/>\
            <table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>\
            <table:table-row table:visibility=\"filter\"><table:covered-table-cell table:number-columns-repeated=\"2\"/>\
            <table:table-cell office:value-type=\"percentage\" table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\"/>\
            </table:table-row>")
        .expect("content");
        let sheet = &sheets["表 & 1"];
        assert_eq!((sheet.rows.as_slice(), sheet.columns.as_slice()), ([3..=3].as_slice(), [1..=2].as_slice()));
        assert_eq!(sheet.merges, [Merge { first_row: 3, last_row: 5, first_column: 2, last_column: 3 }]);
        assert_eq!(sheet.shown.get(&(3, 2)), Some(&Shown::Percent));
    }

    #[test]
    fn styles_of_dates_that_show_no_day_are_seen() {
        let content = "<x><number:date-style style:name=\"N1\"><number:year/><number:text>年</number:text><number:month/>\
            </number:date-style><number:date-style style:name=\"N2\"><number:year/></number:date-style>\
            <number:date-style style:name=\"N3\"><number:month/><number:day/></number:date-style>\
            <style:style style:name=\"ce1\" style:data-style-name=\"N1\"/><style:style style:name=\"ce2\" style:data-style-name=\"N2\"/>\
            <style:style style:name=\"ce3\" style:data-style-name=\"N3\"/><table:table table:name=\"表\">\
            <table:table-column table:default-cell-style-name=\"ce1\"/><table:table-column/>\
            <table:table-row><table:table-cell office:value-type=\"date\"/>\
            <table:table-cell office:value-type=\"date\" table:style-name=\"ce2\"/>\
            <table:table-cell office:value-type=\"date\" table:style-name=\"ce3\"/>\
            <table:table-cell office:value-type=\"float\" table:style-name=\"ce1\"/></table:table-row></table:table></x>";
        let sheets = of_content(std::io::Cursor::new(content.to_owned())).expect("content");
        let shown: BTreeMap<_, _> = sheets["表"].shown.iter().map(|(at, shown)| (*at, *shown)).collect();
        assert_eq!(shown, BTreeMap::from([((0, 0), Shown::Month), ((0, 1), Shown::Year)]));
    }

    #[test]
    fn what_would_unroll_beyond_memory_is_refused() {
        let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>甲</text:p></table:table-cell>";
        let row =
            |attributes: &str, cells: &str| of(&format!("<table:table-row {attributes}>{cells}</table:table-row>"));
        assert!(row("", cell).is_ok());
        let error = row("table:number-rows-repeated=\"1048576\"", cell).expect_err("too large");
        assert_eq!(error.code(), "sheet_too_large");
        // An empty row repeated to the end of the sheet is how every sheet ends.
        assert!(row("table:number-rows-repeated=\"1048576\"", "<table:table-cell/>").is_ok());
        let spaces = "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell>";
        assert_eq!(row("", spaces).expect_err("too many spaces").code(), "file_damaged");
    }
}

//! A table of text cells, and how cells are written.

use super::day::Day;

/// One CSV file to be.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) header: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(name: &'static str, header: &'static [&'static str]) -> Self {
        Self { name, header, rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.header.len(), "{}", self.name);
        self.rows.push(row);
    }

    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| *column == name)
    }

    pub(super) fn csv(&self) -> String {
        let mut text = self.header.join(",");
        text.push('\n');
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// 是, 否 or blank.
pub(super) fn flag(value: Option<bool>) -> String {
    match value {
        Some(true) => "是",
        Some(false) => "否",
        None => "",
    }
    .to_owned()
}

/// A day, or blank.
pub(super) fn day(value: Option<Day>) -> String {
    value.map(|day| day.to_string()).unwrap_or_default()
}

/// A number, or blank.
pub(super) fn number(value: Option<i64>) -> String {
    value.map(|number| number.to_string()).unwrap_or_default()
}

/// An amount kept in 万元, written in yuan; or blank.
pub(super) fn yuan(ten_thousands: Option<i64>) -> String {
    ten_thousands.map(|amount| format!("{}", amount * 10_000)).unwrap_or_default()
}

/// A quantity kept in hundredths; or blank.
pub(super) fn hundredths(value: Option<i64>) -> String {
    value.map(|value| format!("{}.{:02}", value / 100, value % 100)).unwrap_or_default()
}

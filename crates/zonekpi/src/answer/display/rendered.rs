//! A finished table: texts, marks and footnotes, for any front end. How it is laid out is decided in the module
//! above; here are the forms, and the table for a terminal.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use crate::message::{Language, Phrase};

/// Between two columns on a terminal.
const GAP: &str = "  ";

/// A finished table, for a terminal (`Display`), a notebook, a workbook (`serde::Serialize`).
///
/// All numbers are text, rounded once from exact integers; a front end never rounds. As JSON:
///
/// ```json
/// {
///   "title": "截至 2024-03-31",
///   "language": "zh",
///   "columns": [
///     {"key": "zone", "role": "dimension", "header": "开发区", "unit": null, "align": "left"},
///     {"key": "commitment_share", "role": "value", "header": "承诺制项目占比", "unit": null, "align": "right"},
///     {"key": "signed_investment", "role": "value", "header": "签约总投资", "unit": "亿元", "align": "right"}
///   ],
///   "lines": [
///     {
///       "total": false,
///       "groups": ["朔州经开区"],
///       "period_start": "2024-01-01",
///       "period_end": "2024-03-31",
///       "cells": [
///         {"text": "朔州经开区"},
///         {"text": "93.65%", "marks": ["*"], "hover": "59 / 63\n未知 2 项\n真值 93.65%–96.83%",
///          "number": "93.65", "exact": "59/63", "numerator": "59", "denominator": "63"},
///         {"text": "18.00", "number": "18.00", "exact": "1800000000", "numerator": "1800000000"}
///       ]
///     }
///   ],
///   "footnotes": [
///     {"mark": "*", "text": "有未知项（…）：", "items": ["朔州经开区 承诺制项目占比：未知 2 项，真值 93.65%–96.83%"]}
///   ]
/// }
/// ```
///
/// Fields of a cell that hold nothing are left out. `text` is for people, with `%` or the unit where the head does
/// not say it; `number` is the same number bare, in the unit shown (percent for shares); `exact` is the value in
/// its base unit (shares as fractions, money in yuan), a decimal where it ends and else a fraction.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Rendered {
    /// What stands above the table: the date and the period, or what the caller gave. May be empty.
    pub title: String,
    /// `zh` or `en`.
    pub language: &'static str,
    /// The columns, in order.
    pub columns: Vec<RenderedColumn>,
    /// The lines, in order, totals last; each has one cell for each column.
    pub lines: Vec<RenderedLine>,
    /// What the marks mean, and what else must be known. Only of marks that occur.
    pub footnotes: Vec<Footnote>,
}

/// A column of a finished table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RenderedColumn {
    /// The id of the indicator, the name of the dimension, else the role.
    pub key: String,
    /// What the column holds.
    pub role: ColumnRole,
    /// The head, without the unit.
    pub header: String,
    /// The unit that the head must name; `None` where each cell names its own.
    pub unit: Option<String>,
    /// How the cells stand.
    pub align: Align,
}

/// What a column of a finished table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnRole {
    /// Groups by a dimension.
    Dimension,
    /// The period, or the date.
    Period,
    /// Names of indicators.
    Indicator,
    /// Values.
    Value,
    /// Numerator and denominator.
    Fraction,
    /// How many are unknown.
    Unknown,
    /// The interval of a share, where a confidence was asked.
    Interval,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A line of a finished table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RenderedLine {
    /// Whether the line is over all groups.
    pub total: bool,
    /// The groups as the data have them, one for each dimension.
    pub groups: Vec<Option<String>>,
    /// First day of the period; `None` for stocks and for cumulative flows.
    pub period_start: Option<chrono::NaiveDate>,
    /// Last day of the period.
    pub period_end: chrono::NaiveDate,
    /// The cells, one for each column.
    pub cells: Vec<RenderedCell>,
}

/// A cell of a finished table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RenderedCell {
    /// What is printed, without the marks.
    pub text: String,
    /// The marks that the footnotes explain: `*`, `†`, `‡`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<&'static str>,
    /// What stands behind the number, by lines: `59 / 63`, the unknowns, the bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hover: Option<String>,
    /// The number as printed, without separators, sign of percent and unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The value in full, in its base unit: `0.8125`, `59/63`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// Above the line, in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<String>,
    /// Below the line, in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
}

/// A line below the table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Footnote {
    /// The mark that it explains; `None` where it is about the whole table.
    pub mark: Option<&'static str>,
    /// The sentence.
    pub text: String,
    /// What it is about one by one, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
}

impl Footnote {
    pub(crate) fn of(mark: Option<&'static str>, text: String) -> Self {
        Self { mark, text, items: Vec::new() }
    }
}

impl RenderedCell {
    /// A cell that is only text.
    pub(crate) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl RenderedColumn {
    /// The head with its unit.
    pub fn heading(&self, language: Language) -> String {
        match &self.unit {
            Some(unit) => {
                Phrase::HeaderWithUnit.message().with("header", &self.header).with("unit", unit).text(language)
            }
            None => self.header.clone(),
        }
    }
}

/// The table for a terminal: columns aligned by the width of their characters (Chinese takes two places), totals
/// below a rule, footnotes last.
impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = if self.language == "en" { Language::En } else { Language::Zh };
        let columns: Vec<Printed> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| {
                let cells = self.lines.iter().filter_map(|line| line.cells.get(i));
                Printed::of(column, cells, language)
            })
            .collect();
        if !self.title.is_empty() {
            writeln!(f, "{}", plain(&self.title))?;
        }
        let rule = "-".repeat(columns.iter().map(|c| c.width + GAP.len()).sum::<usize>().saturating_sub(GAP.len()));
        let heads: Vec<String> = columns.iter().map(Printed::head).collect();
        writeln!(f, "{}", heads.join(GAP).trim_end())?;
        writeln!(f, "{rule}")?;
        let mut above_totals = self.lines.iter().any(|l| !l.total);
        for line in &self.lines {
            if line.total && above_totals {
                writeln!(f, "{rule}")?;
                above_totals = false;
            }
            let cells: Vec<String> = columns.iter().zip(&line.cells).map(|(c, cell)| c.cell(cell)).collect();
            writeln!(f, "{}", cells.join(GAP).trim_end())?;
        }
        for note in &self.footnotes {
            match note.mark {
                Some(mark) => writeln!(f, "{mark} {}", plain(&note.text))?,
                None => writeln!(f, "{}", plain(&note.text))?,
            }
            for item in &note.items {
                writeln!(f, "{GAP}{}", plain(item))?;
            }
        }
        Ok(())
    }
}

/// A column as it takes room on a terminal.
struct Printed {
    heading: String,
    /// Of the heading and of all cells.
    width: usize,
    /// The room behind the numbers where marks hang, so that digits stay below digits.
    marks: usize,
    align: Align,
}

impl Printed {
    fn of<'a>(column: &RenderedColumn, cells: impl Iterator<Item = &'a RenderedCell>, language: Language) -> Self {
        let heading = plain(&column.heading(language));
        let (mut texts, mut marks) = (0, 0);
        for cell in cells {
            texts = texts.max(plain(&cell.text).width());
            marks = marks.max(cell.marks.concat().width());
        }
        let width = heading.width().max(texts + marks);
        Self { heading, width, marks, align: column.align }
    }

    fn head(&self) -> String {
        self.padded(&self.heading, 0)
    }

    fn cell(&self, cell: &RenderedCell) -> String {
        let marks = cell.marks.concat();
        let behind = if self.align == Align::Right { self.marks.saturating_sub(marks.width()) } else { 0 };
        self.padded(&format!("{}{marks}", plain(&cell.text)), behind)
    }

    /// The text in the width of the column, at least so many blanks behind it.
    fn padded(&self, text: &str, behind: usize) -> String {
        let room = " ".repeat(self.width.saturating_sub(text.width() + behind));
        let behind = " ".repeat(behind);
        match self.align {
            Align::Left => format!("{text}{room}{behind}"),
            Align::Right => format!("{room}{text}{behind}"),
        }
    }
}

/// Text from a ledger may hold line breaks, tabs and escapes; on a terminal they would break the table, or worse.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

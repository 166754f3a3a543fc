//! One line of the answer, found by its group and period; every part of the address is checked.

use std::collections::BTreeMap;

use super::{KpiTable, Row, refused};
use crate::error::{Error, Result};
use crate::indicator::expression::spells;
use crate::ledger::{Kind, Schema};
use crate::message::{ErrorCode, Language, Phrase};
use crate::period;
use crate::query::plan::Dimension;

/// Which cell of a table is meant: a value for each dimension, a period where there are several.
///
/// ```
/// use zonekpi::Cell;
/// let cell = Cell::new().group("zone", "朔州经开区").period_end("2024-03-31");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Cell {
    groups: BTreeMap<String, Option<String>>,
    period_end: Option<String>,
    total: bool,
}

impl Cell {
    /// The only cell of an answer without dimensions and with one period.
    pub fn new() -> Self {
        Self::default()
    }

    /// The group of a value. The dimension may be called as in the query, or by any name of its column; the value of
    /// an enum or a flag by its stored name or as the table shows it (备案, 是).
    pub fn group(mut self, dimension: impl Into<String>, value: impl Into<String>) -> Self {
        self.groups.insert(dimension.into(), Some(value.into()));
        self
    }

    /// The group of rows where the dimension is blank or unknown.
    pub fn blank(mut self, dimension: impl Into<String>) -> Self {
        self.groups.insert(dimension.into(), None);
        self
    }

    /// The period that ends on a day.
    pub fn period_end(mut self, day: impl std::fmt::Display) -> Self {
        self.period_end = Some(day.to_string());
        self
    }

    /// The line over all groups.
    pub fn total(mut self) -> Self {
        self.total = true;
        self
    }
}

impl KpiTable {
    /// The line of a cell.
    ///
    /// # Errors
    ///
    /// An indicator, a dimension, a group or a period that the answer does not have, with the nearest that it has; a
    /// cell that is not told apart from others.
    pub fn row(&self, id: &str, cell: &Cell) -> Result<&Row> {
        self.indicator(id)?;
        let asked = self.asked(cell)?;
        let mut lines: Vec<&Row> = self.rows().iter().filter(|row| row.indicator == id).collect();
        if cell.total && !asked.is_empty() {
            lines.retain(|row| row.total);
            if lines.is_empty() {
                return Err(refused(ErrorCode::NoTotals.message()));
            }
        } else {
            let group = self.group(asked)?;
            lines.retain(|row| !row.total);
            if !lines.iter().any(|row| row.groups == group) {
                return Err(unknown_group(&group, &lines));
            }
            lines.retain(|row| row.groups == group);
        }
        if let Some(text) = &cell.period_end {
            let end = period::date(text)?;
            let ends: Vec<_> = lines.iter().map(|row| row.period_end.to_string()).collect();
            lines.retain(|row| row.period_end == end);
            if lines.is_empty() {
                let message =
                    ErrorCode::UnknownPeriodEnd.message().with("found", text).with("allowed", ends.join(", "));
                return Err(Error::unknown(message, text, ends.iter().map(String::as_str)));
            }
        }
        match lines.as_slice() {
            [line] => Ok(line),
            _ => Err(refused(ErrorCode::CellNeedsPeriod.message())),
        }
    }

    /// What a cell says of each dimension, which it may call by any name of its column.
    fn asked<'c>(&self, cell: &'c Cell) -> Result<Vec<Option<&'c Option<String>>>> {
        let mut asked = vec![None; self.dimensions.len()];
        for (name, value) in &cell.groups {
            let place = Dimension::find(&self.dimensions, name)?;
            if let Some(slot) = asked.get_mut(place)
                && slot.replace(value).is_some()
            {
                return Err(refused(ErrorCode::DimensionTwice.message().with("found", name)));
            }
        }
        Ok(asked)
    }

    fn group(&self, asked: Vec<Option<&Option<String>>>) -> Result<Vec<Option<String>>> {
        let value = |(value, dimension): (Option<&Option<String>>, &Dimension)| match value {
            Some(value) => Ok(value.as_deref().map(|value| stored(dimension, value))),
            None => Err(refused(ErrorCode::CellNeedsDimension.message().with("missing", &dimension.name))),
        };
        asked.into_iter().zip(&self.dimensions).map(value).collect()
    }
}

/// A value as groups are stored: 备案 is `filing`, and 是 of a flag is `true`.
fn stored(dimension: &Dimension, written: &str) -> String {
    let spec = Schema::builtin().table(dimension.table).and_then(|table| table.column(&dimension.column.name));
    let named = || spec?.values.iter().find(|value| spells(value, written)).map(|value| value.name.clone());
    let answer = |yes: Phrase| [Language::Zh, Language::En].iter().any(|l| yes.message().text(*l) == written.trim());
    match dimension.column.kind {
        Kind::Enum => named(),
        Kind::Flag if answer(Phrase::Yes) => Some("true".to_owned()),
        Kind::Flag if answer(Phrase::No) => Some("false".to_owned()),
        _ => None,
    }
    .unwrap_or_else(|| written.to_owned())
}

/// How many groups an error lists.
const LISTED: usize = 20;

fn unknown_group(group: &[Option<String>], lines: &[&Row]) -> Error {
    let shown =
        |group: &[Option<String>]| group.iter().map(|v| v.as_deref().unwrap_or("∅")).collect::<Vec<_>>().join(", ");
    let mut known: Vec<_> = lines.iter().map(|row| shown(&row.groups)).collect();
    known.dedup();
    let found = shown(group);
    let listed = known.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let message = ErrorCode::UnknownGroup.message().with("found", &found).with("allowed", listed);
    Error::unknown(message, &found, known.iter().map(String::as_str))
}

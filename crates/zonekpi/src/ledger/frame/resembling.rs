//! Rows of a frame that look like totals. A frame that was made of a sheet holds the rows that reading a sheet sets
//! aside; which of them are no records is for the caller to say, so that they are told and kept.

use polars::prelude::{Column, DataType, IdxCa, IdxSize, NewChunkedArray, PlSmallStr, StringChunked};

use super::{Manner, cells};
use crate::error::Result;
use crate::ledger::build;
use crate::ledger::header::{FoundColumn, Header, Target};
use crate::ledger::rows::{Groups, NAMES, Rows, resembling_among, tells_totals};
use crate::ledger::schema::Kind;
use crate::ledger::source::Grid;
use crate::ledger::text;

/// A row of the frame, with its column and the words that make it look like a total.
pub(super) type Resembling = (usize, String, String);

pub(super) fn resembling(header: &Header, taken: &[&Column], manner: &Manner) -> Result<Vec<Resembling>> {
    let called =
        |name: &str| header.columns.iter().find(|c| matches!(&c.target, Target::Known(known) if *known == name));
    let column = |found: &FoundColumn| taken.get(found.at).copied();
    let height = taken.first().map_or(0, |c| c.len());
    if header.table.name != "projects" || height == 0 || !NAMES.iter().any(|name| called(name).is_some()) {
        return Ok(Vec::new());
    }
    // A row with an id is no total. Few frames have others, and most are done with here.
    let id = called("project_id").and_then(column);
    let ids = id.and_then(texts);
    let without_id: Vec<usize> = match (&ids, id) {
        (Some(ids), _) if ids.null_count() == 0 && ids.iter().flatten().all(|id| !id.trim_ascii().is_empty()) => {
            return Ok(Vec::new());
        }
        (Some(ids), _) => (0..height).filter(|row| is_blank(ids.get(*row))).collect(),
        (None, Some(other)) if other.null_count() == 0 => return Ok(Vec::new()),
        (None, Some(other)) => {
            let blank = other.is_null();
            (0..height).filter(|row| blank.get(*row) == Some(true)).collect()
        }
        (None, None) => (0..height).collect(),
    };
    let names = called("project_name").and_then(column).and_then(texts);
    let places = ["zone", "park"].map(|name| called(name).and_then(column).and_then(texts));
    let groups = if names.is_some() { groups(header, taken)? } else { Groups::default() };
    let longest = groups.iter().map(String::len).max().unwrap_or(0);
    let tells = |words: Option<&str>, groups: Option<&Groups>| {
        words.is_some_and(|words| {
            // Long names, which are most, are told by their end.
            let may = groups.is_some() && words.len() <= longest.max(30) + 12;
            (may || words.trim_ascii_end().ends_with(['计', ':', '：', ')', '）']) || words.contains("其中"))
                && tells_totals(&text::compact(words), groups)
        })
    };
    let doubtful: Vec<IdxSize> = without_id
        .into_iter()
        .filter(|row| {
            let name = names.as_ref().and_then(|n| n.get(*row));
            is_blank(name) || tells(name, Some(&groups)) || places.iter().flatten().any(|p| tells(p.get(*row), None))
        })
        .filter_map(|row| IdxSize::try_from(row).ok())
        .collect();
    if doubtful.is_empty() {
        return Ok(Vec::new());
    }
    let chosen = IdxCa::from_slice(PlSmallStr::EMPTY, &doubtful);
    let mut grid = Grid { rows: doubtful.len(), first_row: 1, ..Grid::default() };
    for found in &header.columns {
        let Some(column) = column(found) else { continue };
        let rows = column.as_materialized_series().take(&chosen)?;
        grid.columns.push(cells(&rows, build::known(header.table, found), manner, found)?);
    }
    let rows = Rows { kept: (0..doubtful.len()).collect(), ..Rows::default() };
    let found = resembling_among(&grid, header, &rows, &groups);
    let row_of = |row: usize| doubtful.get(row).and_then(|row| usize::try_from(*row).ok());
    Ok(found.into_iter().filter_map(|like| Some((row_of(like.row)?, like.column, like.words))).collect())
}

fn is_blank(words: Option<&str>) -> bool {
    words.is_none_or(|words| words.len() < 8 && text::is_blank_word(&text::compact(words)))
}

/// The texts of a column; `None` where it holds something else.
fn texts(column: &Column) -> Option<StringChunked> {
    match column.dtype() {
        DataType::String => column.str().ok().cloned(),
        DataType::Categorical(..) | DataType::Enum(..) => column.cast(&DataType::String).ok()?.str().ok().cloned(),
        _ => None,
    }
}

fn groups(header: &Header, taken: &[&Column]) -> Result<Groups> {
    let mut groups = Groups::default();
    for found in header.columns.iter().filter(|c| c.kind == Kind::Dimension) {
        let Some(distinct) = taken.get(found.at).map(|c| c.as_materialized_series().unique()).transpose()? else {
            continue;
        };
        let words = texts(&distinct.into());
        groups.extend(
            words.iter().flat_map(|w| w.iter()).flatten().map(text::compact).filter(|w| !text::is_blank_word(w)),
        );
    }
    Ok(groups)
}

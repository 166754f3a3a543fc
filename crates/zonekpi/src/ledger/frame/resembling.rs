//! Rows of a frame that look like totals. A frame that was made of a sheet holds the rows that reading a sheet sets
//! aside; which of them are no records is for the caller to say, so that they are told and kept.

use polars::prelude::{Column, DataType, IdxCa, IdxSize, NewChunkedArray, PlSmallStr, StringChunked};

use super::{Manner, cells};
use crate::error::Result;
use crate::ledger::build;
use crate::ledger::cell::Chosen;
use crate::ledger::header::{FoundColumn, Header};
use crate::ledger::rows::{Groups, Rows, names_a_record, resembling_among, tells_totals};
use crate::ledger::schema::Kind;
use crate::ledger::source::Grid;
use crate::ledger::text;

/// A row of the frame, with its column and the words that make it look like a total.
pub(super) type Resembling = (usize, String, String);

pub(super) fn resembling(header: &Header, taken: &[&Column], manner: &Manner) -> Result<Vec<Resembling>> {
    let column = |found: &FoundColumn| taken.get(found.at).copied();
    let height = taken.first().map_or(0, |c| c.len());
    let called = |is: fn(&FoundColumn) -> bool| header.columns.iter().filter(move |c| is(c)).filter_map(column);
    let named = || header.columns.iter().filter(|c| names_a_record(header, c));
    if height == 0 || named().next().is_none() {
        return Ok(Vec::new());
    }
    // A row with an id is no total. Few frames have others, and most are done with here.
    let mut without_id: Vec<usize> = Vec::new();
    let mut first = true;
    for ids in called(|c| c.kind == Kind::Id) {
        let blank = blanks(ids);
        without_id =
            if first { blank } else { without_id.into_iter().filter(|row| blank.binary_search(row).is_ok()).collect() };
        first = false;
        if without_id.is_empty() {
            return Ok(Vec::new());
        }
    }
    if first {
        without_id = (0..height).collect();
    }
    let names: Vec<StringChunked> =
        named().filter(|c| c.kind == Kind::Text).filter_map(column).filter_map(texts).collect();
    let places: Vec<StringChunked> = called(|c| c.kind == Kind::Dimension).filter_map(texts).collect();
    let groups = if names.is_empty() { Groups::default() } else { groups(header, taken)? };
    let longest = groups.iter().map(String::len).max().unwrap_or(0);
    let tells = |words: Option<&str>, groups: Option<&Groups>| {
        words.is_some_and(|words| {
            // Long names, which are most, are told by their end.
            let may = groups.is_some() && words.len() <= longest.max(30) + 12;
            (may || words.trim_ascii_end().ends_with(['计', ':', '：', ')', '）', '个', '项'])
                || words.contains("其中"))
                && tells_totals(&text::compact(words), groups)
        })
    };
    let doubtful: Vec<IdxSize> = without_id
        .into_iter()
        .filter(|row| {
            names.iter().all(|name| is_blank(name.get(*row)))
                || names.iter().any(|name| tells(name.get(*row), Some(&groups)))
                || places.iter().any(|place| tells(place.get(*row), None))
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
    let rows = Rows { kept: Chosen::Run(0..doubtful.len()), ..Rows::default() };
    let found = resembling_among(&grid, header, &rows, &groups);
    let row_of = |row: usize| doubtful.get(row).and_then(|row| usize::try_from(*row).ok());
    Ok(found.into_iter().filter_map(|like| Some((row_of(like.row)?, like.column, like.words))).collect())
}

/// The rows in which a column of ids has none.
fn blanks(ids: &Column) -> Vec<usize> {
    match texts(ids) {
        Some(texts) => texts.iter().enumerate().filter(|(_, id)| is_blank(*id)).map(|(row, _)| row).collect(),
        None if ids.null_count() == 0 => Vec::new(),
        None => ids.is_null().iter().enumerate().filter(|(_, null)| *null == Some(true)).map(|(row, _)| row).collect(),
    }
}

/// Bytes that a word for nothing has at most.
const LONGEST_NOTHING: usize = 12;

fn is_blank(words: Option<&str>) -> bool {
    words.is_none_or(|words| {
        let short = words.len() <= LONGEST_NOTHING && !words.bytes().any(|b| b.is_ascii_digit());
        short && text::is_blank_word(&text::compact(words))
    })
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

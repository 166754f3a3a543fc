//! Rows that may have been entered twice, where no key would show it: rows without a full key that are equal in every
//! cell, and names that stand twice where neither an id nor a zone tells them apart. They may be right, so that they are
//! kept and told, once for each group of rows.

use std::hash::{BuildHasher, Hash};

use polars::prelude::{
    AnyValue, Column, DataFrame, IdxCa, IdxSize, InitHashMaps, NewChunkedArray, PlHashMap, PlHashSet, PlRandomState,
    PlSmallStr,
};

use super::check::{Source, header, key_of, texts};
use super::issue::{Issue, Severity};
use super::rows::numbers_rows;
use super::schema::TableSpec;
use super::text;
use crate::error::Result;
use crate::message::{IssueAction, IssueCode};

/// Other rows of a group that are named.
const NAMED: usize = 5;

pub(crate) fn check(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    issues: &mut Vec<Issue>,
) -> Result<()> {
    let unkeyed = without_key(table, frame);
    if unkeyed.len() < 2 {
        return Ok(());
    }
    let source = Source::of(table, frame);
    let mut found: Vec<(usize, Issue)> = Vec::new();
    let mut told: PlHashSet<usize> = PlHashSet::new();
    for rows in equal_rows(table, frame, &unkeyed)? {
        told.extend(rows.iter().copied());
        let (Some(first), Some(second)) = (rows.first(), rows.get(1)) else { continue };
        let value = leading_text(table, frame, *first);
        let (code, action) = (IssueCode::RowRepeated, IssueAction::Kept);
        let mut issue = source.issue(*second, "", code, Severity::Warning, action, &value);
        issue.column = None;
        let others: Vec<usize> = rows.iter().copied().filter(|row| row != second).collect();
        found.push((*second, issue.tell("rows", source.places_beside(*second, &others, NAMED))));
    }
    // Names of which only the zone could tell whether they are one.
    let name = table.keys.iter().find_map(|key| match key.as_slice() {
        [zone, name] if zone == "zone" => Some(name.as_str()),
        _ => None,
    });
    let names = name.and_then(|name| Some((name, texts(frame, name)?)));
    if let Some((name, names)) = names {
        let zones = texts(frame, "zone");
        let mut rows_of: PlHashMap<&str, Vec<usize>> = PlHashMap::new();
        for row in unkeyed.iter().copied().filter(|row| zones.as_ref().is_none_or(|z| z.get(*row).is_none())) {
            if let Some(name) = names.get(row) {
                rows_of.entry(name).or_default().push(row);
            }
        }
        let zone = table.column("zone").map_or("zone", |spec| &spec.zh);
        for (value, rows) in rows_of {
            let (Some(first), Some(second)) = (rows.first(), rows.get(1)) else { continue };
            if told.contains(first) && told.contains(second) {
                continue;
            }
            let (code, action) = (IssueCode::NameRepeated, IssueAction::Kept);
            let issue = source.issue(*second, header(headers, name), code, Severity::Warning, action, value);
            let others: Vec<usize> = rows.iter().copied().filter(|row| row != second).collect();
            let rows = source.places_beside(*second, &others, NAMED);
            found.push((*second, issue.tell("rows", rows).tell("zone", header(headers, zone))));
        }
    }
    found.sort_by_key(|(row, issue)| (*row, issue.code));
    issues.extend(found.into_iter().map(|(_, issue)| issue));
    Ok(())
}

/// The rows that the table's key does not tell apart: it has none, or a part of it is blank.
fn without_key(table: &TableSpec, frame: &DataFrame) -> Vec<usize> {
    let Some(key) = key_of(table, frame) else { return (0..frame.height()).collect() };
    let columns: Vec<&Column> = key.iter().filter_map(|name| frame.column(name).ok()).collect();
    if columns.iter().all(|column| column.null_count() == 0) {
        return Vec::new();
    }
    let blank: Vec<_> = columns.iter().map(|column| column.is_null()).collect();
    (0..frame.height()).filter(|row| blank.iter().any(|b| b.get(*row) == Some(true))).collect()
}

/// Groups of rows that are equal in all that was read, but for where they stand.
fn equal_rows(table: &TableSpec, frame: &DataFrame, rows: &[usize]) -> Result<Vec<Vec<usize>>> {
    let chosen: Vec<IdxSize> = rows.iter().filter_map(|row| IdxSize::try_from(*row).ok()).collect();
    let part;
    let frame = if rows.len() == frame.height() {
        frame
    } else {
        part = frame.take(&IdxCa::from_slice(PlSmallStr::EMPTY, &chosen))?;
        &part
    };
    let counts = |name: &str| !(name.starts_with("source_") || name == "sheet" || numbers_rows(&text::word(name)));
    let columns: Vec<&Column> = frame.columns().iter().filter(|c| counts(c.name())).collect();
    // Rows of one known cell are equal too easily.
    let mut known = vec![0_u8; frame.height()];
    for column in columns.iter().filter(|c| table.column(c.name()).is_some()) {
        let there = column.is_not_null();
        for (slot, there) in known.iter_mut().zip(there.iter()) {
            *slot = slot.saturating_add(u8::from(there == Some(true)));
        }
    }
    let hashes = hashes(frame.height(), &columns);
    let mut places: Vec<(u64, usize)> = hashes
        .into_iter()
        .enumerate()
        .map(|(row, hash)| (hash, row))
        .filter(|(_, row)| known.get(*row) > Some(&1))
        .collect();
    places.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for alike in places.chunk_by(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
        let Some((_, first)) = alike.first() else { continue };
        let equal = |row: usize| {
            columns.iter().all(|column| matches!((column.get(*first), column.get(row)), (Ok(a), Ok(b)) if a == b))
        };
        let group: Vec<usize> = alike.iter().map(|(_, row)| *row).filter(|row| equal(*row)).collect();
        if group.len() > 1 {
            groups.push(group.into_iter().filter_map(|row| rows.get(row).copied()).collect());
        }
    }
    groups.sort_unstable();
    Ok(groups)
}

/// A hash of each row.
fn hashes(height: usize, columns: &[&Column]) -> Vec<u64> {
    let state = PlRandomState::default();
    let mut hashes = vec![0_u64; height];
    for column in columns {
        let series = column.as_materialized_series().to_physical_repr().into_owned();
        if let Ok(values) = series.str() {
            add(&mut hashes, values.iter(), &state);
        } else if let Ok(values) = series.i64() {
            add(&mut hashes, values.iter(), &state);
        } else if let Ok(values) = series.i32() {
            add(&mut hashes, values.iter(), &state);
        } else if let Ok(values) = series.i128() {
            add(&mut hashes, values.iter(), &state);
        } else if let Ok(values) = series.bool() {
            add(&mut hashes, values.iter(), &state);
        } else {
            let cell = |row| series.get(row).ok().filter(|v| *v != AnyValue::Null).map(|v| v.str_value().into_owned());
            add(&mut hashes, (0..height).map(cell), &state);
        }
    }
    hashes
}

/// Mixes the values of a column into the hashes of their rows.
fn add(hashes: &mut [u64], values: impl Iterator<Item = impl Hash>, state: &PlRandomState) {
    for (slot, value) in hashes.iter_mut().zip(values) {
        *slot = (slot.rotate_left(5) ^ state.hash_one(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// The first words of a row, to name it by: its name, or the first text that is there.
fn leading_text(table: &TableSpec, frame: &DataFrame, row: usize) -> String {
    let names = table.keys.iter().flatten().chain(table.columns.iter().map(|c| &c.name));
    names
        .filter(|name| *name != "zone")
        .find_map(|name| texts(frame, name)?.get(row).map(str::to_owned))
        .unwrap_or_default()
}

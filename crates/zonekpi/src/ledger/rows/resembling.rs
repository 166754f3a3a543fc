//! Rows that were kept and yet look like totals: 朔州经开区小计, or a zone in the place of a project's name, with nothing
//! but numbers beside it. They may be projects, so they are told and not set aside.

use polars::prelude::{InitHashMaps, PlHashSet};

use super::{Cell, Grid, Header, Rows, Target, is_numeric, is_ordinal};
use crate::ledger::cell::RawColumn;
use crate::ledger::schema::Kind;
use crate::ledger::text;

/// A row that looks like a total: the row of the grid, its column, and the words that say so.
pub(crate) struct Resembling {
    pub row: usize,
    pub column: String,
    pub words: String,
}

/// Columns whose cells name a project.
const NAMES: [&str; 2] = ["project_id", "project_name"];

/// Columns whose cells name what projects are grouped by.
const GROUPS: [&str; 2] = ["zone", "park"];

pub(crate) fn resembling(grid: &Grid, header: &Header, rows: &Rows) -> Vec<Resembling> {
    if header.table.name != "projects" {
        return Vec::new();
    }
    let called = |names: &'static [&'static str]| {
        header.columns.iter().filter(move |c| matches!(&c.target, Target::Known(name) if names.contains(name)))
    };
    let raw = |column: &super::super::header::FoundColumn| grid.columns.get(column.at);
    let mut groups: PlHashSet<String> = PlHashSet::new();
    for column in called(&GROUPS).filter_map(raw) {
        groups.extend(column.distinct().iter().map(|cell| text::compact(&cell.written())).filter(|g| !g.is_empty()));
    }
    let mut found = Vec::new();
    // A label, or a zone, where the name should be.
    for column in called(&NAMES[1..]).chain(called(&GROUPS)) {
        let in_name = matches!(&column.target, Target::Known("project_name"));
        let Some(cells) = raw(column) else { continue };
        let labels = |cell: &Cell| {
            let Cell::Text(words) = cell else { return false };
            let word = text::compacted(words);
            ends_as_total(&word) || (in_name && groups.contains(word.as_ref()))
        };
        found.extend(rows_with(cells, rows, labels).map(|row| (row, column)));
    }
    // A zone and no name at all.
    let names: Vec<&RawColumn> = called(&NAMES).filter_map(raw).collect();
    if let [first, rest @ ..] = names.as_slice() {
        let nameless =
            rows_with(first, rows, Cell::is_empty).filter(|row| rest.iter().all(|c| c.cell(*row).is_empty()));
        for row in nameless {
            let zone = called(&GROUPS).find(|c| raw(c).is_some_and(|c| !c.cell(row).is_empty()));
            found.extend(zone.map(|column| (row, column)));
        }
    }
    found.sort_by_key(|(row, column)| (*row, column.at));
    found.dedup_by_key(|(row, _)| *row);
    let told = found.into_iter().filter(|(row, column)| only_numbers_beside(grid, header, *row, column.at));
    told.filter_map(|(row, column)| {
        let words = text::trimmed(&raw(column)?.cell(row).written()).into_owned();
        Some(Resembling { row, column: column.header.clone(), words })
    })
    .collect()
}

/// 朔州经开区小计, 一季度合计
fn ends_as_total(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    ["小计", "合计", "总计", "共计"].iter().any(|label| word.len() > label.len() && word.ends_with(label))
}

/// The kept rows whose cell in a column is such.
fn rows_with<'a>(
    column: &'a RawColumn,
    rows: &'a Rows,
    is: impl Fn(&Cell) -> bool,
) -> impl Iterator<Item = usize> + 'a {
    let such: Vec<bool> = column.distinct().iter().map(is).collect();
    let any = such.contains(&true);
    let holds = move |row: &usize| {
        let code = column.codes().get(*row).copied().unwrap_or_default();
        such.get(code as usize).copied().unwrap_or(false)
    };
    let kept: &[usize] = if any { &rows.kept } else { &[] };
    kept.iter().copied().filter(holds)
}

/// Whether all else in a row is numbers, and one of them an amount.
fn only_numbers_beside(grid: &Grid, header: &Header, row: usize, label: usize) -> bool {
    let mut amounts = 0;
    for column in header.columns.iter().filter(|column| column.at != label) {
        let Some(cell) = grid.columns.get(column.at).map(|c| c.cell(row)) else { continue };
        let word = text::compact(&cell.written());
        if word.is_empty() || text::is_blank_word(&word) {
            continue;
        }
        let kind = match &column.target {
            Target::Known(name) => header.table.column(name).map(|spec| spec.kind),
            Target::Other(_) => None,
        };
        match kind {
            Some(Kind::Money | Kind::Area | Kind::Count | Kind::Measure) if is_numeric(cell, &word) => amounts += 1,
            // A column of its own may be summed, or count the rows.
            None if is_numeric(cell, &word) => amounts += usize::from(!is_ordinal(&word)),
            Some(Kind::Dimension) if is_ordinal(&word) => {}
            _ => return false,
        }
    }
    amounts > 0
}

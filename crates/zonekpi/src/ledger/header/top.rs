//! The first rows of a sheet as headers: merged cells repeated over their range, the names above one another joined, the
//! rows that best fit a table, and the rows that say units.

use polars::prelude::{InitHashMaps, PlHashSet};

use super::assign::{Named, assign, resembling};
use super::naming::{HeaderText, Meaning, meaning};
use super::{Header, Told};
use crate::ledger::cell::{Cell, RawColumn};
use crate::ledger::schema::TableSpec;
use crate::ledger::source::Grid;
use crate::ledger::text;
use crate::ledger::unit::{self, Dimension, Unit};

/// How far down a header may stand.
const SEARCHED: usize = 80;

/// The headers of the first rows of a grid, with merged cells repeated over their range.
pub(super) struct Top {
    rows: Vec<Vec<HeaderText>>,
    /// For each cell the row in which it is written: above it where merged cells were repeated downwards.
    written_in: Vec<Vec<usize>>,
    /// Rows in which something is written.
    filled: Vec<bool>,
    /// For each cell whether it is of a range that was merged over several columns.
    wide: Vec<Vec<bool>>,
    /// The file knows merged cells, so that a blank cell beside a group's name is not of that group.
    merges: bool,
}

impl Top {
    pub(super) fn of(grid: &Grid) -> Self {
        let height = grid.rows.min(SEARCHED);
        let header = |column: &RawColumn, row: usize| match column.cell(row) {
            cell if cell.is_empty() => HeaderText::default(),
            Cell::Text(text) => HeaderText::of(text),
            // A number, a date or an error is no header, but it is not blank.
            cell => HeaderText {
                written: cell.written(),
                full: "\u{1}".into(),
                base: "\u{1}".into(),
                ..HeaderText::default()
            },
        };
        let mut rows: Vec<Vec<HeaderText>> =
            (0..height).map(|row| grid.columns.iter().map(|c| header(c, row)).collect()).collect();
        let mut written_in: Vec<Vec<usize>> = rows.iter().enumerate().map(|(at, row)| vec![at; row.len()]).collect();
        let filled = rows.iter().map(|row| row.iter().any(|h| !h.is_blank())).collect();
        let mut wide: Vec<Vec<bool>> = rows.iter().map(|row| vec![false; row.len()]).collect();
        for merge in &grid.merges {
            let anchor = rows.get(merge.first_row).and_then(|r| r.get(merge.first_column)).cloned();
            let Some(anchor) = anchor.filter(|a| !a.is_blank()) else { continue };
            for row in merge.first_row..=merge.last_row.min(height) {
                for column in merge.first_column..=merge.last_column {
                    if let Some(slot) = rows.get_mut(row).and_then(|r| r.get_mut(column)) {
                        slot.clone_from(&anchor);
                    }
                    if let Some(slot) = written_in.get_mut(row).and_then(|r| r.get_mut(column)) {
                        *slot = merge.first_row;
                    }
                    if let Some(slot) = wide.get_mut(row).and_then(|r| r.get_mut(column)) {
                        *slot = merge.first_column < merge.last_column;
                    }
                }
            }
        }
        Self { rows, written_in, filled, wide, merges: !grid.merges.is_empty() }
    }

    /// A cell of a header that begins in row `first`: what is merged into it from above is no part of that header.
    fn cell(&self, first: usize, row: usize, column: usize) -> Option<&HeaderText> {
        let written_in = *self.written_in.get(row)?.get(column)?;
        self.rows.get(row)?.get(column).filter(|h| !h.is_blank() && written_in >= first)
    }

    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// For each column the header row's own cell and, joined, those above it that differ.
    fn leaves(&self, first: usize, depth: usize) -> Vec<Leaf<'_>> {
        let mut carried: Vec<Option<(&HeaderText, usize)>> = vec![None; depth];
        (0..self.width())
            .map(|column| {
                let mut path: Vec<&HeaderText> = Vec::new();
                for level in 0..depth {
                    let own = self.cell(first, first + level, column);
                    let below = self.cell(first, first + depth - 1, column);
                    if let Some(slot) = carried.get_mut(level) {
                        match own {
                            Some(header) => *slot = Some((header, column)),
                            // Without merged ranges (CSV) a group's name stands over its first column only.
                            None if level + 1 < depth && below.is_some() && !self.merges => {}
                            None => *slot = None,
                        }
                        let carried_here = slot
                            .filter(|(_, from)| *from == column || (own.is_none() && below.is_some() && !self.merges));
                        if let Some((header, _)) = carried_here
                            && path.last().is_none_or(|last| last.full != header.full)
                        {
                            path.push(header);
                        }
                    }
                }
                let leaf = path.pop();
                let parent = path.iter().map(|h| h.base.as_str()).collect::<String>();
                let above = path.iter().map(|h| h.full.as_str()).collect::<String>();
                let unit = path.iter().rev().find_map(|h| h.unit);
                Leaf { parent, above, leaf, unit }
            })
            .collect()
    }

    /// How many distinct columns of a table these header rows name, and whether these are enough to know the table.
    fn matched(&self, table: &'static TableSpec, told: &Told, first: usize, depth: usize) -> (usize, bool, bool) {
        let (found, telling) = self.named(table, told, first, depth);
        // One column is too little to know a table by: a list of codes has a 名称 too.
        let fits = table.needs.iter().any(|need| need.iter().all(|name| found.contains(name.as_str())));
        let matched = table.telling(|name| found.contains(name));
        (matched, fits && matched > 1, telling > 1)
    }

    /// The columns of a table that these header rows name, and how many of them in words that are theirs alone.
    fn named(
        &self,
        table: &'static TableSpec,
        told: &Told,
        first: usize,
        depth: usize,
    ) -> (PlHashSet<&'static str>, usize) {
        let mut found: PlHashSet<&'static str> = PlHashSet::new();
        let (mut park, mut telling) = (false, 0);
        for Leaf { parent, leaf, .. } in self.leaves(first, depth) {
            let Some(leaf) = leaf else { continue };
            if let Some(column) = told.column(table, leaf) {
                found.insert(&column.name);
                continue;
            }
            match meaning(table, &parent, leaf) {
                Meaning::Column(at, _) => {
                    if let Some(column) = table.columns.get(at) {
                        let is_new = found.insert(&column.name);
                        telling += usize::from(is_new && column.is_told_by(&format!("{parent}{}", leaf.base)));
                    }
                }
                Meaning::ZoneOrPark => park = true,
                Meaning::None => {}
            }
        }
        if park && !found.insert("zone") && table.column("park").is_some() {
            found.insert("park");
        }
        (found, telling)
    }

    /// The best header of a table in the rows searched: how many columns match, the first row, the depth, the fit.
    pub(super) fn best(&self, table: &'static TableSpec, told: &Told) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        for first in 0..self.rows.len() {
            if !self.filled.get(first).copied().unwrap_or(false) {
                continue;
            }
            for depth in 1..=3 {
                if first + depth > self.rows.len() {
                    break;
                }
                let (matched, fits, is_told) = self.matched(table, told, first, depth);
                // Of headers that match alike the one of fewer rows: a title row above is no part of it.
                let better = best.as_ref().is_none_or(|b| {
                    (fits, matched, std::cmp::Reverse(depth)) > (b.fits, b.matched, std::cmp::Reverse(b.depth))
                });
                if matched > 0 && better {
                    best = Some(Candidate { first, depth, parts: 0, matched, fits, is_told });
                }
                if depth == 1 && matched == 0 && !self.merged_below(first) {
                    break;
                }
            }
        }
        // A second row of names is part of the header even where no table knows them.
        best.map(|found| {
            // Where it is deeper it must name no less.
            let is_deeper = |depth: &usize| {
                self.names_below(found.first, *depth)
                    && self
                        .named(table, told, found.first, *depth)
                        .0
                        .is_subset(&self.named(table, told, found.first, depth + 1).0)
            };
            let rows = (found.depth..3).take_while(is_deeper).count();
            let depth = found.depth + rows;
            // 总投资 over 人民币 and 外币: where merged cells show it, the row below is of the header all the same.
            let parts =
                usize::from(depth < 3 && self.names_below(found.first, depth) && self.merged_into(found.first + depth));
            Candidate { depth, parts, ..found }
        })
    }

    /// Whether the row below so many rows of a header names what stands under the groups of the row above, and nothing
    /// else: 公示 over 开始时间 and 结束时间.
    fn names_below(&self, first: usize, depth: usize) -> bool {
        let (above, below) = (first + depth - 1, first + depth);
        let at =
            |row: usize, column: usize| self.rows.get(row).and_then(|row| row.get(column)).filter(|h| !h.is_blank());
        let is_own = |column: usize| self.written_in.get(below).and_then(|row| row.get(column)) == Some(&below);
        let names: Vec<Option<&HeaderText>> =
            (0..self.width()).map(|column| at(below, column).filter(|_| is_own(column))).collect();
        let named = |column: usize| names.get(column).is_some_and(Option::is_some);
        // Without merged ranges (CSV) a group's name stands over its first column, and those beside it have none.
        let in_group = |column: usize| {
            if self.merges {
                return self.wide.get(above).and_then(|row| row.get(column)) == Some(&true);
            }
            match at(above, column) {
                Some(_) => at(above, column + 1).is_none() && named(column + 1),
                None => (0..column).rev().take_while(|left| named(*left)).any(|left| at(above, left).is_some()),
            }
        };
        let is_name = |name: &HeaderText| name.full != "\u{1}" && !name.full.chars().any(|c| c.is_ascii_digit());
        let mut found = names.iter().enumerate().filter_map(|(column, name)| Some((column, (*name)?))).peekable();
        found.peek().is_some() && found.all(|(column, name)| in_group(column) && is_name(name))
    }

    /// Whether cells from above are merged into the row.
    fn merged_into(&self, row: usize) -> bool {
        let written = self.written_in.get(row).into_iter().flatten();
        written.zip(self.rows.get(row).into_iter().flatten()).any(|(from, cell)| *from < row && !cell.is_blank())
    }

    /// Whether the row may be the upper part of a header: some cells blank, or repeated by a merge.
    fn merged_below(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|cells| cells.iter().filter(|h| !h.is_blank()).count() > 1)
    }
}

/// The names over a column.
struct Leaf<'a> {
    /// Those above its own, joined, without what stands in brackets.
    parent: String,
    /// The same with it.
    above: String,
    /// Its own.
    leaf: Option<&'a HeaderText>,
    /// The unit that one above says.
    unit: Option<Unit>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    first: usize,
    depth: usize,
    /// Rows below that name parts of what is known above: they are no records.
    parts: usize,
    pub(super) matched: usize,
    pub(super) fits: bool,
    /// Whether heads say in words of this table alone that it is this one: 中止开始 and 中止结束.
    pub(super) is_told: bool,
}

impl Top {
    /// The headers of the row that has most of them, to show what was looked at.
    pub(super) fn nearest_row(&self) -> Vec<String> {
        let filled = |row: &&Vec<HeaderText>| row.iter().filter(|h| !h.is_blank() && h.full != "\u{1}").count();
        // Of rows alike the first: it is the more likely header.
        let row = self.rows.iter().rev().max_by_key(filled);
        row.map(|r| r.iter().filter(|h| !h.is_blank()).map(|h| text::trimmed(&h.written).into_owned()).collect())
            .unwrap_or_default()
    }

    pub(super) fn header(&self, grid: &Grid, table: &'static TableSpec, candidate: Candidate, told: &Told) -> Header {
        let Candidate { first, depth, parts, .. } = candidate;
        let leaves = self.leaves(first, depth);
        let bottom = first + depth - 1;
        let (unit_row, units) = self.unit_row(first);
        let below = self.units_below(bottom);
        let unit_below = |at: usize| below.get(at).copied().flatten();
        let title_rows =
            (0..first).filter(|r| self.filled.get(*r).copied().unwrap_or(false) && Some(*r) != unit_row).collect();
        let mut named: Vec<Named<'_>> = Vec::new();
        for (at, Leaf { parent, above, leaf, unit }) in leaves.iter().enumerate() {
            let has_cells = || {
                grid.columns
                    .get(at)
                    .filter(|c| c.is_written())
                    .is_some_and(|c| (bottom + 1..grid.rows).any(|row| !c.cell(row).is_empty()))
            };
            match leaf {
                Some(leaf) => named.push(Named {
                    at,
                    parent,
                    above,
                    leaf: Some(leaf),
                    parent_unit: *unit,
                    unit_below: unit_below(at),
                }),
                None if has_cells() => {
                    named.push(Named { at, parent, above, leaf: None, parent_unit: None, unit_below: None });
                }
                None => {}
            }
        }
        let mut header = assign(table, &named, told, &units, first);
        resembling(&mut header, &named);
        header.title_rows = title_rows;
        let has_units_below = usize::from(!below.is_empty());
        let parts = if has_units_below == 0 { parts } else { 0 };
        header.header_rows = (first..first + depth + parts).collect();
        header.unit_row = unit_row.or((has_units_below == 1).then_some(first + depth));
        header.first_data_row = first + depth + has_units_below + parts;
        header.matched = candidate.matched;
        header.fits = candidate.fits;
        header
    }

    /// The units in the row directly below the header, by column, if it holds nothing else: 万元 | 亩 | 人.
    fn units_below(&self, bottom: usize) -> Vec<Option<Unit>> {
        let row = bottom + 1;
        let mut units = Vec::new();
        for column in 0..self.width() {
            let Some(header) = self.cell(row, row, column) else {
                units.push(None);
                continue;
            };
            let word = header.full.trim_matches(['(', ')']);
            let named = unit::unit(word);
            if named.is_none() && !matches!(word, "单位" | "计量单位" | "-" | "—" | "/") {
                return Vec::new();
            }
            units.push(named);
        }
        let measures = |u: &Unit| matches!(u.dimension, Dimension::Money | Dimension::Area | Dimension::Foreign);
        if units.iter().flatten().any(measures) { units } else { Vec::new() }
    }

    /// The row above the header that says 单位：万元, and the units in it.
    fn unit_row(&self, first: usize) -> (Option<usize>, Vec<Unit>) {
        for row in (0..first).rev() {
            for header in self.rows.get(row).into_iter().flatten() {
                if let Some(named) = unit_phrase(&header.full) {
                    let units = unit::units_in(named);
                    if !units.is_empty() {
                        return (Some(row), units);
                    }
                }
            }
        }
        (None, Vec::new())
    }
}

/// What follows 单位： where it is a unit of measure and not an organisation (填报单位：…).
pub(crate) fn unit_phrase(word: &str) -> Option<&str> {
    let (before, after, colon) = match word.split_once("单位:") {
        Some((before, after)) => (before, after, true),
        None => word.split_once("单位").map(|(before, after)| (before, after, false))?,
    };
    let organisation =
        ["填报", "报送", "责任", "编制", "制表", "主管", "牵头", "建设"].iter().any(|w| before.ends_with(w));
    let end = after.find([')', ' ', '。']).unwrap_or(after.len());
    let named = after.get(..end)?;
    // Without a colon nothing but a unit may follow: 单位 万元.
    (!organisation && (colon || unit::unit(named).is_some())).then_some(named)
}

//! From a grid to a table: where the header is, which table it is the header of, which column each header means, and
//! in what unit. Rows of cells below the header are the business of `rows`; their values that of `parse`.

mod naming;

use polars::prelude::{InitHashMaps, PlHashMap, PlHashSet};

pub(crate) use self::naming::{HeaderText, RESERVED_NAMES, column_called};
use self::naming::{Meaning, free_name, is_reserved, letter, meaning, plain_name, trailing_unit, which_day};
use super::cell::{Cell, RawColumn};
use super::schema::{ColumnSpec, Kind, Schema, TableSpec};
use super::source::Grid;
use super::text;
use super::unit::{self, Dimension, Unit};
use crate::error::nearest;

/// A column of the grid, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct FoundColumn {
    /// Its place in the grid.
    pub at: usize,
    /// Its own header as written; with the one above it where that tells it from another.
    pub header: String,
    pub target: Target,
    /// The kind of its cells; text where the schema does not know it.
    pub kind: Kind,
    pub unit: Option<Unit>,
    /// Why it has this unit.
    pub unit_from: Option<UnitFrom>,
    /// The words of the header row's own cell, to know the header when it is repeated.
    pub word: String,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A column of the schema.
    Known(&'static str),
    /// A column that the schema does not know, under its own name.
    Other(String),
}

/// Where the unit of a column's bare numbers was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnitFrom {
    /// The caller gave it.
    Caller,
    /// The column's own header.
    Header,
    /// The header above it.
    ParentHeader,
    /// The row 单位：… above the table.
    UnitRow,
    /// The canonical name of the column.
    Name,
}

/// What was doubtful about the headers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doubt {
    Repeated { row: usize, header: String, kept: String },
    Missing { row: usize, letter: String, kept: String },
    Reserved { header: String, kept: String },
    SameColumn { header: String, first: String, kept: String },
    Resembles { header: String, near: String },
    UnitOverridden { header: String, own: Unit, given: Unit },
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub table: &'static TableSpec,
    /// Rows of the grid.
    pub header_rows: Vec<usize>,
    pub title_rows: Vec<usize>,
    pub unit_row: Option<usize>,
    pub first_data_row: usize,
    pub columns: Vec<FoundColumn>,
    pub doubts: Vec<Doubt>,
    /// How many columns of the table were found.
    pub matched: usize,
    /// Whether they are enough to know the table by.
    pub fits: bool,
}

/// What the caller says about columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Header → canonical name.
    pub columns: Vec<(String, String)>,
    /// Header or canonical name → unit.
    pub units: Vec<(String, Unit)>,
}

impl Told {
    fn column(&self, table: &'static TableSpec, header: &HeaderText) -> Option<&'static ColumnSpec> {
        let (_, meant) = self.columns.iter().find(|(name, _)| header.is_called(name))?;
        column_called(table, meant)
    }

    pub(crate) fn unit(&self, header: &HeaderText, canonical: Option<&str>) -> Option<Unit> {
        let zh = |name: &str| {
            let called = |c: &str| Schema::builtin().tables().filter_map(|t| t.column(c)).any(|spec| spec.zh == name);
            canonical.is_some_and(called)
        };
        let named = |name: &str| {
            zh(name)
                || header.is_called(name)
                || canonical == Some(name)
                || text::word(name) == text::word(&header.written)
        };
        self.units.iter().find(|(name, _)| named(name)).map(|(_, unit)| *unit)
    }
}

/// How far down a header may stand.
const SEARCHED: usize = 80;

/// The headers of the first rows of a grid, with merged cells repeated over their range.
pub(crate) struct Top {
    rows: Vec<Vec<HeaderText>>,
    /// For each cell the row in which it is written: above it where merged cells were repeated downwards.
    written_in: Vec<Vec<usize>>,
    /// Rows in which something is written.
    filled: Vec<bool>,
    /// The file knows merged cells, so that a blank cell beside a group's name is not of that group.
    merges: bool,
}

impl Top {
    pub(crate) fn of(grid: &Grid) -> Self {
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
                }
            }
        }
        Self { rows, written_in, filled, merges: !grid.merges.is_empty() }
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
    fn leaves(&self, first: usize, depth: usize) -> Vec<(String, Option<&HeaderText>, Option<Unit>)> {
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
                let unit = path.iter().rev().find_map(|h| h.unit);
                (parent, leaf, unit)
            })
            .collect()
    }

    /// How many distinct columns of a table these header rows name, and whether these are enough to know the table.
    fn matched(&self, table: &'static TableSpec, told: &Told, first: usize, depth: usize) -> (usize, bool) {
        let mut found: PlHashSet<&str> = PlHashSet::new();
        let mut park = false;
        for (parent, leaf, _) in self.leaves(first, depth) {
            let Some(leaf) = leaf else { continue };
            if let Some(column) = told.column(table, leaf) {
                found.insert(&column.name);
                continue;
            }
            match meaning(table, &parent, leaf) {
                Meaning::Column(at, _) => {
                    if let Some(column) = table.columns.get(at) {
                        found.insert(&column.name);
                    }
                }
                Meaning::ZoneOrPark => park = true,
                Meaning::None => {}
            }
        }
        if park && !found.insert("zone") && table.column("park").is_some() {
            found.insert("park");
        }
        // One column is too little to know a table by: a list of codes has a 名称 too.
        let fits = table.needs.iter().any(|need| need.iter().all(|name| found.contains(name.as_str())));
        (found.len(), fits && found.len() > 1)
    }

    /// The best header of a table in the rows searched: how many columns match, the first row, the depth, the fit.
    fn best(&self, table: &'static TableSpec, told: &Told) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        for first in 0..self.rows.len() {
            if !self.filled.get(first).copied().unwrap_or(false) {
                continue;
            }
            for depth in 1..=3 {
                if first + depth > self.rows.len() {
                    break;
                }
                let (matched, fits) = self.matched(table, told, first, depth);
                // Of headers that match alike the one of fewer rows: a title row above is no part of it.
                let better = best.as_ref().is_none_or(|b| {
                    (fits, matched, std::cmp::Reverse(depth)) > (b.fits, b.matched, std::cmp::Reverse(b.depth))
                });
                if matched > 0 && better {
                    best = Some(Candidate { first, depth, matched, fits });
                }
                if depth == 1 && matched == 0 && !self.merged_below(first) {
                    break;
                }
            }
        }
        best
    }

    /// Whether the row may be the upper part of a header: some cells blank, or repeated by a merge.
    fn merged_below(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|cells| cells.iter().filter(|h| !h.is_blank()).count() > 1)
    }
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: usize,
    depth: usize,
    matched: usize,
    fits: bool,
}

/// What looking for a header gave.
#[derive(Debug)]
pub(crate) enum Search {
    Found(Box<Header>),
    /// Several tables fit alike.
    Unclear(Vec<&'static str>),
    /// Nothing fits; the row that came nearest, with its headers.
    None(Vec<String>),
}

/// Looks for the header in a grid: of the table asked for, or of whichever fits best. `hints` are names (of the sheet,
/// of the file) that may name the table.
pub(crate) fn search(grid: &Grid, asked: Option<&'static TableSpec>, told: &Told, hints: &[&str]) -> Search {
    let top = Top::of(grid);
    let mut fitting: Vec<(&'static TableSpec, Candidate)> = Vec::new();
    for table in Schema::builtin().tables().filter(|t| asked.is_none_or(|a| a.name == t.name)) {
        if let Some(candidate) = top.best(table, told).filter(|c| c.fits || asked.is_some()) {
            fitting.push((table, candidate));
        }
    }
    let score =
        |(table, candidate): &(&'static TableSpec, Candidate)| (candidate.matched, u8::from(is_hinted(table, hints)));
    let Some(most) = fitting.iter().map(score).max() else { return Search::None(top.nearest_row()) };
    let best: Vec<_> = fitting.into_iter().filter(|f| score(f) == most).collect();
    match best.as_slice() {
        [(table, candidate)] => Search::Found(Box::new(top.header(grid, table, *candidate, told))),
        several => Search::Unclear(several.iter().map(|(table, _)| table.name.as_str()).collect()),
    }
}

impl Top {
    /// The headers of the row that has most of them, to show what was looked at.
    fn nearest_row(&self) -> Vec<String> {
        let filled = |row: &&Vec<HeaderText>| row.iter().filter(|h| !h.is_blank() && h.full != "\u{1}").count();
        // Of rows alike the first: it is the more likely header.
        let row = self.rows.iter().rev().max_by_key(filled);
        row.map(|r| r.iter().filter(|h| !h.is_blank()).map(|h| text::trimmed(&h.written).into_owned()).collect())
            .unwrap_or_default()
    }

    fn header(&self, grid: &Grid, table: &'static TableSpec, candidate: Candidate, told: &Told) -> Header {
        let Candidate { first, depth, .. } = candidate;
        let leaves = self.leaves(first, depth);
        let bottom = first + depth - 1;
        let (unit_row, units) = self.unit_row(first);
        let below = self.units_below(bottom);
        let unit_below = |at: usize| below.get(at).copied().flatten();
        let title_rows =
            (0..first).filter(|r| self.filled.get(*r).copied().unwrap_or(false) && Some(*r) != unit_row).collect();
        let mut named: Vec<Named<'_>> = Vec::new();
        for (at, (parent, leaf, parent_unit)) in leaves.iter().enumerate() {
            let has_cells = || {
                grid.columns
                    .get(at)
                    .filter(|c| c.distinct().len() > 1)
                    .is_some_and(|c| (bottom + 1..grid.rows).any(|row| !c.cell(row).is_empty()))
            };
            match leaf {
                Some(leaf) => named.push(Named {
                    at,
                    parent,
                    leaf: Some(leaf),
                    parent_unit: *parent_unit,
                    unit_below: unit_below(at),
                }),
                None if has_cells() => {
                    named.push(Named { at, parent, leaf: None, parent_unit: None, unit_below: None });
                }
                None => {}
            }
        }
        let mut header = assign(table, &named, told, &units, first);
        header.header_rows = (first..first + depth).collect();
        header.title_rows = title_rows;
        let has_units_below = usize::from(!below.is_empty());
        header.unit_row = unit_row.or((has_units_below == 1).then_some(first + depth));
        header.first_data_row = first + depth + has_units_below;
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

/// Whether texts, the cells of one row, read like the header of some table: at least two columns, and half of the
/// cells. Words of two characters (签约, 备案) are values too, and do not count alone.
pub(crate) fn reads_like_a_header(cells: &[&str]) -> bool {
    const LONGEST: usize = 90;
    if cells.iter().filter(|cell| cell.len() <= LONGEST).count() * 2 < cells.len() {
        return false;
    }
    let texts: Vec<HeaderText> = cells.iter().filter(|c| c.len() <= LONGEST).map(|c| HeaderText::of(c)).collect();
    Schema::builtin().tables().any(|table| {
        let mut named: PlHashSet<usize> = PlHashSet::new();
        let mut surely = 0;
        for text in &texts {
            let new = match meaning(table, "", text) {
                Meaning::Column(at, _) => named.insert(at),
                Meaning::ZoneOrPark => named.insert(usize::MAX),
                Meaning::None => false,
            };
            surely += usize::from(new && text.full.chars().count() > 2);
        }
        surely > 1 && named.len() * 2 >= cells.len()
    })
}

/// Whether a header means a column of some table.
pub(crate) fn is_known(written: &str) -> bool {
    let text = HeaderText::of(written);
    Schema::builtin().tables().any(|table| meaning(table, "", &text) != Meaning::None)
}

/// A column with its header, before it is known what it means.
struct Named<'a> {
    at: usize,
    parent: &'a str,
    leaf: Option<&'a HeaderText>,
    parent_unit: Option<Unit>,
    /// The unit in the row directly below the header.
    unit_below: Option<Unit>,
}

/// The columns of a frame: names without headers above them.
pub(crate) fn of_frame(table: &'static TableSpec, names: &[String], told: &Told) -> Header {
    let texts: Vec<HeaderText> = names.iter().map(|name| HeaderText::of(name)).collect();
    let named: Vec<Named<'_>> = texts
        .iter()
        .enumerate()
        .map(|(at, leaf)| Named {
            at,
            parent: "",
            leaf: Some(leaf).filter(|l| !l.is_blank()),
            parent_unit: None,
            unit_below: None,
        })
        .collect();
    assign(table, &named, told, &[], 0)
}

/// The table whose columns a frame's names are: the one that matches most of them and is known by them.
pub(crate) fn table_of_frame(names: &[String], told: &Told, hints: &[&str]) -> Search {
    let mut fitting: Vec<(usize, Header)> = Vec::new();
    for table in Schema::builtin().tables() {
        let header = of_frame(table, names, told);
        let has = |name: &String| header.columns.iter().any(|c| matches!(&c.target, Target::Known(n) if n == name));
        if header.matched > 1 && table.needs.iter().any(|need| need.iter().all(has)) {
            fitting.push((header.matched * 2 + usize::from(is_hinted(table, hints)), header));
        }
    }
    let Some(most) = fitting.iter().map(|(score, _)| *score).max() else { return Search::None(names.to_vec()) };
    let mut best = fitting.into_iter().filter(|(score, _)| *score == most).map(|(_, header)| header);
    match (best.next(), best.next()) {
        (Some(header), None) => Search::Found(Box::new(header)),
        (first, second) => {
            let several = first.into_iter().chain(second).chain(best);
            Search::Unclear(several.map(|h| h.table.name.as_str()).collect())
        }
    }
}

fn is_hinted(table: &TableSpec, hints: &[&str]) -> bool {
    let names = std::iter::once(&table.zh).chain(&table.aliases).chain(std::iter::once(&table.name));
    names
        .into_iter()
        .filter(|n| n.chars().count() > 1)
        .any(|name| hints.iter().any(|hint| hint.contains(name.as_str())))
}

/// What a column of the grid claims to be, before others have spoken; the less the number, the surer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    Column(&'static str, u8),
    ZoneOrPark,
    None,
}

fn claim(table: &'static TableSpec, column: &Named<'_>, told: &Told) -> Claim {
    let Some(leaf) = column.leaf else { return Claim::None };
    if let Some(spec) = told.column(table, leaf) {
        return Claim::Column(&spec.name, 0);
    }
    match meaning(table, column.parent, leaf) {
        Meaning::Column(at, strength) => {
            table.columns.get(at).map_or(Claim::None, |spec| Claim::Column(&spec.name, strength + 1))
        }
        Meaning::ZoneOrPark => Claim::ZoneOrPark,
        Meaning::None => Claim::None,
    }
}

/// Gives each column its meaning. Where two claim one, the surer has it, then the first; the other stays as text.
fn assign(table: &'static TableSpec, named: &[Named<'_>], told: &Told, units: &[Unit], row: usize) -> Header {
    let mut claims: Vec<Claim> = named.iter().map(|column| claim(table, column, told)).collect();
    let zone_taken = claims.iter().any(|claim| matches!(claim, Claim::Column("zone", _)));
    let park = table.column("park").map_or(Claim::None, |_| Claim::Column("park", 3));
    for claim in &mut claims {
        if *claim == Claim::ZoneOrPark {
            *claim = if zone_taken { park } else { Claim::Column("zone", 3) };
        }
    }
    // The owner of each canonical name.
    let mut owners: PlHashMap<&'static str, (usize, u8)> = PlHashMap::new();
    for (place, claim) in claims.iter().enumerate() {
        if let Claim::Column(name, strength) = claim {
            let owner = owners.entry(name).or_insert((place, *strength));
            if *strength < owner.1 {
                *owner = (place, *strength);
            }
        }
    }
    let mut taken: PlHashSet<String> = table.columns.iter().map(|c| c.name.clone()).collect();
    let mut doubts = Vec::new();
    let mut columns = Vec::new();
    let mut seen: PlHashSet<String> = PlHashSet::new();
    let leaf_count = |leaf: &HeaderText| named.iter().filter(|n| n.leaf.is_some_and(|l| l.full == leaf.full)).count();
    for (place, (claim, column)) in claims.iter().zip(named).enumerate() {
        let Some(leaf) = column.leaf else {
            let kept = free_name(&format!("列{}", column.at + 1), &mut taken);
            doubts.push(Doubt::Missing { row, letter: letter(column.at), kept: kept.clone() });
            columns.push(FoundColumn {
                at: column.at,
                header: letter(column.at),
                target: Target::Other(kept),
                kind: Kind::Text,
                unit: None,
                unit_from: None,
                word: String::new(),
            });
            continue;
        };
        let told_apart = !column.parent.is_empty() && (leaf_count(leaf) > 1 || which_day(&leaf.base).is_some());
        let header = if told_apart { format!("{}/{}", column.parent, leaf.written) } else { leaf.written.clone() };
        let owned = |name: &str| owners.get(name).is_some_and(|(owner, _)| *owner == place);
        let target = match *claim {
            Claim::Column(name, _) if owned(name) => Target::Known(name),
            Claim::Column(name, _) => {
                let first = owners.get(name).and_then(|(owner, _)| named.get(*owner)).and_then(|n| n.leaf);
                let kept = free_name(&plain_name(&header), &mut taken);
                doubts.push(Doubt::SameColumn {
                    header: header.clone(),
                    first: first.map(|f| f.written.clone()).unwrap_or_default(),
                    kept: kept.clone(),
                });
                Target::Other(kept)
            }
            Claim::ZoneOrPark | Claim::None => {
                let plain = plain_name(&header);
                let reserved = is_reserved(&plain, table);
                let repeated = !seen.insert(plain.clone());
                let kept = free_name(&if reserved { format!("{plain}_text") } else { plain }, &mut taken);
                if reserved {
                    doubts.push(Doubt::Reserved { header: header.clone(), kept: kept.clone() });
                } else if repeated {
                    doubts.push(Doubt::Repeated { row, header: header.clone(), kept: kept.clone() });
                }
                Target::Other(kept)
            }
        };
        let canonical = match &target {
            Target::Known(name) => Some(*name),
            Target::Other(_) => None,
        };
        let (unit, unit_from) = unit_of(table, canonical, column, told, units);
        // The caller's unit is taken, but not in silence: one of the two is wrong.
        if let Some(own) = canonical.and(leaf.unit)
            && let Some(given) = unit.filter(|given| unit_from == Some(UnitFrom::Caller) && *given != own)
        {
            doubts.push(Doubt::UnitOverridden { header: header.clone(), own, given });
        }
        let kind = canonical.and_then(|name| table.column(name)).map_or(Kind::Text, |spec| spec.kind);
        let word = leaf.full.clone();
        columns.push(FoundColumn { at: column.at, header, target, kind, unit, unit_from, word });
    }
    resembling(table, &columns, &mut doubts);
    let matched = owners.len();
    Header {
        table,
        header_rows: Vec::new(),
        title_rows: Vec::new(),
        unit_row: None,
        first_data_row: 0,
        columns,
        doubts,
        matched,
        fits: true,
    }
}

fn unit_of(
    table: &TableSpec,
    canonical: Option<&str>,
    column: &Named<'_>,
    told: &Told,
    units: &[Unit],
) -> (Option<Unit>, Option<UnitFrom>) {
    let (Some(leaf), parent, below) = (column.leaf, column.parent_unit, column.unit_below) else {
        return (None, None);
    };
    let Some(spec) = canonical.and_then(|name| table.column(name)) else { return (None, None) };
    if spec.kind.scale().is_none() {
        return (None, None);
    }
    let fits = |unit: &Unit| unit.fits(spec.kind);
    let named = (leaf.full == spec.name).then(|| Unit::of_canonical_name(&spec.name)).flatten();
    // A target's number has a unit of its own sort, so that a 单位 row about amounts says nothing of it.
    let from_row = units.iter().copied().find(fits).filter(|_| matches!(spec.kind, Kind::Money | Kind::Area));
    let candidates = [
        (told.unit(leaf, Some(spec.name.as_str())), UnitFrom::Caller),
        (leaf.unit.filter(fits), UnitFrom::Header),
        (
            trailing_unit(&leaf.base).filter(fits).filter(|_| matches!(spec.kind, Kind::Money | Kind::Area)),
            UnitFrom::Header,
        ),
        (named, UnitFrom::Name),
        (below.filter(fits), UnitFrom::UnitRow),
        (parent.filter(fits), UnitFrom::ParentHeader),
        (from_row, UnitFrom::UnitRow),
    ];
    // 总投资（亿元） above 万元: which of the two holds is the caller's to say.
    let own = leaf.unit.filter(fits).zip(below.filter(fits));
    let contradicts = matches!(spec.kind, Kind::Money | Kind::Area) && own.is_some_and(|(own, below)| own != below);
    let sure = if contradicts { 1 } else { candidates.len() };
    candidates
        .into_iter()
        .take(sure)
        .find_map(|(unit, from)| unit.map(|u| (Some(u), Some(from))))
        .unwrap_or((None, None))
}

/// Headers that were not recognised and differ by one character from one that would have been.
fn resembling(table: &TableSpec, columns: &[FoundColumn], doubts: &mut Vec<Doubt>) {
    let missing: Vec<&ColumnSpec> = table
        .columns
        .iter()
        .filter(|spec| !columns.iter().any(|c| matches!(&c.target, Target::Known(name) if *name == spec.name)))
        .collect();
    for column in columns {
        let Target::Other(_) = &column.target else { continue };
        // 税收（万元/亩） is not 税收, and is read as text.
        if let Some(amount) = HeaderText::of(&column.header).amount_per
            && let Meaning::Column(at, _) = meaning(table, "", &HeaderText::of(&amount))
            && let Some(spec) = table.columns.get(at).filter(|spec| missing.iter().any(|m| m.name == spec.name))
        {
            doubts.push(Doubt::Resembles { header: column.header.clone(), near: spec.zh.clone() });
            continue;
        }
        if column.word.chars().count() < 4 || column.word.contains('\u{1}') {
            continue;
        }
        let base = HeaderText::of(&column.header).base;
        // It is right, and another column has its name.
        if meaning(table, "", &HeaderText::of(&column.header)) != Meaning::None {
            continue;
        }
        let names =
            missing.iter().flat_map(|c| std::iter::once(&c.zh).chain(&c.aliases).chain(std::iter::once(&c.name)));
        let alike = names.map(String::as_str).filter(|name| name.chars().count() >= 4);
        if let Some(near) =
            nearest(&base, alike).filter(|near| near.chars().count().abs_diff(base.chars().count()) <= 1)
        {
            doubts.push(Doubt::Resembles { header: column.header.clone(), near });
        }
    }
}

#[cfg(test)]
mod tests;

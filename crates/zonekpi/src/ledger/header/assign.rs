//! Which column each header is, once all have claimed one: the surer has it, the other stays under its own name. Its unit
//! comes with it, and what is doubtful about either.

use polars::prelude::{InitHashMaps, PlHashMap, PlHashSet};

use super::naming::{
    HeaderText, Meaning, free_name, is_reserved, letter, meaning, plain_name, trailing_unit, which_day,
};
use super::{Doubt, FoundColumn, Header, Target, Told, UnitFrom};
use crate::error::nearest;
use crate::ledger::schema::{ColumnSpec, Kind, TableSpec};
use crate::ledger::unit::Unit;

/// A column with its header, before it is known what it means.
pub(super) struct Named<'a> {
    pub(super) at: usize,
    pub(super) parent: &'a str,
    /// The names above with what stands in brackets.
    pub(super) above: &'a str,
    pub(super) leaf: Option<&'a HeaderText>,
    pub(super) parent_unit: Option<Unit>,
    /// The unit in the row directly below the header.
    pub(super) unit_below: Option<Unit>,
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
pub(super) fn assign(
    table: &'static TableSpec,
    named: &[Named<'_>],
    told: &Told,
    units: &[Unit],
    row: usize,
) -> Header {
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
    let matched = table.telling(|name| owners.contains_key(name));
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
            trailing_unit(&leaf.base)
                .filter(fits)
                .filter(|_| matches!(spec.kind, Kind::Money | Kind::Area | Kind::Extension)),
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

/// Words of columns that tell about something and do not say when or for how long it was.
const WORDS_ABOUT: [&str; 8] = ["原因", "理由", "依据", "说明", "备注", "文号", "次数", "文书"];

/// Headers that were not recognised and differ by one character from one that would have been.
pub(super) fn resembling(header: &mut Header, named: &[Named<'_>]) {
    let Header { table, columns, doubts, .. } = header;
    let missing: Vec<&ColumnSpec> = table
        .columns
        .iter()
        .filter(|spec| !columns.iter().any(|c| matches!(&c.target, Target::Known(name) if *name == spec.name)))
        .collect();
    for (column, named) in columns.iter().zip(named) {
        let Target::Other(_) = &column.target else { continue };
        // 税收（万元/亩） is not 税收, and is read as text.
        if let Some(amount) = HeaderText::of(&column.header).amount_per
            && let Meaning::Column(at, _) = meaning(table, "", &HeaderText::of(&amount))
            && let Some(spec) = table.columns.get(at).filter(|spec| missing.iter().any(|m| m.name == spec.name))
        {
            doubts.push(Doubt::Resembles { header: column.header.clone(), near: spec.zh.clone() });
            continue;
        }
        // It is right, and another column has its name.
        if meaning(table, named.parent, &HeaderText::of(&column.header)) != Meaning::None {
            continue;
        }
        let words = format!("{}{}", named.above, column.word);
        // A table of suspensions is about nothing else.
        let is_clocked = |spec: &ColumnSpec| !spec.beside.is_empty() || spec.kind == Kind::Extension;
        let is_hinted = |spec: &&ColumnSpec| is_clocked(spec) && spec.is_hinted_by(&words);
        let concerned: Vec<String> = table.columns.iter().filter(is_hinted).map(|spec| spec.zh.clone()).collect();
        if !concerned.is_empty() && !WORDS_ABOUT.iter().any(|about| column.word.contains(about)) {
            doubts.push(Doubt::Concerns { header: column.header.clone(), columns: concerned });
            continue;
        }
        if column.word.chars().count() < 4 || column.word.contains('\u{1}') {
            continue;
        }
        let base = HeaderText::of(&column.header).base;
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

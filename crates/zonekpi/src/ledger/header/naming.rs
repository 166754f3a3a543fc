//! What a header's words mean: brackets and units apart, synonyms, plans, and the names of columns that the schema
//! does not know.

use std::sync::OnceLock;

use polars::prelude::{InitHashMaps, PlHashMap, PlHashSet};

use crate::ledger::parse::words::stem;
use crate::ledger::schema::{ColumnSpec, Kind, Schema, TableSpec};
use crate::ledger::text;
use crate::ledger::unit::{self, Dimension, Unit};

/// A header as it is looked up: brackets apart from the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HeaderText {
    /// As written, spaces at the ends and all.
    pub written: String,
    /// Compacted, in lower case.
    pub(super) full: String,
    /// Without what stands in brackets.
    pub(super) base: String,
    /// The unit that it names.
    pub unit: Option<Unit>,
    /// Where the unit is one of a ratio (万元/亩), what the amount above the stroke would be called.
    pub(super) amount_per: Option<String>,
}

impl HeaderText {
    pub(crate) fn of(written: &str) -> Self {
        let full = text::word(written);
        let mut base = String::new();
        let mut unit = None;
        let mut per = false;
        let mut rest = full.as_str();
        while let Some((before, after)) = rest.split_once(['(', '【', '[', '〔', '{']) {
            base.push_str(before);
            let (inside, after) = after.split_once([')', '】', ']', '〕', '}']).unwrap_or((after, ""));
            let named = inside.rsplit(':').next().unwrap_or(inside);
            per |= is_ratio(named);
            unit = unit.or_else(|| unit::units_in(named).into_iter().next());
            rest = after;
        }
        base.push_str(rest);
        if per {
            return Self { written: written.to_owned(), base: full.clone(), full, unit: None, amount_per: Some(base) };
        }
        if let Some(amount) = before_ratio(&base) {
            let amount_per = Some(amount.to_owned());
            return Self { written: written.to_owned(), base: full.clone(), full, unit: None, amount_per };
        }
        // 总投资:万元
        if let Some((before, after)) = base.clone().split_once(':')
            && let Some(named) = unit::unit(after)
        {
            unit = unit.or(Some(named));
            base = before.to_owned();
        }
        // 总投资/万元, 总投资、万元
        if let Some((before, after)) = base.clone().rsplit_once(['/', '、', ',', '-', '_'])
            && !before.is_empty()
            && let Some(named) = unit::unit(after)
        {
            unit = unit.or(Some(named));
            base = before.to_owned();
        }
        Self { written: written.to_owned(), full, base: without_number(&base).to_owned(), unit, amount_per: None }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.full.is_empty()
    }

    /// Whether a name that the caller gave means this header.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let name = text::word(name);
        !name.is_empty() && (name == self.full || name == self.base)
    }
}

/// Whether words are the unit of a ratio: 万元/亩. An amount a year is an amount, and 万元/人民币 is one unit.
fn is_ratio(words: &str) -> bool {
    let Some((above, below)) = words.split_once('/') else { return false };
    let measures = |u: Unit| matches!(u.dimension, Dimension::Money | Dimension::Area);
    let whole = matches!(below, "" | "年" | "年度" | "人民币" | "rmb" | "cny");
    unit::unit(above).is_some_and(measures) && !whole
}

/// 税收 of 税收万元/亩 and 税收:万元/亩.
fn before_ratio(base: &str) -> Option<&str> {
    let (above, below) = base.rsplit_once('/')?;
    unit::unit(below).filter(|_| above.ends_with('元') && is_ratio(&format!("元/{below}")))?;
    let length = (1..=4).rev().find(|length| {
        let at = above.char_indices().rev().nth(length - 1).map(|(at, _)| at);
        at.and_then(|at| above.get(at..)).is_some_and(|tail| unit::unit(tail).is_some())
    })?;
    let at = above.char_indices().rev().nth(length - 1)?.0;
    above.get(..at).map(|name| name.trim_end_matches([':', '/'])).filter(|name| !name.is_empty())
}

/// The names of a table's columns, for looking up.
#[derive(Debug)]
struct Names {
    exact: PlHashMap<String, usize>,
    stems: PlHashMap<String, usize>,
    plans: PlHashMap<String, usize>,
}

impl Names {
    fn of(table: &TableSpec) -> Self {
        let mut names = Self { exact: PlHashMap::new(), stems: PlHashMap::new(), plans: PlHashMap::new() };
        let dated = |c: &ColumnSpec| matches!(c.kind, Kind::Event | Kind::Date);
        for (at, column) in table.columns.iter().enumerate() {
            names.exact.insert(text::word(&column.name), at);
            names.exact.insert(text::word(&column.zh), at);
        }
        // Days last: 备案 alone is the flag, 备案时间 the day.
        for dated_too in [false, true] {
            for (at, column) in table.columns.iter().enumerate().filter(|(_, c)| dated(c) == dated_too) {
                for alias in &column.aliases {
                    names.exact.entry(text::word(alias)).or_insert(at);
                }
            }
        }
        for (at, column) in table.columns.iter().enumerate().filter(|(_, c)| dated(c)) {
            for header in std::iter::once(&column.zh).chain(&column.aliases) {
                let word = text::word(header);
                let stem = stem(&word).to_owned();
                if !stem.is_empty() {
                    names.stems.entry(stem).or_insert(at);
                }
            }
        }
        for (at, column) in table.columns.iter().enumerate() {
            let planned = column.plan_of.as_ref().and_then(|event| table.column(event));
            for header in planned.iter().flat_map(|c| std::iter::once(&c.zh).chain(&c.aliases)) {
                names.plans.entry(stem(&text::word(header)).to_owned()).or_insert(at);
            }
        }
        names
    }

    fn all() -> &'static [(&'static TableSpec, Names)] {
        static NAMES: OnceLock<Vec<(&'static TableSpec, Names)>> = OnceLock::new();
        NAMES.get_or_init(|| Schema::builtin().tables().map(|table| (table, Self::of(table))).collect())
    }
}

fn names_of(table: &TableSpec) -> Option<&'static Names> {
    Names::all().iter().find(|(t, _)| t.name == table.name).map(|(_, names)| names)
}

/// The column that a caller calls by its canonical name, its Chinese one or a synonym.
pub(crate) fn column_called(table: &'static TableSpec, name: &str) -> Option<&'static ColumnSpec> {
    let word = text::word(name);
    let at = || {
        let names = names_of(table)?;
        let own = names.exact.get(&word).or_else(|| names.stems.get(stem(&word)))?;
        table.columns.get(*own)
    };
    table.column(name).or_else(at)
}

/// 1.项目名称, 一、项目名称: a header without its number, and without the marks of a form.
fn without_number(base: &str) -> &str {
    const MARKS: [char; 8] = ['*', '※', '★', '☆', '▲', '△', '●', ':'];
    let base = base.trim_matches(MARKS);
    let end = base.find(|c: char| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(c)).unwrap_or(0);
    let (number, rest) = base.split_at(end);
    let named = rest.strip_prefix(['.', '、']).filter(|rest| !rest.is_empty() && number.chars().count() <= 2);
    named.filter(|rest| !number.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(base)
}

/// What a header means in a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A column, and how surely (less is surer).
    Column(usize, u8),
    /// 园区: the zone, unless a 开发区 column stands beside it.
    ZoneOrPark,
    None,
}

const PLANNED: [&str; 6] = ["计划", "拟定", "拟", "预计", "预期", "规划"];

/// Whether a word only says which of two days is meant: a plan (true) or what came of it (false).
pub(super) fn which_day(word: &str) -> Option<bool> {
    let word = ["时间", "日期"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if word == "实际" { Some(false) } else { PLANNED.contains(&word).then_some(true) }
}

pub(super) fn meaning(table: &TableSpec, parent: &str, header: &HeaderText) -> Meaning {
    match meaning_of(table, parent, header) {
        // 公示 / 恢复时间, 证照有效期 / 到期日: words so general are about what stands above them.
        Meaning::Column(at, _) if table.columns.get(at).is_some_and(|spec| is_of_another(spec, parent, header)) => {
            Meaning::None
        }
        meaning => meaning,
    }
}

/// Whether a header stands below a name that is about something else than the clock of a case, and does not itself say
/// that it is about that: 公示 / 恢复时间, 证照有效期 / 到期日, 专家评审 / 应办结时间.
fn is_of_another(spec: &ColumnSpec, parent: &str, header: &HeaderText) -> bool {
    const OTHERS: [&str; 14] = [
        "公示",
        "公告",
        "证照",
        "有效期",
        "评审",
        "核查",
        "听证",
        "检测",
        "检验",
        "鉴定",
        "勘验",
        "招标",
        "合同",
        "许可证",
    ];
    !spec.beside.is_empty() && !spec.is_hinted_by(&header.base) && OTHERS.iter().any(|other| parent.contains(other))
}

fn meaning_of(table: &TableSpec, parent: &str, header: &HeaderText) -> Meaning {
    let Some(names) = names_of(table) else { return Meaning::None };
    // 开工时间 / 计划 | 实际: the word below tells which day of the name above is meant.
    if !parent.is_empty()
        && let Some(planned) = which_day(&header.base)
    {
        let above = HeaderText::of(parent);
        if planned {
            return names.plans.get(stem(&above.base)).map_or(Meaning::None, |at| Meaning::Column(*at, 1));
        }
        return meaning(table, "", &above);
    }
    if matches!(header.base.as_str(), "园区" | "所属园区" | "园区名称") && table.column("zone").is_some() {
        return Meaning::ZoneOrPark;
    }
    let parent_plans = PLANNED.iter().any(|w| parent.contains(w)) && !parent.contains("实际");
    // The headers above and below may be one name that was cut in two: 法定 / 时限, 中止情况 / 开始时间.
    if !parent.is_empty() {
        let about =
            ["情况", "期间", "时段", "时间", "日期", "信息", "记录"].iter().find_map(|tail| parent.strip_suffix(tail));
        for parent in std::iter::once(parent).chain(about) {
            let whole = format!("{parent}{}", header.base);
            if let Some(at) = names.exact.get(&whole).or_else(|| names.stems.get(stem(&whole))) {
                return Meaning::Column(*at, 0);
            }
        }
    }
    let own = stem(&header.base);
    if parent_plans && names.stems.contains_key(own) {
        return names.plans.get(own).map_or(Meaning::None, |at| Meaning::Column(*at, 1));
    }
    if let Some(at) = names.exact.get(&header.full).or_else(|| names.exact.get(&header.base)) {
        let is_first_name =
            table.columns.get(*at).is_some_and(|c| text::word(&c.zh) == header.base || c.name == header.base);
        return Meaning::Column(*at, if is_first_name { 0 } else { 1 });
    }
    if let Some(rest) = PLANNED.iter().find_map(|w| header.base.strip_prefix(w)) {
        // A plan is never the event itself.
        return names.plans.get(stem(rest)).map_or(Meaning::None, |at| Meaning::Column(*at, 1));
    }
    if own != header.base
        && let Some(at) = names.stems.get(own)
    {
        return Meaning::Column(*at, 2);
    }
    // 用地面积亩: the unit without brackets.
    for length in 1..=3 {
        let split = header.base.char_indices().rev().nth(length - 1).map(|(at, _)| header.base.split_at(at));
        if let Some((before, tail)) = split
            && unit::unit(tail).is_some()
            && let Some(at) = names.exact.get(before)
        {
            return Meaning::Column(*at, 2);
        }
    }
    Meaning::None
}

/// The unit at the end of a header without brackets.
pub(super) fn trailing_unit(base: &str) -> Option<Unit> {
    (1..=4).rev().find_map(|length| {
        let at = base.char_indices().rev().nth(length - 1)?.0;
        (at > 0).then(|| unit::unit(base.get(at..)?)).flatten()
    })
}

/// A header as the name of a column: trimmed, its line breaks gone.
pub(super) fn plain_name(header: &str) -> String {
    let name: String = text::trimmed(header).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { "列".to_owned() } else { name }
}

pub(super) fn free_name(name: &str, taken: &mut PlHashSet<String>) -> String {
    let mut free = name.to_owned();
    let mut count = 2;
    while taken.contains(&free) {
        free = format!("{name}_{count}");
        count += 1;
    }
    taken.insert(free.clone());
    free
}

/// Names that answers and tables use for themselves: no column of a ledger's own, and no dimension, bears one.
pub(crate) const RESERVED_NAMES: [&str; 40] = [
    "indicator",
    "basis",
    "period",
    "period_start",
    "period_end",
    "as_of",
    "value",
    "numerator",
    "denominator",
    "unknown",
    "population_unknown",
    "population_unknown_met",
    "population_unknown_not_met",
    "excluded",
    "lower",
    "upper",
    "undated",
    "complete",
    "total",
    "unit",
    "definition",
    "engine",
    "outcome",
    "side",
    "reason",
    "dated",
    "filter",
    "population",
    "mature",
    "project",
    "source_file",
    "source_sheet",
    "source_row",
    "clause",
    "open",
    "competing",
    "shortest",
    "longest",
    "age",
    "immature",
];

pub(super) fn is_reserved(name: &str, table: &TableSpec) -> bool {
    let derived =
        ["_from", "_state"].iter().filter_map(|s| name.strip_suffix(s)).any(|stem| table.column(stem).is_some());
    RESERVED_NAMES.contains(&name)
        || name.starts_with("source_")
        || name.starts_with("wilson_")
        || name.starts_with("project.")
        || derived
}

/// A spreadsheet's letter for a column.
pub(super) fn letter(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

//! One name in two spellings: names that are equal once widths, spaces, brackets and letter case are folded, and
//! 有限责任公司 is read as 有限公司. Nothing is changed; a note names both.

use polars::prelude::{DataFrame, InitHashMaps, PlHashMap};

use super::check::{Source, header, texts};
use super::issue::{Issue, Severity};
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::side_by_side::texts_where;
use super::text::{self, Alphabet, Bytes};
use crate::message::{IssueAction, IssueCode};

/// Rows of one spelling that are named.
const NAMED: usize = 5;

/// Spaces, capitals, marks, and the leading bytes of the blocks that have such outside of ASCII.
static SUSPECT: Bytes = Bytes::of(&[
    (0, b' '),
    (b'A', b'Z'),
    (b'(', b')'),
    (b'[', b'['),
    (b']', b']'),
    (b'.', b'.'),
    (0xC2, 0xC2),
    (0xE1, 0xE3),
    (0xEF, 0xEF),
]);

/// What is folded to 有限公司.
const LIMITED: &str = "有限责任公司";

/// Whether folding changes a name: few do, so that most are never copied.
pub(crate) fn folds(name: &str) -> bool {
    let odd =
        |c: char| c.is_whitespace() || c.is_ascii_uppercase() || is_mark(c) || ('\u{FF01}'..='\u{FF5E}').contains(&c);
    (SUSPECT.are_in(name) && name.contains(odd)) || name.ends_with(LIMITED)
}

/// Whether folding surely changes none of many names.
pub(crate) fn none_folds(alphabet: &Alphabet) -> bool {
    alphabet.lacks(&SUSPECT) && alphabet.all_end(|last| !LIMITED.ends_with(last))
}

/// Whether the names of a column are compared.
pub(crate) fn compares(spec: &ColumnSpec) -> bool {
    spec.kind == Kind::Dimension || matches!(spec.name.as_str(), "project_name" | "investor" | "enterprise")
}

fn is_mark(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '·' | '•' | '.' | '．')
}

fn folded(name: &str) -> String {
    let word: String = text::word(name).chars().filter(|c| !is_mark(*c)).collect();
    match word.strip_suffix(LIMITED) {
        Some(stem) => format!("{stem}有限公司"),
        None => word,
    }
}

struct Spelling<'a> {
    name: &'a str,
    rows: usize,
    first: Vec<usize>,
}

impl<'a> Spelling<'a> {
    fn of(name: &'a str) -> Self {
        Self { name, rows: 0, first: Vec::new() }
    }

    fn stands_in(&mut self, row: usize) {
        self.rows += 1;
        if self.first.len() < NAMED {
            self.first.push(row);
        }
    }
}

/// Notes on names of organisations and on words to group by; names of projects are compared within their zone. Of some
/// columns it is known that folding changes none of their names.
pub(crate) fn check(
    table: &TableSpec,
    frame: &DataFrame,
    headers: &PlHashMap<String, String>,
    is_folded: impl Fn(&str) -> bool,
    issues: &mut Vec<Issue>,
) {
    let source = Source::of(table, frame);
    let zones = texts(frame, "zone");
    let compared = table.columns.iter().filter(|spec| compares(spec) && !is_folded(&spec.name));
    for spec in compared {
        let Some(names) = texts(frame, &spec.name) else { continue };
        let folding = texts_where(&names, |name| name.is_some_and(folds));
        if folding.is_empty() {
            continue;
        }
        let within = zones.as_ref().filter(|_| spec.name == "project_name");
        let zone = |row: usize| within.and_then(|z| z.get(row)).unwrap_or("");
        let mut spellings: Vec<Spelling<'_>> = Vec::new();
        let mut place_of: PlHashMap<(&str, &str), usize> = PlHashMap::new();
        // The spellings of each name by their places.
        let mut groups: PlHashMap<(&str, String), Vec<usize>> = PlHashMap::new();
        for row in folding.iter().copied() {
            let Some(name) = names.get(row) else { continue };
            let place = *place_of.entry((zone(row), name)).or_insert_with(|| {
                groups.entry((zone(row), folded(name))).or_default().push(spellings.len());
                spellings.push(Spelling::of(name));
                spellings.len() - 1
            });
            spellings.get_mut(place).into_iter().for_each(|spelling| spelling.stands_in(row));
        }
        // What needs no folding is the one spelling of its group that folding leaves as it is.
        let mut folding = folding.into_iter().peekable();
        for (row, name) in names.iter().enumerate() {
            let Some(name) = name.filter(|_| folding.next_if_eq(&row).is_none()) else { continue };
            let Some(group) = groups.get_mut(&(zone(row), name.to_owned())) else { continue };
            let place = *place_of.entry((zone(row), name)).or_insert_with(|| {
                group.push(spellings.len());
                spellings.push(Spelling::of(name));
                spellings.len() - 1
            });
            spellings.get_mut(place).into_iter().for_each(|spelling| spelling.stands_in(row));
        }
        let mut found: Vec<(usize, Issue)> = Vec::new();
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let mut group: Vec<&Spelling<'_>> = group.into_iter().filter_map(|place| spellings.get(place)).collect();
            // The commonest spelling first; of equals the one that stands first.
            group.sort_by_key(|s| (std::cmp::Reverse(s.rows), s.first.first().copied()));
            let Some((common, rest)) = group.split_first() else { continue };
            let rows: Vec<String> =
                common.first.iter().filter_map(|row| source.number(*row)).map(|row| row.to_string()).collect();
            let more = if common.rows > NAMED { ", …" } else { "" };
            for other in rest {
                let Some(row) = other.first.first().copied() else { continue };
                let column = header(headers, &spec.name);
                let (code, action) = (IssueCode::SpellingDiffers, IssueAction::Kept);
                let issue = source.issue(row, column, code, Severity::Note, action, other.name);
                let issue = issue.tell("other", common.name).tell("rows", format!("{}{more}", rows.join(", ")));
                found.push((row, issue));
            }
        }
        found.sort_by_key(|(row, _)| *row);
        issues.extend(found.into_iter().map(|(_, issue)| issue));
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn only_what_is_surely_the_same_is_folded() {
        let same = |a: &str, b: &str| folded(a) == folded(b);
        assert!(same("桑干（山西）科技有限公司", "桑干(山西) 科技有限责任公司"));
        assert!(same("ＡＢＣ集团", "abc集团"));
        assert!(!same("桑干科技有限公司", "桑干科技股份有限公司"));
        assert!(!same("桑干科技", "桑干科技有限公司"));
        assert!(!same("桑干一期", "桑干二期"));
    }
}

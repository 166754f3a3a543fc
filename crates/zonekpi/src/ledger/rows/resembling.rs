//! Rows that were kept and yet look like totals: 朔州经开区小计, or a zone in the place of a project's name, with nothing
//! but numbers beside it. They may be projects, so they are told and not set aside.

use polars::prelude::PlHashSet;

use super::label::TOTALS_BEGIN;
use super::{Cell, FoundColumn, Grid, Header, Rows, Target, another, is_numeric, is_ordinal, total_label};
use crate::ledger::cell::RawColumn;
use crate::ledger::schema::Kind;
use crate::ledger::side_by_side::texts_where;
use crate::ledger::text::{self, Alphabet};

/// A row that looks like a total: the row of the grid, its column, and the words that say so.
pub(crate) struct Resembling {
    pub row: usize,
    pub column: String,
    pub words: String,
}

/// Whether the cells of a column tell records apart, as an id or as a name.
pub(crate) fn names_a_record(header: &Header, column: &FoundColumn) -> bool {
    let Target::Known(name) = &column.target else { return false };
    column.kind == Kind::Id || (column.kind == Kind::Text && header.table.keys.iter().flatten().any(|key| key == name))
}

/// The words that rows are grouped by: in the place of a name they are none.
pub(crate) type Groups = PlHashSet<String>;

fn groups(grid: &Grid, header: &Header) -> Groups {
    let dimensions = header.columns.iter().filter(|c| c.kind == Kind::Dimension).filter_map(|c| grid.columns.get(c.at));
    let words = dimensions.flat_map(|column| column.cells().map(|cell| text::compact(&cell.written())));
    words.filter(|word| !text::is_blank_word(word)).collect()
}

pub(crate) fn resembling(grid: &Grid, header: &Header, rows: &Rows) -> Vec<Resembling> {
    resembling_among(grid, header, rows, &groups(grid, header))
}

/// The same of rows of a table whose groups are known.
pub(crate) fn resembling_among(grid: &Grid, header: &Header, rows: &Rows, groups: &Groups) -> Vec<Resembling> {
    let raw = |column: &FoundColumn| grid.columns.get(column.at);
    let of_groups = |column: &&FoundColumn| column.kind == Kind::Dimension;
    let mut found = Vec::new();
    let longest = groups.iter().map(String::len).max().unwrap_or(0);
    // A label, or a group, where the name should be.
    for column in &header.columns {
        let in_name = column.kind == Kind::Text && names_a_record(header, column);
        let Some(cells) = raw(column).filter(|_| in_name || of_groups(&column)) else { continue };
        let labels = |cell: &Cell<'_>| {
            let Cell::Text(words) = cell else { return false };
            let word = text::compacted(words);
            may_tell_totals(&word, longest) && tells_totals(&word, in_name.then_some(groups))
        };
        found.extend(
            rows_with(cells, rows, |alphabet| none_tells_totals(alphabet, longest), labels).map(|row| (row, column)),
        );
    }
    // Words where other rows have codes.
    for column in header.columns.iter().filter(|c| c.kind == Kind::Id) {
        let Some(cells) = raw(column) else { continue };
        let odd = rows_with(cells, rows, another::none_has_words, another::has_words);
        found.extend(odd.filter(|row| another::is_unlike_ids(grid, header, column, *row)).map(|row| (row, column)));
    }
    // A group and no name at all, or nothing but numbers.
    let names: Vec<&RawColumn> = header.columns.iter().filter(|c| names_a_record(header, c)).filter_map(raw).collect();
    if let [first, rest @ ..] = names.as_slice() {
        let merged = |row: usize| grid.merges.iter().any(|merge| merge.first_row < row && row <= merge.last_row);
        let filled = first.as_texts().is_some_and(|texts| texts.filled_from().is_some());
        let none_is_empty = |alphabet: &Alphabet| filled && text::are_compact(alphabet);
        let nameless = rows_with(first, rows, none_is_empty, |cell| cell.is_empty())
            .filter(|row| rest.iter().all(|c| c.cell(*row).is_empty()));
        for row in nameless.filter(|row| !merged(*row)) {
            let filled = |column: &&FoundColumn| raw(column).is_some_and(|c| !c.cell(row).is_empty());
            let mut columns = header.columns.iter().filter(filled);
            let leads = columns
                .clone()
                .find(of_groups)
                .or_else(|| columns.find(|c| matches!(c.kind, Kind::Money | Kind::Area | Kind::Count | Kind::Measure)));
            found.extend(leads.map(|column| (row, column)));
        }
    }
    found.sort_by_key(|(row, column)| (*row, column.at));
    found.dedup_by_key(|(row, _)| *row);
    let told = found.into_iter().filter(|(row, column)| only_numbers_beside(grid, header, *row, column));
    told.filter_map(|(row, column)| {
        let words = text::trimmed(&raw(column)?.cell(row).written()).into_owned();
        Some(Resembling { row, column: column.header.clone(), words })
    })
    .collect()
}

/// What is told of all rows, and is no record.
const STATISTICS: [&str; 20] = [
    "平均",
    "平均值",
    "均值",
    "占比",
    "比重",
    "上年同期",
    "去年同期",
    "同比",
    "环比",
    "同比增长",
    "环比增长",
    "增幅",
    "增速",
    "增长率",
    "累计完成",
    "本年累计",
    "本月累计",
    "本月新增",
    "项目个数",
    "总数",
];

/// The longest words of [`STATISTICS`] have four characters.
const LONGEST: usize = 12;

/// Whether surely none of many words is worth a close look.
fn none_tells_totals(alphabet: &Alphabet, longest_group: usize) -> bool {
    text::are_compact(alphabet)
        && alphabet.shortest() > longest_group.max(LONGEST)
        && alphabet.all_begin(|first| !TOTALS_BEGIN.contains(first))
        && alphabet.all_end(|last| !matches!(last, '计' | ':'))
}

/// Whether a word is worth a close look: most names are longer than any group and begin and end as no label does.
fn may_tell_totals(word: &str, longest_group: usize) -> bool {
    word.len() <= longest_group.max(LONGEST)
        || word.ends_with(['计', ':'])
        || word.starts_with(|first| TOTALS_BEGIN.contains(first))
}

/// 朔州经开区小计, 一季度合计, 其中工业, 平均; and in the place of a name the name of a group.
pub(crate) fn tells_totals(word: &str, groups: Option<&Groups>) -> bool {
    let ends = || {
        let word = word.trim_end_matches(':');
        ["小计", "合计", "总计", "共计"].iter().any(|label| word.len() > label.len() && word.ends_with(label))
    };
    ends()
        || word.starts_with("其中")
        || STATISTICS.contains(&word)
        || total_label(word).is_some()
        || groups.is_some_and(|g| g.contains(word))
}

/// The kept rows whose cell in a column is such; of texts an alphabet may say that none is.
fn rows_with<'a>(
    column: &'a RawColumn,
    rows: &'a Rows,
    none_is: impl Fn(&Alphabet) -> bool,
    is: impl Fn(&Cell<'_>) -> bool + Sync,
) -> impl Iterator<Item = usize> + 'a {
    let (such, codes): (Vec<usize>, Vec<bool>) = match column.as_texts() {
        Some(texts) => {
            (texts_where(&texts.but_for(none_is), |text| is(&text.map_or(Cell::Blank, Cell::Text))), Vec::new())
        }
        None => (Vec::new(), column.cells().map(|cell| is(&cell)).collect()),
    };
    let such = such.into_iter().filter(|row| rows.kept.contains(*row));
    let kept = codes.contains(&true).then(|| rows.kept.iter()).into_iter().flatten();
    let of_row = |row: &usize| column.codes().get(*row).map_or(0, |code| *code as usize);
    such.chain(kept.filter(move |row| codes.get(of_row(row)) == Some(&true)))
}

/// Whether all else in a row is numbers, and one of them, or what leads the row, an amount.
fn only_numbers_beside(grid: &Grid, header: &Header, row: usize, leads: &FoundColumn) -> bool {
    let mut amounts = 0;
    for column in &header.columns {
        let Some(cell) = grid.columns.get(column.at).map(|c| c.cell(row)) else { continue };
        let word = text::compact(&cell.written());
        if word.is_empty() || text::is_blank_word(&word) {
            continue;
        }
        match (&column.target, column.kind) {
            (_, Kind::Money | Kind::Area | Kind::Count | Kind::Measure) if is_numeric(&cell, &word) => amounts += 1,
            _ if column.at == leads.at => {}
            // A column of its own may be summed, or count the rows.
            (Target::Other(_), _) if is_numeric(&cell, &word) => amounts += usize::from(!is_ordinal(&word)),
            (_, Kind::Dimension) if is_ordinal(&word) => {}
            _ => return false,
        }
    }
    amounts > 0
}

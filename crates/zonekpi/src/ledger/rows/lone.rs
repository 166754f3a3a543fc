//! Rows that hold one cell only: remarks and dates below a table, which are set aside; and cells that may be a record, or
//! a heading, or a leftover, which are kept and told.

use super::{Below, FoundColumn, Header, SetAsideKind, label, names_a_record, text};
use crate::ledger::cell::Cell;

/// A kept row of one cell, which may be no record: the row of the grid, its column, and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lone {
    pub row: usize,
    pub column: String,
    pub words: String,
}

/// Whether a row of a table of several columns holds one cell only.
pub(super) fn is_lone(below: &Below<'_>, row: usize) -> bool {
    below.known > 2 && below.own(row).take(2).count() == 1 && !below.is_merged_into(row)
}

/// The row as one that may be no record. A name or an id directly below the row before is one that nothing more is known
/// of.
pub(super) fn doubtful(below: &Below<'_>, row: usize, after_blank: bool) -> Option<Lone> {
    let (column, cell) = below.own(row).next()?;
    (after_blank || !names_a_record(below.header, column)).then(|| Lone {
        row,
        column: column.header.clone(),
        words: text::trimmed(&cell.written()).into_owned(),
    })
}

/// Words with which remarks on a whole table begin.
const REMARKS: [&str; 12] =
    ["以上", "上述", "上表", "本表", "此表", "截至", "截止", "数据截至", "数据截止", "以下空白", "以下无", "统计时间"];

/// What the only words of a row surely are, where they are no record: a remark, or the day on which a form was signed.
pub(super) fn remark(header: &Header, column: &FoundColumn, words: &str) -> Option<SetAsideKind> {
    let compacted = text::compact(words);
    let bare = compacted.trim_matches(['(', ')', '-', '—', '*', '※']);
    let is_sentence = compacted.contains(['。', '；', ';']) && compacted.chars().count() > 10;
    if REMARKS.iter().any(|begin| bare.starts_with(begin)) || is_sentence || matches!(bare, "续表" | "未完待续" | "完")
    {
        // What stands alone in a column of days is read as such.
        return (!column.is_dated()).then_some(SetAsideKind::Note);
    }
    let signed = !column.is_dated() && label::is_full_day(&Cell::Text(words.to_owned()));
    (signed && header.table.columns.len() > 2).then_some(SetAsideKind::Signature)
}

//! Rows that hold one cell only: remarks and dates below a table, which are set aside; and cells that may be a record, or
//! a heading, or a leftover, which are kept and told.

use super::{Below, FoundColumn, Makes, SetAsideKind, another, label, names_a_record, text};
use crate::ledger::cell::Cell;
use crate::ledger::schema::Kind;

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
    // What is numbered is of the list, blank rows above it or not.
    let numbered = || below.columns.iter().any(|(_, raw, m)| *m == Makes::UnlessOrdinal && !raw.cell(row).is_empty());
    let odd = || column.kind == Kind::Id && another::is_unlike_ids(below.grid, below.header, column, row);
    let doubtful = !names_a_record(below.header, column) || (after_blank && !numbered()) || odd();
    doubtful.then(|| Lone { row, column: column.header.clone(), words: text::trimmed(&cell.written()).into_owned() })
}

/// Words with which remarks on a whole table begin.
const REMARKS: [&str; 8] = ["上述", "上表", "本表", "此表", "数据截至", "数据截止", "以下空白", "统计时间"];

/// Words with which names begin too: 截止阀生产线, 以上海电气为龙头的项目. What follows them tells.
const REMARKS_OF: [(&str, &[&str]); 4] = [
    ("截至", &[":", "目前", "当前", "今", "本月", "上月", "日期", "时间"]),
    ("截止", &[":", "到", "目前", "当前", "本月", "日期", "时间"]),
    (
        "以上",
        &[
            ":", "为", "均", "各", "所", "是", "由", "数据", "数字", "项目", "内容", "信息", "情况", "统计", "金额",
            "单位", "合计",
        ],
    ),
    ("以下无", &["正文", "内容", "数据", "项目"]),
];

/// Whether words without brackets around them begin as a remark does.
fn begins_as_a_remark(bare: &str) -> bool {
    let follows = |(begin, rests): &(&str, &[&str])| {
        let rest = bare.strip_prefix(begin);
        rest.is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(|c: char| c.is_ascii_digit())
                || rests.iter().any(|r| rest.starts_with(r))
        })
    };
    REMARKS.iter().any(|begin| bare.starts_with(begin)) || REMARKS_OF.iter().any(follows)
}

/// What the only words of a row surely are, where they are no record: a remark, or the day on which a form was signed.
pub(super) fn remark(column: &FoundColumn, words: &str) -> Option<SetAsideKind> {
    let compacted = text::compact(words);
    let bare = compacted.trim_matches(['(', ')', '-', '—', '*', '※']);
    let is_sentence = compacted.contains(['。', '；', ';']) && compacted.chars().count() > 10;
    if begins_as_a_remark(bare) || is_sentence || matches!(bare, "续表" | "未完待续" | "完") {
        // What stands alone in a column of days is read as such.
        return (!column.is_dated()).then_some(SetAsideKind::Note);
    }
    let signed = !column.is_dated() && label::is_full_day(&Cell::Text(words));
    signed.then_some(SetAsideKind::Signature)
}

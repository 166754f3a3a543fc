//! Rows that hold one cell only: remarks and dates below a table, which are set aside; and cells that may be a record, or
//! a heading, or a leftover, which are kept and told.

use super::{
    Below, FoundColumn, Makes, SetAside, SetAsideKind, another, counted, is_spread, judge, label, names_a_record,
    section_number, text,
};
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

/// Whether the only words of a row, which were taken for a heading or a remark, may be the name of a record: they stand
/// where names do, and nothing shows that they are what they read like.
pub(super) fn may_be_a_name(below: &Below<'_>, row: usize, kind: SetAsideKind, aside: &[SetAside]) -> bool {
    let mut own = below.own(row);
    let (Some((column, Cell::Text(words))), None) = (own.next(), own.next()) else { return false };
    if below.known < 3 || column.kind != Kind::Text || !names_a_record(below.header, column) {
        return false;
    }
    let compacted = text::compact(words);
    match kind {
        SetAsideKind::Section if !is_spread(below.grid, below.header, row) => match section_number(&compacted) {
            Some(number) => !goes_on(below, row, column, number, aside),
            None => counted(&compacted).is_some_and(|count| !has_rows(below, row, count)),
        },
        SetAsideKind::Note => !says_a_sentence(&compacted),
        _ => false,
    }
}

fn reads_like_a_heading(words: &str) -> bool {
    let compacted = text::compact(words);
    section_number(&compacted).is_some() || counted(&compacted).is_some()
}

/// How far below a heading the next is looked for.
const LOOKED_AT: usize = 1000;

/// Whether the heading before or behind one of this number stands in the table too: 一、 of 二、.
fn goes_on(below: &Below<'_>, row: usize, column: &FoundColumn, number: &str, aside: &[SetAside]) -> bool {
    const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let Some(at) = NUMBERS.iter().position(|n| *n == number) else { return true };
    let before = at.checked_sub(1).and_then(|at| NUMBERS.get(at));
    let follows = |label: &str| section_number(&text::compact(label)) == before.copied();
    if before.is_some() && aside.iter().any(|a| a.kind == SetAsideKind::Section && follows(&a.label)) {
        return true;
    }
    let Some(raw) = below.grid.columns.get(column.at) else { return false };
    let next = NUMBERS.get(at + 1).copied();
    (row + 1..below.grid.rows.min(row + LOOKED_AT)).any(|row| match raw.cell(row) {
        Cell::Text(words) => next.is_some() && section_number(&text::compact(words)) == next,
        _ => false,
    })
}

/// Whether as many rows stand below a heading as it counts.
fn has_rows(below: &Below<'_>, row: usize, count: &str) -> bool {
    let digits: String = count.chars().filter(char::is_ascii_digit).collect();
    let Some(count) = digits.parse::<usize>().ok().filter(|count| *count < LOOKED_AT) else { return true };
    let is_record = |row: &usize| judge(below, *row, false).is_none() && !is_lone(below, *row);
    (row + 1..below.grid.rows).take(count + 1).take_while(is_record).count() == count
}

/// The row as one that may be no record. A name or an id directly below the row before is one that nothing more is known
/// of.
pub(super) fn doubtful(below: &Below<'_>, row: usize, after_blank: bool) -> Option<Lone> {
    let (column, cell) = below.own(row).next()?;
    let reads_otherwise = || match &cell {
        Cell::Text(words) => reads_like_a_heading(words) || remark(column, words).is_some(),
        _ => false,
    };
    // What is numbered is of the list, blank rows above it or not.
    let numbered = || below.columns.iter().any(|(_, raw, m)| *m == Makes::UnlessOrdinal && !raw.cell(row).is_empty());
    let odd = || column.kind == Kind::Id && another::is_unlike_ids(below.grid, below.header, column, row);
    let doubtful = !names_a_record(below.header, column) || (after_blank && !numbered()) || odd() || reads_otherwise();
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

/// Whether words say something of other things, and are not a name with a full stop behind it.
fn says_a_sentence(compacted: &str) -> bool {
    let words = compacted.trim_end_matches(['。', ';']);
    begins_as_a_remark(words.trim_matches(['(', ')', '-', '—', '*', '※']))
        || words.contains(['。', ';', ',', '，', ':'])
        || words == compacted
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

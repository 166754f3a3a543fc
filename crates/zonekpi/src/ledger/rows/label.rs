//! Words that say what a row is: labels of totals, of signatures and of notes. A label counts only where it is the
//! whole cell, or where what follows it can only follow a label.

use super::{Cell, FoundColumn, SetAsideKind};
use crate::ledger::parse::date;
use crate::ledger::schema::Kind;
use crate::ledger::text;

pub(super) const NOTES: &[&str] =
    &["注", "注1", "备注", "说明", "附注", "填表说明", "填报说明", "数据来源", "注意", "口径", "统计口径", "统计范围"];

/// Whoever made, checked or sends a form, and when.
pub(super) const SIGNATURES: &[&str] = &[
    "填表人",
    "填报人",
    "填表",
    "填报",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "审签",
    "复核人",
    "复核",
    "校对",
    "校核",
    "核对人",
    "核对",
    "负责人",
    "单位负责人",
    "部门负责人",
    "主要负责人",
    "主要领导",
    "主管领导",
    "分管领导",
    "单位领导",
    "联系人",
    "联系电话",
    "联系方式",
    "电话",
    "单位",
    "填报单位",
    "填表单位",
    "报送单位",
    "报送人",
    "填报日期",
    "填表日期",
    "制表日期",
    "报送日期",
    "报出日期",
    "打印日期",
    "制表单位",
    "制表时间",
    "填报时间",
    "填表时间",
    "报送时间",
    "签字",
    "签名",
    "签章",
    "盖章",
    "单位盖章",
    "签发人",
    "签发",
    "审批人",
    "经办人",
    "统计员",
    "统计人",
    "科室负责人",
    "日期",
    "统计负责人",
];

/// Labels of sums; of the counted ones (共计2个) more is asked.
const SUBTOTALS: [&str; 5] = ["小计", "分计", "本页小计", "本页合计", "分项小计"];
const TOTALS: [&str; 8] = ["合计", "总计", "共计", "总合计", "全部合计", "Total", "TOTAL", "total"];

/// The first characters of labels of totals.
pub(super) const TOTALS_BEGIN: &str = "小分本合总共全Tt累汇其";

/// Whether the whole of a compacted cell is a label of totals: 合计, 总计:, 小计(2个), 共计2个, 其中:工业; and whether it is
/// one only where the rest of the row is numbers.
pub(super) fn total_label(compacted: &str) -> Option<(SetAsideKind, bool)> {
    if !compacted.starts_with(|first| TOTALS_BEGIN.contains(first)) {
        return None;
    }
    let word = compacted.trim_end_matches([':', '：']);
    let word = match word.strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        Some((before, inside)) if counts(inside) => before,
        _ => word,
    };
    let word = word.trim_end_matches([':', '：']);
    if SUBTOTALS.contains(&word) {
        return Some((SetAsideKind::Subtotal, false));
    }
    if TOTALS.contains(&word) {
        return Some((SetAsideKind::Total, false));
    }
    if matches!(word, "累计" | "汇总") {
        return Some((SetAsideKind::Total, true));
    }
    if word == "其中" || word.strip_prefix("其中:").is_some_and(|part| !part.is_empty()) {
        return Some((SetAsideKind::OfWhich, true));
    }
    // 合计2个, 共计:12个项目, 共3项
    let counted = |label: &str| {
        word.strip_prefix(label).is_some_and(|rest| {
            let rest = rest.trim_start_matches(':');
            counts(rest) && (label != "共" || rest.chars().any(|c| !c.is_ascii_digit()))
        })
    };
    if SUBTOTALS.into_iter().any(counted) {
        return Some((SetAsideKind::Subtotal, true));
    }
    TOTALS.into_iter().chain(["共"]).any(counted).then_some((SetAsideKind::Total, true))
}

/// 2个, 15项, 共3个项目
pub(super) fn counts(inside: &str) -> bool {
    let rest = inside.trim_start_matches('共');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let unit = rest.get(digits..).unwrap_or("");
    digits > 0 && matches!(unit, "" | "个" | "项" | "宗" | "家" | "件" | "户" | "个项目" | "次" | "条" | "栋")
}

/// How a cell begins with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labelled {
    /// 填表人：, 负责人（签字）：王五
    Colon,
    /// 审核人, and nothing else
    Whole,
    /// 填表人 李四  审核人 王五, where no colon stands
    Spaced,
}

/// Which of the labels a cell begins with.
fn labelled(words: &str, labels: &[&'static str]) -> Option<(&'static str, Labelled)> {
    let compacted = text::compact(words);
    let mut found: Option<(&'static str, Labelled)> = None;
    for label in labels {
        let Some(rest) = compacted.strip_prefix(label) else { continue };
        let rest = without_signing(rest);
        let how = if rest.starts_with(':') {
            Labelled::Colon
        } else if rest.is_empty() {
            Labelled::Whole
        } else if is_spaced_after(words, label) || SIGNATURES.iter().any(|l| l.chars().count() > 2 && rest.contains(l))
        {
            Labelled::Spaced
        } else {
            continue;
        };
        if found.is_none_or(|(longest, _)| longest.len() < label.len()) {
            found = Some((label, how));
        }
    }
    found
}

/// What follows a label, without (签字) or （盖章）.
fn without_signing(rest: &str) -> &str {
    let bracket = |rest: &'_ str| rest.strip_prefix('(').and_then(|r| r.split_once(')')).map(|(_, after)| after.len());
    let after = |rest: &str, length: usize| rest.len() - length;
    let mut rest = rest;
    if let Some(length) = bracket(rest) {
        rest = rest.get(after(rest, length)..).unwrap_or("");
    }
    for word in ["签字", "签名", "签章", "盖章"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest
}

/// Whether a space follows a label that is written without one inside.
fn is_spaced_after(words: &str, label: &str) -> bool {
    let trimmed = text::trimmed(words);
    trimmed.strip_prefix(label).is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Whether a cell among several may be what makes its row one of totals or of signatures.
pub(super) fn may_label(words: &str) -> bool {
    total_label(&text::compacted(words)).is_some() || labelled(words, SIGNATURES).is_some()
}

/// A row of signatures or a note, by the cells of it that are not empty, and the label it was known by.
pub(super) fn signs(filled: &[(&FoundColumn, Cell<'_>)], known: usize) -> Option<(SetAsideKind, String)> {
    let told = |label: &str| format!("{label}：");
    let words = |at: usize| match filled.get(at) {
        Some((_, Cell::Text(words))) => Some(*words),
        _ => None,
    };
    let (few, alone) = (filled.len() <= 2, filled.len() == 1);
    // 2024年4月1日 | 填表人：李四
    let dated = filled.first().is_some_and(|(column, cell)| !column.is_dated() && is_full_day(cell));
    let first = words(usize::from(dated && filled.len() > 1))?;
    if few && let Some((label, how)) = labelled(first, NOTES) {
        match how {
            Labelled::Colon => return Some((SetAsideKind::Note, told(label))),
            Labelled::Whole if alone => return Some((SetAsideKind::Note, told(label))),
            _ => {}
        }
    }
    let (label, how) = labelled(first, SIGNATURES)?;
    // 审核人 | 王五 | 填表人 | 李四
    let in_pairs =
        || (0..filled.len()).step_by(2).all(|at| words(at).is_some_and(|w| labelled(w, SIGNATURES).is_some()));
    // 审批：用地 | A1 | 2024-03-01 | 2024-03-05 is a record: beside labels and what follows them a form has a day.
    let is_signed = |at: usize| words(at).is_some_and(|w| labelled(w, SIGNATURES).is_some());
    let others = || (0..filled.len()).filter(|at| !is_signed(*at) && !at.checked_sub(1).is_some_and(is_signed));
    let days = || (0..filled.len()).filter(|at| filled.get(*at).is_some_and(|(_, cell)| is_full_day(cell))).count();
    let only_a_day = || days() <= 1 && others().all(|at| filled.get(at).is_some_and(|(_, cell)| is_full_day(cell)));
    let signed = match how {
        Labelled::Colon => few || only_a_day(),
        Labelled::Whole => known > 2 && (few || in_pairs()),
        Labelled::Spaced => known > 2 && (alone || in_pairs()),
    };
    signed.then(|| (SetAsideKind::Signature, told(label)))
}

/// A day with its year, as it is written below a form.
pub(super) fn is_full_day(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(words) => words.contains('年') && date::read(words).is_ok(),
        _ => false,
    }
}

impl FoundColumn {
    /// Whether days stand in the column.
    pub(super) fn is_dated(&self) -> bool {
        matches!(self.kind, Kind::Event | Kind::Date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_label_is_the_whole_cell() {
        for (cell, expected) in [
            ("小 计", Some(SetAsideKind::Subtotal)),
            ("小计（2个）", Some(SetAsideKind::Subtotal)),
            ("总计：", Some(SetAsideKind::Total)),
            ("合　计", Some(SetAsideKind::Total)),
            ("共计2个", Some(SetAsideKind::Total)),
            ("合计：12个项目", Some(SetAsideKind::Total)),
            ("共3项", Some(SetAsideKind::Total)),
            ("其中：工业", Some(SetAsideKind::OfWhich)),
            ("其 中", Some(SetAsideKind::OfWhich)),
            ("小计量仪表生产项目", None),
            ("合计路标准厂房项目", None),
            ("合计（不含重点）", None),
            ("共2", None),
            ("共享储能2个", None),
            ("其中镇集中供热", None),
        ] {
            assert_eq!(total_label(&text::compact(cell)).map(|(kind, _)| kind), expected, "{cell}");
        }
    }

    #[test]
    fn a_signature_is_told_by_what_follows_its_label() {
        let how = |words: &str| labelled(words, SIGNATURES);
        assert_eq!(how("填表人：李四    联系电话：1"), Some(("填表人", Labelled::Colon)));
        assert_eq!(how("负责人（签字）："), Some(("负责人", Labelled::Colon)));
        assert_eq!(how("分管领导签字："), Some(("分管领导", Labelled::Colon)));
        assert_eq!(how("单位（盖章）"), Some(("单位", Labelled::Whole)));
        assert_eq!(how("制 表："), Some(("制表", Labelled::Colon)));
        assert_eq!(how("审核人　王五"), Some(("审核人", Labelled::Spaced)));
        assert_eq!(how("填表人李四审核人王五"), Some(("填表人", Labelled::Spaced)));
        assert_eq!(how("审核系统软件项目"), None);
        assert_eq!(how("电话机生产线"), None);
    }
}

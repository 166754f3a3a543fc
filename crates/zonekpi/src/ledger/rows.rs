//! Which rows below a header are rows of the table. Totals, repeated headers, index rows, notes, signatures and blank
//! rows are set aside and listed; a label counts only where it is the whole cell.

mod another;
mod ordinary;
mod resembling;

use serde::Serialize;

pub(crate) use self::another::{Another, above};
use self::ordinary::Ordinary;
pub(crate) use self::resembling::resembling;
use super::cell::{Cell, RawColumn};
use super::header::{Header, Target};
use super::parse::{date, number};
use super::schema::Kind;
use super::source::Grid;
use super::text;

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SetAsideKind {
    /// 小计
    Subtotal,
    /// 合计, 总计
    Total,
    /// The header once more.
    HeaderRepeated,
    /// 甲 乙 1 2
    Index,
    /// 注：
    Note,
    /// 填表人：
    Signature,
    /// Nothing in it, between rows.
    Blank,
    /// A heading of the rows below it: 一、东区.
    Section,
    /// 单位：万元, once more.
    Unit,
    /// A row of another table below the one that was read.
    OtherTable,
}

/// A row that is not of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SetAside {
    /// The sheet's own number of the row.
    pub row: u64,
    /// What it is.
    pub kind: SetAsideKind,
    /// The words it was known by.
    pub label: String,
}

/// The rows below a header, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Rows of the grid that are rows of the table.
    pub kept: Vec<usize>,
    pub set_aside: Vec<SetAside>,
    pub totals: Vec<Total>,
    /// Where another table begins, from which on nothing is read.
    pub another: Option<Another>,
}

/// A row of totals, and which of the kept rows it may sum: the likeliest range first, each up to its end (not included).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Total {
    pub row: usize,
    pub ranges: Vec<(usize, usize)>,
}

/// The ranges that rows of totals may sum. `places` holds, in order, each row of totals, how many rows were kept before
/// it, and whether it is a subtotal. Where the first stands above all rows, totals stand above what they sum.
fn ranges(places: &[(usize, usize, bool)], kept: usize) -> Vec<Total> {
    let above = places.first().is_some_and(|(_, before, _)| *before == 0) && kept > 0;
    let of = |at: usize, (row, before, subtotal): (usize, usize, bool)| {
        let (earlier, later) = (places.get(..at).unwrap_or(&[]), places.get(at + 1..).unwrap_or(&[]));
        let mut ranges = Vec::new();
        if above && before < kept {
            let ends =
                later.iter().filter(|(_, to, of_group)| *to > before && (subtotal || !of_group)).map(|(_, to, _)| *to);
            let mut ends: Vec<usize> = ends.take(MOST_RANGES).chain([kept]).collect();
            if !subtotal {
                ends.rotate_right(1);
            }
            ranges.extend(ends.into_iter().map(|to| (before, to)));
        } else {
            let starts = earlier.iter().rev().filter(|(_, from, of_group)| *from < before && (subtotal || !of_group));
            let mut starts: Vec<usize> = starts.map(|(_, from, _)| *from).take(MOST_RANGES).chain([0]).collect();
            if !subtotal {
                starts.rotate_right(1);
            }
            ranges.extend(starts.into_iter().map(|from| (from, before)));
        }
        ranges.dedup();
        Total { row, ranges }
    };
    places.iter().enumerate().map(|(at, place)| of(at, *place)).collect()
}

/// How many ranges are tried for one total: a subtotal of subtotals sums back over several groups.
const MOST_RANGES: usize = 30;

pub(crate) fn sort_out(grid: &Grid, header: &Header) -> Rows {
    let mut rows = Rows::default();
    let mut totals = Vec::new();
    let mut blanks = Vec::new();
    // A stray cell far to the right leaves thousands of columns without any.
    let written: Vec<&RawColumn> = grid.columns.iter().filter(|c| c.distinct().len() > 1).collect();
    let ordinary = Ordinary::of(grid, header);
    let mut follows_header = true;
    for row in header.first_data_row..grid.rows {
        if !follows_header && ordinary.holds(row) {
            debug_assert!(judge(grid, &written, header, row, false).is_none(), "what is ordinary is never set aside");
            debug_assert!(another::begins(grid, header, row).is_none(), "what is ordinary begins no other table");
            rows.set_aside.append(&mut blanks);
            rows.kept.push(row);
            continue;
        }
        if let Some(another) = another::begins(grid, header, row) {
            rows.end_at(grid, header, &written, another, blanks);
            break;
        }
        let number = grid.first_row + row as u64;
        let Some((kind, label)) = judge(grid, &written, header, row, follows_header) else {
            rows.set_aside.append(&mut blanks);
            rows.kept.push(row);
            follows_header = false;
            continue;
        };
        follows_header |= kind == SetAsideKind::HeaderRepeated;
        let set_aside = SetAside { row: number, kind, label };
        if kind == SetAsideKind::Blank {
            // Blank rows below the last row are nobody's business.
            blanks.push(set_aside);
            continue;
        }
        rows.set_aside.append(&mut blanks);
        let to = rows.kept.len();
        match kind {
            SetAsideKind::Subtotal | SetAsideKind::Total => totals.push((row, to, kind == SetAsideKind::Subtotal)),
            _ => {}
        }
        rows.set_aside.push(set_aside);
    }
    totals.retain(|(row, ..)| rows.another.as_ref().is_none_or(|another| *row < another.row));
    rows.totals = ranges(&totals, rows.kept.len());
    rows
}

impl Rows {
    /// Ends the table where another begins. The titles above the other's header are its own.
    fn end_at(
        &mut self,
        grid: &Grid,
        header: &Header,
        written: &[&RawColumn],
        mut another: Another,
        blanks: Vec<SetAside>,
    ) {
        let number = |row: usize| grid.first_row + row as u64;
        while let Some(row) = self.kept.pop() {
            let between = row + 1..another.row;
            let adjoins = between.into_iter().all(|row| written.iter().all(|c| c.cell(row).is_empty()));
            if !adjoins || !another::is_title(grid, header, row) {
                self.kept.push(row);
                break;
            }
            another.row = row;
        }
        self.set_aside.extend(blanks);
        self.set_aside.retain(|aside| aside.row < number(another.row));
        self.set_aside.extend(another::rest(grid, written, another.row));
        self.another = Some(another);
    }
}

fn judge(
    grid: &Grid,
    written: &[&RawColumn],
    header: &Header,
    row: usize,
    follows_header: bool,
) -> Option<(SetAsideKind, String)> {
    let filled = || written.iter().map(move |c| c.cell(row)).filter(|c| !c.is_empty());
    // Only columns of the table count: a note far to the right is not a row.
    let own = || {
        header.columns.iter().filter_map(|c| grid.columns.get(c.at)).map(move |c| c.cell(row)).filter(|c| !c.is_empty())
    };
    let Some(first) = own().next() else {
        return match filled().next() {
            None => Some((SetAsideKind::Blank, String::new())),
            Some(stray) => Some((SetAsideKind::Note, shortened(&stray.written()))),
        };
    };
    if let Some(total) = total(grid, header, row) {
        return Some(total);
    }
    if repeats_header(grid, header, row) {
        return Some((SetAsideKind::HeaderRepeated, first.written()));
    }
    if follows_header && is_index(own().map(Cell::written)) {
        return Some((SetAsideKind::Index, first.written()));
    }
    if another::units(grid, header, row).is_some() {
        return Some((SetAsideKind::Unit, shortened(&first.written())));
    }
    let Cell::Text(words) = first else { return None };
    let compacted = text::compact(words);
    let few = own().count() <= 2;
    for (labels, kind, any_width) in [(NOTES, SetAsideKind::Note, false), (SIGNATURES, SetAsideKind::Signature, true)] {
        let label = labels.iter().find(|label| {
            compacted.strip_prefix(**label).is_some_and(|rest| {
                rest.starts_with(':') || (rest.is_empty() && !any_width && few && own().count() == 1)
            })
        });
        if let Some(label) = label.filter(|_| few || any_width) {
            return Some((kind, format!("{label}：")));
        }
    }
    if own().count() == 1 && heads_a_section(grid, header, row, &compacted) {
        return Some((SetAsideKind::Section, shortened(&text::trimmed(words))));
    }
    None
}

/// Whether the only words of a row head the rows below it: 一、东区, 甲经开区（2个）, or a cell merged over most of the row.
fn heads_a_section(grid: &Grid, header: &Header, row: usize, compacted: &str) -> bool {
    let known = header.columns.iter().filter(|c| matches!(c.target, Target::Known(_))).count();
    if known < 3 {
        return false;
    }
    let numbered = compacted
        .trim_start_matches(['(', '第'])
        .split_once(['、', ')', '部'])
        .is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c)));
    let counted = compacted
        .strip_suffix(')')
        .and_then(|word| word.rsplit_once('('))
        .is_some_and(|(before, inside)| !before.is_empty() && counts(inside));
    let spread = grid.merges.iter().any(|merge| {
        merge.first_row == row && merge.last_row == row && (merge.last_column - merge.first_column + 1) * 2 > known
    });
    numbered || counted || spread
}

/// A row of totals: its label leads the row, and the row has no key of its own.
fn total(grid: &Grid, header: &Header, row: usize) -> Option<(SetAsideKind, String)> {
    let mut label = None;
    let mut left = Left::Nothing;
    let mut beside_group = false;
    let mut other_words = false;
    for column in &header.columns {
        let Some(cell) = grid.columns.get(column.at).map(|c| c.cell(row)) else { continue };
        let compacted = text::compact(&cell.written());
        if compacted.is_empty() || text::is_blank_word(&compacted) {
            continue;
        }
        let spec = match &column.target {
            Target::Known(name) => header.table.column(name),
            Target::Other(_) => None,
        };
        let kind = spec.map_or(Kind::Text, |s| s.kind);
        let named = if let Cell::Text(_) = cell { total_label(&compacted) } else { None };
        if kind == Kind::Id && named.is_none() {
            return None;
        }
        if label.is_none()
            && let Some((named, running)) = named.filter(|_| matches!(kind, Kind::Id | Kind::Text | Kind::Dimension))
        {
            // 朔城区 | 小计: the group stands before the label. In the place of a project's name it is no name.
            beside_group = left == Left::Group && spec.is_none_or(|s| s.name != "project_name");
            label = Some((named, running, text::trimmed(&cell.written()).into_owned()));
            continue;
        }
        if label.is_none() {
            left = left.max(match kind {
                Kind::Id | Kind::Text | Kind::Dimension if is_ordinal(&compacted) => Left::Nothing,
                Kind::Dimension => Left::Group,
                _ => Left::Words,
            });
            // No label leads the row any more.
            if left == Left::Words {
                return None;
            }
        } else if named.is_none() && !is_numeric(cell, &compacted) {
            other_words = true;
        }
    }
    let (kind, running, written) = label?;
    // 累计 and 汇总 are words of names too: the rest of such a row is numbers.
    let numbers_only = !other_words && (!running || left == Left::Nothing);
    (numbers_only || (!running && !beside_group)).then_some((kind, written))
}

/// What stands left of a label, in the order of how much it speaks against a row of totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    /// Nothing, or the number of the row.
    Nothing,
    /// What rows are grouped by.
    Group,
    Words,
}

/// 12, 三, (一): the number of a row.
fn is_ordinal(compacted: &str) -> bool {
    let word = compacted.trim_matches(['(', ')', '、', '.']);
    let digits = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let characters = word.chars().all(|c| "一二三四五六七八九十".contains(c)) && word.chars().count() <= 3;
    !word.is_empty() && (digits || characters)
}

fn is_numeric(cell: &Cell, compacted: &str) -> bool {
    match cell {
        Cell::Number(..) | Cell::Formula(_) | Cell::Error(_) => true,
        Cell::Text(_) => number::read(compacted).is_ok() || counts(compacted),
        _ => false,
    }
}

/// The date that a row set aside holds, and its column: a row of totals has none.
pub(crate) fn dated(grid: &Grid, header: &Header, row: usize) -> Option<(String, String)> {
    header.columns.iter().find_map(|column| {
        let cell = grid.columns.get(column.at)?.cell(row);
        let Target::Known(name) = &column.target else { return None };
        let kind = header.table.column(name)?.kind;
        let holds = match cell {
            Cell::Date(_) | Cell::Span { .. } => true,
            Cell::Text(text) => matches!(kind, Kind::Event | Kind::Date) && date::read(text).is_ok(),
            _ => false,
        };
        holds.then(|| (column.header.clone(), cell.written()))
    })
}

const NOTES: &[&str] = &["注", "注1", "备注", "说明", "附注", "填表说明", "填报说明", "数据来源", "注意"];
const SIGNATURES: &[&str] = &[
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "复核",
    "负责人",
    "单位负责人",
    "分管领导",
    "联系人",
    "联系电话",
    "填报单位",
    "填表单位",
    "报送单位",
    "填报日期",
    "填表日期",
    "制表日期",
    "报送日期",
    "制表单位",
    "填报时间",
    "签字",
    "盖章",
    "单位盖章",
    "审批人",
    "经办人",
    "统计负责人",
];

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether the whole of a compacted cell is a label of totals: 合计, 总计:, 小计(2个); and whether it is one only where
/// the rest of the row is numbers.
fn total_label(compacted: &str) -> Option<(SetAsideKind, bool)> {
    let word = compacted.trim_end_matches([':', '：']);
    let word = match word.strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        Some((before, inside)) if counts(inside) => before,
        _ => word,
    };
    let word = word.trim_end_matches([':', '：']);
    match word {
        "小计" | "分计" | "本页小计" | "本页合计" | "分项小计" => Some((SetAsideKind::Subtotal, false)),
        "合计" | "总计" | "共计" | "总合计" | "全部合计" | "Total" | "TOTAL" | "total" => {
            Some((SetAsideKind::Total, false))
        }
        "累计" | "汇总" => Some((SetAsideKind::Total, true)),
        _ => None,
    }
}

/// 2个, 15项, 共3个项目
fn counts(inside: &str) -> bool {
    let rest = inside.trim_start_matches('共');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let unit = rest.get(digits..).unwrap_or("");
    digits > 0 && matches!(unit, "" | "个" | "项" | "宗" | "家" | "件" | "户" | "个项目" | "次" | "条" | "栋")
}

fn repeats_header(grid: &Grid, header: &Header, row: usize) -> bool {
    let mut same = 0;
    for column in &header.columns {
        match grid.columns.get(column.at).map(|c| c.cell(row)) {
            Some(Cell::Text(written)) if text::word(written) == column.word => same += 1,
            Some(cell) if cell.is_empty() => {}
            // The upper rows of a header repeat with it; anything else is a row of the table.
            Some(Cell::Text(written)) if in_header(grid, header, column.at, written) => same += 1,
            Some(_) => return false,
            None => {}
        }
    }
    let known = header.columns.iter().filter(|c| matches!(c.target, Target::Known(_))).count();
    same >= 2 || (same == 1 && known == 1)
}

fn in_header(grid: &Grid, header: &Header, at: usize, written: &str) -> bool {
    let word = text::word(written);
    header.header_rows.iter().any(|row| {
        grid.columns.get(at).is_some_and(|c| matches!(c.cell(*row), Cell::Text(own) if text::word(own) == word))
    })
}

/// 甲 乙 1 2 3: a row that counts the columns.
fn is_index(cells: impl Iterator<Item = String>) -> bool {
    const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let cells: Vec<String> = cells.map(|c| text::compact(&c).trim_matches(['(', ')']).to_owned()).collect();
    const LETTERS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
    let led = |stems: [&str; 10]| cells.iter().zip(stems).take_while(|(cell, stem)| cell.as_str() == *stem).count();
    let named = usize::from(cells.first().is_some_and(|c| matches!(c.as_str(), "栏次" | "列次" | "行次" | "列号")));
    let stems = led(STEMS).max(led(LETTERS)).max(named);
    let rest = cells.get(stems..).unwrap_or(&[]);
    let numbers: Vec<u32> = rest.iter().map_while(|cell| cell.parse().ok()).collect();
    let counted =
        numbers.windows(2).all(|w| matches!(w, [a, b] if *b == *a + 1)) && numbers.first().is_none_or(|n| *n <= 1);
    // Formulas such as 3=1+2 are part of such rows.
    let formulas =
        rest.iter().skip(numbers.len()).all(|c| c.contains('=') && c.starts_with(|c: char| c.is_ascii_digit()));
    counted && formulas && (stems > 0 || numbers.len() >= 3) && cells.len() >= 2
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
            ("小计量仪表生产项目", None),
            ("合计路标准厂房项目", None),
            ("合计（不含重点）", None),
        ] {
            assert_eq!(total_label(&text::compact(cell)).map(|(kind, _)| kind), expected, "{cell}");
        }
    }

    #[test]
    fn an_index_row_counts_its_columns() {
        let row = |cells: &[&str]| is_index(cells.iter().map(|c| (*c).to_owned()));
        assert!(row(&["甲", "乙", "1", "2", "3"]));
        assert!(row(&["1", "2", "3", "4"]));
        assert!(row(&["甲", "1", "2", "3=1+2"]));
        assert!(row(&["A", "B", "1", "2"]) && row(&["（1）", "(2)", "(3)"]) && row(&["栏次", "1", "2"]));
        assert!(!row(&["1", "朔州项目", "3"]));
        assert!(!row(&["5", "6", "7"]));
    }
}

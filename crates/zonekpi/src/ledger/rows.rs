//! Which rows below a header are rows of the table. Totals, repeated headers, index rows, notes, signatures and blank
//! rows are set aside and listed; a label counts only where it is the whole cell.

mod another;
mod label;
mod lone;
mod ordinary;
mod resembling;

use serde::{Deserialize, Serialize};

pub(crate) use self::another::{Another, above};
use self::label::{counts, signs, total_label};
pub(crate) use self::lone::Lone;
use self::ordinary::ordinary;
pub(crate) use self::resembling::{Groups, names_a_record, resembling, resembling_among, tells_totals};
use super::cell::{Cell, Chosen, RawColumn};
use super::header::{FoundColumn, Header, Target};
use super::parse::{date, number};
use super::schema::Kind;
use super::source::Grid;
use super::text;

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Nothing in it, between rows; or only the number of a row, and words for nothing.
    Blank,
    /// A heading of the rows below it: 一、东区.
    Section,
    /// 单位：万元, once more.
    Unit,
    /// A row of another table below the one that was read.
    OtherTable,
    /// 其中：工业, a part of the total above it.
    OfWhich,
}

/// A row that is not of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    pub kept: Chosen,
    pub set_aside: Vec<SetAside>,
    pub totals: Vec<Total>,
    /// Where another table begins, from which on nothing is read.
    pub another: Option<Another>,
    /// Kept rows that may be none.
    pub lone: Vec<Lone>,
    /// Kept rows that read like the header of another table, with their words.
    pub headlike: Vec<(usize, String)>,
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

/// A sheet below its header, and which of its columns make a row.
struct Below<'a> {
    grid: &'a Grid,
    header: &'a Header,
    /// Columns in which anything is written.
    written: Vec<&'a RawColumn>,
    /// The columns of the header with their cells.
    columns: Vec<(&'a FoundColumn, &'a RawColumn, Makes)>,
    /// How many columns of the schema were found.
    known: usize,
}

/// Whether a cell of a column makes its row a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Makes {
    Row,
    /// 序号: the number of a row that was never filled in makes none.
    UnlessOrdinal,
    /// A column without a header: a stray cell in it makes none.
    Nothing,
}

/// Whether a header is that of the number of a row.
pub(crate) fn numbers_rows(word: &str) -> bool {
    matches!(word, "序号" | "序" | "行号" | "no" | "no." | "№")
}

impl Makes {
    fn of(column: &FoundColumn) -> Self {
        match (column.word.as_str(), &column.target) {
            ("", _) => Self::Nothing,
            (word, Target::Other(_)) if numbers_rows(word) => Self::UnlessOrdinal,
            _ => Self::Row,
        }
    }

    fn by(self, cell: &Cell<'_>) -> bool {
        match self {
            Self::Row => !is_nothing(cell),
            Self::UnlessOrdinal => !is_nothing(cell) && !is_ordinal(&text::compact(&cell.written())),
            Self::Nothing => false,
        }
    }
}

impl<'a> Below<'a> {
    fn of(grid: &'a Grid, header: &'a Header) -> Self {
        // A stray cell far to the right leaves thousands of columns without any.
        let written = grid.columns.iter().filter(|c| c.is_written()).collect();
        let columns = header.columns.iter().filter_map(|c| Some((c, grid.columns.get(c.at)?, Makes::of(c)))).collect();
        let known = header.columns.iter().filter(|c| matches!(c.target, Target::Known(_))).count();
        Self { grid, header, written, columns, known }
    }

    /// The cells of a row that are not empty.
    fn filled(&self, row: usize) -> impl Iterator<Item = (&'a FoundColumn, Cell<'a>)> {
        self.columns.iter().map(move |(found, raw, _)| (*found, raw.cell(row))).filter(|(_, cell)| !cell.is_empty())
    }

    /// Those of them that make the row a row of the table.
    fn own(&self, row: usize) -> impl Iterator<Item = (&'a FoundColumn, Cell<'a>)> {
        let cells = self.columns.iter().map(move |(found, raw, makes)| (*found, raw.cell(row), *makes));
        cells.filter(|(_, cell, makes)| !cell.is_empty() && makes.by(cell)).map(|(found, cell, _)| (found, cell))
    }

    /// Whether a cell merged from above reaches into a row: then the row holds more than is written in it.
    fn is_merged_into(&self, row: usize) -> bool {
        self.grid.merges.iter().any(|merge| merge.first_row < row && row <= merge.last_row)
    }
}

pub(crate) fn sort_out(grid: &Grid, header: &Header) -> Rows {
    let mut rows = Rows::default();
    let mut totals = Vec::new();
    let mut blanks = Vec::new();
    let below = Below::of(grid, header);
    let mut ordinary = ordinary(grid, header, header.first_data_row..grid.rows).into_iter().peekable();
    let mut follows_header = true;
    // Whether the row before was blank, or a single cell.
    let mut after_break = false;
    // The last row that reads like a header.
    let mut another: Option<usize> = None;
    let mut next = header.first_data_row;
    while next < grid.rows {
        let row = next;
        while ordinary.next_if(|run| run.end <= row).is_some() {}
        let run = ordinary.peek().filter(|run| run.start <= row && !follows_header);
        if let Some(run) = run {
            next = run.end;
            debug_assert!(
                (row..next).all(|row| judge(&below, row, false).is_none()),
                "what is ordinary is never set aside"
            );
            debug_assert!(
                (row..next).all(|row| another::begins(grid, header, row).is_none()),
                "it begins no other table"
            );
            debug_assert!((row..next).all(|row| !lone::is_lone(&below, row)), "and it is no single cell");
            rows.set_aside.append(&mut blanks);
            rows.kept.extend(row..next);
            after_break = false;
            continue;
        }
        next += 1;
        if let Some(another) = another::begins(grid, header, row) {
            rows.end_at(grid, header, &below.written, another, std::mem::take(&mut blanks));
            break;
        }
        let number = grid.first_row + row as u64;
        let judged = judge(&below, row, follows_header).filter(|(kind, _)| {
            // Directly below a record a name is one of which nothing more is known, whatever it reads like.
            let below_record = rows.kept.last().is_some_and(|last| last + 1 == row);
            !(below_record && lone::may_be_a_name(&below, row, *kind, &rows.set_aside))
        });
        let Some((kind, label)) = judged else {
            let after_blank = !blanks.is_empty();
            let is_lone = lone::is_lone(&below, row);
            if is_lone {
                rows.lone.extend(lone::doubtful(&below, row, after_blank));
            } else if let Some(words) = another::resembles(grid, header, row, after_break) {
                // Rows below such a header may read like one too.
                if another.is_none_or(|last| last + 1 < row) {
                    rows.headlike.push((row, words));
                }
                another = Some(row);
            }
            rows.set_aside.append(&mut blanks);
            rows.kept.push(row);
            follows_header = false;
            after_break = is_lone;
            continue;
        };
        follows_header |= kind == SetAsideKind::HeaderRepeated;
        let set_aside = SetAside { row: number, kind, label };
        if kind == SetAsideKind::Blank {
            // Blank rows below the last row are nobody's business.
            blanks.push(set_aside);
            after_break = true;
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
    // Of the rows that were numbered and never filled in those below the table are told too.
    rows.set_aside.extend(blanks.into_iter().filter(|aside| !aside.label.is_empty()));
    let kept = &rows.kept;
    rows.lone.retain(|lone| kept.contains(lone.row));
    rows.headlike.retain(|(row, _)| kept.contains(*row));
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

fn judge(below: &Below<'_>, row: usize, follows_header: bool) -> Option<(SetAsideKind, String)> {
    let Below { grid, header, .. } = below;
    let filled: Vec<(&FoundColumn, Cell<'_>)> = below.filled(row).collect();
    let Some((_, first)) = filled.first() else {
        // A note far to the right is not a row.
        return match below.written.iter().map(|c| c.cell(row)).find(|c| !c.is_empty()) {
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
    if follows_header && is_index(filled.iter().map(|(_, cell)| cell.written())) {
        return Some((SetAsideKind::Index, first.written()));
    }
    if another::units(grid, header, row).is_some() {
        return Some((SetAsideKind::Unit, shortened(&first.written())));
    }
    if let Some((kind, label)) = signs(&filled, below.known) {
        return Some((kind, label));
    }
    // 15 and nothing else, or nothing but words for nothing, or the zeros of formulas that wait for a record.
    let own: Vec<(&FoundColumn, Cell<'_>)> = below.own(row).take(2).collect();
    if own.is_empty() && !below.is_merged_into(row) {
        // A cell in a column without a header is a remark; it is told by its column too.
        let stray = filled.iter().find(|(column, cell)| column.word.is_empty() && !is_nothing(cell));
        return Some(match stray {
            Some((_, stray)) => (SetAsideKind::Note, shortened(&stray.written())),
            None => (SetAsideKind::Blank, shortened(&first.written())),
        });
    }
    let ([(column, Cell::Text(words))], 3..) = (own.as_slice(), below.known) else { return None };
    if heads_a_section(grid, header, row, &text::compact(words)) {
        return Some((SetAsideKind::Section, shortened(&text::trimmed(words))));
    }
    lone::remark(column, words).map(|kind| (kind, shortened(&text::trimmed(words))))
}

/// Whether a cell that is not empty says nothing all the same: a word for nothing, or a zero.
fn is_nothing(cell: &Cell<'_>) -> bool {
    // No word for nothing is long.
    const LONGEST: usize = 12;
    match cell {
        Cell::Number(number, _) => *number == 0.0,
        Cell::Text(words) if words.len() <= LONGEST => {
            let zero = words.contains('0') && words.bytes().all(|b| matches!(b, b'0' | b'.' | b' '));
            let digits = words.bytes().any(|b| b.is_ascii_digit());
            zero || (!digits && text::is_blank_word(&text::compact(words)))
        }
        _ => false,
    }
}

/// Whether the only words of a row head the rows below it: 一、东区, 甲经开区（2个）, or a cell merged over most of the row.
fn heads_a_section(grid: &Grid, header: &Header, row: usize, compacted: &str) -> bool {
    section_number(compacted).is_some() || counted(compacted).is_some() || is_spread(grid, header, row)
}

/// 一、东区, （二）西区, 第三部分: the number of a section.
fn section_number(compacted: &str) -> Option<&str> {
    let (number, _) = compacted.trim_start_matches(['(', '第']).split_once(['、', ')', '部'])?;
    (!number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c))).then_some(number)
}

/// 甲经开区(2个): what is counted, without its unit.
fn counted(compacted: &str) -> Option<&str> {
    let (before, inside) = compacted.strip_suffix(')')?.rsplit_once('(')?;
    (!before.is_empty() && counts(inside)).then_some(inside)
}

/// Whether a cell is merged over most of the columns.
fn is_spread(grid: &Grid, header: &Header, row: usize) -> bool {
    let known = header.columns.iter().filter(|c| matches!(c.target, Target::Known(_))).count();
    grid.merges.iter().any(|merge| {
        merge.first_row == row && merge.last_row == row && (merge.last_column - merge.first_column + 1) * 2 > known
    })
}

/// A row of totals: its label leads the row, and the row has no key of its own.
fn total(grid: &Grid, header: &Header, row: usize) -> Option<(SetAsideKind, String)> {
    let mut label = None;
    let mut left = Left::Nothing;
    let mut beside_group = false;
    let mut other_words = 0;
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
        } else if named.is_none() && !is_numeric(&cell, &compacted) {
            other_words += 1;
        }
    }
    let (kind, running, written) = label?;
    // 累计 and 汇总 are words of names too: the rest of such a row is numbers.
    // 其中 | 工业: the part is named beside the label.
    let named_beside = usize::from(kind == SetAsideKind::OfWhich && text::compact(&written) == "其中");
    let numbers_only = other_words <= named_beside && (!running || left == Left::Nothing);
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

fn is_numeric(cell: &Cell<'_>, compacted: &str) -> bool {
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

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
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

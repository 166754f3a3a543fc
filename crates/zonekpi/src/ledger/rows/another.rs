//! Where the table of a sheet ends because another begins: a second header, or a row that says another unit. What
//! stands below is not read, for its cells would be taken for those of the first table.

use super::{Cell, FoundColumn, Grid, Header, Makes, SetAside, SetAsideKind, Target, repeats_header, shortened};
use crate::ledger::cell::RawColumn;
use crate::ledger::header::{reads_like_a_header, unit_phrase};
use crate::ledger::parse::Context;
use crate::ledger::parse::words::Words;
use crate::ledger::schema::Kind;
use crate::ledger::text::{self, Alphabet, Bytes};
use crate::ledger::unit::{self, Unit};
use crate::message::IssueCode;

/// Where another table begins, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Another {
    /// The row of the grid.
    pub row: usize,
    /// The words of its header, or of its units.
    pub words: String,
    pub code: IssueCode,
}

/// How many rows above a row are looked at for what its column holds.
const ABOVE: usize = 100;

/// How far below a row of units its own header may stand.
const UNITS_ABOVE_HEADER: usize = 3;

/// The texts of a row, if nothing else stands in it.
fn texts<'a>(grid: &'a Grid, header: &Header, row: usize) -> Option<Vec<&'a str>> {
    let mut texts = Vec::new();
    for column in &header.columns {
        match grid.columns.get(column.at).map(|c| c.cell(row)) {
            Some(Cell::Text(words)) if is_value(words) => return None,
            Some(Cell::Text(words)) if !text::trimmed(words).is_empty() => texts.push(words),
            Some(cell) if !cell.is_empty() => return None,
            _ => {}
        }
    }
    Some(texts)
}

/// Whether a text is digits with what goes with them: a number, a date, an amount. No header is.
pub(super) fn is_value(words: &str) -> bool {
    let mut digits = false;
    for c in words.chars() {
        if c.is_ascii_digit() {
            digits = true;
        } else if !goes_with_digits(c) {
            return false;
        }
    }
    digits
}

pub(super) fn goes_with_digits(c: char) -> bool {
    match c {
        '年' | '月' | '日' | '号' | '时' | '分' | '亿' | '万' | '千' | '百' | '元' | '亩' | '个' | '人' | '㎡'
        | '％' | '，' | '约' | '多' | '余' => true,
        c => c.is_ascii_punctuation() || c.is_whitespace(),
    }
}

/// Whether a row reads like a header.
fn is_header(grid: &Grid, header: &Header, row: usize) -> bool {
    texts(grid, header, row).is_some_and(|texts| texts.len() > 1 && reads_like_a_header(&texts))
}

/// The units that a row of one or two cells says: 单位：万元.
pub(super) fn units(grid: &Grid, header: &Header, row: usize) -> Option<Vec<Unit>> {
    let texts = texts(grid, header, row).filter(|texts| (1..=2).contains(&texts.len()))?;
    texts.into_iter().find_map(|words| {
        let word = text::word(words);
        Some(unit::units_in(unit_phrase(&word)?)).filter(|units| !units.is_empty())
    })
}

/// Whether units differ from those that the columns of the table are read in.
pub(super) fn differ(units: &[Unit], header: &Header) -> bool {
    header.columns.iter().any(|column| {
        let Target::Known(name) = &column.target else { return false };
        let kind = header.table.column(name).map_or(Kind::Text, |spec| spec.kind);
        let told = || units.iter().filter(|unit| unit.fits(kind));
        matches!(kind, Kind::Money | Kind::Area)
            && told().next().is_some()
            && !told().any(|unit| column.unit == Some(*unit))
    })
}

/// What begins in a row, if it is another table.
pub(super) fn begins(grid: &Grid, header: &Header, row: usize) -> Option<Another> {
    let words = |row: usize| {
        let texts = texts(grid, header, row).unwrap_or_default();
        shortened(&texts.into_iter().map(|t| text::trimmed(t).into_owned()).collect::<Vec<_>>().join("、"))
    };
    let other = |row: usize| is_header(grid, header, row) && !repeats_header(grid, header, row);
    if other(row) {
        return Some(Another { row, words: words(row), code: IssueCode::TableBelow });
    }
    units(grid, header, row).filter(|units| differ(units, header))?;
    let below = (row + 1..grid.rows.min(row + 1 + UNITS_ABOVE_HEADER)).find(|below| other(*below));
    Some(match below {
        Some(below) => Another { row, words: words(below), code: IssueCode::TableBelow },
        None => Another { row, words: words(row), code: IssueCode::UnitChanges },
    })
}

/// The words of a row that reads like the header of a table that is not known: names alone, and none of them can be a
/// value of its column; without a break above it, the row below must not fit either. What stands below may be rows of
/// this table all the same, so that it is told and read.
pub(super) fn resembles(grid: &Grid, header: &Header, row: usize, after_break: bool) -> Option<String> {
    const LONGEST: usize = 12;
    let names: Vec<String> = texts(grid, header, row)?.into_iter().map(text::compact).collect();
    let names_only = names.iter().enumerate().all(|(at, name)| {
        let says = !text::is_blank_word(name) && !text::is_ditto(name);
        says && name.chars().count() <= LONGEST && names.iter().skip(at + 1).all(|other| other != name)
    });
    let cells = |row: usize| header.columns.iter().filter_map(move |c| Some((c, grid.columns.get(c.at)?.cell(row))));
    let goes_on = || row + 1 < grid.rows && cells(row + 1).filter(|(_, cell)| !cell.is_empty()).count() > 1;
    if names.len() < 2 || !names_only || !goes_on() {
        return None;
    }
    let told = misfits(grid, header, row)? > 1 && (after_break || misfits(grid, header, row + 1)? > 0);
    told.then(|| shortened(&names.join("、")))
}

/// How much speaks against a row being one of the table; `None` where some cell of it can be a value of its column, and
/// any text could not.
fn misfits(grid: &Grid, header: &Header, row: usize) -> Option<usize> {
    let mut against = 0;
    for column in &header.columns {
        if grid.columns.get(column.at).is_none_or(|raw| raw.cell(row).is_empty()) {
            continue;
        }
        match fits(grid, header, column, row) {
            Some(true) => return None,
            // Ids are all alike, where an amount may be any word.
            Some(false) => against += if column.kind == Kind::Id { 2 } else { 1 },
            None => {}
        }
    }
    Some(against)
}

/// Whether Chinese words stand in a cell.
pub(super) fn has_words(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Text(words) if !words.is_ascii() && words.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)))
}

/// Whether surely no Chinese words stand in any of many cells: their characters begin with bytes of their own.
pub(super) fn none_has_words(alphabet: &Alphabet) -> bool {
    static CHINESE: Bytes = Bytes::of(&[(0xE4, 0xE9)]);
    alphabet.lacks(&CHINESE)
}

/// Whether words stand in a column of ids where the rows above have codes.
pub(super) fn is_unlike_ids(grid: &Grid, header: &Header, column: &FoundColumn, row: usize) -> bool {
    let Some(raw) = grid.columns.get(column.at).filter(|raw| has_words(&raw.cell(row))) else { return false };
    let above = row.saturating_sub(ABOVE).max(header.first_data_row)..row;
    let (mut codes, mut words) = (0, 0);
    for cell in above.map(|row| raw.cell(row)).filter(|cell| !cell.is_empty()) {
        if has_words(&cell) { words += 1 } else { codes += 1 }
    }
    codes > words
}

/// Whether a text can be a value of its column; `None` where any text can.
fn fits(grid: &Grid, header: &Header, column: &FoundColumn, row: usize) -> Option<bool> {
    let cell = grid.columns.get(column.at)?.cell(row);
    match column.kind {
        Kind::Id if has_words(&cell) => is_unlike_ids(grid, header, column, row).then_some(false),
        Kind::Id => Some(true),
        Kind::Text | Kind::Dimension => (Makes::of(column) == Makes::UnlessOrdinal).then_some(false),
        kind => {
            let Target::Known(name) = &column.target else { return None };
            let spec = header.table.column(name);
            let words = spec.map(|spec| Words::of(header.table, spec)).unwrap_or_default();
            let context = Context {
                kind,
                spec,
                words: &words,
                unit: column.unit,
                blank_is_no: false,
                epoch_1904: false,
                texts_may_be_numbers: true,
            };
            let problem = context.read(&cell).problem.map(|problem| problem.code);
            let unreadable = matches!(
                problem,
                Some(
                    IssueCode::DateUnreadable
                        | IssueCode::MoneyUnreadable
                        | IssueCode::NumberUnreadable
                        | IssueCode::FlagUnreadable
                        | IssueCode::EnumUnreadable
                )
            );
            Some(!unreadable)
        }
    }
}

/// A row of titles: one cell of words, or words merged over several columns.
pub(super) fn is_title(grid: &Grid, header: &Header, row: usize) -> bool {
    let Some(texts) = texts(grid, header, row) else { return false };
    let merged = || grid.merges.iter().any(|m| m.first_row == row && m.last_column > m.first_column);
    texts.len() == 1 || (!texts.is_empty() && merged())
}

/// Whatever stands from a row on, listed.
pub(super) fn rest(grid: &Grid, written: &[&RawColumn], from: usize) -> Vec<SetAside> {
    let first = |row: usize| written.iter().map(|c| c.cell(row)).find(|c| !c.is_empty());
    (from..grid.rows)
        .filter_map(|row| {
            let label = shortened(&first(row)?.written());
            Some(SetAside { row: grid.first_row + row as u64, kind: SetAsideKind::OtherTable, label })
        })
        .collect()
}

/// A table above the one that is read, whose header named fewer columns: its header, with rows below it.
pub(crate) fn above(grid: &Grid, header: &Header) -> Option<Another> {
    let (first, rest) = header.title_rows.split_first()?;
    let end = *header.header_rows.first()?;
    let mut heads = std::iter::once(first).chain(rest).copied().filter(|row| is_header(grid, header, *row));
    let row = heads.next()?;
    let filled = |row: usize| {
        header.columns.iter().filter_map(|c| grid.columns.get(c.at)).filter(move |c| !c.cell(row).is_empty())
    };
    (row + 1..end).any(|below| filled(below).count() > 1).then(|| {
        let words: Vec<String> = filled(row).map(|c| text::trimmed(&c.cell(row).written()).into_owned()).collect();
        Another { row, words: shortened(&words.join("、")), code: IssueCode::TableBelow }
    })
}

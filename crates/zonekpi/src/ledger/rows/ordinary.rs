//! Which rows are plainly rows of the table, told without a close look at each: no cell of theirs may be a label. Cells
//! are looked at column by column, equal ones once, and what they add to their rows is summed up. A row that is not plain
//! is judged closely; what stands here never sets a row aside.

use std::ops::Range;

use polars::prelude::{PlHashSet, StringChunked};

use super::another::{goes_with_digits, is_value};
use super::label::{SIGNATURES, TOTALS_BEGIN, may_label};
use super::{Makes, is_nothing};
use crate::ledger::cell::{Cell, RawColumn, stand_nowhere};
use crate::ledger::header::Header;
use crate::ledger::side_by_side::{each_text, part_of, side_by_side};
use crate::ledger::source::Grid;
use crate::ledger::text::{self, Alphabet, Bytes};

/// Rows that are looked at together, and from which on a second thread is worth its start.
const MANY: usize = 20_000;

/// How a cell counts for its row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    /// A number, a date, an amount: its row is no header.
    Value,
    /// A word for nothing, or a zero: it makes no row.
    Nothing,
    Plain,
    /// It may be a label, or a word of the header.
    Close,
}

/// What the cells of a row add up to: up to three cells that make it a row, and whether one is a value or may be a label.
#[derive(Clone, Copy, Default)]
struct Sum(u8);

impl Sum {
    const MAKES: u8 = 0b0011;
    const VALUE: u8 = 0b0100;
    const CLOSE: u8 = 0b1000;

    /// What a cell adds, in a column whose cells make a row or do not.
    fn of(look: Look, makes: bool) -> Self {
        Self(match look {
            Look::Close => Self::CLOSE,
            Look::Value => Self::VALUE | u8::from(makes),
            Look::Plain => u8::from(makes),
            Look::Nothing | Look::Empty => 0,
        })
    }

    #[inline]
    fn add(&mut self, Self(cell): Self) {
        let made = (self.0 & Self::MAKES) + (cell & Self::MAKES);
        self.0 = ((self.0 | cell) & !Self::MAKES) | made.min(Self::MAKES);
    }

    fn is_close(self) -> bool {
        self.0 & Self::CLOSE != 0
    }

    /// Whether a row has several cells that make it one, one of them a value, and none that may be a label. Words alone
    /// may be the header of another table.
    #[inline]
    fn is_ordinary(self) -> bool {
        self.0 == Self::MAKES | Self::VALUE
    }
}

/// How cells look beside a header.
struct Looks {
    /// Few cells begin as a label does; those are looked at as a whole.
    begins: Characters,
    header_words: PlHashSet<String>,
}

impl Looks {
    fn of<'a>(columns: impl Iterator<Item = &'a RawColumn> + Clone, header: &Header) -> Self {
        // A repeated header has the words of the header, and nothing else.
        let header_cells = || columns.clone().flat_map(|c| header.header_rows.iter().map(|row| c.cell(*row)));
        let header_words = header_cells().map(|cell| text::word(&cell.written())).collect();
        let mut begins: Vec<char> = SIGNATURES.iter().filter_map(|label| label.chars().next()).collect();
        begins.extend(TOTALS_BEGIN.chars().chain(
            header_cells().filter_map(|cell| if let Cell::Text(words) = cell { first_character(words) } else { None }),
        ));
        Self { begins: Characters::of(begins), header_words }
    }

    fn of_text(&self, words: &str) -> Look {
        let may_be_label = || may_label(words) || self.header_words.contains(&text::word(words));
        match first_character(words) {
            None => Look::Empty,
            Some(first) if self.begins.contains(first) && may_be_label() => Look::Close,
            Some(_) if is_nothing(&Cell::Text(words)) => Look::Nothing,
            Some(_) if is_value(words) => Look::Value,
            Some(_) => Look::Plain,
        }
    }

    /// The look of all texts of an alphabet, where it is surely the same.
    fn of_all(&self, alphabet: &Alphabet) -> Option<Look> {
        /// What stands in numbers, beside digits and other marks.
        static NO_NUMBER: Bytes = Bytes::of(&[(0, b' ' - 1), (b'A', b'Z'), (b'a', b'z'), (0x7F, 0xFF)]);
        // The first character is the one that is looked at, and no label, zero or word for nothing begins with it.
        let says = |first: char| {
            begins_plainly(first) && !self.begins.contains(first) && first != '0' && !text::begins_blank_word(first)
        };
        if !alphabet.all_begin(says) {
            None
        } else if alphabet.all_begin(|first| first.is_ascii_digit()) && alphabet.lacks(&NO_NUMBER) {
            Some(Look::Value)
        } else {
            alphabet.all_begin(|first| !first.is_ascii_digit() && !goes_with_digits(first)).then_some(Look::Plain)
        }
    }

    fn of_cell(&self, cell: &Cell<'_>) -> Look {
        match cell {
            Cell::Text(words) => self.of_text(words),
            cell if cell.is_empty() => Look::Empty,
            cell if is_nothing(cell) => Look::Nothing,
            _ => Look::Value,
        }
    }
}

/// What the cells of a column add to their rows.
enum Adds<'a> {
    /// By the codes of the rows.
    Coded(&'a [u32], Vec<Sum>),
    /// Texts that nearly all differ are looked at in their rows; from a row on they may all add the same.
    Texts { texts: &'a StringChunked, makes: bool, alike: Option<(usize, Sum)> },
}

/// Those of so many rows that are plain, as ranges in order: parts are looked at side by side.
pub(super) fn ordinary(grid: &Grid, header: &Header, rows: Range<usize>) -> Vec<Range<usize>> {
    let own: Vec<(&RawColumn, bool)> =
        header.columns.iter().filter_map(|c| Some((grid.columns.get(c.at)?, Makes::of(c) == Makes::Row))).collect();
    let looks = Looks::of(own.iter().map(|(column, _)| *column), header);
    let many = own.iter().any(|(column, _)| column.looks() > MANY);
    let adds = side_by_side(&own, many, |_, (column, makes)| match column.as_texts() {
        Some(texts) => {
            let look = |(from, alphabet): (usize, &Alphabet)| Some((from, Sum::of(looks.of_all(alphabet)?, *makes)));
            Adds::Texts { texts: texts.all(), makes: *makes, alike: texts.filled_from().and_then(look) }
        }
        None => {
            let sums = column.cells().map(|cell| Sum::of(looks.of_cell(&cell), *makes));
            Adds::Coded(column.codes(), sums.collect())
        }
    });
    // Where a thread broke off all rows are looked at closely, one by one.
    let Some(adds) = adds.into_iter().collect::<Option<Vec<Adds<'_>>>>() else { return Vec::new() };
    let parts: Vec<Range<usize>> = rows.clone().step_by(MANY).map(|from| from..rows.end.min(from + MANY)).collect();
    let held = side_by_side(&parts, rows.len() > MANY, |_, part| {
        if are_ordinary(&adds, part) {
            return vec![part.clone()];
        }
        let mut sums = vec![Sum::default(); part.len()];
        adds.iter().for_each(|column| column.add_to(&mut sums, part, &looks));
        runs(&sums, part.start)
    });
    let mut ordinary: Vec<Range<usize>> = Vec::new();
    for run in held.into_iter().flatten().flatten() {
        match ordinary.last_mut() {
            Some(last) if last.end == run.start => last.end = run.end,
            _ => ordinary.push(run),
        }
    }
    ordinary
}

/// Whether all of these rows are ordinary for what is alike in them.
fn are_ordinary(columns: &[Adds<'_>], rows: &Range<usize>) -> bool {
    let mut sum = Sum::default();
    columns.iter().filter_map(|column| column.alike(rows)).for_each(|alike| sum.add(alike));
    sum.is_ordinary() && columns.iter().all(|column| column.is_never_close(rows))
}

impl Adds<'_> {
    /// What each cell of these rows adds, where all add the same.
    fn alike(&self, rows: &Range<usize>) -> Option<Sum> {
        match self {
            Self::Texts { alike: Some((from, sum)), .. } if *from <= rows.start => Some(*sum),
            _ => None,
        }
    }

    /// Whether no cell of these rows may be a label, as far as it is soon known.
    fn is_never_close(&self, rows: &Range<usize>) -> bool {
        let Self::Coded(codes, of) = self else {
            return self.alike(rows).is_some_and(|sum| !sum.is_close());
        };
        // Of the distinct cells those of the header, and few others, may be labels.
        let close = (0..).zip(of).filter(|(_, sum)| sum.is_close()).map(|(code, _)| code);
        stand_nowhere(close, codes.get(rows.start..rows.end.min(codes.len())).unwrap_or(&[]))
    }

    fn add_to(&self, sums: &mut [Sum], rows: &Range<usize>, looks: &Looks) {
        match self {
            Self::Coded(codes, of) => {
                for (sum, code) in sums.iter_mut().zip(codes.iter().skip(rows.start)) {
                    sum.add(of.get(*code as usize).copied().unwrap_or_default());
                }
            }
            Self::Texts { texts, makes, .. } => match self.alike(rows) {
                Some(alike) => sums.iter_mut().for_each(|sum| sum.add(alike)),
                None => {
                    let mut sums = sums.iter_mut();
                    each_text(&part_of(texts, rows), 0, |_, words| {
                        let look = words.map_or(Look::Empty, |words| looks.of_text(words));
                        sums.next().into_iter().for_each(|sum| sum.add(Sum::of(look, *makes)));
                    });
                }
            },
        }
    }
}

/// The ranges of ordinary rows, of which the first stands at a place.
fn runs(sums: &[Sum], first: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = first;
    for alike in sums.chunk_by(|one, other| one.is_ordinary() == other.is_ordinary()) {
        if alike.first().is_some_and(|sum| sum.is_ordinary()) {
            runs.push(at..at + alike.len());
        }
        at += alike.len();
    }
    runs
}

/// Characters among which another is quickly not found.
struct Characters {
    sorted: Vec<char>,
    /// Whether any of them shares such a place.
    places: [bool; PLACES],
}

const PLACES: usize = 1024;

impl Characters {
    fn of(mut characters: Vec<char>) -> Self {
        characters.sort_unstable();
        let mut places = [false; PLACES];
        for c in &characters {
            places[*c as usize % PLACES] = true;
        }
        Self { sorted: characters, places }
    }

    fn contains(&self, c: char) -> bool {
        self.places[c as usize % PLACES] && self.sorted.binary_search(&c).is_ok()
    }
}

/// Of the forms in full width.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FF5E}')
}

/// Whether a text that begins so begins with what is seen, as it is seen.
fn begins_plainly(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{4E00}'..='\u{9FFF}') || (c.is_alphanumeric() && !is_wide(c))
}

/// The first character that is seen, in half width where it has one, and without a bracket before it.
fn first_character(words: &str) -> Option<char> {
    let first = words.chars().next().filter(|c| begins_plainly(*c));
    first.or_else(|| text::compact(words).chars().next())
}

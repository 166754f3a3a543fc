//! Columns of a file prepared for the kernels page by page, while what was unpacked is still at hand. The values of a
//! page come without the blanks in between; here each is put in its row.

use polars_arrow::bitmap::{Bitmap, BitmapBuilder};

use super::columns::{Bits, Days, MORSEL, NEVER, Numbers, Prepared, Texts};
use super::days::{DayColumn, Near};
use super::filled::in_morsels;
use super::kernel;
use crate::ledger::Kind;
use crate::ledger::batch::{Coder, DAYS, Sort, TypedColumn};
use crate::parquet::{Page, Pages, Plain, Trouble, Values};

/// What stands in each row, and the rows that have a value; `None` is all.
type Rows<T> = (Vec<[T; MORSEL]>, Option<Bits>);

/// A column whose rows stand in these pages, one after the other; `None` where a cell needs a closer look.
///
/// # Errors
///
/// Where the file is damaged, or encoded in a way that is not known here.
pub(super) fn prepared(
    column: &TypedColumn,
    pages: &mut [Pages],
    rows: usize,
    snapshot: i32,
) -> Result<Option<Prepared>, Trouble> {
    match column.sort() {
        Sort::Days => days(column, pages, rows, snapshot),
        Sort::Flags => flags(pages, rows).map(Some),
        Sort::Texts => texts(column, pages, rows),
        Sort::Numbers => numbers(column, pages, rows),
    }
}

fn days(column: &TypedColumn, pages: &mut [Pages], rows: usize, snapshot: i32) -> Result<Option<Prepared>, Trouble> {
    let meanings = meanings(pages, |plain, days| column.days(plain, days).is_some())?;
    let Some(meanings) = meanings else { return Ok(None) };
    // Without a dictionary they may be any.
    let any = meanings.iter().any(Vec::is_empty).then_some([*DAYS.start(), *DAYS.end()]);
    let reached = || meanings.iter().flatten().copied().chain(any.into_iter().flatten());
    let (least, most) = (reached().fold(snapshot, i32::min), reached().fold(snapshot, i32::max));
    let mut plain: Vec<i32> = Vec::new();
    let found = match Near::of(least, most) {
        Some(near) => {
            let tables: Vec<Vec<u16>> =
                meanings.iter().map(|days| days.iter().map(|day| near.cell_of_day(*day)).collect()).collect();
            let plain = |values: Plain<'_>, cells: &mut Vec<u16>| {
                plain.clear();
                let all = column.days(values, &mut plain).is_some();
                cells.extend(plain.iter().map(|day| near.cell_of_day(*day)));
                all && plain.iter().all(|day| (least..=most).contains(day))
            };
            let cells = read(pages, &tables, rows, near.never(), plain, |_| ());
            cells?.map(|(cells, there)| (DayColumn::Near(near, cells), there))
        }
        None => {
            let plain = |values: Plain<'_>, days: &mut Vec<i32>| column.days(values, days).is_some();
            let days = read(pages, &meanings, rows, NEVER, plain, |_| ());
            days?.map(|(days, there)| (DayColumn::Far(days), there))
        }
    };
    Ok(found.map(|(to, there)| {
        let there = there.filter(|_| column.kind == Kind::Date);
        Prepared::Days(Days { from: None, to, there, unreadable: None, ordered: true })
    }))
}

fn numbers(column: &TypedColumn, pages: &mut [Pages], rows: usize) -> Result<Option<Prepared>, Trouble> {
    let level = kernel::level();
    let add = |plain: Plain<'_>, numbers: &mut Vec<i64>| match (plain, column.factor()) {
        (Plain::Short(plain), Some(by)) => {
            kernel::wholes(level, plain, |whole| i32::from_le_bytes(*whole).into(), by, numbers)
        }
        (Plain::Long(plain), Some(by)) => kernel::wholes(level, plain, |whole| i64::from_le_bytes(*whole), by, numbers),
        _ => column.numbers(plain, numbers).is_some(),
    };
    let Some(tables) = meanings(pages, add)? else { return Ok(None) };
    let (mut most, mut all) = (0, 0);
    let measure = |numbers: &[i64]| {
        let measured = kernel::measured(level, numbers);
        (most, all) = (measured.0.max(most), measured.1 + all);
    };
    let found = read(pages, &tables, rows, 0, add, measure)?;
    Ok(found
        .map(|(values, there)| Prepared::Numbers(Numbers { values, there, unreadable: None, most: most.into(), all })))
}

fn texts(column: &TypedColumn, pages: &mut [Pages], rows: usize) -> Result<Option<Prepared>, Trouble> {
    let mut coder = Coder::default();
    let mut tables: Vec<Vec<u32>> = Vec::new();
    for pages in &*pages {
        let Some(dictionary) = pages.dictionary()? else { return Err(Trouble::Unknown) };
        let Some(words) = column.texts(dictionary) else { return Ok(None) };
        tables.push(words.into_iter().map(|word| coder.place(word)).collect());
    }
    let found = read(pages, &tables, rows, coder.names.len() as u32, |_, _| false, |_| ())?;
    Ok(found.map(|(codes, there)| Prepared::Texts(Texts { codes, names: coder.names, there, unreadable: None })))
}

fn flags(pages: &mut [Pages], rows: usize) -> Result<Prepared, Trouble> {
    let (mut yes, mut there) = (BitmapBuilder::with_capacity(rows), BitmapBuilder::with_capacity(rows));
    for pages in pages {
        while let Some(Page { rows: many, there: own, values }) = pages.next_page()? {
            let Values::Bits(values) = values else { return Err(Trouble::Unknown) };
            match &own {
                None => yes.extend_from_bitmap(&values),
                Some(own) => {
                    let mut from = 0;
                    for (word, bits_of_word) in words(own) {
                        let bits = word_at(&values, from);
                        yes.extend_from_slice(&kernel::deposited(bits, word).to_le_bytes(), 0, bits_of_word);
                        from += word.count_ones() as usize;
                    }
                }
            }
            extend(&mut there, many, own.as_ref());
        }
    }
    Ok(Prepared::Flags { yes: in_morsels(&yes.freeze()), there: blanks(there), unreadable: None })
}

/// What the places of dictionaries stand for, none where there is no dictionary; `plain` puts values that stand for
/// themselves behind others, unless one of them needs a closer look: then there is nothing.
fn meanings<T>(
    pages: &[Pages],
    plain: impl Fn(Plain<'_>, &mut Vec<T>) -> bool,
) -> Result<Option<Vec<Vec<T>>>, Trouble> {
    let of_dictionary = |pages: &Pages| {
        let mut found = Vec::new();
        let all = pages.dictionary()?.is_none_or(|dictionary| plain(dictionary, &mut found));
        Ok(all.then_some(found))
    };
    pages.iter().map(of_dictionary).collect()
}

/// What stands in pages, each row with its value, or with `none`. A table has what the places of their dictionary stand
/// for; `plain` puts values that stand for themselves behind others, unless one of them needs a closer look: then there
/// is nothing. `see` is shown the values.
fn read<T: Copy>(
    pages: &mut [Pages],
    tables: &[Vec<T>],
    rows: usize,
    none: T,
    mut plain: impl FnMut(Plain<'_>, &mut Vec<T>) -> bool,
    mut see: impl FnMut(&[T]),
) -> Result<Option<Rows<T>>, Trouble> {
    let mut filling = Filling::new(rows, none);
    let mut there = BitmapBuilder::with_capacity(rows);
    let mut values: Vec<T> = Vec::new();
    for (pages, table) in pages.iter_mut().zip(tables) {
        while let Some(Page { rows: many, there: own, values: stored }) = pages.next_page()? {
            values.clear();
            match stored {
                Values::Places(places) => {
                    places.each(|places| kernel::looked_up(kernel::level(), places, table, &mut values))?;
                }
                Values::Plain(bytes) => {
                    if !plain(bytes, &mut values) {
                        return Ok(None);
                    }
                }
                Values::Bits(_) => return Err(Trouble::Unknown),
            }
            see(&values);
            filling.add(own.as_ref(), &mut values);
            extend(&mut there, many, own.as_ref());
        }
    }
    Ok(Some((filling.finish(), blanks(there))))
}

/// Which rows of another page have a value.
fn extend(there: &mut BitmapBuilder, rows: usize, own: Option<&Bitmap>) {
    match own {
        Some(own) => there.extend_from_bitmap(own),
        None => there.extend_constant(rows, true),
    }
}

/// The rows that have a value; `None` is all.
fn blanks(there: BitmapBuilder) -> Option<Bits> {
    there.into_opt_validity().map(|there| in_morsels(&there))
}

/// Morsels that are filled from the front.
struct Filling<T> {
    whole: Vec<[T; MORSEL]>,
    open: Box<[T; MORSEL]>,
    /// How many rows the open one has.
    at: usize,
    none: T,
    /// The rows of a page that have a value, to be filled anew.
    words: Vec<u64>,
}

impl<T: Copy> Filling<T> {
    fn new(rows: usize, none: T) -> Self {
        Self {
            whole: Vec::with_capacity(rows.div_ceil(MORSEL)),
            open: Box::new([none; MORSEL]),
            at: 0,
            none,
            words: Vec::new(),
        }
    }

    /// The rows of a page, with the values of those that have one.
    fn add(&mut self, there: Option<&Bitmap>, values: &mut Vec<T>) {
        let Some(there) = there else { return self.put(values) };
        // So that 64 can be taken, whatever is left.
        values.resize(values.len() + 64, self.none);
        let (level, none) = (kernel::level(), self.none);
        self.words.clear();
        self.words.extend(words(there).map(|(word, _)| word));
        let (mut from, mut at) = (0, 0);
        while at < self.words.len() {
            let left = there.len() - at * 64;
            let whole = ((MORSEL - self.at) / 64).min(left / 64);
            if whole > 0 {
                let rows = &mut self.open[self.at..self.at + whole * 64];
                from += kernel::spread(level, &self.words[at..at + whole], &values[from..], none, rows);
                self.at += whole * 64;
                at += whole;
                self.close_if_full();
            } else {
                // Of a word that is not whole, or not in one morsel.
                let mut rows = [none; 64];
                from += kernel::spread(level, &self.words[at..=at], &values[from..], none, &mut rows);
                self.put(&rows[..left.min(64)]);
                at += 1;
            }
        }
    }

    fn put(&mut self, mut rows: &[T]) {
        while !rows.is_empty() {
            let many = rows.len().min(MORSEL - self.at);
            let (now, later) = rows.split_at(many);
            self.open[self.at..self.at + many].copy_from_slice(now);
            self.at += many;
            self.close_if_full();
            rows = later;
        }
    }

    fn close_if_full(&mut self) {
        if self.at == MORSEL {
            self.whole.push(*self.open);
            self.at = 0;
        }
    }

    fn finish(mut self) -> Vec<[T; MORSEL]> {
        if self.at > 0 {
            self.open[self.at..].fill(self.none);
            self.whole.push(*self.open);
        }
        self.whole
    }
}

/// The bits of a bitmap, 64 at a time, and how many these are.
fn words(bitmap: &Bitmap) -> impl Iterator<Item = (u64, usize)> {
    let chunks = bitmap.chunks::<u64>();
    let (rest, many) = (chunks.remainder(), bitmap.len() % 64);
    chunks.map(|word| (word, 64)).chain((many > 0).then_some((rest & ((1 << many) - 1), many)))
}

/// The bits of a bitmap from one on, as many as there are.
fn word_at(bitmap: &Bitmap, from: usize) -> u64 {
    let many = bitmap.len().saturating_sub(from).min(64);
    words(&bitmap.clone().sliced(from.min(bitmap.len()), many)).next().map_or(0, |(word, _)| word)
}

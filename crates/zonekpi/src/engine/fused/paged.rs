//! Columns of a file prepared for the kernels some rows at a time, while what was unpacked is still at hand. The values of
//! a page come without the blanks in between; here each is put in its row.

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::NaiveDate;
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};

use super::columns::{Bits, Days, MORSEL, NEVER, Numbers, Prepared, Texts};
use super::days::{DayColumn, Near};
use super::filled::in_morsels;
use super::kernel::{self, Lane, Measured};
use super::typed::{Typed, Used};
use crate::ledger::Kind;
use crate::ledger::batch::{Coder, DAYS, Sort, TypedColumn};
use crate::parquet::{Page, Pages, Plain, Trouble, Unpacker, Values, fitting, keep};
use crate::query::plan::to_epoch;

/// What stands in each row, and the rows that have a value; `None` is all.
type Rows<T> = (Vec<[T; MORSEL]>, Option<Bits>);

/// A column of a file, whose rows stand in pages one after the other: some rows at a time are prepared.
pub(crate) struct TypedPages<'c> {
    column: &'c TypedColumn,
    /// Of each row group one; those before `at` are read.
    pages: Vec<Pages>,
    at: usize,
    way: Way,
}

/// How what is stored becomes a value. Of each row group there is a table of what places in its dictionary stand for; it
/// is empty where there is none.
enum Way {
    Near { near: Near, allowed: RangeInclusive<i32>, tables: Vec<Vec<u16>> },
    Far { tables: Vec<Vec<i32>> },
    Flags,
    Texts { names: Arc<Vec<String>>, tables: Vec<Vec<u32>> },
    Numbers { tables: Vec<Table> },
}

/// The numbers of a dictionary: the first of a room, so many, and the greatest of them.
#[derive(Default)]
struct Table {
    room: Vec<i64>,
    many: usize,
    greatest: i64,
}

/// What takes room, to be used again: by one column after another, some rows after others.
#[derive(Default)]
pub(crate) struct Room {
    pub(crate) unpacker: Unpacker,
    /// Columns that were counted.
    pub(crate) used: Vec<Used>,
    /// Whose first are the values of a page.
    days: Vec<i32>,
    cells: Vec<u16>,
    codes: Vec<u32>,
    numbers: Vec<i64>,
    /// Those of dictionaries, which may be large; the smallest first.
    tables: Vec<Vec<i64>>,
}

impl<'c> TypedPages<'c> {
    /// A column whose rows stand in these pages, one row group after the other.
    ///
    /// # Errors
    ///
    /// Where a value needs a closer look, or the file is damaged or encoded in a way that is not known here.
    pub(crate) fn new(
        column: &'c TypedColumn,
        mut pages: Vec<Pages>,
        snapshot_on: NaiveDate,
        room: &mut Room,
    ) -> Result<Self, Trouble> {
        let way = match column.sort() {
            Sort::Days => {
                let snapshot = i32::try_from(to_epoch(snapshot_on)).map_err(|_| Trouble::Unknown)?;
                days(column, &pages, snapshot)?
            }
            Sort::Flags => Way::Flags,
            Sort::Texts => texts(column, &pages)?,
            Sort::Numbers => {
                let convert = converting(column);
                let table = |dictionary: Plain<'_>| {
                    let many = dictionary.at_least();
                    let mut table = fitting(&mut room.tables, many);
                    let (greatest, _) = convert(dictionary, &mut table)?;
                    Some(Table { room: table, many, greatest })
                };
                Way::Numbers { tables: of_dictionaries(&pages, table)? }
            }
        };
        pages.iter_mut().for_each(|pages| pages.forget_dictionary(&mut room.unpacker));
        Ok(Self { column, pages, at: 0, way })
    }

    /// Gives back what takes room.
    pub(crate) fn close(mut self, room: &mut Room) {
        self.pages.iter_mut().for_each(|pages| pages.close(&mut room.unpacker));
        if let Way::Numbers { tables } = self.way {
            tables.into_iter().for_each(|table| keep(&mut room.tables, table.room));
        }
    }

    /// How many texts there may be.
    pub(crate) fn names(&self) -> usize {
        if let Way::Texts { names, .. } = &self.way { names.len() } else { 0 }
    }

    /// The next rows, so many; they take the place of others of the column, if these are among those that were used.
    ///
    /// # Errors
    ///
    /// As [`new`](TypedPages::new).
    pub(crate) fn next_rows(&mut self, rows: usize, room: &mut Room) -> Result<Typed, Trouble> {
        let others = room.used.iter().position(|other| other.name == self.column.name);
        let others = others.map(|at| room.used.swap_remove(at).prepared);
        let prepared = self.prepared(rows, others, room)?;
        Ok(Typed::new(self.column, prepared, rows))
    }

    fn prepared(&mut self, rows: usize, others: Option<Prepared>, room: &mut Room) -> Result<Prepared, Trouble> {
        let Self { column, pages, at, way } = self;
        let Room { unpacker, days, cells, codes, numbers, .. } = room;
        let mut pages = Next { pages, at, left: rows, unpacker };
        Ok(match way {
            Way::Near { near, allowed, tables } => {
                let plain = |values: Plain<'_>, cells: &mut Vec<u16>| {
                    days.clear();
                    cells.clear();
                    let all = column.days(values, days).is_some();
                    cells.extend(days.iter().map(|day| near.cell_of_day(*day)));
                    all && days.iter().all(|day| allowed.contains(day))
                };
                let before = match others {
                    Some(Prepared::Days(Days { to: DayColumn::Near(_, cells), .. })) => cells,
                    _ => Vec::new(),
                };
                let filling = Filling::new(rows, near.never(), before);
                let (cells, there) = read(&mut pages, of(tables), cells, filling, plain, |_, _| ())?;
                days_of(column, DayColumn::Near(*near, cells), there)
            }
            Way::Far { tables } => {
                let plain = |values: Plain<'_>, days: &mut Vec<i32>| {
                    days.clear();
                    column.days(values, days).is_some()
                };
                let filling = Filling::new(rows, NEVER, Vec::new());
                let (days, there) = read(&mut pages, of(tables), days, filling, plain, |_, _| ())?;
                days_of(column, DayColumn::Far(days), there)
            }
            Way::Flags => flags(&mut pages)?,
            Way::Texts { names, tables } => {
                // Texts that stand for themselves are not had from pages.
                let plain = |_: Plain<'_>, _: &mut Vec<u32>| false;
                let before = if let Some(Prepared::Texts(texts)) = others { texts.codes } else { Vec::new() };
                let filling = Filling::new(rows, names.len() as u32, before);
                let (codes, there) = read(&mut pages, of(tables), codes, filling, plain, |_, _| ())?;
                Prepared::Texts(Texts { codes, names: Arc::clone(names), there, unreadable: None })
            }
            Way::Numbers { tables } => {
                let measured = Cell::new((0, 0));
                let more = |(most, all): Measured| {
                    let before: Measured = measured.get();
                    measured.set((before.0.max(most), before.1 + all));
                };
                let add = converting(column);
                let plain = |plain: Plain<'_>, numbers: &mut Vec<i64>| add(plain, numbers).map(&more).is_some();
                let of_places = |numbers: &[i64], group: usize| {
                    let bound = tables.get(group).and_then(|table| bound(table.greatest, numbers.len()));
                    more(bound.unwrap_or_else(|| kernel::measured(kernel::level(), numbers)));
                };
                let before = if let Some(Prepared::Numbers(numbers)) = others { numbers.values } else { Vec::new() };
                let filling = Filling::new(rows, 0, before);
                let table = |group: usize| tables.get(group).and_then(|table| table.room.get(..table.many));
                let table = |group: usize| table(group).unwrap_or_default();
                let (values, there) = read(&mut pages, table, numbers, filling, plain, of_places)?;
                let (most, all) = measured.get();
                Prepared::Numbers(Numbers { values, there, unreadable: None, most: most.into(), all })
            }
        })
    }
}

/// The table of each row group.
fn of<'t, T>(tables: &'t [Vec<T>]) -> impl Fn(usize) -> &'t [T] {
    |group| tables.get(group).map_or(&[], Vec::as_slice)
}

/// The measure of so many numbers, by the greatest that they may be; `None` where that is so great that it could make
/// them seem more than the engine can sum, though most are less.
fn bound(greatest: i64, many: usize) -> Option<Measured> {
    const MANY: i64 = 64 * MORSEL as i64;
    let sum = greatest.checked_mul(i64::try_from(many).ok()?)?;
    (greatest <= i64::MAX / MANY).then_some((greatest, sum.into()))
}

fn days_of(column: &TypedColumn, to: DayColumn, there: Option<Bits>) -> Prepared {
    let there = there.filter(|_| column.kind == Kind::Date);
    Prepared::Days(Days { from: None, to, there, unreadable: None, ordered: true })
}

/// The next rows of row groups that follow each other.
struct Next<'p> {
    pages: &'p mut [Pages],
    at: &'p mut usize,
    left: usize,
    unpacker: &'p mut Unpacker,
}

impl Next<'_> {
    /// Those of one page, and the number of their row group; `None` where all were had.
    ///
    /// # Errors
    ///
    /// Also where there are fewer.
    fn page(&mut self) -> Result<Option<(usize, Page<'_>)>, Trouble> {
        if self.left == 0 {
            return Ok(None);
        }
        while self.pages.get(*self.at).is_some_and(Pages::is_done) {
            *self.at += 1;
        }
        let pages = self.pages.get_mut(*self.at).ok_or_else(Trouble::cut_off)?;
        let page = pages.next_rows(self.left, self.unpacker)?.ok_or_else(Trouble::cut_off)?;
        self.left -= page.rows;
        Ok(Some((*self.at, page)))
    }
}

fn days(column: &TypedColumn, pages: &[Pages], snapshot: i32) -> Result<Way, Trouble> {
    let meanings = of_dictionaries(pages, |dictionary| {
        let mut days = Vec::with_capacity(dictionary.at_least());
        column.days(dictionary, &mut days).map(|()| days)
    })?;
    // Without a dictionary they may be any.
    let any = meanings.iter().any(Vec::is_empty).then_some([*DAYS.start(), *DAYS.end()]);
    let reached = || meanings.iter().flatten().copied().chain(any.into_iter().flatten());
    let (least, most) = (reached().fold(snapshot, i32::min), reached().fold(snapshot, i32::max));
    Ok(match Near::of(least, most) {
        Some(near) => {
            let cells = |days: &Vec<i32>| days.iter().map(|day| near.cell_of_day(*day)).collect();
            let tables = meanings.iter().map(cells).collect();
            Way::Near { near, allowed: least..=most, tables }
        }
        None => Way::Far { tables: meanings },
    })
}

/// The first of values, so many, to be written over; there may be more behind them, for it takes time to fill a room
/// anew that was smaller in between.
fn first<T: Copy>(values: &mut Vec<T>, many: usize, none: T) -> &mut [T] {
    if values.capacity() < many {
        *values = vec![none; many];
    }
    values.resize(values.len().max(many), none);
    &mut values[..many]
}

/// Makes numbers of what is stored, the first of a room; `None` where one of them needs a closer look.
fn converting(column: &TypedColumn) -> impl Fn(Plain<'_>, &mut Vec<i64>) -> Option<Measured> {
    let (level, factor, conversion) = (kernel::level(), column.factor(), column.floats());
    let whole = move |whole: i64| {
        let (factor, most) = factor.unwrap_or_default();
        (whole.wrapping_mul(factor), (0..=most).contains(&whole))
    };
    move |plain, numbers| {
        let room = first(numbers, plain.at_least(), 0);
        let simple = match (plain, factor, conversion) {
            (Plain::Short(plain), Some(_), _) => {
                kernel::converted(level, plain, |stored| whole(i32::from_le_bytes(*stored).into()), room)
            }
            (Plain::Long(plain), Some(_), _) => {
                kernel::converted(level, plain, |stored| whole(i64::from_le_bytes(*stored)), room)
            }
            (Plain::Floats(plain), _, Some(conversion)) => {
                kernel::converted(level, plain, |stored| conversion.surely(f64::from_le_bytes(*stored)), room)
            }
            _ => None,
        };
        simple.or_else(|| {
            numbers.clear();
            column.numbers(plain, numbers)?;
            Some(kernel::measured(level, numbers))
        })
    }
}

fn texts(column: &TypedColumn, pages: &[Pages]) -> Result<Way, Trouble> {
    let mut coder = Coder::default();
    let mut tables: Vec<Vec<u32>> = Vec::new();
    for pages in pages {
        let Some(dictionary) = pages.dictionary()? else { return Err(Trouble::Unknown) };
        let words = column.texts(dictionary).ok_or(Trouble::Doubtful)?;
        tables.push(words.into_iter().map(|word| coder.place(word)).collect());
    }
    Ok(Way::Texts { names: Arc::new(coder.names), tables })
}

fn flags(pages: &mut Next<'_>) -> Result<Prepared, Trouble> {
    let rows = pages.left;
    let (mut yes, mut there) = (BitmapBuilder::with_capacity(rows), BitmapBuilder::with_capacity(rows));
    while let Some((_, Page { rows: many, there: own, values })) = pages.page()? {
        let Values::Bits(values) = values else { return Err(Trouble::Unknown) };
        match &own {
            None => yes.extend_from_bitmap(&values),
            Some(own) => {
                let values: Vec<u64> = words(&values).map(|(word, _)| word).collect();
                let (mut from, mut bytes) = (0, Vec::with_capacity(many.div_ceil(64) * 8));
                for (word, _) in words(own) {
                    bytes.extend_from_slice(&kernel::deposited(bits_at(&values, from), word).to_le_bytes());
                    from += word.count_ones() as usize;
                }
                yes.extend_from_slice(&bytes, 0, many);
            }
        }
        extend(&mut there, many, own.as_ref());
    }
    Ok(Prepared::Flags { yes: in_morsels(&yes.freeze()), there: blanks(there), unreadable: None })
}

/// What `meant` makes of each dictionary, unless one of its values needs a closer look; nothing where there is none.
fn of_dictionaries<T: Default>(
    pages: &[Pages],
    mut meant: impl FnMut(Plain<'_>) -> Option<T>,
) -> Result<Vec<T>, Trouble> {
    let of_pages = |pages: &Pages| match pages.dictionary()? {
        Some(dictionary) => meant(dictionary).ok_or(Trouble::Doubtful),
        None => Ok(T::default()),
    };
    pages.iter().map(of_pages).collect()
}

/// What stands in pages, each row with its value. A table has what the places of a row group's dictionary stand for,
/// and `of_places` is shown such values and which table it was; `plain` makes them of values that stand for themselves, the
/// first of a room, unless one of them needs a closer look.
fn read<'t, T: Lane + 't>(
    pages: &mut Next<'_>,
    table: impl Fn(usize) -> &'t [T],
    values: &mut Vec<T>,
    mut filling: Filling<T>,
    mut plain: impl FnMut(Plain<'_>, &mut Vec<T>) -> bool,
    mut of_places: impl FnMut(&[T], usize),
) -> Result<Rows<T>, Trouble> {
    let rows = pages.left;
    let mut there = BitmapBuilder::with_capacity(rows);
    while let Some((group, Page { rows: many, there: own, values: stored })) = pages.page()? {
        match stored {
            Values::Places(places) => {
                let table = table(group);
                let values = first(values, places.many(), filling.none);
                let mut left = &mut *values;
                places.each(|places| {
                    let Some(now) = left.split_off_mut(..places.len()) else { return false };
                    kernel::looked_up(kernel::level(), places, table, now)
                })?;
                of_places(values, group);
            }
            Values::Plain(bytes) => {
                if !plain(bytes, values) {
                    return Err(Trouble::Doubtful);
                }
            }
            Values::Bits(_) => return Err(Trouble::Unknown),
        }
        filling.add(many, own.as_ref(), values);
        extend(&mut there, many, own.as_ref());
    }
    Ok((filling.finish(), blanks(there)))
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

/// Rows that are filled from the front.
struct Filling<T> {
    rows: Vec<[T; MORSEL]>,
    at: usize,
    none: T,
    /// The rows of a page that have a value, to be filled anew.
    words: Vec<u64>,
}

impl<T: Lane> Filling<T> {
    /// So many rows, in the room that others had; those without a value are `none`.
    fn new(many: usize, none: T, mut room: Vec<[T; MORSEL]>) -> Self {
        room.resize(many.div_ceil(MORSEL), [none; MORSEL]);
        Self { rows: room, at: 0, none, words: Vec::new() }
    }

    /// So many rows of a page, with the values of those that have one, which are the first of these.
    fn add(&mut self, many: usize, there: Option<&Bitmap>, values: &mut Vec<T>) {
        let rows = self.rows.as_flattened_mut().get_mut(self.at..).unwrap_or_default();
        self.at += many;
        let Some(there) = there else {
            for (row, value) in rows.iter_mut().zip(&values[..many.min(values.len())]) {
                *row = *value;
            }
            return;
        };
        self.words.clear();
        self.words.extend(words(there).map(|(word, _)| word));
        let set: usize = self.words.iter().map(|word| word.count_ones() as usize).sum();
        // So that 64 can be taken, whatever is left.
        values.resize(values.len().max(set + 64), self.none);
        let (whole, last) = self.words.split_at(many / 64);
        let from = kernel::spread(kernel::level(), whole, values, self.none, rows);
        let mut rest = [self.none; 64];
        kernel::spread(kernel::level(), last, &values[from..], self.none, &mut rest);
        for (row, value) in rows.iter_mut().take(many).skip(whole.len() * 64).zip(rest) {
            *row = value;
        }
    }

    /// All rows, and none behind them.
    fn finish(mut self) -> Vec<[T; MORSEL]> {
        self.rows.as_flattened_mut().get_mut(self.at..).unwrap_or_default().fill(self.none);
        self.rows
    }
}

/// The bits of a bitmap, 64 at a time, and how many these are.
fn words(bitmap: &Bitmap) -> impl Iterator<Item = (u64, usize)> {
    let chunks = bitmap.chunks::<u64>();
    let (rest, many) = (chunks.remainder(), bitmap.len() % 64);
    chunks.map(|word| (word, 64)).chain((many > 0).then_some((rest & ((1 << many) - 1), many)))
}

/// The 64 bits from one on, 0 behind the last.
fn bits_at(words: &[u64], from: usize) -> u64 {
    let word = |at: usize| words.get(at).copied().unwrap_or(0);
    let (at, shift) = (from / 64, from % 64);
    word(at) >> shift | word(at + 1) << 1 << (63 - shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_filled_whatever_stood_in_the_room() {
        // So many rows, of which every so many-th is blank; of the first all are, where it is 1.
        let pages = [(1, 1), (63, 3), (64, 100), (65, 2), (4_000, 5), (130, 1), (4_096, 7), (5, 100)];
        let rows: usize = pages.iter().map(|(rows, _)| rows).sum();
        let mut filling = Filling::new(rows, -1i64, vec![[9; MORSEL]; 1]);
        let (mut expected, mut next, mut values) = (Vec::new(), 0, vec![7; 300]);
        for (many, blank_every) in pages {
            let there: Vec<bool> = (1..=many).map(|row: usize| !row.is_multiple_of(blank_every)).collect();
            let set = there.iter().filter(|there| **there).count();
            first(&mut values, set, 7).iter_mut().zip(next..).for_each(|(value, number)| *value = number);
            let mut numbers = next..;
            expected.extend(there.iter().map(|there| if *there { numbers.next().unwrap_or(-2) } else { -1 }));
            next += set as i64;
            let bitmap: Bitmap = there.into_iter().collect();
            filling.add(many, (set < many).then_some(&bitmap), &mut values);
        }
        let found = filling.finish();
        assert!(found.as_flattened()[..rows] == expected);
        assert!(found.as_flattened()[rows..].iter().all(|row| *row == -1));
    }

    #[test]
    fn numbers_that_may_be_great_are_looked_at() {
        assert_eq!(bound(500, 3), Some((500, 1_500)));
        assert_eq!(bound(0, 0), Some((0, 0)));
        assert_eq!(bound(1 << 50, 3), None);
        assert_eq!(bound(i64::MAX, 2), None);
    }

    #[test]
    fn bits_are_taken_from_any_place() {
        let words = [0x8000_0000_0000_0001, 0b101];
        assert_eq!(
            [0, 1, 63, 64, 66, 200].map(|from| bits_at(&words, from)),
            [words[0], (1 << 62) | (1 << 63), 0b1011, 0b101, 1, 0]
        );
    }
}

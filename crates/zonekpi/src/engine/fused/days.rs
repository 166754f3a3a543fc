//! Days as the kernels read them. Where those of a column lie within 179 years, each takes 16 bits: that is half of what
//! must be read from memory, and twice as many are compared at a time.

use super::Unfit;
use super::columns::{ALWAYS, MORSEL, NEVER, values};

/// The first or the last days that rows may have.
#[derive(PartialEq, Eq)]
pub(super) enum DayColumn {
    Near(Near, Vec<[u16; MORSEL]>),
    Far(Vec<[i32; MORSEL]>),
}

/// Days from a first one on, counted from 1; before them stands [`ALWAYS`], after them [`NEVER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    first: i32,
    never: u16,
}

/// The days of a morsel.
#[derive(Clone, Copy)]
pub(super) enum DayCells<'a> {
    Near(Near, &'a [u16; MORSEL]),
    Far(&'a [i32; MORSEL]),
}

impl Near {
    /// Days from `least` to `most`, if they are near enough.
    pub(super) fn of(least: i32, most: i32) -> Option<Self> {
        let days = most.checked_sub(least)?.checked_add(1)?;
        Some(Self { first: least, never: u16::try_from(days.max(0)).ok()?.checked_add(1)? })
    }

    /// The cell of a day that never comes.
    pub(super) fn never(self) -> u16 {
        self.never
    }

    /// The cell of a day that is one of them.
    pub(super) fn cell(self, day: i32) -> u16 {
        match day {
            ALWAYS => 0,
            NEVER => self.never,
            day => self.cell_of_day(day),
        }
    }

    /// The cell of a day that is one of them, and neither always nor never; of another day, any cell.
    pub(super) fn cell_of_day(self, day: i32) -> u16 {
        day.wrapping_sub(self.first).wrapping_add(1) as u16
    }

    pub(super) fn day(self, cell: u16) -> i32 {
        match cell {
            0 => ALWAYS,
            cell if cell == self.never => NEVER,
            cell => self.first + i32::from(cell) - 1,
        }
    }

    /// The days of all cells, in order.
    pub(super) fn days(self) -> impl Iterator<Item = i32> {
        (0..=self.never).map(move |cell| self.day(cell))
    }

    /// The cells of the days in [low, high]; the first is after the last where there are none.
    pub(super) fn between(self, low: i32, high: i32) -> (u16, u16) {
        // As far as days and their neighbours are, nothing wraps.
        let place = |day: i32| (i64::from(day) - i64::from(self.first) + 1).clamp(0, i64::from(self.never));
        let (last, never) = (i64::from(self.never) - 1, i64::from(self.never));
        let from = match low {
            low if low <= ALWAYS => 0,
            low if low > NEVER => return (1, 0),
            low => place(low).max(1),
        };
        let to = match high {
            high if high >= NEVER => never,
            high if high < ALWAYS => return (1, 0),
            high => place(high).min(last),
        };
        (from as u16, to as u16)
    }
}

impl DayColumn {
    /// A day for each row, all of them from `least` to `most`, always or never.
    pub(super) fn of(rows: usize, (least, most): (i32, i32), day: impl Fn(usize) -> i32 + Sync) -> Result<Self, Unfit> {
        Ok(match Near::of(least, most) {
            Some(near) => Self::Near(near, values(rows, near.never, |row| near.cell(day(row)))?),
            None => Self::Far(values(rows, NEVER, day)?),
        })
    }

    /// The days of other rows: `far` for those that have no place here.
    pub(super) fn taken(
        &self,
        rows: usize,
        far: i32,
        place: impl Fn(usize) -> Option<usize> + Sync,
    ) -> Result<Self, Unfit> {
        Ok(match self {
            Self::Near(near, cells) => {
                let taken = |row: usize| place(row).map_or(near.cell(far), |at| cells[at / MORSEL][at % MORSEL]);
                Self::Near(*near, values(rows, near.never, taken)?)
            }
            Self::Far(days) => {
                Self::Far(values(rows, NEVER, |row| place(row).map_or(far, |at| days[at / MORSEL][at % MORSEL]))?)
            }
        })
    }

    pub(super) fn morsel(&self, morsel: usize) -> DayCells<'_> {
        match self {
            Self::Near(near, cells) => DayCells::Near(*near, &cells[morsel]),
            Self::Far(days) => DayCells::Far(&days[morsel]),
        }
    }

    /// Whether no day lies after that of another column made of the same least and most day.
    pub(super) fn at_most(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Near(_, own), Self::Near(_, other)) => {
                own.iter().flatten().zip(other.iter().flatten()).all(|(a, b)| a <= b)
            }
            (Self::Far(own), Self::Far(other)) => own.iter().flatten().zip(other.iter().flatten()).all(|(a, b)| a <= b),
            _ => false,
        }
    }

    /// How near its days are.
    pub(super) fn near(&self) -> Option<Near> {
        match self {
            Self::Near(near, _) => Some(*near),
            Self::Far(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_between_any_bounds() {
        let near = Near::of(100, 110).expect("near");
        let days = || [ALWAYS, NEVER].into_iter().chain(100..=110);
        assert!(days().all(|day| near.day(near.cell(day)) == day));
        assert!(near.days().is_sorted() && near.days().count() == 13);
        let bounds = [i32::MIN, ALWAYS - 1, ALWAYS, -5, 99, 100, 101, 110, 111, 500, NEVER, NEVER + 1, i32::MAX];
        for (low, high) in bounds.into_iter().flat_map(|low| bounds.map(|high| (low, high))) {
            let (from, to) = near.between(low, high);
            for day in days() {
                let (cell, inside) = (near.cell(day), low <= day && day <= high);
                assert_eq!(from <= cell && cell <= to, inside, "{day} in {low}..={high}: {from}..={to}");
            }
        }
    }

    #[test]
    fn days_that_are_far_apart_are_not_near() {
        assert!(Near::of(0, 65_533).is_some_and(|near| near.never == u16::MAX && near.day(65_534) == 65_533));
        assert!(Near::of(0, 65_534).is_none() && Near::of(i32::MIN, i32::MAX).is_none());
        assert_eq!(Near::of(5, 4).map(|near| near.days().collect::<Vec<_>>()), Some(vec![ALWAYS, NEVER]));
    }

    #[test]
    fn rows_without_a_place_are_far() {
        for most in [9, 100_000] {
            let column = DayColumn::of(3, (7, most), |row| 7 + row as i32).expect("a column");
            assert_eq!(column.near().is_some(), most == 9);
            let taken = column.taken(2, ALWAYS, |row| (row == 1).then_some(2)).expect("a column");
            let days: Vec<i32> = match taken.morsel(0) {
                DayCells::Near(near, cells) => cells[..3].iter().map(|cell| near.day(*cell)).collect(),
                DayCells::Far(days) => days[..3].to_vec(),
            };
            assert_eq!(days, [ALWAYS, 9, NEVER]);
        }
    }
}

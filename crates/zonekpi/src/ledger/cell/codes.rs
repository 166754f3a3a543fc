//! Which distinct cell each row holds: a run of codes that several columns may share.

use std::ops::Deref;

use polars::prelude::{PlSmallStr, UInt32Chunked};

use super::Chosen;

/// The codes of some rows that follow one another. Polars takes them as places without a copy.
#[derive(Clone, Debug)]
pub(crate) struct Codes(UInt32Chunked);

impl Default for Codes {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<u32>> for Codes {
    fn from(codes: Vec<u32>) -> Self {
        Self(UInt32Chunked::from_vec(PlSmallStr::EMPTY, codes))
    }
}

impl Deref for Codes {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        self.0.cont_slice().unwrap_or(&[])
    }
}

impl Codes {
    /// The codes as places in a column of the distinct cells.
    pub(crate) fn places(&self) -> &UInt32Chunked {
        &self.0
    }

    /// The codes of these rows, which rise; of rows that follow one another they are not copied. A row that has no code
    /// is blank.
    pub(super) fn select(&self, rows: &Chosen) -> Self {
        match rows.run() {
            Some(run) if run.end <= self.len() => {
                Self(self.0.slice(i64::try_from(run.start).unwrap_or(i64::MAX), run.len()))
            }
            _ => {
                let codes: &[u32] = self;
                rows.iter().map(|row| codes.get(row).copied().unwrap_or(0)).collect::<Vec<u32>>().into()
            }
        }
    }

    /// The same codes with one repeated over a range of rows.
    pub(super) fn filled(&self, from: usize, to: usize) -> Self {
        let mut codes = self.to_vec();
        if let Some(code) = codes.get(from).copied() {
            codes.iter_mut().take(to + 1).skip(from).for_each(|slot| *slot = code);
        }
        codes.into()
    }
}

/// Whether surely none of these codes stands in any of many rows. It is not sure where they are more than a few.
pub(crate) fn stand_nowhere(mut these: impl Iterator<Item = u32> + Clone, codes: &[u32]) -> bool {
    const FEW: usize = 4;
    // Without a branch, so that many are compared together.
    let stands = |this: u32| codes.iter().fold(false, |any, code| any | (*code == this));
    these.clone().nth(FEW).is_none() && !these.any(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[usize]) -> Chosen {
        rows.to_vec().into()
    }

    #[test]
    fn rows_that_follow_one_another_share_their_codes() {
        let codes = Codes::from(vec![1, 2, 3, 4, 5]);
        let middle = codes.select(&rows(&[1, 2, 3]));
        assert_eq!((&*middle, &*middle.select(&rows(&[1, 2]))), ([2, 3, 4].as_slice(), [3, 4].as_slice()));
        assert!(std::ptr::eq(codes.get(1..4).expect("codes"), &*middle), "they are shared");
        assert_eq!(*codes.select(&rows(&[0, 2, 7])), [1, 3, 0]);
        assert_eq!(*codes.select(&rows(&[3, 4, 5])), [4, 5, 0]);
        assert!(codes.select(&rows(&[])).is_empty());
        assert_eq!(*codes.filled(1, 3), [1, 2, 2, 2, 5]);
        assert_eq!(*codes.filled(4, 9), [1, 2, 3, 4, 5]);
    }
    #[test]
    fn of_a_few_codes_it_is_known_whether_they_stand_in_any_row() {
        let nowhere = |these: &[u32]| stand_nowhere(these.iter().copied(), &[3, 1, 4, 1, 5]);
        assert!(nowhere(&[]) && nowhere(&[0, 2, 6, 7]));
        assert!(!nowhere(&[0, 5]) && !nowhere(&[3]) && !nowhere(&[0, 2, 6, 7, 8]));
    }
}

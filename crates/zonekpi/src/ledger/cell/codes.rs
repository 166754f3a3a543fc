//! Which distinct cell each row holds: a run of codes that several columns may share.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// The codes of some rows that follow one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    all: Arc<Vec<u32>>,
    range: Range<usize>,
}

impl From<Vec<u32>> for Codes {
    fn from(codes: Vec<u32>) -> Self {
        Self { range: 0..codes.len(), all: Arc::new(codes) }
    }
}

impl Deref for Codes {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        self.all.get(self.range.clone()).unwrap_or(&[])
    }
}

impl Codes {
    /// The codes of these rows, which rise; of rows that follow one another they are not copied. A row that has no code
    /// is blank.
    pub(super) fn select(&self, rows: &[usize]) -> Self {
        match run(rows) {
            Some(run) if run.end <= self.len() => {
                let from = self.range.start;
                Self { all: Arc::clone(&self.all), range: from + run.start..from + run.end }
            }
            _ => rows.iter().map(|row| self.get(*row).copied().unwrap_or(0)).collect::<Vec<u32>>().into(),
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

/// Rows that rise, as a range where they follow one another.
pub(super) fn run(rows: &[usize]) -> Option<Range<usize>> {
    let (first, last) = (*rows.first()?, *rows.last()?);
    (last.checked_sub(first)? + 1 == rows.len()).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::Codes;

    #[test]
    fn rows_that_follow_one_another_share_their_codes() {
        let codes = Codes::from(vec![1, 2, 3, 4, 5]);
        let middle = codes.select(&[1, 2, 3]);
        assert_eq!((&*middle, &*middle.select(&[1, 2])), ([2, 3, 4].as_slice(), [3, 4].as_slice()));
        assert!(std::sync::Arc::ptr_eq(&codes.all, &middle.all));
        assert_eq!(*codes.select(&[0, 2, 7]), [1, 3, 0]);
        assert_eq!(*codes.select(&[3, 4, 5]), [4, 5, 0]);
        assert!(codes.select(&[]).is_empty());
        assert_eq!(*codes.filled(1, 3), [1, 2, 2, 2, 5]);
        assert_eq!(*codes.filled(4, 9), [1, 2, 3, 4, 5]);
    }
}

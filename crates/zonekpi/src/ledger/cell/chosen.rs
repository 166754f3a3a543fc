//! Rows that are chosen of a grid: those that are rows of the table. In most sheets they follow one another, and then only the first and the
//! last are held, however many there are.

use std::ops::Range;

/// Chosen rows, in order.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    Run(Range<usize>),
    Rows(Vec<usize>),
}

impl Default for Chosen {
    fn default() -> Self {
        Self::Run(0..0)
    }
}

impl From<Vec<usize>> for Chosen {
    fn from(rows: Vec<usize>) -> Self {
        let mut chosen = Self::default();
        rows.into_iter().for_each(|row| chosen.push(row));
        chosen
    }
}

impl Chosen {
    /// The rows where they follow one another.
    pub(crate) fn run(&self) -> Option<Range<usize>> {
        match self {
            Self::Run(run) => Some(run.clone()),
            Self::Rows(_) => None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Run(run) => run.len(),
            Self::Rows(rows) => rows.len(),
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<usize> {
        match self {
            Self::Run(run) => run.clone().nth(at),
            Self::Rows(rows) => rows.get(at).copied(),
        }
    }

    pub(crate) fn last(&self) -> Option<usize> {
        self.get(self.len().checked_sub(1)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + Clone {
        let (run, rows) = match self {
            Self::Run(run) => (run.clone(), [].as_slice()),
            Self::Rows(rows) => (0..0, rows.as_slice()),
        };
        run.chain(rows.iter().copied())
    }

    pub(crate) fn contains(&self, row: usize) -> bool {
        match self {
            Self::Run(run) => run.contains(&row),
            Self::Rows(rows) => rows.binary_search(&row).is_ok(),
        }
    }

    /// How many rows stand above a row.
    pub(crate) fn above(&self, row: usize) -> usize {
        match self {
            Self::Run(run) => row.clamp(run.start, run.end) - run.start,
            Self::Rows(rows) => rows.partition_point(|other| *other < row),
        }
    }

    /// Chooses a row below these.
    pub(crate) fn push(&mut self, row: usize) {
        self.extend(row..row + 1);
    }

    /// Chooses rows below these.
    pub(crate) fn extend(&mut self, below: Range<usize>) {
        match self {
            Self::Run(run) if run.start == run.end => *run = below,
            Self::Run(run) if run.end == below.start => run.end = below.end,
            Self::Run(run) => *self = Self::Rows(run.clone().chain(below).collect()),
            Self::Rows(rows) => rows.extend(below),
        }
    }

    /// Takes the last row out.
    pub(crate) fn pop(&mut self) -> Option<usize> {
        match self {
            Self::Run(run) => run.next_back(),
            Self::Rows(rows) => rows.pop(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_one_another_are_what_a_list_of_them_is() {
        for rows in [vec![], vec![3], vec![3, 4, 5], vec![3, 4, 7, 8, 11]] {
            let mut chosen = Chosen::from(rows.clone());
            assert_eq!(chosen.run().is_some(), rows.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{rows:?}");
            assert_eq!(chosen.iter().collect::<Vec<_>>(), rows);
            assert_eq!((chosen.len(), chosen.last()), (rows.len(), rows.last().copied()));
            for row in 0..13 {
                assert_eq!(chosen.contains(row), rows.contains(&row), "{row} of {rows:?}");
                assert_eq!(chosen.above(row), rows.iter().filter(|other| **other < row).count(), "{row} of {rows:?}");
                assert_eq!(chosen.get(row), rows.get(row).copied());
            }
            assert_eq!(chosen.pop(), rows.last().copied());
            chosen.push(20);
            chosen.extend(21..23);
            let rest = rows.iter().take(rows.len().saturating_sub(1)).copied();
            assert_eq!(chosen.iter().collect::<Vec<_>>(), rest.chain(20..23).collect::<Vec<_>>());
        }
    }
}

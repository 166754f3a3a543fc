//! How many rows of one group stand close together: what decides whether counters of a byte can hold them, and when
//! they must be emptied.

use super::columns::{MORSEL, WORDS};

/// Words in each part of a morsel.
pub(super) const PART: usize = 4;
/// What a counter of a byte holds.
const FULL: usize = u8::MAX as usize;

/// The greatest number of rows of one group in each part of a morsel, words of one group left out.
pub(super) type Crowd = [u8; WORDS / PART];

/// The words whose rows are all of one group, a bit each, and what is known of the others. The codes are below `width`.
pub(super) fn of(codes: &[u32; MORSEL], width: usize) -> (u64, Crowd) {
    let (words, _) = codes.as_chunks::<64>();
    let mut alike = 0u64;
    let mut crowd = [0u8; WORDS / PART];
    let mut counts = vec![0u32; if width <= MORSEL { width } else { 0 }];
    for (part, (words, most)) in words.as_chunks::<PART>().0.iter().zip(&mut crowd).enumerate() {
        let mut others: [Option<&[u32; 64]>; PART] = [None; PART];
        for (at, (codes, other)) in words.iter().zip(&mut others).enumerate() {
            if codes.iter().all(|code| *code == codes[0]) {
                alike |= 1 << (part * PART + at);
            } else {
                *other = Some(codes);
            }
        }
        // A word that is not of one group has at most 63 rows of it, so four of them have fewer than 256.
        *most = if counts.is_empty() { greatest(&others) } else { greatest_counted(&others, part, &mut counts) };
    }
    (alike, crowd)
}

/// The greatest number of rows of one group, counted. Of later parts the counters begin where those of earlier ones do
/// not reach, so that nobody has to set them back.
fn greatest_counted(words: &[Option<&[u32; 64]>], part: usize, counts: &mut [u32]) -> u8 {
    let before = (part as u32) << 8;
    let mut most = before;
    for code in words.iter().copied().flatten().flatten() {
        let count = &mut counts[*code as usize];
        *count = before.max(*count) + 1;
        most = most.max(*count);
    }
    u8::try_from(most - before).unwrap_or(u8::MAX)
}

/// The same of more groups than there may be counters for: rows of one group put together.
fn greatest(words: &[Option<&[u32; 64]>]) -> u8 {
    let mut codes: Vec<u32> = words.iter().copied().flatten().flatten().copied().collect();
    codes.sort_unstable();
    let run = codes.chunk_by(|a, b| a == b).map(<[u32]>::len).max().unwrap_or(0);
    u8::try_from(run).unwrap_or(u8::MAX)
}

/// Whether counters of a byte are emptied seldom enough to pay, for so many groups.
pub(super) fn pays(crowds: &[Crowd], groups: usize) -> bool {
    let times = crowds.iter().flatten().map(|most| usize::from(*most)).sum::<usize>() / FULL;
    times.saturating_mul(groups) <= crowds.len() * MORSEL
}

/// How many rows of one group counters of a byte may hold.
#[derive(Clone, Copy, Default)]
pub(super) struct Filled(usize);

impl Filled {
    /// Adds a part of a morsel, and tells whether counters must be emptied before.
    pub(super) fn up(&mut self, most: u8) -> bool {
        let most = usize::from(most);
        let full = self.0 + most > FULL;
        self.0 = if full { most } else { self.0 + most };
        full
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_group_are_looked_at_in_parts() {
        let mut codes = [7; MORSEL];
        // Part 1: a word of many groups, and one with a single row of another.
        for (at, code) in codes[320..384].iter_mut().enumerate() {
            *code = at as u32 / 5;
        }
        codes[400] = 3;
        // Counted, and put together.
        for width in [14, MORSEL + 1] {
            let (alike, crowd) = of(&codes, width);
            assert_eq!(alike, !(0b11 << 5));
            assert_eq!(crowd[..3], [0, 63 + 5, 0]);
        }
        // All but one row of each word.
        let mut codes = [7; MORSEL];
        codes.iter_mut().step_by(64).for_each(|code| *code = 1);
        for width in [8, MORSEL + 1] {
            assert_eq!(of(&codes, width), (0, [252; WORDS / PART]));
        }
    }

    #[test]
    fn counters_are_emptied_before_they_are_too_full() {
        let mut filled = Filled::default();
        assert_eq!([200, 55, 1, 254, 0, 1].map(|most| filled.up(most)), [false, false, true, false, false, true]);
    }

    #[test]
    fn few_groups_or_few_rows_of_each_pay() {
        let crowd = |most| vec![[most; WORDS / PART]; 10];
        assert!(pays(&crowd(252), 200) && pays(&crowd(2), 20_000));
        assert!(!pays(&crowd(252), 2_000) && !pays(&crowd(2), 100_000));
    }
}

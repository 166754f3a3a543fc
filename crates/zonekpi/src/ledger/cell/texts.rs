//! The cells of a column of texts that nearly all differ, one below the other, with what they are made of.

use std::sync::Arc;

use polars::prelude::{ChunkFullNull, PlSmallStr, StringChunked, StringChunkedBuilder};

use super::Chosen;
use crate::error::Result;
use crate::ledger::text::Alphabet;

/// Rows at the head of a sheet, whose texts are in no alphabet: headers stand there, which are made of other characters
/// than what stands below them.
const HEAD: usize = 100;

/// Texts as they come.
pub(super) struct Taken {
    texts: StringChunkedBuilder,
    length: usize,
    /// What those below the head are made of.
    alphabet: Alphabet,
}

impl Taken {
    pub(super) fn new(most: usize) -> Self {
        let texts = StringChunkedBuilder::new(PlSmallStr::EMPTY, most);
        Self { texts, length: 0, alphabet: Alphabet::none() }
    }

    #[inline]
    pub(super) fn push(&mut self, text: &str) {
        if text.is_empty() {
            self.texts.append_null();
        } else {
            self.texts.append_value(text);
            if self.length >= HEAD {
                self.alphabet.add(text);
            }
        }
        self.length += 1;
    }
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Blank cells up to a length.
    pub(super) fn pad(&mut self, length: usize) {
        (self.length..length).for_each(|_| self.push(""));
    }

    pub(super) fn finish(self) -> Texts {
        Texts { texts: self.texts.finish(), alphabet: Arc::new(self.alphabet), from: HEAD }
    }
}

/// Texts that nearly all differ; one that is null is a blank cell.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    texts: StringChunked,
    /// What they are made of, from a row on.
    alphabet: Arc<Alphabet>,
    from: usize,
}

impl Texts {
    /// Blank cells.
    pub(super) fn blank(rows: usize) -> Self {
        let texts = StringChunked::full_null(PlSmallStr::EMPTY, rows);
        Self { texts, alphabet: Arc::new(Alphabet::none()), from: HEAD }
    }

    /// Other texts below these, of which the head is then none any more.
    pub(super) fn append(&mut self, below: Self) -> Result<()> {
        let before = self.texts.len();
        let alphabet = Arc::make_mut(&mut self.alphabet);
        let head = below.texts.iter().take(HEAD).enumerate().filter(|(row, _)| before + row >= HEAD);
        head.filter_map(|(_, text)| text).for_each(|text| alphabet.add(text));
        alphabet.append(&below.alphabet);
        if before == 0 {
            self.texts = below.texts;
        } else {
            self.texts.append_owned(below.texts)?;
        }
        Ok(())
    }

    /// All of them.
    pub(crate) fn all(&self) -> &StringChunked {
        &self.texts
    }

    /// Those that have to be looked at one by one, from the first on: where their alphabet says that all of them are
    /// what is looked for, these are the few that it was not made of.
    pub(crate) fn but_for(&self, all_are: impl Fn(&Alphabet) -> bool) -> StringChunked {
        let length = if all_are(&self.alphabet) { self.from } else { self.texts.len() };
        self.texts.slice(0, length)
    }

    /// The row from which on the alphabet holds, where no cell is blank from there on.
    pub(crate) fn filled_from(&self) -> Option<(usize, &Alphabet)> {
        let rest = self.texts.slice(i64::try_from(self.from).ok()?, self.texts.len().saturating_sub(self.from));
        (rest.null_count() == 0).then_some((self.from, &self.alphabet))
    }

    /// Those of these rows only, which rise.
    pub(super) fn select(&self, rows: &Chosen) -> Self {
        let texts = match rows.run() {
            Some(run) if run.end <= self.texts.len() => {
                self.texts.slice(i64::try_from(run.start).unwrap_or(0), run.len())
            }
            _ => rows.iter().map(|row| self.texts.get(row)).collect(),
        };
        let from = rows.above(self.from);
        Self { texts, alphabet: Arc::clone(&self.alphabet), from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: impl IntoIterator<Item = String>) -> Texts {
        let mut taken = Taken::new(0);
        texts.into_iter().for_each(|text| taken.push(&text));
        taken.finish()
    }

    /// How many have to be looked at where those are fine that begin with P.
    fn looked_at(texts: &Texts) -> usize {
        texts.but_for(|alphabet| alphabet.all_begin(|first| first == 'P')).len()
    }

    #[test]
    fn the_head_of_a_sheet_is_in_no_alphabet() {
        let texts = of((0..300).map(|row| if row == 7 { "编号".to_owned() } else { format!("P{row}") }));
        assert_eq!(looked_at(&texts), HEAD);
        assert_eq!(
            looked_at(&of((0..300).map(|row| if row == HEAD { "编号".into() } else { format!("P{row}") }))),
            300
        );
        let rows = Chosen::Run(40..290);
        assert_eq!(looked_at(&texts.select(&rows)), HEAD - 40);
        let rows = Chosen::from((0..290).filter(|row| row % 2 == 0).collect::<Vec<_>>());
        assert_eq!((looked_at(&texts.select(&rows)), texts.select(&rows).texts.len()), (HEAD / 2, 145));
    }

    #[test]
    fn the_head_of_a_part_below_another_is_in_their_alphabet() {
        let plain = |rows: usize| (0..rows).map(|row| format!("P{row}"));
        for (rows, odd, expected) in [(200, 7, 400), (30, 7, HEAD), (30, HEAD - 30, 230), (200, HEAD, 400)] {
            let mut whole = of(plain(rows));
            let below = plain(200).enumerate().map(|(row, text)| if row == odd { "合计".to_owned() } else { text });
            whole.append(of(below)).expect("texts");
            assert_eq!(looked_at(&whole), expected, "{odd} below {rows}");
        }
        let mut whole = Texts::blank(0);
        whole.append(of(plain(200))).expect("texts");
        assert_eq!((looked_at(&whole), whole.all().len()), (HEAD, 200));
    }

    #[test]
    fn a_blank_cell_below_the_head_is_known() {
        let with = |blank: usize| of((0..300).map(|row| if row == blank { String::new() } else { format!("P{row}") }));
        assert!(with(HEAD - 1).filled_from().is_some() && with(HEAD).filled_from().is_none());
    }
}

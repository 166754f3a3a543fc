//! What many texts are made of, noted while they come in: of texts that hold no space and no bracket, and begin as no
//! label does, it is known at once that none of them is odd, without a look at millions of them.

/// Bytes that are looked for together: of most texts it is soon known that they hold none of them.
#[derive(Clone, Debug)]
pub(crate) struct Bytes([bool; 256]);

impl Bytes {
    /// The bytes of these ranges; both ends belong to them.
    pub(crate) const fn of(ranges: &[(u8, u8)]) -> Self {
        let mut are = [false; 256];
        let mut at = 0;
        while at < ranges.len() {
            let mut byte = ranges[at].0 as usize;
            while byte <= ranges[at].1 as usize {
                are[byte] = true;
                byte += 1;
            }
            at += 1;
        }
        Self(are)
    }

    /// Whether a text holds any of them: one pass without branches, over all of it.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        text.bytes().fold(false, |any, byte| any | self.0[byte as usize])
    }
}

/// Characters, each with its own place; beyond the basic plane no more is known than that there are some.
#[derive(Clone, Debug)]
struct Characters {
    are: Vec<bool>,
    beyond: bool,
}

impl Characters {
    const PLACES: usize = 1 << 16;

    fn none() -> Self {
        Self { are: vec![false; Self::PLACES], beyond: false }
    }

    #[inline]
    fn add(&mut self, c: char) {
        match self.are.get_mut(c as usize) {
            Some(slot) => *slot = true,
            None => self.beyond = true,
        }
    }

    /// Whether something holds of all characters, as far as is known.
    fn all(&self, is: impl Fn(char) -> bool) -> bool {
        let seen = (0..).zip(&self.are).filter(|(_, there)| **there);
        !self.beyond && seen.filter_map(|(at, _)| char::from_u32(at)).all(is)
    }
}

/// What texts are made of. None of them is empty.
#[derive(Clone, Debug)]
pub(crate) struct Alphabet {
    bytes: Bytes,
    first: Characters,
    last: Characters,
    shortest: usize,
}

impl Alphabet {
    pub(crate) fn none() -> Self {
        Self { bytes: Bytes::of(&[]), first: Characters::none(), last: Characters::none(), shortest: usize::MAX }
    }

    /// Notes what another text is made of.
    #[inline]
    pub(crate) fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.bytes.0[byte as usize] = true;
        }
        let mut characters = text.chars();
        if let Some(first) = characters.next() {
            self.first.add(first);
            self.last.add(characters.next_back().unwrap_or(first));
        }
        self.shortest = self.shortest.min(text.len());
    }

    /// Notes what other texts are made of.
    pub(crate) fn append(&mut self, other: &Self) {
        self.bytes.0.iter_mut().zip(&other.bytes.0).for_each(|(slot, there)| *slot |= there);
        for (own, other) in [(&mut self.first, &other.first), (&mut self.last, &other.last)] {
            own.are.iter_mut().zip(&other.are).for_each(|(slot, there)| *slot |= there);
            own.beyond |= other.beyond;
        }
        self.shortest = self.shortest.min(other.shortest);
    }

    /// Whether no text holds any of these bytes.
    pub(crate) fn lacks(&self, bytes: &Bytes) -> bool {
        self.bytes.0.iter().zip(&bytes.0).all(|(own, other)| !(own & other))
    }

    /// Whether all texts surely begin so.
    pub(crate) fn all_begin(&self, so: impl Fn(char) -> bool) -> bool {
        self.first.all(so)
    }

    /// Whether all texts surely end so.
    pub(crate) fn all_end(&self, so: impl Fn(char) -> bool) -> bool {
        self.last.all(so)
    }

    /// The least count of bytes that a text has.
    pub(crate) fn shortest(&self) -> usize {
        self.shortest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Alphabet {
        let mut alphabet = Alphabet::none();
        texts.iter().for_each(|text| alphabet.add(text));
        alphabet
    }

    #[test]
    fn an_alphabet_holds_what_its_texts_are_made_of() {
        let mut alphabet = of(&["甲1", "乙22"]);
        assert!(alphabet.lacks(&Bytes::of(&[(b'3', b'9'), (0, b' ')])) && !alphabet.lacks(&Bytes::of(&[(b'2', b'9')])));
        assert!(alphabet.all_begin(|c| "甲乙".contains(c)) && !alphabet.all_begin(|c| c == '甲'));
        assert!(alphabet.all_end(|c| c.is_ascii_digit()));
        assert_eq!(alphabet.shortest(), 4);
        alphabet.append(&of(&["丙"]));
        assert!(!alphabet.all_end(|c| c.is_ascii_digit()) && !alphabet.all_begin(|c| "甲乙".contains(c)));
        assert_eq!(alphabet.shortest(), 3);
    }

    #[test]
    fn of_characters_beyond_the_basic_plane_nothing_is_sure() {
        assert!(!of(&["𠮷a"]).all_begin(|_| true) && of(&["𠮷a"]).all_end(|c| c == 'a'));
    }
}

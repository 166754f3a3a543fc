//! The random source: SplitMix64, whose stream is the same on every platform and in every version.

/// A stream of numbers, told apart by its label so that a change in one table leaves the others as they are.
pub(super) struct Random(u64);

impl Random {
    /// The stream of a label, for the fixed seed of the example.
    pub(super) fn of(label: &str) -> Self {
        const SEED: u64 = 20_240_331;
        // FNV-1a
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(hash ^ SEED)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` − 1.
    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included; `low` where they are reversed.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { low + self.below((high - low) as u64 + 1) as i64 }
    }

    /// True in `percent` of a hundred times.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// True in `permille` of a thousand times.
    pub(super) fn rarely(&mut self, permille: i64) -> bool {
        self.between(1, 1000) <= permille
    }

    /// One of several things.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// One of several things, each as likely as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, of: &[(T, i64)]) -> T {
        let mut rest = self.between(1, of.iter().map(|(_, weight)| weight).sum());
        for (thing, weight) in of {
            rest -= weight;
            if rest <= 0 {
                return *thing;
            }
        }
        of[0].0
    }

    /// Puts things into a random order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

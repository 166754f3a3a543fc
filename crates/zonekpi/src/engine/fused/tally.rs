//! The counters of a series: one for each group and each period in which rows begin or end to count.

use super::columns::{MORSEL, Words};
use super::days::DayCells;
use super::kernel::{self, Lanes4, Lanes8, NOTHING, Summed, UNUSED};
use super::machine::{Arena, Program};
use super::number::Number;
use super::series::{Key, Periods};
use super::truth::Id;

/// Bytes of counters that a thread may hold; more is done in several passes.
const MOST_BYTES: usize = 256 << 20;

/// From so many products on they are counted together: it takes longer for each row than for one of them, and counters
/// for eight.
const TOGETHER: usize = 3;

/// Products of one key: up to eight that are counted together, or four that are summed.
pub(super) struct Job {
    pub(super) key: usize,
    pub(super) products: Vec<usize>,
    /// What is summed over each; none where they are counted.
    pub(super) numbers: Vec<Number>,
}

impl Job {
    /// All products in batches, each of which a thread has the room for; those of one key stand together.
    pub(super) fn batches(products: &[(usize, Id, Option<Number>)], cells: usize) -> Vec<Vec<Self>> {
        let fit = |bytes: usize, lanes: usize| if cells * bytes > MOST_BYTES { 1 } else { lanes };
        let (counted, summed) = (fit(size_of::<Lanes8>(), 8), fit(size_of::<Lanes4>(), 4));
        let mut jobs: Vec<Self> = Vec::new();
        for (at, (key, _, number)) in products.iter().enumerate() {
            let together = if number.is_some() { summed } else { counted };
            let with = jobs.iter_mut().rev().find(|job| {
                number.is_none() == job.numbers.is_empty() && job.key == *key && job.products.len() < together
            });
            match with {
                Some(job) => {
                    job.products.push(at);
                    job.numbers.extend(number);
                }
                None => jobs.push(Self { key: *key, products: vec![at], numbers: number.iter().copied().collect() }),
            }
        }
        let apart = |job: Self| {
            let one = if job.numbers.is_empty() { job.products.len() < TOGETHER } else { job.products.len() < 3 };
            let size = if one { 1 } else { job.products.len() };
            let key = job.key;
            let chunks = job.products.chunks(size).enumerate();
            let part = |(at, products): (usize, &[usize])| Self {
                key,
                products: products.to_vec(),
                numbers: job.numbers.iter().skip(at * size).take(size).copied().collect(),
            };
            chunks.map(part).collect::<Vec<_>>()
        };
        let mut jobs: Vec<Self> = jobs.into_iter().flat_map(apart).collect();
        jobs.sort_by_key(|job| job.key);
        let mut batches: Vec<Vec<Self>> = Vec::new();
        let mut room = 0;
        for job in jobs {
            let bytes = cells * job.bytes();
            match batches.last_mut() {
                Some(batch) if bytes <= room => batch.push(job),
                _ => {
                    batches.push(vec![job]);
                    room = MOST_BYTES;
                }
            }
            room = room.saturating_sub(bytes);
        }
        batches
    }

    fn bytes(&self) -> usize {
        match (self.numbers.len(), self.products.len()) {
            (0, 1) => size_of::<i32>(),
            (0, _) => size_of::<Lanes8>(),
            (1, _) => size_of::<i64>(),
            _ => size_of::<Lanes4>(),
        }
    }
}

/// The cells in which the rows of a morsel begin and end to count.
pub(super) struct Cells {
    /// The number of periods: where rows are that never begin, or never end.
    never: u16,
    /// The first of the cells in which such rows are counted, which nobody looks at.
    unused: u32,
    /// The first cell of each row's group.
    groups: [u32; MORSEL],
    edges: Vec<[u16; MORSEL]>,
    begins: [u16; MORSEL],
    ends: [u16; MORSEL],
    pub(super) plus: [u32; MORSEL],
    pub(super) minus: [u32; MORSEL],
    /// Whether rows of the key are taken away at all.
    pub(super) taken_away: bool,
}

impl Cells {
    /// How many there are.
    pub(super) const fn number(groups: usize, spans: usize) -> usize {
        (groups + 1) * (spans + 1) + UNUSED
    }

    /// Of so many groups and periods.
    pub(super) fn new(groups: usize, spans: usize, edges: usize) -> Self {
        Self {
            never: spans as u16,
            unused: ((groups + 1) * (spans + 1)) as u32,
            groups: [0; MORSEL],
            edges: vec![[0; MORSEL]; edges],
            begins: [0; MORSEL],
            ends: [0; MORSEL],
            plus: [0; MORSEL],
            minus: [0; MORSEL],
            taken_away: false,
        }
    }

    /// Another morsel, of rows in these groups.
    pub(super) fn begin(&mut self, groups: &[u32; MORSEL]) {
        let width = u32::from(self.never) + 1;
        for (cell, group) in self.groups.iter_mut().zip(groups) {
            *cell = group * width;
        }
    }

    /// The periods of an edge; of one that is made of another, after that.
    pub(super) fn edge(&mut self, place: usize, days: DayCells<'_>, periods: &Periods) {
        let level = kernel::level();
        match (periods, days) {
            (Periods::Table { first, places }, days) => {
                kernel::placed(level, days, *first, places, &mut self.edges[place]);
            }
            (Periods::From { edge, first }, DayCells::Near(_, cells)) => {
                let [out, reached] = match self.edges.get_disjoint_mut([place, *edge]) {
                    Ok(both) => both,
                    // No edge is made of itself.
                    Err(_) => return,
                };
                kernel::unless_before(level, cells, *first, reached, self.never, out);
            }
            // Only periods of near days are made of others.
            (Periods::From { .. }, DayCells::Far(_)) => {}
        }
    }

    /// The cells of a key.
    pub(super) fn key(&mut self, key: &Key) {
        let level = kernel::level();
        let Self { never, unused, groups, edges, begins, ends, plus, minus, taken_away } = self;
        *taken_away = !key.ends.is_empty() && !key.once;
        let begins: &[u16; MORSEL] = match (key.begins.as_slice(), key.ends.as_slice()) {
            ([begin], []) => &edges[*begin],
            (all, others) => {
                *begins = all.first().map_or([0; MORSEL], |place| edges[*place]);
                for place in all.iter().skip(1) {
                    kernel::latest(level, begins, &edges[*place]);
                }
                if let [first, others @ ..] = others {
                    *ends = edges[*first];
                    for place in others {
                        kernel::earliest(level, ends, &edges[*place]);
                    }
                    kernel::unless_over(level, begins, ends, *never);
                }
                begins
            }
        };
        kernel::cells(level, groups, begins, (*never, *unused), plus);
        if *taken_away {
            kernel::cells(level, groups, ends, (*never, *unused), minus);
        }
    }
}

enum Counters {
    One(Vec<i32>),
    Eight(Vec<Lanes8>),
    Sum(Vec<i64>),
    Sums(Vec<Lanes4>),
}

/// The counters of a thread, for each job.
pub(super) struct Tally(Vec<Counters>);

impl Tally {
    pub(super) fn new(jobs: &[Job], cells: usize) -> Self {
        let counters = |job: &Job| match (job.numbers.len(), job.products.len()) {
            (0, 1) => Counters::One(vec![0; cells]),
            (0, _) => Counters::Eight(vec![[0; 8]; cells]),
            (1, _) => Counters::Sum(vec![0; cells]),
            _ => Counters::Sums(vec![[0; 4]; cells]),
        };
        Self(jobs.iter().map(counters).collect())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "they are what a job is added from, and of no use together elsewhere"
    )]
    pub(super) fn add(
        &mut self,
        number: usize,
        job: &Job,
        program: &Program<'_>,
        arena: &Arena,
        ids: impl Iterator<Item = Id>,
        at: &Cells,
        morsel: usize,
    ) {
        let level = kernel::level();
        let mut bitmaps: [&Words; 8] = [&NOTHING; 8];
        for (bitmap, id) in bitmaps.iter_mut().zip(ids) {
            *bitmap = program.words(arena, id, morsel);
        }
        let steps: &[(&[u32; MORSEL], bool)] = &[(&at.plus, true), (&at.minus, false)];
        for (cells, plus) in &steps[..if at.taken_away { 2 } else { 1 }] {
            match &mut self.0[number] {
                Counters::One(one) => kernel::tally_one(level, one, cells, if *plus { 1 } else { -1 }, bitmaps[0]),
                Counters::Eight(eight) => kernel::tally(level, eight, cells, *plus, &bitmaps),
                Counters::Sum(sums) => {
                    for value in &job.numbers {
                        kernel::sum_one(level, sums, cells, program.values(arena, *value, morsel), *plus, bitmaps[0]);
                    }
                }
                Counters::Sums(sums) => {
                    let mut summed = Summed::NOTHING;
                    summed.bitmaps.copy_from_slice(&bitmaps[..4]);
                    for (values, value) in summed.values.iter_mut().zip(&job.numbers) {
                        *values = program.values(arena, *value, morsel);
                    }
                    kernel::sum(level, sums, cells, &summed, *plus);
                }
            }
        }
    }

    /// What stands in a cell.
    pub(super) fn cell(&self, job: usize, lane: usize, cell: usize) -> i64 {
        match &self.0[job] {
            Counters::One(one) => one[cell].into(),
            Counters::Eight(eight) => eight[cell][lane].into(),
            Counters::Sum(sums) => sums[cell],
            Counters::Sums(sums) => sums[cell][lane],
        }
    }
}

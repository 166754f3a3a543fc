//! Figures counted and summed by group, at each period by itself: a single date, and what a series cannot find in one
//! pass. Each thread counts for itself; then the counts are added.

use super::Unfit;
use super::columns::{MORSEL, Words};
use super::crowd::{Filled, PART};
use super::kernel::{self, LANES, Lanes4, NOTHING, Narrow, Summed, Wide};
use super::machine::{Arena, Program};
use super::number::Number;
use super::store::Groups;
use super::threads::{Told, by_threads};
use super::truth::{FALSE, Graph, Id};

/// What is asked of the rows: bitmaps to be counted, and numbers to be summed over bitmaps.
pub(super) struct Asked {
    pub(super) counts: Vec<Id>,
    pub(super) sums: Vec<(Id, Number)>,
}

/// Counts and sums; of each, the groups of one period after those of another.
pub(super) struct Found {
    pub(super) counts: Vec<Vec<i64>>,
    pub(super) sums: Vec<Vec<i128>>,
}

/// Bytes of counters that a thread may hold; more is done in several passes.
const MOST_BYTES: usize = 256 << 20;

/// Counts and sums all that is asked.
pub(super) fn find(told: Told<'_>, graph: &Graph, groups: &Groups, asked: &Asked) -> Result<Found, Unfit> {
    let cells = (groups.len() + 1) * graph.spans;
    let mut found = Found { counts: Vec::new(), sums: Vec::new() };
    // As many at a time as the counters of a thread may take.
    let bytes_of_chunk = cells * (size_of::<Wide>() + size_of::<Narrow>());
    let chunks = (MOST_BYTES / bytes_of_chunk.max(1)).max(1);
    let sums = (MOST_BYTES / (cells * size_of::<Lanes4>()).max(1)).max(1);
    // Sums of one number stand together, so that it comes from memory once.
    let mut order: Vec<usize> = (0..asked.sums.len()).collect();
    order.sort_by_key(|at| asked.sums[*at].1);
    let in_order: Vec<(Id, Number)> = order.iter().map(|at| asked.sums[*at]).collect();
    let (mut counts_left, mut sums_left) = (asked.counts.as_slice(), in_order.as_slice());
    while !counts_left.is_empty() || !sums_left.is_empty() {
        let (counts_now, later) = counts_left.split_at(counts_left.len().min(LANES * chunks));
        let (sums_now, later_sums) = sums_left.split_at(sums_left.len().min(4 * sums));
        (counts_left, sums_left) = (later, later_sums);
        let pass = pass(told, graph, groups, counts_now, sums_now)?;
        found.counts.extend(pass.counts);
        found.sums.extend(pass.sums);
    }
    let mut sums: Vec<Vec<i128>> = vec![Vec::new(); order.len()];
    for (at, sum) in order.into_iter().zip(found.sums) {
        sums[at] = sum;
    }
    Ok(Found { sums, ..found })
}

fn pass(told: Told<'_>, graph: &Graph, groups: &Groups, counts: &[Id], sums: &[(Id, Number)]) -> Result<Found, Unfit> {
    let roots: Vec<Id> = counts.iter().copied().chain(sums.iter().map(|(rows, _)| *rows)).collect();
    let numbers: Vec<Number> = sums.iter().map(|(_, number)| *number).collect();
    let program = Program::new(graph, &roots, &numbers);
    let spans = graph.spans;
    // So many morsels may be added before 64 bits could overflow.
    let most = sums.iter().map(|(_, number)| graph.most(*number)).max().unwrap_or(0).max(1);
    let before_flush = usize::try_from(i128::from(i64::MAX) / (most * MORSEL as i128)).unwrap_or(usize::MAX);
    if before_flush == 0 {
        return Err(Unfit::Wide);
    }
    // Rows are counted in 32 bits.
    if groups.codes.len() > u32::MAX as usize / MORSEL {
        return Err(Unfit::Wide);
    }
    let parts = by_threads(told, groups.codes.len(), |take| {
        let mut part = Counters::new(groups, spans, counts.len(), sums.len());
        let mut arena = program.arena();
        let mut since = 0;
        while let Some(morsel) = take() {
            program.fixed(&mut arena, morsel);
            for span in 0..spans {
                program.moving(&mut arena, morsel, span);
                part.add(&program, &arena, groups, (counts, sums), morsel, span);
            }
            // At each period, what is counted together was filled alike.
            for most in &groups.crowds[morsel] {
                part.filled.up(*most);
            }
            since += 1;
            if since % before_flush == 0 {
                part.flush_sums();
            }
        }
        part.empty();
        part.flush_sums();
        part
    })?;
    Ok(Counters::found(&parts, groups.len(), spans, counts.len(), sums.len()))
}

/// The counters of a thread.
struct Counters {
    /// Groups and the rows that fill the last morsel.
    width: usize,
    /// How full the counters of a byte may be.
    filled: Filled,
    /// By period and as many bitmaps as are counted together, then group. None where they do not pay.
    narrow: Vec<Vec<Narrow>>,
    wide: Vec<Vec<Wide>>,
    /// By period and four sums, then group.
    sums: Vec<Vec<Lanes4>>,
    totals: Vec<Vec<[i128; 4]>>,
}

impl Counters {
    fn new(groups: &Groups, spans: usize, counts: usize, sums: usize) -> Self {
        let width = groups.len() + 1;
        let chunks = counts.div_ceil(LANES) * spans;
        Self {
            width,
            filled: Filled::default(),
            narrow: vec![vec![[0; LANES]; width]; if groups.bytes_pay { chunks } else { 0 }],
            wide: vec![vec![[0; LANES]; width]; chunks],
            sums: vec![vec![[0; 4]; width]; sums.div_ceil(4) * spans],
            totals: vec![Vec::new(); sums.div_ceil(4) * spans],
        }
    }

    /// Adds a morsel at a period: bitmaps that are counted, and numbers that are summed over others.
    fn add(
        &mut self,
        program: &Program<'_>,
        arena: &Arena,
        groups: &Groups,
        (counts, sums): (&[Id], &[(Id, Number)]),
        morsel: usize,
        span: usize,
    ) {
        let level = kernel::level();
        let (codes, alike) = (&groups.codes[morsel], groups.alike[morsel]);
        let chunks = counts.len().div_ceil(LANES);
        for (at, ids) in counts.chunks(LANES).enumerate() {
            let mut bitmaps: [&Words; LANES] = [&NOTHING; LANES];
            for (bitmap, id) in bitmaps.iter_mut().zip(ids) {
                *bitmap = program.words(arena, *id, morsel);
            }
            let place = span * chunks + at;
            let wide = &mut self.wide[place];
            let Some(narrow) = self.narrow.get_mut(place) else {
                kernel::count_wide(level, wide, codes, alike, &bitmaps);
                continue;
            };
            let mut into = kernel::Counters { narrow, wide };
            let mut filled = self.filled;
            for (part, most) in groups.crowds[morsel].iter().enumerate() {
                if filled.up(*most) {
                    kernel::empty(level, &mut into);
                }
                kernel::count(level, &mut into, part * PART..(part + 1) * PART, codes, alike, &bitmaps);
            }
        }
        let one = codes[0];
        let all_alike = alike == u64::MAX && codes.as_chunks::<64>().0.iter().all(|codes| codes[0] == one);
        let chunks = sums.len().div_ceil(4);
        for (at, together) in sums.chunks(4).enumerate() {
            let summed =
                Summed::of(together.iter().map(|(rows, number)| {
                    (program.values(arena, *number, morsel), program.words(arena, *rows, morsel))
                }));
            let into = &mut self.sums[span * chunks + at];
            if all_alike {
                for (sum, added) in into[one as usize].iter_mut().zip(kernel::total(level, &summed)) {
                    *sum = sum.wrapping_add(added);
                }
            } else {
                kernel::sum(level, into, codes, &summed, true);
            }
        }
    }

    fn empty(&mut self) {
        for (narrow, wide) in self.narrow.iter_mut().zip(&mut self.wide) {
            kernel::empty(kernel::level(), &mut kernel::Counters { narrow, wide });
        }
    }

    fn flush_sums(&mut self) {
        let width = self.width;
        for (sums, totals) in self.sums.iter_mut().zip(&mut self.totals) {
            totals.resize(width, [0; 4]);
            for (sum, total) in sums.iter_mut().flatten().zip(totals.iter_mut().flatten()) {
                *total += i128::from(*sum);
                *sum = 0;
            }
        }
    }

    fn found(parts: &[Self], groups: usize, spans: usize, counts: usize, sums: usize) -> Found {
        let chunks = counts.div_ceil(LANES);
        let count = |part: &Self, at: usize, span: usize, group: usize| {
            i64::from(part.wide[span * chunks + at / LANES][group][at % LANES])
        };
        let places = || (0..spans).flat_map(|span| (0..groups).map(move |group| (span, group)));
        let counts = (0..counts).map(|at| {
            places().map(|(span, group)| parts.iter().map(|part| count(part, at, span, group)).sum()).collect()
        });
        let sums_of = (0..sums).map(|at| {
            let (chunks, lane) = (sums.div_ceil(4), at % 4);
            let sum = |(span, group): (usize, usize)| {
                parts.iter().map(|part| part.totals[span * chunks + at / 4][group][lane]).sum()
            };
            places().map(sum).collect()
        });
        Found { counts: counts.collect(), sums: sums_of.collect() }
    }
}

/// The distinct bitmaps and sums among all that figures need.
impl Asked {
    pub(super) fn new() -> Self {
        Self { counts: Vec::new(), sums: Vec::new() }
    }

    /// The place of a count, of a bitmap that some row may be in.
    pub(super) fn count(&mut self, rows: Id) -> Option<usize> {
        if rows == FALSE {
            return None;
        }
        Some(self.counts.iter().position(|known| *known == rows).unwrap_or_else(|| {
            self.counts.push(rows);
            self.counts.len() - 1
        }))
    }

    pub(super) fn sum(&mut self, rows: Id, number: Number) -> Option<usize> {
        if rows == FALSE {
            return None;
        }
        Some(self.sums.iter().position(|known| *known == (rows, number)).unwrap_or_else(|| {
            self.sums.push((rows, number));
            self.sums.len() - 1
        }))
    }
}

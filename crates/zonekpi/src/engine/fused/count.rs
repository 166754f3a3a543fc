//! Figures counted and summed by group, at each period by itself: a single date, and what a series cannot find in one
//! pass. Each thread counts for itself; then the counts are added.

use super::Unfit;
use super::columns::{MORSEL, Words};
use super::kernel::{self, Lanes8, Lanes16, NOTHING};
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

/// Counts and sums; each by period and group.
pub(super) struct Found {
    pub(super) counts: Vec<Vec<Vec<i64>>>,
    pub(super) sums: Vec<Vec<Vec<i128>>>,
}

/// Up to so many groups 16-bit counters are used, which must be emptied now and then.
const FEW_GROUPS: usize = 2048;
/// Morsels after which a 16-bit counter may be full.
const MORSELS_PER_COUNTER: usize = 15;
/// Bytes of counters that a thread may hold; more is done in several passes.
const MOST_BYTES: usize = 256 << 20;

/// Counts and sums all that is asked.
pub(super) fn find(told: Told<'_>, graph: &Graph, groups: &Groups, asked: &Asked) -> Result<Found, Unfit> {
    let cells = (groups.len() + 1) * graph.spans;
    let mut found = Found { counts: Vec::new(), sums: Vec::new() };
    // As many at a time as the counters of a thread may take.
    let bytes_of_chunk = cells * if groups.len() <= FEW_GROUPS { 16 * 2 + 16 * 8 } else { 16 * 4 };
    let chunks = (MOST_BYTES / bytes_of_chunk.max(1)).max(1);
    let sums = (MOST_BYTES / (cells * 8).max(1)).max(1);
    let (mut counts_left, mut sums_left) = (asked.counts.as_slice(), asked.sums.as_slice());
    while !counts_left.is_empty() || !sums_left.is_empty() {
        let (counts_now, later) = counts_left.split_at(counts_left.len().min(16 * chunks));
        let (sums_now, later_sums) = sums_left.split_at(sums_left.len().min(sums));
        (counts_left, sums_left) = (later, later_sums);
        let pass = pass(told, graph, groups, counts_now, sums_now)?;
        found.counts.extend(pass.counts);
        found.sums.extend(pass.sums);
    }
    Ok(found)
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
    let parts = by_threads(told, groups.codes.len(), |take| {
        let mut part = Counters::new(groups.len(), spans, counts.len(), sums.len());
        let mut arena = program.arena();
        let mut since = 0;
        while let Some(morsel) = take() {
            program.fixed(&mut arena, morsel);
            for span in 0..spans {
                program.moving(&mut arena, morsel, span);
                part.add(&program, &arena, groups, (counts, sums), morsel, span);
            }
            since += 1;
            if since % MORSELS_PER_COUNTER == 0 {
                part.flush_counts();
            }
            if since % before_flush == 0 {
                part.flush_sums();
            }
        }
        part.flush_counts();
        part.flush_sums();
        part
    })?;
    Ok(Counters::found(&parts, groups.len(), spans, counts.len(), sums.len()))
}

/// The counters of a thread.
struct Counters {
    /// Groups and the rows that fill the last morsel.
    width: usize,
    few: bool,
    /// By period and sixteen bitmaps, then group.
    small: Vec<Vec<Lanes16>>,
    emptied: Vec<Vec<[i64; 16]>>,
    wide: Vec<Vec<[Lanes8; 2]>>,
    /// By period and sum, then group.
    sums: Vec<Vec<i64>>,
    totals: Vec<Vec<i128>>,
}

impl Counters {
    fn new(groups: usize, spans: usize, counts: usize, sums: usize) -> Self {
        let width = groups + 1;
        let few = groups <= FEW_GROUPS;
        let chunks = counts.div_ceil(16) * spans;
        let of = |wanted: bool| if wanted { chunks } else { 0 };
        Self {
            width,
            few,
            small: vec![vec![[0; 16]; width]; of(few)],
            emptied: vec![vec![[0; 16]; width]; of(few)],
            wide: vec![vec![[[0; 8]; 2]; width]; of(!few)],
            sums: vec![vec![0; width]; sums * spans],
            totals: vec![Vec::new(); sums * spans],
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
        let chunks = counts.len().div_ceil(16);
        for (at, ids) in counts.chunks(16).enumerate() {
            let mut bitmaps: [&Words; 16] = [&NOTHING; 16];
            for (bitmap, id) in bitmaps.iter_mut().zip(ids) {
                *bitmap = program.words(arena, *id, morsel);
            }
            let place = span * chunks + at;
            if self.few {
                kernel::count(level, &mut self.small[place], codes, alike, &bitmaps);
            } else {
                kernel::count_wide(level, &mut self.wide[place], codes, &bitmaps);
            }
        }
        for (at, (rows, number)) in sums.iter().enumerate() {
            let (bitmap, values) = (program.words(arena, *rows, morsel), program.values(arena, *number, morsel));
            let into = &mut self.sums[span * sums.len() + at];
            let one = codes[0];
            if alike == u64::MAX && codes.as_chunks::<64>().0.iter().all(|codes| codes[0] == one) {
                let sum = &mut into[one as usize];
                *sum = sum.wrapping_add(kernel::total(level, values, bitmap));
            } else {
                kernel::sum(level, into, codes, values, true, bitmap);
            }
        }
    }

    fn flush_counts(&mut self) {
        for (small, emptied) in self.small.iter_mut().zip(&mut self.emptied) {
            for (lanes, sums) in small.iter_mut().zip(emptied) {
                for (lane, sum) in lanes.iter_mut().zip(sums) {
                    // Counters are without sign.
                    *sum += i64::from(*lane as u16);
                    *lane = 0;
                }
            }
        }
    }

    fn flush_sums(&mut self) {
        let width = self.width;
        for (sums, totals) in self.sums.iter_mut().zip(&mut self.totals) {
            totals.resize(width, 0);
            for (sum, total) in sums.iter_mut().zip(totals) {
                *total += i128::from(*sum);
                *sum = 0;
            }
        }
    }

    fn found(parts: &[Self], groups: usize, spans: usize, counts: usize, sums: usize) -> Found {
        let chunks = counts.div_ceil(16);
        let count = |part: &Self, at: usize, span: usize, group: usize| {
            let (place, lane) = (span * chunks + at / 16, at % 16);
            match part.few {
                true => part.emptied[place][group][lane],
                false => part.wide[place][group][lane / 8][lane % 8].into(),
            }
        };
        let counts = (0..counts).map(|at| {
            let of_span =
                |span| (0..groups).map(|group| parts.iter().map(|p| count(p, at, span, group)).sum()).collect();
            (0..spans).map(of_span).collect()
        });
        let sums_of = (0..sums).map(|at| {
            let sum = |span: usize, group: usize| parts.iter().map(|part| part.totals[span * sums + at][group]).sum();
            (0..spans).map(|span| (0..groups).map(|group| sum(span, group)).collect()).collect()
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

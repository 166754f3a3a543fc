//! The nodes of a graph computed morsel by morsel, in an order in which each stands after those it is made of. What
//! differs from period to period is computed again for each; the rest once.

use fearless_simd::Level;

use super::columns::{MORSEL, NEVER, Prepared, WORDS, Words};
use super::days::DayCells;
use super::kernel::{self, EVERYTHING, NOTHING, ZEROS};
use super::number::{Number, NumberKind};
use super::truth::{Graph, Id, Node, Part, Source};

#[derive(Clone, Copy)]
enum Step {
    Node(Id),
    Number(Number),
}

/// The order in which what a pass needs is computed.
pub(super) struct Program<'g> {
    pub(super) graph: &'g Graph,
    level: Level,
    /// What is the same in all periods, and what is not.
    fixed: Vec<Step>,
    moving: Vec<Step>,
    /// The place of each node and number in an arena, if it needs one.
    places: Vec<Option<u32>>,
    number_places: Vec<Option<u32>>,
    words: usize,
    numbers: usize,
}

/// What was looked at.
struct Seen {
    nodes: Vec<bool>,
    numbers: Vec<bool>,
}

/// What a thread computes in.
pub(super) struct Arena {
    words: Vec<Words>,
    numbers: Vec<[i64; MORSEL]>,
}

impl<'g> Program<'g> {
    pub(super) fn new(graph: &'g Graph, roots: &[Id], numbers: &[Number]) -> Self {
        let mut program = Self {
            graph,
            level: kernel::level(),
            fixed: Vec::new(),
            moving: Vec::new(),
            places: vec![None; graph.nodes.len()],
            number_places: vec![None; graph.numbers.len()],
            words: 0,
            numbers: 0,
        };
        // What moves stands after all that does not.
        for moving in [false, true] {
            let mut seen = Seen { nodes: vec![false; graph.nodes.len()], numbers: vec![false; graph.numbers.len()] };
            for root in roots {
                program.need(*root, moving, &mut seen);
            }
            for number in numbers {
                program.need_number(*number, moving, &mut seen);
            }
        }
        program
    }

    fn need(&mut self, id: Id, moving: bool, seen: &mut Seen) {
        if self.places[id.0 as usize].is_some() || std::mem::replace(&mut seen.nodes[id.0 as usize], true) {
            return;
        }
        match self.graph.node(id) {
            Node::Constant(_) | Node::Bits(_) => return,
            Node::Days { .. } | Node::Lookup { .. } => {}
            Node::Compare { left, right, .. } => {
                for number in [left, right] {
                    self.need_number(*number, moving, seen);
                }
            }
            Node::Not(inner) => self.need(*inner, moving, seen),
            Node::And(all) | Node::Or(all) => {
                for one in all {
                    self.need(*one, moving, seen);
                }
            }
        }
        if self.graph.moves(id) == moving {
            self.places[id.0 as usize] = Some(self.words as u32);
            self.words += 1;
            let steps = if moving { &mut self.moving } else { &mut self.fixed };
            steps.push(Step::Node(id));
        }
    }

    fn need_number(&mut self, number: Number, moving: bool, seen: &mut Seen) {
        let at = number.0 as usize;
        if self.number_places[at].is_some() || std::mem::replace(&mut seen.numbers[at], true) {
            return;
        }
        match &self.graph.numbers[number.0 as usize].kind {
            NumberKind::Column(_) => return,
            NumberKind::Add(a, b) | NumberKind::Subtract(a, b) | NumberKind::Multiply(a, b) => {
                for number in [a, b] {
                    self.need_number(*number, moving, seen);
                }
            }
            NumberKind::Held(inner, _) | NumberKind::Ordinal { day: inner, .. } => {
                self.need_number(*inner, moving, seen)
            }
            _ => {}
        }
        if self.graph.number_moves(number) == moving {
            self.number_places[number.0 as usize] = Some(self.numbers as u32);
            self.numbers += 1;
            let steps = if moving { &mut self.moving } else { &mut self.fixed };
            steps.push(Step::Number(number));
        }
    }

    pub(super) fn arena(&self) -> Arena {
        Arena { words: vec![[0; WORDS]; self.words], numbers: vec![[0; MORSEL]; self.numbers] }
    }

    /// Computes what is the same in all periods.
    pub(super) fn fixed(&self, arena: &mut Arena, morsel: usize) {
        for step in &self.fixed {
            self.step(*step, arena, morsel, 0);
        }
    }

    /// Computes what differs in this period.
    pub(super) fn moving(&self, arena: &mut Arena, morsel: usize, span: usize) {
        for step in &self.moving {
            self.step(*step, arena, morsel, span);
        }
    }

    /// The bitmap of a node that was computed.
    pub(super) fn words<'a>(&'a self, arena: &'a Arena, id: Id, morsel: usize) -> &'a Words {
        self.known(&arena.words, id, morsel)
    }

    fn known<'a>(&'a self, done: &'a [Words], id: Id, morsel: usize) -> &'a Words {
        match self.graph.node(id) {
            Node::Constant(constant) => {
                if *constant {
                    &EVERYTHING
                } else {
                    &NOTHING
                }
            }
            Node::Bits(place) => bitmap(&self.graph.bits[*place], morsel),
            _ => self.places[id.0 as usize].map_or(&NOTHING, |place| &done[place as usize]),
        }
    }

    /// The values of a number that was computed.
    pub(super) fn values<'a>(&'a self, arena: &'a Arena, number: Number, morsel: usize) -> &'a [i64; MORSEL] {
        self.known_number(&arena.numbers, number, morsel)
    }

    fn known_number<'a>(&'a self, done: &'a [[i64; MORSEL]], number: Number, morsel: usize) -> &'a [i64; MORSEL] {
        if let NumberKind::Column(column) = &self.graph.numbers[number.0 as usize].kind
            && let Prepared::Numbers(numbers) = column.as_ref()
        {
            return &numbers.values[morsel];
        }
        self.number_places[number.0 as usize].map_or(&ZEROS, |place| &done[place as usize])
    }

    pub(super) fn days(&self, column: usize, morsel: usize) -> DayCells<'_> {
        self.graph.day_cells(column).map_or(DayCells::Far(&NO_DAYS), |days| days.morsel(morsel))
    }

    fn codes(&self, column: usize, morsel: usize) -> &[u32; MORSEL] {
        match self.graph.texts[column].as_ref() {
            Prepared::Texts(texts) => &texts.codes[morsel],
            _ => &NO_CODES,
        }
    }

    fn step(&self, step: Step, arena: &mut Arena, morsel: usize, span: usize) {
        match step {
            Step::Node(id) => {
                let Some(place) = self.places[id.0 as usize] else { return };
                let (done, rest) = arena.words.split_at_mut(place as usize);
                let Some(out) = rest.first_mut() else { return };
                self.bits(id, done, &arena.numbers, out, morsel, span);
            }
            Step::Number(number) => {
                let Some(place) = self.number_places[number.0 as usize] else { return };
                let (done, rest) = arena.numbers.split_at_mut(place as usize);
                let Some(out) = rest.first_mut() else { return };
                self.number(number, done, out, morsel, span);
            }
        }
    }

    fn bits(&self, id: Id, done: &[Words], numbers: &[[i64; MORSEL]], out: &mut Words, morsel: usize, span: usize) {
        match self.graph.node(id) {
            Node::Constant(_) | Node::Bits(_) => {}
            Node::Days { column, low, high } => {
                let day = |bound: &Option<usize>, open: i32| bound.map_or(open, |bound| self.graph.bounds[bound][span]);
                let (low, high) = (day(low, i32::MIN), day(high, i32::MAX));
                kernel::between(self.level, self.days(*column, morsel), low, high, out);
            }
            Node::Lookup { column, table } => {
                kernel::lookup(self.codes(*column, morsel), &self.graph.tables[*table], out);
            }
            Node::Compare { left, equal, right } => {
                let left = self.known_number(numbers, *left, morsel);
                let right = self.known_number(numbers, *right, morsel);
                kernel::compare(self.level, left, *equal, right, out);
            }
            Node::Not(inner) => {
                let inner = self.known(done, *inner, morsel);
                for (out, word) in out.iter_mut().zip(inner) {
                    *out = !word;
                }
            }
            Node::And(all) => {
                *out = EVERYTHING;
                for one in all {
                    let one = self.known(done, *one, morsel);
                    for (out, word) in out.iter_mut().zip(one) {
                        *out &= word;
                    }
                }
            }
            Node::Or(all) => {
                *out = NOTHING;
                for one in all {
                    let one = self.known(done, *one, morsel);
                    for (out, word) in out.iter_mut().zip(one) {
                        *out |= word;
                    }
                }
            }
        }
    }

    fn number(&self, number: Number, done: &[[i64; MORSEL]], out: &mut [i64; MORSEL], morsel: usize, span: usize) {
        let of = |number: &Number| self.known_number(done, *number, morsel);
        let both = |a: &Number, b: &Number, out: &mut [i64; MORSEL], join: fn(i64, i64) -> i64| {
            for (out, (a, b)) in out.iter_mut().zip(of(a).iter().zip(of(b))) {
                *out = join(*a, *b);
            }
        };
        match &self.graph.numbers[number.0 as usize].kind {
            NumberKind::Constant(constant) => *out = [*constant; MORSEL],
            NumberKind::Period(bound) => *out = [self.graph.bounds[*bound][span].into(); MORSEL],
            NumberKind::Column(_) => {}
            NumberKind::Day(column) => match self.days(*column, morsel) {
                DayCells::Near(near, cells) => {
                    for (out, cell) in out.iter_mut().zip(cells) {
                        *out = near.day(*cell).into();
                    }
                }
                DayCells::Far(days) => {
                    for (out, day) in out.iter_mut().zip(days) {
                        *out = (*day).into();
                    }
                }
            },
            NumberKind::Ranks { column, ranks } => {
                for (out, code) in out.iter_mut().zip(self.codes(*column, morsel)) {
                    *out = ranks.get(*code as usize).copied().unwrap_or(-1);
                }
            }
            NumberKind::Add(a, b) => both(a, b, out, i64::wrapping_add),
            NumberKind::Subtract(a, b) => both(a, b, out, i64::wrapping_sub),
            NumberKind::Multiply(a, b) => both(a, b, out, i64::wrapping_mul),
            NumberKind::Held(inner, most) => {
                for (out, value) in out.iter_mut().zip(of(inner)) {
                    *out = (*value).clamp(-most, *most);
                }
            }
            NumberKind::Ordinal { day, first, ordinals } => {
                for (out, day) in out.iter_mut().zip(of(day)) {
                    let place = usize::try_from(day - first).ok();
                    *out = place.and_then(|place| ordinals.get(place)).copied().unwrap_or(0).into();
                }
            }
        }
    }
}

fn bitmap((source, part): &(Source, Part), morsel: usize) -> &Words {
    let whole = |bits: &'_ Option<super::columns::Bits>| bits.is_none();
    match source {
        Source::Phases(phases) => match part {
            Part::Possible => &phases.1[morsel],
            _ => &phases.0[morsel],
        },
        Source::Column(column) => {
            let (yes, there, unreadable) = match column.as_ref() {
                Prepared::Days(days) => (None, &days.there, &days.unreadable),
                Prepared::Numbers(numbers) => (None, &numbers.there, &numbers.unreadable),
                Prepared::Flags { yes, there, unreadable } => (Some(yes), there, unreadable),
                Prepared::Texts(texts) => (None, &texts.there, &texts.unreadable),
            };
            let of = match part {
                Part::Yes => yes,
                Part::There if whole(there) => return &EVERYTHING,
                Part::There => there.as_ref(),
                _ => unreadable.as_ref(),
            };
            of.map_or(&NOTHING, |bits| &bits[morsel])
        }
    }
}

static NO_DAYS: [i32; MORSEL] = [NEVER; MORSEL];
static NO_CODES: [u32; MORSEL] = [u32::MAX; MORSEL];

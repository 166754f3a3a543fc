//! Conditions as bitmaps: a graph in which each bitmap that a query needs stands once.
//!
//! A truth in three values is two bitmaps: where it surely holds, and where it may hold. Where nothing is unknown they
//! are the same node, and what is found by their difference costs nothing. A bound that moves with the period is a
//! vector, one day for each period; so a series has one graph, and a single date is a series of one.

use std::collections::HashMap;
use std::sync::Arc;

use super::columns::{NEVER, Prepared};
use super::days::DayColumn;
use super::number::{Number, NumberNode};

/// A bitmap of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id(pub(super) u32);

pub(super) const FALSE: Id = Id(0);
pub(super) const TRUE: Id = Id(1);

/// A day for each period: a place in [`Graph::bounds`].
pub(super) type Bound = usize;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Constant(bool),
    /// A bitmap of a column.
    Bits(usize),
    /// Rows whose day lies between two bounds, each with its day; `None` is open.
    Days {
        column: usize,
        low: Option<Bound>,
        high: Option<Bound>,
    },
    /// Rows whose text is one of those marked.
    Lookup {
        column: usize,
        table: usize,
    },
    Compare {
        left: Number,
        equal: bool,
        right: Number,
    },
    Not(Id),
    And(Vec<Id>),
    Or(Vec<Id>),
}

/// A truth in three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) sure: Id,
    pub(super) possible: Id,
}

impl Truth {
    pub(super) const TRUE: Self = Self::known(TRUE);
    pub(super) const FALSE: Self = Self::known(FALSE);

    pub(super) const fn known(bits: Id) -> Self {
        Self { sure: bits, possible: bits }
    }
}

/// Which bitmap of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Yes,
    There,
    Unreadable,
    /// Of the phases of projects.
    Sure,
    Possible,
}

/// Where bitmaps, days and numbers come from.
#[derive(Clone)]
pub(super) enum Source {
    Column(Arc<Prepared>),
    Phases(Arc<(super::columns::Bits, super::columns::Bits)>),
}

impl Source {
    fn address(&self) -> usize {
        match self {
            Self::Column(column) => Arc::as_ptr(column) as usize,
            Self::Phases(phases) => Arc::as_ptr(phases) as usize,
        }
    }
}

/// The graph.
pub(super) struct Graph {
    pub(super) spans: usize,
    pub(super) nodes: Vec<Node>,
    /// Whether a node differs from period to period.
    pub(super) moves: Vec<bool>,
    places: HashMap<Node, Id>,
    pub(super) bounds: Vec<Arc<[i32]>>,
    pub(super) bits: Vec<(Source, Part)>,
    /// Columns of days; `true` is the first day, `false` the last.
    pub(super) days: Vec<(Arc<Prepared>, bool)>,
    pub(super) texts: Vec<Arc<Prepared>>,
    pub(super) tables: Vec<Vec<bool>>,
    pub(super) numbers: Vec<NumberNode>,
}

impl Graph {
    pub(super) fn new(spans: usize) -> Self {
        let mut graph = Self {
            spans,
            nodes: Vec::new(),
            moves: Vec::new(),
            places: HashMap::new(),
            bounds: Vec::new(),
            bits: Vec::new(),
            days: Vec::new(),
            texts: Vec::new(),
            tables: Vec::new(),
            numbers: Vec::new(),
        };
        graph.add(Node::Constant(false));
        graph.add(Node::Constant(true));
        graph
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn moves(&self, id: Id) -> bool {
        self.moves[id.0 as usize]
    }

    fn add(&mut self, node: Node) -> Id {
        if let Some(id) = self.places.get(&node) {
            return *id;
        }
        let moves = match &node {
            Node::Constant(_) | Node::Bits(_) | Node::Lookup { .. } => false,
            Node::Days { low, high, .. } => low.iter().chain(high).any(|bound| self.bound_moves(*bound)),
            Node::Compare { left, right, .. } => self.number_moves(*left) || self.number_moves(*right),
            Node::Not(inner) => self.moves(*inner),
            Node::And(all) | Node::Or(all) => all.iter().any(|one| self.moves(*one)),
        };
        let id = Id(self.nodes.len() as u32);
        self.places.insert(node.clone(), id);
        self.nodes.push(node);
        self.moves.push(moves);
        id
    }

    pub(super) fn bound_moves(&self, bound: Bound) -> bool {
        let days = &self.bounds[bound];
        days.iter().any(|day| Some(day) != days.first())
    }

    /// A day for each period.
    pub(super) fn bound(&mut self, days: Vec<i32>) -> Bound {
        match self.bounds.iter().position(|known| **known == *days) {
            Some(place) => place,
            None => {
                self.bounds.push(days.into());
                self.bounds.len() - 1
            }
        }
    }

    fn later(&mut self, bound: Bound, days: i32) -> Bound {
        let moved = self.bounds[bound].iter().map(|day| day.saturating_add(days)).collect();
        self.bound(moved)
    }

    /// A bitmap of a source.
    pub(super) fn bits(&mut self, source: Source, part: Part) -> Id {
        let place = self.bits.iter().position(|(known, of)| known.address() == source.address() && *of == part);
        let place = place.unwrap_or_else(|| {
            self.bits.push((source, part));
            self.bits.len() - 1
        });
        self.add(Node::Bits(place))
    }

    /// The first or the last days of a column. Where days are known, the two are one.
    pub(super) fn day_column(&mut self, column: &Arc<Prepared>, first: bool) -> usize {
        let first = first && matches!(column.as_ref(), Prepared::Days(days) if days.from.is_some());
        let same = |(known, of): &(Arc<Prepared>, bool)| Arc::ptr_eq(known, column) && *of == first;
        self.days.iter().position(same).unwrap_or_else(|| {
            self.days.push((Arc::clone(column), first));
            self.days.len() - 1
        })
    }

    /// The days of a column of the graph.
    pub(super) fn day_cells(&self, column: usize) -> Option<&DayColumn> {
        let (column, first) = &self.days[column];
        match column.as_ref() {
            Prepared::Days(days) => Some(days.from.as_ref().filter(|_| *first).unwrap_or(&days.to)),
            _ => None,
        }
    }

    pub(super) fn text_column(&mut self, column: &Arc<Prepared>) -> usize {
        self.texts.iter().position(|known| Arc::ptr_eq(known, column)).unwrap_or_else(|| {
            self.texts.push(Arc::clone(column));
            self.texts.len() - 1
        })
    }

    /// Rows whose day lies between two bounds.
    pub(super) fn between(&mut self, column: usize, low: Option<Bound>, high: Option<Bound>) -> Id {
        match (low, high) {
            (None, None) => TRUE,
            _ => self.add(Node::Days { column, low, high }),
        }
    }

    /// Rows whose text is marked.
    pub(super) fn lookup(&mut self, column: usize, marked: Vec<bool>) -> Id {
        if !marked.contains(&true) {
            return FALSE;
        }
        let table = self.tables.iter().position(|known| *known == marked).unwrap_or_else(|| {
            self.tables.push(marked);
            self.tables.len() - 1
        });
        self.add(Node::Lookup { column, table })
    }

    pub(super) fn compare(&mut self, left: Number, equal: bool, right: Number) -> Id {
        self.add(Node::Compare { left, equal, right })
    }

    pub(super) fn not(&mut self, id: Id) -> Id {
        match *self.node(id) {
            Node::Constant(constant) => Self::constant(!constant),
            Node::Not(inner) => inner,
            // A day that is not before another is on it or later.
            Node::Days { column, low: Some(low), high: None } => {
                let high = self.later(low, -1);
                self.between(column, None, Some(high))
            }
            Node::Days { column, low: None, high: Some(high) } => {
                let low = self.later(high, 1);
                self.between(column, Some(low), None)
            }
            _ => self.add(Node::Not(id)),
        }
    }

    pub(super) const fn constant(constant: bool) -> Id {
        if constant { TRUE } else { FALSE }
    }

    pub(super) fn and(&mut self, all: impl IntoIterator<Item = Id>) -> Id {
        self.join(all, true)
    }

    pub(super) fn or(&mut self, all: impl IntoIterator<Item = Id>) -> Id {
        self.join(all, false)
    }

    /// AND or OR, flat and in one order; `idle` is the operand that changes nothing.
    fn join(&mut self, all: impl IntoIterator<Item = Id>, and: bool) -> Id {
        let (idle, deciding) = (Self::constant(and), Self::constant(!and));
        let mut flat = Vec::new();
        for id in all {
            match self.node(id) {
                Node::And(inner) if and => flat.extend(inner.iter().copied()),
                Node::Or(inner) if !and => flat.extend(inner.iter().copied()),
                _ => flat.push(id),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        flat.retain(|id| *id != idle);
        if flat.contains(&deciding) {
            return deciding;
        }
        for id in flat.clone() {
            let opposite = match *self.node(id) {
                Node::Not(inner) => Some(inner),
                Node::Days { low: Some(_), high: None, .. } => Some(self.not(id)),
                _ => None,
            };
            if opposite.is_some_and(|opposite| flat.binary_search(&opposite).is_ok()) {
                return deciding;
            }
        }
        match flat.as_slice() {
            [] => idle,
            [one] => *one,
            _ => self.add(if and { Node::And(flat) } else { Node::Or(flat) }),
        }
    }

    /// Rows of `all` that are not in `part`, where `part` is known to be a part of it.
    pub(super) fn minus(&mut self, all: Id, part: Id) -> Id {
        if all == part {
            return FALSE;
        }
        // What both ask for need be looked at once only.
        let common: Vec<Id> = match (self.node(all), self.node(part)) {
            (Node::And(all), Node::And(part)) => all.iter().filter(|id| part.contains(id)).copied().collect(),
            (_, Node::And(part)) if part.contains(&all) => vec![all],
            _ => Vec::new(),
        };
        let rest = match self.node(part) {
            Node::And(part) => part.iter().filter(|id| !common.contains(id)).copied().collect(),
            _ => vec![part],
        };
        let rest = self.and(rest);
        let failing = self.not(rest);
        self.and([all, failing])
    }

    pub(super) fn truth_not(&mut self, truth: Truth) -> Truth {
        Truth { sure: self.not(truth.possible), possible: self.not(truth.sure) }
    }

    pub(super) fn truth_and(&mut self, all: &[Truth]) -> Truth {
        let sure = self.and(all.iter().map(|truth| truth.sure));
        Truth { sure, possible: self.and(all.iter().map(|truth| truth.possible)) }
    }

    pub(super) fn truth_or(&mut self, all: &[Truth]) -> Truth {
        let sure = self.or(all.iter().map(|truth| truth.sure));
        Truth { sure, possible: self.or(all.iter().map(|truth| truth.possible)) }
    }

    /// True where `sure`, false where `impossible`, which is looked at first; else unknown.
    pub(super) fn truth(&mut self, impossible: Id, sure: Id) -> Truth {
        let possible = self.not(impossible);
        Truth { sure: self.and([sure, possible]), possible }
    }

    /// Unknown wherever `unknown` holds.
    pub(super) fn unless(&mut self, unknown: Id, known: Truth) -> Truth {
        let readable = self.not(unknown);
        Truth { sure: self.and([readable, known.sure]), possible: self.or([unknown, known.possible]) }
    }

    /// One truth where `condition` holds, another elsewhere.
    pub(super) fn choose(&mut self, condition: Id, then: Truth, otherwise: Truth) -> Truth {
        let elsewhere = self.not(condition);
        let pick = |graph: &mut Self, then: Id, otherwise: Id| {
            if then == otherwise {
                return then;
            }
            let (then, otherwise) = (graph.and([condition, then]), graph.and([elsewhere, otherwise]));
            graph.or([then, otherwise])
        };
        let sure = pick(self, then.sure, otherwise.sure);
        let possible = if then.sure == then.possible && otherwise.sure == otherwise.possible {
            sure
        } else {
            pick(self, then.possible, otherwise.possible)
        };
        Truth { sure, possible }
    }

    /// Whether the two ends of a column of days stand in order, or are one.
    pub(super) fn in_order(column: &Prepared) -> bool {
        matches!(column, Prepared::Days(days) if days.ordered)
    }

    /// A bound after which no day lies, not even never.
    pub(super) const BEYOND: i32 = NEVER + NEVER / 2;
}

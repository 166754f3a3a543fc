//! Numbers of a row, in 64 bits: nodes of the graph beside its bitmaps. What they may be at most is known beforehand, so
//! that nothing is computed that could overflow. Where a row has no number, the slot holds any; bitmaps tell.

use std::sync::Arc;

use super::Unfit;
use super::columns::{NEVER, Prepared};
use super::truth::{Bound, FALSE, Graph, Id, TRUE};

/// A number of the graph: a place in [`Graph::numbers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Number(pub(super) u32);

pub(super) enum NumberKind {
    Constant(i64),
    /// A day for each period.
    Period(Bound),
    Column(Arc<Prepared>),
    /// A column of days.
    Day(usize),
    /// A whole number for each text of a column.
    Ranks {
        column: usize,
        ranks: Arc<[i64]>,
    },
    Add(Number, Number),
    Subtract(Number, Number),
    Multiply(Number, Number),
    /// Held between −most and most.
    Held(Number, i64),
    /// The number of a day among the days that are worked; of others, the value given.
    Ordinal {
        day: Number,
        first: i64,
        ordinals: Arc<[i32]>,
    },
}

pub(super) struct NumberNode {
    pub(super) kind: NumberKind,
    /// The greatest absolute value that it may have.
    pub(super) most: i128,
    pub(super) moves: bool,
}

/// Values must stay below this, so that sums of two are held too.
const LIMIT: i128 = 1 << 62;

impl Graph {
    pub(super) fn number_moves(&self, number: Number) -> bool {
        self.numbers[number.0 as usize].moves
    }

    pub(super) fn most(&self, number: Number) -> i128 {
        self.numbers[number.0 as usize].most
    }

    /// No sum of the number over some of so many rows is greater.
    pub(super) fn greatest_sum(&self, number: Number, rows: usize) -> i128 {
        match &self.numbers[number.0 as usize].kind {
            NumberKind::Column(column) => match column.as_ref() {
                Prepared::Numbers(numbers) => numbers.all,
                _ => i128::MAX,
            },
            _ => self.most(number).saturating_mul(rows as i128),
        }
    }

    fn number(&mut self, kind: NumberKind) -> Result<Number, Unfit> {
        let at = |number: &Number| &self.numbers[number.0 as usize];
        let (most, moves) = match &kind {
            NumberKind::Constant(constant) => (i128::from(*constant).abs(), false),
            NumberKind::Period(bound) => {
                let most = self.bounds[*bound].iter().map(|day| i128::from(*day).abs()).max();
                (most.unwrap_or(0), self.bound_moves(*bound))
            }
            NumberKind::Column(column) => match column.as_ref() {
                Prepared::Numbers(numbers) => (numbers.most, false),
                _ => return Err(Unfit::Wide),
            },
            NumberKind::Day(_) => (i128::from(NEVER), false),
            NumberKind::Ranks { ranks, .. } => (ranks.len() as i128, false),
            NumberKind::Add(a, b) | NumberKind::Subtract(a, b) => (at(a).most + at(b).most, at(a).moves || at(b).moves),
            NumberKind::Multiply(a, b) => {
                (at(a).most.checked_mul(at(b).most).ok_or(Unfit::Wide)?, at(a).moves || at(b).moves)
            }
            NumberKind::Held(inner, most) => (at(inner).most.min(i128::from(*most)), at(inner).moves),
            NumberKind::Ordinal { day, .. } => (1 << 31, at(day).moves),
        };
        if most >= LIMIT {
            return Err(Unfit::Wide);
        }
        self.numbers.push(NumberNode { kind, most, moves });
        Ok(Number(self.numbers.len() as u32 - 1))
    }

    /// The number, once: the same column or constant is one node.
    fn known(&mut self, same: impl Fn(&NumberKind) -> bool, kind: NumberKind) -> Result<Number, Unfit> {
        match self.numbers.iter().position(|node| same(&node.kind)) {
            Some(place) => Ok(Number(place as u32)),
            None => self.number(kind),
        }
    }

    pub(super) fn whole(&mut self, constant: i64) -> Result<Number, Unfit> {
        self.known(|k| matches!(k, NumberKind::Constant(c) if *c == constant), NumberKind::Constant(constant))
    }

    pub(super) fn period(&mut self, bound: Bound) -> Result<Number, Unfit> {
        self.known(|k| matches!(k, NumberKind::Period(b) if *b == bound), NumberKind::Period(bound))
    }

    pub(super) fn column(&mut self, column: &Arc<Prepared>) -> Result<Number, Unfit> {
        let same = |k: &NumberKind| matches!(k, NumberKind::Column(c) if Arc::ptr_eq(c, column));
        self.known(same, NumberKind::Column(Arc::clone(column)))
    }

    pub(super) fn day(&mut self, column: usize) -> Result<Number, Unfit> {
        self.known(|k| matches!(k, NumberKind::Day(c) if *c == column), NumberKind::Day(column))
    }

    pub(super) fn ranks(&mut self, column: usize, ranks: Vec<i64>) -> Result<Number, Unfit> {
        self.number(NumberKind::Ranks { column, ranks: ranks.into() })
    }

    pub(super) fn sum(&mut self, a: Number, b: Number) -> Result<Number, Unfit> {
        match (&self.numbers[a.0 as usize].kind, &self.numbers[b.0 as usize].kind) {
            (NumberKind::Constant(0), _) => Ok(b),
            (_, NumberKind::Constant(0)) => Ok(a),
            (NumberKind::Constant(x), NumberKind::Constant(y)) => self.whole(x + y),
            _ => {
                let same = |k: &NumberKind| matches!(k, NumberKind::Add(x, y) if (*x, *y) == (a, b));
                self.known(same, NumberKind::Add(a, b))
            }
        }
    }

    pub(super) fn difference(&mut self, a: Number, b: Number) -> Result<Number, Unfit> {
        let same = |k: &NumberKind| matches!(k, NumberKind::Subtract(x, y) if (*x, *y) == (a, b));
        self.known(same, NumberKind::Subtract(a, b))
    }

    pub(super) fn product(&mut self, a: Number, b: Number) -> Result<Number, Unfit> {
        if let NumberKind::Constant(1) = self.numbers[b.0 as usize].kind {
            return Ok(a);
        }
        let same = |k: &NumberKind| matches!(k, NumberKind::Multiply(x, y) if (*x, *y) == (a, b));
        self.known(same, NumberKind::Multiply(a, b))
    }

    pub(super) fn held(&mut self, number: Number, most: i64) -> Result<Number, Unfit> {
        if self.most(number) <= i128::from(most) {
            return Ok(number);
        }
        self.number(NumberKind::Held(number, most))
    }

    pub(super) fn ordinal(&mut self, day: Number, first: i64, ordinals: &Arc<[i32]>) -> Result<Number, Unfit> {
        let same = |k: &NumberKind| matches!(k, NumberKind::Ordinal { day: known, .. } if *known == day);
        self.known(same, NumberKind::Ordinal { day, first, ordinals: Arc::clone(ordinals) })
    }

    /// A day of a column with days added, if the number is that.
    fn shifted(&self, number: Number) -> Option<(usize, i64)> {
        match &self.numbers[number.0 as usize].kind {
            NumberKind::Day(column) => Some((*column, 0)),
            NumberKind::Add(a, b) => match &self.numbers[b.0 as usize].kind {
                NumberKind::Constant(days) => self.shifted(*a).map(|(column, before)| (column, before + days)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The days of each period, if the number is that, `minus` days earlier.
    fn dated(&mut self, number: Number, minus: i64) -> Option<Bound> {
        let earlier = |day: i64| {
            let beyond = i64::from(Self::BEYOND);
            i32::try_from((day - minus).clamp(-beyond, beyond)).unwrap_or(0)
        };
        let days: Vec<i32> = match &self.numbers[number.0 as usize].kind {
            NumberKind::Constant(day) => vec![earlier(*day); self.spans],
            NumberKind::Period(bound) => self.bounds[*bound].iter().map(|day| earlier((*day).into())).collect(),
            NumberKind::Add(a, b) => {
                let (a, b) = (*a, *b);
                let NumberKind::Constant(days) = self.numbers[b.0 as usize].kind else { return None };
                return self.dated(a, minus - days);
            }
            _ => return None,
        };
        Some(self.bound(days))
    }

    /// Rows where a ≤ b.
    pub(super) fn at_most(&mut self, a: Number, b: Number) -> Id {
        if let (NumberKind::Constant(x), NumberKind::Constant(y)) =
            (&self.numbers[a.0 as usize].kind, &self.numbers[b.0 as usize].kind)
        {
            return if x <= y { TRUE } else { FALSE };
        }
        if let Some((column, added)) = self.shifted(a)
            && let Some(high) = self.dated(b, added)
        {
            return self.between(column, None, Some(high));
        }
        if let Some((column, added)) = self.shifted(b)
            && let Some(low) = self.dated(a, added)
        {
            return self.between(column, Some(low), None);
        }
        if let (Some(x), Some(y)) = (self.dated(a, 0), self.dated(b, 0)) {
            let holds: Vec<bool> = self.bounds[x].iter().zip(self.bounds[y].iter()).map(|(x, y)| x <= y).collect();
            if holds.iter().all(|one| Some(one) == holds.first()) {
                return Self::constant(holds.first() == Some(&true));
            }
        }
        self.compare(a, false, b)
    }

    /// Rows where a < b.
    pub(super) fn below(&mut self, a: Number, b: Number) -> Id {
        let reached = self.at_most(b, a);
        self.not(reached)
    }

    /// Rows where a = b.
    pub(super) fn equal(&mut self, a: Number, b: Number) -> Id {
        if a == b {
            return TRUE;
        }
        for (day, other) in [(a, b), (b, a)] {
            if let Some((column, added)) = self.shifted(day)
                && let Some(bound) = self.dated(other, added)
            {
                return self.between(column, Some(bound), Some(bound));
            }
        }
        self.compare(a.min(b), true, a.max(b))
    }
}

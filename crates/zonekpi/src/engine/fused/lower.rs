//! Predicates as bitmaps of the graph, by the same rules as the reference engine's expressions, one for one.

use std::sync::Arc;

use super::Unfit;
use super::columns::{NEVER, Prepared};
use super::number::Number;
use super::scalar::{Interval, Value};
use super::store::Tables;
use super::truth::{FALSE, Graph, Id, Part, Source, TRUE, Truth};
use crate::calendar::Calendar;
use crate::indicator::{ColumnRef, Comparison, Predicate, Scalar};

/// The dates at which conditions are judged, one for each period.
#[derive(Clone)]
pub(super) struct Moments {
    /// The dates asked about: events after them have not happened.
    pub(super) as_of: Vec<i32>,
    /// The ledger's day: deadlines after it have not passed.
    pub(super) snapshot_on: i32,
    /// Days after an event by which all events of a condition must have happened.
    pub(super) within: Option<(ColumnRef, i64)>,
}

/// Puts conditions on the rows of one table into a graph.
pub(super) struct Lowering<'a, 'l> {
    pub(super) graph: &'a mut Graph,
    pub(super) tables: &'a Tables<'l>,
    pub(super) table: &'static str,
    pub(super) calendar: &'a Calendar,
}

impl Lowering<'_, '_> {
    pub(super) fn column(&self, column: &ColumnRef) -> Result<Arc<Prepared>, Unfit> {
        self.tables.column(self.table, column)
    }

    /// The bitmap of a column that may have none: `otherwise` then.
    pub(super) fn part(&mut self, column: &Arc<Prepared>, part: Part, otherwise: Id) -> Id {
        let (there, unreadable) = match column.as_ref() {
            Prepared::Days(days) => (days.there.is_some(), days.unreadable.is_some()),
            Prepared::Numbers(numbers) => (numbers.there.is_some(), numbers.unreadable.is_some()),
            Prepared::Flags { there, unreadable, .. } => (there.is_some(), unreadable.is_some()),
            Prepared::Texts(texts) => (texts.there.is_some(), texts.unreadable.is_some()),
        };
        let has = match part {
            Part::There => there,
            Part::Unreadable => unreadable,
            _ => true,
        };
        if has { self.graph.bits(Source::Column(Arc::clone(column)), part) } else { otherwise }
    }

    /// The interval of an event, or of a planned day, where none is never.
    pub(super) fn interval(&mut self, column: &ColumnRef) -> Result<Interval, Unfit> {
        let column = self.column(column)?;
        let from = self.graph.day_column(&column, true);
        let to = self.graph.day_column(&column, false);
        let (from, to) = (self.graph.day(from)?, self.graph.day(to)?);
        Ok(Interval { from, to, absent: FALSE })
    }

    /// Whether an event lies in [first, last] of each period, the first day open if `None`. Nothing lies in days that
    /// are none.
    pub(super) fn in_days(&mut self, event: &ColumnRef, first: Option<&[i32]>, last: &[i32]) -> Result<Truth, Unfit> {
        let column = self.column(event)?;
        let from = self.graph.day_column(&column, true);
        let to = self.graph.day_column(&column, false);
        let high = self.graph.bound(last.to_vec());
        let low = first.map(|first| {
            let none = |(first, last): (&i32, &i32)| if first > last { Graph::BEYOND } else { *first };
            let days = first.iter().zip(last).map(none).collect();
            self.graph.bound(days)
        });
        let from_sure = low.map_or(TRUE, |low| self.graph.between(from, Some(low), None));
        let possible = match (from == to, low) {
            (true, _) => self.graph.between(to, low, Some(high)),
            (false, None) => self.graph.between(from, None, Some(high)),
            (false, Some(low)) => {
                let begun = self.graph.between(from, None, Some(high));
                let not_over = self.graph.between(to, Some(low), None);
                self.graph.and([begun, not_over])
            }
        };
        if from == to {
            return Ok(Truth::known(possible));
        }
        let ended = self.graph.between(to, None, Some(high));
        let mut sure = self.graph.and([ended, from_sure]);
        if !Graph::in_order(&column) {
            // Of an interval that ends before it begins, what is impossible is looked at first.
            sure = self.graph.and([sure, possible]);
        }
        Ok(Truth { sure, possible })
    }

    /// A predicate as a truth.
    pub(super) fn predicate(&mut self, predicate: &Predicate, moments: &Moments) -> Result<Truth, Unfit> {
        Ok(match predicate {
            Predicate::Constant(constant) => Truth::known(Graph::constant(*constant)),
            Predicate::Flag(column) => {
                let column = self.column(column)?;
                let yes = self.part(&column, Part::Yes, FALSE);
                let there = self.part(&column, Part::There, TRUE);
                let blank = self.graph.not(there);
                Truth { sure: yes, possible: self.graph.or([yes, blank]) }
            }
            Predicate::Compare { left, comparison, right } => self.compared(left, *comparison, right, moments)?,
            Predicate::In { operand, list } => self.one_of(operand, list, moments)?,
            Predicate::IsNull(column) => {
                let column = self.column(column)?;
                let there = self.part(&column, Part::There, TRUE);
                let unreadable = self.part(&column, Part::Unreadable, FALSE);
                let blank = Truth::known(self.graph.not(there));
                self.graph.unless(unreadable, blank)
            }
            Predicate::Happened { event, by } => self.happened(event, by.as_ref(), moments)?,
            Predicate::Not(inner) => {
                let inner = self.predicate(inner, moments)?;
                self.graph.truth_not(inner)
            }
            Predicate::And(all) => {
                let all = all.iter().map(|one| self.predicate(one, moments)).collect::<Result<Vec<_>, _>>()?;
                self.graph.truth_and(&all)
            }
            Predicate::Or(all) => {
                let all = all.iter().map(|one| self.predicate(one, moments)).collect::<Result<Vec<_>, _>>()?;
                self.graph.truth_or(&all)
            }
        })
    }

    fn happened(&mut self, event: &ColumnRef, by: Option<&Scalar>, moments: &Moments) -> Result<Truth, Unfit> {
        let mut all = vec![self.in_days(event, None, &moments.as_of)?];
        if let Some(by) = by {
            let (deadline, none) = self.deadline(by, moments)?;
            all.push(self.by_deadline(event, deadline, none)?);
            // A deadline that an event sets is not there before the event is.
            if let Some(setting) = event_of(by) {
                all.push(self.in_days(setting, None, &moments.as_of)?);
            }
        }
        if let Some((time, days)) = &moments.within {
            let time = self.interval(time)?;
            let days = self.graph.whole(*days)?;
            let (from, to) = (self.graph.sum(time.from, days)?, self.graph.sum(time.to, days)?);
            all.push(self.by_deadline(event, Interval { from, to, absent: FALSE }, FALSE)?);
        }
        Ok(self.graph.truth_and(&all))
    }

    /// A day by which something must have happened, and the rows that have none.
    fn deadline(&mut self, by: &Scalar, moments: &Moments) -> Result<(Interval, Id), Unfit> {
        match by {
            Scalar::Column(event) if event.is_event() => {
                let interval = self.interval(event)?;
                let never = self.graph.whole(NEVER.into())?;
                let none = self.graph.at_most(never, interval.from);
                Ok((interval, none))
            }
            Scalar::Shift { date, days } if event_of(date).is_some() => {
                let (inner, none) = self.deadline(date, moments)?;
                let days = self.scalar(days, moments)?;
                let missing = self.none(&days);
                let none = self.graph.or([none, missing]);
                Ok((self.moved(inner, &days)?, none))
            }
            _ => {
                let date = self.scalar(by, moments)?;
                let none = self.none(&date);
                Ok((self.range(&date)?, none))
            }
        }
    }

    fn by_deadline(&mut self, event: &ColumnRef, deadline: Interval, none: Id) -> Result<Truth, Unfit> {
        let event = self.interval(event)?;
        let late = self.graph.below(deadline.to, event.from);
        let impossible = self.graph.or([none, late]);
        let sure = self.graph.at_most(event.to, deadline.from);
        let known = self.graph.truth(impossible, sure);
        if deadline.absent == FALSE {
            return Ok(known);
        }
        // Without a deadline that could be compared nothing is known, unless there surely is none.
        let open = self.graph.not(none);
        let open = self.graph.and([deadline.absent, open]);
        Ok(self.graph.unless(open, known))
    }

    fn compared(
        &mut self,
        left: &Scalar,
        comparison: Comparison,
        right: &Scalar,
        moments: &Moments,
    ) -> Result<Truth, Unfit> {
        if let Some(truth) = self.text_compared(left, comparison, right, moments)? {
            return Ok(truth);
        }
        let (left, right) = (self.scalar(left, moments)?, self.scalar(right, moments)?);
        let unknown = self.graph.or([left.unknown, right.unknown]);
        let differs = Truth::known(Graph::constant(comparison == Comparison::NotEqual));
        if left.days.is_some() || right.days.is_some() {
            let none = [self.none(&left), self.none(&right)];
            let none = self.graph.or(none);
            let known = self.days_compared(&left, comparison, &right)?;
            let nothing = self.graph.unless(unknown, differs);
            return Ok(self.graph.choose(none, nothing, known));
        }
        let (a, b) = self.at_one_scale(&left, &right)?;
        let none = self.graph.or([left.null, right.null]);
        let holds = match comparison {
            Comparison::Equal => self.graph.equal(a, b),
            Comparison::NotEqual => {
                let equal = self.graph.equal(a, b);
                self.graph.not(equal)
            }
            Comparison::Less => self.graph.below(a, b),
            Comparison::LessOrEqual => self.graph.at_most(a, b),
            Comparison::Greater => self.graph.below(b, a),
            Comparison::GreaterOrEqual => self.graph.at_most(b, a),
        };
        let known = self.graph.choose(none, differs, Truth::known(holds));
        Ok(self.graph.unless(unknown, known))
    }

    /// Two days of which one may be an interval.
    fn days_compared(&mut self, left: &Value, comparison: Comparison, right: &Value) -> Result<Truth, Unfit> {
        let (a, b) = (self.range(left)?, self.range(right)?);
        let known = match comparison {
            Comparison::Equal | Comparison::NotEqual => {
                let (before, after) = (self.graph.below(a.to, b.from), self.graph.below(b.to, a.from));
                let apart = self.graph.or([before, after]);
                let points = [self.graph.equal(a.from, a.to), self.graph.equal(b.from, b.to)];
                let same = self.graph.equal(a.from, b.from);
                let sure = self.graph.and(points.into_iter().chain([same]));
                let equal = self.graph.truth(apart, sure);
                if comparison == Comparison::Equal { equal } else { self.graph.truth_not(equal) }
            }
            Comparison::Less => self.before(&a, &b),
            Comparison::GreaterOrEqual => {
                let before = self.before(&a, &b);
                self.graph.truth_not(before)
            }
            Comparison::Greater => self.before(&b, &a),
            Comparison::LessOrEqual => {
                let before = self.before(&b, &a);
                self.graph.truth_not(before)
            }
        };
        let open = self.graph.or([a.absent, b.absent]);
        Ok(self.graph.unless(open, known))
    }

    fn before(&mut self, a: &Interval, b: &Interval) -> Truth {
        let impossible = self.graph.at_most(b.to, a.from);
        let sure = self.graph.below(a.to, b.from);
        self.graph.truth(impossible, sure)
    }

    /// A text column compared with a text, or with another column.
    fn text_compared(
        &mut self,
        left: &Scalar,
        comparison: Comparison,
        right: &Scalar,
        moments: &Moments,
    ) -> Result<Option<Truth>, Unfit> {
        let text = |scalar: &Scalar| match scalar {
            Scalar::Text(text) => Some(text.clone()),
            _ => None,
        };
        let (column, sought, mirrored) = match (text(left), text(right)) {
            (None, Some(text)) => (left, text, false),
            (Some(text), None) => (right, text, true),
            (Some(_), Some(_)) => return Err(Unfit::Text),
            (None, None) => return self.texts_compared(left, comparison, right, moments),
        };
        let Scalar::Column(column) = column else { return Err(Unfit::Text) };
        let holds = |name: &str| {
            let order = if mirrored { sought.as_str().cmp(name) } else { name.cmp(sought.as_str()) };
            comparison.holds(order)
        };
        let found = self.texts(column, holds, comparison == Comparison::NotEqual)?;
        Ok(Some(found))
    }

    /// Rows by what their text is; `blank` is the truth of none.
    fn texts(&mut self, column: &ColumnRef, holds: impl Fn(&str) -> bool, blank: bool) -> Result<Truth, Unfit> {
        let prepared = self.column(column)?;
        let Prepared::Texts(texts) = prepared.as_ref() else { return Err(Unfit::Text) };
        let marked = texts.names.iter().map(|name| holds(name)).chain([blank]).collect();
        let place = self.graph.text_column(&prepared);
        let found = self.graph.lookup(place, marked);
        let there = self.part(&prepared, Part::There, TRUE);
        let unknown = match column.blank_is_unknown() {
            true => self.graph.not(there),
            false => self.part(&prepared, Part::Unreadable, FALSE),
        };
        Ok(self.graph.unless(unknown, Truth::known(found)))
    }

    fn texts_compared(
        &mut self,
        left: &Scalar,
        comparison: Comparison,
        right: &Scalar,
        moments: &Moments,
    ) -> Result<Option<Truth>, Unfit> {
        let (Scalar::Column(a), Scalar::Column(b)) = (left, right) else { return Ok(None) };
        let (first, second) = (self.column(a)?, self.column(b)?);
        let (Prepared::Texts(x), Prepared::Texts(y)) = (first.as_ref(), second.as_ref()) else { return Ok(None) };
        let mut all: Vec<&str> = x.names.iter().chain(y.names.iter()).map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        let rank = |name: &String| all.binary_search(&name.as_str()).map_or(-1, |rank| rank as i64);
        let mut sides = Vec::with_capacity(2);
        for (prepared, texts, scalar) in [(&first, x, left), (&second, y, right)] {
            let ranks = texts.names.iter().map(rank).chain([-1]).collect();
            let place = self.graph.text_column(prepared);
            let number = self.graph.ranks(place, ranks)?;
            sides.push(Value { number, ..self.scalar(scalar, moments)? });
        }
        let [left, right] = sides.as_slice() else { return Ok(None) };
        let none = self.graph.or([left.null, right.null]);
        let (a, b) = (left.number, right.number);
        let (less, equal) = (self.graph.below(a, b), self.graph.equal(a, b));
        let holds = match comparison {
            Comparison::Equal => equal,
            Comparison::NotEqual => self.graph.not(equal),
            Comparison::Less => less,
            Comparison::LessOrEqual => self.graph.or([less, equal]),
            Comparison::GreaterOrEqual => self.graph.not(less),
            Comparison::Greater => {
                let at_most = self.graph.or([less, equal]);
                self.graph.not(at_most)
            }
        };
        let differs = Truth::known(Graph::constant(comparison == Comparison::NotEqual));
        let known = self.graph.choose(none, differs, Truth::known(holds));
        let unknown = self.graph.or([left.unknown, right.unknown]);
        Ok(Some(self.graph.unless(unknown, known)))
    }

    fn one_of(&mut self, operand: &Scalar, list: &[Scalar], moments: &Moments) -> Result<Truth, Unfit> {
        if let Scalar::Column(column) = operand
            && list.iter().any(|item| matches!(item, Scalar::Text(_)))
        {
            let is = |name: &str| list.iter().any(|item| matches!(item, Scalar::Text(text) if text == name));
            return self.texts(column, is, false);
        }
        let sought = self.scalar(operand, moments)?;
        if let Some(days) = sought.days {
            let none = self.none(&sought);
            let (mut sure, mut possible) = (Vec::new(), Vec::new());
            for item in list {
                let day = self.scalar(item, moments)?.number;
                let exact = [self.graph.equal(days.from, day), self.graph.equal(days.to, day)];
                sure.push(self.graph.and(exact));
                let spanning = [self.graph.at_most(days.from, day), self.graph.at_most(day, days.to)];
                possible.push(self.graph.and(spanning));
            }
            let (sure, possible) = (self.graph.or(sure), self.graph.or(possible));
            let impossible = self.graph.not(possible);
            let found = self.graph.truth(impossible, sure);
            // Of days that have no end to compare, nothing is found; see the reference's handling of null.
            let known = self.graph.unless(days.absent, found);
            return Ok(self.graph.choose(none, Truth::FALSE, known));
        }
        let mut found = Vec::with_capacity(list.len());
        for item in list {
            let item = self.scalar(item, moments)?;
            let (a, b) = self.at_one_scale(&sought, &item)?;
            found.push(self.graph.equal(a, b));
        }
        let found = self.graph.or(found);
        let known = self.graph.choose(sought.null, Truth::FALSE, Truth::known(found));
        Ok(self.graph.unless(sought.unknown, known))
    }

    /// Two numbers at their common scale.
    fn at_one_scale(&mut self, a: &Value, b: &Value) -> Result<(Number, Number), Unfit> {
        let scale = a.scale.max(b.scale);
        Ok((self.rescaled(a, scale)?, self.rescaled(b, scale)?))
    }
}

/// The event from which a deadline counts, if it is one.
pub(super) fn event_of(date: &Scalar) -> Option<&ColumnRef> {
    match date {
        Scalar::Column(column) if column.is_event() => Some(column),
        Scalar::Shift { date, .. } => event_of(date),
        _ => None,
    }
}

impl Comparison {
    /// Whether it holds between two things of this order.
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

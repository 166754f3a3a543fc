//! The plan: a query checked against a catalog and a ledger, with every name resolved and every date settled.
//! Engines run plans; they ask no more questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;

use super::absent::{self, Absent};
use super::calendar::Reads;
use super::rows::OfTables;
use super::work::Work;
use super::{Cancelled, Engine, Phases, Query, uncovered};
use crate::calendar;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::expression::{is_project, means};
use crate::indicator::{Basis, CancelledDefault, Catalog, ColumnRef, Indicator, Measure, Predicate};
use crate::ledger::{Kind, Ledger, Schema, Table};
use crate::message::{ErrorCode, Message, Phrase};
use crate::period::{self, Every, Period};

/// More days than any ledger spans; keeps date arithmetic far from its limits.
const MOST_DAYS: i64 = 200_000;

/// A query made ready.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) ledger: Ledger,
    pub(crate) items: Vec<Item>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) totals: bool,
    pub(crate) phases: Phases,
    pub(crate) engine: Engine,
    pub(crate) confidence: Option<f64>,
    /// Whether the query asked for no period, so that flows cover their year to date.
    pub(crate) year_to_date: bool,
    /// What the reader must be told beside the numbers.
    pub(crate) notes: Vec<Message>,
    /// Values that the filter names and no row has.
    pub(crate) absent: Vec<Absent>,
    /// What of the answer depends on the calendar.
    pub(crate) reads: Reads,
    /// Who waits while it is run.
    pub(crate) work: Work,
    /// Whether the rows are scanned, batch by batch, and are not in the ledger that answers.
    pub(crate) scanned: bool,
}

/// A dimension of the query.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    /// As asked; the name of the answer's column.
    pub(crate) name: String,
    /// The column in the first table that is asked; tells the kind.
    pub(crate) column: ColumnRef,
    /// The table that the column is of.
    pub(crate) table: &'static str,
}

impl Dimension {
    /// Whether a name means it: as the query wrote it, else any name of its column. `project.` before a name asks for
    /// the project's own.
    pub(crate) fn is_meant_by(&self, name: &str) -> bool {
        let name = name.trim();
        if self.name == name {
            return true;
        }
        let of_projects = self.column.of_project || self.table == "projects";
        let column = match name.split_once('.') {
            Some((table, column)) if is_project(table) && of_projects => column.trim(),
            _ => name,
        };
        let spec = Schema::builtin().table(self.table).and_then(|table| table.column(&self.column.name));
        spec.map_or(self.column.name == column, |spec| means(column, spec))
    }

    /// The place of the dimension that a name means. As it was written goes first, then a column of the table's own.
    ///
    /// # Errors
    ///
    /// A name that means none of them.
    pub(crate) fn find(dimensions: &[Self], name: &str) -> Result<usize> {
        let written = dimensions.iter().position(|d| d.name == name);
        let own = || dimensions.iter().position(|d| !d.column.of_project && d.is_meant_by(name));
        let any = || dimensions.iter().position(|d| d.is_meant_by(name));
        written.or_else(own).or_else(any).ok_or_else(|| {
            let names: Vec<_> = dimensions.iter().map(|d| d.name.as_str()).collect();
            let message = ErrorCode::UnknownDimension.message().with("found", name).with("allowed", names.join(", "));
            Error::unknown(message, name, names)
        })
    }
}

/// One asked indicator.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) indicator: Arc<Indicator>,
    /// One, or two for a ratio of two indicators.
    pub(crate) sides: Vec<Side>,
    /// One for each period, in order; what the answer prints.
    pub(crate) spans: Vec<Span>,
    /// Of cohorts, the age at which they are compared.
    pub(crate) age: Option<i64>,
}

impl Item {
    /// Whether the span is a cohort that has not reached its age as a whole by the day asked about: its last members
    /// may still be to come, or too young.
    pub(crate) fn is_immature(&self, span: &Span, snapshot_on: NaiveDate) -> bool {
        let observed = to_epoch(span.as_of.min(snapshot_on));
        self.age.is_some_and(|age| to_epoch(span.end) + age > observed)
    }
}

/// The computation of one indicator over one table.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) indicator: Arc<Indicator>,
    pub(crate) table: &'static str,
    pub(crate) filter: Predicate,
    pub(crate) groups: Vec<ColumnRef>,
    /// The event whose happening takes a row out.
    pub(crate) cancelled: Option<ColumnRef>,
    pub(crate) min_age: Option<i64>,
    pub(crate) within: Option<i64>,
    /// Parallel to the item's spans.
    pub(crate) spans: Vec<Span>,
    /// Columns without a date that are read.
    pub(crate) undated: BTreeSet<String>,
}

/// A period and the date at which it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// First day; `None` for stocks and cumulative flows.
    pub(crate) start: Option<NaiveDate>,
    pub(crate) end: NaiveDate,
    pub(crate) as_of: NaiveDate,
}

impl Span {
    /// Whether all of it was observed by the snapshot and by the date at which it is judged.
    pub(crate) fn complete(&self, snapshot_on: NaiveDate) -> bool {
        self.as_of <= snapshot_on && self.end <= self.as_of
    }
}

impl Side {
    /// All columns that the computation reads, its grouping and its reference among them.
    pub(crate) fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = self.indicator.columns();
        self.filter.columns(&mut columns);
        columns.extend(self.groups.iter().cloned());
        columns.extend(self.cancelled.iter().cloned());
        let mut seen = BTreeSet::new();
        columns.retain(|c| seen.insert((c.of_project, c.name.clone())));
        columns
    }
}

impl Plan {
    pub(crate) fn new(query: &Query, catalog: &Catalog, ledger: &Ledger) -> Result<Self> {
        in_range([query.min_age, query.within].into_iter().flatten())?;
        if let Some(confidence) = query.confidence
            && !(confidence > 0.0 && confidence < 1.0)
        {
            return Err(refused(ErrorCode::ConfidenceOutOfRange.message().with("found", confidence)));
        }
        let mut notes = Vec::new();
        let mut items = Vec::new();
        let mut left_out = Vec::new();
        let mut tables = OfTables::new(query, ledger);
        for indicator in asked(query, catalog, ledger)? {
            match item(query, ledger, indicator.clone(), &mut tables, &mut notes) {
                Ok(item) => items.push(item),
                // Asked for all, a question that has no meaning for one of them is still a question to the others.
                Err(_) if query.ids.is_none() => left_out.push(indicator),
                Err(error) => return Err(error),
            }
        }
        if items.is_empty()
            && let Some(indicator) = left_out.first()
        {
            item(query, ledger, indicator.clone(), &mut tables, &mut notes)?;
        }
        if !left_out.is_empty() {
            let names = |of: fn(&Indicator) -> &str| left_out.iter().map(|i| of(i)).collect::<Vec<_>>().join(", ");
            notes.push(
                Phrase::LeftOut
                    .message()
                    .with("names_zh", names(|i| &i.name.zh))
                    .with("names_en", names(|i| &i.name.en)),
            );
        }
        let dimensions = dimensions(query, &items)?;
        let as_of = query.as_of.as_deref().map(period::date).transpose()?;
        let grid = Grid::new(query, as_of, ledger, &items)?;
        for item in &mut items {
            item.spans = grid.spans(item.indicator.basis);
            for side in &mut item.sides {
                side.spans = grid.spans(side.indicator.basis);
            }
        }
        let reads = Reads::of(&items, ledger);
        let judged = items.iter().flat_map(|item| &item.spans).map(|span| span.as_of).max();
        notes.extend(reads.notes(ledger, judged));
        notes.extend(uncovered::find(&items, ledger)?);
        notes.dedup();
        Ok(Self {
            absent: absent::find(&items, ledger)?,
            reads,
            work: Work::on(&query.watch, &items),
            scanned: false,
            ledger: ledger.clone(),
            dimensions,
            totals: query.totals && !query.by.is_empty(),
            phases: query.phases,
            engine: query.engine,
            confidence: query.confidence,
            year_to_date: query.period.is_none()
                && query.every.is_none()
                && items.iter().any(|i| i.indicator.basis == Basis::Flow),
            items,
            notes,
        })
    }
}

fn item(
    query: &Query,
    ledger: &Ledger,
    indicator: Arc<Indicator>,
    tables: &mut OfTables<'_>,
    notes: &mut Vec<Message>,
) -> Result<Item> {
    let sides = side_indicators(&indicator).into_iter();
    let sides = sides.map(|s| side(query, ledger, s, tables, notes)).collect::<Result<_>>()?;
    let age = query.ages.get(&indicator.id).copied();
    Ok(Item { indicator, sides, spans: Vec::new(), age })
}

/// Refuses days that no ledger spans.
pub(crate) fn in_range(all: impl IntoIterator<Item = i64>) -> Result<()> {
    match all.into_iter().find(|days| !(0..=MOST_DAYS).contains(days)) {
        Some(days) => Err(refused(ErrorCode::DaysOutOfRange.message().with("found", days))),
        None => Ok(()),
    }
}

fn refused(message: Message) -> Error {
    Error::new(ErrorKind::Query, message)
}

/// The indicators asked for; without a list, those that the ledger can answer.
fn asked(query: &Query, catalog: &Catalog, ledger: &Ledger) -> Result<Vec<Arc<Indicator>>> {
    let Some(ids) = &query.ids else {
        let can = |i: &&Arc<Indicator>| side_indicators(i).iter().all(|s| needs(query, ledger, s, &[]).is_ok());
        return Ok(catalog.iter().filter(can).cloned().collect());
    };
    if ids.is_empty() {
        return Err(refused(ErrorCode::NothingAsked.message()));
    }
    let mut seen = BTreeSet::new();
    ids.iter().filter(|id| seen.insert(id.as_str())).map(|id| catalog.get(id).cloned()).collect()
}

fn side_indicators(indicator: &Arc<Indicator>) -> Vec<Arc<Indicator>> {
    match &indicator.measure {
        Measure::RatioOf { numerator, denominator } => vec![numerator.clone(), denominator.clone()],
        _ => vec![indicator.clone()],
    }
}

/// The column whose event cancels a row under the policy, if the table has such a thing.
fn cancelling(query: &Query, indicator: &Indicator, table: &str) -> Option<ColumnRef> {
    let drop = match (indicator.cancelled, query.cancelled) {
        (CancelledDefault::FixedKeep, _) => false,
        (_, Some(asked)) => asked == Cancelled::Drop,
        (default, None) => default == CancelledDefault::Drop,
    };
    let of_project = match table {
        "projects" => false,
        "batch_entries" => true,
        _ => return None,
    };
    drop.then(|| ColumnRef { of_project, name: "cancelled_on".to_owned(), kind: Kind::Event })
}

/// The table of an indicator, once it is known that the ledger has all the columns that it needs, and those that the
/// question reads `also`.
fn needs<'l>(query: &Query, ledger: &'l Ledger, indicator: &Indicator, also: &[ColumnRef]) -> Result<&'l Table> {
    let missing_table = |name: &str| {
        let message =
            ErrorCode::MissingTable.message().with("indicator", &indicator.id).with("table", table_name(name));
        Error::new(ErrorKind::MissingColumn, message)
    };
    let spec = indicator.table.ok_or_else(|| missing_table("?"))?;
    let own = ledger.table(&spec.name).ok_or_else(|| missing_table(&spec.name))?;
    let mut columns = indicator.columns();
    columns.extend_from_slice(also);
    let for_drop = cancelling(query, indicator, &spec.name).filter(|cancelled| !columns.contains(cancelled));
    columns.extend(for_drop.clone());
    let mut missing: Vec<(&str, Vec<String>)> = Vec::new();
    let projects = if columns.iter().any(|c| c.of_project) {
        let reference = spec.reference_to("projects").map(|c| c.name.as_str()).unwrap_or("project_id");
        let projects = ledger.table("projects").ok_or_else(|| missing_table("projects"))?;
        if !own.has(reference) {
            missing.push((&spec.name, vec![reference.to_owned()]));
        }
        if !projects.has("project_id") {
            missing.push(("projects", vec!["project_id".to_owned()]));
        }
        Some(projects)
    } else {
        None
    };
    for column in &columns {
        let (table, name) = match projects {
            Some(projects) if column.of_project => (projects, "projects"),
            _ => (own, spec.name.as_str()),
        };
        if !table.has(&column.name) {
            match missing.iter_mut().find(|(t, _)| *t == name) {
                Some((_, names)) if names.contains(&column.name) => {}
                Some((_, names)) => names.push(column.name.clone()),
                None => missing.push((name, vec![column.name.clone()])),
            }
        }
    }
    let Some((table, names)) = missing.first() else { return Ok(own) };
    let spec = Schema::builtin().table(table);
    let told = |name: &String| match spec.and_then(|t| t.column(name)) {
        Some(column) => {
            let headers: Vec<_> = std::iter::once(&column.zh).chain(&column.aliases).take(6).cloned().collect();
            format!("{name}（{}）", headers.join("/"))
        }
        None => name.clone(),
    };
    let message = ErrorCode::MissingColumns
        .message()
        .with("indicator", &indicator.id)
        .with("table", table_name(table))
        .with("missing", names.iter().map(told).collect::<Vec<_>>().join(", "));
    let named = |message: Message, slots: [&'static str; 2], name: &str| {
        let zh = spec.and_then(|t| t.column(name)).map_or(name, |column| &column.zh);
        message.with(slots[0], zh).with(slots[1], name)
    };
    let column = ["column_zh", "column_en"];
    let derived = names.iter().filter_map(|name| {
        let from = spec.and_then(|t| t.column(name))?.derived_from.as_deref()?;
        Some(named(named(Phrase::MissingDerived.message(), column, name), ["from_zh", "from_en"], from))
    });
    let drop = for_drop.filter(|cancelled| names.contains(&cancelled.name));
    let drop = drop.map(|cancelled| named(Phrase::MissingForDrop.message(), column, &cancelled.name));
    let message =
        message.with_messages("derived", derived.take(1).collect()).with_messages("drop", drop.into_iter().collect());
    Err(Error::new(ErrorKind::MissingColumn, message))
}

fn table_name(name: &str) -> String {
    Schema::builtin().table(name).map_or_else(|| name.to_owned(), |t| format!("{name}（{}）", t.zh))
}

fn side(
    query: &Query,
    ledger: &Ledger,
    indicator: Arc<Indicator>,
    tables: &mut OfTables<'_>,
    notes: &mut Vec<Message>,
) -> Result<Side> {
    let table = needs(query, ledger, &indicator, &[])?;
    let name = name_of(table);
    let said = tables.of(name)?;
    // What is taken from the projects is found by the reference to them. The table's own columns were found.
    let also = said.columns();
    if also.iter().any(|column| column.of_project) {
        needs(query, ledger, &indicator, &also)?;
    }
    let within = query.ages.get(&indicator.id).copied().or(query.within);
    if within.is_some() {
        if indicator.once.is_some() {
            return Err(refused(ErrorCode::WithinOnce.message().with("indicator", &indicator.id)));
        }
        let condition = match &indicator.measure {
            Measure::Count { condition } | Measure::Share { condition, .. } => condition,
            _ => return Err(refused(ErrorCode::WithinNeedsEvents.message().with("indicator", &indicator.id))),
        };
        if !only_events(condition) {
            return Err(refused(ErrorCode::WithinNeedsEvents.message().with("indicator", &indicator.id)));
        }
    }
    let min_age = query.min_age.or(within);
    if min_age.is_some() && indicator.time.is_none() {
        return Err(refused(ErrorCode::AgeNeedsTime.message().with("indicator", &indicator.id)));
    }
    let cancelled = cancelling(query, &indicator, name);
    if query.cancelled == Some(Cancelled::Drop) && cancelled.is_none() {
        let phrase = if indicator.cancelled == CancelledDefault::FixedKeep {
            Phrase::CancelledFixed
        } else {
            Phrase::CancelledHasNoEffect
        };
        notes.push(phrase.message().with("indicator_zh", &indicator.name.zh).with("indicator_en", &indicator.name.en));
    }
    let mut side = Side {
        table: name,
        filter: said.filter,
        groups: said.groups,
        cancelled,
        min_age,
        within,
        spans: Vec::new(),
        undated: BTreeSet::new(),
        indicator,
    };
    side.undated = undated(&side);
    Ok(side)
}

fn name_of(table: &Table) -> &'static str {
    &table.spec().name
}

fn dimensions(query: &Query, items: &[Item]) -> Result<Vec<Dimension>> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    for (i, name) in query.by.iter().enumerate() {
        if dimensions.iter().any(|d| d.name == *name) {
            return Err(refused(ErrorCode::DimensionTwice.message().with("found", name)));
        }
        let side = items.first().and_then(|item| item.sides.first());
        if let Some((side, column)) = side.and_then(|side| Some((side, side.groups.get(i)?))) {
            let table = if column.of_project { "projects" } else { side.table };
            dimensions.push(Dimension { name: name.clone(), column: column.clone(), table });
        }
    }
    Ok(dimensions)
}

fn only_events(condition: &Predicate) -> bool {
    match condition {
        Predicate::Constant(_) | Predicate::Happened { .. } => true,
        Predicate::Not(inner) => only_events(inner),
        Predicate::And(all) | Predicate::Or(all) => all.iter().all(only_events),
        _ => false,
    }
}

/// Columns whose values are known only as of the snapshot. What a row is (its ids, dimensions, enums) is not among
/// them: it does not change.
fn undated(side: &Side) -> BTreeSet<String> {
    let indicator = &side.indicator;
    let mut columns: Vec<ColumnRef> = indicator.time.iter().cloned().collect();
    side.filter.columns(&mut columns);
    indicator.population.columns(&mut columns);
    for exclusion in &indicator.exclude {
        exclusion.when.columns(&mut columns);
    }
    indicator.measure.columns(&mut columns);
    columns
        .into_iter()
        .filter(|c| !matches!(c.kind, Kind::Id | Kind::Dimension | Kind::Enum | Kind::Event))
        .map(|c| if c.of_project { format!("project.{}", c.name) } else { c.name })
        .collect()
}

/// The periods of a query, before an indicator's basis makes spans of them.
struct Grid {
    /// `None` as a start is "from the beginning".
    periods: Option<Vec<(Option<NaiveDate>, NaiveDate)>>,
    as_of: Option<NaiveDate>,
    snapshot_on: NaiveDate,
}

impl Grid {
    fn new(query: &Query, as_of: Option<NaiveDate>, ledger: &Ledger, items: &[Item]) -> Result<Self> {
        let snapshot_on = ledger.snapshot_on();
        let period = query.period.as_deref().map(Period::parse).transpose()?;
        let now = as_of.unwrap_or(snapshot_on);
        let periods = match (period, query.every) {
            (None, None) => None,
            (Some(Period::Days { start, end }), None) => Some(vec![(Some(start), end)]),
            (Some(Period::Cumulative), None) => Some(vec![(None, now)]),
            (Some(Period::Days { start, end }), Some(every)) => {
                Some(every.grid(start, end)?.into_iter().map(|(s, e)| (Some(s), e)).collect())
            }
            (cumulative, Some(every)) => {
                let grid = observed(every, now.min(snapshot_on), ledger, items)?;
                let start = |s| if cumulative.is_some() { None } else { Some(s) };
                Some(grid.into_iter().map(|(s, e)| (start(s), e)).collect())
            }
        };
        Ok(Self { periods, as_of, snapshot_on })
    }

    fn spans(&self, basis: Basis) -> Vec<Span> {
        let Some(periods) = &self.periods else {
            let as_of = self.as_of.unwrap_or(self.snapshot_on);
            let start = (basis == Basis::Flow).then(|| NaiveDate::from_ymd_opt(as_of.year(), 1, 1)).flatten();
            return vec![Span { start, end: as_of, as_of }];
        };
        periods
            .iter()
            .map(|&(start, end)| Span {
                start: if basis == Basis::Flow { start } else { None },
                end,
                as_of: self.as_of.unwrap_or_else(|| end.min(self.snapshot_on)),
            })
            .collect()
    }
}

/// Calendar periods from the earliest recorded day of the asked indicators to the last that the ledger observed.
fn observed(every: Every, last: NaiveDate, ledger: &Ledger, items: &[Item]) -> Result<Vec<(NaiveDate, NaiveDate)>> {
    let mut first = None;
    for side in items.iter().flat_map(|item| &item.sides) {
        let (Some(time), Some(table)) = (&side.indicator.time, ledger.table(side.table)) else { continue };
        for name in [time.name.clone(), format!("{}_from", time.name)] {
            if table.has(&name)
                && let Some(days) = table.columns([&name])?.column(&name)?.cast(&DataType::Int32)?.i32()?.min()
                && let Some(day) = calendar::from_days(days)
            {
                first = Some(first.map_or(day, |f: NaiveDate| f.min(day)));
            }
        }
    }
    let first = first.unwrap_or(last).min(last);
    every.grid(every.containing(first).0, every.containing(last).1)
}

/// The days of the calendar in the width that engines count in.
pub(crate) fn to_epoch(day: NaiveDate) -> i64 {
    calendar::days(day).into()
}

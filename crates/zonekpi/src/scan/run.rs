//! A query over the files of a scan: which of it adds up, and the pieces of the files asked side by side.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::batch::{Reading, Seen};
use super::file::File;
use super::pieces::pieces;
use super::total::Total;
use super::{Scan, skip};
use crate::answer::KpiTable;
use crate::engine::{self, Computed};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::{Catalog, Indicator, Measure, Part};
use crate::ledger::Ledger;
use crate::ledger::side_by_side::{broke_off, side_by_side};
use crate::message::{ErrorCode, Message, Phrase};
use crate::period::Period;
use crate::query::absent::Search;
use crate::query::plan::{Item, Plan};
use crate::query::work::Work;
use crate::query::{Phases, Query};

impl Query {
    /// Answers the question from files that are scanned, batch by batch. The peak of memory depends on the columns that
    /// are read and not on the rows; parts of files that the filter surely rejects by their statistics are not read.
    ///
    /// # Errors
    ///
    /// As [`run`](Query::run); and what does not add up over batches: distinct counts, `once`, days, and a series
    /// without a period.
    pub fn scan(&self, scan: &Scan) -> Result<KpiTable> {
        let catalog = self.catalog.clone().unwrap_or_else(Catalog::builtin);
        let period = self.period.as_deref().map(Period::parse).transpose()?;
        if self.every.is_some() && matches!(period, None | Some(Period::Cumulative)) {
            return Err(refused(ErrorCode::ScanNeedsPeriod.message()));
        }
        scan.files.iter().try_for_each(|file| file.is_as_opened())?;
        if self.phases == Phases::Parent && scan.table().name == "projects" {
            return Err(refused(ErrorCode::ScanPhases.message()));
        }
        let plan = planned(self, &catalog, scan, &scan.shape)?;
        let mut search = Search::of(&plan.items);
        let reading = Reading::of(scan, &plan)?;
        let skips = |file: &File| skip::groups(file, &plan, scan, &mut search);
        let pieces = pieces(&scan.files, reading.is_typed(), skips)?;
        let work = Work::on(&self.watch, &plan.items).times(pieces.kept.len());
        let plan = Plan { work: if pieces.kept.len() > 1 { work.one_of_several() } else { work }, ..plan };
        let adding = Mutex::new(Adding { seen: Seen::from(search), ..Adding::default() });
        let failed = AtomicBool::new(false);
        let done = side_by_side(&pieces.kept, true, |number, piece| {
            // Where one piece failed, the others are of no use.
            if failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let found = reading.ask(piece, &plan);
            let added = found.and_then(|(computed, seen)| {
                let mut adding = adding.lock().unwrap_or_else(PoisonError::into_inner);
                adding.seen.merge(seen);
                adding.add(number, &plan, computed)
            });
            failed.fetch_or(added.is_err(), Ordering::Relaxed);
            added
        });
        for (piece, done) in pieces.kept.iter().zip(done) {
            done.ok_or_else(|| broke_off().at(piece.file.place()))??;
        }
        let Adding { mut total, seen, .. } = adding.into_inner().unwrap_or_else(PoisonError::into_inner);
        if pieces.kept.is_empty() {
            total.add(&plan, engine::run(&plan)?)?;
        }
        // What is said of the whole: by a ledger that has seen all batches.
        let mut shape = scan.shape.clone();
        shape.saw_provisional(seen.provisional.into_iter().collect());
        let mut plan = planned(self, &catalog, scan, &shape)?;
        plan.absent = seen.search.absent();
        let scanned = Phrase::NoteScanned.message().with("rows", scan.rows());
        plan.notes.push(scanned.with("skipped", pieces.skipped));
        if let Some(rows) = scan.left_out {
            let told = Phrase::NoteScanLeftOut.message().with("table_zh", &scan.table().zh);
            plan.notes.push(told.with("table_en", &scan.table().name).with("rows", rows));
        }
        for (column, midnights) in &seen.utc {
            let told = Phrase::NoteTimesInUtc.message().with("column", column).with("many", *midnights);
            plan.notes.push(told);
        }
        if seen.errors + seen.warnings > 0 {
            let told = Phrase::NoteScanIssues.message().with("errors", seen.errors);
            plan.notes.push(told.with("warnings", seen.warnings));
        }
        KpiTable::of(plan, total.computed())
    }
}

/// The figures of pieces, added in the order in which these stand in the files, whichever is computed first: groups are
/// listed as their rows stand.
#[derive(Default)]
struct Adding {
    total: Total,
    seen: Seen,
    next: usize,
    waiting: BTreeMap<usize, Vec<Computed>>,
}

impl Adding {
    fn add(&mut self, number: usize, plan: &Plan, computed: Vec<Computed>) -> Result<()> {
        self.waiting.insert(number, computed);
        while let Some(parts) = self.waiting.remove(&self.next) {
            parts.into_iter().try_for_each(|computed| self.total.add(plan, computed))?;
            self.next += 1;
        }
        Ok(())
    }
}

fn refused(message: Message) -> Error {
    Error::new(ErrorKind::Query, message)
}

/// The plan of a query; of one that asks for all, what can be scanned.
fn planned(query: &Query, catalog: &Catalog, scan: &Scan, shape: &Ledger) -> Result<Plan> {
    let mut plan = Plan::new(query, catalog, shape)?;
    let table = scan.table().name.as_str();
    match plan.items.iter().find_map(|item| unfit(item, table)) {
        Some(message) if query.ids.is_some() => return Err(refused(message)),
        first => {
            plan.items.retain(|item| unfit(item, table).is_none());
            if let (Some(message), true) = (first, plan.items.is_empty()) {
                return Err(refused(message));
            }
        }
    }
    plan.scanned = true;
    Ok(plan)
}

/// Why an indicator cannot be had by adding batches of a table.
fn unfit(item: &Item, table: &str) -> Option<Message> {
    let told = |code: ErrorCode| code.message().with("indicator", &item.indicator.id);
    if let Some(other) = item.sides.iter().find(|side| side.table != table) {
        return Some(told(ErrorCode::ScanOtherTable).with("table", other.table));
    }
    item.sides.iter().any(|side| !adds_up(&side.indicator)).then(|| told(ErrorCode::ScanDoesNotAdd))
}

fn adds_up(indicator: &Indicator) -> bool {
    let distinct = |part: &Part| matches!(part, Part::Distinct { .. });
    indicator.once.is_none()
        && match &indicator.measure {
            Measure::Count { .. } | Measure::Share { .. } | Measure::Sum { .. } => true,
            Measure::Ratio { numerator, denominator } => !distinct(numerator) && !distinct(denominator),
            Measure::Distinct { .. } | Measure::Days(_) | Measure::RatioOf { .. } => false,
        }
}

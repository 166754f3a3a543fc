//! Queries over Parquet files that are larger than memory: batches of rows go through the same engine as ledgers do, and
//! their figures are added. Only what adds up is answered, and what only whole tables tell is not checked.
//!
//! How files are read is in `file`, which of their rows need not be in `skip`, and how figures are added in `total`.

mod file;
mod skip;
mod total;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use self::file::File;
use self::total::Total;
use crate::answer::KpiTable;
use crate::engine;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::indicator::{Catalog, Indicator, Measure, Part};
use crate::ledger::batch::Batches;
use crate::ledger::{Issue, Ledger, Reader, Severity, TableSpec};
use crate::message::{ErrorCode, Message, Phrase};
use crate::query::absent::Search;
use crate::query::plan::{Item, Plan};
use crate::query::work::Work;
use crate::query::{Phases, Query};

/// Rows that are held at once.
const ROWS: usize = 131_072;

/// Parquet files of one table, of any size, to be asked without being held.
///
/// # How many cases were accepted in each zone, in files larger than memory?
///
/// ```no_run
/// use zonekpi::{Ledger, Query};
///
/// let scan = Ledger::reader().scan(["cases-2023.parquet", "cases-2024.parquet"])?;
/// let board = Query::new(["cases_accepted"]).by(["zone"]).scan(&scan)?;
/// println!("{board}");
/// # Ok::<(), zonekpi::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scan {
    files: Vec<Arc<File>>,
    batches: Batches,
    /// The tables that are held.
    beside: Option<Ledger>,
    /// The table without a row: its columns are those of the first file.
    shape: Ledger,
    given: Option<NaiveDate>,
    latest: Option<NaiveDate>,
}

impl Reader {
    /// Opens Parquet files of one table to be asked by [`Query::scan`], without reading them. Their columns are known
    /// by their headers, and mean what they mean in files that are read.
    ///
    /// Without a [`snapshot_on`](Reader::snapshot_on) the columns of events are gone through once, for the latest.
    ///
    /// # Errors
    ///
    /// Where a file is not there or no Parquet, and where its columns are those of no table.
    pub fn scan(self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Scan> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect();
        let files = paths.iter().map(|path| File::open(path).map(Arc::new)).collect::<Result<Vec<_>>>()?;
        let Some(first) = files.first() else {
            return Err(Error::new(ErrorKind::Input, ErrorCode::ScanNothing.message()));
        };
        let stem = paths.first().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy();
        let empty = first.empty()?;
        let batches = Batches::new(&self, &empty, &stem).map_err(|error| error.at(first.place()))?;
        let given = self.day_given();
        let mut latest = None;
        if given.is_none() {
            let events = batches.needed(&batches.events());
            for (file, start, rows) in pieces(&files, |_| Ok(Vec::new()))?.kept {
                latest = latest.max(batches.latest_event(&file.read(&events, start, rows)?)?);
            }
        }
        let snapshot_on = given.or(latest).unwrap_or_else(today);
        let shape = batches.ledger(&empty, None, None, snapshot_on)?;
        Ok(Scan { files, batches, beside: None, shape, given, latest })
    }
}

impl Scan {
    /// The same files beside a ledger that holds what they refer to: projects, suspensions.
    ///
    /// # Errors
    ///
    /// Where that ledger has the table of the files, too.
    pub fn beside(self, ledger: Ledger) -> Result<Self> {
        let table = self.batches.table();
        if ledger.table(&table.name).is_some() {
            let message = ErrorCode::ScanTableTwice.message().with("table", &table.name);
            return Err(Error::new(ErrorKind::Query, message));
        }
        let scan = Self { beside: Some(ledger), ..self };
        let empty = scan.files.first().map(|file| file.empty()).transpose()?.unwrap_or_default();
        let shape = scan.batches.ledger(&empty, None, scan.beside.as_ref(), scan.snapshot_on())?;
        Ok(Self { shape, ..scan })
    }

    /// The table that the files hold.
    pub fn table(&self) -> &'static TableSpec {
        self.batches.table()
    }

    /// How many rows the files have.
    pub fn rows(&self) -> usize {
        self.files.iter().map(|file| file.rows()).sum()
    }

    /// The day whose state the files record: that which was given, else the latest event in them that is not after
    /// today, or the day of the ledger beside them where that is later; today, if there is no event.
    pub fn snapshot_on(&self) -> NaiveDate {
        let beside = self.beside.as_ref().map(Ledger::snapshot_on);
        self.given.or(self.latest.max(beside)).unwrap_or_else(today)
    }

    /// Whether a column is made of others, and not in the files.
    fn derives(&self, name: &str) -> bool {
        self.table().column(name).is_some_and(|spec| spec.derived)
    }

    /// The names in the files of the columns that a plan reads.
    fn columns(&self, plan: &Plan) -> Vec<String> {
        let mut wanted = BTreeSet::new();
        for side in plan.items.iter().flat_map(|item| &item.sides) {
            for column in side.columns() {
                if column.of_project {
                    let refers = |spec: &&crate::ledger::ColumnSpec| spec.references.as_deref() == Some("projects");
                    wanted.extend(self.table().columns.iter().filter(refers).map(|spec| spec.name.clone()));
                } else {
                    wanted.insert(column.name);
                }
            }
        }
        self.batches.needed(&wanted)
    }

    /// Every file must have the columns that are read.
    fn has(&self, columns: &[String]) -> Result<()> {
        for file in &self.files {
            if let Some(missing) = columns.iter().find(|column| !file.has(column)) {
                let message = ErrorCode::ScanColumnMissing.message().with("column", missing);
                return Err(Error::new(ErrorKind::Input, message).at(file.place()));
            }
        }
        Ok(())
    }
}

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
        if self.every.is_some() && self.period.is_none() {
            return Err(refused(ErrorCode::ScanNeedsPeriod.message()));
        }
        if self.phases == Phases::Parent && scan.table().name == "projects" {
            return Err(refused(ErrorCode::ScanPhases.message()));
        }
        let plan = planned(self, &catalog, scan, &scan.shape)?;
        let columns = scan.columns(&plan);
        scan.has(&columns)?;
        let mut seen = Seen { search: Search::of(&plan.items), errors: 0, warnings: 0, provisional: BTreeMap::new() };
        let pieces = pieces(&scan.files, |file| skip::groups(file, &plan, scan, &mut seen.search))?;
        let work = Work::on(&self.watch, &plan.items).times(pieces.kept.len());
        let mut total = Total::default();
        for (file, start, rows) in &pieces.kept {
            let frame = file.read(&columns, *start, *rows)?;
            let ledger = scan.batches.ledger(&frame, Some(&file.name()), scan.beside.as_ref(), scan.snapshot_on())?;
            seen.see(&ledger, scan.table())?;
            let batch = Plan { ledger, work: work.clone(), ..plan.clone() };
            total.add(&batch, engine::run(&batch)?)?;
        }
        if pieces.kept.is_empty() {
            total.add(&plan, engine::run(&plan)?)?;
        }
        // What is said of the whole: by a ledger that has seen all batches.
        let mut shape = scan.shape.clone();
        shape.saw_provisional(seen.provisional.into_iter().collect());
        let mut plan = planned(self, &catalog, scan, &shape)?;
        plan.scanned = true;
        plan.absent = seen.search.absent();
        let scanned = Phrase::NoteScanned.message().with("rows", scan.rows());
        plan.notes.push(scanned.with("skipped", pieces.skipped));
        if seen.errors + seen.warnings > 0 {
            let told = Phrase::NoteScanIssues.message().with("errors", seen.errors);
            plan.notes.push(told.with("warnings", seen.warnings));
        }
        KpiTable::of(plan, total.computed())
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

/// What is remembered of batches beside their figures.
struct Seen {
    search: Search,
    errors: usize,
    warnings: usize,
    provisional: BTreeMap<&'static str, usize>,
}

impl Seen {
    fn see(&mut self, ledger: &Ledger, table: &TableSpec) -> Result<()> {
        self.search.see_batch(ledger)?;
        // What is wrong with the tables beside is told where they are read, and not once more by each batch.
        let own = |issue: &&Issue| issue.table == table.name;
        let count = |severity| ledger.issues().iter().filter(own).filter(|issue| issue.severity == severity).count();
        self.errors += count(Severity::Error);
        self.warnings += count(Severity::Warning);
        for (column, days) in &ledger.clock().provisional {
            *self.provisional.entry(column).or_default() += days;
        }
        Ok(())
    }
}

/// What is read of the files, and how many rows are not.
struct Pieces {
    /// A file, its first row that is read, and how many are.
    kept: Vec<(Arc<File>, usize, usize)>,
    skipped: usize,
}

/// The files in pieces that are held at once; `skips` tells the row groups of a file that need not be read.
fn pieces(files: &[Arc<File>], mut skips: impl FnMut(&File) -> Result<Vec<bool>>) -> Result<Pieces> {
    let mut pieces = Pieces { kept: Vec::new(), skipped: 0 };
    for file in files {
        let skips = skips(file)?;
        // Row groups that follow each other are read together, as far as they are small.
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut start = 0;
        for (number, rows) in file.groups().enumerate() {
            if skips.get(number) == Some(&true) {
                pieces.skipped += rows;
            } else {
                match runs.last_mut() {
                    Some((first, many)) if *first + *many == start => *many += rows,
                    _ => runs.push((start, rows)),
                }
            }
            start += rows;
        }
        for (first, many) in runs {
            let parts = (0..many).step_by(ROWS).map(|at| (Arc::clone(file), first + at, ROWS.min(many - at)));
            pieces.kept.extend(parts);
        }
    }
    Ok(pieces)
}

/// The day of files without any event.
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn place_of(path: &Path) -> Place {
    Place { file: Some(path.display().to_string()), ..Place::default() }
}

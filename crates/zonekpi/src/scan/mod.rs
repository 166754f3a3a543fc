//! Queries over Parquet files that are larger than memory: batches of rows go through the same engine as ledgers do, and
//! their figures are added. Only what adds up is answered, and what only whole tables tell is not checked.
//!
//! How files are read is in `file`, which of their rows need not be in `skip`, in which pieces they are in `pieces`, how
//! a piece is asked in `batch` and, where its columns are typed already, in `typed`, how figures are added in `total`, and
//! how all of it becomes an answer in `run`.

mod batch;
mod file;
mod pieces;
mod run;
mod skip;
mod total;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use polars::prelude::{DataFrame, DataType};

use self::file::File;
use self::typed::Rooms;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::batch::Batches;
use crate::ledger::{Ledger, Reader, Table, TableSpec};
use crate::message::ErrorCode;
use crate::query::plan::Plan;

/// Parquet files of one table, of any size, to be asked without being held.
///
/// No rows are kept from one question to the next, but what threads unpack them into, with which the next one is quicker:
/// as a rule some tens of megabytes for each thread, until the scan is dropped.
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
    /// Of files whose headers are not those of the first, how they would be read by themselves.
    differing: BTreeMap<String, Batches>,
    /// The tables that are held.
    beside: Option<Ledger>,
    /// The rows of the scanned table that the ledger beside had.
    left_out: Option<usize>,
    /// The table without a row: its columns are those of the first file.
    shape: Ledger,
    given: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    rooms: Arc<Rooms>,
}

impl Reader {
    /// Opens Parquet files of one table, each of them once, to be asked by [`Query::scan`](crate::Query::scan), without
    /// reading them. Their columns are known by their headers, and mean what they mean in files that are read; they are
    /// those of the first file, under the same headers or others of the same meaning and unit. The files must stay as they
    /// are: one that changed is refused when it is asked.
    ///
    /// Without a [`snapshot_on`](Reader::snapshot_on) the columns of events are gone through once, for the latest.
    ///
    /// # Errors
    ///
    /// Where a file is not there or no Parquet, and where its columns are those of no table, or of another than the one that
    /// is asked for or that the first file holds.
    pub fn scan(self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Scan> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect();
        // A file that is named twice is one file.
        let mut seen = BTreeSet::new();
        let is_new = |path: &&PathBuf| seen.insert(path.canonicalize().unwrap_or_else(|_| (*path).clone()));
        let paths: Vec<&PathBuf> = paths.iter().filter(is_new).collect();
        let files = paths.iter().map(|path| File::open(path)).collect::<Result<Vec<_>>>()?;
        let Some(first) = files.first() else {
            return Err(Error::new(ErrorKind::Input, ErrorCode::ScanNothing.message()));
        };
        let stem = paths.first().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy();
        let (names, place) = (first.names(), first.place());
        let batches = Batches::new(&self, &names, &stem).map_err(|error| error.at(place.clone()))?;
        let mut empties = vec![first.empty()?];
        let mut differing = BTreeMap::new();
        let mut called = Vec::with_capacity(files.len());
        for file in files {
            let own = file.names();
            if own == names {
                called.push(Arc::new(file));
                continue;
            }
            let own = batches.with_names(own).map_err(|error| error.at(file.place()))?;
            empties.push(file.empty()?);
            let file = file.called(batches.same_in(&own));
            differing.insert(file.name(), own);
            called.push(Arc::new(file));
        }
        let files = called;
        batches.use_options(&self, &empties).map_err(|error| error.at(place))?;
        let given = self.day_given();
        let mut latest = None;
        if given.is_none() {
            for piece in pieces::pieces(&files, false, |_| Ok(Vec::new()))?.kept {
                let batches = differing.get(&piece.file.name()).unwrap_or(&batches);
                let events = batches.needed(&batches.events());
                let frame = piece.file.read(&events, piece.start, piece.rows)?;
                latest = latest.max(batches.latest_event(&frame)?);
            }
        }
        let snapshot_on = given.or(latest).unwrap_or_else(today);
        let shape = batches.ledger(empties.first().unwrap_or(&DataFrame::empty()), None, None, snapshot_on)?;
        let rooms = Arc::default();
        Ok(Scan { files, batches, differing, beside: None, left_out: None, shape, given, latest, rooms })
    }
}

impl Scan {
    /// The same files beside a ledger that holds what they refer to: projects, suspensions. Where that ledger has the
    /// table of the files, too, its rows of it are left out, and a note of each answer says so.
    ///
    /// # Errors
    ///
    /// Where a column that is read in the files cannot be.
    pub fn beside(self, ledger: Ledger) -> Result<Self> {
        let table = &self.batches.table().name;
        // Each piece of the files stands in the place of that table, so that its rows never count beside those of the
        // files; and nothing in other tables was made of them. Refused, a ledger of all tables could not be used at all.
        let left_out = ledger.table(table).map(Table::height);
        let scan = Self { beside: Some(ledger.without(table)), left_out, ..self };
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

    /// The type of a column, if it is the same in all files.
    fn dtype(&self, column: &str) -> Option<&DataType> {
        let mut dtypes = self.files.iter().map(|file| file.dtype(column));
        let first = dtypes.next()??;
        dtypes.all(|dtype| dtype == Some(first)).then_some(first)
    }

    /// The names of the columns that a plan reads.
    fn wanted(&self, plan: &Plan) -> BTreeSet<String> {
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
        wanted
    }

    /// Every file must have the columns that are read for these, and none that would change what they say.
    fn has(&self, columns: &[String], wanted: &BTreeSet<String>) -> Result<()> {
        for file in &self.files {
            let Some(own) = self.differing.get(&file.name()) else { continue };
            let refused = |message| Error::new(ErrorKind::Input, message).at(file.place());
            if let Some(missing) = columns.iter().find(|column| !file.has(column)) {
                let message = ErrorCode::ScanColumnMissing.message().with("column", missing);
                return Err(refused(message).suggest(self.batches.nearest_in(missing, own)));
            }
            if let Some(more) = self.batches.unread_in(own, wanted) {
                return Err(refused(ErrorCode::ScanColumnMore.message().with("column", more)));
            }
        }
        Ok(())
    }
}

/// The day of files without any event.
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn place_of(path: &Path) -> Place {
    Place { file: Some(path.display().to_string()), ..Place::default() }
}

//! A piece of a file asked: columns that are typed already go to the engine as they are; where a cell of them needs a
//! closer look, the piece is read as a frame is.

use std::collections::BTreeMap;

use super::Scan;
use super::pieces::Piece;
use super::typed::TypedColumns;
use crate::engine::{self, Computed};
use crate::error::Result;
use crate::ledger::{Issue, Ledger, Severity, TableSpec};
use crate::message::IssueCode;
use crate::query::absent::Search;
use crate::query::plan::Plan;
use crate::query::{Engine, Phases};

/// How the pieces of a scan are read for a plan.
pub(super) struct Reading<'s> {
    scan: &'s Scan,
    /// The names in the files of the columns that are read.
    columns: Vec<String>,
    /// The same columns as they are typed, where none of them has to be read.
    typed: Option<TypedColumns<'s>>,
    search: Search,
}

impl<'s> Reading<'s> {
    /// # Errors
    ///
    /// Where a file lacks a column that is read.
    pub(super) fn of(scan: &'s Scan, plan: &Plan) -> Result<Self> {
        let wanted = scan.wanted(plan);
        let columns = scan.batches.needed(&wanted);
        scan.has(&columns, &wanted)?;
        let typed = if suits(scan, plan) { scan.batches.typed(&wanted, |name| scan.dtype(name)) } else { None };
        let typed = typed.map(|columns| TypedColumns::new(scan, columns));
        Ok(Self { scan, columns, typed, search: Search::of(&plan.items) })
    }

    /// Whether pieces are taken as they are typed.
    pub(super) fn is_typed(&self) -> bool {
        self.typed.is_some()
    }

    /// The figures of a piece, some rows after others, and what was seen on the way.
    pub(super) fn ask(&self, piece: &Piece, plan: &Plan) -> Result<(Vec<Computed>, Seen)> {
        let mut by_rows = Plan { work: plan.work.by_rows(), ..plan.clone() };
        let typed = match &self.typed {
            Some(columns) => columns.ask(piece, &mut by_rows, &self.search)?,
            None => None,
        };
        let found = match typed {
            Some(found) => found,
            None => self.ask_frames(piece, &mut by_rows)?,
        };
        plan.work.have_done_once();
        Ok(found)
    }

    fn ask_frames(&self, piece: &Piece, plan: &mut Plan) -> Result<(Vec<Computed>, Seen)> {
        let scan = self.scan;
        let mut seen = Seen::from(self.search.clone());
        let mut found = Vec::new();
        for part in piece.read_parts() {
            let frame = part.file.read(&self.columns, part.start, part.rows)?;
            let file = part.file.name();
            plan.ledger = scan.batches.ledger(&frame, Some(&file), scan.beside.as_ref(), scan.snapshot_on())?;
            seen.see(&plan.ledger, scan.table())?;
            found.push(engine::run(plan)?);
        }
        Ok((found, seen))
    }
}

/// Whether a plan may be asked of columns that are not read: it takes nothing from other tables, and the fused engine.
fn suits(scan: &Scan, plan: &Plan) -> bool {
    let sides = || plan.items.iter().flat_map(|item| &item.sides);
    let stands_still = scan.beside.as_ref().is_some_and(|beside| beside.table("suspensions").is_some());
    plan.engine != Engine::Reference
        && plan.phases == Phases::Own
        && !(stands_still && scan.table().name == "cases")
        && !sides().flat_map(|side| side.columns()).any(|column| column.of_project)
}

/// What is remembered of batches beside their figures.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) search: Search,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) provisional: BTreeMap<&'static str, usize>,
    /// Of columns of times in UTC, by their headers, those that are midnights in Beijing.
    pub(super) utc: BTreeMap<String, usize>,
}

impl From<Search> for Seen {
    fn from(search: Search) -> Self {
        Self { search, ..Self::default() }
    }
}

impl Seen {
    fn see(&mut self, ledger: &Ledger, table: &TableSpec) -> Result<()> {
        self.search.see(ledger)?;
        // What is usual in a column, a batch does not know; nor what stands in columns that are not read, so that a row
        // is blank.
        let of_whole = |issue: &Issue| {
            matches!(issue.code, IssueCode::ScaleDoubtful | IssueCode::YuanDoubtful | IssueCode::RowsBlank)
        };
        // One note for a column, and not a warning for each batch of it.
        let (utc, issues): (Vec<&Issue>, Vec<&Issue>) =
            ledger.issues().iter().partition(|issue| issue.code == IssueCode::TimesInUtc);
        for issue in utc.into_iter().filter(|issue| issue.table == table.name) {
            *self.utc.entry(issue.column.clone().unwrap_or_default()).or_default() += number(issue, "value");
        }
        // What is wrong with the tables beside is told where they are read, and not once more by each batch.
        let own = |issue: &&&Issue| issue.table == table.name && !of_whole(issue);
        let count = |severity| issues.iter().filter(own).filter(|issue| issue.severity == severity).count();
        self.errors += count(Severity::Error);
        self.warnings += count(Severity::Warning);
        for (column, days) in &ledger.clock().provisional {
            *self.provisional.entry(column).or_default() += days;
        }
        Ok(())
    }

    /// What was seen of other batches, too.
    pub(super) fn merge(&mut self, other: Self) {
        self.search.merge(other.search);
        self.errors += other.errors;
        self.warnings += other.warnings;
        for (column, days) in other.provisional {
            *self.provisional.entry(column).or_default() += days;
        }
        for (column, midnights) in other.utc {
            *self.utc.entry(column).or_default() += midnights;
        }
    }
}

/// A number that an issue tells in its sentence.
fn number(issue: &Issue, slot: &str) -> usize {
    let mut told = issue.message.parameters().filter(|(name, _)| *name == slot);
    told.next().and_then(|(_, value)| value.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame, DataType, NamedFrom, ParquetWriter, Series};

    use super::super::pieces::pieces;
    use super::*;
    use crate::indicator::Catalog;

    /// Whether a scan of these industries and days takes the columns as they are typed, and whether all pieces could be.
    fn is_taken(industries: &[&str], days: &Column, engine: Engine) -> (bool, bool) {
        let names = Series::new("industry".into(), industries).into();
        let mut frame = DataFrame::new(industries.len(), vec![names, days.clone()]).expect("a frame");
        let name = format!("zonekpi-{}-{:?}.parquet", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        ParquetWriter::new(std::fs::File::create(&path).expect("a file")).finish(&mut frame).expect("written");
        let day = "2024-12-31".parse().expect("a day");
        let scan = Ledger::reader().table("projects").snapshot_on(day).scan([&path]).expect("a scan");
        let query =
            crate::Query::new(["signed_projects"]).by(["industry"]).engine(engine).cancelled(crate::Cancelled::Keep);
        let plan = Plan::new(&query, &Catalog::builtin(), &scan.shape).expect("a plan");
        let reading = Reading::of(&scan, &plan).expect("columns");
        let pieces = pieces(&scan.files, true, |_| Ok(Vec::new())).expect("pieces").kept;
        let asked = |columns: &TypedColumns<'_>| {
            let found = |piece| columns.ask(piece, &mut plan.clone(), &reading.search).expect("a piece");
            pieces.iter().all(|piece| found(piece).is_some())
        };
        let found = (reading.typed.is_some(), reading.typed.as_ref().is_some_and(asked));
        std::fs::remove_file(path).expect("removed");
        found
    }

    #[test]
    fn only_cells_that_need_a_closer_look_are_read() {
        let days = |days: &[i32]| -> Column {
            Series::new("signed_on".into(), days).cast(&DataType::Date).expect("days").into()
        };
        let (plain, far) = (days(&[19_000, 19_500]), days(&[19_000, 990_000]));
        let texts: Column = Series::new("signed_on".into(), ["2024-01-01", "2024年2月"]).into();
        assert_eq!(is_taken(&["能源", "装备"], &plain, Engine::Auto), (true, true));
        assert_eq!(is_taken(&["能源", " 装备"], &plain, Engine::Auto), (true, false));
        assert_eq!(is_taken(&["能源", "装备"], &far, Engine::Auto), (true, false));
        assert_eq!(is_taken(&["能源", "装备"], &texts, Engine::Auto), (false, false));
        assert_eq!(is_taken(&["能源", "装备"], &plain, Engine::Reference), (false, false));
    }
}

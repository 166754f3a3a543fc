//! Pieces whose columns are typed already, and go to the engine as they are: some rows at a time, so that what is unpacked
//! is counted while the processor still has it at hand. Where a cell needs a closer look, nothing is had of a piece.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Scan;
use super::batch::Seen;
use super::file::Stop;
use super::pieces::Piece;
use crate::engine::{self, Computed, Room, Typed, TypedPages, Used};
use crate::error::Result;
use crate::ledger::batch::TypedColumn;
use crate::parquet::Mapped;
use crate::query::absent::Search;
use crate::query::plan::Plan;

/// Rows that are counted at a time: their columns take a few megabytes, which caches hold. With fewer, what is done once for
/// all of them takes longer than is gained; of a whole row group at a time, a scan takes a quarter longer.
const WINDOW: usize = 65_536;

/// Rows that a figure is worth: where there are many groups, more rows are counted at a time.
const ROWS_OF_FIGURE: usize = 16;

/// Row groups whose pages are open at once; where a piece has more, each column is unpacked by itself, for what is open
/// takes memory.
const OPEN: usize = 16;

/// The figures of a piece, and what was seen beside them.
type Found = (Vec<Computed>, Seen);

/// The columns of a question, in all pieces.
pub(super) struct TypedColumns<'s> {
    scan: &'s Scan,
    columns: Vec<TypedColumn>,
    window: usize,
    /// The files that have pages of other kinds than are read some rows at a time.
    rare: Mutex<BTreeSet<String>>,
}

/// The rooms of threads that have done with their piece, from one question to the next.
#[derive(Default)]
pub(super) struct Rooms(Mutex<Vec<Room>>);

impl fmt::Debug for Rooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rooms")
    }
}

fn locked<T>(of_all: &Mutex<T>) -> MutexGuard<'_, T> {
    of_all.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'s> TypedColumns<'s> {
    pub(super) fn new(scan: &'s Scan, columns: Vec<TypedColumn>) -> Self {
        Self { scan, columns, window: WINDOW, rare: Mutex::default() }
    }

    /// The figures of a piece, some rows after others, and what was seen on the way; `None` where a cell needs a closer
    /// look. Of the plan the ledger is another one afterwards.
    pub(super) fn ask(&self, piece: &Piece, plan: &mut Plan, search: &Search) -> Result<Option<Found>> {
        let mut room = locked(&self.scan.rooms.0).pop().unwrap_or_default();
        let found = self.ask_in(&mut room, piece, plan, search);
        locked(&self.scan.rooms.0).push(room);
        found
    }

    fn ask_in(&self, room: &mut Room, piece: &Piece, plan: &mut Plan, search: &Search) -> Result<Option<Found>> {
        let mapped = piece.file.mapped()?;
        let few = piece.file.parts(piece.start, piece.rows).nth(OPEN).is_none();
        if few && !locked(&self.rare).contains(&piece.file.name()) {
            match self.ask_pages(piece, &mapped, room, plan, search) {
                Ok(found) => return Ok(found),
                Err(Stop::Failed(error)) => return Err(error),
                // It will be so in other pieces of the file, too.
                Err(Stop::Unknown) => {
                    locked(&self.rare).insert(piece.file.name());
                }
                Err(Stop::Doubtful) => {}
            }
        }
        self.ask_whole(piece, &mapped, room, plan, search)
    }

    /// Column by column, of which some come by way of arrays.
    fn ask_whole(
        &self,
        piece: &Piece,
        mapped: &Mapped,
        room: &mut Room,
        plan: &mut Plan,
        search: &Search,
    ) -> Result<Option<Found>> {
        let mut column = |column| match self.column(piece, mapped, column, room) {
            Ok(typed) => Ok(Some(typed)),
            Err(Stop::Failed(error)) => Err(error),
            Err(Stop::Unknown | Stop::Doubtful) => self.by_arrays(piece, mapped, column),
        };
        let columns = self.columns.iter().map(&mut column).collect::<Result<Option<Vec<Typed>>>>()?;
        let Some(columns) = columns else { return Ok(None) };
        let mut seen = Seen::from(search.clone());
        let computed = self.count(columns, piece.rows, plan, &mut seen, &mut Vec::new())?;
        Ok(computed.map(|computed| (vec![computed], seen)))
    }

    /// All columns together, some rows at a time.
    fn ask_pages(
        &self,
        piece: &Piece,
        mapped: &Mapped,
        room: &mut Room,
        plan: &mut Plan,
        search: &Search,
    ) -> Result<Option<Found>, Stop> {
        let columns = self.columns.iter().map(|column| self.pages(piece, mapped, column, room));
        let mut columns = columns.collect::<Result<Vec<_>, _>>()?;
        let names: usize = columns.iter().map(TypedPages::names).sum();
        let mut seen = Seen::from(search.clone());
        let (mut found, mut left, mut figures) = (Vec::new(), piece.rows, names);
        while left > 0 {
            let rows = left.min(self.window.max(figures * ROWS_OF_FIGURE));
            let mut next = |column: &mut TypedPages<'_>| column.next_rows(rows, room);
            let typed = columns.iter_mut().map(|column| piece.file.of_pages(|| next(column)));
            let typed = typed.collect::<Result<Vec<_>, _>>()?;
            let Some(computed) = self.count(typed, rows, plan, &mut seen, &mut room.used)? else { return Ok(None) };
            figures = names + computed.figures.iter().flatten().map(Vec::len).sum::<usize>();
            found.push(computed);
            left -= rows;
        }
        columns.into_iter().for_each(|column| column.close(room));
        Ok(Some((found, seen)))
    }

    /// Counts columns of so many rows, and puts them to those that were used; `None` where the engine cannot.
    fn count(
        &self,
        columns: Vec<Typed>,
        rows: usize,
        plan: &mut Plan,
        seen: &mut Seen,
        used: &mut Vec<Used>,
    ) -> Result<Option<Computed>> {
        for typed in &columns {
            seen.search.see_values(typed.name(), || typed.occurring());
        }
        plan.ledger = self.scan.batches.bare(rows, self.scan.snapshot_on());
        engine::run_typed(plan, self.scan.table().name.as_str(), columns, used)
    }

    /// A column of a piece, page by page as these are unpacked.
    fn pages<'c>(
        &self,
        piece: &Piece,
        mapped: &Mapped,
        column: &'c TypedColumn,
        room: &mut Room,
    ) -> Result<TypedPages<'c>, Stop> {
        let parts = piece.file.parts(piece.start, piece.rows);
        let pages = parts.map(|part| piece.file.pages(mapped, &column.header, part, &mut room.unpacker));
        let pages = pages.collect::<Result<Vec<_>, _>>()?;
        piece.file.of_pages(|| TypedPages::new(column, pages, self.scan.snapshot_on(), room))
    }

    /// The whole column of a piece.
    fn column(&self, piece: &Piece, mapped: &Mapped, column: &TypedColumn, room: &mut Room) -> Result<Typed, Stop> {
        let mut pages = self.pages(piece, mapped, column, room)?;
        let typed = piece.file.of_pages(|| pages.next_rows(piece.rows, room))?;
        pages.close(room);
        Ok(typed)
    }

    /// The same by way of arrays, which all kinds of pages become; `None` where a cell needs a closer look.
    fn by_arrays(&self, piece: &Piece, mapped: &Mapped, column: &TypedColumn) -> Result<Option<Typed>> {
        let mut found = Vec::new();
        for (group, rows) in piece.file.parts(piece.start, piece.rows) {
            let arrays = |coded| piece.file.arrays(mapped, &column.header, (group, &rows), coded);
            let of_group = match arrays(column.is_text())? {
                None if column.is_text() => arrays(false)?,
                found => found,
            };
            let Some(of_group) = of_group else { return Ok(None) };
            found.extend(of_group);
        }
        // Of a damaged file there may be more or fewer than it says; that is told where it is read.
        let Some(cells) = column.cells(&found).filter(|cells| cells.len() == piece.rows) else { return Ok(None) };
        Typed::of_cells(column, &cells, self.scan.snapshot_on())
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame, DataType, NamedFrom, ParquetWriter, Series};

    use super::super::pieces::pieces;
    use super::super::total::Total;
    use super::*;
    use crate::indicator::Catalog;
    use crate::{Cancelled, Definition, Ledger, Query};

    /// Of each sort a column, with blanks; amounts of few values and of many, days near and far.
    fn frame(rows: usize) -> DataFrame {
        let at = |row: usize, every: usize| (!(row * row / 7).is_multiple_of(every)).then_some(row);
        let days = |name: &str, every, by: i32| -> Column {
            let days: Vec<Option<i32>> =
                (0..rows).map(|row| at(row, every).map(|row| 19_000 + (row % 900) as i32 * by)).collect();
            Series::new(name.into(), days).cast(&DataType::Date).expect("days").into()
        };
        let zones: Vec<Option<String>> =
            (0..rows).map(|row| at(row, 9).map(|row| format!("园区{}", row % 13))).collect();
        let amounts: Vec<Option<i64>> =
            (0..rows).map(|row| at(row, 4).map(|row| (row * 7_919 % 100_003) as i64)).collect();
        let floats: Vec<Option<f64>> = (0..rows).map(|row| at(row, 3).map(|row| (row % 50) as f64 / 4.0)).collect();
        let flags = |name: &str, every| -> Column {
            let flags: Vec<Option<bool>> = (0..rows).map(|row| at(row, every).map(|row| row % 3 > 0)).collect();
            Series::new(name.into(), flags).into()
        };
        let columns = vec![
            Series::new("zone".into(), zones).into(),
            days("signed_on", 6, 1),
            days("started_on", 3, 12),
            days("approved_on", 8, 2),
            Series::new("investment_cny".into(), amounts).into(),
            Series::new("land_mu".into(), floats).into(),
            flags("filed", 5),
            flags("commitment", 2),
        ];
        DataFrame::new(rows, columns).expect("a frame")
    }

    #[test]
    fn figures_do_not_depend_on_how_many_rows_are_counted_at_a_time() {
        let rows = 20_001;
        let name = format!("zonekpi-windows-{}.parquet", std::process::id());
        let path = std::env::temp_dir().join(name);
        let file = std::fs::File::create(&path).expect("a file");
        let writer = ParquetWriter::new(file).with_data_page_size(Some(9_000)).with_row_group_size(Some(7_000));
        writer.finish(&mut frame(rows)).expect("written");
        let scan = Ledger::reader()
            .table("projects")
            .snapshot_on("2024-12-31".parse().expect("a day"))
            .scan([&path])
            .expect("a scan");
        let ids = ["signed_projects", "start_rate", "signed_investment", "land", "commitment_projects"];
        let query = Query::new(ids).by(["zone"]).cancelled(Cancelled::Keep);
        let land = Definition::new("land").name("用地", "Land").table("projects").stock("*").unit("mu").sum("land_mu");
        let catalog = Catalog::builtin().add(land).expect("a catalog");
        let plan = Plan::new(&query, &catalog, &scan.shape).expect("a plan");
        let search = Search::of(&plan.items);
        let piece = pieces(&scan.files, true, |_| Ok(Vec::new())).expect("pieces").kept.remove(0);
        let found = |window: usize| {
            let mut columns = TypedColumns::new(&scan, typed(&scan, &plan));
            columns.window = window;
            let (parts, _) = columns.ask(&piece, &mut plan.clone(), &search).expect("no error").expect("figures");
            let (many, mut total) = (parts.len(), Total::default());
            parts.into_iter().for_each(|part| total.add(&plan, part).expect("no overflow"));
            let total = total.computed();
            assert!(locked(&columns.rare).is_empty());
            (many, (total.groups, total.figures))
        };
        let (many, whole) = found(rows);
        assert_eq!(many, 1);
        for window in [1_111, 4_096, 5_000, 7_000] {
            let (many, parts) = found(window);
            assert!(many > 2 && parts == whole, "{window}");
        }
        std::fs::remove_file(path).expect("removed");
    }

    fn typed(scan: &Scan, plan: &Plan) -> Vec<TypedColumn> {
        scan.batches.typed(&scan.wanted(plan), |name| scan.dtype(name)).expect("typed columns")
    }
}

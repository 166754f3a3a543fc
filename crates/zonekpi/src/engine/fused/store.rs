//! What the fused engine keeps with a ledger: prepared columns, the project of each row, and the groups of each row,
//! so that the second question reads no table again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::DataFrame;

use super::Unfit;
use super::columns::{Bits, MORSEL, Prepared, WORDS, bits, morsels, values};
use super::crowd::{self, Crowd};
use super::typed;
use crate::engine::reference::phases::roots;
use crate::indicator::ColumnRef;
use crate::ledger::{Kind, Ledger, Table};
use crate::query::Phases;
use crate::query::plan::to_epoch;

/// A row of the projects for each row of a table; `None` where there is no such project.
type Places = Vec<Option<u32>>;

/// The dimensions of groups, and the table that they are of.
type GroupsKey = (Vec<ColumnKey>, &'static str);

/// All that is kept.
#[derive(Default)]
pub(super) struct Store {
    columns: Mutex<HashMap<ColumnKey, Arc<Prepared>>>,
    places: Mutex<HashMap<(&'static str, bool), Arc<Places>>>,
    groups: Mutex<HashMap<GroupsKey, Arc<Groups>>>,
    phases: Mutex<HashMap<bool, Arc<(Bits, Bits)>>>,
}

/// A column of a table, or of the projects that its rows refer to, under a policy of phases.
#[derive(Clone, PartialEq, Eq, Hash)]
struct ColumnKey {
    table: &'static str,
    of_project: bool,
    name: String,
    kind: Kind,
    /// Whether ids of phases are replaced by those of their roots.
    parent: bool,
}

/// The groups that the rows of a table are in.
pub(super) struct Groups {
    /// One for each row; the number of groups for rows that fill the last morsel.
    pub(super) codes: Vec<[u32; MORSEL]>,
    /// The words whose rows are all of one group, a bit each.
    pub(super) alike: Vec<u64>,
    /// How many rows of one group stand close together, and whether that is few enough for counters of a byte.
    pub(super) crowds: Vec<Crowd>,
    pub(super) bytes_pay: bool,
    /// The values of the dimensions of each group; groups stand in the order of their first rows.
    pub(super) values: Vec<Vec<Option<String>>>,
}

/// The tables of a ledger, prepared as they are asked for.
#[derive(Clone)]
pub(super) struct Tables<'l> {
    ledger: &'l Ledger,
    parent: bool,
    store: Arc<Store>,
}

impl<'l> Tables<'l> {
    pub(super) fn of(ledger: &'l Ledger, phases: Phases) -> Self {
        Self { ledger, parent: phases == Phases::Parent, store: ledger.prepared().kept() }
    }

    pub(super) fn rows(&self, table: &str) -> usize {
        self.ledger.table(table).map_or(0, Table::height)
    }

    pub(super) fn column(&self, table: &'static str, column: &ColumnRef) -> Result<Arc<Prepared>, Unfit> {
        let key = self.key(table, column);
        if let Some(kept) = find(&self.store.columns, &key) {
            return Ok(kept);
        }
        let made = if key.of_project {
            let own = ColumnRef { of_project: false, ..column.clone() };
            self.column("projects", &own)?.taken(&self.places(table)?)?
        } else if key.parent {
            Prepared::of(&self.with_roots(table)?, &key.name, key.kind, to_epoch(self.ledger.snapshot_on()))?
        } else {
            self.prepared(table, column)?
        };
        Ok(keep(&self.store.columns, key, made))
    }

    /// Keeps a column that was prepared already.
    pub(super) fn put(&self, table: &'static str, column: &ColumnRef, prepared: Prepared) {
        keep(&self.store.columns, self.key(table, column), prepared);
    }

    /// Gives the columns away that nobody else has, with their names.
    pub(super) fn take(&self) -> Vec<(String, Prepared)> {
        let mut columns = self.store.columns.lock().unwrap_or_else(PoisonError::into_inner);
        columns.drain().filter_map(|(key, prepared)| Some((key.name, Arc::into_inner(prepared)?))).collect()
    }

    fn key(&self, table: &'static str, column: &ColumnRef) -> ColumnKey {
        let of_project = column.of_project && table != "projects";
        let replaced = column.name == "project_id" && table != "projects" && !of_project;
        ColumnKey {
            table,
            of_project,
            name: column.name.clone(),
            kind: column.kind,
            parent: self.parent && (of_project || replaced),
        }
    }

    /// A column of a table with what stands beside it, to be prepared and let go of.
    fn cells(&self, table: &str, name: &str) -> Result<DataFrame, Unfit> {
        let Some(table) = self.ledger.table(table) else { return Ok(DataFrame::empty()) };
        Ok(table.columns_once(table.with_beside([name]))?)
    }

    fn prepared(&self, table: &str, column: &ColumnRef) -> Result<Prepared, Unfit> {
        if let Some(coded) = self.coded(table, column)? {
            return Ok(coded);
        }
        let cells = self.cells(table, &column.name)?;
        Prepared::of(&cells, &column.name, column.kind, to_epoch(self.ledger.snapshot_on()))
    }

    /// Texts that stand in a file as places in a dictionary, taken as they stand there.
    fn coded(&self, table: &str, column: &ColumnRef) -> Result<Option<Prepared>, Unfit> {
        let is_text = matches!(column.kind, Kind::Id | Kind::Text | Kind::Dimension | Kind::Enum);
        let table = self.ledger.table(table).filter(|table| is_text && !table.has(&format!("{}_state", column.name)));
        let Some(cells) = table.map(|table| table.coded(&column.name)).transpose()?.flatten() else { return Ok(None) };
        let snapshot = i32::try_from(to_epoch(self.ledger.snapshot_on())).map_err(|_| Unfit::Wide)?;
        typed::prepared(column.kind, &cells, snapshot).map(Some)
    }

    /// The references of a table's rows to projects, as ones to the roots of these.
    fn with_roots(&self, table: &str) -> Result<DataFrame, Unfit> {
        let mut frame = self.cells(table, "project_id")?;
        if let Some(roots) = roots(self.ledger)? {
            let ids = roots.replaced(frame.column("project_id")?)?;
            frame.with_column(ids)?;
        }
        Ok(frame)
    }

    /// The project of each row.
    fn places(&self, table: &'static str) -> Result<Arc<Places>, Unfit> {
        let key = (table, self.parent);
        if let Some(kept) = find(&self.store.places, &key) {
            return Ok(kept);
        }
        let reference = ColumnRef { of_project: false, name: "project_id".to_owned(), kind: Kind::Id };
        let projects = self.cells("projects", "project_id")?;
        let ids = projects.column("project_id")?.cast(&polars::prelude::DataType::String)?;
        let ids = ids.str()?;
        let mut rows: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
        for (row, id) in ids.iter().enumerate() {
            if let Some(id) = id {
                rows.entry(id).or_insert(row as u32);
            }
        }
        let own = self.column(table, &reference)?;
        let Prepared::Texts(own) = own.as_ref() else { return Err(Unfit::Wide) };
        let of_name: Vec<Option<u32>> = own.names.iter().map(|name| rows.get(name.as_str()).copied()).collect();
        let height = self.rows(table);
        let codes = own.codes.iter().flatten().take(height);
        let places = codes.map(|code| of_name.get(*code as usize).copied().flatten()).collect();
        Ok(keep(&self.store.places, key, places))
    }

    /// Rows that surely are phases which the policy takes out, and those that may be.
    pub(super) fn phases(&self, table: &'static str) -> Result<Option<Arc<(Bits, Bits)>>, Unfit> {
        if !self.parent || table != "projects" {
            return Ok(None);
        }
        if let Some(kept) = find(&self.store.phases, &true) {
            return Ok(Some(kept));
        }
        let cells = self.cells(table, "parent_id")?;
        let Ok(parents) = cells.column("parent_id") else { return Ok(None) };
        let state = cells.column("parent_id_state").ok();
        let (named, stated) = (parents.is_not_null(), state.map(|state| state.is_not_null()));
        let stated = |row: usize| stated.as_ref().is_some_and(|s| s.get(row) == Some(true));
        let sure = bits(parents.len(), |row| named.get(row) == Some(true) && !stated(row))?;
        let possible = bits(parents.len(), |row| named.get(row) == Some(true) || stated(row))?;
        Ok(Some(keep(&self.store.phases, true, (sure, possible))))
    }

    /// The groups of a table's rows.
    pub(super) fn groups(&self, table: &'static str, by: &[ColumnRef]) -> Result<Arc<Groups>, Unfit> {
        let key = (by.iter().map(|column| self.key(table, column)).collect::<Vec<_>>(), table);
        if let Some(kept) = find(&self.store.groups, &key) {
            return Ok(kept);
        }
        let columns = by.iter().map(|column| self.column(table, column)).collect::<Result<Vec<_>, _>>()?;
        Ok(keep(&self.store.groups, key, Groups::of(self.rows(table), &columns)?))
    }
}

fn find<K: Eq + Hash, T>(kept: &Mutex<HashMap<K, Arc<T>>>, key: &K) -> Option<Arc<T>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
}

fn keep<K: Eq + Hash, T>(kept: &Mutex<HashMap<K, Arc<T>>>, key: K, made: T) -> Arc<T> {
    Arc::clone(kept.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert_with(|| Arc::new(made)))
}

impl Groups {
    fn of(rows: usize, columns: &[Arc<Prepared>]) -> Result<Self, Unfit> {
        // Each dimension has a code for each row, and a value for each code.
        let mut before: Option<(Codes, Vec<Combination>)> = None;
        for column in columns {
            let (own, names): Coded = dimension(rows, column)?;
            let Some((codes, combinations)) = &mut before else {
                before = Some((own, names.into_iter().map(|name| vec![name]).collect()));
                continue;
            };
            let mut seen: HashMap<(u32, u32), u32, foldhash::fast::RandomState> = HashMap::default();
            let mut joined = Vec::new();
            for (code, own) in codes.as_flattened_mut().iter_mut().zip(own.as_flattened()) {
                let next = joined.len() as u32;
                let pair = (*code, *own);
                *code = *seen.entry(pair).or_insert(next);
                if *code == next {
                    joined.push(pair);
                }
            }
            let named = joined.into_iter().map(|(before, own)| {
                let mut combination = combinations.get(before as usize).cloned().unwrap_or_default();
                combination.push(names.get(own as usize).cloned().flatten());
                combination
            });
            *combinations = named.collect();
        }
        match before {
            Some((codes, combinations)) => Self::dense(rows, codes, combinations),
            None => Self::dense(rows, values(rows, 0, |_| 0u32)?, vec![Vec::new()]),
        }
    }

    /// Codes without gaps, in the order of the rows.
    fn dense(rows: usize, mut codes: Codes, combinations: Vec<Combination>) -> Result<Self, Unfit> {
        const UNSEEN: u32 = u32::MAX;
        let mut places = vec![UNSEEN; combinations.len()];
        let mut values = Vec::new();
        let own = rows.min(codes.len() * MORSEL);
        let (own, rest) = codes.as_flattened_mut().split_at_mut(own);
        for code in own {
            let Some(place) = places.get_mut(*code as usize) else { continue };
            if *place == UNSEEN {
                *place = values.len() as u32;
                values.push(combinations.get(*code as usize).cloned().unwrap_or_default());
            }
            *code = *place;
        }
        rest.fill(values.len() as u32);
        let (alike, crowds): (Vec<u64>, Vec<Crowd>) =
            morsels(rows, |morsel| crowd::of(&codes[morsel], values.len() + 1))?.into_iter().unzip();
        const { assert!(WORDS == 64, "a bit for each word") };
        Ok(Self { codes, alike, bytes_pay: crowd::pays(&crowds, values.len()), crowds, values })
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

/// The code of each row.
type Codes = Vec<[u32; MORSEL]>;

/// A value of each dimension.
pub(super) type Combination = Vec<Option<String>>;

/// The code of each row, and the value of each code.
type Coded = (Codes, Vec<Option<String>>);

/// The code of each row in one dimension, and the text of each code; the last is that of none.
fn dimension(rows: usize, column: &Prepared) -> Result<Coded, Unfit> {
    match column {
        Prepared::Texts(texts) => {
            let names = texts.names.iter().cloned().map(Some).chain([None]).collect();
            Ok((texts.codes.clone(), names))
        }
        Prepared::Flags { yes, there, .. } => {
            let bit = |bits: &Bits, row: usize| bits[row / MORSEL][row % MORSEL / 64] >> (row % 64) & 1 == 1;
            let code = |row: usize| match there.as_ref().is_none_or(|there| bit(there, row)) {
                true => u32::from(bit(yes, row)),
                false => 2,
            };
            let names = vec![Some("false".to_owned()), Some("true".to_owned()), None];
            Ok((values(rows, 2, code)?, names))
        }
        _ => Err(Unfit::Wide),
    }
}

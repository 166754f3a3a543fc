//! A table that is too large to be held, batch by batch: each is read as a frame is, beside the tables that are held.
//! Which of a file's columns are needed for what is asked is told here; how a file is read is not known.

mod typed;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

pub(crate) use self::typed::{Coder, Sort, TypedCells, TypedColumn, Values, coded};
use super::beside::{self, Role};
use super::header::{self, FoundColumn, Header, Target, Told};
use super::issue::Origin;
pub(crate) use super::parse::date::DAYS;
use super::reader::{self, Reader, table_named};
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::{Ledger, assemble, text};
use crate::calendar::Calendar;
use crate::error::{Result, nearest};
use crate::message::ErrorCode;

/// How the batches of one table are read.
#[derive(Clone, Debug)]
pub(crate) struct Batches {
    table: &'static TableSpec,
    told: Told,
    blank_is_no: Vec<String>,
    calendar: Calendar,
    header: Header,
    /// The names of the columns, as the files have them.
    names: Vec<String>,
    /// Whether the caller has named the table.
    is_asked: bool,
    /// What the caller has told, and the columns as they are by that alone, without what the first file tells of names.
    given: Told,
    alone: Header,
    /// The other table that the columns of the first file tell, where the caller has named this one all the same.
    seems: Option<&'static TableSpec>,
}

impl Batches {
    /// Batches of files with these columns; `hint` may name the table.
    pub(crate) fn new(reader: &Reader, names: &[String], hint: &str) -> Result<Self> {
        let names = names.to_vec();
        let mut told = reader.told()?;
        let (table, seems) = match &reader.table {
            Some(name) => {
                let table = table_named(name)?;
                (table, reader::tell_no_other(table, &names, &told)?)
            }
            None => (reader::table_of(&names, &told, hint)?, None),
        };
        let given = told.clone();
        let header = header::of_frame(table, &names, &told);
        let blank_is_no = reader.blank_is_no()?;
        // A column stays what it is among all of them, whichever are read together.
        let known = header.columns.iter().filter_map(|found| match &found.target {
            Target::Known(name) => Some((names.get(found.at)?.clone(), (*name).to_owned())),
            Target::Other(_) => None,
        });
        told.columns.extend(known);
        let calendar = reader.calendar.clone().map_or_else(Calendar::builtin, Ok)?;
        let is_asked = reader.table.is_some();
        let alone = header.clone();
        Ok(Self { table, told, blank_is_no, calendar, header, names, is_asked, given, alone, seems })
    }

    /// The same for a file of other headers.
    ///
    /// Each must have columns that tell this table, or as little as those of the first file do where the caller has named
    /// it: rows of another would count as rows of this one wherever they happen to have the columns of a question.
    ///
    /// # Errors
    ///
    /// Where these columns tell another table, or are none of this one.
    pub(crate) fn with_names(&self, names: Vec<String>) -> Result<Self> {
        let (other, code) = if self.is_asked {
            (reader::tell_no_other(self.table, &names, &self.given)?, ErrorCode::TableUnfit)
        } else {
            (header::other_table(self.table, &names, &self.given), ErrorCode::ScanTablesDiffer)
        };
        let is_seen = |other: &&TableSpec| self.seems.is_some_and(|seems| seems.name == other.name);
        if let Some(other) = other.filter(|other| !is_seen(other)) {
            return Err(reader::unfit(code.message(), self.table, other, &names));
        }
        if !self.is_asked {
            reader::tell_some(self.table, &names, &self.given)?;
        }
        let header = header::of_frame(self.table, &names, &self.told);
        let alone = header::of_frame(self.table, &names, &self.given);
        Ok(Self { header, names, alone, ..self.clone() })
    }

    /// Every option must be about a column of one of these files, which have no rows here.
    ///
    /// # Errors
    ///
    /// Where one is not, and where a column cannot be read at all.
    pub(crate) fn use_options(&self, reader: &Reader, files: &[DataFrame]) -> Result<()> {
        let part = |empty| reader::of_frame(self.table, empty, Origin::default(), &self.told, &self.blank_is_no);
        reader.options_were_used(&files.iter().map(part).collect::<Result<Vec<_>>>()?)
    }

    /// Columns of a file of other headers that mean what columns of these do: their names here, and there. A number that
    /// is in another unit there does not.
    pub(crate) fn same_in(&self, other: &Self) -> BTreeMap<String, String> {
        let here = |found: &FoundColumn| self.names.get(found.at).filter(|name| !other.names.contains(name)).cloned();
        let there = |found: &FoundColumn| {
            let same = other.header.columns.iter().find(|other| other.target == found.target)?;
            let name = other.names.get(same.at).filter(|name| !self.names.contains(name))?;
            (same.unit == found.unit).then(|| name.clone())
        };
        let known = self.header.columns.iter().filter(|found| matches!(found.target, Target::Known(_)));
        known.filter_map(|found| Some((here(found)?, there(found)?))).collect()
    }

    /// The column of a file of other headers that is most likely one of these: of the same meaning, else of nearly the same
    /// name.
    pub(crate) fn nearest_in(&self, name: &str, other: &Self) -> Option<String> {
        let mut found = self.header.columns.iter().filter(|found| self.names.get(found.at).is_some_and(|n| n == name));
        let target = found.next().map(|found| &found.target);
        let means = other.header.columns.iter().find(|other| target.is_some_and(|target| other.target == *target));
        let means = means.and_then(|found| other.names.get(found.at)).cloned();
        means.or_else(|| {
            let own = other.names.iter().filter(|name| !self.names.contains(name));
            nearest(name, own.map(String::as_str))
        })
    }

    /// A column of a file of other headers that says more of these than the columns here do, which alone are read: the first
    /// days of intervals, suspensions that move a due day, the unit of a number; or one that would be what another is called
    /// after the first file: 园区 is a zone where no 开发区 stands beside it.
    pub(crate) fn unread_in(&self, other: &Self, wanted: &BTreeSet<String>) -> Option<String> {
        let specs = || self.table.columns.iter().filter(|spec| wanted.contains(&spec.name));
        let is_made = self.table.name == "cases" && specs().any(|spec| spec.derived);
        let makes = |spec: &ColumnSpec| {
            matches!(spec.kind, Kind::Event | Kind::Date | Kind::Enum | Kind::Extension)
                || spec.unit_in.is_some()
                || spec.derived
                || (spec.kind == Kind::Id && spec.references.is_none())
        };
        let known = beside::known(&other.header);
        let matters = |found: &&FoundColumn| match &found.target {
            Target::Known(name) => {
                let is_it = |other: &Option<String>| other.as_deref() == Some(*name);
                wanted.contains(*name)
                    || specs().any(|spec| is_it(&spec.unit_in) || is_it(&spec.bound_in))
                    || (is_made && self.table.column(name).is_some_and(makes))
            }
            Target::Other(_) => match beside::role(self.table, &text::word(&found.header), &known) {
                Some(Role::From(stem) | Role::State(stem)) => wanted.contains(stem),
                Some(Role::Source) | None => false,
            },
        };
        let is_new = |found: &&FoundColumn| self.header.columns.iter().all(|own| own.target != found.target);
        let is_another = |found: &&FoundColumn| {
            let mut same = other.header.columns.iter().filter(|own| own.at == found.at);
            same.all(|own| own.target != found.target)
        };
        let new = other.header.columns.iter().filter(is_new).find(matters);
        let found = new.or_else(|| other.alone.columns.iter().filter(is_another).find(matters))?;
        other.names.get(found.at).cloned()
    }

    pub(crate) fn table(&self) -> &'static TableSpec {
        self.table
    }

    /// The names in the files of the columns that are needed for these, canonical or own. There is always one.
    pub(crate) fn needed(&self, wanted: &BTreeSet<String>) -> Vec<String> {
        // What is derived of cases depends on suspensions too, which stand in another table.
        self.needed_where(wanted, |spec| if self.table.name == "cases" { spec.derived } else { self.is_made(spec) })
    }

    /// The same, where only some columns are made of others.
    fn needed_where(&self, wanted: &BTreeSet<String>, is_made: impl Fn(&ColumnSpec) -> bool) -> Vec<String> {
        let known = beside::known(&self.header);
        let mut wanted = wanted.clone();
        // What is derived is made of days, limits and ids: all of them, so that nothing is missed.
        if self.table.columns.iter().any(|spec| wanted.contains(&spec.name) && is_made(spec)) {
            let makes = |kind| !matches!(kind, Kind::Text | Kind::Dimension);
            wanted.extend(self.table.columns.iter().filter(|spec| makes(spec.kind)).map(|spec| spec.name.clone()));
        }
        for spec in self.table.columns.iter().filter(|spec| wanted.contains(&spec.name)).collect::<Vec<_>>() {
            wanted.extend(spec.unit_in.iter().chain(&spec.bound_in).cloned());
        }
        let is_own = |found: &&FoundColumn| matches!(&found.target, Target::Other(name) if wanted.contains(name));
        // Of two headers for one column the second is own text, as long as the first is there.
        let all = self.header.columns.iter().any(|found| is_own(&found)) && !self.header.doubts.is_empty();
        let is_needed = |found: &FoundColumn| match &found.target {
            Target::Known(name) => wanted.contains(*name),
            Target::Other(name) => match beside::role(self.table, &text::word(&found.header), &known) {
                Some(Role::From(stem) | Role::State(stem)) => wanted.contains(stem),
                Some(Role::Source) => false,
                None => wanted.contains(name),
            },
        };
        let needed = self.header.columns.iter().filter(|found| all || is_needed(found));
        let mut needed: Vec<String> = needed.filter_map(|found| self.names.get(found.at).cloned()).collect();
        if needed.is_empty() {
            needed.extend(self.names.iter().take(1).cloned());
        }
        needed
    }

    /// The name in the files of a column, by its canonical name, if nothing stands beside it there.
    pub(crate) fn plain(&self, name: &str) -> Option<&str> {
        let known = beside::known(&self.header);
        let is_beside = |found: &&FoundColumn| {
            let role = beside::role(self.table, &text::word(&found.header), &known);
            matches!(role, Some(Role::From(stem) | Role::State(stem)) if stem == name)
        };
        if self.header.columns.iter().any(|found| is_beside(&found)) {
            return None;
        }
        let is_it = |found: &&FoundColumn| match &found.target {
            Target::Known(known) => *known == name,
            Target::Other(own) => own == name,
        };
        let found = self.header.columns.iter().find(is_it)?;
        self.names.get(found.at).map(String::as_str)
    }

    /// The names of the table's events.
    pub(crate) fn events(&self) -> BTreeSet<String> {
        let events = self.table.columns.iter().filter(|spec| spec.kind == Kind::Event);
        events
            .map(|spec| spec.name.clone())
            .filter(|name| beside::known(&self.header).contains(&name.as_str()))
            .collect()
    }

    /// The latest event of a batch that is not after today.
    pub(crate) fn latest_event(&self, frame: &DataFrame) -> Result<Option<NaiveDate>> {
        let part = reader::of_frame(self.table, frame, self.origin(None), &self.told, &self.blank_is_no)?;
        Ok(assemble::latest_event(&part))
    }

    /// A batch as a ledger.
    pub(crate) fn ledger(
        &self,
        frame: &DataFrame,
        file: Option<&str>,
        beside: Option<&Ledger>,
        snapshot_on: NaiveDate,
    ) -> Result<Ledger> {
        let part = reader::of_frame(self.table, frame, self.origin(file), &self.told, &self.blank_is_no)?;
        assemble::batch(part, beside, snapshot_on, &self.calendar)
    }

    /// A ledger of so many rows of which nothing is known: its columns are kept by whoever asks.
    pub(crate) fn bare(&self, rows: usize, snapshot_on: NaiveDate) -> Ledger {
        assemble::bare(self.table, rows, snapshot_on, &self.calendar)
    }

    fn origin(&self, file: Option<&str>) -> Origin {
        Origin { table: self.table.name.clone(), file: file.map(str::to_owned), sheet: None }
    }
}

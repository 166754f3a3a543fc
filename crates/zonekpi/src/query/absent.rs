//! Values that a filter asks for and no row has: most often a name that was misspelt, which would be answered with
//! 0 of 0 and no word. An empty answer may be right all the same, so this is a note and no error.

use std::collections::BTreeSet;

use polars::prelude::DataType;

use super::plan::Item;
use crate::error::{Result, near};
use crate::indicator::{ColumnRef, Comparison, Predicate, Scalar};
use crate::ledger::{ColumnSpec, Kind, Ledger, Schema};
use crate::message::{Language, Message, Phrase};

/// How many values a note tells.
const SHOWN: usize = 3;

/// A value of the filter that its column has in no row of the tables asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Absent {
    column: String,
    value: String,
    /// What is said of it.
    pub(crate) note: Message,
}

impl Absent {
    /// Whether it is the same value of the same column, perhaps of another ledger.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        (&self.column, &self.value) == (&other.column, &other.value)
    }
}

/// The values that the filters of all items name and no row has. A column that several tables have lacks a value
/// only where all of them do.
pub(crate) fn find(items: &[Item], ledger: &Ledger) -> Result<Vec<Absent>> {
    let mut search = Search::of(items);
    search.see(ledger)?;
    Ok(search.absent())
}

/// How many values of a column are remembered while batches of it are looked at.
const REMEMBERED: usize = 10_000;

/// The search for values that filters name, in a ledger or in batches of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search(Vec<Named>);

/// A value that a filter names, with the tables in which its column is read, and what stands there instead.
#[derive(Clone, Debug)]
struct Named {
    column: ColumnRef,
    value: String,
    tables: BTreeSet<&'static str>,
    others: BTreeSet<String>,
    /// Some row has it, or may have.
    occurs: bool,
}

impl Search {
    pub(crate) fn of(items: &[Item]) -> Self {
        let mut named: Vec<Named> = Vec::new();
        for side in items.iter().flat_map(|item| &item.sides) {
            let mut literals = Vec::new();
            collect(&side.filter, &mut literals);
            for (column, value) in literals {
                let table = if column.of_project { "projects" } else { side.table };
                match named.iter_mut().find(|known| known.column.name == column.name && known.value == value) {
                    Some(known) => {
                        known.tables.insert(table);
                    }
                    None => named.push(Named {
                        column: column.clone(),
                        value,
                        tables: BTreeSet::from([table]),
                        others: BTreeSet::new(),
                        occurs: false,
                    }),
                }
            }
        }
        Self(named)
    }

    /// Looks through a ledger.
    pub(crate) fn see(&mut self, ledger: &Ledger) -> Result<()> {
        for one in self.0.iter_mut().filter(|one| !one.occurs) {
            let tables = one.tables.iter().filter_map(|name| ledger.table(name));
            for table in tables.filter(|table| table.has(&one.column.name)) {
                let cells = table.columns([&one.column.name])?;
                let cells = cells.column(&one.column.name)?;
                one.occurs |= match cells.bool() {
                    // Flags are texts here and nowhere else: a table of them is not made into texts.
                    Ok(flags) => flags.iter().flatten().any(|flag| one.value == if flag { "true" } else { "false" }),
                    Err(_) => cells.cast(&DataType::String)?.str()?.iter().flatten().any(|cell| cell == one.value),
                };
                if one.occurs {
                    break;
                }
                one.others.extend(cells.unique()?.cast(&DataType::String)?.str()?.iter().flatten().map(str::to_owned));
            }
        }
        Ok(())
    }

    /// Looks through the values that a column has, where it is asked for.
    pub(crate) fn see_values<'v>(&mut self, column: &str, values: impl Fn() -> Vec<&'v str>) {
        for one in self.0.iter_mut().filter(|one| !one.occurs && one.column.name == column) {
            let values = values();
            one.occurs |= values.contains(&one.value.as_str());
            if !one.occurs {
                one.others.extend(values.into_iter().map(str::to_owned));
            }
        }
    }

    /// What the same search saw in a batch; gives up on columns of which too much would have to be remembered.
    pub(crate) fn merge(&mut self, batch: Self) {
        for (one, seen) in self.0.iter_mut().zip(batch.0) {
            one.others.extend(seen.others);
            one.occurs |= seen.occurs || one.others.len() > REMEMBERED;
        }
    }

    /// Looks through rows of which only some columns are known: of others, anything may be true.
    pub(crate) fn see_columns(&mut self, ledger: &Ledger, columns: &[&str]) -> Result<()> {
        for one in self.0.iter_mut().filter(|one| !columns.contains(&one.column.name.as_str())) {
            one.occurs = true;
        }
        self.see(ledger)
    }

    /// The values that were seen nowhere.
    pub(crate) fn absent(&self) -> Vec<Absent> {
        self.0.iter().filter(|one| !one.occurs).map(Named::absent).collect()
    }
}

impl Named {
    fn absent(&self) -> Absent {
        let found = &self.others;
        let spec = self
            .tables
            .iter()
            .find_map(|table| Schema::builtin().table(table).and_then(|table| table.column(&self.column.name)));
        let header = |language| match spec {
            Some(spec) if language == Language::Zh => spec.zh.as_str(),
            _ => self.column.name.as_str(),
        };
        let say = |value: &str, language| in_words(self.column.kind, spec, value, language);
        let (phrase, values): (Phrase, Vec<String>) = if found.is_empty() {
            (Phrase::AbsentOfNone, Vec::new())
        } else {
            let nearest = near(&self.value, found.iter().map(String::as_str), SHOWN);
            if nearest.is_empty() {
                (Phrase::AbsentOfOthers, found.iter().take(SHOWN).cloned().collect())
            } else {
                (Phrase::AbsentNear, nearest)
            }
        };
        let listed = |language| {
            let (before, after) = if language == Language::Zh { ("“", "”") } else { ("'", "'") };
            let words = values.iter().map(|value| format!("{before}{}{after}", say(value, language)));
            words.collect::<Vec<_>>().join(if language == Language::Zh { "、" } else { ", " })
        };
        let note = phrase
            .message()
            .with("column_zh", header(Language::Zh))
            .with("column_en", header(Language::En))
            .with("value_zh", say(&self.value, Language::Zh))
            .with("value_en", say(&self.value, Language::En))
            .with("values_zh", listed(Language::Zh))
            .with("values_en", listed(Language::En))
            .with("count", found.len());
        Absent { column: self.column.name.clone(), value: self.value.clone(), note }
    }
}

/// A stored value as it is read: flags and enums have words of their own.
fn in_words(kind: Kind, spec: Option<&ColumnSpec>, value: &str, language: Language) -> String {
    let zh = language == Language::Zh;
    match (kind, value) {
        (Kind::Flag, "true") => Phrase::Yes.message().text(language),
        (Kind::Flag, "false") => Phrase::No.message().text(language),
        (Kind::Enum, _) if zh => {
            let named = spec.and_then(|spec| spec.values.iter().find(|named| named.name == value));
            named.map_or(value, |named| &named.zh).to_owned()
        }
        _ => value.to_owned(),
    }
}

/// The values that a condition compares columns with. What is under a NOT is named all the same.
fn collect<'f>(condition: &'f Predicate, literals: &mut Vec<(&'f ColumnRef, String)>) {
    match condition {
        Predicate::Flag(column) => literals.push((column, "true".to_owned())),
        Predicate::Not(inner) => match inner.as_ref() {
            // `x = FALSE` is read as NOT x.
            Predicate::Flag(column) => literals.push((column, "false".to_owned())),
            inner => collect(inner, literals),
        },
        Predicate::Compare { left, comparison: Comparison::Equal | Comparison::NotEqual, right } => {
            if let (Scalar::Column(column), Scalar::Text(value)) | (Scalar::Text(value), Scalar::Column(column)) =
                (left, right)
            {
                literals.push((column, value.clone()));
            }
        }
        Predicate::In { operand: Scalar::Column(column), list } => {
            literals.extend(list.iter().filter_map(|item| match item {
                Scalar::Text(value) => Some((column, value.clone())),
                _ => None,
            }));
        }
        Predicate::And(all) | Predicate::Or(all) => {
            for one in all {
                collect(one, literals);
            }
        }
        _ => {}
    }
}

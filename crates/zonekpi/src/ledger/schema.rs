//! What tables and columns a ledger may hold: `tables.toml`, read once and checked.
//!
//! A new column or a new synonym is a line of that file. How cells are read is in `parse`; this module only
//! says of what kind they are.

use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::Deserialize;

/// What a column holds, and so what a blank in it means (design: "The ledger").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A key or a reference: text, width folded. Blank: none.
    Id,
    /// A name or a person. Blank: none.
    Text,
    /// Text to group by. Blank: none.
    Dimension,
    /// One of a closed list, with value aliases. Blank: unknown.
    Enum,
    /// A day on which something happened, perhaps known only as an interval. Blank: has not happened.
    Event,
    /// A planned or due day. Blank: none.
    Date,
    /// Yes or no. Blank: unknown.
    Flag,
    /// Yuan, `Decimal(18, 2)`. Blank: unknown.
    Money,
    /// 亩 or ㎡ as the column's name says, `Decimal(18, 6)`. Blank: unknown.
    Area,
    /// A whole number. Blank: unknown.
    Count,
    /// A measured quantity, `Decimal(18, 6)`. Blank: unknown.
    Measure,
    /// A whole number that need not be there (a limit, a rating). Blank: none.
    OptionalCount,
    /// A quantity that need not be there (a target, a weight), `Decimal(18, 6)`. Blank: none.
    OptionalMeasure,
    /// Days added. Blank: 0.
    Extension,
}

impl Kind {
    /// Whether a blank cell of this kind is unknown; else it is a value of its own (none, not happened, 0).
    pub const fn blank_is_unknown(self) -> bool {
        matches!(self, Self::Enum | Self::Flag | Self::Money | Self::Area | Self::Count | Self::Measure)
    }

    /// Whether values may be grouped by.
    pub const fn groups(self) -> bool {
        matches!(self, Self::Id | Self::Text | Self::Dimension | Self::Enum | Self::Flag)
    }

    /// Digits after the point of the exact integer that stores the value; `None` where it is not a number.
    pub const fn scale(self) -> Option<u32> {
        match self {
            Self::Money => Some(2),
            Self::Area | Self::Measure | Self::OptionalMeasure => Some(6),
            Self::Count | Self::OptionalCount | Self::Extension => Some(0),
            _ => None,
        }
    }
}

/// One value of an enum column.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct EnumValue {
    /// The canonical value, as stored.
    pub name: String,
    /// 中文 for the display.
    pub zh: String,
    /// Other spellings that are read as this value (`zh` and `name` always are).
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// One column of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ColumnSpec {
    /// The canonical name. (Filled from the TOML key.)
    #[serde(skip)]
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The Chinese header.
    pub zh: String,
    /// Other headers that mean this column.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The values of an enum.
    #[serde(default)]
    pub values: Vec<EnumValue>,
    /// Extra words for yes and for no in a flag (承诺制, 非承诺制).
    #[serde(default)]
    pub yes: Vec<String>,
    /// See `yes`.
    #[serde(default)]
    pub no: Vec<String>,
    /// The table whose key this column holds, for many-to-one references.
    #[serde(default)]
    pub references: Option<String>,
    /// Made at reading from other columns, where it is not given.
    #[serde(default)]
    pub derived: bool,
    /// The column that it is made from, where one alone is enough.
    #[serde(default)]
    pub derived_from: Option<String>,
    /// Columns beside one of which alone it tells which table this is: another table has one of the same name.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Words of a header that nobody knows by which it is most likely this column.
    #[serde(default)]
    pub hints: Vec<String>,
    /// The time unit in which alone this number is known: written in another, it is unknown.
    #[serde(default)]
    pub only_in: Option<String>,
    /// A month in this column of dates may be any of its days, not its last.
    #[serde(default)]
    pub interval: bool,
    /// The event that this day is the plan of: its headers with 计划, 拟 or 预计 before them mean this column.
    #[serde(default)]
    pub plan_of: Option<String>,
    /// The column that says the unit of this number, where the cell itself or the header does not.
    #[serde(default)]
    pub unit_in: Option<String>,
    /// The column that takes the bound written in a cell (180亿元以上 is a floor).
    #[serde(default)]
    pub bound_in: Option<String>,
}

/// One table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TableSpec {
    /// The canonical name. (Filled from the TOML key.)
    #[serde(skip)]
    pub name: String,
    /// 中文
    pub zh: String,
    /// Other names of the table.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Columns that tell rows apart; the first list that the table has counts.
    #[serde(default)]
    pub keys: Vec<Vec<String>>,
    /// Sets of columns; a sheet that has none of them whole is not taken for this table unless the caller says so.
    #[serde(default)]
    pub needs: Vec<Vec<String>>,
    /// Dates that follow one another: a later one that surely lies before an earlier one is an issue.
    #[serde(default)]
    pub stages: Vec<Vec<String>>,
    /// The columns, in the order of the file.
    #[serde(deserialize_with = "columns_in_order")]
    pub columns: Vec<ColumnSpec>,
}

/// Named things in the order of their file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InOrder<T>(Vec<(String, T)>);

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> InOrder<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (String, T)> {
        self.0.iter()
    }

    pub(crate) fn push(&mut self, name: String, thing: T) {
        self.0.push((name, thing));
    }
}

impl<T> IntoIterator for InOrder<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for InOrder<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = InOrder<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<InOrder<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Visitor(PhantomData))
    }
}

fn columns_in_order<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<ColumnSpec>, D::Error> {
    let columns = InOrder::<ColumnSpec>::deserialize(deserializer)?;
    Ok(columns.0.into_iter().map(|(name, column)| ColumnSpec { name, ..column }).collect())
}

impl ColumnSpec {
    /// Whether it holds days that may be counted from others, and whose ends may then be open.
    pub(crate) fn is_due(&self) -> bool {
        self.kind == Kind::Date && self.derived
    }

    /// Whether words say of themselves that they are about this column.
    pub(crate) fn is_hinted_by(&self, words: &str) -> bool {
        self.hints.iter().any(|hint| words.contains(hint.as_str()))
    }

    /// Whether it is told apart from all columns of other tables, by words that say so.
    pub(crate) fn is_told_by(&self, words: &str) -> bool {
        self.beside.is_empty() && self.is_hinted_by(words)
    }

    /// Whether a file that lacks it says that there is none: ids, extensions, and suspensions beside the cases.
    pub(crate) fn is_none_where_absent(&self) -> bool {
        matches!(self.kind, Kind::Id | Kind::Extension) || (!self.beside.is_empty() && !self.derived)
    }
}

impl TableSpec {
    /// The column of a canonical name.
    pub fn column(&self, name: &str) -> Option<&ColumnSpec> {
        self.columns.iter().find(|c| c.name == name)
    }

    /// How many of the columns that were found tell that it is this table: all but those that stand alone.
    pub(crate) fn telling(&self, found: impl Fn(&str) -> bool) -> usize {
        let tells = |c: &&ColumnSpec| c.beside.is_empty() || c.beside.iter().any(|beside| found(beside));
        self.columns.iter().filter(|c| found(&c.name)).filter(tells).count()
    }

    /// The column that refers to `table`, if any.
    pub fn reference_to(&self, table: &str) -> Option<&ColumnSpec> {
        self.columns.iter().find(|c| c.references.as_deref() == Some(table))
    }
}

/// All tables that a ledger may hold.
#[derive(Clone, Debug)]
pub struct Schema {
    tables: Vec<TableSpec>,
}

impl Schema {
    /// The schema that ships with the crate.
    pub fn builtin() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| {
            // A test reads the shipped file, so that this never meets a file that does not parse.
            let tables: InOrder<TableSpec> =
                toml::from_str(include_str!("tables.toml")).unwrap_or_else(|_| InOrder(Vec::new()));
            let tables = tables.0.into_iter().map(|(name, table)| TableSpec { name, ..table }).collect();
            Schema { tables }
        })
    }

    /// The tables, in the order of the documentation.
    pub fn tables(&self) -> impl Iterator<Item = &TableSpec> {
        self.tables.iter()
    }

    /// The table of a canonical name.
    pub fn table(&self, name: &str) -> Option<&TableSpec> {
        self.tables.iter().find(|t| t.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_parses_in_order() {
        let names: Vec<_> = toml::from_str::<InOrder<TableSpec>>(include_str!("tables.toml"))
            .expect("tables.toml parses")
            .0
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names.first().map(String::as_str), Some("projects"));
        assert_eq!(names.last().map(String::as_str), Some("reported"));
        assert_eq!(Schema::builtin().tables().count(), names.len());
    }

    #[test]
    fn every_reference_names_a_table() {
        for table in Schema::builtin().tables() {
            for column in &table.columns {
                if let Some(target) = &column.references {
                    assert!(Schema::builtin().table(target).is_some(), "{}.{}", table.name, column.name);
                }
            }
        }
    }
}

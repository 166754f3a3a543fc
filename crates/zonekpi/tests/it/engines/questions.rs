//! Made-up definitions and questions: every form of the language over the columns of a table.

use std::fmt::Write;

use zonekpi::{Cancelled, ColumnSpec, Every, Kind, Ledger, Phases, Query, Schema, TableSpec};

use super::ledgers::day;
use crate::dice::Dice;

/// The columns that expressions over a table may name.
pub(crate) struct Scope {
    columns: Vec<(String, &'static ColumnSpec)>,
}

const NUMBERS: [Kind; 7] =
    [Kind::Money, Kind::Area, Kind::Count, Kind::Measure, Kind::OptionalCount, Kind::OptionalMeasure, Kind::Extension];

impl Scope {
    pub(crate) fn of(ledger: &Ledger, table: &'static TableSpec) -> Self {
        let has = |table: &'static TableSpec| {
            let rows = ledger.table(&table.name);
            table.columns.iter().filter(move |column| rows.is_some_and(|rows| rows.has(&column.name)))
        };
        let mut columns: Vec<_> = has(table).map(|column| (column.name.clone(), column)).collect();
        let refers = ledger.table(&table.name).is_some_and(|rows| rows.has("project_id")) && table.name != "projects";
        if refers && let Some(projects) = Schema::builtin().table("projects") {
            columns.extend(has(projects).map(|column| (format!("project.{}", column.name), column)));
        }
        Self { columns }
    }

    fn any(&self, dice: &mut Dice, is: impl Fn(Kind) -> bool) -> Option<(&str, &'static ColumnSpec)> {
        let of: Vec<_> = self.columns.iter().filter(|(_, column)| is(column.kind)).collect();
        if of.is_empty() {
            return None;
        }
        of.get(dice.roll(of.len())).map(|(name, column)| (name.as_str(), *column))
    }

    fn name(&self, dice: &mut Dice, kind: Kind) -> Option<&str> {
        self.any(dice, |of| of == kind).map(|(name, _)| name)
    }

    pub(crate) fn number(&self, dice: &mut Dice, depth: usize) -> Option<String> {
        Some(match dice.roll(if depth == 0 { 3 } else { 8 }) {
            3 => format!("({} + {})", self.number(dice, depth - 1)?, self.number(dice, depth - 1)?),
            4 => format!("({} - {})", self.number(dice, depth - 1)?, self.number(dice, depth - 1)?),
            5 => format!("({} * {})", self.any(dice, |k| NUMBERS.contains(&k))?.0, dice.pick(&["2", "0.5", "-1"])),
            6 => format!("days_between({}, {})", self.day(dice)?, self.day(dice)?),
            7 => format!("working_days_between({}, {})", self.day(dice)?, self.day(dice)?),
            _ => self.any(dice, |kind| NUMBERS.contains(&kind))?.0.to_owned(),
        })
    }

    /// A day in `days_between`.
    fn day(&self, dice: &mut Dice) -> Option<String> {
        Some(match dice.roll(4) {
            0 => "as_of".to_owned(),
            1 => self.date(dice, 0)?,
            _ => self.name(dice, Kind::Event)?.to_owned(),
        })
    }

    /// A day that is not an event's.
    fn date(&self, dice: &mut Dice, depth: usize) -> Option<String> {
        Some(match dice.roll(if depth == 0 { 5 } else { 7 }) {
            0 => "as_of".to_owned(),
            1 => format!("DATE '{}'", day(dice)),
            5 => format!("{} + {}", self.name(dice, Kind::Date)?, dice.roll(60)),
            6 => format!("{} - {}", self.name(dice, Kind::Date)?, self.name(dice, Kind::OptionalCount)?),
            _ => self.name(dice, Kind::Date)?.to_owned(),
        })
    }

    fn happened(&self, dice: &mut Dice) -> Option<String> {
        let event = self.name(dice, Kind::Event)?;
        Some(match dice.roll(7) {
            0 => format!("happened({event}, {})", self.date(dice, 1)?),
            1 => format!("happened({event}, {})", self.name(dice, Kind::Event)?),
            2 => format!("happened({event}, {} + {})", self.name(dice, Kind::Event)?, dice.roll(200)),
            3 => format!("happened({event}, {} - {})", self.name(dice, Kind::Event)?, self.name(dice, Kind::Count)?),
            _ => format!("happened({event})"),
        })
    }

    pub(crate) fn condition(&self, dice: &mut Dice, depth: usize) -> Option<String> {
        let compared = ["=", "<>", "<", "<=", ">", ">="];
        Some(match dice.roll(if depth == 0 { 9 } else { 13 }) {
            0 | 1 => self.name(dice, Kind::Flag)?.to_owned(),
            2 => {
                let (left, right) = (self.number(dice, 1)?, self.number(dice, 0)?);
                format!("{left} {} {}", dice.pick(&compared), if dice.chance(50) { right } else { "10".to_owned() })
            }
            3 => format!("{} {} {}", self.date(dice, 1)?, dice.pick(&compared), self.date(dice, 1)?),
            4 => {
                let (name, column) = self.any(dice, |kind| kind == Kind::Enum)?;
                let value = &column.values.get(dice.roll(column.values.len()))?.name;
                match dice.roll(3) {
                    0 => format!("{name} IN ('{value}', '{}')", column.values.first()?.name),
                    1 => format!("{name} <> '{value}'"),
                    _ => format!("{name} = '{value}'"),
                }
            }
            5 => {
                let name = self.any(dice, |kind| matches!(kind, Kind::Dimension | Kind::Text))?.0;
                match dice.roll(4) {
                    0 => format!("{name} NOT IN ('甲', '乙')"),
                    1 => format!("{name} < '乙'"),
                    2 => format!("{name} <> {}", self.any(dice, |kind| kind == Kind::Dimension)?.0),
                    _ => format!("{name} = '丙'"),
                }
            }
            6 => {
                let name = self.any(dice, |kind| kind != Kind::Event)?.0;
                format!("{name} IS {}NULL", if dice.chance(50) { "NOT " } else { "" })
            }
            7 => format!("{} BETWEEN 2 AND 20", self.number(dice, 0)?),
            9 => format!("NOT ({})", self.condition(dice, depth - 1)?),
            10 => format!("({}) OR ({})", self.condition(dice, depth - 1)?, self.condition(dice, depth - 1)?),
            11 | 12 => format!("({}) AND ({})", self.condition(dice, depth - 1)?, self.condition(dice, depth - 1)?),
            _ => self.happened(dice)?,
        })
    }

    fn measure(&self, dice: &mut Dice) -> Option<String> {
        let part = |dice: &mut Dice| -> Option<String> {
            let value = match dice.roll(3) {
                0 => format!("count = \"{}\"", self.condition(dice, 1)?),
                _ => format!("sum = \"{}\"", self.number(dice, 1)?),
            };
            // A count is its own condition.
            match value.starts_with("sum") && dice.chance(40) {
                true => Some(format!("{{ {value}, when = \"{}\" }}", self.condition(dice, 1)?)),
                false => Some(format!("{{ {value} }}")),
            }
        };
        Some(match dice.roll(6) {
            0 => format!("count = \"{}\"\nunit = \"count\"", self.condition(dice, 2)?),
            1 => format!(
                "share = \"{}\"\nweight = \"{}\"\nunit = \"share\"",
                self.condition(dice, 2)?,
                self.number(dice, 1)?
            ),
            2 => match dice.chance(50) {
                true => format!("sum = \"{}\"\nunit = \"count\"", self.number(dice, 2)?),
                false => {
                    format!(
                        "sum = \"{}\"\nwhen = \"{}\"\nunit = \"count\"",
                        self.number(dice, 1)?,
                        self.condition(dice, 2)?
                    )
                }
            },
            3 => format!("ratio = {{ numerator = {}, denominator = {} }}\nunit = \"ratio\"", part(dice)?, part(dice)?),
            _ => format!("share = \"{}\"\nunit = \"share\"", self.condition(dice, 2)?),
        })
    }

    /// A definition as TOML, if the columns allow one.
    pub(crate) fn definition(&self, dice: &mut Dice, id: &str, table: &str) -> Option<String> {
        let own = |dice: &mut Dice| -> Option<String> {
            let timed = |(name, column): &&(String, &ColumnSpec)| {
                !name.contains('.') && matches!(column.kind, Kind::Event | Kind::Date)
            };
            let of: Vec<_> = self.columns.iter().filter(timed).collect();
            of.get(dice.roll(of.len())).map(|(name, _)| name.clone())
        };
        let time = match dice.roll(10) {
            0 => "stock = \"*\"".to_owned(),
            1..=4 => format!("stock = \"{}\"", own(dice)?),
            _ => format!("flow = \"{}\"", own(dice)?),
        };
        let mut text = format!("[{id}]\nname = {{ zh = \"{id}\", en = \"{id}\" }}\ntable = \"{table}\"\n{time}\n");
        if dice.chance(60) {
            let _ = writeln!(text, "population = \"{}\"", self.condition(dice, 2)?);
        }
        if dice.chance(25) {
            let (one, two) = (self.condition(dice, 1)?, self.condition(dice, 1)?);
            let _ = writeln!(
                text,
                "exclude = [{{ when = \"{one}\", reason = \"a\" }}, {{ when = \"{two}\", reason = \"b\" }}]"
            );
        }
        let _ = writeln!(text, "{}", self.measure(dice)?);
        Some(text)
    }
}

/// The question with options of every sort.
pub(crate) fn asked(dice: &mut Dice, mut query: Query, filters: &[String]) -> Query {
    const BY: [&[&str]; 9] = [
        &[],
        &["zone"],
        &["zone"],
        &["park", "industry"],
        &["key_project"],
        &["approval_kind", "zone", "commitment"],
        &["project_id"],
        &["project.zone"],
        &["zone", "project.industry"],
    ];
    query = query.by(dice.pick(&BY).iter().copied()).totals(dice.chance(50));
    query = match dice.roll(4) {
        0 => query,
        _ => query.as_of(day(dice)),
    };
    query = match dice.roll(9) {
        0 => query.period("2022"),
        1 => query.period("2023Q4"),
        2 => query.period("cumulative"),
        3 => query.period("2022-03-05..2024-02-03"),
        4 => query.every(Every::Quarter),
        5 => query.every(Every::Month).period("2022-05-07..2023-12-20"),
        6 => query.every(Every::HalfYear).period("cumulative"),
        7 => query.every(Every::Year),
        _ => query,
    };
    query = match dice.roll(4) {
        0 => query.cancelled(Cancelled::Drop),
        1 => query.cancelled(Cancelled::Keep),
        _ => query,
    };
    if dice.chance(25) {
        query = query.phases(Phases::Parent);
    }
    match dice.roll(8) {
        0 => query = query.min_age(dice.between(0, 300)),
        1 => query = query.within(dice.between(0, 300)),
        _ => {}
    }
    if dice.chance(40) && !filters.is_empty() {
        let place = dice.roll(filters.len());
        query = query.filter(&filters[place]);
    }
    query
}

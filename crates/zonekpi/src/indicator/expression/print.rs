//! Trees written back as expressions that parse to the same trees: the canonical text of a definition.

use std::fmt;

use sqlparser::keywords::ALL_KEYWORDS;

use crate::ledger::Schema;
use crate::number::Decimal;

use super::{ColumnRef, Comparison, Predicate, Scalar};

impl fmt::Display for ColumnRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of_project {
            f.write_str("project.")?;
        }
        if is_plain(&self.name) { f.write_str(&self.name) } else { write!(f, "\"{}\"", self.name.replace('"', "\"\"")) }
    }
}

/// Whether a name stands without quotes: that of a schema's column, or a word that SQL does not know.
fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    let word = chars.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_');
    let known = || Schema::builtin().tables().any(|table| table.column(name).is_some());
    let keyword = || name.eq_ignore_ascii_case("as_of") || ALL_KEYWORDS.iter().any(|k| name.eq_ignore_ascii_case(k));
    word && (known() || !keyword())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(true) => f.write_str("TRUE"),
            Self::Constant(false) => f.write_str("FALSE"),
            Self::Flag(column) => column.fmt(f),
            Self::Compare { left, comparison, right } => write!(f, "{left} {comparison} {right}"),
            Self::In { operand, list } => in_list(f, operand, "IN", list),
            Self::IsNull(column) => write!(f, "{column} IS NULL"),
            Self::Happened { event, by: None } => write!(f, "happened({event})"),
            Self::Happened { event, by: Some(by) } => write!(f, "happened({event}, {by})"),
            Self::Not(inner) => match inner.as_ref() {
                Self::IsNull(column) => write!(f, "{column} IS NOT NULL"),
                Self::In { operand, list } => in_list(f, operand, "NOT IN", list),
                Self::Flag(_) | Self::Happened { .. } | Self::Constant(_) => write!(f, "NOT {inner}"),
                _ => write!(f, "NOT ({inner})"),
            },
            Self::And(all) => joined(f, all, "AND", "TRUE"),
            Self::Or(all) => joined(f, all, "OR", "FALSE"),
        }
    }
}

fn in_list(f: &mut fmt::Formatter<'_>, operand: &Scalar, word: &str, list: &[Scalar]) -> fmt::Result {
    write!(f, "{operand} {word} (")?;
    for (i, item) in list.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    f.write_str(")")
}

fn joined(f: &mut fmt::Formatter<'_>, all: &[Predicate], word: &str, empty: &str) -> fmt::Result {
    if all.is_empty() {
        return f.write_str(empty);
    }
    for (i, inner) in all.iter().enumerate() {
        if i > 0 {
            write!(f, " {word} ")?;
        }
        if matches!(inner, Predicate::And(_) | Predicate::Or(_)) {
            write!(f, "({inner})")?
        } else {
            write!(f, "{inner}")?
        }
    }
    Ok(())
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column) => column.fmt(f),
            Self::Number(number) => decimal(f, *number),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Date(date) => write!(f, "DATE '{}'", date.format("%Y-%m-%d")),
            Self::AsOf => f.write_str("as_of"),
            Self::Add(left, right) => write!(f, "{left} + {}", Tight(right)),
            Self::Subtract(left, right) => write!(f, "{left} - {}", Tight(right)),
            // A product on the right needs its parentheses to stay on the right.
            Self::Multiply(left, right) => match right.as_ref() {
                Self::Multiply(..) => write!(f, "{} * ({right})", Tight(left)),
                _ => write!(f, "{} * {}", Tight(left), Tight(right)),
            },
            Self::Shift { date, days } => match days.as_ref() {
                Self::Number(number) if number.unscaled < 0 => {
                    write!(
                        f,
                        "{date} - {}",
                        Self::Number(Decimal { unscaled: number.unscaled.saturating_neg(), ..*number })
                    )
                }
                days => write!(f, "{date} + {}", Tight(days)),
            },
            Self::WorkingDaysBetween(from, to) => write!(f, "working_days_between({from}, {to})"),
            Self::DaysBetween(from, to) => write!(f, "days_between({from}, {to})"),
        }
    }
}

/// A scalar in parentheses, if it binds less tightly than what stands beside it.
struct Tight<'a>(&'a Scalar);

impl fmt::Display for Tight<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Scalar::Add(..) | Scalar::Subtract(..) | Scalar::Shift { .. } => write!(f, "({})", self.0),
            other => other.fmt(f),
        }
    }
}

fn decimal(f: &mut fmt::Formatter<'_>, number: Decimal) -> fmt::Result {
    let scale = number.scale as usize;
    let digits = format!("{:0>width$}", number.unscaled.unsigned_abs(), width = scale + 1);
    let (whole, after) = digits.split_at(digits.len() - scale);
    let sign = if number.unscaled < 0 { "-" } else { "" };
    if after.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{after}") }
}

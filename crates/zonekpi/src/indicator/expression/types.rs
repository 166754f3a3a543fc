//! Values with their types: what may be compared with what, how literals are read, and how an event's comparison is
//! said with `happened`.

use chrono::NaiveDate;
use sqlparser::tokenizer::Location;

use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::ledger::{ColumnSpec, EnumValue, Kind};
use crate::message::ErrorCode;
use crate::number::Decimal;

use super::parse::refused;
use super::{ColumnRef, Comparison, Scalar};

/// The functions, with how they are called.
pub(super) const HAPPENED: (&str, &str) = ("happened", "happened(event) or happened(event, by)");
pub(super) const DAYS_BETWEEN: (&str, &str) = ("days_between", "days_between(from, to)");
pub(super) const WORKING_DAYS_BETWEEN: (&str, &str) = ("working_days_between", "working_days_between(from, to)");
/// Digits after the point that a value may have, so that sums of it fit 128 bits.
pub(super) const MOST_DIGITS_AFTER: u32 = 18;

/// Digits that a literal may have.
const MOST_DIGITS: usize = 27;

/// Days that a literal may shift a date by: more is a slip, and would leave the calendar.
const MOST_DAYS: i128 = 100_000;

/// A scalar with its type and its place.
pub(super) struct Typed {
    pub(super) scalar: Scalar,
    pub(super) class: Class,
    pub(super) start: Location,
}

/// What may be compared with what.
#[derive(Clone, Copy, Debug)]
pub(super) enum Class {
    Number,
    /// A literal text; it may yet turn out a day or a value of an enum.
    Literal,
    Text,
    /// One of a closed list of values.
    Enum(&'static ColumnSpec),
    Date,
    /// The interval of an event, perhaps shifted.
    Event,
}

impl Class {
    /// The word for it in messages; one of the schema's kinds, which are the same in both languages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Literal | Self::Text => "text",
            Self::Enum(_) => "enum",
            Self::Date => "date",
            Self::Event => "event",
        }
    }
}

/// The event that a scalar is, perhaps shifted.
pub(super) fn event_of(scalar: &Scalar) -> Option<&ColumnRef> {
    match scalar {
        Scalar::Column(column) if column.is_event() => Some(column),
        Scalar::Shift { date, .. } => event_of(date),
        _ => None,
    }
}

/// How to say with `happened` what a comparison of an event wanted.
pub(super) fn event_form(event: &ColumnRef, comparison: Comparison, other: &Typed) -> String {
    let day = day(other);
    // By the date asked about is what `happened` means without a second argument.
    if matches!(other.scalar, Scalar::AsOf) {
        match comparison {
            Comparison::LessOrEqual => return format!("happened({event})"),
            Comparison::Greater => return format!("NOT happened({event})"),
            Comparison::Equal => return format!("happened({event}) AND NOT happened({event}, as_of - 1)"),
            Comparison::NotEqual => return format!("NOT (happened({event}) AND NOT happened({event}, as_of - 1))"),
            Comparison::Less | Comparison::GreaterOrEqual => {}
        }
    }
    match comparison {
        Comparison::LessOrEqual => format!("happened({event}, {day})"),
        Comparison::Less => format!("happened({event}, {day} - 1)"),
        Comparison::Greater => format!("happened({event}) AND NOT happened({event}, {day})"),
        Comparison::GreaterOrEqual => format!("happened({event}) AND NOT happened({event}, {day} - 1)"),
        Comparison::Equal => format!("happened({event}, {day}) AND NOT happened({event}, {day} - 1)"),
        Comparison::NotEqual => format!("NOT (happened({event}, {day}) AND NOT happened({event}, {day} - 1))"),
    }
}

/// The comparison with its sides exchanged.
pub(super) fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => comparison,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// The other side of an event's comparison as it stands in the form that is told.
pub(super) fn day(other: &Typed) -> String {
    match &other.scalar {
        Scalar::Text(text) => format!("DATE '{text}'"),
        scalar => scalar.to_string(),
    }
}

/// A literal text as the day that it is written for; anything else as it is.
pub(super) fn as_date(typed: Typed) -> Result<Typed> {
    match (typed.class, &typed.scalar) {
        (Class::Literal, Scalar::Text(text)) => {
            let date = iso_day(text, typed.start)?;
            Ok(Typed { scalar: Scalar::Date(date), class: Class::Date, start: typed.start })
        }
        _ => Ok(typed),
    }
}

/// Both sides with one type, literals read as what the other side is.
pub(super) fn unified(left: Typed, right: Typed, start: Location) -> Result<(Typed, Typed)> {
    let (left, right) = match (left.class, right.class) {
        (Class::Literal, Class::Date) => (as_date(left)?, right),
        (Class::Date, Class::Literal) => (left, as_date(right)?),
        (Class::Enum(spec), Class::Literal) => {
            let right = as_value(right, spec)?;
            (left, right)
        }
        (Class::Literal, Class::Enum(spec)) => (as_value(left, spec)?, right),
        _ => (left, right),
    };
    let same = match (left.class, right.class) {
        (Class::Enum(a), Class::Enum(b)) => a.values.iter().map(|v| &v.name).eq(b.values.iter().map(|v| &v.name)),
        (Class::Number, Class::Number) | (Class::Date, Class::Date) => true,
        (Class::Text | Class::Literal, Class::Text | Class::Literal) => true,
        _ => false,
    };
    if same {
        Ok((left, right))
    } else {
        let message = ErrorCode::TypesDiffer
            .message()
            .with("left", &left.scalar)
            .with("left_type", left.class.word())
            .with("right", &right.scalar)
            .with("right_type", right.class.word());
        Err(refused(message, start))
    }
}

/// A literal text as the value of an enum that it spells.
fn as_value(typed: Typed, spec: &'static ColumnSpec) -> Result<Typed> {
    let Scalar::Text(text) = &typed.scalar else { return Ok(typed) };
    match spec.values.iter().find(|value| spells(value, text)) {
        Some(value) => {
            Ok(Typed { scalar: Scalar::Text(value.name.clone()), class: Class::Enum(spec), start: typed.start })
        }
        None => {
            let allowed: Vec<String> = spec.values.iter().map(|v| format!("{} ({})", v.name, v.zh)).collect();
            let right = spec.values.iter().flat_map(|v| [v.name.as_str(), v.zh.as_str()]);
            let message = ErrorCode::UnknownValue
                .message()
                .with("column", &spec.name)
                .with("found", text)
                .with("allowed", allowed.join(", "));
            Err(at(Error::new(ErrorKind::UnknownName, message).suggest(nearest(text, right)), typed.start))
        }
    }
}

fn spells(value: &EnumValue, text: &str) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case(&value.name) || text == value.zh || value.aliases.iter().any(|alias| alias == text)
}

/// A number that shifts a date.
pub(super) fn whole_days(typed: Typed) -> Result<Scalar> {
    let whole = matches!(typed.class, Class::Number) && typed.scalar.scale() == Some(0);
    let far = matches!(&typed.scalar, Scalar::Number(number) if number.unscaled.abs() > MOST_DAYS);
    if whole && !far {
        Ok(typed.scalar)
    } else {
        Err(refused(ErrorCode::DateArithmetic.message().with("found", &typed.scalar), typed.start))
    }
}

pub(super) fn shifted(date: Scalar, days: Scalar) -> Scalar {
    Scalar::Shift { date: Box::new(date), days: Box::new(days) }
}

/// The number with its sign changed; a literal stays a literal.
pub(super) fn negated(scalar: Scalar) -> Scalar {
    match scalar {
        Scalar::Number(number) => Scalar::Number(Decimal { unscaled: -number.unscaled, ..number }),
        other => Scalar::Subtract(Box::new(Scalar::Number(Decimal::whole(0))), Box::new(other)),
    }
}

/// A literal, exact: `1.50` keeps its two digits, `1e3` is a thousand.
pub(super) fn number(text: &str, start: Location) -> Result<Decimal> {
    let too_long = || refused(ErrorCode::NumberTooLong.message().with("found", text), start);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().map_err(|_| too_long())?;
    let (whole, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{after}");
    let mut scale = i64::try_from(after.len()).map_err(|_| too_long())?.checked_sub(exponent).ok_or_else(too_long)?;
    if scale < 0 && scale >= -(MOST_DIGITS as i64) {
        digits.extend(std::iter::repeat_n('0', scale.unsigned_abs() as usize));
        scale = 0;
    }
    let scale = u32::try_from(scale).ok().filter(|scale| *scale <= MOST_DIGITS_AFTER).ok_or_else(too_long)?;
    if digits.trim_start_matches('0').len() > MOST_DIGITS {
        return Err(too_long());
    }
    Ok(Decimal { unscaled: digits.parse().map_err(|_| too_long())?, scale })
}

/// A day in the one form that cannot be misread.
pub(super) fn iso_day(text: &str, start: Location) -> Result<NaiveDate> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, byte)| if matches!(i, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let day = if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None };
    day.ok_or_else(|| refused(ErrorCode::NotADay.message().with("found", text), start))
}

pub(super) fn event_compared(event: &ColumnRef, form: String, start: Location) -> Error {
    refused(ErrorCode::EventCompared.message().with("column", event).with("form", form), start)
}

pub(super) fn needs_numbers(operator: &str, side: &Typed) -> Error {
    let message = ErrorCode::NeedsNumbers
        .message()
        .with("operator", operator)
        .with("found", &side.scalar)
        .with("type", side.class.word());
    refused(message, side.start)
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "event",
        Kind::Date => "date",
        Kind::Flag => "flag",
        Kind::Enum => "enum",
        kind if kind.scale().is_some() => "number",
        _ => "text",
    }
}

pub(super) fn at(error: Error, start: Location) -> Error {
    if start.line == 0 {
        error
    } else {
        error.at(Place { position: Some((start.line, start.column)), ..Place::default() })
    }
}

pub(super) fn unknown_function(found: &str, start: Location) -> Error {
    let allowed = [HAPPENED.0, DAYS_BETWEEN.0, WORKING_DAYS_BETWEEN.0];
    let message = ErrorCode::UnknownFunction.message().with("found", found).with("allowed", allowed.join(", "));
    refused(message, start).suggest(nearest(found, allowed))
}

//! From a cell to a typed value, per kind. Each distinct cell of a column is read once; a whole cell is a value or
//! an issue, never a part of it. What a column's words are is in `words`; dates and numbers have modules of their own.

mod clock;
pub(crate) mod date;
pub(crate) mod number;
mod numeral;
mod plain;
pub(crate) mod words;

use self::date::{Days, NotADate, NumberDate};
use self::number::{Bound, NotANumber, Written};
pub(crate) use self::plain::Plain;
use self::words::Words;
use super::cell::{Cell, Shown};
use super::issue::Severity;
use super::schema::{ColumnSpec, Kind};
use super::text;
use super::unit::{Dimension, Unit};
use crate::message::{IssueAction, IssueCode};
use crate::number::Decimal;

/// What a cell is, in the type of its column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Blank,
    Unreadable,
    /// It has happened, on an unknown day.
    Undated,
    /// Days since 1970-01-01; `from` differs from `to` where the day is known only as an interval.
    Days {
        from: i32,
        to: i32,
    },
    /// The unscaled number, in the scale of the kind.
    Number(i64),
    Flag(bool),
    Text(String),
}

/// What is wrong with a cell, and what was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub code: IssueCode,
    pub severity: Severity,
    pub action: IssueAction,
    /// The day that was taken, where the action tells it.
    pub date: Option<i32>,
}

impl Problem {
    fn new(code: IssueCode, severity: Severity, action: IssueAction) -> Self {
        Self { code, severity, action, date: None }
    }
}

/// A cell read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parsed {
    pub value: Value,
    pub problem: Option<Problem>,
    /// The unit that the cell itself wrote.
    pub unit: Option<Unit>,
    /// The bound that the cell wrote, where its column takes bounds.
    pub bound: Option<Bound>,
    /// A bare number in a column of amounts that has no unit anywhere.
    pub unit_missing: bool,
    /// The unit is a scale alone, 12万: of money, unless something says of what else.
    pub scale_alone: bool,
}

impl Parsed {
    pub(crate) fn of(value: Value) -> Self {
        Self { value, problem: None, unit: None, bound: None, unit_missing: false, scale_alone: false }
    }

    fn unreadable(code: IssueCode, severity: Severity) -> Self {
        Self::of(Value::Unreadable).with(code, severity, IssueAction::Unknown)
    }

    fn with(mut self, code: IssueCode, severity: Severity, action: IssueAction) -> Self {
        self.problem = Some(Problem::new(code, severity, action));
        self
    }
}

/// What the reading of a column's cells depends on.
#[derive(Clone, Debug)]
pub(crate) struct Context<'a> {
    pub kind: Kind,
    /// `None` for a column that the schema does not know.
    pub spec: Option<&'a ColumnSpec>,
    pub words: &'a Words,
    /// The unit of bare numbers.
    pub unit: Option<Unit>,
    /// The caller said that blank means no.
    pub blank_is_no: bool,
    pub epoch_1904: bool,
    /// In CSV a number is text, so that 2023.1 may have been 2023.10.
    pub texts_may_be_numbers: bool,
}

impl Context<'_> {
    /// Reads one cell.
    pub(crate) fn read(&self, cell: &Cell<'_>) -> Parsed {
        let compacted = match cell {
            Cell::Blank => return self.blank(),
            Cell::Error(_) => return Parsed::unreadable(IssueCode::CellError, Severity::Error),
            Cell::Formula(_) => return Parsed::unreadable(IssueCode::FormulaNotCached, Severity::Error),
            Cell::Text(text) => Some(text::compacted(text)),
            _ => None,
        };
        if let Some(compacted) = &compacted {
            if compacted.is_empty() {
                return self.blank();
            }
            if text::is_error_word(compacted) {
                return Parsed::unreadable(IssueCode::CellError, Severity::Error);
            }
        }
        let word = compacted.as_deref().unwrap_or("");
        match self.kind {
            Kind::Flag => self.flag(cell, word),
            Kind::Enum => self.one_of(cell, word),
            Kind::Event => self.event(cell, word),
            _ if text::is_blank_word(word) && !word.is_empty() => self.blank(),
            Kind::Date | Kind::Count if self.words.no.contains(&word.to_lowercase()) => Parsed::of(Value::Blank),
            Kind::Date => self.date(cell, word),
            Kind::Id if text::is_ditto(word) => Parsed::unreadable(IssueCode::Ditto, Severity::Warning),
            Kind::Id => id(cell, true),
            Kind::Text | Kind::Dimension if self.spec.is_none() => id(cell, false),
            // A group of its own name would be made of it.
            Kind::Text | Kind::Dimension if text::is_ditto(word) => {
                Parsed::unreadable(IssueCode::Ditto, Severity::Warning)
            }
            Kind::Text | Kind::Dimension => name(cell, self.kind == Kind::Dimension),
            Kind::Money
            | Kind::Area
            | Kind::Count
            | Kind::Measure
            | Kind::OptionalCount
            | Kind::OptionalMeasure
            | Kind::Extension => self.number(cell),
        }
    }

    fn blank(&self) -> Parsed {
        Parsed::of(match self.kind {
            Kind::Flag if self.blank_is_no => Value::Flag(false),
            Kind::Extension => Value::Number(0),
            _ => Value::Blank,
        })
    }

    fn flag(&self, cell: &Cell<'_>, word: &str) -> Parsed {
        let lower = word.to_lowercase();
        match cell {
            Cell::Bool(yes) => Parsed::of(Value::Flag(*yes)),
            Cell::Number(number, _) if *number == 1.0 => Parsed::of(Value::Flag(true)),
            Cell::Number(number, _) if *number == 0.0 => Parsed::of(Value::Flag(false)),
            // Words of the column come before blank words: 无 is a no here.
            Cell::Text(_) if self.words.yes.contains(&lower) => Parsed::of(Value::Flag(true)),
            Cell::Text(_) if self.words.no.contains(&lower) => Parsed::of(Value::Flag(false)),
            Cell::Text(_) if text::is_blank_word(word) => self.blank(),
            Cell::Text(_) if words::is_not_applicable(&lower) => {
                Parsed::of(Value::Blank).with(IssueCode::FlagNotApplicable, Severity::Note, IssueAction::Unknown)
            }
            Cell::Text(_) => Parsed::unreadable(IssueCode::FlagUnreadable, Severity::Warning),
            _ => Parsed::unreadable(IssueCode::FlagUnreadable, Severity::Error),
        }
    }

    fn one_of(&self, cell: &Cell<'_>, word: &str) -> Parsed {
        let written = if let Cell::Text(_) = cell { word.to_lowercase() } else { text::word(&cell.written()) };
        match self.words.values.get(&written) {
            Some(name) => Parsed::of(Value::Text(name.clone())),
            None if text::is_blank_word(word) && !word.is_empty() => self.blank(),
            None => Parsed::unreadable(IssueCode::EnumUnreadable, Severity::Error),
        }
    }

    fn event(&self, cell: &Cell<'_>, word: &str) -> Parsed {
        let lower = word.to_lowercase();
        let undated = || {
            Parsed::of(Value::Undated).with(IssueCode::DateUnknownButHappened, Severity::Warning, IssueAction::Undated)
        };
        match cell {
            Cell::Bool(true) => undated(),
            Cell::Bool(false) => Parsed::of(Value::Blank),
            Cell::Text(_) if self.words.no.contains(&lower) || text::is_blank_word(word) => Parsed::of(Value::Blank),
            Cell::Text(_) if self.words.yes.contains(&lower) => undated(),
            // 2023年5月开工 in the column of that very event.
            Cell::Text(_) => match self.words.without_deed(word) {
                Some(date) => match self.day(&Cell::Text(date), date) {
                    day @ Parsed { value: Value::Days { .. }, .. } => day,
                    _ => self.day(cell, word),
                },
                None => self.day(cell, word),
            },
            _ => self.day(cell, word),
        }
    }

    /// A planned or due day: the word for "planned" is expected here, and a month means its last day.
    fn date(&self, cell: &Cell<'_>, word: &str) -> Parsed {
        let mut parsed = match cell {
            Cell::Text(text) => {
                let spaced = text::width_folded(text);
                let rest = date::after_plan_word(&spaced).unwrap_or(&spaced).trim();
                let rest = self.words.without_deed(rest).unwrap_or(rest).trim();
                // 2024年6月底前: the last day by which.
                let rest = date::before_by_word(rest).unwrap_or(rest);
                if rest.len() == spaced.len() {
                    self.day(cell, word)
                } else {
                    self.day(&Cell::Text(rest), &text::compact(rest))
                }
            }
            _ => self.day(cell, word),
        };
        if let Value::Days { from, to } = parsed.value
            && from != to
            && !self.spec.is_some_and(|spec| spec.interval)
        {
            parsed.value = Value::Days { from: to, to };
            let code = parsed.problem.map_or(IssueCode::DateLastDayTaken, |problem| problem.code);
            let mut problem = Problem::new(code, Severity::Note, IssueAction::LastDay);
            problem.date = Some(to);
            parsed.problem = Some(problem);
        }
        parsed
    }

    fn day(&self, cell: &Cell<'_>, word: &str) -> Parsed {
        let known = |days: Days| Parsed::of(Value::Days { from: date::days(days.from), to: date::days(days.to) });
        match cell {
            Cell::Date(days) if date::is_in_range(*days) => Parsed::of(Value::Days { from: *days, to: *days }),
            Cell::Span { from, to } if date::is_in_range(*from) => {
                let (code, action) = (IssueCode::DateShownWithoutDay, IssueAction::WholeSpan);
                Parsed::of(Value::Days { from: *from, to: *to }).with(code, Severity::Note, action)
            }
            Cell::Date(_) | Cell::Span { .. } => Parsed::unreadable(IssueCode::DateOutOfRange, Severity::Error),
            Cell::Number(number, _) => self.numbered_day(*number),
            // What spaces or line breaks part is not one number.
            Cell::Text(text) if clock::has_parted_digits(text) => {
                Parsed::unreadable(IssueCode::DateUnreadable, Severity::Error)
            }
            Cell::Text(_) if words::is_undecided(word) => {
                Parsed::unreadable(IssueCode::DateUndecided, Severity::Warning)
            }
            Cell::Text(text) => {
                let numeric = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                // A year and one digit may have been the number 2023.10; a run of five digits is a serial day.
                let may_be_number = self.texts_may_be_numbers || !word.contains('.');
                if numeric && may_be_number && !matches!(word.len(), 8 | 4) && word.matches('.').count() <= 1 {
                    if matches!((word.len(), word.find('.')), (6, None) | (7, Some(4))) {
                        // 202312 and 2023.10 are as they stand.
                    } else if let Ok(number) = word.parse() {
                        return self.numbered_day(number);
                    }
                }
                match date::read(text) {
                    Ok(days) => known(days),
                    Err(problem) => {
                        let (code, severity) = match problem {
                            NotADate::Impossible => (IssueCode::DateImpossible, Severity::Error),
                            NotADate::YearMissing => (IssueCode::DateYearMissing, Severity::Error),
                            NotADate::YearTwoDigits => (IssueCode::DateYearTwoDigits, Severity::Error),
                            NotADate::Plan => (IssueCode::DateIsAPlan, Severity::Warning),
                            NotADate::OutOfRange => (IssueCode::DateOutOfRange, Severity::Error),
                            NotADate::Range => (IssueCode::DateIsARange, Severity::Error),
                            NotADate::Unreadable => (IssueCode::DateUnreadable, Severity::Error),
                        };
                        Parsed::unreadable(code, severity)
                    }
                }
            }
            Cell::Time(_) => Parsed::unreadable(IssueCode::TimeNotADate, Severity::Error),
            _ => Parsed::unreadable(IssueCode::DateUnreadable, Severity::Error),
        }
    }

    fn numbered_day(&self, number: f64) -> Parsed {
        match date::read_number(number, self.epoch_1904) {
            NumberDate::Days(days) => Parsed::of(Value::Days { from: date::days(days.from), to: date::days(days.to) }),
            NumberDate::Serial(day) => {
                let day = date::days(day);
                let mut problem = Problem::new(IssueCode::SerialReadAsDate, Severity::Note, IssueAction::ReadAsDate);
                problem.date = Some(day);
                Parsed { problem: Some(problem), ..Parsed::of(Value::Days { from: day, to: day }) }
            }
            NumberDate::Ambiguous => Parsed::unreadable(IssueCode::DateAmbiguousNumber, Severity::Error),
            NumberDate::OutOfRange => Parsed::unreadable(IssueCode::DateOutOfRange, Severity::Error),
            NumberDate::Impossible => Parsed::unreadable(IssueCode::DateImpossible, Severity::Error),
            NumberDate::Unreadable => Parsed::unreadable(IssueCode::DateUnreadable, Severity::Error),
        }
    }

    fn number(&self, cell: &Cell<'_>) -> Parsed {
        if self.spec.is_some_and(|s| s.kind == Kind::OptionalCount && s.unit_in.is_some())
            && matches!(cell, Cell::Text(text) if words::is_on_the_spot(&text::word(text)))
        {
            // Done while one waits: there is no limit to be kept.
            return Parsed::of(Value::Blank).with(IssueCode::LimitOnTheSpot, Severity::Note, IssueAction::Blank);
        }
        let mut written = match cell {
            Cell::Number(number, shown) => {
                let value = number::decimal(&text::digits15(*number));
                let Some(value) = value else { return self.not_a_number(NotANumber::Unreadable) };
                // A cell shown as a percent holds the fraction.
                if *shown == Shown::Percent && !matches!(self.kind, Kind::Measure | Kind::OptionalMeasure) {
                    return self.not_a_number(NotANumber::Unreadable);
                }
                let plain = Written::plain(value);
                if *shown == Shown::Percent {
                    // Its unit is said by its format, so that no other unit is applied to it.
                    return Parsed { unit: super::unit::unit("%"), ..self.stored(plain, None) };
                }
                plain
            }
            Cell::Text(text) => match number::read(text) {
                Ok(written) => written,
                Err(problem) => return self.not_a_number(problem),
            },
            _ => return self.not_a_number(NotANumber::Unreadable),
        };
        // A time limit is a bound by itself: 5个工作日内. Only a target may be a floor.
        let takes_bound = self.spec.is_some_and(|s| {
            let limit = s.kind == Kind::OptionalCount && s.unit_in.is_some();
            s.bound_in.is_some() || (limit && written.bound == Some(Bound::Upper))
        });
        let counts = matches!(self.kind, Kind::Count | Kind::OptionalCount | Kind::Extension);
        if written.bare_scale && counts {
            written.unit = written.unit.map(|unit| Unit { dimension: Dimension::Count, ..unit });
        }
        let measures = matches!(self.kind, Kind::Measure | Kind::OptionalMeasure);
        if let (true, true, Some(scale), Some(own)) = (written.bare_scale, measures, written.unit, self.unit)
            && !matches!(own.dimension, Dimension::Money | Dimension::Foreign)
        {
            // 12万 under 人 are 120,000 persons; under 万人 or % nobody knows.
            if own.dimension == Dimension::Percent || (own.dimension == Dimension::Count && own.multiply != 1) {
                return self.not_a_number(NotANumber::Unreadable);
            }
            written.unit = own.multiply.checked_mul(scale.multiply).map(|multiply| Unit { multiply, ..own });
            written.bare_scale = false;
        }
        let money = self.kind == Kind::Money;
        if let Some(bound) = written.bound.filter(|_| !takes_bound) {
            let code = match (bound, self.kind) {
                (Bound::Lower, Kind::Money) => IssueCode::MoneyLowerBound,
                (Bound::Upper, Kind::Money) => IssueCode::MoneyUpperBound,
                (Bound::Lower, Kind::Count | Kind::OptionalCount | Kind::Extension) => IssueCode::CountLowerBound,
                (Bound::Lower, _) => IssueCode::NumberLowerBound,
                (Bound::Upper, _) => IssueCode::NumberUpperBound,
            };
            return Parsed::unreadable(code, Severity::Warning);
        }
        let takes_yuan = matches!(self.kind, Kind::Money | Kind::Measure | Kind::OptionalMeasure);
        if (written.currency && !takes_yuan) || written.unit.is_some_and(|u| !u.fits(self.kind) || !self.is_a_limit(u))
        {
            return self.not_a_number(NotANumber::Unreadable);
        }
        let unit = written.unit.or(self.unit);
        if unit.is_some_and(|u| u.dimension == Dimension::Foreign) {
            return self.not_a_number(NotANumber::Foreign);
        }
        let only = self.spec.and_then(|spec| spec.only_in.as_deref());
        if let (Some(only), Some(Unit { dimension: Dimension::Time(own), .. })) = (only, unit)
            && !matches!(own, "days")
            && own != only
        {
            return Parsed::unreadable(IssueCode::DaysNotWorking, Severity::Error);
        }
        let zero = written.value.unscaled == 0;
        if unit.is_none() && matches!(self.kind, Kind::Money | Kind::Area) && !zero {
            return Parsed { unit_missing: true, ..Parsed::of(Value::Unreadable) };
        }
        let mut parsed = self.stored(written, unit);
        if parsed.value == Value::Unreadable {
            return parsed;
        }
        let scale_alone = written.bare_scale && measures;
        let bare_percent = written.unit.is_none() && unit.is_some_and(|u| u.dimension == Dimension::Percent);
        if written.approximate {
            let code = if money { IssueCode::MoneyApproximate } else { IssueCode::NumberApproximate };
            parsed = parsed.with(code, Severity::Note, IssueAction::Read);
        } else if written.value.unscaled < 0 && !matches!(self.kind, Kind::Measure | Kind::OptionalMeasure) {
            let code = if money { IssueCode::MoneyNegative } else { IssueCode::NumberNegative };
            // Nothing shortens a limit: what is written stays, and no due date is counted by it.
            let action = if self.kind == Kind::Extension { IssueAction::Unknown } else { IssueAction::Read };
            parsed = parsed.with(code, Severity::Warning, action);
        } else if bare_percent && !zero && at_most_one(written.value) {
            parsed = parsed.with(IssueCode::PercentScaleDoubtful, Severity::Warning, IssueAction::Percent);
        }
        parsed.unit = written.unit;
        parsed.bound = written.bound;
        parsed.scale_alone = scale_alone;
        parsed
    }

    /// Whether a unit may stand in a time limit: 2年 is no number of working days, and 4小时 no number of days. Other
    /// columns take any unit of theirs.
    fn is_a_limit(&self, unit: Unit) -> bool {
        match (self.kind, unit.dimension) {
            (Kind::Extension, Dimension::Time(name)) => name != "hours",
            (Kind::OptionalCount, Dimension::Time(_)) => true,
            (Kind::OptionalCount, _) => self.spec.is_none_or(|spec| spec.unit_in.is_none()),
            (Kind::Extension, _) => false,
            _ => true,
        }
    }

    /// The number in the column's own unit and scale.
    fn stored(&self, written: Written, unit: Option<Unit>) -> Parsed {
        let column = self.spec.map(|s| s.name.as_str());
        let (multiply, divide) = unit.map_or((1, 1), |u| u.to_stored(column));
        let scale = self.kind.scale().unwrap_or(0);
        let Some(number) = number::scaled(written.value, multiply, divide, scale) else {
            return Parsed::unreadable(IssueCode::NumberTooLarge, Severity::Error);
        };
        if scale == 0 && !is_whole(written.value, multiply, divide, number) {
            return Parsed::unreadable(IssueCode::CountNotWhole, Severity::Error);
        }
        Parsed::of(Value::Number(number))
    }

    fn not_a_number(&self, problem: NotANumber) -> Parsed {
        let money = self.kind == Kind::Money;
        let (code, severity) = match problem {
            NotANumber::Foreign => (IssueCode::MoneyForeignCurrency, Severity::Error),
            NotANumber::Range if money => (IssueCode::MoneyRange, Severity::Error),
            NotANumber::Range => (IssueCode::NumberRange, Severity::Error),
            NotANumber::Unreadable if money => (IssueCode::MoneyUnreadable, Severity::Warning),
            NotANumber::Unreadable => (IssueCode::NumberUnreadable, Severity::Warning),
        };
        Parsed::unreadable(code, severity)
    }
}

fn at_most_one(value: Decimal) -> bool {
    10i128.checked_pow(value.scale).is_some_and(|one| value.unscaled.abs() <= one)
}

fn is_whole(value: Decimal, multiply: i128, divide: i128, number: i64) -> bool {
    let exact = value.unscaled.checked_mul(multiply);
    let back = 10i128.checked_pow(value.scale).and_then(|p| i128::from(number).checked_mul(divide)?.checked_mul(p));
    exact.is_some() && exact == back
}

/// An id, or (without folding) a column that the schema does not know: text, and a number without its `.0`.
fn id(cell: &Cell<'_>, fold: bool) -> Parsed {
    let text = match cell {
        Cell::Number(number, Shown::Zeros(_) | Shown::Plain) if number.abs() >= 1e15 => {
            return Parsed::unreadable(IssueCode::IdPrecisionLost, Severity::Error);
        }
        // 2023-5 that a spreadsheet made a date of: how it was written is lost.
        Cell::Date(_) | Cell::Span { .. } if fold => {
            return Parsed::unreadable(IssueCode::IdHeldAsDate, Severity::Error);
        }
        Cell::Text(text) if text::is_clean(text, fold) => return Parsed::of(Value::Text((*text).to_owned())),
        Cell::Text(text) => {
            let unguarded = words::without_guard(text);
            let trimmed = if fold { text::width_folded(unguarded) } else { text::trimmed(unguarded).into_owned() };
            if words::is_scientific(&trimmed) {
                return Parsed::unreadable(IssueCode::IdPrecisionLost, Severity::Error);
            }
            match trimmed.strip_suffix(".0") {
                Some(digits) if fold && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                    digits.to_owned()
                }
                _ => trimmed,
            }
        }
        cell => cell.written(),
    };
    Parsed::of(if text.is_empty() { Value::Blank } else { Value::Text(text) })
}

/// A name, or (with folding of letters and digits) a word to group by.
fn name(cell: &Cell<'_>, fold: bool) -> Parsed {
    let text = match cell {
        Cell::Text(text) if fold => text::letters_folded(text),
        Cell::Text(text) => text::trimmed(text).into_owned(),
        cell => cell.written(),
    };
    Parsed::of(if text.is_empty() { Value::Blank } else { Value::Text(text) })
}

#[cfg(test)]
mod tests;

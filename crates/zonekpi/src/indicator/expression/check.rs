//! From `sqlparser`'s tree to our own: every name is found in the scope, every operand has a type, and whatever
//! has no meaning here is refused with the form that has one.

use sqlparser::ast::{
    BinaryOperator, DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Spanned,
    UnaryOperator, Value,
};
use sqlparser::tokenizer::Location;

use crate::error::{Error, ErrorKind, Result};
use crate::ledger::Kind;
use crate::message::ErrorCode;

use super::parse::refused;
use super::scope::{Found, Scope, is_project};
use super::types::{
    Class, DAYS_BETWEEN, HAPPENED, MOST_DIGITS_AFTER, Typed, WORKING_DAYS_BETWEEN, as_date, at, day, event_compared,
    event_form, event_of, iso_day, kind_word, mirrored, needs_numbers, negated, number, shifted, unified,
    unknown_function, whole_days,
};
use super::{ColumnRef, Comparison, Predicate, Scalar};

/// Bytes of a text whose tree is printed as it is: it holds at most a few hundred terms.
const SHORT: usize = 1_000;

/// Checks one expression against a scope.
pub(super) struct Checker<'a> {
    scope: &'a Scope,
    /// The text, where its tree may be too deep to be printed without harm to the stack.
    deep: Option<&'a str>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(scope: &'a Scope, text: &'a str) -> Self {
        Self { scope, deep: (text.len() > SHORT).then_some(text) }
    }

    /// What stands at a place, as a message tells it. Printing a tree walks to its depth, which in a long text may be
    /// thousands of ORs; then the text itself is told.
    fn source(&self, expression: &Expr) -> String {
        match self.deep {
            None => shortened(expression),
            Some(text) => {
                let start = start_of(expression);
                let line = usize::try_from(start.line).ok().and_then(|line| text.lines().nth(line.checked_sub(1)?));
                let before = usize::try_from(start.column).map_or(0, |column| column.saturating_sub(1));
                shortened(&line.unwrap_or(text).chars().skip(before).take(70).collect::<String>())
            }
        }
    }

    /// A condition. By value, so that long chains of AND and OR are taken apart in a loop and dropped piece by piece.
    pub(super) fn predicate(&self, expression: Expr) -> Result<Predicate> {
        let start = start_of(&expression);
        match expression {
            Expr::Nested(inner) => self.predicate(*inner),
            Expr::BinaryOp { left, op: op @ (BinaryOperator::And | BinaryOperator::Or), right } => {
                let mut parts = vec![*right];
                let mut rest = *left;
                loop {
                    match rest {
                        Expr::BinaryOp { left, op: inner, right } if inner == op => {
                            parts.push(*right);
                            rest = *left;
                        }
                        first => {
                            parts.push(first);
                            break;
                        }
                    }
                }
                let parts = parts.into_iter().rev().map(|part| self.predicate(part)).collect::<Result<Vec<_>>>()?;
                Ok(if op == BinaryOperator::And { Predicate::all(parts) } else { Predicate::any(parts) })
            }
            Expr::BinaryOp { left, op, right } => match comparison(&op) {
                Some(comparison) => self.compare(*left, comparison, *right, start),
                None if matches!(op, BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply) => {
                    let whole = self.operand(Expr::BinaryOp { left, op, right })?;
                    Err(no_condition(&whole.scalar.to_string(), whole.class.word(), start))
                }
                None => Err(not_in_language(&op.to_string(), start)),
            },
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => Ok(Predicate::Not(Box::new(self.predicate(*expr)?))),
            Expr::IsNull(operand) => self.is_null(*operand, false),
            Expr::IsNotNull(operand) => Ok(Predicate::Not(Box::new(self.is_null(*operand, true)?))),
            Expr::InList { expr, list, negated } => {
                let found = self.in_list(*expr, list)?;
                Ok(if negated { Predicate::Not(Box::new(found)) } else { found })
            }
            Expr::Between { expr, negated, low, high } => {
                let found = self.between(*expr, *low, *high)?;
                Ok(if negated { Predicate::Not(Box::new(found)) } else { found })
            }
            Expr::Function(function) => {
                let name = function.name.to_string();
                if name.eq_ignore_ascii_case(HAPPENED.0) {
                    self.happened(function)
                } else {
                    let whole = self.function(function)?;
                    Err(no_condition(&whole.scalar.to_string(), whole.class.word(), start))
                }
            }
            Expr::Value(value) => match value.value {
                Value::Boolean(truth) => Ok(Predicate::Constant(truth)),
                Value::Null => Err(refused(ErrorCode::NullCompared.message(), start)),
                other => Err(no_condition(&other.to_string(), "literal", start)),
            },
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => match self.name(expression)? {
                Named::AsOf => Err(no_condition("as_of", Class::Date.word(), start)),
                Named::Column(found) if found.column.kind == Kind::Flag => Ok(Predicate::Flag(found.column)),
                Named::Column(found) if found.column.is_event() => {
                    let form = format!("happened({})", found.column);
                    Err(event_compared(&found.column, form, start))
                }
                Named::Column(found) => {
                    Err(no_condition(&found.column.to_string(), kind_word(found.column.kind), start))
                }
            },
            Expr::TypedString(_) | Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, .. } => {
                let whole = self.operand(expression)?;
                Err(no_condition(&whole.scalar.to_string(), whole.class.word(), start))
            }
            other => Err(not_in_language(&self.source(&other), start)),
        }
    }

    /// A value at the top of a definition's field.
    pub(super) fn scalar(&self, expression: Expr) -> Result<Scalar> {
        let typed = self.operand(expression)?;
        if let (Class::Event, Some(event)) = (typed.class, event_of(&typed.scalar)) {
            return Err(event_compared(event, format!("days_between({event}, as_of)"), typed.start));
        }
        Ok(typed.scalar)
    }

    fn compare(&self, left: Expr, comparison: Comparison, right: Expr, start: Location) -> Result<Predicate> {
        // A flag is compared with TRUE and FALSE only, and is then a condition itself.
        let constant = match (boolean(&left), boolean(&right)) {
            (Some(_), Some(_)) => return Err(refused(ErrorCode::ConstantsCompared.message(), start)),
            (Some(truth), None) => Ok((truth, right)),
            (None, Some(truth)) => Ok((truth, left)),
            (None, None) => Err((left, right)),
        };
        let (left, right) = match constant {
            Ok((truth, other)) => return self.compare_flag(other, comparison, truth, start),
            Err(sides) => sides,
        };
        let words = (bare_word(&left), bare_word(&right));
        let (left, right) = match (self.operand(left), self.operand(right)) {
            (Ok(left), Ok(right)) => (left, right),
            (Ok(column), Err(error)) => {
                let Typed { scalar: left, class, .. } = column;
                let form = |text| Predicate::Compare { left, comparison, right: text };
                return Err(unquoted(error, words.1, class, form));
            }
            (Err(error), Ok(column)) => {
                let Typed { scalar: right, class, .. } = column;
                let form = |text| Predicate::Compare { left: text, comparison, right };
                return Err(unquoted(error, words.0, class, form));
            }
            (Err(error), Err(_)) => return Err(error),
        };
        for (event, other, seen) in [(&left, &right, comparison), (&right, &left, mirrored(comparison))] {
            if let (Class::Event, Some(column)) = (event.class, event_of(&event.scalar)) {
                return Err(event_compared(column, event_form(column, seen, other), event.start));
            }
        }
        let (left, right) = unified(left, right, start)?;
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if ordered && !matches!(left.class, Class::Number | Class::Date) {
            let message = ErrorCode::NoOrder.message().with("found", &left.scalar).with("type", left.class.word());
            return Err(refused(message, start));
        }
        Ok(Predicate::Compare { left: left.scalar, comparison, right: right.scalar })
    }

    fn compare_flag(&self, other: Expr, comparison: Comparison, truth: bool, start: Location) -> Result<Predicate> {
        let text = self.source(&other);
        let Some(flag) = self.flag(other)? else {
            return Err(refused(ErrorCode::NotAFlag.message().with("found", text), start));
        };
        let holds = match comparison {
            Comparison::Equal => truth,
            Comparison::NotEqual => !truth,
            _ => return Err(refused(ErrorCode::NoOrder.message().with("found", text).with("type", "flag"), start)),
        };
        let flag = Predicate::Flag(flag);
        Ok(if holds { flag } else { Predicate::Not(Box::new(flag)) })
    }

    fn is_null(&self, operand: Expr, negated: bool) -> Result<Predicate> {
        let start = start_of(&operand);
        let text = self.source(&operand);
        let operand = unnested(operand);
        if matches!(operand, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
            && let Named::Column(found) = self.name(operand)?
        {
            if !found.column.is_event() {
                return Ok(Predicate::IsNull(found.column));
            }
            let form = format!("{}happened({})", if negated { "" } else { "NOT " }, found.column);
            return Err(event_compared(&found.column, form, start));
        }
        Err(refused(ErrorCode::IsNullOfColumns.message().with("found", text), start))
    }

    fn in_list(&self, operand: Expr, list: Vec<Expr>) -> Result<Predicate> {
        let operand = self.operand(operand)?;
        if let (Class::Event, Some(event)) = (operand.class, event_of(&operand.scalar)) {
            let form = match list.into_iter().next() {
                Some(first) => event_form(event, Comparison::Equal, &self.operand(first)?),
                None => format!("happened({event})"),
            };
            return Err(event_compared(event, form, operand.start));
        }
        let mut items = Vec::with_capacity(list.len());
        let mut operand = operand;
        for item in list {
            let start = start_of(&item);
            let text = self.source(&item);
            let word = bare_word(&item);
            let item = match self.operand(item) {
                Ok(item) => item,
                Err(error) => {
                    let column = operand.scalar.clone();
                    let form = |text| Predicate::In { operand: column, list: vec![text] };
                    return Err(unquoted(error, word, operand.class, form));
                }
            };
            if !matches!(item.scalar, Scalar::Number(_) | Scalar::Text(_) | Scalar::Date(_)) {
                return Err(refused(ErrorCode::ListOfLiterals.message().with("found", text), start));
            }
            let (left, right) = unified(operand, item, start)?;
            operand = left;
            items.push(right.scalar);
        }
        Ok(Predicate::In { operand: operand.scalar, list: items })
    }

    fn between(&self, operand: Expr, low: Expr, high: Expr) -> Result<Predicate> {
        let start = start_of(&operand);
        let (operand, low, high) = (self.operand(operand)?, self.operand(low)?, self.operand(high)?);
        if let (Class::Event, Some(event)) = (operand.class, event_of(&operand.scalar)) {
            let form = format!("happened({event}, {}) AND NOT happened({event}, {} - 1)", day(&high), day(&low));
            return Err(event_compared(event, form, start));
        }
        for bound in [&low, &high] {
            if let (Class::Event, Some(event)) = (bound.class, event_of(&bound.scalar)) {
                return Err(event_compared(event, format!("happened({event}, {})", day(&operand)), bound.start));
            }
        }
        let again = Typed { scalar: operand.scalar.clone(), class: operand.class, start };
        let (left, low) = unified(operand, low, start)?;
        let (again, high) = unified(again, high, start)?;
        for side in [&left, &again] {
            if !matches!(side.class, Class::Number | Class::Date) {
                let message = ErrorCode::NoOrder.message().with("found", &side.scalar).with("type", side.class.word());
                return Err(refused(message, start));
            }
        }
        Ok(Predicate::all([
            Predicate::Compare { left: left.scalar, comparison: Comparison::GreaterOrEqual, right: low.scalar },
            Predicate::Compare { left: again.scalar, comparison: Comparison::LessOrEqual, right: high.scalar },
        ]))
    }

    fn happened(&self, function: Function) -> Result<Predicate> {
        let start = function.name.span().start;
        let mut arguments = arguments(function, HAPPENED)?.into_iter();
        let (Some(event), by, None) = (arguments.next(), arguments.next(), arguments.next()) else {
            return Err(arguments_error(HAPPENED, start));
        };
        let event_start = start_of(&event);
        let text = self.source(&event);
        let event = unnested(event);
        let found = match event {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.name(event)?,
            _ => return Err(refused(ErrorCode::NotAnEvent.message().with("found", text), event_start)),
        };
        let event = match found {
            Named::Column(found) if found.column.is_event() => found.column,
            Named::Column(found) if found.column.kind == Kind::Date => {
                let form = format!("{} <= as_of", found.column);
                let message = ErrorCode::PlannedNotEvent.message().with("found", &found.column).with("form", form);
                return Err(refused(message, event_start));
            }
            _ => return Err(refused(ErrorCode::NotAnEvent.message().with("found", text), event_start)),
        };
        let by = match by {
            None => None,
            Some(by) => {
                let by = as_date(self.operand(by)?)?;
                match by.class {
                    Class::Date | Class::Event => Some(by.scalar),
                    _ => return Err(arguments_error(HAPPENED, by.start)),
                }
            }
        };
        Ok(Predicate::Happened { event, by })
    }

    /// A function that gives a value.
    fn function(&self, function: Function) -> Result<Typed> {
        let start = function.name.span().start;
        let name = function.name.to_string();
        let lower = name.to_ascii_lowercase();
        if lower == HAPPENED.0 {
            return Err(refused(ErrorCode::ConditionAsValue.message().with("found", lower), start));
        }
        let Some(called) = [DAYS_BETWEEN, WORKING_DAYS_BETWEEN].into_iter().find(|called| lower == called.0) else {
            return Err(unknown_function(&name, start));
        };
        let mut arguments = arguments(function, called)?.into_iter();
        let (Some(from), Some(to), None) = (arguments.next(), arguments.next(), arguments.next()) else {
            return Err(arguments_error(called, start));
        };
        let mut days = [from, to].into_iter().map(|side| {
            let side = as_date(self.operand(side)?)?;
            match (side.class, &side.scalar) {
                (Class::Date, _) | (Class::Event, Scalar::Column(_)) => Ok(Box::new(side.scalar)),
                _ => Err(arguments_error(called, side.start)),
            }
        });
        match (days.next(), days.next()) {
            (Some(from), Some(to)) => {
                let between =
                    if called == WORKING_DAYS_BETWEEN { Scalar::WorkingDaysBetween } else { Scalar::DaysBetween };
                Ok(Typed { scalar: between(from?, to?), class: Class::Number, start })
            }
            _ => Err(arguments_error(called, start)),
        }
    }

    /// A value, of whatever type. The depth of the recursion is bounded by what `parse` lets through.
    fn operand(&self, expression: Expr) -> Result<Typed> {
        let start = start_of(&expression);
        let typed = |scalar, class| Ok(Typed { scalar, class, start });
        match expression {
            Expr::Nested(inner) => self.operand(*inner),
            Expr::Value(value) => match value.value {
                Value::Number(text, _) => typed(Scalar::Number(number(&text, start)?), Class::Number),
                Value::SingleQuotedString(text) => typed(Scalar::Text(text), Class::Literal),
                Value::Null => Err(refused(ErrorCode::NullCompared.message(), start)),
                Value::Boolean(_) => {
                    Err(refused(ErrorCode::ConditionAsValue.message().with("found", value.value), start))
                }
                other => Err(not_in_language(&other.to_string(), start)),
            },
            Expr::TypedString(text) if matches!(text.data_type, DataType::Date) => match &text.value.value {
                Value::SingleQuotedString(found) => typed(Scalar::Date(iso_day(found, start)?), Class::Date),
                _ => Err(not_in_language(&text.to_string(), start)),
            },
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => match self.name(expression)? {
                Named::AsOf => typed(Scalar::AsOf, Class::Date),
                Named::Column(found) => {
                    let class = match (found.column.kind, found.spec) {
                        (Kind::Flag, _) => {
                            let column = found.column.to_string();
                            return Err(refused(ErrorCode::FlagAsValue.message().with("column", column), start));
                        }
                        (Kind::Event, _) => Class::Event,
                        (Kind::Date, _) => Class::Date,
                        (Kind::Enum, Some(spec)) => Class::Enum(spec),
                        (kind, _) if kind.scale().is_some() => Class::Number,
                        _ => Class::Text,
                    };
                    typed(Scalar::Column(found.column), class)
                }
            },
            Expr::UnaryOp { op: UnaryOperator::Minus, expr } => {
                let operand = self.number_operand(*expr, "-")?;
                typed(negated(operand.scalar), Class::Number)
            }
            Expr::UnaryOp { op: UnaryOperator::Plus, expr } => self.number_operand(*expr, "+"),
            Expr::UnaryOp { op: UnaryOperator::Not, .. } => {
                Err(refused(ErrorCode::ConditionAsValue.message().with("found", self.source(&expression)), start))
            }
            Expr::BinaryOp { left, op, right } => self.arithmetic(*left, op, *right, start),
            Expr::Function(function) => self.function(function),
            Expr::IsNull(_) | Expr::IsNotNull(_) | Expr::InList { .. } | Expr::Between { .. } => {
                Err(refused(ErrorCode::ConditionAsValue.message().with("found", self.source(&expression)), start))
            }
            other => Err(not_in_language(&self.source(&other), start)),
        }
    }

    fn number_operand(&self, expression: Expr, operator: &str) -> Result<Typed> {
        let operand = self.operand(expression)?;
        match operand.class {
            Class::Number => Ok(operand),
            _ => Err(needs_numbers(operator, &operand)),
        }
    }

    /// A chain of sums, differences and products, taken apart in a loop: its tree is as deep as it is long.
    fn arithmetic(&self, left: Expr, op: BinaryOperator, right: Expr, start: Location) -> Result<Typed> {
        let mut parts = vec![(op, right)];
        let mut first = left;
        while let Expr::BinaryOp { left, op, right } = first {
            parts.push((op, *right));
            first = *left;
        }
        for (op, _) in &parts {
            match op {
                BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply => {}
                BinaryOperator::Divide => return Err(refused(ErrorCode::DivisionRefused.message(), start)),
                BinaryOperator::And | BinaryOperator::Or => return Err(condition_as_value(op, start)),
                _ if comparison(op).is_some() => return Err(condition_as_value(op, start)),
                _ => return Err(not_in_language(&op.to_string(), start)),
            }
        }
        let mut whole = self.operand(first)?;
        for (op, right) in parts.into_iter().rev() {
            whole = combined(whole, &op, self.operand(right)?)?;
        }
        Ok(whole)
    }

    /// The flag that an expression names; `None` where it is something else.
    fn flag(&self, expression: Expr) -> Result<Option<ColumnRef>> {
        match unnested(expression) {
            name @ (Expr::Identifier(_) | Expr::CompoundIdentifier(_)) => match self.name(name)? {
                Named::Column(found) if found.column.kind == Kind::Flag => Ok(Some(found.column)),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn name(&self, expression: Expr) -> Result<Named> {
        let start = start_of(&expression);
        let found = match expression {
            Expr::Identifier(name) => {
                if name.quote_style.is_none() && name.value.eq_ignore_ascii_case("as_of") {
                    return Ok(Named::AsOf);
                }
                self.scope.find(&name.value).map_err(|error| match name.quote_style {
                    // "甲" is a text in many languages, and a name in SQL. Near a name, it was meant as one.
                    Some(_) if error.kind() == ErrorKind::UnknownName && error.suggestion().is_none() => {
                        let form = Scalar::Text(name.value.clone());
                        refused(ErrorCode::QuotedName.message().with("found", &name.value).with("form", form), start)
                    }
                    _ => error,
                })
            }
            Expr::CompoundIdentifier(names) => match names.as_slice() {
                [table, column] if is_project_word(table) => self.scope.find_of_project(&column.value),
                _ => {
                    let found: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
                    let message = ErrorCode::OnlyProject.message().with("found", found.join("."));
                    return Err(refused(message, start));
                }
            },
            other => return Err(not_in_language(&self.source(&other), start)),
        };
        found.map(Named::Column).map_err(|error| at(error, start))
    }
}

/// A name without quotes.
fn bare_word(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(name) if name.quote_style.is_none() => Some(name.value.clone()),
        _ => None,
    }
}

/// A word that names no column, and is near none, beside a column of texts: it was meant as a text.
fn unquoted(error: Error, word: Option<String>, class: Class, form: impl FnOnce(Scalar) -> Predicate) -> Error {
    let unknown = error.code() == ErrorCode::UnknownColumn.as_str() && error.suggestion().is_none();
    match word {
        Some(word) if unknown && matches!(class, Class::Text | Class::Enum(_)) => {
            let message = ErrorCode::TextNeedsQuotes.message().with("found", &word);
            let message = message.with("form", form(Scalar::Text(word)));
            Error::new(ErrorKind::Definition, message).at(error.place().clone())
        }
        _ => error,
    }
}

/// Two values with an operator between them.
fn combined(left: Typed, op: &BinaryOperator, right: Typed) -> Result<Typed> {
    let start = left.start;
    let is_date = |side: &Typed| matches!(side.class, Class::Date | Class::Event);
    let scalar = match (is_date(&left), is_date(&right)) {
        (false, false) => {
            let sign = op.to_string();
            for side in [&left, &right] {
                if !matches!(side.class, Class::Number) {
                    return Err(needs_numbers(&sign, side));
                }
            }
            let (left, right) = (Box::new(left.scalar), Box::new(right.scalar));
            let scalar = match op {
                BinaryOperator::Plus => Scalar::Add(left, right),
                BinaryOperator::Minus => Scalar::Subtract(left, right),
                _ => Scalar::Multiply(left, right),
            };
            if scalar.scale().is_none_or(|scale| scale > MOST_DIGITS_AFTER) {
                return Err(refused(ErrorCode::NumberTooLong.message().with("found", &scalar), start));
            }
            return Ok(Typed { scalar, class: Class::Number, start });
        }
        (true, false) if matches!(op, BinaryOperator::Plus | BinaryOperator::Minus) => {
            let class = left.class;
            let days = whole_days(right)?;
            let days = if *op == BinaryOperator::Minus { negated(days) } else { days };
            return Ok(Typed { scalar: shifted(left.scalar, days), class, start });
        }
        (false, true) if *op == BinaryOperator::Plus => {
            let class = right.class;
            return Ok(Typed { scalar: shifted(right.scalar, whole_days(left)?), class, start });
        }
        _ => format!("{} {op} {}", left.scalar, right.scalar),
    };
    Err(refused(ErrorCode::DateArithmetic.message().with("found", scalar), start))
}

fn condition_as_value(op: &BinaryOperator, start: Location) -> Error {
    refused(ErrorCode::ConditionAsValue.message().with("found", format!("… {op} …")), start)
}

/// What a name stands for.
enum Named {
    AsOf,
    Column(Found),
}

fn is_project_word(name: &Ident) -> bool {
    is_project(&name.value)
}

/// Where an expression starts. Only down its left side, in a loop: a whole span would be walked to its depth.
fn start_of(expression: &Expr) -> Location {
    let mut first = expression;
    loop {
        first = match first {
            Expr::BinaryOp { left, .. } => left,
            Expr::Nested(inner)
            | Expr::IsNull(inner)
            | Expr::IsNotNull(inner)
            | Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner)
            | Expr::UnaryOp { expr: inner, .. }
            | Expr::InList { expr: inner, .. }
            | Expr::Between { expr: inner, .. } => inner,
            Expr::Function(function) => return function.name.span().start,
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_) | Expr::TypedString(_) => {
                return first.span().start;
            }
            _ => return Location { line: 0, column: 0 },
        };
    }
}

fn unnested(expression: Expr) -> Expr {
    let mut inner = expression;
    while let Expr::Nested(next) = inner {
        inner = *next;
    }
    inner
}

fn boolean(expression: &Expr) -> Option<bool> {
    let mut inner = expression;
    while let Expr::Nested(next) = inner {
        inner = next;
    }
    match inner {
        Expr::Value(value) => match value.value {
            Value::Boolean(truth) => Some(truth),
            _ => None,
        },
        _ => None,
    }
}

fn comparison(op: &BinaryOperator) -> Option<Comparison> {
    Some(match op {
        BinaryOperator::Eq => Comparison::Equal,
        BinaryOperator::NotEq => Comparison::NotEqual,
        BinaryOperator::Lt => Comparison::Less,
        BinaryOperator::LtEq => Comparison::LessOrEqual,
        BinaryOperator::Gt => Comparison::Greater,
        BinaryOperator::GtEq => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

/// The plain arguments of a call: no DISTINCT, no names, no clauses.
fn arguments(function: Function, called: (&str, &str)) -> Result<Vec<Expr>> {
    let start = function.name.span().start;
    let bare = function.filter.is_none()
        && function.over.is_none()
        && function.null_treatment.is_none()
        && function.within_group.is_empty()
        && matches!(function.parameters, FunctionArguments::None);
    let list = match function.args {
        FunctionArguments::List(list) if bare && list.duplicate_treatment.is_none() && list.clauses.is_empty() => list,
        _ => return Err(arguments_error(called, start)),
    };
    list.args
        .into_iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Ok(expression),
            _ => Err(arguments_error(called, start)),
        })
        .collect()
}

fn arguments_error((name, usage): (&str, &str), start: Location) -> Error {
    refused(ErrorCode::FunctionArguments.message().with("function", name).with("usage", usage), start)
}

fn no_condition(found: &str, kind: &str, start: Location) -> Error {
    refused(ErrorCode::NotACondition.message().with("found", found).with("type", kind), start)
}

fn not_in_language(found: &str, start: Location) -> Error {
    refused(ErrorCode::NotInLanguage.message().with("found", found), start)
}

/// Enough of a long construct to recognise it.
fn shortened(found: &impl std::fmt::Display) -> String {
    let text = found.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

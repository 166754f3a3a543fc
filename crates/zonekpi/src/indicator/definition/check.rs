//! The checks that turn a written definition into an [`Indicator`]: one measure, one time, every name known, every
//! type right.

use std::sync::Arc;

use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::{Kind, Schema, TableSpec};
use crate::message::{ErrorCode, Message};

use super::super::expression::{self, ColumnRef, Predicate, Scalar, Scope};
use super::super::text::fingerprint;
use super::super::{Basis, Better, Bilingual, CancelledDefault, DayCount, Exclusion, Indicator, Measure, Part};
use super::{Definition, Ratio, RatioSide, SideForm};

impl Definition {
    /// Checks the definition. `known` finds the indicators that a ratio of two divides.
    pub(in crate::indicator) fn checked(&self, known: impl Fn(&str) -> Result<Arc<Indicator>>) -> Result<Indicator> {
        self.check(known).map_err(|error| error.at(of_indicator(&self.id)))
    }

    fn check(&self, known: impl Fn(&str) -> Result<Arc<Indicator>>) -> Result<Indicator> {
        check_id(&self.id)?;
        let measure = self.one_measure()?;
        let name = self.name.as_ref().filter(|name| !name.zh.trim().is_empty());
        let name = name.ok_or_else(|| needed("name", "name = { zh = \"…\", en = \"…\" }"))?;
        let name = Bilingual { zh: name.zh.clone(), en: name.en.clone().unwrap_or_else(|| self.id.clone()) };
        let note = self
            .note
            .as_ref()
            .map(|note| Bilingual { zh: note.zh.clone(), en: note.en.clone().unwrap_or_else(|| note.zh.clone()) });
        let mut indicator = if self.is_of_indicators() { self.of_indicators(known)? } else { self.of_rows(measure)? };
        indicator.name = name;
        indicator.note = note;
        indicator.unit = self.unit_of(&indicator.measure)?;
        indicator.counted = self.measure_word(&indicator.unit)?;
        indicator.better = self.better.unwrap_or(Better::Neutral);
        indicator.source = self.source.clone().unwrap_or_default();
        indicator.text = indicator.canonical();
        indicator.fingerprint = fingerprint(&indicator.text);
        Ok(indicator)
    }

    /// The one measure that is given.
    fn one_measure(&self) -> Result<&'static str> {
        if self.reported {
            return Err(refuse("reported", ErrorCode::MeasureLater.message().with("found", "reported")));
        }
        let given: Vec<&'static str> = [
            ("count", self.count.is_some()),
            ("share", self.share.is_some()),
            ("sum", self.sum.is_some()),
            ("distinct", self.distinct.is_some()),
            ("ratio", self.ratio.is_some()),
            ("days", self.days.is_some()),
        ]
        .into_iter()
        .filter_map(|(measure, given)| given.then_some(measure))
        .collect();
        let measure = match given.as_slice() {
            [measure] => *measure,
            [] => return Err(Error::new(ErrorKind::Definition, ErrorCode::NoMeasure.message())),
            several => {
                let message = ErrorCode::SeveralMeasures.message().with("found", several.join(", "));
                return Err(Error::new(ErrorKind::Definition, message));
            }
        };
        for (field, given, with) in [("weight", self.weight.is_some(), "share"), ("when", self.when.is_some(), "sum")] {
            if given && measure != with {
                return Err(refuse(field, ErrorCode::FieldWithout.message().with("field", field).with("with", with)));
            }
        }
        Ok(measure)
    }

    /// A ratio of two indicators, which has no rows of its own.
    fn of_indicators(&self, known: impl Fn(&str) -> Result<Arc<Indicator>>) -> Result<Indicator> {
        let Some(Ratio { numerator: RatioSide(numerator), denominator: RatioSide(denominator) }) = &self.ratio else {
            return Err(Error::new(ErrorKind::Definition, ErrorCode::NoMeasure.message()));
        };
        let (SideForm::Id(numerator), SideForm::Id(denominator)) = (numerator, denominator) else {
            return Err(refuse("ratio", ErrorCode::RatioMixed.message()));
        };
        for (field, given) in [
            ("table", self.table.is_some()),
            ("stock", self.stock.is_some()),
            ("flow", self.flow.is_some()),
            ("population", self.population.is_some()),
            ("once", self.once.is_some()),
            ("exclude", self.exclude.is_some()),
            ("cancelled", self.cancelled.is_some()),
        ] {
            if given {
                return Err(refuse(field, ErrorCode::NotOfIndicators.message().with("field", field)));
            }
        }
        let component = |side: &'static str, id: &str| {
            let found = known(id).map_err(|error| error.at(in_field(side)))?;
            match found.measure {
                Measure::Count { .. } | Measure::Sum { .. } | Measure::Distinct { .. } => Ok(found),
                _ => Err(refuse(side, ErrorCode::ComponentMeasure.message().with("found", id))),
            }
        };
        let numerator = component("ratio.numerator", numerator)?;
        let denominator = component("ratio.denominator", denominator)?;
        // Where the two differ, the answer needs a period, so it is told as a flow.
        let basis = if numerator.basis == Basis::Stock { denominator.basis } else { Basis::Flow };
        Ok(self.bare(None, basis, Measure::RatioOf { numerator, denominator }))
    }

    /// An indicator of a table's rows.
    fn of_rows(&self, measure: &'static str) -> Result<Indicator> {
        let table = self.table.as_deref().ok_or_else(|| needed("table", "table = \"projects\""))?;
        let schema = Schema::builtin();
        let table = schema.table(table).ok_or_else(|| {
            let names: Vec<&str> = schema.tables().map(|table| table.name.as_str()).collect();
            let message = ErrorCode::UnknownTable.message().with("found", table).with("allowed", names.join(", "));
            Error::unknown(message, table, names).at(in_field("table"))
        })?;
        let scope = Scope::of_schema(table);
        let reader = Reader { scope: &scope };
        let (basis, time) = self.time(&reader)?;
        let population = reader.condition("population", self.population.as_deref())?;
        let measure = self.measure(measure, &reader)?;
        let exclude = self
            .exclude
            .iter()
            .flatten()
            .map(|rule| {
                let when = reader.condition("exclude", Some(&rule.when))?;
                Ok(Exclusion { when, reason: rule.reason.clone() })
            })
            .collect::<Result<Vec<_>>>()?;
        let once = match &self.once {
            Some(once) => Some(self.counted_once(once, table, &reader, &measure)?),
            None => None,
        };
        let mut indicator = self.bare(Some(table), basis, measure);
        indicator.time = time;
        indicator.population = population;
        indicator.once = once;
        indicator.exclude = exclude;
        indicator.cancelled = self.cancelled.unwrap_or_default();
        Ok(indicator)
    }

    fn bare(&self, table: Option<&'static TableSpec>, basis: Basis, measure: Measure) -> Indicator {
        Indicator {
            id: self.id.clone(),
            name: Bilingual { zh: String::new(), en: String::new() },
            table,
            basis,
            time: None,
            population: Predicate::Constant(true),
            measure,
            once: None,
            exclude: Vec::new(),
            cancelled: CancelledDefault::Keep,
            unit: String::new(),
            counted: None,
            better: Better::Neutral,
            note: None,
            source: String::new(),
            text: String::new(),
            fingerprint: String::new(),
        }
    }

    fn time(&self, reader: &Reader<'_>) -> Result<(Basis, Option<ColumnRef>)> {
        let (basis, field, column) = match (self.stock.as_deref(), self.flow.as_deref()) {
            (Some(column), None) => (Basis::Stock, "stock", column),
            (None, Some(column)) => (Basis::Flow, "flow", column),
            (None, None) => return Err(Error::new(ErrorKind::Definition, ErrorCode::NoTime.message())),
            (Some(_), Some(_)) => return Err(Error::new(ErrorKind::Definition, ErrorCode::TwoTimes.message())),
        };
        if column == "*" {
            return match basis {
                Basis::Stock => Ok((basis, None)),
                Basis::Flow => Err(refuse(field, ErrorCode::FlowOfAll.message())),
            };
        }
        let column = reader.column(field, column)?;
        if column.of_project || !matches!(column.kind, Kind::Event | Kind::Date) {
            return Err(refuse(field, ErrorCode::NotATime.message().with("found", &column)));
        }
        Ok((basis, Some(column)))
    }

    fn measure(&self, measure: &'static str, reader: &Reader<'_>) -> Result<Measure> {
        Ok(match measure {
            "count" => Measure::Count { condition: reader.condition("count", self.count.as_deref())? },
            "share" => Measure::Share {
                condition: reader.condition("share", self.share.as_deref())?,
                weight: match &self.weight {
                    Some(weight) => Some(reader.number("weight", weight)?),
                    None => None,
                },
            },
            "sum" => Measure::Sum {
                value: reader.number("sum", self.sum.as_deref().unwrap_or_default())?,
                when: reader.condition("when", self.when.as_deref())?,
            },
            "distinct" => Measure::Distinct {
                column: reader.groupable("distinct", self.distinct.as_deref().unwrap_or_default())?,
            },
            "days" => match &self.days {
                Some(days) => Measure::Days(days.checked(reader)?),
                None => return Err(Error::new(ErrorKind::Definition, ErrorCode::NoMeasure.message())),
            },
            _ => match &self.ratio {
                Some(ratio) => Measure::Ratio {
                    numerator: part("ratio.numerator", &ratio.numerator, reader)?,
                    denominator: part("ratio.denominator", &ratio.denominator, reader)?,
                },
                None => return Err(Error::new(ErrorKind::Definition, ErrorCode::NoMeasure.message())),
            },
        })
    }

    /// The reference by which an entity counts once: then only the entity's own columns can decide about it.
    fn counted_once(&self, once: &str, table: &TableSpec, reader: &Reader<'_>, measure: &Measure) -> Result<ColumnRef> {
        let column = reader.column("once", once)?;
        let references = table.column(&column.name).and_then(|spec| spec.references.as_deref());
        if column.of_project || references != Some("projects") {
            return Err(refuse("once", ErrorCode::OnceNotReference.message().with("found", &column)));
        }
        let distinct = |part: &Part| matches!(part, Part::Distinct { .. });
        if match measure {
            Measure::Distinct { .. } => true,
            Measure::Ratio { numerator, denominator } => distinct(numerator) || distinct(denominator),
            _ => false,
        } {
            return Err(refuse("once", ErrorCode::OnceDistinct.message()));
        }
        let mut columns = Vec::new();
        measure.columns(&mut columns);
        match columns.iter().find(|column| !column.of_project) {
            Some(own) => Err(refuse("once", ErrorCode::OnceReadsOwn.message().with("found", own))),
            None => Ok(column),
        }
    }

    /// The measure word, which only a count has.
    fn measure_word(&self, unit: &str) -> Result<Option<Bilingual>> {
        let Some(counted) = &self.counted else { return Ok(None) };
        if unit != "count" {
            let message = ErrorCode::FieldWithout.message().with("field", "counted").with("with", "unit = \"count\"");
            return Err(refuse("counted", message));
        }
        if counted.zh.trim().is_empty() {
            return Err(needed("counted", "counted = { zh = \"次\", en = \"visits\" }"));
        }
        Ok(Some(Bilingual { zh: counted.zh.clone(), en: counted.en.clone().unwrap_or_default() }))
    }

    fn unit_of(&self, measure: &Measure) -> Result<String> {
        match (self.unit.as_deref().map(str::trim), measure) {
            (Some(unit), _) if !unit.is_empty() => Ok(unit.to_owned()),
            (_, Measure::Share { .. }) => Ok("share".to_owned()),
            (_, Measure::Count { .. } | Measure::Distinct { .. }) => Ok("count".to_owned()),
            (_, Measure::Ratio { .. } | Measure::RatioOf { .. }) => Ok("ratio".to_owned()),
            (_, Measure::Days(duration)) => Ok(match duration.calendar {
                DayCount::Natural => "days",
                DayCount::Working => "working_days",
            }
            .to_owned()),
            (_, Measure::Sum { .. }) => Err(needed("unit", "unit = \"cny\"")),
        }
    }
}

/// Reads the texts of a definition's fields.
pub(super) struct Reader<'a> {
    scope: &'a Scope,
}

impl Reader<'_> {
    /// A condition; nothing said is no condition.
    fn condition(&self, field: &'static str, text: Option<&str>) -> Result<Predicate> {
        match text {
            Some(text) => expression::predicate(text, self.scope).map_err(|error| error.at(in_field(field))),
            None => Ok(Predicate::Constant(true)),
        }
    }

    fn number(&self, field: &'static str, text: &str) -> Result<Scalar> {
        let value = expression::scalar(text, self.scope).map_err(|error| error.at(in_field(field)))?;
        match value.scale() {
            Some(_) => Ok(value),
            None => Err(refuse(field, ErrorCode::NotANumber.message().with("found", &value))),
        }
    }

    pub(super) fn column(&self, field: &'static str, name: &str) -> Result<ColumnRef> {
        self.scope.column(name).map_err(|error| error.at(in_field(field)))
    }

    fn groupable(&self, field: &'static str, name: &str) -> Result<ColumnRef> {
        let column = self.column(field, name)?;
        if column.kind.groups() {
            Ok(column)
        } else {
            Err(refuse(field, ErrorCode::NotGroupable.message().with("found", &column)))
        }
    }
}

fn part(field: &'static str, side: &RatioSide, reader: &Reader<'_>) -> Result<Part> {
    let SideForm::Part(part) = &side.0 else { return Err(refuse(field, ErrorCode::RatioMixed.message())) };
    let when = reader.condition(field, part.when.as_deref())?;
    match (&part.sum, &part.count, &part.distinct) {
        (Some(sum), None, None) => Ok(Part::Sum { value: reader.number(field, sum)?, when }),
        (None, Some(count), None) => {
            let count = reader.condition(field, Some(count))?;
            let both = [count, when].into_iter().filter(|condition| !condition.is_true());
            Ok(Part::Count { when: Predicate::all(both) })
        }
        (None, None, Some(distinct)) => Ok(Part::Distinct { column: reader.groupable(field, distinct)?, when }),
        _ => Err(refuse(field, ErrorCode::PartMeasure.message())),
    }
}

/// Ids become the names of functions in Rust and Python.
fn check_id(id: &str) -> Result<()> {
    let mut bytes = id.bytes();
    let shaped = bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !shaped {
        return Err(Error::new(ErrorKind::Definition, ErrorCode::InvalidId.message().with("found", id)));
    }
    if RESERVED.contains(&id) {
        return Err(Error::new(ErrorKind::Definition, ErrorCode::ReservedId.message().with("found", id)));
    }
    Ok(())
}

/// Words of Rust and Python that name no function.
const RESERVED: &[&str] = &[
    "abstract", "and", "as", "assert", "async", "await", "become", "box", "break", "class", "const", "continue",
    "crate", "def", "del", "do", "dyn", "elif", "else", "enum", "except", "extern", "false", "final", "finally", "fn",
    "for", "from", "gen", "global", "if", "impl", "import", "in", "is", "lambda", "let", "loop", "macro", "match",
    "mod", "move", "mut", "nonlocal", "not", "or", "override", "pass", "priv", "pub", "raise", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "with", "yield",
];

pub(super) fn refuse(field: &str, message: Message) -> Error {
    Error::new(ErrorKind::Definition, message).at(in_field(field))
}

pub(super) fn needed(field: &str, form: &str) -> Error {
    Error::new(ErrorKind::Definition, ErrorCode::FieldNeeded.message().with("field", field).with("form", form))
}

fn in_field(field: &str) -> Place {
    Place { field: Some(field.to_owned()), ..Place::default() }
}

pub(super) fn of_indicator(id: &str) -> Place {
    Place { indicator: Some(id.to_owned()), ..Place::default() }
}

//! How an indicator is written, as TOML or with the builder, and the checks that turn it into an [`Indicator`].
//!
//! One struct stands for both forms; `catalog` reads files of them. What their conditions mean is in `expression`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Place, Result};
use crate::ledger::{InOrder, Kind, Schema, TableSpec};
use crate::message::{ErrorCode, Message};

use super::expression::{self, ColumnRef, Predicate, Scalar, Scope};
use super::{Basis, Better, Bilingual, CancelledDefault, Exclusion, Indicator, Measure, Part};

/// An indicator as it is written: texts, not yet checked.
///
/// # How is an indicator defined in Rust?
///
/// ```
/// use zonekpi::{Catalog, Definition};
///
/// let definition = Definition::new("filed_share")
///     .name("备案项目占比", "Share of filed projects")
///     .table("projects")
///     .stock("approved_on")
///     .share("filed");
/// let catalog = Catalog::builtin().add(definition)?;
/// assert_eq!(catalog.get("filed_share")?.unit, "share");
/// # Ok::<(), zonekpi::Error>(())
/// ```
///
/// The fields of its TOML form bear the names of the methods; `id` is the key of the entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Definition {
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distinct: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<Ratio>,
    // Known words of the language whose meaning comes with a later version: refused by name, not as a slip.
    #[serde(skip_serializing, deserialize_with = "present")]
    days: bool,
    #[serde(skip_serializing, deserialize_with = "present")]
    reported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    once: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclude: Option<Vec<Excluded>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled: Option<CancelledDefault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    better: Option<Better>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "InOrder::is_empty")]
    variants: InOrder<Definition>,
}

/// A text in Chinese, in English where it was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    #[serde(default)]
    zh: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ratio {
    numerator: RatioSide,
    denominator: RatioSide,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Excluded {
    when: String,
    reason: String,
}

/// One side of a ratio as it is written: an aggregate over the rows, or the id of another indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct RatioSide(SideForm);

#[derive(Clone, Debug, PartialEq)]
enum SideForm {
    Id(String),
    Part(PartForm),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PartForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distinct: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

impl RatioSide {
    /// Σ of a number over the rows.
    pub fn sum(expression: impl Into<String>) -> Self {
        Self(SideForm::Part(PartForm { sum: Some(expression.into()), ..PartForm::default() }))
    }

    /// Rows that meet a condition.
    pub fn count(condition: impl Into<String>) -> Self {
        Self(SideForm::Part(PartForm { count: Some(condition.into()), ..PartForm::default() }))
    }

    /// Distinct values of a column.
    pub fn distinct(column: impl Into<String>) -> Self {
        Self(SideForm::Part(PartForm { distinct: Some(column.into()), ..PartForm::default() }))
    }

    /// The value of another indicator, a count, a sum or a distinct count.
    pub fn indicator(id: impl Into<String>) -> Self {
        Self(SideForm::Id(id.into()))
    }

    /// Only rows that meet a condition add to this side. Without effect on the id of an indicator.
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        if let SideForm::Part(part) = &mut self.0 {
            part.when = Some(condition.into());
        }
        self
    }
}

impl Serialize for RatioSide {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            SideForm::Id(id) => serializer.serialize_str(id),
            SideForm::Part(part) => part.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for RatioSide {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = RatioSide;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of an indicator, or one of sum, count, distinct, perhaps with when")
            }
            fn visit_str<E>(self, id: &str) -> Result<RatioSide, E> {
                Ok(RatioSide(SideForm::Id(id.to_owned())))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<RatioSide, A::Error> {
                let part = PartForm::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(RatioSide(SideForm::Part(part)))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl<T: Serialize> Serialize for InOrder<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, value)))
    }
}

/// That a field is there, whatever it holds.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl Definition {
    /// An indicator of an id; all else is still to be said.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// Its name in both languages.
    pub fn name(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.name = Some(Named { zh: zh.into(), en: Some(en.into()) });
        self
    }

    /// The table whose rows are counted.
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// Rows whose date has come by the date asked about; `"*"` for all rows.
    pub fn stock(mut self, column: impl Into<String>) -> Self {
        self.stock = Some(column.into());
        self.flow = None;
        self
    }

    /// Rows whose date lies in the period asked about.
    pub fn flow(mut self, column: impl Into<String>) -> Self {
        self.flow = Some(column.into());
        self.stock = None;
        self
    }

    /// Which rows are meant; all, if nothing is said.
    pub fn population(mut self, condition: impl Into<String>) -> Self {
        self.population = Some(condition.into());
        self
    }

    /// Measure: the rows that meet a condition.
    pub fn count(mut self, condition: impl Into<String>) -> Self {
        self.count = Some(condition.into());
        self
    }

    /// Measure: of the population, what meets a condition.
    pub fn share(mut self, condition: impl Into<String>) -> Self {
        self.share = Some(condition.into());
        self
    }

    /// By what the rows of a share weigh.
    pub fn weight(mut self, expression: impl Into<String>) -> Self {
        self.weight = Some(expression.into());
        self
    }

    /// Measure: the sum of a number.
    pub fn sum(mut self, expression: impl Into<String>) -> Self {
        self.sum = Some(expression.into());
        self
    }

    /// Which rows add to a sum.
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        self.when = Some(condition.into());
        self
    }

    /// Measure: the distinct values of a column.
    pub fn distinct(mut self, column: impl Into<String>) -> Self {
        self.distinct = Some(column.into());
        self
    }

    /// Measure: a ratio of two aggregates over the same rows, or of two indicators.
    pub fn ratio(mut self, numerator: RatioSide, denominator: RatioSide) -> Self {
        self.ratio = Some(Ratio { numerator, denominator });
        self
    }

    /// The reference by which an entity counts once.
    pub fn once(mut self, column: impl Into<String>) -> Self {
        self.once = Some(column.into());
        self
    }

    /// Rows to take out and to count, and why.
    pub fn exclude(mut self, when: impl Into<String>, reason: impl Into<String>) -> Self {
        self.exclude.get_or_insert_default().push(Excluded { when: when.into(), reason: reason.into() });
        self
    }

    /// What is done with cancelled rows.
    pub fn cancelled(mut self, cancelled: CancelledDefault) -> Self {
        self.cancelled = Some(cancelled);
        self
    }

    /// The unit of the value: `share`, `count`, `cny`, `mu`, `m2`, `cny/mu`, `persons`, `ratio`, `days`, or a word
    /// for what is counted.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Which direction is good.
    pub fn better(mut self, better: Better) -> Self {
        self.better = Some(better);
        self
    }

    /// What a reader must know.
    pub fn note(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.note = Some(Named { zh: zh.into(), en: Some(en.into()) });
        self
    }

    /// Where the definition comes from.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// A further indicator, `<id>_<name>`, that differs in what `changes` says.
    pub fn variant(mut self, name: impl Into<String>, changes: Definition) -> Self {
        self.variants.push(name.into(), changes);
        self
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The entry under the id of its key.
    pub(super) fn keyed(mut self, id: &str) -> Result<Self> {
        if !self.id.is_empty() && self.id != id {
            let message = ErrorCode::IdContradicts.message().with("key", id).with("found", &self.id);
            return Err(refuse("id", message));
        }
        self.id = id.to_owned();
        Ok(self)
    }

    /// Whether it is a ratio of two indicators, which are to be known before it.
    pub(super) fn is_of_indicators(&self) -> bool {
        self.ratio.as_ref().is_some_and(|ratio| {
            matches!(ratio.numerator.0, SideForm::Id(_)) || matches!(ratio.denominator.0, SideForm::Id(_))
        })
    }

    /// The definition itself and its variants, each standing for itself.
    pub(super) fn expanded(mut self) -> Result<Vec<Self>> {
        let variants = std::mem::take(&mut self.variants);
        let mut all = vec![self];
        for (name, changes) in variants {
            let Some(base) = all.first() else { break };
            let id = format!("{}_{name}", base.id);
            if !changes.variants.is_empty() {
                let message = ErrorCode::VariantOfVariant.message().with("found", &name);
                return Err(refuse("variants", message).at(of_indicator(&id)));
            }
            let variant = base.clone().changed(changes).keyed_variant(id);
            all.push(variant);
        }
        Ok(all)
    }

    fn keyed_variant(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// What `changes` says replaces what the definition says; one measure, one time replaces the other. A name is
    /// not taken over: two indicators of one name could not be told apart.
    fn changed(mut self, changes: Self) -> Self {
        if changes.stock.is_some() || changes.flow.is_some() {
            (self.stock, self.flow) = (None, None);
        }
        let other_measure = |own: bool, new: bool| new && !own;
        if other_measure(self.count.is_some(), changes.count.is_some())
            || other_measure(self.share.is_some(), changes.share.is_some())
            || other_measure(self.sum.is_some(), changes.sum.is_some())
            || other_measure(self.distinct.is_some(), changes.distinct.is_some())
            || other_measure(self.ratio.is_some(), changes.ratio.is_some())
        {
            (self.count, self.share, self.sum, self.distinct, self.ratio) = (None, None, None, None, None);
            (self.weight, self.when) = (None, None);
        }
        Self {
            id: self.id,
            name: changes.name,
            table: changes.table.or(self.table),
            stock: changes.stock.or(self.stock),
            flow: changes.flow.or(self.flow),
            population: changes.population.or(self.population),
            count: changes.count.or(self.count),
            share: changes.share.or(self.share),
            weight: changes.weight.or(self.weight),
            sum: changes.sum.or(self.sum),
            when: changes.when.or(self.when),
            distinct: changes.distinct.or(self.distinct),
            ratio: changes.ratio.or(self.ratio),
            days: self.days || changes.days,
            reported: self.reported || changes.reported,
            once: changes.once.or(self.once),
            exclude: changes.exclude.or(self.exclude),
            cancelled: changes.cancelled.or(self.cancelled),
            unit: changes.unit.or(self.unit),
            better: changes.better.or(self.better),
            note: changes.note.or(self.note),
            source: changes.source.or(self.source),
            variants: InOrder::default(),
        }
    }

    /// Checks the definition. `known` finds the indicators that a ratio of two divides.
    pub(super) fn checked(&self, known: impl Fn(&str) -> Result<Arc<Indicator>>) -> Result<Indicator> {
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
        indicator.better = self.better.unwrap_or(Better::Neutral);
        indicator.source = self.source.clone().unwrap_or_default();
        indicator.text = indicator.canonical();
        indicator.fingerprint = super::text::fingerprint(&indicator.text);
        Ok(indicator)
    }

    /// The one measure that is given.
    fn one_measure(&self) -> Result<&'static str> {
        for (later, given) in [("days", self.days), ("reported", self.reported)] {
            if given {
                return Err(refuse(later, ErrorCode::MeasureLater.message().with("found", later)));
            }
        }
        let given: Vec<&'static str> = [
            ("count", self.count.is_some()),
            ("share", self.share.is_some()),
            ("sum", self.sum.is_some()),
            ("distinct", self.distinct.is_some()),
            ("ratio", self.ratio.is_some()),
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
        let Some(Ratio { numerator: RatioSide(numerator), denominator: RatioSide(denominator) }) = &self.ratio else {
            return Err(Error::new(ErrorKind::Definition, ErrorCode::NoMeasure.message()));
        };
        let (SideForm::Id(numerator), SideForm::Id(denominator)) = (numerator, denominator) else {
            return Err(refuse("ratio", ErrorCode::RatioMixed.message()));
        };
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

    fn unit_of(&self, measure: &Measure) -> Result<String> {
        match (self.unit.as_deref().map(str::trim), measure) {
            (Some(unit), _) if !unit.is_empty() => Ok(unit.to_owned()),
            (_, Measure::Share { .. }) => Ok("share".to_owned()),
            (_, Measure::Count { .. } | Measure::Distinct { .. }) => Ok("count".to_owned()),
            (_, Measure::Ratio { .. } | Measure::RatioOf { .. }) => Ok("ratio".to_owned()),
            (_, Measure::Sum { .. }) => Err(needed("unit", "unit = \"cny\"")),
        }
    }
}

/// Reads the texts of a definition's fields.
struct Reader<'a> {
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

    fn column(&self, field: &'static str, name: &str) -> Result<ColumnRef> {
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

fn refuse(field: &str, message: Message) -> Error {
    Error::new(ErrorKind::Definition, message).at(in_field(field))
}

fn needed(field: &str, form: &str) -> Error {
    Error::new(ErrorKind::Definition, ErrorCode::FieldNeeded.message().with("field", field).with("form", form))
}

fn in_field(field: &str) -> Place {
    Place { field: Some(field.to_owned()), ..Place::default() }
}

fn of_indicator(id: &str) -> Place {
    Place { indicator: Some(id.to_owned()), ..Place::default() }
}

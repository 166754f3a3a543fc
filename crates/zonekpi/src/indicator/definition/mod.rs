//! How an indicator is written, as TOML or with the builder: one struct stands for both.
//!
//! `check` turns it into an [`Indicator`](super::Indicator), `catalog` reads files of them; what their conditions mean
//! is in `expression`.

mod check;
mod days;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Result;
use crate::ledger::InOrder;
use crate::message::ErrorCode;

use super::{Better, CancelledDefault};

use check::{of_indicator, refuse};

pub use days::Days;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Days>,
    // A known word of the language whose meaning comes with a later version: refused by name, not as a slip.
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
    counted: Option<Named>,
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

    /// Measure: the day by which a part of the population had reached an event.
    pub fn days(mut self, days: Days) -> Self {
        self.days = Some(days);
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

    /// The unit of the value: `share`, `count`, `cny`, `mu`, `m2`, `cny/mu`, `persons`, `ratio`, `days`,
    /// `working_days`, or a word for what is counted.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The measure word of what is counted (次, visits), where the unit is `count`; an empty English one prints none.
    pub fn counted(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.counted = Some(Named { zh: zh.into(), en: Some(en.into()) });
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
            || other_measure(self.days.is_some(), changes.days.is_some())
        {
            (self.count, self.share, self.sum, self.distinct, self.ratio) = (None, None, None, None, None);
            self.days = None;
            (self.weight, self.when) = (None, None);
        }
        // Another unit counts other things.
        if changes.unit.is_some() {
            self.counted = None;
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
            days: changes.days.or(self.days),
            reported: self.reported || changes.reported,
            once: changes.once.or(self.once),
            exclude: changes.exclude.or(self.exclude),
            cancelled: changes.cancelled.or(self.cancelled),
            unit: changes.unit.or(self.unit),
            counted: changes.counted.or(self.counted),
            better: changes.better.or(self.better),
            note: changes.note.or(self.note),
            source: changes.source.or(self.source),
            variants: InOrder::default(),
        }
    }
}

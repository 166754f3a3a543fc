//! The catalog: indicators by id, in the order of their files. The shipped ones are in `catalog.toml`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use polars::prelude::{Column, DataFrame};
use serde::Deserialize;
use toml::de::{DeTable, ValueDeserializer};

use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::message::{ErrorCode, Language};

use super::definition::Definition;
use super::{Basis, Better, Indicator, Measure};

/// Indicators by id, in the order in which they were defined. Cheap to clone; nothing in it changes.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    indicators: Vec<Arc<Indicator>>,
    places: HashMap<String, usize>,
}

/// A definition with the line on which its entry stands.
struct Entry {
    definition: Definition,
    line: Option<u64>,
}

impl Catalog {
    /// The catalog that ships with the crate. Parsed once.
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Catalog>> = OnceLock::new();
        // A test reads the shipped file, so that this never meets a file that does not load.
        Arc::clone(BUILTIN.get_or_init(|| Arc::new(Self::shipped().unwrap_or_default())))
    }

    fn shipped() -> Result<Self> {
        Self::default().add_toml(include_str!("catalog.toml"), "catalog.toml")
    }

    /// This catalog with the definitions of a TOML text. `file` is how errors call it.
    ///
    /// # Errors
    ///
    /// A text that is not TOML, a definition without a meaning, an id that is already taken; each with file, line,
    /// indicator and field.
    pub fn add_toml(&self, text: &str, file: &str) -> Result<Self> {
        entries(text)
            .and_then(|entries| self.with(entries))
            .map_err(|error| error.at(Place { file: Some(file.to_owned()), ..Place::default() }))
    }

    /// This catalog with the definitions of a TOML file.
    ///
    /// # Errors
    ///
    /// As for [`Catalog::add_toml`], and a file that is not there or cannot be read.
    pub fn add_file(&self, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let (kind, code) = match error.kind() {
                std::io::ErrorKind::NotFound => (ErrorKind::NotFound, ErrorCode::DefinitionsNotFound),
                _ => (ErrorKind::Io, ErrorCode::DefinitionsUnreadable),
            };
            let message = code.message().with("file", &file).with("detail", &error);
            Error::new(kind, message).caused_by(error)
        })?;
        self.add_toml(&text, &file)
    }

    /// This catalog with one more definition, and its variants.
    ///
    /// # Errors
    ///
    /// A definition without a meaning, or an id that is already taken.
    pub fn add(&self, definition: Definition) -> Result<Self> {
        self.with(vec![Entry { definition, line: None }])
    }

    /// The indicator of an id, or of a Chinese or English name that only one indicator bears.
    ///
    /// # Errors
    ///
    /// A name that nothing bears, with the id of the nearest.
    pub fn get(&self, id: &str) -> Result<&Arc<Indicator>> {
        let wanted = id.trim();
        if let Some(found) = self.places.get(wanted).and_then(|place| self.indicators.get(*place)) {
            return Ok(found);
        }
        let mut named = self
            .indicators
            .iter()
            .filter(|indicator| indicator.name.zh == wanted || indicator.name.en.eq_ignore_ascii_case(wanted));
        if let (Some(found), None) = (named.next(), named.next()) {
            return Ok(found);
        }
        let nearest_of = |name: fn(&Indicator) -> &str| {
            let near = nearest(wanted, self.indicators.iter().map(|indicator| name(indicator)))?;
            self.indicators.iter().find(|indicator| name(indicator) == near).map(|indicator| indicator.id.clone())
        };
        let suggestion = nearest_of(|indicator| &indicator.id)
            .or_else(|| nearest_of(|indicator| &indicator.name.zh))
            .or_else(|| nearest_of(|indicator| &indicator.name.en));
        let message = ErrorCode::UnknownIndicator.message().with("found", wanted);
        Err(Error::new(ErrorKind::UnknownName, message).suggest(suggestion))
    }

    /// The indicators, in the order of their files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Indicator>> {
        self.indicators.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.indicators.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }

    /// The catalog as a table: id, names, table, basis, definition in words, unit, better, note, source.
    pub fn frame(&self, language: Language) -> DataFrame {
        let zh = language == Language::Zh;
        let text = |name: &str, value: &dyn Fn(&Indicator) -> Option<String>| {
            Column::new(name.into(), self.indicators.iter().map(|indicator| value(indicator)).collect::<Vec<_>>())
        };
        let columns = vec![
            text("id", &|i| Some(i.id.clone())),
            text("name_zh", &|i| Some(i.name.zh.clone())),
            text("name_en", &|i| Some(i.name.en.clone())),
            text("table", &|i| {
                let tables: Vec<&str> = i.tables().into_iter().map(|table| table.name.as_str()).collect();
                Some(tables.join(", "))
            }),
            text("basis", &|i| {
                let basis = if i.basis == Basis::Stock { "stock" } else { "flow" };
                Some(match &i.time {
                    Some(time) => format!("{basis} {}", time.name),
                    None if matches!(i.measure, Measure::RatioOf { .. }) => basis.to_owned(),
                    None => format!("{basis} *"),
                })
            }),
            text("definition", &|i| Some(i.formula(language))),
            text("unit", &|i| Some(i.unit.clone())),
            text("better", &|i| {
                let better = match i.better {
                    Better::Higher => "higher",
                    Better::Lower => "lower",
                    Better::Neutral => "neutral",
                };
                Some(better.to_owned())
            }),
            text("note", &|i| i.note.as_ref().map(|note| if zh { note.zh.clone() } else { note.en.clone() })),
            text("source", &|i| Some(i.source.clone()).filter(|source| !source.is_empty())),
        ];
        // All columns are made over the same list, so that they are of one height.
        DataFrame::new_infer_height(columns).unwrap_or_default()
    }

    /// This catalog with checked entries: those about rows first, because the ratios of two may name any of them.
    fn with(&self, entries: Vec<Entry>) -> Result<Self> {
        let mut definitions = Vec::with_capacity(entries.len());
        for Entry { definition, line } in entries {
            let place = |id: &str| Place { indicator: Some(id.to_owned()), line, ..Place::default() };
            let id = definition.id().to_owned();
            for definition in definition.expanded().map_err(|error| error.at(place(&id)))? {
                definitions.push((definition, line));
            }
        }
        let mut catalog = self.clone();
        let first = catalog.indicators.len();
        for (i, (definition, line)) in definitions.iter().enumerate() {
            if catalog.places.insert(definition.id().to_owned(), first + i).is_some() {
                let message = ErrorCode::DuplicateIndicator.message().with("found", definition.id());
                let place = Place { line: *line, ..Place::default() };
                return Err(Error::new(ErrorKind::Definition, message).at(place));
            }
        }
        let mut checked: Vec<Option<Arc<Indicator>>> = Vec::new();
        checked.resize(definitions.len(), None);
        for of_indicators in [false, true] {
            for (i, (definition, line)) in definitions.iter().enumerate() {
                if definition.is_of_indicators() != of_indicators {
                    continue;
                }
                let known = |id: &str| match catalog.places.get(id) {
                    Some(place) if *place >= first => match checked.get(place - first) {
                        Some(Some(found)) => Ok(Arc::clone(found)),
                        // Only ratios of two are still open in the second round, and those divide nothing.
                        _ => Err(Error::new(
                            ErrorKind::Definition,
                            ErrorCode::ComponentMeasure.message().with("found", id),
                        )),
                    },
                    _ => match self.get(id) {
                        Ok(found) if found.id == id => Ok(Arc::clone(found)),
                        Ok(found) => {
                            let message = ErrorCode::UnknownIndicator.message().with("found", id);
                            Err(Error::new(ErrorKind::UnknownName, message).suggest(Some(found.id.clone())))
                        }
                        Err(error) => {
                            let ids = catalog.places.keys().map(String::as_str);
                            Err(error.suggest(nearest(id, ids)))
                        }
                    },
                };
                let indicator =
                    definition.checked(known).map_err(|error| error.at(Place { line: *line, ..Place::default() }))?;
                if let Some(slot) = checked.get_mut(i) {
                    *slot = Some(Arc::new(indicator));
                }
            }
        }
        catalog.indicators.extend(checked.into_iter().flatten());
        Ok(catalog)
    }
}

/// The entries of a TOML text, one by one, so that each error tells its entry.
fn entries(text: &str) -> Result<Vec<Entry>> {
    // Editors on Windows put a mark before the text.
    let text = text.trim_start_matches('\u{feff}');
    let line_of = |at: usize| text.get(..at).map(|before| before.matches('\n').count() as u64 + 1);
    let syntax = |error: toml::de::Error| {
        let line = error.span().and_then(|span| line_of(span.start));
        let message = ErrorCode::DefinitionSyntax.message().with("detail", error.message().trim());
        Error::new(ErrorKind::Definition, message).at(Place { line, ..Place::default() })
    };
    let document = DeTable::parse(text).map_err(syntax)?;
    document
        .into_inner()
        .into_iter()
        .map(|(key, value)| {
            let line = line_of(key.span().start);
            let id = key.into_inner();
            let place = || Place { indicator: Some(id.to_string()), line, ..Place::default() };
            let definition = Definition::deserialize(ValueDeserializer::from(value)).map_err(syntax);
            let definition =
                definition.and_then(|definition| definition.keyed(&id)).map_err(|error| error.at(place()))?;
            Ok(Entry { definition, line })
        })
        .collect()
}

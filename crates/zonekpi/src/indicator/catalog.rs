//! The catalog: indicators by id, in the order of their files. The shipped ones are in `catalog.toml`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use polars::prelude::{Column, DataFrame};
use serde::Deserialize;
use toml::de::{DeTable, ValueDeserializer};

use crate::encoding;
use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::message::{ErrorCode, Language, Phrase};

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
        let bytes = std::fs::read(path).map_err(|error| {
            let (kind, code) = match error.kind() {
                std::io::ErrorKind::NotFound => (ErrorKind::NotFound, ErrorCode::DefinitionsNotFound),
                _ => (ErrorKind::Io, ErrorCode::DefinitionsUnreadable),
            };
            let message = code.message().with("file", &file).with("detail", &error);
            Error::new(kind, message).caused_by(error)
        })?;
        let (text, _) = encoding::decode(&bytes)
            .map_err(|error| error.at(Place { file: Some(file.clone()), ..Place::default() }))?;
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
        syntax(&error, text).at(Place { line, ..Place::default() })
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

/// What TOML or a field of the definition did not allow. In English the parser says it; in Chinese what it found is
/// told, with the meaning of its sentence where that begins with fixed words.
fn syntax(error: &toml::de::Error, text: &str) -> Error {
    let said = error.message().trim();
    let span = error.span().unwrap_or_default();
    let rest = text.get(span.start..).unwrap_or_default();
    let written = match text.get(span).map(str::trim).filter(|written| !written.is_empty()) {
        Some(written) => written,
        None => rest.trim_start(),
    };
    let written: String = written.lines().next().unwrap_or_default().chars().take(40).collect();
    // Names stand between backticks.
    let names: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let (found, allowed) = names.split_first().map_or(("", [].as_slice()), |(found, allowed)| (*found, allowed));
    let mut suggestion = None;
    let detail = if said.starts_with("unknown field `") {
        suggestion = nearest(found, allowed.iter().copied());
        Phrase::TomlField.message().with("found", found).with("allowed", allowed.join(", "))
    } else if said.starts_with("unknown variant `") {
        suggestion = nearest(found, allowed.iter().copied());
        Phrase::TomlVariant.message().with("found", found).with("allowed", allowed.join(", "))
    } else if let Some(value) = said.strip_prefix("invalid value: ") {
        let (found, expected) = value.split_once(", expected ").unwrap_or((value, ""));
        let found = found.split_once(' ').map_or(found, |(_, found)| found);
        Phrase::TomlValue.message().with("found", found.trim_matches('"')).with("expected", expected)
    } else if said.starts_with("missing field `") {
        Phrase::TomlMissing.message().with("found", found)
    } else if said.starts_with("invalid type: ") {
        Phrase::TomlType.message().with("found", &written)
    } else if said.starts_with("duplicate key") {
        Phrase::TomlTwice.message().with("found", &written)
    } else if written.is_empty() {
        Phrase::SyntaxEnds.message()
    } else {
        Phrase::TomlFound.message().with("found", &written)
    };
    let message =
        ErrorCode::DefinitionSyntax.message().with("detail_zh", detail.text(Language::Zh)).with("detail_en", said);
    Error::new(ErrorKind::Definition, message).suggest(suggestion)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::{CancelledDefault, RatioSide};

    /// The page of the catalog.
    const SHIPPED: &[&str] = &[
        "signed_projects",
        "signed_investment",
        "landed_projects",
        "approved_projects",
        "started_projects",
        "completed_projects",
        "produced_projects",
        "commitment_projects",
        "commitment_share",
        "commitment_share_of_starts",
        "agency_projects",
        "agency_share",
        "commissioner_share",
        "projects_per_commissioner",
        "lead_official_share",
        "registration_rate",
        "landing_rate",
        "start_rate",
        "production_rate",
        "signed_production_rate",
        "completion_rate",
        "capacity_rate",
        "performance_rate",
        "cancellation_rate",
        "planned_start_rate",
        "on_schedule_start_rate",
        "planned_completion_rate",
        "planned_production_rate",
        "on_schedule_production_rate",
        "delayed_projects",
        "output_attainment",
        "paid_in_rate",
        "paid_in_rate_of_investment",
        "investment_done_rate",
        "average_investment",
        "investment_intensity",
        "output_per_mu",
        "tax_per_mu",
        "jobs",
        "days_signed_to_started",
        "days_signed_to_produced",
        "days_approved_to_started",
        "batch_entries",
        "batch_projects",
        "batch_investment",
        "batch_start_rate",
        "batch_production_rate",
        "batch_capacity_rate",
        "batch_output_attainment",
        "standard_land_parcels",
        "standard_land_area",
        "standard_land_share",
        "standard_land_area_share",
        "standard_land_reserve",
        "foundation_share",
        "topped_out_share",
        "building_completion_share",
        "accepted_cases",
        "closed_cases",
        "closure_rate",
        "on_time_rate",
        "statutory_on_time_rate",
        "due_on_time_rate",
        "early_closure_rate",
        "overdue_open_cases",
        "limit_compression",
        "limit_compression_by_matter",
        "on_the_spot_matters",
        "on_the_spot_share",
        "one_window_share",
        "integrated_share",
        "whole_process_share",
        "notice_share",
        "first_submission_rate",
        "one_visit_rate",
        "pre_review_share",
        "joint_inspection_share",
        "mean_revision_rounds",
        "mean_revision_days",
        "case_working_days",
        "first_pass_rate",
        "joint_acceptance_share",
        "stage_check_share",
        "satisfaction_rate",
        "satisfaction_rate_strict",
        "rating_rate",
        "rectification_rate",
        "service_visits",
        "enterprises_served",
        "problems_raised",
        "problems_solved",
        "resolution_rate",
        "tasks_due",
        "task_completion_rate",
        "task_on_time_rate",
        "overdue_tasks",
        "escalation_share",
        "escalated_completion_rate",
        "activities_held",
        "attendance",
    ];

    fn builtin() -> Catalog {
        match Catalog::shipped() {
            Ok(catalog) => catalog,
            Err(error) => panic!("{error}"),
        }
    }

    fn refusal(toml: &str) -> String {
        match builtin().add_toml(toml, "mine.toml") {
            Ok(_) => panic!("accepted: {toml}"),
            Err(error) => error.to_string(),
        }
    }

    /// The error of an entry that has a name, an id and these lines.
    fn refusal_of(lines: &str) -> String {
        let text = refusal(&format!("\n[x]\nname = {{ zh = \"某\" }}\n{lines}"));
        text.strip_prefix("mine.toml, line 2, indicator x")
            .unwrap_or(&text)
            .trim_start_matches([',', ':', ' '])
            .to_owned()
    }

    #[test]
    fn the_shipped_catalog_is_that_of_its_page() {
        let catalog = builtin();
        let ids: Vec<&str> = catalog.iter().map(|indicator| indicator.id.as_str()).collect();
        assert_eq!(ids, SHIPPED);
        assert_eq!(Catalog::builtin().len(), SHIPPED.len());
    }

    #[test]
    fn names_and_definitions_are_told_apart() {
        let catalog = builtin();
        for indicator in catalog.iter() {
            let same = |f: fn(&Indicator) -> &str| catalog.iter().filter(|other| f(other) == f(indicator)).count();
            assert_eq!(same(|i| &i.name.zh), 1, "{}", indicator.id);
            assert_eq!(same(|i| &i.name.en), 1, "{}", indicator.id);
            assert_eq!(same(|i| &i.fingerprint), 1, "{}", indicator.id);
            assert_eq!(indicator.fingerprint.len(), 12);
            assert!(indicator.table.is_some() || indicator.id == "closure_rate");
            assert!(!indicator.name.en.contains('_'), "{}", indicator.id);
        }
    }

    #[test]
    fn a_canonical_text_defines_the_same_indicator() {
        for indicator in builtin().iter() {
            let mut document: toml::Table = toml::from_str(&indicator.text).expect("canonical TOML");
            for (_, entry) in &mut document {
                let names = toml::Table::from_iter([("zh".to_owned(), toml::Value::from("某"))]);
                entry.as_table_mut().expect("an entry").insert("name".to_owned(), names.into());
            }
            let text = toml::to_string(&document).expect("TOML");
            let again =
                Catalog::default().add_toml(&text, "again.toml").map_err(|error| error.to_string()).expect("loads");
            assert_eq!(again.get(&indicator.id).expect("there").fingerprint, indicator.fingerprint, "{}", indicator.id);
        }
    }

    #[test]
    fn a_fingerprint_stays_while_the_meaning_stays() {
        let catalog = builtin();
        assert_eq!(
            catalog.get("commitment_share").expect("there").text,
            "[commitment_share]\ntable = \"projects\"\nstock = \"approved_on\"\npopulation = \"filed\"\nshare = \"commitment\"\nunit = \"share\"\n"
        );
        let two = |condition: &str| {
            let definition = Definition::new("x").name("某", "x").table("projects").stock("signed_on").count(condition);
            Catalog::default().add(definition).expect("loads").get("x").expect("there").fingerprint.clone()
        };
        assert_eq!(two("filed = TRUE"), two(" (filed) "));
        assert_ne!(two("filed"), two("NOT filed"));
    }

    #[test]
    fn an_indicator_is_found_by_its_names() {
        let catalog = builtin();
        for name in ["commitment_share", "承诺制项目占比", "commitment-system share"] {
            assert_eq!(catalog.get(name).expect(name).id, "commitment_share");
        }
        let error = catalog.get("comitment_share").expect_err("misspelt");
        assert_eq!(
            error.to_string(),
            "there is no indicator named 'comitment_share'; did you mean 'commitment_share'?"
        );
        assert_eq!(catalog.get("承诺制项目占此").expect_err("misspelt").suggestion(), Some("commitment_share"));
        assert_eq!(catalog.get("x").expect_err("nothing near").suggestion(), None);
    }

    #[test]
    fn what_is_counted_has_its_measure_word() {
        let catalog = builtin();
        let unit = |id: &str, language| catalog.get(id).expect(id).unit_name(language);
        for (id, zh, en) in [
            ("service_visits", "次", "visits"),
            ("accepted_cases", "件", "cases"),
            ("standard_land_parcels", "宗", "parcels"),
            ("signed_projects", "个", "number"),
            ("signed_investment", "元", "CNY"),
            ("jobs", "人", "persons"),
            ("investment_intensity", "元/亩", "CNY/mu"),
        ] {
            assert_eq!((unit(id, Language::Zh).as_str(), unit(id, Language::En).as_str()), (zh, en), "{id}");
        }
        // A word changes no meaning, and so no fingerprint.
        let visits = |definition: Definition| {
            let definition = definition.name("某", "x").table("services").flow("visited_on").count("TRUE");
            Catalog::default().add(definition).expect("loads").get("x").expect("there").fingerprint.clone()
        };
        assert_eq!(visits(Definition::new("x").counted("次", "")), visits(Definition::new("x")));
        let count = "table = \"projects\"\nstock = \"signed_on\"\n";
        assert_eq!(
            refusal_of(&format!("{count}share = \"filed\"\ncounted = {{ zh = \"次\" }}\n")),
            "counted: counted only goes with unit = \"count\""
        );
        assert_eq!(
            refusal_of(&format!("{count}count = \"filed\"\ncounted = {{ en = \"visits\" }}\n")),
            "counted is missing; write for example counted = { zh = \"次\", en = \"visits\" }"
        );
    }

    #[test]
    fn what_toml_does_not_allow_is_told_in_the_language() {
        let told = |toml: &str| {
            let error = builtin().add_toml(toml, "mine.toml").expect_err("refused");
            (error.text(Language::Zh), error.suggestion().map(str::to_owned))
        };
        let (text, suggestion) = told("\n[a]\nstocks = \"signed_on\"\n");
        assert!(
            text.starts_with(
                "mine.toml，第 3 行，指标 a：定义读不懂：没有名为“stocks”的字段；可用：id, name, table, stock, flow"
            ),
            "{text}"
        );
        assert_eq!(suggestion.as_deref(), Some("stock"));
        let cases = [
            ("[a\n", "mine.toml，第 1 行：定义读不懂：没有写完"),
            ("[a]\ntable = 5\n", "mine.toml，第 2 行，指标 a：定义读不懂：“5”不是此处应有的类型"),
            ("[a]\nunit = \"x\"\nunit = \"y\"\n", "mine.toml，第 3 行：定义读不懂：“unit”写了两次"),
            ("[a]\nunit = 甲\n", "mine.toml，第 2 行：定义读不懂：“甲”处不合 TOML 的写法"),
            (
                "[a]\nratio = { numerator = \"jobs\" }\n",
                "mine.toml，第 2 行，指标 a：定义读不懂：缺少字段“denominator”",
            ),
        ];
        for (toml, wanted) in cases {
            assert_eq!(told(toml).0, wanted, "{toml}");
        }
    }

    #[test]
    fn the_table_of_the_catalog_has_a_row_an_indicator() {
        let frame = builtin().frame(Language::En);
        assert_eq!(frame.height(), SHIPPED.len());
        let names: Vec<&str> = frame.get_column_names().into_iter().map(|name| name.as_str()).collect();
        assert_eq!(
            names,
            ["id", "name_zh", "name_en", "table", "basis", "definition", "unit", "better", "note", "source"]
        );
    }

    #[test]
    fn a_definition_is_told_in_words() {
        let catalog = builtin();
        assert_eq!(
            catalog.get("limit_compression").expect("there").describe(Language::Zh),
            "承诺时限压缩率（limit_compression）\n\
             对象：办件，已填承诺时限且已填法定时限\n\
             计算：Σ（法定时限 − 承诺时限） ÷ Σ（法定时限）\n\
             时间：流量，期间内，按受理时间\n\
             排除：承诺时限单位不同于法定时限单位（units differ）\n\
             单位：百分比\n\
             说明：按办件加总；按事项加总的见事项时限压缩率，两数不同。"
        );
        assert_eq!(
            catalog.get("batch_start_rate").expect("there").formula(Language::En),
            "Rows: batch entries: list is signed; \
             Formula: number of these that are: project started ÷ number of all; \
             Time: stock at the date, by held date; Once: each project id counts once"
        );
    }

    #[test]
    fn columns_are_all_that_a_definition_reads() {
        let catalog = builtin();
        let columns = |id: &str| -> Vec<String> {
            catalog.get(id).expect(id).columns().iter().map(ToString::to_string).collect()
        };
        assert_eq!(columns("batch_start_rate"), ["held_on", "list", "project.started_on", "project_id"]);
        assert_eq!(columns("standard_land_area_share"), ["transferred_on", "industrial", "standard_land", "area_mu"]);
        assert_eq!(columns("closure_rate"), ["decided_on", "accepted_on"]);
        assert_eq!(
            columns("limit_compression"),
            ["accepted_on", "promised_limit", "statutory_limit", "promised_limit_unit", "statutory_limit_unit"]
        );
    }

    #[test]
    fn a_variant_replaces_what_it_says() {
        let catalog = builtin();
        let of_starts = catalog.get("commitment_share_of_starts").expect("there");
        assert_eq!(of_starts.basis, Basis::Flow);
        assert_eq!(of_starts.population.to_string(), "filed");
        let other = Catalog::default().add_toml(
            r#"
            [a]
            name = { zh = "甲" }
            table = "tasks"
            stock = "due_on"
            share = "happened(done_on)"
            variants = { n = { name = { zh = "乙" }, count = "TRUE", unit = "项" } }
            "#,
            "mine.toml",
        );
        let other = other.expect("loads");
        let count = other.get("a_n").expect("there");
        assert!(matches!(count.measure, Measure::Count { .. }));
        assert_eq!(count.unit, "项");
        assert_eq!(count.name.en, "a_n");
    }

    #[test]
    fn a_ratio_of_indicators_may_stand_before_them() {
        let mine = builtin().add_toml(
            r#"
            [visits_per_problem]
            name = { zh = "每个问题的走访次数", en = "Visits per problem" }
            ratio = { numerator = "service_visits", denominator = "hard_problems" }

            [hard_problems]
            name = { zh = "难题数" }
            table = "services"
            flow = "raised_on"
            count = "NOT happened(solved_on, raised_on + 30)"
            "#,
            "mine.toml",
        );
        let mine = mine.expect("loads");
        let ratio = mine.get("visits_per_problem").expect("there");
        assert_eq!((ratio.basis, ratio.unit.as_str()), (Basis::Flow, "ratio"));
        assert_eq!(ratio.tables().len(), 1);
        assert_eq!(
            mine.iter().map(|i| i.id.as_str()).skip(SHIPPED.len()).collect::<Vec<_>>(),
            ["visits_per_problem", "hard_problems"]
        );
        assert_eq!(builtin().len(), SHIPPED.len());
    }

    #[test]
    fn a_definition_is_built_and_carried_as_data() {
        let definition = Definition::new("investment_per_project")
            .name("项目平均投资", "Investment per project, here")
            .table("projects")
            .flow("signed_on")
            .population("key_project")
            .ratio(RatioSide::sum("investment_cny").when("filed"), RatioSide::count("filed"))
            .exclude("carried_over", "续建")
            .cancelled(CancelledDefault::Drop)
            .unit("cny")
            .better(Better::Higher)
            .note("说明", "note")
            .source("某通报")
            .variant("all", Definition::new("").name("全部项目平均投资", "All").population("TRUE"));
        let json = serde_json::to_string(&definition).expect("JSON");
        assert_eq!(serde_json::from_str::<Definition>(&json).expect("read again"), definition);
        let toml = toml::to_string(&definition).expect("TOML");
        assert_eq!(toml::from_str::<Definition>(&toml).expect("read again"), definition);
        let catalog = Catalog::default().add(definition).expect("loads");
        let all = catalog.get("investment_per_project_all").expect("there");
        assert!(all.population.is_true());
        assert_eq!(all.cancelled, CancelledDefault::Drop);
    }

    #[test]
    fn errors_tell_file_line_indicator_and_field() {
        let text = "\n[a]\nname = { zh = \"甲\" }\ntable = \"projects\"\nstock = \"signed_on\"\ncount = \"filedd\"\n";
        let error = Catalog::default().add_toml(text, "mine.toml").expect_err("no such column");
        assert!(
            error.to_string().starts_with(
                "mine.toml, line 2, indicator a, count, 1:1: table 'projects' has no column named 'filedd'"
            ),
            "{error}"
        );
        let place = error.place();
        assert_eq!(
            (place.line, place.indicator.as_deref(), place.field.as_deref()),
            (Some(2), Some("a"), Some("count"))
        );
        assert_eq!(place.position, Some((1, 1)));
        assert!(
            error
                .text(Language::Zh)
                .starts_with("mine.toml，第 2 行，指标 a，count，1:1：表“projects”没有名为“filedd”的列")
        );
    }

    #[test]
    fn texts_that_are_no_definitions_are_refused_at_their_line() {
        assert!(
            refusal("[a\n").starts_with("mine.toml, line 1: the definition cannot be read: "),
            "{}",
            refusal("[a\n")
        );
        let unknown = refusal("[a]\nname = { zh = \"甲\" }\nstocks = \"signed_on\"");
        assert!(
            unknown.starts_with(
                "mine.toml, line 3, indicator a: the definition cannot be read: unknown field `stocks`, expected one of"
            ),
            "{unknown}"
        );
        let wrong = refusal("[a]\nname = \"甲\"");
        assert!(
            wrong.starts_with("mine.toml, line 2, indicator a: the definition cannot be read: invalid type: string"),
            "{wrong}"
        );
        let side = refusal("[a]\nratio = { numerator = 1, denominator = \"jobs\" }");
        assert!(side.contains("expected the id of an indicator, or one of sum, count, distinct"), "{side}");
    }

    #[test]
    fn refusals_say_what_a_definition_lacks_or_has_too_much() {
        let projects = "table = \"projects\"\n";
        let cases = [
            (
                "table = \"projects\"\nstock = \"signed_on\"",
                "there is no measure; one of count, share, sum, distinct, ratio, days is needed",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\ncount = \"TRUE\"\nshare = \"filed\"",
                "there is one measure to an indicator, and here are: count, share",
            ),
            (
                "table = \"projects\"\nstock = \"signed_on\"\ndays = { from = \"signed_on\" }",
                "days.to is missing; write for example days = { from = \"signed_on\", to = \"started_on\" }",
            ),
            (
                "reported = \"output\"",
                "reported: the measure 'reported' is not part of this version; it comes with a later one",
            ),
            ("stock = \"signed_on\"\ncount = \"TRUE\"", "table is missing; write for example table = \"projects\""),
            (
                "table = \"project\"\nstock = \"*\"\ncount = \"TRUE\"",
                "table: there is no table named 'project'; there are: projects, batch_entries, parcels, buildings, matters, cases, suspensions, services, tasks, activities, targets, reported; did you mean 'projects'?",
            ),
            (
                "table = \"projects\"\ncount = \"TRUE\"",
                "there is no time; write stock (at a date) or flow (in a period), or stock = \"*\" for all rows",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\nflow = \"signed_on\"\ncount = \"TRUE\"",
                "write stock or flow, not both",
            ),
            (
                "table = \"projects\"\nflow = \"*\"\ncount = \"TRUE\"",
                "flow: a flow needs a date; for all rows write stock = \"*\"",
            ),
            (
                "table = \"projects\"\nflow = \"zone\"\ncount = \"TRUE\"",
                "flow: 'zone' is no time: an event or a date of the table itself is needed",
            ),
            (
                "table = \"tasks\"\nflow = \"project.signed_on\"\ncount = \"TRUE\"",
                "flow: 'project.signed_on' is no time: an event or a date of the table itself is needed",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\ncount = \"TRUE\"\nweight = \"jobs\"",
                "weight: weight only goes with share",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\ncount = \"TRUE\"\nwhen = \"filed\"",
                "when: when only goes with sum",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\nsum = \"zone\"",
                "sum: a number is needed here, which 'zone' is not",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\nsum = \"jobs\"",
                "unit is missing; write for example unit = \"cny\"",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\ndistinct = \"jobs\"",
                "distinct: 'jobs' is a number or a date, whose values are not told apart",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\nratio = { numerator = \"jobs\", denominator = { sum = \"jobs\" } }",
                "ratio: the sides of a ratio are both ids of indicators, or both sum, count or distinct",
            ),
            (
                "ratio = { numerator = \"jobs\", denominator = { sum = \"jobs\" } }",
                "ratio: the sides of a ratio are both ids of indicators, or both sum, count or distinct",
            ),
            (
                "stock = \"*\"\nratio = { numerator = \"jobs\", denominator = \"jobs\" }",
                "stock: a ratio of two indicators has no rows of its own, and so no stock",
            ),
            (
                "ratio = { numerator = \"jobs\", denominator = \"start_rate\" }",
                "ratio.denominator: 'start_rate' cannot be a side of a ratio: only counts, sums and distinct counts are divided",
            ),
            (
                "ratio = { numerator = \"jobs\", denominator = \"x\" }",
                "ratio.denominator: 'x' cannot be a side of a ratio: only counts, sums and distinct counts are divided",
            ),
            (
                "ratio = { numerator = \"job\", denominator = \"jobs\" }",
                "ratio.numerator: there is no indicator named 'job'; did you mean 'jobs'?",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\nratio = { numerator = { }, denominator = { sum = \"jobs\" } }",
                "ratio.numerator: a side of a ratio is one of sum, count, distinct",
            ),
            (
                "table = \"projects\"\nstock = \"*\"\ncount = \"filed\"\nonce = \"project_id\"",
                "once: 'project_id' does not refer to projects, so nothing counts once by it",
            ),
            (
                "table = \"cases\"\nstock = \"*\"\ncount = \"TRUE\"\nonce = \"matter\"",
                "once: 'matter' does not refer to projects, so nothing counts once by it",
            ),
            (
                "table = \"tasks\"\nstock = \"*\"\ncount = \"happened(done_on)\"\nonce = \"project_id\"",
                "once: with once the measure reads columns of the project only, but 'done_on' is the row's own",
            ),
            (
                "table = \"tasks\"\nstock = \"*\"\ndistinct = \"project.investor\"\nonce = \"project_id\"",
                "once: once does not go with distinct, which counts each value once by itself",
            ),
            ("id = \"y\"\ntable = \"projects\"", "id: the entry 'x' says that its id is 'y'"),
        ];
        for (lines, told) in cases {
            assert_eq!(refusal_of(lines), told, "{lines}");
        }
        let nameless = refusal(&format!("[x]\n{projects}stock = \"*\"\ncount = \"TRUE\""));
        assert_eq!(
            nameless,
            "mine.toml, line 1, indicator x: name is missing; write for example name = { zh = \"…\", en = \"…\" }"
        );
        let nested = refusal(&format!("[x]\n{projects}variants = {{ a = {{ variants = {{ b = {{ }} }} }} }}"));
        assert_eq!(
            nested,
            "mine.toml, line 1, indicator x_a, variants: the variant 'a' cannot have variants of its own"
        );
    }

    #[test]
    fn ids_are_new_and_can_name_a_function() {
        let entry = |id: &str| {
            refusal(&format!("[{id}]\nname = {{ zh = \"甲\" }}\ntable = \"projects\"\nstock = \"*\"\ncount = \"TRUE\""))
        };
        assert_eq!(entry("jobs"), "mine.toml, line 1: the indicator 'jobs' is already defined; choose another id");
        assert_eq!(
            entry("class"),
            "mine.toml, line 1, indicator class: 'class' is a reserved word of Rust or Python and no id"
        );
        assert_eq!(
            entry("Jobs"),
            "mine.toml, line 1, indicator Jobs: 'Jobs' is no id: an id has lower-case letters, digits and underscores, and begins with a letter"
        );
        assert!(entry("\"甲\"").contains("'甲' is no id"));
    }

    #[test]
    fn a_file_that_is_not_there_is_told_as_such() {
        let error = builtin().add_file("no/such/file.toml").expect_err("no file");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.to_string(), "there is no file of definitions 'no/such/file.toml'");
        let error = builtin().add_file(".").expect_err("a folder");
        assert_eq!(error.kind(), ErrorKind::Io);
    }
}

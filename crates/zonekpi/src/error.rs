//! The one error type of the crate: what went wrong, where, and the nearest right name.

use crate::message::{ErrorCode, Language, Message};

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of mistake an [`Error`] is about. Closed: a program may match on all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// A name that nothing bears: an indicator, a column, a table, a dimension.
    UnknownName,
    /// The ledger lacks a table or columns that the question needs.
    MissingColumn,
    /// A definition (or a filter) that has no meaning.
    Definition,
    /// A question that has no meaning: a period, an option, a combination.
    Query,
    /// A file or a frame that cannot be read as a ledger.
    Input,
    /// A file that is not there.
    NotFound,
    /// The system refused to read or write.
    Io,
    /// A merge that would give a wrong number.
    Merge,
    /// A result that cannot be computed exactly, or a failure of a dependency.
    Compute,
}

/// Where in the input an [`Error`] was found. What is not known is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file, as the caller named it.
    pub file: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The table of the ledger.
    pub table: Option<String>,
    /// The row as the sheet numbers it; in text files the record.
    pub row: Option<u64>,
    /// The column, by its own header.
    pub column: Option<String>,
    /// The line of a text file that is not a table, such as a file of definitions.
    pub line: Option<u64>,
    /// The id of the indicator that is being defined.
    pub indicator: Option<String>,
    /// The field of its definition.
    pub field: Option<String>,
    /// Line and character of an expression's text, both from 1.
    pub position: Option<(u64, u64)>,
}

/// What went wrong, where, and what to do.
///
/// `Display` gives English, as Rust programs expect; [`Error::text`] gives either language.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Language::En))]
pub struct Error {
    // Boxed, so that a `Result` stays small.
    told: Box<Told>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug)]
struct Told {
    kind: ErrorKind,
    message: Message,
    place: Place,
    suggestion: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: Message) -> Self {
        Self { told: Box::new(Told { kind, message, place: Place::default(), suggestion: None }), source: None }
    }

    /// An error about `found`, with the nearest of the names that would have been right.
    pub(crate) fn unknown<'a>(message: Message, found: &str, right: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(ErrorKind::UnknownName, message).suggest(nearest(found, right))
    }

    pub(crate) fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.told.suggestion = suggestion;
        self
    }

    /// Fills what is not yet known of the place; the innermost knowledge wins.
    pub(crate) fn at(mut self, place: Place) -> Self {
        let own = &mut self.told.place;
        own.file = own.file.take().or(place.file);
        own.sheet = own.sheet.take().or(place.sheet);
        own.table = own.table.take().or(place.table);
        own.row = own.row.or(place.row);
        own.column = own.column.take().or(place.column);
        own.line = own.line.or(place.line);
        own.indicator = own.indicator.take().or(place.indicator);
        own.field = own.field.take().or(place.field);
        own.position = own.position.or(place.position);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What sort of mistake this is.
    pub fn kind(&self) -> ErrorKind {
        self.told.kind
    }

    /// The stable code, such as `unknown_indicator`.
    pub fn code(&self) -> &'static str {
        self.told.message.code()
    }

    /// The sentence, not yet in a language.
    pub fn message(&self) -> &Message {
        &self.told.message
    }

    /// Where in the input.
    pub fn place(&self) -> &Place {
        &self.told.place
    }

    /// The nearest right name, where there is one.
    pub fn suggestion(&self) -> Option<&str> {
        self.told.suggestion.as_deref()
    }

    /// The whole error in a language: the place, the sentence, the suggestion.
    pub fn text(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let Place { file, sheet, table, row, column, line, indicator, field, position } = &self.told.place;
        let mut place = Vec::new();
        let mut add = |zh_head: &str, zh_tail: &str, en_head: &str, value: Option<String>| {
            if let Some(value) = value {
                place.push(if zh { format!("{zh_head}{value}{zh_tail}") } else { format!("{en_head}{value}") });
            }
        };
        add("", "", "", file.clone());
        add("工作表“", "”", "sheet ", sheet.clone());
        add("表“", "”", "table ", table.clone());
        add("第 ", " 行", "row ", row.map(|r| r.to_string()));
        add("“", "”列", "column ", column.clone());
        add("第 ", " 行", "line ", line.map(|l| l.to_string()));
        add("指标 ", "", "indicator ", indicator.clone());
        add("", "", "", field.clone());
        add("", "", "", position.map(|(line, character)| format!("{line}:{character}")));
        let mut text = String::new();
        if !place.is_empty() {
            text.push_str(&place.join(if zh { "，" } else { ", " }));
            text.push_str(if zh { "：" } else { ": " });
        }
        text.push_str(&self.told.message.text(language));
        if let Some(suggestion) = &self.told.suggestion {
            text.push_str(&if zh {
                format!("；是否指“{suggestion}”？")
            } else {
                format!("; did you mean '{suggestion}'?")
            });
        }
        text
    }
}

impl From<polars::error::PolarsError> for Error {
    fn from(error: polars::error::PolarsError) -> Self {
        Self::new(ErrorKind::Compute, ErrorCode::Engine.message().with("detail", &error)).caused_by(error)
    }
}

/// The nearest of `right` to `found`, if any is near enough to be meant.
pub(crate) fn nearest<'a>(found: &str, right: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let found: Vec<char> = found.trim().to_lowercase().chars().collect();
    let allowed = |letters: usize| (found.len().max(letters) / 3).max(1);
    right
        .into_iter()
        .map(|name| (name.chars().count(), name))
        // Words of very different lengths need not be compared letter by letter.
        .filter(|(letters, _)| found.len().abs_diff(*letters) <= allowed(*letters))
        .map(|(letters, name)| (distance(&found, &name.to_lowercase().chars().collect::<Vec<_>>()), letters, name))
        .filter(|(distance, letters, _)| *distance <= allowed(*letters))
        .map(|(distance, _, name)| (distance, name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.to_owned())
}

/// The nearest of `right` to `found`, at most so many: those that differ in few letters, and those that one of the two
/// is a part of.
pub(crate) fn near<'a>(found: &str, right: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<String> {
    let written = found.trim().to_lowercase();
    let letters: Vec<char> = written.chars().collect();
    let mut names: Vec<(usize, &str)> = Vec::new();
    for name in right {
        let lower = name.to_lowercase();
        let of_name: Vec<char> = lower.chars().collect();
        let allowed = (letters.len().max(of_name.len()) / 3).max(1);
        let shorter = letters.len().min(of_name.len());
        let is_part = shorter > 1 && (lower.contains(&written) || written.contains(&lower));
        // Words of very different lengths need not be compared letter by letter.
        let distance =
            if letters.len().abs_diff(of_name.len()) > allowed { usize::MAX } else { distance(&letters, &of_name) };
        // One letter in one is another word altogether.
        if is_part || (distance <= allowed && distance < letters.len().max(of_name.len())) {
            names.push((distance.min(allowed + 1), name));
        }
    }
    names.sort_by_key(|(distance, _)| *distance);
    names.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}

/// The names that would have been right, the nearest to `found` first; of many only the first.
pub(crate) fn nearest_first<'a>(found: &str, right: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 15;
    let found: Vec<char> = found.trim().to_lowercase().chars().collect();
    let mut names: Vec<(usize, &str)> = Vec::new();
    for name in right {
        if names.iter().all(|(_, known)| *known != name) {
            names.push((distance(&found, &name.to_lowercase().chars().collect::<Vec<_>>()), name));
        }
    }
    names.sort_by_key(|(distance, _)| *distance);
    let more = names.len() > SHOWN;
    let shown = names.into_iter().take(SHOWN).map(|(_, name)| name).chain(more.then_some("…"));
    shown.collect::<Vec<_>>().join(", ")
}

/// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut two_above: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(two_above[j - 2] + 1);
            }
            row.push(least);
        }
        two_above = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_told_only_where_it_may_be_meant() {
        let names = ["commitment_share", "agency_share", "completion_rate"];
        assert_eq!(nearest("comitment_share", names).as_deref(), Some("commitment_share"));
        assert_eq!(nearest("agnecy_share", names).as_deref(), Some("agency_share"));
        assert_eq!(nearest("land", names), None);
        assert_eq!(nearest("签约时问", ["签约时间", "开工时间"]).as_deref(), Some("签约时间"));
    }

    #[test]
    fn names_near_another_are_those_of_few_other_letters_or_a_part_of_it() {
        let zones = ["朔州经开区", "大同经开区", "阳泉高新区", "唐槐园区"];
        // Two letters of five are another zone.
        assert_eq!(near("朔州经开去", zones, 3), ["朔州经开区"]);
        assert_eq!(near("朔州", zones, 3), ["朔州经开区"]);
        assert_eq!(near("山西省朔州经开区", zones, 3), ["朔州经开区"]);
        assert_eq!(near("经开区", zones, 3), ["朔州经开区", "大同经开区"]);
        assert_eq!(near("经开区", zones, 1), ["朔州经开区"]);
        assert_eq!(near("临猗", zones, 3), Vec::<String>::new());
        assert_eq!(near("甲", ["乙", "丙"], 3), Vec::<String>::new());
    }

    #[test]
    fn an_error_tells_place_sentence_and_suggestion_in_both_languages() {
        let message = ErrorCode::UnknownIndicator.message().with("found", "start_rat");
        let error = Error::unknown(message, "start_rat", ["start_rate"]).at(Place {
            file: Some("台账.xlsx".to_owned()),
            row: Some(7),
            ..Place::default()
        });
        assert_eq!(
            error.text(Language::En),
            "台账.xlsx, row 7: there is no indicator named 'start_rat'; did you mean 'start_rate'?"
        );
        assert_eq!(error.text(Language::Zh), "台账.xlsx，第 7 行：没有名为“start_rat”的指标；是否指“start_rate”？");
        assert_eq!(error.kind(), ErrorKind::UnknownName);
        assert_eq!(error.code(), "unknown_indicator");
    }
}

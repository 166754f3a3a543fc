//! Issues and readings as frames, and the words in which a person reads them.

use polars::prelude::{Column, DataFrame, NamedFrom, PlSmallStr, Series};

use super::header::UnitFrom;
use super::issue::{Issue, Severity};
use super::reading::{FoundBy, Reading, TableFrom};
use super::rows::SetAsideKind;
use super::schema::Schema;
use crate::error::Result;
use crate::message::{Language, Phrase};

fn column<T, V>(name: &'static str, values: V) -> Column
where
    Series: NamedFrom<V, T>,
    T: ?Sized,
{
    Series::new(PlSmallStr::from_static(name), values).into()
}

pub(crate) fn issues(issues: &[Issue], language: Language) -> Result<DataFrame> {
    let texts = |of: fn(&Issue) -> Option<&str>| issues.iter().map(of).collect::<Vec<Option<&str>>>();
    let spoken = |of: fn(&Issue, Language) -> String| issues.iter().map(|i| of(i, language)).collect::<Vec<String>>();
    let columns = vec![
        column("table", texts(|i| Some(&i.table))),
        column("file", texts(|i| i.file.as_deref())),
        column("sheet", texts(|i| i.sheet.as_deref())),
        column("row", issues.iter().map(|i| i.row).collect::<Vec<Option<u64>>>()),
        column("column", texts(|i| i.column.as_deref())),
        column("value", texts(|i| i.value.as_deref())),
        column("code", texts(|i| Some(i.code.as_str()))),
        column("severity", texts(|i| Some(i.severity.as_str()))),
        column("message", spoken(|i, language| i.message.text(language))),
        column("action", spoken(|i, language| i.action.text(language))),
    ];
    Ok(DataFrame::new(issues.len(), columns)?)
}

/// What a line of a reading tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Table,
    TitleRow,
    UnitRow,
    HeaderRow,
    Column,
    OtherColumn,
    SetAside,
    Total,
    HiddenRow,
    HiddenColumn,
    SheetNotRead,
}

impl Item {
    const ALL: [Self; 11] = [
        Self::Table,
        Self::TitleRow,
        Self::UnitRow,
        Self::HeaderRow,
        Self::Column,
        Self::OtherColumn,
        Self::SetAside,
        Self::Total,
        Self::HiddenRow,
        Self::HiddenColumn,
        Self::SheetNotRead,
    ];

    /// The stable name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::TitleRow => "title_row",
            Self::UnitRow => "unit_row",
            Self::HeaderRow => "header_row",
            Self::Column => "column",
            Self::OtherColumn => "other_column",
            Self::SetAside => "set_aside",
            Self::Total => "total",
            Self::HiddenRow => "hidden_row",
            Self::HiddenColumn => "hidden_column",
            Self::SheetNotRead => "sheet_not_read",
        }
    }

    pub(crate) const fn phrase(self) -> Phrase {
        match self {
            Self::Table => Phrase::ItemTable,
            Self::TitleRow => Phrase::ItemTitleRow,
            Self::UnitRow => Phrase::ItemUnitRow,
            Self::HeaderRow => Phrase::ItemHeaderRow,
            Self::Column => Phrase::ItemColumn,
            Self::OtherColumn => Phrase::ItemOtherColumn,
            Self::SetAside => Phrase::ItemSetAside,
            Self::Total => Phrase::ItemTotal,
            Self::HiddenRow => Phrase::ItemHiddenRow,
            Self::HiddenColumn => Phrase::ItemHiddenColumn,
            Self::SheetNotRead => Phrase::ItemSheetNotRead,
        }
    }
}

/// One thing that a reading tells.
pub(crate) struct Line<'a> {
    pub reading: &'a Reading,
    pub item: Item,
    pub row: Option<u64>,
    pub column: Option<String>,
    pub header: Option<String>,
    pub how: Option<FoundBy>,
    pub unit: Option<String>,
    pub unit_from: Option<UnitFrom>,
    pub note: Option<String>,
}

impl<'a> Line<'a> {
    fn of(reading: &'a Reading, item: Item) -> Self {
        Self {
            reading,
            item,
            row: None,
            column: None,
            header: None,
            how: None,
            unit: None,
            unit_from: None,
            note: None,
        }
    }

    fn row(self, row: u64) -> Self {
        Self { row: Some(row), ..self }
    }

    fn note(self, note: String) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// All that readings tell, in the order in which a person asks.
pub(crate) fn lines(readings: &[Reading], language: Language) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for reading in readings {
        let line = |item| Line::of(reading, item);
        lines.push(line(Item::Table).note(read_as(reading, language)));
        lines.extend(reading.title_rows.iter().map(|row| line(Item::TitleRow).row(*row)));
        lines.extend(reading.unit_row.iter().map(|row| line(Item::UnitRow).row(*row)));
        lines.extend(reading.header_rows.iter().map(|row| line(Item::HeaderRow).row(*row)));
        lines.extend(reading.columns.iter().map(|column| Line {
            column: Some(column.name.clone()),
            header: Some(column.header.clone()),
            how: Some(column.found_by),
            unit: column.unit.clone(),
            unit_from: column.unit_from,
            ..line(Item::Column)
        }));
        lines.extend(reading.other_columns.iter().map(|column| Line {
            column: Some(column.name.clone()),
            header: Some(column.header.clone()),
            note: Some(Phrase::KeptAsText.message().with("name", &column.name).text(language)),
            ..line(Item::OtherColumn)
        }));
        lines.extend(reading.set_aside.iter().map(|row| {
            let kind = set_aside(row.kind).message().text(language);
            let note = if row.label.is_empty() {
                kind
            } else {
                Phrase::SetAsideRow.message().with("kind", kind).with("label", &row.label).text(language)
            };
            line(Item::SetAside).row(row.row).note(note)
        }));
        lines.extend(reading.totals.iter().map(|total| {
            let phrase = match (total.agrees, total.visible_only) {
                (true, false) => Phrase::TotalAgrees,
                (true, true) => Phrase::TotalAgreesVisible,
                (false, _) => Phrase::TotalDiffers,
            };
            let note = phrase.message().with("written", &total.written).with("sum", &total.sum).text(language);
            Line { header: Some(total.column.clone()), ..line(Item::Total).row(total.row).note(note) }
        }));
        let hidden = || Phrase::HiddenYetRead.message().text(language);
        lines.extend(reading.hidden_rows.iter().map(|row| line(Item::HiddenRow).row(*row).note(hidden())));
        lines.extend(
            reading
                .hidden_columns
                .iter()
                .map(|header| Line { header: Some(header.clone()), ..line(Item::HiddenColumn).note(hidden()) }),
        );
        lines.extend(reading.sheets_not_read.iter().map(|sheet| line(Item::SheetNotRead).note(sheet.clone())));
    }
    lines
}

fn read_as(reading: &Reading, language: Language) -> String {
    let spec = Schema::builtin().table(&reading.table);
    let how = match reading.table_from {
        TableFrom::Headers => Phrase::FoundHeaders,
        TableFrom::Caller => Phrase::FoundCaller,
    };
    Phrase::ReadTable
        .message()
        .with("table_zh", spec.map_or(reading.table.as_str(), |s| &s.zh))
        .with("table_en", &reading.table)
        .with_messages("how", vec![how.message()])
        .with("rows", reading.rows)
        .with("columns", reading.columns.len())
        .text(language)
}

/// How a column was found, in words.
pub(crate) const fn found_by(how: FoundBy) -> Phrase {
    match how {
        FoundBy::Caller => Phrase::FoundCaller,
        FoundBy::Canonical => Phrase::FoundCanonical,
        FoundBy::Name => Phrase::FoundName,
        FoundBy::Synonym => Phrase::FoundSynonym,
    }
}

const fn found_by_code(how: FoundBy) -> &'static str {
    match how {
        FoundBy::Caller => "caller",
        FoundBy::Canonical => "canonical",
        FoundBy::Name => "name",
        FoundBy::Synonym => "synonym",
    }
}

/// Where a unit was read, in words.
pub(crate) const fn unit_from(from: UnitFrom) -> Phrase {
    match from {
        UnitFrom::Caller => Phrase::UnitFromCaller,
        UnitFrom::Header => Phrase::UnitFromHeader,
        UnitFrom::ParentHeader => Phrase::UnitFromParentHeader,
        UnitFrom::UnitRow => Phrase::UnitFromUnitRow,
        UnitFrom::Name => Phrase::UnitFromName,
    }
}

const fn unit_from_code(from: UnitFrom) -> &'static str {
    match from {
        UnitFrom::Caller => "caller",
        UnitFrom::Header => "header",
        UnitFrom::ParentHeader => "parent_header",
        UnitFrom::UnitRow => "unit_row",
        UnitFrom::Name => "name",
    }
}

const fn set_aside(kind: SetAsideKind) -> Phrase {
    match kind {
        SetAsideKind::Subtotal => Phrase::AsideSubtotal,
        SetAsideKind::Total => Phrase::AsideTotal,
        SetAsideKind::HeaderRepeated => Phrase::AsideHeaderRepeated,
        SetAsideKind::Index => Phrase::AsideIndex,
        SetAsideKind::Note => Phrase::AsideNote,
        SetAsideKind::Signature => Phrase::AsideSignature,
        SetAsideKind::Blank => Phrase::AsideBlank,
        SetAsideKind::Section => Phrase::AsideSection,
        SetAsideKind::Unit => Phrase::AsideUnit,
        SetAsideKind::OtherTable => Phrase::AsideOtherTable,
        SetAsideKind::OfWhich => Phrase::AsideOfWhich,
    }
}

/// Readings as a frame, a row for each line.
pub(crate) fn readings(readings: &[Reading], language: Language) -> Result<DataFrame> {
    let lines = lines(readings, language);
    let of_reading = |of: fn(&Reading) -> Option<&str>| lines.iter().map(|l| of(l.reading)).collect::<Vec<_>>();
    let of_line = |of: fn(&Line<'_>) -> Option<String>| lines.iter().map(of).collect::<Vec<_>>();
    let coded = |of: fn(&Line<'_>) -> Option<&'static str>| lines.iter().map(of).collect::<Vec<_>>();
    let columns = vec![
        column("table", of_reading(|r| Some(&r.table))),
        column("file", of_reading(|r| r.file.as_deref())),
        column("sheet", of_reading(|r| r.sheet.as_deref())),
        column("format", of_reading(|r| Some(&r.format))),
        column("encoding", of_reading(|r| r.encoding.as_deref())),
        column("item", coded(|l| Some(l.item.as_str()))),
        column("row", lines.iter().map(|l| l.row).collect::<Vec<Option<u64>>>()),
        column("column", of_line(|l| l.column.clone())),
        column("header", of_line(|l| l.header.clone())),
        column("how", coded(|l| l.how.map(found_by_code))),
        column("unit", of_line(|l| l.unit.clone())),
        column("unit_from", coded(|l| l.unit_from.map(unit_from_code))),
        column("note", of_line(|l| l.note.clone())),
    ];
    Ok(DataFrame::new(lines.len(), columns)?)
}

/// The words of both frames: heads of columns, and codes in them.
pub(crate) fn words(language: Language) -> Vec<(String, String)> {
    let heads = [
        ("table", Phrase::HeadTable),
        ("file", Phrase::HeadFile),
        ("sheet", Phrase::HeadSheet),
        ("row", Phrase::HeadRow),
        ("column", Phrase::HeadColumn),
        ("value", Phrase::HeadWritten),
        ("code", Phrase::HeadCode),
        ("severity", Phrase::HeadSeverity),
        ("message", Phrase::HeadMessage),
        ("action", Phrase::HeadAction),
        ("format", Phrase::HeadFormat),
        ("encoding", Phrase::HeadEncoding),
        ("item", Phrase::HeadItem),
        ("header", Phrase::HeadHeader),
        ("how", Phrase::HeadHow),
        ("unit", Phrase::HeadUnit),
        ("unit_from", Phrase::HeadUnitFrom),
        ("note", Phrase::HeadNote),
        ("count", Phrase::HeadCount),
    ];
    let severities = [
        (Severity::Error, Phrase::SeverityError),
        (Severity::Warning, Phrase::SeverityWarning),
        (Severity::Note, Phrase::SeverityNote),
    ];
    let found = [FoundBy::Caller, FoundBy::Canonical, FoundBy::Name, FoundBy::Synonym];
    let units = [UnitFrom::Caller, UnitFrom::Header, UnitFrom::ParentHeader, UnitFrom::UnitRow, UnitFrom::Name];
    let mut words: Vec<(String, Phrase)> = Vec::new();
    words.extend(heads.map(|(name, phrase)| (format!("head.{name}"), phrase)));
    words.extend(severities.map(|(severity, phrase)| (format!("severity.{}", severity.as_str()), phrase)));
    words.extend(Item::ALL.map(|item| (format!("item.{}", item.as_str()), item.phrase())));
    words.extend(found.map(|how| (format!("how.{}", found_by_code(how)), found_by(how))));
    words.extend(units.map(|from| (format!("unit_from.{}", unit_from_code(from)), unit_from(from))));
    let mut words: Vec<(String, String)> =
        words.into_iter().map(|(key, phrase)| (key, phrase.message().text(language))).collect();
    words.extend(Schema::builtin().tables().map(|table| {
        let word = if language == Language::Zh { &table.zh } else { &table.name };
        (format!("table.{}", table.name), word.clone())
    }));
    words
}

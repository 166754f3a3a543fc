//! An empty workbook to fill in: headers with units, lists to choose from, notes, and a sheet that explains.

use std::path::Path;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use super::{
    LAST_ROW, Look, header, quoted, said, save, table_name, unit_word, unwritable, width, worksheet, writable,
};
use crate::error::{Error, ErrorKind, Result};
use crate::ledger::reader::table_named;
use crate::ledger::schema::{ColumnSpec, Kind, Schema, TableSpec};
use crate::message::{ErrorCode, Language, Phrase};

/// Writes an empty workbook to fill in, with a sheet for each table: its headers, units, lists of values and notes.
/// Empty or filled, [`Ledger::read`](crate::Ledger::read) reads it without an issue. A file that is there already is
/// replaced.
///
/// In Chinese the headers are Chinese and amounts are in 万元; in English the headers are the canonical names, and
/// amounts are in yuan.
///
/// # What does a zone fill in?
///
/// ```
/// use zonekpi::{Language, Ledger, write_template};
///
/// let path = std::env::temp_dir().join("zonekpi-doc-台账.xlsx");
/// write_template(["projects", "办件"], &path, Language::Zh)?;
/// let ledger = Ledger::read(&path)?;
/// let rows: Vec<_> = ledger.tables().map(|t| (t.spec().name.as_str(), t.height())).collect();
/// assert_eq!(rows, [("cases", 0), ("projects", 0)]);
/// assert!(ledger.issues().is_empty());
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), zonekpi::Error>(())
/// ```
///
/// # Errors
///
/// For a table that does not exist, and where the file cannot be written.
pub fn write_template(
    tables: impl IntoIterator<Item = impl AsRef<str>>,
    path: impl AsRef<Path>,
    language: Language,
) -> Result<()> {
    let path = path.as_ref();
    let mut wanted: Vec<&'static TableSpec> = Vec::new();
    for name in tables {
        let table = table_named(name.as_ref())?;
        if !wanted.iter().any(|known| known.name == table.name) {
            wanted.push(table);
        }
    }
    if wanted.is_empty() {
        let names: Vec<&str> = Schema::builtin().tables().map(|t| t.name.as_str()).collect();
        let message = ErrorCode::NothingToWrite.message().with("allowed", names.join(", "));
        return Err(Error::new(ErrorKind::Query, message));
    }
    writable(path)?;
    let mut workbook = Workbook::new();
    let look = Look::new();
    for table in &wanted {
        let mut sheet = worksheet(table_name(table, language))?;
        form(&mut sheet, table, language, &look).map_err(unwritable)?;
        workbook.push_worksheet(sheet);
    }
    let mut sheet = worksheet(&said(Phrase::SheetGuide, language))?;
    guide(&mut sheet, &wanted, language, &look).map_err(unwritable)?;
    workbook.push_worksheet(sheet);
    save(&mut workbook, path)
}

/// The columns of a form, those that tell its records apart first. What is made at reading is not asked for.
fn columns(table: &TableSpec) -> Vec<&ColumnSpec> {
    let mut columns: Vec<&ColumnSpec> = table.columns.iter().filter(|c| !c.derived).collect();
    let named = |lists: &[Vec<String>], name: &String| lists.iter().flatten().any(|n| n == name);
    columns.sort_by_key(|c| (!named(&table.keys, &c.name), !named(&table.needs, &c.name)));
    columns
}

/// Whether records are told apart by this column, so that it should never be blank.
fn is_key(table: &TableSpec, column: &ColumnSpec) -> bool {
    let key = table.keys.first().or(table.needs.first());
    key.is_some_and(|key| key.contains(&column.name))
}

fn form(sheet: &mut Worksheet, table: &TableSpec, language: Language, look: &Look) -> Result<(), XlsxError> {
    let columns = columns(table);
    for (at, column) in columns.iter().enumerate() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        let title = header(column, language);
        let head = if is_key(table, column) { &look.key_head } else { &look.head };
        sheet.set_column_format(at, &format_of(column.kind))?;
        sheet.write_string_with_format(0, at, &title, head)?;
        sheet.insert_note(0, at, &note(table, column, language))?;
        let least = match column.kind {
            Kind::Id | Kind::Event | Kind::Date => 14,
            Kind::Text => 20,
            _ => 10,
        };
        sheet.set_column_width(at, f64::from(u32::try_from(width(&title) + 4).unwrap_or(40).clamp(least, 40)))?;
        if let Some(rule) = validation(at, column, language)? {
            sheet.add_data_validation(1, at, LAST_ROW, at, &rule)?;
        }
    }
    sheet.set_row_height(0, 32)?;
    let keys = columns.iter().take_while(|c| is_key(table, c)).count();
    sheet.set_freeze_panes(1, u16::try_from(keys).unwrap_or(0))?;
    Ok(())
}

fn format_of(kind: Kind) -> Format {
    match kind {
        // A spreadsheet would make numbers of ids.
        Kind::Id => Format::new().set_num_format("@"),
        // And of 2024年3月 the 1st, of 3月5日 a day of the year in which it is typed.
        Kind::Event | Kind::Date => Format::new().set_num_format("@").set_align(FormatAlign::Center),
        Kind::Flag | Kind::Enum => Format::new().set_align(FormatAlign::Center),
        Kind::Money | Kind::Area => Format::new().set_num_format("#,##0.00####"),
        _ => Format::new(),
    }
}

/// How a column is filled in.
fn fill(table: &TableSpec, column: &ColumnSpec, language: Language) -> String {
    let phrase = match column.kind {
        Kind::Id => Phrase::FillId,
        Kind::Text => Phrase::FillText,
        Kind::Dimension => Phrase::FillDimension,
        Kind::Enum => Phrase::FillEnum,
        Kind::Event => Phrase::FillEvent,
        Kind::Date if column.interval => Phrase::FillEnd,
        Kind::Date => Phrase::FillDate,
        Kind::Flag => Phrase::FillFlag,
        Kind::Money => Phrase::FillMoney,
        Kind::Area => Phrase::FillArea,
        Kind::Count | Kind::OptionalCount | Kind::Extension => Phrase::FillCount,
        Kind::Measure | Kind::OptionalMeasure if column.unit_in.is_some() => Phrase::FillMeasure,
        Kind::Measure | Kind::OptionalMeasure => Phrase::FillNumber,
    };
    let target = column.references.as_deref().and_then(|name| Schema::builtin().table(name));
    if let Some(target) = target {
        let message = Phrase::FillReference.message().with("table_zh", &target.zh).with("table_en", &target.name);
        return message.text(language);
    }
    let unit_in = column.unit_in.as_ref().and_then(|name| table.column(name));
    let message = phrase.message().with("unit", unit_word(column, language).unwrap_or_default());
    message.with("column", unit_in.map(|c| header(c, language)).unwrap_or_default()).text(language)
}

/// What a blank in it means.
fn blank(table: &TableSpec, column: &ColumnSpec, language: Language) -> String {
    let phrase = match column.kind {
        _ if is_key(table, column) => Phrase::BlankKey,
        Kind::Event => Phrase::BlankNotHappened,
        Kind::Date if column.interval => Phrase::BlankGoesOn,
        Kind::Enum if column.name == "extended_days_unit" => Phrase::BlankUnitOfLimit,
        Kind::Count if column.only_in.is_some() => Phrase::BlankCounted,
        Kind::Extension => Phrase::BlankZero,
        kind if kind.blank_is_unknown() => Phrase::BlankUnknown,
        _ => Phrase::BlankNone,
    };
    said(phrase, language)
}

fn note(table: &TableSpec, column: &ColumnSpec, language: Language) -> Note {
    let message = Phrase::GuideNote.message().with("fill", fill(table, column, language));
    let mut text = message.with("blank", blank(table, column, language)).text(language);
    if !column.aliases.is_empty() {
        let aliases: Vec<&str> = column.aliases.iter().take(6).map(String::as_str).collect();
        text.push('\n');
        text.push_str(&Phrase::GuideNoteAliases.message().with("aliases", aliases.join("、")).text(language));
    }
    sized(text)
}

/// A note in a box that holds its text.
pub(super) fn sized(text: String) -> Note {
    const ACROSS: usize = 44;
    let lines: usize = text.lines().map(|line| width(line).div_ceil(ACROSS).max(1)).sum();
    let height = u32::try_from(lines.min(24)).unwrap_or(24) * 20 + 16;
    Note::new(text).add_author_prefix(false).set_width(320).set_height(height)
}

/// The words of a column that has a closed list of them.
fn choices(column: &ColumnSpec, language: Language) -> Vec<String> {
    match column.kind {
        Kind::Flag => [Phrase::Yes, Phrase::No].map(|word| said(word, language)).to_vec(),
        Kind::Enum if language == Language::Zh => column.values.iter().map(|v| v.zh.clone()).collect(),
        Kind::Enum => column.values.iter().map(|v| v.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The condition that the cell in row 2 of a column holds a date pasted as such, or a text that begins with a year, or
/// a word.
fn begins_with_year(column: u16, word: Option<&str>) -> Formula {
    let cell = rust_xlsxwriter::utility::row_col_to_cell(1, column);
    let year = format!("IFERROR(AND(--LEFT({cell},4)>=1949,--LEFT({cell},4)<=2100),FALSE)");
    let word = word.map(|word| format!(",{cell}=\"{word}\"")).unwrap_or_default();
    // Of a number only the size tells whether it is a day: 18172 is 1949-10-01, and 73415 the end of 2100.
    Formula::new(format!("=IF(ISNUMBER({cell}),AND({cell}>=18172,{cell}<=73415),OR({year}{word}))"))
}

/// What Excel lets into the cells of a column. Lists are closed; a date or a number that is none may be kept on
/// purpose, for the reader knows more forms than Excel does.
fn validation(at: u16, column: &ColumnSpec, language: Language) -> Result<Option<DataValidation>, XlsxError> {
    let choices = choices(column, language);
    let (rule, style, told) = match column.kind {
        _ if !choices.is_empty() => {
            let told = Phrase::RefusedList.message().with("values", choices.join("、")).text(language);
            (DataValidation::new().allow_list_strings(&choices)?, DataValidationErrorStyle::Stop, told)
        }
        Kind::Event | Kind::Date => {
            let happened = (column.kind == Kind::Event).then(|| said(Phrase::Yes, language));
            let rule = DataValidation::new().allow_custom(begins_with_year(at, happened.as_deref()));
            (rule, DataValidationErrorStyle::Warning, said(Phrase::RefusedDateText, language))
        }
        Kind::Money | Kind::Area => {
            let rule = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
            (rule, DataValidationErrorStyle::Warning, said(Phrase::RefusedNumber, language))
        }
        Kind::Count | Kind::OptionalCount | Kind::Extension => {
            let rule = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0));
            (rule, DataValidationErrorStyle::Warning, said(Phrase::RefusedNumber, language))
        }
        _ => return Ok(None),
    };
    Ok(Some(rule.set_error_style(style).set_error_message(told)?))
}

/// The sheet that explains. Names stand in quotes, so that no row of it looks like a header.
fn guide(sheet: &mut Worksheet, tables: &[&TableSpec], language: Language, look: &Look) -> Result<(), XlsxError> {
    sheet.merge_range(0, 0, 0, 5, &said(Phrase::GuideIntro, language), &look.prose)?;
    sheet.set_row_height(0, 48)?;
    let heads = [
        Phrase::HeadTable,
        Phrase::HeadColumn,
        Phrase::HeadUnit,
        Phrase::GuideHeadFill,
        Phrase::GuideHeadBlank,
        Phrase::GuideHeadValues,
    ];
    for ((at, head), width) in (0..).zip(heads).zip([14.0, 20.0, 10.0, 48.0, 26.0, 34.0]) {
        sheet.write_string_with_format(2, at, said(head, language), &look.head)?;
        sheet.set_column_width(at, width)?;
    }
    let rows = tables.iter().flat_map(|table| columns(table).into_iter().map(move |column| (*table, column)));
    for (row, (table, column)) in (3..).zip(rows) {
        let name = if language == Language::Zh { &column.zh } else { &column.name };
        let cells = [
            quoted(table_name(table, language), language),
            quoted(name, language),
            unit_word(column, language).unwrap_or_default().to_owned(),
            fill(table, column, language),
            blank(table, column, language),
            choices(column, language).join("、"),
        ];
        for (at, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &look.prose)?;
        }
    }
    sheet.set_freeze_panes(3, 2)?;
    Ok(())
}

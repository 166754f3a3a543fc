//! The last sheets of a marked workbook: the list of all issues, and how the files were read. Names stand in quotes, so
//! that no row of them looks like a header.

use rust_xlsxwriter::{Color, Format, Url, Worksheet, XlsxError, quote_sheet_name, row_col_to_cell};

use super::marked::{Spot, shortened};
use super::{Look, MOST_ROWS, quoted, said, table_name};
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::reading::Reading;
use crate::ledger::report;
use crate::ledger::schema::Schema;
use crate::message::{Language, Phrase};

/// Links of a sheet at most; Excel refuses files with more than 65,530.
const MOST_LINKS: usize = 60_000;
/// Rows of issues at most.
const MOST_ISSUES: usize = MOST_ROWS - 10;
/// Characters of a value in a list.
const MOST_SHOWN: usize = 1000;

/// A severity in words.
pub(super) fn severity(severity: Severity, language: Language) -> String {
    said(
        match severity {
            Severity::Error => Phrase::SeverityError,
            Severity::Warning => Phrase::SeverityWarning,
            Severity::Note => Phrase::SeverityNote,
        },
        language,
    )
}

fn table(name: &str, language: Language) -> String {
    let shown = Schema::builtin().table(name).map_or(name, |spec| table_name(spec, language));
    quoted(shown, language)
}

fn heads(
    sheet: &mut Worksheet,
    row: u32,
    heads: &[(Phrase, f64)],
    language: Language,
    look: &Look,
) -> Result<(), XlsxError> {
    for (at, (head, width)) in (0..).zip(heads) {
        sheet.write_string_with_format(row, at, said(*head, language), &look.head)?;
        sheet.set_column_width(at, *width)?;
    }
    Ok(())
}

/// Every issue, the worst first, with a link to its cell.
pub(super) fn issues(
    sheet: &mut Worksheet,
    issues: &[Issue],
    spots: &[Option<Spot>],
    language: Language,
    look: &Look,
) -> Result<(), XlsxError> {
    let count = |severity| issues.iter().filter(|issue| issue.severity == severity).count();
    let intro = Phrase::MarkedIntro
        .message()
        .with("count", issues.len())
        .with("errors", count(Severity::Error))
        .with("warnings", count(Severity::Warning))
        .with("notes", count(Severity::Note));
    sheet.merge_range(0, 0, 0, 10, &intro.text(language), &look.prose)?;
    sheet.set_row_height(0, 36)?;
    let columns = [
        (Phrase::HeadPlace, 16.0),
        (Phrase::HeadSeverity, 10.0),
        (Phrase::HeadTable, 12.0),
        (Phrase::HeadFile, 24.0),
        (Phrase::HeadSheet, 14.0),
        (Phrase::HeadRow, 8.0),
        (Phrase::HeadColumn, 20.0),
        (Phrase::HeadWritten, 24.0),
        (Phrase::HeadMessage, 48.0),
        (Phrase::HeadAction, 30.0),
        (Phrase::HeadCode, 24.0),
    ];
    heads(sheet, 2, &columns, language, look)?;
    let mut numbers: Vec<usize> = (0..issues.len()).collect();
    numbers.sort_by_key(|number| std::cmp::Reverse(issues.get(*number).map(|issue| issue.severity)));
    let link =
        Format::new().set_font_color(Color::RGB(0x0005_63C1)).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let mut row = 3;
    for (place, number) in numbers.iter().take(MOST_ISSUES).enumerate() {
        let Some(issue) = issues.get(*number) else { continue };
        if let Some(Some(spot)) = spots.get(*number) {
            let cell = row_col_to_cell(spot.row, spot.column);
            let shown = format!("{}!{cell}", spot.sheet);
            if place < MOST_LINKS {
                let target = Url::new(format!("internal:{}!{cell}", quote_sheet_name(&spot.sheet)));
                sheet.write_url_with_options(row, 0, target, &shown, "", Some(&link))?;
            } else {
                sheet.write_string(row, 0, &shown)?;
            }
        }
        let name = |text: &Option<String>| text.as_ref().map(|text| quoted(text, language)).unwrap_or_default();
        let cells = [
            (1, severity(issue.severity, language)),
            (2, table(&issue.table, language)),
            (3, issue.file.clone().unwrap_or_default()),
            (4, name(&issue.sheet)),
            (6, name(&issue.column)),
            // An issue that is about no cell has nothing that was written in one.
            (7, issue.value.clone().filter(|_| issue.row.is_some() || issue.column.is_some()).unwrap_or_default()),
            (8, issue.message.text(language)),
            (9, issue.action.text(language)),
            (10, issue.code.as_str().to_owned()),
        ];
        for (at, cell) in cells {
            let format = if matches!(at, 7..=9) { &look.prose } else { &look.plain };
            sheet.write_string_with_format(row, at, shortened(&cell, MOST_SHOWN), format)?;
        }
        if let Some(number) = issue.row {
            sheet.write_number_with_format(row, 5, number as f64, &look.plain)?;
        }
        row += 1;
    }
    if issues.len() > MOST_ISSUES {
        let rest = Phrase::MarkedRest.message().with("count", issues.len() - MOST_ISSUES);
        sheet.write_string(row, 0, rest.text(language))?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.autofilter(2, 0, row.max(4) - 1, 10)?;
    Ok(())
}

/// How the files were read, line by line.
pub(super) fn readings(
    sheet: &mut Worksheet,
    readings: &[Reading],
    language: Language,
    look: &Look,
) -> Result<(), XlsxError> {
    let columns = [
        (Phrase::HeadTable, 12.0),
        (Phrase::HeadFile, 24.0),
        (Phrase::HeadSheet, 14.0),
        (Phrase::HeadFormat, 8.0),
        (Phrase::HeadEncoding, 10.0),
        (Phrase::HeadItem, 14.0),
        (Phrase::HeadRow, 8.0),
        (Phrase::HeadColumn, 22.0),
        (Phrase::HeadHeader, 24.0),
        (Phrase::HeadHow, 14.0),
        (Phrase::HeadUnit, 10.0),
        (Phrase::HeadUnitFrom, 12.0),
        (Phrase::HeadNote, 60.0),
    ];
    heads(sheet, 0, &columns, language, look)?;
    let name = |text: Option<String>| text.map(|text| quoted(&text, language)).unwrap_or_default();
    for (row, line) in (1..).zip(report::lines(readings, language).into_iter().take(MOST_ISSUES)) {
        let cells = [
            (0, table(&line.reading.table, language)),
            (1, line.reading.file.clone().unwrap_or_default()),
            (2, name(line.reading.sheet.clone())),
            (3, line.reading.format.clone()),
            (4, line.reading.encoding.clone().unwrap_or_default()),
            (5, said(line.item.phrase(), language)),
            (7, name(line.column)),
            (8, name(line.header)),
            (9, line.how.map(|how| said(report::found_by(how), language)).unwrap_or_default()),
            (10, line.unit.unwrap_or_default()),
            (11, line.unit_from.map(|from| said(report::unit_from(from), language)).unwrap_or_default()),
            (12, line.note.unwrap_or_default()),
        ];
        for (at, cell) in cells {
            let format = if at == 12 { &look.prose } else { &look.plain };
            sheet.write_string_with_format(row, at, shortened(&cell, MOST_SHOWN), format)?;
        }
        if let Some(number) = line.row {
            sheet.write_number_with_format(row, 6, number as f64, &look.plain)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

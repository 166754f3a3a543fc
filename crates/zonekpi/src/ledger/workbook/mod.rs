//! Workbooks that the crate writes: a template to fill in, and the tables of a ledger with every issue marked on its
//! own cell. Both are read back by the same crate without an issue of their own making. How cells are read is not
//! known here; what is written is tried on the reader's own rules.

mod cell;
mod listing;
mod marked;
mod template;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

pub(crate) use marked::write_marked;
pub use template::write_template;

use super::header::HeaderText;
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::unit::Unit;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, Language, Message, Phrase};

/// Rows of a sheet of Excel.
pub(super) const MOST_ROWS: usize = 1_048_576;
/// Columns of a sheet of Excel.
pub(super) const MOST_COLUMNS: usize = 16_384;
/// Characters of a cell of Excel, as UTF-16 counts them.
pub(super) const MOST_CHARACTERS: usize = 32_767;
/// The last row of a sheet, counted from 0.
pub(super) const LAST_ROW: u32 = 1_048_575;

/// The name of a table in a language.
pub(super) fn table_name(table: &TableSpec, language: Language) -> &str {
    if language == Language::Zh { &table.zh } else { &table.name }
}

/// The word of the unit in which a column of amounts is written; `None` for all others.
pub(super) fn unit_word(spec: &ColumnSpec, language: Language) -> Option<&'static str> {
    let metres = spec.name.ends_with("_m2");
    match (spec.kind, language) {
        (Kind::Money, Language::Zh) => Some("万元"),
        (Kind::Money, Language::En) => Some("CNY"),
        (Kind::Area, Language::Zh) => Some(if metres { "㎡" } else { "亩" }),
        (Kind::Area, Language::En) => Some(if metres { "m²" } else { "mu" }),
        _ => None,
    }
}

/// The header of a column: Chinese with its unit, or the canonical name, which says the unit itself.
pub(super) fn header(spec: &ColumnSpec, language: Language) -> String {
    match (language, unit_word(spec, language)) {
        (Language::Zh, Some(unit)) => format!("{}（{unit}）", spec.zh),
        (Language::Zh, None) => spec.zh.clone(),
        (Language::En, _) => spec.name.clone(),
    }
}

/// The unit that the header of a column says, as the reader takes it.
pub(super) fn unit_of(spec: &ColumnSpec, language: Language) -> Option<Unit> {
    match language {
        Language::Zh => HeaderText::of(&header(spec, language)).unit,
        Language::En => Unit::of_canonical_name(&spec.name),
    }
}

/// A name that no reader takes for a header, whatever stands beside it.
pub(super) fn quoted(name: &str, language: Language) -> String {
    if language == Language::Zh { format!("“{name}”") } else { format!("'{name}'") }
}

/// How wide a text is, in characters of half width.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0)
}

/// A phrase without slots, in a language.
pub(super) fn said(phrase: Phrase, language: Language) -> String {
    phrase.message().text(language)
}

/// The formats that both workbooks share.
pub(super) struct Look {
    pub head: Format,
    /// The head of a column that tells records apart.
    pub key_head: Format,
    /// Prose, in as many lines as it takes.
    pub prose: Format,
    pub plain: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let line = Color::RGB(0x00C8_CDD3);
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color(line);
        Self {
            key_head: head.clone().set_background_color(Color::RGB(0x001F_4E79)).set_font_color(Color::White),
            head: head.set_background_color(Color::RGB(0x00DD_EBF7)),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            plain: Format::new().set_align(FormatAlign::Top),
        }
    }
}

/// A sheet of a name, its cells still to come.
pub(super) fn worksheet(name: &str) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).map_err(unwritable)?;
    Ok(sheet)
}

pub(super) fn unwritable(error: XlsxError) -> Error {
    Error::new(ErrorKind::Io, ErrorCode::FileUnwritable.message().with("detail", &error)).caused_by(error)
}

fn refused(kind: ErrorKind, message: Message, path: &Path) -> Error {
    Error::new(kind, message).at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

/// Looks whether a workbook can be written to a path, before it is made.
pub(super) fn writable(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(refused(ErrorKind::Io, ErrorCode::PathIsFolder.message(), path));
    }
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let right = path.with_extension("xlsx").display().to_string();
        let error = refused(ErrorKind::Query, ErrorCode::PathNotXlsx.message().with("found", name), path);
        return Err(error.suggest(Some(right)));
    }
    let folder = folder(path);
    if !folder.is_dir() {
        let message = ErrorCode::FolderNotFound.message().with("folder", folder.display());
        return Err(refused(ErrorKind::NotFound, message, path));
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a workbook where another may stand. It is written beside it first and then put in its place, so that a
/// failure leaves what was there.
pub(super) fn save(workbook: &mut Workbook, path: &Path) -> Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // A link stays a link: what it leads to is replaced.
    let target: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = folder(&target).join(format!(".{name}.{}.{count}.tmp", std::process::id()));
    let at = || Place { file: Some(path.display().to_string()), ..Place::default() };
    let written = workbook.save(&beside).map_err(|error| unwritable(error).at(at())).and_then(|()| {
        fs::rename(&beside, &target).map_err(|error| {
            let message = ErrorCode::FileUnwritable.message().with("detail", &error);
            Error::new(ErrorKind::Io, message).caused_by(error).at(at())
        })
    });
    if written.is_err() {
        // The error that is told is the first one.
        let _ = fs::remove_file(&beside);
    }
    written
}

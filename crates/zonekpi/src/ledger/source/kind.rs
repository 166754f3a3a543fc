//! What a file is, by its first bytes; and of what is no ledger, the sentence that says so and what to do.

use super::text;
use crate::message::{ErrorCode, Message};

/// What a file is.
pub(super) enum Kind {
    /// A zip archive: xlsx, xlsm, xlsb, ods, or something else.
    Zip,
    /// An OLE2 container: xls, or something else.
    Compound,
    Parquet,
    Arrow,
    ArrowStream,
    Text,
    NoLedger(Message),
}

/// Bytes that files of other kinds begin with.
const MARKS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x00\x01\x00\x00Standard Jet DB", "Access"),
    (b"\x00\x01\x00\x00Standard ACE DB", "Access"),
    (b"\x7FELF", "ELF"),
    (b"MZ", "EXE"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
];

/// Archives, in which there may be a ledger.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
];

/// What the bytes of a file are.
pub(super) fn of(bytes: &[u8]) -> Kind {
    let no_ledger = |code: ErrorCode| Kind::NoLedger(code.message());
    let start = bytes.get(..bytes.len().min(8192)).unwrap_or(bytes);
    if bytes.is_empty() {
        return no_ledger(ErrorCode::FileEmpty);
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return no_ledger(ErrorCode::FileEmpty);
    }
    for (mark, kind) in [
        (b"PK\x03\x04".as_slice(), Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"PK\x07\x08", Kind::Zip),
        (b"\xD0\xCF\x11\xE0", Kind::Compound),
        (b"PAR1", Kind::Parquet),
        (b"ARROW1", Kind::Arrow),
    ] {
        if start.starts_with(mark) {
            return kind;
        }
    }
    if start.starts_with(b"PARE") {
        return no_ledger(ErrorCode::FilePassword);
    }
    if is_arrow_stream(start, bytes.len()) {
        return Kind::ArrowStream;
    }
    if let Some((_, what)) = MARKS.iter().find(|(mark, what)| begins(bytes, mark, what)) {
        return Kind::NoLedger(ErrorCode::FileIsOther.message().with("what", *what));
    }
    if let Some((_, what)) = ARCHIVES.iter().find(|(mark, _)| start.starts_with(mark)) {
        return Kind::NoLedger(ErrorCode::FileIsArchive.message().with("what", *what));
    }
    if start.get(257..262) == Some(b"ustar") {
        return Kind::NoLedger(ErrorCode::FileIsArchive.message().with("what", "tar"));
    }
    if is_bare_workbook(start) {
        return no_ledger(ErrorCode::FileIsOldWorkbook);
    }
    if is_lock(bytes) {
        return no_ledger(ErrorCode::FileIsLock);
    }
    match of_markup(&text::head(start)) {
        Some(message) => Kind::NoLedger(message),
        None => Kind::Text,
    }
}

/// Whether a file begins with a mark. Two letters prove little: a text may begin with them, but holds no zero byte.
fn begins(bytes: &[u8], mark: &[u8], what: &str) -> bool {
    let binary = || bytes.iter().take(64).any(|b| *b == 0);
    bytes.starts_with(mark) && (!matches!(what, "BMP" | "EXE" | "MP3") || binary())
}

/// The first message of an Arrow stream: FFFFFFFF, its length, and the offset of a flat buffer's table.
fn is_arrow_stream(start: &[u8], length: usize) -> bool {
    let number = |at: usize| {
        let bytes = start.get(at..at + 4)?;
        <[u8; 4]>::try_from(bytes).ok().map(u32::from_le_bytes)
    };
    let (Some(u32::MAX), Some(message), Some(table)) = (number(0), number(4), number(8)) else { return false };
    message > 8 && message % 8 == 0 && message as usize <= length && table < message
}

/// A workbook of Excel 2 to 4, or the stream of a later one without its container: it begins with a record of type
/// 09 and a length of 4 to 16 bytes.
fn is_bare_workbook(start: &[u8]) -> bool {
    matches!(start, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0x00, ..])
}

/// The file that Excel keeps beside an open workbook: the name of who has it open, twice.
fn is_lock(bytes: &[u8]) -> bool {
    let length = bytes.first().copied().unwrap_or(0);
    bytes.len() == 165 && (1..=53).contains(&length) && bytes.get(55..57) == Some(&[length, 0])
}

/// Web pages, XML, saved mails, JSON.
fn of_markup(head: &str) -> Option<Message> {
    if head.starts_with("mime-version:")
        || head.starts_with("from:") && head.contains("mime-version:")
        || head.starts_with("content-type: multipart/")
    {
        return Some(ErrorCode::FileIsMht.message());
    }
    if head.starts_with('<') {
        let page = ["<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style", "<div"];
        if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<workbook") {
            return Some(ErrorCode::FileIsXmlSpreadsheet.message());
        }
        if head.contains("progid=\"excel.sheet\"") {
            return Some(ErrorCode::FileIsXmlSpreadsheet.message());
        }
        if page.iter().any(|tag| head.contains(tag)) {
            return Some(ErrorCode::FileIsHtml.message());
        }
        if head.starts_with("<?xml") || head.starts_with("<!doctype") {
            return Some(ErrorCode::FileIsXml.message());
        }
    }
    let json = head.replace(char::is_whitespace, "");
    let is_json = json.starts_with("{\"") || json.starts_with("[{\"") || json.starts_with("[[\"");
    is_json.then(|| ErrorCode::FileIsOther.message().with("what", "JSON"))
}

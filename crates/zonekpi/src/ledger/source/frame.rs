//! Files of typed columns: Parquet, and Arrow IPC as a file or as a stream.

use std::io::Cursor;

use polars::prelude::{DataFrame, IpcReader, ParquetReader, PolarsResult, SerReader};

use super::{Document, damaged, damaged_as, guarded};
use crate::error::{Error, ErrorKind, Result};
use crate::message::{ErrorCode, Phrase};

pub(super) fn read_parquet(bytes: &[u8]) -> Result<Document> {
    // The mark stands at both ends; without the second the file was cut off.
    if !bytes.ends_with(b"PAR1") {
        return Err(if bytes.ends_with(b"PARE") {
            Error::new(ErrorKind::Input, ErrorCode::FilePassword.message())
        } else {
            cut_off()
        });
    }
    typed("parquet", || ParquetReader::new(Cursor::new(bytes.to_vec())).finish())
}

pub(super) fn read_arrow(bytes: &[u8]) -> Result<Document> {
    if !bytes.ends_with(b"ARROW1") {
        return Err(cut_off());
    }
    typed("arrow", || IpcReader::new(Cursor::new(bytes.to_vec())).finish())
}

/// The stream has no mark and no end; what is needed to read it is not part of this build.
pub(super) fn read_arrow_stream(_: &[u8]) -> Result<Document> {
    Err(Error::new(ErrorKind::Input, ErrorCode::FileIsArrowStream.message()))
}

fn cut_off() -> Error {
    damaged(Phrase::DamageCutOff.message())
}

fn typed(format: &'static str, read: impl FnOnce() -> PolarsResult<DataFrame>) -> Result<Document> {
    let frame = guarded(|| read().map_err(|error| damaged_as(&error).caused_by(error)))?;
    Ok(Document { format, frame: Some(frame), ..Document::default() })
}

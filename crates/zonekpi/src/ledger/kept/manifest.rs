//! The manifest of a kept ledger: which files are its tables and issues, and all that is no table. It is JSON with a
//! fingerprint of its own, so that a change to it does not go unnoticed either.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::calendar::KeptCalendar;
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::fingerprint;
use crate::ledger::reading::{Reading, SourceFile};
use crate::ledger::snapshot::SnapshotFrom;
use crate::message::ErrorCode;

/// What every manifest says that it is.
const WHAT: &str = "zonekpi ledger";

/// The version of what files and manifest look like. It goes up where a version of the crate could not read them, or
/// would read them wrongly.
const FORMAT: u64 = 1;

/// A file of the folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptFile {
    pub(super) name: String,
    pub(super) fingerprint: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptTable {
    pub(super) name: String,
    pub(super) rows: usize,
    pub(super) file: KeptFile,
    /// Ledgers that earlier versions saved have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<KeptParts>,
}

/// The fingerprints of the parts of a file, so that the rest of it need not be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptParts {
    pub(super) footer: String,
    /// Of each column, by its name.
    pub(super) columns: Vec<(String, String)>,
}

/// What was derived of the clocks of cases.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptDerived {
    pub(super) columns: Vec<String>,
    /// Columns of due dates, and how many of their days may move.
    pub(super) provisional: Vec<(String, usize)>,
    pub(super) suspensions: bool,
    pub(super) unassigned: usize,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) snapshot_on: NaiveDate,
    pub(super) snapshot_from: SnapshotFrom,
    pub(super) calendar: KeptCalendar,
    pub(super) tables: Vec<KeptTable>,
    pub(super) issues: KeptFile,
    pub(super) readings: Vec<Reading>,
    pub(super) derived: KeptDerived,
    pub(super) sources: Vec<SourceFile>,
}

/// What stands around a manifest; its fields are the first that a person sees.
#[derive(Debug, Serialize, Deserialize)]
struct Cover {
    what: String,
    format: u64,
    program: String,
    fingerprint: String,
    ledger: Value,
}

impl Manifest {
    /// The files that it names.
    pub(super) fn files(&self) -> impl Iterator<Item = &KeptFile> {
        self.tables.iter().map(|table| &table.file).chain([&self.issues])
    }

    /// The manifest written down.
    pub(super) fn text(&self) -> Result<String> {
        let ledger = serde_json::to_value(self).map_err(|error| damaged(&error).caused_by(error))?;
        let cover = Cover {
            what: WHAT.to_owned(),
            format: FORMAT,
            program: concat!("zonekpi ", env!("CARGO_PKG_VERSION")).to_owned(),
            fingerprint: fingerprint(ledger.to_string().as_bytes()),
            ledger,
        };
        serde_json::to_string_pretty(&cover).map_err(|error| damaged(&error).caused_by(error))
    }

    /// A manifest that was written down, and by which program.
    pub(super) fn of(text: &str) -> Result<(Self, String)> {
        let whole: Value = serde_json::from_str(text).map_err(|error| damaged(&error).caused_by(error))?;
        if !is_ours(&whole) {
            return Err(damaged(format!("what ≠ {WHAT}")));
        }
        later(&whole)?;
        let cover: Cover = serde_json::from_value(whole).map_err(|error| damaged(&error).caused_by(error))?;
        if fingerprint(cover.ledger.to_string().as_bytes()) != cover.fingerprint {
            return Err(Error::new(ErrorKind::Input, ErrorCode::SavedFileChanged.message()));
        }
        let manifest = serde_json::from_value(cover.ledger).map_err(|error| damaged(&error).caused_by(error))?;
        Ok((manifest, cover.program))
    }
}

/// Whether a file of the manifest's name is one, be it of another version.
pub(super) fn is_one(text: &str) -> Result<bool> {
    let Ok(whole) = serde_json::from_str::<Value>(text) else { return Ok(false) };
    if !is_ours(&whole) {
        return Ok(false);
    }
    later(&whole)?;
    Ok(true)
}

fn is_ours(whole: &Value) -> bool {
    whole.get("what").and_then(Value::as_str) == Some(WHAT)
}

/// Refuses what a later version of the crate wrote.
fn later(whole: &Value) -> Result<()> {
    match whole.get("format").and_then(Value::as_u64) {
        Some(format) if format <= FORMAT => Ok(()),
        Some(format) => {
            let program = whole.get("program").and_then(Value::as_str).unwrap_or("?");
            let message = ErrorCode::SavedByLater.message().with("program", program).with("found", format);
            Err(Error::new(ErrorKind::Input, message.with("known", FORMAT)))
        }
        None => Err(damaged("format")),
    }
}

fn damaged(detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Input, ErrorCode::SavedUnreadable.message().with("detail", detail))
}

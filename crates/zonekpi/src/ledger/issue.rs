//! An issue: one thing found wrong, where, as it was written, and what was done about it.

use crate::message::{IssueCode, Message};

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; the value was read.
    Note,
    /// Doubtful; look at it.
    Warning,
    /// The value was lost to the computation: it counts as unknown.
    Error,
}

/// One thing found wrong.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Issue {
    /// The table of the ledger.
    pub table: String,
    /// The file.
    pub file: Option<String>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The sheet's own row number; in text files the record.
    pub row: Option<u64>,
    /// The column by its own header.
    pub column: Option<String>,
    /// The cell as written.
    pub value: Option<String>,
    /// What sort of issue.
    pub code: IssueCode,
    /// How bad.
    pub severity: Severity,
    /// The sentence.
    pub message: Message,
    /// What was done: the sentence of the action.
    pub action: Message,
}

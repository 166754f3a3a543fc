//! An issue: one thing found wrong, where, as it was written, and what was done about it.

use crate::message::{IssueAction, IssueCode, Message};

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

impl Severity {
    /// The severity of a stable name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|severity| severity.as_str() == name)
    }

    /// The stable name: `note`, `warning`, `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Where the issues of one part of a ledger are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    pub table: String,
    pub file: Option<String>,
    pub sheet: Option<String>,
}

impl Origin {
    /// An issue of this part; `value` fills the slot of that name in both sentences.
    pub(crate) fn issue(
        &self,
        code: IssueCode,
        severity: Severity,
        action: IssueAction,
        value: Option<String>,
    ) -> Issue {
        let shown = value.clone().unwrap_or_default();
        Issue {
            table: self.table.clone(),
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: None,
            column: None,
            value,
            code,
            severity,
            message: code.message().with("value", &shown),
            action: action.message(),
        }
    }
}

impl Issue {
    pub(crate) fn at(mut self, row: Option<u64>, column: Option<&str>) -> Self {
        self.row = row;
        self.column = column.map(str::to_owned);
        self
    }

    pub(crate) fn tell(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    pub(crate) fn act(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.action = self.action.with(name, value);
        self
    }
}

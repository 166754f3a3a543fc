//! What a question says of the rows of a table: which of them it is about, and by what they are grouped. It is read
//! once for each table, for many indicators are of one.

use super::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::expression::{Scope, predicate};
use crate::indicator::{ColumnRef, Predicate};
use crate::ledger::{Ledger, RESERVED_NAMES};
use crate::message::ErrorCode;

/// What is said of the rows of one table.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) filter: Predicate,
    pub(super) groups: Vec<ColumnRef>,
}

/// What is said of the tables that were looked at.
pub(super) struct OfTables<'q> {
    query: &'q Query,
    ledger: &'q Ledger,
    known: Vec<(&'static str, Said)>,
}

impl<'q> OfTables<'q> {
    pub(super) fn new(query: &'q Query, ledger: &'q Ledger) -> Self {
        Self { query, ledger, known: Vec::new() }
    }

    /// What is said of the rows of a table.
    ///
    /// # Errors
    ///
    /// A filter or a dimension that has no meaning there.
    pub(super) fn of(&mut self, table: &'static str) -> Result<Said> {
        if let Some((_, said)) = self.known.iter().find(|(known, _)| *known == table) {
            return Ok(said.clone());
        }
        let scope = Scope::of_ledger(self.ledger, table);
        let filter = match &self.query.filter {
            Some(text) => predicate(text, &scope)?,
            None => Predicate::Constant(true),
        };
        let groups = self.query.by.iter().map(|name| group(name, &scope)).collect::<Result<Vec<_>>>()?;
        let said = Said { filter, groups };
        self.known.push((table, said.clone()));
        Ok(said)
    }
}

impl Said {
    /// All columns that it reads.
    pub(super) fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = self.groups.clone();
        self.filter.columns(&mut columns);
        columns
    }
}

/// A dimension's column, refused where its values are not for grouping.
fn group(name: &str, scope: &Scope) -> Result<ColumnRef> {
    let refused = |code: ErrorCode| Err(Error::new(ErrorKind::Query, code.message().with("found", name)));
    let column = scope.column(name)?;
    if !column.kind.groups() {
        return refused(ErrorCode::NotADimension);
    }
    if RESERVED_NAMES.contains(&name) {
        return refused(ErrorCode::ReservedDimension);
    }
    Ok(column)
}

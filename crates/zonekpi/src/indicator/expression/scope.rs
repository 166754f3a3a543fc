//! The names that an expression may use: the columns of a table, as the schema or as one ledger has them, and those
//! of the projects that its rows refer to.

use crate::error::{Error, ErrorKind, Result, nearest};
use crate::ledger::{ColumnSpec, Kind, Ledger, Schema, Table, TableSpec};
use crate::message::{ErrorCode, Message};

use super::ColumnRef;

/// The table whose rows others may refer to by `project.`
const PROJECTS: &str = "projects";

/// The columns that an expression about one table may name.
#[derive(Clone, Debug)]
pub struct Scope {
    table: String,
    own: Columns,
    project: Project,
    /// Whether a name that the table lacks may be one of the project's.
    falls_back: bool,
}

/// What `project.` stands for.
#[derive(Clone, Debug)]
enum Project {
    /// Nothing: the table does not refer to projects.
    None,
    /// The table is that of the projects.
    Own,
    /// The project that a row refers to.
    Referred(Columns),
}

/// The columns of one table.
#[derive(Clone, Debug)]
struct Columns {
    spec: Option<&'static TableSpec>,
    /// Columns of the schema that are there.
    known: Vec<&'static ColumnSpec>,
    /// Columns of the ledger's own.
    extra: Vec<String>,
}

/// A column that was found, with what the schema says of it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) column: ColumnRef,
    pub(super) spec: Option<&'static ColumnSpec>,
}

impl Scope {
    /// All columns of a table of the schema: what a definition may name.
    pub fn of_schema(table: &'static TableSpec) -> Self {
        let project = if table.name == PROJECTS {
            Project::Own
        } else if table.reference_to(PROJECTS).is_some() {
            Project::Referred(Columns::of_schema(Schema::builtin().table(PROJECTS)))
        } else {
            Project::None
        };
        Self { table: table.name.clone(), own: Columns::of_schema(Some(table)), project, falls_back: false }
    }

    /// The columns that a ledger's table has, also those that the schema does not know: what a filter and the
    /// dimensions may name. A name that the table lacks is taken from the projects that it refers to.
    pub fn of_ledger(ledger: &Ledger, table: &str) -> Self {
        let columns = |name: &str| Columns::of_table(Schema::builtin().table(name), ledger.table(name));
        Self::of_columns(table, columns(table), || columns(PROJECTS))
    }

    fn of_columns(table: &str, own: Columns, projects: impl FnOnce() -> Columns) -> Self {
        let project = if table == PROJECTS {
            Project::Own
        } else if own.spec.is_some_and(|spec| spec.reference_to(PROJECTS).is_some()) {
            Project::Referred(projects())
        } else {
            Project::None
        };
        Self { table: table.to_owned(), own, project, falls_back: true }
    }

    /// The column of a name: canonical, a Chinese header, or a column of the ledger's own; `project.` may stand
    /// before it.
    ///
    /// # Errors
    ///
    /// A name that nothing bears, with the nearest that something does; and a column that the schema knows but
    /// the ledger lacks, with the headers under which it would have been found.
    pub fn column(&self, name: &str) -> Result<ColumnRef> {
        let name = name.trim();
        let found = match name.split_once('.') {
            Some((table, column)) if is_project(table) && self.own.find(name).is_none() => {
                self.find_of_project(column.trim())
            }
            _ => self.find(name),
        };
        Ok(found?.column)
    }

    /// A name without `project.`
    pub(super) fn find(&self, name: &str) -> Result<Found> {
        if let Some(found) = self.own.find(name) {
            return Ok(found);
        }
        let project = match &self.project {
            Project::Referred(columns) if self.falls_back => Some(columns),
            _ => None,
        };
        if let Some(found) = project.and_then(|columns| columns.find(name)) {
            return Ok(found.of_project());
        }
        let lacks = |columns: &Columns| columns.spec.and_then(|spec| named(&spec.columns, name).map(|c| (spec, c)));
        if let Some((table, column)) = lacks(&self.own).or_else(|| project.and_then(lacks)) {
            return Err(missing(table, column));
        }
        let mut right = self.own.names();
        if let Some(project) = project {
            right.extend(project.names());
        }
        Err(unknown(&self.table, name, &self.own.canonical(), right))
    }

    /// A name behind `project.`
    pub(super) fn find_of_project(&self, name: &str) -> Result<Found> {
        let columns = match &self.project {
            Project::Own => return self.find(name),
            Project::Referred(columns) => columns,
            Project::None => {
                let message = ErrorCode::NoProject.message().with("table", &self.table).with("found", name);
                return Err(Error::new(ErrorKind::Definition, message));
            }
        };
        if let Some(found) = columns.find(name) {
            return Ok(found.of_project());
        }
        match columns.spec.and_then(|spec| named(&spec.columns, name).map(|c| (spec, c))) {
            Some((table, column)) => Err(missing(table, column)),
            None => Err(unknown(PROJECTS, name, &columns.canonical(), columns.names())),
        }
    }
}

impl Columns {
    fn of_schema(spec: Option<&'static TableSpec>) -> Self {
        Self { spec, known: spec.map(|spec| spec.columns.iter().collect()).unwrap_or_default(), extra: Vec::new() }
    }

    fn of_table(spec: Option<&'static TableSpec>, table: Option<&Table>) -> Self {
        Self::of_names(spec, &table.map(|table| table.names().collect::<Vec<_>>()).unwrap_or_default())
    }

    /// The columns that a table has, by their names.
    fn of_names(spec: Option<&'static TableSpec>, names: &[&str]) -> Self {
        let columns = spec.map(|spec| spec.columns.as_slice()).unwrap_or_default();
        let known = columns.iter().filter(|column| names.contains(&column.name.as_str())).collect();
        let is_extra = |name: &&str| columns.iter().all(|column| column.name != *name) && !is_bookkeeping(name, names);
        let extra = names.iter().copied().filter(is_extra).map(str::to_owned).collect();
        Self { spec, known, extra }
    }

    fn find(&self, name: &str) -> Option<Found> {
        let known = |spec: &'static ColumnSpec| Found {
            column: ColumnRef { of_project: false, name: spec.name.clone(), kind: spec.kind },
            spec: Some(spec),
        };
        // A name of the ledger's own goes before a synonym of the schema, because it is what stands there.
        if let Some(spec) = self.known.iter().find(|spec| spec.name == name) {
            return Some(known(spec));
        }
        if let Some(extra) = self.extra.iter().find(|extra| *extra == name) {
            let column = ColumnRef { of_project: false, name: extra.clone(), kind: Kind::Text };
            return Some(Found { column, spec: None });
        }
        named(self.known.iter().copied(), name).map(known)
    }

    /// The names to choose from.
    fn canonical(&self) -> Vec<&str> {
        self.known.iter().map(|spec| spec.name.as_str()).chain(self.extra.iter().map(String::as_str)).collect()
    }

    /// All names, also the Chinese ones, to look for the nearest.
    fn names(&self) -> Vec<&str> {
        let known = self.known.iter().flat_map(|spec| [spec.name.as_str(), spec.zh.as_str()]);
        known.chain(self.extra.iter().map(String::as_str)).collect()
    }
}

impl Found {
    fn of_project(mut self) -> Self {
        self.column.of_project = true;
        self
    }
}

/// Whether a word before a point means the project of the row.
pub(crate) fn is_project(word: &str) -> bool {
    word.eq_ignore_ascii_case("project") || word == "项目"
}

/// Whether a name means a column of the schema: canonical in any case, its Chinese header, or one of its synonyms.
pub(crate) fn means(name: &str, column: &ColumnSpec) -> bool {
    let name = plain(name);
    plain(&column.name) == name || plain(&column.zh) == name || column.aliases.iter().any(|a| plain(a) == name)
}

/// The column that a name means.
fn named<'a>(columns: impl IntoIterator<Item = &'a ColumnSpec>, name: &str) -> Option<&'a ColumnSpec> {
    columns.into_iter().find(|column| means(name, column))
}

/// Headers are compared without spaces and without case.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Whether a column only says where a row came from or how well a cell of another column is known.
fn is_bookkeeping(name: &str, names: &[&str]) -> bool {
    matches!(name, "source_file" | "source_sheet" | "source_row")
        || ["_from", "_state"].iter().any(|tail| name.strip_suffix(tail).is_some_and(|column| names.contains(&column)))
}

fn unknown(table: &str, found: &str, allowed: &[&str], right: Vec<&str>) -> Error {
    let message = ErrorCode::UnknownColumn
        .message()
        .with("table", table)
        .with("found", found)
        .with("allowed", allowed.join(", "));
    Error::new(ErrorKind::UnknownName, message).suggest(nearest(found, right))
}

fn missing(table: &TableSpec, column: &ColumnSpec) -> Error {
    Error::new(ErrorKind::MissingColumn, missing_message(table, column))
}

fn missing_message(table: &TableSpec, column: &ColumnSpec) -> Message {
    let headers: Vec<&str> =
        std::iter::once(column.zh.as_str()).chain(column.aliases.iter().map(String::as_str)).collect();
    ErrorCode::MissingColumn
        .message()
        .with("table", &table.name)
        .with("column", &column.name)
        .with("headers", headers.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ledger that has these columns of tasks and of projects.
    fn tasks(own: &[&str], projects: &[&str]) -> Scope {
        let columns = |table: &str, names: &[&str]| Columns::of_names(Schema::builtin().table(table), names);
        Scope::of_columns("tasks", columns("tasks", own), || columns(PROJECTS, projects))
    }

    fn scope() -> Scope {
        tasks(
            &[
                "task_id",
                "project_id",
                "zone",
                "done_on",
                "done_on_from",
                "done_on_state",
                "备注",
                "select",
                "source_row",
            ],
            &["project_id", "industry", "zone", "signed_on", "县区"],
        )
    }

    #[test]
    fn a_name_is_canonical_or_a_header_or_the_ledgers_own() {
        let column = |name: &str| scope().column(name).map(|column| column.to_string());
        assert_eq!(column("zone").ok().as_deref(), Some("zone"));
        assert_eq!(column("开发区").ok().as_deref(), Some("zone"));
        assert_eq!(column("备注").ok().as_deref(), Some("备注"));
        assert_eq!(column("select").ok().as_deref(), Some("\"select\""));
        assert_eq!(column("project.zone").ok().as_deref(), Some("project.zone"));
        assert_eq!(column("project.签约时间").ok().as_deref(), Some("project.signed_on"));
    }

    #[test]
    fn what_the_table_lacks_is_taken_from_its_projects() {
        let column = |name: &str| scope().column(name).map(|column| column.to_string());
        assert_eq!(column("industry").ok().as_deref(), Some("project.industry"));
        assert_eq!(column("县区").ok().as_deref(), Some("project.县区"));
        let lacking = tasks(&["task_id", "project_id"], &["project_id", "zone"]);
        assert_eq!(lacking.column("zone").map(|zone| zone.to_string()).ok().as_deref(), Some("project.zone"));
    }

    #[test]
    fn bookkeeping_is_not_a_column() {
        for name in ["done_on_from", "done_on_state", "source_row"] {
            assert_eq!(scope().column(name).err().map(|error| error.code()), Some("unknown_column"), "{name}");
        }
    }

    #[test]
    fn a_column_that_the_ledger_lacks_is_told_with_its_headers() {
        let text = |name: &str| scope().column(name).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(text("due_on").starts_with(
            "table 'tasks' of the ledger does not have the column 'due_on', whose header may be: 完成时限"
        ));
        assert!(
            text("project.park").starts_with(
                "table 'projects' of the ledger does not have the column 'park', whose header may be: 园区"
            )
        );
        assert!(text("park").starts_with("table 'projects' of the ledger does not have the column 'park'"));
        assert_eq!(scope().column("due_on").err().map(|error| error.kind()), Some(ErrorKind::MissingColumn));
    }

    #[test]
    fn a_name_that_nothing_bears_is_told_with_the_nearest() {
        let error = scope().column("zome").err();
        assert_eq!(error.as_ref().and_then(|error| error.suggestion()), Some("zone"));
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            Some(
                "table 'tasks' has no column named 'zome'; it has: task_id, project_id, zone, done_on, 备注, select; did you mean 'zone'?"
            )
        );
        let activities = Schema::builtin().table("activities").map(Scope::of_schema);
        let error = activities.and_then(|scope| scope.column("project.zone").err());
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            Some("table 'activities' does not refer to projects, so there is no project.zone")
        );
    }
}

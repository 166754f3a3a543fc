//! The phases of projects and the root above each: under `phases = "parent"` rows of other tables refer to it.

use polars::prelude::*;

use crate::error::Result;
use crate::ledger::Ledger;

/// The root of each project that has a parent.
pub(crate) struct Roots(PlHashMap<String, String>);

/// Each project that has a parent, and the root above it: the last of its ancestors that the ledger has. A circle
/// leaves an id as it is.
pub(crate) fn roots(ledger: &Ledger) -> Result<Option<Roots>> {
    let columns = ["project_id", "parent_id"];
    let Some(projects) = ledger.table("projects").filter(|projects| columns.iter().all(|name| projects.has(name)))
    else {
        return Ok(None);
    };
    let projects = projects.columns(columns)?;
    let (ids, parents) = (projects.column("project_id")?.str()?, projects.column("parent_id")?.str()?);
    let above: PlHashMap<&str, &str> =
        ids.iter().zip(parents.iter()).filter_map(|(id, parent)| Some((id?, parent?))).collect();
    let known: PlHashSet<&str> = ids.iter().flatten().collect();
    let mut roots = PlHashMap::with_capacity(above.len());
    for &id in known.iter().filter(|id| above.contains_key(**id)) {
        let mut root = id;
        let mut steps = 0;
        while let Some(parent) = above.get(root).filter(|parent| known.contains(**parent)) {
            root = parent;
            steps += 1;
            if steps > above.len() {
                root = id;
                break;
            }
        }
        roots.insert(id.to_owned(), root.to_owned());
    }
    Ok(Some(Roots(roots)))
}

impl Roots {
    /// Ids with those of phases replaced by their roots'.
    pub(crate) fn replaced(&self, ids: &Column) -> PolarsResult<Column> {
        let name = ids.name().clone();
        let cells = ids.str()?;
        let root = |id| self.0.get(id).map_or(id, String::as_str);
        let replaced: StringChunked = cells.iter().map(|id| id.map(root)).collect();
        Ok(replaced.with_name(name).into_column())
    }
}

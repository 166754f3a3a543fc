//! Every indicator of the shipped catalog as a function: `zonekpi::kpi` in Rust, `zonekpi.kpi` in Python.
//!
//! What the functions do is in `query` and in `zonekpi/_call.py`; here are only their names, signatures and
//! documentation. The Python module is typed in full, so that it needs no stub beside it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use zonekpi::{Catalog, ColumnRef, Indicator, Language};

use super::Generated;

const HEAD: &str = r#"# Made by `cargo xtask kpi` from the shipped catalog. Change the catalog, not this file.
"""每个指标一个函数。

Every indicator of the shipped catalog as a function of a ledger, or of any data frame that holds the rows of the
indicator's table. Each takes the options of :meth:`zonekpi.Ledger.kpis` and gives a :class:`zonekpi.KpiTable`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonekpi._call import indicator as _indicator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zonekpi import _query
    from zonekpi._calendar import Calendar
    from zonekpi._frames import ArrowFrame
    from zonekpi._ledger import Ledger, Path
    from zonekpi._table import KpiTable
"#;

const RUST_HEAD: &str = "\
//! Every indicator of the shipped catalog as a function that gives a query. Made by `cargo xtask kpi`.

use crate::query::Query;
";

const SIGNATURE: &str = "    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = \"own\",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = \"auto\",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
";

const PASSED: [&str; 14] = [
    "by",
    "where",
    "as_of",
    "period",
    "every",
    "cancelled",
    "phases",
    "totals",
    "min_age",
    "within",
    "confidence",
    "engine",
    "snapshot_on",
    "calendar",
];

/// The generated modules.
pub(crate) fn files() -> Result<Vec<Generated>, Box<dyn Error>> {
    let catalog = Catalog::builtin();
    let mut module = String::from(HEAD);
    let mut ids: Vec<&str> = catalog.iter().map(|indicator| indicator.id.as_str()).collect();
    ids.sort_unstable();
    module.push_str("\n__all__ = [\n");
    for id in ids {
        writeln!(module, "    \"{id}\",")?;
    }
    module.push_str("]\n");
    for indicator in catalog.iter() {
        function(&mut module, indicator)?;
    }
    let mut rust = String::from(RUST_HEAD);
    for Indicator { id, name, .. } in catalog.iter().map(AsRef::as_ref) {
        write!(rust, "\n/// {}: {}.\npub fn {id}() -> Query {{\n    Query::new([\"{id}\"])\n}}\n", name.zh, name.en)?;
    }
    Ok(vec![
        Generated { path: PathBuf::from("crates/zonekpi/src/kpi.rs"), content: rust },
        Generated { path: PathBuf::from("python/src/zonekpi/kpi.py"), content: module },
    ])
}

fn function(module: &mut String, indicator: &Indicator) -> Result<(), std::fmt::Error> {
    let Indicator { id, name, .. } = indicator;
    let unit = indicator.unit_name(Language::En);
    let table = indicator.tables().first().map_or("projects", |table| table.name.as_str());
    writeln!(module, "\n\ndef {id}(\n{SIGNATURE}) -> KpiTable:")?;
    writeln!(module, "    \"\"\"{}。\n", docstring(&name.zh))?;
    writeln!(module, "    {}. Unit: {unit}.\n", docstring(&name.en))?;
    for language in [Language::Zh, Language::En] {
        for line in indicator.describe(language).lines().skip(1) {
            let line = docstring(line.trim_end());
            writeln!(module, "{}", if line.is_empty() { String::new() } else { format!("    {line}") })?;
        }
        module.push('\n');
    }
    writeln!(module, "    Args:")?;
    writeln!(module, "        data: a ledger, or a data frame with rows of the table ``{table}``.")?;
    let columns: Vec<String> = indicator.columns().iter().map(|column| needed(indicator, column)).collect();
    for line in wrapped(&format!("Columns needed: {}.", columns.join(", ")), 104) {
        writeln!(module, "            {line}")?;
    }
    writeln!(module, "        snapshot_on: of a data frame, the day whose state it records.")?;
    writeln!(module, "        calendar: of a data frame, the days that are worked.\n")?;
    writeln!(module, "    The other options are those of :meth:`zonekpi.Ledger.kpis`.\n")?;
    writeln!(module, "    Example:")?;
    writeln!(module, "        >>> import zonekpi as zk")?;
    writeln!(module, "        >>> board = zk.kpi.{id}(zk.example(), by=\"zone\")")?;
    writeln!(module, "    \"\"\"")?;
    writeln!(module, "    return _indicator(\n        \"{id}\",\n        \"{table}\",\n        data,")?;
    for option in PASSED {
        writeln!(module, "        {option}={option},")?;
    }
    writeln!(module, "    )")
}

/// A column that an indicator reads, with what it is made from where the data do not have it.
fn needed(indicator: &Indicator, column: &ColumnRef) -> String {
    let spec = indicator.table.filter(|_| !column.of_project).and_then(|table| table.column(&column.name));
    match spec.and_then(|spec| spec.derived_from.as_deref()) {
        Some(from) => format!("``{}`` (else made from ``{from}``)", column.name),
        None => format!("``{}``", column.name),
    }
}

/// A text as it may stand in a docstring.
fn docstring(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// A text in lines of at most `width` characters, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut();
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

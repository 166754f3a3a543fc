//! The example ledger that ships with the library: invented rows, made from a fixed seed, built so that the figures
//! the article prints come out of them as of 2024-03-31. What is in it, and why, is told in `README.md` beside it.

use std::error::Error;
use std::path::PathBuf;

use crate::Generated;

mod batches;
mod cases;
mod day;
mod land;
mod projects;
mod random;
mod roughen;
mod services;
mod shuozhou;
mod table;
mod targets;
mod zones;

/// It is compiled into the library, so it stays small.
const LARGEST: usize = 700_000;

/// All files of the example.
pub(crate) fn files() -> Result<Vec<Generated>, Box<dyn Error>> {
    let files: Vec<Generated> = tables()
        .into_iter()
        .map(|table| Generated {
            path: PathBuf::from(format!("crates/zonekpi/src/ledger/example/{}.csv", table.name)),
            content: table.csv(),
        })
        .collect();
    let size: usize = files.iter().map(|file| file.content.len()).sum();
    if size > LARGEST {
        return Err(format!("the example has grown to {size} bytes; at most {LARGEST} are bundled").into());
    }
    Ok(files)
}

/// All tables, in the order of `tables.toml`.
fn tables() -> Vec<table::Table> {
    let mut names = zones::Names::new();
    let (mut all, mut entries) = shuozhou::projects(&mut names);
    for zone in zones::SHUOZHOU + 1..zones::ZONES.len() {
        all.extend(projects::of_zone(zone, &mut names));
    }
    entries.extend(batches::of_others(&all));
    let (cases, suspensions) = cases::tables(&all);
    let mut tables = vec![
        projects::table(&all),
        batches::table(entries),
        land::parcels(&all),
        land::buildings(&all),
        cases::matters(),
        cases,
        suspensions,
        services::services(&all),
        services::tasks(&all),
        services::activities(),
        targets::targets(),
        targets::reported(),
    ];
    tables.iter_mut().for_each(roughen::roughen);
    tables
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const SCHEMA: &str = include_str!("../../zonekpi/src/ledger/tables.toml");

    /// The column names that `tables.toml` gives a table.
    fn columns_of(table: &str) -> Vec<&'static str> {
        let head = format!("[{table}.columns]");
        let lines = SCHEMA.lines().skip_while(|line| *line != head).skip(1);
        lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split(" = ").next()).collect()
    }

    #[test]
    fn headers_are_columns_of_the_schema_in_its_order() {
        for table in tables() {
            let mut known = columns_of(table.name).into_iter();
            for column in table.header {
                assert!(known.any(|name| name == *column), "{}.{column}", table.name);
            }
        }
    }

    #[test]
    fn every_table_of_the_schema_is_there() {
        let made: Vec<&str> = tables().iter().map(|table| table.name).collect();
        let all: Vec<&str> =
            SCHEMA.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(".columns]")).collect();
        assert_eq!(made, all);
    }

    #[test]
    fn no_key_stands_twice() {
        for table in tables().iter().filter(|table| table.header[0].ends_with("_id") && table.name != "batch_entries") {
            let keys: HashSet<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
            assert!(table.name == "suspensions" || keys.len() == table.rows.len(), "{}", table.name);
        }
    }
}

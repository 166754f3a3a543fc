//! Writes some dates the way ledgers do: months, thirds of a month, years, 已开工 without a date, and a very few cells
//! that nobody can read. Not in 朔州经开区, and not in the services of 阳泉高新区: their figures are printed.
//!
//! An imprecise text always holds the day that it stands for, and never ends after the snapshot.

use super::day::{Day, SNAPSHOT};
use super::random::Random;
use super::table::Table;
use super::zones::{SHUOZHOU, YANGQUAN, ZONES};

/// Columns that hold events, how often they are imprecise in a thousand cells, and whether a year alone occurs.
const EVENTS: [(&str, &str, i64, bool); 22] = [
    ("projects", "signed_on", 50, true),
    ("projects", "registered_on", 40, true),
    ("projects", "landed_on", 60, true),
    ("projects", "approved_on", 45, false),
    ("projects", "started_on", 70, true),
    ("projects", "completed_on", 60, true),
    ("projects", "produced_on", 60, true),
    ("projects", "at_capacity_on", 60, true),
    ("projects", "cancelled_on", 120, true),
    ("parcels", "ready_on", 40, false),
    ("parcels", "transferred_on", 40, false),
    ("buildings", "started_on", 30, false),
    ("buildings", "foundation_on", 40, false),
    ("buildings", "topped_out_on", 30, false),
    ("buildings", "completed_on", 30, false),
    ("cases", "accepted_on", 3, false),
    ("cases", "decided_on", 5, false),
    ("services", "visited_on", 20, false),
    ("services", "raised_on", 20, false),
    ("services", "solved_on", 20, false),
    ("tasks", "done_on", 15, false),
    ("activities", "held_on", 30, false),
];

/// Planned days, which are often only a month.
const PLANNED: [&str; 4] =
    ["planned_start_on", "planned_completion_on", "planned_production_on", "planned_capacity_on"];

/// Cells that become these texts: table, zone, column, text, and which of the dated cells of the zone.
const WRITTEN: [(&str, usize, &str, &str, usize); 11] = [
    ("projects", 2, "started_on", "已开工", 4),
    ("projects", 3, "started_on", "已开工", 7),
    ("projects", 5, "started_on", "已开工", 3),
    ("projects", 7, "started_on", "已开工", 9),
    ("projects", 8, "started_on", "已开工", 5),
    ("projects", 6, "started_on", "待核实", 6),
    ("projects", 7, "signed_on", "2023-02-30", 11),
    ("projects", 8, "approved_on", "待核实", 8),
    ("cases", 5, "decided_on", "2023-02-30", 40),
    ("cases", 8, "decided_on", "待核实", 70),
    ("parcels", 4, "transferred_on", "待核实", 2),
];

/// Rewrites cells of a table.
pub(super) fn roughen(table: &mut Table) {
    let Some(zone_column) = table.column("zone") else { return };
    let random = &mut Random::of(&format!("rough {}", table.name));
    let zone_of = |row: &[String]| ZONES.iter().position(|zone| zone.name == row[zone_column]);
    for (name, column, permille, years) in EVENTS {
        let Some(place) = table.column(column).filter(|_| table.name == name) else { continue };
        for row in &mut table.rows {
            let clean = match zone_of(row) {
                Some(SHUOZHOU) | None => true,
                Some(YANGQUAN) => name == "services",
                Some(_) => false,
            };
            let rewrite = random.rarely(permille);
            if let (false, true, Some(day)) = (clean, rewrite, read(&row[place])) {
                row[place] = imprecise(random, day, years);
            }
        }
    }
    if table.name == "projects" {
        for column in PLANNED {
            let Some(place) = table.column(column) else { continue };
            for row in &mut table.rows {
                let rewrite = random.chance(30);
                if let (true, true, Some(day)) = (rewrite, zone_of(row) != Some(SHUOZHOU), read(&row[place])) {
                    row[place] = day.month_text();
                }
            }
        }
    }
    for (name, zone, column, text, rank) in WRITTEN {
        let Some(place) = table.column(column).filter(|_| table.name == name) else { continue };
        let cells = table.rows.iter_mut().filter(|row| row[zone_column] == ZONES[zone].name);
        if let Some(cell) = cells.map(|row| &mut row[place]).filter(|cell| read(cell).is_some()).nth(rank) {
            text.clone_into(cell);
        }
    }
}

/// A month, a third of one, or a year that holds the day.
fn imprecise(random: &mut Random, day: Day, years: bool) -> String {
    let form = random.weighted(&[(0, 50), (1, 38), (2, 12)]);
    match form {
        2 if years && day.year() < SNAPSHOT.year() => format!("{}年", day.year()),
        1 => day.third_text(random),
        _ => day.month_text(),
    }
}

/// The day of an ISO cell.
fn read(cell: &str) -> Option<Day> {
    let mut parts = cell.split('-').map(str::parse::<i64>);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) => Some(Day::of(year, month, day)),
        _ => None,
    }
}

//! The 三个一批 campaigns: which projects were put forward as signed, started or put into production, and when.

use super::day::Day;
use super::projects::Project;
use super::random::Random;
use super::table::{Table, yuan};
use super::zones::{SHUOZHOU, ZONES};

/// The days of the four campaigns.
pub(super) const HELD: [Day; 4] =
    [Day::of(2023, 5, 18), Day::of(2023, 8, 22), Day::of(2023, 11, 28), Day::of(2024, 2, 28)];
const BATCHES: [&str; 4] = ["2023年第一次", "2023年第二次", "2023年第三次", "2024年第一次"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Signed,
    Started,
    Produced,
}

/// A project in a list of a batch. Money in 万元.
pub(super) struct Entry {
    pub(super) project_id: String,
    pub(super) zone: usize,
    pub(super) batch: usize,
    pub(super) list: List,
    pub(super) investment: Option<i64>,
}

/// The entries of the other zones, from what their projects did before each campaign.
pub(super) fn of_others(projects: &[Project]) -> Vec<Entry> {
    let random = &mut Random::of("batches");
    let mut entries = Vec::new();
    for p in projects.iter().filter(|p| p.zone != SHUOZHOU && p.parent.is_empty()) {
        for (batch, held) in HELD.into_iter().enumerate() {
            let fresh = |day: Option<Day>| day.is_some_and(|day| day <= held && held.since(day) < 95);
            let s = &p.stages;
            let list = [(List::Produced, s.produced), (List::Started, s.started), (List::Signed, s.signed)]
                .into_iter()
                .find(|(_, day)| fresh(*day));
            if let Some((list, _)) = list
                && random.chance(78)
            {
                // The sum announced in a batch is not always that of the contract.
                let investment = if random.chance(10) { p.investment.map(|i| i * 105 / 100) } else { p.investment };
                entries.push(Entry { project_id: p.id.clone(), zone: p.zone, batch, list, investment });
            }
        }
    }
    // A project that is in no ledger, and an entry without an id.
    for (zone, project_id, list) in [(2, "DT901", List::Signed), (8, "", List::Started)] {
        entries.push(Entry { project_id: project_id.to_owned(), zone, batch: 2, list, investment: Some(6_800) });
    }
    entries
}

/// The table of all entries, by campaign.
pub(super) fn table(mut entries: Vec<Entry>) -> Table {
    let mut table = Table::new("batch_entries", &["project_id", "zone", "batch", "list", "investment_cny", "held_on"]);
    entries.sort_by_key(|entry| (entry.batch, entry.zone, entry.list as u8));
    for entry in entries {
        let list = match entry.list {
            List::Signed => "签约",
            List::Started => "开工",
            List::Produced => "投产",
        };
        table.push(vec![
            entry.project_id,
            ZONES[entry.zone].name.to_owned(),
            BATCHES[entry.batch].to_owned(),
            list.to_owned(),
            yuan(entry.investment),
            HELD[entry.batch].to_string(),
        ]);
    }
    table
}

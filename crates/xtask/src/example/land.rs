//! Parcels of land, and the buildings that stand on them.

use super::day::{Day, SNAPSHOT};
use super::projects::Project;
use super::random::Random;
use super::shuozhou;
use super::table::{Table, day, flag, hundredths};
use super::zones::{SHUOZHOU, ZONES};

/// Areas of the three parcels of 朔州经开区 that were transferred, in hundredths of 亩: 138.64 in all.
const TRANSFERRED: [i64; 3] = [5_236, 4_815, 3_813];
/// Areas of those it keeps in reserve: 2200 亩 in all.
const RESERVE: [i64; 11] = [31_250, 28_640, 26_080, 24_400, 21_975, 19_330, 17_805, 15_220, 13_400, 11_600, 10_300];

/// Parcels: of projects that have landed, and in reserve.
pub(super) fn parcels(projects: &[Project]) -> Table {
    let mut table = Table::new(
        "parcels",
        &["parcel_id", "project_id", "zone", "area_mu", "industrial", "standard_land", "ready_on", "transferred_on"],
    );
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("parcels {}", habits.code));
        let mut number = 0;
        let mut push =
            |project: &str, area: Option<i64>, flags: [Option<bool>; 2], ready: Day, transferred: Option<Day>| {
                number += 1;
                table.push(vec![
                    format!("{}D{number:02}", habits.code),
                    project.to_owned(),
                    habits.name.to_owned(),
                    hundredths(area),
                    flag(flags[0]),
                    flag(flags[1]),
                    ready.to_string(),
                    day(transferred),
                ]);
            };
        // Projects that took land: the latest ones, in 朔州经开区 the first of its list.
        let mut takers: Vec<(&Project, Day)> = projects
            .iter()
            .filter(|p| p.zone == zone && p.parent.is_empty() && p.project_type == "工业" && p.land.is_some())
            .filter_map(|p| Some((p, p.stages.approved?)))
            .collect();
        if zone == SHUOZHOU {
            // Not the roofs.
            takers.remove(0);
        } else {
            takers.sort_by_key(|(_, approved)| std::cmp::Reverse(*approved));
        }
        takers.truncate(habits.parcels as usize);
        for (place, (project, approved)) in takers.into_iter().enumerate() {
            let ready = approved.plus(-random.between(70, 200)).working();
            let transferred = approved.plus(-random.between(2, 25)).working();
            if zone == SHUOZHOU {
                push(&project.id, Some(TRANSFERRED[place]), [Some(true); 2], ready, Some(transferred));
                continue;
            }
            let industrial = Some(random.chance(86)).filter(|_| !random.chance(4));
            let standard = Some(industrial != Some(false) && random.chance(habits.standard_land));
            let standard = standard.filter(|_| !random.chance(5));
            let area = project.land.map(|land| land * random.between(70, 100) / 100).filter(|_| !random.chance(3));
            push(&project.id, area, [industrial, standard], ready, Some(transferred));
        }
        if zone == SHUOZHOU {
            for area in RESERVE {
                let ready = Day::between(random, Day::of(2022, 8, 1), Day::of(2024, 3, 20)).working();
                push("", Some(area), [Some(true); 2], ready, None);
            }
            // Land for services, which is not standard land.
            push("", Some(4_260), [Some(false); 2], Day::of(2023, 6, 8), None);
        } else {
            for _ in 0..random.between(3, 7) {
                let ready = Day::between(random, Day::of(2022, 8, 1), Day::of(2024, 3, 25)).working();
                let standard = random.chance(habits.standard_land);
                push("", Some(random.between(4_000, 36_000)), [Some(true), Some(standard)], ready, None);
            }
        }
    }
    table
}

/// Buildings: 51 of one project in 朔州经开区, 28 of them past their foundations; a few each of the others.
pub(super) fn buildings(projects: &[Project]) -> Table {
    let mut table = Table::new(
        "buildings",
        &[
            "building_id",
            "project_id",
            "zone",
            "area_m2",
            "started_on",
            "foundation_on",
            "topped_out_on",
            "completed_on",
        ],
    );
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("buildings {}", habits.code));
        let mut push = |number: i64, project: &str, area: Option<i64>, days: [Option<Day>; 4]| {
            let mut row = vec![
                format!("{}B{number:03}", habits.code),
                project.to_owned(),
                habits.name.to_owned(),
                hundredths(area),
            ];
            row.extend(days.map(|built| day(built.filter(|built| *built <= SNAPSHOT))));
            table.push(row);
        };
        if zone == SHUOZHOU {
            science_park(random, &mut push);
            continue;
        }
        let built: Vec<&Project> = projects
            .iter()
            .filter(|p| p.zone == zone && p.parent.is_empty() && p.project_type == "工业")
            .filter(|p| p.stages.started.is_some_and(|day| day >= Day::of(2022, 9, 1)))
            .collect();
        let mut number = 0;
        for project in built.iter().cycle().take(habits.buildings as usize / 4) {
            let Some(begun) = project.stages.started else { continue };
            for _ in 0..4 {
                number += 1;
                let start = Some(begun.plus(random.between(0, 70)).working()).filter(|_| !random.chance(12));
                let mut next = start;
                let mut step = |low: i64, high: i64, stops: i64| {
                    let days = random.between(low, high);
                    next = next.filter(|_| !random.chance(stops)).map(|day| day.plus(days).working());
                    next
                };
                let (foundation, topped) = (step(40, 110, 8), step(60, 130, 10));
                let last = project.stages.completed.or(project.stages.cancelled).unwrap_or(SNAPSHOT);
                let completed = step(50, 130, 12).filter(|day| *day <= last);
                let area = Some(random.between(120_000, 980_000)).filter(|_| !random.chance(4));
                push(number, &project.id, area, [start, foundation, topped, completed]);
            }
        }
    }
    table
}

fn science_park(random: &mut Random, push: &mut impl FnMut(i64, &str, Option<i64>, [Option<Day>; 4])) {
    const COUNT: i64 = 51;
    const FOUNDATIONS: i64 = 28;
    const AREA: i64 = 28_000_000;
    let project = shuozhou::science_park_id();
    let mut rest = AREA;
    for number in 1..=COUNT {
        // Larger halls first; the last takes what is left of the 28 万㎡.
        let area = if number == COUNT { rest } else { AREA / COUNT + (COUNT / 2 + 1 - number) * 4_000 };
        rest -= area;
        let started = Day::of(2023, 9, 27).plus(number * 2 + random.between(0, 9)).working();
        let founded = Some(started.plus(random.between(62, 92)).working()).filter(|_| number <= FOUNDATIONS);
        let topped = founded.filter(|_| number <= 9).map(|day| day.plus(random.between(38, 52)).working());
        let completed = topped.filter(|_| number <= 2).map(|day| day.plus(random.between(22, 30)).working());
        let started = Some(started).filter(|_| number <= 46);
        push(number, &project, Some(area), [started, founded, topped, completed]);
    }
}

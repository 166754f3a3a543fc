//! Visits to enterprises, their problems, the checklists of the projects, and events held.

use super::day::{Day, SNAPSHOT};
use super::projects::Project;
use super::random::Random;
use super::table::{Table, day, number};
use super::zones::{YANGQUAN, ZONES};

const QUARTER: Day = Day::of(2024, 1, 1);

/// Visits and problems. 阳泉高新区 has made 21 visits and solved 16 problems in the first quarter of 2024.
pub(super) fn services(projects: &[Project]) -> Table {
    let mut table =
        Table::new("services", &["service_id", "zone", "enterprise", "kind", "visited_on", "raised_on", "solved_on"]);
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("services {}", habits.code));
        let enterprises: Vec<&str> = projects
            .iter()
            .filter(|p| p.zone == zone && !p.investor.is_empty() && p.parent.is_empty())
            .map(|p| p.investor.as_str())
            .take(32)
            .collect();
        let mut rows = Vec::new();
        if zone == YANGQUAN {
            for number in 0..habits.visits {
                let (from, to) =
                    if number < 21 { (QUARTER, SNAPSHOT) } else { (Day::of(2023, 1, 9), QUARTER.plus(-4)) };
                rows.push(("走访", [Some(open_day(random, from, to)), None, None]));
            }
            for number in 0..habits.problems {
                let (raised, solved) = match number {
                    // Raised and solved in the quarter; raised before and solved in it; open; of the year before.
                    0..13 => {
                        let raised = open_day(random, QUARTER, SNAPSHOT.plus(-12));
                        (raised, Some(open_day(random, raised.plus(1), SNAPSHOT)))
                    }
                    13..16 => (
                        open_day(random, Day::of(2023, 11, 20), Day::of(2023, 12, 29)),
                        Some(open_day(random, QUARTER, SNAPSHOT)),
                    ),
                    16..21 => (open_day(random, QUARTER.plus(45), SNAPSHOT), None),
                    21..24 => (open_day(random, Day::of(2023, 6, 1), Day::of(2023, 12, 29)), None),
                    _ => {
                        let raised = open_day(random, Day::of(2023, 1, 9), Day::of(2023, 11, 20));
                        (raised, Some(raised.plus(random.between(3, 38)).working()))
                    }
                };
                rows.push(("问题", [None, Some(raised), solved]));
            }
        } else {
            for _ in 0..habits.visits {
                rows.push(("走访", [Some(open_day(random, Day::of(2023, 1, 9), SNAPSHOT)), None, None]));
            }
            for _ in 0..habits.problems {
                let raised = open_day(random, Day::of(2023, 1, 9), SNAPSHOT);
                let solved = raised.plus(random.between(2, 75)).working().max(raised);
                let solved = Some(solved).filter(|day| *day <= SNAPSHOT && !random.chance(14));
                rows.push(("问题", [None, Some(raised), solved]));
            }
        }
        rows.sort_by_key(|(_, [visited, raised, _])| visited.or(*raised));
        for (place, (kind, [visited, raised, solved])) in rows.into_iter().enumerate() {
            let kind = if habits.rough && zone != YANGQUAN && random.rarely(15) { "" } else { kind };
            table.push(vec![
                format!("{}F{:03}", habits.code, place + 1),
                habits.name.to_owned(),
                random.pick(&enterprises).to_owned(),
                kind.to_owned(),
                day(visited),
                day(raised),
                day(solved),
            ]);
        }
    }
    table
}

/// A working day between two days, not before the first.
fn open_day(random: &mut Random, from: Day, to: Day) -> Day {
    loop {
        let day = Day::between(random, from, to);
        if day.is_working() {
            return day;
        }
    }
}

/// The checklist: what each project's unit has to get done in a month.
pub(super) fn tasks(projects: &[Project]) -> Table {
    let mut table =
        Table::new("tasks", &["task_id", "project_id", "zone", "owner", "due_on", "done_on", "escalated_on"]);
    const OWNERS: [&str; 7] =
        ["投资促进中心", "行政审批局", "自然资源局", "住建局", "生态环境局", "财政局", "园区服务中心"];
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("tasks {}", habits.code));
        let own: Vec<&str> = projects
            .iter()
            .filter(|p| p.zone == zone && p.stages.produced.is_none() && p.stages.cancelled.is_none())
            .map(|p| p.id.as_str())
            .collect();
        let mut dues: Vec<Day> = (0..habits.tasks)
            .map(|_| {
                let due = Day::between(random, Day::of(2023, 3, 1), Day::of(2024, 6, 30));
                if random.chance(75) { due.month_end() } else { due.working() }
            })
            .collect();
        dues.sort();
        for (place, due) in dues.into_iter().enumerate() {
            let on_time = random.chance(habits.tasks_done);
            let early = due.plus(-random.between(0, 24)).working();
            let late = due.plus(random.between(2, 50)).working().max(due.plus(1));
            let done = Some(if on_time { early } else { late })
                .filter(|day| *day <= SNAPSHOT && (on_time || random.chance(66)));
            let escalated = due.plus(random.between(1, 12));
            let escalated = Some(escalated)
                .filter(|day| *day <= SNAPSHOT && done.is_none_or(|done| done >= *day) && random.chance(70));
            table.push(vec![
                format!("{}R{:03}", habits.code, place + 1),
                random.pick(&own).to_owned(),
                habits.name.to_owned(),
                random.pick(&OWNERS).to_owned(),
                if habits.rough && due == due.month_end() && random.chance(20) {
                    due.month_text()
                } else {
                    due.to_string()
                },
                day(done),
                day(escalated),
            ]);
        }
    }
    table
}

/// Lectures, trips and meetings. One of them is on the day of the snapshot.
pub(super) fn activities() -> Table {
    let mut table = Table::new("activities", &["activity_id", "zone", "kind", "attendees", "held_on"]);
    for habits in &ZONES {
        let random = &mut Random::of(&format!("activities {}", habits.code));
        let mut days: Vec<(Day, &str)> = (1..habits.activities)
            .map(|_| {
                let kind = random.weighted(&[
                    ("外出招商", 34),
                    ("项目推介会", 18),
                    ("政企座谈会", 20),
                    ("银企对接会", 10),
                    ("业务培训", 12),
                    ("专题讲座", 6),
                ]);
                (open_day(random, Day::of(2023, 1, 9), SNAPSHOT), kind)
            })
            .collect();
        days.push(match habits.code {
            "SZ" => (SNAPSHOT, "项目推介会"),
            "ZG" => (Day::of(2024, 3, 15), "专题讲座"),
            _ => (open_day(random, QUARTER, SNAPSHOT), "外出招商"),
        });
        days.sort();
        for (place, (held, kind)) in days.into_iter().enumerate() {
            let people = if kind == "外出招商" { random.between(4, 14) } else { random.between(22, 160) };
            table.push(vec![
                format!("{}H{:02}", habits.code, place + 1),
                habits.name.to_owned(),
                kind.to_owned(),
                number(Some(people).filter(|_| !(habits.rough && random.chance(5)))),
                held.to_string(),
            ]);
        }
    }
    table
}

//! Matters, the cases handled under them, and the suspensions of cases.

use super::day::{Day, SNAPSHOT};
use super::projects::Project;
use super::random::Random;
use super::table::{Table, day, flag, number};
use super::zones::{ZONES, Zone};

/// What a zone does for a company or a project. Limits in the unit; promises are those of an average zone.
struct Matter {
    name: &'static str,
    department: &'static str,
    statutory: i64,
    promised: i64,
    unit: &'static str,
    on_the_spot: bool,
    /// An acceptance of finished works.
    acceptance: bool,
    /// How often it needs an inspection of the place, in percent.
    inspected: i64,
    /// How often it is asked for.
    weight: i64,
}

const WORKING: &str = "工作日";
const NATURAL: &str = "自然日";
const HOURS: &str = "小时";

#[rustfmt::skip]
const MATTERS: [Matter; 18] = [
    Matter { name: "企业登记", department: "市场监管局", statutory: 24, promised: 8, unit: HOURS, on_the_spot: true, acceptance: false, inspected: 0, weight: 12 },
    Matter { name: "项目备案", department: "行政审批局", statutory: 3, promised: 1, unit: WORKING, on_the_spot: true, acceptance: false, inspected: 0, weight: 11 },
    Matter { name: "项目核准", department: "行政审批局", statutory: 20, promised: 8, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 5, weight: 4 },
    Matter { name: "用地规划许可", department: "自然资源局", statutory: 20, promised: 7, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 30, weight: 6 },
    Matter { name: "工程规划许可", department: "自然资源局", statutory: 20, promised: 8, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 25, weight: 7 },
    Matter { name: "施工许可", department: "住建局", statutory: 7, promised: 3, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 20, weight: 9 },
    Matter { name: "环评审批", department: "生态环境局", statutory: 30, promised: 12, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 60, weight: 6 },
    Matter { name: "水保审批", department: "水利局", statutory: 10, promised: 5, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 45, weight: 5 },
    Matter { name: "取水许可", department: "水利局", statutory: 45, promised: 15, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 92, weight: 5 },
    Matter { name: "节能审查", department: "行政审批局", statutory: 20, promised: 9, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 10, weight: 4 },
    Matter { name: "排污许可", department: "生态环境局", statutory: 30, promised: 15, unit: NATURAL, on_the_spot: false, acceptance: false, inspected: 40, weight: 5 },
    Matter { name: "不动产登记", department: "自然资源局", statutory: 30, promised: 3, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 15, weight: 6 },
    Matter { name: "水电报装", department: "住建局", statutory: 5, promised: 2, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 50, weight: 5 },
    Matter { name: "人防审批", department: "行政审批局", statutory: 20, promised: 6, unit: WORKING, on_the_spot: false, acceptance: false, inspected: 10, weight: 3 },
    Matter { name: "联合验收", department: "住建局", statutory: 12, promised: 7, unit: WORKING, on_the_spot: false, acceptance: true, inspected: 95, weight: 5 },
    Matter { name: "消防验收", department: "住建局", statutory: 15, promised: 8, unit: WORKING, on_the_spot: false, acceptance: true, inspected: 95, weight: 4 },
    Matter { name: "规划核实", department: "自然资源局", statutory: 20, promised: 7, unit: WORKING, on_the_spot: false, acceptance: true, inspected: 85, weight: 3 },
    Matter { name: "档案验收", department: "住建局", statutory: 20, promised: 5, unit: NATURAL, on_the_spot: false, acceptance: true, inspected: 10, weight: 2 },
];

/// The promise of a zone: the better ones promise less than the average, never more than the law.
fn promise(matter: &Matter, zone: usize) -> i64 {
    (matter.promised + [-1, 0, 0, -1, 0, 1, 0, 1, 2][zone]).clamp(1, matter.statutory)
}

/// The matters of every zone.
pub(super) fn matters() -> Table {
    let random = &mut Random::of("matters");
    let mut table = Table::new(
        "matters",
        &["matter", "zone", "department", "statutory_limit", "promised_limit", "limit_unit", "on_the_spot", "visits"],
    );
    for (zone, habits) in ZONES.iter().enumerate() {
        for matter in &MATTERS {
            let blank = |random: &mut Random| habits.rough && random.chance(4);
            table.push(vec![
                matter.name.to_owned(),
                habits.name.to_owned(),
                matter.department.to_owned(),
                number(Some(matter.statutory).filter(|_| !blank(random))),
                number(Some(promise(matter, zone)).filter(|_| !blank(random))),
                matter.unit.to_owned(),
                flag(Some(matter.on_the_spot).filter(|_| !blank(random))),
                number(Some(i64::from(!matter.on_the_spot && random.chance(45)))),
            ]);
        }
    }
    table
}

const HEADER: [&str; 30] = [
    "case_id",
    "project_id",
    "zone",
    "matter",
    "channel",
    "acceptance",
    "promised_limit",
    "promised_limit_unit",
    "statutory_limit",
    "statutory_limit_unit",
    "extended_days",
    "submissions",
    "visits",
    "one_window",
    "on_the_spot",
    "integrated",
    "whole_process",
    "notice_given",
    "pre_reviewed",
    "inspected",
    "joint_inspection",
    "stage_checked",
    "revision_rounds",
    "revision_days",
    "first_pass",
    "joint_acceptance",
    "rating",
    "rectified",
    "accepted_on",
    "decided_on",
];

/// The cases of all zones, and their suspensions.
pub(super) fn tables(projects: &[Project]) -> (Table, Table) {
    let mut cases = Table::new("cases", &HEADER);
    let mut suspensions = Table::new("suspensions", &["case_id", "zone", "from_on", "to_on"]);
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("cases {}", habits.code));
        let own: Vec<&str> =
            projects.iter().filter(|p| p.zone == zone && p.parent.is_empty()).map(|p| p.id.as_str()).collect();
        let mut days: Vec<Day> = (0..habits.cases).map(|_| accepted(random)).collect();
        days.sort();
        for (place, accepted) in days.into_iter().enumerate() {
            let id = format!("{}{:04}", habits.code, place + 1);
            case(&mut cases, &mut suspensions, random, zone, habits, &own, id, accepted);
        }
    }
    (cases, suspensions)
}

/// A working day from October 2022 on; later ones are likelier.
fn accepted(random: &mut Random) -> Day {
    let first = Day::of(2022, 10, 10);
    let a = Day::between(random, first, SNAPSHOT);
    let b = Day::between(random, first, SNAPSHOT);
    if random.chance(60) { a.max(b) } else { a }.working()
}

#[expect(clippy::too_many_arguments, reason = "one call, whose arguments are the loop's own variables")]
fn case(
    cases: &mut Table,
    suspensions: &mut Table,
    random: &mut Random,
    zone: usize,
    habits: &Zone,
    own: &[&str],
    id: String,
    accepted: Day,
) {
    let weights: Vec<(&Matter, i64)> = MATTERS.iter().map(|matter| (matter, matter.weight)).collect();
    let matter = random.weighted(&weights);
    let mut yes = |percent: i64| random.chance(percent);
    let rough = habits.rough;
    let on_the_spot = matter.on_the_spot && yes(88);
    let late = !on_the_spot && yes(habits.late);
    let suspended = !on_the_spot && matter.inspected >= 20 && yes(13);
    let extended = late && yes(22);
    let inspected = yes(matter.inspected);
    let no_promise = rough && yes(4);
    let no_limit = no_promise && yes(40);
    let revised = !on_the_spot && yes(if habits.pre_reviewed > 60 { 20 } else { 34 });
    let pre_reviewed = !on_the_spot && yes(habits.pre_reviewed);
    let never = !on_the_spot && random.rarely(16);

    let limit = promise(matter, zone);
    let take = if on_the_spot {
        i64::from(random.chance(6))
    } else if late {
        working_days(matter, limit) + random.between(1, 9)
    } else {
        let limit = working_days(matter, limit);
        if random.chance(32) { limit } else { random.between((limit / 3).max(1), limit) }
    };
    let extended_days = if extended { random.pick(&[5, 10]) } else { 0 };
    let mut decided = accepted.plus_working(take);
    if suspended {
        let from = accepted.plus_working(random.between(1, take.max(1)));
        let days = random.between(3, 18);
        let to = from.plus_working(days);
        if from <= SNAPSHOT && from <= decided {
            // The clock stands still from this day to that one, both included.
            decided = decided.plus_working(days + 1);
            suspensions.push(vec![
                id.clone(),
                habits.name.to_owned(),
                from.to_string(),
                day(Some(to).filter(|to| *to <= SNAPSHOT)),
            ]);
        }
    }
    let decided = Some(decided).filter(|decided| *decided <= SNAPSHOT && !never);
    let closed = decided.is_some();

    // A flag that is so in so many percent; now and then it is left blank.
    let some = |random: &mut Random, percent: i64| {
        let value = random.chance(percent);
        Some(value).filter(|_| !(rough && random.chance(3)))
    };
    let rounds = if revised { random.weighted(&[(1, 66), (2, 26), (3, 8)]) } else { 0 };
    let revision_days = if rounds == 0 { 0 } else { rounds * random.between(1, if pre_reviewed { 3 } else { 7 }) };
    let rating = (closed && random.chance(56)).then(|| random.weighted(&[(5, 58), (4, 26), (3, 9), (2, 4), (1, 3)]));
    let mixed_units = matter.name == "水电报装" && random.chance(80);
    let promised = Some(if mixed_units { limit * 24 } else { limit }).filter(|_| !no_promise);
    let statutory = Some(matter.statutory).filter(|_| !no_limit);
    let unit = |limit: Option<i64>, unit: &str| limit.map(|_| unit.to_owned()).unwrap_or_default();
    let channel = random.weighted(&[("窗口", 46), ("网上", 54)]);
    let known = |random: &mut Random, value: i64| Some(value).filter(|_| !(rough && random.chance(2)));
    cases.push(vec![
        id,
        if matter.name == "企业登记" && random.chance(70) { String::new() } else { random.pick(own).to_owned() },
        habits.name.to_owned(),
        matter.name.to_owned(),
        channel.to_owned(),
        flag(Some(matter.acceptance)),
        number(promised),
        unit(promised, if mixed_units { HOURS } else { matter.unit }),
        number(statutory),
        unit(statutory, matter.unit),
        number(Some(extended_days).filter(|days| *days > 0)),
        number(known(random, 1 + rounds.min(2))),
        {
            let visits = random.weighted(&[(0, 58), (1, 33), (2, 7), (3, 2)]);
            number(known(random, visits))
        },
        flag(some(random, if channel == "窗口" { 88 } else { 72 })),
        flag(Some(on_the_spot)),
        flag(some(random, if matter.acceptance { 55 } else { 24 })),
        flag(some(random, habits.agency / 2 + 20)),
        flag(some(random, if matter.acceptance { habits.acceptance } else { 86 })),
        flag(Some(pre_reviewed).filter(|_| !(rough && random.chance(3)))),
        flag(Some(inspected)),
        if inspected { flag(some(random, habits.joint_inspection)) } else { String::new() },
        if matter.acceptance { flag(some(random, habits.acceptance - 8)) } else { String::new() },
        number(known(random, rounds)),
        number(known(random, revision_days)),
        if matter.acceptance && closed { flag(some(random, habits.acceptance)) } else { String::new() },
        if matter.acceptance && closed { flag(some(random, habits.acceptance - 14)) } else { String::new() },
        number(rating),
        if rating.is_some_and(|rating| rating <= 2) { flag(some(random, 76)) } else { String::new() },
        accepted.to_string(),
        day(decided),
    ]);
}

/// A limit in working days, roughly.
fn working_days(matter: &Matter, limit: i64) -> i64 {
    match matter.unit {
        HOURS => 1,
        NATURAL => (limit * 5 / 7).max(1),
        _ => limit,
    }
}

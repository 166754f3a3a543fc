//! The projects of 朔州经开区 and their places in the batches, laid out so that counting them gives what the article
//! prints: 75 approved projects, of which 61 agency-handled; 63 of them filed, of which 59 under the commitment
//! system; 60 distinct projects and 89.69 亿元 in four batches; 11 contracts of 48.6 亿元 in the first quarter of 2024.

use super::batches::{Entry, HELD, List};
use super::day::{Day, SNAPSHOT};
use super::projects::{Project, Stages, describe, flags, investment, money, plan};
use super::random::Random;
use super::zones::{Names, SHUOZHOU, ZONES};

const APPROVED: usize = 75;
const NOT_FILED: usize = 12;
const FILED_WITHOUT_COMMITMENT: usize = 4;
const NOT_AGENCY_HANDLED: usize = 14;
/// In 万元.
const BATCH_INVESTMENT: i64 = 896_900;

/// How many projects stand in which lists of which batches (signed, started, produced). 60 projects, 74 entries.
const JOURNEYS: [(usize, [Option<usize>; 3]); 20] = [
    (5, [Some(0), None, None]),
    (3, [Some(0), Some(1), None]),
    (1, [Some(0), Some(2), None]),
    (5, [Some(1), None, None]),
    (2, [Some(1), Some(2), None]),
    (1, [Some(1), Some(3), None]),
    (6, [Some(2), None, None]),
    (2, [Some(2), Some(3), None]),
    (4, [Some(3), None, None]),
    (5, [None, Some(0), None]),
    (2, [None, Some(0), Some(2)]),
    (1, [None, Some(0), Some(3)]),
    (4, [None, Some(1), None]),
    (2, [None, Some(1), Some(3)]),
    (4, [None, Some(2), None]),
    (2, [None, Some(3), None]),
    (3, [None, None, Some(0)]),
    (3, [None, None, Some(1)]),
    (3, [None, None, Some(2)]),
    (2, [None, None, Some(3)]),
];

/// Contracts of the first quarter of 2024, in 万元: those that went straight into the batch of February, and the rest.
const SIGNED_IN_BATCH: [i64; 4] = [18_000, 24_000, 9_500, 32_000];
const SIGNED_BESIDE: [i64; 7] = [120_000, 85_000, 60_000, 52_500, 40_000, 30_000, 15_000];

/// Projects and batch entries of the zone.
pub(super) fn projects(names: &mut Names) -> (Vec<Project>, Vec<Entry>) {
    let random = &mut Random::of("projects SZ");
    let mut projects = Vec::new();
    let mut entries = Vec::new();
    for (count, [signed, started, produced]) in JOURNEYS {
        for _ in 0..count {
            let stages = journey(random, signed, started, produced).until(SNAPSHOT);
            let project = add(&mut projects, random, names, stages);
            for (list, batch) in [(List::Signed, signed), (List::Started, started), (List::Produced, produced)] {
                if let Some(batch) = batch {
                    entries.push(Entry {
                        project_id: project.id.clone(),
                        zone: SHUOZHOU,
                        batch,
                        list,
                        investment: None,
                    });
                }
            }
        }
    }
    let batched = projects.len();
    photovoltaics(&mut projects[0]);
    science_park(&mut projects[SCIENCE_PARK]);
    hydraulics(&mut projects[batched - 1]);
    share_out(random, &mut projects);

    for stages in outside_batches(random) {
        let project = add(&mut projects, random, names, stages.until(SNAPSHOT));
        project.investment = Some(investment(random));
    }
    let signed_beside = projects.len() - SIGNED_BESIDE.len();
    for (project, amount) in projects[signed_beside..].iter_mut().zip(SIGNED_BESIDE) {
        project.investment = Some(amount);
    }
    approvals(random, &mut projects);
    for project in &mut projects {
        money(project, random);
    }
    // What the article says of the finished hydraulics project.
    projects[batched - 1].planned_output = Some(7_000);
    let parent = projects[batched - 1].clone();
    let next = projects.len() + 1;
    projects.push(phase(&parent, next, "一期", parent.stages));
    projects.push(phase(&parent, next + 1, "二期", Stages::default()));
    for entry in &mut entries {
        entry.investment = projects.iter().find(|p| p.id == entry.project_id).and_then(|p| p.investment);
    }
    (projects, entries)
}

/// The place of the park whose buildings are counted: the first of those only in the started list of November 2023.
const SCIENCE_PARK: usize = 43;

/// Its id, for the table of buildings.
pub(super) fn science_park_id() -> String {
    id(SCIENCE_PARK + 1)
}

fn id(number: usize) -> String {
    format!("{}{number:03}", ZONES[SHUOZHOU].code)
}

fn add<'a>(projects: &'a mut Vec<Project>, random: &mut Random, names: &mut Names, stages: Stages) -> &'a mut Project {
    let mut project = Project { id: id(projects.len() + 1), zone: SHUOZHOU, stages, ..Project::default() };
    let begin = stages.signed.or(stages.approved).unwrap_or(SNAPSHOT);
    project.planned = plan(random, begin).map(Some);
    if let (Some(started), true) = (stages.started, random.chance(70)) {
        // Most plans were near what came.
        project.planned[0] = Some(started.plus(random.between(-20, 40)).month_end());
    }
    describe(&mut project, random, names, stages.signed.is_none());
    flags(&mut project, random, &ZONES[SHUOZHOU]);
    let place = projects.len();
    projects.push(project);
    &mut projects[place]
}

/// The stages of a project that stood in these lists.
fn journey(random: &mut Random, signed: Option<usize>, started: Option<usize>, produced: Option<usize>) -> Stages {
    let produced_on = produced.map(|batch| HELD[batch].plus(-random.between(3, 40)));
    let mut started_on = started.map(|batch| HELD[batch].plus(-random.between(0, 25)));
    if let (None, Some(produced)) = (started_on, produced_on) {
        started_on = Some(produced.plus(-random.between(240, 470)));
    }
    let signed_on = match (signed, started_on) {
        (Some(batch), _) => HELD[batch].plus(-random.between(8, 48)),
        (None, started) => started.unwrap_or(SNAPSHOT).plus(-random.between(95, 340)),
    };
    let started_on = started_on.unwrap_or_else(|| {
        let earliest = signed.map_or(signed_on, |batch| HELD[batch].plus(4));
        let latest = earliest.plus(210).min(Day::of(2024, 3, 27));
        Day::between(random, earliest, latest)
    });
    let gap = started_on.since(signed_on);
    let after = |random: &mut Random, low: i64, high: i64| signed_on.plus(gap * random.between(low, high) / 100);
    let at_capacity = produced_on.map(|day| match produced {
        Some(3) => Day::between(random, Day::of(2024, 3, 4), Day::of(2024, 3, 28)),
        _ => day.plus(random.between(40, 110)),
    });
    Stages {
        signed: Some(signed_on),
        registered: Some(after(random, 8, 28)),
        landed: Some(after(random, 28, 45)),
        approved: Some(after(random, 48, 85)),
        started: Some(started_on),
        completed: produced_on.map(|day| day.plus(-random.between(4, 28))),
        produced: produced_on,
        at_capacity,
        cancelled: None,
    }
}

/// Projects that stand in no batch: 15 approved ones, then those that have only signed; of these the last seven in
/// the first quarter of 2024.
fn outside_batches(random: &mut Random) -> Vec<Stages> {
    let mut all = Vec::new();
    let mut days = |from: Day, to: Day| Day::between(random, from, to);
    // Old ones, in production; five of them at capacity.
    for number in 0..7 {
        let signed = days(Day::of(2021, 3, 1), Day::of(2022, 2, 28));
        let approved = days(signed.plus(30), signed.plus(90));
        let started = days(approved.plus(20), approved.plus(90));
        let completed = days(started.plus(180), started.plus(300));
        let produced = completed.plus(20);
        all.push(Stages {
            signed: Some(signed),
            registered: Some(signed.plus(12)),
            landed: Some(signed.plus(26)),
            approved: Some(approved),
            started: Some(started),
            completed: Some(completed),
            produced: Some(produced),
            at_capacity: Some(produced.plus(150)).filter(|_| number < 5),
            cancelled: None,
        });
    }
    // Approved, not started; the last of them withdrew.
    for number in 0..5 {
        let signed = days(Day::of(2022, 9, 1), Day::of(2023, 8, 31));
        let landed = days(signed.plus(20), signed.plus(60));
        let approved = days(landed.plus(10), landed.plus(80));
        all.push(Stages {
            signed: Some(signed),
            registered: Some(signed.plus(15)),
            landed: Some(landed),
            approved: Some(approved),
            cancelled: Some(days(approved.plus(60), approved.plus(100))).filter(|_| number == 4),
            ..Stages::default()
        });
    }
    // Under construction.
    all.push(Stages {
        signed: Some(Day::of(2022, 6, 16)),
        registered: Some(Day::of(2022, 7, 1)),
        landed: Some(Day::of(2022, 8, 10)),
        approved: Some(Day::of(2022, 10, 20)),
        started: Some(Day::of(2023, 4, 12)),
        ..Stages::default()
    });
    // The zone's own works: nobody signed for them.
    all.push(Stages {
        landed: Some(Day::of(2022, 3, 8)),
        approved: Some(Day::of(2022, 4, 22)),
        started: Some(Day::of(2022, 6, 10)),
        completed: Some(Day::of(2023, 10, 26)),
        ..Stages::default()
    });
    all.push(Stages {
        landed: Some(Day::of(2023, 5, 9)),
        approved: Some(Day::of(2023, 7, 4)),
        started: Some(Day::of(2023, 9, 18)),
        ..Stages::default()
    });
    // Signed, not approved; three of them withdrew.
    for number in 0..13 {
        let signed = days(Day::of(2022, 11, 1), Day::of(2023, 12, 20));
        all.push(Stages {
            signed: Some(signed),
            registered: Some(signed.plus(30)).filter(|_| number % 3 != 0),
            landed: Some(signed.plus(55)).filter(|_| number % 3 == 1),
            cancelled: Some(signed.plus(70)).filter(|_| number % 5 == 2),
            ..Stages::default()
        });
    }
    for number in 0..SIGNED_BESIDE.len() {
        let signed = days(Day::of(2024, 1, 4), Day::of(2024, 3, 27));
        all.push(Stages {
            signed: Some(signed),
            registered: Some(signed.plus(12)).filter(|_| number < 4),
            ..Stages::default()
        });
    }
    all
}

/// The first project of the first batch: settled at the beginning of March 2023, started in December.
fn photovoltaics(project: &mut Project) {
    "屋顶光伏示例项目".clone_into(&mut project.name);
    (project.industry, project.project_type) = ("新能源", "工业");
    project.stages.signed = Some(Day::of(2023, 2, 21));
    project.stages.registered = Some(Day::of(2023, 2, 27));
    project.stages.landed = Some(Day::of(2023, 3, 6));
    project.stages.approved = Some(Day::of(2023, 6, 20));
    project.stages.started = Some(Day::of(2023, 12, 15));
    project.planned[0] = Some(Day::of(2023, 10, 31));
    project.written = vec![("landed_on", "2023年3月初".to_owned()), ("started_on", "2023年12月".to_owned())];
    project.investment = Some(26_000);
}

/// 51 buildings, 28 万平方米, 8 亿元, started at the end of September 2023.
fn science_park(project: &mut Project) {
    "科技产业园标准化厂房项目".clone_into(&mut project.name);
    (project.industry, project.project_type, project.park) = ("标准厂房", "工业", "科技产业园");
    project.stages.signed = Some(Day::of(2023, 4, 18));
    project.stages.registered = Some(Day::of(2023, 5, 8));
    project.stages.landed = Some(Day::of(2023, 5, 25));
    project.stages.approved = Some(Day::of(2023, 7, 18));
    project.stages.started = Some(Day::of(2023, 9, 27));
    project.planned[0] = Some(Day::of(2023, 9, 30));
    project.written = vec![("started_on", "2023年9月底".to_owned())];
    project.investment = Some(80_000);
}

/// Hydraulic fittings in two phases, the first in production less than half a year after signing.
fn hydraulics(project: &mut Project) {
    "液压接头示例项目".clone_into(&mut project.name);
    (project.industry, project.project_type, project.park) = ("装备制造", "工业", "新兴产业园");
    project.stages.signed = Some(Day::of(2023, 9, 12));
    project.stages.registered = Some(Day::of(2023, 9, 20));
    project.stages.landed = Some(Day::of(2023, 9, 28));
    project.stages.approved = Some(Day::of(2023, 10, 16));
    project.stages.started = Some(Day::of(2023, 10, 30));
    // Of the whole; only the first phase is complete.
    project.stages.completed = None;
    project.stages.produced = Some(Day::of(2024, 2, 26));
    project.stages.at_capacity = Some(Day::of(2024, 3, 27));
    project.planned =
        [Day::of(2023, 10, 31), Day::of(2024, 2, 29), Day::of(2024, 3, 31), Day::of(2024, 6, 30)].map(Some);
    project.investment = Some(10_000);
}

/// A phase: the contract, its money and the approval stand in the parent's row, the building work in the phase's.
fn phase(parent: &Project, number: usize, word: &str, stages: Stages) -> Project {
    let first = stages.started.is_some();
    let completed = stages.produced.map(|day| day.plus(-12).working());
    let planned = if first {
        parent.planned
    } else {
        [Day::of(2024, 6, 30), Day::of(2024, 12, 31), Day::of(2025, 3, 31), Day::of(2025, 9, 30)].map(Some)
    };
    Project {
        id: id(number),
        name: format!("{}（{word}）", parent.name),
        parent: parent.id.clone(),
        investment: None,
        contracted: None,
        paid_in: None,
        fixed_asset: None,
        invested: None,
        year_invested: None,
        year_plan: None,
        figures_year: None,
        planned_output: None,
        output: None,
        tax: None,
        land: None,
        planned_jobs: None,
        jobs: None,
        carried_over: Some(first),
        planned,
        stages: Stages { signed: None, registered: None, landed: None, approved: None, completed, ..stages },
        ..parent.clone()
    }
}

/// Shares the money of the batches among their projects.
fn share_out(random: &mut Random, projects: &mut [Project]) {
    // The signed list of February 2024: the four projects of the ninth journey.
    let first: usize = JOURNEYS[..8].iter().map(|(count, _)| count).sum();
    for (project, amount) in projects[first..].iter_mut().zip(SIGNED_IN_BATCH) {
        project.investment = Some(amount);
    }
    let given: i64 = projects.iter().filter_map(|p| p.investment).sum();
    let open: Vec<usize> = (0..projects.len()).filter(|place| projects[*place].investment.is_none()).collect();
    let weights: Vec<i64> = open.iter().map(|_| investment(random).min(45_000)).collect();
    let total: i64 = weights.iter().sum();
    let mut rest = BATCH_INVESTMENT - given;
    for (place, weight) in open.iter().zip(&weights) {
        let amount = (BATCH_INVESTMENT - given) * weight / total / 10 * 10;
        projects[*place].investment = Some(amount);
        rest -= amount;
    }
    if let Some(last) = open.last() {
        projects[*last].investment = projects[*last].investment.map(|amount| amount + rest);
    }
}

/// Deals out the forms of approval and the flags whose counts the article prints. No blank among the approved.
fn approvals(random: &mut Random, projects: &mut [Project]) {
    let mut approved: Vec<usize> =
        (0..projects.len()).filter(|place| projects[*place].stages.approved.is_some()).collect();
    debug_assert_eq!(approved.len(), APPROVED);
    random.shuffle(&mut approved);
    // The works first: they are never filed. The three of the article are.
    let of_article = |p: &Project| p.name.contains("示例") || p.industry == "标准厂房";
    approved.sort_by_key(|place| match &projects[*place] {
        p if p.project_type == "基础设施" => 0,
        p if of_article(p) => 2,
        _ => 1,
    });
    for (rank, place) in approved.iter().enumerate() {
        let project = &mut projects[*place];
        project.approval_kind = match rank {
            _ if project.project_type == "基础设施" => "审批",
            rank if rank >= NOT_FILED => "备案",
            rank if rank % 3 == 0 => "审批",
            _ => "核准",
        };
        project.commitment = Some(rank >= NOT_FILED + FILED_WITHOUT_COMMITMENT);
    }
    random.shuffle(&mut approved);
    approved.sort_by_key(|place| of_article(&projects[*place]));
    for (rank, place) in approved.iter().enumerate() {
        projects[*place].agency = Some(rank >= NOT_AGENCY_HANDLED);
    }
}

//! Projects: their stages, plans and money. Those of 朔州经开区 are laid out in `shuozhou`.

use super::day::{Day, SNAPSHOT};
use super::random::Random;
use super::table::{Table, day, flag, hundredths, number, yuan};
use super::zones::{INDUSTRIES, Names, ZONES, Zone};

/// The stages of a project, in their order.
#[derive(Clone, Copy, Default)]
pub(super) struct Stages {
    pub(super) signed: Option<Day>,
    pub(super) registered: Option<Day>,
    pub(super) landed: Option<Day>,
    pub(super) approved: Option<Day>,
    pub(super) started: Option<Day>,
    pub(super) completed: Option<Day>,
    pub(super) produced: Option<Day>,
    pub(super) at_capacity: Option<Day>,
    pub(super) cancelled: Option<Day>,
}

impl Stages {
    /// Takes out what would lie after `end`, and moves the rest to working days.
    pub(super) fn until(mut self, end: Day) -> Self {
        for stage in [
            &mut self.signed,
            &mut self.registered,
            &mut self.landed,
            &mut self.approved,
            &mut self.started,
            &mut self.completed,
            &mut self.produced,
            &mut self.at_capacity,
            &mut self.cancelled,
        ] {
            *stage = stage.filter(|day| *day <= end).map(Day::working);
        }
        self
    }
}

/// One row of the table. Money is in 万元, land in hundredths of 亩.
#[derive(Clone, Default)]
pub(super) struct Project {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) parent: String,
    pub(super) zone: usize,
    pub(super) park: &'static str,
    pub(super) project_type: &'static str,
    pub(super) industry: &'static str,
    pub(super) investor: String,
    pub(super) region: &'static str,
    pub(super) channel: &'static str,
    pub(super) recruiter: &'static str,
    pub(super) approval_kind: &'static str,
    pub(super) key_project: Option<bool>,
    pub(super) commitment: Option<bool>,
    pub(super) agency: Option<bool>,
    pub(super) commissioner: String,
    pub(super) official: String,
    pub(super) investment: Option<i64>,
    pub(super) contracted: Option<i64>,
    pub(super) paid_in: Option<i64>,
    pub(super) fixed_asset: Option<i64>,
    pub(super) invested: Option<i64>,
    pub(super) year_invested: Option<i64>,
    pub(super) year_plan: Option<i64>,
    pub(super) figures_year: Option<i64>,
    pub(super) planned_output: Option<i64>,
    pub(super) output: Option<i64>,
    pub(super) tax: Option<i64>,
    pub(super) land: Option<i64>,
    pub(super) planned_jobs: Option<i64>,
    pub(super) jobs: Option<i64>,
    pub(super) list_year: Option<i64>,
    pub(super) carried_over: Option<bool>,
    /// Start, completion, production, capacity.
    pub(super) planned: [Option<Day>; 4],
    pub(super) stages: Stages,
    /// Cells that are written otherwise than the fields say.
    pub(super) written: Vec<(&'static str, String)>,
}

pub(super) const HEADER: [&str; 46] = [
    "project_id",
    "project_name",
    "parent_id",
    "zone",
    "park",
    "project_type",
    "industry",
    "investor",
    "source_region",
    "source_channel",
    "recruiter",
    "approval_kind",
    "key_project",
    "commitment",
    "agency_handled",
    "commissioner",
    "lead_official",
    "investment_cny",
    "contracted_capital_cny",
    "paid_in_cny",
    "fixed_asset_cny",
    "invested_cny",
    "year_invested_cny",
    "year_plan_cny",
    "figures_year",
    "planned_output_cny",
    "output_cny",
    "tax_cny",
    "land_mu",
    "planned_jobs",
    "jobs",
    "list_year",
    "carried_over",
    "planned_start_on",
    "planned_completion_on",
    "planned_production_on",
    "planned_capacity_on",
    "signed_on",
    "registered_on",
    "landed_on",
    "approved_on",
    "started_on",
    "completed_on",
    "produced_on",
    "at_capacity_on",
    "cancelled_on",
];

/// The table of all projects.
pub(super) fn table(projects: &[Project]) -> Table {
    let mut table = Table::new("projects", &HEADER);
    for p in projects {
        let s = &p.stages;
        let mut row = vec![
            p.id.clone(),
            p.name.clone(),
            p.parent.clone(),
            ZONES[p.zone].name.to_owned(),
            p.park.to_owned(),
            p.project_type.to_owned(),
            p.industry.to_owned(),
            p.investor.clone(),
            p.region.to_owned(),
            p.channel.to_owned(),
            p.recruiter.to_owned(),
            p.approval_kind.to_owned(),
            flag(p.key_project),
            flag(p.commitment),
            flag(p.agency),
            p.commissioner.clone(),
            p.official.clone(),
            yuan(p.investment),
            yuan(p.contracted),
            yuan(p.paid_in),
            yuan(p.fixed_asset),
            yuan(p.invested),
            yuan(p.year_invested),
            yuan(p.year_plan),
            number(p.figures_year),
            yuan(p.planned_output),
            yuan(p.output),
            yuan(p.tax),
            hundredths(p.land),
            number(p.planned_jobs),
            number(p.jobs),
            number(p.list_year),
            flag(p.carried_over),
        ];
        row.extend(p.planned.iter().map(|planned| day(*planned)));
        row.extend(
            [
                s.signed,
                s.registered,
                s.landed,
                s.approved,
                s.started,
                s.completed,
                s.produced,
                s.at_capacity,
                s.cancelled,
            ]
            .map(day),
        );
        for (column, text) in &p.written {
            if let Some(place) = table.column(column) {
                row[place].clone_from(text);
            }
        }
        table.push(row);
    }
    table
}

/// The projects of a zone whose figures the article does not print.
pub(super) fn of_zone(zone: usize, names: &mut Names) -> Vec<Project> {
    let habits = &ZONES[zone];
    let random = &mut Random::of(&format!("projects {}", habits.code));
    let mut projects = Vec::new();
    for number in 1..=habits.projects {
        let infrastructure = random.chance(6);
        let signed = Day::between(random, Day::of(2021, 4, 1), Day::of(2024, 3, 29));
        let plan = plan(random, signed);
        let mut stages = stages(random, signed, plan[0]);
        if infrastructure {
            // Built by the zone itself: nobody signed for it, and nobody withdraws.
            (stages.signed, stages.registered, stages.cancelled) = (None, None, None);
        }
        let mut project = Project {
            id: format!("{}{number:03}", habits.code),
            zone,
            planned: plan.map(|day| Some(day).filter(|_| !random.chance(6))),
            stages,
            ..Project::default()
        };
        describe(&mut project, random, names, infrastructure);
        flags(&mut project, random, habits);
        project.investment = Some(investment(random));
        money(&mut project, random);
        leave_blanks(&mut project, random);
        projects.push(project);
    }
    phases(&mut projects, random, habits);
    projects
}

/// Planned start, completion, production and capacity of a project signed on a day.
pub(super) fn plan(random: &mut Random, signed: Day) -> [Day; 4] {
    let last = Day::of(2025, 12, 31);
    let start = signed.plus(random.between(100, 260)).month_end().min(last);
    let completion = start.plus(random.between(240, 460)).month_end().min(last);
    let production = completion.plus(random.between(20, 75)).month_end().min(last);
    let capacity = production.plus(random.between(90, 240)).month_end().min(last);
    [start, completion, production, capacity]
}

/// How a project signed on a day went, up to the snapshot: some stop on the way, some are cancelled.
fn stages(random: &mut Random, signed: Day, planned_start: Day) -> Stages {
    let registered = signed.plus(random.between(4, 50));
    let landed = registered.plus(random.between(3, 60));
    let approved = landed.plus(random.between(0, 65));
    let started = planned_start.plus(random.between(-60, 70)).max(approved.plus(8));
    let completed = started.plus(random.between(160, 430));
    let produced = completed.plus(random.between(5, 80));
    let at_capacity = produced.plus(random.between(45, 210));
    let mut stages = Stages {
        signed: Some(signed),
        registered: Some(registered),
        landed: Some(landed),
        approved: Some(approved),
        started: Some(started),
        completed: Some(completed),
        produced: Some(produced),
        at_capacity: Some(at_capacity),
        cancelled: None,
    };
    // The stage at which it stops, if it does.
    let stop = random.weighted(&[(0, 72), (1, 6), (2, 5), (3, 7), (4, 5), (5, 2), (6, 3)]);
    if stop == 1 {
        (stages.registered, stages.landed) = (None, None);
    }
    if (1..=2).contains(&stop) {
        stages.approved = None;
    }
    if (1..=3).contains(&stop) {
        stages.started = None;
    }
    if (1..=4).contains(&stop) {
        stages.completed = None;
    }
    if (1..=5).contains(&stop) {
        stages.produced = None;
    }
    if stop > 0 {
        stages.at_capacity = None;
    }
    let mut end = SNAPSHOT;
    if (1..=4).contains(&stop) && random.chance(48) {
        let latest = [stages.started, stages.approved, stages.landed].into_iter().flatten().max().unwrap_or(signed);
        let cancelled = latest.plus(random.between(60, 330));
        if cancelled <= SNAPSHOT {
            stages.cancelled = Some(cancelled);
            end = cancelled;
        }
    }
    stages.until(end)
}

/// Name, park, industry, investor and where it came from.
pub(super) fn describe(project: &mut Project, random: &mut Random, names: &mut Names, infrastructure: bool) {
    let habits = &ZONES[project.zone];
    project.park = random.pick(habits.parks);
    if infrastructure {
        project.project_type = "基础设施";
        project.industry = "基础设施";
        project.name = loop {
            let name = format!(
                "{}{}工程",
                project.park,
                random.pick(&["道路", "供水管网", "变电站", "污水处理厂", "供热管网", "综合管廊"])
            );
            if names.reserve(habits, &name) {
                break name;
            }
        };
        project.investor = format!("{}示例建设公司", habits.name);
        project.approval_kind = "审批";
        return;
    }
    let (industry, products) = random.pick(&INDUSTRIES);
    project.industry = industry;
    project.project_type = if industry == "现代物流" { "服务业" } else { "工业" };
    project.name = names.project(random, habits, products);
    project.investor = names.company();
    project.region =
        random.weighted(&[("京津冀", 24), ("长三角", 22), ("珠三角", 12), ("环渤海", 12), ("省内", 24), ("其他", 6)]);
    project.channel = random.weighted(&[("全员招商", 30), ("产业链招商", 34), ("中介招商", 14), ("以商招商", 22)]);
    project.recruiter = match project.channel {
        "中介招商" => random.pick(&["专业机构甲", "专业机构乙"]),
        _ => random.pick(&["招商一队", "招商二队", "招商三队", "招商四队"]),
    };
}

/// Flags and people.
pub(super) fn flags(project: &mut Project, random: &mut Random, habits: &Zone) {
    let infrastructure = project.approval_kind == "审批";
    if !infrastructure && project.stages.approved.is_some() {
        project.approval_kind = if random.chance(habits.filed) { "备案" } else { random.pick(&["核准", "审批"]) };
    }
    project.key_project = Some(random.chance(36));
    project.commitment = Some(project.approval_kind == "备案" && random.chance(habits.commitment));
    project.agency = Some(random.chance(habits.agency));
    if random.chance(habits.commissioner) {
        project.commissioner = format!("{}专员{:02}", habits.code, random.between(1, 14));
    }
    if random.chance(if project.key_project == Some(true) { 86 } else { 12 }) {
        project.official = format!("{}领导{}", habits.code, random.between(1, 8));
    }
}

/// The size of a project, in 万元.
pub(super) fn investment(random: &mut Random) -> i64 {
    let (low, high) = random.weighted(&[
        ((500, 2_000), 16),
        ((2_000, 5_000), 25),
        ((5_000, 10_000), 25),
        ((10_000, 30_000), 22),
        ((30_000, 80_000), 9),
        ((80_000, 260_000), 3),
    ]);
    random.between(low, high) / 50 * 50
}

/// All money, land and jobs, from the investment and the stages.
pub(super) fn money(project: &mut Project, random: &mut Random) {
    let Some(total) = project.investment else { return };
    let s = project.stages;
    let cancelled = s.cancelled.is_some();
    let share = |percent: i64| Some(total * percent / 100);
    if s.signed.is_some() {
        let contracted = total * random.between(80, 100) / 100;
        let paid = match (s.produced, s.started, s.landed) {
            (Some(_), _, _) => random.between(88, 104),
            (_, Some(_), _) => random.between(25, 85),
            (_, _, Some(_)) => random.between(3, 30),
            _ => 0,
        };
        project.contracted = Some(contracted);
        project.paid_in = Some(contracted * if cancelled { paid / 3 } else { paid } / 100);
    }
    project.fixed_asset = share(random.between(58, 90));
    project.invested = share(match (s.completed, s.started) {
        (Some(_), _) => random.between(92, 112),
        (_, Some(_)) => random.between(8, 85),
        _ => random.between(0, 3),
    });
    let new_year = Day::of(2024, 1, 1);
    let finished = s.completed.is_some_and(|day| day < new_year);
    let plan = if finished || cancelled { 0 } else { total * random.between(12, 46) / 100 / 10 * 10 };
    project.year_plan = Some(plan);
    project.year_invested = Some(if s.started.is_some() { plan * random.between(8, 44) / 100 } else { 0 });
    if s.started.is_some() || s.landed.is_some() {
        project.land = Some((total * 100 / random.between(140, 390)).max(300));
    }
    if !["基础设施", "标准厂房"].contains(&project.industry) {
        project.planned_output = share(random.between(60, 180));
        project.planned_jobs = Some((total / random.between(90, 260)).clamp(6, 900));
    }
    if let (Some(produced), Some(planned)) = (s.produced, project.planned_output) {
        if produced < new_year {
            // Those that began late in 2023 made less in it.
            let days = Day::of(2023, 12, 31).since(produced).clamp(210, 365);
            let level = if s.at_capacity.is_some() { random.between(78, 118) } else { random.between(38, 82) };
            let output = planned * level / 100 * days / 365;
            project.figures_year = Some(2023);
            project.output = Some(output);
            project.tax = Some(output * random.between(18, 68) / 1000);
        }
        project.jobs = project.planned_jobs.map(|jobs| jobs * random.between(55, 112) / 100);
    }
    let listed = if s.produced.is_some_and(|day| day < new_year) || cancelled { 2023 } else { 2024 };
    project.list_year = Some(listed);
    project.carried_over = Some(s.started.is_some_and(|day| day.year() < listed));
}

/// Leaves some cells empty, as other zones do.
fn leave_blanks(project: &mut Project, random: &mut Random) {
    if project.approval_kind != "审批" && random.chance(5) {
        project.approval_kind = "";
    }
    for flag in [&mut project.key_project, &mut project.commitment, &mut project.agency, &mut project.carried_over] {
        if random.chance(5) {
            *flag = None;
        }
    }
    for amount in [
        &mut project.investment,
        &mut project.contracted,
        &mut project.paid_in,
        &mut project.fixed_asset,
        &mut project.year_invested,
        &mut project.year_plan,
        &mut project.output,
        &mut project.tax,
        &mut project.land,
        &mut project.jobs,
    ] {
        if random.chance(4) {
            *amount = None;
        }
    }
}

/// Gives some large projects a second phase, as a row of its own below the first.
fn phases(projects: &mut Vec<Project>, random: &mut Random, habits: &Zone) {
    let mut parents: Vec<usize> = (0..projects.len())
        .filter(|place| {
            let p = &projects[*place];
            p.project_type == "工业" && p.stages.started.is_some() && p.stages.cancelled.is_none()
        })
        .collect();
    random.shuffle(&mut parents);
    for (count, parent) in parents.into_iter().take(2).enumerate() {
        let base = projects[parent].clone();
        for (number, word) in [(1, "一期"), (2, "二期")] {
            let id = format!("{}{:03}", habits.code, projects.len() + 1);
            let name = format!("{}（{word}）", base.name);
            let mut phase = Project { id, name, parent: base.id.clone(), ..base.clone() };
            // The contract, its money and the approval stand in the parent's row; the building work in the phase's.
            phase.stages = Stages { started: base.stages.started, ..Stages::default() };
            for amount in [
                &mut phase.investment,
                &mut phase.contracted,
                &mut phase.paid_in,
                &mut phase.fixed_asset,
                &mut phase.invested,
                &mut phase.year_invested,
                &mut phase.year_plan,
                &mut phase.planned_output,
                &mut phase.output,
                &mut phase.tax,
                &mut phase.land,
                &mut phase.planned_jobs,
                &mut phase.jobs,
                &mut phase.figures_year,
            ] {
                *amount = None;
            }
            if number == 1 {
                phase.stages = Stages { signed: None, registered: None, landed: None, approved: None, ..base.stages };
            } else {
                phase.stages.started = None;
                phase.carried_over = Some(false);
                phase.planned =
                    phase.planned.map(|day| day.map(|day| day.plus(180).month_end().min(Day::of(2025, 12, 31))));
            }
            if count == 1 {
                // Some ledgers repeat the money in the phases, which then counts twice.
                phase.investment = base.investment.map(|total| total * if number == 1 { 60 } else { 40 } / 100);
            }
            projects.push(phase);
        }
    }
}

//! Every indicator of the shipped catalog as a function that gives a query. Made by `cargo xtask kpi`.

use crate::query::Query;

/// 签约项目数: Signed projects.
pub fn signed_projects() -> Query {
    Query::new(["signed_projects"])
}

/// 签约总投资: Signed investment.
pub fn signed_investment() -> Query {
    Query::new(["signed_investment"])
}

/// 落地项目数: Projects landed.
pub fn landed_projects() -> Query {
    Query::new(["landed_projects"])
}

/// 立项项目数: Approved projects.
pub fn approved_projects() -> Query {
    Query::new(["approved_projects"])
}

/// 开工项目数: Projects started.
pub fn started_projects() -> Query {
    Query::new(["started_projects"])
}

/// 竣工项目数: Projects completed.
pub fn completed_projects() -> Query {
    Query::new(["completed_projects"])
}

/// 投产项目数: Projects in production.
pub fn produced_projects() -> Query {
    Query::new(["produced_projects"])
}

/// 承诺制项目数: Commitment-system projects.
pub fn commitment_projects() -> Query {
    Query::new(["commitment_projects"])
}

/// 承诺制项目占比: Commitment-system share.
pub fn commitment_share() -> Query {
    Query::new(["commitment_share"])
}

/// 新开工承诺制占比: Commitment-system share of new starts.
pub fn commitment_share_of_starts() -> Query {
    Query::new(["commitment_share_of_starts"])
}

/// 领办代办项目数: Agency-handled projects.
pub fn agency_projects() -> Query {
    Query::new(["agency_projects"])
}

/// 全代办占比: Agency-handled share.
pub fn agency_share() -> Query {
    Query::new(["agency_share"])
}

/// 金牌专员覆盖率: Commissioner coverage.
pub fn commissioner_share() -> Query {
    Query::new(["commissioner_share"])
}

/// 专员人均项目数: Projects per commissioner.
pub fn projects_per_commissioner() -> Query {
    Query::new(["projects_per_commissioner"])
}

/// 领导包点覆盖率: Lead-official coverage.
pub fn lead_official_share() -> Query {
    Query::new(["lead_official_share"])
}

/// 签约项目注册率: Registration rate of signed projects.
pub fn registration_rate() -> Query {
    Query::new(["registration_rate"])
}

/// 签约项目落地率: Landing rate of signed projects.
pub fn landing_rate() -> Query {
    Query::new(["landing_rate"])
}

/// 签约项目开工率: Start rate of signed projects.
pub fn start_rate() -> Query {
    Query::new(["start_rate"])
}

/// 开工项目投产率: Production rate of started projects.
pub fn production_rate() -> Query {
    Query::new(["production_rate"])
}

/// 签约项目投产率: Production rate of signed projects.
pub fn signed_production_rate() -> Query {
    Query::new(["signed_production_rate"])
}

/// 项目竣工率: Project completion rate.
pub fn completion_rate() -> Query {
    Query::new(["completion_rate"])
}

/// 投产项目达产率: Capacity rate of projects in production.
pub fn capacity_rate() -> Query {
    Query::new(["capacity_rate"])
}

/// 履约率: Contracts in force.
pub fn performance_rate() -> Query {
    Query::new(["performance_rate"])
}

/// 签约项目退出率: Cancellation rate of signed projects.
pub fn cancellation_rate() -> Query {
    Query::new(["cancellation_rate"])
}

/// 计划开工率: Planned starts achieved.
pub fn planned_start_rate() -> Query {
    Query::new(["planned_start_rate"])
}

/// 按期开工率: Starts on schedule.
pub fn on_schedule_start_rate() -> Query {
    Query::new(["on_schedule_start_rate"])
}

/// 计划竣工率: Planned completions achieved.
pub fn planned_completion_rate() -> Query {
    Query::new(["planned_completion_rate"])
}

/// 计划投产率: Planned productions achieved.
pub fn planned_production_rate() -> Query {
    Query::new(["planned_production_rate"])
}

/// 按期投产率: Productions on schedule.
pub fn on_schedule_production_rate() -> Query {
    Query::new(["on_schedule_production_rate"])
}

/// 滞后项目数: Projects behind plan.
pub fn delayed_projects() -> Query {
    Query::new(["delayed_projects"])
}

/// 达效率: Output attainment.
pub fn output_attainment() -> Query {
    Query::new(["output_attainment"])
}

/// 资金到位率: Paid-in rate.
pub fn paid_in_rate() -> Query {
    Query::new(["paid_in_rate"])
}

/// 资金到位率（按总投资）: Paid-in rate over total investment.
pub fn paid_in_rate_of_investment() -> Query {
    Query::new(["paid_in_rate_of_investment"])
}

/// 年度投资完成率: Investment against the year's plan.
pub fn investment_done_rate() -> Query {
    Query::new(["investment_done_rate"])
}

/// 单个项目平均投资额: Investment per project.
pub fn average_investment() -> Query {
    Query::new(["average_investment"])
}

/// 投资强度: Investment intensity.
pub fn investment_intensity() -> Query {
    Query::new(["investment_intensity"])
}

/// 亩均产出: Annual output per mu.
pub fn output_per_mu() -> Query {
    Query::new(["output_per_mu"])
}

/// 亩均税收: Annual tax per mu.
pub fn tax_per_mu() -> Query {
    Query::new(["tax_per_mu"])
}

/// 就业人数: Jobs.
pub fn jobs() -> Query {
    Query::new(["jobs"])
}

/// 签约到开工天数: Days from signing to start.
pub fn days_signed_to_started() -> Query {
    Query::new(["days_signed_to_started"])
}

/// 签约到投产天数: Days from signing to production.
pub fn days_signed_to_produced() -> Query {
    Query::new(["days_signed_to_produced"])
}

/// 立项到开工天数: Days from approval to start.
pub fn days_approved_to_started() -> Query {
    Query::new(["days_approved_to_started"])
}

/// 三个一批项次: Batch entries.
pub fn batch_entries() -> Query {
    Query::new(["batch_entries"])
}

/// 三个一批项目数: Distinct projects in batches.
pub fn batch_projects() -> Query {
    Query::new(["batch_projects"])
}

/// 三个一批总投资: Investment in batches.
pub fn batch_investment() -> Query {
    Query::new(["batch_investment"])
}

/// 签约一批开工率: Start rate of the signed list.
pub fn batch_start_rate() -> Query {
    Query::new(["batch_start_rate"])
}

/// 开工一批投产率: Production rate of the started list.
pub fn batch_production_rate() -> Query {
    Query::new(["batch_production_rate"])
}

/// 投产一批达产率: Capacity rate of the produced list.
pub fn batch_capacity_rate() -> Query {
    Query::new(["batch_capacity_rate"])
}

/// 投产一批达效率: Output attainment of the produced list.
pub fn batch_output_attainment() -> Query {
    Query::new(["batch_output_attainment"])
}

/// 标准地出让宗数: Standard-land parcels transferred.
pub fn standard_land_parcels() -> Query {
    Query::new(["standard_land_parcels"])
}

/// 标准地出让面积: Standard-land area transferred.
pub fn standard_land_area() -> Query {
    Query::new(["standard_land_area"])
}

/// 标准地出让率: Standard-land share of industrial parcels.
pub fn standard_land_share() -> Query {
    Query::new(["standard_land_share"])
}

/// 标准地出让面积占比: Standard-land share of industrial area.
pub fn standard_land_area_share() -> Query {
    Query::new(["standard_land_area_share"])
}

/// 储备标准地: Standard land in reserve.
pub fn standard_land_reserve() -> Query {
    Query::new(["standard_land_reserve"])
}

/// 基础回填完成率: Foundations backfilled.
pub fn foundation_share() -> Query {
    Query::new(["foundation_share"])
}

/// 主体封顶率: Topped out.
pub fn topped_out_share() -> Query {
    Query::new(["topped_out_share"])
}

/// 单体竣工率: Buildings completed.
pub fn building_completion_share() -> Query {
    Query::new(["building_completion_share"])
}

/// 受理件数: Cases accepted.
pub fn accepted_cases() -> Query {
    Query::new(["accepted_cases"])
}

/// 办结件数: Cases closed.
pub fn closed_cases() -> Query {
    Query::new(["closed_cases"])
}

/// 办结率: Closure rate.
pub fn closure_rate() -> Query {
    Query::new(["closure_rate"])
}

/// 按时办结率: On-time closure.
pub fn on_time_rate() -> Query {
    Query::new(["on_time_rate"])
}

/// 法定时限办结率: Closure within the statutory limit.
pub fn statutory_on_time_rate() -> Query {
    Query::new(["statutory_on_time_rate"])
}

/// 应结按时办结率: On-time closure of cases due.
pub fn due_on_time_rate() -> Query {
    Query::new(["due_on_time_rate"])
}

/// 提前办结率: Early closure.
pub fn early_closure_rate() -> Query {
    Query::new(["early_closure_rate"])
}

/// 超期未办结件数: Open cases overdue.
pub fn overdue_open_cases() -> Query {
    Query::new(["overdue_open_cases"])
}

/// 承诺时限压缩率: Limit compression.
pub fn limit_compression() -> Query {
    Query::new(["limit_compression"])
}

/// 事项时限压缩率: Limit compression by matter.
pub fn limit_compression_by_matter() -> Query {
    Query::new(["limit_compression_by_matter"])
}

/// 即办事项占比: On-the-spot matters.
pub fn on_the_spot_matters() -> Query {
    Query::new(["on_the_spot_matters"])
}

/// 即办件占比: On-the-spot share.
pub fn on_the_spot_share() -> Query {
    Query::new(["on_the_spot_share"])
}

/// 一窗受理率: One-window share.
pub fn one_window_share() -> Query {
    Query::new(["one_window_share"])
}

/// 集成办占比: Integrated-handling share.
pub fn integrated_share() -> Query {
    Query::new(["integrated_share"])
}

/// 全程办占比: Whole-process share.
pub fn whole_process_share() -> Query {
    Query::new(["whole_process_share"])
}

/// 一次性告知率: One-time notice share.
pub fn notice_share() -> Query {
    Query::new(["notice_share"])
}

/// 一次申报通过率: Closed on the first submission.
pub fn first_submission_rate() -> Query {
    Query::new(["first_submission_rate"])
}

/// 最多跑一次率: At most one visit.
pub fn one_visit_rate() -> Query {
    Query::new(["one_visit_rate"])
}

/// 提前介入率: Pre-review share.
pub fn pre_review_share() -> Query {
    Query::new(["pre_review_share"])
}

/// 联合核勘率: Joint-inspection share.
pub fn joint_inspection_share() -> Query {
    Query::new(["joint_inspection_share"])
}

/// 平均补正次数: Revision rounds per case.
pub fn mean_revision_rounds() -> Query {
    Query::new(["mean_revision_rounds"])
}

/// 平均补正天数: Revision days per case.
pub fn mean_revision_days() -> Query {
    Query::new(["mean_revision_days"])
}

/// 办理工作日: Working days to decide.
pub fn case_working_days() -> Query {
    Query::new(["case_working_days"])
}

/// 验收一次通过率: First-pass acceptance.
pub fn first_pass_rate() -> Query {
    Query::new(["first_pass_rate"])
}

/// 联合验收率: Joint-acceptance share.
pub fn joint_acceptance_share() -> Query {
    Query::new(["joint_acceptance_share"])
}

/// 分阶段核查率: Stage-checked acceptance.
pub fn stage_check_share() -> Query {
    Query::new(["stage_check_share"])
}

/// 好评率: Satisfaction.
pub fn satisfaction_rate() -> Query {
    Query::new(["satisfaction_rate"])
}

/// 好评率（不含基本满意）: Satisfaction (strict).
pub fn satisfaction_rate_strict() -> Query {
    Query::new(["satisfaction_rate_strict"])
}

/// 评价率: Rating rate.
pub fn rating_rate() -> Query {
    Query::new(["rating_rate"])
}

/// 差评整改率: Bad reviews rectified.
pub fn rectification_rate() -> Query {
    Query::new(["rectification_rate"])
}

/// 服务企业次数: Enterprise visits.
pub fn service_visits() -> Query {
    Query::new(["service_visits"])
}

/// 服务企业户数: Enterprises served.
pub fn enterprises_served() -> Query {
    Query::new(["enterprises_served"])
}

/// 收集问题数: Problems raised.
pub fn problems_raised() -> Query {
    Query::new(["problems_raised"])
}

/// 解决问题数: Problems solved.
pub fn problems_solved() -> Query {
    Query::new(["problems_solved"])
}

/// 问题解决率: Resolution rate.
pub fn resolution_rate() -> Query {
    Query::new(["resolution_rate"])
}

/// 应完成任务数: Tasks due.
pub fn tasks_due() -> Query {
    Query::new(["tasks_due"])
}

/// 清单完成率: Checklist completion.
pub fn task_completion_rate() -> Query {
    Query::new(["task_completion_rate"])
}

/// 按期完成率: On-time completion.
pub fn task_on_time_rate() -> Query {
    Query::new(["task_on_time_rate"])
}

/// 逾期任务数: Overdue tasks.
pub fn overdue_tasks() -> Query {
    Query::new(["overdue_tasks"])
}

/// 督办任务占比: Escalated tasks.
pub fn escalation_share() -> Query {
    Query::new(["escalation_share"])
}

/// 督办办结率: Escalated tasks done.
pub fn escalated_completion_rate() -> Query {
    Query::new(["escalated_completion_rate"])
}

/// 活动场次: Activities.
pub fn activities_held() -> Query {
    Query::new(["activities_held"])
}

/// 参加人次: Attendance.
pub fn attendance() -> Query {
    Query::new(["attendance"])
}

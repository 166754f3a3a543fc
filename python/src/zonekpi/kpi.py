# Made by `cargo xtask kpi` from the shipped catalog. Change the catalog, not this file.
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

__all__ = [
    "accepted_cases",
    "activities_held",
    "agency_projects",
    "agency_share",
    "approved_projects",
    "attendance",
    "average_investment",
    "batch_capacity_rate",
    "batch_entries",
    "batch_investment",
    "batch_output_attainment",
    "batch_production_rate",
    "batch_projects",
    "batch_start_rate",
    "building_completion_share",
    "cancellation_rate",
    "capacity_rate",
    "case_working_days",
    "closed_cases",
    "closure_rate",
    "commissioner_share",
    "commitment_projects",
    "commitment_share",
    "commitment_share_of_starts",
    "completed_projects",
    "completion_rate",
    "days_approved_to_started",
    "days_signed_to_produced",
    "days_signed_to_started",
    "delayed_projects",
    "due_on_time_rate",
    "early_closure_rate",
    "enterprises_served",
    "escalated_completion_rate",
    "escalation_share",
    "first_pass_rate",
    "first_submission_rate",
    "foundation_share",
    "integrated_share",
    "investment_done_rate",
    "investment_intensity",
    "jobs",
    "joint_acceptance_share",
    "joint_inspection_share",
    "landed_projects",
    "landing_rate",
    "lead_official_share",
    "limit_compression",
    "limit_compression_by_matter",
    "mean_revision_days",
    "mean_revision_rounds",
    "notice_share",
    "on_schedule_production_rate",
    "on_schedule_start_rate",
    "on_the_spot_matters",
    "on_the_spot_share",
    "on_time_rate",
    "one_visit_rate",
    "one_window_share",
    "output_attainment",
    "output_per_mu",
    "overdue_open_cases",
    "overdue_tasks",
    "paid_in_rate",
    "paid_in_rate_of_investment",
    "performance_rate",
    "planned_completion_rate",
    "planned_production_rate",
    "planned_start_rate",
    "pre_review_share",
    "problems_raised",
    "problems_solved",
    "produced_projects",
    "production_rate",
    "projects_per_commissioner",
    "rating_rate",
    "rectification_rate",
    "registration_rate",
    "resolution_rate",
    "satisfaction_rate",
    "satisfaction_rate_strict",
    "service_visits",
    "signed_investment",
    "signed_production_rate",
    "signed_projects",
    "stage_check_share",
    "standard_land_area",
    "standard_land_area_share",
    "standard_land_parcels",
    "standard_land_reserve",
    "standard_land_share",
    "start_rate",
    "started_projects",
    "statutory_on_time_rate",
    "task_completion_rate",
    "task_on_time_rate",
    "tasks_due",
    "tax_per_mu",
    "topped_out_share",
    "whole_process_share",
]


def signed_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目数。

    Signed projects. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按签约时间
    单位：个

    Rows: projects
    Formula: number
    Time: flow in the period, by signed date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.signed_projects(zk.example(), by="zone")
    """
    return _indicator(
        "signed_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def signed_investment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约总投资。

    Signed investment. Unit: CNY.

    对象：项目
    计算：Σ（总投资）
    时间：流量，期间内，按签约时间
    单位：元

    Rows: projects
    Formula: Σ (investment)
    Time: flow in the period, by signed date
    Unit: CNY

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``investment_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.signed_investment(zk.example(), by="zone")
    """
    return _indicator(
        "signed_investment",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def landed_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """落地项目数。

    Projects landed. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按落地时间
    单位：个

    Rows: projects
    Formula: number
    Time: flow in the period, by landed date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``landed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.landed_projects(zk.example(), by="zone")
    """
    return _indicator(
        "landed_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def approved_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """立项项目数。

    Approved projects. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按立项时间
    单位：个
    说明：立项包括审批、核准、备案三种方式。

    Rows: projects
    Formula: number
    Time: flow in the period, by approved date
    Unit: number
    Note: Approval (立项) takes three forms: approval, confirmation and filing.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.approved_projects(zk.example(), by="zone")
    """
    return _indicator(
        "approved_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def started_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """开工项目数。

    Projects started. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按开工时间
    单位：个

    Rows: projects
    Formula: number
    Time: flow in the period, by started date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``started_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.started_projects(zk.example(), by="zone")
    """
    return _indicator(
        "started_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def completed_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """竣工项目数。

    Projects completed. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按竣工时间
    单位：个

    Rows: projects
    Formula: number
    Time: flow in the period, by completed date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``completed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.completed_projects(zk.example(), by="zone")
    """
    return _indicator(
        "completed_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def produced_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """投产项目数。

    Projects in production. Unit: number.

    对象：项目
    计算：个数
    时间：流量，期间内，按投产时间
    单位：个

    Rows: projects
    Formula: number
    Time: flow in the period, by produced date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.produced_projects(zk.example(), by="zone")
    """
    return _indicator(
        "produced_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def commitment_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """承诺制项目数。

    Commitment-system projects. Unit: number.

    对象：项目，备案
    计算：承诺制的个数
    时间：存量，截至统计日，按立项时间
    单位：个

    Rows: projects: filed
    Formula: number of these that are: commitment
    Time: stock at the date, by approved date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``filed`` (else made from ``approval_kind``), ``commitment``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.commitment_projects(zk.example(), by="zone")
    """
    return _indicator(
        "commitment_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def commitment_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """承诺制项目占比。

    Commitment-system share. Unit: percent.

    对象：项目，备案
    计算：承诺制的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按立项时间
    单位：百分比
    说明：分母是备案类项目，不是全部立项项目，不能与全代办占比共用分母。

    Rows: projects: filed
    Formula: number of these that are: commitment ÷ number of all
    Time: stock at the date, by approved date
    Unit: percent
    Note: Over filed projects, not over all approved ones: it does not share the denominator of the agency-handled share.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``filed`` (else made from ``approval_kind``), ``commitment``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.commitment_share(zk.example(), by="zone")
    """
    return _indicator(
        "commitment_share",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def commitment_share_of_starts(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """新开工承诺制占比。

    Commitment-system share of new starts. Unit: percent.

    对象：项目，备案
    计算：承诺制的个数 ÷ 全部对象的个数
    时间：流量，期间内，按开工时间
    单位：百分比
    说明：省级目标的口径：当年新开工的备案类项目。
    来源：省级目标（2019 年）

    Rows: projects: filed
    Formula: number of these that are: commitment ÷ number of all
    Time: flow in the period, by started date
    Unit: percent
    Note: As the provincial target has it: over filed projects newly started in the year.
    Source: 省级目标（2019 年）

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``started_on``, ``filed`` (else made from ``approval_kind``), ``commitment``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.commitment_share_of_starts(zk.example(), by="zone")
    """
    return _indicator(
        "commitment_share_of_starts",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def agency_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """领办代办项目数。

    Agency-handled projects. Unit: number.

    对象：项目
    计算：代办的个数
    时间：存量，截至统计日，按立项时间
    单位：个

    Rows: projects
    Formula: number of these that are: agency handled
    Time: stock at the date, by approved date
    Unit: number

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``agency_handled``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.agency_projects(zk.example(), by="zone")
    """
    return _indicator(
        "agency_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def agency_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """全代办占比。

    Agency-handled share. Unit: percent.

    对象：项目
    计算：代办的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按立项时间
    单位：百分比
    说明：分母是全部立项项目（审批、核准、备案）。省里的代办率按事项计，与此不同。

    Rows: projects
    Formula: number of these that are: agency handled ÷ number of all
    Time: stock at the date, by approved date
    Unit: percent
    Note: Over all approved projects, of whatever form. The province counts matters, not projects: keep the two apart.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``agency_handled``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.agency_share(zk.example(), by="zone")
    """
    return _indicator(
        "agency_share",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def commissioner_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """金牌专员覆盖率。

    Commissioner coverage. Unit: percent.

    对象：项目
    计算：已填金牌专员的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按立项时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: commissioner is filled in ÷ number of all
    Time: stock at the date, by approved date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``commissioner``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.commissioner_share(zk.example(), by="zone")
    """
    return _indicator(
        "commissioner_share",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def projects_per_commissioner(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """专员人均项目数。

    Projects per commissioner. Unit: ratio.

    对象：项目，已填金牌专员
    计算：个数 ÷ 不同金牌专员的个数
    时间：存量，截至统计日，按立项时间
    退出：默认剔除
    单位：比值
    说明：已退出的项目不再占用专员，默认剔除。

    Rows: projects: commissioner is filled in
    Formula: number ÷ number of distinct commissioner
    Time: stock at the date, by approved date
    Cancelled: left out by default
    Unit: ratio
    Note: A cancelled project no longer occupies its commissioner, so it is left out by default.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``commissioner``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.projects_per_commissioner(zk.example(), by="zone")
    """
    return _indicator(
        "projects_per_commissioner",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def lead_official_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """领导包点覆盖率。

    Lead-official coverage. Unit: percent.

    对象：项目，重点项目
    计算：已填包联领导的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按立项时间
    单位：百分比

    Rows: projects: key project
    Formula: number of these that are: lead official is filled in ÷ number of all
    Time: stock at the date, by approved date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``key_project``, ``lead_official``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.lead_official_share(zk.example(), by="zone")
    """
    return _indicator(
        "lead_official_share",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def registration_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目注册率。

    Registration rate of signed projects. Unit: percent.

    对象：项目
    计算：已注册的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: registered ÷ number of all
    Time: stock at the date, by signed date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``registered_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.registration_rate(zk.example(), by="zone")
    """
    return _indicator(
        "registration_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def landing_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目落地率。

    Landing rate of signed projects. Unit: percent.

    对象：项目
    计算：已落地的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: landed ÷ number of all
    Time: stock at the date, by signed date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``landed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.landing_rate(zk.example(), by="zone")
    """
    return _indicator(
        "landing_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def start_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目开工率。

    Start rate of signed projects. Unit: percent.

    对象：项目
    计算：已开工的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    单位：百分比
    说明：退出的项目默认留在分母里。新签约的项目来不及开工，比较不同批次时须用相同的期龄（min_age、within）。

    Rows: projects
    Formula: number of these that are: started ÷ number of all
    Time: stock at the date, by signed date
    Unit: percent
    Note: Cancelled projects stay in the denominator by default. Those just signed have had no time: compare cohorts at equal age (min_age, within).

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``started_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.start_rate(zk.example(), by="zone")
    """
    return _indicator(
        "start_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def production_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """开工项目投产率。

    Production rate of started projects. Unit: percent.

    对象：项目
    计算：已投产的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按开工时间
    单位：百分比
    说明：各地投产率的分母有已开工、已签约、当年计划、在建四种；这里是已开工项目。

    Rows: projects
    Formula: number of these that are: produced ÷ number of all
    Time: stock at the date, by started date
    Unit: percent
    Note: Elsewhere over signed projects, those planned for the year, or those under construction; here over started ones.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``started_on``, ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.production_rate(zk.example(), by="zone")
    """
    return _indicator(
        "production_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def signed_production_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目投产率。

    Production rate of signed projects. Unit: percent.

    对象：项目
    计算：已投产的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: produced ÷ number of all
    Time: stock at the date, by signed date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.signed_production_rate(zk.example(), by="zone")
    """
    return _indicator(
        "signed_production_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def completion_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """项目竣工率。

    Project completion rate. Unit: percent.

    对象：项目
    计算：已竣工的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按开工时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: completed ÷ number of all
    Time: stock at the date, by started date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``started_on``, ``completed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.completion_rate(zk.example(), by="zone")
    """
    return _indicator(
        "completion_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def capacity_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """投产项目达产率。

    Capacity rate of projects in production. Unit: percent.

    对象：项目
    计算：已达产的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按投产时间
    单位：百分比
    说明：按个数计；按产值计的是达效率。

    Rows: projects
    Formula: number of these that are: at capacity ÷ number of all
    Time: stock at the date, by produced date
    Unit: percent
    Note: By number of projects; by output it is the output attainment.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``, ``at_capacity_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.capacity_rate(zk.example(), by="zone")
    """
    return _indicator(
        "capacity_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def performance_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """履约率。

    Contracts in force. Unit: percent.

    对象：项目
    计算：未退出的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    退出：始终保留
    单位：百分比
    来源：渭南 2010 年：291/292（公布 99.65%，系截尾）

    Rows: projects
    Formula: number of these that are: not cancelled ÷ number of all
    Time: stock at the date, by signed date
    Cancelled: always kept
    Unit: percent
    Source: 渭南 2010 年：291/292（公布 99.65%，系截尾）

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``cancelled_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.performance_rate(zk.example(), by="zone")
    """
    return _indicator(
        "performance_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def cancellation_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约项目退出率。

    Cancellation rate of signed projects. Unit: percent.

    对象：项目
    计算：已退出的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按签约时间
    退出：始终保留
    单位：百分比

    Rows: projects
    Formula: number of these that are: cancelled ÷ number of all
    Time: stock at the date, by signed date
    Cancelled: always kept
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``cancelled_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.cancellation_rate(zk.example(), by="zone")
    """
    return _indicator(
        "cancellation_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def planned_start_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """计划开工率。

    Planned starts achieved. Unit: percent.

    对象：项目
    计算：已开工的个数 ÷ 全部对象的个数
    时间：流量，期间内，按计划开工时间
    单位：百分比
    说明：分母是计划在期间内开工的项目，包括统计日之后才到期的。

    Rows: projects
    Formula: number of these that are: started ÷ number of all
    Time: flow in the period, by planned start date
    Unit: percent
    Note: Over projects planned to start in the period, also those planned for after the date asked about.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``planned_start_on``, ``started_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.planned_start_rate(zk.example(), by="zone")
    """
    return _indicator(
        "planned_start_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def on_schedule_start_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """按期开工率。

    Starts on schedule. Unit: percent.

    对象：项目
    计算：不晚于计划开工时间已开工的个数 ÷ 全部对象的个数
    时间：流量，期间内，按计划开工时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: started by planned start date ÷ number of all
    Time: flow in the period, by planned start date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``planned_start_on``, ``started_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.on_schedule_start_rate(zk.example(), by="zone")
    """
    return _indicator(
        "on_schedule_start_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def planned_completion_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """计划竣工率。

    Planned completions achieved. Unit: percent.

    对象：项目
    计算：已竣工的个数 ÷ 全部对象的个数
    时间：流量，期间内，按计划竣工时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: completed ÷ number of all
    Time: flow in the period, by planned completion date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``planned_completion_on``, ``completed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.planned_completion_rate(zk.example(), by="zone")
    """
    return _indicator(
        "planned_completion_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def planned_production_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """计划投产率。

    Planned productions achieved. Unit: percent.

    对象：项目
    计算：已投产的个数 ÷ 全部对象的个数
    时间：流量，期间内，按计划投产时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: produced ÷ number of all
    Time: flow in the period, by planned production date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``planned_production_on``, ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.planned_production_rate(zk.example(), by="zone")
    """
    return _indicator(
        "planned_production_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def on_schedule_production_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """按期投产率。

    Productions on schedule. Unit: percent.

    对象：项目
    计算：不晚于计划投产时间已投产的个数 ÷ 全部对象的个数
    时间：流量，期间内，按计划投产时间
    单位：百分比

    Rows: projects
    Formula: number of these that are: produced by planned production date ÷ number of all
    Time: flow in the period, by planned production date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``planned_production_on``, ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.on_schedule_production_rate(zk.example(), by="zone")
    """
    return _indicator(
        "on_schedule_production_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def delayed_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """滞后项目数。

    Projects behind plan. Unit: number.

    对象：项目
    计算：（计划开工时间早于统计日且未开工）或（计划投产时间早于统计日且未投产）的个数
    时间：存量，截至统计日，按签约时间
    退出：默认剔除
    单位：个
    说明：计划开工或计划投产之日已过而尚未达到；到期当天不算滞后。

    Rows: projects
    Formula: number of these that are: (planned start date before the date asked about and not started) or (planned production date before the date asked about and not produced)
    Time: stock at the date, by signed date
    Cancelled: left out by default
    Unit: number
    Note: The planned start or production is past and not reached; on the planned day itself a project is not behind.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``planned_start_on``, ``started_on``, ``planned_production_on``,
            ``produced_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.delayed_projects(zk.example(), by="zone")
    """
    return _indicator(
        "delayed_projects",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def output_attainment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """达效率。

    Output attainment. Unit: percent.

    对象：项目
    计算：Σ（年产值） ÷ Σ（计划年产值）
    时间：存量，截至统计日，按投产时间
    单位：百分比
    说明：实际与计划年产值的合计之比；缺任一数的项目两边都不计，算作未知。

    Rows: projects
    Formula: Σ (output) ÷ Σ (planned output)
    Time: stock at the date, by produced date
    Unit: percent
    Note: Ratio of sums of annual output, actual to planned; a project that lacks either figure leaves both sides and counts as unknown.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``, ``output_cny``, ``planned_output_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.output_attainment(zk.example(), by="zone")
    """
    return _indicator(
        "output_attainment",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def paid_in_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """资金到位率。

    Paid-in rate. Unit: percent.

    对象：项目
    计算：Σ（到位资金） ÷ Σ（合同引资额）
    时间：存量，截至统计日，按签约时间
    单位：百分比
    说明：分母是合同引资额；没有合同引资额时用按总投资的变体，并须说明。

    Rows: projects
    Formula: Σ (paid in) ÷ Σ (contracted capital)
    Time: stock at the date, by signed date
    Unit: percent
    Note: Over contracted capital; where there is none use the variant over total investment, and say so.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``paid_in_cny``, ``contracted_capital_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.paid_in_rate(zk.example(), by="zone")
    """
    return _indicator(
        "paid_in_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def paid_in_rate_of_investment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """资金到位率（按总投资）。

    Paid-in rate over total investment. Unit: percent.

    对象：项目
    计算：Σ（到位资金） ÷ Σ（总投资）
    时间：存量，截至统计日，按签约时间
    单位：百分比
    说明：分母是总投资，不是合同引资额。

    Rows: projects
    Formula: Σ (paid in) ÷ Σ (investment)
    Time: stock at the date, by signed date
    Unit: percent
    Note: Over total investment, not contracted capital.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``paid_in_cny``, ``investment_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.paid_in_rate_of_investment(zk.example(), by="zone")
    """
    return _indicator(
        "paid_in_rate_of_investment",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def investment_done_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """年度投资完成率。

    Investment against the year's plan. Unit: percent.

    对象：项目
    计算：Σ（本年完成投资） ÷ Σ（年度计划投资）
    时间：存量，截至统计日，按签约时间
    单位：百分比
    说明：用完成投资，不是到位资金。

    Rows: projects
    Formula: Σ (year invested) ÷ Σ (year plan)
    Time: stock at the date, by signed date
    Unit: percent
    Note: Of the investment done, which is not the paid-in figure.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``year_invested_cny``, ``year_plan_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.investment_done_rate(zk.example(), by="zone")
    """
    return _indicator(
        "investment_done_rate",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def average_investment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """单个项目平均投资额。

    Investment per project. Unit: CNY.

    对象：项目
    计算：Σ（总投资） ÷ 已填总投资的个数
    时间：流量，期间内，按签约时间
    单位：元
    说明：没有填总投资的项目算作未知，不进分母。

    Rows: projects
    Formula: Σ (investment) ÷ number of these that are: investment is filled in
    Time: flow in the period, by signed date
    Unit: CNY
    Note: Projects without an investment count as unknown and are not in the denominator.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``investment_cny``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.average_investment(zk.example(), by="zone")
    """
    return _indicator(
        "average_investment",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def investment_intensity(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """投资强度。

    Investment intensity. Unit: CNY/mu.

    对象：项目
    计算：Σ（固定资产投资） ÷ Σ（用地面积）
    时间：存量，截至统计日，按签约时间
    单位：元/亩
    说明：用固定资产投资，不是总投资。

    Rows: projects
    Formula: Σ (fixed asset) ÷ Σ (land mu)
    Time: stock at the date, by signed date
    Unit: CNY/mu
    Note: Of fixed-asset investment, not of total investment.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``fixed_asset_cny``, ``land_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.investment_intensity(zk.example(), by="zone")
    """
    return _indicator(
        "investment_intensity",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def output_per_mu(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """亩均产出。

    Annual output per mu. Unit: CNY/mu.

    对象：项目
    计算：Σ（年产值） ÷ Σ（用地面积）
    时间：存量，截至统计日，按投产时间
    单位：元/亩
    说明：产值是一年的数，年份见 figures_year；不同年份不要合在一起。

    Rows: projects
    Formula: Σ (output) ÷ Σ (land mu)
    Time: stock at the date, by produced date
    Unit: CNY/mu
    Note: Output is of one year, told by figures_year: do not mix years.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``, ``output_cny``, ``land_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.output_per_mu(zk.example(), by="zone")
    """
    return _indicator(
        "output_per_mu",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def tax_per_mu(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """亩均税收。

    Annual tax per mu. Unit: CNY/mu.

    对象：项目
    计算：Σ（税收） ÷ Σ（用地面积）
    时间：存量，截至统计日，按投产时间
    单位：元/亩
    说明：税收是一年的数，年份见 figures_year；不同年份不要合在一起。

    Rows: projects
    Formula: Σ (tax) ÷ Σ (land mu)
    Time: stock at the date, by produced date
    Unit: CNY/mu
    Note: Tax is of one year, told by figures_year: do not mix years.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``, ``tax_cny``, ``land_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.tax_per_mu(zk.example(), by="zone")
    """
    return _indicator(
        "tax_per_mu",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def jobs(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """就业人数。

    Jobs. Unit: persons.

    对象：项目
    计算：Σ（就业人数）
    时间：存量，截至统计日，按投产时间
    退出：默认剔除
    单位：人

    Rows: projects
    Formula: Σ (jobs)
    Time: stock at the date, by produced date
    Cancelled: left out by default
    Unit: persons

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``produced_on``, ``jobs``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.jobs(zk.example(), by="zone")
    """
    return _indicator(
        "jobs",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def days_signed_to_started(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约到开工天数。

    Days from signing to start. Unit: days.

    对象：项目
    计算：从签约时间到开工时间的天数，取半数对象已达到时的天数；未达到的排在最后，退出时间在先的也排在最后
    时间：存量，截至统计日，按签约时间
    退出：始终保留
    单位：天
    说明：半数项目已开工时的天数。未开工的、先退出的排在最后，不因只看已开工的而显得快；不到半数时没有数值。

    Rows: projects
    Formula: days from signed date to started date: those by which half of all had reached it; those that have not rank last, as do those whose cancelled date came first
    Time: stock at the date, by signed date
    Cancelled: always kept
    Unit: days
    Note: The days by which half of the projects had started. Those that have not, or were cancelled before, rank last, so that the figure is not that of the quick ones; with fewer than half there is none.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``started_on``, ``cancelled_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.days_signed_to_started(zk.example(), by="zone")
    """
    return _indicator(
        "days_signed_to_started",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def days_signed_to_produced(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约到投产天数。

    Days from signing to production. Unit: days.

    对象：项目
    计算：从签约时间到投产时间的天数，取半数对象已达到时的天数；未达到的排在最后，退出时间在先的也排在最后
    时间：存量，截至统计日，按签约时间
    退出：始终保留
    单位：天
    说明：半数项目已投产时的天数。未投产的、先退出的排在最后，不因只看已投产的而显得快；不到半数时没有数值。

    Rows: projects
    Formula: days from signed date to produced date: those by which half of all had reached it; those that have not rank last, as do those whose cancelled date came first
    Time: stock at the date, by signed date
    Cancelled: always kept
    Unit: days
    Note: The days by which half of the projects had gone into production. Those that have not, or were cancelled before, rank last, so that the figure is not that of the quick ones; with fewer than half there is none.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``signed_on``, ``produced_on``, ``cancelled_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.days_signed_to_produced(zk.example(), by="zone")
    """
    return _indicator(
        "days_signed_to_produced",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def days_approved_to_started(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """立项到开工天数。

    Days from approval to start. Unit: days.

    对象：项目
    计算：从立项时间到开工时间的天数，取半数对象已达到时的天数；未达到的排在最后，退出时间在先的也排在最后
    时间：存量，截至统计日，按立项时间
    退出：始终保留
    单位：天
    说明：半数项目已开工时的天数。未开工的、先退出的排在最后，不因只看已开工的而显得快；不到半数时没有数值。

    Rows: projects
    Formula: days from approved date to started date: those by which half of all had reached it; those that have not rank last, as do those whose cancelled date came first
    Time: stock at the date, by approved date
    Cancelled: always kept
    Unit: days
    Note: The days by which half of the projects had started. Those that have not, or were cancelled before, rank last, so that the figure is not that of the quick ones; with fewer than half there is none.

    Args:
        data: a ledger, or a data frame with rows of the table ``projects``.
            Columns needed: ``approved_on``, ``started_on``, ``cancelled_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.days_approved_to_started(zk.example(), by="zone")
    """
    return _indicator(
        "days_approved_to_started",
        "projects",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_entries(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """三个一批项次。

    Batch entries. Unit: entries.

    对象：三个一批
    计算：个数
    时间：流量，期间内，按活动日期
    单位：项次
    说明：项次：一个项目列入几批就计几次。

    Rows: batch entries
    Formula: number
    Time: flow in the period, by held date
    Unit: entries
    Note: Entries: a project listed in several batches counts several times.

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_entries(zk.example(), by="zone")
    """
    return _indicator(
        "batch_entries",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_projects(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """三个一批项目数。

    Distinct projects in batches. Unit: number.

    对象：三个一批
    计算：不同项目编号的个数
    时间：流量，期间内，按活动日期
    单位：个
    说明：一个项目只计一次；按批次分组时各组有重叠，不能相加。

    Rows: batch entries
    Formula: number of distinct project id
    Time: flow in the period, by held date
    Unit: number
    Note: Each project once; groups by batch overlap and do not add up.

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_projects(zk.example(), by="zone")
    """
    return _indicator(
        "batch_projects",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_investment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """三个一批总投资。

    Investment in batches. Unit: CNY.

    对象：三个一批
    计算：Σ（项目的总投资）
    时间：流量，期间内，按活动日期
    去重：同一项目编号只计一次
    单位：元

    Rows: batch entries
    Formula: Σ (the project's investment)
    Time: flow in the period, by held date
    Once: each project id counts once
    Unit: CNY

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``investment_cny``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_investment(zk.example(), by="zone")
    """
    return _indicator(
        "batch_investment",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_start_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """签约一批开工率。

    Start rate of the signed list. Unit: percent.

    对象：三个一批，类别为签约
    计算：项目已开工的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按活动日期
    去重：同一项目编号只计一次
    单位：百分比
    来源：晋中 2021 年：82/94 = 87.23%（五批中的前四批）

    Rows: batch entries: list is signed
    Formula: number of these that are: project started ÷ number of all
    Time: stock at the date, by held date
    Once: each project id counts once
    Unit: percent
    Source: 晋中 2021 年：82/94 = 87.23%（五批中的前四批）

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``list``, ``started_on``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_start_rate(zk.example(), by="zone")
    """
    return _indicator(
        "batch_start_rate",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_production_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """开工一批投产率。

    Production rate of the started list. Unit: percent.

    对象：三个一批，类别为开工
    计算：项目已投产的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按活动日期
    去重：同一项目编号只计一次
    单位：百分比
    来源：晋中 2021 年：67/107 = 62.62%

    Rows: batch entries: list is started
    Formula: number of these that are: project produced ÷ number of all
    Time: stock at the date, by held date
    Once: each project id counts once
    Unit: percent
    Source: 晋中 2021 年：67/107 = 62.62%

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``list``, ``produced_on``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_production_rate(zk.example(), by="zone")
    """
    return _indicator(
        "batch_production_rate",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_capacity_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """投产一批达产率。

    Capacity rate of the produced list. Unit: percent.

    对象：三个一批，类别为投产
    计算：项目已达产的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按活动日期
    去重：同一项目编号只计一次
    单位：百分比

    Rows: batch entries: list is produced
    Formula: number of these that are: project at capacity ÷ number of all
    Time: stock at the date, by held date
    Once: each project id counts once
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``list``, ``at_capacity_on``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_capacity_rate(zk.example(), by="zone")
    """
    return _indicator(
        "batch_capacity_rate",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def batch_output_attainment(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """投产一批达效率。

    Output attainment of the produced list. Unit: percent.

    对象：三个一批，类别为投产
    计算：Σ（项目的年产值） ÷ Σ（项目的计划年产值）
    时间：存量，截至统计日，按活动日期
    去重：同一项目编号只计一次
    单位：百分比
    来源：晋中 2021 年：216.65/235.04 = 92.18%

    Rows: batch entries: list is produced
    Formula: Σ (the project's output) ÷ Σ (the project's planned output)
    Time: stock at the date, by held date
    Once: each project id counts once
    Unit: percent
    Source: 晋中 2021 年：216.65/235.04 = 92.18%

    Args:
        data: a ledger, or a data frame with rows of the table ``batch_entries``.
            Columns needed: ``held_on``, ``list``, ``output_cny``, ``planned_output_cny``, ``project_id``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.batch_output_attainment(zk.example(), by="zone")
    """
    return _indicator(
        "batch_output_attainment",
        "batch_entries",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def standard_land_parcels(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """标准地出让宗数。

    Standard-land parcels transferred. Unit: parcels.

    对象：土地
    计算：标准地的个数
    时间：流量，期间内，按出让时间
    单位：宗

    Rows: parcels
    Formula: number of these that are: standard land
    Time: flow in the period, by transferred date
    Unit: parcels

    Args:
        data: a ledger, or a data frame with rows of the table ``parcels``.
            Columns needed: ``transferred_on``, ``standard_land``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.standard_land_parcels(zk.example(), by="zone")
    """
    return _indicator(
        "standard_land_parcels",
        "parcels",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def standard_land_area(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """标准地出让面积。

    Standard-land area transferred. Unit: mu.

    对象：土地，标准地
    计算：Σ（宗地面积）
    时间：流量，期间内，按出让时间
    单位：亩

    Rows: parcels: standard land
    Formula: Σ (area mu)
    Time: flow in the period, by transferred date
    Unit: mu

    Args:
        data: a ledger, or a data frame with rows of the table ``parcels``.
            Columns needed: ``transferred_on``, ``standard_land``, ``area_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.standard_land_area(zk.example(), by="zone")
    """
    return _indicator(
        "standard_land_area",
        "parcels",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def standard_land_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """标准地出让率。

    Standard-land share of industrial parcels. Unit: percent.

    对象：土地，工业用地
    计算：标准地的个数 ÷ 全部对象的个数
    时间：流量，期间内，按出让时间
    单位：百分比
    说明：山西按宗数统计；按面积的见标准地出让面积占比。

    Rows: parcels: industrial
    Formula: number of these that are: standard land ÷ number of all
    Time: flow in the period, by transferred date
    Unit: percent
    Note: Shanxi counts parcels; by area see the share of industrial area.

    Args:
        data: a ledger, or a data frame with rows of the table ``parcels``.
            Columns needed: ``transferred_on``, ``industrial``, ``standard_land``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.standard_land_share(zk.example(), by="zone")
    """
    return _indicator(
        "standard_land_share",
        "parcels",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def standard_land_area_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """标准地出让面积占比。

    Standard-land share of industrial area. Unit: percent.

    对象：土地，工业用地
    计算：标准地的宗地面积之和 ÷ 全部对象的宗地面积之和
    时间：流量，期间内，按出让时间
    单位：百分比

    Rows: parcels: industrial
    Formula: Σ area mu of these that are: standard land ÷ Σ area mu of all
    Time: flow in the period, by transferred date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``parcels``.
            Columns needed: ``transferred_on``, ``industrial``, ``standard_land``, ``area_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.standard_land_area_share(zk.example(), by="zone")
    """
    return _indicator(
        "standard_land_area_share",
        "parcels",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def standard_land_reserve(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """储备标准地。

    Standard land in reserve. Unit: mu.

    对象：土地，标准地且未出让
    计算：Σ（宗地面积）
    时间：存量，截至统计日，按入库时间
    单位：亩

    Rows: parcels: standard land and not transferred
    Formula: Σ (area mu)
    Time: stock at the date, by ready date
    Unit: mu

    Args:
        data: a ledger, or a data frame with rows of the table ``parcels``.
            Columns needed: ``ready_on``, ``standard_land``, ``transferred_on``, ``area_mu``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.standard_land_reserve(zk.example(), by="zone")
    """
    return _indicator(
        "standard_land_reserve",
        "parcels",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def foundation_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """基础回填完成率。

    Foundations backfilled. Unit: percent.

    对象：单体工程
    计算：已基础完成的个数 ÷ 全部对象的个数
    时间：存量，全部行
    单位：百分比
    说明：已完成基础回填的单体占比，不是竣工率。分母是台账里的全部单体，不论哪天开工。

    Rows: buildings
    Formula: number of these that are: foundation ÷ number of all
    Time: stock, all rows
    Unit: percent
    Note: Buildings past this milestone, not a completion rate. Over all buildings of the ledger, whenever they were begun.

    Args:
        data: a ledger, or a data frame with rows of the table ``buildings``.
            Columns needed: ``foundation_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.foundation_share(zk.example(), by="zone")
    """
    return _indicator(
        "foundation_share",
        "buildings",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def topped_out_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """主体封顶率。

    Topped out. Unit: percent.

    对象：单体工程
    计算：已封顶的个数 ÷ 全部对象的个数
    时间：存量，全部行
    单位：百分比

    Rows: buildings
    Formula: number of these that are: topped out ÷ number of all
    Time: stock, all rows
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``buildings``.
            Columns needed: ``topped_out_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.topped_out_share(zk.example(), by="zone")
    """
    return _indicator(
        "topped_out_share",
        "buildings",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def building_completion_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """单体竣工率。

    Buildings completed. Unit: percent.

    对象：单体工程
    计算：已竣工的个数 ÷ 全部对象的个数
    时间：存量，全部行
    单位：百分比

    Rows: buildings
    Formula: number of these that are: completed ÷ number of all
    Time: stock, all rows
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``buildings``.
            Columns needed: ``completed_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.building_completion_share(zk.example(), by="zone")
    """
    return _indicator(
        "building_completion_share",
        "buildings",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def accepted_cases(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """受理件数。

    Cases accepted. Unit: cases.

    对象：办件
    计算：个数
    时间：流量，期间内，按受理时间
    单位：件

    Rows: cases
    Formula: number
    Time: flow in the period, by accepted date
    Unit: cases

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.accepted_cases(zk.example(), by="zone")
    """
    return _indicator(
        "accepted_cases",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def closed_cases(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """办结件数。

    Cases closed. Unit: cases.

    对象：办件
    计算：个数
    时间：流量，期间内，按办结时间
    单位：件

    Rows: cases
    Formula: number
    Time: flow in the period, by decided date
    Unit: cases

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.closed_cases(zk.example(), by="zone")
    """
    return _indicator(
        "closed_cases",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def closure_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """办结率。

    Closure rate. Unit: percent.

    计算：办结件数 ÷ 受理件数
    单位：百分比
    说明：同期办结件数与受理件数之比，两边不是同一批办件，可以超过 100%。

    Formula: Cases closed ÷ Cases accepted
    Unit: percent
    Note: Cases closed to cases accepted in the same period: not the same cases, so it may pass 100%.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``accepted_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.closure_rate(zk.example(), by="zone")
    """
    return _indicator(
        "closure_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def on_time_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """按时办结率。

    On-time closure. Unit: percent.

    对象：办件，已填到期日
    计算：不晚于到期日已办结的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    说明：时限为承诺时限，没有承诺的为法定时限；没有时限的办件不在内。在办的逾期件不在内，所以须与应结按时办结率一起看。
    来源：行政许可法第四十二条、第四十五条、第八十二条；民法典第二百零一条、第二百零三条

    Rows: cases: due date is filled in
    Formula: number of these that are: decided by due date ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Note: The limit is the promised one, else the statutory one; cases without a limit are not in it. Late cases that are still open are not in it either: read it beside on-time closure of cases due.
    Source: 行政许可法第四十二条、第四十五条、第八十二条；民法典第二百零一条、第二百零三条

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``due_on`` (else made from ``promised_limit``).
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.on_time_rate(zk.example(), by="zone")
    """
    return _indicator(
        "on_time_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def statutory_on_time_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """法定时限办结率。

    Closure within the statutory limit. Unit: percent.

    对象：办件，已填法定到期日
    计算：不晚于法定到期日已办结的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    来源：行政许可法第四十二条、第四十五条、第八十二条；民法典第二百零一条、第二百零三条

    Rows: cases: statutory due date is filled in
    Formula: number of these that are: decided by statutory due date ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Source: 行政许可法第四十二条、第四十五条、第八十二条；民法典第二百零一条、第二百零三条

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``statutory_due_on`` (else made from ``statutory_limit``).
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.statutory_on_time_rate(zk.example(), by="zone")
    """
    return _indicator(
        "statutory_on_time_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def due_on_time_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """应结按时办结率。

    On-time closure of cases due. Unit: percent.

    对象：办件
    计算：不晚于到期日已办结的个数 ÷ 全部对象的个数
    时间：流量，期间内，按到期日
    单位：百分比
    说明：时限落在期间内的办件中按时办结的比例，逾期未结的也在分母。期间未结束时，尚未到期也未办结的同样在分母。

    Rows: cases
    Formula: number of these that are: decided by due date ÷ number of all
    Time: flow in the period, by due date
    Unit: percent
    Note: Of the cases whose limit falls in the period, those closed by it; late open cases are in the denominator. While the period is not over, so are open cases that are not due yet.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``due_on`` (else made from ``promised_limit``), ``decided_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.due_on_time_rate(zk.example(), by="zone")
    """
    return _indicator(
        "due_on_time_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def early_closure_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """提前办结率。

    Early closure. Unit: percent.

    对象：办件，已填承诺到期日且非即办
    计算：不晚于承诺到期日前 1 天已办结的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    说明：早于承诺时限办结的承诺件；即办件不在内。

    Rows: cases: promised due date is filled in and not on the spot
    Formula: number of these that are: decided by 1 day(s) before promised due date ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Note: Cases with a promise closed before its day; on-the-spot cases are not in it.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``promised_due_on`` (else made from ``promised_limit``),
            ``on_the_spot``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.early_closure_rate(zk.example(), by="zone")
    """
    return _indicator(
        "early_closure_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def overdue_open_cases(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """超期未办结件数。

    Open cases overdue. Unit: cases.

    对象：办件
    计算：未办结且到期日早于统计日的个数
    时间：存量，截至统计日，按受理时间
    单位：件
    说明：中止期间的办件不算超期。

    Rows: cases
    Formula: number of these that are: not decided and due date before the date asked about
    Time: stock at the date, by accepted date
    Unit: cases
    Note: A case whose clock stands still is not overdue.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``decided_on``, ``due_on`` (else made from ``promised_limit``).
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.overdue_open_cases(zk.example(), by="zone")
    """
    return _indicator(
        "overdue_open_cases",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def limit_compression(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """承诺时限压缩率。

    Limit compression. Unit: percent.

    对象：办件，已填承诺时限且已填法定时限
    计算：Σ（法定时限 − 承诺时限） ÷ Σ（法定时限）
    时间：流量，期间内，按受理时间
    排除：承诺时限单位不同于法定时限单位（units differ）
    单位：百分比
    说明：按办件加总；按事项加总的见事项时限压缩率，两数不同。

    Rows: cases: promised limit is filled in and statutory limit is filled in
    Formula: Σ (statutory limit − promised limit) ÷ Σ (statutory limit)
    Time: flow in the period, by accepted date
    Excluded: promised limit unit differs from statutory limit unit (units differ)
    Unit: percent
    Note: Summed over cases; summed over matters it is another figure, limit compression by matter.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``promised_limit``, ``statutory_limit``, ``promised_limit_unit``,
            ``statutory_limit_unit``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.limit_compression(zk.example(), by="zone")
    """
    return _indicator(
        "limit_compression",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def limit_compression_by_matter(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """事项时限压缩率。

    Limit compression by matter. Unit: percent.

    对象：事项清单，已填承诺时限且已填法定时限
    计算：Σ（法定时限 − 承诺时限） ÷ Σ（法定时限）
    时间：存量，全部行
    单位：百分比
    说明：每个事项计一次，与办件多少无关。

    Rows: matters: promised limit is filled in and statutory limit is filled in
    Formula: Σ (statutory limit − promised limit) ÷ Σ (statutory limit)
    Time: stock, all rows
    Unit: percent
    Note: Each matter once, however many cases it has.

    Args:
        data: a ledger, or a data frame with rows of the table ``matters``.
            Columns needed: ``promised_limit``, ``statutory_limit``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.limit_compression_by_matter(zk.example(), by="zone")
    """
    return _indicator(
        "limit_compression_by_matter",
        "matters",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def on_the_spot_matters(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """即办事项占比。

    On-the-spot matters. Unit: percent.

    对象：事项清单
    计算：即办的个数 ÷ 全部对象的个数
    时间：存量，全部行
    单位：百分比

    Rows: matters
    Formula: number of these that are: on the spot ÷ number of all
    Time: stock, all rows
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``matters``.
            Columns needed: ``on_the_spot``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.on_the_spot_matters(zk.example(), by="zone")
    """
    return _indicator(
        "on_the_spot_matters",
        "matters",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def on_the_spot_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """即办件占比。

    On-the-spot share. Unit: percent.

    对象：办件
    计算：即办的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: on the spot ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``on_the_spot``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.on_the_spot_share(zk.example(), by="zone")
    """
    return _indicator(
        "on_the_spot_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def one_window_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """一窗受理率。

    One-window share. Unit: percent.

    对象：办件
    计算：一窗受理的个数 ÷ 全部对象的个数
    时间：流量，期间内，按受理时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: one window ÷ number of all
    Time: flow in the period, by accepted date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``one_window``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.one_window_share(zk.example(), by="zone")
    """
    return _indicator(
        "one_window_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def integrated_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """集成办占比。

    Integrated-handling share. Unit: percent.

    对象：办件
    计算：集成办的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: integrated ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``integrated``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.integrated_share(zk.example(), by="zone")
    """
    return _indicator(
        "integrated_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def whole_process_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """全程办占比。

    Whole-process share. Unit: percent.

    对象：办件
    计算：全程办的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: whole process ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``whole_process``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.whole_process_share(zk.example(), by="zone")
    """
    return _indicator(
        "whole_process_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def notice_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """一次性告知率。

    One-time notice share. Unit: percent.

    对象：办件
    计算：一次性告知的个数 ÷ 全部对象的个数
    时间：流量，期间内，按受理时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: notice given ÷ number of all
    Time: flow in the period, by accepted date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``notice_given``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.notice_share(zk.example(), by="zone")
    """
    return _indicator(
        "notice_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def first_submission_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """一次申报通过率。

    Closed on the first submission. Unit: percent.

    对象：办件
    计算：申报次数为 1的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    说明：只申报一次即办结。与最多跑一次率、联合验收率是三个不同的指标。

    Rows: cases
    Formula: number of these that are: submissions is 1 ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Note: One submission. This, at most one visit and joint acceptance are three indicators, not one.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``submissions``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.first_submission_rate(zk.example(), by="zone")
    """
    return _indicator(
        "first_submission_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def one_visit_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """最多跑一次率。

    At most one visit. Unit: percent.

    对象：办件
    计算：跑动次数不高于 1的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: visits at most 1 ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``visits``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.one_visit_rate(zk.example(), by="zone")
    """
    return _indicator(
        "one_visit_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def pre_review_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """提前介入率。

    Pre-review share. Unit: percent.

    对象：办件
    计算：提前介入的个数 ÷ 全部对象的个数
    时间：流量，期间内，按受理时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: pre reviewed ÷ number of all
    Time: flow in the period, by accepted date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``pre_reviewed``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.pre_review_share(zk.example(), by="zone")
    """
    return _indicator(
        "pre_review_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def joint_inspection_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """联合核勘率。

    Joint-inspection share. Unit: percent.

    对象：办件，现场核勘
    计算：联合核勘的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases: inspected
    Formula: number of these that are: joint inspection ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``inspected``, ``joint_inspection``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.joint_inspection_share(zk.example(), by="zone")
    """
    return _indicator(
        "joint_inspection_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def mean_revision_rounds(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """平均补正次数。

    Revision rounds per case. Unit: ratio.

    对象：办件
    计算：Σ（补正次数） ÷ 已填补正次数的个数
    时间：流量，期间内，按办结时间
    单位：比值

    Rows: cases
    Formula: Σ (revision rounds) ÷ number of these that are: revision rounds is filled in
    Time: flow in the period, by decided date
    Unit: ratio

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``revision_rounds``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.mean_revision_rounds(zk.example(), by="zone")
    """
    return _indicator(
        "mean_revision_rounds",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def mean_revision_days(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """平均补正天数。

    Revision days per case. Unit: days.

    对象：办件
    计算：Σ（补正天数） ÷ 已填补正天数的个数
    时间：流量，期间内，按办结时间
    单位：天

    Rows: cases
    Formula: Σ (revision days) ÷ number of these that are: revision days is filled in
    Time: flow in the period, by decided date
    Unit: days

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``revision_days``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.mean_revision_days(zk.example(), by="zone")
    """
    return _indicator(
        "mean_revision_days",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def case_working_days(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """办理工作日。

    Working days to decide. Unit: working days.

    对象：办件
    计算：从受理时间到办结时间的工作日数，减去中止天数，取半数对象已达到时的天数；未达到的排在最后
    时间：存量，截至统计日，按受理时间
    单位：工作日
    说明：半数办件已办结时的工作日数，受理次日为第 1 日，中止的工作日不计；未办结的排在最后。

    Rows: cases
    Formula: working days from accepted date to decided date, less suspended days: those by which half of all had reached it; those that have not rank last
    Time: stock at the date, by accepted date
    Unit: working days
    Note: The working days by which half of the cases were decided; the day after acceptance is day 1, suspended days are out; open cases rank last.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``accepted_on``, ``decided_on``, ``suspended_days`` (else made from ``accepted_on``).
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.case_working_days(zk.example(), by="zone")
    """
    return _indicator(
        "case_working_days",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def first_pass_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """验收一次通过率。

    First-pass acceptance. Unit: percent.

    对象：办件，验收事项
    计算：一次通过的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases: acceptance
    Formula: number of these that are: first pass ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``acceptance``, ``first_pass``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.first_pass_rate(zk.example(), by="zone")
    """
    return _indicator(
        "first_pass_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def joint_acceptance_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """联合验收率。

    Joint-acceptance share. Unit: percent.

    对象：办件，验收事项
    计算：联合验收的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases: acceptance
    Formula: number of these that are: joint acceptance ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``acceptance``, ``joint_acceptance``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.joint_acceptance_share(zk.example(), by="zone")
    """
    return _indicator(
        "joint_acceptance_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def stage_check_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """分阶段核查率。

    Stage-checked acceptance. Unit: percent.

    对象：办件，验收事项
    计算：分阶段核查的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases: acceptance
    Formula: number of these that are: stage checked ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``acceptance``, ``stage_checked``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.stage_check_share(zk.example(), by="zone")
    """
    return _indicator(
        "stage_check_share",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def satisfaction_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """好评率。

    Satisfaction. Unit: percent.

    对象：办件，已填评价等级
    计算：评价等级不低于 3的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    说明：五级评价的前三级（含基本满意）÷ 已评价办件；须与评价率一起看。

    Rows: cases: rating is filled in
    Formula: number of these that are: rating at least 3 ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Note: The top three of five grades, of rated cases; read it beside the rating rate.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``rating``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.satisfaction_rate(zk.example(), by="zone")
    """
    return _indicator(
        "satisfaction_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def satisfaction_rate_strict(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """好评率（不含基本满意）。

    Satisfaction (strict). Unit: percent.

    对象：办件，已填评价等级
    计算：评价等级不低于 4的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比
    说明：五级评价的前两级，不含基本满意。

    Rows: cases: rating is filled in
    Formula: number of these that are: rating at least 4 ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent
    Note: The top two of five grades: 基本满意 is left out.

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``rating``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.satisfaction_rate_strict(zk.example(), by="zone")
    """
    return _indicator(
        "satisfaction_rate_strict",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def rating_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """评价率。

    Rating rate. Unit: percent.

    对象：办件
    计算：已填评价等级的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases
    Formula: number of these that are: rating is filled in ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``rating``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.rating_rate(zk.example(), by="zone")
    """
    return _indicator(
        "rating_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def rectification_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """差评整改率。

    Bad reviews rectified. Unit: percent.

    对象：办件，评价等级不高于 2
    计算：整改的个数 ÷ 全部对象的个数
    时间：流量，期间内，按办结时间
    单位：百分比

    Rows: cases: rating at most 2
    Formula: number of these that are: rectified ÷ number of all
    Time: flow in the period, by decided date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``cases``.
            Columns needed: ``decided_on``, ``rating``, ``rectified``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.rectification_rate(zk.example(), by="zone")
    """
    return _indicator(
        "rectification_rate",
        "cases",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def service_visits(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """服务企业次数。

    Enterprise visits. Unit: visits.

    对象：企业服务，服务类型为走访
    计算：个数
    时间：流量，期间内，按走访时间
    单位：次
    说明：走访次数与解决问题数单位不同，相除不是解决率。

    Rows: services: kind is visit
    Formula: number
    Time: flow in the period, by visited date
    Unit: visits
    Note: Visits and problems solved are of two units: their quotient is no resolution rate.

    Args:
        data: a ledger, or a data frame with rows of the table ``services``.
            Columns needed: ``visited_on``, ``kind``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.service_visits(zk.example(), by="zone")
    """
    return _indicator(
        "service_visits",
        "services",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def enterprises_served(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """服务企业户数。

    Enterprises served. Unit: enterprises.

    对象：企业服务
    计算：不同企业名称的个数
    时间：流量，期间内，按走访时间
    单位：户

    Rows: services
    Formula: number of distinct enterprise
    Time: flow in the period, by visited date
    Unit: enterprises

    Args:
        data: a ledger, or a data frame with rows of the table ``services``.
            Columns needed: ``visited_on``, ``enterprise``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.enterprises_served(zk.example(), by="zone")
    """
    return _indicator(
        "enterprises_served",
        "services",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def problems_raised(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """收集问题数。

    Problems raised. Unit: problems.

    对象：企业服务
    计算：个数
    时间：流量，期间内，按提出时间
    单位：件

    Rows: services
    Formula: number
    Time: flow in the period, by raised date
    Unit: problems

    Args:
        data: a ledger, or a data frame with rows of the table ``services``.
            Columns needed: ``raised_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.problems_raised(zk.example(), by="zone")
    """
    return _indicator(
        "problems_raised",
        "services",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def problems_solved(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """解决问题数。

    Problems solved. Unit: problems.

    对象：企业服务
    计算：个数
    时间：流量，期间内，按解决时间
    单位：件

    Rows: services
    Formula: number
    Time: flow in the period, by solved date
    Unit: problems

    Args:
        data: a ledger, or a data frame with rows of the table ``services``.
            Columns needed: ``solved_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.problems_solved(zk.example(), by="zone")
    """
    return _indicator(
        "problems_solved",
        "services",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def resolution_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """问题解决率。

    Resolution rate. Unit: percent.

    对象：企业服务
    计算：已解决的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按提出时间
    单位：百分比
    说明：已提出的问题中已解决的；不是解决问题数 ÷ 走访次数。

    Rows: services
    Formula: number of these that are: solved ÷ number of all
    Time: stock at the date, by raised date
    Unit: percent
    Note: Of the problems raised, those solved; not problems solved ÷ visits.

    Args:
        data: a ledger, or a data frame with rows of the table ``services``.
            Columns needed: ``raised_on``, ``solved_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.resolution_rate(zk.example(), by="zone")
    """
    return _indicator(
        "resolution_rate",
        "services",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def tasks_due(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """应完成任务数。

    Tasks due. Unit: tasks.

    对象：督导清单
    计算：个数
    时间：流量，期间内，按完成时限
    单位：项

    Rows: tasks
    Formula: number
    Time: flow in the period, by due date
    Unit: tasks

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``due_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.tasks_due(zk.example(), by="zone")
    """
    return _indicator(
        "tasks_due",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def task_completion_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """清单完成率。

    Checklist completion. Unit: percent.

    对象：督导清单
    计算：已完成的个数 ÷ 全部对象的个数
    时间：流量，期间内，按完成时限
    单位：百分比

    Rows: tasks
    Formula: number of these that are: done ÷ number of all
    Time: flow in the period, by due date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``due_on``, ``done_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.task_completion_rate(zk.example(), by="zone")
    """
    return _indicator(
        "task_completion_rate",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def task_on_time_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """按期完成率。

    On-time completion. Unit: percent.

    对象：督导清单
    计算：不晚于完成时限已完成的个数 ÷ 全部对象的个数
    时间：流量，期间内，按完成时限
    单位：百分比

    Rows: tasks
    Formula: number of these that are: done by due date ÷ number of all
    Time: flow in the period, by due date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``due_on``, ``done_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.task_on_time_rate(zk.example(), by="zone")
    """
    return _indicator(
        "task_on_time_rate",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def overdue_tasks(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """逾期任务数。

    Overdue tasks. Unit: tasks.

    对象：督导清单
    计算：完成时限早于统计日且未完成的个数
    时间：存量，截至统计日，按完成时限
    单位：项
    说明：到期当天不算逾期。

    Rows: tasks
    Formula: number of these that are: due date before the date asked about and not done
    Time: stock at the date, by due date
    Unit: tasks
    Note: On its due day a task is not overdue.

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``due_on``, ``done_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.overdue_tasks(zk.example(), by="zone")
    """
    return _indicator(
        "overdue_tasks",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def escalation_share(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """督办任务占比。

    Escalated tasks. Unit: percent.

    对象：督导清单
    计算：已督办的个数 ÷ 全部对象的个数
    时间：流量，期间内，按完成时限
    单位：百分比

    Rows: tasks
    Formula: number of these that are: escalated ÷ number of all
    Time: flow in the period, by due date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``due_on``, ``escalated_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.escalation_share(zk.example(), by="zone")
    """
    return _indicator(
        "escalation_share",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def escalated_completion_rate(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """督办办结率。

    Escalated tasks done. Unit: percent.

    对象：督导清单
    计算：已完成的个数 ÷ 全部对象的个数
    时间：存量，截至统计日，按督办时间
    单位：百分比

    Rows: tasks
    Formula: number of these that are: done ÷ number of all
    Time: stock at the date, by escalated date
    Unit: percent

    Args:
        data: a ledger, or a data frame with rows of the table ``tasks``.
            Columns needed: ``escalated_on``, ``done_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.escalated_completion_rate(zk.example(), by="zone")
    """
    return _indicator(
        "escalated_completion_rate",
        "tasks",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def activities_held(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """活动场次。

    Activities. Unit: events.

    对象：活动
    计算：个数
    时间：流量，期间内，按活动日期
    单位：场

    Rows: activities
    Formula: number
    Time: flow in the period, by held date
    Unit: events

    Args:
        data: a ledger, or a data frame with rows of the table ``activities``.
            Columns needed: ``held_on``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.activities_held(zk.example(), by="zone")
    """
    return _indicator(
        "activities_held",
        "activities",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )


def attendance(
    data: Ledger | ArrowFrame,
    *,
    by: str | Sequence[str] | None = None,
    where: _query.Where | None = None,
    as_of: _query.Day | None = None,
    period: _query.Period | None = None,
    every: _query.Every | None = None,
    cancelled: _query.Cancelled | None = None,
    phases: _query.Phases = "own",
    totals: bool = False,
    min_age: int | None = None,
    within: int | None = None,
    confidence: float | None = None,
    engine: _query.Engine = "auto",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
) -> KpiTable:
    """参加人次。

    Attendance. Unit: persons.

    对象：活动
    计算：Σ（参加人数）
    时间：流量，期间内，按活动日期
    单位：人

    Rows: activities
    Formula: Σ (attendees)
    Time: flow in the period, by held date
    Unit: persons

    Args:
        data: a ledger, or a data frame with rows of the table ``activities``.
            Columns needed: ``held_on``, ``attendees``.
        snapshot_on: of a data frame, the day whose state it records.
        calendar: of a data frame, the days that are worked.

    The other options are those of :meth:`zonekpi.Ledger.kpis`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.kpi.attendance(zk.example(), by="zone")
    """
    return _indicator(
        "attendance",
        "activities",
        data,
        by=by,
        where=where,
        as_of=as_of,
        period=period,
        every=every,
        cancelled=cancelled,
        phases=phases,
        totals=totals,
        min_age=min_age,
        within=within,
        confidence=confidence,
        engine=engine,
        snapshot_on=snapshot_on,
        calendar=calendar,
    )

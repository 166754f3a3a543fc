"""The indicators that are asked: those of the catalog, and definitions of one's own made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bench.question import Compares, Happened, Indicator, Is, Known, NotYet

TWENTY = (
    Indicator("signed_projects", "signed_on", flow=True),
    Indicator("signed_investment", "signed_on", flow=True, amount="investment_cny"),
    Indicator("approved_projects", "approved_on", flow=True),
    Indicator("started_projects", "started_on", flow=True),
    Indicator("produced_projects", "produced_on", flow=True),
    Indicator("commitment_share", "approved_on", population=Is("filed"), share=Is("commitment")),
    Indicator("agency_share", "approved_on", share=Is("agency_handled")),
    Indicator("commissioner_share", "approved_on", share=Known("commissioner")),
    Indicator("start_rate", "signed_on", share=Happened("started_on")),
    Indicator("signed_production_rate", "signed_on", share=Happened("produced_on")),
    Indicator("cancellation_rate", "signed_on", share=Happened("cancelled_on")),
    Indicator("production_rate", "started_on", share=Happened("produced_on")),
    Indicator("completion_rate", "started_on", share=Happened("completed_on")),
    Indicator("capacity_rate", "produced_on", share=Happened("at_capacity_on")),
    Indicator("output_attainment", "produced_on", amount="output_cny", over="planned_output_cny"),
    Indicator("paid_in_rate_of_investment", "signed_on", amount="paid_in_cny", over="investment_cny"),
    Indicator("output_per_mu", "produced_on", amount="output_cny", over="land_mu"),
    Indicator("tax_per_mu", "produced_on", amount="tax_cny", over="land_mu"),
    Indicator("jobs", "produced_on", amount="jobs"),
    Indicator("completed_projects", "completed_on", flow=True),
)

FIVE = tuple(
    i for i in TWENTY if i.id in {"commitment_share", "agency_share", "start_rate", "signed_investment", "jobs"}
)


def _of_cases(name: str, time: str, **measured: Any) -> Indicator:
    return Indicator(name, time, table="cases", flow=True, **measured)


OF_CASES = (
    _of_cases("accepted_cases", "accepted_on"),
    _of_cases("closed_cases", "decided_on"),
    _of_cases("on_time_rate", "decided_on", population=Known("due_on"), share=Compares("decided_on", "<=", "due_on")),
    _of_cases(
        "statutory_on_time_rate",
        "decided_on",
        population=Known("statutory_due_on"),
        share=Compares("decided_on", "<=", "statutory_due_on"),
    ),
    # Who has decided by a due date of the period has done so by the end of the period.
    _of_cases("due_on_time_rate", "due_on", share=Compares("decided_on", "<=", "due_on")),
    Indicator(
        "overdue_open_cases",
        "accepted_on",
        table="cases",
        counts=(Happened("due_on", before=True), NotYet("decided_on")),
    ),
    _of_cases("on_the_spot_share", "decided_on", share=Is("on_the_spot")),
    _of_cases("one_window_share", "accepted_on", share=Is("one_window")),
    _of_cases("whole_process_share", "decided_on", share=Is("whole_process")),
    _of_cases("first_submission_rate", "decided_on", share=Compares("submissions", "=", 1)),
    _of_cases("satisfaction_rate", "decided_on", population=Known("rating"), share=Compares("rating", ">=", 3)),
    _of_cases("mean_revision_rounds", "decided_on", amount="revision_rounds", mean=True),
)


def over_part(indicator: Indicator, part: str) -> Indicator | None:
    """The same indicator over a part of the projects: a definition of the user's own."""
    if indicator.population or isinstance(indicator.share, Is):
        return None
    return replace(indicator, id=f"{part}_{indicator.id}", population=Is(part))


def many(count: int) -> tuple[Indicator, ...]:
    """The twenty, and the same over parts of the projects: so many in all, 70 at the most."""
    parts = ("agency_handled", "filed", "commitment")
    own = tuple(made for part in parts for i in TWENTY if (made := over_part(i, part)))
    return (*TWENTY, *own)[:count]


def definitions(indicators: tuple[Indicator, ...]) -> str:
    """The TOML of the indicators that the catalog does not have."""
    shipped = {i.id for i in (*TWENTY, *OF_CASES)}
    return "\n".join(_definition(i) for i in indicators if i.id not in shipped)


def _definition(i: Indicator) -> str:
    assert isinstance(i.population, Is)
    lines = [
        f"[{i.id}]",
        f'name = {{ zh = "{i.id}", en = "{i.id}" }}',
        f'table = "{i.table}"',
        f'{"flow" if i.flow else "stock"} = "{i.time}"',
        f'population = "{i.population.flag}"',
        'better = "higher"',
    ]
    match i.share:
        case Happened(event):
            lines += [f'share = "happened({event})"', 'unit = "share"']
        case Known(column):
            lines += [f'share = "{column} IS NOT NULL"', 'unit = "share"']
        case _ if i.amount and i.over:
            sums = f'numerator = {{ sum = "{i.amount}" }}, denominator = {{ sum = "{i.over}" }}'
            per_mu = i.over == "land_mu"
            lines += [f"ratio = {{ {sums} }}", f'unit = "{"cny/mu" if per_mu else "share"}"']
        case _ if i.amount:
            lines += [f'sum = "{i.amount}"', f'unit = "{"persons" if i.amount == "jobs" else "cny"}"']
        case _:
            lines += ['count = "TRUE"', 'unit = "count"']
    return "\n".join(lines) + "\n"

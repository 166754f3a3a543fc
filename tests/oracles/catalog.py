"""Entries of the shipped catalog, written a second time from its page of definitions, as trees.

So that the shipped entries are held to their meaning, and so that worked examples have something to ask. Durations
are left out. Names and units are not repeated.
"""

from __future__ import annotations

from fractions import Fraction

from .brute import Catalog, Definition, Tree

TRUE: Tree = ("true",)
AS_OF: Tree = ("as_of",)


def col(name: str) -> Tree:
    """A column as a value."""
    return ("col", name)


def flag(name: str) -> Tree:
    """A yes/no column as a condition."""
    return ("flag", name)


def is_(name: str, value: str) -> Tree:
    """A column equals a text."""
    return ("cmp", "=", col(name), ("text", value))


def number(name: str, operator: str, value: int) -> Tree:
    """A column against a number."""
    return ("cmp", operator, col(name), ("num", Fraction(value)))


def happened(event: str, by: str | None = None) -> Tree:
    """The event, by a planned day where one is given."""
    return ("happened", event, None if by is None else col(by))


def not_happened(event: str) -> Tree:
    """Not yet."""
    return ("not", happened(event))


def given(name: str) -> Tree:
    """The cell is not blank."""
    return ("notnull", name)


def _behind(planned: str, event: str) -> Tree:
    return ("and", [("cmp", "<", col(planned), AS_OF), not_happened(event)])


def _sums(over: str, under: str) -> Definition:
    return {"numerator": {"sum": col(over)}, "denominator": {"sum": col(under)}}


def _table(name: str, entries: Catalog) -> Catalog:
    return {one: {"table": name, **definition} for one, definition in entries.items()}


PROJECTS = _table(
    "projects",
    {
        "signed_projects": {"flow": "signed_on", "count": TRUE},
        "signed_investment": {"flow": "signed_on", "sum": col("investment_cny")},
        "approved_projects": {"flow": "approved_on", "count": TRUE},
        "started_projects": {"flow": "started_on", "count": TRUE},
        "produced_projects": {"flow": "produced_on", "count": TRUE},
        "commitment_projects": {"stock": "approved_on", "population": flag("filed"), "count": flag("commitment")},
        "commitment_share": {"stock": "approved_on", "population": flag("filed"), "share": flag("commitment")},
        "commitment_share_of_starts": {
            "flow": "started_on",
            "population": flag("filed"),
            "share": flag("commitment"),
        },
        "agency_projects": {"stock": "approved_on", "count": flag("agency_handled")},
        "agency_share": {"stock": "approved_on", "share": flag("agency_handled")},
        "commissioner_share": {"stock": "approved_on", "share": given("commissioner")},
        "projects_per_commissioner": {
            "stock": "approved_on",
            "population": given("commissioner"),
            "ratio": {"numerator": {"count": TRUE}, "denominator": {"distinct": "commissioner"}},
            "cancelled": "drop",
        },
        "start_rate": {"stock": "signed_on", "share": happened("started_on")},
        "production_rate": {"stock": "started_on", "share": happened("produced_on")},
        "signed_production_rate": {"stock": "signed_on", "share": happened("produced_on")},
        "performance_rate": {
            "stock": "signed_on",
            "share": not_happened("cancelled_on"),
            "cancelled": "fixed_keep",
        },
        "cancellation_rate": {"stock": "signed_on", "share": happened("cancelled_on"), "cancelled": "fixed_keep"},
        "planned_start_rate": {"flow": "planned_start_on", "share": happened("started_on")},
        "on_schedule_start_rate": {
            "flow": "planned_start_on",
            "share": happened("started_on", "planned_start_on"),
        },
        "delayed_projects": {
            "stock": "signed_on",
            "count": (
                "or",
                [_behind("planned_start_on", "started_on"), _behind("planned_production_on", "produced_on")],
            ),
            "cancelled": "drop",
        },
        "average_investment": {
            "flow": "signed_on",
            "ratio": {
                "numerator": {"sum": col("investment_cny")},
                "denominator": {"count": given("investment_cny")},
            },
        },
        "jobs": {"stock": "produced_on", "sum": col("jobs"), "cancelled": "drop"},
    },
)

BATCH_ENTRIES = _table(
    "batch_entries",
    {
        "batch_entries": {"flow": "held_on", "count": TRUE},
        "batch_projects": {"flow": "held_on", "distinct": "project_id"},
        "batch_investment": {"flow": "held_on", "sum": col("project.investment_cny"), "once": "project_id"},
        "batch_start_rate": {
            "stock": "held_on",
            "population": is_("list", "signed"),
            "share": happened("project.started_on"),
            "once": "project_id",
        },
        "batch_production_rate": {
            "stock": "held_on",
            "population": is_("list", "started"),
            "share": happened("project.produced_on"),
            "once": "project_id",
        },
    },
)

PARCELS = _table(
    "parcels",
    {
        "standard_land_parcels": {"flow": "transferred_on", "count": flag("standard_land")},
        "standard_land_area": {
            "flow": "transferred_on",
            "population": flag("standard_land"),
            "sum": col("area_mu"),
        },
        "standard_land_share": {
            "flow": "transferred_on",
            "population": flag("industrial"),
            "share": flag("standard_land"),
        },
        "standard_land_area_share": {
            "flow": "transferred_on",
            "population": flag("industrial"),
            "share": flag("standard_land"),
            "weight": col("area_mu"),
        },
        "standard_land_reserve": {
            "stock": "ready_on",
            "population": ("and", [flag("standard_land"), not_happened("transferred_on")]),
            "sum": col("area_mu"),
        },
    },
)

CASES = _table(
    "cases",
    {
        "accepted_cases": {"flow": "accepted_on", "count": TRUE},
        "closed_cases": {"flow": "decided_on", "count": TRUE},
        "limit_compression": {
            "flow": "accepted_on",
            "population": ("and", [given("promised_limit"), given("statutory_limit")]),
            "ratio": {
                "numerator": {"sum": ("-", col("statutory_limit"), col("promised_limit"))},
                "denominator": {"sum": col("statutory_limit")},
            },
            "exclude": [
                {
                    "when": ("cmp", "<>", col("promised_limit_unit"), col("statutory_limit_unit")),
                    "reason": "units differ",
                }
            ],
        },
        "on_the_spot_share": {"flow": "decided_on", "share": flag("on_the_spot")},
        "one_window_share": {"flow": "accepted_on", "share": flag("one_window")},
        "first_submission_rate": {"flow": "decided_on", "share": number("submissions", "=", 1)},
        "one_visit_rate": {"flow": "decided_on", "share": number("visits", "<=", 1)},
        "satisfaction_rate": {
            "flow": "decided_on",
            "population": given("rating"),
            "share": number("rating", ">=", 3),
        },
        "rating_rate": {"flow": "decided_on", "share": given("rating")},
    },
)

CLOCK = _table(
    "cases",
    {
        "on_time_rate": {
            "flow": "decided_on",
            "population": given("due_on"),
            "share": happened("decided_on", "due_on"),
        },
        "statutory_on_time_rate": {
            "flow": "decided_on",
            "population": given("statutory_due_on"),
            "share": happened("decided_on", "statutory_due_on"),
        },
        "due_on_time_rate": {"flow": "due_on", "share": happened("decided_on", "due_on")},
        "early_closure_rate": {
            "flow": "decided_on",
            "population": ("and", [given("promised_due_on"), ("not", flag("on_the_spot"))]),
            "share": ("happened", "decided_on", ("shift", col("promised_due_on"), ("num", Fraction(-1)))),
        },
        "overdue_open_cases": {
            "stock": "accepted_on",
            "count": ("and", [not_happened("decided_on"), ("cmp", "<", col("due_on"), AS_OF)]),
        },
    },
)
"""Entries that read what the clock of a case gives: for ledgers with the columns that `clock` makes."""

TASKS = _table(
    "tasks",
    {
        "tasks_due": {"flow": "due_on", "count": TRUE},
        "task_completion_rate": {"flow": "due_on", "share": happened("done_on")},
        "task_on_time_rate": {"flow": "due_on", "share": happened("done_on", "due_on")},
        "overdue_tasks": {"stock": "due_on", "count": _behind("due_on", "done_on")},
        "escalation_share": {"flow": "due_on", "share": happened("escalated_on")},
        "escalated_completion_rate": {"stock": "escalated_on", "share": happened("done_on")},
    },
)

RATIOS: Catalog = {
    "closure_rate": {"ratio": {"numerator": "closed_cases", "denominator": "accepted_cases"}},
}

SHIPPED: Catalog = {**PROJECTS, **BATCH_ENTRIES, **PARCELS, **CASES, **TASKS, **RATIOS}

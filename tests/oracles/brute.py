"""What an indicator means, row by row.

A brute-force evaluator of indicator definitions over a ledger, written from the description of the semantics and
sharing nothing with the library. Every row is judged by itself, every figure is a count or an exact sum over judged
rows. Nothing here is fast. Reading files, rounding, comparisons between answers, durations (`days`), published
values (`reported`) and the clock of cases (`clock`) are not here.

A **ledger** is tables of rows of cells. A cell is a plain value, `BLANK`, `UNREADABLE`, and for events also
`UNDATED` (it happened, nobody wrote when) or an `Interval` of days; a due date may be `Days`.

A **definition** is a dictionary in the form of a catalog entry, with expressions as trees:

    ("true",) ("false",)                              constants
    ("flag", column)                                  a yes/no column
    ("cmp", op, left, right)                          op is one of = <> < <= > >=
    ("in", scalar, [literal, …])                      ("notin", …) is its NOT
    ("between", scalar, low, high)                    ("notbetween", …) is its NOT
    ("isnull", column)                                ("notnull", …) is its NOT
    ("happened", event, None | date)                  by the date asked about, and by `date` where given
    ("not", p) ("and", [p, …]) ("or", [p, …])

    ("col", column) ("num", Fraction) ("text", str) ("date", date) ("as_of",)
    ("+", a, b) ("-", a, b) ("*", a, b) ("shift", date, n days) ("days_between", a, b)
    ("working_days_between", a, b)

`render` writes a tree as the text that the library reads, `definition_toml` a whole definition.

A **truth** is True, False, or None for unknown. A **span** is an event as two days, first and last possible, as
ordinals; (∞, ∞) is never.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple, TypedDict

# ------------------------------------------------------------------------------------------------ cells and ledgers


class Mark(Enum):
    """A cell without a plain value."""

    BLANK = "blank"
    UNREADABLE = "unreadable"
    UNDATED = "undated"


BLANK, UNREADABLE, UNDATED = Mark.BLANK, Mark.UNREADABLE, Mark.UNDATED


class Interval(NamedTuple):
    """An event that took place on one of these days."""

    first: date
    last: date


class Days(NamedTuple):
    """A due date that lies on one of these days. None: nobody knows how early, or how late."""

    first: date | None
    last: date | None

    def span(self) -> Span:
        """The first and the last day as ordinals."""
        return (
            -math.inf if self.first is None else self.first.toordinal(),
            math.inf if self.last is None else self.last.toordinal(),
        )

    def later(self, days: int) -> Days:
        """So many days after it."""
        return Days(*(None if day is None else day + timedelta(days=days) for day in self))


Cell = str | bool | int | Fraction | date | Interval | Days | Mark
Row = dict[str, Cell]
Truth = bool | None
Tree = tuple[Any, ...]
Definition = dict[str, Any]
Catalog = dict[str, Definition]
Span = tuple[float, float]


class Refused(Exception):
    """The question has no answer: an unknown name, a column that is not there, a form that is not allowed."""


@dataclass(frozen=True)
class Ledger:
    """Tables as of one day. `columns` says what a table has, also where it has no rows."""

    tables: dict[str, list[Row]]
    columns: dict[str, tuple[str, ...]]
    snapshot_on: date


class Query(TypedDict, total=False):
    """What is asked. `period` is a name ("2024Q1"), a pair of days, or "cumulative"."""

    ids: list[str]
    by: list[str]
    where: Tree | None
    as_of: date | None
    period: str | tuple[date, date] | None
    every: str | None
    cancelled: str | None
    phases: str
    totals: bool
    min_age: int | None
    within: int | None


class At(TypedDict, total=False):
    """One cell of an answer."""

    dims: dict[str, str | None]
    period_end: date
    total: bool


_KINDS: dict[str, dict[str, str]] = {
    "projects": {
        "id": "project_id parent_id",
        "text": "project_name investor commissioner lead_official",
        "dimension": "zone park project_type industry source_region source_channel recruiter",
        "enum": "approval_kind",
        "flag": "filed key_project commitment agency_handled carried_over",
        "money": "investment_cny contracted_capital_cny paid_in_cny fixed_asset_cny invested_cny year_invested_cny "
        "year_plan_cny planned_output_cny output_cny tax_cny",
        "area": "land_mu",
        "count": "planned_jobs jobs",
        "optional": "figures_year list_year",
        "date": "planned_start_on planned_completion_on planned_production_on planned_capacity_on",
        "event": "signed_on registered_on landed_on approved_on started_on completed_on produced_on at_capacity_on "
        "cancelled_on",
    },
    "batch_entries": {
        "id": "project_id",
        "dimension": "zone batch",
        "enum": "list",
        "money": "investment_cny",
        "event": "held_on",
    },
    "parcels": {
        "id": "parcel_id project_id",
        "dimension": "zone",
        "area": "area_mu",
        "flag": "industrial standard_land",
        "event": "ready_on transferred_on",
    },
    "buildings": {
        "id": "building_id project_id",
        "dimension": "zone",
        "area": "area_m2",
        "event": "started_on foundation_on topped_out_on completed_on",
    },
    "cases": {
        "id": "case_id project_id",
        "dimension": "zone matter channel",
        "enum": "promised_limit_unit statutory_limit_unit",
        "flag": "acceptance one_window on_the_spot integrated whole_process notice_given pre_reviewed inspected "
        "joint_inspection stage_checked first_pass joint_acceptance rectified",
        "count": "submissions visits revision_rounds revision_days suspended_days",
        "optional": "promised_limit statutory_limit rating",
        "extension": "extended_days",
        "date": "promised_due_on statutory_due_on due_on",
        "event": "accepted_on decided_on",
    },
    "services": {
        "id": "service_id",
        "dimension": "zone enterprise",
        "enum": "kind",
        "event": "visited_on raised_on solved_on",
    },
    "tasks": {
        "id": "task_id project_id",
        "dimension": "zone owner",
        "date": "due_on",
        "event": "done_on escalated_on",
    },
    "activities": {
        "id": "activity_id",
        "dimension": "zone kind",
        "count": "attendees",
        "event": "held_on",
    },
}

SCHEMA: dict[str, dict[str, str]] = {
    table: {name: kind for kind, names in kinds.items() for name in names.split()} for table, kinds in _KINDS.items()
}

BLANK_IS_UNKNOWN = frozenset({"enum", "flag", "money", "area", "count", "measure"})
"""Kinds whose blank is unknown. Of the others a blank is none, a value of its own; of an extension it is 0."""

WITHOUT_A_DATE = frozenset({"flag", "money", "area", "count", "measure", "optional", "extension", "text", "date"})
"""Kinds that are known only as of the day of the ledger."""

GROUPING = frozenset({"id", "text", "dimension", "enum", "flag"})


def kind_of(ledger: Ledger, table: str, name: str) -> str:
    """The kind of a column of the table, or of `project.column`. A column that the schema does not know is text."""
    if name.startswith("project."):
        if "projects" not in ledger.columns or "project_id" not in ledger.columns.get(table, ()) or table == "projects":
            raise Refused(f"{table} refers to no projects: {name}")
        return kind_of(ledger, "projects", name.removeprefix("project."))
    if name not in ledger.columns.get(table, ()):
        raise Refused(f"the ledger has no column {table}.{name}")
    return SCHEMA.get(table, {}).get(name, "text")


def resolve(ledger: Ledger, table: str, name: str) -> str:
    """A name of a query: the table's own, else the project's."""
    if not name.startswith("project.") and name not in ledger.columns.get(table, ()):
        name = f"project.{name}"
    kind_of(ledger, table, name)
    return name


def resolved(ledger: Ledger, table: str, tree: Tree) -> Tree:
    """A filter with each name resolved for the table."""
    head, *rest = tree
    if head in ("flag", "col", "isnull", "notnull"):
        return (head, resolve(ledger, table, rest[0]))
    if head == "happened":
        by = None if rest[1] is None else resolved(ledger, table, rest[1])
        return (head, resolve(ledger, table, rest[0]), by)
    return (head, *(_resolved_argument(ledger, table, argument) for argument in rest))


def _resolved_argument(ledger: Ledger, table: str, argument: Any) -> Any:
    if isinstance(argument, tuple):
        return resolved(ledger, table, argument)
    if isinstance(argument, list):
        return [resolved(ledger, table, item) for item in argument]
    return argument


def columns_of(tree: Tree | None) -> Iterator[str]:
    """Every column that a tree reads."""
    if tree is None:
        return
    head, *rest = tree
    if head in ("flag", "col", "isnull", "notnull", "happened"):
        yield rest[0]
    for argument in rest:
        for item in argument if isinstance(argument, list) else [argument]:
            if isinstance(item, tuple):
                yield from columns_of(item)


# ------------------------------------------------------------------------------------------------------ three values


def all_of(truths: Iterable[Truth]) -> Truth:
    """AND: false if any is false, else unknown if any is unknown."""
    listed = list(truths)
    if any(truth is False for truth in listed):
        return False
    return None if any(truth is None for truth in listed) else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """OR: true if any is true, else unknown if any is unknown."""
    listed = list(truths)
    if any(truth is True for truth in listed):
        return True
    return None if any(truth is None for truth in listed) else False


def not_(truth: Truth) -> Truth:
    """NOT: of unknown, unknown."""
    return None if truth is None else not truth


# ------------------------------------------------------------------------------------------- one row at one date


class Absent(Enum):
    """What stands for a value that is not there (none) or not known."""

    NONE = "none"
    UNKNOWN = "unknown"


NONE, UNKNOWN = Absent.NONE, Absent.UNKNOWN


@dataclass(frozen=True)
class Context:
    """A row, and the date asked about. `within` and `time` turn happened(e) into happened(e, time + within)."""

    ledger: Ledger
    table: str
    row: Row
    as_of: date
    within: int | None = None
    time: str | None = None

    def cell(self, name: str) -> Cell:
        """The cell as recorded. Behind a reference that leads nowhere every cell is unreadable."""
        kind_of(self.ledger, self.table, name)
        if not name.startswith("project."):
            return self.row[name]
        project = project_of(self.ledger, self.row["project_id"])
        return UNREADABLE if project is None else project[name.removeprefix("project.")]

    def kind(self, name: str) -> str:
        """The kind of a column."""
        return kind_of(self.ledger, self.table, name)


def project_of(ledger: Ledger, key: Cell) -> Row | None:
    """The project that a key refers to."""
    if isinstance(key, Mark):
        return None
    for project in ledger.tables.get("projects", []):
        if project["project_id"] == key:
            return project
    return None


def span_of(cell: Cell, snapshot_on: date) -> Span:
    """An event cell as [first, last]: what begins by the snapshot has ended by it, for what is recorded happened."""
    snapshot = snapshot_on.toordinal()
    if cell is BLANK:
        return (math.inf, math.inf)
    if cell is UNREADABLE:
        return (-math.inf, math.inf)
    if cell is UNDATED:
        return (-math.inf, snapshot)
    if isinstance(cell, Interval):
        first, last = cell.first.toordinal(), cell.last.toordinal()
    elif isinstance(cell, date):
        first = last = cell.toordinal()
    else:
        raise TypeError(f"not an event: {cell!r}")
    if first <= snapshot:
        last = min(last, snapshot)
    return (first, last)


def by_then(span: Span, deadline: Span) -> Truth:
    """Whether the event took place by the deadline: surely, surely not, or unknown."""
    if span[1] <= deadline[0]:
        return True
    if span[0] > deadline[1]:
        return False
    return None


def happened(context: Context, event: str, by: Tree | None) -> Truth:
    """Whether the event took place by the date asked about, and by the deadline where there is one."""
    if context.kind(event) != "event":
        raise Refused(f"{event} is not an event")
    span = span_of(context.cell(event), context.ledger.snapshot_on)
    as_of = context.as_of.toordinal()
    parts = [by_then(span, (as_of, as_of))]
    deadlines = [] if by is None else [deadline_of(by, context)]
    setting = None if by is None else event_in(by, context)
    if setting is not None:
        # A deadline that an event sets is not there before the event is.
        parts.append(by_then(span_of(context.cell(setting), context.ledger.snapshot_on), (as_of, as_of)))
    if context.within is not None and context.time is not None:
        deadlines.append(deadline_of(("shift", ("col", context.time), ("num", Fraction(context.within))), context))
    for deadline in deadlines:
        parts.append(False if deadline is None else by_then(span, deadline))
    return all_of(parts)


def event_in(tree: Tree, context: Context) -> str | None:
    """The event from which a deadline counts, if it is one."""
    if tree[0] == "shift":
        return event_in(tree[1], context)
    if tree[0] == "col" and context.kind(tree[1]) == "event":
        return str(tree[1])
    return None


def deadline_of(tree: Tree, context: Context) -> Span | None:
    """A date expression as a deadline: a span, None where there is none, everything where it is unknown."""
    if tree[0] == "col" and context.kind(tree[1]) == "event":
        span = span_of(context.cell(tree[1]), context.ledger.snapshot_on)
        return None if span[0] == math.inf else span
    if tree[0] == "shift":
        days = value_of(tree[2], context)
        base = deadline_of(tree[1], context)
        if days is UNKNOWN:
            return (-math.inf, math.inf)
        if days is NONE or base is None:
            return None
        return (base[0] + int(days), base[1] + int(days))
    day = value_of(tree, context)
    if day is UNKNOWN:
        return (-math.inf, math.inf)
    if isinstance(day, Days):
        return day.span()
    return None if day is NONE else (day.toordinal(), day.toordinal())


def value_of(tree: Tree, context: Context) -> Any:
    """A number, text or day; NONE; or UNKNOWN."""
    head = tree[0]
    if head == "col":
        return column_value(tree[1], context)
    if head in ("num", "text", "date"):
        return tree[1]
    if head == "as_of":
        return min(context.as_of, context.ledger.snapshot_on)
    if head in ("days_between", "working_days_between"):
        left, right = (moment_of(operand, context) for operand in tree[1:])
    else:
        left, right = (value_of(operand, context) for operand in tree[1:])
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if left is NONE or right is NONE:
        return NONE
    if head == "+":
        return left + right
    if head == "-":
        return left - right
    if head == "*":
        return left * right
    if head == "shift":
        return left.later(int(right)) if isinstance(left, Days) else left + timedelta(days=int(right))
    if head == "days_between":
        return Fraction((right - left).days)
    if head == "working_days_between":
        return working_days(left, right)
    raise ValueError(f"no such scalar: {head}")


def working_days(left: date, right: date) -> Any:
    """The working days after one day, up to another and with it; negative the other way round."""
    from . import clock

    if left > right:
        back = working_days(right, left)
        return back if back is UNKNOWN else -back
    counted = [clock.is_working(left + timedelta(days=n + 1)) for n in range((right - left).days)]
    return UNKNOWN if None in counted else Fraction(sum(map(bool, counted)))


def column_value(name: str, context: Context) -> Any:
    """The value of a column that is not an event."""
    kind, cell = context.kind(name), context.cell(name)
    if kind == "event":
        raise Refused(f"a raw event has no single day: {name}")
    if cell is UNREADABLE:
        return UNKNOWN
    if cell is BLANK:
        if kind == "extension":
            return Fraction(0)
        return UNKNOWN if kind in BLANK_IS_UNKNOWN else NONE
    return Fraction(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def moment_of(tree: Tree, context: Context) -> Any:
    """A day to count from or to. An event has one only where it is a point that has come by the date asked about."""
    if tree[0] != "col" or context.kind(tree[1]) != "event":
        value = value_of(tree, context)
        return UNKNOWN if isinstance(value, Days) else value
    first, last = span_of(context.cell(tree[1]), context.ledger.snapshot_on)
    if first > context.as_of.toordinal():
        return NONE
    return date.fromordinal(int(first)) if first == last else UNKNOWN


def compare(operator: str, left: Any, right: Any) -> Truth:
    """Unknown with an unknown; with a none only `<>` is true."""
    if left is UNKNOWN or right is UNKNOWN:
        return None
    if left is NONE or right is NONE:
        return None if isinstance(left, Days) or isinstance(right, Days) else operator == "<>"
    if isinstance(left, Days) or isinstance(right, Days):
        return compare_days(operator, left, right)
    if operator == "=":
        return bool(left == right)
    if operator == "<>":
        return bool(left != right)
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    if operator == ">":
        return bool(left > right)
    if operator == ">=":
        return bool(left >= right)
    raise ValueError(f"no such comparison: {operator}")


def compare_days(operator: str, left: Any, right: Any) -> Truth:
    """Two days of which one may lie on several: what holds for all of them, for none, or unknown."""
    a, b = (day.span() if isinstance(day, Days) else (day.toordinal(),) * 2 for day in (left, right))
    if operator in ("<>", ">=", "<="):
        return not_(compare_days({"<>": "=", ">=": "<", "<=": ">"}[operator], left, right))
    if operator == ">":
        return compare_days("<", right, left)
    if operator == "<":
        return True if a[1] < b[0] else False if a[0] >= b[1] else None
    if a[1] < b[0] or b[1] < a[0]:
        return False
    return True if a[0] == a[1] == b[0] == b[1] else None


def truth_of(tree: Tree, context: Context) -> Truth:
    """A condition on the row."""
    head = tree[0]
    if head == "true":
        return True
    if head == "false":
        return False
    if head == "flag":
        cell = context.cell(tree[1])
        return cell if isinstance(cell, bool) else None
    if head == "cmp":
        return compare(tree[1], value_of(tree[2], context), value_of(tree[3], context))
    if head == "in":
        value = value_of(tree[1], context)
        if value is UNKNOWN:
            return None
        if isinstance(value, Days):
            return any_of([compare("=", value, literal[1]) for literal in tree[2]])
        return False if value is NONE else value in [literal[1] for literal in tree[2]]
    if head == "between":
        value, low, high = (value_of(operand, context) for operand in tree[1:])
        return all_of([compare(">=", value, low), compare("<=", value, high)])
    if head == "isnull":
        if context.kind(tree[1]) == "event":
            raise Refused(f"ask happened({tree[1]}), not IS NULL")
        cell = context.cell(tree[1])
        return None if cell is UNREADABLE else cell is BLANK
    if head in ("notin", "notbetween", "notnull"):
        return not_(truth_of(({"notin": "in", "notbetween": "between", "notnull": "isnull"}[head], *tree[1:]), context))
    if head == "happened":
        return happened(context, tree[1], tree[2])
    if head == "not":
        return not_(truth_of(tree[1], context))
    if head == "and":
        return all_of([truth_of(part, context) for part in tree[1]])
    if head == "or":
        return any_of([truth_of(part, context) for part in tree[1]])
    raise ValueError(f"no such condition: {head}")


# --------------------------------------------------------------------------------------------------------- periods


@dataclass(frozen=True)
class Window:
    """One period of the answer: a flow's days, and the date at which rows are judged. No start: all up to the end."""

    start: date | None
    end: date
    as_of: date


MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def _after_months(start: date, months: int) -> date:
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def calendar_period(day: date, every: str) -> tuple[date, date]:
    """The month, quarter, half year or year that holds the day."""
    months = MONTHS[every]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return start, _after_months(start, months) - timedelta(days=1)


def named_period(name: str) -> tuple[date, date]:
    """ "2024", "2024H1", "2024Q1" or "2024-03"."""
    year = int(name[:4])
    rest = name[4:]
    if not rest:
        return calendar_period(date(year, 1, 1), "year")
    if rest[0] == "H":
        return calendar_period(date(year, int(rest[1:]) * 6, 1), "half_year")
    if rest[0] == "Q":
        return calendar_period(date(year, int(rest[1:]) * 3, 1), "quarter")
    return calendar_period(date(year, int(rest[1:]), 1), "month")


def windows_of(ledger: Ledger, catalog: Catalog, query: Query) -> list[Window]:
    """The periods that a query asks for, each with its date."""
    snapshot, as_of, period, every = ledger.snapshot_on, query.get("as_of"), query.get("period"), query.get("every")
    cumulative = period == "cumulative"
    if every is None:
        if cumulative:
            day = as_of or snapshot
            return [Window(None, day, day)]
        if period is None:
            day = as_of or snapshot
            return [Window(date(day.year, 1, 1), day, day)]
        start, end = named_period(period) if isinstance(period, str) else period
        return [Window(start, end, as_of or min(end, snapshot))]
    if period is None or cumulative:
        last = min(snapshot, as_of) if as_of else snapshot
        first = min([*recorded_days(ledger, catalog, query["ids"]), last])
        start, end = calendar_period(first, every)[0], calendar_period(last, every)[1]
    else:
        start, end = named_period(period) if isinstance(period, str) else period
    windows = []
    day = start
    while day <= end:
        opening, closing = calendar_period(day, every)
        opening, closing = max(opening, start), min(closing, end)
        windows.append(Window(None if cumulative else opening, closing, as_of or min(closing, snapshot)))
        day = closing + timedelta(days=1)
    return windows


def recorded_days(ledger: Ledger, catalog: Catalog, ids: Iterable[str]) -> list[date]:
    """The first possible day of everything that the time columns of the indicators record."""
    days: list[date] = []
    for one in ids:
        for part in parts_of(catalog, one):
            definition = catalog[part]
            time = time_of(definition)
            if time is None:
                continue
            for row in ledger.tables[definition["table"]]:
                cell = Context(ledger, definition["table"], row, ledger.snapshot_on).cell(time)
                if isinstance(cell, Days):
                    days.extend(day for day in cell if day is not None)
                elif isinstance(cell, Interval):
                    days.append(cell.first)
                elif isinstance(cell, date):
                    days.append(cell)
    return days


# ----------------------------------------------------------------------------------------------------- definitions


def parts_of(catalog: Catalog, one: str) -> list[str]:
    """The indicator itself, or the two that it divides."""
    if one not in catalog:
        raise Refused(f"no indicator {one}")
    ratio = catalog[one].get("ratio")
    if ratio is not None and isinstance(ratio["numerator"], str):
        return [ratio["numerator"], ratio["denominator"]]
    return [one]


def time_of(definition: Definition) -> str | None:
    """The date that places a row in time."""
    time: str | None = definition.get("stock", definition.get("flow"))
    return None if time == "*" else time


def basis_of(catalog: Catalog, one: str) -> str:
    """Stock or flow; a ratio of two indicators has that of its first."""
    return "stock" if "stock" in catalog[parts_of(catalog, one)[0]] else "flow"


def trees_of(definition: Definition) -> Iterator[Tree]:
    """Every expression that a definition reads. A distinct column is read as a scalar."""
    for name in ("population", "count", "share", "weight", "sum", "when"):
        if name in definition:
            yield definition[name]
    if "distinct" in definition:
        yield ("col", definition["distinct"])
    for side in definition.get("ratio", {}).values():
        if isinstance(side, dict):
            yield from trees_of(side)
    for rule in definition.get("exclude", []):
        yield rule["when"]


def undated_of(ledger: Ledger, catalog: Catalog, query: Query, one: str, as_of: date) -> list[str]:
    """Columns without a date that are read for another date than the ledger's."""
    if as_of == ledger.snapshot_on:
        return []
    names = set()
    for part in parts_of(catalog, one):
        definition = catalog[part]
        table = definition["table"]
        read = [name for tree in trees_of(definition) for name in columns_of(tree)]
        time = time_of(definition)
        read += [] if time is None else [time]
        where = query.get("where")
        read += [] if where is None else list(columns_of(resolved(ledger, table, where)))
        names |= {name for name in read if kind_of(ledger, table, name) in WITHOUT_A_DATE}
    return sorted(names)


def with_roots(ledger: Ledger) -> Ledger:
    """The ledger with each reference to a phase replaced by the project that the phase belongs to."""
    tables = {
        name: rows
        if name == "projects" or "project_id" not in ledger.columns[name]
        else [{**row, "project_id": root_of(ledger, row["project_id"])} for row in rows]
        for name, rows in ledger.tables.items()
    }
    return replace(ledger, tables=tables)


def root_of(ledger: Ledger, key: Cell) -> Cell:
    """Up from parent to parent: to the top, or to the last that the ledger has. In a circle, the key itself."""
    seen = [key]
    while True:
        project = project_of(ledger, seen[-1])
        parent = BLANK if project is None else project["parent_id"]
        if isinstance(parent, Mark) or project_of(ledger, parent) is None:
            return seen[-1]
        if parent in seen:
            return key
        seen.append(parent)


# --------------------------------------------------------------------------------------------- judging rows


@dataclass(frozen=True)
class Judged:
    """One row of the indicator's table, judged. Each clause is a truth; `member` is what follows from them."""

    index: int
    context: Context
    filter: Truth
    phase: Truth
    dated: Truth
    population: Truth
    rules: list[Truth]
    reasons: list[str]
    cancelled: Truth
    mature: Truth
    outcome: Truth

    @property
    def out(self) -> Truth:
        """Whether anything takes the row out of the population."""
        return any_of([self.phase, *self.rules, self.cancelled, not_(self.mature)])

    @property
    def member(self) -> Truth:
        """Whether the row is counted on."""
        return all_of([self.dated, self.filter, self.population, not_(self.out)])

    @property
    def excluded(self) -> bool:
        """Surely in, but for being surely out."""
        return all_of([self.dated, self.filter, self.population]) is True and self.out is True

    @property
    def reason(self) -> str | None:
        """The first of the reasons that surely hold."""
        named = [("phase", self.phase), *zip(self.reasons, self.rules, strict=True)]
        named += [("cancelled", self.cancelled), ("immature", not_(self.mature))]
        return next((name for name, truth in named if truth is True), None)


def dated(definition: Definition, window: Window, context: Context) -> Truth:
    """Whether the time of the row is in question: come by the date (stock), or in the period (flow)."""
    time = time_of(definition)
    if time is None:
        return True
    as_of, end = window.as_of.toordinal(), window.end.toordinal()
    start = -math.inf if window.start is None else window.start.toordinal()
    if context.kind(time) == "event":
        first, last = span_of(context.cell(time), context.ledger.snapshot_on)
        if "stock" in definition:
            return by_then((first, last), (as_of, as_of))
        end = min(end, as_of)
        if start > end:
            return False
        if first >= start and last <= end:
            return True
        return False if last < start or first > end else None
    day = column_value(time, context)
    if day is UNKNOWN:
        return None
    if day is NONE:
        return False
    if isinstance(day, Days):
        # Not cut at the date asked about: a plan is a plan.
        first, last = day.span()
        if "stock" in definition:
            return by_then((first, last), (as_of, as_of))
        if first >= start and last <= end:
            return True
        return False if last < start or first > end else None
    return bool(day.toordinal() <= as_of) if "stock" in definition else bool(start <= day.toordinal() <= end)


def mature(definition: Definition, age: int | None, context: Context) -> Truth:
    """Whether the row is at least so many days old at the date asked about."""
    if age is None:
        return True
    time = time_of(definition)
    if time is None:
        raise Refused("an indicator without a time has no age")
    old_enough = deadline_of(("shift", ("col", time), ("num", Fraction(age))), context)
    as_of = context.as_of.toordinal()
    return False if old_enough is None else by_then(old_enough, (as_of, as_of))


def cancelled(definition: Definition, policy: str | None, context: Context) -> Truth:
    """Whether the row is taken out as cancelled."""
    default = definition.get("cancelled", "keep")
    chosen = "keep" if default == "fixed_keep" else (policy or default)
    column = {"projects": "cancelled_on", "batch_entries": "project.cancelled_on"}.get(definition["table"])
    if chosen != "drop" or column is None:
        return False
    return happened(context, column, None)


def atoms_of(tree: Tree) -> Iterator[Tree]:
    """The conditions that AND, OR and NOT connect."""
    if tree[0] == "not":
        yield from atoms_of(tree[1])
    elif tree[0] in ("and", "or"):
        for part in tree[1]:
            yield from atoms_of(part)
    else:
        yield tree


def check(definition: Definition, query: Query) -> None:
    """What an indicator cannot be asked."""
    within = query.get("within")
    if within is not None:
        condition = definition.get("share", definition.get("count"))
        if condition is None:
            raise Refused("within is for the condition of a count or a share")
        if any(atom[0] not in ("happened", "true", "false") for atom in atoms_of(condition)):
            raise Refused("within is for conditions of happened(…) only")
        if "once" in definition:
            raise Refused("within reads the date of each row, once reads the entity only")
        if time_of(definition) is None:
            raise Refused("an indicator without a time has no within")


def judge(ledger: Ledger, definition: Definition, query: Query, window: Window) -> list[Judged]:
    """Every row of the table, judged for one period."""
    check(definition, query)
    table, where, within = definition["table"], query.get("where"), query.get("within")
    if table not in ledger.tables:
        raise Refused(f"the ledger has no table {table}")
    condition = None if where is None else resolved(ledger, table, where)
    age = query.get("min_age") if query.get("min_age") is not None else within
    judged = []
    for index, row in enumerate(ledger.tables[table]):
        context = Context(ledger, table, row, window.as_of)
        phase: Truth = False
        if query.get("phases", "own") == "parent" and table == "projects":
            phase = None if row["parent_id"] is UNREADABLE else row["parent_id"] is not BLANK
        measured = replace(context, within=within, time=time_of(definition)) if within is not None else context
        judged.append(
            Judged(
                index=index,
                context=context,
                filter=True if condition is None else truth_of(condition, context),
                phase=phase,
                dated=dated(definition, window, context),
                population=truth_of(definition.get("population", ("true",)), context),
                rules=[truth_of(rule["when"], context) for rule in definition.get("exclude", [])],
                reasons=[rule["reason"] for rule in definition.get("exclude", [])],
                cancelled=cancelled(definition, query.get("cancelled"), context),
                mature=mature(definition, age, context),
                outcome=outcome_of(definition, measured),
            )
        )
    return judged


# ------------------------------------------------------------------------------------------------------- measures


def outcome_of(definition: Definition, context: Context) -> Truth:
    """Whether the row meets the condition, or adds to the figure: yes, no, or unknown."""
    if "count" in definition:
        return truth_of(definition["count"], context)
    if "share" in definition:
        weight = value_of(definition["weight"], context) if "weight" in definition else Fraction(1)
        if weight is UNKNOWN:
            return None
        return False if weight is NONE else truth_of(definition["share"], context)
    if "sum" in definition:
        meant = truth_of(definition.get("when", ("true",)), context)
        return adds(definition["sum"], context) if meant is True else meant
    if "distinct" in definition:
        return None if isinstance(context.cell(definition["distinct"]), Mark) else True
    sides = [side_outcome(side, context) for side in definition["ratio"].values()]
    return None if None in sides else all(sides)


def adds(tree: Tree, context: Context) -> Truth:
    """Whether a value is there to be added: unknown where it is unknown, no where there is none."""
    value = value_of(tree, context)
    return None if value is UNKNOWN else value is not NONE


def side_condition(side: Definition, context: Context) -> Truth:
    """Whether a row is meant by one side of a ratio."""
    return all_of([truth_of(side.get(name, ("true",)), context) for name in ("when", "count")])


def side_outcome(side: Definition, context: Context) -> Truth:
    """Whether one side of a ratio can be told of the row. A row that the side does not mean adds 0, and is told."""
    meant = side_condition(side, context)
    if meant is not True:
        return None if meant is None else True
    if "sum" in side:
        return adds(side["sum"], context)
    if "distinct" in side:
        return None if isinstance(context.cell(side["distinct"]), Mark) else True
    return True


def side_total(side: Definition, contexts: list[Context]) -> Fraction:
    """One side of a ratio over rows that can be told."""
    meant = [context for context in contexts if side_condition(side, context) is True]
    if "sum" in side:
        return sum((value_of(side["sum"], context) for context in meant), Fraction(0))
    if "distinct" in side:
        return Fraction(len({context.cell(side["distinct"]) for context in meant}))
    return Fraction(len(meant))


@dataclass(frozen=True)
class Unit:
    """What is counted: a row; with `once`, an entity, or a row whose entity is not known."""

    member: Truth
    excluded: bool
    outcome: Truth
    context: Context
    indexes: tuple[int, ...]


def units_of(definition: Definition, judged: list[Judged]) -> list[Unit]:
    """Rows as units. With `once`, an entity is a member if any of its rows is, excluded if only such are left."""
    key = definition.get("once")
    if key is None:
        return [Unit(row.member, row.excluded, row.outcome, row.context, (row.index,)) for row in judged]
    units = []
    entities: dict[Cell, list[Judged]] = {}
    for row in judged:
        cell = row.context.cell(key)
        if isinstance(cell, Mark):
            member: Truth = False if row.member is False else None
            units.append(Unit(member, row.excluded, row.outcome, row.context, (row.index,)))
        else:
            entities.setdefault(cell, []).append(row)
    for rows_of_entity in entities.values():
        member = any_of([row.member for row in rows_of_entity])
        excluded = member is False and any(row.excluded for row in rows_of_entity)
        first = rows_of_entity[0]
        indexes = tuple(row.index for row in rows_of_entity)
        units.append(Unit(member, excluded, first.outcome, first.context, indexes))
    return units


@dataclass(frozen=True)
class Figures:
    """The numbers of one cell."""

    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    unknown: int
    population_unknown: int
    population_unknown_met: int
    population_unknown_not_met: int
    excluded: int
    lower: Fraction | None
    upper: Fraction | None
    met: int
    not_met: int
    members: int


def figures(definition: Definition, units: list[Unit]) -> Figures:
    """Count the units, and compute the measure."""
    members = [unit for unit in units if unit.member is True]
    doubtful = [unit for unit in units if unit.member is None]
    met = [unit for unit in members if unit.outcome is True]
    unknown = [unit for unit in members if unit.outcome is None]
    value, numerator, denominator = measure(definition, members, met, unknown)
    lower, upper = bounds(definition, members, doubtful)
    return Figures(
        value=value,
        numerator=numerator,
        denominator=denominator,
        unknown=len(unknown),
        population_unknown=len(doubtful),
        population_unknown_met=sum(unit.outcome is True for unit in doubtful),
        population_unknown_not_met=sum(unit.outcome is False for unit in doubtful),
        excluded=sum(unit.excluded for unit in units),
        lower=lower,
        upper=upper,
        met=len(met),
        not_met=len(members) - len(met) - len(unknown),
        members=len(members),
    )


def measure(
    definition: Definition, members: list[Unit], met: list[Unit], unknown: list[Unit]
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Value, numerator and denominator."""
    if "count" in definition:
        count = Fraction(len(met))
        return count, count, None
    if "share" in definition:
        numerator, denominator = weight_of(definition, met), weight_of(definition, members)
        return quotient(numerator, denominator), numerator, denominator
    if "sum" in definition:
        if unknown and not met:
            return None, None, None
        total = sum((value_of(definition["sum"], unit.context) for unit in met), Fraction(0))
        return total, total, None
    if "distinct" in definition:
        count = Fraction(len(known_values(definition, members)))
        return count, count, None
    sides = definition["ratio"]
    told = [unit.context for unit in met]
    numerator, denominator = side_total(sides["numerator"], told), side_total(sides["denominator"], told)
    return quotient(numerator, denominator), numerator, denominator


def quotient(numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    """None where there is nothing to divide by."""
    return None if numerator is None or not denominator else numerator / denominator


def weight_of(definition: Definition, units: list[Unit]) -> Fraction:
    """The rows of a share, or their weights; a weight that is none or unknown adds nothing."""
    if "weight" not in definition:
        return Fraction(len(units))
    weights = [value_of(definition["weight"], unit.context) for unit in units]
    return sum((weight for weight in weights if not isinstance(weight, Absent)), Fraction(0))


def known_values(definition: Definition, units: list[Unit]) -> set[Cell]:
    """The distinct values of a column."""
    cells = {unit.context.cell(definition["distinct"]) for unit in units}
    return {cell for cell in cells if not isinstance(cell, Mark)}


def bounds(
    definition: Definition, members: list[Unit], doubtful: list[Unit]
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that the unknowns allow; None for sums and ratios."""
    if "distinct" in definition:
        sure, possible = known_values(definition, members), known_values(definition, members + doubtful)
        blank = sum(isinstance(unit.context.cell(definition["distinct"]), Mark) for unit in members + doubtful)
        return Fraction(len(sure)), Fraction(len(possible) + blank)
    if "share" not in definition and "count" not in definition:
        return None, None
    if "weight" in definition:
        weights = [value_of(definition["weight"], unit.context) for unit in members + doubtful]
        if any(weight is UNKNOWN or (weight is not NONE and weight < 0) for weight in weights):
            return None, None
    met = weight_of(definition, [unit for unit in members if unit.outcome is True])
    unknown = weight_of(definition, [unit for unit in members if unit.outcome is None])
    all_members = weight_of(definition, members)
    against = weight_of(definition, [unit for unit in doubtful if unit.outcome is not True])
    in_favour = weight_of(definition, [unit for unit in doubtful if unit.outcome is not False])
    if "count" in definition:
        return met, met + unknown + in_favour
    if all_members + against == 0:
        return (Fraction(1), Fraction(1)) if in_favour > 0 else (None, None)
    if all_members + in_favour == 0:
        return Fraction(0), Fraction(0)
    return met / (all_members + against), (met + unknown + in_favour) / (all_members + in_favour)


# --------------------------------------------------------------------------------------------------- groups, answers

GroupKey = tuple[str | None, ...]


def group_of(context: Context, by: list[str]) -> GroupKey:
    """The group of a row: for each dimension its value, or None where it is blank, unreadable or behind a dead end."""
    return tuple(_group_value(context.cell(resolve(context.ledger, context.table, name))) for name in by)


def _group_value(cell: Cell) -> str | None:
    if isinstance(cell, Mark):
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def prepared(ledger: Ledger, query: Query) -> Ledger:
    """The ledger as the query's phases want it."""
    return with_roots(ledger) if query.get("phases", "own") == "parent" else ledger


def groups_of(ledger: Ledger, catalog: Catalog, query: Query, windows: list[Window]) -> list[GroupKey]:
    """All groups of rows that the filter does not surely reject, in every table asked, whatever their dates."""
    found: list[GroupKey] = []
    by, where = query.get("by") or [], query.get("where")
    for one in query["ids"]:
        for part in parts_of(catalog, one):
            table = catalog[part]["table"]
            for name in by:
                if kind_of(ledger, table, resolve(ledger, table, name)) not in GROUPING:
                    raise Refused(f"{name} is not to group by")
            condition = ("true",) if where is None else resolved(ledger, table, where)
            for row in ledger.tables[table]:
                contexts = [Context(ledger, table, row, window.as_of) for window in windows]
                if any(truth_of(condition, context) is not False for context in contexts):
                    key = group_of(contexts[0], by)
                    if key not in found:
                        found.append(key)
    return found


def answer(ledger: Ledger, catalog: Catalog, query: Query) -> list[dict[str, Any]]:
    """Every line of the answer: each indicator, each group (and the total, if asked), each period."""
    ledger = prepared(ledger, query)
    by = query.get("by") or []
    windows = windows_of(ledger, catalog, query)
    keys: list[GroupKey | None] = list(groups_of(ledger, catalog, query, windows)) if by else [()]
    if by and query.get("totals"):
        keys.append(None)
    lines = []
    for one in query["ids"]:
        if query.get("within") is not None and len(parts_of(catalog, one)) == 2:
            raise Refused("within is for the condition of a count or a share")
        for window in windows:
            judged = {part: judge(ledger, catalog[part], query, window) for part in parts_of(catalog, one)}
            for key in keys:
                cells = {part: _of_group(rows_of_part, by, key) for part, rows_of_part in judged.items()}
                lines.append(_line(ledger, catalog, query, one, window, key, cells))
    return lines


def _of_group(judged: list[Judged], by: list[str], key: GroupKey | None) -> list[Judged]:
    """The rows of one group; of all, where the key is None."""
    return judged if key is None else [row for row in judged if group_of(row.context, by) == key]


def _line(
    ledger: Ledger,
    catalog: Catalog,
    query: Query,
    one: str,
    window: Window,
    key: GroupKey | None,
    cells: dict[str, list[Judged]],
) -> dict[str, Any]:
    by = query.get("by") or []
    numbers = {part: figures(catalog[part], units_of(catalog[part], judged)) for part, judged in cells.items()}
    if one in numbers:
        whole = numbers[one]
    else:
        over, under = (numbers[part] for part in parts_of(catalog, one))
        whole = divided(over, under)
    basis = basis_of(catalog, one)
    return {
        "indicator": one,
        "dims": dict.fromkeys(by) if key is None else dict(zip(by, key, strict=True)),
        "basis": basis,
        "period_start": window.start if basis == "flow" else None,
        "period_end": window.end,
        "as_of": window.as_of,
        "value": whole.value,
        "numerator": whole.numerator,
        "denominator": whole.denominator,
        "unknown": whole.unknown,
        "population_unknown": whole.population_unknown,
        "population_unknown_met": whole.population_unknown_met,
        "population_unknown_not_met": whole.population_unknown_not_met,
        "excluded": whole.excluded,
        "lower": whole.lower,
        "upper": whole.upper,
        "undated": undated_of(ledger, catalog, query, one, window.as_of),
        "complete": window.as_of <= ledger.snapshot_on and window.end <= window.as_of,
        "total": key is None,
    }


def divided(over: Figures, under: Figures) -> Figures:
    """One indicator divided by another on the same grid."""
    return Figures(
        value=quotient(over.value, under.value),
        numerator=over.value,
        denominator=under.value,
        unknown=over.unknown + under.unknown,
        population_unknown=over.population_unknown + under.population_unknown,
        population_unknown_met=over.population_unknown_met + under.population_unknown_met,
        population_unknown_not_met=over.population_unknown_not_met + under.population_unknown_not_met,
        excluded=over.excluded + under.excluded,
        lower=None,
        upper=None,
        met=0,
        not_met=0,
        members=0,
    )


# ------------------------------------------------------------------------------------------------- opening a cell


def _cell(
    ledger: Ledger, catalog: Catalog, query: Query, one: str, at: At | None
) -> list[tuple[str | None, Definition, list[Judged]]]:
    """The judged rows of one cell of the answer: (side, definition, rows)."""
    at = at or {}
    ledger = prepared(ledger, query)
    by = query.get("by") or []
    windows = windows_of(ledger, catalog, query)
    [window] = [window for window in windows if window.end == at.get("period_end", windows[-1].end)]
    key = None if at.get("total") else tuple(at.get("dims", {})[name] for name in by)
    parts = parts_of(catalog, one)
    sides: list[str | None] = [None] if len(parts) == 1 else ["numerator", "denominator"]
    return [
        (side, catalog[part], _of_group(judge(ledger, catalog[part], query, window), by, key))
        for side, part in zip(sides, parts, strict=True)
    ]


def rows(ledger: Ledger, catalog: Catalog, query: Query, one: str, at: At | None = None) -> list[dict[str, Any]]:
    """The rows behind a cell, with what became of each. `index` is the row's place in its table, from 0."""
    lines = []
    for side, definition, judged in _cell(ledger, catalog, query, one, at):
        shown = {index for unit in units_of(definition, judged) if (index := _speaker(unit, judged)) is not None}
        for row in judged:
            if row.member is False and not row.excluded:
                continue
            lines.append(
                {
                    "index": row.index,
                    "side": side,
                    "dated": row.dated,
                    "filter": row.filter,
                    "population": row.population,
                    "excluded": row.reason if row.excluded else None,
                    "mature": row.mature,
                    "outcome": _outcome_name(definition, row) if row.index in shown else "repeated",
                }
            )
    return lines


def _speaker(unit: Unit, judged: list[Judged]) -> int | None:
    """The row that stands for the unit: the first of those that put it where it is."""
    mine = [row for row in judged if row.index in unit.indexes]
    for standing in (
        [r for r in mine if r.member],
        [r for r in mine if r.member is None],
        [r for r in mine if r.excluded],
    ):
        if standing:
            return standing[0].index
    return None


def _outcome_name(definition: Definition, row: Judged) -> str:
    if row.excluded:
        return "excluded"
    keyless = "once" in definition and isinstance(row.context.cell(definition["once"]), Mark)
    if row.member is None or keyless:
        return "population_unknown"
    return {True: "met", False: "not_met", None: "unknown"}[row.outcome]


def attrition(ledger: Ledger, catalog: Catalog, query: Query, one: str, at: At | None = None) -> list[dict[str, Any]]:
    """From the rows of the ledger to those that meet the condition: at each step in, out and unknown."""
    lines = []
    for side, definition, judged in _cell(ledger, catalog, query, one, at):
        steps: list[tuple[str, list[Truth]]] = [
            ("filter", [row.filter for row in judged]),
            ("phases", [not_(row.phase) for row in judged]),
            ("dated", [row.dated for row in judged]),
            ("population", [row.population for row in judged]),
            ("exclusions", [not_(any_of(row.rules)) for row in judged]),
            ("cancelled", [not_(row.cancelled) for row in judged]),
            ("mature", [row.mature for row in judged]),
        ]
        state: list[Truth] = [True] * len(judged)
        lines.append({"side": side, "step": "rows", "in": len(judged), "out": 0, "unknown": 0})
        for name, clause in steps:
            after = [all_of(pair) for pair in zip(state, clause, strict=True)]
            lost = sum(new is False and old is not False for old, new in zip(state, after, strict=True))
            state = after
            lines.append(
                {"side": side, "step": name, "in": state.count(True), "out": lost, "unknown": state.count(None)}
            )
        left = state.count(True) + state.count(None)
        cell = figures(definition, units_of(definition, judged))
        folded = left - cell.members - cell.population_unknown
        lines.append(
            {
                "side": side,
                "step": "denominator",
                "in": cell.members,
                "out": folded,
                "unknown": cell.population_unknown,
            }
        )
        lines.append({"side": side, "step": "met", "in": cell.met, "out": cell.not_met, "unknown": cell.unknown})
    return lines


# ------------------------------------------------------------------------------------------------------- as text


def render(tree: Tree) -> str:
    """The tree as an expression that the library reads."""
    head = tree[0]
    if head in ("true", "false"):
        return str(head).upper()
    if head in ("flag", "col"):
        return str(tree[1])
    if head == "num":
        return _number(Fraction(tree[1]))
    if head == "text":
        return "'" + str(tree[1]).replace("'", "''") + "'"
    if head == "date":
        return f"DATE '{tree[1].isoformat()}'"
    if head == "as_of":
        return "as_of"
    if head in ("cmp",):
        return f"{render(tree[2])} {tree[1]} {render(tree[3])}"
    if head in ("+", "-", "*"):
        return f"({render(tree[1])} {head} {render(tree[2])})"
    if head == "shift":
        days = tree[2]
        if days[0] == "num" and days[1] < 0:
            return f"({render(tree[1])} - {_number(-days[1])})"
        return f"({render(tree[1])} + {render(days)})"
    if head in ("days_between", "working_days_between"):
        return f"{head}({render(tree[1])}, {render(tree[2])})"
    if head in ("in", "notin"):
        word = "IN" if head == "in" else "NOT IN"
        return f"{render(tree[1])} {word} ({', '.join(render(literal) for literal in tree[2])})"
    if head in ("between", "notbetween"):
        word = "BETWEEN" if head == "between" else "NOT BETWEEN"
        return f"({render(tree[1])} {word} {render(tree[2])} AND {render(tree[3])})"
    if head in ("isnull", "notnull"):
        return f"{tree[1]} IS {'NOT ' if head == 'notnull' else ''}NULL"
    if head == "happened":
        return f"happened({tree[1]})" if tree[2] is None else f"happened({tree[1]}, {render(tree[2])})"
    if head == "not":
        return f"NOT ({render(tree[1])})"
    if head in ("and", "or"):
        return f" {head.upper()} ".join(f"({render(part)})" for part in tree[1])
    raise ValueError(f"cannot be written: {head}")


def _number(number: Fraction) -> str:
    """Exact decimal digits."""
    for digits in range(7):
        scaled = number * 10**digits
        if scaled.denominator == 1:
            text = f"{abs(scaled.numerator):0{digits + 1}d}"
            sign = "-" if number < 0 else ""
            return sign + (text if digits == 0 else f"{text[:-digits]}.{text[-digits:]}")
    raise ValueError(f"not a short decimal: {number}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def definition_toml(one: str, definition: Definition) -> str:
    """A definition as an entry of a catalog file."""
    lines = [f"[{one}]", f'name = {{ zh = "{one}", en = "{one}" }}', f'unit = "{definition.get("unit", "count")}"']
    for name in ("table", "stock", "flow", "distinct", "once", "cancelled"):
        if name in definition:
            lines.append(f"{name} = {_quoted(definition[name])}")
    for name in ("population", "count", "share", "weight", "sum", "when"):
        if name in definition:
            lines.append(f"{name} = {_quoted(render(definition[name]))}")
    if "ratio" in definition:
        sides = ", ".join(f"{name} = {_side_toml(side)}" for name, side in definition["ratio"].items())
        lines.append(f"ratio = {{ {sides} }}")
    if "exclude" in definition:
        rules = ", ".join(
            f"{{ when = {_quoted(render(rule['when']))}, reason = {_quoted(rule['reason'])} }}"
            for rule in definition["exclude"]
        )
        lines.append(f"exclude = [{rules}]")
    return "\n".join(lines) + "\n"


def _side_toml(side: str | Definition) -> str:
    if isinstance(side, str):
        return _quoted(side)
    fields = [f"{name} = {_quoted(render(side[name]))}" for name in ("sum", "count", "when") if name in side]
    fields += [f"distinct = {_quoted(side['distinct'])}"] if "distinct" in side else []
    return "{ " + ", ".join(fields) + " }"

"""Hypothesis strategies: small ledgers, definitions and queries, as the oracle holds them and as text.

Days lie close around the snapshot, so that events, deadlines and period ends fall on each other. A ledger is written
as frames of text cells, the way people write them, and goes through the library's own reading.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

import polars as pl
from hypothesis import strategies as st

from .brute import (
    BLANK,
    GROUPING,
    SCHEMA,
    UNDATED,
    UNREADABLE,
    Catalog,
    Cell,
    Definition,
    Interval,
    Ledger,
    Mark,
    Query,
    Refused,
    Row,
    Tree,
    atoms_of,
    kind_of,
    parts_of,
    resolve,
    time_of,
)

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

# ------------------------------------------------------------------------------------------------------- ledgers

COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": (
        "project_id",
        "parent_id",
        "zone",
        "industry",
        "commissioner",
        "remark_code",
        "filed",
        "commitment",
        "agency_handled",
        "investment_cny",
        "paid_in_cny",
        "land_mu",
        "jobs",
        "list_year",
        "planned_start_on",
        "planned_production_on",
        "signed_on",
        "approved_on",
        "started_on",
        "produced_on",
        "cancelled_on",
    ),
    "batch_entries": ("entry", "project_id", "zone", "batch", "list", "held_on"),
    "parcels": (
        "parcel_id",
        "project_id",
        "zone",
        "area_mu",
        "industrial",
        "standard_land",
        "ready_on",
        "transferred_on",
    ),
    "cases": (
        "case_id",
        "project_id",
        "zone",
        "channel",
        "promised_limit",
        "promised_limit_unit",
        "statutory_limit",
        "statutory_limit_unit",
        "extended_days",
        "submissions",
        "visits",
        "one_window",
        "on_the_spot",
        "rating",
        "accepted_on",
        "decided_on",
    ),
    "tasks": ("task_id", "project_id", "zone", "owner", "due_on", "done_on", "escalated_on"),
}
UNKNOWN_TO_THE_SCHEMA = ("remark_code", "entry")
"""Columns of the ledger's own: filters and groups may read them, definitions not."""

ROW_KEYS = {"projects": "P", "batch_entries": "E", "parcels": "L", "cases": "C", "tasks": "T"}
"""What the first column of each table begins with. It numbers the rows."""

SNAPSHOTS = (date(2024, 3, 31), date(2024, 3, 15), date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1))
OFFSETS = (-460, -366, -365, -200, -92, -91, -90, -60, -31, -30, -29, -15, -11, -2, -1, 0, 0, 1, 2, 16, 31)

ZONES = ("东区", "西区", "南区")
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "zone": ZONES,
    "industry": ("能源", "新材料"),
    "commissioner": ("张三", "李四"),
    "remark_code": ("r1", "r2"),
    "batch": ("第一批", "第二批", "第三批"),
    "channel": ("线上", "窗口"),
    "owner": ("发改局", "招商局"),
}
ENUMS: dict[str, dict[str, str]] = {
    "list": {"signed": "签约", "started": "开工", "produced": "投产"},
    "promised_limit_unit": {"working_days": "工作日", "natural_days": "自然日"},
    "statutory_limit_unit": {"working_days": "工作日", "natural_days": "自然日"},
}
UNDATED_WORDS = {
    "signed_on": "已签约",
    "started_on": "已开工",
    "produced_on": "已投产",
    "decided_on": "已办结",
    "done_on": "已完成",
}
UNREADABLE_WORDS = {"money": "5-6亿", "area": "约多亩", "event": "待核实", "date": "待核实"}

MONEY = (Fraction(0), Fraction(1_000_000), Fraction(5_000_000_025, 100), Fraction(100_000_000))
AREAS = (Fraction(0), Fraction(25, 2), Fraction(33_333_333, 1_000_000), Fraction(100))
COUNTS = (0, 1, 1, 2, 3)
LIMITS = (1, 5, 20)
RATINGS = (1, 2, 3, 4, 5)
YEARS = (2023, 2024)


def month_of(day: date) -> Interval:
    """2023年3月"""
    return Interval(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def ten_days_of(day: date) -> Interval:
    """上旬, 中旬, 下旬"""
    whole = month_of(day)
    if day.day <= 10:
        return Interval(whole.first, day.replace(day=10))
    if day.day <= 20:
        return Interval(day.replace(day=11), day.replace(day=20))
    return Interval(day.replace(day=21), whole.last)


def year_of(day: date) -> Interval:
    """2023年"""
    return Interval(date(day.year, 1, 1), date(day.year, 12, 31))


def days_around(snapshot_on: date) -> list[date]:
    """Days that fall on each other."""
    return [snapshot_on + timedelta(days=offset) for offset in OFFSETS]


def cell_pool(column: str, kind: str, snapshot_on: date) -> list[Cell]:
    """The cells that a column is drawn from; what is common stands more often."""
    days = days_around(snapshot_on)
    if kind == "event":
        pool: list[Cell] = [*days, *([BLANK] * 7), UNREADABLE]
        pool += [month_of(day) for day in days[::4]] + [ten_days_of(day) for day in days[1::5]]
        pool += [year_of(snapshot_on), year_of(days[0])]
        return pool + ([UNDATED, UNDATED] if column in UNDATED_WORDS else [])
    if kind == "date":
        ends = [month_of(snapshot_on).last, month_of(days[3]).last, year_of(days[0]).last]
        return [*days[2:], *ends, BLANK, BLANK, BLANK, UNREADABLE]
    if kind == "flag":
        return [True, True, True, False, False, BLANK, UNREADABLE]
    if kind == "money":
        return [*MONEY, *MONEY, BLANK, BLANK, UNREADABLE]
    if kind == "area":
        return [*AREAS, *AREAS, BLANK, BLANK, UNREADABLE]
    if kind == "count":
        return [*COUNTS, BLANK, UNREADABLE]
    if kind == "optional":
        values = {"rating": RATINGS, "list_year": YEARS}.get(column, LIMITS)
        return [*values, BLANK, BLANK, UNREADABLE]
    if kind == "extension":
        return [BLANK, 0, 5, UNREADABLE]
    if kind == "enum":
        return [*ENUMS[column], *ENUMS[column], BLANK, UNREADABLE]
    return [*DIMENSIONS[column], BLANK]


def column_kind(table: str, column: str) -> str:
    """The kind of a generated column."""
    return SCHEMA[table].get(column, "text")


SIZES = (0, 1, 2, 4, 6, 8, 10, 12)


@st.composite
def ledgers(draw: Draw, sizes: Sequence[int] = SIZES) -> Ledger:
    """A ledger of five tables."""
    snapshot_on = draw(st.sampled_from(SNAPSHOTS))
    counts = {table: draw(st.sampled_from(sizes)) for table in COLUMNS}
    projects = [f"P{index + 1}" for index in range(counts["projects"])]
    references: list[Cell] = [*projects[:4], *projects[:4], *projects, "P99", BLANK]
    parents: list[Cell] = [*([BLANK] * (4 + len(projects))), *projects, "P98"]
    tables: dict[str, list[Row]] = {}
    for table, columns in COLUMNS.items():
        pools = []
        for column in columns[1:]:
            if column == "parent_id":
                pools.append(parents)
            elif column == "project_id":
                pools.append(references)
            else:
                pools.append(cell_pool(column, column_kind(table, column), snapshot_on))
        row_cells = st.tuples(*(st.sampled_from(pool) for pool in pools))
        rows = []
        for index in range(counts[table]):
            key = f"{ROW_KEYS[table]}{index + 1}"
            rows.append(dict(zip(columns, (key, *draw(row_cells)), strict=True)))
        tables[table] = rows
    return Ledger(tables, dict(COLUMNS), snapshot_on)


def frames(ledger: Ledger) -> dict[str, pl.DataFrame]:
    """The ledger as frames of text, one for each table."""
    written = {}
    for table, columns in ledger.columns.items():
        written[table] = pl.DataFrame(
            {
                column: [
                    text_of(column, column_kind(table, column), row[column], index)
                    for index, row in enumerate(ledger.tables[table])
                ]
                for column in columns
            },
            schema=dict.fromkeys(columns, pl.String),
        )
    return written


def text_of(column: str, kind: str, cell: Cell, index: int) -> str | None:
    """A cell as it might be written. `index` only varies the spelling."""
    if cell is BLANK:
        return (None, "", None)[index % 3]
    if cell is UNREADABLE:
        return UNREADABLE_WORDS.get(kind, "待核实")
    if cell is UNDATED:
        return UNDATED_WORDS[column]
    if isinstance(cell, Interval):
        return _interval_text(cell, index)
    if isinstance(cell, date):
        if kind == "date" and index % 2 and cell == month_of(cell).last:
            return f"{cell.year}年" if cell == year_of(cell).last and index % 4 == 1 else f"{cell.year}年{cell.month}月"
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Fraction):
        return _decimal_text(cell)
    if kind == "enum":
        return ENUMS[column][str(cell)]
    return str(cell)


def _interval_text(interval: Interval, index: int) -> str:
    first = interval.first
    month = f"{first.year}年{first.month}月"
    if interval == year_of(first):
        return f"{first.year}年"
    if interval == month_of(first):
        return month
    if interval == ten_days_of(first):
        words = {1: ("上旬", "初"), 11: ("中旬", "中旬"), 21: ("下旬", "底")}[first.day]
        return month + words[index % 2]
    raise ValueError(f"cannot be written: {interval}")


def _decimal_text(number: Fraction) -> str:
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    text = f"{int(number * 10**digits):0{digits + 1}d}"
    return text if digits == 0 else f"{text[:-digits]}.{text[-digits:]}"


# --------------------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True)
class Scope:
    """The columns that an expression may read, by kind, and the days that it may name."""

    names: tuple[tuple[str, str], ...]
    snapshot_on: date

    def of(self, *kinds: str) -> list[str]:
        """The columns of these kinds."""
        return [name for name, kind in self.names if kind in kinds]

    def kind(self, name: str) -> str:
        """The kind of a column."""
        return dict(self.names)[name]


def own_scope(ledger: Ledger, table: str, only_projects: bool = False) -> Scope:
    """What a definition over the table may read: columns of the schema, its own and the referred project's."""

    def known(table: str) -> list[str]:
        return [name for name in ledger.columns[table] if name not in UNKNOWN_TO_THE_SCHEMA]

    names = [] if only_projects else [(name, kind_of(ledger, table, name)) for name in known(table)]
    if table != "projects":
        for name in known("projects"):
            names.append((f"project.{name}", kind_of(ledger, "projects", name)))
    return Scope(tuple(names), ledger.snapshot_on)


def query_scope(ledger: Ledger, tables: Sequence[str]) -> Scope:
    """What a filter over several tables may read: names that all have, their own or their project's."""
    names: dict[str, str] = {}
    candidates = [*ledger.columns["projects"], *(name for table in tables for name in ledger.columns[table])]
    if "projects" not in tables:
        candidates += [f"project.{name}" for name in ledger.columns["projects"]]
    for name in candidates:
        try:
            kinds = {kind_of(ledger, table, resolve(ledger, table, name)) for table in tables}
        except Refused:
            continue
        if len(kinds) == 1:
            names[name] = kinds.pop()
    return Scope(tuple(names.items()), ledger.snapshot_on)


OPERATORS = ("=", "<>", "<", "<=", ">", ">=")
EQUALITY = ("=", "<>")
NUMBERS = ("money", "area", "count", "optional")


def pick(draw: Draw, options: Sequence[T]) -> T:
    """One of a list."""
    chosen: T = draw(st.sampled_from(options))
    return chosen


def number_literal(draw: Draw, kind: str) -> Tree:
    """A number that cells of the kind also hold, or one beside it."""
    pools: dict[str, Sequence[Fraction | int]] = {
        "money": (*MONEY, Fraction(99_999_999)),
        "area": (*AREAS, Fraction(13)),
        "count": (0, 1, 2, 3),
        "optional": (1, 3, 4, 5, 20, 2023, 2024),
    }
    return ("num", Fraction(pick(draw, pools[kind])))


def number_scalar(draw: Draw, scope: Scope, kind: str, depth: int = 1) -> Tree:
    """A number: a column, or sums and multiples of columns of one kind."""
    column: Tree = ("col", pick(draw, scope.of(kind)))
    shape = pick(draw, ("column", "column", "sum", "difference", "multiple")) if depth > 0 else "column"
    if shape == "sum":
        return ("+", column, number_scalar(draw, scope, kind, depth - 1))
    if shape == "difference":
        return ("-", column, number_literal(draw, kind) if draw(st.booleans()) else ("col", pick(draw, scope.of(kind))))
    if shape == "multiple":
        return ("*", column, ("num", Fraction(pick(draw, (2, 3)))))
    return column


def day_literal(draw: Draw, scope: Scope) -> Tree:
    """A day close to the snapshot."""
    return ("date", pick(draw, days_around(scope.snapshot_on)))


def day_scalar(draw: Draw, scope: Scope, event_too: bool = False) -> Tree:
    """A day: a planned date, a literal, the date asked about, an event where it is allowed; perhaps shifted."""
    options = ["literal", "as_of"]
    options += ["planned"] * 3 if scope.of("date") else []
    options += ["event"] * 2 if event_too and scope.of("event") else []
    shape = pick(draw, options)
    if shape == "literal":
        day = day_literal(draw, scope)
    elif shape == "as_of":
        day = ("as_of",)
    else:
        day = ("col", pick(draw, scope.of("date" if shape == "planned" else "event")))
    days = pick(draw, (0, 0, 1, -1, 30, -90))
    return ("shift", day, ("num", Fraction(days))) if days else day


def happened_atom(draw: Draw, scope: Scope) -> Tree:
    """happened(event), or with a deadline."""
    event = pick(draw, scope.of("event"))
    by = None if draw(st.booleans()) else day_scalar(draw, scope, event_too=True)
    return ("happened", event, by)


def atom(draw: Draw, scope: Scope) -> Tree:
    """A condition without AND, OR or NOT."""
    forms = ["happened"] * 3 if scope.of("event") else []
    forms += ["flag"] * 3 if scope.of("flag") else []
    forms += ["text", "text", "in"] if scope.of("dimension", "text", "id", "enum") else []
    forms += ["number", "number", "between"] if scope.of(*NUMBERS) else []
    forms += ["day", "day"] if scope.of("date") else []
    forms += ["days_between"] if scope.of("event") else []
    forms += ["isnull"]
    form = pick(draw, forms)
    if form == "happened":
        return happened_atom(draw, scope)
    if form == "flag":
        return ("flag", pick(draw, scope.of("flag")))
    if form == "text":
        return text_atom(draw, scope)
    if form == "in":
        name = pick(draw, scope.of("dimension", "text", "id", "enum"))
        values = draw(st.lists(st.sampled_from(text_values(name)), min_size=1, max_size=3, unique=True))
        return (pick(draw, ("in", "notin")), ("col", name), [("text", value) for value in values])
    if form == "number":
        kind = pick(draw, [kind for kind in NUMBERS if scope.of(kind)])
        left = number_scalar(draw, scope, kind)
        right = number_literal(draw, kind) if draw(st.booleans()) else number_scalar(draw, scope, kind, 0)
        return ("cmp", pick(draw, OPERATORS), left, right)
    if form == "between":
        kind = pick(draw, [kind for kind in NUMBERS if scope.of(kind)])
        low, high = number_literal(draw, kind), number_literal(draw, kind)
        return (pick(draw, ("between", "notbetween")), ("col", pick(draw, scope.of(kind))), low, high)
    if form == "day":
        return ("cmp", pick(draw, OPERATORS), ("col", pick(draw, scope.of("date"))), day_scalar(draw, scope))
    if form == "days_between":
        days = ("num", Fraction(pick(draw, (0, 1, 30, 90))))
        return ("cmp", pick(draw, OPERATORS), days_between(draw, scope), days)
    name = pick(draw, [name for name, kind in scope.names if kind not in ("event", "extension")])
    return (pick(draw, ("isnull", "notnull")), name)


def days_between(draw: Draw, scope: Scope) -> Tree:
    """Days from one event or date to another."""
    pool = scope.of("event", "date")
    ends: list[Tree] = [("col", pick(draw, pool)), ("col", pick(draw, pool)) if draw(st.booleans()) else ("as_of",)]
    head = pick(draw, ("days_between", "working_days_between"))
    return (head, *(reversed(ends) if draw(st.booleans()) else ends))


def text_values(name: str) -> list[str]:
    """Values to compare a column with."""
    plain = name.removeprefix("project.")
    if plain in ENUMS:
        return list(ENUMS[plain])
    if plain in DIMENSIONS:
        return [*DIMENSIONS[plain], "别处"]
    return ["P1", "P2", "P3", "P99"]


def text_atom(draw: Draw, scope: Scope) -> Tree:
    """A text column against a literal, or against another column of its kind."""
    name = pick(draw, scope.of("dimension", "text", "id", "enum"))
    kind = scope.kind(name)
    alike = [
        other
        for other in scope.of(kind)
        if other != name and (kind != "enum" or text_values(other) == text_values(name))
    ]
    if alike and draw(st.integers(0, 3)) == 0:
        return ("cmp", pick(draw, EQUALITY), ("col", name), ("col", pick(draw, alike)))
    return ("cmp", pick(draw, EQUALITY), ("col", name), ("text", pick(draw, text_values(name))))


def condition(draw: Draw, scope: Scope, depth: int = 2, leaf: Callable[[Draw, Scope], Tree] = atom) -> Tree:
    """A condition of bounded depth."""
    shape = pick(draw, ("atom", "atom", "and", "or", "not")) if depth > 0 else "atom"
    if shape == "not":
        return ("not", condition(draw, scope, depth - 1, leaf))
    if shape in ("and", "or"):
        count = pick(draw, (2, 2, 3))
        return (shape, [condition(draw, scope, depth - 1, leaf) for _ in range(count)])
    return leaf(draw, scope)


# --------------------------------------------------------------------------------------------------- definitions

MEASURES = ("count", "share", "share", "weighted", "sum", "distinct", "ratio", "ratio")


def summand(draw: Draw, scope: Scope) -> Tree:
    """Something to add up."""
    kind = pick(draw, [kind for kind in NUMBERS if scope.of(kind)])
    return number_scalar(draw, scope, kind)


def ratio_side(draw: Draw, scope: Scope, distinct: bool = True) -> Definition:
    """One side of a ratio."""
    shape = pick(draw, ("sum", "sum", "count", "distinct") if distinct else ("sum", "sum", "count"))
    if shape == "count":
        return {"count": ("true",) if draw(st.booleans()) else condition(draw, scope, 1)}
    side: Definition = (
        {"sum": summand(draw, scope)}
        if shape == "sum"
        else {"distinct": pick(draw, scope.of("id", "text", "dimension", "enum"))}
    )
    if draw(st.integers(0, 2)) == 0:
        side["when"] = condition(draw, scope, 1)
    return side


def measure(draw: Draw, scope: Scope, once: bool) -> Definition:
    """What a definition computes. What counts an entity once is not given distinct entities to count."""
    shape = pick(draw, [one for one in MEASURES if not (once and one == "distinct")])
    leaf = happened_atom if scope.of("event") and draw(st.integers(0, 3)) == 0 else atom
    if shape == "count":
        return {"count": ("true",) if draw(st.booleans()) else condition(draw, scope, 2, leaf)}
    if shape == "share":
        return {"share": condition(draw, scope, 2, leaf), "unit": "share"}
    if shape == "weighted":
        weight = number_scalar(draw, scope, pick(draw, [kind for kind in NUMBERS if scope.of(kind)]))
        return {"share": condition(draw, scope, 2), "weight": weight, "unit": "share"}
    if shape == "sum":
        definition: Definition = {"sum": summand(draw, scope)}
        if draw(st.booleans()):
            definition["when"] = condition(draw, scope, 1)
        return definition
    if shape == "distinct":
        return {"distinct": pick(draw, scope.of("id", "text", "dimension", "enum"))}
    return {
        "ratio": {
            "numerator": ratio_side(draw, scope, not once),
            "denominator": ratio_side(draw, scope, not once),
        },
        "unit": "ratio",
    }


def definition(draw: Draw, ledger: Ledger, table: str) -> Definition:
    """A definition over the table."""
    scope = own_scope(ledger, table)
    made: Definition = {"table": table}
    times = [*scope.of("event"), *scope.of("date")]
    times = [name for name in times if not name.startswith("project.")]
    if draw(st.integers(0, 7)) == 0:
        made["stock"] = "*"
    else:
        made[pick(draw, ("stock", "flow"))] = pick(draw, times)
    once = table != "projects" and draw(st.integers(0, 2)) == 0
    made.update(measure(draw, own_scope(ledger, table, only_projects=True) if once else scope, once))
    if once:
        made["once"] = "project_id"
    if draw(st.booleans()):
        made["population"] = condition(draw, scope, 2)
    if draw(st.integers(0, 2)) == 0:
        rules = pick(draw, (1, 1, 2))
        made["exclude"] = [
            {"when": condition(draw, scope, 1), "reason": f"rule {number + 1}"} for number in range(rules)
        ]
    policy = pick(draw, (None, None, "drop", "fixed_keep"))
    if policy is not None:
        made["cancelled"] = policy
    return made


@st.composite
def catalogs(draw: Draw, ledger: Ledger, count: int = 6) -> Catalog:
    """Definitions over the ledger, and ratios of two of them where two fit."""
    made: Catalog = {}
    for number in range(count):
        made[f"made_{number}"] = definition(draw, ledger, pick(draw, list(COLUMNS)))
    parts = [one for one, entry in made.items() if {"sum", "distinct", "count"} & entry.keys()]
    for basis in ("stock", "flow"):
        of_basis = [one for one in parts if basis in made[one]]
        if len(of_basis) >= 2:
            over, under = of_basis[:2]
            made[f"made_ratio_of_{basis}s"] = {"ratio": {"numerator": over, "denominator": under}, "unit": "ratio"}
    return made


# ------------------------------------------------------------------------------------------------------- queries


def tables_of(catalog: Catalog, ids: Sequence[str]) -> list[str]:
    """The tables that indicators read."""
    return sorted({catalog[part]["table"] for one in ids for part in parts_of(catalog, one)})


def within_fits(catalog: Catalog, one: str) -> bool:
    """Whether the indicator can be asked for a fixed time after its date."""
    entry = catalog[one]
    tree = entry.get("share", entry.get("count"))
    if tree is None or "once" in entry or time_of(entry) is None:
        return False
    return all(part[0] in ("happened", "true", "false") for part in atoms_of(tree))


def period(draw: Draw, snapshot_on: date) -> str | tuple[date, date] | None:
    """A period around the snapshot."""
    days = days_around(snapshot_on)
    day = pick(draw, days)
    shape = pick(draw, ("none", "none", "year", "half", "quarter", "month", "pair", "pair", "cumulative"))
    if shape == "year":
        return f"{day.year}"
    if shape == "half":
        return f"{day.year}H{(day.month + 5) // 6}"
    if shape == "quarter":
        return f"{day.year}Q{(day.month + 2) // 3}"
    if shape == "month":
        return f"{day.year}-{day.month:02d}"
    if shape == "pair":
        first, last = sorted([day, pick(draw, days)])
        return (first, last)
    return "cumulative" if shape == "cumulative" else None


@st.composite
def queries(draw: Draw, ledger: Ledger, catalog: Catalog, series: bool = False) -> Query:
    """A question about one to three of the indicators; a series if asked, else now and then."""
    ids = draw(st.lists(st.sampled_from(sorted(catalog)), min_size=1, max_size=3, unique=True))
    query: Query = {"ids": ids}
    fitting = [one for one in sorted(catalog) if within_fits(catalog, one)]
    if fitting and draw(st.integers(0, 9)) == 0:
        query["ids"] = ids = [pick(draw, fitting)]
        query["within"] = pick(draw, (0, 30, 90))
    if all(time_of(catalog[part]) for one in ids for part in parts_of(catalog, one)) and draw(st.integers(0, 5)) == 0:
        query["min_age"] = pick(draw, (0, 1, 30, 90))
    scope = query_scope(ledger, tables_of(catalog, ids))
    groups = [name for name, kind in scope.names if kind in GROUPING]
    if groups and draw(st.integers(0, 2)):
        query["by"] = draw(st.lists(st.sampled_from(groups), min_size=1, max_size=2, unique=True))
        query["totals"] = draw(st.booleans())
    if scope.names and draw(st.integers(0, 2)) == 0:
        query["where"] = condition(draw, scope, 1)
    query["as_of"] = pick(
        draw,
        [None, None, *(ledger.snapshot_on + timedelta(days=offset) for offset in (-365, -91, -30, -1, 0, 1, 40))],
    )
    query["period"] = period(draw, ledger.snapshot_on)
    if series or draw(st.integers(0, 4)) == 0:
        query["every"] = pick(draw, ("month", "quarter", "half_year", "year"))
    query["cancelled"] = pick(draw, (None, None, "keep", "drop"))
    query["phases"] = pick(draw, ("own", "own", "own", "parent"))
    return query


def unknown_cells(ledger: Ledger) -> int:
    """How many cells of the ledger are not plain values."""
    return sum(
        isinstance(cell, Mark | Interval) for rows in ledger.tables.values() for row in rows for cell in row.values()
    )

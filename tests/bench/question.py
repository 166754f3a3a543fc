"""What the benchmarks ask: indicators, the aggregates they are made of, and how aggregates become their figures.

The indicators are those of the catalog, told a second time as plain conditions, so that each contender can be given
the same question in its own language, and every answer be compared. An indicator is a few aggregates (a count or a sum
of the rows that meet conditions); those that several indicators share are computed once, as an expert would.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Happened:
    """The event's day is there and is not after the date asked about."""

    event: str


@dataclass(frozen=True)
class Within:
    """The event's day lies in the period."""

    event: str


@dataclass(frozen=True)
class Is:
    """The flag is true."""

    flag: str


@dataclass(frozen=True)
class Known:
    """The cell is not blank."""

    column: str


@dataclass(frozen=True)
class Unknown:
    """The cell is blank."""

    column: str


@dataclass(frozen=True)
class AnyUnknown:
    """One of the cells is blank."""

    columns: tuple[str, ...]


Condition = Happened | Within | Is | Known | Unknown | AnyUnknown


@dataclass(frozen=True)
class Aggregate:
    """The rows that meet all conditions: how many, or the sum of a column over them."""

    conditions: tuple[Condition, ...]
    value: str | None = None

    @property
    def events(self) -> tuple[str, ...]:
        """The events whose latest day decides from when on a row counts."""
        return tuple(c.event for c in self.conditions if isinstance(c, Happened | Within))

    @property
    def flow(self) -> bool:
        """Whether only what lies in the period counts, and not all before."""
        return any(isinstance(c, Within) for c in self.conditions)

    @property
    def static(self) -> tuple[Condition, ...]:
        """The conditions that are the same at every date."""
        return tuple(c for c in self.conditions if not isinstance(c, Happened | Within))


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalog: where its rows stand in time, which count, and what is measured of them."""

    id: str
    time: str
    flow: bool = False
    population: str | None = None
    reached: str | None = None
    flag: str | None = None
    known: str | None = None
    amount: str | None = None
    over: str | None = None

    def figures(self) -> dict[str, Aggregate | None]:
        """The aggregate behind each column of the answer that the contenders compute too; ``None`` is always 0."""
        members: tuple[Condition, ...] = (Within(self.time) if self.flow else Happened(self.time),)
        inside = members + ((Is(self.population),) if self.population else ())
        everyone = Aggregate(inside)
        doubtful = Aggregate((*members, Unknown(self.population))) if self.population else None
        found: dict[str, Aggregate | None] = {"population_unknown": doubtful, "unknown": None}
        if self.reached:
            found |= {"numerator": Aggregate((*inside, Happened(self.reached))), "denominator": everyone}
        elif self.flag:
            found |= {"numerator": Aggregate((*inside, Is(self.flag))), "denominator": everyone}
            found["unknown"] = Aggregate((*inside, Unknown(self.flag)))
        elif self.known:
            found |= {"numerator": Aggregate((*inside, Known(self.known))), "denominator": everyone}
        elif self.amount and self.over:
            both = (Known(self.amount), Known(self.over))
            found |= {
                "numerator": Aggregate((*inside, *both), self.amount),
                "denominator": Aggregate((*inside, *both), self.over),
                "unknown": Aggregate((*inside, AnyUnknown((self.amount, self.over)))),
            }
        elif self.amount:
            found |= {"numerator": Aggregate(inside, self.amount)}
            found["unknown"] = Aggregate((*inside, Unknown(self.amount)))
        else:
            found |= {"numerator": everyone}
        return found


TWENTY = (
    Indicator("signed_projects", "signed_on", flow=True),
    Indicator("signed_investment", "signed_on", flow=True, amount="investment_cny"),
    Indicator("approved_projects", "approved_on", flow=True),
    Indicator("started_projects", "started_on", flow=True),
    Indicator("produced_projects", "produced_on", flow=True),
    Indicator("commitment_share", "approved_on", population="filed", flag="commitment"),
    Indicator("agency_share", "approved_on", flag="agency_handled"),
    Indicator("commissioner_share", "approved_on", known="commissioner"),
    Indicator("start_rate", "signed_on", reached="started_on"),
    Indicator("signed_production_rate", "signed_on", reached="produced_on"),
    Indicator("cancellation_rate", "signed_on", reached="cancelled_on"),
    Indicator("production_rate", "started_on", reached="produced_on"),
    Indicator("completion_rate", "started_on", reached="completed_on"),
    Indicator("capacity_rate", "produced_on", reached="at_capacity_on"),
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

EVENTS = (
    "signed_on",
    "approved_on",
    "started_on",
    "completed_on",
    "produced_on",
    "at_capacity_on",
    "cancelled_on",
)


def over_part(indicator: Indicator, part: str) -> Indicator | None:
    """The same indicator over a part of the projects: a definition of the user's own."""
    if indicator.population or indicator.flag:
        return None
    rest = {name: getattr(indicator, name) for name in ("time", "flow", "reached", "known", "amount", "over")}
    return Indicator(f"{part}_{indicator.id}", population=part, **rest)


def many(count: int) -> tuple[Indicator, ...]:
    """The twenty, and the same over parts of the projects: so many in all, 70 at the most."""
    parts = ("agency_handled", "filed", "commitment")
    own = tuple(made for part in parts for i in TWENTY if (made := over_part(i, part)))
    return (*TWENTY, *own)[:count]


def definitions(indicators: tuple[Indicator, ...]) -> str:
    """The TOML of the indicators that the catalog does not have."""
    shipped = {i.id for i in TWENTY}
    return "\n".join(_definition(i) for i in indicators if i.id not in shipped)


def _definition(i: Indicator) -> str:
    lines = [
        f"[{i.id}]",
        f'name = {{ zh = "{i.id}", en = "{i.id}" }}',
        'table = "projects"',
        f'{"flow" if i.flow else "stock"} = "{i.time}"',
        f'population = "{i.population}"',
        'better = "higher"',
    ]
    if i.reached:
        lines += [f'share = "happened({i.reached})"', 'unit = "share"']
    elif i.known:
        lines += [f'share = "{i.known} IS NOT NULL"', 'unit = "share"']
    elif i.amount and i.over:
        sums = f'numerator = {{ sum = "{i.amount}" }}, denominator = {{ sum = "{i.over}" }}'
        per_mu = i.over == "land_mu"
        lines += [f"ratio = {{ {sums} }}", f'unit = "{"cny/mu" if per_mu else "share"}"']
    elif i.amount:
        lines += [f'sum = "{i.amount}"', f'unit = "{"persons" if i.amount == "jobs" else "cny"}"']
    else:
        lines += ['count = "TRUE"', 'unit = "count"']
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Question:
    """A board at one date, or a series of months that ends there."""

    indicators: tuple[Indicator, ...]
    as_of: dt.date = dt.date(2024, 3, 31)
    months: int | None = None
    aggregates: tuple[Aggregate, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Lists the distinct aggregates."""
        found = {a: None for i in self.indicators for a in i.figures().values() if a is not None}
        object.__setattr__(self, "aggregates", tuple(found))

    def name(self, aggregate: Aggregate) -> str:
        """The column of an aggregate in a contender's answer."""
        return f"a{self.aggregates.index(aggregate)}"

    @property
    def periods(self) -> list[tuple[dt.date, dt.date]]:
        """First and last day of each period; of a board, the year up to the date."""
        if self.months is None:
            return [(dt.date(self.as_of.year, 1, 1), self.as_of)]
        found: list[tuple[dt.date, dt.date]] = []
        last = self.as_of
        for _ in range(self.months):
            first = last.replace(day=1)
            found.append((first, last))
            last = first - dt.timedelta(days=1)
        return found[::-1]

    def figures(self, answer: pl.DataFrame) -> pl.DataFrame:
        """A contender's answer, one column an aggregate, as the figures of indicators: to compare."""
        if "period" not in answer.columns:
            answer = answer.with_columns(period=pl.lit(1, pl.Int32))
        keys = [pl.col("zone").cast(pl.String), pl.col("period").cast(pl.Int32)]
        blank = pl.lit(0.0)
        frames = []
        for indicator in self.indicators:
            figures = {
                name: pl.col(self.name(a)).cast(pl.Float64).fill_null(0.0) if a else blank
                for name, a in indicator.figures().items()
            }
            columns = [figures.get(name, blank).alias(name) for name in FIGURES]
            frames.append(answer.select(pl.lit(indicator.id).alias("indicator"), *keys, *columns))
        return pl.concat(frames).sort("indicator", "zone", "period")


FIGURES = ("numerator", "denominator", "unknown", "population_unknown")


def figures_of(board: pl.DataFrame) -> pl.DataFrame:
    """The answer of zonekpi in the form of :meth:`Question.figures`."""
    ends = board["period_end"].unique().sort()
    places = pl.DataFrame({"period_end": ends, "period": pl.int_range(1, len(ends) + 1, dtype=pl.Int32, eager=True)})
    columns = [pl.col(name).cast(pl.Float64).fill_null(0.0) for name in FIGURES]
    return (
        board.join(places, on="period_end")
        .select("indicator", pl.col("zone").cast(pl.String), "period", *columns)
        .sort("indicator", "zone", "period")
    )

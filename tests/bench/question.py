"""What the benchmarks ask: indicators, the aggregates they are made of, and how aggregates become their figures.

The indicators are those of the catalog, told a second time as plain conditions, so that each contender can be given
the same question in its own language, and every answer be compared. An indicator is a few aggregates (a count or a sum
of the rows that meet conditions); those that several indicators share are computed once, as an expert would. Which
indicators there are is in `indicators`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Happened:
    """The event's day is there and is not after the date asked about; or is before it."""

    event: str
    before: bool = False

    @property
    def name(self) -> str:
        """The day from which on it holds, as a name."""
        return f"after_{self.event}" if self.before else self.event


@dataclass(frozen=True)
class NotYet:
    """The event's day is blank or after the date asked about."""

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
class Compares:
    """A cell stands so to a number, or to another cell; a blank one does not."""

    left: str
    sign: str
    right: str | int


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


Condition = Happened | NotYet | Within | Is | Compares | Known | Unknown | AnyUnknown


def columns_of(what: Condition) -> tuple[str, ...]:
    """The columns that a condition reads."""
    match what:
        case AnyUnknown(columns):
            return columns
        case Compares(left, _, right):
            return (left, right) if isinstance(right, str) else (left,)
        case Happened(name) | NotYet(name) | Within(name) | Is(name) | Known(name) | Unknown(name):
            return (name,)


@dataclass(frozen=True)
class Aggregate:
    """The rows that meet all conditions: how many, or the sum of a column over them."""

    conditions: tuple[Condition, ...]
    value: str | None = None

    @property
    def moments(self) -> tuple[Happened, ...]:
        """The latest of these decides from when on a row counts."""
        found = (Happened(c.event) if isinstance(c, Within) else c for c in self.conditions)
        return tuple(c for c in found if isinstance(c, Happened))

    @property
    def flow(self) -> bool:
        """Whether only what lies in the period counts, and not all before."""
        return any(isinstance(c, Within) for c in self.conditions)

    @property
    def static(self) -> tuple[Condition, ...]:
        """The conditions that are the same at every date."""
        return tuple(c for c in self.conditions if not isinstance(c, Happened | Within))

    @property
    def steps(self) -> tuple[Aggregate, ...]:
        """Itself; or two whose difference it is, of which each row, once it counts, counts for good."""
        ends = next((c for c in self.conditions if isinstance(c, NotYet)), None)
        if ends is None:
            return (self,)
        rest = tuple(c for c in self.conditions if c != ends)
        return Aggregate(rest, self.value), Aggregate((*rest, Happened(ends.event)), self.value)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalog: where its rows stand in time, which count, and what is measured of them."""

    id: str
    time: str
    flow: bool = False
    table: str = "projects"
    population: Condition | None = None
    share: Condition | None = None
    counts: tuple[Condition, ...] = ()
    amount: str | None = None
    over: str | None = None
    mean: bool = False

    def figures(self) -> dict[str, Aggregate | None]:
        """The aggregate behind each column of the answer that the contenders compute too; ``None`` is always 0."""
        members: tuple[Condition, ...] = (Within(self.time) if self.flow else Happened(self.time),)
        inside = members + ((self.population,) if self.population else ())
        doubtful, doubted = in_doubt(self.population), in_doubt(self.share)
        found: dict[str, Aggregate | None] = {"unknown": None}
        found["population_unknown"] = Aggregate((*members, doubtful)) if doubtful else None
        if self.share:
            found |= {"numerator": Aggregate((*inside, self.share)), "denominator": Aggregate(inside)}
            if doubted and self.population != Known(doubted.column):
                found["unknown"] = Aggregate((*inside, doubted))
        elif self.amount and self.over:
            both = (Known(self.amount), Known(self.over))
            found |= {
                "numerator": Aggregate((*inside, *both), self.amount),
                "denominator": Aggregate((*inside, *both), self.over),
                "unknown": Aggregate((*inside, AnyUnknown((self.amount, self.over)))),
            }
        elif self.amount:
            found |= {"numerator": Aggregate(inside, self.amount)}
            found["denominator"] = Aggregate((*inside, Known(self.amount))) if self.mean else None
            found["unknown"] = Aggregate((*inside, Unknown(self.amount)))
        else:
            found |= {"numerator": Aggregate((*inside, *self.counts))}
        return found


def in_doubt(what: Condition | None) -> Unknown | None:
    """When it is not known whether a condition holds. Of two days a blank one has not come."""
    match what:
        case Is(column) | Compares(column, _, int()):
            return Unknown(column)
    return None


@dataclass(frozen=True)
class Question:
    """A board at one date, or a series of months that ends there."""

    indicators: tuple[Indicator, ...]
    as_of: dt.date = dt.date(2024, 3, 31)
    months: int | None = None
    aggregates: tuple[Aggregate, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Lists the distinct aggregates."""
        found = (a for i in self.indicators for a in i.figures().values() if a is not None)
        object.__setattr__(self, "aggregates", tuple(dict.fromkeys(part for a in found for part in self.parts(a))))

    def parts(self, aggregate: Aggregate) -> tuple[Aggregate, ...]:
        """What an aggregate is computed of: itself on a board, its steps in a series."""
        return (aggregate,) if self.months is None else aggregate.steps

    def name(self, aggregate: Aggregate) -> str:
        """The column of an aggregate in a contender's answer."""
        return f"a{self.aggregates.index(aggregate)}"

    @property
    def table(self) -> str:
        """The table asked; all indicators are of one."""
        (table,) = {i.table for i in self.indicators}
        return table

    @property
    def columns(self) -> set[str]:
        """All columns that must be read, beside the zone."""
        conditions = {c for a in self.aggregates for what in a.conditions for c in columns_of(what)}
        return conditions | {a.value for a in self.aggregates if a.value}

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
            figures = {name: self._figure(a) if a else blank for name, a in indicator.figures().items()}
            columns = [figures.get(name, blank).alias(name) for name in FIGURES]
            frames.append(answer.select(pl.lit(indicator.id).alias("indicator"), *keys, *columns))
        return pl.concat(frames).sort("indicator", "zone", "period")

    def _figure(self, aggregate: Aggregate) -> pl.Expr:
        first, *ended = (pl.col(self.name(a)).cast(pl.Float64).fill_null(0.0) for a in self.parts(aggregate))
        return first - ended[0] if ended else first


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

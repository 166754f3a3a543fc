from collections.abc import Callable
from typing import final

__all__ = [
    "Calendar",
    "Catalog",
    "Frame",
    "Ledger",
    "Scan",
    "Table",
    "__version__",
    "issue_codes",
    "listing_words",
    "merge",
    "probe",
    "write_template",
]

__version__: str

@final
class Frame:
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...

@final
class Ledger:
    @staticmethod
    def read(
        paths: list[str],
        *,
        sheet: str | None,
        sheets: list[str] | None,
        table: str | None,
        columns: list[tuple[str, str]],
        units: list[tuple[str, str]],
        blanks: list[tuple[str, str]],
        on_duplicate: str,
        snapshot_on: str | None,
        calendar: Calendar | None,
        strict: bool,
        progress: Callable[[str, str, str, int, int], None] | None,
    ) -> Ledger: ...
    @staticmethod
    def of_frames(
        frames: list[tuple[str, object]],
        *,
        columns: list[tuple[str, str]],
        units: list[tuple[str, str]],
        blanks: list[tuple[str, str]],
        on_duplicate: str,
        snapshot_on: str | None,
        calendar: Calendar | None,
        strict: bool,
    ) -> Ledger: ...
    @staticmethod
    def example() -> Ledger: ...
    @staticmethod
    def load(path: str) -> Ledger: ...
    def save(self, path: str) -> None: ...
    def sources(self) -> list[tuple[str, str]]: ...
    def tables(self) -> list[tuple[str, int]]: ...
    def table(self, name: str) -> Frame | None: ...
    def issues(self, lang: str) -> Frame: ...
    def reading(self, lang: str) -> Frame: ...
    def write_excel(self, path: str, lang: str) -> None: ...
    def calendar(self) -> Calendar: ...
    def snapshot_on(self) -> str: ...
    def snapshot_from(self) -> list[tuple[str, str | None]]: ...
    def kpis(
        self,
        ids: list[str] | None,
        *,
        by: list[str],
        where: str | None,
        as_of: str | None,
        period: str | None,
        every: str | None,
        cancelled: str | None,
        phases: str,
        totals: bool,
        min_age: int | None,
        within: int | None,
        confidence: float | None,
        catalog: Catalog | None,
        engine: str,
        progress: Callable[[str, str, str, int, int], None] | None,
    ) -> Table: ...
    def cohorts(
        self,
        time: str,
        *,
        event: str,
        every: str,
        ages: list[int],
        table: str | None,
        by: list[str],
        where: str | None,
        as_of: str | None,
        period: str | None,
        cancelled: str | None,
        phases: str,
        totals: bool,
        confidence: float | None,
        progress: Callable[[str, str, str, int, int], None] | None,
    ) -> Table: ...

@final
class Scan:
    @staticmethod
    def of(
        paths: list[str],
        *,
        table: str | None,
        columns: list[tuple[str, str]],
        units: list[tuple[str, str]],
        blanks: list[tuple[str, str]],
        snapshot_on: str | None,
        calendar: Calendar | None,
        beside: Ledger | None,
    ) -> Scan: ...
    def table(self) -> str: ...
    def snapshot_on(self) -> str: ...
    def __len__(self) -> int: ...
    def kpis(
        self,
        ids: list[str] | None,
        *,
        by: list[str],
        where: str | None,
        as_of: str | None,
        period: str | None,
        every: str | None,
        cancelled: str | None,
        phases: str,
        totals: bool,
        min_age: int | None,
        within: int | None,
        confidence: float | None,
        catalog: Catalog | None,
        engine: str,
        progress: Callable[[str, str, str, int, int], None] | None,
    ) -> Table: ...

@final
class Calendar:
    @staticmethod
    def builtin() -> Calendar: ...
    @staticmethod
    def read(path: str) -> Calendar: ...
    def extended(self, text: str) -> Calendar: ...
    def coverage(self) -> tuple[str, str]: ...
    def final_until(self) -> str: ...
    def version(self) -> str: ...
    def is_working_day(self, on: str) -> bool | None: ...
    def working_days(self, start: str, end: str) -> int: ...

@final
class Catalog:
    @staticmethod
    def builtin() -> Catalog: ...
    def add_text(self, text: str) -> Catalog: ...
    def add_file(self, path: str) -> Catalog: ...
    def ids(self) -> list[str]: ...
    def frame(self, lang: str) -> Frame: ...

@final
class Table:
    def frame(self, exact: bool) -> Frame: ...
    def value(self, id: str, groups: dict[str, str | None], period_end: str | None, total: bool) -> float | None: ...
    def open(self, id: str, groups: dict[str, str | None], period_end: str | None, total: bool) -> Frame: ...
    def attrition(
        self, id: str, groups: dict[str, str | None], period_end: str | None, total: bool, lang: str
    ) -> Frame: ...
    def curve(
        self, id: str, groups: dict[str, str | None], period_end: str | None, total: bool, confidence: float
    ) -> Frame: ...
    def calendar(self) -> Calendar | None: ...
    def notes(self, lang: str) -> list[str]: ...
    def definition(self, id: str, lang: str) -> str: ...
    def text(self, lang: str, rounding: str, digits: int | None, money_unit: str) -> str: ...
    def rendered(self, lang: str, rounding: str, digits: int | None, money_unit: str) -> str: ...
    def __len__(self) -> int: ...

def merge(tables: list[Table], over: list[str]) -> Table: ...
def probe(seconds: float, fails: bool) -> None: ...
def write_template(tables: list[str], path: str, lang: str) -> None: ...
def listing_words(lang: str) -> list[tuple[str, str]]: ...
def issue_codes() -> list[tuple[str, str, str]]: ...

from collections.abc import Callable
from typing import final

__all__ = [
    "Catalog",
    "Frame",
    "Ledger",
    "Table",
    "__version__",
    "issue_codes",
    "listing_words",
    "merge",
    "probe",
    "working_days",
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
        table: str | None,
        columns: list[tuple[str, str]],
        units: list[tuple[str, str]],
        blanks: list[tuple[str, str]],
        on_duplicate: str,
        snapshot_on: str | None,
        strict: bool,
        progress: Callable[[str, str, int, int], None] | None,
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
        strict: bool,
    ) -> Ledger: ...
    @staticmethod
    def example() -> Ledger: ...
    def tables(self) -> list[tuple[str, int]]: ...
    def table(self, name: str) -> Frame | None: ...
    def issues(self, lang: str) -> Frame: ...
    def reading(self, lang: str) -> Frame: ...
    def write_excel(self, path: str, lang: str) -> None: ...
    def snapshot_on(self) -> str: ...
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
    ) -> Table: ...

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
    def notes(self, lang: str) -> list[str]: ...
    def definition(self, id: str, lang: str) -> str: ...
    def text(self, lang: str, rounding: str, digits: int | None, money_unit: str) -> str: ...
    def rendered(self, lang: str, rounding: str, digits: int | None, money_unit: str) -> str: ...
    def __len__(self) -> int: ...

def merge(tables: list[Table], over: list[str]) -> Table: ...
def probe(seconds: float, fails: bool) -> None: ...
def working_days(start: str, end: str, *, calendar: str | None) -> int: ...
def write_template(tables: list[str], path: str, lang: str) -> None: ...
def listing_words(lang: str) -> list[tuple[str, str]]: ...
def issue_codes() -> list[tuple[str, str, str]]: ...

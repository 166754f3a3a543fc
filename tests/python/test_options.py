"""Options hold for the program when called, and for the block in a `with`."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

import zonekpi as zk
from zonekpi._options import settings


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    zk.options(lang="zh", rounding="half_up", digits=None, money_unit="auto")


def test_a_call_holds_for_every_thread() -> None:
    zk.options(lang="en")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(settings().lang))
    thread.start()
    thread.join()
    assert seen == ["en"]
    assert settings().lang == "en"


def test_a_block_holds_inside_and_nowhere_else() -> None:
    seen: list[str] = []
    with zk.options(lang="en", digits=3):
        thread = threading.Thread(target=lambda: seen.append(settings().lang))
        thread.start()
        thread.join()
        assert (settings().lang, settings().digits) == ("en", 3)
    assert seen == ["zh"]
    assert (settings().lang, settings().digits) == ("zh", None)


def test_blocks_nest_and_an_error_leaves_nothing_behind() -> None:
    with zk.options(lang="en"):
        with pytest.raises(ZeroDivisionError), zk.options(digits=1):
            assert (settings().lang, settings().digits) == ("en", 1)
            _ = 1 / 0
        assert (settings().lang, settings().digits) == ("en", None)
    assert settings().lang == "zh"


def test_a_call_inside_a_block_ends_with_it() -> None:
    with zk.options(digits=1):
        zk.options(lang="en")
        assert (settings().lang, settings().digits) == ("en", 1)
    assert (settings().lang, settings().digits) == ("zh", None)


def test_the_board_speaks_the_language(board: zk.KpiTable) -> None:
    assert "承诺制项目占比" in repr(board)
    with zk.options(lang="en"):
        assert "Commitment-system share" in repr(board)


@pytest.mark.parametrize(
    "wrong", [{"lang": "fr"}, {"rounding": "up"}, {"digits": -1}, {"digits": True}, {"money_unit": "美元"}]
)
def test_what_is_no_option_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(zk.errors.QueryError):
        zk.options(**wrong)  # type: ignore[arg-type]
    assert settings().lang == "zh"

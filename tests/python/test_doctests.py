"""The examples of the docstrings."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["", "._catalog", "._ledger", "._options", "._scan", "._table"])
def test_examples_of_docstrings(module: str) -> None:
    found = doctest.testmod(importlib.import_module("zonekpi" + module), optionflags=doctest.ELLIPSIS)
    assert found.attempted > 0
    assert found.failed == 0

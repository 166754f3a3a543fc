"""The examples of README.md do what they print.

A ```python block is run; the ```text block after it is what it prints. The ```rust block is the file
`crates/zonekpi/examples/readme.rs`, which `make test` runs.
"""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
PAIRS = [
    (language, code, BLOCKS[i + 1][1] if i + 1 < len(BLOCKS) and BLOCKS[i + 1][0] == "text" else "")
    for i, (language, code) in enumerate(BLOCKS)
]


@pytest.mark.parametrize(("code", "printed"), [(code, out) for language, code, out in PAIRS if language == "python"])
def test_python(code: str, printed: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert lines(out.getvalue()) == lines(printed)


def test_rust() -> None:
    [(code, printed)] = [(code, out) for language, code, out in PAIRS if language == "rust"]
    example = (ROOT / "crates/zonekpi/examples/readme.rs").read_text(encoding="utf-8")
    assert code.strip() in example
    command = ["cargo", "run", "--quiet", "--example", "readme"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert lines(done.stdout) == lines(printed)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]

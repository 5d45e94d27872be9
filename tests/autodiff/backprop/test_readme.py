"""The README's example of `check_backprop` says what the README says it does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("page", ["README.md", "docs/check-backprop.md"])
def test_the_example_prints_what_stands_below_it(page: str, tmp_path: Path) -> None:
    """Run as a file of the user's, in a folder of his."""
    text = (ROOT / page).read_text()
    found = re.search(r"```python\n(import numpy.*?)```\n+```text\n(.*?)```", text, re.DOTALL)
    assert found is not None
    (tmp_path / "network.py").write_text(found[1])
    run = subprocess.run(
        [sys.executable, "network.py"], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert run.stderr == ""
    printed = [line.rstrip() for line in run.stdout.strip().splitlines()]
    assert printed == [line.rstrip() for line in found[2].strip().splitlines()]

"""The page on `compile` shows what `compile` does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from autodiff import Tensor

PAGE = (Path(__file__).parents[2] / "docs" / "compile.md").read_text()


def test_the_source_on_the_page(tmp_path: Path) -> None:
    """Line by line, but for the numbers of lines and the name of the user's file."""
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    shown = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    assert shown is not None
    file = tmp_path / "src.py"
    file.write_text(code[1])
    names: dict[str, Any] = {}
    exec(compile(code[1], str(file), "exec"), names)
    names["step"](Tensor([[0.5, 0.5]]), Tensor([[1.0]]))
    assert without_numbers(names["step"].source) == without_numbers(shown[1])
    assert np.isfinite(names["step"](Tensor([[0.5, 0.5]]), Tensor([[1.0]])).item())


def without_numbers(source: str) -> list[str]:
    """The lines, without those of files."""
    return [re.sub(r"\.py:\d+", ".py", line) for line in source.strip().splitlines()]

"""The corpus says the truth: what is called faulty is, born where the mark stands, and the rest is correct.

A program defines `loss(params)`, `gradients(params)` and `params`, in NumPy alone. In a faulty one, each line on
which a wrong value is born ends in `# fault: KIND | right: SOURCE`. Differences of the loss are the judge, and
a line is the birth because its right source in its place, and nothing else, makes the gradients right.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

HERE = Path(__file__).parent
MARK = re.compile(r"  # fault: (?P<kind>.+?) \| right: (?P<right>.+)$")


def programs(kind: str) -> list[Any]:
    """The programs in the folders `kind`, one parameter of a test each."""
    return [pytest.param(path, id=path.stem) for path in sorted(HERE.glob(f"*/{kind}/*.py"))]


def run(source: str, path: Path) -> ModuleType:
    """The program's names, as importing it would define them."""
    module = ModuleType(path.stem)
    exec(compile(source, str(path), "exec"), module.__dict__)
    return module


def marks(source: str) -> dict[int, str]:
    """The right source of each line that bears a mark."""
    found = {i: MARK.search(line) for i, line in enumerate(source.splitlines(), 1) if "# fault" in line}
    assert all(found.values()), "a mark that can't be read"
    return {i: match["right"] for i, match in found.items() if match is not None}


def put_right(source: str, rights: dict[int, str]) -> str:
    """The source with those lines in place of its own: a statement whole, of a compound one its first line."""
    last = {
        node.lineno: node.lineno if hasattr(node, "body") else node.end_lineno or node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt)
    }
    lines = source.splitlines()
    for i in sorted(rights, reverse=True):
        indent = re.match(" *", lines[i - 1])
        assert indent is not None
        lines[i - 1 : last[i]] = [indent[0] + rights[i]]
    return "\n".join(lines) + "\n"


def slopes(loss: Callable[[dict[str, Any]], Any], params: dict[str, np.ndarray], h: float) -> dict[str, np.ndarray]:
    """Central differences of the loss, entry by entry."""
    result = {}
    for name, value in params.items():
        result[name] = np.empty_like(value)
        for i in np.ndindex(value.shape):
            two = []
            for sign in (1, -1):
                moved = {key: array.copy() for key, array in params.items()}
                moved[name][i] += sign * h
                two.append(float(loss(moved)))
            result[name][i] = (two[0] - two[1]) / (2 * h)
    return result


def errors(module: ModuleType) -> dict[str, float]:
    """The largest error of each parameter's gradient, relative to its largest entry; infinite for a wrong shape."""
    wide, near = (slopes(module.loss, module.params, h) for h in (2e-4, 1e-4))
    given = module.gradients({key: array.copy() for key, array in module.params.items()})
    result = {}
    for name in module.params:
        true = (4 * near[name] - wide[name]) / 3  # Richardson: the error in h squared cancels
        keys = [key for key in (name, f"d{name}", f"grad_{name}", f"{name}_grad") if key in given]
        assert len(keys) == 1, f"{name}: {keys} of {list(given)}"
        value = np.asarray(given[keys[0]])
        scale = max(np.abs(true).max(), 1e-3)
        result[name] = float(np.abs(value - true).max() / scale) if value.shape == true.shape else np.inf
    return result


@pytest.mark.parametrize("path", programs("correct"))
def test_a_correct_program_is_correct(path: Path) -> None:
    """Every gradient agrees with differences of the loss, and no line is marked."""
    source = path.read_text()
    assert not marks(source)
    found = errors(run(source, path))
    assert max(found.values()) < 1e-6, found


@pytest.mark.parametrize("path", programs("faulty"))
def test_a_faulty_program_is_faulty_where_it_says(path: Path) -> None:
    """It is wrong as it stands, right with all marked lines put right, and wrong with all of them but one."""
    source = path.read_text()
    rights = marks(source)
    assert rights
    found = errors(run(put_right(source, rights), path))
    assert max(found.values()) < 1e-6, found
    for left in rights:
        others = {i: right for i, right in rights.items() if i != left}
        found = errors(run(put_right(source, others), path))
        assert max(found.values()) > 1e-4, (left, found)
    found = errors(run(source, path))
    assert max(found.values()) > 1e-4, found


@pytest.mark.parametrize("path", [*programs("correct"), *programs("faulty")])
def test_a_program_stands_alone(path: Path) -> None:
    """It imports NumPy and nothing else, says its style in its docstring, and leaves the parameters' kind alone."""
    source = path.read_text()
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]
    assert ast.get_docstring(tree)
    module = run(source, path)
    assert all(array.dtype == np.float64 for array in module.params.values())
    first, second = (float(module.loss({k: v.copy() for k, v in module.params.items()})) for _ in range(2))
    assert first == second

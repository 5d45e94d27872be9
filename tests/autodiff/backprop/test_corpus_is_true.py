"""The corpus says the truth: the faulty is faulty, and born where the mark stands; the correct is correct.

A program defines `loss(params)`, `gradients(params)` and `params`, in NumPy alone. In a faulty one, each line on
which a wrong value is born ends in `# fault: KIND | right: SOURCE`. Differences of the loss are the judge, and
a line is the birth because its right source in its place, and nothing else, makes the gradients right.

The first line of a faulty program's docstring names its errors by the keys of `ERRORS` below.
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
ERRORS = {
    "1a": "a constant factor, as the 2 of a square or the 1/2 of a loss, missing or doubled",
    "1b": "1/N missing",
    "1c": "1/N applied twice",
    "1d": "features counted in place of samples, or the reverse",
    "2a": "bias: mean in place of sum",
    "2b": "bias: sum over all axes",
    "2c": "bias: sum over the wrong axis",
    "2d": "bias: derived from dW in place of dZ",
    "2e": "a broadcast not reduced",
    "3a": "x(1-x), or the like, at the pre-activation",
    "3b": "the activation where the weighted sum belongs, or the reverse",
    "3c": "the activation's derivative taken at the gradient",
    "3d": "tanh' written 1 - h",
    "3e": "another function's derivative",
    "4a": "an activation's derivative left out of a layer",
    "4b": "an activation's derivative left out of dW, or of the way back, alone",
    "4c": "an upstream factor, or one of several ways back, left out",
    "5a": "another layer's value, as a2 under a1",
    "5b": "a cache that doesn't match the forward pass",
    "5c": "weights used that were already updated",
    "5d": "a layer's output where its input belongs",
    "6a": "a transpose too many or too few",
    "6b": "reshape in place of a transpose",
    "6c": "element-wise in place of matrix product",
    "7a": "the shortcut of another loss, as p - y under a squared error",
    "7b": "the shortcut not taken whole, as sigmoid' on top of p - y",
    "7c": "softmax along the wrong axis, or along none",
    "8a": "relu's mask taken from the gradient",
    "8b": "relu's mask taken from the wrong layer",
    "8c": "relu's mask with equality at 0",
    "9a": "added to what was there before, or written over what should have been added to",
    "9b": "a term in the gradient that isn't in the loss",
    "9c": "a term of the loss that isn't in the gradient",
    "10a": "sign flipped",
    "10b": "a layer detached, zeros",
    "10c": "two errors at once",
}
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
    """It imports NumPy and nothing else, its loss is repeatable and leaves the parameters as they were."""
    source = path.read_text()
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]
    assert ast.get_docstring(tree)
    module = run(source, path)
    assert all(array.dtype == np.float64 for array in module.params.values())
    before = {key: array.copy() for key, array in module.params.items()}
    assert float(module.loss(module.params)) == float(module.loss(module.params))
    assert all(np.array_equal(module.params[key], array) for key, array in before.items())


@pytest.mark.parametrize("folder", sorted({path.parent for path in HERE.glob("*/faulty/*.py")}))
def test_every_error_of_the_list_occurs(folder: Path) -> None:
    """Each key of `ERRORS` is named by some docstring of the folder, and no other; doubles have two marks or more."""
    found = set()
    for path in folder.glob("*.py"):
        match = re.search(r"\[([^][]+)\]\.\"{3}$", path.read_text().splitlines()[0])
        assert match, path
        keys = match[1].split(", ")
        assert ("10c" not in keys) or len(marks(path.read_text())) >= 2
        found.update(keys)
    assert found == set(ERRORS)


SMALL = """
import numpy as np
params = {"w": np.array([0.5, -2.0])}
def loss(p):
    return np.sum(p["w"] ** 4)
def gradients(p):
    g = np.add(
        p["w"] ** 3,
        0,
    )
    if True:
        return {"dw": 4 * g}
"""


def test_the_judge_condemns_what_is_wrong() -> None:
    """A gradient off by a thousandth, one of another shape, and none at all are told from the right one."""

    def judged(right: str) -> dict[str, float]:
        return errors(run(put_right(SMALL, {12: right}), Path("small.py")))

    assert judged('return {"dw": 4 * g}')["w"] < 1e-9
    assert judged('return {"w": 4.004 * g}')["w"] == pytest.approx(1e-3)
    assert judged('return {"grad_w": 4 * g[:, None]}')["w"] == np.inf
    with pytest.raises(AssertionError, match="w: "):
        judged('return {"v": 4 * g}')


def test_a_line_is_put_right_as_a_statement() -> None:
    """Of a statement over several lines all are replaced, of a compound one its first line alone."""
    assert put_right(SMALL, {7: 'g = p["w"] ** 3', 11: "if 1:"}).splitlines()[6:] == [
        '    g = p["w"] ** 3',
        "    if 1:",
        '        return {"dw": 4 * g}',
    ]

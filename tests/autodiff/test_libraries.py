"""Every operation on other libraries' arrays: values, and derivatives of both modes and both orders.

They are compared with those on NumPy's arrays, which `test_operations` and `test_complex` compare with differences.
"""

from __future__ import annotations

import numpy as np
import pytest

import autodiff
from autodiff import REGISTRY

from .cases import CASES, Case, case
from .libraries import WITH_PHASES, On, assert_same, check, library, results, runs
from .test_complex import REAL_ONLY

SORTING = {"median", "sort"}
"""Of complex numbers these are NumPy's alone."""
OWN = [c for c in CASES if c.operation.function.__module__.startswith(autodiff.__name__)]
COMPLEX = [c for c in OWN if c.operation.kind != "constant" and c.operation.name not in REAL_ONLY | SORTING]


@pytest.mark.parametrize(
    ("name", "kind", "each"),
    runs({"double": OWN, "single": OWN, "complex": COMPLEX, "complex single": COMPLEX}),
)
def test_operation(name: str, kind: str, each: Case) -> None:
    """Values and derivatives are those of NumPy's arrays, of the same dtype, and arrays of the library."""
    check(name, kind, each)


def test_leaving_the_library_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check fails on a rule that returns an array of NumPy."""
    monkeypatch.setattr(REGISTRY["sin"], "vjps", (lambda _xp, g, _y, _x: np.ones(g.shape),))
    with pytest.raises((AssertionError, TypeError, ValueError)):
        On(case(REGISTRY["sin"], 1), library("strict")).reverse(recorded=False)


def test_a_wrong_digit_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison fails on a rule that is off by 1e-12 in double precision."""
    monkeypatch.setattr(REGISTRY["sin"], "vjps", (lambda xp, g, _y, x: g * xp.cos(x) * (1 + 1e-12),))
    sine = case(REGISTRY["sin"], 1)
    got = results(On(sine, library("strict")), constant=False)
    monkeypatch.undo()
    with pytest.raises(AssertionError):
        assert_same(got, results(On(sine, None), constant=False))


def test_names_exist() -> None:
    """The lists have no operation that is gone."""
    assert REGISTRY.keys() >= WITH_PHASES | SORTING

"""`autodiff.special` at the ends of its functions' domains, where the values and derivatives are limits."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import grad, special
from autodiff.op import TENSORS

Function = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("f", "at", "derivatives"),
    [
        (special.sinc, 0.0, (1.0, 0.0, -(math.pi**2) / 3.0)),
        (special.logit, 0.5, (0.0, 4.0, 0.0)),
        (lambda p: special.boxcox(2.0, p), 0.0, tuple(math.log(2.0) ** (n + 1) / (n + 1) for n in range(3))),
        (lambda p: special.boxcox1p(1.0, p), 0.0, tuple(math.log(2.0) ** (n + 1) / (n + 1) for n in range(3))),
        # exp(y - p y^2/2 + p^2 y^3/3) at y = 1, p = 0
        (lambda p: special.inv_boxcox(1.0, p), 0.0, (math.e, -math.e / 2.0, math.e * (1.0 / 4.0 + 2.0 / 3.0))),
        (lambda p: special.inv_boxcox1p(1.0, p), 0.0, (math.e - 1, -math.e / 2.0, math.e * (1.0 / 4.0 + 2.0 / 3.0))),
        (lambda x: special.xlogy(x, 0.0), 0.0, (0.0, 0.0, 0.0)),
        (lambda y: special.xlogy(0.0, y), 0.0, (0.0, 0.0, 0.0)),
        (lambda y: special.xlog1py(0.0, y), -1.0, (0.0, 0.0, 0.0)),
        (lambda y: special.rel_entr(0.0, y), 0.0, (0.0, 0.0, 0.0)),
        (lambda r: special.huber(1.0, r), 2.0, (1.5, 1.0, 0.0)),
        (lambda r: special.pseudo_huber(1.0, r), 0.0, (0.0, 0.0, 1.0)),
        (lambda d: special.pseudo_huber(d, 0.0), 0.0, (0.0, 0.0, 0.0)),
        (special.log_expit, -1000.0, (-1000.0, 1.0, 0.0)),
    ],
)
def test_value_and_two_derivatives(f: Function, at: float, derivatives: tuple[float, ...]) -> None:
    """By the formulas of the limits; nothing warns."""
    found = [f(np.float64(at)).item(), grad(f)(at).item(), grad(grad(f))(at).item()]
    assert found == pytest.approx(derivatives, rel=1e-14, abs=1e-15)


def test_outside_of_the_domain() -> None:
    """As SciPy has it: minus or plus infinity, and NaN for NaN."""
    assert special.entr([-1.0, 0.0, 1.0]).tolist() == [-math.inf, 0.0, 0.0]
    assert special.rel_entr([0.0, 1.0, -1.0], [1.0, 0.0, 1.0]).tolist() == [0.0, math.inf, math.inf]
    assert np.isnan(special.rel_entr([1.0, math.nan], [math.nan, 1.0]).numpy()).all()
    assert special.kl_div([0.0, 1.0], [2.0, 0.0]).tolist() == [2.0, math.inf]
    assert special.huber(-1.0, 1.0).item() == special.pseudo_huber(-1.0, 1.0).item() == math.inf


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_sigmoid_has_the_same_values_among_few_and_many(dtype: str) -> None:
    """NumPy's calls differ with the number of entries; the results don't."""
    few = np.array([0.0, -0.0, 1e-7, -1e-7, 3.0, -3.0, 80.0, -80.0, np.inf, -np.inf, np.nan, -np.nan], dtype)
    many = np.tile(few, 100)
    for f in (TENSORS.sigmoid, TENSORS.sigmoid_derivative):
        np.testing.assert_array_equal(f(many).numpy(), np.tile(f(few).numpy(), 100), strict=True)

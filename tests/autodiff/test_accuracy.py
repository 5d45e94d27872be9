"""The table of accuracy: values against NumPy's, first derivatives against 50 digits, over the whole float range."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor, grad, jvp

mp = mpmath.mp.clone()
mp.dps = 50

# Both bounds in units in the last place of the true number, which near 0 is the smallest subnormal number.
OF_VALUE = 2.0
OF_UNKNOWN_VALUE = 8.0  # where NumPy lacks the function, against the truth
OF_DERIVATIVE = 8.0

Exact = Callable[..., Any]

# Magnitudes from the smallest normal number to the largest but some, dense where functions bend and saturate.
LARGE = [1e4, 3e7, 1e9, 1e17, 7.3e50, 1e100, 1.3e154, 2e155, 1e160, 1e200, 1e300, 1.7e308]
SMALL = [2.3e-308, 1e-300, 1e-200, 1.7e-155, 1e-100, 1e-50, 1e-17, 1.3e-9, 1e-8, 1e-5, 3e-3]
MIDDLE = [0.01, 0.1, 0.3, 0.49999, 0.5, 0.7, 0.99, 1.0, 1.0001, 1.3, math.pi / 2, 2.0, 2.7, 3.5, 5.99, 6.1, 9.7]
STEEP = [11.3, 17.7, 18.4, 19.1, 22.3, 26.5, 27.1, 36.04, 37.5, 80.1, 177.7, 300.3, 354.9, 371.1, 400.2, 699.9]
TAIL = [708.1, 709.5, 720.3, 744.2, 750.0, 1000.0]
POSITIVE = sorted(SMALL + MIDDLE + STEEP + TAIL + LARGE)
WHOLE = [-x for x in reversed(POSITIVE)] + [0.0] + POSITIVE
GAPS = [2.0**-k for k in (1, 2, 5, 10, 20, 35, 52)]  # distances from 1
UNIT = sorted({x for x in WHOLE if abs(x) < 1} | {1 - d for d in GAPS} | {d - 1 for d in GAPS})
FROM_ONE = sorted({x for x in WHOLE if x > 1} | {1 + d for d in GAPS})
FROM_MINUS_ONE = sorted({x for x in WHOLE if x > -1} | {d - 1 for d in GAPS})
BOUNDED = [x for x in WHOLE if abs(x) < 1e9]


def logistic(x: Any) -> Any:
    """The logistic function with all digits in both tails."""
    return 1 / (1 + mp.exp(-x))


UNARY: dict[str, tuple[list[float], Exact, Exact]] = {
    "exp": (WHOLE, mp.exp, mp.exp),
    "expm1": (WHOLE, mp.expm1, mp.exp),
    "log": (POSITIVE, mp.log, lambda x: 1 / x),
    "log1p": (FROM_MINUS_ONE, mp.log1p, lambda x: 1 / (1 + x)),
    "log2": (POSITIVE, lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2))),
    "log10": (POSITIVE, mp.log10, lambda x: 1 / (x * mp.log(10))),
    "sqrt": (POSITIVE, mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x))),
    "square": (WHOLE, lambda x: x * x, lambda x: 2 * x),
    "reciprocal": ([x for x in WHOLE if x != 0], lambda x: 1 / x, lambda x: -1 / x**2),
    "sin": (BOUNDED, mp.sin, mp.cos),
    "cos": (BOUNDED, mp.cos, lambda x: -mp.sin(x)),
    "tan": (BOUNDED, mp.tan, lambda x: 1 + mp.tan(x) ** 2),
    "asin": (UNIT, mp.asin, lambda x: 1 / mp.sqrt((1 - x) * (1 + x))),
    "acos": (UNIT, mp.acos, lambda x: -1 / mp.sqrt((1 - x) * (1 + x))),
    "atan": (WHOLE, mp.atan, lambda x: 1 / (1 + x**2)),
    "sinh": (WHOLE, mp.sinh, mp.cosh),
    "cosh": (WHOLE, mp.cosh, mp.sinh),
    "tanh": (WHOLE, mp.tanh, lambda x: mp.sech(x) ** 2),
    "asinh": (WHOLE, mp.asinh, lambda x: 1 / mp.sqrt(1 + x**2)),
    "acosh": (FROM_ONE, mp.acosh, lambda x: 1 / mp.sqrt((x - 1) * (x + 1))),
    "atanh": (UNIT, mp.atanh, lambda x: 1 / ((1 - x) * (1 + x))),
    "abs": ([x for x in WHOLE if x != 0], abs, mp.sign),
    "negative": (WHOLE, lambda x: -x, lambda x: mp.mpf(-1)),
    "positive": (WHOLE, lambda x: x, lambda x: mp.mpf(1)),
    "sigmoid": (WHOLE, logistic, lambda x: logistic(x) * logistic(-x)),
    "sigmoid_derivative": (
        WHOLE,
        lambda x: logistic(x) * logistic(-x),
        lambda x: -logistic(x) * logistic(-x) * mp.tanh(x / 2),
    ),
    "softplus": (WHOLE, lambda x: x + mp.log1p(mp.exp(-x)) if x > 0 else mp.log1p(mp.exp(x)), logistic),
    "erf": (WHOLE, mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "gaussian": (
        [x for x in WHOLE if abs(x) < 26.6 or abs(x) > 27.3],  # between, its value is subnormal and its slope is not
        lambda x: mp.exp(-x * x),
        lambda x: -2 * x * mp.exp(-x * x),
    ),
}

SIZES = [1e-300, 1e-155, 1e-20, 1e-3, 0.3, 1.0, 2.7, 41.3, 501.0777, 1e8, 1e155, 1e300]
PAIRS = [(s * a, t * b) for a in SIZES for b in SIZES for s in (1, -1) for t in (1, -1)]
ORDINARY = [x for x in SIZES if 1e-4 < x < 1e4]
LOGS = [(s * a, t * b) for a in [*ORDINARY, 0.7777] for b in [*ORDINARY, 0.7777] for s in (1, -1) for t in (1, -1)]
EXPONENTS = [-2.5, -1.0, -0.3, -1e-5, 0.0, 1e-17, 1e-5, 0.3, 0.5, 1.0, 1.6, 2.0, 3.0, 17.3]
POWERS = [(x, p) for x in [*SIZES, 0.99999, 1.00001] for p in EXPONENTS]

BINARY: dict[str, tuple[list[tuple[float, float]], Exact, Exact, Exact]] = {
    "add": (PAIRS, lambda x, y: x + y, lambda x, y: mp.mpf(1), lambda x, y: mp.mpf(1)),
    "subtract": (PAIRS, lambda x, y: x - y, lambda x, y: mp.mpf(1), lambda x, y: mp.mpf(-1)),
    "multiply": (PAIRS, lambda x, y: x * y, lambda x, y: y, lambda x, y: x),
    "divide": (PAIRS, lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y**2),
    "pow": (POWERS, lambda x, y: x**y, lambda x, y: y * x ** (y - 1), lambda x, y: x**y * mp.log(x)),
    "atan2": (PAIRS, mp.atan2, lambda x, y: y / (x**2 + y**2), lambda x, y: -x / (x**2 + y**2)),
    "hypot": (PAIRS, mp.hypot, lambda x, y: x / mp.hypot(x, y), lambda x, y: y / mp.hypot(x, y)),
    "logaddexp": (
        LOGS,
        lambda x, y: x + mp.log1p(mp.exp(y - x)),
        lambda x, y: logistic(x - y),
        lambda x, y: logistic(y - x),
    ),
    "softmax_of_two": (
        LOGS,
        lambda x, y: logistic(x - y),
        lambda x, y: logistic(x - y) * logistic(y - x),
        lambda x, y: -logistic(x - y) * logistic(y - x),
    ),
}

ROWS = [(name, (x,)) for name, row in UNARY.items() for x in row[0]]
ROWS += [(name, pair) for name, row in BINARY.items() for pair in row[0]]


def ulps(got: float, true: Any) -> float:
    """The error in units in the last place of the true number; 0 where both are beyond the range."""
    if abs(true) > np.finfo(float).max:
        return 0.0 if got == math.copysign(math.inf, true) or abs(got) > 1.79e308 else math.inf
    if not math.isfinite(got):
        return math.inf
    return float(abs(mp.mpf(got) - true) / mp.mpf(float(np.spacing(abs(float(true))))))


def row_of(name: str) -> tuple[list[Any], Exact, tuple[Exact, ...]]:
    """The points of a function, its exact value and its exact derivatives."""
    if name in UNARY:
        points, value, slope = UNARY[name]
        return [(x,) for x in points], value, (slope,)
    pairs, value, *slopes = BINARY[name]
    return list(pairs), value, tuple(slopes)


NAMES = [*UNARY, *BINARY]


def worst(errors: list[tuple[float, Any]]) -> tuple[float, Any]:
    """The largest error and where it is."""
    return max(errors, key=lambda e: e[0])


@pytest.mark.parametrize("name", NAMES)
def test_value(name: str) -> None:
    """Values are NumPy's within 2 ulp, or where NumPy lacks the function the true ones within 8."""
    points, exact, _ = row_of(name)
    numpys = getattr(np, name, None)
    columns = [np.array(column) for column in zip(*points, strict=True)]
    with np.errstate(all="ignore"):
        got = getattr(ad, name)(*columns).numpy()
        expected = (
            [mp.mpf(y) for y in numpys(*columns).tolist()] if numpys else [exact(*map(mp.mpf, p)) for p in points]
        )
    errors = [(ulps(y, true), p) for y, true, p in zip(got.tolist(), expected, points, strict=True)]
    assert worst(errors)[0] <= (OF_VALUE if numpys else OF_UNKNOWN_VALUE), worst(errors)


@pytest.mark.parametrize("name", NAMES)
def test_first_derivative(name: str) -> None:
    """Reverse and forward mode are within 8 ulp of the derivative at exactly this x."""
    points, _, slopes = row_of(name)
    f: Callable[..., Tensor] = getattr(ad, name)
    columns = [np.array(column) for column in zip(*points, strict=True)]
    for k, slope in enumerate(slopes):
        true = [slope(*map(mp.mpf, p)) for p in points]
        units = [np.full(len(points), float(j == k)) for j in range(len(slopes))]
        with np.errstate(all="ignore"):
            reverse = grad(lambda *xs: ad.sum(f(*xs)), argnums=k)(*columns).tolist()
            forward = jvp(lambda x, k=k: f(*columns[:k], x, *columns[k + 1 :]), (columns[k],), (units[k],))[1].tolist()
        for derivatives in (reverse, forward):
            errors = [(ulps(d, t), p) for d, t, p in zip(derivatives, true, points, strict=True)]
            assert worst(errors)[0] <= OF_DERIVATIVE, (k, worst(errors))


def test_the_measure_itself() -> None:
    """One rounding is at most half a unit, a neighbour is one, and nothing finite is near an infinity."""
    assert ulps(0.1, mp.mpf(1) / 10) <= 0.5
    assert ulps(math.nextafter(1.0, 2.0), mp.mpf(1)) == 1.0
    assert ulps(math.inf, mp.mpf(1)) == math.inf
    assert ulps(5e-324, mp.mpf(0)) == 1.0

"""The table of accuracy: values against NumPy's, first derivatives against 50 digits, over the whole float range.

In double and in single precision, from the smallest subnormal number to the largest finite one. Complex numbers are in
`test_accuracy_complex`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, grad, jvp
from autodiff.op import recording

mp = mpmath.mp.clone()
mp.dps = 50

# Both bounds in units in the last place of the true number, which near 0 is the smallest subnormal number.
OF_VALUE = 2.0
OF_UNKNOWN_VALUE = 8.0  # where NumPy lacks the function, against the truth
OF_DERIVATIVE = 8.0

Exact = Callable[..., Any]

DTYPES = [np.float64, np.float32]

# Magnitudes dense where functions bend and saturate, beside those of `ends`; single precision takes those in its range.
LARGE = [1e4, 3e7, 1e9, 1e17, 1e30, 3e38, 7.3e50, 1e100, 1.3e154, 2e155, 1e160, 1e200, 1e300]
SMALL = [1e-300, 1e-200, 1.7e-155, 1e-100, 1e-50, 1e-37, 3e-30, 1e-17, 1.3e-9, 1e-8, 1e-5, 3e-3]
MIDDLE = [0.01, 0.1, 0.3, 0.49999, 0.5, 0.7, 0.99, 1.0, 1.0001, 1.3, math.pi / 2, 2.0, 2.7, 3.5, 5.99, 6.1, 9.7]
STEEP = [
    11.3,
    17.7,
    18.4,
    19.1,
    22.3,
    26.5,
    27.1,
    36.04,
    37.5,
    43.9,
    51.3,
    80.1,
    87.9,
    102.7,
    177.7,
    300.3,
    371.1,
    699.9,
]
TAIL = [708.1, 709.5, 720.3, 744.2, 750.0, 1000.0]


def ends(dtype: Any) -> list[float]:
    """Subnormal numbers, the smallest normal one, and the largest."""
    info = np.finfo(dtype)
    tiny, small, large = (float(x) for x in (info.smallest_subnormal, info.smallest_normal, info.max))
    return [tiny, 3 * tiny, small / 7, small, 1.7 * small, 0.3 * large, 0.99 * large, large]


def rounded(numbers: list[float], dtype: Any) -> list[float]:
    """Numbers of a precision, without those beyond its range, and each once."""
    with np.errstate(over="ignore"):
        return sorted({float(x) for x in np.array(numbers).astype(dtype) if np.isfinite(x)})


def positive(dtype: Any) -> list[float]:
    """The positive numbers of the table."""
    return [x for x in rounded(SMALL + MIDDLE + STEEP + TAIL + LARGE + ends(dtype), dtype) if x > 0]


def whole(dtype: Any) -> list[float]:
    """Numbers of both signs, and 0."""
    return [-x for x in reversed(positive(dtype))] + [0.0] + positive(dtype)


def beyond(start: float, stop: float = math.inf) -> Callable[[Any], list[float]]:
    """The numbers between two ends, and some as close to the ends as 1 and its neighbours are."""

    def points(dtype: Any) -> list[float]:
        gaps = [2.0**-k for k in (1, 2, 5, 10, 20)] + [float(np.finfo(dtype).eps)]
        near = [x for d in gaps for x in (start + d, stop - d)]
        return [x for x in rounded(whole(dtype) + near, dtype) if start < x < stop]

    return points


def bounded(dtype: Any) -> list[float]:
    """Numbers at which a library's reduction by multiples of pi has its digits."""
    return [x for x in whole(dtype) if abs(x) < 1e9]


def not_zero(dtype: Any) -> list[float]:
    """Numbers of both signs without 0."""
    return [x for x in whole(dtype) if x != 0]


def where_not_subnormal(dtype: Any) -> list[float]:
    """Without the numbers at which the value of `gaussian` is subnormal and its slope is not."""
    low, high = (26.6, 27.3) if dtype is np.float64 else (9.3, 10.3)
    return [x for x in whole(dtype) if not low < abs(x) < high]


def logistic(x: Any) -> Any:
    """The logistic function with all digits in both tails."""
    return 1 / (1 + mp.exp(-x))


def above_clamp(dtype: Any) -> list[float]:
    """Numbers whose logarithm, or reciprocal in single precision, is not clamped."""
    return [x for x in positive(dtype) if x > 1e-43 and x > float(np.finfo(dtype).smallest_normal)]


Points = Callable[[Any], list[Any]]
"""From a precision to the points of the table."""

UNARY: dict[str, tuple[Points, Exact, Exact]] = {
    "exp": (whole, mp.exp, mp.exp),
    "expm1": (whole, mp.expm1, mp.exp),
    "log": (positive, mp.log, lambda x: 1 / x),
    "log1p": (beyond(-1.0), mp.log1p, lambda x: 1 / (1 + x)),
    "log2": (positive, lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2))),
    "log10": (positive, mp.log10, lambda x: 1 / (x * mp.log(10))),
    "sqrt": (positive, mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x))),
    "square": (whole, lambda x: x * x, lambda x: 2 * x),
    "reciprocal": (not_zero, lambda x: 1 / x, lambda x: -1 / x**2),
    "sin": (bounded, mp.sin, mp.cos),
    "cos": (bounded, mp.cos, lambda x: -mp.sin(x)),
    "tan": (bounded, mp.tan, lambda x: 1 + mp.tan(x) ** 2),
    "asin": (beyond(-1.0, 1.0), mp.asin, lambda x: 1 / mp.sqrt((1 - x) * (1 + x))),
    "acos": (beyond(-1.0, 1.0), mp.acos, lambda x: -1 / mp.sqrt((1 - x) * (1 + x))),
    "atan": (whole, mp.atan, lambda x: 1 / (1 + x**2)),
    "sinh": (whole, mp.sinh, mp.cosh),
    "cosh": (whole, mp.cosh, mp.sinh),
    "tanh": (whole, mp.tanh, lambda x: mp.sech(x) ** 2),
    "tanh_derivative": (whole, lambda x: mp.sech(x) ** 2, lambda x: -2 * mp.sech(x) ** 2 * mp.tanh(x)),
    "asinh": (whole, mp.asinh, lambda x: 1 / mp.sqrt(1 + x**2)),
    "acosh": (beyond(1.0), mp.acosh, lambda x: 1 / mp.sqrt((x - 1) * (x + 1))),
    "atanh": (beyond(-1.0, 1.0), mp.atanh, lambda x: 1 / ((1 - x) * (1 + x))),
    "abs": (not_zero, abs, mp.sign),
    "negative": (whole, lambda x: -x, lambda x: mp.mpf(-1)),
    "positive": (whole, lambda x: x, lambda x: mp.mpf(1)),
    "clamped_log": (above_clamp, mp.log, lambda x: 1 / x),
    "clamped_reciprocal": (above_clamp, lambda x: 1 / x, lambda x: -1 / x**2),
    "sigmoid": (whole, logistic, lambda x: logistic(x) * logistic(-x)),
    "sigmoid_derivative": (
        whole,
        lambda x: logistic(x) * logistic(-x),
        lambda x: -logistic(x) * logistic(-x) * mp.tanh(x / 2),
    ),
    "softplus": (whole, lambda x: x + mp.log1p(mp.exp(-x)) if x > 0 else mp.log1p(mp.exp(x)), logistic),
    "erf": (whole, mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "gaussian": (
        where_not_subnormal,
        lambda x: mp.exp(-x * x),
        lambda x: -2 * x * mp.exp(-x * x),
    ),
}

SIZES = [1e-300, 1e-155, 1e-37, 1e-20, 1e-3, 0.0137, 0.3, 1.0, 2.7, 41.3, 501.0777, 1e8, 1e30, 1e155, 1e300]


def pairs(dtype: Any) -> list[tuple[float, float]]:
    """Pairs of numbers of all sizes and signs."""
    sizes = rounded(SIZES + ends(dtype), dtype)
    return [(s * a, t * b) for a in sizes if a for b in sizes if b for s in (1, -1) for t in (1, -1)]


def quotients(dtype: Any) -> list[tuple[float, float]]:
    """Without quotients that have lost digits as subnormal numbers, of which the derivative is made.

    To scale them first makes the rule five times as slow (3.9 us in place of 0.8 on ten numbers).
    """
    least = float(np.finfo(dtype).smallest_normal)
    return [(a, b) for a, b in pairs(dtype) if abs(mp.mpf(a) / mp.mpf(b)) >= least or abs(b) >= 1]


def on_an_axis(dtype: Any) -> list[tuple[float, float]]:
    """Pairs, some with one coordinate 0."""
    sizes = rounded(SIZES + ends(dtype), dtype)
    return pairs(dtype) + [p for a in sizes if a for p in ((a, 0.0), (-a, 0.0), (0.0, a), (0.0, -a))]


def logarithms(dtype: Any) -> list[tuple[float, float]]:
    """Pairs of logarithms: ordinary ones, tiny ones, and such whose difference is beyond the range."""
    ordinary = [x for x in SIZES if 1e-4 < x < 1e4] + [0.7777]
    sizes = rounded(ordinary + ends(dtype), dtype)
    return [(s * a, t * b) for a in sizes for b in sizes for s in (1, -1) for t in (1, -1)]


def powers(dtype: Any) -> list[tuple[float, float]]:
    """Positive bases, and exponents of both signs, tiny and large."""
    exponents = [-2.5, -1.0, -0.3, -1e-5, 0.0, 1e-17, 1e-5, 0.3, 0.5, 1.0, 1.6, 2.0, 3.0, 17.3]
    bases = rounded([*SIZES, 0.99999, 1.00001, *ends(dtype)], dtype)
    return [(x, p) for x in bases for p in rounded(exponents, dtype) if x]


def exact_powers(dtype: Any) -> list[tuple[float, float]]:
    """Those of which the exponent less 1 is exact, the power is not subnormal, and no like numbers are subtracted."""
    one, least = dtype(1.0), float(np.finfo(dtype).smallest_normal)
    return [
        (x, p)
        for x, p in powers(dtype)
        if dtype(p) - one + one == dtype(p) and min(x, mp.mpf(x) ** (p - 1)) >= least and abs(1 + p * math.log(x)) > 0.5
    ]


def integer_powers(dtype: Any) -> list[tuple[float, float]]:
    """Negative bases and integer exponents."""
    return [(-x, p) for x, _ in powers(dtype) for p in (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)]


def no_remainder(dtype: Any) -> list[tuple[float, float]]:
    """Without multiples, where the remainder jumps, and quotients that NumPy rounds before it takes their floor."""
    kept = []
    for a, b in pairs(dtype):
        quotient = mp.mpf(a) / mp.mpf(b)
        if abs(quotient) < 1 / np.finfo(dtype).eps and quotient != mp.floor(quotient):
            kept.append((a, b))
    return kept


def zero(*_: Any) -> Any:
    """The derivative by what doesn't matter."""
    return mp.mpf(0)


def one(*_: Any) -> Any:
    """The derivative of what is handed on."""
    return mp.mpf(1)


def of_logaddexp(x: Any, y: Any) -> Any:
    """The logarithm of a sum of exponentials with all digits."""
    low, high = sorted((x, y))
    return high + mp.log1p(mp.exp(low - high)) if high - low < 1e5 else high


BINARY: dict[str, tuple[Points, Exact, Exact, Exact]] = {
    "add": (pairs, lambda x, y: x + y, one, one),
    "subtract": (pairs, lambda x, y: x - y, one, lambda x, y: mp.mpf(-1)),
    "multiply": (pairs, lambda x, y: x * y, lambda x, y: y, lambda x, y: x),
    "divide": (quotients, lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y**2),
    "pow": (powers, lambda x, y: x**y, lambda x, y: y * x ** (y - 1), lambda x, y: x**y * mp.log(x)),
    "pow_derivative": (
        exact_powers,
        lambda x, y: y * x ** (y - 1),
        lambda x, y: y * (y - 1) * x ** (y - 2),
        lambda x, y: x ** (y - 1) * (1 + y * mp.log(x)),
    ),
    "atan2": (on_an_axis, mp.atan2, lambda x, y: y / (x**2 + y**2), lambda x, y: -x / (x**2 + y**2)),
    "hypot": (on_an_axis, mp.hypot, lambda x, y: x / mp.hypot(x, y), lambda x, y: y / mp.hypot(x, y)),
    "logaddexp": (
        logarithms,
        of_logaddexp,
        lambda x, y: logistic(x - y),
        lambda x, y: logistic(y - x),
    ),
    "softmax_of_two": (
        logarithms,
        lambda x, y: logistic(x - y),
        lambda x, y: logistic(x - y) * logistic(y - x),
        lambda x, y: -logistic(x - y) * logistic(y - x),
    ),
    "remainder": (no_remainder, lambda x, y: x - y * mp.floor(x / y), one, lambda x, y: -mp.floor(x / y)),
    "copysign": (pairs, lambda x, y: abs(x) * mp.sign(y), lambda x, y: mp.sign(x) * mp.sign(y), zero),
    "maximum": (
        lambda d: [p for p in pairs(d) if p[0] != p[1]],
        max,
        lambda x, y: mp.mpf(x > y),
        lambda x, y: mp.mpf(y > x),
    ),
    "minimum": (
        lambda d: [p for p in pairs(d) if p[0] != p[1]],
        min,
        lambda x, y: mp.mpf(x < y),
        lambda x, y: mp.mpf(y < x),
    ),
}

# Tested elsewhere: the parts of complex numbers, choices among several arguments, checks.
NOT_HERE = {"conj", "real", "where", "clip", "determined"}


def unit_in_the_last_place(x: Any, dtype: Any) -> float:
    """The distance between numbers of a precision about `x`."""
    info = np.finfo(dtype)
    exponent = math.frexp(float(x))[1] - info.nmant - 1
    return max(math.ldexp(1.0, exponent), float(info.smallest_subnormal)) if x else float(info.smallest_subnormal)


def ulps(got: float, true: Any, dtype: Any = np.float64) -> float:
    """The error in units in the last place of the true number; 0 where both are beyond the range."""
    largest = float(np.finfo(dtype).max)
    if abs(true) > largest:
        return 0.0 if got == math.copysign(math.inf, true) or abs(got) > 0.999 * largest else math.inf
    if got == true:
        return 0.0
    if not math.isfinite(got):
        return math.inf
    return float(abs(mp.mpf(got) - true) / mp.mpf(unit_in_the_last_place(abs(true), dtype)))


def row_of(name: str, dtype: Any) -> tuple[list[tuple[float, ...]], Exact, tuple[Exact, ...]]:
    """The points of a function, its exact value and its exact derivatives."""
    if name in UNARY:
        points, value, slope = UNARY[name]
        return [(x,) for x in points(dtype)], value, (slope,)
    points, value, *slopes = BINARY[name]
    return points(dtype), value, tuple(slopes)


NAMES = [*UNARY, *BINARY]


def worst(errors: list[tuple[float, Any]]) -> tuple[float, Any]:
    """The largest error and where it is."""
    return max(errors, key=lambda e: e[0])


def arrays(points: list[tuple[float, ...]], dtype: Any) -> list[np.ndarray[Any, Any]]:
    """One array per argument."""
    return [np.array(column, dtype) for column in zip(*points, strict=True)]


by_name = pytest.mark.parametrize("name", NAMES)
by_dtype = pytest.mark.parametrize("dtype", DTYPES)


@by_dtype
@by_name
def test_value(name: str, dtype: Any) -> None:
    """Values are NumPy's within 2 ulp, or where NumPy lacks the function the true ones within 8."""
    points, exact, _ = row_of(name, dtype)
    numpys = getattr(np, name, None)
    columns = arrays(points, dtype)
    with np.errstate(all="ignore"):
        got = REGISTRY[name].function(*columns).numpy()
        expected = (
            [mp.mpf(y) for y in numpys(*columns).tolist()] if numpys else [exact(*map(mp.mpf, p)) for p in points]
        )
    assert got.dtype == dtype
    errors = [(ulps(y, true, dtype), p) for y, true, p in zip(got.tolist(), expected, points, strict=True)]
    assert worst(errors)[0] <= (OF_VALUE if numpys else OF_UNKNOWN_VALUE), worst(errors)


def assert_derivatives(f: Callable[..., Tensor], points: list[Any], slopes: tuple[Exact, ...], dtype: Any) -> None:
    """Fail unless reverse and forward mode have the digits, by each argument."""
    columns = arrays(points, dtype)
    for k, slope in enumerate(slopes):
        true = [slope(*map(mp.mpf, p)) for p in points]
        with np.errstate(all="ignore"):
            reverse = grad(lambda *xs: ad.sum(f(*xs)), argnums=k)(*columns)
            unit = np.ones_like(columns[k])
            forward = jvp(lambda x, k=k: f(*columns[:k], x, *columns[k + 1 :]), (columns[k],), (unit,))[1]
        for derivatives in (reverse, forward):
            assert derivatives.dtype == dtype
            errors = [(ulps(d, t, dtype), p) for d, t, p in zip(derivatives.tolist(), true, points, strict=True)]
            assert worst(errors)[0] <= OF_DERIVATIVE, (k, worst(errors))


@by_dtype
@by_name
def test_first_derivative(name: str, dtype: Any) -> None:
    """Reverse and forward mode are within 8 ulp of the derivative at exactly this x."""
    points, _, slopes = row_of(name, dtype)
    assert_derivatives(REGISTRY[name].function, points, slopes, dtype)


@by_dtype
def test_integer_powers_of_negative_numbers(dtype: Any) -> None:
    """The derivative by the base; the one by the exponent doesn't exist."""
    slopes = (lambda x, p: p * x ** int(p - 1) if p else mp.mpf(0),)
    assert_derivatives(ad.pow, integer_powers(dtype), slopes, dtype)


def test_every_elementwise_function_is_in_the_table() -> None:
    """A new one has to be added, or named among those that are tested elsewhere."""
    names = {
        name
        for name, operation in REGISTRY.items()
        if operation.kind == "elementwise" and operation.forward.__module__.startswith("autodiff.")
    }
    assert names - set(NAMES) == NOT_HERE


def test_the_measure_itself() -> None:
    """One rounding is at most half a unit, a neighbour is one, and nothing finite is near an infinity."""
    assert ulps(0.1, mp.mpf(1) / 10) <= 0.5
    assert ulps(math.nextafter(1.0, 2.0), mp.mpf(1)) == 1.0
    assert ulps(math.inf, mp.mpf(1)) == math.inf
    assert ulps(5e-324, mp.mpf(0)) == 1.0
    assert ulps(float(np.nextafter(np.float32(1), np.float32(2))), mp.mpf(1), np.float32) == 1.0


@pytest.mark.parametrize(
    ("name", "careless"),
    [
        ("tanh", lambda xp, g, y, _x: g * (1.0 - y * y)),
        ("atan", lambda xp, g, _y, x: g / (1.0 + x * x)),
    ],
)
def test_a_careless_rule_fails_the_table(name: str, careless: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are right in the middle fail in the tails."""
    monkeypatch.setattr(REGISTRY[name], "vjps", (careless,))
    monkeypatch.setattr(REGISTRY[name], "kept", {})  # which arguments the rules read
    points, _, slopes = row_of(name, np.float64)

    def f(x: Tensor) -> Tensor:  # past the unrolled lines, which know what the declared rules read
        return recording.apply(REGISTRY[name], (x,), recording.NONE)

    assert_derivatives(f, [p for p in points if 0.1 <= abs(p[0]) <= 1], slopes, np.float64)
    with pytest.raises(AssertionError):
        assert_derivatives(f, points, slopes, np.float64)

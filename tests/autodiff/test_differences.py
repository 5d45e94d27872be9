"""Numerical derivatives: their error bounds hold, and are small where anything can be known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from autodiff.check.differences import Slope, slope

Function = Callable[[Any], Any]


def slope_of(f: Function, x: float) -> Slope:
    """The derivative of a function of one number."""
    return slope(lambda t: np.atleast_1d(np.asarray(f(x + t), float)), x)


def bump(x: Any) -> Any:
    """A smooth function that is flat to all orders at 0."""
    return np.where(x == 0, 0.0, np.exp(-1 / np.maximum(x * x, 1e-300)))


SMOOTH: list[tuple[str, Function, Function, float]] = [
    ("sin", np.sin, np.cos, 0.7),
    ("identity", lambda x: x, lambda x: 1.0, 1.0),
    ("square at 0", np.square, lambda x: 0.0, 0.0),
    ("steep exponential", lambda x: np.exp(30 * x), lambda x: 30 * np.exp(30 * x), 0.7),
    ("steep step", lambda x: np.tanh(100 * x), lambda x: 100 / np.cosh(100 * x) ** 2, 0.01),
    ("fast oscillation", lambda x: np.sin(1000 * x), lambda x: 1000 * np.cos(1000 * x), 0.7),
    ("near a pole", lambda x: 1 / x, lambda x: -1 / x**2, 1e-10),
    ("near the end of the domain", np.log, lambda x: 1 / x, 1e-6),
    ("at the end of another domain", np.sqrt, lambda x: 0.5 / np.sqrt(x), 1e-10),
    ("far from 0", np.sin, np.cos, 1e6),
    ("very far from 0", lambda x: 2 * x, lambda x: 2.0, 1e15),
    (
        "close pole in the complex plane",
        lambda x: 1 / (1 + 25 * x * x),
        lambda x: -50 * x / (1 + 25 * x * x) ** 2,
        0.3,
    ),
    ("small slope", lambda x: 1 + 1e-10 * x, lambda x: 1e-10, 0.5),
    ("constant", lambda x: 5.0 + 0 * x, lambda x: 0.0, 0.5),
    ("zero", lambda x: 0 * x, lambda x: 0.0, 0.5),
]


@pytest.mark.parametrize(("f", "derivative", "x"), [case[1:] for case in SMOOTH], ids=[case[0] for case in SMOOTH])
def test_smooth_functions(f: Function, derivative: Function, x: float) -> None:
    """The true derivative lies within the bound, and that is far below the 0.05 % that have to be seen."""
    got, true = slope_of(f, x), float(derivative(x))
    assert got.converged.all()
    # `derivative` itself is computed with some roundings.
    assert abs(got.value[0] - true) <= got.error[0] + 1e-15 * abs(true)
    assert got.error[0] <= max(1e-4 * abs(true), 1e-12)


@pytest.mark.parametrize("x", [-2.0, -0.3, 1e-3, 0.5, 1.0, 4.0])
@pytest.mark.parametrize("name", ["sin", "exp", "tanh", "expm1", "cosh", "arctan"])
def test_bounds_hold_against_exact_derivatives(name: str, x: float) -> None:
    """The derivative to 30 digits, by another library, lies within the bound."""
    exact = {"arctan": "atan"}.get(name, name)
    with mpmath.workdps(30):
        true = float(mpmath.diff(getattr(mpmath, exact), x))
    got = slope_of(getattr(np, name), x)
    assert got.converged.all()
    assert abs(got.value[0] - true) <= got.error[0]
    # Ten digits, of the sixteen of the function's values.
    assert got.error[0] <= 1e-10 * max(abs(true), 1.0)


@pytest.mark.parametrize("distance", [1e-1, 1e-3, 1e-5, 1e-9])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_beside_a_kink(distance: float, sign: float) -> None:
    """However close: the slope on this side of it."""
    got = slope_of(lambda x: 3 * x + np.maximum(x, 0.0), sign * distance)
    assert got.converged.all()
    assert got.value[0] == pytest.approx(4.0 if sign > 0 else 3.0, rel=1e-12)
    assert got.error[0] < 1e-10


def test_at_a_kink() -> None:
    """The bound spans the slopes on both sides, and nothing has converged."""
    for f, left, right in ((lambda x: np.maximum(x, 0.0), 0.0, 1.0), (np.abs, -1.0, 1.0)):
        got = slope_of(f, 0.0)
        assert not got.converged.any()
        assert got.value[0] - got.error[0] <= left
        assert got.value[0] + got.error[0] >= right
        assert got.error[0] < 0.51 * (right - left)


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (np.cbrt, 0.0),
        (lambda x: np.sin(1e14 * x), 0.7),
        (lambda x: np.abs(x) ** 1.5, 0.0),
        (lambda x: (x + 1e15) - 1e15, 0.3),
        (lambda x: np.where(x > 0, 1.0, 0.0), 0.0),
    ],
)
def test_what_cannot_be_determined(f: Function, x: float) -> None:
    """An infinite slope, an oscillation faster than any step, noise, a jump: none converges."""
    assert not slope_of(f, x).converged.any()


def test_functions_that_are_not_finite() -> None:
    """The bound is infinite where there is no value on one side."""
    got = slope_of(np.sqrt, 0.0)
    assert np.isinf(got.error).all()
    assert not got.converged.any()


@pytest.mark.parametrize(
    ("f", "true"),
    [
        (lambda x: (x + 1e8) - 1e8, 1.0),
        (lambda x: np.float32(np.sin(np.float32(x))), np.cos(0.7)),
        (lambda x: np.float32(2 + 0.1 * np.float32(x)), 0.1),
    ],
)
def test_noise_is_seen_in_the_values(f: Function, true: float) -> None:
    """Cancellation and single precision inside the function widen the bound, which still holds."""
    got = slope_of(f, 0.7)
    assert abs(got.value[0] - true) <= got.error[0]
    assert got.converged.all()
    # Single precision, or the cancellation, leave seven digits or eight, and the steps take half of them at
    # most.
    assert 1e-9 * true < got.error[0] < 1e-3 * true


def test_outputs_are_judged_one_by_one() -> None:
    """A kink, a hole and a smooth function side by side don't disturb each other."""
    got = slope(lambda t: np.array([abs(t), np.log(-1.0 + 0 * t), np.exp(t)]), 0.0)
    assert got.converged.tolist() == [False, False, True]
    assert got.value[2] == pytest.approx(1.0, rel=1e-10)


def test_flat_functions() -> None:
    """A function with all derivatives 0 has slope 0, and so does a step away from its jump."""
    assert slope_of(bump, 0.0).value[0] == 0.0
    got = slope_of(np.floor, 0.5)
    assert (got.value[0], got.error[0]) == (0.0, 0.0)

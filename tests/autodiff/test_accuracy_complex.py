"""The table of accuracy of complex functions: first derivatives against 50 digits, over the whole float range.

The error is that of the number as a whole, in units in the last place of its absolute value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, jvp, vjp

from .test_accuracy import OF_DERIVATIVE, UNARY, Exact, mp, one, unit_in_the_last_place

RADII = [1e-300, 1e-160, 1e-37, 1e-20, 1e-9, 1e-3, 0.3, 0.9, 1.0, 1.1, 2.7, 9.3, 19.9, 20.1, 30.0, 87.0, 300.0, 699.0]
RADII += [1e4, 1e9, 1e30, 1e155, 1e200, 1e300]
ANGLES = [*np.linspace(-3.1, 3.1, 14).tolist(), 1e-9, 1.5707, -1.5709, 0.7853981]
NEAR_BRANCHES = [1 + 1e-5 + 1e-6j, -1 - 1e-5j, 1j + 1e-5, -1j + 1e-6 * (1 + 1j), 1 - 1e-9j]


COMPLEX: dict[str, Exact] = {
    "exp": mp.exp,
    "expm1": mp.exp,
    "log": lambda z: 1 / z,
    "log1p": lambda z: 1 / (1 + z),
    "log2": lambda z: 1 / (z * mp.log(2)),
    "log10": lambda z: 1 / (z * mp.log(10)),
    "sqrt": lambda z: 1 / (2 * mp.sqrt(z)),
    "square": lambda z: 2 * z,
    "reciprocal": lambda z: -1 / z**2,
    "sin": mp.cos,
    "cos": lambda z: -mp.sin(z),
    "tan": lambda z: 1 / mp.cos(z) ** 2,
    "asin": lambda z: 1 / (mp.sqrt(1 - z) * mp.sqrt(1 + z)),
    "acos": lambda z: -1 / (mp.sqrt(1 - z) * mp.sqrt(1 + z)),
    "atan": lambda z: 1 / (1 + z * z),
    "sinh": mp.cosh,
    "cosh": mp.sinh,
    "tanh": lambda z: 1 / mp.cosh(z) ** 2,
    "asinh": lambda z: 1 / (mp.sqrt(1 - 1j * z) * mp.sqrt(1 + 1j * z)),
    "acosh": lambda z: 1 / (mp.sqrt(z - 1) * mp.sqrt(z + 1)),
    "atanh": lambda z: 1 / (1 - z * z),
    "negative": lambda z: mp.mpf(-1),
    "positive": one,
}


def complex_points(name: str, dtype: Any) -> list[complex]:
    """Numbers of all sizes in all directions; without those that oscillate too fast for a library's functions."""
    info = np.finfo(dtype)
    radii = [r for r in RADII if 10 * float(info.smallest_normal) < r < 0.1 * float(info.max)]
    numbers = [r * complex(math.cos(a), math.sin(a)) for r in radii for a in ANGLES] + NEAR_BRANCHES
    exact = np.array(numbers).astype(dtype).tolist()
    if name in ("sin", "cos", "tan"):
        return [z for z in exact if abs(z.real) < 1e4]
    return [z for z in exact if abs(z.imag) < 1e4] if name in ("exp", "expm1", "sinh", "cosh", "tanh") else exact


@pytest.mark.parametrize("dtype", [np.complex128, np.complex64])
@pytest.mark.parametrize("name", COMPLEX)
def test_complex_derivative(name: str, dtype: Any) -> None:
    """Reverse and forward mode are within 8 ulp of the complex derivative, as a vector in the plane."""
    f: Callable[..., Tensor] = getattr(ad, name)
    points = complex_points(name, dtype)
    z = np.array(points, dtype)
    with np.errstate(all="ignore"):
        forward = jvp(f, (z,), (np.ones_like(z),))[1].tolist()
        reverse = vjp(f, z)[1](np.ones_like(z))[0].tolist()
    real = np.finfo(dtype).dtype.type
    for k, point in enumerate(points):
        true = COMPLEX[name](mp.mpc(point.real, point.imag))
        if abs(true) > 0.25 * float(np.finfo(dtype).max):
            continue  # a part of it, or of what it is made of, is beyond the range
        unit = mp.mpf(unit_in_the_last_place(abs(true), real))
        for got in (forward[k], reverse[k].conjugate()):
            assert abs(mp.mpc(got.real, got.imag) - true) <= OF_DERIVATIVE * unit, (point, got)


def test_every_holomorphic_function_is_in_the_table() -> None:
    """All with one argument that take complex numbers and are linear in `g` over them."""
    one_argument = {n for n in UNARY if n in REGISTRY and REGISTRY[n].holomorphic and len(REGISTRY[n].array_names) == 1}
    real_only = {
        "sigmoid",
        "sigmoid_derivative",
        "tanh_derivative",
        "softplus",
        "erf",
        "gaussian",
        "clamped_log",
        "clamped_reciprocal",
    }
    assert one_argument - real_only == set(COMPLEX)

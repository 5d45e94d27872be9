"""The table of special values: where the true derivative is finite, ours is, and it is the true one."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor, grad, gradcheck, jvp, vjp

inf, nan = math.inf, math.nan
Function = Callable[..., Tensor]

FIRST: list[tuple[Function, tuple[float, ...], tuple[float, ...]]] = [
    # Powers.
    (ad.pow, (0.0, 0.0), (0.0, 0.0)),
    (ad.pow, (0.0, 1.0), (1.0, 0.0)),
    (ad.pow, (0.0, 1.5), (0.0, 0.0)),
    (ad.pow, (0.0, 2.0), (0.0, 0.0)),
    (ad.pow, (1.0, 0.0), (0.0, 0.0)),
    (ad.pow, (2.0, 0.0), (0.0, math.log(2.0))),
    (ad.pow, (1e-310, 0.0), (0.0, math.log(1e-310))),
    (lambda x: x**0, (0.0,), (0.0,)),
    (lambda x: x**1, (0.0,), (1.0,)),
    (lambda x: x**2, (0.0,), (0.0,)),
    (lambda x: x**2, (-inf,), (-inf,)),
    (lambda x: x**3.0, (-2.0,), (12.0,)),
    (lambda p: 0.0**p, (2.0,), (0.0,)),
    (ad.square, (0.0,), (0.0,)),
    (ad.sqrt, (0.0,), (inf,)),
    (ad.sqrt, (inf,), (0.0,)),
    (ad.reciprocal, (inf,), (0.0,)),
    (ad.reciprocal, (1e200,), (0.0,)),
    (ad.divide, (1.0, inf), (0.0, 0.0)),
    (ad.divide, (0.0, 2.0), (0.5, 0.0)),
    # Lengths and angles.
    (ad.hypot, (0.0, 0.0), (0.0, 0.0)),
    (ad.hypot, (0.0, -2.0), (0.0, -1.0)),
    (ad.hypot, (3e200, 4e200), (0.6, 0.8)),
    (ad.hypot, (3e-200, 4e-200), (0.6, 0.8)),
    (ad.atan2, (0.0, -2.0), (-0.5, 0.0)),
    (ad.atan, (inf,), (0.0,)),
    (ad.atan, (1e200,), (0.0,)),
    (ad.asin, (1.0,), (inf,)),
    (ad.acos, (-1.0,), (-inf,)),
    (ad.acosh, (1.0,), (inf,)),
    (ad.acosh, (1e200,), (1e-200,)),
    (ad.asinh, (-1e200,), (1e-200,)),
    (ad.asinh, (inf,), (0.0,)),
    # Exponentials and logarithms.
    (ad.exp, (-inf,), (0.0,)),
    (ad.exp, (-1000.0,), (0.0,)),
    (ad.expm1, (-1000.0,), (0.0,)),
    (ad.expm1, (-40.0,), (math.exp(-40.0),)),
    (ad.log, (inf,), (0.0,)),
    (ad.log1p, (0.0,), (1.0,)),
    (ad.log1p, (1e-300,), (1.0,)),
    (ad.log1p, (-1.0,), (inf,)),
    (ad.logaddexp, (0.0, 0.0), (0.5, 0.5)),
    (ad.logaddexp, (1000.0, 1000.0), (0.5, 0.5)),
    (ad.logaddexp, (-inf, 1.0), (0.0, 1.0)),
    (ad.logaddexp, (inf, 1.0), (1.0, 0.0)),
    (ad.logaddexp, (-inf, inf), (0.0, 1.0)),
    (ad.logaddexp, (-inf, -inf), (0.5, 0.5)),
    (ad.logaddexp, (inf, inf), (0.5, 0.5)),
    (ad.logaddexp, (nan, 1.0), (nan, nan)),
    # Saturation.
    (ad.tanh, (1000.0,), (0.0,)),
    (ad.tanh, (-inf,), (0.0,)),
    (ad.sigmoid, (-1000.0,), (0.0,)),
    (ad.sigmoid, (1000.0,), (0.0,)),
    (ad.sigmoid, (-inf,), (0.0,)),
    (ad.sigmoid, (40.0,), (math.exp(-40.0),)),
    (ad.softplus, (-1000.0,), (0.0,)),
    (ad.softplus, (1000.0,), (1.0,)),
    (ad.erf, (1000.0,), (0.0,)),
    (ad.erf, (-inf,), (0.0,)),
    # Kinks and ties.
    (ad.abs, (0.0,), (0.0,)),
    (ad.abs, (-inf,), (-1.0,)),
    (ad.maximum, (2.0, 2.0), (0.5, 0.5)),
    (ad.minimum, (2.0, 2.0), (0.5, 0.5)),
    (ad.maximum, (inf, inf), (0.5, 0.5)),
    (ad.copysign, (0.0, -1.0), (0.0, 0.0)),
    (ad.copysign, (2.0, -0.0), (-1.0, 0.0)),
    (ad.copysign, (-2.0, -1.0), (1.0, 0.0)),
    (ad.remainder, (7.0, 3.0), (1.0, -2.0)),
    (ad.remainder, (-7.0, 3.0), (1.0, 3.0)),
    (ad.remainder, (6.0, 3.0), (1.0, -2.0)),
    (ad.remainder, (1.0, inf), (1.0, 0.0)),
]


@pytest.mark.parametrize(("f", "at", "derivatives"), FIRST)
def test_first_derivative(f: Function, at: tuple[float, ...], derivatives: tuple[float, ...]) -> None:
    """Reverse and forward mode give the number of the table, to one or two roundings."""
    with np.errstate(all="ignore"):
        reverse = [g.item() for g in grad(f, argnums=tuple(range(len(at))))(*at)]
        forward = [jvp(lambda x, k=k: f(*at[:k], x, *at[k + 1 :]), (at[k],), (1.0,))[1].item() for k in range(len(at))]
    assert reverse == pytest.approx(derivatives, rel=1e-15, abs=0, nan_ok=True)
    assert forward == pytest.approx(derivatives, rel=1e-15, abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("f", "at", "second", "third"),
    [
        (lambda x: x**1.0, 0.0, 0.0, 0.0),
        (lambda x: x**2.0, 0.0, 2.0, 0.0),
        (lambda x: x**3.0, 0.0, 0.0, 6.0),
        (lambda x: x**0.0, 0.0, 0.0, 0.0),
        (lambda p: 0.0**p, 2.0, 0.0, 0.0),
        (ad.square, 0.0, 2.0, 0.0),
        (ad.abs, 0.0, 0.0, 0.0),
        (ad.tan, 0.0, 0.0, 2.0),
        (ad.asin, 0.0, 0.0, 1.0),
        (ad.acos, 0.0, 0.0, -1.0),
        (ad.atan, 0.0, 0.0, -2.0),
        (ad.sinh, 0.0, 0.0, 1.0),
        (ad.cosh, 0.0, 1.0, 0.0),
        (ad.tanh, 0.0, 0.0, -2.0),
        (ad.tanh, 1000.0, 0.0, 0.0),
        (ad.asinh, 0.0, 0.0, -1.0),
        (ad.atanh, 0.0, 0.0, 2.0),
        (ad.exp, -1000.0, 0.0, 0.0),
        (ad.expm1, 0.0, 1.0, 1.0),
        (ad.log1p, 0.0, -1.0, 2.0),
        (ad.sigmoid, 0.0, 0.0, -0.125),
        (ad.sigmoid, -1000.0, 0.0, 0.0),
        (ad.sigmoid, 1000.0, 0.0, 0.0),
        (ad.softplus, 0.0, 0.25, 0.0),
        (ad.erf, 0.0, 0.0, -4.0 / math.sqrt(math.pi)),
        (lambda x: ad.logaddexp(x, 0.0), 0.0, 0.25, 0.0),
        (lambda x: ad.logaddexp(1000.0, x), 1000.0, 0.25, 0.0),
        (lambda x: ad.hypot(x, 0.0), 3.0, 0.0, 0.0),
        (lambda x: ad.hypot(x, 2.0), 0.0, 0.5, 0.0),
        (lambda x: ad.atan2(x, 1.0), 0.0, 0.0, -2.0),
        (ad.reciprocal, 1.0, 2.0, -6.0),
        (lambda x: ad.copysign(x, -1.0), 2.0, 0.0, 0.0),
        (lambda x: ad.maximum(x, 0.0), 0.0, 0.0, 0.0),
    ],
)
def test_higher_derivatives(f: Function, at: float, second: float, third: float) -> None:
    """Second and third derivatives at the points where a rule written with abs or sign would lose them."""
    assert grad(grad(f))(at).item() == pytest.approx(second, rel=1e-14, abs=1e-15)
    assert grad(grad(grad(f)))(at).item() == pytest.approx(third, rel=1e-14, abs=1e-15)
    assert jvp(grad(f), (at,), (1.0,))[1].item() == pytest.approx(second, rel=1e-14, abs=1e-15)


def test_power_has_its_mixed_derivative_at_exponent_zero() -> None:
    """By base and exponent it is ``1/x`` there, although the derivative by the base alone vanishes."""
    assert grad(lambda p: grad(ad.pow)(2.0, p))(0.0).item() == 0.5
    assert grad(lambda x: grad(ad.pow, argnums=1)(x, 0.0))(2.0).item() == 0.5


# Complex numbers --------------------------------------------------------------------------------------------

HOLOMORPHIC = "exp expm1 log log1p log2 log10 sqrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh "
HOLOMORPHIC += "acosh atanh"


@pytest.mark.parametrize("name", HOLOMORPHIC.split())
def test_holomorphic_function(name: str) -> None:
    """Both modes, both orders, in all four quadrants."""
    z = np.array([1.3 + 0.4j, -0.7 + 2.1j, -1.5 - 0.3j, 0.2 - 1.9j])
    assert gradcheck(getattr(ad, name), z, order=2)


@pytest.mark.parametrize(
    ("f", "at", "step"),
    [
        (ad.asin, complex(2.0, 0.0), 1e-6j),
        (ad.asin, complex(2.0, -0.0), -1e-6j),
        (ad.acos, complex(-2.0, 0.0), 1e-6j),
        (ad.acos, complex(-2.0, -0.0), -1e-6j),
        (ad.acosh, complex(-2.0, 0.0), 1e-6j),
        (ad.acosh, complex(-2.0, -0.0), -1e-6j),
        (ad.acosh, complex(0.5, -0.0), -1e-6j),
        (ad.sqrt, complex(-2.0, -0.0), -1e-6j),
    ],
)
def test_on_a_branch_cut(f: Function, at: complex, step: complex) -> None:
    """The sign of the zero says on which side of the cut a number lies, to the derivative, too."""
    difference = (f(np.array(at + step)).item() - f(np.array(at)).item()) / step  # type: ignore[operator]
    assert jvp(f, (np.array(at),), (np.array(1.0 + 0j),))[1].item() == pytest.approx(difference, rel=1e-5)


@pytest.mark.parametrize("f", [ad.tanh, ad.tan, ad.atan, ad.asinh, ad.acosh, ad.atanh, ad.sign, ad.expm1])
@pytest.mark.parametrize("z", [400 + 0.3j, -800 - 1j, 1j * 30 + 0.1, 1e200 + 1e200j])
def test_derivative_is_finite_far_out(f: Function, z: complex) -> None:
    """Nothing overflows on the way to a derivative that is small."""
    if f is ad.expm1 and z.real > 700:
        return  # the function itself is infinite
    with np.errstate(all="ignore"):
        assert cmath.isfinite(jvp(f, (np.array(z),), (np.array(1 + 0j),))[1].item())


def test_kinks_of_complex_numbers() -> None:
    """At 0 the derivatives of the absolute value and of the sign are 0."""
    zero = np.array(0j)
    assert grad(ad.abs)(zero).item() == 0
    assert vjp(ad.sign, zero)[1](np.array(1 + 1j))[0].item() == 0
    assert ad.sign(np.array(1.7e308 - 1.7e308j)).item() == pytest.approx((1 - 1j) / math.sqrt(2.0), rel=1e-15)
    assert grad(ad.abs)(np.array(1e-310 + 1e-310j)).item() == pytest.approx((1 + 1j) / math.sqrt(2.0), rel=1e-15)


# Where NumPy itself is wrong --------------------------------------------------------------------------------


def same(y: Any, expected: complex) -> bool:
    """The same number, NaN and the signs of zeros included."""
    return str(complex(y)) == str(complex(expected)) or str(y) == str(expected)


@pytest.mark.parametrize(
    ("f", "at", "expected"),
    [
        (ad.floor_divide, (inf, 2.0), inf),
        (ad.floor_divide, (inf, -2.0), -inf),
        (ad.floor_divide, (-inf, 2.0), -inf),
        (ad.floor_divide, (1.0, inf), 0.0),
        (ad.floor_divide, (1.0, -inf), -0.0),
        (ad.floor_divide, (-1.0, inf), -0.0),
        (ad.floor_divide, (inf, inf), nan),
        (ad.floor_divide, (7.0, -2.0), -4.0),
        (ad.expm1, (complex(inf, 0.0),), complex(inf, 0.0)),
        (ad.expm1, (complex(1000.0, 0.0),), complex(inf, 0.0)),
        (ad.expm1, (complex(-inf, 1.0),), complex(-1.0, 0.0)),
        (ad.expm1, (complex(-inf, inf),), complex(-1.0, 0.0)),
        (ad.expm1, (complex(inf, inf),), complex(inf, nan)),
        (ad.expm1, (complex(nan, 0.0),), complex(nan, 0.0)),
        (ad.expm1, (complex(-0.0, 0.0),), 0j),
        (ad.tanh, (complex(inf, 2.0),), complex(1.0, 0.0)),
        (ad.tanh, (complex(inf, inf),), complex(1.0, 0.0)),
        (ad.tanh, (complex(inf, nan),), complex(1.0, 0.0)),
        (ad.tanh, (complex(-inf, 2.0),), complex(-1.0, 0.0)),
        (ad.tanh, (complex(0.0, inf),), complex(0.0, nan)),
        (ad.tanh, (complex(nan, 0.0),), complex(nan, 0.0)),
        (ad.sign, (complex(nan, 0.0),), complex(nan, nan)),
        (ad.sign, (complex(inf, 1.0),), complex(nan, nan)),
        (ad.sign, (0j,), 0j),
        (ad.sign, (complex(0.0, -1.7e308),), complex(0.0, -1.0)),
        (ad.sign, (complex(3e-320, 0.0),), complex(1.0, 0.0)),
    ],
)
def test_value_where_numpy_is_wrong(f: Function, at: tuple[Any, ...], expected: complex) -> None:
    """The values of the standard, signs of zeros included."""
    with np.errstate(all="ignore"):
        assert same(f(*map(np.array, at)).item(), expected)
        assert same(f(*[np.array([x, x]) for x in at]).numpy()[1].item(), expected)

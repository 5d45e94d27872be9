"""The table of special values: where the true derivative is finite, ours is, and it is the true one."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import floats

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
    (lambda x: x**3, (-0.0,), (0.0,)),
    (lambda x: x**-1, (-2.0,), (-0.25,)),
    (lambda x: x**3, (-inf,), (inf,)),
    (ad.pow, (inf, 2.0), (inf, inf)),
    (ad.pow, (inf, -1.0), (0.0, 0.0)),
    (ad.pow, (inf, 0.0), (0.0, inf)),
    (ad.pow, (0.5, inf), (0.0, 0.0)),
    (ad.pow, (2.0, -inf), (0.0, 0.0)),
    (ad.pow, (2.0, inf), (inf, inf)),
    (ad.pow, (0.0, 0.5), (inf, 0.0)),
    (ad.pow, (-2.0, 3.0), (12.0, nan)),
    (ad.pow, (nan, 2.0), (nan, nan)),
    (ad.multiply, (0.0, inf), (inf, 0.0)),
    (ad.divide, (inf, 2.0), (0.5, -inf)),
    (ad.divide, (1.0, -0.0), (-inf, -inf)),
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
    (ad.hypot, (inf, 1.0), (1.0, 0.0)),
    (ad.hypot, (1.0, -inf), (0.0, -1.0)),
    (ad.hypot, (inf, -inf), (math.sqrt(0.5), -math.sqrt(0.5))),
    (ad.hypot, (nan, 1.0), (nan, nan)),
    (ad.hypot, (1.5e308, 1.5e308), (math.sqrt(0.5), math.sqrt(0.5))),  # the value is beyond the range
    (ad.hypot, (5e-324, 5e-324), (math.sqrt(0.5), math.sqrt(0.5))),
    (ad.atan2, (0.0, 0.0), (0.0, 0.0)),
    (ad.atan2, (inf, 1.0), (0.0, 0.0)),
    (ad.atan2, (1.0, -inf), (0.0, 0.0)),
    (ad.atan2, (inf, inf), (0.0, 0.0)),
    (ad.atan2, (nan, 1.0), (nan, nan)),
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
    (ad.logaddexp, (1.7e308, 1.6e308), (1.0, 0.0)),
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
    (ad.maximum, (0.0, -0.0), (0.5, 0.5)),
    (ad.maximum, (-inf, 1.0), (0.0, 1.0)),
    (ad.sign, (0.0,), (0.0,)),
    (ad.sign, (-0.0,), (0.0,)),
    (ad.abs, (-0.0,), (0.0,)),
    (ad.abs, (nan,), (nan,)),
    (lambda x: ad.where(x > 0, x, inf), (1.0,), (1.0,)),
    (lambda x: ad.where(x > 0, 2.0 * x, -inf), (-1.0,), (0.0,)),
    (lambda x: ad.clip(x, -inf, inf), (inf,), (1.0,)),
    (lambda x: ad.clip(x, 0.0, 1.0), (-inf,), (0.0,)),
    (ad.clip, (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)),
    (ad.copysign, (0.0, -1.0), (0.0, 0.0)),
    (ad.copysign, (2.0, -0.0), (-1.0, 0.0)),
    (ad.copysign, (-2.0, -1.0), (1.0, 0.0)),
    (ad.remainder, (7.0, 3.0), (1.0, -2.0)),
    (ad.remainder, (-7.0, 3.0), (1.0, 3.0)),
    (ad.remainder, (6.0, 3.0), (1.0, -2.0)),
    (ad.remainder, (1.0, inf), (1.0, 0.0)),
]


# Of vectors: the function, the vector, and the gradient of its (first) result.
VECTORS: list[tuple[Function, list[float], list[float]]] = [
    (ad.std, [3.0], [0.0]),
    (ad.std, [2.0, 2.0], [0.0, 0.0]),
    (ad.var, [3.0], [0.0]),
    (lambda x: ad.var(x, correction=1), [2.0, 2.0], [0.0, 0.0]),
    (ad.prod, [0.0, 3.0, 2.0], [6.0, 0.0, 0.0]),
    (ad.prod, [0.0, 0.0, 2.0], [0.0, 0.0, 0.0]),
    (ad.prod, [-0.0, inf], [inf, 0.0]),
    (lambda x: ad.sum(ad.cumulative_prod(x)), [2.0, 0.0, 3.0], [1.0, 8.0, 0.0]),
    (lambda x: ad.sum(ad.cumulative_prod(x)), [0.0, 0.0, 3.0], [1.0, 0.0, 0.0]),
    (ad.max, [1.0, 2.0, 2.0], [0.0, 0.5, 0.5]),
    (ad.max, [-inf, -inf], [0.5, 0.5]),
    (ad.min, [0.0, -0.0], [0.5, 0.5]),
    (ad.max, [nan, 1.0], [nan, nan]),
    (lambda x: ad.sort(x)[1], [2.0, 2.0, 1.0], [1.0, 0.0, 0.0]),
    (ad.median, [2.0, 2.0, 1.0], [1.0, 0.0, 0.0]),
    (ad.median, [inf, 1.0, -inf], [0.0, 1.0, 0.0]),
    (ad.linalg.vector_norm, [0.0, 0.0], [0.0, 0.0]),
    (ad.linalg.vector_norm, [inf, 1.0], [1.0, 0.0]),
    (ad.linalg.vector_norm, [-inf, inf], [-math.sqrt(0.5), math.sqrt(0.5)]),
    (ad.linalg.vector_norm, [3e200, 4e200], [0.6, 0.8]),  # the squares are beyond the range
    (ad.linalg.vector_norm, [3e-200, 4e-200], [0.6, 0.8]),
    (lambda x: ad.linalg.vector_norm(x, ord=1), [-inf, 0.0, 2.0], [-1.0, 0.0, 1.0]),
    (lambda x: ad.linalg.vector_norm(x, ord=3), [0.0, 2.0], [0.0, 1.0]),
    (lambda x: ad.linalg.vector_norm(x, ord=inf), [-inf, 2.0], [-1.0, 0.0]),
    (lambda x: ad.linalg.vector_norm(x, ord=-1), [0.0, 2.0], [0.0, 0.0]),
    (lambda x: ad.linalg.vector_norm(x, ord=-1), [inf, 2.0], [0.0, 1.0]),
    (ad.logsumexp, [-inf, 0.0], [0.0, 1.0]),
    (ad.logsumexp, [-inf, -inf], [0.5, 0.5]),
    (ad.logsumexp, [inf, 0.0], [1.0, 0.0]),
    (ad.logsumexp, [inf, inf], [0.5, 0.5]),
    (ad.logsumexp, [1000.0, 1000.0], [0.5, 0.5]),
    (ad.logsumexp, [nan, 0.0], [nan, nan]),
    (lambda x: ad.softmax(x)[0], [-inf, 0.0], [0.0, 0.0]),
    (lambda x: ad.softmax(x)[0], [inf, 0.0], [0.0, 0.0]),
    (lambda x: ad.softmax(x)[0], [-inf, -inf], [0.25, -0.25]),
    (lambda x: ad.softmax(x)[0], [1000.0, -1000.0], [0.0, 0.0]),
    (lambda x: ad.log_softmax(x)[1], [-inf, 0.0], [0.0, 0.0]),
    (lambda x: ad.log_softmax(x)[0], [inf, 0.0], [0.0, 0.0]),
    (lambda x: ad.log_softmax(x)[0], [-inf, -inf], [0.5, -0.5]),
]


@pytest.mark.parametrize(("f", "at", "gradient"), VECTORS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_gradient(f: Function, at: list[float], gradient: list[float], dtype: Any) -> None:
    """The gradient of the table in reverse and in forward mode, and finite second derivatives where that is finite."""
    with np.errstate(over="ignore"):
        x = np.array(at, dtype)
    if dtype is np.float32 and not np.array_equal(np.isfinite(x) & (x != 0), np.isfinite(at) & (np.array(at) != 0)):
        pytest.skip("beyond the range of single precision")
    with np.errstate(all="ignore"):
        reverse = grad(f)(x)
        assert reverse.dtype == dtype
        # Roundings of two or three operations.
        rel = 4 * float(np.finfo(dtype).eps)
        assert reverse.tolist() == pytest.approx(gradient, rel=rel, abs=0, nan_ok=True)
        if np.isinf(gradient).any():
            return  # an infinite derivative times a tangent of 0 is NaN
        for k, unit in enumerate(np.eye(len(at), dtype=dtype)):
            tangent = jvp(f, (x,), (unit,))[1].item()
            assert tangent == pytest.approx(gradient[k], rel=rel, abs=0, nan_ok=True)
        if f is not ad.linalg.vector_norm or max(map(abs, at)) < 1e100:
            second = ad.hessian(f)(x).numpy()
            assert np.isfinite(second).all() or np.isinf(at).any() or np.isnan(at).any()


def test_values_of_infinite_scores() -> None:
    """The limits: what is inf takes all, and what is the same infinity shares evenly."""
    for scores, shares in [([inf, 0.0], [1, 0]), ([inf, inf], [0.5, 0.5]), ([-inf, -inf], [0.5, 0.5])]:
        assert ad.softmax(scores).tolist() == shares
        with np.errstate(divide="ignore"):
            assert ad.log_softmax(scores).tolist() == np.log(shares).tolist()
    assert ad.logsumexp([-inf, -inf]).item() == -inf
    assert ad.logsumexp([inf, -inf]).item() == inf
    with np.errstate(invalid="ignore"):
        assert np.isnan(ad.logsumexp([inf, nan]).item())


@pytest.mark.parametrize("axis", [None, 0, 1, (0, 1)])
@pytest.mark.parametrize("q", [0.0, 0.3, 0.5, 1.0])
def test_quantiles_hand_nan_on(axis: Any, q: float) -> None:
    """A NaN anywhere among the entries makes the quantile NaN, as in NumPy."""
    x = np.array([[1.0, nan, 3.0, 0.5], [2.0, -1.0, 8.0, 4.0], [6.0, 5.0, 3.0, 7.0]])
    # Interpolated by another formula, with two roundings.
    np.testing.assert_allclose(ad.quantile(x, q, axis=axis).numpy(), np.quantile(x, q, axis=axis), rtol=4e-16)
    if q == 0.5:
        np.testing.assert_array_equal(ad.median(x, axis=axis).numpy(), np.median(x, axis=axis))


@pytest.mark.parametrize(("f", "at", "derivatives"), FIRST)
def test_first_derivative_in_single_precision(f: Function, at: tuple[float, ...], derivatives: Any) -> None:
    """The same table in single precision, where its numbers are in range."""
    points = [np.float32(x) if abs(x) < 1e38 or not math.isfinite(x) else None for x in at]
    if None in points or any(0 < abs(x) < 1e-38 for x in at):
        pytest.skip("beyond the range of single precision")
    with np.errstate(all="ignore"):
        reverse = grad(f, argnums=tuple(range(len(at))))(*map(np.asarray, points))
    assert {g.dtype for g in reverse} == {np.dtype(np.float32)}
    # A number below the range is 0; the table's are in double precision.
    expected = [0.0 if abs(d) < 1e-45 else d for d in derivatives]
    assert [g.item() for g in reverse] == pytest.approx(expected, rel=1e-6, abs=1e-45, nan_ok=True)


@pytest.mark.parametrize("f", [ad.maximum, ad.minimum])
def test_nan_in_a_cotangent_goes_on(f: Function) -> None:
    """Beside a NaN neither argument is the larger: both get the cotangent, none gets a number that hides it."""
    for at in [(nan, 1.0), (1.0, nan)]:
        assert all(np.isnan(g.item()) for g in vjp(f, *at)[1](nan))
        assert all(g.item() == 1.0 for g in vjp(f, *at)[1](1.0))
    assert np.isnan(vjp(lambda x: ad.clip(x, 0.0, 1.0), nan)[1](nan)[0].item())


@settings(max_examples=200)
@given(floats(allow_subnormal=False), floats(allow_subnormal=False))
def test_lengths_and_angles_have_finite_derivatives(x: float, y: float) -> None:
    """Of all numbers but NaN, infinities among them, and they are those of a rotated and stretched plane."""
    if math.isnan(x) or math.isnan(y):
        return
    with np.errstate(all="ignore"):
        a, b = (g.item() for g in grad(ad.hypot, argnums=(0, 1))(x, y))
        by_ordinate, by_abscissa = (g.item() for g in grad(ad.atan2, argnums=(0, 1))(y, x))
    assert math.hypot(a, b) == pytest.approx(1.0 if x or y else 0.0, rel=1e-15)
    assert math.copysign(1, a) == math.copysign(1, x) or not a
    if 1e-150 < math.hypot(x, y) < 1e150:
        assert by_ordinate == pytest.approx(a / math.hypot(x, y), rel=1e-14)
        assert by_abscissa == pytest.approx(-b / math.hypot(x, y), rel=1e-14)
    assert not math.isnan(by_ordinate)
    assert not math.isnan(by_abscissa)


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

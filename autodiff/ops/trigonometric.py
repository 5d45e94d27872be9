"""Trigonometric and hyperbolic functions and their inverses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array
from .parts import polar


@op.elementwise(lambda xp, g, _y, x: g * xp.cos(x))
def sin(xp: Any, x: Array, /) -> Array:
    """The sine (`x` in radians).

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.sin)(0.0)
    Tensor(1.)
    """
    return xp.sin(x)


@op.elementwise(lambda xp, g, _y, x: -g * xp.sin(x))
def cos(xp: Any, x: Array, /) -> Array:
    """The cosine (`x` in radians).

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.jvp(ad.cos, (0.0,), (1.0,))
    (Tensor(1.), Tensor(-0.))
    """
    return xp.cos(x)


def _complex_tanh_slope(xp: Any, x: Array) -> Array:
    """``1 / cosh(x)**2``; far out, where that overflows, ``4 * exp(-2*x)``."""
    size = xp.abs(xp.real(x))
    near = size < 20.0
    cosine = xp.cosh(xp.where(near, x, 0.0))
    e = xp.exp(2.0 * xp.where(near, 0.0, xp.where(xp.real(x) < 0, x, -x)))
    return xp.where(near, 1.0 / cosine / cosine, 4.0 * e)


def _tan_rule(xp: Any, g: Array, y: Array, x: Array) -> Array:
    """``1 + y**2``; of complex numbers, where that cancels, by way of the hyperbolic tangent."""
    if COMPLEX[x.dtype]:
        return g * _complex_tanh_slope(xp, x * 1j)
    return g * (1.0 + y * y)


@op.elementwise(_tan_rule, domain=(-1.2, 1.2))
def tan(xp: Any, x: Array, /) -> Array:
    """The tangent (`x` in radians).

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.tan)(0.0)
    (Tensor(0.), Tensor(1.))
    """
    return xp.tan(x)


def _circle(xp: Any, x: Array) -> Array:
    """``sqrt(1 - x**2)`` without loss near the ends.

    For complex numbers ``-(x - 1)`` and ``x - -1`` keep the sign of an imaginary zero, which ``1 - x`` and ``x + 1``
    drop: it says on which side of the branch cut the number lies.
    """
    if COMPLEX[x.dtype]:
        return xp.sqrt(-(x - 1.0)) * xp.sqrt(x - -1.0)
    return xp.sqrt(1.0 - x) * xp.sqrt(1.0 + x)


@op.elementwise(lambda xp, g, _y, x: g / _circle(xp, x), domain=(-0.8, 0.8), kinks=[op.kink((1.0,), (math.inf,))])
def asin(xp: Any, x: Array, /) -> Array:
    """The inverse of the sine, between -pi/2 and pi/2.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.asin)(0.0)
    (Tensor(0.), Tensor(1.))
    """
    return xp.asin(x)


@op.elementwise(lambda xp, g, _y, x: -g / _circle(xp, x), domain=(-0.8, 0.8), kinks=[op.kink((1.0,), (-math.inf,))])
def acos(xp: Any, x: Array, /) -> Array:
    """The inverse of the cosine, between 0 and pi.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.acos)(1.0 / 2)
    (Tensor(1.04719755), Tensor(-1.15470054))
    """
    return xp.acos(x)


def _atan_rule(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """``1 / (1 + x**2)`` without overflow."""
    if COMPLEX[x.dtype]:
        return g / (x + 1j) / (x - 1j)
    radius = xp.hypot(x, 1.0)
    return g / radius / radius


@op.elementwise(_atan_rule)
def atan(xp: Any, x: Array, /) -> Array:
    """The inverse of the tangent, between -pi/2 and pi/2.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.atan)(1.0)
    Tensor(0.5)
    """
    return xp.atan(x)


def _atan2_by_ordinate(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    """``x2 / (x1**2 + x2**2)``."""
    _, b, distance, scale = polar(xp, x1, x2)
    return g * (b / distance / distance * scale)


def _atan2_by_abscissa(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    """``-x1 / (x1**2 + x2**2)``."""
    a, _, distance, scale = polar(xp, x1, x2)
    return -g * (a / distance / distance * scale)


@op.elementwise(
    _atan2_by_ordinate,
    _atan2_by_abscissa,
    domain=(op.REAL, (0.2, 3.0)),
    reference=np.arctan2,
)
def atan2(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The angle of the point with abscissa `x2` and ordinate `x1`, between -pi and pi.

    At (0, 0), where it has no derivative, 0 is given.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.atan2, argnums=(0, 1))(0.0, 2.0)
    (Tensor(0.5), Tensor(-0.))
    """
    return xp.atan2(x1, x2)


@op.elementwise(lambda xp, g, _y, x: g * xp.cosh(x))
def sinh(xp: Any, x: Array, /) -> Array:
    """The hyperbolic sine.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.sinh)(0.0)
    (Tensor(0.), Tensor(1.))
    """
    return xp.sinh(x)


@op.elementwise(lambda xp, g, _y, x: g * xp.sinh(x))
def cosh(xp: Any, x: Array, /) -> Array:
    """The hyperbolic cosine.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.cosh)(0.0)
    (Tensor(1.), Tensor(0.))
    """
    return xp.cosh(x)


def _tanh_rule(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """``1 / cosh(x)**2``: as ``1 - y**2`` it would lose its digits in the tails."""
    return g * (_complex_tanh_slope(xp, x) if COMPLEX[x.dtype] else xp.tanh_derivative(x))


@op.elementwise(_tanh_rule)
def tanh(xp: Any, x: Array, /) -> Array:
    """The hyperbolic tangent.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.tanh)(0.0)
    Tensor(1.)
    """
    return xp.tanh(x)


@op.elementwise(
    lambda xp, g, y, x: g * (-2.0 * (y * xp.tanh(x))),
    reference=lambda x: 1 / np.cosh(x) ** 2,
    internal=True,
)
def tanh_derivative(xp: Any, x: Array, /) -> Array:
    """The derivative of the hyperbolic tangent, ``1 / cosh(x)**2``, exact in both tails.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.tanh_derivative(ad.Tensor([0.0, 800.0]))
    Tensor([1., 0.])
    """
    return xp.tanh_derivative(x)


def _asinh_rule(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """``1 / sqrt(1 + x**2)`` without overflow."""
    if COMPLEX[x.dtype]:
        return g / _circle(xp, x * 1j)
    return g / xp.hypot(x, 1.0)


@op.elementwise(_asinh_rule)
def asinh(xp: Any, x: Array, /) -> Array:
    """The inverse of the hyperbolic sine.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.asinh)(0.0)
    (Tensor(0.), Tensor(1.))
    """
    return xp.asinh(x)


@op.elementwise(
    lambda xp, g, _y, x: g / (xp.sqrt(x - 1.0) * xp.sqrt(x - -1.0)),
    domain=(1.2, 3.0),
    kinks=[op.kink((1.0,), (math.inf,))],
)
def acosh(xp: Any, x: Array, /) -> Array:
    """The inverse of the hyperbolic cosine.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.acosh)(1.25)
    Tensor(1.33333333)
    """
    return xp.acosh(x)


@op.elementwise(lambda xp, g, _y, x: g / (1.0 - x) / (1.0 + x), domain=(-0.8, 0.8))
def atanh(xp: Any, x: Array, /) -> Array:
    """The inverse of the hyperbolic tangent.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.atanh)(0.5)
    Tensor(1.33333333)
    """
    return xp.atanh(x)

"""Choices between numbers, entry by entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array


def _share(xp: Any, g: Array, lost: Array, tied: Array) -> Array:
    """`g` where this argument is the result, half of it at a tie; beside a NaN, too, so that a NaN in `g` goes on."""
    return xp.where(tied, 0.5 * g, xp.where(lost, 0.0, g))


@op.elementwise(
    lambda xp, g, _y, x1, x2: _share(xp, g, x1 < x2, x1 == x2),
    lambda xp, g, _y, x1, x2: _share(xp, g, x2 < x1, x1 == x2),
    kinks=[op.kink((1.0, 1.0), (0.5, 0.5), "x1 = x2")],
    selects=True,
)
def maximum(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The larger of two arrays, entry by entry. At a tie the gradient is shared evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.maximum, argnums=(0, 1))(1.0, 1.0)
    (Tensor(0.5), Tensor(0.5))
    """
    return xp.maximum(x1, x2)


@op.elementwise(
    lambda xp, g, _y, x1, x2: _share(xp, g, x1 > x2, x1 == x2),
    lambda xp, g, _y, x1, x2: _share(xp, g, x2 > x1, x1 == x2),
    kinks=[op.kink((1.0, 1.0), (0.5, 0.5), "x1 = x2")],
    selects=True,
)
def minimum(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The smaller of two arrays, entry by entry. At a tie the gradient is shared evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.minimum, argnums=(0, 1))(1.0, 2.0)
    (Tensor(1.), Tensor(0.))
    """
    return xp.minimum(x1, x2)


@op.elementwise(
    None,
    lambda xp, g, _y, condition, _x1, _x2: xp.where(condition, g, 0.0),
    lambda xp, g, _y, condition, _x1, _x2: xp.where(condition, 0.0, g),
    selects=True,
    samples=[
        op.sample(np.array([True, False, True]), (3,), (3,)),
        op.sample(np.array([[True], [False]]), (3,), (2, 1)),
        op.sample(np.array(True), (2, 3), ()),
    ],
)
def where(xp: Any, condition: Array, x1: Array, x2: Array, /) -> Array:
    """`x1` where the condition holds, `x2` elsewhere.

    A branch that isn't chosen has derivative 0 there, even where it is infinite or NaN.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([-1.0, 2.0], requires_grad=True)
    >>> ad.where(x > 0, x, 0.1 * x).sum().backward()
    >>> x.grad
    Tensor([0.1, 1. ])
    """
    return xp.where(condition, x1, x2)


def _inside(xp: Any, g: Array, _y: Array, x: Array, low: Array | None, high: Array | None) -> Array:
    """`g` where the bounds leave `x` as it is, themselves included."""
    if low is not None:
        g = xp.where(x < low, 0.0, g)
    return g if high is None else xp.where(x > high, 0.0, g)


def _below(xp: Any, g: Array, _y: Array, x: Array, low: Array, high: Array | None) -> Array:
    """`g` where the lower bound is the result."""
    g = xp.where(x < low, g, 0.0)
    return g if high is None else xp.where(low <= high, g, 0.0)


def _above(xp: Any, g: Array, _y: Array, x: Array, low: Array | None, high: Array) -> Array:
    """`g` where the upper bound is the result."""
    return xp.where((x if low is None else xp.maximum(x, low)) > high, g, 0.0)


@op.elementwise(
    _inside,
    _below,
    _above,
    method=True,
    selects=True,
    domain=((-3.0, 3.0), (-2.0, -1.0), (1.0, 2.0)),
    samples=[
        op.sample((2, 3), (2, 3), (2, 3)),
        op.sample((4,), (3, 1), ()),
        op.sample((4,), np.array(-0.5)),
        op.sample((5,), max=np.array(0.25)),
        op.sample((5,)),
    ],
    kinks=[op.kink((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), "x is at its lower bound")],
)
def clip(xp: Any, x: Array, /, min: Array | None = None, max: Array | None = None) -> Array:
    """`x` brought into the interval from `min` to `max`; either may be absent.

    At a bound the derivative by `x` is 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([-2.0, 0.5, 1.0, 3.0], requires_grad=True)
    >>> ad.clip(x, 0.0, 1.0).sum().backward()
    >>> x.grad
    Tensor([0., 1., 1., 0.])
    """
    return xp.clip(x, min, max)

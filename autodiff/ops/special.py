"""Smooth functions beyond the standard that models need: the logistic family and sums of exponentials.

Each is stable over the whole range of the floating-point numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from .reduction import Axis, axes_of, expanded


@op.elementwise(
    lambda xp, g, _y, x: g * xp.sigmoid_derivative(x),  # y * (1 - y) loses the digits of 1 - y
    reference=lambda x: 1 / (1 + np.exp(-x)),
)
def sigmoid(xp: Any, x: Array, /) -> Array:
    """The logistic function, ``1 / (1 + exp(-x))``.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.sigmoid)(0.0)
    (Tensor(0.5), Tensor(0.25))
    """
    return xp.sigmoid(x)


@op.elementwise(
    lambda xp, g, y, x: -g * (y * xp.tanh(0.5 * x)),
    reference=lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
    internal=True,
)
def sigmoid_derivative(xp: Any, x: Array, /) -> Array:
    """The derivative of the logistic function, ``sigmoid(x) * sigmoid(-x)``, exact in both tails.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.sigmoid_derivative(ad.Tensor([0.0, 800.0]))
    Tensor([0.25, 0.  ])
    """
    return xp.sigmoid_derivative(x)


@op.elementwise(
    lambda xp, g, _y, x: g * xp.sigmoid(x),
    reference=lambda x: np.logaddexp(0, x),
)
def softplus(xp: Any, x: Array, /) -> Array:
    """A smooth `maximum` of `x` and 0: ``log(1 + exp(x))``.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.softplus)(0.0)
    Tensor(0.5)
    """
    return xp.maximum(x, 0.0) + xp.log1p(xp.exp(-xp.abs(x)))


_TWO_OVER_ROOT_PI = 2.0 / math.sqrt(math.pi)


@op.elementwise(
    lambda xp, g, _y, x: g * (_TWO_OVER_ROOT_PI * xp.gaussian(x)),
    reference=np.vectorize(math.erf, otypes=[float]),
)
def erf(xp: Any, x: Array, /) -> Array:
    """The error function: ``2/sqrt(pi)`` times the integral of ``exp(-t**2)`` from 0 to `x`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.erf)(0.0)
    (Tensor(0.), Tensor(1.12837917))
    """
    return xp.erf(x)


@op.elementwise(
    lambda xp, g, y, x: g * (-2.0 * (xp.where(y == 0, 0.0, x) * y)),
    reference=lambda x: np.exp(-x * x),
    internal=True,
)
def gaussian(xp: Any, x: Array, /) -> Array:
    """``exp(-x**2)``, exact in the tails, where the square's rounding errors would be magnified.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.gaussian(ad.Tensor([0.0, 1e200]))
    Tensor([1., 0.])
    """
    return xp.gaussian(x)


@op.elementwise(lambda xp, g, _y, x: g * xp.clamped_reciprocal(x), domain=(0.2, 3.0), reference=np.log, internal=True)
def clamped_log(xp: Any, x: Array, /) -> Array:
    """The logarithm, but at least -100: for losses, which have to be finite at a probability of 0.

    Where it is clamped its derivative is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.clamped_log(ad.Tensor([0.0, 1.0]))
    Tensor([-100.,    0.])
    """
    return xp.clamped_log(x)


@op.elementwise(lambda xp, g, y, _x: -g * xp.square(y), domain=(0.2, 3.0), reference=lambda x: 1 / x, internal=True)
def clamped_reciprocal(xp: Any, x: Array, /) -> Array:
    """The derivative of `clamped_log`: ``1/x``, and 0 where that is clamped.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.clamped_reciprocal(ad.Tensor([0.0, 2.0]))
    Tensor([0. , 0.5])
    """
    return xp.clamped_reciprocal(x)


_PROBABILITY = (0.1, 0.9)


@op.composite(
    domain=(_PROBABILITY, _PROBABILITY),
    samples=[op.sample((), ()), op.sample((1,), (1,)), op.sample((3,), (3,))],
    reference=lambda p, t: (1 - t) / (1 - p) - t / p,
    internal=True,
)
def bernoulli_slope(xp: Any, p: Array, t: Array, /) -> Array:
    """The derivative by `p` of the cross entropy ``-(t*log(p) + (1 - t)*log(1 - p))`` with clamped logarithms.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.bernoulli_slope(ad.Tensor([0.5, 0.0]), [1.0, 1.0])
    Tensor([-2.,  0.])
    """
    return (1.0 - t) * xp.clamped_reciprocal(1.0 - p) - t * xp.clamped_reciprocal(p)


def _logsumexp_vjp(xp: Any, g: Array, y: Array, x: Array, *, axis: Axis, keepdims: bool) -> Array:
    return expanded(xp, g, x.shape, axis, keepdims) * _share_of(xp, y, x, axis, keepdims)


def _logsumexp_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array, *, axis: Axis, keepdims: bool) -> Array:
    return xp.sum(tangents[0] * _share_of(xp, y, x, axis, keepdims), axis=axis, keepdims=keepdims)


def _share_of(xp: Any, y: Array, x: Array, axis: Axis, keepdims: bool) -> Array:
    """The softmax, given the logarithm `y` of the sum, whose rounding error the division removes."""
    y = expanded(xp, y, x.shape, axis, keepdims)
    infinite = xp.isinf(y)
    e = xp.exp(xp.where(infinite, 0.0, x) - xp.where(infinite, 0.0, y))
    e = xp.where(infinite, xp.astype(x == y, e.dtype), e)
    return e / xp.sum(e, axis=axis, keepdims=True)


def _below_largest(xp: Any, x: Array, top: Array) -> Array:
    """``x - top``, and 0 where they are the same infinity."""
    largest = x == top
    return xp.where(largest, 0.0, x) - xp.where(largest, 0.0, top)


_AXES = [
    op.sample((4,)),
    op.sample((3, 4), axis=0),
    op.sample((3, 4), axis=-1),
]


@op.primitive(
    vjp=_logsumexp_vjp,
    jvp=_logsumexp_jvp,
    samples=[*_AXES, op.sample((2, 3, 4), axis=(0, 2), keepdims=True)],
    reference=lambda x, axis=None, keepdims=False: np.log(np.sum(np.exp(x), axis=axis, keepdims=keepdims)),
)
def logsumexp(xp: Any, x: Array, /, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """The logarithm of the sum of exponentials over the given axes, by default over all.

    Where it is infinite, the entries that are the same infinity share the gradient evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.logsumexp)([1000.0, 1000.0])
    Tensor([0.5, 0.5])
    """
    top = xp.max(x, axis=axis, keepdims=True)
    total = xp.log(xp.sum(xp.exp(_below_largest(xp, x, top)), axis=axis, keepdims=True)) + top
    axes = axes_of(x.ndim, axis)
    return total if keepdims else xp.reshape(total, tuple([n for k, n in enumerate(x.shape) if k not in axes]))


def _softmax_rule(xp: Any, g: Array, y: Array, _x: Array, *, axis: int) -> Array:
    """The Jacobian ``diag(y) - y y^T``; it is symmetric, so this serves both modes."""
    weighted = g * y
    return weighted - y * xp.sum(weighted, axis=axis, keepdims=True)


@op.primitive(
    vjp=_softmax_rule,
    jvp=lambda xp, tangents, y, _x, **params: _softmax_rule(xp, tangents[0], y, _x, **params),
    samples=_AXES,
    reference=lambda x, axis=-1: np.exp(x) / np.sum(np.exp(x), axis=axis, keepdims=True),
)
def softmax(xp: Any, x: Array, /, *, axis: int = -1) -> Array:
    """Exponentials divided by their sum along an axis: probabilities out of scores.

    Entries that are inf share evenly, and so do all where all are -inf.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.softmax(ad.Tensor([0.0, 0.0]))
    Tensor([0.5, 0.5])
    """
    e = xp.exp(_below_largest(xp, x, xp.max(x, axis=axis, keepdims=True)))
    return e / xp.sum(e, axis=axis, keepdims=True)


def _log_softmax_vjp(xp: Any, g: Array, y: Array, _x: Array, *, axis: int) -> Array:
    return g - xp.exp(y) * xp.sum(g, axis=axis, keepdims=True)


def _log_softmax_jvp(xp: Any, tangents: tuple[Array], y: Array, _x: Array, *, axis: int) -> Array:
    (t,) = tangents
    return t - xp.sum(xp.exp(y) * t, axis=axis, keepdims=True)


@op.primitive(
    vjp=_log_softmax_vjp,
    jvp=_log_softmax_jvp,
    samples=_AXES,
    reference=lambda x, axis=-1: x - np.log(np.sum(np.exp(x), axis=axis, keepdims=True)),
)
def log_softmax(xp: Any, x: Array, /, *, axis: int = -1) -> Array:
    """The logarithm of `softmax`, finite for every finite score.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.log_softmax(ad.Tensor([0.0, 1000.0]))
    Tensor([-1000.,     0.])
    """
    shifted = _below_largest(xp, x, xp.max(x, axis=axis, keepdims=True))
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=axis, keepdims=True))

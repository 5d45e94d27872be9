"""Exponentials and logarithms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from .arithmetic import POSITIVE

_LOG2_E = math.log2(math.e)
_LOG10_E = math.log10(math.e)


@op.elementwise(lambda xp, g, y, _x: g * y)
def exp(xp: Any, x: Array, /) -> Array:
    """The exponential function.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.exp)(0.0)
    Tensor(1.)
    """
    return xp.exp(x)


@op.elementwise(lambda xp, g, _y, x: g * xp.exp(x))  # y + 1 loses the digits of y in the left tail
def expm1(xp: Any, x: Array, /) -> Array:
    """``exp(x) - 1``, exact near 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.expm1)(0.0)
    Tensor(1.)
    """
    return xp.expm1(x)


@op.elementwise(lambda xp, g, _y, x: g / x, domain=POSITIVE, kinks=[op.kink((0.0,), (math.inf,))])
def log(xp: Any, x: Array, /) -> Array:
    """The natural logarithm.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.log)(4.0)
    Tensor(0.25)
    """
    return xp.log(x)


@op.elementwise(lambda xp, g, _y, x: g / (x + 1.0), domain=(-0.8, 3.0), kinks=[op.kink((-1.0,), (math.inf,))])
def log1p(xp: Any, x: Array, /) -> Array:
    """``log(1 + x)``, exact near 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.log1p)(1.0)
    Tensor(0.5)
    """
    return xp.log1p(x)


@op.elementwise(lambda xp, g, _y, x: (g * _LOG2_E) / x, domain=POSITIVE)
def log2(xp: Any, x: Array, /) -> Array:
    """The logarithm to base 2.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.log2)(8.0)
    (Tensor(3.), Tensor(0.18033688))
    """
    return xp.log2(x)


@op.elementwise(lambda xp, g, _y, x: (g * _LOG10_E) / x, domain=POSITIVE)
def log10(xp: Any, x: Array, /) -> Array:
    """The logarithm to base 10.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.log10)(10.0)
    (Tensor(1.), Tensor(0.04342945))
    """
    return xp.log10(x)


@op.elementwise(
    lambda xp, g, _y, x1, x2: g * xp.softmax_of_two(x1, x2),
    lambda xp, g, _y, x1, x2: g * xp.softmax_of_two(x2, x1),
    kinks=[op.kink((-math.inf, -math.inf), (0.5, 0.5))],
)
def logaddexp(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The logarithm of the sum of the exponentials of two arrays, ``log(exp(x1) + exp(x2))``.

    At two equal infinities the gradient is shared evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.logaddexp, argnums=(0, 1))(1000.0, 1000.0)
    (Tensor(0.5), Tensor(0.5))
    """
    return xp.logaddexp(x1, x2)


@op.elementwise(
    lambda xp, g, y, x1, x2: g * (y * xp.softmax_of_two(x2, x1)),
    lambda xp, g, y, x1, x2: -g * (y * xp.softmax_of_two(x2, x1)),
    reference=lambda x1, x2: 1 / (1 + np.exp(x2 - x1)),
    internal=True,
)
def softmax_of_two(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The derivative of `logaddexp` by `x1`: ``exp(x1) / (exp(x1) + exp(x2))``, exact in both tails.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.softmax_of_two(ad.Tensor([0.0, 1000.0]), 0.0)
    Tensor([0.5, 1. ])
    """
    return xp.softmax_of_two(x1, x2)

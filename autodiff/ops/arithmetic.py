"""Arithmetic, entry by entry. Each rule is the derivative as the book has it, times `g`."""

# The name of the standard shadows a builtin in this module: `pow`.

from __future__ import annotations

import math
from typing import Any

from .. import op
from .._namespaces import COMPLEX, Array
from ..tensor import Tensor

POSITIVE = (0.2, 3.0)


@op.elementwise(lambda xp, g, _y, _x1, _x2: g, lambda xp, g, _y, _x1, _x2: g, operator="add")
def add(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Sum of two arrays, entry by entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.add(x, 10.0)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([11., 12.]), Tensor([1., 1.]))
    """
    return xp.add(x1, x2)


@op.elementwise(lambda xp, g, _y, _x1, _x2: g, lambda xp, g, _y, _x1, _x2: -g, operator="sub")
def subtract(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Difference of two arrays, entry by entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.subtract(1.0, x))(3.0)
    Tensor(-1.)
    """
    return xp.subtract(x1, x2)


@op.elementwise(lambda xp, g, _y, _x1, x2: g * x2, lambda xp, g, _y, x1, _x2: g * x1, operator="mul")
def multiply(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Product of two arrays, entry by entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.multiply(x, x))(3.0)
    Tensor(6.)
    """
    return xp.multiply(x1, x2)


@op.elementwise(
    lambda xp, g, _y, _x1, x2: g / x2,
    lambda xp, g, y, _x1, x2: -g * y / x2,
    operator="truediv",
    domain=(op.REAL, POSITIVE),
)
def divide(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Quotient of two arrays, entry by entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.divide(1.0, x))(2.0)
    Tensor(-0.25)
    """
    return xp.divide(x1, x2)


@op.elementwise(lambda xp, g, y, _x: -(g * y) * y, domain=POSITIVE)
def reciprocal(xp: Any, x: Array, /) -> Array:
    """One divided by each entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.reciprocal)(2.0)
    (Tensor(0.5), Tensor(-0.25))
    """
    return xp.reciprocal(x)


@op.elementwise(lambda xp, g, _y, _x: -g, operator="neg")
def negative(xp: Any, x: Array, /) -> Array:
    """The negative of each entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.negative)(2.0)
    Tensor(-1.)
    """
    return xp.negative(x)


@op.elementwise(lambda xp, g, _y, _x: g, operator="pos")
def positive(xp: Any, x: Array, /) -> Array:
    """Each entry as it is.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.positive)(2.0)
    Tensor(1.)
    """
    return xp.positive(x)


@op.elementwise(
    lambda xp, g, _y, _x1, _x2: g,
    lambda xp, g, _y, x1, x2: -g * xp.floor_divide(x1, x2),
    operator="mod",
    domain=((2.1, 2.9), (0.98, 1.02)),
    kinks=[op.kink((6.0, 3.0), (1.0, -2.0), "x1 is a multiple of x2")],
)
def remainder(xp: Any, x1: Array, x2: Array, /) -> Array:
    """What a division rounded down leaves over; it has the sign of `x2`.

    Where it jumps, at the multiples of `x2`, the derivative is that of the branch that begins there.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.remainder(7.0, 3.0), *ad.grad(ad.remainder, argnums=(0, 1))(7.0, 3.0)
    (Tensor(1.), Tensor(1.), Tensor(-2.))
    """
    return xp.remainder(x1, x2)


@op.elementwise(lambda xp, g, _y, x: 2.0 * g * x)
def square(xp: Any, x: Array, /) -> Array:
    """The square of each entry.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.square)(3.0)
    Tensor(6.)
    """
    return xp.square(x)


@op.elementwise(lambda xp, g, y, _x: g / (2.0 * y), domain=POSITIVE, kinks=[op.kink((0.0,), (math.inf,))])
def sqrt(xp: Any, x: Array, /) -> Array:
    """The square root.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.sqrt)(4.0)
    Tensor(0.25)
    """
    return xp.sqrt(x)


def _pow_by_exponent(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    """``x1**x2 * log(x1)``, and 0 at a base of 0, where the power vanishes faster than the logarithm grows.

    So it is where an infinite base has a negative exponent. The power is taken in halves: the whole may be too small to
    have all digits when the product is not.
    """
    zero = x1 == 0
    if not COMPLEX[x1.dtype] and not COMPLEX[x2.dtype]:
        zero = xp.logical_or(zero, xp.logical_and(x1 == math.inf, x2 < 0))
    base = xp.where(zero, 1.0, x1)
    half = xp.pow(base, 0.5 * x2)
    return g * xp.where(zero, 0.0, half * xp.log(base) * half)


@op.elementwise(
    lambda xp, g, _y, x1, x2: g * xp.pow_derivative(x1, x2),
    _pow_by_exponent,
    operator="pow",
    domain=(POSITIVE, op.REAL),
    kinks=[op.kink((0.0, 0.0), (0.0, 0.0)), op.kink((0.0, 2.0), (0.0, 0.0), "x1 = 0, x2 > 1")],
)
def pow(xp: Any, x1: Array, x2: Array, /) -> Array:
    """`x1` to the power `x2`, entry by entry.

    At a base of 0 the derivative by the exponent is 0, and with an exponent of 0 the one by the base, too. Of a
    negative base the derivative by the exponent is NaN: beside an integer exponent the power is not a real number.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.pow(x, 3.0))(2.0)
    Tensor(12.)
    """
    return xp.pow(x1, x2)


def _pow_derivative_by_exponent(xp: Any, g: Array, y: Array, x1: Array, x2: Array, *, order: int) -> Array:
    """By the product rule; the logarithm is left out at a base of 0, as in `_pow_by_exponent`, and times 0."""
    factor: Any = x2
    slope: Any = 1.0
    for k in range(1, order):
        factor, slope = factor * (x2 - k), slope * (x2 - k) + factor
    zero = xp.logical_or(x1 == 0, y == 0)
    of_power = xp.where(zero, 0.0, y * xp.log(xp.where(zero, 1.0, x1)))
    return g * (slope * xp.pow(x1, x2 - order) + of_power)


@op.elementwise(
    lambda xp, g, _y, x1, x2, *, order: g * xp.pow_derivative(x1, x2, order=order + 1),
    _pow_derivative_by_exponent,
    domain=(POSITIVE, op.REAL),
    reference=lambda x1, x2, order: math.prod([x2 - k for k in range(order)]) * x1 ** (x2 - order),
    internal=True,
)
def pow_derivative(xp: Any, x1: Array, x2: Array, /, *, order: int = 1) -> Array:
    """The derivative of `pow` by its base, of the first or a higher order: ``x2 * x1**(x2 - 1)`` and so on.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.pow_derivative(3.0, 2.0), ad.op.TENSORS.pow_derivative(3.0, 2.0, order=2)
    (Tensor(6.), Tensor(2.))
    """
    return xp.pow_derivative(x1, x2, order=order)


def _divmod_operator(self: Tensor, other: Any) -> tuple[Tensor, Tensor]:
    return self // other, self % other


def _reflected_divmod_operator(self: Tensor, other: Any) -> tuple[Tensor, Tensor]:
    return other // self, other % self


Tensor.__divmod__ = _divmod_operator  # type: ignore[method-assign]
Tensor.__rdivmod__ = _reflected_divmod_operator  # type: ignore[method-assign]

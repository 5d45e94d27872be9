"""Operations that work entry by entry. Each rule is the derivative as the book has it, times `g`."""

# The names of the standard shadow builtins in this module: `abs`, `pow`.

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array

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


def _pow_by_base(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    """``x2 * x1**(x2 - 1)``, and 0 where the exponent is 0, at a base of 0 too."""
    zero = x2 == 0
    return g * xp.where(zero, 0.0, x2 * xp.pow(x1, xp.where(zero, 1.0, x2 - 1)))


def _pow_by_exponent(xp: Any, g: Array, y: Array, x1: Array, _x2: Array) -> Array:
    """``y * log(x1)``, and 0 at a base of 0, where y vanishes faster than the logarithm grows."""
    zero = x1 == 0
    return g * xp.where(zero, 0.0, y * xp.log(xp.where(zero, 1.0, x1)))


@op.elementwise(_pow_by_base, _pow_by_exponent, operator="pow", domain=(POSITIVE, op.REAL))
def pow(xp: Any, x1: Array, x2: Array, /) -> Array:
    """`x1` to the power `x2`, entry by entry.

    At an exponent of 0 the derivative by the base is 0, and at a base of 0 the derivative by the exponent is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.pow(x, 3.0))(2.0)
    Tensor(12.)
    """
    return xp.pow(x1, x2)


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


@op.elementwise(lambda xp, g, y, _x: g * (y + 1.0))
def expm1(xp: Any, x: Array, /) -> Array:
    """``exp(x) - 1``, exact near 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.expm1)(0.0)
    Tensor(1.)
    """
    return xp.expm1(x)


@op.elementwise(lambda xp, g, _y, x: g / x, domain=POSITIVE)
def log(xp: Any, x: Array, /) -> Array:
    """The natural logarithm.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.log)(4.0)
    Tensor(0.25)
    """
    return xp.log(x)


@op.elementwise(lambda xp, g, _y, x: g / (x + 1.0), domain=(-0.8, 3.0))
def log1p(xp: Any, x: Array, /) -> Array:
    """``log(1 + x)``, exact near 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.log1p)(1.0)
    Tensor(0.5)
    """
    return xp.log1p(x)


@op.elementwise(lambda xp, g, y, _x: g / (2.0 * y), domain=POSITIVE)
def sqrt(xp: Any, x: Array, /) -> Array:
    """The square root.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.sqrt)(4.0)
    Tensor(0.25)
    """
    return xp.sqrt(x)


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


def _tanh_rule(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """``1 - y**2``, which would lose its digits in the tails; the sigmoid's derivative has them."""
    if COMPLEX[x.dtype]:
        y = xp.tanh(x)
        return g * (1.0 - y * y)
    return g * (4.0 * xp.sigmoid_derivative(2.0 * x))


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


@op.elementwise(lambda xp, g, _y, x: g * xp.sign(x), operator="abs", domain=POSITIVE)
def abs(xp: Any, x: Array, /) -> Array:
    """The absolute value. Its derivative at 0 is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> [ad.grad(ad.abs)(x).item() for x in (-2.0, 0.0, 2.0)]
    [-1.0, 0.0, 1.0]
    """
    return xp.abs(x)


def _share(xp: Any, g: Array, won: Array, tied: Array) -> Array:
    """`g` where this argument is the result, half of it at a tie."""
    return xp.where(tied, 0.5 * g, xp.where(won, g, 0.0))


@op.elementwise(
    lambda xp, g, _y, x1, x2: _share(xp, g, x1 > x2, x1 == x2),
    lambda xp, g, _y, x1, x2: _share(xp, g, x2 > x1, x1 == x2),
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
    lambda xp, g, _y, x1, x2: _share(xp, g, x1 < x2, x1 == x2),
    lambda xp, g, _y, x1, x2: _share(xp, g, x2 < x1, x1 == x2),
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
    samples=[
        op.sample(np.array([True, False, True]), (3,), (3,)),
        op.sample(np.array([[True], [False]]), (3,), (2, 1)),
        op.sample(np.array(True), (2, 3), ()),
    ],
)
def where(xp: Any, condition: Array, x1: Array, x2: Array, /) -> Array:
    """`x1` where the condition holds, `x2` elsewhere.

    A branch that isn't chosen has derivative 0, but an infinite one there still makes a NaN (0 * inf): keep the
    arguments of both branches in range with a second `where`.

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
        g = xp.where(x >= low, g, 0.0)
    return g if high is None else xp.where(x <= high, g, 0.0)


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
    domain=((-3.0, 3.0), (-2.0, -1.0), (1.0, 2.0)),
    samples=[
        op.sample((2, 3), (2, 3), (2, 3)),
        op.sample((4,), (3, 1), ()),
        op.sample((4,), np.array(-0.5)),
        op.sample((5,), max=np.array(0.25)),
        op.sample((5,)),
    ],
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


@op.elementwise(lambda xp, g, _y, _x: xp.conj(g), holomorphic=False)
def conj(xp: Any, x: Array, /) -> Array:
    """The complex conjugate.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.conj(ad.Tensor([1 + 2j]))
    Tensor([1.-2.j])
    """
    return xp.conj(x)


@op.elementwise(lambda xp, g, _y, _x: g, holomorphic=False)
def real(xp: Any, x: Array, /) -> Array:
    """The real part.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.real(ad.Tensor([1 + 2j]))
    Tensor([1.])
    """
    return xp.real(x)

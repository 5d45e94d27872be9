"""Size and direction of numbers, and the parts of complex ones."""

# The name of the standard shadows a builtin in this module: `abs`.

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array, smallest_normal
from .arithmetic import POSITIVE

_COMPLEX = np.array([[1.0 + 2.0j, -0.5 + 0.25j, 1.5j], [2.0 - 1.0j, -1.0 - 1.0j, 0.75 + 0.0j]])
_COMPLEX_SAMPLES = [op.sample(_COMPLEX), op.sample(np.array(1.0 + 2.0j))]


def _abs_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    """The part of the tangent that points away from 0."""
    (t,) = tangents
    return xp.real(t * xp.conj(xp.sign(x))) if COMPLEX[x.dtype] else t * xp.sign(x)


@op.primitive(
    vjp=lambda xp, g, _y, x: g * xp.sign(x),
    jvp=_abs_jvp,
    operator="abs",
    holomorphic=False,
    domain=POSITIVE,
    samples=[op.sample(()), op.sample((2, 3)), *_COMPLEX_SAMPLES],
    kinks=[op.kink((0.0,), (0.0,))],
)
def abs(xp: Any, x: Array, /) -> Array:
    """The absolute value. Its derivative at 0 is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> [ad.grad(ad.abs)(x).item() for x in (-2.0, 0.0, 2.0)]
    [-1.0, 0.0, 1.0]
    >>> ad.value_and_grad(ad.abs)(3.0 + 4.0j)
    (Tensor(5.), Tensor(0.6+0.8j))
    """
    return xp.abs(x)


def _sign_rule(xp: Any, g: Array, y: Array, x: Array) -> Array:
    """0 for real numbers; for complex ones the part of `g` at a right angle to `x`, over the distance from 0.

    As a map of the plane it is its own transpose, and serves both modes.
    """
    if not COMPLEX[x.dtype]:
        return xp.zeros_like(g)
    size = xp.abs(x)
    zero = size == 0
    return xp.where(zero, 0.0, (g - y * xp.real(xp.conj(y) * g)) / xp.where(zero, 1.0, size))


@op.primitive(
    vjp=_sign_rule,
    jvp=lambda xp, tangents, y, x: _sign_rule(xp, tangents[0], y, x),
    holomorphic=False,
    samples=_COMPLEX_SAMPLES,
    kinks=[op.kink((0.0,), (0.0,))],
)
def sign(xp: Any, x: Array, /) -> Array:
    """The sign: -1, 0 or 1; of a complex number ``x / abs(x)``.

    The derivative at 0 is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.sign(ad.Tensor([-2.0, 0.0, 2.0]))
    Tensor([-1.,  0.,  1.])
    >>> ad.sign(3.0 + 4.0j)
    Tensor(0.6+0.8j)
    """
    return xp.sign(x)


def _flat(xp: Any, g: Array, _y: Array, _x1: Array, _x2: Array) -> Array:
    """The derivative by an argument of which only the sign matters."""
    return xp.zeros_like(g)


@op.elementwise(
    lambda xp, g, y, x1, _x2: g * (xp.sign(x1) * xp.sign(y)),
    _flat,
    domain=POSITIVE,
    kinks=[op.kink((0.0, -1.0), (0.0, 0.0), "x1 = 0")],
)
def copysign(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The magnitude of `x1` with the sign of `x2`; as with `abs`, the derivative at 0 is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.copysign)(3.0, -1.0)
    (Tensor(-3.), Tensor(-1.))
    """
    return xp.copysign(x1, x2)


_ENLARGED = 2.0**64


def polar(xp: Any, x1: Array, x2: Array) -> tuple[Array, Array, Array, Array]:
    """A point in the direction of (x1, x2), its distance from 0, and that distance over the true one.

    Where the true one is beyond the range or has lost digits, the point is nearer or farther. Infinite coordinates
    stand for ±1 beside zeros. At (0, 0) the distance is 1.
    """
    size = xp.hypot(x1, x2)
    infinite = xp.maximum(xp.abs(x1), xp.abs(x2)) == math.inf
    few_digits = size < _ENLARGED * smallest_normal(size.dtype)
    ones = xp.ones_like(size)
    scale = xp.where(size == math.inf, 0.5 * ones, xp.where(few_digits, _ENLARGED * ones, ones))

    def moved(x: Array) -> Array:
        return xp.where(infinite, xp.where(xp.abs(x) == math.inf, xp.sign(x), 0.0), scale * x)

    a, b = moved(x1), moved(x2)
    distance = xp.hypot(a, b)
    zero = distance == 0
    a, b = xp.where(zero, 0.0, a), xp.where(zero, 0.0, b)  # all further derivatives there are 0, too
    return a, b, xp.where(zero, 1.0, distance), xp.where(infinite, 0.0, scale)


def _hypot_by_first(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    a, _, distance, _ = polar(xp, x1, x2)
    return g * (a / distance)


def _hypot_by_second(xp: Any, g: Array, _y: Array, x1: Array, x2: Array) -> Array:
    _, b, distance, _ = polar(xp, x1, x2)
    return g * (b / distance)


@op.elementwise(_hypot_by_first, _hypot_by_second, kinks=[op.kink((0.0, 0.0), (0.0, 0.0))])
def hypot(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The hypotenuse ``sqrt(x1**2 + x2**2)``, without overflow.

    Its derivatives at (0, 0) are 0, and at two infinities those along the diagonal, ``±sqrt(1/2)``.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.hypot(3.0, 4.0), *ad.grad(ad.hypot, argnums=(0, 1))(3.0, 4.0)
    (Tensor(5.), Tensor(0.6), Tensor(0.8))
    """
    return xp.hypot(x1, x2)


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


@op.primitive(
    vjp=lambda xp, g, _y, _x: xp.astype(g, _x.dtype) * 1j if COMPLEX[_x.dtype] else xp.zeros_like(g),
    jvp=lambda xp, tangents, _y, _x: xp.imag(tangents[0]),
    holomorphic=False,
    samples=_COMPLEX_SAMPLES,
)
def imag(xp: Any, x: Array, /) -> Array:
    """The imaginary part.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.imag)(1 + 2j)
    (Tensor(2.), Tensor(0.+1.j))
    """
    return xp.imag(x)

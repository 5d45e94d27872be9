"""Norms of vectors and matrices."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array
from .reduction import Axis, expanded


def _slope(xp: Any, y: Array, x: Array, axis: Axis, keepdims: bool, ord: float) -> Array:
    """The derivative of the norm by each entry: at 0 it is 0, and entries that tie for an extreme share it."""
    if ord == 0 or 0 in x.shape:
        return xp.zeros_like(x)
    size = xp.abs(x)
    if ord == 1:
        return _direction(xp, x, size)
    if math.isinf(ord):
        hit = xp.astype(size == expanded(xp, y, x.shape, axis, keepdims), size.dtype)
        return _direction(xp, x, size) * (hit / xp.sum(hit, axis=axis, keepdims=True))
    z, degenerate = (_near_one if ord > 0 else _near_one_from_above)(xp, x, size, axis)
    length = xp.linalg.vector_norm(z, axis=axis, keepdims=True, ord=ord)
    if ord == 2:
        return xp.where(degenerate, xp.zeros_like(z), z / length)
    size = xp.abs(z)
    safe = xp.where(size == 0, xp.ones_like(size), size)
    return xp.where(degenerate, xp.zeros_like(z), _direction(xp, z, size) * xp.pow(safe / length, ord - 1.0))


def _direction(xp: Any, x: Array, size: Array) -> Array:
    """``x / size``, and 0 at 0, with derivative 0."""
    if not COMPLEX[x.dtype]:
        return xp.sign(x)
    zero = size == 0
    return xp.where(zero, xp.zeros_like(x), x) / xp.where(zero, xp.ones_like(size), size)


def _near_one(xp: Any, x: Array, size: Array, axis: Axis) -> tuple[Array, Array]:
    """Vectors over their largest entries: neither squares nor infinities are in the way. And which vectors are 0."""
    top = xp.max(size, axis=axis, keepdims=True)
    zero, infinite = top == 0, xp.isinf(top)
    x = xp.where(xp.isinf(size), xp.sign(x), xp.where(infinite, xp.zeros_like(x), x))
    unit = xp.logical_or(zero, infinite)
    return xp.where(zero, xp.ones_like(x), x) / xp.where(unit, xp.ones_like(top), top), zero


def _near_one_from_above(xp: Any, x: Array, size: Array, axis: Axis) -> tuple[Array, Array]:
    """For negative orders: vectors over their smallest entries. And where that is 0: the norm has a kink there."""
    least = xp.min(size, axis=axis, keepdims=True)
    zero = xp.logical_or(least == 0, xp.isinf(least))
    return xp.where(zero, xp.ones_like(x), x) / xp.where(zero, xp.ones_like(least), least), zero


def _norm_vjp(xp: Any, g: Array, y: Array, x: Array, *, axis: Axis, keepdims: bool, ord: float) -> Array:
    return expanded(xp, g, x.shape, axis, keepdims) * _slope(xp, y, x, axis, keepdims, ord)


def _norm_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array, *, axis: Axis, keepdims: bool, ord: float) -> Array:
    slope = _slope(xp, y, x, axis, keepdims, ord)
    if not COMPLEX[x.dtype]:
        return xp.sum(slope * tangents[0], axis=axis, keepdims=keepdims)
    return xp.real(xp.sum(xp.conj(slope) * tangents[0], axis=axis, keepdims=keepdims))


@op.primitive(
    vjp=_norm_vjp,
    jvp=_norm_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[
        op.sample((4,)),
        op.sample((3, 4), axis=-1),
        op.sample((2, 3, 4), axis=(0, 2), keepdims=True),
        op.sample((3, 4)),
        op.sample((3, 4), axis=0, ord=1),
        op.sample((3, 4), axis=1, ord=3.5),
        op.sample((3, 4), axis=1, ord=math.inf),
        op.sample((3, 4), axis=1, ord=-math.inf),
    ],
    reference=np.linalg.vector_norm,
    kinks=[op.kink(([0.0, 0.0],), ([0.0, 0.0],), "the norm is 0")],
)
def vector_norm(xp: Any, x: Array, /, *, axis: Axis = None, keepdims: bool = False, ord: float = 2) -> Array:
    """The norm of vectors: ``sum(abs(x)**ord)**(1/ord)``; the extremes for `ord` inf and -inf, a count for 0.

    At the vector 0 the derivative is 0; entries that tie for an extreme share the gradient evenly. It is right where
    the squares, or the norm itself, are beyond the range of the numbers, too.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(ad.linalg.vector_norm)([3.0, 4.0])
    (Tensor(5.), Tensor([0.6, 0.8]))
    """
    return xp.linalg.vector_norm(x, axis=axis, keepdims=keepdims, ord=ord)


@op.composite(
    extension="linalg",
    samples=[op.sample((2, 3, 4), ord=ord) for ord in ("fro", "nuc", 1, -1, 2, -2, math.inf, -math.inf)]
    + [op.sample((3, 2), keepdims=True, ord=2), op.sample((3, 2)), op.sample((2, 4, 2), keepdims=True, ord="nuc")],
    reference=np.linalg.matrix_norm,
)
def matrix_norm(xp: Any, x: Array, /, *, keepdims: bool = False, ord: Any = "fro") -> Array:
    """A norm of each matrix: "fro", "nuc", the largest row (inf) or column sum (1), the largest singular value (2).

    With a minus sign it is the smallest. Where rows, columns or singular values tie for the extreme they share the
    gradient evenly; at a singular value of 0 it is 0, as for the matrix 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.matrix_norm(x, ord="nuc"))([[3.0, 0.0], [0.0, 4.0]])
    (Tensor(7.), Tensor([[1., 0.],
            [0., 1.]]))
    """
    if ord == "fro":
        return xp.linalg.vector_norm(x, axis=(-2, -1), keepdims=keepdims)
    if ord not in ("nuc", 1, -1, 2, -2, math.inf, -math.inf):
        raise ValueError(f"matrix_norm: expected ord to be 'fro', 'nuc', 1, -1, 2, -2, inf or -inf, got {ord!r}")
    if ord in ("nuc", 2, -2):
        values = xp.linalg.svdvals(x)
    else:
        values = xp.linalg.vector_norm(x, axis=-2 if ord in (1, -1) else -1, ord=1)
    y = (xp.sum if ord == "nuc" else xp.max if ord > 0 else xp.min)(values, axis=-1)
    return xp.reshape(y, (*y.shape, 1, 1)) if keepdims else y

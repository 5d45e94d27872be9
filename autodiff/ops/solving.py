"""Inverse, systems of equations, determinants."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array

REGULAR = np.array([[2.0, 0.5, -0.3], [0.7, -1.5, 0.2], [0.1, 0.4, 1.8]])
"""A matrix with a small condition number, for the samples."""

STACK = np.stack([REGULAR, REGULAR.T + 0.3])


def adjoint(xp: Any, x: Array) -> Array:
    """The conjugate transpose."""
    return xp.matrix_transpose(xp.conj(x) if COMPLEX[x.dtype] else x)


def diagonal_part(xp: Any, x: Array) -> Array:
    """Zeros off the diagonal."""
    return xp.tril(xp.triu(x))


def identity_like(xp: Any, x: Array) -> Array:
    """The identity for each square matrix."""
    return diagonal_part(xp, xp.ones_like(x))


def diagonal_of(xp: Any, x: Array) -> Array:
    """The diagonals of square matrices, as vectors."""
    return xp.sum(diagonal_part(xp, x), axis=-1)


def row(xp: Any, x: Array) -> Array:
    """Vectors as matrices of one row: ``m * row(v)`` is the matrix times a diagonal one."""
    return xp.expand_dims(x, axis=-2)


def column(xp: Any, x: Array) -> Array:
    """Vectors as matrices of one column: ``column(v) * m`` is a diagonal matrix times `m`."""
    return xp.expand_dims(x, axis=-1)


def each(xp: Any, x: Array) -> Array:
    """One number for each matrix, as a matrix of one row and column: ``m * each(c)``."""
    return xp.reshape(x, (*x.shape, 1, 1))


def both(xp: Any, a: Array, b: Array, c: Array) -> Array:
    """The product of three matrices."""
    return xp.matmul(xp.matmul(a, b), c)


def _inv_vjp(xp: Any, g: Array, y: Array, _x: Array) -> Array:
    return -both(xp, xp.matrix_transpose(y), g, xp.matrix_transpose(y))


def _inv_jvp(xp: Any, tangents: tuple[Array], y: Array, _x: Array) -> Array:
    return -both(xp, y, tangents[0], y)


@op.primitive(
    vjp=_inv_vjp,
    jvp=_inv_jvp,
    extension="linalg",
    samples=[op.sample(REGULAR), op.sample(STACK)],
    reference=np.linalg.inv,
)
def inv(xp: Any, x: Array, /) -> Array:
    """The inverse of each square matrix.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.inv(x)[0, 0])([[2.0, 0.0], [0.0, 4.0]])
    (Tensor(0.5), Tensor([[-0.25, -0.  ],
            [-0.  , -0.  ]]))
    """
    return xp.linalg.inv(x)


def _columns(xp: Any, x: Array, vectors: bool) -> Array:
    """A right side, solution or cotangent as matrices, if the right side is a vector."""
    return column(xp, x) if vectors else x


def _solve_back(xp: Any, g: Array, a: Array, vectors: bool) -> Array:
    """The cotangent of the right side, as matrices."""
    return xp.linalg.solve(xp.matrix_transpose(a), _columns(xp, g, vectors))


def _solve_by_b(xp: Any, g: Array, _y: Array, a: Array, _b: Array) -> Array:
    w = _solve_back(xp, g, a, _b.ndim == 1)
    return xp.reshape(w, w.shape[:-1]) if _b.ndim == 1 else w


def _solve_by_a(xp: Any, g: Array, y: Array, a: Array, _b: Array) -> Array:
    return -xp.matmul(_solve_back(xp, g, a, _b.ndim == 1), xp.matrix_transpose(_columns(xp, y, _b.ndim == 1)))


def _solve_jvp(xp: Any, tangents: tuple[Any, Any], y: Array, a: Array, _b: Array) -> Array:
    """``a dy = db - da y``."""
    ta, tb = tangents
    right = None if tb is None else _columns(xp, tb, _b.ndim == 1)
    if ta is not None:
        moved = xp.matmul(ta, _columns(xp, y, _b.ndim == 1))
        right = -moved if right is None else right - moved
    t = xp.linalg.solve(a, right)
    return xp.reshape(t, t.shape[:-1]) if _b.ndim == 1 else t


@op.primitive(
    vjp=(_solve_by_a, _solve_by_b),
    jvp=_solve_jvp,
    extension="linalg",
    samples=[
        op.sample(REGULAR, (3,)),
        op.sample(REGULAR, (3, 2)),
        op.sample(STACK, (3,)),
        op.sample(STACK, (2, 3, 2)),
        op.sample(REGULAR, (2, 3, 2)),
    ],
    reference=np.linalg.solve,
)
def solve(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The solution `y` of ``x1 @ y = x2``, for a vector or the columns of matrices `x2`.

    Examples
    --------
    >>> import autodiff as ad
    >>> y, pull = ad.vjp(ad.linalg.solve, [[2.0, 0.0], [0.0, 4.0]], [2.0, 4.0])
    >>> y, pull([1.0, 0.0])[1]
    (Tensor([1., 1.]), Tensor([0.5, 0. ]))
    """
    return xp.linalg.solve(x1, x2)


def _det_vjp(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    return each(xp, g) * xp.cofactor(x)


def _det_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    return xp.sum(tangents[0] * xp.cofactor(x), axis=(-2, -1))


@op.primitive(
    vjp=_det_vjp,
    jvp=_det_jvp,
    extension="linalg",
    samples=[op.sample((2, 2)), op.sample((3, 3)), op.sample((2, 3, 3))],
    reference=np.linalg.det,
)
def det(xp: Any, x: Array, /) -> Array:
    """The determinant of each square matrix. Its derivative, the cofactors, is right for singular matrices, too.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.linalg.det)([[2.0, 0.0], [0.0, 0.0]])
    Tensor([[0., 0.],
            [0., 2.]])
    """
    return xp.linalg.det(x)


def _cofactor_vjp(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """The second derivative of the determinant is symmetric."""
    return xp.cofactor_change(x, g)


def _cofactor_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    return xp.cofactor_change(x, tangents[0])


def _cofactors(x: Any) -> Any:
    return np.linalg.det(x)[..., None, None] * np.linalg.inv(x).mT


@op.primitive(
    vjp=_cofactor_vjp,
    jvp=_cofactor_jvp,
    samples=[op.sample((2, 2)), op.sample(REGULAR), op.sample(STACK)],
    reference=_cofactors,
    internal=True,
)
def cofactor(xp: Any, x: Array, /) -> Array:
    """The cofactors of each square matrix: the derivative of its determinant, the transpose of its adjugate.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.cofactor(ad.Tensor([[2.0, 0.0], [0.0, 0.0]]))
    Tensor([[0., 0.],
            [0., 2.]])
    """
    return xp.cofactor(x)


def _third(xp: Any, g: Array, x: Array, t: Array) -> Array:
    """The third derivative of the determinant, in two directions.

    Each cofactor is itself a determinant: that of `x` with 1 in place of an entry and 0 in the rest of its row and
    column. So no division, no gaps between singular values, and the same again for the fourth.
    """
    n = x.shape[-1]
    stack = x.shape[:-2]
    eye = identity_like(xp, x)
    rows, columns = (*stack, n, 1, n, 1), (*stack, 1, n, 1, n)
    kept = xp.reshape(1.0 - eye, rows) * xp.reshape(1.0 - eye, columns)
    put = xp.reshape(eye, rows) * xp.reshape(eye, columns)
    alone = (*stack, 1, 1, n, n)
    changes = kept * xp.cofactor_change(xp.reshape(x, alone) * kept + put, xp.reshape(t, alone) * kept)
    return xp.sum(each(xp, g) * changes, axis=(-4, -3))


def _change_by_x(xp: Any, g: Array, _y: Array, x: Array, t: Array) -> Array:
    return _third(xp, g, x, t)


def _change_by_t(xp: Any, g: Array, _y: Array, x: Array, _t: Array) -> Array:
    return xp.cofactor_change(x, g)


def _change_jvp(xp: Any, tangents: tuple[Any, Any], _y: Array, x: Array, t: Array) -> Array:
    by_x, by_t = tangents
    if by_x is None:
        return xp.cofactor_change(x, by_t)
    third = _third(xp, by_x, x, t)
    return third if by_t is None else third + xp.cofactor_change(x, by_t)


def _cofactors_change(x: Any, t: Any) -> Any:
    inverse = np.linalg.inv(x)
    ratio = inverse @ t
    trace = np.trace(ratio, axis1=-2, axis2=-1)[..., None, None]
    return np.linalg.det(x)[..., None, None] * (trace * inverse - ratio @ inverse).mT


@op.primitive(
    vjp=(_change_by_x, _change_by_t),
    jvp=_change_jvp,
    samples=[op.sample((2, 2), (2, 2)), op.sample(REGULAR, (3, 3)), op.sample(STACK, (2, 3, 3))],
    reference=_cofactors_change,
    internal=True,
)
def cofactor_change(xp: Any, x: Array, t: Array, /) -> Array:
    """The derivative of the cofactors of each square matrix `x` in the direction `t`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.cofactor_change(ad.ones((2, 2)), [[1.0, 2.0], [3.0, 4.0]])
    Tensor([[ 4., -3.],
            [-2.,  1.]])
    """
    return xp.cofactor_change(x, t)


class SlogdetResult(op.Outputs, namedtuple("SlogdetResult", "sign logabsdet")):
    """Sign and logarithm of the absolute value of a determinant."""

    __slots__ = ()


_SINGULAR = (
    "slogdet: the logarithm of a determinant has no derivative at a singular matrix; use det, whose derivative is "
    "right there, too"
)


def or_identity(xp: Any, known: Array, x: Array) -> Array:
    """The square matrices of which something is `known`, and the identity in place of the others."""
    return xp.where(each(xp, known), x, identity_like(xp, x))


def _slogdet_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], x: Array) -> Array:
    """``G x^-H``, with G the cotangent of the logarithm and, times i, that of the phase."""
    known = y[0] != 0
    factor = xp.determined(g[1], known, message=_SINGULAR)
    if COMPLEX[x.dtype]:
        turn = xp.determined(g[0], known, message=_SINGULAR) * xp.conj(y[0])
        factor = factor + (turn - xp.conj(turn)) / 2.0
    inverse = xp.linalg.inv(or_identity(xp, known, x))
    return each(xp, factor) * adjoint(xp, inverse)


def _slogdet_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], x: Array) -> tuple[Array, Array]:
    known = y[0] != 0
    ratio = xp.linalg.solve(or_identity(xp, known, x), tangents[0])
    change = xp.where(known, xp.sum(diagonal_part(xp, ratio), axis=(-2, -1)), math.nan)
    if not COMPLEX[x.dtype]:
        return xp.zeros_like(change), change
    return y[0] * (change - xp.conj(change)) / 2.0, xp.real(change)


@op.primitive(
    vjp=_slogdet_vjp,
    jvp=_slogdet_jvp,
    holomorphic=False,
    several=True,
    extension="linalg",
    samples=[op.sample(REGULAR), op.sample(STACK)],
    reference=np.linalg.slogdet,
)
def slogdet(xp: Any, x: Array, /) -> Any:
    """Sign and logarithm of the absolute value of each determinant, as a named tuple.

    Of a complex matrix the sign is a number of absolute value 1. At a singular matrix the logarithm is -inf and has no
    derivative: reverse mode raises a GradientError, the tangent is NaN.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.slogdet(x).logabsdet)([[1.0, 0.0], [0.0, -1.0]])
    (Tensor(0.), Tensor([[ 1., -0.],
            [ 0., -1.]]))
    """
    return SlogdetResult(*xp.linalg.slogdet(x))


@op.elementwise(
    lambda xp, g, _y, _g, known, *, message: xp.determined(g, known, message=message),
    None,
    samples=[op.sample((2, 3), np.array([True, True, True]), message="")],
    reference=lambda g, known, message: np.where(known, g, 0.0),
    internal=True,
)
def determined(xp: Any, g: Array, known: Array, /, *, message: str) -> Array:
    """The cotangent of something that has a derivative only where it is `known`.

    Elsewhere it has to be 0, or it is a GradientError with this message. It stands in the derivatives of what a matrix
    doesn't determine, like the eigenvectors of equal eigenvalues.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.determined(ad.Tensor([0.0, 2.0]), [False, True], message="not determined")
    Tensor([0., 2.])
    """
    return xp.determined(g, known, message=message)

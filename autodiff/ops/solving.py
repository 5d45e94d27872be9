"""Inverse, systems of equations, determinants."""

from __future__ import annotations

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


def diagonal_of(xp: Any, x: Array) -> Array:
    """The diagonals of square matrices, as vectors."""
    return xp.sum(diagonal_part(xp, x), axis=-1)


def row(xp: Any, x: Array) -> Array:
    """Vectors as matrices of one row: ``m * row(v)`` is the matrix times a diagonal one."""
    return xp.expand_dims(x, axis=-2)


def column(xp: Any, x: Array) -> Array:
    """Vectors as matrices of one column: ``column(v) * m`` is a diagonal matrix times `m`."""
    return xp.expand_dims(x, axis=-1)


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
    return xp.reshape(g, (*g.shape, 1, 1)) * xp.cofactor(x)


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


def _cofactor_rule(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    """The second derivative of the determinant applied to `g`: symmetric, so it is its own transpose.

    In the basis of the singular vectors it is ``sum_j P_ij g_jj`` on the diagonal and ``-P_ij g_ji`` off it, with the
    products ``P_ij`` of all singular values but two: no division, and right at any rank.
    """
    u, s, vh = xp.linalg.svd(x)
    off = xp.tril(xp.ones_like(x), k=-1)
    off = off + xp.matrix_transpose(off)
    apart = off if not COMPLEX[x.dtype] else xp.real(off)
    left = xp.expand_dims(apart, axis=-2) * xp.expand_dims(apart, axis=-3)
    values = xp.expand_dims(row(xp, s), axis=-2)
    products = apart * xp.prod(left * values + (1.0 - left), axis=-1)
    inner = both(xp, adjoint(xp, u), g, adjoint(xp, vh))
    traces = column(xp, xp.sum(products * row(xp, diagonal_of(xp, inner)), axis=-1))
    core = diagonal_part(xp, traces * xp.ones_like(x)) - products * xp.matrix_transpose(inner)
    y = both(xp, xp.conj(u), core, xp.conj(vh)) if COMPLEX[x.dtype] else both(xp, u, core, vh)
    sign = xp.linalg.det(u) * xp.linalg.det(vh)
    return xp.reshape(sign, (*sign.shape, 1, 1)) * y


def _cofactor_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    return _cofactor_rule(xp, tangents[0], _y, x)


def _cofactors(x: Any) -> Any:
    return np.linalg.det(x)[..., None, None] * np.linalg.inv(x).mT


@op.primitive(
    vjp=_cofactor_rule,
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


class SlogdetResult(op.Outputs, namedtuple("SlogdetResult", "sign logabsdet")):
    """Sign and logarithm of the absolute value of a determinant."""

    __slots__ = ()


def _slogdet_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], x: Array) -> Array:
    """``G x^-H``, with G the cotangent of the logarithm and, times i, that of the phase."""
    factor = g[1]
    if COMPLEX[x.dtype]:
        turn = g[0] * xp.conj(y[0])
        factor = factor + (turn - xp.conj(turn)) / 2.0
    return xp.reshape(factor, (*factor.shape, 1, 1)) * adjoint(xp, xp.linalg.inv(x))


def _slogdet_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], x: Array) -> tuple[Array, Array]:
    change = xp.sum(diagonal_part(xp, xp.linalg.solve(x, tangents[0])), axis=(-2, -1))
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

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.slogdet(x).logabsdet)([[1.0, 0.0], [0.0, -1.0]])
    (Tensor(0.), Tensor([[ 1., -0.],
            [ 0., -1.]]))
    """
    return SlogdetResult(*xp.linalg.slogdet(x))


@op.elementwise(
    lambda xp, g, _y, _p, gap: xp.gap_quotient(g, gap),
    lambda xp, g, y, _p, gap: -xp.gap_quotient(g * y, gap),
    domain=(op.REAL, (0.5, 3.0)),
    reference=np.divide,
    internal=True,
)
def gap_quotient(xp: Any, p: Array, gap: Array, /) -> Array:
    """``p / gap``, and 0 where `p` is 0; where only `gap` is 0, a GradientError.

    It stands in the derivatives of eigenvectors and singular vectors, which equal eigenvalues don't determine.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.op.TENSORS.gap_quotient(ad.Tensor([0.0, 1.0]), [0.0, 2.0])
    Tensor([0. , 0.5])
    """
    return xp.gap_quotient(p, gap)

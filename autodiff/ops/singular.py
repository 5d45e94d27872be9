"""Singular values and vectors, and the pseudo-inverse.

What the matrix doesn't determine is treated as in `decompositions`: a GradientError in reverse mode where a function
depends on it, NaN in forward mode; complex vectors have tangents that don't turn.
"""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array
from .decompositions import (
    ROUNDINGS,
    filled,
    gaps,
    of_first,
    off_diagonal,
    phase_checked,
    rounding,
)
from .solving import (
    REGULAR,
    STACK,
    adjoint,
    both,
    column,
    diagonal_of,
    diagonal_part,
    identity_like,
    row,
)


class SVDResult(op.Outputs, namedtuple("SVDResult", "U S Vh")):
    """Left singular vectors as columns, falling singular values, right singular vectors as conjugated rows."""

    __slots__ = ()


_UNDETERMINED = (
    "singular vectors of equal singular values (to rounding errors), those of the value 0 of a matrix that isn't "
    "square, and the last ones of full_matrices=True are not determined by the matrix and have no derivative; use "
    "full_matrices=False, svdvals where the values alone are needed, or a function like inv, det, pinv, matrix_norm, "
    "that has no use for the vectors"
)


def _square_gaps(xp: Any, s: Array) -> tuple[Array, Array]:
    """``s_j^2 - s_i^2``, and which singular values are alone; with 1 on the diagonal and where values are equal."""
    gap, alone = gaps(xp, s)
    twice = row(xp, s) + column(xp, s)
    return gap * xp.where(twice == 0, xp.ones_like(twice), twice), alone


def _not_zero(xp: Any, s: Array) -> Array:
    """Which singular values are more than rounding errors of the others."""
    return s > ROUNDINGS * rounding(s.dtype) * xp.linalg.vector_norm(s, axis=-1, keepdims=True)


def _known(xp: Any, s: Array, alone: Array, shape: tuple[int, ...]) -> tuple[Array, Array]:
    """Which left and right singular vectors are determined: of the value 0 those on the shorter side."""
    not_zero = xp.logical_and(alone, _not_zero(xp, s))
    return (not_zero if shape[-2] > shape[-1] else alone), (not_zero if shape[-2] < shape[-1] else alone)


def _imaginary(xp: Any, x: Array) -> Array:
    """I times the imaginary part."""
    return (x - xp.conj(x)) / 2.0


def _first(xp: Any, x: Array, n: int) -> Array:
    """The first `n` columns."""
    return xp.getitem(x, (Ellipsis, slice(0, n)))


def _or_one(xp: Any, known: Array, s: Array) -> Array:
    return xp.where(known, s, xp.ones_like(s))


def _svd_vjp(xp: Any, g: tuple[Any, ...], y: tuple[Any, ...], x: Array, *, full_matrices: bool) -> Array:
    """Section 3 of Giles's "Collected matrix derivative results", with the phases split evenly over U and V."""
    s = y[1]
    n = s.shape[-1]
    u, v = _first(xp, y[0], n), _first(xp, adjoint(xp, y[2]), n)
    uh, vh = adjoint(xp, u), adjoint(xp, v)
    gap, alone = _square_gaps(xp, s)
    known_u, known_v = _known(xp, s, alone, x.shape)
    gu = xp.determined(of_first(xp, g[0], n, _UNDETERMINED), row(xp, known_u), message=_UNDETERMINED)
    gv = xp.determined(of_first(xp, adjoint(xp, g[2]), n, _UNDETERMINED), row(xp, known_v), message=_UNDETERMINED)
    p, q = xp.matmul(uh, gu), xp.matmul(vh, gv)
    j, k = off_diagonal(xp, p) / gap, off_diagonal(xp, q) / gap
    core = (j + adjoint(xp, j)) * row(xp, s) + column(xp, s) * (k + adjoint(xp, k))
    gs = xp.where(s == 0, xp.zeros_like(s), g[1])
    core = core + column(xp, gs) * diagonal_part(xp, xp.ones_like(core))
    not_zero = _not_zero(xp, s)
    safe = _or_one(xp, not_zero, s)
    if COMPLEX[x.dtype]:
        left, right = diagonal_of(xp, p), diagonal_of(xp, q)
        a, b = xp.imag(left), xp.imag(right)
        turn = xp.where(not_zero, a + b, xp.abs(a) + xp.abs(b))  # the vectors of the value 0 turn each for itself
        core = phase_checked(xp, core, turn, xp.concat([gu, gv], axis=-2))
        phase = xp.where(not_zero, _imaginary(xp, left - right), xp.zeros_like(left)) / (2.0 * safe)
        core = core + column(xp, phase) * diagonal_part(xp, xp.ones_like(core))
    total = both(xp, u, core, vh)
    if x.shape[-2] > x.shape[-1]:
        total = total + xp.matmul((gu - xp.matmul(u, p)) / row(xp, safe), vh)
    if x.shape[-2] < x.shape[-1]:
        total = total + xp.matmul(u, adjoint(xp, (gv - xp.matmul(v, q)) / row(xp, safe)))
    return total


def _svd_jvp(xp: Any, tangents: tuple[Any], y: tuple[Any, ...], x: Array, *, full_matrices: bool) -> tuple[Any, ...]:
    s, t = y[1], tangents[0]
    n = s.shape[-1]
    u, v = _first(xp, y[0], n), _first(xp, adjoint(xp, y[2]), n)
    inner = both(xp, adjoint(xp, u), t, v)
    off = off_diagonal(xp, inner)
    gap, alone = _square_gaps(xp, s)
    right, left = off * row(xp, s), column(xp, s) * off
    turn_u, turn_v = (right + adjoint(xp, right)) / gap, (left + adjoint(xp, left)) / gap
    change = diagonal_of(xp, inner)
    safe = _or_one(xp, _not_zero(xp, s), s)
    if COMPLEX[x.dtype]:
        phase = diagonal_part(xp, _imaginary(xp, inner)) / (2.0 * column(xp, safe))
        turn_u, turn_v = turn_u + phase, turn_v - phase
        change = xp.real(change)
    tu, tv = xp.matmul(u, turn_u), xp.matmul(v, turn_v)
    if x.shape[-2] > x.shape[-1]:
        tu = tu + (xp.matmul(t, v) - xp.matmul(u, inner)) / row(xp, safe)
    if x.shape[-2] < x.shape[-1]:
        tv = tv + (xp.matmul(adjoint(xp, t), u) - xp.matmul(v, adjoint(xp, inner))) / row(xp, safe)
    known_u, known_v = _known(xp, s, alone, x.shape)
    tu = filled(xp, xp.where(row(xp, known_u), tu, math.nan), y[0])
    tv = filled(xp, xp.where(row(xp, known_v), tv, math.nan), adjoint(xp, y[2]))
    return tu, xp.where(s == 0, xp.zeros_like(s), change), adjoint(xp, tv)


@op.primitive(
    vjp=_svd_vjp,
    jvp=_svd_jvp,
    holomorphic=False,
    several=True,
    extension="linalg",
    samples=[
        op.sample(REGULAR),
        op.sample(STACK[..., :2], full_matrices=False),
        op.sample(STACK[..., :2, :], full_matrices=False),
    ],
    reference=np.linalg.svd,
)
def svd(xp: Any, x: Array, /, *, full_matrices: bool = True) -> Any:
    """Singular value decomposition ``x = U diag(S) Vh`` of each matrix, as a named tuple.

    The vectors of equal singular values (equal to rounding errors), those of the value 0 of a matrix that isn't square,
    and what `full_matrices` adds, are not determined by the matrix: a derivative by them is a GradientError, their
    tangents are NaN. The singular values have the derivatives of `svdvals`.

    Of complex matrices each pair of vectors is determined up to a phase that they share. Reverse mode raises a
    GradientError where a function depends on it; forward mode gives the tangents with ``u^H du + v^H dv = 0``.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.linalg.svd(ad.Tensor([[0.0, 2.0], [1.0, 0.0]])).S
    Tensor([2., 1.])
    >>> ad.grad(lambda x: ad.abs(ad.linalg.svd(x).S[0]))([[3.0, 0.0], [0.0, 1.0]])
    Tensor([[1., 0.],
            [0., 0.]])
    """
    return SVDResult(*xp.linalg.svd(x, full_matrices=full_matrices))


def _svdvals_vjp(xp: Any, g: Array, y: Array, x: Array) -> Array:
    u, _, vh = xp.linalg.svd(x, full_matrices=False)
    return xp.matmul(u * row(xp, xp.where(y == 0, xp.zeros_like(g), g)), vh)


def _svdvals_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array) -> Array:
    u, _, vh = xp.linalg.svd(x, full_matrices=False)
    change = diagonal_of(xp, both(xp, adjoint(xp, u), tangents[0], adjoint(xp, vh)))
    return xp.where(y == 0, xp.zeros_like(y), xp.real(change) if COMPLEX[x.dtype] else change)


@op.primitive(
    vjp=_svdvals_vjp,
    jvp=_svdvals_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[op.sample((3, 3)), op.sample((2, 3, 2)), op.sample((2, 3))],
    reference=np.linalg.svdvals,
)
def svdvals(xp: Any, x: Array, /) -> Array:
    """The singular values of each matrix, in falling order.

    Where some are equal, the derivative is right for functions that treat them alike; a single one has a kink there,
    and its derivative is that along one of the pairs of singular vectors that were found. At the value 0, a kink as
    that of `abs`, it is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.svdvals(x).sum())([[3.0, 0.0], [0.0, 4.0]])
    (Tensor(7.), Tensor([[1., 0.],
            [0., 1.]]))
    """
    return xp.linalg.svdvals(x)


def _with_rest(xp: Any, t: Array, x: Array, rtol: Any) -> Array:
    """The derivative of the adjoint of ``pinv(x, rtol)`` in the direction `t`, where what is cut off isn't 0.

    In the basis of the singular vectors an entry of the hermitian part of `t` gets the divided difference
    ``(f_i - f_j) / (s_i - s_j)`` of ``f = 1/s``, or 0 where that is cut off, one of the other part
    ``(f_i + f_j) / (s_i + s_j)``. As a map of matrices it is its own adjoint.
    """
    u, s, vh = xp.linalg.svd(x, full_matrices=False)
    uh, v = adjoint(xp, u), adjoint(xp, vh)
    limit = xp.expand_dims(rtol, axis=-1) if getattr(rtol, "ndim", 0) else rtol
    kept = s > limit * xp.max(s, axis=-1, keepdims=True)
    f = xp.where(kept, 1.0 / _or_one(xp, kept, s), xp.zeros_like(s))
    alike = row(xp, kept) == column(xp, kept)
    both_kept = row(xp, f) * column(xp, f)
    gap, total = row(xp, s) - column(xp, s), row(xp, s) + column(xp, s)
    ones = xp.ones_like(gap)
    by_gap = xp.where(alike, -both_kept, (row(xp, f) - column(xp, f)) / xp.where(alike, ones, gap))
    by_total = xp.where(alike, both_kept, (row(xp, f) + column(xp, f)) / xp.where(alike, ones, total))
    inner = both(xp, uh, t, v)
    turned = adjoint(xp, inner)
    y = both(xp, u, 0.5 * (by_gap * (inner + turned) + by_total * (inner - turned)), vh)
    if x.shape[-2] > x.shape[-1]:
        y = y + both(xp, xp.matmul(t, v) - xp.matmul(u, inner), row(xp, f * f) * identity_like(xp, inner), vh)
    if x.shape[-2] < x.shape[-1]:
        y = y + xp.matmul(u, column(xp, f * f) * (xp.matmul(uh, t) - xp.matmul(inner, vh)))
    return y


def _pinv_vjp(xp: Any, g: Array, y: Array, x: Array, *, rtol: Any) -> Array:
    """Golub and Pereyra (1973), for a rank that stays."""
    if rtol is not None:
        return _with_rest(xp, adjoint(xp, g), x, rtol)
    yh, gh = adjoint(xp, y), adjoint(xp, g)
    left, right = both(xp, gh, y, yh), both(xp, yh, y, gh)
    return left - both(xp, x, y, left) + right - both(xp, right, y, x) - both(xp, yh, g, yh)


def _pinv_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array, *, rtol: Any) -> Array:
    if rtol is not None:
        return adjoint(xp, _with_rest(xp, tangents[0], x, rtol))
    t, th, yh = tangents[0], adjoint(xp, tangents[0]), adjoint(xp, y)
    left, right = both(xp, y, yh, th), both(xp, th, yh, y)
    return left - both(xp, left, x, y) + right - both(xp, y, x, right) - both(xp, y, t, y)


@op.primitive(
    vjp=_pinv_vjp,
    jvp=_pinv_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[
        op.sample(REGULAR),
        op.sample(STACK[..., :2]),
        op.sample(STACK[..., :2, :]),
        op.sample(STACK, rtol=0.8),
        op.sample(STACK[..., :2], rtol=0.8),
        op.sample(STACK[..., :2, :], rtol=0.8),
        op.sample(STACK[..., :2], rtol=0.01),
    ],
    reference=np.linalg.pinv,
)
def pinv(xp: Any, x: Array, /, *, rtol: Any = None) -> Array:
    """The Moore-Penrose pseudo-inverse of each matrix; singular values up to `rtol` times the largest count as 0.

    The derivative is that at constant rank: where a small change raises the rank, the function jumps. With `rtol` it
    holds for matrices with singular values below that are not 0, too; its own derivative then needs singular values
    that are all different.

    Examples
    --------
    >>> import autodiff as ad
    >>> y, pull = ad.vjp(ad.linalg.pinv, [[2.0, 0.0]])
    >>> y, pull([[1.0], [0.0]])[0]
    (Tensor([[0.5],
            [0. ]]), Tensor([[-0.25,  0.  ]]))
    """
    return xp.linalg.pinv(x) if rtol is None else xp.linalg.pinv(x, rtol=rtol)

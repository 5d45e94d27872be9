"""Singular values, the pseudo-inverse, and the eigenvalues of general matrices."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array, GradientError
from .decompositions import POSITIVE_DEFINITE, SYMMETRIC, gaps
from .solving import REGULAR, STACK, adjoint, both, column, diagonal_of, diagonal_part, row


class SVDResult(op.Outputs, namedtuple("SVDResult", "U S Vh")):
    """Left singular vectors as columns, falling singular values, right singular vectors as conjugated rows."""

    __slots__ = ()


def _check_svd(x: Any, full_matrices: bool) -> None:
    if full_matrices and x.shape[-2] != x.shape[-1]:
        raise GradientError(
            f"svd: the last singular vectors with full_matrices=True are not determined by a matrix of shape {x.shape} "
            "and have no derivative; use full_matrices=False, or svdvals for the values alone"
        )


def _square_gaps(xp: Any, s: Array) -> Array:
    """``s_j^2 - s_i^2``, 0 where the singular values are equal and 1 on the diagonal."""
    gap = gaps(xp, s, s)
    apart = gap - diagonal_part(xp, gap)
    return apart * (row(xp, s) + column(xp, s)) + diagonal_part(xp, gap)


def _imaginary_part(xp: Any, x: Array) -> Array:
    """I times the imaginary part."""
    return (x - xp.conj(x)) / 2.0


def _svd_vjp(xp: Any, g: tuple[Any, ...], y: tuple[Any, ...], x: Array, *, full_matrices: bool) -> Array:
    """Section 3 of Giles's "Collected matrix derivative results", with the phases split evenly over U and V."""
    _check_svd(x, full_matrices)
    u, s, vh = y
    gu, gs, gv = g[0], g[1], adjoint(xp, g[2])
    uh, v = adjoint(xp, u), adjoint(xp, vh)
    p, q = xp.matmul(uh, gu), xp.matmul(vh, gv)
    gap = _square_gaps(xp, s)
    j = xp.gap_quotient(p - diagonal_part(xp, p), gap)
    k = xp.gap_quotient(q - diagonal_part(xp, q), gap)
    core = (j + adjoint(xp, j)) * row(xp, s) + column(xp, s) * (k + adjoint(xp, k))
    core = core + column(xp, gs) * diagonal_part(xp, xp.ones_like(core))
    if COMPLEX[x.dtype]:
        phase = _imaginary_part(xp, diagonal_part(xp, p - q))
        core = core + xp.gap_quotient(phase, 2.0 * column(xp, s))
    total = both(xp, u, core, vh)
    if x.shape[-2] > x.shape[-1]:
        total = total + xp.matmul(xp.gap_quotient(gu - xp.matmul(u, p), row(xp, s)), vh)
    if x.shape[-2] < x.shape[-1]:
        total = total + xp.matmul(u, adjoint(xp, xp.gap_quotient(gv - xp.matmul(v, q), row(xp, s))))
    return total


def _svd_jvp(xp: Any, tangents: tuple[Any], y: tuple[Any, ...], x: Array, *, full_matrices: bool) -> tuple[Any, ...]:
    _check_svd(x, full_matrices)
    u, s, vh = y
    uh, v, t = adjoint(xp, u), adjoint(xp, vh), tangents[0]
    inner = both(xp, uh, t, v)
    off = inner - diagonal_part(xp, inner)
    gap = _square_gaps(xp, s)
    right, left = off * row(xp, s), column(xp, s) * off
    turn_u = xp.gap_quotient(right + adjoint(xp, right), gap)
    turn_v = xp.gap_quotient(left + adjoint(xp, left), gap)
    change = diagonal_of(xp, inner)
    if COMPLEX[x.dtype]:
        phase = xp.gap_quotient(_imaginary_part(xp, diagonal_part(xp, inner)), 2.0 * column(xp, s))
        turn_u, turn_v = turn_u + phase, turn_v - phase
        change = xp.real(change)
    tu, tv = xp.matmul(u, turn_u), xp.matmul(v, turn_v)
    if x.shape[-2] > x.shape[-1]:
        beside = xp.matmul(t, v) - xp.matmul(u, inner)
        tu = tu + xp.gap_quotient(beside, row(xp, s))
    if x.shape[-2] < x.shape[-1]:
        beside = xp.matmul(adjoint(xp, t), u) - xp.matmul(v, adjoint(xp, inner))
        tv = tv + xp.gap_quotient(beside, row(xp, s))
    return tu, change, adjoint(xp, tv)


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

    The vectors of equal singular values, those of the value 0 of a matrix that isn't square, and what
    `full_matrices` adds, are not determined by the matrix: a derivative by them is a GradientError.

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


def _svdvals_vjp(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    u, _, vh = xp.linalg.svd(x, full_matrices=False)
    return xp.matmul(u * row(xp, g), vh)


def _svdvals_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    u, _, vh = xp.linalg.svd(x, full_matrices=False)
    change = diagonal_of(xp, both(xp, adjoint(xp, u), tangents[0], adjoint(xp, vh)))
    return xp.real(change) if COMPLEX[x.dtype] else change


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

    Where some are equal, the derivative is right for functions that treat them alike.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.svdvals(x).sum())([[3.0, 0.0], [0.0, 4.0]])
    (Tensor(7.), Tensor([[1., 0.],
            [0., 1.]]))
    """
    return xp.linalg.svdvals(x)


def _pinv_vjp(xp: Any, g: Array, y: Array, x: Array, **_: Any) -> Array:
    """Golub and Pereyra (1973), for a rank that stays."""
    yh, gh = adjoint(xp, y), adjoint(xp, g)
    left, right = both(xp, gh, y, yh), both(xp, yh, y, gh)
    return left - both(xp, x, y, left) + right - both(xp, right, y, x) - both(xp, yh, g, yh)


def _pinv_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array, **_: Any) -> Array:
    t, th, yh = tangents[0], adjoint(xp, tangents[0]), adjoint(xp, y)
    left, right = both(xp, y, yh, th), both(xp, th, yh, y)
    return left - both(xp, left, x, y) + right - both(xp, y, x, right) - both(xp, y, t, y)


@op.primitive(
    vjp=_pinv_vjp,
    jvp=_pinv_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[op.sample(REGULAR), op.sample(STACK[..., :2]), op.sample(STACK[..., :2, :])],
    reference=np.linalg.pinv,
)
def pinv(xp: Any, x: Array, /, *, rtol: Any = None) -> Array:
    """The Moore-Penrose pseudo-inverse of each matrix; singular values up to `rtol` times the largest count as 0.

    The derivative is that at constant rank: where a small change raises the rank, the function jumps.

    Examples
    --------
    >>> import autodiff as ad
    >>> y, pull = ad.vjp(ad.linalg.pinv, [[2.0, 0.0]])
    >>> y, pull([[1.0], [0.0]])[0]
    (Tensor([[0.5],
            [0. ]]), Tensor([[-0.25,  0.  ]]))
    """
    return xp.linalg.pinv(x) if rtol is None else xp.linalg.pinv(x, rtol=rtol)


class EigResult(op.Outputs, namedtuple("EigResult", "eigenvalues eigenvectors")):
    """Complex eigenvalues in no order, and the eigenvectors of norm 1 as columns."""

    __slots__ = ()


def _complex(xp: Any, x: Array) -> Array:
    """`x` in the complex dtype of its precision."""
    if COMPLEX[x.dtype]:
        return x
    return xp.astype(x, xp.complex64 if "32" in str(x.dtype) else xp.complex128)


def _eig_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], _x: Array) -> Array:
    values, v = y
    vh = adjoint(xp, v)
    inner = xp.matmul(vh, g[1])
    lengths = diagonal_part(xp, inner + xp.conj(inner)) / 2.0
    inner = inner - xp.matmul(xp.matmul(vh, v), lengths)
    off = inner - diagonal_part(xp, inner)
    core = xp.gap_quotient(off, xp.conj(gaps(xp, values, xp.abs(values))))
    core = core + column(xp, g[0]) * diagonal_part(xp, xp.ones_like(core))
    return xp.linalg.solve(vh, xp.matmul(core, vh))


def _eig_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], _x: Array) -> tuple[Array, Array]:
    values, v = y
    inner = xp.linalg.solve(v, xp.matmul(tangents[0], v))
    turned = xp.gap_quotient(inner - diagonal_part(xp, inner), gaps(xp, values, xp.abs(values)))
    t = xp.matmul(v, turned)
    along = xp.matmul(adjoint(xp, v), t)
    return diagonal_of(xp, inner), t - xp.matmul(v, diagonal_part(xp, along + xp.conj(along)) / 2.0)


@op.primitive(
    vjp=_eig_vjp,
    jvp=_eig_jvp,
    holomorphic=False,
    several=True,
    extension="linalg",
    samples=[op.sample(SYMMETRIC), op.sample(POSITIVE_DEFINITE)],
    reference=lambda x: tuple(y.astype(np.result_type(y, np.complex64)) for y in np.linalg.eig(x)),
)
def eig(xp: Any, x: Array, /) -> Any:
    """Eigenvalues and eigenvectors of each square matrix, complex, as a named tuple.

    Eigenvectors have norm 1 and a phase that isn't determined. A derivative by those of equal eigenvalues is a
    GradientError.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.real(ad.linalg.eig(x).eigenvalues[0]))([[1.0, 0.0], [0.0, 3.0]])
    Tensor([[1., 0.],
            [0., 0.]])
    """
    values, vectors = xp.linalg.eig(x)
    return EigResult(_complex(xp, values), _complex(xp, vectors))


def _eigvals_vjp(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    vh = adjoint(xp, xp.linalg.eig(x)[1])
    return xp.linalg.solve(vh, column(xp, g) * vh)


def _eigvals_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    v = xp.linalg.eig(x)[1]
    return diagonal_of(xp, xp.linalg.solve(v, xp.matmul(tangents[0], v)))


@op.primitive(
    vjp=_eigvals_vjp,
    jvp=_eigvals_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[op.sample(SYMMETRIC), op.sample(POSITIVE_DEFINITE)],
    reference=lambda x: np.linalg.eigvals(x).astype(np.complex128),
)
def eigvals(xp: Any, x: Array, /) -> Array:
    """The eigenvalues of each square matrix, complex and in no order.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.real(ad.linalg.eigvals(x)[0]))([[1.0, 0.0], [0.0, 3.0]])
    Tensor([[1., 0.],
            [0., 0.]])
    """
    return _complex(xp, xp.linalg.eigvals(x))

"""Decompositions of matrices: Cholesky, QR, and the hermitian and general eigenvalue problems.

What the matrix doesn't determine has no derivative: the vectors of equal eigenvalues (an error), and the phase of a
complex eigenvector, for which functions must not care.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array, GradientError
from .solving import REGULAR, STACK, adjoint, both, column, diagonal_of, diagonal_part, row

SYMMETRIC = REGULAR + REGULAR.T
POSITIVE_DEFINITE = np.stack([REGULAR @ REGULAR.T, STACK[1] @ STACK[1].T])


def hermitian(xp: Any, x: Array) -> Array:
    """The hermitian part."""
    return (x + adjoint(xp, x)) / 2.0


def _halved(xp: Any, x: Array) -> Array:
    """The lower triangle, and of the diagonal a half."""
    return (xp.tril(x) + xp.tril(x, k=-1)) / 2.0


def _numpy_hermitian(x: Any) -> Any:
    return (x + x.conj().mT) / 2


def _cholesky_vjp(xp: Any, g: Array, y: Array, _x: Array, *, upper: bool) -> Array:
    """``L^-H Phi(L^H g) L^-1``."""
    lower, g = (adjoint(xp, y), adjoint(xp, g)) if upper else (y, g)
    up = adjoint(xp, lower)
    half = xp.linalg.solve(up, _halved(xp, xp.matmul(up, g)))
    return hermitian(xp, xp.linalg.solve(up, adjoint(xp, half)))


def _cholesky_jvp(xp: Any, tangents: tuple[Array], y: Array, _x: Array, *, upper: bool) -> Array:
    """``L Phi(L^-1 t L^-H)``."""
    lower = adjoint(xp, y) if upper else y
    half = xp.linalg.solve(lower, hermitian(xp, tangents[0]))
    t = xp.matmul(lower, _halved(xp, xp.linalg.solve(lower, adjoint(xp, half))))
    return adjoint(xp, t) if upper else t


@op.primitive(
    vjp=_cholesky_vjp,
    jvp=_cholesky_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[op.sample(POSITIVE_DEFINITE[0]), op.sample(POSITIVE_DEFINITE), op.sample(POSITIVE_DEFINITE, upper=True)],
    reference=lambda x, upper: np.linalg.cholesky(_numpy_hermitian(x), upper=upper),
)
def cholesky(xp: Any, x: Array, /, *, upper: bool = False) -> Array:
    """The triangular factor of each positive definite hermitian matrix: ``x = y y^H``, or ``y^H y`` with `upper`.

    Of `x` the hermitian part is taken, so that its derivative is hermitian and doesn't depend on which triangle a
    library reads.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.cholesky(x)[1, 1])([[4.0, 0.0], [0.0, 9.0]])
    (Tensor(3.), Tensor([[0.        , 0.        ],
            [0.        , 0.16666667]]))
    """
    y = xp.linalg.cholesky(hermitian(xp, x))
    return adjoint(xp, y) if upper else y


class QRResult(op.Outputs, namedtuple("QRResult", "Q R")):
    """Orthonormal columns, and an upper triangle."""

    __slots__ = ()


def _check_qr(x: Any, mode: str) -> None:
    if mode == "complete" and x.shape[-2] > x.shape[-1]:
        raise GradientError(
            f"qr: the last columns of a complete Q are not determined by a tall matrix (shape {x.shape}) and have no "
            "derivative; use mode='reduced'"
        )


def _split(xp: Any, x: Array) -> tuple[Array, Array]:
    """The square or tall part of a matrix, and the columns beside it."""
    k = min(x.shape[-2:])
    return xp.getitem(x, (Ellipsis, slice(0, k))), xp.getitem(x, (Ellipsis, slice(k, None)))


def _over(xp: Any, x: Array, r: Array) -> Array:
    """``x r^-1``."""
    return xp.matrix_transpose(xp.linalg.solve(xp.matrix_transpose(r), xp.matrix_transpose(x)))


def _real_diagonal(xp: Any, x: Array) -> Array:
    """The real parts on the diagonal, zeros off it."""
    return diagonal_part(xp, hermitian(xp, x))


def _qr_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], x: Array, *, mode: str) -> Array:
    """``(gQ + Q E) R^-H``, of the left columns; those beside them are Q times those of R."""
    _check_qr(x, mode)
    q, gq = y[0], g[0]
    r, _ = _split(xp, y[1])
    gr, gr_beside = _split(xp, g[1])
    _, beside = _split(xp, x)
    gq = gq + xp.matmul(beside, adjoint(xp, gr_beside))
    d = xp.matmul(gr, adjoint(xp, r)) - xp.matmul(adjoint(xp, q), gq)
    upper = xp.triu(d, k=1)
    core = upper + adjoint(xp, upper) + _real_diagonal(xp, d)
    left = _over(xp, gq + xp.matmul(q, core), adjoint(xp, r))
    return xp.concat([left, xp.matmul(q, gr_beside)], axis=-1)


def _qr_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], x: Array, *, mode: str) -> tuple[Array, Array]:
    _check_qr(x, mode)
    q = y[0]
    qh = adjoint(xp, q)
    r, _ = _split(xp, y[1])
    t, t_beside = _split(xp, tangents[0])
    _, beside = _split(xp, x)
    ratio = _over(xp, t, r)
    c = xp.matmul(qh, ratio)
    kept = xp.triu(c, k=1) + _real_diagonal(xp, c) + adjoint(xp, xp.tril(c, k=-1))
    tq = ratio - xp.matmul(q, kept)
    tr_beside = xp.matmul(adjoint(xp, tq), beside) + xp.matmul(qh, t_beside)
    return tq, xp.concat([xp.matmul(kept, r), tr_beside], axis=-1)


@op.primitive(
    vjp=_qr_vjp,
    jvp=_qr_jvp,
    holomorphic=False,
    several=True,
    extension="linalg",
    samples=[
        op.sample(REGULAR),
        op.sample(STACK[..., :2]),
        op.sample(STACK[..., :2, :]),
        op.sample(REGULAR[:2], mode="complete"),
    ],
    reference=np.linalg.qr,
)
def qr(xp: Any, x: Array, /, *, mode: str = "reduced") -> Any:
    """Orthonormal columns Q and an upper triangle R with ``x = Q R``, as a named tuple.

    The first columns of a wide matrix have to be independent. The derivative of a complete Q of a tall one is an error.

    Examples
    --------
    >>> import autodiff as ad
    >>> q, r = ad.linalg.qr(ad.Tensor([[2.0], [0.0]]))
    >>> ad.grad(lambda x: ad.abs(ad.linalg.qr(x).R[0, 0]))([[3.0], [4.0]])
    Tensor([[0.6],
            [0.8]])
    """
    return QRResult(*xp.linalg.qr(x, mode=mode))


class EighResult(op.Outputs, namedtuple("EighResult", "eigenvalues eigenvectors")):
    """Real eigenvalues in rising order, and the eigenvectors as columns."""

    __slots__ = ()


def _rounding(dtype: Any) -> float:
    """The distance from 1 to the next number."""
    return float(np.finfo(str(dtype).rpartition(".")[2]).eps)


def gaps(xp: Any, values: Array, sizes: Array) -> Array:
    """``values_j - values_i``, with 0 for rounding errors and 1 on the diagonal; `sizes` are the absolute values."""
    difference = row(xp, values) - column(xp, values)
    eps = _rounding(sizes.dtype)
    largest = xp.max(sizes, axis=-1, keepdims=True)
    open_ = xp.abs(difference) > values.shape[-1] * eps * xp.expand_dims(largest, axis=-1)
    apart = xp.where(open_, difference, xp.zeros_like(difference))
    return apart + diagonal_part(xp, xp.ones_like(apart))


def _off(xp: Any, x: Array) -> Array:
    """Zeros on the diagonal."""
    return xp.tril(x, k=-1) + xp.triu(x, k=1)


def _eigh_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], _x: Array) -> Array:
    values, v = y
    inner = _off(xp, xp.matmul(adjoint(xp, v), g[1]))
    core = xp.gap_quotient(inner, gaps(xp, values, xp.abs(values)))
    return hermitian(xp, both(xp, v, core, adjoint(xp, v)) + xp.matmul(v * row(xp, g[0]), adjoint(xp, v)))


def _eigh_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], _x: Array) -> tuple[Array, Array]:
    values, v = y
    inner = both(xp, adjoint(xp, v), hermitian(xp, tangents[0]), v)
    turned = xp.gap_quotient(_off(xp, inner), gaps(xp, values, xp.abs(values)))
    change = diagonal_of(xp, inner)
    return (xp.real(change) if COMPLEX[v.dtype] else change), xp.matmul(v, turned)


@op.primitive(
    vjp=_eigh_vjp,
    jvp=_eigh_jvp,
    holomorphic=False,
    several=True,
    extension="linalg",
    samples=[op.sample(SYMMETRIC), op.sample(STACK)],
    reference=lambda x: tuple(np.linalg.eigh(_numpy_hermitian(x))),
)
def eigh(xp: Any, x: Array, /) -> Any:
    """Eigenvalues and eigenvectors of each hermitian matrix, as a named tuple; of `x` the hermitian part is taken.

    The eigenvectors of equal eigenvalues are not determined: a derivative by them is a GradientError.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x: ad.linalg.eigh(x).eigenvalues[1])([[1.0, 0.0], [0.0, 3.0]])
    (Tensor(3.), Tensor([[0., 0.],
            [0., 1.]]))
    """
    return EighResult(*xp.linalg.eigh(hermitian(xp, x)))


def _eigvalsh_vjp(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    v = xp.linalg.eigh(hermitian(xp, x))[1]
    return hermitian(xp, xp.matmul(v * row(xp, g), adjoint(xp, v)))


def _eigvalsh_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    v = xp.linalg.eigh(hermitian(xp, x))[1]
    change = diagonal_of(xp, both(xp, adjoint(xp, v), hermitian(xp, tangents[0]), v))
    return xp.real(change) if COMPLEX[x.dtype] else change


@op.primitive(
    vjp=_eigvalsh_vjp,
    jvp=_eigvalsh_jvp,
    holomorphic=False,
    extension="linalg",
    samples=[op.sample(SYMMETRIC), op.sample(STACK + STACK.mT)],
    reference=lambda x: np.linalg.eigvalsh(_numpy_hermitian(x)),
)
def eigvalsh(xp: Any, x: Array, /) -> Array:
    """The eigenvalues of each hermitian matrix, in rising order; of `x` the hermitian part is taken.

    Where eigenvalues are equal, the derivative is right for functions that treat them alike (sums, products).

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.linalg.eigvalsh(x).sum())([[1.0, 0.0], [0.0, 1.0]])
    Tensor([[1., 0.],
            [0., 1.]])
    """
    return xp.linalg.eigvalsh(hermitian(xp, x))

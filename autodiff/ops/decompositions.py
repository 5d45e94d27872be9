"""Decompositions of matrices: Cholesky, QR, and the hermitian eigenvalue problem.

What the matrix doesn't determine has no derivative: the vectors of equal eigenvalues, the last columns of a complete Q,
the phase of a complex eigenvector. In reverse mode a function that depends on it is a GradientError. Forward mode can't
know what becomes of a tangent: those of undetermined vectors are NaN, and the phases stay as they are, ``v^H dv = 0``,
so that the tangent of a function that doesn't depend on them is right.
"""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array
from .solving import (
    REGULAR,
    STACK,
    adjoint,
    both,
    column,
    diagonal_of,
    diagonal_part,
    each,
    identity_like,
    or_identity,
    row,
)

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
    library reads. The diagonal of `y` is positive, also of a complex matrix, and nothing is left open.

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


_COMPLETE = (
    "qr: the last columns of a complete Q aren't determined by a tall matrix and have no derivative; use mode='reduced'"
)
_DEPENDENT = "qr: where a column of the matrix depends on those before it, Q and R have no derivative"


def _split(xp: Any, x: Array, n: int) -> tuple[Array, Array]:
    """The first `n` columns of a matrix, and those beside them."""
    return xp.getitem(x, (Ellipsis, slice(0, n))), xp.getitem(x, (Ellipsis, slice(n, None)))


def _upper(xp: Any, x: Array, n: int) -> Array:
    """The first `n` rows of a matrix."""
    return xp.getitem(x, (Ellipsis, slice(0, n), slice(None)))


def _over(xp: Any, x: Array, r: Array) -> Array:
    """``x r^-1``."""
    return xp.matrix_transpose(xp.linalg.solve(xp.matrix_transpose(r), xp.matrix_transpose(x)))


def _real_diagonal(xp: Any, x: Array) -> Array:
    """The real parts on the diagonal, zeros off it."""
    return diagonal_part(xp, hermitian(xp, x))


def _independent(xp: Any, r: Array) -> Array:
    """Whether the columns of each triangle are, by more than rounding errors."""
    lengths = xp.linalg.vector_norm(r, axis=-2)
    return xp.all(xp.abs(diagonal_of(xp, r)) > ROUNDINGS * rounding(r.dtype) * lengths, axis=-1)


def of_first(xp: Any, g: Array, n: int, message: str) -> Array:
    """The cotangent of the first `n` columns; that of those beside them, which aren't determined, has to be 0."""
    first, beside = _split(xp, g, n)
    if beside.shape[-1] == 0:
        return first
    rest = xp.determined(beside, xp.zeros_like(beside) != 0, message=message)
    return first + 0.0 * xp.sum(rest, axis=-1, keepdims=True)  # the check is a part of what is computed


def filled(xp: Any, t: Array, vectors: Array) -> Array:
    """The tangents of the first columns of `vectors`, and NaN for those beside them."""
    _, beside = _split(xp, vectors, t.shape[-1])
    return xp.concat([t, math.nan * xp.ones_like(beside)], axis=-1) if beside.shape[-1] else t


def _qr_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], x: Array, *, mode: str) -> Array:
    """``(gQ + Q E) R^-H``, of the left columns; those beside them are Q times those of R."""
    n = min(x.shape[-2:])
    q, _ = _split(xp, y[0], n)
    gq = of_first(xp, g[0], n, _COMPLETE)
    r, _ = _split(xp, _upper(xp, y[1], n), n)
    gr, gr_beside = _split(xp, _upper(xp, g[1], n), n)
    _, beside = _split(xp, x, n)
    gq = gq + xp.matmul(beside, adjoint(xp, gr_beside))
    d = xp.matmul(gr, adjoint(xp, r)) - xp.matmul(adjoint(xp, q), gq)
    above = xp.triu(d, k=1)
    core = above + adjoint(xp, above) + _real_diagonal(xp, d)
    known = _independent(xp, r)
    right = xp.determined(gq + xp.matmul(q, core), each(xp, known), message=_DEPENDENT)
    left = _over(xp, right, adjoint(xp, or_identity(xp, known, r)))
    return xp.concat([left, xp.matmul(q, gr_beside)], axis=-1)


def _qr_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], x: Array, *, mode: str) -> tuple[Array, Array]:
    n = min(x.shape[-2:])
    q, _ = _split(xp, y[0], n)
    qh = adjoint(xp, q)
    r, _ = _split(xp, _upper(xp, y[1], n), n)
    t, t_beside = _split(xp, tangents[0], n)
    _, beside = _split(xp, x, n)
    known = _independent(xp, r)
    ratio = xp.where(each(xp, known), _over(xp, t, or_identity(xp, known, r)), math.nan)
    c = xp.matmul(qh, ratio)
    kept = xp.triu(c, k=1) + _real_diagonal(xp, c) + adjoint(xp, xp.tril(c, k=-1))
    tq = ratio - xp.matmul(q, kept)
    tr = xp.concat([xp.matmul(kept, r), xp.matmul(adjoint(xp, tq), beside) + xp.matmul(qh, t_beside)], axis=-1)
    below = xp.zeros_like(xp.getitem(y[1], (Ellipsis, slice(n, None), slice(None))))
    return filled(xp, tq, y[0]), xp.concat([tr, below], axis=-2)


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

    The diagonal of R is real, of either sign, as LAPACK has it; the derivatives of complex Q and R are those under this
    condition. The first columns of the matrix have to be independent. The last columns of a complete Q of a tall matrix
    are not determined by it. A derivative by what isn't is a GradientError, a tangent of it NaN.

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


def rounding(dtype: Any) -> float:
    """The distance from 1 to the next number."""
    single = any(size in str(dtype) for size in ("float32", "complex64"))
    return 2.0**-23 if single else 2.0**-52


ROUNDINGS = 16.0
"""So many rounding errors of a norm may keep equal eigenvalues apart; of 5000 matrices the worst had 8."""

_EQUAL = (
    "eigenvectors of equal eigenvalues (to rounding errors) are not determined by the matrix and have no derivative; "
    "use eigvalsh where the values alone are needed, or a function like inv, det, matrix_norm, that has no use for the "
    "vectors"
)
_PHASE = (
    "a complex eigenvector or pair of singular vectors is determined up to a factor exp(i*phi) only; this function "
    "depends on phi and has no derivative; use absolute values, products with the conjugate, or divide by the phase of "
    "an entry"
)


def gaps(xp: Any, values: Array) -> tuple[Array, Array]:
    """``values_j - values_i``, and which values (of the columns) are alone.

    With 1 on the diagonal and where the values are equal, to rounding errors.
    """
    difference = row(xp, values) - column(xp, values)
    least = ROUNDINGS * rounding(values.dtype) * xp.linalg.vector_norm(values, axis=-1)
    apart = xp.abs(difference) > each(xp, least)
    alone = xp.all(xp.logical_or(apart, identity_like(xp, difference) != 0), axis=-2)
    return xp.where(apart, difference, xp.ones_like(difference)), alone


def phase_checked(xp: Any, core: Array, turn: Array, g: Array, exempt: Array | None = None) -> Array:
    """`core`, after a check that no phase matters: `turn`, the derivatives by them, are 0 up to rounding errors.

    Those are as large as the cotangent `g` says, or as its cancelled terms, of which nothing is known, were.
    """
    eps = rounding(turn.dtype)
    bound = math.sqrt(eps) * xp.linalg.vector_norm(g, axis=(-2, -1)) + 64.0 * turn.shape[-1] * eps
    free = xp.abs(turn) <= xp.expand_dims(bound, axis=-1)
    if exempt is not None:
        free = xp.logical_or(free, exempt)
    # The product makes the check a part of what is computed.
    return core + 0.0 * column(xp, xp.determined(turn, free, message=_PHASE))


def off_diagonal(xp: Any, x: Array) -> Array:
    """Zeros on the diagonal."""
    return xp.tril(x, k=-1) + xp.triu(x, k=1)


def _eigh_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], _x: Array) -> Array:
    values, v = y
    gap, alone = gaps(xp, values)
    gv = xp.determined(g[1], row(xp, alone), message=_EQUAL)
    inner = xp.matmul(adjoint(xp, v), gv)
    core = off_diagonal(xp, inner) / gap
    if COMPLEX[v.dtype]:
        core = phase_checked(xp, core, xp.imag(diagonal_of(xp, inner)), gv)
    return hermitian(xp, both(xp, v, core, adjoint(xp, v)) + xp.matmul(v * row(xp, g[0]), adjoint(xp, v)))


def _eigh_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], _x: Array) -> tuple[Array, Array]:
    values, v = y
    inner = both(xp, adjoint(xp, v), hermitian(xp, tangents[0]), v)
    gap, alone = gaps(xp, values)
    tv = xp.where(row(xp, alone), xp.matmul(v, off_diagonal(xp, inner) / gap), math.nan)
    change = diagonal_of(xp, inner)
    return (xp.real(change) if COMPLEX[v.dtype] else change), tv


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

    Eigenvectors of equal eigenvalues (equal to rounding errors) are not determined by the matrix: a derivative by them
    is a GradientError, their tangents are NaN. The eigenvalues have the derivatives of `eigvalsh`.

    A complex eigenvector is determined up to its phase. Reverse mode raises a GradientError where a function depends on
    it; forward mode gives the tangent ``dv`` with ``v^H dv = 0``.

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

    Where eigenvalues are equal, the derivative is right for functions that treat them alike (sums, products); a single
    one has a kink there, and its derivative is that along one of the eigenvectors that were found.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.linalg.eigvalsh(x).sum())([[1.0, 0.0], [0.0, 1.0]])
    Tensor([[1., 0.],
            [0., 1.]])
    """
    return xp.linalg.eigvalsh(hermitian(xp, x))

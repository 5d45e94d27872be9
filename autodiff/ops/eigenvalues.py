"""The eigenvalues and eigenvectors of general matrices.

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
    POSITIVE_DEFINITE,
    ROUNDINGS,
    SYMMETRIC,
    gaps,
    off_diagonal,
    phase_checked,
    rounding,
)
from .solving import (
    adjoint,
    column,
    diagonal_of,
    diagonal_part,
    each,
    or_identity,
    row,
)


class EigResult(op.Outputs, namedtuple("EigResult", "eigenvalues eigenvectors")):
    """Complex eigenvalues in no order, and the eigenvectors of norm 1 as columns."""

    __slots__ = ()


def _complex(xp: Any, x: Array) -> Array:
    """`x` in the complex dtype of its precision."""
    if COMPLEX[x.dtype]:
        return x
    return xp.astype(x, xp.complex64 if "32" in str(x.dtype) else xp.complex128)


_EQUAL = (
    "eigenvectors of equal eigenvalues (to rounding errors) are not determined by the matrix and have no derivative; "
    "use eigvals where the values alone are needed, or a function like inv, det, matrix_power, that has no use for the "
    "vectors"
)
_DEFECTIVE = "the eigenvectors of this matrix are dependent: its eigenvalues have no finite derivative"


def _basis(xp: Any, v: Array) -> tuple[Array, Array]:
    """The eigenvectors, the identity in place of those that are no basis, and which are one."""
    s = xp.linalg.svdvals(v)
    known = xp.all(s > ROUNDINGS * rounding(s.dtype) * xp.linalg.vector_norm(s, axis=-1, keepdims=True), axis=-1)
    return or_identity(xp, known, v), each(xp, known)


def _eig_vjp(xp: Any, g: tuple[Array, Array], y: tuple[Array, Array], _x: Array) -> Array:
    values, v = y
    gap, alone = gaps(xp, values)
    gv = xp.determined(g[1], row(xp, alone), message=_EQUAL)
    vh = adjoint(xp, v)
    inner = xp.matmul(vh, gv)
    lengths = diagonal_part(xp, inner + xp.conj(inner)) / 2.0
    core = off_diagonal(xp, inner - xp.matmul(xp.matmul(vh, v), lengths)) / xp.conj(gap)
    # The real eigenvectors of a real matrix don't turn.
    exempt = None if COMPLEX[_x.dtype] else xp.imag(values) == 0
    core = phase_checked(xp, core, xp.imag(diagonal_of(xp, inner)), gv, exempt)
    core = core + column(xp, g[0]) * diagonal_part(xp, xp.ones_like(core))
    basis, known = _basis(xp, v)
    right = xp.determined(xp.matmul(core, vh), known, message=_DEFECTIVE)
    return xp.linalg.solve(adjoint(xp, basis), right)


def _eig_jvp(xp: Any, tangents: tuple[Array], y: tuple[Array, Array], _x: Array) -> tuple[Array, Array]:
    values, v = y
    basis, known = _basis(xp, v)
    inner = xp.where(known, xp.linalg.solve(basis, xp.matmul(tangents[0], v)), math.nan)
    gap, alone = gaps(xp, values)
    t = xp.matmul(v, off_diagonal(xp, inner) / gap)
    along = xp.matmul(adjoint(xp, v), t)
    t = t - xp.matmul(v, diagonal_part(xp, along))
    return diagonal_of(xp, inner), xp.where(row(xp, alone), t, math.nan)


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

    Eigenvectors have norm 1. Those of equal eigenvalues (equal to rounding errors) are not determined by the matrix: a
    derivative by them is a GradientError, their tangents are NaN. So are all derivatives where the eigenvectors don't
    span the space.

    A complex eigenvector is determined up to its phase. Reverse mode raises a GradientError where a function depends on
    it; forward mode gives the tangent ``dv`` with ``v^H dv = 0``.

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
    v = _complex(xp, xp.linalg.eig(x)[1])
    basis, known = _basis(xp, v)
    right = xp.determined(column(xp, g) * adjoint(xp, v), known, message=_DEFECTIVE)
    return xp.linalg.solve(adjoint(xp, basis), right)


def _eigvals_jvp(xp: Any, tangents: tuple[Array], _y: Array, x: Array) -> Array:
    v = _complex(xp, xp.linalg.eig(x)[1])
    basis, known = _basis(xp, v)
    return diagonal_of(xp, xp.where(known, xp.linalg.solve(basis, xp.matmul(tangents[0], v)), math.nan))


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

    Where some are equal, the derivative is right for functions that treat them alike (sums, products). Where the
    eigenvectors don't span the space it is infinite: a GradientError, and NaN in forward mode.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.real(ad.linalg.eigvals(x)[0]))([[1.0, 0.0], [0.0, 3.0]])
    Tensor([[1., 0.],
            [0., 0.]])
    """
    return _complex(xp, xp.linalg.eigvals(x))

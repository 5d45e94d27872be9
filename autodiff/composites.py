"""NumPy functions made of operations: what `protocols` falls back on where the REGISTRY has none of that name.

Each has the meaning of the function of its name in NumPy, and its derivative by that of the operations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .op import TENSORS, as_tensor


def swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    """As NumPy's."""
    return as_tensor(a).transpose(_order(a.ndim, lambda x: np.swapaxes(x, axis1, axis2)))


def _order(ndim: int, function: Any) -> tuple[int, ...]:
    """To which order `function` brings the axes: lengths that differ tell."""
    moved: np.ndarray[Any, Any] = function(np.empty(range(2, 2 + ndim)))
    return tuple([n - 2 for n in moved.shape])


def _chosen(a: Any, function: Any) -> Any:
    """Entries of `a` at the places where `function` has put their positions."""
    x = as_tensor(a)
    positions = function(np.arange(x.size).reshape(x.shape))
    if isinstance(positions, (list, tuple)):
        return type(positions)([x.ravel()[p] for p in positions])
    return x.ravel()[positions]


def _moving(function: Any) -> Any:
    """A NumPy function that only chooses and moves entries of its first argument, on Tensors."""

    def moved(a: Any, *arguments: Any, **params: Any) -> Any:
        return _chosen(a, lambda positions: function(positions, *arguments, **params))

    return moved


def _along(axis: int, key: Any) -> Any:
    return (Ellipsis, key, *(slice(None),) * (-1 - axis)) if axis < 0 else (*(slice(None),) * axis, key)


def diag(v: Any, k: int = 0) -> Any:
    """As NumPy's: a matrix with this diagonal, or the diagonal of this matrix."""
    x = as_tensor(v)
    if x.ndim == 2:
        return _chosen(x, lambda p: np.diagonal(p, k))
    n = x.shape[0] + abs(k)
    rows = np.arange(x.shape[0]) + max(0, -k)
    return TENSORS.index_add(x, (rows, rows + k), (n, n))


def _joined(prepare: Any, axis: int) -> Any:
    def join(tup: Sequence[Any]) -> Any:
        parts = [_chosen(t, prepare) for t in tup]
        return TENSORS.concat(parts, axis=0 if axis == 1 and parts[0].ndim == 1 else axis)

    return join


def _column(p: Any) -> Any:
    return p[:, None] if p.ndim == 1 else np.atleast_2d(p)


def _each(function: Any) -> Any:
    def each(*arrays: Any) -> Any:
        shaped = [as_tensor(a).reshape(function(np.empty(as_tensor(a).shape)).shape) for a in arrays]
        return shaped[0] if len(shaped) == 1 else tuple(shaped)

    return each


def ptp(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """As NumPy's: largest minus smallest."""
    return TENSORS.max(a, axis=axis, keepdims=keepdims) - TENSORS.min(a, axis=axis, keepdims=keepdims)


def average(a: Any, axis: Any = None, weights: Any = None) -> Any:
    """As NumPy's: the mean, weighted if weights are given."""
    if weights is None:
        return TENSORS.mean(a, axis=axis)
    x, w = as_tensor(a), as_tensor(weights)
    if w.ndim == 1 and x.ndim > 1:
        w = w.reshape([-1 if k == axis % x.ndim else 1 for k in range(x.ndim)])
    w = TENSORS.broadcast_to(w, x.shape)
    return TENSORS.sum(x * w, axis=axis) / TENSORS.sum(w, axis=axis)


def inner(a: Any, b: Any) -> Any:
    """As NumPy's: sums of products over both last axes."""
    left, right = as_tensor(a), as_tensor(b)
    if not (left.ndim and right.ndim):
        return left * right
    return TENSORS.tensordot(left, right, axes=((left.ndim - 1,), (right.ndim - 1,)))


def vdot(a: Any, b: Any) -> Any:
    """As NumPy's: the scalar product of all entries, the first conjugated."""
    left = as_tensor(a).ravel()
    return TENSORS.sum((TENSORS.conj(left) if left.dtype.kind == "c" else left) * as_tensor(b).ravel())


def append(arr: Any, values: Any, axis: int | None = None) -> Any:
    """As NumPy's."""
    return TENSORS.concat([as_tensor(arr), as_tensor(values)], axis=axis)


def trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    """As NumPy's: the integral by the trapezoidal rule."""
    f = as_tensor(y)
    width: Any = dx
    if x is not None:
        width = TENSORS.diff(x, axis=0 if as_tensor(x).ndim == 1 else axis)
        if width.ndim == 1:
            width = width.reshape([-1 if k == axis % f.ndim else 1 for k in range(f.ndim)])
    terms = 0.5 * width * (f[_along(axis, slice(1, None))] + f[_along(axis, slice(None, -1))])
    return TENSORS.sum(terms, axis=axis)


def polyval(p: Any, x: Any) -> Any:
    """As NumPy's: the polynomial with the coefficients `p`, highest power first."""
    y: Any = 0.0 * as_tensor(x)
    for c in as_tensor(p):
        y = y * x + c
    return y


def nan_to_num(x: Any, nan: float = 0.0, posinf: Any = None, neginf: Any = None) -> Any:
    """As NumPy's; what is replaced has derivative 0."""
    t = as_tensor(x)
    values = t.detach().numpy()
    replaced = np.nan_to_num(values, nan=nan, posinf=posinf, neginf=neginf)
    return TENSORS.where(np.isfinite(values), t, replaced)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """As NumPy's: the norm of all entries, of vectors along an axis, or of matrices in two axes."""
    t = as_tensor(x)
    if ord is None or (axis is None and t.ndim == 1) or isinstance(axis, int) or (axis is not None and len(axis) == 1):
        return TENSORS.linalg.vector_norm(t, axis=axis, keepdims=keepdims, ord=2 if ord is None else ord)
    rows, columns = (0, 1) if axis is None else axis
    if axis is None and t.ndim != 2:
        raise ValueError(f"norm: an axis is needed for the matrix norm {ord!r} of an array of {t.ndim} dimensions")
    last = TENSORS.moveaxis(t, (rows, columns), (-2, -1))
    y = TENSORS.linalg.matrix_norm(last, ord=ord, keepdims=keepdims)
    return TENSORS.moveaxis(y, (-2, -1), (rows, columns)) if keepdims else y


def cov(m: Any, rowvar: bool = True, bias: bool = False, ddof: int | None = None) -> Any:
    """As NumPy's: the covariances of the rows (or columns)."""
    x = as_tensor(m)
    x = x.reshape((1, -1)) if x.ndim == 1 else x if rowvar else x.T
    residual = x - TENSORS.mean(x, axis=1, keepdims=True)
    other = residual.T if x.dtype.kind != "c" else TENSORS.conj(residual.T)
    y = (residual @ other) / float(x.shape[1] - (1 - bias if ddof is None else ddof))
    return y.reshape(()) if y.shape == (1, 1) else y


def _plane(name: str) -> Any:
    """A Fourier transform along two axes."""

    def transform(a: Any, s: Any = None, axes: Any = (-2, -1), norm: str | None = None) -> Any:
        return getattr(TENSORS.fft, name)(a, s=s, axes=axes, norm=norm or "backward")

    return transform


COMPOSITES: dict[Any, Any] = {
    function: globals()[function.__name__]
    for function in (
        *(np.swapaxes, np.diag, np.ptp, np.average, np.inner, np.vdot),
        *(np.append, np.trapezoid, np.polyval, np.nan_to_num, np.cov, np.linalg.norm),
    )
}
COMPOSITES |= {
    function: _moving(function)
    for function in (
        *(np.fliplr, np.flipud, np.rot90, np.rollaxis, np.delete, np.resize),
        *(np.split, np.array_split, np.vsplit, np.hsplit, np.dsplit),
    )
}
COMPOSITES |= {
    np.vstack: _joined(np.atleast_2d, 0),
    np.hstack: _joined(np.atleast_1d, 1),
    np.dstack: _joined(np.atleast_3d, 2),
    np.column_stack: _joined(_column, 1),
    np.atleast_1d: _each(np.atleast_1d),
    np.atleast_2d: _each(np.atleast_2d),
    np.atleast_3d: _each(np.atleast_3d),
    np.amax: TENSORS.max,
    np.amin: TENSORS.min,
    np.deg2rad: lambda x: x * (math.pi / 180.0),
    np.radians: lambda x: x * (math.pi / 180.0),
    np.rad2deg: lambda x: x * (180.0 / math.pi),
    np.degrees: lambda x: x * (180.0 / math.pi),
    np.fabs: TENSORS.abs,
    np.float_power: TENSORS.pow,
    np.compress: lambda condition, a, axis=None: _chosen(a, lambda p: np.compress(condition, p, axis=axis)),
    np.extract: lambda condition, arr: _chosen(arr, lambda p: np.extract(condition, p)),
    np.exp2: lambda x: TENSORS.exp(math.log(2.0) * as_tensor(x)),
    np.fft.fft2: _plane("fftn"),
    np.fft.ifft2: _plane("ifftn"),
    np.fft.rfft2: _plane("rfftn"),
    np.fft.irfft2: _plane("irfftn"),
}
"""NumPy function -> what it does to Tensors."""

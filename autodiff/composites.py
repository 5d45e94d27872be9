"""NumPy functions made of operations: what `protocols` falls back on where the REGISTRY has none of that name.

Each has the meaning of the function of its name in NumPy, and its derivative by that of the operations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .op import TENSORS, as_tensor
from .tensor import Tensor


def moveaxis(a: Any, source: Any, destination: Any) -> Any:
    """As NumPy's, by the order that NumPy finds for the axes' numbers."""
    return as_tensor(a).transpose(_order(a.ndim, lambda x: np.moveaxis(x, source, destination)))


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


def diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    """As NumPy's: neighbours' differences, `n` times."""
    x = as_tensor(a)
    for _ in range(n):
        x = x[_along(axis, slice(1, None))] - x[_along(axis, slice(None, -1))]
    return x


def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """As NumPy's: the sum of a diagonal."""
    return TENSORS.sum(_chosen(a, lambda p: np.diagonal(p, offset, axis1, axis2)), axis=-1)


def _masked(function: Any) -> Any:
    def triangle(m: Any, k: int = 0) -> Any:
        x = as_tensor(m)
        return TENSORS.where(function(np.ones(x.shape, dtype=bool), k), x, TENSORS.zeros_like(x))

    return triangle


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


def broadcast_arrays(*arrays: Any) -> Any:
    """As NumPy's."""
    shape = np.broadcast_shapes(*[as_tensor(a).shape for a in arrays])
    return tuple([TENSORS.broadcast_to(a, shape) for a in arrays])


def meshgrid(*xi: Any, indexing: str = "xy") -> Any:
    """As NumPy's: each vector along an axis of its own, repeated along the others."""
    positions = np.meshgrid(*[np.arange(as_tensor(x).size) for x in xi], indexing=indexing)  # type: ignore[call-overload]
    return tuple([as_tensor(x).ravel()[p] for x, p in zip(xi, positions, strict=True)])


def pad(array: Any, pad_width: Any, mode: str = "constant", constant_values: Any = 0) -> Any:
    """As NumPy's, in the modes that fill in a number or repeat entries."""
    x = as_tensor(array)
    if mode != "constant":
        return _chosen(x, lambda p: np.pad(p, pad_width, mode=mode))  # type: ignore[call-overload]
    widths = np.broadcast_to(pad_width, (x.ndim, 2)).tolist()
    frame = np.pad(np.zeros(x.shape, x.dtype), pad_width, constant_values=constant_values)
    return TENSORS.setitem(
        frame, x, tuple(slice(before, before + n) for (before, _), n in zip(widths, x.shape, strict=True))
    )


def _sorted(x: Tensor, axis: int) -> Any:
    order = np.argsort(x.detach().numpy(), axis=axis, kind="stable")
    return _chosen(x, lambda p: np.take_along_axis(p, order, axis))


def median(a: Any, axis: int | None = None, *, keepdims: bool = False) -> Any:
    """As NumPy's: the middle one of the sorted entries, or the mean of the middle two."""
    x = as_tensor(a)
    ordered, k = (_sorted(x.ravel(), 0), 0) if axis is None else (_sorted(x, axis), axis % x.ndim)
    n = ordered.shape[k]
    middle = TENSORS.mean(ordered[_along(k, slice((n - 1) // 2, n // 2 + 1))], axis=k)
    if not keepdims:
        return middle
    return middle.reshape((1,) * x.ndim) if axis is None else TENSORS.expand_dims(middle, axis=k)


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


def kron(a: Any, b: Any) -> Any:
    """As NumPy's: every product of two entries, in blocks."""
    left, right = as_tensor(a), as_tensor(b)
    ndim = max(left.ndim, right.ndim)
    left = left.reshape((1,) * (ndim - left.ndim) + left.shape)
    right = right.reshape((1,) * (ndim - right.ndim) + right.shape)
    spread = left.reshape([n for k in left.shape for n in (k, 1)])
    blocks = spread * right.reshape([n for k in right.shape for n in (1, k)])
    return blocks.reshape([m * n for m, n in zip(left.shape, right.shape, strict=True)])


def append(arr: Any, values: Any, axis: int | None = None) -> Any:
    """As NumPy's."""
    return TENSORS.concat([as_tensor(arr), as_tensor(values)], axis=axis)


def trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    """As NumPy's: the integral by the trapezoidal rule."""
    f = as_tensor(y)
    width: Any = dx
    if x is not None:
        width = diff(x, axis=0 if as_tensor(x).ndim == 1 else axis)
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
        *(np.moveaxis, np.swapaxes, np.diff, np.trace, np.diag, np.broadcast_arrays, np.meshgrid, np.pad, np.median),
        *(np.ptp, np.average, np.inner, np.vdot, np.kron, np.append, np.trapezoid, np.polyval, np.nan_to_num, np.cov),
    )
}
COMPOSITES |= {
    function: _moving(function)
    for function in (
        *(np.roll, np.repeat, np.tile, np.fliplr, np.flipud, np.rot90, np.diagonal, np.rollaxis, np.delete),
        *(np.split, np.array_split, np.vsplit, np.hsplit, np.dsplit, np.take_along_axis, np.resize, np.unstack),
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
    np.tril: _masked(np.tril),
    np.triu: _masked(np.triu),
    np.amax: TENSORS.max,
    np.amin: TENSORS.min,
    np.deg2rad: lambda x: x * (math.pi / 180.0),
    np.radians: lambda x: x * (math.pi / 180.0),
    np.rad2deg: lambda x: x * (180.0 / math.pi),
    np.degrees: lambda x: x * (180.0 / math.pi),
    np.reciprocal: lambda x: 1.0 / as_tensor(x),
    np.fabs: TENSORS.abs,
    np.float_power: TENSORS.pow,
    np.compress: lambda condition, a, axis=None: _chosen(a, lambda p: np.compress(condition, p, axis=axis)),
    np.extract: lambda condition, arr: _chosen(arr, lambda p: np.extract(condition, p)),
    np.sinh: lambda x: 0.5 * (TENSORS.expm1(x) - TENSORS.expm1(-as_tensor(x))),
    np.cosh: lambda x: 0.5 * (TENSORS.exp(x) + TENSORS.exp(-as_tensor(x))),
    np.exp2: lambda x: TENSORS.exp(math.log(2.0) * as_tensor(x)),
    np.tan: lambda x: TENSORS.sin(x) / TENSORS.cos(x),
    np.fft.fft2: _plane("fftn"),
    np.fft.ifft2: _plane("ifftn"),
    np.fft.rfft2: _plane("rfftn"),
    np.fft.irfft2: _plane("irfftn"),
}
"""NumPy function -> what it does to Tensors."""

"""Functions of NumPy beyond the standard, as composites of its operations: padding, Kronecker products, quantiles."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from .reduction import Axis, axes_of

Width = int | tuple[Any, ...]


def _positions(n: int, before: int, after: int, mode: str) -> np.ndarray[Any, Any]:
    """For each entry of a padded axis the position of the entry that stands there."""
    return np.pad(np.arange(n), (before, after), mode=mode)  # type: ignore[call-overload, no-any-return]


def _inner(shape: tuple[int, ...], widths: Any) -> tuple[slice, ...]:
    """Where the array stands in the padded one."""
    return tuple([slice(before, before + n) for n, (before, _) in zip(shape, widths, strict=True)])


@op.composite(
    samples=[
        op.sample((3,), pad_width=1),
        op.sample((2, 3), pad_width=(1, 2)),
        op.sample((2, 3), pad_width=((0, 1), (2, 0)), constant_values=2.5),
        op.sample((2, 3), pad_width=((1, 1), (2, 2)), mode="reflect"),
        op.sample((2, 3), pad_width=2, mode="edge"),
        op.sample((2, 3), pad_width=2, mode="wrap"),
        op.sample((2, 3), pad_width=((1, 0), (0, 2)), mode="symmetric"),
    ],
    reference=lambda x, pad_width, mode, constant_values: np.pad(
        x, pad_width, mode, **({"constant_values": constant_values} if mode == "constant" else {})
    ),
)
def pad(xp: Any, x: Array, /, pad_width: Width, mode: str = "constant", *, constant_values: float = 0.0) -> Array:
    """An array with entries put around it.

    Parameters
    ----------
    x : array
        What stands in the middle.
    pad_width : int, (before, after), or one such pair per axis
        How many entries are put before and after.
    mode : {"constant", "edge", "reflect", "symmetric", "wrap"}
        What they are, as in NumPy.
    constant_values : float
        The number of mode "constant".

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.pad(x, (2, 1), "edge")
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([1., 1., 1., 2., 2.]), Tensor([3., 2.]))
    """
    widths = [(int(before), int(after)) for before, after in np.broadcast_to(pad_width, (x.ndim, 2))]
    if mode == "constant":
        shape = tuple([n + before + after for n, (before, after) in zip(x.shape, widths, strict=True)])
        around = xp.broadcast_to(xp.full_like(xp.sum(x), constant_values), shape)
        return xp.setitem(around, x, _inner(x.shape, widths))
    for axis, (before, after) in enumerate(widths):
        places = _positions(x.shape[axis], before, after, mode)
        x = xp.getitem(x, (slice(None),) * axis + (places,))
    return x


@op.composite(samples=[op.sample((2,), (3,)), op.sample((2, 3), (3, 2)), op.sample((3,), (2, 2)), op.sample((), (2,))])
def kron(xp: Any, a: Array, b: Array, /) -> Array:
    """The Kronecker product: `b` times each entry of `a`, put where that entry stands.

    Examples
    --------
    >>> import autodiff as ad
    >>> a = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.kron(a, [1.0, 10.0])
    >>> y.sum().backward()
    >>> y.detach(), a.grad
    (Tensor([ 1., 10.,  2., 20.]), Tensor([11., 11.]))
    """
    ndim = a.ndim if a.ndim > b.ndim else b.ndim
    left = (1,) * (ndim - a.ndim) + a.shape
    right = (1,) * (ndim - b.ndim) + b.shape
    spread = xp.reshape(a, tuple([length for n in left for length in (n, 1)]))
    blocks = spread * xp.reshape(b, tuple([length for n in right for length in (1, n)]))
    return xp.reshape(blocks, tuple([n * m for n, m in zip(left, right, strict=True)]))


@op.composite(
    samples=[
        op.sample((5,), q=0.3),
        op.sample((3, 4), q=0.5),
        op.sample((3, 4), q=0.25, axis=0),
        op.sample((2, 3, 4), q=1.0, axis=(0, 2), keepdims=True),
        op.sample((3, 4), q=(0.1, 0.9), axis=1),
    ],
)
def quantile(xp: Any, x: Array, /, q: Any, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """The value below which the part `q` of the entries lies, interpolated linearly between neighbours.

    Its gradient goes to the two neighbours by their weights; of equal entries to those that a stable sort puts there.
    NaN among the entries make it NaN, as in NumPy.

    Parameters
    ----------
    x : array
        The entries.
    q : float, or nested sequence of floats
        Parts between 0 and 1; the axes of several come first in the result.
    axis : int or tuple of int, optional
        Over which axes, by default over all.
    keepdims : bool
        Keep these axes, with length 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 4.0], requires_grad=True)
    >>> y = ad.quantile(x, 0.75)
    >>> y.backward()
    >>> y.detach(), x.grad
    (Tensor(3.), Tensor([0. , 0.5, 0.5]))
    """
    parts = np.asarray(q, dtype=np.float64)
    if not np.all((parts >= 0) & (parts <= 1)):
        raise ValueError(f"quantile: parts between 0 and 1 expected, got {q}")
    axes = axes_of(x.ndim, axis)
    kept = tuple([k for k in range(x.ndim) if k not in axes])
    rows = xp.permute_dims(x, (*axes, *kept))
    rest = tuple([x.shape[k] for k in kept])
    count = 1
    for k in axes:
        count *= x.shape[k]
    if count == 0:
        raise ValueError(f"quantile: no entries over axis {axis} of shape {x.shape}")
    rows = xp.sort(xp.reshape(rows, (count, *rest)), axis=0)
    shape = tuple([1 if k in axes else n for k, n in enumerate(x.shape)]) if keepdims else rest
    if parts.ndim == 0:
        return xp.reshape(_between(xp, rows, float(parts)), shape)
    stacked = xp.stack([_between(xp, rows, float(part)) for part in np.ravel(parts)])
    return xp.reshape(stacked, parts.shape + shape)


def _between(xp: Any, rows: Array, part: float) -> Array:
    """Of sorted `rows` the one at `part`, between two neighbours; NaN where there is one, which then is the last."""
    place = part * (rows.shape[0] - 1)
    below = int(place)
    weight = place - below
    last = rows[-1, ...]
    if weight == 0:
        y = rows[below, ...]
    else:
        low, high = rows[below, ...], rows[below + 1, ...]
        # Equal infinities have no difference; NumPy's own result is NaN.
        y = (1.0 - weight) * low + weight * high
    return xp.where(last != last, last, y)


@op.composite(
    samples=[op.sample((5,)), op.sample((3, 4)), op.sample((3, 4), axis=0), op.sample((3, 4), axis=1, keepdims=True)]
)
def median(xp: Any, x: Array, /, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """The middle one of the sorted entries, or the mean of the two in the middle.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.median)([3.0, 1.0, 2.0, 8.0])
    Tensor([0.5, 0. , 0.5, 0. ])
    """
    return xp.quantile(x, 0.5, axis=axis, keepdims=keepdims)

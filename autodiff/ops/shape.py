"""Operations that move entries about without changing them."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from ..tensor import Tensor
from .reduction import Axis

Shape = tuple[int, ...]


def _as_shape(shape: Any) -> Shape:
    return (int(shape),) if isinstance(shape, (int, np.integer)) else tuple(shape)


@op.linear(
    lambda xp, g, _y, _x, **_: xp.reshape(g, _x.shape),
    aliases=True,
    samples=[
        op.sample((2, 3), shape=(3, 2)),
        op.sample((2, 3), shape=(-1,)),
        op.sample((), shape=(1, 1)),
        op.sample((1,), shape=()),
    ],
    reference=lambda x, shape, copy=None: x.reshape(shape),
)
def reshape(xp: Any, x: Array, /, shape: Any, *, copy: bool | None = None) -> Array:
    """The same entries, in the same (row-major) order, in another shape; one length may be -1.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    >>> (ad.reshape(x, (2, 2)) * [[1.0, 2.0], [3.0, 4.0]]).sum().backward()
    >>> x.grad
    Tensor([1., 2., 3., 4.])
    """
    return xp.reshape(x, _as_shape(shape), copy=copy)


def _inverse(xp: Any, g: Array, _y: Array, _x: Array, *, axes: tuple[int, ...]) -> Array:
    axes = tuple([k % _x.ndim for k in axes])
    return xp.permute_dims(g, tuple([axes.index(k) for k in range(_x.ndim)]))


@op.linear(
    _inverse,
    aliases=True,
    samples=[op.sample((2, 3, 4), axes=(2, 0, 1)), op.sample((2, 3), axes=(-1, 0)), op.sample((), axes=())],
)
def permute_dims(xp: Any, x: Array, /, axes: tuple[int, ...]) -> Array:
    """The axes in another order.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.permute_dims(ad.ones((2, 3, 4)), (2, 0, 1)).shape
    (4, 2, 3)
    """
    return xp.permute_dims(x, tuple(axes))


@op.linear(
    lambda xp, g, _y, _x: xp.matrix_transpose(g),
    aliases=True,
    samples=[op.sample((2, 3)), op.sample((4, 2, 3)), op.sample((0, 3))],
)
def matrix_transpose(xp: Any, x: Array, /) -> Array:
    """The last two axes swapped: each matrix of a stack transposed.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.matrix_transpose(ad.Tensor([[1.0, 2.0], [3.0, 4.0]]))
    Tensor([[1., 3.],
            [2., 4.]])
    """
    return xp.matrix_transpose(x)


@op.linear(
    lambda xp, g, _y, _x, **_: g,  # the engine sums over the axes that were broadcast
    aliases=True,
    samples=[op.sample((3,), shape=(2, 3)), op.sample((2, 1), shape=(4, 2, 3)), op.sample((), shape=(2, 2))],
)
def broadcast_to(xp: Any, x: Array, /, shape: Shape) -> Array:
    """`x` repeated along new axes and axes of length 1, up to `shape`.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> ad.broadcast_to(x, (3, 2)).sum().backward()
    >>> x.grad
    Tensor([3., 3.])
    """
    return xp.broadcast_to(x, _as_shape(shape))


@op.linear(
    lambda xp, g, _y, _x, **_: xp.reshape(g, _x.shape),
    aliases=True,
    samples=[
        op.sample((2, 3), axis=0),
        op.sample((2, 3), axis=1),
        op.sample((2, 3), axis=-1),
        op.sample((2, 3), axis=(0, -1)),
        op.sample(()),
    ],
)
def expand_dims(xp: Any, x: Array, /, axis: int | tuple[int, ...] = 0) -> Array:
    """New axes of length 1 at the positions `axis` of the result.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.expand_dims(ad.ones((3,)), axis=1).shape
    (3, 1)
    """
    return xp.expand_dims(x, axis=axis)


@op.linear(
    lambda xp, g, _y, _x, **_: xp.reshape(g, _x.shape),
    aliases=True,
    method=True,
    samples=[op.sample((1, 3), axis=0), op.sample((2, 1, 3, 1), axis=(1, 3)), op.sample((2, 1), axis=-1)],
)
def squeeze(xp: Any, x: Array, /, axis: Axis = None) -> Array:
    """The given axes, of length 1, taken out; by default all such.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.squeeze(ad.ones((1, 3, 1)), axis=0).shape
    (3, 1)
    """
    if axis is None:
        axis = tuple([k for k, n in enumerate(x.shape) if n == 1])
    return xp.squeeze(x, axis=axis)


def _slice_of(xp: Any, g: Array, _y: Array, *_arrays: Array, position: int, axis: int | None) -> Array:
    """The part of `g` that came from the array at `position`."""
    shape = _arrays[position].shape
    if axis is None:
        shapes = [a.shape for a in _arrays]
        starts = np.cumsum([0] + [int(np.prod(s)) for s in shapes])
        return xp.reshape(g[int(starts[position]) : int(starts[position + 1])], shape)
    axis %= len(shape)
    start = 0
    for a in _arrays[:position]:
        start += a.shape[axis]
    return g[(slice(None),) * axis + (slice(start, start + shape[axis]), ...)]


@op.linear(
    _slice_of,
    joint=True,
    samples=[
        op.sample((2, 3), (1, 3)),
        op.sample((2, 3), (2, 1), (2, 2), axis=1),
        op.sample((2, 3), (2, 2), axis=-1),
        op.sample((2, 3), (4,), axis=None),
        op.sample((3,)),
    ],
)
def concat(xp: Any, *arrays: Array, axis: int | None = 0) -> Array:
    """A list of arrays joined along an axis; with ``axis=None`` each is flattened first.

    Examples
    --------
    >>> import autodiff as ad
    >>> a = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.concat([a, [3.0]])
    >>> (y * y).sum().backward()
    >>> y.detach(), a.grad
    (Tensor([1., 2., 3.]), Tensor([2., 4.]))
    """
    return xp.concat(arrays, axis=axis)


@op.composite(
    samples=[op.sample((3,), (3,)), op.sample((2, 3), (2, 3), axis=1), op.sample((2, 3), (2, 3), axis=-1)],
)
def stack(xp: Any, *arrays: Array, axis: int = 0) -> Array:
    """A list of arrays of one shape, joined along a new axis.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.stack([ad.Tensor([1.0, 2.0]), ad.Tensor([3.0, 4.0])], axis=1)
    Tensor([[1., 3.],
            [2., 4.]])
    """
    if len({a.shape for a in arrays}) > 1:
        raise ValueError(f"stack: arrays of one shape expected, got {', '.join(str(a.shape) for a in arrays)}")
    return xp.concat([xp.expand_dims(a, axis=axis) for a in arrays], axis=axis)


@op.linear(
    lambda xp, g, _y, _x, *, axis: xp.flip(g, axis=axis),
    aliases=True,
    samples=[
        op.sample((2, 3)),
        op.sample((2, 3), axis=0),
        op.sample((2, 3, 2), axis=(0, -1)),
        op.sample((4,), axis=-1),
    ],
)
def flip(xp: Any, x: Array, /, axis: Axis = None) -> Array:
    """The entries in reverse order along the given axes, by default along all.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.flip(ad.Tensor([1.0, 2.0, 3.0]))
    Tensor([3., 2., 1.])
    """
    return xp.flip(x, axis=axis)


@op.linear(
    lambda xp, g, _y, _x, *_, **__: g,  # the engine casts back
    aliases=True,
    method=True,
    samples=[op.sample((2, 3), dtype=np.float64), op.sample((2, 3), dtype=np.float64, copy=False)],
    reference=lambda x, dtype, copy, device: x.astype(dtype, copy=copy),
)
def astype(xp: Any, x: Array, /, dtype: Any, *, copy: bool = True, device: Any = None) -> Array:
    """The entries converted to another dtype; where that isn't floating the gradient ends.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.5, 2.5], requires_grad=True)
    >>> y = ad.astype(x, "float32")
    >>> y.sum().backward()
    >>> y.dtype, x.grad
    (dtype('float32'), Tensor([1., 1.]))
    """
    return xp.astype(x, dtype, copy=copy, device=device)


def _reshape_method(self: Tensor, *shape: Any) -> Tensor:
    """As NumPy's: ``x.reshape(2, 3)`` or ``x.reshape((2, 3))``."""
    return reshape(self, shape[0] if len(shape) == 1 else shape)


def _transpose_method(self: Tensor, *axes: Any) -> Tensor:
    """As NumPy's: all axes reversed, or in the given order."""
    if not axes or axes == (None,):
        return permute_dims(self, tuple(range(self.ndim))[::-1])
    return permute_dims(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes)


def _flat_method(self: Tensor) -> Tensor:
    return reshape(self, (-1,))


def _copy_method(self: Tensor) -> Tensor:
    return astype(self, self.dtype, copy=True)


def _to_device(self: Tensor, device: Any, /, *, stream: Any = None) -> Tensor:
    """The same tensor on another device, with its gradient; NumPy has the device "cpu" alone, and no streams."""
    if stream is not None:
        raise ValueError(f"to_device: a stream ({stream!r}) is for devices that have them")
    return astype(self, self.dtype, copy=False, device=device)


Tensor.to_device = _to_device  # type: ignore[method-assign]
Tensor.reshape = _reshape_method  # type: ignore[method-assign]
Tensor.transpose = _transpose_method  # type: ignore[method-assign]
Tensor.flatten = Tensor.ravel = _flat_method  # type: ignore[method-assign]
Tensor.copy = _copy_method  # type: ignore[method-assign]
Tensor.T = property(_transpose_method)  # type: ignore[assignment]
Tensor.mT = property(matrix_transpose)  # type: ignore[assignment]

"""Operations that repeat, roll and rearrange entries, and those that give several arrays at once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array, is_array
from ..op import TENSORS, as_tensor, as_tensors
from ..tensor import Tensor
from .reduction import Axis


def _tuple(axis: int | tuple[int, ...]) -> tuple[int, ...]:
    return (int(axis),) if isinstance(axis, (int, np.integer)) else tuple(axis)


def _normalized(axes: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    """Axes counted from the front, each there and named once."""
    if any(not -ndim <= k < ndim for k in axes) or len({k % ndim for k in axes}) < len(axes):
        raise ValueError(f"axes {axes} of an array of {ndim} dimensions: expected each to exist, and to be named once")
    return tuple([k % ndim for k in axes])


@op.composite(
    samples=[
        op.sample((2, 3, 4), source=0, destination=-1),
        op.sample((2, 3, 4), source=(0, 1), destination=(-1, 0)),
    ]
)
def moveaxis(xp: Any, x: Array, /, source: int | tuple[int, ...], destination: int | tuple[int, ...]) -> Array:
    """The axes `source` moved to the positions `destination`; the others stay in their order.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.moveaxis(ad.ones((2, 3, 4)), 0, -1).shape
    (3, 4, 2)
    >>> ad.grad(lambda x: ad.moveaxis(x, 0, 1)[0, 1])([[1.0, 2.0], [3.0, 4.0]])
    Tensor([[0., 0.],
            [1., 0.]])
    """
    origins = _normalized(_tuple(source), x.ndim)
    targets = _normalized(_tuple(destination), x.ndim)
    if len(origins) != len(targets):
        raise ValueError(f"moveaxis: as many destinations as sources expected, got {source} and {destination}")
    placed = dict(zip(targets, origins, strict=True))
    others = iter([k for k in range(x.ndim) if k not in origins])
    return xp.permute_dims(x, tuple([placed[k] if k in placed else next(others) for k in range(x.ndim)]))


def _rolled_back(xp: Any, g: Array, _y: Array, _x: Array, *, shift: int | tuple[int, ...], axis: Axis) -> Array:
    back = -shift if isinstance(shift, int) else tuple([-k for k in shift])
    return xp.roll(g, back, axis=axis)


@op.linear(
    _rolled_back,
    samples=[
        op.sample((4,), shift=1),
        op.sample((2, 3), shift=-2),
        op.sample((2, 3), shift=2, axis=1),
        op.sample((2, 3), shift=(1, -1), axis=(0, 1)),
        op.sample((), shift=1),
    ],
)
def roll(xp: Any, x: Array, /, shift: int | tuple[int, ...], *, axis: Axis = None) -> Array:
    """The entries shifted along the given axes, those beyond the end to the front; without an axis, of all in a row.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> y = ad.roll(x, 1)
    >>> y[0].backward()
    >>> y.detach(), x.grad
    (Tensor([3., 1., 2.]), Tensor([0., 0., 1.]))
    """
    return xp.roll(x, shift, axis=axis)


def _repeated(n: int, repeats: Any) -> np.ndarray[Any, Any]:
    """The positions 0 to n - 1, each as often as `repeats` says."""
    counts = as_tensor(repeats).numpy() if isinstance(repeats, Tensor) or is_array(repeats) else repeats
    return np.repeat(np.arange(n), counts)


@op.composite(
    samples=[
        op.sample((3,), repeats=2),
        op.sample((2, 3), repeats=2),
        op.sample((2, 3), repeats=2, axis=0),
        op.sample((2, 3), repeats=(1, 0, 2), axis=-1),
        op.sample((2, 3), repeats=np.array([2, 1]), axis=0),
    ]
)
def repeat(xp: Any, x: Array, /, repeats: Any, *, axis: int | None = None) -> Array:
    """Each entry repeated in its place, as often as `repeats` (a number, or one per position) says.

    Without an axis the entries of all axes are put in a row first.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.repeat(x, (1, 2))
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([1., 2., 2.]), Tensor([1., 2.]))
    """
    if axis is None:
        x, axis = xp.reshape(x, (-1,)), 0
    (k,) = _normalized((axis,), x.ndim)
    return xp.getitem(x, (slice(None),) * k + (_repeated(x.shape[k], repeats),))


@op.composite(
    samples=[
        op.sample((3,), repetitions=(2,)),
        op.sample((2, 3), repetitions=(2,)),
        op.sample((3,), repetitions=(2, 1, 2)),
        op.sample((), repetitions=(2, 3)),
        op.sample((2, 3), repetitions=(2, 0)),
    ],
    reference=lambda x, repetitions: np.tile(x, repetitions),
)
def tile(xp: Any, x: Array, /, repetitions: int | tuple[int, ...]) -> Array:
    """The whole array put side by side with itself, as often along each axis as `repetitions` says.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> y = ad.tile(x, (2,))
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([1., 2., 1., 2.]), Tensor([2., 2.]))
    """
    times = _tuple(repetitions)
    times = (1,) * (x.ndim - len(times)) + times
    shape = (1,) * (len(times) - x.ndim) + x.shape
    apart = [n for length in shape for n in (1, length)]
    spread = [n for pair in zip(times, shape, strict=True) for n in pair]
    blocks = xp.broadcast_to(xp.reshape(x, tuple(apart)), tuple(spread))
    return xp.reshape(blocks, tuple([r * n for r, n in zip(times, shape, strict=True)]))


@op.linear(
    lambda xp, g, _y, _x, *, k: xp.tril(g, k=k),
    samples=[op.sample((3, 3)), op.sample((2, 3, 4), k=1), op.sample((3, 2), k=-1)],
)
def tril(xp: Any, x: Array, /, *, k: int = 0) -> Array:
    """The lower triangle of each matrix, up to the `k`-th diagonal above the main one; zeros elsewhere.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> y = ad.tril(x)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([[1., 0.],
            [3., 4.]]), Tensor([[1., 0.],
            [1., 1.]]))
    """
    return xp.tril(x, k=k)


@op.linear(
    lambda xp, g, _y, _x, *, k: xp.triu(g, k=k),
    samples=[op.sample((3, 3)), op.sample((2, 3, 4), k=1), op.sample((3, 2), k=-1)],
)
def triu(xp: Any, x: Array, /, *, k: int = 0) -> Array:
    """The upper triangle of each matrix, from the `k`-th diagonal above the main one; zeros elsewhere.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> y = ad.triu(x)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([[1., 2.],
            [0., 4.]]), Tensor([[1., 1.],
            [0., 1.]]))
    """
    return xp.triu(x, k=k)


# Several arrays at once: functions of the operations above -----------------------------------------------------------


def unstack(x: Any, /, *, axis: int = 0) -> tuple[Tensor, ...]:
    """The parts of an array along one axis, which they no longer have: the inverse of `stack`.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> a, b = ad.unstack(x)
    >>> (a * b).sum().backward()
    >>> b.detach(), x.grad
    (Tensor([3., 4.]), Tensor([[3., 4.],
            [1., 2.]]))
    """
    x = as_tensor(x)
    (k,) = _normalized((axis,), x.ndim)
    return tuple([x[(slice(None),) * k + (place, ...)] for place in range(x.shape[k])])


def broadcast_shapes(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that arrays of these shapes have in common after broadcasting.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.broadcast_shapes((2, 1), (3,))
    (2, 3)
    """
    return np.broadcast_shapes(*shapes)


def broadcast_arrays(*arrays: Any) -> tuple[Tensor, ...]:
    """Each array broadcast to the shape they have in common.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor(2.0, requires_grad=True)
    >>> a, b = ad.broadcast_arrays(x, [1.0, 10.0])
    >>> (a * b).sum().backward()
    >>> a.detach(), x.grad
    (Tensor([2., 2.]), Tensor(11.))
    """
    tensors = as_tensors(arrays)
    shape = broadcast_shapes(*[t.shape for t in tensors])
    return tuple([TENSORS.broadcast_to(t, shape) for t in tensors])


def meshgrid(*arrays: Any, indexing: str = "xy") -> tuple[Tensor, ...]:
    """The coordinates of a grid, from the coordinates along each axis (vectors, or numbers).

    Parameters
    ----------
    *arrays : array
        The coordinates along each axis.
    indexing : {"xy", "ij"}
        "ij": the first array varies along the first axis; "xy": along the second, as columns of an image do.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> a, b = ad.meshgrid(x, [1.0, 10.0, 100.0])
    >>> (a * b).sum().backward()
    >>> a.shape, x.grad
    ((3, 2), Tensor([111., 111.]))
    """
    if indexing not in ("xy", "ij"):
        raise ValueError(f"meshgrid: indexing 'xy' or 'ij' expected, got {indexing!r}")
    tensors = as_tensors(arrays)
    if any(t.ndim > 1 for t in tensors):
        raise ValueError(f"meshgrid: vectors expected, got shapes {', '.join(str(t.shape) for t in tensors)}")
    order = list(range(len(tensors)))
    if indexing == "xy" and len(tensors) > 1:
        order[:2] = 1, 0
    shape = [1] * len(tensors)
    for t, k in zip(tensors, order, strict=True):
        shape[k] = math.prod(t.shape)
    return tuple(
        [
            TENSORS.broadcast_to(
                TENSORS.reshape(t, tuple([-1 if k == place else 1 for k in range(len(shape))])), tuple(shape)
            )
            for t, place in zip(tensors, order, strict=True)
        ]
    )


for _function in (unstack, broadcast_arrays, broadcast_shapes, meshgrid):
    setattr(TENSORS, _function.__name__, _function)

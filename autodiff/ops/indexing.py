"""Reading and writing parts of an array: basic indices, integer arrays and masks.

Arrays inside an index are lifted out of it and become arguments (`index`) of the operation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from ..tensor import Tensor

_ROWS = np.array([0, 2, 2])
_COLUMNS = np.array([1, 0, 3])
_MASK = np.array([[True, False, True, False], [False, False, True, True], [True, True, False, False]])


def _added(xp: Any, g: Array, _y: Array, _x: Array, *index: Array, key: Any) -> Array:
    return xp.index_add(g, op.restore(key, index), _x.shape)


@op.linear(
    _added,
    aliases=True,
    selects=True,
    samples=[
        op.sample((4,), key=2),
        op.sample((3, 4), key=(slice(1, None), slice(None, None, -2))),
        op.sample((3, 4), key=(Ellipsis, None, 1)),
        op.sample((3, 4), key=_ROWS),
        op.sample((3, 4), key=(_ROWS, _COLUMNS)),
        op.sample((3, 4), key=_MASK),
    ],
    reference=lambda x, key: x[key],
)
def getitem(xp: Any, x: Array, /, *index: Array, key: Any) -> Array:
    """``x[key]``, for integers, slices, None, Ellipsis, integer arrays and masks. The operator is the same.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> x[[0, 0, 2]].sum().backward()
    >>> x.grad
    Tensor([2., 0., 1.])
    """
    return xp.getitem(x, op.restore(key, index))


def _picked(xp: Any, g: Array, _y: Array, _values: Array, *index: Array, key: Any, shape: Any) -> Array:
    return xp.getitem(g, op.restore(key, index))


def _scattered(values: Any, key: Any, shape: Any) -> Any:
    total = np.zeros(shape, values.dtype)
    np.add.at(total, key, values)
    return total


@op.linear(
    _picked,
    samples=[
        op.sample((3,), key=_ROWS, shape=(4,)),
        op.sample((3, 4), key=_ROWS, shape=(3, 4)),
        op.sample((2, 2), key=(slice(1, None), slice(None, None, -2)), shape=(3, 4)),
    ],
    reference=_scattered,
)
def index_add(xp: Any, values: Array, /, *index: Array, key: Any, shape: tuple[int, ...]) -> Array:
    """Zeros of `shape`, to which `values` are added at `key`: the transpose of `getitem`.

    An entry that `key` names twice receives both values.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.index_add(ad.Tensor([1.0, 10.0]), [0, 0], (3,))
    Tensor([11.,  0.,  0.])
    """
    return xp.index_add(values, op.restore(key, index), shape)


def _kept(xp: Any, g: Array, _y: Array, _x: Array, _values: Array, *index: Array, key: Any) -> Array:
    return xp.setitem(g, 0.0, op.restore(key, index))


def _written(xp: Any, g: Array, _y: Array, _x: Array, _values: Array, *index: Array, key: Any) -> Array:
    return xp.getitem(g, op.restore(key, index))


def _replaced(x: Any, values: Any, key: Any) -> Any:
    y = x.copy()
    y[key] = values
    return y


@op.linear(
    _kept,
    _written,
    joint=True,
    selects=True,
    samples=[
        op.sample((4,), (), key=2),
        op.sample((3, 4), (4,), key=(slice(1, None),)),
        op.sample((3, 4), (2, 4), key=np.array([2, 0])),
        op.sample((3, 4), (), key=_MASK),
    ],
    reference=_replaced,
)
def setitem(xp: Any, x: Array, values: Array, /, *index: Array, key: Any) -> Array:
    """A copy of `x` in which ``x[key]`` is `values`; what ``x[key] = values`` makes the name `x` stand for.

    Where an integer array names an entry twice, the last value stands, as in NumPy, but the derivative is defined only
    for indices without repetition.

    Examples
    --------
    >>> import autodiff as ad
    >>> v = ad.Tensor(5.0, requires_grad=True)
    >>> x = ad.zeros(3)
    >>> x[1] = v * v
    >>> x.sum().backward()
    >>> x.detach(), v.grad
    (Tensor([ 0., 25.,  0.]), Tensor(10.))
    """
    return xp.setitem(x, values, op.restore(key, index))


def _take_transposed(xp: Any, g: Array, _y: Array, _x: Array, indices: Array, *, axis: int | None) -> Array:
    k = 0 if axis is None else axis % _x.ndim
    return xp.index_add(g, (slice(None),) * k + (indices,), _x.shape)


@op.linear(
    _take_transposed,
    None,
    method=True,
    samples=[
        op.sample((5,), _COLUMNS),
        op.sample((3, 4), _ROWS, axis=0),
        op.sample((3, 4), _COLUMNS, axis=-1),
    ],
)
def take(xp: Any, x: Array, indices: Array, /, *, axis: int | None = None) -> Array:
    """The entries at `indices` along an axis; an axis may be left out for a vector.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> ad.take(x, [2, 2]).sum().backward()
    >>> x.grad
    Tensor([0., 0., 2.])
    """
    if axis is None and x.ndim != 1:
        raise ValueError(f"an axis is needed for an array of {x.ndim} dimensions")
    return xp.take(x, indices, axis=0 if axis is None else axis)


def _along(indices: Array, axis: int, shape: tuple[int, ...]) -> tuple[Any, ...]:
    """The index that stands for `indices` along an axis, each at its own place along the others."""
    ndim = len(shape)
    places = [np.reshape(np.arange(n), (-1,) + (1,) * (ndim - 1 - k)) for k, n in enumerate(shape)]
    return (*places[: axis % ndim], indices, *places[axis % ndim + 1 :])


def _along_transposed(xp: Any, g: Array, _y: Array, _x: Array, indices: Array, *, axis: int) -> Array:
    return xp.index_add(g, _along(indices, axis, _x.shape), _x.shape)


@op.linear(
    _along_transposed,
    None,
    samples=[
        op.sample((4,), _ROWS),
        op.sample((3, 4), np.array([[0, 0, 3], [1, 2, -1], [2, 0, 1]])),
        op.sample((3, 4), np.array([[0, 2, 1, 1], [2, 2, 0, 1]]), axis=0),
        op.sample((3, 1), np.array([[0, 2]]), axis=0),
    ],
)
def take_along_axis(xp: Any, x: Array, indices: Array, /, *, axis: int = -1) -> Array:
    """Of each row along an axis the entries at positions of its own, as `argsort` gives them.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> y = ad.take_along_axis(x, [[1], [0]])
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([[2.],
            [3.]]), Tensor([[0., 1.],
            [1., 0.]]))
    """
    return xp.take_along_axis(x, indices, axis=axis)


def _setitem_operator(self: Tensor, key: Any, values: Any) -> None:
    if isinstance(values, Tensor):
        if op.views.is_view_at(values, self, *op.lift(key)):
            return  # the last step of x[key] += y, whose first has written to x already
    elif not self.requires_grad:
        values = np.asarray(values)
    result = setitem(self, values, key=key)
    self._become("x[key] = values", result._value, result._node)


Tensor.__getitem__ = getitem  # type: ignore[method-assign, assignment]
Tensor.__setitem__ = _setitem_operator  # type: ignore[method-assign]

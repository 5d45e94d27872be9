"""Finding entries, and the sets of distinct ones."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .. import op
from .._namespaces import NAMESPACES, Array
from ..op import TENSORS, as_tensor
from ..tensor import Tensor, wrap
from .reduction import Axis

_FULL = np.array([[1.0, 0.0, 2.0], [0.0, 0.0, 3.0]])
_NUMBERS = np.array([[1, 0, 2], [0, 0, 3]])
_RISING = np.array([-1.0, 0.0, 0.0, 2.0])
_POINTS = np.array([[-2.0, 0.0], [1.0, 3.0]])


@op.constant(
    samples=[op.sample(_FULL), op.sample(_FULL, axis=0), op.sample(_FULL, axis=(0, 1), keepdims=True)],
)
def count_nonzero(xp: Any, x: Array, /, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """How many entries are not zero, over the given axes.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.count_nonzero(ad.Tensor([[1.0, 0.0], [2.0, 3.0]]), axis=0)
    Tensor([2, 1])
    """
    return xp.sum(xp.astype(xp.astype(x, xp.bool), xp.int64), axis=axis, keepdims=keepdims)


def _value(x: Any) -> Any:
    return x._value if isinstance(x, Tensor) else x


@op.constant(
    samples=[
        op.sample(_RISING, _POINTS),
        op.sample(_RISING, _POINTS, side="right"),
        op.sample(_RISING[::-1], _POINTS, sorter=np.array([3, 2, 1, 0])),
        op.sample(_RISING, np.array(1.0)),
    ],
)
def searchsorted(xp: Any, x1: Array, x2: Array, /, *, side: str = "left", sorter: Any = None) -> Array:
    """Where to insert the entries of `x2` into the rising vector `x1`, so that it keeps rising.

    Parameters
    ----------
    x1 : vector
        In rising order, or in the order that `sorter` brings it to.
    x2 : array, or number
        What is to be inserted.
    side : {"left", "right"}
        Before or after entries that are equal.
    sorter : integer vector, optional
        The positions that sort `x1`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.searchsorted(ad.Tensor([1.0, 2.0, 3.0]), ad.Tensor([2.0, 9.0]))
    Tensor([1, 3])
    """
    return xp.searchsorted(x1, x2, side=side, sorter=_value(sorter))


def nonzero(x: Any, /) -> tuple[Tensor, ...]:
    """The positions of the entries that are not zero, one vector per axis.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.nonzero(ad.Tensor([0.0, 5.0, 7.0]))
    (Tensor([1, 2]),)
    """
    value = as_tensor(x)._value
    return tuple([wrap(k, None) for k in NAMESPACES[type(value)].nonzero(value)])


@op.constant(
    samples=[
        op.sample(_NUMBERS, np.array([0, 3])),
        op.sample(_NUMBERS, np.array([0, 3]), invert=True),
        op.sample(np.array(2), np.array([[2], [1]])),
    ],
)
def isin(xp: Any, x1: Array, x2: Array, /, *, invert: bool = False) -> Array:
    """Whether each entry of `x1` is among those of `x2`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.isin(ad.Tensor([1.0, 2.0, 3.0]), ad.Tensor([3.0, 1.0]))
    Tensor([ True, False,  True])
    """
    among = xp.isin(x1, x2)
    return xp.logical_not(among) if invert else among


# Sets: the distinct values are entries of the array, and have their gradient -----------------------------------------


class UniqueAll(NamedTuple):
    """What `unique_all` gives."""

    values: Tensor
    indices: Tensor
    inverse_indices: Tensor
    counts: Tensor


class UniqueCounts(NamedTuple):
    """What `unique_counts` gives."""

    values: Tensor
    counts: Tensor


class UniqueInverse(NamedTuple):
    """What `unique_inverse` gives."""

    values: Tensor
    inverse_indices: Tensor


def unique_all(x: Any, /) -> UniqueAll:
    """The distinct values in rising order, where each stands first, which one each entry is, and the counts.

    NaN is distinct from itself. The gradient of a value goes to its first occurrence.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([2.0, 1.0, 2.0], requires_grad=True)
    >>> values, indices, inverse, counts = ad.unique_all(x)
    >>> values.backward([1.0, 10.0])
    >>> values.detach(), counts, x.grad
    (Tensor([1., 2.]), Tensor([1, 2]), Tensor([10.,  1.,  0.]))
    """
    x = as_tensor(x)
    found = NAMESPACES[type(x._value)].unique_all(x._value)
    _, indices, inverse, counts = (wrap(part, None) for part in found)
    return UniqueAll(TENSORS.take(TENSORS.reshape(x, (-1,)), indices), indices, inverse, counts)


def unique_counts(x: Any, /) -> UniqueCounts:
    """The distinct values in rising order, and how often each occurs.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.unique_counts(ad.Tensor([2.0, 1.0, 2.0])).counts
    Tensor([1, 2])
    """
    found = unique_all(x)
    return UniqueCounts(found.values, found.counts)


def unique_inverse(x: Any, /) -> UniqueInverse:
    """The distinct values in rising order, and which of them each entry is.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.unique_inverse(ad.Tensor([2.0, 1.0, 2.0])).inverse_indices
    Tensor([1, 0, 1])
    """
    found = unique_all(x)
    return UniqueInverse(found.values, found.inverse_indices)


@op.composite(samples=[op.sample((4,)), op.sample((2, 3)), op.sample(())])
def unique_values(xp: Any, x: Array, /) -> Array:
    """The distinct values in rising order. The gradient of each goes to its first occurrence.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([2.0, 1.0, 2.0], requires_grad=True)
    >>> ad.unique_values(x).backward([1.0, 10.0])
    >>> x.grad
    Tensor([10.,  1.,  0.])
    """
    return xp.unique_all(x)[0]


for _function in (nonzero, unique_all, unique_counts, unique_inverse):
    setattr(TENSORS, _function.__name__, _function)

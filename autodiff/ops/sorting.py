"""Sorting: the order itself is piecewise constant, what is sorted has the derivative of a permutation."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array

_TIES = np.array([[2.0, 1.0, 2.0, 0.5], [0.0, -1.0, 0.0, 0.0]])


def _order(x: Any, axis: int, descending: bool, stable: bool) -> Any:
    """For the tests, another way to the stable order: of falling numbers, that of the rising ranks from above."""
    ranks = np.unique(x, return_inverse=True)[1].reshape(x.shape)
    return np.argsort(-ranks if descending else ranks, axis=axis, kind="stable")


_SAMPLES = [
    op.sample((4,)),
    op.sample((3, 4)),
    op.sample((3, 4), axis=0),
    op.sample((2, 5), descending=True),
    op.sample((2, 3, 4), axis=1, descending=True, stable=False),
]


@op.constant(
    method=True,
    samples=[*_SAMPLES, op.sample(_TIES), op.sample(_TIES, descending=True)],
    reference=_order,
)
def argsort(xp: Any, x: Array, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Array:
    """The positions along an axis that would sort it. Equal entries keep their order.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.argsort(ad.Tensor([2.0, 1.0, 2.0]), descending=True)
    Tensor([0, 2, 1])
    """
    return xp.argsort(x, axis=axis, descending=descending, stable=stable)


@op.composite(
    samples=_SAMPLES,
    reference=lambda x, axis, descending, stable: np.take_along_axis(x, _order(x, axis, descending, stable), axis),
)
def sort(xp: Any, x: Array, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Array:
    """The entries in order along an axis, the smallest first.

    Each sorted entry hands its gradient to the entry it is; equal entries keep their order, so that at a tie each
    still receives one gradient, that of its place.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([2.0, 1.0, 2.0], requires_grad=True)
    >>> y = ad.sort(x)
    >>> (y * [1.0, 10.0, 100.0]).sum().backward()
    >>> y.detach(), x.grad
    (Tensor([1., 2., 2.]), Tensor([ 10.,   1., 100.]))
    """
    order = xp.argsort(x, axis=axis, descending=descending, stable=stable)
    return xp.take_along_axis(x, order, axis=axis)

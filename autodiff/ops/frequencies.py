"""The frequencies that go with the transforms of `fft`, and their order; part of the same extension."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from ..op import TENSORS
from ..tensor import Tensor, wrap
from .fft import Axes

_SHIFTS = [
    op.sample((4,)),
    op.sample((5,)),
    op.sample((3, 4)),
    op.sample((3, 4), axes=0),
    op.sample((3, 2, 5), axes=(0, -1)),
]


@op.linear(
    lambda xp, g, _y, _x, *, axes: xp.fft.ifftshift(g, axes=axes),
    extension="fft",
    samples=_SHIFTS,
    reference=np.fft.fftshift,
)
def fftshift(xp: Any, x: Array, /, *, axes: Axes = None) -> Array:
    """The spectrum turned so that frequency 0 is in the middle, along the given axes, by default along all.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.fftshift(ad.Tensor([0.0, 1.0, 2.0, -2.0, -1.0]))
    Tensor([-2., -1.,  0.,  1.,  2.])
    """
    return xp.fft.fftshift(x, axes=axes)


@op.linear(
    lambda xp, g, _y, _x, *, axes: xp.fft.fftshift(g, axes=axes),
    extension="fft",
    samples=_SHIFTS,
    reference=np.fft.ifftshift,
)
def ifftshift(xp: Any, x: Array, /, *, axes: Axes = None) -> Array:
    """Inverse of `fftshift`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.ifftshift(ad.Tensor([-2.0, -1.0, 0.0, 1.0, 2.0]))
    Tensor([ 0.,  1.,  2., -2., -1.])
    """
    return xp.fft.ifftshift(x, axes=axes)


def fftfreq(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Tensor:
    """The frequencies of `fft`'s entries, for `n` samples `d` apart.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.fftfreq(4, d=0.5)
    Tensor([ 0. ,  0.5, -1. , -0.5])
    """
    return _frequencies(np.fft.fftfreq(n, d=d, device=device), dtype)


def rfftfreq(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Tensor:
    """The frequencies of `rfft`'s entries, for `n` samples `d` apart.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.rfftfreq(4, d=0.5)
    Tensor([0. , 0.5, 1. ])
    """
    return _frequencies(np.fft.rfftfreq(n, d=d, device=device), dtype)


def _frequencies(values: Any, dtype: Any) -> Tensor:
    return wrap(values if dtype is None else values.astype(dtype), None)


TENSORS.fft.fftfreq, TENSORS.fft.rfftfreq = fftfreq, rfftfreq

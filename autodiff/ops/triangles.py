"""Triangles of matrices."""

from __future__ import annotations

from typing import Any

from .. import op
from .._namespaces import Array


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

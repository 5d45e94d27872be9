"""Products of vectors, powers of matrices, diagonals and traces."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array
from .solving import REGULAR, STACK


@op.composite(
    samples=[op.sample((3,), (3,)), op.sample((2, 3), (3,)), op.sample((3, 2), (3, 1), axis=-2)],
    reference=np.vecdot,
)
def vecdot(xp: Any, x1: Array, x2: Array, /, *, axis: int = -1) -> Array:
    """The scalar product of vectors along an axis; the first is conjugated.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.vecdot(x, [2.0, 3.0]))([1.0, 1.0])
    Tensor([2., 3.])
    """
    if not -min(x1.ndim, x2.ndim) <= axis < 0:
        raise ValueError(f"vecdot: expected a negative axis of both shapes {x1.shape} and {x2.shape}, got {axis}")
    if x1.shape[axis] != x2.shape[axis]:
        raise ValueError(f"vecdot: shapes {x1.shape} and {x2.shape} differ along axis {axis}")
    products = (xp.conj(x1) if COMPLEX[x1.dtype] else x1) * x2
    return xp.sum(products, axis=axis, dtype=products.dtype)  # by itself a sum of int8 is an int64


@op.composite(
    extension="linalg",
    samples=[
        op.sample((3, 3)),
        op.sample((2, 3, 4), offset=1),
        op.sample((4, 3), offset=-2),
        op.sample((2, 2), offset=3),
    ],
    reference=np.linalg.diagonal,
)
def diagonal(xp: Any, x: Array, /, *, offset: int = 0) -> Array:
    """The diagonal of each matrix, or one `offset` above it.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.linalg.diagonal(ad.Tensor([[1.0, 2.0], [3.0, 4.0]]))
    Tensor([1., 4.])
    """
    rows, columns = x.shape[-2:]
    first = np.arange(max(0, min(rows + min(offset, 0), columns - max(offset, 0))))
    return xp.getitem(x, (Ellipsis, first - min(offset, 0), first + max(offset, 0)))


@op.composite(
    extension="linalg",
    samples=[op.sample((3, 3)), op.sample((2, 3, 4), offset=1)],
    reference=np.linalg.trace,
)
def trace(xp: Any, x: Array, /, *, offset: int = 0, dtype: Any = None) -> Array:
    """The sum of the diagonal of each matrix.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.linalg.trace)([[1.0, 2.0], [3.0, 4.0]])
    Tensor([[1., 0.],
            [0., 1.]])
    """
    return xp.sum(xp.linalg.diagonal(x, offset=offset), axis=-1, dtype=dtype)


@op.composite(
    extension="linalg",
    samples=[op.sample((3,), (3,)), op.sample((2, 3), (3,)), op.sample((3, 2), (3, 2), axis=-2)],
    reference=lambda a, b, axis: np.linalg.cross(*np.broadcast_arrays(a, b), axis=axis),
)
def cross(xp: Any, x1: Array, x2: Array, /, *, axis: int = -1) -> Array:
    """The vector product of vectors with three entries along an axis.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.linalg.cross(ad.Tensor([1.0, 0.0, 0.0]), [0.0, 1.0, 0.0])
    Tensor([0., 0., 1.])
    """
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError(f"cross: expected 3 entries along axis {axis}, got shapes {x1.shape} and {x2.shape}")

    def turned(x: Array, by: int) -> Array:
        k = axis % x.ndim
        before = (slice(None),) * k
        parts = [xp.getitem(x, (*before, slice(by, None), Ellipsis)), xp.getitem(x, (*before, slice(0, by), Ellipsis))]
        return xp.concat(parts, axis=k)

    return turned(x1, 1) * turned(x2, 2) - turned(x1, 2) * turned(x2, 1)


@op.composite(
    extension="linalg",
    samples=[op.sample(REGULAR, n=n) for n in (-2, 0, 1, 2, 5)] + [op.sample(STACK, n=3)],
    reference=np.linalg.matrix_power,
)
def matrix_power(xp: Any, x: Array, /, n: int) -> Array:
    """Each square matrix times itself `n` times; the inverse for a negative `n`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: ad.linalg.matrix_power(x, 3)[0, 0])([[2.0]])
    Tensor([[12.]])
    """
    if n == 0:
        return xp.tril(xp.triu(xp.ones_like(x))) + 0.0 * x
    factor = xp.linalg.inv(x) if n < 0 else x
    power, y = (-n if n < 0 else n), None
    while power:
        if power % 2:
            y = xp.positive(factor) if y is None else xp.matmul(y, factor)
        power //= 2
        factor = xp.matmul(factor, factor) if power else factor
    return y


@op.constant(extension="linalg", samples=[op.sample((3, 3)), op.sample((2, 3, 2))], reference=np.linalg.matrix_rank)
def matrix_rank(xp: Any, x: Array, /, *, rtol: Any = None) -> Array:
    """The number of singular values above `rtol` times the largest; an integer without a derivative."""
    return xp.linalg.matrix_rank(x) if rtol is None else xp.linalg.matrix_rank(x, rtol=rtol)

"""Running sums, products and differences along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array
from .reduction import product_before

_SAMPLES = [
    op.sample((4,)),
    op.sample((1,)),
    op.sample((3, 4), axis=0),
    op.sample((3, 4), axis=-1, include_initial=True),
    op.sample((2, 0), axis=1, include_initial=True),
]


def _without_initial(g: Array, axis: int, include_initial: bool) -> Array:
    """The cotangent of the running results proper."""
    return g[(slice(None),) * axis + (slice(1, None), ...)] if include_initial else g


def _cumulative_sum_transposed(
    xp: Any, g: Array, _y: Array, _x: Array, *, axis: int | None, dtype: Any, include_initial: bool
) -> Array:
    """Running sums from the end."""
    k = 0 if axis is None else axis % _x.ndim
    g = _without_initial(g, k, include_initial)
    return xp.flip(xp.cumulative_sum(xp.flip(g, axis=k), axis=k), axis=k)


@op.linear(_cumulative_sum_transposed, samples=_SAMPLES)
def cumulative_sum(
    xp: Any, x: Array, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False
) -> Array:
    """Running sums along an axis, which may be left out for a vector.

    Parameters
    ----------
    x : array
        What is summed.
    axis : int, optional
        Along which axis.
    dtype : dtype, optional
        Of the result.
    include_initial : bool
        Begin with the empty sum, 0; the axis gets longer by 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> y = ad.cumulative_sum(x)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([1., 3., 6.]), Tensor([3., 2., 1.]))
    """
    return xp.cumulative_sum(x, axis=axis, dtype=dtype, include_initial=include_initial)


def _discounted(xp: Any, g: Array, x: Array) -> Array:
    """Along the last axis the solution of ``s[i] = g[i] + x[i + 1] * s[i + 1]``, by doubling.

    After a step each `s` has the terms up to `step` entries on, and each `factor` is the product over them.
    """
    n = x.shape[-1]
    if n < 2:
        return g
    s = g
    factor = xp.concat([x[..., 1:], xp.ones_like(x[..., :1])], axis=-1)
    step = 1
    while step < n:
        s = xp.concat([s[..., :-step] + factor[..., :-step] * s[..., step:], s[..., -step:]], axis=-1)
        factor = xp.concat([factor[..., :-step] * factor[..., step:], factor[..., -step:]], axis=-1)
        step *= 2
    return s


def _cumulative_prod_vjp(
    xp: Any, g: Array, _y: Array, x: Array, *, axis: int | None, dtype: Any, include_initial: bool
) -> Array:
    """The product before each entry, times what reaches it of the products from there on; nothing is divided."""
    k = 0 if axis is None else axis % x.ndim
    g = _without_initial(g, k, include_initial)
    order = (*range(k), *range(k + 1, x.ndim), k)
    rows = xp.permute_dims(x, order)
    along = product_before(xp, rows) * _discounted(xp, xp.permute_dims(g, order), rows)
    return xp.permute_dims(along, tuple([order.index(j) for j in range(x.ndim)]))


@op.primitive(
    vjp=_cumulative_prod_vjp,
    samples=[*_SAMPLES, op.sample(np.array([2.0, 0.0, 3.0, 0.0, 5.0])), op.sample((2, 3, 5), axis=1)],
)
def cumulative_prod(
    xp: Any, x: Array, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False
) -> Array:
    """Running products along an axis, which may be left out for a vector.

    The derivative is right with zeros among the factors, at every order.

    Parameters
    ----------
    x : array
        The factors.
    axis : int, optional
        Along which axis.
    dtype : dtype, optional
        Of the result.
    include_initial : bool
        Begin with the empty product, 1; the axis gets longer by 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([2.0, 0.0, 3.0], requires_grad=True)
    >>> y = ad.cumulative_prod(x)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([2., 0., 0.]), Tensor([1., 8., 0.]))
    """
    return xp.cumulative_prod(x, axis=axis, dtype=dtype, include_initial=include_initial)


@op.composite(
    samples=[
        op.sample((4,)),
        op.sample((3, 4), axis=0),
        op.sample((2, 5), n=3),
        op.sample((3,), n=0),
    ],
    reference=lambda x, axis, n, prepend, append: np.diff(x, n, axis),
)
def diff(
    xp: Any, x: Array, /, *, axis: int = -1, n: int = 1, prepend: Array | None = None, append: Array | None = None
) -> Array:
    """Differences of neighbours along an axis, `n` times over.

    Parameters
    ----------
    x : array
        Its neighbours are subtracted, each from the next.
    axis : int
        Along which axis.
    n : int
        How often; 0 leaves `x` as it is.
    prepend, append : array, optional
        Put before and after `x` along the axis first; they have their gradient, too.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 4.0, 9.0], requires_grad=True)
    >>> y = ad.diff(x)
    >>> (y * y).sum().backward()
    >>> y.detach(), x.grad
    (Tensor([3., 5.]), Tensor([-6., -4., 10.]))
    """
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"diff: there is no axis {axis} in an array of {x.ndim} dimensions")
    if n < 0:
        raise ValueError(f"diff: n is how often to subtract and can't be {n}")
    if n == 0:
        return xp.positive(x)
    parts = [part for part in (prepend, x, append) if part is not None]
    if len(parts) > 1:
        x = xp.concat(parts, axis=axis)
    before = (slice(None),) * (axis % x.ndim)
    for _ in range(n):
        x = x[(*before, slice(1, None), ...)] - x[(*before, slice(None, -1), ...)]
    return x

"""Operations that reduce axes: sums, products, extremes, and the statistics made of them."""

# The names of the standard shadow builtins in this module: `max`, `min`, `sum`.

from __future__ import annotations

import math
from typing import Any

from .. import op
from .._namespaces import COMPLEX, Array

Axis = int | tuple[int, ...] | None

_SAMPLES = [
    op.sample(()),
    op.sample((4,)),
    op.sample((3, 4)),
    op.sample((3, 4), axis=0),
    op.sample((3, 4), axis=-1, keepdims=True),
    op.sample((2, 3, 4), axis=(0, 2)),
    op.sample((2, 3, 4), axis=(2, 0), keepdims=True),
    op.sample((2, 1, 3), axis=1),
]


def axes_of(ndim: int, axis: Axis) -> tuple[int, ...]:
    """The reduced axes as non-negative numbers, in order."""
    if axis is None:
        return tuple(range(ndim))
    axes = axis if isinstance(axis, tuple) else (axis,)
    return tuple(sorted([k % ndim if ndim else k for k in axes]))


def expanded(xp: Any, reduced: Array, shape: tuple[int, ...], axis: Axis, keepdims: bool) -> Array:
    """A reduced array spread out again over `shape`."""
    if not keepdims and reduced.ndim:
        axes = axes_of(len(shape), axis)
        reduced = xp.reshape(reduced, tuple([1 if k in axes else n for k, n in enumerate(shape)]))
    return xp.broadcast_to(reduced, shape)


def _spread(xp: Any, g: Array, _y: Array, _x: Array, *, axis: Axis, keepdims: bool, **_: Any) -> Array:
    return expanded(xp, g, _x.shape, axis, keepdims)


@op.linear(_spread, method=True, samples=[*_SAMPLES, op.sample((0,)), op.sample((2, 0), axis=1)])
def sum(xp: Any, x: Array, /, axis: Axis = None, *, dtype: Any = None, keepdims: bool = False) -> Array:
    """Sum over the given axes, by default over all.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> y = ad.sum(x, axis=0)
    >>> y.backward([1.0, 10.0])
    >>> y.detach(), x.grad
    (Tensor([4., 6.]), Tensor([[ 1., 10.],
            [ 1., 10.]]))
    """
    return xp.sum(x, axis=axis, dtype=dtype, keepdims=keepdims)


@op.composite(method=True, samples=_SAMPLES)
def mean(xp: Any, x: Array, /, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """Arithmetic mean over the given axes, by default over all.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.mean)([1.0, 2.0, 3.0, 4.0])
    Tensor([0.25, 0.25, 0.25, 0.25])
    """
    return xp.sum(x, axis=axis, keepdims=keepdims) / float(_count(x.shape, axis))


def _count(shape: tuple[int, ...], axis: Axis) -> int:
    """How many entries go into each result."""
    return math.prod([shape[k] for k in axes_of(len(shape), axis)])


@op.composite(method=True, samples=[*_SAMPLES[1:-1], op.sample((3, 4), axis=1, correction=1)])
def var(xp: Any, x: Array, /, axis: Axis = None, *, correction: float = 0.0, keepdims: bool = False) -> Array:
    """Variance over the given axes; the sum of squares is divided by ``n - correction``.

    Of complex numbers it is the mean squared distance from the mean, a real number.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.var)([1.0, 3.0])
    Tensor([-1.,  1.])
    """
    residual = x - xp.mean(x, axis=axis, keepdims=True)
    squares = xp.real(residual * xp.conj(residual)) if COMPLEX[x.dtype] else residual * residual
    return xp.sum(squares, axis=axis, keepdims=keepdims) / (_count(x.shape, axis) - correction)


@op.composite(method=True, samples=[*_SAMPLES[1:-1], op.sample((3, 4), axis=1, correction=1)])
def std(xp: Any, x: Array, /, axis: Axis = None, *, correction: float = 0.0, keepdims: bool = False) -> Array:
    """Standard deviation over the given axes, the root of `var`. Of equal entries it is 0, and so is its derivative.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.std)([1.0, 3.0])
    Tensor([-0.5,  0.5])
    """
    variance = xp.var(x, axis=axis, correction=correction, keepdims=keepdims)
    zero = variance == 0
    return xp.where(zero, 0.0, xp.sqrt(xp.where(zero, 1.0, variance)))


def _others(xp: Any, x: Array) -> Array:
    """For each entry the product of the others along the last axis: right with zeros among them, at every order."""
    before = product_before(xp, x)
    after = xp.flip(product_before(xp, xp.flip(x, axis=-1)), axis=-1)
    return before * after


def product_before(xp: Any, x: Array) -> Array:
    """For each entry the product of those before it, by doubling: log2(n) multiplications of arrays."""
    n = x.shape[-1]
    if n < 2:
        return xp.ones_like(x)
    product = xp.concat([xp.ones_like(x[..., :1]), x[..., :-1]], axis=-1)
    step = 1
    while step < n:
        product = xp.concat([product[..., :step], product[..., step:] * product[..., :-step]], axis=-1)
        step *= 2
    return product


def _prod_rule(xp: Any, g: Array, _y: Array, x: Array, *, axis: Axis, keepdims: bool, **_: Any) -> Array:
    """`g` times the product of the other entries."""
    axes = axes_of(x.ndim, axis)
    kept = tuple([k for k in range(x.ndim) if k not in axes])
    order = kept + axes
    moved = xp.permute_dims(x, order)
    rows = xp.reshape(moved, (*moved.shape[: len(kept)], math.prod(moved.shape[len(kept) :])))
    others = xp.permute_dims(xp.reshape(_others(xp, rows), moved.shape), tuple([order.index(k) for k in range(x.ndim)]))
    return expanded(xp, g, x.shape, axis, keepdims) * others


@op.primitive(vjp=_prod_rule, method=True, samples=[*_SAMPLES, op.sample((5,), axis=0)])
def prod(xp: Any, x: Array, /, axis: Axis = None, *, dtype: Any = None, keepdims: bool = False) -> Array:
    """Product over the given axes, by default over all. The derivative is right with zeros among the factors, too.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.prod)([2.0, 0.0, 3.0])
    Tensor([0., 6., 0.])
    """
    return xp.prod(x, axis=axis, dtype=dtype, keepdims=keepdims)


def _shared(xp: Any, y: Array, x: Array, axis: Axis, keepdims: bool) -> Array:
    """Where `x` takes on its extreme `y`: 1, or the even share of a tie."""
    hit = xp.astype(x == expanded(xp, y, x.shape, axis, keepdims), x.dtype)
    return hit / xp.sum(hit, axis=axis, keepdims=True)


def _extreme_vjp(xp: Any, g: Array, y: Array, x: Array, *, axis: Axis, keepdims: bool) -> Array:
    return expanded(xp, g, x.shape, axis, keepdims) * _shared(xp, y, x, axis, keepdims)


def _extreme_jvp(xp: Any, tangents: tuple[Array], y: Array, x: Array, *, axis: Axis, keepdims: bool) -> Array:
    return xp.sum(tangents[0] * _shared(xp, y, x, axis, keepdims), axis=axis, keepdims=keepdims)


@op.primitive(
    vjp=_extreme_vjp,
    jvp=_extreme_jvp,
    method=True,
    samples=_SAMPLES,
    kinks=[op.kink(([3.0, 3.0],), ([0.5, 0.5],), "entries tie")],
)
def max(xp: Any, x: Array, /, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """Largest entry over the given axes. Entries that tie share the gradient evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.max)([1.0, 3.0, 3.0])
    Tensor([0. , 0.5, 0.5])
    """
    return xp.max(x, axis=axis, keepdims=keepdims)


@op.primitive(
    vjp=_extreme_vjp,
    jvp=_extreme_jvp,
    method=True,
    samples=_SAMPLES,
    kinks=[op.kink(([3.0, 3.0],), ([0.5, 0.5],), "entries tie")],
)
def min(xp: Any, x: Array, /, axis: Axis = None, *, keepdims: bool = False) -> Array:
    """Smallest entry over the given axes. Entries that tie share the gradient evenly.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(ad.min)([1.0, 3.0, 3.0])
    Tensor([1., 0., 0.])
    """
    return xp.min(x, axis=axis, keepdims=keepdims)

"""The functions of any array library: the standard's names, and the extensions in terms of the standard alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .._polynomials import ERF, ERFCX, polynomial
from .dtypes import COMPLEX, DIFFERENTIABLE, smallest_normal

Array = Any
"""An array of any library, or a Tensor: whatever a rule may be run on."""

LOWEST = math.exp(-100.0)
"""Up to this number the logarithms of losses are -100."""

TINY = 1e-45
"""A number below `LOWEST` that is above 0 in float32, too."""


class GradientError(RuntimeError):
    """A gradient was asked for that can't be had."""

    __module__ = "autodiff"


class Namespace:
    """The functions of one array library under the standard's names.

    A name that is not set here is looked up in `module` at its first use and kept.
    """

    _with_dtype = frozenset(
        [
            "sum",
            "prod",
            "cumulative_sum",
            "cumulative_prod",
            "asarray",
            "zeros",
            "ones",
            "full",
            "empty",
            "zeros_like",
            "ones_like",
            "full_like",
            "empty_like",
            "arange",
            "linspace",
            "eye",
        ]
    )

    def __init__(self, module: Any) -> None:
        self._module = module

    @property
    def library(self) -> Any:
        """The module whose arrays these are."""
        return self._module

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._module, name)
        if name in self._with_dtype:
            function = self._taking_any_dtype(function)
        setattr(self, name, function)
        return function

    def __repr__(self) -> str:
        return f"<namespace of {self._module.__name__}>"

    # Dtypes are given by the names of `autodiff`, which are NumPy's. --------------------------------------------------

    def _taking_any_dtype(self, function: Callable[..., Array]) -> Callable[..., Array]:
        """`function`, with a dtype of this library or of NumPy."""

        def taking(*arguments: Any, dtype: Any = None, **params: Any) -> Array:
            return function(*arguments, dtype=self.own_dtype(dtype), **params)

        return taking

    def own_dtype(self, dtype: Any) -> Any:
        """The library's own dtype for one of its own or for one of NumPy's."""
        if isinstance(dtype, (str, type, np.dtype)):
            return getattr(self._module, np.dtype(dtype).name)
        return dtype

    def astype(self, x: Array, dtype: Any, /, *, copy: bool = True, device: Any = None) -> Array:
        """`x` with a dtype of this library or of NumPy, on another device where one is named."""
        return self._module.astype(x, self.own_dtype(dtype), copy=copy, device=device or x.device)

    def permute_dims(self, x: Array, /, axes: tuple[int, ...]) -> Array:
        """`x` with its axes in another order; they may be counted from the last, which the standard leaves open."""
        return self._module.permute_dims(x, tuple([k + x.ndim if k < 0 else k for k in axes]))

    # The extensions, in terms of the standard alone. -----------------------------------------------------------------

    def seed(self, y: Array) -> Array:
        """The cotangent with which a backward pass begins at `y`: 1, not to be written to."""
        return self.ones_like(y)

    def sigmoid(self, x: Array) -> Array:
        """The logistic function, without overflow and exact in both tails."""
        e = self.exp(-self.abs(x))
        return self.maximum(e, self.sign(x)) / (1.0 + e)  # the numerator is 1 where x > 0, e elsewhere

    def sigmoid_derivative(self, x: Array) -> Array:
        """The derivative of `sigmoid`, exact in both tails: ``e / (1 + e)**2`` with ``e = exp(-|x|)``."""
        e = self.exp(-self.abs(x))
        return e / self.square(1.0 + e)

    def tanh_derivative(self, x: Array) -> Array:
        """The derivative of `tanh`, ``1 / cosh(x)**2``, by that of the sigmoid: with all digits in the tails."""
        return 4.0 * self.sigmoid_derivative(2.0 * x)

    def pow_derivative(self, x1: Array, x2: Array, *, order: int = 1) -> Array:
        """The derivative by `x1` of ``x1**x2``, of the first or a higher order: ``x2 * ... * x1**(x2 - order)``.

        It is 0 where the factor before the power is 0, even if the power is infinite, and has the digits that
        ``x2 - order`` rounds away. The power 0 of an infinite exponent stays 0. Of a subnormal base near exponent 0 the
        power would overflow: there ``x1**x2 / x1`` serves.
        """
        factor = x2
        for k in range(1, order):
            factor = factor * (x2 - k)
        zero = self.logical_and(factor == 0, x1 == x1)
        if COMPLEX[x1.dtype] or not DIFFERENTIABLE[x1.dtype] or not DIFFERENTIABLE[x2.dtype] or COMPLEX[x2.dtype]:
            return self.where(zero, 0.0, factor * self.pow(x1, self.where(zero, 1.0, x2 - order)))
        size = self.abs(x1)
        tiny = self.logical_and(size > 0, size < smallest_normal(x1.dtype))
        near = self.logical_and(tiny, self.abs(x2) < 0.5)
        bounded = self.abs(x2) < math.inf
        finite = self.where(bounded, x2, 1.0)
        lost = finite - (finite - order + order)
        ordinary = self.logical_and(size > 0, size < math.inf)
        correction = 1.0 + lost * self.log(self.where(ordinary, size, 1.0))
        aside = self.logical_or(near, zero)
        power = self.pow(x1, self.where(aside, 1.0, x2 - order)) * correction
        slope = self.where(self.logical_or(bounded, power != 0), factor, 0.0) * power
        base = self.where(near, x1, 1.0)
        quotient = factor * self.pow(base, self.where(near, x2, 1.0))
        for _ in range(order):
            quotient = quotient / base
        return self.where(aside, quotient, slope)

    def softmax_of_two(self, x1: Array, x2: Array) -> Array:
        """``1 / (1 + exp(x2 - x1))`` with the digits that ``x1 - x2`` rounds away; 1/2 at two equal infinities."""
        limit = float(self.finfo(x1.dtype).max)
        a, b = self.clip(x1, -limit, limit), self.clip(x2, -limit, limit)
        large = self.maximum(self.abs(a), self.abs(b)) > 0.25 * limit  # there a difference overflows, or is 0
        a, b = self.where(large, 0.25 * a, a), self.where(large, 0.25 * b, b)
        d = a - b
        back = d - a
        return self.sigmoid(d) + ((a - (d - back)) - (b + back)) * self.sigmoid_derivative(d)

    def gaussian(self, x: Array) -> Array:
        """``exp(-x**2)``, the square taken in two parts, of which the large one is exact."""
        size = self.minimum(self.abs(x), 40.0)  # beyond it is 0
        near = self.round(size * 16.0) / 16.0
        return self.exp(-near * near) * self.exp((near - size) * (near + size))

    def erf(self, x: Array) -> Array:
        """The error function: a polynomial in ``x**2`` up to 1, beyond it ``1 - exp(-x**2) * polynomial``."""
        size = self.abs(x)
        inner = self.minimum(size, 1.0)
        near = size + size * polynomial(ERF, inner * inner)
        outer = self.minimum(self.maximum(size, 1.0), 6.0)
        far = 1.0 - self.gaussian(outer) * polynomial(ERFCX, (outer - 2.5) / (outer + 2.5))
        return self.copysign(self.where(size <= 1.0, near, far), x)

    def clamped_log(self, x: Array) -> Array:
        """``max(log(x), -100)``, without a warning at 0."""
        return self.maximum(self.log(self.maximum(x, TINY)), -100.0)

    def clamped_reciprocal(self, x: Array) -> Array:
        """The derivative of `clamped_log`: ``1/x``, and 0 where the logarithm is clamped.

        In float32 ``1/x`` overflows before that; there it stays at its largest.
        """
        floor = max(LOWEST, float(self.finfo(x.dtype).smallest_normal))
        return self.where(x <= LOWEST, 0.0, 1.0 / self.maximum(x, floor))

    def bernoulli_loss(self, p: Array, t: Array) -> Array:
        """Entry by entry the cross entropy of the probability `p` for the target `t`, with clamped logarithms."""
        return -(t * self.clamped_log(p) + (1.0 - t) * self.clamped_log(1.0 - p))

    def bernoulli_slope(self, p: Array, t: Array) -> Array:
        """The derivative of `bernoulli_loss` by `p`."""
        return (1.0 - t) * self.clamped_reciprocal(1.0 - p) - t * self.clamped_reciprocal(p)

    def logits_loss(self, z: Array, t: Array) -> Array:
        """Entry by entry the cross entropy of ``sigmoid(z)`` for the target `t`, finite for every `z`."""
        return self.maximum(z, 0.0) - t * z + self.log1p(self.exp(-self.abs(z)))

    def rank_one(self, a: Array, b: Array) -> Array:
        """The products of every entry of the vector `a` with every entry of `b`."""
        return self.matmul(self.reshape(a, (-1, 1)), self.reshape(b, (1, -1)))

    def cofactor(self, x: Array) -> Array:
        """The cofactors of each matrix, the derivative of its determinant; of singular ones, too."""
        u, s, vh = self.linalg.svd(x)
        n = s.shape[-1]
        rows = self.broadcast_to(self.expand_dims(s, axis=-2), (*s.shape, n))
        one = self.eye(n, dtype=s.dtype, device=s.device)
        others = self.prod(self.tril(rows, k=-1) + self.triu(rows, k=1) + one, axis=-1)
        sign = self.linalg.det(u) * self.linalg.det(vh)
        y = self.matmul(u * self.expand_dims(others, axis=-2), vh)
        return self.reshape(sign, (*sign.shape, 1, 1)) * (self.conj(y) if COMPLEX[x.dtype] else y)

    def cofactor_change(self, x: Array, t: Array) -> Array:
        """The derivative of `cofactor` in the direction `t`, the second one of the determinant.

        In the basis of the singular vectors it is ``sum_j P_ij t_jj`` on the diagonal and ``-P_ij t_ji`` off it, with
        the products ``P_ij`` of all singular values but two: no division, and right at any rank.
        """
        u, s, vh = self.linalg.svd(x)
        eye = self.eye(s.shape[-1], dtype=s.dtype, device=s.device)
        apart = 1.0 - eye
        others = self.expand_dims(apart, axis=0) * self.expand_dims(apart, axis=1)
        values = self.reshape(s, (*s.shape[:-1], 1, 1, s.shape[-1]))
        products = apart * self.prod(others * values + (1.0 - others), axis=-1)
        conjugate = self.conj if COMPLEX[x.dtype] else self.positive
        inner = self.matmul(self.matmul(self.matrix_transpose(conjugate(u)), t), self.matrix_transpose(conjugate(vh)))
        traces = self.sum(products * self.sum(inner * eye, axis=-2, keepdims=True), axis=-1, keepdims=True)
        core = traces * eye - products * self.matrix_transpose(inner)
        sign = self.linalg.det(u) * self.linalg.det(vh)
        y = self.matmul(self.matmul(conjugate(u), core), conjugate(vh))
        return self.reshape(sign, (*sign.shape, 1, 1)) * y

    def determined(self, g: Array, known: Array, *, message: str) -> Array:
        """The cotangent `g` of something that has a derivative only where it is `known`: elsewhere `g` has to be 0."""
        if self.any(self.logical_not(known) & (g != 0)):
            raise GradientError(message)
        return self.where(known, g, self.zeros_like(g))

    # Reading and writing at an index, without changing an array in place: where each entry of the result is to come
    # from is worked out on the host, and one `take` does the rest.

    def getitem(self, x: Array, key: Any) -> Array:
        """`x[key]`, with the indices of NumPy; the standard wants every axis named and knows no lone integer array."""
        if is_basic(key):
            keys = key if isinstance(key, tuple) else (key,)
            return x[keys if Ellipsis in keys else (*keys, Ellipsis)]
        return self._taken(x, self._positions(x.shape, key))

    def setitem(self, x: Array, values: Array, key: Any) -> Array:
        """A copy of `x` in which `x[key]` is `values`."""
        positions = self._positions(x.shape, key)
        values = self.asarray(values, dtype=x.dtype, device=x.device)
        both = self.concat([self.reshape(x, (-1,)), self.reshape(values, (-1,))])
        source = np.arange(math.prod(x.shape))
        written = np.arange(source.size, source.size + math.prod(values.shape)).reshape(values.shape)
        source[positions] = written
        return self._taken(both, source.reshape(x.shape))

    def index_add(self, values: Array, key: Any, shape: tuple[int, ...]) -> Array:
        """Zeros of `shape`, to which `values` are added at `key`; an entry named twice receives both."""
        positions = self._positions(shape, key).reshape(-1)
        values = self.reshape(values, (-1,))
        zero = self.zeros((1,), dtype=values.dtype, device=values.device)
        while True:
            order = np.argsort(positions, kind="stable")
            positions = positions[order]
            first = np.flatnonzero(np.diff(positions, prepend=-1))
            if first.size == positions.size:
                break
            # Every second value for a place is added to the one before it.
            rank = np.arange(positions.size) - np.repeat(first, np.diff(first, append=positions.size))
            left = np.flatnonzero(rank % 2 == 0)
            paired = np.append(rank[1:] % 2 == 1, False)[left]
            right = np.where(paired, order[np.minimum(left + 1, order.size - 1)], order.size)
            values = self._taken(values, order[left]) + self._taken(self.concat([values, zero]), right)
            positions = positions[left]
        source = np.full(math.prod(shape), positions.size)
        source[positions] = order
        return self._taken(self.concat([values, zero]), source.reshape(shape))

    def _positions(self, shape: tuple[int, ...], key: Any) -> np.ndarray[Any, Any]:
        """Where `key` points in an array of `shape`, as positions in the flattened array."""
        keys = key if isinstance(key, tuple) else (key,)
        plain = tuple([self.to_numpy(k) if hasattr(k, "dtype") else k for k in keys])
        return np.asarray(np.arange(math.prod(shape)).reshape(shape)[plain])

    def _taken(self, x: Array, positions: np.ndarray[Any, Any]) -> Array:
        """The entries of `x` at `positions`, which count as if it were flat."""
        index = self.asarray(positions.reshape(-1), device=x.device)
        return self.reshape(self.take(self.reshape(x, (-1,)), index, axis=0), positions.shape)

    def overwritten(self, x: Array, values: Array) -> Array:
        """The array `x` with all its entries replaced, in its own memory where the library allows that."""
        x[...] = values
        return x

    def memory(self, _x: Array) -> np.ndarray[Any, Any] | None:
        """The NumPy array by which views of `x` are recognised; None where Tensors have no views."""
        return None

    def text(self, x: Array) -> str:
        """How an array is shown: in its library's own way."""
        return repr(x)

    def to_numpy(self, x: Array) -> np.ndarray[Any, Any]:
        """The entries as an array of NumPy, copied from the device where that is another."""
        try:
            return np.asarray(x)
        except (TypeError, RuntimeError):  # it is elsewhere, and its library copies nothing unasked
            return np.from_dlpack(x, device="cpu")


def is_basic(key: Any) -> bool:
    """Whether `key` consists of integers, slices, None and Ellipsis alone."""
    keys = key if type(key) is tuple else (key,)
    return not any(isinstance(k, (bool, list)) or hasattr(k, "dtype") for k in keys)

"""The functions of any array library: the standard's names, and the extensions in terms of the standard alone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .._polynomials import ERF, ERFCX, polynomial
from .dtypes import COMPLEX

Array = Any
"""An array of any library, or a Tensor: whatever a rule may be run on."""

LOWEST = math.exp(-100.0)
"""Up to this number the logarithms of losses are -100."""

TINY = 1e-45
"""A number below `LOWEST` that is above 0 in float32, too."""


class GradientError(RuntimeError):
    """A gradient was asked for that can't be had."""


class Namespace:
    """The functions of one array library under the standard's names.

    A name that is not set here is looked up in `module` at its first use and kept.
    """

    def __init__(self, module: Any) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._module, name)
        setattr(self, name, function)
        return function

    def __repr__(self) -> str:
        return f"<namespace of {self._module.__name__}>"

    # The extensions, in terms of the standard alone. -----------------------------------------------------------------

    def getitem(self, x: Array, key: Any) -> Array:
        """`x[key]`, with the indices of NumPy; the standard wants every axis named and knows no lone integer array."""
        keys = key if isinstance(key, tuple) else (key,)
        if not any(hasattr(k, "__array_namespace__") for k in keys):
            return x[keys if Ellipsis in keys else (*keys, Ellipsis)]
        positions = self._positions(x.shape, key)
        taken = self.take(self.reshape(x, (-1,)), self.asarray(positions.reshape(-1)), axis=0)
        return self.reshape(taken, positions.shape)

    def sigmoid(self, x: Array) -> Array:
        """The logistic function, without overflow and exact in both tails."""
        e = self.exp(-self.abs(x))
        return self.maximum(e, self.sign(x)) / (1.0 + e)  # the numerator is 1 where x > 0, e elsewhere

    def sigmoid_derivative(self, x: Array) -> Array:
        """The derivative of `sigmoid`, exact in both tails: ``e / (1 + e)**2`` with ``e = exp(-|x|)``."""
        e = self.exp(-self.abs(x))
        return e / self.square(1.0 + e)

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

    def rank_one(self, a: Array, b: Array) -> Array:
        """The products of every entry of the vector `a` with every entry of `b`."""
        return self.matmul(self.reshape(a, (-1, 1)), self.reshape(b, (1, -1)))

    def cofactor(self, x: Array) -> Array:
        """The cofactors of each matrix, the derivative of its determinant; of singular ones, too."""
        u, s, vh = self.linalg.svd(x)
        n = s.shape[-1]
        rows = self.broadcast_to(self.expand_dims(s, axis=-2), (*s.shape, n))
        others = self.prod(self.tril(rows, k=-1) + self.triu(rows, k=1) + self.eye(n, dtype=s.dtype), axis=-1)
        sign = self.linalg.det(u) * self.linalg.det(vh)
        y = self.matmul(u * self.expand_dims(others, axis=-2), vh)
        return self.reshape(sign, (*sign.shape, 1, 1)) * (self.conj(y) if COMPLEX[x.dtype] else y)

    def cofactor_change(self, x: Array, t: Array) -> Array:
        """The derivative of `cofactor` in the direction `t`, the second one of the determinant.

        In the basis of the singular vectors it is ``sum_j P_ij t_jj`` on the diagonal and ``-P_ij t_ji`` off it, with
        the products ``P_ij`` of all singular values but two: no division, and right at any rank.
        """
        u, s, vh = self.linalg.svd(x)
        eye = self.eye(s.shape[-1], dtype=s.dtype)
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

    def setitem(self, x: Array, values: Array, key: Any) -> Array:
        """A copy of `x` in which `x[key]` is `values`."""
        positions = self._positions(x.shape, key)
        flat = self.asarray(self.reshape(x, (-1,)), copy=True)
        values = self.reshape(self.broadcast_to(self.asarray(values, dtype=x.dtype), positions.shape), (-1,))
        for place, k in enumerate(positions.reshape(-1).tolist()):
            flat[k] = values[place]
        return self.reshape(flat, x.shape)

    def index_add(self, values: Array, key: Any, shape: tuple[int, ...]) -> Array:
        """Zeros of `shape`, to which `values` are added at `key`; an entry named twice receives both."""
        positions = self._positions(shape, key)
        flat = self.zeros(positions.size if not shape else int(np.prod(shape)), dtype=values.dtype)
        values = self.reshape(values, (-1,))
        for place, k in enumerate(positions.reshape(-1).tolist()):
            flat[k] = flat[k] + values[place]
        return self.reshape(flat, shape)

    @staticmethod
    def _positions(shape: tuple[int, ...], key: Any) -> Any:
        """Where `key` points in an array of `shape`, as positions in the flattened array."""
        keys = key if isinstance(key, tuple) else (key,)
        plain = tuple(np.asarray(k) if hasattr(k, "__array_namespace__") else k for k in keys)
        return np.asarray(np.arange(int(np.prod(shape))).reshape(shape)[plain])

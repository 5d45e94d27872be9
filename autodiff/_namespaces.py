"""One namespace per array library: the standard's names, each bound to the fastest callable that keeps its meaning.

Every derivative rule is written against such a namespace, so what is fast is decided here, once, and not in the rules.
Beside the standard's functions each namespace has the few extensions that rules need: indexing as functions,
`rank_one`, and what is stable only when computed as one.
"""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from ._polynomials import ERF, ERFCX, polynomial

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
        limit = 0.25 * float(self.finfo(x1.dtype).max)
        a, b = self.clip(x1, -limit, limit), self.clip(x2, -limit, limit)
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

    def gap_quotient(self, p: Array, gap: Array) -> Array:
        """``p / gap``, and 0 where `p` is 0; a gap of 0 elsewhere has no answer.

        It stands for the derivative of eigenvectors by a matrix: those of equal eigenvalues aren't determined.
        """
        closed = gap == 0
        if self.any(closed & (p != 0)):
            raise GradientError(
                "eigenvectors or singular vectors that belong to equal (or zero singular) values are not determined "
                "by the matrix and have no derivative; use eigvalsh or svdvals where the values alone are needed, or a "
                "function like inv, det, matrix_norm, that has no use for the vectors"
            )
        return p / self.where(closed, self.ones_like(gap), gap)

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


# NumPy's stubs don't allow the positional arguments that make these fast.
_add_reduce: Any = np.add.reduce
_multiply_reduce: Any = np.multiply.reduce
_maximum_reduce: Any = np.maximum.reduce
_minimum_reduce: Any = np.minimum.reduce


class NumpyNamespace(Namespace):
    """NumPy, with its slow front doors (argument parsing in Python) replaced by the C callables behind them.

    The times in the comments are for ten float64 numbers on one core, as printed by `python -m timeit`.
    """

    def __init__(self) -> None:
        super().__init__(np)

    def sigmoid(self, x: Array) -> Array:
        if x.size == 1 and x.dtype is _FLOAT64:
            number = x.item()
            # Not min(0.0, number), which would hide a NaN.
            return np.array(math.exp(min(number, 0.0)) / (1.0 + math.exp(-abs(number))), ndmin=x.ndim)
        e = np.exp(-abs(x))
        y = np.maximum(e, np.sign(x))
        e += _ONE[x.dtype]
        y /= e
        return y

    def sigmoid_derivative(self, x: Array) -> Array:
        if x.size == 1 and x.dtype is _FLOAT64:
            e = math.exp(-abs(x.item()))
            return np.array(e / ((1.0 + e) * (1.0 + e)), ndmin=x.ndim)
        e = np.exp(-abs(x))
        d = e + _ONE[x.dtype]
        e /= np.square(d)
        return e

    def bernoulli_loss(self, p: Array, t: Array) -> Array:
        if _is_single(p) and LOWEST < (number := p.item()) < 1.0:
            target = t.item()
            loss = -(target * math.log(number) + (1.0 - target) * math.log(1.0 - number))
            return np.array(loss, ndmin=p.ndim)
        return super().bernoulli_loss(p, t)

    def bernoulli_slope(self, p: Array, t: Array) -> Array:
        if _is_single(p) and LOWEST < (number := p.item()) < 1.0:
            target = t.item()
            return np.array((1.0 - target) * (1.0 / (1.0 - number)) - target * (1.0 / number), ndmin=p.ndim)
        return super().bernoulli_slope(p, t)

    @staticmethod
    def rank_one(a: Array, b: Array) -> Array:
        return a[:, None].dot(b[None])

    @staticmethod
    def ones(shape: tuple[int, ...], *, dtype: Any = None) -> Array:
        return _ONE[dtype] if shape == () and dtype is not None else np.ones(shape, dtype)

    # The operators take 0.2 us on arrays, as the functions do, but 0.04 instead of 0.4 on NumPy's scalars.
    add = staticmethod(operator.add)
    subtract = staticmethod(operator.sub)
    multiply = staticmethod(operator.mul)
    divide = staticmethod(operator.truediv)
    negative = staticmethod(operator.neg)
    pow = staticmethod(operator.pow)

    # Where NumPy's answer is not the standard's.
    @staticmethod
    def floor_divide(x1: Array, x2: Array, /) -> Array:
        """``floor(x1 / x2)`` with infinities, too, where NumPy has NaN or -1."""
        y = np.floor_divide(x1, x2)
        if y.dtype.kind == "f":
            infinite = np.isinf(x1) | np.isinf(x2)
            if infinite.any():
                return np.where(infinite, np.floor(np.divide(x1, x2)), y)
        return y

    @staticmethod
    def expm1(x: Array, /) -> Array:
        """Of complex numbers away from 0 ``exp(x) - 1``, which has the right infinities."""
        if not COMPLEX[x.dtype]:
            return np.expm1(x)
        far = ~(abs(x.real) <= 40.0)
        y = np.where(far, np.exp(np.where(far, x, 0.0)) - 1.0, np.expm1(np.where(far, 0.0, x)))
        y.real += 0.0  # a zero in it is positive
        return y

    @staticmethod
    def tanh(x: Array, /) -> Array:
        """Of a complex number with an infinite real part ±1, whatever the imaginary part."""
        if not COMPLEX[x.dtype]:
            return np.tanh(x)
        infinite = np.isinf(x.real)
        y = np.array(np.tanh(np.where(infinite, 0.0, x)))
        y.real[infinite] = np.sign(x.real)[infinite]
        y.imag[infinite] = np.copysign(0.0, x.imag)[infinite]
        y.real[x.real == 0] = x.real[x.real == 0]
        return y

    @staticmethod
    def sign(x: Array, /) -> Array:
        """Of a complex number ``x / abs(x)``, near the ends of the range too, and NaN where it is not finite."""
        if not COMPLEX[x.dtype]:
            return np.sign(x)
        exponent = -np.frexp(np.maximum(abs(x.real), abs(x.imag)))[1]
        near_one = np.empty_like(x)
        near_one.real = np.ldexp(x.real, exponent)
        near_one.imag = np.ldexp(x.imag, exponent)
        return np.where(np.isfinite(x), np.sign(near_one), complex(math.nan, math.nan))

    # 0.7 us where np.sum takes 1.6.
    @staticmethod
    def sum(x: Array, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Array:
        return _add_reduce(x, axis, dtype, None, keepdims)

    @staticmethod
    def prod(x: Array, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Array:
        return _multiply_reduce(x, axis, dtype, None, keepdims)

    @staticmethod
    def max(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        return _maximum_reduce(x, axis, None, None, keepdims)

    @staticmethod
    def min(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        return _minimum_reduce(x, axis, None, None, keepdims)

    # 0.8 us where np.mean takes 3.5, 0.2 us for a single number.
    @staticmethod
    def mean(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        if axis is not None or keepdims or not x.size:
            return np.mean(x, axis=axis, keepdims=keepdims)
        return x.reshape(()) if x.size == 1 else np.add.reduce(x, None) / x.size

    # 0.3 us where np.matmul takes 0.7: `dot` means the same for one and two dimensions.
    @staticmethod
    def matmul(a: Array, b: Array, /) -> Array:
        if 0 < a.ndim < 3 and 0 < b.ndim < 3:
            return a.dot(b)
        return np.matmul(a, b)

    # 0.1 us where np.matrix_transpose takes 0.8.
    @staticmethod
    def matrix_transpose(x: Array, /) -> Array:
        return x.mT

    # 0.15 us where np.reshape takes 1.0.
    @staticmethod
    def reshape(x: Array, /, shape: tuple[int, ...], *, copy: bool | None = None) -> Array:
        return x.reshape(shape) if copy is None else x.reshape(shape, copy=copy)

    @staticmethod
    def permute_dims(x: Array, /, axes: tuple[int, ...]) -> Array:
        return x.transpose(axes)

    @staticmethod
    def astype(x: Array, dtype: Any, /, *, copy: bool = True, device: Any = None) -> Array:
        if device is not None and device != "cpu":
            raise ValueError(f"NumPy knows the device 'cpu' alone, not {device!r}")
        return x.astype(dtype, copy=copy)

    # NumPy doesn't sort downwards: the order of the reversed array, reversed, keeps equal entries in their order.
    @staticmethod
    def argsort(x: Array, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Array:
        if not descending:
            return np.argsort(x, axis=axis, stable=stable)
        return x.shape[axis] - 1 - np.flip(np.argsort(np.flip(x, axis), axis=axis, stable=stable), axis)

    # 0.5 us where np.broadcast_to takes 3.4; a large result stays a view, since filling it would cost more.
    @staticmethod
    def broadcast_to(x: Array, /, shape: tuple[int, ...]) -> Array:
        size = 1
        for length in shape:
            size *= length
        if size > 4096 or len(shape) < x.ndim:
            return np.broadcast_to(x, shape)
        filled = np.empty(shape, x.dtype)
        filled[...] = x
        return filled

    @staticmethod
    def getitem(x: Array, key: Any) -> Array:
        return x[key]

    @staticmethod
    def clip(x: Array, min: Array | None = None, max: Array | None = None) -> Array:
        return np.positive(x) if min is None and max is None else np.clip(x, min, max)  # NumPy 2.0 wants a bound

    @staticmethod
    def setitem(x: Array, values: Array, key: Any) -> Array:
        y = np.array(x)
        y[key] = values
        return y

    @staticmethod
    def index_add(values: Array, key: Any, shape: tuple[int, ...]) -> Array:
        total = np.zeros(shape, values.dtype)
        if _is_basic(key):
            total[key] = values  # a basic index names no entry twice
        else:
            np.add.at(total, key, values)
        return total


_FLOAT64 = np.dtype("float64")


class _Constant(dict[Any, Any]):
    """A number as an array of shape (), by dtype: ``x + one`` takes 0.2 us where ``x + 1.0`` takes 0.4."""

    def __init__(self, number: float) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, dtype: Any) -> Array:
        self[dtype] = array = np.array(self._number, dtype)
        return array


_ONE = _Constant(1.0)


def _is_single(x: Array) -> bool:
    """Whether `x` holds one float64: then `math` takes 0.4 us where NumPy needs 2 for three or four calls."""
    return x.size == 1 and x.dtype is _FLOAT64


def _is_basic(key: Any) -> bool:
    """Whether `key` consists of integers, slices, None and Ellipsis alone."""
    keys = key if type(key) is tuple else (key,)
    return not any(isinstance(k, (np.ndarray, np.bool_, bool, list)) for k in keys)


NUMPY = NumpyNamespace()


class _Namespaces(dict[type, Namespace]):
    """Array type -> namespace, each resolved at the first array of its type."""

    def __missing__(self, array_type: type) -> Namespace:
        if issubclass(array_type, (np.ndarray, np.generic)):
            namespace: Namespace = NUMPY
        elif hasattr(array_type, "__array_namespace__"):
            namespace = _of_standard_array(array_type)
        else:
            raise TypeError(f"{array_type.__name__} is not an array of a library that follows the array API standard")
        self[array_type] = namespace
        return namespace


def _of_standard_array(array_type: type) -> Namespace:
    """The namespace of an array type that follows the standard; one object per library."""
    import importlib

    module = importlib.import_module(array_type.__module__.partition(".")[0])
    for known in NAMESPACES.values():
        if known._module is module:
            return known
    return Namespace(module)


NAMESPACES = _Namespaces()


class _DtypeTable(dict[Any, bool]):
    """A question about a dtype, answered by its name, which is the same in every library; 30 ns for a known dtype."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, dtype: Any) -> bool:
        self[dtype] = answer = any(word in str(dtype) for word in self._words)
        return answer


COMPLEX = _DtypeTable("complex")
DIFFERENTIABLE = _DtypeTable("float", "complex")


def smallest_normal(dtype: Any) -> float:
    """The smallest positive number that has all the digits of a floating-point dtype, of any library."""
    return 2.0**-126 if "32" in str(dtype) else 2.0**-1022

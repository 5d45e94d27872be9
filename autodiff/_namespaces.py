"""One namespace per array library: the standard's names, each bound to the fastest callable that keeps its meaning.

Every derivative rule is written against such a namespace, so what is fast is decided here, once, and not in the rules.
Beside the standard's functions each namespace has the few extensions that the rules need: `index_add`, `setitem` and
`getitem`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
"""An array of any library, or a Tensor: whatever a rule may be run on."""


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
        """`x[key]`."""
        return x[key]

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


class NumpyNamespace(Namespace):
    """NumPy, with its slow front doors (argument parsing in Python) replaced by the C callables behind them.

    The times in the comments are for ten float64 numbers on one core, as printed by `python -m timeit`.
    """

    def __init__(self) -> None:
        super().__init__(np)

    def __getattr__(self, name: str) -> Any:
        # np.bool's and the like are found in NumPy too, so only what NumPy spells differently stands below.
        return super().__getattr__(name)

    # 0.7 us where np.sum takes 1.6.
    @staticmethod
    def sum(x: Array, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Array:
        return np.add.reduce(x, axis, dtype, None, keepdims)

    @staticmethod
    def prod(x: Array, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Array:
        return np.multiply.reduce(x, axis, dtype, None, keepdims)

    @staticmethod
    def max(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        return np.maximum.reduce(x, axis, None, None, keepdims)

    @staticmethod
    def min(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        return np.minimum.reduce(x, axis, None, None, keepdims)

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
        return x.astype(dtype, copy=copy)

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

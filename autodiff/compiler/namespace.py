"""The recorder as an array library: NumPy's operators and functions, of which every call is recorded."""

from __future__ import annotations

import operator
from collections.abc import Callable
from types import MethodType
from typing import Any

import numpy as np

from .._namespaces import NAMESPACES, NUMPY, Namespace
from ..tensor import Tensor
from .tracing import WRITE, Traced, asks_for_value, current


def _binary(name: str, function: Callable[..., Any]) -> tuple[Any, Any]:
    def forward(self: Traced, other: Any) -> Any:
        if isinstance(other, Tensor):
            return NotImplemented  # which has its own operators
        return self._call(name, function, self, other)

    def reflected(self: Traced, other: Any) -> Any:
        return self._call(name, function, other, self)

    return forward, reflected


def _unary(name: str, function: Callable[..., Any]) -> Any:
    def method(self: Traced) -> Any:
        return self._call(name, function, self)

    return method


# A NumPy array on the left leaves these to `__array_ufunc__`.
for _operator, _name in {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "pow": "pow",
    "matmul": "matmul",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "lshift": "bitwise_left_shift",
    "rshift": "bitwise_right_shift",
}.items():
    _function = getattr(operator, _operator + "_" * (_operator in ("and", "or")))
    _forward, _reflected = _binary(_name, _function)
    setattr(Traced, f"__{_operator}__", _forward)
    setattr(Traced, f"__r{_operator}__", _reflected)
    setattr(Traced, f"__i{_operator}__", asks_for_value(f"an in-place {_name} on an array", WRITE))
for _operator, _name in {
    "lt": "less",
    "le": "less_equal",
    "gt": "greater",
    "ge": "greater_equal",
    "eq": "equal",
    "ne": "not_equal",
}.items():
    setattr(Traced, f"__{_operator}__", _binary(_name, getattr(operator, _operator))[0])
for _operator, _name in {"neg": "negative", "pos": "positive", "abs": "abs", "invert": "bitwise_invert"}.items():
    setattr(Traced, f"__{_operator}__", _unary(_name, getattr(operator, _operator)))
Traced.__hash__ = object.__hash__  # type: ignore[assignment, method-assign]


class RecordingNamespace(Namespace):
    """NumPy's namespace, of which every call is recorded."""

    def __init__(self, source: Any, prefix: str = "") -> None:
        self._module = np
        self._source = source
        self._prefix = prefix

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        kept = object.__getattribute__(self, "__dict__")
        if name not in kept:
            kept[name] = self._recording(name)
        return kept[name]

    def _recording(self, name: str) -> Any:
        if name in _OF_HANDLES:
            return MethodType(_OF_HANDLES[name], self)
        function = getattr(self._source, name)
        if not self._prefix and name in ("linalg", "fft"):
            return RecordingNamespace(function, f"{name}.")
        if not callable(function) or isinstance(function, type):
            return function
        full = self._prefix + name
        effect = self._prefix == "linalg."

        def record(*args: Any, **kwargs: Any) -> Any:
            recorder = current()
            if recorder is None:
                for leaf in args:
                    if isinstance(leaf, Traced):
                        leaf.check(None)
                return function(*args, **kwargs)
            return recorder.call(full, function, args, kwargs, effect=effect)

        return record


def _seed(xp: Any, y: Any) -> Any:
    return xp.ones(y.shape, dtype=y.dtype)


def _asked(_xp: Any, x: Any) -> Any:
    return np.asarray(x)  # which is an error


def _memory(_xp: Any, x: Any) -> Any:
    return x.value if type(x.value) is np.ndarray else None


_OF_HANDLES: dict[str, Callable[..., Any]] = {
    "memory": _memory,
    "seed": _seed,
    "overwritten": Namespace.overwritten,
    "to_numpy": _asked,
    "text": _asked,
}
"""What Tensors do with their arrays that is no operation."""

RECORDING = RecordingNamespace(NUMPY)
NAMESPACES[Traced] = RECORDING

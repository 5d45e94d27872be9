"""Carrying out an operation and recording it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .._namespaces import DIFFERENTIABLE, NAMESPACES, NUMPY, Array, Namespace
from ..graph import Node, Stub, is_grad_enabled
from ..tensor import Tensor, wrap
from .operation import TENSORS, Operation

NONE: dict[str, Any] = {}
"""The parameters of an operation that has none; shared, and never written to."""


class UnsupportedOperand(TypeError):
    """An argument that is no array and can't be made one; an operator answers NotImplemented."""


def apply(operation: Operation, arguments: tuple[Any, ...], params: dict[str, Any]) -> Tensor:
    """Carry out `operation` on Tensors, arrays and scalars, and record it where an argument requires a gradient."""
    values = []
    parents = []
    tracked = 0
    bit = 1
    plain = False
    for argument in arguments:
        if isinstance(argument, Tensor):
            values.append(argument._value)
            parent = argument._node
            parents.append(parent)
            if parent is not None:
                tracked |= bit
        else:
            values.append(argument)
            parents.append(None)
            plain = True
        bit += bit
    if plain:
        values = _arrays(operation, values)
    try:
        value = operation.forward(NAMESPACES[type(values[0])], *values, **params)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise _explained(operation, values, params, error) from error
    if (
        not tracked
        or operation.vjps is None
        or not is_grad_enabled()
        or (params and not DIFFERENTIABLE[value.dtype])  # astype(int), sum(dtype=int)
    ):
        return wrap(value, None)
    reads_value, unread = operation.kept.get(tracked) or operation.keeping(tracked, len(values))
    for k in unread:
        values[k] = parents[k] or (None if values[k] is None else Stub(values[k]))
    node = Node(operation, parents, values, value if reads_value else None, params, value.shape, value.dtype)
    return wrap(value, node)


_NUMBERS = {bool, int, float, complex}


def _arrays(operation: Operation, values: list[Any]) -> list[Any]:
    """Replace scalars and lists by arrays; a scalar takes on the dtype of the arrays beside it, as NumPy 2 has it."""
    if len(values) == 2:
        # The common case, a number beside an array: 0.3 us instead of 0.7.
        a, b = values
        if type(a) in _NUMBERS and (known := _scalars.get((a, type(a), getattr(b, "dtype", None)))) is not None:
            return [known, b]
        if type(b) in _NUMBERS and (known := _scalars.get((b, type(b), getattr(a, "dtype", None)))) is not None:
            return [a, known]
    xp: Namespace = NUMPY
    dtypes = []
    loose = []
    for k, value in enumerate(values):
        kind = type(value)
        if kind in _NUMBERS or value is None:
            if value is None and operation.operator is not None:
                raise UnsupportedOperand(f"{operation.name}: expected Tensors, arrays or numbers, got None")
            loose.append(k)
            continue
        if kind is list or kind is tuple:
            values[k] = value = _sequence(operation, value)
        own = _namespace(operation, value)
        xp = xp if dtypes else own
        dtypes.append(value.dtype)
    if loose:
        dtype = _common(xp, dtypes)
        for k in loose:
            if values[k] is not None:
                values[k] = _scalar(xp, values[k], dtype)
    return values


def _common(xp: Namespace, dtypes: list[Any]) -> Any:
    """The dtype of arrays that stand together, or None; by the standard a condition or an index has no say in it."""
    if xp is not NUMPY:
        dtypes = [d for d in dtypes if DIFFERENTIABLE[d]] or dtypes
    if len(dtypes) < 2:
        return dtypes[0] if dtypes else None
    return xp.result_type(*dtypes)


def _namespace(operation: Operation, value: Any) -> Namespace:
    try:
        return NAMESPACES[type(value)]
    except TypeError as error:
        raise UnsupportedOperand(
            f"{operation.name}: expected Tensors, arrays or numbers, got {type(value).__name__}"
        ) from error


def _sequence(operation: Operation, value: Any) -> Array:
    array = np.asarray(value)
    if array.dtype.kind not in "biufc":
        raise UnsupportedOperand(f"{operation.name}: expected numbers, got a {type(value).__name__} of {array.dtype}")
    return array


_scalars: dict[tuple[Any, ...], Array] = {}


def _scalar(xp: Namespace, value: complex, dtype: Any) -> Array:
    """A Python number as an array of shape (): 0.2 us where NumPy needs 0.4 for ``x * 2.0`` with the bare number."""
    # 0.0 == -0.0 and 1 == True, so the type and the sign belong to the key.
    key = (value, type(value), dtype, str(value)) if value == 0 else (value, type(value), dtype)
    array = _scalars.get(key)
    if array is None:
        kind = _promoted(xp, value, dtype)
        array = xp.asarray(value, dtype=kind)
        if len(_scalars) > 1000:
            _scalars.clear()
        _scalars[key] = array
    return array


def _promoted(xp: Namespace, value: complex, dtype: Any) -> Any:
    """The dtype of the Python number `value` beside an array of `dtype`."""
    if dtype is None:
        return None
    if xp is NUMPY:
        return np.result_type(dtype, value)
    if xp.isdtype(dtype, "integral") and isinstance(value, float):
        return xp.__array_namespace_info__().default_dtypes()["real floating"]
    return dtype


def _explained(operation: Operation, values: list[Any], params: dict[str, Any], error: Exception) -> Exception:
    """The library's error, with the operation and its arguments before it."""
    if not values:
        return ValueError(f"{operation.name}: at least one array expected, got an empty list")
    shapes = ", ".join(f"{v.dtype} of shape {v.shape}" for v in values if v is not None)
    metadata = "".join(f", {name}={value!r}" for name, value in params.items() if value is not None)
    kind = next(k for k in (IndexError, OverflowError, ValueError, TypeError) if isinstance(error, k))
    return kind(f"{operation.name}({shapes}{metadata}): {error}")


def as_tensor(x: Any) -> Tensor:
    """`x` itself if it is a Tensor, else a constant around it (an array is not copied)."""
    if isinstance(x, Tensor):
        return x
    if isinstance(x, (np.ndarray, np.generic)) or hasattr(x, "__array_namespace__"):
        return wrap(x, None)
    return Tensor(x)


# Arrays inside an index ----------------------------------------------------------------------------------------------


class Slot(NamedTuple):
    """The place of an array in an index; `restore` puts it back."""

    position: int


def lift(key: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take the arrays out of an index, so that the operation sees them as arguments.

    Examples
    --------
    >>> from autodiff.op import lift
    >>> lift((slice(None), [2, 0]))
    ((slice(None, None, None), Slot(position=0)), (array([2, 0]),))
    """
    found: list[Any] = []

    def place(k: Any) -> Any:
        if k is None or k is Ellipsis or isinstance(k, (int, slice)) and not isinstance(k, bool):
            return k
        if isinstance(k, (list, bool)):
            k = np.asarray(k, dtype=None if k != [] else np.intp)
        elif isinstance(k, np.integer):
            return int(k)
        found.append(k)
        return Slot(len(found) - 1)

    lifted = tuple(place(k) for k in key) if isinstance(key, tuple) else place(key)
    return lifted, tuple(found)


def restore(key: Any, index: tuple[Any, ...]) -> Any:
    """The index that `lift` took apart."""
    if not index:
        return key
    if isinstance(key, Slot):
        return index[key.position]
    return tuple(index[k.position] if isinstance(k, Slot) else k for k in key)

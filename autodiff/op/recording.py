"""Carrying out an operation and recording it.

`apply` does it for every operation; `apply_unary`, `apply_binary` and `apply_ternary` do the same faster where they
can.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .._namespaces import DIFFERENTIABLE, NAMESPACES, NUMPY, Array, Namespace
from ..graph import NOT_KEPT, Node, Stub, is_grad_enabled, next_index
from ..tensor import Tensor, wrap
from .keys import lift as lift
from .operation import TENSORS as TENSORS  # the generated functions find it here
from .operation import Operation, Sample
from .several import Cotangents, Outputs
from .views import remember_view

NONE: dict[str, Any] = {}
"""The parameters of an operation that has none; shared, and never written to."""


class OperandError(TypeError):
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
            if type(argument) is not np.ndarray:
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
        tensor = wrap(value, None)
    else:
        reads_value, unread = operation.kept.get(tracked) or operation.keeping(tracked, len(values))
        for k in unread:
            values[k] = parents[k] or (None if values[k] is None else Stub(values[k]))
        tensor = _recorded(operation, parents, values, value, reads_value, params)
    if operation.aliases:
        remember_view(tensor, operation, arguments, params)
    return tensor


_new = object.__new__


def _recorded(
    operation: Operation, parents: Any, saved: Any, value: Array, reads_value: bool, params: dict[str, Any]
) -> Tensor:
    """A Tensor around `value` with a new Node. Filled in here, without ``__init__``: 0.25 us in place of 0.35."""
    node: Node = _new(Node)
    node.operation = operation
    node.parents = parents
    node.arguments = saved
    node.value = value if reads_value else None
    node.params = params
    node.index = next_index()
    node.shape = value.shape
    node.dtype = value.dtype
    node.grad = NOT_KEPT
    tensor: Tensor = _new(Tensor)
    tensor._value = value
    tensor._node = node
    tensor.name = None
    return tensor


def apply_unary(operation: Operation, x: Any) -> Tensor:
    """`apply` for one argument and no parameters: the same unrolled, in 0.7 of the time."""
    if not isinstance(x, Tensor):
        return apply(operation, (x,), NONE)
    value = x._value
    parent = x._node
    try:
        y = operation.forward(NAMESPACES[type(value)], value)
    except Exception:
        return apply(operation, (x,), NONE)  # which explains the error
    if parent is None or operation.vjps is None or not is_grad_enabled():
        return wrap(y, None)
    reads_y, unread = operation.kept.get(1) or operation.keeping(1, 1)
    return _recorded(operation, (parent,), (parent if unread else value,), y, reads_y, NONE)


def apply_binary(operation: Operation, a: Any, b: Any) -> Tensor:
    """`apply` for two arguments and no parameters: the same unrolled, in 0.6 of the time."""
    p1 = p2 = None
    try:
        if isinstance(a, Tensor):
            x1 = a._value
            p1 = a._node
            if isinstance(b, Tensor):
                x2 = b._value
                p2 = b._node
            else:
                x2 = b if type(b) is np.ndarray else _numbers[b, type(b), type(x1), x1.dtype]
        else:
            x2 = b._value
            p2 = b._node
            x1 = a if type(a) is np.ndarray else _numbers[a, type(a), type(x2), x2.dtype]
        y = operation.forward(NAMESPACES[type(x1)], x1, x2)
    except Exception:
        return apply(operation, (a, b), NONE)  # which knows all kinds of arguments, and explains errors
    if (p1 is None and p2 is None) or operation.vjps is None or not is_grad_enabled():
        return wrap(y, None)
    tracked = 2 if p1 is None else 1 if p2 is None else 3
    reads_y, unread = operation.kept.get(tracked) or operation.keeping(tracked, 2)
    saved = [x1, x2]
    for k in unread:
        saved[k] = (p2 if k else p1) or Stub(saved[k])
    return _recorded(operation, (p1, p2), saved, y, reads_y, NONE)


def apply_ternary(operation: Operation, a: Any, b: Any, c: Any) -> Tensor:
    """`apply` for three Tensors and no parameters: the same unrolled, in 0.7 of the time."""
    if not (isinstance(a, Tensor) and isinstance(b, Tensor) and isinstance(c, Tensor)):
        return apply(operation, (a, b, c), NONE)
    saved: list[Any] = [a._value, b._value, c._value]
    try:
        y = operation.forward(NAMESPACES[type(saved[0])], *saved)
    except Exception:
        return apply(operation, (a, b, c), NONE)  # which explains the error
    parents = (a._node, b._node, c._node)
    tracked = (parents[0] is not None) + 2 * (parents[1] is not None) + 4 * (parents[2] is not None)
    if not tracked or operation.vjps is None or not is_grad_enabled():
        return wrap(y, None)
    reads_y, unread = operation.kept.get(tracked) or operation.keeping(tracked, 3)
    for k in unread:
        saved[k] = parents[k] or Stub(saved[k])
    return _recorded(operation, parents, saved, y, reads_y, NONE)


# Several outputs -----------------------------------------------------------------------------------------------------


def _item_rule(xp: Any, g: Array, _y: Array, _x: Array, *, index: int) -> Any:
    """A cotangent in its place among those of the other outputs."""
    return Cotangents((*[None] * index, g, *[None] * (len(_x.shape) - index - 1)), _x)


def _item(xp: Namespace, x: Outputs, *, index: int) -> Array:
    """One output of an operation with several."""
    return x[index]


ITEM = Operation(_item, "linear", (_item_rule,), samples=(Sample((), {}),), holomorphic=False)


def items(whole: Tensor) -> Any:
    """The outputs of an operation with several, as Tensors: a named tuple, as the operation returned one of arrays."""
    node = whole._node
    parts = [
        wrap(value, None)
        if node is None or not DIFFERENTIABLE[value.dtype]
        else _recorded(ITEM, (node,), (node,), value, False, {"index": k})
        for k, value in enumerate(whole._value)
    ]
    kind = type(whole._value)
    return kind(*parts) if hasattr(kind, "_fields") else kind(parts)


_NUMBERS = {bool, int, float, complex}


def _arrays(operation: Operation, values: list[Any]) -> list[Any]:
    """Replace scalars and lists by arrays; a scalar takes on the dtype of the arrays beside it, as NumPy 2 has it."""
    xp: Namespace = NUMPY
    dtypes: list[Any] = []
    loose = []
    beside: type = np.ndarray
    for k, value in enumerate(values):
        kind = type(value)
        if kind in _NUMBERS or value is None:
            if value is None and operation.operator is not None:
                raise OperandError(f"{operation.name}: expected Tensors, arrays or numbers, got None")
            loose.append(k)
            continue
        if kind is list or kind is tuple:
            values[k] = value = _sequence(operation, value)
        own = _namespace(operation, value)
        if not dtypes:
            xp, beside = own, type(value)
        dtypes.append(value.dtype)
    if loose:
        dtype = _common(xp, dtypes)
        for k in loose:
            if values[k] is not None:
                values[k] = _scalar(xp, values[k], beside, dtype)
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
        raise OperandError(
            f"{operation.name}: expected Tensors, arrays or numbers, got {type(value).__name__}"
        ) from error


def _sequence(operation: Operation, value: Any) -> Array:
    array = np.asarray(value)
    if array.dtype.kind not in "biufc":
        raise OperandError(f"{operation.name}: expected numbers, got a {type(value).__name__} of {array.dtype}")
    return array


_numbers: dict[tuple[Any, ...], Array] = {}


def _scalar(xp: Namespace, value: complex, beside: type, dtype: Any) -> Array:
    """A Python number as an array of shape () for an array of type `beside` and of `dtype`, or as a NumPy scalar.

    On ten numbers ``x * array(2.0)`` takes 0.2 us where ``x * 2.0`` takes 0.4; beside a NumPy scalar another one takes
    0.04 us where an array takes 0.2.
    """
    key = (value, type(value), beside, dtype)
    array = _numbers.get(key)
    if array is None or value == 0:
        array = xp.asarray(value, dtype=_promoted(xp, value, dtype))
        if issubclass(beside, np.generic):
            array = array[()]
        if len(_numbers) > 1000:
            _numbers.clear()
        if value != 0:  # 0.0 == -0.0
            _numbers[key] = array
    return array


def _promoted(xp: Namespace, value: complex, dtype: Any) -> Any:
    """The dtype of the Python number `value` beside an array of `dtype`."""
    if dtype is None:
        return None
    if xp is NUMPY:
        return np.result_type(dtype, value)
    if type(value) is complex and xp.isdtype(dtype, "real floating"):
        return xp.result_type(dtype, xp.complex64)
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

"""Carrying out an operation and recording it.

`apply` does it for every operation; `unrolled` has the faster form of the common case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._namespaces import DIFFERENTIABLE, NAMESPACES, NUMPY, Array, Namespace, is_array
from ..graph import NOT_KEPT, GradientError, Node, Stub, is_grad_enabled, next_index
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
    if plain or (len(values) > 1 and len(set(map(type, values))) > 1):
        values = _arrays(operation, values)
    try:
        value = operation.forward(NAMESPACES[type(values[0])], *values, **params)
    except GradientError:
        raise
    except (ValueError, TypeError, IndexError, OverflowError, RuntimeError) as error:
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


# Names that the generated functions find here, besides those imported.
new = object.__new__
ndarray = np.ndarray
float64 = np.float64
FLOAT64 = np.dtype(np.float64)


def _recorded(
    operation: Operation, parents: Any, saved: Any, value: Array, reads_value: bool, params: dict[str, Any]
) -> Tensor:
    """A Tensor around `value` with a new Node. Filled in here, without ``__init__``: 0.25 us in place of 0.35."""
    node: Node = new(Node)
    node.operation = operation
    node.parents = parents
    node.arguments = saved
    node.value = value if reads_value else None
    node.params = params
    node.index = next_index()
    node.shape = value.shape
    node.dtype = value.dtype
    node.grad = NOT_KEPT
    tensor: Tensor = new(Tensor)
    tensor._value = value
    tensor._node = node
    tensor.name = None
    return tensor


def apply_operator(operation: Operation, arguments: tuple[Any, ...], params: dict[str, Any]) -> Any:
    """`apply` for Python's operators, which leave what is no array to the other operand."""
    try:
        return apply(operation, arguments, params)
    except OperandError:
        return NotImplemented


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
_ORDINARY = {np.ndarray, np.float64, list, tuple, type(None)}


def _arrays(operation: Operation, values: list[Any]) -> list[Any]:
    """Replace scalars and lists by arrays; a scalar takes on the dtype of the arrays beside it, as NumPy 2 has it."""
    like = _of_another_library(operation, values)
    if like is not None:
        values = [_beside(operation, value, like) for value in values]
    xp: Namespace = NUMPY
    dtypes: list[Any] = []
    loose = []
    beside: Any = None
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
            xp, beside = own, value
        elif own is not xp:
            raise _mixed(operation, values)
        dtypes.append(value.dtype)
    if loose:
        dtype = _common(xp, dtypes)
        for k in loose:
            if values[k] is not None:
                values[k] = _scalar(xp, values[k], beside, dtype)
    return values


def _of_another_library(operation: Operation, values: Sequence[Any]) -> Array | None:
    """The first array among `values` that isn't NumPy's."""
    for value in values:
        kind = type(value)
        if kind not in _ORDINARY and kind not in _NUMBERS and _namespace(operation, value) is not NUMPY:
            return value
    return None


def _beside(operation: Operation, value: Any, like: Array) -> Any:
    """What is no array of its own (a list, a NumPy scalar, an index) as one of the library and device of `like`."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return NAMESPACES[type(like)].asarray(_sequence(operation, value).tolist(), device=like.device)
    if isinstance(value, np.ndarray) and operation.indexed and value.dtype.kind in "biu":
        return NAMESPACES[type(like)].asarray(value, device=like.device)
    return value


def _mixed(operation: Operation, values: Sequence[Any]) -> TypeError:
    names = dict.fromkeys([kind_of(v) for v in values if is_array(v)])
    return TypeError(
        f"{operation.name}: arrays of different libraries can't be mixed, got {' and '.join(names)}; convert one "
        "first, with Tensor(library.asarray(a)) or t.numpy()"
    )


def kind_of(array: Array) -> str:
    """The type of an array, with its library: "torch's Tensor"."""
    return f"{type(array).__module__.partition('.')[0]}'s {type(array).__name__}"


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


numbers: dict[tuple[Any, ...], Array] = {}
"""(number, its type, type and dtype of the array beside it) -> the number as an array."""
floats: dict[float, Any] = {}
"""The same for a Python float beside a NumPy float64."""


def _scalar(xp: Namespace, value: complex, beside: Array | None, dtype: Any) -> Array:
    """A Python number as an array of shape () and of `dtype` for the array `beside`, or as a NumPy scalar.

    On ten numbers ``x * array(2.0)`` takes 0.2 us where ``x * 2.0`` takes 0.4; beside a NumPy scalar another one takes
    0.04 us where an array takes 0.2.
    """
    kind = np.ndarray if beside is None else type(beside)
    key = (value, type(value), kind, dtype)
    array = numbers.get(key)
    if array is None or value == 0:
        array = xp.asarray(value, dtype=_promoted(xp, value, dtype))
        if issubclass(kind, np.generic):
            array = array[()]
        if len(numbers) > 1000:
            numbers.clear()
            floats.clear()
        if value != 0:  # 0.0 == -0.0
            numbers[key] = array
            if type(value) is float and kind is np.float64:
                floats[value] = array
    if beside is not None and xp is not NUMPY and array.device != beside.device:
        return xp.asarray(value, dtype=array.dtype, device=beside.device)
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
    shapes = ", ".join(f"{v.dtype} of shape {tuple(v.shape)}" for v in values if v is not None)
    metadata = "".join(f", {name}={value!r}" for name, value in params.items() if value is not None)
    kind = next((k for k in (IndexError, OverflowError, TypeError) if isinstance(error, k)), ValueError)
    return kind(f"{operation.name}({shapes}{metadata}): {error}")


def as_tensor(x: Any) -> Tensor:
    """`x` itself if it is a Tensor, else a constant around it (an array is not copied)."""
    if isinstance(x, Tensor):
        return x
    if is_array(x):
        return wrap(x, None)
    return Tensor(x)


def as_tensors(arguments: Sequence[Any]) -> list[Tensor]:
    """`as_tensor` of each; numbers and lists go to the library and the device of the arrays beside them."""
    arrays = [x._value if isinstance(x, Tensor) else x for x in arguments]
    like = next((x for x in arrays if is_array(x) and NAMESPACES[type(x)] is not NUMPY), None)
    return [as_tensor(x) if like is None else tensor_like(x, like) for x in arguments]


def tensor_like(x: Any, like: Array) -> Tensor:
    """`as_tensor` of `x`, where numbers and lists go to the library and the device of the array `like`."""
    if isinstance(x, Tensor) or NAMESPACES[type(like)] is NUMPY or (is_array(x) and not isinstance(x, np.generic)):
        return as_tensor(x)
    xp = NAMESPACES[type(like)]
    number = x.item() if isinstance(x, np.generic) else x
    if type(number) in _NUMBERS:
        return wrap(xp.asarray(number, dtype=_promoted(xp, number, like.dtype), device=like.device), None)
    return wrap(xp.asarray(np.asarray(x).tolist(), device=like.device), None)

"""Views: two handles on the same memory, as NumPy has them.

NumPy's `y = x[0]` shares the memory of `x`, and code written for NumPy relies on it: a function that is handed a row
writes to it, and the array has changed. Here a write moves a handle on to a new value. So a view remembers the handle
that it is a view of, which moves on with it, and a handle remembers its views, which move on with it.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np

from .._namespaces import NAMESPACES, Array
from ..graph import GradientError, Leaf
from ..tensor import Tensor, View, wrap
from .keys import restore
from .operation import TENSORS, Operation


def remember_view(tensor: Tensor, operation: Operation, arguments: tuple[Any, ...], params: dict[str, Any]) -> None:
    """Let `tensor` and the first of the arguments, from which `operation` made it, know of each other if it is a view.

    It is one where NumPy's is: numbers taken out of an array are none, and what names an entry several times
    (`broadcast_to`) can't be written to. Tensors over another library's arrays have no views yet.

    This takes 0.5 us for a view of a leaf, 1.2 us for others.
    """
    base = arguments[0]
    value = tensor._value
    if not isinstance(base, Tensor):
        return
    held = base._value
    if type(value) is not np.ndarray:
        value, held = NAMESPACES[type(value)].memory(value), NAMESPACES[type(held)].memory(held)
        if value is None or held is None:
            return
    if value is held or (value.size != held.size and not operation.indexed):
        return
    memory = value.base
    if memory is held or (memory is not None and memory is getattr(held, "base", None)):
        tensor._view = (base, operation, arguments, params)
        if type(base._node) is not Leaf:  # a leaf is written to in its memory
            views = getattr(base, "_views", None)
            if views is None:
                base._views = [weakref.ref(tensor)]
            else:
                if not len(views) & (len(views) - 1):  # now and then
                    views[:] = [reference for reference in views if reference() is not None]
                views.append(weakref.ref(tensor))


def write_through(tensor: Tensor, what: str, part: Tensor) -> Array:
    """Write the new value of the view `tensor`, `part`, into what it is a view of, and return it as a view of that."""
    view = tensor._view
    assert view is not None
    base, operation, _, params = view
    if operation.indexed:
        whole = TENSORS.setitem(base, part, **_arguments(view))
    else:  # a rearrangement: the rule is its transpose, which is its inverse
        rule = operation.rule(0)
        assert rule is not None
        whole = TENSORS.reshape(rule(TENSORS, part, part, base, **params), base.shape)
    tensor._view = None  # it need not follow
    try:
        base._become(what, _laid_out(whole._value, base._value), whole._node)
    finally:
        tensor._view = view
    return operation.function(wrap(base._value, None), **_arguments(view))._value


def _laid_out(value: Array, old: Array) -> Array:
    """`value` in the memory layout of `old`, on which it depends whether `reshape` makes a view or a copy."""
    now, before = NAMESPACES[type(value)].memory(value), NAMESPACES[type(old)].memory(old)
    if now is None or before is None or now.strides == before.strides:
        return value
    if now is not value:
        raise GradientError(
            "a compiled function can't write through a view of an array that isn't in row order (a transposed one); "
            "write x = ad.setitem(x, values, key), or copy it first"
        )
    moved = np.empty_like(old)
    moved[...] = value
    return moved


def follow(tensor: Tensor) -> None:
    """Bring the view `tensor` up to date, after what it is a view of was written to."""
    view = tensor._view
    if view is not None:
        fresh = view[1].function(view[0], **_arguments(view))
        tensor._move(fresh._value, fresh._node)


def is_view_at(tensor: Tensor, base: Tensor, key: Any, index: tuple[Any, ...]) -> bool:
    """Whether `tensor` is ``base[key]``."""
    view = getattr(tensor, "_view", None)
    return view is not None and view[0] is base and not index and len(view[2]) == 1 and view[3].get("key", view) == key


def _arguments(view: View) -> dict[str, Any]:
    _, operation, arguments, params = view
    return params | {"key": restore(params["key"], arguments[1:])} if operation.indexed else params


Tensor._write_through = write_through  # type: ignore[method-assign, assignment]
Tensor._follow = follow  # type: ignore[method-assign, assignment]

"""Views: two handles on the same memory, as NumPy has them.

NumPy's `y = x[0]` shares the memory of `x`, and code written for NumPy relies on it: a function that is handed a row
writes to it, and the array has changed. Here a write moves a handle on to a new value. So a view remembers the handle
that it is a view of, which moves on with it, and a handle remembers its views, which move on with it.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np

from ..graph import Leaf
from ..tensor import Tensor
from .keys import restore
from .operation import TENSORS, Operation


class View:
    """How a tensor came out of another one, `base`, whose memory it shares.

    Attributes
    ----------
    base : Tensor
        The array that it is a part, or a rearrangement, of.
    operation, index, params
        What gave the view: applied to `(base, *index)`.
    writing : bool
        Whether the base is being changed on behalf of this view, which then need not follow.
    """

    __slots__ = ("base", "index", "operation", "params", "writing")

    def __init__(self, base: Tensor, operation: Operation, index: tuple[Any, ...], params: dict[str, Any]) -> None:
        self.base = base
        self.operation = operation
        self.index = index
        self.params = params
        self.writing = False

    def write(self, what: str, part: Tensor) -> None:
        """Write the new value of the view, `part`, into the base."""
        if self.operation.indexed:
            whole = TENSORS.setitem(self.base, part, **self._arguments())
        else:  # a rearrangement: the rule is its transpose, which is its inverse
            rule = self.operation.rule(0)
            assert rule is not None
            whole = TENSORS.reshape(rule(TENSORS, part, part, self.base, **self.params), self.base.shape)
        self.writing = True
        try:
            self.base._become(what, whole._value, whole._node)
        finally:
            self.writing = False

    def follow(self, tensor: Tensor) -> None:
        """Bring the view `tensor` up to date, after its base was written to."""
        if not self.writing:
            fresh = self.operation.function(self.base, **self._arguments())
            tensor._move(fresh._value, fresh._node)

    def is_at(self, base: Tensor, key: Any, index: tuple[Any, ...]) -> bool:
        """Whether this is `base[key]`."""
        return self.base is base and self.params.get("key", self) == key and not (index or self.index)

    def _arguments(self) -> dict[str, Any]:
        if not self.operation.indexed:
            return self.params
        return self.params | {"key": restore(self.params["key"], self.index)}


def remember_view(tensor: Tensor, operation: Operation, arguments: tuple[Any, ...], params: dict[str, Any]) -> None:
    """Let `tensor` and the first of the arguments, from which `operation` made it, know of each other if it is a view.

    It is one where NumPy's is: numbers taken out of an array are none, and what names an entry several times
    (`broadcast_to`) can't be written to.
    """
    base, *index = arguments
    if not isinstance(base, Tensor):
        return
    value, held = tensor._value, base._value
    if type(value) is not np.ndarray or value is held or (value.size != held.size and not operation.indexed):
        return
    if value.base is held or (value.base is not None and value.base is getattr(held, "base", None)):
        tensor._view = View(base, operation, tuple(index), params)
        if not isinstance(base._node, Leaf):  # a leaf is written to in its memory
            base._views = [*(v for v in getattr(base, "_views", ()) if v() is not None), weakref.ref(tensor)]

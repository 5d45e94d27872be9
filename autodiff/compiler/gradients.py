"""The gradients that a replay leaves behind, as `Leaf.grad` holds them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph import Deferred, GradientError, Leaf
from ..tensor import Tensor


class Gradient(Deferred):
    """The gradient of a leaf after a replay, still in the program's buffer; copied when somebody reads it."""

    __slots__ = ("_buffer", "_leaf")

    def __init__(self, leaf: Leaf, buffer: Any) -> None:
        self._leaf = leaf
        self._buffer = buffer

    def read(self) -> Any:
        """A copy, which takes the place of this."""
        value = np.array(self._buffer)
        if self._leaf.grad is self:
            self._leaf.grad = value
        return value

    def __reduce__(self) -> Any:
        return np.asarray, (self.read(),)


class Lost(Deferred):
    """The gradient of a leaf after a replay that ended with an error."""

    __slots__ = ("_leaf",)

    def __init__(self, leaf: Leaf) -> None:
        self._leaf = leaf

    def read(self) -> Any:
        """Raise."""
        raise GradientError(
            f"the gradient of {self._leaf!r} is lost: the compiled step that computes it ended with an error"
        )


def read_gradient(leaf: Leaf) -> Any:
    """The gradient of a leaf as an array."""
    grad = leaf.grad
    if isinstance(grad, Deferred):
        grad = grad.read()
    return grad._value if isinstance(grad, Tensor) else grad

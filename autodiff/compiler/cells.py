"""State: what was there before a call, and what the call changes or may find changed the next time.

The value of a Tensor, the gradient of a leaf, an array of an optimizer: each is a cell, a place to read from and to
write to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..graph import Deferred, Leaf
from ..tensor import Tensor
from .program import Var
from .tracing import Traced

if TYPE_CHECKING:
    from .capture import Capture


class TensorCell:
    """The value of a Tensor that was there before.

    Attributes
    ----------
    tensor : Tensor
    original : array
        Its value before the call.
    var : Var
        That value in the program.
    result : Var or None
        The value after the call, where it is another one.
    in_place : bool
        Whether a new value is written into the array, as into a leaf's, or takes its place.
    """

    def __init__(self, tensor: Tensor, capture: Capture) -> None:
        self.tensor = tensor
        self.original = tensor._value
        self.node = tensor._node
        self.traced = capture.input(self.original, tensor.name)
        self.var = self.traced.var
        self.result: Var | None = None
        self.in_place = isinstance(self.node, Leaf)
        if self.in_place:
            capture.state.add(self.var)
        tensor._value = self.traced

    def finish(self) -> None:
        """Note what the call made of it."""
        final = self.tensor._value
        if isinstance(final, Traced) and final.var is not self.var:
            self.result = final.var
        self.final_node = self.tensor._node

    def restore(self) -> None:
        """Put back what was there before the call."""
        self.tensor._value = self.original
        self.tensor._node = self.node

    def release(self) -> None:
        """Forget the tensor, an argument of the recorded call."""
        del self.tensor, self.original


class GradientCell(Deferred):
    """The gradient of a leaf, while a call is recorded: tells whether what was there before mattered."""

    def __init__(self, leaf: Leaf, capture: Capture) -> None:
        self.leaf = leaf
        self.capture = capture
        self.original = leaf.grad
        value = self.original
        if isinstance(value, Deferred):
            value = value.read()
        raw = value._value if isinstance(value, Tensor) else value
        self.present = raw is not None
        self.traced = capture.input(raw, None) if self.present else None
        self.mattered = False
        self.result: Any = self
        leaf.grad = self

    def read(self) -> Any:
        """The gradient as it was before the call, or None."""
        self.mattered = True
        return self.traced

    def finish(self) -> None:
        """Note what the call made of it."""
        grad = self.leaf.grad
        value = grad._value if isinstance(grad, Tensor) else grad
        self.result = grad if grad is None or grad is self else self.capture.lifted(value)

    def restore(self) -> None:
        """Put back what was there before the call."""
        self.leaf.grad = self.original


class ArrayCell:
    """An array of an optimizer: state that is no Tensor; attributes as those of `TensorCell`."""

    def __init__(self, array: Any, capture: Capture, name: str | None) -> None:
        self.original = array
        self.traced = capture.input(array, name)
        self.var = self.traced.var
        self.result: Var | None = None


State = TensorCell | ArrayCell
"""What is read from an array and written to one."""

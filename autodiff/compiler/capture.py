"""`Capture`: the recording of one call, with the state that it reads and writes.

State is what was there before and what the call changes or may find changed the next time: the values of Tensors,
the gradients of leaves, the arrays of an optimizer. Each is a cell: a place to read from and to write to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph import Deferred, Leaf, Node, next_index
from ..tensor import Tensor
from .hooks import hooked
from .program import Var
from .tracing import Recorder, RecordingError, Traced, current


class TensorCell:
    """The value of a Tensor that was there before."""

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
    """An array of an optimizer or a module: state that is no Tensor."""

    def __init__(self, array: Any, capture: Capture, name: str | None) -> None:
        self.array = array
        self.traced = capture.input(array, name)
        self.var = self.traced.var
        self.result: Var | None = None


class Capture(Recorder):
    """A recorder that knows the state."""

    def __init__(self) -> None:
        super().__init__()
        self.start = next_index()
        self.tensors: dict[int, TensorCell] = {}
        self.gradients: dict[int, GradientCell] = {}
        self.arrays: dict[int, ArrayCell] = {}
        self.drawn: set[int] = set()

    def adopt(self, tensor: Tensor) -> Tensor:
        """Make the value of a Tensor an input of the program."""
        if not isinstance(tensor._value, Traced) and id(tensor) not in self.tensors:
            if isinstance(tensor._node, Node):
                if tensor._node.index < self.start:
                    raise RecordingError(
                        f"a tensor of shape {tensor.shape} that was computed outside of the compiled function requires "
                        "a gradient: compute it inside, or pass it as an argument, or .detach() it"
                    )
                tensor._value = self.constant(tensor._value)
                return tensor
            self.tensors[id(tensor)] = TensorCell(tensor, self)
            leaf = tensor._node
            if isinstance(leaf, Leaf) and leaf.index < self.start and id(leaf) not in self.gradients:
                self.gradients[id(leaf)] = GradientCell(leaf, self)
        return tensor

    def gradient(self, tensor: Tensor) -> Any:
        """The present gradient of a leaf as an array, or None."""
        leaf = self.adopt(tensor)._node
        grad = None if leaf is None else leaf.grad
        if isinstance(grad, Deferred):
            grad = grad.read()
        return grad._value if isinstance(grad, Tensor) else grad

    def release(self) -> None:
        """Forget the values; what was recorded stays."""
        self.values = {}
        self._captured = {}
        for cell in self.tensors.values():
            del cell.traced
        for gradient in self.gradients.values():
            gradient.original = None

    def state_array(self, array: Any, name: str | None = None) -> Traced:
        """The present value of an array that `write_array` may change."""
        cell = self.arrays.get(id(array))
        if cell is None:
            cell = self.arrays[id(array)] = ArrayCell(array, self, name)
        return cell.traced

    def write_array(self, array: Any, value: Any) -> None:
        """The array's contents at the end of the step."""
        self.state_array(array)
        cell = self.arrays[id(array)]
        cell.traced = value if isinstance(value, Traced) else self.constant(value)
        cell.result = None if cell.traced.var is cell.var else cell.traced.var


def recording() -> Capture | None:
    """The recording of a compiled function that is going on in this thread."""
    recorder = current()
    return recorder if isinstance(recorder, Capture) else None


def run_recorded(capture: Capture, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """Call `function` with every operation recorded; afterwards all state is as it was before."""
    try:
        with hooked(), capture:
            result = function(*args, **kwargs)
        for cell in (*capture.tensors.values(), *capture.gradients.values()):
            cell.finish()
        return result
    finally:
        for cell in (*capture.tensors.values(), *capture.gradients.values()):
            cell.restore()

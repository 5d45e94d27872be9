"""`Capture`: the recording of one call, with the state that it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph import Deferred, Leaf, Node, next_index
from ..tensor import Tensor
from .cells import ArrayCell, GradientCell, TensorCell
from .hooks import hooked
from .tracing import Recorder, RecordingError, Traced, current


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

    def touched(self) -> list[TensorCell | GradientCell]:
        """The cells that hold the recorder's arrays while it works."""
        return [*self.tensors.values(), *self.gradients.values()]

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
        for cell in capture.touched():
            cell.finish()
        return result
    finally:
        for cell in capture.touched():
            cell.restore()

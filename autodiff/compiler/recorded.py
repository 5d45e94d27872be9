"""`Recording`: a call that was recorded, as a program with its arguments, its state and its results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..graph import NOT_KEPT, Leaf, Node, is_grad_enabled, next_index
from ..tensor import Tensor
from .capture import Capture, run_recorded
from .cells import GradientCell, State, TensorCell
from .conditions import Item
from .guards import Surroundings
from .interface import Argument, NotRecordableError, Output, check_static, flatten, returned
from .optimise import lowered, optimised
from .program import Program, Var, mapped
from .randomness import is_generator, recorded_generator
from .tracing import RecordingError, Traced


class Recording:
    """A recorded call.

    Attributes
    ----------
    program : Program
        Optimised, in terms of NumPy's functions.
    shown : Program
        The same as the user is shown it.
    arguments, structure
        The leaves of the arguments, and how they were arranged.
    outputs : list of Output
    state : list of TensorCell and ArrayCell
    gradients : list of GradientCell
    guards : list of Item
        What has to be as it was.
    """

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        surroundings = Surroundings(function, args, kwargs)
        self.grad_enabled = is_grad_enabled()
        self.capture = capture = Capture()
        flat, self.structure = flatten((args, kwargs))
        given = self._arguments(flat, surroundings)
        for tensor in surroundings.tensors.values():
            if not isinstance(tensor._node, Node):
                capture.adopt(tensor)
        replacement = iter(given)
        new_args, new_kwargs = mapped((args, kwargs), lambda _: next(replacement))
        with (
            surroundings.drawing(lambda generator: recorded_generator(capture, generator)),
            surroundings.watched((new_args, new_kwargs)),
        ):
            result = run_recorded(capture, function, new_args, new_kwargs)
        surroundings.check_unchanged(capture)
        self.guards: list[Item] = surroundings.guards()
        self._result = result
        self.state: list[State] = [*capture.tensors.values(), *capture.arrays.values()]
        self.gradients = [cell for cell in capture.gradients.values() if cell.result is not cell]
        self._name_gradients()
        self._check_cells()
        self._outputs(surroundings)
        self._programs()
        self.state = [cell for cell in self.state if cell.result is not None or cell.var in self.read]
        self._check_memory(flat)
        self.argument_names: list[str] = []

    # Before the call -------------------------------------------------------------------------------------------------

    def _arguments(self, flat: list[Any], surroundings: Surroundings) -> list[Any]:
        """Make inputs of the arguments; returns what the function is called with."""
        self.arguments: list[Argument] = []
        given: list[Any] = []
        seen: dict[int, int] = {}
        for k, leaf in enumerate(flat):
            if isinstance(leaf, Tensor):
                if isinstance(leaf._node, Node):
                    raise NotRecordableError
                self.capture.adopt(leaf)
                cell = self.capture.tensors[id(leaf)]
                same = seen.setdefault(id(leaf), k)
                self.arguments.append(
                    Argument(
                        "tensor",
                        type(leaf),
                        leaf if id(leaf) in surroundings.tensors else None,
                        cell.var,
                        cell,
                        same if same != k else None,
                        id(leaf) in surroundings.tensors,
                    )
                )
                given.append(leaf)
            elif is_generator(leaf):
                self.arguments.append(Argument("generator", type(leaf)))
                given.append(recorded_generator(self.capture, leaf, f"a{k}"))
            elif isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype.kind in "biufc":
                traced = self.capture.input(leaf)
                self.arguments.append(Argument("array", type(leaf), None, traced.var))
                given.append(traced)
            else:
                self.arguments.append(Argument("static", type(leaf), leaf))
                given.append(leaf)
        return given

    # After it --------------------------------------------------------------------------------------------------------

    def _check_cells(self) -> None:
        for cell in self.capture.tensors.values():
            if cell.final_node is not cell.node:
                raise RecordingError(
                    f"the compiled function turns a tensor from outside (name {cell.tensor.name!r}, shape "
                    f"{cell.original.shape}) into one with another history (x += y, x[k] = y, requires_grad = ...), "
                    "which a replay can't; return the new tensor instead"
                )

    def _name_gradients(self) -> None:
        """The gradient of a leaf is that of its value."""
        values = {id(cell.node): cell.var for cell in self.capture.tensors.values() if cell.node is not None}
        for gradient in self.gradients:
            if gradient.result is not None and id(gradient.leaf) in values:
                gradient.result.var.gradient_of = values[id(gradient.leaf)]

    def _check_memory(self, flat: list[Any]) -> None:
        """What shares memory with state that is written to, and is no state itself, would have to see the writing."""
        written = [cell for cell in self.state if cell.result is not None]
        others = [leaf for leaf in flat if isinstance(leaf, np.ndarray)]
        others += [value for var, value in self.capture.constants.items() if var in self.read and value.size > 1]
        others += [cell.original for cell in self.state if cell.result is None]
        for cell in written:
            beside = [*others, *(other.original for other in written if other is not cell)]
            if any(np.may_share_memory(cell.original, array) for array in beside):
                raise NotRecordableError

    def _outputs(self, surroundings: Surroundings) -> None:
        flat, _ = flatten(self._result)
        self.template = mapped(self._result, lambda _: None)
        positions = {id(a.cell.tensor): k for k, a in enumerate(self.arguments) if a.cell is not None}
        by_var = {a.var: k for k, a in enumerate(self.arguments) if a.kind == "array"}
        self.outputs: list[Output] = []
        for leaf in flat:
            if isinstance(leaf, Tensor):
                self.outputs.append(self._tensor_output(leaf, positions, surroundings))
            elif isinstance(leaf, Traced):
                if leaf.var in by_var:
                    self.outputs.append(Output("argument", value=by_var[leaf.var]))
                else:
                    self.outputs.append(Output("array", leaf.var, view_of=self._view_of(leaf.var)))
            elif isinstance(leaf, np.ndarray):
                self.outputs.append(Output("array", self.capture.constant(leaf).var))
            else:
                check_static(leaf)
                self.outputs.append(Output("static", value=leaf))

    def _tensor_output(self, tensor: Tensor, positions: dict[int, int], surroundings: Surroundings) -> Output:
        if id(tensor) in positions:
            return Output("argument", value=positions[id(tensor)])
        node = tensor._node
        before = isinstance(node, Leaf) and node.index < self.capture.start
        if before or id(tensor) in surroundings.tensors:
            return Output("same", value=tensor)
        value = tensor._value
        var = value.var if isinstance(value, Traced) else self._known(tensor)
        gradient = None
        if node is not None and node.grad is not NOT_KEPT and node.grad is not None:
            kept = node.grad._value if isinstance(node.grad, Tensor) else node.grad
            gradient = kept.var if isinstance(kept, Traced) else self.capture.constant(kept).var
        return Output("tensor", var, None, node is not None, gradient, self._view_of(var))

    def _view_of(self, var: Var) -> str | None:
        """Whose memory a result shares."""
        if any(var.owner is cell.var and cell.in_place for cell in self.capture.tensors.values()):
            return "leaf"
        return "argument" if any(var.owner is argument.var for argument in self.arguments) else None

    def _known(self, tensor: Tensor) -> Var:
        """The value of a Tensor that was made in the function: a cell, or a constant that nothing was done with."""
        cell = self.capture.tensors.get(id(tensor))
        if cell is not None:
            return cell.result or cell.var
        return self.capture.constant(tensor._value).var

    def _programs(self) -> None:
        capture = self.capture
        wanted = [o.var for o in self.outputs if o.var is not None]
        wanted += [o.gradient for o in self.outputs if o.gradient is not None]
        wanted += [cell.result for cell in self.state if cell.result is not None]
        wanted += [var for cell in self.gradients if (var := gradient_var(cell)) is not None]
        inputs = [a.var for a in self.arguments if a.var is not None]
        inputs += [cell.var for cell in self.state]
        inputs += [cell.traced.var for cell in capture.gradients.values() if cell.traced is not None]
        self.check_views()
        whole = Program(list(dict.fromkeys(inputs)), capture.constants, capture.equations, wanted)
        self.shown = optimised(whole, capture.literals)
        self.program = lowered(self.shown, capture.literals)
        self.literals = {var for var, value in self.program.constants.items() if var not in capture.constants}
        self.literals |= capture.literals
        read = {var for equation in self.program.equations for var in equation.inputs()} | set(self.program.outputs)
        self.read = read
        self.before = [
            cell
            for cell in capture.gradients.values()
            if cell.mattered or (cell.traced is not None and cell.traced.var in read)
        ]

    def check_views(self) -> None:
        """A view of a leaf that is read after the leaf was written to would have seen the write."""
        for var, when in self.capture.overwritten.items():
            for equation in self.capture.equations[when:]:
                for x in equation.inputs():
                    if x.owner is var and x is not var:
                        raise RecordingError(
                            "a view of a leaf is read after the leaf was changed in place; take the view anew after "
                            "the change, or copy it before"
                        )

    def var(self, var: Var) -> Var:
        """What a value of the recording has become in the program."""
        for stage in (self.shown, self.program):
            var = stage.replaced.get(var, var)
        return var

    # The first call's own results ------------------------------------------------------------------------------------

    def finish_first_call(self) -> Any:
        """Make the changes of state that the recorded call makes, and return what it returns."""
        values = self.capture.values
        written = [cell for cell in self.state if cell.result is not None]
        memory = [cell.original for cell in written]
        new = [np.array(values[cell.result]) for cell in written if cell.result is not None]

        def own(var: Var) -> Any:
            value = values[var]
            shared = var in self.capture.constants or var in self.read_inputs()
            if shared or any(np.may_share_memory(value, array) for array in memory):
                return value.copy()
            return value

        results = [self._result_of(output, own) for output in self.outputs]
        gradients = [(cell.leaf, _gradient(cell, own)) for cell in self.gradients]
        now = next_index()
        for cell, value in zip(written, new, strict=True):
            if isinstance(cell, TensorCell) and not cell.in_place:
                cell.tensor._value = value
                continue
            cell.original[...] = value
            if isinstance(cell, TensorCell):
                cell.node.changed = now  # type: ignore[union-attr]
        for leaf, gradient in gradients:
            leaf.grad = gradient
        remaining = iter(results)
        result = mapped(self._result, lambda _: next(remaining))
        del self._result
        self._release()
        return result

    def _release(self) -> None:
        """Let go of the values and the arguments of the recorded call."""
        self.capture.release()
        for argument in self.arguments:
            if argument.cell is not None and not argument.identity and argument.same_as is None:
                argument.cell.release()

    def rebind(self) -> bool:
        """Take note of the arrays that the state lies in now; False where the recording doesn't fit these."""
        given = {id(a.cell) for a in self.arguments if a.cell is not None and not a.identity}
        for cell in self.state:
            if id(cell) in given or not isinstance(cell, TensorCell):
                continue
            value, node = cell.tensor._value, cell.tensor._node
            layout = (value.shape, value.dtype, value.strides)
            if node is not cell.node or layout != (cell.var.shape, cell.var.dtype, cell.var.strides):
                return False
            cell.original = value
        return True

    def read_inputs(self) -> set[Var]:
        """The Vars of the inputs."""
        return set(self.program.inputs)

    def _result_of(self, output: Output, own: Callable[[Var], Any]) -> Any:
        if output.kind == "argument":
            return self._given(output.value)
        if output.var is None:
            return output.value
        # A view sees its leaf change, as it does eagerly.
        value = own(output.var) if output.view_of is None else self.capture.values[output.var]
        if output.kind == "array":
            return value
        gradient = None if output.gradient is None else own(output.gradient)
        return returned(value, output.tracked, gradient)

    def _given(self, position: int) -> Any:
        argument = self.arguments[position]
        if argument.cell is not None:
            return argument.cell.tensor
        assert argument.var is not None
        return self.capture.values[argument.var]


def gradient_var(cell: GradientCell) -> Var | None:
    """The value that a leaf's gradient has at the end; None where it has none."""
    return None if cell.result is None else cell.result.var


def _gradient(cell: GradientCell, own: Callable[[Var], Any]) -> Any:
    var = gradient_var(cell)
    return cell.result if var is None else own(var)

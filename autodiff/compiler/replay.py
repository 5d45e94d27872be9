"""`Replay`: a recorded program bound to its state, as one generated Python function.

The function checks that what was recorded still holds, reads the state, computes, writes the state back, and returns
what the user's function returned. It answers `MISS`, before it has changed anything, where the recording doesn't fit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph import Deferred, GradientError, Leaf, is_grad_enabled, next_index
from ..tensor import Tensor, wrap
from .batch import Batch, batched
from .backend_numpy import Emitter
from .capture import ArrayCell, GradientCell, TensorCell
from .guards import same, source_of
from .loops import KINDS
from .program import Var
from .recorded import Argument, Output, Recording, flatten, gradient_var, node_without_graph, place, returned
from .storage import Plan, last_reads, ufunc_of

MISS: Any = object()
"""The recording doesn't fit this call."""

EAGER: Any = object()
"""No recording does justice to this call."""

MOVED: Any = object()
"""The recording fits, but the state lies in other arrays now."""


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


class Replay:
    """The function that replays a recording, for the arrays that hold its state now.

    Attributes
    ----------
    run : callable
        ``run(args, kwargs)``: the results, or `MISS`.
    source : str
        Its source.
    """

    def __init__(
        self, recording: Recording, *, scanned: bool = False, backend: str = "numpy", fastmath: bool = False
    ) -> None:
        self.recording = recording
        self._numba = backend == "numba"
        self.scanned = scanned
        given = [a.cell for a in recording.arguments if a.cell is not None and not a.identity]
        self._state = [cell for cell in (*recording.cells, *recording.arrays) if cell not in given]
        self._bound = {cell.var: place(cell) for cell in self._state if _stays(cell)}
        self._written = self._written_to()
        state = (*recording.cells, *recording.arrays)
        results = {cell.var: self._var(cell.result) for cell in state if cell.result is not None}
        if self._numba:
            self._batch = Batch(recording.program)
        else:
            self._batch = batched(recording.program, self._bound, {s: v for s, v in results.items() if v is not None})
        self._bound.update(self._batch.bound)
        results.update(self._batch.results)
        self._homes = self._in_place_results({s: v for s, v in results.items() if s not in self._batch.done})
        program = self._batch.program
        self._made = {out for equation in program.equations for out in equation.outs}
        self._kept = {var for cell in recording.gradients if (var := self._var(gradient_var(cell))) is not None}
        homes = {**self._batch.homes, **{v: self._bound[s] for v, s in self._homes.items()}}
        plan = Plan(program, homes, self._kept)
        arrays = {**program.constants, **self._bound}
        if self._numba:
            from .backend_numba import NumbaEmitter

            self._emitter: Emitter = NumbaEmitter(
                program, arrays, recording.literals, plan, fastmath=fastmath, homes=self._homes, kept=self._kept
            )
        else:
            self._emitter = Emitter(program, arrays, recording.literals, plan)
        self._refer = self._emitter.refer
        checks = self._rows() if scanned else [*self._arguments(), *self._guards(), *self._places()]
        reads = self._reads()
        self._emitter.emit()
        computed = len(self._emitter.lines)
        closing = self._ends()
        body = self._emitter.lines
        self._emitter.objects.update(MISS=MISS, MOVED=MOVED, EAGER=EAGER, failed=self._failed, LOST=_LOST)
        native = self._native_scan(body[computed:], reads) if scanned else None
        self._whole_scan = native is not None
        if native is not None:
            self.source = _native_source(native, closing, self._emitter.objects)
        elif scanned:
            stacked = [k for k, output in enumerate(recording.outputs) if output.var is not None]
            given = len(recording.arguments)
            self.source = _scan_source(given, stacked, [*reads, *body], closing, self._emitter.objects)
        else:
            self.source = _function_source(checks, reads, [*body, *closing], self._emitter.objects)
        namespace: dict[str, Any] = {}
        exec(compile(self.source, "<autodiff compiled>", "exec"), {}, namespace)
        self.run = namespace["make"](**self._emitter.objects)

    def _native_scan(self, after: list[str], reads: list[str]) -> str | None:
        """The call that does all rows in one compiled loop; None where something has to be done between the rows."""
        whole = getattr(self._emitter, "whole", None)
        outputs = [self._var(o.var) for o in self.recording.outputs if o.var is not None]
        if whole is None or reads or len(after) != len(outputs):
            return None
        from .native import compiled_scan

        loops, given = whole
        emitter: Any = self._emitter
        results = [(emitter.arrays[var], None) for var in outputs]
        if any(array.dtype not in KINDS for array, _ in results) or not (given or results):
            return None
        kernel, table = compiled_scan(loops, [emitter.kind(x) for x in given], results, fastmath=emitter.fastmath)
        position = {a.var: k for k, a in reversed(list(enumerate(self.recording.arguments)))}
        rows = "".join(f"rows[{position[x]}], " for x in given)
        return f"{self._refer(kernel, 'kernel')}({self._refer(table, 'table')}, {rows}*results)"

    def run_rows(self, arrays: list[Any], results: list[Any]) -> None:
        """In a scan: replay for each row of `arrays`, and write the results into those of `results`."""
        if self._whole_scan:
            if len(arrays[0]):
                self.run(arrays, results)
        elif len(arrays[0]):
            rows = [array if array.ndim > 1 else [array[k : k + 1].reshape(()) for k in range(len(array))] for array in arrays]
            self.run(zip(*rows, strict=True), results)

    def _failed(self) -> None:
        """After an error nobody shall read the gradients of the replay before."""
        for cell in self.recording.gradients:
            cell.leaf.grad = Lost(cell.leaf)

    def _var(self, var: Var | None) -> Var | None:
        return None if var is None else self.recording.var(var)

    def _in_place_results(self, results: dict[Var, Any]) -> dict[Var, Var]:
        """New value -> the state whose array it can be written into while it is computed."""
        program = self._batch.program
        last = last_reads(program)
        made = {out: k for k, equation in enumerate(program.equations) for out in equation.outs}
        checks = [k for k, equation in enumerate(program.equations) if equation.effect]
        homes: dict[Var, Var] = {}
        for old, new in results.items():
            if old not in self._bound or new in homes or new not in made:
                continue
            index = made[new]
            alike = (new.shape, new.dtype, new.strides) == (old.shape, old.dtype, old.strides)
            computed_as_number = old.size == 1 and not self._numba
            late = last.get(old, -1) > index or (checks and checks[-1] > index)
            if alike and not computed_as_number and not late and ufunc_of(program.equations[index]) is not None:
                homes[new] = old
        return homes

    # What has to hold ------------------------------------------------------------------------------------------------

    def _arguments(self) -> list[str]:
        """Whether the arguments are of the recorded kinds; takes them apart."""
        arguments = self.recording.arguments
        kinds, entries = self.recording.structure[1][0], self.recording.structure[1][1]
        names = ", ".join(f"a{k}" for k in range(len(arguments)))
        if all(branch is None for branch in kinds[1]) and not entries[1]:
            lines = [f"if kwargs or len(args) != {len(arguments)}: return MISS"]
            lines += [f"{names}, = args"] if arguments else []
        else:
            structure = self._refer(self.recording.structure, "structure")
            lines = [f"flat, found = {self._refer(flatten, 'flatten')}((args, kwargs))"]
            lines += [f"if found != {structure}: return MISS"]
            lines += [f"{names}, = flat"] if arguments else []
        for k, argument in enumerate(arguments):
            lines += self._argument(k, argument)
        return lines

    def _argument(self, k: int, argument: Argument) -> list[str]:
        a, v = f"a{k}", f"x{k}"
        if argument.kind == "generator":
            return [f"if type({a}) is not {self._refer(argument.type, 'type')}: return MISS"]
        if argument.kind == "static":
            value = self._refer(argument.value, "k")
            return [f"if {a} is not {value} and not {self._refer(same, 'same')}({a}, {value}): return MISS"]
        if argument.identity:
            return [f"if {a} is not {self._refer(argument.value, 'k')}: return MISS", *self._input(argument.var, a)]
        if argument.same_as is not None:
            return [f"if {a} is not a{argument.same_as}: return MISS"]
        lines = [f"if type({a}) is not {self._refer(argument.type, 'type')}: return MISS"]
        if argument.cell is not None:
            leaf = self._refer(Leaf, "Leaf")
            tracked = f"type({a}._node) is not {leaf}" if argument.cell.node is not None else f"{a}._node is not None"
            lines.append(f"if {tracked}: return MISS")
            if argument.cell.node is not None or argument.cell.result is not None:
                lines += [f"if {a} is a{j}: return MISS" for j in range(k) if self.recording.arguments[j].cell]
            lines.append(f"{v} = {a}._value")
        else:
            lines.append(f"{v} = {a}")
        var = argument.var
        assert var is not None
        shape, dtype = self._refer(var.shape, "shape"), self._refer(var.dtype, "dtype")
        lines.append(f"if {v}.shape != {shape} or {v}.dtype is not {dtype}: return MISS")
        if var.ndim:
            lines.append(f"if {v}.strides != {self._refer(var.strides, 'strides')}: return MISS")
        if self._written:
            owners = self._refer(self._written, "owners")
            base = f"id({v}) in {owners} or ({v}.base is not None and id({v}.base) in {owners})"
            lines.append(f"if {base}: return EAGER" if var.ndim else f"if id({v}) in {owners}: return EAGER")
        self._emitter.local[var] = v
        return lines

    def _input(self, var: Var | None, a: str) -> list[str]:
        return []

    def _written_to(self) -> frozenset[int]:
        """The ids of the arrays that are written to, and of those whose memory they share."""
        arrays = [place(cell) for cell in self._state if cell.result is not None]
        return frozenset([id(x) for x in arrays] + [id(x.base) for x in arrays if x.base is not None])

    def _guards(self) -> list[str]:
        """Whether the Python values are the recorded ones."""
        enabled = self._refer(is_grad_enabled, "is_grad_enabled")
        return [f"if {enabled}() is not {self.recording.grad_enabled}: return MISS"] + [
            f"if not ({condition}): return MISS" for condition in source_of(self.recording.guards, self._refer)
        ]

    def _places(self) -> list[str]:
        """Whether the state is where it was."""
        lines = []
        for cell in self._state:
            if isinstance(cell, ArrayCell):
                continue
            tensor = self._refer(cell.tensor, "p")
            leaf = "None" if cell.node is None else self._refer(cell.node, "leaf")
            if cell.var in self._bound:
                array = self._refer(self._bound[cell.var], "a")
                lines.append(f"if {tensor}._value is not {array} or {tensor}._node is not {leaf}: return MOVED")
            else:
                lines.append(f"if {tensor}._node is not {leaf}: return MOVED")
        for cell in self.recording.before:
            lines.append(f"if ({self._gradient_place(cell)}.grad is None) is {cell.present}: return MISS")
        return lines

    def _gradient_place(self, cell: GradientCell) -> str:
        for k, argument in enumerate(self.recording.arguments):
            if argument.cell is not None and argument.cell.node is cell.leaf and not argument.identity:
                return f"a{k}._node"
        return self._refer(cell.leaf, "leaf")

    # What is read and written ----------------------------------------------------------------------------------------

    def _reads(self) -> list[str]:
        """State that may lie somewhere else each time."""
        lines = []
        for cell in self.recording.cells:
            if cell.var in self._bound or cell.var in self._emitter.local:
                continue
            name = self._emitter.local[cell.var] = self._emitter.fresh("s")
            shape, dtype = self._refer(cell.var.shape, "shape"), self._refer(cell.var.dtype, "dtype")
            lines.append(f"{name} = {self._refer(cell.tensor, 'p')}._value")
            strides = f" or {name}.strides != {self._refer(cell.var.strides, 'strides')}" if cell.var.ndim else ""
            lines.append(f"if {name}.shape != {shape} or {name}.dtype != {dtype}{strides}: return MISS")
        for gradient in self.recording.before:
            if gradient.traced is not None and gradient.traced.var in self.recording.read:
                name = self._emitter.local[gradient.traced.var] = self._emitter.fresh("g")
                read = self._refer(_read_gradient, "read_gradient")
                lines.append(f"{name} = {read}({self._gradient_place(gradient)})")
        return lines

    def _rows(self) -> list[str]:
        """In a scan the arguments are at hand as arrays."""
        for k, argument in enumerate(self.recording.arguments):
            if argument.var is not None:
                self._emitter.local[argument.var] = f"a{k}"
        return []

    def _ends(self) -> list[str]:
        """Results, then state; the lines of the very end, with what is returned."""
        lines = self._emitter.lines
        if self.scanned:
            results = [self._stacked(k, output) for k, output in enumerate(self.recording.outputs)]
        else:
            results = [self._output(output) for output in self.recording.outputs]
        gradients = [self._gradient(cell) for cell in self.recording.gradients]
        for cell in (*self.recording.cells, *self.recording.arrays):
            new = self._var(cell.result)
            if new is not None and new not in self._homes and cell.var not in self._batch.done:
                self._write(cell, new)
        for old, new in self._batch.results.items():
            if new not in self._homes:
                copyto = self._refer(np.copyto, "copyto")
                lines.append(f"{copyto}({self._refer(self._bound[old], 'a')}, {self._emitter.array(new)})")
        leaves_written = [
            self._refer(c.node, "leaf") for c in self.recording.cells if c.result is not None and c.var in self._bound
        ]
        closing = []
        if leaves_written:
            targets = " = ".join(f"{leaf}.changed" for leaf in leaves_written)
            closing.append(f"{targets} = {self._refer(next_index, 'next_index')}()")
        closing += gradients
        closing.append("return None" if self.scanned else f"return {self._arranged(results)}")
        return closing

    def _write(self, cell: TensorCell | ArrayCell, new: Var) -> None:
        lines = self._emitter.lines
        if cell.var in self._bound:
            target = self._bound[cell.var]
            if new.size == 1 and new in self._emitter.numbers:
                lines.append(f"{self._refer(target.reshape(-1), 'cell')}[0] = {self._emitter.numbers[new]}")
                return
            copyto = self._refer(np.copyto, "copyto")
            lines.append(f"{copyto}({self._refer(target, 'a')}, {self._emitter.array(new)})")
            return
        assert isinstance(cell, TensorCell)
        owner = next((f"a{k}" for k, a in enumerate(self.recording.arguments) if a.cell is cell), None)
        owner = owner or self._refer(cell.tensor, "p")
        if cell.in_place:
            lines.append(f"{owner}._value[...] = {self._emitter.array(new)}")
            lines.append(f"{owner}._node.changed = {self._refer(next_index, 'next_index')}()")
        else:
            lines.append(f"{owner}._value = {self._copy(new)}")

    def _gradient(self, cell: GradientCell) -> str:
        """Make a gradient; the line that hands it over, when all has gone well."""
        leaf = self._gradient_place(cell)
        new = self._var(gradient_var(cell))
        if new is None:
            return f"{leaf}.grad = None"
        array = self._emitter.array(new)
        buffer = self._emitter.arrays.get(new)
        mine = new in self._emitter.plan.buffers or (self._numba and new in self._made and new.owner is new)
        own = mine and new not in self._homes
        if buffer is None or leaf.endswith("._node") or not own:
            name = self._emitter.fresh("g")
            self._emitter.lines.append(f"{name} = {self._refer(np.array, 'array')}({array})")
            return f"{leaf}.grad = {name}"
        gradient = self._refer(Gradient(cell.leaf, buffer), "gradient")
        return f"if {leaf}.grad is not {gradient}: {leaf}.grad = {gradient}"

    def _copy(self, var: Var) -> str:
        """A value as an array that nobody else has."""
        emitter = self._emitter
        if var in emitter.numbers:
            number = emitter.numbers[var]
            if var.scalar:
                return f"{self._refer(np.float64, 'float64')}({number})"
            return f"{self._refer(np.array, 'array')}({number}, ndmin={var.ndim})"
        array = emitter.array(var)
        if var.scalar:
            return array if var in emitter.local else f"{array}[()]"
        return f"{array}.copy('K')"

    def _output(self, output: Output) -> str:
        """Lines that make a result; the variable that holds it."""
        if output.kind == "argument":
            return f"a{output.value}"
        if output.var is None:
            return self._refer(output.value, "k")
        name = self._emitter.fresh("r")
        var = self._var(output.var)
        assert var is not None
        value = self._copy(var)
        if output.kind == "tensor":
            gradient = self._var(output.gradient)
            if gradient is not None:
                value = f"{self._refer(returned, 'returned')}({value}, True, {self._copy(gradient)})"
            else:
                node = self._refer(node_without_graph(var), "node") if output.tracked else "None"
                value = f"{self._refer(wrap, 'wrap')}({value}, {node})"
        self._emitter.lines.append(f"{name} = {value}")
        return name

    def _stacked(self, k: int, output: Output) -> str:
        """Line that puts a result into its row."""
        var = self._var(output.var)
        if var is not None:
            emitter = self._emitter
            self._emitter.lines.append(f"o{k}[k] = {emitter.numbers.get(var) or emitter.array(var)}")
        return "None"

    def _arranged(self, results: list[str]) -> str:
        """The results as the function returns them."""
        remaining = iter(results)

        def source(tree: Any) -> str:
            if type(tree) is tuple:
                return "(" + "".join(f"{source(branch)}, " for branch in tree) + ")"
            if type(tree) is list:
                return "[" + ", ".join(source(branch) for branch in tree) + "]"
            if type(tree) is dict:
                return "{" + ", ".join(f"{self._refer(k, 'k')}: {source(b)}" for k, b in tree.items()) + "}"
            if isinstance(tree, (tuple, list)):
                inner = ", ".join(source(branch) for branch in tree)
                kind = self._refer(type(tree), "type")
                return f"{kind}({inner})" if hasattr(tree, "_fields") else f"{kind}([{inner}])"
            return next(remaining)

        return source(self.recording.template)


_LOST = (AttributeError, LookupError, NameError, TypeError, ValueError)
"""What a check may raise where something is gone."""


def _stays(cell: TensorCell | ArrayCell) -> bool:
    """Whether the state's array stays the same one from step to step."""
    return isinstance(cell, ArrayCell) or cell.in_place or cell.result is None


def _read_gradient(leaf: Leaf) -> Any:
    grad = leaf.grad
    if isinstance(grad, Deferred):
        grad = grad.read()
    return grad._value if isinstance(grad, Tensor) else grad


def _function_source(checks: list[str], reads: list[str], body: list[str], objects: dict[str, Any]) -> str:
    """The function, in one that binds the objects to names."""
    lines = ["def make(" + ", ".join(objects) + "):", "    def replay(args, kwargs):", "        try:"]
    lines += [f"            {line}" for line in (*checks, *reads)]
    lines += ["        except LOST: return MISS", "        try:"]
    lines += [f"            {line}" for line in body]
    lines += ["        except BaseException:", "            failed()", "            raise"]
    return "\n".join([*lines, "    return replay", ""])


def _scan_source(given: int, stacked: list[int], body: list[str], closing: list[str], objects: dict[str, Any]) -> str:
    """The function that replays the body for each row: ``scan(rows, results)``, the results being filled in."""
    rows = "".join(f"a{k}, " for k in range(given))
    results = "".join(f"o{k}, " for k in stacked)
    lines = ["def make(" + ", ".join(objects) + "):", "    def scan(rows, results):", "        try:"]
    lines += [f"            {results}= results"] if results else []
    lines += [f"            for k, ({rows}) in enumerate(rows):", *[f"                {line}" for line in body or ["pass"]]]
    lines += [f"            {line}" for line in closing]
    lines += ["        except BaseException:", "            failed()", "            raise"]
    return "\n".join([*lines, "    return scan", ""])


def _native_source(call: str, closing: list[str], objects: dict[str, Any]) -> str:
    """The function of a scan that is one call."""
    lines = ["def make(" + ", ".join(objects) + "):", "    def scan(rows, results):", "        try:"]
    lines += [f"            {line}" for line in (call, *closing)]
    lines += ["        except BaseException:", "            failed()", "            raise"]
    return "\n".join([*lines, "    return scan", ""])

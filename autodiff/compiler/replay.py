"""`Replay`: a recorded program bound to its state, as one generated Python function.

The function checks that what was recorded still holds, reads the state, computes, writes the state back, and returns
what the user's function returned. It answers `MISS`, before it has changed anything, where the recording doesn't fit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph import next_index
from ..tensor import wrap
from .assembly import LOST, function_source, scan_source
from .backend_numpy import Emitter
from .batch import Batch, batched
from .cells import ArrayCell, GradientCell, State, TensorCell
from .entry import EAGER, MISS, MOVED, Entry, place_of_gradient
from .expressions import KINDS
from .gradients import Gradient, Lost, read_gradient
from .interface import Output, node_without_graph, returned
from .program import Var
from .recorded import Recording, gradient_var
from .storage import Plan, last_reads, ufunc_of


class Replay:
    """The function that replays a recording, for the arrays that hold its state now.

    Attributes
    ----------
    run : callable
        ``run(args, kwargs)``: the results, or `MISS`, `EAGER`, `MOVED`. Of a scan it is that for rows where `direct`
        says so, and else ``run(rows, results)``.
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
        self._state = [cell for cell in recording.state if cell not in given]
        self._bound = {cell.var: cell.original for cell in self._state if _stays(cell)}
        results = {cell.var: self._var(cell.result) for cell in recording.state if cell.result is not None}
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
        if scanned:
            checks = self._rows()
        else:
            checks = Entry(recording, self._state, self._bound, self._refer, self._emitter.local).lines()
        reads = self._reads()
        self._emitter.emit()
        computed = len(self._emitter.lines)
        closing = self._ends()
        body = self._emitter.lines
        self._emitter.objects.update(MISS=MISS, MOVED=MOVED, EAGER=EAGER, failed=self._failed, LOST=LOST)
        native = self._native_scan(body[computed:], reads) if scanned else None
        self.direct = native is not None
        if native is not None:
            rows = Entry(recording, self._state, self._bound, self._refer, {}, rows=True).lines()
            checks = [*rows, "if not n: return MISS"]
            self.source = function_source(
                checks, [], [*native, *closing[:-1], *self._handed_over()], self._emitter.objects
            )
        elif scanned:
            stacked = [k for k, output in enumerate(recording.outputs) if output.var is not None]
            count = len(recording.arguments)
            self.source = scan_source(count, stacked, [*reads, *body], closing, self._emitter.objects)
        else:
            self.source = function_source(checks, reads, [*body, *closing], self._emitter.objects)
        namespace: dict[str, Any] = {}
        exec(compile(self.source, "<autodiff compiled>", "exec"), {}, namespace)
        self.run = namespace["make"](**self._emitter.objects)

    def _native_scan(self, after: list[str], reads: list[str]) -> list[str] | None:
        """Lines that do all rows in one compiled loop; None where something has to be done between the rows."""
        whole = getattr(self._emitter, "whole", None)
        outputs = [self._var(o.var) for o in self.recording.outputs if o.var is not None]
        if whole is None or reads or len(after) != len(outputs):
            return None
        from .native import compiled_scan

        loops, given = whole
        emitter: Any = self._emitter
        results = [(emitter.arrays[var], None) for var in outputs]
        by_row = all(a.kind in ("tensor", "array") and a.same_as is None for a in self.recording.arguments)
        fits = all(array.dtype in KINDS for array, _ in results) and all(
            o.kind != "argument" and o.gradient is None for o in self.recording.outputs
        )
        if not (by_row and fits and self.recording.arguments):
            return None
        kernel, table = compiled_scan(loops, [emitter.kind(x) for x in given], results, fastmath=emitter.fastmath)
        position = {a.var: k for k, a in reversed(list(enumerate(self.recording.arguments)))}
        lines = []
        for k, (array, _) in enumerate(results):
            dtype = self._refer(array.dtype, "dtype")
            lines.append(f"o{k} = {self._refer(np.empty, 'empty')}((n, *{array.shape!r}), {dtype})")
        names = [f"x{position[x]}" for x in given] + [f"o{k}" for k in range(len(results))]
        lines.append(f"{self._refer(kernel, 'kernel')}({', '.join([self._refer(table, 'table'), *names])})")
        return lines

    def _handed_over(self) -> list[str]:
        """The return of a scan that is one call."""
        results = []
        count = 0
        for output in self.recording.outputs:
            if output.var is None:
                results.append(self._refer(output.value, "k"))
                continue
            name = f"o{count}"
            count += 1
            if output.kind == "tensor":
                node = self._refer(node_without_graph(output.var), "node") if output.tracked else "None"
                name = f"{self._refer(wrap, 'wrap')}({name}, {node})"
            results.append(name)
        return [f"return {self._arranged(results)}"]

    def run_rows(self, arrays: list[Any], results: list[Any]) -> None:
        """In a scan: replay for each row of `arrays`, and write the results into those of `results`."""
        if len(arrays[0]):
            rows = [
                array if array.ndim > 1 else [array[k : k + 1].reshape(()) for k in range(len(array))]
                for array in arrays
            ]
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

    # What is read and written ----------------------------------------------------------------------------------------

    def _reads(self) -> list[str]:
        """State that may lie somewhere else each time."""
        lines = []
        for cell in self.recording.state:
            if isinstance(cell, ArrayCell) or cell.var in self._bound or cell.var in self._emitter.local:
                continue
            name = self._emitter.local[cell.var] = self._emitter.fresh("s")
            shape, dtype = self._refer(cell.var.shape, "shape"), self._refer(cell.var.dtype, "dtype")
            lines.append(f"{name} = {self._refer(cell.tensor, 'p')}._value")
            strides = f" or {name}.strides != {self._refer(cell.var.strides, 'strides')}" if cell.var.ndim else ""
            lines.append(f"if {name}.shape != {shape} or {name}.dtype != {dtype}{strides}: return MISS")
        for gradient in self.recording.before:
            if gradient.traced is not None and gradient.traced.var in self.recording.read:
                name = self._emitter.local[gradient.traced.var] = self._emitter.fresh("g")
                read = self._refer(read_gradient, "read_gradient")
                lines.append(f"{name} = {read}({place_of_gradient(self.recording, gradient, self._refer)})")
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
        self._keep_from_writes()
        for cell in self.recording.state:
            new = self._var(cell.result)
            if new is not None and new not in self._homes and cell.var not in self._batch.done:
                self._write(cell, new)
        for old, new in self._batch.results.items():
            if new not in self._homes:
                copyto = self._refer(np.copyto, "copyto")
                lines.append(f"{copyto}({self._refer(self._bound[old], 'a')}, {self._emitter.array(new)})")
        leaves_written = [
            self._refer(cell.node, "leaf")
            for cell in self._state
            if isinstance(cell, TensorCell) and cell.result is not None and cell.var in self._bound
        ]
        closing = []
        if leaves_written:
            targets = " = ".join(f"{leaf}.changed" for leaf in leaves_written)
            closing.append(f"{targets} = {self._refer(next_index, 'next_index')}()")
        closing += gradients
        closing.append("return None" if self.scanned else f"return {self._arranged(results)}")
        return closing

    def _keep_from_writes(self) -> None:
        """Copy what is, or is a view of, state and becomes another state's value: an exchange of two, for instance."""
        for cell in self.recording.state:
            new = self._var(cell.result)
            if new is not None and new.owner in self._bound:
                name = self._emitter.fresh("c")
                self._emitter.lines.append(f"{name} = {self._emitter.array(new)}.copy()")
                self._emitter.local[new] = name

    def _write(self, cell: State, new: Var) -> None:
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
        leaf = place_of_gradient(self.recording, cell, self._refer)
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

    def _returned(self, view_of: str | None, var: Var) -> str:
        """A value as an array that nobody else has; a view of a leaf or an argument as the view that it is eagerly."""
        emitter = self._emitter
        if view_of == "leaf" and var not in emitter.local:
            return emitter.array(var)
        if view_of == "argument" and var in emitter.local:
            return emitter.local[var]
        return self._copy(var)

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
        value = self._returned(output.view_of, var)
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


def _stays(cell: State) -> bool:
    """Whether the state's array stays the same one from step to step."""
    return isinstance(cell, ArrayCell) or cell.in_place or cell.result is None

"""The numba back end: runs of equations become one compiled function of loops; what it can't do stays with NumPy.

Large products are left to BLAS, and so is whatever `loops` has no loop for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .backend_numpy import Emitter
from .expressions import KINDS, kind_of
from .loops import Loops
from .native import compiled_kernel
from .program import Equation, Program, Var
from .storage import Plan, empty, is_view


class NumbaEmitter(Emitter):
    """The lines of a replay that calls kernels.

    Parameters
    ----------
    fastmath : bool
        Whether the compiler may reorder additions.
    results : dict of Var to Var
        New value -> the state whose array it is written into.
    kept : set of Var
        What has to be there after the replay.
    """

    def __init__(
        self,
        program: Program,
        bound: dict[Var, Any],
        literals: set[Var],
        plan: Plan,
        *,
        fastmath: bool,
        homes: dict[Var, Var],
        kept: set[Var],
    ) -> None:
        super().__init__(program, bound, literals, plan)
        self.fastmath = fastmath
        self.homes = homes
        self.kept = {*kept, *program.outputs}
        self._alive: list[Any] = []  # the arrays whose addresses the kernels know
        self.whole: Any = None  # where all of the program is one kernel: (loops, the values that it is given)

    def emit(self) -> None:
        """All equations, in order, runs of them as kernels."""
        runs = self._runs()
        if not any(is_kernel for is_kernel, _ in runs):
            super().emit()
            return
        for k, (is_kernel, run) in enumerate(runs):
            if is_kernel:
                later = {x for _, others in runs[k + 1 :] for e in others for x in e.inputs()}
                self._kernel(run, later, alone=len(runs) == 1)
            else:
                for equation in run:
                    self._equation(equation)

    def _runs(self) -> list[tuple[bool, list[Equation]]]:
        """The equations in runs, a kernel or not; a view goes with what is before it."""
        runs: list[tuple[bool, list[Equation]]] = []
        for equation in self.program.equations:
            able = self._is_view_here(equation) or kind_of(equation) is not None
            if runs and runs[-1][0] == able:
                runs[-1][1].append(equation)
            else:
                runs.append((able, [equation]))
        # A kernel for a single number or two would cost more than it saves.
        return [(able and self._work(run) > 1, run) for able, run in runs]

    def _work(self, run: list[Equation]) -> int:
        return sum(not self._is_view_here(equation) for equation in run)

    def _is_view_here(self, equation: Equation) -> bool:
        """Whether it is a view of floating-point numbers, which can be taken once."""
        return is_view(equation) and len(equation.inputs()) == 1 and not equation.effect

    def _kernel(self, run: list[Equation], later: set[Var], *, alone: bool) -> None:
        """One call for all of them."""
        work = [equation for equation in run if not self._is_view_here(equation)]
        made = {equation.out for equation in run}
        for x in dict.fromkeys(x for e in run for x in e.inputs() if x in self.numbers and x not in made):
            self.array(x)  # written where the kernel reads it
        given = list(dict.fromkeys(x for e in run for x in e.inputs() if x in self.local and x not in made))
        for x in given:
            self.arrays[x] = empty(x)
        stored = self._stored(run, work, later)
        for equation in run:
            if self._is_view_here(equation):
                self._view(equation)
        constants = {x: self.arrays[x] for x in self.literals if x in self.arrays and x.size == 1}
        loops = Loops(work, stored, self._array_of, self.homes, constants)
        for number, x in enumerate(given):
            self._copy_in(loops, number, x)
        loops.build()
        if alone:
            self.whole = (loops, given)
        self._alive.append(loops.table)
        kernel, table = compiled_kernel(loops, [self.kind(x) for x in given], fastmath=self.fastmath)
        # An array of shape () is given as its number.
        names = [self.local[x] if x.ndim else f"{self.local[x]}.item()" for x in given]
        arguments = ", ".join([self.refer(table, "table"), *names])
        self.lines.append(f"{self.refer(kernel, 'kernel')}({arguments})")
        for x in given:
            del self.arrays[x]
        for out in made:
            if out not in self.arrays and out in stored:
                self._array_of(out)

    def _stored(self, run: list[Equation], work: list[Equation], later: set[Var]) -> set[Var]:
        """What somebody needs as an array after the kernel, or as the base of a view."""
        stored = {e.out for e in run if e.out in later or e.out in self.kept or e.out in self.homes}
        for equation in run:
            if self._is_view_here(equation):
                stored.update(equation.inputs())
                stored.add(equation.inputs()[0].owner)
        owners = {x.owner for x in later}
        stored |= {e.out for e in work if e.out in owners}
        return stored

    def _array_of(self, var: Var) -> Any:
        """The array that a value lies in."""
        if var not in self.arrays:
            state = self.homes.get(var)
            self.arrays[var] = self.arrays[state] if state is not None else empty(var)
        return self.arrays[var]

    def _view(self, equation: Equation) -> None:
        x = equation.inputs()[0]
        base = self._array_of(x)
        arguments = [self.arrays[a] if isinstance(a, Var) else a for a in equation.args]
        view = equation.function(*arguments, **equation.kwargs)
        if not np.may_share_memory(view, base):
            raise NotImplementedError(f"{equation.name} made a copy")
        self.arrays[equation.out] = view

    def _copy_in(self, loops: Loops, number: int, x: Var) -> None:
        """An argument's numbers into a buffer, whose place the loops know."""
        index = ", ".join(f"i{axis}" for axis in range(x.ndim))
        depth = ""
        for axis, length in enumerate(x.shape):
            loops.lines.append(f"{depth}for i{axis} in range({length}):")
            depth += "    "
        place = loops._place(x, x.shape, flat=False) if x.size > 1 else "0"
        source = f"x{number}[{index}]" if x.ndim else f"x{number}"
        loops.lines.append(f"{depth}{loops.pointer(x)}[{place}] = {source}")

    def kind(self, x: Var) -> tuple[str, int, str]:
        """Dtype, axes and layout, for numba."""
        return KINDS[x.dtype], x.ndim, "C" if x.contiguous else "A"

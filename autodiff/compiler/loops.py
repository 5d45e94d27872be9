"""Equations as loops over numbers: the source of a numba kernel.

Every array is a pointer with constant strides. Entry-by-entry equations of one shape share a loop, in which only what
somebody reads later is stored; small products are written out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .._namespaces import NUMPY
from .expressions import kind_of, number, template_of
from .program import Equation, Var


class Loops:
    """The body of one kernel.

    Parameters
    ----------
    equations : list of Equation
        Views are left out.
    stored : set of Var
        What has to be in its array afterwards.
    array_of : callable
        The array of a value, made where there is none.
    before : dict of Var to Var
        New value -> the state that it is written over.
    literals : dict of Var to number
    """

    def __init__(
        self,
        equations: list[Equation],
        stored: set[Var],
        array_of: Callable[[Var], Any],
        before: dict[Var, Var],
        literals: dict[Var, Any],
    ) -> None:
        self.equations = equations
        self.stored = stored
        self.array_of = array_of
        self.before = before
        self.literals = literals
        self.table: list[Any] = []
        self._pointers: dict[tuple[Any, ...], str] = {}
        self.lines: list[str] = []

    def pointer(self, var: Var) -> str:
        """The name of the pointer to a value's array."""
        array = self.array_of(var)
        key = (array.__array_interface__["data"][0], array.dtype)
        if key not in self._pointers:
            self._pointers[key] = f"p{len(self.table)}"
            self.table.append(array)
        return self._pointers[key]

    def strides(self, var: Var) -> tuple[int, ...]:
        """How many entries apart neighbours are, along each axis."""
        array = self.array_of(var)
        return tuple(stride // array.itemsize for stride in array.strides)

    def build(self) -> None:
        """Write all loops."""
        waiting = list(self.equations)
        while waiting:
            group, waiting = self._next_group(waiting)
            kind = kind_of(group[0])
            if kind == "elementwise":
                self._elementwise(group, waiting)
            elif kind == "product":
                self._product(group[0])
            else:
                self._sum(group[0])

    def _next_group(self, waiting: list[Equation]) -> tuple[list[Equation], list[Equation]]:
        """The first equation, with all of its shape that can be computed beside it."""
        first = waiting[0]
        if kind_of(first) != "elementwise":
            return [first], waiting[1:]
        shape = _shape(first.out)
        group, left = [first], []
        made_later: set[Var] = set()
        read_later: set[Var] = set()
        for equation in waiting[1:]:
            inputs = {x.owner for x in equation.inputs()}
            state = self.before.get(equation.out)
            fits = (
                kind_of(equation) == "elementwise"
                and _shape(equation.out) == shape
                and inputs.isdisjoint(made_later)
                and (state is None or state.owner not in read_later)
                and self._parallel(equation, group)
            )
            if fits:
                group.append(equation)
            else:
                left.append(equation)
                made_later.add(equation.out.owner)
                read_later |= inputs
                if equation.out in self.before:
                    made_later.add(self.before[equation.out].owner)
        return group, left

    def _parallel(self, equation: Equation, group: list[Equation]) -> bool:
        """Whether what it reads of the group is read at the same entry, and nothing it writes is read elsewhere."""
        made = {e.out for e in group}
        owners = {e.out.owner for e in group} | {self.before[e.out].owner for e in group if e.out in self.before}
        for x in equation.inputs():
            if x.owner in owners and (x not in made or _shape(x) != _shape(equation.out)):
                return False
        if equation.function is NUMPY.rank_one and not made.isdisjoint(equation.inputs()):
            return False
        state = self.before.get(equation.out)
        if state is not None:
            for e in (*group, equation):
                for x in e.inputs():
                    if x.owner is state.owner and (x is not state or _shape(x) != _shape(equation.out)):
                        return False
        return True

    # Entry by entry --------------------------------------------------------------------------------------------------

    def _elementwise(self, group: list[Equation], waiting: list[Equation]) -> None:
        shape = _shape(group[0].out)
        later = {x for equation in waiting for x in equation.inputs()} | self.stored
        made: dict[Var, str] = {}
        flat = self._is_flat(group, later, shape)
        depth = self._open_loops((int(np.prod(shape)),) if flat and shape else shape)
        for count, equation in enumerate(group):
            given = self._entries(equation, made, flat)
            if equation.function is NUMPY.rank_one:
                expression = f"({given[0]} * {given[1]})"
            else:
                template = template_of(equation)
                assert template is not None
                expression = template.format(*given)
            name = f"v{count}"
            self.lines.append(f"{depth}{name} = {expression}")
            made[equation.out] = name
        for equation in group:
            if equation.out in later:
                place = self._place(equation.out, shape, flat)
                self.lines.append(f"{depth}{self.pointer(equation.out)}[{place}] = {made[equation.out]}")

    def _entries(self, equation: Equation, made: dict[Var, str], flat: bool) -> list[str]:
        """The entries that an equation reads, as expressions."""
        shape = _shape(equation.out)
        given = []
        for position, x in enumerate(equation.args):
            if not isinstance(x, Var):
                given.append(number(x, equation.out.dtype))
            elif x in made:
                given.append(made[x])
            elif x in self.literals and x.size == 1:
                given.append(number(self.literals[x], x.dtype))
            else:
                axis = position if equation.function is NUMPY.rank_one else None
                place = self._place(x, shape, flat) if axis is None else f"i{axis} * {self.strides(x)[0]}"
                given.append(f"{self.pointer(x)}[{place}]")
        return given

    def _is_flat(self, group: list[Equation], later: set[Var], shape: tuple[int, ...]) -> bool:
        """Whether one loop over all entries will do: all arrays lie in the same order, or are single numbers."""
        if any(e.function is NUMPY.rank_one for e in group):
            return False
        arrays = {x for e in group for x in e.inputs()} | {e.out for e in group if e.out in later}
        made = {e.out for e in group}
        for x in arrays:
            if x in made and x not in later:
                continue
            if x.size == 1:
                continue
            if _shape(x) != shape or not self.array_of(x).flags.c_contiguous:
                return False
        return True

    def _place(self, x: Var, shape: tuple[int, ...], flat: bool) -> str:
        """Where the entry is that belongs to the loops' indices."""
        if x.size == 1:
            return "0"
        if flat:
            return "i0"
        strides = self.strides(x)
        surplus = len(shape) - x.ndim
        terms = [
            f"i{axis + surplus} * {stride}" if stride != 1 else f"i{axis + surplus}"
            for axis, (length, stride) in enumerate(zip(x.shape, strides, strict=True))
            if length != 1
        ]
        return " + ".join(terms) or "0"

    def _open_loops(self, shape: tuple[int, ...], prefix: str = "i") -> str:
        """Loops over all indices; the indentation inside."""
        for axis, length in enumerate(shape):
            self.lines.append(f"{'    ' * axis}for {prefix}{axis} in range({length}):")
        return "    " * len(shape)

    # Products and sums -----------------------------------------------------------------------------------------------

    def _product(self, equation: Equation) -> None:
        a, b = equation.args
        out = equation.out
        pa, pb, po = self.pointer(a), self.pointer(b), self.pointer(out)
        if b.ndim == 1:
            self._matrix_times_vector(a, pa, pb, po, self.strides(b)[0], self.strides(out)[0])
            return
        rows = 1 if a.ndim == 1 else a.shape[0]
        sa = (0, *self.strides(a)) if a.ndim == 1 else self.strides(a)
        so = (0, *self.strides(out)) if a.ndim == 1 else self.strides(out)
        sb = self.strides(b)
        k, n = b.shape
        zero = number(0.0, out.dtype)
        self.lines += [
            f"for i in range({rows}):",
            f"    for j in range({n}):",
            f"        {po}[i * {so[0]} + j * {so[1]}] = {zero}",
            f"    for k in range({k}):",
            f"        w = {pa}[i * {sa[0]} + k * {sa[1]}]",
            f"        for j in range({n}):",
            f"            {po}[i * {so[0]} + j * {so[1]}] += w * {pb}[k * {sb[0]} + j * {sb[1]}]",
        ]

    def _matrix_times_vector(self, a: Var, pa: str, pb: str, po: str, sb: int, so: int) -> None:
        """Eight rows at once: each waits for its own additions, and the others fill the time, in the same order."""
        rows, columns = a.shape
        s0, s1 = self.strides(a)
        zero = number(0.0, a.dtype)
        start = 0
        for width in (8, 4, 1):
            stop = start + (rows - start) // width * width
            if stop == start:
                continue
            self.lines.append(f"for i in range({start}, {stop}, {width}):")
            self.lines += [f"    s{r} = {zero}" for r in range(width)]
            self.lines += [f"    for j in range({columns}):", f"        x = {pb}[j * {sb}]"]
            self.lines += [f"        s{r} += {pa}[(i + {r}) * {s0} + j * {s1}] * x" for r in range(width)]
            self.lines += [f"    {po}[(i + {r}) * {so}] = s{r}" for r in range(width)]
            start = stop

    def _sum(self, equation: Equation) -> None:
        x, out = equation.args[0], equation.out
        axis = equation.kwargs.get("axis")
        axes = range(x.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
        summed = {k % x.ndim for k in axes}
        count = _count(x, summed)
        remaining = [k for k in range(x.ndim) if k not in summed]
        strides = [s for s, length in zip(self.strides(out), out.shape, strict=True)]
        if equation.kwargs.get("keepdims"):
            strides = [strides[k] for k in remaining]
        place = " + ".join(f"i{k} * {s}" for k, s in zip(remaining, strides, strict=True)) or "0"
        px, po = self.pointer(x), self.pointer(out)
        depth = ""
        for k in remaining:
            self.lines.append(f"{depth}for i{k} in range({x.shape[k]}):")
            depth += "    "
        self.lines.append(f"{depth}s = {number(0.0, x.dtype)}")
        inner = depth
        run = self._run(x, summed)
        for k in sorted(summed - run):
            self.lines.append(f"{inner}for i{k} in range({x.shape[k]}):")
            inner += "    "
        source = " + ".join(f"i{k} * {s}" for k, s in enumerate(self.strides(x)) if k not in run) or "0"
        term = _in_pairs(px, source, self.strides(x)[-1], _count(x, run)) if run else f"{px}[{source}]"
        self.lines.append(f"{inner}s += {term}")
        mean = f" / {number(float(count), x.dtype)}" if equation.function is NUMPY.mean else ""
        self.lines.append(f"{depth}{po}[{place}] = s{mean}")

    def _run(self, x: Var, summed: set[int]) -> set[int]:
        """The last axes, as far as they are summed over and their entries lie equally far apart: if they are enough."""
        strides = self.strides(x)
        run: set[int] = set()
        for k in reversed(range(x.ndim)):
            if k not in summed or strides[k] != strides[-1] * _count(x, run):
                break
            run.add(k)
        return run if _count(x, run) >= 8 else set()


def _count(x: Var, axes: set[int]) -> int:
    """How many entries there are along these axes."""
    return math.prod([x.shape[k] for k in axes])


def _in_pairs(pointer: str, start: str, stride: int, count: int) -> str:
    """A sum in NumPy's order: up to 128 entries in eight sums at once, of more the halves."""
    if count <= 128:
        return f"sum_of_run({pointer}, {start}, {stride}, {count})"
    half = count // 2
    half -= half % 8
    first = _in_pairs(pointer, start, stride, half)
    return f"({first} + {_in_pairs(pointer, f'{start} + {half * stride}', stride, count - half)})"


def _shape(var: Var) -> tuple[int, ...]:
    """The shape of the loops; a single number needs none."""
    return () if var.size == 1 else var.shape

"""Whether a recording fits a call: the conditions at the start of a replay, as source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph import Leaf, is_grad_enabled
from .cells import ArrayCell, GradientCell, State
from .conditions import same, source_of
from .interface import Argument, flatten
from .program import Var
from .recorded import Recording


class Answer:
    """Why a replay has not taken place."""


MISS = Answer()
"""The recording doesn't fit this call."""

EAGER = Answer()
"""No recording does justice to this call."""

MOVED = Answer()
"""The recording fits, but the state lies in other arrays now."""


class Entry:
    """Source that takes the arguments apart and leaves with `MISS`, `EAGER` or `MOVED` where something doesn't fit.

    Parameters
    ----------
    recording : Recording
    state : list
        Its cells that are not arguments.
    bound : dict of Var to array
        The state that stays in its array.
    refer : callable
        ``refer(object, hint)``, the name under which the source finds an object.
    local : dict of Var to str
        Filled in: the variables in which the arguments' arrays are.
    rows : bool
        Whether each argument has a row for each of several calls.
    """

    def __init__(
        self,
        recording: Recording,
        state: list[State],
        bound: dict[Var, Any],
        refer: Callable[[Any, str], str],
        local: dict[Var, str],
        *,
        rows: bool = False,
    ) -> None:
        self.recording = recording
        self.state = state
        self.bound = bound
        self.refer = refer
        self.local = local
        self.rows = rows
        arrays = [cell.original for cell in state if cell.result is not None]
        # The arrays that are written to, and those whose memory they share.
        self.written = frozenset([id(x) for x in arrays] + [id(x.base) for x in arrays if x.base is not None])

    def lines(self) -> list[str]:
        """All conditions."""
        return [*self._arguments(), *self._guards(), *self._places()]

    def _arguments(self) -> list[str]:
        """Whether the arguments are of the recorded kinds; takes them apart."""
        arguments = self.recording.arguments
        kinds, entries = self.recording.structure[1][0], self.recording.structure[1][1]
        names = ", ".join(f"a{k}" for k in range(len(arguments)))
        if all(branch is None for branch in kinds[1]) and not entries[1]:
            lines = [f"if kwargs or len(args) != {len(arguments)}: return MISS"]
            lines += [f"{names}, = args"] if arguments else []
        else:
            structure = self.refer(self.recording.structure, "structure")
            lines = [f"flat, found = {self.refer(flatten, 'flatten')}((args, kwargs))"]
            lines += [f"if found != {structure}: return MISS"]
            lines += [f"{names}, = flat"] if arguments else []
        for k, argument in enumerate(arguments):
            lines += self._argument(k, argument)
        return lines

    def _argument(self, k: int, argument: Argument) -> list[str]:
        a, v = f"a{k}", f"x{k}"
        if argument.kind == "generator":
            return [f"if type({a}) is not {self.refer(argument.type, 'type')}: return MISS"]
        if argument.kind == "static":
            value = self.refer(argument.value, "k")
            return [f"if {a} is not {value} and not {self.refer(same, 'same')}({a}, {value}): return MISS"]
        if argument.identity:
            return [f"if {a} is not {self.refer(argument.value, 'k')}: return MISS"]
        if argument.same_as is not None:
            return [f"if {a} is not a{argument.same_as}: return MISS"]
        lines = [f"if type({a}) is not {self.refer(argument.type, 'type')}: return MISS"]
        if argument.cell is not None:
            leaf = self.refer(Leaf, "Leaf")
            tracked = f"type({a}._node) is not {leaf}" if argument.cell.node is not None else f"{a}._node is not None"
            lines.append(f"if {tracked}: return MISS")
            if argument.cell.node is not None or argument.cell.result is not None:
                lines += [f"if {a} is a{j}: return MISS" for j in range(k) if self.recording.arguments[j].cell]
            lines.append(f"{v} = {a}._value")
        else:
            lines.append(f"{v} = {a}")
        var = argument.var
        assert var is not None
        shape, dtype = self.refer(var.shape, "shape"), self.refer(var.dtype, "dtype")
        of_row = f"{v}.shape[1:]" if self.rows else f"{v}.shape"
        lines.append(f"if {of_row} != {shape} or ({v}.dtype is not {dtype} and {v}.dtype != {dtype}): return MISS")
        if self.rows:
            lines.append(f"if not {v}.flags.c_contiguous: return MISS")
            lines.append(f"n = len({v})" if k == 0 else f"if len({v}) != n: return MISS")
        elif var.ndim:
            lines.append(f"if {v}.strides != {self.refer(var.strides, 'strides')}: return MISS")
        if self.written:
            owners = self.refer(self.written, "owners")
            base = f"id({v}) in {owners} or ({v}.base is not None and id({v}.base) in {owners})"
            lines.append(
                f"if {base}: return EAGER" if var.ndim or self.rows else f"if id({v}) in {owners}: return EAGER"
            )
        self.local[var] = v
        return lines

    def _guards(self) -> list[str]:
        """Whether the Python values are the recorded ones."""
        enabled = self.refer(is_grad_enabled, "is_grad_enabled")
        return [f"if {enabled}() is not {self.recording.grad_enabled}: return MISS"] + [
            f"if not ({condition}): return MISS" for condition in source_of(self.recording.guards, self.refer)
        ]

    def _places(self) -> list[str]:
        """Whether the state is where it was."""
        lines = []
        for cell in self.state:
            if isinstance(cell, ArrayCell):
                continue
            tensor = self.refer(cell.tensor, "p")
            leaf = "None" if cell.node is None else self.refer(cell.node, "leaf")
            if cell.var in self.bound:
                array = self.refer(self.bound[cell.var], "a")
                lines.append(f"if {tensor}._value is not {array} or {tensor}._node is not {leaf}: return MOVED")
            else:
                lines.append(f"if {tensor}._node is not {leaf}: return MOVED")
        for gradient in self.recording.before:
            leaf = place_of_gradient(self.recording, gradient, self.refer)
            lines.append(f"if ({leaf}.grad is None) is {gradient.present}: return MISS")
        return lines


def place_of_gradient(recording: Recording, cell: GradientCell, refer: Callable[[Any, str], str]) -> str:
    """Source of the leaf whose gradient a cell is."""
    for k, argument in enumerate(recording.arguments):
        if argument.cell is not None and argument.cell.node is cell.leaf and not argument.identity:
            return f"a{k}._node"
    return refer(cell.leaf, "leaf")

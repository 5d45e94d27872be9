"""Updates of many small arrays as one: parameters that lie one behind the other are stepped together.

An optimizer keeps small parameters in one flat buffer. What it does to each of them, entry by entry, is done here to
the whole buffer, the gradients having been written one behind the other: at 10 hidden units a step of gradient descent
takes 2 calls in place of 12. Only operations that IEEE arithmetic determines to the last bit are done so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .program import Equation, Program, Var
from .storage import ufunc_of

_EXACT = {np.add, np.subtract, np.multiply, np.divide, np.negative, np.sqrt, np.square, np.maximum, np.minimum}
PACK = "pack"
"""The name of the equation that stands for gradients lying one behind the other."""


class Parts:
    """The parts of a flat array that the arguments of `PACK` have to lie in."""

    def __init__(self, arrays: list[Any]) -> None:
        self.arrays = arrays

    def __call__(self, *values: Any) -> Any:
        """What it comes to."""
        return np.concatenate([value.reshape(-1) for value in values])


@dataclass
class Batch:
    """What batching adds to the binding of a program.

    Parameters
    ----------
    program : Program
    bound : dict of Var to array
        Flat state.
    homes : dict of Var to array
        Where values have to lie: gradients in their part of a flat array.
    results : dict of Var to Var
        Flat state -> its new value.
    done : set of Var
        The state whose new value is part of a flat one.
    """

    program: Program
    bound: dict[Var, Any] = field(default_factory=dict)
    homes: dict[Var, Any] = field(default_factory=dict)
    results: dict[Var, Var] = field(default_factory=dict)
    done: set[Var] = field(default_factory=set)


def batched(program: Program, state: dict[Var, Any], results: dict[Var, Var]) -> Batch:
    """Batch the updates of `state` (its arrays) by `results` (its new values)."""
    batch = Batch(program)
    runs = [run for run in _runs({var: state[var] for var in state if var in results}) if len(run) > 1]
    if not runs:
        return batch
    attempt = _Attempt(program, state, results, runs)
    return attempt.batch if attempt.succeeds() else batch


def _runs(state: dict[Var, Any]) -> list[list[Var]]:
    """State whose arrays lie one behind the other in one flat array."""
    by_base: dict[int, list[Var]] = {}
    for var, array in state.items():
        if array.base is not None and array.base.ndim == 1 and var.contiguous and array.dtype == array.base.dtype:
            by_base.setdefault(id(array.base), []).append(var)
    runs = []
    for members in by_base.values():
        members.sort(key=lambda var: _address(state[var]))
        run = [members[0]]
        for var in members[1:]:
            if _address(state[run[-1]]) + state[run[-1]].nbytes == _address(state[var]):
                run.append(var)
            else:
                runs.append(run)
                run = [var]
        runs.append(run)
    return runs


def _address(array: Any) -> int:
    return array.__array_interface__["data"][0]  # type: ignore[no-any-return]


class _DifferentError(Exception):
    """The updates are not the same for all members."""


class _Attempt:
    """Try to do the updates of all runs on flat arrays."""

    def __init__(self, program: Program, state: dict[Var, Any], results: dict[Var, Var], runs: list[list[Var]]) -> None:
        self.program = program
        self.state = state
        self.results = results
        self.runs = runs
        self.made = {out: equation for equation in program.equations for out in equation.outs}
        self.flat_state: dict[tuple[Var, ...], Var] = {}
        self.flat: dict[tuple[Var, ...], Var] = {}
        self.equations: list[Equation] = []
        self.swallowed: set[Var] = set()
        self.batch = Batch(program)

    def succeeds(self) -> bool:
        """Whether it could be done; then `batch` is complete."""
        batch = self.batch
        for run in self.runs:
            start = self.state[run[0]]
            base = start.base
            first = (_address(start) - _address(base)) // base.itemsize
            values = base[first : first + sum(var.size for var in run)]
            flat = self.flat_state[tuple(run)] = Var(values)
            batch.bound[flat] = values
        try:
            for run in self.runs:
                new = self._flattened(tuple([self.results[var] for var in run]))
                batch.results[self.flat_state[tuple(run)]] = new
                batch.done.update(run)
        except _DifferentError:
            return False
        finals = [self.results[var] for run in self.runs for var in run]
        outputs = [var for var in self.program.outputs if var not in set(finals)]
        if len(outputs) + len(set(finals)) != len(self.program.outputs):
            return False
        rest = [e for e in self.program.equations if not any(out in self.swallowed for out in e.outs)]
        read = {var for equation in rest for var in equation.inputs()} | set(outputs)
        if not read.isdisjoint(self.swallowed) or not set(outputs).isdisjoint(batch.done):
            return False
        batch.program = Program(
            [*self.program.inputs, *batch.bound],
            self.program.constants,
            [*rest, *self.equations],
            [*outputs, *batch.results.values()],
        )
        return True

    def _flattened(self, values: tuple[Var, ...]) -> Var:
        """The flat value that consists of these."""
        if values in self.flat_state:
            return self.flat_state[values]
        if values in self.flat:
            return self.flat[values]
        makers = [self.made.get(var) for var in values]
        if self._can_be_done_flat(values, makers):
            first = makers[0]
            assert first is not None
            args = []
            for position, x in enumerate(first.args):
                column = tuple([e.args[position] for e in makers if e is not None])
                args.append(x if self._is_shared(column) else self._flattened(column))
            self.swallowed.update(values)
            flat = self._new(values)
            self.equations.append(
                Equation(first.name, first.function, tuple(args), {}, (flat,), False, None, first.backward)
            )
        else:
            flat = self._packed(values)
        self.flat[values] = flat
        return flat

    def _can_be_done_flat(self, values: tuple[Var, ...], makers: list[Equation | None]) -> bool:
        functions = {None if e is None else ufunc_of(e) for e in makers}
        if len(functions) != 1 or not functions <= _EXACT or any(var.gradient_of is not None for var in values):
            return False
        if len(set(values)) != len(values) or not all(var.contiguous for var in values):
            return False
        for equation, var in zip(makers, values, strict=True):
            assert equation is not None
            for x in equation.args:
                if x.shape != var.shape and x.size != 1:
                    return False
        columns = zip(*(e.args for e in makers if e is not None), strict=True)
        return all(self._is_shared(c) or self._is_parallel(c, values) for c in columns)

    def _is_shared(self, column: tuple[Any, ...]) -> bool:
        """Whether all members use the same number."""
        return len(set(column)) == 1 and column[0].size == 1 and column[0].ndim == 0

    def _is_parallel(self, column: tuple[Any, ...], values: tuple[Var, ...]) -> bool:
        return all(x.shape == var.shape and x.dtype == var.dtype for x, var in zip(column, values, strict=True))

    def _new(self, values: tuple[Var, ...]) -> Var:
        return Var(np.empty(sum(var.size for var in values), values[0].dtype))

    def _packed(self, values: tuple[Var, ...]) -> Var:
        """Values of other origin, each made in its part of a flat array."""
        if any(var.dtype != values[0].dtype for var in values):
            raise _DifferentError
        array = np.empty(sum(var.size for var in values), values[0].dtype)
        flat = Var(array)
        parts = []
        start = 0
        for var in values:
            part = array[start : start + var.size].reshape(var.shape)
            parts.append(part)
            if var in self.made and var.owner is var and var.contiguous and var not in self.batch.homes:
                self.batch.homes[var] = part
            start += var.size
        self.batch.homes[flat] = array
        self.equations.append(Equation(PACK, Parts(parts), tuple(values), {}, (flat,), False))
        return flat

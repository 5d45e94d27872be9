"""Where the values of a program lie during a replay: buffers that are made once and shared where lifetimes allow it."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from .._namespaces import NUMPY
from .program import Equation, Program, Var

OPERATORS: dict[Any, np.ufunc] = {
    operator.add: np.add,
    operator.sub: np.subtract,
    operator.mul: np.multiply,
    operator.truediv: np.divide,
    operator.neg: np.negative,
    operator.abs: np.absolute,
}


def ufunc_of(equation: Equation) -> np.ufunc | None:
    """The ufunc that computes the result, and can write it into an array that it is given."""
    if equation.kwargs or equation.several or equation.out.scalar:
        return None
    function = equation.function
    ufunc = function if isinstance(function, np.ufunc) else OPERATORS.get(function)
    if ufunc is None or ufunc.nout != 1 or len(equation.args) != ufunc.nin or ufunc.signature is not None:
        return None
    return ufunc if all(isinstance(x, Var) for x in equation.args) else None


def is_product(equation: Equation) -> bool:
    """Whether the result is that of `ndarray.dot`, which can write it into an array that it is given."""
    if equation.function is NUMPY.rank_one:
        return _are_floating(equation)
    if equation.function is not NUMPY.matmul or not all(isinstance(x, Var) for x in equation.args):
        return False
    return all(0 < x.ndim < 3 for x in equation.args) and _are_floating(equation)


def _are_floating(equation: Equation) -> bool:
    out = equation.out
    return (
        not out.scalar
        and out.contiguous
        and out.size > 0
        and all(x.dtype == out.dtype and x.dtype.kind in "fc" for x in equation.args)
    )


def is_view(equation: Equation) -> bool:
    """Whether the result shares an input's memory."""
    return not equation.several and equation.out.owner is not equation.out


class Plan:
    """Which value lies in which buffer.

    Attributes
    ----------
    buffers : dict of Var to array
        The array that each value is written into, where the function can write into one.
    last : dict of Var to int
        The last equation that reads a value, or a view of it.
    """

    def __init__(self, program: Program, homes: dict[Var, Any], kept: set[Var]) -> None:
        self.buffers: dict[Var, Any] = dict(homes)
        self.last = last_reads(program)
        end = len(program.equations)
        for var in kept:
            self.last[var.owner] = end
        self._pooled: set[Var] = set()
        self._free: dict[Any, list[Any]] = {}
        for index, equation in enumerate(program.equations):
            if (ufunc_of(equation) is not None or is_product(equation)) and equation.out not in self.buffers:
                self._place(equation, index)
            for var in {x.owner for x in equation.inputs()} | set(equation.outs):
                if self.last.get(var, index) == index and var in self._pooled:
                    self._pooled.discard(var)
                    self._free.setdefault(_layout(var), []).append(self.buffers[var])

    def _place(self, equation: Equation, index: int) -> None:
        """A buffer for the result: that of an argument read for the last time, a free one, or a new one."""
        out = equation.out
        self._pooled.add(out)
        if ufunc_of(equation) is not None:
            for x in equation.args:
                if x in self._pooled and self.last[x] == index and _alike(x, out):
                    self._pooled.discard(x)
                    self.buffers[out] = self.buffers[x]
                    return
        free = self._free.get(_layout(out))
        self.buffers[out] = free.pop() if free else empty(out)


def last_reads(program: Program) -> dict[Var, int]:
    """Owner -> index of the last equation that reads it or a view of it."""
    last: dict[Var, int] = {}
    for index, equation in enumerate(program.equations):
        for var in equation.inputs():
            last[var.owner] = index
        for out in equation.outs:
            if out.owner is not out:
                last[out.owner] = max(index, last.get(out.owner, index))
    for var in program.outputs:
        last[var.owner] = len(program.equations)
    return last


def empty(var: Var) -> Any:
    """An array of the same shape, dtype and order of axes."""
    order = sorted(range(var.ndim), key=lambda k: -abs(var.strides[k]))
    array = np.empty([var.shape[k] for k in order], var.dtype)
    return array.transpose(np.argsort(order)) if var.ndim > 1 else array


def _layout(var: Var) -> Any:
    return var.shape, var.strides, var.dtype


def _alike(a: Var, b: Var) -> bool:
    return a.shape == b.shape and a.dtype == b.dtype and a.strides == b.strides

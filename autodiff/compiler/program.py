"""`Program`: what a recording is made of, equations over named values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


class Var:
    """A value of a program: an array of known shape, dtype and memory layout.

    Attributes
    ----------
    shape, dtype, strides
        As they were when the program was recorded; a replay has the same.
    scalar : bool
        Whether NumPy returned a number (``np.float64``) and not an array of shape ().
    owner : Var
        The value whose memory this is a view of, or itself.
    name : str or None
        The user's name for it.
    gradient_of : Var or None
        The value whose gradient this is.
    """

    __slots__ = ("dtype", "gradient_of", "name", "owner", "scalar", "shape", "strides")

    def __init__(self, value: Any, owner: Var | None = None, name: str | None = None) -> None:
        self.shape: tuple[int, ...] = value.shape
        self.dtype: np.dtype[Any] = value.dtype
        self.strides: tuple[int, ...] = value.strides
        self.scalar = isinstance(value, np.generic)
        self.owner: Var = self if owner is None else owner.owner
        self.name = name
        self.gradient_of: Var | None = None

    @classmethod
    def like(cls, other: Var) -> Var:
        """A new value of the same shape, dtype and layout."""
        var: Var = object.__new__(cls)
        var.shape, var.dtype, var.strides, var.scalar = other.shape, other.dtype, other.strides, other.scalar
        var.owner = var
        var.name = var.gradient_of = None
        return var

    @property
    def size(self) -> int:
        """Number of elements."""
        size = 1
        for length in self.shape:
            size *= length
        return size

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def contiguous(self) -> bool:
        """Whether the entries lie one behind the other, the last axis fastest."""
        expected = self.dtype.itemsize
        for length, stride in zip(reversed(self.shape), reversed(self.strides), strict=True):
            if length != 1 and stride != expected:
                return False
            expected *= length
        return True

    def __repr__(self) -> str:
        return f"<{self.name or 'value'} {self.dtype}{list(self.shape)}>"


class Equation:
    """One call: ``outs = function(*args, **kwargs)``, where Vars in `args` and `kwargs` stand for arrays.

    Attributes
    ----------
    name : str
        What is called, under the standard's (or NumPy's) name.
    function : callable
        It.
    args, kwargs
        Nested tuples, lists and dicts of Vars and Python values.
    outs : tuple of Var
        What it returns; several for a function that returns a tuple.
    several : bool
        Whether it returns a tuple.
    line : (file, number) or None
        Where the user wrote it.
    backward : bool
        Whether a derivative rule asked for it.
    effect : bool
        Whether it has to be carried out, in its place, even if nobody reads the result: a check, a random draw.
    """

    __slots__ = ("_inputs", "args", "backward", "effect", "function", "kwargs", "line", "name", "outs", "several")

    def __init__(
        self,
        name: str,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        outs: tuple[Var, ...],
        several: bool,
        line: tuple[str, int] | None = None,
        backward: bool = False,
        effect: bool = False,
    ) -> None:
        self.name = name
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.outs = outs
        self.several = several
        self.line = line
        self.backward = backward
        self.effect = effect
        self._inputs: list[Var] | None = None

    @property
    def out(self) -> Var:
        """Its only output."""
        return self.outs[0]

    def inputs(self) -> list[Var]:
        """The Vars that it reads, in order."""
        if self._inputs is None:  # asked for again and again: a recording takes a fifth less with it
            self._inputs = [*variables(self.args), *variables(self.kwargs)]
        return self._inputs

    def replaced(self, substitute: Callable[[Var], Var]) -> Equation:
        """The same with other inputs."""
        args = mapped(self.args, lambda v: substitute(v) if isinstance(v, Var) else v)
        kwargs = mapped(self.kwargs, lambda v: substitute(v) if isinstance(v, Var) else v)
        return Equation(
            self.name, self.function, args, kwargs, self.outs, self.several, self.line, self.backward, self.effect
        )


class Reference:
    """An object that is not an array and may be another one at each replay: a generator that is an argument.

    Attributes
    ----------
    value : object
        The recorded call's.
    source : str or None
        The variable in which a replay finds its own; None if it is the same one always.
    """

    __slots__ = ("source", "value")

    def __init__(self, value: Any, source: str | None) -> None:
        self.value = value
        self.source = source


class Program:
    """Equations in the order in which they were recorded.

    Attributes
    ----------
    inputs : list of Var
        What a replay is given: arguments, state.
    constants : dict of Var to array
        What doesn't change. The arrays are shared with whoever made them, not copied.
    equations : list of Equation
    outputs : list of Var
        What has to be there at the end.
    replaced : dict of Var to Var
        What an optimisation found to be the same as something else.
    """

    def __init__(
        self, inputs: list[Var], constants: dict[Var, Any], equations: list[Equation], outputs: list[Var]
    ) -> None:
        self.inputs = inputs
        self.constants = constants
        self.equations = equations
        self.outputs = outputs
        self.replaced: dict[Var, Var] = {}


def mapped(tree: Any, function: Callable[[Any], Any]) -> Any:
    """`tree` with every leaf replaced; tuples (named ones, too), lists, dicts and slices are its branches."""
    kind = type(tree)
    if kind is tuple or kind is list:
        return kind([mapped(branch, function) for branch in tree])
    if kind is dict:
        return {key: mapped(branch, function) for key, branch in tree.items()}
    if isinstance(tree, tuple):
        branches = [mapped(branch, function) for branch in tree]
        return kind(*branches) if hasattr(kind, "_fields") else kind(branches)
    return function(tree)


def leaves(tree: Any) -> Iterator[Any]:
    """The leaves of a tree, in order."""
    if isinstance(tree, (tuple, list)):
        for branch in tree:
            yield from leaves(branch)
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from leaves(branch)
    else:
        yield tree


def variables(tree: Any) -> list[Var]:
    """The Vars in a tree."""
    return [leaf for leaf in leaves(tree) if isinstance(leaf, Var)]

"""What goes into a compiled function and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..graph import GradientError, Leaf, Node
from ..op import NONE, Operation, sample
from ..tensor import Tensor, wrap
from .cells import TensorCell
from .program import Var, leaves
from .tracing import RecordingError, Traced


def flatten(tree: Any) -> tuple[list[Any], Any]:
    """The leaves of a tree, and its structure, to be compared with another's."""
    found: list[Any] = []

    def structure(branch: Any) -> Any:
        kind = type(branch)
        if isinstance(branch, (tuple, list)):
            return (kind, tuple([structure(b) for b in branch]))
        if kind is dict:
            return (kind, tuple([(key, structure(b)) for key, b in branch.items()]))
        found.append(branch)
        return None

    return found, structure(tree)


@dataclass(frozen=True)
class Argument:
    """One leaf of the arguments.

    Parameters
    ----------
    kind : {"tensor", "array", "generator", "static"}
    type : type
    value : object
        Of a static argument, itself.
    var : Var or None
    cell : TensorCell or None
    same_as : int or None
        The position of the same Tensor further to the left.
    identity : bool
        Whether no other object will do: the function reaches it without the argument, too.
    """

    kind: str
    type: type
    value: Any = None
    var: Var | None = None
    cell: TensorCell | None = None
    same_as: int | None = None
    identity: bool = False

    @classmethod
    def of(cls, leaf: Any) -> Argument:
        """What is known of an argument without a recording."""
        value = leaf._value if isinstance(leaf, Tensor) else leaf
        if isinstance(value, (np.ndarray, np.generic)):
            return cls("array", type(leaf), var=Var(value))
        return cls("static", type(leaf), leaf)

    def described(self) -> str:
        """In words, for a warning."""
        if self.var is None:
            return repr(self.value)
        return f"{self.var.dtype} of shape {self.var.shape}"


@dataclass(frozen=True)
class Output:
    """One leaf of what the function returns.

    Parameters
    ----------
    kind : {"tensor", "array", "same", "argument", "static"}
        A new Tensor, a new array, a Tensor that was there before, an argument, or no array at all.
    var : Var or None
        The value.
    value : object
        What is returned itself; of an argument, its position.
    tracked : bool
        Whether the Tensor requires a gradient.
    gradient : Var or None
        The gradient that the Tensor has kept.
    view_of : {None, "leaf", "argument"}
        Whose memory it shares, as it does eagerly.
    """

    kind: str
    var: Var | None = None
    value: Any = None
    tracked: bool = False
    gradient: Var | None = None
    view_of: str | None = None


class NotRecordableError(Exception):
    """A call that only an eager one does justice to.

    An argument was computed from others that require gradients, so that the call has to be part of that graph; or it
    shares memory with a parameter that the call changes.
    """


_PLAIN = (bool, int, float, complex, str, bytes, type, np.dtype, type(None), type(Ellipsis), slice, range)


def check_static(leaf: Any) -> None:
    """Raise where a result hides recorded arrays in an object."""
    if isinstance(leaf, _PLAIN) or callable(leaf):
        return
    inside = vars(leaf).values() if hasattr(leaf, "__dict__") else leaf if isinstance(leaf, (set, frozenset)) else ()
    for x in leaves(list(inside)):
        if isinstance(x, Traced) or (isinstance(x, Tensor) and isinstance(x._value, Traced)):
            raise RecordingError(
                f"a compiled function returns Tensors, arrays, and tuples, lists and dicts of these, not a "
                f"{type(leaf).__name__} that holds some"
            )


# Tensors that a compiled function returns ----------------------------------------------------------------------------


def _no_rule(xp: Any, g: Any, _y: Any, _x: Any) -> Any:
    raise GradientError(
        "this tensor was returned by a compiled function, which keeps no graph: call backward (or grad) inside the "
        "compiled function, or the function uncompiled"
    )


def compiled_result(_xp: Any, x: Any, /) -> Any:
    """What a compiled function returned."""
    return x


COMPILED = Operation(compiled_result, "primitive", (_no_rule,), samples=(sample(()),))


def node_without_graph(value: Any, gradient: Any = None) -> Node:
    """The node of a result that requires a gradient in the function itself: here it can't have one."""
    parent = Leaf(value.shape, value.dtype, None)
    node = Node(COMPILED, (parent,), (parent,), None, NONE, value.shape, value.dtype)
    if gradient is not None:
        node.grad = gradient
    return node


def returned(value: Any, tracked: bool, gradient: Any = None) -> Tensor:
    """A Tensor around a result."""
    return wrap(value, node_without_graph(value, gradient) if tracked else None)

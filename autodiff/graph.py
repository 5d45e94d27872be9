"""The recorded computation: what was done, to which nodes, and what was kept for the derivative.

A `Node` stands for one operation's result, a `Leaf` for a tensor that the user made. Both hold raw arrays and other
nodes, never a Tensor, so the graph has no cycles and is freed as soon as the last Tensor on it goes, with the garbage
collector off too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from ._namespaces import GradientError as GradientError

if TYPE_CHECKING:
    from ._namespaces import Array
    from .op import Operation

next_index = itertools.count(1).__next__
"""The global clock: a node's index is greater than those of all that it was computed from."""


class Stub:
    """Shape and dtype of an array that no rule reads, in place of the array."""

    __slots__ = ("dtype", "shape")

    def __init__(self, array: Array) -> None:
        self.shape: tuple[int, ...] = array.shape
        self.dtype = array.dtype

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)


class _NotKept:
    def __repr__(self) -> str:
        return "<not kept>"


NOT_KEPT = _NotKept()
"""The gradient of an intermediate result for which `retain_grad` was not called."""


class Node:
    """The result of one recorded operation.

    Attributes
    ----------
    operation : Operation
        What was done.
    parents : sequence of Node, Leaf or None
        What it was done to; None for an argument that needs no gradient.
    arguments : sequence or None
        The arguments as raw arrays; where no rule reads one, something with its shape and dtype (the parent itself, or
        a `Stub`). None after the graph was freed.
    value : array or None
        The result, where a rule reads it.
    params : dict
        The operation's other arguments.
    index : int
        Its place in time.
    shape, dtype
        Those of the result: a node is the stub of its own value.
    grad
        `NOT_KEPT`, or what `retain_grad` keeps.
    """

    __slots__ = (
        "__weakref__",
        "arguments",
        "dtype",
        "grad",
        "index",
        "operation",
        "params",
        "parents",
        "shape",
        "value",
    )

    def __init__(
        self,
        operation: Operation,
        parents: Sequence[Node | Leaf | None],
        arguments: Sequence[Any],
        value: Array,
        params: dict[str, Any],
        shape: tuple[int, ...],
        dtype: Any,
    ) -> None:
        self.operation = operation
        self.parents = parents
        self.arguments: Sequence[Any] | None = arguments
        self.value = value
        self.params = params
        self.index = next_index()
        self.shape = shape
        self.dtype = dtype
        self.grad: Any = NOT_KEPT

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    def __repr__(self) -> str:
        return f"<{self.operation.name} node {self.index}, shape {self.shape}, {self.dtype}>"


class Deferred:
    """A gradient that is made when somebody reads it: in the place of the array, as long as nobody has."""

    __slots__ = ()

    def read(self) -> Any:
        """The gradient as a raw array, or None where there is none."""
        raise NotImplementedError

    def __add__(self, other: Any) -> Any:
        before = self.read()
        return other if before is None else before + other


class Leaf:
    """A tensor that requires a gradient and that no operation made.

    Attributes
    ----------
    shape, dtype
        Those of the tensor: a leaf is the stub of its own value.
    name : str or None
        For error messages.
    index : int
        When it was made.
    changed : int
        The time of its last change in place: its version.
    grad
        None, a raw array, a `Deferred` one, or (after ``create_graph=True``) a Tensor.
    """

    __slots__ = ("__weakref__", "changed", "dtype", "grad", "index", "name", "shape")

    def __init__(self, shape: tuple[int, ...], dtype: Any, name: str | None) -> None:
        self.shape = shape
        self.dtype = dtype
        self.name = name
        self.index = self.changed = next_index()
        self.grad: Any = None

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    def __repr__(self) -> str:
        return f"<leaf {self.name or self.index}, shape {self.shape}, {self.dtype}>"


_grad_mode: ContextVar[bool] = ContextVar("grad_mode", default=True)

is_grad_enabled = _grad_mode.get
"""Whether operations are being recorded, in this thread or task."""


@contextmanager
def _grad_mode_set_to(enabled: bool) -> Iterator[None]:
    token = _grad_mode.set(enabled)
    try:
        yield
    finally:
        _grad_mode.reset(token)


def no_grad() -> Any:
    """Record nothing inside the block (or inside the function that it decorates).

    A view taken inside (``w.T``, ``w[0]``) shares the leaf's memory and sees what is written to the leaf later; use
    ``w.detach()`` for a copy.

    Examples
    --------
    >>> from autodiff import Tensor, no_grad
    >>> w = Tensor([1.0, 2.0], requires_grad=True)
    >>> with no_grad():
    ...     w -= 0.5
    ...     y = w * 2.0
    >>> w, y.requires_grad
    (Tensor([0.5, 1.5], requires_grad=True), False)
    """
    return _grad_mode_set_to(False)


def enable_grad() -> Any:
    """Record inside the block, although a `no_grad` stands around it.

    Examples
    --------
    >>> from autodiff import Tensor, enable_grad, no_grad
    >>> w = Tensor(3.0, requires_grad=True)
    >>> with no_grad(), enable_grad():
    ...     (w * w).backward()
    >>> w.grad
    Tensor(6.)
    """
    return _grad_mode_set_to(True)

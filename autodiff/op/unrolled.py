"""`apply` written out for an operation on one to three arrays without parameters.

`apply` can carry out every operation. Most calls are of a kind for which half of its work is known beforehand: how many
arguments there are, and which of them the rules read. For these `binding` compiles the source made here; whatever it
can't do (a list, another library's number, an error to explain) goes to `apply`. A recorded product of two numbers
takes 0.5 us where `apply` takes 1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from .._namespaces import NAMESPACES

if TYPE_CHECKING:
    from .operation import Operation

LARGEST = 3
"""Up to so many arguments it pays."""


class Bound(dict[type, Any]):
    """Array type -> the operation's value as a function of arrays alone, in the namespace of that type."""

    closed = 0
    """How many `all_through_apply` are open."""
    tables: ClassVar[list[Bound]] = []

    def __init__(self, forward: Callable[..., Any]) -> None:
        super().__init__()
        self._forward = forward
        self.tables.append(self)

    def __missing__(self, array_type: type) -> Any:
        if Bound.closed:
            self[array_type] = _nothing
            return _nothing
        xp = NAMESPACES[array_type]
        # The forward of most operations is `return xp.name(x)`: then the namespace's own callable will do, which saves
        # a call (0.04 us).
        forward = self._forward
        name = forward.__name__
        own = _is_of_the_namespace(forward, name)
        self[array_type] = bound = getattr(xp, name) if own else partial(forward, xp)
        return bound


@contextmanager
def all_through_apply() -> Iterator[None]:
    """While it is open, every operation goes through `recording.apply`, for which something may stand in.

    It costs nothing outside: the tables hold `_nothing` meanwhile, so the unrolled lines give up and call `apply`.
    """
    Bound.closed += 1
    _clear()
    try:
        yield
    finally:
        Bound.closed -= 1
        if not Bound.closed:
            _clear()


def _clear() -> None:
    for table in Bound.tables:
        table.clear()


def _nothing(*_arrays: Any) -> None:
    """The value of an operation that the unrolled lines are to leave to `apply`."""


def _is_of_the_namespace(forward: Callable[..., Any], name: str) -> bool:
    """Whether `forward` hands its arguments to the namespace's function of the same name and does nothing else."""
    answer = object()

    class Probe:
        def __getattr__(self, attribute: str) -> Any:
            return lambda *given: answer if attribute == name and [*given] == arguments else None

    try:
        arguments = [object() for _ in range(forward.__code__.co_posonlyargcount - 1)]
        return forward(Probe(), *arguments) is answer
    except Exception:
        return False  # it looks at its arguments


def unrolled(operation: Operation, arguments: Sequence[str], otherwise: str = "apply") -> list[str]:
    """The lines of a function on `arguments`; `otherwise` carries out what these lines can't.

    They are the body of the public function and of the operator. In them ``a0`` is the first argument's array, ``p0``
    its node.
    """
    count = len(arguments)
    return [
        "try:",
        *_indented(_opened(arguments)),
        *_indented([line for k in range(1, count) for line in _of_one_library(k)]),
        f"    y = forward_of[type(a0)]({', '.join(f'a{k}' for k in range(count))})",
        "except Exception:",
        "    y = None",
        "if y is None:",
        f"    return {otherwise}(operation, ({', '.join(arguments)},), NONE)",
        "tensor = new(Tensor)",
        "tensor._value = y",
        "tensor._node = None",
        "tensor.name = None",
        *([] if operation.vjps is None else _recorded(operation, count)),
        "return tensor",
    ]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _tensor(name: str, k: int) -> list[str]:
    """A Tensor as the array a<k> and the node p<k>; what has no `_value` is left to `apply`."""
    return [f"a{k} = {name}._value", f"p{k} = {name}._node"]


def _opened(arguments: Sequence[str]) -> list[str]:
    """Each argument as an array and a node; one of two may be a NumPy array or a number."""
    if len(arguments) != 2:
        return [line for k, name in enumerate(arguments) for line in _tensor(name, k)]
    first, second = arguments
    return [
        f"if isinstance({first}, Tensor):",
        *_indented(_tensor(first, 0)),
        f"    if isinstance({second}, Tensor):",
        *_indented(_indented(_tensor(second, 1))),
        "    else:",
        *_indented(_indented(_constant(second, 1, 0))),
        "else:",
        *_indented(_tensor(second, 1)),
        *_indented(_constant(first, 0, 1)),
    ]


def _of_one_library(k: int) -> list[str]:
    """Leave arrays of two libraries to `apply`, which says so."""
    return [
        f"if type(a{k}) is not type(a0) and NAMESPACES[type(a{k})] is not NAMESPACES[type(a0)]:",
        "    raise TypeError",
    ]


def _constant(name: str, k: int, beside: int) -> list[str]:
    """An array as it is, a number as an array in the dtype of argument `beside`; see `recording.numbers`."""
    return [
        f"if type({name}) is float and type(a{beside}) is float64:",
        f"    a{k} = floats[{name}]",
        f"elif type({name}) is ndarray:",
        f"    a{k} = {name}",
        "else:",
        f"    a{k} = numbers[{name}, type({name}), type(a{beside}), a{beside}.dtype]",
        f"p{k} = None",
    ]


def _recorded(operation: Operation, count: int) -> list[str]:
    """A node for the Tensor, if one of the arguments has one."""
    return [
        "if not is_grad_enabled():",
        "    return tensor",
        *_saved(operation, count),
        "tensor._node = node = new(Node)",
        "node.operation = operation",
        f"node.parents = ({', '.join(f'p{k}' for k in range(count))},)",
        "node.arguments = saved",
        "node.value = value",
        "node.params = NONE",
        "node.index = next_index()",
        "if type(y) is float64:  # 0.01 us in place of 0.05",
        "    node.shape = ()",
        "    node.dtype = FLOAT64",
        "else:",
        "    node.shape = y.shape",
        "    node.dtype = y.dtype",
        "node.grad = NOT_KEPT",
    ]


def _saved(operation: Operation, count: int, tracked: int = 0, k: int = 0) -> list[str]:
    """Decide by the nodes which arguments and whether the output has to be kept: a tree of conditions."""
    if k < count:
        return [
            f"if p{k} is None:",
            *_indented(_saved(operation, count, tracked, k + 1)),
            "else:",
            *_indented(_saved(operation, count, tracked | 1 << k, k + 1)),
        ]
    if not tracked:
        return ["return tensor"]
    reads_value, unread = operation.keeping(tracked, count)
    kept = [
        f"a{k}" if k not in unread else f"p{k}" if tracked >> k & 1 else f"(Stub(a{k}) if a{k}.shape else a{k})"
        for k in range(count)
    ]
    return [f"saved = ({', '.join(kept)},)", f"value = {'y' if reads_value else None}"]

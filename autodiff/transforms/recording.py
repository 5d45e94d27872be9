"""A function called on new inputs: what every transform begins with."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from .. import op, sweep
from .._namespaces import COMPLEX, DIFFERENTIABLE, NAMESPACES
from ..graph import Leaf, Node, Stub, enable_grad, is_grad_enabled
from ..op import TENSORS, as_tensor
from ..op.recording import kind_of
from ..sweep import check_leaves, path_between
from ..tensor import Tensor, wrap
from .pytree import leaves, matched, paths, rebuilt

Argnums = int | Sequence[int]

_PLAIN = (Tensor, np.ndarray, float)


@op.linear(lambda xp, g, _y, _x: g, aliases=True, samples=[op.sample((3,))], reference=np.positive)
def identity(xp: Any, x: Any, /) -> Any:
    """The same value, as a new node of the graph: the input of a transform."""
    return x


class Recording:
    """`f` called on new inputs, and the part of the graph that leads from them to its outputs.

    Attributes
    ----------
    inputs : list of Tensor
        The leaves of the arguments that are differentiated by, as new nodes.
    outputs : list of Tensor
        The leaves of what `f` returned.
    result
        What `f` returned, its auxiliary part aside.
    """

    def __init__(
        self,
        what: str,
        f: Callable[..., Any],
        args: Sequence[Any],
        positions: Iterable[int],
        kwargs: dict[str, Any] | None = None,
        has_aux: bool = False,
    ) -> None:
        positions = checked(what, positions, len(args))
        self.arguments = [args[k] for k in positions]
        self.differentiable_outside = is_grad_enabled()
        # Arrays and numbers as they are: 2 us less for each transform.
        self.plain = all(isinstance(x, _PLAIN) for x in self.arguments)
        self.inputs: list[Tensor] = []
        with enable_grad():
            replaced = list(args)
            for k in positions:
                new = _sources(what, args[k], k)
                self.inputs += new
                replaced[k] = new[0] if self.plain else rebuilt(args[k], iter(new), numbers=True)
            self.result = f(*replaced, **(kwargs or {}))
        self.aux: Any = None
        if has_aux:
            self.result, self.aux = _two(what, self.result)
        self.outputs = _outputs(what, self.result)
        self.sources: list[Any] = [x._node for x in self.inputs]
        ends = [y._node for y in self.outputs]
        if has_aux:
            ends += [x._node for x in leaves(self.aux) if isinstance(x, Tensor)]
        self.tape, self.outer, self.views = _path(self.sources, ends)

    @property
    def recorded(self) -> bool:
        """Whether the sweep is to be recorded: somebody outside may differentiate its result."""
        return self.outer and self.differentiable_outside

    def returned(self) -> Any:
        """What `f` returned, outside of the graph of this transform."""
        if isinstance(self.result, Tensor):
            return self._outside(self.result)
        return rebuilt(self.result, map(self._outside, self.outputs))

    def returned_aux(self) -> Any:
        """The auxiliary part, likewise; what is no Tensor stays as it is."""
        return rebuilt(self.aux, (self._outside(x) if isinstance(x, Tensor) else x for x in leaves(self.aux)))

    def _outside(self, t: Tensor) -> Tensor:
        return t if self.recorded else wrap(t._value, None)

    def like_arguments(self, values: Iterable[Any]) -> list[Any]:
        """One value per input, in the structure of the arguments."""
        if self.plain:
            return list(values)
        values = iter(values)
        return [rebuilt(argument, values, numbers=True) for argument in self.arguments]

    def pull(self, cotangents: Sequence[Tensor | None]) -> list[Tensor]:
        """Reverse mode: the cotangents of the inputs, from one per output or None."""
        # The sweep itself looks at what it passes only, and stops at the inputs.
        for view in self.views:
            check_leaves(view)
        tracked = any(g is not None and g.requires_grad for g in cotangents)
        recorded = (self.outer or tracked) and is_grad_enabled()
        seeds: dict[Any, Any] = {}
        for y, given in zip(self.outputs, cotangents, strict=True):
            if y._node is not None and given is not None:
                g = given if recorded else given._value
                seeds[y._node] = seeds[y._node] + g if y._node in seeds else g
        arrived = sweep.pullback(seeds, {*self.tape, *self.sources}, self.sources)
        return [_tensor(arrived.get(node), x) for node, x in zip(self.sources, self.inputs, strict=True)]

    def push(self, tangents: Sequence[Tensor | None]) -> list[Tensor]:
        """Forward mode: the tangents of the outputs, from one per input or None."""
        tracked = any(t is not None and t.requires_grad for t in tangents)
        recorded = (self.outer or tracked) and self.differentiable_outside
        given = zip(self.sources, tangents, strict=True)
        seeds = {node: t if recorded else t._value for node, t in given if t is not None}
        arrived = sweep.pushforward(self.tape, seeds)
        return [_tensor(None if y._node is None else arrived.get(y._node), y) for y in self.outputs]


def positions_of(argnums: Argnums) -> tuple[int, ...]:
    """The positions that `argnums` names."""
    try:
        return tuple(map(operator.index, argnums if isinstance(argnums, Sequence) else (argnums,)))
    except TypeError as error:
        raise TypeError(f"argnums must be the position of an argument, or a tuple of them, got {argnums!r}") from error


def for_argnums(argnums: Any, values: list[Any]) -> Any:
    """One value for a number, a tuple for several."""
    return tuple(values) if isinstance(argnums, Sequence) else values[0]


def fitting(like: Tensor, given: Any, path: str) -> Tensor:
    """A cotangent or tangent as a Tensor in the shape and dtype of what it belongs to."""
    if given is None:
        raise TypeError(f"{path}: expected an array of shape {like.shape}, got None; pass zeros")
    try:
        # A copy, or a gradient that is passed on as it is would change with the array.
        g = Tensor(given) if isinstance(given, np.ndarray) else op.tensor_like(given, like._value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{path}: expected an array of shape {like.shape}, got a {type(given).__name__}") from error
    if NAMESPACES[type(g._value)].library is not NAMESPACES[type(like._value)].library:
        raise TypeError(f"{path}: expected {kind_of(like._value)}, which it belongs to, got {kind_of(g._value)}")
    if g.shape != like.shape:
        raise ValueError(f"{path}: expected shape {like.shape}, got {g.shape}")
    if g.dtype == like.dtype:
        return g
    if COMPLEX[g.dtype] and not COMPLEX[like.dtype]:
        raise TypeError(f"{path}: expected real numbers, since it belongs to {like.dtype}, got {g.dtype}")
    return TENSORS.astype(g, like.dtype)  # type: ignore[no-any-return]


def all_fitting(likes: Sequence[Tensor], tree: Any, given: Any, path: str, numbers: bool = False) -> list[Tensor]:
    """`fitting` for every leaf of a structure."""
    return [
        fitting(like, g, where) for like, (where, g) in zip(likes, matched(tree, given, path, numbers), strict=True)
    ]


def checked(what: str, positions: Iterable[int], count: int) -> list[int]:
    """The positions, counted from the front."""
    found: list[int] = []
    for k in positions:
        if not -count <= k < count:
            raise ValueError(f"{what}: argument {k} asked for, but the function was called with {count}")
        if k % count in found:
            raise ValueError(f"{what}: argument {k} asked for twice")
        found.append(k % count)
    if not found:
        raise ValueError(f"{what}: no argument to differentiate by")
    return found


def _sources(what: str, argument: Any, position: int) -> list[Tensor]:
    """For each leaf of an argument a new tracked tensor with its value."""
    given = [argument] if isinstance(argument, _PLAIN) else leaves(argument, numbers=True)
    made = []
    for k, x in enumerate(given):
        try:
            made.append(_source(x))
        except (TypeError, ValueError) as error:
            path = paths(argument, f"argument {position}", numbers=True)[k]
            raise type(error)(f"{what}: {path}: {error}") from error
    return made


_CONSTANTS = "pass what is constant as another argument, which argnums doesn't name, or let the function close over it"


def _source(x: Any) -> Tensor:
    try:
        tensor = as_tensor(x)
    except (TypeError, ValueError) as error:
        raise TypeError(f"can't differentiate with respect to a {type(x).__name__}; {_CONSTANTS}") from error
    value = tensor._value
    if not DIFFERENTIABLE[value.dtype]:
        raise TypeError(
            f"can't differentiate with respect to dtype {value.dtype}; pass a float (2.0, not 2) or .astype(float), "
            f"and {_CONSTANTS}"
        )
    parent = tensor._node
    stub = Stub(value) if parent is None else parent
    return wrap(value, Node(identity.operation, (parent,), (stub,), None, op.NONE, value.shape, value.dtype))  # type: ignore[attr-defined]


def _two(what: str, result: Any) -> tuple[Any, Any]:
    if not isinstance(result, tuple) or len(result) != 2:
        got = f"a tuple of {len(result)}" if isinstance(result, tuple) else type(result).__name__
        raise TypeError(f"{what}: with has_aux=True the function must return (output, aux), got {got}")
    return result


def _outputs(what: str, result: Any) -> list[Tensor]:
    """The leaves of what a function returned, as Tensors."""
    if isinstance(result, Tensor):
        return [result]
    made = []
    for k, y in enumerate(leaves(result)):
        try:
            made.append(as_tensor(y))
        except (TypeError, ValueError) as error:
            where = paths(result, "output")[k]
            raise TypeError(f"{what}: {where}: expected a Tensor or numbers, got a {type(y).__name__}") from error
    return made


def _path(sources: list[Any], ends: list[Node | Leaf | None]) -> tuple[list[Node], bool, list[Node]]:
    """`path_between`, of no sources too: an argument may be an empty list."""
    return path_between(sources, ends) if sources else ([], any(end is not None for end in ends), [])


def _tensor(value: Any, stub: Tensor) -> Tensor:
    """A sweep's result as a Tensor; zeros in the shape of `stub` where nothing arrived."""
    if value is None:
        return TENSORS.zeros_like(stub)  # type: ignore[no-any-return]
    return value if isinstance(value, Tensor) else wrap(value, None)

"""What a rule is given, and what becomes of its answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .._namespaces import COMPLEX
from ..graph import GradientError, Leaf, Node, Stub
from ..op import items
from ..tensor import wrap

Values = dict[Node | Leaf, Any]
"""Node -> its cotangent or tangent: a raw array, or a Tensor where the sweep is recorded."""


def as_tensors(node: Node, arguments: Sequence[Any]) -> tuple[Any, tuple[Any, ...]]:
    """The output and the arguments as Tensors, for rules that are recorded."""
    pairs = zip(arguments, node.parents, strict=True)
    return (
        _output(node),
        tuple([x if is_stub(x) else wrap(x, parent) for x, parent in pairs]),
    )


def _output(node: Node) -> Any:
    """The output as a Tensor, or a tuple of Tensors; the node itself where no rule reads it."""
    if node.value is None:
        return node
    whole = wrap(node.value, node)
    return items(whole) if node.operation.several else whole


def is_stub(x: Any) -> bool:
    """Whether `x` stands for an argument that no rule reads."""
    return x is None or isinstance(x, (Node, Leaf, Stub))


def freed(node: Node) -> GradientError:
    """The error of a sweep that comes to a node without what it had saved."""
    return GradientError(
        f"this graph was freed by an earlier backward (at {node.operation.name}, shape {node.shape}); call that one "
        "with retain_graph=True, or compute the loss anew"
    )


def note(error: Exception, node: Node, part: str, shape: tuple[int, ...]) -> None:
    """Say on an error in a rule whose rule that was."""
    error.add_note(
        f"This is the rule of operation {node.operation.name!r} for {part}; it has to return an array of shape {shape}."
    )


def check_leaves(node: Node) -> None:
    """Raise if a leaf that `node` was computed from was changed in place since, and that matters."""
    for position, parent in enumerate(node.parents):
        if type(parent) is Leaf and parent.changed > node.index:
            check_unchanged(node, position)


def check_unchanged(node: Node, position: int) -> None:
    """Raise if the leaf at `position`, changed in place since, is read by the rules or seen through a view."""
    leaf = node.parents[position]
    assert node.arguments is not None
    if node.arguments[position] is not leaf or node.operation.aliases:
        raise GradientError(
            f"{leaf!r} was changed in place after {node.operation.name} had used it and before backward, whose rule "
            "needs the old value; call backward before the update (an optimizer's step, p.data = ...), or compute the "
            "loss anew"
        )


def fitted(xp: Any, g: Any, target: Node | Leaf) -> Any:
    """A cotangent (or tangent) brought to the shape and dtype of `target`: un-broadcast, real part, cast."""
    if g.shape != target.shape:
        given = g.shape
        surplus = g.ndim - target.ndim
        if surplus < 0:
            raise ValueError(f"a rule returned shape {tuple(given)} where {tuple(target.shape)} is needed")
        axes = tuple(range(surplus)) + tuple(
            k + surplus for k, n in enumerate(target.shape) if n == 1 and g.shape[k + surplus] != 1
        )
        g = xp.sum(g, axis=axes)
        if g.shape != target.shape:
            if math.prod(g.shape) != math.prod(target.shape):
                raise ValueError(f"a rule returned shape {tuple(given)} where {tuple(target.shape)} is needed")
            g = xp.reshape(g, target.shape)
    if g.dtype != target.dtype:
        if COMPLEX[g.dtype] and not COMPLEX[target.dtype]:
            g = xp.real(g)
        if g.dtype != target.dtype:
            g = xp.astype(g, target.dtype)
    return g

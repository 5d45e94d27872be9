"""Forward mode: from the inputs on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .._namespaces import COMPLEX, NAMESPACES
from ..graph import Leaf, Node, enable_grad
from ..op import TENSORS, Outputs
from ..op.several import zeros
from ..tensor import Tensor, wrap
from .path import path_between
from .reverse import pullback
from .rules import Values, as_tensors, check_leaves, fitted, freed, is_stub, note


def pushforward(tape: Iterable[Node], tangents: Values) -> Values:
    """Forward mode: carry tangents from the sources on to everything computed from them.

    Parameters
    ----------
    tape : iterable of Node
        The nodes on the way, oldest first.
    tangents : dict
        Source -> tangent; where these are Tensors, the sweep is recorded. The nodes' tangents are added.

    Returns
    -------
    dict
        The completed `tangents`.
    """
    for node in tape:
        incoming = tuple([None if parent is None else tangents.get(parent) for parent in node.parents])
        check_leaves(node)
        given = next((t for t in incoming if t is not None), None)
        if given is None:
            continue
        arguments = node.arguments
        if arguments is None:
            raise freed(node)
        if isinstance(given, Outputs):
            given = given[0]
        if isinstance(given, Tensor):
            xp: Any = TENSORS
            y, arguments = as_tensors(node, arguments)
        else:
            xp = NAMESPACES[type(given)]
            y = node if node.value is None else node.value
        try:
            t = _FORWARD[node.operation.kind](xp, node, incoming, y, arguments)
            if node.operation.several:
                t = Outputs(t)
            elif t.shape != node.shape or t.dtype != node.dtype:
                t = fitted(xp, t, node)
        except Exception as error:
            note(error, node, "its output in forward mode", node.shape)
            raise
        tangents[node] = t
    return tangents


# By kind of operation ----------------------------------------------------------------------------------------------


def _elementwise(xp: Any, node: Node, tangents: tuple[Any, ...], y: Any, arguments: Sequence[Any]) -> Any:
    terms = [
        rule(xp, t if t.shape == node.shape else xp.broadcast_to(t, node.shape), y, *arguments, **node.params)
        for rule, t in zip(node.operation.vjps or (), tangents, strict=True)
        if rule is not None and t is not None
    ]
    return _sum(terms)


def _linear(xp: Any, node: Node, tangents: tuple[Any, ...], _y: Any, arguments: Sequence[Any]) -> Any:
    operation = node.operation
    if operation.joint:
        given = next(t for t in tangents if t is not None)
        replaced = [
            t if t is not None else x if operation.rule(k) is None else _zeros(given, x)
            for k, (t, x) in enumerate(zip(tangents, arguments, strict=True))
        ]
        return operation.forward(xp, *replaced, **node.params)
    return _sum(
        [
            operation.forward(xp, *arguments[:k], t, *arguments[k + 1 :], **node.params)
            for k, t in enumerate(tangents)
            if t is not None
        ]
    )


def _primitive(xp: Any, node: Node, tangents: tuple[Any, ...], y: Any, arguments: Sequence[Any]) -> Any:
    if node.operation.jvp is not None:
        return node.operation.jvp(xp, tangents, y, *arguments, **node.params)
    return _transposed_vjp(xp, node, tangents, y, arguments)


def _transposed_vjp(xp: Any, node: Node, tangents: tuple[Any, ...], y: Any, arguments: Sequence[Any]) -> Any:
    """The tangent by way of the vjp: that is linear in `g`, and its transpose is the jvp."""
    if xp is not TENSORS:
        y = y if y is node else wrap(y, None)
        arguments = tuple([x if is_stub(x) else wrap(x, None) for x in arguments])
    given = next(t for t in tangents if t is not None)
    nothing = _zeros(given, node)
    g = wrap(nothing._value if isinstance(nothing, Tensor) else nothing, Leaf(node.shape, node.dtype, None))
    assert g._node is not None
    # Of a rule that is linear over the complex numbers `pullback` gives the conjugate transpose.
    conjugate = COMPLEX[node.dtype] and node.operation.holomorphic
    terms = []
    with enable_grad():
        for rule, t in zip(node.operation.vjps or (), tangents, strict=True):
            if rule is None or t is None:
                continue
            gx = rule(TENSORS, g, y, *arguments, **node.params)
            tape, _, _ = path_between([g._node], [gx._node])
            arrived = pullback({gx._node: xp.conj(t) if conjugate else t}, {*tape, g._node}, (g._node,))
            term = arrived.get(g._node, nothing)
            terms.append(xp.conj(term) if conjugate else term)
    return _sum(terms)


def _zeros(given: Any, stub: Any) -> Any:
    """Zeros in the shape and dtype of `stub`, a Tensor or a raw array as `given` is."""
    return zeros(given, stub.shape, stub.dtype)


def _sum(terms: list[Any]) -> Any:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


_FORWARD: dict[str, Callable[..., Any]] = {
    "elementwise": _elementwise,
    "linear": _linear,
    "primitive": _primitive,
}

"""Reverse mode: from the outputs back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heappop, heappush, heappushpop
from typing import Any

import numpy as np

from .._namespaces import COMPLEX, NAMESPACES
from ..graph import NOT_KEPT, Leaf, Node
from ..op import TENSORS, Cotangents, Operation
from ..op.operation import Rule
from ..tensor import Tensor
from .rules import Values, as_tensors, check_unchanged, fitted, freed, note

FLOAT64 = np.dtype(np.float64)


def pullback(
    cotangents: Values,
    wanted: Collection[Node | Leaf] | None = None,
    sources: Collection[Node | Leaf] = (),
    *,
    retain_graph: bool = True,
    zero_for_zero: bool = True,
) -> Values:
    """Reverse mode: carry cotangents from outputs back to leaves or sources.

    Parameters
    ----------
    cotangents : dict
        Output node -> cotangent; where these are Tensors, the sweep is recorded.
    wanted : collection of nodes, optional
        Go through these only; by default through all.
    sources : collection of nodes
        Stop at these. Leaves always stop.
    retain_graph : bool
        Keep what the nodes saved; else it is freed on the way.
    zero_for_zero : bool
        What a mask left out passes nothing on, even where its derivative is infinite or NaN.

    Returns
    -------
    dict
        Source, leaf, or node with `retain_grad` -> cotangent.
    """
    arrived: Values = {}
    pending: dict[Any, Any] = {}
    # A heap by time, newest first: when a node comes up, everything made of it has contributed. Of the new parents of a
    # node the first goes past the heap and past `pending`, neither of which a plain chain of operations ever touches.
    heap: list[tuple[int, Any]] = []
    for root, g in cotangents.items():
        if type(root) is Leaf or root in sources:
            arrived[root] = g
        else:
            pending[root] = g
            heappush(heap, (-root.index, root))
    recorded = any(isinstance(g, Tensor) for g in pending.values())
    xp: Any = TENSORS if recorded else NAMESPACES[type(g)] if pending else None
    node: Any = heappop(heap)[1] if heap else None
    g = pending.pop(node, None)
    dtype: Any = None
    is_complex = False
    selected = False  # whether an operation that leaves entries out was passed
    while node is not None:
        if node.grad is not NOT_KEPT:
            arrived[node] = g
        operation = node.operation
        arguments = node.arguments
        if arguments is None:
            raise freed(node)
        y = node if node.value is None else node.value
        if recorded:
            y, arguments = as_tensors(node, arguments)
        if node.dtype is not dtype:  # asked once while the dtype stays the same
            dtype = node.dtype
            is_complex = COMPLEX[dtype]
        conjugate = is_complex and operation.holomorphic
        if conjugate:
            g = xp.conj(g)
        elif type(g) is Cotangents:
            g = g.filled()
        params = node.params
        vjps = operation.vjps
        if selected and operation.kind == "elementwise":
            vjps = [rule and _zero_for_zero(rule) for rule in vjps]
        if zero_for_zero and operation.selects:
            selected = selected or _leaves_out(operation, arguments)
        # The usual calls are written out: 0.06 us less for each than with stars.
        count = 0 if params or operation.variadic else len(arguments)
        if count == 2:
            a, b = arguments
        elif count == 3:
            a, b, c = arguments
        upcoming = gu = None
        position = -1  # counted by hand: enumerate takes 0.04 us longer
        for parent in node.parents:
            position += 1
            if parent is None:
                continue
            leaf = type(parent) is Leaf
            if leaf and parent.changed > node.index:
                check_unchanged(node, position)
            if wanted is not None and parent not in wanted:
                continue
            try:
                if count == 2:
                    gx = vjps[position](xp, g, y, a, b)
                elif count == 3:
                    gx = vjps[position](xp, g, y, a, b, c)
                elif operation.variadic:
                    gx = vjps[0](xp, g, y, *arguments, position=position, **params)
                else:
                    gx = vjps[position](xp, g, y, *arguments, **params)
                if conjugate:
                    gx = xp.conj(gx)
                if type(gx) is np.float64 and parent.dtype is FLOAT64 and not parent.shape:
                    pass  # as it should be; the general question takes 0.05 us longer
                elif gx.shape != parent.shape or gx.dtype is not parent.dtype:
                    gx = fitted(xp, gx, parent)
            except Exception as error:
                note(error, node, f"argument {position}", parent.shape)
                raise
            if leaf or parent in sources:
                arrived[parent] = arrived[parent] + gx if parent in arrived else gx
            elif parent is upcoming:
                gu = gu + gx
            elif parent in pending:
                pending[parent] = pending[parent] + gx
            elif upcoming is None:
                upcoming = parent
                gu = gx
            else:
                pending[parent] = gx
                heappush(heap, (-parent.index, parent))
        if not retain_graph:
            node.arguments = node.value = None
            node.parents = ()
        if not heap:
            node = upcoming
            g = gu
        else:
            if upcoming is None:
                node = heappop(heap)[1]
            else:
                pending[upcoming] = gu
                node = heappushpop(heap, (-upcoming.index, upcoming))[1]
            g = pending.pop(node)
    return arrived


def _leaves_out(operation: Operation, arguments: Sequence[Any]) -> bool:
    """Whether entries were left out because of their values; a part taken by a basic index leaves none out so."""
    return operation.name != "getitem" or any(str(index.dtype) == "bool" for index in arguments[1:])


def _zero_for_zero(rule: Rule) -> Rule:
    """The rule of an element-wise operation, with nothing passed on where nothing has arrived.

    What a mask leaves out may be infinite or NaN, and so may the derivative there: 0 times it is NaN, but what was left
    out has no influence.
    """

    def careful(xp: Any, g: Any, *inputs: Any, **params: Any) -> Any:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            gx = rule(xp, g, *inputs, **params)
            if isinstance(gx, (np.ndarray, np.generic)) and not np.isnan(gx).any():
                return gx
            return xp.where((g == 0) & xp.isnan(gx), 0.0, gx)

    return careful

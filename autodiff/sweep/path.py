"""The part of the graph between inputs and outputs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter

from ..graph import Leaf, Node
from .rules import freed


def path_between(
    sources: Collection[Node | Leaf], outputs: Iterable[Node | Leaf | None]
) -> tuple[list[Node], bool, list[Node]]:
    """The part of the graph that leads from `sources` to `outputs`.

    Returns
    -------
    tape : list of Node
        The nodes on the way, oldest first, without the sources.
    outer : bool
        Whether `outputs` depend on something tracked besides the sources: an outer derivative's input, a parameter.
    views : list of Node
        Every view of a leaf that was used, on the way or beside it.
    """
    oldest = min(source.index for source in sources)
    outer = any(isinstance(source, Node) and any(source.parents) for source in sources)
    reached = []
    seen = set(sources)
    stack = [node for node in outputs if node is not None]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Leaf) or node.index < oldest:
            outer = True
        elif node.arguments is None:
            raise freed(node)
        else:
            reached.append(node)
            stack.extend([parent for parent in node.parents if parent is not None])
    reached.sort(key=attrgetter("index"))
    dependent = set(sources)
    tape = []
    for node in reached:
        if not dependent.isdisjoint(node.parents):
            dependent.add(node)
            tape.append(node)
    views = [node for node in (*sources, *reached) if isinstance(node, Node) and node.operation.aliases]
    return tape, outer, views

"""A recorded graph as a drawing: one row for each step from the loss back to the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autodiff import Tensor
from tasks.report.html import Html, element, join
from tasks.report.svg import drawing

WIDTH, HEIGHT, ACROSS, DOWN, EDGE = 92.0, 34.0, 14.0, 24.0, 6.0
BORDERS = {
    "operation": {"rx": "0", "stroke_width": "1.2", "fill": "#ffffff"},
    "parameter": {"rx": "12", "stroke_width": "2.2", "fill": "#e8f1f8"},
    "constant": {"rx": "12", "stroke_width": "1.2", "stroke_dasharray": "4 3", "fill": "#ffffff"},
}


@dataclass
class Box:
    """A value in the graph.

    Parameters
    ----------
    name : str
        The operation that made it, or what it is called.
    shape : tuple of int
    kind : {"operation", "parameter", "constant"}
    sources : list of Box
        What the operation was done to.
    row : int
        Steps from the result, along the longest way.
    place : int
        Columns from the middle.
    """

    name: str
    shape: tuple[int, ...]
    kind: str
    sources: list[Box] = field(default_factory=list)
    row: int = 0
    place: int = 0


def boxes(result: Tensor, names: Mapping[str, Tensor]) -> list[Box]:
    """The graph that the result holds, with the result first and each box before its sources.

    Parameters
    ----------
    result : Tensor
    names : mapping of str to Tensor
        What constants are called: they need no gradient, and so the graph doesn't know their names.
    """
    known: dict[int, Box] = {}

    def constant(array: Any) -> Box:
        found = (name for name, tensor in names.items() if tensor.data is array)
        # Where no rule reads it, the graph has kept its shape alone.
        shown = f"{array:g}" if array.ndim == 0 and isinstance(array, (np.ndarray, np.floating)) else "constant"
        return Box(next(found, shown), array.shape, "constant")

    def box(node: Any) -> Box:
        if id(node) not in known:
            operation = getattr(node, "operation", None)
            if operation is None:
                known[id(node)] = Box(node.name or "parameter", node.shape, "parameter")
            else:
                sources = zip(node.parents, node.arguments, strict=True)
                made = [constant(array) if parent is None else box(parent) for parent, array in sources]
                known[id(node)] = Box(operation.name, node.shape, "operation", made)
        return known[id(node)]

    return _arranged(box(result._node))


def _arranged(last: Box) -> list[Box]:
    """All boxes in rows, in the order of these; operations stand nearest to the middle."""
    order: dict[int, Box] = {}
    waiting = [last]
    while waiting:
        box = waiting.pop(0)
        order[id(box)] = box
        for source in box.sources:
            source.row = max(source.row, box.row + 1)
            waiting.append(source)
    rows: dict[int, list[Box]] = {}
    for box in sorted(order.values(), key=lambda box: (box.row, box.kind != "operation")):
        row = rows.setdefault(box.row, [])
        # 0, -1, 1, -2, 2 and so on.
        box.place = (len(row) + 1) // 2 * (-1 if len(row) % 2 else 1)
        row.append(box)
    return [box for row in rows.values() for box in row]


def drawn(graph: list[Box], name: str, title: str) -> Html:
    """The graph, with the points above and the result below."""
    last, left, right = (
        pick(getattr(box, a) for box in graph) for pick, a in ((max, "row"), (min, "place"), (max, "place"))
    )
    across, down = WIDTH + ACROSS, HEIGHT + DOWN

    def corner(box: Box) -> tuple[float, float]:
        return EDGE + (box.place - left) * across, EDGE + (last - box.row) * down

    lines = [_arrow(corner(source), corner(box)) for box in graph for source in box.sources]
    shapes = [_shape(box, *corner(box)) for box in graph]
    view = f"0 0 {(right - left) * across + WIDTH + 2 * EDGE:g} {last * down + HEIGHT + 2 * EDGE:g}"
    return drawing(name, title, description(graph), view, join([*lines, *shapes]))


def description(graph: list[Box]) -> str:
    """The graph in words, from the points to the result."""
    steps = [
        f"{box.name} of {' and '.join(source.name for source in box.sources)}"
        for box in reversed(graph)
        if box.kind == "operation"
    ]
    return f"{len(steps)} operations, one after the other: {', then '.join(steps)}."


def _shape(box: Box, x: float, y: float) -> Html:
    """A box with the name and the shape in it."""
    middle = f"{x + WIDTH / 2:g}"
    frame = element(
        "rect", x=f"{x:g}", y=f"{y:g}", width=f"{WIDTH:g}", height=f"{HEIGHT:g}", stroke="#333333", **BORDERS[box.kind]
    )
    size = "×".join(map(str, box.shape)) or "number"
    # A name as long as binary_cross_entropy has to be set smaller.
    letters = f"{min(11.5, 1.75 * WIDTH / len(box.name)):.3g}"
    name = element("text", box.name, x=middle, y=f"{y + 15:g}", font_size=letters)
    return element("g", frame, name, element("text", size, x=middle, y=f"{y + 28:g}", font_size="9.5"), class_="box")


def _arrow(source: tuple[float, float], target: tuple[float, float]) -> Html:
    """From the bottom of one box to the top of another, a few rows below."""
    x1, y1 = source[0] + WIDTH / 2, source[1] + HEIGHT
    # Those from the sides arrive beside the middle, each with a head that can be seen.
    x2, y2 = target[0] + WIDTH / 2 + (source[0] - target[0]) * 0.25, target[1]
    bend = (y1 + y2) / 2
    line = f"M{x1:g} {y1:g} C{x1:g} {bend:g} {x2:g} {bend:g} {x2:g} {y2 - 5:g}"
    head = f"M{x2 - 3.5:g} {y2 - 6:g} L{x2 + 3.5:g} {y2 - 6:g} L{x2:g} {y2:g} Z"
    return join([element("path", d=line, fill="none", stroke="#333333"), element("path", d=head, fill="#333333")])

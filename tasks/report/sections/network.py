"""Section 2b of the report: the network, as it records itself."""

from __future__ import annotations

import numpy as np

from autodiff import Tensor
from tasks.report import graph, html, recorded
from tasks.report.html import Html
from tasks.report.marks import counted
from tasks.report.material import Material


def section(_material: Material) -> Html:
    """The recorded graph of one sample's loss."""
    at = recorded.sample()
    x, y = Tensor(at.x), Tensor(at.y)
    boxes = graph.boxes(recorded.loss_of(recorded.tensors(at), x, y), {"x": x, "y": y})
    hidden = len(at.parameters["W1"])
    numbers = sum(np.size(value) for value in at.parameters.values())
    operations = sum(box.kind == "operation" for box in boxes)
    title = f"Recorded graph of one sample's loss, {hidden} hidden units"
    caption = (
        f"{title}. Drawn from the {counted(operations, 'operation')} that the loss has recorded: rectangles are "
        "operations, thick rounded boxes parameters, dashed ones constants; below each name is its shape."
    )
    return html.section(
        "network",
        "Network",
        html.paragraph(
            "The report's Figure 4 shows linear, ReLU, linear, sigmoid, linear, sigmoid. Run on Tensors, its forward "
            f"pass leaves this graph behind, loss included. With {hidden} hidden units there are {numbers} numbers to "
            "be learnt. Going through it from below is backpropagation.",
        ),
        html.figure("figure-graph", caption, graph.drawn(boxes, "graph", title)),
    )

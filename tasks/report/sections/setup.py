"""Section 2 of the report: the defaults of its Figure 2 beside the settings that it used."""

from __future__ import annotations

from tasks import data, published
from tasks.report import html, marks
from tasks.report.html import Html
from tasks.report.material import Material
from tasks.report.plan import STOP_LOSS

FIGURE_2 = {"lr": 0.001, "epochs": 1000, "seed": 0, "hidden": 5}
"""The defaults in the report's constructor."""

NAMES = {"lr": "learning rate", "epochs": "epochs", "seed": "seed of the weights", "hidden": "hidden units"}
USED = {
    "Task 1 (Figures 9, 11)": "figure_11_linear",
    "Task 2 (Figures 10, 12)": "figure_12_xor",
    "Table 4a": "table_learning_rate",
    "Table 4b": "table_hidden_units",
}


def section(_material: Material) -> Html:
    """What was set, and what the points are."""
    report = published.load()
    rows, changed = [], set[str]()
    for name, default in FIGURE_2.items():
        used = [report[key].get(name) for key in USED.values()]
        changed |= {title for title, value in zip(USED, used, strict=True) if value != default}
        cells = ["varied" if value is None else marks.marked(value == default, f"{value:g}") for value in used]
        rows.append([NAMES[name], f"{default:g}", *cells])
    return html.section(
        "setup",
        "Set-up",
        html.paragraph(
            f"Of the {len(USED)} columns beside Figure 2, {len(changed)} differ from its defaults in something. ",
            f"{marks.SAME} is a setting as in Figure 2, {marks.OTHER} another one.",
        ),
        html.table("table-setup", "Defaults of Figure 2 and the settings used", ["Setting", "Figure 2", *USED], rows),
        _points(),
    )


def _points() -> Html:
    """What is to be learnt, and which of it can be had again."""
    (x1, y1), (x2, y2) = data.linear_points(), data.xor_points()
    return html.bullets(
        [
            (
                f"Task 1, linear: {len(x1)} points of the unit square, {int(y1.sum())} of them with the label 1. The "
                "report gives no seed for its points. These are others, drawn with seed 0, so what it published for "
                "this task stands beside ours for comparison and can't come out to the digit."
            ),
            (
                f"Task 2, XOR: the {len(x2)} points of the report on the square's diagonals, {int(y2.sum())} of them "
                "with the label 1. With its own gradients and its seed everything can be compared to the digit."
            ),
            (
                "A run takes one point after the other. Its loss is half the cross entropy of the last point, and it "
                f"ends with the first epoch whose loss is below {STOP_LOSS:g}."
            ),
        ]
    )

"""What is wrong with the published backpropagation, found by `check_backprop`, and what that costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from autodiff.check import BackpropReport
from autodiff.check.backprop.report import Birth
from tasks import handwritten, published
from tasks.networks import Gradients
from tasks.report import figures, html, recorded
from tasks.report.figures import Curve
from tasks.report.html import Html
from tasks.report.marks import counted, listed, marked, small
from tasks.report.material import Material
from tasks.report.plan import COMPARED, KINDS, OWN_RUNS, STOP_LOSS
from tasks.report.svg import inline
from tasks.sweep.plan import TASKS
from tasks.sweep.remarks import percent
from tasks.sweep.rows import Row


def section(material: Material) -> Html:
    """The verdict, the lines, and the learning curves with and without them."""
    at = recorded.sample()
    wrong, right = (recorded.check(formulas, at) for formulas in (handwritten.published, handwritten.corrected))
    known = published.load()["known_errors_in_the_published_backpropagation"]
    return html.section(
        "errors",
        "The two errors",
        html.paragraph(
            html.element("code", "check_backprop"),
            " is given the report's loss and gradients as they were published, and nothing else. ",
            f"Of {counted(len(wrong.parameters), 'gradient')} {_count(wrong, 'wrong')} are wrong; "
            f"it names {counted(len(wrong.births), 'line')}. "
            f"Of the corrected code it says: {_count(right, 'right')} of {len(right.parameters)} are right.",
        ),
        _verdicts(wrong),
        *map(_birth, wrong.births),
        html.paragraph("What reading the report by eye finds, for comparison:"),
        html.bullets(known),
        html.element("h3", "What they cost"),
        *_cost(material),
    )


def _count(report: BackpropReport, verdict: str) -> int:
    """How many parameters have the verdict."""
    return sum(row.verdict == verdict for row in report.parameters.values())


def _verdicts(report: BackpropReport) -> Html:
    """The table of the parameters."""
    rows = []
    for name, row in report.parameters.items():
        worst = f"{row.worst['given']:.4g} for {row.worst['expected']:.4g}" if row.worst else ""
        right = row.verdict == "right"
        rows.append([name, "×".join(map(str, row.shape)), marked(right, row.verdict), small(row.error), worst])
    head = ["Gradient of", "Shape", "Verdict", "Error, relative", "Worst entry"]
    return html.table("table-check", "check_backprop on the published backpropagation", head, rows)


def _birth(birth: Birth) -> Html:
    """A wrong line, its cause and its repair."""
    path = Path(birth.filename)
    found = [
        html.paragraph(html.element("b", f"{path.parent.name}/{path.name}, line {birth.lineno}: "), _said(birth.cause)),
        html.listing(birth.code, f"Line {birth.lineno}"),
    ]
    if birth.repair is not None:
        verb = "is" if len(birth.parameters) == 1 else "are"
        found += [
            html.paragraph(f"With this line {listed(birth.parameters)} {verb} right:"),
            html.listing(birth.repair, f"Line {birth.lineno} as it is right"),
        ]
    return html.element("div", *found, class_="finding")


def _said(cause: str) -> Html:
    """A sentence with names between backticks."""
    pieces = cause.split("`")
    return html.join(html.element("code", piece) if k % 2 else piece for k, piece in enumerate(pieces))


def _cost(material: Material) -> list[Html]:
    """Learning curves of the three, and what they ended with."""
    parts, rows = [], []
    for task in TASKS:
        found = {kind: material.row(task, replace(OWN_RUNS[task], gradients=kind)) for kind in KINDS}
        curves = [Curve(kind, row.losses) for kind, row in found.items()]
        title = f"{task}: published, corrected and recorded gradients"
        svg = inline(figures.losses(curves, STOP_LOSS), f"cost-{task}", title, figures.words(curves))
        parts.append(html.figure(f"figure-cost-{task}", f"{title}. {_agree(found)}", svg))
        rows += [[f"{task}, {kind}", percent(100 * row.accuracy), str(row.end_epoch)] for kind, row in found.items()]
    return [
        html.element("div", *parts, class_="pair"),
        html.table("table-cost", "The report's own runs", ["Task, gradients", "Accuracy", "End epoch"], rows),
        html.bullets([*(_price(material, task) for task in TASKS), _over_seeds(material)]),
    ]


def _agree(found: dict[Gradients, Row]) -> str:
    """How far apart corrected and recorded gradients lead."""
    one, other = (np.array(found[kind].losses) for kind in KINDS[1:])
    if len(one) != len(other):
        return f"Corrected and recorded gradients end {abs(len(one) - len(other))} epochs apart."
    gap = float(np.max(np.abs(one / other - 1)))
    return f"The lines of corrected and autodiff lie on each other: they differ by {small(gap)} at most, relative."


def _price(material: Material, task: str) -> str:
    """What the errors cost on one task, in points and epochs."""
    wrong, right = (material.row(task, replace(OWN_RUNS[task], gradients=kind)) for kind in ("published", "corrected"))
    points = len(TASKS[task].points()[0])
    lost = round((right.accuracy - wrong.accuracy) * points)
    late = wrong.end_epoch - right.end_epoch
    outcome = (
        f"{counted(abs(lost), 'point')} {'fewer' if lost > 0 else 'more'} right" if lost else "as many points right"
    )
    when = (
        f"{counted(abs(late), 'epoch')} {'later' if late > 0 else 'earlier'} than" if late else "in the same epoch as"
    )
    return (
        f"{task}: with the errors the run ends {when} the corrected one ({wrong.end_epoch}, {right.end_epoch}), "
        f"with {outcome}."
    )


def _over_seeds(material: Material) -> str:
    """What the errors cost over all seeds and widths of the last section."""
    plan = material.plan
    learned = [
        sum(row.accuracy == 1 for width in plan.widths for row in material.seeds(width, kind)) for kind in COMPARED
    ]
    runs = len(plan.widths) * plan.xor_seeds
    return (
        f"Over {counted(plan.xor_seeds, 'seed')} at {counted(len(plan.widths), 'width')}, {learned[0]} of "
        f"{runs} runs learn XOR with the errors and {learned[1]} without them (the last section)."
    )

"""Section 3 of the report: its two runs, as Figures 9 to 13 and its learning curves have them."""

from __future__ import annotations

from tasks import figures as task_figures
from tasks import published
from tasks.report import figures, html, marks
from tasks.report.figures import Curve
from tasks.report.html import Html
from tasks.report.material import Material
from tasks.report.plan import STOP_LOSS
from tasks.report.svg import inline
from tasks.sweep.plan import TASKS
from tasks.sweep.remarks import percent
from tasks.training import Result

FIGURES = {"linear": ("Task 1", 9, 11, "figure_11_linear"), "xor": ("Task 2", 10, 12, "figure_12_xor")}
DIGITS = 1e-12
"""Relative difference up to which losses are the same: libraries of linear algebra add in orders of their own."""


def section(material: Material) -> Html:
    """Both tasks: predictions, printed losses, learning curve, and the rule that ends a run."""
    parts: list[Html] = [html.paragraph("These runs take the report's own gradients, errors and all.")]
    for task in FIGURES:
        parts += _task(task, material.own[task])
    curves = [_curve(task, result) for task, result in material.own.items()]
    return html.section("results", "Results", *parts, _learning(curves), _rule(material))


def _task(task: str, result: Result) -> list[Html]:
    """One of the two runs."""
    title, picture, listing, key = FIGURES[task]
    entry = published.load()[key]
    return [
        html.element("h3", f"{title}: {TASKS[task].summary}"),
        _summary(task, result, entry),
        html.element(
            "div", _comparison(task, result, picture), _losses(task, result, listing, entry), class_="pair digits"
        ),
    ]


def _summary(task: str, result: Result, entry: dict[str, float]) -> Html:
    """Last epoch and accuracy beside those published."""
    points = len(TASKS[task].points()[0])
    right, theirs = round(result.accuracy * points), round(entry["accuracy_percent"] / 100 * points)
    gap = marks.difference([(theirs, "point"), (int(entry["last_epoch"]), "epoch")], [right, result.end_epoch])
    why = " The points are others than the report's." if task == "linear" else ""
    return html.paragraph(
        f"Published: {percent(entry['accuracy_percent'])} after epoch {entry['last_epoch']}. "
        f"Here: {percent(100 * result.accuracy)} after epoch {result.last_epoch}. ",
        gap,
        ".",
        why,
    )


def _comparison(task: str, result: Result, number: int) -> Html:
    """The points with their labels and with the network's."""
    points = TASKS[task].points()
    wrong = round((1 - result.accuracy) * len(points[0]))
    title = f"Figure {number}: {task}, labels and predictions"
    seen = f"Above the points with their labels, below as the network has them: {wrong} of {len(points[0])} are wrong"
    svg = inline(task_figures.comparison(task, result, points, stacked=True), f"comparison-{task}", title, f"{seen}.")
    marked = ", each with a ring around it" if wrong else ""
    return html.figure(f"figure-{number}", f"{title}. {seen}{marked}.", svg)


def _losses(task: str, result: Result, number: int, entry: dict[str, dict[str, float]]) -> Html:
    """The printed losses beside those of the same epochs, or of the last ones where points differ."""
    printed = entry["losses"]
    if task == "linear":
        ours = result.history[-len(printed) :]
        rows = [
            [f"{epoch}", repr(loss), f"{own.number}", repr(own.loss)]
            for (epoch, loss), own in zip(printed.items(), ours, strict=False)
        ]
        head = ["Epoch, published", "Loss, published", "Epoch here", "Loss here"]
        caption = f"Figure {number}: the last losses, of other points ({marks.OTHER} in all rows)"
        return html.table(f"table-{number}", caption, head, rows)
    here = {str(epoch.number): epoch.loss for epoch in result.history}
    rows = [[epoch, repr(loss), *_beside(loss, here.get(epoch))] for epoch, loss in printed.items()]
    same = sum(here.get(epoch) == loss for epoch, loss in printed.items())
    close = sum(abs(here.get(epoch, 0.0) / loss - 1) < DIGITS for epoch, loss in printed.items())
    caption = f"Figure {number}: of {len(printed)} printed losses {close} are the same to 12 digits, {same} in all (=)"
    return html.table(f"table-{number}", caption, ["Epoch", "Loss, published", "Loss here", ""], rows)


def _beside(theirs: float, ours: float | None) -> list[Html | str]:
    """A loss of ours and how it stands to the published one."""
    if ours is None:
        return ["none", marks.marked(False, "ended before")]
    if ours == theirs:
        return [repr(ours), marks.marked(True, "")]
    gap = abs(ours / theirs - 1)
    return [repr(ours), marks.marked(gap < DIGITS, "12 digits" if gap < DIGITS else f"{gap:.1%}")]


def _curve(task: str, result: Result) -> Curve:
    """The run's learning curve."""
    return Curve(task, [epoch.loss for epoch in result.history])


def _learning(curves: list[Curve]) -> Html:
    """Section 3c, whose two figures have neither number nor values."""
    drawn = []
    for curve in curves:
        title = f"Learning curve of {curve.label}"
        svg = inline(figures.losses([curve], STOP_LOSS), f"learning-{curve.label}", title, figures.words([curve]))
        drawn.append(html.figure(f"figure-learning-{curve.label}", f"{title}. {figures.words([curve])}", svg))
    return html.join(
        [
            html.element("h3", "Learning curves (3c)"),
            html.paragraph("The report has them as pictures, without numbers. These are of the two runs above."),
            html.element("div", *drawn, class_="pair"),
        ]
    )


def _rule(material: Material) -> Html:
    """Figure 13: the rule that ends a run, and how often it ended one too early."""
    rows = [row for row in material.rows.values() if row.config.stop_loss > 0]
    stopped = [row for row in rows if row.stopped_early]
    wrong = sum(row.accuracy < 1 for row in stopped)
    return html.join(
        [
            html.element("h3", "The rule to stop (Figure 13)"),
            html.paragraph(
                f"The report ends a run when the loss of its last point is below {STOP_LOSS:g}, against divisions "
                f"by 0. That point says little of the others: of the {len(rows)} runs on this page that have the rule, "
                f"it ended {len(stopped)}, {wrong} of them with points still on the wrong side.",
            ),
        ]
    )

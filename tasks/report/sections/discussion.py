"""Section 4 of the report: both tables with Figures 14 to 17, and the part that it left empty."""

from __future__ import annotations

from tasks.report import figures, html, marks
from tasks.report.figures import Curve
from tasks.report.html import Html
from tasks.report.material import Material
from tasks.report.plan import COMPARED, STOP_LOSS
from tasks.report.svg import inline
from tasks.sweep import remarks
from tasks.sweep.plan import SWEEPS, TASKS
from tasks.sweep.remarks import percent
from tasks.sweep.rows import Row
from tasks.sweep.settings import NONE, Config

TITLES = {"learning-rate": "Different learning rates (4a)", "hidden-units": "Different numbers of hidden units (4b)"}
FIGURES: dict[str, tuple[tuple[int, float, str], ...]] = {
    "learning-rate": ((14, 0.1, "the loss falls until about epoch 100 and diverges then"),),
    "hidden-units": (
        (15, 1, "it diverges from the start, for the network isn't complex enough"),
        (16, 10, "with more units it begins to converge better"),
        (17, 50, "with more units it begins to converge better"),
    ),
}
"""The report's figures of single XOR runs, by what was varied: the value, and what the report says of it."""


def section(material: Material) -> Html:
    """The tables, each with its figures, then networks without activations."""
    parts: list[Html] = [
        html.paragraph(
            f"{marks.LEGEND}. The last two columns are what the right gradients come to with the same settings."
        )
    ]
    for name, title in TITLES.items():
        parts.append(html.element("h3", title))
        for task in TASKS:
            parts += _table(material, name, task)
        drawn = [_figure(material, name, *entry) for entry in FIGURES[name]]
        parts.append(html.element("div", *drawn, class_="pair"))
    return html.section("discussion", "Discussion", *parts, *_without(material))


def _table(material: Material, name: str, task: str) -> list[Html]:
    """A table of the report's with what comes out, and what is to be said of it."""
    sweep = SWEEPS[name]
    published, right = (material.plan.table(name, task, kind) for kind in COMPARED)
    rows = [_row(material, name, task, config, other) for (config,), (other,) in zip(published, right, strict=True)]
    head = [
        sweep.title.capitalize(), "Acc, published", "Acc here", "End epoch, published", "End epoch here", "Difference",
        "Acc, right gradients", "End epoch, right gradients",
    ]  # fmt: skip
    configs = [config for cell in published for config in cell]
    found = [material.row(task, config) for config in configs]
    said = [html.paragraph(text, class_="note") for text in remarks.remarks(sweep, task, configs, found)]
    return [html.table(f"table-{name}-{task}", f"{task}: {sweep.title}", head, rows), *said]


def _row(material: Material, name: str, task: str, config: Config, right: Config) -> list[str]:
    """One setting: published, here, the difference, and with right gradients."""
    sweep = SWEEPS[name]
    row, other = material.row(task, config), material.row(task, right)
    entry = remarks.published_cell(sweep, task, config)
    assert entry is not None, "the plan has published values only"
    points = len(TASKS[task].points()[0])
    theirs = [(round(entry.accuracy / 100 * points), "point"), (entry.end_epoch, "epoch")]
    gap = marks.difference(theirs, [round(row.accuracy * points), row.end_epoch])
    return [
        sweep.show(getattr(config, sweep.field)), f"{entry.accuracy:g}%", percent(100 * row.accuracy),
        str(entry.end_epoch), str(row.end_epoch), gap, percent(100 * other.accuracy), str(other.end_epoch),
    ]  # fmt: skip


def _figure(material: Material, name: str, number: int, value: float, said: str) -> Html:
    """The learning curve of one XOR run, with the one of right gradients beside it."""
    sweep, curves, rows = SWEEPS[name], [], []
    for kind in COMPARED:
        cells = material.plan.table(name, "xor", kind)
        row = next(material.row("xor", c) for (c,) in cells if getattr(c, sweep.field) == value)
        rows.append(row)
        curves.append(Curve("published code" if kind == "published" else "right gradients", row.losses))
    title = f"Figure {number}: XOR, {sweep.title} {sweep.show(value)}"
    svg = inline(figures.losses(curves, STOP_LOSS), f"curve-{number}", title, figures.words(curves))
    caption = f"{title}. Published: {said}. Here: {figures.words(curves)} {_reason(*rows)}"
    return html.figure(f"figure-{number}", caption, svg)


def _reason(wrong: Row, right: Row) -> str:
    """Whether the setting or the errors made the run what it is."""
    last = "The loss is that of the last point alone"
    if wrong.accuracy < right.accuracy:
        gained, left = percent(100 * right.accuracy), percent(100 * wrong.accuracy)
        return f"{last}: with the same settings right gradients have {gained} right where the errors leave {left}."
    return f"{last}: right gradients have no more points right ({percent(100 * right.accuracy)}), so it is the setting."


def _without(material: Material) -> list[Html]:
    """Section 4c, which is a heading in the report and no more."""
    sweep, parts = SWEEPS["activation"], [html.element("h3", "Without activation functions (4c)")]
    rows = []
    for task in TASKS:
        cells = material.cells(task, material.plan.extra("activation", task))
        cell = next(each for each in cells if each.configs[0].activations == (NONE, NONE))
        config = cell.configs[0]
        rows.append([task, str(config.hidden), str(config.epochs), str(len(cell.rows)), cell.accuracy])
        parts += [
            html.paragraph(f"{task}: {text}") for text in remarks.remarks(sweep, task, cell.configs, cell.rows)
            if text != remarks.NEVER
        ]  # fmt: skip
    head = ["Task", "Hidden units", "Epochs", "Seeds", "Accuracy (95 % interval over seeds)"]
    caption = "No activation in the hidden layers (empty in the report)"
    return [parts[0], html.table("table-none", caption, head, rows), *parts[1:]]

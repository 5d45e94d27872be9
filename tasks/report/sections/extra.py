"""Section 5 of the report: other optimizers and other activations, under headings that it left empty."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.report import figures, html
from tasks.report.html import Html
from tasks.report.marks import counted, listed
from tasks.report.material import Material
from tasks.report.svg import inline
from tasks.sweep import remarks
from tasks.sweep.plan import SWEEPS, TASKS
from tasks.sweep.table import Cell


def section(material: Material) -> Html:
    """A figure and two tables for each of the two."""
    seeds = material.plan.seeds
    return html.section(
        "extra",
        "Extra",
        html.paragraph(
            f"Right gradients, {counted(seeds, 'seed')}, the settings of the report's own runs; the report has no "
            "values for these."
        ),
        html.element("h3", "Different optimizers (5a)"),
        *_part(material, "optimizer", "epoch at which the run ended", logarithmic=True),
        html.element("h3", "Different activation functions (5b)"),
        *_part(material, "activation", "points on the right side, %", logarithmic=False),
    )


def _part(material: Material, name: str, label: str, logarithmic: bool) -> list[Html]:
    """What came of one sweep on both tasks."""
    sweep = SWEEPS[name]
    tables = {task: material.cells(task, material.plan.extra(name, task)) for task in TASKS}
    names = [sweep.show(getattr(cell.configs[0], sweep.field)) for cell in tables["xor"]]
    values = {task: [_values(cell, logarithmic) for cell in cells] for task, cells in tables.items()}
    title = f"{sweep.title.capitalize()}s: {label}"
    seen = " ".join(_best(task, names, cells) for task, cells in tables.items())
    svg = inline(figures.dots(names, values, label, logarithmic), f"dots-{name}", title, seen)
    figure = html.figure(f"figure-{name}", f"{title}, a mark for each run. {seen}", svg)
    parts = [_table(material, name, task, names, cells) for task, cells in tables.items()]
    return [figure, html.element("div", *parts, class_="pair")]


def _table(material: Material, name: str, task: str, names: Sequence[str], cells: Sequence[Cell]) -> Html:
    """What came of one sweep on one task, with what is to be said of it."""
    sweep = SWEEPS[name]
    rows = [[each, cell.accuracy, cell.end_epoch] for each, cell in zip(names, cells, strict=True)]
    interval = "" if material.plan.seeds == 1 else f" (mean over {material.plan.seeds} seeds, 95 % interval)"
    head = [sweep.title.capitalize(), "Accuracy", "End epoch"]
    made = html.table(f"table-{name}-{task}", f"{task}: {sweep.title}{interval}", head, rows)
    found = [row for cell in cells for row in cell.rows]
    configs = [config for cell in cells for config in cell.configs]
    said = [text for text in remarks.remarks(sweep, task, configs, found) if "Without activation" not in text]
    notes = [html.paragraph(text, class_="note") for text in said]
    return html.element("div", made, *notes)


def _values(cell: Cell, ends: bool) -> list[float]:
    """A number for each run that can be shown: its end from 1 on, for a logarithmic axis, or its accuracy."""
    if ends:
        return [float(max(1, row.end_epoch)) for row in cell.rows if not row.diverged]
    return [100 * row.accuracy for row in cell.rows]


def _best(task: str, names: Sequence[str], cells: Sequence[Cell]) -> str:
    """Which of them have all points right with every seed, and which with none."""
    always = [name for name, cell in zip(names, cells, strict=True) if all(row.accuracy == 1 for row in cell.rows)]
    never = [name for name, cell in zip(names, cells, strict=True) if all(row.accuracy < 1 for row in cell.rows)]
    return (
        f"{task}: all points right with every seed: {listed(always) or 'none'}; "
        f"with no seed: {listed(never) or 'none'}."
    )

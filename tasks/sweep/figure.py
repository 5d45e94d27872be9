"""The learning curves of a sweep, one panel for each value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from tasks.figures import DPI, GREY, ONE, ZERO
from tasks.sweep.plan import Sweep
from tasks.sweep.table import Cell

COLUMNS = 4


def learning_curves(sweep: Sweep, title: str, table: Sequence[Cell]) -> Figure:
    """The loss of each epoch of every run.

    Parameters
    ----------
    sweep : Sweep
    title : str
    table : sequence of Cell

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns = min(COLUMNS, len(table))
    rows = math.ceil(len(table) / columns)
    figure = Figure(figsize=(max(3.2 * columns, 6.4), 2.6 * rows + 0.6), dpi=DPI, layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    figure.suptitle(title, fontsize=11)
    for axes, cell in zip(panels, table, strict=False):
        _draw(axes, cell)
        value = f"{sweep.title} {sweep.show(getattr(cell.configs[0], sweep.field))}"
        axes.set_title("\n".join([value, cell.accuracy, *wrap(f"end epoch {cell.end_epoch}", 42)]), fontsize=9)
    # A logarithmic axis without one positive value warns.
    if any(loss > 0 for cell in table for row in cell.rows for loss in row.losses):
        panels[0].set_yscale("log")
    for axes in panels[len(table) :]:
        axes.set_visible(False)
    panels[0].xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    figure.supxlabel("epoch", fontsize=10)
    figure.supylabel("loss of the last sample", fontsize=10)
    return figure


def _draw(axes: Axes, cell: Cell) -> None:
    """The runs of one value, with the line that ends them; a cross where one diverged."""
    opacity = 1.0 if len(cell.rows) == 1 else 0.45
    for row in cell.rows:
        axes.plot(row.losses, color=ZERO, linewidth=1.1, alpha=opacity, marker="o" if len(row.losses) == 1 else "")
        if row.diverged:
            # At the panel's top, for it may have no loss that could be shown.
            cross: dict[str, Any] = {"color": ONE, "marker": "X", "markeredgecolor": "black", "markersize": 8}
            axes.plot(row.last_epoch, 0.93, transform=axes.get_xaxis_transform(), zorder=3, **cross)
    if cell.configs[0].stop_loss > 0:
        axes.axhline(cell.configs[0].stop_loss, color=GREY, linestyle="--", linewidth=1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.3)

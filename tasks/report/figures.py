"""The page's figures: learning curves, and what came of several settings side by side.

Each line has a colour of Okabe and Ito's, and a dash and a marker of its own besides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from tasks.figures import GREY, ONE, ZERO
from tasks.report.marks import small

STYLES = ((ONE, "--", "^"), (ZERO, "-", "o"), ("#000000", ":", "s"))
WIDTH = 4.5  # inches, which a phone shows at three quarters


class Curve(NamedTuple):
    """The loss of each epoch of a run."""

    label: str
    losses: Sequence[float]

    def __str__(self) -> str:
        finite = [loss for loss in self.losses if math.isfinite(loss)]
        if not finite:
            return f"{self.label}: no epoch has a finite loss"
        lowest = min(finite)
        ends = f"{small(self.losses[0])} in epoch 0, {small(self.losses[-1])} in epoch {len(self.losses) - 1}"
        return f"{self.label}: {ends}, lowest {small(lowest)} in epoch {self.losses.index(lowest)}"


def words(curves: Sequence[Curve]) -> str:
    """The curves for who can't see them."""
    return "; ".join(map(str, curves)) + "."


@contextmanager
def _new(height: float) -> Iterator[tuple[Figure, Axes]]:
    """A figure with one panel, in letters that a phone can show."""
    with matplotlib.rc_context({"font.size": 9}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(alpha=0.3)
        yield figure, axes


def losses(curves: Sequence[Curve], stop_loss: float = 0.0) -> Figure:
    """Learning curves on a logarithmic axis, with the line that a loss has to fall below."""
    with _new(2.9) as (figure, axes):
        for k, (curve, (colour, dash, marker)) in enumerate(zip(curves, STYLES, strict=False)):
            every = max(1, len(curve.losses) // 8)
            first = every * (1 + k) // 4  # So that no marker hides another where two lines lie on each other.
            axes.plot(
                curve.losses, color=colour, linestyle=dash, marker=marker, markevery=(first, every), markersize=4,
                linewidth=1.3, label=curve.label,
            )  # fmt: skip
        if stop_loss > 0:
            axes.axhline(stop_loss, color=GREY, linestyle="-.", linewidth=1, label=f"stop below {stop_loss:g}")
        # A logarithmic axis without one positive value warns.
        if any(loss > 0 for curve in curves for loss in curve.losses):
            axes.set_yscale("log")
        axes.set(xlabel="epoch", ylabel="loss of the last sample")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.legend(fontsize=8)
    return figure


class Share(NamedTuple):
    """How many of the runs with one width learned the task, with the interval for the share."""

    width: int
    share: float
    low: float
    high: float


def shares(programs: Mapping[str, Sequence[Share]]) -> Figure:
    """The share of runs that learn the task over the hidden units, a line for each program."""
    with _new(3.0) as (figure, axes):
        for k, ((label, points), (colour, dash, marker)) in enumerate(zip(programs.items(), STYLES, strict=False)):
            # Beside each other, so that no interval hides another one.
            places = [place + 0.12 * (2 * k - 1) for place in range(len(points))]
            middle = [point.share for point in points]
            bars = [[p.share - p.low for p in points], [p.high - p.share for p in points]]
            axes.errorbar(places, middle, bars, color=colour, linestyle=dash, marker=marker, capsize=3, label=label)
        axes.set(xlabel="hidden units", ylabel="runs that learn XOR", ylim=(-0.03, 1.03))
        axes.set_xticks(range(len(points)), [str(point.width) for point in points])
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.legend(fontsize=8)
    return figure


def dots(names: Sequence[str], tasks: Mapping[str, Sequence[Sequence[float]]], label: str, logarithmic: bool) -> Figure:
    """A row for each name with a dot for each run, in two lines: one for each task."""
    with _new(0.9 + 0.3 * len(names)) as (figure, axes):
        for k, ((task, values), (colour, _, marker)) in enumerate(zip(tasks.items(), STYLES, strict=False)):
            for place, runs in enumerate(values):
                name = task if place == 0 else "_"
                rows = [place + 0.16 * (2 * k - 1)] * len(runs)
                axes.scatter(runs, rows, s=30, c=colour, marker=marker, edgecolors="black", linewidths=0.6, label=name)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlabel(label)
        if logarithmic:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter("{x:g}")
        figure.legend(loc="outside upper right", ncols=2, fontsize=8, frameon=False)
    return figure

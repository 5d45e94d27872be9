"""The report's two figures of a run: its learning curve, and its predictions beside the truth.

Blue and orange are those of Okabe and Ito, which people with any kind of colour vision tell apart; the labels
have markers of their own besides. Nothing here needs a display.
"""

from __future__ import annotations

from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from tasks.networks import Array
from tasks.training import Points, Result

ZERO, ONE, WRONG, EDGE, GREY = "#0072B2", "#E69F00", "#000000", "#333333", "#666666"
MARKERS = ((0.0, ZERO, "o"), (1.0, ONE, "^"))
REGIONS = LinearSegmentedColormap.from_list("regions", [ZERO, "#FFFFFF", ONE])
DPI = 120


def learning_curve(task: str, result: Result) -> Figure:
    """Loss and accuracy of each epoch, one above the other.

    Parameters
    ----------
    task : str
        The task's name, for the title.
    result : Result
        The training.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = Figure(figsize=(7.0, 5.5), dpi=DPI, layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    figure.suptitle(_title(task, result), fontsize=11)
    epochs = [epoch.number for epoch in result.history]
    _draw_loss(upper, epochs, np.array([epoch.loss for epoch in result.history]), result.config.stop_loss)
    if result.diverged:
        upper.axvline(epochs[-1], color=WRONG, linestyle=":", label="diverged")
    if upper.get_legend_handles_labels()[0]:
        upper.legend(loc="best")
    lower.plot(epochs, [epoch.accuracy for epoch in result.history], color=ZERO, marker=_marker(epochs))
    lower.set(xlabel="epoch", ylabel="accuracy", ylim=(-0.03, 1.03))
    lower.yaxis.set_major_formatter(PercentFormatter(1.0))
    lower.xaxis.set_major_locator(MaxNLocator(integer=True))
    for axes in (upper, lower):
        _clear(axes)
        axes.grid(alpha=0.3)
    return figure


def _title(task: str, result: Result) -> str:
    """What was trained, so that a picture passed on without its folder still says it."""
    config = result.config
    return (
        f"{task}: {config.hidden} hidden units, learning rate {config.lr:g}, seed {config.seed}, "
        f"{config.gradients} gradients"
    )


def _draw_loss(axes: Axes, epochs: list[int], loss: Array, stop_loss: float) -> None:
    """The loss on a logarithmic axis where it is positive, with the line that it has to fall below."""
    loss = np.where(np.isfinite(loss), loss, np.nan)
    axes.plot(epochs, loss, color=ZERO, marker=_marker(epochs))
    # A logarithmic axis without one positive value warns, and a run broken off at once has none.
    if (loss > 0).any():
        axes.set_yscale("log")
        if stop_loss > 0:
            label = f"stop below {stop_loss:g}"
            axes.axhline(stop_loss, color=GREY, linestyle="--", linewidth=1, label=label)
    else:
        axes.text(0.5, 0.5, "no epoch has a loss", transform=axes.transAxes, ha="center", color=GREY)
    axes.set_ylabel("loss of the last sample")


def _marker(epochs: list[int]) -> str:
    """A dot where there is but one point, which no line shows."""
    return "o" if len(epochs) < 2 else ""


def comparison(task: str, result: Result, points: Points, stacked: bool = False) -> Figure:
    """The points with their labels, beside the same points as the network sees them.

    The network's decision regions lie behind its predictions; a black ring is around each point that it gets
    wrong.

    Parameters
    ----------
    task : str
        The task's name, for the title.
    result : Result
        The training.
    points : tuple of ndarray
        The points x of shape (n, 2) in the unit square and their labels y of shape (n, 1).
    stacked : bool
        One above the other, for a narrow page.

    Returns
    -------
    matplotlib.figure.Figure
    """
    x, y = points
    predicted = (_output(result, x) > 0.5).astype(np.float64)
    size, grid = ((4.8, 8.4), (2, 1)) if stacked else ((10.0, 4.8), (1, 2))
    figure = Figure(figsize=size, dpi=DPI, layout="constrained")
    left, right = figure.subplots(*grid, sharex=True, sharey=True)
    for axes in (left, right):
        axes.set(xlim=(-0.06, 1.06), ylim=(-0.06, 1.06), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
        _clear(axes)
    regions = _draw_regions(right, result)
    _draw_points(left, x, y)
    _draw_points(right, x, predicted)
    wrong = (predicted != y).ravel()
    right.scatter(x[wrong, 0], x[wrong, 1], s=170, facecolors="none", edgecolors=WRONG, linewidths=1.6, zorder=3)
    left.set_title("ground truth")
    right.set_title(f"prediction: {len(x) - wrong.sum()} of {len(x)} right")
    figure.suptitle("\n".join(wrap(_title(task, result), 50 if stacked else 200)), fontsize=11)
    figure.colorbar(
        regions,
        ax=[left, right] if stacked else right,
        label="output of the network",
        ticks=np.linspace(0, 1, 6),
        shrink=0.5 if stacked else 0.9,
    )
    figure.legend(
        handles=_legend(bool(wrong.any())), loc="outside lower center", ncols=2 if stacked else 4, frameon=False
    )
    return figure


def _output(result: Result, x: Array) -> Array:
    """Output of the network, without NumPy's warnings where the report's sigmoid overflows to 0."""
    with np.errstate(all="ignore"):
        return result.network.predict(x)


def _draw_regions(axes: Axes, result: Result) -> AxesImage:
    """The network's output over the square, with a line where it is 1/2."""
    ticks = np.linspace(*axes.get_xlim(), 201)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    # Row by row, for the hidden units of all 40,401 points at once can take gigabytes.
    output = np.stack([_output(result, row).ravel() for row in grid])
    extent = (ticks[0], ticks[-1], ticks[0], ticks[-1])
    # Not contourf, whose see-through bands leave a seam where they meet.
    regions = axes.imshow(output, extent=extent, origin="lower", cmap=REGIONS, vmin=0, vmax=1, alpha=0.55)
    # Matplotlib warns where there is no such line to be drawn.
    if output.min() < 0.5 < output.max():
        axes.contour(ticks, ticks, output, levels=[0.5], colors=GREY, linewidths=1.2)
    return regions


def _draw_points(axes: Axes, x: Array, label: Array) -> None:
    """The points, each label with its colour and marker."""
    for value, colour, marker in MARKERS:
        chosen = x[label.ravel() == value]
        x1, x2 = chosen.T
        axes.scatter(x1, x2, s=46, c=colour, marker=marker, edgecolors=EDGE, linewidths=0.7, zorder=2)


def _legend(wrong: bool) -> list[Line2D]:
    """What the markers and the line mean."""
    entries = [
        Line2D([], [], color=colour, marker=marker, linestyle="", markersize=8, label=f"label {value:.0f}")
        for value, colour, marker in MARKERS
    ]
    entries.append(Line2D([], [], color=GREY, linewidth=1.2, label="output = 1/2"))
    if wrong:
        ring = Line2D([], [], color=WRONG, marker="o", fillstyle="none", markersize=11, linestyle="", label="wrong")
        entries.append(ring)
    return entries


def _clear(axes: Axes) -> None:
    """No frame where there is no axis."""
    axes.spines[["top", "right"]].set_visible(False)

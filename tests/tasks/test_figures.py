"""The figures show what they should, for every kind of run, without a warning."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from tasks import figures, linear, xor
from tasks.training import Result, Task, Training


def trained(**settings: Any) -> Result:
    """A short training."""
    return xor.train(xor.Config(**{"hidden": 3, "epochs": 4, "gradients": "corrected", **settings}))


def png(figure: Figure) -> bytes:
    """The picture; a warning on the way fails the test."""
    buffer = io.BytesIO()
    figure.savefig(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"epochs": 1},
        {"stop_loss": 0.0},
        {"lr": 1e300},
        {"hidden": 30, "lr": 10.0, "epochs": 60, "gradients": "published"},
        {"stop_loss": 10.0},
    ],
    ids=["usual", "one epoch", "no stop", "diverged at once", "diverged later", "stopped at once"],
)
def test_every_kind_of_run_can_be_drawn(settings: dict[str, Any]) -> None:
    """Short, stopped and diverged runs have both figures."""
    result = trained(**settings)
    assert len(png(figures.learning_curve("xor", result))) > 5000
    assert len(png(figures.comparison("xor", result, xor.TASK.points()))) > 5000


def test_run_without_an_epoch_can_be_drawn() -> None:
    """A run broken off in its first epoch says that it has no loss."""
    result = Training(xor.Config(hidden=3, gradients="corrected"), xor.TASK.points()).result()
    figure = figures.learning_curve("xor", result)
    assert [text.get_text() for text in figure.axes[0].texts] == ["no epoch has a loss"]
    assert png(figure)


def test_learning_curve_draws_the_history() -> None:
    """The curves are the history's losses and accuracies."""
    result = trained()
    loss, accuracy = (axes.lines[0] for axes in figures.learning_curve("xor", result).axes)
    assert loss.get_xdata().tolist() == [0, 1, 2, 3]
    assert loss.get_ydata().tolist() == [epoch.loss for epoch in result.history]
    assert list(accuracy.get_ydata()) == [epoch.accuracy for epoch in result.history]


@pytest.mark.parametrize("task", [linear.TASK, xor.TASK], ids=lambda task: task.name)
def test_comparison_marks_every_wrong_point(task: Task) -> None:
    """The truth has every point, the prediction too, and a ring is around each wrong one."""
    config = task.config(hidden=3, epochs=2, gradients="corrected")
    result = task.train(config)
    points = task.points()
    left, right = figures.comparison(task.name, result, points).axes[:2]
    assert sum(len(shape.get_offsets()) for shape in left.collections) == len(points[0])
    wrong = int(((result.network.predict(points[0]) > 0.5) != points[1]).sum())
    assert wrong == round((1 - result.accuracy) * len(points[0])) > 0
    assert len(right.collections[-1].get_offsets()) == wrong
    assert right.get_title() == f"prediction: {len(points[0]) - wrong} of {len(points[0])} right"


def test_regions_are_the_networks_output() -> None:
    """The field behind the predictions has the network's output at its place."""
    result = trained(epochs=60, lr=0.3)
    image = figures.comparison("xor", result, xor.TASK.points()).axes[1].images[0]
    ticks = np.linspace(-0.06, 1.06, 201)
    row, column = 30, 170
    expected = result.network.predict(np.array([[ticks[column], ticks[row]]]))
    assert image.get_array()[row, column] == pytest.approx(expected.item(), rel=1e-12)

"""What is said below a table: how it stands to the published one, and what a network without activations can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks import published
from tasks.sweep.plan import TASKS, Sweep
from tasks.sweep.rows import Row
from tasks.sweep.settings import NONE, Config

RIGHT_OF_A_LINE = {"linear": 100, "xor": 16}
"""How many points the best straight line has on their right sides.

The linear task's points are divided by one. Of XOR's, a line beside the diagonal of the zeros has these 11 right
and 5 of the ones; to have more of the ones it would have to pass the centre, which costs 6 zeros.
"""


LBFGS = (
    "lbfgs takes all points at once, in a step of up to 20 iterations an epoch, and its loss is the mean over them; "
    "the learning rate is where its line search begins. The others take one point after the other."
)

EARLY = (
    "{} ended while some points were on the wrong side: the report's rule to stop looks at the loss of the last point "
    "alone. --stop-loss 0 trains on."
)

NEVER = (
    "All epochs are trained: the report's rule to stop, which looks at the loss of the last point alone, would end "
    "most runs at once, for without sigmoid or tanh the outputs are large from the start. --stop-loss 0.001 has it."
)


class Published(NamedTuple):
    """A row of the report's tables."""

    accuracy: float
    end_epoch: int


def percent(value: float) -> str:
    """A value in per cent with two digits at most, as the report has it.

    Examples
    --------
    >>> percent(100.0), percent(100 * 18 / 21)
    ('100%', '85.71%')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def published_cell(sweep: Sweep, task: str, config: Config) -> Published | None:
    """What the report has for these settings, whatever the gradients; None where it has nothing."""
    if sweep.table is None:
        return None
    for value, accuracy, end_epoch in published.load()[sweep.table][task]:
        if config == Config(**{sweep.field: value}, gradients=config.gradients):
            return Published(accuracy, end_epoch)
    return None


def remarks(sweep: Sweep, task: str, configs: Sequence[Config], rows: Sequence[Row]) -> Iterator[str]:
    """The sentences that apply."""
    if any(published_cell(sweep, task, config) for config in configs):
        yield from _beside_the_report(sweep, task, configs[0].gradients, rows)
    if any(config.optimizer == "lbfgs" for config in configs):
        yield LBFGS
    if sweep.field == "activations" and all(config.stop_loss == 0 for config in configs):
        yield NEVER
    early = sum(row.stopped_early and row.accuracy < 1 for row in rows)
    if early:
        yield EARLY.format(f"{early} of {len(rows)} runs" if len(rows) > 1 else "The run")
    linear = [row for row in rows if row.config.activations == (NONE, NONE)]
    if linear:
        yield _without_activations(task, max(row.accuracy for row in linear))


def _beside_the_report(sweep: Sweep, task: str, gradients: str, rows: Sequence[Row]) -> Iterator[str]:
    """How the rows stand to the published ones."""
    if task == "linear":
        yield "The report gives no seed for its 100 points. These are others, so the figures can't be the same."
    elif gradients == "published":
        yield from _compared(sweep, task, rows)
    else:
        yield "The report's own figures come from its backpropagation with two errors: --gradients published."


def _compared(sweep: Sweep, task: str, rows: Sequence[Row]) -> Iterator[str]:
    """Which of the rows are as published, and where the report rounds in a way of its own."""
    points = len(TASKS[task].points()[0])
    same, others, rounded = 0, [], []
    for row in rows:
        entry = published_cell(sweep, task, row.config)
        if entry is None:
            continue
        right = round(row.accuracy * points)
        if (right, row.end_epoch) != (round(entry.accuracy / 100 * points), entry.end_epoch):
            others.append(sweep.show(getattr(row.config, sweep.field)))
            continue
        same += 1
        if percent(entry.accuracy) != percent(100 * row.accuracy):
            rounded.append(f"{entry.accuracy:g}% is {right} of {points} points, {percent(100 * row.accuracy)}")
    if others:
        yield f"Other than published: {', '.join(others)}."
    elif same:
        yield "Seed 0 reproduces every published row" + "".join(f"; the report's {text}" for text in rounded) + "."


def _without_activations(task: str, best: float) -> str:
    """What a network without activations can do and what it can't, and what it did here."""
    points = len(TASKS[task].points()[0])
    right = RIGHT_OF_A_LINE[task]
    start = (
        "Without activation functions the three layers are one: the network is sigmoid(w·x + b), whatever its width, "
        "and the border between its 0 and 1 is a straight line."
    )
    if right == points:
        can = f"This task's labels are divided by one, so it can learn all {points} points."
    else:
        can = (
            f"No straight line divides XOR's labels: it has {right} of the {points} points on the right side at best "
            f"({percent(100 * right / points)}), however long it is trained."
        )
    return f"{start} {can} The best of the runs here has {percent(100 * best)}."

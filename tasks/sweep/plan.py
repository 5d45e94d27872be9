"""The sweeps: which setting each of them varies, over which values, and what it leaves as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tasks import linear, xor
from tasks.sweep.settings import ACTIVATIONS, OPTIMIZERS, REPORTS, Config, activations, named
from tasks.training import Task

TASKS: dict[str, Task] = {task.name: task for task in (linear.TASK, xor.TASK)}


@dataclass(frozen=True)
class Sweep:
    """One setting of a run, and the values that it takes.

    Parameters
    ----------
    name : str
        What it is called on the command line.
    field : str
        The field of `Config` that is varied.
    title : str
        Heading of its column.
    read : callable
        Makes a value of what was typed.
    show : callable
        What of a value stands in the table.
    values : tuple
        By default.
    table : str or None
        Key of the report's table in published.json.
    """

    name: str
    field: str
    title: str
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    values: tuple[Any, ...]
    table: str | None = None

    def base(self, task: str) -> dict[str, Any]:
        """The settings that stay: those of the report's tables, or where it has none those of its own run."""
        if self.table is not None:
            return {}
        config = TASKS[task].config()
        settings = {"hidden": config.hidden, "lr": config.lr, "epochs": config.epochs}
        # Without an activation that is bounded the outputs are large from the start, and the report's rule to stop,
        # which looks at one point, would end most of these runs in their first epoch.
        return settings | {"stop_loss": 0.0} if self.field == "activations" else settings


_EACH = tuple((name, name) for name in ACTIVATIONS)
SWEEPS: dict[str, Sweep] = {
    sweep.name: sweep
    for sweep in (
        Sweep(
            "learning-rate", "lr", "learning rate", float, "{:g}".format, (0.0001, 0.001, 0.01, 0.1),
            "table_learning_rate",
        ),
        Sweep("hidden-units", "hidden", "hidden units", int, str, (1, 10, 50, 100), "table_hidden_units"),
        Sweep("activation", "activations", "activation", activations, named, (REPORTS, *_EACH)),
        Sweep("optimizer", "optimizer", "optimizer", str, str, tuple(OPTIMIZERS)),
    )
}  # fmt: skip
"""The report's tables 4a and 4b, and its section 5."""


def configs(sweep: Sweep, task: str, values: Iterable[Any] | None, seeds: int, **settings: Any) -> list[list[Config]]:
    """The runs of each cell of the table, one for each seed.

    Parameters
    ----------
    sweep : Sweep
    task : {"linear", "xor"}
    values : iterable or None
        None for the sweep's own; a value that comes twice is taken once.
    seeds : int
        The seeds are 0, ..., `seeds` - 1.
    **settings
        What else is other than usual.

    Raises
    ------
    TypeError, ValueError
        If a value or a setting is no good.
    """
    if isinstance(seeds, bool) or not isinstance(seeds, int):
        raise TypeError(f"seeds must be an integer, not {seeds!r}")
    if seeds < 1:
        raise ValueError(f"seeds must be a positive integer, not {seeds}")
    chosen: Sequence[Any] = list(dict.fromkeys(sweep.values if values is None else values))
    if not chosen:
        raise ValueError("values is empty: give at least one, or leave it out for the report's own")
    if sweep.field in settings:
        raise ValueError(f"{sweep.field} is what this sweep varies: put it into values")
    fixed = sweep.base(task) | settings
    return [[Config(**fixed, **{sweep.field: value, "seed": seed}) for seed in range(seeds)] for value in chosen]

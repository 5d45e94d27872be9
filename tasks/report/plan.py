"""What is trained for the page, in full and in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tasks import linear, xor
from tasks.networks import Gradients
from tasks.sweep import plan
from tasks.sweep.plan import SWEEPS, TASKS
from tasks.sweep.rows import Run
from tasks.sweep.settings import Config

KINDS: tuple[Gradients, ...] = ("published", "corrected", "autodiff")
"""The report's code, the same with its errors mended, and no code for the gradients at all."""

COMPARED: tuple[Gradients, ...] = ("published", "autodiff")
"""With the errors and without, the latter in the form that trains faster."""

STOP_LOSS = xor.Config.stop_loss
"""The report ends a run when the loss of its last point is below it."""

OWN_RUNS = {
    "linear": Config(hidden=linear.Config.hidden, lr=linear.Config.lr, epochs=linear.Config.epochs),
    "xor": Config(hidden=xor.Config.hidden, lr=xor.Config.lr, epochs=xor.Config.epochs),
}
"""The runs of Figures 9 to 12."""


@dataclass(frozen=True)
class Plan:
    """How much is trained.

    Parameters
    ----------
    seeds : int
        How many initial weights the optimizers and activations are tried with.
    epochs : int or None
        How many epochs they have at most; None for as many as the report's own runs.
    linear_values : dict
        What the linear task's tables vary, by sweep.
    widths : tuple of int
        Hidden units with which XOR is tried.
    xor_seeds : int
        How many initial weights each of them is tried with.
    longer : int
        How many times as many epochs a run has that didn't learn XOR.
    """

    seeds: int
    epochs: int | None
    linear_values: dict[str, tuple[Any, ...]]
    widths: tuple[int, ...]
    xor_seeds: int
    longer: int

    def table(self, name: str, task: str, gradients: Gradients) -> list[list[Config]]:
        """The runs of one of the report's tables, with its seed."""
        values = self.linear_values[name] if task == "linear" else None
        return plan.configs(SWEEPS[name], task, values, 1, gradients=gradients)

    def extra(self, name: str, task: str) -> list[list[Config]]:
        """The runs of a section that the report left empty."""
        settings = {} if self.epochs is None else {"epochs": self.epochs}
        return plan.configs(SWEEPS[name], task, None, self.seeds, **settings)

    def seeds_of(self, width: int, gradients: Gradients) -> list[Config]:
        """XOR with one width and all seeds, in everything else as the report's table of hidden units."""
        return [Config(hidden=width, seed=seed, gradients=gradients) for seed in range(self.xor_seeds)]

    def longer_run(self, run: Run) -> Run:
        """The same with more epochs, and without the report's rule to stop."""
        return run._replace(config=replace(run.config, epochs=self.longer * run.config.epochs, stop_loss=0.0))

    def runs(self) -> list[Run]:
        """All that can be trained without having seen what came of another run; each of them once."""
        runs = [Run(task, replace(OWN_RUNS[task], gradients=kind)) for task in TASKS for kind in KINDS]
        for task in TASKS:
            for name in ("learning-rate", "hidden-units"):
                for kind in COMPARED:
                    runs += _of(task, self.table(name, task, kind))
            for name in ("activation", "optimizer"):
                runs += _of(task, self.extra(name, task))
        for width in self.widths:
            for kind in COMPARED:
                runs += _of("xor", [self.seeds_of(width, kind)])
        return list(dict.fromkeys(runs))


def _of(task: str, cells: Sequence[Sequence[Config]]) -> list[Run]:
    """The runs of a table's cells."""
    return [Run(task, config) for cell in cells for config in cell]


WHOLE = Plan(
    seeds=3,
    epochs=None,
    linear_values={"learning-rate": SWEEPS["learning-rate"].values, "hidden-units": SWEEPS["hidden-units"].values},
    widths=(1, 2, 5, 10, 20, 50, 100),
    xor_seeds=20,
    longer=10,
)
QUICK = Plan(
    seeds=1,
    epochs=60,
    linear_values={"learning-rate": (0.01, 0.1), "hidden-units": (50, 100)},
    widths=(1, 10, 100),
    xor_seeds=3,
    longer=4,
)

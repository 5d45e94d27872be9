"""One run of a sweep, and the row that it leaves in the results."""

from __future__ import annotations

import functools
import importlib.util
import math
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from tasks.sweep.plan import TASKS
from tasks.sweep.settings import Config
from tasks.training import Training

VERSION = 1
"""Of the rows in a results file. One more whenever they say something else, or training does."""


class Run(NamedTuple):
    """A task with the settings to train it with."""

    task: str
    config: Config


@dataclass(frozen=True)
class Row:
    """What a run came to.

    Parameters
    ----------
    task : {"linear", "xor"}
    config : Config
        Its settings.
    accuracy : float
        Share of points on the right side of 1/2 at the end, from 0 to 1. After a divergence, with the
        parameters from before it.
    end_epoch : int
        As the report counts: the number of the last epoch where training stopped early, else how many
        epochs there were.
    losses : tuple of float
        The loss shown for each epoch; NaN where it wasn't finite.
    stopped_early : bool
        Whether the loss fell below `config.stop_loss`.
    diverged : bool
        Whether the loss or a parameter stopped being finite, in the last epoch.
    seconds : float
        Time spent in training.
    """

    task: str
    config: Config
    accuracy: float
    end_epoch: int
    losses: tuple[float, ...]
    stopped_early: bool
    diverged: bool
    seconds: float

    @property
    def run(self) -> Run:
        """What was to be done."""
        return Run(self.task, self.config)

    @property
    def last_epoch(self) -> int:
        """Number of the last epoch, counted from 0."""
        return len(self.losses) - 1


def train(run: Run) -> Row:
    """Train with one BLAS thread, for the runs beside this one have the other processors.

    Steps on recorded operations are compiled where that pays, to the same bits.
    """
    with _one_blas_thread():
        training = Training(run.config, TASKS[run.task].points(), "auto")
        training.run()
    result = training.result()
    losses = tuple(epoch.loss if math.isfinite(epoch.loss) else math.nan for epoch in result.history)
    return Row(
        *run, result.accuracy, result.end_epoch, losses, result.stopped_early, result.diverged, result.seconds
    )  # fmt: skip


def _one_blas_thread() -> AbstractContextManager[object]:
    """Keep BLAS to one thread in this process, where threadpoolctl is there to do it."""
    pools = _thread_pools()
    return nullcontext() if pools is None else pools.limit(limits=1)


@functools.cache
def _thread_pools() -> Any:
    """The thread pools of the libraries loaded here: looking for them takes as long as several epochs."""
    if importlib.util.find_spec("threadpoolctl") is None:
        return None
    from threadpoolctl import ThreadpoolController  # Here, for it is an extra.

    return ThreadpoolController()


def to_json(row: Row) -> dict[str, Any]:
    """The row as a line of the results has it: JSON has no NaN, so that a loss that isn't finite is None."""
    entry = {field.name: getattr(row, field.name) for field in fields(row)}
    losses = [None if math.isnan(loss) else loss for loss in row.losses]
    return {"version": VERSION} | entry | {"config": asdict(row.config), "losses": losses}


def from_json(entry: dict[str, Any]) -> Row:
    """The row that `to_json` made the entry of.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it made no such entry.
    """
    entry = {name: value for name, value in entry.items() if name != "version"}
    config = entry["config"] | {"activations": tuple(entry["config"]["activations"])}
    losses = tuple(math.nan if loss is None else float(loss) for loss in entry["losses"])
    return Row(**entry | {"config": Config(**config), "losses": losses})

"""Everything that the page is made of, trained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tasks import progress
from tasks.networks import Gradients
from tasks.report.plan import OWN_RUNS, Plan
from tasks.sweep import executors, table
from tasks.sweep.plan import TASKS
from tasks.sweep.rows import Row, Run
from tasks.sweep.running import carry_out
from tasks.sweep.scheduling import Failure, Pool
from tasks.sweep.settings import Config
from tasks.sweep.table import Cell
from tasks.training import Result, Training


class RunsFailedError(Exception):
    """Runs came to nothing, so that a page would have holes."""


@dataclass(frozen=True)
class Material:
    """What was trained.

    Parameters
    ----------
    plan : Plan
    rows : dict of Run to Row
        What came of each run.
    own : dict of str to Result
        The report's own runs of Figures 9 and 10 with its own gradients, by task, with their networks.
    """

    plan: Plan
    rows: dict[Run, Row]
    own: dict[str, Result]

    def row(self, task: str, config: Config) -> Row:
        """What came of one run."""
        return self.rows[Run(task, config)]

    def seeds(self, width: int, gradients: Gradients) -> list[Row]:
        """What came of XOR with one width, seed by seed."""
        return [self.row("xor", config) for config in self.plan.seeds_of(width, gradients)]

    def cells(self, task: str, configs: Iterable[list[Config]]) -> list[Cell]:
        """What came of the runs of a table."""
        return table.cells(configs, (row for run, row in self.rows.items() if run.task == task))


def train(plan: Plan, said: Callable[[Row | Failure], str], workers: int | None = None) -> Material:
    """Train all that the plan asks for, in worker processes, and show where it is.

    Raises
    ------
    RunsFailedError
        If a run came to nothing.
    """
    pool = executors.pool(executors.PROCESSES, workers)
    rows = _carry_out(plan.runs(), pool, said)
    again = [plan.longer_run(run) for run in failed_to_learn(plan, rows)]
    rows |= _carry_out(again, pool, said)
    return Material(plan, rows, {task: _own(task) for task in TASKS})


def failed_to_learn(plan: Plan, rows: dict[Run, Row]) -> list[Run]:
    """The runs with right gradients that didn't learn XOR, of all widths that could."""
    runs = [Run("xor", config) for width in plan.widths if width > 1 for config in plan.seeds_of(width, "autodiff")]
    return [run for run in runs if rows[run].accuracy < 1]


def _carry_out(runs: list[Run], pool: Pool, said: Callable[[Row | Failure], str]) -> dict[Run, Row]:
    """Train the runs, each with a line when it has ended."""
    if not runs:
        return {}
    with progress.shown_runs(len(runs), 0) as show:
        outcome = carry_out(runs, pool, None, lambda each: show(said(each)))
    if outcome.failures:
        raise RunsFailedError("; ".join(map(said, outcome.failures)))
    return {row.run: row for row in outcome.rows}


def _own(task: str) -> Result:
    """One of the report's own runs, here and not in a worker, since its network is drawn."""
    config = OWN_RUNS[task]
    settings = {name: getattr(config, name) for name in ("hidden", "lr", "epochs", "seed", "stop_loss")}
    training = Training(TASKS[task].config(**settings, gradients="published"), TASKS[task].points())
    training.run()
    return training.result()

"""A sweep from its name to its rows, going on from what a file has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.sweep import executors, plan, scheduling
from tasks.sweep.results import Results
from tasks.sweep.rows import Row, Run
from tasks.sweep.scheduling import Failure


@dataclass(frozen=True)
class Outcome:
    """What came of a sweep.

    Parameters
    ----------
    rows : tuple of Row
        The runs that ended, value by value and seed by seed, whatever the order in which they did.
    failures : tuple of Failure
        The runs that came to nothing.
    """

    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]


def run(
    name: str,
    task: str,
    *,
    values: Iterable[Any] | None = None,
    seeds: int = 1,
    executor: Executor | str = executors.PROCESSES,
    workers: int | None = None,
    out: str | Path | None = None,
    on_outcome: Callable[[Row | Failure], object] | None = None,
    **settings: Any,
) -> Outcome:
    """Train a task once for each value and seed.

    Parameters
    ----------
    name : {"learning-rate", "hidden-units", "activation", "optimizer"}
        What is varied.
    task : {"linear", "xor"}
    values : iterable, optional
        Floats, ints, pairs of names from `ACTIVATIONS`, or names from `OPTIMIZERS`; the report's by default.
    seeds : int
        How many initial weights each value is tried with; the seeds are 0, ..., `seeds` - 1.
    executor : Executor or {"processes", "mpi"}
        Any `concurrent.futures.Executor`, as Dask's ``client.get_executor()``; it isn't shut down. Processes
        are started afresh, so that a script has to call this under ``if __name__ == "__main__"``.
    workers : int, optional
        How many processes; as many as there are processors by default.
    out : path, optional
        A folder for results.jsonl, to which each run that ends is appended at once. Runs that are in it
        already are read from it instead. None to write nothing.
    on_outcome : callable, optional
        Called with each row or failure as it comes; not for rows that are read.
    **settings
        Fields of `Config` that are to be other than usual: `gradients`, `epochs`, `activations` and so on.

    Returns
    -------
    Outcome

    Raises
    ------
    TypeError, ValueError
        If a setting is no good, or results.jsonl is not one that this version wrote.
    OSError
        If the file can't be written. It then has whole rows only.
    """
    if name not in plan.SWEEPS:
        raise ValueError(f"sweep must be one of {', '.join(plan.SWEEPS)}, not {name!r}")
    if task not in plan.TASKS:
        raise ValueError(f"task must be one of {', '.join(plan.TASKS)}, not {task!r}")
    cells = plan.configs(plan.SWEEPS[name], task, values, seeds, **settings)
    runs = [Run(task, config) for cell in cells for config in cell]
    pool = executors.pool(executor, workers)
    results = None if out is None else Results(Path(out))
    return carry_out(runs, pool, results, on_outcome)


def carry_out(
    runs: Iterable[Run],
    pool: scheduling.Pool,
    results: Results | None = None,
    on_outcome: Callable[[Row | Failure], object] | None = None,
) -> Outcome:
    """Train those of the runs that the results don't have; see `run`."""
    runs = list(runs)
    rows = {} if results is None else {row.run: row for row in results.rows}
    failures = []
    for outcome in scheduling.outcomes([run for run in runs if run not in rows], pool):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            if results is not None:
                results.append(outcome)
            rows[outcome.run] = outcome
        if on_outcome is not None:
            on_outcome(outcome)
    return Outcome(tuple(rows[run] for run in runs if run in rows), tuple(failures))

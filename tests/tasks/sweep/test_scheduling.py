"""Runs on executors that aren't processes: which row comes of which run, and what failures cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from tasks import sweep
from tasks.sweep import executors, scheduling
from tasks.sweep.rows import Row, Run
from tasks.sweep.scheduling import Failure
from tasks.sweep.settings import Config

RUNS = [Run("xor", Config(hidden=hidden, epochs=1, gradients="corrected")) for hidden in (1, 2, 3, 4)]


class Here(Executor):
    """Carries out what is submitted at once, and breaks when it is told to."""

    def __init__(self, breaks: Callable[[Run], bool] = lambda _: False) -> None:
        self.breaks = breaks
        self.submitted: list[Run] = []
        self.broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Carry out, or break."""
        if self.broken:
            raise BrokenExecutor
        (run,) = args
        self.submitted.append(run)
        future: Future[Any] = Future()
        if self.breaks(run):
            self.broken = True
            future.set_exception(BrokenExecutor())
            return future
        try:
            future.set_result(fn(run, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def test_any_executor() -> None:
    """Any executor will do, and it is the caller's to shut down; the rows come back in the table's order."""
    with ThreadPoolExecutor(3) as executor:
        done = sweep.run(
            "hidden-units", "xor", values=[4, 2, 3], seeds=2, epochs=1, gradients="corrected", executor=executor
        )
        assert executor.submit(int).result() == 0
    assert [(row.config.hidden, row.config.seed) for row in done.rows] == [(h, s) for h in (4, 2, 3) for s in (0, 1)]
    assert done.failures == ()


def test_failed_run_loses_no_other() -> None:
    """A run that raises is reported with its error, once; the others have their rows."""
    impossible = Run("xor", Config(hidden=10**7, epochs=1, gradients="corrected"))
    executor = Here()
    outcomes = list(scheduling.outcomes([RUNS[0], impossible, *RUNS[1:]], executors.pool(executor, None)))
    assert {outcome.run for outcome in outcomes if isinstance(outcome, Row)} == set(RUNS)
    (failure,) = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert failure.run == impossible
    assert "too many units for the memory" in failure.reason
    assert executor.submitted.count(impossible) == 1


def test_executor_that_breaks_for_good() -> None:
    """Where the caller's executor is broken every run that is left is reported; none is tried for ever."""
    outcomes = list(scheduling.outcomes(RUNS, executors.pool(Here(lambda run: run == RUNS[1]), None)))
    assert [outcome.run for outcome in outcomes if isinstance(outcome, Row)] == RUNS[:1]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert {failure.run for failure in failures} == set(RUNS[1:])
    assert len(failures) == 3
    assert {failure.reason for failure in failures} == {"its worker died, twice"}


def test_new_executor_after_a_break() -> None:
    """A run whose worker died once is repeated, alone and last; the others aren't repeated."""
    made: list[Here] = []

    @contextmanager
    def start(_runs: int) -> Iterator[Executor]:
        first = not made
        made.append(Here(lambda run: first and run == RUNS[1]))
        yield made[-1]

    outcomes = list(scheduling.outcomes(RUNS, scheduling.Pool(start, 1)))
    assert [outcome.run for outcome in outcomes if isinstance(outcome, Row)] == [RUNS[0], *RUNS[2:], RUNS[1]]
    assert [executor.submitted for executor in made] == [RUNS[:2], RUNS[2:], [RUNS[1]]]


@pytest.mark.parametrize(
    ("executor", "workers", "message"),
    [
        ("threads", None, "executor must be one of processes, mpi or a concurrent.futures.Executor, not 'threads'"),
        ("processes", 0, "workers must be a positive integer, not 0"),
        ("mpi", None, "executor mpi needs "),
    ],
)
def test_wrong_executors(executor: str, workers: int | None, message: str) -> None:
    """What can't carry out anything is refused at once; MPI without other ranks would hang."""
    with pytest.raises(ValueError, match=message):
        executors.pool(executor, workers)

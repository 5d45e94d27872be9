"""Runs on an executor: what comes of each as it comes, and what is done where a worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tasks.sweep.rows import Row, Run, train


@dataclass(frozen=True)
class Failure:
    """A run that came to nothing, and why."""

    run: Run
    reason: str


@dataclass(frozen=True)
class Died:
    """A run that didn't end, for its executor broke: a worker died, its own or that of one beside it."""

    run: Run


@dataclass(frozen=True)
class Pool:
    """Where runs are carried out.

    Parameters
    ----------
    open : callable
        Takes how many runs there are, and returns the executor in a `with` statement. It is asked again
        after an executor broke.
    at_once : int or None
        How many runs are handed over at a time; None for all of them.
    """

    open: Callable[[int], AbstractContextManager[Executor]]
    at_once: int | None = None


def outcomes(runs: Sequence[Run], pool: Pool) -> Iterator[Row | Failure]:
    """Yield what came of each run, in the order in which they end.

    A run whose worker died is repeated once, after the others and alone, so that it can't take another one
    with it. A run that raised an exception would raise it again, and isn't repeated.
    """
    waiting, again = deque(runs), list[Run]()
    while waiting:
        with pool.open(len(waiting)) as executor:
            for outcome in _carry_out(waiting, executor, pool.at_once):
                if isinstance(outcome, Died):
                    again.append(outcome.run)
                else:
                    yield outcome
    for run in again:
        with pool.open(1) as executor:
            for outcome in _carry_out(deque([run]), executor, 1):
                yield Failure(run, "its worker died, twice") if isinstance(outcome, Died) else outcome


def _carry_out(waiting: deque[Run], executor: Executor, at_once: int | None) -> Iterator[Row | Failure | Died]:
    """Take runs from those that wait, until none is left or the executor is broken."""
    running: dict[Future[Row], Run] = {}
    broken = False
    try:
        while running or (waiting and not broken):
            while waiting and not broken and (at_once is None or len(running) < at_once):
                run = waiting.popleft()
                try:
                    running[executor.submit(train, run)] = run
                except BrokenExecutor:
                    broken = True
                    yield Died(run)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                outcome = _outcome(running.pop(future), future)
                broken = broken or isinstance(outcome, Died)
                yield outcome
    finally:
        for future in running:
            future.cancel()


def _outcome(run: Run, future: Future[Row]) -> Row | Failure | Died:
    """What came of a run that ended in one way or the other."""
    error = CancelledError("cancelled") if future.cancelled() else future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenExecutor):
        return Died(run)
    return Failure(run, f"{type(error).__name__}: {error}")

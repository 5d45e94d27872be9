"""Interleaved timing: A B A B ..., so that a change of the machine's speed meets all candidates alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Step = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """What one candidate took.

    Parameters
    ----------
    microseconds : float
        The 10th percentile of the rounds, per call: what it takes when nobody disturbs it.
    ratio : float
        That, divided by the baseline's.
    low, high : float
        The 10th and 90th percentile of the ratios within a round: the spread.
    """

    microseconds: float
    ratio: float
    low: float
    high: float


def compare(candidates: Mapping[str, Step], *, calls: int, rounds: int = 60) -> dict[str, Timing]:
    """Time the candidates against the first of them.

    Parameters
    ----------
    candidates : mapping of name to function
        The first is the baseline.
    calls : int
        How often each is called in a round.
    rounds : int
        How many rounds, after two that don't count.
    """
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    gc.collect()
    gc.freeze()  # the collector stays on, and looks at what the candidates make, not at the libraries imported before
    try:
        for _ in range(rounds + 2):
            for name, step in candidates.items():
                seconds[name].append(_time(step, calls))
    finally:
        gc.unfreeze()
    times = {name: np.array(taken[2:]) for name, taken in seconds.items()}
    base = times[next(iter(candidates))]
    return {name: _summary(taken, base, calls) for name, taken in times.items()}


def _time(step: Step, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        step()
    return time.perf_counter() - start


def _summary(taken: np.ndarray, base: np.ndarray, calls: int) -> Timing:
    low, high = np.percentile(taken / base, [10, 90])
    tenth = float(np.percentile(taken, 10))
    return Timing(tenth / calls * 1e6, tenth / float(np.percentile(base, 10)), float(low), float(high))

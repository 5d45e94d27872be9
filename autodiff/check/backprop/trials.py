"""Runs of their program, as it is or changed, and which of its gradients are wrong then."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .comparison import fitted, ratio_of, wrong_entries
from .disturbance import same
from .oracle import Point
from .parts import Part, whole
from .program import Program
from .sources import Unit
from .truths import pool_of


class Trials:
    """The program, and what is true at each point.

    Attributes
    ----------
    points : list of Point
        The first is where the search takes place; the others confirm.
    pool : Pool
        What edited code may take from the points.
    parts : dict
        Of each gradient.
    given : dict
        For each part that was wrong in the last run at the first point, that and what was given for its gradient.
    runs : int
        So many there were.
    accumulates : bool
        Whether the gradients depend on what the last call left behind.
    """

    def __init__(self, program: Program, points: list[Point]) -> None:
        self.program = program
        self.points = points
        self.pool = pool_of(points)
        self.parts = whole(points[0].gradients)
        self.given: dict[Any, tuple[Part, Any]] = {}
        self.runs = 0
        self.accumulates = self._second_call_differs()

    def take(self, order: Sequence[int]) -> None:
        """Put the points into another order."""
        if list(order) != sorted(order):
            self.points = [self.points[k] for k in order]
            self.pool = pool_of(self.points)

    def _second_call_differs(self) -> bool:
        """Whether the gradients depend on what the last call left behind."""
        point = self.points[0]
        self.pool.start(0)
        first = self.program.run(point.params)
        self._shapes = {name: np.shape(given) for name, given in first.gradients.items()}
        try:
            second = self.program.run(point.params, again=True)
        except Exception:
            return False
        return not all(same(second.gradients[n], first.gradients[n]) for n in first.gradients)

    def wrong_at(
        self, codes: Mapping[Unit, types.CodeType], at: Iterable[int], changed: Unit | None = None
    ) -> set[str] | None:
        """The parameters whose gradients are wrong there; None where the program fails or its loss changes."""
        wrong: set[str] = set()
        for k in at:
            point = self.points[k]
            for again in (False, True) if self.accumulates and k == 0 else (False,):
                self.pool.start(k)
                self.runs += 1
                try:
                    outcome = self.program.run(point.params, codes, again=again, changed=changed)
                except Exception:
                    return None
                if abs(outcome.loss - point.loss) > 1e-9 * abs(point.loss):
                    return None
                for name, true in point.gradients.items():
                    given = outcome.gradients[name]
                    fits = changed is None or given is None or given.shape in (true.shape, self._shapes[name])
                    off = wrong_entries(given, true, point.largest) if fits else None
                    for part in self.parts[name]:
                        if off is None or part.of(off).any():
                            wrong.add(part.label)
                            if k == 0:
                                self.given[part.label] = (part, given)
        return wrong

    def ratio(self, label: Any) -> float | None:
        """What the last run at the first point gave for a wrong part over the truth, where that is constant."""
        part, given = self.given[label]
        true = self.points[0].gradients[part.name]
        value = fitted(given, true.shape)
        return None if value is None else ratio_of(part.of(value), part.of(true))

    def outcome(self, codes: Any, changed: Unit | None = None) -> Any:
        """What a run at the first point gives; None where it fails."""
        self.pool.start(0)
        self.runs += 1
        try:
            return self.program.run(self.points[0].params, codes, changed=changed)
        except Exception:
            return None

"""Which parts of the gradients each value of theirs has a say in: found by disturbing one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .disturbance import Disturbance
from .parts import LARGEST, Part, changed
from .sites import Site
from .sources import Unit
from .watching import hooks

LOSS = "the loss"
"""What a line of the forward pass reaches: it is no parameter's name, so it is never wrong."""


class Reach:
    """The disturbances of one program.

    Parameters
    ----------
    run : callable
        ``run(unit)``: the outcome with the values in that unit disturbed (None: all are only counted), or None.
    parts : mapping
        Of each gradient.
    wrong : frozenset
        The wrong parts.
    singly : callable
        Whether there is time to disturb the instances of a value one by one.

    Attributes
    ----------
    masks : dict
        For each gradient and value the entries that it reaches.
    """

    def __init__(
        self,
        run: Callable[[Unit | None], Any],
        parts: Mapping[Any, list[Part]],
        wrong: frozenset[Any],
        singly: Callable[[], bool],
    ) -> None:
        self._run = run
        self._parts = parts
        self._wrong = wrong
        self._singly = singly
        self.masks: dict[Any, list[Any]] = {name: [] for name in parts}

    def of_all(self, sites: Sequence[Site]) -> dict[Site, list[frozenset[Any]]]:
        """The parts that each site's value reaches: all its instances together, then single ones."""
        disturbance = Disturbance()
        with hooks(disturbance.value, disturbance.after):
            base = self._run(None)
            counts = dict(disturbance.counts)
            return {
                sites[number]: self._reached(base, disturbance, sites[number], count)
                for number, count in counts.items()
            }

    def _reached(self, base: Any, disturbance: Disturbance, site: Site, count: int) -> list[frozenset[Any]]:
        choices: list[Any] = [None]
        if count > 1 and self._singly():
            choices += range(count) if count <= 4 else [0, 1, count - 1] if count <= 10 else [0, count - 1]
        if site.after is not None:
            choices.append("after")
        reached = []
        for choice in choices:
            disturbance.target(site.number, choice)
            outcome = self._run(site.unit)
            disturbance.target(None, None)
            if outcome is None:
                reached.append(self._wrong)  # nothing is known
            elif outcome.loss != base.loss and not np.isnan(outcome.loss):
                reached.append(frozenset([LOSS]))
            else:
                reached.append(self._differing(outcome.gradients, base.gradients, noted=choice is None))
            if choice is None and reached[0] and reached[0] <= self._wrong:
                break  # single instances reach no more
        return reached

    def _differing(self, gradients: Any, before: Any, noted: bool) -> frozenset[Any]:
        """The parts in which two runs' gradients differ."""
        found: set[Any] = set()
        for name, parts in self._parts.items():
            mask = changed(gradients[name], before[name])
            if noted and mask is not None and 1 < mask.size <= LARGEST:
                self.masks[name].append(mask)
            if mask is None:
                found.update(part.label for part in parts if gradients[name] is not before[name])
            else:
                found.update(part.label for part in parts if part.of(mask).any())
        return frozenset(found)

"""Two errors upstream of the same gradient: neither is right alone, but the one put right leaves a constant factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .choice import Repair, chosen

if TYPE_CHECKING:
    from .search import Search

HALVES = 3
"""So many first halves are followed."""


def paired(search: Search, factors: list[tuple[float, str]]) -> list[Repair]:
    """Two repairs, the first of which only makes the gradients proportional to the true ones."""
    halves = sorted(search.halves, key=lambda half: half[1].cost)[:HALVES]
    effects, wrong_first = search.effects, search.wrong_first
    for suspect, edit, ratio in halves:
        half = Repair(suspect, edit, frozenset())
        search.repairs.append(half)
        search.effects = None
        try:
            more = [(1 / ratio, f"a factor {1 / ratio:.6g} is missing"), *factors]
            found = search.best(search.suspects(), more, last=False)
        finally:
            search.repairs.pop()
            search.effects, search.wrong_first = effects, wrong_first
        if found:
            return [half, chosen(found)]
    return []

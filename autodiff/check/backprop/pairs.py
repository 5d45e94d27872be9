"""Two errors upstream of the same gradient, neither of which is right alone.

Either the one put right leaves a constant factor, or a value between them says by its name what it should be.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .choice import Repair, chosen
from .edits import Edit
from .expressions import taken
from .names import stems

if TYPE_CHECKING:
    from .search import Search
    from .suspect import Suspect

HALVES = 3
"""So many first halves are followed."""
SECONDS = 0.2
"""After so much of the processor's time no other value between two errors is taken for true."""
BETWEEN = 2
"""So many values between two errors are taken for true."""


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
            second = chosen(found)
            return [Repair(suspect, edit, second.repaired), second]
    return []


def chained(search: Search, suspects: list[Suspect], factors: list[tuple[float, str]]) -> list[Repair]:
    """Two repairs, before and after a value that is wrong by its name: found with the truth in that value's place."""
    effects, wrong_first, halves = search.effects, search.wrong_first, list(search.halves)
    runs, until = search.trials.runs, time.process_time() + SECONDS
    between = sorted((s for s in suspects if s.looks[:1] == [("wrong", 1.0)] and s.root.slot), key=lambda s: s.order)
    found: list[Repair] = []
    for suspect in between[:BETWEEN]:
        found = found or _around(search, suspect, factors, until)
    search.effects, search.wrong_first, search.halves = effects, wrong_first, halves
    search.trials.runs = runs  # what else is tried shouldn't depend on this
    return found


def _around(search: Search, between: Suspect, factors: list[tuple[float, str]], until: float) -> list[Repair]:
    """A repair after a value, found with the truth in its place, and one before it."""
    for edit in _truths(search, between):
        if time.process_time() > until:
            break
        assumed = Repair(between, edit, frozenset())
        after = _best_with(search, assumed, factors, lambda s: s.order > between.order)
        if after is not None and after.edit.kind != "unexplained":
            before = _best_with(search, after, factors, lambda s: s.order <= between.order)
            if before is not None:
                return [Repair(after.suspect, after.edit, before.repaired), before]
    return []


def _truths(search: Search, suspect: Suspect) -> list[Edit]:
    """The true gradients by what a line's variable names, in its value's place; what else the line does, it does."""
    pool, wanted, slot = search.trials.pool, set(stems(suspect.root.variable)), suspect.root.slot
    named = [k for k, names in enumerate(pool.aliases) if pool.kinds[k] == "gradient" and names & wanted]
    assert slot is not None
    values = [ast.Tuple([slot.get(), taken(k)], ast.Load()) for k in named]
    return [
        Edit(5.0, "unexplained", "", [(slot, ast.Subscript(value, ast.Constant(1), ast.Load()))]) for value in values
    ]


def _best_with(
    search: Search, assumed: Repair, factors: list[tuple[float, str]], among: Callable[[Suspect], bool]
) -> Repair | None:
    """The best repair of the program with another one made; an explained one where there is any."""
    search.repairs.append(assumed)
    try:
        with search.with_repairs():
            search.wrong_first = frozenset(search.trials.wrong_at(search.codes(), [0]) or ())
        found = search.best([s for s in search.suspects() if among(s)], factors, last=False)
    finally:
        search.repairs.pop()
    explained = [repair for repair in found if repair.edit.kind != "unexplained"]
    return chosen(explained or found) if found else None

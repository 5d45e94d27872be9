"""Which of several edits that help says where the error was made."""

from __future__ import annotations

from dataclasses import dataclass

from .edits import Edit
from .suspect import Suspect


@dataclass(eq=False)
class Repair:
    """An edit that helps."""

    suspect: Suspect
    edit: Edit
    repaired: frozenset[str]


def is_clear(first: Repair, repairs: list[Repair]) -> bool:
    """Whether there is nothing to weigh: it explains all that its line can reach, and no other line's does as well."""
    if first.edit.kind == "unexplained" or first.repaired < first.suspect.effect:
        return False
    others = [r for r in repairs if r.suspect is not first.suspect]
    return all(r.edit.cost > first.edit.cost + 0.1 for r in others)


def chosen(repairs: list[Repair]) -> Repair:
    """Of several repairs that put as much right, the one that says where and why."""
    most = max((len(r.repaired) for r in repairs if r.edit.cost < 4), default=0)
    repairs = [r for r in repairs if r.edit.cost < 4 and len(r.repaired) == most] or repairs
    unexplained = next((r for r in repairs if r.edit.kind == "unexplained"), None)
    explained = [r for r in repairs if r.edit.kind != "unexplained"]
    if unexplained is None or unexplained.edit.cost > 4:
        return (explained or repairs)[0]
    # A value that is wrong by its name is born wrong, unless something before it is.
    before = [r for r in explained if r.suspect.order <= unexplained.suspect.order]
    return before[0] if before else unexplained

"""Where what no edit puts right must come from, and what is still right before it."""

from __future__ import annotations

from .names import stems
from .search import Search
from .suspect import Suspect


def located(search: Search) -> list[tuple[Suspect, frozenset[str]]]:
    """Where what is still wrong must come from: for each line, the wrong gradients that it accounts for."""
    left = search.wrong
    found: list[tuple[Suspect, frozenset[str]]] = []
    if not left:
        return []
    suspects = search.suspects()
    search.prepare(suspects, [], [])
    known = {str(name).lower() for name in search.program.checked} | search.trials.pool.known()
    while left:
        ranked = sorted(
            (s for s in suspects if s.effect & left and not s.root.is_loop),
            key=lambda s: (
                -len(s.effect & left),
                s.looks_right,
                s.hands_on,
                not known & set(stems(s.root.variable)),
                s.order,
            ),
        )
        if not ranked:  # nothing reaches an empty array, or one that is NaN whatever comes in
            return found + _by_name(search, left)
        found.append((ranked[0], ranked[0].effect & left))
        left -= ranked[0].effect
    return found


def _by_name(search: Search, left: frozenset[str]) -> list[tuple[Suspect, frozenset[str]]]:
    """The lines that give values the names of these gradients."""
    found: list[tuple[Suspect, frozenset[str]]] = []
    for part in (part for parts in search.trials.parts.values() for part in parts if part.label in left):
        named = (site for site in search.effects or () if str(part.name).lower() in stems(site.variable))
        site = next(named, None)
        if site is not None:
            found.append((Suspect(*search.roots[site]), frozenset([part.label])))
    return found


def before(search: Search, suspect: Suspect) -> str:
    """What is still right before a line, in words."""
    right = [name for name in search.program.checked if name not in search.wrong_at_first]
    above = suspect.right_before
    if above is not None:
        return f"right up to `{above.code}` (line {above.lineno})"
    return f"the gradient by {', '.join(map(str, right))} is right" if right else "the loss is right"

"""Which of the user's lines has to change for the gradients to be right.

First every value of theirs is disturbed in turn: a line that has a say in a right gradient is right, and what
disturbs only wrong ones is a suspect. Then the suspects' lines are edited, and the whole program is run with each
edit, at several points. What turns wrong gradients right, and breaks none, is a birth with a proved cause.
"""

from __future__ import annotations

import ast
import time
import types
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np

from .candidates import Candidates
from .choice import Repair, chosen, is_clear
from .disturbance import writes
from .edits import Edit
from .oracle import Point
from .pairs import chained, paired
from .parts import split
from .program import Program
from .reaching import LOSS, Reach
from .sites import Site
from .sources import Unit
from .suspect import Suspect, roots_of
from .trials import Trials
from .watching import edited, hooks, open_at, watched

RUNS = 4000
"""The search gives up after so many runs of their program; the usual one takes a tenth of it."""
SECONDS = 1.5
"""And after so much of the processor's time."""


CLEAR = 1.35
"""An error as usual as this needs no comparison with the unusual ones."""
ALIKE = 12
"""Of so many edits that do the same at one point, the others are tried where the first fails at another point."""


class Search:
    """The program, what is true of it, and what has been put right so far."""

    def __init__(self, program: Program, sites: list[Site], points: list[Point]) -> None:
        self.program = program
        self.sites = sites
        self.trials = trials = Trials(program, points)
        self.repairs: list[Repair] = []
        self.effects: dict[Site, list[frozenset[str]]] | None = None
        self._until = time.process_time() + SECONDS
        self.roots = roots_of(sites)
        self._masks: dict[Any, list[Any]] = {}
        self._opened: dict[Any, dict[Unit, types.CodeType] | None] = {}
        self._ratios_first: dict[Any, float | None] = {}
        self.halves: list[tuple[Suspect, Edit, float]] = []
        wrong = [frozenset(trials.wrong_at({}, [k]) or ()) for k in range(len(points))]
        self.wrong: frozenset[str] = frozenset().union(*wrong)
        if not trials.accumulates:  # where most is wrong, most can be seen (not where all weights are 0)
            trials.take(sorted(range(len(points)), key=lambda k: -len(wrong[k])))
        self.wrong_first = self.wrong
        self.wrong_at_first = self.wrong
        self._wrong_parts = self.wrong

    # Running ---------------------------------------------------------------------------------------------------------

    def _note_ratios(self) -> None:
        self._ratios_first = {label: self.trials.ratio(label) for label in self.wrong_first & self.trials.given.keys()}

    def _is_over(self) -> bool:
        return self.trials.runs > RUNS or time.process_time() > self._until

    @contextmanager
    def with_repairs(self) -> Iterator[None]:
        """The tree as it is with all repairs so far."""
        opened = []
        try:
            for repair in self.repairs:
                context = repair.edit.applied()
                context.__enter__()
                opened.append(context)
            yield
        finally:
            for context in reversed(opened):
                context.__exit__(None, None, None)

    def codes(self, extra: Unit | None = None) -> dict[Unit, types.CodeType]:
        """The units that are changed, compiled."""
        units = {repair.suspect.unit for repair in self.repairs} | ({extra} if extra else set())
        return {unit: unit.compiled() for unit in units}

    # Suspects --------------------------------------------------------------------------------------------------------

    def suspects(self) -> list[Suspect]:
        """Lines that reach wrong gradients only, those that reach most first."""
        if self.effects is None:
            self.effects = self._disturbed()
            if not self.repairs and self._split():
                self.effects = self._disturbed()
        found: dict[Site, Suspect] = {}
        for order, (site, reached) in enumerate(self.effects.items()):
            # All its instances reach wrong gradients only, or one of them does.
            first = reached[0] if reached[0] <= self.wrong else frozenset()
            effect = first or frozenset().union(*(r for r in reached[1:] if r <= self.wrong))
            if site.is_loop and reached[0] != frozenset([LOSS]):
                effect = self.wrong  # of the rounds that it leaves out nothing can be seen
            if effect or site.after is not None:
                root, alone = self.roots[site]
                known = found.setdefault(root, Suspect(root, alone))
                known.sites.append(site)
                known.effect |= effect
                known.order = order
        return sorted(found.values(), key=lambda s: (-len(s.effect), s.order))

    def _disturbed(self) -> dict[Site, list[frozenset[Any]]]:
        """What each site's value reaches."""
        with self.with_repairs():
            codes = {unit: watched(unit, self.sites) for unit in self.program.units}
        reach = Reach(
            lambda unit: self.trials.outcome(codes, unit),
            self.trials.parts,
            self.wrong,
            lambda: time.process_time() < self._until - SECONDS * 0.65,
        )
        found = reach.of_all(self.sites)
        self._masks = reach.masks
        return found

    def _split(self) -> bool:
        """Take the wrong gradients apart where lines of theirs reach single parts; whether there are any."""
        for name, true in self.trials.points[0].gradients.items():
            if name in self.wrong:
                masks = [mask for mask in self._masks[name] if mask.shape == true.shape]
                self.trials.parts[name] = split(name, masks, true)
        if all(len(parts) == 1 for parts in self.trials.parts.values()):
            return False
        self.wrong = frozenset(part.label for parts in self.trials.parts.values() for part in parts)
        at_points = [self.trials.wrong_at({}, [k]) or () for k in range(len(self.trials.points))]
        self.wrong = frozenset().union(*at_points)
        self._wrong_parts = self.wrong
        self.wrong_first = frozenset(at_points[0])
        self._note_ratios()
        return True

    def in_words(self, labels: Collection[Any]) -> tuple[str, ...]:
        """The parameters of which nothing else was wrong, of others the parts, in their order."""
        found: list[str] = []
        for name, parts in self.trials.parts.items():
            wrong = [part.label for part in parts if part.label in self._wrong_parts]
            inside = [label for label in wrong if label in labels]
            found += [str(name)] if inside and inside == wrong else map(str, inside)
        return tuple(found)

    def prepare(
        self,
        suspects: list[Suspect],
        group: list[Suspect],
        factors: list[tuple[float, str]],
        unusual: bool = False,
    ) -> None:
        """Look at the suspects, and find the edits of some, in the frames in which their lines run."""
        impure = {unit.name for unit in self.program.units if writes(unit.node)}
        with self.with_repairs():
            plain = self.trials.outcome(self.codes())
            pairs = (
                [(plain.gradients[n], self.trials.points[0].gradients[n]) for n in self.wrong_at_first] if plain else []
            )
            candidates = Candidates(
                suspects, group, self.trials.pool, factors, impure, pairs, self.program.in_loss, unusual
            )
            watching = [site for s in suspects for site in {*s.sites, s.root}]
            codes = {unit: watched(unit, watching) for unit in self.program.units}
            with hooks(candidates.value, lambda number, value: None):
                self.trials.outcome(codes)
            candidates.finish()

    def attempt(self, suspect: Suspect, edit: Edit) -> Repair | None:
        """What an edit puts right, if it breaks nothing."""
        codes = self._edited_codes(suspect, edit)
        if codes is None:
            return None
        with edited(edit.value) if edit.value is not None else nullcontext():
            wrong = self.trials.wrong_at(codes, [0], suspect.unit)
        if wrong is not None and edit.kind == "unexplained" and edit.scale is None and wrong & suspect.effect:
            scaled = self._scaled(suspect, edit)
            if scaled is not None:
                return self.attempt(suspect, scaled)
        if wrong is None or not wrong < self.wrong_first:
            self._note_half(suspect, edit, wrong)
            return None
        with edited(edit.value) if edit.value is not None else nullcontext():
            rest = self.trials.wrong_at(codes, range(1, len(self.trials.points)), suspect.unit)
        if rest is not None and wrong | rest < self.wrong:
            return Repair(suspect, edit, self.wrong - wrong - rest)
        for other in edit.alike[:ALIKE]:
            found = self.attempt(suspect, other)
            if found is not None:
                return found
        return None

    def _edited_codes(self, suspect: Suspect, edit: Edit) -> dict[Unit, types.CodeType] | None:
        """The units with the repairs so far and an edit; where that changes a value alone, open at it."""
        key = (suspect.root, *self.repairs)
        if edit.value is not None and key not in self._opened:
            with self.with_repairs():
                code = open_at(suspect.root)
                self._opened[key] = None if code is None else {**self.codes(), suspect.unit: code}
        # A function or a comprehension inside an expression doesn't see the local variables around that.
        if edit.value is not None and any(isinstance(c, types.CodeType) for c in edit.value.co_consts):
            edit.value = None
        opened = None if edit.value is None else self._opened[key]
        if opened is not None:
            return opened
        edit.value = None
        with self.with_repairs(), edit.applied():
            try:
                return self.codes(suspect.unit)
            except (ValueError, SyntaxError, TypeError, StopIteration):
                return None

    def _note_half(self, suspect: Suspect, edit: Edit, wrong: set[str] | None) -> None:
        """Remember an edit that makes what its line reaches proportional to the truth."""
        if wrong is None or edit.kind == "unexplained" or not suspect.effect or edit.scale is not None:
            return
        reached = suspect.effect & self.wrong_first
        if not reached or not reached <= wrong or any(self._ratios_first.get(label) is not None for label in reached):
            return
        first: float | None = None
        for label in reached:
            ratio = self.trials.ratio(label)
            if not ratio or (first is not None and ratio != first):
                return
            first = ratio
        self.halves.append((suspect, edit, float(first or 1.0)))

    def _scaled(self, suspect: Suspect, edit: Edit) -> Edit | None:
        """The true gradient times the constant that the lines after it divide by, in a value's place."""
        ratios = {
            r
            for label in suspect.effect & self.wrong_first & self.trials.given.keys()
            if (r := self.trials.ratio(label))
        }
        first = next(iter(ratios), None)
        if first is None or abs(first - 1) < 1e-6:
            return None
        slot, node = edit.changes[0]
        new = ast.fix_missing_locations(ast.copy_location(ast.BinOp(node, ast.Mult(), ast.Constant(1 / first)), node))
        return Edit(edit.cost, edit.kind, edit.cause, [(slot, new)], 1 / first)

    def solve(self, factors: list[tuple[float, str]], ahead: bool = True) -> None:
        """Repair until all is right or nothing helps."""
        while self.wrong:
            repairs = self.step(factors, ahead)
            if not repairs:
                return
            self.repairs += repairs
            self.wrong = self.wrong.difference(*(repair.repaired for repair in repairs))
            if ahead:
                self.effects = None

    def step(self, factors: list[tuple[float, str]], ahead: bool) -> list[Repair]:
        """The best edit of the program as it now is; with those that must follow where these are known."""
        with self.with_repairs():
            self.wrong_first = frozenset(self.trials.wrong_at(self.codes(), [0]) or ())
        self._note_ratios()
        self.halves.clear()
        suspects = self.suspects()
        repairs = self.best(suspects, factors, last=False)
        first = chosen(repairs) if repairs else None
        if ahead and (first is None or first.edit.kind == "unexplained"):
            pair = chained(self, suspects, factors)
            if pair:
                return pair
        if first is not None and (first.repaired == self.wrong or is_clear(first, repairs)):
            return [first]
        if first is None and self.halves:
            pair = paired(self, factors)
            if pair:
                return pair
        if first is None or ahead:
            repairs += self.best(suspects, factors, last=True, least=len(first.repaired) if first else 0)
        if not repairs:
            return []
        return self._looked_ahead(repairs, factors) if ahead and self.trials.runs < RUNS / 3 else [chosen(repairs)]

    def best(
        self, suspects: list[Suspect], factors: list[tuple[float, str]], last: bool, least: int = 0
    ) -> list[Repair]:
        """The edits that put most right, and no less than `least`; the true values themselves only at `last`."""
        found: list[Repair] = []
        for size in sorted({len(s.effect) for s in suspects}, reverse=True):
            most = max((len(r.repaired) for r in found), default=least)
            if (size and size < most) or self._is_over():
                continue
            group = [s for s in suspects if len(s.effect) == size]
            for unusual in (False, True):
                if any(s.prepared == unusual for s in group):
                    self.prepare(suspects, group, factors, unusual)
                more = self._tried(group, last)
                if any(r.edit.cost <= CLEAR and r.edit.kind != "unexplained" for r in more):
                    break
            found += more
        most = max((len(r.repaired) for r in found), default=0)
        found = [r for r in found if len(r.repaired) == most]
        return sorted(found, key=lambda r: (r.repaired < r.suspect.effect, r.edit.cost, r.suspect.order))

    def _looked_ahead(self, repairs: list[Repair], factors: list[tuple[float, str]]) -> list[Repair]:
        """Of several repairs that put as much right, the one after which least has to be done."""
        by_line: dict[Site, list[Repair]] = {}
        for repair in repairs:
            by_line.setdefault(repair.suspect.root, []).append(repair)
        overall = chosen(repairs)
        others = [chosen(of_line) for of_line in by_line.values()]
        others = [r for r in others if r.suspect is not overall.suspect]
        equal = [r for r in others if r.edit.cost < 4 and len(r.repaired) == len(overall.repaired)]
        more = [r for r in others if r.edit.cost > 4 and len(r.repaired) > len(overall.repaired)]
        wrong, count = self.wrong, len(self.repairs)
        ranked: list[Any] = []
        for order, repair in enumerate([overall, *equal[:2], *more[:1]]):
            explained = ranked and ranked[0][:2] == (0, 0)
            if explained and repair.repaired == overall.repaired and repair.edit.cost >= overall.edit.cost:
                continue  # it leaves the same to do, and is less usual
            self.repairs.append(repair)
            self.wrong = wrong - repair.repaired
            self.solve(factors, ahead=False)
            done = self.repairs[count:]
            unexplained = sum(r.edit.kind == "unexplained" for r in done)
            ranked.append((len(self.wrong), unexplained, len(done), sum(r.edit.cost for r in done), order, done))
            del self.repairs[count:]
            if self._is_over() or (order and not self.wrong and not unexplained):
                break
        self.wrong = wrong
        *rank, done = min(ranked, key=lambda r: r[:5])
        return list(done) if rank[:2] == [0, 0] else list(done[:1])

    def _tried(self, group: list[Suspect], last: bool) -> list[Repair]:
        """The repairs among some suspects' edits, from the most usual on, until nothing better can come."""
        found: list[Repair] = []
        edits = sorted(
            ((e.cost, s.order, e, s) for s in group for e in s.edits if (e.cost > 4) == last), key=lambda t: t[:2]
        )
        limit = np.inf
        for cost, _, edit, suspect in edits:
            if self._is_over() or cost > limit:
                break
            if not suspect.effect and edit.kind != "accumulation":
                continue
            repair = self.attempt(suspect, edit)
            if repair is not None:
                found.append(repair)
                if repair.repaired >= suspect.effect:
                    limit = min(limit, cost + (1.5 if edit.kind == "unexplained" else 0.35))
        return found

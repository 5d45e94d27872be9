"""Which of the user's lines has to change for the gradients to be right.

First every value of theirs is disturbed in turn: a line that has a say in a right gradient is right, and what
disturbs only wrong ones is a suspect. Then the suspects' lines are edited, and the whole program is run with each
edit, at several points. What turns wrong gradients right, and breaks none, is a birth with a proved cause.
"""

from __future__ import annotations

import ast
import builtins
import sys
import time
import types
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .comparison import is_right
from .edits import POOL, Edit, edits_of, slots_of
from .oracle import Point, slopes
from .program import Program
from .scope import Pool, Scope
from .sites import Site, hooks, watched
from .sources import Unit

SECONDS = 5.0
"""The search gives up after so long; the usual program takes a tenth of it."""


@dataclass
class Suspect:
    """A statement of theirs whose values reach wrong gradients only."""

    statement: Any
    unit: Unit
    sites: list[Site]
    effect: frozenset[str]
    order: int = 0
    edits: list[Edit] = field(default_factory=list)


@dataclass
class Repair:
    """An edit that helps."""

    suspect: Suspect
    edit: Edit
    repaired: frozenset[str]


class Search:
    """The program, what is true of it, and what has been put right so far."""

    def __init__(self, program: Program, sites: list[Site], points: list[Point]) -> None:
        self.program = program
        self.sites = sites
        self.points = points
        self.pool = _pool_of(points)
        self.repairs: list[Repair] = []
        self.runs = 0
        self.until = time.monotonic() + SECONDS
        self.wrong = frozenset(self._wrong_at({}, range(len(points))) or ())

    # Running ---------------------------------------------------------------------------------------------------------

    def _wrong_at(self, codes: Mapping[Unit, types.CodeType], at: Iterable[int]) -> set[str] | None:
        """The parameters whose gradients are wrong at these points; None where the program fails or its loss changes."""
        wrong: set[str] = set()
        for k in at:
            point = self.points[k]
            self.pool.start(k)
            self.runs += 1
            try:
                outcome = self.program.run(point.params, codes)
            except Exception:
                return None
            if not abs(outcome.loss - point.loss) <= 1e-9 * abs(point.loss):
                return None
            for name, true in point.gradients.items():
                if not is_right(outcome.gradients[name], true, point.largest):
                    wrong.add(name)
        return wrong

    @contextmanager
    def _with_repairs(self) -> Iterator[None]:
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

    def _codes(self, extra: Unit | None = None) -> dict[Unit, types.CodeType]:
        """The units that are changed, compiled."""
        units = {repair.suspect.unit for repair in self.repairs} | ({extra} if extra else set())
        return {unit: unit.compiled() for unit in units}

    # Suspects --------------------------------------------------------------------------------------------------------

    def suspects(self) -> list[Suspect]:
        """Statements that reach wrong gradients only, those that reach most first."""
        with self._with_repairs():
            codes = {unit: watched(unit, self.sites) for unit in self.program.units}
        disturbance = _Disturbance(self.sites)
        point = self.points[0]
        with hooks(disturbance.value, disturbance.after):
            base = self._outcome(codes, point)
            order = list(disturbance.counts)
            counts = dict(disturbance.counts)
            found: dict[int, Suspect] = {}
            for number in order:
                effect = self._effect(codes, point, base, disturbance, number, counts[number])
                if effect:
                    site = self.sites[number]
                    known = found.setdefault(id(site.statement), Suspect(site.statement, site.unit, [], effect, len(found)))
                    known.sites.append(site)
                    known.effect |= effect
        return sorted(found.values(), key=lambda s: (-len(s.effect), s.order))

    def _outcome(self, codes: Any, point: Point) -> Any:
        self.pool.start(0)
        self.runs += 1
        try:
            return self.program.run(point.params, codes)
        except Exception:
            return None

    def _effect(
        self, codes: Any, point: Point, base: Any, disturbance: _Disturbance, number: int, count: int
    ) -> frozenset[str]:
        """The gradients that a value reaches, if they are all wrong: of all its instances, or of one."""
        choices = [None, *range(min(count, 6))] if count > 1 else [None]
        found: frozenset[str] = frozenset()
        for instance in choices:
            disturbance.target(number, instance)
            outcome = self._outcome(codes, point)
            disturbance.target(None, None)
            if outcome is None:
                return self.wrong
            if outcome.loss != base.loss:
                continue
            effect = frozenset(n for n in base.gradients if not _same(outcome.gradients[n], base.gradients[n]))
            if effect and effect <= self.wrong:
                found |= effect
                if instance is None:
                    break
        return found

    # Edits -----------------------------------------------------------------------------------------------------------

    def prepare(self, suspects: list[Suspect], factors: list[tuple[float, str]]) -> None:
        """Find each suspect's edits, in the frame in which its line runs."""
        impure = {unit.name for unit in self.program.units if _writes(unit.node)}
        waiting = {site.number: s for s in suspects for site in s.sites[:1]}
        with self._with_repairs():
            codes = {unit: watched(unit, [s.sites[0] for s in suspects]) for unit in self.program.units}

            def value(number: int, value: Any, key: Any = None) -> Any:
                suspect = waiting.get(number)
                if suspect is not None and not suspect.edits:
                    scope = Scope(sys._getframe(1), self.pool, factors, impure)
                    roots = [site.slot for site in suspect.sites if site.slot is not None]
                    suspect.edits = _distinct(edits_of(suspect.statement, scope, roots), scope, roots, value, suspect)
                return value

            with hooks(value, lambda number, value: None):
                self._outcome(codes, self.points[0])

    def attempt(self, suspect: Suspect, edit: Edit) -> Repair | None:
        """What an edit puts right, if it breaks nothing."""
        with self._with_repairs(), edit.applied():
            try:
                codes = self._codes(suspect.unit)
            except (ValueError, SyntaxError, TypeError, StopIteration):
                return None
        wrong = self._wrong_at(codes, [0])
        if wrong is None or not wrong < self.wrong_first:
            return None
        rest = self._wrong_at(codes, range(1, len(self.points)))
        if rest is None:
            return None
        wrong |= rest
        if not wrong < self.wrong:
            return None
        return Repair(suspect, edit, self.wrong - wrong)

    def step(self, factors: list[tuple[float, str]]) -> Repair | None:
        """The best single edit of the program as it now is."""
        with self._with_repairs():
            self.wrong_first = frozenset(self._wrong_at(self._codes(), [0]) or ())
        suspects = self.suspects()
        self.prepare(suspects, factors)
        best: list[Repair] = []
        sizes = sorted({len(s.effect) for s in suspects}, reverse=True)
        for size in sizes:
            group = [s for s in suspects if len(s.effect) == size]
            edits = sorted(((e.cost, s.order, e, s) for s in group for e in s.edits), key=lambda t: t[:2])
            for cost, _, edit, suspect in edits:
                if time.monotonic() > self.until:
                    break
                if best and cost > min(r.edit.cost for r in best) + 0.35:
                    break
                repair = self.attempt(suspect, edit)
                if repair is not None:
                    best.append(repair)
            if best:
                break
        if not best:
            return None
        return min(best, key=lambda r: (-len(r.repaired), r.edit.cost, r.suspect.order))


class _Disturbance:
    """A hook that changes one value, at all times or once."""

    def __init__(self, sites: list[Site]) -> None:
        self.counts: dict[int, int] = {}
        self._number: int | None = -1
        self._instance: int | None = None
        self._seen = 0

    def target(self, number: int | None, instance: int | None) -> None:
        self._number, self._instance, self._seen = number, instance, 0

    def value(self, number: int, value: Any, key: Any = None) -> Any:
        if self._number == -1:
            self.counts[number] = self.counts.get(number, 0) + 1
        elif number == self._number:
            self._seen += 1
            if self._instance is None or self._instance == self._seen - 1:
                return disturbed(value, np.random.default_rng(number))
        return value

    def after(self, number: int, value: Any) -> None:
        pass


def disturbed(value: Any, generator: np.random.Generator) -> Any:
    """A value near another: floating-point numbers move, integers go one up, conditions flip at random."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        size = 0.1 * (np.abs(value).max(initial=0.0) or 1.0)
        return value + size * generator.uniform(0.5, 1.5, value.shape) * generator.choice([-1, 1], value.shape)
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return value ^ (generator.uniform(size=value.shape) < 0.5)
    if isinstance(value, (float, np.floating)):
        return value * 1.1 + 0.05
    if isinstance(value, (bool, np.bool_, str, types.FunctionType)) or value is None:
        return value
    if isinstance(value, (int, np.integer)):
        return value + 1
    if isinstance(value, (tuple, list)) and not hasattr(value, "_fields"):
        return type(value)(disturbed(v, generator) for v in value)
    if type(value) is dict:
        return {k: disturbed(v, generator) for k, v in value.items()}
    return value


def _same(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-11, atol=1e-13 * max(np.abs(b).max(initial=0.0), 1e-30), equal_nan=True))


def _writes(node: Any) -> bool:
    """Whether a function changes something that outlives it."""
    stores = (ast.Attribute, ast.Subscript)
    methods = ("append", "extend", "pop", "update", "add", "insert", "clear", "setdefault")
    return any(
        (isinstance(part, stores) and isinstance(part.ctx, ast.Store))
        or isinstance(part, (ast.Global, ast.Nonlocal))
        or (isinstance(part, ast.Call) and getattr(part.func, "attr", "") in methods)
        for part in ast.walk(node)
    )


def _distinct(edits: list[Edit], scope: Scope, roots: list[Any], value: Any, suspect: Suspect) -> list[Edit]:
    """Without the edits that can't be evaluated, or that give a value which the line has already or had before."""
    evaluable = len(roots) == 1 and scope.value_of(roots[0].get()) is not None
    if not evaluable:
        return edits
    root = roots[0]
    inside = {id(part) for part in ast.walk(root.get())}
    seen = {_signature(value)}
    kept = []
    for edit in edits:
        if any(id(slot.get()) not in inside for slot, _ in edit.changes):
            kept.append(edit)
            continue
        scope.pool.start(0)
        with edit.applied():
            result = scope.value_of(root.get())
        if result is None:
            continue
        signature = _signature(result)
        if signature is None or signature not in seen:
            seen.add(signature)
            kept.append(edit)
    return kept


def _signature(value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic, float, int)):
        array = np.asarray(value)
        if array.dtype.kind in "fiub":
            with np.errstate(all="ignore"):
                numbers = array.astype(float).ravel()[:200]
                size = np.abs(numbers).max(initial=0.0) or 1.0
                return (array.shape, f"{size:.9g}", np.round(numbers / size, 9).tobytes())
    return None


def _pool_of(points: list[Point]) -> Pool:
    """What the forward pass tells: values, gradients by them, activations' derivatives."""
    pool = Pool()
    kinds: dict[tuple[str, str], list[dict[Any, list[Any]]]] = {}

    def group(k: int, kind: str, name: str, key: Any, array: Any) -> None:
        by_point = kinds.setdefault((kind, name), [{} for _ in points])
        by_point[k].setdefault(key, []).append(array)

    for k, point in enumerate(points):
        for v in point.values:
            group(k, "value", v.name or "?", v.site.number, v.value)
            group(k, "gradient", v.name or "?", v.site.number, v.gradient)
        for s in slopes(point):
            name = f"{s.outer.name or s.outer.site.unit.name}'({s.inner.name})"
            group(k, "slope", name, (s.inner.site.number, s.outer.site.number), s.slope)
    seen = set()
    for (kind, name), by_point in kinds.items():
        for key in by_point[0]:
            same = (kind, *(_signature(v) for v in by_point[0][key]))
            if same not in seen and all(key in values for values in by_point):
                seen.add(same)
                pool.add(kind, name, [values[key] for values in by_point])
    return pool


@contextmanager
def pool_open(pool: Pool) -> Iterator[None]:
    """Let edited code take from the pool inside the block."""
    setattr(builtins, POOL, pool.take)
    try:
        yield
    finally:
        delattr(builtins, POOL)

"""The edits of the suspects, found in the frames in which their lines run, and ordered by what their values look like.

A value that already is the true gradient of something in the forward pass, or that the forward pass has computed
itself, looks right: an edit there may give right gradients, too, but it is not where the error was made.
"""

from __future__ import annotations

import ast
import sys
import types
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .comparison import ratio_of
from .edits import Edit, edits_of
from .names import stems
from .pool import Pool
from .scope import WRITING, Scope, code_of
from .sites import Site, Slot
from .sources import Unit
from .suspect import Suspect
from .truths import signature

PHRASES, LONGEST = 30, 16
"""So many expressions of a function, of so many nodes, are tried in other places."""
SCALING = ("factor", "constant", "sum", "sign", "term", "power", "value", "call")
"""The kinds of edits that may do no more than multiply a value with a constant."""
USUAL = 1.56
"""Up to this cost an error is a usual one, and tried first."""
INSTANCES = 3
"""So many executions of a line are looked at."""


@dataclass
class _Trial:
    """An edit, and what the edited line's value was each time that the line ran."""

    edit: Edit
    signatures: list[Any] = field(default_factory=list)


def _applied_code(edit: Edit, root: Slot) -> types.CodeType | None:
    """The line's value with an edit, compiled: it is wanted in several frames."""
    with edit.applied():
        return code_of(root.get())


class Candidates:
    """A hook that finds the edits of each suspect while the program runs."""

    def __init__(
        self,
        suspects: Sequence[Suspect],
        group: Sequence[Suspect],
        pool: Pool,
        factors: Any,
        impure: set[str],
        gradients: Any,
        forward: set[Unit],
        unusual: bool = False,
    ) -> None:
        self._forward = forward
        self._unusual = unusual
        self._seen: Counter[Suspect] = Counter()
        self._fresh: dict[Suspect, list[_Trial]] = {}
        for suspect in suspects:
            suspect.looks, suspect.looked = [], False
        self._group = [suspect for suspect in group if suspect.prepared == unusual]
        self._first = {suspect.sites[0].number: suspect for suspect in self._group}
        self._by_site = {
            site.number: (suspect, site) for suspect in suspects for site in (*suspect.sites, suspect.root)
        }
        self._pool = pool
        self._factors = factors
        self._impure = impure
        self._gradients = gradients
        self._busy = False
        self._scale = 1.0
        self._right: Suspect | None = None
        self._looked_at: set[Any] = set()

    def value(self, number: int, value: Any, key: Any = None) -> Any:
        """Look at a value, and at its line when it is the line's first."""
        if self._busy:  # their functions, called from here to try an expression
            return value
        self._busy = True
        try:
            suspect, site = self._by_site[number]
            if site is suspect.root and not suspect.looked and not isinstance(suspect.statement, ast.AugAssign):
                suspect.looked = True
                self._look(suspect, site, value, key)
                suspect.right_before = self._right
                if suspect.looks_right and suspect.looks[0][0] == "gradient":
                    self._right = suspect
            if number in self._first and self._seen[suspect] < INSTANCES:
                self._line(suspect, sys._getframe(1))
                self._seen[suspect] += 1
        except Exception:  # an expression of theirs that can't be tried: this line has no edits
            self._seen[suspect] = INSTANCES
        finally:
            self._busy = False
        return value

    def _line(self, suspect: Suspect, frame: Any) -> None:
        """The line's edits, and what each gives here: before the line has done what it does."""
        new = suspect not in self._fresh
        phrases = phrases_of(suspect.unit.node) if new and not self._unusual else []
        scope = Scope(frame, self._pool, self._factors, self._impure, self._gradients, phrases)
        root = suspect.root.slot
        if root is None:
            return
        value = scope.value_of(root.get())
        if new:
            edits = suspect.later if self._unusual else self._edits(suspect, scope, root, value)
            inside = {id(part) for part in ast.walk(root.get())}
            for edit in edits:
                edit.value = _applied_code(edit, root) if edit.lies_in(inside) else None
            self._fresh[suspect] = [_Trial(edit) for edit in edits]
        if value is None:
            return
        own = signature(value)
        for trial in self._fresh[suspect]:
            edit = trial.edit
            if edit.value is None or (len(trial.signatures) > 1 and trial.signatures[-1] not in ("same", "fails")):
                continue  # it changes more than the value, or that it does something is known
            scope.pool.start(0)
            result = scope.result_of(edit.value)
            mark = signature(result)
            trial.signatures.append("same" if mark == own else "fails" if result is None else mark)
            if edit.kind in SCALING and isinstance(result, np.ndarray) and isinstance(value, np.ndarray):
                edit.scale = ratio_of(result, value) if result.shape == value.shape else None

    def _edits(self, suspect: Suspect, scope: Scope, root: Any, value: Any) -> list[Edit]:
        """The usual edits of a line; the others are put off."""
        body = suspect.root.body if suspect.alone else None
        tree = suspect.statement if suspect.alone else None
        edits = edits_of(tree, body, scope, root, _reads(suspect.unit.node), suspect.root.variable)
        if _is_well_known(suspect, scope, value):
            for edit in edits:
                edit.cost += 0.6
        suspect.later = [edit for edit in edits if USUAL < edit.cost < 4]
        return [edit for edit in edits if not USUAL < edit.cost < 4]

    def _look(self, suspect: Suspect, site: Site, value: Any, key: Any) -> None:
        """What a value looks like: a value of the forward pass, or a multiple of a true gradient."""
        if not isinstance(value, (np.ndarray, np.floating)) or value.dtype.kind != "f":
            return
        if not value.any():
            suspect.looks.append(("buffer" if _is_filled(suspect) else "zero", 1.0))
            return
        name = key if isinstance(key, str) else site.variable
        computed = not isinstance(site.slot.get() if site.slot else None, (ast.Name, ast.Attribute, ast.Subscript))
        # What is only handed on is the forward pass's value only under the forward pass's name.
        forward = self._pool.all("value", value, name, computed, site.number)
        named, others = self._pool.gradients_by_name(value, name)
        first = value.item(0)
        near = 2e-8 * (1 + abs(first))  # asked first: `allclose` takes 25 us
        # `dA2 = A2 - Y` is meant to be a gradient; what people call an error is often the residual itself.
        meant = not name.lower().endswith(("error", "err")) and any(ratio_of(value, true) for true in named)
        if not meant and any(abs(v.item(0) - first) <= near and np.allclose(v, value, rtol=1e-9) for v in forward):
            suspect.looks.append(("value", 1.0))
            return
        if value.size < 2:  # a single number is a multiple of any other
            others = []
            if not named:
                return
        for kind, trues in (("gradient", named or others), ("misnamed", others)):
            ratios = [ratio for ratio in (ratio_of(value, true) for true in trues) if ratio]
            if not ratios:
                continue
            ratio = min(ratios, key=lambda r: abs(np.log(abs(r))) + (r < 0))
            if self._is_unchanged(suspect, value):
                suspect.looks.append(("" if kind == "gradient" else "wrong", 1.0))
                return
            suspect.scale_before, self._scale = self._scale, ratio
            suspect.looks.append((kind, ratio))
            return
        parameters = {n.lower() for n in self._pool.of_kind("parameter")}
        suspect.looks.append(("wrong" if named and not parameters & set(stems(name)) else "", 1.0))

    def _is_unchanged(self, suspect: Suspect, value: Any) -> bool:
        """Whether a line that is there to change a value has left it as it was: that proves nothing."""
        mark = signature(value)
        before = mark in self._looked_at
        self._looked_at.add(mark)
        if not before or not isinstance(suspect.statement, ast.Assign):
            return False
        given = {argument.arg for argument in suspect.unit.node.args.args}
        return getattr(suspect.statement.value, "id", "") not in given

    def finish(self) -> None:
        """Leave out the edits that change nothing, fail, or do what another does; add to the cost of doubtful ones."""
        for suspect in self._group:
            suspect.prepared = 1 + self._unusual
            seen: dict[Any, Edit] = {}
            for trial in self._fresh.get(suspect, []):
                edit, signatures = trial.edit, trial.signatures
                if signatures and all(mark in ("same", "fails") for mark in signatures):
                    continue
                mark = (edit.kind, *signatures)
                if signatures and None not in mark:
                    if mark in seen:
                        seen[mark].alike.append(edit)
                        continue
                    seen[mark] = edit
                if edit.kind == "unexplained" and suspect.looks[:1] == [("buffer", 1.0)]:
                    continue  # what is added to it would be added to the truth
                edit.cost += self._doubt(suspect, edit)
                if suspect.unit in self._forward and suspect.computes and edit.kind in ("value", "phrase"):
                    edit.cost += 1.3  # the loss does without it: what is wrong is to use it
                suspect.edits.append(edit)

    def _doubt(self, suspect: Suspect, edit: Edit) -> float:
        looks = suspect.looks
        if not looks or not all(kind for kind, _ in looks):
            return 0.05 if edit.scale else 0.0
        kind, scale = looks[0]
        if kind == "value" and isinstance(suspect.statement, ast.Return) and suspect.unit not in self._forward:
            return 0.3  # a function of the backward pass alone: it is there to give a derivative
        if kind == "misnamed" and edit.scale and abs(scale / suspect.scale_before - 1) < 1e-6:
            return 0.35
        if kind == "misnamed" and abs(scale - 1) < 1e-6 and edit.kind == "unexplained" and suspect.goes_on:
            return 0.2  # right, if not yet what its name says
        if kind in ("wrong", "misnamed"):
            more = 0.2 if kind == "misnamed" else 0.05 if edit.scale else 0.0
            return -3.8 if edit.kind == "unexplained" and edit.cost == 5 else more
        inherited = abs(scale - 1) > 1e-6 and abs(scale / suspect.scale_before - 1) < 1e-6
        if edit.scale and inherited:
            return 0.3
        if edit.scale and kind == "gradient":
            # Put right, its scale is that of the gradient before it: it changes here for no reason.
            right = scale * edit.scale
            one = abs(right) if edit.scale > 0 else right  # with `y - output` all gradients have the other sign
            if min(abs(right / suspect.scale_before - 1), abs(one - 1)) < 1e-6:
                return 0.0
            return 0.1 if _is_whole(right) and not _is_whole(scale) else 0.6
        return 0.0 if kind == "zero" else 1.0


def _is_whole(scale: float) -> bool:
    """Whether it is a number of samples, or one over it."""
    return scale > 0 and any(abs(x - round(x)) < 1e-6 * x for x in (scale, 1 / scale))


_WELL_KNOWN = (
    lambda x: 1 / (1 + np.exp(-x)), np.tanh, np.exp, lambda x: np.log1p(np.exp(x)), lambda x: np.maximum(x, 0)
)  # fmt: skip


def _is_well_known(suspect: Suspect, scope: Scope, value: Any) -> bool:
    """Whether a function returns the sigmoid, or the like, of its argument: it does what it is for."""
    arguments = suspect.unit.node.args.args
    if len(arguments) != 1 or not isinstance(suspect.statement, (ast.Return, ast.expr)):
        return False
    x = scope.locals.get(arguments[0].arg)
    if not isinstance(x, np.ndarray) or np.shape(x) != np.shape(value):
        return False
    with np.errstate(all="ignore"):
        return any(np.allclose(function(x), value, rtol=1e-9) for function in _WELL_KNOWN)


def phrases_of(node: Any) -> list[str]:
    """What a function writes down to stand for values, short ones first: elements, calls, comparisons, sums.

    After them the elements of its lists, and of what else it has a name for, at the other indices that it uses.
    """
    found: dict[str, int] = {}
    lists, indices = [], []
    names = [p.arg for p in ast.walk(node) if isinstance(p, ast.arg)]
    names += [p.id for p in ast.walk(node) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)]
    for part in ast.walk(node):
        if isinstance(part, ast.Subscript) and isinstance(part.slice, (ast.Name, ast.BinOp, ast.UnaryOp)):
            lists.append(ast.unparse(part.value))
            indices.append(ast.unparse(part.slice))
        if isinstance(part, (ast.Subscript, ast.Attribute, ast.Call, ast.Compare, ast.BinOp)):
            size = sum(1 for _ in ast.walk(part))
            writes = isinstance(part, ast.Call) and getattr(part.func, "attr", "") in WRITING
            if size <= LONGEST and not writes and isinstance(getattr(part, "ctx", ast.Load()), ast.Load):
                found.setdefault(ast.unparse(part), size)
    others = [f"{name}[{index}]" for name in dict.fromkeys(lists + names) for index in dict.fromkeys(indices)]
    return [
        *sorted(found, key=lambda text: found[text])[:PHRASES],
        *(o for o in others[: 3 * PHRASES] if o not in found),
    ]


def _reads(node: Any) -> dict[str, int]:
    """How often each variable that a function computes itself is read in it."""
    stored = {
        target.id for part in ast.walk(node)
        if isinstance(part, ast.Assign) and not isinstance(part.value, ast.Subscript)
        for target in part.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    reads = Counter(p.id for p in ast.walk(node) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Load))
    return {name: reads[name] for name in stored}


def _is_filled(suspect: Suspect) -> bool:
    """Whether a buffer of zeros is written into or added to later on."""
    targets = [
        part.target if isinstance(part, ast.AugAssign) else part.targets[0]
        for part in ast.walk(suspect.unit.node) if isinstance(part, (ast.Assign, ast.AugAssign))
        and part is not suspect.statement
    ]  # fmt: skip
    for target in targets:
        while isinstance(target, ast.Subscript):
            target = target.value
        if getattr(target, "id", getattr(target, "attr", "")) == suspect.root.variable:
            return True
    return False

"""Changes of one line that would put a usual error right.

Each `Edit` is a change of the syntax tree with its cause in words. Nothing here knows whether an edit helps: the
search runs the changed program and compares numbers.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .expressions import (
    Add,
    binary,
    called,
    compare,
    constant,
    is_reference,
    method,
    parsed,
    shaped,
    text,
)
from .pool import NEAREST, POOL
from .scope import Scope
from .sites import Slot, _Item, loaded
from .statements import statements
from .watching import _placed


@dataclass
class Edit:
    """A change of the tree.

    Attributes
    ----------
    cost : float
        The lower, the more usual the error.
    kind : str
    cause : str
        What was wrong, in words.
    changes : list of (Slot, expression)
    scale : float or None
        The constant that it multiplies the line's value with, if that is all that it does.
    alike : list of Edit
        Less usual ones that give the same value at the first point, if not elsewhere.
    value : code object or None
        The line's edited value, where the edit changes that alone.
    """

    cost: float
    kind: str
    cause: str
    changes: list[tuple[Any, Any]]
    scale: float | None = None
    alike: list[Edit] = field(default_factory=list)
    value: types.CodeType | None = None

    def lies_in(self, parts: set[int]) -> bool:
        """Whether all that it changes is among these nodes (their `id`)."""
        return all(id(slot.get()) in parts for slot, _ in self.changes)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The tree is changed inside the block."""
        before = [slot.get() for slot, _ in self.changes]
        try:
            for slot, node in self.changes:
                # Here, since most edits are never tried: to place them all takes a tenth of the whole check.
                slot.set(node if hasattr(node, "lineno") else _placed(node, slot.get()))
            yield
        finally:
            for (slot, _), node in zip(reversed(self.changes), reversed(before), strict=True):
                slot.set(node)


def slots_of(statement: Any) -> list[Slot]:
    """Every place of an expression in a statement, outer ones first; not those of the statements inside it."""
    found: list[Slot] = []

    def visit(node: Any) -> None:
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse", "finalbody", "handlers") and isinstance(value, list):
                continue
            if isinstance(value, list):
                for k, item in enumerate(value):
                    if isinstance(item, ast.expr):
                        found.append(_Item(value, k))
                    if isinstance(item, ast.AST):
                        visit(item)
            elif isinstance(value, ast.expr):
                found.append(Slot(node, name))
                visit(value)
            elif isinstance(value, ast.AST):
                visit(value)

    visit(statement)
    return [slot for slot in found if not isinstance(getattr(slot.get(), "ctx", None), (ast.Store, ast.Del))]


def edits_of(statement: Any, body: Any, scope: Scope, root: Slot, counts: dict[str, int], variable: str) -> list[Edit]:
    """The edits of a line, the usual errors first.

    Parameters
    ----------
    statement : syntax tree or None
        All of it may change; where it is None, the expression `root` alone.
    body : list or None
        The statements among which it stands.
    scope : Scope
    root : Slot
        The line's value.
    counts : dict
        How often each variable of the function is read in it.
    variable : str
        What the value is called.
    """
    found: list[Edit] = []
    forward: set[int] = set()
    unused = [name for name, reads in counts.items() if not reads]
    updates = isinstance(statement, ast.AugAssign) and scope.is_parameter(scope.value_of(loaded(statement.target)))
    passed = {
        id(argument) for part in ast.walk(root.get()) if isinstance(part, ast.Call) and scope.calls_theirs(part.func)
        for argument in part.args
    }  # fmt: skip
    handed = is_reference(root.get()) and not isinstance(root.parent, (ast.Assign, ast.AugAssign))

    def add(cost: float, kind: str, cause: str, *changes: tuple[Slot, Any]) -> None:
        old = changes[0][0].get()
        if any(f"`{name}`" in cause for name in unused):
            cost -= 0.4  # they have worked it out, and use it nowhere
        if updates and cost < 2.5:
            cost += 1.0  # a step of descent may be any: what is wrong is to use the parameter after it
        if kind == "value" and isinstance(old, ast.Name) and counts.get(old.id, 9) <= len(changes):
            cost += 0.8  # it would be computed for nothing
        elif kind == "value" and old is root.get() and getattr(old, "id", "") == variable:
            cost += 0.8  # what goes by its own name is seldom another's
        elif kind != "unexplained" and id(old) in forward:
            cost += 0.2  # the forward pass computes it, too
        elif (
            kind not in ("value", "unexplained")
            and is_reference(old)
            and ((handed and old is root.get()) or id(old) in passed)
        ):
            cost += 0.4  # what only hands a value on can be wrong in which value it is
        found.append(Edit(cost, kind, cause, list(changes)))

    whole = isinstance(statement, ast.stmt)
    slots = slots_of(statement) if whole else [root, *slots_of(root.get())]
    stored = {id(part) for target in _targets(statement) for part in _base(target)}
    names = [slot for slot in slots if is_reference(slot.get()) and id(slot.get()) not in stored]
    for slot in slots:
        if isinstance(slot.get(), ast.BinOp) and slot is not root and scope.is_forward(scope.value_of(slot.get())):
            forward.add(id(slot.get()))
    _references(names, scope, add)
    for slot in slots:
        node = slot.get()
        if isinstance(node, (ast.Constant, ast.UnaryOp)):
            for name in unused:
                add(1.6, "value", f"`{text(node)}` stands where `{name}` belongs", (slot, parsed(name)))
                add(1.6, "value", f"`{text(node)}` stands where -`{name}` belongs", (slot, parsed(f"-{name}")))
        if isinstance(node, ast.BinOp):
            binary(slot, node, add)
        elif (
            isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.USub)
            and not isinstance(node.operand, ast.Constant)
        ):
            add(1.1, "sign", "the sign is flipped", (slot, node.operand))
        elif isinstance(node, ast.Compare):
            compare(slot, node, add)
        elif isinstance(node, ast.Call):
            called(slot, node, add)
        elif isinstance(node, ast.Constant):
            constant(slot, node, add)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(slot.parent, ast.Subscript):
            swapped = ast.Tuple(node.elts[::-1], ast.Load())
            add(1.25, "transpose", f"the indices in `{text(slot.parent)}` are swapped", (slot, swapped))
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            add(1.2, "transpose", f"`{text(node)}` is transposed once too often", (slot, node.value))
        shaped(slot, node, scope, add)
    _root(root, root.get(), scope, add)
    if body is not None and whole:
        statements(_Item(body, next(k for k, s in enumerate(body) if s is statement)), statement, scope, add)
    return sorted(found, key=lambda edit: edit.cost)


def _references(names: list[Slot], scope: Scope, add: Add) -> None:
    """Another value used than the chain rule needs."""
    texts = [text(slot.get()) for slot in names]
    for place, own in enumerate(texts):
        slot = names[place]
        if own not in scope:
            continue
        same = [other for other, name in zip(names, texts, strict=True) if name == own]
        for other in scope.instead_of(own):
            cause = f"`{own}` is used where `{other}` belongs"
            if not is_reference(parsed(other)):
                add(2.1 if "(" in other else 1.5, "phrase", cause, (slot, parsed(other)))
                continue
            add(1.0, "value", cause, (slot, parsed(other)))
            if len(same) > 1 and same[0] is slot:
                add(1.05, "value", cause, *[(s, parsed(other)) for s in same])
            if len(same) > 2:
                for left in same:
                    rest = [s for s in same if s is not left]
                    if same[0] is slot:
                        add(1.4, "value", cause, *[(s, parsed(other)) for s in rest])


def _root(slot: Slot, node: Any, scope: Scope, add: Add) -> None:
    """Changes of a line's result."""
    value = scope.value_of(node)
    if isinstance(node, (ast.Dict, ast.Tuple, ast.List)) or not isinstance(value, (np.ndarray, np.floating, float)):
        return
    own = text(node)
    if is_reference(node) and not isinstance(slot.parent, (ast.Assign, ast.AugAssign, ast.Return)):
        return  # what only hands a value on can be wrong in which value it is
    more = 0.3 if is_reference(node) and isinstance(slot.parent, ast.Return) else 0.0
    _chain(slot, node, add)
    if isinstance(node, ast.Call) and isinstance(value, np.ndarray) and not value.any():
        for way in scope.products(value.shape):
            add(1.75, "left out", f"`{own}` cuts off what comes from `{way}`", (slot, parsed(way)))
    for other in (*scope.same_shape(value), *scope.biases(value)):
        if other != own:
            add(
                1.7 + more, "term", f"the term `{other}` is left out", (slot, ast.BinOp(node, ast.Add(), parsed(other)))
            )
    factors = scope.same_shape(value) if isinstance(value, np.ndarray) else scope.arrays()
    for other in (*factors, *scope.masks(value)):
        product = ast.BinOp(node, ast.Mult(), parsed(other))
        add(1.76 + more, "factor", f"the factor `{other}` is left out", (slot, product))
    for other in scope.slopes(value):
        product = ast.BinOp(node, ast.Mult(), parsed(other))
        add(1.5 + more, "left out", f"the factor `{other}` is left out", (slot, product))
    for factor, other in scope.residuals(value):
        if other in own or other in (text(t) for t in _targets(slot.parent)):
            continue  # a multiple of itself is a factor
        term = ast.BinOp(ast.Constant(factor), ast.Mult(), parsed(other))
        add(
            1.6 + more,
            "term",
            f"the term {factor:.6g} * `{other}` is left out",
            (slot, ast.BinOp(node, ast.Add(), term)),
        )
    for factor, name in scope.factors():
        cost = 1.35 if factor == -1 else 1.6
        add(cost + more, "factor", name, (slot, ast.BinOp(node, ast.Mult(), ast.Constant(factor))))
    for part in _terms(slot):
        if part is not slot:
            for factor, _ in scope.factors():
                new = ast.BinOp(part.get(), ast.Mult(), ast.Constant(factor))
                add(1.7, "factor", f"the term `{text(part.get())}` needs the factor {factor:g}", (part, new))
    if isinstance(value, np.ndarray):
        for axis in range(np.ndim(value)):
            for keepdims in (False, True):
                total = method(node, "sum", axis=axis, keepdims=keepdims)
                add(1.5, "sum", f"the sum over axis {axis} is missing", (slot, total))
        add(1.55, "sum", "the sum over all samples is missing", (slot, method(node, "sum")))
    _cotangents(slot, node, value, scope, 5.0, add)


def _base(target: Any) -> list[Any]:
    """Of ``cache[key] = value`` the parts that say into what is stored."""
    found = []
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        target = target.value
        found.append(target)
    return found


def _targets(node: Any) -> list[Any]:
    return node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []


def _cotangents(slot: Slot, node: Any, value: Any, scope: Scope, cost: float, add: Add) -> None:
    """The true gradient itself in a value's place: shows that the value is wrong, and not why."""
    if scope.cotangents_like(value):
        like = ast.Call(ast.Name(NEAREST, ast.Load()), [ast.Constant("gradient"), node], [])
        add(cost, "unexplained", "it is not the true gradient", (slot, like))
    for index, name in scope.cotangents_like(value):
        new = ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])
        add(cost, "unexplained", f"it is not the gradient by {name}", (slot, new))


def _chain(slot: Slot, node: Any, add: Add) -> None:
    """Two factors too much in a product: an activation's derivative written out."""
    factors: list[tuple[Any, bool]] = []

    def flatten(part: Any, divided: bool) -> None:
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult):
            flatten(part.left, divided)
            flatten(part.right, divided)
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
            flatten(part.left, divided)
            flatten(part.right, not divided)
        else:
            factors.append((part, divided))

    flatten(node, False)
    if not 3 <= len(factors) <= 6:
        return
    for i in range(len(factors)):
        for j in range(i):
            rest = [f for k, f in enumerate(factors) if k not in (i, j)]
            first = next((k for k, f in enumerate(rest) if not f[1]), None)
            if first is None:
                continue
            product = rest.pop(first)[0]
            for factor, divided in rest:
                product = ast.BinOp(product, ast.Div() if divided else ast.Mult(), factor)
            gone = f"`{text(factors[j][0])} * {text(factors[i][0])}`"
            add(1.35, "factor", f"the factors {gone} are too much", (slot, product))


def _terms(slot: Slot) -> list[Slot]:
    """The terms of a sum, or the sum itself."""
    node = slot.get()
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        return [*_terms(Slot(node, "left")), *_terms(Slot(node, "right"))]
    return [slot]

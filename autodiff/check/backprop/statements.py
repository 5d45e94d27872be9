"""Changes of a statement as a whole: what it adds to, overwrites, or does at all."""

from __future__ import annotations

import ast
import copy
from typing import Any

from .expressions import Add, call, operator, text
from .scope import Scope
from .sites import Slot, loaded


def statements(slot: Slot, statement: Any, scope: Scope, add: Add) -> None:
    """Changes of a statement as a whole."""
    if isinstance(statement, ast.AugAssign):
        target: Any = statement.target
        value, op = statement.value, statement.op
        add(
            1.3,
            "accumulation",
            f"`{text(statement)}` adds to what is there already",
            (slot, ast.Assign([target], value)),
        )
        apart = ast.Assign([target], ast.BinOp(loaded(target), op, value))
        add(1.25, "accumulation", f"`{text(statement)}` changes an array that is used elsewhere, too", (slot, apart))
        if isinstance(op, (ast.Add, ast.Sub)):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            cause = f"`{operator(op)}=` in place of `{operator(other)}=`"
            add(1.15, "sign", cause, (slot, ast.AugAssign(target, other, value)))
        if isinstance(op, ast.Add) and isinstance(target, ast.Subscript):
            at = ast.Expr(call("np.add.at", target.value, target.slice, value))
            add(1.3, "accumulation", "`+=` adds once where an index comes twice; np.add.at adds each time", (slot, at))
        cost = 1.28 if isinstance(op, (ast.Div, ast.Mult)) else 1.35
        if scope.is_parameter(scope.value_of(loaded(target))):
            cost = 2.5  # an update: what is wrong is to use the parameter after it
        add(cost, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        own = text(target)
        if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            total = ast.BinOp(loaded(target), ast.Add(), statement.value)
            add(
                1.3,
                "accumulation",
                f"`{own}` is overwritten where it has to be added to",
                (slot, ast.Assign([target], total)),
            )
        if isinstance(target, ast.Subscript):
            add(1.4, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    if isinstance(statement, ast.Expr):
        add(1.4, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    target = statement.target if isinstance(statement, ast.AugAssign) else None
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Subscript):
        target = statement.targets[0]
    if target is not None:
        base = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(base, (ast.Name, ast.Attribute)) and not isinstance(scope.value_of(loaded(base)), dict):
            stored = copy.deepcopy(base)
            stored.ctx = ast.Store()
            for factor, name in scope.factors():
                more = ast.AugAssign(stored, ast.Mult(), ast.Constant(factor))
                add(1.65, "factor", name, (slot, ast.If(ast.Constant(True), [statement, more], [])))

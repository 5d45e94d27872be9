"""Their code with its values passing hooks, which may write them down, or put others in their place."""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .sites import Site
from .sources import Definition, Unit

VALUE = "__autodiff_value__"
AFTER = "__autodiff_after__"
EDITED = "__autodiff_edited__"
"""The names under which the watched code finds its hooks, among the builtins."""


def watched(
    unit: Unit, sites: Sequence[Site], compiled: Callable[[Unit], types.CodeType] = Unit.compiled
) -> types.CodeType:
    """The unit's code as the tree now is, with the values at these sites passing the hooks."""
    undo: list[Callable[[], None]] = []
    try:
        # A site inside another is wrapped first, so that what is wrapped stays where it was.
        for site in sites:
            if site.unit is unit:
                undo.extend(_wrapped(site))
        return compiled(unit)
    finally:
        for step in reversed(undo):
            step()


def _wrapped(site: Site) -> Iterator[Callable[[], None]]:
    slot, node = site.slot, None
    if slot is not None:
        node = slot.get()
        arguments = [ast.Constant(site.number), node, *([] if site.key is None else [site.key])]
        slot.set(_placed(ast.Call(ast.Name(VALUE, ast.Load()), arguments, []), node))
        yield lambda: slot.set(node)
    if (slot is None or site.after is not None) and site.body is not None:
        value = ast.Name(site.variable, ast.Load()) if slot is None else site.after
        call = ast.Call(ast.Name(AFTER, ast.Load()), [ast.Constant(site.number), value], [])
        statement = _placed(ast.Expr(call), site.statement)
        body = site.body
        places = [k for k, other in enumerate(body) if other is site.statement]
        if slot is None or places:  # an edit may have put another statement there
            body.insert(0 if slot is None else places[0] + 1, statement)
            yield lambda: body.remove(statement)


def _placed(node: Any, at: Any) -> Any:
    """A new node, and what in it is new, at the place of an old one."""
    new = [node]
    while new:
        part = new.pop()
        if not hasattr(part, "lineno"):
            part.lineno, part.col_offset = at.lineno, at.col_offset
            part.end_lineno, part.end_col_offset = at.end_lineno, at.end_col_offset
        elif part is not node:
            continue  # an old one, and what is in it
        for field in part._fields:  # written out: `ast.iter_child_nodes` takes twice the time
            value = getattr(part, field, None)
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, ast.AST) and child._attributes:
                    new.append(child)
    return node


def open_at(site: Site) -> types.CodeType | None:
    """The unit's code with a call of EDITED in a value's place; None where that can't be compiled.

    A whole function takes 100 to 200 us to compile, an expression 20: of a line's many edits most are expressions.
    """
    slot = site.slot
    if slot is None:
        return None
    node = slot.get()
    functions = [part for part in ast.walk(site.unit.node) if isinstance(part, Definition)]
    if any(node in ast.walk(f) for f in functions if f is not site.unit.node or isinstance(f, ast.Lambda)):
        return None  # a function inside one keeps the variables around it only if it names them
    slot.set(_placed(ast.Call(ast.Name(EDITED, ast.Load()), [], []), node))
    try:
        return site.unit.compiled()
    except (ValueError, SyntaxError, TypeError, StopIteration):
        return None
    finally:
        slot.set(node)


@contextmanager
def edited(code: types.CodeType) -> Iterator[None]:
    """Let opened code take this expression's value inside the block."""

    def value() -> Any:
        frame = sys._getframe(1)
        return eval(code, frame.f_globals, frame.f_locals)  # their own expression, with an edit

    setattr(builtins, EDITED, value)
    try:
        yield
    finally:
        delattr(builtins, EDITED)


@contextmanager
def hooks(value: Callable[..., Any], after: Callable[[int, Any], None]) -> Iterator[None]:
    """Let watched code call these inside the block."""
    setattr(builtins, VALUE, value)
    setattr(builtins, AFTER, after)
    try:
        yield
    finally:
        delattr(builtins, VALUE)
        delattr(builtins, AFTER)

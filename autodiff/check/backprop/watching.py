"""Their code with its values passing hooks, which may write them down, or put others in their place."""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .sites import Site
from .sources import Unit

VALUE = "__autodiff_value__"
AFTER = "__autodiff_after__"
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
        if "lineno" in part._attributes and not hasattr(part, "lineno"):
            part.lineno, part.col_offset = at.lineno, at.col_offset
            part.end_lineno, part.end_col_offset = at.end_lineno, at.end_col_offset
        elif "lineno" in part._attributes and part is not node:
            continue  # an old one, and what is in it
        new.extend(ast.iter_child_nodes(part))
    return node


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

"""A Python value that a function reads: where it was found, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

import numpy as np

PLAIN = (bool, int, float, complex, str, bytes, type(None), np.dtype, np.generic)
"""What is compared by value."""
ABSENT = object()


class Item:
    """A place where a Python value was found.

    Attributes
    ----------
    kind : {"cell", "global", "attribute", "length", "entry"}
    holder : object
        The cell, dict, object or container.
    key : object
        Name or index in it.
    value : object
        What was there.
    path : str
        How the user would write it.
    parent : Item or None
        Where the holder was found.
    code : CodeType or None
        What looks it up.
    late : bool
        Whether what counts is what is there after the recording.
    """

    __slots__ = ("code", "holder", "key", "kind", "late", "parent", "path", "value")

    def __init__(self, kind: str, holder: Any, key: Any, path: str, parent: Item | None, code: CodeType | None) -> None:
        self.kind = kind
        self.holder = holder
        self.key = key
        self.path = path
        self.parent = parent
        self.code = code
        self.value: Any = None
        self.late = False

    def now(self) -> Any:
        """What is there now."""
        try:
            if self.kind == "cell":
                return self.holder.cell_contents
            if self.kind == "length":
                return len(self.holder)
            if self.kind == "attribute":
                return getattr(self.holder, self.key, ABSENT)
            return self.holder[self.key]
        except (KeyError, IndexError, ValueError):
            return ABSENT

    def put(self, value: Any) -> bool:
        """Put another value in its place; whether that can be done."""
        try:
            if self.kind == "cell":
                self.holder.cell_contents = value
            elif self.kind == "attribute":
                setattr(self.holder, self.key, value)
            else:
                self.holder[self.key] = value
        except (AttributeError, TypeError):  # a tuple, a frozen dataclass
            return False
        return True

    def holds(self) -> bool:
        """Whether that is still the same."""
        return same(self.now(), self.value)


def same(now: Any, before: Any) -> bool:
    """Whether a value is the recorded one: a plain value by type and value, everything else by identity."""
    if now is before:
        return True
    if type(now) is not type(before) or not isinstance(before, PLAIN):
        return False
    if isinstance(before, (float, complex, np.floating, np.complexfloating)):
        return repr(now) == repr(before)
    return bool(now == before)


def source_of(items: list[Item], refer: Callable[[Any, str], str]) -> list[str]:
    """Conditions, as source, that hold as long as nothing has changed."""
    conditions = []
    for item in items:
        holder, value = refer(item.holder, "h"), refer(item.value, "k")
        if item.kind == "cell":
            now = f"{holder}.cell_contents"
        elif item.kind == "length":
            conditions.append(f"len({holder}) == {item.value}")
            continue
        elif item.kind == "attribute" and item.key.isidentifier():
            now = f"{holder}.{item.key}"
        else:
            now = f"{holder}[{item.key!r}]" if isinstance(item.key, (str, int)) else f"{holder}[{refer(item.key, 'k')}]"
        if isinstance(item.value, PLAIN) and not isinstance(item.value, (bool, type(None))):
            conditions.append(f"({now} is {value} or {refer(same, 'same')}({now}, {value}))")
        else:
            conditions.append(f"{now} is {value}")
    return conditions

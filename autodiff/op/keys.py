"""Arrays inside an index, which become arguments of the operation."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Slot(NamedTuple):
    """The place of an array in an index; `restore` puts it back."""

    position: int


def lift(key: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take the arrays out of an index, so that the operation sees them as arguments.

    Examples
    --------
    >>> from autodiff.op import lift
    >>> lift((slice(None), [2, 0]))
    ((slice(None, None, None), Slot(position=0)), (array([2, 0]),))
    """
    found: list[Any] = []

    def place(k: Any) -> Any:
        if k is None or k is Ellipsis or (isinstance(k, (int, slice)) and not isinstance(k, bool)):
            return k
        if isinstance(k, (list, bool)):
            k = np.asarray(k, dtype=None if k != [] else np.intp)
        elif isinstance(k, np.integer):
            return int(k)
        found.append(k)
        return Slot(len(found) - 1)

    lifted = tuple(place(k) for k in key) if isinstance(key, tuple) else place(key)
    return lifted, tuple(found)


def restore(key: Any, index: tuple[Any, ...]) -> Any:
    """The index that `lift` took apart."""
    if not index:
        return key
    if isinstance(key, Slot):
        return index[key.position]
    return tuple(index[k.position] if isinstance(k, Slot) else k for k in key)

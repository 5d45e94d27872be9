"""What the user's functions remember between calls: saved, and put back.

Whatever can be reached from them (closures, `self`, the globals that they name) is looked at: arrays, dictionaries,
lists, sets, instances of their classes and random generators. A check runs their code many times, from the same
state each time, and leaves it as it was.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from .sources import is_theirs

LIMIT = 20_000
"""So many objects are looked at, and no more."""

_PLAIN = (int, float, complex, str, bytes, bool, type(None), np.generic, range, slice, type, types.ModuleType)


class State:
    """The mutable objects within reach of some functions, with what they hold now."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._saved: list[tuple[Callable[[Any, Any], None], Any, Any]] = []
        self._globals: list[tuple[dict[str, Any], str, Any]] = []
        seen: dict[int, Any] = {}
        pending = list(roots)
        while pending and len(seen) < LIMIT:
            x = pending.pop()
            if isinstance(x, _PLAIN) or id(x) in seen:
                continue
            seen[id(x)] = x
            pending.extend(self._looked_at(x))
        self._random: Any = np.random.get_state()  # noqa: NPY002 (theirs)
        self.draws = True

    def has_drawn(self) -> bool:
        """Whether NumPy's global generator has moved on.

        Where it doesn't, `draws` can be unset, which saves 60 us a run.
        """
        now: Any = np.random.get_state()  # noqa: NPY002 (theirs)
        return any(not np.array_equal(a, b) for a, b in zip(self._random, now, strict=True))

    def _looked_at(self, x: Any) -> Iterable[Any]:
        """Save what `x` holds; what is to be looked at next."""
        if isinstance(x, np.ndarray):
            if x.flags.writeable:
                self._saved.append((_restore_array, x, x.copy()))
            return list(x.flat) if x.dtype == object else ()
        if isinstance(x, dict):
            self._saved.append((_restore_dict, x, dict(x)))
            return list(x.values())
        if isinstance(x, list):
            self._saved.append((_restore_list, x, list(x)))
            return list(x)
        if isinstance(x, set):
            self._saved.append((_restore_dict, x, set(x)))
            return ()
        if isinstance(x, (tuple, frozenset)):
            return list(x)
        if isinstance(x, (np.random.Generator, np.random.RandomState)):
            bits: Any = x.bit_generator if isinstance(x, np.random.Generator) else x
            save = bits.state if isinstance(x, np.random.Generator) else x.get_state()
            self._saved.append((_restore_random, bits, save))
            return ()
        if isinstance(x, types.MethodType):
            return [x.__self__, x.__func__]
        if isinstance(x, types.FunctionType):
            return self._function(x)
        if hasattr(x, "__dict__") and not callable(getattr(x, "__array__", None)):
            self._saved.append((_restore_dict, x.__dict__, dict(x.__dict__)))
            methods = [f for f in vars(type(x)).values() if isinstance(f, types.FunctionType)]
            return [*x.__dict__.values(), *methods]
        return ()

    def _function(self, function: types.FunctionType) -> Iterable[Any]:
        if not is_theirs(function.__code__.co_filename):
            return ()
        names = _names(function.__code__)
        within = [(function.__globals__, name) for name in names if name in function.__globals__]
        self._globals.extend((space, name, space[name]) for space, name in within)
        cells = []
        for cell in function.__closure__ or ():
            try:
                cells.append(cell.cell_contents)
                self._saved.append((_restore_cell, cell, cell.cell_contents))
            except ValueError:
                continue
        reached = [space[name] for space, name in within]
        classes = [f for c in reached if isinstance(c, type) for f in vars(c).values()]
        return [*reached, *cells, *classes, *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]

    def restore(self) -> None:
        """Put everything back as it was."""
        for put_back, x, saved in self._saved:
            put_back(x, saved)
        for space, name, value in self._globals:
            space[name] = value
        self.restore_random()

    def restore_random(self) -> None:
        """Put the random generators back, so that the backward pass draws what the forward pass drew."""
        if self.draws:
            np.random.set_state(self._random)  # noqa: NPY002
        for put_back, x, saved in self._saved:
            if put_back is _restore_random:
                put_back(x, saved)


def _names(code: types.CodeType) -> set[str]:
    found = set(code.co_names)
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            found |= _names(inner)
    return found


def _restore_array(x: Any, saved: Any) -> None:
    x[...] = saved


def _restore_dict(x: Any, saved: Any) -> None:
    x.clear()
    x.update(saved)


def _restore_list(x: Any, saved: Any) -> None:
    x[:] = saved


def _restore_random(x: Any, saved: Any) -> None:
    if isinstance(x, np.random.RandomState):
        x.set_state(saved)
    else:
        x.state = saved


def _restore_cell(x: Any, saved: Any) -> None:
    x.cell_contents = saved

"""What has to be as it was when a function was recorded: the Python values that it read.

Before the recording all that the function can reach (closure, globals, attributes, containers) is listed; while it
runs, which code is executed is noted. What this code can have read is compared at each replay, and what it changed is
an error, since a replay would not change it.
"""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from ..tensor import Tensor
from .conditions import ABSENT, PLAIN, Item
from .tracing import RecordingError

if TYPE_CHECKING:
    from .capture import Capture

_RANDOM = (np.random.Generator, np.random.RandomState)
_LIMIT = 20_000
_LIBRARIES = {*sys.stdlib_module_names, "autodiff", "numpy", "numba", "scipy", "torch", "jax", "pytest", "_pytest"}
_LIBRARIES -= {"__main__"}


def is_library(module: str | None, code: CodeType | None = None) -> bool:
    """Whether a module's code is nobody's who compiles functions; an example in a docstring is the user's."""
    if code is not None and code.co_filename.startswith("<doctest"):
        return False
    return (module or "builtins").partition(".")[0] in _LIBRARIES


class Surroundings:
    """All that a function can reach when it is called.

    A class may name attributes that are not looked at, in ``unwatched``: those that a recorded step handles itself; and
    in ``replaced_when_changed`` those that stay the same object as long as a recording is good.
    """

    def __init__(self, function: Callable[..., Any], args: Any, kwargs: Any) -> None:
        self.items: list[Item] = []
        self.tensors: dict[int, Tensor] = {}
        self._seen: dict[int, Any] = {}
        self._generators: list[tuple[Any, bytes]] = []
        self._codes: set[CodeType] | None = set()
        self._walk(function, getattr(function, "__name__", "function"), None)
        for tree in (args, kwargs):
            self._static(tree)
        self._others = _legacy_state()
        self._containers: list[tuple[Any, int]] = []

    def _static(self, tree: Any) -> None:
        """Look into the arguments that are neither Tensors nor arrays."""
        if isinstance(tree, (tuple, list)):
            for branch in tree:
                self._static(branch)
        elif isinstance(tree, dict):
            for branch in tree.values():
                self._static(branch)
        elif not isinstance(tree, (Tensor, np.ndarray)):
            self._walk(tree, type(tree).__name__, None)

    # Listing ---------------------------------------------------------------------------------------------------------

    def _add(self, kind: str, holder: Any, key: Any, path: str, parent: Item | None, code: CodeType | None) -> None:
        item = Item(kind, holder, key, path, parent, code)
        item.value = value = item.now()
        if value is ABSENT or len(self.items) > _LIMIT:
            return
        self.items.append(item)
        self._walk(value, path, item)

    def _walk(self, x: Any, path: str, parent: Item | None) -> None:
        if isinstance(x, (*PLAIN, np.ndarray)) or id(x) in self._seen:
            return
        self._seen[id(x)] = x
        if isinstance(x, Tensor):
            self.tensors[id(x)] = x
        elif isinstance(x, _RANDOM):
            self._generators.append((x, _random_state(x)))
        elif isinstance(x, FunctionType):
            self._function(x, path)
        elif isinstance(x, MethodType):
            self._walk(x.__self__, path, parent)
            self._walk(x.__func__, path, parent)
        elif isinstance(x, partial):
            for part in (x.func, x.args, x.keywords):
                self._walk(part, path, parent)
        elif isinstance(x, (list, tuple, dict, set, frozenset)):
            self._container(x, path, parent)
        elif isinstance(x, type):
            self._class(x, path, parent)
        elif isinstance(x, ModuleType):
            pass  # its names are listed with the code that uses it
        elif hasattr(x, "__wrapped__"):
            self._walk(x.__wrapped__, path, parent)
        elif not is_library(type(x).__module__):
            self._instance(x, path, parent)

    def _function(self, f: FunctionType, path: str) -> None:
        if hasattr(f, "operation") or is_library(f.__module__, f.__code__):
            return
        code = f.__code__
        for name, cell in zip(code.co_freevars, f.__closure__ or (), strict=True):
            self._add("cell", cell, name, name, None, code)
        for attribute in ("__defaults__", "__kwdefaults__"):
            if getattr(f, attribute):
                self._add("attribute", f, attribute, f"{path}.{attribute}", None, code)
        for name in vars(f):
            self._add("attribute", f, name, f"{path}.{name}", None, None)
        names = set(_names(code))
        for name in names & f.__globals__.keys():
            value = f.__globals__[name]
            self._add("global", f.__globals__, name, name, None, code)
            if isinstance(value, (ModuleType, type)) and not is_library(_module_of(value)):
                for attribute in names & vars(value).keys():
                    self._add("attribute", value, attribute, f"{name}.{attribute}", None, code)

    def _container(self, x: Any, path: str, parent: Item | None) -> None:
        if not isinstance(x, tuple):
            self._add("length", x, None, f"len({path})", parent, None)
        if len(x) > 1000:
            return
        if isinstance(x, (set, frozenset)):
            for entry in x:
                self._walk(entry, path, parent)
            return
        for key in x if isinstance(x, dict) else range(len(x)):
            self._add("entry", x, key, f"{path}[{key!r}]", parent, None)

    def _class(self, x: type, path: str, parent: Item | None) -> None:
        if is_library(x.__module__):
            return
        for name, value in list(vars(x).items()):
            if isinstance(value, (classmethod, staticmethod)):
                value = value.__func__
            if isinstance(value, property):
                value = value.fget
            if isinstance(value, FunctionType):
                self._walk(value, f"{path}.{name}", parent)

    def _instance(self, x: Any, path: str, parent: Item | None) -> None:
        unwatched = getattr(type(x), "unwatched", ())
        names = dict.fromkeys(getattr(x, "__dict__", ()))
        if hasattr(x, "__dict__") and not unwatched:
            self._add("length", x.__dict__, None, f"the attributes of {path}", parent, None)
        for cls in type(x).__mro__:
            if is_library(cls.__module__):
                continue
            self._walk(cls, cls.__name__, None)
            slots = vars(cls).get("__slots__", ())
            names.update(dict.fromkeys([slots] if isinstance(slots, str) else slots))
            names.update(dict.fromkeys(name for name, value in vars(cls).items() if isinstance(value, PLAIN)))
        for name in names:
            if name in getattr(type(x), "replaced_when_changed", ()):
                item = Item("attribute", x, name, f"{path}.{name}", parent, None)
                item.late = True
                self.items.append(item)
            elif name in unwatched:
                self._tensors_in(getattr(x, name, None))
            elif not name.startswith("__"):
                self._add("attribute", x, name, f"{path}.{name}", parent, None)

    def _tensors_in(self, x: Any) -> None:
        """Find the Tensors of what is not looked at otherwise."""
        if isinstance(x, Tensor):
            self.tensors[id(x)] = x
        elif isinstance(x, (list, tuple)):
            for entry in x:
                self._tensors_in(entry)

    @contextmanager
    def drawing(self, recorded: Callable[[Any], Any]) -> Iterator[None]:
        """Put a recorded generator in the place of each that was found, for as long as the block lasts."""
        found = [(item, item.value) for item in self.items if isinstance(item.value, _RANDOM)]
        try:
            for item, generator in found:
                item.put(recorded(generator))
            yield
        finally:
            for item, generator in found:
                item.put(generator)

    # While the function runs, and after ------------------------------------------------------------------------------

    @contextmanager
    def watched(self, arguments: Any) -> Iterator[None]:
        """Note which code is executed, by a call with these arguments."""
        codes: set[CodeType] = set()
        self._codes = codes
        self._containers = [(tree, len(tree)) for tree in _containers(arguments)]

        def note(frame: Any, event: str, _argument: Any) -> None:
            if (
                event == "call"
                and frame.f_code not in codes
                and not is_library(frame.f_globals.get("__name__"), frame.f_code)
            ):
                codes.add(frame.f_code)

        if sys.getprofile() is not None:
            self._codes = None  # somebody else's profiler is at work: then all code counts as executed
            yield
            return
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(None)

    def check_unchanged(self, capture: Capture) -> None:
        """Raise where the call has changed what a replay wouldn't."""
        for tree, length in self._containers:
            if len(tree) != length:
                raise _side_effect("the length of a list or dict that it is called with")
        for item in self.items:
            if item.late:
                item.value = item.now()
            elif not item.holds():
                raise _side_effect(item.path)
        drawn = [generator for generator, state in self._generators if _random_state(generator) != state]
        if any(id(generator) not in capture.drawn for generator in drawn) or _legacy_state() != self._others:
            raise RecordingError(
                "random numbers are drawn from a generator that the recording can't follow (NumPy's or Python's global "
                "one, one in a tuple), and a replay would use the same again: draw them outside and pass them as an "
                "argument, or pass the generator as an argument"
            )

    def guards(self) -> list[Item]:
        """What the executed code can have read, and may find changed at a later call."""
        codes = self._codes
        names = None if codes is None else {name for code in codes for name in _names(code)}
        kept: set[int] = set()
        chosen = []
        for item in self.items:
            if item.parent is not None and id(item.parent) not in kept:
                continue
            if item.code is not None and codes is not None and item.code not in codes:
                continue
            if item.kind == "attribute" and item.code is None and names is not None and item.key not in names:
                continue
            kept.add(id(item))
            if _is_fixed(item.value):
                continue
            if item.kind == "entry" and isinstance(item.holder, tuple):
                continue
            chosen.append(item)
        return chosen


def _is_fixed(value: Any) -> bool:
    """Whether nobody is expected to put something else in its place: modules, classes, a library's functions."""
    if isinstance(value, FunctionType):
        return hasattr(value, "operation") or is_library(value.__module__, value.__code__)
    return isinstance(value, (ModuleType, type))


def _names(code: CodeType) -> Iterator[str]:
    """The names that a code object, or one inside it, looks up."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _module_of(x: Any) -> str:
    return x.__name__ if isinstance(x, ModuleType) else x.__module__


def _containers(tree: Any) -> Iterator[Any]:
    if isinstance(tree, (list, dict)):
        yield tree
    if isinstance(tree, (tuple, list, dict)):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from _containers(branch)


def _random_state(generator: Any) -> bytes:
    if isinstance(generator, np.random.RandomState):
        return pickle.dumps(generator.get_state(legacy=False))
    return pickle.dumps(generator.bit_generator.state)


def _legacy_state() -> Any:
    return _random_state(np.random.mtrand._rand), random.getstate()


def _side_effect(path: str) -> RecordingError:
    return RecordingError(
        f"the compiled function changes {path}, a Python value, which a replay would not repeat: keep such state in a "
        "Tensor, return the new value, or change it outside"
    )

"""Changing one value while their code runs, to see which gradients it reaches."""

from __future__ import annotations

import ast
import types
from typing import Any

import numpy as np

from .parts import changed
from .scope import WRITING


class Disturbance:
    """A hook that changes one value, at all times or once."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self._number: int | None = -1
        self._instance: Any = None
        self._seen = 0

    def target(self, number: int | None, instance: Any) -> None:
        """Change this value from now on: every time (None), the how many'th time, or "after" its statement."""
        self._number, self._instance, self._seen = number, instance, 0

    def value(self, number: int, value: Any, _key: Any = None) -> Any:
        """Count the values that pass, or change one."""
        if self._number == -1:
            self.counts[number] = self.counts.get(number, 0) + 1
        elif number == self._number:
            self._seen += 1
            if self._instance is None or self._instance == self._seen - 1:
                return disturbed(value, np.random.default_rng(number))
        return value

    def after(self, number: int, value: Any) -> None:
        """Change in place what a statement left behind."""
        if number != self._number or self._instance != "after" or not isinstance(value, np.ndarray):
            return
        if value.dtype.kind == "f" and value.flags.writeable:
            value[...] = disturbed(value, np.random.default_rng(number))


def disturbed(value: Any, generator: np.random.Generator) -> Any:
    """A value near another: numbers move, integers go one up, conditions flip at random, a range ends earlier."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        size = 0.1 * (np.abs(value).max(initial=0.0) or 1.0)
        return value + size * generator.uniform(0.5, 1.5, value.shape) * generator.choice([-1, 1], value.shape)
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return value ^ (generator.uniform(size=value.shape) < 0.5)
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return value + 1
    if isinstance(value, (float, np.floating)):
        return value * 1.1 + 0.05
    if isinstance(value, (bool, np.bool_, str, types.FunctionType)) or value is None:
        return value
    if isinstance(value, (int, np.integer)):
        return value + 1
    if isinstance(value, (tuple, list)) and not hasattr(value, "_fields"):
        return type(value)(disturbed(v, generator) for v in value)
    if isinstance(value, range):
        return value[:-1]
    if type(value) is dict:
        return {k: disturbed(v, generator) for k, v in value.items()}
    return value


def same(a: Any, b: Any) -> bool:
    """Whether two gradients are equal but for rounding."""
    if a is None or b is None:
        return a is b
    differing = changed(a, b)
    return differing is not None and not differing.any()


def writes(node: Any) -> bool:
    """Whether a function changes something that outlives it."""
    methods = {*WRITING, "add"}
    own = _made_inside(node)

    def outlives(target: Any) -> bool:
        return not (isinstance(target, ast.Name) and target.id in own)

    for part in ast.walk(node):
        if isinstance(part, (ast.Global, ast.Nonlocal)):
            return True
        stores = isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store)
        if stores and outlives(part.value):  # type: ignore[attr-defined]
            return True
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name) and outlives(part.target):
            return True
        called = part.func if isinstance(part, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in methods and outlives(called.value):
            return True
    return False


def _made_inside(node: Any) -> set[str]:
    """The variables that hold nothing but arrays, lists and dictionaries made in the function, or numbers."""
    made: dict[str, bool] = {}
    for part in ast.walk(node):
        if not isinstance(part, ast.Assign):
            continue
        pairs: list[tuple[Any, Any]] = []
        for target in part.targets:
            if isinstance(target, ast.Tuple) and isinstance(part.value, ast.Tuple):
                pairs += zip(target.elts, part.value.elts, strict=False)
            else:
                pairs.append((target, part.value))
        for target, value in pairs:
            if isinstance(target, ast.Name):
                new = isinstance(value, (ast.Constant, ast.List, ast.Dict, ast.BinOp, ast.ListComp, ast.DictComp))
                called = getattr(value.func, "attr", "") if isinstance(value, ast.Call) else ""
                new = new or called.startswith(("zeros", "ones", "empty", "full", "copy"))
                made[target.id] = made.get(target.id, True) and new
    return {name for name, new in made.items() if new}

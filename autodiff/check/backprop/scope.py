"""What a line of theirs has within reach while it runs: variables, attributes, elements, functions."""

from __future__ import annotations

import ast
import copy
import functools
import inspect
import itertools
import re
import types
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .pool import NUMBERS, Pool
from .sources import is_theirs

WRITING = frozenset(
    ("append", "appendleft", "extend", "insert", "pop", "popleft", "popitem", "remove", "clear", "update", "setdefault")
)
"""Methods that change a list or a dictionary."""
LIMIT, UNLIKE = 24, 8
"""So many other values are tried in place of one, of the same shape and of others."""


class Scope:
    """The names that a line can see, with their values."""

    def __init__(
        self,
        frame: types.FrameType,
        pool: Pool,
        factors: Sequence[tuple[float, str]],
        impure: set[str],
        gradients: Sequence[tuple[Any, Any]] = (),
        phrases: Sequence[str] = (),
    ) -> None:
        self.gradients = gradients
        self.locals = dict(frame.f_locals)
        back = frame.f_back
        if frame.f_code.co_name.startswith("<") and frame.f_code.co_name != "<lambda>" and back is not None:
            self.locals = {**back.f_locals, **self.locals}
        self.space: dict[str, Any] = {**frame.f_globals, **self.locals}
        self.pool = pool
        self._factors = list(factors)
        self._impure = impure
        named = {*frame.f_code.co_names, *(back.f_code.co_names if back is not None else ())}
        self._globals = {n: frame.f_globals[n] for n in named if n in frame.f_globals}
        self.functions = [
            n for n, f in frame.f_globals.items()
            if isinstance(f, types.FunctionType) and is_theirs(f.__code__.co_filename) and _required(f) == 1
            and n not in impure
        ][:8]  # fmt: skip
        self._entries = dict(self._reachable())
        self._written = {name: self._entries[name] for name in self.locals if name in self._entries}
        for phrase in [*phrases, *(other for own in phrases for other in self._other_keys(own))]:
            value = self.space_value(phrase)
            if isinstance(value, (np.ndarray, *NUMBERS)):
                self._written[phrase] = value
        self._entries = {**self._written, **self._entries}

    def __contains__(self, own: str) -> bool:
        return self.space_value(own) is not None

    def value_of(self, node: Any) -> Any:
        """The value of an expression here; None where it can't be had without doing something."""
        code = code_of(node)
        return None if code is None else self.result_of(code)

    def result_of(self, code: types.CodeType) -> Any:
        """The same of an expression that is compiled."""
        if not self._impure.isdisjoint(code.co_names):
            return None
        space = self.space
        if not WRITING.isdisjoint(code.co_names):  # on copies of their lists, so that theirs stay as they are
            if any(hasattr(space.get(name), "__dict__") for name in code.co_names):
                return None
            space = {name: copy.copy(v) if isinstance(v, (list, dict, set, deque)) else v for name, v in space.items()}
        try:
            return eval(code, space)  # the user's own expression, or a variant of it
        except Exception:
            return None

    def _reachable(self) -> Iterator[tuple[str, Any]]:
        for name, value in [*self.locals.items(), *self._globals.items()]:
            if name.startswith("__") or isinstance(value, (types.ModuleType, type)):
                continue
            yield name, value
            yield from _inside(name, value, 2)

    def _other_keys(self, phrase: str) -> Iterator[str]:
        """Of ``cache["A" + str(l)]`` those under other words, such as ``cache["Z" + str(l)]``."""
        node = ast.parse(phrase, mode="eval").body
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, (ast.JoinedStr, ast.BinOp)):
            return
        key, held = self.value_of(node.slice), self.value_of(node.value)
        if not isinstance(key, str) or not isinstance(held, dict):
            return
        for part in ast.walk(node.slice):
            if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
                continue
            word = re.match(r"[A-Za-z_]+", part.value)
            if word is None or not key.startswith(word[0]):
                continue
            rest, old = key.removeprefix(word[0]), part.value
            for other in held:
                new = other.removesuffix(rest) if isinstance(other, str) else ""
                if new.isidentifier() and new + rest == other != key:
                    part.value = new + old.removeprefix(word[0])
                    yield ast.unparse(node)
            part.value = old

    def instead_of(self, own: str) -> list[str]:
        """What else may have been meant by a variable, those of the same shape first."""
        value = self.space_value(own)
        found = []
        if isinstance(value, int) and not isinstance(value, bool):
            found = [f"{own} - 1", f"{own} + 1"]
        shape = np.shape(value) if isinstance(value, (np.ndarray, *NUMBERS)) else None
        fitting: list[tuple[int, str]] = []
        place = own[own.rfind("[") :] if own.endswith("]") else own  # another list at the same index comes first
        for other, theirs in self._entries.items():
            if other == own or (theirs is value and not isinstance(value, NUMBERS)):
                continue
            if shape is not None and isinstance(theirs, (np.ndarray, *NUMBERS)) and not isinstance(theirs, bool):
                written = other in self._written
                if written or np.ndim(theirs) or "[" not in other:  # an element of a list that nothing here names
                    far = (other not in self.locals) * (1 if written else other.count("[") + other.count(".") + 1)
                    far -= other.endswith(place)
                    fitting.append((far + (0 if np.shape(theirs) == shape else 9), other))
            elif isinstance(value, types.FunctionType) and isinstance(theirs, types.FunctionType):
                if _required(theirs) == _required(value) and is_theirs(theirs.__code__.co_filename):
                    fitting.append((0, other))
            elif isinstance(value, (dict, list, tuple, str)) and type(theirs) is type(value):
                fitting.append((1, other))
        if callable(value):
            fitting += [(0, name) for name in self.functions if name != own]
        ranked = sorted(fitting, key=lambda f: f[0])
        like = [other for far, other in ranked if far < 9]
        return [*found, *like[:LIMIT], *[other for far, other in ranked if far >= 9][:UNLIKE]]

    def same_shape(self, value: Any) -> list[str]:
        """Other arrays of the same shape, and transposed ones, as one writes them."""
        if not isinstance(value, np.ndarray) or value.ndim == 0:
            return []
        found = [t for t, v in self._entries.items() if isinstance(v, np.ndarray) and v.shape == value.shape]
        turned = [
            f"{_whole(t)}.T" for t, v in self._entries.items()
            if isinstance(v, np.ndarray) and v.ndim == 2 and v.shape[::-1] == value.shape
        ]  # fmt: skip
        return [*found, *turned][:LIMIT]

    def slopes(self, value: Any) -> list[str]:
        """Functions of theirs of what has the shape of a value, where the product is a multiple of a true gradient."""
        if not isinstance(value, np.ndarray) or value.size < 2 or not self.cotangents_like(value):
            return []
        # All at once, by the angle between them: there are hundreds of gradients and dozens of products.
        trues = np.array([true.ravel() for true in self.pool.all("gradient", value, "") if true.any()])
        directions = trues / np.linalg.norm(trues, axis=1, keepdims=True)
        found = []
        for text, function in itertools.product(self.same_shape(value), self.functions):
            slope = self.space_value(f"{function}({text})")
            if isinstance(slope, np.ndarray) and slope.shape == value.shape:
                product = (value * slope).ravel()
                if np.abs(directions @ product).max() > (1 - 1e-12) * np.linalg.norm(product) > 0:
                    found.append(f"{function}({text})")
        return found

    def biases(self, value: Any) -> list[str]:
        """Parameters of fewer axes, or with axes of length one, that can be added to a value."""
        shape = np.shape(value)
        found = []
        for text, v in self._entries.items():
            if isinstance(v, np.ndarray) and v.shape != shape and 0 < v.ndim <= len(shape) and v.size < np.size(value):
                fits = all(a in (1, b) for a, b in zip(v.shape[::-1], shape[::-1], strict=False))
                if fits and self.is_parameter(v):
                    found.append(text)
        return found[:UNLIKE]

    def arrays(self) -> list[str]:
        """All arrays within reach."""
        return [t for t, v in self._entries.items() if isinstance(v, np.ndarray) and v.ndim][:LIMIT]

    def calls_theirs(self, function: Any) -> bool:
        """Whether what is called is a function or method of the user's."""
        code = getattr(self.value_of(function), "__code__", None)
        return code is not None and is_theirs(code.co_filename)

    def products(self, shape: tuple[int, ...]) -> list[str]:
        """What parameters hand back of the arrays within reach, where it has this shape."""
        found = []
        arrays = {t: v for t, v in self._written.items() if isinstance(v, np.ndarray) and v.ndim in (1, 2)}
        for weight, w in self._entries.items():
            if isinstance(w, np.ndarray) and w.ndim == 2 and self.is_parameter(w):
                for other, v in arrays.items():
                    for text, a, b in (
                        (f"{_whole(weight)}.T @ {_whole(other)}", w.T.shape, v.shape),
                        (f"{_whole(other)} @ {_whole(weight)}.T", v.shape, w.T.shape),
                        (f"{_whole(other)} @ {_whole(weight)}", v.shape, w.shape),
                    ):
                        if other != weight and a[-1] == b[0] and (*a[:-1], *b[1:]) == shape:
                            found.append(text)
        return found[:LIMIT]

    def masks(self, value: Any) -> list[str]:
        """Where arrays of the same shape, or with one entry for each row, are positive."""
        shape = np.shape(value)
        found = {t: v.shape for t, v in self._written.items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
        whole = [f"({_whole(t)} > 0)" for t, own in found.items() if own == shape and shape]
        rows = [f"({_whole(t)} > 0)[:, None]" for t, own in found.items() if len(shape) == 2 and own == shape[:1]]
        return [*whole, *rows][:LIMIT]

    def is_forward(self, value: Any) -> bool:
        """Whether the forward pass has computed this value."""
        return isinstance(value, np.ndarray) and self.pool.is_forward(value)

    def residuals(self, value: Any) -> list[tuple[float, str]]:
        """Terms ``c * v`` that are all that a gradient lacks, where `value` is that gradient."""
        found = []
        for given, true in self.gradients:
            if np.shape(value) != true.shape or given is None or not np.array_equal(value, given):
                continue
            for other in self.same_shape(value):
                v = self.space_value(other)
                square = 0.0 if v is None else float(np.vdot(v, v))
                factor = float(np.vdot(v, true - given)) / square if square else 0.0
                if factor and np.allclose(factor * v, true - given, rtol=1e-7, atol=1e-12):
                    found.append((float(f"{factor:.9g}"), other))
        return found

    def space_value(self, text: str) -> Any:
        """The value of an expression in words."""
        code = _code_of_text(text)
        return None if code is None else self.result_of(code)

    def slopes_like(self, value: Any) -> list[tuple[int, str]]:
        """Derivatives of activations of this shape."""
        return self.pool.like("slope", value)

    def values_like(self, value: Any) -> list[tuple[int, str]]:
        """Values of the forward pass of this shape."""
        return self.pool.like("value", value)

    def parameters_like(self, value: Any) -> list[tuple[int, str]]:
        """Parameters of this shape, as they came in."""
        return [
            (k, n)
            for k, n in self.pool.like("parameter", value)
            if not np.array_equal(self.pool.values[k][0][0], value)
        ]

    def is_updated(self, value: Any) -> bool:
        """Whether a value is near a parameter that came in, and no longer that."""
        fitting = [self.pool.values[k][0][0] for k, _ in self.pool.like("parameter", value)]
        off = [float(np.linalg.norm(v - value)) / (float(np.linalg.norm(v)) or 1.0) for v in fitting]
        return bool(off) and 0 < min(off) < 0.5

    def is_parameter(self, value: Any) -> bool:
        """Whether a value is a parameter that came in, or one that has been changed since."""
        shared = (
            [v for n, v in self._entries.items() if isinstance(v, np.ndarray) and np.shares_memory(v, value)]
            if isinstance(value, np.ndarray)
            else []
        )
        equal = any(np.array_equal(self.pool.values[k][0][0], value) for k, _ in self.pool.like("parameter", value))
        return equal and bool(shared)

    def cotangents_like(self, value: Any) -> list[tuple[int, str]]:
        """True gradients of this shape."""
        return self.pool.like("gradient", value)

    def factors(self) -> list[tuple[float, str]]:
        """Constant factors worth trying."""
        return self._factors


@functools.lru_cache(10_000)
def _code_of_text(text: str) -> types.CodeType | None:
    """An expression in words, compiled once: each is asked for in every frame."""
    return code_of(ast.parse(text, mode="eval").body)


def code_of(node: Any) -> types.CodeType | None:
    """An expression, compiled; None where it is none."""
    try:
        return compile(ast.Expression(node), "<expression>", "eval")
    except (SyntaxError, TypeError, ValueError):
        return None


def _whole(phrase: str) -> str:
    """An expression in brackets, where it is more than a name."""
    return phrase if re.fullmatch(r"[\w.\[\]'\"]+", phrase) else f"({phrase})"


def _required(function: types.FunctionType) -> int:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return -1
    return sum(p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters)


def _inside(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The elements and attributes of a container, as one writes them."""
    if depth == 0:
        return
    if isinstance(value, dict):
        items = [(f"{name}[{key!r}]", v) for key, v in list(value.items())[:40] if isinstance(key, (str, int))]
    elif isinstance(value, (list, tuple)):
        items = [(f"{name}[{k}]", v) for k, v in enumerate(value[:12])]
        items += [(f"{name}[-1]", value[-1])] if value else []
    elif type(value).__module__ not in ("builtins", "numpy", "types") and hasattr(value, "__dict__"):
        if callable(value) and isinstance(value, types.FunctionType):
            return
        items = [(f"{name}.{key}", v) for key, v in list(vars(value).items())[:40]]
    else:
        return
    for text, v in items:
        yield text, v
        yield from _inside(text, v, depth - 1)

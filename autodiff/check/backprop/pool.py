"""What is true: values of the forward pass, gradients by them, activations' derivatives, as edits may take them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .names import stems

POOL = "__autodiff_pool__"
NEAREST = "__autodiff_nearest__"
"""The names under which edited code finds the true values, among the builtins."""
NUMBERS = (int, float, np.number)


@dataclass
class Pool:
    """True values that an edit may take: activations' derivatives, forward values, gradients by them.

    Each has a name in words and its values, one per time that it was computed, at each point.
    """

    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    values: list[list[list[Any]]] = field(default_factory=list)
    aliases: list[set[str]] = field(default_factory=list)
    lines: list[dict[str, set[Any]]] = field(default_factory=list)
    point: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    def add(self, kind: str, name: str, values: list[list[Any]], line: Any) -> None:
        """One more; `values` by point and instance, `line` of theirs (its site's number) that gives the name."""
        self.kinds.append(kind)
        self.names.append(name)
        self.values.append(values)
        self.aliases.append({name.lower()})
        self.lines.append({name.lower(): {line}})

    def also(self, index: int, name: str, line: Any) -> None:
        """Another name for the same values; a variable's is better than an expression."""
        self.aliases[index].add(name.lower())
        self.lines[index].setdefault(name.lower(), set()).add(line)
        if not self.names[index].isidentifier() and name.isidentifier():
            self.names[index] = name

    def is_forward(self, value: Any) -> bool:
        """Whether one of the values at the first point is this one."""
        return any(
            np.array_equal(v, value) for k, kind in enumerate(self.kinds) if kind == "value"
            for v in self.values[k][0] if v.shape == value.shape
        )  # fmt: skip

    def nearest(self, kind: str, value: Any) -> Any:
        """Of a kind, what a value is most like: in its direction if it is a gradient, else in its entries.

        The gradients by the parameters are left out: they would be put right wherever they come from.
        """
        shape = np.shape(value)
        parameters = set(self.of_kind("parameter"))
        fitting = [
            v for k, own in enumerate(self.kinds) if own == kind for v in self.values[k][self.point]
            if np.shape(v) in (shape, shape[::-1]) and (kind == "parameter" or self.names[k] not in parameters)
        ]  # fmt: skip
        fitting = [v if np.shape(v) == shape else np.transpose(v) for v in fitting]
        if kind == "gradient":
            return max(
                fitting, key=lambda v: abs(float(np.vdot(v, value))) / (float(np.linalg.norm(v)) or np.inf)
            ).copy()
        return min(fitting, key=lambda v: float(np.linalg.norm(v - value))).copy()

    def start(self, point: int) -> None:
        """Before a run."""
        self.point = point
        self.taken.clear()

    def take(self, index: int) -> Any:
        """The next value: a copy, into which edited code may write."""
        instances = self.values[index][self.point]
        count = self.taken.get(index, 0)
        self.taken[index] = count + 1
        return np.array(instances[count % len(instances)])

    def all(self, kind: str, value: Any, variable: str, others: bool = True, line: Any = None) -> list[Any]:
        """All values of a kind and shape; where `variable` names one of them, or not `others`, that alone.

        What only `line` gives a name to has none.
        """
        shape = np.shape(value)
        fitting = [
            ({name for name, lines in self.lines[k].items() if lines != {line}}, v)
            for k in range(len(self.names)) if self.kinds[k] == kind
            for v in self.values[k][0] if np.shape(v) in (shape, shape[::-1])
        ]  # fmt: skip
        wanted = {variable.lower()} if kind == "value" else set(stems(variable))
        named = [v for names, v in fitting if names & wanted]
        return [v if v.shape == shape else v.T for v in named or [v for _, v in fitting if others]]

    def of_kind(self, kind: str) -> list[str]:
        """The names of a kind."""
        return [name for name, own in zip(self.names, self.kinds, strict=True) if own == kind]

    def known(self) -> set[str]:
        """All names of true gradients, in lower case."""
        return {
            name for names, kind in zip(self.aliases, self.kinds, strict=True) if kind == "gradient" for name in names
        }

    def gradients_by_name(self, value: Any, variable: str) -> tuple[list[Any], list[Any]]:
        """True gradients of a shape: those by what `variable` names, and the others."""
        shape = np.shape(value)
        named: list[Any] = []
        others: list[Any] = []
        wanted = set(stems(variable))
        for k, names in enumerate(self.aliases):
            if self.kinds[k] != "gradient":
                continue
            fitting = [v for v in self.values[k][0] if np.shape(v) in (shape, shape[::-1])]
            (named if names & wanted else others).extend(v if v.shape == shape else v.T for v in fitting)
        return named, others

    def like(self, kind: str, value: Any) -> list[tuple[int, str]]:
        """Those of a kind that have the shape of `value`."""
        if not isinstance(value, (np.ndarray, *NUMBERS)):
            return []
        shape = np.shape(value)
        return [
            (k, self.names[k])
            for k in range(len(self.names))
            if self.kinds[k] == kind and self.values[k][0] and np.shape(self.values[k][0][0]) == shape
        ]

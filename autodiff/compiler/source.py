"""A program as NumPy source that reads like a textbook: the user's names, the user's lines as comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .lines import Line, assigned_name, text
from .program import Equation, Program, Reference, Var

if TYPE_CHECKING:
    from .recorded import Recording

_INFIX = {
    "add": ("+", 1),
    "subtract": ("-", 1),
    "multiply": ("*", 2),
    "divide": ("/", 2),
    "matmul": ("@", 2),
    "remainder": ("%", 2),
    "floor_divide": ("//", 2),
    "pow": ("**", 4),
    "less": ("<", 0),
    "less_equal": ("<=", 0),
    "greater": (">", 0),
    "greater_equal": (">=", 0),
    "equal": ("==", 0),
    "not_equal": ("!=", 0),
}
_ATOM = 9
_EXTENSIONS = {"rank_one": "np.outer"}


def readable(recording: Recording, arguments: list[str], name: str) -> str:
    """The recorded program as source."""
    return _Writer(recording, arguments).text(name)


class _Writer:
    """Names for all values, and the lines made of them."""

    def __init__(self, recording: Recording, arguments: list[str]) -> None:
        self.recording = recording
        self.program: Program = recording.shown
        self.names: dict[Var, str] = {}
        self.taken: set[str] = set()
        self.arguments = arguments
        self.reads: dict[Var, int] = {}
        for equation in self.program.equations:
            for var in equation.inputs():
                self.reads[var] = self.reads.get(var, 0) + 1
        self.unnamed = 0
        self.inline: dict[Var, tuple[str, int]] = {}

    def _name(self, var: Var, wish: str) -> str:
        name, count = wish, 1
        while name in self.taken:
            count += 1
            name = f"{wish}_{count}"
        self.taken.add(name)
        self.names[var] = name
        return name

    def _letter(self) -> str:
        """A name for what the user has none for."""
        self.unnamed += 1
        return f"z{self.unnamed}"

    def _final(self, var: Var) -> Var:
        return self.program.replaced.get(var, var)

    def text(self, function: str) -> str:
        """All of it."""
        for argument, name in zip(self.recording.arguments, self.arguments, strict=False):
            if argument.var is not None and argument.var not in self.names:
                self._name(argument.var, name)
        cells = self.recording.state
        state = [self._name(c.var, c.var.name or "state") for c in cells if c.var not in self.names]
        # The new value of a state has its name, as in an assignment.
        results = {self._final(c.result): self.names[c.var] for c in cells if c.result is not None}
        assigned = self._assigned_names()
        lines: list[str] = []
        line: tuple[Line, bool] | None = None
        for equation in self.program.equations:
            if equation.line is not None and (equation.line, equation.backward) != line:
                line = (equation.line, equation.backward)
                what = "gradient of: " if equation.backward else ""
                lines.append(f"    # {Path(equation.line[0]).name}:{equation.line[1]}: {what}{text(equation.line)}")
            statement = self._statement(equation, results, assigned)
            if statement:
                lines.append(f"    {statement}")
        given = ", ".join(self.arguments)
        head = [f"def {function}({given}):"]
        if state:
            head.append(f"    # state: {', '.join(state)}")
        outputs = [self._shown_output(output) for output in self.recording.outputs]
        return "\n".join([*head, *lines, f"    return {', '.join(outputs) or None}", ""])

    def _shown_output(self, output: Any) -> str:
        if output.kind == "argument":
            return self.arguments[output.value] if output.value < len(self.arguments) else "argument"
        if output.var is None:
            return repr(output.value)
        return self._expression(self._final(output.var))[0]

    def _assigned_names(self) -> dict[Var, str]:
        """The last value that a line of the forward pass computes is what the line assigns."""
        last: dict[Line, Var] = {}
        for equation in self.program.equations:
            if equation.line is not None and not equation.backward and not equation.several:
                last[equation.line] = equation.out
        found = {var: assigned_name(line) for line, var in last.items()}
        return {var: name for var, name in found.items() if name is not None}

    def _statement(self, equation: Equation, results: dict[Var, str], assigned: dict[Var, str]) -> str | None:
        source, strength = self._call(equation)
        if equation.several:
            names = ", ".join(self._name(out, self._letter()) for out in equation.outs)
            return f"{names} = {source}"
        out = equation.out
        if out in results:
            self.names[out] = results[out]
            return f"{results[out]} = {source}"
        if out in assigned:
            return f"{self._name(out, assigned[out])} = {source}"
        if out.gradient_of is not None and (self.reads.get(out, 0) > 1 or out.gradient_of.name):
            of = self.names.get(self._final(out.gradient_of)) or out.gradient_of.name or self._letter()
            return f"{self._name(out, f'd{of}')} = {source}"
        if self.reads.get(out, 0) == 1 and out not in self.program.outputs and not equation.effect:
            self.inline[out] = (source, strength)
            return None
        return f"{self._name(out, self._letter())} = {source}"

    def _expression(self, var: Any) -> tuple[str, int]:
        if isinstance(var, Reference):
            return var.source or "rng", _ATOM
        if not isinstance(var, Var):
            return self._plain(var), _ATOM
        if var in self.names:
            return self.names[var], _ATOM
        if var in self.inline:
            return self.inline[var]
        if var in self.program.constants:
            value = self.program.constants[var]
            if value.size == 1:
                return repr(value.item()), _ATOM if value.item() >= 0 else 3
            return self._name(var, "constant"), _ATOM
        return self._name(var, "value"), _ATOM

    def _plain(self, tree: Any) -> str:
        if isinstance(tree, (Var, Reference)):
            return self._expression(tree)[0]
        if type(tree) in (tuple, list):
            inner = ", ".join(self._plain(branch) for branch in tree) + ("," if len(tree) == 1 else "")
            return f"({inner})" if isinstance(tree, tuple) else f"[{inner}]"
        if isinstance(tree, np.dtype):
            return f"np.{tree}"
        return f"np.{tree.__name__}" if isinstance(tree, type) and issubclass(tree, np.generic) else repr(tree)

    def _call(self, equation: Equation) -> tuple[str, int]:
        name = equation.name
        if name in _INFIX and len(equation.args) == 2 and not equation.kwargs:
            sign, strength = _INFIX[name]
            left, right = (self._expression(x) for x in equation.args)
            a = f"({left[0]})" if left[1] < strength else left[0]
            b = f"({right[0]})" if right[1] <= strength else right[0]
            return f"{a} {sign} {b}", strength
        if name == "negative":
            inner = self._expression(equation.args[0])
            return f"-{inner[0]}" if inner[1] >= 2 else f"-({inner[0]})", 3
        given = [self._plain(x) for x in equation.args]
        given += [f"{key}={self._plain(x)}" for key, x in equation.kwargs.items()]
        if name in ("T", "mT", "real", "imag"):
            return f"{given[0]}.{name}", _ATOM
        if name == "getitem":
            return f"{given[0]}[{given[1]}]", _ATOM
        public = _EXTENSIONS.get(name) or (f"np.{name}" if hasattr(np, name) or "." in name else name)
        return f"{public}({', '.join(given)})", _ATOM

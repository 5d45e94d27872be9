"""The NumPy back end: one Python function whose every line is one call into NumPy, with the buffer to write to.

What such a step costs at small sizes is the number of calls, so a number that is alone in its array is computed by
Python and `math` where these give the same bits, views are taken once, and nothing is allocated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .._namespaces import NUMPY
from .._namespaces.generic import LOWEST
from .batch import PACK
from .program import Equation, Program, Reference, Var, leaves, mapped
from .storage import OPERATORS, Plan, is_product, is_view, ufunc_of

_FLOAT64 = np.dtype(np.float64)


class Emitter:
    """The lines of a program's replay, and the objects that they refer to.

    Parameters
    ----------
    program : Program
    bound : dict of Var to array
        State and constants: arrays that stay where they are.
    plan : Plan
    """

    def __init__(self, program: Program, bound: dict[Var, Any], literals: set[Var], plan: Plan) -> None:
        self.program = program
        self.plan = plan
        self.literals = literals
        self.objects: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self.lines: list[str] = []
        self._state = set(bound) - literals
        self.arrays: dict[Var, Any] = dict(bound)  # lies in this array at every replay
        self.local: dict[Var, str] = {}  # or in this local variable
        self.numbers: dict[Var, str] = {}  # and, or only, as a Python float in this one
        self._count = 0
        self._pending: set[Var] = set()  # numbers that haven't been written into their array
        self._views: dict[Any, Any] = {}

    def refer(self, thing: Any, hint: str) -> str:
        """The name under which the source finds an object."""
        name = self._names.get(id(thing))
        if name is None:
            name = self._names[id(thing)] = f"{hint}_{len(self.objects)}"
            self.objects[name] = thing
        return name

    def fresh(self, hint: str = "t") -> str:
        """A new local variable."""
        self._count += 1
        return f"{hint}{self._count}"

    # The two forms of a value ----------------------------------------------------------------------------------------

    def array(self, var: Var) -> str:
        """The value as an array."""
        if var in self.local:
            return self.local[var]
        if var not in self.arrays or var in self._pending:
            self._pending.discard(var)
            cell = self.arrays.get(var)
            if cell is None:
                cell = self.arrays[var] = np.empty(var.shape, var.dtype)
            self.lines.append(f"{self.refer(cell.reshape(-1), 'cell')}[0] = {self.numbers[var]}")
        return self.refer(self.arrays[var], "a")

    def number(self, var: Var) -> str:
        """The value as a Python float."""
        if var not in self.numbers:
            if var in self.literals:
                return repr(self.arrays[var].item())
            name = self.numbers[var] = self.fresh("f")
            if var in self.local:
                self.lines.append(f"{name} = {self.local[var]}.item()")
            else:
                self.lines.append(f"{name} = {self.refer(self.arrays[var].item, 'item')}()")
        return self.numbers[var]

    # Equations -------------------------------------------------------------------------------------------------------

    def emit(self) -> None:
        """All equations, in order."""
        for equation in self.program.equations:
            self._equation(equation)

    def _equation(self, equation: Equation) -> None:
        out = equation.outs[0]
        if equation.name == PACK:
            self._pack(equation)
            return
        if is_view(equation) and out.owner in self._state and self._as_static_view(equation):
            return
        if self._as_number(equation):
            return
        if is_view(equation) and self._as_static_view(equation):
            return
        ufunc = ufunc_of(equation)
        if ufunc is not None and out in self.plan.buffers:
            given = [self.array(x) for x in equation.args]
            place = "out={}" if ufunc in _OUT_BY_NAME else "{}"
            self._into(out, f"{self.refer(ufunc, ufunc.__name__)}({', '.join(given)}, {place})")
        elif is_product(equation) and out in self.plan.buffers:
            self._product(equation)
        else:
            self._general(equation)

    def _pack(self, equation: Equation) -> None:
        """See that each value lies in its part of the flat array."""
        parts: Any = equation.function
        for var, part in zip(equation.args, parts.arrays, strict=True):
            name = self.array(var)
            if self.arrays.get(var) is not part:
                self.lines.append(f"{self.refer(np.copyto, 'copyto')}({self.refer(part, 'part')}, {name})")
        self.arrays[equation.out] = self.plan.buffers[equation.out]

    def _into(self, out: Var, call: str) -> None:
        buffer = self.arrays[out] = self.plan.buffers[out]
        self.lines.append(call.format(self.refer(buffer, "b")))

    def _product(self, equation: Equation) -> None:
        a, b = equation.args
        if equation.function is NUMPY.rank_one:
            left, right = self._indexed(a, (slice(None), None)), self._indexed(b, None)
        else:
            left, right = self.arrays.get(a), self.array(b)
        self.array(a)
        if isinstance(left, str) or left is None:
            call = f"{left or self.array(a)}.dot({right}, {{}})"
        else:
            call = f"{self.refer(left.dot, 'dot')}({right}, {{}})"
        self._into(equation.out, call)

    def _indexed(self, var: Var, key: Any) -> Any:
        """`var[key]`: an array where it can be taken once, else source."""
        name = self.array(var)
        if var not in self.arrays:
            return f"{name}[:, None]" if isinstance(key, tuple) else f"{name}[None]"
        view = self._views.setdefault((var, str(key)), self.arrays[var][key])
        return view if isinstance(key, tuple) else self.refer(view, "a")

    def _as_static_view(self, equation: Equation) -> bool:
        """A view of an array that stays where it is need be taken but once."""
        if equation.effect and any(x.dtype.kind not in "fc" for x in equation.inputs()):
            return False
        inputs = equation.inputs()
        if len(inputs) != 1:
            return False
        (x,) = inputs
        if x in self.numbers and x not in self.arrays:
            self.array(x)
        if x not in self.arrays:
            return False
        self.array(x)
        view = _called(equation, lambda leaf: self.arrays[leaf] if isinstance(leaf, Var) else leaf)
        if not isinstance(view, np.ndarray) or not np.may_share_memory(view, self.arrays[x]):
            return False
        self.arrays[equation.out] = view
        return True

    def _general(self, equation: Equation) -> None:
        """A call as it was recorded."""
        function = equation.function
        args = [self._tree(x) for x in equation.args]
        args += [f"{name}={self._tree(x)}" for name, x in equation.kwargs.items()]
        names = [self.fresh("v") for _ in equation.outs]
        target = ", ".join(names) + ("," if equation.several else "")
        self.lines.append(f"{target} = {self.refer(function, _identifier(equation.name))}({', '.join(args)})")
        if equation.effect and not equation.several:
            self._check_shape(equation, names[0])
        for out, name in zip(equation.outs, names, strict=True):
            self.local[out] = name

    def _check_shape(self, equation: Equation, name: str) -> None:
        """Of a function that may decide its shape by the values, see that it is the recorded one."""
        shape = self.refer(equation.out.shape, "shape")
        self.lines.append(
            f"if {name}.shape != {shape}: raise {self.refer(_changed_shape, 'changed')}({equation.name!r})"
        )

    def _tree(self, tree: Any) -> str:
        """Source of an argument."""
        if isinstance(tree, Var):
            if tree.scalar and tree in self.numbers and tree not in self.local:
                # A NumPy number, as it was recorded: its power may differ from an array's in the last bit.
                name = self.local[tree] = self.fresh("s")
                self.lines.append(f"{name} = {self.refer(np.float64, 'float64')}({self.numbers[tree]})")
            return self.array(tree)
        if type(tree) in (tuple, list) and any(isinstance(leaf, (Var, Reference)) for leaf in leaves(tree)):
            inner = ", ".join(self._tree(branch) for branch in tree)
            return f"[{inner}]" if isinstance(tree, list) else f"({inner},)"
        if isinstance(tree, Reference):
            return tree.source or self.refer(tree.value, "rng")
        if tree is None or type(tree) in (bool, int, str):
            return repr(tree)
        return self.refer(tree, "k")

    # Numbers ---------------------------------------------------------------------------------------------------------

    def _as_number(self, equation: Equation) -> bool:
        """Compute with Python floats what is a single float64."""
        if equation.several or equation.kwargs.get("dtype") is not None:
            return False
        out = equation.outs[0]
        inputs = equation.inputs()
        if not inputs or not all(_is_single(x) for x in (out, *inputs)):
            return False
        if len(inputs) == 1 and (
            equation.function in _SAME or (equation.function is NUMPY.mean and not equation.kwargs)
        ):
            self.numbers[out] = self.number(inputs[0])
            return self._now_pending(out)
        template = _NUMBERS.get(OPERATORS.get(equation.function, equation.function))
        if template is None or equation.kwargs or len(inputs) != len(equation.args):
            return False
        if template is _DIVISION and not (inputs[1] in self.literals and self.arrays[inputs[1]].item() != 0):
            return False
        given = [self.number(x) for x in inputs]
        name = self.fresh("f")
        helpers = {key: self.refer(value, key) for key, value in _HELPERS.items() if f"{{{key}}}" in template}
        self.lines.append(f"{name} = {template.format(*given, **helpers)}")
        self.numbers[out] = name
        return self._now_pending(out)

    def _now_pending(self, out: Var) -> bool:
        if out in self.plan.buffers:
            self.arrays[out] = self.plan.buffers[out]
            self._pending.add(out)
        return True

    def settle(self, var: Var) -> None:
        """See that a value that stays after the replay is in its array."""
        self.array(var)


def _is_single(var: Var) -> bool:
    return var.size == 1 and var.dtype is _FLOAT64


def _called(equation: Equation, value: Callable[[Any], Any]) -> Any:
    return equation.function(*mapped(equation.args, value), **mapped(equation.kwargs, value))


def _identifier(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name)


def _changed_shape(name: str) -> Exception:
    return ValueError(
        f"{name}: the shape of the result depends on the values, and is another one than when the function was "
        "recorded; compile the parts before and after it, and not this one"
    )


_OUT_BY_NAME = (np.maximum, np.minimum)  # by position it is deprecated
_SAME = (NUMPY.reshape, NUMPY.broadcast_to, NUMPY.astype)
_SIGMOID = "{exp}({0}) / (1.0 + {exp}({0})) if {0} < 0.0 else 1.0 / (1.0 + {exp}(-{0}))"
_DIVISION = "{0} / {1}"
_NUMBERS: dict[Any, str] = {
    np.add: "{0} + {1}",
    np.subtract: "{0} - {1}",
    np.multiply: "{0} * {1}",
    np.divide: _DIVISION,
    np.negative: "-{0}",
    np.absolute: "abs({0})",
    np.sqrt: "{sqrt}({0}) if {0} >= 0.0 else {nan}",
    NUMPY.sigmoid: _SIGMOID,
    NUMPY.sigmoid_derivative: "{sigmoid_derivative}({0})",
    NUMPY.bernoulli_loss: (
        "-({1} * {log}({0}) + (1.0 - {1}) * {log}(1.0 - {0})) if {lowest} < {0} < 1.0 else {extreme_loss}({0}, {1})"
    ),
    NUMPY.logits_loss: "({0} if {0} > 0.0 else 0.0) - {1} * {0} + {log1p}({exp}(-abs({0})))",
    NUMPY.bernoulli_slope: (
        "(1.0 - {1}) * (1.0 / (1.0 - {0})) - {1} * (1.0 / {0}) if {lowest} < {0} < 1.0 else {extreme_slope}({0}, {1})"
    ),
}
"""What Python computes to the same bits as NumPy's namespace does for a single number."""


def _sigmoid_derivative(x: float) -> float:
    e = math.exp(-abs(x))
    return e / ((1.0 + e) * (1.0 + e))


def _extreme_loss(p: float, t: float) -> float:
    return NUMPY.bernoulli_loss(np.array(p), np.array(t)).item()  # type: ignore[no-any-return]


def _extreme_slope(p: float, t: float) -> float:
    return NUMPY.bernoulli_slope(np.array(p), np.array(t)).item()  # type: ignore[no-any-return]


_HELPERS = {
    "exp": math.exp,
    "log": math.log,
    "log1p": math.log1p,
    "sqrt": math.sqrt,
    "nan": math.nan,
    "lowest": LOWEST,
    "sigmoid_derivative": _sigmoid_derivative,
    "extreme_loss": _extreme_loss,
    "extreme_slope": _extreme_slope,
}

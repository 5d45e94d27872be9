"""Passes that make a program shorter without changing a bit of what it computes."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from .._namespaces import NUMPY
from .program import Equation, Program, Var, leaves, mapped, variables
from .storage import OPERATORS

_IMPURE = {"draw"}
"""What gives another result each time."""


def optimised(program: Program, literals: set[Var]) -> Program:
    """All passes: constants folded, factors of 1 dropped, common subexpressions shared, dead code removed."""
    replaced: dict[Var, Var] = {}
    constants = dict(program.constants)
    literals = set(literals)
    known: dict[Any, Equation] = {}
    kept: list[Equation] = []
    numbers = _shared_numbers(constants, literals, replaced)

    def substitute(var: Var) -> Var:
        return replaced.get(var, var)

    for equation in program.equations:
        equation = equation.replaced(substitute)
        for out in equation.outs:
            # A view of what has become another value is a view of that one.
            out.owner = out if out.owner is out else substitute(out.owner).owner
        inputs = equation.inputs()
        if _is_pure(equation) and all(var in literals for var in inputs) and equation.outs[0].size <= 64:
            values = {var: constants[var] for var in inputs}
            result = _evaluated(equation, values)
            for out, part in zip(equation.outs, result, strict=True):
                constants[out] = part
                literals.add(out)
                replaced[out] = numbers.setdefault(_number_key(part), out) if out.size == 1 else out
            continue
        same = _unchanged(equation, constants, literals)
        if same is not None:
            replaced[equation.out] = same
            _inherit(same, equation.out)
            continue
        key = _key(equation) if _is_pure(equation) else None
        if key is not None and key in known:
            for out, earlier in zip(equation.outs, known[key].outs, strict=True):
                replaced[out] = earlier
                _inherit(earlier, out)
            continue
        if key is not None:
            known[key] = equation
        kept.append(equation)
    outputs = [substitute(var) for var in program.outputs]
    alive = Program(program.inputs, constants, _alive(kept, outputs), outputs)
    alive.replaced = replaced
    return alive


def _shared_numbers(constants: dict[Var, Any], literals: set[Var], replaced: dict[Var, Var]) -> dict[Any, Var]:
    """Let equal numbers be the same value."""
    known: dict[Any, Var] = {}
    for var in literals:
        if var.size == 1 and var in constants:
            first = known.setdefault(_number_key(constants[var]), var)
            if first is not var:
                replaced[var] = first
    return known


def _number_key(value: Any) -> Any:
    return value.tobytes(), value.dtype, value.shape, isinstance(value, np.generic)


def _inherit(var: Var, from_: Var) -> None:
    """Keep the names of a value that has become another."""
    var.name = var.name or from_.name
    var.gradient_of = var.gradient_of or from_.gradient_of


def _is_pure(equation: Equation) -> bool:
    return not equation.effect and equation.name not in _IMPURE


def _evaluated(equation: Equation, values: dict[Var, Any]) -> tuple[Any, ...]:
    def value(leaf: Any) -> Any:
        return values[leaf] if isinstance(leaf, Var) else leaf

    result = equation.function(*mapped(equation.args, value), **mapped(equation.kwargs, value))
    return tuple(result) if equation.several else (result,)


def _unchanged(equation: Equation, constants: dict[Var, Any], literals: set[Var]) -> Var | None:
    """The input that the result is bit for bit: `x` of ``x * 1.0``, and of a conversion to its own dtype."""
    if equation.function is NUMPY.astype and len(equation.inputs()) == 1:
        x = equation.args[0]
        return (
            x
            if (x.dtype, x.strides, x.scalar) == (equation.out.dtype, equation.out.strides, equation.out.scalar)
            else None
        )
    if equation.function is not operator.mul or equation.kwargs:
        return None
    for x, one in (equation.args, equation.args[::-1]):
        if not (isinstance(x, Var) and one in literals and np.all(constants[one] == 1)):
            continue
        out = equation.out
        if x.shape == out.shape and x.dtype == out.dtype and x.strides == out.strides and x not in literals:
            return x
    return None


def _key(equation: Equation) -> Any:
    """Equal for equations with the same result; None where that isn't known."""
    parts: list[Any] = [equation.name, id(equation.function)]
    for leaf in (*leaves(equation.args), *_tagged(equation.kwargs)):
        if isinstance(leaf, slice):
            leaf = ("slice", leaf.start, leaf.stop, leaf.step)
        if isinstance(leaf, Var):
            parts.append(id(leaf))
        elif isinstance(leaf, float):
            parts.append(leaf.hex())
        else:
            parts.append((type(leaf), leaf))
    parts.append(str(mapped((equation.args, equation.kwargs), lambda _: 0)))
    try:
        hash(key := tuple(parts))
    except TypeError:
        return None
    return key


def _tagged(kwargs: dict[str, Any]) -> list[Any]:
    tagged: list[Any] = []
    for name, tree in kwargs.items():
        tagged.append(name)
        tagged.extend(leaves(tree))
    return tagged


def _alive(equations: list[Equation], outputs: list[Var]) -> list[Equation]:
    """The equations that an output, or an effect, needs."""
    needed = set(outputs)
    alive = []
    for equation in reversed(equations):
        if equation.effect or not _is_pure(equation) or not needed.isdisjoint(equation.outs):
            alive.append(equation)
            needed.update(variables((equation.args, equation.kwargs)))
    return alive[::-1]


# What NumPy's namespace computes in several steps, step by step, so that steps can be shared -------------------------


def lowered(program: Program, literals: set[Var]) -> Program:
    """The program in terms of NumPy's own functions, where buffers can be given to these."""
    equations: list[Equation] = []
    constants = dict(program.constants)
    literals = set(literals)
    for equation in program.equations:
        equation = _without_numbers(equation, constants, literals)
        expand = _EXPANSIONS.get(equation.name)
        if (
            expand is None
            or equation.function != getattr(NUMPY, equation.name)
            or not isinstance(equation.args[0], Var)
            or equation.out.scalar
            or equation.out.dtype.kind != "f"
            or (equation.args[0].size == 1 and equation.args[0].dtype == np.float64)
        ):
            equations.append(equation)
            continue
        steps = _Steps(equation, constants, literals)
        expand(steps, *equation.args)
        equations.extend(steps.equations)
    lower = Program(program.inputs, constants, equations, program.outputs)
    return optimised(lower, literals)


def _without_numbers(equation: Equation, constants: dict[Var, Any], literals: set[Var]) -> Equation:
    """Python numbers beside an array as arrays of its dtype, which NumPy takes faster."""
    is_ufunc = isinstance(equation.function, np.ufunc) or equation.function in OPERATORS
    if not is_ufunc or equation.kwargs or equation.out.dtype.kind not in "fc":
        return equation
    dtypes = {x.dtype for x in equation.args if isinstance(x, Var)}
    if dtypes != {equation.out.dtype} or any(type(x) not in (Var, int, float) for x in equation.args):
        return equation

    def literal(x: Any) -> Any:
        if isinstance(x, Var):
            return x
        value = np.array(x, equation.out.dtype)
        constants[var := Var(value)] = value
        literals.add(var)
        return var

    args = tuple([literal(x) for x in equation.args])
    return Equation(equation.name, equation.function, args, {}, equation.outs, False, equation.line, equation.backward)


class _Steps:
    """The equations that stand for one."""

    def __init__(self, equation: Equation, constants: dict[Var, Any], literals: set[Var]) -> None:
        self.equation = equation
        self.equations: list[Equation] = []
        self.constants = constants
        self.literals = literals

    def literal(self, number: float) -> Var:
        """A number in the dtype of the result."""
        value = np.array(number, self.equation.out.dtype)
        var = Var(value)
        self.constants[var] = value
        self.literals.add(var)
        return var

    def __call__(self, function: Any, *args: Var, last: bool = False) -> Var:
        """One step, in the shape of the result."""
        eq = self.equation
        out = eq.out if last else Var.like(eq.out)
        name = function.__name__
        self.equations.append(Equation(name, function, args, {}, (out,), False, eq.line, eq.backward))
        return out


def _sigmoid(step: _Steps, x: Var) -> None:
    e = step(np.exp, step(np.negative, step(np.absolute, x)))
    step(np.divide, step(np.maximum, e, step(np.sign, x)), step(np.add, e, step.literal(1.0)), last=True)


def _sigmoid_derivative(step: _Steps, x: Var) -> None:
    e = step(np.exp, step(np.negative, step(np.absolute, x)))
    step(np.divide, e, step(np.square, step(np.add, e, step.literal(1.0))), last=True)


def _tanh_derivative(step: _Steps, x: Var) -> None:
    e = step(np.exp, step(np.negative, step(np.absolute, step(np.add, x, x))))
    slope = step(np.divide, e, step(np.square, step(np.add, e, step.literal(1.0))))
    step(np.multiply, slope, step.literal(4.0), last=True)


def _sign(step: _Steps, x: Var) -> None:
    step(np.sign, x, last=True)


_EXPANSIONS = {
    "sigmoid": _sigmoid,
    "sigmoid_derivative": _sigmoid_derivative,
    "tanh_derivative": _tanh_derivative,
    "sign": _sign,
}

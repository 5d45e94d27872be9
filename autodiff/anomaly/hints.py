"""What usually is behind an anomaly, by the operation and its operands' values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .report import Kind, Operand

LARGE = 1e6
"""Parameters beyond it are rarely meant."""
SOFTMAX = "in a softmax, take the maximum off first: x - x.max(axis, keepdims=True), or use nn.functional.softmax"


def forward_hint(operation: str, kind: Kind, operands: Sequence[Operand]) -> str:
    """For a value."""
    values = [o.at_entry for o in operands]
    if any(v is None for v in values):
        return _of_ranges(operation, operands)
    return (
        _HINTS[operation](*values) if operation in _HINTS and len(values) in (1, 2) else _of_ranges(operation, operands)
    )


def _of_ranges(operation: str, operands: Sequence[Operand]) -> str:
    if operation in ("matmul", "linear", "vecdot", "tensordot", "sum", "mean", "prod", "outer"):
        largest = max([max(abs(o.low), abs(o.high)) for o in operands if o.low == o.low], default=0.0)
        if largest > LARGE:
            return f"numbers up to {largest:.1e} meet here: a learning rate that is too large, or weights that explode"
    return ""


def _overflow(what: str, *values: Any) -> str:
    if not np.isfinite(values).all():
        return ""
    grown = "; numbers like these come of a learning rate that is too large" if np.max(np.abs(values)) > LARGE else ""
    return f"the {what} overflows{grown}"


def _log(x: Any) -> str:
    if x == 0:
        return "log of 0; where it is of a probability, take the loss on logits, or keep it away from 0 (maximum)"
    return "log of a negative number" if np.real(x) < 0 else ""


def _log1p(x: Any) -> str:
    return _log(x + 1).replace("log of", "log1p at -1, the log of")


def _divide(a: Any, b: Any) -> str:
    if b == 0:
        what = "0 / 0" if a == 0 else "division by 0"
        return f"{what}; a where() around it leaves the derivative nan, one inside, around the denominator, doesn't"
    if np.isinf(a) and np.isinf(b):
        return f"infinity / infinity; {SOFTMAX}"
    return _overflow("quotient", a, b)


def _exp(x: Any) -> str:
    return f"exp overflows beyond 709 (88 in float32); {SOFTMAX}" if np.isfinite(x) else ""


def _pow(x: Any, y: Any) -> str:
    if x == 0 and np.real(y) < 0:
        return "0 to a negative power"
    if np.real(x) < 0 and y != np.round(y):
        return "a negative number to a power that is no integer"
    return _overflow("power", x)


def _multiply(a: Any, b: Any) -> str:
    if (a == 0 and np.isinf(b)) or (b == 0 and np.isinf(a)):
        return "0 * infinity"
    return _overflow("product", a, b)


def _difference(a: Any, b: Any) -> str:
    if np.isinf(a) and np.isinf(b):
        return "infinity - infinity"
    return _overflow("sum", a, b)


_HINTS: dict[str, Any] = {
    "log": _log,
    "log2": _log,
    "log10": _log,
    "log1p": _log1p,
    "sqrt": lambda x: "sqrt of a negative number" if x < 0 else "",
    "divide": _divide,
    "reciprocal": lambda x: "division by 0" if x == 0 else "",
    "exp": _exp,
    "expm1": _exp,
    "cosh": _exp,
    "sinh": _exp,
    "pow": _pow,
    "multiply": _multiply,
    "square": lambda x: _overflow("square", x),
    "add": _difference,
    "subtract": _difference,
    "acos": lambda x: "acos outside [-1, 1]",
    "asin": lambda x: "asin outside [-1, 1]",
    "atanh": lambda x: "atanh at or beyond 1",
    "acosh": lambda x: "acosh below 1",
}


def backward_hint(operation: str, y: Any, operands: Sequence[Operand], cotangent: Any, where: str) -> str:
    """For a derivative.

    `y` is the output at the entry, `cotangent` what arrived there, `where` the line of a `where` on the way from it.
    """
    infinite = _infinite_derivative(operation, y, [o.at_entry for o in operands])
    if cotangent is not None and cotangent == 0 and where:
        return (
            f"the `where` at {where} doesn't choose this entry, so 0 arrives here, and 0 * infinity is nan (0 outside "
            "detect_anomaly, in reverse mode)"
            f"{f' ({infinite})' if infinite else ''}. Put a second where() inside, around the argument: "
            "where(ok, f(where(ok, x, 1.0)), 0.0)"
        )
    if infinite and cotangent is not None and cotangent == 0:
        return f"{infinite}; 0 arrives here from the loss, and 0 * infinity is nan"
    return infinite


def _infinite_derivative(operation: str, y: Any, values: Sequence[Any]) -> str:
    x = values[0] if values else None
    if operation == "sqrt" and (y == 0 or x == 0):
        return (
            "the derivative of sqrt is infinite at 0, as in a norm at the zero vector; linalg.vector_norm has 0 there"
        )
    if operation in ("log", "log2", "log10") and x == 0:
        return "the derivative of log is infinite at 0"
    if operation == "divide" and len(values) == 2 and values[1] == 0:
        return "division by 0"
    if operation == "pow" and x == 0:
        return "the derivative of x ** y is infinite at 0 for y below 1"
    if operation in ("acos", "asin", "atanh") and x is not None and abs(x) == 1:
        return f"the derivative of {operation} is infinite at 1 and -1"
    return ""

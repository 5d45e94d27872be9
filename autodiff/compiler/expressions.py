"""What numba computes: which equations, and the expression for an entry of each."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from .._namespaces import NUMPY
from .program import Equation, Var
from .storage import OPERATORS

KINDS = {np.dtype(np.float64): "f8", np.dtype(np.float32): "f4", np.dtype(np.int64): "i8", np.dtype(bool): "b1"}
"""The dtypes that a kernel reads; it computes in the first two."""
_FLOATING = (np.dtype(np.float64), np.dtype(np.float32))
LARGEST_PRODUCT = 50_000
"""A product of more multiplications is BLAS's, which then is faster."""
LARGEST_SUM = 4096
"""A longer sum is NumPy's, which is as fast; in halves of at most 128 entries each it would be much source."""
LARGEST_SERIES = 512
"""Of more entries NumPy computes exponentials and the like faster, several at once."""
_SERIES = ("exp", "log", "sin", "cos", "tan", "**", "sigmoid", "bernoulli", "logits")

_ELEMENTWISE: dict[Any, str] = {
    np.add: "({0} + {1})",
    np.subtract: "({0} - {1})",
    np.multiply: "({0} * {1})",
    np.divide: "({0} / {1})",
    np.negative: "(-{0})",
    np.absolute: "abs({0})",
    np.square: "({0} * {0})",
    np.maximum: "maximum({0}, {1})",
    np.minimum: "minimum({0}, {1})",
    np.sign: "sign({0})",
    NUMPY.sign: "sign({0})",
    NUMPY.sigmoid: "sigmoid({0})",
    NUMPY.sigmoid_derivative: "sigmoid_derivative({0})",
    NUMPY.tanh_derivative: "(4.0 * sigmoid_derivative(2.0 * {0}))",
    NUMPY.bernoulli_loss: "bernoulli_loss({0}, {1})",
    NUMPY.bernoulli_slope: "bernoulli_slope({0}, {1})",
    NUMPY.logits_loss: "logits_loss({0}, {1})",
    operator.pow: "({0} ** {1})",
    np.where: "({1} if {0} else {2})",
    **{getattr(np, name): f"math.{name}({{0}})" for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "tanh")},
    **{getattr(np, name): f"math.{name}({{0}})" for name in ("sinh", "cosh", "log1p", "expm1", "floor", "ceil")},
    np.arctan: "math.atan({0})",
    NUMPY.tanh: "math.tanh({0})",
    NUMPY.expm1: "math.expm1({0})",
    np.greater: "({0} > {1})",
    np.greater_equal: "({0} >= {1})",
    np.less: "({0} < {1})",
    np.less_equal: "({0} <= {1})",
    np.equal: "({0} == {1})",
    np.not_equal: "({0} != {1})",
    operator.gt: "({0} > {1})",
    operator.ge: "({0} >= {1})",
    operator.lt: "({0} < {1})",
    operator.le: "({0} <= {1})",
    operator.eq: "({0} == {1})",
    operator.ne: "({0} != {1})",
}

HELPERS = """
@njit(**OPTIONS)
def maximum(a, b):
    return a if a >= b or a != a else b

@njit(**OPTIONS)
def minimum(a, b):
    return a if a <= b or a != a else b

@njit(**OPTIONS)
def sign(x):
    return 1.0 if x > 0.0 else (-1.0 if x < 0.0 else x)

@njit(**OPTIONS)
def sigmoid(x):
    if x < 0.0:
        e = math.exp(x)
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-x))

@njit(**OPTIONS)
def sigmoid_derivative(x):
    e = math.exp(-abs(x))
    return e / ((1.0 + e) * (1.0 + e))

@njit(**OPTIONS)
def clamped_log(x):
    return -100.0 if x <= LOWEST else math.log(x)

@njit(**OPTIONS)
def clamped_reciprocal(x):
    return 0.0 if x <= LOWEST else 1.0 / x

@njit(**OPTIONS)
def bernoulli_loss(p, t):
    return -(t * clamped_log(p) + (1.0 - t) * clamped_log(1.0 - p))

@njit(**OPTIONS)
def logits_loss(z, t):
    return (z if z > 0.0 else 0.0) - t * z + math.log1p(math.exp(-abs(z)))

@njit(**OPTIONS)
def sum_of_run(p, start, stride, count):
    s0 = p[start]
    s1 = p[start + stride]
    s2 = p[start + 2 * stride]
    s3 = p[start + 3 * stride]
    s4 = p[start + 4 * stride]
    s5 = p[start + 5 * stride]
    s6 = p[start + 6 * stride]
    s7 = p[start + 7 * stride]
    whole = count - count % 8
    for k in range(8, whole, 8):
        place = start + k * stride
        s0 += p[place]
        s1 += p[place + stride]
        s2 += p[place + 2 * stride]
        s3 += p[place + 3 * stride]
        s4 += p[place + 4 * stride]
        s5 += p[place + 5 * stride]
        s6 += p[place + 6 * stride]
        s7 += p[place + 7 * stride]
    s = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
    for k in range(whole, count):
        s += p[start + k * stride]
    return s

@njit(**OPTIONS)
def bernoulli_slope(p, t):
    return (1.0 - t) * clamped_reciprocal(1.0 - p) - t * clamped_reciprocal(p)
"""
"""The functions of NumPy's namespace that a kernel calls."""


def kind_of(equation: Equation) -> str | None:
    """Which kind of loop computes an equation: "elementwise", "product", "sum" or "same"; None if a kernel can't."""
    if equation.several or equation.effect or equation.out.dtype not in KINDS or equation.out.size == 0:
        return None
    if not all(x.dtype in KINDS for x in equation.inputs()):
        return None
    function = equation.function
    out = equation.out
    if function is NUMPY.rank_one:
        return "elementwise" if out.dtype in _FLOATING else None
    if function is NUMPY.matmul:
        a, b = equation.args
        if (
            a.dtype != b.dtype
            or a.dtype not in _FLOATING
            or not (0 < a.ndim < 3 and 0 < b.ndim < 3)
            or a.ndim + b.ndim < 3
        ):
            return None
        return "product" if out.size * a.shape[-1] <= LARGEST_PRODUCT else None
    if function in (NUMPY.sum, NUMPY.mean):
        return "sum" if _is_simple_sum(equation) else None
    if template_of(equation) is None:
        return None
    if out.size > LARGEST_SERIES and any(name in str(template_of(equation)) for name in _SERIES):
        return None
    if out.dtype in _FLOATING and any(isinstance(x, Var) and x.dtype == np.int64 for x in equation.args):
        return None
    return "elementwise"


def _is_simple_sum(equation: Equation) -> bool:
    x = equation.args[0]
    if len(equation.args) != 1 or not isinstance(x, Var) or x.dtype not in _FLOATING or x.size > LARGEST_SUM:
        return False
    return equation.kwargs.get("dtype") is None and x.size > 0 and equation.out.dtype == x.dtype


def template_of(equation: Equation) -> str | None:
    """The expression for an entry."""
    function: Any = equation.function
    try:
        template = _ELEMENTWISE.get(OPERATORS.get(function, function))
    except TypeError:
        return None
    if template is None or equation.kwargs:
        return None
    return template if all(isinstance(x, (Var, int, float)) for x in equation.args) else None


def number(value: Any, dtype: Any) -> str:
    """A number in the source, of the dtype that it has."""
    value = value.item() if isinstance(value, (np.ndarray, np.generic)) else value
    if isinstance(value, bool):
        return repr(value)
    text = repr(value) if np.isfinite(value) else f"float('{value}')"
    text = {"inf": "math.inf", "-inf": "(-math.inf)", "nan": "math.nan"}.get(repr(value), text)
    return f"np.float32({text})" if dtype == np.float32 else text if value >= 0 or text.startswith("(") else f"({text})"

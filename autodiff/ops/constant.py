"""Operations without a derivative: comparisons, tests, positions, rounding."""

# The names of the standard shadow builtins in this module: `all`, `any`, `round`.

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import Array

_PAIRS = [op.sample((2, 3), (3,)), op.sample((), ()), op.sample(np.array([1.0, 2.0]), np.array([1.0, 3.0]))]
_SINGLE = [op.sample((2, 3)), op.sample(())]
_REDUCED = [op.sample((2, 3)), op.sample((2, 3), axis=0), op.sample((2, 3), axis=-1, keepdims=True)]
_BOOLEANS = np.array([[True, False, True], [True, True, True]])
_REDUCED_BOOLEANS = [op.sample(_BOOLEANS, **s.params) for s in _REDUCED]


@op.constant(operator="eq", samples=_PAIRS)
def equal(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether entries are equal."""
    return xp.equal(x1, x2)


@op.constant(operator="ne", samples=_PAIRS)
def not_equal(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether entries differ."""
    return xp.not_equal(x1, x2)


@op.constant(operator="lt", samples=_PAIRS)
def less(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether the first entry is smaller."""
    return xp.less(x1, x2)


@op.constant(operator="le", samples=_PAIRS)
def less_equal(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether the first entry is smaller or equal."""
    return xp.less_equal(x1, x2)


@op.constant(operator="gt", samples=_PAIRS)
def greater(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether the first entry is larger."""
    return xp.greater(x1, x2)


@op.constant(operator="ge", samples=_PAIRS)
def greater_equal(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether the first entry is larger or equal."""
    return xp.greater_equal(x1, x2)


@op.constant(samples=_SINGLE)
def floor(xp: Any, x: Array, /) -> Array:
    """The largest integer not above."""
    return xp.floor(x)


@op.constant(samples=_SINGLE)
def ceil(xp: Any, x: Array, /) -> Array:
    """The smallest integer not below."""
    return xp.ceil(x)


@op.constant(samples=_SINGLE)
def trunc(xp: Any, x: Array, /) -> Array:
    """The integer part: rounded towards 0."""
    return xp.trunc(x)


@op.constant(samples=_SINGLE)
def round(xp: Any, x: Array, /) -> Array:
    """The nearest integer; of two as near, the even one."""
    return xp.round(x)


@op.constant(operator="floordiv", samples=[op.sample((2, 3), np.array([1.5, -2.0, 0.5]))])
def floor_divide(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The quotient rounded down."""
    return xp.floor_divide(x1, x2)


@op.constant(samples=_PAIRS)
def nextafter(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The floating-point number next to `x1` in the direction of `x2`."""
    return xp.nextafter(x1, x2)


@op.constant(operator="invert", samples=[op.sample(_BOOLEANS)])
def bitwise_invert(xp: Any, x: Array, /) -> Array:
    """Each bit (or truth value) inverted."""
    return xp.bitwise_invert(x)


_TWO_MASKS = [op.sample(_BOOLEANS, ~_BOOLEANS[0])]


@op.constant(operator="and", samples=_TWO_MASKS)
def bitwise_and(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Conjunction of bits or truth values."""
    return xp.bitwise_and(x1, x2)


@op.constant(operator="or", samples=_TWO_MASKS)
def bitwise_or(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Disjunction of bits or truth values."""
    return xp.bitwise_or(x1, x2)


@op.constant(operator="xor", samples=_TWO_MASKS)
def bitwise_xor(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Exclusive disjunction of bits or truth values."""
    return xp.bitwise_xor(x1, x2)


_SHIFTS = [op.sample(np.array([[1, 2, 3], [40, 50, 60]]), np.array([0, 1, 2]))]


@op.constant(operator="lshift", samples=_SHIFTS)
def bitwise_left_shift(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The bits of `x1` moved up by `x2` places."""
    return xp.bitwise_left_shift(x1, x2)


@op.constant(operator="rshift", samples=_SHIFTS)
def bitwise_right_shift(xp: Any, x1: Array, x2: Array, /) -> Array:
    """The bits of `x1` moved down by `x2` places; the sign stays."""
    return xp.bitwise_right_shift(x1, x2)


@op.constant(samples=_TWO_MASKS)
def logical_and(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether both are true."""
    return xp.logical_and(x1, x2)


@op.constant(samples=_TWO_MASKS)
def logical_or(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether at least one is true."""
    return xp.logical_or(x1, x2)


@op.constant(samples=_TWO_MASKS)
def logical_xor(xp: Any, x1: Array, x2: Array, /) -> Array:
    """Whether exactly one is true."""
    return xp.logical_xor(x1, x2)


@op.constant(samples=[op.sample(_BOOLEANS)])
def logical_not(xp: Any, x: Array, /) -> Array:
    """Whether it is false."""
    return xp.logical_not(x)


@op.constant(samples=[*_SINGLE, op.sample(np.array([0.0, -0.0, -np.inf]))])
def signbit(xp: Any, x: Array, /) -> Array:
    """Whether the sign bit is set: of negative numbers and of -0."""
    return xp.signbit(x)


@op.constant(samples=_SINGLE)
def isnan(xp: Any, x: Array, /) -> Array:
    """Whether entries are NaN."""
    return xp.isnan(x)


@op.constant(samples=_SINGLE)
def isfinite(xp: Any, x: Array, /) -> Array:
    """Whether entries are neither infinite nor NaN."""
    return xp.isfinite(x)


@op.constant(samples=_SINGLE)
def isinf(xp: Any, x: Array, /) -> Array:
    """Whether entries are infinite."""
    return xp.isinf(x)


@op.constant(method=True, samples=_REDUCED)
def argmax(xp: Any, x: Array, /, axis: int | None = None, *, keepdims: bool = False) -> Array:
    """Position of the (first) largest entry."""
    return xp.argmax(x, axis=axis, keepdims=keepdims)


@op.constant(method=True, samples=_REDUCED)
def argmin(xp: Any, x: Array, /, axis: int | None = None, *, keepdims: bool = False) -> Array:
    """Position of the (first) smallest entry."""
    return xp.argmin(x, axis=axis, keepdims=keepdims)


@op.constant(method=True, samples=_REDUCED_BOOLEANS)
def all(xp: Any, x: Array, /, axis: Any = None, *, keepdims: bool = False) -> Array:
    """Whether all entries are true."""
    return xp.all(x, axis=axis, keepdims=keepdims)


@op.constant(method=True, samples=_REDUCED_BOOLEANS)
def any(xp: Any, x: Array, /, axis: Any = None, *, keepdims: bool = False) -> Array:
    """Whether any entry is true."""
    return xp.any(x, axis=axis, keepdims=keepdims)

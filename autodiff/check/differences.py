"""Numerical derivatives that say how far they may be off.

Central differences for a geometric sequence of steps, extrapolated to step 0 (Richardson; the choice in the tableau after
Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4, 1982). Large steps suffer
from truncation, small ones from rounding; of the whole tableau the entry with the smallest bound on both is taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, np.dtype[np.float64]]
Table = np.ndarray[Any, np.dtype[np.float64]]
"""One row per step, from the largest to the smallest; one column per output."""

EPSILON = float(np.finfo(np.float64).eps)
LARGEST = -2
"""The largest step is 2**LARGEST times the variable's magnitude, or 2**LARGEST if that is below 1."""
SMALLEST = -17
"""The smallest step is at most 2**SMALLEST; where the variable is small, it is 2**SMALLEST times its magnitude."""
UNEVEN = 0.7390851332151607
"""Factor of all steps, so that x + h uses all its digits and arithmetic of lower precision inside `f` shows."""
CENTRAL = (2, 4, 6, 8, 10, 12)
"""The powers of the step in the error of ``(f(x + h) - f(x - h)) / 2h``."""
SECOND = (1, 3, 5, 7, 9, 11)
"""The powers of the step in ``(f(x + h) - 2 f(x) + f(x - h)) / h``, whose limit is the jump of the slope."""


@dataclass(frozen=True)
class Slope:
    """The derivatives of a vector by one real variable.

    Attributes
    ----------
    value : array
        The estimates.
    error : array
        Bounds on their errors: truncation, rounding and, at a kink, half the jump of the slope. Infinite where the
        function is not finite.
    converged : array of bool
        Whether the estimate says anything: its error is small beside it, or is all rounding. Steps that are too large
        for the function, or noise in it, give an estimate that has not converged.
    """

    value: Vector
    error: Vector
    converged: np.ndarray[Any, np.dtype[np.bool_]]


def slope(f: Callable[[float], Vector], x: float) -> Slope:
    """The derivative of ``f(t)`` at ``t = 0``, where `f` adds `t` to a variable of the value `x`.

    Parameters
    ----------
    f : callable
        From the displacement of the variable to the vector of outputs.
    x : float
        The variable's value, from which the magnitude of the steps is taken.
    """
    with np.errstate(all="ignore"):
        center = f(0.0)
        steps = _steps(f, center, x)
        plus = np.stack([f(h) for h in steps])
        minus = np.stack([f(-h) for h in steps])
        h = steps[:, None]
        quotients = (plus - minus) / (2 * h)
        noise = _noise(plus, minus, quotients, h, x)
        value, error, rounding = _extrapolated(quotients, CENTRAL, noise)
        # Four values where the quotient has two, and divided by h, not by 2h.
        jump, jump_error, _ = _extrapolated((plus - 2 * center + minus) / h, SECOND, 4 * noise)
        kink = np.where(np.abs(jump) > jump_error, np.abs(jump), 0.0)
        # The slopes on both sides are value - jump/2 and value + jump/2; at a kink anything between them will do.
        total = np.where(kink > 0, error + 0.5 * kink + jump_error, error)
        converged = np.isfinite(total) & ((total <= 0.1 * np.abs(value)) | (total <= 4 * rounding))
    return Slope(value, total, converged)


def _steps(f: Callable[[float], Vector], center: Vector, x: float) -> Vector:
    """Steps by powers of two, the largest of which stays where `f` is finite."""
    magnitude = math.frexp(x)[1] if x and math.isfinite(x) else 0
    first = LARGEST + max(magnitude, 0)
    last = SMALLEST + max(min(magnitude, 0), -20)
    finite = np.isfinite(center)
    for _ in range(60):
        if all(np.isfinite(f(sign * UNEVEN * 2.0**first)[finite]).all() for sign in (1, -1)):
            break
        first -= 1
    last = min(last, first + SMALLEST - LARGEST)
    return np.asarray(UNEVEN * 2.0 ** np.arange(first, max(last, magnitude - 40, first - 60) - 1, -1.0))


def _noise(plus: Table, minus: Table, quotients: Table, h: Table, x: float) -> Table:
    """A bound on the error that rounding in `f` makes in each difference quotient.

    What the format of the numbers implies, or what the values show, whichever is more: their last digit in use (of
    single precision inside `f`, say), and the scatter among the smallest steps.
    """
    largest = np.maximum(np.abs(plus), np.abs(minus))
    rounding = 4 * EPSILON * largest + EPSILON * abs(x) * np.abs(quotients)
    digit = np.where((plus != plus[:1]).any(axis=0), _last_digit(np.concatenate([plus, minus])), 0.0)
    twice = _columns(quotients, CENTRAL[:2])[-1]
    # Truncation is no matter there; the median, because a kink may lie among these steps.
    scatter = np.median((np.abs(twice[1:] - twice[:-1]) * h[3:])[-8:], axis=0)
    return np.asarray((np.maximum(rounding, 2 * digit) + 8 * scatter) / h)


def _last_digit(values: Table) -> Vector:
    """The largest power of two of which every value in a column is a multiple; 0 for a column of zeros."""
    mantissas, exponents = np.frexp(np.where(np.isfinite(values), values, 0.0))
    whole = (mantissas * 2.0**53).astype(np.int64)
    digits = np.where(whole == 0, np.inf, np.ldexp((whole & -whole).astype(np.float64), exponents - 53))
    smallest = digits.min(axis=0)
    return np.where(np.isfinite(smallest), smallest, 0.0)


def _columns(table: Table, powers: tuple[int, ...]) -> list[Table]:
    """The tableau: each column has one row less, and one power of the step less in its error."""
    columns = [table]
    for power in powers:
        coarse, fine = columns[-1][:-1], columns[-1][1:]
        columns.append(fine + (fine - coarse) / (2.0**power - 1))
    return columns


def _extrapolated(table: Table, powers: tuple[int, ...], noise: Table) -> tuple[Vector, Vector, Vector]:
    """The tableau's entry with the smallest error, that error, and the part of it that is rounding.

    The error of an entry is what extrapolation changed last, what estimates with smaller steps say against it, and
    rounding. The middle one rejects what looks converged among steps that are all too large.
    """
    columns = _columns(table, powers)
    values, errors, roundings = [], [], []
    for before, column in zip(columns, columns[1:], strict=False):
        # Extrapolation adds up rounding errors by a factor below 2.
        rounding = 2 * noise[-len(column) :]
        changed = np.maximum(np.abs(column - before[1:]), np.abs(column - before[:-1]))
        # The highest lower end, and the lowest upper end, of the intervals of this and all smaller steps.
        lowest = np.fmax.accumulate((column - rounding)[::-1])[::-1]
        highest = np.fmin.accumulate((column + rounding)[::-1])[::-1]
        contradicted = np.maximum(np.maximum(lowest - column, column - highest), 0.0)
        error = changed + contradicted + rounding
        values.append(column)
        errors.append(np.where(np.isnan(error), np.inf, error))
        roundings.append(rounding)
    best = np.concatenate(errors).argmin(axis=0)[None]

    def chosen(tables: list[Table]) -> Vector:
        return np.asarray(np.take_along_axis(np.concatenate(tables), best, axis=0)[0])

    return chosen(values), chosen(errors), chosen(roundings)

"""Numerical derivatives that say how far they may be off.

Central differences for a geometric sequence of steps, extrapolated to step 0 (Richardson; the choice in the
tableau after Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4,
1982). Large steps suffer from truncation, small ones from rounding; of the tableau the entry with the
smallest bound on both is taken.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Table = np.ndarray[Any, np.dtype[np.float64]]
"""One row per step, from the largest to the smallest; one column per output."""

EPSILON = float(np.finfo(np.float64).eps)
RATIO = 1.9
"""The ratio of successive steps. Not a power of two, or rounding in `f` would be much the same for all."""
FIRST = 2
"""The largest step is RATIO**-FIRST times the variable's magnitude, or RATIO**-FIRST if that is below 1."""
LAST = 19
"""The smallest step is at most RATIO**-LAST; where the variable is small, that times its magnitude."""
MORE = 24
"""How many smaller steps are tried where the slopes on both sides seem to differ."""
NEGLIGIBLE = 1e-9
"""An error below this is small for the slope of a function of magnitude 1, whatever the slope."""
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
        Bounds on their errors: truncation, rounding and, at a kink, half the jump of the slope. Infinite
        where the function is not finite.
    converged : array of bool
        Whether the estimate says anything: its error is small beside it, or beside the function's values.
        Steps that are too large for the function, or noise in it, give an estimate that has not converged.
    kink : array
        The slope on the right minus that on the left, where that is more than its own error; else 0.
    noise : array
        The part of the error that comes of rounding or noise in the function's values.
    jumps : array of bool
        Whether the function itself is different on both sides, however small the step.
    """

    value: Vector
    error: Vector
    converged: Mask
    kink: Vector
    noise: Vector
    jumps: Mask


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
        found = _by_steps(steps, center, plus, minus, x)
        if (found.converged & (found.kink == 0)).all():
            return found
        # A kink at the point, or one between it and the smallest step: the first stays however small the step.
        smaller = steps[-1] * RATIO ** -np.arange(1.0, MORE + 1)
        smaller = smaller[smaller > 8 * EPSILON * abs(x)]
        plus = np.concatenate([plus, *[f(h)[None] for h in smaller]])
        minus = np.concatenate([minus, *[f(-h)[None] for h in smaller]])
        closer = _by_steps(np.concatenate([steps, smaller]), center, plus, minus, x)
    better = closer.error < found.error
    pairs = {n: (getattr(closer, n), getattr(found, n)) for n in ("value", "error", "converged", "kink", "noise")}
    return Slope(**{n: np.where(better, a, b) for n, (a, b) in pairs.items()}, jumps=closer.jumps)


def _by_steps(steps: Vector, center: Vector, plus: Table, minus: Table, x: float) -> Slope:
    """The derivatives from the values ``f(h)`` and ``f(-h)``, a row for each step."""
    h = steps[:, None]
    quotients = (plus - minus) / (2 * h)
    rounding = (4 * EPSILON * np.maximum(abs(plus), abs(minus)) + EPSILON * abs(x) * abs(quotients)) / h
    noise = np.maximum(rounding, _visible_noise(plus, minus, quotients, h))
    value, error, uncertain = _extrapolated(quotients, CENTRAL, noise)
    # Four values where the quotient has two, and divided by h, not by 2h.
    jump, jump_error, _ = _extrapolated((plus - 2 * center + minus) / h, SECOND, 4 * noise)
    kink = np.where(np.abs(jump) > jump_error, jump, 0.0)
    # The slopes on both sides are value - jump/2 and value + jump/2; at a kink anything between will do.
    total = np.where(kink != 0, error + 0.5 * np.abs(kink) + jump_error, error)
    converged = np.isfinite(total) & (
        (total <= 0.1 * np.abs(value))
        | (total <= NEGLIGIBLE * np.median(np.maximum(abs(plus), abs(minus)), axis=0))
        | ((value == 0) & ((plus == center) & (minus == center))[-8:].all(axis=0))
    )
    # A slope would take the difference down with the step; a tenth of it is still there at the smallest ones.
    across = np.maximum(np.abs(plus - center), np.abs(minus - center))
    digits = 100 * EPSILON * np.maximum(np.abs(plus), np.abs(minus)).max(axis=0)
    jumps = (across[-8:].min(axis=0) > 0.1 * np.median(across, axis=0)) & (across[-1] > digits)
    return Slope(value, total, converged, kink, uncertain, jumps)


def is_staircase(f: Callable[[float], float], first: float) -> bool:
    """Whether a function that is constant at small steps changes by jumps at larger ones, up to `first`.

    So do values with a few digits left, ``1 - s`` at a saturated s; a rectifier on its flat side begins to rise slowly.
    """
    center = f(0.0)
    for sign in (1.0, -1.0):
        steps = [sign * first * 2.0**-k for k in range(40, -1, -1)]
        high = next((h for h in steps if f(h) != center), None)
        if high is None:
            continue
        total = abs(f(min(4 * abs(high), first) * sign) - center)
        low = 0.0
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if f(middle) == center else (low, middle)
        if abs(f(high) - center) > 0.05 * total:
            return True
    return False


def _steps(f: Callable[[float], Vector], center: Vector, x: float) -> Vector:
    """The steps, from the largest, which stays where `f` is finite."""
    # Exponents of RATIO from here on.
    magnitude = math.floor(math.log(abs(x), RATIO)) if x and math.isfinite(x) else 0
    first = max(magnitude, 0) - FIRST
    last = max(min(magnitude, 0), -40) - LAST
    finite = np.isfinite(center)
    for _ in range(60):
        if all(np.isfinite(f(sign * RATIO**first)[finite]).all() for sign in (1, -1)):
            break
        first -= 1
    last = min(last, first + FIRST - LAST)
    if x:
        last = max(last, min(magnitude - 42, first - 10))  # below that x + h has no digits left
    return np.asarray(RATIO ** np.arange(first, last - 1, -1.0))


def _visible_noise(plus: Table, minus: Table, quotients: Table, h: Table) -> Table:
    """The error that each difference quotient has by what the values show of rounding in `f`.

    That is the last digit in use (of single precision inside `f`, say), and the scatter among the smallest
    steps.
    """
    digit = np.where((plus != plus[:1]).any(axis=0), np.minimum(_last_digit(plus), _last_digit(minus)), 0.0)
    twice = _columns(quotients, CENTRAL[:2])[-1]
    # Truncation is no matter there; the median, because a kink may lie among these steps.
    scatter = np.median((np.abs(twice[1:] - twice[:-1]) * h[3:])[-8:], axis=0)
    return np.asarray((2 * digit + 8 * scatter) / h)


def _last_digit(values: Table) -> Table:
    """For each row, the largest power of two of which the values in it and in all later ones are multiples.

    Values at larger steps may have more digits behind the point, being closer to zero. Rows at the end that are all
    the same show nothing; there it is that of the last row which is different. 0 for zeros.
    """
    finite = np.where(np.isfinite(values), values, 0.0)
    mantissas, exponents = np.frexp(finite)
    whole = (mantissas * 2.0**53).astype(np.int64)
    digits = np.where(whole == 0, np.inf, np.ldexp((whole & -whole).astype(np.float64), exponents - 53))
    smallest = np.minimum.accumulate(digits[::-1])[::-1]
    row = np.arange(len(values))[:, None]
    last = np.where(finite != finite[-1:], row, 0).max(axis=0)[None]
    smallest = np.where(row > last, np.take_along_axis(smallest, last, axis=0), smallest)
    return np.where(np.isfinite(smallest), smallest, 0.0)


def _columns(table: Table, powers: tuple[int, ...]) -> list[Table]:
    """The tableau: each column has one row less, and one power of the step less in its error."""
    columns = [table]
    for power in powers:
        coarse, fine = columns[-1][:-1], columns[-1][1:]
        columns.append(fine + (fine - coarse) / (RATIO**power - 1))
    return columns


def _extrapolated(table: Table, powers: tuple[int, ...], noise: Table) -> tuple[Vector, Vector, Vector]:
    """The tableau's entry with the smallest error, that error, and the part of it that is rounding.

    The error of an entry is what extrapolation changed last, what estimates with smaller steps say against
    it, and rounding. The middle one rejects what looks converged among steps that are all too large.
    """
    columns = _columns(table, powers)
    errors, roundings = [], []
    for before, column in itertools.pairwise(columns):
        # Extrapolation adds up rounding errors by a factor below 2.
        rounding = 2 * noise[-len(column) :]
        changed = np.maximum(np.abs(column - before[1:]), np.abs(column - before[:-1]))
        # The highest lower end, and the lowest upper end, of the intervals of this and all smaller steps.
        lowest = np.fmax.accumulate((column - rounding)[::-1])[::-1]
        highest = np.fmin.accumulate((column + rounding)[::-1])[::-1]
        contradicted = np.maximum(np.maximum(lowest - column, column - highest), 0.0)
        error = changed + contradicted + rounding
        errors.append(np.where(np.isnan(error), np.inf, error))
        roundings.append(rounding)
    best = np.concatenate(errors).argmin(axis=0)[None]
    value, error, uncertain = (
        np.take_along_axis(np.concatenate(t), best, axis=0)[0] for t in (columns[1:], errors, roundings)
    )
    return value, error, uncertain

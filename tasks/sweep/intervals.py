"""The mean over seeds, with Student's interval for it."""

from __future__ import annotations

import math
from collections.abc import Sequence

CONFIDENCE = 0.95


def mean_interval(values: Sequence[float], lowest: float, highest: float) -> tuple[float, float, float]:
    """Mean of the values and its 95 % confidence interval, mean ± t s/√n.

    Parameters
    ----------
    values : sequence of float
        Two or more.
    lowest, highest : float
        Between which any mean lies, so that the interval ends there: an accuracy isn't above 1.

    Returns
    -------
    mean, low, high : float

    Examples
    --------
    >>> [round(value, 2) for value in mean_interval([1.0, 2.0, 3.0], 0.0, 4.0)]
    [2.0, 0.0, 4.0]
    >>> mean_interval([0.5, 0.5], 0.0, 1.0)
    (0.5, 0.5, 0.5)
    """
    n = len(values)
    mean = math.fsum(values) / n
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = student_quantile(n - 1) * math.sqrt(variance / n)
    return mean, max(lowest, mean - half), min(highest, mean + half)


def student_quantile(freedom: int) -> float:
    """The t that Student's distribution exceeds in size with probability 1 - `CONFIDENCE`.

    Examples
    --------
    >>> round(student_quantile(1), 3), round(student_quantile(19), 3)
    (12.706, 2.093)
    """
    low, high = 0.0, math.pi / 2
    # In the angle, whose range is finite; 60 halvings are all the digits that there are.
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < CONFIDENCE else (low, middle)
    return math.sqrt(freedom) * math.tan(low)


def _within(angle: float, freedom: int) -> float:
    """P(|T| < √n tan(angle)) for n degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    sine, cosine = math.sin(angle), math.cos(angle)
    term, total = (cosine if freedom % 2 else 1.0), 0.0
    for k in range(2 + freedom % 2, freedom + 1, 2):
        total += term
        term *= cosine**2 * (k - 1) / k
    if freedom % 2:
        return 2 / math.pi * (angle + sine * total)
    return sine * total

"""What several seeds say: a mean with Student's interval, a share with Wilson's, and two programs in pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

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


def share_interval(successes: int, runs: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share: Wilson's, which is right for few runs and near 0 and 1 too.

    Examples
    --------
    >>> [round(value, 3) for value in share_interval(20, 20)]
    [0.839, 1.0]
    """
    share, square = successes / runs, NormalDist().inv_cdf((1 + CONFIDENCE) / 2) ** 2
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = math.sqrt(square * (share * (1 - share) / runs + square / (4 * runs**2))) / (1 + square / runs)
    return max(0.0, middle - half), min(1.0, middle + half)


def sign_test(first: int, second: int) -> float:
    """How probable it is by chance alone that of pairs that differ at least so many favour the same side.

    Parameters
    ----------
    first, second : int
        How many pairs of runs with the same seed only the first program, or only the second, learned from.

    Examples
    --------
    >>> sign_test(0, 6), sign_test(3, 3)
    (0.03125, 1.0)
    """
    pairs = first + second
    tail = sum(math.comb(pairs, k) for k in range(min(first, second) + 1))
    return min(1.0, tail / 2 ** (pairs - 1)) if pairs else 1.0


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

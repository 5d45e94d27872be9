"""`strong_wolfe`: how far to go along a direction, so that the loss falls enough and its slope has flattened.

Bracketing, then zooming in by cubic interpolation: algorithms 3.5 and 3.6 of Nocedal and Wright, "Numerical
Optimization", 2006, with the constants and the safeguards of PyTorch, whose steps these are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

DECREASE = 1e-4
"""The share of the fall that the slope promises at the start, which has to be there."""

CURVATURE = 0.9
"""The share of the slope at the start that may be left."""


@dataclass(frozen=True)
class Point:
    """A place along the direction: how far, the loss, its gradient, and the slope along the direction."""

    t: float
    loss: float
    gradient: Any
    slope: float


def strong_wolfe(
    evaluate: Callable[[float], Point], start: Point, t: float, longest: float, tolerance: float, limit: int
) -> tuple[Point, int]:
    """A point where the strong Wolfe conditions hold, or the best of those tried.

    A loss that is not a number counts as too high.

    Parameters
    ----------
    evaluate : callable
        Gives the point at a distance.
    start : Point
        At 0; the slope is negative.
    t : float
        The first distance that is tried.
    longest : float
        The direction's largest entry: the search ends where this times the bracket's length is below `tolerance`.
    tolerance : float
    limit : int
        About so many points are tried.

    Returns
    -------
    Point
    int
        How many were tried.
    """

    def too_high(point: Point) -> bool:
        return not point.loss <= start.loss + DECREASE * point.t * start.slope

    def flat(point: Point) -> bool:
        return abs(point.slope) <= -CURVATURE * start.slope

    before, point = start, evaluate(t)
    tried = 0
    while True:
        if tried >= limit:
            return _lower([start, point]), tried + 1
        if too_high(point) or (tried > 1 and point.loss >= before.loss):
            break
        if flat(point):
            return point, tried + 1
        if point.slope >= 0:
            break
        bounds = point.t + 0.01 * (point.t - before.t), 10.0 * point.t
        before, point = point, evaluate(_minimum(before, point, *bounds))
        tried += 1

    bracket = [before, point]
    stuck = False
    while tried < limit and not abs(bracket[1].t - bracket[0].t) * longest < tolerance:
        low = bracket.index(_lower(bracket))
        high = 1 - low
        t, stuck = _trial(bracket, stuck)
        point = evaluate(t)
        tried += 1
        if too_high(point) or point.loss >= bracket[low].loss:
            bracket[high] = point
            continue
        if flat(point):
            return point, tried + 1
        if point.slope * (bracket[high].t - bracket[low].t) >= 0:
            bracket[high] = bracket[low]
        bracket[low] = point
    return _lower(bracket), tried + 1


def _lower(bracket: list[Point]) -> Point:
    return bracket[1] if bracket[0].loss > bracket[1].loss else bracket[0]


def _trial(bracket: list[Point], stuck: bool) -> tuple[float, bool]:
    """Where to look in a bracket, and whether that is near an end: not twice, since it would creep along."""
    left, right = sorted(point.t for point in bracket)
    t = _minimum(bracket[0], bracket[1], left, right)
    margin = 0.1 * (right - left)
    if min(right - t, t - left) >= margin:
        return t, False
    if stuck or t >= right or t <= left:
        return (right - margin if abs(t - right) < abs(t - left) else left + margin), False
    return t, True


def _minimum(a: Point, b: Point, low: float, high: float) -> float:
    """The minimum, between `low` and `high`, of the cubic with the losses and slopes of two points."""
    if a.t > b.t:
        a, b = b, a
    middle = (low + high) / 2.0
    if a.t == b.t:
        return middle
    d1 = a.slope + b.slope - 3.0 * (a.loss - b.loss) / (a.t - b.t)
    square = d1 * d1 - a.slope * b.slope
    if not square >= 0.0:
        return middle
    d2 = math.sqrt(square)
    width = b.slope - a.slope + 2.0 * d2
    if width == 0.0 or not math.isfinite(width):
        return middle
    return min(max(b.t - (b.t - a.t) * ((b.slope + d2 - d1) / width), low), high)

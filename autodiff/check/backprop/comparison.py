"""When two gradients are equal: each parameter's verdict, with its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

TOLERANCE = 1e-5
"""Relative to the parameter's largest entry. Correct code has less: rounding, and the 1e-8 that people add inside a
logarithm and leave out of its derivative."""
SINGLE = 2e-3
"""The same for gradients in single precision."""
NOTHING = 1e-10
"""Below this part of the largest gradient of all, an entry is rounding error of zero (a bias before a batch norm)."""


@dataclass(frozen=True)
class Row:
    """What there is to say about one parameter.

    Attributes
    ----------
    name : str
    shape : tuple of int
    verdict : str
        "right", "wrong" or "can't be checked".
    error : float
        The largest error, relative to the largest entry of the true gradient.
    ratio : float or None
        Theirs over the truth, where that is the same for all entries.
    worst : dict or None
        The entry with the largest error: `entry`, `given`, `expected`.
    note : str
        What else there is to know.
    """

    name: str
    shape: tuple[int, ...]
    verdict: str
    error: float
    ratio: float | None = None
    worst: dict[str, Any] | None = None
    note: str = ""


def fitted(given: Any, shape: tuple[int, ...]) -> Any:
    """A gradient in its parameter's shape; None where it would not fit in ``w - lr * dw``."""
    if given is None:
        return None
    if given.shape == shape:
        return given
    try:
        if np.broadcast_shapes(given.shape, shape) == shape:
            return np.broadcast_to(given, shape)
        if given.size == np.prod(shape, dtype=int) and np.broadcast_shapes(given.shape, shape) == given.shape:
            return given.reshape(shape)  # (1, n) for (n,)
    except ValueError:
        return None
    return None


def is_right(given: Any, true: Any, largest: float) -> bool:
    """Whether a gradient is the true one, where the largest entry of all true gradients is `largest`."""
    off = wrong_entries(given, true, largest)
    return off is not None and not off.any()


def wrong_entries(given: Any, true: Any, largest: float) -> Any:
    """Which entries of a gradient are wrong; None where its shape is."""
    value = fitted(given, true.shape)
    if value is None:
        return None
    tolerance = SINGLE if given.dtype.kind == "f" and given.dtype.itemsize < 8 else TOLERANCE
    bound = max(tolerance * np.abs(true).max(initial=0.0), NOTHING * largest)
    with np.errstate(all="ignore"):
        return ~(np.abs(value - true) <= bound)


def row(name: str, given: Any, true: Any, largest: float) -> Row:
    """The verdict about one parameter."""
    shape = true.shape
    value = fitted(given, shape)
    if given is None:
        return Row(name, shape, "wrong", np.inf, note="no gradient returned")
    if value is None:
        return Row(
            name, shape, "wrong", np.inf, note=f"gradient of shape {given.shape} for a parameter of shape {shape}"
        )
    with np.errstate(all="ignore"):
        off = np.where(np.isfinite(value), np.abs(value - true), np.inf)
        scale = max(np.abs(true).max(initial=0.0), NOTHING / TOLERANCE * largest)
        error = float(off.max(initial=0.0) / scale) if scale else float(off.max(initial=0.0))
    if is_right(given, true, largest):
        return Row(name, shape, "right", error)
    entry = tuple(int(k) for k in np.unravel_index(int(off.argmax()), shape))
    worst = {"entry": entry, "given": float(value[entry]), "expected": float(true[entry])}
    return Row(name, shape, "wrong", error, ratio_of(value, true), worst)


def ratio_of(value: Any, true: Any) -> float | None:
    """The constant c with value = c * true, if there is one (0 for zeros)."""
    with np.errstate(all="ignore"):
        square = float(np.vdot(true, true))
        if not square or not np.isfinite(value).all():
            return None
        c = float(np.vdot(true, value)) / square
        constant = np.abs(value - c * true).max(initial=0.0) <= 1e-6 * abs(c) * np.abs(true).max(initial=0.0)
        return float(f"{c:.12g}") if constant else None

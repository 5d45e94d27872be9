"""The parts of a gradient that lines of their own reach: of a packed vector ``theta`` each layer's.

Two errors in such a vector are told apart only if each of its parts is judged by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST, LARGEST = 32, 5000
"""So many parts, of so many entries in all; a gradient with more stays whole."""


@dataclass(frozen=True)
class Part:
    """Some entries of one gradient, or (`entries` is None) all of them.

    Attributes
    ----------
    name : str
        The parameter's.
    label : str
        What the report calls the part, and the key by which the search knows it.
    entries : array of bool or None
    """

    name: Any
    label: Any
    entries: Any = None

    def of(self, array: Any) -> Any:
        """Its entries of an array that has the parameter's shape."""
        return array if self.entries is None else array[self.entries]


def changed(a: Any, b: Any) -> Any:
    """Where two gradients of one shape differ by more than rounding; None where their shapes do."""
    if a is None or b is None or a.shape != b.shape:
        return None
    size = max(float(np.abs(b).max(initial=0.0)), 1e-30)
    with np.errstate(all="ignore"):
        close = np.abs(a - b) <= 1e-13 * size + 1e-11 * np.abs(b)
    return ~(close | (a == b) | (np.isnan(a) & np.isnan(b)))


def split(name: Any, reached: Sequence[Any], true: Any) -> list[Part]:
    """The parts of a gradient, where `reached` says of each line which of its entries that reaches.

    A part is a block that some line reaches of this gradient with nothing else, and in which the true gradient isn't 0
    throughout: that the gradients of dead units are right proves nothing.
    """
    whole = [Part(name, name)]
    masks = {mask.tobytes(): mask for mask in reached if mask is not None and mask.any()}
    if len(masks) < 2:
        return whole
    stacked = np.stack([mask.ravel() for mask in masks.values()], axis=1)
    classes, which = np.unique(stacked, axis=0, return_inverse=True)
    own = {mask.ravel().tobytes() for mask in masks.values()}
    shape = next(iter(masks.values())).shape
    found = [(which.ravel() == k) for k in range(len(classes))]
    found = [mask for mask in found if mask.tobytes() in own and _block(mask.reshape(shape))]
    rest = ~np.logical_or.reduce(found) if found else np.ones(which.size, bool)
    if rest.any():
        found.append(rest)
    found = _alive(found, true.ravel())
    if not 2 <= len(found) <= MOST:
        return whole
    return [Part(name, _label(name, mask.reshape(shape)), mask.reshape(shape)) for mask in found]


def _alive(masks: list[Any], true: Any) -> list[Any]:
    """The masks, those in which the true gradient is 0 added to the nearest others."""
    alive = [mask for mask in masks if true[mask].any()]
    for mask in masks:
        if alive and not true[mask].any():
            away = [abs(int(other.argmax()) - int(mask.argmax())) for other in alive]
            nearest = away.index(min(away))
            alive[nearest] = alive[nearest] | mask
    return alive


def _block(mask: Any) -> list[Any] | None:
    """Along each axis the positions of a block; None where the entries are no block."""
    places = [np.unique(axis) for axis in np.nonzero(mask)]
    spans = all(p.size == p[-1] - p[0] + 1 for p in places)
    return places if spans and np.prod([p.size for p in places]) == mask.sum() else None


def _label(name: Any, mask: Any) -> str:
    """The part as an index says it."""
    places = _block(mask)
    if places is None:
        return f"{name}[the other {int(mask.sum())} entries]"
    return f"{name}[{', '.join(map(_span, places, mask.shape))}]"


def _span(places: Any, size: int) -> str:
    if places.size == size:
        return ":"
    return f"{places[0]}" if places.size == 1 else f"{places[0]}:{places[-1] + 1}"


def whole(names: Mapping[Any, Any]) -> dict[Any, list[Part]]:
    """Every gradient as one part."""
    return {name: [Part(name, name)] for name in names}

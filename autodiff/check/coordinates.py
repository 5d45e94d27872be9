"""Arrays, and tuples of arrays, as vectors of real numbers: a complex entry has two coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .differences import Vector


@dataclass(frozen=True)
class Coordinate:
    """One real number in a tuple of arrays.

    Attributes
    ----------
    array : int
        Which array of the tuple.
    entry : tuple of int
        Which entry of that.
    part : str
        "real" or "imaginary"; empty for an array of real numbers.
    """

    array: int
    entry: tuple[int, ...]
    part: str

    def __str__(self) -> str:
        return f"entry {self.entry}" + (f", {self.part} part" if self.part else "")


def coordinates(arrays: Sequence[Any]) -> list[Coordinate]:
    """The coordinates of a tuple of arrays, in the order of `as_vector`."""
    return [
        Coordinate(k, entry, part)
        for k, array in enumerate(arrays)
        for entry in np.ndindex(*array.shape)
        for part in (("real", "imaginary") if _is_complex(array) else ("",))
    ]


def _is_complex(array: Any) -> bool:
    return bool(np.dtype(array.dtype).kind == "c")


def as_vector(arrays: Sequence[np.ndarray[Any, Any]]) -> Vector:
    """The coordinates' values."""
    parts = [
        np.ascontiguousarray(a, dtype=np.complex128 if _is_complex(a) else np.float64).reshape(-1).view(np.float64)
        for a in arrays
    ]
    return np.concatenate([np.empty(0), *parts])


def displaced(array: np.ndarray[Any, Any], coordinate: Coordinate, t: complex) -> np.ndarray[Any, Any]:
    """A copy of `array` with `t` added to the coordinate."""
    copy = array.copy()
    copy[coordinate.entry] += t * 1j if coordinate.part == "imaginary" else t
    return copy


def unit_vectors(arrays: Sequence[Any]) -> Iterator[list[np.ndarray[Any, Any]]]:
    """For each coordinate the tuple of arrays in which it is 1 and everything else 0."""
    for coordinate in coordinates(arrays):
        zeros = [np.zeros(a.shape, a.dtype) for a in arrays]
        zeros[coordinate.array] = displaced(zeros[coordinate.array], coordinate, 1)
        yield zeros

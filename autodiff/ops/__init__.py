"""The table of operations: each is declared in one block, in the file of its family."""

from . import (
    arithmetic,
    constant,
    creation,
    exponential,
    indexing,
    linalg,
    parts,
    reduction,
    selection,
    shape,
    special,
    trigonometric,
)

__all__ = [
    "arithmetic",
    "constant",
    "creation",
    "exponential",
    "indexing",
    "linalg",
    "parts",
    "reduction",
    "selection",
    "shape",
    "special",
    "trigonometric",
]

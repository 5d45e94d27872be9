"""The table of operations: each is declared in one block, in the file of its family."""

from . import constant, creation, elementwise, fft, frequencies, indexing, linalg, reduction, shape, special

__all__ = [
    "constant",
    "creation",
    "elementwise",
    "fft",
    "frequencies",
    "indexing",
    "linalg",
    "reduction",
    "shape",
    "special",
]

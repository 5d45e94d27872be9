"""The table of operations: each is declared in one block, in the file of its family."""

from . import constant, creation, elementwise, indexing, linalg, reduction, shape, solving, special, triangles

__all__ = ["constant", "creation", "elementwise", "indexing", "linalg", "reduction", "shape", "solving", "special", "triangles"]

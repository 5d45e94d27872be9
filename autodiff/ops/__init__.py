"""The table of operations: each is declared in one block, in the file of its family."""

from . import (
    constant,
    creation,
    decompositions,
    elementwise,
    indexing,
    linalg,
    norms,
    products,
    reduction,
    shape,
    singular,
    solving,
    special,
    triangles,
)

__all__ = [
    "constant",
    "creation",
    "decompositions",
    "elementwise",
    "indexing",
    "linalg",
    "norms",
    "products",
    "reduction",
    "shape",
    "singular",
    "solving",
    "special",
    "triangles",
]

"""The table of operations: each is declared in one block, in the file of its family."""

from . import (
    beyond,
    constant,
    contraction,
    creation,
    cumulative,
    dtypes,
    elementwise,
    indexing,
    linalg,
    manipulation,
    reduction,
    searching,
    shape,
    sorting,
    special,
)

__all__ = [
    "beyond",
    "constant",
    "contraction",
    "creation",
    "cumulative",
    "dtypes",
    "elementwise",
    "indexing",
    "linalg",
    "manipulation",
    "reduction",
    "searching",
    "shape",
    "sorting",
    "special",
]

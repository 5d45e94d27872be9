"""Linear algebra: the array API standard's extension `linalg`, differentiable."""

from .ops.decompositions import cholesky, eigh, eigvalsh, qr
from .ops.eigenvalues import eig, eigvals
from .ops.linalg import matmul, outer, tensordot
from .ops.norms import matrix_norm, vector_norm
from .ops.products import cross, diagonal, matrix_power, matrix_rank, trace, vecdot
from .ops.shape import matrix_transpose
from .ops.singular import pinv, svd, svdvals
from .ops.solving import det, inv, slogdet, solve

__all__ = [
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eig",
    "eigh",
    "eigvals",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "matrix_transpose",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "trace",
    "vecdot",
    "vector_norm",
]

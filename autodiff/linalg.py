"""Linear algebra: the array API standard's extension `linalg`, differentiable."""

from .ops.decompositions import cholesky, eigh, eigvalsh, qr
from .ops.linalg import matmul, outer, tensordot
from .ops.shape import matrix_transpose
from .ops.singular import eig, eigvals, pinv, svd, svdvals
from .ops.solving import det, inv, slogdet, solve

__all__ = ["cholesky", "det", "eig", "eigh", "eigvals", "eigvalsh", "inv", "matmul", "matrix_transpose", "outer", "pinv", "qr", "slogdet", "solve", "svd", "svdvals", "tensordot"]

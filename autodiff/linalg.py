"""Linear algebra: the array API standard's extension `linalg`, differentiable."""

from .ops.linalg import matmul, outer, tensordot
from .ops.shape import matrix_transpose
from .ops.solving import det, inv, slogdet, solve

__all__ = ["det", "inv", "matmul", "matrix_transpose", "outer", "slogdet", "solve", "tensordot"]

"""Differentiable NumPy: a Tensor that records what is done to it, and operations that know their derivatives.

In reading order: `op` (how an operation is declared), `ops` (the table of operations), `graph` and `tensor` (what is
recorded), `sweep` (reverse and forward mode, two loops), `transforms` (`grad`, `vjp`, `jvp`, ...), `check`.
"""

from . import op, protocols
from .check import GradcheckError, gradcheck
from .graph import GradientError, enable_grad, is_grad_enabled, no_grad
from .op import REGISTRY
from .ops.constant import *
from .ops.creation import *
from .ops.elementwise import *
from .ops.indexing import *
from .ops.linalg import *
from .ops.reduction import *
from .ops.shape import *
from .ops.special import *
from .tensor import Tensor
from .transforms import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp

# What the star imports brought along beside the operations.
del NAMESPACES, POSITIVE, TENSORS, Any, Array, Axes, Axis, Shape, annotations, as_tensor, axes_of, expanded, math, np
del wrap

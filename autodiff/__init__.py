"""Differentiable NumPy: a Tensor that records what is done to it, and operations that know their derivatives.

In reading order: `op` (how an operation is declared), `ops` (the table of operations), `graph` and `tensor` (what is
recorded), `sweep` (reverse and forward mode, two loops), `transforms` (`grad`, `vjp`, `jvp`, ...), `check`.
"""

from . import linalg as linalg
from . import op as op
from . import protocols as protocols
from .check import GradcheckError as GradcheckError
from .check import gradcheck as gradcheck
from .graph import GradientError as GradientError
from .graph import enable_grad as enable_grad
from .graph import is_grad_enabled as is_grad_enabled
from .graph import no_grad as no_grad
from .op import REGISTRY as REGISTRY
from .ops.constant import *
from .ops.creation import *
from .ops.elementwise import *
from .ops.indexing import *
from .ops.linalg import matmul as matmul
from .ops.linalg import outer as outer
from .ops.linalg import tensordot as tensordot
from .ops.products import vecdot as vecdot
from .ops.reduction import *
from .ops.shape import *
from .ops.solving import cofactor as cofactor
from .ops.solving import gap_quotient as gap_quotient
from .ops.special import *
from .ops.triangles import *
from .tensor import Tensor as Tensor
from .transforms import grad as grad
from .transforms import hessian as hessian
from .transforms import hvp as hvp
from .transforms import jacobian as jacobian
from .transforms import jvp as jvp
from .transforms import value_and_grad as value_and_grad
from .transforms import vjp as vjp

# The star imports bring the operations, and with them what their modules imported for themselves.
for _name in ("NAMESPACES", "TENSORS", "Any", "Array", "annotations", "as_tensor", "np", "wrap"):
    del globals()[_name]
for _name in ("POSITIVE", "Axis", "Shape", "axes_of", "expanded"):
    del globals()[_name]

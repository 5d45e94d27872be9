"""Differentiable NumPy: a Tensor that records what is done to it, and operations that know their derivatives.

In reading order: `op` (how an operation is declared), `ops` (the table of operations), `graph` and `tensor` (what is
recorded), `sweep` (reverse and forward mode, two loops), `transforms` (`grad`, `vjp`, `jvp`, ...), `check`.
"""

from . import fft as fft
from . import linalg as linalg
from . import op as op
from . import protocols as protocols
from . import special as special  # after the star imports, since `ops` has a module of that name
from .anomaly import AnomalyError as AnomalyError
from .anomaly import detect_anomaly as detect_anomaly
from .check import BackpropError as BackpropError
from .check import BackpropReport as BackpropReport
from .check import GradcheckError as GradcheckError
from .check import GradcheckReport as GradcheckReport
from .check import check_backprop as check_backprop
from .check import check_gradients as check_gradients
from .check import gradcheck as gradcheck
from .compiler import compile as compile
from .graph import GradientError as GradientError
from .graph import enable_grad as enable_grad
from .graph import is_grad_enabled as is_grad_enabled
from .graph import no_grad as no_grad
from .op import REGISTRY as REGISTRY
from .ops.arithmetic import *
from .ops.beyond import *
from .ops.constant import *
from .ops.contraction import *
from .ops.creation import *
from .ops.cumulative import *
from .ops.dtypes import *
from .ops.dtypes import __array_namespace_info__ as __array_namespace_info__
from .ops.exponential import *
from .ops.indexing import *
from .ops.linalg import matmul as matmul
from .ops.linalg import outer as outer
from .ops.linalg import tensordot as tensordot
from .ops.manipulation import *
from .ops.parts import *
from .ops.products import vecdot as vecdot
from .ops.reduction import *
from .ops.searching import *
from .ops.selection import *
from .ops.shape import *
from .ops.sorting import *
from .ops.special import *
from .ops.trigonometric import *
from .tensor import Tensor as Tensor
from .transforms import grad as grad
from .transforms import hessian as hessian
from .transforms import hvp as hvp
from .transforms import jacobian as jacobian
from .transforms import jvp as jvp
from .transforms import value_and_grad as value_and_grad
from .transforms import vjp as vjp

__array_api_version__ = "2025.12"

# The star imports bring the operations, those that are for rules alone too, and what their modules imported or made for
# themselves.
for _name in (
    *[_operation.name for _operation in REGISTRY.values() if _operation.internal],
    "Any",
    "Array",
    "Axes",
    "Axis",
    "COMPLEX",
    "Callable",
    "DIFFERENTIABLE",
    "FloatInfo",
    "IntegerInfo",
    "Labelled",
    "NAMESPACES",
    "NamedTuple",
    "NamespaceInfo",
    "POSITIVE",
    "Sequence",
    "Shape",
    "TENSORS",
    "UniqueAll",
    "UniqueCounts",
    "UniqueInverse",
    "Width",
    "annotations",
    "as_tensor",
    "as_tensors",
    "axes_of",
    "dataclass",
    "expanded",
    "is_array",
    "math",
    "np",
    "polar",
    "product_before",
    "smallest_normal",
    "wrap",
):
    globals().pop(_name, None)

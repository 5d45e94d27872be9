"""One namespace per array library: the standard's names, each bound to the fastest callable that keeps its meaning.

Every derivative rule is written against such a namespace, so what is fast is decided here, once, and not in the rules.
Beside the standard's functions each namespace has the few extensions that rules need: indexing as functions,
`rank_one`, and what is stable only when computed as one.
"""

from .dtypes import COMPLEX as COMPLEX
from .dtypes import DIFFERENTIABLE as DIFFERENTIABLE
from .dtypes import smallest_normal as smallest_normal
from .generic import Array as Array
from .generic import GradientError as GradientError
from .generic import Namespace as Namespace
from .numpy import NUMPY as NUMPY
from .resolution import NAMESPACES as NAMESPACES
from .resolution import is_array as is_array

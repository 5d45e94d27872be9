"""Derivatives of functions: `grad`, `vjp`, `jvp` and what is made of them; and `Tensor.backward`.

Every transform makes its inputs new nodes and calls the function, which records a graph; one of the two sweeps then
goes over that graph. Where the graph reaches something else that is tracked (the input of an outer derivative, a
parameter), the sweep is recorded as well. Therefore transforms nest, in any order, without further bookkeeping.

An argument that is differentiated by, and what the function returns, may be a pytree: tuples, named tuples, lists and
dicts that hold Tensors, arrays and numbers, nested; None has no entries. Gradients come in the structure of the
argument. In an argument, a list of numbers alone, ``[1.0, 2.0]``, is an array as it is elsewhere. All leaves of an
argument that is differentiated by have to be floating or complex; constants go into arguments that `argnums` doesn't
name, or the function closes over them.

In reading order: `pytree`, `recording`, `gradients`, `jacobian`, and `backward`, which stands for itself.
"""

from .backward import backward as backward
from .gradients import grad as grad
from .gradients import jvp as jvp
from .gradients import value_and_grad as value_and_grad
from .gradients import vjp as vjp
from .jacobian import hessian as hessian
from .jacobian import hvp as hvp
from .jacobian import jacobian as jacobian

"""`Tensor.backward`: PyTorch's way to ask for gradients, which end up in the `grad` of the leaves."""

from __future__ import annotations

from typing import Any

from .. import sweep
from .._namespaces import NAMESPACES
from ..graph import GradientError, enable_grad
from ..tensor import Tensor, wrap
from .recording import fitting


def backward(self: Tensor, gradient: Any = None, retain_graph: bool | None = None, create_graph: bool = False) -> None:
    """Add the derivatives of this tensor to the `grad` of every leaf that it was computed from.

    Parameters
    ----------
    gradient : array_like, optional
        The cotangent, in the shape of this tensor; needed unless that has one element.
    retain_graph : bool, optional
        Keep what the graph saved, for another backward; by default only with `create_graph`.
    create_graph : bool
        Record the derivatives, so that they can be differentiated. Each leaf's `grad` then refers to the graph and the
        graph to the leaf, a cycle that only the garbage collector frees; `autodiff.grad` makes none.

    Raises
    ------
    GradientError
        This tensor requires no gradient, it has several elements and no `gradient` is given, the graph was freed by an
        earlier backward, or a leaf was changed in place after it was used.

    Examples
    --------
    >>> from autodiff import Tensor
    >>> x = Tensor([1.0, 2.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    Tensor([2., 4.])
    """
    node = self._node
    if node is None:
        raise GradientError(
            f"backward of a tensor of shape {self.shape} that requires no gradient: nothing it was computed from has "
            "requires_grad=True, or it was computed under no_grad() or detached"
        )
    g: Any
    if gradient is not None:
        g = fitting(self, gradient, "gradient")
        if not create_graph:
            g = g._value
    elif self.size == 1:
        g = NAMESPACES[type(self._value)].seed(self._value)
        if create_graph:
            g = wrap(g, None)
    else:
        raise GradientError(
            f"backward of a tensor of shape {self.shape} needs a gradient of that shape; only with a single element "
            "(a loss, after .sum() or .mean()) it is 1 by default"
        )
    if create_graph:
        with enable_grad():
            arrived = sweep.pullback({node: g}, retain_graph=retain_graph is not False)
    else:
        arrived = sweep.pullback({node: g}, retain_graph=bool(retain_graph))
    # Only now that the sweep went through, so that an error leaves every gradient as it was.
    for target, g in arrived.items():
        target.grad = g if target.grad is None else target.grad + g


Tensor.backward = backward  # type: ignore[method-assign]

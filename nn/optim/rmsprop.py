"""RMSprop: steps divided by a running root mean square of the gradient."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from autodiff._namespaces import Array

from .blocks import State
from .groups import Check, Option, ParamGroup, flag, rate
from .optimizer import Optimizer, Params
from .sgd import prepared


class RMSprop(Optimizer):
    """Each entry's steps are divided by the root of a running mean of its squared gradients.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
    lr : float
        Learning rate.
    alpha : float
        How slowly the mean forgets.
    eps : float
        Added to the root.
    weight_decay : float
        Adds ``weight_decay * p`` to the gradient.
    momentum : float
        Steps along ``v = momentum*v + g / (root + eps)``.
    centered : bool
        Divides by the standard deviation instead. Where rounding makes the variance negative it counts as 0 (in
        PyTorch it gives NaN).
    maximize : bool
        Steps uphill.

    References
    ----------
    Tieleman and Hinton, "Lecture 6.5: RMSprop", Coursera 2012; centered: Graves, "Generating sequences with recurrent
    neural networks", 2013.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.RMSprop([w], lr=0.01)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.9, 1.9], requires_grad=True)
    """

    checks: ClassVar[dict[str, Check]] = {
        "alpha": rate,
        "eps": rate,
        "weight_decay": rate,
        "momentum": rate,
        "centered": flag,
        "maximize": flag,
    }
    alpha, eps, weight_decay, momentum, centered = Option(), Option(), Option(), Option(), Option()
    maximize = Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr,
            alpha=alpha,
            eps=eps,
            weight_decay=weight_decay,
            momentum=momentum,
            centered=centered,
            maximize=maximize,
        )

    def init(self, p: Array, group: ParamGroup) -> State:
        """Means of 0."""
        names = ["square_avg"]
        names += ["grad_avg"] * group["centered"] + ["momentum_buffer"] * bool(group["momentum"])
        return {name: np.zeros(p.shape, p.dtype) for name in names}

    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """``p - lr*g / (sqrt(square_avg) + eps)``, or along a velocity of such steps."""
        g = prepared(g, p, group)
        alpha = group["alpha"]
        square = alpha * state["square_avg"] + (1.0 - alpha) * g * g
        state = {**state, "square_avg": square}
        if group["centered"]:
            mean = state["grad_avg"] + (1.0 - alpha) * (g - state["grad_avg"])
            state["grad_avg"] = mean
            square = xp.maximum(square - mean * mean, 0.0)
        root = xp.sqrt(square) + group["eps"]
        if not group["momentum"]:
            return p - group.rate(p.dtype) * g / root, state
        velocity = group["momentum"] * state["momentum_buffer"] + g / root
        state["momentum_buffer"] = velocity
        return p - group.rate(p.dtype) * velocity, state

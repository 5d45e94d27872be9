"""Gradient descent, with momentum, Nesterov's too."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from autodiff._namespaces import Array

from .blocks import State
from .groups import Check, Option, ParamGroup, finite, flag, rate
from .optimizer import Optimizer, Params


class SGD(Optimizer):
    """Gradient descent, with momentum and weight decay where wanted.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
    lr : float
        Learning rate.
    momentum : float
        ``v = momentum*v + (1 - dampening)*g``, then ``p -= lr*v`` (the learning rate outside, as in PyTorch). The
        first `v` is `g` itself.
    dampening : float
    weight_decay : float
        Adds ``weight_decay * p`` to the gradient.
    nesterov : bool
        Steps along ``g + momentum*v`` instead of `v`.
    maximize : bool
        Steps uphill.

    References
    ----------
    Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.SGD([w], lr=0.1)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.8, 1.6], requires_grad=True)
    """

    checks: ClassVar[dict[str, Check]] = {
        "momentum": rate,
        "dampening": finite,
        "weight_decay": rate,
        "nesterov": flag,
        "maximize": flag,
    }
    momentum, dampening, weight_decay, nesterov, maximize = Option(), Option(), Option(), Option(), Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        momentum: float = 0.0,
        dampening: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr,
            momentum=momentum,
            dampening=dampening,
            weight_decay=weight_decay,
            nesterov=nesterov,
            maximize=maximize,
        )

    def check(self, group: ParamGroup) -> None:
        """Nesterov's step is one along an undamped velocity."""
        if group["nesterov"] and not (group["momentum"] and not group["dampening"]):
            raise ValueError("nesterov: needs a momentum above 0 and no dampening")

    def init(self, p: Array, group: ParamGroup) -> State:
        """A velocity of 0; with dampening also a count, since the first step is not damped."""
        if not group["momentum"]:
            return {}
        velocity = {"momentum_buffer": np.zeros(p.shape, p.dtype)}
        return {**velocity, "step": np.zeros((), np.float64)} if group["dampening"] else velocity

    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """``p - lr*g``, or along the velocity."""
        momentum, dampening = group["momentum"], group["dampening"]
        g = prepared(g, p, group)
        if momentum:
            share = g
            if dampening:
                share = xp.astype(1.0 - dampening * xp.minimum(state["step"], 1.0), p.dtype) * g
                state = {**state, "step": state["step"] + 1.0}
            velocity = momentum * state["momentum_buffer"] + share
            state = {**state, "momentum_buffer": velocity}
            g = g + momentum * velocity if group["nesterov"] else velocity
        return p - group.rate(p.dtype) * g, state


def prepared(g: Array, p: Array, group: ParamGroup) -> Array:
    """The gradient downhill, with weight decay."""
    if group["maximize"]:
        g = -g
    return g + group["weight_decay"] * p if group["weight_decay"] else g

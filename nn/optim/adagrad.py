"""Adagrad: steps that shrink with the sum of the squared gradients."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from autodiff._namespaces import Array

from .blocks import State
from .groups import Check, Option, ParamGroup, flag, rate
from .optimizer import Optimizer, Params
from .sgd import prepared


class Adagrad(Optimizer):
    """Each entry's steps are divided by the root of the sum of its squared gradients so far.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
    lr : float
        Learning rate.
    lr_decay : float
        Before step k it is divided by ``1 + (k - 1)*lr_decay``.
    weight_decay : float
        Adds ``weight_decay * p`` to the gradient.
    initial_accumulator_value : float
        What the sum begins with.
    eps : float
        Added to the root.
    maximize : bool
        Steps uphill.

    References
    ----------
    Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 2011.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.Adagrad([w], lr=0.1)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.9, 1.9], requires_grad=True)
    """

    checks: ClassVar[dict[str, Check]] = {
        "lr_decay": rate,
        "weight_decay": rate,
        "initial_accumulator_value": rate,
        "eps": rate,
        "maximize": flag,
    }
    lr_decay, weight_decay, initial_accumulator_value, eps, maximize = Option(), Option(), Option(), Option(), Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        lr_decay: float = 0.0,
        weight_decay: float = 0.0,
        initial_accumulator_value: float = 0.0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
            maximize=maximize,
        )

    def init(self, p: Array, group: ParamGroup) -> State:
        """The sum's first value, after no step."""
        return {"sum": np.full(p.shape, group["initial_accumulator_value"], p.dtype), "step": np.zeros((), np.float64)}

    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """``p - lr*g / (sqrt(sum) + eps)``."""
        g = prepared(g, p, group)
        total = state["sum"] + g * g
        rate = group.rate(p.dtype)
        if group["lr_decay"]:  # in float64 whatever the parameters' dtype, then as one number
            rate = xp.astype(group.rate(np.dtype(np.float64)) / (1.0 + state["step"] * group["lr_decay"]), p.dtype)
        return p - rate * g / (xp.sqrt(total) + group["eps"]), {"sum": total, "step": state["step"] + 1.0}

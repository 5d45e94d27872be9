"""Adam and AdamW: running means of the gradient and of its square."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from autodiff._namespaces import Array

from .blocks import State
from .groups import Check, Option, ParamGroup, betas, flag, rate
from .optimizer import Optimizer, Params
from .sgd import prepared

_CHECKS: dict[str, Check] = {"betas": betas, "eps": rate, "weight_decay": rate, "amsgrad": flag, "maximize": flag}


class Adam(Optimizer):
    """Steps of about the size of the learning rate, by running means of the gradient and of its square.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
    lr : float
        Learning rate.
    betas : (float, float)
        How slowly the two means forget.
    eps : float
        Added to the root of the mean square.
    weight_decay : float
        Adds ``weight_decay * p`` to the gradient.
    amsgrad : bool
        Divides by the largest mean square so far.
    maximize : bool
        Steps uphill.

    References
    ----------
    Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015; amsgrad: Reddi, Kale and Kumar, "On the
    convergence of Adam and beyond", ICLR 2018.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.Adam([w], lr=0.1)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.9, 1.9], requires_grad=True)
    """

    checks: ClassVar[dict[str, Check]] = _CHECKS
    betas, eps, weight_decay, amsgrad, maximize = Option(), Option(), Option(), Option(), Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params, lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize
        )

    def init(self, p: Array, group: ParamGroup) -> State:
        """Means of 0, after no step."""
        return _no_moments(p, group)

    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """``p - lr * mean / (sqrt(square) + eps)``, both means corrected for their start at 0."""
        return _moved(xp, prepared(g, p, group), state, p, group)


class AdamW(Optimizer):
    """Adam, with weight decay that is no part of the gradient: ``p`` shrinks by ``lr * weight_decay * p``.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
    lr : float
        Learning rate.
    betas : (float, float)
        How slowly the two means forget.
    eps : float
        Added to the root of the mean square.
    weight_decay : float
    amsgrad : bool
        Divides by the largest mean square so far.
    maximize : bool
        Steps uphill.

    References
    ----------
    Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.AdamW([w], lr=0.1, weight_decay=0.5)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.85, 1.8 ], requires_grad=True)
    """

    checks: ClassVar[dict[str, Check]] = _CHECKS
    betas, eps, weight_decay, amsgrad, maximize = Option(), Option(), Option(), Option(), Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params, lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize
        )

    def init(self, p: Array, group: ParamGroup) -> State:
        """Means of 0, after no step."""
        return _no_moments(p, group)

    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """``p * (1 - lr*weight_decay)``, then Adam's step."""
        if group["weight_decay"]:
            p = xp.astype(1.0 - group.rate(np.dtype(np.float64)) * group["weight_decay"], p.dtype) * p
        return _moved(xp, -g if group["maximize"] else g, state, p, group)


def _no_moments(p: Array, group: ParamGroup) -> State:
    names = ["exp_avg", "exp_avg_sq", *["max_exp_avg_sq"] * group["amsgrad"]]
    return {**{name: np.zeros(p.shape, p.dtype) for name in names}, "step": np.zeros((), np.float64)}


def _moved(xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
    """A step along the corrected mean, divided by the corrected root mean square."""
    beta1, beta2 = group["betas"]
    step = state["step"] + 1.0
    mean = state["exp_avg"] + (1.0 - beta1) * (g - state["exp_avg"])
    square = beta2 * state["exp_avg_sq"] + (1.0 - beta2) * g * g
    after = {**state, "step": step, "exp_avg": mean, "exp_avg_sq": square}
    if group["amsgrad"]:
        square = after["max_exp_avg_sq"] = xp.maximum(state["max_exp_avg_sq"], square)
    # In float64 whatever the parameters' dtype, then as one number each.
    size = xp.astype(group.rate(np.dtype(np.float64)) / (1.0 - beta1**step), p.dtype)
    root = xp.astype(xp.sqrt(1.0 - beta2**step), p.dtype)
    return p - size * mean / (xp.sqrt(square) / root + group["eps"]), after

"""Lower rates when there is no more progress."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..optim import Optimizer
from ..optim.groups import finite, rate
from .schedule import take_over


class ReduceLROnPlateau:
    """Multiplies the rates by `factor` when a figure of merit has not improved for more than `patience` epochs.

    Parameters
    ----------
    optimizer : Optimizer
    mode : {"min", "max"}
        Whether smaller or larger is better.
    factor : float
        Below 1.
    patience : int
    threshold : float
        Better by less than this doesn't count: by this share of the best so far, or by this amount.
    threshold_mode : {"rel", "abs"}
    cooldown : int
        So many epochs after a reduction are not counted.
    min_lr : float, or a list of one per group
    eps : float
        A reduction by no more than this is left out.

    Examples
    --------
    >>> from nn import Parameter, optim, schedules
    >>> optimizer = optim.SGD([Parameter(1.0)], lr=0.5)
    >>> schedule = schedules.ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
    >>> for loss in [3.0, 2.0, 2.0, 2.0]:
    ...     schedule.step(loss)
    >>> optimizer.lr
    0.25
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: float | Sequence[float] = 0.0,
        eps: float = 1e-8,
    ) -> None:
        if rate("factor", factor) >= 1.0:
            raise ValueError(f"factor: a number below 1 expected, got {factor!r}")
        if mode not in ("min", "max"):
            raise ValueError(f"mode: 'min' or 'max' expected, got {mode!r}")
        if threshold_mode not in ("rel", "abs"):
            raise ValueError(f"threshold_mode: 'rel' or 'abs' expected, got {threshold_mode!r}")
        groups = optimizer.param_groups
        self.optimizer, self.factor = optimizer, float(factor)
        self.mode, self.threshold, self.threshold_mode = mode, finite("threshold", threshold), threshold_mode
        self.patience, self.cooldown, self.eps = patience, cooldown, rate("eps", eps)
        self.min_lrs = [min_lr] * len(groups) if isinstance(min_lr, (int, float)) else list(min_lr)
        if len(self.min_lrs) != len(groups):
            raise ValueError(f"min_lr: one number, or one for each of {len(groups)} groups expected, got {min_lr!r}")
        self.best = math.inf if mode == "min" else -math.inf
        self.num_bad_epochs = self.cooldown_counter = self.last_epoch = 0

    def step(self, metrics: Any) -> None:
        """Take note of an epoch's figure (a number, or a Tensor with one element). NaN is no improvement."""
        figure = float(metrics.item() if hasattr(metrics, "item") else metrics)
        self.last_epoch += 1
        if self._is_better(figure):
            self.best, self.num_bad_epochs = figure, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0
            for group, lowest in zip(self.optimizer.param_groups, self.min_lrs, strict=False):
                reduced = max(group["lr"] * self.factor, lowest)
                if group["lr"] - reduced > self.eps:
                    group["lr"] = reduced

    def _is_better(self, figure: float) -> bool:
        sign = -1.0 if self.mode == "min" else 1.0
        if self.threshold_mode == "rel":
            return sign * figure > sign * self.best * (1.0 + sign * self.threshold)
        return sign * figure > sign * self.best + self.threshold

    def get_last_lr(self) -> list[float]:
        """The groups' rates now."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """All that the schedule knows, but its optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go on where another schedule was. The optimizer's rates are part of its own state dict."""
        take_over(self, state_dict)

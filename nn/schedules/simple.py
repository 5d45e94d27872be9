"""Schedules by a formula: constant, linear (a warm-up), in steps, exponential, along a cosine."""

from __future__ import annotations

import math

from ..optim import Optimizer
from ..optim.groups import count, rate
from .schedule import Schedule


class ConstantLR(Schedule):
    """The rate times `factor` for `total_iters` steps, then the rate itself.

    Examples
    --------
    >>> from nn import Parameter, optim, schedules
    >>> optimizer = optim.SGD([Parameter(1.0)], lr=0.4)
    >>> schedule = schedules.ConstantLR(optimizer, factor=0.5, total_iters=2)
    >>> rates = []
    >>> for epoch in range(4):
    ...     rates.append(optimizer.lr)
    ...     schedule.step()
    >>> rates
    [0.2, 0.2, 0.4, 0.4]
    """

    def __init__(self, optimizer: Optimizer, factor: float = 1.0 / 3, total_iters: int = 5) -> None:
        self.factor, self.total_iters = rate("factor", factor), count("total_iters", total_iters)
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """``factor * base``, then `base`."""
        return base * (self.factor if step < self.total_iters else 1.0)


class LinearLR(Schedule):
    """From the rate times `start_factor` to the rate times `end_factor` in `total_iters` equal steps: a warm-up.

    Examples
    --------
    >>> from nn import Parameter, optim, schedules
    >>> optimizer = optim.SGD([Parameter(1.0)], lr=0.4)
    >>> schedule = schedules.LinearLR(optimizer, start_factor=0.5, total_iters=2)
    >>> rates = []
    >>> for epoch in range(4):
    ...     rates.append(round(optimizer.lr, 10))
    ...     schedule.step()
    >>> rates
    [0.2, 0.3, 0.4, 0.4]
    """

    def __init__(
        self, optimizer: Optimizer, start_factor: float = 1.0 / 3, end_factor: float = 1.0, total_iters: int = 5
    ) -> None:
        self.start_factor, self.end_factor = rate("start_factor", start_factor), rate("end_factor", end_factor)
        self.total_iters = count("total_iters", total_iters)
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """Linear in the step, constant after the last one."""
        share = min(step, self.total_iters) / self.total_iters
        return base * (self.start_factor + (self.end_factor - self.start_factor) * share)


class StepLR(Schedule):
    """Every `step_size` steps the rate is multiplied by `gamma`."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        self.step_size, self.gamma = count("step_size", step_size), rate("gamma", gamma)
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """``base * gamma**(step // step_size)``."""
        return base * self.gamma ** (step // self.step_size)


class ExponentialLR(Schedule):
    """Every step multiplies the rate by `gamma`."""

    def __init__(self, optimizer: Optimizer, gamma: float) -> None:
        self.gamma = rate("gamma", gamma)
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """``base * gamma**step``."""
        return base * self.gamma**step


class CosineAnnealingLR(Schedule):
    """Along half a cosine from the rate to `eta_min` in `T_max` steps; after that back again.

    References
    ----------
    Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.
    """

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:
        self.T_max, self.eta_min = count("T_max", T_max), rate("eta_min", eta_min)
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """``eta_min + (base - eta_min) * (1 + cos(pi*step/T_max)) / 2``."""
        return between(base, self.eta_min, step / self.T_max)


def between(start: float, end: float, share: float) -> float:
    """From one number to another along half a cosine."""
    return end + (start - end) * (1.0 + math.cos(math.pi * share)) / 2.0

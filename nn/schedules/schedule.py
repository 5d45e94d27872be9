"""`Schedule`: what all schedules share, and `SequentialLR`, one after another."""

from __future__ import annotations

import bisect
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from ..optim import Optimizer
from ..optim.groups import count


class Schedule(ABC):
    """What all schedules share: a subclass defines `rate`.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are those that the schedule begins with (a second schedule begins with them, too); they are set to
        the schedule's first ones at once.

    Attributes
    ----------
    base_lrs : list of float
        The rates that the groups began with.
    last_epoch : int
        How many steps were taken.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(self).__name__}: an optimizer expected, got {type(optimizer).__name__}")
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            group.initial_lr = group["lr"] if group.initial_lr is None else group.initial_lr
        self.base_lrs = [group.initial_lr or 0.0 for group in optimizer.param_groups]
        self.last_epoch = 0
        self._apply()

    @abstractmethod
    def rate(self, base: float, step: int) -> float:
        """The learning rate after so many steps, in a group that began with `base`."""

    def step(self) -> None:
        """Set the rates for the next epoch, or step, of the training."""
        self.last_epoch += 1
        self._apply()

    def _apply(self) -> None:
        for group, base in zip(self.optimizer.param_groups, self.base_lrs, strict=False):
            group["lr"] = self.rate(base, self.last_epoch)

    def get_last_lr(self) -> list[float]:
        """The groups' rates now."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """All that the schedule knows, but its optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go on where another schedule was. The optimizer's rates are part of its own state dict."""
        take_over(self, state_dict)


class SequentialLR(Schedule):
    """One schedule after another, each from its own beginning: a warm-up, then a cosine.

    Parameters
    ----------
    optimizer : Optimizer
    schedulers : sequence of Schedule
        All of this optimizer, made with the rates that it began with.
    milestones : sequence of int
        After so many steps the second begins, the third, and so on.

    Examples
    --------
    >>> from nn import Parameter, optim, schedules
    >>> optimizer = optim.SGD([Parameter(1.0)], lr=0.4)
    >>> parts = [schedules.LinearLR(optimizer, 0.5, total_iters=2), schedules.CosineAnnealingLR(optimizer, T_max=2)]
    >>> schedule = schedules.SequentialLR(optimizer, parts, milestones=[2])
    >>> rates = []
    >>> for epoch in range(5):
    ...     rates.append(round(optimizer.lr, 10))
    ...     schedule.step()
    >>> rates
    [0.2, 0.3, 0.4, 0.2, 0.0]
    """

    def __init__(self, optimizer: Optimizer, schedulers: Sequence[Schedule], milestones: Sequence[int]) -> None:
        if len(milestones) != len(schedulers) - 1 or sorted(milestones) != list(milestones):
            raise ValueError(f"milestones: {len(schedulers) - 1} increasing numbers expected, got {list(milestones)}")
        if any(schedule.optimizer is not optimizer for schedule in schedulers):
            raise ValueError("schedulers: all have to be of the optimizer that is given")
        self.schedulers, self.milestones = list(schedulers), [count("milestones", m) for m in milestones]
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """That of the schedule whose turn it is, after as many steps of its own."""
        k = bisect.bisect_right(self.milestones, step)
        return self.schedulers[k].rate(base, step - (self.milestones[k - 1] if k else 0))

    def state_dict(self) -> dict[str, Any]:
        """All but the optimizer and the schedules, which know nothing of steps."""
        return {name: value for name, value in super().state_dict().items() if name != "schedulers"}


def take_over(schedule: Any, state_dict: Mapping[str, Any]) -> None:
    """Set all that a state dict names."""
    unknown = state_dict.keys() - vars(schedule).keys()
    if unknown:
        raise ValueError(f"load_state_dict: {type(schedule).__name__} has no {min(unknown)}")
    vars(schedule).update(state_dict)

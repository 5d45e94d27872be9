"""One cycle: the rate goes up and down again, the momentum the other way."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from ..optim import Optimizer
from ..optim.groups import count, rate
from .schedule import Schedule
from .simple import between


class OneCycleLR(Schedule):
    """Up to `max_lr` and down again to almost nothing, the momentum the other way; all in `total_steps` steps.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates don't matter.
    max_lr : float, or a list of one per group
    total_steps : int, optional
        Or `epochs` and `steps_per_epoch`, of which it is the product.
    epochs, steps_per_epoch : int, optional
    pct_start : float
        The share of the steps that go up.
    anneal_strategy : {"cos", "linear"}
    cycle_momentum : bool
        Whether the momentum (of Adam, the first beta) is changed, too. Such a change is no matter of setting a number,
        as that of the rate is: each makes the optimizer's kernel anew, and a compiled function is recorded again.
    base_momentum, max_momentum : float
    div_factor : float
        The first rate is ``max_lr / div_factor``.
    final_div_factor : float
        The last one is the first one divided by this.
    three_phase : bool
        Whether it goes down to the first rate as it went up, and only then to the last.

    References
    ----------
    Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2019.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | Sequence[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float = 0.85,
        max_momentum: float = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
    ) -> None:
        if total_steps is None:
            if epochs is None or steps_per_epoch is None:
                raise ValueError("OneCycleLR: total_steps, or epochs and steps_per_epoch expected")
            total_steps = count("epochs", epochs) * count("steps_per_epoch", steps_per_epoch)
        self.total_steps = count("total_steps", total_steps)
        self.pct_start = rate("pct_start", pct_start)
        if self.pct_start > 1.0:
            raise ValueError(f"pct_start: a number from 0 to 1 expected, got {pct_start!r}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy: 'cos' or 'linear' expected, got {anneal_strategy!r}")
        self.anneal_strategy, self.cycle_momentum, self.three_phase = anneal_strategy, cycle_momentum, three_phase
        self.base_momentum, self.max_momentum = rate("base_momentum", base_momentum), rate("max_momentum", max_momentum)
        self.div_factor = rate("div_factor", div_factor, positive=True)
        self.final_div_factor = rate("final_div_factor", final_div_factor, positive=True)
        groups = optimizer.param_groups
        if cycle_momentum and not all("momentum" in group or "betas" in group for group in groups):
            raise ValueError("OneCycleLR: the optimizer has no momentum to be changed; set cycle_momentum=False")
        tops = [max_lr] * len(groups) if isinstance(max_lr, (int, float)) else list(max_lr)
        if len(tops) != len(groups):
            raise ValueError(f"max_lr: one number, or one for each of {len(groups)} groups expected, got {len(tops)}")
        self.max_lrs = [rate("max_lr", top, positive=True) for top in tops]
        super().__init__(optimizer)

    def rate(self, base: float, step: int) -> float:
        """From `base`, to its `div_factor`-fold, and to its `final_div_factor`-th part."""
        return self._phased(step, base, base * self.div_factor, base / self.final_div_factor)

    def _phased(self, step: int, first: float, middle: float, last: float) -> float:
        """The value in the phase that a step belongs to."""
        up = self.pct_start * self.total_steps - 1.0
        ends, values = [up, self.total_steps - 1.0], [first, middle, last]
        if self.three_phase:
            ends, values = [up, 2.0 * up, self.total_steps - 1.0], [first, middle, first, last]
        k = min(bisect.bisect_left(ends, step), len(ends) - 1)
        begin, end = ends[k - 1] if k else 0.0, ends[k]
        share = min(1.0, (step - begin) / (end - begin)) if end > begin else 1.0
        if self.anneal_strategy == "cos":
            return between(values[k], values[k + 1], share)
        return values[k] + (values[k + 1] - values[k]) * share

    def _apply(self) -> None:
        if self.last_epoch > self.total_steps:
            raise ValueError(f"OneCycleLR: step {self.last_epoch} of {self.total_steps}; the cycle is over")
        self.base_lrs = [top / self.div_factor for top in self.max_lrs]
        super()._apply()
        for group in self.optimizer.param_groups:
            if self.cycle_momentum:
                low, high = self.base_momentum, self.max_momentum
                momentum = self._phased(self.last_epoch, high, low, high)
                if "betas" in group:
                    group["betas"] = (momentum, group["betas"][1])
                else:
                    group["momentum"] = momentum

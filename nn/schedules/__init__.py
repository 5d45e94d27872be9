"""Learning rate schedules: each sets its optimizer's rates, group by group, and again at every `step`.

A schedule is a function of how many steps were taken and of the rate that a group began with (`rate`). Names, arguments
and rates are PyTorch's. A compiled training step sees the new rates; `step` itself is called outside of it.
In reading order: `schedule` (what all share), `simple`, `one_cycle`, `plateau`.
"""

from .one_cycle import OneCycleLR
from .plateau import ReduceLROnPlateau
from .schedule import Schedule, SequentialLR
from .simple import ConstantLR, CosineAnnealingLR, ExponentialLR, LinearLR, StepLR

__all__ = [
    "ConstantLR",
    "CosineAnnealingLR",
    "ExponentialLR",
    "LinearLR",
    "OneCycleLR",
    "ReduceLROnPlateau",
    "Schedule",
    "SequentialLR",
    "StepLR",
]

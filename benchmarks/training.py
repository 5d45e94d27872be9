"""The whole default `xor` training, as ``python -m tasks xor`` does it, without its files."""

from __future__ import annotations

import numpy as np

from tasks import xor
from tasks.training import Result

from .timing import Timing, compare


def run() -> dict[str, Timing]:
    """Time the training with recorded gradients against that with hand-written ones."""

    def train(gradients: str) -> Result:
        return xor.train(xor.Config(gradients=gradients))  # type: ignore[arg-type]

    by_hand, recorded = train("corrected"), train("autodiff")
    np.testing.assert_allclose(
        [epoch.loss for epoch in recorded.history], [epoch.loss for epoch in by_hand.history], rtol=1e-8
    )
    return compare(
        {"hand-written NumPy": lambda: train("corrected"), "autodiff": lambda: train("autodiff")},
        calls=1,
        rounds=15,
    )

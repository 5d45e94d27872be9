"""The whole default `xor` training, as ``python -m tasks xor`` does it, without its files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tasks import xor
from tasks.data import xor_points
from tasks.training import Result, Training

from .compiled import BACKENDS
from .timing import Timing, compare


def run() -> dict[str, Timing]:
    """Time the training with recorded gradients, eagerly and compiled, against that with hand-written ones.

    A training records its step anew; numba's machine code is loaded already.
    """

    def train(gradients: str) -> Callable[[], Result]:
        return lambda: xor.train(xor.Config(gradients=gradients))  # type: ignore[arg-type]

    candidates = {"hand-written NumPy": train("corrected"), "autodiff": train("autodiff")}
    for backend in BACKENDS:
        candidates[f"compiled, {backend}"] = lambda backend=backend: compiled(backend)  # type: ignore[misc]
    expected = None
    for name, training in candidates.items():
        losses = [epoch.loss for epoch in training().history]
        expected = losses if expected is None else expected
        np.testing.assert_allclose(losses, expected, rtol=1e-8, err_msg=name)
    return compare(candidates, calls=1, rounds=15)


def compiled(backend: str) -> Result:
    """The training with a compiled step, recorded in it."""
    training = Training(xor.Config(), xor_points(), backend)  # type: ignore[arg-type]
    training.run()
    return training.result()

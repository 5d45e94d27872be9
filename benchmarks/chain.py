"""A chain of 10,000 scalar operations, forward and backward, per operation: what recording itself costs."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np

from autodiff import Tensor

from .timing import Timing, compare

LENGTH = 10_000


def run() -> dict[str, Timing]:
    """Time the chain against PyTorch where that is installed."""
    candidates: dict[str, Callable[[], float]] = {}
    if importlib.util.find_spec("torch") is not None:
        torch: Any = importlib.import_module("torch")

        candidates["PyTorch"] = lambda: _chain(torch.tensor(0.5, dtype=torch.float64, requires_grad=True))
    candidates["autodiff"] = lambda: _chain(Tensor(0.5, requires_grad=True))
    for name, chain in candidates.items():
        # The derivative is a product of 10,000 factors near 1, each rounded.
        np.testing.assert_allclose(chain(), 1.0001**LENGTH, rtol=1e-10, err_msg=name)
    timings = compare(candidates, calls=1, rounds=20)
    per_operation = {}
    for name, t in timings.items():
        per_operation[name] = Timing(t.microseconds / LENGTH, t.ratio, t.low, t.high)
    return per_operation


def _chain(x: Any) -> float:
    y = x
    for _ in range(LENGTH):
        y = y * 1.0001
    y.backward()
    return float(x.grad.item())

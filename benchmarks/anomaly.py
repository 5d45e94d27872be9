"""What `detect_anomaly` costs while it is on: training steps inside and outside it."""

from __future__ import annotations

import numpy as np

import autodiff as ad
import nn
from autodiff import Tensor
from nn import functional as F
from nn import optim

from .seed_step import recorded
from .timing import Step, Timing, compare

STEPS = 10
"""How many steps are in a block."""


def run() -> dict[str, Timing]:
    """Time each workload on, against itself off; the times are those of `STEPS` steps."""
    workloads: dict[str, tuple[Step, Step, int]] = {
        "seed step, 10 hidden units": (recorded(10, logits=False)[0], recorded(10, logits=False)[0], 300),
        "seed step, 100 hidden units": (recorded(100, logits=False)[0], recorded(100, logits=False)[0], 300),
        "784-256-256-10, batches of 64": (_network(256, 64), _network(256, 64), 20),
    }
    timings: dict[str, Timing] = {}
    for name, (off, on, rounds) in workloads.items():
        pair = compare({"off": _several(off), "on": _watched(_several(on))}, calls=1, rounds=rounds)
        timings |= {f"{name}, {mode}": timing for mode, timing in pair.items()}
    return timings


def _several(step: Step) -> Step:
    def steps() -> None:
        for _ in range(STEPS):
            step()

    return steps


def _watched(step: Step) -> Step:
    def watched() -> None:
        with ad.detect_anomaly():
            step()

    return watched


def _network(width: int, batch: int) -> Step:
    rng = np.random.default_rng(0)
    net = nn.ThreeLayerNet(784, width, 10, rng=rng)
    x = Tensor(rng.normal(size=(batch, 784)))
    y = Tensor(rng.random(size=(batch, 10)))
    optimizer = optim.SGD(net.parameters(), lr=1e-3)

    def step() -> None:
        loss = F.binary_cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step

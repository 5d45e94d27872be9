"""A step of an MLP 784-512-256-10 on a batch of 128, float32, Adam, against PyTorch."""

from __future__ import annotations

import importlib
import importlib.util
from itertools import pairwise
from typing import Any

import numpy as np

import autodiff as ad
import nn
from autodiff import Tensor
from nn import functional as F
from nn import optim

from .compiled import BACKENDS
from .timing import Step, Timing, compare

SIZES = (784, 512, 256, 10)
BATCH = 128
LR = 0.001


def run() -> dict[str, Timing]:
    """Time a step of each candidate, after a check that all of them train alike."""
    found: dict[str, tuple[Step, Any]] = {}
    if importlib.util.find_spec("torch") is not None:
        found["PyTorch"] = torch()
    found["autodiff"] = recorded(None)
    found.update({f"compiled, {backend}": recorded(backend) for backend in BACKENDS})
    expected = None
    for name, (step, losses) in found.items():
        for _ in range(5):
            step()
        if expected is None:
            expected = losses()
        # float32, and Adam divides by the root of noise where a gradient is nearly 0.
        np.testing.assert_allclose(losses(), expected, rtol=2e-3, err_msg=name)
    return compare({name: step for name, (step, _) in found.items()}, calls=3, rounds=40)


def _data() -> tuple[Any, Any]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(BATCH, SIZES[0])).astype(np.float32), rng.integers(0, SIZES[-1], BATCH)


def _weights() -> list[Any]:
    """The initial parameters, weight, bias, weight, ..., in float32."""
    rng = np.random.default_rng(1)
    found = []
    for n, m in pairwise(SIZES):
        found += [rng.uniform(-1, 1, (m, n)) / np.sqrt(n), rng.uniform(-1, 1, m) / np.sqrt(n)]
    return [value.astype(np.float32) for value in found]


def recorded(backend: str | None) -> tuple[Step, Any]:
    """With autodiff, eagerly or compiled."""
    values = [nn.Parameter(value) for value in _weights()]
    optimizer = optim.Adam(values, lr=LR)
    x, y = map(Tensor, _data())
    last: list[Any] = [None]

    def step(x: Any, y: Any) -> Tensor:
        h = x
        for k in range(0, len(values), 2):
            h = F.linear(F.relu(h) if k else h, values[k], values[k + 1])
        loss = F.cross_entropy(h, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    fast = step if backend is None else ad.compile(step, backend=backend)

    def run() -> None:
        last[0] = fast(x, y)

    return run, lambda: last[0].item()


def torch() -> tuple[Step, Any]:
    """The same in PyTorch, eager."""
    pytorch: Any = importlib.import_module("torch")
    pytorch.set_num_threads(1)
    layers: list[Any] = []
    for n, m in pairwise(SIZES):
        layers += [pytorch.nn.Linear(n, m), pytorch.nn.ReLU()]
    net = pytorch.nn.Sequential(*layers[:-1])
    with pytorch.no_grad():
        for p, value in zip(net.parameters(), _weights(), strict=True):
            p.copy_(pytorch.tensor(value))
    optimizer = pytorch.optim.Adam(net.parameters(), lr=LR)
    x, y = map(pytorch.tensor, _data())
    last: list[Any] = [None]

    def step() -> None:
        loss = pytorch.nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        last[0] = loss

    return step, lambda: last[0].item()

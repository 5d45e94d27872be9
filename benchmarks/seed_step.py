"""The report's training step on one sample: forward, loss, gradients, update.

The baseline is the report's own NumPy code, Figures 5 to 8 on columns, its two errors corrected.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np

import nn
from autodiff import Tensor
from nn import functional as F
from nn import optim
from tasks import handwritten
from tasks.data import xor_points

from .timing import Step, Timing, compare

LR = 0.01


def run(hidden: int) -> dict[str, Timing]:
    """Time a step of each candidate, after a check that all of them train alike."""
    from . import compiled, jax_peer

    candidates = {
        "hand-written NumPy": by_hand(hidden),
        "autodiff, probability": recorded(hidden, logits=False),
        "autodiff, logits": recorded(hidden, logits=True),
    }
    candidates.update(compiled.candidates(hidden))
    if importlib.util.find_spec("torch") is not None:
        candidates["PyTorch, probability"] = torch(hidden)
    if jax_peer.HERE:
        candidates["JAX, jit, donated buffers"] = jax_peer.step(hidden)
    _check({name: (step, state) for name, (step, state) in candidates.items()})
    return compare({name: step for name, (step, _) in candidates.items()}, calls=200)


Candidate = tuple[Step, Any]
"""A step, and the function that returns the parameters as one flat array."""


def _check(candidates: dict[str, Candidate]) -> None:
    """Raise unless all candidates come to the same parameters in 20 steps."""
    expected = None
    for name, (step, state) in candidates.items():
        for _ in range(20):
            step()
        if expected is None:
            expected = state()
        # 20 steps with rounding errors of some 1e-16 each; PyTorch sums in another order.
        np.testing.assert_allclose(state(), expected, rtol=0, atol=1e-12, err_msg=name)


def sample() -> tuple[np.ndarray, np.ndarray]:
    """A point and its label."""
    x, y = xor_points()
    return x[3], y[3]


def by_hand(hidden: int) -> Candidate:
    """The report's formulas."""
    x, y = sample()
    parameters = handwritten.init_weight(2, hidden, 1, 0)
    formulas = handwritten.corrected

    def step() -> None:
        nonlocal parameters
        a3, tmp_parameters = formulas.feedforward(x, parameters)
        handwritten.cost_func(a3, y)
        gradients = formulas.backpropagation(parameters, tmp_parameters, x, y)
        parameters = handwritten.update_net(parameters, gradients, LR)

    return step, lambda: np.concatenate([value.ravel() for value in parameters.values()])


class Logits(nn.ThreeLayerNet):
    """The network without its last sigmoid."""

    def forward(self, x: Any) -> Tensor:
        """The output's log-odds."""
        a2 = F.sigmoid(F.linear(F.relu(F.linear(x, self.W1, self.b1)), self.W2, self.b2))
        return F.linear(a2, self.W3, self.b3)


def recorded(hidden: int, *, logits: bool) -> Candidate:
    """The same on Tensors."""
    x, y = map(Tensor, sample())
    net = (Logits if logits else nn.ThreeLayerNet)(2, hidden, 1, rng=np.random.RandomState(0))
    loss_of = F.binary_cross_entropy_with_logits if logits else F.binary_cross_entropy
    optimizer = optim.SGD(net.parameters(), lr=LR)

    def step() -> None:
        loss = 0.5 * loss_of(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step, lambda: np.concatenate([value.ravel() for value in net.state_dict().values()])


def torch(hidden: int) -> Candidate:
    """The same in PyTorch: nn.Linear, optim.SGD, float64, one thread."""
    pytorch: Any = importlib.import_module("torch")
    pytorch.set_num_threads(1)
    x, y = map(pytorch.tensor, sample())
    net = pytorch.nn.Sequential(
        pytorch.nn.Linear(2, hidden),
        pytorch.nn.ReLU(),
        pytorch.nn.Linear(hidden, hidden),
        pytorch.nn.Sigmoid(),
        pytorch.nn.Linear(hidden, 1),
        pytorch.nn.Sigmoid(),
    ).double()
    initial = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0)).state_dict()
    net.load_state_dict(dict(zip(net.state_dict(), map(pytorch.tensor, initial.values()), strict=True)))
    optimizer = pytorch.optim.SGD(net.parameters(), lr=LR)
    loss_of = pytorch.nn.functional.binary_cross_entropy

    def step() -> None:
        loss = 0.5 * loss_of(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step, lambda: np.concatenate([p.detach().numpy().ravel() for p in net.parameters()])

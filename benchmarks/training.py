"""The whole default `xor` training, as ``python -m tasks xor`` does it, without its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

import autodiff as ad
import nn
from autodiff import Tensor
from nn import functional as F
from nn import optim
from tasks import xor
from tasks.data import xor_points
from tasks.networks import Network
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
    config = xor.Config()
    training = Training(config, xor_points())
    training.network = compiled_network(training.network, config, backend)
    training.run()
    return training.result()


def compiled_network(eager: Network, config: Any, backend: str) -> Network:
    """The network of a training with its step compiled."""
    net = nn.ThreeLayerNet(2, config.hidden, 1, rng=np.random.RandomState(config.seed))
    optimizer = optim.SGD(net.parameters(), lr=config.lr)

    @ad.compile(backend=backend)
    def step(x: Any, y: Any) -> Tensor:
        loss: Tensor = 0.5 * F.binary_cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    def predict(x: Any) -> Any:
        with ad.no_grad():
            return net(x).numpy()

    return replace(
        eager,
        step=lambda x, y: step(x, y).item(),
        predict=predict,
        state_dict=net.state_dict,
        load_state_dict=net.load_state_dict,
    )

"""The seed step compiled, and an epoch of it by `scan`."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np

import autodiff as ad
import nn
from autodiff import Tensor
from nn import functional as F
from nn import optim
from tasks.data import xor_points

from . import jax_peer, seed_step
from .seed_step import LR, Candidate
from .timing import Timing, compare

BACKENDS = ["numpy", "numba"] if importlib.util.find_spec("numba") is not None else ["numpy"]


def trained(hidden: int) -> tuple[Any, Any]:
    """The network of the seed step, and the step as a function of a sample and its label."""
    net = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0))
    optimizer = optim.SGD(net.parameters(), lr=LR)

    def step(x: Any, y: Any) -> Tensor:
        loss: Tensor = 0.5 * F.binary_cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return net, step


def _state(net: Any) -> Any:
    return lambda: np.concatenate([value.ravel() for value in net.state_dict().values()])


def compiled(hidden: int, backend: str, *, fastmath: bool = False) -> Candidate:
    """The seed step by a back end."""
    net, step = trained(hidden)
    fast = ad.compile(step, backend=backend, fastmath=fastmath)
    x, y = map(Tensor, seed_step.sample())
    return lambda: fast(x, y), _state(net)


def candidates(hidden: int) -> dict[str, Candidate]:
    """The seed step by all back ends."""
    found = {f"compiled, {backend}": compiled(hidden, backend) for backend in BACKENDS}
    if "numba" in BACKENDS:
        found["compiled, numba, fastmath"] = compiled(hidden, "numba", fastmath=True)
    return found


def run_epoch(hidden: int) -> dict[str, Timing]:
    """Time an epoch over the 21 points by `scan`, per step, against as many hand-written steps."""
    xs, ys = xor_points()
    hand, _ = seed_step.by_hand(hidden)

    def by_hand() -> None:
        for _ in range(len(xs)):
            hand()

    epochs: dict[str, Any] = {"hand-written NumPy": by_hand}
    for backend, fastmath in [(b, False) for b in BACKENDS] + [("numba", True)] * ("numba" in BACKENDS):
        net, step = trained(hidden)
        fast = ad.compile(step, backend=backend, fastmath=fastmath)
        _check_epoch(hidden, net, fast, xs, ys)
        rows = Tensor(xs), Tensor(ys)
        name = f"scan, {backend}" + ", fastmath" * fastmath
        epochs[name] = lambda fast=fast, rows=rows: fast.scan(*rows)
    if jax_peer.HERE:
        epochs["JAX, lax.scan"] = _checked_jax(hidden, xs, ys)
    timings = compare(epochs, calls=10)
    return {name: Timing(t.microseconds / len(xs), t.ratio, t.low, t.high) for name, t in timings.items()}


def _checked_jax(hidden: int, xs: Any, ys: Any) -> Any:
    """An epoch by JAX, after a check that it trains as ours does."""
    net, step = trained(hidden)
    epoch, state = jax_peer.epoch(hidden)
    for _ in range(2):
        epoch()
        for x, y in zip(xs, ys, strict=True):
            step(Tensor(x), Tensor(y))
    np.testing.assert_allclose(state(), _state(net)(), rtol=0, atol=1e-12)  # 42 steps of some 1e-16 each
    return epoch


def _check_epoch(hidden: int, net: Any, fast: Any, xs: Any, ys: Any) -> None:
    """Raise unless an epoch in one call does what its steps do."""
    reference, step = trained(hidden)
    for _ in range(2):
        losses = [step(Tensor(x), Tensor(y)).item() for x, y in zip(xs, ys, strict=True)]
        # 42 steps, each with rounding errors of some 1e-16.
        np.testing.assert_allclose(fast.scan(Tensor(xs), Tensor(ys)).tolist(), losses, rtol=1e-10)
    np.testing.assert_allclose(_state(net)(), _state(reference)(), rtol=0, atol=1e-12)

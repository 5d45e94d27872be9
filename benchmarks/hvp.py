"""A Hessian-vector product of a loss of three layers, 100 units each, on a batch of 100, against PyTorch."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np

import autodiff as ad
from autodiff import Tensor

from .compiled import BACKENDS
from .timing import Step, Timing, compare

UNITS = 100
BATCH = 100


def run() -> dict[str, Timing]:
    """Time one product of each candidate, after a check that all agree."""
    x, t, W, v = _data()
    found: dict[str, tuple[Step, Any]] = {}
    if importlib.util.find_spec("torch") is not None:
        found["PyTorch"] = torch()
    arguments = [Tensor(a) for a in (x, t, W, v)]
    found["autodiff"] = (lambda: _product(*arguments), lambda: _product(*arguments).numpy())
    for backend in BACKENDS:
        product = ad.compile(_product, backend=backend)
        found[f"compiled, {backend}"] = (
            lambda product=product: product(*arguments),
            lambda product=product: product(*arguments).numpy(),
        )
    expected = None
    for name, (_, result) in found.items():
        result()
        expected = result() if expected is None else expected
        np.testing.assert_allclose(result(), expected, rtol=1e-9, atol=1e-12, err_msg=name)
    return compare({name: step for name, (step, _) in found.items()}, calls=3, rounds=40)


def _data() -> tuple[Any, ...]:
    rng = np.random.default_rng(0)
    W = rng.normal(size=(3, UNITS, UNITS)) / np.sqrt(UNITS)
    return rng.normal(size=(BATCH, UNITS)), rng.normal(size=(BATCH, UNITS)), W, rng.normal(size=W.shape)


def _product(x: Any, t: Any, W: Any, v: Any) -> Tensor:
    """The Hessian of the loss by all weights, times v."""

    def loss(W: Any) -> Tensor:
        h = ad.tanh(ad.tanh(x @ W[0]) @ W[1]) @ W[2]
        return ((h - t) ** 2.0).mean()

    return ad.hvp(loss, W, v)


def torch() -> tuple[Step, Any]:
    """The same in PyTorch: the gradient of the gradient times v."""
    pytorch: Any = importlib.import_module("torch")
    pytorch.set_num_threads(1)
    x, t, W, v = map(pytorch.tensor, _data())
    W.requires_grad_()

    def product() -> Any:
        h = pytorch.tanh(pytorch.tanh(x @ W[0]) @ W[1]) @ W[2]
        loss = ((h - t) ** 2.0).mean()
        (g,) = pytorch.autograd.grad(loss, W, create_graph=True)
        return pytorch.autograd.grad((g * v).sum(), W)[0]

    return product, lambda: product().numpy()

"""A Hessian-vector product of a network of three layers, 2-100-100-1, on a batch of 100, against PyTorch."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np

import autodiff as ad
from autodiff import Tensor

from .compiled import BACKENDS
from .timing import Step, Timing, compare

HIDDEN = 100
BATCH = 100
SHAPES = ((2, HIDDEN), (HIDDEN,), (HIDDEN, HIDDEN), (HIDDEN,), (HIDDEN, 1), (1,))
ENDS = np.cumsum([int(np.prod(shape)) for shape in SHAPES]).tolist()


def run() -> dict[str, Timing]:
    """Time one product of each candidate, after a check that all agree."""
    found: dict[str, tuple[Step, Any]] = {}
    if importlib.util.find_spec("torch") is not None:
        found["PyTorch"] = torch()
    arguments = [Tensor(a) for a in _data()]
    found["autodiff"] = (lambda: _product(*arguments), lambda: _product(*arguments).numpy())
    found.update({f"compiled, {backend}": compiled(backend, arguments) for backend in BACKENDS})
    expected = None
    for name, (_, result) in found.items():
        result()
        expected = result() if expected is None else expected
        np.testing.assert_allclose(result(), expected, rtol=1e-9, atol=1e-12, err_msg=name)
    return compare({name: step for name, (step, _) in found.items()}, calls=3, rounds=40)


def compiled(backend: str, arguments: list[Tensor]) -> tuple[Step, Any]:
    """With autodiff, compiled."""
    product = ad.compile(_product, backend=backend)
    return lambda: product(*arguments), lambda: product(*arguments).numpy()


def _data() -> tuple[Any, ...]:
    """Inputs, targets, all parameters in one vector, and the direction."""
    rng = np.random.default_rng(0)
    p = np.concatenate([rng.normal(size=shape).ravel() / np.sqrt(shape[0]) for shape in SHAPES])
    return rng.normal(size=(BATCH, 2)), rng.normal(size=(BATCH, 1)), p, rng.normal(size=p.shape)


def _loss(tanh: Any, p: Any, x: Any, t: Any) -> Any:
    """The mean square of the network's error, for autodiff and PyTorch alike."""
    starts = [0, *ENDS[:-1]]
    W1, b1, W2, b2, W3, b3 = (p[a:b].reshape(s) for a, b, s in zip(starts, ENDS, SHAPES, strict=True))
    h = tanh(tanh(x @ W1 + b1) @ W2 + b2)
    return ((h @ W3 + b3 - t) ** 2.0).mean()


def _product(x: Any, t: Any, p: Any, v: Any) -> Tensor:
    """The Hessian of the loss by all parameters, times v."""
    product: Tensor = ad.hvp(lambda p: _loss(ad.tanh, p, x, t), p, v)
    return product


def torch() -> tuple[Step, Any]:
    """The same in PyTorch: the gradient of the gradient times v."""
    pytorch: Any = importlib.import_module("torch")
    pytorch.set_num_threads(1)
    x, t, p, v = map(pytorch.tensor, _data())
    p.requires_grad_()

    def product() -> Any:
        (g,) = pytorch.autograd.grad(_loss(pytorch.tanh, p, x, t), p, create_graph=True)
        return pytorch.autograd.grad((g * v).sum(), p)[0]

    return product, lambda: product().numpy()

"""Parameters for an optimizer, a loss on them, and PyTorch's rule on plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

import autodiff as ad
from autodiff import Tensor

MANY = 5000
"""More entries than a parameter has that is stepped together with others."""


def by_hand(
    values: dict[str, np.ndarray],
    velocities: dict[str, np.ndarray],
    gradients: dict[str, Any],
    **settings: Any,
) -> None:
    """One step as PyTorch documents it, parameter by parameter, on plain arrays."""
    lr, momentum = settings["lr"], settings.get("momentum", 0.0)
    for name, gradient in gradients.items():
        g = gradient + settings.get("weight_decay", 0.0) * values[name]
        if momentum:
            velocities[name] = momentum * velocities.get(name, 0.0) + g
            g = g + momentum * velocities[name] if settings.get("nesterov") else velocities[name]
        values[name] = values[name] - lr * g


def leaves(**arrays: Any) -> dict[str, Tensor]:
    """Parameters with names."""
    return {name: Tensor(array, requires_grad=True, name=name) for name, array in arrays.items()}


def mixed() -> dict[str, Tensor]:
    """Parameters of two precisions and many shapes, one with no entries, two of them large."""
    rng = np.random.default_rng(0)
    return leaves(
        matrix=rng.normal(size=(3, 2)),
        single=rng.normal(size=4).astype(np.float32),
        number=rng.normal(),
        large=rng.normal(size=(MANY // 50, 50)),
        cube=rng.normal(size=(2, 1, 2)).astype(np.float32),
        empty=np.zeros((0, 3)),
        large_single=rng.normal(size=MANY).astype(np.float32),
        transposed=rng.normal(size=(2, 3)).T,
    )


def backward(parameters: dict[str, Tensor]) -> None:
    """Set gradients that depend on the parameters' values."""
    for p in parameters.values():
        p.grad = None
    ad.stack([(ad.sin(p) * p).sum().astype(np.float64) for p in parameters.values()]).sum().backward()


def squares(*tensors: Tensor) -> Tensor:
    """Half the sum of all squares: the gradient is the value itself."""
    total = tensors[0] * 0.0
    for t in tensors:
        total = total.sum() + 0.5 * (t * t).sum()
    return total

"""The report's network in the names of its Figure 5, recorded: its graph, its program and its gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import autodiff as ad
from autodiff import Tensor, check_backprop
from nn import functional as F
from tasks import data, handwritten
from tasks.handwritten import Array, Backpropagation

POINT = 3
"""A point of XOR's with the label 1 and no coordinate that is 0, so that no gradient is 0 for that reason."""

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


@dataclass(frozen=True)
class Sample:
    """One point with its label, and the network at its initial weights."""

    x: Array
    y: Array
    parameters: dict[str, Array]


def sample(hidden: int = 10, seed: int = 0) -> Sample:
    """The point that gradients are compared at."""
    x, y = data.xor_points()
    return Sample(x[POINT], y[POINT], handwritten.init_weight(x.shape[1], hidden, y.shape[1], seed))


def tensors(at: Sample) -> dict[str, Tensor]:
    """The parameters as Tensors, biases flat as `nn` has them."""
    flat = {name: value.ravel() if name[0] == "b" else value for name, value in at.parameters.items()}
    return {name: Tensor(value, requires_grad=True, name=name) for name, value in flat.items()}


def output(p: dict[str, Tensor], x: Tensor) -> Any:
    """The network's probability for one point."""
    z1 = F.linear(x, p["W1"], p["b1"])
    a1 = F.relu(z1)
    z2 = F.linear(a1, p["W2"], p["b2"])
    a2 = F.sigmoid(z2)
    z3 = F.linear(a2, p["W3"], p["b3"])
    a3 = F.sigmoid(z3)
    return a3  # noqa: RET504  (the derived program takes over the names)


def loss_of(p: dict[str, Tensor], x: Tensor, y: Tensor) -> Tensor:
    """The report's loss of one sample."""
    loss: Tensor = 0.5 * F.binary_cross_entropy(output(p, x), y)
    return loss


def program(at: Sample) -> str:
    """The source of what `autodiff.compile` makes of the loss and its gradients."""
    p = tensors(at)

    @ad.compile
    def step(x: Tensor, y: Tensor) -> Any:
        loss = 0.5 * F.binary_cross_entropy(output(p, x), y)
        loss.backward()
        return loss

    step(Tensor(at.x), Tensor(at.y))
    source: str = step.source
    return source


def gradients(at: Sample) -> dict[str, Array]:
    """The gradients from recorded operations, in the report's shapes."""
    p = tensors(at)
    loss_of(p, Tensor(at.x), Tensor(at.y)).backward()
    found = {}
    for name, tensor in p.items():
        assert tensor.grad is not None, "the loss depends on every parameter"
        found[name] = tensor.grad.numpy().reshape(at.parameters[name].shape)
    return found


def by_hand(formulas: Backpropagation, at: Sample) -> dict[str, Array]:
    """The gradients from the report's Figure 7, with or without its errors."""
    _, kept = formulas.feedforward(at.x, at.parameters)
    found = formulas.backpropagation(at.parameters, kept, at.x, at.y)
    return {name: found[f"d{name}"] for name in NAMES}


def check(formulas: Backpropagation, at: Sample) -> ad.check.BackpropReport:
    """What `check_backprop` says of the report's backpropagation."""

    def loss(parameters: dict[str, Array]) -> np.float64:
        return handwritten.cost_func(formulas.feedforward(at.x, parameters)[0], at.y)

    def given(parameters: dict[str, Array]) -> dict[str, Array]:
        return by_hand(formulas, Sample(at.x, at.y, parameters))

    return check_backprop(loss, given, at.parameters)

"""The report's network behind one face, whoever works out its gradients.

What differs between `autodiff` and the hand-written formulas is one step on one sample, and nothing else; the
loop around it, in `training`, is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

import nn
from autodiff import Tensor, no_grad
from autodiff import compile as compiled
from nn import functional as F
from nn import optim
from nn.activations import Activation
from tasks import handwritten

Array = npt.NDArray[np.float64]
State: TypeAlias = dict[str, Array]

Compile: TypeAlias = Literal["auto", "off", "numpy", "numba"]
"""Whether steps on recorded operations are compiled: by which back end, or where it pays."""

PATIENCE = 500
"""So many steps are taken eagerly before "auto" compiles: recording costs about as much as 300 steps save."""

Gradients: TypeAlias = Literal["autodiff", "corrected", "published"]
"""Where gradients come from: recorded operations, the chain rule by hand, the report's own code."""


@dataclass(frozen=True)
class Network:
    """A network in training; its functions share the parameters.

    Parameters
    ----------
    sample : callable
        Takes x or y of one sample and returns it in the form that `step` takes fastest; done once for each.
    step : callable
        Takes one sample x of shape (inputs,) and its label y of shape (outputs,), updates the parameters, and
        returns the sample's loss from before the update.
    epoch : callable or None
        Takes all points x of shape (n, inputs) and y of shape (n, outputs), takes a step on each, and returns
        their losses, at least up to the first that isn't finite.
    predict : callable
        Takes points of shape (n, inputs), returns probabilities of shape (n, outputs).
    state_dict : callable
        Returns copies of the parameters by name: W1 of shape (hidden, inputs), b1 of shape (hidden,), and so
        on.
    load_state_dict : callable
        Takes what `state_dict` returned and makes it the parameters.
    at_once : bool
        Whether a step is on all samples, as rows, and its loss the mean over them.
    """

    sample: Callable[[Array], Any]
    step: Callable[[Any, Any], float]
    epoch: Callable[[Any, Any], list[float]] | None
    predict: Callable[[Array], Array]
    state_dict: Callable[[], State]
    load_state_dict: Callable[[State], object]
    at_once: bool = False


def build(
    gradients: Gradients,
    hidden: int,
    lr: float,
    seed: int,
    inputs: int = 2,
    outputs: int = 1,
    compile: Compile = "off",  # noqa: A002  (the command line's own word)
) -> Network:
    """The report's network at its initial weights, which are the same for each kind of gradients."""
    if gradients == "autodiff":
        return recorded(inputs, hidden, outputs, seed, partial(optim.SGD, lr=lr), compile=compile)
    formulas = {"corrected": handwritten.corrected, "published": handwritten.published}[gradients]
    return by_hand(formulas, inputs, hidden, outputs, lr, seed)


def recorded(
    inputs: int,
    hidden: int,
    outputs: int,
    seed: int,
    optimizer_of: Callable[[Iterable[Tensor]], optim.Optimizer],
    activations: Sequence[str | Activation] = ("relu", "sigmoid"),
    compile: Compile = "off",  # noqa: A002
) -> Network:
    """The network as Tensor operations, which record themselves and so need no gradient written down.

    `optimizer_of` takes the parameters; the activations are those of the two hidden layers. L-BFGS takes all samples
    at once, since it compares a step's gradient with that of the step before.
    """
    rng = np.random.RandomState(seed)
    net = nn.ThreeLayerNet(inputs=inputs, hidden=hidden, outputs=outputs, rng=rng, activations=activations)
    optimizer = optimizer_of(net.parameters())
    # One step takes some 30 µs, so the names that it uses are looked up once.
    cross_entropy = F.binary_cross_entropy
    zero_grad, update = optimizer.zero_grad, optimizer.step

    def step(x: Tensor | Array, y: Tensor | Array) -> Tensor:
        loss: Tensor = 0.5 * cross_entropy(net(x), y)
        zero_grad()
        loss.backward()
        update()
        return loss

    def eager(x: Tensor | Array, y: Tensor | Array) -> float:
        return float(step(x, y).item())

    def predict(x: Array) -> Array:
        with no_grad():
            probabilities: Tensor = net(x)
        return probabilities.numpy()

    def search(x: Tensor, y: Tensor) -> float:
        def closure() -> Tensor:
            loss: Tensor = 0.5 * cross_entropy(net(x), y)
            zero_grad()
            loss.backward()
            return loss

        return float(update(closure).item())

    at_once = isinstance(optimizer, optim.LBFGS)
    epoch = None if compile == "off" or at_once else _compiled_epoch(step, eager, compile)
    return Network(Tensor, search if at_once else eager, epoch, predict, net.state_dict, net.load_state_dict, at_once)


def _compiled_epoch(
    step: Callable[[Any, Any], Tensor], eager: Callable[[Any, Any], float], mode: Compile
) -> Callable[[Any, Any], list[float]]:
    """An epoch in one call; "auto" begins eagerly, since a training may end before compiling has paid."""
    fast = compiled(step, backend="numpy" if mode == "auto" else mode)
    waiting = PATIENCE if mode == "auto" else 0

    def epoch(x: Array, y: Array) -> list[float]:
        nonlocal waiting
        if waiting > 0:
            waiting -= len(x)
            return [eager(a, b) for a, b in zip(x, y, strict=True)]
        losses: list[float] = fast.scan(Tensor(x), Tensor(y)).tolist()
        return losses

    return epoch


def by_hand(
    formulas: handwritten.Backpropagation, inputs: int, hidden: int, outputs: int, lr: float, seed: int
) -> Network:
    """The network as the report wrote it, with the given formulas for the gradients."""
    parameters = handwritten.init_weight(inputs, hidden, outputs, seed)

    def step(x: Array, y: Array) -> float:
        nonlocal parameters
        a3, tmp_parameters = formulas.feedforward(x, parameters)
        loss = handwritten.cost_func(a3, y)
        gradients = formulas.backpropagation(parameters, tmp_parameters, x, y)
        parameters = handwritten.update_net(parameters, gradients, lr)
        return loss.item()

    def predict(x: Array) -> Array:
        return formulas.feedforward(x, parameters)[0].T

    def state_dict() -> State:
        # The report's biases are columns; a state dict has them flat, as nn does.
        return {name: value.ravel().copy() if name[0] == "b" else value.copy() for name, value in parameters.items()}

    def load_state_dict(state: State) -> None:
        nonlocal parameters
        parameters = {name: state[name].reshape(value.shape).copy() for name, value in parameters.items()}

    return Network(np.asarray, step, None, predict, state_dict, load_state_dict)

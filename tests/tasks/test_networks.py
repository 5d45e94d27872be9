"""Recorded gradients and hand-written ones, side by side on single samples."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

import nn
from autodiff import Tensor
from nn import functional as F
from tasks import data, handwritten, networks
from tasks.handwritten import Array, corrected, published
from tasks.networks import Gradients

SAMPLES = [0, 1, 8, 12, 20]
HIDDEN = [1, 10, 100]


def samples(index: int) -> tuple[Array, Array]:
    """One XOR point with its label."""
    x, y = data.xor_points()
    return x[index], y[index]


def by_hand(formulas: handwritten.Backpropagation, hidden: int, index: int) -> dict[str, Array]:
    """The hand-written gradients of a sample at the initial weights, flat where they are columns."""
    x, y = samples(index)
    parameters = handwritten.init_weight(2, hidden, 1, seed=0)
    _, kept = formulas.feedforward(x, parameters)
    gradients = formulas.backpropagation(parameters, kept, x, y)
    return {name: value if name[1] == "W" else value.ravel() for name, value in gradients.items()}


def recorded(hidden: int, index: int) -> dict[str, Array]:
    """The same gradients from recorded operations, with every intermediate of the way."""
    x, y = samples(index)
    parameters = handwritten.init_weight(2, hidden, 1, seed=0)
    leaves = {
        name: Tensor(value if name[0] == "W" else value.ravel(), requires_grad=True)
        for name, value in parameters.items()
    }
    z1 = F.linear(Tensor(x), leaves["W1"], leaves["b1"])
    a1 = F.relu(z1)
    z2 = F.linear(a1, leaves["W2"], leaves["b2"])
    a2 = F.sigmoid(z2)
    z3 = F.linear(a2, leaves["W3"], leaves["b3"])
    a3 = F.sigmoid(z3)
    inner = {"Z1": z1, "A1": a1, "Z2": z2, "A2": a2, "Z3": z3, "A3": a3}
    for value in inner.values():
        value.retain_grad()
    (0.5 * F.binary_cross_entropy(a3, y)).backward()
    gradients = {"d" + name: leaf.grad.numpy() for name, leaf in leaves.items()}
    # The report applies its loss's 1/2 in dW and db only, so that its dA and dZ are those of twice the loss.
    return gradients | {"d" + name: 2 * value.grad.numpy() for name, value in inner.items()}


@pytest.mark.parametrize("index", SAMPLES)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_named_gradient_agrees_with_corrected(hidden: int, index: int) -> None:
    """Recorded gradients are the corrected ones to 1e-12, in the parameters and on the way to them."""
    expected, found = by_hand(corrected, hidden, index), recorded(hidden, index)
    assert set(found) == set(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-12, atol=1e-15, err_msg=name)


@pytest.mark.parametrize("index", [1, 8, 12, 20])
def test_published_does_not_agree(index: int) -> None:
    """The published gradients are off from dZ2 on: all of the first two layers, by more than a tenth."""
    found, wrong = recorded(100, index), by_hand(published, 100, index)
    off = {n: np.linalg.norm(wrong[n] - value) / np.linalg.norm(value) for n, value in found.items()}
    assert {name for name, share in off.items() if share > 0.1} == {
        "dZ2",
        "dW2",
        "db2",
        "dA1",
        "dZ1",
        "dW1",
        "db1",
    }
    assert max(off[n] for n in ("dA3", "dZ3", "dW3", "db3", "dA2")) < 1e-12


@pytest.mark.parametrize("index", SAMPLES)
def test_the_module_has_the_same_gradients(index: int) -> None:
    """nn's three-layer network gives its parameters the hand-written gradients."""
    x, y = samples(index)
    net = nn.ThreeLayerNet(inputs=2, hidden=10, outputs=1, rng=np.random.RandomState(0))
    (0.5 * F.binary_cross_entropy(net(x), y)).backward()
    expected = by_hand(corrected, 10, index)
    for name, parameter in net.named_parameters():
        gradient = parameter.grad.numpy()
        np.testing.assert_allclose(gradient, expected["d" + name], rtol=1e-12, atol=1e-15, err_msg=name)


@pytest.mark.parametrize("gradients", get_args(Gradients))
def test_networks_start_alike(gradients: Gradients) -> None:
    """The initial weights are the report's, whoever works out the gradients."""
    state = networks.build(gradients, hidden=7, lr=0.1, seed=3).state_dict()
    expected = networks.build("published", hidden=7, lr=0.1, seed=3).state_dict()
    assert list(state) == list(expected) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    for name, value in state.items():
        assert value.shape == expected[name].shape
        assert (value == expected[name]).all()


@pytest.mark.parametrize("gradients", get_args(Gradients))
def test_state_is_a_copy(gradients: Gradients) -> None:
    """Training doesn't change a state taken before, and loading that state brings the network back."""
    network = networks.build(gradients, hidden=5, lr=0.1, seed=0)
    x, y = samples(8)
    state = network.state_dict()
    before = {name: value.copy() for name, value in state.items()}
    output = network.predict(x[None])
    first = network.step(x, y)
    assert network.step(x, y) != first
    assert all((state[name] == value).all() for name, value in before.items())
    network.load_state_dict(state)
    assert (network.predict(x[None]) == output).all()
    assert network.step(x, y) == first
    assert all((state[name] == value).all() for name, value in before.items())

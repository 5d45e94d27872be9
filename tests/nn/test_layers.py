"""Linear, the activations as modules, Sequential, and where initial weights come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nn
from autodiff import Tensor
from nn import functional as F
from nn import init


def test_linear_is_the_function_on_its_parameters() -> None:
    """For a sample, a batch and a batch of batches."""
    layer = nn.Linear(3, 2, rng=0)
    for shape in [(3,), (5, 3), (4, 5, 3)]:
        x = np.random.default_rng(1).normal(size=shape)
        expected = np.einsum("...i,oi->...o", x, layer.weight.data) + layer.bias.data
        # A sum of three products of size 1.
        np.testing.assert_allclose(layer(x).detach().numpy(), expected, rtol=0, atol=1e-15)


def test_linear_has_pytorchs_shapes_and_names() -> None:
    """The weight is (out, in), so state dicts carry over; without a bias there is none."""
    layer = nn.Linear(3, 2, rng=0)
    assert {name: value.shape for name, value in layer.state_dict().items()} == {
        "weight": (2, 3),
        "bias": (2,),
    }
    layer = nn.Linear(3, 2, bias=False, rng=0)
    assert list(layer.state_dict()) == ["weight"]
    assert layer.bias is None
    assert layer(np.zeros(3)).tolist() == [0.0, 0.0]


def test_linear_starts_uniform() -> None:
    """Between +-1/sqrt(in), and filling that interval."""
    layer = nn.Linear(25, 400, rng=0)
    for values in (layer.weight.data, layer.bias.data):
        assert np.abs(values).max() <= 0.2
        # The variance of a uniform distribution is a third of the square; 400 draws give it to some 5 %.
        assert np.mean(values**2) == pytest.approx(0.2**2 / 3, rel=0.15)
        # And the mean's standard error is 0.2 / sqrt(3 * 400).
        assert abs(values.mean()) < 3 * 0.2 / np.sqrt(3 * 400)


def test_seeds_and_generators() -> None:
    """A seed is a new generator each time, a generator goes on; nothing touches NumPy's global one."""
    state = np.random.get_state()[1].tolist()  # type: ignore[union-attr]  # noqa: NPY002
    first, again = (nn.Linear(3, 2, rng=7).weight.data for _ in range(2))
    assert (first == again).all()
    rng = np.random.default_rng(7)
    one, other = (nn.Linear(3, 2, rng=rng).weight.data for _ in range(2))
    assert (one == first).all()
    assert (other != first).all()
    assert np.random.get_state()[1].tolist() == state  # type: ignore[union-attr]  # noqa: NPY002


@pytest.mark.parametrize("rng", [None, True, 1.5, "0", np.random])
def test_no_other_source_of_randomness(rng: Any) -> None:
    """Least of all a hidden one."""
    with pytest.raises(TypeError, match=r"rng: a numpy\.random\.Generator, a RandomState or a seed expected"):
        nn.Linear(3, 2, rng=rng)


@pytest.mark.parametrize("size", [0, -1, 2.5, True, "3", None])
def test_sizes_are_positive_integers(size: Any) -> None:
    """The error names the argument."""
    with pytest.raises(ValueError, match="in_features: a positive integer"):
        nn.Linear(size, 2, rng=0)
    with pytest.raises(ValueError, match="out_features: a positive integer"):
        nn.Linear(2, size, rng=0)


def test_init() -> None:
    """Standard normal weights and zeros, as Parameters with names."""
    W, b = init.normal(300, 200, rng=0, name="W"), init.zeros(3, name="b")
    assert (W.shape, W.name, W.requires_grad) == ((300, 200), "W", True)
    assert (b.tolist(), b.name, b.requires_grad) == ([0.0] * 3, "b", True)
    # 60,000 draws: mean and variance have standard errors of 0.004 and 0.006.
    assert abs(W.data.mean()) < 0.02
    assert W.data.var() == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize(("module", "function"), [(nn.ReLU(), F.relu), (nn.Sigmoid(), F.sigmoid), (nn.Tanh(), F.tanh)])
def test_activations_are_the_functions(module: nn.Module, function: Any) -> None:
    """The modules do what the functions do."""
    x = np.linspace(-2.0, 2.0, 7)
    assert module(x).tolist() == function(x).tolist()


def test_sequential_is_one_after_another() -> None:
    """Modules and functions; parameters are named by position."""
    first, last = nn.Linear(2, 4, rng=0), nn.Linear(4, 1, rng=1)
    net = nn.Sequential(first, F.relu, last, nn.Sigmoid())
    x = np.array([[0.5, -1.0], [2.0, 0.0]])
    assert net(x).tolist() == F.sigmoid(last(F.relu(first(x)))).tolist()
    assert [name for name, _ in net.named_parameters()] == ["0.weight", "0.bias", "2.weight", "2.bias"]


def test_sequential_is_a_sequence() -> None:
    """Length, positions from both ends, iteration."""
    layers = [nn.Linear(2, 2, rng=0), F.tanh, nn.ReLU()]
    net = nn.Sequential(*layers)
    assert len(net) == 3
    assert list(net) == layers
    assert (net[0], net[1], net[-1]) == (layers[0], layers[1], layers[2])
    for k in (3, -4):
        with pytest.raises(IndexError):
            net[k]
    with pytest.raises(TypeError):
        net[0:1]


def test_an_empty_sequential_changes_nothing() -> None:
    """It returns what it is given."""
    x = Tensor([1.0])
    assert nn.Sequential()(x) is x


@pytest.mark.parametrize("entry", [3.0, None, nn.ReLU])
def test_sequential_refuses_what_is_no_layer(entry: Any) -> None:
    """A class in place of a module above all: its call would make one instead of a result."""
    with pytest.raises(TypeError, match="entry 1 is"):
        nn.Sequential(nn.ReLU(), entry)


def test_a_layer_can_be_used_twice() -> None:
    """One layer at two places has one set of parameters, with the gradients of both uses."""
    layer = nn.Linear(2, 2, rng=0)
    net = nn.Sequential(layer, nn.Tanh(), layer)
    assert len(list(net.parameters())) == 2
    x = np.array([0.5, -0.25])
    net(x).sum().backward()
    W, b = layer.weight.data, layer.bias.data
    h = np.tanh(W @ x + b)
    inner = W.T @ np.ones(2) * (1 - h * h)
    # A dozen rounded operations on numbers of size 1.
    np.testing.assert_allclose(layer.bias.grad.numpy(), 1.0 + inner, rtol=0, atol=1e-15)
    np.testing.assert_allclose(
        layer.weight.grad.numpy(), np.outer(np.ones(2), h) + np.outer(inner, x), rtol=0, atol=1e-15
    )

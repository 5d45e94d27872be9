"""Activations: derivatives of both orders, tails, kinks, and the choice by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath
import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import Tensor
from autodiff.check import gradcheck
from nn import functional as F
from nn.activations import ACTIVATIONS, activation

EPS = float(np.finfo(np.float64).eps)
TANH_GELU = partial(F.gelu, approximate="tanh")
ALL: list[Callable[..., Any]] = [*ACTIVATIONS.values(), TANH_GELU, partial(F.elu, alpha=0.5)]
AWAY_FROM_KINKS = np.array([-5.0, -2.5, -1.28, -0.3, 0.4, 1.5, 2.9, 4.0])
MP = mpmath.mp.clone()
MP.dps = 50


def exact(name: str, x: Any) -> Any:
    """The function in 50 digits."""
    # (1 + tanh(u)) / 2, written so that 50 digits are enough in the left tail
    half_tanh = 1 / (1 + MP.exp(-2 * MP.sqrt(2 / MP.pi) * (x + MP.mpf("0.044715") * x**3)))
    alpha, scale = MP.mpf("1.6732632423543772848170429916717"), MP.mpf("1.0507009873554804934193349852946")
    return {
        "identity": lambda: x,
        "relu": lambda: max(x, 0),
        "leaky_relu": lambda: x if x > 0 else x * MP.mpf(0.01),
        "elu": lambda: x if x > 0 else MP.expm1(x),
        "selu": lambda: scale * (x if x > 0 else alpha * MP.expm1(x)),
        "gelu": lambda: x * MP.ncdf(x),
        "gelu_tanh": lambda: x * half_tanh,
        "silu": lambda: x / (1 + MP.exp(-x)),
        "tanh": lambda: MP.tanh(x),
        "sigmoid": lambda: 1 / (1 + MP.exp(-x)),
        "softplus": lambda: MP.log1p(MP.exp(x)),
        "hardswish": lambda: x * min(max(x + 3, 0), 6) / 6,
    }[name]()


FUNCTIONS = {**ACTIVATIONS, "gelu_tanh": TANH_GELU}
POINTS = [-700.0, -80.0, -38.0, -20.0, -8.5, -5.0, -2.9, -1.0, -1e-3, -1e-9, 1e-9, 0.5, 2.9, 8.0, 30.0, 80.0, 700.0]
# Functions whose left tail has all its digits. That of `gelu` is exact to the precision of 1 alone.
EXACT_TAILS = FUNCTIONS.keys() - {"gelu"}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", POINTS)
def test_values_and_slopes_in_fifty_digits(name: str, x: float) -> None:
    """Over the whole range, far tails included, and without a warning."""
    value, slope = ad.value_and_grad(FUNCTIONS[name])(x)
    expected = float(exact(name, MP.mpf(x))), float(MP.diff(lambda z: exact(name, z), MP.mpf(x), h=MP.mpf(10) ** -25))
    # A dozen rounded operations; an exponential's relative error is that of its argument, times the argument, which is
    # 1.6 * (x + 0.045 * x**3) for the approximate gelu.
    tolerance = (16 + 4 * (abs(x) + 0.08 * abs(x) ** 3 if name == "gelu_tanh" else abs(x))) * EPS
    for found, other in zip((value, slope), expected, strict=True):
        floor = 1e-300 if name in EXACT_TAILS else 8 * EPS
        assert found.item() == pytest.approx(other, rel=tolerance, abs=floor)


@pytest.mark.parametrize("f", ALL)
def test_first_and_second_derivatives(f: Callable[..., Any]) -> None:
    """Against finite differences and the complex step, of the gradient too."""
    gradcheck(f, AWAY_FROM_KINKS, order=2)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_second_derivatives_in_fifty_digits(name: str) -> None:
    """By differentiating the rule."""
    for x in [-6.0, -1.0, -0.1, 0.3, 2.0, 6.0]:
        found = ad.grad(ad.grad(FUNCTIONS[name]))(x).item()
        expected = float(MP.diff(lambda z: exact(name, z), MP.mpf(x), 2, h=MP.mpf(10) ** -15))
        # Some twenty rounded operations on numbers up to 6, of size 1 in the result.
        assert found == pytest.approx(expected, rel=64 * EPS, abs=64 * EPS), x


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_largest_numbers(name: str, dtype: Any) -> None:
    """Neither overflow nor NaN (a warning is an error), in either order; the dtype stays."""
    top = float(np.finfo(dtype).max) / 4
    x = Tensor(np.array([-top, -1e30, -1e4, 1e4, 1e30, top], dtype), requires_grad=True)
    y = FUNCTIONS[name](x)
    (g,) = ad.vjp(lambda x: FUNCTIONS[name](x), x)[1](np.ones(6, dtype))[:1]
    second = ad.grad(lambda x: ad.grad(lambda z: FUNCTIONS[name](z).sum())(x).sum())(x)
    for array in (y, g, second):
        assert array.dtype == dtype
        assert np.isfinite(array.detach().numpy()).all()


KINKS = [
    ("relu", 0.0, 0.0),
    ("leaky_relu", 0.0, 0.01),
    ("elu", 0.0, 1.0),
    ("selu", 0.0, 1.0507009873554805 * 1.6732632423543772),
    ("hardswish", -3.0, 0.0),
    ("hardswish", 3.0, 1.0),
]


@pytest.mark.parametrize(("name", "at", "slope"), KINKS)
def test_derivatives_at_kinks(name: str, at: float, slope: float) -> None:
    """As documented, in both modes."""
    f = ACTIVATIONS[name]
    assert ad.grad(f)(at).item() == pytest.approx(slope, rel=2 * EPS)
    assert ad.jvp(f, (at,), (1.0,))[1].item() == pytest.approx(slope, rel=2 * EPS)


def test_unknown_approximation() -> None:
    """The error says which there are."""
    with pytest.raises(ValueError, match="'none' or 'tanh' expected, got 'fast'"):
        F.gelu([1.0], approximate="fast")


# The report's network with other activations -------------------------------------------------------------------------


def test_activations_by_name_and_as_functions() -> None:
    """Both give the same network; the defaults are the report's."""
    x = np.array([[0.1, 0.9], [0.4, 0.2]])
    for first, second in [("relu", "sigmoid"), ("tanh", "gelu"), ("identity", "identity")]:
        named = nn.ThreeLayerNet(rng=0, activations=(first, second))
        given = nn.ThreeLayerNet(rng=0, activations=[ACTIVATIONS[first], ACTIVATIONS[second]])
        W1, W2, W3 = (named.state_dict()[name] for name in ("W1", "W2", "W3"))
        hidden = ACTIVATIONS[second](ACTIVATIONS[first](x @ W1.T).numpy() @ W2.T).numpy()
        expected = F.sigmoid(hidden @ W3.T).numpy()
        assert (named(x).detach().numpy() == given(x).detach().numpy()).all()
        # Three products of ten terms.
        np.testing.assert_allclose(named(x).detach().numpy(), expected, rtol=1e-13)
    assert nn.ThreeLayerNet(rng=0).activations == (F.relu, F.sigmoid)
    own = nn.ThreeLayerNet(rng=0, activations=(lambda x: x * x, "elu"))
    assert own(x).shape == (2, 1)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_compiled_network(name: str) -> None:
    """Every activation can be recorded; a compiled step goes where an eager one goes."""

    def train(compiled: bool) -> Any:
        net = nn.ThreeLayerNet(hidden=4, rng=0, activations=(name, name))
        optimizer = nn.optim.Adam(net.parameters(), lr=0.01)

        def step(x: Tensor, t: Tensor) -> Tensor:
            optimizer.zero_grad()
            loss = F.binary_cross_entropy(net(x), t)
            loss.backward()
            nn.clip_grad_norm_(net.parameters(), 0.5)
            nn.clip_grad_value_(net.parameters(), 0.3)
            optimizer.step()
            return loss

        run = ad.compile(step) if compiled else step
        for k in range(6):
            run(Tensor([[0.1 * k, 0.9], [0.5, -0.2]]), Tensor([[1.0], [0.0]]))
        return net.state_dict()

    expected = train(False)
    for key, value in train(True).items():
        np.testing.assert_array_equal(value, expected[key])


def test_unknown_activations() -> None:
    """An unknown name is an error that lists the known ones; so is what can't be called."""
    with pytest.raises(ValueError, match=r"unknown activation 'rleu'; there are identity, relu, .*hardswish"):
        nn.ThreeLayerNet(rng=0, activations=("rleu", "sigmoid"))
    with pytest.raises(ValueError, match="one for each of the two hidden layers expected, got 'relu'"):
        nn.ThreeLayerNet(rng=0, activations="relu")
    with pytest.raises(ValueError, match="one for each of the two hidden layers"):
        nn.ThreeLayerNet(rng=0, activations=("relu",))
    with pytest.raises(TypeError, match="a name or a function expected, got 3"):
        activation(3)  # type: ignore[arg-type]

"""Initialisers: variances, bounds, fans, orthogonality, random numbers' sources."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nn import Parameter, init

WEIGHT = (400, 250)
FAN_OUT, FAN_IN = WEIGHT

VARIANCES: list[tuple[Callable[..., Any], dict[str, Any], float]] = [
    (init.normal_, {}, 1.0),
    (init.normal_, {"std": 0.5}, 0.25),
    (init.uniform_, {"a": -1.0, "b": 2.0}, 9 / 12),
    (init.xavier_uniform_, {}, 2 / (FAN_IN + FAN_OUT)),
    (init.xavier_normal_, {}, 2 / (FAN_IN + FAN_OUT)),
    (init.xavier_normal_, {"gain": 3.0}, 18 / (FAN_IN + FAN_OUT)),
    (init.xavier_uniform_, {"gain": 3.0}, 18 / (FAN_IN + FAN_OUT)),
    (init.kaiming_uniform_, {}, 2 / FAN_IN),
    (init.kaiming_normal_, {"nonlinearity": "relu"}, 2 / FAN_IN),
    (init.kaiming_normal_, {"mode": "fan_out", "a": 0.5}, 2 / 1.25 / FAN_OUT),
    (init.kaiming_uniform_, {"mode": "fan_out", "nonlinearity": "tanh"}, 25 / 9 / FAN_OUT),
    (init.orthogonal_, {}, 1 / FAN_OUT),
]


@pytest.mark.parametrize(("fill", "arguments", "variance"), VARIANCES)
def test_variances(fill: Callable[..., Any], arguments: dict[str, Any], variance: float) -> None:
    """Of 100 000 entries, whose estimated variance has a standard error of at most 0.45 %: within five of them."""
    w = Parameter(np.zeros(WEIGHT))
    assert fill(w, **arguments, rng=0) is w
    mean = 0.5 if fill is init.uniform_ else 0.0
    n = w.size
    assert np.mean((w.data - mean) ** 2) == pytest.approx(variance, rel=5 * math.sqrt(2 / n))
    assert np.mean(w.data) == pytest.approx(mean, abs=5 * math.sqrt(variance / n))


@pytest.mark.parametrize("fill", [init.xavier_uniform_, init.kaiming_uniform_, init.uniform_])
def test_uniform_bounds(fill: Callable[..., Any]) -> None:
    """All entries are within the bounds that follow from the variance, and come near them."""
    w = fill(Parameter(np.zeros(WEIGHT)), rng=1).data
    low, high = (0.0, 1.0) if fill is init.uniform_ else (None, math.sqrt(3) * math.sqrt(2 / FAN_IN))
    if fill is init.xavier_uniform_:
        high = math.sqrt(6 / (FAN_IN + FAN_OUT))
    low = -high if low is None else low
    assert low <= w.min() < low + 0.001
    assert high - 0.001 < w.max() <= high


@pytest.mark.parametrize("shape", [(4, 4), (3, 7), (7, 3), (1, 5), (5, 1), (4, 2, 3), (10, 2, 3)])
def test_orthogonality(shape: tuple[int, ...]) -> None:
    """The rows, or the columns, are orthogonal and of the length of the gain."""
    w = init.orthogonal_(Parameter(np.zeros(shape)), gain=3.0, rng=0).data.reshape(shape[0], -1)
    gram = w @ w.T if w.shape[0] <= w.shape[1] else w.T @ w
    # Products of up to ten terms of size 9.
    np.testing.assert_allclose(gram, 9.0 * np.eye(len(gram)), atol=1e-13)


def test_orthogonal_matrices_are_spread_evenly() -> None:
    """Reflections are as frequent as rotations, and the diagonal has no preferred sign (it has, of plain QR)."""
    drawn = [init.orthogonal_(Parameter(np.zeros((2, 2))), rng=k).data for k in range(400)]
    # 400 coins: five standard deviations of 10 each.
    assert 150 < sum(np.linalg.det(w) > 0 for w in drawn) < 250
    assert 150 < sum(w[0, 0] > 0 for w in drawn) < 250


def test_fans_of_windows() -> None:
    """Axes after the second belong to both fans, as in a convolution."""
    w = Parameter(np.zeros((80, 30, 5, 4)))
    init.kaiming_normal_(w, nonlinearity="linear", rng=0)
    # 48 000 entries: five standard errors.
    assert np.var(w.data) == pytest.approx(1 / (30 * 20), rel=0.035)
    init.kaiming_normal_(w, mode="fan_out", nonlinearity="linear", rng=0)
    assert np.var(w.data) == pytest.approx(1 / (80 * 20), rel=0.035)


@pytest.mark.parametrize(
    ("nonlinearity", "gain"),
    # What torch.nn.init.calculate_gain of torch 2.13.0 returns.
    [
        ("linear", 1.0),
        ("sigmoid", 1.0),
        ("tanh", 1.6666666666666667),
        ("relu", 1.4142135623730951),
        ("leaky_relu", 1.4141428569978354),
        ("selu", 0.75),
    ],
)
def test_gains_of_pytorch(nonlinearity: str, gain: float) -> None:
    """By name."""
    assert init.calculate_gain(nonlinearity) == gain


def test_memory_dtype_and_sources() -> None:
    """Values go into the present memory and dtype; seeds, Generators and RandomStates are all sources."""
    w = Parameter(np.zeros((3, 2), np.float32))
    memory = w.data
    seeded = init.normal_(w, rng=7).tolist()
    assert w.data is memory
    assert w.dtype == np.float32
    assert init.normal_(w, rng=np.random.default_rng(7)).tolist() == seeded
    expected = np.random.RandomState(7).randn(3, 2).astype(np.float32)
    assert (init.normal_(w, rng=np.random.RandomState(7)).data == expected).all()
    rng = np.random.default_rng(0)
    assert init.xavier_normal_(w, rng=rng).tolist() != init.xavier_normal_(w, rng=rng).tolist()


def test_errors() -> None:
    """A vector has no fan; unknown modes and names are listed; a source is needed."""
    for fill in (init.xavier_uniform_, init.xavier_normal_, init.kaiming_normal_, init.orthogonal_):
        with pytest.raises(ValueError, match=r"shape \(out, in\) expected"):
            fill(Parameter(np.zeros(3)), rng=0)
        with pytest.raises(TypeError, match="rng"):
            fill(Parameter(np.zeros((3, 2))), rng=None)
    with pytest.raises(ValueError, match="'fan_in' or 'fan_out' expected, got 'fan_avg'"):
        init.kaiming_normal_(Parameter(np.zeros((3, 2))), mode="fan_avg", rng=0)
    with pytest.raises(ValueError, match=r"one of linear, .* expected, got 'softmax'"):
        init.calculate_gain("softmax")

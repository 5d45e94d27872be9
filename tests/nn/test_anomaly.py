"""detect_anomaly around modules, losses and training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import AnomalyError, Tensor, detect_anomaly
from nn import functional as F


def test_the_line_is_the_users() -> None:
    """Not one of nn, and the operands of a layer's operation aren't those of the call."""
    layer = nn.Linear(2, 3, rng=0)
    with pytest.raises(AnomalyError) as caught, detect_anomaly():
        layer(np.array([1.0, np.nan]))  # here
    error = caught.value
    assert (error.filename, error.operation, error.born) == (__file__, "linear", False)
    assert error.source.endswith("# here")
    assert [operand.name for operand in error.operands] == ["", "weight", "bias"]
    assert "it is in the data" in error.inherited_from


def test_the_reports_own_loss_at_a_saturated_output() -> None:
    """The logarithm of 1 - a3, where the sigmoid is 1."""
    a3, y = F.sigmoid(Tensor([0.3, 800.0], requires_grad=True)), np.array([1.0, 0.0])
    with pytest.raises(AnomalyError, match="log of 0") as caught, detect_anomaly():
        _ = -(y * ad.log(a3) + (1 - y) * ad.log(1 - a3)).sum()  # here
    assert caught.value.source.endswith("# here")
    assert caught.value.entry == (1,)
    assert caught.value.operands[0].name == "1 - a3"


def train(net: nn.ThreeLayerNet, lr: float, steps: int) -> list[Any]:
    """Gradient descent on one sample; the parameters afterwards."""
    x, y = np.array([0.3, -1.0]), np.array([1.0])
    for _ in range(steps):
        loss = ad.sum((net(x) - y) ** 2.0)
        net.zero_grad()
        loss.backward()
        with ad.no_grad():
            for p in net.parameters():
                assert p.grad is not None
                p -= lr * p.grad
    with pytest.raises(ad.GradientError, match="freed"):
        loss.backward()
    return [p.detach().numpy() for p in net.parameters()]


def test_right_code_trains_as_ever() -> None:
    """The same numbers to the last bit, and the graph is freed."""
    plain = train(nn.ThreeLayerNet(2, 4, 1, rng=np.random.RandomState(0)), 0.1, 3)
    with detect_anomaly():
        watched = train(nn.ThreeLayerNet(2, 4, 1, rng=np.random.RandomState(0)), 0.1, 3)
    for one, other in zip(plain, watched, strict=True):
        np.testing.assert_array_equal(one, other)


def explode() -> None:
    """A linear layer under squared error, with a learning rate that is too large."""
    layer = nn.Linear(3, 1, rng=0)
    x = np.arange(9.0).reshape(3, 3)
    for _ in range(1000):
        residual = layer(x) - 1.0
        loss = ad.sum(residual * residual)  # here
        layer.zero_grad()
        loss.backward()
        with ad.no_grad():
            for p in layer.parameters():
                assert p.grad is not None
                p -= 10.0 * p.grad


def test_a_learning_rate_that_is_too_large() -> None:
    """The hint says what makes numbers like these."""
    with pytest.raises(AnomalyError, match="learning rate") as caught, detect_anomaly():
        explode()
    assert caught.value.kind == "inf"
    assert caught.value.filename == __file__

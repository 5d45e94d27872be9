"""SGD: PyTorch's trajectories, the documented rule, parameters without a gradient, errors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import nn
from autodiff import GradientError, Tensor
from nn import Parameter
from nn import functional as F
from nn.optim import SGD

from .parameters import backward, by_hand, leaves, mixed, squares
from .recorded import RECORDED, name_of

SETTINGS: list[dict[str, Any]] = [
    {},
    {"momentum": 0.9},
    {"momentum": 0.9, "nesterov": True},
    {"weight_decay": 0.1},
    {"momentum": 0.5, "weight_decay": 0.1, "nesterov": True},
]


# The rule ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", RECORDED["trajectories"], ids=name_of)
def test_trajectories_of_pytorch(entry: dict[str, Any]) -> None:
    """Five steps on a small network end where PyTorch's did, in double and in single precision."""
    dtype = np.dtype(entry["dtype"])
    data = {name: np.array(values, dtype) for name, values in RECORDED["data"].items()}
    start = leaves(**{name: np.array(values, dtype) for name, values in RECORDED["start"].items()})
    optimizer = SGD(start.values(), **entry["settings"])
    after = []
    for _ in range(5):
        optimizer.zero_grad()
        output = start["scale"] * F.tanh(F.linear(data["x"], start["weight"], start["bias"]))
        F.mse_loss(output, data["y"]).backward()
        optimizer.step()
        after.append({name: p.data.copy() for name, p in start.items()})
    for found, expected in zip([after[0], after[1], after[4]], entry["after"], strict=True):
        for name, value in found.items():
            assert value.dtype == dtype
            # A step is some twenty operations on numbers of size 1, and five steps repeat their errors.
            np.testing.assert_allclose(value, expected[name], rtol=0, atol=20 * np.finfo(dtype).eps, err_msg=name)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_documented_rule(settings: dict[str, Any]) -> None:
    """On mixed dtypes, shapes and sizes, each parameter goes as the rule says for it alone."""
    parameters = mixed()
    optimizer = SGD(parameters.values(), lr=0.05, **settings)
    values = {name: p.data.copy() for name, p in parameters.items()}
    velocities: dict[str, np.ndarray] = {}
    for _ in range(4):
        backward(parameters)
        by_hand(values, velocities, {name: p.grad.numpy() for name, p in parameters.items()}, lr=0.05, **settings)
        optimizer.step()
    for name, p in parameters.items():
        assert (p.dtype, p.shape) == (values[name].dtype, values[name].shape)
        # The same operations in the same order and precision.
        np.testing.assert_allclose(p.data, values[name], rtol=4 * np.finfo(p.dtype).eps, err_msg=name)


def test_quadratic_convergence_by_the_closed_form() -> None:
    """On x^T D x / 2 the error shrinks by 1 - lr d in every step."""
    d, start = np.array([0.5, 1.0, 3.0]), np.array([1.0, -2.0, 4.0])
    x = Tensor(start, requires_grad=True)
    optimizer = SGD([x], lr=0.3)
    for _ in range(50):
        optimizer.zero_grad()
        (0.5 * d * x * x).sum().backward()
        optimizer.step()
    # 50 factors, each with two rounding errors.
    np.testing.assert_allclose(x.data, start * (1 - 0.3 * d) ** 50, rtol=200 * np.finfo(float).eps)


def test_momentum_by_the_closed_form() -> None:
    """A constant gradient of 1: after k steps lr * sum over j <= k of (1 - m^j) / (1 - m)."""
    x = Tensor(0.0, requires_grad=True)
    optimizer = SGD([x], lr=0.1, momentum=0.9)
    for _ in range(10):
        x.grad = np.array(1.0)
        optimizer.step()
    expected = -0.1 * sum((1 - 0.9**k) / (1 - 0.9) for k in range(1, 11))
    # Ten steps of four operations each.
    assert x.item() == pytest.approx(expected, rel=1e-14)


def test_learning_rate_changed_between_steps() -> None:
    """The next step uses the new one, and 0, where schedules end, changes nothing."""
    x = Tensor([1.0], requires_grad=True)
    optimizer = SGD([x], lr=0.5)
    seen = []
    for lr in [0.5, 0.25, 0.0, 1.0]:
        optimizer.lr = lr
        assert optimizer.lr == lr
        x.grad = np.array([1.0])
        optimizer.step()
        seen.append(x.item())
    assert seen == [0.5, 0.25, 0.25, -0.75]


def test_momentum_switched_on_later() -> None:
    """From a velocity of 0, as in the first step."""
    x = Tensor([1.0], requires_grad=True)
    optimizer = SGD([x], lr=0.5)
    for momentum in [0.0, 0.5, 0.5]:
        optimizer.momentum = momentum
        x.grad = np.array([1.0])
        optimizer.step()
    assert x.item() == 1.0 - 0.5 - 0.5 - 0.75


def test_gradients_accumulate_until_zero_grad() -> None:
    """Two backward passes are one step along the sum."""
    x = Tensor([1.0, 2.0], requires_grad=True)
    optimizer = SGD([x], lr=1.0)
    for _ in range(2):
        (3.0 * x).sum().backward()
    optimizer.step()
    assert x.tolist() == [-5.0, -4.0]
    optimizer.zero_grad()
    assert x.grad is None


# Parameters without a gradient ------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_without_a_gradient_nothing_happens_to_a_parameter(settings: dict[str, Any]) -> None:
    """No decay, no step along an old velocity, no decay of the velocity; the others go on as usual."""
    parameters = mixed()
    optimizer = SGD(parameters.values(), lr=0.05, **settings)
    values = {name: p.data.copy() for name, p in parameters.items()}
    velocities: dict[str, np.ndarray] = {}
    for without in [[], ["matrix", "single", "large"], ["number"], list(parameters), []]:
        backward(parameters)
        for name in without:
            parameters[name].zero_grad()
        gradients = {name: p.grad.numpy() for name, p in parameters.items() if name not in without}
        before = {name: parameters[name].data.copy() for name in without}
        by_hand(values, velocities, gradients, lr=0.05, **settings)
        optimizer.step()
        assert all((parameters[name].data == value).all() for name, value in before.items())
    for name, p in parameters.items():
        # The same operations in the same order and precision.
        np.testing.assert_allclose(p.data, values[name], rtol=4 * np.finfo(p.dtype).eps, err_msg=name)


def test_a_gradient_of_zeros_is_a_gradient() -> None:
    """Unlike None it decays the parameter and the velocity."""
    x = Tensor([1.0], requires_grad=True)
    optimizer = SGD([x], lr=0.5, weight_decay=0.5)
    x.zero_grad(set_to_none=False)
    optimizer.step()
    assert x.tolist() == [0.75]


def test_a_parameter_frozen_in_between() -> None:
    """Stays as it is, also where it was written to while it was frozen, and goes on from there."""
    parameters = leaves(a=[1.0, 2.0], b=3.0)
    a, b = parameters.values()
    optimizer = SGD([a, b], lr=0.5)

    def step() -> None:
        optimizer.zero_grad()
        squares(a, b).backward()
        optimizer.step()

    step()
    a.requires_grad = False
    step()
    assert (a.tolist(), b.item()) == ([0.5, 1.0], 0.75)
    a.data = np.array([8.0, 8.0])
    a *= 2.0
    step()
    assert (a.tolist(), b.item()) == ([16.0, 16.0], 0.375)
    a.requires_grad = True
    step()
    assert (a.tolist(), b.item()) == ([8.0, 8.0], 0.1875)
    step()
    assert (a.tolist(), b.item()) == ([4.0, 4.0], 0.09375)


def test_a_parameter_frozen_from_the_start() -> None:
    """An optimizer takes all parameters of a partly frozen network, as in PyTorch."""
    net = nn.Sequential(nn.Linear(2, 2, rng=0), nn.Tanh(), nn.Linear(2, 1, rng=1))
    for p in net[0].parameters():
        p.requires_grad = False
    optimizer = SGD(net.parameters(), lr=0.1)
    before = net.state_dict()
    net([1.0, 2.0]).backward()
    optimizer.step()
    after = net.state_dict()
    changed = [name for name in before if (before[name] != after[name]).any()]
    assert changed == ["2.weight", "2.bias"]
    net[0].weight.requires_grad = True
    optimizer.zero_grad()
    net([1.0, 2.0]).backward()
    optimizer.step()
    assert (net.state_dict()["0.weight"] != before["0.weight"]).any()


# Errors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "error", "message"),
    [
        (lambda w: [], ValueError, "no parameters"),
        (lambda w: (p for p in ()), ValueError, "no parameters"),
        (lambda w: [w, w], ValueError, "given twice"),
        (
            lambda w: [w, Tensor([1.0])],
            GradientError,
            r"parameter 1 \(name None, shape \(1,\)\) is not a leaf",
        ),
        (lambda w: [w * 2.0], GradientError, r"parameter 0 \(name None, shape \(2,\)\) is not a leaf"),
        (lambda w: [np.ones(2)], TypeError, "parameter 0 is a ndarray"),
        (lambda w: [("w", w)], TypeError, "parameter 0 is a tuple"),
        (lambda w: w, TypeError, r"got one Tensor; write \[t\]"),
    ],
    ids=["none", "generator", "twice", "constant", "computed", "array", "named", "tensor"],
)
def test_wrong_parameters(params: Any, error: Any, message: str) -> None:
    """Said when the optimizer is made, and without touching the parameters."""
    w = Parameter([1.0, 2.0], name="w")
    memory = w.data
    with pytest.raises(error, match=message):
        SGD(params(w), lr=0.1)
    assert w.data is memory


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["lr", "momentum", "weight_decay"])
def test_wrong_rates(name: str, value: float) -> None:
    """Rates are finite and not negative."""
    settings: dict[str, Any] = {"lr": 0.1, name: value}
    with pytest.raises(ValueError, match=f"{name}: a .*finite number expected, got {value}"):
        SGD([Parameter(1.0)], **settings)


@pytest.mark.parametrize("value", ["0.1", None, 1j, [0.1]])
@pytest.mark.parametrize("name", ["lr", "momentum", "weight_decay"])
def test_rates_of_wrong_type(name: str, value: Any) -> None:
    """And numbers."""
    settings: dict[str, Any] = {"lr": 0.1, name: value}
    with pytest.raises(TypeError, match=f"{name}: a .*finite number expected"):
        SGD([Parameter(1.0)], **settings)


def test_other_wrong_settings() -> None:
    """A learning rate of 0 from the start trains nothing; Nesterov's step is one along a velocity."""
    with pytest.raises(ValueError, match="lr: a positive, finite number"):
        SGD([Parameter(1.0)], lr=0.0)
    with pytest.raises(ValueError, match="nesterov: needs a momentum"):
        SGD([Parameter(1.0)], lr=0.1, nesterov=True)


def test_numpy_numbers_are_rates() -> None:
    """As a sweep over np.logspace gives them; the parameters' dtype stays."""
    w = Parameter(np.ones(2, np.float32))
    optimizer = SGD([w], lr=np.float64(0.5), momentum=np.float32(0.5))
    w.grad = np.ones(2, np.float32)
    optimizer.step()
    assert w.dtype == np.float32
    assert w.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("value", [-1.0, math.nan, "0.1"])
def test_a_wrong_rate_set_later_leaves_everything_as_before(value: Any) -> None:
    """The error comes where the rate is set, and the old one stays."""
    w = Parameter([1.0])
    optimizer = SGD([w], lr=0.5, momentum=0.9)
    with pytest.raises((TypeError, ValueError), match="lr: "):
        optimizer.lr = value
    assert optimizer.lr == 0.5
    w.grad = np.array([1.0])
    optimizer.step()
    assert w.tolist() == [0.5]


def test_a_failing_backward_leaves_everything_as_before() -> None:
    """No parameter, gradient or velocity changes by an error in between."""
    a, b = leaves(a=[1.0, 2.0], b=3.0).values()
    optimizer = SGD([a, b], lr=0.5, momentum=0.5)
    squares(a, b).backward()
    optimizer.step()
    with pytest.raises(GradientError, match="single element"):
        (a * b).backward()
    with pytest.raises(ValueError, match="expected shape"):
        a.data = np.zeros(3)
    with pytest.raises(ValueError, match="expected shape"):
        b.grad = np.zeros(2)
    assert (a.tolist(), b.item()) == ([0.5, 1.0], 1.5)
    assert (a.grad.tolist(), b.grad.item()) == ([1.0, 2.0], 3.0)
    optimizer.step()
    # v = 0.5 g + g, lr = 0.5
    assert (a.tolist(), b.item()) == ([-0.25, -0.5], -0.75)

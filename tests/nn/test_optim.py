"""SGD: PyTorch's trajectories, exact convergence, and what the flat buffer must not get wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import GradientError, Tensor, no_grad
from nn import Parameter
from nn import functional as F
from nn.optim import SGD

from .recorded import RECORDED, name_of

MANY = 5000
"""More entries than a parameter has that is stepped together with others."""

SETTINGS: list[dict[str, Any]] = [
    {},
    {"momentum": 0.9},
    {"momentum": 0.9, "nesterov": True},
    {"weight_decay": 0.1},
    {"momentum": 0.5, "weight_decay": 0.1, "nesterov": True},
]


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
            np.testing.assert_allclose(
                value, expected[name], rtol=0, atol=20 * np.finfo(dtype).eps, err_msg=name
            )


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_documented_rule(settings: dict[str, Any]) -> None:
    """On mixed dtypes, shapes and sizes, each parameter goes as the rule says for it alone."""
    parameters = mixed()
    optimizer = SGD(parameters.values(), lr=0.05, **settings)
    values = {name: p.data.copy() for name, p in parameters.items()}
    velocities: dict[str, np.ndarray] = {}
    for _ in range(4):
        backward(parameters)
        by_hand(
            values, velocities, {name: p.grad.numpy() for name, p in parameters.items()}, lr=0.05, **settings
        )
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


# Memory -----------------------------------------------------------------------------------------------------


def test_values_dtypes_and_shapes_survive_the_move() -> None:
    """Making an optimizer moves the values into its buffers and changes nothing else."""
    parameters, same = mixed(), mixed()
    SGD(parameters.values(), lr=0.1)
    for name, p in parameters.items():
        assert (p.dtype, p.shape, p.is_leaf, p.name) == (same[name].dtype, same[name].shape, True, name)
        assert (p.data == same[name].data).all()


def test_small_parameters_share_a_buffer() -> None:
    """Which is the point of it: one step for all of a dtype. The memory stays the same from step to step."""
    parameters = mixed()
    optimizer = SGD(parameters.values(), lr=0.1)
    memory = {name: p.data for name, p in parameters.items()}
    assert memory["matrix"].base is memory["number"].base is memory["transposed"].base
    assert memory["single"].base is memory["cube"].base
    assert memory["large"].base is not memory["matrix"].base
    for _ in range(2):
        backward(parameters)
        optimizer.step()
    assert all(p.data is memory[name] for name, p in parameters.items())


@pytest.mark.parametrize("size", [3, MANY])
def test_handed_out_gradients_never_change(size: int) -> None:
    """Neither by a step, nor by another backward, nor by zero_grad."""
    a, b = leaves(a=np.arange(1.0, size + 1), b=2.0).values()
    optimizer = SGD([a, b], lr=0.5, momentum=0.9, weight_decay=0.1, nesterov=True)
    squares(a, b).backward()
    handed = [p.grad.numpy() for p in (a, b)]
    copies = [g.copy() for g in handed]
    for _ in range(3):
        optimizer.step()
        squares(a, b).backward()
    optimizer.zero_grad()
    assert all((g == copy).all() for g, copy in zip(handed, copies, strict=True))
    assert not handed[0].flags.writeable


def test_a_gradient_that_two_parameters_share() -> None:
    """That of a + b is one array; each parameter takes its own step along it."""
    a, b = leaves(a=np.zeros(MANY), b=np.ones(MANY)).values()
    optimizer = SGD([a, b], lr=0.5, momentum=0.5)
    for _ in range(2):
        optimizer.zero_grad()
        (a + b).sum().backward()
        optimizer.step()
    assert (a.data == -1.25).all()
    assert (b.data == -0.25).all()


def test_data_assigned_between_steps() -> None:
    """``p.data = ...`` writes into the buffer, and the next step starts from there."""
    parameters = mixed()
    optimizer = SGD(parameters.values(), lr=0.5)
    memory = {name: p.data for name, p in parameters.items()}
    for p in parameters.values():
        p.data = np.full(p.shape, 2.0, p.dtype)
        p.grad = np.full(p.shape, 1.0, p.dtype)
    optimizer.step()
    for name, p in parameters.items():
        assert p.data is memory[name]
        assert (p.data == 1.5).all()


def test_written_in_place_between_steps() -> None:
    """The same for an in-place operator under no_grad."""
    a, b = leaves(a=[1.0, 2.0], b=3.0).values()
    optimizer = SGD([a, b], lr=0.5)
    with no_grad():
        a *= 4.0
        b += 1.0
        a[0] = 0.0
    squares(a, b).backward()
    optimizer.step()
    assert (a.tolist(), b.item()) == ([0.0, 4.0], 2.0)


@pytest.mark.parametrize(
    "order", [("a", "b", "c"), ("c", "a", "b"), ("a", "b"), ("a",), ("b",), ("a", "c")], ids=str
)
def test_a_second_optimizer_on_the_same_parameters(order: tuple[str, ...]) -> None:
    """In the same order, in another one, on some of them: each sees the other's steps."""
    start = {"a": np.array([1.0, 2.0]), "b": np.array(3.0), "c": np.array([[4.0]])}
    parameters = leaves(**start)
    first = SGD(parameters.values(), lr=0.1, momentum=0.9)
    second = SGD([parameters[name] for name in order], lr=0.2, momentum=0.5)
    velocities: list[dict[str, np.ndarray]] = [{}, {}]
    for _ in range(3):
        for k, (optimizer, names, lr, momentum) in enumerate(
            [(first, tuple(parameters), 0.1, 0.9), (second, order, 0.2, 0.5)]
        ):
            for p in parameters.values():
                p.zero_grad()
            squares(*parameters.values()).backward()
            by_hand(start, velocities[k], {name: start[name] for name in names}, lr=lr, momentum=momentum)
            optimizer.step()
    for name, p in parameters.items():
        # The same operations; the gradient goes through a multiplication by 1/2 and an addition, both exact.
        np.testing.assert_allclose(p.data, start[name], rtol=4 * np.finfo(float).eps, err_msg=name)


def test_a_detached_tensor_is_left_alone() -> None:
    """A leaf made by detach shares memory with its source for reading; training it moves it away first."""
    source = Tensor([1.0, 2.0], requires_grad=True)
    p = source.detach()
    p.requires_grad = True
    optimizer = SGD([p], lr=0.5)
    squares(p).backward()
    optimizer.step()
    assert p.tolist() == [0.5, 1.0]
    assert source.tolist() == [1.0, 2.0]


def test_an_earlier_detach_shows_the_present_value() -> None:
    """As in PyTorch, detach is a window on the parameter's memory; `data.copy()` keeps a value."""
    p = Parameter([1.0, 2.0])
    optimizer = SGD([p], lr=0.5)
    window, kept = p.detach(), p.data.copy()
    squares(p).backward()
    optimizer.step()
    assert window.tolist() == [0.5, 1.0]
    assert kept.tolist() == [1.0, 2.0]


def test_a_computed_value_as_a_parameter() -> None:
    """A result outside the graph that is made a leaf trains like any other, a number too."""
    parameters = [Tensor([1.0, 2.0]).sum(), Tensor([1.0, 2.0]) * 2.0]
    for p in parameters:
        p.requires_grad = True
    optimizer = SGD(parameters, lr=0.5)
    squares(*parameters).backward()
    optimizer.step()
    assert parameters[0].item() == 1.5
    assert parameters[1].tolist() == [1.0, 2.0]


# Steps and the graph ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, MANY])
def test_step_between_forward_and_backward(size: int) -> None:
    """Is an error that names the parameter, not the gradient at another place."""
    w = Parameter(np.ones(size), name="w7")
    optimizer = SGD([w], lr=0.5)
    loss = (w * w).sum()
    w.grad = np.ones(size)
    optimizer.step()
    with pytest.raises(GradientError, match=r"leaf w7.*changed in place"):
        loss.backward()
    assert (w.grad.numpy() == 1.0).all()


def test_step_between_forward_and_backward_of_another_parameter() -> None:
    """A parameter without a gradient isn't stepped, so a graph over it alone still can be differentiated."""
    a, b = leaves(a=[1.0, 2.0], b=[3.0, 4.0]).values()
    optimizer = SGD([a, b], lr=0.5)
    loss = (b * b).sum()
    a.grad = np.ones(2)
    optimizer.step()
    loss.backward()
    assert b.grad.tolist() == [6.0, 8.0]


def test_step_after_a_use_that_needs_no_value() -> None:
    """The derivative of 2 a doesn't read a, and so isn't wrong after a step."""
    a = Parameter([1.0, 2.0])
    optimizer = SGD([a], lr=0.5)
    loss = (2.0 * a).sum()
    a.grad = np.ones(2)
    optimizer.step()
    a.zero_grad()
    loss.backward()
    assert a.grad.tolist() == [2.0, 2.0]


def test_an_optimizer_made_between_forward_and_backward() -> None:
    """It moves the parameters' memory but not their values, so the gradient is right."""
    a, b = leaves(a=[1.0, 2.0], b=3.0).values()
    loss = squares(a, b)
    optimizer = SGD([a, b], lr=0.5)
    loss.backward()
    assert (a.grad.tolist(), b.grad.item()) == ([1.0, 2.0], 3.0)
    optimizer.step()
    assert (a.tolist(), b.item()) == ([0.5, 1.0], 1.5)


def test_gradients_with_a_graph_of_their_own() -> None:
    """After create_graph=True the gradients are Tensors with a history; the step uses their values."""
    a, b = leaves(a=[1.0, 2.0], b=3.0).values()
    optimizer = SGD([a, b], lr=0.5, momentum=0.5)
    squares(a, b).backward(create_graph=True)
    assert a.grad.requires_grad
    optimizer.step()
    assert (a.tolist(), b.item()) == ([0.5, 1.0], 1.5)
    optimizer.zero_grad()
    assert a.grad is None
    assert a.is_leaf


@pytest.mark.parametrize("mode", [no_grad, ad.enable_grad])
def test_step_in_either_grad_mode(mode: Callable[[], Any]) -> None:
    """A step records nothing and works with recording on or off."""
    a = Parameter([1.0, 2.0])
    optimizer = SGD([a], lr=0.5)
    squares(a).backward()
    with mode():
        optimizer.step()
    assert a.tolist() == [0.5, 1.0]
    assert a.is_leaf
    assert a.requires_grad


def test_a_network_learns_xor() -> None:
    """End to end: the report's network separates the four corners."""
    net = nn.ThreeLayerNet(hidden=8, rng=0)
    optimizer = SGD(net.parameters(), lr=0.5, momentum=0.9)
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    t = np.array([[0.0], [1.0], [1.0], [0.0]])
    first = F.binary_cross_entropy(net(x), t).item()
    for _ in range(300):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy(net(x), t)
        loss.backward()
        optimizer.step()
    # From some log 2 to a hundredth of it.
    assert first > 0.5
    assert loss.item() < 0.01
    assert ((net(x).detach().numpy() > 0.5) == (t == 1.0)).all()


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

"""The optimizer's flat buffer: whose memory it is, and what a step means for recorded graphs."""

from __future__ import annotations

import gc
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

from .parameters import MANY, backward, by_hand, leaves, mixed, squares

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


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "a", "b"), ("a", "b"), ("a",), ("b",), ("a", "c")], ids=str)
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


def test_an_earlier_detach_keeps_its_value() -> None:
    """A detached parameter is a constant: an update after it changes neither it nor a gradient computed with it."""
    p = Parameter([1.0, 2.0])
    optimizer = SGD([p], lr=0.5)
    constant = p.detach()
    squares(p).backward()
    x = Tensor([1.0, 1.0], requires_grad=True)
    y = (x * constant).sum()
    optimizer.step()
    y.backward()
    assert constant.tolist() == [1.0, 2.0]
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 2.0]


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


def test_steps_leave_nothing_behind() -> None:
    """With the garbage collector off as many objects are alive after 1000 steps as before."""
    net = nn.ThreeLayerNet(rng=0)
    optimizer = SGD(net.parameters(), lr=0.01, momentum=0.9)

    def steps(count: int) -> int:
        for _ in range(count):
            loss = F.binary_cross_entropy(net([0.2, 0.8]), [1.0])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return len(gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        # A node, its lists and its tensor would be ten objects a step; a few may be anybody's caches.
        before = steps(10)
        assert steps(1000) - before < 100
    finally:
        gc.enable()


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

"""Transforms of transforms, and of functions that close over tracked tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, grad, hvp, jacobian, jvp, no_grad, value_and_grad, vjp

Function = Callable[[Any], Tensor]

# Nesting ----------------------------------------------------------------------------------------------------


def derivative_by_grad(f: Function) -> Function:
    """The derivative of a function of one number, by reverse mode."""
    return grad(f)


def derivative_by_jvp(f: Function) -> Function:
    """The same by forward mode."""
    return lambda x: jvp(f, (x,), (1.0,))[1]


MODES = [derivative_by_grad, derivative_by_jvp]


@pytest.mark.parametrize("outer", MODES)
@pytest.mark.parametrize("inner", MODES)
def test_perturbations_are_not_confused(outer: Callable[[Function], Function], inner: Any) -> None:
    """D(x -> x D(y -> x + y)(1))(2) is 1: the inner derivative must not see the outer variable as its own."""
    assert outer(lambda x: x * inner(lambda y: x + y)(1.0))(2.0).item() == 1.0
    # D(x -> x D(y -> x y^2)(3))(2) = d/dx 6 x^2.
    assert outer(lambda x: x * inner(lambda y: x * y * y)(3.0))(2.0).item() == 24.0
    # The inner derivative at the outer variable: D(x -> D(y -> x y^2)(x))(2) = d/dx 2 x^2.
    assert outer(lambda x: inner(lambda y: x * y * y)(x))(2.0).item() == 8.0


@pytest.mark.parametrize("first", MODES)
@pytest.mark.parametrize("second", MODES)
@pytest.mark.parametrize("third", MODES)
def test_three_levels(first: Any, second: Any, third: Any) -> None:
    """D D D of a function that mixes all three variables: 6 for x y^2 z^3 at 1, by any modes."""
    got = first(lambda x: second(lambda y: third(lambda z: x * y * y * z * z * z)(1.0))(1.0))(1.0)
    assert got.item() == 6.0
    assert first(second(third(lambda x: x * x * x * x)))(2.0).item() == 48.0


def test_jacobian_of_a_jacobian() -> None:
    """Second derivatives of several outputs: of x_i^3, 6 x_i on the diagonal of all three axes."""
    got = jacobian(jacobian(lambda x: x * x * x))([1.0, 2.0])
    expected = np.zeros((2, 2, 2))
    expected[0, 0, 0], expected[1, 1, 1] = 6.0, 12.0
    np.testing.assert_array_equal(got.numpy(), expected)


# Closed-over tensors ----------------------------------------------------------------------------------------


def test_closed_over_parameters_stay_differentiable() -> None:
    """What a transform returns can be differentiated by a parameter of the function: a gradient penalty."""
    w = Tensor([2.0, 3.0], requires_grad=True)
    x = np.array([0.5, 0.25])
    gradient = grad(lambda x: ad.sum(w * x * x))(x)
    assert gradient.requires_grad
    ad.sum(gradient * gradient).backward()
    # gradient = 2 w x, so the derivative of its square by w is 8 w x^2, exact in these numbers.
    assert w.grad is not None
    assert w.grad.tolist() == (8 * np.array([2.0, 3.0]) * x * x).tolist()


@pytest.mark.parametrize("transform", ["value", "vjp", "jvp", "hvp"])
def test_every_result_reaches_the_parameter(transform: str) -> None:
    """The value, the pullback, the tangent and the Hessian product of w sin(x), each differentiated by w."""
    w = Tensor(2.0, requires_grad=True)

    def f(x: Any) -> Tensor:
        return w * ad.sin(x)

    result, expected = {
        "value": lambda: (value_and_grad(f)(0.3)[0], np.sin(0.3)),
        "vjp": lambda: (vjp(f, 0.3)[1](5.0)[0], 5.0 * np.cos(0.3)),
        "jvp": lambda: (jvp(f, (0.3,), (5.0,))[1], 5.0 * np.cos(0.3)),
        "hvp": lambda: (hvp(f, 0.3, 5.0), -5.0 * np.sin(0.3)),
    }[transform]()
    result.backward()
    assert w.grad is not None
    # The same two or three factors, multiplied in another order.
    assert w.grad.item() == pytest.approx(expected, rel=1e-15)


def test_tracked_arguments_stay_differentiable() -> None:
    """The gradient at a tracked point depends on that point, and so does one along a tracked direction."""
    x = Tensor(3.0, requires_grad=True)
    grad(lambda x: x * x * x)(x).backward()
    assert x.grad is not None
    assert x.grad.item() == 18.0
    v = Tensor(2.0, requires_grad=True)
    jvp(lambda x: x * x, (3.0,), (v,))[1].backward()
    assert v.grad is not None
    assert v.grad.item() == 6.0
    g = Tensor(2.0, requires_grad=True)
    vjp(lambda x: x * x, 3.0)[1](g)[0].backward()
    assert g.grad is not None
    assert g.grad.item() == 6.0


def test_transforms_work_under_no_grad() -> None:
    """They record what they need themselves, and return constants there."""
    w = Tensor(2.0, requires_grad=True)
    with no_grad():
        gradient = grad(lambda x: w * x * x)(3.0)
        tangent = jvp(lambda x: w * x * x, (3.0,), (1.0,))[1]
    assert (gradient.item(), tangent.item()) == (12.0, 12.0)
    assert not gradient.requires_grad
    assert not tangent.requires_grad


def test_no_grad_inside_a_transform_cuts() -> None:
    """What the function computes under no_grad is a constant for its derivative."""

    def f(x: Tensor) -> Tensor:
        with no_grad():
            factor = x * 1.0
        return factor * x

    assert grad(f)(3.0).item() == 3.0
    assert jvp(f, (3.0,), (1.0,))[1].item() == 3.0


def test_backward_inside_a_transform() -> None:
    """A function may run its own backward; the outer derivative sees what that recorded."""
    w = Tensor(2.0, requires_grad=True)

    def f(x: Tensor) -> Tensor:
        w.grad = None
        (w * w * x).backward(create_graph=True)
        assert w.grad is not None
        return w.grad * 1.0

    # f = 2 w x.
    assert grad(f)(3.0).item() == 4.0
    w.grad = None


@pytest.mark.parametrize("through", [lambda w: w, lambda w: w.T, lambda w: w.reshape(-1)[:1]])
def test_leaf_changed_between_vjp_and_pullback(through: Function) -> None:
    """A pullback that would need the old value of an argument, or of a closed-over leaf, refuses."""
    w = Tensor([[2.0]], requires_grad=True, name="W1")
    pullbacks = [vjp(lambda x: x * x, w)[1], vjp(lambda x: x * through(w), [[3.0]])[1]]
    assert [pull([[1.0]])[0].item() for pull in pullbacks] == [4.0, 2.0]
    with no_grad():
        w += 1.0
    for pull in pullbacks:
        with pytest.raises(GradientError, match=r"leaf W1.*changed in place"):
            pull([[1.0]])

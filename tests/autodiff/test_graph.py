"""The recorded graph: backward, what it refuses, and changes in place before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, no_grad

from .cases import gradient_of, leaf

# Backward ---------------------------------------------------------------------------------------------------


def test_gradients_accumulate() -> None:
    """Several uses, and several backwards, add up; zero_grad starts anew."""
    x = leaf(2.0)
    (x * x + 3.0 * x).sum().backward()
    assert gradient_of(x) == [2 * 2.0 + 3]
    (5.0 * x).sum().backward()
    assert gradient_of(x) == [2 * 2.0 + 3 + 5]
    x.zero_grad()
    assert x.grad is None
    (5.0 * x).sum().backward()
    x.zero_grad(set_to_none=False)
    assert gradient_of(x) == [0.0]


def test_a_diamond_is_passed_once() -> None:
    """A node that several others use passes on the sum of what arrives, whatever the order of recording."""
    x = leaf(1.5)
    a = x * x
    b, c = ad.sin(a), ad.exp(a)
    (c * b + a * b).sum().backward()
    s, co, e, sq = np.sin(2.25), np.cos(2.25), np.exp(2.25), 2.25
    # d/da (e^a sin a + a sin a), times da/dx; a handful of roundings.
    expected = (e * s + e * co + s + sq * co) * 3.0
    assert gradient_of(x) == pytest.approx([expected], rel=1e-14)


def test_backward_needs_a_gradient_for_several_elements() -> None:
    """The error says what is missing; with one, it is the product with the Jacobian."""
    x = leaf(1.0, 2.0)
    y = x * x
    with pytest.raises(GradientError, match=r"shape \(2,\) needs a gradient"):
        y.backward()
    y.backward([1.0, 10.0])
    assert gradient_of(x) == [2.0, 40.0]
    with pytest.raises(ValueError, match=r"expected shape \(2,\)"):
        (x * x).backward([1.0])


def test_backward_of_one_element_of_any_shape() -> None:
    """A loss of shape (1, 1) needs no gradient."""
    x = Tensor([[3.0]], requires_grad=True)
    (x * x).backward()
    assert gradient_of(x) == [[6.0]]


def test_backward_of_a_leaf() -> None:
    """The derivative of something by itself is 1."""
    x = Tensor(3.0, requires_grad=True)
    x.backward()
    assert gradient_of(x) == 1.0


@pytest.mark.parametrize("constant", [lambda x: x.detach() * 2.0, lambda x: Tensor(1.0), lambda x: ad.floor(x)])
def test_backward_of_something_that_records_nothing(constant: Callable[[Tensor], Tensor]) -> None:
    """The error says why nothing may have been recorded."""
    y = constant(leaf(1.0))
    with pytest.raises(GradientError, match="requires no gradient"):
        y.backward()
    with no_grad():
        z = leaf(1.0) * 2.0
    with pytest.raises(GradientError, match="no_grad"):
        z.backward()


def test_second_backward_through_a_freed_graph() -> None:
    """The error says what to do; with retain_graph the gradients are added."""
    x = leaf(3.0)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    assert gradient_of(x) == [12.0]
    with pytest.raises(GradientError, match="retain_graph=True"):
        y.backward()
    assert gradient_of(x) == [12.0]


def test_part_of_the_graph_was_freed() -> None:
    """Another loss on the same intermediate result is an error, too, and leaves every gradient as it was."""
    w, v = leaf(2.0), leaf(5.0)
    shared = w * w
    (shared * 2.0).sum().backward()
    assert gradient_of(w) == [8.0]
    with pytest.raises(GradientError, match="freed"):
        (shared * v).sum().backward()
    assert v.grad is None
    assert gradient_of(w) == [8.0]


def test_retain_grad_of_an_intermediate_result() -> None:
    """Kept where asked for, and only there."""
    x = leaf(3.0)
    y = x * x
    z = 2.0 * y
    y.retain_grad()
    z.sum().backward()
    assert gradient_of(y) == [2.0]
    assert z.grad is None
    with pytest.raises(GradientError, match="requires no gradient"):
        Tensor(1.0).retain_grad()


def test_what_grad_hands_out_never_changes() -> None:
    """Neither a later backward, nor zero_grad, nor a write to the array passed to backward reaches it."""
    x, y = leaf(1.0, 2.0), leaf(3.0, 4.0)
    seed = np.ones(2)
    (x + y).backward(seed)
    first = x.grad
    assert first is not None
    assert y.grad is not None
    seed[:] = 7.0
    (x * 10.0).sum().backward()
    x.zero_grad(set_to_none=False)
    assert first.tolist() == [1.0, 1.0]
    # x and y may share one array of ones.
    assert y.grad.tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="read-only"):
        y.grad.data[0] = 5.0
    handle = y.grad
    handle += 1.0
    assert gradient_of(y) == [1.0, 1.0]


def test_setting_grad() -> None:
    """A gradient of the leaf's shape and dtype, copied; anything else is an error."""
    x = leaf(1.0, 2.0)
    array = np.array([3.0, 4.0])
    x.grad = array  # type: ignore[assignment]
    array[0] = 100.0
    assert gradient_of(x) == [3.0, 4.0]
    x.sum().backward()
    assert gradient_of(x) == [4.0, 5.0]
    for wrong in (np.zeros(3), np.zeros(2, np.float32)):
        with pytest.raises(ValueError, match=r"expected shape \(2,\) and float64"):
            x.grad = wrong  # type: ignore[assignment]
    for other in (Tensor([1.0]), x * 1.0):
        with pytest.raises(GradientError, match="leaf"):
            other.grad = np.zeros(other.shape)  # type: ignore[assignment]


def test_gradients_have_the_dtype_and_shape_of_their_leaf() -> None:
    """However the computation promotes and broadcasts."""
    x = Tensor(np.ones((2, 1), np.float32), requires_grad=True)
    y = Tensor(np.ones(3), requires_grad=True)
    (x * y).sum().backward()
    assert x.grad is not None
    assert y.grad is not None
    assert (x.grad.shape, x.grad.dtype) == ((2, 1), np.float32)
    assert (y.grad.shape, y.grad.dtype) == ((3,), np.float64)


def test_integers_end_the_gradient() -> None:
    """A conversion to integers, or a sum in integers, records nothing, whatever comes after it."""
    x = leaf(1.5, 2.5)
    for y in (x.astype(int), ad.sum(x, dtype=np.int64), x > 2.0, ad.argmax(x)):
        assert not y.requires_grad
    (x.astype(int) * x).sum().backward()
    assert gradient_of(x) == [1.0, 2.0]


def test_create_graph_makes_gradients_differentiable() -> None:
    """The gradient of a gradient, by two backwards."""
    x = leaf(2.0, 3.0)
    (x * x * x).sum().backward(create_graph=True)
    first = x.grad
    assert first is not None
    x.grad = None
    (first * first).sum().backward()
    # d/dx (3 x^2)^2 = 36 x^3, exact in these numbers.
    assert gradient_of(x) == [36 * 8.0, 36 * 27.0]
    x.grad = None


# Changes in place between forward and backward --------------------------------------------------------------


def assert_refused(loss: Callable[[Tensor], Tensor]) -> None:
    """Check that backward fails with the leaf's name, and leaves no gradient, if that was changed."""
    w = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True, name="W1")
    y = loss(w)
    with no_grad():
        w *= 2.0
    with pytest.raises(GradientError, match=r"leaf W1.*changed in place"):
        y.backward()
    assert w.grad is None


@pytest.mark.parametrize(
    "loss",
    [
        lambda w: (w * w).sum(),
        lambda w: (w @ ad.ones(2)).sum() * ad.sum(w * w),
        lambda w: ad.sin(w).sum(),
        lambda w: (w.T @ w.T).sum(),
        lambda w: ad.exp(w.reshape(4)[1:]).sum() + ad.sum(w.mT * w.mT),
        lambda w: ad.square(ad.broadcast_to(w, (3, 2, 2))).sum(),
        lambda w: ad.square(ad.flip(w)).sum(),
        lambda w: ad.square(w[0]).sum(),
        lambda w: ad.square(ad.expand_dims(w, axis=0)).sum(),
        lambda w: ad.square(w.transpose().reshape(2, 2)).sum(),
    ],
)
def test_leaf_changed_in_place(loss: Callable[[Tensor], Tensor]) -> None:
    """An error that names the tensor, where a rule needs the old value, through views, too."""
    assert_refused(loss)


@pytest.mark.parametrize(
    "change",
    [
        lambda w: operator_in_place(w),
        lambda w: w.__setitem__(0, 5.0),
        lambda w: setattr(w, "data", np.zeros(2)),
    ],
)
def test_every_way_of_changing_a_leaf_counts(change: Callable[[Tensor], Any]) -> None:
    """Operators, writing through an index, and assigning data."""
    w = leaf(1.0, 2.0)
    y = (w * w).sum()
    with no_grad():
        change(w)
    with pytest.raises(GradientError, match="changed in place"):
        y.backward()


def operator_in_place(w: Tensor) -> None:
    """``w += 1``, which a lambda can't write."""
    w += 1.0


def test_a_change_that_no_rule_sees_is_allowed() -> None:
    """A rule that reads the leaf's shape alone has nothing against new values."""
    w, v = leaf(1.0, 2.0), leaf(3.0, 4.0)
    y = (w + v).sum()
    with no_grad():
        w += 10.0
    y.backward()
    assert (gradient_of(w), gradient_of(v)) == ([1.0, 1.0], [1.0, 1.0])


def test_a_change_before_forward_is_allowed() -> None:
    """The usual loop: forward, backward, update, forward again."""
    w = leaf(1.0)
    for _ in range(3):
        w.zero_grad()
        (w * w).sum().backward()
        with no_grad():
            assert w.grad is not None
            w -= 0.25 * w.grad
    assert w.tolist() == [0.5**3]

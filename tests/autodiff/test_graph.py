"""The recorded graph: backward, what it refuses, changes in place, grad mode, and memory."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, enable_grad, is_grad_enabled, no_grad
from autodiff.graph import Node


def leaf(*values: float, name: str | None = None) -> Tensor:
    """A vector that requires a gradient."""
    return Tensor(list(values), requires_grad=True, name=name)


def gradient_of(x: Tensor) -> Any:
    """The gradient as lists of numbers."""
    assert x.grad is not None
    return x.grad.tolist()


# Backward -------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("constant", [lambda x: x.detach() * 2.0, lambda x: Tensor(1.0), lambda x: ad.sign(x)])
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
    """Neither a later backward nor zero_grad, nor the array passed to backward, reaches it; it is not for writing."""
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


# Changes in place between forward and backward ------------------------------------------------------------------


def assert_refused(loss: Callable[[Tensor], Tensor]) -> None:
    """A leaf that is changed after `loss` was computed makes backward fail, with the leaf's name, and no gradient."""
    w = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True, name="W1")
    y = loss(w)
    with no_grad():
        w *= 2.0
    with pytest.raises(GradientError, match="leaf W1.*changed in place"):
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


# Grad mode ------------------------------------------------------------------------------------------------------


def test_no_grad_records_nothing() -> None:
    """In a block and as a decorator; enable_grad opens a window in it."""
    x = leaf(1.0)
    with no_grad():
        assert not is_grad_enabled()
        assert not (x * 2.0).requires_grad
        with enable_grad():
            assert (x * 2.0).requires_grad
        assert not is_grad_enabled()
    assert is_grad_enabled()

    @no_grad()
    def doubled(x: Tensor) -> Tensor:
        return x * 2.0

    assert not doubled(x).requires_grad
    assert not doubled(x).requires_grad


def test_grad_mode_survives_an_exception() -> None:
    """An error inside the block leaves the mode as it was outside."""
    with pytest.raises(RuntimeError), no_grad():
        raise RuntimeError
    assert is_grad_enabled()


def test_grad_mode_is_per_thread() -> None:
    """One thread's no_grad is nothing to the others, and the other way round."""
    inside, checked = threading.Event(), threading.Event()
    seen: list[bool] = []

    def other() -> None:
        inside.wait(10)
        seen.append(is_grad_enabled())
        with no_grad():
            seen.append(is_grad_enabled())
            checked.set()

    thread = threading.Thread(target=other)
    thread.start()
    with no_grad():
        inside.set()
        assert checked.wait(10)
        assert not is_grad_enabled()
    thread.join()
    assert seen == [True, False]
    assert is_grad_enabled()


def test_threads_differentiate_side_by_side() -> None:
    """Graphs in several threads don't get in each other's way, although they share a clock and a leaf."""
    shared = Tensor(2.0, requires_grad=True)

    def gradient(k: int) -> list[float]:
        found = []
        for _ in range(50):
            x = Tensor(float(k), requires_grad=True)
            y = x
            for _ in range(20):
                y = y * 1.0 + x
            (y * shared.detach()).backward()
            found.append(gradient_of(x))
        return found

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(gradient, range(8)))
    # y = 21 x, times 2.
    assert results == [[42.0] * 50] * 8


# Memory ---------------------------------------------------------------------------------------------------------


@contextmanager
def without_collector() -> Iterator[None]:
    """The garbage collector off: what is freed is freed by reference counts."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_the_graph_goes_with_the_loss() -> None:
    """No cycles: the nodes are freed when the last Tensor on them goes, with the collector off."""
    with without_collector():
        x = leaf(1.0)
        y = ad.sin(x * x)
        node = weakref.ref(y._node)  # type: ignore[arg-type]
        inner = weakref.ref(y._node.parents[0])  # type: ignore[union-attr, arg-type]
        assert isinstance(node(), Node)
        del y
        assert node() is None
        assert inner() is None


def test_backward_frees_what_was_saved() -> None:
    """The arrays that the rules needed go with backward, although the loss is kept."""
    with without_collector():
        x = leaf(1.0, 2.0)
        hidden = ad.exp(x)
        saved = weakref.ref(hidden.data.base)
        loss = (hidden * hidden).sum()
        del hidden
        assert saved() is not None
        loss.backward()
        assert saved() is None


def test_only_what_a_rule_reads_is_saved() -> None:
    """A sum keeps a shape, not the array; a product keeps it."""
    with without_collector():
        for operation, kept in ((ad.sum, False), (lambda y: y + 1.0, False), (ad.square, True)):
            y = leaf(1.0, 2.0) * 1.0
            array = weakref.ref(y.data.base)
            result = operation(y)
            del y
            assert (array() is not None) == kept
            assert result.requires_grad


def training(steps: int) -> None:
    """A small network's loop as the README has it."""
    rng = np.random.default_rng(0)
    W = Tensor(rng.normal(size=(3, 2)), requires_grad=True)
    b = Tensor(np.zeros(3), requires_grad=True)
    x, target = Tensor(rng.normal(size=(4, 2))), Tensor(rng.normal(size=(4, 3)))
    for _ in range(steps):
        loss = ad.mean(ad.square(ad.tanh(x @ W.T + b) - target))
        W.zero_grad()
        b.zero_grad()
        loss.backward()
        with no_grad():
            W -= 0.1 * W.grad  # type: ignore[operator]
            b -= 0.1 * b.grad  # type: ignore[operator]


def test_memory_stays_flat_over_training() -> None:
    """With the collector off, nothing is left behind by a step."""
    training(2_000)  # caches fill
    with without_collector():
        before = sys.getallocatedblocks()
        training(100_000)
        # The interpreter keeps some thousands of freed tuples for itself; a single object that a step left behind
        # would be 100,000.
        assert sys.getallocatedblocks() - before < 10_000


def test_transforms_leave_nothing_behind() -> None:
    """grad, jvp, hvp and gradients of gradients make no cycles, either."""

    def transforms(times: int) -> None:
        for _ in range(times):
            ad.hvp(lambda x: ad.sum(ad.sin(x) * x), [1.0, 2.0], [1.0, 1.0])
            ad.jvp(ad.exp, (1.0,), (1.0,))
            ad.grad(ad.grad(lambda x: x * x * x))(2.0)
            ad.jacobian(lambda x: x * x)([1.0, 2.0])

    transforms(10)  # caches fill
    with without_collector():
        before = len(gc.get_objects())
        transforms(300)
        # A single object left behind by one of the four would be 300.
        assert len(gc.get_objects()) - before < 100


LONG_CHAIN = """
import threading
import autodiff as ad
from autodiff import Tensor

def chain(length):
    x = Tensor(1.0, requires_grad=True)
    y = x
    for _ in range(length):
        y = y + x
    y.backward({arguments})
    assert x.grad.item() == length + 1, x.grad
    del y  # and with it the graph
    print("done")

threading.stack_size(256 * 1024)  # a recursion over the graph, in C as well as in Python, would not survive that
thread = threading.Thread(target=chain, args=({length},))
thread.start()
thread.join()
"""


@pytest.mark.parametrize(("length", "arguments"), [(1_000_000, ""), (100_000, "retain_graph=True")])
def test_a_long_chain_neither_recurses_nor_crashes(length: int, arguments: str) -> None:
    """In the sweep and in deallocation, on a small stack; in a process of its own, which a crash would end."""
    source = LONG_CHAIN.format(length=length, arguments=arguments)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_transforms_of_a_long_chain() -> None:
    """Reverse and forward mode by the transforms, over a chain that a recursive sweep couldn't pass."""
    length = 100_000

    def chain(x: Tensor) -> Tensor:
        y = x
        for _ in range(length):
            y = y + x
        return y

    assert ad.grad(chain)(1.0).item() == length + 1
    assert ad.jvp(chain, (1.0,), (1.0,))[1].item() == length + 1

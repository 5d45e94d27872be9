"""Memory: what the graph keeps and when it goes, and chains too long for any recursion."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor, no_grad
from autodiff.graph import Node

from .cases import leaf


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
        # The interpreter keeps some thousands of freed tuples for itself; a single object that a step left
        # behind would be 100,000.
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

# A recursion over the graph, in C as well as in Python, would not survive so small a stack: 10 bytes for each of
# 100,000 nodes. (CPython 3.13's own limit on nested deallocations lets them take more than 256 KiB.)
threading.stack_size(1024 * 1024)
thread = threading.Thread(target=chain, args=({length},))
thread.start()
thread.join()
"""


@pytest.mark.parametrize(("length", "arguments"), [(1_000_000, ""), (100_000, "retain_graph=True")])
def test_a_long_chain_neither_recurses_nor_crashes(length: int, arguments: str) -> None:
    """In sweep and deallocation, on a small stack; in a process of its own, which a crash would end."""
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

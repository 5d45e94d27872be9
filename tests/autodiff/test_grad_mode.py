"""Grad mode: no_grad, enable_grad, exceptions and threads."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from autodiff import Tensor, enable_grad, is_grad_enabled, no_grad

from .cases import gradient_of, leaf


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

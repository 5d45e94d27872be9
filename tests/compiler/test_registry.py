"""Every operation compiled: the same bits as eagerly, for its value, its reverse and its forward derivative."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn.functional  # declares its operations  # noqa: F401
from autodiff import Tensor
from tests.autodiff.cases import Case, bits, case, cotangent

CASES = [case(operation, k) for operation in ad.REGISTRY.values() for k in range(len(operation.samples))]
DIFFERENTIABLE = [c for c in CASES if c.operation.kind != "constant" and c.varied]


def flat_bits(result: Any) -> list[Any]:
    """The bits of every array in a result."""
    if isinstance(result, (tuple, list)):
        return [b for part in result for b in flat_bits(part)]
    return [bits(result) if isinstance(result, (Tensor, np.ndarray, np.generic)) else result]


def again(c: Case) -> list[Case]:
    """The case with three sets of values: the first is recorded, the others are replayed."""
    return [c, case(c.operation, c.number, seed=1), case(c.operation, c.number, seed=2)]


@pytest.mark.parametrize("c", CASES, ids=str)
def test_value(c: Case) -> None:
    """The value of an operation on arrays."""

    def f(*inputs: Any) -> Any:
        return c.result(*inputs)

    compiled = ad.compile(f)
    for other in again(c):
        arrays = [Tensor(x) for x in other.inputs]
        expected = flat_bits(f(*arrays))
        assert flat_bits(compiled(*arrays)) == expected
        assert flat_bits(compiled(*arrays)) == expected
    assert compiled.recordings == 1 or compiled.backend != "numpy"


@pytest.mark.parametrize("c", DIFFERENTIABLE, ids=str)
def test_reverse(c: Case) -> None:
    """The gradients of leaves that are arguments, by `backward` inside the compiled function."""

    def f(*varied: Any) -> Any:
        y = c.of_varied(*varied)
        y.backward(gradient=cotangent(y))
        return y.detach(), [x.grad for x in varied]

    compiled = ad.compile(f)
    for other in again(c):

        def leaves(other: Case = other) -> list[Tensor]:
            return [Tensor(x, requires_grad=True) for x in other.point]

        expected = leaves()
        result = f(*expected)
        for _ in range(2):
            got = leaves()
            assert flat_bits(compiled(*got)) == flat_bits(result)
            assert [None if x.grad is None else bits(x.grad) for x in got] == [
                None if x.grad is None else bits(x.grad) for x in expected
            ]


@pytest.mark.parametrize("c", DIFFERENTIABLE, ids=str)
def test_forward(c: Case) -> None:
    """The forward derivative of an operation."""

    def f(*varied: Any) -> Any:
        return ad.jvp(c.of_varied, varied, tuple(cotangent(x, seed=1) for x in varied))

    compiled = ad.compile(f)
    for other in again(c):
        arrays = [Tensor(x) for x in other.point]
        expected = flat_bits(f(*arrays))
        assert flat_bits(compiled(*arrays)) == expected
        assert flat_bits(compiled(*arrays)) == expected

"""Gradient clipping by norm and by value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import nn
from autodiff import Tensor

from .parameters import backward, leaves, mixed


@pytest.mark.parametrize("norm_type", [1.0, 2.0, 3.0, math.inf])
@pytest.mark.parametrize("max_norm", [0.0, 0.5, 1e6])
def test_norm_by_numpy(norm_type: float, max_norm: float) -> None:
    """The norm of all entries as one vector, and gradients times min(1, max / (norm + 1e-6))."""
    parameters = mixed()
    backward(parameters)
    before = {name: p.grad for name, p in parameters.items()}
    copies = {name: g.numpy().copy() for name, g in before.items()}
    whole = np.concatenate([g.ravel().astype(float) for g in copies.values()])
    expected = np.linalg.norm(whole, norm_type)
    norm = nn.clip_grad_norm_(parameters.values(), max_norm, norm_type)
    # Half of the entries are in single precision, and there are 10 000 of them.
    assert norm.item() == pytest.approx(expected, rel=1e-5)
    factor = min(1.0, max_norm / (expected + 1e-6))
    for name, p in parameters.items():
        assert p.grad.dtype == p.dtype
        np.testing.assert_allclose(p.grad.numpy(), factor * copies[name], rtol=1e-5, err_msg=name)
        assert (before[name].numpy() == copies[name]).all()


def test_norm_of_missing_gradients() -> None:
    """Parameters without one are passed over; without any the norm is 0. A single Tensor will do."""
    a, b = leaves(a=[3.0, 4.0], b=[1.0]).values()
    assert nn.clip_grad_norm_([a, b], 1.0).item() == 0.0
    a.grad = np.array([3.0, 4.0])
    assert nn.clip_grad_norm_(iter([a, b]), 10.0).item() == 5.0
    assert a.grad.tolist() == [3.0, 4.0]
    assert nn.clip_grad_norm_(a, 2.5).item() == 5.0
    # 2.5 / (5 + 1e-6)
    np.testing.assert_allclose(a.grad.numpy(), [1.5, 2.0], rtol=1e-6)
    assert b.grad is None


@pytest.mark.parametrize(
    ("gradient", "expected"),
    [([math.inf, 1.0], [math.nan, 0.0]), ([math.nan, 1.0], [math.nan, math.nan])],
)
def test_infinite_norms(gradient: Any, expected: Any) -> None:
    """As documented, which is what PyTorch does; an error if asked for, that leaves all as it was."""
    (p,) = leaves(p=[0.0, 0.0]).values()
    p.grad = np.array(gradient)
    with pytest.raises(ValueError, match=r"the gradients' norm is (inf|nan); no gradient was changed"):
        nn.clip_grad_norm_([p], 1.0, error_if_nonfinite=True)
    np.testing.assert_array_equal(p.grad.numpy(), gradient)
    with np.errstate(invalid="ignore"):
        norm = nn.clip_grad_norm_([p], 1.0)
    assert not math.isfinite(norm.item())
    np.testing.assert_array_equal(p.grad.numpy(), expected)


def test_values() -> None:
    """Into the interval; NaN stays, infinities become the bounds; what was handed out stays as it was."""
    a, b = leaves(a=np.zeros(5), b=np.zeros((), np.float32)).values()
    a.grad = np.array([-3.0, 0.25, math.nan, math.inf, -math.inf])
    b.grad = np.float32(-2.0)
    handed = b.grad
    nn.clip_grad_value_([a, b, Tensor(1.0, requires_grad=True)], 0.5)
    np.testing.assert_array_equal(a.grad.numpy(), [-0.5, 0.25, math.nan, 0.5, -0.5])
    assert (b.grad.dtype, b.grad.item(), handed.item()) == (np.float32, -0.5, -2.0)


@pytest.mark.parametrize("value", [-1.0, math.nan])
def test_wrong_bounds(value: float) -> None:
    """A bound is a number that isn't negative."""
    (p,) = leaves(p=[0.0]).values()
    with pytest.raises(ValueError, match="max_norm: a non-negative, finite number"):
        nn.clip_grad_norm_([p], value)
    with pytest.raises(ValueError, match="clip_value: a non-negative, finite number"):
        nn.clip_grad_value_([p], value)

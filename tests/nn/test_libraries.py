"""Layers and losses on other libraries' arrays."""

from __future__ import annotations

import numpy as np
import pytest

import nn
from autodiff import REGISTRY
from nn import optim
from tests.autodiff.cases import Case, case
from tests.autodiff.libraries import check, library, runs

CASES = [
    case(operation, k)
    for operation in REGISTRY.values()
    if operation.function.__module__.startswith(nn.__name__)
    for k in range(len(operation.samples))
]


@pytest.mark.parametrize(("name", "kind", "each"), runs({"double": CASES, "single": CASES}))
def test_operation(name: str, kind: str, each: Case) -> None:
    """Values and derivatives are those of NumPy's arrays, of the same dtype, and arrays of the library."""
    check(name, kind, each)


@pytest.mark.parametrize("name", ["strict", "elsewhere", "torch", pytest.param("jax", marks=pytest.mark.slow), "cupy"])
def test_modules(name: str) -> None:
    """A layer with such parameters is differentiated; a state dict is NumPy's and comes back; optimizers refuse."""
    there = library(name)
    layer = nn.Linear(3, 2, rng=0)
    before = layer.state_dict()
    layer.weight = nn.Parameter(there.asarray(before["weight"]))
    layer.bias = nn.Parameter(there.asarray(before["bias"]))
    y = layer(there.asarray(np.array([[1.0, 2.0, 3.0]])))
    y.sum().backward()
    assert layer.weight.grad.tolist() == [[1.0, 2.0, 3.0]] * 2
    state = layer.state_dict()
    assert {name: x.tolist() for name, x in state.items()} == {name: x.tolist() for name, x in before.items()}
    layer.load_state_dict({name: 2.0 * x for name, x in state.items()})
    assert layer.weight.tolist() == (2.0 * before["weight"]).tolist()
    with pytest.raises(TypeError, match=r"NumPy arrays alone.*no_grad"):
        optim.SGD(layer.parameters(), lr=0.1)

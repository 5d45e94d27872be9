"""All optimizers against PyTorch: 80 steps on a quadratic, on Rosenbrock's function and on a small network."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor
from nn import functional as F
from nn import optim

from .parameters import leaves
from .record_torch_trajectories import FILE, PROBLEMS, STEPS

RECORDED: list[dict[str, Any]] = json.loads(FILE.read_text())["trajectories"]
TOLERANCE = {"float64": 1e-10, "float32": 1e-5}
FUNCTIONS = {"linear": F.linear, "tanh": F.tanh, "mse_loss": F.mse_loss}


def name_of(entry: dict[str, Any]) -> str:
    """A name for the test's report."""
    words = [entry["optimizer"], entry["problem"], entry["dtype"], str(entry["settings"])]
    return " ".join([*words, *[word for word in ("groups", "missing", "halved") if entry[word]]])


def start_of(entry: dict[str, Any]) -> tuple[dict[str, Tensor], Any, Any]:
    """The parameters, an optimizer for them, and the function that computes the loss and the gradients."""
    problem = PROBLEMS[entry["problem"]]
    start = leaves(**{name: np.array(values, entry["dtype"]) for name, values in problem["start"].items()})
    data = {name: np.array(values, entry["dtype"]) for name, values in problem["data"].items()}
    groups = entry["groups"] or [{"params": list(start)}]
    groups = [{**group, "params": [start[name] for name in group["params"]]} for group in groups]
    optimizer = getattr(optim, entry["optimizer"])(groups, **entry["settings"])

    def closure(present: bool = True) -> Tensor:
        optimizer.zero_grad()
        loss: Tensor = eval(problem["loss"], FUNCTIONS | data | start)
        loss.backward()
        if not present:
            for name in entry["missing"].split():
                start[name].grad = None
        return loss

    return start, optimizer, closure


def halve(entry: dict[str, Any], optimizer: Any, k: int) -> None:
    """After 20 steps, where the entry says so."""
    if entry["halved"] and k == 20:
        for group in optimizer.param_groups:
            group["lr"] *= 0.5


def values(start: dict[str, Tensor]) -> dict[str, Any]:
    """The parameters' values now."""
    return {name: p.data.copy() for name, p in start.items()}


def assert_recorded(entry: dict[str, Any], after: dict[int, dict[str, Any]]) -> None:
    """Compare with what PyTorch got."""
    for k, expected in entry["after"].items():
        for name, value in expected.items():
            found = after[int(k)][name]
            assert found.dtype == entry["dtype"]
            tolerance = TOLERANCE[entry["dtype"]]
            np.testing.assert_allclose(found, value, rtol=tolerance, atol=tolerance, err_msg=f"{name}, step {k}")


@pytest.mark.parametrize("entry", RECORDED, ids=name_of)
def test_trajectory(entry: dict[str, Any]) -> None:
    """The parameters are where PyTorch's are."""
    start, optimizer, closure = start_of(entry)
    after = {}
    for k in range(1, STEPS + 1):
        optimizer.step(lambda k=k: closure(k % 3 != 2))
        after[k] = values(start)
        halve(entry, optimizer, k)
    assert_recorded(entry, after)


RULES = [entry for entry in RECORDED if entry["optimizer"] != "LBFGS"]


@pytest.mark.parametrize("entry", RULES, ids=name_of)
def test_compiled_trajectory(entry: dict[str, Any]) -> None:
    """A compiled step goes to the same place."""
    start, optimizer, closure = start_of(entry)
    step = ad.compile(lambda present: optimizer.step(lambda: closure(present)))
    after = {}
    for k in range(1, STEPS + 1):
        step(k % 3 != 2)
        after[k] = values(start)
        halve(entry, optimizer, k)
    assert_recorded(entry, after)
    assert step.recordings <= 3


@pytest.mark.parametrize("entry", RECORDED, ids=name_of)
def test_state_dict_in_the_middle(entry: dict[str, Any]) -> None:
    """Another optimizer of other settings, which loads the state after 20 steps, goes on to the same bits."""
    start, optimizer, closure = start_of(entry)
    for k in range(1, 21):
        optimizer.step(lambda k=k: closure(k % 3 != 2))
    other, second, other_closure = start_of({**entry, "settings": {"lr": 0.5}})
    for name, p in other.items():
        p.data = start[name].data
    second.load_state_dict(optimizer.state_dict())
    for k in range(21, 31):
        optimizer.step(lambda k=k: closure(k % 3 != 2))
        second.step(lambda k=k: other_closure(k % 3 != 2))
    for name, value in values(start).items():
        assert (value == other[name].data).all(), name


def test_the_comparison_can_fail() -> None:
    """A learning rate that is off by a millionth is seen."""
    entry = next(entry for entry in RECORDED if entry["optimizer"] == "Adam" and entry["dtype"] == "float64")
    start, optimizer, closure = start_of({**entry, "settings": {"lr": entry["settings"]["lr"] * (1 + 1e-6)}})
    after = {}
    for k in range(1, STEPS + 1):
        optimizer.step(closure)
        after[k] = values(start)
    with pytest.raises(AssertionError, match="step 1"):
        assert_recorded(entry, after)

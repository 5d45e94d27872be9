"""Schedules: PyTorch's learning rates, state dicts, compiled steps, errors."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from nn import Parameter, optim, schedules

from .record_torch_schedules import FILE, METRICS, STEPS, rates

RECORDED: list[dict[str, Any]] = json.loads(FILE.read_text())["schedules"]


def name_of(entry: dict[str, Any]) -> str:
    """A name for the test's report."""
    return f"{entry['schedule']} {entry['settings']} {entry['optimizer']}"


def made(entry: dict[str, Any]) -> tuple[Any, Any]:
    """An optimizer of one group, and the schedule."""
    optimizer = getattr(optim, entry["optimizer"])([Parameter(1.0)], lr=0.4)
    settings = {name: value[0] if isinstance(value, list) else value for name, value in entry["settings"].items()}
    return optimizer, getattr(schedules, entry["schedule"])(optimizer, **settings)


@pytest.mark.parametrize("entry", RECORDED, ids=name_of)
def test_rates_of_pytorch(entry: dict[str, Any]) -> None:
    """The rates and momenta of two groups before each of 30 steps."""
    parameters = [Parameter(np.zeros(1)) for _ in range(2)]
    found = rates(optim, schedules, parameters, entry["schedule"], entry["settings"], entry["optimizer"])
    # PyTorch multiplies step by step where we have a formula: 30 roundings.
    np.testing.assert_allclose(found, entry["rates"], rtol=1e-13, atol=1e-16)


def advance(schedule: Any, steps: range) -> list[float]:
    """The rates after each of some steps."""
    seen = []
    for k in steps:
        schedule.step(*[METRICS[k]] * isinstance(schedule, schedules.ReduceLROnPlateau))
        seen += schedule.get_last_lr()
    return seen


@pytest.mark.parametrize("entry", RECORDED, ids=name_of)
def test_state_dicts(entry: dict[str, Any]) -> None:
    """Another optimizer and schedule with their states go on alike; the state is plain numbers."""
    optimizer, schedule = made(entry)
    advance(schedule, range(11))
    other, second = made({**entry, "settings": entry["settings"]})
    other.load_state_dict(optimizer.state_dict())
    second.load_state_dict(json.loads(json.dumps(schedule.state_dict())))
    assert advance(second, range(11, STEPS - 1)) == advance(schedule, range(11, STEPS - 1))
    assert other.param_groups[0]["lr"] == optimizer.param_groups[0]["lr"]
    with pytest.raises(ValueError, match="has no colour"):
        schedule.load_state_dict({"colour": "red"})


def test_warm_up_then_cosine() -> None:
    """Each part from its own beginning, by the formulas; and the same after a state dict."""

    def build() -> tuple[Any, Any]:
        optimizer = optim.SGD([Parameter(1.0)], lr=0.4)
        parts = [schedules.LinearLR(optimizer, 0.25, total_iters=4), schedules.CosineAnnealingLR(optimizer, T_max=10)]
        return optimizer, schedules.SequentialLR(optimizer, parts, milestones=[4])

    optimizer, schedule = build()
    seen = [optimizer.lr, *advance(schedule, range(14))]
    warm = [0.4 * (0.25 + 0.75 * k / 4) for k in range(4)]
    cosine = [0.4 * (1 + np.cos(np.pi * k / 10)) / 2 for k in range(11)]
    np.testing.assert_allclose(seen, warm + cosine, rtol=1e-14, atol=1e-16)
    _, other = build()
    other.load_state_dict({"last_epoch": 6})
    assert advance(other, range(6, 14)) == seen[7:]


def test_compiled_steps_see_the_rates() -> None:
    """A compiled step isn't recorded again, and goes where an eager one goes."""

    def train(compiled: bool) -> tuple[Any, int]:
        w = Parameter([1.0, -2.0])
        optimizer = optim.AdamW([w], lr=0.1)
        schedule = schedules.CosineAnnealingLR(optimizer, T_max=20)

        def step() -> None:
            optimizer.zero_grad()
            (w * w).sum().backward()
            optimizer.step()

        run = ad.compile(step) if compiled else step
        for _ in range(20):
            run()
            schedule.step()
        return w.tolist(), getattr(run, "recordings", 0)

    expected, _ = train(False)
    assert train(True) == (expected, 1)


def test_errors() -> None:
    """Wrong arguments are said when the schedule is made."""
    optimizer = optim.SGD([Parameter(1.0)], lr=0.1)
    with pytest.raises(TypeError, match="StepLR: an optimizer expected, got float"):
        schedules.StepLR(0.1, step_size=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="step_size: a positive integer"):
        schedules.StepLR(optimizer, step_size=0)
    with pytest.raises(ValueError, match="total_steps, or epochs and steps_per_epoch"):
        schedules.OneCycleLR(optimizer, 0.1)
    with pytest.raises(ValueError, match="'cos' or 'linear'"):
        schedules.OneCycleLR(optimizer, 0.1, 10, anneal_strategy="square")
    with pytest.raises(ValueError, match="one for each of 1 groups expected, got 2"):
        schedules.OneCycleLR(optimizer, [0.1, 0.2], 10)
    with pytest.raises(ValueError, match="cycle_momentum=False"):
        schedules.OneCycleLR(optim.Adagrad([Parameter(1.0)]), 0.1, 10)
    with pytest.raises(ValueError, match="factor: a number below 1"):
        schedules.ReduceLROnPlateau(optimizer, factor=1.0)
    with pytest.raises(ValueError, match="'min' or 'max'"):
        schedules.ReduceLROnPlateau(optimizer, mode="least")
    with pytest.raises(ValueError, match="'rel' or 'abs'"):
        schedules.ReduceLROnPlateau(optimizer, threshold_mode="both")
    with pytest.raises(ValueError, match="1 increasing numbers"):
        schedules.SequentialLR(optimizer, [schedules.LinearLR(optimizer), schedules.LinearLR(optimizer)], [])
    cycle = schedules.OneCycleLR(optimizer, 0.1, total_steps=2)
    cycle.step()
    cycle.step()
    with pytest.raises(ValueError, match="the cycle is over"):
        cycle.step()

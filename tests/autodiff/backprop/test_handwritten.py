"""The report's own backpropagation: both errors named, with their causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import BackpropReport, check_backprop
from tasks import handwritten

PARAMS = handwritten.init_weight(2, 4, 1, seed=0)


def one_sample(network: Any) -> BackpropReport:
    """The report about one sample, as Figure 7 has it."""
    x, y = np.array([0.3, -1.2]), np.array([1.0])

    def loss(params: Any) -> Any:
        output, _ = network.feedforward(x, params)
        return handwritten.cost_func(output, y)

    def gradients(params: Any) -> Any:
        _, kept = network.feedforward(x, params)
        return network.backpropagation(params, kept, x, y)

    return check_backprop(loss, gradients, PARAMS)


def several_samples(network: Any) -> BackpropReport:
    """The mean over samples, one at a time."""
    generator = np.random.default_rng(0)
    samples = [(generator.normal(size=2), np.array([label])) for label in (1.0, 0.0, 0.0, 1.0)]

    def loss(params: Any) -> Any:
        total = 0.0
        for x, y in samples:
            output, _ = network.feedforward(x, params)
            total = total + handwritten.cost_func(output, y)
        return total / len(samples)

    def gradients(params: Any) -> Any:
        summed: dict[str, Any] = {}
        for x, y in samples:
            _, kept = network.feedforward(x, params)
            for name, gradient in network.backpropagation(params, kept, x, y).items():
                summed[name] = summed.get(name, 0) + gradient / len(samples)
        return summed

    return check_backprop(loss, gradients, PARAMS)


@pytest.mark.parametrize("check", [one_sample, several_samples])
def test_published(check: Callable[[Any], BackpropReport]) -> None:
    """W3 and b3 are right, the rest is wrong, by two lines and for two reasons."""
    report = check(handwritten.published)
    verdicts = {name: row.verdict for name, row in report.parameters.items()}
    assert verdicts == {"W1": "wrong", "b1": "wrong", "W2": "wrong", "b2": "wrong", "W3": "right", "b3": "right"}
    stored, derived = report.births
    assert stored.code == 'tmp_parameters["a1"] = a2'
    assert stored.cause == f"`tmp_parameters['a1']` holds a2 where a1 belongs, saved at line {stored.lineno}"
    assert stored.parameters == ("W2",)
    assert derived.code == "temp_s = sigmoid(dA2)"
    assert derived.cause == "`dA2` is used where `Z2` belongs"
    assert derived.repair == "temp_s = sigmoid(Z2)"
    assert set(derived.parameters) == {"W1", "b1", "b2"}


@pytest.mark.parametrize("check", [one_sample, several_samples])
def test_corrected(check: Callable[[Any], BackpropReport]) -> None:
    """Without the two errors all is right."""
    report = check(handwritten.corrected)
    assert report.ok, report
    assert report.births == ()

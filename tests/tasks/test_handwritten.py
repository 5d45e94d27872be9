"""The report's hand-written gradients: the corrected ones are the derivative, the published ones are not."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np
import pytest

from tasks import data, handwritten
from tasks.handwritten import Array, corrected, published

PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")
# A point with both labels' kind of gradient, away from the kinks of ReLU.
SAMPLES = [1, 8, 12, 20]


def sample(index: int) -> tuple[Array, Array]:
    """One XOR point with its label."""
    x, y = data.xor_points()
    return x[index], y[index]


def initial() -> dict[str, Array]:
    """Parameters of the report's size and seed, with biases that are not zero."""
    parameters = handwritten.init_weight(2, 10, 1, seed=0)
    rng = np.random.default_rng(1)
    return {n: v + 0.1 * rng.standard_normal(v.shape) if n[0] == "b" else v for n, v in parameters.items()}


def loss(parameters: dict[str, Array], x: Array, y: Array) -> float:
    """The report's loss of one sample."""
    return float(handwritten.cost_func(corrected.feedforward(x, parameters)[0], y))


def differences(parameters: dict[str, Array], name: str, x: Array, y: Array) -> Array:
    """The loss's derivative with respect to one parameter by central differences, extrapolated once."""
    slopes = np.empty_like(parameters[name])
    for index in np.ndindex(slopes.shape):
        estimates = []
        for h in (2e-3, 1e-3):
            ends = []
            for side in (h, -h):
                moved = {**parameters, name: parameters[name].copy()}
                moved[name][index] += side
                ends.append(loss(moved, x, y))
            estimates.append((ends[0] - ends[1]) / (2 * h))
        slopes[index] = (4 * estimates[1] - estimates[0]) / 3
    return slopes


def gradients(formulas: handwritten.Backpropagation, index: int) -> dict[str, Array]:
    """What the formulas give for one sample."""
    x, y = sample(index)
    _, kept = formulas.feedforward(x, initial())
    return formulas.backpropagation(initial(), kept, x, y)


@pytest.mark.parametrize("index", SAMPLES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_corrected_is_the_derivative(name: str, index: int) -> None:
    """Every corrected gradient agrees with finite differences of the loss."""
    expected = differences(initial(), name, *sample(index))
    np.testing.assert_allclose(gradients(corrected, index)["d" + name], expected, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("index", SAMPLES)
def test_published_is_not_the_derivative(index: int) -> None:
    """The two errors spoil W1, b1, W2 and b2, by tens of per cent, and leave the last layer right."""
    wrong, right = gradients(published, index), gradients(corrected, index)
    off = {n: np.linalg.norm(wrong["d" + n] - right["d" + n]) / np.linalg.norm(right["d" + n]) for n in PARAMETERS}
    assert off["W3"] == off["b3"] == 0
    assert min(off[n] for n in ("W1", "b1", "W2", "b2")) > 0.1


def test_published_differs_where_the_report_errs() -> None:
    """The forward pass differs in the value kept under a1; the backward pass from dZ2 on."""
    x, y = sample(8)
    (a3, kept), (right_a3, right) = (f.feedforward(x, initial()) for f in (published, corrected))
    assert a3 == right_a3
    assert [name for name in kept if (kept[name] != right[name]).any()] == ["a1"]
    assert kept["a1"] is kept["a2"]
    # With the same values kept, the derivative at dA2 is the one error left.
    wrong, exact = (f.backpropagation(initial(), right, x, y) for f in (published, corrected))
    same = {name for name in exact if (wrong[name] == exact[name]).all()}
    assert same == {"dA3", "dZ3", "dW3", "db3", "dA2"}


def test_the_errors_are_lines_of_their_own() -> None:
    """The report's two wrong statements stand in the source as such, so that a check can name them."""
    lines = [line.strip() for line in inspect.getsource(handwritten).splitlines()]
    assert lines.count('tmp_parameters["a1"] = a2') == 1
    assert lines.count("temp_s = sigmoid(dA2)") == 1


def test_every_intermediate_has_its_name() -> None:
    """The forward pass keeps z and a of each layer, the backward pass dA, dZ, dW and db."""
    x, _ = sample(8)
    _, kept = corrected.feedforward(x, initial())
    assert set(kept) == {name + layer for name in "za" for layer in "123"}
    assert set(gradients(corrected, 8)) == {n + layer for n in ("dA", "dZ", "dW", "db") for layer in "123"}


def test_shapes_are_columns() -> None:
    """A sample of shape (2,) becomes a column, and each gradient has its parameter's shape."""
    parameters, result = initial(), gradients(corrected, 8)
    assert {n: result["d" + n].shape for n in PARAMETERS} == {n: v.shape for n, v in parameters.items()}
    assert result["dZ1"].shape == (10, 1)


@pytest.mark.parametrize("formulas", [corrected, published], ids=["corrected", "published"])
def test_inputs_are_untouched(formulas: handwritten.Backpropagation) -> None:
    """No pass writes into what it was given."""
    given = initial()
    x, y = sample(8)
    _, kept = formulas.feedforward(x, given)
    before = {name: value.copy() for name, value in kept.items()}
    formulas.backpropagation(given, kept, x, y)
    for name, value in initial().items():
        assert (given[name] == value).all()
    for name, value in before.items():
        assert (kept[name] == value).all()


def test_several_samples_are_columns() -> None:
    """A batch of points gives the outputs of its points."""
    x, _ = data.xor_points()
    together, _ = corrected.feedforward(x, initial())
    apart = np.hstack([corrected.feedforward(point, initial())[0] for point in x])
    np.testing.assert_allclose(together, apart, rtol=1e-14)


def initial_draws() -> Iterator[tuple[str, Array]]:
    """The report's weights as its code draws them, from the global generator."""
    np.random.seed(7)  # noqa: NPY002 - the report's own way
    for name, shape in (("W1", (5, 2)), ("W2", (5, 5)), ("W3", (1, 5))):
        yield name, np.random.randn(*shape)  # noqa: NPY002


def test_init_weight_draws_as_the_report_does() -> None:
    """The weights are those of the report's global seed; the biases are zero columns."""
    parameters = handwritten.init_weight(2, 5, 1, seed=7)
    for name, value in initial_draws():
        assert (parameters[name] == value).all()
    assert [parameters[n].shape for n in ("b1", "b2", "b3")] == [(5, 1), (5, 1), (1, 1)]
    assert not any(parameters[n].any() for n in ("b1", "b2", "b3"))


def test_update_makes_new_arrays() -> None:
    """A step leaves the old parameters as they were."""
    given = initial()
    after = handwritten.update_net(given, gradients(corrected, 8), lr=0.5)
    for name, value in initial().items():
        assert (given[name] == value).all()
        assert (after[name] == value - 0.5 * gradients(corrected, 8)["d" + name]).all()

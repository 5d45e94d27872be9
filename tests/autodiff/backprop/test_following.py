"""Losses that leave the graph, that stand at a kink, draw at random or remember: followed, or said so."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import check_backprop

X = np.random.default_rng(1).normal(size=(5, 3))
W = np.random.default_rng(2).normal(size=3)


def dot_of_an_array(p: Any) -> Any:
    """A method of their data."""
    return np.sum(X.dot(p["w"]) ** 2)


def buffer(p: Any) -> Any:
    """Written into zeros, one at a time."""
    out = np.zeros(5)
    for i in range(5):
        out[i] = np.sum(X[i] * p["w"])
    return np.sum(out**2)


def list_of_numbers(p: Any) -> Any:
    """Collected in a list, and made an array."""
    return np.sum(np.array([X[i] @ p["w"] for i in range(5)]) ** 2)


def plain_float(p: Any) -> Any:
    """Through Python's own numbers and functions."""
    total = 0.0
    for row in X:
        total += math.pow(float(row @ p["w"]), 2)
    return float(total)


def in_place(p: Any) -> Any:
    """An array of theirs, changed in place."""
    z = X.copy()
    z *= p["w"]
    return np.sum(np.sum(z, axis=1) ** 2)


def item(p: Any) -> Any:
    """A number taken out."""
    return sum((row @ p["w"]).item() ** 2 for row in X)


def right(p: Any) -> Any:
    """The gradient of all of them."""
    return {"w": 2 * X.T @ (X @ p["w"])}


def half(p: Any) -> Any:
    """The 2 forgotten."""
    return {"w": X.T @ (X @ p["w"])}


@pytest.mark.parametrize("loss", [dot_of_an_array, buffer, list_of_numbers, plain_float, in_place, item])
def test_leaving_the_graph(loss: Callable[[Any], Any]) -> None:
    """The verdicts are right although plain NumPy leaves the graph there."""
    assert check_backprop(loss, right, {"w": W}).ok
    report = check_backprop(loss, half, {"w": W})
    assert report.parameters["w"].ratio == pytest.approx(0.5)
    assert [birth.code for birth in report.births] == ['return {"w": X.T @ (X @ p["w"])}']


def test_a_kink_is_no_error() -> None:
    """At relu's kink the report's convention, 0, is as good as another."""
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]])

    def loss(p: Any) -> Any:
        return np.sum(np.maximum(0, x @ p["w"] + p["b"]) ** 1)

    def gradients(p: Any) -> Any:
        dz = ((x @ p["w"] + p["b"]) > 0).astype(float)
        return {"w": x.T @ dz, "b": dz.sum(0)}

    report = check_backprop(loss, gradients, {"w": np.array([[1.0, -1.0], [0.5, 2.0]]), "b": np.zeros(2)})
    assert report.ok, report
    assert "kink" in report.notes[0]


def test_randomness_is_repeated() -> None:
    """A dropout mask that loss and gradients draw from NumPy's global generator is the same for both."""
    np.random.seed(0)  # noqa: NPY002

    def hidden(p: Any) -> Any:
        mask = (np.random.rand(5, 3) < 0.5) * 2.0  # noqa: NPY002
        return (X * p["w"]) * mask, mask

    def loss(p: Any) -> Any:
        return np.sum(hidden(p)[0] ** 2)

    def gradients(p: Any) -> Any:
        h, mask = hidden(p)
        return {"w": np.sum(2 * h * mask * X, axis=0)}

    before = np.random.get_state()[1].copy()  # type: ignore[index, union-attr]  # noqa: NPY002
    assert check_backprop(loss, gradients, {"w": W}).ok
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # type: ignore[index, arg-type]  # noqa: NPY002


def test_what_is_not_deterministic_cannot_be_checked() -> None:
    """There is no verdict, and the reason is said."""
    generator = iter(range(10**6))

    def loss(p: Any) -> Any:
        return np.sum(p["w"] ** 2) * (1 + next(generator))

    report = check_backprop(loss, lambda p: {"w": 2 * p["w"]}, {"w": W})
    assert report.parameters["w"].verdict == "can't be checked"
    assert report.verdict == "can't be checked"
    assert not report.ok
    assert "deterministic" in report.notes[0]


class Accumulating:
    """Adds to the gradient of the call before."""

    def __init__(self) -> None:
        self.grad = {"w": np.zeros(3)}

    def gradients(self, p: Any) -> Any:
        """Right at the first call."""
        self.grad["w"] += 2 * X.T @ (X @ p["w"])
        return self.grad


def test_a_second_call_that_adds_to_the_first() -> None:
    """Right once, and wrong in training: the line is named, and the object is left as it was."""
    model = Accumulating()
    report = check_backprop(dot_of_an_array, model.gradients, {"w": W})
    assert not report.ok
    assert report.parameters["w"].ratio == pytest.approx(2.0)
    (birth,) = report.births
    assert birth.code == 'self.grad["w"] += 2 * X.T @ (X @ p["w"])'
    assert "adds to what is there already" in birth.cause
    assert not model.grad["w"].any()


def test_zero_weights_hide_nothing() -> None:
    """With all weights 0 this gradient is right by chance; beside them it isn't."""

    def loss(p: Any) -> Any:
        return np.mean((np.tanh(X @ p["w1"] + p["b1"]) @ p["w2"] - 1) ** 2)

    def gradients(p: Any) -> Any:
        h = np.tanh(X @ p["w1"] + p["b1"])
        d = 2 * (h @ p["w2"] - 1) / 5
        dz = d @ p["w2"].T
        return {"w1": X.T @ dz, "b1": dz.sum(axis=0), "w2": h.T @ d}

    zeros = {"w1": np.zeros((3, 4)), "b1": np.zeros(4), "w2": np.zeros((4, 1))}
    report = check_backprop(loss, gradients, zeros)
    assert report.parameters["w1"].verdict == "wrong"
    assert report.parameters["w1"].note == "at parameters beside the given ones"
    assert [birth.code for birth in report.births] == ['dz = d @ p["w2"].T']
    assert "is left out" in report.births[0].cause


@pytest.mark.parametrize(
    ("gradients", "note"),
    [
        (lambda p: {}, "no gradient returned"),
        (lambda p: {"w": np.ones((3, 1))}, "gradient of shape (3, 1) for a parameter of shape (3,)"),
    ],
)
def test_gradients_that_do_not_fit(gradients: Callable[[Any], Any], note: str) -> None:
    """A missing gradient, or one that would broadcast in the update, is wrong."""
    report = check_backprop(dot_of_an_array, gradients, {"w": W})
    assert report.parameters["w"].verdict == "wrong"
    assert report.parameters["w"].note == note


def test_no_array_to_differentiate_by() -> None:
    """Integers alone have no derivative."""
    with pytest.raises(TypeError, match="floating-point"):
        check_backprop(dot_of_an_array, right, {"w": np.array([1, 2])})


def test_not_a_dictionary() -> None:
    """What `gradients` has to return is said."""
    with pytest.raises(TypeError, match="expected a dict"):
        check_backprop(lambda p: (p["a"] + p["b"]).sum(), lambda p: "nothing", {"a": W, "b": W})


def test_a_loss_that_cannot_be_followed() -> None:
    """Too large for differences, and outside of the graph: the line, and what to write in its place."""

    def loss(p: Any) -> Any:
        table = {"w": p["w"].tolist()}
        return sum(x * x for x in table["w"])

    report = check_backprop(loss, lambda p: {"w": 2 * p["w"]}, {"w": np.ones(4000)})
    assert report.verdict == "can't be checked"
    assert report.births == ()
    (note,) = report.notes
    assert ".tolist()" in note
    assert "4000 entries" in note
    assert "np.dot" in note


def test_an_empty_gradient_has_its_line() -> None:
    """No disturbance reaches it, so that the line with its name is given."""

    def gradients(p: Any) -> Any:
        grad_w = 2 * X.T @ (X @ p["w"])[:0]
        return {"w": grad_w}

    def shortened(p: Any) -> Any:
        grad_w = (2 * X.T @ (X @ p["w"]))[:0]
        return {"w": grad_w}

    with pytest.raises(ValueError, match="matmul"):
        check_backprop(dot_of_an_array, gradients, {"w": W})
    report = check_backprop(dot_of_an_array, shortened, {"w": W})
    assert [birth.code for birth in report.births] == ['grad_w = (2 * X.T @ (X @ p["w"]))[:0]']

"""Packed gradients are judged in parts; trying an expression leaves what it touches as it was."""

from __future__ import annotations

from typing import Any

import numpy as np

from autodiff import check_backprop
from autodiff.check.backprop.parts import split
from autodiff.check.backprop.pool import Pool

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5], [-2.0, 1.5]])
Y = np.array([[1.0], [0.0], [1.0], [0.5]])
THETA = np.array([0.3, -0.7, 0.2, 0.9, 0.4, -0.5])


def layers(theta: Any) -> tuple[Any, Any]:
    """Two layers' weights of one packed vector."""
    return theta[:4].reshape(2, 2), theta[4:].reshape(2, 1)


def loss(p: dict[str, Any]) -> Any:
    """Half the squared error of two layers."""
    w1, w2 = layers(p["theta"])
    return 0.5 * np.sum((np.tanh(X @ w1) @ w2 - Y) ** 2)


def gradients(p: dict[str, Any]) -> dict[str, Any]:
    """Two errors, one in each layer."""
    w1, w2 = layers(p["theta"])
    h = np.tanh(X @ w1)
    delta2 = h @ w2 - Y
    grad2 = 2 * h.T @ delta2
    delta1 = (delta2 @ w2.T) * (1 - h)
    grad1 = X.T @ delta1
    return {"theta": np.concatenate([grad1.ravel(), grad2.ravel()])}


def test_two_errors_in_a_packed_vector_are_told_apart() -> None:
    """Each is named with its own cause, and with the part of the vector that it spoils."""
    report = check_backprop(loss, gradients, {"theta": THETA})
    first = gradients.__code__.co_firstlineno
    assert [(b.lineno - first, b.parameters) for b in report.births] == [(5, ("theta[4:6]",)), (6, ("theta[0:4]",))]
    assert all("unexplained" not in b.cause for b in report.births)


def test_what_single_lines_reach_makes_a_part() -> None:
    """Blocks that a line reaches alone, and the rest; scattered entries (dead units') make none."""
    shape = (2, 3)
    column, row, scattered = (np.zeros(shape, bool) for _ in range(3))
    column[:, 0], row[1], scattered[0, 0] = True, True, True
    scattered[1, 2] = True
    whole, true = np.ones(shape, bool), np.ones(shape)
    assert [p.label for p in split("W", [whole, column], true)] == ["W[:, 0]", "W[:, 1:3]"]
    assert [p.label for p in split("W", [whole, scattered], true)] == ["W"]
    assert [p.label for p in split("W", [whole, whole], true)] == ["W"]
    assert [p.label for p in split("W", [whole, column, row], true)] == ["W"]


def test_entries_of_dead_units_make_no_part() -> None:
    """Where the true gradient is 0 a right one proves nothing: the entries go with the nearest others."""
    entries = np.arange(6)
    masks = [entries < 6, entries < 1, entries > 3]
    true = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    assert [p.label for p in split("b", masks, true)] == ["b[4:6]", "b[0:4]"]
    assert [p.label for p in split("b", masks[:2], true)] == ["b"]


def test_what_an_edit_takes_can_be_written_to() -> None:
    """Their code may change the array in place: the true values stay."""
    pool = Pool()
    pool.add("gradient", "b", [[np.ones(2)]], 0)
    taken = pool.take(0)
    taken += 1.0
    np.testing.assert_array_equal(pool.take(0), [1.0, 1.0])
    pool.nearest("gradient", np.ones(2))[:] = 5.0
    np.testing.assert_array_equal(pool.take(0), [1.0, 1.0])


def test_trying_a_phrase_leaves_their_lists_alone() -> None:
    """`zs.append(z)` is no value to try in another's place: the list would be longer for the next try."""
    weights = [np.array([[0.5, -0.3], [0.2, 0.8], [0.1, 0.4]]), np.array([[0.4, 0.1, -0.6]])]

    def forward(p: dict[str, Any]) -> Any:
        a, zs, activations = X[0], [], [X[0]]
        for name in ("v", "w"):
            z = p[name] @ a
            zs.append(z)
            a = np.tanh(z)
            activations.append(a)
        return zs, activations

    def loss(p: dict[str, Any]) -> Any:
        return 0.5 * np.sum((forward(p)[1][-1] - Y[0]) ** 2)

    def gradients(p: dict[str, Any]) -> dict[str, Any]:
        a, zs, activations = X[0], [], [X[0]]
        for name in ("v", "w"):
            z = p[name] @ a
            zs.append(z)
            a = np.tanh(z)
            activations.append(a)
        delta = (a - Y[0]) * (1 - np.tanh(zs[-1]) ** 2)
        found = {"w": np.outer(delta, activations[-2])}
        for k in range(2, 3):
            slope = 1 - np.tanh(activations[-k]) ** 2
            delta = (p["w"].T @ delta) * slope
            found["v"] = np.outer(delta, activations[-k - 1])
        return found

    report = check_backprop(loss, gradients, {"v": weights[0], "w": weights[1]})
    (birth,) = report.births
    assert birth.lineno == gradients.__code__.co_firstlineno + 10
    assert birth.repair is not None
    assert "zs" in birth.repair

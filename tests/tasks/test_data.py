"""The two datasets."""

from __future__ import annotations

import numpy as np

from tasks import data, published


def test_xor_points_are_the_reports() -> None:
    """The 21 points come in the report's order, to the last bit, and the centre is there once."""
    x, y = data.xor_points()
    assert x.shape == (21, 2)
    assert y.shape == (21, 1)
    assert x.dtype == y.dtype == np.float64
    assert x[6].tolist() == [0.1 * 3, 0.1 * 3]
    assert x[6, 0] != 0.3
    assert x[7].tolist() == [0.1 * 3, 1 - 0.1 * 3]
    assert (np.abs(x - 0.5) < 1e-9).all(axis=1).sum() == 1
    assert y.ravel().tolist() == [0, 1] * 5 + [0] + [0, 1] * 5


def test_linear_points_have_the_rule_of_the_report() -> None:
    """The label is 0 where x > y and else 1, in the unit square, with both labels about as often."""
    x, y = data.linear_points(500, seed=3)
    assert x.shape == (500, 2)
    assert y.shape == (500, 1)
    assert 0 <= x.min() < 0.05
    assert 0.95 < x.max() <= 1
    assert [0.0 if a > b else 1.0 for a, b in x] == y.ravel().tolist()
    assert 200 < y.sum() < 300


def test_linear_points_depend_on_their_seed_alone() -> None:
    """The same seed gives the same points, whatever NumPy's global generator does."""
    np.random.seed(5)  # noqa: NPY002 - the hidden state that must not matter
    first, _ = data.linear_points()
    np.random.seed(6)  # noqa: NPY002
    again, _ = data.linear_points(seed=0)
    other, _ = data.linear_points(seed=1)
    assert (first == again).all()
    assert (first != other).any()


def test_published_has_both_figures_and_tables() -> None:
    """The figures that the tests compare with come with the package."""
    figures = published.load()
    assert len(figures["figure_12_xor"]["losses"]) == 17
    assert len(figures["table_learning_rate"]["xor"]) == len(figures["table_hidden_units"]["xor"]) == 4
    assert len(figures["known_errors_in_the_published_backpropagation"]) == 2

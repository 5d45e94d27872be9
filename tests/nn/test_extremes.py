"""Activations and losses at the ends of their ranges, on NaN, and on one number as on many."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import autodiff as ad
from nn import functional as F

Function = Callable[..., Any]
EPS = float(np.finfo(np.float64).eps)

ACTIVATIONS: list[Function] = [F.relu, F.sigmoid, F.tanh, F.softplus, F.softmax, F.log_softmax]
LOSSES: list[Function] = [F.mse_loss, F.binary_cross_entropy, F.binary_cross_entropy_with_logits]


def gradient(f: Function, *inputs: Any) -> np.ndarray:
    """The gradient by the first input, as an array."""
    return ad.grad(f)(*inputs).numpy()


LOGITS = [-1e4, -745.5, -88.0, -40.0, -1.0, -1e-9, 0.0, 1e-300, 0.5, 37.0, 88.0, 1e4]


@pytest.mark.parametrize("shape", [(), (1,), (2,)])
@pytest.mark.parametrize("z", LOGITS)
def test_logistic_family_by_fifty_digits(z: float, shape: tuple[int, ...]) -> None:
    """Sigmoid, softplus and log-loss, with their slopes, against mpmath over the whole range of logits."""
    with mpmath.workdps(50):
        e = mpmath.exp(-abs(mpmath.mpf(z)))
        sigmoid = (1 if z >= 0 else e) / (1 + e)
        slope = e / (1 + e) ** 2
        softplus = max(z, 0) + mpmath.log1p(e)
        expected = [float(number) for number in (sigmoid, slope, softplus)]
        # -log(sigmoid(z)), and its derivative sigmoid(z) - 1
        loss, loss_slope = float(max(-z, 0) + mpmath.log1p(e)), float(-(e if z >= 0 else 1) / (1 + e))
    x = np.full(shape, z)
    found = [F.sigmoid(x), ad.grad(lambda x: F.sigmoid(x).sum())(x), F.softplus(x)]
    for one, other in zip(found, expected, strict=True):
        # Five rounded operations; 5e-324 is the spacing of the smallest numbers.
        np.testing.assert_allclose(one.numpy(), other, rtol=8 * EPS, atol=5e-324)
    by_logit = F.binary_cross_entropy_with_logits
    # max(z, 0) - z is exact here.
    np.testing.assert_allclose(by_logit(x, np.ones(shape)).item(), loss, rtol=4 * EPS, atol=5e-324)
    # sigmoid(z) - 1 is as exact as sigmoid(z), a number of size 1.
    np.testing.assert_allclose(gradient(by_logit, x, np.ones(shape)) * x.size, loss_slope, rtol=0, atol=2 * EPS)


def test_log_probabilities_of_extreme_scores() -> None:
    """Scores of +-1e4 have the log-probabilities that mpmath gives, and exact gradients."""
    z = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4 + 1], [3.0, 2.0, 1e4]])
    with mpmath.workdps(50):
        expected = [
            [float(x - mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(u)) for u in row))) for x in row]
            for row in z.tolist()
        ]
    # Numbers up to 2e4, subtracted from one another.
    np.testing.assert_allclose(F.log_softmax(z).numpy(), expected, rtol=4 * EPS, atol=4e4 * EPS)
    assert F.softmax(z).numpy()[0].tolist() == [1.0, 0.0, 0.0]
    t = np.array([1, 0, 2])
    loss, slope = ad.value_and_grad(F.cross_entropy)(z, t)
    # As above, averaged.
    assert loss.item() == pytest.approx(-np.mean([expected[k][t[k]] for k in range(3)]), rel=8 * EPS)
    assert slope.numpy()[0].tolist() == [1 / 3, -1 / 3, 0.0]


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("p", "t", "loss", "slope"),
    [
        (0.0, 0.0, 0.0, 1.0),
        (1.0, 1.0, 0.0, -1.0),
        (0.0, 1.0, 100.0, 0.0),
        (1.0, 0.0, 100.0, 0.0),
        (0.0, 0.5, 50.0, 0.5),
        (1e-44, 1.0, 100.0, 0.0),
        (5e-324, 1.0, 100.0, 0.0),
    ],
)
def test_certain_probabilities(p: float, t: float, loss: float, slope: float, size: int) -> None:
    """A probability of exactly 0 or 1 has a finite loss, each logarithm clamped at -100 with derivative 0."""
    value, by_p = ad.value_and_grad(F.binary_cross_entropy)(np.full(size, p), np.full(size, t))
    assert value.item() == loss
    # A mean over `size` equal entries.
    np.testing.assert_allclose(by_p.numpy() * size, slope, rtol=2 * EPS)
    by_t = ad.grad(F.binary_cross_entropy, 1)(np.full(size, p), np.full(size, t)).numpy()
    np.testing.assert_allclose(by_t * size, 100.0 if p < 0.5 else -100.0, rtol=2 * EPS)


def test_the_last_unclamped_probability() -> None:
    """Just above exp(-100) the loss is just under 100 and the slope is -1/p."""
    p = np.nextafter(math.exp(-100.0), 1.0) * (1 + 4 * EPS)
    value, slope = ad.value_and_grad(F.binary_cross_entropy)([p, p], [1.0, 1.0])
    # The logarithm of such a number is good to the spacing of 100.
    assert value.item() == pytest.approx(100.0, rel=2 * EPS)
    assert (slope.numpy() == -0.5 / p).all()


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("p", [0.0, 1.0])
@pytest.mark.parametrize("t", [0.0, 1.0])
def test_certain_probabilities_in_single_precision(p: float, t: float, size: int) -> None:
    """The same in float32, whose largest number is below exp(100)."""
    arrays = [np.full(size, v, np.float32) for v in (p, t)]
    value, slope = ad.value_and_grad(F.binary_cross_entropy)(*arrays)
    assert value.dtype == slope.dtype == np.float32
    assert value.item() == (0.0 if p == t else 100.0)
    # A third in single precision.
    np.testing.assert_allclose(slope.numpy() * size, (1.0 - 2 * t) * (p == t), rtol=2e-7)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("z", [-103.0, -95.0, -88.0, 88.0, 95.0])
def test_saturated_sigmoid_in_single_precision(z: float, size: int) -> None:
    """Where the probability is too small for its reciprocal, loss and gradient are finite all the same."""
    z32, one = np.full(size, z, np.float32), np.ones(size, np.float32)
    value, slope = ad.value_and_grad(lambda z: F.binary_cross_entropy(F.sigmoid(z), one))(z32)
    assert 0.0 <= value.item() <= 100.0
    assert np.isfinite(slope.numpy()).all()
    assert (slope.numpy() <= 0.0).all()
    assert (slope.numpy() >= -1.0001 / size).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("where", [0, 1])
@pytest.mark.parametrize("loss", LOSSES, ids=lambda f: f.__name__)
def test_nan_is_not_hidden(loss: Function, where: int, size: int, dtype: Any) -> None:
    """A NaN in the prediction or in the target makes the loss NaN, and the gradient at that entry."""
    arrays = [np.full(size, 0.25, dtype), np.full(size, 0.5, dtype)]
    arrays[where][-1] = np.nan
    value, slope = ad.value_and_grad(loss)(*arrays)
    assert np.isnan(value.item())
    assert np.isnan(slope.numpy()[-1])
    assert np.isfinite(slope.numpy()[:-1]).all()


@pytest.mark.parametrize("f", ACTIVATIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("x", [[np.nan], [1.0, np.nan]], ids=str)
def test_nan_passes_through_activations(f: Function, x: list[float]) -> None:
    """A NaN goes in and comes out, and so does its derivative, for a single number and for an array."""
    value, slope = ad.value_and_grad(lambda x: f(x).sum())(x)
    assert np.isnan(f(x).numpy()[-1])
    assert np.isnan(value.item())
    assert np.isnan(slope.numpy()[-1]) or f is F.log_softmax  # whose slopes sum to 1 - 1 where there is one
    with_score = F.cross_entropy([[np.nan, 1.0]], [1])
    assert np.isnan(with_score.item())


def test_infinite_inputs() -> None:
    """The limits, without a warning."""
    ends = np.array([-np.inf, np.inf])
    assert F.sigmoid(ends).tolist() == [F.sigmoid(z).item() for z in ends] == [0.0, 1.0]
    assert F.tanh(ends).tolist() == [-1.0, 1.0]
    assert F.softplus(ends).tolist() == [0.0, np.inf]
    assert F.relu(ends).tolist() == [0.0, np.inf]
    assert gradient(lambda x: F.relu(x).sum(), ends).tolist() == [0.0, 1.0]


# One number and many ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [*LOGITS, -np.inf, np.inf])
@pytest.mark.parametrize("f", [F.relu, F.sigmoid, F.tanh, F.softplus], ids=lambda f: f.__name__)
def test_one_number_as_many(f: Function, x: float) -> None:
    """A single number, which may go past NumPy, has the value and slopes that it has in an array."""
    many = np.full(3, x)
    for shape in [(), (1,), (1, 1, 1)]:
        single = np.full(shape, x)
        assert f(single).shape == shape
        slope = gradient(lambda x: f(x).sum(), single)
        assert slope.shape == shape
        # exp of NumPy and of the C library differ by an ulp, and four operations follow.
        np.testing.assert_array_max_ulp(f(single).numpy().reshape(1), f(many).numpy()[:1], 8)
        expected = gradient(lambda x: f(x).sum(), many)[:1]
        np.testing.assert_array_max_ulp(slope.reshape(1), expected, 8)


@pytest.mark.parametrize("p", [0.0, 1e-50, 1e-9, 0.3, 0.5, 1 - EPS / 2, 1.0])
@pytest.mark.parametrize("t", [0.0, 0.25, 1.0])
def test_one_probability_as_many(p: float, t: float) -> None:
    """The same for the loss; four equal entries have an exact mean."""
    many = ad.value_and_grad(F.binary_cross_entropy, (0, 1))(np.full(4, p), np.full(4, t))
    for shape in [(), (1,), (1, 1)]:
        value, slopes = ad.value_and_grad(F.binary_cross_entropy, (0, 1))(np.full(shape, p), np.full(shape, t))
        assert value.shape == ()
        assert [slope.shape for slope in slopes] == [shape, shape]
        # log of NumPy and of the C library differ by an ulp, and three operations follow.
        np.testing.assert_array_max_ulp(value.numpy(), many[0].numpy(), 4)
        for one, other in zip(slopes, many[1], strict=True):
            np.testing.assert_array_max_ulp(one.numpy().reshape(1), 4 * other.numpy()[:1], 4)

"""Activations, the linear layer and losses: values, gradients, extremes, errors."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor
from autodiff.check import gradcheck
from nn import functional as F

from .recorded import RECORDED, name_of

Function = Callable[..., Any]
EPS = float(np.finfo(np.float64).eps)

ACTIVATIONS: list[Function] = [F.relu, F.sigmoid, F.tanh, F.softplus, F.softmax, F.log_softmax]
SMOOTH = [f for f in ACTIVATIONS if f is not F.relu]
LOSSES: list[Function] = [F.mse_loss, F.binary_cross_entropy, F.binary_cross_entropy_with_logits]

PREDICTION = np.array([[0.2, 0.7, 0.45], [0.9, 0.05, 0.5]])
TARGET = np.array([[0.0, 1.0, 0.25], [1.0, 0.0, 0.5]])


def gradient(f: Function, *inputs: Any) -> np.ndarray:
    """The gradient by the first input, as an array."""
    return ad.grad(f)(*inputs).numpy()


# PyTorch's conventions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", RECORDED["functions"], ids=name_of)
def test_agrees_with_pytorch(entry: dict[str, Any]) -> None:
    """Values, gradients and their dtypes are those that PyTorch gave."""
    dtype = np.dtype(entry["dtype"])
    inputs = {}
    for name, values in entry["inputs"].items():
        array = np.array(values)
        inputs[name] = Tensor(array if array.dtype.kind == "i" else array.astype(dtype))
    for name in entry["gradients"]:
        inputs[name].requires_grad = True
    y = getattr(F, entry["function"])(*inputs.values(), **entry["params"])
    found, expected = [y.detach()], [entry["value"]]
    if entry["gradients"]:
        y.backward(np.arange(1, y.size + 1, dtype=dtype).reshape(y.shape))
        found += [inputs[name].grad for name in entry["gradients"]]
        expected += entry["gradients"].values()
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == dtype
        other = np.array(other)
        # Some ten operations in another order, on numbers of the size of the result's largest.
        tolerance = 16 * np.finfo(dtype).eps
        np.testing.assert_allclose(
            one.numpy(), other, rtol=tolerance, atol=tolerance * np.abs(other).max(initial=0)
        )


# Values by independent formulas -----------------------------------------------------------------------------


def test_losses_are_means_over_all_entries() -> None:
    """Each loss is the sum of its terms, written out in Python, divided by the number of entries."""
    pairs = list(zip(PREDICTION.flat, TARGET.flat, strict=True))
    terms: dict[Function, list[float]] = {
        F.mse_loss: [(p - t) ** 2 for p, t in pairs],
        F.binary_cross_entropy: [-(t * math.log(p) + (1 - t) * math.log(1 - p)) for p, t in pairs],
        F.binary_cross_entropy_with_logits: [
            t * math.log(1 + math.exp(-z)) + (1 - t) * math.log(1 + math.exp(z)) for z, t in pairs
        ],
    }
    assert list(terms) == LOSSES
    for loss, numbers in terms.items():
        # A sum of six terms of size 1.
        assert loss(PREDICTION, TARGET).item() == pytest.approx(sum(numbers) / 6, rel=8 * EPS)


def test_cross_entropy_by_its_definition() -> None:
    """The mean over samples, not entries, of minus the log-probability of the class."""
    z, t = [[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0]], [2, 1]
    terms = [-math.log(math.exp(row[k]) / sum(map(math.exp, row))) for row, k in zip(z, t, strict=True)]
    # Five rounded operations on numbers of size 10.
    assert F.cross_entropy(z, t).item() == pytest.approx(sum(terms) / 2, rel=16 * EPS)
    one_hot = np.eye(3)[t]
    assert F.cross_entropy(z, one_hot).item() == pytest.approx(F.cross_entropy(z, t).item(), rel=4 * EPS)


def test_cross_entropy_of_one_sample() -> None:
    """A sample alone, with its class or its distribution, is a batch of one."""
    z = [1.0, 2.0, 0.5]
    assert F.cross_entropy(z, 1).item() == F.cross_entropy([z], [1]).item()
    assert F.cross_entropy(z, [0.5, 0.5, 0.0]).item() == F.cross_entropy([z], [[0.5, 0.5, 0.0]]).item()
    assert (gradient(F.cross_entropy, z, 1) == gradient(F.cross_entropy, [z], [1])[0]).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64, np.uint64])
def test_classes_of_every_integer_dtype(dtype: Any) -> None:
    """Classes may be any integers; 300 samples of 2 classes don't fit into 8 bits."""
    z = np.zeros((300, 2))
    z[299, 1] = 1.0
    t = np.ones(300, dtype)
    # The last sample's loss is log(1 + e) - 1, the others' log 2.
    expected = (299 * math.log(2) + math.log(1 + math.e) - 1) / 300
    # 300 summands.
    assert F.cross_entropy(z, t).item() == pytest.approx(expected, rel=300 * EPS)


@pytest.mark.parametrize("x_shape", [(3,), (5, 3), (4, 5, 3), (1, 3), (0, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_by_its_definition(x_shape: tuple[int, ...], bias: bool) -> None:
    """``x W^T + b`` and its gradients for a sample, a batch, a batch of batches, by Einstein's sums."""
    rng = np.random.default_rng(0)
    x, W, b = rng.normal(size=x_shape), rng.normal(size=(2, 3)), rng.normal(size=2) * bias
    g = rng.normal(size=(*x_shape[:-1], 2))
    y, pull = ad.vjp(F.linear, x, W, *[b] * bias)
    found = [y.numpy(), *(c.numpy() for c in pull(g))]
    rows, grows = x.reshape(-1, 3), g.reshape(-1, 2)
    expected = [
        np.einsum("...i,oi->...o", x, W) + b,
        np.einsum("...o,oi->...i", g, W),
        np.einsum("no,ni->oi", grows, rows),
        grows.sum(axis=0),
    ]
    for one, other in zip(found, expected[: len(found)], strict=True):
        assert one.shape == other.shape
        # Sums of at most 20 products of size 1.
        np.testing.assert_allclose(one, other, rtol=0, atol=64 * EPS)


# Gradients by differences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("f", SMOOTH, ids=lambda f: f.__name__)
@pytest.mark.parametrize("x", [0.0, [0.0, 0.0, 0.0], [-2.0, 0.3, 1.5], [[-30.0, 0.0], [2.0, 30.0]]], ids=str)
def test_activations_against_differences(f: Function, x: Any) -> None:
    """First and second derivatives of smooth activations, in both modes, at 0 and in the tails."""
    if np.ndim(x) == 0 and f in (F.softmax, F.log_softmax):
        x = [x]
    assert gradcheck(lambda x: f(x) * (1.0 + ad.sin(x)), x, order=2)


def test_relu_against_differences() -> None:
    """On both sides of its kink."""
    assert gradcheck(F.relu, [-2.0, -1e-3, 1e-3, 3.0], order=1)
    assert gradcheck(lambda x: F.relu(x) * x * x, [-2.0, -0.1, 0.1, 3.0], order=2)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    ("prediction", "target"), [(0.3, 0.75), ([0.3], [0.75]), (PREDICTION, TARGET * 0.8 + 0.1)], ids=str
)
def test_losses_against_differences(loss: Function, prediction: Any, target: Any) -> None:
    """First and second derivatives by the prediction and by the target, in both modes."""
    assert gradcheck(loss, (prediction, target), order=2)


def test_losses_at_a_logit_of_zero() -> None:
    """Where ``|z|`` has its kink the loss has none: slope 1/2 - t, curvature 1/4."""
    assert gradcheck(F.binary_cross_entropy_with_logits, ([0.0, 0.0], [1.0, 0.3]), order=2)
    slope = ad.grad(F.binary_cross_entropy_with_logits)
    assert slope(0.0, 0.25).item() == 0.25
    assert ad.grad(slope)(0.0, 0.25).item() == 0.25


def test_cross_entropy_against_differences() -> None:
    """First and second derivatives for classes and for distributions."""
    z = [[1.0, -2.0, 0.0], [0.5, 0.5, 0.5]]
    assert gradcheck(lambda z: F.cross_entropy(z, np.array([2, 0])), z, order=2)
    assert gradcheck(F.cross_entropy, (z, [[0.2, 0.3, 0.5], [0.0, 1.0, 0.0]]), order=2)


@pytest.mark.parametrize("x_shape", [(3,), (4, 3), (2, 2, 3)])
def test_linear_against_differences(x_shape: tuple[int, ...]) -> None:
    """All three gradients, and the derivatives of these."""
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=x_shape), rng.normal(size=(2, 3)), rng.normal(size=2)
    assert gradcheck(lambda x, W, b: ad.tanh(F.linear(x, W, b)), inputs, order=2)


@pytest.mark.parametrize("at", [0.0, [0.0], [0.0, 0.0]], ids=str)
def test_third_derivatives_at_zero(at: Any) -> None:
    """Of sigmoid -1/8, of tanh -2, of softplus 0, and its fourth -1/8, whatever the shape."""

    def derivative(f: Function, order: int) -> np.ndarray:
        for _ in range(order):
            f = ad.grad(lambda x, f=f: f(x).sum())
        return f(at).numpy()

    assert (derivative(F.sigmoid, 1) == 0.25).all()
    assert (derivative(F.sigmoid, 2) == 0.0).all()
    assert (derivative(F.sigmoid, 3) == -0.125).all()
    assert (derivative(F.tanh, 3) == -2.0).all()
    assert (derivative(F.softplus, 1) == 0.5).all()
    assert (derivative(F.softplus, 3) == 0.0).all()
    assert (derivative(F.softplus, 4) == -0.125).all()


def test_curvature_of_the_clamped_loss() -> None:
    """The second derivative ``t/p^2 + (1-t)/(1-p)^2`` inside, 0 where the logarithm is clamped."""
    second = ad.grad(ad.grad(F.binary_cross_entropy))
    for p, t in [(0.3, 1.0), (0.3, 0.25), (0.9, 0.0)]:
        # Four rounded operations.
        assert second(p, t).item() == pytest.approx(t / p**2 + (1 - t) / (1 - p) ** 2, rel=8 * EPS)
    assert second(0.0, 1.0).item() == 0.0
    assert second(1.0, 0.0).item() == 0.0
    assert second(0.0, 0.0).item() == 1.0


# Extremes ---------------------------------------------------------------------------------------------------

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
    np.testing.assert_allclose(
        gradient(by_logit, x, np.ones(shape)) * x.size, loss_slope, rtol=0, atol=2 * EPS
    )


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
        value, slopes = ad.value_and_grad(F.binary_cross_entropy, (0, 1))(
            np.full(shape, p), np.full(shape, t)
        )
        assert value.shape == ()
        assert [slope.shape for slope in slopes] == [shape, shape]
        # log of NumPy and of the C library differ by an ulp, and three operations follow.
        np.testing.assert_array_max_ulp(value.numpy(), many[0].numpy(), 4)
        for one, other in zip(slopes, many[1], strict=True):
            np.testing.assert_array_max_ulp(one.numpy().reshape(1), 4 * other.numpy()[:1], 4)


# dtypes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1,), (3,)])
@pytest.mark.parametrize("f", [*ACTIVATIONS, *LOSSES, F.cross_entropy], ids=lambda f: f.__name__)
def test_single_precision_stays(f: Function, shape: tuple[int, ...]) -> None:
    """Of float32 come float32 values and gradients, of first and of second order."""
    x = Tensor(np.full(shape, 0.25, np.float32), requires_grad=True)
    others = [] if f in ACTIVATIONS else [np.full(shape, 1.0, np.float32)]
    y = f(x, *others)
    assert y.dtype == np.float32
    slope = ad.grad(lambda x: f(x, *others).sum())(x)
    assert slope.dtype == np.float32
    assert ad.grad(lambda x: ad.grad(lambda x: f(x, *others).sum())(x).sum())(x).dtype == np.float32
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.dtype == np.float32


def test_linear_in_single_precision_stays() -> None:
    """The layer and its three gradients, for a sample and for rows."""
    W, b = (
        Tensor(np.ones(shape, np.float32), requires_grad=True)
        for shape in [(2, 3), (2,)]
    )  # fmt: skip
    for shape in [(3,), (4, 3)]:
        x = Tensor(np.ones(shape, np.float32), requires_grad=True)
        y = F.linear(x, W, b)
        y.sum().backward()
        assert {y.dtype, x.grad.dtype, W.grad.dtype, b.grad.dtype} == {np.dtype(np.float32)}


def test_double_inputs_of_a_single_precision_layer() -> None:
    """float64 data make the output float64, but each gradient has its parameter's dtype."""
    W = Tensor(np.ones((2, 3), np.float32), requires_grad=True)
    y = F.linear(np.ones(3), W)
    y.sum().backward()
    assert (y.dtype, W.grad.dtype) == (np.float64, np.float32)


@pytest.mark.parametrize("target", [[1, 0], [True, False]], ids=str)
def test_labels_as_integers_or_booleans(target: Any) -> None:
    """Labels needn't be floats."""
    p = [0.25, 0.5]
    for loss in LOSSES:
        labels = [float(t) for t in target]
        assert loss(p, target).item() == loss(p, labels).item()
        assert (gradient(loss, p, target) == gradient(loss, p, labels)).all()


# Errors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("shapes", [((3,), (3, 1)), ((3, 1), (3,)), ((), (1,)), ((2, 3), (3,)), ((4,), (1,))])
def test_losses_refuse_a_shape_mismatch(loss: Function, shapes: tuple[Any, Any]) -> None:
    """Broadcasting would give a number, and a wrong one; the error names both shapes."""
    prediction, target = (np.full(shape, 0.5) for shape in shapes)
    with pytest.raises(ValueError, match="prediction has shape") as caught:
        loss(prediction, target)
    assert all(str(shape) in str(caught.value) for shape in (*shapes, loss.__name__))


@pytest.mark.parametrize(
    ("logits", "target", "message"),
    [
        (np.zeros((2, 3)), [0, 3], "classes 0 to 2 expected, but the targets are 0 to 3"),
        (np.zeros((2, 3)), [-1, 0], "classes 0 to 2 expected, but the targets are -1 to 0"),
        (np.zeros(3), 3, "classes 0 to 2 expected"),
        (np.zeros((2, 3)), [0], "expected integer classes of shape"),
        (np.zeros((2, 3)), [[0], [1]], "expected integer classes of shape"),
        (np.zeros((2, 3)), [0.0, 1.0], "target is float64"),
        (np.zeros((2, 3)), [True, False], "target is bool"),
        (np.zeros((2, 3, 4)), np.zeros((2, 3), int), "logits of shape"),
        (0.0, 0, "logits of shape"),
    ],
)
def test_cross_entropy_refuses(logits: Any, target: Any, message: str) -> None:
    """A class that there isn't (in NumPy's indexing -1 would be the last one), and shapes that don't fit."""
    with pytest.raises(ValueError, match=message):
        F.cross_entropy(logits, target)


@pytest.mark.parametrize(
    ("x", "weight", "bias"),
    [
        ((4,), (2, 3), (2,)),
        ((5, 4), (2, 3), (2,)),
        ((5, 3), (2, 3), (3,)),
        ((3,), (2, 3), (5, 2)),
        ((3,), (3,), None),
        ((4, 5, 3), (4, 2, 3), None),
        ((), (2, 3), None),
    ],
)
def test_linear_refuses_shapes_that_dont_fit(x: Any, weight: Any, bias: Any) -> None:
    """In the forward pass already, naming the operation and the shapes."""
    arrays = [np.ones(shape) for shape in (x, weight, bias) if shape is not None]
    with pytest.raises(ValueError, match=r"^linear\(float64 of shape"):
        F.linear(*arrays)

"""Activations, the linear layer and losses: values, gradients, dtypes, errors."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

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
        np.testing.assert_allclose(one.numpy(), other, rtol=tolerance, atol=tolerance * np.abs(other).max(initial=0))


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

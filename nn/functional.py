"""The functions of networks: activations (from `activations`), the linear layer, losses.

Each is an operation declared through `autodiff.op`, as a user's own would be. The losses are means over all
entries, without further factors: no 1/2 in front of squares, nor the report's 1/2 in front of the cross
entropy. They refuse a target whose shape differs from the prediction's, which broadcasting would turn into a
wrong number.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autodiff import log_softmax, op, softmax
from autodiff._namespaces import Array

from .activations import (
    elu,
    gelu,
    hardswish,
    identity,
    leaky_relu,
    relu,
    selu,
    sigmoid,
    silu,
    softplus,
    tanh,
)

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "class_positions",
    "cross_entropy",
    "elu",
    "gelu",
    "hardswish",
    "identity",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "relu",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "tanh",
]


def _linear_by_x(xp: Any, g: Array, _y: Array, _x: Array, weight: Array, _bias: Array | None) -> Array:
    return xp.matmul(g, weight)


def _linear_by_weight(xp: Any, g: Array, _y: Array, x: Array, _weight: Array, _bias: Array | None) -> Array:
    """``g^T x``, summed over the samples."""
    if x.ndim == 1:
        return xp.rank_one(g, x)
    if x.ndim > 2:
        g, x = xp.reshape(g, (-1, g.shape[-1])), xp.reshape(x, (-1, x.shape[-1]))
    return xp.matmul(xp.matrix_transpose(g), x)


def _product(xp: Any, x: Array, weight: Array) -> Array:
    return xp.matmul(weight, x) if x.ndim == 1 else xp.matmul(x, xp.matrix_transpose(weight))


def _linear_jvp(
    xp: Any, tangents: tuple[Array | None, ...], _y: Array, x: Array, weight: Array, _bias: Array | None
) -> Array:
    t_x, t_weight, t_bias = tangents
    terms = [] if t_bias is None else [xp.broadcast_to(t_bias, _y.shape)]
    if t_x is not None:
        terms.append(_product(xp, t_x, weight))
    if t_weight is not None:
        terms.append(_product(xp, x, t_weight))
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


# One node in place of three (transpose, product, sum): the seed step at H = 10 takes 0.8 of the time.
@op.primitive(
    vjp=(_linear_by_x, _linear_by_weight, lambda _xp, g, _y, _x, _weight, _bias: g),
    jvp=_linear_jvp,
    samples=[
        op.sample((5, 3), (2, 3), (2,)),
        op.sample((3,), (2, 3), (2,)),
        op.sample((5, 3), (2, 3)),
        op.sample((4, 5, 3), (2, 3), (2,)),
        op.sample((1, 3), (1, 3), (1,)),
    ],
    reference=lambda x, weight, bias=0.0: x @ weight.T + bias,
)
def linear(xp: Any, x: Array, weight: Array, bias: Array | None = None) -> Array:
    """A linear layer, ``x @ weight.T + bias``.

    Parameters
    ----------
    x : array, shape (..., in)
        A sample, or rows of samples.
    weight : array, shape (out, in)
    bias : array, shape (out,), optional

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> W = ad.Tensor([[1.0, 2.0]], requires_grad=True)
    >>> F.linear([3.0, 4.0], W, [0.5]).backward()
    >>> W.grad
    Tensor([[3., 4.]])
    """
    y = _product(xp, x, weight)
    if bias is not None:
        y = y + bias
    if weight.ndim != 2 or y.ndim != x.ndim:
        raise ValueError("weight of shape (out, in) and bias of shape (out,) expected")
    return y


# Losses -----------------------------------------------------------------------------------------------------


def _check_shapes(prediction: Array, target: Array) -> None:
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction has shape {prediction.shape} but target {target.shape}; broadcasting them would "
            "average over pairs that don't belong together, so reshape one to the other's shape"
        )


_PROBABILITY = (0.1, 0.9)
_LOSS_SAMPLES = [op.sample((4,), (4,)), op.sample((1,), (1,)), op.sample((3, 2), (3, 2)), op.sample((), ())]


def _of_mean(g: Array, slope: Array) -> Array:
    """The slope of a mean over entries, given the slope of each."""
    size = math.prod(slope.shape)
    return g * slope if size == 1 else g * slope / float(max(size, 1))


def _mse_slope(_xp: Any, g: Array, _y: Array, prediction: Array, target: Array) -> Array:
    return _of_mean(g, 2.0 * (prediction - target))


@op.primitive(
    vjp=(_mse_slope, lambda xp, g, _y, prediction, target: -_mse_slope(xp, g, _y, prediction, target)),
    samples=_LOSS_SAMPLES,
    reference=lambda prediction, target: np.mean((prediction - target) ** 2),
)
def mse_loss(xp: Any, prediction: Array, target: Array) -> Array:
    """Mean over all entries of the squared difference, ``mean((prediction - target)**2)``: no 1/2, one 1/N.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.grad(F.mse_loss)([1.0, 2.0], [0.0, 0.0])
    Tensor([1., 2.])
    """
    _check_shapes(prediction, target)
    return xp.mean(xp.square(prediction - target))


def _bce_slope(xp: Any, g: Array, _y: Array, p: Array, target: Array) -> Array:
    return _of_mean(g, xp.bernoulli_slope(p, target))


def _bce_slope_by_target(xp: Any, g: Array, _y: Array, p: Array, _target: Array) -> Array:
    return _of_mean(g, xp.clamped_log(1.0 - p) - xp.clamped_log(p))


@op.primitive(
    vjp=(_bce_slope, _bce_slope_by_target),
    domain=(_PROBABILITY, _PROBABILITY),
    samples=_LOSS_SAMPLES,
    reference=lambda p, t: -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)),
)
def binary_cross_entropy(xp: Any, probability: Array, target: Array) -> Array:
    """Mean over all entries of ``-(t*log(p) + (1 - t)*log(1 - p))``.

    Each logarithm is at least -100, as in PyTorch, so that a probability of exactly 0 or 1 gives a finite
    loss. Where a logarithm is clamped its derivative is 0 (in PyTorch 1e12): a probability of exactly 0 for a
    target of 1, or the reverse, no longer learns, which `binary_cross_entropy_with_logits` always does.

    Parameters
    ----------
    probability, target : array
        Of one shape, with entries between 0 and 1 (which is not checked).

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.binary_cross_entropy)([0.0, 0.5], [1.0, 1.0])[1]
    Tensor([ 0., -1.])
    """
    _check_shapes(probability, target)
    return xp.mean(xp.bernoulli_loss(probability, target))


def _logits_slope(xp: Any, g: Array, _y: Array, z: Array, target: Array) -> Array:
    return _of_mean(g, xp.sigmoid(z) - target)


@op.primitive(
    vjp=(_logits_slope, lambda _xp, g, _y, z, _target: _of_mean(-g, z)),
    domain=(op.REAL, _PROBABILITY),
    samples=_LOSS_SAMPLES,
    reference=lambda z, t: np.mean(np.logaddexp(0, z) - t * z),
)
def binary_cross_entropy_with_logits(xp: Any, logits: Array, target: Array) -> Array:
    """The binary cross entropy of ``sigmoid(logits)``, finite for every finite logit.

    Its gradient, ``sigmoid(logits) - target``, never vanishes where the prediction is wrong.

    Parameters
    ----------
    logits, target : array
        Of one shape; the targets between 0 and 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.binary_cross_entropy_with_logits)([-1000.0], [1.0])
    (Tensor(1000.), Tensor([-1.]))
    """
    _check_shapes(logits, target)
    return xp.mean(xp.logits_loss(logits, target))


@op.constant(
    samples=[op.sample(np.array([0, 3, 1]), classes=4), op.sample(np.array(2), classes=4)],
    reference=lambda target, classes: np.arange(target.size) * classes + np.ravel(target),
)
def class_positions(xp: Any, target: Array, /, *, classes: int) -> Array:
    """Where each sample's score for its class stands, in rows of `classes` scores that are put end to end.

    Raises
    ------
    ValueError
        A class that is negative, or not below `classes`.

    Examples
    --------
    >>> from nn import functional as F
    >>> F.class_positions([0, 3, 1], classes=4)
    Tensor([0, 7, 9])
    """
    if bool(xp.any((target < 0) | (target >= classes))):
        lowest, highest = int(xp.min(target)), int(xp.max(target))
        raise ValueError(f"classes 0 to {classes - 1} expected, but the targets are {lowest} to {highest}")
    target = xp.reshape(xp.astype(target, xp.int64), (-1,))
    return xp.arange(target.shape[0], device=target.device) * classes + target


def _cross_entropy(logits: Array, target: Array) -> Array:
    """By the formula, for the tests."""
    shares = np.exp(logits) / np.sum(np.exp(logits), axis=-1, keepdims=True)
    if target.dtype.kind in "iu":
        target = np.eye(logits.shape[-1])[target]
    return -np.sum(target * np.log(shares)) / max(logits[..., 0].size, 1)


@op.composite(
    samples=[op.sample((3, 4), np.array([0, 3, 1])), op.sample((3, 4), (3, 4)), op.sample((4,), np.array(2))],
    reference=_cross_entropy,
)
def cross_entropy(xp: Any, logits: Array, target: Array, /) -> Array:
    """Mean over the samples of the negative log-probability that ``softmax(logits)`` gives the target.

    Parameters
    ----------
    logits : array, shape (N, C) or, for a single sample, (C,)
    target : array
        The class of each sample, integers of shape (N,) or (); or a distribution over the classes, in the
        shape of `logits`.

    Raises
    ------
    ValueError
        A shape that doesn't fit, or a class that isn't between 0 and C - 1.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.grad(F.cross_entropy)([[0.0, 0.0]], [1])
    Tensor([[ 0.5, -0.5]])
    """
    if logits.ndim not in (1, 2):
        raise ValueError(f"cross_entropy: logits of shape (samples, classes) expected, got {logits.shape}")
    *samples, classes = logits.shape
    scores = xp.log_softmax(logits, axis=-1)
    if target.shape == logits.shape:
        return -xp.sum(scores * target) / float(math.prod(samples))
    if list(target.shape) != samples or "int" not in str(target.dtype):
        raise ValueError(
            f"cross_entropy: target is {target.dtype} of shape {target.shape}; expected integer classes of "
            f"shape {tuple(samples)} or probabilities of shape {logits.shape}"
        )
    return -xp.mean(xp.take(xp.reshape(scores, (-1,)), xp.class_positions(target, classes=classes)))

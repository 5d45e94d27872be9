"""Activations: functions of one number each, smooth or with a kink, applied entry by entry.

At a kink the derivative is the one from the left: 0 for `relu` and, at -3, for `hardswish`, `negative_slope` for
`leaky_relu`, `alpha` for `elu`; at 3 that of `hardswish` is 1. This is PyTorch's choice, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autodiff import Tensor, op, sigmoid, softplus, tanh
from autodiff._namespaces import Array

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "activation",
    "elu",
    "gelu",
    "hardswish",
    "identity",
    "leaky_relu",
    "relu",
    "selu",
    "sigmoid",
    "silu",
    "softplus",
    "tanh",
]

Activation = Callable[[Any], Tensor]


def identity(x: Any, /) -> Tensor:
    """`x` itself: no activation.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.identity)(2.0)
    (Tensor(2.), Tensor(1.))
    """
    return op.as_tensor(x)


# The sign of y is 1 or 0: on ten numbers 0.2 us where a mask and `where` take 1.3.
@op.elementwise(lambda xp, g, y, _x: g * xp.sign(y), domain=(0.2, 3.0), reference=lambda x: np.maximum(x, 0))
def relu(xp: Any, x: Array, /) -> Array:
    """The positive part, ``max(x, 0)``. Its derivative at 0 is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> x = ad.Tensor([-1.0, 0.0, 2.0], requires_grad=True)
    >>> F.relu(x).sum().backward()
    >>> x.grad
    Tensor([0., 0., 1.])
    """
    return xp.maximum(x, 0.0)


def _leaky_slope(xp: Any, g: Array, _y: Array, x: Array, *, negative_slope: float) -> Array:
    return xp.where(x > 0.0, g, negative_slope * g)


_SIDES = [op.sample((3,)), op.sample((2, 3)), op.sample(()), op.sample((0,)), op.sample(np.array([-2.0, -0.5, 1.5]))]


@op.elementwise(
    _leaky_slope,
    domain=(0.2, 3.0),
    samples=[*_SIDES, op.sample(np.array([-1.0, 2.0]), negative_slope=0.3)],
    reference=lambda x, negative_slope=0.01: np.where(x > 0, x, negative_slope * x),
)
def leaky_relu(xp: Any, x: Array, /, negative_slope: float = 0.01) -> Array:
    """`x` where it is positive, ``negative_slope * x`` elsewhere. Its derivative at 0 is `negative_slope`.

    References
    ----------
    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> x = ad.Tensor([-1.0, 2.0], requires_grad=True)
    >>> y = F.leaky_relu(x)
    >>> y.sum().backward()
    >>> y.detach(), x.grad
    (Tensor([-0.01,  2.  ]), Tensor([0.01, 1.  ]))
    """
    return xp.where(x > 0.0, x, negative_slope * x)


def _below(xp: Any, x: Array) -> Array:
    """`x` where it isn't positive, else 0: there the exponential function isn't needed, and might overflow."""
    return xp.where(x > 0.0, 0.0, x)


def _elu_slope(xp: Any, g: Array, _y: Array, x: Array, *, alpha: float) -> Array:
    return xp.where(x > 0.0, g, g * (alpha * xp.exp(_below(xp, x))))


@op.elementwise(
    _elu_slope,
    domain=(0.2, 3.0),
    samples=[*_SIDES, op.sample(np.array([-1.0, 2.0]), alpha=0.5)],
    reference=lambda x, alpha=1.0: np.where(x > 0, x, alpha * (np.exp(x) - 1)),
)
def elu(xp: Any, x: Array, /, alpha: float = 1.0) -> Array:
    """`x` where it is positive, ``alpha * (exp(x) - 1)`` elsewhere. Its derivative at 0 is `alpha`.

    References
    ----------
    Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", ICLR
    2016.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> x = ad.Tensor([-1.0, 2.0], requires_grad=True)
    >>> F.elu(x).sum().backward()
    >>> x.grad
    Tensor([0.36787944, 1.        ])
    """
    return xp.where(x > 0.0, x, alpha * xp.expm1(_below(xp, x)))


# The two numbers for which mean 0 and variance 1 are a fixed point, as the paper gives them.
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805


def _selu_slope(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    return xp.where(x > 0.0, g * _SELU_SCALE, g * (_SELU_SCALE * _SELU_ALPHA * xp.exp(_below(xp, x))))


@op.elementwise(
    _selu_slope,
    domain=(0.2, 3.0),
    samples=_SIDES,
    reference=lambda x: _SELU_SCALE * np.where(x > 0, x, _SELU_ALPHA * (np.exp(x) - 1)),
)
def selu(xp: Any, x: Array, /) -> Array:
    """`elu` with the scale and the alpha that keep a network's activations at mean 0 and variance 1.

    Its derivative at 0 is 1.758, that from the left.

    References
    ----------
    Klambauer et al., "Self-normalizing neural networks", NeurIPS 2017.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.selu)(2.0)
    (Tensor(2.10140197), Tensor(1.05070099))
    """
    return xp.where(x > 0.0, _SELU_SCALE * x, _SELU_SCALE * _SELU_ALPHA * xp.expm1(_below(xp, x)))


_ROOT_HALF = math.sqrt(0.5)
_DENSITY = 1.0 / math.sqrt(2.0 * math.pi)
_TANH_SCALE = 2.0 * math.sqrt(2.0 / math.pi)
_TANH_CUBE = 0.044715


def _gelu_share(xp: Any, x: Array, approximate: str) -> Array:
    """By which `x` is multiplied: the probability that a standard normal number is smaller, or nearly that."""
    if approximate == "none":
        return 0.5 * (1.0 + xp.erf(_ROOT_HALF * x))
    if approximate != "tanh":
        raise ValueError(f"approximate: 'none' or 'tanh' expected, got {approximate!r}")
    # (1 + tanh(u)) / 2 = sigmoid(2u) has the digits that the sum loses in the left tail.
    z = _near(xp, x)
    return xp.sigmoid(_TANH_SCALE * (z + _TANH_CUBE * (z * z * z)))


def _near(xp: Any, x: Array) -> Array:
    """`x` brought near 0, where its cube doesn't overflow; at ±40 the share is 0 or 1 already."""
    return xp.minimum(xp.maximum(x, -40.0), 40.0)


def _gelu_slope(xp: Any, g: Array, _y: Array, x: Array, *, approximate: str) -> Array:
    share = _gelu_share(xp, x, approximate)
    if approximate == "none":
        return g * (share + x * (_DENSITY * xp.gaussian(_ROOT_HALF * x)))
    z = _near(xp, x)
    inner = _TANH_SCALE * (z + _TANH_CUBE * (z * z * z))
    return g * (share + z * (xp.sigmoid_derivative(inner) * (_TANH_SCALE * (1.0 + 3.0 * _TANH_CUBE * (z * z)))))


def _gelu(x: Array, approximate: str = "none") -> Array:
    """By the formulas, for the tests."""
    if approximate == "none":
        return 0.5 * x * (1 + np.vectorize(math.erf, otypes=[float])(x / np.sqrt(2)))
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@op.elementwise(
    _gelu_slope,
    samples=[op.sample((3,)), op.sample((2, 3)), op.sample(()), op.sample((0,)), op.sample((3,), approximate="tanh")],
    reference=_gelu,
)
def gelu(xp: Any, x: Array, /, *, approximate: str = "none") -> Array:
    """`x` times the probability that a standard normal number is smaller, ``x * (1 + erf(x/sqrt(2))) / 2``.

    Far to the left the probability is exact to the precision of 1, as in PyTorch.

    Parameters
    ----------
    x : array
    approximate : {"none", "tanh"}
        "tanh": the probability as ``(1 + tanh(sqrt(2/pi) * (x + 0.044715 * x**3))) / 2``.

    References
    ----------
    Hendrycks and Gimpel, "Gaussian error linear units", 2016.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.gelu)(1.0)
    (Tensor(0.84134475), Tensor(1.08331547))
    """
    return x * _gelu_share(xp, x, approximate)


def _silu_slope(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    return g * (xp.sigmoid(x) + x * xp.sigmoid_derivative(x))


@op.elementwise(_silu_slope, reference=lambda x: x / (1 + np.exp(-x)))
def silu(xp: Any, x: Array, /) -> Array:
    """`x` times its logistic function, ``x / (1 + exp(-x))``, also called swish.

    References
    ----------
    Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in
    reinforcement learning", 2018.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> ad.value_and_grad(F.silu)(0.0)
    (Tensor(0.), Tensor(0.5))
    """
    return x * xp.sigmoid(x)


def _hardswish_slope(xp: Any, g: Array, _y: Array, x: Array) -> Array:
    return xp.where(x <= -3.0, 0.0 * g, xp.where(x >= 3.0, g, g * (x / 3.0 + 0.5)))


@op.elementwise(
    _hardswish_slope,
    domain=(-2.5, 2.5),
    samples=[*_SIDES, op.sample(np.array([-5.0, -2.0, 4.0]))],
    reference=lambda x: x * np.clip(x + 3, 0, 6) / 6,
)
def hardswish(xp: Any, x: Array, /) -> Array:
    """`silu` made of straight pieces, ``x * min(max(x + 3, 0), 6) / 6``. Its derivative is 0 at -3 and 1 at 3.

    References
    ----------
    Howard et al., "Searching for MobileNetV3", ICCV 2019.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import functional as F
    >>> x = ad.Tensor([-4.0, 0.0, 1.5, 4.0], requires_grad=True)
    >>> F.hardswish(x).sum().backward()
    >>> x.grad
    Tensor([0. , 0.5, 1. , 1. ])
    """
    return x * (xp.minimum(xp.maximum(x + 3.0, 0.0), 6.0) / 6.0)


ACTIVATIONS: dict[str, Activation] = {
    f.__name__: f for f in (identity, relu, leaky_relu, elu, selu, gelu, silu, tanh, sigmoid, softplus, hardswish)
}
"""By name."""


def activation(choice: str | Activation) -> Activation:
    """The activation of a name; a function is returned as it is.

    Raises
    ------
    ValueError
        An unknown name; the error lists the known ones.

    Examples
    --------
    >>> from nn import activations
    >>> activations.activation("relu") is activations.relu
    True
    """
    if isinstance(choice, str):
        if choice not in ACTIVATIONS:
            raise ValueError(f"unknown activation {choice!r}; there are {', '.join(ACTIVATIONS)}, or a function")
        return ACTIVATIONS[choice]
    if isinstance(choice, type) or not callable(choice):
        raise TypeError(f"activation: a name or a function expected, got {choice!r}")
    return choice

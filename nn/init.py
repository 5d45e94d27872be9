"""Where initial weights come from."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autodiff import Tensor

from .module import Parameter

Rng = np.random.Generator | np.random.RandomState | int


def generator(rng: object) -> np.random.Generator | np.random.RandomState:
    """The random numbers' source: `rng` itself, or a new Generator from a seed."""
    if isinstance(rng, (np.random.Generator, np.random.RandomState)):
        return rng
    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool):
        return np.random.default_rng(rng)
    raise TypeError(f"rng: a numpy.random.Generator, a RandomState or a seed expected, got {type(rng).__name__}")


def normal(*shape: int, rng: Rng, name: str | None = None) -> Parameter:
    """A parameter with standard normal entries, as the report's weights.

    Examples
    --------
    >>> from nn import init
    >>> init.normal(3, 2, rng=0).shape
    (3, 2)
    """
    return Parameter(np.asarray(generator(rng).standard_normal(shape)), name=name)


def zeros(*shape: int, name: str | None = None) -> Parameter:
    """A parameter of zeros, as the report's biases."""
    return Parameter(np.zeros(shape), name=name)


def positive_sizes(**sizes: Any) -> None:
    """Raise unless all sizes are positive integers."""
    for name, size in sizes.items():
        if not isinstance(size, (int, np.integer)) or isinstance(size, bool) or size < 1:
            raise ValueError(f"{name}: a positive integer expected, got {size!r}")


# On parameters that are there already ---------------------------------------------------------------------------------
#
# Names and arguments are PyTorch's, with `rng` in the place of `generator`. Each gives the tensor new values in its
# present memory and dtype, and returns it.


def _fans(tensor: Tensor) -> tuple[int, int]:
    """How many inputs an output has, and how many outputs an input has: of a weight (out, in, *window)."""
    if tensor.ndim < 2:
        raise ValueError(f"init: a weight of shape (out, in) expected, which tells the fan, got shape {tensor.shape}")
    window = math.prod(tensor.shape[2:])
    return tensor.shape[1] * window, tensor.shape[0] * window


def _filled(tensor: Tensor, values: Any) -> Tensor:
    tensor.data = np.asarray(values).astype(tensor.dtype)
    return tensor


def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, *, rng: Rng) -> Tensor:
    """Normal entries.

    Examples
    --------
    >>> import nn
    >>> nn.init.normal_(nn.Linear(2, 3, rng=0).weight, std=0.1, rng=1).shape
    (3, 2)
    """
    return _filled(tensor, mean + std * np.asarray(generator(rng).standard_normal(tensor.shape)))


def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, *, rng: Rng) -> Tensor:
    """Entries uniform from `a` to `b`."""
    return _filled(tensor, generator(rng).uniform(a, b, tensor.shape))


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """By how much weights are larger before a nonlinearity, so that the variance stays.

    Parameters
    ----------
    nonlinearity : {"linear", "identity", "sigmoid", "tanh", "relu", "leaky_relu", "selu"}
    param : float, optional
        The slope of "leaky_relu", by default 0.01.

    Examples
    --------
    >>> from nn import init
    >>> init.calculate_gain("tanh")
    1.6666666666666667
    """
    gains = {"linear": 1.0, "identity": 1.0, "sigmoid": 1.0, "tanh": 5.0 / 3, "relu": math.sqrt(2.0), "selu": 0.75}
    if nonlinearity == "leaky_relu":
        return math.sqrt(2.0 / (1.0 + (0.01 if param is None else param) ** 2))
    if nonlinearity not in gains:
        raise ValueError(f"nonlinearity: one of {', '.join([*gains, 'leaky_relu'])} expected, got {nonlinearity!r}")
    return gains[nonlinearity]


def xavier_uniform_(tensor: Tensor, gain: float = 1.0, *, rng: Rng) -> Tensor:
    """Uniform entries of the variance ``2 * gain**2 / (fan_in + fan_out)``.

    References
    ----------
    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.

    Examples
    --------
    >>> import nn
    >>> layer = nn.Linear(10, 2, rng=0)
    >>> nn.init.xavier_uniform_(layer.weight, gain=nn.init.calculate_gain("tanh"), rng=1).shape
    (2, 10)
    """
    bound = gain * math.sqrt(6.0 / sum(_fans(tensor)))
    return uniform_(tensor, -bound, bound, rng=rng)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, *, rng: Rng) -> Tensor:
    """Normal entries of the variance ``2 * gain**2 / (fan_in + fan_out)``; see `xavier_uniform_`."""
    return normal_(tensor, std=gain * math.sqrt(2.0 / sum(_fans(tensor))), rng=rng)


def _kaiming_std(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    fans = dict(zip(("fan_in", "fan_out"), _fans(tensor), strict=True))
    if mode not in fans:
        raise ValueError(f"mode: 'fan_in' or 'fan_out' expected, got {mode!r}")
    return calculate_gain(nonlinearity, a) / math.sqrt(fans[mode])


def kaiming_uniform_(
    tensor: Tensor, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu", *, rng: Rng
) -> Tensor:
    """Uniform entries of the variance ``gain**2 / fan``, which keeps the variance through layers of `relu`.

    Parameters
    ----------
    tensor : Tensor, shape (out, in, ...)
    a : float
        The slope, where the nonlinearity is "leaky_relu".
    mode : {"fan_in", "fan_out"}
        Whether the variance stays in the forward or in the backward pass.
    nonlinearity : str
        See `calculate_gain`.
    rng : Generator, RandomState or int

    References
    ----------
    He et al., "Delving deep into rectifiers", ICCV 2015.
    """
    bound = math.sqrt(3.0) * _kaiming_std(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, rng=rng)


def kaiming_normal_(
    tensor: Tensor, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu", *, rng: Rng
) -> Tensor:
    """Normal entries of the variance ``gain**2 / fan``; see `kaiming_uniform_`."""
    return normal_(tensor, std=_kaiming_std(tensor, a, mode, nonlinearity), rng=rng)


def orthogonal_(tensor: Tensor, gain: float = 1.0, *, rng: Rng) -> Tensor:
    """A random matrix with orthonormal rows (or columns, if there are more rows), times `gain`.

    Axes after the first count as one.

    References
    ----------
    Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
    networks", ICLR 2014.

    Examples
    --------
    >>> import nn, numpy as np
    >>> w = nn.init.orthogonal_(nn.Linear(3, 2, rng=0).weight, rng=1).data
    >>> bool(np.allclose(w @ w.T, np.eye(2)))
    True
    """
    _fans(tensor)
    rows, columns = tensor.shape[0], math.prod(tensor.shape[1:])
    drawn = np.asarray(generator(rng).standard_normal((max(rows, columns), min(rows, columns))))
    q, r = np.linalg.qr(drawn)
    q = q * np.where(np.diagonal(r) < 0.0, -1.0, 1.0)  # without the signs it would not be uniformly distributed
    return _filled(tensor, gain * (q if rows >= columns else q.T).reshape(tensor.shape))

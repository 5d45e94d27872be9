"""Layers: `Linear`, the activations as modules, and `Sequential`, which puts them in a row."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import numpy as np

from autodiff import Tensor

from . import functional as F
from .init import Rng, generator, positive_sizes
from .module import Module, Parameter


class Linear(Module):
    """A linear layer, ``x @ weight.T + bias``.

    Parameters
    ----------
    in_features, out_features : int
    bias : bool
        Whether there is one.
    rng : Generator, RandomState or int
        Where the initial weights come from.

    Attributes
    ----------
    weight : Parameter, shape (out, in)
        Uniform between ``-1/sqrt(in)`` and ``1/sqrt(in)`` at first, as in PyTorch.
    bias : Parameter, shape (out,), or None
        The same.

    Examples
    --------
    >>> import nn, numpy as np
    >>> layer = nn.Linear(3, 2, rng=0)
    >>> layer(np.ones((5, 3))).shape
    (5, 2)
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True, *, rng: Rng) -> None:
        positive_sizes(in_features=in_features, out_features=out_features)
        draw = generator(rng).uniform
        bound = 1.0 / np.sqrt(in_features)
        self.weight = Parameter(draw(-bound, bound, (out_features, in_features)), name="weight")
        self.bias = Parameter(draw(-bound, bound, (out_features,)), name="bias") if bias else None

    def forward(self, x: Any) -> Tensor:
        """``x @ weight.T + bias`` for a sample or rows of samples."""
        return F.linear(x, self.weight, self.bias)


class ReLU(Module):
    """The positive part, as a module."""

    def forward(self, x: Any) -> Tensor:
        """``max(x, 0)``."""
        return F.relu(x)


class Sigmoid(Module):
    """The logistic function, as a module."""

    def forward(self, x: Any) -> Tensor:
        """``1 / (1 + exp(-x))``."""
        return F.sigmoid(x)


class Tanh(Module):
    """The hyperbolic tangent, as a module."""

    def forward(self, x: Any) -> Tensor:
        """``tanh(x)``."""
        return F.tanh(x)


class Sequential(Module):
    """Modules (or functions) one after another.

    Parameters are named by position: ``0.weight``, ``0.bias``, ``2.weight``, ...

    Examples
    --------
    >>> import nn
    >>> net = nn.Sequential(nn.Linear(2, 10, rng=0), nn.ReLU(), nn.Linear(10, 1, rng=1), nn.Sigmoid())
    >>> net([0.5, 0.5]).shape, [name for name, _ in net.named_parameters()]
    ((1,), ['0.weight', '0.bias', '2.weight', '2.bias'])
    """

    def __init__(self, *layers: Any) -> None:
        for k, layer in enumerate(layers):
            if not callable(layer) or isinstance(layer, type):
                raise TypeError(f"Sequential: entry {k} is {layer!r}, not a module (as ReLU() is) or a function")
            setattr(self, str(k), layer)
        self.length = len(layers)

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, str(k)) for k in range(self.length))

    def __getitem__(self, k: int) -> Any:
        """The layer at position `k`; a negative one counts from the end."""
        return getattr(self, str(range(self.length)[operator.index(k)]))

    def forward(self, x: Any) -> Any:
        """All layers in their order."""
        for layer in self:
            x = layer(x)
        return x

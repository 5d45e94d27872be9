"""Where initial weights come from."""

from __future__ import annotations

from typing import Any

import numpy as np

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

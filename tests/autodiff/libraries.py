"""The array libraries that the operations are tested on.

PyTorch and JAX are too large for the `test` extra, and CuPy needs a GPU. Where one is installed, with array-api-compat
(``pip install torch jax array-api-compat``), its tests run; elsewhere they are skipped.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

HostArray = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Library:
    """How to put arrays into a library, and get them back.

    Attributes
    ----------
    name : str
        For messages.
    module : module
        Has the dtypes.
    asarray : callable
        An array of NumPy as one of the library.
    to_numpy : callable
        The way back. Fails for an array that is not on the device where `asarray` puts it.
    """

    name: str
    module: Any
    asarray: Callable[[HostArray], Any]
    to_numpy: Callable[[Any], HostArray]

    def converted(self, x: Any) -> Any:
        """An array, an index or a dtype of the library."""
        if isinstance(x, tuple):
            return tuple([self.converted(k) for k in x])
        if isinstance(x, np.ndarray):
            return self.asarray(np.array(x))
        return self.module.float64 if x is np.float64 else x

    def host(self, x: Any) -> HostArray:
        """The entries of a raw array, which has to be one of the library."""
        expected = type(self.asarray(np.zeros(1)))
        assert type(x) is expected, f"a {type(x)} stands where a {expected} is expected: the library was left"
        return self.to_numpy(x)


def _strict() -> Library:
    strict = importlib.import_module("array_api_strict")
    return Library("array-api-strict", strict, strict.asarray, np.from_dlpack)


def _strict_elsewhere() -> Library:
    """On a device that is not the default one, nor can be combined with it: what a GPU would complain about."""
    strict = importlib.import_module("array_api_strict")
    device = strict.Device("device1")

    def to_numpy(x: Any) -> HostArray:
        assert x.device == device, "the device was left"
        return np.from_dlpack(x, device="cpu")

    return Library("array-api-strict, device1", strict, lambda x: strict.asarray(x, device=device), to_numpy)


def _torch() -> Library:
    pytest.importorskip("array_api_compat")
    torch = pytest.importorskip("torch")
    return Library("torch", torch, torch.asarray, lambda x: x.numpy())


def _jax() -> Library:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    return Library("jax", jax.numpy, jax.numpy.asarray, np.asarray)


def _cupy() -> Library:
    pytest.importorskip("array_api_compat")
    cupy = pytest.importorskip("cupy")
    if not cupy.is_available():
        pytest.skip("no GPU")
    return Library("cupy", cupy, cupy.asarray, cupy.asnumpy)


_LIBRARIES = {"strict": _strict, "elsewhere": _strict_elsewhere, "torch": _torch, "jax": _jax, "cupy": _cupy}


@functools.cache
def library(name: str) -> Library:
    """One of the libraries; skips the test where it is not installed."""
    return _LIBRARIES[name]()

"""Which namespace belongs to an array, asked once per array type."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from .generic import Namespace
from .jax import JaxNamespace
from .numpy import NUMPY
from .torch import TorchNamespace

_MODULES = {
    "cupy": "array_api_compat.cupy",
    "jax": "jax.numpy",
    "jaxlib": "jax.numpy",
    "torch": "array_api_compat.torch",
}
"""Library -> the module with the standard's functions for its arrays; for any other it is the library itself."""


class _Namespaces(dict[type, Namespace]):
    """Array type -> namespace, each resolved at the first array of its type."""

    def __missing__(self, array_type: type) -> Namespace:
        if issubclass(array_type, (np.ndarray, np.generic)):
            namespace: Namespace = NUMPY
        elif _is_array_type(array_type):
            namespace = _of_library(_library(array_type))
        else:
            raise TypeError(f"{array_type.__name__} is not an array of a library that follows the array API standard")
        self[array_type] = namespace
        return namespace


def is_array(x: Any) -> bool:
    """Whether there is a namespace for `x`: it is an array of some library."""
    array_type = type(x)
    return array_type in NAMESPACES or issubclass(array_type, (np.ndarray, np.generic)) or _is_array_type(array_type)


def _is_array_type(array_type: type) -> bool:
    """Whether a type follows the standard, by itself or with the help of array-api-compat."""
    return hasattr(array_type, "__array_namespace__") or (
        _library(array_type) in _MODULES and hasattr(array_type, "__dlpack__")
    )


def _library(array_type: type) -> str:
    return array_type.__module__.partition(".")[0]


def _of_library(library: str) -> Namespace:
    """The namespace of a library; one object for all its array types."""
    name = _MODULES.get(library, library)
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        raise ImportError(
            f"arrays of {library} need the package array-api-compat: python -m pip install array-api-compat"
        ) from error
    for known in NAMESPACES.values():
        if known._module is module:
            return known
    return {"jax.numpy": JaxNamespace, "array_api_compat.torch": TorchNamespace}.get(name, Namespace)(module)


NAMESPACES = _Namespaces()

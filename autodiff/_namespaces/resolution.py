"""Which namespace belongs to an array, asked once per array type."""

from __future__ import annotations

import importlib

import numpy as np

from .generic import Namespace
from .numpy import NUMPY


class _Namespaces(dict[type, Namespace]):
    """Array type -> namespace, each resolved at the first array of its type."""

    def __missing__(self, array_type: type) -> Namespace:
        if issubclass(array_type, (np.ndarray, np.generic)):
            namespace: Namespace = NUMPY
        elif hasattr(array_type, "__array_namespace__"):
            namespace = _of_standard_array(array_type)
        else:
            raise TypeError(f"{array_type.__name__} is not an array of a library that follows the array API standard")
        self[array_type] = namespace
        return namespace


def _of_standard_array(array_type: type) -> Namespace:
    """The namespace of an array type that follows the standard; one object per library."""
    module = importlib.import_module(array_type.__module__.partition(".")[0])
    for known in NAMESPACES.values():
        if known._module is module:
            return known
    return Namespace(module)


NAMESPACES = _Namespaces()

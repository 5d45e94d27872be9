"""The names of the package: the standard's, the documented extras, and nothing else."""

from __future__ import annotations

import types
from typing import Any

import array_api_strict as strict
import pytest

import autodiff as ad

DIFFERENTIATION = {
    "AnomalyError",
    "BackpropError",
    "BackpropReport",
    "GradcheckError",
    "GradcheckReport",
    "GradientError",
    "REGISTRY",
    "Tensor",
    "check_backprop",
    "check_gradients",
    "compile",
    "detect_anomaly",
    "enable_grad",
    "grad",
    "gradcheck",
    "hessian",
    "hvp",
    "is_grad_enabled",
    "jacobian",
    "jvp",
    "no_grad",
    "value_and_grad",
    "vjp",
}
BEYOND_THE_STANDARD = {
    "einsum",
    "erf",
    "kron",
    "log_softmax",
    "logsumexp",
    "median",
    "outer",
    "pad",
    "quantile",
    "sigmoid",
    "softmax",
    "softplus",
}
AS_FUNCTIONS = {"getitem", "index_add", "setitem"}
"""What indexing does, for code that writes nothing in place."""


def names_of(namespace: Any) -> set[str]:
    """The public names, without the modules that an import leaves behind."""
    return {
        name
        for name, value in vars(namespace).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }


def standard(namespace: Any) -> set[str]:
    """The names of the standard, as the strict library has them, which lists some of its own beside them."""
    return {name for name in namespace.__all__ if not name.startswith("_")} - {
        "ArrayAPIStrictFlags",
        "Device",
        "fft",
        "get_array_api_strict_flags",
        "linalg",
        "reset_array_api_strict_flags",
        "set_array_api_strict_flags",
    }


def test_names_are_the_standards_and_the_documented() -> None:
    """Each name of the standard is there, and beside these only those listed above, all of which are documented."""
    extras = DIFFERENTIATION | BEYOND_THE_STANDARD | AS_FUNCTIONS
    assert names_of(ad) == standard(strict) | extras
    assert all(getattr(ad, name).__doc__ for name in extras)


@pytest.mark.parametrize("extension", ["linalg", "fft"])
def test_names_of_the_extensions(extension: str) -> None:
    """They have the names of the standard and no other."""
    there = set(getattr(strict, extension).__all__)
    # The strict library has no eig yet, which is new in 2025.12, and `fft` is a function in the module of that name.
    further = {"linalg": {"eig", "eigvals"}, "fft": {"fft"}}[extension]
    assert names_of(getattr(ad, extension)) == there | further


def test_names_for_rules_alone() -> None:
    """They are operations, with their tests, and rules have them; the package doesn't export them."""
    internal = {operation.name for operation in ad.REGISTRY.values() if operation.internal}
    assert "cofactor_change" in internal
    assert internal <= vars(ad.op.TENSORS).keys()
    assert internal.isdisjoint(vars(ad))

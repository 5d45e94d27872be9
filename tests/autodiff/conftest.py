"""Fixtures of the tests of autodiff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from autodiff import REGISTRY, Tensor
from autodiff._namespaces import Namespace
from autodiff.op import TENSORS


@pytest.fixture
def registry() -> Iterator[dict[str, Any]]:
    """The REGISTRY; what a test declares is taken out again."""
    before, attributes = set(REGISTRY), set(vars(Tensor))
    yield REGISTRY
    for name in set(vars(Tensor)) - attributes:
        delattr(Tensor, name)
    for name in REGISTRY.keys() - before:
        del REGISTRY[name]
        delattr(TENSORS, name)
        if name in vars(Namespace):
            delattr(Namespace, name)

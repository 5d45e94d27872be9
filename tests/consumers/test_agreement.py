"""The check that the consumers' tests rely on can fail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autodiff import Tensor

from .agreement import check

X = np.array([0.3, 0.7])


def test_a_right_gradient_passes() -> None:
    """Real and complex results, several of them, and one that isn't differentiable."""
    check(lambda x: (x**3, x[0] * (1.0 + 2.0j) * x, x > 0), X)


@pytest.mark.parametrize("factor", [1.0 + 1e-4, 0.0])
def test_a_wrong_gradient_fails(factor: float) -> None:
    """A derivative off by 0.01 %, or lost."""

    def wrong(x: Any) -> Any:
        if not isinstance(x, Tensor):
            return x * x
        y = x * x
        return y.detach() + factor * (y - y.detach())

    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        check(wrong, X)


def test_a_wrong_value_fails() -> None:
    """A value that differs from NumPy's in the ninth digit."""
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        check(lambda x: x * (1.0 + 1e-9) if isinstance(x, Tensor) else x, X)
